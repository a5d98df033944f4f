"""What applying a batch would do, per kelurahan, before anybody applies it."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch


@dataclass(slots=True)
class Dampak:
    """One kelurahan: voters now and after, and where the difference comes from."""

    kode: str
    nama: str
    sebelum: int = 0
    baru: int = 0
    berubah: int = 0
    tetap: int = 0
    hilang: int = 0
    ditolak: int = 0
    pindah: int = 0
    elemen: dict[str, int] = field(default_factory=dict)

    @property
    def sesudah(self) -> int:
        """Voters afterwards. Rows missing from the file stay: a missing row never means delete."""
        return self.sebelum + self.baru + self.pindah

    def wajib_alasan(self, persen: Decimal) -> bool:
        """Whether the total moves by more than *persen* per cent; a list loaded for the first time does not."""
        return bool(self.sebelum) and abs(self.sesudah - self.sebelum) * 100 > persen * self.sebelum


_DASAR = """
    SELECT coalesce(s.kelurahan, ''),
        count(*) FILTER (WHERE NOT s.tolak AND p.nomor IS NULL),
        count(*) FILTER (WHERE {berubah}),
        count(*) FILTER (WHERE p.nomor IS NOT NULL AND NOT ({berubah})),
        count(*) FILTER (WHERE s.tolak)
    FROM {siap} s LEFT JOIN {padan} p USING (nomor) GROUP BY 1
"""
_BERUBAH = "p.aktif AND NOT p.usulan AND p.beda <> '{}'"
_ELEMEN = """
    SELECT s.kelurahan, e.elemen, count(*) FROM {siap} s JOIN {padan} p USING (nomor)
    CROSS JOIN LATERAL unnest(p.beda) AS e(elemen) WHERE {berubah} GROUP BY 1, 2
"""
_PINDAH = """
    SELECT s.kelurahan, v.kelurahan_id, count(*) FROM {siap} s JOIN {padan} p USING (nomor)
    JOIN pdpb_pendaftaran v ON v.id = p.versi WHERE {berubah} AND v.kelurahan_id <> s.kelurahan GROUP BY 1, 2
"""
_HILANG = """
    SELECT v.kelurahan_id, count(*) FROM pdpb_pendaftaran v
    WHERE v.akhir IS NULL AND v.kelurahan_id IN (SELECT DISTINCT kelurahan FROM {siap})
      AND (v.tps_id IN (SELECT id FROM wilayah_tps WHERE jenis = 'loksus')) = ANY(%s)
      AND NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.versi = v.id)
    GROUP BY 1
"""


def dampak(batch: ImporBatch) -> list[Dampak]:
    """The consequences of applying the checked rows of *batch*, one entry per kelurahan, in order of code.

    Rows whose area cannot be read stand under an entry without code.
    """
    if batch.jenis not in cek.DASAR:
        return []
    nama = {"siap": skema.siap(batch.pk), "padan": skema.padan(batch.pk), "berubah": _BERUBAH}
    with connection.cursor() as cursor:
        cursor.execute("SELECT kode, nama FROM wilayah_kelurahan")
        semua = {kode: Dampak(kode, judul) for kode, judul in cursor.fetchall()}
        semua[""] = Dampak("", "Kelurahan tidak terbaca")
        cursor.execute("SELECT kelurahan_id, sum(jumlah) FROM pdpb_rekapsel GROUP BY 1")
        for kode, jumlah in cursor.fetchall():
            semua[kode].sebelum = jumlah
        cursor.execute(_DASAR.format(**nama))
        tersentuh = set()
        for kode, *angka in cursor.fetchall():
            d = semua[kode]
            d.baru, d.berubah, d.tetap, d.ditolak = angka
            tersentuh.add(kode)
        _rincian(cursor, semua, nama)
        jenis = [False] if batch.jenis == ImporBatch.Jenis.DPT else [True]
        cursor.execute(_HILANG.format(**nama), [jenis])
        for kode, jumlah in cursor.fetchall():
            semua[kode].hilang = jumlah
    return [semua[kode] for kode in sorted(tersentuh | {k for k, d in semua.items() if d.pindah})]


def _rincian(cursor, semua: dict[str, Dampak], nama: dict[str, str]) -> None:
    cursor.execute(_ELEMEN.format(**nama))
    for kode, elemen, jumlah in cursor.fetchall():
        semua[kode].elemen[elemen.replace("_", " ")] = jumlah
    cursor.execute(_PINDAH.format(**nama))
    for tujuan, asal, jumlah in cursor.fetchall():
        semua[tujuan].pindah += jumlah
        semua[asal].pindah -= jumlah
