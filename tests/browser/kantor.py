"""An office at work for the browser tests, and every page of it in its states, with the roles that see it."""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse

from kpupalu.accounts.models import User
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah import basah, dasar
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.naskah.sertifikat import terbitkan_sertifikat
from kpupalu.ui.panduan import daftar_halaman
from pdpb import impor
from pdpb.actions.naskah import naskah_periode
from pdpb.impor import perbaikan
from pdpb.impor.perbaikan import Isian
from pdpb.impor.rusak import baris_rusak
from pdpb.models import BukaKembali, Pemilih, Perubahan
from tests import make
from tests.kernel import bangun_naskah
from tests.pdpb.surat_bawaslu import surat_dan_lembar

FRASA = "frasa tanda tangan uji"
PERAN = ("operator", "verifikator", "kasubbag_rendatin", "sekretaris", "anggota", "bawaslu", "auditor", "gudang")
Tempat = dict[str, object]


@dataclass(frozen=True, slots=True)
class Halaman:
    """One page in one state. ``alamat``: name of the URL and its arguments, each a key of ``isi_kantor`` or as it is.

    ``tekan``: the button that is pressed with nothing typed, so that the page answers with its errors.
    """

    nama: str
    peran: str
    alamat: tuple
    kueri: str = ""
    tekan: str = ""

    def url(self, tempat: Tempat) -> str:
        nama, *isi = self.alamat
        return reverse(nama, args=[tempat.get(a, a) for a in isi]) + self.kueri

    @property
    def id(self) -> str:
        return f"{self.nama}-{self.peran or 'umum'}" + ("-galat" if self.tekan else "")


def orang(peran: str) -> User | None:
    """The person of one role; nobody for the public."""
    return make.orang(f"uji_{peran}", peran) if peran else None


def isi_kantor() -> Tempat:
    """Fill the database; return what stands in the addresses of ``HALAMAN``."""
    for peran in PERAN:
        orang(peran)
    naskah = _naskah()
    lama, kini = make.kantor_berisi()
    diumumkan = _cetak(dasar.siapkan(naskah_periode(lama), by=make.budi()))
    Naskah.objects.filter(pk=diumumkan.pk).update(status="diumumkan", lengkap_pada=sekarang())
    minta = BukaKembali.objects.create(
        periode=kini, alasan="Saran perbaikan", nomor_surat="1/PM/2026", diminta_oleh=make.sari()
    )
    selesai = make.impor_perubahan(kini)
    impor.terapkan(selesai, oleh=make.sari(), terima_peringatan=True)
    return {
        **naskah,
        **_pekerjaan(orang("operator")),
        **surat_dan_lembar(kini),
        "kini": kini.pk,
        "lama": lama.pk,
        "buka": minta.pk,
        "impor": make.impor_perubahan(kini, rusak=True).pk,
        "impor_selesai": selesai.pk,
        "impor_diperbaiki": _impor_diperbaiki(kini),
        "pemilih": Pemilih.objects.filter(temuan__status="terbuka").first().pk,
        "perubahan": Perubahan.objects.filter(status="diusulkan").first().pk,
        "diumumkan": diumumkan.pk,
        "kode": diumumkan.kode_verifikasi,
    }


def _impor_diperbaiki(kini) -> int:
    """An import of which one row was mended on the page, and waits to be checked again."""
    batch = make.impor_perubahan(kini, rusak=True)
    isian = [Isian(baris_rusak(batch)[0], {"nama": "NAMA BENAR", "nik": "7271011708909999"})]
    perbaikan.perbaiki(batch, isian, oleh=make.sari(), alasan="KTP-el yang diperlihatkan")
    return batch.pk


def _cetak(naskah: Naskah) -> Naskah:
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    return naskah


def _naskah() -> Tempat:
    """A draft, a document that waits for signatures, and one on paper with its scan."""
    sertifikat = [terbitkan_sertifikat(satu, sandi=FRASA, by=satu) for satu in make.komisioner()[:2]]
    siap = bangun_naskah.siap(n=1)
    kertas = basah.pilih_basah(
        bangun_naskah.siap(n=1, subjek=("uji.periode", "2")), by=make.budi(), alasan="Listrik padam di aula."
    )
    scan = basah.unggah_scan(Naskah.objects.get(pk=kertas.pk), berkas=bangun_naskah.pindaian(), by=make.budi())
    return {
        "konsep": bangun_naskah.konsep(n=1, subjek=("uji.periode", "3")).pk,
        "siap": siap.pk,
        "siap_kode": siap.kode_verifikasi,
        "kertas": kertas.pk,
        "scan": scan.pk,
        "sertifikat": sertifikat[0].pk,
    }


