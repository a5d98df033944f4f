"""``python -m tests.gambar_panduan [--ulang] [NAMA…]``: the pictures of the guide, all or those named.

An office of its own in ``var/gambar`` is built the first time (some minutes) and used again; ``--ulang`` begins anew.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from kpupalu.demo.layanan import Layanan
from kpupalu.demo.lingkungan import AKAR, pasang_lingkungan, port_bebas

NAMA = "gambar"
TUJUAN = AKAR / "docs" / "panduan" / "gambar"


def jalankan(nama: list[str], *, ulang: bool) -> int:
    """Take the pictures; return how many failed."""
    mulai = time.monotonic()

    def cerita(kalimat: str) -> None:
        print(f"[{time.monotonic() - mulai:5.1f} dtk] {kalimat}", flush=True)  # noqa: T201

    # Printed on documents, so it is known before anything is printed.
    os.environ["PORT"] = str(port_bebas())
    pasang_lingkungan(NAMA)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kpupalu.settings"
    with Layanan(NAMA) as layanan:
        if ulang:
            layanan.kosongkan()
            (layanan.di.folder / "adegan.json").unlink(missing_ok=True)
        layanan.database()
        layanan.antrean()
        import django

        django.setup()
        from tests.gambar_panduan import kantor

        kantor.siapkan_tabel()
        layanan.worker()
        alamat = layanan.web(int(os.environ["PORT"]))
        layanan.siap()
        kantor.bangun(cerita)
        return len(_potret(alamat, nama, layanan.di.folder, cerita))


def _potret(alamat: str, nama: list[str], folder: Path, cerita) -> list[str]:
    from django.urls import reverse

    from tests.browser.conftest import sesi
    from tests.gambar_panduan import adegan, kamera
    from tests.gambar_panduan.daftar import semua

    tempat = adegan.mainkan(cerita)
    dipilih = [f for f in semua(folder) if not nama or f.nama in nama or f.halaman in nama]
    # Everything that asks the database comes before the browser, whose loop would not let it.
    kunci = {o: sesi(adegan.akun(o)) if o else "" for o in {f.orang for f in dipilih}}
    foto = []
    for f in dipilih:
        url, *isi = f.alamat
        foto.append((f, reverse(url, args=[tempat.get(a, a) for a in isi]) + f.kueri, kunci[f.orang]))
    TUJUAN.mkdir(exist_ok=True)
    return kamera.potret(alamat, foto, TUJUAN, cerita)


if __name__ == "__main__":
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("nama", nargs="*", help="nama gambar atau halaman panduan; kosong berarti semua")
    pilihan.add_argument("--ulang", action="store_true", help="bangun kantornya dari awal")
    isi = pilihan.parse_args()
    sys.exit(1 if jalankan(isi.nama, ulang=isi.ulang) else 0)
