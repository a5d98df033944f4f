"""Start scratch services, measure at a tenth and at full size, print a table and one JSON document, leave nothing.

Everything runs on databases made for it and dropped afterwards, on the server of ``DATABASE_URL`` or an embedded one.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from kpupalu.demo.layanan import Layanan
from kpupalu.demo.lingkungan import AKAR

SKALA = {"28.000": 0.1021, "280.000": 1.0}
# name → (words, unit, goal); the goals are those of the office's own list.
BUTIR = {
    "impor_csv": ("CSV → panggung → cek → terapkan", "× COPY", "≤ 22"),
    "impor_ulang": ("Berkas yang sama sekali lagi", "× COPY", "≤ 9"),
    "impor_xlsx": ("XLSX → panggung → cek → terapkan", "× COPY", "≤ 33"),
    "memori_csv": ("Memori puncak pekerja, CSV", "MB", "≤ 150"),
    "memori_xlsx": ("Memori puncak pekerja, XLSX", "MB", "≤ 500"),
    "rekap": ("Rekap TPS × jenis kelamin × kategori", "× count(*)", "≤ 0,2"),
    "ganda_semua": ("Data ganda, seluruh daftar", "× COPY", "≤ 20"),
    "memori_ganda": ("Memori puncak data ganda", "MB", "≤ 500"),
    "ganda_satu": ("Data ganda, satu baris berubah", "ms", "≤ 50"),
    "padan": ("Daftar 50.000 nama tanpa NIK, diperiksa", "detik", "≤ 180"),
    "memori_padan": ("Memori puncak untuk itu", "MB", "≤ 500"),
    "petugas_masuk": ("Daftar instansi 50.000 baris, diperiksa dan diusulkan", "detik", "≤ 180"),
    "petugas": ("Diverifikasi dua orang dan disetujui satu, bersamaan", "baris/detik", ""),
    "halaman_detail": ("Halaman detail, p95", "× tanpa kueri", "≤ 1,7"),
    "halaman_daftar": ("Halaman daftar, p95", "× tanpa kueri", "≤ 6"),
    "halaman_daftar_dalam": ("Halaman daftar di tengah, p95", "× tanpa kueri", "≤ 6"),
    "cari_nama": ("Cari nama, p95", "× tanpa kueri", "≤ 12"),
    "cari_nik": ("Cari NIK, p95", "× tanpa kueri", "≤ 12"),
    "daftar_pdf": ("Daftar bernama seluruh TPS, PDF", "detik", "≤ 300"),
    "daftar_pdf_cpu": ("Waktu prosesor untuk itu", "detik", "≤ 300"),
    "daftar_pdf_memori": ("Memori puncak pekerja, daftar PDF", "MB", "≤ 200"),
    "daftar_pdf_memori_penyusun": ("Memori puncak satu proses penyusun", "MB", "≤ 300"),
    "daftar_pdf_mb": ("Besar arsip daftar PDF", "MB", ""),
    "daftar_xlsx": ("Daftar bernama seluruh kelurahan, XLSX", "detik", "≤ 60"),
    "daftar_xlsx_memori": ("Memori puncak pekerja, daftar XLSX", "MB", "≤ 200"),
    "waktu_versi": ("Versi baris sesudah 40 triwulan", "baris", ""),
    "waktu_kelurahan": ("Tanggal lampau, kelurahan terbesar", "milidetik", "≤ 300"),
    "waktu_garis_kelurahan": ("Garis waktunya", "milidetik", "≤ 300"),
    "waktu_selisih_kelurahan": ("Selisih setahun", "milidetik", "≤ 300"),
    "waktu_selisih_panjang_kelurahan": ("Selisih sepuluh tahun", "milidetik", "≤ 300"),
    "waktu_nama": ("Satu halaman nama pada tanggal itu", "milidetik", "≤ 300"),
    "waktu_kota": ("Tanggal lampau, seluruh kota", "milidetik", ""),
    "waktu_garis_kota": ("Garis waktunya", "milidetik", ""),
    "waktu_selisih_kota": ("Selisih setahun", "milidetik", ""),
    "waktu_selisih_panjang_kota": ("Selisih sepuluh tahun", "milidetik", ""),
    "pohon": ("Pohon bukti sesudah pembekuan", "× pembekuan", "≤ 2,5"),
    "bukti_baris": ("Bukti satu baris", "milidetik", "≤ 500"),
    "berita_acara": ("Berita acara dan 5 tanda tangan", "detik", "≤ 1,5"),
    "paket": ("Paket triwulan seluruh kota", "detik", "≤ 600"),
    "paket_memori": ("Memori puncak pekerja, paket", "MB", "≤ 350"),
    "paket_periksa": ("Memeriksa paket itu", "detik", ""),
    "paket_mb": ("Besar paket", "MB", ""),
    "lonjakan": ("Layanan informasi, 50 permintaan sedetik, p95", "milidetik", "≤ 800"),
    "lonjakan_cpu": ("Waktu prosesor web untuk satu di antaranya", "milidetik", "≤ 25"),
    "lonjakan_galat": ("Jawaban yang salah di antaranya", "dari 1.000", "= 0"),
    "lonjakan_batas": ("Kiriman berlebih dari satu jaringan, ditolak rapi", "dari 7", "= 7"),
}


def dengan_nama(url: str, nama: str) -> str:
    """*url* of the same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{nama}"))


