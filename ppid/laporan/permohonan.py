"""The sections about requests: how many, how they came, how fast they were answered, what was decided."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median

from django.core.exceptions import ImproperlyConfigured

from kpupalu.kalender.hitung import selisih_hari_kerja
from kpupalu.kalender.kalender import baca_kalender
from kpupalu.kalender.models import TenggatBerjalan, aturan_berlaku
from kpupalu.lib.kata import tanggal_pendek
from kpupalu.lib.waktu import WITA
from ppid.documents import hasil_permohonan
from ppid.laporan.angka import (
    Angka,
    Masa,
    Rujukan,
    bagian_dari,
    daftarkan_bagian,
    hari_rata,
    hari_tengah,
    jumlah,
)
from ppid.models import Butir, Permohonan
from ppid.models.dikecualikan import HURUF_PASAL_17
from ppid.tenggat_permohonan import JAWAB

S = Permohonan.Status
BULAN = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
         "Desember")  # fmt: skip
REGULER, TAHAPAN, CAMPURAN = "reguler", "tahapan", "campuran"
REZIM = {REGULER: "Waktu reguler", TAHAPAN: "Waktu tahapan", CAMPURAN: "Butir dengan kedua waktu"}
HASIL = ("Dikabulkan seluruhnya", "Dikabulkan sebagian", "Ditolak", "Tidak dapat dipenuhi")


@dataclass(frozen=True, slots=True)
class Baris:
    """One request of the year: *hari* working days to its answer (None: unanswered), *lewat*: answered too late, or
    still open after its last day."""

    p: Permohonan
    butir: tuple[Butir, ...]
    rezim: str
    hari: int | None
    lewat: bool
    hasil: str

    @property
    def rujukan(self) -> Rujukan:
        """The register number and its page."""
        return Rujukan(self.p.nomor, self.p.get_absolute_url(), self.p.get_status_display())

    @property
    def dengan_hari(self) -> Rujukan:
        """The same, with the working days its answer took."""
        kata = f"{self.hari} hari kerja" if self.hari is not None else "belum dijawab"
        return Rujukan(self.p.nomor, self.p.get_absolute_url(), kata)


def saat_awal(tahun: int) -> datetime:
    """The first moment of *tahun* in WITA."""
    return datetime.combine(date(tahun, 1, 1), time.min, WITA)


def baca(masa: Masa) -> list[Baris]:
    """The requests received in the year up to the day of *masa*, by number of receipt; five queries for all."""
    baris = list(
        Permohonan.objects.filter(diterima_pada__gte=saat_awal(masa.tahun), diterima_pada__lt=saat_awal(masa.tahun + 1))
        .prefetch_related("butir").order_by("diterima_pada", "pk")
    )  # fmt: skip
    baris = [p for p in baris if p.diterima <= masa.pada]
    libur = baca_kalender(masa.mulai, date(masa.tahun + 1, 12, 31)).libur
    lewat = _lewat(baris, masa.pada)
    return [_satu(p, lewat, libur) for p in baris]


def _lewat(baris: list[Permohonan], pada: date) -> set[str]:
    """Keys of the requests of which a term of the answer was missed by *pada*."""
    tenggat = TenggatBerjalan.objects.filter(
        subjek_label="ppid.permohonan", subjek_id__in=[str(p.pk) for p in baris], aturan__kode__in=JAWAB.values()
    )
    return {t.subjek_id for t in tenggat if t.lewat(pada)}


def _satu(p: Permohonan, lewat: set[str], libur: dict[date, str]) -> Baris:
    butir = tuple(p.butir.all())
    jenis = {b.tahapan for b in butir}
    rezim = CAMPURAN if len(jenis) > 1 else TAHAPAN if True in jenis else REGULER
    hari = None
    if p.dijawab_pada:
        hari = selisih_hari_kerja(p.lengkap_pada or p.diterima, p.dijawab_pada, libur)
    return Baris(p, butir, rezim, hari, str(p.pk) in lewat, _hasil(p))


def _hasil(p: Permohonan) -> str:
    if p.status in (S.DICABUT, S.TIDAK_DAPAT_DIPROSES):
        return p.get_status_display()
    return hasil_permohonan(p) if p.dijawab_pada else "Belum dijawab"


def _rujuk(baris: list[Baris]) -> list[Rujukan]:
    return [b.rujukan for b in baris]


def bagian_jumlah(masa: Masa) -> list[Angka]:
    """How many came, were answered, are open, were withdrawn or could not be handled."""
    semua = baca(masa)
    return [
        jumlah("diterima", "Permohonan diterima", _rujuk(semua)),
        jumlah("dijawab", "Permohonan dijawab", _rujuk([b for b in semua if b.p.dijawab_pada])),
        jumlah("terbuka", "Belum dijawab", _rujuk([b for b in semua if b.p.status in Permohonan.TERBUKA])),
        jumlah("dicabut", "Dicabut pemohon", _rujuk([b for b in semua if b.p.status == S.DICABUT])),
        jumlah("tidak-diproses", "Tidak dapat diproses karena tidak dilengkapi",
               _rujuk([b for b in semua if b.p.status == S.TIDAK_DAPAT_DIPROSES])),
        jumlah("butir", "Butir informasi yang diminta", _rujuk_butir(semua)),
    ]  # fmt: skip


def _rujuk_butir(semua: list[Baris], *hasil: str) -> list[Rujukan]:
    return [
        Rujukan(f"{b.p.nomor} butir {x.urut}", b.p.get_absolute_url(), x.get_hasil_display() or "belum diputuskan")
        for b in semua for x in b.butir if not hasil or x.hasil in hasil
    ]  # fmt: skip


def batas_jawab(tahapan: bool, tahun: int) -> tuple[int, int]:
    """``(10, 17)``: working days to answer by the rule in force at the end of the year, and with its extension."""
    pada = date(tahun, 12, 31)
    aturan = aturan_berlaku(JAWAB[tahapan], pada=pada)
    if aturan.jumlah is None:
        raise ImproperlyConfigured(f"Aturan tenggat {aturan.kode} tidak menyebut jumlah hari.")
    panjang = aturan_berlaku(aturan.kode_perpanjangan, pada=pada).jumlah if aturan.kode_perpanjangan else 0
    return aturan.jumlah, aturan.jumlah + (panjang or 0)


def bagian_waktu(masa: Masa) -> list[Angka]:
    """Median and mean working days, shares within the terms of each regime, late and extended ones."""
    semua = baca(masa)
    dijawab = [b for b in semua if b.hari is not None]
    hari, rujuk = [b.hari or 0 for b in dijawab], [b.dengan_hari for b in dijawab]
    hasil = [
        hari_tengah("median", "Median waktu menjawab (hari kerja)", hari, rujuk),
        hari_rata("rata-rata", "Rata-rata waktu menjawab (hari kerja)", hari, rujuk),
    ]
    for tahapan, rezim in ((False, REGULER), (True, TAHAPAN)):
        # Of both clocks the ordinary one holds for the whole answer; such a request is counted there.
        milik = [b for b in dijawab if (b.rezim == TAHAPAN) == tahapan]
        for urut, batas in enumerate(batas_jawab(tahapan, masa.tahun)):
            dalam = [b.dengan_hari for b in milik if (b.hari or 0) <= batas]
            label = f"{REZIM[rezim]}: dijawab dalam {batas} hari kerja"
            hasil.append(bagian_dari(f"dalam-{rezim}-{urut + 1}", label, dalam, len(milik)))
    terlambat = [b.dengan_hari for b in semua if b.lewat]
    hasil.append(jumlah("terlambat", "Dijawab lewat waktu, atau lewat waktu dan belum dijawab", terlambat))
    diperpanjang = [b.dengan_hari for b in semua if b.p.diperpanjang_pada]
    hasil.append(jumlah("diperpanjang", "Diperpanjang dengan pemberitahuan", diperpanjang))
    return hasil


def _kelompok(semua: list[Baris], kunci) -> dict[str, list[Rujukan]]:
    hasil: dict[str, list[Rujukan]] = defaultdict(list)
    for b in semua:
        hasil[kunci(b)].append(b.rujukan)
    return hasil


def bagian_kanal(masa: Masa) -> list[Angka]:
    """By the way they came."""
    isi = _kelompok(baca(masa), lambda b: b.p.kanal)
    return [jumlah(f"kanal-{k.value}", str(k.label), isi[k.value]) for k in Permohonan.Kanal]


def bagian_bulan(masa: Masa) -> list[Angka]:
    """By the month of receipt."""
    isi = _kelompok(baca(masa), lambda b: str(b.p.diterima.month))
    return [jumlah(f"bulan-{n}", nama, isi[str(n)]) for n, nama in enumerate(BULAN, start=1)]


def bagian_hasil(masa: Masa) -> list[Angka]:
    """By the outcome that follows from the items."""
    isi = _kelompok(baca(masa), lambda b: b.hasil)
    akhir = (str(S.DICABUT.label), str(S.TIDAK_DAPAT_DIPROSES.label), "Belum dijawab")
    return [jumlah(f"hasil-{n}", kata, isi[kata]) for n, kata in enumerate((*HASIL, *akhir), start=1)]


def bagian_butir(masa: Masa) -> list[Angka]:
    """Items by what was decided about them."""
    semua = baca(masa)
    return [jumlah(f"butir-{h.value}", str(h.label), _rujuk_butir(semua, h.value)) for h in Butir.Hasil]


def bagian_alasan(masa: Masa) -> list[Angka]:
    """Refused items by the letter of Pasal 17, and those refused while a test runs."""
    ditolak = [(b, x) for b in baca(masa) for x in b.butir if x.hasil in Butir.DITOLAK]
    isi: dict[str, list[Rujukan]] = defaultdict(list)
    for b, x in ditolak:
        kunci = x.pasal_17 if x.hasil == Butir.Hasil.DIKECUALIKAN else "uji"
        kata = f"diputus {tanggal_pendek(x.diputus_pada)}" if x.diputus_pada else ""
        isi[kunci].append(Rujukan(f"{b.p.nomor} butir {x.urut}", b.p.get_absolute_url(), kata))
    hasil = [jumlah(f"pasal17-{h}", f"Pasal 17 huruf {h}: {kata}", isi[h]) for h, kata in HURUF_PASAL_17.items()]
    return [*hasil, jumlah("pasal17-uji", "Uji konsekuensi masih berjalan", isi["uji"])]


def bagian_rezim(masa: Masa) -> list[Angka]:
    """By the clock that their items follow."""
    isi = _kelompok(baca(masa), lambda b: b.rezim)
    return [jumlah(f"rezim-{k}", kata, isi[k]) for k, kata in REZIM.items()]


def tengah(hari: list[int]) -> float | None:
    """The median of *hari*, None of nothing."""
    return float(median(hari)) if hari else None


daftarkan_bagian("jumlah", "Jumlah permohonan", bagian_jumlah, urutan=10)
daftarkan_bagian("waktu", "Waktu pemenuhan", bagian_waktu, urutan=20)
daftarkan_bagian("bulan", "Permohonan menurut bulan", bagian_bulan, urutan=30, grafik=True, urutkan=False)
daftarkan_bagian("kanal", "Permohonan menurut kanal", bagian_kanal, urutan=40, grafik=True)
daftarkan_bagian("hasil", "Permohonan menurut hasil", bagian_hasil, urutan=50, grafik=True)
daftarkan_bagian("butir", "Butir menurut keputusan", bagian_butir, urutan=60, grafik=True)
daftarkan_bagian("alasan", "Butir ditolak menurut alasan", bagian_alasan, urutan=70)
daftarkan_bagian("rezim", "Permohonan menurut waktu yang berlaku", bagian_rezim, urutan=80)
