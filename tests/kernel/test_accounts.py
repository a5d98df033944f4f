"""Roles, rights, stand-ins, accounts: who may do what, and who may do it for somebody else."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kpupalu.accounts import peran
from kpupalu.accounts.backends import PeranBackend
from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.accounts.tabel import AKHIR, AWAL, tabel_hak
from kpupalu.lib.waktu import hari_ini

KEPUTUSAN = Path(__file__).parents[2] / "docs/keputusan/0002-peran-dan-hak.md"


def orang(username: str, *roles: str, **lain) -> User:
    user = User.objects.create_user(username, password="rahasia-sekali-9", nama_lengkap=username.title(), **lain)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def segar(user: User) -> User:
    """The user as the next request sees them, without cached permissions."""
    return PeranBackend().get_user(user.pk)


@pytest.fixture
def hak_uji(monkeypatch, db):
    """Three acts that only this test knows."""
    monkeypatch.setattr(peran, "HAK", dict(peran.HAK))
    peran.daftarkan_hak(
        {
            "accounts.uji_setujui": {"kasubbag"},
            "accounts.uji_baca": {"auditor", "anggota"},
            "accounts.uji_masuk": {"operator"},
        },
        label={
            "accounts.uji_setujui": "Menyetujui",
            "accounts.uji_baca": "Membaca",
            "accounts.uji_masuk": "Memasukkan",
        },
    )
    peran.siapkan_peran()


def plh(pejabat: User, pengganti: User, *, mulai: date, sampai: date) -> PelaksanaHarian:
    return PelaksanaHarian.objects.create(
        pejabat=pejabat, pengganti=pengganti, mulai=mulai, sampai=sampai, nomor_surat="1", alasan="Cuti"
    )


@pytest.mark.django_db
def test_every_role_is_a_group_after_migrate():
    assert set(Group.objects.values_list("name", flat=True)) == set(peran.PERAN)


def test_a_role_has_its_acts_and_no_other(hak_uji):
    budi = orang("budi", "kasubbag")
    assert budi.has_perm("accounts.uji_setujui")
    assert not budi.has_perm("accounts.uji_masuk")


def test_repeating_changes_nothing_and_manual_changes_do_not_last(hak_uji):
    kasubbag = Group.objects.get(name="kasubbag")
    sebelum = set(kasubbag.permissions.values_list("pk", flat=True))
    kasubbag.permissions.add(Permission.objects.get(codename="uji_masuk"))
    peran.siapkan_peran()
    assert set(kasubbag.permissions.values_list("pk", flat=True)) == sebelum
    jumlah = Permission.objects.count()
    peran.siapkan_peran()
    assert Permission.objects.count() == jumlah


def test_one_act_declared_twice_differently_is_refused(monkeypatch):
    monkeypatch.setattr(peran, "HAK", {})
    peran.daftarkan_hak({"accounts.uji": {"ketua"}})
    peran.daftarkan_hak({"accounts.uji": {"ketua"}})
    with pytest.raises(ImproperlyConfigured, match=r"accounts\.uji"):
        peran.daftarkan_hak({"accounts.uji": {"operator"}})


@pytest.mark.parametrize(
    ("hak", "label", "kode"),
    [
        ({"accounts.uji": {"kepala_gudang"}}, {"accounts.uji": "x"}, "accounts.E001"),
        ({"tiada.uji": {"ketua"}}, {"tiada.uji": "x"}, "accounts.E002"),
        ({"accounts.tidak_ada": {"ketua"}}, {}, "accounts.E003"),
    ],
)
def test_unknown_role_app_or_permission_fails_the_check(monkeypatch, hak, label, kode):
    monkeypatch.setattr(peran, "HAK", {})
    peran.daftarkan_hak(hak, label)
    assert [temuan.id for temuan in peran.periksa_hak()] == [kode]


def test_the_registry_of_the_office_passes_the_check():
    assert peran.HAK
    assert peran.periksa_hak() == []


def test_plh_has_the_rights_only_while_the_letter_is_in_force(hak_uji, time_machine):
    budi, sari = orang("budi", "kasubbag"), orang("sari", "operator")
    plh(budi, sari, mulai=date(2026, 12, 1), sampai=date(2026, 12, 3))
    # 23.30 WITA on 30 November is still November although UTC is not asked; 00.30 WITA is December.
    for saat, boleh in (
        ("2026-11-30T23:30:00+08:00", False),
        ("2026-12-01T00:30:00+08:00", True),
        ("2026-12-03T23:30:00+08:00", True),
        ("2026-12-04T00:30:00+08:00", False),
    ):
        time_machine.move_to(saat)
        assert segar(sari).has_perm("accounts.uji_setujui") is boleh, saat
    assert segar(sari).has_perm("accounts.uji_masuk")


def test_plh_does_not_pass_on_what_was_passed_on(hak_uji):
    budi, sari, tono = orang("budi", "kasubbag"), orang("sari", "operator"), orang("tono", "gudang")
    hari = hari_ini()
    plh(budi, sari, mulai=hari, sampai=hari)
    plh(sari, tono, mulai=hari, sampai=hari)
    assert segar(tono).has_perm("accounts.uji_masuk")
    assert not segar(tono).has_perm("accounts.uji_setujui")


def test_a_vote_and_an_audit_are_never_passed_on(hak_uji):
    dewi, andi, sari = orang("dewi", "auditor"), orang("andi", "anggota"), orang("sari", "operator")
    hari = hari_ini()
    plh(dewi, sari, mulai=hari, sampai=hari)
    plh(andi, sari, mulai=hari, sampai=hari)
    assert not segar(sari).has_perm("accounts.uji_baca")
    with pytest.raises(ValidationError) as galat:
        PelaksanaHarian(pejabat=dewi, pengganti=sari, mulai=hari, sampai=hari, nomor_surat="1", alasan="x").full_clean()
    assert "pejabat" in galat.value.message_dict


def test_a_disabled_pejabat_passes_nothing_on(hak_uji):
    budi, sari = orang("budi", "kasubbag", is_active=False), orang("sari", "operator")
    plh(budi, sari, mulai=hari_ini(), sampai=hari_ini())
    assert not segar(sari).has_perm("accounts.uji_setujui")
    assert peran.peran_pada(sari) == [("operator", "Operator data")]


@pytest.mark.django_db
def test_the_database_refuses_a_plh_of_oneself_and_a_turned_period():
    budi, sari = orang("budi", "kasubbag"), orang("sari")
    hari = hari_ini()
    for pengganti, sampai in ((budi, hari), (sari, hari - timedelta(days=1))):
        with pytest.raises(IntegrityError), transaction.atomic():
            plh(budi, pengganti, mulai=hari, sampai=sampai)


@pytest.mark.django_db
def test_peran_pada_says_in_which_post_somebody_acts():
    budi, sari = orang("budi", "kasubbag", "sekretaris"), orang("sari", "operator", "kasubbag")
    plh(budi, sari, mulai=hari_ini(), sampai=hari_ini())
    assert peran.peran_pada(sari) == [
        ("operator", "Operator data"),
        ("kasubbag", "Kepala subbagian"),
        ("sekretaris", "Plh. Sekretaris"),
    ]
    assert sari.sebutan_peran() == "Operator data, Kepala subbagian, Plh. Sekretaris"


def test_a_superuser_needs_the_role_for_acts_of_the_office(hak_uji):
    root = orang("root", is_superuser=True, is_staff=True)
    assert root.has_perm("sessions.view_session"), "permissions of models are Django's"
    assert not root.has_perm("accounts.uji_setujui")
    root.groups.add(Group.objects.get(name="kasubbag"))
    assert segar(root).has_perm("accounts.uji_setujui")


def test_an_inactive_user_may_nothing(hak_uji):
    assert not orang("budi", "kasubbag", is_active=False).has_perm("accounts.uji_setujui")
    assert not orang("root", "kasubbag", is_active=False, is_superuser=True).has_perm("accounts.uji_setujui")


def test_the_table_of_the_decision_is_the_table_of_the_code():
    teks = KEPUTUSAN.read_text("utf-8")
    assert teks.split(AWAL)[1].split(AKHIR)[0].strip() == tabel_hak().strip(), (
        "Jalankan: manage.py siapkan_peran --tabel docs/keputusan/0002-peran-dan-hak.md"
    )


# --- The admin ---


@pytest.fixture
def admin_client(client, db):
    client.force_login(orang("ani", "admin", is_staff=True))
    return client


def test_an_account_made_by_the_admin_must_change_its_password(admin_client):
    admin_client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "baru",
            "nama_lengkap": "Baru, S.E.",
            "password1": "sementara-sekali-1",
            "password2": "sementara-sekali-1",
        },
    )
    assert User.objects.get(username="baru").harus_ganti_sandi


def test_a_password_set_by_the_admin_is_temporary(admin_client):
    sari = orang("sari", "operator")
    admin_client.post(
        reverse("admin:auth_user_password_change", args=[sari.pk]),
        {"password1": "sementara-sekali-1", "password2": "sementara-sekali-1", "usable_password": "true"},
    )
    sari.refresh_from_db()
    assert sari.check_password("sementara-sekali-1")
    assert sari.harus_ganti_sandi


def test_nobody_is_deleted_and_roles_are_not_edited_in_the_admin(admin_client):
    sari = orang("sari", "operator")
    assert admin_client.post(reverse("admin:accounts_user_delete", args=[sari.pk]), {"post": "yes"}).status_code == 404
    assert User.objects.filter(pk=sari.pk).exists()
    assert admin_client.get("/kendali/auth/group/").status_code == 404
    halaman = admin_client.get(reverse("admin:accounts_user_change", args=[sari.pk])).content.decode()
    assert 'name="groups"' in halaman
    assert 'name="is_superuser"' not in halaman
    assert 'name="user_permissions"' not in halaman


@pytest.mark.django_db
def test_a_right_given_to_a_person_and_not_to_a_role_is_no_right():
    user = User.objects.create_user("lepas", nama_lengkap="Lepas")
    user.user_permissions.add(Permission.objects.get(codename="setujui_perubahan"))
    assert not User.objects.get(pk=user.pk).has_perm("pdpb.setujui_perubahan")
