"""Search over the whole office."""

from django.apps import AppConfig


class CariConfig(AppConfig):
    name = "kpupalu.cari"
    label = "cari"
    verbose_name = "Pencarian"
