"""Reminders by the clock."""

from celery import shared_task

from kpupalu.kalender.ingatkan import ingatkan
from kpupalu.lib.waktu import hari_ini


@shared_task(name="kalender.ingatkan")
def ingatkan_tenggat() -> None:
    """Tell people what comes near today."""
    ingatkan(hari_ini())
