"""The rows of lists by name and what stands in their columns.

They follow the 14 columns of Model A-Daftar. Their rows are counted against the recap
before anything is handed out (R10). The files are written in ``pdpb.berkas_daftar``.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from kpupalu.lib import Refused
from kpupalu.lib.waktu import usia
from pdpb.models import EksporDaftar, Kategori, KodeKamus, Periode
from pdpb.rekap import Rekap

KOLOM_14 = (
    "No", "No KK", "NIK", "Nama", "Tempat lahir", "Tanggal lahir", "Status perkawinan", "Jenis kelamin", "Alamat",
    "RT", "RW", "Disabilitas", "Status KTP-el", "Keterangan",
)  # fmt: skip
KOLOM_7 = ("Nama", "Jenis kelamin", "Usia", "Alamat", "RT", "RW", "Keterangan")
KELUAR, MASUK, TMS_LAIN = "MK", "MM", "T"
_AWALAN_RUMUS = ("=", "+", "-", "@", "\t", "\r")
J = EksporDaftar.Jenis


# --- Rows ---------------------------------------------------------------------------------------------------------
class Baris(NamedTuple):
    """One row of a list by name; *kolom* is the column of the recap that counts it."""

    nkk: str
    nik: str
    nama: str
    tempat_lahir: str
    tanggal_lahir: date | None
    status_kawin: str
    jenis_kelamin: str
    alamat: str
    rt: str
    rw: str
    disabilitas: str
    status_ktpel: str
    tps: int | None
    kolom: str
    kategori: str | None


_MEDAN = """i.nkk, i.nik, v.nama, v.tempat_lahir, v.tanggal_lahir, v.status_kawin, v.jenis_kelamin, v.alamat, v.rt,
v.rw, v.disabilitas, v.status_ktpel, v.tps_id"""
_PEMILIH = f"""
SELECT {_MEDAN}, coalesce(p.jenis, ''), p.kategori_id
FROM pdpb_pendaftaran v JOIN pdpb_identitas i ON i.id = v.identitas_id
LEFT JOIN wilayah_tps t ON t.id = v.tps_id
LEFT JOIN pdpb_perubahan p ON p.id = v.dibuka_id AND p.periode_id = %(periode)s
WHERE v.kelurahan_id = %(kelurahan)s AND {{ada}}
ORDER BY coalesce(t.nomor, 0), v.nama, v.id
"""  # noqa: S608 - only constants of this module are put in
_ADA_BEKU = "EXISTS (SELECT 1 FROM pdpb_snapshotbaris s WHERE s.snapshot_id = %(snapshot)s AND s.pendaftaran_id = v.id)"
_PERUBAHAN = f"""
WITH p AS ({{asal}})
SELECT {_MEDAN}, d.kolom, d.kategori_id
FROM (
    SELECT versi_baru_id AS versi, jenis AS kolom, kategori_id, id FROM p WHERE jenis IN ('baru', 'ubah')
    UNION ALL SELECT versi_lama_id, 'tms', kategori_id, id FROM p WHERE jenis = 'tms'
    UNION ALL SELECT versi_lama_id, 'keluar', kategori_id, id FROM p WHERE jenis = 'mutasi'
    UNION ALL SELECT versi_baru_id, 'masuk', kategori_id, id FROM p WHERE jenis = 'mutasi'
) d JOIN pdpb_pendaftaran v ON v.id = d.versi JOIN pdpb_identitas i ON i.id = v.identitas_id
LEFT JOIN wilayah_tps t ON t.id = v.tps_id
WHERE v.kelurahan_id = %(kelurahan)s
ORDER BY array_position(ARRAY['baru', 'tms', 'ubah', 'keluar', 'masuk'], d.kolom::text),
    coalesce(t.nomor, 0), v.nama, d.id
