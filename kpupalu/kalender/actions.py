"""Terms of an area's objects: set, extended, suspended, closed, and counted again when the calendar changes.

Each function locks the row of the term, which comes last in the lock order, and writes the history of the object it
belongs to, in the transaction of the caller.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from kpupalu.accounts.peran import pemegang_hak
from kpupalu.audit.catatan import catat
from kpupalu.kalender.hitung import hari_jeda, hitung, saat_berakhir, tanggal_kejadian
from kpupalu.kalender.kalender import Kalender, baca_kalender
from kpupalu.kalender.models import AturanTenggat, TenggatBerjalan, aturan_berlaku
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA, hari_ini, sekarang
from kpupalu.pemberitahuan.actions import beri_tahu

_Status = TenggatBerjalan.Status
_P = AturanTenggat.Penangguhan


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One open term whose last day moved, and why: what a listener is told."""

    tenggat: TenggatBerjalan
    lama: date
    baru: date
    alasan: str


Pendengar = Callable[[Perubahan], None]
_pendengar: dict[str, Pendengar] = {}


def daftarkan_pendengar(subjek_label: str, fungsi: Pendengar) -> None:
    """Call *fungsi* for every open term of this kind of object (``ppid.permohonan``) that a changed calendar moved.

    It runs in the transaction of the recount, after the term is stored: the place to tell the applicant.
    """
    _pendengar[subjek_label] = fungsi


@dataclass(frozen=True, slots=True)
class Tentang:
    """What people see of a term: no personal data. Only holders of *hak_lihat* and *petugas* see it; told are
    *petugas*, or, while there is none, whoever holds *hak_urus*."""

    judul: str
    tautan: str
    sumber: str
    hak_lihat: str = ""
    hak_urus: str = ""
    petugas: Iterable = field(default_factory=tuple)


@transaction.atomic
def pasang(
    objek: models.Model, kode: str, mulai: date | datetime, *, tentang: Tentang, oleh, jumlah: int | None = None
) -> TenggatBerjalan:
    """Start the term of rule *kode* for *objek*; *mulai* is the day (or the moment) of the event.

    The row of the rule in force on that day decides. Refuses a second open term of the same rule for the same object.
    Raises ImproperlyConfigured when no rule is in force, or the rule leaves the number open and *jumlah* is not given.
    """
    _kunci_kalender("_shared")
    hari = mulai.astimezone(WITA).date() if isinstance(mulai, datetime) else mulai
    aturan = aturan_berlaku(kode, pada=hari)
    syarat = aturan.syarat(jumlah)
    baru = TenggatBerjalan(
        subjek_label=objek._meta.label_lower,
        subjek_id=str(objek.pk),
        aturan=aturan,
        judul=tentang.judul,
        tautan=tentang.tautan,
        sumber=tentang.sumber,
        hak_lihat=tentang.hak_lihat,
        hak_urus=tentang.hak_urus,
        mulai=tanggal_kejadian(mulai, syarat),
        saat_mulai=mulai if isinstance(mulai, datetime) else None,
        jumlah=syarat.jumlah,
    )
    _hitung(baru, _kalender([baru]))
    try:
        with transaction.atomic():
            baru.save(force_insert=True)
    except IntegrityError as galat:
        raise Refused(f"Tenggat “{aturan.nama}” sudah berjalan untuk berkas ini; tutup dahulu yang lama.") from galat
    baru.petugas.set(tentang.petugas)
    catat(
        "tenggat_pasang", objek, oleh=oleh, kalimat=f"Tenggat: {aturan.nama}",
        perubahan={"Jatuh tempo": (None, baru.tanggal)}, alasan=aturan.dasar_hukum,
    )  # fmt: skip
    return baru


