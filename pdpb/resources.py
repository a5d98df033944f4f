"""Tables given out as XLSX: values only, one sheet, codes as text (product conventions §15)."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb import saran
from pdpb.adpb2 import CATATAN as CATATAN_ADPB2
from pdpb.adpb2 import KOLOM as KOLOM_ADPB2
from pdpb.adpb2 import tabel_adpb2
from pdpb.models import ImporBatch, JawabanLintas, LembarJawaban
from pdpb.ppk import Hasil, tabel_banding
from pdpb.ppk.banding import KEPALA as KEPALA_PPK
from pdpb.rekap import KOLOM, Angka, Rekap, Sel

_JUDUL = ("Sebelumnya", "Baru", "TMS", "Perbaikan", "Masuk", "Keluar", "Koreksi JK", "Sekarang")


def _angka(sel: Sel) -> list[int]:
    def semua(angka: Angka) -> list[int]:
        return [getattr(angka, kolom) for kolom in KOLOM]

    return [*semua(sel.L), *semua(sel.P), *semua(sel.total)]


def _tambah(lembar, nilai: list) -> None:
    """Append one row; a text that begins like a formula stays a text."""
    lembar.append(nilai)
    for sel in lembar[lembar.max_row]:
        if sel.data_type == "f":
            sel.data_type = "s"


def _per(pada: datetime | None) -> str:
    return f"Per {(pada or sekarang()).astimezone(WITA):%d-%m-%Y %H.%M} WITA."


def rekap_xlsx(data: Rekap, *, pada: datetime | None = None) -> bytes:
    """The recap of *data* at every level as one sheet; the source, the time (*pada*) and the version stand above."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Rekap"
    versi = f"versi beku {data.snapshot.versi}, sidik {data.snapshot.digest}" if data.snapshot else "angka berjalan"
    _tambah(lembar, [f"Rekapitulasi {data.periode.nama}"])
    _tambah(lembar, [f"Sumber: sistem KPU Kota Palu, {versi}. {_per(pada)} Tanpa saringan."])
    kepala = ["Tingkat", "Kode", "Nama", *(f"{judul} {jk}" for jk in ("L", "P", "L+P") for judul in _JUDUL)]
    _tambah(lembar, kepala)
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    _tambah(lembar, ["Kota", "72.71", "Kota Palu", *_angka(data.kota)])
    for tingkat, model, sel in (("Kecamatan", Kecamatan, data.kecamatan), ("Kelurahan", Kelurahan, data.kelurahan)):
        for area in model.objects.all():
            _tambah(lembar, [tingkat, area.kode, area.nama, *_angka(sel.get(area.kode, Sel()))])
    tps = {t.pk: t for t in TPS.objects.select_related("kelurahan")}
    for (kelurahan, nomor), sel in sorted(data.sel.items(), key=lambda i: (i[0][0], i[0][1] or 0)):
        nama = str(tps[nomor]) if nomor in tps else "Belum ditempatkan di TPS"
        _tambah(lembar, ["TPS", kelurahan, nama, *_angka(sel)])
    lembar.freeze_panes = "D4"
    for nomor, lebar in enumerate((11, 15, 30), start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()


def _buku(judul: str, atas: list[str], kepala: list[str], baris: list[list], lebar: tuple[int, ...]) -> bytes:
    """One sheet: lines of explanation, the bold header, the rows."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = judul
    for satu in atas:
        _tambah(lembar, [satu])
    _tambah(lembar, kepala)
    for sel in lembar[len(atas) + 1]:
        sel.font = Font(bold=True)
    for isi in baris:
        _tambah(lembar, isi)
    lembar.freeze_panes = f"A{len(atas) + 2}"
    for nomor, satuan in enumerate(lebar, start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = satuan
    isi_berkas = BytesIO()
    buku.save(isi_berkas)
    return isi_berkas.getvalue()


def jawaban_xlsx(lembar: LembarJawaban) -> bytes:
    """The confirmed reply sheet *lembar*, without any number of a person."""
    surat = lembar.surat
    atas = [
        f"Lembar jawaban {lembar.versi} atas surat Bawaslu {surat.nomor} tanggal {surat.tanggal:%d-%m-%Y}",
        f"Dikonfirmasi {lembar.dikonfirmasi_pada.astimezone(WITA):%d-%m-%Y}. Untuk Bawaslu Kota Palu. Data pribadi.",
    ]
    return _buku("Jawaban", atas, list(saran.KOLOM), saran.baris_jawaban(lembar), (6, 12, 34, 20, 34, 26, 70))


def adpb2_xlsx(data: Rekap, *, pada: datetime | None = None) -> bytes:
    """The figures of *data* in the shape of A-DPB2 at the time *pada*; no name stands in it."""
    versi = f"versi beku {data.snapshot.versi}, sidik {data.snapshot.digest}" if data.snapshot else "angka berjalan"
    atas = [
        f"A-DPB2, {data.periode.nama}",
        f"Sumber: sistem KPU Kota Palu, {versi}. {_per(pada)}",
        CATATAN_ADPB2,
    ]
    return _buku("A-DPB2", atas, list(KOLOM_ADPB2), tabel_adpb2(data), (22,) + (13,) * (len(KOLOM_ADPB2) - 1))


_KOLOM_LINTAS = ("Berkas", "Baris", "DPID", "Jawaban", "Alasan", "Bukti", "Tanggal bukti", "Tanggal jawaban")


def balasan_lintas_xlsx(batch: ImporBatch) -> bytes:
    """The answers to a list of another area as one sheet, each by the file and row of the list they answer.

    Neither names nor NIK: whoever sent the list has both on the row that is named. Rows without a confirmed answer
    say so.
    """
    atas = [
        f"Jawaban KPU Kota Palu atas daftar ganda lintas daerah, impor nomor {batch.pk}",
        f"Pengirim daftar: {batch.pengirim or '-'}. Per {sekarang():%d-%m-%Y %H.%M} WITA.",
    ]
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    semua = batch.jawaban_lintas.select_related("pemilih", "bukti").order_by("berkas_urut", "baris")
    baris = [_baris_lintas(satu, nama) for satu in semua.iterator(chunk_size=2_000)]
    return _buku("Jawaban", atas, list(_KOLOM_LINTAS), baris, (28, 8, 14, 34, 50, 28, 14, 16))


def _baris_lintas(baris: JawabanLintas, nama: dict[int, str]) -> list:
    jelas = baris.status == JawabanLintas.Status.SELESAI
    bukti = baris.bukti if jelas else None
    return [
        nama.get(baris.berkas_urut, ""),
        baris.baris,
        baris.pemilih.dpid if baris.pemilih else "",
        baris.get_jawaban_display() if jelas else "Belum dijawab",
        baris.alasan if jelas else "",
        str(bukti) if bukti else "",
        f"{bukti.tanggal:%d-%m-%Y}" if bukti and bukti.tanggal else "",
        f"{baris.dikonfirmasi_pada.astimezone(WITA):%d-%m-%Y}" if jelas and baris.dikonfirmasi_pada else "",
    ]


def daftar_kembali_xlsx(baris: Iterable[list[str]], tujuan: IO[bytes]) -> None:
    """Write *baris*, a heading and rows of text, to *tujuan* as one sheet; every cell stays the text it was."""
    from xlsxwriter import Workbook as BukuAlir  # large, and most processes write no sheet

    buku = BukuAlir(tujuan, {"constant_memory": True})
    lembar = buku.add_worksheet("Dikembalikan")
    tebal = buku.add_format({"bold": True})
    for n, isi in enumerate(baris):
        for kolom, teks in enumerate(isi):
            lembar.write_string(n, kolom, teks, tebal if n == 0 else None)
    lembar.freeze_panes(1, 0)
    buku.close()


def banding_ppk_xlsx(hasil: Hasil, data: Rekap) -> bytes:
    """The comparison of a PPK's recap with ours as one sheet, the lines that are the same too."""
    satu = hasil.rekap
    kita = f"versi beku {data.snapshot.versi}, sidik {data.snapshot.digest}" if data.snapshot else "angka berjalan"
    atas = [
        f"Perbandingan {satu}",
        f"Rekap PPK: {satu.asal or satu.berkas.nama}, sidik berkas {satu.sha256}.",
        f"Rekap kita: {kita}. Per {sekarang().astimezone(WITA):%d-%m-%Y %H.%M} WITA. Tanpa saringan.",
    ]
    lebar = (34, 12, 10, 9, 9, 10, 9, 9, 10, 24, 60, 60, 60)
    return _buku("Banding PPK", atas, list(KEPALA_PPK), tabel_banding(hasil.baris), lebar)
