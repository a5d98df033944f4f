"""What pages are spared: the quick way and the plain way say the same."""

from datetime import timedelta

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.forms.renderers import DjangoTemplates
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from kpupalu.accounts.backends import PeranBackend
from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.accounts.orang import muat
from kpupalu.accounts.peran import peran_pada
from kpupalu.accounts.sesi import SessionStore
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.pemberitahuan.actions import beri_tahu
from kpupalu.ui import menu
from kpupalu.ui.context import halaman
from kpupalu.ui.isian import PencetakIsian


def orang(nama: str, *peran: str, **lain) -> User:
    user = User.objects.create_user(nama, password="rahasia-sekali-9", nama_lengkap=nama.title(), **lain)
    user.groups.set(Group.objects.filter(name__in=peran))
    return user


def mewakili(pejabat: User, pengganti: User, geser: int = 0) -> None:
    hari = hari_ini() + timedelta(days=geser)
    PelaksanaHarian.objects.create(
        pejabat=pejabat, pengganti=pengganti, mulai=hari, sampai=hari, nomor_surat="1", alasan="Cuti"
    )


@pytest.fixture
def kantor(db) -> list[User]:
    """People in every position towards roles and letters."""
    sari, budi = orang("sari", "operator", "auditor"), orang("budi", "kasubbag_rendatin", "anggota")
    nonaktif = orang("tono", "sekretaris", is_active=False)
    mewakili(budi, sari)
    mewakili(nonaktif, sari)
    dua = orang("dewi", "kasubbag", "ketua")
    mewakili(dua, sari)
    mewakili(dua, budi, geser=1)
    mewakili(budi, dua, geser=-1)
    tiada = orang("tiada")
    return [sari, budi, dua, nonaktif, tiada, orang("akar", "operator", is_superuser=True, is_staff=True)]


def test_a_person_read_at_once_is_the_person_read_bit_by_bit(kantor):
    for lama in kantor:
        sekali, biasa = muat(lama.pk), User.objects.get(pk=lama.pk)
        assert sekali == biasa
        assert sekali.__dict__.keys() >= {b.attname for b in User._meta.concrete_fields}
        assert peran_pada(sekali) == peran_pada(biasa)
        assert sekali.get_all_permissions() == biasa.get_all_permissions()
        assert sekali.get_group_permissions() == biasa.get_group_permissions()
        assert sekali.has_perm("pdpb.setujui_perubahan") is biasa.has_perm("pdpb.setujui_perubahan")
    assert peran_pada(muat(kantor[0].pk))[-1][1].startswith("Plh. ")
    assert muat(0) is None


def test_a_person_of_a_session_costs_one_query_and_none_afterwards(kantor):
    sari = kantor[0]
    beri_tahu([sari], jenis="berubah", kunci="uji", judul="Contoh", tautan="/")
    with CaptureQueriesContext(connection) as kueri:
        user = PeranBackend().get_user(sari.pk)
        user.has_perm("pdpb.lihat_pemilih"), peran_pada(user)
        permintaan = RequestFactory().get("/")
        permintaan.user = user
        assert halaman(permintaan)["belum_dibaca"] == 1
    assert len(kueri) == 1
    assert PeranBackend().get_user(kantor[3].pk) is None, "an inactive account has no session"


def test_a_session_reads_back_until_it_ends(db):
    sesi = SessionStore()
    sesi["kata"] = "isi"
    sesi.save()
    assert SessionStore(sesi.session_key)["kata"] == "isi"
    Session.objects.filter(pk=sesi.session_key).update(expire_date=sekarang() - timedelta(seconds=1))
    basi = SessionStore(sesi.session_key)
    assert basi.get("kata") is None
    assert basi.session_key is None
    assert SessionStore("tidakadatidakada").get("kata") is None


class Isian(forms.Form):
    """One of each control, with what escaping and quoting could spoil."""

    teks = forms.CharField(label="<b>", widget=forms.TextInput(attrs={"data-x": '"<&', "hidden": True, "lain": False}))
    angka = forms.IntegerField(min_value=1)
    hari = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    centang = forms.BooleanField()
    rahasia = forms.CharField(widget=forms.HiddenInput)
    surel = forms.EmailField()
    pilih = forms.ChoiceField(
        choices=[("", "Semua"), ("A & B", [("1", "<satu>"), (2, mark_safe("<i>dua</i>")), (None, 1234)]), ("x", "X")]
    )
    banyak = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    luas = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize(
    "isi",
    [
        None,
        {"teks": '"><script>', "angka": "x<1", "hari": "2026-13-40", "pilih": "2", "banyak": ["b"], "radio": "a",
         "centang": "on", "luas": "</textarea>", "rahasia": "'", "surel": "a@b"},
    ],
)  # fmt: skip
def test_controls_are_written_as_django_writes_them(isi):
    biasa, cepat = Isian(isi, renderer=DjangoTemplates()), Isian(isi, renderer=PencetakIsian())
    for nama in biasa.fields:
        assert str(cepat[nama]) == str(biasa[nama]), nama


def test_the_menu_is_printed_for_where_one_stands(kantor):
    sari = muat(kantor[0].pk)
    beranda, lain = menu.cetak(sari, "/"), menu.cetak(sari, "/data-pemilih/pemilih/7/")
    assert 'aria-current="page"' in beranda
    assert 'href="/data-pemilih/pemilih/" aria-current="true"' in lain
    assert menu.cetak(muat(kantor[4].pk), "/") != beranda, "who may less sees less"
    assert menu.cetak(None, "/") == ""


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_found_out_without_asking():
    assert connection.is_usable() or connection.ensure_connection() is None
    with CaptureQueriesContext(connection) as kueri:
        assert connection.is_usable()
    assert len(kueri) == 0
    lain = connection.copy()
    pid = connection.connection.info.backend_pid
    with lain.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    lain.close()
    assert not connection.is_usable()
    connection.close()
    connection.ensure_connection()
    assert connection.is_usable()
