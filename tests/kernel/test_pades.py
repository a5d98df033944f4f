"""Five signatures on a real print: whole, nested, time-stamped, readable by others."""

import io
import re
import subprocess
from datetime import timedelta
from itertools import pairwise

import pypdf
import pytest

from kpupalu.lib import Refused
from kpupalu.naskah import pki
from kpupalu.naskah.bacaan import baca
from kpupalu.naskah.pades import Kolom, kolom_tanda_tangan, pasang_kolom
from kpupalu.naskah.pembaca import Pembaca
from kpupalu.naskah.penyedia import SandiSalah, TandaTanganDitolak
from kpupalu.naskah.penyedia import bubuhkan as bubuhkan_penyedia
from kpupalu.naskah.penyedia.basah import Basah, periksa_pindaian
from kpupalu.naskah.penyedia.lokal import Lokal
from tests.kernel import bertanda
from tests.kernel.bertanda import SAAT, SANDI


@pytest.fixture(scope="module")
def kantor():
    return bertanda.kantor()


@pytest.fixture(scope="module")
def revisi(kantor):
    return kantor.revisi(bertanda.halaman())


def test_each_revision_begins_with_the_one_before(revisi):
    assert revisi[0].startswith(bertanda.halaman())
    for lama, baru in pairwise(revisi):
        assert baru.startswith(lama)
        assert len(baru) > len(lama)


def test_five_signatures_are_whole_trusted_and_time_stamped(kantor, revisi):
    isi = baca(revisi[-1], kantor.kepercayaan, SAAT + timedelta(days=1))
    assert [t.kolom for t in isi.tanda] == [f"ttd-{n}" for n in range(1, 6)]
    assert [t.nama for t in isi.tanda] == bertanda.NAMA
    assert [t.jabatan for t in isi.tanda] == ["Ketua", *["Anggota"] * 4]
    assert all(t.utuh and t.dipercaya and t.berstempel and t.pencabutan_diketahui for t in isi.tanda)
    assert [t.perubahan for t in isi.tanda] == [""] * 5
    assert [t.sidik for t in isi.tanda] == [p.sidik for p in kantor.penanda]
    assert isi.tanda[2].waktu.startswith("2025-12-12T06:08:00")
    assert isi.kolom_kosong == ()


def test_pdfsig_agrees(revisi, tmp_path):
    berkas = tmp_path / "naskah.pdf"
    berkas.write_bytes(revisi[-1])
    hasil = subprocess.run(["pdfsig", "-nocert", berkas], capture_output=True, text=True).stdout
    assert hasil.count("Signature is Valid") == 5
    assert hasil.count("ETSI.CAdES.detached") == 5
    assert hasil.count("- Total document signed") == 1
    assert hasil.count("- Not total document signed") == 4


def test_chain_crl_and_timestamp_are_in_the_file(kantor, revisi):
    """Nothing but the root is needed, long after every signer's certificate has expired."""
    hanya_akar = kantor.kepercayaan.__class__(akar=kantor.kepercayaan.akar)
    isi = baca(revisi[-1], hanya_akar, SAAT + timedelta(days=15 * 365))
    assert all(t.dipercaya and t.pencabutan_diketahui for t in isi.tanda)
    dss = Pembaca(revisi[-1]).root["/DSS"]
    assert len(dss["/CRLs"]) >= 2
    assert len(dss["/Certs"]) >= 7


def test_signature_keeps_pdf_a_tags_and_metadata(revisi):
    """The declaration, the tags, the title and the version are those of the print."""
    awal, akhir = Pembaca(bertanda.halaman()), Pembaca(revisi[-1])
    assert akhir.input_version == (1, 7)
    assert akhir.root["/Metadata"].data == awal.root["/Metadata"].data
    assert b"pdfaid:part" in akhir.root["/Metadata"].data
    assert akhir.root["/MarkInfo"]["/Marked"] == awal.root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in akhir.root
    assert akhir.root["/OutputIntents"] == awal.root["/OutputIntents"]
    assert "/NeedAppearances" not in akhir.root["/AcroForm"]


