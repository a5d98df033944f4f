"""The mistakes that people make in a recap, each as a guess that can be tried on the figures.

Every class was seen in published recaps: ubah added to the total, digits swapped, a row copied from its neighbour,
L and P exchanged, a baseline from elsewhere, an area left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kpupalu.lib.angka import ribuan
from pdpb.selisih.digit import SEDIKIT, kalimat_pola
from pdpb.selisih.identitas import BERSUSUN
from pdpb.selisih.keadaan import Dugaan, Keadaan
from pdpb.selisih.palu import deret, resmi
from pdpb.selisih.skema import JK, Sel, label_kolom, label_sel

LP = ("laki_laki", "perempuan")
YAKIN_SENDIRI = 100
"""Two equal figures from here on are no accident; smaller ones need a second pair."""
_RUMUS = (
    # class, weight, factor of each column that the difference equals, sentence
    ("ubah_ditambah", 76, {"ubah": -1}, "perbaikan data ({n}) ikut dijumlahkan, padahal tidak mengubah jumlah pemilih"),
    ("ubah_dikurang", 75, {"ubah": 1}, "perbaikan data ({n}) ikut dikurangkan, padahal tidak mengubah jumlah pemilih"),
    ("kurang_bukan_tambah", 67, {"baru": 2}, "pemilih baru ({n}) dikurangkan, bukan ditambahkan"),
    ("kurang_bukan_tambah", 67, {"tms": -2}, "TMS ({n}) ditambahkan, bukan dikurangkan"),
    ("kurang_bukan_tambah", 66, {"masuk": 2}, "mutasi masuk ({n}) dikurangkan, bukan ditambahkan"),
    ("kurang_bukan_tambah", 66, {"keluar": -2}, "mutasi keluar ({n}) ditambahkan, bukan dikurangkan"),
    ("tidak_dihitung", 64, {"baru": 1}, "pemilih baru ({n}) tidak ikut ditambahkan"),
    ("tidak_dihitung", 64, {"tms": -1}, "TMS ({n}) tidak ikut dikurangkan"),
    ("tidak_dihitung", 63, {"masuk": 1, "keluar": -1}, "mutasi masuk dan keluar (selisihnya {n}) tidak ikut dihitung"),
)


def semua(k: Keadaan) -> Iterator[Dugaan]:
    """Every guess about what is still unexplained in *k*."""
    gagal = k.gagal()
    wilayah = sorted({s.wilayah for i in gagal for _, s in k.identitas[i].koefisien()})
    yield from satu_angka(k, gagal)
    yield from laki_perempuan(k, wilayah)
    yield from baru_tms(k, wilayah)
    yield from rumus(k, gagal)
    yield from dasar_lain(k, gagal)
    yield from per_induk(k, gagal)


def satu_angka(k: Keadaan, gagal: list[int]) -> Iterator[Dugaan]:
    """Exactly one figure is wrong: what it should be follows from the identity that fails."""
    dicoba: set[tuple[Sel, int]] = set()
    for i in gagal:
        if k.identitas[i].kode == "R11":
            continue
        for koefisien, sel in k.identitas[i].koefisien():
            benar = k.angka[sel] - k.sisa[i] // koefisien
            if (sel, benar) in dicoba or k.sisa[i] % koefisien:
                continue
            dicoba.add((sel, benar))
            kelas, kalimat, bobot = kalimat_pola(label_sel(k.dok, sel), k.angka[sel], benar)
            yield Dugaan(kelas, kalimat, bobot, {sel: benar})
            # A wrong row that was added up keeps its difference in every total above it.
            bagian = {sel: benar}
            total = sel._replace(jk="total")
            if sel.jk != "total" and total in k.angka:
                bagian[total] = k.angka[total] + benar - k.angka[sel]
            naik = k.terbawa(bagian)
            if len(naik) > 1:
                sebut = f"{kalimat} Selisih yang sama terbawa ke jumlah yang dihitung darinya."
                besar, asal = ribuan(abs(benar - k.angka[sel])), k.dok.label(sel.wilayah)
                umum = f"Selisih {besar} yang sama terbawa dari {asal}; periksa baris itu dahulu."
                yield Dugaan("terbawa", sebut, bobot // 2, naik, umum)


def _tukar(k: Keadaan, wilayah: int, kolom: str) -> dict[Sel, int]:
    laki, perempuan = (Sel(wilayah, kolom, jk) for jk in LP)
    if laki not in k.angka or perempuan not in k.angka or k.angka[laki] == k.angka[perempuan]:
        return {}
    return {laki: k.angka[perempuan], perempuan: k.angka[laki]}


def _kolom(k: Keadaan, wilayah: int) -> list[str]:
    return [kolom for kolom in k.dok.kolom[wilayah] if kolom != "tercatat"]


def laki_perempuan(k: Keadaan, wilayah: list[int]) -> Iterator[Dugaan]:
    """L and P exchanged: one figure pair, a whole row, or a column of all rows."""
    for nomor in wilayah:
        di = k.dok.label(nomor)
        baris: dict[Sel, int] = {}
        for kolom in _kolom(k, nomor):
            ubah = _tukar(k, nomor, kolom)
            if kolom in BERSUSUN:
                baris |= ubah
            bawah = {s: n for a in k.dok.wilayah[nomor].anak for s, n in _tukar(k, a, kolom).items()}
            pada = f"Laki-laki dan perempuan kemungkinan tertukar pada {label_kolom(kolom)}"
            umum = f"{pada} di {di} atau pada kolom itu di semua wilayah di bawahnya."
            yield Dugaan("lp_tertukar", f"{pada} di {di}.", 71, ubah, umum)
            yield Dugaan("lp_tertukar", f"{pada} di semua wilayah di bawah {di}.", 71, bawah, umum)
        yield Dugaan("lp_tertukar", f"Laki-laki dan perempuan kemungkinan tertukar pada seluruh baris {di}.", 70, baris)
    for kolom in dict.fromkeys(kolom for nomor in wilayah for kolom in _kolom(k, nomor)):
        ubah = {s: n for w in k.dok.wilayah for s, n in _tukar(k, w.nomor, kolom).items()}
        pada = f"Kolom laki-laki dan perempuan kemungkinan tertukar pada {label_kolom(kolom)} di semua wilayah."
        yield Dugaan("lp_tertukar", pada, 70, ubah)


def _tukar_baru_tms(k: Keadaan, nomor: int) -> dict[Sel, int]:
    hasil: dict[Sel, int] = {}
    for jk in JK:
        baru, tms = Sel(nomor, "baru", jk), Sel(nomor, "tms", jk)
        if baru in k.angka and tms in k.angka and k.angka[baru] != k.angka[tms]:
            hasil |= {baru: k.angka[tms], tms: k.angka[baru]}
    return hasil


def baru_tms(k: Keadaan, wilayah: list[int]) -> Iterator[Dugaan]:
    """New voters and TMS exchanged, in one row or everywhere; their reasons may have moved with them."""
    for nomor in wilayah:
        ubah = _tukar_baru_tms(k, nomor)
        kalimat = f"Pemilih baru dan TMS kemungkinan tertukar di {k.dok.label(nomor)}."
        yield Dugaan("baru_tms_tertukar", kalimat, 70, ubah)
        if k.dok.rincian(nomor, "baru") or k.dok.rincian(nomor, "tms"):
            induk = {nomor, k.dok.wilayah[nomor].induk}
            r4 = frozenset(
                i
                for i, satu in enumerate(k.identitas)
                if satu.wilayah == nomor and satu.kode in ("R4", "R11") and satu.kanan[0][1].kolom in ("baru", "tms")
            )
            r3 = frozenset(
                i
                for i, satu in enumerate(k.identitas)
                if k.sisa[i] and satu.wilayah in induk and satu.kode == "R3"
                and satu.kanan[0][1].kolom.startswith(("baru/", "tms/"))
            )  # fmt: skip
            yield Dugaan("baru_tms_tertukar", kalimat, 70, ubah, langsung=r3, abaikan=r4)
    semua_baris = {s: n for w in k.dok.wilayah for s, n in _tukar_baru_tms(k, w.nomor).items()}
    yield Dugaan(
        "baru_tms_tertukar", "Kolom pemilih baru dan TMS kemungkinan tertukar di semua wilayah.", 70, semua_baris
    )


def _r1(k: Keadaan, gagal: list[int]) -> dict[int, dict[str, int]]:
    """Area → sex → difference of R1, where the announced figure is one cell."""
    hasil: dict[int, dict[str, int]] = defaultdict(dict)
    for i in gagal:
        satu = k.identitas[i]
        if satu.kode == "R1" and len(satu.kanan) == 1:
            hasil[satu.wilayah][satu.kanan[0][1].jk] = k.sisa[i]
    return hasil


def _menurut(k: Keadaan, nomor: int, faktor: dict[str, int], jk: str) -> int:
    nilai = [(n, k.nilai(nomor, kolom, jk)) for kolom, n in faktor.items()]
    return sum(n * (angka or 0) for n, angka in nilai)


def rumus(k: Keadaan, gagal: list[int]) -> Iterator[Dugaan]:
    """The present figure was calculated by a wrong formula: a column added, subtracted or forgotten."""
    menurut_wilayah = _r1(k, gagal)
    for kelas, bobot, faktor, kata in _RUMUS:
        bersama: dict[Sel, int] = {}
        for nomor, sisa in menurut_wilayah.items():
            cocok = [jk for jk, n in sisa.items() if n and n == _menurut(k, nomor, faktor, jk)]
            if not cocok:
                continue
            ubah = {Sel(nomor, "sekarang", jk): k.angka[Sel(nomor, "sekarang", jk)] + sisa[jk] for jk in cocok}
            bersama |= ubah
            satuan = max(abs(n) for n in faktor.values())
            besar = abs(sisa["total" if "total" in cocok else cocok[0]]) // satuan
            yakin = bobot if besar > SEDIKIT or len(cocok) > 1 else 42
            kalimat = f"Di {k.dok.label(nomor)} {kata.format(n=ribuan(besar))}."
            yield Dugaan(kelas, kalimat, yakin, ubah)
            yield Dugaan(kelas, f"{kalimat} Selisihnya terbawa ke jumlah di atasnya.", yakin - 1, k.terbawa(ubah))
            if besar > SEDIKIT:
                # The wrong figure was used everywhere, so that the rest agrees with it.
                langsung = frozenset(
                    i for i in gagal
                    if k.identitas[i].kode == "R1" and {s for _, s in k.identitas[i].kanan} <= ubah.keys()
                )  # fmt: skip
                yield Dugaan(kelas, kalimat, yakin - 2, langsung=langsung)
        banyak = len({s.wilayah for s in bersama})
        if banyak > 1:
            polos = re.sub(r" \([^)]*\)", "", kata)
            yield Dugaan(kelas, f"Di {banyak} wilayah {polos}.", bobot, bersama)


def dasar_lain(k: Keadaan, gagal: list[int]) -> Iterator[Dugaan]:
    """The baseline was taken from another list: it equals that list's figure, or the sum closes with it."""
    bersama: dict[Sel, int] = {}
    sumber: set[str] = set()
    for nomor, sisa in _r1(k, gagal).items():
        ubah: dict[Sel, int] = {}
        sebut, bobot = "", 0
        for jk, n in sisa.items():
            sel = Sel(nomor, "sebelumnya", jk)
            if not n or sel not in k.angka:
                continue
            ubah[sel] = k.angka[sel] - n
            if not sebut:
                sebut, bobot = sumber_dasar(k, sel, ubah[sel])
        if sebut:
            bersama |= ubah
            sumber.add(sebut)
            kalimat = f"Angka sebelumnya di {k.dok.label(nomor)} kemungkinan diambil dari sumber lain: {sebut}."
            yield Dugaan("dasar_lain", kalimat, bobot, ubah)
            yield Dugaan("dasar_lain", kalimat, bobot - 1, k.terbawa(ubah))
    if len(sumber) > 1:
        yield Dugaan(
            "dasar_lain", "Angka sebelumnya di beberapa wilayah kemungkinan diambil dari daftar lain.", 73, bersama
        )


