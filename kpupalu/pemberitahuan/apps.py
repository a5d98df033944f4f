"""Notifications of the office."""

from django.apps import AppConfig


class PemberitahuanConfig(AppConfig):
    name = "kpupalu.pemberitahuan"
    label = "pemberitahuan"
    verbose_name = "Pemberitahuan"
