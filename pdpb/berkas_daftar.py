"""Lists by name as files: one PDF per TPS, one spreadsheet per kelurahan, for a kelurahan, a kecamatan or the city.

Rows are read, counted (R10) and laid out on disk before the first page is set; from there on nothing grows with
the size of the area. See docs/keputusan/0009.
"""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.cetak_daftar import PROSES, PencetakDaftar
from kpupalu.naskah.huruf import muat, tercetak
from kpupalu.organisasi.models import anggota_pada
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.adpb2 import CATATAN, tabel_adpb2
from pdpb.adpb2 import KOLOM as KOLOM_ADPB2
from pdpb.bukti import tampil_salinan
from pdpb.cetakan import saat, sumber_data
from pdpb.cetakan_daftar import KOLOM_7, KOLOM_14, Baris, Kode, aman, ambil_baris, empat_belas, kode_keterangan, tujuh
from pdpb.models import EksporDaftar, Periode
from pdpb.pohon import baris_salinan, bukti_salinan
from pdpb.rekap import Rekap

BARIS_PER_BAGIAN = 1000
"""A TPS is one file; one that is longer is cut here, so that the memory of the typesetter stays that of one part."""
TEMPLATE = "pdpb/cetak/daftar_nama.typ"
LEBAR = (9, 27, 27, 46, 22, 18, 10, 10, 52, 9, 9, 10, 10, 14)
"""Widths of the 14 columns in mm, 273 in all: A4 lying without its margins."""
_POIN, _TEPI = 7.5, 1.6
_MENCETAK = "Mencetak daftar"
_DAFTAR_ISI = ("berkas", "kecamatan", "kelurahan", "tps", "baris", "laki_laki", "perempuan", "sha256")
_LEBAR_XLSX = (28, 20, 20, 34, 18, 14, 12, 12, 34, 6, 6, 12, 12, 12)
Lapor = Callable[[int, int, str], None]
J, B = EksporDaftar.Jenis, EksporDaftar.Bentuk


@contextmanager
def satu_potret() -> Iterator[None]:
    """Everything read inside is of one instant, also while others approve changes.

    Inside a transaction of the caller, whose instant cannot be chosen any more, nothing is promised but the count.
    """
    sendiri = not connection.in_atomic_block
    with transaction.atomic():
        if sendiri:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def tulis_daftar(ekspor: EksporDaftar, hitung: Callable[[], Rekap], tujuan: Path, lapor: Lapor) -> tuple[int, str]:
    """Write the file of *ekspor* to *tujuan*: how many rows it holds, and how its name must end.

    The folder of *tujuan* is for this call alone. *hitung* gives the figures, of the instant the rows are read of.
    One list is one file, several are a ZIP. Refused (R10), with nothing worth keeping, when rows and figures disagree.
    """
    if ekspor.bentuk == B.PDF:
        return _tulis_pdf(ekspor, hitung, tujuan, lapor)
    return _tulis_xlsx(ekspor, hitung, tujuan, lapor)


def catatan_berkas(ekspor: EksporDaftar) -> str:
    """The line every file carries: number, recipient, who printed it, and that it must not travel on."""
    nik = f"NIK lengkap, dasar: {ekspor.dasar_hukum}" if ekspor.nik_penuh else "NIK disamarkan"
    return (
        f"{ekspor.nomor} · penerima: {ekspor.penerima} · {nik} · dicetak oleh {ekspor.diminta_oleh}, {saat()} · "
        "data pribadi, tidak untuk disebarkan"
    )


def _kelurahan(ekspor: EksporDaftar) -> list[Kelurahan]:
    di_sini = Kelurahan.objects.filter(kode__startswith=ekspor.kode_wilayah)
    return list(di_sini.select_related("kecamatan").order_by("kode"))


