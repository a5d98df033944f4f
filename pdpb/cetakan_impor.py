"""The minutes of an import on paper: what came, what became of it, who answered for it. They hold no voter."""

from collections import Counter
from typing import Any

from kpupalu.audit.catatan import riwayat
from kpupalu.lib import Refused
from kpupalu.naskah.cetak import cetak
from pdpb.cetakan import dicetak
from pdpb.impor.pratinjau import pesan_umum
from pdpb.impor.rusak import baris_rusak
from pdpb.models import BarisDitolak, ImporBatch, Kategori, Perubahan, TemuanImpor

# The job that prints them; its number is in the name of the file.
PEKERJAAN_IMPOR = "pdpb.cetak_berita_impor"
MAKS_BARIS = 200
"""Rows left out that are printed one by one; of a longer list the causes and their counts stand on paper."""

_TINDAKAN = (
    "pdpb.unggah_impor",
    "pdpb.susulkan_impor",
    "pdpb.perbaiki_baris_impor",
    "pdpb.terapkan_impor",
    "pdpb.jelaskan_impor",
    "pdpb.batalkan_impor",
)


def cetak_berita_impor(batch: ImporBatch, *, oleh: str, samarkan: bool = False) -> bytes:
    """The minutes of *batch* as tagged PDF with its fonts inside; refused for a batch that was never applied.

    *samarkan* masks every number shaped like a NIK, as in the name of a file that a sender chose.
    """
    if batch.diterapkan_pada is None:
        raise Refused("Impor ini belum pernah diterapkan, jadi belum ada berita acaranya.")
    return cetak("pdpb/cetak/berita_impor.html", isi_berita_impor(batch, oleh=oleh), samarkan=samarkan).pdf


def isi_berita_impor(batch: ImporBatch, *, oleh: str) -> dict[str, Any]:
    """What the minutes of *batch* say, as it stands now."""
    berkas = list(batch.berkas.select_related("berkas_masuk__diunggah_oleh"))
    ditolak, lebih = _ditolak(batch)
    return {
        "judul": f"Berita acara impor nomor {batch.pk}",
        "kaki": f"{dicetak(oleh)}impor nomor {batch.pk} · catatan kantor, bukan naskah dinas",
        "batch": batch,
        "bawaan": batch.pemetaan.get("bawaan", {}),
        "berkas": berkas,
        "temuan": _temuan(batch),
        "usulan": _usulan(batch),
        "ditolak": ditolak,
        "ditolak_lebih": lebih,
        "belum": len(baris_rusak(batch)),
        "diganti": BarisDitolak.objects.filter(batch=batch, diganti_baris__isnull=False).count(),
        "koreksi": batch.koreksisaldoawal_set.select_related("dicatat_oleh"),
        "perbaikan": _perbaikan(batch),
        "jalannya": riwayat(batch).filter(tindakan__in=_TINDAKAN).order_by("id"),
    }


def _temuan(batch: ImporBatch) -> list[dict[str, Any]]:
    hitung = Counter(TemuanImpor.objects.filter(batch=batch).values_list("tingkat", "kode"))
    urutan = {"Galat": 0, "Peringatan": 1, "Info": 2}
    return [
        {"tingkat": tingkat, "pesan": pesan_umum(kode), "jumlah": n}
        for (tingkat, kode), n in sorted(hitung.items(), key=lambda i: (urutan[i[0][0]], -i[1], i[0][1]))
    ]


def _usulan(batch: ImporBatch) -> list[dict[str, Any]]:
    hitung = Counter(Perubahan.objects.filter(batch=batch).values_list("kategori", flat=True))
    return [
        {"jenis": k.get_jenis_display(), "kategori": k.nama, "jumlah": hitung[k.pk]}
        for k in Kategori.objects.filter(pk__in=hitung)
    ]


def _ditolak(batch: ImporBatch) -> tuple[list[dict[str, Any]], int]:
    """The first rows left out with their reason and what became of them, and how many more there are."""
    semua = BarisDitolak.objects.filter(batch=batch)
    baris = list(semua[:MAKS_BARIS])
    alasan: dict[tuple[int, int], list[str]] = {}
    galat = TemuanImpor.objects.filter(batch=batch, baris__in={b.baris for b in baris}).exclude(tingkat="Info")
    for t in galat.order_by("tingkat", "pk"):
        alasan.setdefault((t.berkas_urut, t.baris), []).append(f"{t.kolom}: {t.pesan}" if t.kolom else t.pesan)
    hasil = [
        {
            "urut": b.berkas_urut,
            "baris": b.baris,
            "alasan": " ".join(alasan.get((b.berkas_urut, b.baris), [])),
            "akhir": f"Digantikan berkas ke-{b.diganti_urut} baris {b.diganti_baris}"
            if b.diganti_baris
            else "Tidak diterapkan",
        }
        for b in baris
    ]
    return hasil, max(semua.count() - len(baris), 0)


def _perbaikan(batch: ImporBatch) -> list[dict[str, Any]]:
    """Corrections on the page by person and basis: how many cells of how many rows. No value of a voter."""
    kelompok: dict[tuple[str, str, int], list[tuple[int, int]]] = {}
    for p in batch.perbaikan.select_related("oleh"):
        kelompok.setdefault((str(p.oleh), p.alasan, p.susulan_urut), []).append((p.berkas_urut, p.baris))
    return [
        {"oleh": oleh, "alasan": alasan, "urut": urut, "sel": len(baris), "baris": len(set(baris))}
        for (oleh, alasan, urut), baris in kelompok.items()
    ]
