"""Who may read the history of the whole office."""

from kpupalu.accounts.peran import daftarkan_hak


def daftarkan() -> None:
    daftarkan_hak(
        {"audit.baca_jejak": {"auditor", "admin"}, "audit.baca_log_akses": {"auditor"}},
        label={
            "audit.baca_jejak": "Membaca riwayat seluruh kantor",
            "audit.baca_log_akses": "Membaca catatan akses data pribadi",
        },
    )
