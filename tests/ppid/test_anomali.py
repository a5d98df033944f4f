"""The daily check of the information desk: what it finds, what ends by itself, what a person may judge."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from kpupalu.audit.models import Jejak
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.naskah.models import BukuAgenda
from kpupalu.pemberitahuan.models import Pemberitahuan
from ppid.actions import permohonan
from ppid.actions.laporan import buka_laporan
from ppid.anomali.jalankan import jalankan_semua, nilai
from ppid.anomali.registri import Ketemu, _pemeriksaan, daftarkan_pemeriksaan, semua_pemeriksaan
from ppid.models import Anomali, Butir, InformasiDikecualikan, InformasiPublik, MasaTahapan, Permohonan
from tests import make
from tests.pdpb.isian import kalimat
from tests.ppid.test_daftar_informasi import terbit
from tests.ppid.test_permohonan import lengkap, minta, petugas, ppid, putus

pytestmark = pytest.mark.django_db
H = Butir.Hasil


@pytest.fixture(autouse=True)
def ke(time_machine):
    def pindah(saat: datetime) -> None:
        time_machine.move_to(saat, tick=False)

    pindah(datetime(2026, 3, 2, 9, 0, tzinfo=WITA))
    return pindah


def temuan(kode: str) -> list[str]:
    jalankan_semua(kode=[kode])
    return [f"{a.label}: {a.kalimat}" for a in Anomali.objects.terbuka().filter(kode=kode).order_by("pk")]


def test_an_unanswered_request_is_flagged_near_its_last_day_and_after_it(ke):
    p = minta()  # last day Monday 16 March
    assert temuan("belum-dijawab") == []
    ke(datetime(2026, 3, 12, 9, 0, tzinfo=WITA))
    assert temuan("belum-dijawab") == [f"{p.nomor}: Sisa 2 hari kerja; hari terakhir menjawab 16 Maret 2026."]
    ke(datetime(2026, 3, 17, 9, 0, tzinfo=WITA))
    assert temuan("belum-dijawab") == [f"{p.nomor}: Hari terakhir menjawab 16 Maret 2026 sudah lewat."]
    # Its warning of before has ended by itself.
    assert Anomali.objects.exclude(berakhir_pada=None).get().rinci == "dekat"


def test_a_finding_is_opened_and_told_once_and_ends_with_its_cause(ke):
    petugas()
    p = minta()
    ke(datetime(2026, 3, 17, 9, 0, tzinfo=WITA))
    assert jalankan_semua(kode=["belum-dijawab"])["belum-dijawab"] == (1, 0)
    assert jalankan_semua(kode=["belum-dijawab"])["belum-dijawab"] == (0, 0)
    kabar = Pemberitahuan.objects.filter(kunci__startswith="anomali-belum-dijawab")
    assert kabar.count() == 1
    assert p.nomor in kabar.get().kalimat
    permohonan.cabut(p, catatan="Pemohon mencabut", versi=p.versi, oleh=petugas())
    assert jalankan_semua(kode=["belum-dijawab"])["belum-dijawab"] == (0, 1)
    assert not Anomali.objects.terbuka().exists()


def test_an_extension_told_after_the_last_day_is_no_extension(ke):
    p = lengkap(minta())
    ppid()
    p = permohonan.perpanjang_waktu(p, catatan="Dokumen dikumpulkan", versi=p.versi, oleh=ppid())
    assert temuan("perpanjangan") == []
    Permohonan.objects.filter(pk=p.pk).update(diperpanjang_pada=date(2026, 3, 17))
    assert temuan("perpanjangan") == [f"{p.nomor}: Diberitahukan 17 Maret 2026, sesudah 16 Maret 2026."]


def test_a_refusal_whose_decision_was_revoked_is_found():
    dik = InformasiDikecualikan.objects.create(
        informasi="Formulir B.1", pasal_17="h", dasar_hukum="UU 27/2022", konsekuensi_dibuka="Rahasia pribadi",
        penetap="kpu", keputusan="731/2025", tanggal_keputusan=date(2026, 1, 5), mulai=date(2026, 1, 5),
    )  # fmt: skip
    p = lengkap(minta())
    putus(p, H.DIKECUALIKAN, dikecualikan=dik, pasal_18_diperiksa=True)
    assert temuan("penolakan") == []
    InformasiDikecualikan.objects.filter(pk=dik.pk).update(dicabut_pada=date(2026, 3, 1), pencabutan="800/2026")
    assert temuan("penolakan") == [f"{p.nomor}: Butir 1 ditolak menurut 731/2025, yang tidak berlaku."]


@pytest.mark.parametrize(
    ("keputusan", "ditemukan"),
    [("731 Tahun 2025", False), ("12/HK.03-Kpt/7271/2026", True), ("Keputusan KPU Kota 3/2026", True)],
)
def test_an_exception_that_the_city_made_itself_is_found(keputusan, ditemukan):
    InformasiDikecualikan.objects.create(
        informasi="Formulir B.1", pasal_17="h", dasar_hukum="UU 27/2022", konsekuensi_dibuka="Rahasia pribadi",
        penetap="kpu", keputusan=keputusan, tanggal_keputusan=date(2026, 1, 5), mulai=date(2026, 1, 5),
    )  # fmt: skip
    assert bool(temuan("dikecualikan-sendiri")) is ditemukan


def test_dates_that_cannot_be_and_holes_in_the_register_are_found():
    p = minta()
    assert temuan("tanggal-nomor") == []
    Permohonan.objects.filter(pk=p.pk).update(
        dijawab_pada=date(2026, 3, 1), dicatat_pada=p.diterima_pada + timedelta(days=3)
    )
    BukuAgenda.objects.filter(kode="ppid-permohonan").update(nomor_terakhir=2)
    assert temuan("tanggal-nomor") == [
        f"{p.nomor}: Tanggal jawaban mendahului tanggal diterima.",
        f"{p.nomor}: Dicatat 3 hari sesudah tanggal diterimanya.",
        "Register 2026: Nomor 2 tidak dipakai.",
    ]


def test_not_held_though_the_list_has_it():
    terbit(judul="Laporan keuangan semester", ringkasan="Neraca dan realisasi anggaran")
    p = lengkap(minta("Mohon laporan keuangan tahun 2025", "Denah gudang"))
    putus(p, H.TIDAK_DIKUASAI, penjelasan="Tidak dikuasai kantor ini")
    putus(p, H.TIDAK_DIKUASAI, urut=2, penjelasan="Tidak dikuasai kantor ini")
    (satu,) = temuan("tidak-dikuasai")
    assert "Butir 1" in satu
    assert "Laporan keuangan semester" in satu


def test_a_repeated_request_is_a_hint():
    data = {"jenis_identitas": "ktp", "nomor_identitas": "7271012505909001"}
    a, b = minta("Daftar TPS", data=data), minta("daftar  tps", data=data)
    assert temuan("berulang") == [f"{b.nomor}: Sama dengan {a.nomor}."]


def test_the_short_clock_and_the_stages_must_agree():
    p = lengkap(minta("Daftar TPS"))
    assert temuan("tahapan") == []
    MasaTahapan.objects.create(nama="Pemilihan", mulai=date(2026, 1, 1), akhir=date(2026, 6, 1), dasar_hukum="PKPU")
    assert "semua butirnya memakai waktu reguler" in temuan("tahapan")[0]
    p.butir.update(tahapan=True)
    assert temuan("tahapan") == []
    MasaTahapan.objects.update(mulai=date(2026, 4, 1))
    assert "tidak ada masa tahapan" in temuan("tahapan")[0]


def test_a_provisional_term_and_a_neglected_entry_are_found(ke):
    e = terbit(retensi="", frekuensi_bulan=1)
    InformasiPublik.objects.filter(pk=e.pk).update(berkas="")
    ke(datetime(2026, 12, 21, 9, 0, tzinfo=WITA))
    p = lengkap(minta())
    assert temuan("biaya") == []
    assert temuan("libur-belum-pasti") == [f"{p.nomor}: Tenggat 8 Januari 2027 masih sementara."]
    assert len(temuan("daftar-informasi")) == 3


def test_the_revoked_regulation_is_found_in_entries_and_not_in_our_own_pages():
    assert temuan("peraturan-lama") == []
    terbit(judul="Tata cara menurut Peraturan KPU Nomor 1 Tahun 2015")
    assert len(temuan("peraturan-lama")) == 1


def test_a_yearly_report_not_sent_in_three_months_is_found(ke):
    minta()
    ke(datetime(2027, 3, 31, 9, 0, tzinfo=WITA))
    assert temuan("laporan-tahunan") == []
    ke(datetime(2027, 4, 1, 9, 0, tzinfo=WITA))
    assert temuan("laporan-tahunan") == ["Laporan 2026: Seharusnya dikirim paling lambat 31 Maret 2027."]
    assert buka_laporan(2026, oleh=None).jatuh_tempo == date(2027, 3, 31)


def test_the_ppid_judges_with_a_reason_and_it_does_not_come_back():
    data = {"jenis_identitas": "ktp", "nomor_identitas": "7271012505909001"}
    minta("Daftar TPS", data=data)
    minta("Daftar TPS", data=data)
    assert len(temuan("berulang")) == 1
    a = Anomali.objects.get()
    with pytest.raises(Refused, match="dinilai oleh PPID"):
        nilai(a, alasan="Pemohon memang meminta dua kali", oleh=petugas())
    with pytest.raises(Refused, match="alasan"):
        nilai(a, alasan="ya", oleh=ppid())
    nilai(a, alasan="Pemohon memang meminta dua kali", oleh=ppid())
    assert temuan("berulang") == []
    assert Anomali.objects.count() == 1
    assert Jejak.objects.filter(tindakan="ppid.nilai_anomali").exists()
    with pytest.raises(Refused, match="sudah dinilai"):
        nilai(a, alasan="Pemohon memang meminta dua kali", oleh=ppid())


def test_what_has_to_be_put_right_cannot_be_talked_away(ke):
    minta()
    ke(datetime(2026, 3, 17, 9, 0, tzinfo=WITA))
    temuan("belum-dijawab")
    with pytest.raises(Refused, match="Perbaiki sebabnya"):
        nilai(Anomali.objects.get(), alasan="Petugas sedang cuti panjang", oleh=ppid())


def test_another_module_registers_a_check_of_its_own():
    p = minta()

    @daftarkan_pemeriksaan("uji-lain", "Uji", "tinggi", "Untuk uji.")
    def cari(pada):
        yield Ketemu(p, p.nomor, "Ditemukan.", p.get_absolute_url())

    try:
        assert semua_pemeriksaan()[-1].tingkat == "rendah"
        assert temuan("uji-lain") == [f"{p.nomor}: Ditemukan."]
    finally:
        del _pemeriksaan["uji-lain"]


def test_the_command_says_what_waits_and_ends_with_one(ke):
    p = minta()
    keluar = StringIO()
    call_command("periksa_ppid", kode=["belum-dijawab"], stdout=keluar)
    assert keluar.getvalue().strip() == "[]"
    ke(datetime(2026, 3, 17, 9, 0, tzinfo=WITA))
    with pytest.raises(SystemExit) as akhir:
        call_command("periksa_ppid", stdout=keluar)
    assert akhir.value.code == 1
    assert p.nomor in keluar.getvalue()


def test_findings_stand_on_their_pages_for_those_who_may_see_them(client, ke):
    p = minta()
    ke(datetime(2026, 3, 17, 9, 0, tzinfo=WITA))
    jalankan_semua()
    a = Anomali.objects.get(kode="belum-dijawab")
    daftar, satu = reverse("ppid:anomali"), a.get_absolute_url()
    client.force_login(petugas())
    assert p.nomor in kalimat(client.get(daftar))
    assert "Pasal 35" in kalimat(client.get(satu))
    assert a.kalimat in kalimat(client.get(p.get_absolute_url()))
    assert p.nomor in kalimat(client.get(reverse("ppid:meja")))
    assert "Tidak ada anomali" in kalimat(client.get(daftar, {"keadaan": "berakhir"}))
    client.force_login(make.orang("gudang", "gudang"))
    assert [client.get(u).status_code for u in (daftar, satu, reverse("ppid:meja"))] == [404] * 3
