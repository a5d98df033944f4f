"""The pages of the information desk: who may open what, the citizen's way, the officer's way, the signed answer."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.tasks import run_job
from kpupalu.lib.waktu import WITA
from kpupalu.naskah import penandatanganan, pki, sertifikat
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import MasaJabatan
from ppid.actions import berkas, jawaban
from ppid.models import Butir, Permohonan
from tests import make
from tests.pdpb.isian import PDF, kalimat
from tests.ppid.test_permohonan import lengkap, minta, petugas, ppid, putus, unit_hukum

pytestmark = pytest.mark.django_db
FRASA = "frasa-sandi-uji-panjang-1"
AJUKAN, TIKET, LIHAT = (reverse(f"ppid:{n}") for n in ("ajukan", "tiket", "tiket_lihat"))


@pytest.fixture(autouse=True)
def _hari(time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=WITA), tick=False)


def isian(**lain) -> dict:
    """The public form as a browser sends it."""
    isi = {
        "kunci": str(uuid4()), "butir_1": "Daftar TPS", "tujuan": "Penelitian", "cara_memperoleh": "softcopy",
        "cara_kirim": "surel", "jenis_pemohon": "perorangan", "nama": "Warga Contoh", "jenis_identitas": "ktp",
        "nomor_identitas": "7271012505909001", "alamat": "Jl. Contoh 1", "telepon": "0812 3456 7890",
        "surel": "warga@contoh.id", "persetujuan": "on",
    }  # fmt: skip
    return isi | lain


def test_a_citizen_asks_without_account_and_follows_the_ticket(client):
    assert client.get(AJUKAN).status_code == 200
    jawab = client.post(AJUKAN, isian(identitas=SimpleUploadedFile("ktp.pdf", PDF)), follow=True)
    p = Permohonan.objects.get()
    teks = kalimat(jawab)
    for potong in (p.nomor, p.kode_terbaca, "16 Maret 2026", "hari ke-10"):
        assert potong in teks
    client.post(reverse("ppid:tiket_tutup"))
    assert client.get(LIHAT).status_code == 302
    salah = client.post(TIKET, {"nomor": p.nomor, "kode": "AAAAAAAAAAAA"})
    assert "tidak cocok" in kalimat(salah)
    assert "Diterima dan terdaftar" in kalimat(
        client.post(TIKET, {"nomor": p.nomor, "kode": p.kode_terbaca}, follow=True)
    )


def test_the_ticket_never_shows_who_asked_nor_the_identity_number(client):
    client.post(AJUKAN, isian())
    teks = client.get(LIHAT).content.decode()
    for rahasia in ("Warga Contoh", "7271012505909001", "081234567890", "Penelitian"):
        assert rahasia not in teks


@pytest.mark.parametrize(
    ("ubah", "kalimat_"),
    [
        ({"nomor_identitas": "123"}, "tepat 16 angka"),
        ({"telepon": "", "surel": ""}, "telepon atau surel"),
        ({"jenis_pemohon": "badan_hukum"}, "nama badan hukum"),
        ({"persetujuan": ""}, "Centang persetujuan"),
        ({"butir_1": ""}, "informasi yang Anda minta"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_registered(client, ubah, kalimat_):
    jawab = client.post(AJUKAN, isian(**ubah))
    assert jawab.status_code == 422
    assert kalimat_ in kalimat(jawab)
    assert not Permohonan.objects.exists()


def test_a_form_posted_twice_gives_one_request(client):
    isi = isian()
    client.post(AJUKAN, isi)
    assert "sudah kami terima sebelumnya" in kalimat(client.post(AJUKAN, isi, follow=True))
    assert Permohonan.objects.count() == 1


def test_a_network_may_ask_only_so_often(client):
    for _ in range(5):
        client.post(AJUKAN, isian())
    jawab = client.post(AJUKAN, isian())
    assert (jawab.status_code, Permohonan.objects.count()) == (429, 5)
    assert "Daftar TPS" in kalimat(jawab)


def halaman_petugas(p: Permohonan) -> list[str]:
    b = f"/ppid/permohonan/{p.pk}/"
    return [
        "/ppid/permohonan/", b, f"{b}tanda-bukti/", "/ppid/permohonan/catat/", f"{b}nyatakan-lengkap/",
        f"{b}minta-kelengkapan/", f"{b}minta-unit/", f"{b}cabut/",
    ]  # fmt: skip


@pytest.mark.parametrize("peran", ["operator", "kasubbag_rendatin", "ketua", "bawaslu", "gudang", "admin"])
def test_pages_of_the_desk_are_not_there_for_others(client, peran):
    p = minta()
    client.force_login(make.orang("orang", peran))
    for url in halaman_petugas(p):
        assert client.get(url).status_code == 404, url


def test_the_desk_opens_every_page_and_each_reading_is_logged(client):
    p = minta()
    client.force_login(petugas())
    for url in halaman_petugas(p):
        assert client.get(url).status_code == 200, url
    assert LogAkses.objects.filter(objek_id=str(p.pk)).count() >= 2


def test_the_secretary_reads_the_request_and_not_who_asks(client):
    p = minta(data={"nama": "Nama Rahasia", "nomor_identitas": "7271012505909001"})
    client.force_login(make.orang("arifin", "sekretaris"))
    teks = client.get(p.get_absolute_url()).content.decode()
    assert "Daftar TPS" in teks
    assert "Nama Rahasia" not in teks


def test_an_identity_number_is_masked_also_for_the_desk(client):
    p = minta(data={"jenis_identitas": "ktp", "nomor_identitas": "7271012505909001"})
    client.force_login(petugas())
    teks = client.get(p.get_absolute_url()).content.decode()
    assert "7271••••••••••••" in teks
    assert "7271012505909001" not in teks


def test_the_desk_records_a_letter_of_an_earlier_day(client):
    client.force_login(petugas())
    isi = isian(kanal="surat", tanggal="27-02-2026", tanggal_surat="25-02-2026")
    jawab = client.post(reverse("ppid:catat"), isi, follow=True)
    p = Permohonan.objects.get()
    assert (p.diterima, p.kanal, p.dicatat_oleh) == (date(2026, 2, 27), "surat", petugas())
    assert "terdaftar" in kalimat(jawab)
    salah = client.post(reverse("ppid:catat"), isian(kanal="surat", tanggal="27-02-2026", tanggal_surat="28-02-2026"))
    assert "sesudah tanggal diterima" in kalimat(salah)


def tandatangani(surat) -> None:
    """Print the letter and sign it, as the worker and the PPID do."""
    user = ppid()
    MasaJabatan.objects.create(pegawai=user.pegawai, jabatan="kasubbag", mulai=date(2024, 1, 1))
    run_job.apply((surat.naskah.pekerjaan_id,), throw=True)
    sertifikat.terbitkan_sertifikat(user, sandi=FRASA, by=user)
    naskah = Naskah.objects.get(pk=surat.naskah_id)
    penandatanganan.tandatangani(naskah, oleh=user, sandi=FRASA, digest_dibaca=naskah.terbaru.sha256)


def test_from_the_queue_to_the_sent_answer(client, data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    _, tono = unit_hukum()
    p = minta("Daftar TPS")
    ppid()

    def kirim(nama: str, oleh, **isi) -> str:
        client.force_login(oleh)
        versi = Permohonan.objects.get(pk=p.pk).versi
        url = reverse(f"ppid:{nama}", args=[p.pk])
        return kalimat(client.post(url, {"versi": versi} | isi, follow=True))

    assert "berhasil" in kirim("nyatakan_lengkap", petugas())
    butir = p.butir.get()
    assert "berhasil" in kirim("minta_unit", petugas(), unit="hukum", butir=[butir.pk], pertanyaan="Mohon daftar TPS")
    u = p.permintaan_unit.get()
    client.force_login(tono)
    isi = {"versi": 1, "dikuasai": "ya", "jawaban": "Ada, terlampir"}
    teks = client.post(reverse("ppid:unit_jawab", args=[u.pk]), isi, follow=True)
    assert "Dijawab unit" in kalimat(teks)
    client.force_login(ppid())
    isi = {"versi": Permohonan.objects.get(pk=p.pk).versi, "hasil": "diberikan", "penjelasan": "Daftar TPS lengkap"}
    url = reverse("ppid:putus_butir", args=[p.pk, 1])
    assert "Ada, terlampir" in kalimat(client.get(url))
    assert "Butir 1 diputuskan" in kalimat(client.post(url, isi | {"bentuk": "softcopy"}, follow=True))
    assert "berhasil" in kirim("siapkan_jawaban", ppid(), tanggal="02-03-2026")
    p.refresh_from_db()
    surat = p.jawaban.get()
    assert (p.status, surat.naskah.penandatangan.get().jabatan) == ("siap_kirim", "PPID")
    tunda = {"pada": "02-03-2026", "cara": "surel", "bukti": "surel terkirim"}
    assert "setelah ditandatangani PPID" in kirim("kirim_jawaban", petugas(), **tunda)
    tandatangani(surat)
    assert "berhasil" in kirim("kirim_jawaban", petugas(), **tunda)
    serah = {"penerima": "Warga Contoh", "pada": "02-03-2026"}
    assert "belum ada berkas yang dilepas" in kirim("serahkan", petugas(), **serah)
    b = berkas.unggah(
        p.butir.get(urut=1), nama="tps.csv", isi=b"tps;kelurahan\n1;Besusu\n", judul="TPS", oleh=petugas()
    )
    b = berkas.buat_rilis(b, versi=b.versi, oleh=petugas())
    berkas.lepas(b, versi=b.versi, oleh=ppid())
    assert "berhasil" in kirim("serahkan", petugas(), **serah)
    p.refresh_from_db()
    assert (p.status, p.dijawab_pada) == ("selesai", date(2026, 3, 2))


def test_the_letter_states_the_law_each_item_and_the_last_day_to_object():
    p = lengkap(minta("Daftar TPS", data={"nama": "Warga Contoh"}))
    putus(p, Butir.Hasil.DIBERIKAN, penjelasan="Daftar TPS lengkap", bentuk="softcopy")
    p.refresh_from_db()
    surat = jawaban.siapkan_jawaban(p, versi=p.versi, oleh=ppid())
    isi = surat.naskah.isi
    assert isi["hasil"] == "Dikabulkan seluruhnya"
    assert ["Keputusan", "Diberikan"] in [list(b) for b in isi["butir"][0]["baris"]]
    assert isi["lama_keberatan"] == "30 hari kerja"


@pytest.mark.parametrize(
    ("peran", "status"), [("anggota", 404), ("operator", 404), ("kasubbag_rendatin", 404), ("ppid", 200)]
)
def test_a_letter_with_the_applicants_name_is_read_only_where_the_applicant_is(client, peran, status):
    p = lengkap(minta("Daftar TPS"))
    putus(p, Butir.Hasil.DIBERIKAN, penjelasan="Daftar TPS lengkap", bentuk="softcopy")
    p.refresh_from_db()
    surat = jawaban.siapkan_jawaban(p, versi=p.versi, oleh=ppid())
    client.force_login(make.orang("pembaca", peran))
    assert client.get(reverse("naskah:detail", args=[surat.naskah_id])).status_code == status
