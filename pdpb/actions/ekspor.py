"""Giving out a list by name: ask, have the whole NIK approved by a second person, fetch once (conventions §15)."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat, catat_akses, catat_banyak
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.models import EksporDaftar, Periode, Snapshot
from pdpb.rekap import snapshot_berlaku

S, J, B = EksporDaftar.Status, EksporDaftar.Jenis, EksporDaftar.Bentuk
BERLAKU = timedelta(hours=24)
_KUNCI_NOMOR = 727_115


def folder() -> Path:
    """The private folder of files that wait to be fetched."""
    return Path(settings.DATA_DIR) / "ekspor"


def minta_ekspor(
    *, periode: Periode, wilayah: Kelurahan | Kecamatan | None, jenis: str, bentuk: str, oleh, **isi: Any
) -> EksporDaftar:
    """Enter a list in the register under the next number and start building it, or wait for the second person.

    *wilayah* None is the whole city. *isi*: ``penerima``, ``tujuan``, ``nik_penuh``, ``dasar_hukum``. Refuses without
    the right, without purpose or recipient, the whole NIK without a legal basis, outside copies of changes, A-DPB2
    for less than the city, and more than a day's share. Call it outside a transaction, so that the alarm of a share
    that is used up stays.
    """
    if not oleh.has_perm("pdpb.cetak_daftar_nama"):
        raise Refused("Anda tidak berwenang mencetak daftar bernama.")
    tujuan, penerima = isi.get("tujuan", "").strip(), isi.get("penerima", "").strip()
    dasar, nik_penuh = isi.get("dasar_hukum", "").strip(), bool(isi.get("nik_penuh"))
    if len(tujuan) < 10 or not penerima:
        raise Refused("Isi penerima dan tujuan (paling sedikit 10 huruf) sebelum daftar dibuat.")
    if jenis == J.ADPB2 and (bentuk != B.XLSX or wilayah):
        raise Refused("A-DPB2 dibuat untuk seluruh kota sebagai XLSX 14 kolom. Pilih bentuk dan wilayah itu.")
    if bentuk in (B.PUBLIK, B.BUKTI) and (nik_penuh or jenis != J.PEMILIH):
        raise Refused("Bentuk tujuh kolom hanya untuk daftar pemilih dan tidak memuat NIK. Pilih bentuk 14 kolom.")
    if nik_penuh and not dasar:
        raise Refused("NIK dan nomor KK lengkap memerlukan dasar hukum. Isi dasar hukum, atau pilih NIK disamarkan.")
    if bentuk == B.BUKTI:
        _pastikan_berbukti(periode)
    pakai("ekspor_daftar", oleh=oleh)
    isi = {"penerima": penerima, "tujuan": tujuan, "nik_penuh": nik_penuh, "dasar_hukum": dasar if nik_penuh else ""}
    isi["kelurahan"] = wilayah if isinstance(wilayah, Kelurahan) else None
    isi["kecamatan"] = wilayah if isinstance(wilayah, Kecamatan) else None
    return _masukkan(periode=periode, jenis=jenis, bentuk=bentuk, oleh=oleh, **isi)


def minta_selisih(
    *, wilayah: Kelurahan | Kecamatan | None, dari: date, sampai: date, penerima: str, tujuan: str, oleh
) -> EksporDaftar:
    """Enter the difference of the list between the ends of two days in the register and start building it.

    It names people without NIK and NKK. Refuses without the right, without purpose or recipient, and more than a
    day's share. Call it outside a transaction, so that the alarm of a share that is used up stays.
    """
    if not oleh.has_perm("pdpb.cetak_daftar_nama"):
        raise Refused("Anda tidak berwenang mencetak daftar bernama.")
    if len(tujuan.strip()) < 10 or not penerima.strip():
        raise Refused("Isi penerima dan tujuan (paling sedikit 10 huruf) sebelum daftar dibuat.")
    periode = Periode.objects.filter(mulai__lte=sampai).first() or Periode.objects.last()
    if periode is None:
        raise Refused("Belum ada periode. Buka periode dahulu, lalu minta selisihnya.")
    pakai("ekspor_daftar", oleh=oleh)
    return _masukkan(
        periode=periode, jenis=J.SELISIH, bentuk=B.SELISIH, oleh=oleh, dari=dari, sampai=sampai, nik_penuh=False,
        penerima=penerima.strip(), tujuan=tujuan.strip(),
        kelurahan=wilayah if isinstance(wilayah, Kelurahan) else None,
        kecamatan=wilayah if isinstance(wilayah, Kecamatan) else None,
    )  # fmt: skip


def _pastikan_berbukti(periode: Periode) -> None:
    beku = snapshot_berlaku(periode) if periode.status != Periode.Status.TERBUKA else None
    if beku is None or not beku.akar:
        raise Refused(
            f"{periode.nama} belum mempunyai data beku yang berbukti. Pilih tujuh kolom tanpa berkas bukti, "
            "atau periode yang sudah dibekukan."
        )


@transaction.atomic
def _masukkan(*, periode: Periode, oleh, **isi: Any) -> EksporDaftar:
    sekarang_ = sekarang()
    ekspor = EksporDaftar.objects.create(
        tahun=sekarang_.year,
        urut=_nomor_berikut(sekarang_.year),
        periode=periode,
        snapshot=_versi(periode, isi["jenis"]),
        status=S.MENUNGGU if isi["nik_penuh"] else S.DISIAPKAN,
        diminta_oleh=oleh,
        diminta_pada=sekarang_,
        **isi,
    )
    kalimat = f"{ekspor.nomor} untuk {ekspor.penerima}"
    catat("pdpb.minta_ekspor", ekspor, oleh=oleh, alasan=ekspor.tujuan, kalimat=kalimat)
    if not ekspor.nik_penuh:
        _mulai(ekspor)
    return ekspor


def _versi(periode: Periode, jenis: str) -> Snapshot | None:
    """The frozen version a list is made from; a difference of two days comes from the history of the rows."""
    if jenis == J.SELISIH or periode.status == Periode.Status.TERBUKA:
        return None
    return snapshot_berlaku(periode)


def _nomor_berikut(tahun: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_NOMOR])
    return (EksporDaftar.objects.filter(tahun=tahun).aggregate(n=Max("urut"))["n"] or 0) + 1


def _mulai(ekspor: EksporDaftar) -> None:
    job = start_job("pdpb.ekspor_daftar", by=ekspor.diminta_oleh, kunci=f"ekspor-{ekspor.pk}", ekspor=ekspor.pk)
    ekspor.pekerjaan = job.pk
    ekspor.save(update_fields=["pekerjaan"])


def pekerjaan_gagal(ekspor: EksporDaftar) -> Job | None:
    """The job that ended without the file of *ekspor*; None while it works, or once the file was built."""
    if ekspor.status != S.DISIAPKAN:
        return None
    job = Job.objects.filter(pk=ekspor.pekerjaan or 0).first()
    return job if job and not job.belum_selesai else None


@transaction.atomic
def susun_ulang(ekspor: EksporDaftar, *, oleh) -> EksporDaftar:
    """Start building a list whose work has failed or was stopped once more, under the same number and decision.

    Refuses anybody but who asked, and a list that is being built or has its file.
    """
    ekspor = EksporDaftar.objects.select_for_update().get(pk=ekspor.pk)
    if ekspor.diminta_oleh_id != oleh.pk or not oleh.has_perm("pdpb.cetak_daftar_nama"):
        raise Refused("Hanya peminta daftar ini yang dapat menyusunnya kembali.")
    if not pekerjaan_gagal(ekspor):
        raise Refused("Daftar ini tidak perlu disusun ulang. Lihat keadaannya pada buku ekspor.")
    _mulai(ekspor)
    catat("pdpb.susun_ulang_ekspor", ekspor, oleh=oleh, kalimat=f"Menyusun {ekspor.nomor} kembali")
    return ekspor


@transaction.atomic
def putuskan_ekspor(ekspor: EksporDaftar, *, setuju: bool, oleh, alasan: str = "") -> EksporDaftar:
    """Approve or reject a list with the whole NIK; approved, it is built for whoever asked.

    Refuses without the right, the person who asked, a second decision, and a rejection without a reason.
    """
    if not oleh.has_perm("pdpb.setujui_ekspor"):
        raise Refused("Anda tidak berwenang menyetujui ekspor.")
    ekspor = EksporDaftar.objects.select_for_update().get(pk=ekspor.pk)
    if ekspor.status != S.MENUNGGU:
        raise Refused("Permintaan ini sudah diputus atau sudah berakhir.")
    if ekspor.diminta_oleh_id == oleh.pk:
        raise Refused("Peminta tidak boleh menyetujui permintaannya sendiri. Minta Ketua atau Sekretaris.")
    if not setuju and len(alasan.strip()) < 10:
        raise Refused("Isi alasan penolakan, paling sedikit 10 huruf.")
    ekspor.status = S.DISIAPKAN if setuju else S.DITOLAK
    ekspor.diputus_oleh, ekspor.diputus_pada, ekspor.alasan_tolak = oleh, sekarang(), "" if setuju else alasan.strip()
    ekspor.save(update_fields=["status", "diputus_oleh", "diputus_pada", "alasan_tolak"])
    kalimat = f"{'Menyetujui' if setuju else 'Menolak'} NIK lengkap, dasar: {ekspor.dasar_hukum}"
    catat("pdpb.putuskan_ekspor", ekspor, oleh=oleh, alasan=alasan, kalimat=kalimat)
    if setuju:
        _mulai(ekspor)
    return ekspor


def catat_siap(ekspor: EksporDaftar, *, berkas: str, sha256: str, ukuran: int, jumlah: int) -> None:
    """Mark the file as built; from now its day runs."""
    siap = sekarang()
    EksporDaftar.objects.filter(pk=ekspor.pk, status=S.DISIAPKAN).update(
        status=S.SIAP, berkas=berkas, sha256=sha256, ukuran=ukuran, jumlah_baris=jumlah, siap_pada=siap,
        kedaluwarsa_pada=siap + BERLAKU,
    )  # fmt: skip
    catat("pdpb.ekspor_siap", ekspor, oleh=None, jumlah=jumlah, kalimat=f"Berkas {ekspor.nomor} siap, sidik {sha256}")


@transaction.atomic
def ambil_ekspor(ekspor: EksporDaftar, *, oleh) -> IO[bytes]:
    """The file of *ekspor*, opened for reading and gone from the disk: nobody fetches it twice. Logged.

    Refuses anybody but who asked, a file that was fetched, whose day is over, or that is not built.
    """
    ekspor = EksporDaftar.objects.select_for_update().get(pk=ekspor.pk)
    if ekspor.diminta_oleh_id != oleh.pk or not oleh.has_perm("pdpb.cetak_daftar_nama"):
        raise Refused("Hanya peminta daftar ini yang dapat mengunduhnya.")
    if not ekspor.dapat_diunduh(sekarang()):
        raise Refused(sebab_tertutup(ekspor))
    jalur = folder() / ekspor.berkas
    try:
        berkas = open(jalur, "rb")  # noqa: SIM115 - the answer to the browser closes it
    except OSError as galat:
        raise Refused("Berkas daftar tidak ada lagi. Minta ekspor baru.") from galat
    ekspor.status, ekspor.diunduh_pada = S.DIUNDUH, sekarang()
    ekspor.save(update_fields=["status", "diunduh_pada"])
    catat_akses(
        "cetak" if ekspor.bentuk == B.PDF else "ekspor",
        ekspor,
        oleh=oleh,
        tujuan=f"{ekspor.nomor} untuk {ekspor.penerima}: {ekspor.tujuan}",
        jumlah=ekspor.jumlah_baris,
    )
    transaction.on_commit(lambda: jalur.unlink(missing_ok=True))
    return berkas


def sebab_tertutup(ekspor: EksporDaftar) -> str:
    """Why the link of *ekspor* gives nothing, in one sentence."""
    if ekspor.status == S.DIUNDUH:
        return "Tautan unduh ini sudah dipakai. Tautan berlaku satu kali; minta ekspor baru bila masih diperlukan."
    if ekspor.status in (S.SIAP, S.BERAKHIR):
        return "Tautan unduh ini sudah berakhir. Tautan berlaku 24 jam; minta ekspor baru bila masih diperlukan."
    return "Berkas daftar ini belum tersedia. Lihat keadaannya pada buku ekspor."


def buang_sisa(*, kecuali: str = "") -> None:
    """Remove the rows that killed attempts left behind: of jobs that have ended, or are at a later attempt."""
    for sisa in folder().glob("[0-9]*.[0-9]*.tmp"):
        pekerjaan, percobaan = map(int, sisa.stem.split("."))
        hidup = Job.objects.unfinished().filter(pk=pekerjaan, percobaan__lte=percobaan)
        if sisa.name != kecuali and not hidup.exists():
            shutil.rmtree(sisa, ignore_errors=True)


@transaction.atomic
def akhiri_ekspor_lewat() -> int:
    """End every export whose day is over, delete its file with an entry of history; how many there were."""
    batas = sekarang()
    lewat = list(EksporDaftar.objects.select_for_update().filter(status=S.SIAP, kedaluwarsa_pada__lte=batas))
    for ekspor in lewat:
        (folder() / ekspor.berkas).unlink(missing_ok=True)
    EksporDaftar.objects.filter(pk__in=[e.pk for e in lewat]).update(status=S.BERAKHIR)
    catat_banyak("pdpb.ekspor_berakhir", lewat, oleh=None, kalimat="Berkas dihapus: lewat 24 jam dan tidak diunduh")
    return len(lewat)
