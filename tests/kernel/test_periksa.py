"""A corpus of tampered documents, made here, and the result word each of them must get."""

import io
import re
import subprocess
import zlib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign import fields, signers

from kpupalu.naskah import bacaan, pki
from kpupalu.naskah.pades import pasang_kolom
from kpupalu.naskah.pembaca import Pembaca
from kpupalu.naskah.periksa import HasilKata as K
from kpupalu.naskah.periksa import Kepercayaan, PenandaTerdaftar, Terdaftar, periksa
from tests.kernel import bertanda
from tests.kernel.bertanda import SAAT, sambung, terdaftar, timpa_halaman

BESOK = SAAT + timedelta(days=1)


@pytest.fixture(scope="module")
def kantor():
    return bertanda.kantor()


@pytest.fixture(scope="module")
def revisi(kantor):
    return kantor.revisi(bertanda.halaman())


@pytest.fixture(scope="module")
def daftar(kantor, revisi):
    return terdaftar(kantor, revisi)


def tanya(pdf, kantor, daftar, **lain):
    """Ask without the child process, which has tests of its own."""
    lain = {"waktu": BESOK, "terjaga": False, "kepercayaan": kantor.kepercayaan, **lain}
    return periksa(pdf, terdaftar=daftar, **lain)


# --- Whole files ----------------------------------------------------------------------------------------


def test_complete_file_is_sah(kantor, revisi, daftar):
    hasil = tanya(revisi[-1], kantor, daftar)
    assert hasil.hasil == "Sah"
    assert "5 dari 5." in hasil.kalimat
    pertama = hasil.penanda[0]
    assert (pertama.nama, pertama.jabatan, pertama.sah) == ("Dr. Andi Rekaan, S.H.", "Ketua", True)
    assert hasil.penanda[0].waktu == "2025-12-12T14:06:00+08:00"
    assert hasil.penanda[0].penerbit == "Penerbit uji coba"
    assert hasil.sha256 == sha256(revisi[-1]).hexdigest()
    assert "TTE uji coba – tidak tersertifikasi." in hasil.catatan


def test_four_of_five_with_one_who_did_not_sign(kantor, revisi):
    """The office declared four signatures complete and keeps a note about the fifth."""
    daftar = terdaftar(kantor, revisi[:5], tidak_menandatangani=(bertanda.NAMA[4],))
    hasil = tanya(revisi[4], kantor, daftar)
    assert hasil.hasil == K.SAH
    assert "4 dari 5; 1 tidak menandatangani." in hasil.kalimat
    assert f"Tidak menandatangani: {bertanda.NAMA[4]}." in hasil.catatan


def test_superseded_file_is_sah_versi_lama(kantor, revisi, daftar):
    hasil = tanya(revisi[-1], kantor, replace(daftar, diganti="versi 2"))
    assert hasil.hasil == "Sah, versi lama"
    assert "versi 2" in hasil.kalimat


def test_registered_scan_is_sah_tanda_tangan_basah(kantor, revisi):
    pindaian = b"%PDF-1.4 gambar halaman"
    sidik = sha256(pindaian).hexdigest()
    orang = (PenandaTerdaftar("Andi", "Ketua"),)
    daftar = Terdaftar(revisi=(sha256(revisi[0]).hexdigest(),), lengkap=sidik, cara="basah", penanda=orang, wajib=1)
    assert tanya(pindaian, kantor, daftar).hasil == "Sah, tanda tangan basah"
    assert tanya(pindaian, kantor, replace(daftar, diganti="versi 2")).hasil == K.SAH_LAMA
    assert tanya(pindaian + b" ", kantor, daftar).hasil == K.TIDAK_DAPAT
    assert tanya(bertanda.halaman(), kantor, daftar).hasil == K.BUKAN
    cetakan = tanya(revisi[0], kantor, daftar)
    assert cetakan.hasil == K.BELUM
    assert "basah" in cetakan.kalimat


@pytest.mark.parametrize("jumlah", [0, 1, 4])
def test_last_revisions_removed_is_belum_lengkap(kantor, revisi, daftar, jumlah):
    hasil = tanya(revisi[jumlah], kantor, daftar)
    assert hasil.hasil == "Belum lengkap"
    assert jumlah == 0 or f"{jumlah} dari 5." in hasil.kalimat


