"""Builders for tests: the least that is valid, invented people, synthetic NIK."""

from datetime import date
from itertools import count

from django.contrib.auth.models import Group

from kpupalu.accounts.models import User
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.wilayah.models import TPS
from pdpb.daftar import hitung_saldo_awal, hitung_ulang_sel
from pdpb.models import Bukti, Identitas, ImporBatch, Kategori, Pemilih, Pendaftaran, Periode

TALISE, PETOBO, LERE = "72.71.08.1003", "72.71.03.1003", "72.71.02.1009"
SANDI = "kata-sandi-uji-1"
_urut = count(9001)


def orang(username: str, *peran: str) -> User:
    """A user with the roles *peran*; the same username gives the same user."""
    user, baru = User.objects.get_or_create(username=username, defaults={"nama_lengkap": username.title()})
    if baru:
        user.set_password(SANDI)
        user.save()
    user.groups.add(*Group.objects.filter(name__in=peran))
    return User.objects.get(pk=user.pk)


def sari() -> User:
    """The operator."""
    return orang("sari", "operator")


def wati() -> User:
    """The verifikator."""
    return orang("wati", "verifikator")


def budi() -> User:
    """The kasubbag who approves and freezes."""
    return orang("budi", "kasubbag_rendatin")


def dewi() -> User:
    """The auditor, who reads."""
    return orang("dewi", "auditor")


def komisioner(jumlah: int = 5) -> list[User]:
    """The ketua (rahma) and the anggota in office, ketua first."""
    users = []
    for nomor, nama in enumerate(["rahma", "arif", "nur", "yosep", "indah"][:jumlah]):
        user = orang(nama, "ketua" if nomor == 0 else "anggota")
        pegawai, baru = Pegawai.objects.get_or_create(nama=nama.title(), defaults={"user": user})
        if baru:
            MasaJabatan.objects.create(
                pegawai=pegawai, jabatan="ketua" if nomor == 0 else "anggota", mulai=date(2023, 6, 1), urutan=nomor
            )
        users.append(user)
    return users


def periode(kode: str = "2026-tw4", **lain) -> Periode:
    """An open Triwulan IV 2026 with its pleno on 8 December."""
    isi = {
        "jenis": "triwulan",
        "tahun": 2026,
        "urutan": 4,
        "mulai": date(2026, 10, 1),
        "akhir": date(2026, 12, 31),
        "tanggal_pleno": date(2026, 12, 8),
    }
    return Periode.objects.get_or_create(kode=kode, defaults=isi | lain)[0]


def tps(kelurahan: str = TALISE, nomor: int = 1, jenis: str = "reguler") -> TPS:
    """One TPS."""
    return TPS.objects.get_or_create(kelurahan_id=kelurahan, nomor=nomor, defaults={"jenis": jenis})[0]


def nik(lahir: date = date(1990, 8, 17), jk: str = "L", awalan: str = "727108") -> str:
    """A fresh synthetic NIK; the serial starts at 9001 so that it is no living person's."""
    hari = lahir.day + (40 if jk == "P" else 0)
    return f"{awalan}{hari:02d}{lahir:%m%y}{next(_urut):04d}"


def batch(per: Periode | None = None, jenis: str = "dpt") -> ImporBatch:
    """A finished base import to hang rows on."""
    return ImporBatch.objects.get_or_create(
        jenis=jenis, periode=per or periode(), defaults={"dibuat_oleh": sari(), "status": "selesai"}
    )[0]


def pemilih(kelurahan: str = TALISE, *, per: Periode | None = None, nomor_tps: int = 1, **lain) -> Pendaftaran:
    """One voter of the base list; call ``selesai_daftar`` when the list is complete."""
    isi = {
        "nama": "MOH. CONTOH",
        "tempat_lahir": "PALU",
        "tanggal_lahir": date(1990, 8, 17),
        "jenis_kelamin": "L",
        "status_kawin": "S",
        "alamat": "JL. CONTOH",
        "rt": "001",
        "rw": "002",
        "status_ktpel": "S",
        "sumber": "DP4",
    }
    lahir = lain.get("tanggal_lahir") or isi["tanggal_lahir"]
    nik_ = lain.pop("nik", None) or nik(lahir, lain.get("jenis_kelamin", "L"))
    isi |= lain
    orangnya = Pemilih.objects.create(dpid=str(next(_urut)), batch=batch(per))
    return Pendaftaran.objects.create(
        pemilih=orangnya,
        identitas=Identitas.objects.create(nik=nik_, nkk=isi.pop("nkk", "7271081708909001")),
        kelurahan_id=kelurahan,
        tps=tps(kelurahan, nomor_tps),
        mulai=date(2024, 11, 27),
        batch=batch(per),
        **isi,
    )


def selesai_daftar(per: Periode | None = None) -> Periode:
    """Bring summary and starting figures in line with the rows made by ``pemilih``."""
    per = per or periode()
    hitung_ulang_sel()
    hitung_saldo_awal(per)
    return per


def bukti(**lain) -> Bukti:
    """One document of evidence."""
    isi = {"jenis_dokumen": "KTP-el", "nomor": "001", "penerbit": "Disdukcapil", "dicatat_oleh": sari()}
    return Bukti.objects.create(**(isi | lain))


def kategori(slug: str) -> Kategori:
    """A category of the seed data."""
    return Kategori.objects.get(pk=slug)
