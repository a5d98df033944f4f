"""The note that a signer did not sign: its own file, tied to the document, signed and verifiable like the others."""

import io

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobFailed
from kpupalu.lib import Refused
from kpupalu.naskah import dasar, pki, sertifikat, simpanan
from kpupalu.naskah import penandatanganan as ttd
from kpupalu.naskah.catatan import terdaftar_untuk
from kpupalu.naskah.catatan_ttd import JENIS_CATATAN
from kpupalu.naskah.models import EntriAgenda, Naskah
from kpupalu.naskah.periksa import HasilKata, kepercayaan_kantor, periksa, potongan
from kpupalu.naskah.runners import cetak_catatan
from tests.kernel import bangun_naskah as bangun
from tests.pdpb.bersamaan import serentak

pytestmark = pytest.mark.django_db
S = Naskah.Status
ALASAN = "Rekapitulasi Kelurahan Lere belum saya baca"


@pytest.fixture(autouse=True)
def _hari_pleno(data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    with time_machine.travel("2026-12-11T10:00:00+08:00", tick=True):
        yield


def bersertifikat(n: int = 2, **lain) -> tuple[Naskah, list]:
    orang = bangun.komisioner(n)
    for user in orang:
        sertifikat.terbitkan_sertifikat(user, sandi=bangun.SANDI, by=user)
    return bangun.siap(n=n, **lain), orang


def tolak(naskah: Naskah, user, sebab: str = "menolak", oleh=None) -> Naskah:
    penanda = naskah.penandatangan.get(user=user)
    ttd.tolak_tandatangan(naskah, penanda=penanda, sebab=sebab, alasan=ALASAN, oleh=oleh or user)
    return Naskah.objects.get(kode_jenis=JENIS_CATATAN, subjek_id=str(penanda.pk))


def cetak(catatan: Naskah) -> Naskah:
    cetak_catatan(Job.objects.get(pk=catatan.pekerjaan_id))
    catatan.refresh_from_db()
    return catatan


def teks(naskah: Naskah) -> str:
    halaman = PdfReader(io.BytesIO(simpanan.baca(naskah.terbaru.berkas))).pages
    return " ".join(" ".join(h.extract_text() for h in halaman).split())


def bubuhi(naskah: Naskah, user) -> None:
    ttd.tandatangani(naskah, oleh=user, sandi=bangun.SANDI, digest_dibaca=naskah.terbaru.sha256)
    naskah.refresh_from_db()


def test_note_names_the_document_by_number_and_digest():
    naskah, orang = bersertifikat()
    sidik = naskah.terbaru.sha256
    catatan = cetak(tolak(naskah, orang[1]))
    assert catatan.nomor == "1/PL.01.2-CP/7271/2026"
    assert EntriAgenda.objects.get(nomor=catatan.nomor).perihal == f"Catatan penandatanganan {naskah.nomor}"
    isi = teks(catatan)
    for potong in (
        naskah.nomor,
        naskah.kode_verifikasi,
        ALASAN,
        "tidak menandatangani",
        "Anggota Rekaan 2",
        "NOMOR: 1/PL",
    ):
        assert potong in isi
    tanpa_spasi = isi.replace(" ", "")
    assert sidik in tanpa_spasi
    assert naskah.digest_isi in tanpa_spasi
    naskah.refresh_from_db()
    assert naskah.terbaru.sha256 == sidik


def test_the_ketua_signs_and_the_file_is_verified_like_the_others():
    naskah, orang = bersertifikat()
    catatan = cetak(tolak(naskah, orang[1], "berhalangan", bangun.kasubbag()))
    assert "berhalangan menandatangani" in teks(catatan)
    assert [p.user_id for p in catatan.penandatangan.all()] == [orang[0].pk]
    with pytest.raises(Refused, match="tidak termasuk"):
        bubuhi(catatan, orang[1])
    bubuhi(catatan, orang[0])
    assert catatan.status == S.LENGKAP
    pdf = simpanan.baca(catatan.terbaru.berkas)

    def hasil(isi: bytes) -> HasilKata:
        return periksa(isi, terdaftar=terdaftar_untuk(potongan(isi)), kepercayaan=kepercayaan_kantor()).hasil

    assert hasil(pdf) == HasilKata.SAH
    assert hasil(pdf + b"\n%%EOF\n") == HasilKata.BERUBAH


def test_a_note_about_the_ketua_is_signed_by_the_next_commissioner():
    naskah, orang = bersertifikat(3)
    catatan = tolak(naskah, orang[0])
    assert catatan.penandatangan.get().user == orang[1]


def test_without_anybody_else_the_note_still_comes_about():
    naskah, orang = bersertifikat(1)
    assert tolak(naskah, orang[0]).penandatangan.get().user == orang[0]
    naskah, orang = bersertifikat(1, subjek=("uji.periode", "2"))
    sakit = tolak(naskah, orang[0], "berhalangan", bangun.kasubbag())
    assert (sakit.cara, sakit.penandatangan.get().user) == (Naskah.Cara.BASAH, bangun.kasubbag())


def test_note_of_a_document_on_paper_is_on_paper():
    naskah, orang = bersertifikat(cara=Naskah.Cara.BASAH)
    assert tolak(naskah, orang[1]).cara == Naskah.Cara.BASAH


def test_who_declares_may_print_only_notes():
    naskah, orang = bersertifikat()
    catatan = tolak(naskah, orang[1])
    job = Job.objects.get(pk=catatan.pekerjaan_id)
    assert (job.requested_by, job.runner.perm) == (orang[1], "")
    job.params["naskah"] = naskah.pk
    with pytest.raises(JobFailed, match="Hanya catatan"):
        cetak_catatan(job)


def test_a_note_is_neither_withdrawn_nor_noted_itself_but_may_be_repeated():
    naskah, orang = bersertifikat()
    catatan = cetak(tolak(naskah, orang[1]))
    with pytest.raises(Refused, match="tidak dapat ditarik"):
        dasar.tarik(catatan, by=bangun.kasubbag(), alasan="Salah tekan tombol")
    with pytest.raises(Refused, match="tidak memerlukan catatan lagi"):
        tolak(catatan, orang[0])
    baru = dasar.ulangi(catatan, by=bangun.kasubbag(), alasan="Ketua tidak dapat menandatangani", cara="basah")
    assert (baru.versi, baru.menggantikan, baru.cara) == (2, catatan, "basah")


def test_second_refusal_of_the_same_person_makes_no_second_note():
    naskah, orang = bersertifikat()
    tolak(naskah, orang[1])
    with pytest.raises(Refused, match="tidak sedang menunggu"):
        tolak(naskah, orang[1])
    assert Naskah.objects.filter(kode_jenis=JENIS_CATATAN).count() == 1
    assert EntriAgenda.objects.filter(perihal__startswith="Catatan").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_noting_one_incapacity_at_once():
    naskah, orang = bersertifikat()
    bangun.kasubbag()
    hasil = serentak(*[lambda: tolak(naskah, orang[1], "berhalangan", bangun.kasubbag()) for _ in range(2)])
    assert sorted(type(h).__name__ for h in hasil) == ["Naskah", "Refused"]
    assert EntriAgenda.objects.filter(perihal__startswith="Catatan").count() == 1


def test_pages_link_the_note_and_the_public_gets_no_reason(client):
    naskah, orang = bersertifikat()
    catatan = tolak(naskah, orang[1])
    publik = reverse("verifikasi_kode", args=[naskah.kode_verifikasi])
    alamat = reverse("verifikasi_kode", args=[catatan.kode_verifikasi])
    # Before the print the public reads the number, and there is nothing to follow yet.
    assert catatan.nomor in client.get(publik).content.decode()
    assert alamat not in client.get(publik).content.decode()
    assert client.get(alamat).status_code == 404
    cetak(catatan)
    bubuhi(catatan, orang[0])
    for halaman in (client.get(publik), client.get(alamat)):
        assert halaman.status_code == 200
        assert ALASAN not in halaman.content.decode()
    assert alamat in client.get(publik).content.decode()
    assert publik in client.get(alamat).content.decode()
    assert client.get(reverse("verifikasi_berkas", args=[catatan.kode_verifikasi])).status_code == 404
    client.force_login(bangun.kasubbag())
    assert catatan.get_absolute_url() in client.get(naskah.get_absolute_url()).content.decode()
    rinci = client.get(catatan.get_absolute_url()).content.decode()
    assert naskah.get_absolute_url() in rinci
    for tombol in ("Tarik naskah", "Catat halangan", "Umumkan"):
        assert tombol not in rinci


def test_the_ketua_reads_that_it_is_a_note(client):
    naskah, orang = bersertifikat()
    catatan = cetak(tolak(naskah, orang[1]))
    client.force_login(orang[0])
    isi = client.get(reverse("naskah:tandatangani", args=[catatan.pk])).content.decode()
    assert "Saya telah membaca catatan penandatanganan ini" in isi
    assert "Saya tidak menandatangani" not in isi
    isi = client.get(reverse("naskah:tandatangani", args=[naskah.pk])).content.decode()
    assert "Saya telah membaca berita acara" in isi


@pytest.mark.parametrize("peran", ["bawaslu", "ppid", "gudang"])
def test_others_do_not_read_a_note(client, peran):
    naskah, orang = bersertifikat()
    catatan = cetak(tolak(naskah, orang[1]))
    client.force_login(bangun.orang(f"uji-{peran}", peran))
    for nama in ("detail", "berkas"):
        assert client.get(reverse(f"naskah:{nama}", args=[catatan.pk])).status_code == 404