def _banyak(ekspor: EksporDaftar, data: Rekap) -> int:
    """How many rows the recap promises for the list of *ekspor*."""
    kolom = ("sekarang",) if ekspor.jenis == J.PEMILIH else ("baru", "tms", "ubah", "keluar", "masuk")
    di_sini = (sel.total for (kode, _), sel in data.sel.items() if kode.startswith(ekspor.kode_wilayah))
    return sum(getattr(angka, nama) for angka in di_sini for nama in kolom)


def _pastikan_banyak(ekspor: EksporDaftar, data: Rekap, nyata: int) -> None:
    if nyata != (tercatat := _banyak(ekspor, data)):
        raise Refused(
            f"Banyak baris daftar {ekspor.wilayah} ({nyata}) tidak sama dengan angka rekapitulasi ({tercatat}) (R10). "
            "Daftar tidak diberikan. Hubungi admin."
        )


# --- PDF ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bagian:
    """One file to be: the rows of one TPS, or a cut of them. *mulai* is the number of its first row."""

    kecamatan: str
    kelurahan: str
    tps: str
    nomor: int
    ke: int
    mulai: int
    terakhir: bool
    jumlah: int
    jumlah_l: int
    jumlah_p: int
    baris: list[list[str]]

    def nama(self, urut: int, *, serumpun: bool) -> str:
        """Its name in the archive; *serumpun* when all files are of one kelurahan."""
        potong = f"-bagian-{self.ke}" if self.ke > 1 or not self.terakhir else ""
        if serumpun:
            return f"{urut:02d}-{_nama_berkas(self.kelurahan)}{potong}-TPS-{self.nomor:03d}.pdf"
        return f"{_nama_berkas(self.kecamatan)}/{_nama_berkas(self.kelurahan)}/TPS-{self.nomor:03d}{potong}.pdf"


def _nama_berkas(nama: str) -> str:
    return re.sub(r"[^\w ().-]", "-", nama)


def _tulis_pdf(ekspor: EksporDaftar, hitung: Callable[[], Rekap], tujuan: Path, lapor: Lapor) -> tuple[int, str]:
    # Nameless from the start: a worker that is killed leaves no rows behind.
    with tempfile.TemporaryFile("w+", encoding="utf-8", dir=tujuan.parent) as antara:
        with satu_potret():
            data = hitung()
            tetap = _isi_tetap(ekspor, data)
            jumlah, berkas = _siapkan_bagian(ekspor, data, antara, lapor)
        antara.seek(0)
        with PencetakDaftar(TEMPLATE, proses=min(berkas, PROSES)) as pencetak:
            if berkas > 1:
                tercetak = _tulis_zip(ekspor, tetap, antara, pencetak, tujuan, lambda n: lapor(n, jumlah, _MENCETAK))
                _pastikan_banyak(ekspor, data, tercetak)
                return jumlah, "zip"
            tujuan.write_bytes(pencetak.cetak(_isi(tetap, json.loads(antara.readline()))))
    lapor(jumlah, jumlah, _MENCETAK)
    return jumlah, "pdf"


def _siapkan_bagian(ekspor: EksporDaftar, data: Rekap, antara: IO[str], lapor: Lapor) -> tuple[int, int]:
    """Put every part on a line of *antara*; how many rows and how many parts there are."""
    jumlah = berkas = 0
    total = _banyak(ekspor, data)
    kode = kode_keterangan(data.periode)
    for kelurahan in _kelurahan(ekspor):
        for bagian in _bagian(ekspor, kelurahan, ambil_baris(data, ekspor.jenis, kelurahan.pk), kode):
            antara.write(json.dumps(asdict(bagian), ensure_ascii=False) + "\n")
            jumlah, berkas = jumlah + bagian.jumlah, berkas + 1
        lapor(0, total, f"Membaca daftar {kelurahan}")
    _pastikan_banyak(ekspor, data, jumlah)
    return jumlah, berkas


