"""Reading the recap of a PPK: a table in whatever layout it came, or the JSON of published recaps.

A table has headings in one row or in two (a group such as *Pemilih baru* above L, P and L+P), an area in columns of
its own or in one, merged cells left empty, subtotals, and a row that numbers the columns.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kpupalu.imports import baca as tabel
from kpupalu.imports.berkas import tempat
from kpupalu.imports.kolom import kunci_judul
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.wilayah.models import Kecamatan
from pdpb import selisih
from pdpb.impor import panggung
from pdpb.models import BarisPPK, Periode
from pdpb.selisih.pembaca import baca_angka
from pdpb.selisih.skema import Sel
from pdpb.selisih.tabel import arti_judul, pisahkan_perubahan

T = BarisPPK.Tingkat
MAKS_BARIS = 2_000
TANPA_TPS = 0
"""The number that stands for voters of a kelurahan who have no TPS yet."""
_LEBIH = 40
_JK = {"laki_laki": "L", "perempuan": "P", "total": "total"}
_KOLOM = {
    "sebelumnya": "sebelumnya", "pemilih_baru": "baru", "tms": "tms", "ubah_data": "ubah", "mutasi_masuk": "masuk",
    "mutasi_keluar": "keluar", "sekarang": "sekarang",
}  # fmt: skip
_TEMPAT = (
    ("tps", re.compile(r"^(no|nomor|nama)? ?tps$")),
    ("kelurahan", re.compile(r"^(nama )?(kel|desa|kelurahan|desa kelurahan|kelurahan desa|kel desa|desa kel)$")),
    ("kecamatan", re.compile(r"^(nama )?(kec|kecamatan)$")),
    ("wilayah", re.compile(r"^(nama|uraian|(nama )?(wilayah|daerah).*|kelurahan (dan )?tps)$")),
)
_JUMLAH = re.compile(r"^\s*(sub ?)?(jumlah|total|jml)\b\s*(.*)$", re.IGNORECASE)
_TPS = re.compile(r"^\s*(?:TPS)?\s*\.?\s*0*(\d{1,3})\s*$", re.IGNORECASE)
_KECAMATAN = re.compile(r"^\s*KEC(AMATAN|\.)?\s+", re.IGNORECASE)
_NOMOR_KOLOM = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(slots=True)
class BarisBaca:
    """One line: its number in the file, the area as written and as understood, the figures that it states."""

    nomor: int
    tulisan: str
    tingkat: str
    kelurahan: str | None = None
    tps: int | None = None
    angka: dict[str, dict[str, int]] = field(default_factory=dict)


def baca(masuk: BerkasMasuk, kecamatan: Kecamatan, periode: Periode) -> list[BarisBaca]:
    """The lines about *kecamatan* of the sealed file *masuk*, with areas nobody knows among them.

    Refuses what the reader of received tables refuses, a table without an area or a figure, a figure that is none, a
    recap of another period, and one that names no kelurahan of *kecamatan*.
    """
    path, pembaca = tempat(masuk), _Pembaca(kecamatan, masuk.nama)
    if Path(masuk.nama).suffix.lower() == ".json":
        hasil = list(pembaca.json(path, periode))
    else:
        hasil = list(pembaca.tabel(path))
    if len(hasil) > MAKS_BARIS:
        raise Refused(f"Berkas {masuk.nama} memuat lebih dari {MAKS_BARIS} baris. Kirim rekap satu kecamatan saja.")
    if not any(b.kelurahan for b in hasil) and not any(b.tingkat == T.KECAMATAN for b in hasil):
        raise Refused(
            f"Berkas {masuk.nama} tidak menyebut satu pun kelurahan Kecamatan {kecamatan}. "
            "Periksa kecamatan yang dipilih."
        )
    return hasil


class _Pembaca:
    """Understands the areas of one kecamatan; remembers the kelurahan that rows below a merged cell belong to."""

    def __init__(self, kecamatan: Kecamatan, nama: str) -> None:
        self.kecamatan, self.nama = kecamatan, nama
        self.wilayah = panggung.baca_wilayah()
        self.kini: str | None = None
        self.ada_tps = False

    # --- Tables ---
    def tabel(self, path: Path) -> Iterator[BarisBaca]:
        isi = tabel.buka(path, self.nama, kenal=_nilai_kepala)
        # A merged heading leaves the cells right of it empty; what stands below them is read too.
        isi.kepala = [*isi.kepala, *[""] * _LEBIH]
        semua = list(islice(isi.baris(), MAKS_BARIS + 2))
        kepala, mulai = _gabung(isi.kepala, semua)
        di, kolom = _letak(kepala, self.nama)
        sisa = [b for b in semua[mulai:] if not _penomoran(b.sel)]
        for urut, baris in enumerate(sisa, start=1):
            sel = [tabel.bersih(s) for s in baris.sel]
            angka = self._angka(sel, kolom, baris.nomor)
            satu = self._kenali(sel, {k: sel[n] for k, n in di.items()}, akhir=urut == len(sisa))
            if satu and angka:
                satu.nomor, satu.angka = baris.nomor, angka
                yield satu

    def _angka(self, sel: list[str], kolom: dict[int, tuple[str, str]], nomor: int) -> dict[str, dict[str, int]]:
        hasil: dict[str, dict[str, int]] = {}
        for n, (nama, jk) in kolom.items():
            if nama not in _KOLOM:
                continue
            nilai = baca_angka(sel[n], f"baris {nomor} berkas {self.nama}")
            if nilai is not None and nilai < 0:
                raise Refused(f"Angka pada baris {nomor} berkas {self.nama} negatif. Periksa rekap itu pada PPK.")
            if nilai is not None:
                hasil.setdefault(_KOLOM[nama], {})[_JK[jk]] = nilai
        return hasil

    def _kenali(self, sel: list[str], teks: dict[str, str], *, akhir: bool) -> BarisBaca | None:
        if jumlah := next((m for s in sel if (m := _JUMLAH.match(s))), None):
            return self._jumlah(jumlah[0].strip(), jumlah[3], akhir=akhir)
        wilayah, kelurahan, tps = (teks.get(k, "") for k in ("wilayah", "kelurahan", "tps"))
        if wilayah:
            if _TPS.match(wilayah):
                tps = wilayah
            elif _KECAMATAN.match(wilayah) or self._ini(wilayah):
                return BarisBaca(0, wilayah, T.KECAMATAN if self._ini(wilayah) else T.ASING)
            else:
                kelurahan = wilayah
        if kelurahan:
            self.kini, self.ada_tps = self._kelurahan(kelurahan), False
        if tps:
            return self._tps(kelurahan, tps)
        if kelurahan:
            return BarisBaca(0, kelurahan, T.KELURAHAN if self.kini else T.ASING, self.kini)
        if kec := teks.get("kecamatan", ""):
            return BarisBaca(0, kec, T.KECAMATAN if self._ini(kec) else T.ASING)
        return BarisBaca(0, "(tanpa nama)", T.ASING)

    def _tps(self, kelurahan: str, tulisan: str) -> BarisBaca:
        cocok = _TPS.match(tulisan)
        sebut = f"{kelurahan or (self.wilayah.nama[self.kini].title() if self.kini else '')} TPS {tulisan}".strip()
        if not (cocok and self.kini):
            return BarisBaca(0, sebut, T.ASING)
        self.ada_tps = True
        return BarisBaca(0, sebut, T.TPS, self.kini, int(cocok[1]))

    def _jumlah(self, tulisan: str, nama: str, *, akhir: bool) -> BarisBaca:
        """A sum: of the area that it names, at the end of the kecamatan, else of the kelurahan of the TPS above."""
        if nama and not self._ini(nama) and (kode := self._kelurahan(nama)):
            return BarisBaca(0, tulisan, T.KELURAHAN, kode)
        if self._ini(nama) or akhir or not (self.ada_tps and self.kini):
            return BarisBaca(0, tulisan, T.KECAMATAN)
        return BarisBaca(0, tulisan, T.KELURAHAN, self.kini)

    def _ini(self, teks: str) -> bool:
        kunci = kunci_judul(_KECAMATAN.sub("", teks))
        return bool(kunci) and kunci in (kunci_judul(self.kecamatan.nama), kunci_judul(self.kecamatan.kode))

    def _kelurahan(self, teks: str) -> str | None:
        """The kelurahan of this kecamatan that *teks* names or codes; None for any other."""
        kode = panggung.kenali_kelurahan(self.wilayah, teks, self.kecamatan.kode)[0]
        return kode if kode and kode.startswith(f"{self.kecamatan.kode}.") else None

    # --- JSON ---
    def json(self, path: Path, periode: Periode) -> Iterator[BarisBaca]:
        with path.open("rb") as berkas:
            dok = selisih.baca(berkas.read(selisih.MAKS_BERKAS + 1), self.nama)[-1]
        lain = dok.periode
        kini = (periode.tahun, periode.urutan) if periode.jenis == Periode.Jenis.TRIWULAN else None
        if kini and lain.tahun and lain.triwulan and (lain.tahun, lain.triwulan) != kini:
            raise Refused(f"Berkas {self.nama} adalah rekap {lain.label or lain.tahun}, bukan {periode.nama}.")
        akar = [w for w in dok.wilayah[1:] if w.tingkat == T.KECAMATAN and (self._ini(w.kode) or self._ini(w.nama))]
        mulai = akar[0] if akar else dok.wilayah[0]
        if akar or dok.wilayah[0].tingkat == T.KECAMATAN:
            yield from self._isi(
                dok, BarisBaca(mulai.nomor, mulai.nama or str(self.kecamatan), T.KECAMATAN), mulai.nomor
            )
        yield from self._anak(dok, mulai.nomor)

    def _anak(self, dok: selisih.Dokumen, induk: int) -> Iterator[BarisBaca]:
        for nomor in dok.wilayah[induk].anak:
            w = dok.wilayah[nomor]
            if w.tingkat == T.KECAMATAN:
                continue
            if w.tingkat == T.TPS:
                yield from self._isi(dok, self._tps_json(w), nomor)
                continue
            self.kini = self._kelurahan(w.kode) if w.kode else None
            self.kini = self.kini or self._kelurahan(w.nama)
            yield from self._isi(
                dok, BarisBaca(nomor, w.nama or w.kode, T.KELURAHAN if self.kini else T.ASING, self.kini), nomor
            )
            yield from self._anak(dok, nomor)

    def _tps_json(self, w) -> BarisBaca:
        if w.kode.endswith("/-") and self.kini:
            return BarisBaca(w.nomor, w.nama, T.TPS, self.kini, TANPA_TPS)
        return self._tps("", w.kode.rpartition("/")[2] or w.nama)

    def _isi(self, dok: selisih.Dokumen, satu: BarisBaca, nomor: int) -> Iterator[BarisBaca]:
        for kolom in _KOLOM.values():
            for panjang, jk in _JK.items():
                if (nilai := dok.angka.get(Sel(nomor, kolom, panjang))) is not None:
                    satu.angka.setdefault(kolom, {})[jk] = nilai
        satu.nomor = nomor
        if satu.angka:
            yield satu


def _rapi(judul: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", judul.casefold()).split())


def _tempat(judul: str) -> str:
    return next((nama for nama, pola in _TEMPAT if pola.match(_rapi(judul))), "")


def _nilai_kepala(kepala: list[str]) -> int:
    """How much *kepala* looks like the headings of a recap: none without an area and a figure."""
    daerah = sum(bool(_tempat(j)) for j in kepala)
    angka = sum(not _tempat(j) and arti_judul(j) is not None for j in kepala)
    return daerah + angka if daerah and angka else 0


def _gabung(kepala: list[str], baris: list[tabel.Baris]) -> tuple[list[str], int]:
    """The headings, with those of a second row below their group, and how many rows below the first they take."""
    if not baris:
        return kepala, 0
    bawah = [tabel.bersih(s) for s in baris[0].sel]
    isi = [s for s in bawah if s]
    if not isi or any(_NOMOR_KOLOM.match(s) or not (arti_judul(s) or _tempat(s)) for s in isi):
        return kepala, 0
    hasil, kelompok = [], ""
    for atas, sub in zip(kepala, bawah, strict=False):
        kelompok = atas or kelompok
        hasil.append(atas if not sub else f"{'' if _tempat(kelompok) else kelompok} {sub}".strip())
    return hasil, 1


def _letak(kepala: list[str], nama: str) -> tuple[dict[str, int], dict[int, tuple[str, str]]]:
    """Where the areas and where the figures stand; refuses two columns that say the same."""
    di: dict[str, int] = {}
    kolom: dict[int, tuple[str, str]] = {}
    for n, judul in enumerate(kepala):
        if bagian := _tempat(judul):
            di.setdefault(bagian, n)
        elif arti := arti_judul(judul):
            if arti in kolom.values():
                raise Refused(
                    f"Berkas {nama} mempunyai dua kolom yang sama artinya, salah satunya “{judul[:40]}”. "
                    "Beri judul berbeda."
                )
            kolom[n] = arti
    return di, pisahkan_perubahan(kolom)


def _penomoran(sel: list[str]) -> bool:
    """Whether the row only numbers the columns: ``(1) (2) (3)``."""
    isi = [s.strip() for s in sel if s.strip()]
    angka = [int(s.strip("()")) for s in isi if _NOMOR_KOLOM.match(s)]
    return len(angka) == len(isi) > 2 and angka == list(range(angka[0], angka[0] + len(angka)))


def tulisan_aman(teks: str) -> str:
    """*teks* of a sender, shortened and without digits that may be a NIK."""
    return samarkan_teks(" ".join(teks.split()))[:160]
