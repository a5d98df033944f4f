"""A lost database comes back as it was at a chosen minute, by the commands that docs/operasi/cadangan.md gives."""

import json
import re
import time

import pytest
from klaster import OPERASI

TULIS = """
from kpupalu.accounts.models import User
from kpupalu.audit.catatan import catat, catat_akses
from kpupalu.audit.segel import segel_semua
orang = User.objects.create(username="{nama}", nama_lengkap="{nama}")
catat("uji", orang, oleh=orang, kalimat="Menulis {nama}", perubahan={{"nilai": (1.5, "é \\\\x00 |")}})
catat_akses("lihat", orang, oleh=orang, tujuan="uji pulih {nama}")
segel_semua()
"""
BANYAK = "INSERT INTO pdpb_identitas (nik, nkk) SELECT lpad(n::text, 16, '9'), '' FROM generate_series(1, 20000) n"


def tulis(klaster, nama: str) -> None:
    done = klaster.manage("shell", "-c", TULIS.format(nama=nama))
    assert done.returncode == 0, done.stderr


def segmen(klaster) -> set[str]:
    """The archived WAL segments."""
    return {p.name for p in (klaster.cadangan / "wal").iterdir() if re.fullmatch(r"[0-9A-F]{24}\.gz", p.name)}


def tunggu_terarsip(klaster) -> None:
    """Every WAL segment written until now lies in the archive."""
    terakhir = klaster.sql("SELECT pg_walfile_name(pg_switch_wal())")
    batas = time.monotonic() + 60
    while not (klaster.cadangan / "wal" / f"{terakhir}.gz").exists():
        assert time.monotonic() < batas, klaster.sql("SELECT row_to_json(a) FROM pg_stat_archiver a")
        time.sleep(0.05)


def test_pulih(klaster, tmp_path):
    """Copied, written twice, destroyed, and restored to the moment between the two writes: nothing of the first is
    missing, nothing of the second is there, and the report says how long it took."""
    tulis(klaster, "sebelum-salinan")
    done = klaster.skrip("cadangkan.sh")
    assert done.returncode == 0, done.stderr
    salinan = done.stdout.strip()

    klaster.sql(BANYAK)
    tulis(klaster, "sesudah-salinan")
    sidik = tmp_path / "sidik.json"
    sidik.write_text(klaster.manage("sidik_basisdata").stdout)
    saat = klaster.sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'Asia/Makassar', 'YYYY-MM-DD HH24:MI:SS.US')")
    tulis(klaster, "terlambat")
    klaster.sql("DELETE FROM pdpb_identitas")
    assert klaster.manage("sidik_basisdata", "--bandingkan", str(sidik)).returncode == 1
    tunggu_terarsip(klaster)

    klaster.bunuh()
    done = klaster.skrip("pulihkan.sh", saat)
    assert done.returncode == 2, "a folder with data in it is never overwritten"
    klaster.pgdata.rename(klaster.folder / "hancur")
    done = klaster.skrip("pulihkan.sh", saat)
    assert done.returncode == 0, done.stderr

    klaster.nyalakan()
    done = klaster.manage("sidik_basisdata", "--bandingkan", str(sidik))
    hasil = json.loads(done.stdout)
    assert (done.returncode, hasil["beda"]) == (0, [])
    assert hasil["tabel"]["pdpb_identitas"]["baris"] == 20_000
    nama = klaster.sql("SELECT string_agg(username, ' ' ORDER BY id) FROM accounts_user WHERE username <> 'aplikasi'")
    assert nama == "sebelum-salinan sesudah-salinan"
    assert klaster.manage("periksa_audit").returncode == 0

    (laporan,) = klaster.cadangan.glob("laporan-pemulihan-*.txt")
    isi = laporan.read_text()
    assert salinan in isi
    assert saat in isi
    assert re.search(r"Lama pemulihan +: \d+ detik", isi)


def test_the_restored_office_goes_on_and_can_be_restored_again(klaster):
    """After a restore the archive runs on a new timeline, and *terakhir* follows it to its end."""
    tulis(klaster, "sesudah-pulih")
    tunggu_terarsip(klaster)
    klaster.bunuh()
    klaster.pgdata.rename(klaster.folder / "hancur-lagi")
    done = klaster.skrip("pulihkan.sh", "terakhir")
    assert done.returncode == 0, done.stderr
    klaster.nyalakan()
    assert klaster.sql("SELECT count(*) FROM accounts_user WHERE username = 'sesudah-pulih'") == "1"


def test_old_copies_go_with_the_wal_that_only_they_needed(klaster):
    sebelum = segmen(klaster)
    for _ in range(2):
        klaster.sql("SELECT pg_switch_wal()")
        done = klaster.skrip("cadangkan.sh", SIMPAN="1")
        assert done.returncode == 0, done.stderr
    (tinggal,) = (klaster.cadangan / "dasar").iterdir()
    assert tinggal.name == done.stdout.strip()
    assert sebelum
    assert not segmen(klaster) & sebelum


def test_a_copy_that_is_not_whole_is_not_kept(klaster):
    """A wrong server name stands for anything that breaks the copying: no new name appears, and the old stay."""
    sebelum = {p.name for p in (klaster.cadangan / "dasar").iterdir()}
    assert klaster.skrip("cadangkan.sh", PGHOST="/tidak/ada").returncode != 0
    assert {p.name for p in (klaster.cadangan / "dasar").iterdir()} == sebelum


@pytest.mark.parametrize(
    ("saat", "kata"),
    [
        ("kemarin dulu", "tidak terbaca"),
        ("2020-01-01 10:00", "tidak ada salinan"),
        ("2026-13-45 10:00", "penanggalan"),
        ("", "tidak terbaca"),
    ],
)
def test_a_moment_that_cannot_be_reached_is_refused_before_anything_is_written(klaster, saat, kata):
    kosong = str(klaster.folder / "s" / "kosong")
    done = klaster.skrip("pulihkan.sh", saat, PGDATA=kosong)
    assert done.returncode == 2
    assert kata in done.stderr
    assert klaster.jalankan("ls", "-A", kosong).stdout == ""


def test_an_archived_segment_is_never_replaced_by_another(klaster):
    nama = min(segmen(klaster))
    berkas = klaster.cadangan / "wal" / nama
    isi = berkas.read_bytes()
    done = klaster.skrip("arsipkan.sh", str(klaster.pgdata / "PG_VERSION"), nama.removesuffix(".gz"))
    assert done.returncode == 1
    assert "isi lain" in done.stderr
    assert berkas.read_bytes() == isi


def test_the_admins_page_gives_these_scripts():
    halaman = (OPERASI / "cadangan.md").read_text()
    for skrip in ("cadangkan.sh", "pulihkan.sh"):
        assert f"/operasi/{skrip}" in halaman
