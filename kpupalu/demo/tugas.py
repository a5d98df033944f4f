"""The main job of the office, done once by the people of the demo: from a voter file to signed minutes.

Every step goes through the same functions, jobs and worker that the pages use; nothing is put into place by hand.
"""

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import F

from kpupalu.accounts.models import User
from kpupalu.demo import pleno
from kpupalu.demo.pembangkit import Masa
from kpupalu.demo.pembangkit.masa import BERJALAN, SELESAI
from kpupalu.demo.pembangkit.orang_kantor import KOMISIONER
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.naskah import simpanan
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import Naskah, Revisi
from kpupalu.naskah.penandatanganan import tandatangani
from kpupalu.wilayah.models import TPS
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.actions.naskah import buat_berita_acara, umumkan_rekap
from pdpb.actions.periode import buka_periode
from pdpb.actions.perubahan import ambil_langkah
from pdpb.documents import DASAR_HUKUM
from pdpb.impor import unggah
from pdpb.models import Bukti, ImporBatch, PasanganGanda, Periode, Perubahan
from pdpb.models.ganda import Putusan

BATAS_TUNGGU = 300.0
Cerita = Callable[[str], None]


class DemoGagal(Exception):
    """The demo could not do the main job; the message says at which step and why."""


@dataclass(frozen=True, slots=True)
class Hasil:
    """What the main job left behind: the signed file and where anybody can verify it."""

    pdf: Path
    nomor: str
    url_verifikasi: str
    pemilih: int


def _akun(peran: str) -> User:
    return User.objects.filter(groups__name=peran).order_by("pk")[0]


def tunggu(job: Job, cerita: Cerita) -> Job:
    """Wait for the worker to end *job*, telling each step it reports once."""
    akhir, langkah = time.monotonic() + BATAS_TUNGGU, ""
    while time.monotonic() < akhir:
        job.refresh_from_db()
        if job.langkah and job.langkah != langkah:
            langkah = job.langkah
            cerita(f"    {langkah}")
        if not job.belum_selesai:
            break
        time.sleep(0.2)
    if job.status != Job.Status.SELESAI:
        raise DemoGagal(f"{job.label} berakhir {job.get_status_display().lower()}: {job.pesan or 'waktu habis'}")
    return job


@transaction.atomic
def muat_tps(berkas: Path) -> int:
    """Create the TPS of ``tps.csv``; return how many there are."""
    with berkas.open(encoding="utf-8", newline="") as f:
        TPS.objects.bulk_create(
            TPS(
                kelurahan_id=baris["kode_kelurahan"],
                nomor=int(baris["nomor"]),
                jenis=baris["jenis"],
                nama_lokasi=baris["nama_lokasi"],
                keterangan=baris["keterangan"],
            )
            for baris in csv.DictReader(f)
        )
    return TPS.objects.count()


def buka_triwulan(masa: Masa, *, pleno: date, sebelumnya: Periode | None = None, **lain) -> Periode:
    """Open the quarter of *masa* with its pleno date, after *sebelumnya* if there is one."""
    tahun, urutan = masa.mulai.year, (masa.mulai.month + 2) // 3
    periode = Periode(
        kode=f"{tahun}-tw{urutan}",
        tahun=tahun,
        urutan=urutan,
        mulai=masa.mulai,
        akhir=masa.akhir,
        tanggal_pleno=pleno,
        tempat_pleno="Aula Kantor KPU Kota Palu",
        dasar_hukum=list(DASAR_HUKUM),
        sebelumnya=sebelumnya,
        **lain,
    )
    return buka_periode(periode, oleh=_akun("kasubbag_rendatin"))


def impor(berkas: list[Path], jenis: str, periode: Periode, pengirim: str, cerita: Cerita) -> ImporBatch:
    """Upload, check and apply *berkas* as one batch, as an operator would."""
    operator = _akun("operator")
    buka = [File(b.open("rb"), name=b.name) for b in berkas]
    try:
        batch = unggah(buka, jenis=jenis, periode=periode, kamus=2025, pengirim=pengirim, oleh=operator)
    finally:
        for satu in buka:
            satu.close()
    tunggu(start_job("pdpb.periksa_impor", by=operator, batch=batch.pk), cerita)
    tunggu(start_job("pdpb.terapkan_impor", by=operator, batch=batch.pk, terima=True), cerita)
    batch.refresh_from_db()
    return batch


def tunggu_pembandingan(cerita: Cerita) -> None:
    """Wait until what the import and the approvals changed is compared, so that every pair is known."""
    for job in Job.objects.unfinished().filter(kind="pdpb.cari_ganda_berubah").order_by("pk"):
        tunggu(job, cerita)


