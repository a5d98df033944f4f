"""Long lists on paper: many files of one template, set fast, in memory that does not grow with their number.

WeasyPrint sets every other document; it needs a millisecond for each cell of a table. See docs/keputusan/0009.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from django.conf import settings

from kpupalu.lib.waktu import sekarang
from kpupalu.naskah import proses_daftar
from kpupalu.naskah.cetak import CetakGagal, berkas_logo
from kpupalu.naskah.huruf import berkas_huruf, tercetak

BINGKAI = "naskah/rebah.typ"
"""What every list begins with: sheet, band of the example office, foot line, model box."""
PROSES = 2
_LINGKUNGAN = {"RAYON_NUM_THREADS": "1", "LANG": "C.UTF-8"}
_NILAI = re.compile(r'"[^"]*"|`[^`]*`')


class _Proses:
    """One process that sets lists; it ends when its stdin does, so it does not outlive a worker that is killed."""

    def __init__(self, awal: dict, akar: str) -> None:
        self.popen = subprocess.Popen(  # noqa: S603 - our own module, no shell, nothing from outside
            [sys.executable, "-I", proses_daftar.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=_LINGKUNGAN, cwd=akar,
        )  # fmt: skip
        self._kirim(json.dumps(awal).encode())

    def _kirim(self, isi: bytes) -> None:
        try:
            proses_daftar.tulis(self.popen.stdin, isi)  # type: ignore[arg-type]
        except OSError as galat:
            raise CetakGagal("Proses pencetak daftar berhenti.") from galat

    def susun(self, isi: bytes) -> bytes:
        """The PDF of one list; CetakGagal, without any value of the list in its message, when there is none."""
        self._kirim(isi)
        jawab = proses_daftar.baca(self.popen.stdout)  # type: ignore[arg-type]
        if jawab is None:
            raise CetakGagal("Proses pencetak daftar berhenti.")
        if jawab[:1] != proses_daftar.BERHASIL:
            raise CetakGagal(f"Daftar tidak tersusun: {_tanpa_isi(jawab[1:].decode(errors='replace'), isi)}")
        return jawab[1:]

    def tutup(self) -> None:
        """End the process, in the middle of a list too."""
        self.popen.kill()
        for pipa in (self.popen.stdin, self.popen.stdout):
            if pipa:
                try:
                    pipa.close()
                except OSError:  # what was still in the buffer has nobody to go to
                    continue
        self.popen.wait()


class PencetakDaftar:
    """Prints lists of one template as tagged PDF/A-3a and PDF/UA-1 in Indonesian; a context manager.

    *template* is a file below ``templates/``; it sees ``naskah/rebah.typ`` as ``rebah.typ`` and the content as
    ``isi.json``, and can read nothing else: no file, no network. At most *proses* processes set lists.
    """

    def __init__(self, template: str, *, proses: int = PROSES) -> None:
        self._berkas = {"main": _template(template), "rebah.typ": _template(BINGKAI)}
        lambang = berkas_logo()
        # As numbers: the compiler takes files from memory only when they are text.
        self._berkas["logo.json"] = json.dumps(list(lambang.read_bytes()) if lambang else [])
        self._banyak = proses
        self._proses: list[_Proses] = []
        self._bebas: SimpleQueue[_Proses] = SimpleQueue()

    def __enter__(self) -> "PencetakDaftar":
        self._akar = tempfile.TemporaryDirectory(prefix="cetak-")
        self._pool = ThreadPoolExecutor(self._banyak, thread_name_prefix="cetak")
        huruf = Path(self._akar.name) / "huruf"
        huruf.mkdir()
        for jalur in berkas_huruf():
            (huruf / jalur.name).symlink_to(jalur)
        awal = {
            "huruf": str(huruf),
            "berkas": self._berkas,
            "pada": int(sekarang().timestamp()),
            "akar": self._akar.name,
        }
        for _ in range(self._banyak):
            self._proses.append(_Proses(awal, self._akar.name))
            self._bebas.put(self._proses[-1])
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, galat: BaseException | None, jejak: TracebackType | None
    ) -> None:
        for satu in self._proses:
            satu.tutup()
        self._pool.shutdown(cancel_futures=True)
        self._akar.cleanup()

    def cetak(self, isi: dict) -> bytes:
        """The PDF of one list."""
        return next(self.cetak_urut([isi]))

    def cetak_urut(self, semua: Iterable[dict]) -> Iterator[bytes]:
        """The PDFs of *semua* in its order, as they come; it is read no further ahead than the processes need."""
        antre: deque[Future[bytes]] = deque()
        for isi in semua:
            antre.append(self._pool.submit(self._susun, self._kemas(isi)))
            if len(antre) > self._banyak + 1:
                yield antre.popleft().result()
        while antre:
            yield antre.popleft().result()

    def _susun(self, isi: bytes) -> bytes:
        proses = self._bebas.get()
        try:
            return proses.susun(isi)
        finally:
            self._bebas.put(proses)

    def _kemas(self, isi: dict) -> bytes:
        tetap = {"contoh": settings.MODE_CONTOH, "satker": settings.NAMA_SATKER}
        return json.dumps(_tercetak(isi | tetap), ensure_ascii=False).encode()


def _tanpa_isi(pesan: str, isi: bytes) -> str:
    """*pesan* of the compiler without what it quotes and without any value of the list; it goes into job rows."""
    for nilai in sorted(_semua_teks(json.loads(isi)), key=len, reverse=True):
        pesan = pesan.replace(nilai, "[…]")
    return _NILAI.sub("[…]", pesan)[:300]


def _semua_teks(nilai: Any) -> set[str]:
    if isinstance(nilai, str):
        return {nilai} if len(nilai) > 2 else set()
    if isinstance(nilai, dict | list):
        anak = nilai.values() if isinstance(nilai, dict) else nilai
        return set().union(*map(_semua_teks, anak))
    return set()


def _tercetak(nilai: Any) -> Any:
    """*nilai* with every text in it as the fonts can show it."""
    if isinstance(nilai, str):
        return tercetak(nilai)
    if isinstance(nilai, dict):
        return {nama: _tercetak(satu) for nama, satu in nilai.items()}
    if isinstance(nilai, list | tuple):
        return [_tercetak(satu) for satu in nilai]
    return nilai


def _template(nama: str) -> str:
    return (Path(settings.BASE_DIR) / "templates" / nama).read_text(encoding="utf-8")
