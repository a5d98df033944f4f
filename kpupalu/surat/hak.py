"""Who records, passes on, drafts, sends and reads letters."""

from kpupalu.accounts.peran import daftarkan_hak

_KASUBBAG = {"kasubbag_rendatin", "kasubbag"}
_KANTOR = _KASUBBAG | {
    "operator", "verifikator", "sekretaris", "ketua", "anggota", "gudang", "ppid", "bendahara", "auditor",
}  # fmt: skip

HAK = {
    "surat.baca_surat": _KANTOR,
    "surat.lihat_semua_surat": _KASUBBAG | {"sekretaris", "ketua", "anggota", "auditor"},
    "surat.kelola_surat_masuk": _KASUBBAG | {"sekretaris"},
    "surat.kelola_surat_rahasia": {"sekretaris"},
    "surat.disposisi_surat": {"ketua", "sekretaris"},
    "surat.susun_surat": _KASUBBAG | {"operator", "verifikator", "sekretaris", "ppid"},
    "surat.kirim_surat": _KASUBBAG | {"operator", "sekretaris"},
}
LABEL = {
    "surat.baca_surat": "Membuka surat yang ditujukan kepadanya",
    "surat.lihat_semua_surat": "Melihat semua surat yang tidak rahasia",
    "surat.kelola_surat_masuk": "Mengagendakan dan mengarsipkan surat masuk",
    "surat.kelola_surat_rahasia": "Mengelola buku surat rahasia",
    "surat.disposisi_surat": "Memberi disposisi pertama",
    "surat.susun_surat": "Menyusun surat keluar",
    "surat.kirim_surat": "Mencatat pengiriman dan tanda terima",
}


def daftarkan() -> None:
    """Tell the kernel; called once when the app starts."""
    daftarkan_hak(HAK, LABEL)
    for model in ("instansi", "klasifikasi"):
        daftarkan_hak({f"surat.{aksi}_{model}": {"admin"} for aksi in ("add", "change")})
        daftarkan_hak({f"surat.view_{model}": {"admin", "auditor"}})
    daftarkan_hak({f"surat.view_{m}": {"auditor"} for m in ("suratkeluar", "pengiriman")})