def test_expired_certificates_stay_sah(kantor, revisi, daftar):
    hasil = tanya(revisi[-1], kantor, daftar, waktu=SAAT + timedelta(days=10 * 365))
    assert hasil.hasil == K.SAH
    assert not any("pencabutan" in satu for satu in hasil.catatan)


# --- Changed after signing ------------------------------------------------------------------------------


def tambah_anotasi(penulis):
    """A free-text note laid over the first page."""
    catatan = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, (50, 500, 400, 700))),
            pdf_name("/Contents"): generic.TextStringObject("Jumlah pemilih 999.999"),
            pdf_name("/F"): generic.NumberObject(4),
        }
    )
    penulis.register_annotation(penulis.find_page_for_modification(0)[0], penulis.add_object(catatan))


def _kolom(penulis, nama):
    return next(r for n, _, r in fields.enumerate_sig_fields(penulis.prev) if n == nama).get_object()


def ganti_tampilan(penulis):
    """Shadow attack: the stamp of a signed field shows other content."""
    kolom = _kolom(penulis, "ttd-1")
    baru = generic.StreamObject(stream_data=b"0 0 220 70 re f")
    baru[pdf_name("/Type")], baru[pdf_name("/Subtype")] = pdf_name("/XObject"), pdf_name("/Form")
    baru[pdf_name("/BBox")] = generic.ArrayObject(map(generic.FloatObject, (0, 0, 220, 70)))
    kolom[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): penulis.add_object(baru)})
    penulis.update_container(kolom)


def ganti_isi_tampilan(penulis):
    """Shadow attack in place: the same stamp object with another stream."""
    rujukan = _kolom(penulis, "ttd-1")["/AP"].raw_get("/N").reference
    lama = rujukan.get_object()
    baru = generic.StreamObject({k: v for k, v in lama.items() if k not in {"/Length", "/Filter"}}, b"0 0 9 9 re f")
    penulis.objects[(rujukan.generation, rujukan.idnum)] = baru


def geser_kolom(penulis):
    """Move a signed field across the page."""
    kolom = _kolom(penulis, "ttd-1")
    kolom[pdf_name("/Rect")] = generic.ArrayObject(map(generic.FloatObject, (0, 0, 500, 800)))
    penulis.update_container(kolom)


def ganti_tanda_lama(penulis):
    """Point one signer's field at another's signature."""
    kolom = _kolom(penulis, "ttd-1")
    kolom[pdf_name("/V")] = _kolom(penulis, "ttd-2").raw_get("/V")
    penulis.update_container(kolom)


def hapus_tanda(penulis):
    """Empty a signed field again."""
    kolom = _kolom(penulis, "ttd-3")
    del kolom["/V"]
    penulis.update_container(kolom)


def hapus_anotasi(penulis):
    """Take the widgets off the page, signatures stay."""
    halaman = penulis.find_page_for_modification(1)[0]
    halaman.get_object()[pdf_name("/Annots")] = generic.ArrayObject()
    penulis.mark_update(halaman)


def hapus_formulir(penulis):
    """Hide all signatures from the reader."""
    del penulis.root["/AcroForm"]
    penulis.update_root()


def tambah_isian(penulis):
    """A text field with a value in front of the page."""
    isian = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("jumlah"),
            pdf_name("/V"): generic.TextStringObject("999.999"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, (50, 500, 400, 700))),
        }
    )
    rujukan = penulis.add_object(isian)
    penulis.root["/AcroForm"]["/Fields"].append(rujukan)
    penulis.update_container(penulis.root["/AcroForm"]["/Fields"])
    penulis.register_annotation(penulis.find_page_for_modification(0)[0], rujukan)


