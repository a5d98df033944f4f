"""What officers do with rows that name a person without a number: take the next, say whom it means, let it come in.

Several officers work on one list at once. A row is lent to whoever opens it for a quarter of an hour, so that nobody
does it twice; what one said, another is told.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.actions.perubahan import pastikan_terbuka, tolak_salah_orang
from pdpb.impor.padanan_susulan import tulis_susulan
from pdpb.kunci import kunci_periode
from pdpb.models import BarisDitolak, ImporBatch, PadananBaris, Perubahan
from pdpb.models.padanan import BELUM_DIPUTUS

S = PadananBaris.Status
PINJAM = timedelta(minutes=15)
"""How long a row stays with the officer who opened it and then went away."""
SEKALI = 25
"""Rows that are compared and confirmed together on one page."""


def _bebas(oleh) -> Q:
    """Rows that nobody else has open."""
    return Q(dipegang_oleh=None) | Q(dipegang_oleh=oleh) | Q(dipegang_sampai__lt=sekarang())


def antrean(batch: ImporBatch, *, oleh, kelurahan: str = "", status: str = "", sesudah: int = 0):
    """The undecided rows of *batch* that *oleh* may take, one kelurahan or kecamatan if its code is given."""
    baris = PadananBaris.objects.for_user(oleh).terbuka().filter(_bebas(oleh), batch=batch)
    if kelurahan:
        baris = baris.filter(kelurahan__kode__startswith=kelurahan)
    if status in BELUM_DIPUTUS:
        baris = baris.filter(status=status)
    return baris.filter(pk__gt=sesudah).order_by("pk")


@transaction.atomic
def ambil(batch: ImporBatch, *, oleh, banyak: int = 1, **saringan) -> list[PadananBaris]:
    """Lend *oleh* up to *banyak* of the next free rows of *batch*; none when the rest is decided or with others.

    Two officers who ask at the same moment get different rows.
    """
    if banyak == 1:
        # Whoever moves on gives back what was left open.
        PadananBaris.objects.filter(batch=batch, dipegang_oleh=oleh).update(dipegang_oleh=None)
    baris = list(antrean(batch, oleh=oleh, **saringan).select_for_update(skip_locked=True)[:banyak])
    if not baris and saringan.get("sesudah"):
        return ambil(batch, oleh=oleh, banyak=banyak, **saringan | {"sesudah": 0})
    _pinjamkan(baris, oleh)
    return baris


@transaction.atomic
def pegang(padanan: PadananBaris, *, oleh) -> PadananBaris:
    """Lend *oleh* this row; a row that is decided or with another is given back as it is, not lent."""
    padanan = PadananBaris.objects.select_for_update().get(pk=padanan.pk)
    if padanan.status in BELUM_DIPUTUS and not dipegang_lain(padanan, oleh):
        _pinjamkan([padanan], oleh)
    return padanan


def _pinjamkan(baris: list[PadananBaris], oleh) -> None:
    for satu in baris:
        satu.dipegang_oleh, satu.dipegang_sampai = oleh, sekarang() + PINJAM
    PadananBaris.objects.bulk_update(baris, ["dipegang_oleh", "dipegang_sampai"])


def dipegang_lain(padanan: PadananBaris, oleh) -> bool:
    """Whether another officer has *padanan* open now."""
    return bool(
        padanan.dipegang_oleh_id
        and padanan.dipegang_oleh_id != oleh.pk
        and padanan.dipegang_sampai
        and padanan.dipegang_sampai > sekarang()
    )


@transaction.atomic
def putuskan(padanan: PadananBaris, *, versi: int | None, oleh) -> PadananBaris:
    """Record that the row means the candidate *versi*, or nobody on the roll when it is None. Remembered from now on.

    Saying the same again changes nothing. Where the comparison had proposed somebody else and the list was applied,
    that proposal is refused and the row waits again. Refuses a closed period, a row that another officer has open or
    has decided otherwise, and somebody who is no candidate of the row.
    """
    pastikan_terbuka(kunci_periode(padanan.batch.periode))
    padanan = (
        PadananBaris.objects.select_for_update(of=("self",))
        .select_related("diputus_oleh", "perubahan")
        .get(pk=padanan.pk)
    )
    if padanan.status not in BELUM_DIPUTUS:
        if padanan.pilihan_id == versi:
            return padanan
        raise Refused(f"{padanan} sudah diputuskan oleh {padanan.diputus_oleh}. Ambil baris berikutnya.")
    if dipegang_lain(padanan, oleh):
        raise Refused(f"{padanan} sedang dikerjakan {padanan.dipegang_oleh}. Ambil baris berikutnya.")
    if versi is not None and versi not in {c["versi"] for c in padanan.calon}:
        raise Refused("Calon baris ini sudah berubah. Muat ulang halaman ini, lalu pilih lagi.")
    if padanan.perubahan and padanan.pilihan_id != versi:
        _lepas_usulan(padanan, padanan.perubahan, oleh)
    _simpan(padanan, versi, oleh)
    kalimat = "Memastikan orang yang dimaksud baris ini" if versi else "Menyatakan orang ini tidak ada di daftar"
    catat("pdpb.pilih_orang", padanan, oleh=oleh, kalimat=kalimat)
    return padanan


def _simpan(padanan: PadananBaris, versi: int | None, oleh) -> None:
    padanan.status = S.DIPASTIKAN if versi else S.TIDAK_ADA
    padanan.pilihan_id = versi
    padanan.diputus_oleh, padanan.diputus_pada = oleh, sekarang()
    padanan.dipegang_oleh = padanan.dipegang_sampai = None
    padanan.save()


def _lepas_usulan(padanan: PadananBaris, usulan: Perubahan, oleh) -> None:
    """Refuse the proposal that the comparison had made for somebody else, and let the row wait like one left out."""
    tolak_salah_orang(usulan, oleh=oleh)
    padanan.perubahan = None
    # A row that a supplement had replaced waits again: what replaced it was about somebody else.
    BarisDitolak.objects.update_or_create(
        batch_id=padanan.batch_id,
        berkas_urut=padanan.berkas_urut,
        baris=padanan.baris,
        defaults={"diganti_urut": None, "diganti_baris": None},
        create_defaults={"kelurahan_id": padanan.kelurahan_id},
    )


@transaction.atomic
def pastikan_banyak(batch: ImporBatch, ids: Collection[int], *, oleh) -> int:
    """Confirm the proposed persons of the rows *ids* of *batch* that *oleh* has open; how many they were.

    Rows decided meanwhile or lent to another are left alone. Refuses a closed period and more rows than one page.
    """
    pastikan_terbuka(kunci_periode(batch.periode))
    if len(ids) > SEKALI:
        raise Refused(f"Paling banyak {SEKALI} baris dipastikan sekaligus.")
    baris = list(
        PadananBaris.objects.select_for_update()
        .filter(_bebas(oleh), pk__in=ids, batch=batch, status=S.DICOCOKKAN)
        .order_by("pk")
    )
    for satu in baris:
        _simpan(satu, satu.pilihan_id, oleh)
    if baris:
        catat(
            "pdpb.pastikan_orang", batch, oleh=oleh, jumlah=len(baris), kalimat="Memastikan orang hasil pencocokan nama"
        )
    return len(baris)


@transaction.atomic
def putuskan_lagi(padanan: PadananBaris, *, oleh) -> PadananBaris:
    """Let the row be decided anew, also after its proposal was rejected.

    Refuses a closed period, an import that was undone, and a row whose proposal lives.
    """
    pastikan_terbuka(kunci_periode(padanan.batch.periode))
    padanan = PadananBaris.objects.select_for_update().get(pk=padanan.pk)
    if padanan.batch.status == ImporBatch.Status.DIBATALKAN:
        raise Refused("Impor ini sudah dibatalkan. Unggah daftarnya sebagai impor baru.")
    usulan = padanan.perubahan
    if usulan and usulan.status != Perubahan.Status.DITOLAK:
        raise Refused("Usulan dari baris ini sudah ada. Tolak atau tarik usulannya bila orangnya keliru.")
    if usulan:
        _lepas_usulan(padanan, usulan, oleh)
    elif padanan.status in BELUM_DIPUTUS:
        return padanan
    padanan.status, padanan.pilihan, padanan.diputus_oleh, padanan.diputus_pada = S.MENUNGGU, None, None, None
    padanan.save()
    _pinjamkan([padanan], oleh)
    catat("pdpb.pilih_orang_lagi", padanan, oleh=oleh, kalimat="Membuka kembali pilihan orang")
    return padanan


@transaction.atomic
def susulkan(batch: ImporBatch, *, oleh) -> int:
    """Bring the rows of an applied *batch* whose person is settled in again, as a supplement that waits to be checked.

    How many they were. Refuses a closed period, a batch that is not applied yet (there the choices are used when it
    is), and one that has unchecked files or nothing to bring in.
    """
    pastikan_terbuka(kunci_periode(batch.periode))
    batch = ImporBatch.objects.select_for_update(of=("self",)).select_related("periode").get(pk=batch.pk)
    if batch.status not in {ImporBatch.Status.DITERAPKAN, ImporBatch.Status.SELESAI}:
        raise Refused("Impor ini belum diterapkan. Pilihan Anda langsung dipakai saat impor diterapkan.")
    jumlah = tulis_susulan(batch, oleh=oleh)
    if not jumlah:
        raise Refused("Belum ada baris yang orangnya dipastikan dan menunggu dimasukkan.")
    catat("pdpb.susulkan_pilihan", batch, oleh=oleh, jumlah=jumlah, kalimat="Memasukkan baris yang orangnya dipastikan")
    return jumlah


def kemajuan(batch: ImporBatch) -> dict[str, int]:
    """How many rows of *batch* stand in each state."""
    hitung = dict(batch.padanan.order_by().values_list("status").annotate(n=Count("pk")))
    return {status: hitung.get(status, 0) for status in S.values}


def kemajuan_petugas(batch: ImporBatch) -> list[tuple[str, int, int, int]]:
    """(officer, confirmed, not on the roll, open with them now) of everybody who works on *batch*, busiest first."""
    kini = sekarang()
    hasil: dict[str, list[int]] = {}
    diputus = batch.padanan.filter(diputus_oleh__isnull=False).order_by()
    for nama, ada, tidak in diputus.values_list("diputus_oleh__nama_lengkap").annotate(
        ada=Count("pk", filter=Q(status=S.DIPASTIKAN)), tidak=Count("pk", filter=Q(status=S.TIDAK_ADA))
    ):
        hasil[nama] = [ada, tidak, 0]
    dipegang = batch.padanan.filter(dipegang_oleh__isnull=False, dipegang_sampai__gt=kini).order_by()
    for nama, n in dipegang.values_list("dipegang_oleh__nama_lengkap").annotate(n=Count("pk")):
        hasil.setdefault(nama, [0, 0, 0])[2] = n
    baris = [(nama, ada, tidak, buka) for nama, (ada, tidak, buka) in hasil.items()]
    return sorted(baris, key=lambda b: (-b[1] - b[2], b[0]))


def kemajuan_kelurahan(batch: ImporBatch) -> list[Mapping]:
    """Per kelurahan stated on the rows of *batch*: all rows and those still open; rows without one come last."""
    return list(
        batch.padanan.order_by()
        .values("kelurahan", "kelurahan__nama")
        .annotate(semua=Count("pk"), sisa=Count("pk", filter=Q(status__in=BELUM_DIPUTUS)))
        .order_by("kelurahan__nama")
    )