def _bagian(ekspor: EksporDaftar, kelurahan: Kelurahan, baris: list[Baris], kode: Kode) -> Iterator[Bagian]:
    """One part per TPS in the order of *baris*, long ones cut; changes are not cut by TPS."""
    daftar = ekspor.jenis == J.PEMILIH
    tps = {t.pk: t for t in TPS.objects.filter(kelurahan=kelurahan)}
    kelompok = [(id_, list(isi)) for id_, isi in groupby(baris, key=lambda b: b.tps if daftar else 0)]
    for id_, isi in kelompok or [(0, [])]:
        ini = tps.get(id_ or 0)
        for mulai in range(0, max(len(isi), 1), BARIS_PER_BAGIAN):
            potong = isi[mulai : mulai + BARIS_PER_BAGIAN]
            yield Bagian(
                kecamatan=kelurahan.kecamatan.nama,
                kelurahan=kelurahan.nama,
                tps=_sebut_tps(ini, daftar),
                nomor=ini.nomor if ini else 0,
                ke=mulai // BARIS_PER_BAGIAN + 1,
                mulai=mulai + 1,
                terakhir=mulai + BARIS_PER_BAGIAN >= len(isi),
                jumlah=len(potong),
                jumlah_l=sum(b.jenis_kelamin == "L" for b in potong),
                jumlah_p=sum(b.jenis_kelamin == "P" for b in potong),
                baris=[_tercetak(n, b, kode, ekspor) for n, b in enumerate(potong, start=mulai + 1)],
            )


def _tercetak(nomor: int, b: Baris, kode: Kode, ekspor: EksporDaftar) -> list[str]:
    isi = empat_belas(nomor, b, kode, nik_penuh=ekspor.nik_penuh)
    return [muat(tercetak(teks), lebar - _TEPI, _POIN) for teks, lebar in zip(isi, LEBAR, strict=True)]


