"""Undoing an import, mending it by a supplement, and explaining what cannot be mended."""

from collections.abc import Iterable

from django.core.files import File
from django.db import connection, transaction

from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from pdpb.daftar import hitung_saldo_awal
from pdpb.impor import cek, panggung
from pdpb.impor.pemeriksaan import belum_dijelaskan
from pdpb.impor.penerapan import MIN_ALASAN, terapkan_delta
from pdpb.impor.penerimaan import perlu_diperiksa_lagi, tambah_berkas
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.models import ImporBatch, JawabanLintas, KoreksiSaldoAwal, Periode, Perubahan, RiwayatPerubahan, Snapshot
from pdpb.pasangan import ikuti_perubahan

S = ImporBatch.Status
_CONTOH_HALANGAN = 5


@transaction.atomic
def batalkan(batch: ImporBatch, *, oleh, alasan: str) -> ImporBatch:
    """Take *batch* back: the roll, its summary and the open questions are as before, nothing is deleted.

    Versions it opened end on the day they began, versions it closed are open again, proposals still DIUSULKAN become
    DITOLAK. Refuses when later work rests on it and names what; refuses a closed period and a missing reason.
    """
    if len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"Tulis alasan pembatalan, paling sedikit {MIN_ALASAN} huruf.")
    periode = kunci_periode(batch.periode)
    kunci_daftar()
    batch = ImporBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status == S.DIBATALKAN:
        raise Refused("Impor ini sudah dibatalkan.")
    if batch.status in {S.DITERAPKAN, S.SELESAI}:
        if periode.status != Periode.Status.TERBUKA:
            raise Refused(f"{periode.nama} sudah ditutup, jadi impornya tidak dapat dibatalkan lagi.")
        if halangan := halangan_batal(batch):
            raise Refused("Impor ini tidak dapat dibatalkan. " + " ".join(halangan))
        if batch.jenis == ImporBatch.Jenis.PERUBAHAN:
            _tolak_usulan(batch, oleh, alasan)
        elif batch.jenis in cek.DASAR:
            _kembalikan_daftar(batch)
            hitung_saldo_awal(batch.periode)
            start_job("pdpb.cari_ganda_berubah", by=oleh, batch=batch.pk)
    _tutup_temuan(batch, oleh, alasan)
    panggung.hapus(batch)
    batch.status = S.DIBATALKAN
    batch.ringkasan["alasan_batal"] = alasan.strip()
    batch.save(update_fields=["status", "ringkasan"])
    catat("pdpb.batalkan_impor", batch, oleh=oleh, asal="impor", alasan=alasan, kalimat="Membatalkan impor")
    return batch


def halangan_batal(batch: ImporBatch) -> list[str]:
    """Sentences naming the later work that keeps *batch* from being undone; empty when nothing does."""
    if batch.jenis == ImporBatch.Jenis.PERUBAHAN:
        lanjut = Perubahan.objects.filter(batch=batch).exclude(status__in=[Perubahan.Status.DIUSULKAN, "ditolak"])
        return _sebut(
            lanjut.values_list("pk", flat=True), "usulan sudah diproses lebih lanjut", "Tolak dahulu usulan nomor"
        )
    if batch.jenis == ImporBatch.Jenis.LINTAS:
        terjawab = JawabanLintas.objects.filter(batch=batch).exclude(status=JawabanLintas.Status.MENUNGGU)
        return _sebut(
            terjawab.values_list("baris", flat=True), "baris sudah dijawab", "Batalkan dahulu jawaban untuk baris"
        )
    if batch.jenis not in cek.DASAR:
        return []
    halangan = []
    if Snapshot.objects.exists():
        halangan.append("Daftar sudah pernah dibekukan.")
    with connection.cursor() as cursor:
        for kueri, kalimat, ajakan in _HALANGAN:
            cursor.execute(kueri, {"batch": batch.pk})
            halangan += _sebut([n for (n,) in cursor.fetchall()], kalimat, ajakan)
    return halangan


def _sebut(nomor: Iterable[int], kalimat: str, ajakan: str) -> list[str]:
    daftar = list(nomor)
    if not daftar:
        return []
    contoh = ", ".join(map(str, daftar[:_CONTOH_HALANGAN]))
    lagi = " dan lainnya" if len(daftar) > _CONTOH_HALANGAN else ""
    return [f"{len(daftar)} {kalimat}. {ajakan} {contoh}{lagi}."]


_HALANGAN = (
    (
        "SELECT DISTINCT v.ditutup_batch_id FROM pdpb_pendaftaran v WHERE v.batch_id = %(batch)s"
        " AND v.akhir IS NOT NULL AND v.ditutup_batch_id <> v.batch_id ORDER BY 1",
        "impor sesudahnya mengubah baris yang sama",
        "Batalkan dahulu impor nomor",
    ),
    (
        "SELECT DISTINCT v.ditutup_id FROM pdpb_pendaftaran v WHERE v.batch_id = %(batch)s"
        " AND v.ditutup_id IS NOT NULL ORDER BY 1",
        "perubahan yang disetujui mengganti baris dari impor ini",
        "Batalkan dahulu perubahan nomor",
    ),
    (
        "SELECT p.id FROM pdpb_perubahan p WHERE p.status <> 'ditolak' AND (p.versi_dasar_id IN"
        " (SELECT id FROM pdpb_pendaftaran WHERE batch_id = %(batch)s AND akhir IS NULL)"
        " OR p.bertahan_id IN (SELECT id FROM pdpb_pemilih WHERE batch_id = %(batch)s)) ORDER BY 1",
        "usulan perubahan menyebut pemilih dari impor ini",
        "Tolak dahulu usulan nomor",
    ),
)


