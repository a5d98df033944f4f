"""Whom coktas should visit: everybody in the list with an open question, by risk and with the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection

from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib.waktu import WITA, hari_ini
from pdpb.kematian import KODE_USIA, MENUNGGU
from pdpb.models import BarisCoktas


@dataclass(frozen=True, slots=True)
class Alasan:
    """Why somebody should be visited, and what to ask at the door."""

    label: str
    tanya: str


ALASAN = {
    "diminta": Alasan("Diminta verifikator", "Periksa isi usulan yang menunggu."),
    "meninggal": Alasan("Diduga meninggal", "Masih hidup? Bila meninggal, adakah suratnya?"),
    "ganda": Alasan("Diduga ganda", "Orang yang sama dengan baris lain?"),
    "usia": Alasan("Umur di atas batas coktas", "Masih hidup? Tanggal lahir benar?"),
    "tidak_padan": Alasan("Tidak padan", "Nama dan tanggal lahir sesuai KTP-el?"),
    "tidak_dikenal": Alasan("Tidak dikenal (C-Pemberitahuan)", "Tinggal di alamat ini?"),
    "pindah": Alasan("Diduga pindah", "Masih tinggal di alamat ini?"),
    "temuan": Alasan("Temuan lain", "Data pada baris ini benar?"),
}
"""The reasons, the most pressing first: whoever has an earlier one, and then more of them, stands higher."""

_KODE = list(ALASAN)
_NOMOR = {kode: n for n, kode in enumerate(_KODE)}
# Reasons are numbers here, because the database sorts and compares numbers faster than words.
_CALON = """
WITH warga AS (
    SELECT id, pemilih_id, kelurahan_id, rt, rw, nama, tanggal_lahir FROM pdpb_pendaftaran
    WHERE akhir IS NULL AND {wilayah}
), sebab(pemilih_id, n) AS (
    SELECT pemilih_id, {diminta} FROM pdpb_perubahan WHERE status = 'perlu_coktas'
    UNION ALL SELECT pemilih_id, CASE kategori_id WHEN 'ganda' THEN {ganda} ELSE {meninggal} END FROM pdpb_perubahan
      WHERE kategori_id IN ('meninggal', 'ganda') AND bukti_id IS NULL AND status = ANY(%(menunggu)s)
    UNION ALL SELECT unnest(ARRAY[a_id, b_id]), {ganda} FROM pdpb_pasanganganda
      WHERE status = 'dikonfirmasi' AND putusan = 'lapangan'
    UNION ALL SELECT pemilih_id, CASE jenis WHEN 'meninggal' THEN {meninggal} WHEN 'pindah' THEN {pindah}
      WHEN 'tidak_padan' THEN {tidak_padan} ELSE {tidak_dikenal} END FROM pdpb_dugaan WHERE status = 'terbuka'
    UNION ALL SELECT pemilih_id, CASE WHEN kode = ANY(%(kode_usia)s) THEN {usia} WHEN kode LIKE '%%ganda%%' THEN {ganda}
      WHEN kode LIKE 'tidak_padan%%' THEN {tidak_padan} ELSE {temuan} END FROM pdpb_temuan WHERE status = 'terbuka'
    UNION ALL SELECT pemilih_id, {usia} FROM warga WHERE tanggal_lahir <= %(lahir)s
), orang AS (
    SELECT w.id, array_agg(DISTINCT s.n) AS alasan FROM sebab s JOIN warga w USING (pemilih_id) GROUP BY w.id
), calon AS (
    SELECT v.id, v.pemilih_id, v.kelurahan_id, v.rt, v.rw, v.nama, o.alasan FROM orang o
    JOIN pdpb_pendaftaran v USING (id)
    WHERE NOT EXISTS (SELECT 1 FROM pdpb_bariscoktas b WHERE b.pemilih_id = v.pemilih_id AND (b.terbuka
      OR (b.hasil <> '' AND b.diisi_pada >= %(sejak)s AND {diminta} <> o.alasan[1]
          AND (b.hasil = 'sesuai' OR EXISTS (
            SELECT 1 FROM pdpb_perubahan u WHERE u.id = b.usulan_id AND u.status <> 'ditolak')))))
)
"""
_PER_KELURAHAN = (
    _CALON.format(wilayah="true", **_NOMOR)
    + "SELECT kelurahan_id, a, count(*) FROM calon, unnest(alasan) a GROUP BY 1, 2"
    + " UNION ALL SELECT kelurahan_id, -1, count(*) FROM calon GROUP BY 1"
)
_SATU_KELURAHAN = (
    _CALON.format(wilayah="kelurahan_id = %(kelurahan)s", **_NOMOR)
    + "SELECT id, pemilih_id, rt, rw, nama, alasan FROM calon WHERE %(alasan)s = -1 OR %(alasan)s = ANY(alasan)"
    + " ORDER BY alasan[1], cardinality(alasan) DESC, rw, rt, nama, id LIMIT %(batas)s"
)


@dataclass(frozen=True, slots=True)
class Calon:
    """One row that should be visited: the version, the person, where, and why (codes of ``ALASAN``)."""

    versi: int
    pemilih: int
    rt: str
    rw: str
    nama: str
    alasan: tuple[str, ...]

    @property
    def sebab(self) -> str:
        """The reasons in words."""
        return ", ".join(ALASAN[a].label for a in self.alasan)


def _nilai(**lain) -> dict:
    kini = hari_ini()
    bulan = nilai_bulat("coktas_ulang", pada=kini)
    sejak = kini - timedelta(days=round(bulan * 365.25 / 12))
    return {
        "menunggu": list(MENUNGGU),
        "kode_usia": list(KODE_USIA),
        "lahir": lahir_paling_akhir(nilai_bulat("usia_coktas", pada=kini), kini),
        "sejak": datetime(sejak.year, sejak.month, sejak.day, tzinfo=WITA),
        **lain,
    }


def lahir_paling_akhir(batas: int, pada: date) -> date:
    """The latest birthday of somebody who is older than *batas* years on the day *pada*."""
    tahun = pada.year - batas - 1
    try:
        return pada.replace(year=tahun)
    except ValueError:  # 29 February: in a common year such a person completes the year on 1 March
        return date(tahun, 2, 28)


def calon_per_kelurahan() -> dict[str, dict[str, int]]:
    """How many candidates each kelurahan has: by reason, and under ``""`` in all."""
    with connection.cursor() as cursor:
        cursor.execute(_PER_KELURAHAN, _nilai())
        hasil: dict[str, dict[str, int]] = {}
        for kelurahan, nomor, jumlah in cursor.fetchall():
            hasil.setdefault(kelurahan, {})["" if nomor < 0 else _KODE[nomor]] = jumlah
    return hasil


def calon_kelurahan(kelurahan: str, *, alasan: str = "", batas: int) -> list[Calon]:
    """The *batas* most pressing candidates of *kelurahan*, the most pressing first; only those with *alasan*."""
    with connection.cursor() as cursor:
        cursor.execute(_SATU_KELURAHAN, _nilai(kelurahan=kelurahan, alasan=_NOMOR.get(alasan, -1), batas=batas))
        return [
            Calon(v, p, rt, rw, nama, tuple(_KODE[n] for n in sebab)) for v, p, rt, rw, nama, sebab in cursor.fetchall()
        ]


def per_rt(baris: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """*baris* (anything with ``rt`` and ``rw``) by ``RT 001/RW 002``, ordered by RW and RT; in each the order stays."""
    urut = sorted(baris, key=lambda v: (v.rw, v.rt))
    return [
        (f"RT {rt or '–'}/RW {rw or '–'}", list(isi)) for (rw, rt), isi in groupby(urut, key=lambda v: (v.rw, v.rt))
    ]


def bagi_petugas(rt: list[tuple[str, int]], petugas: list[int]) -> dict[str, int]:
    """Who visits which RT: whole RT, the largest first to whoever has the fewest rows so far."""
    beban = dict.fromkeys(petugas, 0)
    hasil = {}
    for nama, jumlah in sorted(rt, key=lambda r: (-r[1], r[0])):
        hasil[nama] = min(beban, key=lambda p: (beban[p], petugas.index(p)))
        beban[hasil[nama]] += jumlah
    return hasil


def jumlah_hasil(kegiatan) -> list[tuple[str, int]]:
    """``(result in words, rows)`` for every result, the unvisited last; the numbers add up to the rows."""
    nilai = list(BarisCoktas.objects.filter(kegiatan=kegiatan).values_list("hasil", flat=True))
    return [
        *((label, nilai.count(kode)) for kode, label in BarisCoktas.Hasil.choices),
        ("Belum dikunjungi", nilai.count("")),
    ]
