"""Charts as SVG made on the server: bars and lines, classes only, with a sentence and the data beside them."""

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kpupalu.lib.angka import ribuan

LEBAR = 720


@dataclass(frozen=True, slots=True)
class BarisData:
    """One row of "Lihat data": a label, where it leads (or nowhere), its figures."""

    label: str
    nilai: tuple
    tautan: str = ""


@dataclass(frozen=True, slots=True)
class Grafik:
    """A chart ready for ``components/grafik.html``: drawing, reading in one sentence, and the data."""

    judul: str
    svg: SafeString
    bacaan: str
    kepala: tuple[str, ...]
    baris: list[BarisData]
    catatan: str = ""
    legenda: list[tuple[str, str]] = field(default_factory=list)


def _p(nilai: float) -> str:
    """A position to a tenth of a pixel."""
    return f"{nilai:.1f}"


def bungkus_svg(
    judul: str, uraian: str, ukuran: tuple[int, int], isi: SafeString, *, bertaut: bool, kelas: str = ""
) -> SafeString:
    """An ``<svg>`` with title and description. With links inside it is a group, else one image."""
    tanda = f"g{zlib.crc32(f'{judul}{uraian}'.encode()):08x}"
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="{}" aria-labelledby="{}-t" aria-describedby="{}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        kelas,
        *ukuran,
        "group" if bertaut else "img",
        *(tanda, tanda),
        *(tanda, judul, tanda, uraian),
        isi,
    )


def bacaan_terbanyak(nilai: Sequence[tuple[str, int]], satuan: str) -> str:
    """One sentence on the largest and the smallest: the default reading of bars and maps."""
    if not nilai:
        return "Belum ada angka untuk ditampilkan."
    besar, kecil = max(nilai, key=lambda n: n[1]), min(nilai, key=lambda n: n[1])
    if besar[1] == kecil[1]:
        return f"Semua sama: {ribuan(besar[1])} {satuan}.".replace(" .", ".")
    return (
        f"Terbanyak {besar[0]} ({ribuan(besar[1])} {satuan}), paling sedikit {kecil[0]} ({ribuan(kecil[1])} {satuan})."
    ).replace(" )", ")")


def skala(terbesar: float, terkecil: float = 0) -> list[int]:
    """Round axis marks from *terkecil* (zero unless told) up to at least *terbesar*: two to eight of them."""
    rentang = max(terbesar - terkecil, 1)
    pangkat = 10 ** math.floor(math.log10(rentang / 4)) if rentang > 4 else 1
    langkah = next(k * pangkat for k in (1, 2, 5, 10) if rentang / (k * pangkat) <= 6)
    mulai = math.floor(terkecil / langkah) * langkah
    banyak = max(math.ceil((terbesar - mulai) / langkah - 1e-9), 1)
    return [int(mulai + i * langkah) for i in range(banyak + 1)]


def batang(
    judul: str,
    data: Sequence[tuple],
    *,
    satuan: str = "",
    bacaan: str = "",
    catatan: str = "",
    urutkan: bool = True,
    kolom: str = "Bagian",
) -> Grafik:
    """Horizontal bars from zero, one per ``(label, nilai)`` or ``(label, nilai, url)``, largest first.

    *urutkan* False keeps the given order (time, places in their official order). No negative figures.
    """
    baris = [BarisData(d[0], (d[1],), d[2] if len(d) > 2 else "") for d in data]
    if any(b.nilai[0] < 0 for b in baris):
        raise ValueError("Grafik batang tidak menggambar angka negatif.")
    if urutkan:
        baris.sort(key=lambda b: -b.nilai[0])
    bacaan = bacaan or bacaan_terbanyak([(b.label, b.nilai[0]) for b in baris], satuan)
    kiri = min(max((len(b.label) for b in baris), default=0) * 7 + 14, 240)
    terbesar = max((b.nilai[0] for b in baris), default=0) or 1
    ruang = LEBAR - kiri - 90
    isi = format_html_join(
        "", "{}", ((_satu_batang(b, i, kiri, b.nilai[0] / terbesar * ruang),) for i, b in enumerate(baris))
    )
    tinggi = len(baris) * 28 + 8
    sumbu = format_html('<line class="g-sumbu" x1="{}" y1="0" x2="{}" y2="{}"/>', kiri, kiri, tinggi)
    svg = bungkus_svg(judul, bacaan, (LEBAR, tinggi), isi + sumbu, bertaut=any(b.tautan for b in baris))
    return Grafik(judul, svg, bacaan, (kolom, satuan.capitalize() or "Jumlah"), baris, catatan)


def _satu_batang(b: BarisData, urut: int, kiri: int, panjang: float) -> SafeString:
    y = urut * 28 + 4
    isi = format_html(
        '<text class="g-akhir" x="{}" y="{}">{}</text><rect class="g-batang" x="{}" y="{}" width="{}" height="20"/>'
        '<text class="g-tebal" x="{}" y="{}">{}</text>',
        *(kiri - 8, y + 15, b.label),
        *(kiri, y, _p(panjang)),
        *(_p(kiri + panjang + 6), y + 15, ribuan(b.nilai[0])),
    )
    return format_html('<a href="{}">{}</a>', b.tautan, isi) if b.tautan else isi


