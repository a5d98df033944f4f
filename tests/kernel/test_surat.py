"""Letters: numbered once, passed from hand to hand, signed by who holds the office, and received by somebody."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.accounts.models import PelaksanaHarian
from kpupalu.audit.catatan import riwayat
from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.kalender.target import target_untuk
from kpupalu.lib import Refused
from kpupalu.naskah.cetak import cetak_html
from kpupalu.naskah.dasar import tarik
from kpupalu.naskah.models import EntriAgenda
from kpupalu.surat import documents, keluar, masuk, pengiriman
from kpupalu.surat.lampiran import segel_lampiran
from kpupalu.surat.models import Disposisi, Instansi, Klasifikasi, Pengiriman, SuratKeluar, SuratMasuk
from kpupalu.ui.beranda import kartu_untuk
from tests import make
from tests.kernel import bangun_surat as bangun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir", "_november")]
S = SuratMasuk.Status


@pytest.fixture
def _november():
    with time_machine.travel("2026-11-17T02:00:00Z", tick=False):
        yield


def pdf(teks="Surat") -> SimpleUploadedFile:
    return SimpleUploadedFile("surat.pdf", cetak_html(f"<html lang=id><body><p>{teks}</p></body></html>").pdf)


def teks_pdf(data: bytes) -> str:
    return " ".join(" ".join(h.extract_text().split()) for h in PdfReader(BytesIO(data)).pages)


# --- Incoming -----------------------------------------------------------------------------------------------------
def test_a_letter_gets_the_next_number_of_its_book_and_its_file_is_sealed():
    satu, dua = bangun.masuk_baru(berkas=pdf()), bangun.masuk_baru()
    assert (satu.nomor_agenda, dua.nomor_agenda) == ("1/SM/2026", "2/SM/2026")
    assert len(satu.berkas.sha256) == 64
    assert bangun.masuk_baru(sifat="rahasia").nomor_agenda == "1/SMR/2026"


@pytest.mark.parametrize(
    ("lain", "kalimat"),
    [
        ({"tanggal_terima": date(2026, 11, 18)}, "belum tiba"),
        ({"tanggal_surat": date(2026, 11, 17), "tanggal_terima": date(2026, 11, 16)}, "sebelum tanggal suratnya"),
    ],
)
def test_dates_that_cannot_be_are_refused(lain, kalimat):
    with pytest.raises(Refused, match=kalimat):
        bangun.masuk_baru(**lain)
    assert EntriAgenda.objects.count() == 0


@pytest.mark.parametrize(
    ("isi", "kalimat"),
    [(b"", "kosong"), (b"<html>", "PDF, JPEG, atau PNG"), (b"%PDF-1.4 terpotong", "rusak atau terpotong")],
)
def test_a_file_that_is_no_document_is_refused_and_takes_no_number(isi, kalimat):
    with pytest.raises(Refused, match=kalimat):
        bangun.masuk_baru(berkas=SimpleUploadedFile("surat.pdf", isi))
    assert EntriAgenda.objects.count() == 0


def test_only_the_sekretaris_keeps_the_secret_book():
    with pytest.raises(Refused, match="Sekretaris"):
        bangun.masuk_baru(by=make.budi(), sifat="rahasia")
    with pytest.raises(Refused, match="tidak berwenang"):
        bangun.masuk_baru(by=make.sari())


def _naik(**lain) -> tuple[SuratMasuk, object, object]:
    surat = masuk.naikkan(bangun.masuk_baru(**lain), by=bangun.sekretaris())
    return surat, make.orang("rahma", "ketua"), make.budi()


def test_the_way_of_a_letter_from_the_agenda_to_the_archive():
    surat, ketua, budi = _naik()
    (satu,) = masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", batas=date(2026, 11, 20), by=ketua)
    surat.refresh_from_db()
    assert surat.status == S.DIDISPOSISI
    masuk.kerjakan(satu, by=budi)
    (dua,) = masuk.disposisikan(surat, kepada=[make.sari()], instruksi="telaah", by=budi)
    assert dua.induk_id == satu.pk
    with pytest.raises(Refused, match="belum selesai"):
        masuk.akhiri(satu, hasil="Sudah dijawab", by=budi)
    with pytest.raises(Refused, match="belum menyelesaikan"):
        masuk.selesaikan(surat, catatan="Sudah dijawab", by=ketua)
    masuk.akhiri(dua, hasil="Telah ditelaah", by=make.sari())
    balasan = bangun.bernomor()
    masuk.jawab(surat, balasan, by=budi)
    masuk.akhiri(satu, hasil="Sudah dijawab", by=budi)
    surat = masuk.arsipkan(masuk.selesaikan(surat, catatan="Sudah dijawab", by=ketua), by=bangun.sekretaris())
    assert surat.status == S.ARSIP
    assert surat.balasan == balasan
    assert riwayat(surat).count() >= 8
    with pytest.raises(Refused, match="sudah selesai"):
        masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", by=ketua)


def test_a_letter_given_back_by_everybody_lies_before_the_leadership_again():
    surat, ketua, budi = _naik()
    masuk.disposisikan(surat, kepada=[budi, make.sari()], instruksi="jawab", by=ketua)
    for user, status in ((budi, S.DIPROSES), (make.sari(), S.DI_PIMPINAN)):
        masuk.akhiri(masuk.disposisi_terbuka(surat, user), hasil="Bukan bidang kami", kembalikan=True, by=user)
        surat.refresh_from_db()
        assert surat.status in (status, S.DIDISPOSISI)
    assert surat.status == S.DI_PIMPINAN


def test_who_may_give_an_instruction_and_to_whom():
    surat, ketua, budi = _naik()
    for by, kepada, kalimat in (
        (make.sari(), budi, "pimpinan"),
        (ketua, ketua, "selain diri Anda"),
        (ketua, make.orang("fatma", "bawaslu"), "orang kantor"),
    ):
        with pytest.raises(Refused, match=kalimat):
            masuk.disposisikan(surat, kepada=[kepada], instruksi="jawab", by=by)
    masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", by=ketua)
    with pytest.raises(Refused, match="masih memegang"):
        masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", by=ketua)
    with pytest.raises(Refused, match="sudah lewat"):
        masuk.disposisikan(surat, kepada=[make.sari()], instruksi="jawab", batas=date(2026, 11, 16), by=ketua)
    with pytest.raises(Refused, match="orang lain"):
        masuk.akhiri(Disposisi.objects.get(), hasil="Selesai semuanya", by=make.sari())


def test_who_sees_which_letter():
    biasa, ketua, budi = _naik()
    rahasia = masuk.naikkan(bangun.masuk_baru(sifat="rahasia", hal="Pemeriksaan disiplin"), by=bangun.sekretaris())
    sari = make.sari()

    def lihat(user):
        return set(SuratMasuk.objects.for_user(user).values_list("pk", flat=True))

    assert lihat(sari) == set()
    assert lihat(budi) == lihat(make.dewi()) == lihat(make.orang("arif", "anggota")) == {biasa.pk}
    assert lihat(ketua) == lihat(bangun.sekretaris()) == {biasa.pk, rahasia.pk}
    assert lihat(make.orang("fatma", "bawaslu")) == lihat(make.orang("gilang", "admin")) == set()
    masuk.disposisikan(rahasia, kepada=[sari], instruksi="pelajari", by=ketua)
    assert lihat(sari) == {rahasia.pk}


def test_the_subject_of_a_secret_letter_stands_in_no_list_no_book_and_no_history(client):
    surat, ketua, _ = _naik(sifat="rahasia", hal="Pemeriksaan disiplin")
    client.force_login(ketua)
    url = reverse("surat:masuk_daftar")
    assert "disiplin" not in client.get(url).content.decode()
    assert surat.nomor_agenda not in client.get(url, {"kata": "disiplin"}).content.decode()
    assert not EntriAgenda.objects.filter(perihal__icontains="disiplin").exists()
    masuk.selesaikan(surat, catatan="Pemeriksaan disiplin selesai", by=ketua)
    assert not Jejak.objects.filter(kalimat__icontains="disiplin").exists()
    assert not Jejak.objects.filter(alasan__icontains="disiplin").exists()
    assert not Jejak.objects.filter(objek_label__icontains="disiplin").exists()


@pytest.mark.parametrize("lain", [{"sifat": "rahasia"}, {"data_pribadi": True}])
def test_reading_a_letter_with_personal_data_is_logged(client, lain):
    surat, ketua, _ = _naik(berkas=pdf(), **lain)
    client.force_login(ketua)
    client.get(surat.get_absolute_url())
    client.get(reverse("surat:masuk_berkas", args=[surat.pk]))
    client.get(reverse("surat:masuk_lembar", args=[surat.pk]))
    log = LogAkses.objects.filter(objek_id=str(surat.pk), pelaku=ketua)
    assert sorted(log.values_list("tindakan", flat=True)) == ["cetak", "lihat", "lihat"]


def test_the_recipient_finds_it_on_beranda_in_the_list_and_in_the_calendar(client):
    surat, ketua, budi = _naik()
    masuk.disposisikan(surat, kepada=[budi], instruksi="jawab", batas=date(2026, 11, 20), by=ketua)
    kartu = {k.judul: k for b in kartu_untuk(budi) for k in b["kartu"]}
    assert kartu["Disposisi untuk Anda"].jumlah == 1
    client.force_login(budi)
    assert surat.nomor_agenda in client.get(kartu["Disposisi untuk Anda"].tautan).content.decode()
    assert [t.judul for t in target_untuk(budi, date(2026, 11, 1), date(2026, 11, 30))] == ["Disposisi 1/SM/2026"]
    with time_machine.travel("2026-11-24T02:00:00Z", tick=False):
        client.force_login(budi)
        kartu = {k.judul: k for b in kartu_untuk(budi) for k in b["kartu"]}
        assert surat.nomor_agenda in client.get(kartu["Disposisi terlambat"].tautan).content.decode()
    client.get(surat.get_absolute_url())
    assert Disposisi.objects.get().dibaca_pada is not None


# --- Outgoing -----------------------------------------------------------------------------------------------------
def test_a_letter_takes_its_number_from_one_book_whatever_its_kind():
    satu, dua = bangun.bernomor(), bangun.bernomor(kode_jenis="undangan")
    assert satu.naskah.nomor == "1/PL.01.2-SD/7271/2026"
    assert dua.naskah.nomor == "2/PL.01.2-Und/7271/2026"
    kode = Klasifikasi.objects.get(kode="HK")
    assert bangun.bernomor(klasifikasi=kode).naskah.nomor == "3/HK-SD/7271/2026"


def test_the_printed_letter_says_what_tata_naskah_asks_for():
    surat = bangun.bernomor(rincian=[["Tempat", "Aula KPU Kota Palu"]], lampiran="1 berkas", sifat="segera")
    from kpupalu.naskah import simpanan

    data = simpanan.baca(surat.naskah.terbaru.berkas)
    isi = teks_pdf(data)
    for kata in (
        "KOMISI PEMILIHAN UMUM", surat.naskah.nomor, "Segera", "1 berkas", "Jawaban atas saran perbaikan",
        "Palu, 16 November 2026", "Yth. Ketua Bawaslu Kota Palu", "Aula KPU Kota Palu", "Ketua Komisi Pemilihan Umum",
        "Rahma", "Tembusan", "Arsip", "Demikian disampaikan", "Lembar bukti",
    ):  # fmt: skip
        assert kata in isi, kata
    assert "/Sig" in str(PdfReader(BytesIO(data)).get_fields()["ttd-1"])


def test_many_addressees_stand_in_a_list_behind_the_letter():
    semua = list(Instansi.objects.filter(undang_pleno=True))
    isi = teks_pdf(documents.pratinjau(bangun.keluar_baru(kepada=semua)))
    assert "daftar tujuan terlampir" in isi
    assert isi.count("Ketua Partai Ummat Kota Palu") == 1
    assert "KONSEP" in isi


def test_a_plh_signs_for_the_one_who_is_away_that_day():
    make.komisioner()
    sekretaris, budi = bangun.sekretaris(), make.budi()
    PelaksanaHarian.objects.create(
        pejabat=sekretaris, pengganti=budi, mulai=bangun.TANGGAL, sampai=bangun.TANGGAL, nomor_surat="1", alasan="Dinas"
    )
    calon = documents.penanda_pada("sekretaris", bangun.TANGGAL)
    assert (calon.user, calon.jabatan) == (budi, "Plh. Sekretaris")
    assert documents.penanda_pada("sekretaris", date(2026, 11, 17)).user == sekretaris
    with pytest.raises(Refused, match="Tidak ada Ketua"):
        documents.penanda_pada("ketua", date(2020, 1, 1))


def test_a_numbered_letter_is_not_edited_and_comes_back_as_a_draft_when_withdrawn():
    surat = bangun.bernomor()
    with pytest.raises(Refused, match="sudah disiapkan"):
        keluar.ubah(surat, kepada=[bangun.instansi()], tembusan=[], dilihat=surat.versi, by=make.sari())
    with pytest.raises(Refused, match="baru saja disiapkan"):
        keluar.siapkan_surat(surat, by=bangun.sekretaris())
    tarik(surat.naskah, by=bangun.sekretaris(), alasan="Salah alamat tujuan")
    surat = SuratKeluar.objects.get(pk=surat.pk)
    assert surat.konsep
    lagi = keluar.siapkan_surat(surat, by=bangun.sekretaris())
    assert lagi.naskah.nomor == "2/PL.01.2-SD/7271/2026"
    assert EntriAgenda.objects.get(urut=1, buku__kode="surat-keluar").batal


def test_two_people_editing_one_draft_overwrite_nothing():
    surat = bangun.keluar_baru()
    satu, dua = SuratKeluar.objects.get(pk=surat.pk), SuratKeluar.objects.get(pk=surat.pk)
    satu.hal = "Hal yang baru"
    keluar.ubah(satu, kepada=[bangun.instansi()], tembusan=[], dilihat=1, by=make.sari())
    dua.hal = "Hal yang lain"
    with pytest.raises(Refused, match="Orang lain mengubah"):
        keluar.ubah(dua, kepada=[bangun.instansi()], tembusan=[], dilihat=1, by=make.budi())
    assert SuratKeluar.objects.get(pk=surat.pk).hal == "Hal yang baru"


def test_a_letter_to_nobody_or_under_a_code_out_of_use_is_refused():
    with pytest.raises(Refused, match="satu tujuan"):
        keluar.susun(SuratKeluar(kode_jenis="surat-dinas", klasifikasi=Klasifikasi.objects.get(kode="PP"),
                                 tanggal=bangun.TANGGAL, hal="X", isi="X"), kepada=[], by=make.sari())  # fmt: skip
    kode = Klasifikasi.objects.create(kode="LAMA", nama="Lama", berlaku_mulai=date(2010, 1, 1),
                                      berlaku_akhir=date(2020, 1, 1))  # fmt: skip
    with pytest.raises(Refused, match="tidak berlaku"):
        bangun.keluar_baru(klasifikasi=kode)


# --- Deliveries ---------------------------------------------------------------------------------------------------
def _kirim(naskah, nama="Bawaslu Kota Palu", tanggal=bangun.TANGGAL):
    return pengiriman.kirim(naskah, [bangun.instansi(nama)], kanal="langsung", tanggal=tanggal, by=make.budi())[0]


def test_each_recipient_gets_a_numbered_receipt_with_the_digest_of_the_file():
    naskah = bangun.lengkap(bangun.bernomor().naskah)
    satu, pusat = _kirim(naskah), _kirim(naskah, "KPU Republik Indonesia")
    assert (satu.nomor, pusat.nomor) == ("1/TT/7271/2026", "2/TT/7271/2026")
    assert satu.sha256 == naskah.terbaru.sha256
    assert str(pusat.melalui) == "KPU Provinsi Sulawesi Tengah"
    pengiriman.terima(satu, penerima="Fatma", jabatan="Staf", tanggal=date(2026, 11, 17), bukti=pdf(), by=make.budi())
    with pytest.raises(Refused, match="sudah diterima"):
        pengiriman.terima(satu, penerima="X", jabatan="", tanggal=date(2026, 11, 17), by=make.budi())
    isi = teks_pdf(documents.tanda_terima(list(naskah.pengiriman.all())))
    for kata in ("1/TT/7271/2026", "melalui KPU Provinsi Sulawesi Tengah", naskah.terbaru.sha256[:20], "Fatma"):
        assert kata in isi


def test_what_is_unsigned_is_not_sent_and_nobody_gets_it_twice():
    naskah = bangun.bernomor().naskah
    with pytest.raises(Refused, match="tanda tangannya lengkap"):
        _kirim(naskah)
    bangun.lengkap(naskah)
    satu = _kirim(naskah)
    with pytest.raises(Refused, match="sudah tercatat"):
        _kirim(naskah)
    for tanggal in (date(2026, 11, 15), date(2026, 11, 18)):
        with pytest.raises(Refused, match="Tanggal kirim"):
            _kirim(naskah, "Polresta Palu", tanggal)
    with pytest.raises(Refused, match="Tanggal terima"):
        pengiriman.terima(satu, penerima="Fatma", jabatan="", tanggal=date(2026, 11, 15), by=make.budi())
    pengiriman.batalkan_kiriman(satu, alasan="Salah catat penerima", by=make.budi())
    assert _kirim(naskah).nomor != satu.nomor
    assert Pengiriman.objects.filter(dibatalkan=False).count() == 1


def test_a_photo_is_a_picture(data_dir):
    with pytest.raises(Refused, match="gambar JPEG atau PNG"):
        segel_lampiran(pdf(), oleh=make.sari(), hanya_gambar=True)
