"""Letters beside the pemberitahuan tertulis: what is missing, more time, refusal, correction; numbered and signed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah
from ppid.actions.jawaban import GUGUR, pejabat_pada
from ppid.cetakan import isi_kekurangan, isi_penolakan, isi_perpanjangan, isi_ralat
from ppid.models import Jawaban, Pejabat, Permohonan

J, S = Jawaban.Jenis, Permohonan.Status
_DARI = {
    J.KEKURANGAN: (S.BELUM_LENGKAP,), J.PERPANJANGAN: (S.DIPROSES, S.SIAP_KIRIM),
    J.PENOLAKAN: (S.DIPROSES, S.SIAP_KIRIM, S.DIJAWAB, S.SELESAI), J.RALAT: (S.DIJAWAB, S.SELESAI),
}  # fmt: skip
_ISI: dict[str, Callable[[Permohonan, date], tuple[dict[str, Any], list[str]]]] = {
    J.KEKURANGAN: isi_kekurangan, J.PERPANJANGAN: isi_perpanjangan, J.PENOLAKAN: isi_penolakan,
}  # fmt: skip


def surat_terbuka(permohonan: Permohonan, user) -> list[Jawaban.Jenis]:
    """Kinds of letters that *user* may have printed for *permohonan* now."""
    if not user.has_perm("ppid.putus_butir"):
        return []
    hasil: list[Jawaban.Jenis] = [j for j, dari in _DARI.items() if permohonan.status in dari and j != J.RALAT]
    hasil = [j for j in hasil if not _ISI[j](permohonan, hari_ini())[1] and not _hidup(permohonan, j)]
    if permohonan.status in _DARI[J.RALAT] and _terakhir_terkirim(permohonan):
        hasil.append(J.RALAT)
    return hasil


def _hidup(permohonan: Permohonan, jenis: str) -> bool:
    return permohonan.jawaban.filter(jenis=jenis).exclude(naskah__status__in=GUGUR).exists()


def _terakhir_terkirim(permohonan: Permohonan) -> Jawaban | None:
    """The last letter of the answer that went out: the pemberitahuan or a correction of it."""
    semua = permohonan.jawaban.filter(jenis__in=(J.PEMBERITAHUAN, J.RALAT, J.PENOLAKAN)).exclude(dikirim_pada=None)
    return semua.exclude(naskah__status__in=GUGUR).select_related("naskah").order_by("-pk").first()


def _pegang(permohonan: Permohonan, jenis: str, *, versi: int, tanggal: date, oleh) -> Permohonan:
    perlu_hak(oleh, "ppid.putus_butir", "Surat ini disiapkan oleh pejabat PPID.")
    segar = Permohonan.objects.select_for_update().get(pk=permohonan.pk)
    if segar.versi != versi:
        raise Refused("Permohonan ini baru saja diubah orang lain. Muat ulang halamannya, lalu lanjutkan.")
    if segar.status not in _DARI[J(jenis)]:
        raise Refused(f"Permohonan ini {segar.get_status_display().lower()}, jadi tidak memerlukan surat ini.")
    if not segar.diterima <= tanggal <= hari_ini():
        raise Refused("Tanggal surat harus di antara tanggal diterima dan hari ini.")
    return segar


def _terbitkan(segar: Permohonan, jenis: str, subjek, isi: dict[str, Any], tanggal: date, *, oleh) -> Jawaban:
    naskah = dasar.buat_naskah(
        f"ppid-{jenis}", subjek=subjek, isi=isi, by=oleh, tanggal=tanggal,
        penandatangan=[pejabat_pada(Pejabat.Peran.PPID, tanggal)], judul=isi["judul"],
    )  # fmt: skip
    naskah = dasar.siapkan(naskah, by=oleh)
    hasil = Jawaban.objects.create(permohonan=segar, jenis=jenis, naskah=naskah, dibuat_oleh=oleh)
    catat("ppid.siapkan_surat", segar, oleh=oleh, kalimat=f"Menyiapkan {hasil}")
    return hasil


@transaction.atomic
def siapkan_surat(permohonan: Permohonan, *, jenis: str, tanggal: date, versi: int, oleh) -> Jawaban:
    """Number and print a notice of what is missing, of the extension, or the decision to refuse.

    Refuses while a mandatory element is empty, and a second living letter of the same kind.
    """
    segar = _pegang(permohonan, jenis, versi=versi, tanggal=tanggal, oleh=oleh)
    isi, salah = _ISI[jenis](segar, tanggal)
    if salah:
        raise Refused("Surat belum dapat dicetak. " + " ".join(salah))
    return _terbitkan(segar, jenis, segar, isi, tanggal, oleh=oleh)


@transaction.atomic
def siapkan_ralat(permohonan: Permohonan, *, keliru: str, benar: str, tanggal: date, versi: int, oleh) -> Jawaban:
    """Number and print the correction of the last letter that went out; that letter itself never changes.

    Refuses before anything went out, words that are missing or the same, and a second open correction of one letter.
    """
    segar = _pegang(permohonan, J.RALAT, versi=versi, tanggal=tanggal, oleh=oleh)
    keliru, benar = samarkan_teks(perlu_alasan(keliru)), samarkan_teks(perlu_alasan(benar))
    if keliru == benar:
        raise Refused("Yang tertulis dan yang seharusnya sama. Periksa kembali.")
    asal = _terakhir_terkirim(segar)
    if asal is None:
        raise Refused("Belum ada surat yang terkirim, jadi tidak ada yang diralat.")
    isi = isi_ralat(segar, tanggal, asal, keliru, benar)
    return _terbitkan(segar, J.RALAT, asal, isi, tanggal, oleh=oleh)


@transaction.atomic
def kirim_surat(surat: Jawaban, *, pada: date, cara: str, bukti: str, oleh) -> Jawaban:
    """Record that a signed letter of these went out; the pemberitahuan tertulis has a step of its own.

    Refuses an unsigned letter, one that was sent, a day before its signature or after today, and no proof.
    """
    perlu_hak(oleh, "ppid.olah_permohonan", "Pengiriman surat dicatat oleh petugas layanan.")
    Permohonan.objects.select_for_update().get(pk=surat.permohonan_id)
    surat = Jawaban.objects.select_related("naskah", "permohonan").get(pk=surat.pk)
    naskah: Naskah = surat.naskah
    if surat.jenis == J.PEMBERITAHUAN or surat.dikirim_pada:
        raise Refused("Pengiriman surat ini sudah atau akan dicatat dengan langkah lain. Muat ulang halamannya.")
    if naskah.status in GUGUR or not naskah.selesai_ditandatangani:
        raise Refused("Surat dikirim setelah ditandatangani PPID. Selesaikan tanda tangannya lebih dahulu.")
    mulai = naskah.lengkap_pada.astimezone(WITA).date() if naskah.lengkap_pada else naskah.tanggal
    if not max(mulai, naskah.tanggal) <= pada <= hari_ini():
        raise Refused("Tanggal kirim harus di antara hari surat ditandatangani dan hari ini. Periksa tanggalnya.")
    if len(bukti.strip()) < 3:
        raise Refused("Tuliskan bukti pengiriman, misalnya nomor resi atau nama penerima.")
    surat.dikirim_pada, surat.cara, surat.bukti = pada, cara, samarkan_teks(bukti.strip())[:200]
    surat.save(update_fields=["dikirim_pada", "cara", "bukti"])
    catat("ppid.kirim_surat", surat.permohonan, oleh=oleh, kalimat=f"Mengirim {surat}")
    return surat
