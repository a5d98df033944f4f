"""``bench_impor``: how fast the import is, as multiples of a plain COPY of the same file in the same run."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from kpupalu.demo.pembangkit.xlsx import tulis_xlsx
from kpupalu.wilayah.models import TPS
from pdpb import impor
from pdpb.models import Periode

# Limits and goals of the work plan; XLSX holds the sixteen columns that a list of voters needs.
SASARAN = {"muat": (45, 22), "lagi": (14, 9), "xlsx": (56, 33)}
KOLOM_XLSX = [
    "DPID",
    "NKK",
    "NIK",
    "NAMA",
    "KELAMIN",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "STS KAWIN",
    "ALAMAT",
    "RT",
    "RW",
    "DISABILITAS",
    "EKTP",
    "SUMBER",
    "KELURAHAN",
    "TPS",
]
_KOSONGKAN = (
    "pdpb_pendaftaran, pdpb_pemilih, pdpb_identitas, pdpb_temuan, pdpb_temuanimpor, pdpb_rekapsel, pdpb_berkasimpor,"
    " pdpb_imporbatch, imports_berkasmasuk"
)


class Command(BaseCommand):
    """Works in a database of its own that is dropped afterwards; every measured step is a process of its own."""

    help = (
        "Mengukur impor daftar dasar terhadap COPY polos. contoh: manage.py bench_impor --skala 1 --keluaran hasil.json"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--skala", type=float, nargs="*", default=[0.1, 1.0])
        parser.add_argument("--keluaran", type=Path)
        parser.add_argument("--langkah", help="dipakai sendiri oleh perintah ini")
        parser.add_argument("--berkas", type=Path, nargs="*")

    def handle(self, *args: Any, **pilihan: Any) -> None:
        if pilihan["langkah"]:
            self.stdout.write(json.dumps(_impor(pilihan["berkas"])))
            return
        hasil = []
        connection.settings_dict.setdefault("TEST", {})["NAME"] = f"bench_impor_{os.getpid()}"
        lama = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            call_command("isi_awal", stderr=StringIO())
            for skala in pilihan["skala"]:
                with tempfile.TemporaryDirectory(prefix="bench-impor-") as folder:
                    hasil.append(self._ukur(Path(folder), skala))
        finally:
            connection.creation.destroy_test_db(lama, verbosity=0)
        if pilihan["keluaran"]:
            pilihan["keluaran"].write_text(json.dumps(hasil, indent=1))
        for satu in hasil:
            self.stdout.write(_tabel(satu))

    def _ukur(self, folder: Path, skala: float) -> dict[str, Any]:
        _pembangkit(folder, skala)
        dpt = sorted((folder / "dpt").glob("*.csv"))
        _siapkan(folder)
        hasil: dict[str, Any] = {"skala": skala, "baris": sum(_jumlah_baris(p) for p in dpt)}
        hasil["copy"] = min(_copy(dpt) for _ in range(3))
        for langkah, berkas in (("muat", dpt), ("lagi", dpt), ("xlsx", [_tulis_xlsx(folder, dpt)])):
            if langkah != "lagi":
                with connection.cursor() as cursor:
                    cursor.execute(f"TRUNCATE {_KOSONGKAN} RESTART IDENTITY CASCADE")
            hasil[langkah] = _anak(berkas, folder / "data")
            hasil[langkah]["kali"] = round(hasil[langkah]["detik"] / hasil["copy"], 1)
        return hasil


def _pembangkit(folder: Path, skala: float) -> None:
    isi = "import sys, pathlib; from kpupalu.demo.pembangkit import buat; "
    isi += "buat(pathlib.Path(sys.argv[1]), skala=float(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", isi, str(folder), str(skala)], check=True, cwd=settings.BASE_DIR)  # noqa: S603


def _siapkan(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_KOSONGKAN}, wilayah_tps RESTART IDENTITY CASCADE")
    with (folder / "tps.csv").open(encoding="utf-8", newline="") as f:
        TPS.objects.bulk_create(
            TPS(kelurahan_id=b["kode_kelurahan"], nomor=b["nomor"], jenis=b["jenis"]) for b in csv.DictReader(f)
        )
    get_user_model().objects.get_or_create(username="bench", defaults={"nama_lengkap": "Bench"})
    isi = {"tahun": 2026, "urutan": 4, "mulai": date(2026, 10, 1), "akhir": date(2026, 12, 31)}
    Periode.objects.get_or_create(kode="2026-tw4", defaults=isi)


def _jumlah_baris(path: Path) -> int:
    return path.read_bytes().count(b"\n") - 1


def _copy(dpt: list[Path]) -> float:
    lebar = dpt[0].open(encoding="utf-8").readline().count("#") + 1
    kolom = ", ".join(f"c{n} text" for n in range(lebar))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS acuan_copy; CREATE UNLOGGED TABLE acuan_copy ({kolom})")
        mulai = time.perf_counter()
        with cursor.copy("COPY acuan_copy FROM STDIN (FORMAT csv, DELIMITER '#')") as salin:
            for path in dpt:
                salin.write(path.read_bytes().split(b"\n", 1)[1])
        return time.perf_counter() - mulai


def _tulis_xlsx(folder: Path, dpt: list[Path]) -> Path:
    baris: list = [KOLOM_XLSX]
    for path in dpt:
        with path.open(encoding="utf-8", newline="") as f:
            baris += [[b[k] for k in KOLOM_XLSX] for b in csv.DictReader(f, delimiter="#")]
    polos, padat = tulis_xlsx(folder / "polos.xlsx", "DPT", baris), folder / "dpt.xlsx"
    with zipfile.ZipFile(polos) as asal, zipfile.ZipFile(padat, "w", zipfile.ZIP_DEFLATED) as tujuan:
        for isi in asal.infolist():
            tujuan.writestr(isi.filename, asal.read(isi))
    return padat


def _anak(berkas: list[Path], data: Path) -> dict[str, Any]:
    db = connection.settings_dict
    orang = quote(db["USER"] or "") + (f":{quote(db['PASSWORD'])}" if db["PASSWORD"] else "")
    host = quote(str(db["HOST"] or db["OPTIONS"].get("host", "localhost")), safe="")
    url = f"postgresql://{orang}@/{db['NAME']}?host={host}" + (f"&port={db['PORT']}" if db["PORT"] else "")
    perintah = [sys.executable, "manage.py", "bench_impor", "--langkah", "ya", "--berkas", *map(str, berkas)]
    lingkungan = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(data)}
    keluar = subprocess.run(perintah, check=True, cwd=settings.BASE_DIR, env=lingkungan, stdout=subprocess.PIPE)  # noqa: S603
    return json.loads(keluar.stdout)


def _impor(berkas: list[Path]) -> dict[str, Any]:
    """Seal, stage, check, report and merge *berkas*; seconds per step and the largest memory of this process."""
    oleh, periode = get_user_model().objects.get(username="bench"), Periode.objects.get()
    catatan: dict[str, float] = {}
    mulai = saat = time.perf_counter()

    def tandai(nama: str) -> None:
        nonlocal saat
        catatan[nama] = round(time.perf_counter() - saat, 2)
        saat = time.perf_counter()

    batch = impor.unggah([File(p.open("rb"), name=p.name) for p in berkas], jenis="dpt", periode=periode, oleh=oleh)
    tandai("unggah")
    batch = impor.periksa(batch, oleh=oleh)
    tandai("periksa")
    for _ in impor.laporan_csv(batch):
        pass
    tandai("laporan")
    batch = impor.terapkan(batch, oleh=oleh, terima_peringatan=True)
    tandai("terapkan")
    angka = {n: batch.ringkasan[n] for n in ("baru", "tetap", "ditolak")}
    memori = _memori_terbesar()
    return {"detik": round(time.perf_counter() - mulai, 2), "memori_mb": memori, "langkah": catatan} | angka


def _tabel(hasil: dict[str, Any]) -> str:
    baris = [f"{hasil['baris']} baris; COPY polos {hasil['copy']:.2f} s = 1×"]
    for nama, (batas, sasaran) in SASARAN.items():
        h = hasil[nama]
        baris.append(
            f"  {nama:6} {h['detik']:7.2f} s {h['kali']:6.1f}×  (batas {batas}×, sasaran {sasaran}×)"
            f"  memori {h['memori_mb']} MB  {h['langkah']}"
        )
    return "\n".join(baris)


def _memori_terbesar() -> int:
    """Megabytes; from /proc, because the kernel's other figure also counts the parent's memory before exec."""
    for baris in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if baris.startswith("VmHWM:"):
            return int(baris.split()[1]) // 1024
    return 0
