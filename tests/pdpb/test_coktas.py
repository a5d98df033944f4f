"""Coktas: who should be visited and why, one visit counts once, what is found becomes a proposal, never a removal."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import dasar, simpanan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from pdpb.actions.coktas import (
    Kunjungan,
    alihkan,
    batalkan,
    buat_berita_acara,
    buat_surat_tugas,
    isi_hasil,
    selesaikan,
    susun_kegiatan,
    tarik_hasil,
)
from pdpb.actions.kematian import laporkan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.cetakan_coktas import PEKERJAAN_LEMBAR, berkas_lembar
from pdpb.coktas import bagi_petugas, calon_kelurahan, calon_per_kelurahan, lahir_paling_akhir
from pdpb.kematian import ruang_tunggu
from pdpb.models import BarisCoktas, KegiatanCoktas, PasanganGanda, Pendaftaran, Periode, Perubahan, Temuan
from pdpb.pekerjaan_coktas import cetak_lembar_coktas
from tests import make
from tests.pdpb import lapangan
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def alasan(**lain):
    return {c.nama: c.alasan for c in calon_kelurahan(make.TALISE, batas=100, **lain)}


def kunjungan(hasil, **lain):
    return Kunjungan(**({"hasil": hasil, "informan": "Ani, anak"} | lain))


# --- Whom to visit ------------------------------------------------------------------------------------------------
def test_candidates_are_ranked_with_their_reasons():
    orang = lapangan.wilayah()
    laporkan(orang["biasa"].pemilih, jenis="tidak_dikenal", sumber="c_pemberitahuan", tanggal=hari_ini(),
             keterangan="", oleh=make.sari())  # fmt: skip
    assert list(alasan().items()) == [
        ("DIMINTA COKTAS", ("diminta", "meninggal")),
        ("DIDUGA MENINGGAL", ("meninggal",)),
        ("HJ. TUA SEKALI", ("usia",)),
        ("BIASA SAJA", ("tidak_dikenal",)),
    ]
    assert list(alasan(alasan="usia")) == ["HJ. TUA SEKALI"]
    assert calon_per_kelurahan()[make.TALISE][""] == 4
    assert calon_per_kelurahan()[make.TALISE]["usia"] == 1


def test_age_counts_without_a_finding_and_only_above_the_dated_threshold():
    kini = hari_ini()
    make.pemilih(nama="TEPAT SERATUS", tanggal_lahir=kini.replace(year=kini.year - 100))
    make.pemilih(nama="SERATUS SATU", tanggal_lahir=kini.replace(year=kini.year - 101))
    make.selesai_daftar()
    assert alasan() == {"SERATUS SATU": ("usia",)}
    assert lahir_paling_akhir(100, date(2028, 2, 29)) == date(1927, 2, 28)


@pytest.mark.parametrize(("kode", "sebab"), [
    ("ganda_lintas_daerah", "ganda"), ("tidak_padan", "tidak_padan"), ("usia_di_atas_maksimum", "usia"),
    ("rt_kosong", "temuan"),
])  # fmt: skip
def test_findings_lead_to_a_visit(kode, sebab):
    versi = make.pemilih(nama="SATU")
    make.selesai_daftar()
    Temuan.objects.create(pemilih=versi.pemilih, kode=kode, tingkat="Peringatan", pesan="x")
    assert alasan() == {"SATU": (sebab,)}
    Temuan.objects.update(status="selesai")
    assert alasan() == {}


def test_whole_rt_are_dealt_out_evenly():
    assert bagi_petugas([("A", 5), ("B", 3), ("C", 2), ("D", 1)], [7, 8]) == {"A": 7, "B": 8, "C": 8, "D": 7}


# --- Planning -----------------------------------------------------------------------------------------------------
def test_a_row_stands_in_one_open_activity_and_a_form_sent_twice_gives_one():
    orang = lapangan.wilayah()
    kunci = uuid4()
    satu = lapangan.kegiatan(orang=orang, mulai=False, kunci=kunci)
    assert lapangan.kegiatan(orang=orang, mulai=False, kunci=kunci) == satu
    assert satu.baris.count() == 3, "somebody without a question is not visited"
    assert alasan() == {}
    with pytest.raises(Refused, match="Tidak ada baris terpilih"):
        lapangan.kegiatan(orang=orang)
    batalkan(satu, alasan="Hujan deras seharian", oleh=make.wati())
    assert len(alasan()) == 3


def test_planning_refuses_strangers_and_closed_periods():
    orang = lapangan.wilayah()
    for isi, kata in (
        ({"oleh": make.sari()}, "tidak berwenang"),
        ({"petugas": [make.dewi()]}, "petugas yang berhak"),
        ({"akhir": hari_ini() - timedelta(days=1)}, "sebelum tanggal mulai"),
    ):
        with pytest.raises(Refused, match=kata):
            lapangan.kegiatan(orang=orang, **isi)
    Periode.objects.update(status="dibekukan")
    with pytest.raises(Refused, match="tidak terbuka"):
        lapangan.kegiatan(orang=orang)
    assert KegiatanCoktas.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_balapan_two_planners_never_plan_one_person_twice():
    orang = lapangan.wilayah()
    wati, budi, rizal, per = make.wati(), make.budi(), lapangan.rizal(), make.periode()
    kelurahan = make.tps().kelurahan

    def susun(oleh):
        return lambda: susun_kegiatan(
            kelurahan, periode=per, pemilih=[v.pemilih_id for v in orang.values()], petugas=[rizal], mulai=hari_ini(),
            akhir=hari_ini(), keperluan="Sama", oleh=oleh, kunci=uuid4(),
        )  # fmt: skip

    hasil = serentak(*map(susun, (wati, budi) * 2))
    assert sum(isinstance(h, KegiatanCoktas) for h in hasil) == 1, hasil
    assert sum(isinstance(h, Refused) for h in hasil) == 3, hasil
    assert BarisCoktas.objects.count() == 3


# --- At the door --------------------------------------------------------------------------------------------------
def test_only_the_petugas_of_the_row_sees_and_fills_it(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(lapangan.rizal(), orang=orang)
    baris = lapangan.baris(satu, orang["tua"])
    alamat = [reverse("pdpb:coktas_satu", args=[baris.pk]), reverse("pdpb:coktas_isi", args=[baris.pk, "sesuai"])]
    sebagai(client, lapangan.rizal())
    assert [client.get(a).status_code for a in alamat] == [200, 200]
    assert client.get(reverse("pdpb:pemilih_detail", args=[baris.pemilih_id])).status_code == 404
    assert client.get(reverse("pdpb:coktas_detail", args=[satu.pk])).status_code == 404
    assert baris.versi.identitas.nik not in kalimat(client.get(alamat[0]))
    assert LogAkses.objects.filter(objek_jenis="pdpb.pemilih", objek_id=str(baris.pemilih_id)).exists()
    for lain in (lapangan.nur(), make.sari(), make.wati(), make.budi()):
        sebagai(client, lain)
        assert [client.get(a).status_code for a in alamat] == [404, 404], lain
        assert client.post(alamat[1], lapangan.isian()).status_code == 404
    with pytest.raises(Refused, match="tidak lagi ditugaskan"):
        isi_hasil(baris, kunjungan("sesuai"), oleh=lapangan.nur(), kunci=uuid4())
    assert BarisCoktas.objects.get(pk=baris.pk).hasil == ""


def test_rows_are_closed_before_the_start_and_after_the_end(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang, mulai=False)
    baris = lapangan.baris(satu, orang["tua"])
    sebagai(client, lapangan.rizal())
    assert client.get(reverse("pdpb:coktas_satu", args=[baris.pk])).status_code == 404
    assert "Tidak ada tugas coktas" in kalimat(client.get(reverse("pdpb:coktas_tugas")))
    with pytest.raises(Refused, match="tidak berjalan"):
        isi_hasil(baris, kunjungan("sesuai"), oleh=lapangan.rizal(), kunci=uuid4())


def test_a_double_tap_counts_once_and_a_second_result_is_refused(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    baris = lapangan.baris(satu, orang["tua"])
    sebagai(client, lapangan.rizal())
    alamat, isi = reverse("pdpb:coktas_isi", args=[baris.pk, "sesuai"]), lapangan.isian()
    assert [client.post(alamat, isi).status_code for _ in range(3)] == [302] * 3
    jawaban = client.post(alamat, lapangan.isian())
    assert jawaban.status_code == 422
    assert "sudah diisi" in kalimat(jawaban)
    baris.refresh_from_db()
    assert (baris.hasil, baris.informan, baris.terbuka) == ("sesuai", "Ani, anak", False)
    assert "HJ. TUA SEKALI" not in alasan(), "found as it should be: not asked again within the dated time"


@pytest.mark.django_db(transaction=True)
def test_balapan_a_row_is_filled_in_once():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    baris, rizal, kunci = lapangan.baris(satu, orang["tua"]), lapangan.rizal(), uuid4()

    def isi(k):
        return lambda: isi_hasil(baris, kunjungan("meninggal"), oleh=rizal, kunci=k)

    hasil = serentak(*[isi(kunci)] * 3, *[isi(uuid4()) for _ in range(2)])
    assert all(isinstance(h, BarisCoktas | Refused) for h in hasil), hasil
    assert sum(isinstance(h, BarisCoktas) for h in hasil) in (1, 3)
    assert Perubahan.objects.filter(pemilih=orang["tua"].pemilih).count() == 1


def test_a_death_with_its_paper_completes_the_waiting_proposal():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    lama = Perubahan.objects.get(pemilih=orang["diminta"].pemilih)
    isi = kunjungan(
        "meninggal", jenis_dokumen="Akta kematian", nomor_dokumen="7271-KM-9", foto=lapangan.foto(), sha256="0" * 64
    )
    baris = isi_hasil(lapangan.baris(satu, orang["diminta"]), isi, oleh=lapangan.rizal(), kunci=uuid4())
    lama.refresh_from_db()
    assert baris.usulan_id == lama.pk
    assert (lama.status, lama.pengusul.username) == ("perlu_coktas", "sari")
    assert (lama.bukti.sumber_informasi, lama.bukti.dicatat_oleh.username) == ("coktas", "rizal")
    make.setuju([lama.pk], make.periode())
    assert not Pendaftaran.objects.aktif().filter(pemilih=orang["diminta"].pemilih).exists()


def test_a_death_without_paper_waits_and_strikes_nobody():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    isi = kunjungan("meninggal", foto=lapangan.foto(), sha256="0" * 64)
    baris = isi_hasil(lapangan.baris(satu, orang["tua"]), isi, oleh=lapangan.rizal(), kunci=uuid4())
    usulan = baris.usulan
    assert (usulan.kategori_id, usulan.bukti, usulan.pengusul.username) == ("meninggal", None, "rizal")
    assert "Bukti belum ada" in str(ambil_langkah([usulan.pk], "verifikasi", oleh=make.wati(), periode=make.periode()))
    assert ruang_tunggu(make.wati(), asal="usulan").filter(nama="HJ. TUA SEKALI").exists()
    assert Pendaftaran.objects.aktif().filter(pemilih=orang["tua"].pemilih).exists()


def test_every_result_becomes_what_it_should():
    orang = lapangan.wilayah()
    lain = {n: make.pemilih(nama=n, rt="003") for n in ("PINDAH", "DALAM KOTA", "GANDA", "UBAH", "TIADA")}
    make.selesai_daftar()
    for v in lain.values():
        Temuan.objects.create(pemilih=v.pemilih, kode="rt_kosong", tingkat="Peringatan", pesan="x")
    satu = lapangan.kegiatan(orang=orang | lain)
    isi = {
        "PINDAH": kunjungan("pindah"),
        "DALAM KOTA": kunjungan("pindah", kelurahan_tujuan=make.tps(make.PETOBO).kelurahan),
        "GANDA": kunjungan("ganda", bertahan=orang["biasa"].pemilih),
        "UBAH": kunjungan("ubah_elemen", elemen={"alamat": "JL. BARU"}),
        "TIADA": kunjungan("tidak_ditemukan", catatan="Rumah kosong"),
    }
    for nama, satu_kunjungan in isi.items():
        isi_hasil(lapangan.baris(satu, lain[nama]), satu_kunjungan, oleh=lapangan.rizal(), kunci=uuid4())
    usulan = {p.pemilih_id: p for p in Perubahan.objects.filter(pengusul=lapangan.rizal())}
    slug = {n: usulan[v.pemilih_id].kategori_id for n, v in lain.items() if v.pemilih_id in usulan}
    assert slug == {
        "PINDAH": "pindah_domisili", "DALAM KOTA": "pindah_dalam_kota", "GANDA": "ganda", "UBAH": "elemen_data",
    }  # fmt: skip
    assert usulan[lain["GANDA"].pemilih_id].bertahan_id == orang["biasa"].pemilih_id
    assert usulan[lain["UBAH"].pemilih_id].elemen_baru == {"alamat": "JL. BARU"}
    assert "TIADA" in alasan(), "not found: may be visited again"


def test_a_visit_is_kept_when_the_rules_refuse_the_proposal():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    isi = kunjungan("ubah_elemen", elemen={"alamat": orang["tua"].alamat})
    baris = isi_hasil(lapangan.baris(satu, orang["tua"]), isi, oleh=lapangan.rizal(), kunci=uuid4())
    assert baris.usulan is None
    assert "Tidak ada isian yang berbeda" in baris.tanpa_usulan
    assert BarisCoktas.objects.get(pk=baris.pk).hasil == "ubah_elemen"


def test_the_petugas_who_proposed_cannot_verify():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(make.wati(), orang=orang)
    isi = kunjungan("meninggal", jenis_dokumen="Akta kematian", foto=lapangan.foto(), sha256="0" * 64)
    baris = isi_hasil(lapangan.baris(satu, orang["tua"]), isi, oleh=make.wati(), kunci=uuid4())
    hasil = ambil_langkah([baris.usulan_id], "verifikasi", oleh=make.wati(), periode=make.periode())
    assert "Pengusul tidak boleh" in hasil.ditolak[baris.usulan_id]


# --- Forms --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("hasil", "lain", "kata"), [
    ("sesuai", {"informan": ""}, "Pemberi keterangan"),
    ("tidak_ditemukan", {"catatan": ""}, "Catatan"),
    ("meninggal", {"jenis_dokumen": "Akta kematian"}, "Foto dokumen yang diperlihatkan"),
    ("meninggal", {"jenis_dokumen": "KTP-el"}, "Dokumen yang diperlihatkan"),
    ("ganda", {"dpid": "999999"}, "bukan baris lain"),
    ("pindah", {"kelurahan": make.TALISE, "tps": "888"}, "tidak ada di kelurahan"),
    ("ubah_elemen", {}, "Tidak ada yang berbeda"),
    ("sesuai", {"foto": b"<html>"}, "bukan foto"),
])  # fmt: skip
def test_what_is_wrong_on_the_form_is_said_and_nothing_is_recorded(client, hasil, lain, kata):
    orang = lapangan.wilayah()
    baris = lapangan.baris(lapangan.kegiatan(orang=orang), orang["tua"])
    sebagai(client, lapangan.rizal())
    isi = lapangan.isian(**lain)
    if isinstance(isi.get("foto"), bytes):
        isi["foto"] = lapangan.foto(isi["foto"])
    if hasil == "ubah_elemen":
        v = baris.versi
        isi |= {n: getattr(v, n) for n in ("nama", "tempat_lahir", "alamat", "rt", "rw")}
        isi["tanggal_lahir"] = f"{v.tanggal_lahir:%d-%m-%Y}"
    jawaban = client.post(reverse("pdpb:coktas_isi", args=[baris.pk, hasil]), isi)
    assert jawaban.status_code == 422
    assert kata in kalimat(jawaban)
    assert BarisCoktas.objects.get(pk=baris.pk).hasil == ""
    assert client.get(reverse("pdpb:coktas_isi", args=[baris.pk, "hilang"])).status_code == 404


def test_the_photograph_is_private_and_forgets_its_name(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(lapangan.rizal(), orang=orang)
    baris = lapangan.baris(satu, orang["diduga"])
    isi = lapangan.isian(jenis_dokumen="Akta kematian", nomor_dokumen="7271085708900042", foto=lapangan.foto())
    sebagai(client, lapangan.rizal())
    assert client.post(reverse("pdpb:coktas_isi", args=[baris.pk, "meninggal"]), isi).status_code == 302
    baris.refresh_from_db()
    assert "7271085708900042" not in baris.foto.name + baris.usulan.bukti.nomor + baris.usulan.bukti.berkas.name
    alamat = reverse("pdpb:coktas_foto", args=[baris.pk])
    boleh = {lapangan.rizal(): 200, make.wati(): 200, lapangan.nur(): 404, make.dewi(): 404}
    for user, status in boleh.items():
        sebagai(client, user)
        jawaban = client.get(alamat)
        assert jawaban.status_code == status, user
        if status == 200:
            assert jawaban.content == lapangan.JPG
            assert jawaban["Content-Disposition"].startswith("attachment")


# --- Office pages and papers --------------------------------------------------------------------------------------
PERAN = {
    "operator": (200, 404), "verifikator": (200, 200), "kasubbag_rendatin": (200, 200), "ketua": (200, 404),
    "auditor": (200, 404), "petugas_coktas": (404, 404), "bawaslu": (404, 404), "sekretaris": (404, 404),
}  # fmt: skip


@pytest.mark.parametrize("peran", PERAN)
def test_pages_by_role(client, peran):
    satu = lapangan.kegiatan()
    lihat, kelola = PERAN[peran]
    sebagai(client, make.orang(f"uji_{peran}", peran))
    for nama, isi in (("coktas_daftar", []), ("coktas_detail", [satu.pk])):
        assert client.get(reverse(f"pdpb:{nama}", args=isi)).status_code == lihat, nama
    for nama, isi in (
        ("coktas_calon", []), ("coktas_calon_satu", [make.TALISE]), ("coktas_selesai", [satu.pk]),
        ("coktas_batal", [satu.pk]),
    ):  # fmt: skip
        assert client.get(reverse(f"pdpb:{nama}", args=isi)).status_code == kelola, nama
    for nama, isi in (("coktas_mulai", [satu.pk]), ("coktas_cetak_lembar", [satu.pk])):
        assert client.post(reverse(f"pdpb:{nama}", args=isi)).status_code == (302 if kelola == 200 else 404), nama


def test_an_activity_is_planned_on_the_page(client):
    orang = lapangan.wilayah()
    sebagai(client, make.wati())
    assert "Talise" in kalimat(client.get(reverse("pdpb:coktas_calon")))
    alamat = reverse("pdpb:coktas_calon_satu", args=[make.TALISE])
    lapangan.rizal()
    assert "DIMINTA COKTAS" in kalimat(client.get(alamat))
    isi = {
        "id": [v.pemilih_id for v in orang.values()], "keperluan": "Uji lapangan", "mulai": f"{hari_ini():%d-%m-%Y}",
        "akhir": f"{hari_ini():%d-%m-%Y}", "petugas": [lapangan.rizal().pk], "kunci": str(uuid4()),
    }  # fmt: skip
    assert client.post(alamat, isi | {"petugas": []}).status_code == 422
    assert client.post(alamat, isi | {"id": []}).status_code == 422
    jawaban = client.post(alamat, isi)
    satu = KegiatanCoktas.objects.get()
    assert jawaban.url == satu.get_absolute_url()
    halaman = kalimat(client.get(jawaban.url))
    assert "RT 001/RW 002, 2 orang" in halaman
    assert client.post(reverse("pdpb:coktas_mulai", args=[satu.pk])).status_code == 302
    baris = lapangan.baris(satu, orang["tua"])
    isi = {"id": [baris.pk], "petugas": lapangan.nur().pk}
    assert client.post(reverse("pdpb:coktas_alihkan", args=[satu.pk]), isi).status_code == 302
    baris.refresh_from_db()
    assert baris.petugas == lapangan.nur()
    assert client.post(reverse("pdpb:coktas_alihkan", args=[satu.pk]), {"petugas": ""}).status_code == 422
    sebagai(client, lapangan.rizal())
    assert client.get(reverse("pdpb:coktas_satu", args=[baris.pk])).status_code == 404


def cetak(naskah: Naskah) -> str:
    naskah = dasar.siapkan(naskah, by=make.budi())
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    naskah.refresh_from_db()
    return teks(simpanan.baca(naskah.revisi.get(urut=0).berkas))


def teks(pdf: bytes) -> str:
    return " ".join(" ".join(h.extract_text() for h in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_letter_of_assignment_names_petugas_and_areas_and_no_voter():
    make.komisioner()
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(lapangan.rizal(), lapangan.nur(), orang=orang, mulai=False)
    isi = cetak(buat_surat_tugas(satu, oleh=make.wati()))
    for kata in (
        "Rizal",
        "Nurul",
        "RT 001/RW 002 (2)",
        "Kelurahan Talise",
        "Memastikan pemilih lanjut usia",
        "-ST/7271/",
    ):
        assert kata in isi, kata
    assert not any(v.nama in isi for v in orang.values())


def test_the_field_sheets_tell_namesakes_apart_and_hide_the_nik(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    job = Job.objects.create(kind=PEKERJAAN_LEMBAR, requested_by=make.wati(), params={"kegiatan": satu.pk})
    hasil = cetak_lembar_coktas(job)
    isi = teks(berkas_lembar(job.pk).read_bytes())
    for kata in ("RT 001/RW 002", "RT 002/RW 002", "HJ. TUA SEKALI", "2 Januari 1920", "JL. CONTOH", "7271••",
                 "Masih hidup?", "Tidak ditemukan", "Bawaslu", orang["tua"].pemilih.dpid):  # fmt: skip
        assert kata in isi, kata
    assert not any(v.identitas.nik[4:] in isi.replace(" ", "") for v in orang.values())
    assert LogAkses.objects.filter(tindakan="cetak", jumlah=3).exists()
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=hasil, selesai_pada=sekarang())
    for user, status in ((make.wati(), 200), (make.budi(), 404), (lapangan.rizal(), 404)):
        sebagai(client, user)
        assert client.get(reverse("pdpb:coktas_lembar", args=[job.pk])).status_code == status, user
        assert client.get(reverse("pdpb:coktas_lembar_unduh", args=[job.pk])).status_code == status, user


def test_the_minutes_add_up_and_are_signed_on_paper():
    make.komisioner()
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    with pytest.raises(Refused, match="sudah berjalan"):
        buat_berita_acara(satu, oleh=make.wati())
    isi_hasil(
        lapangan.baris(satu, orang["tua"]),
        kunjungan("sesuai", hadir="Ketua RT 001"),
        oleh=lapangan.rizal(),
        kunci=uuid4(),
    )
    with pytest.raises(Refused, match="Sudah ada hasil"):
        batalkan(satu, alasan="Hujan deras seharian", oleh=make.wati())
    with pytest.raises(Refused, match="2 baris belum dikunjungi"):
        selesaikan(satu, oleh=make.wati())
    satu = selesaikan(satu, alasan="Rumah di bantaran sungai terendam", oleh=make.wati())
    assert set(alasan()) == {"DIDUGA MENINGGAL", "DIMINTA COKTAS"}, "unvisited rows are candidates again"
    naskah = buat_berita_acara(satu, oleh=make.wati())
    jumlah = {h["nama"]: h["jumlah"] for h in naskah.isi["hasil"]}
    assert jumlah["Sesuai"] == 1
    assert jumlah["Belum dikunjungi"] == 2
    assert sum(jumlah.values()) == naskah.isi["jumlah"] == 3
    assert sum(r["jumlah"] for r in naskah.isi["rt"]) == 3
    assert naskah.cara == Naskah.Cara.BASAH
    isi = cetak(naskah)
    for kata in ("Pencocokan dan penelitian terbatas".upper(), "Ketua RT 001", "Belum dikunjungi", "terendam", "Rizal"):
        assert kata in isi or kata.title() in isi or kata.capitalize() in isi, kata
    with pytest.raises(Refused, match="tidak berjalan"):
        isi_hasil(lapangan.baris(satu, orang["diduga"]), kunjungan("sesuai"), oleh=lapangan.rizal(), kunci=uuid4())
    with pytest.raises(Refused, match="sudah selesai"):
        alihkan(satu, baris=[1], petugas=lapangan.nur(), oleh=make.wati())


def test_both_rows_of_a_pair_that_needs_a_look_are_visited():
    satu, dua, tiga = (make.pemilih(nama=n) for n in ("SATU", "DUA", "TIGA"))
    make.selesai_daftar()
    pasangan = PasanganGanda.objects.create(
        a=satu.pemilih, b=dua.pemilih, versi_a=satu, versi_b=dua, kelas="G3", tingkat=2, status="dikonfirmasi",
        putusan="lapangan", alasan_putusan="Alamat sama, NIK berbeda", periode=make.periode(), pengusul=make.wati(),
        bukti=make.bukti(), diusulkan_pada=sekarang(), pengonfirmasi=make.budi(), dikonfirmasi_pada=sekarang(),
    )  # fmt: skip
    assert alasan() == {"SATU": ("ganda",), "DUA": ("ganda",)}
    PasanganGanda.objects.filter(pk=pasangan.pk).update(putusan="dukcapil")
    assert alasan() == {}
    assert tiga.nama not in alasan()


# --- Taking a result back -----------------------------------------------------------------------------------------
ALASAN = "Salah membuka nama"


def _meninggal(versi, satu):
    isi = kunjungan("meninggal", jenis_dokumen="Akta kematian", foto=lapangan.foto(), sha256="0" * 64)
    return isi_hasil(lapangan.baris(satu, versi), isi, oleh=lapangan.rizal(), kunci=uuid4())


def test_a_wrong_result_is_taken_back_with_the_proposal_it_made():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    baris = _meninggal(orang["tua"], satu)
    usulan = baris.usulan
    tarik_hasil(baris, alasan=ALASAN, oleh=lapangan.rizal())
    baris.refresh_from_db()
    usulan.refresh_from_db()
    assert (baris.hasil, baris.usulan, baris.terbuka, baris.diisi_oleh) == ("", None, True, None)
    assert usulan.status == "ditolak"
    jejak = Jejak.objects.get(tindakan="pdpb.tarik_coktas", objek_jenis="pdpb.bariscoktas")
    assert (jejak.alasan, jejak.perubahan["hasil"]) == (ALASAN, ["meninggal", ""])
    isi_hasil(baris, kunjungan("sesuai"), oleh=lapangan.rizal(), kunci=uuid4())
    assert lapangan.baris(satu, orang["tua"]).hasil == "sesuai"


def test_evidence_brought_to_another_proposal_is_taken_off_and_the_proposal_stays():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    lama = Perubahan.objects.get(pemilih=orang["diminta"].pemilih)
    baris = _meninggal(orang["diminta"], satu)
    tarik_hasil(baris, alasan=ALASAN, oleh=make.wati())
    lama.refresh_from_db()
    assert (lama.status, lama.bukti) == ("perlu_coktas", None)


def test_a_proposal_that_only_stood_there_is_left_alone():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    isi = kunjungan("meninggal")
    baris = isi_hasil(lapangan.baris(satu, orang["diduga"]), isi, oleh=lapangan.rizal(), kunci=uuid4())
    tarik_hasil(baris, alasan=ALASAN, oleh=lapangan.rizal())
    assert Perubahan.objects.get(pemilih=orang["diduga"].pemilih).status == "diusulkan"


def test_who_may_take_a_result_back_and_until_when():
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(lapangan.rizal(), orang=orang)
    baris = _meninggal(orang["tua"], satu)
    for oleh in (lapangan.nur(), make.sari(), make.dewi()):
        with pytest.raises(Refused, match="Hasil ditarik oleh"):
            tarik_hasil(baris, alasan=ALASAN, oleh=oleh)
    with pytest.raises(Refused):
        tarik_hasil(baris, alasan="pendek", oleh=lapangan.rizal())
    ambil_langkah([baris.usulan_id], "verifikasi", oleh=make.wati(), periode=make.periode())
    with pytest.raises(Refused, match="sudah diverifikasi"):
        tarik_hasil(baris, alasan=ALASAN, oleh=lapangan.rizal())
    baris.refresh_from_db()
    assert baris.hasil == "meninggal"
    selesaikan(satu, alasan="Sisanya menyusul kemudian", oleh=make.wati())
    ambil_langkah([baris.usulan_id], "tolak", oleh=make.wati(), periode=make.periode(), catatan="Tidak benar adanya")
    with pytest.raises(Refused, match="Hasil ditarik oleh"):
        tarik_hasil(baris, alasan=ALASAN, oleh=lapangan.rizal())
    buat_berita_acara(satu, oleh=make.wati())
    with pytest.raises(Refused, match="Berita acara"):
        tarik_hasil(baris, alasan=ALASAN, oleh=make.wati())


def test_the_petugas_and_the_office_take_back_on_a_page_of_its_own(client):
    orang = lapangan.wilayah()
    satu = lapangan.kegiatan(orang=orang)
    baris = _meninggal(orang["tua"], satu)
    alamat = reverse("pdpb:coktas_tarik", args=[baris.pk])
    sebagai(client, lapangan.nur())
    assert client.get(alamat).status_code == 404
    sebagai(client, make.wati())
    assert alamat in kalimat(client.get(satu.get_absolute_url()))
    assert client.post(alamat, {"alasan": "x"}).status_code == 422
    sebagai(client, lapangan.rizal())
    assert alamat in kalimat(client.get(reverse("pdpb:coktas_satu", args=[baris.pk])))
    assert "ikut ditarik" in kalimat(client.get(alamat))
    jawaban = client.post(alamat, {"alasan": ALASAN})
    assert jawaban["Location"] == reverse("pdpb:coktas_satu", args=[baris.pk])
    assert client.get(alamat).status_code == 404


# --- Long lists ---------------------------------------------------------------------------------------------------
def test_long_lists_are_paged_and_ask_no_more_queries(client, django_assert_max_num_queries):
    for n in range(60):
        make.pemilih(nama=f"SEPUH {n:02d}", tanggal_lahir=date(1910, 1, 2))
    make.selesai_daftar()
    for n in range(5):
        make.orang(f"petugas{n}", "petugas_coktas")
    sebagai(client, make.wati())
    calon = reverse("pdpb:coktas_calon_satu", args=[make.TALISE])
    with django_assert_max_num_queries(20):
        halaman = kalimat(client.get(calon))
    assert halaman.count('name="id"') == 50
    lanjut = re.search(r'rel="next" href="([^"]+)"', halaman)[1].replace("&amp;", "&")
    dua = kalimat(client.get(calon + lanjut))
    assert dua.count('name="id"') == 10
    assert 'rel="prev"' in dua
    assert len({*re.findall(r"SEPUH \d\d", halaman), *re.findall(r"SEPUH \d\d", dua)}) == 60
    isi = [c.pemilih for c in calon_kelurahan(make.TALISE, batas=100)]
    satu = susun_kegiatan(
        make.tps().kelurahan, periode=make.periode(), pemilih=isi, petugas=[lapangan.rizal()], mulai=hari_ini(),
        akhir=hari_ini(), keperluan="Lanjut usia", oleh=make.wati(), kunci=uuid4(),
    )  # fmt: skip
    with django_assert_max_num_queries(20):
        halaman = kalimat(client.get(satu.get_absolute_url()))
    assert halaman.count('name="id"') == 50
    lanjut = re.search(r'rel="next" href="([^"]+)"', halaman)[1].replace("&amp;", "&")
    dua = kalimat(client.get(satu.get_absolute_url() + lanjut))
    assert '<td class="angka">51</td>' in dua, "numbered as on the sheets"
    assert "60 orang" in dua
