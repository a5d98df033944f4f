"""The result of an examination as a person reads it: the verdict in a sentence, causes, rules with their counts."""

from dataclasses import dataclass, field

from kpupalu.lib.angka import ribuan
from pdpb.selisih.temuan import Periksa, catatan, gagal

ATURAN = {
    "R1": "sebelumnya + baru − TMS + mutasi masuk − mutasi keluar = sekarang",
    "R2": "laki-laki + perempuan = jumlah",
    "R3": "jumlah wilayah di bawahnya = wilayah di atasnya",
    "R4": "jumlah sebab dan kategori = jumlahnya",
    "R5": "sebelumnya = hasil periode lalu",
    "R6": "perbaikan data tidak ikut dijumlahkan",
    "R7": "baris perubahan = baru + TMS + perbaikan data",
    "R8": "reguler + lokasi khusus = jumlah",
    "R9": "mutasi masuk = mutasi keluar",
    "R11": "kata = angka",
    "R14": "banyaknya wilayah",
    "R15": "kelompok usia dan disabilitas",
    "R16": "wajar dibandingkan dengan periode lalu dan baris lain",
    "R17": "empat triwulan bersambung",
    "R18": "semester = triwulan terakhirnya",
    "R19": "rekap SIDALIH = rekap ini",
    "R20": "angka dibandingkan dengan dasar yang sama",
}
BARIS_TAMPIL = 100


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """One examined recap. *sebab* is ``(sentence, how many findings it explains)``, most first."""

    judul: str
    salah: list[Periksa]
    catatan: list[Periksa]
    lulus: int
    sebab: list[tuple[str, int]]
    aturan: list[tuple[str, str, int, int]] = field(default_factory=list)

    @property
    def putusan(self) -> str:
        """The verdict in one sentence."""
        banyak = self.lulus + len(self.salah)
        if not banyak:
            return "Tidak ada yang dapat diperiksa: rekap ini tidak menyatakan dua angka yang saling menentukan."
        if not self.salah:
            return f"Rekap ini cocok: {ribuan(banyak)} pemeriksaan dijalankan dan semuanya terpenuhi."
        return f"Rekap ini tidak cocok: {ribuan(len(self.salah))} dari {ribuan(banyak)} pemeriksaan tidak terpenuhi."

    @property
    def tanpa_sebab(self) -> int:
        """How many findings have no convincing cause."""
        return sum(1 for p in self.salah if not p.sebab)

    @property
    def lebih(self) -> int:
        """How many findings the page does not list."""
        return max(len(self.salah) - BARIS_TAMPIL, 0)


def ringkas(judul: str, hasil: list[Periksa]) -> Ringkasan:
    """The summary of one list of findings; remarks count neither as passed nor as failed."""
    sebab: dict[str, int] = {}
    hitung: dict[str, list[int]] = {}
    for p in hasil:
        if p.lulus is not None:
            hitung.setdefault(p.kode, [0, 0])[p.lulus is False] += 1
        if p.lulus is False and p.sebab:
            sebab[p.sebab] = sebab.get(p.sebab, 0) + 1
    salah = gagal(hasil)
    return Ringkasan(
        judul,
        salah,
        catatan(hasil),
        sum(lulus for lulus, _ in hitung.values()),
        sorted(sebab.items(), key=lambda s: -s[1]),
        [(kode, ATURAN[kode], lulus, tidak) for kode, (lulus, tidak) in hitung.items()],
    )