def _kembalikan_daftar(batch: ImporBatch) -> None:
    nilai = {"batch": batch.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE delta ON COMMIT DROP AS SELECT kelurahan, tps, jk, sum(n) AS n FROM ("
            " SELECT kelurahan_id, tps_id, jenis_kelamin, -1 FROM pdpb_pendaftaran"
            "  WHERE batch_id = %(batch)s AND akhir IS NULL UNION ALL"
            " SELECT kelurahan_id, tps_id, jenis_kelamin, 1 FROM pdpb_pendaftaran"
            "  WHERE ditutup_batch_id = %(batch)s AND batch_id IS DISTINCT FROM %(batch)s"
            ") d(kelurahan, tps, jk, n) GROUP BY 1, 2, 3 HAVING sum(n) <> 0",
            nilai,
        )
        cursor.execute(
            "UPDATE pdpb_pendaftaran SET akhir = mulai, ditutup_batch_id = %(batch)s"
            " WHERE batch_id = %(batch)s AND akhir IS NULL",
            nilai,
        )
        cursor.execute(
            "UPDATE pdpb_pendaftaran SET akhir = NULL, ditutup_batch_id = NULL"
            " WHERE ditutup_batch_id = %(batch)s AND batch_id IS DISTINCT FROM %(batch)s",
            nilai,
        )
        terapkan_delta(cursor)


def _tolak_usulan(batch: ImporBatch, oleh, alasan: str) -> None:
    usulan = list(
        Perubahan.objects.select_for_update()
        .filter(batch=batch, status=Perubahan.Status.DIUSULKAN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    catatan = f"Impor {batch.pk} dibatalkan: {alasan.strip()}"[:240]
    Perubahan.objects.filter(pk__in=usulan).update(status=Perubahan.Status.DITOLAK, catatan=catatan)
    RiwayatPerubahan.objects.bulk_create(
        RiwayatPerubahan(perubahan_id=pk, langkah="tolak", dari="diusulkan", ke="ditolak", oleh=oleh, catatan=catatan)
        for pk in usulan
    )
    ikuti_perubahan(usulan, "tolak")


def _tutup_temuan(batch: ImporBatch, oleh, alasan: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pdpb_temuan SET status = 'diabaikan', keputusan = left(%s, 240), diputus_oleh_id = %s,"
            " diputus_pada = now() WHERE batch_id = %s AND status = 'terbuka'",
            [f"Impor dibatalkan: {alasan.strip()}", oleh.pk, batch.pk],
        )


@transaction.atomic
def tambah_susulan(batch: ImporBatch, files: Iterable[File], *, oleh) -> ImporBatch:
    """Add mended rows to *batch* as files of their own; check and apply it again afterwards.

    Rows of the rejects file say which row they replace; others are tied by DPID. Refuses an undone batch and one
    that waits for nothing.
    """
    batch = ImporBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status == S.DIBATALKAN:
        raise Refused("Impor ini sudah dibatalkan. Unggah berkas sebagai impor baru.")
    if batch.status in {S.DITERAPKAN, S.SELESAI} and not batch.ditolak.filter(diganti_baris__isnull=True).exists():
        raise Refused("Semua baris impor ini sudah diterapkan, jadi tidak ada yang perlu disusulkan.")
    jumlah = tambah_berkas(batch, files, oleh=oleh)
    perlu_diperiksa_lagi(batch)
    catat("pdpb.susulkan_impor", batch, oleh=oleh, asal="impor", jumlah=jumlah, kalimat="Mengunggah berkas susulan")
    return batch


@transaction.atomic
def jelaskan(batch: ImporBatch, *, jumlah: int, penjelasan: str, oleh, kelurahan=None) -> KoreksiSaldoAwal:
    """Record why *jumlah* rows of a base list were not loaded; the batch is SELESAI when none is left unexplained.

    Refuses more rows than wait, and an explanation too short to be one.
    """
    if len(penjelasan.strip()) < MIN_ALASAN:
        raise Refused(f"Tulis penjelasan, paling sedikit {MIN_ALASAN} huruf.")
    kunci_periode(batch.periode)
    batch = ImporBatch.objects.select_for_update().get(pk=batch.pk)
    sisa = belum_dijelaskan(batch)
    if batch.status != S.DITERAPKAN or batch.jenis not in cek.DASAR:
        raise Refused("Impor ini tidak menunggu penjelasan apa pun.")
    if not 0 < jumlah <= sisa:
        raise Refused(f"Jumlah harus antara 1 dan {sisa}, yaitu baris yang belum dijelaskan.")
    koreksi = KoreksiSaldoAwal.objects.create(
        periode=batch.periode,
        kelurahan=kelurahan,
        jumlah=jumlah,
        penjelasan=penjelasan.strip()[:300],
        batch=batch,
        dicatat_oleh=oleh,
    )
    if not belum_dijelaskan(batch):
        batch.status = S.SELESAI
        batch.save(update_fields=["status"])
    catat(
        "pdpb.jelaskan_impor",
        batch,
        oleh=oleh,
        jumlah=jumlah,
        alasan=penjelasan,
        kalimat="Menjelaskan baris yang tidak dimuat",
    )
    return koreksi
