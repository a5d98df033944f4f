"""A proof from the desk to whoever is shown it: who may give it, what it says, what nobody can ask."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.naskah.dasar import cetak_konsep
from kpupalu.wilayah.models import Kelurahan
from pdpb import bukti
from pdpb.actions.bukti import beri_bukti
from pdpb.actions.ekspor import folder, minta_ekspor
from pdpb.actions.naskah import naskah_periode
from pdpb.bukti import SALINAN
from pdpb.models import EksporDaftar, PemberianBukti, Pendaftaran, Periode, Snapshot, SnapshotBaris
from pdpb.pekerjaan_cetak import ekspor_daftar
from tests import make
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
SKRIP = Path(__file__).parents[2] / "docs" / "periksa_bukti.py"
PERIKSA = "pdpb:bukti_periksa"


@pytest.fixture
def lama():
    """The announced quarter of an office at work; its roll is signed."""
    return make.kantor_berisi()[0]


def orang_beku(lama, nomor: int = 0) -> Pendaftaran:
    """One voter of the signed roll."""
    baris = SnapshotBaris.objects.filter(snapshot__periode=lama).order_by("pendaftaran")[nomor]
    return Pendaftaran.objects.select_related("pemilih", "identitas").get(pk=baris.pendaftaran_id)


def isian(**lain) -> dict:
    return {"pengenal": "ktp", "medan": ["nama", "kelurahan"], "cocok": "1"} | lain


def beri(client, lama, nomor: int = 0, **lain) -> PemberianBukti:
    sebagai(client, make.sari())
    versi = orang_beku(lama, nomor)
    jawaban = client.post(reverse("pdpb:bukti_beri", args=[versi.pemilih_id]), isian(**lain))
    assert jawaban.status_code == 302, kalimat(jawaban)
    return PemberianBukti.objects.latest("pk")


def berkas(client, satu: PemberianBukti) -> bytes:
    return client.post(reverse("pdpb:bukti_unduh", args=[satu.pk])).content


def unggah(client, isi: bytes):
    return client.post(reverse(PERIKSA), {"berkas": SimpleUploadedFile("bukti.json", isi)})


# --- The desk -----------------------------------------------------------------------------------------------------
def test_a_proof_goes_from_the_desk_to_the_public_page(client, lama):
    satu = beri(client, lama)
    versi = orang_beku(lama)
    isi = berkas(client, satu)
    assert versi.identitas.nik.encode() not in isi
    client.logout()
    halaman = kalimat(unggah(client, isi))
    for potongan in (
        "Sah",
        versi.nama,
        lama.nama,
        "18 bidang lain tetap terkunci",
        Snapshot.objects.get(periode=lama).akar,
    ):
        assert potongan in halaman, potongan
    halaman = kalimat(client.post(reverse(PERIKSA), {"teks": isi.decode()}))
    assert "berasal dari daftar pemilih" in halaman


def test_giving_a_proof_is_in_the_register_the_history_and_the_log_without_a_name(client, lama):
    satu = beri(client, lama)
    versi = orang_beku(lama)
    assert (satu.nomor, satu.pengenal, satu.medan) == ("BKT-0001/2026", "ktp", ["nama", "kelurahan"])
    assert Jejak.objects.filter(tindakan="pdpb.beri_bukti", objek_id=str(satu.pk)).count() == 1
    log = LogAkses.objects.filter(objek_id=str(versi.pemilih_id), tindakan="cetak")
    assert log.count() == 1
    assert "KTP-el diperiksa" in log.get().tujuan
    berkas(client, satu)
    assert log.count() == 2
    for alamat in (reverse("pdpb:bukti_daftar"), satu.get_absolute_url()):
        halaman = kalimat(client.get(alamat))
        assert satu.nomor in halaman
        assert versi.nama not in halaman


KURANG = {"pengenal": {"pengenal": ""}, "medan": {"medan": []}, "cocok": {"cocok": ""}, "lain": {"medan": ["sandi"]}}


@pytest.mark.parametrize("kurang", KURANG.values(), ids=KURANG)
def test_without_the_check_at_the_desk_nothing_is_given(client, lama, kurang):
    sebagai(client, make.sari())
    jawaban = client.post(reverse("pdpb:bukti_beri", args=[orang_beku(lama).pemilih_id]), isian(**kurang))
    assert jawaban.status_code == 422
    assert not PemberianBukti.objects.exists()


def test_only_officers_of_the_roll_give_and_only_the_giver_fetches_on_that_day(client, lama):
    satu = beri(client, lama)
    alamat = reverse("pdpb:bukti_beri", args=[orang_beku(lama).pemilih_id])
    for peran in ("bawaslu", "auditor", "sekretaris", "ketua", "anggota", "admin", "gudang"):
        sebagai(client, make.orang(f"orang-{peran}", peran))
        assert client.get(alamat).status_code == 404, peran
        assert client.post(alamat, isian()).status_code == 404, peran
        assert client.post(reverse("pdpb:bukti_unduh", args=[satu.pk])).status_code == 404, peran
    sebagai(client, make.wati())
    for nama in ("bukti_unduh", "bukti_cetak"):
        assert client.post(reverse(f"pdpb:{nama}", args=[satu.pk])).status_code == 302
    assert "Cetak lembar bukti" not in kalimat(client.get(satu.get_absolute_url()))
    with pytest.MonkeyPatch.context() as ganti:
        besok = satu.diberikan_pada.date() + timedelta(days=2)
        ganti.setattr("pdpb.models.pohon.hari_ini", lambda: besok)
        assert sebagai(client, make.sari()).post(reverse("pdpb:bukti_unduh", args=[satu.pk])).status_code == 302
    assert PemberianBukti.objects.count() == 1


def test_nik_on_a_proof_needs_the_right_and_counts_as_opening_it(lama):
    versi = orang_beku(lama)
    Aturan.objects.filter(kode="buka_nik_per_jam").update(nilai=1)
    beri_bukti(versi.pemilih, medan=["nik"], pengenal="ktp", oleh=make.sari())
    with pytest.raises(Refused, match="batas"):
        beri_bukti(versi.pemilih, medan=["nik"], pengenal="ktp", oleh=make.sari())
    beri_bukti(versi.pemilih, medan=["nama"], pengenal="ktp", oleh=make.sari())


def test_whoever_came_after_the_signed_roll_gets_none(client, lama):
    baru = Pendaftaran.objects.filter(dibuka__jenis="baru").first()
    sebagai(client, make.sari())
    alamat = reverse("pdpb:bukti_beri", args=[baru.pemilih_id])
    assert "Tidak ada dalam daftar yang ditetapkan" in kalimat(client.get(alamat))
    assert client.post(alamat, isian()).status_code == 422
    assert not PemberianBukti.objects.exists()


def test_before_the_first_signed_roll_there_is_nothing_to_prove(client):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    assert "Belum ada daftar yang ditetapkan" in kalimat(
        client.get(reverse("pdpb:bukti_beri", args=[versi.pemilih_id]))
    )


def test_the_sheet_is_one_page_and_its_code_is_the_file(client, lama):
    satu = beri(client, lama, medan=[*SALINAN, "kelurahan", "tps"])
    pdf = client.post(reverse("pdpb:bukti_cetak", args=[satu.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert "no-store" in pdf["Cache-Control"]
    halaman = PdfReader(io.BytesIO(pdf.content)).pages
    teks = " ".join(" ".join(h.extract_text().split()) for h in halaman)
    assert len(halaman) == 1
    for potongan in (satu.nomor, orang_beku(lama).nama, "Cara memeriksa", "periksa-bukti", "Kelurahan Talise"):
        assert potongan in teks, potongan
    assert orang_beku(lama).identitas.nik not in teks


# --- What nobody can ask ------------------------------------------------------------------------------------------
def test_the_public_page_reads_no_voter_whatever_it_is_sent(client, lama):
    """Enumeration: the same file with other names fails, and no table of the roll is ever asked."""
    asli = json.loads(berkas(client, beri(client, lama)))
    client.logout()
    for nama in Pendaftaran.objects.values_list("nama", flat=True).distinct():
        coba = json.loads(json.dumps(asli))
        coba["medan"][0][0] = f"{nama} X"
        with CaptureQueriesContext(
            connection,
        ) as kueri:
            halaman = kalimat(unggah(client, json.dumps(coba).encode()))
        assert "Tidak cocok" in halaman
        assert f"{nama} X" not in halaman
        for satu in kueri.captured_queries:
            for tabel in (
                "pdpb_pendaftaran",
                "pdpb_identitas",
                "pdpb_pemilih",
                "pdpb_snapshotbaris",
                "pdpb_pohonsimpul",
            ):
                assert tabel not in satu["sql"]


def test_right_and_wrong_names_get_answers_of_one_size(client, lama):
    """A guess at a real other voter and at nobody differ in nothing."""
    asli = json.loads(berkas(client, beri(client, lama)))
    lain = Pendaftaran.objects.filter(kelurahan=make.LERE, akhir=None).first()
    client.logout()
    ukuran = set()
    for nilai in (make.LERE, "99.99.99.9999", lain.kelurahan_id):
        coba = json.loads(json.dumps(asli))
        coba["medan"][8] = [nilai, coba["medan"][8][1]]
        ukuran.add(len(unggah(client, json.dumps(coba).encode()).content))
    assert len(ukuran) == 1


def test_a_roll_that_is_frozen_but_not_signed_is_unknown(client, lama):
    isi = berkas(client, beri(client, lama))
    Periode.objects.filter(pk=lama.pk).update(status="dibekukan")
    halaman = kalimat(unggah(client, isi))
    assert "Tidak dikenal" in halaman
    assert orang_beku(lama).nama not in halaman


def test_a_proof_of_our_own_making_with_a_root_of_its_own_is_unknown(client, lama):
    garam, nilai = b"\0" * 16, ["PENIPU"] + [""] * 19
    daun = bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai])
    snapshot = Snapshot.objects.get(periode=lama)
    for jumlah in (1, snapshot.jumlah_baris):
        akar = bukti.akar(lama.pk, 1, jumlah, daun)
        isi = bukti.kepala_berkas("baris", bukti.Kepala(lama.pk, 1, jumlah, akar))
        isi |= {"posisi": 0, "medan": bukti.tulis_medan(garam, nilai, ["nama"]), "jalan": []}
        halaman = kalimat(unggah(client, json.dumps(isi).encode()))
        assert ("Tidak dikenal" if jumlah == 1 else "Tidak cocok") in halaman
        assert "PENIPU" not in halaman


def test_the_page_limits_one_address_and_answers_rubbish_politely(client, lama):
    Aturan.objects.filter(kode="periksa_bukti_publik").update(nilai=6)
    for isi in (b"{", b"\xff", b"[" * 60_000, b'{"bukti": 1}'):
        assert unggah(client, isi).status_code == 422
    assert client.post(reverse(PERIKSA), {}).status_code == 422
    assert client.post(reverse(PERIKSA), {"teks": "x" * 20_000}).status_code == 422
    assert unggah(client, b"{}").status_code == 429
    assert client.get(reverse(PERIKSA)).status_code == 200


def test_a_reopened_version_says_that_it_was_replaced(client, lama):
    isi = berkas(client, beri(client, lama))
    Snapshot.objects.filter(periode=lama).update(digantikan=True)
    assert "sudah digantikan" in kalimat(unggah(client, isi))


# --- Copies, the command, the script ------------------------------------------------------------------------------
def salinan(lama, wilayah=make.TALISE) -> dict[str, bytes]:
    ekspor = minta_ekspor(
        periode=lama, wilayah=Kelurahan.objects.get(pk=wilayah) if wilayah else None, oleh=make.budi(),
        jenis="pemilih", bentuk="bukti", penerima="Bawaslu Kota Palu", tujuan="Pencermatan daftar",
    )  # fmt: skip
    ekspor_daftar(Job.objects.get(pk=ekspor.pekerjaan))
    ekspor = EksporDaftar.objects.get(pk=ekspor.pk)
    with zipfile.ZipFile(folder() / ekspor.berkas) as arsip:
        return {nama.rpartition("/")[2]: arsip.read(nama) for nama in arsip.namelist()}


def perintah(*isi: str) -> tuple[list, int]:
    keluar, kode = io.StringIO(), 0
    try:
        call_command("periksa_bukti", *isi, stdout=keluar)
    except SystemExit as galat:
        kode = galat.code
    return json.loads(keluar.getvalue()), kode


def skrip(jalur: Path, akar: str) -> tuple[str, int]:
    hasil = subprocess.run([sys.executable, "-I", SKRIP, jalur, akar], capture_output=True, text=True)
    return hasil.stdout.strip(), hasil.returncode


def test_a_copy_is_a_workbook_and_its_proof_and_every_row_comes_from_the_signed_roll(lama, tmp_path):
    isi = salinan(lama)
    assert sorted(isi) == ["Talise.bukti.json", "Talise.xlsx"]
    for nama, satu in isi.items():
        (tmp_path / nama).write_bytes(satu)
    (hasil,), kode = perintah(str(tmp_path / "Talise.bukti.json"), "--lembar", str(tmp_path / "Talise.xlsx"))
    assert (kode, hasil["hasil"], hasil["baris"], hasil["cocok"], hasil["lembar_berbeda"]) == (0, "sah", 5, 5, [])
    nik = Pendaftaran.objects.values_list("identitas__nik", flat=True)
    assert not any(satu.encode() in isi["Talise.bukti.json"] for satu in nik)
    assert skrip(tmp_path / "Talise.bukti.json", Snapshot.objects.get(periode=lama).akar) == ("SAH", 0)


def test_the_copy_of_the_whole_city_proves_every_voter(lama, tmp_path):
    isi = salinan(lama, wilayah="")
    jumlah = 0
    for nama, satu in isi.items():
        if nama.endswith(".json"):
            hasil = bukti.baca(satu)
            assert hasil.sah
            jumlah += len(hasil.cocok)
    assert jumlah == Snapshot.objects.get(periode=lama).jumlah_baris


def test_the_checker_names_the_forged_row_and_the_changed_sheet(lama, tmp_path):
    isi = salinan(lama)
    data = json.loads(isi["Talise.bukti.json"])
    data["baris"][2][3] = "JL. KARANGAN"
    jalur = tmp_path / "a.json"
    jalur.write_text(json.dumps(data))
    (hasil,), kode = perintah(str(jalur))
    assert (kode, hasil["hasil"], hasil["tidak_cocok"]) == (1, "sebagian", [3])
    akar = Snapshot.objects.get(periode=lama).akar
    assert skrip(jalur, akar) == ("TIDAK SAH, baris [3]", 1)
    jalur.write_bytes(isi["Talise.bukti.json"])
    buku = openpyxl.load_workbook(io.BytesIO(isi["Talise.xlsx"]))
    buku.active.cell(6, 1).value = "ORANG LAIN"
    buku.save(tmp_path / "b.xlsx")
    (hasil,), kode = perintah(str(jalur), "--lembar", str(tmp_path / "b.xlsx"), "--akar", akar)
    assert (kode, hasil["hasil"], hasil["lembar_berbeda"]) == (1, "sah", [2])


def test_script_and_command_agree_on_a_row_and_on_every_damage_to_it(client, lama, tmp_path):
    asli = berkas(client, beri(client, lama))
    akar = Snapshot.objects.get(periode=lama).akar
    jalur = tmp_path / "bukti.json"
    jalur.write_bytes(asli)
    (hasil,), kode = perintah(str(jalur), "--akar", akar)
    assert (kode, hasil["hasil"], hasil["terbuka"]["kelurahan"]) == (0, "sah", orang_beku(lama).kelurahan_id)
    assert skrip(jalur, akar) == ("SAH", 0)
    # Where a row stands follows from its random salt: "another place" is counted from the place it has.
    lain = (json.loads(asli)["posisi"] + 1) % json.loads(asli)["jumlah"]
    for kunci, nilai in (("posisi", lain), ("jumlah", 15), ("periode", "2026-tw4"), ("jalan", []), ("versi", 2)):
        data = json.loads(asli)
        assert data[kunci] != nilai
        jalur.write_text(json.dumps(data | {kunci: nilai}))
        assert perintah(str(jalur), "--akar", akar)[0][0]["hasil"] == "tidak_cocok", kunci
        assert skrip(jalur, akar)[1] == 1, kunci
    jalur.write_bytes(asli)
    assert perintah(str(jalur), "--akar", "0" * 64) == perintah(str(jalur), "--akar", "0" * 64)
    assert perintah(str(jalur), "--akar", "0" * 64)[0][0]["hasil"] == "tidak_dikenal"
    assert skrip(jalur, "0" * 64)[1] == 1


@pytest.mark.parametrize("isi", [None, b"", b"{}", b"bukan"])
def test_a_file_that_cannot_be_read_is_exit_two_and_nothing_written(tmp_path, isi):
    jalur = tmp_path / "x.json"
    if isi is not None:
        jalur.write_bytes(isi)
    with pytest.raises(CommandError) as galat:
        call_command("periksa_bukti", str(jalur))
    assert galat.value.returncode == 2


def test_copies_with_proofs_need_a_frozen_roll(lama):
    kini = Periode.objects.get(status="terbuka")
    with pytest.raises(Refused, match="data beku yang berbukti"):
        salinan(kini)
    with pytest.raises(Refused, match="tujuh kolom"):
        minta_ekspor(
            periode=lama, wilayah=None, oleh=make.budi(), jenis="perubahan", bentuk="bukti", penerima="Bawaslu",
            tujuan="Pencermatan daftar",
        )  # fmt: skip


def test_the_program_for_others_can_be_fetched_and_is_short(client):
    jawaban = client.get(reverse("pdpb:bukti_skrip"))
    assert jawaban.content == SKRIP.read_bytes()
    assert len(jawaban.content.splitlines()) <= 60


def test_the_minutes_state_the_root(lama):
    naskah = naskah_periode(lama)
    teks = "".join(h.extract_text() for h in PdfReader(io.BytesIO(cetak_konsep(naskah).pdf)).pages)
    assert Snapshot.objects.get(periode=lama).akar in "".join(teks.split())
