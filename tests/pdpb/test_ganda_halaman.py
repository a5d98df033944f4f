"""Pages of data ganda: what is shown, to whom, and what a press of a button does."""

import pytest
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from pdpb.models import PasanganGanda, RiwayatGanda
from tests import make
from tests.pdpb.isian import sebagai
from tests.pdpb.pasangan_uji import ALASAN, kembar, pasangan

pytestmark = pytest.mark.django_db
S = PasanganGanda.Status


@pytest.fixture
def berdua():
    a, b = kembar(nkk="7271081708909001")
    make.pemilih(nama="ANGGOTA KELUARGA", nkk="7271081708909001")
    p = pasangan(a, b)
    make.selesai_daftar()
    return p


def buka(client, user, nama="ganda_detail", *args, **kueri):
    return sebagai(client, user).get(reverse(f"pdpb:{nama}", args=args), kueri)


def isian(p, **lain):
    return {
        "putusan": "beda", "jenis_dokumen": "Kartu Keluarga", "alasan": ALASAN, "versi_a": p.versi_a_id,
        "versi_b": p.versi_b_id,
    } | lain  # fmt: skip


def kirim(client, user, p, nama="ganda_detail", kueri="", **isi):
    return sebagai(client, user).post(reverse(f"pdpb:{nama}", args=[p.pk]) + kueri, isi)


def test_the_list_gives_reasons_in_words_and_no_score(client, berdua):
    isi = buka(client, make.sari(), "ganda_daftar").content.decode()
    assert "NIK sama. · Nama dan tanggal lahir sama." in isi
    assert "Pasti: 1 menunggu" in isi
    assert "skor" not in isi.lower()
    assert LogAkses.objects.filter(objek_label="Daftar data ganda", jumlah=1).exists()
    assert "Tidak ada pasangan" in buka(client, make.sari(), "ganda_daftar", tingkat="3").content.decode()
    assert "Tidak ada pasangan" in buka(client, make.sari(), "ganda_daftar", kelurahan=make.LERE).content.decode()
    assert "Pasangan" in buka(client, make.sari(), "ganda_daftar", kelurahan=make.TALISE[:8]).content.decode()


def test_the_pair_page_shows_both_rows_and_logs_who_read_them(client, berdua):
    isi = buka(client, make.sari(), "ganda_detail", berdua.pk).content.decode()
    assert isi.count("<b>berbeda</b>") == 1, "only the RT differs"
    assert "impor nomor" in isi
    assert "ANGGOTA KELUARGA" in isi
    assert "Riwayat baris A" in isi
    nik = berdua.versi_a.identitas.nik
    assert nik not in isi.replace(" ", "")
    for pemilih in (berdua.a_id, berdua.b_id):
        assert LogAkses.objects.filter(objek_id=str(pemilih), objek_label__contains="Pasangan").count() == 1


def test_nik_tertutup_until_opened_with_a_purpose_once(client, berdua):
    nik = berdua.versi_a.identitas.nik
    assert kirim(client, make.sari(), berdua, "ganda_buka_nik").status_code == 422
    assert kirim(client, make.sari(), berdua, "ganda_buka_nik", tujuan="Mencocokkan KTP-el").status_code == 302
    isi = buka(client, make.sari(), "ganda_detail", berdua.pk).content.decode()
    assert nik in isi.replace(" ", "")
    assert LogAkses.objects.filter(tujuan__contains="Mencocokkan KTP-el").count() == 2
    assert nik not in buka(client, make.sari(), "ganda_detail", berdua.pk).content.decode().replace(" ", "")
    assert kirim(client, make.dewi(), berdua, "ganda_buka_nik", tujuan="Ingin tahu").status_code == 404


@pytest.mark.parametrize(
    ("tingkat", "kelas", "dipilih"), [("Pasti", "G1", True), ("Kuat", "G2", False), ("Mungkin", "G4", False)]
)
def test_only_pasti_is_filled_in(client, tingkat, kelas, dipilih):
    a, b = kembar()
    p = pasangan(a, b, tingkat=tingkat, kelas=kelas)
    isi = buka(client, make.sari(), "ganda_detail", p.pk).content.decode()
    assert ("checked" in isi.split('name="bertahan"', 1)[1].split("</fieldset>")[0]) is dipilih
    assert ("tombol-utama" in isi.split('value="sama"')[0].rsplit("<button", 1)[1]) is dipilih


def test_a_decision_opens_the_next_pair_of_the_same_filter(client, berdua):
    a, b = kembar()
    lain = pasangan(a, b)
    jauh = pasangan(*kembar(), kelas="G4", tingkat="Mungkin")
    jawab = kirim(client, make.sari(), berdua, kueri="?tingkat=1", **isian(berdua))
    assert jawab.url == f"{lain.get_absolute_url()}?tingkat=1"
    jawab = kirim(client, make.sari(), lain, kueri="?tingkat=1", **isian(lain))
    assert jawab.url == reverse("pdpb:ganda_daftar") + "?tingkat=1"
    assert kirim(client, make.sari(), jauh, **isian(jauh)).url == reverse("pdpb:ganda_daftar")
    assert buka(client, make.wati(), "ganda_daftar", antrean="konfirmasi").context["jumlah"] == 3
    assert buka(client, make.sari(), "ganda_daftar", antrean="konfirmasi").context["jumlah"] == 0
    jawab = kirim(client, make.wati(), berdua, "ganda_konfirmasi", kueri="?antrean=konfirmasi")
    assert jawab.url == f"{lain.get_absolute_url()}?antrean=konfirmasi"


