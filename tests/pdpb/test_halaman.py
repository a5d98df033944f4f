"""The pages of the voter data: who may open them, what they say when empty or filled, and what a wrong input gets."""

import gzip
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from pdpb import impor, urls
from pdpb.actions.bukti import beri_bukti
from pdpb.actions.ekspor import minta_ekspor
from pdpb.actions.ganda import putuskan
from pdpb.actions.lintas import jawab
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.pengumuman import catat_laman
from pdpb.models import (
    BarisCoktas,
    BukaKembali,
    EksporDaftar,
    JawabanLintas,
    KegiatanCoktas,
    Pemilih,
    Pendaftaran,
    Pengumuman,
    Periode,
    Perubahan,
    SnapshotBaris,
    Tanggapan,
    Temuan,
)
from pdpb.pekerjaan_cetak import cetak_rekap_periode
from pdpb.views.perubahan import MAKS_MASSAL
from tests import make
from tests.pdpb.jelajah import baca, jelajahi
from tests.pdpb.pasangan_uji import ALASAN, daftar_lintas, pasangan
from tests.pdpb.surat_bawaslu import surat_dan_lembar

pytestmark = pytest.mark.django_db

PERAN = ("operator", "verifikator", "kasubbag_rendatin", "sekretaris", "ketua", "anggota", "bawaslu", "auditor",
         "gudang", "admin")  # fmt: skip
PETUGAS = {"operator", "verifikator", "kasubbag_rendatin"}
ANGKA = PETUGAS | {"sekretaris", "ketua", "anggota", "bawaslu", "auditor"}
NAMA = ANGKA - {"sekretaris", "bawaslu"}
KASUBBAG = {"kasubbag_rendatin"}
IMPOR = {"operator", "kasubbag_rendatin"}
KONFIRMASI = {"verifikator", "kasubbag_rendatin"}
USUL = {"operator", "verifikator"}
SARAN = NAMA | {"bawaslu"}
JAWAB = {"operator", "verifikator"}
SEMUA = set(PERAN)

