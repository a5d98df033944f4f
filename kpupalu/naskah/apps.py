"""Official documents of the office."""

from django.apps import AppConfig


class NaskahConfig(AppConfig):
    """Registers the print runner and the acts of this app when Django starts."""

    name = "kpupalu.naskah"
    label = "naskah"
    verbose_name = "Naskah dinas"

    def ready(self) -> None:
        """Make ``naskah.cetak`` known to the workers and the acts known to the roles."""
        from kpupalu.naskah import hak, runners  # noqa: F401

        hak.daftarkan()
