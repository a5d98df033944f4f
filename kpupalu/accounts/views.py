"""Pages of one's own account: allauth's where it has them, in the words of this office."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from kpupalu.accounts import draf, pemulihan
from kpupalu.accounts.akses import masuk
from kpupalu.accounts.forms import GantiSandiForm, PasangTOTPForm
from kpupalu.accounts.models import DrafIsian


class GantiSandiView(PasswordChangeView):
    """Change one's password; a password lent by an admin counts as changed from then on.

    All other sessions of the person end, because Django ties a session to the password it began with.
    """

    form_class = GantiSandiForm

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"terpaksa": self.request.user.harus_ganti_sandi}

    def get_default_success_url(self) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form) -> HttpResponse:
        form.user.harus_ganti_sandi = False
        return super().form_valid(form)


ganti_sandi = masuk(GantiSandiView.as_view())


class DuaLangkahView(IndexView):
    """Whether the second factor is on, and how many recovery codes are left."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {
            "sisa_kode": pemulihan.sisa(self.request.user),
            "banyak_kode": pemulihan.BANYAK,
            "wajib": settings.WAJIB_2FA,
        }


class PasangTOTPView(ActivateTOTPView):
    """Set up the app; the next page gives the recovery codes."""

    form_class = PasangTOTPForm

    def get_context_data(self, **kwargs) -> dict:
        konteks = super().get_context_data(**kwargs)
        rahasia = konteks["form"].secret
        return konteks | {
            "rahasia": " ".join(rahasia[i : i + 4] for i in range(0, len(rahasia), 4)),
            "wajib": settings.WAJIB_2FA,
        }

    def get_success_url(self) -> str:
        return reverse("kode_pemulihan")


@masuk
@reauthentication_required
@sensitive_variables("kode")
@require_http_methods(["GET", "POST"])
def kode_pemulihan(request) -> HttpResponse:
    """Say how many codes are left; POST makes ten new ones and shows them this one time."""
    if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return redirect("mfa_activate_totp")
    kode = pemulihan.buat_baru(request.user) if request.method == "POST" else []
    konteks = {"kode": kode, "sisa": pemulihan.sisa(request.user), "banyak": pemulihan.BANYAK}
    return render(request, "mfa/kode_pemulihan.html", konteks)


@masuk
@require_http_methods(["GET", "POST"])
def draf_isian(request, pk: int) -> HttpResponse:
    """Offer the kept form to its owner: send it to the page it was meant for, or (POST) throw it away."""
    tersimpan = get_object_or_404(DrafIsian, pk=pk, pemilik=request.user)
    isian = draf.buka(tersimpan)
    if isian is None:
        tersimpan.delete()
        raise Http404
    if request.method == "POST":
        tersimpan.delete()
        messages.success(request, "Draf isian dihapus.")
        return redirect("beranda")
    return render(request, "accounts/draf_isian.html", {"draf": tersimpan, "isian": isian})
