"""NIK and NKK that hold by their rule and belong to nobody.

Six digits of region, six of a date (a woman's day + 40 in the NIK), four of serial. The registry hands
out serials from 0001 upwards per place and day; here they begin at 9001, which no place reaches.
"""

from .acak import Acak, berbobot
from .tanggal import AWAL, DIGIT_L, DIGIT_P
from .wilayah import DATA, baca_csv

SERI_PERTAMA = 9001
#: kecamatan split off later → the old ones whose code the NIK of their residents often bears
KODE_LAMA = {
    "727105": ("727102",),
    "727106": ("727103", "727102"),
    "727107": ("727104",),
    "727108": ("727101", "727101", "727103"),
}


class Penerbit:
    """Hands out NIK and NKK, each once."""

    def __init__(self) -> None:
        """Begin every place and day at the first serial."""
        self.seri: dict[str, int] = {}
        asal = baca_csv(DATA / "asal-nik.csv")
        self.luar = berbobot([(b["kode"], int(b["bobot"])) for b in asal])
        self.tempat = {b["kode"]: b["tempat_lahir"] for b in asal}
        self.lokal = {kec: self._undian(kec) for kec in (f"7271{n:02}" for n in range(1, 9))}

    @staticmethod
    def _undian(kecamatan: str) -> list[str]:
        lama = KODE_LAMA.get(kecamatan, ())
        lain = ["727101", "727102", "727103", "727104"]
        if lama:
            return [kecamatan] * 14 + [lama[n % len(lama)] for n in range(22)] + lain
        return [kecamatan] * 32 + lain * 2

    def nik(self, wilayah: str, lahir: int, jk: str) -> str:
        """Return the next NIK of *wilayah* for a person of sex *jk* born on the ordinal *lahir*."""
        kunci = wilayah + (DIGIT_L if jk == "L" else DIGIT_P)[lahir - AWAL]
        seri = self.seri[kunci] = self.seri.get(kunci, SERI_PERTAMA - 1) + 1
        return f"{kunci}{seri}"

    def nkk(self, wilayah: str, terbit: int) -> str:
        """Return the next NKK of *wilayah* issued on the ordinal *terbit*."""
        kunci = f"{wilayah}{DIGIT_L[terbit - AWAL]}"
        # the prefix keeps serials of cards apart from those of persons
        seri = self.seri[f"K{kunci}"] = self.seri.get(f"K{kunci}", SERI_PERTAMA - 1) + 1
        return f"{kunci}{seri}"

    def tempat_lahir(self, acak: Acak, wilayah: str) -> str:
        """Return a birth place that goes with the region of the NIK."""
        if not wilayah.startswith("7271"):
            return self.tempat[wilayah]
        return "PALU" if acak.r() < 0.88 else self.tempat[acak.pilih(self.luar)]
