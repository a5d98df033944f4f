"""The recap of a PPK: read from any layout, held against ours line by line, explained, and never taken over."""

import io
import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from kpupalu.audit.models import Jejak
from kpupalu.imports.berkas import tempat
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from kpupalu.wilayah.models import Kecamatan
from pdpb.actions.periode import bekukan
from pdpb.actions.ppk import jelaskan, muat, muat_ketikan, tarik
from pdpb.models import BarisPPK, PenjelasanPPK, RekapPPK
from pdpb.pekerjaan_cetak import berkas_banding, cetak_banding_ppk
from pdpb.ppk import Keadaan, banding, banding_semua
from pdpb.ppk.cetakan import isi_banding
from pdpb.prapleno import periksa_pleno
from pdpb.publik import rekap_json
from pdpb.rekap import rekap, rekap_beku, rekap_berjalan
from pdpb.selisih.tabel import baca_tabel
from tests import make
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]

MANTIKULORE = "72.71.08"


@pytest.fixture
def per():
    """Talise (Kecamatan Mantikulore): TPS 1 with 3 L and 2 P, TPS 2 with 1 L and 4 P; one of them struck since."""
    for n in range(4):
        make.pemilih(nama=f"L {n}", jenis_kelamin="L", nomor_tps=1)
    for n in range(2):
        make.pemilih(nama=f"P {n}", jenis_kelamin="P", nomor_tps=1)
    make.pemilih(nama="L LAIN", jenis_kelamin="L", nomor_tps=2)
    for n in range(4):
        make.pemilih(nama=f"P LAIN {n}", jenis_kelamin="P", nomor_tps=2)
    satu = make.selesai_daftar()
    versi = make.Pendaftaran.objects.aktif().get(nama="L 0")
    make.setuju([make.usul("meninggal", versi, per=satu)], satu)
    return satu


def mantikulore():
    return Kecamatan.objects.get(pk=MANTIKULORE)


def berkas(isi: str | bytes, nama: str = "rekap.csv") -> ContentFile:
    return ContentFile(isi.encode() if isinstance(isi, str) else isi, name=nama)


def terima(per, isi, nama: str = "rekap.csv", **lain):
    return muat(per, mantikulore(), berkas(isi, nama), oleh=make.sari(), **lain)[0]


def hasil(satu, per):
    return {b.kunci: b for b in banding(satu, rekap(per)).baris}


COCOK = (
    "No;Kelurahan;TPS;L;P;Jumlah\r\n(1);(2);(3);(4);(5);(6)\r\n1;Talise;001;3;2;5\r\n2;;002;1;4;5\r\n"
    "JUMLAH;;;4;6;10\r\n"
)


# --- Reading ------------------------------------------------------------------------------------------------------
def _xlsx(baris: list[list]) -> bytes:
    buku, isi = Workbook(), io.BytesIO()
    for satu in baris:
        buku.active.append(satu)
    buku.save(isi)
    return isi.getvalue()


