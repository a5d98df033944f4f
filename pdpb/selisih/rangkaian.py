"""What must be true between recaps of several periods: each begins where the one before ended (R5, R17, R18)."""

from collections.abc import Iterator

from pdpb.selisih.identitas import Identitas, sama_dengan, suku
from pdpb.selisih.skema import JK, LABEL_JK, Dokumen, Sel

TRIWULAN_SETAHUN = 4


def antar_periode(semua: list[Dokumen], letak: int) -> Iterator[Identitas]:
    """The identities between recap *letak* and the others of its area, wherever these say their period."""
    dok = semua[letak]
    sendiri = [lain for lain in semua if lain is not dok and _sewilayah(lain, dok)]
    kolom = {"sebelumnya": "sekarang"}
    sebelum = dok.sebelum or _tepat_sebelum(sendiri, dok)
    yield from sama_dengan(dok, sebelum, "R5", "hasil periode lalu", ("sebelumnya",), kolom)
    yield from _setahun(sendiri, dok)
    for lain in sendiri:
        semester, triwulan = dok.periode.semester, lain.periode.triwulan
        if (
            semester
            and not dok.periode.triwulan
            and triwulan == 2 * semester
            and lain.periode.tahun == dok.periode.tahun
        ):
            sebut = f"hasil triwulan {triwulan}"
            yield from sama_dengan(dok, lain, "R18", sebut, ("sekarang",), {"sekarang": "sekarang"})


def _sewilayah(satu: Dokumen, lain: Dokumen) -> bool:
    return bool(satu.kode_wilayah) and satu.kode_wilayah == lain.kode_wilayah


def _tepat_sebelum(semua: list[Dokumen], dok: Dokumen) -> Dokumen | None:
    urutan = dok.periode.urutan
    if urutan is None:
        return None
    cocok = [lain for lain in semua if lain.periode.urutan == (urutan[0], urutan[1] - 1)]
    return cocok[0] if len(cocok) == 1 else None


def _setahun(semua: list[Dokumen], dok: Dokumen) -> Iterator[Identitas]:
    """R17: the base of TW I + all new − all TMS of four quarters = TW IV."""
    if dok.periode.triwulan != TRIWULAN_SETAHUN or dok.periode.tahun is None:
        return
    tahun = {d.periode.triwulan: d for d in semua if d.periode.tahun == dok.periode.tahun and d.periode.triwulan}
    if set(tahun) != {1, 2, 3}:
        return
    for jk in JK:
        tetapan = 0
        bagian = [(tahun[1], "dpt", 1)] if suku(tahun[1], 0, "dpt", jk) else [(tahun[1], "sebelumnya", 1)]
        bagian += [(tahun[n], k, t) for n in (1, 2, 3) for k, t in (("baru", 1), ("tms", -1), ("koreksi", 1))]
        for lain, kolom, tanda in bagian:
            nilai = suku(lain, 0, kolom, jk)
            if nilai is None and kolom != "koreksi":
                break
            tetapan += tanda * sum(t * lain.angka[s] for t, s in nilai or ())
        else:
            baru, tms, kini = (suku(dok, 0, k, jk) for k in ("baru", "tms", "sekarang"))
            if baru and tms and kini and Sel(0, "sekarang", jk) in dok.angka:
                koreksi = suku(dok, 0, "koreksi", jk) or ()
                kiri = baru + tuple((-t, s) for t, s in tms) + koreksi
                teks = "daftar dasar + semua baru − semua TMS empat triwulan = triwulan IV"
                sebut = "" if jk == "total" else f" ({LABEL_JK[jk]})"
                yield Identitas("R17", 0, f"{teks}{sebut}", kiri, kini, tetapan)
