"""One row of the office's own list of changes, and the file of them."""

from dataclasses import dataclass, fields, replace
from pathlib import Path

from .dpt import tanggal_tertulis
from .warga import Pemilih
from .wilayah import Kelurahan

KOLOM = {
    "jenis": "JENIS",
    "kategori": "KATEGORI",
    "dpid": "DPID",
    "nik": "NIK",
    "nkk": "NKK",
    "nama": "NAMA",
    "jk": "KELAMIN",
    "tempat": "TEMPAT LAHIR",
    "lahir": "TANGGAL LAHIR",
    "kawin": "STS KAWIN",
    "alamat": "ALAMAT",
    "rt": "RT",
    "rw": "RW",
    "kelurahan": "KELURAHAN",
    "tps": "TPS",
    "disabilitas": "DISABILITAS",
    "ektp": "EKTP",
    "sumber": "SUMBER",
    "jenis_dokumen": "JENIS DOKUMEN",
    "nomor_dokumen": "NOMOR DOKUMEN",
    "tanggal_dokumen": "TANGGAL DOKUMEN",
    "penerbit": "PENERBIT",
    "kelurahan_tujuan": "KELURAHAN TUJUAN",
    "tps_tujuan": "TPS TUJUAN",
    "dpid_bertahan": "DPID BERTAHAN",
}


@dataclass(slots=True)
class Usul:
    """One change as the operator would enter it; dates are ``dd-mm-yyyy``, places are codes."""

    jenis: str
    kategori: str
    dpid: str
    nik: str
    nkk: str
    nama: str
    jk: str
    tempat: str
    lahir: str
    kawin: str
    alamat: str
    rt: str
    rw: str
    kelurahan: str
    tps: str
    disabilitas: str
    ektp: str
    sumber: str = ""
    jenis_dokumen: str = ""
    nomor_dokumen: str = ""
    tanggal_dokumen: str = ""
    penerbit: str = ""
    kelurahan_tujuan: str = ""
    tps_tujuan: str = ""
    dpid_bertahan: str = ""


def dari_pemilih(jenis: str, kategori: str, p: Pemilih, k: Kelurahan) -> Usul:
    """Return a change about the row *p*, every element as the DPT has it."""
    return Usul(
        jenis=jenis,
        kategori=kategori,
        dpid=str(p.dpid),
        nik=p.nik,
        nkk=p.nkk,
        nama=p.nama,
        jk=p.jk,
        tempat=p.tempat,
        lahir=tanggal_tertulis(p).replace("|", "-"),
        kawin=p.kawin,
        alamat=p.alamat,
        rt=p.rt,
        rw=p.rw,
        kelurahan=k.kode,
        tps=p.tps,
        disabilitas=p.disabilitas,
        ektp=p.ektp,
    )


def salin(usul: Usul, **beda: str) -> Usul:
    """Return a copy of *usul* with some elements changed."""
    return replace(usul, **beda)


def tulis_perubahan(berkas: Path, usul: list[Usul]) -> Path:
    """Write the list as UTF-8 CSV with ``;``, header first."""
    berkas.parent.mkdir(parents=True, exist_ok=True)
    nama = [f.name for f in fields(Usul)]
    baris = [";".join(KOLOM[n] for n in nama)]
    baris += [";".join(getattr(u, n) for n in nama) for u in usul]
    berkas.write_bytes(("\n".join(baris) + "\n").encode())
    return berkas
