"""The package of a closed quarter: what belongs to it, how it is written, and how it is checked."""

from pdpb.paket.isi import Isi, susun_isi
from pdpb.paket.manifes import Bagian, Kurang
from pdpb.paket.tulis import Tertulis, tulis

__all__ = ["Bagian", "Isi", "Kurang", "Tertulis", "susun_isi", "tulis"]
