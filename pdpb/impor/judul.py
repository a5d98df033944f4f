"""What senders call our columns: the registry office, kelurahan, Kodim, Polresta, Lapas, schools, BPJS, Bawaslu.

Headings are compared by letters and digits alone (``kunci_judul``), so ``NO_KK``, ``No. KK`` and ``NO KK`` are one.
"""

LABEL = {
    "dpid": "DPID",
    "nkk": "Nomor KK",
    "nik": "NIK",
    "nama": "Nama",
    "kelamin": "Jenis kelamin",
    "tempat_lahir": "Tempat lahir",
    "tanggal_lahir": "Tanggal lahir",
    "ttl": "Tempat dan tanggal lahir dalam satu kolom",
    "sts_kawin": "Status perkawinan",
    "alamat": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT dan RW dalam satu kolom",
    "disabilitas": "Disabilitas",
    "ektp": "Status KTP-el",
    "keterangan": "Kode keterangan",
    "sumber": "Sumber data",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "kel_id": "Kode kelurahan SIDALIH",
    "tps": "Nomor TPS",
    "status": "Status pemilih",
    "jenis": "Jenis perubahan",
    "kategori": "Kategori atau sebab perubahan",
    "jenis_dokumen": "Jenis dokumen bukti",
    "nomor_dokumen": "Nomor dokumen bukti",
    "tanggal_dokumen": "Tanggal dokumen bukti",
    "penerbit": "Penerbit dokumen bukti",
    "kelurahan_tujuan": "Kelurahan tujuan",
    "tps_tujuan": "TPS tujuan",
    "dpid_bertahan": "DPID yang tetap terdaftar",
    "tanggal_peristiwa": "Tanggal peristiwa (meninggal, pindah, atau diberhentikan)",
    "elemen": "Nama isian yang diperbaiki",
    "tertulis": "Isi yang tertulis sekarang",
    "seharusnya": "Isi yang seharusnya",
    "rujukan": "Keterangan penolakan dari impor sebelumnya",
}
"""Our column → what a clerk calls it."""

_NAMA: tuple[str, ...] = (
    "ALMARHUM",
    "ALM",
    "ALMARHUM/ALMARHUMAH",
    "ALMARHUM/AH",
    "JENAZAH",
    "YANG MENINGGAL",
    "MENDIANG",
)
_NAMA += ("ANGGOTA", "PRAJURIT", "PERSONEL", "PERSONIL", "CASIS", "CALON SISWA", "PENSIUNAN", "PURNAWIRAWAN")
_NAMA += ("WBP", "WARGA BINAAN", "NAPI", "NARAPIDANA", "TAHANAN", "WNA", "ORANG ASING", "PEMOHON")
_NAMA += ("SISWA", "MURID", "PESERTA DIDIK", "PESERTA", "PST", "WARGA", "DI DPT", "PADA DPT", "DALAM DPT", "DPT")

