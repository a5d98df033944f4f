"""The pages of objections and disputes: the ticket, the desk, the superior, who may open what, the register."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.tasks import run_job
from kpupalu.naskah import penandatanganan, pki, sertifikat
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import MasaJabatan
from kpupalu.ui.beranda import kartu_untuk
from ppid.models import Keberatan, Sengketa
from tests import make
from tests.pdpb.isian import PDF, kalimat
from tests.ppid import test_keberatan
from tests.ppid.test_keberatan import SELASA, atasan, ditanggapi, ditelaah, ditolak, keberatan
from tests.ppid.test_permohonan import lengkap, minta, petugas, ppid
from tests.ppid.test_sengketa import daftar, hukum

pytestmark = pytest.mark.django_db
ke = test_keberatan.ke
FORMULIR = reverse("ppid:ajukan_keberatan")
FRASA = "frasa-sandi-uji-panjang-1"


def buka_tiket(client, p) -> None:
    client.post(reverse("ppid:tiket"), {"nomor": p.nomor, "kode": p.kode})


def isian(p, alasan: str = "a", **lain) -> dict:
    isi = {"kunci": str(uuid4()), "alasan": list(alasan), "butir": [b.pk for b in p.butir.all()]}
    return isi | {"kasus_posisi": "Permintaan saya ditolak seluruhnya."} | lain


def test_a_citizen_objects_on_the_ticket_page_with_the_ground_already_ticked(client, ke):
    p = ditolak(ke)
    assert client.get(FORMULIR).status_code == 302
    buka_tiket(client, p)
    teks = kalimat(client.get(reverse("ppid:tiket_lihat")))
    assert "paling lambat 29 April 2026" in teks
    halaman = client.get(FORMULIR)
    assert halaman.context["form"].initial["alasan"] == ["a"]
    assert "Butir 1 ditolak." in kalimat(halaman)
    isi = isian(p)
    teks = kalimat(client.post(FORMULIR, isi, follow=True))
    k = Keberatan.objects.get()
    for potong in (k.nomor, "Diterima dan terdaftar", "29 April 2026", "hari ke-30"):
        assert potong in teks
    assert "sudah kami terima" in kalimat(client.post(FORMULIR, isi, follow=True))
    assert "sedang diproses" in kalimat(client.get(FORMULIR))
    assert f"Keberatan {k.nomor}" in kalimat(client.get(reverse("ppid:tiket_lihat")))
    for rahasia in ("Warga Contoh", "Permintaan saya"):
        assert rahasia not in teks


def test_another_ticket_does_not_open_the_objection(client, ke):
    k = keberatan(ditolak(ke))
    buka_tiket(client, minta())
    assert client.get(reverse("ppid:keberatan_saya", args=[k.pk])).status_code == 404


def test_too_early_is_explained_and_too_late_is_taken_with_its_mark(client, ke):
    p = lengkap(minta())
    buka_tiket(client, p)
    assert "dapat diajukan sejak hari sesudahnya" in kalimat(client.get(FORMULIR))
    jawab = client.post(FORMULIR, isian(p, "c"))
    assert jawab.status_code == 422
    assert "terbuka sesudah waktu jawab lewat" in kalimat(jawab)
    ke(date(2026, 5, 8))
    buka_tiket(client, p)
    assert "Waktu mengajukan sudah lewat" in kalimat(client.get(FORMULIR))
    assert "Diajukan lewat waktu" in kalimat(client.post(FORMULIR, isian(p, "c"), follow=True))
    assert Keberatan.objects.get().terlambat


def test_a_proxy_needs_name_identity_and_letter(client, ke):
    p = ditolak(ke)
    buka_tiket(client, p)
    jawab = client.post(FORMULIR, isian(p, kuasa_nama="Kuasa Contoh"))
    assert jawab.status_code == 422
    assert set(jawab.context["form"].errors) == {"kuasa_jenis_identitas", "kuasa_nomor_identitas", "surat_kuasa"}
    isi = {"kuasa_nama": "Kuasa Contoh", "kuasa_jenis_identitas": "ktp", "kuasa_nomor_identitas": "7271012505909001"}
    client.post(FORMULIR, isian(p, **isi, surat_kuasa=SimpleUploadedFile("kuasa.pdf", PDF)))
    k = Keberatan.objects.get()
    client.force_login(petugas())
    teks = client.get(k.get_absolute_url()).content.decode()
    assert "Kuasa Contoh" in teks
    assert "7271012505909001" not in teks
    client.force_login(atasan())
    assert "Kuasa Contoh" not in client.get(k.get_absolute_url()).content.decode()


def test_a_network_may_object_only_so_often(client, ke):
    p = ditolak(ke)
    buka_tiket(client, p)
    jawab = [client.post(FORMULIR, isian(p)).status_code for _ in range(6)]
    assert (jawab[-1], Keberatan.objects.count()) == (429, 1)


def halaman(k: Keberatan, s: Sengketa) -> list[str]:
    return [
        "/ppid/keberatan/", k.get_absolute_url(), f"{k.get_absolute_url()}telaah-keberatan/",
        f"/ppid/permohonan/{k.permohonan_id}/keberatan/", f"{k.get_absolute_url()}tanda-bukti/",
        "/ppid/keberatan/xlsx/", "/ppid/sengketa/", s.get_absolute_url(), f"{s.get_absolute_url()}periksa-awal/",
        f"{k.get_absolute_url()}sengketa/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("peran", "terbuka"),
    [
        (("operator",), ""), (("bawaslu",), ""), (("admin",), ""), (("ketua",), "6 7 8"), (("kasubbag",), "6 7 8 9"),
        (("sekretaris",), "0 1 2 6 7 8"), (("auditor",), "0 1 2 6 7 8"), (("ppid",), "0 1 2 3 4 5 6 7 8"),
    ],
)  # fmt: skip
def test_each_page_is_there_only_for_who_may_open_it(client, ke, peran, terbuka):
    k = ditanggapi(keberatan(ditolak(ke)), "ditolak")
    s = daftar(k, diajukan_pada=SELASA, diterima=SELASA)
    client.force_login(make.orang("pembaca", *peran))
    buka = [n for n, url in enumerate(halaman(k, s)) if client.get(url).status_code == 200]
    assert buka == [int(n) for n in terbuka.split()]


def test_readings_are_logged_and_the_queue_shows_what_can_be_decided_in_time(client, ke):
    k = keberatan(ditolak(ke))
    client.force_login(atasan())
    client.get(k.get_absolute_url())
    assert LogAkses.objects.filter(objek_id=str(k.pk)).exists()
    kartu = [x for bagian in kartu_untuk(atasan()) for x in bagian["kartu"] if "putusan Anda" in x.judul]
    assert [(x.jumlah, x.tautan) for x in kartu] == [(1, "/ppid/keberatan/?antrean=putus")]
    assert k.nomor in kalimat(client.get(kartu[0].tautan))
    ke(date(2026, 4, 30))
    client.force_login(atasan())
    assert "Tidak ada keberatan" in kalimat(client.get(kartu[0].tautan))
    assert k.nomor in kalimat(client.get("/ppid/keberatan/?antrean=lewat"))


def test_the_reason_why_one_may_not_decide_stands_on_the_page(client, ke):
    k = keberatan(ditolak(ke))
    client.force_login(make.orang("nirma", "sekretaris"))
    assert "Anda ikut memutuskan jawaban permohonan ini" in kalimat(client.get(k.get_absolute_url()))
    url = reverse("ppid:telaah_keberatan", args=[k.pk])
    assert "ikut memutuskan" in kalimat(client.post(url, {"versi": k.versi}))


def test_the_superior_signs_and_the_desk_sends(client, ke, data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    k = ditelaah(keberatan(ditolak(ke)))
    user = atasan()
    client.force_login(user)
    url = reverse("ppid:putus_keberatan", args=[k.pk])
    kosong = client.post(url, {"versi": k.versi, "putusan": "dikabulkan", "pertimbangan": "Informasi dapat dibuka."})
    assert "Tuliskan perintah kepada PPID" in kalimat(kosong)
    isi = {"versi": k.versi, "putusan": "dikabulkan", "pertimbangan": "Informasi ini dapat dibuka.",
           "perintah": "Berikan salinan daftar TPS."}  # fmt: skip
    assert "berhasil" in kalimat(client.post(url, isi, follow=True))
    k.refresh_from_db()
    MasaJabatan.objects.create(pegawai=user.pegawai, jabatan="sekretaris", mulai=date(2024, 1, 1))
    run_job.apply((k.naskah.pekerjaan_id,), throw=True)
    sertifikat.terbitkan_sertifikat(user, sandi=FRASA, by=user)
    naskah = Naskah.objects.get(pk=k.naskah_id)
    penandatanganan.tandatangani(naskah, oleh=user, sandi=FRASA, digest_dibaca=naskah.terbaru.sha256)
    client.force_login(petugas())
    isi = {"versi": k.versi, "pada": "10-03-2026", "cara": "surel", "bukti": "surel terkirim"}
    assert "berhasil" in kalimat(client.post(reverse("ppid:kirim_tanggapan", args=[k.pk]), isi, follow=True))
    k.refresh_from_db()
    assert (k.status, k.ditanggapi_pada) == ("ditanggapi", SELASA)
    client.logout()
    buka_tiket(client, k.permohonan)
    teks = kalimat(client.get(reverse("ppid:keberatan_saya", args=[k.pk])))
    for potong in ("Dikabulkan seluruhnya", "7 April 2026", "Komisi Informasi Provinsi"):
        assert potong in teks


@pytest.mark.parametrize(("peran", "status"), [("anggota", 404), ("kasubbag_rendatin", 404), ("ppid", 200)])
def test_the_letter_is_read_only_where_the_applicant_is(client, ke, peran, status):
    k = ditanggapi(keberatan(ditolak(ke)))
    client.force_login(make.orang("pembaca", peran))
    assert client.get(reverse("naskah:detail", args=[k.naskah_id])).status_code == status


def test_the_desk_records_a_letter_and_prints_its_receipt(client, ke):
    p = ditolak(ke)
    ke(date(2026, 3, 12))
    client.force_login(petugas())
    url = reverse("ppid:catat_keberatan", args=[p.pk])
    teks = kalimat(client.post(url, isian(p, kanal="surat", diterima="11-03-2026"), follow=True))
    k = Keberatan.objects.get()
    assert (k.diterima, k.kanal, k.dicatat_oleh) == (date(2026, 3, 11), "surat", petugas())
    assert "Cetak tanda bukti" in teks
    assert client.get(reverse("ppid:bukti_keberatan", args=[k.pk])).content.startswith(b"%PDF-")


def test_the_register_has_the_eleven_columns_and_its_export_is_logged(client, ke):
    k = ditanggapi(keberatan(ditolak(ke), kasus_posisi="=1+1 ditolak seluruhnya"))
    client.force_login(ppid())
    lembar = load_workbook(BytesIO(client.get(reverse("ppid:keberatan_xlsx")).content)).active
    kepala, baris = [list(r) for r in lembar.iter_rows(min_row=3, max_row=4, values_only=True)]
    assert len(kepala) == 11
    assert baris[:4] == [k.nomor, "10-03-2026", "Warga Contoh, Jl. Contoh 1", k.permohonan.nomor]
    assert baris[6:9] == ["huruf a", "Dikabulkan seluruhnya", "Selasa, 10-03-2026"]
    assert LogAkses.objects.filter(tindakan="ekspor", objek_label="Register keberatan informasi").exists()


def test_a_dispute_from_its_registration_to_the_named_representative(client, ke):
    k = ditanggapi(keberatan(ditolak(ke)), "ditolak")
    client.force_login(hukum())
    isi = {"kunci": str(uuid4()), "nomor_ki": "REG/1", "diajukan_pada": "10-03-2026", "diterima": "10-03-2026"}
    teks = kalimat(client.post(reverse("ppid:catat_sengketa", args=[k.pk]), isi, follow=True))
    s = Sengketa.objects.get()
    assert f"Sengketa {s.nomor} terdaftar" in teks

    def kirim(nama: str, *lagi, **isi) -> str:
        url = reverse(f"ppid:{nama}", args=[s.pk, *lagi])
        return kalimat(client.post(url, {"versi": Sengketa.objects.get().versi} | isi, follow=True))

    assert "berhasil" in kirim("catat_sidang", tingkat="ki", panggilan="P/1", acara="Mediasi", tanggal="12-03-2026",
                               pukul="09.30", tempat="Kantor Komisi Informasi")  # fmt: skip
    assert "Sidang tanpa wakil" in kalimat(client.get(s.get_absolute_url()))
    assert s.nomor in kalimat(client.get("/ppid/sengketa/?antrean=wakil"))
    assert "berhasil" in kirim("catat_kuasa", tingkat="ki", nomor="SK/1", tanggal="10-03-2026", penerima=ppid().pk)
    x, kuasa = s.sidang.get(), s.kuasa.get()
    assert "berhasil" in kirim("wakil_sidang", x.pk, kuasa=kuasa.pk)
    teks = kalimat(client.get(s.get_absolute_url()))
    assert "SK/1" in teks
    assert "Sidang tanpa wakil" not in teks
