"""Scheduled work of the voter data."""

from celery import shared_task

from pdpb.actions.pembersihan import bersihkan


@shared_task(name="pdpb.bersihkan_berkas")
def bersihkan_berkas() -> None:
    """Every night: expired exports and old prints leave the disk."""
    bersihkan()
