"""The columns an import understands and the headings senders give them."""

from kpupalu.imports.kolom import Pemetaan, kenali, kunci_judul
from pdpb.impor.judul import LABEL, SEBUTAN, SEBUTAN_ASAL, SEBUTAN_TUJUAN, TANDA_MASUK

__all__ = ["JUDUL", "LABEL", "SINONIM", "kenali_kolom", "kolom_kurang", "nilai_kepala"]

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
    "tanggal_peristiwa": "TANGGAL PERISTIWA",
    "elemen": "ELEMEN",
    "tertulis": "TERTULIS",
    "seharusnya": "SEHARUSNYA",
    "rujukan": "KETERANGAN PENOLAKAN",
}
"""Our column → the heading printed in templates and in messages about a missing column."""


def _kunci(sebutan: dict[str, str]) -> dict[str, str]:
    return {kunci_judul(satu): kolom for kolom, daftar in sebutan.items() for satu in daftar.split(",")}


SINONIM = {kunci_judul(judul): kolom for kolom, judul in JUDUL.items()} | _kunci(SEBUTAN)
_ASAL, _TUJUAN = _kunci(SEBUTAN_ASAL), _kunci(SEBUTAN_TUJUAN)

WAJIB: dict[str, list[str | tuple[str, ...]]] = {
    "dpt": ["nik", "nama", "kelamin", ("tanggal_lahir", "ttl"), ("kelurahan", "kel_id")],
    "loksus": ["nik", "nama", "kelamin", ("tanggal_lahir", "ttl"), ("kelurahan", "kel_id"), "tps"],
    "lintas": ["nik"],
    "perubahan": [("jenis", "kategori", "keterangan", "status", "elemen"), ("nik", "dpid", "nama")],
}
"""What a file must have, by kind of batch; a tuple means one of them."""

KOLOM_PRIBADI = frozenset({"nik", "nkk"})


def kenali_kolom(kepala: list[str]) -> Pemetaan:
    """Our columns recognised in a header row.

    A list that states where people were and where they are now speaks of our roll where they were; one that tells of
    arrivals, or states only where they are now, where they are now. A destination in a list that names kinds of
    change or a TPS of destination stays a destination.
    """
    pemetaan = kenali(kepala, SINONIM)
    masuk = any(kunci_judul(judul) in TANDA_MASUK for judul in kepala)
    asal, tujuan = (kenali(kepala, sebutan) for sebutan in (_ASAL, _TUJUAN))
    for sumber in (tujuan, asal) if masuk else (asal, tujuan):
        for kolom, judul in sumber.items():
            if sumber is tujuan and kolom == "kelurahan":
                _pindahkan_tujuan(pemetaan, judul)
            elif kolom not in pemetaan:
                pemetaan[kolom] = judul
    return pemetaan


def _pindahkan_tujuan(pemetaan: Pemetaan, judul: str) -> None:
    """Read the kelurahan of destination as that of the person, where nothing else states one."""
    if pemetaan.keys() & {"kelurahan", "kel_id", "tps_tujuan", "jenis", "kategori"}:
        return
    if pemetaan.get("kelurahan_tujuan") == judul:
        del pemetaan["kelurahan_tujuan"]
    pemetaan["kelurahan"] = judul


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
