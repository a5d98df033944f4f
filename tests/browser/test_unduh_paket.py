"""The package of a quarter as its people see it: what is missing, making it, fetching it, the digest for everybody."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpupalu.jobs.models import Job
from kpupalu.jobs.tasks import run_job
from pdpb.models import PaketPeriode
from pdpb.paket.pemeriksaan import periksa_paket
from tests import make
from tests.browser.periksa import periksa
from tests.pdpb import bangun_paket


@pytest.fixture(scope="module")
def tutup(peladen):
    """The closed quarter."""
    return bangun_paket.tertutup_di_utas()


@pytest.mark.parametrize("js", [True, False])
def test_from_the_period_to_the_file_that_can_be_checked(orang, tutup, tmp_path, js):
    page = orang(make.budi(), java_script_enabled=js)
    page.goto(reverse("pdpb:periode_detail", args=[tutup.pk]))
    page.get_by_role("link", name="Susun paket triwulan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Paket {tutup.nama}")
    expect(page.get_by_text("Notula rapat pleno terbuka 08-12-2026")).to_be_visible()
    expect(page.get_by_text("tidak memuat daftar bernama ber-NIK")).to_be_visible()
    if js:
        periksa(page)
    page.get_by_role("button", name=re.compile("Susun")).click()
    job = Job.objects.filter(kind="pdpb.susun_paket").latest("pk")
    expect(page).to_have_url(re.compile(f"{job.pk}/$"))
    run_job(job.pk)
    paket = PaketPeriode.objects.get(pekerjaan=job.pk)
    page.goto(reverse("pdpb:paket", args=[tutup.pk]))
    expect(page.get_by_text(paket.sidik_manifes).first).to_be_visible()
    if js:
        periksa(page)
    with page.expect_download() as unduhan:
        page.get_by_role("link", name=f"Unduh {paket.nomor}").click()
    assert unduhan.value.suggested_filename == paket.berkas
    unduhan.value.save_as(tmp_path / "paket.zip")
    hasil = periksa_paket(tmp_path / "paket.zip")
    assert (hasil.temuan, hasil.sidik_manifes) == ([], paket.sidik_manifes)


def test_everybody_sees_the_digest_and_only_its_people_the_file(orang, tutup):
    if not PaketPeriode.objects.siap().exists():
        bangun_paket.susun(tutup)
    paket = PaketPeriode.objects.siap()[0]
    umum = orang(None)
    umum.goto(reverse("pdpb:pengumuman", args=[tutup.pk]))
    expect(umum.get_by_text(paket.sidik_manifes)).to_be_visible()
    periksa(umum)
    bawaslu = orang(make.orang("fatma", "bawaslu"))
    bawaslu.goto(reverse("pdpb:periode_detail", args=[tutup.pk]))
    expect(bawaslu.get_by_text("Susun paket triwulan")).to_be_visible()
    expect(bawaslu.get_by_role("link", name="Susun paket triwulan")).to_have_count(0)
    jawaban = bawaslu.goto(reverse("pdpb:paket_unduh", args=[tutup.pk, paket.urut]))
    assert jawaban is not None
    assert jawaban.status == 404
