"""The public pages: facts for anybody, drafts for nobody, one answer per file, and a limit per address."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpupalu.naskah import basah, dasar, pembatasan, pki, sertifikat, simpanan, views_publik
from kpupalu.naskah import penandatanganan as ttd
from kpupalu.naskah.catatan import terdaftar_kode, terdaftar_untuk
from kpupalu.naskah.models import Naskah, PemakaianPublik
from tests.kernel import bangun_naskah as bangun

pytestmark = pytest.mark.django_db
SESUAI = {"nomor_sama": True, "isi_sama": True, "tanda_tangan_lengkap": True}


@pytest.fixture(autouse=True)
def _hari_pleno(data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    with time_machine.travel("2026-12-11T10:00:00+08:00", tick=True):
        yield


def bertanda(berapa: int, n: int = 2, **lain) -> Naskah:
    """A document for *n* signers that *berapa* of them have signed."""
    orang = bangun.komisioner(n)
    for user in orang:
        if not user.sertifikat.exists():
            sertifikat.terbitkan_sertifikat(user, sandi=bangun.SANDI, by=user)
    naskah = bangun.siap(n=n, **lain)
    for user in orang[:berapa]:
        ttd.tandatangani(naskah, oleh=user, sandi=bangun.SANDI, digest_dibaca=naskah.terbaru.sha256)
    naskah.refresh_from_db()
    return naskah


def isi(naskah: Naskah, urut: int | None = None) -> bytes:
    revisi = naskah.terbaru if urut is None else naskah.revisi.get(urut=urut)
    return simpanan.baca(revisi.berkas)


def kode(naskah: Naskah) -> str:
    return reverse("verifikasi_kode", args=[naskah.kode_verifikasi])


def unggah(client, url: str, pdf: bytes, **lain) -> str:
    return client.post(url, {"berkas": SimpleUploadedFile("a.pdf", pdf), **lain}).content.decode()


def test_page_shows_the_facts_without_login(client):
    absen = bangun.komisioner(2)[1]
    naskah = bertanda(1, tidak_hadir={absen.pk: "sakit keras"})
    teks = client.get(kode(naskah)).content.decode()
    for harus in [
        naskah.nomor,
        "11 Desember 2026",
        naskah.judul,
        "Anggota Rekaan 1, S.H.",
        naskah.terbaru.sha256,
        "Penerbit uji coba",
        "Unduh naskah asli",
        "1 dari 2 orang",
        "tidak tersertifikasi",
    ]:
        assert harus in teks
    # Why somebody was absent stands in the minutes, but it is not for a page of facts.
    assert "sakit keras" not in teks
    assert bangun.kasubbag().nama_lengkap not in teks


def test_file_leaves_the_office_only_when_complete(client):
    naskah = bertanda(1)
    berkas = reverse("verifikasi_berkas", args=[naskah.kode_verifikasi])
    assert "Belum lengkap" in client.get(kode(naskah)).content.decode()
    assert client.get(berkas).status_code == 404
    ttd.tandatangani(naskah, oleh=bangun.komisioner(2)[1], sandi=bangun.SANDI, digest_dibaca=naskah.terbaru.sha256)
    jawab = client.get(berkas)
    assert jawab.content == isi(naskah)
    assert jawab["Content-Type"] == "application/pdf"


def test_draft_and_unknown_code_are_404(client):
    naskah = bangun.konsep()
    assert client.get(kode(naskah)).status_code == 404
    assert client.get(reverse("verifikasi_kode", args=["AAAABBBBCCCC"])).status_code == 404
    assert client.get(reverse("verifikasi_berkas", args=["AAAABBBBCCCC"])).status_code == 404


def test_code_may_be_typed_as_people_type(client):
    naskah = bertanda(0)
    ketik = " " + "-".join(naskah.kode_verifikasi[i : i + 4].lower() for i in (0, 4, 8)) + " "
    jawab = client.post(reverse("verifikasi"), {"kode": ketik})
    assert (jawab.status_code, jawab["Location"]) == (302, kode(naskah))
    assert "tidak terdaftar" in client.post(reverse("verifikasi"), {"kode": "AAAABBBBCCCC"}).content.decode()
    assert "12 huruf" in client.post(reverse("verifikasi"), {"kode": "AAA"}).content.decode()


def test_uploaded_file_gets_one_result_word(client):
    naskah = bertanda(2)
    lain = bangun.pindaian()
    asli = isi(naskah)
    for pdf, kata in [
        (asli, "Sah"),
        (isi(naskah, 1), "Belum lengkap"),
        (isi(naskah, 0), "Belum lengkap"),
        (lain, "Bukan naskah yang terdaftar"),
        (asli[:2000] + bytes([asli[2000] ^ 1]) + asli[2001:], "Isi berubah setelah ditandatangani"),
        (b"bukan pdf", "Tidak dapat diperiksa"),
    ]:
        halaman = [(kode(naskah), {}), (reverse("verifikasi"), {"periksa": "1"})]
        for url, tambahan in halaman if kata in {"Sah", "Belum lengkap"} else halaman[:1]:
            PemakaianPublik.objects.all().delete()
            teks = unggah(client, url, pdf, **tambahan)
            assert f'<p class="alert-judul">{kata}</p>' in teks, (kata, url)


def test_old_version_says_so_and_leads_to_the_new_one(client):
    lama = bertanda(2)
    baru = dasar.ganti(
        lama,
        isi={"judul": "Berita acara uji"},
        penandatangan=dasar.calon_anggota(bangun.TANGGAL),
        by=bangun.kasubbag(),
        alasan="Saran perbaikan Bawaslu",
        tanggal=bangun.TANGGAL,
    )
    teks = client.get(kode(lama)).content.decode()
    assert "sedang diganti" in teks
    assert baru.kode_verifikasi not in teks
    baru = bangun.cetak(dasar.siapkan(baru, by=bangun.kasubbag()))
    teks = unggah(client, kode(lama), isi(lama))
    assert "Sah, versi lama" in teks
    assert kode(baru) in teks
    assert baru.nomor in terdaftar_kode(lama.kode_verifikasi).diganti


def test_registered_scan_is_sah_basah(client):
    naskah = bangun.siap(n=2, cara="basah")
    scan = basah.unggah_scan(naskah, berkas=bangun.pindaian(), by=bangun.kasubbag())
    assert terdaftar_untuk([scan.sha256]).lengkap == ""
    basah.banding_scan(scan, **SESUAI, by=bangun.orang("sekretaris", "sekretaris"))
    assert "Sah, tanda tangan basah" in unggah(client, kode(naskah), bangun.pindaian())
    berkas = client.get(reverse("verifikasi_berkas", args=[naskah.kode_verifikasi]))
    assert berkas.content == bangun.pindaian()
    assert "salinan" in berkas["Content-Disposition"]


def test_withdrawn_document_is_not_registered(client):
    naskah = bertanda(0)
    dasar.tarik(naskah, by=bangun.kasubbag(), alasan="Salah tanggal pleno")
    teks = client.get(kode(naskah)).content.decode()
    assert "ditarik" in teks
    assert "Salah tanggal pleno" not in teks
    assert terdaftar_untuk([naskah.terbaru.sha256]) is None
    assert "Bukan naskah yang terdaftar" in unggah(client, kode(naskah), isi(naskah))


def test_register_finds_a_file_by_any_of_its_beginnings():
    naskah = bertanda(1)
    dua = bertanda(0, subjek=("uji.periode", "2"))
    assert terdaftar_untuk(["0" * 64]) is None
    assert terdaftar_untuk(["0" * 64, naskah.revisi.get(urut=0).sha256]).revisi == tuple(
        naskah.revisi.order_by("urut").values_list("sha256", flat=True)
    )
    assert terdaftar_kode(dua.kode_verifikasi.lower()).lengkap == ""
    assert [bool(p.sidik) for p in terdaftar_kode(naskah.kode_verifikasi).penanda] == [True, False]


def test_pembatasan_per_alamat(client, monkeypatch):
    naskah = bertanda(0)
    monkeypatch.setattr(views_publik, "MAKS_LIHAT", 3)
    monkeypatch.setattr(views_publik, "MAKS_PERIKSA", 2)
    for _ in range(2):
        assert "Bukan naskah" in unggah(client, reverse("verifikasi"), bangun.pindaian(), periksa="1")
    jawab = client.post(
        reverse("verifikasi"), {"periksa": "1", "berkas": SimpleUploadedFile("a.pdf", bangun.pindaian())}
    )
    assert (jawab.status_code, jawab["Retry-After"]) == (429, "600")
    for _ in range(3):
        assert client.get(kode(naskah)).status_code == 200
    assert client.get(kode(naskah)).status_code == 429
    assert client.get(kode(naskah), REMOTE_ADDR="192.0.2.9").status_code == 200
    assert not PemakaianPublik.objects.filter(kunci__contains="127").exists()
    with time_machine.travel("2026-12-12T11:00:00+08:00"):
        assert client.get(kode(naskah)).status_code == 200
        batas = pembatasan.waktu.sekarang() - pembatasan.DISIMPAN
        assert not PemakaianPublik.objects.filter(jendela__lt=batas).exists()


def test_root_certificate_and_instructions_need_no_login(client):
    assert client.get(reverse("verifikasi_cara")).status_code == 200
    bertanda(0)
    pem = client.get(reverse("verifikasi_akar"))
    assert pem.content.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in pem.content
    assert "pyhanko sign validate" in client.get(reverse("verifikasi_cara")).content.decode()


@pytest.mark.parametrize("ukuran", [25 * 1024 * 1024 + 1])
def test_large_file_is_refused_with_a_sentence(client, ukuran):
    teks = unggah(client, reverse("verifikasi"), b"%PDF-" + b"0" * (ukuran - 5), periksa="1")
    assert "lebih besar dari 25 MB" in teks
