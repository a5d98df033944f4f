"""Our search for duplicates and splink's, over the same labelled city in one run: ``python -m tests.bench.banding``.

Started by hand, because splink and DuckDB belong to no environment of the office: they are installed, locked, into one
that is thrown away. Every contender works in a process of its own and is timed as a whole, ours with its database.
Splink's threshold is the one that gives the best F1, which only somebody who holds the truth can choose.
"""

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kpupalu.demo.layanan import Layanan
from kpupalu.demo.lingkungan import AKAR
from tests.bench.__main__ import Basisdata, cerita

ORANG, BESAR = 280_000, 2_200_000
KOTA = ("baku", "keras")
KOLOM = ("dpid", "nik", "nkk", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "kelurahan")
FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))
BERKAS = FOLDER / "baris.csv"


# --- Steps, each in a process of its own --------------------------------------------------------------------------
def kota(jenis: str, orang: str) -> dict:
    """A labelled city on the roll of a fresh database, its rows and its truth as CSV beside it."""
    from django.core.management import call_command
    from django.db import connection

    from tests.pdpb.ganda_berlabel.muat import muat
    from tests.pdpb.ganda_berlabel.pembuat import BAKU, BENIH, KERAS, alirkan

    call_command("migrate", verbosity=0)
    call_command("isi_awal", verbosity=0, stderr=sys.stderr)
    banyak, dicari = 0, 0
    benih, takaran = (4711, KERAS) if jenis == "keras" else (BENIH, BAKU)
    with BERKAS.open("w", newline="") as f, (FOLDER / "benar.csv").open("w", newline="") as g:
        baris, benar = csv.writer(f), csv.writer(g)
        baris.writerow(KOLOM)
        for blok in alirkan(int(orang), benih, takaran):
            muat(blok.baris, banyak + 1)
            banyak += len(blok.baris)
            baris.writerows([getattr(b, kolom) for kolom in KOLOM] for b in blok.baris)
            benar.writerows(blok.pasangan)
            dicari += sum(p.is_same_person and p.dapat_diputuskan for p in blok.pasangan)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"baris": banyak, "dicari": dicari}


def kita() -> dict:
    """Our search over the whole roll."""
    from pdpb.ganda.pencarian import cari_semua

    mulai, cpu = time.perf_counter(), time.process_time()
    hasil = cari_semua()
    lama, cpu = time.perf_counter() - mulai, time.process_time() - cpu
    puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with BERKAS.open(newline="") as f:
        dpid = ["", *(baris[0] for baris in islice(csv.reader(f), 1, None))]
    with (FOLDER / "kita.csv").open("w", newline="") as f:
        csv.writer(f).writerows((dpid[p.a], dpid[p.b], p.kelas, p.tingkat) for p in hasil)
    return {"detik": lama, "detik_cpu": cpu, "memori": puncak}


def nilai(siapa: str) -> dict:
    """Precision, recall and F1 of what *siapa* found; of splink at its best threshold, named in bits."""
    from tests.pdpb.ganda_berlabel import ukur

    benar = list(_kebenaran())
    with (FOLDER / f"{siapa}.csv").open(newline="") as f:
        baris = list(csv.reader(f))
    if siapa == "kita":
        u = ukur.menurut_tingkat(benar, baris)
        return {"ambang": "Kuat", "pasti_keliru": u["Pasti"].salah, **_angka(u["Pasti+Kuat"])}
    # Two persons with one NIK count for splink wherever it finds them: it has no class to say so.
    kelas = {k: p.kelas for k, p in ukur.indeks(benar).items()}
    semua = sorted(((float(w), a, b) for a, b, w in baris), reverse=True)

    def pada(ambang: float) -> ukur.Ukuran:
        lapor = [(a, b, kelas.get(ukur.kunci(a, b), "G4"), "Kuat") for w, a, b in semua if w >= ambang]
        return ukur.menurut_tingkat(benar, lapor)["Pasti+Kuat"]

    terbaik = max((n / 2 for n in range(-10, 100)), key=lambda ambang: pada(ambang).f1 or 0)
    return {"ambang": terbaik, **_angka(pada(terbaik))}


def _angka(u) -> dict:
    return {"precision": u.precision, "recall": u.recall, "f1": u.f1}


def _kebenaran() -> Iterator:
    from tests.pdpb.ganda_berlabel.kebenaran import Pasangan

    with (FOLDER / "benar.csv").open(newline="") as f:
        for a, b, kelas, sama, jebakan, putus, sebab in csv.reader(f):
            yield Pasangan(a, b, kelas, sama == "True", jebakan, putus == "True", sebab)


