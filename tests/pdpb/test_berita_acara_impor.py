"""The minutes of an import on paper, printed in the background."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from pdpb import impor
from pdpb.cetakan_impor import cetak_berita_impor
from pdpb.impor import perbaikan
from pdpb.impor.perbaikan import Isian
from pdpb.impor.rusak import baris_rusak
from pdpb.models import ImporBatch
from tests import make
from tests.pdpb.test_halaman_impor import PERAN, jalankan, masuk
from tests.pdpb.test_impor import baris, berkas, muat, usul, usulkan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def berisi() -> ImporBatch:
    """A base list of which one row was mended on the page, one explained, one still waits."""
    make.tps(make.TALISE, 1)
    batch = impor.unggah(
        [berkas(baris("1", KELAMIN="P"), *(baris(str(n), KELURAHAN="TALISEE") for n in (2, 3, 4)))],
        jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="KPU Provinsi",
    )  # fmt: skip
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    perbaikan.perbaiki(
        batch, [Isian(baris_rusak(batch)[0], {"kelurahan": "Talise"})], oleh=make.sari(), alasan="KTP-el pemilih"
    )
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, alasan="susulan kelurahan Talise")
    impor.jelaskan(batch, jumlah=1, penjelasan="Baris kembar pada berkas asal", oleh=make.budi())
    return ImporBatch.objects.get(pk=batch.pk)


def teks(pdf: bytes) -> str:
    return " ".join(" ".join(h.extract_text().split()) for h in PdfReader(io.BytesIO(pdf)).pages)


def test_the_minutes_say_what_came_what_became_of_it_and_who_answered():
    batch = berisi()
    pdf = cetak_berita_impor(batch, oleh="Sari")
    isi = teks(pdf)
    for kata in (
        "KPU Provinsi", "daftar.csv", f"perbaikan-impor-{batch.pk}-berkas-2.csv", "perbaikan di halaman",
        "KTP-el pemilih", "Baris kembar pada berkas asal", "Digantikan berkas ke-2 baris 2", "Tidak diterapkan",
        "tidak ada di Kota Palu", f"{make.budi()} telah membaca dan menerima peringatan", f"{make.budi()} menerapkan",
        "susulan kelurahan Talise",
        "1 baris sudah digantikan oleh baris perbaikannya, 2 baris belum", "Menerapkan impor", "Halaman 1 dari",
        "Bukan berita acara rekapitulasi",
    ):  # fmt: skip
        assert kata in isi, kata
    rapat = isi.replace(" ", "")
    for b in batch.berkas.all():
        assert b.berkas_masuk.sha256 in rapat
    assert not re.search(r"7271[0-9]{8}", re.sub(r"[0-9a-f]{64}", "", rapat))
    assert "ARIF" not in isi


def test_the_print_is_tagged_with_its_fonts_inside_and_marked_in_example_mode(settings):
    batch = berisi()
    settings.MODE_CONTOH = True
    pdf = cetak_berita_impor(batch, oleh="Sari")
    dokumen = PdfReader(io.BytesIO(pdf))
    akar = dokumen.trailer["/Root"]
    assert akar["/MarkInfo"]["/Marked"]
    assert akar["/Lang"] == "id"
    assert "/StructTreeRoot" in akar
    for halaman in dokumen.pages:
        assert "BUKAN DOKUMEN RESMI" in halaman.extract_text()
        for huruf in halaman["/Resources"]["/Font"].values():
            keturunan = huruf.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in keturunan["/FontDescriptor"] or "/FontFile3" in keturunan["/FontDescriptor"]
    settings.MODE_CONTOH = False
    assert "BUKAN DOKUMEN RESMI" not in teks(cetak_berita_impor(batch, oleh="Sari"))


def test_minutes_of_changes_count_by_kind_and_of_an_undone_import_say_so():
    muat(baris("1"), baris("2"))
    batch = usulkan(usul("TMS", "meninggal", DPID="1"), usul("UBAH", "", DPID="2", ALAMAT="JL. BARU"))
    isi = teks(cetak_berita_impor(batch, oleh="Sari"))
    assert "Tidak memenuhi syarat (TMS) Meninggal 1" in isi
    assert "Perbaikan data Perbaikan elemen data 1" in isi
    batch = impor.batalkan(batch, oleh=make.budi(), alasan="berkasnya tertukar")
    assert "berkasnya tertukar" in teks(cetak_berita_impor(batch, oleh="Sari"))


def test_an_import_never_applied_has_no_minutes(client):
    make.tps(make.TALISE, 1)
    batch = impor.unggah([berkas(baris("1"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    with pytest.raises(Refused, match="belum pernah diterapkan"):
        cetak_berita_impor(batch, oleh="Sari")
    masuk(client)
    assert client.post(reverse("pdpb:impor_cetak", args=[batch.pk])).status_code == 404


def test_the_walk_to_the_file(client):
    batch = berisi()
    masuk(client)
    cetak = reverse("pdpb:impor_cetak", args=[batch.pk])
    assert cetak in client.get(reverse("pdpb:impor_berita_acara", args=[batch.pk])).content.decode()
    assert client.get(cetak).status_code == 405
    jawab = client.post(cetak)
    job = jalankan("pdpb.cetak_berita_impor")
    Job.objects.filter(pk=job.pk).update(hasil=job.hasil)
    assert jawab.url == reverse("jobs:detail", args=[job.pk])
    assert job.hasil["sha256"] in client.get(job.hasil["tautan"]).content.decode()
    unduh = client.get(reverse("pdpb:impor_cetakan_unduh", args=[job.pk]))
    assert b"".join(unduh.streaming_content).startswith(b"%PDF")
    client.force_login(make.orang("lain", "operator"))
    for nama in ("impor_cetakan", "impor_cetakan_unduh"):
        assert client.get(reverse(f"pdpb:{nama}", args=[job.pk])).status_code == 404, "somebody else's print"


@pytest.mark.parametrize("peran", PERAN)
def test_only_the_desk_of_imports_prints(client, peran):
    batch = muat(baris("1"))
    masuk(client, peran)
    boleh = peran in {"operator", "kasubbag_rendatin"}
    assert client.post(reverse("pdpb:impor_cetak", args=[batch.pk])).status_code == (302 if boleh else 404)
    assert Job.objects.filter(kind="pdpb.cetak_berita_impor").exists() == boleh
