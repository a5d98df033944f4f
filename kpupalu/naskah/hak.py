"""Who prepares, signs, announces and reads official documents."""

from kpupalu.accounts.peran import daftarkan_hak


def daftarkan() -> None:
    """Declare the acts of this app. A signature is personal: nobody signs for somebody else, Plh. or not."""
    daftarkan_hak(
        {
            "naskah.tandatangani_naskah": {"ketua", "anggota", "sekretaris", "pejabat_ppid"},
            "naskah.siapkan_naskah": {"kasubbag_rendatin", "sekretaris", "pejabat_ppid"},
            "naskah.umumkan_naskah": {"kasubbag_rendatin", "sekretaris"},
            "naskah.lihat_semua_naskah": {
                "operator",
                "verifikator",
                "kasubbag_rendatin",
                "sekretaris",
                "ketua",
                "anggota",
                "auditor",
            },
            "naskah.view_jenisnaskah": {"admin", "auditor", "sekretaris"},
            "naskah.add_jenisnaskah": {"admin"},
            "naskah.change_jenisnaskah": {"admin"},
            "naskah.view_bukuagenda": {"admin", "auditor", "sekretaris"},
            "naskah.ketik_nomor": {"kasubbag_rendatin", "sekretaris"},
            "naskah.view_entriagenda": {"admin", "auditor", "sekretaris"},
            "naskah.view_naskah": {"admin", "auditor"},
            "naskah.view_penandatangan": {"admin", "auditor"},
            "naskah.view_sertifikatpenanda": {"admin", "auditor"},
        }
    )
