"""What one person may ask for in an hour or a day is limited, and reaching a limit rings the alarm."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpupalu.aturan import pembatasan
from kpupalu.aturan.models import Aturan
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.models import Jejak, LogAkses, Pemakaian
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.ekspor import minta_ekspor
from pdpb.models import EksporDaftar
from tests import make
from tests.pdpb.isian import kalimat, sebagai

pytestmark = pytest.mark.django_db


def batasi(kode: str, nilai: int) -> None:
    assert Aturan.objects.filter(kode=kode).update(nilai=Decimal(nilai)) == 1


@pytest.fixture
def jam(monkeypatch):
    """The clock of the limits, which the test turns: five to ten in the morning, and what it is set to."""
    kini = [datetime(2026, 11, 24, 9, 55, tzinfo=WITA)]
    monkeypatch.setattr(pembatasan, "sekarang", lambda: kini[0])
    monkeypatch.setattr(pembatasan, "hari_ini", lambda: kini[0].date())
    return kini


@pytest.fixture
def versi():
    satu = make.pemilih()
    make.selesai_daftar()
    return satu


@pytest.mark.parametrize("masa", ["jam", "hari"])
@pytest.mark.parametrize("batas", ["baca_pemilih", "cari_pemilih", "telusur_pemilih", "buka_nik"])
def test_pembatasan(client, versi, batas, masa):
    """Detail, search, lists by name and opened NIK: refused above the hour's and the day's limit, with the alarm."""
    make.orang("sari", "operator")
    halaman = {
        "baca_pemilih": lambda: client.get(reverse("pdpb:pemilih_detail", args=[versi.pemilih_id])),
        "cari_pemilih": lambda: client.post(reverse("pdpb:pemilih_cari"), {"kata": "CONTOH", "tujuan": "Uji batas"}),
        "telusur_pemilih": lambda: client.get(reverse("pdpb:pemilih_daftar")),
        "buka_nik": lambda: client.post(
            reverse("pdpb:pemilih_buka_nik", args=[versi.pemilih_id]), {"tujuan": "Mencocokkan KTP"}
        ),
    }[batas]
    user = make.wati()
    assert user.has_perm("pdpb.lihat_nik")
    sebagai(client, user)
    batasi(f"{batas}_per_{masa}", 2)
    for _ in range(2):
        assert halaman().status_code in (200, 302)
    terbaca = LogAkses.objects.count()
    for _ in range(3):
        assert halaman().status_code == 409
    assert LogAkses.objects.count() == terbaca
    (alarm,) = Jejak.objects.filter(tindakan="batas_tercapai")
    assert (alarm.objek_id, alarm.pelaku) == (str(user.pk), None)
    baris = Pemakaian.objects.get(dilampaui_pada__isnull=False)
    assert (baris.pengguna, baris.batas, baris.jumlah) == (user, f"{batas}_per_{masa}", 5)
    sebagai(client, make.orang("lukman", "verifikator"))
    assert halaman().status_code in (200, 302), "the limit is each person's own"


def test_exports_are_limited_by_the_same_rows(client):
    per = make.kantor_berisi()[1]
    batasi("ekspor_daftar_per_hari", 1)
    isi = {"periode": per.pk, "wilayah": make.TALISE, "jenis": "pemilih", "bentuk": "pdf"}
    isi |= {"penerima": "Bawaslu Kota Palu", "tujuan": "Pencermatan daftar"}
    sebagai(client, make.budi())
    assert client.post(reverse("pdpb:ekspor_baru"), isi).status_code == 302
    jawaban = client.post(reverse("pdpb:ekspor_baru"), isi)
    assert jawaban.status_code == 422
    assert "batas 1 daftar tercapai. Lanjutkan besok" in kalimat(jawaban)
    assert EksporDaftar.objects.count() == 1
    assert Jejak.objects.filter(tindakan="batas_tercapai").count() == 1


def test_a_request_that_says_too_little_uses_up_nothing():
    per = make.periode()
    isi = {"periode": per, "wilayah": Kelurahan.objects.get(pk=make.TALISE), "jenis": "pemilih", "bentuk": "pdf"}
    with pytest.raises(Refused, match="tujuan"):
        minta_ekspor(**isi, oleh=make.budi(), penerima="Bawaslu", tujuan="x")
    assert not Pemakaian.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_the_count_itself_does_not_wait_for_the_disk():
    """Within a larger transaction it must not make the act that is committed with it any less durable."""
    wati = make.wati()

    def tunggu() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    pakai("baca_pemilih", oleh=wati)
    assert tunggu() == "on"
    with transaction.atomic():
        pakai("baca_pemilih", oleh=wati)
        assert tunggu() == "on"


@pytest.mark.django_db(transaction=True)
def test_the_alarm_outlives_the_refusal_of_an_export():
    """Nothing is entered in the register, yet count and alarm are there for good."""
    per = make.periode()
    batasi("ekspor_daftar_per_hari", 0)
    isi = {"periode": per, "wilayah": Kelurahan.objects.get(pk=make.TALISE), "jenis": "pemilih", "bentuk": "pdf"}
    with pytest.raises(Refused, match="tercapai"):
        minta_ekspor(**isi, oleh=make.budi(), penerima="Bawaslu", tujuan="Pencermatan daftar")
    assert not EksporDaftar.objects.exists()
    assert Jejak.objects.filter(tindakan="batas_tercapai").exists()


def test_the_next_hour_and_the_next_day_begin_anew(jam):
    wati = make.wati()
    batasi("baca_pemilih_per_jam", 1)
    batasi("baca_pemilih_per_hari", 2)
    pakai("baca_pemilih", oleh=wati)
    with pytest.raises(Refused, match=r"pukul 10\.00"):
        pakai("baca_pemilih", oleh=wati)
    jam[0] += timedelta(minutes=5)
    with pytest.raises(Refused, match="besok"):
        pakai("baca_pemilih", oleh=wati)
    jam[0] = datetime(2026, 11, 25, 0, 0, tzinfo=WITA)
    pakai("baca_pemilih", oleh=wati)
    assert Jejak.objects.filter(tindakan="batas_tercapai").count() == 2


def test_a_new_dated_row_moves_the_limit_from_its_day_on(jam):
    wati = make.wati()
    batasi("baca_pemilih_per_jam", 1)
    lama = Aturan.objects.get(kode="baca_pemilih_per_jam")
    lama.pk, lama.mulai, lama.nilai = None, datetime(2026, 11, 25, tzinfo=WITA).date(), Decimal(2)
    lama.save()
    pakai("baca_pemilih", oleh=wati)
    with pytest.raises(Refused):
        pakai("baca_pemilih", oleh=wati)
    jam[0] += timedelta(days=1)
    for _ in range(2):
        pakai("baca_pemilih", oleh=wati)
    with pytest.raises(Refused, match="batas 2 kali"):
        pakai("baca_pemilih", oleh=wati)


def test_counts_are_forgotten_after_a_month_but_not_the_alarms(jam):
    wati = make.wati()
    batasi("cari_pemilih_per_jam", 1)
    pakai("cari_pemilih", oleh=wati)
    with pytest.raises(Refused):
        pakai("cari_pemilih", oleh=wati)
    jam[0] += timedelta(days=40)
    pakai("cari_pemilih", oleh=wati)
    lama = Pemakaian.objects.filter(jendela__lt=jam[0] - timedelta(days=31))
    assert [p.batas for p in lama] == ["cari_pemilih_per_jam"]


def test_a_limit_without_a_row_is_never_guessed():
    with pytest.raises(ImproperlyConfigured, match="tanpa_baris"):
        pakai("tanpa_baris", oleh=make.wati())


def test_counting_costs_a_page_one_query(versi):
    wati = make.wati()
    pakai("baca_pemilih", oleh=wati)
    with CaptureQueriesContext(connection) as kueri:
        pakai("baca_pemilih", oleh=wati)
    assert len(kueri) == 1


def test_the_alarm_stands_on_the_beranda_of_auditor_and_admin_and_opens_that_many_rows(client):
    batasi("cari_pemilih_per_jam", 0)
    for user in (make.wati(), make.sari()):
        with pytest.raises(Refused):
            pakai("cari_pemilih", oleh=user)
    for pembaca in (make.dewi(), make.orang("gilang", "admin")):
        beranda = kalimat(sebagai(client, pembaca).get(reverse("beranda")))
        assert "Batas pemakaian tercapai" in beranda
        tautan = reverse("audit_batas") + "?sejak="
        alamat = tautan + beranda.split(tautan)[1].split('"')[0]
        daftar = kalimat(client.get(alamat))
        assert daftar.count("<tr><td") == 2
        assert "Pencarian pemilih oleh satu pengguna dalam satu jam, 0 kali" in daftar
    assert "Batas pemakaian tercapai" not in kalimat(sebagai(client, make.wati()).get(reverse("beranda")))
    assert client.get(reverse("audit_batas")).status_code == 404


def test_the_list_of_alarms_says_when_it_is_empty_and_takes_no_odd_day(client):
    sebagai(client, make.dewi())
    assert "Tidak ada batas yang tercapai" in kalimat(client.get(reverse("audit_batas")))
    for sejak in ("2026-13-40", "x", "²"):
        assert client.get(reverse("audit_batas"), {"sejak": sejak}).status_code == 404


def test_login_and_public_verification_have_their_own_limits(client, settings):
    """Nobody is known there yet; their tests are test_sesi and test_halaman_verifikasi. Here only: they are on."""
    settings.WAJIB_2FA = False
    cache.clear()
    make.sari()
    isi = {"login": "sari", "password": "salah-sekali-0"}
    jawaban = [kalimat(client.post(reverse("account_login"), isi)) for _ in range(7)]
    cache.clear()
    assert "terlalu banyak" in jawaban[-1]
