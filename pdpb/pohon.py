"""The digest tree of a frozen roll as stored, and the proofs drawn from it (docs/keputusan/0013-pohon-bukti.md)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, transaction

from kpupalu.lib import Refused
from kpupalu.lib.waktu import usia
from pdpb import bukti
from pdpb.bukti import MEDAN, SALINAN, SIDIK, HasilBaris, HasilSalinan, Kepala, Nilai
from pdpb.models import Periode, PohonSimpul, Snapshot

# What a field reads that the digest of 0006 does not hold: the birth date for the age, the change for the remark.
_SQL = {
    "id": "v.id::text",
    "kelurahan": "v.kelurahan_id",
    "tps": "lpad(t.nomor::text, 3, '0')",
    "jenis_tps": "t.jenis",
    "dpid": "o.dpid",
    "nkk": "i.nkk",
    "nik": "i.nik",
    "tanggal_lahir": "to_char(v.tanggal_lahir, 'YYYY-MM-DD')",
    "usia": "v.tanggal_lahir",
    "keterangan": "CASE p.jenis WHEN 'baru' THEN 'B' WHEN 'ubah' THEN 'U' WHEN 'mutasi' THEN 'MM' ELSE '' END",
}
_BARIS = f"""
SELECT s.garam, {", ".join(_SQL.get(nama, f"v.{nama}") for nama in MEDAN)}
FROM pdpb_snapshotbaris s
JOIN pdpb_pendaftaran v ON v.id = s.pendaftaran_id
JOIN pdpb_pemilih o ON o.id = v.pemilih_id
JOIN pdpb_identitas i ON i.id = v.identitas_id
LEFT JOIN wilayah_tps t ON t.id = v.tps_id
LEFT JOIN pdpb_snapshotperubahan c ON c.snapshot_id = s.snapshot_id AND c.versi_baru_id = v.id
LEFT JOIN pdpb_perubahan p ON p.id = c.perubahan_id
WHERE s.snapshot_id = %s
"""  # noqa: S608 - only constants of this module are put in
# Rows of a freeze are younger than the statistics about them; a planner that thinks them few walks all changes for
# every voter. And the leaves are read to the last row, so the plan that yields its first row soonest is no help.
_BACA_SEMUA = "SET LOCAL enable_nestloop = off; SET LOCAL cursor_tuple_fraction = 1"
_BACA_BIASA = "SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL cursor_tuple_fraction TO DEFAULT"
_LETAK_USIA = MEDAN.index("usia")
_SEKALI = 4000
BERTANDA = (Periode.Status.DITETAPKAN, Periode.Status.DIUMUMKAN)
Baris = tuple[bytes, list[Nilai]]


def _ambil(snapshot: Snapshot, syarat: str = "", isi: Iterable[Any] = ()) -> Iterator[Baris]:
    """``(salt, values in the order of MEDAN)`` of the rows of *snapshot* that meet *syarat*, a batch at a time."""
    pada = snapshot.tanggal_acuan

    @cache
    def umur(lahir: date | None) -> Nilai:
        return None if lahir is None else str(usia(lahir, pada))

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f"{_BARIS} {syarat}", [snapshot.pk, *isi])
        while sekali := cursor.fetchmany(_SEKALI):
            for garam, *nilai in sekali:
                nilai[_LETAK_USIA] = umur(nilai[_LETAK_USIA])
                yield bytes(garam), nilai


def _tingkat_daun(snapshot: Snapshot) -> bytes:
    """All leaves in their order, which is that of their own bytes: the place of a row tells nothing about it."""
    isi_medan, daun_baris = bukti.isi_medan, bukti.daun_baris
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BACA_SEMUA)
        semua = sorted(daun_baris(garam, [isi_medan(n) for n in nilai]) for garam, nilai in _ambil(snapshot))
        cursor.execute(_BACA_BIASA)
    return b"".join(semua)


def _akar(snapshot: Snapshot, puncak: bytes, jumlah: int) -> str:
    return bukti.akar(snapshot.periode_id, snapshot.versi, jumlah, puncak)


def tanam_pohon(snapshot: Snapshot) -> str:
    """Build and store the tree over the stored rows of *snapshot*; its root in hex. Once per snapshot."""
    daun = _tingkat_daun(snapshot)
    tingkat = list(bukti.semua_tingkat(daun))
    PohonSimpul.objects.bulk_create(
        [PohonSimpul(snapshot=snapshot, tingkat=n, isi=isi) for n, isi in enumerate(tingkat)]
    )
    return _akar(snapshot, tingkat[-1], len(daun) // SIDIK)


def pohon_rusak(snapshot: Snapshot) -> str:
    """What no longer agrees, in words: rows, stored nodes, root; "" when all does, or the snapshot has no tree."""
    if not snapshot.akar:
        return ""
    simpan = [bytes(isi) for isi in _simpul(snapshot).values_list("isi", flat=True)]
    tingkat = list(bukti.semua_tingkat(_tingkat_daun(snapshot)))
    if simpan[:1] != tingkat[:1]:
        return "baris tidak lagi menghasilkan daun pohon yang tersimpan"
    if simpan != tingkat:
        return "simpul pohon yang tersimpan tidak menurut daunnya"
    sama = _akar(snapshot, tingkat[-1], len(tingkat[0]) // SIDIK) == snapshot.akar
    return "" if sama else "akar pohon tidak cocok"


def kepala(snapshot: Snapshot) -> Kepala:
    """What files from *snapshot* claim. Refused when it was frozen before there was a tree."""
    if not snapshot.akar:
        raise Refused(
            f"{snapshot} dibekukan sebelum bukti dapat diberikan. "
            "Bukti tersedia mulai periode yang dibekukan berikutnya."
        )
    return Kepala(snapshot.periode_id, snapshot.versi, snapshot.jumlah_baris, snapshot.akar)


@dataclass(frozen=True, slots=True)
class Putusan:
    """What a file of proof comes to against the rolls of this office; *kode* is stable, the rest is for a reader."""

    kode: str
    judul: str
    kalimat: str
    snapshot: Snapshot | None = None

    @property
    def sah(self) -> bool:
        return self.kode == "sah"


def nilai(hasil: HasilBaris | HasilSalinan) -> Putusan:
    """Hold *hasil* against the roots of signed rolls. Of the database only the root of the named version is read.

    A roll that is frozen but not signed counts as unknown, so nobody learns from here what is not published.
    """
    k = hasil.kepala
    semua = Snapshot.objects.select_related("periode").filter(periode__status__in=BERTANDA).exclude(akar="")
    snapshot = semua.filter(periode=k.periode, versi=k.versi, akar=k.akar, jumlah_baris=k.jumlah).first()
    if not _cocok(hasil):
        return Putusan("tidak_cocok", "Tidak cocok", _TIDAK_COCOK)
    if snapshot is None:
        return Putusan("tidak_dikenal", "Tidak dikenal", _TIDAK_DIKENAL)
    nama = snapshot.periode.nama
    if snapshot.digantikan:
        return Putusan("digantikan", "Sudah digantikan", _DIGANTIKAN.format(nama=nama, versi=k.versi), snapshot)
    if not hasil.sah:
        return Putusan("sebagian", "Sebagian cocok", _SEBAGIAN.format(nama=nama), snapshot)
    return Putusan("sah", "Sah", (_SAH if isinstance(hasil, HasilBaris) else _SAH_SALINAN).format(nama=nama), snapshot)


def _cocok(hasil: HasilBaris | HasilSalinan) -> bool:
    """Whether anything in the file leads to its root."""
    return hasil.sah if isinstance(hasil, HasilBaris) else any(hasil.cocok)


_SAH = "Baris dalam berkas ini berasal dari daftar pemilih {nama} yang ditandatangani."
_SAH_SALINAN = "Semua baris dalam salinan ini berasal dari daftar pemilih {nama} yang ditandatangani."
_SEBAGIAN = "Hanya sebagian baris salinan ini yang berasal dari daftar pemilih {nama} yang ditandatangani."
_DIGANTIKAN = "Isi berkas ini cocok dengan versi {versi} {nama}, tetapi versi itu sudah digantikan."
_TIDAK_COCOK = (
    "Isi berkas ini tidak menghasilkan akarnya: ada yang berubah sesudah berkas diberikan, atau bukan dari kami."
)
_TIDAK_DIKENAL = "Akar dalam berkas ini bukan akar daftar pemilih yang ditandatangani kantor ini."


def _simpul(snapshot: Snapshot):
    return PohonSimpul.objects.filter(snapshot=snapshot).order_by("tingkat")


def _cari(daun: bytes, satu: bytes) -> int:
    """Where *satu* stands among the leaves. Refused when it does not: the row was changed past history."""
    letak = bisect_left(range(len(daun) // SIDIK), satu, key=lambda n: daun[n * SIDIK : (n + 1) * SIDIK])
    if daun[letak * SIDIK : (letak + 1) * SIDIK] != satu:
        raise Refused("Baris ini tidak lagi sama dengan daftar yang dibekukan. Hubungi admin; bukti tidak diberikan.")
    return letak


def bukti_baris(snapshot: Snapshot, pendaftaran: int, terbuka: Iterable[str]) -> dict[str, Any]:
    """The proof that row *pendaftaran* stands in *snapshot*, showing only the fields *terbuka*.

    Of every other row it holds nothing but digests of random-salted digests. Refused when the row is not in it.
    """
    isi = bukti.kepala_berkas("baris", kepala(snapshot))
    baris = next(iter(list(_ambil(snapshot, "AND v.id = %s", [pendaftaran]))), None)
    if baris is None:
        raise Refused("Orang ini tidak ada dalam daftar yang dibekukan itu, jadi bukti tidak dapat diberikan.")
    garam, nilai = baris
    tingkat = [bytes(satu) for satu in _simpul(snapshot).values_list("isi", flat=True)]
    posisi = _cari(tingkat[0], bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai]))
    jalan = [
        bukti.tulis_b64(tingkat[n][letak * SIDIK : (letak + 1) * SIDIK])
        for n, letak in bukti.letak_jalan(posisi, snapshot.jumlah_baris)
    ]
    return isi | {"posisi": posisi, "medan": bukti.tulis_medan(garam, nilai, terbuka), "jalan": jalan}


def baris_salinan(snapshot: Snapshot, kelurahan: str) -> list[Baris]:
    """The rows of one kelurahan in the order of the list by name that leaves the office."""
    urut = "AND v.kelurahan_id = %s ORDER BY coalesce(t.nomor, 0), v.nama, v.id"
    return list(_ambil(snapshot, urut, [kelurahan]))


def bukti_salinan(snapshot: Snapshot, baris: list[Baris], wilayah: str) -> dict[str, Any]:
    """The openings of exactly the seven columns of *baris*, and their ways up to a common level of the tree."""
    isi = bukti.kepala_berkas("salinan", kepala(snapshot))
    tingkat = [bytes(satu) for satu in _simpul(snapshot).values_list("isi", flat=True)]
    # The level at which nodes given once and ways given per row weigh least together.
    potong = min(range(len(tingkat)), key=lambda n: len(baris) * n + len(tingkat[n]) // SIDIK)
    return isi | {
        "wilayah": wilayah,
        "kolom": list(SALINAN),
        "tingkat": potong,
        "simpul": bukti.tulis_b64(tingkat[potong]),
        "baris": [_satu_salinan(snapshot, satu, tingkat, potong) for satu in baris],
    }


def _satu_salinan(snapshot: Snapshot, baris: Baris, tingkat: list[bytes], potong: int) -> list[Any]:
    garam, nilai = baris
    n = len(SALINAN)
    _, semua = bukti.komitmen_baris(garam, [bukti.isi_medan(satu) for satu in nilai])
    posisi = _cari(tingkat[0], bukti.daun_dari_komitmen(semua))
    jalan = b"".join(
        tingkat[tinggi][letak * SIDIK : (letak + 1) * SIDIK]
        for tinggi, letak in bukti.letak_jalan(posisi, snapshot.jumlah_baris, potong)
    )
    tertutup = bukti.sidik_kelompok(b"B", semua[n:])
    buka = [bukti.benih(b"A", garam), tertutup]
    return [*nilai[:n], *map(bukti.tulis_b64, buka), posisi, bukti.tulis_b64(jalan)]
