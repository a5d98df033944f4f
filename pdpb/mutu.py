"""How good the roll is, per kelurahan: coverage, currency, accuracy. Counts only, no person.

The three measures are those that national registers of electors publish; what each counts here, and where its
formula comes from, stands in docs/keputusan/0012. At a freeze they are computed once and kept with the version.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib.angka import persen
from kpupalu.lib.waktu import hari_ini
from kpupalu.wilayah.models import Kelurahan
from pdpb.models import PendudukDewasa, Periode, Snapshot

_BARIS = """
SELECT v.kelurahan_id, count(*),
    count(*) FILTER (WHERE (v.dibuka_id IS NOT NULL AND v.mulai > %(batas)s) OR u.pendaftaran_id IS NOT NULL),
    count(*) FILTER (WHERE i.nik ~ '^[0-9]{16}$' AND i.nkk ~ '^[0-9]{16}$' AND v.nama <> '' AND v.tempat_lahir <> ''
        AND v.tanggal_lahir IS NOT NULL AND v.status_kawin <> '' AND v.alamat <> '' AND v.rt <> '' AND v.rw <> ''
        AND v.tps_id IS NOT NULL)
FROM pdpb_pendaftaran v JOIN pdpb_identitas i ON i.id = v.identitas_id
LEFT JOIN (SELECT DISTINCT pendaftaran_id FROM pdpb_contohujipetik WHERE arah = 'orang' AND hasil = 'sesuai'
    AND (diisi_pada AT TIME ZONE 'Asia/Makassar')::date > %(batas)s) u ON u.pendaftaran_id = v.id
