"""The figures of a recap while causes are sought: what is wrong now, and what a change of figures would make of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pdpb.selisih.identitas import Identitas
from pdpb.selisih.skema import Dokumen, Sel


@dataclass(frozen=True, slots=True)
class Dugaan:
    """A possible cause: which figures would then be which, and the sentence that says so.

    ``umum`` is said instead when the same class explains the same findings in several places. ``langsung`` are
    identities that the cause explains without a change of figures, ``abaikan`` those it may break.
    """

    kelas: str
    kalimat: str
    bobot: int
    ubah: Mapping[Sel, int] = field(default_factory=dict)
    umum: str | None = None
    langsung: frozenset[int] = frozenset()
    abaikan: frozenset[int] = frozenset()


class Keadaan:
    """Identities with their present differences; ``terapkan`` takes a cause for true."""

    def __init__(self, dok: Dokumen, identitas: list[Identitas]) -> None:
        self.dok = dok
        self.identitas = identitas
        self.angka = dict(dok.angka)
        self.sisa = [satu.sisa(self.angka) for satu in identitas]
        self.pemakai: dict[Sel, list[tuple[int, int]]] = defaultdict(list)
        for i, satu in enumerate(identitas):
            for koefisien, sel in satu.koefisien():
                self.pemakai[sel].append((i, koefisien))
        self.dijelaskan: set[int] = set()

    def gagal(self) -> list[int]:
        """The identities that do not hold and have no cause yet."""
        return [i for i, sisa in enumerate(self.sisa) if sisa and i not in self.dijelaskan]

    def menjelaskan(self, dugaan: Dugaan) -> frozenset[int]:
        """The findings that *dugaan* would explain; none when it would break an identity that holds."""
        perubahan: dict[int, int] = defaultdict(int)
        for sel, nilai in dugaan.ubah.items():
            if nilai < 0 and not sel.kolom.startswith("koreksi"):
                return frozenset()
            for i, koefisien in self.pemakai[sel]:
                perubahan[i] += koefisien * (nilai - self.angka[sel])
        selesai: set[int] = set()
        for i, beda in perubahan.items():
            if beda and not self.sisa[i] and i not in dugaan.abaikan:
                return frozenset()
            if self.sisa[i] and self.sisa[i] + beda == 0:
                selesai.add(i)
        # What a cause explains without figures counts only beside a figure that it explains.
        if selesai or not dugaan.ubah:
            selesai |= dugaan.langsung
        return frozenset(i for i in selesai if self.sisa[i] and i not in self.dijelaskan)

    def terapkan(self, dugaan: Dugaan, selesai: Iterable[int]) -> None:
        """Take *dugaan* for true: its figures replace the written ones, what it explains is explained."""
        for sel, nilai in dugaan.ubah.items():
            for i, koefisien in self.pemakai[sel]:
                self.sisa[i] += koefisien * (nilai - self.angka[sel])
            self.angka[sel] = nilai
        self.dijelaskan.update(selesai, dugaan.abaikan)

    def nilai(self, wilayah: int, kolom: str, jk: str) -> int | None:
        """One figure as it stands now."""
        return self.angka.get(Sel(wilayah, kolom, jk))

    def terlindung(self, sel: Sel) -> bool:
        """Whether an identity that holds speaks for the figure."""
        return any(not self.sisa[i] for i, _ in self.pemakai[sel])

    def atasan(self, nomor: int) -> list[int]:
        """The areas above *nomor*, nearest first."""
        hasil: list[int] = []
        while (induk := self.dok.wilayah[nomor].induk) is not None:
            hasil.append(induk)
            nomor = induk
        return hasil

    def terbawa(self, ubah: Mapping[Sel, int]) -> dict[Sel, int]:
        """*ubah*, and the same difference in the same column of every area above."""
        hasil = dict(ubah)
        for sel, nilai in ubah.items():
            for atas in self.atasan(sel.wilayah):
                sama = sel._replace(wilayah=atas)
                if sama in self.angka and sama not in ubah:
                    hasil[sama] = hasil.get(sama, self.angka[sama]) + nilai - self.angka[sel]
        return hasil
