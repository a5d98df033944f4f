"""Pages of the calendar: a term that explains itself, rules with their certainty, days off of a year, the feed."""

from datetime import date, datetime
from io import StringIO

import pytest
import time_machine
from django.core import checks
from django.core.management import call_command
from django.urls import reverse

from kpupalu.audit.models import Jejak
from kpupalu.kalender import actions, libur
from kpupalu.kalender.ingatkan import ingatkan, tahap
from kpupalu.kalender.models import HariLibur, TenggatBerjalan, UmpanKalender
from kpupalu.kalender.target import Target
from kpupalu.kalender.umpan import buat_umpan, ical
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.organisasi.models import Pegawai
from kpupalu.pemberitahuan.models import Pemberitahuan
from tests import make

pytestmark = pytest.mark.django_db
KINI = datetime(2026, 11, 24, 10, tzinfo=WITA)
HAK = "kalender.view_harilibur"


@pytest.fixture(autouse=True)
def _jam():
    with time_machine.travel(KINI, tick=False):
        yield


def admin():
    return make.orang("gilang", "admin")


def pasang(mulai=date(2026, 11, 23), judul="Permohonan 0007", **lain) -> TenggatBerjalan:
    tentang = actions.Tentang(judul, "/kalender/?berkas=7", "PPID", hak_lihat=HAK, **lain)
    return actions.pasang(Pegawai.objects.create(nama="Berkas"), "KI-1", mulai, tentang=tentang, oleh=make.sari())


def isi(client, nama, *args, **kueri):
    jawaban = client.get(reverse(nama, args=args), kueri)
    assert jawaban.status_code == 200
    return jawaban.content.decode()


def test_a_term_explains_itself_to_whom_may_see_it(client):
    t = pasang(mulai=date(2026, 12, 22))
    client.force_login(make.dewi())
    halaman = isi(client, "kalender:tenggat", t.pk)
    for kata in ("Natal, tidak dihitung", "UU 14/2008 Pasal 22 ayat (7)", "Tanggal ini sementara", "Tenggat: Pemberit"):
        assert kata in halaman
    client.force_login(make.sari())
    assert client.get(reverse("kalender:tenggat", args=[t.pk])).status_code == 404


def test_the_month_shows_terms_by_day_and_filters_them(client):
    t = pasang()
    client.force_login(make.dewi())
    assert t.tanggal == date(2026, 12, 7)
    halaman = isi(client, "kalender:bulan", bulan="2026-12")
    assert "Permohonan 0007" in halaman
    assert reverse("kalender:tenggat", args=[t.pk]) in halaman
    assert "Permohonan 0007" in isi(client, "kalender:bulan", bulan="2026-12", sifat="hukum", sumber="PPID")
    assert "Tidak ada yang cocok" in isi(client, "kalender:bulan", bulan="2026-12", sifat="kantor")
    pasang(mulai=date(2026, 10, 1), judul="Permohonan lama")
    assert "Permohonan lama" in isi(client, "kalender:bulan")
    assert "Permohonan lama" not in isi(client, "kalender:bulan", bulan="2026-12")


def test_rules_show_whether_anybody_confirmed_them(client):
    client.force_login(make.sari())
    halaman = isi(client, "kalender:aturan", forum="DKPP")
    assert "Belum dikonfirmasi" in halaman
    assert "Bawaslu memeriksa" not in halaman
    assert "menurut panggilan" in isi(client, "kalender:aturan", kata="jawaban dan bukti")
    assert "Tidak ada aturan yang cocok" in isi(client, "kalender:aturan", kata="zzz")


def test_next_years_days_off_are_proposed_then_settled(client):
    HariLibur.objects.filter(tanggal__year=2027).delete()
    t = pasang(mulai=date(2026, 12, 28))
    client.force_login(admin())
    assert "belum diisi" in isi(client, "kalender:libur", 2027)
    client.post(reverse("kalender:libur_usulan", args=[2027]))
    assert set(HariLibur.objects.filter(tanggal__year=2027).values_list("kepastian", flat=True)) == {"perkiraan"}
    assert HariLibur.objects.filter(tanggal=date(2027, 3, 10), nama="Hari Raya Idul Fitri").exists()
    assert TenggatBerjalan.objects.get(pk=t.pk).sementara
    semula = t.tanggal
    t.refresh_from_db()
    assert t.tanggal > semula  # New Year's Day is off now
    pasti = reverse("kalender:libur_pasti", args=[2027])
    assert client.post(pasti, {"dasar": "", "ditetapkan": "x"}).status_code == 422
    assert client.post(pasti, {"dasar": "SKB Uji", "ditetapkan": "01-02-2028"}).status_code == 422
    assert client.post(pasti, {"dasar": "SKB Uji", "ditetapkan": "20-10-2026"}).status_code == 302
    assert set(HariLibur.objects.filter(tanggal__year=2027).values_list("kepastian", "dasar_hukum")) == {
        ("dibaca", "SKB Uji")
    }
    assert not TenggatBerjalan.objects.get(pk=t.pk).sementara
    assert Jejak.objects.filter(tindakan="libur_pasti", pelaku=admin()).count() == 26


