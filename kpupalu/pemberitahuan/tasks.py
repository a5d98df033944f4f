"""The digest by the clock."""

from celery import shared_task

from kpupalu.pemberitahuan.surel import kirim_ringkasan


@shared_task(name="pemberitahuan.ringkasan")
def ringkasan() -> None:
    """Send the day's digest."""
    kirim_ringkasan()
