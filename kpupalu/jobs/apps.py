from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kpupalu.jobs"
    verbose_name = "Pekerjaan"

    def ready(self) -> None:
        from kpupalu.jobs import hak

        hak.daftarkan()