def putuskan_ganda() -> int:
    """Record for each pair with one NIK that both stay until Dukcapil answers; return how many pairs that concerns.

    One officer decides, another confirms.
    """
    periode = Periode.objects.get(status=Periode.Status.TERBUKA)
    pengusul, pengonfirmasi = _akun("operator"), _akun("verifikator")
    pasangan = PasanganGanda.objects.filter(
        status=PasanganGanda.Status.MENUNGGU, versi_a__identitas__nik=F("versi_b__identitas__nik")
    )
    for satu in pasangan.order_by("pk"):
        bukti = Bukti(jenis_dokumen="Perbandingan kedua baris", dicatat_oleh=pengusul)
        putuskan(
            satu,
            putusan=Putusan.DUKCAPIL,
            alasan="Menunggu jawaban Disdukcapil; kedua baris tetap.",
            bukti=bukti,
            periode=periode,
            oleh=pengusul,
        )
        konfirmasi(PasanganGanda.objects.get(pk=satu.pk), oleh=pengonfirmasi)
    return PasanganGanda.objects.filter(putusan=Putusan.DUKCAPIL).count()


def setujui_semua(periode: Periode) -> int:
    """Verify and approve every proposed change of *periode*; return how many were approved."""
    for langkah, peran, status in (
        ("verifikasi", "verifikator", Perubahan.Status.DIUSULKAN),
        ("setujui", "kasubbag_rendatin", Perubahan.Status.DIVERIFIKASI),
    ):
        ids = list(Perubahan.objects.filter(periode=periode, status=status).values_list("pk", flat=True))
        hasil = ambil_langkah(ids, langkah, oleh=_akun(peran), periode=periode)
    return len(hasil.berhasil)


def _terbaru(naskah: Naskah) -> Revisi:
    if naskah.terbaru is None:
        raise DemoGagal("Berita acara belum tercetak.")
    return naskah.terbaru


def tandatangani_semua(naskah: Naskah, *, sandi: str, cerita: Cerita) -> Naskah:
    """Each commissioner reads the latest revision and signs it, one after the other."""
    for nomor, orang in enumerate(KOMISIONER, start=1):
        naskah.refresh_from_db()
        user = User.objects.get(username=orang.username)
        tandatangani(naskah, oleh=user, sandi=sandi, digest_dibaca=_terbaru(naskah).sha256)
        cerita(f"    {nomor} dari {len(KOMISIONER)}: {orang.nama_lengkap}")
    naskah.refresh_from_db()
    return naskah


def kerjakan(kiriman: Path, *, sandi_tanda_tangan: str, cerita: Cerita) -> Hasil:
    """Do the main job on the files in *kiriman* and return what it left behind."""
    cerita(f"TPS: {muat_tps(kiriman / 'tps.csv')}")
    periode = buka_triwulan(SELESAI, pleno=SELESAI.cut_off)
    cerita(f"{periode.nama} dibuka")
    cerita("Impor daftar pemilih, 46 berkas kelurahan")
    impor(sorted((kiriman / "dpt").glob("*.csv")), "dpt", periode, "KPU RI (contoh)", cerita)
    cerita("Impor daftar perubahan triwulan")
    impor([kiriman / "perubahan" / f"{SELESAI.kode}.csv"], "perubahan", periode, "Subbag Rendatin (contoh)", cerita)
    cerita(f"Disetujui: {setujui_semua(periode)} perubahan")
    cerita("Bandingkan baris yang mirip")
    tunggu_pembandingan(cerita)
    cerita(f"Pasangan NIK menunggu Dukcapil: {putuskan_ganda()}")
    kasubbag = _akun("kasubbag_rendatin")
    cerita("Rapat pleno: kehadiran, masukan, notula")
    pleno.adakan(periode, kasubbag=kasubbag, pencatat=_akun("operator"))
    cerita("Bekukan periode")
    tunggu(start_job("pdpb.bekukan", by=kasubbag, periode=periode.pk), cerita)
    naskah = siapkan(buat_berita_acara(periode, oleh=kasubbag), by=kasubbag)
    cerita(f"Cetak berita acara {naskah.nomor}")
    if naskah.pekerjaan:
        tunggu(naskah.pekerjaan, cerita)
    cerita("Tanda tangan lima anggota")
    naskah = tandatangani_semua(naskah, sandi=sandi_tanda_tangan, cerita=cerita)
    umumkan_rekap(periode, oleh=kasubbag)
    cerita(f"Salinan berita acara dikirim: {pleno.kirim_salinan(periode, oleh=kasubbag)}")
    return hasil_terakhir()


def buka_berikutnya() -> Periode:
    """The quarter after the finished one is open for whoever tries the system; repeating it changes nothing."""
    kode = BERJALAN.kode.lower()
    if ada := Periode.objects.filter(pk=kode).first():
        return ada
    lama = Periode.objects.get(pk=SELESAI.kode.lower())
    return buka_triwulan(BERJALAN, pleno=BERJALAN.cut_off, sebelumnya=lama)


def hasil_terakhir() -> Hasil:
    """The signed minutes of the demo as they stand in the database."""
    naskah = Naskah.objects.filter(kode_jenis="ba-rekap-pdpb").exclude(lengkap_pada=None).latest("lengkap_pada")
    return Hasil(
        simpanan.akar() / _terbaru(naskah).berkas,
        naskah.nomor,
        naskah.url_verifikasi,
        naskah.isi["kota"]["LP"]["sekarang"],
    )