def test_every_field_has_an_appearance_and_embedded_fonts(revisi):
    """PDF/A: a printable widget with a normal appearance; every font of the stamp carries its file."""
    huruf = 0
    for halaman in pypdf.PdfReader(io.BytesIO(revisi[-1])).pages:
        for anotasi in halaman.get("/Annots", []):
            anotasi = anotasi.get_object()
            assert anotasi["/Subtype"] == "/Widget"
            assert anotasi["/F"] & 4
            assert not anotasi["/F"] & 2
            tampilan = anotasi["/AP"]["/N"]
            for xobjek in tampilan["/Resources"]["/XObject"].values():
                for satu in xobjek["/Resources"]["/Font"].values():
                    turunan = satu["/DescendantFonts"][0]
                    assert {"/FontFile2", "/FontFile3"} & set(turunan["/FontDescriptor"])
                    huruf += 1
    assert huruf >= 10


def test_stamp_names_signer_post_time_and_trial_mark(revisi, tmp_path):
    berkas = tmp_path / "naskah.pdf"
    berkas.write_bytes(revisi[-1])
    teks = subprocess.run(["pdftotext", "-layout", berkas, "-"], capture_output=True, text=True).stdout
    for nama in bertanda.NAMA:
        assert nama in teks
    assert teks.count("TTE uji coba – tidak tersertifikasi") == 5
    assert "Ditandatangani 12-12-2025 14.06 WITA" in teks


def test_the_word_tersertifikasi_never_stands_without_tidak(kantor):
    for sertifikat in (kantor.ca.akar, kantor.ca.penerbit, kantor.ca.tsa, kantor.sertifikat(1)):
        subjek = sertifikat.subject.rfc4514_string()
        assert "tidak tersertifikasi" in subjek
        assert not re.search(r"(?<!tidak )tersertifikasi", subjek)


def test_first_signature_certifies_and_allows_only_form_filling(revisi):
    tersemat = Pembaca(revisi[-1]).embedded_signatures
    assert tersemat[0].docmdp_level.value == 2
    assert "/DocMDP" in Pembaca(revisi[1]).root["/Perms"]
    assert "/Perms" not in Pembaca(revisi[0]).root


def test_fields_are_there_before_anybody_signs(revisi):
    assert kolom_tanda_tangan(revisi[0]) == {f"ttd-{n}": False for n in range(1, 6)}
    assert kolom_tanda_tangan(revisi[2]) == {f"ttd-{n}": n <= 2 for n in range(1, 6)}


@pytest.mark.parametrize(
    "kolom",
    [[Kolom("ttd-1", 2, 0, 0, 9, 9)], [Kolom("ttd-1", 0, 0, 0, 9, 9), Kolom("ttd-1", 0, 9, 9, 18, 18)]],
)
def test_fields_on_no_page_or_twice_are_refused(kolom):
    with pytest.raises(ValueError, match="kolom"):
        pasang_kolom(bertanda.halaman(), kolom)


def test_no_field_after_the_first_signature(revisi):
    with pytest.raises(ValueError, match="sebelum tanda tangan pertama"):
        pasang_kolom(revisi[1], [Kolom("ttd-9", 0, 0, 0, 9, 9)])


def test_a_signed_field_is_not_signed_again(kantor, revisi):
    with pytest.raises(ValueError, match="sudah terisi"):
        kantor.tandatangani(revisi[1], 1)


def test_a_signature_weighs_little(revisi):
    """Chain, lists, timestamp, stamp and fonts together; what is already in the file is not added again."""
    tambahan = [len(baru) - len(lama) for lama, baru in pairwise(revisi)]
    assert max(tambahan) < 35_000
    assert max(tambahan[1:]) < tambahan[0]


@pytest.mark.parametrize("p12", ["benar", "rusak", "kosong"])
def test_wrong_passphrase_and_broken_key_are_one_sentence(kantor, revisi, p12):
    isi = {"benar": kantor.penanda[0].pkcs12, "rusak": b"\x30\x82" + bytes(40), "kosong": b""}[p12]
    penanda = bertanda.Penanda("Dr. Andi Rekaan, S.H.", "Ketua", pkcs12=isi)
    with pytest.raises(SandiSalah) as salah:
        Lokal(kantor.ca).tandatangani(revisi[0], kolom="ttd-1", penanda=penanda, sandi="bukan sandinya", waktu=SAAT)
    assert str(salah.value) == "Frasa sandi tidak cocok atau sertifikat tidak dapat dipakai. Periksa lalu coba lagi."


