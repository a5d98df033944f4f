"""Who may do what with the voter roll. The table stands in docs/keputusan/0002-peran-dan-hak.md."""

from kpupalu.accounts.peran import daftarkan_hak

_PETUGAS = {"operator", "verifikator", "kasubbag_rendatin"}
_PIMPINAN = {"ketua", "anggota", "sekretaris"}
_PEMBACA = {"bawaslu", "auditor"}
_DATA_INDUK = ("kategori", "kodekamus", "kelompokusia", "pendudukdewasa")

HAK = {
    "pdpb.lihat_rekap": _PETUGAS | _PIMPINAN | _PEMBACA | {"kasubbag"},
    # Bawaslu reads figures and answers, no list by name; names go out through the export register.
    "pdpb.lihat_pemilih": _PETUGAS | {"ketua", "anggota", "auditor"},
    "pdpb.lihat_nik": _PETUGAS,
    "pdpb.cetak_daftar_nama": {"kasubbag_rendatin"},
    "pdpb.lihat_ekspor": {"kasubbag_rendatin", "sekretaris", "ketua", "auditor"},
    "pdpb.setujui_ekspor": {"ketua", "sekretaris"},
    "pdpb.beri_bukti": _PETUGAS,
    "pdpb.impor_daftar": {"operator", "kasubbag_rendatin"},
    "pdpb.terapkan_impor": {"operator", "kasubbag_rendatin"},
    "pdpb.pilih_orang": _PETUGAS,
    "pdpb.usul_perubahan": {"operator", "verifikator"},
    "pdpb.verifikasi_perubahan": {"verifikator", "kasubbag_rendatin"},
    "pdpb.setujui_perubahan": {"kasubbag_rendatin"},
    "pdpb.cari_ganda": _PETUGAS,
    "pdpb.putuskan_ganda": {"operator", "verifikator"},
    "pdpb.konfirmasi_ganda": {"verifikator", "kasubbag_rendatin"},
    "pdpb.catat_kematian": _PETUGAS,
    # A petugas in the field sees the rows assigned to them and nothing else of the roll.
    "pdpb.lihat_coktas": _PETUGAS | {"ketua", "anggota", "auditor"},
    "pdpb.kelola_coktas": {"verifikator", "kasubbag_rendatin"},
    "pdpb.isi_coktas": {"petugas_coktas", "operator", "verifikator"},
    # Bawaslu sees the answers to its own letters, after two people have given them out.
    "pdpb.lihat_saran": _PETUGAS | {"ketua", "anggota", "auditor", "bawaslu"},
    "pdpb.jawab_saran": {"operator", "verifikator"},
    "pdpb.konfirmasi_saran": {"kasubbag_rendatin"},
    "pdpb.kelola_sidalih": {"operator", "kasubbag_rendatin"},
    "pdpb.kelola_rekap_ppk": _PETUGAS,
    "pdpb.kelola_periode": {"kasubbag_rendatin"},
    "pdpb.bekukan_periode": {"kasubbag_rendatin"},
    "pdpb.minta_buka_kembali": {"kasubbag_rendatin", "operator"},
    "pdpb.setujui_buka_kembali": {"ketua", "sekretaris"},
    "pdpb.siapkan_ba": {"kasubbag_rendatin"},
    # The package holds letters and attendance of others: for those who answer for the quarter, not for Bawaslu.
    "pdpb.lihat_paket": {"kasubbag_rendatin", "ketua", "anggota"},
    "pdpb.susun_paket": {"kasubbag_rendatin"},
    "pdpb.catat_pengumuman": _PETUGAS | {"sekretaris"},
    "pdpb.umumkan_rekap": {"kasubbag_rendatin", "sekretaris"},
    "pdpb.lihat_tanggapan": _PETUGAS | {"auditor"},
    "pdpb.catat_tanggapan": {"operator", "verifikator"},
    "pdpb.tangani_tanggapan": _PETUGAS,
    # Who draws the sample does not fill in what was found.
    "pdpb.lihat_uji_petik": _PETUGAS | _PIMPINAN | _PEMBACA,
    "pdpb.kelola_uji_petik": {"kasubbag_rendatin"},
    "pdpb.isi_uji_petik": {"operator", "verifikator"},
    # Master data in the admin; what a workflow decides may be read there by the auditor.
    **{f"pdpb.{aksi}_{m}": {"admin"} for aksi in ("add", "change") for m in _DATA_INDUK},
    **{f"pdpb.view_{m}": {"admin", "auditor"} for m in (*_DATA_INDUK, "periode", "snapshot")},
}


def daftarkan() -> None:
    """Tell the kernel; called once from ``PdpbConfig.ready``."""
    daftarkan_hak(HAK)
