"""A list of voters that another area reports too: matched, answered row by row by two people, and sent back."""

import io
import random

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import LogAkses
from kpupalu.lib import Refused
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.actions.lintas import (
    batalkan_jawaban,
    jawab,
    jawab_tidak_ada,
    kembalikan_jawaban,
    konfirmasi_jawaban,
    konfirmasi_tidak_ada,
)
from pdpb.langkah_ganda import LANGKAH_LINTAS
from pdpb.models import JawabanLintas, Pendaftaran, Perubahan
from tests import make
from tests.pdpb.isian import sebagai
from tests.pdpb.pasangan_uji import ALASAN, daftar_lintas, kembar, pasangan

pytestmark = pytest.mark.django_db
S = JawabanLintas.Status
ASING = ("7210011708909001", "7210011708909002")


def daftar(*nik):
    return daftar_lintas(make.selesai_daftar(), *nik)


def satu():
    versi = make.pemilih()
    batch = daftar(versi.identitas.nik, *ASING)
    return versi, batch, JawabanLintas.objects.get(pemilih=versi.pemilih)


def usul(j, jawaban="tetap", *, oleh=None):
    return jawab(j, jawaban=jawaban, alasan=ALASAN, bukti=make.bukti(), oleh=oleh or make.sari())


def test_every_row_becomes_a_question_found_or_not():
    _, batch, j = satu()
    assert list(batch.jawaban_lintas.order_by("baris").values_list("baris", "pemilih")) == [
        (2, j.pemilih_id), (3, None), (4, None),
    ]  # fmt: skip


def test_two_people_answer_and_pindah_becomes_a_proposal():
    versi, _, j = satu()
    j = usul(j, "pindah")
    assert not Perubahan.objects.exists()
    j = konfirmasi_jawaban(j, oleh=make.wati())
    tms = j.perubahan
    assert (tms.kategori_id, tms.pemilih, tms.pengusul, tms.status) == (
        "pindah_domisili", versi.pemilih, make.sari(), "diusulkan",
    )  # fmt: skip
    make.setuju([tms.pk], tms.periode)
    assert not Pendaftaran.objects.aktif().exists()
    with pytest.raises(Refused, match="persetujuannya"):
        batalkan_jawaban(j, alasan=ALASAN, oleh=make.wati())


def test_undoing_an_answer_rejects_what_came_of_it():
    _, _, j = satu()
    j = konfirmasi_jawaban(usul(j, "pindah"), oleh=make.wati())
    tms = j.perubahan
    j = batalkan_jawaban(j, alasan=ALASAN, oleh=make.wati())
    tms.refresh_from_db()
    assert (j.status, j.jawaban, j.perubahan, tms.status) == (S.MENUNGGU, "", None, "ditolak")


def test_ganda_is_answered_only_with_a_decided_pair():
    a, b = kembar()
    p = pasangan(a, b)
    daftar(a.identitas.nik)
    j = JawabanLintas.objects.get()
    assert j.pemilih_id == a.pemilih_id, "of two rows with the NIK the older one is named"
    with pytest.raises(Refused, match="Data ganda"):
        usul(j, "ganda")
    p = putuskan(
        p, putusan="sama", alasan=ALASAN, bukti=make.bukti(), periode=make.periode(), oleh=make.sari(),
        bertahan=b.pemilih_id,
    )  # fmt: skip
    p = konfirmasi(p, oleh=make.wati())
    j = konfirmasi_jawaban(usul(j, "ganda"), oleh=make.wati())
    assert j.perubahan == p.perubahan


def test_pembuat_bukan_penyetuju_jawaban():
    _, batch, j = satu()
    wati = make.wati()
    j = usul(j, oleh=wati)
    for peran in ((), ("kasubbag_rendatin",)):
        with pytest.raises(Refused, match="sendiri"):
            konfirmasi_jawaban(j, oleh=make.orang("wati", *peran))
    jawab_tidak_ada(batch, alasan=ALASAN, bukti=make.bukti(), oleh=wati)
    with pytest.raises(Refused, match="Tidak ada baris"):
        konfirmasi_tidak_ada(batch, oleh=wati)
    assert konfirmasi_tidak_ada(batch, oleh=make.budi()) == 2


def test_what_does_not_fit_is_refused():
    _, _batch, j = satu()
    kosong = JawabanLintas.objects.filter(pemilih=None).first()
    for baris, jawaban in ((j, "tidak_ada"), (kosong, "tetap"), (j, "hapus")):
        with pytest.raises(Refused):
            usul(baris, jawaban)
    with pytest.raises(Refused, match="alasan"):
        jawab(j, jawaban="tetap", alasan="pendek", bukti=make.bukti(), oleh=make.sari())
    with pytest.raises(Refused, match="Bukti"):
        jawab(j, jawaban="tetap", alasan=ALASAN, bukti=None, oleh=make.sari())
    for oleh in (make.budi(), make.dewi()):
        with pytest.raises(Refused, match="tidak berwenang"):
            usul(j, oleh=oleh)


