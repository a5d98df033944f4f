"""The project package and the kernel: small apps with one noun each (docs/keputusan/0001-peta-sistem.md)."""

from kpupalu.celery import app as celery_app

__all__ = ["celery_app"]
