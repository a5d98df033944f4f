"""The same files again: what an earlier import read, found and did still holds, so nothing is compared twice.

Only where that is certain: the same bytes in the same order, read by the same columns and judged by the same rules on
the same day, all of them applied before, and a roll that nobody has touched since. Otherwise the batch goes the
ordinary way.
"""

import hashlib
from dataclasses import fields, is_dataclass
from typing import Any

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
    pemeriksa = normal.seleksi(normal.Kelompok("", {}), batch.jenis, acuan, batch=0, geser_nomor="")
    nkk_wajar = nilai_bulat("nkk_jumlah_wajar", pada=batch.periode.cut_off_umur)
    isi = (batch.jenis, batch.kamus, bacaan, acuan, nkk_wajar)
    pemeriksaan = (panggung.baca_wilayah(), cek.DAFTAR, pemeriksa, kelompok.SIDIK)
    return hashlib.sha256(tetap((isi, pemeriksaan)).encode()).hexdigest()


def tetap(nilai: Any) -> str:
    """*nilai* as text that is the same in every process: equal values, equal text.

    ``repr`` is not: the order of a set of words changes from one process to the next, so the print that a worker
    stored would never be found again by another.
    """
    if is_dataclass(nilai) and not isinstance(nilai, type):
        return f"{type(nilai).__name__}({', '.join(tetap(getattr(nilai, f.name)) for f in fields(nilai))})"
    if isinstance(nilai, dict):
        return "{" + ", ".join(sorted(f"{tetap(k)}: {tetap(v)}" for k, v in nilai.items())) + "}"
    if isinstance(nilai, set | frozenset):
        return "{" + ", ".join(sorted(map(tetap, nilai))) + "}"
    if isinstance(nilai, list | tuple):
        return "(" + ", ".join(map(tetap, nilai)) + ")"
    return repr(nilai)


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
