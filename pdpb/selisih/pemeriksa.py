"""Examine recaps: every identity with its result, the failed ones with their likely cause, then the remarks."""

from collections.abc import Iterator

from kpupalu.lib.kata import baca_terbilang, terbilang
from pdpb.selisih.identitas import ATURAN_KATA, Identitas, susun
from pdpb.selisih.kewajaran import periksa_wajar
from pdpb.selisih.rangkaian import antar_periode
from pdpb.selisih.sebab import Sebab, cari_sebab
from pdpb.selisih.skema import LABEL_JK, Dokumen, Sel, label_kolom
from pdpb.selisih.temuan import Periksa


def periksa(semua: list[Dokumen]) -> list[list[Periksa]]:
    """The findings of each recap, in the given order; recaps of one area are also held against each other."""
    return [_satu(dok, [*susun(dok), *antar_periode(semua, letak)]) for letak, dok in enumerate(semua)]


def periksa_satu(dok: Dokumen) -> list[Periksa]:
    """The findings of one recap by itself."""
    return periksa([dok])[0]


def _satu(dok: Dokumen, identitas: list[Identitas]) -> list[Periksa]:
    sebab = cari_sebab(dok, identitas)
    hasil = [_periksa(dok, satu, sebab.get(i)) for i, satu in enumerate(identitas)]
    hasil += [r6 for i, satu in enumerate(identitas) if (r6 := _r6(dok, satu, sebab.get(i)))]
    hasil += [*_kata_tak_terbaca(dok), *periksa_wajar(dok)]
    return sorted(hasil, key=lambda p: int(p.kode[1:]))


def _periksa(dok: Dokumen, satu: Identitas, sebab: Sebab | None) -> Periksa:
    dihitung, diumumkan = satu.dihitung(dok.angka), satu.diumumkan(dok.angka)
    return Periksa(
        satu.kode,
        dok.sebut(satu.wilayah),
        satu.aturan,
        dihitung,
        diumumkan,
        dihitung == diumumkan,
        sebab.kalimat if sebab else None,
    )


def _r6(dok: Dokumen, satu: Identitas, sebab: Sebab | None) -> Periksa | None:
    """Whether a figure that R1 judges has *ubah* added to it, asked wherever a recap states ubah."""
    if satu.kode != "R1" or len(satu.kanan) != 1:
        return None
    sel = satu.kanan[0][1]
    ubah = dok.angka.get(Sel(sel.wilayah, "ubah", sel.jk))
    if not ubah:
        return None
    dihitung, diumumkan = satu.dihitung(dok.angka), satu.diumumkan(dok.angka)
    ikut = diumumkan - dihitung == ubah and sebab is not None and sebab.kelas == "ubah_ditambah"
    aturan = "perbaikan data tidak ikut dijumlahkan"
    if sel.jk != "total":
        aturan += f" ({LABEL_JK[sel.jk]})"
    kalimat = sebab.kalimat if ikut and sebab else None
    # Where another mistake moved the figure, this rule has nothing to say about it: it holds.
    return Periksa("R6", dok.sebut(sel.wilayah), aturan, dihitung, diumumkan if ikut else dihitung, not ikut, kalimat)


def _kata_tak_terbaca(dok: Dokumen) -> Iterator[Periksa]:
    for sel, kata in dok.kata:
        angka = dok.angka.get(sel)
        if angka is not None and baca_terbilang(kata) is None:
            aturan = f"{ATURAN_KATA}, {label_kolom(sel.kolom)}"
            sebab = f"Kata pada naskah tidak terbaca sebagai bilangan; {angka} dibaca {terbilang(angka)}."
            yield Periksa("R11", dok.sebut(sel.wilayah), aturan, None, angka, False, sebab)
