"""Hearings of a dispute: by which summons, who speaks for the office by which power of attorney, what came of it."""

from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction

from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import pasang
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from ppid import tenggat_keberatan as jam
from ppid.actions.sengketa import URUS, perlu_urus
from ppid.models import Sengketa, Sidang, SuratKuasa


def _pegang(sengketa: Sengketa, *, versi: int, oleh) -> Sengketa:
    """Lock the dispute: its hearings and powers of attorney change only under it."""
    perlu_urus(oleh)
    segar = Sengketa.objects.select_for_update().get(pk=sengketa.pk)
    if segar.versi != versi:
        raise Refused("Sengketa ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status in Sengketa.TUTUP:
        raise Refused(f"Sengketa ini {segar.get_status_display().lower()}, jadi tidak dapat diubah.")
    segar.versi += 1
    segar.save(update_fields=["versi"])
    return segar


@transaction.atomic
def catat_kuasa(
    sengketa: Sengketa, *, tingkat: str, nomor: str, tanggal: date, penerima, sampai: date | None, versi: int, oleh
) -> SuratKuasa:
    """Who may speak for the office before one forum. Refuses a day after today and the same letter twice."""
    segar = _pegang(sengketa, versi=versi, oleh=oleh)
    if tanggal > hari_ini() or (sampai and sampai < tanggal):
        raise Refused(
            "Tanggal surat kuasa tidak boleh sesudah hari ini, dan masa berlakunya tidak boleh mendahuluinya."
        )
    try:
        with transaction.atomic():
            kuasa = SuratKuasa.objects.create(
                sengketa=segar, tingkat=tingkat, nomor=nomor.strip(), tanggal=tanggal, penerima=penerima,
                sampai=sampai, dicatat_oleh=oleh,
            )  # fmt: skip
    except IntegrityError as galat:
        raise Refused(f"Surat kuasa {nomor.strip()} untuk {penerima} sudah tercatat.") from galat
    catat("ppid.surat_kuasa", segar, oleh=oleh, kalimat=f"{kuasa} untuk {penerima}, {kuasa.get_tingkat_display()}")
    return kuasa


@transaction.atomic
def catat_sidang(
    sengketa: Sengketa,
    *,
    tingkat: str,
    acara: str,
    tanggal: date,
    pukul: time | None,
    tempat: str,
    panggilan: str,
    versi: int,
    oleh,
) -> Sidang:
    """A hearing by its summons; the term for naming a representative is counted back from it.

    Refuses a summons without number, and a day before the dispute.
    """  # fmt: skip
    segar = _pegang(sengketa, versi=versi, oleh=oleh)
    if not (acara.strip() and tempat.strip() and panggilan.strip()):
        raise Refused("Isi acara, tempat, dan nomor surat panggilan.")
    if tanggal < segar.diajukan_pada:
        raise Refused("Tanggal sidang tidak mungkin sebelum sengketa diajukan.")
    sidang = Sidang.objects.create(
        sengketa=segar, tingkat=tingkat, acara=acara.strip(), tanggal=tanggal, pukul=pukul, tempat=tempat.strip(),
        panggilan=panggilan.strip(),
    )  # fmt: skip
    if tanggal >= hari_ini():
        tentang = jam.tentang(sidang, "Surat kuasa dan wakil untuk sidang sengketa", hak_urus=URUS)
        pasang(sidang, jam.SIDANG, tanggal, tentang=tentang, oleh=oleh)
    catat("ppid.sidang", segar, oleh=oleh, kalimat=f"Sidang {sidang}, panggilan {sidang.panggilan}")
    jam.kabari(segar, "Sidang sengketa informasi", hak=URUS)
    return sidang


@transaction.atomic
def tunjuk_wakil(sidang: Sidang, *, kuasa: SuratKuasa, versi: int, oleh) -> Sidang:
    """Name who attends, by a power of attorney for this dispute and forum that holds on the day of the hearing."""
    segar = _pegang(sidang.sengketa, versi=versi, oleh=oleh)
    sidang = Sidang.objects.select_for_update().get(pk=sidang.pk)
    if sidang.hadir is not None:
        raise Refused("Hasil sidang ini sudah dicatat.")
    if kuasa.sengketa_id != segar.pk or kuasa.tingkat != sidang.tingkat:
        raise Refused(f"Surat kuasa {kuasa.nomor} bukan untuk sengketa dan forum ini.")
    if not kuasa.tanggal <= sidang.tanggal or (kuasa.sampai and kuasa.sampai < sidang.tanggal):
        raise Refused(f"Surat kuasa {kuasa.nomor} tidak berlaku pada {tanggal_panjang(sidang.tanggal)}.")
    sidang.wakil, sidang.kuasa = kuasa.penerima, kuasa
    sidang.save(update_fields=["wakil", "kuasa"])
    jam.tutup(sidang, jam.SIDANG, oleh=oleh)
    catat("ppid.wakil_sidang", segar, oleh=oleh, kalimat=f"Wakil pada {sidang}: {kuasa.penerima}")
    return sidang


@transaction.atomic
def catat_hasil(sidang: Sidang, *, hadir: bool, hasil: str, versi: int, oleh) -> Sidang:
    """Whether the office was there and what came of it. Refuses before the hearing, and presence without a proxy."""
    segar = _pegang(sidang.sengketa, versi=versi, oleh=oleh)
    sidang = Sidang.objects.select_for_update().get(pk=sidang.pk)
    if sidang.tanggal > hari_ini():
        raise Refused(f"Sidang ini baru berlangsung {tanggal_panjang(sidang.tanggal)}.")
    if hadir and sidang.wakil_id is None:
        raise Refused("Tunjuk wakil dengan surat kuasa lebih dahulu; tanpa itu kantor tidak tercatat hadir.")
    if len(hasil.strip()) < 3:
        raise Refused("Tuliskan hasil sidang.")
    sidang.hadir, sidang.hasil = hadir, samarkan_teks(hasil.strip())
    sidang.save(update_fields=["hadir", "hasil"])
    jam.tutup(sidang, jam.SIDANG, oleh=oleh, batal=True)
    kata = "dihadiri" if hadir else "TIDAK dihadiri kantor"
    catat("ppid.hasil_sidang", segar, oleh=oleh, kalimat=f"Sidang {sidang} {kata}")
    return sidang


def tanpa_wakil(pada: date) -> list[dict[str, Any]]:
    """Hearings to come that have no representative although the day for naming one is reached on *pada*.

    Each ``{"sidang", "sengketa", "batas", "kalimat"}``; the gravest anomaly of a dispute (Perki 1/2013 Pasal 31).
    """
    semua = Sidang.objects.filter(tanggal__gte=pada, hadir=None, wakil=None).exclude(
        sengketa__status__in=Sengketa.TUTUP
    )
    baris = {str(s.pk): s for s in semua.select_related("sengketa")}
    jatuh = TenggatBerjalan.objects.terbuka().filter(
        subjek_label="ppid.sidang", subjek_id__in=baris, aturan__kode=jam.SIDANG, tanggal__lte=pada
    )
    return [
        {
            "sidang": baris[t.subjek_id],
            "sengketa": baris[t.subjek_id].sengketa,
            "batas": t.tanggal,
            "kalimat": f"{baris[t.subjek_id]} belum mempunyai wakil dengan surat kuasa. Tunjuk wakilnya hari ini.",
        }
        for t in jatuh.order_by("tanggal", "pk")
    ]
