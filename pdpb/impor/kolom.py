"""The columns an import understands and the headings senders give them (pdpb brief §6, §14)."""

from kpupalu.imports.kolom import Pemetaan, kenali, kunci_judul

JUDUL = {
    "dpid": "DPID",
    "nkk": "NKK",
    "nik": "NIK",
    "nama": "NAMA",
    "kelamin": "KELAMIN",
    "tempat_lahir": "TEMPAT LAHIR",
    "tanggal_lahir": "TANGGAL LAHIR",
    "ttl": "TEMPAT/TANGGAL LAHIR",
    "sts_kawin": "STS KAWIN",
    "alamat": "ALAMAT",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "disabilitas": "DISABILITAS",
    "ektp": "EKTP",
    "keterangan": "KETERANGAN",
    "sumber": "SUMBER",
    "kecamatan": "KECAMATAN",
    "kelurahan": "KELURAHAN",
    "kel_id": "KEL_ID",
    "tps": "TPS",
    "status": "STATUS",
    "jenis": "JENIS",
    "kategori": "KATEGORI",
    "jenis_dokumen": "JENIS DOKUMEN",
    "nomor_dokumen": "NOMOR DOKUMEN",
    "tanggal_dokumen": "TANGGAL DOKUMEN",
    "penerbit": "PENERBIT",
    "kelurahan_tujuan": "KELURAHAN TUJUAN",
    "tps_tujuan": "TPS TUJUAN",
    "dpid_bertahan": "DPID BERTAHAN",
    "rujukan": "KETERANGAN PENOLAKAN",
}
"""Our column → the heading printed in templates and in messages about a missing column."""

_SEBUTAN = {
    "dpid": "DP_ID, ID DP",
    "nkk": "NO KK, NOMOR KK, KK, NOMOR KARTU KELUARGA, NO KARTU KELUARGA",
    "nik": "NO NIK, NOMOR NIK, NOMOR INDUK KEPENDUDUKAN, NO INDUK KEPENDUDUKAN, NO KTP, NIK KTP",
    "nama": "NAMA LENGKAP, NAMA PEMILIH, NAMA PENDUDUK, NAMA LGKP",
    "kelamin": "JENIS KELAMIN, JK, L/P, SEX, JNS KELAMIN, JENKEL, KLMIN",
    "tempat_lahir": "TMPT LAHIR, TMPT, TEMPAT, TMPT LHR",
    "tanggal_lahir": "TGL LAHIR, TGL, TGL LHR, TANGGAL LHR, LAHIR",
    "ttl": "TTL, TEMPAT TANGGAL LAHIR, TEMPAT TGL LAHIR, TEMPAT DAN TANGGAL LAHIR",
    "sts_kawin": "STATUS KAWIN, STATUS PERKAWINAN, STS, KAWIN, STAT KWN, PERKAWINAN",
    "alamat": "JALAN, JALAN/DUKUH, ALAMAT JALAN, ALAMAT JALAN/DUKUH, ALAMAT LENGKAP, ALAMAT TEMPAT TINGGAL",
    "rt": "NO RT, ALAMAT RT",
    "rw": "NO RW, ALAMAT RW",
    "rt_rw": "RTRW",
    "disabilitas": "DIS, JENIS DISABILITAS, DIFABEL, RAGAM DISABILITAS",
    "ektp": "KTPEL, KTP-EL, STATUS KTP-EL, STATUS EKTP, STATUS KTPEL, E-KTP",
    "keterangan": "KET, KODE KETERANGAN, SARING",
    "sumber": "SUMBER DATA, ASAL DATA",
    "kecamatan": "NAMA KECAMATAN, KEC",
    "kelurahan": "NAMA KELURAHAN, KEL, DESA, KELURAHAN/DESA, DESA/KELURAHAN, NAMA KEL",
    "tps": "NO TPS, NOMOR TPS",
    "status": "RANK, STATUS PEMILIH",
    "jenis": "JENIS PERUBAHAN",
    "kategori": "KATEGORI PERUBAHAN, SEBAB, ALASAN",
    "jenis_dokumen": "DOKUMEN, JENIS BUKTI, BUKTI",
    "nomor_dokumen": "NO DOKUMEN, NOMOR BUKTI, NO BUKTI",
    "tanggal_dokumen": "TGL DOKUMEN, TANGGAL BUKTI",
    "penerbit": "PENERBIT DOKUMEN, INSTANSI PENERBIT",
    "kelurahan_tujuan": "KEL TUJUAN",
    "tps_tujuan": "NO TPS TUJUAN",
    "dpid_bertahan": "DPID YANG BERTAHAN",
}
SINONIM = {kunci_judul(judul): kolom for kolom, judul in JUDUL.items()} | {
    kunci_judul(sebutan): kolom for kolom, daftar in _SEBUTAN.items() for sebutan in daftar.split(",")
}

WAJIB: dict[str, list[str | tuple[str, ...]]] = {
    "dpt": ["nik", "nama", "kelamin", ("tanggal_lahir", "ttl"), ("kelurahan", "kel_id")],
    "loksus": ["nik", "nama", "kelamin", ("tanggal_lahir", "ttl"), ("kelurahan", "kel_id"), "tps"],
    "lintas": ["nik"],
    "perubahan": [("jenis", "kategori", "keterangan", "status"), ("nik", "dpid", "nama")],
}
"""What a file must have, by kind of batch; a tuple means one of them."""

KOLOM_PRIBADI = frozenset({"nik", "nkk"})


def kenali_kolom(kepala: list[str]) -> Pemetaan:
    """Our columns recognised in a header row."""
    return kenali(kepala, SINONIM)


def nilai_kepala(kepala: list[str]) -> int:
    """How much *kepala* looks like a header: recognised columns, none when fewer than two or no name or NIK."""
    dikenal = kenali_kolom(kepala)
    return len(dikenal) if (len(dikenal) >= 2 or len(kepala) == 1) and dikenal.keys() & {"nik", "nama", "dpid"} else 0


def kolom_kurang(jenis: str, pemetaan: Pemetaan) -> list[str]:
    """The headings a file of this kind of batch still needs."""
    kurang = []
    for perlu in WAJIB[jenis]:
        pilihan = (perlu,) if isinstance(perlu, str) else perlu
        if not any(p in pemetaan for p in pilihan):
            kurang.append(JUDUL[pilihan[0]])
    return kurang
