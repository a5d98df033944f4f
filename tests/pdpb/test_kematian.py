"""The waiting room of suspected deaths: nobody is forgotten in it, nobody is struck by it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import dasar, simpanan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from pdpb.actions.kematian import laporkan, nyatakan_hidup, susun_surat, terima_dokumen, tindak_lanjuti
from pdpb.actions.perubahan import ambil_langkah
from pdpb.kematian import keadaan, lewat_target, ruang_tunggu
from pdpb.models import Bukti, Dugaan, Pendaftaran, Perubahan, SuratKematian, Temuan, TindakLanjut
from tests import make
from tests.pdpb import lapangan
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import PDF, kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


# Days until a document should have come, as the rule of the office says.
HARI = 30


def nama(user=None, **lain):
    return set(ruang_tunggu(user or make.wati(), **lain).values_list("nama", flat=True))


def dokumen(**lain):
    return make.bukti(**({"jenis_dokumen": "Surat keterangan kematian lurah", "nomor": "474/1"} | lain))


def lapor(versi, **lain):
    isi = {"jenis": "meninggal", "sumber": "masyarakat", "tanggal": hari_ini(), "keterangan": "", "oleh": make.sari()}
    return laporkan(versi.pemilih, **(isi | lain))


def test_every_source_leads_into_the_room_and_the_list_stays_as_it_is():
    orang = lapangan.wilayah()
    lapor(orang["biasa"])
    aktif = Pendaftaran.objects.aktif().count()
    assert nama() == {"HJ. TUA SEKALI", "DIDUGA MENINGGAL", "DIMINTA COKTAS", "BIASA SAJA"}
    assert nama(asal="usia") == {"HJ. TUA SEKALI"}
    assert nama(asal="laporan") == {"BIASA SAJA"}
    assert nama(asal="usulan") == {"DIDUGA MENINGGAL", "DIMINTA COKTAS"}
    assert Pendaftaran.objects.aktif().count() == aktif == 4


def test_a_proposal_without_document_is_not_verified_and_with_it_goes_on():
    orang = lapangan.wilayah()
    per, pemilih = make.periode(), orang["diduga"].pemilih
    usulan = Perubahan.objects.get(pemilih=pemilih)
    assert (
        "Bukti belum ada" in ambil_langkah([usulan.pk], "verifikasi", oleh=make.wati(), periode=per).ditolak[usulan.pk]
    )
    hasil = terima_dokumen(pemilih, bukti=dokumen(), periode=per, oleh=make.sari())
    assert hasil.pk == usulan.pk
    assert "DIDUGA MENINGGAL" not in nama()
    make.setuju([usulan.pk], per)
    assert not Pendaftaran.objects.aktif().filter(pemilih=pemilih).exists()


def test_a_document_for_a_report_makes_the_proposal_and_answers_the_report():
    orang = lapangan.wilayah()
    dugaan = lapor(orang["biasa"])
    usulan = terima_dokumen(orang["biasa"].pemilih, bukti=dokumen(), periode=make.periode(), oleh=make.sari())
    assert (usulan.kategori_id, usulan.status, usulan.bukti.nomor) == ("meninggal", "diusulkan", "474/1")
    dugaan.refresh_from_db()
    assert dugaan.status == "selesai"
    assert "474/1" in dugaan.penyelesaian
    assert "BIASA SAJA" not in nama()


def test_a_paper_that_proves_no_death_is_refused():
    orang = lapangan.wilayah()
    with pytest.raises(Refused, match="tidak membuktikan kematian"):
        terima_dokumen(
            orang["diduga"].pemilih, bukti=dokumen(jenis_dokumen="KTP-el"), periode=make.periode(), oleh=make.sari()
        )
    assert "DIDUGA MENINGGAL" in nama()


def test_somebody_alive_leaves_the_room_with_every_question_answered():
    orang = lapangan.wilayah()
    lapor(orang["tua"])
    pemilih = orang["tua"].pemilih
    with pytest.raises(Refused, match="tidak berwenang"):
        nyatakan_hidup(pemilih, alasan="Ditemui di rumahnya", oleh=make.sari())
    assert nyatakan_hidup(pemilih, alasan="Ditemui di rumahnya", oleh=make.wati()) == 2
    assert Temuan.objects.get(pemilih=pemilih).status == "diabaikan"
    nyatakan_hidup(orang["diduga"].pemilih, alasan="Ditemui di rumahnya", oleh=make.wati())
    assert Perubahan.objects.get(pemilih=orang["diduga"].pemilih).status == "ditolak"
    assert nama() == {"DIMINTA COKTAS"}
    with pytest.raises(Refused, match="Tidak ada dugaan"):
        nyatakan_hidup(pemilih, alasan="Ditemui di rumahnya", oleh=make.wati())


def test_days_are_counted_from_the_earliest_source_and_the_target_is_a_dated_row():
    orang = lapangan.wilayah()
    dugaan = lapor(orang["diduga"])
    lama = sekarang() - timedelta(days=HARI + 1)
    Dugaan.objects.filter(pk=dugaan.pk).update(dicatat_pada=lama)
    terlambat = lewat_target(ruang_tunggu(make.wati()))
    assert [v.nama for v in terlambat] == ["DIDUGA MENINGGAL"]
    Dugaan.objects.filter(pk=dugaan.pk).update(dicatat_pada=lama + timedelta(days=1))
    assert not lewat_target(ruang_tunggu(make.wati())).exists()


def test_whom_to_ask_next_follows_what_was_asked():
    versi = lapangan.wilayah()["diduga"]
    satu = keadaan([versi.pemilih_id])[versi.pemilih_id]
    assert satu.tanya == "Lurah"
    assert satu.kurang.startswith("Akta kematian, surat keterangan kematian lurah atau pernyataan keluarga")
    isi = {"tanggal": hari_ini(), "hasil": "Belum ada jawaban", "oleh": make.sari()}
    for kepada, lanjut in (("lurah", "Keluarga"), ("keluarga", "Ketua RT atau RW"), ("rt", "Disdukcapil")):
        tindak_lanjuti(versi.pemilih, kepada=kepada, kunci=uuid4(), **isi)
        assert keadaan([versi.pemilih_id])[versi.pemilih_id].tanya == lanjut


def test_a_follow_up_sent_twice_counts_once_and_is_never_changed():
    versi = lapangan.wilayah()["diduga"]
    kunci = uuid4()
    isi = {"tanggal": hari_ini(), "kepada": "lurah", "hasil": "NIK 7271085708900042 dicatat", "oleh": make.sari()}
    assert [tindak_lanjuti(versi.pemilih, kunci=kunci, **isi)[1] for _ in range(2)] == [True, False]
    tindak = TindakLanjut.objects.get()
    assert "085708900042" not in tindak.hasil
    with pytest.raises(IntegrityError, match="hanya dapat ditambah"), transaction.atomic():
        TindakLanjut.objects.update(hasil="lain")
    assert Jejak.objects.filter(tindakan="pdpb.tindak_lanjut_kematian").count() == 1
    with pytest.raises(Refused, match="sesudah hari ini"):
        tindak_lanjuti(versi.pemilih, kunci=uuid4(), **(isi | {"tanggal": hari_ini() + timedelta(days=1)}))


def test_the_same_report_is_one_until_it_is_answered():
    versi = lapangan.wilayah()["biasa"]
    lapor(versi)
    with pytest.raises(Refused, match="sudah tercatat"):
        lapor(versi)
    lapor(versi, sumber="keluarga")
    assert Dugaan.objects.count() == 2


def cetak(naskah: Naskah) -> str:
    naskah = dasar.siapkan(naskah, by=make.budi())
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    pdf = simpanan.baca(naskah.revisi.get(urut=0).berkas)
    return " ".join(" ".join(h.extract_text() for h in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_letter_to_the_lurah_is_numbered_and_names_those_who_wait_there():
    make.komisioner()
    orang = lapangan.wilayah()
    lain = make.pemilih(make.PETOBO, nama="ORANG PETOBO")
    lapangan.tanpa_bukti(lain, make.periode())
    kunci = uuid4()
    semua = [*(v.pemilih_id for v in orang.values()), lain.pemilih_id]
    isi = {"pemilih": semua, "tanggal": hari_ini(), "oleh": make.sari(), "kunci": kunci}
    surat, naskah = susun_surat(make.tps().kelurahan, **isi)
    assert susun_surat(make.tps().kelurahan, **isi) == (surat, naskah)
    assert SuratKematian.objects.count() == 1
    teks = cetak(naskah)
    naskah.refresh_from_db()
    assert naskah.nomor.startswith("1/PL.01.2-SD/7271/")
    assert naskah.nomor in teks
    for kata in ("HJ. TUA SEKALI", "DIDUGA MENINGGAL", "DIMINTA COKTAS", "Lurah Talise", "surat keterangan kematian"):
        assert kata in teks, kata
    assert "BIASA SAJA" not in teks
    assert "ORANG PETOBO" not in teks
    assert not any(v.identitas.nik[4:] in teks.replace(" ", "") for v in orang.values())
    assert keadaan([orang["tua"].pemilih_id])[orang["tua"].pemilih_id].tanya == "Keluarga"
    assert LogAkses.objects.filter(tindakan="cetak", jumlah=3).exists()
    with pytest.raises(Refused, match="Tidak ada orang terpilih"):
        susun_surat(make.tps().kelurahan, **(isi | {"pemilih": [lain.pemilih_id], "kunci": uuid4()}))
    assert SuratKematian.objects.count() == 1


PERAN = {
    "operator": 200, "verifikator": 200, "kasubbag_rendatin": 200, "ketua": 200, "anggota": 200, "auditor": 200,
    "sekretaris": 404, "bawaslu": 404, "petugas_coktas": 404, "gudang": 404, "admin": 404,
}  # fmt: skip


@pytest.mark.parametrize("peran", PERAN)
def test_pages_by_role(client, peran):
    versi = lapangan.wilayah()["diduga"]
    sebagai(client, make.orang(f"uji_{peran}", peran))
    assert client.get(reverse("pdpb:kematian_daftar")).status_code == PERAN[peran]
    assert client.get(reverse("pdpb:kematian_detail", args=[versi.pemilih_id])).status_code == PERAN[peran]
    mencatat = peran in ("operator", "verifikator", "kasubbag_rendatin")
    for alamat, kode in (("kematian_lapor", versi.pemilih_id), ("kematian_surat", make.TALISE)):
        status = client.get(reverse(f"pdpb:{alamat}", args=[kode])).status_code
        assert status == (200 if mencatat else 404), alamat
    isi = {"tanggal": f"{hari_ini():%d-%m-%Y}", "kepada": "lurah", "hasil": "Belum dijawab", "kunci": str(uuid4())}
    status = client.post(reverse("pdpb:kematian_tindak", args=[versi.pemilih_id]), isi).status_code
    assert status == (302 if mencatat else 404)
    status = client.post(
        reverse("pdpb:kematian_hidup", args=[versi.pemilih_id]), {"hidup-alasan": "Ditemui di rumahnya"}
    ).status_code
    assert status == (302 if peran in ("verifikator", "kasubbag_rendatin") else 404)


def test_the_queue_filters_counts_and_says_when_it_is_empty(client):
    sebagai(client, make.sari())
    assert "Tidak ada yang menunggu" in kalimat(client.get(reverse("pdpb:kematian_daftar")))
    orang = lapangan.wilayah()
    isi = kalimat(client.get(reverse("pdpb:kematian_daftar"), {"asal": "usia"}))
    assert "HJ. TUA SEKALI" in isi
    assert "DIDUGA MENINGGAL" not in isi
    isi = kalimat(client.get(reverse("pdpb:kematian_daftar"), {"kelurahan": make.TALISE}))
    assert "Susun surat kepada Lurah Talise" in isi
    assert "3 orang dengan saringan ini" in isi
    assert "Tidak ada yang menunggu" in kalimat(client.get(reverse("pdpb:kematian_daftar"), {"lewat": "1"}))
    lama = sekarang() - timedelta(days=HARI + 5)
    Perubahan.objects.filter(pemilih=orang["diduga"].pemilih).update(diusulkan_pada=lama)
    isi = kalimat(client.get(reverse("pdpb:kematian_daftar"), {"lewat": "1"}))
    assert "1 orang dengan saringan ini" in isi
    assert "Lewat target" in isi
    assert "Kematian tanpa dokumen" in kalimat(client.get("/"))


def test_the_page_of_one_person_takes_report_document_and_shows_what_is_wrong(client):
    versi = lapangan.wilayah()["biasa"]
    sebagai(client, make.sari())
    alamat = reverse("pdpb:kematian_lapor", args=[versi.pemilih_id])
    isi = {"sumber": "keluarga", "tanggal": f"{hari_ini():%d-%m-%Y}", "keterangan": "Kata adiknya"}
    assert client.post(alamat, isi).status_code == 302
    assert client.post(alamat, isi).status_code == 422
    halaman = kalimat(client.get(reverse("pdpb:kematian_detail", args=[versi.pemilih_id])))
    assert "Kata adiknya" in halaman
    assert "usulan TMS menyusul" in halaman
    assert versi.identitas.nik not in halaman
    dok = reverse("pdpb:kematian_dokumen", args=[versi.pemilih_id])
    assert client.post(dok, {"dok-jenis_dokumen": "", "dok-sumber_informasi": "kelurahan"}).status_code == 422
    isi = {
        "dok-jenis_dokumen": "Akta kematian", "dok-nomor": "7271-KM-1", "dok-sumber_informasi": "disdukcapil",
        "dok-berkas": SimpleUploadedFile("akta.pdf", PDF),
    }  # fmt: skip
    assert client.post(dok, isi).status_code == 302
    usulan = Perubahan.objects.get(pemilih=versi.pemilih)
    assert (usulan.bukti.jenis_dokumen, usulan.pengusul.username) == ("Akta kematian", "sari")
    assert client.post(dok, isi).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_balapan_one_document_for_one_person():
    versi = lapangan.wilayah()["biasa"]
    make.komisioner()
    lapor(versi)
    sari, per = make.sari(), make.periode()

    def terima():
        akta = Bukti(jenis_dokumen="Akta kematian", nomor="1", dicatat_oleh=sari)
        return terima_dokumen(versi.pemilih, bukti=akta, periode=per, oleh=sari)

    hasil = serentak(*[terima] * 4)
    assert sum(isinstance(h, Perubahan) for h in hasil) == 1, hasil
    assert sum(isinstance(h, Refused) for h in hasil) == 3, hasil
    assert Perubahan.objects.filter(pemilih=versi.pemilih).count() == 1