def _tulis_zip(
    ekspor: EksporDaftar,
    tetap: dict,
    antara: IO[str],
    pencetak: PencetakDaftar,
    tujuan: Path,
    sampai: Callable[[int], None],
) -> int:
    """Print the parts on *antara* one after the other into the archive; how many rows are on paper."""
    antre: deque[Bagian] = deque()

    def semua() -> Iterator[dict[str, Any]]:
        for satu in antara:
            isi = json.loads(satu)
            antre.append(Bagian(**isi | {"baris": []}))
            yield _isi(tetap, isi)

    jumlah, daftar_isi = 0, []
    with zipfile.ZipFile(tujuan, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as berkas:
        for urut, pdf in enumerate(pencetak.cetak_urut(semua()), start=1):
            satu = antre.popleft()
            nama = satu.nama(urut, serumpun=ekspor.kelurahan_id is not None)
            berkas.writestr(nama, pdf)
            sidik = sha256(pdf).hexdigest()
            angka = (satu.jumlah, satu.jumlah_l, satu.jumlah_p)
            tempat = map(aman, (nama, satu.kecamatan, satu.kelurahan, satu.tps))
            daftar_isi.append([*tempat, *angka, sidik])
            jumlah += satu.jumlah
            sampai(jumlah)
        berkas.writestr("daftar-isi.csv", _csv(daftar_isi))
    return jumlah


def _isi(tetap: dict[str, Any], bagian: dict[str, Any]) -> dict[str, Any]:
    return tetap | bagian | {nama: _angka(bagian[nama]) for nama in ("jumlah", "jumlah_l", "jumlah_p")}


def _csv(baris: list[list]) -> str:
    isi = io.StringIO()
    csv.writer(isi, delimiter=";").writerows([_DAFTAR_ISI, *baris])
    return isi.getvalue()


def _angka(n: int) -> str:
    return ribuan(n) if n else "-"


def _isi_tetap(ekspor: EksporDaftar, data: Rekap) -> dict[str, Any]:
    """What all files of *ekspor* have in common."""
    periode = data.periode
    return {
        "judul": f"{ekspor.get_jenis_display()} {ekspor.wilayah} {periode.nama}",
        "judul_daftar": "Daftar pemilih berkelanjutan" if ekspor.jenis == J.PEMILIH else "Daftar perubahan pemilih",
        "model": ekspor.get_jenis_display(),
        "periode": periode.nama,
        "kertas": "a4",
        "kaki": catatan_berkas(ekspor),
        "sumber": sumber_data(data),
        "lebar": LEBAR,
        "legenda": kode_keterangan(periode).legenda,
        **_pengesahan(data),
    }


def _sebut_tps(tps: TPS | None, daftar: bool) -> str:
    if not daftar:
        return "seluruh TPS"
    if tps is None:
        return "belum ditempatkan"
    return f"{tps.nomor:03d}" + (f" (lokasi khusus {tps.nama_lokasi})" if tps.jenis == TPS.Jenis.LOKSUS else "")


def _pengesahan(data: Rekap) -> dict[str, str]:
    """Day and ketua of the closing block; empty while the figures run, are replaced, or are not fixed by minutes."""
    periode, s = data.periode, data.snapshot
    tetap = periode.status in (Periode.Status.DITETAPKAN, Periode.Status.DIUMUMKAN)
    if s is None or s.digantikan or not tetap or periode.tanggal_pleno is None:
        return {"ditetapkan": "", "ketua": ""}
    ketua = next((m.pegawai.nama_lengkap for m in anggota_pada(periode.tanggal_pleno) if m.jabatan == "ketua"), "")
    return {"ditetapkan": tanggal_panjang(periode.tanggal_pleno), "ketua": ketua}


# --- Spreadsheets -------------------------------------------------------------------------------------------------
def _tulis_xlsx(ekspor: EksporDaftar, hitung: Callable[[], Rekap], tujuan: Path, lapor: Lapor) -> tuple[int, str]:
    jumlah, semua = 0, _kelurahan(ekspor)
    with satu_potret():
        data = hitung()
        total = _banyak(ekspor, data)
        if len(semua) == 1 and ekspor.bentuk != B.BUKTI and ekspor.jenis != J.ADPB2:
            jumlah = _satu_buku(ekspor, data, semua[0], tujuan)
            lapor(jumlah, total, "Menyusun daftar")
            return jumlah, "xlsx"
        with zipfile.ZipFile(tujuan, "w", zipfile.ZIP_STORED) as berkas:
            if ekspor.jenis == J.ADPB2:
                _tambah_adpb2(ekspor, data, berkas, tujuan.with_name("adpb2.xlsx"))
            for kelurahan in semua:
                satu = tujuan.with_name("satu.xlsx")
                jumlah += _satu_buku(ekspor, data, kelurahan, satu)
                nama = f"{_nama_berkas(kelurahan.kecamatan.nama)}/{_nama_berkas(kelurahan.nama)}"
                berkas.write(satu, f"{nama}.xlsx")
                satu.unlink()
                if ekspor.bentuk == B.BUKTI:
                    berkas.writestr(f"{nama}.bukti.json", _bukti(data, kelurahan), zipfile.ZIP_DEFLATED, 1)
                lapor(jumlah, total, "Menyusun daftar")
        _pastikan_banyak(ekspor, data, jumlah)
    return jumlah, "zip"


def _tambah_adpb2(ekspor: EksporDaftar, data: Rekap, berkas: zipfile.ZipFile, sementara: Path) -> None:
    """Put the table of figures above the lists by name that it counts. Refused when it does not close."""
    from xlsxwriter import Workbook  # large, and most processes write no sheet

    tabel = tabel_adpb2(data)
    if salah := [baris[0] for baris in tabel if baris[-1]]:
        raise Refused(f"Selisih A-DPB2 tidak nol pada {salah[0]}. Periksa rekap lebih dahulu; berkas tidak diberikan.")
    buku = Workbook(str(sementara), {"tmpdir": str(sementara.parent), "strings_to_numbers": False})
    tebal, lembar = buku.add_format({"bold": True, "text_wrap": True}), buku.add_worksheet("A-DPB2")
    for n, satu in enumerate((f"A-DPB2, {data.periode.nama}", catatan_berkas(ekspor), sumber_data(data), CATATAN)):
        lembar.write_string(n, 0, aman(satu))
    for kolom, judul in enumerate(KOLOM_ADPB2):
        lembar.write_string(5, kolom, judul, tebal)
    for n, baris in enumerate(tabel, start=6):
        lembar.write_string(n, 0, baris[0])
        for kolom, nilai in enumerate(baris[1:], start=1):
            lembar.write_number(n, kolom, nilai)
    lembar.set_column(0, 0, 22)
    buku.set_properties({"author": "KPU Kota Palu", "created": sekarang()})
    buku.close()
    berkas.write(sementara, "A-DPB2.xlsx")
    sementara.unlink()


def _satu_buku(ekspor: EksporDaftar, data: Rekap, kelurahan: Kelurahan, tujuan: Path) -> int:
    """Write the workbook of one kelurahan; how many rows it holds."""
    from xlsxwriter import Workbook  # large, and most processes write no sheet

    baris = ambil_baris(data, ekspor.jenis, kelurahan.pk)
    # Plain strings only: nothing that was typed becomes a formula, a link or a number.
    buku = Workbook(str(tujuan), {"constant_memory": True, "tmpdir": str(tujuan.parent), "strings_to_numbers": False})
    teks, tebal = buku.add_format({"num_format": "@"}), buku.add_format({"num_format": "@", "bold": True})
    lembar = buku.add_worksheet("Daftar")
    for kolom, lebar in enumerate(_LEBAR_XLSX):
        lembar.set_column(kolom, kolom, lebar)
    publik = ekspor.tujuh_kolom
    judul = f"{ekspor.get_jenis_display()}, Kelurahan {kelurahan}, {data.periode.nama}"
    for n, satu in enumerate((judul, catatan_berkas(ekspor), sumber_data(data))):
        lembar.write_string(n, 0, aman(satu), teks)
    for kolom, satu in enumerate(KOLOM_7 if publik else KOLOM_14):
        lembar.write_string(3, kolom, satu, tebal)
    for n, isi in enumerate(_isi_xlsx(ekspor, data, baris, publik=publik), start=4):
        for kolom, nilai in enumerate(isi):
            if isinstance(nilai, int):
                lembar.write_number(n, kolom, nilai)
            elif nilai:
                lembar.write_string(n, kolom, aman(nilai), teks)
    buku.set_properties({"author": "KPU Kota Palu", "created": sekarang()})
    buku.close()
    return len(baris)


def _bukti(data: Rekap, kelurahan: Kelurahan) -> bytes:
    """The proof of the workbook of one kelurahan, row for row; Refused when the two would not say the same."""
    if data.snapshot is None:
        raise Refused("Berkas bukti hanya dibuat dari data yang dibekukan.")
    kode, pada = kode_keterangan(data.periode), data.snapshot.tanggal_acuan
    terbuka = baris_salinan(data.snapshot, kelurahan.pk)
    lembar = [tujuh(b, kode, pada) for b in ambil_baris(data, J.PEMILIH, kelurahan.pk)]
    if [tampil_salinan(nilai) for _, nilai in terbuka] != [[str(satu) for satu in b] for b in lembar]:
        raise Refused(f"Daftar {kelurahan} tidak lagi sama dengan data beku. Hubungi admin; salinan tidak diberikan.")
    isi = bukti_salinan(data.snapshot, terbuka, f"Kelurahan {kelurahan}")
    return json.dumps(isi, ensure_ascii=False, separators=(",", ":")).encode()


def _isi_xlsx(ekspor: EksporDaftar, data: Rekap, baris: list[Baris], *, publik: bool) -> Iterator[list[Any]]:
    kode = kode_keterangan(data.periode)
    pada = data.snapshot.tanggal_acuan if data.snapshot else data.periode.cut_off_umur
    for nomor, b in enumerate(baris, start=1):
        if publik:
            yield tujuh(b, kode, pada)
        else:
            yield [nomor, *empat_belas(nomor, b, kode, nik_penuh=ekspor.nik_penuh)[1:]]
