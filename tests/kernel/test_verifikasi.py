"""``manage.py verifikasi`` keeps its contract, with the register and without any database server."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import CommandError, call_command

from kpupalu.naskah import sertifikat, simpanan
from kpupalu.naskah.penandatanganan import tandatangani
from tests.kernel import bangun_naskah as bangun
from tests.kernel import bertanda

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
KUNCI = {"berkas", "hasil", "penanda_tangan", "revisi", "sha256", "catatan"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A complete, an incomplete and a drawn-over file with the root that signed them."""
    tujuan = tmp_path_factory.mktemp("naskah")
    kantor = bertanda.kantor()
    revisi = kantor.revisi(bertanda.halaman())
    (tujuan / "lengkap.pdf").write_bytes(revisi[-1])
    (tujuan / "kurang.pdf").write_bytes(revisi[3])
    (tujuan / "ditimpa.pdf").write_bytes(bertanda.sambung(revisi[-1], bertanda.timpa_halaman))
    (tujuan / "akar.pem").write_bytes(kantor.ca.akar.public_bytes(serialization.Encoding.PEM))
    return tujuan


def jalankan(folder, *berkas):
    """Run it as a stranger does: own process, a database address where nobody listens."""
    lingkungan = {
        **os.environ,
        "SECRET_KEY": "bukan rahasia",
        "DATABASE_URL": "postgresql://tidak@127.0.0.1:9/ada",
        "DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "kpupalu.settings",
    }
    perintah = [sys.executable, MANAGE, "verifikasi", *berkas, "--akar", "akar.pem"]
    return subprocess.run(perintah, cwd=folder, env=lingkungan, capture_output=True, text=True)


def test_without_a_database_server(folder):
    hasil = jalankan(folder, "lengkap.pdf")
    assert hasil.returncode == 0, hasil.stderr
    (satu,) = json.loads(hasil.stdout)
    assert set(satu) >= KUNCI
    assert (satu["berkas"], satu["hasil"]) == ("lengkap.pdf", "Sah")
    assert [p["nama"] for p in satu["penanda_tangan"]] == bertanda.NAMA
    assert satu["penanda_tangan"][0] == {
        "nama": "Dr. Andi Rekaan, S.H.",
        "jabatan": "Ketua",
        "waktu": "2025-12-12T14:06:00+08:00",
        "penerbit": "Penerbit uji coba",
        "sah": True,
    }
    assert any("tidak dapat ditanya" in catatan for catatan in satu["catatan"])


def test_findings_exit_with_one_in_input_order(folder):
    hasil = jalankan(folder, "ditimpa.pdf", "lengkap.pdf", "kurang.pdf")
    assert hasil.returncode == 1
    assert [satu["hasil"] for satu in json.loads(hasil.stdout)] == [
        "Isi berubah setelah ditandatangani",
        "Sah",
        "Belum lengkap",
    ]


def test_missing_file_exits_with_two_and_writes_nothing(folder):
    hasil = jalankan(folder, "lengkap.pdf", "tidak-ada.pdf")
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert "tidak-ada.pdf tidak dapat dibaca." in hasil.stderr


def test_unreadable_root_exits_with_two(folder):
    with pytest.raises(CommandError, match="akar") as salah:
        call_command("verifikasi", str(folder / "lengkap.pdf"), "--akar", str(folder / "lengkap.pdf"))
    assert salah.value.returncode == 2


@pytest.mark.django_db(transaction=True)
def test_with_the_register(settings, tmp_path):
    """A document signed in this office by two people, the way they sign it."""
    settings.DATA_DIR = tmp_path / "data"
    bangun.jenis_catatan()
    naskah = bangun.siap(n=2)
    nama = [tmp_path / "cetakan.pdf"]
    nama[0].write_bytes(simpanan.baca(naskah.terbaru.berkas))
    for orang in bangun.komisioner(2):
        sertifikat.terbitkan_sertifikat(orang, sandi=bangun.SANDI, by=orang)
        tandatangani(naskah, oleh=orang, sandi=bangun.SANDI, digest_dibaca=naskah.terbaru.sha256)
        nama.append(tmp_path / f"revisi{len(nama)}.pdf")
        nama[-1].write_bytes(simpanan.baca(naskah.terbaru.berkas))
    nama.append(tmp_path / "ditimpa.pdf")
    nama[-1].write_bytes(bertanda.sambung(nama[2].read_bytes(), bertanda.timpa_halaman))
    nama.append(tmp_path / "lain.pdf")
    nama[-1].write_bytes(bertanda.halaman("Naskah lain"))
    keluar = StringIO()
    with pytest.raises(SystemExit) as akhir:
        call_command("verifikasi", *map(str, nama), stdout=keluar)
    assert akhir.value.code == 1
    hasil = json.loads(keluar.getvalue())
    assert [satu["hasil"] for satu in hasil] == [
        "Belum lengkap",
        "Belum lengkap",
        "Sah",
        "Isi berubah setelah ditandatangani",
        "Bukan naskah yang terdaftar",
    ]
    assert hasil[2]["sha256"] == naskah.terbaru.sha256
    assert not any("tidak dapat ditanya" in catatan for satu in hasil for catatan in satu["catatan"])
