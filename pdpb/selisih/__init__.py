"""The selisih doctor: examines any recap, says which identity fails, where, by how much, and the likely cause.

Pure Python: no database, no models. ``baca`` and ``baca_tabel`` make documents, ``periksa`` examines them.
"""

from pdpb.selisih.pembaca import MAKS_BERKAS, baca, dari_data
from pdpb.selisih.pemeriksa import periksa, periksa_satu
from pdpb.selisih.skema import Dokumen
from pdpb.selisih.tabel import baca_tabel
from pdpb.selisih.temuan import Periksa, catatan, gagal

__all__ = [
    "MAKS_BERKAS",
    "Dokumen",
    "Periksa",
    "baca",
    "baca_tabel",
    "catatan",
    "dari_data",
    "gagal",
    "periksa",
    "periksa_satu",
]
