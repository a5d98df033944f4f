"""Checks of what decisions rest on, of the lists, of the words of forms, and of the yearly report."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Min, Q
from django.urls import reverse

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import WITA
from kpupalu.naskah.models import JenisNaskah
from ppid.actions.laporan import jatuh_tempo
from ppid.actions.pengecualian import perlu_ditinjau
from ppid.anomali.permohonan import tentang_permohonan
from ppid.anomali.registri import Ketemu, daftarkan_pemeriksaan
from ppid.models import Butir, InformasiDikecualikan, InformasiPublik, LaporanTahunan, Permohonan

H = Butir.Hasil
_KOTA = re.compile(r"(?i)\bkota\b|KPU-?PALU|\b" + re.escape(settings.KODE_SATKER) + r"\b")
_LAMA = re.compile(
    r"(?i)(?:PKPU|Peraturan KPU|Peraturan Komisi Pemilihan Umum)\s+(?:Nomor\s+)?1\s*(?:/|\s+Tahun\s+)2015"
)


@daftarkan_pemeriksaan(
    "penolakan", "Penolakan tanpa dasar yang berlaku", "tinggi",
    "Penolakan menyebut huruf Pasal 17 dan keputusan yang berlaku pada hari diputuskan; bila keputusannya dicabut atau "
    "berakhir, penolakannya ditinjau.",
    hak_urus="ppid.putus_butir",
)  # fmt: skip
def penolakan_tanpa_dasar(pada: date) -> Iterator[Ketemu]:
    """Refused items whose exception was revoked, has ended, or did not hold when they were decided."""
    for b in perlu_ditinjau(pada).select_related("permohonan", "dikecualikan"):
        keputusan = b.dikecualikan.keputusan if b.dikecualikan else "keputusan yang tidak tercatat"
        kata = f"Butir {b.urut} ditolak menurut {keputusan}, yang tidak berlaku."
        yield tentang_permohonan(b.permohonan, kata, f"butir-{b.urut}")


@daftarkan_pemeriksaan(
    "dikecualikan-sendiri", "Dikecualikan oleh KPU Kota sendiri", "tinggi",
    "KPU Kabupaten/Kota tidak menetapkan pengecualian (PKPU 22/2023 Pasal 24–25); ia mengusulkan uji konsekuensi lewat "
    "KPU Provinsi.",
    boleh_dinilai=True, hak_urus="ppid.putus_butir",
)  # fmt: skip
def dikecualikan_sendiri(pada: date) -> Iterator[Ketemu]:
    """Exceptions whose decision looks like one of the city, and parts held back without any decision."""
    for d in InformasiDikecualikan.objects.order_by("pk"):
        if _KOTA.search(d.keputusan):
            yield Ketemu(d, d.informasi[:200], f"Keputusan {d.keputusan} tampak dari KPU Kota.", d.get_absolute_url())
    sebagian = Butir.objects.filter(hasil=H.SEBAGIAN, dikecualikan=None, uji=None).exclude(bagian_dihitamkan="")
    for b in sebagian.select_related("permohonan").order_by("pk"):
        if not re.search(r"(?i)pasal\s+17", b.bagian_dihitamkan):
            kata = f"Butir {b.urut} diberikan sebagian tanpa menyebut Pasal 17 atau keputusannya."
            yield tentang_permohonan(b.permohonan, kata, f"butir-{b.urut}")


@daftarkan_pemeriksaan(
    "daftar-informasi", "Daftar Informasi Publik tidak terpelihara", "sedang",
    "Informasi berkala diperbarui tepat waktu; tiap entri menyebut masa simpan dan dapat diperoleh.",
    hak_urus="ppid.tetapkan_dip",
)  # fmt: skip
def daftar_tidak_terpelihara(pada: date) -> Iterator[Ketemu]:
    """Published entries past due, without retention, or with neither file nor link."""
    for e in InformasiPublik.objects.perlu_dimutakhirkan(pada).order_by("pk"):
        kata = f"Jatuh tempo {tanggal_panjang(e.jatuh_tempo)} sudah lewat." if e.jatuh_tempo else ""
        yield Ketemu(e, e.judul, kata, e.get_absolute_url(), "lewat")
    for e in InformasiPublik.objects.terbit().filter(Q(retensi="") | Q(berkas="", tautan="")).order_by("pk"):
        if not e.retensi:
            yield Ketemu(e, e.judul, "Belum menyebut jangka waktu penyimpanan.", e.get_absolute_url(), "retensi")
        if not e.berkas and not e.tautan:
            yield Ketemu(e, e.judul, "Belum memuat berkas atau tautan.", e.get_absolute_url(), "berkas")


@daftarkan_pemeriksaan(
    "peraturan-lama", "Menyebut PKPU 1/2015", "rendah",
    "PKPU 1/2015 dicabut oleh PKPU 22/2023. Formulir, halaman, dan entri menyebut peraturan yang berlaku.",
    boleh_dinilai=True, hak_urus="ppid.tetapkan_dip",
)  # fmt: skip
def menyebut_peraturan_lama(pada: date) -> Iterator[Ketemu]:
    """Entries, exceptions, kinds of documents and pages of the desk that still cite the revoked regulation."""
    for e in InformasiPublik.objects.terbit().order_by("pk"):
        if _LAMA.search(f"{e.judul} {e.ringkasan} {e.sk}"):
            yield Ketemu(e, e.judul, "Entri daftar menyebut PKPU 1/2015.", e.get_absolute_url())
    for d in InformasiDikecualikan.objects.berlaku(pada).order_by("pk"):
        if _LAMA.search(d.dasar_hukum):
            yield Ketemu(d, d.informasi[:200], "Dasar pengecualian menyebut PKPU 1/2015.", d.get_absolute_url())
    for j in JenisNaskah.objects.berlaku(pada).filter(kode__startswith="ppid-").order_by("pk"):
        if _LAMA.search(j.dasar):
            yield Ketemu(j, j.nama, "Dasar jenis naskah menyebut PKPU 1/2015.")
    for jalur in _templat():
        if _LAMA.search(jalur.read_text(encoding="utf-8")):
            jenis = JenisNaskah.objects.filter(kode="ppid-permohonan").first()
            if jenis:
                yield Ketemu(jenis, jalur.name, "Halaman atau formulir menyebut PKPU 1/2015.", "", jalur.name)


def _templat() -> list[Path]:
    """The pages and printed forms of the desk."""
    return sorted((Path(settings.BASE_DIR) / "templates" / "ppid").rglob("*.html"))


@daftarkan_pemeriksaan(
    "laporan-tahunan", "Laporan tahunan belum dikirim", "tinggi",
    "Laporan layanan informasi disampaikan kepada KPU Provinsi paling lambat tiga bulan setelah tahun anggaran "
    "berakhir.",
    hak_urus="ppid.susun_laporan",
)  # fmt: skip
def laporan_belum_dikirim(pada: date) -> Iterator[Ketemu]:
    """Past years with requests, and opened reports, whose report was due before *pada* and has not been sent."""
    awal = Permohonan.objects.aggregate(n=Min("diterima_pada"))["n"]
    ada = {laporan.tahun: laporan for laporan in LaporanTahunan.objects.all()}
    tahun = set(ada) | (set(range(awal.astimezone(WITA).year, pada.year)) if awal else set())
    for satu in sorted(tahun):
        laporan = ada.get(satu) or LaporanTahunan(tahun=satu)
        if laporan.status != LaporanTahunan.Status.TERKIRIM and (akhir := jatuh_tempo(satu)) < pada:
            kata = f"Seharusnya dikirim paling lambat {tanggal_panjang(akhir)}."
            tentang = LaporanTahunan(pk=satu, tahun=satu)
            yield Ketemu(tentang, f"Laporan {satu}", kata, reverse("ppid:laporan_daftar"), "belum")