def minta_tampilan_ulang(penulis):
    """Have the reader draw every field anew."""
    penulis.root["/AcroForm"][pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
    penulis.update_container(penulis.root["/AcroForm"])


def jalankan_skrip(penulis):
    """An action at opening."""
    penulis.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    penulis.update_root()


def ganti_halaman(penulis):
    """Swap the first page's content stream for another."""
    halaman = penulis.find_page_for_modification(0)[0]
    isi = penulis.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    halaman.get_object()[pdf_name("/Contents")] = isi
    penulis.mark_update(halaman)


def hapus_halaman(penulis):
    """Drop the last page from the page tree."""
    akar = penulis.root["/Pages"]
    akar["/Kids"].pop()
    akar[pdf_name("/Count")] = generic.NumberObject(1)
    penulis.update_container(akar["/Kids"])
    penulis.update_container(akar)


def ganti_huruf(penulis):
    """Replace a font file in place, so that digits look different."""
    for ix in range(1, int(penulis.prev.trailer["/Size"])):
        rujukan = generic.Reference(ix, 0, penulis)
        try:
            objek = penulis.get_object(rujukan)
        except PdfReadError:  # a number that is not in use
            continue
        if isinstance(objek, generic.DictionaryObject) and "/FontFile2" in objek:
            berkas = objek.raw_get("/FontFile2").reference
            penulis.objects[(berkas.generation, berkas.idnum)] = generic.StreamObject(stream_data=b"bukan huruf")
            return
    raise AssertionError("no embedded font found")


def ganti_bacaan_layar(penulis):
    """Have a screen reader say something else than the page shows."""
    for ix in range(1, int(penulis.prev.trailer["/Size"])):
        rujukan = generic.Reference(ix, 0, penulis)
        try:
            objek = penulis.get_object(rujukan)
        except PdfReadError:
            continue
        if isinstance(objek, generic.DictionaryObject) and objek.get("/S") == "/TD":
            objek[pdf_name("/ActualText")] = generic.TextStringObject("999.999")
            penulis.mark_update(rujukan)
            return
    raise AssertionError("no table cell found")


def hapus_struktur(penulis):
    """Drop the tags."""
    del penulis.root["/StructTreeRoot"]
    penulis.update_root()


SERANGAN = [
    ganti_bacaan_layar,
    hapus_struktur,
    timpa_halaman,
    tambah_anotasi,
    ganti_tampilan,
    ganti_isi_tampilan,
    geser_kolom,
    ganti_tanda_lama,
    hapus_tanda,
    hapus_anotasi,
    hapus_formulir,
    tambah_isian,
    minta_tampilan_ulang,
    jalankan_skrip,
    ganti_halaman,
    hapus_halaman,
    ganti_huruf,
]


@pytest.mark.parametrize("serangan", SERANGAN, ids=lambda f: f.__name__)
def test_tanda_tangan_rusak(kantor, revisi, daftar, serangan):
    """Every signature still verifies by its byte range; only comparing the revisions shows the change."""
    pdf = sambung(revisi[-1], serangan)
    assert pdf.startswith(revisi[-1])
    hasil = tanya(pdf, kantor, daftar)
    assert hasil.hasil == "Isi berubah setelah ditandatangani"
    if serangan is not hapus_formulir:  # then the file itself shows no signature any more
        assert tanya(pdf, kantor, None, daftar_ditanya=False).hasil == K.BERUBAH


@pytest.mark.parametrize("serangan", [timpa_halaman, tambah_anotasi, ganti_tampilan, tambah_isian, ganti_huruf])
def test_change_below_a_later_signature(kantor, revisi, serangan):
    """A commissioner signs a copy that was changed after the second signature: the third covers it all."""
    pdf = kantor.tandatangani(sambung(revisi[2], serangan), 3, waktu=BESOK)
    assert Pembaca(pdf).embedded_signatures[-1].evaluate_signature_coverage().name == "ENTIRE_FILE"
    hasil = tanya(pdf, kantor, terdaftar(kantor, revisi), waktu=BESOK + timedelta(days=1))
    assert hasil.hasil == K.BERUBAH
    assert [p.sah for p in hasil.penanda] == [False, False, True]


def test_pdfsig_passes_what_we_call_changed(kantor, revisi, daftar, tmp_path):
    berkas = tmp_path / "ditimpa.pdf"
    berkas.write_bytes(sambung(revisi[-1], timpa_halaman))
    luar = subprocess.run(["pdfsig", "-nocert", berkas], capture_output=True, text=True).stdout
    assert luar.count("Signature is Valid") == 5
    assert tanya(berkas.read_bytes(), kantor, daftar).hasil == K.BERUBAH


def balik_satu_bit(pdf, posisi):
    """*pdf* with one bit turned."""
    return pdf[:posisi] + bytes([pdf[posisi] ^ 1]) + pdf[posisi + 1 :]


def test_turned_bits_are_never_sah(kantor, revisi, daftar):
    """Places all over the file. Outside the signature containers no register is needed to notice."""
    pdf = revisi[-1]
    celah = [tanda.byte_range for tanda in Pembaca(pdf).embedded_signatures]
    for posisi in range(40, len(pdf), len(pdf) // 16):
        di_wadah = any(panjang <= posisi < lanjut for _, panjang, lanjut, _ in celah)
        rusak = balik_satu_bit(pdf, posisi)
        hasil = tanya(rusak, kantor, daftar if di_wadah else None, daftar_ditanya=di_wadah)
        assert hasil.hasil in {K.BERUBAH, K.TIDAK_DAPAT}, posisi


def test_content_hidden_behind_a_signature(kantor, revisi):
    """The padding of the container is covered by nothing; it must be empty."""
    bantalan = [ketemu.start() + 40 for ketemu in re.finditer(rb"0{200}", revisi[-1])][-1]
    hasil = tanya(balik_satu_bit(revisi[-1], bantalan), kantor, None, daftar_ditanya=False)
    assert hasil.hasil == K.BERUBAH
    assert any("tersembunyi" in satu for satu in hasil.catatan)


def test_turned_bit_in_the_content_is_isi_berubah(kantor, revisi, daftar):
    posisi = revisi[-1].index(b"stream\n", revisi[-1].index(b"/FontFile2") if b"/FontFile2" in revisi[-1] else 0) + 60
    assert tanya(balik_satu_bit(revisi[-1], posisi), kantor, daftar).hasil == K.BERUBAH


@pytest.mark.parametrize("ekor", [b"\n% catatan\n", b"sampah", b"\x00" * 3000, b"\n%%EOF\n"])
def test_bytes_after_the_end(kantor, revisi, daftar, ekor):
    assert tanya(revisi[-1] + ekor, kantor, daftar).hasil == K.BERUBAH
    assert tanya(revisi[-1] + ekor, kantor, None, daftar_ditanya=False).hasil in {K.BERUBAH, K.TIDAK_DAPAT}


def test_another_document_glued_behind(kantor, revisi, daftar):
    """A whole new file after the signed one, with a cross-reference that forgets the old."""
    assert tanya(revisi[-1] + bertanda.halaman("Naskah lain"), kantor, daftar).hasil == K.BERUBAH


def test_evidence_added_later_stays_sah(kantor, revisi, daftar):
    """Another office refreshed the revocation data; nothing else changed."""

    def tambah_bukti(penulis):
        crl = penulis.add_object(generic.StreamObject(stream_data=pki.crl(kantor.ca, BESOK)))
        penulis.root["/DSS"]["/CRLs"].append(crl)
        penulis.update_container(penulis.root["/DSS"]["/CRLs"])
        penulis._update_meta = lambda: None

    assert tanya(sambung(revisi[-1], tambah_bukti), kantor, daftar).hasil == K.SAH


# --- Whose signature ------------------------------------------------------------------------------------


def test_foreign_ca_is_tidak_dipercaya(kantor, revisi, daftar):
    asing = bertanda.kantor()
    pdf = asing.revisi(bertanda.halaman())[-1]
    assert tanya(pdf, kantor, daftar).hasil == "Sertifikat tidak dipercaya"
    assert tanya(pdf, kantor, None).hasil == K.TIDAK_DIPERCAYA


def test_fifth_signature_by_a_foreign_ca(kantor, revisi, daftar):
    asing = bertanda.kantor()
    pdf = asing.tandatangani(revisi[4], 5)
    hasil = tanya(pdf, kantor, daftar)
    assert hasil.hasil == K.TIDAK_DIPERCAYA
    assert [p.sah for p in hasil.penanda] == [True] * 4 + [False]


def test_extra_signature_by_a_colleague_is_not_the_registered_file(kantor, revisi, daftar):
    """A trusted certificate in a field of somebody else, on a copy the office never stored."""
    pdf = kantor.tandatangani(revisi[4], 1, ke="ttd-5", waktu=SAAT + timedelta(minutes=9))
    assert tanya(pdf, kantor, daftar).hasil == K.BERUBAH


def test_revoked_before_signing_is_dicabut(kantor, revisi):
    """The office learns later that a key was stolen before the signature was made."""
    lain = bertanda.kantor()
    semua = lain.revisi(bertanda.halaman())
    assert tanya(semua[-1], lain, terdaftar(lain, semua)).hasil == K.SAH
    pki.cabut(lain.ca, lain.sertifikat(3).serial_number, SAAT - timedelta(minutes=1))
    hasil = tanya(semua[-1], lain, terdaftar(lain, semua))
    assert hasil.hasil == "Sertifikat dicabut"
    assert [p.sah for p in hasil.penanda] == [True, True, False, True, True]


def test_revoked_after_signing_stays_sah_with_a_remark(kantor):
    lain = bertanda.kantor()
    semua = lain.revisi(bertanda.halaman())
    pki.cabut(lain.ca, lain.sertifikat(3).serial_number, BESOK)
    hasil = tanya(semua[-1], lain, terdaftar(lain, semua), waktu=BESOK + timedelta(days=1))
    assert hasil.hasil == K.SAH
    assert any("dicabut 13-12-2025 14.05 WITA, sesudah" in satu for satu in hasil.catatan)


def test_other_document_by_the_same_people_is_bukan_naskah(kantor, daftar):
    lain = kantor.revisi(bertanda.halaman("Berita Acara Palsu"))[-1]
    assert tanya(lain, kantor, daftar).hasil == "Bukan naskah yang terdaftar"
    assert tanya(lain, kantor, None).hasil == K.BUKAN


def test_without_register_the_signatures_decide_and_say_so(kantor, revisi):
    hasil = tanya(revisi[-1], kantor, None, daftar_ditanya=False)
    assert hasil.hasil == K.SAH
    assert any("tidak dapat ditanya" in satu for satu in hasil.catatan)
    assert tanya(revisi[4], kantor, None, daftar_ditanya=False).hasil == K.BELUM
    assert tanya(revisi[0], kantor, None, daftar_ditanya=False).hasil == K.BELUM
    assert tanya(bertanda.halaman(), kantor, None, daftar_ditanya=False).hasil == K.TIDAK_DAPAT
    assert tanya(bertanda.halaman(), kantor, None).hasil == K.BUKAN


def test_signature_without_timestamp_is_said(kantor):
    """A plain signature by a valid certificate: sah, but its time is only claimed."""
    penanda = signers.SimpleSigner.load_pkcs12_data(
        kantor.penanda[0].pkcs12, other_certs=[], passphrase=bertanda.SANDI.format(1).encode()
    )
    keluar = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pasang_kolom(bertanda.halaman(), bertanda.kolom(1)))),
        signers.PdfSignatureMetadata(field_name="ttd-1", md_algorithm="sha256"),
        penanda,
        output=keluar,
    )
    hasil = tanya(keluar.getvalue(), kantor, None, daftar_ditanya=False)
    assert hasil.hasil == K.SAH
    assert any("menurut penanda tangan sendiri" in satu for satu in hasil.catatan)
    terlambat = tanya(keluar.getvalue(), kantor, None, daftar_ditanya=False, waktu=SAAT + timedelta(days=60))
    assert terlambat.hasil == K.TIDAK_DIPERCAYA


