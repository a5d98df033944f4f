"""Who sees and stops the jobs of others. Everybody sees their own."""

from kpupalu.accounts.peran import daftarkan_hak


def daftarkan() -> None:
    daftarkan_hak(
        {
            "jobs.lihat_semua_pekerjaan": {"admin", "auditor"},
            "jobs.hentikan_semua_pekerjaan": {"admin"},
            "jobs.view_job": {"admin"},
        }
    )
