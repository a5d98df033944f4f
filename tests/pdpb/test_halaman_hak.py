"""Who may open which page of the voter data, and that no link leads nowhere."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from pdpb import urls
from pdpb.models import (
    Temuan,
)
from tests.pdpb.halaman import HALAMAN, PERAN, PUBLIK, PUBLIK_TANGGAPAN, alamat, masuk
from tests.pdpb.jelajah import jelajahi

pytestmark = pytest.mark.django_db


def test_the_table_names_every_page():
    assert {p.name for p in urls.urlpatterns} == HALAMAN.keys()


@pytest.mark.parametrize("metode", ["get", "post"])
@pytest.mark.parametrize("nama", HALAMAN)
def test_who_may_open_each_page(client, kantor, nama, metode):
    _, boleh, get, post = HALAMAN[nama]
    diharap = {peran: (get if metode == "get" else post) if peran in boleh else 404 for peran in PERAN}
    didapat = {}
    for peran in PERAN:
        masuk(client, peran)
        with transaction.atomic():
            didapat[peran] = getattr(client, metode)(alamat(nama, kantor), {"x": "1"}).status_code
            transaction.set_rollback(True)
    assert didapat == diharap
    client.logout()
    jawaban = getattr(client, metode)(alamat(nama, kantor))
    if nama in PUBLIK_TANGGAPAN:
        assert jawaban.status_code in (200, 302, 405)
        assert jawaban.get("Location", "") in ("", reverse("pdpb:tanggapan_tiket"))
    elif nama in PUBLIK:
        assert jawaban.status_code == (get if metode == "get" else post)
    else:
        assert (jawaban.status_code, urlsplit(jawaban["Location"]).path) == (302, reverse("account_login"))


def test_not_there_and_no_right_look_the_same(client, kantor):
    """The page for a voter that does not exist is the page of somebody without the right, byte for byte but tokens."""
    masuk(client, "operator")
    tiada = client.get(reverse("pdpb:pemilih_detail", args=[99_999_999])).content.decode()
    larangan = client.get(reverse("pdpb:periode_baru")).content.decode()
    buang = re.compile(r'value="[^"]{20,}"|x-csrftoken[^}]*|[0-9A-F]{8,}')
    assert buang.sub("", tiada) == buang.sub("", larangan)


@pytest.mark.parametrize("peran", PERAN)
def test_no_link_on_any_page_of_a_role_leads_nowhere(client, kantor, peran):
    masuk(client, peran)
    hasil = jelajahi(client, ["/"], maks=250)
    buruk = {a: j.status_code for a, j in hasil.items() if j.status_code not in (200, 301, 302)}
    assert buruk == {}
    assert len(hasil) > 5


def test_a_reader_who_posts_a_decision_changes_nothing(client, kantor):
    masuk(client, "auditor")
    temuan = Temuan.objects.get()
    data = {"id": temuan.pk, "status": "selesai", "keputusan": "Sudah diperiksa semuanya"}
    client.post(reverse("pdpb:temuan_daftar"), data)
    assert Temuan.objects.get(pk=temuan.pk).status == "terbuka"
