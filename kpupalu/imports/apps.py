"""Files received from others: sealed, limited, read, mapped."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "kpupalu.imports"
    verbose_name = "Berkas masuk"
