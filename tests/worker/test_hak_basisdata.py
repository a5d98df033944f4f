"""Two roles that really log in: the owner, who migrates, and the application, which can do nothing to history."""

import pytest

SANDI = "sandi-aplikasi-uji-7"
LOGIN = {"PERAN_APLIKASI": "kantor_aplikasi", "SANDI_APLIKASI": SANDI}
APLIKASI = f"kantor_aplikasi:{SANDI}"
BEKERJA = """
from kpupalu.accounts.models import User
from kpupalu.audit.catatan import catat
from kpupalu.audit.segel import segel_semua
orang = User.objects.create(username="aplikasi", nama_lengkap="Lewat Aplikasi")
catat("uji", orang, oleh=orang, kalimat="Bekerja sebagai aplikasi")
segel_semua()
"""


@pytest.fixture(scope="module")
def aplikasi(klaster):
    done = klaster.manage("hak_basisdata", **LOGIN)
    assert done.returncode == 0, done.stderr
    return klaster


def test_the_application_logs_in_with_its_password_and_works(aplikasi):
    assert aplikasi.psql("SELECT 1", sebagai="kantor_aplikasi:salah").returncode != 0
    done = aplikasi.manage("shell", "-c", BEKERJA, sebagai=APLIKASI)
    assert done.returncode == 0, done.stderr
    assert aplikasi.sql("SELECT count(*) FROM audit_matarantai") != "0"


@pytest.mark.parametrize(
    "perintah",
    [
        "UPDATE audit_jejak SET alasan = 'lain'",
        "DELETE FROM audit_logakses",
        "TRUNCATE audit_segeljejak CASCADE",
        "ALTER TABLE audit_jejak DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_jejak_tolak_ubah ON audit_jejak",
        "SET session_replication_role = replica",
        "ALTER ROLE kantor_aplikasi SUPERUSER",
        "SET ROLE kantor",
    ],
)
def test_the_application_cannot_touch_history_nor_what_protects_it(aplikasi, perintah):
    done = aplikasi.psql(perintah, sebagai=APLIKASI)
    assert done.returncode != 0
    assert "permission denied" in done.stderr or "must be owner" in done.stderr


def test_a_migration_after_the_rights_is_followed_by_the_command_again(aplikasi):
    """A table of a later migration is closed to the application until the owner gives it."""
    aplikasi.sql("CREATE TABLE uji_tabel_baru (id int)")
    baca = "SELECT * FROM uji_tabel_baru"
    assert aplikasi.psql(baca, sebagai=APLIKASI).returncode != 0
    assert aplikasi.manage("hak_basisdata", **LOGIN).returncode == 0
    assert aplikasi.psql(baca, sebagai=APLIKASI).returncode == 0
    aplikasi.sql("DROP TABLE uji_tabel_baru")


def test_a_role_from_which_nothing_can_be_kept_is_refused(aplikasi):
    done = aplikasi.manage("hak_basisdata", "--peran", "kantor")
    assert done.returncode == 1
    assert "memiliki tabel riwayat" in done.stderr
    assert aplikasi.manage("hak_basisdata", PERAN_APLIKASI="").returncode == 2
