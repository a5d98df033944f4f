"""The roll on any past day, and why it changed between two days. The truth rule stands in docs/keputusan/0012."""

from pdpb.mesin_waktu.area import Area
from pdpb.mesin_waktu.garis import Tanda, garis_waktu, jumlah_pada, tanda_snapshot
from pdpb.mesin_waktu.keadaan import Keadaan, baris_pada, keadaan
from pdpb.mesin_waktu.selisih import Baris, Selisih, Suku, baris_berubah, rinci, selisih

__all__ = [
    "Area",
    "Baris",
    "Keadaan",
    "Selisih",
    "Suku",
    "Tanda",
    "baris_berubah",
    "baris_pada",
    "garis_waktu",
    "jumlah_pada",
    "keadaan",
    "rinci",
    "selisih",
    "tanda_snapshot",
]
