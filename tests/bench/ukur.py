"""One step of the benchmark in a process of its own, so that memory and caches of another step do not count.

The last line on stdout is what was measured, as JSON. Times are medians; ratios stand on the same machine and run.
"""

import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import django

from tests.bench.jam import detik
from tests.bench.lonjakan import lonjakan
from tests.bench.petugas import petugas
from tests.bench.waktu import mesin_waktu

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpupalu.settings")
FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))
PERIODE = "2026-tw3"
SANDI = "frasa-sandi-bench-1"
DETIK_WRK = 5
# Left out of the workbook, so that the whole city stays within its limit of 25 MB; the CSV have all 24 columns.
TANPA_KOLOM = {"KEC_ID", "KEL_ID", "TPS_ID", "TAHAPAN_ID", "KETERANGAN", "SUMBER", "UPDATED_AT", "STATUS"}


# --- Files and tables --------------------------------------------------------------------------------------------
def siapkan(skala: str) -> dict:
    """Files of one size, and a migrated database with people, keys, TPS and the open quarter."""
    from django.conf import settings
    from django.core.management import call_command

    from kpupalu.demo import kantor, tugas
    from kpupalu.demo.pembangkit import buat
    from kpupalu.demo.pembangkit.xlsx import tulis_xlsx

    ringkas = buat(FOLDER / "kiriman", skala=float(skala), masa=tugas.SELESAI)
    call_command("migrate", verbosity=0)
    call_command("isi_awal", verbosity=0, stderr=sys.stderr)
    kantor.buat_kantor(sandi=SANDI)
    kantor.buat_kunci_tanda_tangan(sandi=SANDI)
    tugas.muat_tps(ringkas.tps)
    tugas.buka_triwulan(tugas.SELESAI, pleno=tugas.SELESAI.cut_off)
    baris: list[list] = []
    for berkas in ringkas.dpt:
        with berkas.open(encoding="utf-8", newline="") as f:
            isi = list(csv.reader(f, delimiter="#"))
        baris += isi if not baris else isi[1:]
    letak = [n for n, judul in enumerate(baris[0]) if judul not in TANPA_KOLOM]
    tulis_xlsx(FOLDER / "daftar.xlsx", "Daftar", [[satu[n] for n in letak] for satu in baris])
    shutil.copytree(settings.DATA_DIR, FOLDER / "pki", dirs_exist_ok=True)
    return {"baris": ringkas.jumlah_pemilih, "kolom": len(baris[0])}


def _berkas() -> list[str]:
    return sorted(str(p) for p in (FOLDER / "kiriman" / "dpt").glob("*.csv"))


def _copy() -> float:
    """Seconds of COPY of the same rows into an unlogged table of text columns: the measure of one."""
    from django.db import connection

    kepala = Path(_berkas()[0]).read_text(encoding="utf-8").partition("\n")[0].split("#")
    isi = [Path(nama).read_bytes().partition(b"\n")[2] for nama in _berkas()]

    def sekali() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_copy")
            kolom = ", ".join(f"c{n} text" for n in range(len(kepala)))
            cursor.execute(f"CREATE UNLOGGED TABLE bench_copy ({kolom})")
            with cursor.copy("COPY bench_copy FROM STDIN (FORMAT csv, DELIMITER '#')") as salin:
                for bagian in isi:
                    salin.write(bagian)

    hasil = detik(sekali, 5)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_copy")
    return hasil


# --- Import ------------------------------------------------------------------------------------------------------
def _jalankan_impor(*berkas: str) -> tuple[float, float]:
    """Seconds and peak MB of the import command as a process of its own.

    A small process starts it and tells its peak: a child counts the memory of whoever started it as its own, and
    this one holds every file of the measure.
    """
    perintah = [sys.executable, "manage.py", "impor_pemilih", *berkas, "--jenis", "dpt", "--periode", PERIODE]
    perintah += ["--terapkan", "--terima-peringatan", "--oleh", _operator(), "--alasan", "Daftar dasar pertama"]
    mulai = time.perf_counter()
    proses = subprocess.run([sys.executable, "-c", _PUNCAK, *perintah], capture_output=True, text=True, check=False)
    lama = time.perf_counter() - mulai
    if proses.returncode not in (0, 1):
        raise SystemExit(f"impor gagal ({proses.returncode}): {proses.stderr[-800:]}")
    return lama, float(proses.stdout)


_PUNCAK = """
import resource, subprocess, sys

kode = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
sys.exit(kode)
"""


