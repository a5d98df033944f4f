"""Tables given out as XLSX: values only, one sheet, codes as text (product conventions §15)."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.models import ImporBatch, JawabanLintas
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


def rekap_xlsx(data: Rekap) -> bytes:
    """The recap of *data* at every level as one sheet; the source, the time and the version stand above it."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Rekap"
    versi = f"versi beku {data.snapshot.versi}, sidik {data.snapshot.digest}" if data.snapshot else "angka berjalan"
    _tambah(lembar, [f"Rekapitulasi {data.periode.nama}"])
    _tambah(lembar, [f"Sumber: sistem KPU Kota Palu, {versi}. Per {sekarang():%d-%m-%Y %H.%M} WITA. Tanpa saringan."])
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


_KOLOM_LINTAS = ("Berkas", "Baris", "DPID", "Jawaban", "Alasan", "Bukti", "Tanggal bukti", "Tanggal jawaban")


def balasan_lintas_xlsx(batch: ImporBatch) -> bytes:
    """The answers to a list of another area as one sheet, each by the file and row of the list they answer.

    Neither names nor NIK: whoever sent the list has both on the row that is named. Rows without a confirmed answer
    say so.
    """
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Jawaban"
    _tambah(lembar, [f"Jawaban KPU Kota Palu atas daftar ganda lintas daerah, impor nomor {batch.pk}"])
    _tambah(lembar, [f"Pengirim daftar: {batch.pengirim or '-'}. Per {sekarang():%d-%m-%Y %H.%M} WITA."])
    _tambah(lembar, list(_KOLOM_LINTAS))
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    semua = batch.jawaban_lintas.select_related("pemilih", "bukti").order_by("berkas_urut", "baris")
    for baris in semua.iterator(chunk_size=2_000):
        jelas = baris.status == JawabanLintas.Status.SELESAI
        bukti = baris.bukti if jelas else None
        _tambah(
            lembar,
            [
                nama.get(baris.berkas_urut, ""),
                baris.baris,
                baris.pemilih.dpid if baris.pemilih else "",
                baris.get_jawaban_display() if jelas else "Belum dijawab",
                baris.alasan if jelas else "",
                str(bukti) if bukti else "",
                f"{bukti.tanggal:%d-%m-%Y}" if bukti and bukti.tanggal else "",
                f"{baris.dikonfirmasi_pada.astimezone(WITA):%d-%m-%Y}" if jelas and baris.dikonfirmasi_pada else "",
            ],
        )
    lembar.freeze_panes = "A4"
    for nomor, lebar in enumerate((28, 8, 14, 34, 50, 28, 14, 16), start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()
