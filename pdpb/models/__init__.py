"""The nouns of PDPB; see docs/keputusan/0001-peta-sistem.md for how the roll tells time."""

from pdpb.models.daftar import Identitas, Pemilih, Pendaftaran, RekapSel
from pdpb.models.ekspor import EksporDaftar, SnapshotPerubahan
from pdpb.models.impor import BarisDitolak, BerkasImpor, ImporBatch, PerbaikanBaris, Temuan, TemuanImpor
from pdpb.models.kategori import Kategori, KelompokUsia, KodeKamus
from pdpb.models.periode import (
    BukaKembali,
    KoreksiSaldoAwal,
    Periode,
    SaldoAwalSel,
    Snapshot,
    SnapshotBaris,
    SnapshotSel,
)
from pdpb.models.perubahan import Bukti, Perubahan, RiwayatPerubahan
from pdpb.models.saran import ButirSaran, DaftarSaran, LembarJawaban, SaranPerbaikan
from pdpb.models.sidalih import BarisSidalih, BerkasSidalih, LembarSidalih, RekapSidalih

__all__ = [
    "BarisDitolak",
    "BarisSidalih",
    "BerkasImpor",
    "BerkasSidalih",
    "BukaKembali",
    "Bukti",
    "ButirSaran",
    "DaftarSaran",
    "EksporDaftar",
    "Identitas",
    "ImporBatch",
    "Kategori",
    "KelompokUsia",
    "KodeKamus",
    "KoreksiSaldoAwal",
    "LembarJawaban",
    "LembarSidalih",
    "Pemilih",
    "Pendaftaran",
    "PerbaikanBaris",
    "Periode",
    "Perubahan",
    "RekapSel",
    "RekapSidalih",
    "RiwayatPerubahan",
    "SaldoAwalSel",
    "SaranPerbaikan",
    "Snapshot",
    "SnapshotBaris",
    "SnapshotPerubahan",
    "SnapshotSel",
    "Temuan",
    "TemuanImpor",
]
