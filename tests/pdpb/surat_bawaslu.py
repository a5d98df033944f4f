"""Letters of Bawaslu for tests: a scan, a list in a layout of its own, and the steps up to a confirmed sheet."""

import io
from datetime import date, timedelta

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from kpupalu.lib.waktu import hari_ini
from pdpb.actions import jawaban_saran as jawaban
from pdpb.actions import saran as tindakan
from pdpb.actions.sidalih import susun_lembar
from pdpb.models import ButirSaran, LembarSidalih, Pendaftaran, SaranPerbaikan
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
    return jawaban.konfirmasi(satu, oleh=make.budi())


def surat_dan_lembar(per) -> dict[str, int]:
    """A letter being worked on, one that waits for the second person, one answered, and a sheet for SIDALIH.

    By the names that the tables of pages use for what stands in an address.
    """
    aktif = list(Pendaftaran.objects.aktif().select_related("identitas", "kelurahan", "pemilih").order_by("pk")[:3])
    kerja = surat_bernama(*aktif)
    tindakan.cocokkan(butir(kerja), aktif[0].pemilih, oleh=make.sari())
    lain = {}
    for nama, nomor in (("saran_diajukan", "116/PM/2026"), ("saran_dijawab", "117/PM/2026")):
        satu = lain[nama] = surat_bernama(aktif[1], nomor=nomor)
        jawaban.jawab(butir(satu), "belum", oleh=make.sari(), alasan="Menunggu akta kematian dari Disdukcapil")
    jawaban.ajukan(lain["saran_diajukan"], oleh=make.sari())
    lembar = terkonfirmasi(lain["saran_dijawab"])
    susun_lembar(per, oleh=make.sari())
    return {
        "saran": kerja.pk,
        "saran_daftar": kerja.daftar.get().pk,
        "saran_nama": butir(kerja).pk,
        "saran_diajukan": lain["saran_diajukan"].pk,
        "saran_dijawab": lain["saran_dijawab"].pk,
        "saran_lembar": lembar.pk,
        "lembar": LembarSidalih.objects.filter(periode=per).order_by("pk")[0].pk,
    }
