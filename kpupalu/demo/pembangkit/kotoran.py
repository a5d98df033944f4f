"""The faults agency lists usually carry, applied to a record and named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from .acak import Acak
from .xlsx import Sel

EJAAN_LAIN = {
    "Tawanjuka": "Tavanjuka",
    "Besusu Timur": "Besusu Tim.",
    "Besusu Barat": "Besusu Brt",
    "Birobuli Selatan": "Birobuli Sel.",
    "Talise Valangguni": "Talise Valanguni",
    "Kayumalue Pajeko": "Kayu Malue Pajeko",
    "Donggala Kodi": "Donggalakodi",
    "Tatura Utara": "TATURA  UTARA",
    "Lolu Selatan": "Lolu Sltn",
    "Boyaoge": "Boyaoge (Tatanga)",
}


@dataclass(slots=True)
class Catatan:
    """One line of an agency list before it is laid out. *dpid* is the row meant, empty if there is none."""

    dpid: str
    nilai: dict[str, Sel]
    salah: list[tuple[str, str]] = field(default_factory=list)

    def kotori(self, kunci: str, nilai: Sel, apa: str) -> None:
        """Replace the value of *kunci* by a faulty one and remember which fault it is."""
        self.nilai[kunci] = nilai
        self.salah.append((kunci, apa))


def _teks(c: Catatan, kunci: str) -> str:
    return str(c.nilai[kunci])


def _dua_angka(c: Catatan) -> None:
    h = c.nilai["lahir"]
    if isinstance(h, date):
        c.kotori("lahir", f"{h:%d/%m/}{h.year % 100:02}", "tahun_dua_angka")


def _serial(c: Catatan) -> None:
    h = c.nilai["lahir"]
    if isinstance(h, date):
        c.kotori("lahir", h.toordinal() - date(1899, 12, 30).toordinal(), "tanggal_sebagai_angka")


def _ejaan(c: Catatan) -> None:
    asli = _teks(c, "kelurahan")
    if asli in EJAAN_LAIN:
        c.kotori("kelurahan", EJAAN_LAIN[asli], "ejaan_kelurahan")


def _satu_angka(c: Catatan) -> None:
    if _teks(c, "rt").isdigit():
        c.kotori("rt", str(int(_teks(c, "rt"))), "rt_tanpa_nol")


KOTORAN: dict[str, Callable[[Catatan], None]] = {
    "nik_sebagai_angka": lambda c: c.kotori("nik", int(_teks(c, "nik")[:15] + "0"), "nik_sebagai_angka"),
    "nik_ilmiah": lambda c: c.kotori("nik", f"{int(_teks(c, 'nik')) / 1e15:.2f}E+15", "nik_ilmiah"),
    "apostrof": lambda c: c.kotori("nik", f"'{_teks(c, 'nik')}", "apostrof"),
    "spasi_tak_putus": lambda c: c.kotori("nik", f"\u00a0{_teks(c, 'nik')}\u00a0", "spasi_tak_putus"),
    "spasi_dalam_nama": lambda c: c.kotori("nama", f"{_teks(c, 'nama')} \u00a0", "spasi_dalam_nama"),
    "tahun_dua_angka": _dua_angka,
    "tanggal_sebagai_angka": _serial,
    "ejaan_kelurahan": _ejaan,
    "rt_tanpa_nol": _satu_angka,
}
_KUNCI = {
    "nik_sebagai_angka": "nik",
    "nik_ilmiah": "nik",
    "apostrof": "nik",
    "spasi_tak_putus": "nik",
    "spasi_dalam_nama": "nama",
    "tahun_dua_angka": "lahir",
    "tanggal_sebagai_angka": "lahir",
    "ejaan_kelurahan": "kelurahan",
    "rt_tanpa_nol": "rt",
}


def kotori_daftar(catatan: list[Catatan], acak: Acak, apa: tuple[str, ...], setiap: int = 60) -> None:
    """Spoil about one record in *setiap* for each fault in *apa*, never one record twice; at least one each."""
    bersih = acak.campur([c for c in catatan if not c.salah])
    for nama in apa:
        perlu = max(1, len(catatan) // setiap)
        for c in list(bersih):
            if perlu and _KUNCI[nama] in c.nilai:
                KOTORAN[nama](c)
                if c.salah:
                    bersih.remove(c)
                    perlu -= 1
