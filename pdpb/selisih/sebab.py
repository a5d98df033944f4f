"""The likely cause of what does not add up, or none: a guess counts only if with it everything it touches agrees."""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from itertools import count

from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import terbilang
from pdpb.selisih.digit import SEDIKIT, TANPA_POLA, kalimat_pola, pola
from pdpb.selisih.dugaan import semua, sumber_dasar
from pdpb.selisih.identitas import Identitas
from pdpb.selisih.keadaan import Dugaan, Keadaan
from pdpb.selisih.skema import Dokumen, Sel, label_sel

PUTARAN = 6
"""After each round of accepted causes the rest is looked at again, because two mistakes can hide each other."""
_DENGAN_TEMPAT = 3
_TETAP = {"R5", "R17", "R18", "R19"}


@dataclass(frozen=True, slots=True)
class Sebab:
    """A likely cause: its class, and the sentence."""

    kelas: str
    kalimat: str


def cari_sebab(dok: Dokumen, identitas: list[Identitas]) -> dict[int, Sebab]:
    """Number of a failed identity → its likely cause. What has no convincing cause is not a key."""
    k = Keadaan(dok, identitas)
    hasil: dict[int, Sebab] = {}
    for _ in range(PUTARAN):
        baru = _putaran(k)
        hasil |= baru
        if not baru or not k.gagal():
            break
    for i in k.gagal():
        if sendiri := _sendiri(k, i):
            hasil[i] = sendiri
    return hasil


def _putaran(k: Keadaan) -> dict[int, Sebab]:
    """Accept guesses, the one that explains most first; of equals the most specific."""
    antrean: list[tuple[int, int, int, int, Dugaan]] = []
    menurut_hasil: dict[frozenset[int], list[Dugaan]] = defaultdict(list)
    urut = count()

    def masukkan(dugaan: Dugaan) -> None:
        if (dugaan.ubah or dugaan.langsung) and (selesai := k.menjelaskan(dugaan)):
            heapq.heappush(antrean, (-len(selesai), -dugaan.bobot, len(dugaan.ubah), next(urut), dugaan))
            menurut_hasil[selesai].append(dugaan)

    for dugaan in semua(k):
        masukkan(dugaan)
    hasil: dict[int, Sebab] = {}
    while antrean:
        banyak, _, _, _, dugaan = heapq.heappop(antrean)
        selesai = k.menjelaskan(dugaan)
        if len(selesai) != -banyak:
            masukkan(dugaan)
            continue
        setara = [dugaan]
        for lain in menurut_hasil[selesai]:
            sama = lain.bobot == dugaan.bobot and all(lain.ubah != s.ubah for s in setara)
            if sama and k.menjelaskan(lain) == selesai:
                setara.append(lain)
        sebab = _putuskan(k, setara, selesai)
        k.terapkan(dugaan if sebab and len(setara) == 1 else Dugaan("", "", 0), selesai)
        if sebab:
            hasil |= dict.fromkeys(selesai, sebab)
    return hasil


def _putuskan(k: Keadaan, setara: list[Dugaan], selesai: frozenset[int]) -> Sebab | None:
    """The sentence when *setara* explain the same equally well: their common one, or the few places it can be.

    A figure without any pattern of a slip is named only when two identities point at it, or when all other figures
    of the one that does are vouched for.
    """
    dugaan, contoh = setara[0], min(selesai)
    if len(setara) == 1:
        if dugaan.bobot == TANPA_POLA and len(selesai) == 1:
            lain = [s for _, s in k.identitas[contoh].koefisien() if s not in dugaan.ubah]
            if not lain or not all(map(k.terlindung, lain)):
                return None
        return Sebab(dugaan.kelas, dugaan.kalimat)
    if dugaan.umum:
        return Sebab(dugaan.kelas, dugaan.umum)
    if any(len(satu.ubah) != 1 or satu.kelas != dugaan.kelas for satu in setara) or dugaan.bobot == TANPA_POLA:
        return None
    sel = [next(iter(satu.ubah)) for satu in setara]
    besar = abs(k.sisa[contoh])
    kata = {
        "sedikit": f"Kemungkinan {_arah(k, contoh, sel)} {besar}",
        "digit_tertukar": f"Selisih {ribuan(besar)} cocok dengan dua digit yang tertukar tempat",
    }.get(dugaan.kelas, f"Selisih {ribuan(besar)} cocok dengan satu digit yang salah ketik")
    return Sebab(dugaan.kelas, f"{kata} pada {_tempat(k, sel, contoh)}.")


def _arah(k: Keadaan, contoh: int, sel: list[Sel]) -> str:
    """In which direction the figure is wrong, when it is the same for every place it can be."""
    arah = {koefisien * k.sisa[contoh] > 0 for koefisien, s in k.identitas[contoh].koefisien() if s in sel}
    return "berselisih" if len(arah) != 1 else "kelebihan" if True in arah else "kekurangan"


def _tempat(k: Keadaan, sel: list[Sel], contoh: int) -> str:
    if len(sel) <= _DENGAN_TEMPAT:
        *awal, akhir = [label_sel(k.dok, satu) for satu in sel]
        return f"{', '.join(awal)} atau {akhir}"
    diumumkan = {s for _, s in k.identitas[contoh].kanan}
    if diumumkan & set(sel):
        return "salah satu angka yang dijumlahkan atau jumlahnya"
    return "salah satu angka yang dijumlahkan; jumlah yang diumumkan cocok dengan pemeriksaan lain"


def _sendiri(k: Keadaan, i: int) -> Sebab | None:
    """What one identity tells by itself, when no guess agrees with all the others."""
    satu, sisa = k.identitas[i], k.sisa[i]
    if satu.kode == "R11":
        return _kata(k, satu)
    if satu.kode in _TETAP and len(satu.kanan) == 1:
        return _tetap(k, satu)
    if str(abs(sisa)).strip("0") == "1" and abs(sisa) > SEDIKIT:
        return Sebab("ribuan", f"Selisih tepat {ribuan(abs(sisa))}: satu angka kemungkinan salah ketik pada digit itu.")
    return None


def _kata(k: Keadaan, satu: Identitas) -> Sebab:
    sel = satu.kanan[0][1]
    angka, kata = k.angka[sel], satu.dihitung(k.angka)
    lain = k.terlindung(sel)
    akhir = " Angkanya cocok dengan hitungan lain, jadi kemungkinan katanya yang keliru." if lain else ""
    beda = pola(kata, angka)
    cara = f" Bedanya {beda.kalimat}." if beda and beda.kelas != "sedikit" else ""
    return Sebab(
        "kata_beda",
        f"Kata berbunyi {terbilang(kata)} ({ribuan(kata)}), sedangkan angkanya {ribuan(angka)}.{cara}{akhir}",
    )


def _tetap(k: Keadaan, satu: Identitas) -> Sebab | None:
    """Against a figure that stands fixed elsewhere: the previous minutes, SIDALIH, another period."""
    sel = satu.kanan[0][1]
    tertulis, benar = satu.diumumkan(k.angka), satu.dihitung(k.angka)
    if sel.kolom == "sebelumnya" and (sumber := sumber_dasar(k, sel, benar)[0]):
        return Sebab("dasar_lain", f"Angka sebelumnya kemungkinan diambil dari sumber lain: {sumber}.")
    kelas, kalimat, bobot = kalimat_pola(label_sel(k.dok, sel), tertulis, benar)
    return Sebab(kelas, kalimat) if bobot > SEDIKIT * 2 else None