def test_passphrase_and_key_are_not_in_repr(kantor):
    assert "pkcs12" not in repr(kantor.penanda[0])
    assert "kunci" not in repr(kantor.ca)


def test_revoked_signer_cannot_sign(revisi):
    lain = bertanda.kantor()
    pki.cabut(lain.ca, lain.sertifikat(2).serial_number, SAAT - timedelta(minutes=1))
    cetak = pasang_kolom(bertanda.halaman(), bertanda.kolom())
    with pytest.raises(TandaTanganDitolak, match="dicabut"):
        lain.tandatangani(cetak, 2)
    assert lain.tandatangani(cetak, 1).startswith(cetak)


def test_expired_signer_cannot_sign(kantor, revisi):
    with pytest.raises(TandaTanganDitolak, match="tidak berlaku"):
        kantor.tandatangani(revisi[0], 1, waktu=SAAT + timedelta(days=31))


def test_certificate_of_somebody_else_is_refused(kantor, revisi):
    """The right passphrase for a key that is not registered for this person."""
    salah = bertanda.Penanda(bertanda.NAMA[0], "Ketua", sidik=kantor.penanda[0].sidik, pkcs12=kantor.penanda[1].pkcs12)
    with pytest.raises(TandaTanganDitolak, match="bukan milik"):
        bubuhkan_penyedia(
            Lokal(kantor.ca),
            revisi[0],
            kolom="ttd-1",
            penanda=salah,
            sandi=SANDI.format(2),
            waktu=SAAT,
            kepercayaan=kantor.kepercayaan,
        )


def test_ca_survives_a_restart_with_its_revocations(tmp_path):
    ca = bertanda.kantor().ca
    pki.cabut(ca, 1234, SAAT)
    pki.simpan(ca, tmp_path / "pki", b"kunci folder")
    kembali = pki.muat(tmp_path / "pki", b"kunci folder")
    assert kembali.akar == ca.akar
    assert kembali.dicabut == ca.dicabut
    assert kembali.kunci_penerbit.private_numbers() == ca.kunci_penerbit.private_numbers()
    for berkas in (tmp_path / "pki").iterdir():
        assert berkas.stat().st_mode & 0o077 == 0 or berkas.name == ".kunci"
    with pytest.raises(Refused, match="tidak dapat dibuka"):
        pki.muat(tmp_path / "pki", b"kunci lain")


def test_ca_is_made_once(tmp_path):
    pertama = pki.siapkan(tmp_path / "pki", "KPU Kota Contoh", b"kunci")
    assert pki.siapkan(tmp_path / "pki", "KPU Kota Contoh", b"kunci").akar == pertama.akar


def test_short_passphrase_and_odd_span_are_refused(kantor):
    lazim = {"nama": "A", "jabatan": "B", "mulai": SAAT, "akhir": SAAT + timedelta(days=1)}
    with pytest.raises(Refused, match="paling sedikit"):
        pki.terbitkan(kantor.ca, sandi="pendek", **lazim)
    with pytest.raises(Refused, match="masa berlaku"):
        pki.terbitkan(kantor.ca, sandi="cukup panjang", **{**lazim, "akhir": SAAT + timedelta(days=99 * 365)})


def test_wet_ink_signs_no_pdf_and_takes_only_real_scans():
    with pytest.raises(Refused, match="ditandatangani basah"):
        Basah().tandatangani(b"", kolom="", penanda=bertanda.Penanda("A", "B"), sandi="", waktu=SAAT)
    pindaian = periksa_pindaian(bertanda.halaman())
    assert (pindaian.jenis, pindaian.halaman) == ("application/pdf", 2)
    for salah in (b"", b"MZ\x90\x00", b"%PDF-1.7\nbukan", bertanda.halaman()[:4000], b"\x89PNG\r\n\x1a\n" + bytes(50)):
        with pytest.raises(Refused):
            periksa_pindaian(salah)
