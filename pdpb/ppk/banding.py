"""A recap of a PPK held against ours: each line same, different, missing or unknown, by how much, and why it may be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kpupalu.lib.angka import ribuan
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.models import BarisPPK, PenjelasanPPK, Periode, RekapPPK
from pdpb.ppk.baca import TANPA_TPS
from pdpb.rekap import Angka, Rekap, Sel
from pdpb.selisih import Dokumen, Periksa, dari_data, gagal, periksa_satu
from pdpb.selisih.sandingan import bandingkan
from pdpb.selisih.skema import label_kolom

T = BarisPPK.Tingkat
JK = ("L", "P", "total")
_PANJANG = {"L": "laki_laki", "P": "perempuan", "total": "total"}
_PENDEK = {panjang: jk for jk, panjang in _PANJANG.items()}
_JSON = {"baru": "pemilih_baru", "ubah": "ubah_data", "masuk": "mutasi_masuk", "keluar": "mutasi_keluar"}
_TITIK_KELURAHAN = 3
_SEBUT = {"L": "L", "P": "P", "total": "L+P"}


class Keadaan(StrEnum):
    """What the comparison says about one line."""

    SAMA = "sama"
    BEDA = "beda"
    TIDAK_ADA = "tidak_ada"
    ASING = "asing"
    KEMBAR = "kembar"


LABEL = {
    Keadaan.SAMA: "Sama",
    Keadaan.BEDA: "Berbeda",
    Keadaan.TIDAK_ADA: "Tidak ada pada rekap PPK",
    Keadaan.ASING: "Wilayah tidak dikenal",
    Keadaan.KEMBAR: "Tercantum dua kali",
}


@dataclass(frozen=True, slots=True)
class Beda:
    """One figure that differs: its column, sex, ours and theirs."""

    kolom: str
    jk: str
    kita: int
    ppk: int

    @property
    def selisih(self) -> int:
        """Theirs minus ours."""
        return self.ppk - self.kita

    @property
    def kalimat(self) -> str:
        """``pemilih sekarang L: PPK 120, kita 121 (kurang 1)``."""
        arah = "lebih" if self.selisih > 0 else "kurang"
        return (
            f"{label_kolom(self.kolom)} {_SEBUT[self.jk]}: PPK {ribuan(self.ppk)}, kita {ribuan(self.kita)} "
            f"({arah} {ribuan(abs(self.selisih))})"
        )


@dataclass(slots=True)
class BarisBanding:
    """One line of the comparison. *nomor* is its line in the file of the PPK, None where they have none."""

    kunci: str
    tulisan: str
    tingkat: str
    keadaan: Keadaan
    nomor: int | None = None
    ppk: dict[str, dict[str, int]] = field(default_factory=dict)
    kita: Sel | None = None
    beda: list[Beda] = field(default_factory=list)
    sebab: str = ""
    penjelasan: PenjelasanPPK | None = None

    @property
    def label(self) -> str:
        return LABEL[self.keadaan]

    @property
    def isi_keadaan(self) -> list[Any]:
        """What an explanation is written for: when it changes, the explanation is asked again."""
        return [self.keadaan.value, *([b.kolom, b.jk, b.kita, b.ppk] for b in self.beda)]

    @property
    def berlaku(self) -> PenjelasanPPK | None:
        """The explanation, if it was written for what the line shows now."""
        return self.penjelasan if self.penjelasan and self.penjelasan.keadaan == self.isi_keadaan else None

    @property
    def perlu(self) -> bool:
        """Whether somebody still has to say something about the line."""
        return self.keadaan != Keadaan.SAMA and self.berlaku is None

    @property
    def sekarang(self) -> list[tuple[int | None, int | None]]:
        """``(theirs, ours)`` of the present voters for L, P and both; None where one says nothing."""
        ppk = self.ppk.get("sekarang", {})
        return [(ppk.get(jk), _kita(self.kita, "sekarang", jk) if self.kita else None) for jk in JK]


@dataclass(slots=True)
class Hasil:
    """One compared recap: its lines in the order of the areas, unknown ones last; *dalam* does not add up in it."""

    rekap: RekapPPK
    baris: list[BarisBanding]
    dalam: list[Periksa] = field(default_factory=list)

    def banyak(self, keadaan: Keadaan) -> int:
        """How many lines are in *keadaan*."""
        return sum(b.keadaan == keadaan for b in self.baris)

    @property
    def berbeda(self) -> list[BarisBanding]:
        """Every line that is not the same."""
        return [b for b in self.baris if b.keadaan != Keadaan.SAMA]

    @property
    def belum(self) -> int:
        """How many lines still want an explanation or a follow-up."""
        return sum(b.perlu for b in self.baris)

    @property
    def tindak_lanjut(self) -> int:
        """How many lines have a follow-up in force that no explanation has closed."""
        return sum(bool((p := b.berlaku) and p.jenis == p.Jenis.TINDAK_LANJUT) for b in self.baris)


def banding(rekap: RekapPPK, data: Rekap) -> Hasil:
    """*rekap* held against the figures *data* of its period; nothing is written."""
    return next(_banding([rekap], data, sebab=True))


def banding_semua(periode: Periode, data: Rekap) -> list[Hasil]:
    """The same without causes for the version in force of every kecamatan that has one, by code; five queries."""
    semua = RekapPPK.objects.berlaku().filter(periode=periode).select_related("kecamatan", "periode")
    return list(_banding(list(semua.order_by("kecamatan")), data, sebab=False))


def _banding(semua: list[RekapPPK], data: Rekap, *, sebab: bool) -> Iterator[Hasil]:
    if not semua:
        return
    baris: dict[int, list[BarisPPK]] = defaultdict(list)
    for b in BarisPPK.objects.filter(rekap__in=semua).order_by("nomor", "pk"):
        baris[b.rekap_id].append(b)
    kata: dict[tuple[str, str], PenjelasanPPK] = {}
    kecamatan = [r.kecamatan_id for r in semua]
    tertulis = PenjelasanPPK.objects.filter(periode=semua[0].periode_id, kecamatan__in=kecamatan)
    for p in tertulis.select_related("oleh").order_by("pk"):
        kata[p.kecamatan_id, p.kunci] = p
    nama = dict(Kelurahan.objects.values_list("pk", "nama"))
    tps = dict(TPS.objects.values_list("pk", "nomor"))
    for rekap in semua:
        kita = _kita_semua(rekap.kecamatan_id, data, tps)
        hasil = _satu(rekap, baris[rekap.pk], kita, nama, sebab=sebab)
        for satu in hasil.baris:
            satu.penjelasan = kata.get((rekap.kecamatan_id, satu.kunci))
        yield hasil


def _kita_semua(kecamatan: str, data: Rekap, tps: dict[int, int]) -> dict[str, Sel]:
    """Our figures by the key of their line: the kecamatan, its kelurahan, their TPS."""
    hasil: dict[str, Sel] = defaultdict(Sel)
    for (kelurahan, pk), sel in data.sel.items():
        if kelurahan.startswith(f"{kecamatan}."):
            for kunci in (kecamatan, kelurahan, kunci_tps(kelurahan, tps.get(pk or 0, TANPA_TPS))):
                hasil[kunci] += sel
    return dict(hasil)


def kunci_tps(kelurahan: str, nomor: int) -> str:
    """``72.71.08.1003/001``; ``72.71.08.1003/-`` for those without a TPS. Codes of areas have no slash."""
    return f"{kelurahan}/{nomor:03d}" if nomor else f"{kelurahan}/-"


def _kunci(b: BarisPPK, kecamatan: str) -> str:
    if b.tingkat == T.TPS and b.kelurahan_id and b.tps is not None:
        return kunci_tps(b.kelurahan_id, b.tps)
    if b.tingkat == T.KELURAHAN and b.kelurahan_id:
        return b.kelurahan_id
    return kecamatan if b.tingkat == T.KECAMATAN else f"tulisan:{b.tulisan.casefold()}"


def _satu(rekap: RekapPPK, baris: list[BarisPPK], kita: dict[str, Sel], nama: dict[str, str], *, sebab: bool) -> Hasil:
    milik: dict[str, BarisPPK] = {}
    ganjil = []
    for b in baris:
        kunci = _kunci(b, rekap.kecamatan_id)
        if kunci in milik:
            ganjil.append(BarisBanding(f"{kunci}#{b.nomor}", b.tulisan, b.tingkat, Keadaan.KEMBAR, b.nomor, b.angka))
        elif kunci in kita or b.tingkat in (T.KECAMATAN, T.KELURAHAN):
            milik[kunci] = b
        else:
            ganjil.append(BarisBanding(kunci, b.tulisan, b.tingkat, Keadaan.ASING, b.nomor, b.angka))
    hasil = [
        _baris(kunci, milik.get(kunci), kita.get(kunci, Sel()), _sebut(kunci, rekap, nama))
        for kunci in sorted({*milik, *_yang_diharapkan(milik, kita)})
    ]
    dalam = _jelaskan(rekap, hasil, milik, kita, nama) if sebab and milik else []
    return Hasil(rekap, [*hasil, *ganjil], dalam)


def _yang_diharapkan(milik: dict[str, BarisPPK], kita: dict[str, Sel]) -> Iterator[str]:
    """Our lines that the recap should have too: the levels that it goes down to, areas with a voter or a change."""
    lewat_tps = {k.partition("/")[0] for k in milik if "/" in k}
    per_kelurahan = bool(lewat_tps) or any(b.tingkat == T.KELURAHAN for b in milik.values())
    for kunci, sel in kita.items():
        kelurahan, garis, _ = kunci.partition("/")
        if sel == Sel() or kunci.count(".") < _TITIK_KELURAHAN:
            continue
        if (garis and kelurahan in lewat_tps) or (not garis and per_kelurahan and kelurahan not in lewat_tps):
            yield kunci


def _sebut(kunci: str, rekap: RekapPPK, nama: dict[str, str]) -> str:
    kelurahan, garis, tps = kunci.partition("/")
    if kelurahan == rekap.kecamatan_id:
        return f"Kecamatan {rekap.kecamatan}"
    sebut = f"Kel. {nama.get(kelurahan, kelurahan)}"
    return f"{sebut}, {'belum ditempatkan' if tps == '-' else f'TPS {tps}'}" if garis else sebut


def _baris(kunci: str, b: BarisPPK | None, kita: Sel, sebut: str) -> BarisBanding:
    tingkat = T.TPS if "/" in kunci else T.KELURAHAN if kunci.count(".") == _TITIK_KELURAHAN else T.KECAMATAN
    if b is None:
        return BarisBanding(kunci, sebut, tingkat, Keadaan.TIDAK_ADA, kita=kita)
    beda = [
        Beda(kolom, jk, benar, b.angka[kolom][jk])
        for kolom in b.angka
        for jk in JK
        if jk in b.angka[kolom] and (benar := _kita(kita, kolom, jk)) != b.angka[kolom][jk]
    ]
    return BarisBanding(kunci, sebut, tingkat, Keadaan.BEDA if beda else Keadaan.SAMA, b.nomor, b.angka, kita, beda)


def _kita(sel: Sel, kolom: str, jk: str) -> int:
    return getattr(sel.total if jk == "total" else getattr(sel, jk), kolom)


# --- Causes -------------------------------------------------------------------------------------------------------


_RUMUS: tuple[tuple[dict[str, int], str], ...] = (
    ({"baru": -1, "tms": 1, "masuk": -1, "keluar": 1, "koreksi": -1}, "Rekap PPK sama dengan angka kita sebelum "
     "perubahan periode ini: kemungkinan belum memuat perubahannya."),
    ({"ubah": 1}, "Selisihnya sama dengan perbaikan data: kemungkinan ikut dijumlahkan."),
    ({"ubah": -1}, "Selisihnya sama dengan perbaikan data: kemungkinan ikut dikurangkan."),
    ({"tms": 1}, "Selisihnya sama dengan TMS: kemungkinan belum dikurangkan."),
    ({"baru": -1}, "Selisihnya sama dengan pemilih baru: kemungkinan belum ditambahkan."),
    ({"keluar": 1, "masuk": -1}, "Selisihnya sama dengan mutasi di dalam kota: kemungkinan belum dihitung."),
)  # fmt: skip


def _sebab_baris(satu: BarisBanding) -> str:
    """A cause that explains every differing figure of the line from our other columns; empty without one."""
    kita = satu.kita
    if kita is None:
        return ""
    kolom = {b.kolom for b in satu.beda}
    if kolom == {"sekarang"}:
        for faktor, kalimat in _RUMUS:
            if all(b.selisih == _hitung(kita, faktor, b.jk) for b in satu.beda) and _lengkap(satu, faktor):
                return kalimat
    if kolom <= {"baru", "tms"} and all(
        b.selisih == _hitung(kita, {"masuk" if b.kolom == "baru" else "keluar": 1}, b.jk) for b in satu.beda
    ):
        return "PPK kemungkinan menghitung mutasi di dalam kota sebagai pemilih baru dan TMS."
    return ""


def _hitung(kita: Sel, faktor: dict[str, int], jk: str) -> int:
    return sum(n * _kita(kita, kolom, jk) for kolom, n in faktor.items())


def _lengkap(satu: BarisBanding, faktor: dict[str, int]) -> bool:
    """Whether the stated figures that agree agree because the formula moves them by nothing."""
    beda = {b.jk for b in satu.beda}
    return all(_hitung(satu.kita or Sel(), faktor, jk) == 0 for jk in satu.ppk.get("sekarang", {}) if jk not in beda)


def _sebab_antar_tps(baris: list[BarisBanding]) -> None:
    """Where the TPS of a kelurahan differ but cancel out, voters stand at another TPS there than here."""
    menurut: dict[str, list[BarisBanding]] = defaultdict(list)
    for b in baris:
        if b.tingkat == T.TPS and b.keadaan == Keadaan.BEDA:
            menurut[b.kunci.partition("/")[0]].append(b)
    for tps in menurut.values():
        jumlah: dict[str, int] = defaultdict(int)
        for d in (d for b in tps for d in b.beda if d.kolom == "sekarang"):
            jumlah[d.jk] += d.selisih
        if len(tps) > 1 and jumlah and not any(jumlah.values()):
            for b in tps:
                b.sebab = b.sebab or (
                    "Selisih antar-TPS di kelurahan ini saling meniadakan: kemungkinan pemilih tercatat di TPS lain."
                )


def _jelaskan(
    rekap: RekapPPK, hasil: list[BarisBanding], milik: dict[str, BarisPPK], kita: dict[str, Sel], nama: dict[str, str]
) -> list[Periksa]:
    """Write the likely cause to each differing line; what does not add up inside the recap itself is returned."""
    dok = _dokumen(rekap.kecamatan_id, {k: b.angka for k, b in milik.items()}, nama)
    sebab = {}
    if sama := {k: _angka(kita[k]) for k in milik if k in kita}:
        for b in bandingkan(dok, _dokumen(rekap.kecamatan_id, sama, nama)):
            kode = dok.wilayah[b.sel.wilayah].kode
            sebab[kode, b.sel.kolom, _PENDEK[b.sel.jk]] = b.sebab
    for baris in hasil:
        baris.sebab = _sebab_baris(baris)
    _sebab_antar_tps(hasil)
    for baris in hasil:
        calon = (sebab.get((baris.kunci, d.kolom, d.jk), "") for d in baris.beda)
        baris.sebab = baris.sebab or next(filter(None, calon), "")
    return gagal(periksa_satu(dok))


def _angka(sel: Sel) -> dict[str, dict[str, int]]:
    return {k: {jk: _kita(sel, k, jk) for jk in JK} for k in Angka.__dataclass_fields__ if k != "koreksi"}


def _dokumen(kecamatan: str, baris: dict[str, dict[str, dict[str, int]]], nama: dict[str, str]) -> Dokumen:
    """The lines *baris* as a recap: the kecamatan, below it kelurahan and TPS."""

    def isi(kunci: str) -> dict[str, Any]:
        return {
            _JSON.get(kolom, kolom): {_PANJANG[jk]: n for jk, n in angka.items()}
            for kolom, angka in baris.get(kunci, {}).items()
        }

    kelurahan = sorted({k.partition("/")[0] for k in baris if k != kecamatan})
    wilayah = [
        {"kode": k, "nama": nama.get(k, k), "tingkat": "kelurahan", **isi(k),
         "wilayah": [{"kode": t, "nama": f"TPS {t.partition('/')[2]}", "tingkat": "tps", **isi(t)}
                     for t in sorted(baris) if t.startswith(f"{k}/")]}
        for k in kelurahan
    ]  # fmt: skip
    data = {"tingkat": "kecamatan", "kode_wilayah": kecamatan, "angka": {**isi(kecamatan), "wilayah": wilayah}}
    return dari_data(data, "Rekap PPK")[0]


# --- Table --------------------------------------------------------------------------------------------------------
KEPALA = ("Wilayah", "Tingkat", "Baris PPK", "L PPK", "P PPK", "L+P PPK", "L kita", "P kita", "L+P kita", "Keadaan",
          "Selisih", "Kemungkinan sebab", "Penjelasan atau tindak lanjut")  # fmt: skip


def tabel_banding(baris: Iterable[BarisBanding]) -> list[list[Any]]:
    """The lines under ``KEPALA`` as plain lists; an empty cell where one side says nothing."""
    return [
        [
            b.tulisan, T(b.tingkat).label, b.nomor or "", *("" if p is None else p for p, _ in b.sekarang),
            *("" if k is None else k for _, k in b.sekarang), b.label, "; ".join(d.kalimat for d in b.beda), b.sebab,
            f"{p.get_jenis_display()}: {p.isi}" if (p := b.berlaku) else "",
        ]
        for b in baris
    ]  # fmt: skip