"""  # noqa: S608 - only constants of this module are put in
_ASAL_BEKU = (
    "SELECT c.id, c.jenis, c.kategori_id, s.versi_lama_id, s.versi_baru_id FROM pdpb_snapshotperubahan s"
    " JOIN pdpb_perubahan c ON c.id = s.perubahan_id WHERE s.snapshot_id = %(snapshot)s"
)
_ASAL_BERJALAN = (
    "SELECT id, jenis, kategori_id, versi_lama_id, versi_baru_id FROM pdpb_perubahan"
    " WHERE periode_id = %(periode)s AND status IN ('disetujui', 'ditetapkan')"
)


def ambil_baris(data: Rekap, jenis: str, kelurahan: str) -> list[Baris]:
    """The rows of one list of one kelurahan, counted against every figure of *data* that they stand for (R10).

    From the frozen version of *data*, or as they stand now. Refused, naming TPS and difference, when they disagree.
    """
    snapshot = data.snapshot
    if jenis == J.PEMILIH:
        sql = _PEMILIH.format(ada=_ADA_BEKU if snapshot else "v.akhir IS NULL")
    else:
        sql = _PERUBAHAN.format(asal=_ASAL_BEKU if snapshot else _ASAL_BERJALAN)
    with connection.cursor() as cursor:
        isi = {"periode": data.periode.pk, "kelurahan": kelurahan, "snapshot": snapshot.pk if snapshot else None}
        cursor.execute(sql, isi)
        baris = [Baris(*satu) for satu in cursor.fetchall()]
    kolom = ("sekarang",) if jenis == J.PEMILIH else ("baru", "tms", "ubah", "keluar", "masuk")
    _pastikan_sama(data, kelurahan, baris, kolom)
    return baris


def _pastikan_sama(data: Rekap, kelurahan: str, baris: list[Baris], kolom: tuple[str, ...]) -> None:
    satu = kolom[0] if len(kolom) == 1 else ""
    nyata = Counter((b.tps, b.jenis_kelamin, satu or b.kolom) for b in baris)
    tercatat = Counter(
        {
            (tps, jk, nama): getattr(getattr(sel, jk), nama)
            for (kode, tps), sel in data.sel.items()
            if kode == kelurahan
            for jk in ("L", "P")
            for nama in kolom
        }
    )
    for kunci in sorted(nyata.keys() | tercatat.keys(), key=str):
        if nyata[kunci] != tercatat[kunci]:
            raise Refused(
                f"Banyak baris daftar ({nyata[kunci]}) tidak sama dengan angka rekapitulasi ({tercatat[kunci]}) pada "
                f"kolom {kunci[2]}, jenis kelamin {kunci[1]} (R10). Daftar tidak diberikan. Bila data sedang diubah, "
                "coba lagi; bila tetap, hubungi admin."
            )


def samarkan_enam(nomor: str) -> str:
    """``7271081708******``: the mask of lists given out, the last six digits hidden."""
    return f"{nomor[:-6]}{'*' * min(len(nomor), 6)}"


@dataclass(frozen=True, slots=True)
class Kode:
    """What column *Keterangan* prints for a row, by the code set in force in the year of the period."""

    tahun: int
    menurut_kategori: dict[str, str]

    def __call__(self, b: Baris) -> str:
        """The code of *b*: B, U, a digit, or for moves inside the city MK and MM."""
        if b.kolom in ("keluar", "masuk", "mutasi"):
            return KELUAR if b.kolom == "keluar" else MASUK
        if b.kolom in ("baru", "ubah"):
            return "B" if b.kolom == "baru" else "U"
        return self.menurut_kategori.get(b.kategori or "", TMS_LAIN) if b.kolom == "tms" else ""

    @property
    def legenda(self) -> str:
        """All codes in words."""
        nama = dict(Kategori.objects.filter(jenis=Kategori.Jenis.TMS).values_list("slug", "nama"))
        tms = [f"{kode} = {nama[slug]}" for slug, kode in self.menurut_kategori.items() if slug in nama]
        return (
            f"Keterangan (kamus kode {self.tahun}): B = pemilih baru; U = perbaikan data; {'; '.join(tms)}; "
            f"{TMS_LAIN} = tidak memenuhi syarat karena sebab lain; {KELUAR} = pindah ke kelurahan lain di Kota Palu; "
            f"{MASUK} = pindah dari kelurahan lain di Kota Palu. Status perkawinan: B = belum, S = sudah, P = pernah "
            "kawin. KTP-el: S = sudah memiliki, B = belum memiliki. Disabilitas: 0 = tidak ada; 1 = fisik; "
            "2 = intelektual; 3 = mental; 4 = sensorik wicara; 5 = sensorik rungu; 6 = sensorik netra."
        )


def kode_keterangan(periode: Periode) -> Kode:
    """The codes of the latest code set that is not newer than *periode*."""
    terbaru = KodeKamus.objects.filter(kamus__lte=periode.tahun).order_by("-kamus").first()
    tahun = terbaru.kamus if terbaru else periode.tahun
    baris = KodeKamus.objects.filter(kamus=tahun, kode__regex=r"^\d$", kategori__jenis=Kategori.Jenis.TMS)
    return Kode(tahun, dict(baris.order_by("kode").values_list("kategori_id", "kode")))


def _nol(angka: str) -> str:
    return angka.zfill(3) if angka.isdigit() else angka


def empat_belas(nomor: int, b: Baris, kode: Kode, *, nik_penuh: bool) -> list[str]:
    """What the 14 columns show for *b*; NIK and nomor KK masked unless *nik_penuh*."""
    samar = (lambda n: n) if nik_penuh else samarkan_enam
    lahir = f"{b.tanggal_lahir:%d|%m|%Y}" if b.tanggal_lahir else ""
    return [
        str(nomor), samar(b.nkk), samar(b.nik), b.nama, b.tempat_lahir, lahir, b.status_kawin, b.jenis_kelamin,
        b.alamat, _nol(b.rt), _nol(b.rw), b.disabilitas, b.status_ktpel, kode(b),
    ]  # fmt: skip


def tujuh(b: Baris, kode: Kode, pada: date) -> list[str | int]:
    """What the seven columns of an outside copy show for *b*: no NIK, and the age on *pada* for the birth date."""
    umur: str | int = usia(b.tanggal_lahir, pada) if b.tanggal_lahir else ""
    return [b.nama, b.jenis_kelamin, umur, b.alamat, _nol(b.rt), _nol(b.rw), kode(b)]


def aman(teks: str) -> str:
    """*teks* that no spreadsheet takes for a formula: a leading apostrophe where one could begin."""
    return f"'{teks}" if teks.startswith(_AWALAN_RUMUS) else teks