# --- Hostile files --------------------------------------------------------------------------------------


def bom_aliran():
    """The catalogue sits in an object stream that unpacks to a gigabyte."""
    pak = zlib.compressobj(9)
    isi = pak.compress(b"2 0 <</Type/Catalog>>")
    isi += b"".join(pak.compress(b" " * 1_000_000) for _ in range(1000)) + pak.flush()
    badan = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
    badan += str(len(isi)).encode() + b">>\nstream\n" + isi + b"\nendstream\nendobj\n"
    awal = len(badan)
    baris = [(0, 0), (1, 9), (2, 1), (1, awal)]
    tabel = b"".join(bytes([jenis]) + letak.to_bytes(4, "big") + b"\0" for jenis, letak in baris)
    badan += b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length 24>>\nstream\n" + tabel
    return badan + b"\nendstream\nendobj\nstartxref\n" + str(awal).encode() + b"\n%%EOF\n"


def pohon_berputar():
    """A page tree and a cross-reference chain that bite their own tails."""
    badan = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]/SigFlags 3>>>>\nendobj\n"
    dua = len(badan)
    badan += b"2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\n"
    tiga = len(badan)
    badan += b"3 0 obj\n<</FT/Sig/T(a)/Kids[3 0 R]/Parent 3 0 R>>\nendobj\n"
    awal = len(badan)
    badan += b"xref\n0 4\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n%010d 00000 n \n" % (9, dua, tiga)
    badan += b"trailer\n<</Size 4/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (awal, awal)
    return badan