# name of the page: what stands in its address, who may open it, status of GET, status of a POST with a senseless form.
HALAMAN: dict[str, tuple[dict, set, int, int]] = {
    "periode_daftar": ({}, ANGKA, 200, 200),
    "periode_baru": ({}, KASUBBAG, 200, 422),
    "periode_detail": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "periode_ubah": ({"kode": "2026-tw4"}, KASUBBAG, 200, 422),
    "masukan": ({"kode": "2026-tw4"}, KASUBBAG, 200, 422),
    "prapleno": ({"kode": "2026-tw4"}, KASUBBAG | {"sekretaris", "ketua"}, 200, 405),
    "bekukan": ({"kode": "2026-tw4"}, KASUBBAG, 200, 302),
    "buka_minta": ({"kode": "2026-tw4"}, {"operator", "kasubbag_rendatin"}, 200, 422),
    "buka_setujui": ({"kode": "2026-tw4", "pk": "buka"}, {"ketua", "sekretaris"}, 200, 422),
    "berita_acara": ({"kode": "2026-tw4"}, KASUBBAG, 302, 302),
    "umumkan": ({"kode": "2026-tw4"}, KASUBBAG | {"sekretaris"}, 200, 409),
    "rapat_baru": ({"kode": "2026-tw4", "jenis": "pleno"}, KASUBBAG, 200, 422),
    "salinan": ({"kode": "2026-tw3"}, (ANGKA - {"verifikator", "bawaslu"}), 200, 200),
    "papan": ({"kode": "2026-tw3"}, ANGKA, 200, 200),
    "papan_pasang": ({"kode": "2026-tw3", "kunci": "papan_kpu"}, PETUGAS | {"sekretaris"}, 200, 422),
    "papan_turun": ({"kode": "2026-tw3", "pk": "papan"}, PETUGAS | {"sekretaris"}, 200, 422),
    # Its evidence is a link: there is no photo to show.
    "papan_foto": ({"kode": "2026-tw3", "pk": "papan"}, set(), 404, 404),
    "rekap": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "rekap_periksa": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "selisih": ({}, ANGKA, 200, 422),
    "rekap_selisih": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "rekap_xlsx": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "rekap_mutu": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "mesin_waktu": ({}, ANGKA, 200, 200),
    # Reached from there only with an area and days; tests/pdpb/test_halaman_mesin_waktu.py opens them.
    "mesin_waktu_nama": ({}, set(), 404, 404),
    "mesin_waktu_selisih": ({}, set(), 404, 404),
    "mesin_waktu_ekspor": ({}, set(), 404, 404),
    "uji_petik_daftar": ({}, ANGKA, 200, 200),
    "uji_petik_baru": ({}, KASUBBAG, 200, 422),
    "uji_petik_detail": ({"pk": "uji"}, ANGKA, 200, 200),
    "uji_petik_tarik": ({"pk": "uji"}, KASUBBAG, 405, 302),
    "uji_petik_selesai": ({"pk": "uji"}, KASUBBAG, 405, 302),
    "uji_petik_batalkan": ({"pk": "uji"}, KASUBBAG, 200, 422),
    # By kelurahan; tests/pdpb/test_uji_petik.py opens it.
    "uji_petik_lembar": ({"pk": "uji"}, set(), 404, 404),
    "uji_petik_isi": ({"pk": "contoh"}, {"operator", "verifikator"}, 200, 422),
    "rekap_cetak": ({"kode": "2026-tw4"}, ANGKA, 200, 422),
    "rekap_cetakan": ({"pk": "cetakan"}, {"ketua", "auditor"}, 200, 200),
    "rekap_unduh": ({"pk": "cetakan"}, {"ketua", "auditor"}, 200, 200),
    # Things that exist for whoever asked for them, or from a second version on: nobody's here.
    "rekap_banding": ({"kode": "2026-tw3", "versi": 1}, set(), 404, 404),
    "ekspor_unduh": ({"kode": "tiada"}, set(), 404, 404),
    "ekspor_daftar": ({}, KASUBBAG | {"sekretaris", "ketua", "auditor"}, 200, 200),
    "ekspor_baru": ({}, KASUBBAG, 200, 422),
    "ekspor_detail": ({"pk": "ekspor"}, KASUBBAG | {"sekretaris", "ketua", "auditor"}, 200, 200),
    "ekspor_putuskan": ({"pk": "ekspor"}, {"sekretaris", "ketua"}, 200, 422),
    "ekspor_ulang": ({"pk": "ekspor"}, KASUBBAG, 405, 404),
    "bukti_beri": ({"pk": "pemilih"}, PETUGAS, 200, 422),
    "bukti_daftar": ({}, PETUGAS | {"sekretaris", "ketua", "auditor"}, 200, 200),
    "bukti_detail": ({"pk": "bukti"}, PETUGAS | {"sekretaris", "ketua", "auditor"}, 200, 200),
    # Fetched by who gave it, which is nobody of these.
    "bukti_unduh": ({"pk": "bukti"}, PETUGAS, 405, 302),
    "bukti_cetak": ({"pk": "bukti"}, PETUGAS, 405, 302),
    "bukti_periksa": ({}, SEMUA, 200, 422),
    "bukti_skrip": ({}, SEMUA, 200, 405),
    "pengumuman_daftar": ({}, SEMUA, 200, 200),
    "pengumuman": ({"kode": "2026-tw3"}, SEMUA, 200, 200),
    "tanggapan_baru": ({}, SEMUA, 200, 422),
    "tanggapan_tiket": ({}, SEMUA, 200, 422),
    # Without a ticket in the session they lead to the page that asks for its code.
    "tanggapan_terima": ({}, SEMUA, 302, 302),
    "tanggapan_lihat": ({}, SEMUA, 302, 302),
    "tanggapan_tutup": ({}, SEMUA, 405, 302),
    "tanggapan_daftar": ({}, PETUGAS | {"auditor"}, 200, 200),
    "tanggapan_catat": ({}, USUL, 200, 422),
    "tanggapan_detail": ({"pk": "tanggapan"}, PETUGAS | {"auditor"}, 200, 200),
    "tanggapan_kontak": ({"pk": "tanggapan"}, PETUGAS, 405, 422),
    "tanggapan_lampiran": ({"pk": "tanggapan", "nomor": 1}, PETUGAS, 404, 405),
    "tanggapan_lengkapi": ({"pk": "tanggapan"}, USUL, 200, 422),
    "tanggapan_cocokkan": ({"pk": "tanggapan"}, PETUGAS, 200, 422),
    "tanggapan_cetak_terima": ({"pk": "tanggapan"}, PETUGAS, 200, 405),
    "tanggapan_surat": ({"pk": "tanggapan"}, PETUGAS, 200, 422),
    **{f"tanggapan_usulkan_{j}": ({"pk": "tanggapan"}, USUL, 200, 422) for j in ("baru", "tms", "ubah", "mutasi")},
    **{
        f"tanggapan_{n}": ({"pk": "tanggapan"}, PETUGAS, 200, 422)
        for n in ("nyatakan_lengkap", "minta_kelengkapan", "jawab", "tolak", "buka_kembali")
    },
    "pemilih_daftar": ({}, NAMA, 200, 200),
    "pemilih_cari": ({}, NAMA, 200, 422),
    "pemilih_detail": ({"pk": "pemilih"}, NAMA, 200, 200),
    "pemilih_buka_nik": ({"pk": "pemilih"}, PETUGAS, 405, 422),
    "perubahan_daftar": ({}, NAMA, 200, 200),
    "perubahan_detail": ({"pk": "perubahan"}, NAMA, 200, 200),
    "perubahan_bukti": ({"pk": "perubahan"}, PETUGAS, 200, 405),
    "perubahan_lengkapi": ({"pk": "perubahan"}, PETUGAS, 200, 422),
    # Only by the person who proposed, which is nobody of these.
    "perubahan_tarik": ({"pk": "perubahan"}, set(), 404, 404),
    "perubahan_massal": ({}, {"verifikator", "kasubbag_rendatin"}, 405, 409),
    "usul_baru": ({}, {"operator", "verifikator"}, 200, 422),
    "usul_tms": ({"pk": "pemilih"}, {"operator", "verifikator"}, 200, 422),
    "usul_ubah": ({"pk": "pemilih"}, {"operator", "verifikator"}, 200, 422),
    "usul_mutasi": ({"pk": "pemilih"}, {"operator", "verifikator"}, 200, 422),
    "temuan_daftar": ({}, NAMA, 200, 200),
    "ganda_daftar": ({}, NAMA, 200, 200),
    "ganda_cari": ({}, PETUGAS, 405, 302),
    "ganda_detail": ({"pk": "pasangan"}, NAMA, 200, 200),
    "ganda_konfirmasi": ({"pk": "pasangan"}, KONFIRMASI, 405, 302),
    "ganda_kembalikan": ({"pk": "pasangan"}, PETUGAS, 405, 422),
    "ganda_tarik": ({"pk": "pasangan"}, PETUGAS, 405, 422),
    "ganda_batalkan": ({"pk": "pasangan"}, PETUGAS, 405, 422),
    "ganda_buka_nik": ({"pk": "pasangan"}, PETUGAS, 405, 422),
    "lintas_daftar": ({}, NAMA, 200, 200),
    "lintas_semua": ({}, NAMA, 200, 200),
    "lintas_baris": ({"batch": "lintas"}, NAMA, 200, 200),
    "lintas_detail": ({"pk": "jawaban"}, NAMA, 200, 200),
    "lintas_konfirmasi": ({"pk": "jawaban"}, KONFIRMASI, 405, 302),
    "lintas_kembalikan": ({"pk": "jawaban"}, KONFIRMASI, 405, 422),
    "lintas_batalkan": ({"pk": "jawaban"}, KONFIRMASI, 405, 422),
    "lintas_tidak_ada": ({"batch": "lintas"}, {"operator", "verifikator"}, 200, 422),
    "lintas_konfirmasi_banyak": ({"batch": "lintas"}, KONFIRMASI, 405, 409),
    "lintas_balasan": ({"batch": "lintas"}, NAMA, 200, 405),
    "kematian_daftar": ({}, NAMA, 200, 200),
    "kematian_detail": ({"pk": "pemilih"}, NAMA, 200, 200),
    "kematian_lapor": ({"pk": "pemilih"}, PETUGAS, 200, 422),
    "kematian_tindak": ({"pk": "pemilih"}, PETUGAS, 405, 422),
    "kematian_dokumen": ({"pk": "pemilih"}, PETUGAS, 405, 422),
    "kematian_hidup": ({"pk": "pemilih"}, KONFIRMASI, 405, 422),
    "kematian_muat": ({}, PETUGAS, 200, 422),
    "kematian_dimuat": ({"pk": "cetakan"}, set(), 404, 404),
    "kematian_surat": ({"kode": make.TALISE}, PETUGAS, 200, 422),
    "kematian_naskah": ({"pk": 9_999}, set(), 404, 404),
    "coktas_daftar": ({}, NAMA, 200, 200),
    "coktas_calon": ({}, KONFIRMASI, 200, 200),
    "coktas_calon_satu": ({"kode": make.TALISE}, KONFIRMASI, 200, 422),
    "coktas_detail": ({"pk": "coktas"}, NAMA, 200, 200),
    "coktas_alihkan": ({"pk": "coktas"}, KONFIRMASI, 405, 422),
    "coktas_mulai": ({"pk": "coktas"}, KONFIRMASI, 405, 302),
    "coktas_selesai": ({"pk": "coktas"}, KONFIRMASI, 200, 422),
    "coktas_batal": ({"pk": "coktas"}, KONFIRMASI, 200, 422),
    "coktas_naskah": ({"pk": "coktas", "jenis": "surat-tugas"}, KONFIRMASI, 405, 302),
    "coktas_cetak_lembar": ({"pk": "coktas"}, KONFIRMASI, 405, 302),
    "coktas_lembar": ({"pk": "cetakan"}, set(), 404, 404),
    "coktas_lembar_unduh": ({"pk": "cetakan"}, set(), 404, 404),
    "coktas_tugas": ({}, {"operator", "verifikator"}, 200, 200),
    "coktas_satu": ({"pk": "kunjungan"}, {"operator"}, 200, 200),
    "coktas_isi": ({"pk": "kunjungan", "hasil": "sesuai"}, {"operator"}, 200, 422),
    "coktas_foto": ({"pk": "kunjungan"}, NAMA, 404, 405),
    "adpb2": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "adpb2_xlsx": ({"kode": "2026-tw4"}, ANGKA, 200, 200),
    "sidalih_daftar": ({}, NAMA, 200, 200),
    "sidalih_susun": ({"kode": "2026-tw4"}, IMPOR, 405, 302),
    "sidalih_lembar": ({"pk": "lembar"}, NAMA, 200, 200),
    "sidalih_unduh": ({"pk": "lembar"}, IMPOR, 405, 200),
    "sidalih_diunggah": ({"pk": "lembar"}, IMPOR, 200, 302),
    "sidalih_berkas": ({"kode": "2026-tw4"}, IMPOR, 200, 422),
    "sidalih_rekonsiliasi": ({"kode": "2026-tw4"}, NAMA, 200, 405),
    "sidalih_tindakan": ({"kode": "2026-tw4"}, IMPOR, 405, 422),
    "saran_daftar": ({}, SARAN, 200, 200),
    "saran_baru": ({}, JAWAB, 200, 422),
    "saran_detail": ({"pk": "saran"}, SARAN, 200, 200),
    "saran_berkas": ({"pk": "saran"}, PETUGAS, 200, 405),
    "saran_tambah_daftar": ({"pk": "saran"}, JAWAB, 200, 422),
    "saran_kolom": ({"pk": "saran_daftar"}, JAWAB, 200, 422),
    "saran_nama_baru": ({"pk": "saran"}, JAWAB, 200, 422),
    "saran_banyak": ({"pk": "saran"}, JAWAB, 405, 302),
    "saran_usul_banyak": ({"pk": "saran"}, JAWAB, 200, 302),
    "saran_ajukan": ({"pk": "saran"}, JAWAB, 405, 302),
    "saran_putuskan": ({"pk": "saran_diajukan"}, KASUBBAG, 200, 422),
    "saran_nama": ({"pk": "saran_nama"}, NAMA, 200, 200),
    "saran_usul_tms": ({"pk": "saran_nama"}, JAWAB, 200, 422),
    "saran_usul_ubah": ({"pk": "saran_nama"}, JAWAB, 200, 422),
    "saran_usul_mutasi": ({"pk": "saran_nama"}, JAWAB, 200, 422),
    "saran_usul_baru": ({"pk": "saran_nama"}, JAWAB, 200, 422),
    "saran_xlsx": ({"pk": "saran_lembar"}, SARAN, 200, 405),
    "saran_cetak": ({"pk": "saran_lembar"}, SARAN, 405, 302),
    "saran_surat": ({"pk": "saran_lembar"}, PETUGAS, 405, 302),
    # Prints are for whoever asked for them; the test of the sheets asks.
    "saran_cetakan": ({"pk": 0}, set(), 404, 404),
    "saran_unduh": ({"pk": 0}, set(), 404, 404),
    "impor_daftar": ({}, IMPOR, 200, 200),
    "impor_baru": ({}, IMPOR, 200, 422),
    "impor_detail": ({"pk": "impor"}, IMPOR, 200, 200),
    "impor_kolom": ({"pk": "impor"}, IMPOR, 200, 302),
    "impor_periksa": ({"pk": "impor"}, IMPOR, 200, 200),
    "impor_dampak": ({"pk": "impor"}, IMPOR, 200, 200),
    "impor_terapkan": ({"pk": "impor"}, IMPOR, 200, 302),
    "impor_laporan": ({"pk": "impor"}, IMPOR, 200, 200),
    "impor_ditolak": ({"pk": "impor", "urut": 1}, IMPOR, 200, 200),
    "impor_susulan": ({"pk": "impor"}, IMPOR, 200, 422),
    "impor_jelaskan": ({"pk": "impor"}, IMPOR, 200, 422),
    "impor_batalkan": ({"pk": "impor"}, IMPOR, 200, 422),
    "impor_berita_acara": ({"pk": "impor_selesai"}, IMPOR, 200, 200),
    "impor_perbaiki": ({"pk": "impor"}, IMPOR, 200, 422),
    "impor_riwayat_perbaikan": ({"pk": "impor"}, IMPOR, 200, 200),
    "impor_cetak": ({"pk": "impor_selesai"}, IMPOR, 405, 302),
    "impor_cetakan": ({"pk": "cetakan"}, set(), 404, 404),
    "impor_cetakan_unduh": ({"pk": "cetakan"}, set(), 404, 404),
}
PILIH_ORANG = {"operator", "verifikator", "kasubbag_rendatin"}
HALAMAN |= {
    "padanan_daftar": ({"pk": "impor"}, PILIH_ORANG, 200, 200),
    "padanan_ambil": ({"pk": "impor"}, PILIH_ORANG, 405, 302),
    "padanan_pasti": ({"pk": "impor"}, PILIH_ORANG, 200, 302),
    "padanan_susulkan": ({"pk": "impor"}, IMPOR, 405, 409),
    "impor_kembalikan": ({"pk": "impor"}, IMPOR, 200, 200),
    # Rows whose person is to be chosen: tests/pdpb/test_padan_orang.py has a list of names and opens them.
    "padanan_detail": ({"pk": "impor", "nomor": 0}, set(), 404, 404),
    "padanan_lagi": ({"pk": "impor", "nomor": 0}, PILIH_ORANG, 405, 404),
    "impor_kembalikan_xlsx": ({"pk": "impor", "urut": 9}, set(), 404, 404),
}
PUBLIK_TANGGAPAN = {f"tanggapan_{n}" for n in ("baru", "tiket", "terima", "lihat", "tutup")}
PUBLIK = {"pengumuman_daftar", "pengumuman", "bukti_periksa", "bukti_skrip"}


