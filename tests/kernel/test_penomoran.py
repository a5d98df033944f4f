"""Numbers: none given twice, none lost, none changed."""

import threading
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections, transaction

from kpupalu.lib import Refused
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, JenisNaskah
from kpupalu.naskah.penomoran import (
    BAGIAN_POLA,
    batalkan_nomor,
    ketik_nomor,
    periksa_ketikan,
    periksa_pola,
    susun_nomor,
    take_nomor,
)
from tests.kernel import bangun_naskah as bangun

DES = date(2026, 12, 11)


def ambil(jenis, tanggal=DES, **lain):
    return take_nomor(jenis, tanggal=tanggal, perihal="Uji", by=bangun.kasubbag(), **lain)


@pytest.mark.django_db
def test_nomor_follows_the_pattern_and_counts_per_year():
    jenis = bangun.jenis()
    assert ambil(jenis) == "1/PL.01.2-BA/7271/IV/2026"
    assert ambil(jenis) == "2/PL.01.2-BA/7271/IV/2026"
    assert ambil(jenis, date(2027, 1, 4)) == "1/PL.01.2-BA/7271/I/2027"


@pytest.mark.django_db
def test_quarter_of_the_subject_wins_over_quarter_of_the_day():
    jenis = bangun.jenis()
    assert ambil(jenis, date(2027, 1, 4), triwulan=4) == "1/PL.01.2-BA/7271/IV/2027"
    assert ambil(jenis, date(2027, 1, 4), triwulan="III") == "2/PL.01.2-BA/7271/III/2027"


@pytest.mark.django_db
def test_kinds_with_the_same_book_share_one_sequence():
    satu, dua = bangun.jenis("ba-satu", buku="ba"), bangun.jenis("ba-dua", buku="ba")
    assert ambil(satu).startswith("1/")
    assert ambil(dua).startswith("2/")


@pytest.mark.django_db
def test_a_rolled_back_draft_leaves_no_gap():
    jenis = bangun.jenis()
    with transaction.atomic():
        ambil(jenis)
        transaction.set_rollback(True)
    assert ambil(jenis).startswith("1/")
    assert EntriAgenda.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_get_different_numbers():
    """The agenda row is locked: eight threads that start together get 1…8."""
    jenis, siapa = bangun.jenis(), bangun.kasubbag()
    mulai, hasil, salah = threading.Barrier(8), [], []

    def satu() -> None:
        try:
            mulai.wait()
            hasil.append(take_nomor(jenis, tanggal=DES, perihal="Balapan", by=siapa))
        except Exception as galat:  # noqa: BLE001 - a thread must hand its failure to the test
            salah.append(galat)
        finally:
            connections.close_all()

    utas = [threading.Thread(target=satu) for _ in range(8)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert salah == []
    assert sorted(int(nomor.split("/")[0]) for nomor in hasil) == list(range(1, 9))
    assert EntriAgenda.objects.filter(buku__kode=jenis.buku).count() == 8
    with connection.cursor() as cursor:  # the history refuses to be emptied, also after this test
        cursor.execute("set session_replication_role = replica")


@pytest.fixture
def _hari_naskah():
    """Nobody types a number for a day still to come: the tests stand on the day of the document."""
    with time_machine.travel("2026-12-11T10:00:00+08:00"):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_hari_naskah")
class TestKetikNomor:
    def ketik(self, urut, alasan="Sistem mati pada hari pleno", tanggal=DES):
        return ketik_nomor(
            bangun.jenis(), urut=urut, tanggal=tanggal, perihal="Uji", alasan=alasan, by=bangun.kasubbag()
        )

    def test_next_number_may_be_typed_with_a_reason(self):
        assert self.ketik(1) == "1/PL.01.2-BA/7271/IV/2026"
        entri = EntriAgenda.objects.get()
        assert (entri.diketik, entri.alasan) == (True, "Sistem mati pada hari pleno")
        assert ambil(bangun.jenis()).startswith("2/")

    def test_needs_a_reason(self):
        with pytest.raises(Refused, match="alasan"):
            self.ketik(1, alasan="  lupa    ")

    def test_refuses_a_taken_number_and_a_gap(self):
        self.ketik(1)
        with pytest.raises(Refused, match="sudah dipakai"):
            self.ketik(1)
        with pytest.raises(Refused, match="celah; nomor berikutnya adalah 2"):
            self.ketik(3)
        with pytest.raises(Refused, match="sudah dipakai"):
            self.ketik(0)

    def test_refuses_a_day_to_come_and_people_without_the_right(self):
        with pytest.raises(Refused, match="sesudah hari ini"):
            self.ketik(1, tanggal=date(2026, 12, 12))
        with pytest.raises(Refused, match="tidak berwenang"):
            ketik_nomor(
                bangun.jenis(),
                urut=1,
                tanggal=DES,
                perihal="Uji",
                alasan="Sistem mati pada hari pleno",
                by=bangun.orang("sari", "operator"),
            )
        assert EntriAgenda.objects.count() == 0

    def test_a_look_refuses_what_the_act_refuses(self):
        jenis = bangun.jenis()
        assert periksa_ketikan(jenis, 1, DES) == "1/PL.01.2-BA/7271/IV/2026"
        self.ketik(1)
        for urut, kata in ((1, "sudah dipakai"), (0, "sudah dipakai"), (3, "celah")):
            with pytest.raises(Refused, match=kata):
                periksa_ketikan(jenis, urut, DES)

    def test_a_number_left_out_by_a_paper_book_can_be_filled_in(self):
        BukuAgenda.objects.create(kode=bangun.jenis().buku, tahun=2026, nomor_terakhir=72)
        assert self.ketik(70).startswith("70/")
        assert ambil(bangun.jenis()).startswith("73/")


@pytest.mark.django_db
def test_a_cancelled_number_is_not_given_again():
    jenis = bangun.jenis()
    nomor = ambil(jenis)
    batalkan_nomor(nomor, alasan="Naskah ditarik", by=bangun.kasubbag())
    assert EntriAgenda.objects.get(nomor=nomor).batal
    assert ambil(jenis).startswith("2/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "delete from naskah_entriagenda",
        "update naskah_entriagenda set nomor = 'lain'",
        "update naskah_entriagenda set urut = urut + 1",
        "update naskah_entriagenda set alasan = 'lain'",
    ],
)
def test_database_refuses_to_rewrite_the_agenda(sql):
    ambil(bangun.jenis())
    with pytest.raises(DatabaseError, match="tidak boleh diubah"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "pola", ["{nomor}/BA", "{tahun}/BA", "{nomor}/{tahun}/{rahasia}", "{nomor}/{tahun", "{nomor.__class__}/{tahun}"]
)
def test_pola_yang_salah_ditolak(pola):
    with pytest.raises(ValidationError):
        periksa_pola(pola)


def test_pola_yang_diterima_dapat_disusun():
    """Every part a pattern may name is one that a nomor can be made of."""
    pola = "".join(f"/{{{bagian}}}" for bagian in sorted(BAGIAN_POLA))
    periksa_pola(pola)
    jenis = JenisNaskah(pola=pola, klasifikasi="PL.01.2")
    assert susun_nomor(jenis, 45, DES) == "/XII/PL.01.2/45/7271/2026/IV"
