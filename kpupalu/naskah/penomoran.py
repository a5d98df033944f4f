"""Numbers of official documents: drawn from the agenda book, never reused, every one of them on record."""

import string
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.kata import romawi
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, JenisNaskah

BAGIAN_POLA = frozenset({"nomor", "klasifikasi", "satker", "triwulan", "bulan", "tahun"})


def periksa_pola(pola: str) -> None:
    """Raise ValidationError unless *pola* holds ``{nomor}`` and ``{tahun}`` and only parts that exist."""
    try:
        bagian = {
            (nama, spek, konversi) for _, nama, spek, konversi in string.Formatter().parse(pola) if nama is not None
        }
    except ValueError as salah:
        raise ValidationError("Pola nomor tidak terbaca. Periksa tanda kurung kurawalnya.") from salah
    asing = sorted(nama for nama, spek, konversi in bagian if nama not in BAGIAN_POLA or spek or konversi)
    if asing:
        raise ValidationError(f"Bagian pola tidak dikenal: {', '.join(asing)}.")
    kurang = {"nomor", "tahun"} - {nama for nama, _, _ in bagian}
    if kurang:
        raise ValidationError("Pola nomor harus memuat {nomor} dan {tahun} supaya nomor tidak berulang.")


def susun_nomor(jenis: JenisNaskah, urut: int, tanggal: date, triwulan: int | str | None = None) -> str:
    """*urut* in the pattern of *jenis*, e.g. ``45/PL.01.2-BA/7271/IV/2026``.

    *triwulan* is a number or already Roman; without it the quarter of *tanggal* counts.
    """
    if not isinstance(triwulan, str):
        triwulan = romawi(triwulan or (tanggal.month + 2) // 3)
    return jenis.pola.format(
        nomor=urut,
        klasifikasi=jenis.klasifikasi,
        satker=settings.KODE_SATKER,
        triwulan=triwulan,
        bulan=romawi(tanggal.month),
        tahun=tanggal.year,
    )


def _kunci_buku(jenis: JenisNaskah, tanggal: date) -> BukuAgenda:
    BukuAgenda.objects.get_or_create(kode=jenis.buku, tahun=tanggal.year)
    return BukuAgenda.objects.select_for_update().get(kode=jenis.buku, tahun=tanggal.year)


@transaction.atomic
def take_nomor(jenis: JenisNaskah, *, tanggal: date, perihal: str, by, triwulan: int | str | None = None) -> str:
    """Hand out the next nomor of *jenis*, e.g. ``45/PL.01.2-BA/7271/IV/2026``, and write it in the agenda.

    The agenda row stays locked until the caller's transaction ends, so two people never get the same nomor,
    and a transaction that is rolled back leaves no gap. *triwulan* is the quarter the document is about,
    where that differs from the quarter of *tanggal*.
    """
    buku = _kunci_buku(jenis, tanggal)
    urut = buku.nomor_terakhir + 1
    nomor = susun_nomor(jenis, urut, tanggal, triwulan)
    if EntriAgenda.objects.filter(nomor=nomor).exists():
        raise Refused(f"Nomor {nomor} sudah terpakai di buku lain. Minta admin memeriksa pola nomor.")
    buku.nomor_terakhir = urut
    buku.save(update_fields=["nomor_terakhir"])
    EntriAgenda.objects.create(buku=buku, urut=urut, nomor=nomor, tanggal=tanggal, perihal=perihal[:300], oleh=by)
    return nomor


def periksa_ketikan(jenis: JenisNaskah, urut: int, tanggal: date, triwulan: int | str | None = None) -> str:
    """The nomor that typing *urut* would give now; refuses what ``ketik_nomor`` would refuse."""
    buku = BukuAgenda.objects.filter(kode=jenis.buku, tahun=tanggal.year).first()
    return _pastikan_boleh(buku or BukuAgenda(kode=jenis.buku, tahun=tanggal.year), jenis, urut, tanggal, triwulan)


def _pastikan_boleh(buku: BukuAgenda, jenis: JenisNaskah, urut: int, tanggal: date, triwulan: int | str | None) -> str:
    if tanggal > hari_ini():
        raise Refused("Tanggal nomor yang diketik tidak boleh sesudah hari ini. Periksa tanggalnya.")
    if urut < 1 or (buku.pk and buku.entri.filter(urut=urut).exists()):
        raise Refused(f"Nomor urut {urut} sudah dipakai di buku agenda {buku}. Pilih nomor lain.")
    if urut > buku.nomor_terakhir + 1:
        raise Refused(f"Nomor urut {urut} meninggalkan celah; nomor berikutnya adalah {buku.nomor_terakhir + 1}.")
    nomor = susun_nomor(jenis, urut, tanggal, triwulan)
    if EntriAgenda.objects.filter(nomor=nomor).exists():
        raise Refused(f"Nomor {nomor} sudah terpakai. Pilih nomor lain.")
    return nomor


@transaction.atomic
def ketik_nomor(
    jenis: JenisNaskah,
    *,
    urut: int,
    tanggal: date,
    perihal: str,
    alasan: str,
    by,
    triwulan: int | str | None = None,
) -> str:
    """Record a nomor that a person chose, e.g. one given on paper while the system was down.

    Refuses without the right, without a reason of ten letters, a day still to come, when the number is taken, and
    when it would leave a gap: only the next number, or one below it that the book never gave out, can be typed.
    """
    if not by.has_perm("naskah.ketik_nomor"):
        raise Refused("Anda tidak berwenang mengetik sendiri nomor naskah. Minta kasubbag atau sekretaris.")
    if len(alasan.strip()) < 10:
        raise Refused("Nomor yang diketik sendiri memerlukan alasan, paling sedikit 10 huruf.")
    buku = _kunci_buku(jenis, tanggal)
    nomor = _pastikan_boleh(buku, jenis, urut, tanggal, triwulan)
    buku.nomor_terakhir = max(buku.nomor_terakhir, urut)
    buku.save(update_fields=["nomor_terakhir"])
    entri = EntriAgenda.objects.create(
        buku=buku,
        urut=urut,
        nomor=nomor,
        tanggal=tanggal,
        perihal=perihal[:300],
        diketik=True,
        alasan=alasan.strip(),
        oleh=by,
    )
    for objek in (entri, buku):
        catat("ketik_nomor", objek, oleh=by, alasan=alasan.strip(), kalimat=f"Mengetik sendiri nomor {nomor}")
    return nomor


@transaction.atomic
def batalkan_nomor(nomor: str, *, alasan: str, by) -> None:
    """Mark the agenda entry of *nomor* as batal. The number stays used up."""
    entri = EntriAgenda.objects.select_for_update().get(nomor=nomor)
    entri.batal, entri.alasan_batal = True, alasan.strip()
    entri.save(update_fields=["batal", "alasan_batal"])
    catat("batalkan_nomor", entri, oleh=by, alasan=alasan.strip(), kalimat=f"Menandai nomor {nomor} batal")
