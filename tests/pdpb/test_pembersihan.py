"""Cleaning up: what is expired or old goes with an entry of history, what is registered never does."""

import os
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.audit.catatan import riwayat
from kpupalu.audit.models import Jejak
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import simpanan
from kpupalu.naskah.models import Naskah, Revisi
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.ekspor import folder, minta_ekspor
from pdpb.actions.pembersihan import ATURAN_UMUR, Dibersihkan, bersihkan
from pdpb.cetakan import berkas_cetakan, folder_cetakan
from pdpb.models import EksporDaftar
from pdpb.pekerjaan_cetak import ekspor_daftar
from pdpb.tasks import bersihkan_berkas
from tests import make
from tests.pdpb.bersamaan import serentak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def cetakan(umur: int, isi: bytes = b"%PDF-1.7 rekap", *, status: str = "selesai") -> Job:
    """A printed recap of *umur* days."""
    job = Job.objects.create(
        kind="pdpb.cetak_rekap",
        params={"periode": make.periode().pk, "kertas": "a4"},
        requested_by=make.budi(),
        status=status,
        selesai_pada=sekarang() - timedelta(days=umur) if status == "selesai" else None,
    )
    berkas = berkas_cetakan(job.pk)
    berkas.parent.mkdir(parents=True, exist_ok=True)
    berkas.write_bytes(isi)
    tua(berkas, umur)
    return job


def tua(berkas, hari: int) -> None:
    saat = (sekarang() - timedelta(days=hari)).timestamp()
    os.utime(berkas, (saat, saat))


def ekspor() -> EksporDaftar:
    """A list by name, built and waiting to be fetched."""
    kini = make.kantor_berisi()[1]
    satu = minta_ekspor(
        periode=kini, wilayah=Kelurahan.objects.get(pk=make.TALISE), jenis="pemilih", bentuk="xlsx", oleh=make.budi(),
        penerima="Bawaslu Kota Palu", tujuan="Pencermatan daftar",
    )  # fmt: skip
    ekspor_daftar(Job.objects.get(pk=EksporDaftar.objects.get(pk=satu.pk).pekerjaan))
    return EksporDaftar.objects.get(pk=satu.pk)


def test_an_old_print_goes_and_a_younger_one_stays():
    lama, muda = cetakan(31), cetakan(29)
    assert bersihkan() == Dibersihkan(cetakan=1)
    assert not berkas_cetakan(lama.pk).exists()
    assert berkas_cetakan(muda.pk).exists()
    assert "Menghapus cetakan lama" in riwayat(lama).get().kalimat
    assert riwayat(muda).count() == 0
    assert Jejak.objects.get(tindakan="pdpb.bersihkan_berkas").jumlah == 1
    # The second night finds nothing and writes nothing.
    assert bersihkan() == Dibersihkan()
    assert Jejak.objects.filter(tindakan="pdpb.bersihkan_berkas").count() == 1


@pytest.mark.parametrize(
    ("nama", "pekerjaan"),
    [
        ("lembar-coktas", "pdpb.cetak_lembar_coktas"),
        ("berita-impor", "pdpb.cetak_berita_impor"),
        ("jawaban-saran", "pdpb.cetak_jawaban_saran"),
    ],
)
def test_every_print_that_can_be_made_again_goes_when_it_is_old(nama, pekerjaan):
    """Judged by the job of its own kind: a number that belongs to another kind of job says nothing of the age."""
    folder_cetakan().mkdir(parents=True, exist_ok=True)
    for umur in (31, 29):
        job = Job.objects.create(
            kind=pekerjaan, params={}, requested_by=make.sari(), status="selesai",
            selesai_pada=sekarang() - timedelta(days=umur),
        )  # fmt: skip
        berkas = folder_cetakan() / f"{nama}-{job.pk}.pdf"
        berkas.write_bytes(b"%PDF-1.7 " + str(job.pk).encode())
        assert bersihkan() == Dibersihkan(cetakan=int(umur > 30))
        assert berkas.exists() == (umur < 30)


def test_the_age_is_a_dated_row():
    job = cetakan(31)
    Aturan.objects.filter(kode=ATURAN_UMUR).update(nilai=32)
    bersihkan()
    assert berkas_cetakan(job.pk).exists()
    Aturan.objects.filter(kode=ATURAN_UMUR).update(nilai=30)
    bersihkan()
    assert not berkas_cetakan(job.pk).exists()
    assert Aturan.objects.get(kode=ATURAN_UMUR).dasar_hukum == "Kebijakan kantor"


