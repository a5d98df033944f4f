"""The Celery application; tasks are found in each app's ``tasks`` module."""

import os

from celery import Celery
from celery.signals import worker_init

from kpupalu.lib.pungut import jarangkan_pemungut

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpupalu.settings")

app = Celery("kpupalu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def siapkan_pekerja(**_kwargs: object) -> None:
    """A worker loads the pages its results lead to before the first job, once for all its children."""
    from django.urls import get_resolver

    get_resolver().resolve("/")
    jarangkan_pemungut()