WHERE v.akhir IS NULL GROUP BY 1
"""
_TEMUAN = """
SELECT v.kelurahan_id, t.tingkat, count(*) FROM pdpb_temuan t
JOIN pdpb_pendaftaran v ON v.pemilih_id = t.pemilih_id AND v.akhir IS NULL
WHERE t.status = 'terbuka' GROUP BY 1, 2
"""
_LAMA = """
SELECT coalesce(p.kelurahan_id, ''), count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY p.hari) FROM (
    SELECT p.kelurahan_id, (p.disetujui_pada AT TIME ZONE 'Asia/Makassar')::date - b.tanggal AS hari
    FROM pdpb_perubahan p JOIN pdpb_bukti b ON b.id = p.bukti_id
    WHERE p.periode_id = %(periode)s AND p.status IN ('disetujui', 'ditetapkan') AND b.tanggal IS NOT NULL
) p WHERE p.hari >= 0 GROUP BY GROUPING SETS ((p.kelurahan_id), ())
"""
TINGKAT = ("Galat", "Peringatan", "Info")


@dataclass(frozen=True, slots=True)
class Ukuran:
    """The measures of one kelurahan, or of the city (*kode* ""); what cannot be known is None."""

    kode: str
    nama: str
    pemilih: int
    mutakhir: int
    lengkap: int
    temuan: dict[str, int]
    penduduk: int | None = None
    perubahan: int = 0
    median_hari: int | None = None

    @property
    def cakupan(self) -> str:
        """Voters in the list per hundred people of voting age, in words; a dash without a population figure."""
        return persen(self.pemilih, self.penduduk or 0)

    @property
    def kemutakhiran(self) -> str:
        return persen(self.mutakhir, self.pemilih)

    @property
    def kelengkapan(self) -> str:
        return persen(self.lengkap, self.pemilih)

    def per_seribu(self, tingkat: str) -> str:
        """Open findings of one severity per thousand voters, two decimals."""
        if not self.pemilih:
            return "–"
        nilai = Decimal(self.temuan.get(tingkat, 0) * 1000) / self.pemilih
        return f"{nilai:.2f}".replace(".", ",")

    @property
    def temuan_per_seribu(self) -> list[tuple[str, str]]:
        return [(tingkat, self.per_seribu(tingkat)) for tingkat in TINGKAT]


@dataclass(frozen=True, slots=True)
class Mutu:
    """The measures of the city and of each kelurahan on one day, with the terms they were counted by."""

    pada: date
    bulan: int
    sumber: str
    kota: Ukuran
    kelurahan: list[Ukuran]


def hitung_mutu(periode: Periode) -> dict[str, Any]:
    """Count the measures of the list as it stands, the changes those of *periode*; plain values for a JSON field."""
    pada = hari_ini()
    bulan = nilai_bulat("mutu_mutakhir_bulan", pada=pada)
    isi: dict[str, dict[str, Any]] = defaultdict(lambda: {"pemilih": 0, "mutakhir": 0, "lengkap": 0, "temuan": {}})
    with connection.cursor() as cursor:
        cursor.execute(_BARIS, {"batas": mundur(pada, bulan)})
        for kode, pemilih, mutakhir, lengkap in cursor.fetchall():
            isi[kode] |= {"pemilih": pemilih, "mutakhir": mutakhir, "lengkap": lengkap}
        cursor.execute(_TEMUAN)
        for kode, tingkat, banyak in cursor.fetchall():
            isi[kode]["temuan"][tingkat] = banyak
        kota = _jumlah(list(isi.values()))
        cursor.execute(_LAMA, {"periode": periode.pk})
        for kode, banyak, hari in cursor.fetchall():
            (isi[kode] if kode else kota).update(perubahan=banyak, median_hari=hari)
    penduduk, sumber = _penduduk(pada)
    for kode, banyak in penduduk.items():
        (isi[kode] if kode else kota)["penduduk"] = banyak
    return {"pada": pada.isoformat(), "bulan": bulan, "sumber": sumber, "kota": kota, "kelurahan": dict(isi)}


def mundur(pada: date, bulan: int) -> date:
    """The day *bulan* months before *pada*; the last day of a shorter month."""
    tahun, nomor = divmod(pada.year * 12 + pada.month - 1 - bulan, 12)
    for hari in range(pada.day, 27, -1):
        try:
            return date(tahun, nomor + 1, hari)
        except ValueError:
            continue
    return date(tahun, nomor + 1, pada.day)


def _jumlah(semua: list[dict[str, Any]]) -> dict[str, Any]:
    kota: dict[str, Any] = {n: sum(s[n] for s in semua) for n in ("pemilih", "mutakhir", "lengkap")}
    kota["temuan"] = {t: sum(s["temuan"].get(t, 0) for s in semua) for t in TINGKAT}
    return kota


def _penduduk(pada: date) -> tuple[dict[str, int], str]:
    """The newest population figure up to *pada* of each kelurahan and of the city ("" as key), and their sources.

    Without a figure of its own the city is the sum of its kelurahan, if every one of them has a figure.
    """
    angka: dict[str, int] = {}
    sumber: list[str] = []
    for satu in PendudukDewasa.objects.filter(tanggal__lte=pada).order_by("-tanggal", "pk"):
        kode = satu.kelurahan_id or ""
        if kode not in angka:
            angka[kode] = satu.jumlah
            sebut = f"{satu.sumber} (keadaan {satu.tanggal:%d-%m-%Y})"
            sumber += [sebut] if sebut not in sumber else []
    if "" not in angka and angka and angka.keys() >= set(Kelurahan.objects.pada(pada).values_list("kode", flat=True)):
        angka[""] = sum(angka.values())
    return angka, "; ".join(sumber)


def mutu_beku(snapshot: Snapshot) -> Mutu | None:
    """The measures kept with a frozen version; None for versions older than the measures."""
    isi = snapshot.rincian.get("mutu")
    return susun(isi) if isi else None


def susun(isi: dict[str, Any]) -> Mutu:
    """The values of ``hitung_mutu`` for reading, kelurahan in their official order."""
    nama = dict(Kelurahan.objects.values_list("kode", "nama"))
    return Mutu(
        date.fromisoformat(isi["pada"]),
        isi["bulan"],
        isi["sumber"],
        Ukuran("", "Kota Palu", **isi["kota"]),
        [
            Ukuran(kode, nama.get(kode, kode), **({"pemilih": 0, "mutakhir": 0, "lengkap": 0, "temuan": {}} | satu))
            for kode, satu in sorted(isi["kelurahan"].items())
        ],
    )
