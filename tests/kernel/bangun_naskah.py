"""Builders for the tests of official documents: one small cast, one kind of document, one draft."""

from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from kpupalu.aturan.models import Aturan
from kpupalu.jobs.models import Job
from kpupalu.lib import waktu
from kpupalu.naskah import dasar
from kpupalu.naskah.cetak import cetak_html
from kpupalu.naskah.models import JenisNaskah, Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.organisasi.models import MasaJabatan, Pegawai

SANDI = "frasa sandi uji coba"
TANGGAL = date(2026, 12, 11)
JENIS = "ba-uji"


def orang(username: str, *peran: str, nama: str = ""):
    """A user with these roles."""
    user, _ = get_user_model().objects.get_or_create(
        username=username, defaults={"nama_lengkap": nama or f"{username.title()} Rekaan"}
    )
    for slug in peran:
        user.groups.add(Group.objects.get_or_create(name=slug)[0])
    return user


def aturan() -> None:
    """The dated rows that signing asks for."""
    for kode, angka in [("ttd_percobaan_maks", 5), ("ttd_jeda_menit", 15)]:
        Aturan.objects.get_or_create(
            kode=kode,
            mulai=date(2020, 1, 1),
            defaults={"nama": kode, "nilai": angka, "satuan": "kali", "dasar_hukum": "Ketentuan kantor"},
        )


def jenis(kode: str = JENIS, **lain) -> JenisNaskah:
    """A kind of document printed by the kernel's own frame, in force since 2026."""
    isi = {
        "nama": "Berita acara uji",
        "klasifikasi": "PL.01.2",
        "pola": "{nomor}/{klasifikasi}-BA/{satker}/{triwulan}/{tahun}",
        "buku": kode,
        "template": "naskah/base.html",
    } | lain
    return JenisNaskah.objects.get_or_create(kode=kode, berlaku_mulai=date(2026, 1, 1), defaults=isi)[0]


def jenis_catatan() -> JenisNaskah:
    """The kind that numbers notes of refusal; a migration seeds it, an emptied database lacks it."""
    return jenis("catatan-penandatanganan", nama="Catatan penandatanganan", pola="{nomor}/CP/{tahun}")


def komisioner(n: int = 5) -> list:
    """*n* commissioners in office since 2024, the first of them ketua, each with an account."""
    hasil = []
    for i in range(1, n + 1):
        user = orang(f"anggota{i}", "ketua" if i == 1 else "anggota", nama=f"Anggota Rekaan {i}")
        pegawai, _ = Pegawai.objects.get_or_create(
            user=user, defaults={"nama": f"Anggota Rekaan {i}", "gelar_belakang": "S.H."}
        )
        MasaJabatan.objects.get_or_create(
            pegawai=pegawai,
            jabatan="ketua" if i == 1 else "anggota",
            defaults={"mulai": date(2024, 1, 1), "urutan": i},
        )
        hasil.append(user)
    return hasil


def kasubbag():
    """The one who prepares and announces documents."""
    return orang("kasubbag", "kasubbag_rendatin")


def konsep(*, tidak_hadir: dict | None = None, n: int = 5, subjek=("uji.periode", "1"), **lain) -> Naskah:
    """A draft to be signed by *n* commissioners."""
    aturan()
    komisioner(n)
    return dasar.buat_naskah(
        lain.pop("jenis", None) or jenis(),
        subjek=subjek,
        isi=lain.pop("isi", {"judul": "Berita acara uji", "digest_data": "ab" * 32}),
        penandatangan=dasar.calon_anggota(TANGGAL, tidak_hadir=tidak_hadir),
        by=kasubbag(),
        tanggal=TANGGAL,
        **lain,
    )


def cetak(naskah: Naskah) -> Naskah:
    """Run the print job of *naskah* here and now, as a worker would."""
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    return naskah


def siap(**lain) -> Naskah:
    """A printed document that waits for its first signature."""
    return cetak(dasar.siapkan(konsep(**lain), by=kasubbag()))


def dalam_status(status: str, **lain) -> Naskah:
    """A document in *status* without a file: for rules that look at the status before anything else."""
    naskah = konsep(**lain)
    Naskah.objects.filter(pk=naskah.pk).update(status=status, nomor="1/UJI/2026", siap_pada=waktu.sekarang())
    naskah.refresh_from_db()
    return naskah


def pindaian(teks: str = "satu") -> bytes:
    """A PDF that stands for the scan of a signed paper."""
    return cetak_html(f"<html lang=id><body><p>Pindaian {teks}</p></body></html>").pdf
