"""The list of one area as it was at the end of one day: how many, of which kind, and who."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.mesin_waktu.area import BELUM_DITEMPATKAN, Area
from pdpb.models import Pendaftaran
from pdpb.models.daftar import Disabilitas, StatusKTPel

# Two halves, because each has a partial index of its own: rows still open, and rows closed after the day.
HIDUP = """
    SELECT {medan} FROM pdpb_pendaftaran v WHERE v.akhir IS NULL AND v.mulai <= %({pada})s AND {syarat}
    UNION ALL
    SELECT {medan} FROM pdpb_pendaftaran v WHERE v.akhir > %({pada})s AND v.mulai <= %({pada})s AND {syarat}
"""
"""The versions in the list at the end of a day: ``mulai <= day`` and not closed on or before it."""

_ANAK = {
    "kota": "left(v.kelurahan_id, 8)",
    "kecamatan": "v.kelurahan_id",
    "kelurahan": "v.tps_id::text",
    "tps": "NULL::text",
}
_HITUNG = """
SELECT grouping(h.anak, h.usia, h.disabilitas, h.ktpel), h.anak, h.usia, h.disabilitas, h.ktpel, h.jk, count(*)
FROM (
    SELECT d.*, coalesce(k.nama, 'Tidak diketahui') AS usia FROM ({hidup}) d
    LEFT JOIN pdpb_kelompokusia k ON d.tahun >= coalesce(k.lahir_dari, 0) AND d.tahun <= coalesce(k.lahir_sampai, 9999)
) h GROUP BY GROUPING SETS ((h.anak, h.jk), (h.usia, h.jk), (h.disabilitas, h.jk), (h.ktpel, h.jk))
"""
# Bits of grouping(): a set bit is a column that was summed over.
_MENURUT = {0b0111: "anak", 0b1011: "usia", 0b1101: "disabilitas", 0b1110: "ktpel"}


@dataclass(slots=True)
class LP:
    """How many men and women."""

    L: int = 0
    P: int = 0

    @property
    def total(self) -> int:
        return self.L + self.P


@dataclass(slots=True)
class Keadaan:
    """The figures of one area at the end of one day; every list adds up to ``jumlah``."""

    area: Area
    pada: date
    jumlah: LP = field(default_factory=LP)
    anak: list[tuple[str, str, LP]] = field(default_factory=list)
    """The areas one level below: ``(kode or id of the TPS, nama, figures)``; empty for a TPS."""
    usia: list[tuple[str, LP]] = field(default_factory=list)
    disabilitas: list[tuple[str, LP]] = field(default_factory=list)
    ktpel: list[tuple[str, LP]] = field(default_factory=list)


def keadaan(area: Area, pada: date) -> Keadaan:
    """Count the list of *area* at the end of *pada*: by sex, area below, age group, disability and KTP-el."""
    medan = (
        f"{_ANAK[area.tingkat]} AS anak, v.jenis_kelamin AS jk, extract(year FROM v.tanggal_lahir) AS tahun,"
        " v.disabilitas, v.status_ktpel AS ktpel"
    )
    sql = _HITUNG.format(hidup=HIDUP.format(medan=medan, pada="pada", syarat=area.syarat))
    kelompok: dict[str, dict[str, LP]] = defaultdict(lambda: defaultdict(LP))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"pada": pada, **area.nilai})
        for tanda, *isi, jk, banyak in cursor.fetchall():
            menurut = _MENURUT[tanda]
            nilai = isi[("anak", "usia", "disabilitas", "ktpel").index(menurut)]
            setattr(kelompok[menurut][nilai or ""], jk, banyak)
    jumlah = LP(*(sum(getattr(n, jk) for n in kelompok["anak"].values()) for jk in ("L", "P")))
    return Keadaan(
        area,
        pada,
        jumlah,
        _anak(area, kelompok["anak"]),
        sorted(kelompok["usia"].items()),
        [(_label(Disabilitas, nilai), n) for nilai, n in sorted(kelompok["disabilitas"].items())],
        [(_label(StatusKTPel, nilai), n) for nilai, n in sorted(kelompok["ktpel"].items())],
    )


def _label(pilihan, nilai: str) -> str:
    return str(pilihan(nilai).label) if nilai in pilihan.values else "Tidak diketahui"


def _anak(area: Area, angka: dict[str, LP]) -> list[tuple[str, str, LP]]:
    """The areas below with their figures, in their official order; those without anybody are listed too."""
    if area.tingkat == "tps":
        return []
    if area.tingkat == "kelurahan":
        semua = [(str(t.pk), f"TPS {t.nomor:03d}") for t in TPS.objects.filter(kelurahan=area.kode).order_by("nomor")]
        if "" in angka:
            semua.append((str(BELUM_DITEMPATKAN), "Belum ditempatkan"))
            angka = angka | {str(BELUM_DITEMPATKAN): angka[""]}
    else:
        model = Kecamatan if area.tingkat == "kota" else Kelurahan
        semua = [(a.kode, a.nama) for a in model.objects.filter(kode__startswith=area.kode)]
    return [(kode, nama, angka.get(kode, LP())) for kode, nama in semua]


def baris_pada(area: Area, pada: date, *, user) -> QuerySet[Pendaftaran]:
    """The versions in the list of *area* at the end of *pada* that *user* may see; none without the right."""
    baris = Pendaftaran.objects.for_user(user).filter(Q(akhir__isnull=True) | Q(akhir__gt=pada), mulai__lte=pada)
    if area.kode:
        baris = baris.filter(kelurahan__in=area.nilai["area_kelurahan"])
    if area.tps == BELUM_DITEMPATKAN:
        return baris.filter(tps__isnull=True)
    return baris if area.tps is None else baris.filter(tps=area.tps)
