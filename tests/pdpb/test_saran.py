"""Saran perbaikan: reading Bawaslu's lists, matching, answering name by name, two people, and what Bawaslu sees."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.surat.keluar import siapkan_surat
from kpupalu.surat.models import SuratKeluar
from pdpb.actions import jawaban_saran as jawaban
from pdpb.actions import saran as tindakan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.beranda import kartu
from pdpb.models import ButirSaran, LembarJawaban, Perubahan, SaranPerbaikan
from pdpb.pekerjaan_cetak import berkas_jawaban, cetak_jawaban_saran
from pdpb.saran import calon
from pdpb.saran.bacaan import baca_nik
from tests import make
from tests.pdpb.isian import isian_baru, kalimat, sebagai
from tests.pdpb.surat_bawaslu import KEPALA, butir, daftar_xlsx, pindaian, surat, surat_bernama, terkonfirmasi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
S, J = SaranPerbaikan.Status, ButirSaran.Jawaban
ALASAN = "Tidak ada dokumen kematian"


@pytest.fixture
def per():
    return make.periode()


@pytest.fixture
def versi(per):
    daftar = [make.pemilih(nama=f"CONTOH {n}", jenis_kelamin="LP"[n % 2]) for n in range(4)]
    make.selesai_daftar(per)
    return daftar


def fatma():
    return make.orang("fatma", "bawaslu")


# --- Reading ------------------------------------------------------------------------------------------------------
def test_a_list_in_bawaslus_layout_is_read_with_its_row_numbers(versi):
    satu = surat_bernama(*versi[:2])
    b = butir(satu, 2)
    assert (b.nama, b.baris, b.identitas.nik, b.kelurahan_id) == ("CONTOH 1", 4, versi[1].identitas.nik, make.TALISE)
    assert (b.klaim, b.dugaan_id) == ("Meninggal dunia", "meninggal")


def test_csv_with_hashes_and_a_full_birth_place_cell_is_read_too(versi):
    isi = f"NAMA#TTL#KELURAHAN#SARAN PERBAIKAN\n{versi[0].nama}#PALU, 17-08-1990#Talise#Belum terdaftar\n"
    satu = surat(SimpleUploadedFile("saran.csv", isi.encode()))
    tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())
    b = butir(satu)
    assert (f"{b.tanggal_lahir}", b.dugaan_id, b.identitas) == ("1990-08-17", "tercecer", None)


def test_the_same_list_twice_adds_nobody(versi):
    satu = surat_bernama(*versi)
    ulang = tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())
    assert (ulang.baru, ulang.sudah) == (0, 4)
    assert satu.butir.count() == 4


def test_the_same_bytes_uploaded_again_are_the_same_list(versi):
    berkas = daftar_xlsx([[1, "A CONTOH", "", "", "Talise", "", "Meninggal"]])
    satu = surat(berkas)
    berkas.seek(0)
    assert tindakan.tambah_daftar(satu, berkas, oleh=make.sari()) == satu.daftar.get()


def test_a_corrected_list_adds_only_what_is_new(versi):
    satu = surat_bernama(versi[0])
    baris = [[n, v.nama, v.identitas.nik, "001", "Talise", "", "Meninggal dunia"] for n, v in enumerate(versi[:2])]
    hasil = tindakan.baca_daftar(tindakan.tambah_daftar(satu, daftar_xlsx(baris), oleh=make.sari()), oleh=make.sari())
    assert (hasil.baru, hasil.sudah) == (1, 1)


def test_rows_without_anybody_are_named_and_the_rest_is_read(versi):
    satu = surat(daftar_xlsx([[1, "", "", "", "Talise", "", "Meninggal"], [2, "ADA NAMA", "", "", "", "", "Ganda"]]))
    hasil = tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())
    assert (hasil.baru, hasil.buruk) == (1, 1)
    assert satu.daftar.get().ringkasan["buruk"][0][0] == 3


@pytest.mark.parametrize(
    ("teks", "angka", "nik", "kata"),
    [
        ("7271011708909001", False, "7271011708909001", ""),
        (" 7271 0117 0890 9001 ", False, "7271011708909001", ""),
        ("'7271011708909001", False, "7271011708909001", ""),
        ("7271011708909000", True, "", "angka"),
        ("7,27101E+15", False, "", "angka"),
        ("72710117089090", False, "", "16 angka"),
        ("٧٢٧١٠١١٧٠٨٩٠٩٠٠١", False, "", "16 angka"),
        ("", False, "", ""),
    ],
)
def test_a_spoiled_nik_is_left_out_and_said_so(teks, angka, nik, kata):
    hasil = baca_nik(teks, angka=angka)
    assert hasil[0] == nik
    assert kata in hasil[1]


@pytest.mark.parametrize(
    ("nama", "isi", "kata"),
    [
        ("kosong.csv", b"", "kosong"),
        ("gambar.csv", b"\x89PNG\r\n\x1a\n0000", "gambar"),
        ("surat.pdf", b"%PDF-1.7", "bukan CSV atau XLSX"),
        ("tanpa-judul.csv", b"satu;dua\n3;4\n", "tidak dikenali"),
        ("rusak.xlsx", b"PK\x03\x04 rusak", "rusak"),
    ],
)
def test_a_wrong_file_is_refused_and_no_letter_is_left(versi, nama, isi, kata):
    with pytest.raises(Refused, match=kata), transaction.atomic():
        surat(SimpleUploadedFile(nama, isi))
    assert not SaranPerbaikan.objects.exists()


def test_a_list_without_one_name_is_refused(versi):
    satu = surat(daftar_xlsx([]))
    with pytest.raises(Refused, match="tidak memuat satu nama pun"):
        tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())


def test_a_column_chosen_twice_or_unknown_is_refused(versi):
    daftar = surat(daftar_xlsx([[1, "A CONTOH", "", "", "", "", "Ganda"]])).daftar.get()
    for pemetaan in ({"nama": "NAMA PEMILIH", "alamat": "NAMA PEMILIH"}, {"nama": "TIDAK ADA"}):
        with pytest.raises(Refused):
            tindakan.baca_daftar(daftar, oleh=make.sari(), pemetaan=pemetaan)


def test_a_choice_of_columns_is_remembered_for_the_next_letter(versi):
    kepala = ["NO", "YANG DIMAKSUD", "NAMA", "ALAMAT", "HAL"]
    daftar = surat(daftar_xlsx([[1, "A CONTOH", "x", "y", "Meninggal"]], kepala)).daftar.get()
    pemetaan = {"nama": "YANG DIMAKSUD", "kategori": "HAL"}
    tindakan.baca_daftar(daftar, oleh=make.sari(), pemetaan=pemetaan)
    lagi = surat(daftar_xlsx([[1, "B CONTOH", "x", "y", "Ganda"]], kepala), nomor="116/PM").daftar.get()
    assert lagi.ringkasan["pemetaan"] == pemetaan


def test_one_letter_is_recorded_once(versi):
    surat()
    with pytest.raises(Refused, match="sudah dicatat"):
        surat()


def test_the_target_day_comes_from_the_dated_rule(versi):
    satu = surat()
    assert satu.tenggat == hari_ini() + timedelta(days=7)
    Aturan.objects.filter(kode="target_jawab_saran").update(nilai=8)
    assert surat(nomor="lain").tenggat == hari_ini() + timedelta(days=8)


# --- Who it is ----------------------------------------------------------------------------------------------------
def test_equal_nik_and_name_are_accepted_together_and_nothing_else(versi):
    baris = [
        [1, versi[0].nama, versi[0].identitas.nik, "", "Talise", "", "Ganda"],
        [2, "NAMA LAIN", versi[1].identitas.nik, "", "Talise", "", "Ganda"],
        [3, versi[2].nama, "", "", "Talise", "", "Ganda"],
    ]
    satu = surat(daftar_xlsx(baris))
    tindakan.baca_daftar(satu.daftar.get(), oleh=make.sari())
    assert tindakan.cocokkan_pasti(satu, oleh=make.sari()) == 1
    assert butir(satu, 1).pemilih_id == versi[0].pemilih_id
    assert butir(satu, 2).pemilih is None


def test_suggestions_come_by_nik_then_name_and_birth_date(versi):
    make.pemilih(nama="CONTOH NOL", tanggal_lahir=versi[0].tanggal_lahir)
    satu = surat_bernama(versi[0])
    assert calon(butir(satu))[0].alasan == "NIK sama, nama sama, kelurahan sama"
    tanpa = tindakan.tambah_nama(
        satu, oleh=make.sari(), nama="CONTOH NOLL", tanggal_lahir=versi[0].tanggal_lahir, klaim="Meninggal"
    )
    assert calon(tanpa)[0].versi.nama == "CONTOH NOL"


def test_somebody_struck_off_is_still_suggested(per, versi):
    make.setuju([make.usul("meninggal", versi[0], per=per)], per)
    ketemu = calon(butir(surat_bernama(versi[0])))
    assert ketemu[0].versi.pemilih_id == versi[0].pemilih_id
    assert not ketemu[0].aktif


# --- Answers ------------------------------------------------------------------------------------------------------
def cocok(satu, v, urut=1):
    return tindakan.cocokkan(butir(satu, urut), v.pemilih, oleh=make.sari())


def test_a_proposal_from_a_name_carries_bawaslus_evidence_and_answers_it(per, versi):
    satu = surat_bernama(versi[0])
    b = cocok(satu, versi[0])
    p = jawaban.usulkan_dari(b, make.kategori("meninggal"), periode=per, oleh=make.sari(), bukti=make.bukti())
    assert (p.bukti.sumber_informasi, p.pemilih_id) == ("bawaslu", versi[0].pemilih_id)
    assert satu.nomor in p.bukti.surat_pengantar
    b = butir(satu)
    assert (b.jawaban, b.perubahan_id, b.sebelumnya) == (J.DITINDAKLANJUTI, p.pk, False)
    assert b.uraian == f"Perubahan no. {p.pk} (Meninggal), Triwulan IV Tahun 2026: diusulkan."


def test_a_change_from_before_the_letter_answers_that_it_was_done(per, versi):
    p = make.usul("meninggal", versi[0], per=per)
    satu = surat_bernama(versi[0])
    SaranPerbaikan.objects.filter(pk=satu.pk).update(diterima=hari_ini() + timedelta(days=1))
    cocok(satu, versi[0])
    assert jawaban.tautkan_yang_ada(satu, oleh=make.sari()) == 1
    assert butir(satu).uraian == (
        f"Sudah dilakukan sebelumnya, perubahan no. {p} (Meninggal), Triwulan IV Tahun 2026: diusulkan."
    )


def test_another_kind_of_change_is_not_taken_for_the_one_asked_for(per, versi):
    make.usul("pindah_domisili", versi[0], per=per)
    satu = surat_bernama(versi[0])
    cocok(satu, versi[0])
    assert jawaban.tautkan_yang_ada(satu, oleh=make.sari()) == 0


@pytest.mark.parametrize("pilihan", [J.BELUM, J.TIDAK])
def test_no_and_not_yet_need_a_reason(versi, pilihan):
    satu = surat_bernama(versi[0])
    with pytest.raises(Refused, match="paling sedikit 10 huruf"):
        jawaban.jawab(butir(satu), pilihan, oleh=make.sari(), alasan="tidak")
    assert jawaban.jawab(butir(satu), pilihan, oleh=make.sari(), alasan=ALASAN).alasan == ALASAN


def test_a_nik_in_a_reason_is_masked(versi):
    satu = surat_bernama(versi[0])
    b = jawaban.jawab(butir(satu), J.BELUM, oleh=make.sari(), alasan="NIK 7271011708909001 belum padan")
    assert "7271011708909001" not in b.alasan


def test_the_change_of_somebody_else_or_a_rejected_one_is_no_answer(per, versi):
    satu = surat_bernama(versi[0])
    b = cocok(satu, versi[0])
    lain = Perubahan.objects.get(pk=make.usul("meninggal", versi[1], per=per))
    with pytest.raises(Refused, match="orang lain"):
        jawaban.jawab(b, J.DITINDAKLANJUTI, oleh=make.sari(), perubahan=lain)
    sendiri = make.usul("meninggal", versi[0], per=per)
    ambil_langkah([sendiri], "tolak", oleh=make.wati(), periode=per, catatan="Orangnya masih hidup")
    with pytest.raises(Refused, match="ditolak"):
        jawaban.jawab(b, J.DITINDAKLANJUTI, oleh=make.sari(), perubahan=Perubahan.objects.get(pk=sendiri))


def test_many_names_are_proposed_at_once_and_those_that_cannot_say_why(per, versi):
    satu = surat_bernama(*versi)
    make.usul("meninggal", versi[0], per=per)
    tindakan.cocokkan_pasti(satu, oleh=make.sari())
    hasil = jawaban.usulkan_banyak(satu, periode=per, oleh=make.sari(), bukti=None)
    assert (hasil.berhasil, sum(hasil.ditolak.values())) == (3, 1)
    assert "sudah ada pada periode ini" in next(iter(hasil.ditolak))
    assert Perubahan.objects.filter(bukti=None).count() == 3


def test_the_database_itself_refuses_an_answer_without_its_ground(versi):
    satu = surat_bernama(versi[0])
    for isi in ({"jawaban": "tidak"}, {"jawaban": "ditindaklanjuti"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ButirSaran.objects.filter(surat=satu).update(**isi)


# --- The sheet ----------------------------------------------------------------------------------------------------
def test_a_sheet_is_confirmed_by_somebody_else_and_only_when_every_name_is_answered(versi):
    satu = surat_bernama(versi[0], versi[1])
    jawaban.jawab(butir(satu), J.TIDAK, oleh=make.sari(), alasan=ALASAN)
    with pytest.raises(Refused, match="1 dari 2 nama belum dijawab"):
        jawaban.ajukan(satu, oleh=make.sari())
    jawaban.jawab(butir(satu, 2), J.TIDAK, oleh=make.sari(), alasan=ALASAN)
    jawaban.ajukan(satu, oleh=make.sari())
    rangkap = make.orang("rangkap", "operator", "kasubbag_rendatin")
    ButirSaran.objects.filter(surat=satu, urut=2).update(dijawab_oleh=rangkap)
    with pytest.raises(Refused, match="jawabannya sendiri"):
        jawaban.konfirmasi(satu, oleh=rangkap)
    with pytest.raises(Refused, match="tidak berwenang"):
        jawaban.konfirmasi(satu, oleh=make.wati())
    assert jawaban.konfirmasi(satu, oleh=make.budi()).versi == 1
    with pytest.raises(Refused, match="tidak sedang menunggu"):
        jawaban.konfirmasi(satu, oleh=make.budi())


def test_what_was_sent_back_can_be_answered_again_and_says_why(versi):
    satu = surat_bernama(versi[0])
    jawaban.jawab(butir(satu), J.TIDAK, oleh=make.sari(), alasan=ALASAN)
    jawaban.ajukan(satu, oleh=make.sari())
    with pytest.raises(Refused):
        jawaban.jawab(butir(satu), J.BELUM, oleh=make.sari(), alasan=ALASAN)
    jawaban.kembalikan(satu, oleh=make.budi(), alasan="Alasan nama pertama kurang jelas")
    assert jawaban.jawab(butir(satu), J.BELUM, oleh=make.sari(), alasan=ALASAN).jawaban == J.BELUM


def test_a_confirmed_sheet_stays_as_it_was_and_a_supplement_is_the_next(per, versi):
    satu = surat_bernama(versi[0])
    jawaban.jawab(butir(satu), J.BELUM, oleh=make.sari(), alasan=ALASAN)
    pertama = terkonfirmasi(satu)
    jawaban.buka_susulan(SaranPerbaikan.objects.get(pk=satu.pk), oleh=make.sari())
    cocok(satu, versi[0])
    jawaban.jawab(butir(satu), "", oleh=make.sari())
    jawaban.usulkan_dari(butir(satu), make.kategori("meninggal"), periode=per, oleh=make.sari())
    kedua = terkonfirmasi(satu)
    assert (pertama.versi, kedua.versi) == (1, 2)
    assert LembarJawaban.objects.get(versi=1).isi[0]["jawaban"] == "belum"
    with pytest.raises(Refused, match="dijawab tuntas"):
        jawaban.buka_susulan(SaranPerbaikan.objects.get(pk=satu.pk), oleh=make.sari())


def test_an_answer_whose_change_was_rejected_since_holds_the_sheet_back(per, versi):
    satu = surat_bernama(versi[0])
    p = jawaban.usulkan_dari(cocok(satu, versi[0]), make.kategori("meninggal"), periode=per, oleh=make.sari())
    ambil_langkah([p.pk], "tolak", oleh=make.wati(), periode=per, catatan="Orangnya masih hidup")
    with pytest.raises(Refused, match="sudah ditolak atau ditarik"):
        jawaban.ajukan(satu, oleh=make.sari())


def test_the_sheet_on_paper_and_as_a_table_holds_every_name_and_no_number_of_a_person(client, versi):
    satu = surat_bernama(*versi)
    for n in range(1, 5):
        jawaban.jawab(butir(satu, n), J.TIDAK, oleh=make.sari(), alasan=f"{ALASAN} =HYPERLINK {n}")
    lembar = terkonfirmasi(satu)
    sebagai(client, fatma())
    buku = openpyxl.load_workbook(io.BytesIO(client.get(reverse("pdpb:saran_xlsx", args=[lembar.pk])).content))
    teks = [[str(s.value) for s in b] for b in buku.active.iter_rows()]
    assert [b[2] for b in teks[3:]] == [v.nama for v in versi]
    tujuan = client.post(reverse("pdpb:saran_cetak", args=[lembar.pk]))["Location"]
    job = Job.objects.get(pk=int(tujuan.rstrip("/").split("/")[-1]))
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=cetak_jawaban_saran(job), selesai_pada=sekarang())
    pdf = " ".join(h.extract_text() for h in PdfReader(io.BytesIO(berkas_jawaban(job).read_bytes())).pages)
    for v in versi:
        assert v.nama in pdf
        assert v.identitas.nik not in pdf + str(teks)
        assert v.identitas.nik[-6:] not in pdf + str(teks)
    assert client.get(reverse("pdpb:saran_cetakan", args=[job.pk])).status_code == 200
    assert client.get(reverse("pdpb:saran_unduh", args=[job.pk])).status_code == 200
    sebagai(client, make.orang("lain", "bawaslu"))
    assert client.get(reverse("pdpb:saran_unduh", args=[job.pk])).status_code == 404


def test_the_letter_carries_the_sheet_and_its_number_stands_where_the_sheet_is_read(client, versi):
    """One letter a sheet, in the common book; the print of the sheet and Bawaslu's page name its number."""
    satu = surat_bernama(*versi)
    for n in range(1, 5):
        jawaban.jawab(butir(satu, n), J.TIDAK, oleh=make.sari(), alasan=ALASAN)
    lembar = terkonfirmasi(satu)
    make.komisioner()
    sebagai(client, make.budi())
    alamat = reverse("pdpb:saran_surat", args=[lembar.pk])
    tujuan = client.post(alamat)["Location"]
    assert client.post(alamat)["Location"] == tujuan
    keluar = SuratKeluar.objects.get()
    assert [t.instansi.nama for t in keluar.tujuan.all()] == ["Bawaslu Kota Palu"]
    pdf = client.get(reverse("surat:keluar_konsep", args=[keluar.pk])).content
    teks = " ".join(" ".join(h.extract_text() for h in PdfReader(io.BytesIO(pdf)).pages).split())
    assert satu.nomor in teks
    assert "Tidak ditindaklanjuti : 4 nama" in teks
    for v in versi:
        assert v.nama in teks
        assert v.identitas.nik[-6:] not in teks
    naskah = siapkan_surat(keluar, by=make.budi()).naskah
    assert [b[2] for b in naskah.isi["tabel"]["baris"]] == [v.nama for v in versi]
    assert naskah.nomor in kalimat(client.get(satu.get_absolute_url()))
    job = Job.objects.create(kind="pdpb.cetak_jawaban_saran", params={"lembar": lembar.pk}, requested_by=make.budi())
    cetak_jawaban_saran(job)
    cetakan = PdfReader(io.BytesIO(berkas_jawaban(job).read_bytes())).pages[0].extract_text()
    assert naskah.nomor in " ".join(cetakan.split())
    sebagai(client, fatma())
    assert naskah.nomor in kalimat(client.get(satu.get_absolute_url()))
    assert client.post(alamat).status_code == 404
    # Another officer, who may not read all letters, learns who drafted it.
    sebagai(client, make.sari())
    jawab = client.post(alamat, follow=True)
    assert f"sudah disusun oleh {make.budi()}" in kalimat(jawab)


