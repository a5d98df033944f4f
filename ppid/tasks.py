"""Scheduled work of the information desk."""

from celery import shared_task

from kpupalu.lib.waktu import hari_ini
from ppid.actions.laporan import buka_yang_jatuh_tempo
from ppid.anomali.jalankan import jalankan_semua


@shared_task(name="ppid.harian")
def harian() -> None:
    """Every morning: the report of the last year is opened with its term, and all checks run."""
    buka_yang_jatuh_tempo(hari_ini())
    jalankan_semua()
