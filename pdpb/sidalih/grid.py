"""Our changes as rows of SIDALIH's upload grid, in its column order; assumed for PDPB too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from kpupalu.lib.waktu import sekarang
from kpupalu.wilayah.models import TPS
from pdpb.cetakan_daftar import TMS_LAIN, kode_keterangan
from pdpb.models import BarisSidalih, Kategori, Pendaftaran, Periode, Perubahan

KOLOM = ("no", "dpid", "nkk", "nik", "nama", "jk", "tmpt", "tgl", "sts", "alamat", "rt", "rw", "dis", "ktpel",
         "sumber", "ket", "tps")  # fmt: skip
ISI = tuple(k for k in KOLOM if k not in ("no", "dpid", "nkk", "nik"))
"""What ``BarisSidalih.isi`` holds; the numbers of a person stand apart."""
PEMISAH = "#"
A = BarisSidalih.Arah
_SEKALI = 2_000


@dataclass(frozen=True, slots=True)
class Sisi:
    """One side of one counted change: who enters, leaves, or is corrected, where, and what the grid shows."""

    perubahan: int
    arah: str
    dpid: str
    identitas: int
    kelurahan: str
    khusus: bool
    isi: dict[str, str]

    @property
    def kunci(self) -> tuple[int, str]:
        return self.perubahan, self.arah


def sisi_perubahan(periode: Periode) -> list[Sisi]:
    """Every side of every counted change of *periode*, by kelurahan, TPS and name.

    A move inside the city has two: SIDALIH knows it as leaving one kelurahan and entering another (§5.3).
    """
    mentah = list(_mentah(periode))
    versi = _versi({v for _, _, v in mentah})
    kode = kode_keterangan(periode).menurut_kategori
    hasil = [_sisi(p, arah, versi[v], kode) for p, arah, v in mentah]
    return sorted(hasil, key=lambda s: (s.kelurahan, s.khusus, s.isi["tps"], s.isi["nama"], s.perubahan, s.arah))


def _mentah(periode: Periode) -> Iterator[tuple[Perubahan, str, int]]:
    for p in Perubahan.objects.filter(periode=periode).dihitung().select_related("kategori"):
        if p.jenis in (Kategori.Jenis.TMS, Kategori.Jenis.MUTASI) and p.versi_lama_id:
            yield p, A.HAPUS, p.versi_lama_id
        if p.jenis in (Kategori.Jenis.BARU, Kategori.Jenis.MUTASI) and p.versi_baru_id:
            yield p, A.TAMBAH, p.versi_baru_id
        if p.jenis == Kategori.Jenis.UBAH and p.versi_baru_id:
            yield p, A.UBAH, p.versi_baru_id


def _versi(ids: set[int]) -> dict[int, Pendaftaran]:
    hasil: dict[int, Pendaftaran] = {}
    semua = sorted(ids)
    for mulai in range(0, len(semua), _SEKALI):
        baris = Pendaftaran.objects.filter(pk__in=semua[mulai : mulai + _SEKALI]).select_related("pemilih", "tps")
        hasil |= {v.pk: v for v in baris}
    return hasil


def _sisi(p: Perubahan, arah: str, v: Pendaftaran, kode: dict[str, str]) -> Sisi:
    lahir = f"{v.tanggal_lahir:%d|%m|%Y}" if v.tanggal_lahir else ""
    isi = {
        "nama": v.nama, "jk": v.jenis_kelamin, "tmpt": v.tempat_lahir, "tgl": lahir, "sts": v.status_kawin,
        "alamat": v.alamat, "rt": v.rt, "rw": v.rw, "dis": v.disabilitas, "ktpel": v.status_ktpel,
        "sumber": v.sumber, "ket": _ket(p, arah, kode), "tps": f"{v.tps.nomor:03d}" if v.tps else "",
    }  # fmt: skip
    khusus = v.tps is not None and v.tps.jenis == TPS.Jenis.LOKSUS
    # Somebody new has no DPID until SIDALIH gives one; a mover keeps it in both rows.
    dpid = "" if p.jenis == Kategori.Jenis.BARU else v.pemilih.dpid
    return Sisi(p.pk, arah, dpid, v.identitas_id, v.kelurahan_id, khusus, isi)


def _ket(p: Perubahan, arah: str, kode: dict[str, str]) -> str:
    if arah == A.TAMBAH:
        return "B"
    if arah == A.UBAH:
        return "U"
    # A mover leaves the kelurahan; the code sets know that as moved away.
    slug = "pindah_domisili" if p.jenis == Kategori.Jenis.MUTASI else p.kategori_id
    return kode.get(slug, TMS_LAIN)


# --- Files --------------------------------------------------------------------------------------------------------
def baris_grid(baris: Iterable[BarisSidalih]) -> list[list[str]]:
    """The cells of *baris* under ``KOLOM``, numbered as on the sheet. NIK and NKK in full: log who asks for it."""
    return [[str(b.urut), b.dpid, b.identitas.nkk, b.identitas.nik, *(b.isi[k] for k in ISI)] for b in baris]


def csv_grid(baris: list[list[str]]) -> bytes:
    """The rows as UTF-8 text with ``#`` between the cells, as SIDALIH writes its own files.

    A ``#`` or line end inside a cell becomes a blank, because its files know no quotes.
    """
    bersih = str.maketrans({PEMISAH: " ", "\n": " ", "\r": " "})
    garis = [PEMISAH.join(KOLOM), *(PEMISAH.join(sel.translate(bersih) for sel in satu) for satu in baris)]
    return ("\r\n".join(garis) + "\r\n").encode()


def xlsx_grid(baris: list[list[str]]) -> bytes:
    """The rows as one worksheet of text cells: no formula, no number that loses a digit."""
    from xlsxwriter import Workbook  # large, and most processes write no sheet

    isi = BytesIO()
    buku = Workbook(isi, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    teks, lembar = buku.add_format({"num_format": "@"}), buku.add_worksheet("Webgrid")
    for n, satu in enumerate([list(KOLOM), *baris]):
        for kolom, sel in enumerate(satu):
            lembar.write_string(n, kolom, sel, teks)
    buku.set_properties({"author": "KPU Kota Palu", "created": sekarang()})
    buku.close()
    return isi.getvalue()
