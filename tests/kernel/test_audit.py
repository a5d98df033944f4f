"""History: written with the act, never changed, sealed so that a change would show."""

import json
import threading
import time
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.urls import include, path, reverse

from kpupalu import urls as kantor
from kpupalu.accounts.models import User
from kpupalu.audit.bacaan import riwayat_untuk
from kpupalu.audit.catatan import catat, catat_akses, catat_banyak, riwayat
from kpupalu.audit.models import Jejak, LogAkses, MataRantai, SegelJejak
from kpupalu.audit.pemeriksaan import periksa
from kpupalu.audit.pribadi import _BIDANG, daftarkan_bidang_pribadi
from kpupalu.audit.segel import folder_titik_periksa, segel, tulis_titik_periksa

NIK = "7271012505900123"
TABEL = [model._meta.db_table for model in (Jejak, LogAkses, MataRantai, SegelJejak)]


def orang(username: str, *roles: str, **lain) -> User:
    user = User.objects.create_user(username, password="rahasia-sekali-9", nama_lengkap=username.title(), **lain)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


# --- Writing and reading ---


@pytest.mark.django_db
def test_an_entry_keeps_who_in_which_post_what_and_why():
    sari, tono = orang("sari", "operator"), orang("tono")
    perubahan = {
        "lahir": (date(1990, 5, 25), date(1990, 5, 26)),
        "bobot": (None, Decimal("1.50")),
        "aktif": (True, False),
    }
    catat("ubah", tono, oleh=sari, alasan="Salah ketik", perubahan=perubahan, jumlah=3)
    entri = riwayat(tono).get()
    assert (entri.pelaku, entri.pelaku_nama, entri.jabatan) == (sari, "Sari", "Operator data")
    assert (entri.objek_jenis, entri.objek_id, entri.objek_label) == ("accounts.user", str(tono.pk), "Tono")
    assert entri.perubahan == {
        "lahir": ["1990-05-25", "1990-05-26"],
        "bobot": [None, "1.5"],
        "aktif": [True, False],
    }
    assert (entri.alasan, entri.jumlah, entri.asal) == ("Salah ketik", 3, "formulir")
    sari.nama_lengkap = "Nama Baru"
    sari.save()
    sari.groups.clear()
    entri.refresh_from_db()
    assert (entri.pelaku_nama, entri.jabatan) == ("Sari", "Operator data"), "as it was on that day"


@pytest.mark.django_db
def test_the_system_has_a_name_of_its_own_and_an_undone_act_has_no_history():
    tono = orang("tono")
    assert catat("segel", tono, oleh=None).asal == "sistem"
    with transaction.atomic():
        catat("ubah", tono, oleh=tono)
        transaction.set_rollback(True)
    assert riwayat(tono).count() == 1


@pytest.mark.django_db
def test_no_nik_is_written_to_history_or_the_access_log():
    sari = orang("sari")
    catat("ubah", sari, oleh=sari, alasan=f"NIK {NIK}", perubahan={"nik": (NIK, int(NIK))}, kalimat=NIK)
    catat_akses("cari", None, oleh=sari, objek_label=f"cari {NIK}", tujuan=NIK)
    semua = json.dumps([list(Jejak.objects.values()), list(LogAkses.objects.values())], default=str)
    assert NIK not in semua
    assert "7271••••••••••••" in Jejak.objects.get().perubahan["nik"]


@pytest.mark.django_db
def test_many_objects_get_one_entry_each_with_few_queries(django_assert_max_num_queries):
    orang_banyak = [orang(f"u{n}") for n in range(50)]
    with django_assert_max_num_queries(5):
        assert catat_banyak("setujui", orang_banyak, oleh=orang_banyak[0]) == 50
    assert all(riwayat(satu).count() == 1 for satu in orang_banyak)


@pytest.mark.django_db
def test_reading_is_logged_with_its_purpose_and_only_known_kinds_of_it():
    sari, tono = orang("sari"), orang("tono")
    catat_akses("lihat", tono, oleh=sari, tujuan="Tanggapan masyarakat no. 4")
    log = LogAkses.objects.get()
    assert (log.pelaku_nama, log.objek_id, log.tujuan) == ("Sari", str(tono.pk), "Tanggapan masyarakat no. 4")
    with pytest.raises(ValueError, match="intip"):
        catat_akses("intip", tono, oleh=sari)


