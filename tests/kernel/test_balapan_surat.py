"""Two people at the same moment: one number each, one letter prepared once, one attendance recorded once."""

from datetime import date

import pytest

from kpupalu.lib import Refused
from kpupalu.naskah.models import EntriAgenda, Naskah
from kpupalu.rapat import actions as rapat_aksi
from kpupalu.rapat import notulen
from kpupalu.rapat.models import Masukan
from kpupalu.surat import keluar, masuk, pengiriman
from kpupalu.surat.models import Pengiriman, SuratKeluar, SuratMasuk
from tests import make
from tests.kernel import bangun_rapat, bangun_surat
from tests.pdpb.bersamaan import serentak

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_dir")]


def satu_ditolak(hasil, kalimat):
    ditolak = [h for h in hasil if isinstance(h, Refused)]
    assert len(ditolak) == len(hasil) - 1, hasil
    assert all(kalimat in str(d) for d in ditolak), ditolak


def test_balapan_two_letters_in_one_moment_get_two_numbers_without_a_gap():
    sekretaris = bangun_surat.sekretaris()
    bangun_surat.instansi()
    hasil = serentak(*[lambda: bangun_surat.masuk_baru(by=sekretaris)] * 4)
    assert sorted(s.nomor_agenda for s in hasil) == [f"{n}/SM/2026" for n in range(1, 5)]
    assert SuratMasuk.objects.count() == EntriAgenda.objects.count() == 4


def test_balapan_one_letter_is_prepared_once_by_two_people():
    sekretaris, budi = bangun_surat.sekretaris(), make.budi()
    surat = bangun_surat.keluar_baru()
    hasil = serentak(
        lambda: keluar.siapkan_surat(SuratKeluar.objects.get(pk=surat.pk), by=sekretaris),
        lambda: keluar.siapkan_surat(SuratKeluar.objects.get(pk=surat.pk), by=budi),
    )
    satu_ditolak(hasil, "disiapkan orang lain")
    assert (Naskah.objects.count(), EntriAgenda.objects.count()) == (1, 1)


def test_balapan_two_letters_prepared_at_once_take_neighbouring_numbers():
    sekretaris = bangun_surat.sekretaris()
    surat = [bangun_surat.keluar_baru() for _ in range(2)]
    hasil = serentak(*[lambda s=s: keluar.siapkan_surat(s, by=sekretaris) for s in surat])
    assert sorted(s.naskah.nomor for s in hasil) == ["1/PL.01.2-SD/7271/2026", "2/PL.01.2-SD/7271/2026"]


def test_balapan_one_disposition_to_one_person():
    surat = masuk.naikkan(bangun_surat.masuk_baru(), by=bangun_surat.sekretaris())
    ketua, sekretaris, budi = make.orang("rahma", "ketua"), bangun_surat.sekretaris(), make.budi()

    def beri(by):
        return lambda: masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", by=by)

    satu_ditolak(serentak(beri(ketua), beri(sekretaris)), "masih memegang")
    assert surat.disposisi.count() == 1


def test_balapan_one_receipt_for_one_recipient_and_no_number_lost():
    bangun_surat.sekretaris()
    naskah = bangun_surat.lengkap(bangun_surat.bernomor().naskah)
    bawaslu, budi, sari = bangun_surat.instansi(), make.budi(), make.sari()

    def kirim(by):
        return lambda: pengiriman.kirim(naskah, [bawaslu], kanal="langsung", tanggal=bangun_surat.TANGGAL, by=by)

    satu_ditolak(serentak(kirim(budi), kirim(sari)), "sudah tercatat")
    assert Pengiriman.objects.get().nomor == "1/TT/7271/2026"
    assert EntriAgenda.objects.filter(buku__kode="tanda-terima").count() == 1


def test_balapan_one_attendance_recorded_by_two_people_keeps_the_first():
    rapat = bangun_rapat.rapat()
    sari, wati = make.sari(), make.wati()
    satu, dua = bangun_rapat.hadir(rapat, nama="Satu"), bangun_rapat.hadir(rapat, nama="Dua")

    def catat(hadir, by):
        return lambda: rapat_aksi.catat_kehadiran(rapat, peserta=[hadir], by=by)

    satu_ditolak(serentak(catat(satu, sari), catat(dua, wati)), "Orang lain mencatat Bawaslu Kota Palu")
    assert rapat.peserta.get(status="hadir").versi == 2


def test_balapan_one_remark_sent_twice_stands_once():
    rapat, sari = bangun_rapat.rapat(), make.sari()
    isi = {"lembaga": "Bawaslu", "isi": "Periksa.", "jawaban": "Sudah."}
    hasil = serentak(*[lambda: rapat_aksi.catat_masukan(rapat, **isi, by=sari)] * 3)
    assert len({m.pk for m in hasil}) == 1
    assert Masukan.objects.count() == 1


def test_balapan_one_invitation_and_one_notula():
    rapat, budi, sekretaris = bangun_rapat.rapat(), make.budi(), bangun_surat.sekretaris()
    hari = date(2026, 11, 12)
    undang = [lambda by=by: rapat_aksi.buat_undangan(rapat, tanggal=hari, by=by) for by in (budi, sekretaris)]
    satu_ditolak(serentak(*undang), "sudah ada")
    notulen.simpan(rapat, bangun_rapat.notula(), dilihat=0, by=make.sari())
    satu_ditolak(serentak(*[lambda by=by: notulen.sahkan(rapat, by=by) for by in (budi, sekretaris)]), "orang lain")
    assert EntriAgenda.objects.filter(buku__kode="notula").count() == 1
