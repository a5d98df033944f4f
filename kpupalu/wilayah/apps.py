"""Places: kecamatan, kelurahan with their spellings, TPS."""

from django.apps import AppConfig


class WilayahConfig(AppConfig):
    name = "kpupalu.wilayah"
    verbose_name = "Wilayah"
