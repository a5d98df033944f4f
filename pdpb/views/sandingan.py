"""What the page of one pair shows: two rows element by element, where each value comes from, and the household."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kpupalu.lib.kata import tanggal_panjang, tanggal_pendek
from pdpb.models import PasanganGanda, Pendaftaran

MAKS_KELUARGA = 30
_ISIAN: tuple[tuple[str, Callable[[Pendaftaran], Any]], ...] = (
    ("NIK", lambda v: v.identitas.nik),
    ("Nomor KK", lambda v: v.identitas.nkk),
    ("Nama", lambda v: v.nama),
    ("Jenis kelamin", lambda v: v.get_jenis_kelamin_display()),
    ("Tempat lahir", lambda v: v.tempat_lahir),
    ("Tanggal lahir", lambda v: tanggal_panjang(v.tanggal_lahir) if v.tanggal_lahir else ""),
    ("Status perkawinan", lambda v: v.get_status_kawin_display()),
    ("Alamat", lambda v: v.alamat),
    ("RT/RW", lambda v: f"{v.rt}/{v.rw}"),
    ("Kelurahan", lambda v: str(v.kelurahan)),
    ("TPS", lambda v: f"{v.tps.nomor:03d}{' (lokasi khusus)' if v.tps.jenis == 'loksus' else ''}" if v.tps else ""),
    ("Disabilitas", lambda v: v.get_disabilitas_display()),
    ("KTP-el", lambda v: v.get_status_ktpel_display()),
    ("Sumber", lambda v: v.sumber),
)
NOMOR = ("NIK", "Nomor KK")


@dataclass(frozen=True, slots=True)
class Nilai:
    """One value of one row and the words that say which act brought it in, and when."""

    isi: str
    asal: str


@dataclass(frozen=True, slots=True)
class Isian:
    """One element of both rows; ``nomor`` is masked unless opened."""

    nama: str
    a: Nilai
    b: Nilai

    @property
    def beda(self) -> bool:
        return self.a.isi != self.b.isi

    @property
    def nomor(self) -> bool:
        return self.nama in NOMOR


def versi_berdua(pasangan: PasanganGanda) -> tuple[list[Pendaftaran], list[Pendaftaran]]:
    """Every version of the row *a* and of the row *b*, the newest first."""
    semua = list(
        Pendaftaran.objects.filter(pemilih__in=[pasangan.a_id, pasangan.b_id])
        .select_related(
            "pemilih", "kelurahan__kecamatan", "tps", "identitas", "batch", "dibuka__kategori", "dibuka__bukti",
            "ditutup__kategori",
        )
        .order_by("-id")
    )  # fmt: skip
    return (
        [v for v in semua if v.pemilih_id == pasangan.a_id],
        [v for v in semua if v.pemilih_id == pasangan.b_id],
    )


def terkini(versi: Sequence[Pendaftaran]) -> Pendaftaran:
    """The version in the list now, else the newest."""
    return next((v for v in versi if v.akhir is None), versi[0])


def sandingkan(a: Sequence[Pendaftaran], b: Sequence[Pendaftaran]) -> list[Isian]:
    """The elements of both rows side by side, from their versions newest first."""
    return [Isian(nama, _nilai(a, baca), _nilai(b, baca)) for nama, baca in _ISIAN]


def _nilai(versi: Sequence[Pendaftaran], baca: Callable[[Pendaftaran], Any]) -> Nilai:
    kini = terkini(versi)
    isi, pembawa = baca(kini), kini
    for lama in (v for v in versi if v.pk < kini.pk):
        if baca(lama) != isi:
            break
        pembawa = lama
    return Nilai(str(isi or ""), _asal(pembawa))


def _asal(versi: Pendaftaran) -> str:
    if versi.dibuka:
        return f"{versi.dibuka}, {tanggal_pendek(versi.mulai)}"
    pengirim = f" dari {versi.batch.pengirim}" if versi.batch.pengirim else ""
    return f"impor nomor {versi.batch_id}{pengirim}, {tanggal_pendek(versi.mulai)}"


def keluarga(a: Pendaftaran, b: Pendaftaran) -> list[tuple[Pendaftaran, str]]:
    """The other members of both households in the list, each with whose; at most ``MAKS_KELUARGA`` and one more."""
    nkk = {v.identitas.nkk for v in (a, b)} - {""}
    if not nkk:
        return []
    anggota = (
        Pendaftaran.objects.aktif()
        .filter(identitas__nkk__in=nkk)
        .exclude(Q(pemilih=a.pemilih_id) | Q(pemilih=b.pemilih_id))
        .select_related("kelurahan", "tps", "identitas")
        .order_by("tanggal_lahir", "id")[: MAKS_KELUARGA + 1]
    )
    if a.identitas.nkk == b.identitas.nkk:
        return [(v, "A dan B") for v in anggota]
    return [(v, "A" if v.identitas.nkk == a.identitas.nkk else "B") for v in anggota]
