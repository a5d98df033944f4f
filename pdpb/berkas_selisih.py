"""The difference of the list between two days as a spreadsheet: one row per person, with the act that explains it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.berkas_daftar import catatan_berkas, satu_potret
from pdpb.cetakan_daftar import aman
from pdpb.mesin_waktu import Area, Baris, Selisih, baris_berubah, keadaan, rinci, selisih
from pdpb.mesin_waktu.selisih import ARAH
from pdpb.models import EksporDaftar, Pendaftaran

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_KOLOM = (
    ("Arah", 10), ("Sebab", 34), ("Nama", 34), ("L/P", 6), ("Tahun lahir", 12), ("Kelurahan dahulu", 22), ("TPS", 6),
    ("Kelurahan kini", 22), ("TPS", 6), ("Yang berubah", 40), ("Nomor perubahan", 16), ("Disetujui", 12), ("Bukti", 40),
)  # fmt: skip
_POTONG = 1000
Lapor = Callable[[int, int, str], None]


def tulis_selisih(ekspor: EksporDaftar, tujuan: Path, lapor: Lapor) -> tuple[int, str]:
    """Write the difference that *ekspor* asks for to *tujuan*: how many rows it holds, and how its name must end.

    The equation stands in a sheet of its own. Refused, with nothing worth keeping, when rows and equation disagree.
    """
    area, dari, sampai = Area(ekspor.kode_wilayah), ekspor.dari, ekspor.sampai
    if dari is None or sampai is None:
        raise ValueError("Ekspor ini bukan selisih antara dua tanggal.")
    from xlsxwriter import Workbook  # large, and most processes write no sheet

    # Plain strings only: nothing that was typed becomes a formula, a link or a number.
    buku = Workbook(str(tujuan), {"constant_memory": True, "tmpdir": str(tujuan.parent), "strings_to_numbers": False})
    with satu_potret():
        beda = selisih(area, dari, sampai)
        _lembar_persamaan(buku, ekspor, beda)
        jumlah = _lembar_baris(buku, ekspor, beda, lapor)
    buku.set_properties({"author": "KPU Kota Palu", "created": sekarang()})
    buku.close()
    if jumlah != beda.banyak:
        raise Refused(
            f"Banyak baris selisih ({jumlah}) tidak sama dengan persamaannya ({beda.banyak}). Berkas tidak diberikan. "
            "Hubungi admin."
        )
    return jumlah, "xlsx"


def _lembar_persamaan(buku: "Workbook", ekspor: EksporDaftar, beda: Selisih) -> None:
    lembar = buku.add_worksheet("Persamaan")
    lembar.set_column(0, 0, 60)
    awal, akhir = keadaan(beda.area, beda.dari).jumlah, keadaan(beda.area, beda.sampai).jumlah
    lembar.write_string(0, 0, aman(f"{ekspor.get_jenis_display()}, {beda.area}"))
    lembar.write_string(1, 0, aman(catatan_berkas(ekspor)))
    for kolom, judul in enumerate(("Suku", "L", "P", "L+P")):
        lembar.write_string(2, kolom, judul)
    baris = [(f"Akhir hari {beda.dari:%d-%m-%Y}", awal.L, awal.P)]
    baris += [
        (f"{'+' if s.tanda > 0 else '−'} {s.nama}", s.tanda * s.angka.L, s.tanda * s.angka.P)
        for s in beda.suku
        if s.tanda
    ]
    if beda.koreksi.L:
        baris.append(("Koreksi jenis kelamin", beda.koreksi.L, beda.koreksi.P))
    baris.append((f"Akhir hari {beda.sampai:%d-%m-%Y}", akhir.L, akhir.P))
    for n, (nama, laki, perempuan) in enumerate(baris, start=3):
        lembar.write_string(n, 0, aman(nama))
        for kolom, angka in enumerate((laki, perempuan, laki + perempuan), start=1):
            lembar.write_number(n, kolom, angka)
    if not beda.cocok(awal, akhir):
        raise Refused("Persamaan selisih tidak terpenuhi. Berkas tidak diberikan. Hubungi admin.")


def _lembar_baris(buku: "Workbook", ekspor: EksporDaftar, beda: Selisih, lapor: Lapor) -> int:
    lembar, teks = buku.add_worksheet("Baris"), buku.add_format({"num_format": "@"})
    tebal = buku.add_format({"num_format": "@", "bold": True})
    # Rows go to the file at once, so they are written from the first down.
    lembar.write_string(0, 0, aman(catatan_berkas(ekspor)), teks)
    for kolom, (judul, lebar) in enumerate(_KOLOM):
        lembar.set_column(kolom, kolom, lebar)
        lembar.write_string(1, kolom, judul, tebal)
    nomor = 1
    for nomor, baris in enumerate(_semua(ekspor, beda), start=2):
        for kolom, nilai in enumerate(_isi(baris)):
            lembar.write_string(nomor, kolom, aman(nilai), teks)
        if nomor % _POTONG == 0:
            lapor(nomor - 1, beda.banyak, "Menyusun selisih")
    return nomor - 1


def _semua(ekspor: EksporDaftar, beda: Selisih) -> Iterator[Baris]:
    """Every row of the difference, read in parts by key, so that memory stays that of one part."""
    ujung = (beda.area, beda.dari, beda.sampai)
    semua = list(baris_berubah(*ujung, user=ekspor.diminta_oleh).order_by("nama", "id").values_list("pk", flat=True))
    for mulai in range(0, len(semua), _POTONG):
        satu = semua[mulai : mulai + _POTONG]
        versi = Pendaftaran.objects.in_bulk(satu)
        yield from rinci(*ujung, [versi[pk] for pk in satu])


def _isi(b: Baris) -> list[str]:
    p = b.perubahan
    berubah = "; ".join(f"{label}: {dulu or '(kosong)'} → {kini or '(kosong)'}" for label, dulu, kini in b.beda)
    return [
        ARAH[b.arah],
        str(p.kategori) if p else "Daftar dasar",
        b.tampil.nama,
        b.tampil.jenis_kelamin,
        f"{b.tampil.tanggal_lahir:%Y}" if b.tampil.tanggal_lahir else "",
        *_tempat(b.lama),
        *_tempat(b.baru),
        berubah,
        str(p.pk) if p else "",
        f"{p.disetujui_pada:%d-%m-%Y}" if p and p.disetujui_pada else "",
        str(p.bukti) if p and p.bukti else "",
    ]


def _tempat(v: Pendaftaran | None) -> list[str]:
    return [str(v.kelurahan), f"{v.tps.nomor:03d}" if v.tps else ""] if v else ["", ""]
