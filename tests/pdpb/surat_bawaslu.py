"""Letters of Bawaslu for tests: a scan, a list in a layout of its own, and the steps up to a confirmed sheet."""

import io
from datetime import date, timedelta

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from kpupalu.lib.waktu import hari_ini
from pdpb.actions import jawaban_saran as jawaban
from pdpb.actions import saran as tindakan
from pdpb.models import ButirSaran, SaranPerbaikan
from tests import make

PDF = b"%PDF-1.7\n%%EOF\n"
KEPALA = ["NO", "NAMA PEMILIH", "NIK", "TPS", "KEL.", "KEC.", "DUGAAN / SARAN PERBAIKAN"]


def pindaian(isi: bytes = PDF, nama: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nama, isi)


def daftar_xlsx(baris: list[list], kepala: list[str] = KEPALA, nama: str = "lampiran.xlsx") -> SimpleUploadedFile:
    """A workbook with a title above the header, as Bawaslu sends it."""
    buku = openpyxl.Workbook()
    lembar = buku.active
    lembar.append(["LAMPIRAN SARAN PERBAIKAN"])
    lembar.append(kepala)
    for satu in baris:
        lembar.append(satu)
    isi = io.BytesIO()
    buku.save(isi)
    return SimpleUploadedFile(nama, isi.getvalue())


def surat(daftar=None, *, nomor: str = "115/PM.00.02/K.ST-11/11/2026", diterima: date | None = None, oleh=None):
    """A recorded letter, its list not read yet."""
    diterima = diterima or hari_ini()
    return tindakan.catat_surat(
        nomor=nomor, tanggal=diterima - timedelta(days=1), perihal="Saran perbaikan daftar pemilih",
        diterima=diterima, berkas=pindaian(), daftar=daftar, oleh=oleh or make.sari(),
    )  # fmt: skip


def surat_bernama(*versi, dugaan: str = "Meninggal dunia", **lain) -> SaranPerbaikan:
    """A letter whose list names the people of *versi*, read, nobody matched."""
    baris = [[n, v.nama, v.identitas.nik, "001", v.kelurahan.nama, "", dugaan] for n, v in enumerate(versi, start=1)]
    satu = surat(daftar_xlsx(baris), **lain)
    tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())
    return satu


def butir(satu: SaranPerbaikan, urut: int = 1) -> ButirSaran:
    return ButirSaran.objects.select_related("surat", "pemilih", "dugaan", "identitas").get(surat=satu, urut=urut)


def terkonfirmasi(satu: SaranPerbaikan):
    """The confirmed sheet of a letter whose names are answered."""
    jawaban.ajukan(satu, oleh=make.sari())
    return jawaban.konfirmasi(satu, oleh=make.budi(), nomor_surat="12/PL.02-SD/7271/2026")
