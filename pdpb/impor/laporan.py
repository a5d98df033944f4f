"""What a batch hands back to people: the report of every finding and the rows that were not applied."""

import csv
from collections.abc import Iterator

from kpupalu.lib import Refused
from pdpb.impor.panggung import buka_berkas
from pdpb.impor.rusak import baris_rusak
from pdpb.models import BerkasImpor, ImporBatch, TemuanImpor

KEPALA_LAPORAN = ["berkas", "baris", "kolom", "tingkat", "kode", "pesan"]
JUDUL_KETERANGAN = "KETERANGAN PENOLAKAN"
_AWALAN_RUMUS = ("=", "+", "-", "@", "\t", "\r")


class _Gema:
    """A file that hands each written line straight back."""

    def write(self, teks: str) -> str:
        return teks


def laporan_csv(batch: ImporBatch) -> Iterator[str]:
    """Every finding of *batch* as CSV lines, header first, in the order of the files and their rows."""
    tulis = csv.writer(_Gema(), lineterminator="\n")
    yield tulis.writerow(KEPALA_LAPORAN)
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    baris = TemuanImpor.objects.filter(batch=batch).order_by("berkas_urut", "baris", "pk")
    for urut, *isi in baris.values_list("berkas_urut", "baris", "kolom", "tingkat", "kode", "pesan").iterator(5000):
        yield tulis.writerow([nama[urut], *isi])


def baris_bermasalah(batch: ImporBatch) -> dict[int, set[int]]:
    """File → numbers of its rows that were or will be left out and are not mended yet."""
    hasil: dict[int, set[int]] = {}
    for satu in baris_rusak(batch):
        urut, baris = satu.kini
        hasil.setdefault(urut, set()).add(baris)
    return hasil


def berkas_ditolak(batch: ImporBatch, urut: int) -> Iterator[str]:
    """The rows of file *urut* that were not applied, in the layout they came in plus one column that says why.

    Delimiter and heading are the sender's, so the mended file is uploaded as a supplement of the same batch; the
    mark ``[urut:baris]`` at the start of the last column ties each row to the one it replaces, as first received.
    Cells that a spreadsheet would run as a formula get a leading apostrophe.
    """
    berkas = batch.berkas.select_related("berkas_masuk", "batch").get(urut=urut)
    asal = {satu.kini[1]: satu.asal for satu in baris_rusak(batch) if satu.kini[0] == urut}
    nomor = set(asal)
    if not nomor:
        raise Refused("Tidak ada baris bermasalah pada berkas ini.")
    tabel = buka_berkas(berkas)
    tulis = csv.writer(_Gema(), delimiter=tabel.pemisah or ";", lineterminator="\r\n")
    yield "\ufeff" + tulis.writerow([*tabel.kepala, JUDUL_KETERANGAN])
    alasan = _alasan(berkas, nomor)
    for baris in tabel.baris():
        if baris.nomor in nomor:
            yield tulis.writerow([*map(aman, baris.sel), tanda(asal[baris.nomor]) + alasan.get(baris.nomor, "")])


def tanda(asal: tuple[int, int]) -> str:
    """The mark by which a supplement names the row it replaces."""
    return f"[{asal[0]}:{asal[1]}] "


def _alasan(berkas: BerkasImpor, nomor: set[int]) -> dict[int, str]:
    hasil: dict[int, str] = {}
    temuan = TemuanImpor.objects.filter(batch=berkas.batch, berkas_urut=berkas.urut, baris__in=nomor, tingkat="Galat")
    for baris, kolom, pesan in temuan.values_list("baris", "kolom", "pesan"):
        satu = f"{kolom}: {pesan}" if kolom else pesan
        hasil[baris] = f"{hasil[baris]} | {satu}" if baris in hasil else satu
    return hasil


def aman(sel: str) -> str:
    """*sel* as a cell no spreadsheet takes for a formula."""
    return f"'{sel}" if sel.startswith(_AWALAN_RUMUS) else sel
