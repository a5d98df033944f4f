"""Paper of the field: the letter to a lurah, the letter of assignment, the field sheets and the minutes of coktas."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kpupalu.lib.kata import hari, romawi, tanggal_panjang, terbilang
from kpupalu.lib.samaran import samarkan_nik
from kpupalu.lib.waktu import WITA, hari_ini, usia
from kpupalu.naskah.cetak import cetak
from kpupalu.wilayah.models import Kelurahan
from pdpb.cetakan import folder_cetakan, saat
from pdpb.coktas import ALASAN, jumlah_hasil, per_rt
from pdpb.kematian import dokumen_diterima
from pdpb.models import BarisCoktas, KegiatanCoktas, Pendaftaran

# The job that prints the field sheets; its number is in the name of the file.
PEKERJAAN_LEMBAR = "pdpb.cetak_lembar_coktas"


def berkas_lembar(pekerjaan: int) -> Path:
    """The printed field sheets of job number *pekerjaan*; they hold personal data and are deleted once they are old."""
    return folder_cetakan() / f"lembar-coktas-{pekerjaan}.pdf"


def isi_surat_kematian(kelurahan: Kelurahan, versi: Sequence[Pendaftaran]) -> dict[str, Any]:
    """What the letter to the lurah says, as plain JSON; no digit of a NIK, the birthday tells namesakes apart."""
    return {
        "kelurahan": str(kelurahan),
        "kecamatan": str(kelurahan.kecamatan),
        "dokumen": dokumen_diterima(),
        "jumlah": len(versi),
        "terbilang": terbilang(len(versi)),
        "orang": [
            {
                "nama": v.nama,
                "jk": v.jenis_kelamin,
                "lahir": _lahir(v),
                "alamat": v.alamat,
                "rt": v.rt,
                "rw": v.rw,
            }
            for v in versi
        ],
    }


def _lahir(versi: Pendaftaran) -> str:
    tanggal = tanggal_panjang(versi.tanggal_lahir) if versi.tanggal_lahir else "tanggal tidak diketahui"
    return f"{versi.tempat_lahir}, {tanggal}" if versi.tempat_lahir else tanggal


def _wilayah(kegiatan: KegiatanCoktas) -> list[dict[str, Any]]:
    """The rows of *kegiatan* by petugas and RT: ``{petugas, rt: "RT 001/RW 002 (3 baris), …", jumlah}``."""
    hasil: dict[str, Counter] = {}
    baris = kegiatan.baris.select_related("versi", "petugas").order_by("versi__rw", "versi__rt", "pk")
    for b in baris:
        hasil.setdefault(str(b.petugas), Counter())[f"RT {b.versi.rt or '–'}/RW {b.versi.rw or '–'}"] += 1
    return [
        {"petugas": nama, "rt": ", ".join(f"{rt} ({n})" for rt, n in isi.items()), "jumlah": isi.total()}
        for nama, isi in sorted(hasil.items())
    ]


def _umum(kegiatan: KegiatanCoktas) -> dict[str, Any]:
    satu_hari = kegiatan.mulai == kegiatan.akhir
    sampai = "" if satu_hari else f" sampai {hari(kegiatan.akhir)}, {tanggal_panjang(kegiatan.akhir)}"
    return {
        "kegiatan": kegiatan.pk,
        "kelurahan": str(kegiatan.kelurahan),
        "kecamatan": str(kegiatan.kelurahan.kecamatan),
        "periode": kegiatan.periode.nama,
        "triwulan": romawi(kegiatan.periode.urutan),
        "keperluan": kegiatan.keperluan,
        "waktu": f"{hari(kegiatan.mulai)}, {tanggal_panjang(kegiatan.mulai)}{sampai}",
        "wilayah": _wilayah(kegiatan),
        "jumlah": kegiatan.baris.count(),
    }


def isi_surat_tugas(kegiatan: KegiatanCoktas) -> dict[str, Any]:
    """What the letter of assignment says: who, when, where and how many; no voter is named."""
    return _umum(kegiatan)


def isi_berita_acara(kegiatan: KegiatanCoktas) -> dict[str, Any]:
    """What the minutes of a closed activity say: totals by result and by RT, proposals, who was present."""
    baris = list(kegiatan.baris.select_related("versi"))
    kelompok = [(nama, [b for _, b in isi]) for nama, isi in per_rt_baris(baris)]
    hasil = [kode for kode, _ in BarisCoktas.Hasil.choices] + [""]
    tutup = kegiatan.ditutup_pada.astimezone(WITA).date() if kegiatan.ditutup_pada else hari_ini()
    return {
        **_umum(kegiatan),
        "pembuka": {
            "hari": hari(tutup),
            "tanggal": terbilang(tutup.day),
            "bulan": tanggal_panjang(tutup).split()[1],
            "tahun": terbilang(tutup.year),
        },
        "hasil": [{"nama": nama, "jumlah": n} for nama, n in jumlah_hasil(kegiatan)],
        "judul_hasil": [*(label for _, label in BarisCoktas.Hasil.choices), "Belum dikunjungi"],
        "rt": [
            {"nama": nama, "sel": [sum(b.hasil == h for b in isi) for h in hasil], "jumlah": len(isi)}
            for nama, isi in kelompok
        ],
        "usulan": sum(b.usulan_id is not None for b in baris),
        "tanpa_usulan": sum(bool(b.tanpa_usulan) for b in baris),
        "terisi": sum(bool(b.hasil) for b in baris),
        "hadir": sorted({b.hadir for b in baris if b.hadir}),
        "alasan": kegiatan.alasan_akhir,
        "tanggal_tutup": tanggal_panjang(tutup),
    }


class _Tempat:
    """A row of an activity with the RT and RW it is grouped by."""

    def __init__(self, baris: BarisCoktas) -> None:
        self.rt, self.rw, self.baris = baris.versi.rt, baris.versi.rw, baris


def per_rt_baris(baris: Sequence[BarisCoktas]) -> list[tuple[str, list[tuple[int, BarisCoktas]]]]:
    """*baris* by RT, each with its number in the whole, in the order the sheets print them."""
    nomor = 0
    hasil: list[tuple[str, list[tuple[int, BarisCoktas]]]] = []
    for nama, isi in per_rt([_Tempat(b) for b in baris]):
        hasil.append((nama, [(nomor + n, t.baris) for n, t in enumerate(isi, start=1)]))
        nomor += len(isi)
    return hasil


def cetak_lembar(kegiatan: KegiatanCoktas, baris: Sequence[BarisCoktas], *, oleh: str) -> bytes:
    """The field sheets of *baris* on lying A4, one RT per page or more, as PDF; the NIK past the city code is hidden.

    The birthday, the address and the DPID tell namesakes apart: a result must name the row.
    """
    pada = hari_ini()
    isi = {
        **_umum(kegiatan),
        "judul": f"Lembar kerja coktas {kegiatan.pk}, Kelurahan {kegiatan.kelurahan}",
        "kertas": "a4",
        "kaki": f"Dicetak oleh {oleh}, {saat()} · Coktas {kegiatan.pk}, Kelurahan {kegiatan.kelurahan} · memuat data "
        "pribadi, kembalikan ke kantor sesudah kunjungan",
        "pilihan": [label for _, label in BarisCoktas.Hasil.choices],
        "rt": [
            {
                "nama": nama,
                "petugas": ", ".join(sorted({str(b.petugas) for _, b in isi_rt})),
                "baris": [_baris_lembar(nomor, b, pada) for nomor, b in isi_rt],
            }
            for nama, isi_rt in per_rt_baris(baris)
        ],
    }
    return cetak("pdpb/cetak/lembar_coktas.html", isi).pdf


def _baris_lembar(nomor: int, baris: BarisCoktas, pada) -> dict[str, Any]:
    v = baris.versi
    return {
        "nomor": nomor,
        "nama": v.nama,
        "nik": samarkan_nik(v.identitas.nik),
        "dpid": baris.pemilih.dpid,
        "jk": v.jenis_kelamin,
        "lahir": _lahir(v),
        "umur": usia(v.tanggal_lahir, pada) if v.tanggal_lahir else "",
        "alamat": v.alamat,
        "sebab": ", ".join(ALASAN[a].label for a in baris.alasan if a in ALASAN),
        "tanya": " ".join(ALASAN[a].tanya for a in baris.alasan if a in ALASAN),
    }
