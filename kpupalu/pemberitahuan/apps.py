"""Notifications of the office."""

from django.apps import AppConfig


class PemberitahuanConfig(AppConfig):
    name = "kpupalu.pemberitahuan"
    label = "pemberitahuan"
    verbose_name = "Pemberitahuan"

    def ready(self) -> None:
        from kpupalu.accounts.orang import daftarkan_hitungan

        tabel = "pemberitahuan_pemberitahuan"
        daftarkan_hitungan(
            "belum_dibaca",
            f"SELECT count(*) FROM {tabel} WHERE untuk_id = u.id AND dibaca_pada IS NULL",  # noqa: S608
        )
