"""Pemutakhiran Data Pemilih Berkelanjutan: the roll, its changes, the quarter and its minutes."""

from django.apps import AppConfig


class PdpbConfig(AppConfig):
    name = "pdpb"
    verbose_name = "Data pemilih"