def sumber_dasar(k: Keadaan, sel: Sel, benar: int) -> tuple[str, int]:
    """Which list the written baseline, or the one that would close the sum, comes from, and how convincing that is.

    Empty when none is known. The last result of a city is a right baseline too, so only lists of an election,
    and these weakly, speak against the written figure.
    """
    tertulis = k.angka[sel]
    dpt = k.dok.angka.get(sel._replace(kolom="dpt"))
    if dpt is not None and dpt == tertulis:
        return f"{ribuan(tertulis)} adalah angka daftar dasar, sedangkan hitungannya cocok dengan {ribuan(benar)}", 74
    if dpt is not None and dpt == benar:
        return f"hitungannya cocok dengan angka daftar dasar, {ribuan(benar)}", 74
    if sel.wilayah == 0 and sel.jk == "total":
        for terbit in deret(k.dok.kode_wilayah):
            if terbit.pemilih == benar:
                return f"hitungannya cocok dengan {terbit.sebut}, {ribuan(benar)}", 75
        for terbit in deret(k.dok.kode_wilayah):
            if terbit.pemilih == tertulis and terbit.sebut.startswith(("DPT", "DPS", "DP4")):
                kata = f"{ribuan(tertulis)} adalah {terbit.sebut}, sedangkan hitungannya cocok dengan {ribuan(benar)}"
                return kata, 44
    return "", 0


