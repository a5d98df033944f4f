"""Running things at the same moment, each in a thread and connection of its own."""

import threading

from django.db import connections

LAMA = 30
"""Seconds after which a thread counts as stuck."""


def serentak(*pekerjaan):
    """Run all at once in threads of their own; each answer, or the exception it ended with, in order."""
    mulai, hasil = threading.Barrier(len(pekerjaan)), [None] * len(pekerjaan)

    def satu(nomor: int) -> None:
        try:
            mulai.wait(LAMA)
            hasil[nomor] = pekerjaan[nomor]()
        except Exception as galat:  # noqa: BLE001 - a thread hands its failure to the test
            hasil[nomor] = galat
        finally:
            connections.close_all()

    utas = [threading.Thread(target=satu, args=(n,)) for n in range(len(pekerjaan))]
    for u in utas:
        u.start()
    for u in utas:
        u.join(LAMA)
    assert not any(u.is_alive() for u in utas), "satu pekerjaan menunggu tanpa akhir"
    return hasil
