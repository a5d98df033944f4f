"""What goes back to the agency: rows of its list that could not be matched or used, and why, in words for its clerk."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kpupalu.imports.baca import bersih
from kpupalu.lib import Refused
from pdpb.impor.laporan import JUDUL_KETERANGAN
from pdpb.impor.nik import jelaskan_nik
from pdpb.impor.panggung import buka_berkas
from pdpb.impor.pratinjau import pesan_umum
from pdpb.impor.rusak import baris_rusak
from pdpb.models import BerkasImpor, ImporBatch, PadananBaris, TemuanImpor

S = PadananBaris.Status
JUDUL_JAWABAN = "JAWABAN KPU KOTA PALU"
_TANPA_SEBAB = "Baris ini tidak dapat dipakai."


@dataclass(frozen=True, slots=True)
class Kembali:
    """The rows of one batch that go back. *baris*: file → row of the file → codes of what is wrong with it."""

    baris: dict[int, dict[int, tuple[str, ...]]]
    menunggu: int

    @property
    def jumlah(self) -> int:
        """How many rows go back."""
        return sum(map(len, self.baris.values()))

    def sebab(self) -> list[tuple[str, int]]:
        """(sentence, rows) of each cause, the commonest first; a row counts under its first cause."""
        hitung = Counter(kode[0] if kode else "" for satu in self.baris.values() for kode in satu.values())
        return [(pesan_umum(kode) if kode else _TANPA_SEBAB, n) for kode, n in hitung.most_common()]


def kembali(batch: ImporBatch) -> Kembali:
    """The rows of *batch* to give back; rows that officers of this office have yet to settle are not among them."""
    diputus = {(u, b): status for u, b, status in batch.padanan.values_list("berkas_urut", "baris", "status")}
    rusak = baris_rusak(batch)
    kode: dict[tuple[int, int], list[str]] = {}
    galat = TemuanImpor.objects.filter(batch=batch, tingkat="Galat").order_by("pk")
    for urut, baris, nama in galat.values_list("berkas_urut", "baris", "kode"):
        kode.setdefault((urut, baris), []).append(nama)
    hasil: dict[int, dict[int, tuple[str, ...]]] = {}
    menunggu = 0
    for satu in rusak:
        status = diputus.get(satu.asal)
        if status in (S.MENUNGGU, S.DICOCOKKAN, S.DIPASTIKAN):
            menunggu += 1
            continue
        sebab = [k for k in kode.get(satu.kini, []) if k not in ("pilih_orang", "bukan_calon")]
        if status == S.TIDAK_ADA:
            sebab = ["bukan_calon", *sebab]
        hasil.setdefault(satu.kini[0], {})[satu.kini[1]] = tuple(sebab)
    return Kembali(hasil, menunggu)


def baris_kembali(batch: ImporBatch, urut: int) -> Iterator[list[str]]:
    """The heading and the rows of file *urut* that go back, in the agency's layout and one column with the answer.

    Refuses a file of which nothing goes back.
    """
    berkas = batch.berkas.select_related("berkas_masuk", "batch").get(urut=urut)
    nomor = kembali(batch).baris.get(urut)
    if not nomor:
        raise Refused("Tidak ada baris berkas ini yang dikembalikan ke pengirim.")
    return _baris(berkas, nomor)


def _baris(berkas: BerkasImpor, nomor: dict[int, tuple[str, ...]]) -> Iterator[list[str]]:
    kepala = berkas.ringkasan["kepala"]
    letak = [n for n, judul in enumerate(kepala) if judul != JUDUL_KETERANGAN]
    kolom_nik = berkas.ringkasan["pemetaan"].get("nik")
    nik = kepala.index(kolom_nik) if kolom_nik in kepala else None
    pesan = _pesan(berkas)
    yield [*(kepala[n] for n in letak), JUDUL_JAWABAN]
    for baris in buka_berkas(berkas).baris():
        if baris.nomor not in nomor:
            continue
        kalimat = [pesan.get((baris.nomor, k)) or pesan_umum(k) for k in nomor[baris.nomor]] or [_TANPA_SEBAB]
        if nik is not None and nik < len(baris.sel):
            kalimat += jelaskan_nik(bersih(baris.sel[nik]))
        yield [*(baris.sel[n] if n < len(baris.sel) else "" for n in letak), " ".join(dict.fromkeys(kalimat))]


def _pesan(berkas: BerkasImpor) -> dict[tuple[int, str], str]:
    """(row, code) → the sentence of the finding with what stands in the row."""
    galat = TemuanImpor.objects.filter(batch=berkas.batch, berkas_urut=berkas.urut, tingkat="Galat")
    return {(baris, kode): pesan for baris, kode, pesan in galat.values_list("baris", "kode", "pesan")}
