"""Documents: frozen, printed once, withdrawn or replaced with a trace, and printed without network."""

import errno
import io
import json
import os
from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from kpupalu.audit.catatan import riwayat
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobFailed
from kpupalu.lib import Refused
from kpupalu.naskah import cetak, dasar, pades, runners, simpanan
from kpupalu.naskah.models import EntriAgenda, Naskah, Penandatangan, Revisi
from tests.kernel import bangun_naskah as bangun

S = Naskah.Status


def teks(pdf: bytes) -> str:
    """All text of *pdf*, with single blanks."""
    return " ".join(" ".join(halaman.extract_text() for halaman in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(autouse=True)
def _folder(data_dir):
    return data_dir


# --- Printing without network ---


@pytest.mark.parametrize(
    "isi",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="https://contoh.invalid/x.png">',
        '<img src="x.png">',
        '<img src="statik:../kpupalu/settings.py">',
        '<img src="statik:tidak/ada.png">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<style>@import "file:///etc/passwd";</style>',
        "<style>@font-face { font-family: x; src: url(file:///etc/hostname) } body { font-family: x }</style>",
        "<style>body { background: url(ftp://127.0.0.1/x.png) }</style>",
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<a rel="attachment" href="file:///etc/hostname">unduh</a>',
        '<object data="file:///etc/hostname"></object>',
        "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
        "%3Cimage href='file:///etc/hostname' width='9' height='9'/%3E%3C/svg%3E\">",
    ],
)
def test_pdf_tanpa_jaringan(isi):
    with pytest.raises(cetak.CetakGagal):
        cetak.cetak_html(f"<!doctype html><html lang=id><head></head><body>{isi}<p>a</p></body></html>")


def test_statik_dan_data_boleh():
    hasil = cetak.cetak_html(
        f'<html lang=id><head><link rel=stylesheet href="statik:naskah/print.css"></head>'
        f'<body><img alt=QR src="{cetak.kode_qr("https://contoh.invalid/")}"></body></html>'
    )
    assert hasil.pdf.startswith(b"%PDF-")


# --- The printed page ---


@pytest.fixture
def tercetak(db, settings):
    settings.MODE_CONTOH = True
    naskah = bangun.siap(tidak_hadir={bangun.komisioner()[3].pk: "sakit"})
    return naskah, simpanan.baca(naskah.terbaru.berkas)


def test_pdf_carries_all_facts_before_the_first_signature(tercetak):
    naskah, pdf = tercetak
    isi = teks(pdf)
    for harus in [
        naskah.nomor,
        naskah.kode_verifikasi,
        "Lembar bukti",
        "Tidak hadir: sakit",
        "Anggota Rekaan 1, S.H.",
        "11 Desember 2026",
        "uji coba – tidak tersertifikasi",
    ]:
        assert harus in isi
    assert naskah.digest_isi in isi.replace(" ", "")
    assert "ab" * 32 in isi.replace(" ", "")
    assert "KONSEP" not in isi
    halaman = PdfReader(io.BytesIO(pdf)).pages
    for nomor, lembar in enumerate(halaman, start=1):
        assert "CONTOH – BUKAN DOKUMEN RESMI" in lembar.extract_text()
        assert f"Halaman {nomor} dari {len(halaman)}" in lembar.extract_text()


def test_pdf_is_tagged_archival_and_indonesian(tercetak):
    pembaca = PdfReader(io.BytesIO(tercetak[1]))
    akar = pembaca.trailer["/Root"]
    assert akar["/Lang"] == "id"
    assert akar["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in akar
    assert b"pdfaid:part" in akar["/Metadata"].get_data()
    assert pembaca.metadata.title.endswith(tercetak[0].nomor)
    for lembar in pembaca.pages:
        for huruf in lembar["/Resources"]["/Font"].values():
            gambaran = huruf.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(f"/FontFile{n}" in gambaran for n in ("", "2", "3")), "huruf tidak disematkan"


def test_every_signer_who_attended_has_an_empty_field_in_the_box(tercetak):
    naskah, pdf = tercetak
    assert pades.kolom_tanda_tangan(pdf) == dict.fromkeys(["ttd-1", "ttd-2", "ttd-3", "ttd-5"], False)
    kolom = cetak.cetak(naskah.jenis.template, dasar.konteks_cetak(naskah)).kolom
    lebar, tinggi = (float(x) for x in PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:])
    for k in kolom:
        assert 0 < k.x0 < k.x1 < lebar
        assert 0 < k.y0 < k.y1 < tinggi
        assert k.x1 - k.x0 > 150
        assert k.y1 - k.y0 > 45
    assert all(atas.y0 >= bawah.y1 for atas, bawah in pairwise(kolom))


@pytest.mark.django_db
def test_draft_says_konsep_on_every_page_and_has_no_code(settings):
    settings.MODE_CONTOH = False
    naskah = bangun.konsep()
    pdf = dasar.cetak_konsep(naskah).pdf
    for lembar in PdfReader(io.BytesIO(pdf)).pages:
        assert "KONSEP" in lembar.extract_text()
        assert "CONTOH" not in lembar.extract_text()
    assert naskah.kode_verifikasi not in teks(pdf)


@pytest.mark.django_db
def test_installed_logo_is_printed(data_dir):
    (data_dir / "kop").mkdir()
    (data_dir / "kop" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
    )
    naskah = bangun.konsep()
    dengan = dasar.cetak_konsep(naskah).pdf
    (data_dir / "kop" / "logo.svg").unlink()
    assert "Lambang" in dengan.decode("latin-1") or len(dengan) != len(dasar.cetak_konsep(naskah).pdf)


# --- Numbered once, printed once, frozen ---


@pytest.mark.django_db
def test_siapkan_draws_the_number_and_waits_for_the_print():
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    assert naskah.nomor == "1/PL.01.2-BA/7271/IV/2026"
    assert naskah.status == S.KONSEP
    assert naskah.pekerjaan.kind == "naskah.cetak"
    bangun.cetak(naskah)
    assert (naskah.status, naskah.terbaru.urut) == (S.SIAP, 0)
    assert [j.tindakan for j in riwayat(naskah)] == ["naskah_dicetak", "naskah_disiapkan", "naskah_dibuat"]


@pytest.mark.django_db
def test_print_job_run_twice_prints_once(monkeypatch):
    naskah = bangun.siap()
    monkeypatch.setattr(runners, "cetak", lambda *a, **k: pytest.fail("dicetak dua kali"))
    bangun.cetak(naskah)
    assert naskah.revisi.count() == 1


@pytest.mark.django_db
def test_killed_between_file_and_row_recovers_without_a_second_print(monkeypatch):
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    with monkeypatch.context() as m:
        m.setattr(runners, "_daftarkan", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bangun.cetak(naskah)
    assert naskah.revisi.count() == 0
    assert simpanan.cari(naskah.kode_verifikasi, "r0")
    monkeypatch.setattr(runners, "cetak", lambda *a, **k: pytest.fail("dicetak dua kali"))
    bangun.cetak(naskah)
    assert naskah.status == S.SIAP
    assert simpanan.baca(naskah.terbaru.berkas).startswith(b"%PDF-")


@pytest.mark.django_db
def test_killed_while_writing_leaves_no_half_file(monkeypatch):
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    with monkeypatch.context() as m:
        m.setattr(os, "replace", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bangun.cetak(naskah)
    assert simpanan.cari(naskah.kode_verifikasi, "r0") is None
    assert bangun.cetak(naskah).status == S.SIAP


@pytest.mark.django_db
def test_full_disk_is_a_sentence_and_nothing_is_stored(monkeypatch, data_dir):
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())

    def penuh(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as m:
        m.setattr(os, "fsync", penuh)
        with pytest.raises(Refused, match="ruang simpan penuh"):
            bangun.cetak(naskah)
    assert [p for p in (data_dir / "naskah").rglob("*") if p.is_file()] == []
    naskah.refresh_from_db()
    assert naskah.status == S.KONSEP


@pytest.mark.django_db
def test_second_siapkan_is_refused_and_keeps_the_number():
    naskah = bangun.siap()
    with pytest.raises(Refused, match="siap ditandatangani"):
        dasar.siapkan(naskah, by=bangun.kasubbag())
    assert EntriAgenda.objects.count() == 1


@pytest.mark.django_db
def test_failed_print_is_tried_again_under_the_same_number():
    rusak = bangun.jenis("rusak", template="tidak/ada.html")
    naskah = dasar.siapkan(bangun.konsep(jenis=rusak), by=bangun.kasubbag())
    Job.objects.filter(pk=naskah.pekerjaan_id).update(status="gagal", selesai_pada="2026-12-11T00:00Z")
    lagi = dasar.siapkan(naskah, by=bangun.kasubbag())
    assert lagi.nomor == naskah.nomor
    assert lagi.pekerjaan_id != naskah.pekerjaan_id


@pytest.mark.django_db
def test_template_without_all_boxes_fails_the_job(monkeypatch):
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    asli = runners.cetak
    monkeypatch.setattr(runners, "cetak", lambda t, i: cetak.Tercetak(asli(t, i).pdf, []))
    with pytest.raises(JobFailed, match="kotak tanda tangan"):
        bangun.cetak(naskah)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update naskah_naskah set isi = '{}'::jsonb",
        "update naskah_naskah set nomor = 'lain'",
        "update naskah_naskah set tanggal = '2026-01-01'",
        "update naskah_revisi set sha256 = 'lain'",
        "delete from naskah_revisi",
    ],
)
def test_database_keeps_what_was_printed(sql):
    bangun.siap()
    with pytest.raises(DatabaseError, match="tidak boleh diubah"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_changed_file_on_disk_is_noticed(data_dir):
    naskah = bangun.siap()
    jalur = data_dir / "naskah" / naskah.terbaru.berkas
    jalur.write_bytes(jalur.read_bytes() + b" ")
    with pytest.raises(simpanan.BerkasRusak):
        simpanan.baca(naskah.terbaru.berkas)


@pytest.mark.parametrize("nama", ["../rahasia", "/etc/passwd", "A/../../x.pdf", "A/r0-zz.pdf"])
def test_store_never_leaves_its_folder(nama):
    with pytest.raises(simpanan.BerkasRusak):
        simpanan.baca(nama)


# --- Draft, withdrawal, replacement ---


@pytest.mark.django_db
def test_second_document_about_the_same_thing_is_refused():
    bangun.konsep()
    with pytest.raises(Refused, match="sudah ada"):
        bangun.konsep()
    assert bangun.konsep(subjek=("uji.periode", "2")).versi == 1


@pytest.mark.django_db
def test_withdrawn_document_frees_its_subject_and_uses_up_its_number():
    naskah = bangun.siap()
    dasar.tarik(naskah, by=bangun.kasubbag(), alasan="Salah tanggal pleno")
    assert EntriAgenda.objects.get(nomor=naskah.nomor).batal
    kedua = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    assert (kedua.versi, kedua.nomor.split("/")[0]) == (2, "2")


@pytest.mark.django_db
def test_withdrawn_during_the_print_is_not_revived():
    naskah = dasar.siapkan(bangun.konsep(), by=bangun.kasubbag())
    dasar.tarik(naskah, by=bangun.kasubbag(), alasan="Salah tanggal pleno")
    with pytest.raises(JobFailed, match="ditarik"):
        bangun.cetak(naskah)
    naskah.refresh_from_db()
    assert naskah.status == S.DITARIK
    assert not Revisi.objects.filter(naskah=naskah).exists()


@pytest.mark.django_db
def test_replacement_is_the_next_version_and_names_the_old_one():
    lama = bangun.siap()
    baru = dasar.ganti(
        lama,
        isi={"judul": "Berita acara uji", "perubahan": "satu"},
        penandatangan=dasar.calon_anggota(bangun.TANGGAL),
        by=bangun.kasubbag(),
        alasan="Saran perbaikan Bawaslu",
        tanggal=bangun.TANGGAL,
        cara="basah",
    )
    lama.refresh_from_db()
    assert (lama.status, baru.versi, baru.menggantikan) == (S.DIGANTI, 2, lama)
    assert (baru.cara, baru.penyedia) == ("basah", "basah")
    baru = bangun.cetak(dasar.siapkan(baru, by=bangun.kasubbag()))
    assert f"menggantikan {lama.nomor}" in teks(simpanan.baca(baru.terbaru.berkas))
    assert pades.kolom_tanda_tangan(simpanan.baca(baru.terbaru.berkas)) == {}
    with pytest.raises(Refused, match="tidak dapat diganti"):
        dasar.ganti(lama, isi={}, penandatangan=[], by=bangun.kasubbag(), alasan="Sekali lagi saja")


@pytest.mark.django_db
def test_document_let_go_by_its_work_area_is_named_by_the_next_one():
    lama = bangun.siap()
    dasar.tandai_diganti(lama, by=bangun.kasubbag(), alasan="Saran perbaikan Bawaslu")
    ditarik = bangun.konsep()
    assert (ditarik.versi, ditarik.menggantikan) == (2, lama)
    dasar.tarik(ditarik, by=bangun.kasubbag(), alasan="Salah tanggal pleno")
    assert (bangun.konsep().versi, Naskah.objects.filter(menggantikan=lama).count()) == (3, 2)


@pytest.mark.django_db
def test_absence_needs_a_reason_and_somebody_must_attend():
    bangun.komisioner()
    calon = dasar.calon_anggota(bangun.TANGGAL)
    tanpa = dasar.Calon(calon[0].user, "A", "Ketua", hadir=False)
    for daftar, pesan in [([calon[1], tanpa], "alasan"), ([tanpa], "paling sedikit satu")]:
        with pytest.raises(Refused, match=pesan), transaction.atomic():
            dasar.buat_naskah(bangun.jenis(), subjek=None, isi={}, penandatangan=daftar, by=bangun.kasubbag())
    assert not Penandatangan.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("peran", ["operator", "ketua", "anggota", "auditor", "admin"])
def test_only_those_with_the_right_prepare_withdraw_announce(peran):
    naskah, lain = bangun.konsep(), bangun.orang("lain", peran)
    for lakukan in (
        lambda: dasar.siapkan(naskah, by=lain),
        lambda: dasar.tarik(naskah, by=lain, alasan="Alasan yang panjang"),
        lambda: dasar.umumkan(naskah, by=lain),
        lambda: dasar.ganti(naskah, isi={}, penandatangan=[], by=lain, alasan="Alasan yang panjang"),
    ):
        with pytest.raises(Refused, match="tidak berwenang"):
            lakukan()


@pytest.mark.django_db
def test_digest_of_isi_is_canonical():
    assert dasar.sidik_isi({"b": 1, "a": "é"}) == dasar.sidik_isi(json.loads('{"a": "\\u00e9", "b": 1}'))
    assert dasar.sidik_isi({"a": 1}) != dasar.sidik_isi({"a": 2})


@pytest.mark.django_db
def test_code_is_unique_and_unguessable():
    kode = {bangun.konsep(subjek=("uji.periode", str(i))).kode_verifikasi for i in range(20)}
    assert len(kode) == 20
    assert all(len(k) == 12 and k.isalnum() and k.isupper() for k in kode)
    with pytest.raises(IntegrityError), transaction.atomic():
        Naskah.objects.update(kode_verifikasi="SAMA")
