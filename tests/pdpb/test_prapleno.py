"""Periksa sebelum pleno: each thing the minutes need, made wrong alone, is named with what to do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.template import TemplateDoesNotExist
from django.urls import reverse

from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import Jejak
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah import kesiapan, pki, sertifikat
from kpupalu.naskah.kesiapan import Butir, Keadaan
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, JenisNaskah, Naskah, SertifikatPenanda
from kpupalu.naskah.periksa_template import kunci_hilang
from kpupalu.organisasi.models import MasaJabatan
from pdpb.actions.naskah import JENIS_BA, buat_berita_acara
from pdpb.actions.periode import bekukan
from pdpb.documents import gambaran
from pdpb.models import ImporBatch, Periode, RekapSel
from pdpb.prapleno import ATURAN_DIPAKAI, periksa_pleno
from pdpb.rekap import rekap
from tests import make

pytestmark = pytest.mark.django_db
BAIK, AWAS, GAGAL = Keadaan.BAIK, Keadaan.AWAS, Keadaan.GAGAL


@pytest.fixture(autouse=True)
def _beberapa_hari_sebelumnya(data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    monkeypatch.setattr(kesiapan, "jam_basis_data", sekarang)
    with time_machine.travel("2026-12-03T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def per() -> Periode:
    """An open quarter in which everything is as it should be five days before its pleno."""
    for user in make.komisioner():
        sertifikat.terbitkan_sertifikat(user, sandi="frasa sandi uji", by=user)
    make.budi()
    for kelurahan in (make.TALISE, make.PETOBO):
        for jk in "LP":
            make.pemilih(kelurahan, jenis_kelamin=jk)
    Aturan.objects.update(kepastian="dibaca")
    make.periode(tempat_pleno="Aula", tanggal_cut_off_umur=date(2026, 12, 8), dasar_hukum=["PKPU 1/2025", "SE 1577"])
    return make.selesai_daftar()


def semua(per: Periode) -> dict[str, Butir]:
    per.refresh_from_db()
    return {b.judul: b for k in periksa_pleno(per) for b in k.butir}


def gagal(per: Periode) -> list[str]:
    return [judul for judul, b in semua(per).items() if b.keadaan == GAGAL]


def test_a_prepared_quarter_has_nothing_that_is_not_ready(per):
    hasil = semua(per)
    assert gagal(per) == []
    assert hasil["Nomor naskah"].kalimat.startswith("Nomor berikutnya 1/PL.01.2-BA/7271/IV/2026")
    assert hasil["Kuorum"].kalimat == "5 dari 5 anggota diperkirakan hadir; kuorum 4."
    assert hasil["Template cetak"].keadaan == BAIK
    assert hasil["Penyiap naskah"].kalimat == "Pada hari itu: Budi."
    assert {f"R{n}" for n in (1, 5, 8, 9, 12, 13, 14)} - hasil.keys() <= {"R5"}


def test_looking_changes_nothing(per):
    sebelum = (Jejak.objects.count(), EntriAgenda.objects.count(), Naskah.objects.count(), BukuAgenda.objects.count())
    semua(per)
    assert (
        Jejak.objects.count(),
        EntriAgenda.objects.count(),
        Naskah.objects.count(),
        BukuAgenda.objects.count(),
    ) == sebelum


def _tanpa_pleno(per):
    Periode.objects.filter(pk=per.pk).update(tanggal_pleno=None)


def _angka_rusak(per):
    RekapSel.objects.filter(kelurahan=make.TALISE, jenis_kelamin="L").update(jumlah=7)


def _impor_tertinggal(per):
    ImporBatch.objects.filter(periode=per).update(status="diterapkan")


def _jenis_habis(per):
    JenisNaskah.objects.filter(kode=JENIS_BA).update(berlaku_akhir=date(2026, 12, 7))


def _pola_salah(per):
    JenisNaskah.objects.filter(kode=JENIS_BA).update(pola="{nomor}/BA")


def _nomor_terpakai(per):
    buku = BukuAgenda.objects.create(kode="lain", tahun=2026)
    EntriAgenda.objects.create(
        buku=buku,
        urut=1,
        nomor="1/PL.01.2-BA/7271/IV/2026",
        tanggal=date(2026, 12, 1),
        perihal="Lain",
        oleh=make.budi(),
    )


def _template_hilang(per):
    JenisNaskah.objects.filter(kode=JENIS_BA).update(template="pdpb/naskah/tidak_ada.html")


def _template_kurang(per):
    JenisNaskah.objects.filter(kode=JENIS_BA).update(template="naskah/catatan_penandatanganan.html")


def _ketua_selesai(per):
    MasaJabatan.objects.filter(jabatan="ketua").update(akhir=date(2026, 12, 7))


def _dua_plh(per):
    for user in make.komisioner()[1:3]:
        PelaksanaHarian.objects.create(
            pejabat=user, pengganti=make.wati(), mulai=date(2026, 12, 8), sampai=date(2026, 12, 8),
            nomor_surat="090/SPT/2026", alasan="Tugas ke Jakarta",
        )  # fmt: skip


def _aturan_habis(per):
    Aturan.objects.filter(kode="rekap_batas_sel_kecil").update(akhir=date(2026, 12, 7))


def _tanpa_kasubbag(per):
    User.objects.filter(groups__name="kasubbag_rendatin").update(is_active=False)


def _jam_terlambat(per):
    naskah = buat_naskah_lain()
    naskah.revisi.create(urut=0, berkas="x", sha256="0" * 64, ukuran=1, dibuat_pada=sekarang() + timedelta(hours=1))


def buat_naskah_lain() -> Naskah:
    from kpupalu.naskah.dasar import Calon, buat_naskah

    ketua = make.komisioner()[0]
    return buat_naskah(
        JENIS_BA, subjek=("uji", "1"), isi={}, penandatangan=[Calon(ketua, "Rahma", "Ketua")], by=make.budi()
    )


@pytest.mark.parametrize(
    ("rusakkan", "judul", "kata"),
    [
        (_tanpa_pleno, "Tanggal pleno", "Isi tanggal pleno"),
        (_angka_rusak, "R1", "Talise"),
        (_angka_rusak, "Hitungan ulang", "check_invariants"),
        (_impor_tertinggal, "Impor", "menahan pembekuan"),
        (_jenis_habis, "Jenis naskah", "tidak berlaku pada 8 Desember 2026"),
        (_pola_salah, "Nomor naskah", "harus memuat {nomor} dan {tahun}"),
        (_nomor_terpakai, "Nomor naskah", "sudah terpakai"),
        (_template_hilang, "Template cetak", "tidak dapat dibaca"),
        (_template_kurang, "Template cetak", "tidak ada: alasan, bulan, dicatat"),
        (_ketua_selesai, "Ketua", "Tidak ada ketua"),
        (_dua_plh, "Kuorum", "3 dari 5 anggota diperkirakan hadir; kuorum 4. Jadwalkan ulang"),
        (_aturan_habis, "rekap_batas_sel_kecil", "Minta admin mengisinya"),
        (_tanpa_kasubbag, "Penyiap naskah", "Plh."),
        (_jam_terlambat, "Jam server", "membetulkannya"),
    ],
)
def test_each_thing_made_wrong_is_named_with_what_to_do(per, rusakkan, judul, kata):
    rusakkan(per)
    satu = semua(per)[judul]
    assert satu.keadaan == GAGAL
    assert kata in satu.kalimat


@pytest.mark.parametrize("kode", ATURAN_DIPAKAI)
def test_every_dated_rule_of_the_quarter_is_asked_for(per, kode):
    Aturan.objects.filter(kode=kode).delete()
    assert semua(per)[kode].keadaan == GAGAL


def test_an_unconfirmed_rule_is_to_be_read(per):
    Aturan.objects.filter(kode="kuorum_ba_pleno").update(kepastian="asumsi")
    satu = semua(per)["Tanda tangan paling sedikit pada berita acara pleno"]
    assert (satu.keadaan, "Subbagian Hukum" in satu.kalimat) == (AWAS, True)


def test_certificates_count_on_the_day_of_the_pleno(per):
    arif = SertifikatPenanda.objects.get(user__username="arif")
    for akhir, keadaan in (
        ("2026-12-08T12:00:00+08:00", GAGAL),
        ("2026-12-20T12:00:00+08:00", AWAS),
        ("2027-12-20T12:00:00+08:00", BAIK),
    ):
        SertifikatPenanda.objects.filter(pk=arif.pk).update(berlaku_akhir=akhir)
        assert semua(per)["Anggota: Arif"].keadaan == keadaan, akhir
    sertifikat.cabut_sertifikat(arif, alasan="Frasa sandi lupa", by=arif.user)
    assert semua(per)["Anggota: Arif"].kalimat.startswith("Belum memiliki sertifikat")


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [({"is_active": False}, "tidak aktif"), ({"peran": False}, "peran ketua atau anggota")],
)
def test_a_signer_without_account_or_role_is_named(per, ubah, kata):
    arif = User.objects.get(username="arif")
    if "peran" in ubah:
        arif.groups.clear()
    else:
        User.objects.filter(pk=arif.pk).update(**ubah)
    satu = semua(per)["Anggota: Arif"]
    assert (satu.keadaan, kata in satu.kalimat) == (GAGAL, True)


def test_a_term_that_begins_after_today_counts_on_the_day(per):
    MasaJabatan.objects.filter(pegawai__user__username="indah").update(mulai=date(2026, 12, 8))
    assert semua(per)["Kuorum"].kalimat.startswith("5 dari 5")
    MasaJabatan.objects.filter(pegawai__user__username="indah").update(mulai=date(2026, 12, 9))
    assert semua(per)["Kuorum"].kalimat.startswith("4 dari 4")


def test_a_plh_of_the_kasubbag_prepares_in_his_place(per):
    PelaksanaHarian.objects.create(
        pejabat=make.budi(),
        pengganti=make.wati(),
        mulai=date(2026, 12, 8),
        sampai=date(2026, 12, 9),
        nomor_surat="1",
        alasan="Cuti",
    )
    assert semua(per)["Penyiap naskah"].kalimat == "Pada hari itu: Plh. Wati."


def test_what_waits_is_to_be_read_and_leads_to_its_list(per, client):
    versi = make.Pendaftaran.objects.first()
    make.usul("meninggal", versi, per=per)
    make.Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan="RT tidak diisi.")
    hasil = semua(per)
    for judul in ("Usulan menunggu verifikasi", "Temuan"):
        assert hasil[judul].keadaan == AWAS
        client.force_login(make.budi())
        assert client.get(hasil[judul].tautan).status_code == 200
    assert "1 temuan terbuka, 1 di antaranya galat" in hasil["Temuan"].kalimat


def test_gaps_of_the_agenda_book_are_to_be_read(per):
    BukuAgenda.objects.create(kode="berita-acara", tahun=2026, nomor_terakhir=3)
    assert semua(per)["Celah buku agenda"].kalimat.startswith("Nomor 1–3 terlewat")


def test_a_clock_that_differs_from_the_database_is_not_ready(per, monkeypatch):
    """The tests stand on another day than the database server, whose own clock is asked here."""
    monkeypatch.undo()
    assert gagal(per) == ["Jam server"]


def test_a_job_nobody_takes_is_to_be_read(per):
    Job.objects.create(
        kind="naskah.cetak", params={}, requested_by=make.budi(), dibuat_pada=sekarang() - timedelta(hours=1)
    )
    assert semua(per)["Pencetak"].keadaan == AWAS


def test_little_room_on_disk_is_not_ready(per, monkeypatch):
    monkeypatch.setattr(kesiapan, "RUANG_TERKECIL", 1 << 62)
    assert "Ruang simpan" in gagal(per)


def test_a_frozen_quarter_is_looked_at_from_its_snapshot_and_knows_absences(per):
    bekukan(per, oleh=make.budi())
    per.refresh_from_db()
    arif = User.objects.get(username="arif")
    buat_berita_acara(per, oleh=make.budi(), tidak_hadir={arif.pk: "Sakit, surat dokter"})
    hasil = semua(per)
    assert hasil["Anggota: Arif"].kalimat == "Tercatat tidak hadir: Sakit, surat dokter."
    assert hasil["Kuorum"].keadaan == AWAS
    assert hasil["Pembekuan"].kalimat.startswith("Periode sudah dibekukan versi 1")
    assert "R15" in hasil


def test_the_rehearsed_minutes_have_the_keys_of_the_real_ones(per):
    semu = gambaran(rekap(per))
    asli = gambaran(rekap(Periode.objects.get(pk=bekukan(per, oleh=make.budi()).periode_id)))
    assert semu.keys() == asli.keys()
    for kunci in ("kota", "kecamatan", "kelurahan", "silang", "jenis_tps", "terbilang"):
        assert semu[kunci] == asli[kunci]


def test_missing_names_are_found_wherever_a_template_asks(per):
    isi = gambaran(rekap(per))
    template = JenisNaskah.objects.get(kode=JENIS_BA).template
    lengkap = set(kunci_hilang(template, isi))
    for kunci in isi.keys() - {"judul", "versi_digest", "triwulan"}:
        assert set(kunci_hilang(template, {k: v for k, v in isi.items() if k != kunci})) - lengkap, kunci
    rusak = isi | {"kota": {"L": {}, "P": {}, "LP": {}}}
    assert "kota.LP.sekarang" in kunci_hilang(template, rusak)
    with pytest.raises(TemplateDoesNotExist):
        kunci_hilang("naskah/tidak_ada.html", isi)


@pytest.mark.parametrize(
    ("peran", "status"),
    [
        ("kasubbag_rendatin", 200),
        ("sekretaris", 200),
        ("ketua", 200),
        ("anggota", 404),
        ("operator", 404),
        ("bawaslu", 404),
        ("auditor", 404),
    ],
)
def test_page_by_role_and_the_way_there(client, per, peran, status):
    client.force_login(make.orang(f"uji-{peran}", peran))
    url = reverse("pdpb:prapleno", args=[per.pk])
    assert client.get(url).status_code == status
    assert (url in client.get(reverse("pdpb:periode_detail", args=[per.pk])).content.decode()) == (status == 200)


def test_links_are_for_those_who_may_open_them(client, per):
    _tanpa_pleno(per)
    url, ubah = reverse("pdpb:prapleno", args=[per.pk]), reverse("pdpb:periode_ubah", args=[per.pk])
    client.force_login(make.budi())
    assert ubah in client.get(url).content.decode()
    client.force_login(make.orang("uji-sekretaris", "sekretaris"))
    assert ubah not in client.get(url).content.decode()


def test_an_office_without_anything_gets_sentences_not_errors(client):
    per = make.periode()
    client.force_login(make.budi())
    jawab = client.get(reverse("pdpb:prapleno", args=[per.pk]))
    assert jawab.status_code == 200
    assert "Tidak ada anggota KPU yang menjabat" in jawab.content.decode()
    assert client.get(reverse("pdpb:prapleno", args=["2030-tw1"])).status_code == 404
    assert client.post(reverse("pdpb:prapleno", args=[per.pk])).status_code == 405