def _operator() -> str:
    from kpupalu.accounts.models import User

    return User.objects.filter(groups__name="operator").order_by("pk")[0].username


def _mulai_saja() -> float:
    """Seconds the command needs before it does anything: start of Python and Django, not counted as work."""
    return detik(
        lambda: subprocess.run(
            [sys.executable, "manage.py", "impor_pemilih", "--daftar-kode"], capture_output=True, check=True
        ),
        3,
    )


def impor() -> dict:
    """CSV against COPY, and the same files once more."""
    satu, awal = _copy(), _mulai_saja()
    lama, puncak = _jalankan_impor(*_berkas())
    ulang, _ = _jalankan_impor(*_berkas())
    return {
        "detik_copy": satu,
        "detik_impor_csv": lama - awal,
        "impor_csv": (lama - awal) / satu,
        "impor_ulang": (ulang - awal) / satu,
        "memori_csv": puncak,
    }


def impor_xlsx(detik_copy: str) -> dict:
    """The same rows as one XLSX into an empty roll."""
    ukuran = (FOLDER / "daftar.xlsx").stat().st_size / 1024**2
    padat = FOLDER / "padat.xlsx"
    _padatkan(FOLDER / "daftar.xlsx", padat)
    awal = _mulai_saja()
    try:
        lama, puncak = _jalankan_impor(str(padat))
    except SystemExit as galat:
        return {"impor_xlsx": None, "memori_xlsx": None, "catatan": [f"XLSX {ukuran:.0f} MB: {galat}"]}
    return {"impor_xlsx": (lama - awal) / float(detik_copy), "memori_xlsx": puncak}


