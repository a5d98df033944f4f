"""Why the list of an area changed between two days: who came, who left, whose row changed, and by which act.

Only the two ends decide what is counted; the act named is the one that crossed the border of the area. So the sums
are the difference of the two counts, whatever happened in between (docs/keputusan/0012).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from pdpb.mesin_waktu.area import Area
from pdpb.mesin_waktu.keadaan import LP
from pdpb.models import Kategori, Pendaftaran, Perubahan
from pdpb.models.perubahan import ELEMEN

_LABEL = {f.name: str(f.verbose_name)[:1].upper() + str(f.verbose_name)[1:] for f in Pendaftaran._meta.concrete_fields}
MASUK, KELUAR, UBAH = "masuk", "keluar", "ubah"
ARAH = {MASUK: "Masuk", KELUAR: "Keluar", UBAH: "Berubah"}

# A version opened and closed by the same act (or import) was taken back: it never counted.
_SAH = (
    "(v.dibuka_id IS NULL OR v.dibuka_id IS DISTINCT FROM v.ditutup_id)"
    " AND (v.batch_id IS NULL OR v.batch_id IS DISTINCT FROM v.ditutup_batch_id)"
)
# The rows that were in the list of the area at one end and not, or not as the same version, at the other.
_BEDA = """
beda AS (
    SELECT coalesce(l.pemilih_id, b.pemilih_id) AS pemilih, l.id AS lama, b.id AS baru,
           l.jenis_kelamin AS jk_lama, b.jenis_kelamin AS jk_baru, b.dibuka_id, b.batch_id,
           CASE WHEN l.id IS NULL THEN 'masuk' WHEN b.id IS NULL THEN 'keluar' ELSE 'ubah' END AS arah
    FROM (SELECT v.* FROM pdpb_pendaftaran v
          WHERE v.mulai <= %(dari)s AND v.akhir > %(dari)s AND v.akhir <= %(sampai)s AND {syarat}) l
    FULL JOIN
         (SELECT v.* FROM pdpb_pendaftaran v WHERE v.mulai > %(dari)s AND v.mulai <= %(sampai)s
              AND v.akhir IS NULL AND {syarat}
          UNION ALL
          SELECT v.* FROM pdpb_pendaftaran v WHERE v.mulai > %(dari)s AND v.mulai <= %(sampai)s
              AND v.akhir > %(sampai)s AND {syarat}) b
    ON b.pemilih_id = l.pemilih_id
), sebab AS (
    SELECT d.*, coalesce(m.perubahan, k.perubahan, CASE WHEN d.arah = 'ubah' THEN d.dibuka_id END) AS perubahan,
           coalesce(m.impor, k.impor, CASE WHEN d.arah = 'ubah' THEN d.batch_id END) AS impor
    FROM beda d
    LEFT JOIN LATERAL (
        SELECT v.dibuka_id AS perubahan, v.batch_id AS impor FROM pdpb_pendaftaran v
        WHERE d.arah = 'masuk' AND v.pemilih_id = d.pemilih AND v.mulai > %(dari)s AND v.mulai <= %(sampai)s
          AND {syarat} AND {sah} AND NOT EXISTS (
            SELECT 1 FROM pdpb_pendaftaran x WHERE x.pemilih_id = v.pemilih_id AND {syarat_x}
              AND (x.ditutup_id = v.dibuka_id OR (x.ditutup_batch_id = v.batch_id AND x.id < v.id)) AND {sah_x})
        ORDER BY v.mulai DESC, v.id DESC LIMIT 1
    ) m ON TRUE
    LEFT JOIN LATERAL (
        SELECT v.ditutup_id AS perubahan, v.ditutup_batch_id AS impor FROM pdpb_pendaftaran v
        WHERE d.arah = 'keluar' AND v.pemilih_id = d.pemilih AND v.akhir > %(dari)s AND v.akhir <= %(sampai)s
          AND {syarat} AND {sah}
        ORDER BY v.akhir DESC, v.id DESC LIMIT 1
    ) k ON TRUE
)
"""
_HITUNG = """
SELECT s.arah, p.jenis, p.kategori_id, s.jk_lama, s.jk_baru, count(*)
FROM sebab s LEFT JOIN pdpb_perubahan p ON p.id = s.perubahan GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class Suku:
    """One term of the equation: rows of one *arah* with one reason, to be added (or taken off) by sex."""

    arah: str
    kunci: str
    nama: str
    angka: LP

    @property
    def tanda(self) -> int:
        """+1 for those who came, -1 for those who left, 0 for changed rows."""
        return {MASUK: 1, KELUAR: -1, UBAH: 0}[self.arah]