@transaction.atomic
def hentikan(tenggat: TenggatBerjalan, *, oleh, pada: date | None = None, batal: bool = False) -> TenggatBerjalan:
    """Close the term because what it waited for was done on the day *pada* (today), or because it fell away (*batal*).

    Date and explanation stay as they are now, whatever the calendar does later; whether it was in time can always be
    read. Refuses a closed term and a day in the future or before the event.
    """
    kini = _kunci(tenggat)
    pada = pada or hari_ini()
    if pada > hari_ini():
        raise Refused("Tanggal penutupan tenggat tidak boleh sesudah hari ini.")
    mundur = kini.aturan.hari_pertama == AturanTenggat.HariPertama.MUNDUR
    if pada < kini.mulai and not mundur and not batal:
        raise Refused(f"Tenggat ini baru mulai {kini.mulai:%d-%m-%Y}; isi tanggal pada atau sesudah hari itu.")
    kini.status = _Status.BATAL if batal else _Status.SELESAI
    kini.ditutup_tanggal, kini.ditangguhkan_sejak = pada, None
    kini.save()
    kata = "dibatalkan" if batal else ("selesai, terlambat" if kini.lewat() else "selesai")
    _catat(kini, "tenggat_tutup", oleh, f"Tenggat {kata}: {kini.aturan.nama}", {"Ditutup": (None, pada)})
    return kini


@transaction.atomic
def perpanjang(tenggat: TenggatBerjalan, *, oleh, diberitahukan: date, alasan: str) -> TenggatBerjalan:
    """Extend the term by what its rule allows, going on from its last day; the notice was sent on *diberitahukan*.

    Refuses a rule without extension, a second one, a notice without reason or after the last day, and a suspended or
    closed term.
    """
    kini = _kunci(tenggat)
    kode = kini.aturan.kode_perpanjangan
    if not kode:
        raise Refused(f"Tenggat “{kini.aturan.nama}” tidak dapat diperpanjang menurut peraturan.")
    if kini.perpanjangan:
        raise Refused("Tenggat ini sudah diperpanjang; perpanjangan hanya satu kali.")
    if kini.status == _Status.DITANGGUHKAN:
        raise Refused("Tenggat ini sedang ditangguhkan; lanjutkan dahulu sebelum memperpanjang.")
    if not alasan.strip():
        raise Refused("Tulis alasan perpanjangan; pemberitahuan tanpa alasan tidak sah.")
    if diberitahukan > kini.tanggal:
        raise Refused(
            f"Perpanjangan hanya sah bila diberitahukan paling lambat {kini.tanggal:%d-%m-%Y}; tenggat tidak berubah."
        )
    if diberitahukan < kini.mulai:
        raise Refused(f"Pemberitahuan tidak mungkin dikirim sebelum {kini.mulai:%d-%m-%Y}; periksa tanggalnya.")
    dasar = aturan_berlaku(kode, pada=kini.mulai)
    lama, kini.perpanjangan = kini.tanggal, dasar.syarat().jumlah
    return _simpan(kini, lama, "tenggat_perpanjang", oleh, "Memperpanjang tenggat", f"{alasan} ({dasar.dasar_hukum})")


@transaction.atomic
def tangguhkan(tenggat: TenggatBerjalan, *, oleh, alasan: str, pada: date | None = None) -> TenggatBerjalan:
    """Stop the clock from the day *pada* (today). Refuses where the rule knows no suspension, after the last day,
    before the event, without reason, and for a term that does not run."""
    kini = _kunci(tenggat)
    pada = pada or hari_ini()
    if kini.aturan.penangguhan == _P.TIDAK:
        raise Refused(f"Tenggat “{kini.aturan.nama}” tidak dapat ditangguhkan menurut peraturan.")
    if kini.status == _Status.DITANGGUHKAN:
        raise Refused("Tenggat ini sudah ditangguhkan.")
    if not alasan.strip():
        raise Refused("Tulis alasan penangguhan tenggat.")
    if not kini.mulai <= pada <= kini.tanggal:
        raise Refused(
            f"Tenggat ini berjalan {kini.mulai:%d-%m-%Y} sampai {kini.tanggal:%d-%m-%Y}; pilih hari di antaranya."
        )
    kini.status, kini.ditangguhkan_sejak = _Status.DITANGGUHKAN, pada
    kini.save()
    _catat(
        kini, "tenggat_tangguhkan", oleh, f"Menangguhkan tenggat: {kini.aturan.nama}",
        {"Ditangguhkan sejak": (None, pada)}, alasan,
    )  # fmt: skip
    return kini


