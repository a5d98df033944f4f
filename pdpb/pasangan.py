"""What becomes of pairs by itself: found ones are stored, those that no longer hold are closed, changes followed.

The one module that writes ``PasanganGanda.status``, for people (through ``pdpb.actions.ganda``) and for the system.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from pdpb.langkah_ganda import LANGKAH_GANDA
from pdpb.models import PasanganGanda, Pendaftaran, Perubahan, RiwayatGanda
from pdpb.models.ganda import Putusan, TingkatGanda

S = PasanganGanda.Status
DIBANDINGKAN = (
    "nama",
    "tempat_lahir",
    "tanggal_lahir",
    "jenis_kelamin",
    "alamat",
    "rt",
    "rw",
    "kelurahan_id",
    "identitas__nik",
    "identitas__nkk",
)
"""What a decision rests on; while none of it changes for either row, the question is not asked again."""
_TINGKAT = {tingkat.label: tingkat for tingkat in TingkatGanda}
_SEKALI = 5_000
_TIDAK_LAGI = "Data salah satu baris berubah; keduanya tidak lagi tampak sebagai orang yang sama."
_KELUAR = "Salah satu baris tidak lagi ada dalam daftar."


class Temuan(Protocol):
    """What a comparison hands over: ids of two voters (a < b), class, level and reasons in words."""

    @property
    def a(self) -> int: ...
    @property
    def b(self) -> int: ...
    @property
    def kelas(self) -> str: ...
    @property
    def tingkat(self) -> str: ...
    @property
    def alasan(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class HasilSimpan:
    """How many pairs became new, were found as they stood, are asked again, and were closed."""

    baru: int = 0
    tetap: int = 0
    ditanya_lagi: int = 0
    ditutup: int = 0


# --- Steps -------------------------------------------------------------------------------------------------------
def langkah(pasangan: PasanganGanda, nama: str, *, oleh, catatan: str = "", **isi: Any) -> PasanganGanda:
    """Take the step *nama* with a locked *pasangan*: its state, the fields of *isi*, and a row of history.

    Refuses a step that is not drawn from the state it is in; who may take it is judged by the caller.
    *catatan* is the reason kept in the history.
    """
    satu = LANGKAH_GANDA[nama]
    if pasangan.status not in satu.dari:
        raise Refused(f"Pasangan ini berstatus {pasangan.get_status_display()}, jadi tidak dapat “{satu.label}”.")
    dari, pasangan.status = pasangan.status, satu.ke
    if satu.ke in (S.MENUNGGU, S.DITUTUP):
        isi = KOSONG | isi
    for bidang, nilai in isi.items():
        setattr(pasangan, bidang, nilai)
    pasangan.save()
    RiwayatGanda.objects.create(
        pasangan=pasangan,
        langkah=nama,
        dari=dari,
        ke=satu.ke,
        putusan=pasangan.putusan,
        bertahan=pasangan.bertahan,
        bukti=pasangan.bukti,
        versi_a=pasangan.versi_a,
        versi_b=pasangan.versi_b,
        alasan=catatan[:240],
        oleh=oleh,
    )
    return pasangan


KOSONG: dict[str, Any] = {
    "putusan": "",
    "bertahan": None,
    "bukti": None,
    "alasan_putusan": "",
    "periode": None,
    "pengusul": None,
    "diusulkan_pada": None,
    "pengonfirmasi": None,
    "dikonfirmasi_pada": None,
    "perubahan": None,
    "ditutup_karena": "",
}
"""A pair on which no decision stands; what was decided before is kept in its history."""


def berbeda(lama: Pendaftaran, kini: Pendaftaran) -> bool:
    """Whether two versions of one row differ in something that a decision about a pair rests on."""
    return lama.pk != kini.pk and _isi(lama) != _isi(kini)


def _isi(versi: Pendaftaran) -> tuple[Any, ...]:
    return (*(getattr(versi, nama) for nama in DIBANDINGKAN[:-2]), versi.identitas.nik, versi.identitas.nkk)


def versi_aktif(pemilih: Collection[int]) -> dict[int, Pendaftaran]:
    """Voter id → the version of it that is in the list now, for those of *pemilih* that are."""
    baris = Pendaftaran.objects.aktif().filter(pemilih__in=pemilih).select_related("identitas")
    return {versi.pemilih_id: versi for versi in baris}


# --- Store what was found ----------------------------------------------------------------------------------------
def simpan(temuan: Iterable[Temuan], *, cakupan: Collection[int] | None) -> HasilSimpan:
    """Store *temuan*; close the other pairs that touch *cakupan* (ids of voters; None: the whole roll).

    Doing it again changes nothing. The caller holds the lock of comparisons since before it read the list. "Orang
    berbeda" stands while the data of both stand; a pair found again after a change is asked again.
    """
    ditemukan = {(t.a, t.b): t for t in temuan}
    hasil = HasilSimpan()
    kunci = sorted(ditemukan)
    for awal in range(0, len(kunci), _SEKALI):
        _simpan_sebagian([ditemukan[k] for k in kunci[awal : awal + _SEKALI]], hasil)
    _tutup_sisa(ditemukan.keys(), cakupan, hasil)
    return hasil


def _simpan_sebagian(temuan: Sequence[Temuan], hasil: HasilSimpan) -> None:
    versi = versi_aktif({n for t in temuan for n in (t.a, t.b)})
    lama = {
        (p.a_id, p.b_id): p
        for p in PasanganGanda.objects.select_for_update(of=("self",))
        .filter(a__in=[t.a for t in temuan])
        .select_related("versi_a__identitas", "versi_b__identitas", "bertahan", "bukti")
        .order_by("pk")
    }
    baru = []
    for t in temuan:
        if t.a not in versi or t.b not in versi:
            continue
        isi = {
            "versi_a": versi[t.a],
            "versi_b": versi[t.b],
            "kelas": t.kelas,
            "tingkat": _TINGKAT[t.tingkat],
            "alasan": list(t.alasan),
        }
        if pasangan := lama.get((t.a, t.b)):
            _temukan_lagi(pasangan, isi, hasil)
        else:
            baru.append(PasanganGanda(a_id=t.a, b_id=t.b, **isi))
    PasanganGanda.objects.bulk_create(baru, batch_size=1_000)
    RiwayatGanda.objects.bulk_create(
        [
            RiwayatGanda(
                pasangan=p, langkah="temukan", ke=S.MENUNGGU, versi_a=p.versi_a, versi_b=p.versi_b, alasan=p.kelas
            )
            for p in baru
        ],
        batch_size=1_000,
    )
    hasil.baru += len(baru)


def _temukan_lagi(pasangan: PasanganGanda, isi: dict[str, Any], hasil: HasilSimpan) -> None:
    """A pair that is known: keep what was decided on the same data, ask again where the data moved on."""
    alasan = _sebab_ditanya_lagi(pasangan, isi)
    if alasan:
        langkah(pasangan, "tanyakan_lagi", oleh=None, catatan=alasan, **isi)
        hasil.ditanya_lagi += 1
        return
    hasil.tetap += 1
    if pasangan.status != S.MENUNGGU:
        return
    if any(getattr(pasangan, nama) != nilai for nama, nilai in isi.items()):
        for nama, nilai in isi.items():
            setattr(pasangan, nama, nilai)
        pasangan.save(update_fields=list(isi))


def _sebab_ditanya_lagi(pasangan: PasanganGanda, isi: dict[str, Any]) -> str:
    """Why a pair that was found again, and so has both rows in the list, must be decided anew; empty when not."""
    if pasangan.status == S.DITUTUP:
        return "Ditemukan lagi."
    if pasangan.putusan == Putusan.SAMA:
        return "Kedua baris ada lagi dalam daftar." if pasangan.status == S.SELESAI else ""
    berubah = berbeda(pasangan.versi_a, isi["versi_a"]) or berbeda(pasangan.versi_b, isi["versi_b"])
    return "Data salah satu baris berubah sejak diputuskan." if berubah and pasangan.status != S.MENUNGGU else ""


def _tutup_sisa(ditemukan: Collection[tuple[int, int]], cakupan: Collection[int] | None, hasil: HasilSimpan) -> None:
    """Close pairs that were to be found again and were not. A confirmed "sama orang" follows its change instead."""
    sisa = PasanganGanda.objects.filter(status__in=LANGKAH_GANDA["tutup"].dari).exclude(
        status=S.DIKONFIRMASI, putusan=Putusan.SAMA
    )
    if cakupan is not None:
        sisa = sisa.menyentuh(cakupan)
    hilang = [pk for pk, a, b in sisa.values_list("pk", "a", "b") if (a, b) not in ditemukan]
    for awal in range(0, len(hilang), _SEKALI):
        bagian = PasanganGanda.objects.select_for_update(of=("self",)).filter(pk__in=hilang[awal : awal + _SEKALI])
        pasangan = list(bagian.select_related("versi_a", "versi_b").order_by("pk"))
        aktif = versi_aktif({n for p in pasangan for n in (p.a_id, p.b_id)})
        for p in pasangan:
            alasan = _TIDAK_LAGI if p.a_id in aktif and p.b_id in aktif else _KELUAR
            langkah(p, "tutup", oleh=None, catatan=alasan, ditutup_karena=alasan)
            hasil.ditutup += 1


# --- Follow the changes that came of decisions --------------------------------------------------------------------
_IKUT = {"setujui": "selesaikan", "batalkan_persetujuan": "buka_ulang", "tolak": "lepaskan", "tarik": "lepaskan"}
_KALIMAT = {
    "selesaikan": "Usulan TMS disetujui.",
    "buka_ulang": "Persetujuan usulan TMS dibatalkan.",
    "lepaskan": "Usulan TMS ditolak atau ditarik; pasangan ini harus diputuskan lagi.",
}


def ikuti_perubahan(ids: Collection[int], langkah_perubahan: str) -> None:
    """Bring the pairs whose decision made one of the changes *ids* to where that step leaves them.

    Called in the transaction of the step, which holds the period and the rows of the changes.
    """
    nama = _IKUT.get(langkah_perubahan)
    if nama is None:
        return
    pasangan = PasanganGanda.objects.select_for_update(of=("self",)).filter(perubahan__in=ids)
    for satu in pasangan.select_related("versi_a", "versi_b", "bertahan", "bukti").order_by("pk"):
        if satu.status not in LANGKAH_GANDA[nama].dari:
            continue
        langkah(satu, nama, oleh=None, catatan=_KALIMAT[nama])
        catat(f"pdpb.ganda_{nama}", satu, oleh=None, kalimat=_KALIMAT[nama])


def ganda_berlaku(pemilih: int | None) -> Perubahan | None:
    """The change that takes *pemilih* out as a duplicate and was not rejected, the newest if several."""
    ganda = Perubahan.objects.filter(pemilih=pemilih, kategori="ganda").exclude(status=Perubahan.Status.DITOLAK)
    return ganda.order_by("-pk").first()


def akar(pemilih: int) -> int:
    """The row that stays for *pemilih* after all duplicates proposed so far: itself, or the end of the chain."""
    dilalui = set[int]()
    while pemilih not in dilalui:
        dilalui.add(pemilih)
        ganda = ganda_berlaku(pemilih)
        if ganda is None or ganda.bertahan_id is None or ganda.periode.status != "terbuka":
            break
        pemilih = ganda.bertahan_id
    return pemilih
