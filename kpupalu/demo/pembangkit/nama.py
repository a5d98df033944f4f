"""Names as people of Palu bear them, put together from lists of common words; none is a known person's."""

from .acak import Acak, berbobot
from .wilayah import DATA, baca_csv

LAKI, PEREMPUAN = "L", "P"


class Nama:
    """Gives a name to an invented person by kelompok, sex and generation."""

    def __init__(self) -> None:
        """Read the lists and put the given names of every kelompok together once."""
        self.kata: dict[tuple[str, str, str, str], list[str]] = {}
        for b in baca_csv(DATA / "nama.csv"):
            kunci = (b["kelompok"], b["kelamin"], b["masa"], b["bagian"])
            self.kata[kunci] = b["nama"].split("|")
        kelompok = baca_csv(DATA / "kelompok-nama.csv")
        self.undian = berbobot([(i, int(b["bobot"])) for i, b in enumerate(kelompok)])
        self.permil_marga = [int(b["marga_permil"]) for b in kelompok]
        self.marga = [self.kata.get((b["kelompok"], "-", "semua", "marga"), []) for b in kelompok]
        # kolam[jk][tua?][kelompok] = every given name of that group
        self.kolam = {
            jk: [[self._kolam(b["kelompok"], b["dasar"], jk, masa) for b in kelompok] for masa in ("muda", "tua")]
            for jk in (LAKI, PEREMPUAN)
        }

    def _kata(self, kelompok: str, jk: str, masa: str, bagian: str) -> list[str]:
        return self.kata.get((kelompok, jk, masa, bagian), []) + self.kata.get((kelompok, jk, "semua", bagian), [])

    def _kolam(self, kelompok: str, dasar: str, jk: str, masa: str) -> list[str]:
        depan = self._kata(dasar, jk, masa, "depan")
        if kelompok != dasar:
            # the group's own first names are common within it, so they stand twice
            depan = depan + 2 * self._kata(kelompok, jk, masa, "depan")
        belakang = self._kata(dasar, jk, masa, "belakang")
        gabung = [f"{d} {b}" for d in depan for b in belakang if d.split()[-1] != b]
        tunggal = self._kata(dasar, jk, masa, "tunggal")
        return gabung + tunggal * (len(gabung) // (9 * len(tunggal)) if tunggal else 0)

    def beri(self, acak: Acak, kelompok: int, jk: str, tua: bool, marga: str) -> str:
        """Return a name in upper case; *marga*, where the family bears one, stands last."""
        nama = acak.pilih(self.kolam[jk][tua][kelompok])
        if tua and kelompok < 3 and acak.r() < 0.05 and not nama.startswith("HJ."):
            nama = ("H. " if jk == LAKI else "HJ. ") + nama
        return f"{nama} {marga}" if marga and not nama.endswith(marga) else nama

    def beri_marga(self, acak: Acak, kelompok: int) -> str:
        """Return a family name of *kelompok*, or nothing for the many who bear none."""
        if acak.r() * 1000 < self.permil_marga[kelompok]:
            return acak.pilih(self.marga[kelompok])
        return ""