def test_a_form_that_is_not_complete_keeps_what_was_typed(client, berdua):
    for kurang in ({"alasan": "x"}, {"jenis_dokumen": ""}, {"putusan": "sama"}, {"putusan": ""}, {"versi_a": "1"}):
        jawab = kirim(client, make.sari(), berdua, **isian(berdua, **kurang))
        assert jawab.status_code == 422, kurang
        assert "Ada isian yang perlu diperbaiki" in jawab.content.decode()
    assert kirim(client, make.sari(), berdua, **isian(berdua, versi_b="²")).status_code in (200, 409, 422)
    assert PasanganGanda.objects.get().status == S.MENUNGGU


def test_sama_orang_from_page_to_proposal(client, berdua):
    kirim(client, make.sari(), berdua, **isian(berdua, putusan="sama", bertahan=berdua.a_id))
    isi = buka(client, make.wati(), "ganda_detail", berdua.pk).content.decode()
    assert "Konfirmasi: sama orang" in isi
    assert "Konfirmasi:" not in buka(client, make.sari(), "ganda_detail", berdua.pk).content.decode()
    kirim(client, make.wati(), berdua, "ganda_konfirmasi")
    berdua.refresh_from_db()
    assert berdua.perubahan.pemilih_id == berdua.b_id
    assert "Usulan TMS" in buka(client, make.dewi(), "ganda_detail", berdua.pk).content.decode()
    assert kirim(client, make.wati(), berdua, "ganda_batalkan", alasan="x").status_code == 422
    assert kirim(client, make.wati(), berdua, "ganda_batalkan", alasan=ALASAN).status_code == 302
    berdua.refresh_from_db()
    assert berdua.status == S.MENUNGGU


def test_sending_the_same_decision_twice_decides_once(client, berdua):
    for _ in range(2):
        kirim(client, make.sari(), berdua, **isian(berdua))
    assert RiwayatGanda.objects.filter(langkah="usulkan").count() == 1


BOLEH = {
    "ganda_konfirmasi": {"verifikator", "kasubbag_rendatin"},
    "ganda_kembalikan": {"operator", "verifikator", "kasubbag_rendatin"},
    "ganda_tarik": {"operator", "verifikator", "kasubbag_rendatin"},
    "ganda_batalkan": {"operator", "verifikator", "kasubbag_rendatin"},
    "ganda_buka_nik": {"operator", "verifikator", "kasubbag_rendatin"},
    "ganda_cari": {"operator", "verifikator", "kasubbag_rendatin"},
}
PERAN = ("operator", "verifikator", "kasubbag_rendatin", "sekretaris", "ketua", "bawaslu", "auditor", "admin")


@pytest.mark.parametrize("nama", BOLEH)
def test_the_wrong_role_finds_no_such_page(client, berdua, nama):
    args = [] if nama == "ganda_cari" else [berdua.pk]
    for peran in PERAN:
        status = sebagai(client, make.orang(f"uji_{peran}", peran)).post(reverse(f"pdpb:{nama}", args=args)).status_code
        assert (status == 404) is (peran not in BOLEH[nama]), (peran, status)
        Job.objects.filter(status="antre").update(status="dihentikan", selesai_pada="2026-01-01T00:00:00Z")
    assert sebagai(client, make.wati()).get(reverse(f"pdpb:{nama}", args=args)).status_code == 405


@pytest.mark.parametrize("peran", PERAN)
def test_who_reads_pairs(client, berdua, peran):
    user = make.orang(f"uji_{peran}", peran)
    ada = peran not in ("sekretaris", "bawaslu", "admin")
    for status in (
        buka(client, user, "ganda_daftar").status_code,
        buka(client, user, "ganda_detail", berdua.pk).status_code,
    ):
        assert (status == 200) is ada
    # Reading is not deciding.
    sebelum = PasanganGanda.objects.get().status
    kirim(client, user, berdua, **isian(berdua))
    assert (PasanganGanda.objects.get().status != sebelum) is (peran in ("operator", "verifikator"))


def test_cards_count_what_their_lists_show(client, berdua):
    pasangan(*kembar(), kelas="G4", tingkat="Mungkin")
    kirim(client, make.sari(), berdua, **isian(berdua))
    from kpupalu.ui.beranda import kartu_untuk

    for user, judul in ((make.sari(), "Putuskan data ganda"), (make.wati(), "Konfirmasi data ganda")):
        kartu = next(k for bagian in kartu_untuk(user) for k in bagian["kartu"] if k.judul == judul)
        assert kartu.jumlah == 1
        assert sebagai(client, user).get(kartu.tautan).context["jumlah"] == 1


def test_searching_the_whole_roll_is_a_job_of_its_own(client, berdua):
    for _ in range(2):
        assert sebagai(client, make.sari()).post(reverse("pdpb:ganda_cari")).status_code == 302
    assert Job.objects.filter(kind="pdpb.cari_ganda").count() == 1