def test_a_year_nobody_knows_is_not_proposed():
    with pytest.raises(Refused, match="belum diisi"):
        libur.nyatakan_pasti(2099, dasar="X", ditetapkan=date(2098, 1, 1), oleh=admin())
    assert libur.ambil_usulan(2026, oleh=admin()) == 0


def test_only_the_admin_settles_a_year(client):
    client.force_login(make.sari())
    for nama in ("kalender:libur_usulan", "kalender:libur_pasti"):
        assert client.post(reverse(nama, args=[2027])).status_code == 404
    assert "Ambil usulan" not in isi(client, "kalender:libur", 2029)


def test_a_day_off_typed_by_the_admin_moves_open_terms(client):
    t = pasang()
    user = admin()
    type(user).objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    data = {
        "tanggal": "2026-12-01", "nama": "Cuti Bersama Tambahan", "jenis": "cuti_bersama", "dasar_hukum": "SKB 9/2026",
        "kepastian": "dibaca", "berlaku": "on", "sumber": "", "ditetapkan": "",
    }  # fmt: skip
    assert client.post(reverse("admin:kalender_harilibur_add"), data).status_code == 302
    t.refresh_from_db()
    assert t.tanggal == date(2026, 12, 8)
    entri = Jejak.objects.get(tindakan="tenggat_hitung_ulang")
    assert (entri.pelaku, entri.perubahan) == (user, {"Jatuh tempo": ["2026-12-07", "2026-12-08"]})
    assert "SKB 9/2026" in entri.alasan


def test_the_system_check_names_a_year_that_is_not_ready():
    pesan = {m.msg for m in checks.run_checks(databases=["default"]) if m.id == "kalender.W001"}
    assert pesan == {"Hari libur tahun 2027 masih perkiraan."}
    HariLibur.objects.filter(tanggal__year=2027).delete()
    assert libur.tahun_belum_siap(date(2026, 11, 24)) == {2027: "belum diisi"}
    assert libur.tahun_belum_siap(date(2026, 9, 30)) == {}
    assert not [m for m in checks.run_checks() if m.id == "kalender.W001"]


@pytest.mark.parametrize(
    ("tanggal", "kata"),
    [
        (date(2026, 11, 23), "lewat"),
        (date(2026, 11, 24), "H"),
        (date(2026, 11, 25), "H-1"),
        (date(2026, 11, 27), "H-3"),
        (date(2026, 11, 29), "H-3"),  # a Sunday: three working days remain
        (date(2026, 11, 30), ""),
    ],
)
def test_reminders_count_working_days(tanggal, kata):
    assert tahap(tanggal, date(2026, 11, 24), {}) == kata


def test_each_stage_is_told_once_to_whom_it_concerns():
    make.dewi()
    admin()
    t = pasang(petugas=[make.wati()], mulai=date(2026, 11, 10))
    milik = Pemberitahuan.objects.filter(untuk=make.wati(), jenis="tenggat")
    assert t.tanggal == date(2026, 11, 24)
    for hari, banyak in [(19, 1), (20, 1), (23, 2), (24, 3), (24, 3), (25, 4), (27, 4)]:
        ingatkan(date(2026, 11, hari))
        assert milik.count() == banyak, hari
    assert milik.first().judul == "Terlambat: Permohonan 0007"
    # Seeing a term is not being in charge of it; and the admin is told of the unsettled year once a month.
    assert not Pemberitahuan.objects.filter(untuk=make.dewi()).exists()
    assert list(Pemberitahuan.objects.filter(untuk=admin()).values_list("judul", flat=True)) == [
        "Hari libur tahun 2027 masih perkiraan"
    ]


