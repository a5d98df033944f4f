"""Child processes that never outlive their parent, and the finding of those that a crash left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kpupalu.demo.lingkungan import AKAR, GagalMulai

TANDA = "KANTOR_LAYANAN"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Proses:
    """One running service: its log, how it is asked to end, and what it is told when the parent dies.

    It runs in a session of its own, so that Ctrl-C reaches only the parent, which then stops all in order.
    """

    def __init__(
        self,
        nama: str,
        perintah: list[str],
        *,
        log: Path,
        tanda: Path,
        sinyal_berhenti: signal.Signals,
        sinyal_yatim: signal.Signals,
        siap: Callable[[], bool],
        pemilik: pwd.struct_passwd | None = None,
        env: dict[str, str] | None = None,
        cwd: Path = AKAR,
    ) -> None:
        self.nama, self.log, self._siap, self._sinyal_berhenti = nama, log, siap, sinyal_berhenti
        self._diminta = False
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".lama"))
        with log.open("wb") as keluaran:
            self.anak = subprocess.Popen(  # noqa: S603 (fixed commands, no shell)
                perintah,
                stdin=subprocess.DEVNULL,
                stdout=keluaran,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env={**os.environ, **(env or {}), TANDA: str(tanda)},
                start_new_session=True,
                preexec_fn=_persiapan_anak(pemilik, sinyal_yatim),
            )

    def tunggu_siap(self, batas: float = 60.0) -> None:
        """The service answers; raises GagalMulai when it ended instead or *batas* seconds have passed."""
        akhir = time.monotonic() + batas
        while not self._siap():
            if self.anak.poll() is not None:
                raise GagalMulai(f"{self.nama} berhenti sebelum siap. Baca catatannya: {self.log}")
            if time.monotonic() > akhir:
                raise GagalMulai(f"{self.nama} belum siap setelah {batas:.0f} detik. Baca catatannya: {self.log}")
            time.sleep(0.05)

    def hidup(self) -> bool:
        return self.anak.poll() is None

    def minta_berhenti(self) -> None:
        """The process has been asked to end, once."""
        if self._diminta or not self.hidup():
            return
        self._diminta = True
        self.anak.send_signal(self._sinyal_berhenti)

    def berhenti(self, batas: float = 20.0) -> None:
        """The process and all that it started have ended: asked first, killed after *batas* seconds."""
        self.minta_berhenti()
        if self.hidup():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.anak.wait(batas)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.anak.pid, signal.SIGKILL)
        self.anak.wait()


def _persiapan_anak(pemilik: pwd.struct_passwd | None, sinyal: signal.Signals) -> Callable[[], None]:
    induk = os.getpid()

    def persiapan() -> None:
        if pemilik is not None:
            os.setgroups([])
            os.setgid(pemilik.pw_gid)
            os.setuid(pemilik.pw_uid)
            os.umask(0o077)
        mati_bersama_induk(sinyal)  # after setuid, which clears it
        if os.getppid() != induk:
            os._exit(1)

    return persiapan


def mati_bersama_induk(sinyal: signal.Signals = signal.SIGKILL) -> None:
    """The kernel sends this process *sinyal* when its parent has died."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(sinyal), 0, 0, 0)


def jalankan(perintah: list[str], *, pemilik: pwd.struct_passwd | None, log: Path, gagal: str) -> None:
    """Run a short command to its end, as *pemilik*; raises GagalMulai with *gagal* and the log's path."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("ab") as keluaran:
        hasil = subprocess.run(  # noqa: S603 (fixed commands, no shell)
            perintah,
            stdin=subprocess.DEVNULL,
            stdout=keluaran,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            preexec_fn=_persiapan_anak(pemilik, signal.SIGKILL),
        )
    if hasil.returncode:
        raise GagalMulai(f"{gagal} Baca catatannya: {log}")


def sisa(folder: Path) -> list[int]:
    """Living processes that belong to *folder*: working in it (PostgreSQL) or marked with it (all others)."""
    return [pid for pid in _semua_pid() if _bekerja_di(pid, folder) or _bertanda(pid, folder)]


def hentikan_sisa(folder: Path, sinyal: signal.Signals = signal.SIGTERM, batas: float = 5.0) -> None:
    """Nothing that an earlier, crashed parent started in *folder* is alive: asked with *sinyal*, then killed.

    Only called by the holder of the folder's lock, so what is found has no living owner.
    """
    for desakan, lama in ((sinyal, batas), (signal.SIGKILL, 5.0)):
        pids = sisa(folder)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, desakan)
        akhir = time.monotonic() + lama
        while pids and time.monotonic() < akhir:
            time.sleep(0.05)
            pids = sisa(folder)
        if not pids:
            return
    raise GagalMulai(f"Proses lama ({', '.join(map(str, pids))}) tidak mau berhenti. Hentikan, lalu coba lagi.")


def _semua_pid() -> Iterator[int]:
    saya = os.getpid()
    for entri in os.scandir("/proc"):
        if entri.name.isdigit() and int(entri.name) != saya:
            yield int(entri.name)


def _bekerja_di(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres" and os.readlink(f"/proc/{pid}/cwd") == str(
            folder
        )
    except OSError:
        return False


def _bertanda(pid: int, folder: Path) -> bool:
    try:
        isi = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"{TANDA}={folder}".encode() in isi.split(b"\0")