def test_without_the_rule_no_print_is_deleted():
    job = cetakan(400)
    Aturan.objects.filter(kode=ATURAN_UMUR).update(akhir=hari_ini() - timedelta(days=1))
    with pytest.raises(ImproperlyConfigured, match=ATURAN_UMUR):
        bersihkan()
    assert berkas_cetakan(job.pk).exists()


def test_a_registered_file_is_never_deleted():
    """Also where it should not be: a file with the digest of a document's revision stays, whatever its name."""
    isi = b"%PDF-1.7 naskah terdaftar"
    nama = simpanan.simpan("ABCDEFGH2345", "r0", isi)
    make.kantor_berisi()
    Revisi.objects.create(naskah=Naskah.objects.first(), urut=0, berkas=nama, sha256=nama[-68:-4], ukuran=len(isi))
    tua(simpanan.akar() / nama, 900)
    job = cetakan(900, isi)
    assert bersihkan() == Dibersihkan(terdaftar=1)
    assert berkas_cetakan(job.pk).exists()
    assert simpanan.baca(nama) == isi


def test_a_print_that_is_being_made_stays():
    job = cetakan(90, status="antre")
    assert bersihkan() == Dibersihkan()
    assert berkas_cetakan(job.pk).exists()


def test_links_and_foreign_files_are_left_alone(tmp_path):
    luar = settings.DATA_DIR / "pki"
    luar.mkdir()
    (luar / "akar.pem").write_text("kunci")
    tua(luar / "akar.pem", 900)
    folder_cetakan().mkdir()
    os.symlink(luar / "akar.pem", folder_cetakan() / "rekap-77.pdf")
    catatan = folder_cetakan() / "catatan.txt"
    catatan.write_text("milik orang")
    tua(catatan, 900)
    assert bersihkan() == Dibersihkan()
    assert (luar / "akar.pem").read_text() == "kunci"
    assert catatan.exists()


def test_an_expired_export_goes_without_anybody_asking_for_another_one():
    satu = ekspor()
    assert bersihkan() == Dibersihkan()
    with time_machine.travel(sekarang() + timedelta(hours=25)):
        bersihkan_berkas()
    satu.refresh_from_db()
    assert satu.status == EksporDaftar.Status.BERAKHIR
    assert list(folder().iterdir()) == []
    assert riwayat(satu).first().tindakan == "pdpb.ekspor_berakhir"


def test_leftovers_of_killed_workers_go_after_two_days():
    satu = ekspor()
    for nama, hari in (("9.9.tmp", 3), ("8.8.tmp", 1), ("EKS-0099-2026-pemilih-x.pdf", 3), ("EKS-0098-2026-a.pdf", 1)):
        (folder() / nama).write_bytes(b"setengah")
        tua(folder() / nama, hari)
    tua(folder() / satu.berkas, 30)
    assert bersihkan() == Dibersihkan(sisa=2)
    assert {b.name for b in folder().iterdir()} == {"8.8.tmp", "EKS-0098-2026-a.pdf", satu.berkas}


def test_a_trial_counts_and_deletes_nothing():
    job = cetakan(31)
    keluar = StringIO()
    call_command("bersihkan_berkas", uji_coba=True, stdout=keluar)
    assert keluar.getvalue().startswith("Uji coba: 0 ekspor lewat, 1 cetakan lama")
    assert berkas_cetakan(job.pk).exists()
    assert not Jejak.objects.filter(tindakan__in=["pdpb.bersihkan_berkas", "pdpb.cetakan_dihapus"]).exists()
    call_command("bersihkan_berkas", stdout=keluar)
    assert not berkas_cetakan(job.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_delete_and_tell_once():
    jobs = [cetakan(40) for _ in range(6)]
    hasil = serentak(bersihkan, bersihkan)
    assert sum(h.cetakan for h in hasil) == 6
    assert sum(riwayat(job).count() for job in jobs) == 6


def test_the_page_of_a_deleted_print_leads_to_a_new_one(client):
    job = cetakan(31)
    client.force_login(make.budi())
    halaman = [reverse(f"pdpb:{nama}", args=[job.pk]) for nama in ("rekap_cetakan", "rekap_unduh")]
    bersihkan()
    for url in halaman:
        jawab = client.get(url, follow=True)
        assert jawab.redirect_chain == [(reverse("pdpb:rekap_cetak", args=[make.periode().pk]), 302)]
        assert "lewat masa simpannya" in jawab.content.decode()