LAYOUT = {
    "tps": (COCOK, "rekap.csv"),
    "satu kolom": ("Wilayah;Laki-laki;Perempuan;L+P\nKelurahan Talise;4;6;10\nTPS 1;3;2;5\nTPS 2;1;4;5\n"
        "Jumlah;4;6;10\n", "r.csv"),
    "judul dua baris": (
        _xlsx([
            ["REKAPITULASI PPK MANTIKULORE"], [],
            ["No", "Nama Kelurahan", "No. TPS", "Pemilih Sekarang", None, None],
            [None, None, None, "L", "P", "L+P"],
            [1, "TALISE", 1, 3, 2, 5], [2, None, 2, 1, 4, 5], ["JUMLAH", None, None, 4, 6, 10],
        ]), "r.xlsx",
    ),
    "subtotal": (
        "Kelurahan,TPS,L,P,Jumlah\nTalise,TPS 001,3,2,5\nTalise,TPS 002,1,4,5\nJumlah Kelurahan Talise,,4,6,10\n"
        "Jumlah Kecamatan,,4,6,10\n", "r.csv",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bentuk", LAYOUT)
def test_any_layout_is_read_to_the_same_lines(per, bentuk):
    isi, nama = LAYOUT[bentuk]
    h = hasil(terima(per, isi, nama), per)
    assert {f"{make.TALISE}/001", f"{make.TALISE}/002", MANTIKULORE} <= h.keys()
    assert {b.keadaan for b in h.values()} == {Keadaan.SAMA}
    assert h[MANTIKULORE].sekarang == [(4, 4), (6, 6), (10, 10)]


def test_columns_of_changes_are_compared_too(per):
    h = hasil(terima(per, "Kelurahan;Baru;TMS;Perbaikan;L;P\nTalise;0;1;2;4;6\n"), per)
    assert [(b.kolom, b.jk, b.kita, b.ppk) for b in h[make.TALISE].beda] == [("ubah", "total", 0, 2)]


def test_a_total_of_changed_rows_is_not_taken_for_voters(per):
    h = hasil(terima(per, "Kelurahan;Pemilih Baru;TMS;Perbaikan;Total\nTalise;0;1;0;1\n"), per)
    assert h[make.TALISE].keadaan == Keadaan.SAMA
    dok = baca_tabel("Kecamatan\tBaru\tTMS\tPerbaikan\tTotal\nA\t1\t2\t3\t6")[0]
    assert {s.kolom for s in dok.angka} == {"baru", "tms", "ubah", "perubahan"}


def test_the_json_of_published_recaps_is_read(per):
    satu = terima(per, json.dumps(rekap_json(rekap(per))), "rekap.json")
    semua = hasil(satu, per)
    assert f"{make.TALISE}/001" in semua
    assert {b.keadaan for b in semua.values()} == {Keadaan.SAMA}
    with pytest.raises(Refused, match="bukan Triwulan"):
        terima(per, Path("pdpb/data/rekap-publik/palu-2022-tw3.json").read_text(), "lama.json")


@pytest.mark.parametrize(
    ("isi", "nama", "kata"),
    [
        ("Kelurahan;L;P\nLere;1;2\n", "r.csv", "tidak menyebut satu pun kelurahan"),
        ("Kelurahan;L;P\nTalise;satu;2\n", "r.csv", "bukan jumlah pemilih"),
        ("Kelurahan;L;P\nTalise;-3;2\n", "r.csv", "negatif"),
        ("Nama saja;isi\nTalise;x\n", "r.csv", "tidak dikenali"),
        ("Kelurahan;L;Laki-laki\nTalise;1;2\n", "r.csv", "sama artinya"),
        ("{", "r.json", "JSON"),
        (b"%PDF-1.7", "r.pdf", "CSV"),
    ],
)
def test_what_is_no_recap_is_refused_and_leaves_the_version_in_force(per, isi, nama, kata):
    lama = terima(per, COCOK)
    with pytest.raises(Refused, match=kata):
        terima(per, isi, nama)
    assert list(RekapPPK.objects.berlaku()) == [lama]


# --- Comparing ----------------------------------------------------------------------------------------------------
def test_each_line_says_same_different_missing_unknown_or_twice(per):
    h = hasil(terima(per, "Kelurahan;TPS;L;P\nTalise;1;3;3\nTalise;77;1;1\nTalise;1;3;2\nEntah;1;9;9\n"), per)
    keadaan = {b.tulisan: b.keadaan for b in h.values()}
    assert keadaan["Kel. Talise, TPS 001"] == Keadaan.BEDA
    assert keadaan["Kel. Talise, TPS 002"] == Keadaan.TIDAK_ADA
    assert sorted(b.keadaan for b in h.values()) == ["asing", "asing", "beda", "kembar", "tidak_ada"]
    assert h[f"{make.TALISE}/001"].beda[0].kalimat == "pemilih sekarang P: PPK 3, kita 2 (lebih 1)"


@pytest.mark.parametrize(
    ("baris", "sebab"),
    [
        ("Talise;5;6;11", "belum memuat perubahannya"),
        ("Talise;6;4;10", "tertukar"),
        ("Talise;4;60;64", "digit"),
    ],
)
def test_the_likely_cause_is_named(per, baris, sebab):
    h = hasil(terima(per, f"Kelurahan;L;P;Jumlah\n{baris}\n"), per)
    assert sebab in h[make.TALISE].sebab


def test_voters_counted_at_another_tps_are_recognised(per):
    h = hasil(terima(per, "Kelurahan;TPS;L;P\nTalise;1;2;2\nTalise;2;2;4\n"), per)
    assert all("TPS lain" in h[f"{make.TALISE}/00{n}"].sebab for n in (1, 2))


def test_what_does_not_add_up_inside_the_recap_is_said(per):
    satu = terima(per, "Kelurahan;L;P;Jumlah\nTalise;4;6;11\n")
    assert any("laki-laki + perempuan" in p.aturan for p in banding(satu, rekap(per)).dalam)


def test_nothing_of_ours_changes_and_a_frozen_version_is_compared_too(per):
    lama = rekap_berjalan(per).kota
    satu = terima(per, "Kelurahan;L;P\nTalise;400;600\n")
    assert rekap_berjalan(per).kota == lama
    beku = bekukan(per, oleh=make.budi())
    per.refresh_from_db()
    assert hasil(satu, per)[make.TALISE].keadaan == Keadaan.BEDA
    baru = terima(per, COCOK)
    assert baru.versi == 2
    assert {b.keadaan for b in hasil(baru, per).values()} == {Keadaan.SAMA}
    assert rekap(per).snapshot == beku


# --- Versions, explanations ---------------------------------------------------------------------------------------
def test_the_same_bytes_change_nothing_and_others_are_the_next_version(per):
    satu = terima(per, COCOK)
    assert muat(per, mantikulore(), berkas(COCOK), oleh=make.wati()) == (satu, False)
    dua = terima(per, COCOK.replace("10", "11"))
    satu.refresh_from_db()
    assert (satu.status, dua.versi, dua.status) == ("digantikan", 2, "berlaku")
    assert tempat(satu.berkas).read_bytes() == COCOK.encode()
    assert terima(per, COCOK).versi == 3, "going back to earlier bytes is a new version"
    assert BarisPPK.objects.filter(rekap=satu).count() == 3
    assert Jejak.objects.filter(tindakan="pdpb.muat_rekap_ppk").count() == 3


def test_typed_figures_have_a_sealed_original(per):
    satu, _ = muat_ketikan(
        per, mantikulore(), {make.TALISE: {"l": 4, "p": 6, "tms": 1}}, oleh=make.sari(), asal="BA PPK 3/2026"
    )
    assert hasil(satu, per)[make.TALISE].keadaan == Keadaan.SAMA
    assert tempat(satu.berkas).read_text().splitlines()[1] == f"{make.TALISE};4;6;;1;"
    with pytest.raises(Refused, match="Belum ada angka"):
        muat_ketikan(per, mantikulore(), {make.TALISE: {}}, oleh=make.sari(), asal="BA PPK 3/2026")


def test_an_explanation_holds_until_the_line_shows_something_else(per):
    satu = terima(per, "Kelurahan;L;P\nTalise;5;6\n")
    assert banding(satu, rekap(per)).belum == 1
    assert jelaskan(satu, [make.TALISE], jenis="penjelasan", isi="Belum memuat akta terakhir", oleh=make.sari()) == 1
    assert banding(satu, rekap(per)).belum == 0
    sama = terima(per, "No;Kelurahan;L;P\n1;Talise;5;6\n")
    assert banding(sama, rekap(per)).belum == 0, "a new version that says the same needs no new words"
    lain = terima(per, "Kelurahan;L;P\nTalise;7;6\n")
    b = hasil(lain, per)[make.TALISE]
    assert b.perlu
    assert b.penjelasan.isi == "Belum memuat akta terakhir"
    assert PenjelasanPPK.objects.count() == 1


def test_only_their_people_act(per):
    satu = terima(per, "Kelurahan;L;P\nTalise;5;6\n")
    for oleh in (make.dewi(), make.orang("fatma", "bawaslu")):
        with pytest.raises(Refused, match="berwenang"):
            muat(per, mantikulore(), berkas(COCOK), oleh=oleh)
        with pytest.raises(Refused, match="berwenang"):
            jelaskan(satu, [make.TALISE], jenis="penjelasan", isi="Sudah diperiksa", oleh=oleh)
        with pytest.raises(Refused, match="berwenang"):
            tarik(satu, alasan="Salah kecamatan", oleh=oleh)
    with pytest.raises(Refused, match="Tidak ada baris"):
        jelaskan(satu, ["bukan kunci"], jenis="penjelasan", isi="Sudah diperiksa", oleh=make.sari())
    tarik(satu, alasan="Rekap triwulan lain", oleh=make.wati())
    assert not banding_semua(per, rekap(per))
    with pytest.raises(Refused, match="ditarik"):
        jelaskan(satu, [make.TALISE], jenis="penjelasan", isi="Sudah diperiksa", oleh=make.sari())


def test_the_check_before_the_pleno_remarks_and_never_blocks(per):
    def butir():
        kelompok = next(k for k in periksa_pleno(per) if k.judul == "Rekap PPK")
        return [(b.judul, b.keadaan.value, b.kalimat) for b in kelompok.butir]

    assert "tidak wajib" in butir()[0][2]
    satu = terima(per, "Kelurahan;L;P\nTalise;5;6\n")
    assert "1 belum dijelaskan" in butir()[0][2]
    jelaskan(satu, [make.TALISE], jenis="tindak_lanjut", isi="Minta PPK menghitung ulang", oleh=make.sari())
    assert "tindak lanjut belum ditutup" in butir()[0][2]
    jelaskan(satu, [make.TALISE], jenis="penjelasan", isi="PPK sudah memperbaikinya", oleh=make.sari())
    assert "sudah dijelaskan" in butir()[0][2]
    bekukan(per, oleh=make.budi())


# --- Pages --------------------------------------------------------------------------------------------------------
def test_the_pages_from_upload_to_explanation_and_file(client, per):
    sebagai(client, make.sari())
    assert "Belum ada rekap PPK" in kalimat(client.get(reverse("pdpb:ppk_daftar")))
    alamat = reverse("pdpb:ppk_unggah", args=[per.pk])
    data = {"kecamatan": MANTIKULORE, "berkas": berkas("Kelurahan;L;P\nTalise;5;6\n"), "asal": "BA 3"}
    jawaban = client.post(alamat, data)
    satu = RekapPPK.objects.get()
    assert jawaban["Location"] == satu.get_absolute_url()
    halaman = kalimat(client.get(satu.get_absolute_url()))
    assert "belum memuat perubahannya" in halaman
    assert "pemilih sekarang L: PPK 5, kita 4 (lebih 1)" in halaman
    jawab = client.post(
        reverse("pdpb:ppk_jelaskan", args=[satu.pk]), {"jenis": "penjelasan", "isi": "Sudah dicek ulang"}
    )
    assert jawab.status_code == 422
    assert "Tidak ada baris tercentang" in kalimat(jawab)
    isi = {"jenis": "penjelasan", "isi": "Akta terbit sesudah rekap PPK", "baris": [make.TALISE]}
    assert client.post(reverse("pdpb:ppk_jelaskan", args=[satu.pk]), isi).status_code == 302
    sebagai(client, make.orang("fatma", "bawaslu"))
    lembar = load_workbook(io.BytesIO(client.get(reverse("pdpb:ppk_xlsx", args=[satu.pk])).content)).active
    baris = [[s.value for s in b] for b in lembar.iter_rows()]
    assert baris[4][:5] == ["Kel. Talise", "Kelurahan", 2, 5, 6]
    assert baris[4][-1] == "Penjelasan: Akta terbit sesudah rekap PPK"
    assert client.get(reverse("pdpb:ppk_asli", args=[satu.pk])).status_code == 404
    assert 'name="baris"' not in kalimat(client.get(satu.get_absolute_url()))


def test_the_comparison_on_paper_names_everything_and_who_compared(client, per, tmp_path):
    """Asked on the page, printed by its job, fetched by whoever asked and by nobody else."""
    satu = terima(
        per, "Kelurahan;TPS;L;P;Jumlah\nTalise;1;4;2;7\nTalise;2;1;4;5\nEntah;1;9;9;18\n", asal="BA PPK 3/2026"
    )
    jelaskan(satu, [f"{make.TALISE}/001"], jenis="tindak_lanjut", isi="Minta PPK menghitung ulang", oleh=make.wati())
    sebagai(client, make.orang("fatma", "bawaslu"))
    alamat = reverse("pdpb:ppk_cetak", args=[satu.pk])
    assert alamat in kalimat(client.get(satu.get_absolute_url()))
    assert client.get(alamat).status_code == 405
    job = Job.objects.get(pk=client.post(alamat)["Location"].split("/")[-2])
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=cetak_banding_ppk(job), selesai_pada=sekarang())
    unduh = client.get(reverse("pdpb:ppk_cetakan_unduh", args=[job.pk]))
    (tmp_path / "a.pdf").write_bytes(b"".join(unduh))
    perintah = ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"]
    teks = " ".join(subprocess.run(perintah, capture_output=True, text=True, check=True).stdout.split())
    for kata in ("Bukan berita acara", "Kecamatan Mantikulore", "BA PPK 3/2026", satu.sha256, "ANGKA BERJALAN",
                 f"Dibandingkan oleh {job.requested_by}", f"Dicetak oleh {job.requested_by}", "tidak cocok di dalam",
                 "Entah", "Tindak lanjut: Minta PPK", str(make.wati())):  # fmt: skip
        assert kata in teks, kata
    assert PdfReader(tmp_path / "a.pdf").root_object["/MarkInfo"]["/Marked"]
    halaman = kalimat(client.get(reverse("pdpb:ppk_cetakan", args=[job.pk])))
    assert sha256((tmp_path / "a.pdf").read_bytes()).hexdigest() in halaman
    sebagai(client, make.sari())
    for nama in ("ppk_cetakan", "ppk_cetakan_unduh"):
        assert client.get(reverse(f"pdpb:{nama}", args=[job.pk])).status_code == 404, "somebody else's print"
    sebagai(client, job.requested_by)
    berkas_banding(job).unlink()
    assert client.get(reverse("pdpb:ppk_cetakan_unduh", args=[job.pk]))["Location"] == satu.get_absolute_url()


def test_a_frozen_version_is_printed_with_its_digest(per):
    satu = terima(per, COCOK)
    beku = bekukan(per, oleh=make.budi())
    isi = isi_banding(banding(satu, rekap_beku(beku)), rekap_beku(beku), oleh="Sari")
    assert beku.digest in isi["sumber"]
    assert dict(isi["ringkasan"])["Sama"] == len(isi["baris"]) == 3


def test_typing_keeps_what_was_typed_when_something_is_wrong(client, per):
    sebagai(client, make.wati())
    alamat = reverse("pdpb:ppk_ketik", args=[per.pk, MANTIKULORE])
    jawaban = client.post(alamat, {f"l-{make.TALISE}": "empat", f"p-{make.TALISE}": "6", "asal": "BA PPK 3/2026"})
    assert jawaban.status_code == 422
    assert 'value="empat"' in kalimat(jawaban)
    isi = {f"l-{make.TALISE}": "4", f"p-{make.TALISE}": "6", "asal": "BA PPK 3/2026"}
    assert client.post(alamat, isi).status_code == 302
    assert RekapPPK.objects.get().cara == "ketik"