def per_induk(k: Keadaan, gagal: list[int]) -> Iterator[Dugaan]:
    """What a sum over areas can suffer: a row copied, left out, counted twice, subtracted."""
    menurut_induk: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for i in gagal:
        satu = k.identitas[i]
        if satu.kode == "R3":
            sel = satu.kanan[0][1]
            menurut_induk[satu.wilayah][sel.kolom, sel.jk] = i
    for induk, jumlah in menurut_induk.items():
        yield from _tersalin(k, induk, jumlah)
        yield from _anak_keliru(k, induk, jumlah)
        yield from _tercantum_dua_kali(k, induk, jumlah, gagal)
        yield from _tidak_tercantum(k, induk, jumlah, gagal)


def _tersalin(k: Keadaan, induk: int, jumlah: dict[tuple[str, str], int]) -> Iterator[Dugaan]:
    anak = k.dok.wilayah[induk].anak
    for atas, bawah in pairwise(anak):
        sama = [
            (kolom, jk)
            for kolom, jk in jumlah
            if (n := k.nilai(atas, kolom, jk)) is not None and n == k.nilai(bawah, kolom, jk)
        ]
        terbesar = max((k.nilai(atas, *kunci) or 0 for kunci in sama), default=0)
        if terbesar < (SEDIKIT + 1 if len(sama) > 1 else YAKIN_SENDIRI):
            continue
        a, b = k.dok.label(atas), k.dok.label(bawah)
        umum = f"Baris {b} sama dengan baris {a}: kemungkinan satu baris tersalin dari baris di sebelahnya."
        for satu, lain in ((bawah, atas), (atas, bawah)):
            ubah = {Sel(satu, *kunci): k.angka[Sel(satu, *kunci)] - k.sisa[jumlah[kunci]] for kunci in sama}
            kalimat = f"Baris {k.dok.label(satu)} kemungkinan tersalin dari baris {k.dok.label(lain)}: angkanya sama."
            # A single figure a few persons off may equal its neighbour by chance.
            mirip = len(sama) == 1 and abs(k.sisa[jumlah[sama[0]]]) <= SEDIKIT
            yield Dugaan("baris_tersalin", kalimat, 30 if mirip else 80, ubah, umum)


