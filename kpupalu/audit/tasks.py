"""Sealing by the clock."""

from celery import shared_task

from kpupalu.audit.segel import segel_semua, tulis_titik_periksa


@shared_task(name="audit.segel")
def segel() -> None:
    """Seal what has come to rest since the last time."""
    segel_semua()


@shared_task(name="audit.titik_periksa")
def titik_periksa() -> None:
    """Seal, then write the day's checkpoint outside the database."""
    segel_semua()
    tulis_titik_periksa()
