"""Legal numbers as dated rows."""

from django.apps import AppConfig


class AturanConfig(AppConfig):
    name = "kpupalu.aturan"
    verbose_name = "Aturan bertanggal"
