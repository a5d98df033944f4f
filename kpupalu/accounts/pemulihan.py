"""Recovery codes: ten at a time, shown once, each good once, stored as digests.

A code carries 80 random bits, so a plain SHA-256 leaves nothing to guess; a slow hash would only slow the login.
"""

import base64
import secrets
from hashlib import sha256

from django.db import transaction

from kpupalu.accounts.models import KodePemulihan, User
from kpupalu.lib.waktu import sekarang

BANYAK = 10


def _bersih(kode: str) -> str:
    return "".join(huruf for huruf in kode.upper() if huruf.isalnum())


def _sidik(kode: str) -> str:
    return sha256(f"kode-pemulihan:{_bersih(kode)}".encode()).hexdigest()


def mirip_kode(kode: str) -> bool:
    """Whether *kode* has the length of a recovery code, so that six digits are never taken for one."""
    return len(_bersih(kode)) == 16


@transaction.atomic
def buat_baru(user: User) -> list[str]:
    """Ten new codes of *user*, to be shown now and never again; all older ones are void."""
    User.objects.select_for_update().get(pk=user.pk)
    user.kode_pemulihan.all().delete()
    mentah = [base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(BANYAK)]
    KodePemulihan.objects.bulk_create(KodePemulihan(pemilik=user, sidik=_sidik(kode)) for kode in mentah)
    return ["-".join(kode[i : i + 4] for i in range(0, 16, 4)) for kode in mentah]


def pakai(user: User, kode: str) -> bool:
    """Use up *kode*: True exactly once for each code of *user*, also when two requests come at the same time."""
    return bool(user.kode_pemulihan.filter(sidik=_sidik(kode), dipakai_pada=None).update(dipakai_pada=sekarang()))


def sisa(user: User) -> int:
    """How many codes of *user* are still good."""
    return user.kode_pemulihan.filter(dipakai_pada=None).count()