LANGKAH = {fungsi.__name__: fungsi for fungsi in (kota, kita, nilai)}


# --- The run ------------------------------------------------------------------------------------------------------
def jalan(perintah: list[str], env: dict[str, str]) -> dict:
    """What one step printed as its last line."""
    hasil = subprocess.run(perintah, cwd=AKAR, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(hasil.stdout.splitlines()[-1])


def langkah(env: dict[str, str], *isi: str) -> dict:
    return jalan([sys.executable, "-m", "tests.bench.banding", "--langkah", *isi], env)


def pasang_splink(folder: Path) -> str:
    """The interpreter of a new environment below *folder* that holds the locked splink."""
    uv, python = str(AKAR / ".venv/bin/uv"), str(folder / "splink/bin/python")
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(folder / "splink")], check=True)
    kunci = str(AKAR / "tests/bench/banding.txt")
    subprocess.run([uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", kunci], check=True)
    return python


def satu_kota(jenis: str, orang: int, basis: Basisdata, env: dict[str, str], folder: Path, splink: str) -> dict:
    """One city: ours, and splink where an interpreter is given that has it."""
    tempat = folder / f"{jenis}-{orang}"
    tempat.mkdir()
    env = env | {"DATABASE_URL": basis.buat(tempat.name.replace("-", "_")), "BENCH_FOLDER": str(tempat)}
    cerita(f"{jenis}, {orang} orang: membuat kota berlabel")
    hasil = langkah(env, "kota", jenis, str(orang))
    cerita(f"{jenis}, {orang} orang: pencarian kita")
    hasil["kita"] = langkah(env, "kita") | langkah(env, "nilai", "kita")
    if splink:
        cerita(f"{jenis}, {orang} orang: splink")
        program = str(AKAR / "tests/bench/banding_splink.py")
        berkas = [str(tempat / "baris.csv"), str(tempat / "splink.csv")]
        hasil["splink"] = jalan([splink, program, *berkas], env) | langkah(env, "nilai", "splink")
        hasil["bagian_waktu_splink"] = hasil["kita"]["detik"] / hasil["splink"]["detik"]
    cerita(json.dumps(hasil))
    return hasil


def main() -> int:
    pembaca = argparse.ArgumentParser(prog="python -m tests.bench.banding", description=__doc__.splitlines()[0])
    pembaca.add_argument("--kota", choices=KOTA, action="append", help="hanya kota ini; boleh berulang")
    pembaca.add_argument("--orang", type=int, default=ORANG, help="banyaknya orang (bawaan: %(default)s)")
    pembaca.add_argument("--besar", action="store_true", help=f"pencarian kita juga pada {BESAR} orang")
    pembaca.add_argument("--tanpa-splink", action="store_true", help="hanya pencarian kita")
    pembaca.add_argument("--json", type=Path, help="tulis hasil JSON ke berkas ini juga")
    pembaca.add_argument("--langkah", nargs="+", help=argparse.SUPPRESS)
    pilihan = pembaca.parse_args()
    if pilihan.langkah:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpupalu.settings")
        django.setup()
        nama, *isi = pilihan.langkah
        sys.stdout.write(json.dumps(LANGKAH[nama](*isi)) + "\n")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="banding-"))
    layanan = Layanan("banding")
    try:
        splink = "" if pilihan.tanpa_splink else pasang_splink(folder)
        layanan.database()
        env = os.environ | layanan.env | {"STATIC_BERMANIFES": "0", "LOG_LEVEL": "ERROR", "DATA_DIR": str(folder)}
        semua = pilihan.kota or list(KOTA)
        with Basisdata(layanan.env["DATABASE_URL"]) as basis:
            hasil = {k: satu_kota(k, pilihan.orang, basis, env, folder, splink) for k in semua}
            if pilihan.besar:
                hasil["besar"] = satu_kota(semua[-1], BESAR, basis, env, folder, "")
                tumbuh = hasil["besar"]["kita"], hasil[semua[-1]]["kita"]
                hasil["tumbuh"] = {n: tumbuh[0][n] / tumbuh[1][n] for n in ("detik", "detik_cpu", "memori")}
    finally:
        layanan.berhenti()
        if "DATABASE_URL" not in os.environ:
            layanan.kosongkan()
            layanan.berhenti()
        shutil.rmtree(folder, ignore_errors=True)
    teks = json.dumps(hasil, ensure_ascii=False, indent=1)
    sys.stdout.write(f"{teks}\n")
    if pilihan.json:
        pilihan.json.write_text(teks + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