def garis(
    judul: str,
    label_x: Sequence[str],
    seri: Mapping[str, Sequence[int | None]],
    *,
    satuan: str = "",
    bacaan: str = "",
    catatan: str = "",
    dari_nol: bool = True,
) -> Grafik:
    """Lines over the points of *label_x*, up to four series, each named at its end, told apart by dash too.

    None leaves a gap. With *dari_nol* False the axis is cut and the note says so.
    """
    if not 1 <= len(seri) <= 4:
        raise ValueError("Grafik garis memuat satu sampai empat seri.")
    angka = [n for nilai in seri.values() for n in nilai if n is not None] or [0]
    bidang = _Bidang(len(label_x), skala(max(angka), 0 if dari_nol else min(angka)))
    gambar = [_satu_garis(bidang, i, nilai) for i, nilai in enumerate(seri.values(), 1)]
    isi = format_html_join("", "{}", ((g,) for g in [_sumbu(bidang, label_x), *gambar, _nama_seri(bidang, seri)]))
    if bidang.dasar > 0:
        catatan = f"Sumbu tegak dimulai dari {ribuan(bidang.dasar)}, bukan dari nol. {catatan}".strip()
    bacaan = bacaan or _bacaan_garis(label_x, seri, satuan)
    svg = bungkus_svg(judul, bacaan, (LEBAR, bidang.bawah + 28), isi, bertaut=False)
    baris = [BarisData(label, tuple(n[i] for n in seri.values())) for i, label in enumerate(label_x)]
    return Grafik(judul, svg, bacaan, ("Waktu", *seri), baris, catatan)


@dataclass(frozen=True, slots=True)
class _Bidang:
    """The plane of a line chart: *banyak* points across, axis marks *tanda* upwards."""

    banyak: int
    tanda: list[int]
    kiri: int = 70
    kanan: int = LEBAR - 170
    atas: int = 12
    bawah: int = 230

    @property
    def dasar(self) -> int:
        return self.tanda[0]

    def x(self, i: int) -> float:
        return self.kiri + i * (self.kanan - self.kiri) / max(self.banyak - 1, 1)

    def y(self, n: float) -> float:
        return self.bawah - (n - self.dasar) / (self.tanda[-1] - self.dasar) * (self.bawah - self.atas)


def _sumbu(bidang: _Bidang, label_x: Sequence[str]) -> SafeString:
    """Grid lines with their figures, and at most eight labels below."""
    kisi = format_html_join(
        "",
        '<line class="g-kisi" x1="{}" y1="{}" x2="{}" y2="{}"/><text class="g-redup g-akhir" x="{}" y="{}">{}</text>',
        (
            (bidang.kiri, _p(y), bidang.kanan, _p(y), bidang.kiri - 8, _p(y + 4), ribuan(t))
            for t in bidang.tanda
            for y in [bidang.y(t)]
        ),
    )
    bawahan = format_html_join(
        "",
        '<text class="g-redup g-tengah" x="{}" y="{}">{}</text>',
        (
            (_p(bidang.x(i)), bidang.bawah + 18, label_x[i])
            for i in range(0, len(label_x), math.ceil(len(label_x) / 8) or 1)
        ),
    )
    return format_html("{}{}", kisi, bawahan)


def _satu_garis(bidang: _Bidang, nomor: int, nilai: Sequence[int | None]) -> SafeString:
    """One series: a path broken at the gaps, with a dot at each point."""
    titik = [(_p(bidang.x(i)), _p(bidang.y(n))) for i, n in enumerate(nilai) if n is not None]
    jalur = " ".join(
        f"{'L' if i and nilai[i - 1] is not None else 'M'}{_p(bidang.x(i))} {_p(bidang.y(n))}"
        for i, n in enumerate(nilai)
        if n is not None
    )
    bulat = format_html_join(
        "", '<circle class="g-titik s{}" cx="{}" cy="{}" r="3"/>', ((nomor, x, y) for x, y in titik)
    )
    return format_html('<path class="g-garis s{}" d="{}"/>{}', nomor, jalur, bulat)


def _nama_seri(bidang: _Bidang, seri: Mapping[str, Sequence[int | None]]) -> SafeString:
    """Name and last figure of each series beside its end, pushed apart where lines meet."""
    akhir = {nama: next((n for n in reversed(nilai) if n is not None), None) for nama, nilai in seri.items()}
    ujung = sorted((bidang.y(n) + 4, f"{nama} {ribuan(n)}") for nama, n in akhir.items() if n is not None)
    letak: list[float] = []
    for y, _ in ujung:
        letak.append(max(y, letak[-1] + 16) if letak else y)
    teks = ((bidang.kanan + 10, _p(y), t) for y, (_, t) in zip(letak, ujung, strict=True))
    return format_html_join("", '<text class="g-tebal" x="{}" y="{}">{}</text>', teks)


def _bacaan_garis(label_x: Sequence[str], seri: Mapping[str, Sequence[int | None]], satuan: str) -> str:
    kalimat = []
    for nama, nilai in seri.items():
        ada = [(label_x[i], n) for i, n in enumerate(nilai) if n is not None]
        if ada:
            kalimat.append(f"{nama}: {ribuan(ada[0][1])} pada {ada[0][0]}, {ribuan(ada[-1][1])} pada {ada[-1][0]}")
    return (
        f"{'; '.join(kalimat)}{f' ({satuan})' if satuan else ''}." if kalimat else "Belum ada angka untuk ditampilkan."
    )