@pytest.fixture(scope="module")
def kantor(django_db_setup, django_db_blocker):
    """One office at work for the whole module; each test works in a savepoint inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lama, kini = make.kantor_berisi()
        minta = BukaKembali.objects.create(
            periode=kini, alasan="Saran perbaikan", nomor_surat="1/PM/2026", diminta_oleh=make.sari()
        )
        for peran in PERAN:
            make.orang(f"uji_{peran}", peran)
        perubahan = Perubahan.objects.select_related("bukti").order_by("pk").first()
        perubahan.bukti.berkas.save("akta.pdf", ContentFile(b"%PDF-1.4\n%%EOF\n"))
        naskah = siapkan(naskah_periode(lama), by=make.budi())
        cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
        Naskah.objects.filter(pk=naskah.pk).update(status="diumumkan")
        cetakan = start_job(
            "pdpb.cetak_rekap", by=make.orang("uji_ketua", "ketua"), periode=kini.pk, wilayah=make.PETOBO, kertas="a4"
        )
        hasil = cetak_rekap_periode(cetakan)
        Job.objects.filter(pk=cetakan.pk).update(status="selesai", hasil=hasil, selesai_pada=sekarang())
        selesai = make.impor_perubahan(kini)
        impor.terapkan(selesai, oleh=make.sari(), terima_peringatan=True)
        make.lupakan_sementara()
        ekspor = minta_ekspor(
            periode=lama,
            wilayah=make.tps().kelurahan,
            jenis=EksporDaftar.Jenis.PEMILIH,
            bentuk=EksporDaftar.Bentuk.XLSX,
            oleh=make.budi(),
            penerima="KPU Provinsi",
            tujuan="salinan sesudah pleno",
            nik_penuh=True,
            dasar_hukum="PKPU 1/2025",
        )
        catat_laman(lama, oleh=make.budi())
        papan = Pengumuman.objects.get(periode=lama)
        versi = list(Pendaftaran.objects.aktif().order_by("pk")[:2])
        ganda = putuskan(
            pasangan(*versi), putusan="beda", alasan=ALASAN, bukti=make.bukti(), periode=kini, oleh=make.sari()
        )  # fmt: skip
        lintas = daftar_lintas(kini, versi[0].identitas.nik, "7210011708909001")
        jawaban = JawabanLintas.objects.get(batch=lintas, pemilih=versi[0].pemilih)
        jawab(jawaban, jawaban="tetap", alasan=ALASAN, bukti=make.bukti(), oleh=make.sari())
        uji = make.uji_petik(lama)
        terdaftar = SnapshotBaris.objects.filter(snapshot__periode=lama).first().pendaftaran.pemilih
        coktas = KegiatanCoktas.objects.create(
            periode=kini, kelurahan=make.tps().kelurahan, mulai=kini.mulai, akhir=kini.akhir, keperluan="Uji",
            status="berjalan", dibuat_oleh=make.wati(),
        )  # fmt: skip
        kunjungan = BarisCoktas.objects.create(
            kegiatan=coktas, pemilih=versi[0].pemilih, versi=versi[0], petugas=make.orang("uji_operator", "operator"),
            alasan=["usia"],
        )  # fmt: skip
        yield {
            "coktas": coktas.pk,
            "kunjungan": kunjungan.pk,
            "pasangan": ganda.pk,
            "lintas": lintas.pk,
            "jawaban": jawaban.pk,
            "uji": uji.pk,
            "contoh": uji.contoh.first().pk,
            "bukti": beri_bukti(terdaftar, medan=["nama"], pengenal="ktp", oleh=make.sari()).pk,
            "ekspor": ekspor.pk,
            **surat_dan_lembar(kini),
            "impor": make.impor_perubahan(kini, rusak=True).pk,
            "impor_selesai": selesai.pk,
            "kini": kini,
            "lama": lama,
            "buka": minta.pk,
            "cetakan": cetakan.pk,
            "papan": papan.pk,
            "pemilih": Pemilih.objects.order_by("-pk").first().pk,
            "perubahan": perubahan.pk,
            "tanggapan": Tanggapan.objects.get(status="diperiksa").pk,
        }
        transaction.set_rollback(True)


def masuk(client, peran: str):
    """*client* logged in as the person of one role."""
    client.force_login(make.orang(f"uji_{peran}", peran))
    return client


def alamat(nama: str, kantor: dict) -> str:
    isi = {k: kantor.get(v, v) if k in ("pk", "batch") else v for k, v in HALAMAN[nama][0].items()}
    return reverse(f"pdpb:{nama}", kwargs=isi)


# --- Who may -----------------------------------------------------------------------------------------------------
def test_the_table_names_every_page():
    assert {p.name for p in urls.urlpatterns} == HALAMAN.keys()


@pytest.mark.parametrize("metode", ["get", "post"])
@pytest.mark.parametrize("nama", HALAMAN)
def test_who_may_open_each_page(client, kantor, nama, metode):
    _, boleh, get, post = HALAMAN[nama]
    diharap = {peran: (get if metode == "get" else post) if peran in boleh else 404 for peran in PERAN}
    didapat = {}
    for peran in PERAN:
        masuk(client, peran)
        with transaction.atomic():
            didapat[peran] = getattr(client, metode)(alamat(nama, kantor), {"x": "1"}).status_code
            transaction.set_rollback(True)
    assert didapat == diharap
    client.logout()
    jawaban = getattr(client, metode)(alamat(nama, kantor))
    if nama in PUBLIK_TANGGAPAN:
        assert jawaban.status_code in (200, 302, 405)
        assert jawaban.get("Location", "") in ("", reverse("pdpb:tanggapan_tiket"))
    elif nama in PUBLIK:
        assert jawaban.status_code == (get if metode == "get" else post)
    else:
        assert (jawaban.status_code, urlsplit(jawaban["Location"]).path) == (302, reverse("account_login"))


def test_not_there_and_no_right_look_the_same(client, kantor):
    """The page for a voter that does not exist is the page of somebody without the right, byte for byte but tokens."""
    masuk(client, "operator")
    tiada = client.get(reverse("pdpb:pemilih_detail", args=[99_999_999])).content.decode()
    larangan = client.get(reverse("pdpb:periode_baru")).content.decode()
    buang = re.compile(r'value="[^"]{20,}"|x-csrftoken[^}]*|[0-9A-F]{8,}')
    assert buang.sub("", tiada) == buang.sub("", larangan)


@pytest.mark.parametrize("peran", PERAN)
def test_no_link_on_any_page_of_a_role_leads_nowhere(client, kantor, peran):
    masuk(client, peran)
    hasil = jelajahi(client, ["/"], maks=250)
    buruk = {a: j.status_code for a, j in hasil.items() if j.status_code not in (200, 301, 302)}
    assert buruk == {}
    assert len(hasil) > 5


def test_a_reader_who_posts_a_decision_changes_nothing(client, kantor):
    masuk(client, "auditor")
    temuan = Temuan.objects.get()
    data = {"id": temuan.pk, "status": "selesai", "keputusan": "Sudah diperiksa semuanya"}
    client.post(reverse("pdpb:temuan_daftar"), data)
    assert Temuan.objects.get(pk=temuan.pk).status == "terbuka"


# --- Numbers and their rows --------------------------------------------------------------------------------------
def angka_bertautan(client, url: str) -> list[tuple[str, int]]:
    """Every link of a page whose words are a number, with the number; a dash is zero."""
    halaman = baca(url, client.get(url).content.decode())
    hasil = []
    for tujuan, kata in halaman.tautan:
        bersih = kata.replace(".", "")
        if bersih == "-" or bersih.isdigit():
            hasil.append((tujuan, 0 if bersih == "-" else int(bersih)))
    return hasil


def banyak_baris(client, tujuan: str) -> int:
    """How many rows the list at *tujuan* shows over all its pages."""
    jumlah, maks = 0, 50
    while tujuan and (maks := maks - 1):
        isi = client.get(tujuan).content.decode()
        jumlah += len(re.findall(r"<tr><td[ >]", isi.partition("<tbody>")[2].partition("</tbody>")[0]))
        lanjut = [a for a, kata in baca(tujuan, isi).tautan if kata.startswith("Berikutnya")]
        tujuan = lanjut[0] if lanjut else ""
    return jumlah


@pytest.mark.parametrize(
    "saringan",
    ["", "?tingkat=kecamatan", "?tingkat=kelurahan", "?tingkat=kelurahan&wilayah=72.71.03", "?tingkat=tps",
     f"?tingkat=tps&wilayah={make.PETOBO}"],
)  # fmt: skip
@pytest.mark.parametrize("kode", ["2026-tw3", "2026-tw4"])
def test_every_number_of_the_recap_leads_to_as_many_rows(client, kantor, kode, saringan):
    masuk(client, "verifikator")
    angka = angka_bertautan(client, reverse("pdpb:rekap", args=[kode]) + saringan)
    salah = [(tujuan, n, m) for tujuan, n in angka if (m := banyak_baris(client, tujuan)) != n]
    assert salah == []
    assert kode == "2026-tw3" or "tps" in saringan or sum(n for _, n in angka) > 0


@pytest.mark.parametrize("tingkat", ["kecamatan", "kelurahan"])
def test_every_counted_change_stands_behind_a_number(client, kantor, tingkat):
    """The links of one level together reach each counted change, none twice in one column."""
    masuk(client, "verifikator")
    url = reverse("pdpb:rekap", args=["2026-tw4"]) + f"?tingkat={tingkat}"
    per_kolom: dict[str, int] = {}
    for tujuan, n in angka_bertautan(client, url):
        if kolom := re.search(r"jenis=(\w+)&(wilayah|tujuan)=", tujuan):
            per_kolom["-".join(kolom.groups())] = per_kolom.get("-".join(kolom.groups()), 0) + n
    dihitung = Perubahan.objects.filter(periode="2026-tw4").dihitung()
    for jenis in ("baru", "tms", "ubah", "mutasi"):
        assert per_kolom[f"{jenis}-wilayah"] == dihitung.filter(jenis=jenis).count() > 0
    assert per_kolom["mutasi-tujuan"] == 1


@pytest.mark.parametrize("kode", ["2026-tw3", "2026-tw4"])
def test_every_number_of_a_period_leads_to_as_many_rows(client, kantor, kode):
    masuk(client, "verifikator")
    for tujuan, n in angka_bertautan(client, reverse("pdpb:periode_detail", args=[kode])):
        assert banyak_baris(client, tujuan) == n, tujuan


@pytest.mark.parametrize("peran", sorted(ANGKA))
def test_every_card_of_beranda_leads_to_as_many_rows(client, kantor, peran):
    masuk(client, peran)
    halaman = baca("/", client.get("/").content.decode())
    for tujuan, kata in halaman.tautan:
        angka, _, judul = kata.partition(" ")
        if (
            judul
            and angka.isdigit()
            and tujuan.startswith((reverse("pdpb:perubahan_daftar"), reverse("pdpb:tanggapan_daftar")))
        ):
            assert banyak_baris(client, tujuan) == int(angka), judul


def test_the_list_of_voters_counts_what_it_shows(client, kantor):
    masuk(client, "verifikator")
    for saringan in ("", f"?kelurahan={make.PETOBO}", f"?kelurahan={make.PETOBO}&tps=901", "?jenis_kelamin=P"):
        url = reverse("pdpb:pemilih_daftar") + saringan
        tertulis = re.search(r"(\d+) pemilih dengan saringan ini", client.get(url).content.decode())
        assert int(tertulis[1]) == banyak_baris(client, url) > 0


# --- Wrong input -------------------------------------------------------------------------------------------------
BARU = {
    "kategori": "genap_17", "nik": "7271084411090001", "nkk": "7271080101209001", "nama": "Nur Contoh",
    "tanggal_lahir": "04-11-2009", "jenis_kelamin": "P", "status_kawin": "B", "rt": "1", "rw": "2", "disabilitas": "0",
    "status_ktpel": "S", "kelurahan": make.TALISE, "tps": "1", "sumber_informasi": "lain",
}  # fmt: skip
PERIODE = {
    "jenis": "triwulan", "tahun": "2027", "urutan": "1", "mulai": "01-01-2027", "akhir": "31-03-2027",
    "dasar_hukum": "PKPU 1/2025",
}  # fmt: skip
SALAH = [
    ("usul_baru", "operator", BARU | {"nik": "72710844110900"}, "NIK harus tepat 16 angka", "72710844110900"),
    ("usul_baru", "operator", BARU | {"nkk": "abc"}, "Nomor KK harus tepat 16 angka", "Nur Contoh"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "31-02-2009"}, "Tanggal tidak dikenal", "31-02-2009"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-2126"}, "di masa depan", "04-11-2126"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-1809"}, "tidak wajar", "04-11-1809"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-2020"}, "belum memenuhi syarat umur", "04-11-2020"),
    ("usul_baru", "operator", BARU | {"rt": "dua"}, "RT ditulis dengan angka", 'value="dua"'),
    ("usul_baru", "operator", BARU | {"tps": "88"}, "TPS dengan nomor ini tidak ada", 'value="88"'),
    ("usul_baru", "operator", BARU | {"kelurahan": "72.71.99.9999"}, "Masukkan pilihan yang valid", "Nur Contoh"),
    ("usul_baru", "operator", BARU | {"nama": ""}, "masih kosong", "7271084411090001"),
    ("usul_baru", "operator", BARU | {"nama": "x" * 121}, "120 karakter", "x" * 121),
    ("usul_tms", "operator", {"kategori": "ganda", "catatan": "dua baris"}, "Isi DPID baris aktif", "dua baris"),
    ("usul_tms", "operator", {"kategori": "tidak_dikenal", "catatan": "lama"}, "pilihan", "lama"),
    ("usul_mutasi", "operator", {"kelurahan": make.LERE, "tps": "77", "alamat": "JL. X"}, "tidak ada di", "JL. X"),
    ("usul_mutasi", "operator", {"kelurahan": make.LERE, "rt": "satu"}, "RT ditulis dengan angka", "satu"),
    ("usul_ubah", "operator", {"nama": "Ma'ruf", "rw": "kosong"}, "RW ditulis dengan angka", "kosong"),
    ("pemilih_cari", "operator", {"kata": "ab", "tujuan": "mencocokkan akta"}, "3 karakter", "mencocokkan akta"),
    ("pemilih_cari", "operator", {"kata": "siti", "tujuan": ""}, "masih kosong", "siti"),
    ("pemilih_buka_nik", "operator", {"tujuan": "cek"}, "5 karakter", 'value="cek"'),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"akhir": "01-01-2020"}, "lebih awal daripada", "01-01-2020"),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"mulai": "kemarin"}, "Tanggal tidak dikenal", "kemarin"),
    ("periode_baru", "kasubbag_rendatin", PERIODE, "belum ditetapkan", "PKPU 1/2025"),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"tahun": "2026", "urutan": "4"}, "sudah ada", "PKPU 1/2025"),
    ("periode_ubah", "kasubbag_rendatin", PERIODE | {"tanggal_pleno": "01-01-2020"}, "tidak mungkin sebelum", "2020"),
    (
        "masukan",
        "kasubbag_rendatin",
        {"lembaga": "Bawaslu", "isi": "", "jawaban": "Ya"},
        "masih kosong",
        "Bawaslu",
    ),
    ("buka_minta", "operator", {"nomor_surat": "1/X", "alasan": "pendek"}, "10 karakter", "1/X"),
    ("buka_minta", "operator", {"nomor_surat": "1/X", "alasan": "alasan cukup panjang"}, "dibekukan", "alasan cukup"),
    ("buka_setujui", "ketua", {"sampai": "besok"}, "Tanggal tidak dikenal", "besok"),
    ("buka_setujui", "ketua", {"sampai": "31-12-2099"}, "tidak lagi dibekukan", "31-12-2099"),
]


@pytest.mark.parametrize(("nama", "peran", "data", "kalimat", "tersimpan"), SALAH)
def test_wrong_input_gets_a_sentence_and_stays_in_the_form(client, kantor, nama, peran, data, kalimat, tersimpan):
    masuk(client, peran)
    url = alamat(nama, kantor)
    jawaban = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    isi = jawaban.content.decode()
    assert jawaban.status_code in (200, 422)
    assert kalimat in isi.replace("&#x27;", "'")
    assert tersimpan in isi.replace("&#x27;", "'")
    assert "Ada isian yang perlu diperbaiki" in isi
    assert "<title>Galat:" in isi


def test_a_filter_that_cannot_be_says_so_and_shows_no_error_page(client, kantor):
    masuk(client, "operator")
    for kueri in ("tps=abc", "tps=0", "kelurahan=x", "jenis_kelamin=Q", "ukuran=7", "setelah=palsu", "sebelum=palsu"):
        assert client.get(reverse("pdpb:pemilih_daftar") + f"?{kueri}").status_code == 200, kueri
    for kueri in ("periode=x", "sejak=2026-99-99", "batch=x", "wilayah='", "jenis=x", "antrean=x", "status=%00"):
        assert client.get(reverse("pdpb:perubahan_daftar") + f"?{kueri}").status_code == 200, kueri
    for kueri in ("tingkat=x", "wilayah='", "wilayah=99"):
        assert client.get(reverse("pdpb:rekap", args=["2026-tw4"]) + f"?{kueri}").status_code == 200, kueri


def test_evidence_that_is_not_what_it_says_is_refused(client, kantor):
    from django.core.files.uploadedfile import SimpleUploadedFile

    masuk(client, "operator")
    palsu = SimpleUploadedFile("akta.pdf", b"MZ\x90\x00 bukan pdf", "application/pdf")
    jawaban = client.post(
        alamat("usul_tms", kantor), {"kategori": "meninggal", "jenis_dokumen": "Akta", "berkas": palsu}
    )
    assert jawaban.status_code == 422
    assert "bukan PDF, JPG, atau PNG" in jawaban.content.decode()


# --- Many at once ------------------------------------------------------------------------------------------------
def test_a_step_with_many_shows_the_check_page_then_the_outcome_of_each(client, kantor):
    masuk(client, "verifikator")
    ids = list(Perubahan.objects.filter(status__in=["diusulkan", "disetujui"]).values_list("pk", flat=True))
    usulan = Perubahan.objects.filter(status="diusulkan").count()
    url = reverse("pdpb:perubahan_massal")
    periksa = client.post(url, {"langkah": "verifikasi", "id": ids}).content.decode()
    assert f"{len(ids)} perubahan dipilih" in periksa
    assert Perubahan.objects.filter(status="diusulkan").exists()
    hasil = client.post(url, {"langkah": "verifikasi", "id": ids, "lanjut": "1", "sumber_informasi": "lain"})
    assert f"{usulan} berhasil, {len(ids) - usulan} dilewati" in hasil.content.decode()
    assert not Perubahan.objects.filter(status="diusulkan").exists()


def test_a_refused_step_keeps_the_selection_and_says_why(client, kantor):
    """The check page is reached by POST only: going back to it by GET would lose everything ticked."""
    masuk(client, "verifikator")
    satu = Perubahan.objects.filter(status="diusulkan").first()
    url = reverse("pdpb:perubahan_massal")
    data = {"langkah": "tolak", "id": satu.pk, "lanjut": "1", "catatan": "pendek"}
    jawaban = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    isi = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert "memerlukan alasan" in isi
    assert f'name="id" value="{satu.pk}"' in isi
    assert 'value="pendek"' in isi


def test_the_largest_selection_fits_into_one_form():
    assert MAKS_MASSAL + 20 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


# --- Weight and queries ------------------------------------------------------------------------------------------
# Queries with the office at work: session, person, roles and substitutes make about five of each.
KUERI = {
    "adpb2": 10,
    "adpb2_xlsx": 8,
    "sidalih_daftar": 19,
    "sidalih_lembar": 11,
    "sidalih_diunggah": 6,
    "sidalih_berkas": 6,
    "sidalih_rekonsiliasi": 16,
    "saran_daftar": 7,
    "saran_baru": 5,
    "saran_detail": 13,
    "saran_berkas": 8,
    "saran_tambah_daftar": 6,
    "saran_kolom": 7,
    "saran_nama_baru": 9,
    "saran_usul_banyak": 8,
    "saran_putuskan": 8,
    "saran_nama": 17,
    "saran_usul_tms": 12,
    "saran_usul_ubah": 11,
    "saran_usul_mutasi": 13,
    "saran_usul_baru": 12,
    "saran_xlsx": 8,
    "periode_daftar": 7,
    "periode_baru": 7,
    "periode_detail": 46,
    "periode_ubah": 7,
    "masukan": 7,
    "prapleno": 69,
    "padanan_daftar": 18,
    "padanan_pasti": 10,
    "impor_kembalikan": 11,
    "kematian_daftar": 17,
    "kematian_detail": 21,
    "kematian_lapor": 9,
    "kematian_muat": 6,
    "kematian_surat": 13,
    "coktas_daftar": 7,
    "coktas_calon": 10,
    "coktas_calon_satu": 33,
    "coktas_detail": 33,
    "coktas_selesai": 8,
    "coktas_batal": 8,
    "coktas_tugas": 9,
    "coktas_satu": 10,
    "coktas_isi": 11,
    "impor_perbaiki": 13,
    "impor_riwayat_perbaikan": 7,
    "bekukan": 11,
    "buka_minta": 7,
    "buka_setujui": 9,
    "umumkan": 7,
    "rapat_baru": 12,
    "salinan": 15,
    "papan": 12,
    "papan_pasang": 9,
    "papan_turun": 9,
    "rekap": 33,
    "rekap_periksa": 26,
    "selisih": 7,
    "rekap_selisih": 30,
    "rekap_xlsx": 11,
    "rekap_mutu": 14,
    "mesin_waktu": 17,
    "uji_petik_daftar": 9,
    "uji_petik_baru": 9,
    "uji_petik_detail": 16,
    "uji_petik_batalkan": 9,
    "uji_petik_isi": 10,
    "bukti_beri": 16,
    "bukti_daftar": 8,
    "bukti_detail": 10,
    "bukti_periksa": 7,
    "bukti_skrip": 7,
    "pengumuman_daftar": 7,
    "pengumuman": 18,
    "pemilih_daftar": 14,
    "pemilih_cari": 8,
    "pemilih_detail": 16,
    "perubahan_daftar": 15,
    "perubahan_detail": 15,
    "perubahan_bukti": 14,
    "perubahan_lengkapi": 8,
    "rekap_cetak": 9,
    "rekap_cetakan": 12,
    "rekap_unduh": 9,
    "ekspor_daftar": 9,
    "ekspor_baru": 11,
    "ekspor_detail": 10,
    "ekspor_putuskan": 9,
    "usul_baru": 10,
    "usul_tms": 12,
    "usul_ubah": 11,
    "usul_mutasi": 13,
    "temuan_daftar": 16,
    "ganda_daftar": 16,
    "ganda_detail": 25,
    "lintas_daftar": 9,
    "lintas_semua": 13,
    "lintas_baris": 16,
    "lintas_detail": 18,
    "lintas_tidak_ada": 10,
    "lintas_balasan": 12,
    "tanggapan_baru": 9,
    "tanggapan_tiket": 7,
    "tanggapan_daftar": 16,
    "tanggapan_catat": 9,
    "tanggapan_detail": 20,
    "tanggapan_lengkapi": 8,
    "tanggapan_cocokkan": 12,
    "tanggapan_cetak_terima": 11,
    "tanggapan_surat": 8,
    "tanggapan_usulkan_baru": 16,
    "tanggapan_usulkan_tms": 14,
    "tanggapan_usulkan_ubah": 13,
    "tanggapan_usulkan_mutasi": 15,
    "tanggapan_nyatakan_lengkap": 8,
    "tanggapan_minta_kelengkapan": 8,
    "tanggapan_jawab": 8,
    "tanggapan_tolak": 8,
    "tanggapan_buka_kembali": 8,
    "impor_daftar": 8,
    "impor_baru": 12,
    "impor_detail": 18,
    "impor_kolom": 12,
    "impor_periksa": 15,
    "impor_dampak": 17,
    "impor_terapkan": 14,
    "impor_laporan": 12,
    "impor_ditolak": 14,
    "impor_susulan": 8,
    "impor_jelaskan": 9,
    "impor_batalkan": 9,
    "impor_berita_acara": 10,
}
HTML_KB = 60


@pytest.mark.parametrize("nama", [n for n, (_, _, get, _) in HALAMAN.items() if get == 200])
def test_a_page_stays_light_and_asks_the_database_little(client, kantor, nama):
    _, boleh, *_ = HALAMAN[nama]
    masuk(client, sorted(boleh & PETUGAS or boleh)[0])
    client.get(alamat(nama, kantor))
    with CaptureQueriesContext(
        connection,
    ) as kueri:
        jawaban = client.get(alamat(nama, kantor))
        isi = b"".join(jawaban) if jawaban.streaming else jawaban.content
    assert len(gzip.compress(isi)) <= HTML_KB * 1024
    assert len(kueri) <= KUERI[nama], f"{len(kueri)} kueri"


@pytest.mark.parametrize(
    "nama",
    ["pemilih_daftar", "perubahan_daftar", "tanggapan_daftar", "temuan_daftar", "rekap", "periode_detail",
     "pemilih_cari"],
)  # fmt: skip
def test_more_rows_ask_no_more_queries(client, kantor, nama):
    """The same number of queries with few rows as with a page full of them, and a full page is light."""
    masuk(client, "verifikator")

    def ukur() -> tuple[int, int]:
        url = alamat(nama, kantor)
        with CaptureQueriesContext(connection) as kueri:
            if nama == "pemilih_cari":
                jawaban = client.post(url, {"kata": "contoh", "tujuan": "uji beban halaman"})
            else:
                jawaban = client.get(url, {"ukuran": "100"})
        assert jawaban.status_code == 200
        return len(kueri), len(gzip.compress(jawaban.content))

    sedikit, _ = ukur()
    for nomor in range(60):
        versi = make.pemilih(make.LERE, per=kantor["kini"], nomor_tps=nomor % 9 + 1, nama=f"CONTOH {nomor}")
        make.usul("meninggal", versi, per=kantor["kini"])
        Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan=f"RT {nomor} tidak diisi.")
        make.tanggapan()
    banyak, byte = ukur()
    assert banyak <= sedikit + 1
    assert byte <= HTML_KB * 1024


def test_a_full_check_page_of_many_changes_stays_light(client, kantor):
    masuk(client, "verifikator")
    jawaban = client.post(reverse("pdpb:perubahan_massal"), {"langkah": "tolak", "id": list(range(1, MAKS_MASSAL))})
    assert len(gzip.compress(jawaban.content)) <= HTML_KB * 1024


# --- Frozen periods ----------------------------------------------------------------------------------------------
def test_an_announced_quarter_is_public_and_an_open_one_is_not(client, kantor):
    assert client.get(reverse("pdpb:pengumuman", args=["2026-tw3"])).status_code == 200
    assert client.get(reverse("pdpb:pengumuman", args=["2026-tw4"])).status_code == 404
    assert "Triwulan III Tahun 2026" in client.get(reverse("pdpb:pengumuman_daftar")).content.decode()


def test_the_public_page_shows_the_frozen_figures(client, kantor):
    Periode.objects.filter(pk="2026-tw3").update(tanggal_pleno=date(2026, 10, 2))
    isi = client.get(reverse("pdpb:pengumuman", args=["2026-tw3"])).content.decode()
    assert "<b>14</b> orang, terdiri atas 8 laki-laki dan 6 perempuan" in isi
    assert "Dibandingkan dengan 15 pemilih sebelumnya, 0 pemilih baru masuk dan 1 orang dikeluarkan" in isi


def test_findings_name_their_person_and_nobody_without_the_right_reads_one(client):
    satu = make.pemilih(nama="NAMA PERTAMA")
    per = make.selesai_daftar()
    temuan = Temuan.objects.create(pemilih=satu.pemilih, kode="rt-rw", tingkat="Galat", pesan="RT tidak diisi.")
    make.setuju([make.usul("elemen_data", satu, per=per, elemen={"nama": "NAMA KEDUA"})], per)
    client.force_login(make.wati())
    halaman = client.get(reverse("pdpb:temuan_daftar")).content.decode()
    assert "NAMA KEDUA</a>" in halaman
    assert f'aria-label="Pilih temuan {temuan.pk}, NAMA KEDUA"' in halaman
    assert "NAMA PERTAMA" not in halaman
    assert satu.identitas.nik not in halaman
    assert LogAkses.objects.get(objek_label="Daftar temuan").jumlah == Temuan.objects.count()
    make.setuju([make.usul("meninggal", Pendaftaran.objects.aktif().get(pemilih=satu.pemilih), per=per)], per)
    halaman = client.get(reverse("pdpb:temuan_daftar")).content.decode()
    assert "NAMA KEDUA</a>" in halaman, "also of somebody who left the list"
