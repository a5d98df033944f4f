"""Officers who work off one agency's list at the same time, each in a thread and connection of its own."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from django.db import connections

from kpupalu.lib import Refused
from pdpb import impor
from pdpb.actions.padanan import SEKALI, ambil, pastikan_banyak
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import ImporBatch, Perubahan


@dataclass
class Ruang:
    """One list on the desks of several officers, and what each has done with it.

    Verifiers reach for the same rows on purpose; whoever approves takes what they leave, while the operator confirms
    persons and brings mended rows in. Everybody goes on until nothing is left, and an error ends the room.
    """

    batch: ImporBatch
    sekali: int
    siap: bool = False
    berhasil: dict[str, list[int]] = field(default_factory=dict)
    galat: list[BaseException] = field(default_factory=list)
    kerja: threading.Event = field(default_factory=threading.Event)
    pemeriksa: int = 0

    def jalankan(self, verifikator: list, penyetuju, operator, *, susulan: Callable[[], None] | None = None) -> None:
        """Let all work at once and come back when the list is done; raises what went wrong with any of them."""
        self.pemeriksa = len(verifikator)
        utas = [threading.Thread(target=self._hidup, args=(self._periksa, o, n)) for n, o in enumerate(verifikator)]
        utas.append(threading.Thread(target=self._hidup, args=(self._setujui, penyetuju)))
        utas.append(threading.Thread(target=self._hidup, args=(self._operator, operator, susulan)))
        for satu in utas:
            satu.start()
        for satu in utas:
            satu.join()
        if self.galat:
            raise self.galat[0]

    def _hidup(self, kerja: Callable, *isi) -> None:
        try:
            kerja(*isi)
        except BaseException as galat:  # noqa: BLE001 - a thread hands its failure to the one who started it
            self.galat.append(galat)
        finally:
            connections.close_all()

    def _ids(self, status: str) -> list[int]:
        return list(Perubahan.objects.filter(batch=self.batch, status=status).values_list("pk", flat=True))

    def _langkah(self, nama: str, ids: list[int], oleh) -> int:
        """Take one step with *ids*; nothing when another act holds the roll at this moment."""
        try:
            hasil = ambil_langkah(ids, nama, oleh=oleh, periode=self.batch.periode)
        except Refused:
            return 0
        self.berhasil.setdefault(f"{nama} {oleh.username}", []).extend(hasil.berhasil)
        return len(hasil.berhasil)

    def _periksa(self, oleh, benih: int) -> None:
        acak = Random(benih)
        try:
            while not self.galat:
                siap = self.siap
                sisa = self._ids("diusulkan")
                if not sisa and siap:
                    return
                maju = sisa and self._langkah("verifikasi", acak.sample(sisa, min(self.sekali, len(sisa))), oleh)
                self._lanjut(bool(maju))
        finally:
            self.pemeriksa -= 1
            self.kerja.set()

    def _setujui(self, oleh) -> None:
        while not self.galat:
            selesai = self.pemeriksa == 0
            sisa = self._ids("diverifikasi")
            if not sisa and selesai:
                return
            self._lanjut(bool(sisa and self._langkah("setujui", sisa[: self.sekali], oleh)))

    def _lanjut(self, maju: bool) -> None:
        """Tell the others that there is something new, or let them go first when nothing came of a try."""
        if maju:
            self.kerja.set()
        else:
            self.kerja.wait(0.2)
            self.kerja.clear()

    def _operator(self, oleh, susulan: Callable[[], None] | None) -> None:
        while baris := ambil(self.batch, oleh=oleh, banyak=SEKALI, status="dicocokkan"):
            pastikan_banyak(self.batch, [b.pk for b in baris], oleh=oleh)
            self.kerja.set()
        if susulan:
            susulan()
        self.siap = True
        self.kerja.set()


def masukkan_susulan(batch: ImporBatch, berkas, *, oleh) -> None:
    """Send the mended rows of *batch*, check and apply them; again when the roll was in somebody else's hands."""
    impor.tambah_susulan(batch, [berkas], oleh=oleh)
    while True:
        try:
            impor.periksa(batch, oleh=oleh)
            impor.terapkan(batch, oleh=oleh, terima_peringatan=True)
        except Refused as galat:
            if "sedang" not in str(galat):
                raise
        else:
            return
