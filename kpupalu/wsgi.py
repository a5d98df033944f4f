"""WSGI entry point, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from kpupalu.lib.pungut import jarangkan_pemungut

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpupalu.settings")

application = get_wsgi_application()
jarangkan_pemungut()