# --- Pages --------------------------------------------------------------------------------------------------------
def test_bawaslu_reads_answers_only_after_confirmation_and_never_a_nik(client, versi):
    satu = surat_bernama(versi[0])
    jawaban.jawab(butir(satu), J.BELUM, oleh=make.sari(), alasan=ALASAN)
    sebagai(client, fatma())
    alamat = reverse("pdpb:saran_detail", args=[satu.pk])
    sebelum = kalimat(client.get(alamat))
    assert versi[0].nama in sebelum
    assert ALASAN not in sebelum
    terkonfirmasi(satu)
    sesudah = kalimat(client.get(alamat))
    assert ALASAN in sesudah
    assert versi[0].identitas.nik[:6] not in sebelum + sesudah
    assert client.get(reverse("pdpb:saran_nama", args=[butir(satu).pk])).status_code == 404
    assert client.get(reverse("pdpb:saran_berkas", args=[satu.pk])).status_code == 404
    assert LogAkses.objects.filter(pelaku=fatma(), objek_jenis__contains="saran").count() == 2


def test_from_the_scan_to_the_reply_on_the_pages(client, per, versi):
    sebagai(client, make.sari())
    baris = [[1, versi[0].nama, versi[0].identitas.nik, "001", "Talise", "", "Meninggal dunia"],
             [2, "ORANG BARU", "", "", "Talise", "", "Belum terdaftar"]]  # fmt: skip
    isi = {"nomor": "9/PM/2026", "tanggal": f"{hari_ini():%d-%m-%Y}", "diterima": f"{hari_ini():%d-%m-%Y}",
           "perihal": "Saran perbaikan", "berkas": pindaian(), "daftar": daftar_xlsx(baris)}  # fmt: skip
    kolom = client.post(reverse("pdpb:saran_baru"), isi)["Location"]
    halaman = client.get(kolom)
    nomor = {j: n for n, j in enumerate(KEPALA)}
    pilih = {"urutan_tanggal": "dmy", "dugaan": "", f"kolom_{nomor['NAMA PEMILIH']}": "nama",
             f"kolom_{nomor['NIK']}": "nik", f"kolom_{nomor['KEL.']}": "kelurahan",
             f"kolom_{nomor['DUGAAN / SARAN PERBAIKAN']}": "kategori"}  # fmt: skip
    assert "NAMA PEMILIH" in kalimat(halaman)
    detail = client.post(kolom, pilih)["Location"]
    satu = SaranPerbaikan.objects.get()
    assert versi[0].identitas.nik not in kalimat(client.get(detail))
    client.post(reverse("pdpb:saran_banyak", args=[satu.pk]), {"langkah": "cocokkan"})
    usul = client.post(reverse("pdpb:saran_usul_banyak", args=[satu.pk]), {"jenis_dokumen": ""})
    assert usul.status_code == 302
    nama = reverse("pdpb:saran_nama", args=[butir(satu, 2).pk])
    assert client.post(nama, {"langkah": "cocok"}).status_code == 422
    assert client.post(nama, {"langkah": "cocok", "pilihan": "tidak"}).status_code == 302
    baru = reverse("pdpb:saran_usul_baru", args=[butir(satu, 2).pk])
    assert "ORANG BARU" in kalimat(client.get(baru))
    jadi = client.post(baru, isian_baru(nama="Orang Baru", jenis_dokumen="KTP-el"))
    assert jadi.status_code == 302, kalimat(jadi)
    assert Perubahan.objects.get(jenis="baru").bukti.sumber_informasi == "bawaslu"
    client.post(reverse("pdpb:saran_ajukan", args=[satu.pk]))
    assert SaranPerbaikan.objects.get().status == S.DIAJUKAN
    sebagai(client, make.budi())
    assert [k.jumlah for k in kartu(make.budi()) if k.judul == "Konfirmasi jawaban Bawaslu"] == [1]
    putus = reverse("pdpb:saran_putuskan", args=[satu.pk])
    assert client.post(putus, {"putusan": "kembali", "alasan": "x"}).status_code == 422
    assert client.post(putus, {"putusan": "setuju"}).status_code == 302
    assert SaranPerbaikan.objects.get().status == S.DIJAWAB
    assert Jejak.objects.filter(objek_jenis__contains="saran").count() >= 8


def test_a_letter_past_its_target_stands_on_beranda(versi):
    surat(diterima=hari_ini() - timedelta(days=30))
    terlambat = [k for k in kartu(make.sari()) if k.judul == "Saran Bawaslu lewat target"]
    assert [(k.jumlah, k.bagian) for k in terlambat] == [(1, "terlambat")]


def test_the_scan_is_given_back_as_it_came(client, versi):
    satu = surat()
    sebagai(client, make.sari())
    jawab_ = client.get(reverse("pdpb:saran_berkas", args=[satu.pk]))
    assert b"".join(jawab_.streaming_content).startswith(b"%PDF")
    assert jawab_["Content-Disposition"].startswith("attachment")