_ANAK = (
    ("wilayah_terlewat", 65, 1, "{w} kemungkinan tidak ikut dijumlahkan: selisihnya sama dengan angkanya, {n}."),
    ("wilayah_dobel", 65, -1, "{w} kemungkinan terhitung dua kali: selisihnya sama dengan angkanya, {n}."),
    (
        "kurang_bukan_tambah",
        64,
        2,
        "{w} kemungkinan dikurangkan, bukan ditambahkan: selisihnya dua kali angkanya, {n}.",
    ),
)


def _anak_keliru(k: Keadaan, induk: int, jumlah: dict[tuple[str, str], int]) -> Iterator[Dugaan]:
    """The announced sum leaves one area out, has it twice, or subtracts it."""
    for nomor in k.dok.wilayah[induk].anak:
        for kelas, bobot, kali, kata in _ANAK:
            cocok = {kunci: i for kunci, i in jumlah.items() if (n := k.nilai(nomor, *kunci)) and k.sisa[i] == kali * n}
            terbesar = max((k.nilai(nomor, *kunci) or 0 for kunci in cocok), default=0)
            if terbesar >= YAKIN_SENDIRI or (terbesar > SEDIKIT and len(cocok) > 1):
                ubah = {Sel(induk, *kunci): k.angka[Sel(induk, *kunci)] + k.sisa[i] for kunci, i in cocok.items()}
                kalimat = kata.format(w=k.dok.label(nomor), n=ribuan(terbesar))
                yield Dugaan(kelas, kalimat, bobot, ubah)
                yield Dugaan(kelas, kalimat, bobot - 1, k.terbawa(ubah))


