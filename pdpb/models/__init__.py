"""The nouns of PDPB; see docs/keputusan/0001-peta-sistem.md for how the roll tells time."""

from pdpb.models.coktas import BarisCoktas, KegiatanCoktas
from pdpb.models.daftar import Identitas, Pemilih, Pendaftaran, RekapSel
from pdpb.models.ekspor import EksporDaftar, SnapshotPerubahan
from pdpb.models.ganda import JawabanLintas, PasanganGanda, RiwayatGanda
from pdpb.models.impor import BarisDitolak, BerkasImpor, ImporBatch, PerbaikanBaris, Temuan, TemuanImpor
from pdpb.models.kategori import Kategori, KelompokUsia, KodeKamus
from pdpb.models.kematian import BarisSurat, Dugaan, SuratKematian, TindakLanjut
from pdpb.models.mutu import ContohUjiPetik, PendudukDewasa, UjiPetik, UsulanUjiPetik
from pdpb.models.padanan import PadananBaris
from pdpb.models.paket import PaketPeriode
from pdpb.models.pengumuman import Pengumuman
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
from pdpb.models.pohon import PemberianBukti, PohonSimpul
from pdpb.models.ppk import BarisPPK, PenjelasanPPK, RekapPPK
from pdpb.models.saran import ButirSaran, DaftarSaran, LembarJawaban, SaranPerbaikan
from pdpb.models.sidalih import BarisSidalih, BerkasSidalih, LembarSidalih, RekapSidalih
from pdpb.models.tanggapan import DataTanggapan, LampiranTanggapan, Tanggapan

__all__ = [
    "BarisCoktas",
    "BarisDitolak",
    "BarisPPK",
    "BarisSidalih",
    "BarisSurat",
    "BerkasImpor",
    "BerkasSidalih",
    "BukaKembali",
    "Bukti",
    "ButirSaran",
    "ContohUjiPetik",
    "DaftarSaran",
    "DataTanggapan",
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
    "LampiranTanggapan",
    "LembarJawaban",
    "LembarSidalih",
    "PadananBaris",
    "PaketPeriode",
    "PasanganGanda",
    "PemberianBukti",
    "Pemilih",
    "Pendaftaran",
    "PendudukDewasa",
    "Pengumuman",
    "PenjelasanPPK",
    "PerbaikanBaris",
    "Periode",
    "Perubahan",
    "PohonSimpul",
    "RekapPPK",
    "RekapSel",
    "RekapSidalih",
    "RiwayatGanda",
    "RiwayatPerubahan",
    "SaldoAwalSel",
    "SaranPerbaikan",
    "Snapshot",
    "SnapshotBaris",
    "SnapshotPerubahan",
    "SnapshotSel",
    "SuratKematian",
    "Tanggapan",
    "Temuan",
    "TemuanImpor",
    "TindakLanjut",
    "UjiPetik",
    "UsulanUjiPetik",
]