@transaction.atomic
def lanjutkan(tenggat: TenggatBerjalan, *, oleh, alasan: str, pada: date | None = None) -> TenggatBerjalan:
    """Let a suspended term run again from the day *pada* (today), which does not count itself.

    By the rule the days go on where they stopped, or the count begins anew with *pada* as the day of the event.
    """
    kini = _kunci(tenggat)
    pada = pada or hari_ini()
    sejak = kini.ditangguhkan_sejak
    if sejak is None:
        raise Refused("Tenggat ini tidak sedang ditangguhkan.")
    if pada < sejak or pada > hari_ini():
        raise Refused(f"Isi tanggal dilanjutkan antara {sejak:%d-%m-%Y} dan hari ini.")
    if kini.aturan.penangguhan == _P.ULANG:
        kini.mulai, kini.saat_mulai, kini.jeda = pada, None, []
    else:
        kini.jeda = [*kini.jeda, [sejak.isoformat(), pada.isoformat()]]
    kini.status, kini.ditangguhkan_sejak = _Status.BERJALAN, None
    return _simpan(kini, kini.tanggal, "tenggat_lanjutkan", oleh, "Melanjutkan tenggat", alasan)


@transaction.atomic
def ganti_petugas(tenggat: TenggatBerjalan, petugas: Iterable) -> None:
    """Whoever has the object in hand now is told about the term from now on; the area writes the history of that."""
    tenggat.petugas.set(petugas)


@transaction.atomic
def hitung_ulang(*, oleh, alasan: str) -> list[Perubahan]:
    """Count every open term again on the calendar of this moment; returns those whose last day moved.

    *alasan* names what changed and its basis ("Libur baru 18-08-2025, SKB …"). Of a moved term history keeps the old
    and the new day with it, the people in charge are told, and the area's listener runs. Terms that are closed, and the
    days already extended or suspended, stay as they are.
    """
    _kunci_objek()
    _kunci_kalender()
    terbuka = list(
        TenggatBerjalan.objects.terbuka().select_for_update(of=("self",)).select_related("aturan").order_by("pk")
    )
    if not terbuka:
        return []
    kalender, berubah, pindah = _kalender(terbuka), [], []
    for t in terbuka:
        lama, isi_lama = t.tanggal, (t.tanggal, t.rincian, t.sementara)
        _hitung(t, kalender)
        if (t.tanggal, t.rincian, t.sementara) != isi_lama:
            berubah.append(t)
        if t.tanggal != lama:
            pindah.append(Perubahan(t, lama, t.tanggal, alasan))
    TenggatBerjalan.objects.bulk_update(
        berubah, ["jumlah", "tanggal", "berakhir", "rincian", "sementara"], batch_size=500
    )
    for p in pindah:
        _umumkan(p, oleh)
    return pindah


# Any number that no other advisory lock of the office uses.
_KUNCI_KALENDER = 7_271_015


