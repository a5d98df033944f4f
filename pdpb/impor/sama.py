"""The same files again: what an earlier import read, found and did still holds, so nothing is compared twice.

Only where that is certain: the same bytes in the same order, read by the same columns and judged by the same rules on
the same day, all of them applied before, and a roll that nobody has touched since. Otherwise the batch goes the
ordinary way.
"""

import hashlib

from django.db import connection

from kpupalu.aturan.models import nilai_bulat
from pdpb.impor import cek, kelompok, normal, panggung
from pdpb.models import BarisDitolak, BerkasImpor, ImporBatch, TemuanImpor

# Findings that speak of the roll as it was before the earlier import; with one of them the comparison is made anew.
_TENTANG_DAFTAR = ("nik_sudah_aktif", "sudah_tms", "sudah_diubah_usulan")
_ULANG = "berkas_pernah_diunggah"


def sidik_isi(batch: ImporBatch, berkas: list[BerkasImpor], acuan: normal.Acuan) -> str:
    """A print of everything the checks of *batch* depend on besides the roll: files, columns, rules, areas, day."""
    dibaca = ("kepala", "baris_kepala", "pemisah", "sandi", "lembar", "urutan_tanggal")
    bacaan = [
        (b.urut, b.berkas_masuk.sha256, sorted(b.ringkasan["pemetaan"].items()), [b.ringkasan.get(k) for k in dibaca])
        for b in berkas
    ]
    aturan = (sorted(acuan.kode_tms), sorted(acuan.kode_dikenal), sorted(acuan.wilayah_nik))
    hari = (acuan.hari_ini, acuan.cut_off, acuan.usia_minimum, acuan.usia_kawin, acuan.usia_coktas)
    pemeriksa = normal.seleksi(normal.Kelompok("", {}), batch.jenis, acuan, batch=0, geser_nomor="")
    nkk_wajar = nilai_bulat("nkk_jumlah_wajar", pada=batch.periode.cut_off_umur)
    isi = (batch.jenis, batch.kamus, bacaan, aturan, hari, acuan.usia_maksimum, nkk_wajar)
    pemeriksaan = (panggung.baca_wilayah(), cek.DAFTAR, pemeriksa, kelompok.SIDIK)
    return hashlib.sha256(repr((isi, pemeriksaan)).encode()).hexdigest()


def pendahulu(batch: ImporBatch, sidik: str, daftar: list[int]) -> ImporBatch | None:
    """The import whose result holds for *batch* too: same print *sidik*, applied in full, roll still *daftar*."""
    if batch.jenis not in cek.DASAR:
        return None
    calon = (
        ImporBatch.objects.filter(
            status=ImporBatch.Status.SELESAI,
            ringkasan__sidik_isi=sidik,
            ringkasan__sidik_sesudah=daftar,
            ringkasan__ditolak=0,
            pk__lt=batch.pk,
        )
        .order_by("-pk")
        .first()
    )
    if calon is None or BarisDitolak.objects.filter(batch=calon).exists():
        return None
    if TemuanImpor.objects.filter(batch=calon, kode__in=_TENTANG_DAFTAR).exists():
        return None
    return calon


def salin(batch: ImporBatch, berkas: list[BerkasImpor], asal: ImporBatch) -> None:
    """Give *batch* the findings of *asal* except that its files came before, and counts that say nothing changes."""
    TemuanImpor.objects.filter(batch=batch).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pdpb_temuanimpor (batch_id, berkas_urut, baris, kolom, tingkat, kode, pesan)"
            " SELECT %s, berkas_urut, baris, kolom, tingkat, kode, pesan FROM pdpb_temuanimpor"
            " WHERE batch_id = %s AND kode <> %s ORDER BY id",
            [batch.pk, asal.pk, _ULANG],
        )
    lama = {b.urut: b for b in asal.berkas.all()}
    for satu in berkas:
        dulu = lama[satu.urut]
        satu.jumlah_baris = dulu.jumlah_baris
        satu.ringkasan |= {k: dulu.ringkasan[k] for k in ("baris_terakhir", "dibaca")}
        satu.ringkasan |= {"baru": 0, "berubah": 0, "tetap": dulu.ringkasan["dibaca"], "ditolak": 0}
    BerkasImpor.objects.bulk_update(berkas, ["jumlah_baris", "ringkasan"])
    batch.ringkasan["sama_dengan"] = asal.pk
