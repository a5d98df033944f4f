"""Working days: counted with a reason for each day, on a table an admin keeps, overridable by the question."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import Jejak
from kpupalu.kalender import target
from kpupalu.kalender.hitung import hari_kerja, selisih_hari_kerja, tambah_hari_kalender, tambah_hari_kerja
from kpupalu.kalender.models import HariLibur, libur_antara, tahun_tanpa_libur
from kpupalu.kalender.tenggat import hari_kerja_lewat, tenggat
from tests import make

TANGGAL = st.dates(date(2025, 1, 1), date(2027, 12, 31))
LIBUR = st.dictionaries(TANGGAL, st.sampled_from(["Libur nasional: X", "Cuti bersama: Y", ""]), max_size=60)


@given(TANGGAL, st.integers(0, 60), LIBUR)
def test_adding_and_subtracting_working_days_are_inverse(mulai, n, libur):
    assert selisih_hari_kerja(mulai, tambah_hari_kerja(mulai, n, libur).tanggal, libur) == n


@given(TANGGAL, st.integers(1, 60), LIBUR)
def test_a_term_ends_on_a_working_day_and_explains_every_day_of_its_way(mulai, n, libur):
    hasil = tambah_hari_kerja(mulai, n, libur)
    assert hari_kerja(hasil.tanggal, libur)
    assert [h.tanggal for h in hasil.penjelasan] == [mulai + timedelta(days=i) for i in range(len(hasil.penjelasan))]
    assert sum(h.dihitung for h in hasil.penjelasan) == n
    assert hasil.penjelasan[0].dihitung is False
    assert all(h.dihitung != bool(h.sebab) for h in hasil.penjelasan)
    assert all(h.dihitung == hari_kerja(h.tanggal, libur) for h in hasil.penjelasan[1:])


@given(TANGGAL, st.integers(0, 40), LIBUR, TANGGAL)
def test_another_holiday_never_makes_a_term_end_earlier(mulai, n, libur, tambahan):
    awal = tambah_hari_kerja(mulai, n, libur).tanggal
    assert tambah_hari_kerja(mulai, n, libur | {tambahan: "X"}).tanggal >= awal


@given(TANGGAL, TANGGAL, TANGGAL, LIBUR)
def test_differences_add_up_and_turn_their_sign(a, b, c, libur):
    assert selisih_hari_kerja(a, b, libur) == -selisih_hari_kerja(b, a, libur)
    assert selisih_hari_kerja(a, b, libur) + selisih_hari_kerja(b, c, libur) == selisih_hari_kerja(a, c, libur)


@given(TANGGAL, st.integers(0, 400))
def test_calendar_days_all_count(mulai, n):
    assert tambah_hari_kalender(mulai, n).tanggal == mulai + timedelta(days=n)


def test_a_negative_number_and_a_calendar_without_end_are_mistakes():
    with pytest.raises(ValueError, match="negatif"):
        tambah_hari_kerja(date(2026, 1, 1), -1, {})
    abadi = {date(2026, 1, 1) + timedelta(days=i): "X" for i in range(5_000)}
    with pytest.raises(ValueError, match="tidak menyisakan"):
        tambah_hari_kerja(date(2026, 1, 1), 1, abadi)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mulai", "n", "akhir"),
    [
        # Over Imlek and its cuti bersama; the commonest mistakes give 24 February.
        (date(2026, 2, 9), 10, date(2026, 2, 25)),
        # Over Nyepi and Idul Fitri.
        (date(2026, 3, 11), 10, date(2026, 4, 1)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 10, 2), 3, date(2026, 10, 7)),
    ],
)
def test_terms_on_the_holidays_of_2026(mulai, n, akhir):
    assert tambah_hari_kerja(mulai, n, libur_antara(mulai, mulai + timedelta(days=90))).tanggal == akhir


@pytest.mark.django_db
def test_the_seed_holds_seventeen_holidays_and_eight_days_of_cuti_bersama():
    tahun = HariLibur.objects.filter(tanggal__year=2026)
    assert tahun.filter(jenis="nasional").count() == 17
    assert tahun.filter(jenis="cuti_bersama").count() == 8
    assert tahun_tanpa_libur(2026, 2031) == [2031]


def _aturan(satuan, nilai=3):
    return Aturan.objects.create(
        kode="uji-tenggat", nama="Uji", nilai=nilai, satuan=satuan, mulai=date(2020, 1, 1), dasar_hukum="Uji"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("satuan", "akhir"),
    [("hari kerja", date(2026, 10, 7)), ("hari_kerja", date(2026, 10, 7)), ("hari_kalender", date(2026, 10, 5))],
)
def test_a_dated_rule_says_how_many_days_and_of_which_kind(satuan, akhir):
    _aturan(satuan)
    hasil = tenggat("uji-tenggat", date(2026, 10, 2))
    assert hasil.tanggal == akhir
    assert json.loads(json.dumps(hasil.hitungan.sebagai_json()))[-1]["tanggal"] == akhir.isoformat()


@pytest.mark.django_db
def test_one_day_more_in_the_rule_moves_the_date():
    for nilai, akhir in ((3, date(2026, 10, 7)), (4, date(2026, 10, 8))):
        Aturan.objects.filter(kode="uji-tenggat").delete()
        _aturan("hari kerja", nilai)
        assert tenggat("uji-tenggat", date(2026, 10, 2)).tanggal == akhir


@pytest.mark.django_db
def test_a_calendar_in_the_question_wins_where_it_has_dates():
    _aturan("hari kerja")
    timpa = {date(2026, 10, 5): "Libur setempat", date(2026, 10, 6): "Libur setempat"}
    assert tenggat("uji-tenggat", date(2026, 10, 2), libur=timpa).tanggal == date(2026, 10, 9)
    # Inside its range it also takes away: Christmas Eve is a working day for whoever says so.
    timpa = {date(2026, 12, 23): "X", date(2026, 12, 31): "Y"}
    assert tenggat("uji-tenggat", date(2026, 12, 22), libur=timpa).tanggal == date(2026, 12, 28)


@pytest.mark.django_db
def test_a_year_without_holidays_is_said():
    _aturan("hari kerja")
    assert "2031 belum diisi" in tenggat("uji-tenggat", date(2031, 3, 3)).kalimat
    assert "belum diisi" not in tenggat("uji-tenggat", date(2026, 3, 3)).kalimat


@pytest.mark.django_db
def test_a_rule_without_days_or_without_a_row_is_no_term():
    _aturan("orang")
    for kode in ("uji-tenggat", "tidak-ada"):
        with pytest.raises(ImproperlyConfigured):
            tenggat(kode, date(2026, 10, 2))


@pytest.mark.django_db
def test_a_holiday_that_was_revoked_counts_again():
    HariLibur.objects.filter(tanggal=date(2026, 12, 24)).update(berlaku=False)
    assert hari_kerja(date(2026, 12, 24), libur_antara(date(2026, 12, 24), date(2026, 12, 24)))


@pytest.mark.django_db
def test_days_late_are_working_days():
    assert hari_kerja_lewat(date(2026, 10, 2), date(2026, 10, 2)) == 0
    assert hari_kerja_lewat(date(2026, 10, 2), date(2026, 10, 6)) == 2


@pytest.mark.django_db
def test_the_page_shows_the_month_and_counts(client):
    client.force_login(make.orang("gita", "gudang"))
    url = reverse("kalender:bulan")
    isi = client.get(url, {"bulan": "2026-12"}).content.decode()
    assert "Cuti Bersama Hari Raya Natal" in isi
    assert "21 hari kerja" in isi
    assert "Tidak ada yang jatuh tempo" in isi
    isi = client.get(url, {"mulai": "23-12-2026", "jumlah": "1"}).content.decode()
    assert "Senin, 28 Desember 2026" in isi
    assert client.get(url, {"mulai": "kemarin", "jumlah": "-1"}).status_code == 422
    assert client.get(url, {"bulan": "9999-99"}).status_code == 200
    assert "belum diisi" in client.get(url, {"bulan": "2031-01"}).content.decode()


@pytest.mark.django_db
def test_targets_are_shown_to_whom_their_source_says(client, monkeypatch):
    satu = target.Target(date(2026, 12, 9), "Salinan berita acara", "/x/", "PDPB")
    monkeypatch.setattr(target, "_sumber", [lambda user, dari, sampai: [satu] if user.username == "budi" else []])
    for user, ada in ((make.budi(), True), (make.sari(), False)):
        client.force_login(user)
        isi = client.get(reverse("kalender:bulan"), {"bulan": "2026-12"}).content.decode()
        assert ("Salinan berita acara" in isi) == ada


@pytest.mark.django_db
def test_an_admin_imports_holidays_and_history_names_who(client):
    admin = make.orang("gilang", "admin")
    type(admin).objects.filter(pk=admin.pk).update(is_staff=True)
    client.force_login(admin)
    csv = "tanggal,nama,jenis,dasar_hukum,kepastian,berlaku\n2028-01-01,Tahun Baru Masehi,nasional,SKB 2028,dibaca,1\n"
    url = reverse("admin:kalender_harilibur_import")
    jawaban = client.post(url, {"import_file": SimpleUploadedFile("libur.csv", csv.encode()), "format": "0"})
    assert HariLibur.objects.filter(tanggal__year=2028).count() == 0
    kirim = jawaban.context["confirm_form"].initial
    client.post(reverse("admin:kalender_harilibur_process_import"), kirim)
    libur = HariLibur.objects.get(tanggal=date(2028, 1, 1))
    entri = Jejak.objects.get(objek_jenis="kalender.harilibur", objek_id=str(libur.pk))
    assert (entri.pelaku, entri.asal) == (admin, "impor")


@pytest.mark.django_db
def test_only_an_admin_edits_holidays(client):
    user = make.orang("dewi", "auditor")
    type(user).objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:kalender_harilibur_changelist")).status_code == 200
    assert client.get(reverse("admin:kalender_harilibur_add")).status_code == 404
