"""Which terms run for a request, and what the applicant is told when the calendar moves one of them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Model

from kpupalu.accounts.peran import pemegang_hak
from kpupalu.kalender.actions import Perubahan, Tentang, hentikan, pasang
from kpupalu.kalender.hitung import hitung, tambah_hari_kerja
from kpupalu.kalender.kalender import baca_kalender
from kpupalu.kalender.models import TenggatBerjalan, aturan_berlaku
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.pemberitahuan.actions import beri_tahu
from ppid.models import MasaTahapan, Permohonan
from ppid.tenggat import KODE, REGULER, TAHAPAN

JAWAB = {False: KODE[REGULER]["jawab"], True: KODE[TAHAPAN]["jawab"]}
"""The rule of the answer: by the ordinary regime, and by that of election information (Perki 1/2019 Pasal 12)."""
KURANG, LENGKAPI = KODE[REGULER]["kekurangan"], KODE[REGULER]["lengkapi"]


def hari_terakhir(kode: str, mulai: date) -> date:
    """The last day of a term of rule *kode* that begins with *mulai*, without setting one."""
    syarat = aturan_berlaku(kode, pada=mulai).syarat()
    return hitung(syarat, mulai, baca_kalender(*syarat.rentang(mulai)).libur).tanggal


def tentang(permohonan: Permohonan, kata: str) -> Tentang:
    """What calendar and notifications say: the register number, never who asks or for what."""
    return Tentang(
        judul=f"{kata} {permohonan.nomor}",
        tautan=permohonan.get_absolute_url(),
        sumber="PPID",
        hak_lihat="ppid.lihat_permohonan",
        hak_urus="ppid.olah_permohonan",
    )


def dalam_tahapan(pada: date) -> bool:
    """Whether an election stage runs on *pada*, so that information about it follows the short clock."""
    return MasaTahapan.objects.pada(pada).exists()


def pasang_jawab(permohonan: Permohonan, *, oleh) -> None:
    """One running term for each regime that the items of *permohonan* follow; a regime no item follows is closed."""
    rezim = set(permohonan.butir.values_list("tahapan", flat=True))
    berjalan = {t.aturan.kode: t for t in jawab_terbuka(permohonan)}
    for tahapan, kode in JAWAB.items():
        if tahapan in rezim and kode not in berjalan:
            mulai = permohonan.lengkap_pada or permohonan.diterima_pada
            pasang(permohonan, kode, mulai, tentang=tentang(permohonan, "Jawab permohonan"), oleh=oleh)
        elif tahapan not in rezim and kode in berjalan:
            hentikan(berjalan[kode], oleh=oleh, batal=True)


def semua(permohonan: Permohonan):
    """Every term of *permohonan*, the oldest first."""
    return TenggatBerjalan.objects.subjek(permohonan).select_related("aturan")


def jawab_terbuka(permohonan: Permohonan) -> list[TenggatBerjalan]:
    """The open terms of the answer, the earliest first."""
    return list(semua(permohonan).terbuka().filter(aturan__kode__in=JAWAB.values()).order_by("tanggal"))


def jawab_dari(semua_: Iterable[Permohonan]):
    """The open terms of the answers of these requests."""
    return TenggatBerjalan.objects.terbuka().filter(
        subjek_label="ppid.permohonan", subjek_id__in=[str(p.pk) for p in semua_], aturan__kode__in=JAWAB.values()
    )


def terlambat(pada: date) -> set[int]:
    """Requests with a running term of their answer whose last day is before *pada*."""
    lewat = TenggatBerjalan.objects.filter(
        subjek_label="ppid.permohonan", status=TenggatBerjalan.Status.BERJALAN, aturan__kode__in=JAWAB.values(),
        tanggal__lt=pada,
    )  # fmt: skip
    return {int(pk) for pk in lewat.values_list("subjek_id", flat=True)}


def jatuh_pada(hari: date) -> set[int]:
    """Requests with a running term of their answer whose last day is *hari*."""
    pada = TenggatBerjalan.objects.filter(
        subjek_label="ppid.permohonan", status=TenggatBerjalan.Status.BERJALAN, aturan__kode__in=JAWAB.values(),
        tanggal=hari,
    )  # fmt: skip
    return {int(pk) for pk in pada.values_list("subjek_id", flat=True)}


def hari_kerja_berikut(hari: date) -> date:
    """The first working day after *hari*."""
    return tambah_hari_kerja(hari, 1, baca_kalender(hari, hari + timedelta(days=31)).libur).tanggal


def tutup(permohonan: Permohonan, *kode: str, oleh, pada: date | None = None, batal: bool = False) -> None:
    """Close the open terms of the rules *kode* (all of them when none is named)."""
    terbuka = semua(permohonan).terbuka()
    for satu in terbuka.filter(aturan__kode__in=kode) if kode else terbuka:
        hentikan(satu, oleh=oleh, pada=pada, batal=batal)


def tutup_objek(objek: Model, *, oleh, batal: bool = False) -> None:
    """Close every open term of *objek*."""
    for satu in TenggatBerjalan.objects.subjek(objek).terbuka():
        hentikan(satu, oleh=oleh, batal=batal)


def beri_tahu_meja(permohonan: Permohonan, kata: str, nomor: int) -> None:
    """Tell the desk of event *kata* number *nomor* of *permohonan*."""
    beri_tahu(
        pemegang_hak("ppid.olah_permohonan"), jenis="menunggu", kunci=f"ppid-{permohonan.pk}-{kata}-{nomor}",
        judul=f"{kata}: {permohonan.nomor}", tautan=permohonan.get_absolute_url(),
    )  # fmt: skip


def catat_tenggat_berubah(perubahan: Perubahan) -> None:
    """Mark the request so that its ticket page tells the applicant the old and the new day and why.

    Only the term of the answer concerns the applicant.
    """
    if perubahan.tenggat.aturan.kode not in JAWAB.values():
        return
    permohonan = Permohonan.objects.select_for_update().get(pk=perubahan.tenggat.subjek_id)
    kabar = {
        "lama": tanggal_panjang(perubahan.lama),
        "baru": tanggal_panjang(perubahan.baru),
        "alasan": perubahan.alasan,
    }
    permohonan.kabar_tenggat = [*permohonan.kabar_tenggat, kabar]
    permohonan.save(update_fields=["kabar_tenggat"])
