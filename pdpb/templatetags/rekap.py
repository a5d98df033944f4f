"""Figures as the forms of KPU print them."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html

from kpupalu.lib.angka import ribuan
from pdpb.coktas import ALASAN

register = template.Library()


@register.filter
def cetak_angka(nilai: int) -> str:
    """A figure of a form: dots for thousands, ``-`` for zero."""
    return ribuan(nilai) if nilai else "-"


@register.simple_tag(takes_context=True)
def angka_perubahan(context, nilai: int, **saring) -> str:
    """A figure of the page's period, for whoever may open the list of changes a link to exactly those it counts.

    A version that was replaced counts other changes than the list shows now: its figures have no link.
    """
    if not nilai or context.get("angka_lama") or not context["perms"]["pdpb"]["lihat_pemilih"]:
        return cetak_angka(nilai)
    pilih = {kunci: isi for kunci, isi in saring.items() if isi}
    kueri = urlencode({"periode": context["periode"].pk, "dihitung": 1, **pilih})
    return format_html('<a href="{}?{}">{}</a>', reverse("pdpb:perubahan_daftar"), kueri, cetak_angka(nilai))


@register.filter
def alasan_coktas(kode: str) -> str:
    """The reason of a visit in words."""
    alasan = ALASAN.get(kode)
    return alasan.label if alasan else kode
