"""People in office: subbagian, pegawai, dated posts."""

from django.apps import AppConfig


class OrganisasiConfig(AppConfig):
    name = "kpupalu.organisasi"
    verbose_name = "Organisasi"
