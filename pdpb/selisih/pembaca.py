"""From JSON in the schema of published recaps to a ``Dokumen``: tolerant of what is missing or unknown."""

import json
import re
from typing import Any

from kpupalu.imports.batas import MB
from kpupalu.lib import Refused
from pdpb.selisih.skema import TINGKAT, Dokumen, Periode, Sel, Wilayah

MAKS_BERKAS = 5 * MB
MAKS_WILAYAH = 20_000
MAKS_DALAM = 6
MAKS_ANGKA = 10**10

_JK = {"total": "total", "jumlah": "total", "l_p": "total", "laki_laki": "laki_laki", "l": "laki_laki"}
_JK |= {"laki": "laki_laki", "lk": "laki_laki", "perempuan": "perempuan", "p": "perempuan", "pr": "perempuan"}
_KOLOM = {
    "sebelumnya": "sebelumnya",
    "awal": "sebelumnya",
    "pemilih_sebelumnya": "sebelumnya",
    "pemilih_baru": "baru",
    "baru": "baru",
    "tms": "tms",
    "pemilih_tms": "tms",
    "ubah_data": "ubah",
    "ubah": "ubah",
    "perbaikan_data": "ubah",
    "perbaikan": "ubah",
    "mutasi_masuk": "masuk",
    "masuk": "masuk",
    "mutasi_keluar": "keluar",
    "keluar": "keluar",
    "koreksi_jenis_kelamin": "koreksi",
    "koreksi": "koreksi",
    "sekarang": "sekarang",
    "akhir": "sekarang",
    "reguler": "reguler",
    "loksus": "loksus",
    "lokasi_khusus": "loksus",
    "perubahan": "perubahan",
    "total_perubahan": "perubahan",
    "jumlah_perubahan": "perubahan",
    "dpt": "dpt",
    "daftar_dasar": "dpt",
    "semester": "semester",
}
_JUMLAH = {
    "jumlah_kecamatan": "jumlah_kecamatan",
    "jumlah_kelurahan_desa": "jumlah_kelurahan",
    "jumlah_kelurahan": "jumlah_kelurahan",
    "jumlah_tps": "jumlah_tps",
    "jumlah_tps_reguler": "jumlah_tps_reguler",
    "jumlah_tps_loksus": "jumlah_tps_loksus",
}
_HIMPUNAN = {"usia": "usia", "kelompok_usia": "usia", "disabilitas": "disabilitas"}
_ANAK = ("wilayah", "kecamatan", "kelurahan", "desa", "tps")
_RIBUAN = re.compile(r"[+-]?\d{1,3}(\.\d{3})+|[+-]?\d+")


def baca(isi: str | bytes, nama: str) -> list[Dokumen]:
    """Every recap in *isi*: one object, a list of them, or one with a ``rangkaian`` of periods.

    Refuses with one sentence that names *nama*: no JSON, a figure that is none, no figure at all, too large.
    """
    if len(isi) > MAKS_BERKAS:
        raise Refused(f"{nama} lebih besar dari {MAKS_BERKAS // MB} MB. Kirim satu rekap per berkas.")
    try:
        teks = isi.decode("utf-8-sig") if isinstance(isi, bytes) else isi.removeprefix("\ufeff")
        data = json.loads(teks, parse_constant=_bukan_angka, object_pairs_hook=_tanpa_kembar)
    except UnicodeDecodeError as galat:
        raise Refused(f"{nama} tidak memakai sandi UTF-8. Simpan ulang sebagai UTF-8.") from galat
    except (ValueError, RecursionError) as galat:
        raise Refused(
            f"{nama} bukan JSON yang dapat dibaca{_letak(galat)}. Periksa salinannya lalu coba lagi."
        ) from galat
    return dari_data(data, nama)


