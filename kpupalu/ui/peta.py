"""Maps of the kelurahan: our own tiles, or the outlines of a boundary file that an admin installed."""

import json
import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kpupalu.lib.angka import ribuan
from kpupalu.ui.grafik import BarisData, Grafik, bacaan_terbanyak, bungkus_svg

logger = logging.getLogger(__name__)

CATATAN = "Peta ilustratif, bukan batas hukum."
KELAS = ("Paling sedikit", "Sedikit", "Sedang", "Banyak", "Paling banyak")
_LEBAR_UBIN, _TINGGI_UBIN, _PER_BARIS = 104, 58, 4
_LEBAR_PETA = 620


@dataclass(frozen=True, slots=True)
class Ubin:
    """One kelurahan on the map; *nilai* None where there is no figure."""

    kode: str
    nama: str
    kecamatan: str
    nilai: int | None
    tautan: str = ""


def bagi_kelas(nilai: Sequence[int]) -> list[tuple[int, int]]:
    """Up to five classes with as equal numbers of members as ties allow: ``[(smallest, largest), …]``.

    Equal figures never fall into two classes; fewer distinct figures than five give fewer classes.
    """
    urut = sorted(nilai)
    batas: list[tuple[int, int]] = []
    for i in range(5):
        bagian = urut[len(urut) * i // 5 : len(urut) * (i + 1) // 5]
        bagian = [n for n in bagian if not batas or n > batas[-1][1]]
        if bagian:
            batas.append((bagian[0], bagian[-1]))
    return batas


def _nomor_kelas(batas: Sequence[tuple[int, int]], nilai: int | None) -> int:
    """1…5 on the colour scale, spread out when there are fewer classes; 0 without a figure."""
    if nilai is None:
        return 0
    urut = next(i for i, (_, atas) in enumerate(batas) if nilai <= atas)
    return 1 + round(urut * 4 / max(len(batas) - 1, 1))


def peta_ubin(
    judul: str, ubin: Sequence[Ubin], *, satuan: str = "", bacaan: str = "", catatan: str = CATATAN
) -> Grafik:
    """A map of equal tiles, grouped by kecamatan in the given order, two groups beside each other."""
    batas = bagi_kelas([u.nilai for u in ubin if u.nilai is not None])
    gambar, y, tinggi_baris = [], 0, 0
    grup = [(nama, list(isi)) for nama, isi in groupby(ubin, key=lambda u: u.kecamatan)]
    for i, (nama, isi) in enumerate(grup):
        if i % 2 == 0 and i:
            y, tinggi_baris = y + tinggi_baris + 18, 0
        x = (i % 2) * (_PER_BARIS * _LEBAR_UBIN + 24)
        tinggi_baris = max(tinggi_baris, 22 + math.ceil(len(isi) / _PER_BARIS) * _TINGGI_UBIN)
        gambar.append(format_html('<text class="g-tebal" x="{}" y="{}">{}</text>', x + 2, y + 14, nama))
        gambar.extend(
            _satu_ubin(u, x + j % _PER_BARIS * _LEBAR_UBIN, y + 22 + j // _PER_BARIS * _TINGGI_UBIN, batas, satuan)
            for j, u in enumerate(isi)
        )
    lebar, tinggi = 2 * _PER_BARIS * _LEBAR_UBIN + 24, y + tinggi_baris + 2
    return _jadi(judul, ubin, batas, satuan, bacaan, catatan, (lebar, tinggi), gambar)


def _satu_ubin(u: Ubin, x: int, y: int, batas, satuan: str) -> SafeString:
    kelas = _nomor_kelas(batas, u.nilai)
    terang = "pada-gelap" if kelas >= 4 else ""
    isi = format_html_join(
        "",
        '<text class="g-kecil {}" x="{}" y="{}">{}</text>',
        ((terang, x + 7, y + 16 + 13 * i, baris) for i, baris in enumerate(_dua_baris(u.nama))),
    )
    kotak = format_html(
        '<title>{}</title><rect class="g-ubin k{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>{}'
        '<text class="g-tebal {}" x="{}" y="{}">{}</text>',
        *(_sebutan(u, satuan), kelas, x + 1, y + 1, _LEBAR_UBIN - 4, _TINGGI_UBIN - 4, isi),
        *(terang, x + 7, y + _TINGGI_UBIN - 10, "–" if u.nilai is None else ribuan(u.nilai)),
    )
    return _bertaut(u, kotak, satuan)


def _bertaut(u: Ubin, isi: SafeString, satuan: str) -> SafeString:
    if not u.tautan:
        return format_html("<g>{}</g>", isi)
    return format_html('<a href="{}" aria-label="{}">{}</a>', u.tautan, _sebutan(u, satuan), isi)


def _sebutan(u: Ubin, satuan: str) -> str:
    return f"{u.nama}: {'tidak ada data' if u.nilai is None else f'{ribuan(u.nilai)} {satuan}'.strip()}"


def _dua_baris(nama: str) -> list[str]:
    """A long name over two lines, so that it fits its tile."""
    if len(nama) <= 15 or " " not in nama:
        return [nama]
    depan, _, belakang = nama.rpartition(" ")
    return [depan, belakang]


def _jadi(judul, ubin, batas, satuan, bacaan, catatan, ukuran, gambar, kelas="g-peta") -> Grafik:
    ada = [(u.nama, u.nilai) for u in ubin if u.nilai is not None]
    bacaan = bacaan or bacaan_terbanyak(ada, satuan)
    isi = format_html_join("", "{}", ((g,) for g in gambar))
    svg = bungkus_svg(judul, bacaan, ukuran, isi, bertaut=any(u.tautan for u in ubin), kelas=kelas)
    legenda = [
        (f"k{_nomor_kelas(batas, atas)}", f"{KELAS[_nomor_kelas(batas, atas) - 1]}: {ribuan(bawah)}–{ribuan(atas)}")
        for bawah, atas in batas
    ]
    if len(ada) < len(ubin):
        legenda.append(("k0", "Tidak ada data"))
    baris = [BarisData(f"{u.nama} ({u.kecamatan})", (u.nilai,), u.tautan) for u in ubin]
    return Grafik(judul, svg, bacaan, ("Kelurahan", satuan.capitalize() or "Jumlah"), baris, catatan, legenda)


# --- Outlines ---


def berkas_batas() -> Path:
    """Where an admin puts the boundary file; its features carry ``properties.kode`` like 72.71.01.1004."""
    return Path(settings.DATA_DIR) / "peta" / "palu-kelurahan.geojson"


def peta_garis(
    judul: str, ubin: Sequence[Ubin], *, satuan: str = "", bacaan: str = "", catatan: str = CATATAN
) -> Grafik:
    """The kelurahan in their outlines where a readable boundary file is installed, else ``peta_ubin``.

    A kelurahan that the file lacks is named in the note and stands in the data table all the same.
    """
    berkas = berkas_batas()
    if not berkas.is_file():
        return peta_ubin(judul, ubin, satuan=satuan, bacaan=bacaan, catatan=catatan)
    try:
        garis_batas, tinggi = _baca_batas(str(berkas), berkas.stat().st_mtime_ns)
    except (ValueError, KeyError, TypeError, IndexError, OSError):
        logger.exception("Berkas batas wilayah tidak dapat dibaca")
        catatan = f"Berkas batas wilayah tidak dapat dibaca, jadi yang tampil peta ubin. {catatan}"
        return peta_ubin(judul, ubin, satuan=satuan, bacaan=bacaan, catatan=catatan)
    batas = bagi_kelas([u.nilai for u in ubin if u.nilai is not None])
    gambar = [
        _bertaut(
            u,
            format_html(
                '<title>{}</title><path class="g-wilayah k{}" d="{}"/>',
                *(_sebutan(u, satuan), _nomor_kelas(batas, u.nilai), garis_batas[u.kode]),
            ),
            satuan,
        )
        for u in ubin
        if u.kode in garis_batas
    ]
    if hilang := [u.nama for u in ubin if u.kode not in garis_batas]:
        catatan = f"{catatan} Tidak tergambar pada peta: {', '.join(hilang)}."
    return _jadi(judul, ubin, batas, satuan, bacaan, catatan, (_LEBAR_PETA, tinggi), gambar, "g-peta g-peta-garis")


def _cincin(geometri: dict) -> Iterator[list]:
    """Every ring of a Polygon or MultiPolygon."""
    if geometri["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"Bentuk {geometri['type']} bukan wilayah.")
    poligon = geometri["coordinates"] if geometri["type"] == "MultiPolygon" else [geometri["coordinates"]]
    for cincin in poligon:
        yield from cincin


@lru_cache(maxsize=2)
def _baca_batas(berkas: str, diubah: int) -> tuple[dict[str, str], int]:
    """SVG paths by code, and the height of the drawing. *diubah* makes a new file be read again."""
    fitur = json.loads(Path(berkas).read_text(encoding="utf-8"))["features"]
    wilayah = {f["properties"]["kode"]: list(_cincin(f["geometry"])) for f in fitur}
    titik = [p for cincin in wilayah.values() for c in cincin for p in c]
    if not titik:
        raise ValueError("Berkas batas tidak memuat satu titik pun.")
    bujur, lintang = [float(p[0]) for p in titik], [float(p[1]) for p in titik]
    # One degree of longitude is shorter than one of latitude away from the equator.
    sempit = math.cos(math.radians((min(lintang) + max(lintang)) / 2))
    skala = _LEBAR_PETA / max((max(bujur) - min(bujur)) * sempit, 1e-9)
    tinggi = math.ceil((max(lintang) - min(lintang)) * skala)
    barat, utara = min(bujur), max(lintang)

    def ke_layar(p: Sequence[float]) -> str:
        return f"{(p[0] - barat) * sempit * skala:.0f} {(utara - p[1]) * skala:.0f}"

    jalur = {kode: "".join(f"M{_jalur(c, ke_layar)}Z" for c in cincin) for kode, cincin in wilayah.items()}
    return jalur, tinggi


def _jalur(cincin: list, ke_layar) -> str:
    """A ring in whole pixels, without points that fall on the one before."""
    titik: list[str] = []
    for p in cincin:
        if (t := ke_layar(p)) not in titik[-1:]:
            titik.append(t)
    return "L".join(titik)