def _tercantum_dua_kali(
    k: Keadaan, induk: int, jumlah: dict[tuple[str, str], int], gagal: list[int]
) -> Iterator[Dugaan]:
    kembar = [i for i in gagal if _r14(k, i, induk) and not k.identitas[i].kanan and k.sisa[i] < 0]
    dikenal: dict[str, int] = {}
    for nomor in k.dok.wilayah[induk].anak if kembar else ():
        satu = k.dok.wilayah[nomor]
        if dikenal.setdefault(satu.kode or satu.nama.casefold(), nomor) != nomor:
            cocok = {i for kunci, i in jumlah.items() if k.sisa[i] == k.nilai(nomor, *kunci)}
            kalimat = f"{k.dok.label(nomor)} tercantum dua kali."
            yield Dugaan("wilayah_dobel", kalimat, 90, langsung=frozenset({*kembar, *cocok}))


def _r14(k: Keadaan, i: int, wilayah: int) -> bool:
    return k.identitas[i].kode == "R14" and k.identitas[i].wilayah == wilayah


def _tidak_tercantum(k: Keadaan, induk: int, jumlah: dict[tuple[str, str], int], gagal: list[int]) -> Iterator[Dugaan]:
    """One area is not in the list: the sum is too small, and the list is shorter than it should be."""
    anak = k.dok.wilayah[induk].anak
    tingkat = k.dok.wilayah[anak[0]].tingkat
    naik = (induk, *k.atasan(induk))
    kurang_wilayah = {i for i in gagal if k.sisa[i] < 0 and any(_r14(k, i, atas) for atas in naik)}
    hitungan = {
        i
        for i in kurang_wilayah
        if k.sisa[i] == -1 and any(sel.kolom == f"jumlah_{tingkat}" for _, sel in k.identitas[i].kanan)
    }
    daftar = resmi(k.dok.kode_wilayah, tingkat)
    ada = {k.dok.wilayah[a].kode for a in anak}
    hilang = [
        (kode, nama) for kode, nama in daftar.items()
        if kode not in ada and (k.dok.wilayah[induk].induk is None or kode.startswith(k.dok.wilayah[induk].kode))
    ] if ada & daftar.keys() else []  # fmt: skip
    kurang = {kunci: i for kunci, i in jumlah.items() if k.sisa[i] < 0}
    if not kurang or not (hitungan or len(hilang) == 1):
        return
    utama = next(k_ for k_ in (("sekarang", "total"), *kurang) if k_ in kurang)
    nama = f"{tingkat.capitalize()} {hilang[0][1]}" if len(hilang) == 1 else f"Satu {tingkat.replace('tps', 'TPS')}"
    kalimat = (
        f"{nama} tidak tercantum; menurut jumlah di {k.dok.label(induk)}, {label_kolom(utama[0])} di sana "
        f"{ribuan(-k.sisa[kurang[utama]])}."
    )
    yield Dugaan("wilayah_hilang", kalimat, 85, langsung=frozenset({*kurang_wilayah, *kurang.values()}))