SEBUTAN = {
    "dpid": "DP_ID, ID DP, ID PEMILIH, ID DPT",
    "nkk": "NO KK, NOMOR KK, KK, NOMOR KARTU KELUARGA, NO KARTU KELUARGA, NO KK DISDUKCAPIL, DASAR (NO. KK)",
    "nik": "NO NIK, NOMOR NIK, NOMOR INDUK KEPENDUDUKAN, NO INDUK KEPENDUDUKAN, NO KTP, NOMOR KTP, NIK KTP, "
    "NO KTP/NIK, NIK/NO KTP, NIK DI DPT, NIK PADA DPT, " + ", ".join(f"NIK {n}" for n in _NAMA if "DPT" not in n),
    "nama": "NAMA LENGKAP, NAMA PEMILIH, NAMA PENDUDUK, NAMA LGKP, NM LGKP, NAMA JELAS, "
    + ", ".join(f"NAMA {n}, NAMA LENGKAP {n}" for n in _NAMA),
    "kelamin": "JENIS KELAMIN, JK, L/P, SEX, JNS KELAMIN, JENKEL, KLMIN, JENIS KLMIN, JNS KLMIN, JNS KEL, GENDER",
    "tempat_lahir": "TMPT LAHIR, TMPT, TEMPAT, TMPT LHR, TMP LAHIR, TMP LHR, TEMPAT LHR",
    "tanggal_lahir": "TGL LAHIR, TGL, TGL LHR, TANGGAL LHR, LAHIR, TGL. LHR",
    "ttl": "TTL, TEMPAT TANGGAL LAHIR, TEMPAT TGL LAHIR, TEMPAT DAN TANGGAL LAHIR, TMPT/TGL LAHIR, TMP TGL LAHIR, "
    "TEMPAT & TGL LAHIR, TTGL LAHIR",
    "sts_kawin": "STATUS KAWIN, STATUS PERKAWINAN, STS, KAWIN, STAT KWN, PERKAWINAN, STATUS NIKAH, STATUS PERNIKAHAN",
    "alamat": "JALAN, JALAN/DUKUH, ALAMAT JALAN, ALAMAT JALAN/DUKUH, ALAMAT LENGKAP, ALAMAT TEMPAT TINGGAL, "
    "ALAMAT KTP, ALAMAT SESUAI KTP, ALAMAT DOMISILI, ALAMAT RUMAH, ALAMAT TERAKHIR",
    "rt": "NO RT, ALAMAT RT, NOMOR RT",
    "rw": "NO RW, ALAMAT RW, NOMOR RW",
    "rt_rw": "RTRW, NO RT/RW",
    "disabilitas": "DIS, JENIS DISABILITAS, DIFABEL, RAGAM DISABILITAS",
    "ektp": "KTPEL, KTP-EL, STATUS KTP-EL, STATUS EKTP, STATUS KTPEL, E-KTP, STATUS REKAM, STATUS PEREKAMAN",
    "keterangan": "KET, KODE KETERANGAN, SARING",
    "sumber": "SUMBER DATA, ASAL DATA",
    "kecamatan": "NAMA KECAMATAN, KEC, NAMA KEC, NM KEC",
    "kelurahan": "NAMA KELURAHAN, KEL, DESA, KELURAHAN/DESA, DESA/KELURAHAN, NAMA KEL, KEL/DESA, DESA/KEL, NM KEL, "
    "NAMA DESA/KELURAHAN, NAMA KELURAHAN/DESA, KODE KELURAHAN, KODE KEL, KODE WILAYAH",
    "tps": "NO TPS, NOMOR TPS, TPS DPT",
    "status": "RANK, STATUS PEMILIH",
    "jenis": "JENIS PERUBAHAN",
    "kategori": "KATEGORI PERUBAHAN, SEBAB, ALASAN, ALASAN TMS, SEBAB TMS, KATEGORI TMS, JENIS TMS, DUGAAN, "
    "SARAN PERBAIKAN, DUGAAN / SARAN PERBAIKAN, DUGAAN TMS, HASIL PENCERMATAN, URAIAN TEMUAN",
    "jenis_dokumen": "DOKUMEN, JENIS BUKTI, BUKTI, DOKUMEN BUKTI, DOKUMEN PENDUKUNG, JENIS SURAT",
    "nomor_dokumen": "NO DOKUMEN, NOMOR BUKTI, NO BUKTI, NO AKTA, NOMOR AKTA, NO AKTA KEMATIAN, NOMOR AKTA KEMATIAN, "
    "NO AKTE KEMATIAN, NO SURAT, NOMOR SURAT, NO SURAT KEMATIAN, NOMOR SURAT KEMATIAN, NO SURAT KETERANGAN, "
    "NOMOR SURAT KETERANGAN, NO SKPWNI, NOMOR SKPWNI, SKPWNI, NO SURAT PINDAH, NOMOR SURAT PINDAH, NO PINDAH, "
    "NO SKDWNI, NOMOR SKDWNI, SKDWNI, NO DATANG, NO SURAT DATANG, NO SKEP, NOMOR SKEP, SKEP, NO SK, NOMOR SK, "
    "NO KEPUTUSAN, NOMOR KEPUTUSAN, NO SURAT KEPUTUSAN, NO PUTUSAN, NOMOR PUTUSAN, NO SURAT BEBAS, NO SURAT LEPAS",
    "tanggal_dokumen": "TGL DOKUMEN, TANGGAL BUKTI, TGL BUKTI, TGL TERBIT, TANGGAL TERBIT, TGL AKTA, TANGGAL AKTA, "
    "TGL AKTA KEMATIAN, TANGGAL AKTA KEMATIAN, TGL TERBIT AKTA, TGL SURAT, TANGGAL SURAT, TGL SURAT KEMATIAN, "
    "TGL SKPWNI, TANGGAL SKPWNI, TGL SURAT PINDAH, TANGGAL SURAT PINDAH, TGL SKDWNI, TANGGAL SKDWNI, "
    "TGL SURAT DATANG, TGL SKEP, TANGGAL SKEP, TGL SK, TANGGAL SK, TGL KEPUTUSAN, TANGGAL KEPUTUSAN, TGL PUTUSAN, "
    "TANGGAL PUTUSAN",
    "penerbit": "PENERBIT DOKUMEN, INSTANSI PENERBIT, DITERBITKAN OLEH, PEJABAT PENERBIT",
    "kelurahan_tujuan": "KEL TUJUAN, DESA TUJUAN, DESA/KEL TUJUAN, KEL/DESA TUJUAN, NAMA KEL TUJUAN",
    "tps_tujuan": "NO TPS TUJUAN, TPS SEHARUSNYA, TPS YANG BENAR",
    "dpid_bertahan": "DPID YANG BERTAHAN, DPID TETAP",
    "tanggal_peristiwa": "TGL PERISTIWA, TGL MENINGGAL, TANGGAL MENINGGAL, TGL KEMATIAN, TANGGAL KEMATIAN, TGL MATI, "
    "TGL WAFAT, TANGGAL WAFAT, MENINGGAL TANGGAL, TGL PINDAH, TANGGAL PINDAH, TGL DATANG, TANGGAL DATANG, TMT, "
    "TMT PENSIUN, TGL PENSIUN, TANGGAL PENSIUN, TMT PEMBERHENTIAN, TMT PENGANGKATAN, TGL DILANTIK, TGL BEBAS, "
    "TANGGAL BEBAS",
    "elemen": "ELEMEN DATA, NAMA ELEMEN, JENIS ELEMEN, ELEMEN YANG DIPERBAIKI, DATA YANG DIPERBAIKI, ISIAN, "
    "ELEMEN PERBAIKAN, ELEMEN DATA YANG DIPERBAIKI, KOLOM YANG DIPERBAIKI",
    "tertulis": "DATA LAMA, SEMULA, DATA SEMULA, DATA AWAL, DATA SALAH, DATA TERTULIS, SEBELUM, SEBELUMNYA, "
    "SEBELUM PERBAIKAN, NILAI LAMA, ISI LAMA, DATA DI DPT, DATA DPT, YANG TERTULIS, TERTULIS DI DPT",
    "seharusnya": "DATA BARU, MENJADI, DATA MENJADI, PERBAIKAN, DATA PERBAIKAN, DATA BENAR, DATA SEHARUSNYA, SESUDAH, "
    "SESUDAH PERBAIKAN, NILAI BARU, ISI BARU, YANG BENAR, YANG SEHARUSNYA, SESUAI KTP-EL, SESUAI KK",
}
"""Our column → headings that always mean it."""