def urai(data: bytes) -> list[dict[str, str]]:
    """A strict little reader of RFC 5545: CRLF, folding, nesting, escaping; returns the events."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(baris) <= 75 for baris in data.split(b"\r\n"))
    tumpukan, acara = [], []
    for baris in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        nama, nilai = baris.split(":", 1)
        if nama == "BEGIN":
            tumpukan.append(nilai)
            acara += [{}] if nilai == "VEVENT" else []
        elif nama == "END":
            assert tumpukan.pop() == nilai
        elif tumpukan[-1] == "VEVENT":
            bersih = nilai.replace("\\\\", "\0").replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")
            acara[-1][nama] = bersih.replace("\0", "\\")
    assert tumpukan == []
    return acara


def test_the_feed_is_read_back_as_it_was_meant():
    judul = "Bab; satu, dua\\tiga – " + "panjang é " * 20 + "\nbaris"
    t = [Target(date(2026, 12, 31), "rahasia Budi", "/x/1/", "PPID", hukum=True, umum=judul),
         Target(date(2026, 12, 31), "Nama Orang", "/x/2/", "Surat")]  # fmt: skip
    data = ical(t, situs="https://kantor.example", nama="Tenggat", pada=KINI)
    satu, dua = urai(data)
    assert satu["SUMMARY"] == judul
    assert (satu["DTSTART;VALUE=DATE"], satu["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert satu["DTSTAMP"] == "20261124T020000Z"
    assert dua["SUMMARY"] == "Target – Surat"
    assert (dua["URL"], satu["UID"] != dua["UID"]) == ("https://kantor.example/x/2/", True)
    assert b"Budi" not in data
    assert b"Nama Orang" not in data


def test_a_feed_opens_by_its_secret_until_it_is_revoked(client, settings):
    pasang()
    client.force_login(make.dewi())
    halaman = client.post(reverse("kalender:umpan_baru")).content.decode()
    awal = halaman.index(settings.URL_PUBLIK + "/kalender/umpan/")
    alamat = halaman[awal : halaman.index('"', awal)].removeprefix(settings.URL_PUBLIK)
    rahasia = alamat.split("/")[-1].removesuffix(".ics")
    assert not UmpanKalender.objects.filter(sidik__contains=rahasia).exists()
    assert rahasia not in isi(client, "kalender:umpan")
    client.logout()
    jawaban = client.get(alamat)
    assert jawaban["Content-Type"] == "text/calendar; charset=utf-8"
    assert [a["SUMMARY"] for a in urai(jawaban.content)] == ["Permohonan 0007"]
    assert client.get(alamat.replace(rahasia, rahasia[:-1])).status_code == 404
    type(make.dewi()).objects.filter(username="dewi").update(is_active=False)
    assert client.get(alamat).status_code == 404
    type(make.dewi()).objects.filter(username="dewi").update(is_active=True)
    client.force_login(make.dewi())
    client.post(reverse("kalender:umpan_baru"))
    assert client.get(alamat).status_code == 404
    assert client.post(reverse("kalender:umpan_cabut")).status_code == 302
    assert not UmpanKalender.objects.filter(dicabut_pada=None).exists()
    assert Jejak.objects.filter(tindakan="umpan_cabut").count() == 2


def test_the_feed_follows_the_rights_of_today(client):
    pasang()
    user = make.dewi()
    alamat = reverse("kalender:umpan_ics", args=[buat_umpan(user)])
    user.groups.clear()
    assert urai(client.get(alamat).content) == []


def test_five_hundred_open_terms_are_counted_again_with_few_queries(django_assert_max_num_queries):
    contoh = pasang(mulai=date(2026, 11, 24))
    semua = [TenggatBerjalan(**{f.attname: getattr(contoh, f.attname) for f in contoh._meta.concrete_fields} |
                             {"id": None, "subjek_id": f"x{n}"}) for n in range(500)]  # fmt: skip
    TenggatBerjalan.objects.bulk_create(semua)
    # A day off far away changes nothing: nobody is told, nothing is written.
    HariLibur.objects.create(tanggal=date(2026, 12, 30), nama="X", jenis="lokal", dasar_hukum="X")
    # Each of the two areas that listen is asked once which of its objects to lock.
    with django_assert_max_num_queries(7):
        assert actions.hitung_ulang(oleh=None, alasan="X") == []


def test_the_seed_can_be_loaded_again_without_moving_anything():
    banyak = HariLibur.objects.count()
    call_command("isi_awal", stderr=StringIO())
    assert HariLibur.objects.count() == banyak
