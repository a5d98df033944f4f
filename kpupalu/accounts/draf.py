"""What a person had typed when the session ended: kept for that person for a day, encrypted."""

import json
from datetime import timedelta

from cryptography.fernet import InvalidToken

from kpupalu.accounts.models import DrafIsian
from kpupalu.accounts.sandi import kunci
from kpupalu.lib.waktu import sekarang

UMUR = timedelta(hours=24)
BATAS_BITA = 200_000
# Secrets are never kept, whatever the form: a password, a passphrase or a code is typed again.
_RAHASIA = ("password", "sandi", "passphrase", "frasa", "code", "kode_verifikasi", "token")


def simpan(request) -> DrafIsian | None:
    """Keep the fields of this POST for the person of the session; None when there is nothing to keep.

    Files, secrets and anything larger than 200 kB are not kept. One draft per person and page; the older goes.
    """
    if request.method != "POST":
        return None
    isian = {
        nama: nilai
        for nama, nilai in request.POST.lists()
        if nama != "csrfmiddlewaretoken" and not any(r in nama.lower() for r in _RAHASIA)
    }
    isi = json.dumps(isian).encode()
    if not any(any(nilai) for nilai in isian.values()) or len(isi) > BATAS_BITA:
        return None
    DrafIsian.objects.filter(dibuat_pada__lt=sekarang() - UMUR).delete()
    return DrafIsian.objects.update_or_create(
        pemilik=request.user,
        jalur=request.get_full_path()[:500],
        defaults={
            "isi": kunci("draf-isian").encrypt(isi),
            "dibuat_pada": sekarang(),
            "ada_berkas": bool(request.FILES),
        },
    )[0]


def buka(draf: DrafIsian) -> list[tuple[str, str]] | None:
    """The fields of *draf* as (name, value), or None when it is too old or can no longer be decrypted."""
    if draf.dibuat_pada < sekarang() - UMUR:
        return None
    try:
        isian = json.loads(kunci("draf-isian").decrypt(bytes(draf.isi)))
    except InvalidToken:
        return None
    return [(nama, nilai) for nama, semua in isian.items() for nilai in semua]
