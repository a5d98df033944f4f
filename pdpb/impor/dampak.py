"""What applying a batch would do, per kelurahan, before anybody applies it."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.impor.rusak import baris_rusak
from pdpb.models import ImporBatch, Kategori


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


@dataclass(slots=True)
class DampakUsulan:
    """What a list of changes would propose: by kind and category, by kelurahan and kind, and what it would not."""

    kategori: list[dict]
    jenis: list[str]
    kelurahan: list[dict]
    tetap: int
    ditolak: int

    @property
    def jumlah(self) -> int:
        """All proposals; both tables add up to it."""
        return sum(k["jumlah"] for k in self.kategori)

    @property
    def jumlah_jenis(self) -> list[int]:
        """All proposals of each of *jenis*."""
        return [sum(angka) for angka in zip(*(k["angka"] for k in self.kelurahan), strict=True)]


_USULAN = """
    SELECT u.jenis, k.nama, coalesce(v.kelurahan_id, u.tujuan, ''), coalesce(v.jenis_kelamin, s.jenis_kelamin), count(*)
    FROM {usul} u JOIN {siap} s USING (nomor) JOIN pdpb_kategori k ON k.slug = u.kategori
    LEFT JOIN pdpb_pendaftaran v ON v.id = u.versi
    WHERE NOT s.tolak AND NOT u.tetap GROUP BY 1, 2, 3, 4, k.urutan ORDER BY k.urutan, k.nama
"""


def dampak_usulan(batch: ImporBatch) -> DampakUsulan:
    """What applying the checked list of changes *batch* would propose, each row counted where its voter stands now.

    A new voter is counted where the list places the person.
    """
    nama = {"usul": skema.usul(batch.pk), "siap": skema.siap(batch.pk)}
    with connection.cursor() as cursor:
        cursor.execute(_USULAN.format(**nama))
        sel = cursor.fetchall()
        cursor.execute("SELECT kode, nama FROM wilayah_kelurahan")
        tempat = dict(cursor.fetchall())
        cursor.execute(
            "SELECT count(*) FROM {siap} s JOIN {usul} u USING (nomor) WHERE NOT s.tolak AND u.tetap".format(**nama)
        )
        tetap = cursor.fetchone()[0]
    kategori: dict[tuple[str, str], dict] = {}
    kelurahan: dict[str, dict[str, int]] = {}
    ada = [j for j in Kategori.Jenis if any(satu[0] == j for satu in sel)]
    for jenis, kata, kode, jk, n in sel:
        satu = kategori.setdefault((jenis, kata), {"laki": 0, "perempuan": 0, "jumlah": 0})
        satu["jumlah"] += n
        if jk:
            satu["laki" if jk == "L" else "perempuan"] += n
        kelurahan.setdefault(kode, dict.fromkeys(ada, 0))[jenis] += n
    return DampakUsulan(
        [{"jenis": Kategori.Jenis(j).label, "kategori": k, **angka} for (j, k), angka in kategori.items()],
        [j.label for j in ada],
        [
            {"nama": tempat.get(kode, "Kelurahan tidak terbaca"), "angka": list(n.values()), "jumlah": sum(n.values())}
            for kode, n in sorted(kelurahan.items())
        ],
        tetap,
        len(baris_rusak(batch)),
    )


def _rincian(cursor, semua: dict[str, Dampak], nama: dict[str, str]) -> None:
    cursor.execute(_ELEMEN.format(**nama))
    for kode, elemen, jumlah in cursor.fetchall():
        semua[kode].elemen[elemen.replace("_", " ")] = jumlah
    cursor.execute(_PINDAH.format(**nama))
    for tujuan, asal, jumlah in cursor.fetchall():
        semua[tujuan].pindah += jumlah
        semua[asal].pindah -= jumlah
