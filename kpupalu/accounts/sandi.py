"""Encryption of small secrets at rest, by keys derived from ``SECRET_KEY``; old keys go on reading."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def kunci(guna: str) -> MultiFernet:
    """The cipher for one use; another use, or another ``SECRET_KEY``, cannot read what it wrote."""
    semua = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(sha256(f"{guna}:{k}".encode()).digest())) for k in semua])