_KELURAHAN = ("KEL", "KELURAHAN", "NAMA KEL", "NAMA KELURAHAN", "DESA", "DESA/KEL", "KEL/DESA", "KELURAHAN/DESA")
_BERTEMPAT = {
    "kelurahan": _KELURAHAN,
    "kecamatan": ("KEC", "KECAMATAN", "NAMA KEC"),
    "alamat": ("ALAMAT", "JALAN"),
    "rt": ("RT", "NO RT"),
    "rw": ("RW", "NO RW"),
    "rt_rw": ("RT/RW",),
    "nkk": ("NO KK", "NKK", "NOMOR KK"),
}


def _dengan(akhiran: tuple[str, ...]) -> dict[str, str]:
    return {kolom: ", ".join(f"{d} {a}" for d in depan for a in akhiran) for kolom, depan in _BERTEMPAT.items()}


SEBUTAN_ASAL = _dengan(("ASAL", "LAMA", "SEBELUMNYA", "ORTU", "ORANG TUA"))
"""Headings of where a person was, read when no plainer heading says it."""

SEBUTAN_TUJUAN = _dengan(("TUJUAN", "BARU", "SEKARANG"))
"""Headings of where a person is now."""

TANDA_MASUK = frozenset(
    [
        "TGLDATANG",
        "TANGGALDATANG",
        "NODATANG",
        "NOSKDWNI",
        "NOMORSKDWNI",
        "SKDWNI",
        "TGLSKDWNI",
        "NOSURATDATANG",
        "TGLSURATDATANG",
    ]
)
"""Headings (as ``kunci_judul`` writes them) that only lists of arrivals have."""