def dari_data(data: Any, nama: str) -> list[Dokumen]:
    """The same for JSON that is already parsed; the order is that of the input."""
    semua = data if isinstance(data, list) else [data]
    if len(semua) == 1 and isinstance(semua[0], dict) and isinstance(semua[0].get("rangkaian"), list):
        semua = [*semua[0]["rangkaian"], *([semua[0]] if "angka" in semua[0] else [])]
    if not semua:
        raise Refused(f"{nama} tidak memuat satu rekap pun.")
    hasil = [_dokumen(satu, nama) for satu in semua]
    if not any(dok.angka for dok in hasil):
        raise Refused(f"{nama} tidak memuat satu angka pun pada bagian “angka”. Isi sedikitnya satu jumlah.")
    return hasil


def _bukan_angka(kata: str) -> None:
    raise ValueError(f"{kata} bukan angka")


def _tanpa_kembar(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    hasil = dict(pasangan)
    if len(hasil) != len(pasangan):
        kunci = [k for k, _ in pasangan]
        kembar = next(k for k in kunci if kunci.count(k) > 1)
        raise ValueError(f"kunci “{kembar[:40]}” tertulis dua kali")
    return hasil


def _letak(galat: Exception) -> str:
    if isinstance(galat, json.JSONDecodeError):
        return f" (baris {galat.lineno}, kolom {galat.colno})"
    return f": {galat}" if isinstance(galat, ValueError) and "“" in str(galat) else ""


def _dokumen(data: Any, nama: str) -> Dokumen:
    if not isinstance(data, dict) or not isinstance(data.get("angka"), dict):
        raise Refused(f"{nama} bukan rekap: tidak ada bagian “angka”. Lihat susunan berkas pada panduan.")
    dok = Dokumen(kode_wilayah=_teks(data.get("kode_wilayah")), periode=_periode(data.get("periode")))
    tingkat = _teks(data.get("tingkat")).lower()
    dok.wilayah.append(Wilayah(0, "", dok.kode_wilayah, tingkat if tingkat in TINGKAT else "kota", None))
    pembaca = _Pembaca(dok, nama)
    pembaca.isi(0, data["angka"], 0)
    pembaca.kata(0, data.get("terbilang"), "sekarang")
    for kunci, bidang in (("periode_sebelumnya", "sebelum"), ("sidalih", "sidalih")):
        lain = data.get(kunci)
        if isinstance(lain, dict):
            setattr(dok, bidang, _dokumen(lain if "angka" in lain else {"angka": lain}, f"{nama}, {kunci}"))
    return dok


def _teks(nilai: Any) -> str:
    return str(nilai).strip() if isinstance(nilai, str | int) and not isinstance(nilai, bool) else ""


def _periode(data: Any) -> Periode:
    if not isinstance(data, dict):
        return Periode(label=_teks(data))

    def bulat(kunci: str) -> int | None:
        nilai = data.get(kunci)
        return nilai if isinstance(nilai, int) and not isinstance(nilai, bool) else None

    angka = {kunci: bulat(kunci) for kunci in ("tahun", "triwulan", "bulan", "semester")}
    return Periode(label=_teks(data.get("label")), **angka)


def baca_angka(nilai: Any, tempat: str) -> int | None:
    """A whole number, also ``"253.757"`` and ``"-"`` (printed zero); None for nothing stated; Refused for the rest."""
    if nilai is None or (isinstance(nilai, str) and not nilai.strip()):
        return None
    hasil: int | None = None
    if isinstance(nilai, int) and not isinstance(nilai, bool):
        hasil = nilai
    elif isinstance(nilai, float) and nilai.is_integer():
        hasil = int(nilai)
    elif isinstance(nilai, str):
        polos = nilai.strip().replace("−", "-")
        if polos in ("-", "–", "—"):
            hasil = 0
        elif len(polos) <= 20 and _RIBUAN.fullmatch(polos):
            hasil = int(polos.replace(".", ""))
    if hasil is None or abs(hasil) > MAKS_ANGKA:
        raise Refused(f"Nilai pada {tempat} bukan jumlah pemilih yang wajar. Tulis bilangan bulat, misalnya 253757.")
    return hasil


class _Pembaca:
    """Fills one ``Dokumen``, area by area."""

    def __init__(self, dok: Dokumen, nama: str) -> None:
        self.dok, self.nama = dok, nama

    def isi(self, nomor: int, data: dict[str, Any], dalam: int) -> None:
        """Everything one area states, then the areas below it."""
        for kunci, nilai in data.items():
            if kunci in _KOLOM:
                self._kolom(nomor, _KOLOM[kunci], nilai, kunci)
            elif kunci in _JUMLAH:
                self._tulis(Sel(nomor, _JUMLAH[kunci], "total"), baca_angka(nilai, self._tempat(nomor, kunci)))
            elif kunci in _HIMPUNAN and isinstance(nilai, dict):
                self._himpunan(nomor, _HIMPUNAN[kunci], nilai.get("rincian", nilai))
            elif kunci == "terbilang":
                self.kata(nomor, nilai, "sekarang")
            elif kunci not in _JK and kunci not in _ANAK:
                self._datar(nomor, kunci, nilai)
        for kunci, nilai in data.items():
            if kunci in _JK:
                self._jumlah_baris(nomor, _JK[kunci], baca_angka(nilai, self._tempat(nomor, kunci)))
        for kunci in _ANAK:
            if isinstance(data.get(kunci), list):
                self._anak(nomor, data[kunci], dalam + 1, kunci)

    def _tempat(self, nomor: int, kunci: str) -> str:
        sebut = self.dok.wilayah[nomor].nama
        return f"“{kunci}”{f' di {sebut}' if sebut else ''} dalam {self.nama}"

    def _tulis(self, sel: Sel, nilai: int | None) -> None:
        if nilai is not None:
            self.dok.angka.setdefault(sel, nilai)

    def _kolom(self, nomor: int, kolom: str, nilai: Any, kunci: str) -> None:
        if not isinstance(nilai, dict):
            self._tulis(Sel(nomor, kolom, "total"), baca_angka(nilai, self._tempat(nomor, kunci)))
            return
        for bagian, isi in nilai.items():
            if bagian in _JK:
                self._tulis(Sel(nomor, kolom, _JK[bagian]), baca_angka(isi, self._tempat(nomor, f"{kunci}.{bagian}")))
            elif bagian == "rincian" and isinstance(isi, dict):
                self._himpunan(nomor, kolom, isi)
            elif bagian in ("reguler", "loksus", "lokasi_khusus") and kolom == "sekarang":
                self._kolom(nomor, _KOLOM[bagian], isi, bagian)
            elif bagian == "terbilang":
                self.kata(nomor, isi, kolom)
            elif (jk := _pokok_terbilang(bagian)) in _JK:
                self.kata(nomor, {jk: isi}, kolom)

    def _himpunan(self, nomor: int, kolom: str, data: Any) -> None:
        for sebab, nilai in data.items() if isinstance(data, dict) else ():
            if kolom in ("usia", "disabilitas") and sebab in _JK:
                continue
            self._kolom(nomor, f"{kolom}/{sebab}", nilai, f"{kolom}.{sebab}")

    def _datar(self, nomor: int, kunci: str, nilai: Any) -> None:
        """``tms_meninggal``, ``baru_perempuan``, ``sekarang_terbilang``; any other unknown key is ignored."""
        if (pokok := _pokok_terbilang(kunci)) is not None:
            self.kata(nomor, {pokok: nilai}, "sekarang")
            return
        if not isinstance(nilai, int) or isinstance(nilai, bool):
            return
        for awalan in sorted(_KOLOM, key=len, reverse=True):
            sisa = kunci.removeprefix(f"{awalan}_")
            if sisa != kunci:
                jk, kolom = _JK.get(sisa), _KOLOM[awalan]
                sel = Sel(nomor, kolom, jk) if jk else Sel(nomor, f"{kolom}/{sisa}", "total")
                self._tulis(sel, baca_angka(nilai, self._tempat(nomor, kunci)))
                return

    def _jumlah_baris(self, nomor: int, jk: str, nilai: int | None) -> None:
        """``total`` beside the columns is *sekarang*; where both are written and differ, it is a figure of its own."""
        sekarang = Sel(nomor, "sekarang", jk)
        if nilai is not None and self.dok.angka.setdefault(sekarang, nilai) != nilai:
            self._tulis(Sel(nomor, "tercatat", jk), nilai)

    def kata(self, nomor: int, nilai: Any, kolom: str) -> None:
        """Keep the words for a figure of *kolom*, or for each figure that *nilai* names."""
        if isinstance(nilai, str) and nilai.strip():
            self.dok.kata.append((Sel(nomor, kolom, "total"), nilai.strip()))
        for kunci, isi in nilai.items() if isinstance(nilai, dict) else ():
            if kunci in _JK:
                if isinstance(isi, str) and isi.strip():
                    self.dok.kata.append((Sel(nomor, kolom, _JK[kunci]), isi.strip()))
            elif kunci in _KOLOM or kunci in _JUMLAH:
                self.kata(nomor, isi, _KOLOM.get(kunci) or _JUMLAH[kunci])

    def _anak(self, induk: int, data: list[Any], dalam: int, kunci: str) -> None:
        if dalam > MAKS_DALAM:
            raise Refused(f"Wilayah dalam {self.nama} bertingkat lebih dari {MAKS_DALAM} kali. Periksa susunannya.")
        menurut_kode = {self.dok.wilayah[induk].kode: induk}
        for urut, isi in enumerate(data, start=1):
            if not isinstance(isi, dict):
                raise Refused(f"Wilayah ke-{urut} dalam {self.nama} bukan objek dengan nama dan angka.")
            nomor = len(self.dok.wilayah)
            if nomor > MAKS_WILAYAH:
                raise Refused(f"{self.nama} memuat lebih dari {MAKS_WILAYAH} wilayah. Kirim satu rekap per berkas.")
            kode, nama = _teks(isi.get("kode")), _teks(isi.get("nama")) or _teks(isi.get("nomor"))
            di_atas = _induk_menurut_kode(kode, menurut_kode, induk)
            tingkat = _tingkat(_teks(isi.get("tingkat")).lower(), kode, nama, self.dok.wilayah[di_atas].tingkat, kunci)
            self.dok.wilayah.append(Wilayah(nomor, nama, kode, tingkat, di_atas, _teks(isi.get("jenis")).lower()))
            self.dok.wilayah[di_atas].anak.append(nomor)
            menurut_kode.setdefault(kode, nomor)
            self.isi(nomor, isi, dalam)


def _pokok_terbilang(kunci: str) -> str | None:
    """The figure whose words *kunci* holds: ``total_terbilang`` and ``terbilang_total`` are ``total``."""
    if kunci.endswith("_terbilang"):
        return kunci.removesuffix("_terbilang")
    return kunci.removeprefix("terbilang_") if kunci.startswith("terbilang_") else None


def _induk_menurut_kode(kode: str, dikenal: dict[str, int], induk: int) -> int:
    """Where a flat list of several levels is nested: below the listed area whose code begins this one."""
    while kode:
        letak = max(kode.rfind("."), kode.rfind("/"))
        kode = kode[:letak] if letak > 0 else ""
        if kode in dikenal and kode:
            return dikenal[kode]
    return induk


def _tingkat(tertulis: str, kode: str, nama: str, di_atas: str, kunci: str) -> str:
    if tertulis in TINGKAT:
        return tertulis
    if kunci in TINGKAT:
        return kunci
    if nama.upper().startswith("TPS") or "/" in kode:
        return "tps"
    if kode.replace(".", "").isdigit() and 2 <= kode.count(".") <= 3:
        return TINGKAT[kode.count(".") - 1]
    letak = TINGKAT.index(di_atas) if di_atas in TINGKAT else 0
    return TINGKAT[min(letak + 1, len(TINGKAT) - 1)]
