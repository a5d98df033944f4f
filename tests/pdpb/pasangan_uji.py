"""Pairs as a comparison hands them over, and a roll to hang them on."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from pdpb import impor
from pdpb.models import ImporBatch, PasanganGanda, Pendaftaran, Periode
from pdpb.pasangan import simpan
from tests import make

ALASAN = "Surat Disdukcapil nomor 12 sudah dibaca."


@dataclass(frozen=True)
class Temu:
    """One pair that looks like one person."""

    a: int
    b: int
    kelas: str = "G1"
    tingkat: str = "Pasti"
    alasan: tuple[str, ...] = ("NIK sama.", "Nama dan tanggal lahir sama.")


def temu(a: Pendaftaran, b: Pendaftaran, **lain) -> Temu:
    """The pair of two versions, in order."""
    kecil, besar = sorted((a.pemilih_id, b.pemilih_id))
    return Temu(kecil, besar, **lain)


def pasangan(a: Pendaftaran, b: Pendaftaran, **lain) -> PasanganGanda:
    """The stored pair of two versions."""
    satu = temu(a, b, **lain)
    with transaction.atomic():
        simpan([satu], cakupan=set())
    return PasanganGanda.objects.get(a=satu.a, b=satu.b)


def kembar(jumlah: int = 2, **lain) -> list[Pendaftaran]:
    """Rows of one person: one NIK, one name, one day of birth, each in another RT."""
    nik = make.nik()
    return [make.pemilih(nik=nik, rt=f"{n + 1:03d}", **lain) for n in range(jumlah)]


def daftar_lintas(per: Periode, *nik: str) -> ImporBatch:
    """An applied list of KPU Provinsi that names *nik*; row 2 of its file is the first."""
    isi = "\r\n".join(["NIK", *nik, ""]).encode()
    berkas = SimpleUploadedFile("lintas.csv", isi)
    batch = impor.unggah([berkas], jenis="lintas", periode=per, oleh=make.sari(), pengirim="KPU Provinsi")
    batch = impor.terapkan(impor.periksa(batch, oleh=make.sari()), oleh=make.sari(), terima_peringatan=True)
    make.lupakan_sementara()
    return batch