def _padatkan(asal: Path, tujuan: Path) -> None:
    """Compress the parts as a spreadsheet program does; the generator stores them."""
    import zipfile

    with zipfile.ZipFile(asal) as dari, zipfile.ZipFile(tujuan, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as ke:
        for nama in dari.namelist():
            ke.writestr(nama, dari.read(nama))


# --- Figures -----------------------------------------------------------------------------------------------------
def rekap() -> dict:
    """The live recap against count(*) of the roll."""
    from django.db import connection

    from pdpb.models import Pendaftaran, Periode
    from pdpb.rekap import rekap_berjalan, rekap_dari_baris

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    periode = Periode.objects.get(pk=PERIODE)
    hitung = detik(Pendaftaran.objects.count, 9)
    return {
        "detik_count": hitung,
        "rekap": detik(lambda: rekap_berjalan(periode), 9) / hitung,
        "rekap_dari_baris": detik(lambda: rekap_dari_baris(periode), 5) / hitung,
    }


# --- Duplicates --------------------------------------------------------------------------------------------------
def ganda(detik_copy: str) -> dict:
    """Pairs of the whole roll against COPY of it, the memory that takes, and one changed row again."""
    import resource

    from pdpb.ganda.pencarian import cari_semua, cari_untuk
    from pdpb.models import Pendaftaran

    mulai = time.process_time()
    lama = detik(cari_semua)
    cpu = time.process_time() - mulai
    puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    aktif = list(Pendaftaran.objects.aktif().order_by("nama", "id").values_list("pemilih_id", flat=True))
    satu = [detik(lambda i=i: cari_untuk([i])) for i in aktif[:: max(1, len(aktif) // 99)]]
    return {
        "detik_ganda": lama,
        "detik_cpu_ganda": cpu,
        "ganda_semua": lama / float(detik_copy),
        "memori_ganda": puncak,
        "ganda_satu": statistics.median(satu) * 1000,
    }


# --- An agency's list without numbers ----------------------------------------------------------------------------
def padan() -> dict:
    """Check a list of names as one agency hands it down, 50.000 rows for the whole city: seconds and peak MB."""
    import resource

    from django.core.files.base import ContentFile

    from kpupalu.accounts.models import User
    from pdpb import impor
    from pdpb.models import PadananBaris, Pendaftaran, Periode

    aktif = Pendaftaran.objects.aktif().select_related("kelurahan").order_by("id")
    setiap = max(1, aktif.count() // min(50_000, max(aktif.count() // 6, 1)))
    baris = ["KATEGORI;NAMA;L/P;TGL LAHIR;ALAMAT;KELURAHAN;JENIS DOKUMEN"]
    for n, v in enumerate(v for i, v in enumerate(aktif.iterator(chunk_size=5_000)) if i % setiap == 0):
        # Of ten rows six are as on the roll, one has the year wrong, one a letter, one moved, one is nobody here.
        nama, lahir, tempat = v.nama, v.tanggal_lahir, v.kelurahan.nama
        if n % 10 == 6 and lahir:
            lahir = lahir.replace(year=lahir.year - 1, day=min(lahir.day, 28))
        elif n % 10 == 7:
            nama = nama[:2] + nama[3:]
        elif n % 10 == 8:
            tempat = "Talise"
        elif n % 10 == 9:
            nama = nama[::-1]
        tanggal = f"{lahir:%d-%m-%Y}" if lahir else ""
        isi = ("meninggal", nama, v.jenis_kelamin, tanggal, v.alamat, tempat, "Akta kematian")
        baris.append(";".join(sel.replace(";", " ") for sel in isi))
    oleh = User.objects.filter(groups__name="operator")[0]
    file = [ContentFile("\n".join(baris).encode(), name="instansi.csv")]
    batch = impor.unggah(file, jenis="perubahan", periode=Periode.objects.get(pk=PERIODE), oleh=oleh)
    dasar = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lama = detik(lambda: impor.periksa(batch, oleh=oleh))
    semua = PadananBaris.objects.filter(batch=batch)
    cocok = semua.filter(status=PadananBaris.Status.DICOCOKKAN).count()
    return {
        "padan": lama,
        "memori_padan": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "memori_padan_awal": dasar,
        "padan_baris": len(baris) - 1,
        "padan_ditanyakan": semua.count() - cocok,
        "padan_dicocokkan": cocok,
    }


# --- Pages -------------------------------------------------------------------------------------------------------
_LUA = """
wrk.method = "%s"
wrk.body = %s
wrk.headers["Cookie"] = "%s"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
done = function(summary, latency, requests)
  io.write(string.format("P95 %%d SALAH %%d BANYAK %%d\\n", latency:percentile(95),
    summary.errors.status + summary.errors.read, summary.requests))
end
"""


def _wrk(alamat: str, kuki: str, isi: str = "") -> float:
    """p95 in milliseconds of *alamat* under four connections; SystemExit when an answer was not a page."""
    naskah = FOLDER / "beban.lua"
    naskah.write_text(_LUA % ("POST" if isi else "GET", json.dumps(isi) if isi else "nil", kuki))
    perintah = ["wrk", "-c4", "-t2", f"-d{DETIK_WRK}s", "-s", str(naskah), alamat]
    subprocess.run([*perintah[:3], "-d1s", *perintah[4:]], capture_output=True, check=True)
    keluar = subprocess.run(perintah, capture_output=True, text=True, check=True).stdout
    angka = re.search(r"P95 (\d+) SALAH (\d+) BANYAK (\d+)", keluar)
    if not angka or int(angka[2]) or not int(angka[3]):
        raise SystemExit(f"{alamat}: {keluar}")
    return int(angka[1]) / 1000


def _kuki() -> tuple[str, str]:
    """The cookies of a verifikator's session, who may read as much as is asked, and the CSRF value to post."""
    from django.conf import settings
    from django.test import Client

    from kpupalu.accounts.models import User
    from kpupalu.aturan.models import Aturan

    Aturan.objects.filter(kode__regex="^(baca|cari|telusur)_pemilih_per_").update(nilai=10**9)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.filter(groups__name="verifikator")[0])
    client.get("/data-pemilih/pemilih/cari/")
    csrf = client.cookies[settings.CSRF_COOKIE_NAME].value
    nama = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return "; ".join(f"{n}={client.cookies[n].value}" for n in nama), csrf


def _alamat() -> dict[str, str]:
    """Pages by name; the deep list begins in the middle of the roll."""
    from kpupalu.ui.daftar import _tanda
    from pdpb.models import Pendaftaran

    aktif = Pendaftaran.objects.aktif().order_by("nama", "id")
    tengah = aktif[aktif.count() // 2]
    return {
        "halaman_detail": f"/data-pemilih/pemilih/{tengah.pemilih_id}/",
        "halaman_daftar": "/data-pemilih/pemilih/",
        "halaman_daftar_dalam": f"/data-pemilih/pemilih/?setelah={_tanda.sign(tengah.pk)}",
    }


def halaman() -> dict:
    """p95 of pages under load against a page that asks the database nothing."""
    from kpupalu.demo.lingkungan import port_bebas
    from pdpb.models import Pendaftaran

    port = port_bebas(8700)
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kpupalu.wsgi", "--bind", f"127.0.0.1:{port}", "--preload", "--workers", "2",
         "--threads", "4", "--log-level", "error", "--no-control-socket"],
        stdout=sys.stderr,
    )  # fmt: skip
    try:
        dasar = f"http://localhost:{port}"
        _tunggu_web(port)
        kuki, csrf = _kuki()
        tanpa = _wrk(f"{dasar}/verifikasi/cara/", "")
        hasil: dict = {"ms_tanpa_kueri": tanpa}
        for nama, jalur in _alamat().items():
            hasil[nama] = _wrk(dasar + jalur, kuki) / tanpa
        nik = Pendaftaran.objects.aktif().select_related("identitas")[99].identitas.nik
        for nama, kata in (("cari_nama", "siti nur"), ("cari_nik", nik)):
            isi = f"csrfmiddlewaretoken={csrf}&kata={kata.replace(' ', '+')}&tujuan=uji+kecepatan&kelurahan="
            hasil[nama] = _wrk(f"{dasar}/data-pemilih/pemilih/cari/", kuki, isi) / tanpa
        return hasil
    finally:
        web.terminate()
        web.wait(30)


def _tunggu_web(port: int) -> None:
    import http.client

    akhir = time.monotonic() + 30
    while time.monotonic() < akhir:
        koneksi = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            koneksi.request("GET", "/verifikasi/cara/", headers={"Host": "localhost"})
            if koneksi.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            koneksi.close()
    raise SystemExit("web tidak menjawab")


# --- Minutes -----------------------------------------------------------------------------------------------------
def berita_acara() -> dict:
    """Freeze, then print the minutes and sign them five times; freeze and loading of the printer are told apart."""
    from django.db import transaction

    from kpupalu.accounts.models import User
    from kpupalu.celery import siapkan_pekerja
    from kpupalu.demo import pleno, tugas
    from kpupalu.jobs.models import Job
    from kpupalu.naskah.cetak import cetak_html
    from kpupalu.naskah.dasar import siapkan as siapkan_naskah
    from kpupalu.naskah.runners import cetak_naskah
    from pdpb.actions.bukti import susun_pohon
    from pdpb.actions.naskah import buat_berita_acara
    from pdpb.actions.periode import bekukan
    from pdpb.bukti import SALINAN
    from pdpb.models import ImporBatch, Periode, Snapshot, SnapshotBaris
    from pdpb.pekerjaan_ganda import bandingkan_semua
    from pdpb.pohon import bukti_baris

    kasubbag = User.objects.filter(groups__name="kasubbag_rendatin")[0]
    periode = Periode.objects.get(pk=PERIODE)
    # Rows of the list that a person would mend or explain first do not matter to how long printing takes.
    ImporBatch.objects.update(status="selesai")
    with transaction.atomic():
        bandingkan_semua(lambda selesai, total, langkah: None)
    tugas.putuskan_ganda()
    pleno.adakan(periode, kasubbag=kasubbag, pencatat=User.objects.filter(groups__name="operator")[0])
    beku = detik(lambda: bekukan(periode, oleh=kasubbag))
    snapshot = Snapshot.objects.get(periode=periode, digantikan=False)
    pohon = detik(lambda: susun_pohon(snapshot))
    snapshot.refresh_from_db()
    baris = SnapshotBaris.objects.filter(snapshot=snapshot)[0].pendaftaran_id
    bukti = detik(lambda: bukti_baris(snapshot, baris, SALINAN), 5)
    naskah = siapkan_naskah(buat_berita_acara(periode, oleh=kasubbag), by=kasubbag)
    siapkan_pekerja()
    muat = detik(lambda: cetak_html("<html lang=id><title>kosong</title>"))
    cetak = detik(lambda: cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id)))
    naskah.refresh_from_db()
    tanda = detik(lambda: tugas.tandatangani_semua(naskah, sandi=SANDI, cerita=lambda kalimat: None))
    pohon_ukuran = {"detik_pohon": pohon, "pohon": pohon / beku, "bukti_baris": bukti * 1000}
    return pohon_ukuran | {
        "detik_bekukan": beku,
        "detik_muat_pencetak": muat,
        "detik_cetak": cetak,
        "detik_tanda_tangan": tanda,
        "berita_acara": cetak + tanda,
    }


# --- Package -----------------------------------------------------------------------------------------------------
def paket() -> dict:
    """The package of the signed quarter with every copy sent and a photo of every board, written by a worker."""
    from kpupalu.accounts.models import User
    from kpupalu.demo import pleno
    from pdpb.actions.naskah import umumkan_rekap
    from pdpb.actions.paket import berkas_paket, minta_paket
    from pdpb.actions.pengumuman import daftar_tempat, pasang
    from pdpb.models import PaketPeriode, Periode
    from pdpb.paket.pemeriksaan import periksa_paket

    kasubbag = User.objects.filter(groups__name="kasubbag_rendatin")[0]
    periode = umumkan_rekap(Periode.objects.get(pk=PERIODE), oleh=kasubbag)
    pleno.kirim_salinan(periode, oleh=kasubbag)
    for nomor, tempat in enumerate(t for t in daftar_tempat() if t.kanal.startswith("papan")):
        pasang(periode, tempat, tanggal=periode.tanggal_pleno, nama="Petugas contoh", foto=_foto(nomor), oleh=kasubbag)
    satu = minta_paket(periode, oleh=kasubbag)
    ukuran = _kerjakan(satu.pekerjaan)
    satu = PaketPeriode.objects.get(pk=satu.pk)
    hasil = {f"paket{f'_{nama}' if nama else ''}": nilai for nama, nilai in ukuran.items()}
    hasil["paket_periksa"] = detik(lambda: periksa_paket(berkas_paket(satu)))
    return hasil | {"paket_mb": satu.ukuran / 1024**2, "paket_berkas": satu.jumlah_berkas}


def _foto(nomor: int):
    """A photograph as large as a phone sends it after it was scaled down, different for each *nomor*."""
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image

    isi = BytesIO()
    Image.effect_noise((1_600, 1_200), 20 + nomor).convert("RGB").save(isi, "JPEG", quality=85)
    return ContentFile(isi.getvalue(), name=f"papan-{nomor}.jpg")


# --- Lists by name -----------------------------------------------------------------------------------------------
def daftar_nama(*bentuk_saja: str) -> dict:
    """The list of the whole city as one spreadsheet per kelurahan, and as one PDF per TPS."""
    from kpupalu.accounts.models import User
    from pdpb.actions.ekspor import folder, minta_ekspor
    from pdpb.models import EksporDaftar, Periode

    hasil: dict = {}
    for bentuk in bentuk_saja or (EksporDaftar.Bentuk.XLSX, EksporDaftar.Bentuk.PDF):
        ekspor = minta_ekspor(
            periode=Periode.objects.get(pk=PERIODE),
            wilayah=None,
            jenis=EksporDaftar.Jenis.PEMILIH,
            bentuk=bentuk,
            oleh=User.objects.filter(groups__name="kasubbag_rendatin")[0],
            penerima="Arsip bench",
            tujuan="Mengukur kecepatan cetak",
        )
        ukuran = _kerjakan(ekspor.pekerjaan)
        ekspor.refresh_from_db()
        berkas = folder() / ekspor.berkas
        ukuran |= {"mb": berkas.stat().st_size / 1024**2, "baris": ekspor.jumlah_baris}
        hasil |= {f"daftar_{bentuk}" + (f"_{nama}" if nama else ""): nilai for nama, nilai in ukuran.items()}
        berkas.unlink()
    return hasil


_KERJA = """
import django, json, resource, sys, time
django.setup()
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import get_runner

job = Job.objects.get(pk=int(sys.argv[1]))
mulai = time.perf_counter()
get_runner(job.kind).run(job)
lama = time.perf_counter() - mulai
induk, anak = (resource.getrusage(siapa) for siapa in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "": lama,
    "cpu": induk.ru_utime + induk.ru_stime + anak.ru_utime + anak.ru_stime,
    "cpu_pekerja": induk.ru_utime + induk.ru_stime,
    "memori": induk.ru_maxrss / 1024,
    "memori_penyusun": anak.ru_maxrss / 1024,
}))
"""


def _kerjakan(pk: int) -> dict[str, float]:
    """Job *pk* in a process of its own: seconds, those of the processor, peak MB of it and of what it starts."""
    perintah = [sys.executable, "-c", _KERJA, str(pk)]
    return json.loads(subprocess.run(perintah, stdout=subprocess.PIPE, text=True, check=True).stdout)


LANGKAH = {
    f.__name__: f
    for f in (
        siapkan,
        impor,
        impor_xlsx,
        rekap,
        ganda,
        padan,
        petugas,
        halaman,
        daftar_nama,
        berita_acara,
        paket,
        mesin_waktu,
        lonjakan,
    )
}

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(LANGKAH[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False) + "\n")
