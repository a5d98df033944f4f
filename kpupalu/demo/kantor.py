"""The people of the demo office in the database: accounts, roles, posts, signing keys. All of them are invented."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from kpupalu.accounts.models import User
from kpupalu.demo.pembangkit.orang_kantor import KOMISIONER, ORANG_KANTOR, SUBBAGIAN, OrangKantor
from kpupalu.naskah.sertifikat import terbitkan_sertifikat
from kpupalu.organisasi.models import MasaJabatan, Pegawai, Subbagian

MULAI_JABATAN = date(2023, 6, 1)
_JABATAN = {
    "ketua": MasaJabatan.Jabatan.KETUA,
    "anggota": MasaJabatan.Jabatan.ANGGOTA,
    "sekretaris": MasaJabatan.Jabatan.SEKRETARIS,
    "kasubbag": MasaJabatan.Jabatan.KASUBBAG,
    "kasubbag_rendatin": MasaJabatan.Jabatan.KASUBBAG,
}


@transaction.atomic
def buat_kantor(*, sandi: str) -> int:
    """Create every person of the demo office with the same password; return how many."""
    subbagian = {nama: Subbagian.objects.get_or_create(kode=slugify(nama)[:50], nama=nama)[0] for nama in SUBBAGIAN}
    # One hash for all: a safe one takes half a second, and in the demo everybody has the same password anyway.
    sidik_sandi = make_password(sandi)
    for urutan, orang in enumerate(ORANG_KANTOR):
        _orang(orang, urutan, subbagian, sidik_sandi)
    return len(ORANG_KANTOR)


def _orang(orang: OrangKantor, urutan: int, subbagian: dict[str, Subbagian], sidik_sandi: str) -> None:
    user = User.objects.create(
        username=orang.username,
        nama_lengkap=orang.nama_lengkap,
        password=sidik_sandi,
        is_staff=orang.peran in ("admin", "auditor"),
    )
    user.groups.add(Group.objects.get(name=orang.peran))
    if orang.peran == "bawaslu":
        return
    pegawai = Pegawai.objects.create(
        nama=orang.nama,
        gelar_belakang=orang.gelar,
        nip=orang.nip or "",
        subbagian=subbagian.get(orang.subbagian or ""),
        user=user,
    )
    MasaJabatan.objects.create(
        pegawai=pegawai,
        jabatan=_JABATAN.get(orang.peran, MasaJabatan.Jabatan.STAF),
        divisi=orang.divisi or "",
        mulai=MULAI_JABATAN,
        dasar="Keputusan rekaan untuk contoh",
        urutan=urutan,
    )


def buat_kunci_tanda_tangan(*, sandi: str) -> None:
    """Issue each commissioner a key of the trial CA under the same passphrase."""
    for orang in KOMISIONER:
        user = User.objects.get(username=orang.username)
        terbitkan_sertifikat(user, sandi=sandi, by=user)