@dataclass(slots=True)
class Selisih:
    """The difference of the list of one area between the ends of two days, as terms that add up."""

    area: Area
    dari: date
    sampai: date
    suku: list[Suku] = field(default_factory=list)
    koreksi: LP = field(default_factory=LP)
    """What a corrected sex moves between L and P; zero together."""

    def _jumlah(self, arah: str) -> LP:
        return LP(*(sum(getattr(s.angka, jk) for s in self.suku if s.arah == arah) for jk in ("L", "P")))

    @property
    def masuk(self) -> LP:
        return self._jumlah(MASUK)

    @property
    def keluar(self) -> LP:
        return self._jumlah(KELUAR)

    @property
    def ubah(self) -> LP:
        return self._jumlah(UBAH)

    @property
    def banyak(self) -> int:
        """How many rows explain the difference."""
        return sum(s.angka.total for s in self.suku)

    @property
    def bersih(self) -> LP:
        """By how much the list grew: came less left, and the corrected sex."""
        masuk, keluar = self.masuk, self.keluar
        return LP(masuk.L - keluar.L + self.koreksi.L, masuk.P - keluar.P + self.koreksi.P)

    def cocok(self, awal: LP, akhir: LP) -> bool:
        """Whether count before + difference = count after, for men and for women."""
        bersih = self.bersih
        return (awal.L + bersih.L, awal.P + bersih.P) == (akhir.L, akhir.P)


def _kueri(area: Area, dari: date, sampai: date) -> tuple[str, dict[str, Any]]:
    sql = _BEDA.format(
        syarat=area.syarat, syarat_x=area.syarat.replace("v.", "x."), sah=_SAH, sah_x=_SAH.replace("v.", "x.")
    )
    return "WITH " + sql, {"dari": dari, "sampai": sampai, **area.nilai}


def selisih(area: Area, dari: date, sampai: date) -> Selisih:
    """Count who came, left and changed in *area* after the end of *dari* until the end of *sampai*, by reason."""
    sql, nilai = _kueri(area, dari, sampai)
    nama = dict(Kategori.objects.values_list("pk", "nama"))
    angka: dict[tuple[str, str, str], LP] = defaultdict(LP)
    koreksi = LP()
    with connection.cursor() as cursor:
        cursor.execute(sql + _HITUNG, nilai)
        for arah, jenis, kategori, jk_lama, jk_baru, banyak in cursor.fetchall():
            lp = angka[(arah, *_sebut(arah, jenis, kategori, nama))]
            jk = jk_lama if arah == KELUAR else jk_baru
            setattr(lp, jk, getattr(lp, jk) + banyak)
            if arah == UBAH and jk_lama != jk_baru:
                setattr(koreksi, jk_baru, getattr(koreksi, jk_baru) + banyak)
                setattr(koreksi, jk_lama, getattr(koreksi, jk_lama) - banyak)
    urut = list(ARAH)
    suku = [Suku(*kunci, lp) for kunci, lp in angka.items()]
    return Selisih(
        area, dari, sampai, sorted(suku, key=lambda s: (urut.index(s.arah), -s.angka.total, s.nama)), koreksi
    )


def _sebut(arah: str, jenis: str | None, kategori: str | None, nama: dict[str, str]) -> tuple[str, str]:
    """The key of a reason, and the reason in words."""
    if jenis is None or kategori is None:
        return "impor", {
            MASUK: "Daftar dasar dimuat",
            KELUAR: "Daftar dasar diganti",
            UBAH: "Daftar dasar diperbarui",
        }[arah]
    if jenis == Kategori.Jenis.MUTASI:
        kata = {MASUK: "Mutasi masuk", KELUAR: "Mutasi keluar", UBAH: "Mutasi di dalam wilayah ini"}[arah]
    else:
        kata = {"baru": "Pemilih baru", "tms": "TMS", "ubah": "Perbaikan"}[jenis]
    return kategori, f"{kata}: {nama[kategori]}"


def baris_berubah(
    area: Area, dari: date, sampai: date, *, user, arah: str = "", kunci: str = ""
) -> QuerySet[Pendaftaran]:
    """The rows of the difference as versions (the new one, or the last one of who left) that *user* may see."""
    sql, nilai = _kueri(area, dari, sampai)
    saring = ""
    if arah in ARAH:
        saring += " AND s.arah = %(arah)s"
    if kunci:
        saring += " AND coalesce(p.kategori_id, 'impor') = %(kunci)s"
    sql += (
        "SELECT coalesce(s.baru, s.lama) FROM sebab s LEFT JOIN pdpb_perubahan p ON p.id = s.perubahan"
        f" WHERE TRUE{saring}"
    )
    dalam = RawSQL(*_berurut(sql, {**nilai, "arah": arah, "kunci": kunci}))  # noqa: S611 - constants of this module
    return Pendaftaran.objects.for_user(user).filter(pk__in=dalam)