JAHAT = {
    "bukan pdf": b"PK\x03\x04 bukan pdf",
    "kosong": b"",
    "hanya kepala": b"%PDF-1.7\n",
    "bom": bom_aliran(),
    "berputar": pohon_berputar(),
    "dalam": b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\nstartxref\n9\n%%EOF\n",
    "gambar": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "polyglot": b"MZ" + bytes(60) + b"%PDF-1.7\n",
    "terlalu besar": b"%PDF-1.7\n" + bytes(bacaan.UKURAN_TERBESAR),
    "banyak akhir": b"%PDF-1.7\n" + b"%%EOF\n" * 100_000,
}


@pytest.mark.parametrize("nama", JAHAT)
def test_hostile_file_is_tidak_dapat_diperiksa(kantor, daftar, nama):
    hasil = periksa(JAHAT[nama], terdaftar=daftar, kepercayaan=kantor.kepercayaan, waktu=BESOK)
    assert hasil.hasil == "Tidak dapat diperiksa"
    assert hasil.catatan
    assert hasil.catatan[0].startswith("Sebab: ")


def test_truncated_file_is_not_sah(kantor, revisi, daftar):
    potong = periksa(revisi[-1][:-500], terdaftar=daftar, kepercayaan=kantor.kepercayaan, waktu=BESOK)
    assert potong.hasil in {K.BERUBAH, K.TIDAK_DAPAT}


