"""Terms that run: set by a dated rule, extended and suspended as it allows, moved by the calendar while open."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from kpupalu.audit.catatan import riwayat
from kpupalu.kalender import actions
from kpupalu.kalender.models import AturanTenggat, HariLibur, TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.organisasi.models import Pegawai
from kpupalu.pemberitahuan.models import Pemberitahuan
from tests import make

pytestmark = pytest.mark.django_db
KINI = datetime(2026, 11, 24, 10, tzinfo=WITA)


@pytest.fixture(autouse=True)
def _jam():
    with time_machine.travel(KINI, tick=False):
        yield


def objek() -> Pegawai:
    """Any row may have a term; the kernel knows no area."""
    return Pegawai.objects.create(nama="Berkas Contoh")


def tentang(**lain) -> actions.Tentang:
    return actions.Tentang(**({"judul": "Berkas 0001", "tautan": "/kalender/", "sumber": "Uji"} | lain))


def pasang(kode="KI-1", mulai=date(2026, 2, 9), milik=None, **lain) -> TenggatBerjalan:
    return actions.pasang(milik or objek(), kode, mulai, tentang=tentang(**lain), oleh=make.sari())


def libur(tanggal: date, nama="Cuti Bersama Tambahan") -> HariLibur:
    return HariLibur.objects.create(tanggal=tanggal, nama=nama, jenis="cuti_bersama", dasar_hukum="SKB Uji 1/2026")


def test_a_term_says_its_last_day_and_every_day_of_the_way():
    t = pasang()
    assert (t.tanggal, t.sementara, t.status) == (date(2026, 2, 25), False, "berjalan")
    assert t.berakhir.astimezone(WITA) == datetime(2026, 2, 25, 23, 59, 59, tzinfo=WITA)
    hari = t.hari
    assert hari[0]["tanggal"] == date(2026, 2, 9)
    assert [h["ke"] for h in hari if h["ke"]] == list(range(1, 11))
    assert {h["sebab"] for h in hari if h["tanggal"] == date(2026, 2, 16)} == {
        "Cuti bersama: Cuti Bersama Tahun Baru Imlek"
    }


def test_the_hour_of_the_event_is_read_in_the_zone_of_the_rule():
    malam = datetime(2026, 3, 11, 23, 30, tzinfo=WITA)
    assert pasang(mulai=malam).mulai == date(2026, 3, 11)
    # 00.30 in Palu is still the day before in Jakarta, where the Constitutional Court counts.
    t = pasang("MK-PRES-1", mulai=datetime(2026, 3, 12, 0, 30, tzinfo=WITA))
    assert (t.mulai, t.tanggal) == (date(2026, 3, 11), date(2026, 3, 14))
    assert t.berakhir.astimezone(WITA) == datetime(2026, 3, 15, 0, 59, 59, tzinfo=WITA)


def test_three_times_twenty_four_hours_end_at_the_minute_they_began():
    t = pasang("MK-LEG-1", mulai=datetime(2026, 3, 20, 22, 19, tzinfo=WITA))
    assert t.berakhir == datetime(2026, 3, 23, 22, 19, tzinfo=WITA)


@pytest.mark.parametrize(
    ("kode", "mulai", "akhir"),
    [
        ("MK-PIL-1", date(2026, 12, 4), date(2026, 12, 8)),  # the day of the event is day 1
        ("BW-SP-3", date(2026, 12, 4), date(2026, 12, 4)),  # the same day
        ("PDT-1", date(2026, 12, 28), date(2026, 12, 21)),  # three working days before the hearing, over Christmas
        ("DK-2", date(2026, 12, 24), date(2026, 12, 31)),  # calendar days
    ],
)
def test_the_first_day_follows_the_rule(kode, mulai, akhir):
    assert pasang(kode, mulai=mulai).tanggal == akhir


def test_a_rule_without_a_number_asks_for_it():
    with pytest.raises(ImproperlyConfigured, match="jumlah"):
        pasang("MK-PIL-4", mulai=date(2026, 3, 2))
    t = actions.pasang(objek(), "MK-PIL-4", date(2026, 3, 2), tentang=tentang(), oleh=make.sari(), jumlah=2)
    assert t.tanggal == date(2026, 3, 4)


def test_the_row_in_force_on_the_day_of_the_event_decides():
    AturanTenggat.objects.filter(kode="KI-1").update(akhir=date(2026, 6, 30))
    baru = AturanTenggat.objects.get(kode="KI-1")
    baru.pk, baru.mulai, baru.akhir, baru.jumlah = None, date(2026, 7, 1), None, 5
    baru.save()
    assert (pasang(mulai=date(2026, 6, 30)).jumlah, pasang(mulai=date(2026, 7, 1)).jumlah) == (10, 5)


def test_one_object_has_one_open_term_of_a_rule():
    milik = objek()
    t = pasang(milik=milik)
    with pytest.raises(Refused, match="sudah berjalan"):
        pasang(milik=milik)
    actions.hentikan(t, oleh=make.sari())
    assert pasang(milik=milik).pk != t.pk


def test_an_extension_goes_on_from_the_last_day_and_only_once_and_in_time():
    t = pasang()
    for hari, alasan, kata in [
        (date(2026, 2, 26), "Dokumen banyak", "paling lambat 25-02-2026"),
        (date(2026, 2, 24), " ", "alasan"),
        (date(2026, 2, 8), "Dokumen banyak", "periksa tanggalnya"),
    ]:
        with pytest.raises(Refused, match=kata):
            actions.perpanjang(t, oleh=make.sari(), diberitahukan=hari, alasan=alasan)
    t = actions.perpanjang(t, oleh=make.sari(), diberitahukan=date(2026, 2, 25), alasan="Dokumen banyak")
    assert (t.tanggal, len([h for h in t.hari if h["ke"]])) == (date(2026, 3, 6), 17)
    with pytest.raises(Refused, match="satu kali"):
        actions.perpanjang(t, oleh=make.sari(), diberitahukan=date(2026, 2, 25), alasan="Lagi")
    with pytest.raises(Refused, match="tidak dapat diperpanjang"):
        actions.perpanjang(pasang("KI-4"), oleh=make.sari(), diberitahukan=date(2026, 2, 10), alasan="X")


def test_a_suspended_term_begins_anew_or_goes_on_as_its_rule_says():
    t = actions.tangguhkan(pasang(), oleh=make.sari(), alasan="Belum lengkap", pada=date(2026, 2, 11))
    with pytest.raises(Refused, match="ditangguhkan"):
        actions.perpanjang(t, oleh=make.sari(), diberitahukan=date(2026, 2, 11), alasan="X")
    t = actions.lanjutkan(t, oleh=make.sari(), alasan="Dilengkapi", pada=date(2026, 2, 13))
    assert (t.mulai, t.tanggal) == (date(2026, 2, 13), date(2026, 3, 3))
    AturanTenggat.objects.filter(kode="KI-4").update(penangguhan="sambung")
    s = pasang("KI-4", mulai=date(2026, 6, 15))
    semula = s.tanggal
    s = actions.tangguhkan(s, oleh=make.sari(), alasan="Musyawarah", pada=date(2026, 6, 19))
    s = actions.lanjutkan(s, oleh=make.sari(), alasan="Selesai", pada=date(2026, 6, 26))
    # Five working days (22 to 26 June) stood still.
    assert (semula, s.tanggal) == (date(2026, 7, 28), date(2026, 8, 4))
    assert sum(h["sebab"] == "Tenggat ditangguhkan" for h in s.hari) == 7
    with pytest.raises(Refused, match="tidak dapat ditangguhkan"):
        actions.tangguhkan(pasang("KI-5"), oleh=make.sari(), alasan="X")


def test_a_new_holiday_moves_open_terms_tells_the_people_and_keeps_both_dates():
    """The cuti bersama of 18 August 2025 was decreed on the 7th, while requests were running."""
    HariLibur.objects.filter(tanggal=date(2025, 8, 18)).delete()
    milik = objek()
    t = pasang(mulai=date(2025, 8, 4), milik=milik, petugas=[make.wati()])
    tutup = actions.hentikan(pasang(mulai=date(2025, 8, 4)), oleh=make.sari(), pada=date(2025, 8, 15))
    diluar = pasang(mulai=date(2025, 9, 10))
    assert t.tanggal == date(2025, 8, 18)
    libur(date(2025, 8, 18))
    alasan = "Libur baru 18-08-2025, SKB 933/2025"
    (p,) = actions.hitung_ulang(oleh=make.dewi(), alasan=alasan)
    assert (p.lama, p.baru, p.tenggat.pk) == (date(2025, 8, 18), date(2025, 8, 19), t.pk)
    entri = riwayat(milik)[0]
    assert (entri.perubahan["Jatuh tempo"], entri.alasan) == (["2025-08-18", "2025-08-19"], alasan)
    (pesan,) = Pemberitahuan.objects.filter(untuk=make.wati())
    assert "Semula 18-08-2025, sekarang 19-08-2025" in pesan.kalimat
    tutup.refresh_from_db()
    assert (tutup.tanggal, tutup.status) == (date(2025, 8, 18), "selesai")
    diluar_lama = diluar.tanggal
    diluar.refresh_from_db()
    assert diluar.tanggal == diluar_lama
    assert actions.hitung_ulang(oleh=make.dewi(), alasan=alasan) == []
    # Withdrawn again: the old day comes back, and that is a new event for the people.
    HariLibur.objects.filter(tanggal=date(2025, 8, 18)).update(berlaku=False)
    assert actions.hitung_ulang(oleh=make.dewi(), alasan="Dicabut")[0].baru == date(2025, 8, 18)
    assert Pemberitahuan.objects.filter(untuk=make.wati()).count() == 2


def test_a_corrected_rule_moves_the_terms_that_run_by_it():
    t = pasang(mulai=date(2026, 11, 20))
    AturanTenggat.objects.filter(kode="KI-1").update(jumlah=5)
    (p,) = actions.hitung_ulang(oleh=None, alasan="Aturan KI-1 diperbaiki")
    t.refresh_from_db()
    assert (p.baru, t.tanggal, t.jumlah) == (date(2026, 11, 27), date(2026, 11, 27), 5)


def test_a_listener_of_the_area_hears_of_it(monkeypatch):
    monkeypatch.setattr(actions, "_pendengar", {})
    didengar = []
    actions.daftarkan_pendengar("organisasi.pegawai", didengar.append)
    pasang(mulai=date(2026, 11, 20))
    libur(date(2026, 11, 26))
    assert actions.hitung_ulang(oleh=None, alasan="SKB Uji") == didengar != []


def test_without_anybody_in_charge_the_holders_of_the_right_are_told():
    make.orang("joko", "admin")
    t = pasang(mulai=date(2026, 11, 20), hak_urus="kalender.add_harilibur")
    assert {u.username for u in actions.orang_tenggat(t)} == {"joko"}
    t.petugas.add(make.wati())
    assert [u.username for u in actions.orang_tenggat(t)] == ["wati"]


def test_a_term_over_an_unknown_or_estimated_year_is_provisional_until_it_is_known():
    HariLibur.objects.filter(tanggal__year=2027).delete()
    t = pasang(mulai=date(2026, 12, 28))
    assert t.sementara
    assert not pasang("DK-2", mulai=date(2026, 12, 28)).sementara  # calendar days depend on no holiday
    HariLibur.objects.create(tanggal=date(2027, 1, 1), nama="Tahun Baru", jenis="nasional", dasar_hukum="SKB Uji")
    actions.hitung_ulang(oleh=None, alasan="SKB 2027")
    t.refresh_from_db()
    assert not t.sementara
    HariLibur.objects.create(
        tanggal=date(2027, 3, 10), nama="Idul Fitri", jenis="nasional", dasar_hukum="-", kepastian="perkiraan"
    )
    actions.hitung_ulang(oleh=None, alasan="Perkiraan")
    t.refresh_from_db()
    assert t.sementara


def test_closing_keeps_the_date_and_says_whether_it_was_late():
    t = pasang(mulai=date(2026, 11, 2))
    assert (t.tanggal, t.lewat()) == (date(2026, 11, 16), True)
    with pytest.raises(Refused, match="sesudah hari ini"):
        actions.hentikan(t, oleh=make.sari(), pada=date(2026, 11, 25))
    with pytest.raises(Refused, match="baru mulai"):
        actions.hentikan(t, oleh=make.sari(), pada=date(2026, 11, 1))
    t = actions.hentikan(t, oleh=make.sari(), pada=date(2026, 11, 16))
    assert not t.lewat()
    with pytest.raises(Refused, match="sudah ditutup"):
        actions.hentikan(t, oleh=make.sari())
    assert actions.hentikan(pasang(mulai=date(2026, 11, 2)), oleh=make.sari()).lewat()
    assert not actions.hentikan(pasang(mulai=date(2026, 11, 2)), oleh=make.sari(), batal=True).lewat()


def test_only_those_it_concerns_see_a_term():
    t = pasang(hak_lihat="kalender.view_harilibur", petugas=[make.wati()])
    for orang, ada in ((make.wati(), True), (make.dewi(), True), (make.sari(), False)):
        assert TenggatBerjalan.objects.for_user(orang).filter(pk=t.pk).exists() == ada
