"""Every identity that the stated figures allow, as sums of cells that can be evaluated again.

An identity is a sum on the computed side and a sum on the announced side. Keeping the cells, not only the result,
lets ``sebab`` ask which change of which figure would make everything agree.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kpupalu.lib.kata import baca_terbilang
from pdpb.selisih.palu import resmi
from pdpb.selisih.skema import JK, LABEL_JK, Dokumen, Sel, label_kolom

Suku = tuple[tuple[int, Sel], ...]
BERSUSUN = ("sebelumnya", "baru", "tms", "ubah", "masuk", "keluar", "koreksi", "sekarang")
"""The columns of a recap table, each with L, P and L+P."""
_ARUS = {"baru": 1, "tms": -1, "masuk": 1, "keluar": -1, "koreksi": 1}
_JUMLAH_TINGKAT = {"kecamatan": "jumlah_kecamatan", "kelurahan": "jumlah_kelurahan", "tps": "jumlah_tps"}


@dataclass(frozen=True, slots=True)
class Identitas:
    """``tetapan`` + sum of *kiri* must equal ``tetapan_kanan`` + sum of *kanan*."""

    kode: str
    wilayah: int
    aturan: str
    kiri: Suku
    kanan: Suku
    tetapan: int = 0
    tetapan_kanan: int = 0

    def dihitung(self, angka: Mapping[Sel, int]) -> int:
        """The computed side."""
        return self.tetapan + sum(k * angka[s] for k, s in self.kiri)

    def diumumkan(self, angka: Mapping[Sel, int]) -> int:
        """The announced side."""
        return self.tetapan_kanan + sum(k * angka[s] for k, s in self.kanan)

    def sisa(self, angka: Mapping[Sel, int]) -> int:
        """Computed minus announced; zero when the identity holds."""
        return self.dihitung(angka) - self.diumumkan(angka)

    def koefisien(self) -> Iterator[tuple[int, Sel]]:
        """Every cell with its weight in ``sisa``."""
        yield from self.kiri
        yield from ((-k, s) for k, s in self.kanan)


def susun(dok: Dokumen) -> list[Identitas]:
    """Every identity of one recap, in order of rule."""
    aturan: tuple[Callable[[Dokumen], Iterator[Identitas]], ...] = (
        _r1, _r2, _r3, _r4, _r7, _r8, _r9, _r11, _r14, _r15, _r18, _r19,
    )  # fmt: skip
    return [satu for buat in aturan for satu in buat(dok)]


def suku(dok: Dokumen, wilayah: int, kolom: str, jk: str) -> Suku | None:
    """The cell, or L and P where only these state the total; None when neither is stated."""
    sel = Sel(wilayah, kolom, jk)
    if sel in dok.angka:
        return ((1, sel),)
    if jk != "total":
        return None
    bagian = tuple((1, Sel(wilayah, kolom, j)) for j in ("laki_laki", "perempuan"))
    return bagian if all(s in dok.angka for _, s in bagian) else None


def _r1(dok: Dokumen) -> Iterator[Identitas]:
    """Flows that a recap does not state are taken as none: the published form has no moves inside the city."""
    for w in dok.wilayah:
        for jk in JK:
            pokok = {k: suku(dok, w.nomor, k, jk) for k in ("sebelumnya", "baru", "tms", "sekarang")}
            awal, kini = pokok["sebelumnya"], pokok["sekarang"]
            if awal is None or kini is None or pokok["baru"] is None or pokok["tms"] is None:
                continue
            if jk == "total" and not any(Sel(w.nomor, k, jk) in dok.angka for k in pokok):
                continue
            kiri, kata = awal, "sebelumnya"
            for kolom, tanda in _ARUS.items():
                arus = suku(dok, w.nomor, kolom, jk)
                if arus:
                    kiri += tuple((tanda * k, s) for k, s in arus)
                    kata += f" {'+' if tanda > 0 else '−'} {label_kolom(kolom)}"
            yield Identitas("R1", w.nomor, f"{kata} = sekarang{_jk(jk)}", kiri, kini)


def _jk(jk: str) -> str:
    return "" if jk == "total" else f" ({LABEL_JK[jk]})"


def _r2(dok: Dokumen) -> Iterator[Identitas]:
    for nomor, semua in dok.kolom.items():
        for kolom in semua:
            sel = {jk: Sel(nomor, kolom, jk) for jk in JK}
            if kolom == "tercatat":
                for jk in JK:
                    kini = suku(dok, nomor, "sekarang", jk)
                    if sel[jk] in dok.angka and kini:
                        teks = f"pemilih sekarang = {label_kolom(kolom)}{_jk(jk)}"
                        yield Identitas("R2", nomor, teks, kini, ((1, sel[jk]),))
            elif all(s in dok.angka for s in sel.values()):
                kiri = ((1, sel["laki_laki"]), (1, sel["perempuan"]))
                teks = f"laki-laki + perempuan = jumlah, {label_kolom(kolom)}"
                yield Identitas("R2", nomor, teks, kiri, ((1, sel["total"]),))
            if kolom == "koreksi" and (jumlah := suku(dok, nomor, kolom, "total")):
                yield Identitas("R2", nomor, "koreksi jenis kelamin saling meniadakan", jumlah, ())


def suku_lengkap(dok: Dokumen, wilayah: int, kolom: str, jk: str) -> Suku | None:
    """Like ``suku``; a reason that a complete breakdown leaves out counts as none (an empty sum)."""
    ada = suku(dok, wilayah, kolom, jk)
    pokok, _, sebab = kolom.partition("/")
    if ada is not None or not sebab:
        return ada
    saudara = dok.rincian(wilayah, pokok)
    lengkap = bool(saudara) and any(suku(dok, wilayah, k, jk) for k in saudara) and _berjumlah(dok, wilayah, pokok)
    return () if lengkap or dok.angka.get(Sel(wilayah, pokok, jk)) == 0 else None


def _berjumlah(dok: Dokumen, wilayah: int, kolom: str) -> bool:
    return any(Sel(wilayah, kolom, jk) in dok.angka for jk in JK)


def _r3(dok: Dokumen) -> Iterator[Identitas]:
    for w in dok.wilayah:
        for kolom in dok.kolom[w.nomor] if w.anak else ():
            if kolom in ("tercatat", "perubahan", "semester") and kolom not in dok.kolom[w.anak[0]]:
                continue
            for jk in JK:
                atas = Sel(w.nomor, kolom, jk)
                bawah = [suku_lengkap(dok, anak, kolom, jk) for anak in w.anak]
                if atas in dok.angka and any(bawah) and all(b is not None for b in bawah):
                    kiri = tuple(s for b in bawah for s in b or ())
                    teks = f"jumlah wilayah di bawahnya = {label_kolom(kolom)}{_jk(jk)}"
                    yield Identitas("R3", w.nomor, teks, kiri, ((1, atas),))


def _r4(dok: Dokumen) -> Iterator[Identitas]:
    for nomor, semua in dok.kolom.items():
        for kolom in ("baru", "tms", "ubah", "masuk", "keluar"):
            sebab = [k for k in semua if k.startswith(f"{kolom}/")]
            if len(sebab) == 1 and not _lengkap(dok, nomor, kolom):
                continue
            for jk in JK:
                atas = Sel(nomor, kolom, jk)
                bagian = [suku(dok, nomor, k, jk) for k in sebab]
                if atas in dok.angka and bagian and all(bagian):
                    kiri = tuple(s for b in bagian for s in b or ())
                    kata = "jumlah kategori" if kolom == "baru" else "jumlah sebab"
                    yield Identitas("R4", nomor, f"{kata} = {label_kolom(kolom)}{_jk(jk)}", kiri, ((1, atas),))


def _lengkap(dok: Dokumen, nomor: int, kolom: str) -> bool:
    """Whether a single reason is a breakdown: not where the whole knows more of them (an excerpt of one reason)."""
    return nomor == 0 or len(dok.rincian(0, kolom)) <= 1


def _r7(dok: Dokumen) -> Iterator[Identitas]:
    for w in dok.wilayah:
        for jk in JK:
            bagian = [suku(dok, w.nomor, k, jk) for k in ("baru", "tms", "ubah")]
            atas = Sel(w.nomor, "perubahan", jk)
            if atas in dok.angka and all(bagian):
                kiri = tuple(s for b in bagian for s in b or ())
                teks = f"pemilih baru + TMS + perbaikan data = baris perubahan{_jk(jk)}"
                yield Identitas("R7", w.nomor, teks, kiri, ((1, atas),))


def _r8(dok: Dokumen) -> Iterator[Identitas]:
    for w in dok.wilayah:
        for jk in JK:
            bagian = [suku(dok, w.nomor, k, jk) for k in ("reguler", "loksus")]
            kini = suku(dok, w.nomor, "sekarang", jk)
            if all(bagian) and kini:
                teks = f"reguler + lokasi khusus = pemilih sekarang{_jk(jk)}"
                yield Identitas("R8", w.nomor, teks, (bagian[0] or ()) + (bagian[1] or ()), kini)
        tps = [Sel(w.nomor, k, "total") for k in ("jumlah_tps_reguler", "jumlah_tps_loksus", "jumlah_tps")]
        if all(s in dok.angka for s in tps):
            kiri = ((1, tps[0]), (1, tps[1]))
            yield Identitas("R8", w.nomor, "TPS reguler + TPS lokasi khusus = jumlah TPS", kiri, ((1, tps[2]),))
    yield from _r8_tps(dok)


def _r8_tps(dok: Dokumen) -> Iterator[Identitas]:
    """Where every TPS says whether it is a special one, these add up to the special ones of the whole."""
    tps = [w for w in dok.wilayah if w.tingkat == "tps"]
    if not any(w.jenis for w in tps):
        return
    for kolom in ("reguler", "loksus"):
        for jk in JK:
            milik = [suku(dok, w.nomor, "sekarang", jk) for w in tps if (w.jenis == "loksus") == (kolom == "loksus")]
            atas = Sel(0, kolom, jk)
            if atas in dok.angka and all(milik):
                kiri = tuple(s for b in milik for s in b or ())
                yield Identitas("R8", 0, f"jumlah TPS-nya = {label_kolom(kolom)}{_jk(jk)}", kiri, ((1, atas),))


def _r9(dok: Dokumen) -> Iterator[Identitas]:
    if dok.wilayah[0].tingkat != "kota":
        return
    for jk in JK:
        masuk, keluar = suku(dok, 0, "masuk", jk), suku(dok, 0, "keluar", jk)
        # A corrected sex is no move; the moves of each sex agree by themselves.
        if masuk and keluar:
            yield Identitas("R9", 0, f"mutasi masuk = mutasi keluar{_jk(jk)}", masuk, keluar)


def _r11(dok: Dokumen) -> Iterator[Identitas]:
    for sel, kata in dok.kata:
        nilai = baca_terbilang(kata)
        if sel in dok.angka and nilai is not None:
            yield Identitas(
                "R11", sel.wilayah, f"{ATURAN_KATA}, {label_kolom(sel.kolom)}{_jk(sel.jk)}", (), ((1, sel),), nilai
            )


ATURAN_KATA = "kata = angka"


def _r14(dok: Dokumen) -> Iterator[Identitas]:
    for w in dok.wilayah:
        for tingkat, kolom in _JUMLAH_TINGKAT.items():
            sel = Sel(w.nomor, kolom, "total")
            ada = _keturunan(dok, w.nomor, tingkat)
            if sel in dok.angka and ada:
                teks = f"{tingkat if tingkat != 'tps' else 'TPS'} yang tercantum = {label_kolom(kolom)}"
                yield Identitas("R14", w.nomor, teks, (), ((1, sel),), len(ada))
            bagian = [Sel(a, kolom, "total") for a in w.anak]
            if sel in dok.angka and bagian and all(s in dok.angka for s in bagian):
                teks = f"jumlah wilayah di bawahnya = {label_kolom(kolom)}"
                yield Identitas("R14", w.nomor, teks, tuple((1, s) for s in bagian), ((1, sel),))
            if w.nomor == 0 and sel in dok.angka and (banyak := len(resmi(dok.kode_wilayah, tingkat))):
                yield Identitas("R14", 0, f"{label_kolom(kolom)} resmi = {label_kolom(kolom)}", (), ((1, sel),), banyak)
        if w.anak:
            kunci = {dok.wilayah[a].kode or dok.wilayah[a].nama.casefold() or str(a) for a in w.anak}
            teks = "setiap wilayah tercantum satu kali"
            yield Identitas("R14", w.nomor, teks, (), (), len(kunci), len(w.anak))


def _keturunan(dok: Dokumen, nomor: int, tingkat: str) -> set[str]:
    """The different areas of one level that are listed below *nomor*."""
    hasil: set[str] = set()
    for anak in dok.wilayah[nomor].anak:
        satu = dok.wilayah[anak]
        if satu.tingkat == tingkat and not satu.kode.endswith("/-"):
            hasil.add(satu.kode or f"{satu.induk} {satu.nama.casefold()}")
        hasil |= _keturunan(dok, anak, tingkat)
    return hasil


def _r15(dok: Dokumen) -> Iterator[Identitas]:
    for nomor, semua in dok.kolom.items():
        usia = [k for k in semua if k.startswith("usia/")]
        for jk in JK:
            bagian = [suku(dok, nomor, k, jk) for k in usia]
            kini = suku(dok, nomor, "sekarang", jk)
            if bagian and all(bagian) and kini:
                kiri = tuple(s for b in bagian for s in b or ())
                yield Identitas("R15", nomor, f"jumlah kelompok usia = pemilih sekarang{_jk(jk)}", kiri, kini)


def _r18(dok: Dokumen) -> Iterator[Identitas]:
    if dok.periode.triwulan not in (2, 4):
        return
    for jk in JK:
        kini, semester = suku(dok, 0, "sekarang", jk), Sel(0, "semester", jk)
        if kini and semester in dok.angka:
            yield Identitas("R18", 0, f"pemilih akhir triwulan = pemilih semester{_jk(jk)}", kini, ((1, semester),))


def _r19(dok: Dokumen) -> Iterator[Identitas]:
    yield from sama_dengan(dok, dok.sidalih, "R19", "rekap SIDALIH", BERSUSUN, {k: k for k in BERSUSUN})


def sama_dengan(
    dok: Dokumen, lain: Dokumen | None, kode: str, sebut: str, kolom: tuple[str, ...], milik_lain: Mapping[str, str]
) -> Iterator[Identitas]:
    """Figures of *dok* that must equal those of *lain*, area by area: column k here is ``milik_lain[k]`` there."""
    if lain is None:
        return
    di_sana = {_pengenal(lain, w.nomor): w.nomor for w in lain.wilayah}
    for w in dok.wilayah:
        nomor = di_sana.get(_pengenal(dok, w.nomor))
        for k in kolom if nomor is not None else ():
            for jk in JK:
                dulu = suku(lain, nomor or 0, milik_lain[k], jk)
                sel = Sel(w.nomor, k, jk)
                if dulu and sel in dok.angka:
                    nilai = sum(t * lain.angka[s] for t, s in dulu)
                    yield Identitas(kode, w.nomor, f"{sebut} = {label_kolom(k)}{_jk(jk)}", (), ((1, sel),), nilai)


def _pengenal(dok: Dokumen, nomor: int) -> tuple[str, ...]:
    """What makes an area the same in two recaps: its code, else the names from the top down to it."""
    w = dok.wilayah[nomor]
    if w.induk is None:
        return ("",)
    return (w.kode,) if w.kode else (*_pengenal(dok, w.induk), w.nama.casefold())
