"""Remarks on what is possible but odd (R16), and on figures of different bases (R20). They block nothing."""

from collections.abc import Iterable, Iterator, Mapping
from statistics import fmean, pstdev

from kpupalu.lib.angka import ribuan
from pdpb.selisih.digit import pola
from pdpb.selisih.palu import deret, resmi
from pdpb.selisih.skema import Dokumen, Sel
from pdpb.selisih.temuan import Periksa

MIN_UNTUK_SEBARAN = 10
BATAS_SIMPANGAN = 3
# Rows of a single figure are called equal only from here; smaller ones are often equal by chance.
_ANGKA_TUNGGAL = 1_000
_JAUH_LEBIH_DEKAT = 10
_MIN_TERTUKAR = 10
ATURAN = "wajar dibandingkan dengan periode lalu"


def menyimpang(laju: Mapping[str, float]) -> list[str]:
    """The keys whose value lies more than three standard deviations from the mean of at least ten."""
    if len(laju) < MIN_UNTUK_SEBARAN:
        return []
    sebaran, tengah = pstdev(laju.values()), fmean(laju.values())
    return [kunci for kunci, besar in laju.items() if sebaran and abs(besar - tengah) > BATAS_SIMPANGAN * sebaran]


def tertukar(dulu: tuple[int, int], kini: tuple[int, int]) -> bool:
    """Whether (L, P) now is (P, L) of before: exactly, or ten times nearer to it than to (L, P)."""
    lurus = abs(kini[0] - dulu[0]) + abs(kini[1] - dulu[1])
    silang = abs(kini[0] - dulu[1]) + abs(kini[1] - dulu[0])
    if not silang:
        return lurus > 0
    return lurus >= _MIN_TERTUKAR and silang * _JAUH_LEBIH_DEKAT <= lurus


def kembar(baris: Iterable[tuple[str, tuple[int, ...]]]) -> list[tuple[str, str]]:
    """``(key, earlier key)`` of rows with the same figures; rows of nothing are not compared."""
    dikenal: dict[tuple[int, ...], str] = {}
    hasil = []
    for kunci, angka in baris:
        if any(angka):
            awal = dikenal.setdefault(angka, kunci)
            if awal != kunci:
                hasil.append((kunci, awal))
    return hasil


def periksa_wajar(dok: Dokumen) -> Iterator[Periksa]:
    """Every remark on one recap."""
    yield from _sebaran(dok)
    yield from _tertukar(dok)
    yield from _kembar(dok)
    yield from _digit(dok)
    yield from _negatif(dok)
    yield from _daftar_resmi(dok)
    yield from _disabilitas(dok)
    yield from _dasar(dok)


def _janggal(dok: Dokumen, nomor: int, lama: int, kini: int, sebab: str) -> Periksa:
    return Periksa("R16", dok.sebut(nomor), ATURAN, lama, kini, None, sebab)


def _total(dok: Dokumen, nomor: int, kolom: str) -> int | None:
    ada = dok.angka.get(Sel(nomor, kolom, "total"))
    if ada is not None:
        return ada
    bagian = [dok.angka.get(Sel(nomor, kolom, jk)) for jk in ("laki_laki", "perempuan")]
    return sum(n for n in bagian if n is not None) if None not in bagian else None


def _lp(dok: Dokumen, nomor: int, kolom: str) -> tuple[int, int] | None:
    laki, perempuan = (dok.angka.get(Sel(nomor, kolom, jk)) for jk in ("laki_laki", "perempuan"))
    return None if laki is None or perempuan is None else (laki, perempuan)


def _sebaran(dok: Dokumen) -> Iterator[Periksa]:
    for tingkat in ("kecamatan", "kelurahan"):
        jumlah: dict[str, tuple[int, int, int]] = {}
        bagian_laki: dict[str, float] = {}
        for w in dok.wilayah:
            lama, kini = _total(dok, w.nomor, "sebelumnya"), _total(dok, w.nomor, "sekarang")
            if w.tingkat == tingkat and lama and kini is not None:
                jumlah[str(w.nomor)] = (w.nomor, lama, kini)
                dulu, sini = _lp(dok, w.nomor, "sebelumnya"), _lp(dok, w.nomor, "sekarang")
                if dulu and sini and sum(dulu) and sum(sini):
                    bagian_laki[str(w.nomor)] = sini[0] / sum(sini) - dulu[0] / sum(dulu)
        for kunci in menyimpang({k: (kini - lama) / lama for k, (_, lama, kini) in jumlah.items()}):
            nomor, lama, kini = jumlah[kunci]
            yield _janggal(dok, nomor, lama, kini, f"Perubahannya jauh di luar perubahan {tingkat} lain.")
        for kunci in menyimpang(bagian_laki):
            nomor, lama, kini = jumlah[kunci]
            sebab = f"Perbandingan laki-laki dan perempuan bergeser jauh dibandingkan dengan {tingkat} lain."
            yield _janggal(dok, nomor, lama, kini, sebab)


def _tertukar(dok: Dokumen) -> Iterator[Periksa]:
    for w in dok.wilayah:
        dulu, kini = _lp(dok, w.nomor, "sebelumnya"), _lp(dok, w.nomor, "sekarang")
        if dulu and kini and tertukar(dulu, kini):
            yield _janggal(dok, w.nomor, dulu[0], kini[0], "Laki-laki dan perempuan kemungkinan tertukar.")


