"""Who may do what at the information desk. The table stands in docs/keputusan/0002-peran-dan-hak.md."""

from kpupalu.accounts.peran import daftarkan_hak

_DESK = {"ppid", "pejabat_ppid"}
_PIMPINAN = {"ketua", "anggota", "sekretaris"}
_DATA_INDUK = ("masatahapan", "pejabat", "tarif")

HAK = {
    "ppid.lihat_permohonan": _DESK | {"sekretaris", "auditor"},
    # Identity, contact and purpose: only who deals with that file at the desk; every view is logged.
    "ppid.lihat_pemohon": _DESK,
    "ppid.terima_permohonan": _DESK,
    "ppid.olah_permohonan": _DESK,
    "ppid.putus_butir": {"pejabat_ppid"},
    # Files that go out: the sealed original is read at the desk, what may leave the house is let go by the PPID.
    "ppid.olah_berkas": _DESK,
    "ppid.baca_berkas_asal": _DESK,
    "ppid.lepas_berkas": {"pejabat_ppid"},
    # Identities are destroyed by two people.
    "ppid.usul_pemusnahan": {"pejabat_ppid"},
    "ppid.setujui_pemusnahan": {"sekretaris"},
    "ppid.jawab_unit": {"kasubbag", "kasubbag_rendatin"},
    "ppid.usul_uji": {"pejabat_ppid", "kasubbag"},
    "ppid.pendapat_uji": {"anggota"},
    "ppid.catat_dik": {"pejabat_ppid"},
    "ppid.lihat_dip": _DESK | _PIMPINAN | {"auditor"},
    "ppid.usul_dip": {"kasubbag", "kasubbag_rendatin", "ppid"},
    "ppid.tetapkan_dip": {"pejabat_ppid"},
    "ppid.lihat_sosialisasi": _DESK | _PIMPINAN | {"kasubbag", "kasubbag_rendatin", "bendahara", "auditor"},
    "ppid.kelola_sosialisasi": _DESK,
    "ppid.setujui_sosialisasi": {"sekretaris"},
    "ppid.catat_spj": {"bendahara"},
    "ppid.lihat_keberatan": _DESK | {"sekretaris", "auditor"},
    "ppid.putus_keberatan": {"sekretaris"},
    # The subbagian of Hukum speaks for the office; which kasubbag that is stands in the power of attorney.
    "ppid.lihat_sengketa": _DESK | _PIMPINAN | {"kasubbag", "auditor"},
    "ppid.urus_sengketa": {"pejabat_ppid", "kasubbag"},
    "ppid.ekspor_register": _DESK | {"auditor"},
    "ppid.lihat_laporan": _DESK | _PIMPINAN | {"auditor"},
    "ppid.susun_laporan": _DESK,
    "ppid.bekukan_laporan": {"pejabat_ppid"},
    "ppid.lihat_anomali": _DESK | {"sekretaris", "auditor"},
    "ppid.nilai_anomali": {"pejabat_ppid"},
    **{f"ppid.{aksi}_{m}": {"admin"} for aksi in ("add", "change") for m in _DATA_INDUK},
    **{f"ppid.view_{m}": {"admin", "auditor"} for m in _DATA_INDUK},
}

LABEL = {
    "ppid.lihat_permohonan": "Melihat permohonan informasi (pemohon disamarkan)",
    "ppid.lihat_pemohon": "Melihat identitas pemohon",
    "ppid.terima_permohonan": "Mencatat permohonan informasi di meja layanan",
    "ppid.olah_permohonan": "Memeriksa kelengkapan, meminta unit, mengirim surat",
    "ppid.putus_butir": "Memutuskan jawaban tiap butir",
    "ppid.olah_berkas": "Mengunggah berkas jawaban dan menghitamkannya",
    "ppid.baca_berkas_asal": "Membaca berkas jawaban sebelum dihitamkan",
    "ppid.lepas_berkas": "Menyatakan temuan dan melepas berkas jawaban",
    "ppid.usul_pemusnahan": "Mengusulkan pemusnahan identitas pemohon",
    "ppid.setujui_pemusnahan": "Menyetujui pemusnahan identitas pemohon",
    "ppid.jawab_unit": "Menjawab permintaan PPID kepada unit sendiri",
    "ppid.usul_uji": "Mengusulkan uji konsekuensi",
    "ppid.pendapat_uji": "Memberi pendapat tim pertimbangan",
    "ppid.catat_dik": "Mencatat informasi dikecualikan menurut keputusan",
    "ppid.lihat_dip": "Melihat seluruh daftar informasi publik",
    "ppid.usul_dip": "Mengusulkan dan memutakhirkan informasi publik unit sendiri",
    "ppid.tetapkan_dip": "Menetapkan dan menarik informasi publik",
    "ppid.lihat_sosialisasi": "Melihat sosialisasi",
    "ppid.kelola_sosialisasi": "Merencanakan sosialisasi dan mencatat jalannya",
    "ppid.setujui_sosialisasi": "Menyetujui tanggal dan tempat sosialisasi",
    "ppid.catat_spj": "Mencatat realisasi anggaran dan SPJ sosialisasi",
    "ppid.lihat_keberatan": "Melihat keberatan (pemohon disamarkan)",
    "ppid.putus_keberatan": "Memutus keberatan sebagai Atasan PPID",
    "ppid.lihat_sengketa": "Melihat sengketa informasi dan jadwal sidangnya",
    "ppid.urus_sengketa": "Mencatat sengketa, surat kuasa, sidang, dan putusan",
    "ppid.ekspor_register": "Mengunduh register layanan informasi",
    "ppid.lihat_laporan": "Melihat laporan layanan informasi dan angkanya",
    "ppid.susun_laporan": "Menyusun laporan layanan informasi",
    "ppid.bekukan_laporan": "Membekukan angka laporan dan mencetak naskahnya",
    "ppid.lihat_anomali": "Melihat anomali layanan informasi",
    "ppid.nilai_anomali": "Menilai anomali dengan alasan",
}


def daftarkan() -> None:
    """Tell the kernel; called once from ``PpidConfig.ready``."""
    daftarkan_hak(HAK, LABEL)
