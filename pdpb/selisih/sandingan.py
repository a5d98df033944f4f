"""Two recaps of one area side by side: every figure that both state and that differs, with its likely cause."""

from dataclasses import dataclass

from pdpb.selisih.identitas import BERSUSUN, sama_dengan, susun
from pdpb.selisih.sebab import cari_sebab
from pdpb.selisih.skema import Dokumen, Sel

KODE = "R19"


@dataclass(frozen=True, slots=True)
class BedaSel:
    """One figure of the examined recap that is not that of the other; *sebab* is empty without a convincing cause."""

    sel: Sel
    acuan: int
    tertulis: int
    sebab: str


def bandingkan(dok: Dokumen, acuan: Dokumen) -> list[BedaSel]:
    """The figures of *dok* that differ from those of *acuan* in the same area, column and sex, in the order of *dok*.

    A cause is given only where with it everything that *dok* states agrees, as in ``periksa``.
    """
    identitas = susun(dok)
    mulai = len(identitas)
    identitas += sama_dengan(dok, acuan, KODE, "rekap pembanding", BERSUSUN, {k: k for k in BERSUSUN})
    sebab = cari_sebab(dok, identitas)
    hasil = []
    for i, satu in enumerate(identitas[mulai:], start=mulai):
        if satu.sisa(dok.angka):
            kalimat = sebab[i].kalimat if i in sebab else ""
            hasil.append(BedaSel(satu.kanan[0][1], satu.dihitung(dok.angka), satu.diumumkan(dok.angka), kalimat))
    return hasil
