"""What one check is: its stable code, its severity, the SQL that finds it, the sentence that explains it."""

from dataclasses import dataclass

from pdpb.models.impor import Tingkat

DASAR = frozenset({"dpt", "loksus"})
USULAN = frozenset({"perubahan"})
SEMUA = DASAR | USULAN | {"lintas"}


@dataclass(frozen=True, slots=True)
class Cek:
    """One check. *syarat* is empty for checks that look at more than one row (``kelompok``, ``usul``).

    A row that changes somebody on the roll is held against its own words only where it differs from the roll;
    *selalu* marks the checks that speak of how a cell is written and therefore always hold.
    """

    kode: str
    tingkat: str
    kolom: str
    pesan: str
    syarat: str = ""
    nilai: str = ""
    jenis: frozenset = DASAR | USULAN
    selalu: bool = False


G, P, I = Tingkat.GALAT.value, Tingkat.PERINGATAN.value, Tingkat.INFO.value  # noqa: E741
