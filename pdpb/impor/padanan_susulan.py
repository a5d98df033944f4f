"""Rows whose person is settled come in as a supplement of their batch: sealed, checked and applied like any other."""

import csv
import io

from django.core.files.base import ContentFile

from pdpb.impor.kolom import KOLOM_PRIBADI
from pdpb.impor.laporan import JUDUL_KETERANGAN, aman, tanda
from pdpb.impor.panggung import buka_berkas
from pdpb.impor.penerimaan import belum_diperiksa, perlu_diperiksa_lagi, tambah_berkas
from pdpb.impor.rusak import BarisRusak, baris_rusak
from pdpb.models import BerkasImpor, ImporBatch, PadananBaris


def menunggu_susulan(batch: ImporBatch) -> list[BarisRusak]:
    """Rows left out of *batch* whose person is settled and that no supplement carries yet."""
    if belum_diperiksa(batch):
        return []
    pasti = set(
        PadananBaris.objects.filter(
            batch=batch, status=PadananBaris.Status.DIPASTIKAN, perubahan__isnull=True
        ).values_list("berkas_urut", "baris")
    )
    return [satu for satu in baris_rusak(batch) if satu.asal in pasti] if pasti else []


def tulis_susulan(batch: ImporBatch, *, oleh) -> int:
    """Seal those rows, one file per file they came in, in its own layout; how many they were. In a transaction."""
    per_berkas: dict[int, dict[int, tuple[int, int]]] = {}
    for satu in menunggu_susulan(batch):
        per_berkas.setdefault(satu.kini[0], {})[satu.kini[1]] = satu.asal
    for urut, baris in per_berkas.items():
        berkas = batch.berkas.select_related("berkas_masuk", "batch").get(urut=urut)
        _segel(batch, berkas, baris, oleh)
    if per_berkas:
        perlu_diperiksa_lagi(batch)
    return sum(map(len, per_berkas.values()))


def _segel(batch: ImporBatch, berkas: BerkasImpor, asal: dict[int, tuple[int, int]], oleh) -> None:
    r = berkas.ringkasan
    teks = io.StringIO()
    tulis = csv.writer(teks, delimiter=";", lineterminator="\n")
    kepala = [judul for judul in r["kepala"] if judul != JUDUL_KETERANGAN]
    tulis.writerow([*kepala, JUDUL_KETERANGAN])
    letak = [n for n, judul in enumerate(r["kepala"]) if judul != JUDUL_KETERANGAN]
    pribadi = {n for k, j in r["pemetaan"].items() if k in KOLOM_PRIBADI for n in letak if r["kepala"][n] == j}
    for baris in buka_berkas(berkas).baris():
        if baris.nomor not in asal:
            continue
        # A number that a spreadsheet stored as a number has lost its last digit: better none than a wrong one.
        sel = ["" if n in pribadi and baris.angka >> n & 1 else _satu_baris(baris.sel[n]) for n in letak]
        tulis.writerow([*sel, tanda(asal[baris.nomor]) + "Orangnya dipastikan petugas"])
    urut = batch.berkas.count() + 1
    nama = f"orang-dipastikan-impor-{batch.pk}-berkas-{urut}.csv"
    tambah_berkas(batch, [ContentFile(teks.getvalue().encode(), name=nama)], oleh=oleh)
    baru = batch.berkas.get(urut=urut)
    baru.ringkasan |= {
        "pemetaan": {k: j for k, j in r["pemetaan"].items() if k != "rujukan"} | {"rujukan": JUDUL_KETERANGAN},
        "diabaikan": r.get("diabaikan", []),
        "urutan_tanggal": r.get("urutan_tanggal", "dmy"),
        "di_halaman": True,
    }
    baru.save(update_fields=["ringkasan"])


def _satu_baris(sel: str) -> str:
    """A line break inside a cell would move the numbers of the rows below it."""
    return aman(sel.replace("\r", " ").replace("\n", " "))
