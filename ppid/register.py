"""The registers in the statutory columns: requests with or without who asks, and the list of excepted information."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.naskah.cetak import cetak
from ppid.models import Butir, InformasiDikecualikan, InformasiPublik, Permohonan
from ppid.models.dikecualikan import HURUF_PASAL_17

C = Permohonan.CaraMemperoleh
_PEMOHON = (("Nama", 26), ("Alamat", 30), ("Nomor kontak", 18), ("Pekerjaan", 18))
_TUJUAN = ("Tujuan penggunaan", 34)
_DIMINTA = ("Informasi yang diminta", 46)
_SISA = (
    ("Di bawah penguasaan", 16), ("Badan publik lain", 24), ("Bentuk dikuasai", 16), ("Jenis permohonan", 18),
    ("Keputusan", 24), ("Alasan penolakan", 40), ("Tanggal pemberitahuan", 14), ("Tanggal pemberian", 14),
    ("Biaya dan cara pembayaran", 22),
)  # fmt: skip
_JENIS = {C.MELIHAT: "Melihat atau mengetahui", C.SOFTCOPY: "Salinan (softcopy)", C.HARDCOPY: "Salinan (hardcopy)"}
_BENTUK = {C.MELIHAT: "Hardcopy", C.SOFTCOPY: "Softcopy", C.HARDCOPY: "Hardcopy"}
DIK_KEPALA = (
    ("No.", 6), ("Informasi", 40), ("Dasar hukum pengecualian", 34), ("Konsekuensi bila dibuka", 40),
    ("Pertimbangan bila ditutup", 40), ("Jangka waktu", 24), ("Keputusan penetapan", 30), ("Berakhir", 14),
    ("Keadaan", 18),
)  # fmt: skip
_KEADAAN = {"belum": "Belum berlaku", "berlaku": "Berlaku", "berakhir": "Berakhir", "dicabut": "Dicabut"}


def _hari(nilai: date | None) -> str:
    return f"{nilai:%d-%m-%Y}" if nilai else ""


def _buku(judul: str, keterangan: str, kepala: Iterable[tuple[str, int]], baris: Iterable[list[Any]]) -> bytes:
    """One sheet of values: title, what it holds, header, rows; a text that begins like a formula stays a text."""
    kepala = list(kepala)
    buku = Workbook()
    lembar = buku.active
    lembar.title = judul[:31]
    for satu in ([judul], [keterangan], [nama for nama, _ in kepala], *baris):
        lembar.append(satu)
        for sel in lembar[lembar.max_row]:
            if sel.data_type == "f":
                sel.data_type = "s"
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    lembar.freeze_panes = "C4"
    for nomor, (_, lebar) in enumerate(kepala, start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()


def _dibuat() -> str:
    return f"Dibuat {sekarang().astimezone(WITA):%d-%m-%Y %H.%M} WITA."


def permohonan_xlsx(baris: Iterable[Permohonan], *, tahun: int, identitas: bool, keterangan: str) -> bytes:
    """The register of requests of *tahun*, one row per item, in the columns of the standard register.

    Without *identitas* nothing of who asks stands in it, nor for what; the number of an identity never does.
    """
    kepala = [("No.", 6), ("Nomor pendaftaran", 26), ("Tanggal", 12)]
    kepala += [*_PEMOHON, _DIMINTA, _TUJUAN, *_SISA] if identitas else [_DIMINTA, *_SISA]
    judul = f"Register permohonan informasi {tahun}"
    isi = (_satu_butir(n, p, b, identitas) for n, (p, b) in enumerate(_butir(baris), start=1))
    return _buku(judul, f"{keterangan} {_dibuat()}", kepala, isi)


def _butir(baris: Iterable[Permohonan]) -> Iterator[tuple[Permohonan, Butir]]:
    for p in baris:
        for b in p.butir.all():
            yield p, b


def _satu_butir(urut: int, p: Permohonan, b: Butir, identitas: bool) -> list[Any]:
    awal: list[Any] = [urut, p.nomor, _hari(p.diterima)]
    if identitas:
        d = p.data
        nama = f"{d.badan_hukum} ({d.nama})" if d.badan_hukum else d.nama
        kontak = ", ".join(x for x in (d.telepon, d.surel) if x)
        awal += [nama, d.alamat, kontak, d.pekerjaan, b.uraian, samarkan_teks(d.tujuan)]
    else:
        awal.append(b.uraian)
    dikuasai = "" if b.dikuasai is None else "Ya" if b.dikuasai else "Tidak"
    bentuk = _BENTUK[C(b.bentuk)] if b.bentuk else ""
    biaya = f"Rp{b.biaya}, tunai di meja layanan" if b.biaya else "Tanpa biaya" if b.hasil else ""
    diserahkan = p.selesai_pada if b.hasil in (Butir.Hasil.DIBERIKAN, Butir.Hasil.SEBAGIAN) else None
    return [
        *awal, dikuasai, b.badan_lain, bentuk, _JENIS[C(p.cara_memperoleh)], b.get_hasil_display(), _alasan(b),
        _hari(p.dijawab_pada), _hari(diserahkan), biaya,
    ]  # fmt: skip


def _alasan(b: Butir) -> str:
    if b.dikecualikan:
        return f"Pasal 17 huruf {b.pasal_17}; {b.dikecualikan.keputusan}"
    if b.uji:
        return f"Uji konsekuensi {b.uji.nomor}"
    return b.bagian_dihitamkan


def permohonan_tahun(tahun: int):
    """The requests of *tahun* in the order of their receipt, with everything a register prints."""
    return (
        Permohonan.objects.filter(diterima_pada__year=tahun)
        .select_related("data")
        .prefetch_related("butir__dikecualikan", "butir__uji")
        .order_by("diterima_pada", "pk")
    )


def _baris_dik(d: InformasiDikecualikan, urut: int, pada: date) -> list[Any]:
    waktu = f"{_hari(d.mulai)} sampai {_hari(d.berakhir)}" if d.berakhir else f"sejak {_hari(d.mulai)}"
    dasar = f"UU 14/2008 Pasal 17 huruf {d.pasal_17} ({HURUF_PASAL_17[d.pasal_17].lower()}); {d.dasar_hukum}"
    keputusan = f"{d.get_penetap_display()}, {d.keputusan}, {_hari(d.tanggal_keputusan)}"
    if d.dicabut_pada:
        keputusan += f"; dicabut {_hari(d.dicabut_pada)} dengan {d.pencabutan}"
    return [
        urut, d.informasi, dasar, d.konsekuensi_dibuka, d.konsekuensi_ditutup, waktu, keputusan, _hari(d.berakhir),
        _KEADAAN[d.keadaan(pada)],
    ]  # fmt: skip


def dik_xlsx(baris: Iterable[InformasiDikecualikan], *, pada: date) -> bytes:
    """The list of excepted information (DIK) with its decisions, as of *pada*."""
    isi = (_baris_dik(d, n, pada) for n, d in enumerate(baris, start=1))
    return _buku("Daftar informasi dikecualikan", f"KPU Kota Palu. {_dibuat()}", DIK_KEPALA, isi)


def dik_pdf(baris: Iterable[InformasiDikecualikan], *, pada: date) -> bytes:
    """The same list on lying sheets."""
    isi = [_baris_dik(d, n, pada) for n, d in enumerate(baris, start=1)]
    return _cetak("Daftar Informasi yang Dikecualikan", [nama for nama, _ in DIK_KEPALA], isi, pada)


def dip_pdf(baris: Iterable[InformasiPublik], *, pada: date) -> bytes:
    """The list of public information on lying sheets, in the columns of Perki 1/2021."""
    kepala = ["No.", "Ringkasan isi informasi", "Pejabat/unit yang menguasai", "Penanggung jawab pembuatan",
              "Waktu dan tempat pembuatan", "Bentuk tersedia", "Jangka waktu penyimpanan", "Kategori",
              "Mutakhir per"]  # fmt: skip
    isi = [
        [n, f"{e.judul}. {e.ringkasan}", e.unit.nama, e.penanggung_jawab, f"{_hari(e.dibuat_pada)}, {e.dibuat_di}",
         e.bentuk, e.retensi, e.get_kategori_display(), _hari(e.dimutakhirkan_pada)]
        for n, e in enumerate(baris, start=1)
    ]  # fmt: skip
    return _cetak("Daftar Informasi Publik", kepala, isi, pada)


def _cetak(judul: str, kepala: list[str], baris: list[list[Any]], pada: date) -> bytes:
    kaki = f"{judul} KPU Kota Palu per {tanggal_panjang(pada)}"
    isi = {"judul": judul, "kepala": kepala, "baris": baris, "kaki": kaki, "per": tanggal_panjang(pada)}
    return cetak("ppid/cetak/daftar.html", isi, samarkan=True).pdf
