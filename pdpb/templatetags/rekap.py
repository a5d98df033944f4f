"""Figures as the forms of KPU print them."""

from django import template

from kpupalu.lib.angka import ribuan

register = template.Library()


@register.filter
def cetak_angka(nilai: int) -> str:
    """A figure of a form: dots for thousands, ``-`` for zero."""
    return ribuan(nilai) if nilai else "-"
