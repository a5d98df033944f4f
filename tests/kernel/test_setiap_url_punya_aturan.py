"""Every URL of the site declares who may open it; what declares nothing fails here."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.urls.resolvers import RegexPattern, URLResolver
from django.views.generic import View

from kpupalu.accounts import akses, peran
from kpupalu.accounts.models import User


def test_setiap_url_punya_aturan():
    tanpa = [f"{jalur} ({nama or view.__name__})" for jalur, nama, view, aturan in akses.semua_url() if aturan is None]
    assert tanpa == [], "Beri @publik, @masuk, @hak(…) dari kpupalu.accounts.akses pada tampilan ini."


def test_every_right_that_a_url_asks_for_is_declared():
    """A right nobody has would close a page for ever without anybody noticing."""
    diminta = {perm for _, _, _, aturan in akses.semua_url() if aturan for perm in aturan.perm}
    assert diminta - peran.HAK.keys() == set()


def test_a_page_without_a_rule_is_found():
    def telanjang(request):
        return HttpResponse()

    resolver = URLResolver(RegexPattern(r"^/"), [path("a/", telanjang), path("b/", akses.masuk(telanjang))])
    assert [aturan for *_, aturan in akses.semua_url(resolver)] == [None, akses.Aturan(akses.MASUK)]


class Halaman(akses.HakMixin, View):
    perm = "accounts.uji"

    def get(self, request):
        return HttpResponse("isi")


@pytest.mark.django_db
def test_no_right_and_not_there_are_the_same_and_strangers_are_sent_to_the_login(monkeypatch):
    monkeypatch.setattr(peran, "HAK", dict(peran.HAK))
    peran.daftarkan_hak({"accounts.uji": {"operator"}}, {"accounts.uji": "Uji"})
    peran.siapkan_peran()
    sari = User.objects.create_user("sari", nama_lengkap="Sari")
    sari.groups.add(Group.objects.get(name="operator"))
    tono = User.objects.create_user("tono", nama_lengkap="Tono")

    def buka(user):
        request = RequestFactory().get("/uji/?x=1")
        request.user = user
        return Halaman.as_view()(request)

    assert buka(sari).content == b"isi"
    with pytest.raises(Http404):
        buka(tono)
    jawaban = buka(AnonymousUser())
    assert jawaban.status_code == 302
    assert jawaban["Location"].endswith("?next=/uji/%3Fx%3D1")


def test_a_right_is_needed_to_say_hak():
    with pytest.raises(ValueError, match="sedikitnya satu hak"):
        akses.hak()
