"""Receiving the files of a batch and recognising their columns. Nothing is read into tables yet."""

from collections.abc import Iterable

from django.core.files import File
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports import baca
from kpupalu.imports.berkas import segel, tempat
from kpupalu.imports.kolom import Pemetaan, ingat, ingatan
from kpupalu.lib import Refused
from pdpb.impor.kolom import JUDUL, kenali_kolom, kolom_kurang, nilai_kepala
from pdpb.models import BerkasImpor, ImporBatch, Periode

S = ImporBatch.Status
MAKS_BERKAS_SEKALI = 200


@transaction.atomic
def unggah(
    files: Iterable[File],
    *,
    jenis: str,
    periode: Periode,
    oleh,
    kamus: int = 2025,
    pengirim: str = "",
) -> ImporBatch:
    """Seal *files* as one new batch, its columns recognised or remembered from the same sender.

    Refuses, and keeps nothing in the register, when one of the files cannot be used, when the period no longer
    takes changes, or when nothing was given.
    """
    if periode.status != Periode.Status.TERBUKA:
        raise Refused(f"{periode.nama} sudah ditutup untuk impor. Pilih periode yang masih terbuka.")
    batch = ImporBatch.objects.create(
        jenis=jenis, periode=periode, kamus=kamus, pengirim=pengirim.strip(), dibuat_oleh=oleh
    )
    jumlah = tambah_berkas(batch, files, oleh=oleh)
    catat("pdpb.unggah_impor", batch, oleh=oleh, jumlah=jumlah, asal="impor", kalimat=f"Mengunggah {jumlah} berkas")
    return batch


def tambah_berkas(batch: ImporBatch, files: Iterable[File], *, oleh) -> int:
    """Seal *files* after those the batch already has; how many they were. Must run in a transaction."""
    urut = batch.berkas.count()
    jumlah = 0
    for file in files:
        urut, jumlah = urut + 1, jumlah + 1
        if urut > MAKS_BERKAS_SEKALI:
            raise Refused(f"Satu impor paling banyak memuat {MAKS_BERKAS_SEKALI} berkas. Bagi menjadi beberapa impor.")
        masuk = segel(file, oleh=oleh)
        tabel = baca.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala)
        pemetaan = ingatan(batch.pengirim, batch.jenis, tabel.kepala) or kenali_kolom(tabel.kepala)
        BerkasImpor.objects.create(batch=batch, urut=urut, berkas_masuk=masuk, ringkasan=_ringkasan(tabel, pemetaan))
    if not jumlah:
        raise Refused("Belum ada berkas yang dipilih. Pilih paling sedikit satu berkas.")
    return jumlah


def perlu_diperiksa_lagi(batch: ImporBatch) -> None:
    """Let *batch* wait for another check, because files came after the last one."""
    if batch.status == S.DIPERIKSA:
        batch.status = S.DIUNGGAH
        batch.save(update_fields=["status"])


def belum_diperiksa(batch: ImporBatch) -> bool:
    """Whether *batch* has files that nobody has checked yet."""
    return batch.status == S.DIUNGGAH or (
        batch.status != S.DIBATALKAN and any("dibaca" not in b.ringkasan for b in batch.berkas.all())
    )


def siap_diterapkan(batch: ImporBatch) -> bool:
    """Whether *batch* has checked files that wait to be applied, a supplement of an applied batch included."""
    if batch.status in {S.DIUNGGAH, S.DIBATALKAN}:
        return False
    sisa = [b for b in batch.berkas.all() if not b.ringkasan.get("diterapkan")]
    return bool(sisa) and all("dibaca" in b.ringkasan for b in sisa)


def pastikan_diperiksa(berkas: list[BerkasImpor]) -> None:
    """Refuse when one of *berkas* came after the last check: nobody has seen what is wrong with it."""
    if any("dibaca" not in satu.ringkasan for satu in berkas):
        raise Refused("Ada berkas yang belum diperiksa. Periksa impor ini dahulu.")


def _ringkasan(tabel: baca.Tabel, pemetaan: Pemetaan) -> dict:
    return {
        "format": tabel.format,
        "pemisah": tabel.pemisah,
        "sandi": tabel.sandi,
        "lembar": tabel.lembar,
        "lembar_lain": tabel.lembar_lain,
        "baris_kepala": tabel.baris_kepala,
        "polos": tabel.polos,
        "kepala": tabel.kepala,
        "pemetaan": pemetaan,
        "diabaikan": _diabaikan(tabel.kepala, pemetaan),
    }


