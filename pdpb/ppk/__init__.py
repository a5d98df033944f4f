"""The recap of a PPK beside ours: read from any layout, held against ours line by line, never taken over."""

from pdpb.ppk.baca import BarisBaca, baca
from pdpb.ppk.banding import BarisBanding, Hasil, Keadaan, banding, banding_semua, tabel_banding

__all__ = ["BarisBaca", "BarisBanding", "Hasil", "Keadaan", "baca", "banding", "banding_semua", "tabel_banding"]
