"""The account pages of this office. Only these of allauth exist here: no sign-up, no e-mail, no reset by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as usersessions
from django.urls import path

from kpupalu.accounts import forms, views

urlpatterns = [
    path("masuk/", account.LoginView.as_view(form_class=forms.MasukForm), name="account_login"),
    path("masuk/kode/", mfa.AuthenticateView.as_view(form_class=forms.KodeMasukForm), name="mfa_authenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path(
        "akun/konfirmasi/",
        account.ReauthenticateView.as_view(form_class=forms.KonfirmasiSandiForm),
        name="account_reauthenticate",
    ),
    path(
        "akun/konfirmasi/kode/",
        mfa.ReauthenticateView.as_view(form_class=forms.KodeKonfirmasiForm),
        name="mfa_reauthenticate",
    ),
    path("akun/kata-sandi/", views.ganti_sandi, name="account_change_password"),
    path("akun/verifikasi-dua-langkah/", views.DuaLangkahView.as_view(), name="mfa_index"),
    path("akun/verifikasi-dua-langkah/pasang/", views.PasangTOTPView.as_view(), name="mfa_activate_totp"),
    path("akun/verifikasi-dua-langkah/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/kode-pemulihan/", views.kode_pemulihan, name="kode_pemulihan"),
    path("akun/sesi/", usersessions.list_usersessions, name="usersessions_list"),
    path("akun/draf/<int:pk>/", views.draf_isian, name="draf_isian"),
]
