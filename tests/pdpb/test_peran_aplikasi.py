"""The office at work as the database role of production: everything goes on, history stays."""

import pytest
from django.core.files.base import ContentFile
from django.db import ProgrammingError, connection, transaction

from kpupalu.basisdata.hak import beri_hak, tabel_hanya_tambah
from pdpb import impor
from pdpb.impor import bangun
from pdpb.models import Pemilih, Pendaftaran
from tests import make

pytestmark = pytest.mark.django_db
TERLINDUNG = {
    "audit_jejak": (True, True),
    "audit_logakses": (True, True),
    "audit_matarantai": (True, True),
    "audit_segeljejak": (True, True),
    "naskah_catatanpenandatanganan": (True, True),
    "naskah_entriagenda": (False, True),
    "naskah_revisi": (True, True),
    "pdpb_pemberianbukti": (True, True),
    "pdpb_pohonsimpul": (True, True),
    "pdpb_riwayatperubahan": (True, True),
    "pdpb_snapshotbaris": (True, True),
}
KEPALA = "DPID#NKK#NIK#NAMA#KELAMIN#TEMPAT LAHIR#TANGGAL LAHIR#STS KAWIN#ALAMAT#RT#RW#DISABILITAS#EKTP#KELURAHAN#TPS"


@pytest.fixture
def sebagai_aplikasi():
    """The rest of the test runs as the application's role; the rollback at its end makes it the owner again."""
    peran = f"aplikasi_{connection.settings_dict['NAME']}"
    beri_hak(peran)
    with connection.cursor() as cursor:
        cursor.execute(f'SET SESSION AUTHORIZATION "{peran}"')
    return peran


def ditolak(perintah: str) -> str:
    with pytest.raises(ProgrammingError) as galat, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(perintah)
    return str(galat.value)


def test_what_the_triggers_protect_the_role_cannot_do(sebagai_aplikasi):
    assert TERLINDUNG.items() <= tabel_hanya_tambah().items()
    for tabel, (ubah, hapus) in tabel_hanya_tambah().items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {tabel} LIMIT 0")
            kolom = cursor.description[0].name
        if ubah:
            assert "permission denied" in ditolak(f"UPDATE {tabel} SET {kolom} = {kolom}")
        if hapus:
            assert "permission denied" in ditolak(f"DELETE FROM {tabel}")
        assert "permission denied" in ditolak(f"TRUNCATE {tabel} CASCADE")


def test_rights_are_the_same_after_a_second_time(sebagai_aplikasi):
    hak = "SELECT relname, relacl::text FROM pg_class WHERE relkind IN ('r', 'S') AND relname LIKE 'audit%%' ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(hak)
        semula = cursor.fetchall()
        beri_hak(sebagai_aplikasi)
        cursor.execute(hak)
        assert cursor.fetchall() == semula


def test_a_quarter_is_worked_frozen_and_written_up(sebagai_aplikasi):
    lama, kini = make.kantor_berisi()
    assert (lama.status, kini.status) == ("diumumkan", "terbuka")


def test_a_base_list_is_imported_applied_and_undone(sebagai_aplikasi, monkeypatch):
    """Also one so large that the owner would put indexes aside: this role owns none, and loads without."""
    monkeypatch.setattr(bangun, "MIN_BARIS", 1)
    make.tps(make.TALISE, 1)
    isi = [
        f"{n}#7271081203089101#72710117089091{n:02d}#ARIF {'ABC'[n]}#L#PALU#17|08|1990#S#JL. CONTOH#001#002#0#S"
        "#TALISE#001"
        for n in (1, 2)
    ]
    berkas = ContentFile("\n".join([KEPALA, *isi, ""]).encode(), name="daftar.csv")
    batch = impor.unggah([berkas], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert Pendaftaran.objects.aktif().count() == 2
    impor.batalkan(batch, oleh=make.budi(), alasan="Berkas yang salah diunggah")
    assert not Pendaftaran.objects.aktif().exists()
    assert Pemilih.objects.count() == 2
