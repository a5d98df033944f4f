"""What two frozen versions of one period tell differently (product conventions §7)."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from kpupalu.wilayah.models import Kelurahan
from pdpb.models import BukaKembali, Kategori, Snapshot, SnapshotPerubahan
from pdpb.rekap import KOLOM, Sel, rekap_beku

LABEL = {
    "sebelumnya": "Sebelumnya",
    "baru": "Pemilih baru",
    "tms": "TMS",
    "ubah": "Perbaikan data",
    "masuk": "Masuk dari kelurahan lain",
    "keluar": "Keluar ke kelurahan lain",
    "koreksi": "Koreksi jenis kelamin",
    "sekarang": "Sekarang",
}
DITAMBAH, DIBATALKAN = "ditambah", "dibatalkan"
_JK = ("L", "P", "total")


@dataclass(frozen=True, slots=True)
class Beda:
    """One column of one area that changed; *lama* and *baru* hold L, P and L+P."""

    kode: str
    nama: str
    kolom: str
    lama: dict[str, int]
    baru: dict[str, int]

    @property
    def selisih(self) -> dict[str, int]:
        """New minus old."""
        return {jk: self.baru[jk] - self.lama[jk] for jk in _JK}


@dataclass(frozen=True, slots=True)
class Kelompok:
    """Changes of one reason in one kelurahan that were added since, or taken back; *nomor* are their ids."""

    arah: str
    jenis: str
    kategori: str
    kelurahan: str
    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Perbandingan:
    """Everything that differs between *lama* and *baru*, and the letters on which the period was reopened."""

    lama: Snapshot
    baru: Snapshot
    angka: list[Beda]
    kota: list[Beda]
    perubahan: list[Kelompok]
    dasar: list[BukaKembali]


def tulis_perubahan(snapshot: Snapshot) -> int:
    """Store which changes *snapshot* counts and which versions each closed and opened; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pdpb_snapshotperubahan (snapshot_id, perubahan_id, versi_lama_id, versi_baru_id)"
            " SELECT %s, id, versi_lama_id, versi_baru_id FROM pdpb_perubahan"
            " WHERE periode_id = %s AND status IN ('disetujui', 'ditetapkan')",
            [snapshot.pk, snapshot.periode_id],
        )
        return cursor.rowcount


def sebelumnya(snapshot: Snapshot) -> Snapshot | None:
    """The version of the same period frozen before *snapshot*, or None for the first."""
    lebih_awal = Snapshot.objects.filter(periode=snapshot.periode_id, versi__lt=snapshot.versi)
    return lebih_awal.order_by("-versi").first()


def bandingkan(lama: Snapshot, baru: Snapshot) -> Perbandingan:
    """Compare two frozen versions of one period: figures per kelurahan, changes, and why it was reopened."""
    sel_lama, sel_baru = rekap_beku(lama), rekap_beku(baru)
    per_lama, per_baru = sel_lama.kelurahan, sel_baru.kelurahan
    angka = [
        beda
        for k in Kelurahan.objects.all()
        for beda in _beda(k.kode, k.nama, per_lama.get(k.kode, Sel()), per_baru.get(k.kode, Sel()))
    ]
    dasar = BukaKembali.objects.filter(
        periode=baru.periode_id, disetujui_pada__gt=lama.dibekukan_pada, disetujui_pada__lte=baru.dibekukan_pada
    ).order_by("disetujui_pada")
    return Perbandingan(
        lama=lama,
        baru=baru,
        angka=angka,
        kota=_beda("72.71", "Kota Palu", sel_lama.kota, sel_baru.kota),
        perubahan=_perubahan(lama, baru),
        dasar=list(dasar.select_related("diminta_oleh", "disetujui_oleh")),
    )


def _beda(kode: str, nama: str, lama: Sel, baru: Sel) -> list[Beda]:
    hasil = []
    for kolom in KOLOM:
        dulu = {jk: getattr(getattr(lama, jk), kolom) for jk in _JK}
        kini = {jk: getattr(getattr(baru, jk), kolom) for jk in _JK}
        if dulu != kini:
            hasil.append(Beda(kode, nama, LABEL[kolom], dulu, kini))
    return hasil


def _perubahan(lama: Snapshot, baru: Snapshot) -> list[Kelompok]:
    dulu, kini = (
        set(SnapshotPerubahan.objects.filter(snapshot=s).values_list("perubahan_id", "versi_lama_id", "versi_baru_id"))
        for s in (lama, baru)
    )
    hasil: list[Kelompok] = []
    for arah, milik, beda in ((DITAMBAH, baru, kini - dulu), (DIBATALKAN, lama, dulu - kini)):
        hasil += _kelompok(arah, milik, sorted(id_ for id_, _, _ in beda))
    return hasil


_KELOMPOK = """
SELECT p.jenis, p.kategori_id, v.kelurahan_id, array_agg(p.id ORDER BY p.id)
FROM pdpb_snapshotperubahan s JOIN pdpb_perubahan p ON p.id = s.perubahan_id
JOIN pdpb_pendaftaran v ON v.id = CASE WHEN p.jenis IN ('tms', 'mutasi') THEN s.versi_lama_id ELSE s.versi_baru_id END
WHERE s.snapshot_id = %s AND p.id = ANY(%s)
GROUP BY 1, 2, 3 ORDER BY 3, 1, 2
"""


def _kelompok(arah: str, snapshot: Snapshot, ids: list[int]) -> list[Kelompok]:
    jenis, kategori = dict(Kategori.Jenis.choices), dict(Kategori.objects.values_list("slug", "nama"))
    kelurahan = dict(Kelurahan.objects.values_list("kode", "nama"))
    with connection.cursor() as cursor:
        cursor.execute(_KELOMPOK, [snapshot.pk, ids])
        return [
            Kelompok(arah, jenis[jenis_], kategori[slug], kelurahan[kode], tuple(nomor))
            for jenis_, slug, kode, nomor in cursor.fetchall()
        ]


def perbedaan(snapshot: Snapshot) -> dict[str, Any] | None:
    """What the minutes of *snapshot* print about the version before it, as plain JSON; None for a first version."""
    lama = sebelumnya(snapshot)
    if lama is None:
        return None
    banding = bandingkan(lama, snapshot)
    return {
        "versi_lama": lama.versi,
        "versi_baru": snapshot.versi,
        "digest_lama": lama.digest,
        "dasar": [{"nomor_surat": b.nomor_surat, "alasan": b.alasan} for b in banding.dasar],
        "angka": [_baris(b) for b in banding.angka],
        "kota": [_baris(b) for b in banding.kota],
        "perubahan": [
            {
                "arah": k.arah,
                "jenis": k.jenis,
                "kategori": k.kategori,
                "kelurahan": k.kelurahan,
                "jumlah": len(k.nomor),
                "nomor": ringkas(k.nomor),
            }
            for k in banding.perubahan
        ],
    }


def _baris(beda: Beda) -> dict[str, Any]:
    return {"nama": beda.nama, "kolom": beda.kolom, "lama": beda.lama, "baru": beda.baru, "selisih": beda.selisih}


def ringkas(nomor: tuple[int, ...], banyak: int = 12) -> str:
    """The first numbers of a group, and in words how many more there are."""
    sisa = len(nomor) - banyak
    awal = ", ".join(str(n) for n in nomor[:banyak])
    return f"{awal}, dan {sisa} lainnya" if sisa > 0 else awal
