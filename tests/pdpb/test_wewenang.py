"""Maker and checker, the wrong role, the missing token, and what leaves the office."""

from datetime import date

import pytest
from django.urls import reverse

from kpupalu.accounts.models import PelaksanaHarian
from kpupalu.aturan.models import Aturan
from pdpb.models import Bukti, Pendaftaran, Periode, Perubahan, Temuan
from tests import make
from tests.pdpb.isian import isian_baru, kalimat, sebagai

pytestmark = pytest.mark.django_db
S = Perubahan.Status


def test_pembuat_bukan_penyetuju(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    sari = make.sari()
    for jalan in ("peran", "plh", "superuser"):
        if jalan == "peran":
            sari = make.orang("sari", "verifikator", "kasubbag_rendatin")
        if jalan == "plh":
            sari.groups.set(make.orang("sari", "operator").groups.filter(name="operator"))
            PelaksanaHarian.objects.create(
                pejabat=make.budi(), pengganti=sari, mulai=date(2020, 1, 1), sampai=date(2099, 1, 1),
                nomor_surat="1", alasan="Cuti",
            )  # fmt: skip
        if jalan == "superuser":
            type(sari).objects.filter(pk=sari.pk).update(is_superuser=True, is_staff=True)
        sari = type(sari).objects.get(pk=sari.pk)
        for langkah, status in (("verifikasi", S.DIUSULKAN), ("setujui", S.DIVERIFIKASI)):
            Perubahan.objects.filter(pk=satu).update(status=status)
            sebagai(client, sari).post(
                reverse("pdpb:perubahan_massal"),
                {"id": satu, "langkah": langkah, "lanjut": "1", "catatan": "", "jenis_dokumen": "Akta",
                 "sumber_informasi": "lain"},
            )  # fmt: skip
            assert Perubahan.objects.get(pk=satu).status == status, (jalan, langkah)
        sebagai(client, sari).post(
            reverse("pdpb:perubahan_massal"),
            {"semua": "1", "saringan": f"periode={per.pk}", "langkah": "setujui", "lanjut": "1", "catatan": ""},
        )
        assert Perubahan.objects.get(pk=satu).status == S.DIVERIFIKASI
    assert Pendaftaran.objects.aktif().count() == 1


POST_HAK = {
    "usul_baru": ({"operator", "verifikator"}, lambda p, v: []),
    "usul_tms": ({"operator", "verifikator"}, lambda p, v: [v]),
    "usul_ubah": ({"operator", "verifikator"}, lambda p, v: [v]),
    "usul_mutasi": ({"operator", "verifikator"}, lambda p, v: [v]),
    "perubahan_massal": ({"verifikator", "kasubbag_rendatin"}, lambda p, v: []),
    "pemilih_buka_nik": ({"operator", "verifikator", "kasubbag_rendatin"}, lambda p, v: [v]),
    "periode_baru": ({"kasubbag_rendatin"}, lambda p, v: []),
    "periode_ubah": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "masukan": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "bekukan": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "buka_minta": ({"kasubbag_rendatin", "operator"}, lambda p, v: [p]),
    "buka_setujui": ({"ketua", "sekretaris"}, lambda p, v: [p, 1]),
    "berita_acara": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "umumkan": ({"kasubbag_rendatin", "sekretaris"}, lambda p, v: [p]),
}
PERAN = [
    "operator", "verifikator", "kasubbag_rendatin", "kasubbag", "sekretaris", "ketua", "anggota", "gudang", "ppid",
    "bendahara", "bawaslu", "auditor", "admin", "",
]  # fmt: skip


@pytest.mark.parametrize("peran", PERAN)
def test_the_wrong_role_gets_the_same_404_for_every_post(client, peran):
    versi = make.pemilih()
    per = make.selesai_daftar()
    sebagai(client, make.orang(f"orang-{peran}", *filter(None, [peran])))
    for nama, (boleh, args) in POST_HAK.items():
        if peran in boleh:
            continue
        alamat = reverse(f"pdpb:{nama}", args=args(per.pk, versi.pemilih_id))
        assert client.post(alamat, isian_baru()).status_code == 404, nama
        assert client.get(alamat).status_code == 404, nama
    if peran not in {"verifikator", "kasubbag_rendatin"}:
        Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan="RT kosong.")
        ids = {"id": Temuan.objects.values_list("pk", flat=True), "status": "selesai", "keputusan": "Alasan cukup"}
        client.post(reverse("pdpb:temuan_daftar"), ids)
        assert Temuan.objects.get().status == "terbuka"
    assert Perubahan.objects.count() == 0