class Basisdata:
    """Scratch databases on the server of *url*, gone after the ``with`` block."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.nama: list[str] = []

    def __enter__(self) -> "Basisdata":
        return self

    def __exit__(self, *galat: object) -> None:
        for nama in reversed(self.nama):
            self._jalankan("DROP DATABASE IF EXISTS {} WITH (FORCE)", nama)

    def buat(self, nama: str, dari: str = "") -> str:
        """The address of a new database *nama*, empty or a copy of the scratch database *dari*."""
        nama = f"bench_{os.getpid()}_{nama}"
        self.nama.append(nama)
        if dari:
            self._jalankan("CREATE DATABASE {} TEMPLATE {}", nama, f"bench_{os.getpid()}_{dari}")
        else:
            self._jalankan("CREATE DATABASE {}", nama)
        return dengan_nama(self.url, nama)

    def _jalankan(self, perintah: str, *nama: str) -> None:
        with psycopg.connect(dengan_nama(self.url, "postgres"), autocommit=True) as koneksi:
            koneksi.execute(sql.SQL(perintah).format(*map(sql.Identifier, nama)))


def ukur(langkah: str, env: dict[str, str], *isi: str) -> dict:
    """Run one step of ``tests.bench.ukur`` in a process of its own; what it measured."""
    hasil = subprocess.run(
        [sys.executable, "-m", "tests.bench.ukur", langkah, *isi],
        cwd=AKAR, env=env, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(hasil.stdout.splitlines()[-1])


def satu_ukuran(label: str, skala: float, basis: Basisdata, env: dict[str, str], folder: Path) -> dict:
    """Every figure at one size."""
    kunci = label.replace(".", "")

    def kerja(url: str) -> dict[str, str]:
        data = folder / kunci / urlsplit(url).path.strip("/")
        data.mkdir(parents=True, exist_ok=True)
        return env | {"DATABASE_URL": url, "DATA_DIR": str(data), "BENCH_FOLDER": str(folder / kunci)}

    cerita(f"{label}: membuat berkas dan tabel")
    hasil = ukur("siapkan", kerja(basis.buat(f"dasar_{kunci}")), str(skala))
    csv = kerja(basis.buat(f"csv_{kunci}", f"dasar_{kunci}"))
    shutil.copytree(kerja(basis.url)["BENCH_FOLDER"] + "/pki", csv["DATA_DIR"], dirs_exist_ok=True)
    cerita(f"{label}: COPY, impor CSV, berkas yang sama")
    hasil |= ukur("impor", csv)
    cerita(f"{label}: rekap, data ganda, halaman")
    hasil |= ukur("rekap", csv) | ukur("ganda", csv, str(hasil["detik_copy"]))
    hasil |= ukur("padan", csv) | ukur("halaman", csv)
    cerita(f"{label}: daftar instansi, tiga petugas sekaligus")
    hasil |= ukur("petugas", kerja(basis.buat(f"petugas_{kunci}", f"csv_{kunci}")))
    cerita(f"{label}: daftar bernama seluruh kota, berita acara, paket")
    hasil |= ukur("daftar_nama", csv) | ukur("berita_acara", csv) | ukur("paket", csv)
    cerita(f"{label}: sepuluh tahun triwulan, mesin waktu")
    hasil |= ukur("mesin_waktu", csv)
    cerita(f"{label}: lonjakan pada layanan informasi")
    hasil |= ukur("lonjakan", csv)
    cerita(f"{label}: impor XLSX")
    hasil |= ukur("impor_xlsx", kerja(basis.buat(f"xlsx_{kunci}", f"dasar_{kunci}")), str(hasil["detik_copy"]))
    return hasil


def cerita(kalimat: str) -> None:
    """One line of progress, apart from the results."""
    sys.stderr.write(f"{kalimat}\n")


def tabel(hasil: dict[str, dict]) -> str:
    """The figures for a person: one line per work, one column per size, and the growth between them."""
    label = list(hasil)
    baris = [f"{'':<40}" + "".join(f"{n:>12}" for n in label) + f"{'tumbuh':>9}  satuan, tujuan"]
    for nama, (kata, satuan, tujuan) in BUTIR.items():
        angka = [hasil[n].get(nama) for n in label]
        if all(a is None for a in angka):
            continue
        tumbuh = f"{angka[-1] / angka[0]:.1f}×" if len(angka) > 1 and angka[0] and angka[-1] is not None else ""
        sel = "".join(f"{a:>12.2f}" if a is not None else f"{'–':>12}" for a in angka)
        baris.append(f"{kata:<40}{sel}{tumbuh:>9}  {satuan}, {tujuan}")
    for n in label:
        if catatan := hasil[n].get("catatan"):
            baris.append(f"{n}: {'; '.join(catatan)}")
    return "\n".join(baris)


def main() -> int:
    pembaca = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    pembaca.add_argument("--ukuran", choices=SKALA, action="append", help="hanya ukuran ini; boleh berulang")
    pembaca.add_argument("--json", type=Path, help="tulis hasil JSON ke berkas ini juga")
    pilihan = pembaca.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    layanan = Layanan("bench")
    try:
        layanan.database()
        env = os.environ | layanan.env | {"STATIC_BERMANIFES": "0", "LOG_LEVEL": "ERROR"}
        with Basisdata(layanan.env["DATABASE_URL"]) as basis:
            ukuran = pilihan.ukuran or list(SKALA)
            hasil = {label: satu_ukuran(label, SKALA[label], basis, env, folder) for label in ukuran}
    finally:
        layanan.berhenti()
        if "DATABASE_URL" not in os.environ:
            layanan.kosongkan()
            layanan.berhenti()
        shutil.rmtree(folder, ignore_errors=True)
    teks = json.dumps(hasil, ensure_ascii=False, indent=1)
    sys.stdout.write(f"{tabel(hasil)}\n\n{teks}\n")
    if pilihan.json:
        pilihan.json.write_text(teks + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
