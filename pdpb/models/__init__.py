"""The nouns of PDPB; see docs/keputusan/0001-peta-sistem.md for how the roll tells time."""

from pdpb.models.coktas import BarisCoktas, KegiatanCoktas
from pdpb.models.daftar import Identitas, Pemilih, Pendaftaran, RekapSel
from pdpb.models.ekspor import EksporDaftar, SnapshotPerubahan
from pdpb.models.ganda import JawabanLintas, PasanganGanda, RiwayatGanda
from pdpb.models.impor import BarisDitolak, BerkasImpor, ImporBatch, PerbaikanBaris, Temuan, TemuanImpor
from pdpb.models.kategori import Kategori, KelompokUsia, KodeKamus
from pdpb.models.kematian import BarisSurat, Dugaan, SuratKematian, TindakLanjut
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

__all__ = [
    "BarisCoktas",
    "BarisDitolak",
    "BarisSurat",
    "BerkasImpor",
    "BukaKembali",
    "Bukti",
    "Dugaan",
    "EksporDaftar",
    "Identitas",
    "ImporBatch",
    "JawabanLintas",
    "Kategori",
    "KegiatanCoktas",
    "KelompokUsia",
    "KodeKamus",
    "KoreksiSaldoAwal",
    "PasanganGanda",
    "Pemilih",
    "Pendaftaran",
    "PerbaikanBaris",
    "Periode",
    "Perubahan",
    "RekapSel",
    "RiwayatGanda",
    "RiwayatPerubahan",
    "SaldoAwalSel",
    "Snapshot",
    "SnapshotBaris",
    "SnapshotPerubahan",
    "SnapshotSel",
    "SuratKematian",
    "Temuan",
    "TemuanImpor",
    "TindakLanjut",
]
