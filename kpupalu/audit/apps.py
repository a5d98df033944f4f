from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kpupalu.audit"
    label = "audit"
    verbose_name = "Riwayat"

    def ready(self) -> None:
        from kpupalu.audit import hak, masuk

        hak.daftarkan()
        masuk.dengarkan()