@pytest.mark.django_db
def test_personal_fields_are_masked_for_readers_without_the_right(monkeypatch):
    monkeypatch.setitem(_BIDANG, "accounts.user", _BIDANG.get("accounts.user"))
    daftarkan_bidang_pribadi("accounts.user", {"nama_lengkap"}, perm="accounts.view_user")
    sari, dewi, tono = orang("sari", "operator"), orang("dewi", "auditor"), orang("tono")
    catat("ubah", tono, oleh=sari, perubahan={"nama_lengkap": ("Tono Lama", "Tono Baru"), "is_active": (True, False)})
    terbaca = {
        nama: render_to_string("audit/riwayat.html", {"riwayat": riwayat_untuk(tono, user)})
        for nama, user in (("sari", sari), ("dewi", dewi))
    }
    assert "Tono Lama" not in terbaca["sari"]
    assert "•••" in terbaca["sari"]
    assert "Tono Lama" in terbaca["dewi"]
    assert "Tono Baru" in terbaca["dewi"]
    assert "tidak" in terbaca["sari"], "the other fields stay readable"


@pytest.mark.django_db
def test_logins_and_failures_stand_in_history_without_what_was_typed(client):
    orang("sari")
    masuk = reverse("account_login")
    client.post(masuk, {"login": "sari", "password": "salah-sekali"})
    client.post(masuk, {"login": "rahasia-sekali-9", "password": "x"})
    client.post(masuk, {"login": "sari", "password": "rahasia-sekali-9"})
    client.post(reverse("account_logout"))
    assert list(Jejak.objects.order_by("id").values_list("tindakan", "objek_label")) == [
        ("gagal_masuk", "Sari"),
        ("gagal_masuk", ""),
        ("masuk", "Sari"),
        ("keluar", "Sari"),
    ]
    assert "rahasia-sekali-9" not in json.dumps(list(Jejak.objects.values()), default=str)


@pytest.mark.django_db
def test_admin_writes_stand_in_history_old_and_new(client):
    ani, sari = orang("ani", "admin", is_staff=True), orang("sari", "operator")
    client.force_login(ani)
    isian = {
        "username": "sari",
        "nama_lengkap": "Sari, S.Kom.",
        "email": "",
        "is_active": "on",
        "groups": [Group.objects.get(name="verifikator").pk],
    }
    assert client.post(reverse("admin:accounts_user_change", args=[sari.pk]), isian).status_code == 302
    entri = riwayat(sari).get()
    assert (entri.tindakan, entri.asal, entri.pelaku) == ("ubah", "admin", ani)
    assert entri.perubahan == {
        "nama_lengkap": ["Sari", "Sari, S.Kom."],
        "groups": [["operator"], ["verifikator"]],
    }
    sandi = {"password1": "sementara-sekali-1", "password2": "sementara-sekali-1", "usable_password": "true"}
    client.post(reverse("admin:auth_user_password_change", args=[sari.pk]), sandi)
    assert "sementara" not in json.dumps(list(Jejak.objects.values()), default=str)
    assert riwayat(sari).count() == 2


# --- Append-only ---