def test_no_post_is_taken_without_the_token_of_the_form():
    from django.test import Client

    versi = make.pemilih()
    per = make.selesai_daftar()
    peramban = Client(enforce_csrf_checks=True)
    peramban.force_login(make.orang("raya", *filter(None, PERAN)))
    for nama, (_, args) in POST_HAK.items():
        jawaban = peramban.post(reverse(f"pdpb:{nama}", args=args(per.pk, versi.pemilih_id)), isian_baru())
        assert jawaban.status_code == 403, nama
    assert Perubahan.objects.count() == 0


def test_the_spreadsheet_holds_no_formula(client):
    from io import BytesIO

    from openpyxl import load_workbook

    _, kini = make.kantor_berisi()
    kelurahan = make.tps().kelurahan
    type(kelurahan).objects.filter(pk=kelurahan.pk).update(nama='=HYPERLINK("http://x","y")')
    jawaban = sebagai(client, make.budi()).get(reverse("pdpb:rekap_xlsx", args=[kini.pk]))
    for baris in load_workbook(BytesIO(jawaban.content)).active.iter_rows():
        assert all(sel.data_type != "f" for sel in baris)


def test_the_public_page_joins_reasons_that_would_point_at_somebody(client):
    lama, _ = make.kantor_berisi()
    alamat = reverse("pdpb:pengumuman", args=[lama.pk])
    isi = kalimat(client.get(alamat))
    assert "Meninggal" not in isi
    assert "CONTOH" not in isi.replace("CONTOH – BUKAN DOKUMEN RESMI", "")
    Aturan.objects.filter(kode="rekap_batas_sel_kecil").update(nilai=1)
    assert "Meninggal" in kalimat(client.get(alamat))


@pytest.mark.parametrize("nama", ["periode", "perubahan", "snapshot", "imporbatch", "bukakembali", "bukti"])
def test_the_admin_site_changes_no_document_of_a_workflow(client, nama):
    lama, _ = make.kantor_berisi()
    user = make.orang("akar", "admin")
    user.is_staff = user.is_superuser = True
    user.save()
    sebagai(client, user)
    model = {"periode": Periode, "perubahan": Perubahan, "bukti": Bukti, "snapshot": lama.snapshot_set.model}.get(nama)
    assert client.get(reverse(f"admin:pdpb_{nama}_add")).status_code in (403, 404)
    if model:
        pk = model.objects.first().pk
        sebelum = model.objects.filter(pk=pk).values().get()
        for aksi in ("change", "delete"):
            alamat = reverse(f"admin:pdpb_{nama}_{aksi}", args=[pk])
            assert client.post(alamat, {"status": "ditetapkan", "post": "yes"}).status_code in (403, 404), aksi
        daftar = reverse(f"admin:pdpb_{nama}_changelist")
        client.post(daftar, {"action": "delete_selected", "_selected_action": pk, "post": "yes"})
        assert model.objects.filter(pk=pk).values().get() == sebelum


def test_reading_one_change_is_logged_with_the_voter(client):
    from kpupalu.audit.models import LogAkses

    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    sebagai(client, make.wati()).get(reverse("pdpb:perubahan_detail", args=[satu]))
    assert LogAkses.objects.filter(pelaku=make.wati(), objek_id=str(versi.pemilih_id)).count() == 1
