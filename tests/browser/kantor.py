"""An office at work for the browser tests, and every page of it in its states, with the roles that see it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpupalu.accounts.models import User
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.kalender import actions as aksi_tenggat
from kpupalu.kalender.ingatkan import ingatkan
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import basah, dasar
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.naskah.sertifikat import terbitkan_sertifikat
from kpupalu.rapat import actions as rapat_aksi
from kpupalu.surat import masuk, pengiriman
from kpupalu.ui.panduan import daftar_halaman
from kpupalu.wilayah.models import Kecamatan
from pdpb import impor
from pdpb.actions import ppk
from pdpb.actions.bukti import beri_bukti
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.actions.lintas import jawab
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.padanan import ambil
from pdpb.actions.padanan import putuskan as pilih_orang
from pdpb.impor import perbaikan
from pdpb.impor.perbaikan import Isian
from pdpb.impor.rusak import baris_rusak
from pdpb.models import (
    BukaKembali,
    JawabanLintas,
    PadananBaris,
    Pemilih,
    Pendaftaran,
    Perubahan,
    RekapPPK,
    SnapshotBaris,
    Tanggapan,
)
from pdpb.pekerjaan_cetak import cetak_banding_ppk
from pdpb.ppk.cetakan import PEKERJAAN_BANDING
from pdpb.rekap import rekap
from tests import make
from tests.kernel import bangun_naskah, bangun_rapat, bangun_surat
from tests.pdpb.pasangan_uji import ALASAN, daftar_lintas, pasangan
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
    uji = make.uji_petik(lama)
    terdaftar = SnapshotBaris.objects.filter(snapshot__periode=lama).first().pendaftaran.pemilih
    bukti = beri_bukti(terdaftar, medan=["nama", "kelurahan"], pengenal="ktp", oleh=orang("operator"))
    return {
        "uji": uji.pk,
        "contoh_orang": uji.contoh.filter(arah="orang").first().pk,
        "contoh_rumah": uji.contoh.filter(arah="rumah").first().pk,
        **naskah,
        **_surat_dan_rapat(),
        "tenggat": _tenggat(),
        "terdaftar": terdaftar.pk,
        "datang_kemudian": Pemilih.objects.filter(pendaftaran__dibuka__jenis="baru").first().pk,
        "bukti": bukti.pk,
        **_pekerjaan(orang("operator")),
        **surat_dan_lembar(kini),
        **_rekap_ppk(kini),
        "kini": kini.pk,
        "lama": lama.pk,
        "buka": minta.pk,
        "impor": make.impor_perubahan(kini, rusak=True).pk,
        "impor_selesai": selesai.pk,
        "impor_diperbaiki": _impor_diperbaiki(kini),
        **_padanan(kini),
        "pemilih": Pemilih.objects.filter(temuan__status="terbuka").first().pk,
        **_ganda(kini),
        "perubahan": Perubahan.objects.filter(status="diusulkan").first().pk,
        "diumumkan": diumumkan.pk,
        "kode": diumumkan.kode_verifikasi,
        "tanggapan": Tanggapan.objects.get(status="diperiksa").pk,
    }


def _impor_diperbaiki(kini) -> int:
    """An import of which one row was mended on the page, and waits to be checked again."""
    batch = make.impor_perubahan(kini, rusak=True)
    isian = [Isian(baris_rusak(batch)[0], {"nama": "NAMA BENAR", "nik": "7271011708909999"})]
    perbaikan.perbaiki(batch, isian, oleh=make.sari(), alasan="KTP-el yang diperlihatkan")
    return batch.pk


def _tenggat() -> int:
    """A term over a holiday that is already late, which the auditor sees and is told about."""
    tentang = aksi_tenggat.Tentang("Permohonan 0007", "/kalender/", "PPID", hak_lihat="kalender.view_harilibur")
    satu = aksi_tenggat.pasang(
        orang("operator"), "KI-1", hari_ini() - timedelta(days=25), tentang=tentang, oleh=orang("operator")
    )
    aksi_tenggat.ganti_petugas(satu, [orang("auditor")])
    orang("admin")
    ingatkan(hari_ini())
    return satu.pk


def _surat_dan_rapat() -> Tempat:
    """A letter in its chain, a draft and a sent letter, and a meeting that was held."""
    surat = masuk.naikkan(bangun_surat.masuk_baru(), by=bangun_surat.sekretaris())
    masuk.disposisikan(surat, kepada=[orang("operator")], instruksi="jawab", by=bangun_surat.sekretaris())
    konsep = bangun_surat.keluar_baru(by=make.budi())
    terkirim = bangun_surat.bernomor(by=make.budi())
    naskah = bangun_surat.lengkap(terkirim.naskah)
    pengiriman.kirim(naskah, [bangun_surat.instansi()], kanal="surel", tanggal=bangun_surat.TANGGAL, by=make.budi())
    rapat = bangun_rapat.rapat()
    rapat_aksi.catat_kehadiran(rapat, peserta=[bangun_rapat.hadir(rapat)], by=make.sari())
    rapat_aksi.catat_masukan(rapat, lembaga="Bawaslu", isi="Periksa TMS.", jawaban="Sudah.", by=make.sari())
    rapat_aksi.tambah_tindak_lanjut(rapat, uraian="Minta surat keterangan", pic=make.sari(), by=make.sari())
    return {
        "surat": surat.pk,
        "surat_konsep": konsep.pk,
        "surat_terkirim": terkirim.pk,
        "surat_naskah": naskah.pk,
        "rapat": rapat.pk,
    }


def _rekap_ppk(kini) -> Tempat:
    """Recaps of two PPK: one with lines that differ, are unknown and twice, in two versions, and one without a word."""

    def terima(kecamatan: str, isi: str) -> int:
        berkas = SimpleUploadedFile("rekap.csv", isi.encode())
        return ppk.muat(kini, Kecamatan.objects.get(pk=kecamatan), berkas, oleh=orang("operator"), asal="BA PPK 3")[
            0
        ].pk

    lama = terima(MANTIKULORE, "Kelurahan;L;P;Jumlah\nTalise;1;2;3\n")
    satu = terima(
        MANTIKULORE, "Kelurahan;TPS;L;P;Jumlah\nTalise;1;900;8;909\nTalise;77;1;1;2\nTalise;1;3;2;5\nEntah;1;9;9;18\n"
    )
    sel = rekap(kini).kelurahan[make.LERE].total.sekarang
    sama = terima(make.LERE[:8], f"Kelurahan;Jumlah\nLere;{sel}\n")
    ppk.jelaskan(RekapPPK.objects.get(pk=satu), [f"{make.TALISE}/001"], jenis="tindak_lanjut",
                 isi="Minta PPK menghitung ulang", oleh=orang("operator"))  # fmt: skip
    job = start_job(PEKERJAAN_BANDING, by=orang("operator"), rekap=satu, snapshot=None)
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=cetak_banding_ppk(job), selesai_pada=sekarang())
    return {"ppk": satu, "ppk_lama": lama, "ppk_sama": sama, "ppk_cetakan": job.pk}


def _padanan(kini) -> Tempat:
    """A list without numbers: a row to choose for, one that is proposed, one that is decided, one that goes back."""
    versi = Pendaftaran.objects.aktif().filter(kelurahan=make.LERE).order_by("-pk")[0]
    Pendaftaran.objects.filter(pk=versi.pk).update(nama="RINA MARLINA LAMATO")
    nama, jk = "Rina Marlina Lamato", versi.jenis_kelamin
    kepala = "NAMA ALMARHUM;L/P;TGL LAHIR;KELURAHAN;NO AKTA KEMATIAN;KATEGORI"
    baris = [f"{nama};{jk};{lahir};Lere;KM-{n};meninggal" for n, lahir in enumerate(
        ("17-08-1991", "17-08-1990", "08-12-1990", "17-08-1992"))]  # fmt: skip
    baris.append("Orang Asing;L;01-01-1950;Lere;KM-9;meninggal")
    berkas = SimpleUploadedFile("instansi.csv", "\n".join([kepala, *baris]).encode())
    batch = impor.unggah([berkas], jenis="perubahan", periode=kini, oleh=make.sari(), pengirim="Kelurahan Lere")
    impor.periksa(batch, oleh=make.sari())
    make.lupakan_sementara()
    semua = {p.baris: p for p in PadananBaris.objects.filter(batch=batch)}
    pilih_orang(semua[2], versi=versi.pk, oleh=make.wati())
    ambil(batch, oleh=orang("operator"), banyak=25, status="dicocokkan")
    return {"impor_padan": batch.pk, "padan_tunggu": semua[5].pk, "padan_putus": semua[2].pk}


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


def _ganda(periode) -> Tempat:
    """Pairs that wait for a decision, for a second person, and that are decided; and a list of another area."""
    versi = list(Pendaftaran.objects.aktif().order_by("pk")[:5])
    tunggu, usul, beda = (pasangan(versi[0], lain, kelas="G4", tingkat="Mungkin") for lain in versi[1:4])
    pasti = pasangan(versi[3], versi[4])
    bukti = {"alasan": ALASAN, "periode": periode, "oleh": orang("operator")}
    putuskan(usul, putusan="sama", bukti=make.bukti(), bertahan=usul.a_id, **bukti)
    konfirmasi(putuskan(beda, putusan="beda", bukti=make.bukti(), **bukti), oleh=make.wati())
    batch = daftar_lintas(periode, versi[0].identitas.nik, versi[1].identitas.nik, "7210011708909001")
    baris = list(JawabanLintas.objects.filter(batch=batch).exclude(pemilih=None).order_by("baris"))
    jawab(baris[1], jawaban="tetap", alasan=ALASAN, bukti=make.bukti(), oleh=orang("operator"))
    return {
        "pasti": pasti.pk,
        "tunggu": tunggu.pk,
        "usul": usul.pk,
        "beda": beda.pk,
        "lintas": batch.pk,
        "lintas_tunggu": baris[0].pk,
        "lintas_usul": baris[1].pk,
    }


_RAHMA = "rahma"
MANTIKULORE = "72.71.08"
KERJA = ("antre", "berjalan", "selesai", "gagal")
H = Halaman
SEJAK = "?sejak=26-11-2024"
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
    H("tanggapan", "", ("pdpb:tanggapan_baru",)),
    H("tanggapan", "", ("pdpb:tanggapan_baru",), tekan="Kirim tanggapan"),
    H("tiket", "", ("pdpb:tanggapan_tiket",), tekan="Lihat tiket"),
    H("bukti-periksa", "", ("pdpb:bukti_periksa",)),
    H("bukti-periksa", "", ("pdpb:bukti_periksa",), tekan="Periksa bukti"),
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
    # Calendar, letters, meetings.
    H("kalender", "operator", ("kalender:bulan",), "?bulan=2026-12&mulai=23-12-2026&jumlah=3"),
    H("kalender-tenggat", "auditor", ("kalender:bulan",), f"?bulan={hari_ini():%Y-%m}"),
    H("tenggat", "auditor", ("kalender:tenggat", "tenggat")),
    H("aturan-tenggat", "operator", ("kalender:aturan",), "?forum=Komisi+Informasi"),
    H("libur", "admin", ("kalender:libur", 2027)),
    H("libur-pasti", "admin", ("kalender:libur_pasti", 2027)),
    H("libur-pasti", "admin", ("kalender:libur_pasti", 2027), tekan="Nyatakan sesuai SKB"),
    H("umpan", "operator", ("kalender:umpan",)),
    H("pemberitahuan", "auditor", ("pemberitahuan:daftar",)),
    H("pemberitahuan-kosong", "gudang", ("pemberitahuan:daftar",)),
    H("telusuri", "auditor", ("cari:halaman",), "?kata=saran"),
    H("telusuri-kosong", "operator", ("cari:halaman",), "?kata=tidak+akan+ada"),
    *[H("surat-masuk-daftar", p, ("surat:masuk_daftar",)) for p in ("kasubbag_rendatin", "gudang")],
    H("surat-masuk-baru", "sekretaris", ("surat:masuk_baru",), tekan="Catat surat"),
    *[H("surat-masuk", p, ("surat:masuk", "surat")) for p in ("sekretaris", "operator", "auditor")],
    H("disposisi", "sekretaris", ("surat:masuk_disposisi", "surat"), tekan="Simpan disposisi"),
    H("disposisi-hasil", "operator", ("surat:masuk_hasil", "surat"), tekan="Simpan hasil"),
    H("surat-keluar-daftar", "kasubbag_rendatin", ("surat:keluar_daftar",)),
    H("surat-keluar-baru", "kasubbag_rendatin", ("surat:keluar_baru",)),
    H("surat-keluar-baru", "kasubbag_rendatin", ("surat:keluar_baru",), tekan="Simpan konsep"),
    H("surat-konsep", "kasubbag_rendatin", ("surat:keluar", "surat_konsep")),
    H("surat-terkirim", "kasubbag_rendatin", ("surat:keluar", "surat_terkirim")),
    H("surat-siapkan", "sekretaris", ("surat:keluar_siapkan", "surat_konsep")),
    H("pengiriman", "kasubbag_rendatin", ("surat:pengiriman", "surat_naskah")),
    H("kirim", "kasubbag_rendatin", ("surat:kirim", "surat_naskah"), tekan="Catat pengiriman"),
    *[H("rapat-daftar", p, ("rapat:daftar",)) for p in ("kasubbag_rendatin", "auditor")],
    *[H("rapat", p, ("rapat:detail", "rapat")) for p in ("kasubbag_rendatin", "operator", "anggota")],
    H("kehadiran", "operator", ("rapat:kehadiran", "rapat")),
    H("rapat-peserta", "kasubbag_rendatin", ("rapat:peserta", "rapat")),
    H("rapat-masukan", "operator", ("rapat:masukan", "rapat"), tekan="Catat masukan"),
    H("rapat-notula", "operator", ("rapat:notulen", "rapat"), tekan="Simpan notula"),
    # Voter data.
    H("rapat-baru", "kasubbag_rendatin", ("pdpb:rapat_baru", "kini", "forum")),
    H("salinan", "kasubbag_rendatin", ("pdpb:salinan", "lama")),
    *[H("papan", p, ("pdpb:papan", "lama")) for p in ("operator", "bawaslu")],
    *[H("paket", p, ("pdpb:paket", "lama")) for p in ("kasubbag_rendatin", "anggota")],
    H("paket-belum", "kasubbag_rendatin", ("pdpb:paket", "kini")),
    H("papan-pasang", "operator", ("pdpb:papan_pasang", "lama", "papan_kpu"), tekan="Simpan"),
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
    *[H("rekap-mutu", "bawaslu", ("pdpb:rekap_mutu", p)) for p in ("kini", "lama")],
    H("mesin-waktu", "bawaslu", ("pdpb:mesin_waktu",)),
    H("mesin-waktu-selisih", "kasubbag_rendatin", ("pdpb:mesin_waktu",), f"{SEJAK}&wilayah={make.TALISE}"),
    H("mesin-waktu-salah", "operator", ("pdpb:mesin_waktu",), "?pada=31-12-2999&tps=9"),
    H("mesin-waktu-nama", "auditor", ("pdpb:mesin_waktu_nama",), f"?wilayah={make.TALISE}"),
    H("mesin-waktu-nama-kosong", "auditor", ("pdpb:mesin_waktu_nama",), f"?wilayah={make.TALISE}&pada=01-01-2001"),
    H("mesin-waktu-baris", "auditor", ("pdpb:mesin_waktu_selisih",), SEJAK),
    H("mesin-waktu-ekspor", "kasubbag_rendatin", ("pdpb:mesin_waktu_ekspor",), SEJAK, tekan="Buat berkas"),
    *[H("ppk", p, ("pdpb:ppk_daftar",)) for p in ("operator", "bawaslu")],
    H("ppk-kosong", "bawaslu", ("pdpb:ppk_daftar",), "?periode=2026-tw3"),
    H("ppk-unggah", "operator", ("pdpb:ppk_unggah", "kini"), tekan="Unggah dan bandingkan"),
    H("ppk-ketik", "verifikator", ("pdpb:ppk_ketik", "kini", MANTIKULORE)),
    H("ppk-ketik", "verifikator", ("pdpb:ppk_ketik", "kini", MANTIKULORE), tekan="Simpan dan bandingkan"),
    *[H("ppk-satu", p, ("pdpb:ppk_detail", "ppk")) for p in ("operator", "bawaslu")],
    H("ppk-satu-semua", "bawaslu", ("pdpb:ppk_detail", "ppk"), "?tampil=semua"),
    H("ppk-jelaskan", "operator", ("pdpb:ppk_detail", "ppk"), tekan="Simpan"),
    H("ppk-sama", "operator", ("pdpb:ppk_detail", "ppk_sama")),
    H("ppk-digantikan", "auditor", ("pdpb:ppk_detail", "ppk_lama")),
    H("ppk-tarik", "kasubbag_rendatin", ("pdpb:ppk_tarik", "ppk"), tekan="Tarik rekap"),
    H("ppk-cetakan", "operator", ("pdpb:ppk_cetakan", "ppk_cetakan")),
    H("uji-petik", "bawaslu", ("pdpb:uji_petik_daftar",)),
    H("uji-petik-baru", "kasubbag_rendatin", ("pdpb:uji_petik_baru",), tekan="Simpan protokol"),
    H("uji-petik-satu", "kasubbag_rendatin", ("pdpb:uji_petik_detail", "uji")),
    H("uji-petik-batal", "kasubbag_rendatin", ("pdpb:uji_petik_batalkan", "uji"), tekan="Batalkan uji petik"),
    H("uji-petik-lembar", "operator", ("pdpb:uji_petik_lembar", "uji"), f"?kelurahan={make.TALISE}"),
    *[H(f"uji-petik-isi-{a}", "operator", ("pdpb:uji_petik_isi", f"contoh_{a}")) for a in ("orang", "rumah")],
    H("uji-petik-isi-orang", "operator", ("pdpb:uji_petik_isi", "contoh_orang"), tekan="Simpan hasil"),
    *[H("pemilih", p, ("pdpb:pemilih_daftar",)) for p in ("operator", "auditor")],
    H("pemilih-kosong", "operator", ("pdpb:pemilih_daftar",), "?tps=999"),
    H("cari", "operator", ("pdpb:pemilih_cari",)),
    H("cari", "operator", ("pdpb:pemilih_cari",), tekan="Cari"),
    *[H("pemilih-satu", p, ("pdpb:pemilih_detail", "pemilih")) for p in ("operator", "anggota")],
    H("bukti-beri", "operator", ("pdpb:bukti_beri", "terdaftar")),
    H("bukti-beri", "operator", ("pdpb:bukti_beri", "terdaftar"), tekan="Catat dan siapkan bukti"),
    H("bukti-beri-tidak-ada", "operator", ("pdpb:bukti_beri", "datang_kemudian")),
    H("bukti-buku", "auditor", ("pdpb:bukti_daftar",)),
    H("bukti-satu", "operator", ("pdpb:bukti_detail", "bukti")),
    *[H("perubahan", p, ("pdpb:perubahan_daftar",)) for p in ("operator", "verifikator", "auditor")],
    *[H("perubahan-satu", p, ("pdpb:perubahan_detail", "perubahan")) for p in ("verifikator", "auditor")],
    H("usul-baru", "operator", ("pdpb:usul_baru",)),
    H("usul-baru", "operator", ("pdpb:usul_baru",), tekan="Ajukan usulan"),
    *[H(f"usul-{j}", "operator", (f"pdpb:usul_{j}", "pemilih"), tekan="Ajukan usulan") for j in ("tms", "mutasi")],
    H("usul-ubah", "operator", ("pdpb:usul_ubah", "pemilih")),
    *[H("tanggapan-antrean", p, ("pdpb:tanggapan_daftar",)) for p in ("operator", "auditor")],
    H("tanggapan-antrean-kosong", "operator", ("pdpb:tanggapan_daftar",), "?antrean=terlambat"),
    *[H("tanggapan-satu", p, ("pdpb:tanggapan_detail", "tanggapan")) for p in ("operator", "auditor")],
    H("tanggapan-catat", "operator", ("pdpb:tanggapan_catat",), tekan="Catat tanggapan"),
    H("tanggapan-cocokkan", "operator", ("pdpb:tanggapan_cocokkan", "tanggapan")),
    H("tanggapan-cocokkan", "operator", ("pdpb:tanggapan_cocokkan", "tanggapan"), tekan="Cari"),
    H("tanggapan-usulkan", "operator", ("pdpb:tanggapan_usulkan_tms", "tanggapan"), tekan="Ajukan usulan"),
    H("tanggapan-kurang", "operator", ("pdpb:tanggapan_minta_kelengkapan", "tanggapan"), tekan="Minta kelengkapan"),
    H("tanggapan-tolak", "operator", ("pdpb:tanggapan_tolak", "tanggapan"), tekan="Tolak"),
    H("tanggapan-surat", "operator", ("pdpb:tanggapan_surat", "tanggapan")),
    *[H("temuan", p, ("pdpb:temuan_daftar",)) for p in ("operator", "verifikator")],
    H("temuan", "verifikator", ("pdpb:temuan_daftar",), tekan="Putuskan"),
    *[H("ganda", p, ("pdpb:ganda_daftar",)) for p in ("operator", "kasubbag_rendatin", "auditor")],
    H("ganda-kosong", "operator", ("pdpb:ganda_daftar",), "?status=ditutup"),
    H("ganda-konfirmasi", "verifikator", ("pdpb:ganda_daftar",), "?antrean=konfirmasi"),
    *[H(f"ganda-{s}", "operator", ("pdpb:ganda_detail", s)) for s in ("pasti", "tunggu", "usul", "beda")],
    H("ganda-tunggu", "operator", ("pdpb:ganda_detail", "tunggu"), tekan="1 · Sama orang"),
    *[H("ganda-usul", p, ("pdpb:ganda_detail", "usul")) for p in ("verifikator", "auditor")],
    H("ganda-beda", "kasubbag_rendatin", ("pdpb:ganda_detail", "beda")),
    H("lintas", "operator", ("pdpb:lintas_daftar",)),
    *[H("lintas-baris", p, ("pdpb:lintas_baris", "lintas")) for p in ("operator", "auditor")],
    H("lintas-semua", "verifikator", ("pdpb:lintas_semua",), "?antrean=konfirmasi"),
    H("lintas-kosong", "verifikator", ("pdpb:lintas_semua",), "?status=selesai"),
    H("lintas-satu", "operator", ("pdpb:lintas_detail", "lintas_tunggu")),
    H("lintas-satu", "operator", ("pdpb:lintas_detail", "lintas_tunggu"), tekan="Usulkan jawaban"),
    H("lintas-usul", "verifikator", ("pdpb:lintas_detail", "lintas_usul")),
    H("lintas-tidak-ada", "operator", ("pdpb:lintas_tidak_ada", "lintas"), tekan="Usulkan jawaban"),
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
    H("padanan", "verifikator", ("pdpb:padanan_daftar", "impor_padan")),
    H("padanan-saring", "operator", ("pdpb:padanan_daftar", "impor_padan"), "?status=menunggu&kelurahan=72.71.08.1003"),
    H("padanan-kosong", "operator", ("pdpb:padanan_daftar", "impor_selesai")),
    H("padanan-satu", "verifikator", ("pdpb:padanan_detail", "impor_padan", "padan_tunggu")),
    H("padanan-diputus", "operator", ("pdpb:padanan_detail", "impor_padan", "padan_putus")),
    H("padanan-pasti", "operator", ("pdpb:padanan_pasti", "impor_padan")),
    H("padanan-pasti-kosong", "verifikator", ("pdpb:padanan_pasti", "impor_padan")),
    H("impor-padan", "operator", ("pdpb:impor_detail", "impor_padan")),
    H("impor-kembalikan", "operator", ("pdpb:impor_kembalikan", "impor_padan")),
    H("impor-kembalikan-kosong", "operator", ("pdpb:impor_kembalikan", "impor_selesai")),
    H("impor-perbaikan-kosong", "operator", ("pdpb:impor_riwayat_perbaikan", "impor")),
]  # fmt: skip


def pengguna(peran: str) -> User | None:
    """Who opens a page: the person of a role, a commissioner by name, or nobody."""
    return User.objects.get(username=_RAHMA) if peran == _RAHMA else orang(peran)
