"""The yearly report, the registers, the monthly recap, what the public reads of it, and what is already there."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import LogAkses
from kpupalu.cari.sumber import cari
from kpupalu.jobs.tasks import run_job
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.naskah.models import Naskah
from ppid.actions import informasi, laporan, permohonan
from ppid.actions.publikasi import tulis_ringkasan
from ppid.laporan.angka import Angka, Rujukan, _bagian, cari_angka, daftarkan_bagian, susun_angka
from ppid.laporan.kinerja import LAIN, gabung, ramalan, satu_tahun
from ppid.mirip import entri_mirip, jawaban_mirip, kata_penting
from ppid.models import Butir, LaporanTahunan, Permohonan
from ppid.views.permohonan import saring
from tests import make
from tests.pdpb.isian import kalimat
from tests.ppid.test_daftar_informasi import terbit
from tests.ppid.test_halaman_ppid import isian
from tests.ppid.test_permohonan import lengkap, minta, petugas, ppid, putus, unit_hukum

pytestmark = pytest.mark.django_db
H, S = Butir.Hasil, LaporanTahunan.Status
AJUKAN = reverse("ppid:ajukan")
ALASAN = "Angka perlu dihitung lagi"


@pytest.fixture(autouse=True)
def ke(time_machine):
    def pindah(*hari: int) -> None:
        time_machine.move_to(datetime(*hari, 9, 0, tzinfo=WITA), tick=False)

    pindah(2026, 3, 2)
    return pindah


def dijawab(*butir: str, pada: date, **lain) -> Permohonan:
    """A request that was answered on *pada*, without the way there."""
    p = lengkap(minta(*butir, **lain))
    for b in p.butir.all():
        putus(p, H.DIBERIKAN, urut=b.urut, penjelasan="Salinan lengkap", bentuk="softcopy")
    for t in TenggatBerjalan.objects.subjek(p).terbuka():
        TenggatBerjalan.objects.filter(pk=t.pk).update(status="selesai", ditutup_tanggal=pada)
    Permohonan.objects.filter(pk=p.pk).update(status="dijawab", dijawab_pada=pada)
    return Permohonan.objects.get(pk=p.pk)


def nilai(kode: str, pada: date = date(2026, 12, 31)) -> str:
    angka = cari_angka(susun_angka(2026, pada), kode)
    assert angka is not None
    return angka["nilai"]


def setahun() -> list[Permohonan]:
    """Four requests of 2026: answered on the second, the tenth and the eleventh working day, and not yet."""
    return [
        dijawab("Daftar TPS", pada=date(2026, 3, 4)),
        dijawab("Anggaran", pada=date(2026, 3, 16), kanal="surat", oleh=petugas()),
        dijawab("Denah", pada=date(2026, 3, 17)),
        minta("Rencana"),
    ]


def test_the_figures_of_a_year_are_counted_from_the_register():
    setahun()
    assert nilai("diterima") == "4"
    assert nilai("dijawab") == "3"
    # 2, 10 and 11 working days after Monday 2 March 2026.
    assert nilai("median") == "10"
    assert nilai("rata-rata") == "7,7"
    assert nilai("dalam-reguler-1") == "66,7 % (2 dari 3)"
    assert nilai("dalam-reguler-2") == "100,0 % (3 dari 3)"
    assert nilai("dalam-tahapan-1") == "–"
    assert nilai("terlambat") == "2"  # one answered a day late, one still open at the end of the year
    assert nilai("kanal-surat") == "1"
    assert nilai("hasil-1") == "3"
    assert nilai("bulan-3") == "4"


def test_every_count_is_the_number_of_its_rows_and_codes_are_unique():
    setahun()
    semua = [a for b in susun_angka(2026, date(2026, 12, 31)) for a in b["angka"]]
    assert {a["nilai"] == str(len(a["baris"])) for a in semua if a["hitungan"]} == {True}
    assert len({a["kode"] for a in semua}) == len(semua)


def test_what_came_later_than_the_day_of_the_report_is_not_counted():
    minta()
    assert nilai("diterima", date(2026, 3, 1)) == "0"
    assert nilai("terlambat", date(2026, 3, 16)) == "0"
    assert nilai("terlambat", date(2026, 3, 17)) == "1"


def test_a_module_adds_its_own_section():
    daftarkan_bagian("uji", "Uji", lambda masa: [Angka("uji-1", "Uji", "1", (Rujukan("1/KB", "/"),))], urutan=1)
    try:
        assert susun_angka(2026, date(2026, 12, 31))[0]["angka"][0]["baris"] == [["1/KB", "/", ""]]
    finally:
        del _bagian["uji"]


def terisi(tahun: int = 2026) -> LaporanTahunan:
    lap = laporan.buka_laporan(tahun, oleh=petugas())
    isi = dict.fromkeys(LaporanTahunan.NARASI, "Uraian bagian ini.\n\nAlinea kedua.")
    return laporan.tulis_narasi(lap, isi=isi, versi=lap.versi, oleh=petugas())


def test_frozen_figures_do_not_move_any_more_and_keep_their_register_numbers(ke):
    setahun()
    lap = terisi()
    (tenggat,) = TenggatBerjalan.objects.subjek(lap)
    assert (tenggat.tanggal, lap.jatuh_tempo) == (date(2027, 3, 31), date(2027, 3, 31))
    with pytest.raises(Refused, match="belum berakhir"):
        laporan.bekukan(lap, versi=lap.versi, oleh=ppid())
    ke(2027, 1, 4)
    with pytest.raises(Refused, match="oleh PPID"):
        laporan.bekukan(lap, versi=lap.versi, oleh=petugas())
    lap = laporan.bekukan(lap, versi=lap.versi, oleh=ppid())
    Permohonan.objects.update(kanal="surel")
    satu = cari_angka(lap.beku, "kanal-surat")
    assert satu is not None
    assert [r[0] for r in satu["baris"]] == ["2/PPID/KPU-PALU/III/2026"]
    with pytest.raises(Refused, match="Muat ulang"):
        laporan.tulis_narasi(lap, isi={}, versi=lap.versi, oleh=petugas())
    lap = laporan.buka_kembali(lap, catatan=ALASAN, versi=lap.versi, oleh=ppid())
    assert (lap.status, lap.beku) == (S.KONSEP, [])


def test_an_empty_part_of_the_narrative_is_named_before_freezing(ke):
    lap = laporan.buka_laporan(2026, oleh=petugas())
    ke(2027, 1, 4)
    with pytest.raises(Refused, match="anggaran dan penggunaannya"):
        laporan.bekukan(lap, versi=lap.versi, oleh=ppid())
    with pytest.raises(Refused, match="belum dimulai"):
        laporan.buka_laporan(2028, oleh=petugas())
    assert laporan.buka_laporan(2026, oleh=None) == lap


def test_the_report_is_printed_signed_and_sent_and_its_term_stops(ke, data_dir):
    setahun()
    lap = terisi()
    ke(2027, 1, 4)
    lap = laporan.bekukan(lap, versi=lap.versi, oleh=ppid())
    naskah = laporan.cetak_laporan(lap, versi=lap.versi, oleh=ppid())
    run_job.apply((naskah.pekerjaan_id,), throw=True)
    lap.refresh_from_db()
    kirim = {"cara": "surel", "bukti": "surel terkirim", "oleh": petugas()}
    with pytest.raises(Refused, match="ditandatangani PPID"):
        laporan.kirim_laporan(lap, pada=date(2027, 1, 4), versi=lap.versi, **kirim)
    Naskah.objects.filter(pk=naskah.pk).update(status="lengkap", lengkap_pada=datetime(2027, 1, 5, 9, 0, tzinfo=WITA))
    ke(2027, 4, 5)
    with pytest.raises(Refused, match="5 Januari 2027"):
        laporan.kirim_laporan(lap, pada=date(2027, 1, 4), versi=lap.versi, **kirim)
    lap = laporan.kirim_laporan(lap, pada=date(2027, 4, 5), versi=lap.versi, **kirim)
    (tenggat,) = TenggatBerjalan.objects.subjek(lap)
    assert (lap.status, tenggat.lewat()) == (S.TERKIRIM, True)


def test_the_pages_of_the_report_lead_each_figure_to_exactly_its_rows(client):
    semua = setahun()
    terisi()
    client.force_login(make.orang("rahma", "ketua"))
    url = reverse("ppid:laporan", args=[2026])
    teks = kalimat(client.get(url))
    assert "Perkiraan akhir tahun" in teks
    assert "Permohonan menurut kanal" in teks
    satu = client.get(reverse("ppid:laporan_angka", args=[2026, "diterima"]))
    assert satu.content.decode().count("<tr><td") == 4
    assert semua[0].nomor in kalimat(satu)
    # The chair reads numbers; the pages of the requests are not theirs.
    assert semua[0].get_absolute_url() not in satu.content.decode()
    assert client.get(reverse("ppid:laporan_angka", args=[2026, "tidak-ada"])).status_code == 404
    lembar = load_workbook(BytesIO(client.get(reverse("ppid:laporan_xlsx", args=[2026])).content)).active
    baris = {b[1]: (b[2], b[4]) for b in lembar.iter_rows(min_row=4, values_only=True)}
    assert baris["Permohonan diterima"][0] == 4
    assert semua[0].nomor in baris["Permohonan diterima"][1]
    assert client.get(reverse("ppid:laporan_narasi", args=[2026])).status_code == 404
    client.force_login(make.orang("gudang", "gudang"))
    assert client.get(url).status_code == 404


def test_the_officer_opens_writes_and_is_refused_in_words(client, ke):
    client.force_login(petugas())
    jawab = client.post(reverse("ppid:laporan_daftar"), {"tahun": "2026"}, follow=True)
    assert "Laporan layanan informasi 2026" in kalimat(jawab)
    isi = dict.fromkeys(LaporanTahunan.NARASI, "Uraian bagian ini.") | {"versi": 1}
    assert "Narasi disimpan" in kalimat(client.post(reverse("ppid:laporan_narasi", args=[2026]), isi, follow=True))
    client.force_login(ppid())
    beku = reverse("ppid:laporan_bekukan", args=[2026])
    assert "belum berakhir" in kalimat(client.post(beku, {"versi": 2}))
    ke(2027, 1, 4)
    client.force_login(ppid())
    assert "Angka dibekukan" in kalimat(client.post(beku, {"versi": 2}, follow=True))


def test_the_pace_so_far_and_the_bounds_of_the_year():
    setahun()
    hasil = ramalan(2026, date(2026, 3, 20))
    assert hasil is not None
    # 4 in 79 days; of 4 to be answered 2 were in time, the open one is already late.
    assert (hasil["diterima"], hasil["terendah"], hasil["tertinggi"]) == (18, "50,0 %", "50,0 %")
    assert ramalan(2026, date(2026, 3, 10))["tertinggi"] == "75,0 %"  # type: ignore[index]
    assert ramalan(2025, date(2026, 3, 20)) is None


# --- Public ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sel", "hasil"),
    [
        ([("a", 9), ("b", 7)], [("a", 9), ("b", 7)]),
        ([("a", 9), ("b", 3), ("c", 4)], [("a", 9), (LAIN, 7)]),
        # One small cell alone could be had by subtraction: the smallest other one goes with it.
        ([("a", 9), ("b", 6), ("c", 1)], [("a", 9), (LAIN, 7)]),
        ([("a", 2), ("b", 1)], []),
        ([("a", 0)], []),
    ],
)
def test_small_cells_are_joined_so_that_none_can_be_had_by_subtraction(sel, hasil):
    assert gabung(sel, 5) == hasil


def test_the_public_page_shows_medians_only_of_enough_answers(client):
    setahun()
    teks = kalimat(client.get(reverse("ppid:kinerja")))
    assert "2026" in teks
    assert satu_tahun(2026, date(2026, 3, 20)).median is None
    for _ in range(2):
        dijawab("Lain", pada=date(2026, 3, 4))
    tahun = satu_tahun(2026, date(2026, 3, 20))
    assert (tahun.median, tahun.tepat) == (2.0, "80,0 %")
    assert "80,0 %" in kalimat(client.get(reverse("ppid:kinerja")))


def test_without_requests_the_public_pages_say_so(client):
    assert "Belum ada permohonan" in kalimat(client.get(reverse("ppid:kinerja")))
    assert "Belum ada permohonan" in kalimat(client.get(reverse("ppid:register_umum")))


def test_a_request_stands_on_the_public_register_only_in_the_officers_words(client):
    p = dijawab("Minta data milik Warga Contoh", pada=date(2026, 3, 4))
    umum = reverse("ppid:register_umum")
    assert p.nomor not in kalimat(client.get(umum))
    p = tulis_ringkasan(p, teks="Jumlah pemilih per kelurahan", versi=p.versi, oleh=petugas())
    teks = kalimat(client.get(umum))
    for potong in (p.nomor, "2 Mar 2026", "Jumlah pemilih per kelurahan", "Dikabulkan seluruhnya", '"angka">2<'):
        assert potong in teks
    assert "Warga Contoh" not in teks
    tulis_ringkasan(p, teks="", versi=p.versi, oleh=petugas())
    assert p.nomor not in kalimat(client.get(umum))


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("Data pemilih 7271012505909001 di Talise", "nomor identitas"),
        ("Hubungi 0812-3456-7890 untuk hasilnya", "nomor telepon"),
        ("Dikirim ke warga@contoh.id bila siap", "alamat surel"),
        ("Data pemilih atas nama WARGA contoh", "nama pemohon"),
    ],
)
def test_a_summary_that_tells_of_a_person_is_refused(teks, kata):
    p = dijawab(pada=date(2026, 3, 4))
    with pytest.raises(Refused, match=kata):
        tulis_ringkasan(p, teks=teks, versi=p.versi, oleh=petugas())


def test_a_summary_waits_for_the_answer_and_for_the_desk(client):
    p = minta()
    with pytest.raises(Refused, match="setelah permohonan dijawab"):
        tulis_ringkasan(p, teks="Jumlah pemilih", versi=p.versi, oleh=petugas())
    p = dijawab(pada=date(2026, 3, 4))
    with pytest.raises(Refused, match="petugas layanan"):
        tulis_ringkasan(p, teks="Jumlah pemilih", versi=p.versi, oleh=make.orang("arifin", "sekretaris"))
    client.force_login(petugas())
    url = reverse("ppid:ringkasan", args=[p.pk])
    assert "nomor identitas" in kalimat(client.post(url, {"versi": p.versi, "teks": "NIK 7271012505909001"}))
    assert "disimpan" in kalimat(client.post(url, {"versi": p.versi, "teks": "Jumlah pemilih"}, follow=True))


# --- What is already there ---------------------------------------------------------------------------------------
def test_entries_and_answers_that_speak_of_the_same_are_found_by_stems():
    e = terbit(judul="Laporan keuangan semester", ringkasan="Neraca dan realisasi anggaran kantor")
    p = dijawab(pada=date(2026, 3, 4))
    tulis_ringkasan(p, teks="Realisasi anggaran kantor triwulan pertama", versi=p.versi, oleh=petugas())
    assert kata_penting("Mohon DATA laporan keuangan, keuangan!") == ["laporan", "keuangan"]
    assert entri_mirip("Mohon laporan keuangan kantor") == [e]
    assert entri_mirip("Laporan kecelakaan lalu lintas pelajar") == []
    assert entri_mirip("data dan informasi") == []
    assert jawaban_mirip("berapa realisasi anggaran") == [p]
    assert jawaban_mirip("berapa realisasi anggaran", selain=p.pk) == []


def test_a_citizen_is_shown_once_what_is_already_there_and_loses_nothing(client):
    e = terbit(judul="Daftar TPS per kelurahan", ringkasan="Letak TPS")
    isi = isian(butir_1="Daftar TPS per kelurahan")
    pertama = client.post(AJUKAN, isi)
    teks = kalimat(pertama)
    assert (pertama.status_code, Permohonan.objects.count()) == (200, 0)
    assert "belum dikirim" in teks
    assert e.judul in teks
    assert "Jl. Contoh 1" in pertama.content.decode()
    client.post(AJUKAN, isi | {"sudah_lihat": "1"})
    assert Permohonan.objects.count() == 1


def test_an_officer_answers_with_an_entry_that_is_there(client):
    e = terbit(judul="Daftar TPS per kelurahan", ringkasan="Letak TPS")
    p = lengkap(minta("Daftar TPS per kelurahan"))
    client.force_login(ppid())
    url = reverse("ppid:putus_butir", args=[p.pk, 1])
    teks = client.get(url).content.decode()
    assert f"?informasi={e.pk}" in teks
    isi = client.get(url, {"informasi": e.pk}).content.decode()
    assert f'<option value="{e.pk}" selected' in isi


# --- Registers and recap -----------------------------------------------------------------------------------------
def _kolom(jawab) -> list:
    return [sel.value for sel in load_workbook(BytesIO(jawab.content)).active[3]]


def test_the_register_tells_who_asks_only_to_whom_may_know_and_each_is_logged(client):
    p = minta("=Daftar TPS", data={"nama": "Nama Rahasia", "nomor_identitas": "7271012505909001"})
    url, isi = reverse("ppid:register"), {"tahun": "2026", "tujuan": "Pemeriksaan tahunan", "identitas": "on"}
    client.force_login(make.dewi())
    jawab = client.post(url, isi)
    assert "Nama" not in _kolom(jawab)
    client.force_login(petugas())
    jawab = client.post(url, isi)
    assert {"Nama", "Alamat", "Pekerjaan", "Biaya dan cara pembayaran"} <= set(_kolom(jawab))
    baris = [sel.value for sel in load_workbook(BytesIO(jawab.content)).active[4]]
    assert {p.nomor, "Nama Rahasia", "=Daftar TPS"} <= set(baris)
    assert "7271012505909001" not in str(baris)
    assert LogAkses.objects.filter(tindakan="ekspor", tujuan="Pemeriksaan tahunan").count() == 2
    assert "paling sedikit 10" in kalimat(client.post(url, isi | {"tujuan": "ya"}))
    client.force_login(make.orang("gudang", "gudang"))
    assert client.get(url).status_code == 404


def test_the_lists_are_given_out_as_sheet_and_on_paper(client):
    terbit()
    client.force_login(petugas())
    for nama in ("dip_pdf", "dik_pdf"):
        assert client.get(reverse(f"ppid:{nama}")).content.startswith(b"%PDF")
    assert "Dasar hukum pengecualian" in _kolom(client.get(reverse("ppid:dik_xlsx")))


def test_the_month_of_refreshes_is_recapped_once_it_is_over(client, ke, data_dir):
    e = terbit()
    e = informasi.ajukan_pembaruan(
        e, uraian="Laporan Februari", isi_per=date(2026, 3, 1), berkas=None, tautan="", versi=e.versi,
        oleh=unit_hukum()[1],
    ).informasi  # fmt: skip
    e.refresh_from_db()
    informasi.putuskan_pembaruan(e, terbitkan=True, catatan="", versi=e.versi, oleh=ppid())
    with pytest.raises(Refused, match="belum berakhir"):
        laporan.cetak_rekap(2026, 3, oleh=ppid())
    ke(2026, 4, 1)
    client.force_login(ppid())
    assert "Maret 2026" in kalimat(client.get(reverse("ppid:rekap_daftar")))
    jawab = kalimat(client.post(reverse("ppid:rekap_dip", args=[2026, 3]), follow=True))
    naskah = Naskah.objects.get(kode_jenis="ppid-rekap-dip")
    assert naskah.nomor in jawab
    assert [b["uraian"] for b in naskah.isi["baris"]] == ["Laporan Februari"]
    run_job.apply((naskah.pekerjaan_id,), throw=True)
    with pytest.raises(Refused, match="sudah ada"):
        laporan.cetak_rekap(2026, 3, oleh=ppid())


# --- The day, and the search -------------------------------------------------------------------------------------
def test_the_queue_knows_what_is_due_today_and_on_the_next_working_day(ke):
    p = minta()  # last day Monday 16 March
    ke(2026, 3, 13)
    assert list(saring(petugas(), {"antrean": "besok"})) == [p]
    ke(2026, 3, 16)
    assert list(saring(petugas(), {"antrean": "hari_ini"})) == [p]
    assert not saring(petugas(), {"antrean": "besok"}).exists()


def test_the_search_finds_requests_and_lists_and_never_who_asked():
    p = minta("Daftar TPS terpencil", data={"nama": "Nama Rahasia"})
    e = terbit(judul="Daftar TPS per kelurahan", ringkasan="Letak")
    user = petugas()
    assert {k.sumber.slug for k in cari(user, "Daftar TPS")} == {"permohonan", "informasi-publik"}
    (nomor,) = cari(user, p.nomor, "permohonan")
    assert (nomor.tepat, p.nomor in nomor.temuan[0].judul) == (True, True)
    assert cari(user, "Nama Rahasia") == []
    assert [t.judul for k in cari(make.orang("rahma", "ketua"), "Daftar TPS") for t in k.temuan] == [e.judul]
    assert cari(make.orang("gudang", "gudang"), "Daftar TPS") == []


def test_what_a_withdrawn_request_was_stands_under_its_own_outcome():
    p = minta()
    permohonan.cabut(p, catatan="Pemohon datang dan mencabut", versi=p.versi, oleh=petugas())
    assert (nilai("dicabut"), nilai("hasil-5"), nilai("terlambat")) == ("1", "1", "0")