def _diabaikan(kepala: list[str], pemetaan: Pemetaan) -> list[str]:
    dipakai = set(pemetaan.values())
    return [judul for judul in kepala if judul and judul not in dipakai]


@transaction.atomic
def pakai_pemetaan(batch: ImporBatch, urut: int, pemetaan: Pemetaan, *, urutan_tanggal: str = "dmy", oleh) -> None:
    """Read file *urut* (and its siblings with the same header) by *pemetaan* from now on, and remember it.

    Refuses headings that the file does not have, a heading used twice, and a batch already checked and applied.
    """
    if batch.status not in {S.DIUNGGAH, S.DIPERIKSA}:
        raise Refused("Kolom tidak dapat diubah karena impor ini sudah diterapkan atau dibatalkan.")
    berkas = batch.berkas.get(urut=urut)
    kepala = berkas.ringkasan["kepala"]
    if not set(pemetaan) <= set(JUDUL) or not set(pemetaan.values()) <= set(kepala):
        raise Refused("Pemetaan kolom tidak cocok dengan judul kolom pada berkas. Muat ulang halaman ini.")
    if len(set(pemetaan.values())) != len(pemetaan):
        raise Refused("Satu kolom berkas dipakai untuk dua isian. Pilih satu saja.")
    for satu in batch.berkas.all():
        if satu.ringkasan["kepala"] == kepala:
            satu.ringkasan |= {
                "pemetaan": pemetaan,
                "diabaikan": _diabaikan(kepala, pemetaan),
                "urutan_tanggal": urutan_tanggal,
            }
            satu.save(update_fields=["ringkasan"])
    ingat(batch.pengirim, batch.jenis, kepala, pemetaan)
    batch.status = S.DIUNGGAH
    batch.save(update_fields=["status"])
    catat("pdpb.petakan_kolom", batch, oleh=oleh, asal="impor", kalimat="Menetapkan pemetaan kolom")


@transaction.atomic
def baca_ulang(batch: ImporBatch, urut: int, *, oleh, pemisah: str = "", sandi: str = "") -> None:
    """Read file *urut* and its siblings of the same layout with another delimiter or encoding, columns afresh.

    Refuses what cannot be read that way, and a batch that is applied.
    """
    if batch.status not in {S.DIUNGGAH, S.DIPERIKSA}:
        raise Refused("Cara baca tidak dapat diubah karena impor ini sudah diterapkan atau dibatalkan.")
    acuan = batch.berkas.get(urut=urut).ringkasan
    for satu in batch.berkas.select_related("berkas_masuk"):
        r = satu.ringkasan
        if (r["kepala"], r["pemisah"], r["sandi"]) != (acuan["kepala"], acuan["pemisah"], acuan["sandi"]):
            continue
        masuk = satu.berkas_masuk
        pilihan = {"pemisah": pemisah or r.get("pemisah_pilihan", ""), "sandi": sandi or r.get("sandi_pilihan", "")}
        try:
            tabel = baca.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala, sudah_diperiksa=True, **pilihan)
        except UnicodeError as galat:
            raise Refused(
                f"Berkas {masuk.nama} tidak dapat dibaca dengan sandi huruf itu. Pilih sandi lain."
            ) from galat
        satu.ringkasan = _ringkasan(tabel, kenali_kolom(tabel.kepala)) | {
            f"{nama}_pilihan": isi for nama, isi in pilihan.items()
        }
        satu.save(update_fields=["ringkasan"])
    batch.status = S.DIUNGGAH
    batch.save(update_fields=["status"])
    catat("pdpb.baca_ulang_impor", batch, oleh=oleh, asal="impor", kalimat="Mengubah pemisah atau sandi huruf")


def pastikan_lengkap(batch: ImporBatch) -> None:
    """Refuse when a file of *batch* lacks a column that its kind of list needs."""
    for berkas in batch.berkas.select_related("berkas_masuk"):
        ada = dict(berkas.ringkasan["pemetaan"])
        if batch.pemetaan.get("bawaan", {}).get("kategori"):
            ada["jenis"] = ""
        if kurang := kolom_kurang(batch.jenis, ada):
            raise Refused(
                f"Berkas {berkas.berkas_masuk.nama} tidak memuat kolom {', '.join(kurang)}. Pilih "
                f"kolomnya pada langkah "
                "Kenali kolom, atau lengkapi berkas lalu unggah kembali."
            )
