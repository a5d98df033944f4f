"""The recap of a period: figures per TPS and sex, their sums upwards, and the reasons behind them.

Live figures come from the summary and from the approved changes; frozen figures only from the snapshot.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection

from kpupalu.wilayah.models import Kelurahan
from pdpb.models import Periode, SaldoAwalSel, Snapshot, SnapshotSel

Kunci = TypeVar("Kunci", bound=Hashable)
KOLOM = ("sebelumnya", "baru", "tms", "ubah", "masuk", "keluar", "koreksi", "sekarang")
"""The columns of a recap. ``masuk``, ``keluar``: moves inside the city; ``koreksi``: corrected sex (zero for L+P)."""


@dataclass(slots=True)
class Angka:
    """The figures of one area for one sex, or for both together."""

    sebelumnya: int = 0
    baru: int = 0
    tms: int = 0
    ubah: int = 0
    masuk: int = 0
    keluar: int = 0
    koreksi: int = 0
    sekarang: int = 0

    def __iadd__(self, lain: "Angka") -> "Angka":
        for kolom in KOLOM:
            setattr(self, kolom, getattr(self, kolom) + getattr(lain, kolom))
        return self

    @property
    def dihitung(self) -> int:
        """What ``sekarang`` must be by R1; ``ubah`` never enters (R6)."""
        return self.sebelumnya + self.baru - self.tms + self.masuk - self.keluar + self.koreksi


@dataclass(slots=True)
class Sel:
    """The figures of one area, L and P."""

    L: Angka = field(default_factory=Angka)
    P: Angka = field(default_factory=Angka)

    @property
    def total(self) -> Angka:
        """L and P together."""
        jumlah = Angka()
        jumlah += self.L
        jumlah += self.P
        return jumlah

    def __iadd__(self, lain: "Sel") -> "Sel":
        self.L += lain.L
        self.P += lain.P
        return self


@dataclass(slots=True)
class Rekap:
    """All figures of one period: ``sel[(kode kelurahan, id TPS or None)]``, and reasons by kelurahan and sex.

    ``rincian[(jenis, kategori)][(kode kelurahan, jenis kelamin)]`` counts the approved changes of one reason.
    """

    periode: Periode
    sel: dict[tuple[str, int | None], Sel]
    rincian: dict[tuple[str, str], dict[tuple[str, str], int]]
    snapshot: Snapshot | None = None

    def menurut(self, kunci: Callable[[str, int | None], Kunci]) -> dict[Kunci, Sel]:
        """Cells summed by ``kunci(kode kelurahan, id TPS)``, in order of first appearance."""
        hasil: dict[Kunci, Sel] = defaultdict(Sel)
        for (kelurahan, tps), sel in sorted(self.sel.items(), key=lambda i: (i[0][0], i[0][1] or 0)):
            hasil[kunci(kelurahan, tps)] += sel
        return dict(hasil)

    @property
    def kelurahan(self) -> dict[str, Sel]:
        return self.menurut(lambda kelurahan, tps: kelurahan)

    @property
    def kecamatan(self) -> dict[str, Sel]:
        return self.menurut(lambda kelurahan, tps: kelurahan[:8])

    @property
    def kota(self) -> Sel:
        return self.menurut(lambda kelurahan, tps: "").get("", Sel())

    def daftar_kelurahan(self) -> list[Kelurahan]:
        """The kelurahan to print, by code: in force on the last day of the period, or with a figure in it.

        So a quarter of the past keeps its kelurahan when one is split later, and the quarter of a split shows both.
        """
        berangka = [kode for kode, s in self.kelurahan.items() if any(getattr(s.total, kolom) for kolom in KOLOM)]
        semua = Kelurahan.objects.select_related("kecamatan")
        return list((semua.pada(self.periode.akhir) | semua.filter(pk__in=berangka)).order_by("kode"))

    def jumlah_rincian(self, jenis: str, kategori: str, kelurahan: str = "", jk: str = "") -> int:
        """How many changes of one reason, in the areas whose code begins with *kelurahan*, of one sex or both."""
        return sum(
            n
            for (kode, kelamin), n in self.rincian.get((jenis, kategori), {}).items()
            if kode.startswith(kelurahan) and (not jk or kelamin == jk)
        )


_PERUBAHAN = """
SELECT v.kelurahan_id, v.tps_id, v.jenis_kelamin, d.kolom, d.jenis, d.kategori_id, sum(d.arah)
FROM (
    SELECT versi_baru_id AS versi, 'baru' AS kolom, jenis, kategori_id, 1 AS arah FROM p WHERE jenis = 'baru'
    UNION ALL SELECT versi_lama_id, 'tms', jenis, kategori_id, 1 FROM p WHERE jenis = 'tms'
    UNION ALL SELECT versi_baru_id, 'ubah', jenis, kategori_id, 1 FROM p WHERE jenis = 'ubah'
    UNION ALL SELECT versi_lama_id, 'keluar', jenis, kategori_id, 1 FROM p WHERE jenis = 'mutasi'
    UNION ALL SELECT versi_baru_id, 'masuk', jenis, kategori_id, 1 FROM p WHERE jenis = 'mutasi'
    UNION ALL SELECT versi_lama_id, 'koreksi', jenis, kategori_id, -1 FROM p WHERE jenis = 'ubah'
        AND elemen_baru ? 'jenis_kelamin'
    UNION ALL SELECT versi_baru_id, 'koreksi', jenis, kategori_id, 1 FROM p WHERE jenis = 'ubah'
        AND elemen_baru ? 'jenis_kelamin'
) d JOIN pdpb_pendaftaran v ON v.id = d.versi
GROUP BY 1, 2, 3, 4, 5, 6
"""
_DIHITUNG = (
    "WITH p AS (SELECT id, jenis, kategori_id, versi_lama_id, versi_baru_id, elemen_baru FROM pdpb_perubahan"
    " WHERE periode_id = %s AND status IN ('disetujui', 'ditetapkan')) "
)

Baris = tuple[str, int | None, str, int]


def _angka(sel: dict, kelurahan: str, tps: int | None, jk: str) -> Angka:
    return getattr(sel[kelurahan, tps], jk)


def _susun(periode: Periode, awal: Iterable[Baris], sekarang: Iterable[Baris]) -> Rekap:
    sel: dict[tuple[str, int | None], Sel] = defaultdict(Sel)
    for kelurahan, tps, jk, jumlah in awal:
        _angka(sel, kelurahan, tps, jk).sebelumnya += jumlah
    for kelurahan, tps, jk, jumlah in sekarang:
        _angka(sel, kelurahan, tps, jk).sekarang += jumlah
    rincian: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute(_DIHITUNG + _PERUBAHAN, [periode.pk])
        for kelurahan, tps, jk, kolom, jenis, kategori, jumlah in cursor.fetchall():
            angka = _angka(sel, kelurahan, tps, jk)
            setattr(angka, kolom, getattr(angka, kolom) + int(jumlah))
            if kolom in ("baru", "tms", "ubah", "keluar"):
                rincian[jenis, kategori][kelurahan, jk] += int(jumlah)
    return Rekap(periode, dict(sel), {k: dict(v) for k, v in rincian.items()})


def _baris(sql: str) -> list[Baris]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def rekap_berjalan(periode: Periode) -> Rekap:
    """The figures of an open period as they stand now, from the summary (no row of the roll is read)."""
    awal = SaldoAwalSel.objects.filter(periode=periode).values_list("kelurahan_id", "tps_id", "jenis_kelamin", "jumlah")
    sekarang = _baris("SELECT kelurahan_id, tps_id, jenis_kelamin, jumlah FROM pdpb_rekapsel")
    return _susun(periode, awal, sekarang)


def rekap_dari_baris(periode: Periode) -> Rekap:
    """The same figures, with *sekarang* counted again from every open row of the roll. For freezing and checks."""
    awal = SaldoAwalSel.objects.filter(periode=periode).values_list("kelurahan_id", "tps_id", "jenis_kelamin", "jumlah")
    sekarang = _baris(
        "SELECT kelurahan_id, tps_id, jenis_kelamin, count(*) FROM pdpb_pendaftaran WHERE akhir IS NULL"
        " GROUP BY 1, 2, 3"
    )
    return _susun(periode, awal, sekarang)


def rekap_beku(snapshot: Snapshot) -> Rekap:
    """The figures of a frozen version, from the snapshot alone."""
    sel: dict[tuple[str, int | None], Sel] = defaultdict(Sel)
    for baris in SnapshotSel.objects.filter(snapshot=snapshot):
        setattr(
            sel[baris.kelurahan_id, baris.tps_id],
            baris.jenis_kelamin,
            Angka(*(getattr(baris, kolom) for kolom in KOLOM)),
        )
    rincian: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for jenis, kategori, kelurahan, jk, jumlah in snapshot.rincian["perubahan"]:
        rincian[jenis, kategori][kelurahan, jk] = jumlah
    return Rekap(snapshot.periode, dict(sel), dict(rincian), snapshot)


def snapshot_berlaku(periode: Periode) -> Snapshot | None:
    """The frozen version in force, or None while the period has none or has been reopened."""
    return Snapshot.objects.filter(periode=periode, digantikan=False).first()


def rekap(periode: Periode) -> Rekap:
    """The figures to show for *periode*: frozen if it is frozen, else as they stand now."""
    beku = snapshot_berlaku(periode) if periode.status != Periode.Status.TERBUKA else None
    return rekap_beku(beku) if beku else rekap_berjalan(periode)
