"""Logging in, the second factor, and how a session ends."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kpupalu.accounts import pemulihan
from kpupalu.accounts.adapter import GAGAL_MASUK, MFAAdapter
from kpupalu.accounts.models import DrafIsian, KodePemulihan, User

SANDI = "kuda-lumping-sore-9"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(settings):
    settings.WAJIB_2FA = False
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sari(db) -> User:
    return User.objects.create_user("sari", password=SANDI, nama_lengkap="Sari, S.Kom.")


def masuk(client: Client, username="sari", sandi=SANDI, **lain):
    return client.post(reverse("account_login"), {"login": username, "password": sandi}, **lain)


def pastikan(client: Client) -> None:
    """Type the password once more, as important pages ask."""
    client.post(reverse("account_reauthenticate"), {"password": SANDI})


def kode(rahasia: str) -> str:
    return format_hotp_value(hotp_value(rahasia, int(time.time()) // 30))


def pasang(user: User) -> str:
    """Give *user* an authenticator and return its secret."""
    rahasia = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": MFAAdapter().encrypt(rahasia)}
    )
    return rahasia


def terbuka(client: Client) -> bool:
    return client.get(reverse("usersessions_list")).status_code == 200


# --- Logging in ---


def test_login_opens_the_office_and_tells_the_browser_what_to_fill_in(client, sari):
    halaman = client.get(reverse("account_login")).content.decode()
    assert 'autocomplete="username"' in halaman
    assert 'autocomplete="current-password"' in halaman
    assert "placeholder" not in halaman
    assert masuk(client).status_code == 302
    assert terbuka(client)


def test_every_failed_login_reads_the_same(client, sari):
    User.objects.create_user("tono", password=SANDI, nama_lengkap="Tono", is_active=False)
    jawaban = [
        masuk(client, "sari", "salah-sekali-0"),
        masuk(client, "tiada", SANDI),
        masuk(client, "tono", SANDI),
    ]
    for satu in jawaban:
        assert satu.status_code == 200
        assert GAGAL_MASUK in satu.content.decode()
    assert not terbuka(client)


def test_login_is_limited_per_name_also_from_many_addresses(client, sari):
    for nomor in range(5):
        masuk(client, "sari", "salah", REMOTE_ADDR=f"10.0.0.{nomor}")
    ditahan = masuk(client, "sari", SANDI, REMOTE_ADDR="10.0.0.99")
    assert "terlalu banyak" in ditahan.content.decode()
    assert not terbuka(client)


def test_login_is_limited_per_address_also_for_many_names(client, sari):
    jawaban = [masuk(client, f"nama{nomor}", "salah") for nomor in range(11)]
    assert "terlalu banyak" in jawaban[-1].content.decode()
    assert "terlalu banyak" not in jawaban[0].content.decode()


def test_nobody_signs_up_and_no_password_is_reset_by_mail(client):
    for jalur in ("/akun/signup/", "/daftar/", "/akun/password/reset/", "/akun/email/"):
        assert client.get(jalur).status_code == 404, jalur


def test_login_does_not_lead_to_another_site(client, sari):
    jawaban = client.post(
        reverse("account_login") + "?next=https://jahat.example/", {"login": "sari", "password": SANDI}
    )
    assert jawaban["Location"] == reverse("beranda")


# --- The end of a session ---


def test_sesi(client, sari, time_machine, settings):
    """Idle 15 minutes, absolute 10 hours; a page view starts the idle time anew."""
    time_machine.move_to("2026-11-24T08:00:00+08:00", tick=False)
    masuk(client)
    assert terbuka(client)
    time_machine.shift(14 * 60)
    assert terbuka(client)
    time_machine.shift(14 * 60)
    assert terbuka(client), "the view 14 minutes ago counted"
    time_machine.shift(15 * 60 + 1)
    jawaban = client.get(reverse("usersessions_list"), follow=True)
    teks = jawaban.content.decode()
    assert "Sesi Anda berakhir karena tidak ada kegiatan selama 15 menit." in teks
    assert "draf" not in teks, "nothing was sent, so nothing was kept"
    assert not terbuka(client)


def test_a_session_ends_after_ten_hours_however_busy(client, sari, time_machine):
    time_machine.move_to("2026-11-24T07:00:00+08:00", tick=False)
    masuk(client)
    for _ in range(59):
        assert terbuka(client)
        time_machine.shift(600)
    assert terbuka(client)
    time_machine.shift(600)
    jawaban = client.get(reverse("usersessions_list"), follow=True)
    assert "Sesi Anda berakhir karena sudah berjalan 10 jam." in jawaban.content.decode()


def test_an_ended_session_answers_htmx_with_a_whole_page(client, sari, time_machine):
    time_machine.move_to("2026-11-24T08:00:00+08:00", tick=False)
    masuk(client)
    terbuka(client)
    time_machine.shift(16 * 60)
    jawaban = client.get(reverse("usersessions_list"), headers={"HX-Request": "true"})
    assert jawaban["HX-Redirect"].startswith(reverse("account_login"))
    assert jawaban.content == b""


def kirim_terlambat(client, time_machine, isian):
    time_machine.move_to("2026-11-24T08:00:00+08:00", tick=False)
    masuk(client)
    terbuka(client)
    time_machine.shift(16 * 60)
    return client.post(reverse("beranda") + "?langkah=2", isian)


def test_a_form_sent_too_late_is_kept_for_its_owner(client, sari, time_machine):
    isian = {"alasan": "Surat kematian No. 12", "jenis": ["a", "b"], "sandi_lama": "jangan-simpan"}
    jawaban = kirim_terlambat(client, time_machine, isian)
    draf = DrafIsian.objects.get()
    assert jawaban["Location"] == f"{reverse('account_login')}?next=/akun/draf/{draf.pk}/"
    assert b"kematian" not in bytes(draf.isi), "encrypted at rest"
    masuk_lagi = client.post(jawaban["Location"], {"login": "sari", "password": SANDI}, follow=True)
    teks = masuk_lagi.content.decode()
    assert 'action="/?langkah=2"' in teks
    assert 'name="alasan" value="Surat kematian No. 12"' in teks
    assert teks.count('name="jenis"') == 2
    assert "jangan-simpan" not in teks


def test_a_kept_form_says_so_and_belongs_to_nobody_else(client, sari, time_machine):
    jawaban = kirim_terlambat(client, time_machine, {"alasan": "x"})
    assert "Isian Anda disimpan sebagai draf." in client.get(jawaban["Location"]).content.decode()
    tono = User.objects.create_user("tono", password=SANDI, nama_lengkap="Tono")
    lain = Client()
    lain.force_login(tono)
    assert lain.get(f"/akun/draf/{DrafIsian.objects.get().pk}/").status_code == 404


def test_a_kept_form_is_gone_after_a_day(client, sari, time_machine):
    kirim_terlambat(client, time_machine, {"alasan": "x"})
    draf = DrafIsian.objects.get()
    time_machine.shift(24 * 3600 + 1)
    masuk(client)
    assert client.get(f"/akun/draf/{draf.pk}/").status_code == 404
    assert not DrafIsian.objects.exists()


def test_disabling_an_account_ends_its_sessions(client, sari):
    masuk(client)
    assert terbuka(client)
    User.objects.filter(pk=sari.pk).update(is_active=False)
    assert not terbuka(client)


def test_changing_the_password_ends_the_other_sessions(client, sari):
    lain = Client()
    masuk(client)
    masuk(lain)
    isian = {"oldpassword": SANDI, "password1": "gunung-biru-tenang-3", "password2": "gunung-biru-tenang-3"}
    client.post(reverse("account_change_password"), isian)
    assert terbuka(client)
    assert not terbuka(lain)


def test_one_sees_and_ends_ones_own_sessions(client, sari):
    lain = Client()
    masuk(lain, headers={"user-agent": "Peramban Lain"})
    masuk(client)
    assert "Peramban Lain" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))
    assert terbuka(client)
    assert not terbuka(lain)


def test_logging_in_changes_the_session_key_and_logging_out_ends_it(client, sari):
    client.get(reverse("account_login"))
    sebelum = client.session.session_key
    masuk(client)
    sesudah = client.session.session_key
    assert sebelum != sesudah
    assert client.get(reverse("account_logout")).status_code == 200, "GET only asks"
    assert terbuka(client)
    client.post(reverse("account_logout"))
    assert not terbuka(client)
    client.cookies["sesi_contoh"] = sesudah
    assert not terbuka(client)


# --- A password lent by an admin ---


def test_a_temporary_password_opens_nothing_but_its_change(client, sari):
    User.objects.filter(pk=sari.pk).update(harus_ganti_sandi=True)
    masuk(client)
    ganti = reverse("account_change_password")
    for nama in ("beranda", "usersessions_list", "mfa_index"):
        assert client.get(reverse(nama))["Location"] == ganti
    sama = {"oldpassword": SANDI, "password1": SANDI, "password2": SANDI}
    assert "harus berbeda" in client.post(ganti, sama).content.decode()
    pendek = {"oldpassword": SANDI, "password1": "pendek", "password2": "pendek"}
    assert client.post(ganti, pendek).status_code == 200
    baru = "gunung-biru-tenang-3"
    client.post(ganti, {"oldpassword": SANDI, "password1": baru, "password2": baru})
    sari.refresh_from_db()
    assert not sari.harus_ganti_sandi
    assert terbuka(client)


# --- The second factor ---


def test_2fa(client, sari, settings):
    """No page after the password only; a code is good once; a recovery code is hashed and good once."""
    settings.WAJIB_2FA = True
    rahasia = pasang(sari)
    jawaban = masuk(client)
    assert jawaban["Location"] == reverse("mfa_authenticate")
    assert not terbuka(client), "the password alone is no session"
    sekarang = kode(rahasia)
    client.post(reverse("mfa_authenticate"), {"code": sekarang})
    assert terbuka(client)

    lain = Client()
    masuk(lain)
    lain.post(reverse("mfa_authenticate"), {"code": sekarang})
    assert not terbuka(lain), "the same six digits a second time"

    satu = pemulihan.buat_baru(sari)[0]
    assert satu not in str(list(KodePemulihan.objects.values()))
    lain.post(reverse("mfa_authenticate"), {"code": satu.lower()})
    assert terbuka(lain)
    ketiga = Client()
    masuk(ketiga)
    ketiga.post(reverse("mfa_authenticate"), {"code": satu})
    assert not terbuka(ketiga)
    assert pemulihan.sisa(sari) == 9


def test_without_a_second_factor_only_its_setup_opens(client, sari, settings):
    settings.WAJIB_2FA = True
    masuk(client)
    pasang_url = reverse("mfa_activate_totp")
    for nama in ("beranda", "usersessions_list", "account_change_password", "admin:index"):
        assert client.get(reverse(nama))["Location"] == pasang_url, nama
    assert client.get(pasang_url)["Location"].startswith(reverse("account_reauthenticate"))
    pastikan(client)
    halaman = client.get(pasang_url)
    rahasia = halaman.context["form"].secret
    salah = client.post(pasang_url, {"code": "000000"})
    assert "Kode tidak cocok" in salah.content.decode()
    jawaban = client.post(pasang_url, {"code": kode(rahasia)})
    assert jawaban["Location"] == reverse("kode_pemulihan")
    tersimpan = Authenticator.objects.get(user=sari, type=Authenticator.Type.TOTP).data["secret"]
    assert rahasia not in tersimpan
    assert terbuka(client)


def test_recovery_codes_are_shown_once_and_replace_the_older(client, sari):
    pasang(sari)
    masuk(client)
    client.post(reverse("mfa_authenticate"), {"code": kode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")})
    lama = pemulihan.buat_baru(sari)
    client.post(reverse("kode_pemulihan"))
    assert pemulihan.sisa(sari) == 10, "nothing is made before the password was typed again"
    assert pemulihan.pakai(sari, lama[1])
    pastikan(client)
    halaman = client.post(reverse("kode_pemulihan"))
    baru = halaman.context["kode"]
    assert len(set(baru)) == 10
    assert all(satu in halaman.content.decode() for satu in baru)
    assert not any(satu in client.get(reverse("kode_pemulihan")).content.decode() for satu in baru)
    assert not pemulihan.pakai(sari, lama[0])
    assert pemulihan.pakai(sari, baru[0])
    assert not pemulihan.pakai(sari, baru[0])


def test_a_new_password_does_not_skip_the_second_factor(client, sari, settings):
    settings.WAJIB_2FA = True
    pasang(sari)
    sari.set_password("sementara-sekali-1")
    sari.harus_ganti_sandi = True
    sari.save()
    assert masuk(client, sandi="sementara-sekali-1")["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("account_change_password")).status_code == 302
    assert not terbuka(client)


def test_a_session_made_without_the_second_factor_is_asked_for_it(client, sari, settings):
    """Whatever made the session (another login page, a bug): the gate asks for proof of its own."""
    settings.WAJIB_2FA = True
    rahasia = pasang(sari)
    Authenticator.objects.filter(user=sari).update(created_at="2026-01-01T00:00:00Z")
    client.force_login(sari)
    jawaban = client.get(reverse("usersessions_list"))
    assert jawaban["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": kode(rahasia)})
    assert terbuka(client)


def test_the_admin_site_has_no_login_of_its_own(client, sari):
    User.objects.filter(pk=sari.pk).update(is_staff=True, is_superuser=True)
    pasang(sari)
    client.post(reverse("admin:login"), {"username": "sari", "password": SANDI})
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_second_factor_is_not_taken_off_where_it_is_required(client, sari, settings):
    settings.WAJIB_2FA = True
    rahasia = pasang(sari)
    masuk(client)
    client.post(reverse("mfa_authenticate"), {"code": kode(rahasia)})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=sari).exists()
