"""The demo office."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kpupalu.demo"
    verbose_name = "Kantor contoh"
