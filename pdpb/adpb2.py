"""The recap in the shape of Bawaslu's form A-DPB2: one row per kecamatan, and a column that proves the sum (§13)."""

from dataclasses import dataclass
from typing import Any

from kpupalu.wilayah.models import Kecamatan
from pdpb.rekap import Rekap, Sel

TMS = (
    ("meninggal", "Meninggal"),
    ("ganda", "Ganda"),
    ("di_bawah_umur", "Belum 17 tahun dan belum kawin"),
    ("pindah_domisili", "Pindah domisili"),
    ("tni", "TNI"),
    ("polri", "Polri"),
    ("wna", "WNA"),
    ("hak_politik_dicabut", "Hak politik dicabut"),
)
BARU = (
    ("genap_17", "Genap 17 tahun"),
    ("kawin_di_bawah_17", "Kawin sebelum 17 tahun"),
    ("purna_tni_polri", "TNI/Polri menjadi sipil"),
    ("pulih_hak_politik", "Hak politik dipulihkan"),
    ("pindah_masuk", "Pindah masuk"),
)
"""The categories of the form, in its order, as (our category, heading)."""

# Not on the form, but without them a kecamatan would not close: reasons it does not know, and moves inside the city.
_LAIN = ("TMS lainnya", "Baru lainnya", "Mutasi keluar (dalam kota)", "Mutasi masuk (dalam kota)")
KOLOM = (
    "Kecamatan", "PDPB awal", *(label for _, label in TMS), _LAIN[0], *(label for _, label in BARU), *_LAIN[1:],
    "Akhir L", "Akhir P", "Akhir L+P", "Selisih",
)  # fmt: skip
"""The headings of the table; the four in the middle that are ours are named as such in the note."""
CATATAN = (
    "Bentuk menurut A-DPB2. Kolom “lainnya” dan “mutasi dalam kota” tambahan kantor: alasan yang tidak ada pada "
    "formulir, dan perpindahan antarkecamatan yang tidak mengubah jumlah kota. Selisih = awal − TMS + baru − mutasi "
    "keluar + mutasi masuk − akhir; harus 0."
)


@dataclass(frozen=True, slots=True)
class BarisADPB2:
    """One kecamatan, or the city: its name and the figures under ``KOLOM[1:]``."""

    kode: str
    nama: str
    angka: tuple[int, ...]

    @property
    def selisih(self) -> int:
        """The last figure; anything but zero is an error of the recap."""
        return self.angka[-1]


def adpb2(data: Rekap) -> list[BarisADPB2]:
    """Every kecamatan in the order of its code, then the city; areas without a change stand there too."""
    kecamatan = data.kecamatan
    baris = [_baris(data, k.kode, k.nama, kecamatan.get(k.kode, Sel())) for k in Kecamatan.objects.order_by("kode")]
    return [*baris, _baris(data, "", "Kota Palu", data.kota)]


def _baris(data: Rekap, kode: str, nama: str, sel: Sel) -> BarisADPB2:
    jumlah = sel.total
    tms = [data.jumlah_rincian("tms", slug, kode) for slug, _ in TMS]
    baru = [data.jumlah_rincian("baru", slug, kode) for slug, _ in BARU]
    # The sums come from the cells, the reasons from the changes: what the form has no column for is their difference.
    tms.append(jumlah.tms - sum(tms))
    baru.append(jumlah.baru - sum(baru))
    dihitung = jumlah.sebelumnya - sum(tms) + sum(baru) - jumlah.keluar + jumlah.masuk
    isi = (jumlah.sebelumnya, *tms, *baru, jumlah.keluar, jumlah.masuk, sel.L.sekarang, sel.P.sekarang, jumlah.sekarang)
    return BarisADPB2(kode, nama, (*isi, dihitung - jumlah.sekarang))


def tabel_adpb2(data: Rekap) -> list[list[Any]]:
    """The rows under ``KOLOM`` as plain lists."""
    return [[b.nama, *b.angka] for b in adpb2(data)]
