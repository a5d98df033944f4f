"""Official documents of the office."""

from django.apps import AppConfig


class NaskahConfig(AppConfig):
    """Registers the print runner when Django starts."""

    name = "kpupalu.naskah"
    label = "naskah"
    verbose_name = "Naskah dinas"

    def ready(self) -> None:
        """Make ``naskah.cetak`` known to the job runner."""
        from kpupalu.naskah import tasks  # noqa: F401