def test_encrypted_file_is_tidak_dapat_diperiksa(kantor):
    import pypdf

    penulis = pypdf.PdfWriter(clone_from=io.BytesIO(bertanda.halaman()))
    penulis.encrypt("rahasia", algorithm="AES-256")
    keluar = io.BytesIO()
    penulis.write(keluar)
    assert tanya(keluar.getvalue(), kantor, None).hasil == K.TIDAK_DAPAT


def test_child_process_answers_the_same(kantor, revisi, daftar):
    ditimpa = sambung(revisi[-1], timpa_halaman)
    for pdf, percaya in [(revisi[-1], kantor), (revisi[-1], bertanda.kantor()), (ditimpa, kantor)]:
        luar = periksa(pdf, terdaftar=daftar, kepercayaan=percaya.kepercayaan, waktu=BESOK)
        assert luar == tanya(pdf, percaya, daftar)


def test_child_process_is_stopped_in_time(kantor, revisi, daftar, monkeypatch):
    monkeypatch.setattr("kpupalu.naskah.penjaga._DETIK_TUNGGU", 0.01)
    hasil = periksa(bertanda.halaman(), terdaftar=None, kepercayaan=kantor.kepercayaan)
    assert (hasil.hasil, hasil.catatan) == (K.TIDAK_DAPAT, ("Sebab: pemeriksaan melewati batas waktu.",))


def test_every_word_of_the_page_is_reachable_and_spelled_as_agreed():
    assert [kata.value for kata in K] == [
        "Sah",
        "Sah, tanda tangan basah",
        "Sah, versi lama",
        "Isi berubah setelah ditandatangani",
        "Bukan naskah yang terdaftar",
        "Sertifikat tidak dipercaya",
        "Sertifikat dicabut",
        "Belum lengkap",
        "Tidak dapat diperiksa",
    ]


def test_trust_without_roots_trusts_nobody(revisi, daftar, kantor):
    assert tanya(revisi[-1], kantor, daftar, kepercayaan=Kepercayaan(())).hasil == K.TIDAK_DIPERCAYA


def test_prefix_digests_find_every_registered_revision(revisi, daftar):
    bagian = bacaan.potongan(revisi[-1])
    assert set(daftar.revisi) <= set(bagian)
    assert bagian[-1] == sha256(revisi[-1]).hexdigest()
    assert len(re.findall(rb"%%EOF", revisi[-1])) == 7
