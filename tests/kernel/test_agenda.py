"""The agenda book on its pages: gaps, typed numbers with their reason, and typing one in two steps."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from kpupalu.audit.catatan import riwayat
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, Naskah
from kpupalu.naskah.penomoran import ketik_nomor, take_nomor
from tests.kernel import bangun_naskah as bangun
from tests.pdpb.bersamaan import serentak

pytestmark = pytest.mark.django_db
ALASAN = "Diberikan di atas kertas ketika listrik padam"


@pytest.fixture(autouse=True)
def _hari_naskah(data_dir):
    with time_machine.travel("2026-12-11T10:00:00+08:00", tick=True):
        yield


def buku(nomor_terakhir: int = 0) -> BukuAgenda:
    return BukuAgenda.objects.get_or_create(
        kode=bangun.jenis().buku, tahun=2026, defaults={"nomor_terakhir": nomor_terakhir}
    )[0]


def isian(urut: int, **lain) -> dict:
    isi = {"jenis": bangun.jenis().pk, "urut": urut, "tanggal": "11-12-2026", "perihal": "Undangan rapat pleno"}
    return isi | {"alasan": ALASAN} | lain


def masuk(client, user):
    client.force_login(user)
    return client


def test_gaps_are_runs_of_numbers_never_given():
    satu = buku(9)
    assert [str(c) for c in satu.celah()] == ["1–9"]
    for urut in (3, 7, 8):
        ketik_nomor(
            bangun.jenis(), urut=urut, tanggal=date(2026, 12, 11), perihal="Uji", alasan=ALASAN, by=bangun.kasubbag()
        )
    assert [str(c) for c in satu.celah()] == ["1–2", "4–6", "9"]
    assert [c.jumlah for c in satu.celah()] == [2, 3, 1]


def test_typing_shows_the_whole_number_first_and_records_it_second(client):
    masuk(client, bangun.kasubbag())
    url = reverse("naskah:ketik_nomor")
    assert client.get(url).status_code == 200
    lihat = client.post(url, isian(1))
    assert "Nomor yang akan dicatat: 1/PL.01.2-BA/7271/IV/2026" in lihat.content.decode()
    assert EntriAgenda.objects.count() == 0
    jawab = client.post(url, isian(1, catat="1/PL.01.2-BA/7271/IV/2026"))
    entri = EntriAgenda.objects.get()
    assert jawab["Location"] == reverse("naskah:agenda_buku", args=[entri.buku_id])
    assert (entri.diketik, entri.alasan, entri.perihal) == (True, ALASAN, "Undangan rapat pleno")
    assert riwayat(entri.buku).get().alasan == ALASAN
    teks = client.get(jawab["Location"]).content.decode()
    assert ALASAN in teks
    assert "Diketik" in teks


def test_what_was_looked_at_is_what_is_recorded(client):
    """Whoever changes the number after the look gets another look, and nothing is recorded."""
    masuk(client, bangun.kasubbag())
    buku(1)
    jawab = client.post(reverse("naskah:ketik_nomor"), isian(2, catat="1/PL.01.2-BA/7271/IV/2026"))
    assert "Nomor yang akan dicatat: 2/PL.01.2-BA/7271/IV/2026" in jawab.content.decode()
    assert EntriAgenda.objects.count() == 0


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"urut": 5}, "meninggalkan celah; nomor berikutnya adalah 2"),
        ({"urut": 1}, "sudah dipakai di buku agenda"),
        ({"urut": "dua"}, "angka saja"),
        ({"alasan": "lupa"}, "Alasan terlalu pendek"),
        ({"tanggal": "12-12-2026"}, "sesudah hari ini"),
        ({"tanggal": "01-01-2025"}, "baru berlaku sejak"),
        ({"jenis": ""}, "masih kosong"),
    ],
)
def test_refusals_say_what_to_do(client, ubah, kata):
    take_nomor(bangun.jenis(), tanggal=date(2026, 12, 11), perihal="Uji", by=bangun.kasubbag())
    masuk(client, bangun.kasubbag())
    jawab = client.post(reverse("naskah:ketik_nomor"), isian(2) | ubah)
    assert jawab.status_code == 422
    assert kata in jawab.content.decode()
    assert EntriAgenda.objects.count() == 1


@pytest.mark.parametrize(
    ("peran", "buku_", "ketik"),
    [
        ("sekretaris", 200, 200),
        ("kasubbag_rendatin", 200, 200),
        ("auditor", 200, 404),
        ("ketua", 404, 404),
        ("operator", 404, 404),
    ],
)
def test_books_and_typing_by_role(client, peran, buku_, ketik):
    masuk(client, bangun.orang(f"uji-{peran}", peran))
    assert client.get(reverse("naskah:agenda")).status_code == buku_
    assert client.get(reverse("naskah:agenda_buku", args=[buku(3).pk])).status_code == buku_
    assert client.get(reverse("naskah:ketik_nomor")).status_code == ketik
    assert client.post(reverse("naskah:ketik_nomor"), isian(1)).status_code == ketik


def test_book_names_gaps_and_filters_typed_numbers(client):
    masuk(client, bangun.orang("dewi", "auditor"))
    assert "Belum ada nomor" in client.get(reverse("naskah:agenda")).content.decode()
    satu = buku(4)
    take_nomor(bangun.jenis(), tanggal=date(2026, 12, 11), perihal="Naskah biasa", by=bangun.kasubbag())
    ketik_nomor(
        bangun.jenis(), urut=2, tanggal=date(2026, 12, 11), perihal="Dari kertas", alasan=ALASAN, by=bangun.kasubbag()
    )
    teks = client.get(reverse("naskah:agenda_buku", args=[satu.pk])).content.decode()
    assert "1, 3–4. Nomor ini belum pernah diberikan" in teks
    assert "Naskah biasa" in teks
    saring = client.get(reverse("naskah:agenda_buku", args=[satu.pk]), {"diketik": 1}).content.decode()
    assert "Dari kertas" in saring
    assert "Naskah biasa" not in saring
    assert "Belum ada nomor" not in client.get(reverse("naskah:agenda")).content.decode()


def test_a_long_book_goes_on_page_by_page(client):
    satu = buku()
    for _ in range(102):
        take_nomor(bangun.jenis(), tanggal=date(2026, 12, 11), perihal="Banyak", by=bangun.kasubbag())
    masuk(client, bangun.kasubbag())
    url = reverse("naskah:agenda_buku", args=[satu.pk])
    pertama = client.get(url).content.decode()
    assert "?sebelum=3" in pertama
    sisa = client.get(url, {"sebelum": 3}).content.decode()
    assert (">2/PL.01.2" in sisa, ">3/PL.01.2" in sisa) == (True, False)


def test_a_draft_is_prepared_under_a_typed_number(client):
    buku(7)
    naskah = bangun.konsep()
    masuk(client, bangun.kasubbag())
    url = reverse("naskah:siapkan_ketik", args=[naskah.pk])
    assert url in client.get(naskah.get_absolute_url()).content.decode()
    isi = {"urut": 5, "alasan": ALASAN}
    assert "5/PL.01.2-BA/7271/IV/2026" in client.post(url, isi).content.decode()
    jawab = client.post(url, isi | {"catat": "5/PL.01.2-BA/7271/IV/2026"})
    naskah.refresh_from_db()
    assert jawab["Location"] == reverse("jobs:detail", args=[naskah.pekerjaan_id])
    assert naskah.nomor == "5/PL.01.2-BA/7271/IV/2026"
    assert EntriAgenda.objects.get().alasan == ALASAN
    # A document that has its number gets no other one.
    assert client.get(url).status_code == 404
    assert client.post(url, isi | {"urut": 6}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_typing_one_number_at_once():
    jenis, siapa = bangun.jenis(), bangun.kasubbag()

    def satu():
        return ketik_nomor(jenis, urut=1, tanggal=date(2026, 12, 11), perihal="Balapan", alasan=ALASAN, by=siapa)

    hasil = serentak(satu, satu)
    assert sorted(type(h).__name__ for h in hasil) == ["Refused", "str"]
    assert EntriAgenda.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_preparing_one_draft_under_typed_numbers():
    """The later one is refused and leaves neither a number nor a gap."""
    from kpupalu.naskah import dasar

    naskah, siapa = bangun.konsep(), bangun.kasubbag()
    hasil = serentak(*[lambda: dasar.siapkan(naskah, by=siapa, urut=1, alasan=ALASAN) for _ in range(2)])
    assert sorted(type(h).__name__ for h in hasil) == ["Naskah", "Refused"]
    assert EntriAgenda.objects.count() == 1
    assert Naskah.objects.get().nomor == "1/PL.01.2-BA/7271/IV/2026"
