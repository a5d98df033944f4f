"""Faults put into the DPT on purpose, each named in the truth file: duplicate pairs and invalid rows.

Everything here changes rows in place and never their kelurahan, TPS or sex, so no total moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .acak import Acak
from .tanggal import AWAL, ulang_tahun
from .warga import DPID_PERTAMA, Kota, Pemilih

#: how many pairs of each class of pdpb duplicates are planted, whatever the scale
PASANGAN = (("G1", 6), ("G2", 2), ("G3", 2), ("G6", 2))


@dataclass(frozen=True, slots=True)
class Pasangan:
    """Two rows a search for duplicates must find; *a* is the row that is right to keep."""

    kelas: str
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Cacat:
    """One row that does not hold by the rule, and why."""

    dpid: int
    kolom: str
    apa: str


class Sisipan:
    """Plants faults into a filled city and remembers where."""

    def __init__(self, kota: Kota, benih: int) -> None:
        """Reserve the rows that are odd for another reason, so that one row carries one story."""
        self.kota, self.acak = kota, Acak(benih, 7)
        self.terpakai = {i for posisi in kota.wajar.values() for i in posisi}
        self.pasangan: list[Pasangan] = []
        self.cacat: list[Cacat] = []

    def ambil(self, cocok: Callable[[Pemilih], bool]) -> Pemilih:
        """Return an unused row that *cocok* accepts and mark it used."""
        pemilih = self.kota.pemilih
        mulai = int(self.acak.r() * len(pemilih))
        for langkah in range(len(pemilih)):
            i = (mulai + langkah) % len(pemilih)
            if i not in self.terpakai and cocok(pemilih[i]):
                self.terpakai.add(i)
                return pemilih[i]
        raise LookupError("no row left for this fault at this scale")

    def tanam(self, skala: float) -> None:
        """Plant everything; the numbers of invalid and odd rows shrink with *skala*, never to none."""
        self._ganda()
        self._cacat(skala)
        self._senama_tidak_ganda()
        banyak = max(2, int(60 * skala))
        for _ in range(banyak):
            self._tanggal_dikoreksi()
        for _ in range(max(1, int(8 * skala))):
            self._kelamin_berbeda()

    def _ganda(self) -> None:
        for kelas, banyak in PASANGAN:
            for _ in range(banyak):
                a = self.ambil(partial(_boleh_asli, kelas))
                b = self.ambil(partial(_boleh_kembaran, kelas, a))
                if kelas == "G2":
                    b.nik = a.nik
                else:
                    self._jadikan_sama(a, b, kelas)
                self.pasangan.append(Pasangan(kelas, a.dpid, b.dpid))

    def _jadikan_sama(self, a: Pemilih, b: Pemilih, kelas: str) -> None:
        self.kota.dikenal.discard((b.nama, b.lahir))
        b.nama, b.lahir, b.tempat, b.suku, b.kawin = a.nama, a.lahir, a.tempat, a.suku, a.kawin
        if kelas == "G3":
            b.nik = self.kota.penerbit.nik(a.nik[:6], b.lahir, b.jk)
        else:
            b.nik = a.nik

    def _senama_tidak_ganda(self) -> None:
        """Two people with one name and one birth date, from other places: similar, and not one person."""
        for _ in range(3):
            a = self.ambil(lambda p: p.tps < "900" and p.tempat == "PALU")
            b = self.ambil(partial(_boleh_kembaran, "G1", a))
            b.nama, b.lahir, b.tempat = a.nama, a.lahir, "AMPANA"
            b.nik = self.kota.penerbit.nik("720901", b.lahir, b.jk)
            self.kota.catat_wajar("senama_setanggal", a.dpid - DPID_PERTAMA, b.dpid - DPID_PERTAMA)

    def _tanggal_dikoreksi(self) -> None:
        """The birth date was corrected by a court or registry; by law the NIK keeps the old digits."""
        p = self.ambil(lambda p: p.kawin == "S" and p.tps < "900")
        p.lahir = max(AWAL, p.lahir - 31 - int(self.acak.r() * 700))
        self.kota.catat_wajar("nik_beda_tanggal_lahir", p.dpid - DPID_PERTAMA)

    def _kelamin_berbeda(self) -> None:
        p = self.ambil(lambda p: p.kawin == "S" and p.tps < "900")
        p.nik = self.kota.penerbit.nik(p.nik[:6], p.lahir, "P" if p.jk == "L" else "L")
        self.kota.catat_wajar("nik_beda_kelamin", p.dpid - DPID_PERTAMA)

    def _cacat(self, skala: float) -> None:
        for apa, banyak in _JENIS_CACAT.items():
            for _ in range(max(1, int(banyak * skala + 0.5))):
                p = self.ambil(lambda p: p.kawin == "B" and p.tps < "900")
                kolom = self._rusak(p, apa)
                self.cacat.append(Cacat(p.dpid, kolom, apa))

    def _rusak(self, p: Pemilih, apa: str) -> str:
        """Spoil one field of *p* and return the column."""
        if apa == "nik_tanggal_mustahil":
            hari = self.acak.pilih(("35", "72", "38", "00", "36"))
            p.nik = p.nik[:6] + hari + p.nik[8:]
            return "NIK"
        if apa == "nik_15_digit":
            p.nik = p.nik[:-1]
            return "NIK"
        if apa == "nkk_tanggal_mustahil":
            p.nkk = p.nkk[:8] + "17" + p.nkk[10:]
            return "NKK"
        if apa == "rt_nol":
            p.rt = "0"
            return "RT"
        if apa == "rw_kosong":
            p.rw = ""
            return "RW"
        if apa == "tanggal_lahir_tidak_terbaca":
            p.tanggal = "31|02|1988"
            return "TANGGAL LAHIR"
        return self._belum_umur(p)

    def _belum_umur(self, p: Pemilih) -> str:
        """A child of 13 who never married stands on the list; the NIK agrees with the birth date."""
        self.kota.dikenal.discard((p.nama, p.lahir))
        p.lahir = ulang_tahun(self.kota.acuan, 13) - int(self.acak.r() * 300)
        p.nik = self.kota.penerbit.nik(p.nik[:6], p.lahir, p.jk)
        p.ektp = "B"
        return "TANGGAL LAHIR"


_JENIS_CACAT = {
    "rt_nol": 9,
    "rw_kosong": 5,
    "nik_tanggal_mustahil": 8,
    "nik_15_digit": 3,
    "nkk_tanggal_mustahil": 6,
    "tanggal_lahir_tidak_terbaca": 3,
    "belum_17_belum_kawin": 6,
}


def _boleh_asli(kelas: str, p: Pemilih) -> bool:
    # most inmates are men: the pair across the prison wall is taken among them
    return p.kawin == "B" and p.tps < "900" and (kelas != "G6" or p.jk == "L")


def _boleh_kembaran(kelas: str, a: Pemilih, p: Pemilih) -> bool:
    if p.jk != a.jk or p.kel == a.kel:
        return False
    if kelas == "G6":
        return p.tps > "900"
    return p.tps < "900" and p.kawin == "B"
