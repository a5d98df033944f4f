"""A list of C-Pemberitahuan that came back: each row one open question, counted to the last, again none twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini, sekarang
from pdpb.actions.dugaan import MAKS_DISEBUT, terima_daftar
from pdpb.coktas import calon_kelurahan
from pdpb.kematian import ruang_tunggu
from pdpb.models import Dugaan, Pendaftaran
from pdpb.pekerjaan_coktas import muat_dugaan
from tests import make
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def berkas(*baris: str, kepala: str = "No;NIK;Alasan;Catatan") -> SimpleUploadedFile:
    return SimpleUploadedFile("kembali.csv", "\r\n".join([kepala, *baris, ""]).encode())


def muat(isi: SimpleUploadedFile, **lain) -> dict:
    job = terima_daftar(isi, **({"sumber": "c_pemberitahuan", "tanggal": hari_ini(), "oleh": make.sari()} | lain))
    hasil = muat_dugaan(job)
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=hasil, selesai_pada=sekarang())
    return hasil | {"job": job.pk}


def test_each_row_is_one_question_and_every_row_is_counted():
    satu, dua, tiga = (make.pemilih(nama=n) for n in ("SATU", "DUA", "TIGA"))
    kembar = [make.pemilih(nama=n, nik="7271081708909777") for n in ("KEMBAR A", "KEMBAR B")]
    make.selesai_daftar()
    isi = (
        f"1;{satu.identitas.nik};Meninggal;Kata Ketua RT, NIK {satu.identitas.nik}",
        f"2;{dua.identitas.nik};TIDAK DIKENAL;",
        f"3;{tiga.identitas.nik};Tidak di rumah;",
        "4;7271081708901234;Meninggal;",
        f"5;{kembar[0].identitas.nik};Pindah;",
    )
    hasil = muat(berkas(*isi))
    assert hasil["baris_tidak_ditemukan"] == [5]
    assert hasil["baris_lebih_dari_satu"] == [6]
    bagian = ("baru", "sudah_ada", "tidak_ditemukan", "lebih_dari_satu", "tanpa_dugaan")
    assert [hasil[b] for b in bagian] == [2, 0, 1, 1, 1]
    assert hasil["dibaca"] == 5
    assert [v.nama for v in ruang_tunggu(make.wati())] == ["SATU"]
    assert {c.nama: c.alasan for c in calon_kelurahan(make.TALISE, batas=9)} == {
        "SATU": ("meninggal",), "DUA": ("tidak_dikenal",),
    }  # fmt: skip
    assert satu.identitas.nik not in Dugaan.objects.get(pemilih=satu.pemilih).keterangan
    assert Pendaftaran.objects.aktif().count() == 5
    hasil = muat(berkas(*isi))
    assert [hasil[b] for b in bagian] == [0, 2, 1, 1, 1]
    assert Dugaan.objects.count() == 2


def test_one_voter_twice_in_one_list_is_one_question():
    versi = make.pemilih()
    make.selesai_daftar()
    hasil = muat(berkas(*[f"{n};{versi.identitas.nik};meninggal;" for n in range(3)]))
    assert (hasil["baru"], hasil["sudah_ada"]) == (1, 2)


def test_rows_are_found_by_dpid_when_there_is_no_nik():
    versi = make.pemilih()
    make.selesai_daftar()
    assert muat(berkas(f"{versi.pemilih.dpid};pindah", kepala="DPID;SEBAB"))["baru"] == 1


def test_many_rows_are_read_in_pieces_and_named_up_to_a_limit():
    versi = make.pemilih()
    make.selesai_daftar()
    isi = [f"{n};7271081708{n:06d};meninggal;" for n in range(5_200)] + [f"x;{versi.identitas.nik};meninggal;"]
    hasil = muat(berkas(*isi))
    assert (hasil["dibaca"], hasil["baru"], hasil["tidak_ditemukan"]) == (5_201, 1, 5_200)
    assert len(hasil["baris_tidak_ditemukan"]) == MAKS_DISEBUT


@pytest.mark.parametrize(("isi", "kata"), [
    (berkas("1;2;3;4", kepala="No;Nama;Alamat;Ket"), ""),
    (berkas("1;2", kepala="NIK;Nama"), "kolom ALASAN"),
    (SimpleUploadedFile("x.pdf", b"%PDF-1.7"), ""),
])  # fmt: skip
def test_a_list_that_cannot_be_used_is_refused_on_the_page(client, isi, kata):
    sebagai(client, make.sari())
    isi.seek(0)
    data = {"sumber": "posko", "tanggal": f"{hari_ini():%d-%m-%Y}", "berkas": isi}
    jawaban = client.post(reverse("pdpb:kematian_muat"), data)
    assert jawaban.status_code == 422
    assert kata in kalimat(jawaban)
    assert not Job.objects.exists()


def test_the_result_is_for_those_who_may_and_names_no_nik(client):
    make.pemilih()
    make.selesai_daftar()
    job = muat(berkas("1;7271081708901234;Meninggal;"))["job"]
    sebagai(client, make.sari())
    isi = kalimat(client.get(reverse("pdpb:kematian_dimuat", args=[job])))
    assert "Baris berkas: 2" in isi
    assert "1708901234" not in isi
    for user in (make.wati(), make.dewi()):
        sebagai(client, user)
        assert client.get(reverse("pdpb:kematian_dimuat", args=[job])).status_code == 404
    with pytest.raises(Refused, match="tidak berwenang"):
        terima_daftar(berkas("1;2;3;4"), sumber="posko", tanggal=hari_ini(), oleh=make.dewi())
