"""Meetings: who is invited, who came, what was said and answered, what follows, and the notula that fixes it."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from kpupalu.audit.catatan import riwayat
from kpupalu.jobs.models import Job
from kpupalu.kalender.target import target_untuk
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.naskah import simpanan
from kpupalu.naskah.dasar import tarik
from kpupalu.naskah.penandatanganan import perbarui_status
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.organisasi.models import Pegawai
from kpupalu.rapat import actions as aksi
from kpupalu.rapat import documents, penjaga
from kpupalu.rapat import notulen as catatan
from kpupalu.rapat.models import Masukan, Peserta, Rapat
from kpupalu.surat.models import Instansi, SuratKeluar
from kpupalu.ui.beranda import kartu_untuk
from tests import make
from tests.kernel import bangun_rapat as bangun
from tests.kernel import bangun_surat
from tests.kernel.test_surat import teks_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir", "_november")]
S = Rapat.Status


@pytest.fixture
def _november():
    with time_machine.travel("2026-11-17T02:00:00Z", tick=False):
        yield


def segarkan(rapat: Rapat) -> Rapat:
    return Rapat.objects.get(pk=rapat.pk)


# --- Calling a meeting --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("jenis", "ada", "tidak"),
    [
        ("pleno", "Partai Ummat Kota Palu", "Kecamatan Tatanga"),
        ("forum", "Kecamatan Tatanga", "Partai Ummat Kota Palu"),
    ],
)
def test_the_master_list_says_who_is_usually_invited(jenis, ada, tidak):
    nama = {p.instansi.nama for p in bangun.rapat(jenis=jenis, peserta=None).peserta.all()}
    assert ada in nama
    assert tidak not in nama


def test_a_partner_that_is_switched_off_is_invited_no_more():
    Instansi.objects.filter(nama="Polresta Palu").update(aktif=False)
    assert not bangun.rapat(peserta=None).peserta.filter(instansi__nama="Polresta Palu").exists()


def test_the_commissioners_of_the_day_stand_apart_from_the_participants():
    rapat = bangun.rapat()
    assert [a.pegawai.nama for a in rapat.anggota.all()] == ["Rahma", "Arif", "Nur", "Yosep", "Indah"]
    assert rapat.anggota.first().jabatan == "Ketua"


def test_one_living_pleno_about_one_thing():
    tentang = {"jenis": "pleno", "subjek_label": "uji.periode", "subjek_id": "2026-tw4"}
    satu = bangun.rapat(**tentang)
    with pytest.raises(Refused, match="sudah dijadwalkan"):
        bangun.rapat(**tentang)
    aksi.hentikan(satu, ke="dibatalkan", alasan="Jadwal KPU RI berubah", by=make.budi())
    assert bangun.rapat(**tentang).pk != satu.pk


def test_a_changed_meeting_is_not_overwritten_unseen():
    rapat = bangun.rapat()
    satu, dua = segarkan(rapat), segarkan(rapat)
    satu.tempat = "Hotel Contoh"
    aksi.ubah_jadwal(satu, dilihat=1, by=make.budi())
    dua.tempat = "Aula lain"
    with pytest.raises(Refused, match="Orang lain"):
        aksi.ubah_jadwal(dua, dilihat=1, by=make.budi())
    assert segarkan(rapat).tempat == "Hotel Contoh"


def test_participants_who_are_recorded_cannot_be_dropped():
    rapat = bangun.rapat()
    aksi.catat_kehadiran(rapat, peserta=[bangun.hadir(rapat)], by=make.sari())
    with pytest.raises(Refused, match="sudah dicatat"):
        aksi.atur_peserta(rapat, list(Instansi.objects.filter(nama="Polresta Palu")), by=make.budi())
    aksi.atur_peserta(rapat, list(Instansi.objects.filter(jenis="pengawas")), by=make.budi())
    assert rapat.peserta.count() == 1


# --- Invitation ---------------------------------------------------------------------------------------------------
def test_the_invitation_is_one_letter_to_all_of_them():
    rapat = bangun.rapat()
    surat = aksi.buat_undangan(rapat, tanggal=date(2026, 11, 12), by=make.budi())
    assert segarkan(rapat).status == S.DIUNDANG
    assert [t.nama for t in surat.tujuan.all()] == [
        "Ketua Bawaslu Kota Palu", "Kepala Polresta Palu", "Camat Kecamatan Tatanga",
    ]  # fmt: skip
    assert ["Pukul", "09.00 WITA sampai selesai"] in surat.rincian
    assert ["Hari, tanggal", "Senin, 16 November 2026"] in surat.rincian
    with pytest.raises(Refused, match="sudah ada"):
        aksi.buat_undangan(rapat, tanggal=date(2026, 11, 12), by=make.budi())
    assert SuratKeluar.objects.count() == 1


def test_an_invitation_after_the_meeting_or_to_nobody_is_refused():
    with pytest.raises(Refused, match="sesudah rapat"):
        aksi.buat_undangan(bangun.rapat(), tanggal=date(2026, 11, 17), by=make.budi())
    with pytest.raises(Refused, match="Belum ada peserta"):
        aksi.buat_undangan(bangun.rapat(peserta=[]), tanggal=date(2026, 11, 12), by=make.budi())


# --- Attendance ---------------------------------------------------------------------------------------------------
def test_attendance_is_recorded_with_name_representative_or_reason():
    rapat = bangun.rapat()
    jumlah = aksi.catat_kehadiran(
        rapat,
        peserta=[
            bangun.hadir(rapat),
            bangun.hadir(rapat, "Polresta Palu", status="diwakili", nama="Kasat Rekaan", jabatan="Kasat Intel"),
            bangun.hadir(rapat, "Kecamatan Tatanga", status="tidak_hadir", alasan="Kegiatan lain"),
        ],
        anggota=[bangun.hadir_anggota(rapat, "Nur", status="tidak_hadir", alasan="Sakit")],
        by=make.sari(),
    )
    assert jumlah == 4
    assert segarkan(rapat).status == S.BERLANGSUNG
    assert rapat.peserta.get(instansi__nama="Kecamatan Tatanga").nama == ""
    assert riwayat(rapat).first().perubahan["Nur"] == ["Belum dicatat", "Tidak hadir, Sakit"]


@pytest.mark.parametrize(
    ("lain", "kalimat"),
    [
        ({"nama": " "}, "nama orang yang hadir"),
        ({"status": "diwakili", "nama": ""}, "nama orang yang hadir"),
        ({"status": "tidak_hadir", "alasan": ""}, "alasan mengapa"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(lain, kalimat):
    rapat = bangun.rapat()
    with pytest.raises(Refused, match=kalimat):
        aksi.catat_kehadiran(
            rapat, peserta=[bangun.hadir(rapat, "Polresta Palu"), bangun.hadir(rapat, **lain)], by=make.sari()
        )
    assert rapat.peserta.exclude(status="diundang").count() == 0


def test_nobody_is_present_before_the_day_but_may_excuse_themselves():
    rapat = bangun.rapat(tanggal=date(2026, 11, 18))
    with pytest.raises(Refused, match="baru berlangsung"):
        aksi.catat_kehadiran(rapat, peserta=[bangun.hadir(rapat)], by=make.sari())
    aksi.catat_kehadiran(
        rapat, peserta=[bangun.hadir(rapat, status="tidak_hadir", alasan="Dinas luar")], by=make.sari()
    )
    assert segarkan(rapat).status == S.DIJADWALKAN


def test_two_people_recording_one_attendance_differently_are_told():
    rapat = bangun.rapat()
    satu, dua = bangun.hadir(rapat), bangun.hadir(rapat, nama="Orang Lain")
    aksi.catat_kehadiran(rapat, peserta=[satu], by=make.sari())
    with pytest.raises(aksi.SudahBerubah, match="Hadir, Fatma Rekaan, Anggota"):
        aksi.catat_kehadiran(rapat, peserta=[dua], by=make.wati())
    # The same statement again is no conflict and no change.
    assert aksi.catat_kehadiran(rapat, peserta=[satu], by=make.wati()) == 0
    assert Peserta.objects.get(nama="Fatma Rekaan").versi == 2


# --- Remarks and tasks --------------------------------------------------------------------------------------------
def _masukan(rapat, **lain) -> Masukan:
    isi = {"lembaga": "Bawaslu", "isi": "Periksa TMS.", "jawaban": "Sudah diperiksa."}
    return aksi.catat_masukan(rapat, **isi | lain, by=make.sari())


def test_a_remark_stands_once_is_corrected_and_taken_back_with_a_reason():
    rapat = bangun.rapat()
    satu = _masukan(rapat)
    assert _masukan(rapat) == satu
    aksi.ubah_masukan(satu, isi="Periksa TMS lagi.", jawaban="Sudah.", dilihat=1, by=make.sari())
    with pytest.raises(Refused, match="Orang lain"):
        aksi.ubah_masukan(satu, isi="X", jawaban="Y", dilihat=1, by=make.wati())
    aksi.cabut_masukan(satu, alasan="Dicatat pada rapat yang salah", by=make.sari())
    assert rapat.masukan.filter(dicabut=False).count() == 0
    assert Masukan.objects.get().isi == "Periksa TMS lagi."


def test_a_task_has_somebody_a_day_and_an_end():
    rapat = bangun.rapat()
    tugas = aksi.tambah_tindak_lanjut(
        rapat, uraian="Minta surat keterangan", pic=make.sari(), tenggat=date(2026, 11, 20), by=make.budi()
    )
    with pytest.raises(Refused, match="sebelum rapat"):
        aksi.tambah_tindak_lanjut(rapat, uraian="X", pic=make.sari(), tenggat=date(2026, 11, 1), by=make.budi())
    kartu = {k.judul: k.jumlah for b in kartu_untuk(make.sari()) for k in b["kartu"]}
    assert kartu["Rapat dengan tindak lanjut Anda"] == 1
    assert "Tindak lanjut: Minta surat keterangan" in [
        t.judul for t in target_untuk(make.sari(), date(2026, 11, 1), date(2026, 11, 30))
    ]
    with pytest.raises(Refused, match="penanggung jawabnya"):
        aksi.perbarui_tindak_lanjut(tugas, status="selesai", hasil="Sudah diminta", by=make.orang("arif", "anggota"))
    with pytest.raises(Refused, match="alasan"):
        aksi.perbarui_tindak_lanjut(tugas, status="selesai", hasil="", by=make.sari())
    aksi.perbarui_tindak_lanjut(tugas, status="selesai", hasil="Sudah diminta", by=make.sari())
    with pytest.raises(Refused, match="sudah ditutup"):
        aksi.perbarui_tindak_lanjut(tugas, status="proses", hasil="", by=make.sari())


# --- Notula -------------------------------------------------------------------------------------------------------
def _sah(rapat):
    naskah = catatan.sahkan(rapat, by=make.budi())
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    return naskah


def test_the_notula_prints_what_was_recorded_and_closes_the_meeting():
    rapat = bangun.rapat(notulis=Pegawai.objects.create(nama="Sari Rekaan"))
    aksi.catat_kehadiran(
        rapat,
        peserta=[bangun.hadir(rapat)],
        anggota=[bangun.hadir_anggota(rapat, "Nur", status="tidak_hadir", alasan="Sakit")],
        by=make.sari(),
    )
    _masukan(rapat)
    aksi.cabut_masukan(_masukan(rapat, isi="Tidak jadi."), alasan="Dicatat dua kali", by=make.sari())
    aksi.tambah_tindak_lanjut(rapat, uraian="Minta surat", pic=make.sari(), by=make.budi())
    catatan.simpan(rapat, bangun.notula(), dilihat=0, by=make.sari())
    naskah = _sah(rapat)
    assert naskah.nomor == "1/PL.01.2-Not/7271/2026"
    isi = teks_pdf(simpanan.baca(naskah.terbaru.berkas))
    for kata in (
        naskah.nomor, "Senin, 16 November 2026", "Sari Rekaan", "Angka dipaparkan", "Periksa TMS.", "Sudah diperiksa.",
        "Data diserahkan setiap triwulan", "Polresta: 12 baris", "Minta surat", "Fatma Rekaan", "Tidak hadir: Sakit",
        "Pimpinan rapat", "Rahma",
    ):  # fmt: skip
        assert kata in isi, kata
    assert "Tidak jadi." not in isi
    with pytest.raises(Refused, match="sudah disiapkan"):
        catatan.simpan(segarkan(rapat), bangun.notula(), dilihat=1, by=make.sari())
    naskah.penandatangan.update(status="menandatangani", ditandatangani_pada="2026-11-17T02:00:00Z")
    perbarui_status(naskah, oleh=make.komisioner()[0])
    assert segarkan(rapat).status == S.NOTULA_DISAHKAN
    with pytest.raises(Refused, match="notula disahkan"):
        _masukan(segarkan(rapat), isi="Terlambat")
    with pytest.raises(Refused, match="1 tindak lanjut belum selesai"):
        aksi.tutup(rapat, by=make.budi())
    aksi.perbarui_tindak_lanjut(rapat.tindak_lanjut.get(), status="selesai", hasil="Sudah diminta", by=make.sari())
    assert aksi.tutup(rapat, by=make.budi()).status == S.SELESAI


def test_a_notula_before_the_meeting_without_text_or_without_a_chair_is_refused():
    rapat = bangun.rapat(tanggal=date(2026, 11, 18))
    with pytest.raises(Refused, match="baru berlangsung"):
        catatan.simpan(rapat, bangun.notula(), dilihat=0, by=make.sari())
    rapat = bangun.rapat(pimpinan=None)
    with pytest.raises(Refused, match="belum disusun"):
        catatan.sahkan(rapat, by=make.budi())
    catatan.simpan(rapat, bangun.notula(), dilihat=0, by=make.sari())
    with pytest.raises(Refused, match="belum ditunjuk"):
        catatan.sahkan(rapat, by=make.budi())


def test_a_chair_who_may_not_sign_electronically_signs_on_paper():
    budi = make.budi()
    rapat = bangun.rapat(pimpinan=Pegawai.objects.create(nama="Budi", user=budi))
    catatan.simpan(rapat, bangun.notula(), dilihat=0, by=make.sari())
    with pytest.raises(Refused, match="tanda tangan basah"):
        catatan.sahkan(rapat, by=budi)
    assert catatan.sahkan(rapat, by=budi, cara="basah").cara == "basah"


def test_a_withdrawn_notula_can_be_corrected_and_drawn_up_again():
    rapat = bangun.rapat()
    catatan.simpan(rapat, bangun.notula(), dilihat=0, by=make.sari())
    tarik(_sah(rapat), by=make.budi(), alasan="Kesepakatan kurang lengkap")
    catatan.simpan(rapat, bangun.notula(kesepakatan="Dua hal"), dilihat=1, by=make.sari())
    assert _sah(rapat).nomor == "2/PL.01.2-Not/7271/2026"


# --- Attendance list ----------------------------------------------------------------------------------------------
def test_the_attendance_list_is_empty_before_and_filled_after():
    rapat = bangun.rapat()
    sebelum = teks_pdf(documents.daftar_hadir(rapat))
    assert "Kecamatan Tatanga" in sebelum
    assert "Fatma Rekaan" not in sebelum
    aksi.catat_kehadiran(rapat, peserta=[bangun.hadir(rapat)], by=make.sari())
    data = documents.daftar_hadir(rapat)
    assert "Fatma Rekaan" in teks_pdf(data)
    assert PdfReader(BytesIO(data)).metadata.title.startswith("Daftar hadir")


# --- What a work area forbids -------------------------------------------------------------------------------------
def test_a_work_area_may_forbid_and_is_asked_in_time(monkeypatch):
    kata = {penjaga.MASUKAN: "Berita acara sudah disusun.", penjaga.JADWAL: "Diatur di periode."}

    def jaga(rapat, apa):
        return Verdict(kata[apa]) if apa in kata else ALLOWED

    monkeypatch.setitem(penjaga._penjaga, "uji.periode", jaga)
    rapat = bangun.rapat(subjek_label="uji.periode", subjek_id="1")
    with pytest.raises(Refused, match="sudah disusun"):
        _masukan(rapat)
    rapat.tempat = "Hotel Contoh"
    with pytest.raises(Refused, match="Diatur di periode"):
        aksi.ubah_jadwal(rapat, dilihat=1, by=make.budi())
    aksi.ubah_jadwal(rapat, dilihat=1, by=make.budi(), dari_pemilik=True)


@pytest.mark.parametrize("tindakan", ["jadwalkan", "undang", "hadir", "masukan"])
def test_whoever_has_no_right_is_refused(tindakan):
    rapat, dewi = bangun.rapat(), make.dewi()
    lakukan = {
        "jadwalkan": lambda: aksi.hentikan(rapat, ke="ditunda", alasan="Tidak ada alasan", by=dewi),
        "undang": lambda: aksi.buat_undangan(rapat, tanggal=bangun.TANGGAL, by=make.sari()),
        "hadir": lambda: aksi.catat_kehadiran(rapat, peserta=[bangun.hadir(rapat)], by=dewi),
        "masukan": lambda: aksi.catat_masukan(rapat, lembaga="X", isi="X", jawaban="X", by=dewi),
    }[tindakan]
    with pytest.raises(Refused, match="tidak berwenang"):
        lakukan()


def test_the_secretary_can_sign_a_letter_too():
    bangun_surat.sekretaris()
    surat = bangun_surat.keluar_baru(penanda="sekretaris")
    from kpupalu.naskah.penandatanganan import boleh_tandatangan
    from kpupalu.surat import keluar

    naskah = keluar.siapkan_surat(surat, by=make.budi()).naskah
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    assert boleh_tandatangan(naskah, bangun_surat.sekretaris())
    assert not boleh_tandatangan(naskah, make.orang("rahma", "ketua"))
