"""What people do with the recap of a PPK: receive it as a file or typed, say what a line means, take a version back."""

import csv
import io
from collections.abc import Iterable, Mapping

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max

from kpupalu.audit.catatan import catat
from kpupalu.imports.berkas import segel
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.wilayah.models import Kecamatan
from pdpb.kunci import kunci_periode
from pdpb.models import BarisPPK, PenjelasanPPK, Periode, RekapPPK
from pdpb.ppk import Keadaan, baca, banding
from pdpb.ppk.baca import tulisan_aman
from pdpb.rekap import rekap

PERM = "pdpb.kelola_rekap_ppk"
S = RekapPPK.Status
KOLOM_KETIK = (
    ("l", "L"), ("p", "P"), ("baru", "Pemilih baru"), ("tms", "TMS"), ("ubah", "Perbaikan data"),
)  # fmt: skip
"""What may be typed for a kelurahan: name of the input, heading of the column."""
MIN_ISI = 10


def _berhak(oleh) -> None:
    if not oleh.has_perm(PERM):
        raise Refused("Anda tidak berwenang memuat rekap PPK atau menjelaskan selisihnya.")


@transaction.atomic
def muat(
    periode: Periode, kecamatan: Kecamatan, berkas: File, *, oleh, asal: str = "", cara: str = RekapPPK.Cara.UNGGAH
) -> tuple[RekapPPK, bool]:
    """Seal the recap of a PPK and keep its lines as the version in force: the version, and whether it is a new one.

    The same bytes as the version in force change nothing. Our own figures are never touched, so that a frozen period
    may still be compared. Refuses without the right and what ``baca`` refuses; nothing is kept then.
    """
    _berhak(oleh)
    periode = kunci_periode(periode)
    masuk = segel(berkas, oleh=oleh)
    milik = RekapPPK.objects.filter(periode=periode, kecamatan=kecamatan)
    lama = milik.berlaku().first()
    if lama and lama.sha256 == masuk.sha256:
        return lama, False
    baris = baca(masuk, kecamatan, periode)
    milik.berlaku().update(status=S.DIGANTIKAN)
    versi = (milik.aggregate(n=Max("versi"))["n"] or 0) + 1
    baru = RekapPPK.objects.create(
        periode=periode, kecamatan=kecamatan, versi=versi, cara=cara, asal=samarkan_teks(asal.strip()), berkas=masuk,
        sha256=masuk.sha256, dimuat_oleh=oleh,
    )  # fmt: skip
    BarisPPK.objects.bulk_create(
        BarisPPK(
            rekap=baru, nomor=b.nomor, tulisan=tulisan_aman(b.tulisan), tingkat=b.tingkat, kelurahan_id=b.kelurahan,
            tps=b.tps, angka=b.angka,
        )
        for b in baris
    )  # fmt: skip
    kalimat = f"Memuat rekap PPK {kecamatan} versi {versi} dari {masuk.nama}"
    catat("pdpb.muat_rekap_ppk", baru, oleh=oleh, asal="impor", jumlah=len(baris), kalimat=kalimat)
    return baru, True


def muat_ketikan(
    periode: Periode, kecamatan: Kecamatan, angka: Mapping[str, Mapping[str, int]], *, oleh, asal: str
) -> tuple[RekapPPK, bool]:
    """The same for figures typed from paper: ``angka[code of kelurahan][input]``, inputs as in ``KOLOM_KETIK``.

    What was typed is sealed as a table, so that a typed version has an original too. Refuses when nothing was typed
    and without the paper that it comes from.
    """
    _berhak(oleh)
    if len(asal.strip()) < MIN_ISI:
        raise Refused("Sebutkan surat atau berita acara PPK yang Anda ketik, paling sedikit 10 huruf.")
    isi = io.StringIO()
    tulis = csv.writer(isi, delimiter=";", lineterminator="\r\n")
    tulis.writerow(["Kelurahan", *(judul for _, judul in KOLOM_KETIK)])
    for kode, satu in sorted(angka.items()):
        if satu:
            tulis.writerow([kode, *(satu.get(nama, "") for nama, _ in KOLOM_KETIK)])
    if not any(angka.values()):
        raise Refused("Belum ada angka yang diketik. Isi sedikitnya satu kelurahan.")
    berkas = ContentFile(isi.getvalue().encode(), name=f"ketikan-{kecamatan.kode}-{periode.pk}.csv")
    return muat(periode, kecamatan, berkas, oleh=oleh, asal=asal, cara=RekapPPK.Cara.KETIK)


@transaction.atomic
def jelaskan(satu: RekapPPK, kunci: Iterable[str], *, jenis: str, isi: str, oleh) -> int:
    """Write one explanation or follow-up to each line of *kunci* that is not the same; return how many.

    It holds for what the line shows now and counts until that changes. Refuses without the right, a version that is
    not in force, a text that says nothing, and when no named line differs.
    """
    _berhak(oleh)
    isi = samarkan_teks(isi.strip())
    if len(isi) < MIN_ISI:
        raise Refused(f"Tulis penjelasan atau tindak lanjut, paling sedikit {MIN_ISI} huruf.")
    periode = kunci_periode(satu.periode)
    satu = RekapPPK.objects.select_related("kecamatan", "periode").get(pk=satu.pk)
    _berlaku(satu)
    diminta = set(kunci)
    baris = [b for b in banding(satu, rekap(periode)).baris if b.kunci in diminta and b.keadaan != Keadaan.SAMA]
    if not baris:
        raise Refused("Tidak ada baris tercentang yang berbeda. Muat ulang halaman ini, lalu centang lagi.")
    for b in baris:
        PenjelasanPPK.objects.create(
            periode=periode, kecamatan=satu.kecamatan, kunci=b.kunci, jenis=PenjelasanPPK.Jenis(jenis), isi=isi,
            keadaan=b.isi_keadaan, oleh=oleh,
        )  # fmt: skip
    sebut = ", ".join(b.tulisan for b in baris[:3]) + (
        f" dan {ribuan(len(baris) - 3)} lainnya" if len(baris) > 3 else ""
    )
    kata = PenjelasanPPK.Jenis(jenis).label
    catat("pdpb.jelaskan_rekap_ppk", satu, oleh=oleh, jumlah=len(baris), alasan=isi, kalimat=f"{kata} untuk {sebut}")
    return len(baris)


@transaction.atomic
def tarik(satu: RekapPPK, *, alasan: str, oleh) -> RekapPPK:
    """Take the version in force back, with the reason: the kecamatan has no recap then; every version stays readable.

    Refuses without the right, without a reason, and a version that is not in force.
    """
    _berhak(oleh)
    alasan = samarkan_teks(alasan.strip())
    if len(alasan) < MIN_ISI:
        raise Refused(f"Tulis alasan menarik rekap ini, paling sedikit {MIN_ISI} huruf.")
    kunci_periode(satu.periode)
    satu = RekapPPK.objects.select_related("kecamatan", "periode").get(pk=satu.pk)
    _berlaku(satu)
    satu.status, satu.alasan_tarik = S.DITARIK, alasan[:240]
    satu.save(update_fields=["status", "alasan_tarik"])
    catat(
        "pdpb.tarik_rekap_ppk", satu, oleh=oleh, alasan=alasan, kalimat=f"Menarik {satu}",
        perubahan={"status": (S.BERLAKU, S.DITARIK)},
    )  # fmt: skip
    return satu


def _berlaku(satu: RekapPPK) -> None:
    if satu.status != S.BERLAKU:
        raise Refused(f"{satu} sudah {satu.get_status_display().lower()}. Buka versi yang berlaku.")
