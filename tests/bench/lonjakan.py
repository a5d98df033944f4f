"""A burst on the public pages of the information desk: fifty requests a second, whether or not answers keep up.

Requests leave by the clock, not when the one before was answered. They come from many addresses, as behind a proxy,
so that the limit per address stays in force and is not what is measured; then one address sends what is too much.
"""

import http.client
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

SEDETIK, DETIK, PENGIRIM = 50, 20, 100
SAPA = {"Host": "localhost", "X-Forwarded-Proto": "https", "Referer": "https://localhost/"}
AJUKAN, TIKET = "/ppid/informasi/ajukan/", "/ppid/informasi/tiket/"


@dataclass(frozen=True, slots=True)
class Jawab:
    """One answer: its status (0: none), how long after it should have left, what told when to try again."""

    status: int
    detik: float
    lagi: str


class Peramban:
    """Who sends: one connection for each thread, the cookie and token of one visit."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.milik = threading.local()
        kuki = self.kirim("GET", AJUKAN, "10.0.0.1")[1].getheader("Set-Cookie") or ""
        self.kuki = kuki.partition(";")[0]
        self.token = self.kuki.partition("=")[2]

    def kirim(self, cara: str, jalur: str, dari: str, isi: dict | None = None) -> tuple[int, http.client.HTTPResponse]:
        """The status and the answer, read to its end; a connection that was closed is opened once more."""
        kepala = SAPA | {"X-Forwarded-For": dari}
        badan = None
        if isi is not None:
            kepala |= {"Cookie": self.kuki, "Content-Type": "application/x-www-form-urlencoded"}
            badan = urlencode(isi | {"csrfmiddlewaretoken": self.token})
        for ulang in (True, False):
            sambungan = getattr(self.milik, "sambungan", None)
            if sambungan is None:
                sambungan = self.milik.sambungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                sambungan.request(cara, jalur, body=badan, headers=kepala)
                jawab = sambungan.getresponse()
                jawab.read()
            except (http.client.HTTPException, OSError):
                sambungan.close()
                self.milik.sambungan = None
                if not ulang:
                    raise
            else:
                return jawab.status, jawab
        raise AssertionError

    def ukur(self, saat: float, cara: str, jalur: str, dari: str, isi: dict | None = None) -> Jawab:
        """Wait until *saat*, send, and count from *saat*: waiting for a free sender is waiting too."""
        time.sleep(max(saat - time.perf_counter(), 0))
        try:
            status, jawab = self.kirim(cara, jalur, dari, isi)
        except (http.client.HTTPException, OSError):
            return Jawab(0, time.perf_counter() - saat, "")
        return Jawab(status, time.perf_counter() - saat, jawab.getheader("Retry-After") or "")


def _isian() -> dict[str, str]:
    return {
        "kunci": str(uuid4()), "butir_1": "Daftar TPS per kelurahan", "tujuan": "Uji kecepatan", "nama": "Warga Contoh",
        "cara_memperoleh": "softcopy", "cara_kirim": "unduh", "jenis_pemohon": "perorangan", "alamat": "Jl. Contoh 1",
        "surel": "warga@contoh.example", "persetujuan": "on", "sudah_lihat": "1",
    }  # fmt: skip


def _permintaan(n: int, dari: str) -> tuple[str, str, str, dict | None]:
    """What the *n*-th visitor does: of ten, four read the form, three the ticket page, two try a ticket, one asks."""
    giliran = n % 10
    if giliran < 4:
        return "GET", AJUKAN, dari, None
    if giliran < 7:
        return "GET", TIKET, dari, None
    if giliran < 9:
        return "POST", TIKET, dari, {"nomor": "1/PPID/KPU-PALU/I/2026", "kode": "AAAAAAAAAAAA"}
    return "POST", AJUKAN, dari, _isian()


def _alamat(n: int) -> str:
    return f"10.{n // 65_536 % 256}.{n // 256 % 256}.{n % 256}"


def _lonjakan(peramban: Peramban) -> list[Jawab]:
    mulai = time.perf_counter() + 0.5
    with ThreadPoolExecutor(PENGIRIM) as kolam:
        semua = [
            kolam.submit(peramban.ukur, mulai + n / SEDETIK, *_permintaan(n, _alamat(n)))
            for n in range(SEDETIK * DETIK)
        ]
        return [satu.result() for satu in semua]


def lonjakan() -> dict:
    """p95 in milliseconds and errors of the burst, and how one address above its share is answered."""
    from kpupalu.aturan.models import Aturan
    from kpupalu.demo.lingkungan import port_bebas
    from ppid.models import Permohonan
    from tests.bench.ukur import _tunggu_web

    # The share of the whole site for a day is not what is measured; the shares of one address stay.
    Aturan.objects.filter(kode="ppid_maks_sehari").update(nilai=10**9)
    port = port_bebas(8800)
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kpupalu.wsgi", "--bind", f"127.0.0.1:{port}", "--preload", "--workers", "2",
         "--threads", "4", "--log-level", "error", "--no-control-socket"],
        stdout=sys.stderr, env=os.environ | {"DI_BELAKANG_PROXY": "1"},
    )  # fmt: skip
    try:
        _tunggu_web(port)
        peramban = Peramban(port)
        sebelum = Permohonan.objects.count()
        semua = _lonjakan(peramban)
        terdaftar = Permohonan.objects.count() - sebelum
        # An address of its own, so that a run before this one has not used up its share.
        dari = f"172.16.{os.getpid() // 256 % 256}.{os.getpid() % 256}"
        satu = [peramban.ukur(0, "POST", AJUKAN, dari, _isian()) for _ in range(12)]
    finally:
        web.terminate()
        web.wait(30)
    pakai = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A wrong ticket is 422, a registered request leads on to its receipt.
    salah = [j.status for j in semua if j.status not in (200, 302, 422)]
    ditolak = [j for j in satu if j.status == 429]
    return {
        "lonjakan": statistics.quantiles([j.detik * 1000 for j in semua], n=20)[-1],
        "lonjakan_cpu": (pakai.ru_utime + pakai.ru_stime) * 1000 / len(semua),
        "lonjakan_galat": len(salah) + (SEDETIK * DETIK // 10 - terdaftar),
        "lonjakan_batas": sum(1 for j in ditolak if j.lagi) if len(ditolak) == len(satu) - 5 else -1,
    }