@pytest.mark.django_db
@pytest.mark.parametrize("tabel", TABEL)
@pytest.mark.parametrize("perintah", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {kolom} = {kolom}"])
def test_the_database_refuses_everything_but_new_rows(tabel, perintah):
    kolom = "urutan" if tabel == "audit_matarantai" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
        with pytest.raises(DatabaseError, match="hanya dapat ditambah"), transaction.atomic():
            cursor.execute(perintah.format(tabel, kolom=kolom))


# --- The chain ---


def segel_pasti(banyak: int) -> None:
    """Seal *banyak* entries. Other databases of one server hold back what counts as at rest, so this waits."""
    sampai, jumlah = time.monotonic() + 60, 0
    while (jumlah := jumlah + segel()) < banyak and time.monotonic() < sampai:
        time.sleep(0.05)
    assert jumlah == banyak


@pytest.fixture
def rantai(transactional_db, data_dir):
    """Five entries in two seals, with a checkpoint outside the database after each."""
    sari = orang("sari")
    for nomor in range(3):
        catat(f"langkah_{nomor}", sari, oleh=sari, perubahan={"é": ["a", {"b": 1}]})
    segel_pasti(3)
    tulis_titik_periksa()
    catat_banyak("langkah", [sari, sari], oleh=sari)
    segel_pasti(2)
    tulis_titik_periksa()
    return sari


def rusak(*perintah: str) -> None:
    """Tamper as somebody who owns the tables could: triggers off, change, triggers on."""
    with transaction.atomic(), connection.cursor() as cursor:
        for tabel in TABEL:
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        for satu in perintah:
            cursor.execute(satu)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for tabel in TABEL:
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER {tabel}_tolak_ubah")


def temuan() -> tuple[str, int | None]:
    hasil = periksa()
    assert len(hasil.temuan) == 1, hasil
    return hasil.temuan[0].kode, hasil.temuan[0].jejak_id


def jejak_ke(urutan: int) -> int:
    return MataRantai.objects.get(pk=urutan).jejak_id


def test_audit_tak_terputus(rantai):
    """Unbroken as it is; a changed entry is named, and so is the loss of the end, by the outside checkpoint."""
    assert periksa().temuan == ()
    assert periksa().diperiksa == 5
    rusak(f"UPDATE audit_jejak SET alasan = 'lain' WHERE id = {jejak_ke(2)}")
    assert temuan() == ("diubah", jejak_ke(2))


PERUBAHAN_KOLOM = (
    "waktu = waktu + interval '1 microsecond'",
    "pelaku_id = NULL",
    "pelaku_nama = 'Orang lain'",
    "jabatan = 'Ketua'",
    "tindakan = 'lain'",
    "kalimat = 'lain'",
    "objek_jenis = 'lain.lain'",
    "objek_id = '0'",
    "objek_label = 'lain'",
    """perubahan = '{"a": [1, 2]}'""",
    "jumlah = 1",
    "alasan = 'lain'",
    "asal = 'impor'",
    "txid = txid + 1",
)


def test_a_change_of_any_column_is_found(rantai):
    for perubahan in PERUBAHAN_KOLOM:
        with transaction.atomic():
            rusak(f"UPDATE audit_jejak SET {perubahan} WHERE id = {jejak_ke(4)}")
            assert temuan() == ("diubah", jejak_ke(4)), perubahan
            transaction.set_rollback(True)
    berubah = {perubahan.split(" =")[0] for perubahan in PERUBAHAN_KOLOM}
    assert berubah == {field.attname for field in Jejak._meta.fields} - {"id"}, "no column is left out"


def test_a_removed_entry_is_named(rantai):
    hilang = jejak_ke(3)
    rusak(f"DELETE FROM audit_jejak WHERE id = {hilang}")
    assert temuan() == ("dihapus", hilang)


def test_an_entry_removed_with_its_link_is_found(rantai):
    rusak(f"DELETE FROM audit_jejak WHERE id = {jejak_ke(3)}", "DELETE FROM audit_matarantai WHERE urutan = 3")
    assert temuan()[0] == "mata_hilang"


def test_two_entries_that_changed_places_are_found(rantai):
    a, b = jejak_ke(1), jejak_ke(2)
    rusak(
        f"UPDATE audit_matarantai SET jejak_id = -1 WHERE jejak_id = {a}",
        f"UPDATE audit_matarantai SET jejak_id = {a} WHERE jejak_id = {b}",
        f"UPDATE audit_matarantai SET jejak_id = {b} WHERE jejak_id = -1",
    )
    assert temuan() == ("diubah", b)


def test_a_truncated_end_is_found_by_the_checkpoint_outside(rantai):
    rusak(
        "DELETE FROM audit_jejak WHERE id IN (SELECT jejak_id FROM audit_matarantai WHERE urutan > 3)",
        "DELETE FROM audit_matarantai WHERE urutan > 3",
        "DELETE FROM audit_segeljejak WHERE urutan_akhir > 3",
    )
    assert temuan()[0] == "terpotong"
    for berkas in folder_titik_periksa().iterdir():
        berkas.unlink()
    assert periksa().temuan == (), "inside the database alone, nothing tells of it"


def test_a_chain_written_anew_is_found_by_the_checkpoint_outside(rantai):
    rusak(
        f"UPDATE audit_jejak SET alasan = 'lain' WHERE id = {jejak_ke(1)}",
        "DELETE FROM audit_matarantai",
        "DELETE FROM audit_segeljejak",
    )
    segel_pasti(5)
    assert temuan()[0] == "ditulis_ulang"


def test_an_entry_slipped_in_behind_a_seal_is_found(rantai):
    rusak(
        "INSERT INTO audit_jejak (waktu, pelaku_nama, jabatan, tindakan, kalimat, objek_jenis, objek_id, "
        "objek_label, perubahan, alasan, asal, txid) SELECT waktu, 'X', '', 'sisip', '', '', '', '', '{}', '', "
        f"'formulir', txid FROM audit_jejak WHERE id = {jejak_ke(1)}"
    )
    sisipan = Jejak.objects.get(tindakan="sisip").pk
    assert temuan() == ("disisipkan", sisipan)
    assert segel() == 0


def test_a_changed_seal_is_found(rantai):
    rusak("UPDATE audit_segeljejak SET sidik = decode(repeat('00', 32), 'hex') WHERE urutan_akhir = 3")
    assert temuan()[0] == "segel_tidak_cocok"


def test_an_open_transaction_is_not_overtaken(rantai):
    """What a slow transaction writes is sealed after it commits, though its ids are older."""
    sari, tertulis, boleh = rantai, threading.Event(), threading.Event()

    def lambat():
        with transaction.atomic():
            catat("lambat", sari, oleh=sari)
            tertulis.set()
            boleh.wait(10)
        connection.close()

    thread = threading.Thread(target=lambat)
    thread.start()
    tertulis.wait(10)
    catat("cepat", sari, oleh=sari)
    try:
        assert segel() == 0, "the fast one waits behind the slow one"
        assert periksa().belum_disegel == 1
    finally:
        boleh.set()
        thread.join()
    segel_pasti(2)
    assert periksa().temuan == ()


def test_entries_restored_from_another_server_are_sealed(rantai):
    """A dump carries transaction numbers of the old server; they may lie ahead of the new one's."""
    rusak("UPDATE audit_segeljejak SET batas_txid = batas_txid + 1000000")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_jejak (waktu, pelaku_nama, jabatan, tindakan, kalimat, objek_jenis, objek_id, "
            "objek_label, perubahan, alasan, asal, txid) VALUES (now(), 'X', '', 'pindahan', '', '', '', '', '{}', "
            "'', 'formulir', (pg_current_xact_id()::text::bigint) + 500000)"
        )
    catat("sesudah_pulih", rantai, oleh=rantai)
    segel_pasti(2)
    catat("lagi", rantai, oleh=rantai)
    segel_pasti(1)
    assert periksa().temuan == ()


def test_the_command_names_the_first_bad_entry(rantai, capsys):
    call_command("periksa_audit")
    assert json.loads(capsys.readouterr().out)["temuan"] == []
    rusak(f"UPDATE audit_jejak SET alasan = 'lain' WHERE id IN ({jejak_ke(2)}, {jejak_ke(4)})")
    with pytest.raises(SystemExit) as keluar:
        call_command("periksa_audit")
    tulisan = capsys.readouterr()
    assert keluar.value.code == 1
    assert json.loads(tulisan.out)["temuan"][0]["jejak_id"] == jejak_ke(2)
    assert f"jejak {jejak_ke(2)}" in tulisan.err


def test_an_unreadable_checkpoint_is_said_and_not_skipped(rantai):
    next(folder_titik_periksa().iterdir()).write_text("2026 urutan=banyak\n", "ascii")
    with pytest.raises(CommandError, match="tidak dapat dibaca") as galat:
        call_command("periksa_audit")
    assert galat.value.returncode == 2


# --- Reading the history of the office ---


@pytest.fixture
def halaman_riwayat(settings):
    """The pages of history at a place of their own, wherever the site has them."""
    settings.ROOT_URLCONF = __name__
    settings.WAJIB_2FA = False


urlpatterns = [path("uji-riwayat/", include("kpupalu.audit.urls")), *kantor.urlpatterns]
handler403 = handler404 = kantor.handler404


@pytest.mark.django_db
@pytest.mark.usefixtures("halaman_riwayat")
def test_reading_the_history_of_the_office_is_itself_logged(client):
    sari, dewi = orang("sari", "operator"), orang("dewi", "auditor")
    catat_banyak("setujui", [sari] * 120, oleh=sari)
    client.force_login(sari)
    assert client.get("/uji-riwayat/").status_code == 404
    client.force_login(dewi)
    terbaca, url = 0, "/uji-riwayat/"
    while url:
        jawaban = client.get(url)
        terbaca += len(jawaban.context["baris"])
        url = f"/uji-riwayat/?sebelum={jawaban.context['lanjut']}" if jawaban.context["lanjut"] else ""
    assert terbaca == 120
    assert LogAkses.objects.filter(pelaku=dewi, objek_label="Riwayat seluruh kantor").count() == 3
    assert len(client.get("/uji-riwayat/?jenis=lain.lain").context["baris"]) == 0
    assert client.get("/uji-riwayat/").context["pilihan"] == [("accounts.user", "pengguna")]
    assert "Riwayat seluruh kantor" in client.get("/uji-riwayat/akses/").content.decode()
    for sebelum in ("x", "-1", "²", "9" * 30):
        assert client.get("/uji-riwayat/", {"sebelum": sebelum}).status_code == 404
