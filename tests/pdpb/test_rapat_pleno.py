"""The pleno of a quarter: its remarks and absences go into the minutes, its copies and boards are accounted for."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kpupalu.aturan.models import Aturan
from kpupalu.kalender.target import target_untuk
from kpupalu.lib import Refused
from kpupalu.naskah.dasar import tarik
from kpupalu.naskah.models import Naskah
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat.models import Rapat
from kpupalu.surat import pengiriman
from kpupalu.surat.models import Instansi
from pdpb.actions.naskah import buat_berita_acara, naskah_periode
from pdpb.actions.pengumuman import cari_tempat, catat_laman, daftar_tempat, pasang, turunkan
from pdpb.actions.periode import bekukan, ubah_periode
from pdpb.actions.rapat import catat_masukan, siapkan_pleno
from pdpb.models import Pengumuman, Periode
from pdpb.pleno import masukan_pleno, rapat_pleno
from tests import make
from tests.kernel import bangun_surat
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
BAWASLU = {"lembaga": "Bawaslu Kota Palu", "isi": "Periksa TMS.", "jawaban": "Sudah diperiksa."}


@pytest.fixture
def _sesudah_pleno():
    with time_machine.travel("2026-12-09T02:00:00Z", tick=False):
        yield


@pytest.fixture
def beku():
    """A frozen quarter with five commissioners and its pleno."""
    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    siapkan_pleno(per, oleh=make.budi())
    bekukan(per, oleh=make.budi())
    return Periode.objects.get(pk=per.pk)


def foto(warna="red") -> SimpleUploadedFile:
    isi = BytesIO()
    Image.new("RGB", (8, 8), warna).save(isi, "PNG")
    return SimpleUploadedFile("papan.png", isi.getvalue())


def _absen(per, nama="Nur", alasan="Sakit"):
    baris = rapat_pleno(per).anggota.get(pegawai__nama=nama)
    hadir = rapat_kantor.Hadir(baris.pk, "tidak_hadir", baris.versi, alasan=alasan)
    rapat_kantor.catat_kehadiran(rapat_pleno(per), anggota=[hadir], by=make.sari())
    return baris.pegawai.user


def test_the_pleno_begins_with_date_place_and_guests_of_the_period():
    make.komisioner()
    per = make.periode(tempat_pleno="Hotel Contoh")
    rapat = siapkan_pleno(per, oleh=make.budi())
    assert (rapat.tanggal, rapat.tempat, rapat.pimpinan.nama) == (date(2026, 12, 8), "Hotel Contoh", "Rahma")
    assert rapat.peserta.filter(instansi__nama="Bawaslu Kota Palu").exists()
    assert siapkan_pleno(per, oleh=make.budi()) == rapat


def test_a_pleno_without_a_date_is_refused():
    with pytest.raises(Refused, match="Tanggal pleno belum diisi"):
        siapkan_pleno(make.periode(tanggal_pleno=None), oleh=make.budi())


def test_the_period_moves_its_pleno_and_nobody_else_does():
    make.komisioner()
    per = make.periode()
    rapat = siapkan_pleno(per, oleh=make.budi())
    per.tanggal_pleno, per.tempat_pleno = date(2026, 12, 10), "Aula lain"
    ubah_periode(per, oleh=make.budi())
    rapat = Rapat.objects.get(pk=rapat.pk)
    assert (rapat.tanggal, rapat.tempat) == (date(2026, 12, 10), "Aula lain")
    rapat.tanggal = date(2026, 12, 11)
    with pytest.raises(Refused, match="diatur pada periodenya"):
        rapat_kantor.ubah_jadwal(rapat, dilihat=rapat.versi, by=make.budi())


def test_remarks_flow_into_the_minutes_in_their_order(beku):
    catat_masukan(beku, BAWASLU, oleh=make.budi())
    catat_masukan(beku, BAWASLU | {"lembaga": "Polresta Palu"}, oleh=make.budi())
    dicabut = rapat_kantor.catat_masukan(rapat_pleno(beku), **BAWASLU | {"isi": "Salah catat"}, by=make.sari())
    rapat_kantor.cabut_masukan(dicabut, alasan="Bukan pada rapat ini", by=make.sari())
    naskah = buat_berita_acara(beku, oleh=make.budi())
    assert [m["lembaga"] for m in naskah.isi["masukan"]] == ["Bawaslu Kota Palu", "Polresta Palu"]
    assert naskah.isi["masukan"] == masukan_pleno(beku)


@pytest.mark.usefixtures("_sesudah_pleno")
def test_drafted_minutes_fix_remarks_and_attendance_until_they_are_withdrawn(beku):
    catat_masukan(beku, BAWASLU, oleh=make.budi())
    naskah = buat_berita_acara(beku, oleh=make.budi())
    with pytest.raises(Refused, match="Berita acara sudah disusun"):
        catat_masukan(beku, BAWASLU | {"isi": "Terlambat"}, oleh=make.budi())
    with pytest.raises(Refused, match="Berita acara sudah disusun"):
        rapat_kantor.cabut_masukan(rapat_pleno(beku).masukan.get(), alasan="Bukan rapat ini", by=make.sari())
    with pytest.raises(Refused, match="Berita acara sudah disusun"):
        _absen(beku)
    tarik(naskah, by=make.budi(), alasan="Masukan belum lengkap")
    catat_masukan(beku, BAWASLU | {"isi": "Kini lengkap"}, oleh=make.budi())
    assert len(buat_berita_acara(beku, oleh=make.budi()).isi["masukan"]) == 2


def test_an_absence_recorded_in_the_pleno_is_printed_before_anybody_signs(beku):
    user = _absen(beku)
    naskah = buat_berita_acara(beku, oleh=make.budi())
    orang = naskah.penandatangan.get(user=user)
    assert (orang.hadir, orang.alasan_tidak_hadir) == (False, "Sakit")


def test_minutes_may_not_contradict_the_attendance_list(beku):
    user = _absen(beku)
    with pytest.raises(Refused, match="mencatat Nur tidak hadir"):
        buat_berita_acara(beku, oleh=make.budi(), tidak_hadir={})
    lain = make.orang("arif", "anggota")
    # Not recorded in the list: the form may still say it.
    naskah = buat_berita_acara(beku, oleh=make.budi(), tidak_hadir={user.pk: "Sakit"})
    assert naskah.penandatangan.get(user=lain).hadir


def test_the_form_of_the_minutes_starts_from_the_attendance_list(client, beku):
    user = _absen(beku)
    isi = kalimat(sebagai(client, make.budi()).get(reverse("pdpb:berita_acara", args=[beku.pk])))
    assert f'name="absen_{user.pk}" value="Sakit"' in isi


def test_the_task_list_of_the_period_leads_to_its_meetings(client):
    make.komisioner()
    per = make.periode()
    sebagai(client, make.budi())
    url = reverse("pdpb:periode_detail", args=[per.pk])
    assert reverse("pdpb:rapat_baru", args=[per.pk, "pleno"]) in kalimat(client.get(url))
    isi = {"judul": "Pleno", "mulai": "09.00", "selesai": "12.00", "acara": "Pembukaan",
           "pimpinan": siapkan_pleno(per, oleh=make.budi()).pimpinan_id}  # fmt: skip
    rapat = rapat_pleno(per)
    assert rapat.get_absolute_url() in kalimat(client.get(url))
    forum = reverse("pdpb:rapat_baru", args=[per.pk, "forum"])
    jawaban = client.post(forum, isi | {"tanggal": "24-11-2026", "tempat": "Aula"})
    assert jawaban.status_code == 302
    assert Rapat.objects.get(jenis="forum").subjek_id == per.pk
    assert client.get(reverse("pdpb:rapat_baru", args=[per.pk, "pleno"])).status_code == 302
    assert client.get(reverse("pdpb:rapat_baru", args=[per.pk, "arisan"])).status_code == 404


# --- Copies -------------------------------------------------------------------------------------------------------
def _lengkap(per) -> Naskah:
    naskah = buat_berita_acara(per, oleh=make.budi())
    Naskah.objects.filter(pk=naskah.pk).update(nomor="1/PL.01.2-BA/7271/IV/2026", siap_pada="2026-12-08T02:00:00Z")
    naskah.revisi.create(urut=0, berkas="X/r0.pdf", sha256="a" * 64, ukuran=1)
    naskah.refresh_from_db()
    return bangun_surat.lengkap(naskah)


@pytest.mark.usefixtures("_sesudah_pleno")
def test_the_copies_page_names_who_is_missing_and_whom_it_reached(client, beku):
    sebagai(client, make.budi())
    url = reverse("pdpb:salinan", args=[beku.pk])
    assert "setelah berita acara lengkap" in kalimat(client.get(url))
    naskah = _lengkap(beku)
    isi = kalimat(client.get(url))
    jumlah = Instansi.objects.filter(terima_salinan=True).count()
    assert f"{jumlah} penerima belum dikirimi" in isi
    assert "Rabu, 9 Desember 2026" in isi
    assert "bukan tenggat menurut peraturan" in isi
    pusat = Instansi.objects.get(nama="KPU Republik Indonesia")
    tautan = reverse("surat:kirim", args=[naskah.pk])
    client.post(f"{tautan}?dari={url}", {"kepada": [pusat.pk], "kanal": "kurir", "tanggal": "09-12-2026"})
    isi = kalimat(client.get(url))
    assert f"{jumlah - 1} penerima belum dikirimi" in isi
    assert "melalui KPU Provinsi Sulawesi Tengah" in isi
    assert naskah.pengiriman.get().sha256 == "a" * 64


@pytest.mark.usefixtures("_sesudah_pleno")
def test_the_office_targets_move_with_their_rule_and_stand_in_the_calendar(beku):
    _lengkap(beku)
    for hari, tanggal in ((1, date(2026, 12, 9)), (2, date(2026, 12, 10))):
        Aturan.objects.filter(kode="target_salinan").update(nilai=hari)
        target = {t.judul: t for t in target_untuk(make.budi(), date(2026, 12, 1), date(2026, 12, 31))}
        assert target[f"Kirim salinan berita acara {beku.nama}"].tanggal == tanggal
    assert target[f"Umumkan rekapitulasi {beku.nama}"].tanggal == date(2026, 12, 11)
    assert not target[f"Umumkan rekapitulasi {beku.nama}"].hukum
    for instansi in Instansi.objects.filter(terima_salinan=True):
        pengiriman.kirim(naskah_periode(beku), [instansi], kanal="surel", tanggal=date(2026, 12, 9), by=make.budi())
    judul = [t.judul for t in target_untuk(make.budi(), date(2026, 12, 1), date(2026, 12, 31))]
    assert f"Kirim salinan berita acara {beku.nama}" not in judul


# --- Places of announcement ---------------------------------------------------------------------------------------
def _terbit() -> Periode:
    per = make.periode()
    Periode.objects.filter(pk=per.pk).update(status="diumumkan")
    return Periode.objects.get(pk=per.pk)


def test_the_checklist_holds_all_boards_of_the_city():
    tempat = daftar_tempat()
    kanal = [t.kanal for t in tempat]
    assert (kanal.count("papan_kecamatan"), kanal.count("papan_kelurahan"), len(tempat)) == (8, 46, 58)
    assert len({t.kunci for t in tempat}) == 58
    assert cari_tempat(f"papan_kelurahan-{make.TALISE}").nama == "Papan Kelurahan Talise"
    assert cari_tempat("papan_kelurahan-99") is None


@pytest.mark.usefixtures("_sesudah_pleno")
def test_a_board_needs_a_photo_a_page_a_link_and_each_place_is_recorded_once():
    per, sari = _terbit(), make.sari()
    papan, media = cari_tempat(f"papan_kelurahan-{make.TALISE}"), cari_tempat("media_sosial")
    isi = {"tanggal": date(2026, 12, 9), "nama": "Petugas", "oleh": sari}
    with pytest.raises(Refused, match="foto papan"):
        pasang(per, papan, **isi)
    with pytest.raises(Refused, match="tautan"):
        pasang(per, media, **isi)
    with pytest.raises(Refused, match="gambar JPEG atau PNG"):
        pasang(per, papan, **isi, foto=SimpleUploadedFile("a.png", bangun_pdf()))
    for tanggal in (date(2026, 12, 7), date(2026, 12, 10)):
        with pytest.raises(Refused, match="Tanggal pasang"):
            pasang(per, papan, **isi | {"tanggal": tanggal}, foto=foto())
    satu = pasang(per, papan, **isi, foto=foto())
    with pytest.raises(Refused, match="sudah dicatat"):
        pasang(per, papan, **isi, foto=foto("blue"))
    pasang(per, media, **isi, tautan="https://contoh.example/a")
    turunkan(satu, tanggal=date(2026, 12, 9), nama="Petugas", oleh=sari)
    with pytest.raises(Refused, match="sudah dicatat diturunkan"):
        turunkan(satu, tanggal=date(2026, 12, 9), nama="Petugas", oleh=sari)
    assert Pengumuman.objects.count() == 2


def bangun_pdf() -> bytes:
    from kpupalu.naskah.cetak import cetak_html

    return cetak_html("<html lang=id><body><p>x</p></body></html>").pdf


def test_nothing_is_posted_before_the_quarter_is_announced():
    with pytest.raises(Refused, match="belum diumumkan"):
        pasang(make.periode(), cari_tempat("papan_kpu"), tanggal=date(2026, 12, 9), nama="X", foto=foto(),
               oleh=make.sari())  # fmt: skip


@pytest.mark.usefixtures("_sesudah_pleno")
def test_the_page_takes_a_photo_shows_it_and_filters(client):
    per = _terbit()
    catat_laman(per, oleh=make.budi())
    catat_laman(per, oleh=make.budi())
    sebagai(client, make.sari())
    url = reverse("pdpb:papan", args=[per.pk])
    kunci = f"papan_kelurahan-{make.PETOBO}"
    isi = {"tanggal": "09-12-2026", "nama": "Petugas Kelurahan", "foto": foto()}
    assert client.post(reverse("pdpb:papan_pasang", args=[per.pk, kunci]), isi).status_code == 302
    halaman = kalimat(client.get(url))
    assert "2 dari 58 tempat" in halaman
    assert "Petugas Kelurahan" in halaman
    assert "Papan Kelurahan Petobo" not in kalimat(client.get(url, {"keadaan": "belum"}))
    assert "Papan Kecamatan" not in kalimat(client.get(url, {"kanal": "papan_kelurahan"})).split("<tbody>")[1]
    satu = Pengumuman.objects.get(kelurahan=make.PETOBO)
    jawaban = client.get(reverse("pdpb:papan_foto", args=[per.pk, satu.pk]))
    assert jawaban["Content-Type"] == "image/png"
    assert jawaban["Cache-Control"] == "no-store"
    client.post(reverse("pdpb:papan_turun", args=[per.pk, satu.pk]), {"tanggal": "09-12-2026", "nama": "Petugas"})
    assert "Papan Kelurahan Petobo" in kalimat(client.get(url, {"keadaan": "diturunkan"}))
