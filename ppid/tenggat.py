"""The clocks of public information, pure: which rule sets which term in which regime, and what follows from dates.

Both regimes (``reguler``; ``tahapan`` for information about an election, asked for during its stages) go through the
same steps with numbers of their own (UU 14/2008 Pasal 22, 35 to 38, 48; Perki 1/2019 Pasal 12 and 14). No number
stands here: each step names the code of its dated rule. Two assumptions, both shown with the rule: a request found
incomplete in time begins anew on the day it is completed; one that was not, runs from the day it was received.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kpupalu.kalender.hitung import Hitungan, Syarat, hitung, selisih_hari_kerja
from kpupalu.kalender.kalender import Kalender
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA

REGULER, TAHAPAN = "reguler", "tahapan"
KODE: dict[str, dict[str, str]] = {
    REGULER: {
        "kekurangan": "PPID-KURANG",
        "lengkapi": "PPID-LENGKAP",
        "jawab": "KI-1",
        "perpanjangan": "KI-2",
        "ajukan_keberatan": "KI-3",
        "tanggapan": "KI-4",
        "sengketa": "KI-5",
        "gugatan": "KI-8",
    },
    TAHAPAN: {
        "kekurangan": "PPID-KURANG",
        "lengkapi": "PPID-LENGKAP",
        "jawab": "KI-T1",
        "perpanjangan": "KI-T2",
        "ajukan_keberatan": "KI-T4",
        "tanggapan": "KI-T3",
        "sengketa": "KI-T5",
        "gugatan": "KI-T6",
    },
}
BERJALAN, TEPAT_WAKTU, TERLAMBAT = "berjalan", "tepat_waktu", "terlambat"
_DICABUT = {"dicabut", "pencabutan"}


@dataclass(frozen=True, slots=True)
class Buku:
    """What counting stands on: ``syarat(kode, hari)`` gives the rule in force on a day; the days off."""

    syarat: Callable[[str, date], Syarat]
    kalender: Kalender


@dataclass(slots=True)
class Hasil:
    """The answer to one case, the walks behind its dates, and whether one of them rests on an unsettled year."""

    nilai: dict[str, Any] = field(default_factory=dict)
    jalan: dict[str, Hitungan] = field(default_factory=dict)
    sementara: bool = False


class _Kasus:
    """One case being counted: reads the dates of the input, counts a step, keeps the walk."""

    def __init__(self, masukan: Mapping[str, Any], buku: Buku) -> None:
        self.masukan, self.buku, self.hasil = masukan, buku, Hasil()
        rezim = masukan.get("rezim") or REGULER
        if not isinstance(rezim, str) or rezim not in KODE:
            raise Refused(f"Rezim {rezim!r} tidak dikenal; isi reguler atau tahapan.")
        self.kode = KODE[rezim]

    def tanggal(self, kunci: str) -> date | None:
        """The day under *kunci*, None where the case names none."""
        return baca_tanggal(self.masukan.get(kunci), kunci)

    def wajib(self, kunci: str) -> date:
        """The day under *kunci*; refuses a case without it."""
        tanggal = self.tanggal(kunci)
        if tanggal is None:
            raise Refused(f"Isian {kunci} wajib ada untuk menghitung tenggat ini.")
        return tanggal

    def hitung(
        self, langkah: str, mulai: date, *, sambung: str = "", libur: Mapping[date, str] | None = None
    ) -> Hitungan:
        """The term of *langkah* from *mulai*; with *sambung* extended by the days of that step."""
        syarat = self.buku.syarat(self.kode[langkah], mulai)
        if sambung:
            syarat = syarat.lebih(self.buku.syarat(self.kode[sambung], mulai).jumlah)
        hasil = hitung(syarat, mulai, self.buku.kalender.libur if libur is None else libur)
        self.hasil.sementara |= self.buku.kalender.sementara(syarat, hasil)
        return hasil

    def tulis(self, kunci: str, hitungan: Hitungan) -> date:
        """Keep *hitungan* and its walk as the answer *kunci*, and return its day."""
        self.hasil.nilai[kunci] = hitungan.tanggal
        self.hasil.jalan[kunci] = hitungan
        return hitungan.tanggal


def baca_tanggal(nilai: Any, kunci: str) -> date | None:
    """The WITA day of an ISO date or instant; an instant without zone is taken as WITA. Refuses anything else."""
    if nilai is None or nilai == "":
        return None
    if isinstance(nilai, str):
        try:
            if len(nilai) == 10:
                return date.fromisoformat(nilai)
            saat = datetime.fromisoformat(nilai)
        except ValueError:
            pass
        else:
            return (saat if saat.tzinfo else saat.replace(tzinfo=WITA)).astimezone(WITA).date()
    raise Refused(f"Isian {kunci} bukan tanggal ISO 8601: {nilai!r}.")


def hitung_kasus(masukan: Mapping[str, Any], buku: Buku) -> Hasil:
    """The dates that follow from *masukan*; ``jenis`` says of what. Refuses an unknown kind and impossible dates."""
    jenis = masukan.get("jenis")
    if not isinstance(jenis, str) or jenis not in _JENIS:
        raise Refused(f"Jenis {jenis!r} tidak dikenal; isi {', '.join(_JENIS)}.")
    kasus = _Kasus(masukan, buku)
    try:
        _JENIS[jenis](kasus)
    except OverflowError as galat:
        raise Refused("Tanggal terlalu jauh untuk dihitung.") from galat
    kasus.hasil.nilai["sementara"] = kasus.hasil.sementara
    return kasus.hasil


def _permohonan(k: _Kasus) -> None:
    t0 = _t0(k)
    if t0 is None:
        return
    k.hasil.nilai["t0_efektif"] = t0
    libur, lama = _dua_kalender(k)
    jawaban = k.tanggal("jawaban_dikirim")
    if jawaban and jawaban < k.wajib("diterima"):
        raise Refused("Jawaban tidak mungkin dikirim sebelum permohonan diterima; periksa kedua tanggal.")
    if lama is not None:
        dulu, baru = k.hitung("jawab", t0, libur=lama), k.hitung("jawab", t0, libur=libur)
        # A file that was closed before the decree keeps the day that was valid then.
        ditetapkan = _perubahan(k)[0][1]
        if jawaban and ditetapkan and jawaban < ditetapkan:
            libur, baru = lama, dulu
        k.hasil.nilai["tenggat_menurut_kalender_lama"] = dulu.tanggal
        k.hasil.nilai["tenggat_berubah"] = dulu.tanggal != baru.tanggal
    jawab = k.tulis("tenggat_jawab", k.hitung("jawab", t0, libur=libur))
    panjang = k.tulis("tenggat_perpanjangan", k.hitung("jawab", t0, sambung="perpanjangan", libur=libur))
    kirim = k.tanggal("pemberitahuan_perpanjangan_dikirim")
    if kirim:
        k.hasil.nilai["perpanjangan_sah"] = t0 <= kirim <= jawab
    berlaku = panjang if k.hasil.nilai.get("perpanjangan_sah") else jawab
    k.hasil.nilai["tenggat_berlaku"] = berlaku
    _status(k, berlaku, jawaban, libur)


def _t0(k: _Kasus) -> date | None:
    """Day 0 of the answer; None while the clock waits for the applicant."""
    diterima = k.wajib("diterima")
    if k.masukan.get("lengkap") is not False:
        return diterima
    batas = k.tulis("batas_beritahu_kekurangan", k.hitung("kekurangan", diterima))
    dikirim, dilengkapi = k.tanggal("pemberitahuan_kekurangan_dikirim"), k.tanggal("dilengkapi")
    for nama, hari in (("Pemberitahuan kekurangan", dikirim), ("Kelengkapan", dilengkapi)):
        if hari and hari < diterima:
            raise Refused(f"{nama} tidak mungkin mendahului permohonan; periksa kedua tanggal.")
    if dikirim is None:
        return diterima
    batas_pemohon = k.tulis("batas_pemohon_melengkapi", k.hitung("lengkapi", dikirim))
    if dilengkapi:
        k.hasil.nilai["dilengkapi_tepat_waktu"] = dilengkapi <= batas_pemohon
    if dikirim > batas:
        return diterima
    return dilengkapi


def _perubahan(k: _Kasus) -> list[tuple[date, date | None, str, bool]]:
    """``(day, decreed on, name, whether it was withdrawn)`` of each change of the calendar in the input."""
    isi = k.masukan.get("perubahan_kalender")
    semua = isi if isinstance(isi, list) else [isi] if isi else []
    hasil = []
    for satu in semua:
        if not isinstance(satu, Mapping):
            raise Refused("Isian perubahan_kalender harus berupa objek dengan tanggal dan jenis.")
        tanggal = baca_tanggal(satu.get("tanggal"), "perubahan_kalender.tanggal")
        if tanggal is None:
            raise Refused("Isian perubahan_kalender.tanggal wajib ada.")
        jenis = str(satu.get("jenis") or "libur")
        nama = f"{jenis}: {satu.get('nama') or satu.get('dasar') or 'perubahan kalender'}"
        ditetapkan = baca_tanggal(satu.get("ditetapkan"), "perubahan_kalender.ditetapkan")
        hasil.append((tanggal, ditetapkan, nama, jenis in _DICABUT))
    return hasil


def _dua_kalender(k: _Kasus) -> tuple[dict[date, str], dict[date, str] | None]:
    """The days off after the changes of the input, and before them (None when it names none)."""
    kini = dict(k.buku.kalender.libur)
    perubahan = _perubahan(k)
    if not perubahan:
        return kini, None
    lama = dict(kini)
    for tanggal, _, nama, dicabut in perubahan:
        if dicabut:
            lama.setdefault(tanggal, nama)
            kini.pop(tanggal, None)
        else:
            kini.setdefault(tanggal, nama)
            lama.pop(tanggal, None)
    return kini, lama


def _status(k: _Kasus, batas: date, jawaban: date | None, libur: Mapping[date, str]) -> None:
    """In time, late by so many working days, or running; without an answer only ``hari_ini`` of the input can tell."""
    ukur = jawaban or k.tanggal("hari_ini")
    terlambat = max(selisih_hari_kerja(batas, ukur, libur), 0) if ukur else 0
    lewat = ukur is not None and ukur > batas
    k.hasil.nilai["status"] = TERLAMBAT if lewat else TEPAT_WAKTU if jawaban else BERJALAN
    if ukur:
        k.hasil.nilai["hari_kerja_terlambat"] = terlambat


def _keberatan(k: _Kasus) -> None:
    alasan, diterima = k.tanggal("alasan_ditemukan"), k.tanggal("keberatan_diterima")
    if alasan is None and diterima is None:
        raise Refused("Isi alasan_ditemukan atau keberatan_diterima untuk menghitung tenggat keberatan.")
    if alasan:
        batas = k.tulis("batas_ajukan_keberatan", k.hitung("ajukan_keberatan", alasan))
        if diterima:
            if diterima < alasan:
                raise Refused("Keberatan tidak mungkin diterima sebelum alasannya ada; periksa kedua tanggal.")
            k.hasil.nilai["keberatan_tepat_waktu"] = diterima <= batas
    if diterima is None:
        return
    jawab = k.tulis("batas_tanggapan_atasan", k.hitung("tanggapan", diterima))
    if "tanggapan" not in k.masukan:
        return
    tanggapan = k.tanggal("tanggapan")
    if tanggapan and tanggapan < diterima:
        raise Refused("Tanggapan tidak mungkin mendahului keberatan; periksa kedua tanggal.")
    # The window opens with the answer or when its time has lapsed; whoever was answered later has 14 days from then.
    buka = k.hitung("sengketa", min(tanggapan or jawab, jawab))
    akhir = k.hitung("sengketa", tanggapan or jawab)
    k.hasil.nilai["jendela_sengketa_mulai"] = next(h.tanggal for h in buka.penjelasan if h.dihitung)
    k.tulis("jendela_sengketa_akhir", akhir)


def _sengketa(k: _Kasus) -> None:
    k.tulis("batas_sengketa_ki", k.hitung("sengketa", k.wajib("tanggapan_atasan_diterima_pemohon")))


def _pengadilan(k: _Kasus) -> None:
    k.tulis("batas_gugatan_ptun", k.hitung("gugatan", k.wajib("putusan_ki_diterima")))


_JENIS: dict[str, Callable[[_Kasus], None]] = {
    "permohonan": _permohonan,
    "keberatan": _keberatan,
    "sengketa": _sengketa,
    "pengadilan": _pengadilan,
}


def tahun_tersentuh(masukan: Mapping[str, Any]) -> range:
    """The years that a count over *masukan* may ask holidays of: those of its dates and the next one."""
    tahun = [
        t.year
        for kunci, nilai in masukan.items()
        if isinstance(nilai, str) and len(nilai) >= 10 and (t := _coba(nilai, kunci))
    ]
    return range(min(tahun) - 1, max(tahun) + 2) if tahun else range(0)


def _coba(nilai: str, kunci: str) -> date | None:
    try:
        return baca_tanggal(nilai, kunci)
    except Refused:
        return None


def gabung_libur(tabel: Mapping[date, str], timpa: Mapping[date, str]) -> dict[date, str]:
    """The table, replaced by *timpa* between its first and last day."""
    if not timpa:
        return dict(tabel)
    awal, akhir = min(timpa), max(timpa)
    return {t: nama for t, nama in tabel.items() if not awal <= t <= akhir} | dict(timpa)
