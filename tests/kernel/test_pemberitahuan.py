"""One event, one notification; only its owner reads it; the banner counts what is unread."""

import pytest
from django.urls import reverse

from kpupalu.pemberitahuan.actions import beri_tahu, tandai_dibaca
from kpupalu.pemberitahuan.models import Pemberitahuan
from kpupalu.pemberitahuan.surel import kirim_ringkasan
from tests import make

pytestmark = pytest.mark.django_db


def beri(*untuk, kunci="k1", **lain) -> int:
    isi = {"jenis": "menunggu", "judul": "Disposisi SM-1", "tautan": "/kalender/"} | lain
    return beri_tahu(untuk, kunci=kunci, **isi)


def test_the_same_event_is_told_once_and_only_to_active_people():
    sari, wati = make.sari(), make.wati()
    wati.is_active = False
    assert [beri(sari, wati), beri(sari), beri(sari, kunci="k2")] == [1, 0, 1]
    assert Pemberitahuan.objects.count() == 2


def test_a_nik_never_stands_in_one_and_a_link_never_leads_away():
    beri(make.sari(), judul="Berkas 7271012505909001", kalimat="NIK 7271 0125 0590 9001")
    satu = Pemberitahuan.objects.get()
    assert "9001" not in satu.judul + satu.kalimat
    for tautan in ("https://lain.example/", "//lain.example/", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="di luar situs"):
            beri(make.sari(), kunci=tautan, tautan=tautan)
    with pytest.raises(ValueError, match="iklan"):
        beri(make.sari(), kunci="k3", jenis="iklan")


def test_the_banner_counts_and_reading_takes_away(client):
    sari = make.sari()
    beri(sari, kunci="a")
    beri(sari, kunci="b", judul="Kedua")
    client.force_login(sari)
    url = reverse("pemberitahuan:daftar")
    halaman = client.get(url).content.decode()
    assert '<b class="lonceng-angka">2</b>' in halaman
    satu = Pemberitahuan.objects.get(kunci="a")
    assert client.get(reverse("pemberitahuan:buka", args=[satu.pk])).status_code == 405
    jawaban = client.post(reverse("pemberitahuan:buka", args=[satu.pk]))
    assert (jawaban.status_code, jawaban["Location"]) == (302, "/kalender/")
    halaman = client.get(url).content.decode()
    assert '<b class="lonceng-angka">1</b>' in halaman
    assert "Disposisi SM-1" not in halaman
    assert "Disposisi SM-1" in client.get(url, {"semua": "1"}).content.decode()
    client.post(reverse("pemberitahuan:baca_semua"))
    halaman = client.get(url).content.decode()
    assert "lonceng-angka" not in halaman
    assert "Tidak ada yang belum dibaca" in halaman
    assert tandai_dibaca(sari) == 0


def test_nobody_opens_that_of_another(client):
    beri(make.sari())
    satu = Pemberitahuan.objects.get()
    client.force_login(make.wati())
    assert client.post(reverse("pemberitahuan:buka", args=[satu.pk])).status_code == 404
    assert "Disposisi" not in client.get(reverse("pemberitahuan:daftar"), {"semua": "1"}).content.decode()
    client.post(reverse("pemberitahuan:baca_semua"))
    satu.refresh_from_db()
    assert satu.dibaca_pada is None


def test_long_lists_go_on_page_by_page(client):
    sari = make.sari()
    for n in range(35):
        beri(sari, kunci=f"k{n}", judul=f"Hal {n:02}")
    client.force_login(sari)
    url = reverse("pemberitahuan:daftar")
    pertama = client.get(url)
    assert len(pertama.context["pemberitahuan"]) == 30
    kedua = client.get(url, {"sebelum": pertama.context["berikut"]})
    assert [p.judul for p in kedua.context["pemberitahuan"]] == [f"Hal {n:02}" for n in range(4, -1, -1)]
    assert client.get(url, {"sebelum": "9" * 40}).status_code == 200


def test_the_digest_goes_out_once_and_only_where_mail_is_configured(settings, mailoutbox):
    sari = make.sari()
    beri(sari, kunci="a")
    beri(make.wati(), kunci="a")
    type(sari).objects.filter(pk=sari.pk).update(email="sari@kantor.example")
    settings.EMAIL_HOST = ""
    assert kirim_ringkasan() == 0
    settings.EMAIL_HOST = "surat.kantor.example"
    assert [kirim_ringkasan(), kirim_ringkasan()] == [1, 0]
    (surat,) = mailoutbox
    assert surat.to == ["sari@kantor.example"]
    assert "Disposisi SM-1" in surat.body
    assert f"{settings.URL_PUBLIK}/pemberitahuan/" in surat.body
    beri(sari, kunci="b")
    tandai_dibaca(sari)
    assert kirim_ringkasan() == 0


def test_a_mail_server_that_is_down_loses_nothing(settings):
    sari = make.sari()
    type(sari).objects.filter(pk=sari.pk).update(email="sari@kantor.example")
    beri(sari)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert kirim_ringkasan() == 0
    assert Pemberitahuan.objects.get().disurelkan_pada is None