@pytest.mark.parametrize("benih", range(3))
def test_urutan_langkah_lintas(benih):
    """Whatever is tried in whatever order, a step is taken exactly when the table draws it for that person."""
    dadu = random.Random(benih)
    _, _, j = satu()
    orang = [make.sari(), make.wati(), make.budi(), make.dewi()]
    aksi = {
        "jawab": lambda x, o: usul(x, "tetap", oleh=o),
        "konfirmasi": lambda x, o: konfirmasi_jawaban(x, oleh=o),
        "kembalikan": lambda x, o: kembalikan_jawaban(x, alasan=ALASAN, oleh=o),
        "batalkan": lambda x, o: batalkan_jawaban(x, alasan=ALASAN, oleh=o),
    }
    for _ in range(60):
        j.refresh_from_db()
        nama, oleh = dadu.choice(list(aksi)), dadu.choice(orang)
        langkah = LANGKAH_LINTAS[nama]
        boleh = j.status in langkah.dari and oleh.has_perm(langkah.perm)
        boleh = boleh and not (langkah.orang_lain and j.pengusul_id == oleh.pk)
        sebelum = j.status
        try:
            hasil = aksi[nama](j, oleh)
        except Refused:
            assert not boleh
            j.refresh_from_db()
            assert j.status == sebelum
        else:
            assert boleh
            assert hasil.status == langkah.ke


def test_the_reply_sheet_names_rows_and_no_person(client):
    versi, batch, j = satu()
    konfirmasi_jawaban(usul(j), oleh=make.wati())
    jawab_tidak_ada(batch, alasan=ALASAN, bukti=make.bukti(), oleh=make.sari())
    jawaban = sebagai(client, make.budi()).get(reverse("pdpb:lintas_balasan", args=[batch.pk]))
    buku = load_workbook(io.BytesIO(jawaban.content))
    assert len(buku.worksheets) == 1
    baris = [[sel.value for sel in r] for r in buku.active.iter_rows(min_row=4)]
    assert [(b[0], b[1], b[3]) for b in baris] == [
        ("lintas.csv", 2, "Tetap di Kota Palu"), ("lintas.csv", 3, "Belum dijawab"), ("lintas.csv", 4, "Belum dijawab"),
    ]  # fmt: skip
    semua = " ".join(str(sel.value) for r in buku.active.iter_rows() for sel in r)
    assert versi.identitas.nik not in semua
    assert versi.nama not in semua
    assert LogAkses.objects.filter(tindakan="ekspor", objek_label__contains="lintas").count() == 1


def test_the_pages_from_list_to_answer(client):
    _, batch, j = satu()
    sari, wati = make.sari(), make.wati()
    assert "0 dari 3" in sebagai(client, sari).get(reverse("pdpb:lintas_baris", args=[batch.pk])).content.decode()
    assert str(batch) in client.get(reverse("pdpb:lintas_daftar")).content.decode()
    alamat = reverse("pdpb:lintas_detail", args=[j.pk])
    assert "Tidak ditemukan" not in client.get(alamat).content.decode().split("Jawab</h2>")[1]
    assert client.post(alamat, {"jawaban": "tetap"}).status_code == 422
    isi = {"jawaban": "tetap", "jenis_dokumen": "KTP-el", "alasan": ALASAN}
    assert client.post(alamat, isi | {"jawaban": "ganda"}).status_code == 422
    assert client.post(alamat, isi).status_code == 302
    massal = reverse("pdpb:lintas_tidak_ada", args=[batch.pk])
    assert "2 baris" in client.get(massal).content.decode()
    assert client.post(massal, {"jenis_dokumen": "KTP-el", "alasan": ALASAN}).status_code == 302
    assert sebagai(client, wati).get(reverse("pdpb:lintas_semua"), {"antrean": "konfirmasi"}).context["jumlah"] == 3
    assert client.post(reverse("pdpb:lintas_konfirmasi", args=[j.pk])).status_code == 302
    assert client.post(reverse("pdpb:lintas_konfirmasi_banyak", args=[batch.pk])).status_code == 302
    assert client.post(reverse("pdpb:lintas_batalkan", args=[j.pk]), {"alasan": "x"}).status_code == 422
    assert set(batch.jawaban_lintas.values_list("status", flat=True)) == {S.SELESAI}


@pytest.mark.parametrize(
    ("nama", "peran"),
    [
        ("lintas_konfirmasi", {"verifikator", "kasubbag_rendatin"}),
        ("lintas_kembalikan", {"verifikator", "kasubbag_rendatin"}),
        ("lintas_batalkan", {"verifikator", "kasubbag_rendatin"}),
        ("lintas_tidak_ada", {"operator", "verifikator"}),
        ("lintas_konfirmasi_banyak", {"verifikator", "kasubbag_rendatin"}),
    ],
)
def test_the_wrong_role_finds_no_such_page_here(client, nama, peran):
    _, batch, j = satu()
    arg = batch.pk if nama in ("lintas_tidak_ada", "lintas_konfirmasi_banyak") else j.pk
    for satu_peran in ("operator", "verifikator", "kasubbag_rendatin", "ketua", "bawaslu", "auditor", "admin"):
        status = sebagai(client, make.orang(f"uji_{satu_peran}", satu_peran)).post(
            reverse(f"pdpb:{nama}", args=[arg])
        ).status_code  # fmt: skip
        assert (status == 404) is (satu_peran not in peran), (satu_peran, status)