def _pekerjaan(user: User) -> Tempat:
    """A job in each state that a person may find it in."""
    isi = {
        "antre": {},
        "berjalan": {
            "langkah": "Memeriksa baris",
            "selesai_satuan": 40,
            "total_satuan": 100,
            "mulai_pada": sekarang(),
            "token": uuid4(),
            "detak_pada": sekarang(),
        },
        "selesai": {"hasil": {"tautan": "/"}, "mulai_pada": sekarang(), "selesai_pada": sekarang()},
        "gagal": {"pesan": "Berkas tidak terbaca.", "nomor_kejadian": "261124-ABC123", "selesai_pada": sekarang()},
    }
    return {
        f"kerja_{status}": Job.objects.create(kind="pdpb.periksa_impor", requested_by=user, status=status, **lain).pk
        for status, lain in isi.items()
    }


_RAHMA = "rahma"
KERJA = ("antre", "berjalan", "selesai", "gagal")
H = Halaman
HALAMAN = [
    # Anybody.
    H("masuk", "", ("account_login",)),
    H("masuk", "", ("account_login",), tekan="Masuk"),
    H("verifikasi", "", ("verifikasi",)),
    H("verifikasi", "", ("verifikasi",), tekan="Cari naskah"),
    H("verifikasi-berkas", "", ("verifikasi",), tekan="Periksa berkas"),
    H("verifikasi-cara", "", ("verifikasi_cara",)),
    H("verifikasi-kode", "", ("verifikasi_kode", "kode")),
    H("verifikasi-kode", "", ("verifikasi_kode", "kode"), tekan="Periksa berkas"),
    H("verifikasi-belum", "", ("verifikasi_kode", "siap_kode")),
    H("pengumuman-daftar", "", ("pdpb:pengumuman_daftar",)),
    H("pengumuman", "", ("pdpb:pengumuman", "lama")),
    H("panduan", "", ("panduan",)),
    *[H(f"panduan-{p.slug}", "", ("panduan",), f"{p.slug}/") for p in daftar_halaman()],
    H("tidak-ada", "", ("verifikasi_kode", "TIDAKADAKODE")),
    # One's own account.
    *[H("beranda", peran, ("beranda",)) for peran in (*PERAN, _RAHMA)],
    H("kata-sandi", "operator", ("account_change_password",)),
    H("kata-sandi", "operator", ("account_change_password",), tekan="Ganti kata sandi"),
    H("dua-langkah", "operator", ("mfa_index",)),
    H("konfirmasi", "operator", ("account_reauthenticate",)),
    H("sesi", "operator", ("usersessions_list",)),
    H("pekerjaan", "operator", ("jobs:daftar",)),
    H("pekerjaan", "auditor", ("jobs:daftar",), "?milik=semua"),
    *[H(f"pekerjaan-{s}", "operator", ("jobs:detail", f"kerja_{s}")) for s in KERJA],
    H("riwayat", "auditor", ("audit_jejak",)),
    H("log-akses", "auditor", ("audit_log_akses",)),
    H("batas-tercapai", "auditor", ("audit_batas",)),
    # Documents.
    H("naskah", _RAHMA, ("naskah:daftar",)),
    H("naskah", "kasubbag_rendatin", ("naskah:daftar",)),
    *[H(f"naskah-{s}", "kasubbag_rendatin", ("naskah:detail", s)) for s in ("konsep", "siap", "kertas", "diumumkan")],
    H("naskah-siap", _RAHMA, ("naskah:detail", "siap")),
    H("naskah-siap", "auditor", ("naskah:detail", "siap")),
    H("tandatangani", _RAHMA, ("naskah:tandatangani", "siap")),
    H("tandatangani", _RAHMA, ("naskah:tandatangani", "siap"), tekan="Tanda tangani"),
    H("menolak", _RAHMA, ("naskah:menolak", "siap"), tekan="Catat tidak menandatangani"),
    H("sertifikat", _RAHMA, ("naskah:sertifikat",)),
    H("sertifikat", _RAHMA, ("naskah:sertifikat",), tekan="Buat sertifikat"),
    H("cabut", _RAHMA, ("naskah:cabut", "sertifikat")),
    H("siapkan", "kasubbag_rendatin", ("naskah:siapkan", "konsep")),
    H("halangan", "kasubbag_rendatin", ("naskah:halangan", "siap"), tekan="Catat halangan"),
    H("tarik", "kasubbag_rendatin", ("naskah:tarik", "siap"), tekan="Tarik naskah"),
    H("ulangi", "kasubbag_rendatin", ("naskah:ulangi", "siap"), tekan="Buat versi baru"),
    H("basah", "kasubbag_rendatin", ("naskah:basah", "siap")),
    H("pindaian", "kasubbag_rendatin", ("naskah:pindaian", "kertas"), tekan="Unggah pindaian"),
    H("banding", "kasubbag_rendatin", ("naskah:banding", "kertas", "scan")),
    # Voter data.
    H("periode-daftar", "kasubbag_rendatin", ("pdpb:periode_daftar",)),
    H("periode-baru", "kasubbag_rendatin", ("pdpb:periode_baru",), tekan="Buka periode"),
    *[H("periode", p, ("pdpb:periode_detail", "kini")) for p in ("kasubbag_rendatin", "operator", "sekretaris")],
    H("periode", "bawaslu", ("pdpb:periode_detail", "kini")),
    H("periode-diumumkan", "kasubbag_rendatin", ("pdpb:periode_detail", "lama")),
    H("periode-ubah", "kasubbag_rendatin", ("pdpb:periode_ubah", "kini")),
    H("masukan", "kasubbag_rendatin", ("pdpb:masukan", "kini"), tekan="Catat masukan"),
    H("bekukan", "kasubbag_rendatin", ("pdpb:bekukan", "kini")),
    H("buka-minta", "operator", ("pdpb:buka_minta", "kini"), tekan="Minta dibuka kembali"),
    H("buka-setujui", "sekretaris", ("pdpb:buka_setujui", "kini", "buka")),
    H("umumkan", "kasubbag_rendatin", ("pdpb:umumkan", "kini")),
    *[H(f"rekap-{t}", "bawaslu", ("pdpb:rekap", "kini"), f"?tingkat={t}") for t in ("kecamatan", "kelurahan", "tps")],
    H("rekap-beku", "anggota", ("pdpb:rekap", "lama")),
    H("rekap-periksa", "operator", ("pdpb:rekap_periksa", "kini")),
    H("selisih", "bawaslu", ("pdpb:selisih",)),
    H("selisih", "operator", ("pdpb:selisih",), tekan="Periksa rekap"),
    H("rekap-selisih", "bawaslu", ("pdpb:rekap_selisih", "kini")),
    *[H("pemilih", p, ("pdpb:pemilih_daftar",)) for p in ("operator", "auditor")],
    H("pemilih-kosong", "operator", ("pdpb:pemilih_daftar",), "?tps=999"),
    H("cari", "operator", ("pdpb:pemilih_cari",)),
    H("cari", "operator", ("pdpb:pemilih_cari",), tekan="Cari"),
    *[H("pemilih-satu", p, ("pdpb:pemilih_detail", "pemilih")) for p in ("operator", "anggota")],
    *[H("perubahan", p, ("pdpb:perubahan_daftar",)) for p in ("operator", "verifikator", "auditor")],
    *[H("perubahan-satu", p, ("pdpb:perubahan_detail", "perubahan")) for p in ("verifikator", "auditor")],
    H("usul-baru", "operator", ("pdpb:usul_baru",)),
    H("usul-baru", "operator", ("pdpb:usul_baru",), tekan="Ajukan usulan"),
    *[H(f"usul-{j}", "operator", (f"pdpb:usul_{j}", "pemilih"), tekan="Ajukan usulan") for j in ("tms", "mutasi")],
    H("usul-ubah", "operator", ("pdpb:usul_ubah", "pemilih")),
    *[H("temuan", p, ("pdpb:temuan_daftar",)) for p in ("operator", "verifikator")],
    H("temuan", "verifikator", ("pdpb:temuan_daftar",), tekan="Putuskan"),
    H("adpb2", "bawaslu", ("pdpb:adpb2", "kini")),
    *[H("saran", p, ("pdpb:saran_daftar",)) for p in ("operator", "bawaslu", "kasubbag_rendatin")],
    H("saran-kosong", "operator", ("pdpb:saran_daftar",), "?keadaan=lewat"),
    H("saran-baru", "operator", ("pdpb:saran_baru",)),
    H("saran-baru", "operator", ("pdpb:saran_baru",), tekan="Catat surat"),
    *[H("saran-satu", p, ("pdpb:saran_detail", "saran")) for p in ("operator", "bawaslu", "auditor")],
    *[H("saran-dijawab", p, ("pdpb:saran_detail", "saran_dijawab")) for p in ("operator", "bawaslu")],
    H("saran-kolom", "operator", ("pdpb:saran_kolom", "saran_daftar")),
    H("saran-daftar", "operator", ("pdpb:saran_tambah_daftar", "saran"), tekan="Unggah"),
    H("saran-nama-baru", "operator", ("pdpb:saran_nama_baru", "saran"), tekan="Catat nama"),
    *[H("saran-nama", p, ("pdpb:saran_nama", "saran_nama")) for p in ("operator", "auditor")],
    H("saran-nama", "operator", ("pdpb:saran_nama", "saran_nama"), tekan="Simpan jawaban"),
    H("saran-usul-tms", "operator", ("pdpb:saran_usul_tms", "saran_nama"), tekan="Ajukan usulan"),
    H("saran-usul-banyak", "operator", ("pdpb:saran_usul_banyak", "saran")),
    H("saran-putuskan", "kasubbag_rendatin", ("pdpb:saran_putuskan", "saran_diajukan")),
    H("saran-putuskan", "kasubbag_rendatin", ("pdpb:saran_putuskan", "saran_diajukan"), tekan="Simpan putusan"),
    *[H("sidalih", p, ("pdpb:sidalih_daftar",)) for p in ("operator", "auditor")],
    H("sidalih-kosong", "operator", ("pdpb:sidalih_daftar",), "?status=diunggah"),
    *[H("sidalih-lembar", p, ("pdpb:sidalih_lembar", "lembar")) for p in ("operator", "auditor")],
    H("sidalih-diunggah", "operator", ("pdpb:sidalih_diunggah", "lembar")),
    H("sidalih-berkas", "operator", ("pdpb:sidalih_berkas", "kini"), tekan="Unggah dan periksa"),
    *[H("sidalih-rekonsiliasi", p, ("pdpb:sidalih_rekonsiliasi", "kini")) for p in ("operator", "auditor")],
    H("sidalih-rekonsiliasi", "operator", ("pdpb:sidalih_rekonsiliasi", "kini"), tekan="Catat"),
    H("impor", "operator", ("pdpb:impor_daftar",)),
    H("impor-baru", "operator", ("pdpb:impor_baru",)),
    H("impor-baru", "operator", ("pdpb:impor_baru",), tekan="Unggah"),
    H("impor-satu", "operator", ("pdpb:impor_detail", "impor")),
    H("impor-selesai", "kasubbag_rendatin", ("pdpb:impor_detail", "impor_selesai")),
    H("impor-kolom", "operator", ("pdpb:impor_kolom", "impor")),
    H("impor-periksa", "operator", ("pdpb:impor_periksa", "impor")),
    H("impor-dampak", "operator", ("pdpb:impor_dampak", "impor")),
    H("impor-terapkan", "operator", ("pdpb:impor_terapkan", "impor")),
    H("impor-susulan", "operator", ("pdpb:impor_susulan", "impor"), tekan="Unggah dan periksa"),
    H("impor-jelaskan", "operator", ("pdpb:impor_jelaskan", "impor"), tekan="Catat penjelasan"),
    H("impor-batalkan", "operator", ("pdpb:impor_batalkan", "impor"), tekan="Batalkan impor"),
    H("impor-berita-acara", "operator", ("pdpb:impor_berita_acara", "impor_selesai")),
    H("impor-perbaiki", "operator", ("pdpb:impor_perbaiki", "impor")),
    H("impor-perbaiki", "operator", ("pdpb:impor_perbaiki", "impor"), tekan="Simpan dan periksa kembali"),
    H("impor-perbaiki-menunggu", "operator", ("pdpb:impor_perbaiki", "impor_diperbaiki")),
    H("impor-perbaiki-kosong", "operator", ("pdpb:impor_perbaiki", "impor_selesai")),
    H("impor-perbaikan", "operator", ("pdpb:impor_riwayat_perbaikan", "impor_diperbaiki")),
    H("impor-perbaikan-kosong", "operator", ("pdpb:impor_riwayat_perbaikan", "impor")),
]  # fmt: skip


def pengguna(peran: str) -> User | None:
    """Who opens a page: the person of a role, a commissioner by name, or nobody."""
    return User.objects.get(username=_RAHMA) if peran == _RAHMA else orang(peran)