def _kunci_kalender(cara: str = "") -> None:
    """Held by a recount alone and by whoever sets a term together, until the transaction ends: no term is set on a
    calendar that a recount has just left behind."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{cara}(%s)", [_KUNCI_KALENDER])


def _kunci_objek() -> None:
    """Lock the objects that listeners will write, before any term: acts lock their object first, then its terms."""
    for label in sorted(_pendengar):
        pk = list(TenggatBerjalan.objects.terbuka().filter(subjek_label=label).values_list("subjek_id", flat=True))
        semua = apps.get_model(label)._base_manager.select_for_update().filter(pk__in=pk).order_by("pk")
        list(semua.values_list("pk"))


def _umumkan(p: Perubahan, oleh) -> None:
    """History, the people in charge, and the listener of the area."""
    t = p.tenggat
    _catat(t, "tenggat_hitung_ulang", oleh, f"Tenggat dihitung ulang: {t.aturan.nama}",
           {"Jatuh tempo": (p.lama, p.baru)}, p.alasan)  # fmt: skip
    beri_tahu(
        orang_tenggat(t),
        jenis="berubah",
        kunci=f"tenggat-{t.pk}-{p.lama:%Y%m%d}-{p.baru:%Y%m%d}-{sekarang():%Y%m%d%H%M%S%f}",
        judul=f"Tenggat berubah: {t.judul}",
        kalimat=f"Semula {p.lama:%d-%m-%Y}, sekarang {p.baru:%d-%m-%Y}. {p.alasan}",
        tautan=t.tautan,
    )
    if t.subjek_label in _pendengar:
        _pendengar[t.subjek_label](p)


def orang_tenggat(tenggat: TenggatBerjalan) -> list:
    """Whom this term concerns: its *petugas*, or while there is none whoever holds *hak_urus* today."""
    return list(tenggat.petugas.filter(is_active=True)) or pemegang_hak(tenggat.hak_urus)


def _kunci(tenggat: TenggatBerjalan) -> TenggatBerjalan:
    """The row as it stands now, locked; refuses one that is closed."""
    kini = TenggatBerjalan.objects.select_for_update(of=("self",)).select_related("aturan").get(pk=tenggat.pk)
    if not kini.terbuka:
        raise Refused(f"Tenggat “{kini.aturan.nama}” sudah ditutup pada {kini.ditutup_tanggal:%d-%m-%Y}.")
    return kini


def _jeda(t: TenggatBerjalan) -> dict[date, str]:
    return hari_jeda((date.fromisoformat(a), date.fromisoformat(b), "Tenggat ditangguhkan") for a, b in t.jeda)


def _kalender(semua: list[TenggatBerjalan]) -> Kalender:
    """One calendar that is wide enough for all of them."""
    rentang = [t.aturan.syarat(t.jumlah).lebih(t.perpanjangan).rentang(t.mulai) for t in semua]
    jeda = max(len(_jeda(t)) for t in semua)
    return baca_kalender(min(r[0] for r in rentang), max(r[1] for r in rentang) + timedelta(days=jeda))


def _hitung(t: TenggatBerjalan, kalender: Kalender) -> None:
    """Set the last day, its moment, the days of the way and whether that may move yet."""
    dasar = t.aturan.syarat(t.jumlah)
    syarat, t.jumlah = dasar.lebih(t.perpanjangan), dasar.jumlah
    mulai = t.saat_mulai or t.mulai
    hasil = hitung(syarat, mulai, kalender.libur, jeda=_jeda(t))
    t.tanggal, t.berakhir, t.rincian = hasil.tanggal, saat_berakhir(syarat, mulai, hasil), hasil.sebagai_json()
    t.sementara = kalender.sementara(syarat, hasil)


def _simpan(t: TenggatBerjalan, lama: date, tindakan: str, oleh, kata: str, alasan: str) -> TenggatBerjalan:
    _hitung(t, _kalender([t]))
    t.save()
    _catat(t, tindakan, oleh, f"{kata}: {t.aturan.nama}", {"Jatuh tempo": (lama, t.tanggal)}, alasan)
    return t


def _catat(t: TenggatBerjalan, tindakan: str, oleh, kalimat: str, perubahan: dict, alasan: str = "") -> None:
    """One entry in the history of the object, or of the term itself when the object is gone."""
    objek = apps.get_model(t.subjek_label)._base_manager.filter(pk=t.subjek_id).first() or t
    catat(tindakan, objek, oleh=oleh, kalimat=kalimat, perubahan=perubahan, alasan=alasan)
