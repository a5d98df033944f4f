from django.apps import AppConfig


class BasisdataConfig(AppConfig):
    name = "kpupalu.basisdata"
    verbose_name = "Basis data"