def _berurut(sql: str, nilai: dict[str, Any]) -> tuple[str, list[Any]]:
    """*sql* with its named values in order, because inside a larger query they travel as a list."""
    urut: list[Any] = []

    def ganti(cocok: re.Match[str]) -> str:
        urut.append(nilai[cocok[1]])
        return "%s"

    return re.sub(r"%\((\w+)\)s", ganti, sql), urut


@dataclass(slots=True)
class Baris:
    """One person of the difference: both versions, what differs, the act that decides, and all acts in between."""

    arah: str
    lama: Pendaftaran | None
    baru: Pendaftaran | None
    beda: list[tuple[str, Any, Any]]
    perubahan: Perubahan | None
    impor: int | None
    rangkaian: list[Perubahan]

    @property
    def tampil(self) -> Pendaftaran:
        """The version whose name is shown."""
        versi = self.baru or self.lama
        assert versi is not None  # noqa: S101 - a row of the difference has at least one end
        return versi


def rinci(area: Area, dari: date, sampai: date, versi: list[Pendaftaran]) -> list[Baris]:
    """Explain *versi*, rows of ``baris_berubah`` for the same area and days, in the same order."""
    sql, nilai = _kueri(area, dari, sampai)
    orang = [v.pemilih_id for v in versi]
    with connection.cursor() as cursor:
        cursor.execute(
            sql + "SELECT pemilih, arah, lama, baru, perubahan, impor FROM sebab WHERE pemilih = ANY(%(orang)s)",
            {**nilai, "orang": orang},
        )
        sebab = {baris[0]: baris[1:] for baris in cursor.fetchall()}
    ujung = {pk for _, lama, baru, _, _ in sebab.values() for pk in (lama, baru) if pk}
    muat = Pendaftaran.objects.select_related("kelurahan", "tps").in_bulk(list(ujung))
    rangkai = _rangkaian(orang, dari, sampai)
    acara = Perubahan.objects.select_related("kategori", "bukti").in_bulk(
        [p for isi in rangkai.values() for p in isi] + [s[3] for s in sebab.values() if s[3]]
    )
    hasil = []
    for pemilih in orang:
        arah, lama, baru, perubahan, impor = sebab[pemilih]
        dulu, kini = muat.get(lama), muat.get(baru)
        hasil.append(
            Baris(
                arah, dulu, kini, _beda(dulu, kini), acara.get(perubahan), impor, [acara[p] for p in rangkai[pemilih]]
            )
        )
    return hasil


def _rangkaian(orang: list[int], dari: date, sampai: date) -> dict[int, list[int]]:
    """Every act that opened or closed a version of *orang* in between and was not taken back, oldest first."""
    hasil: dict[int, list[int]] = {pk: [] for pk in orang}
    di_antara = Q(mulai__gt=dari, mulai__lte=sampai) | Q(akhir__gt=dari, akhir__lte=sampai)
    versi = Pendaftaran.objects.filter(di_antara, pemilih__in=orang).order_by("id")
    for pemilih, mulai, akhir, dibuka, ditutup in versi.values_list("pemilih", "mulai", "akhir", "dibuka", "ditutup"):
        if dibuka and dibuka == ditutup:
            continue
        if dibuka and dari < mulai <= sampai and dibuka not in hasil[pemilih]:
            hasil[pemilih].append(dibuka)
        if ditutup and akhir and dari < akhir <= sampai and ditutup not in hasil[pemilih]:
            hasil[pemilih].append(ditutup)
    return hasil


def _beda(lama: Pendaftaran | None, baru: Pendaftaran | None) -> list[tuple[str, Any, Any]]:
    """What differs between the two ends: ``(label, old, new)``; digits of NIK and NKK are never shown."""
    if lama is None or baru is None:
        return []
    hasil = []
    for nama in (*ELEMEN, "kelurahan", "tps"):
        dulu, kini = getattr(lama, nama), getattr(baru, nama)
        if dulu != kini:
            hasil.append((_LABEL[nama], dulu, kini))
    if lama.identitas_id != baru.identitas_id:
        hasil.append(("NIK atau nomor KK", "disamarkan", "disamarkan"))
    return hasil
