"""A running term on any page: ``{% load tenggat %}{% rincian_tenggat t %}``."""

from typing import Any

from django import template

from kpupalu.kalender.models import TenggatBerjalan

register = template.Library()


@register.inclusion_tag("kalender/_tenggat.html")
def rincian_tenggat(tenggat: TenggatBerjalan) -> dict[str, Any]:
    """Last day, rule, basis, and every day of the count folded away; needs ``select_related("aturan")``."""
    return {"tenggat": tenggat, "lewat": tenggat.lewat(), "jumlah": tenggat.jumlah + tenggat.perpanjangan}