def _kembar(dok: Dokumen) -> Iterator[Periksa]:
    for induk in dok.wilayah:
        baris: list[tuple[str, tuple[int, ...]]] = []
        for anak in induk.anak:
            if dok.wilayah[anak].tingkat in ("kecamatan", "kelurahan"):
                lp, total = _lp(dok, anak, "sekarang"), _total(dok, anak, "sekarang")
                if lp:
                    baris.append((str(anak), lp))
                elif total and total >= _ANGKA_TUNGGAL:
                    baris.append((str(anak), (total,)))
        for kunci, awal in kembar(baris):
            kini, lama = _total(dok, int(kunci), "sekarang") or 0, _total(dok, int(awal), "sekarang") or 0
            sebab = f"Baris ini sama dengan baris {dok.label(int(awal))}: kemungkinan tersalin."
            yield Periksa("R16", dok.sebut(int(kunci)), "baris tidak sama dengan baris lain", lama, kini, None, sebab)


def _digit(dok: Dokumen) -> Iterator[Periksa]:
    """Against the previous period, where the recap does not state what changed in between."""
    for w in dok.wilayah:
        lama, kini = _total(dok, w.nomor, "sebelumnya"), _total(dok, w.nomor, "sekarang")
        if not lama or not kini or _total(dok, w.nomor, "baru") is not None:
            continue
        satu = pola(kini, lama)
        if satu and satu.kelas in ("ribuan", "digit_tertukar") and abs(kini - lama) >= _ANGKA_TUNGGAL:
            yield _janggal(dok, w.nomor, lama, kini, f"Dibandingkan dengan periode lalu, {satu.kalimat}.")


def _negatif(dok: Dokumen) -> Iterator[Periksa]:
    for sel, nilai in dok.angka.items():
        if nilai < 0 and not sel.kolom.startswith("koreksi"):
            yield Periksa(
                "R16", dok.sebut(sel.wilayah), "tidak ada jumlah negatif", 0, nilai, None, "Jumlahnya negatif."
            )


def _daftar_resmi(dok: Dokumen) -> Iterator[Periksa]:
    """Areas of Palu that a list leaves out although it states no number of areas."""
    for tingkat in ("kecamatan", "kelurahan"):
        ada = {w.kode for w in dok.wilayah if w.tingkat == tingkat}
        daftar = resmi(dok.kode_wilayah, tingkat)
        if (
            dok.wilayah[0].tingkat != "kota"
            or not ada & daftar.keys()
            or Sel(0, f"jumlah_{tingkat}", "total") in dok.angka
        ):
            continue
        hilang = [nama for kode, nama in daftar.items() if kode not in ada]
        if hilang:
            lain = f", dan {len(hilang) - 5} lainnya" if len(hilang) > 5 else ""
            sebab = f"Tidak tercantum: {', '.join(hilang[:5])}{lain}."
            aturan = f"semua {tingkat} tercantum"
            yield Periksa("R14", "", aturan, len(daftar) - len(hilang), len(daftar), None, sebab)


def _disabilitas(dok: Dokumen) -> Iterator[Periksa]:
    for w in dok.wilayah:
        jenis = [Sel(w.nomor, k, "total") for k in dok.rincian(w.nomor, "disabilitas")]
        total = _total(dok, w.nomor, "sekarang")
        if jenis and total is not None and all(s in dok.angka for s in jenis):
            jumlah = sum(dok.angka[s] for s in jenis)
            lulus = True if jumlah <= total else None
            sebab = None if lulus else "Jumlah pemilih disabilitas melebihi jumlah pemilih."
            yield Periksa("R15", dok.sebut(w.nomor), "jumlah disabilitas ≤ jumlah pemilih", jumlah, total, lulus, sebab)


def _dasar(dok: Dokumen) -> Iterator[Periksa]:
    """R20: an increase against the base list is no increase against the previous period."""
    lama, dasar, kini = (_total(dok, 0, k) for k in ("sebelumnya", "dpt", "sekarang"))
    if lama is None or kini is None:
        return
    aturan = "kenaikan dan TMS memakai dasar yang sama"
    if dasar is not None and dasar != lama:
        sebab = (
            f"Terhadap daftar dasar berubah {ribuan(kini - dasar)}, terhadap periode lalu {ribuan(kini - lama)}; "
            "sebutkan dasarnya dan jangan bandingkan yang pertama dengan TMS satu triwulan."
        )
        yield Periksa("R20", "", aturan, kini - lama, kini - dasar, None, sebab)
    semua = deret(dok.kode_wilayah)
    milik = [t for t in semua if t.pemilih == lama and t.sebut.startswith("DPT")]
    tahun = dok.periode.tahun
    if milik and tahun and any(milik[0].tanggal < t.tanggal and t.tanggal.year < tahun for t in semua):
        sebut = milik[0].sebut
        sebab = f"Angka sebelumnya sama dengan {sebut}, padahal sesudahnya sudah ada hasil lain; sebutkan dasarnya."
        yield Periksa("R20", "", aturan, lama, kini, None, sebab)
