"""The gateway client against a stand-in that follows the published calls, and that misbehaves on demand."""

import base64
import io
import json
import ssl
import threading
import time
from datetime import timedelta
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyhanko.sign import fields, signers

from kpupalu.lib import Refused
from kpupalu.naskah import pades, pki
from kpupalu.naskah.bacaan import baca
from kpupalu.naskah.penyedia import (
    Penanda,
    PenyediaTerganggu,
    SandiSalah,
    TandaTanganDitolak,
    ambil,
    bubuhkan,
    pilihan,
)
from kpupalu.naskah.penyedia.bsre import Bsre
from kpupalu.naskah.periksa import HasilKata, periksa
from tests.kernel import bertanda
from tests.kernel.bertanda import SAAT, SANDI

AKUN = ("kantor", "kunci-gerbang")
# Fictitious: serials from 9001 up are nobody's.
NIK = {"7271010101909001": 1, "7271010101909002": 2, "7271010101909003": 3}
SETUJU = "setuju"


class Gerbang(ThreadingHTTPServer):
    """The stand-in: it keeps the signers' keys, as the real one does, and what it was asked."""

    daemon_threads = True

    def __init__(self, kantor):
        super().__init__(("127.0.0.1", 0), Permintaan)
        self.kantor, self.tingkah, self.diminta = kantor, "", []

    @property
    def alamat(self):
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def tandatangani(self, pdf, urut):
        """An invisible PAdES signature in a field of its own, as the gateway makes it."""
        kunci, sertifikat = pki.buka(self.kantor.penanda[urut - 1].pkcs12, SANDI.format(urut))
        ca = self.kantor.ca
        pembubuh = pades.Pembubuh(
            kunci,
            sertifikat,
            (ca.penerbit, ca.tsa),
            ca.akar,
            (pki.crl(ca, SAAT), ca.crl_akar),
            pades.StempelWaktu(ca.tsa, ca.kunci_tsa, SAAT),
        )
        penulis = pades._Penulis(io.BytesIO(pdf))
        nama = f"Signature{len(list(fields.enumerate_sig_fields(penulis.prev))) + 1}"
        meta = signers.PdfSignatureMetadata(
            field_name=nama, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        keluar = io.BytesIO()
        signers.PdfSigner(meta, pades._kunci(pembubuh), timestamper=pembubuh.stempel).sign_pdf(penulis, output=keluar)
        return keluar.getvalue()


class Permintaan(BaseHTTPRequestHandler):
    """Version 1: multipart in, PDF out. Version 2: JSON in, JSON with Base64 out."""

    def log_message(self, *_args):
        """Say nothing."""

    def do_GET(self):
        """Version 1 status."""
        self._status(self.path.rpartition("/")[2]) if self.path.startswith("/api/user/status/") else self._jawab(
            404, {}
        )

    def do_POST(self):
        """Signing and version 2 status."""
        badan = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.diminta.append((self.path, badan))
        if self.headers["Authorization"] != "Basic " + base64.b64encode(":".join(AKUN).encode()).decode():
            return self._jawab(401, {"timestamp": "", "status": 401, "error": "Unauthorized", "path": self.path})
        if self.path == "/api/v2/user/check/status":
            return self._status(json.loads(badan)["nik"])
        if self.path == "/api/v2/sign/pdf":
            isi = json.loads(badan)
            assert set(isi) == {"nik", "passphrase", "signatureProperties", "file"}
            assert isi["signatureProperties"] == [{"tampilan": "INVISIBLE"}]
            return self._tandatangani(isi["nik"], isi["passphrase"], base64.b64decode(isi["file"][0]), 2)
        if self.path == "/api/sign/pdf":
            isi = self._bagian(badan)
            assert isi["tampilan"] == b"invisible"
            return self._tandatangani(isi["nik"].decode(), isi["passphrase"].decode(), isi["file"], 1)
        return self._jawab(404, {})

    def _bagian(self, badan):
        pesan = BytesParser().parsebytes(f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + badan)
        return {
            p.get_param("name", header="content-disposition"): p.get_payload(decode=True) for p in pesan.get_payload()
        }

    def _status(self, nik):
        if nik in NIK:
            return self._jawab(
                200, {"status_code": 1111, "message": "User telah memiliki sertifikat.", "status": "ISSUE"}
            )
        return self._jawab(
            200, {"status_code": 2021, "message": "User belum memiliki sertifikat.", "status": "NO_CERTIFICATE"}
        )

    def _tandatangani(self, nik, sandi, pdf, versi):
        tingkah, gerbang = self.server.tingkah, self.server
        if tingkah == "lambat":
            time.sleep(1.5)
        if tingkah == "menetes":
            return self._menetes()
        if tingkah == "alih":
            self.send_response(307)
            self.send_header("Location", f"{gerbang.alamat}/api/v2/lain")
            self.end_headers()
            return None
        if tingkah.isdigit():
            return self._jawab(int(tingkah), {"error": "pesan dari gerbang", "status_code": int(tingkah) + 6000})
        if nik not in NIK:
            return self._jawab(400, {"error": "User tidak terdaftar", "status_code": 2011})
        if sandi != SETUJU:
            return self._jawab(400, {"error": "Proses signing gagal : Passphrase anda salah", "status_code": 2031})
        hasil = {
            "": lambda: gerbang.tandatangani(pdf, NIK[nik]),
            "pdf lain": lambda: gerbang.tandatangani(bertanda.halaman("Naskah lain"), NIK[nik]),
            "salinan": lambda: pdf,
            "ditimpa": lambda: gerbang.tandatangani(bertanda.sambung(pdf, bertanda.timpa_halaman), NIK[nik]),
            "orang lain": lambda: gerbang.tandatangani(pdf, 4),
            "dua": lambda: gerbang.tandatangani(gerbang.tandatangani(pdf, NIK[nik]), NIK[nik]),
            "rusak": lambda: gerbang.tandatangani(pdf, NIK[nik])[:-3000] + bytes(3000),
            "bukan pdf": lambda: b"<html>Sedang dipelihara</html>",
            "kosong": lambda: b"",
        }[tingkah]()
        if versi == 1:
            return self._jawab(200, hasil)
        return self._jawab(200, {"time": 862, "file": [base64.b64encode(hasil).decode()]})

    def _menetes(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(60):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def _jawab(self, status, isi):
        badan = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/pdf" if isinstance(isi, bytes) else "application/json")
        self.send_header("Content-Length", str(len(badan)))
        self.end_headers()
        self.wfile.write(badan)


@pytest.fixture(scope="module")
def gerbang():
    with Gerbang(bertanda.kantor()) as server:
        benang = threading.Thread(target=server.serve_forever, daemon=True)
        benang.start()
        yield server
        server.shutdown()
        benang.join()


@pytest.fixture(autouse=True)
def _tenang(gerbang):
    gerbang.tingkah = ""
    gerbang.diminta.clear()


@pytest.fixture(params=["2", "1"], ids=["v2", "v1"])
def bsre(request, gerbang):
    return Bsre(gerbang.alamat, *AKUN, versi=request.param, batas_detik=5)


def cetakan():
    """The print as it is prepared for a provider that makes its own fields."""
    return pades.pasang_kolom(bertanda.halaman(), [])


def penanda(urut=1, **lain):
    """Signer *urut* as the office records a person for the gateway: by NIK, certificate not known before."""
    nik = next(n for n, u in NIK.items() if u == urut)
    return Penanda(bertanda.NAMA[urut - 1], "Anggota", **{"nik": nik, **lain})


def minta(bsre, gerbang, pdf, *, orang=None, sandi=SETUJU):
    """Ask for a signature the way the office does: through the check."""
    return bubuhkan(
        bsre,
        pdf,
        kolom="ttd-1",
        penanda=orang or penanda(),
        sandi=sandi,
        waktu=SAAT,
        kepercayaan=gerbang.kantor.kepercayaan,
    )[0]


def test_three_people_sign_through_the_gateway(bsre, gerbang):
    naskah = cetakan()
    for urut in (1, 2, 3):
        baru = minta(bsre, gerbang, naskah, orang=penanda(urut))
        assert baru.startswith(naskah)
        naskah = baru
    isi = baca(naskah, gerbang.kantor.kepercayaan, SAAT)
    assert [t.nama for t in isi.tanda] == bertanda.NAMA[:3]
    assert all(t.utuh and t.dipercaya and t.berstempel and not t.perubahan for t in isi.tanda)
    hasil = periksa(
        naskah,
        terdaftar=None,
        kepercayaan=gerbang.kantor.kepercayaan,
        waktu=SAAT,
        daftar_ditanya=False,
        terjaga=False,
    )
    assert hasil.hasil == HasilKata.SAH


def test_the_field_of_the_gateway_is_told(bsre, gerbang):
    _, tanda = bubuhkan(
        bsre,
        cetakan(),
        kolom="ttd-1",
        penanda=penanda(),
        sandi=SETUJU,
        waktu=SAAT,
        kepercayaan=gerbang.kantor.kepercayaan,
    )
    assert tanda.kolom == "Signature1"
    assert tanda.sidik == gerbang.kantor.penanda[0].sidik


@pytest.mark.parametrize(
    ("tingkah", "kalimat"),
    [
        ("pdf lain", "tidak berawal dari naskah yang dikirim"),
        ("salinan", "tidak memuat tanda tangan"),
        ("ditimpa", "mengubah naskah di luar tanda tangan"),
        ("orang lain", "nama pada sertifikat berbeda"),
        ("dua", "tepat satu tanda tangan baru"),
        ("rusak", "ditolak karena"),
        ("bukan pdf", "menjawab tanpa naskah"),
        ("kosong", "menjawab tanpa naskah"),
        ("400", "menolak permintaan ini .kode 6400."),
        ("404", "menolak permintaan ini"),
        ("422", "menolak permintaan ini"),
    ],
)
def test_wrong_answer_is_refused(bsre, gerbang, tingkah, kalimat):
    gerbang.tingkah = tingkah
    with pytest.raises(TandaTanganDitolak, match=kalimat) as salah:
        minta(bsre, gerbang, cetakan())
    assert "naskah tetap seperti semula" in str(salah.value)


@pytest.mark.parametrize("tingkah", ["500", "502", "503", "429"])
def test_trouble_of_the_gateway_is_an_outage(bsre, gerbang, tingkah):
    gerbang.tingkah = tingkah
    with pytest.raises(PenyediaTerganggu, match="sedang tidak dapat dihubungi; naskah tetap seperti semula"):
        minta(bsre, gerbang, cetakan())
    assert len(gerbang.diminta) == 1  # never asked twice


@pytest.mark.parametrize("tingkah", ["lambat", "menetes"])
def test_time_out_ends_in_time_and_is_not_repeated(gerbang, tingkah):
    gerbang.tingkah = tingkah
    mulai = time.monotonic()
    with pytest.raises(PenyediaTerganggu):
        minta(Bsre(gerbang.alamat, *AKUN, batas_detik=0.4), gerbang, cetakan())
    assert time.monotonic() - mulai < 1.4
    assert len(gerbang.diminta) == 1


def test_nobody_listens(gerbang):
    with pytest.raises(PenyediaTerganggu):
        minta(Bsre("http://127.0.0.1:9", *AKUN, batas_detik=2), gerbang, cetakan())


def test_redirect_is_not_followed(gerbang, bsre):
    gerbang.tingkah = "alih"
    with pytest.raises(TandaTanganDitolak):
        minta(bsre, gerbang, cetakan())
    assert [jalur for jalur, _ in gerbang.diminta if jalur.endswith("lain")] == []


def test_wrong_passphrase_is_the_common_sentence(bsre, gerbang):
    with pytest.raises(SandiSalah, match="Frasa sandi tidak cocok"):
        minta(bsre, gerbang, cetakan(), sandi="salah")


def test_unknown_signer_and_wrong_account(gerbang):
    bsre = Bsre(gerbang.alamat, *AKUN)
    with pytest.raises(TandaTanganDitolak, match="belum terdaftar"):
        minta(bsre, gerbang, cetakan(), orang=Penanda("X", "Y", nik="7271010101909999"))
    with pytest.raises(Refused, match="NIK penanda tangan belum dicatat"):
        minta(bsre, gerbang, cetakan(), orang=Penanda("X", "Y"))
    with pytest.raises(PenyediaTerganggu, match="Akun kantor ditolak"):
        minta(Bsre(gerbang.alamat, "kantor", "salah"), gerbang, cetakan())


def test_print_without_a_form_is_not_sent(gerbang, bsre):
    with pytest.raises(Refused, match="cara tanda tangan lain"):
        minta(bsre, gerbang, bertanda.halaman())
    assert gerbang.diminta == []


def test_foreign_root_of_the_gateway_is_refused(gerbang, bsre):
    """The office trusts other roots than the gateway's certificates hang from."""
    with pytest.raises(TandaTanganDitolak, match="tidak dipercaya"):
        bubuhkan(
            bsre,
            cetakan(),
            kolom="ttd-1",
            penanda=penanda(),
            sandi=SETUJU,
            waktu=SAAT,
            kepercayaan=bertanda.kantor().kepercayaan,
        )


def test_clock_of_the_gateway_may_not_be_far_off(gerbang, bsre):
    with pytest.raises(TandaTanganDitolak, match="jam kantor"):
        bubuhkan(
            bsre,
            cetakan(),
            kolom="ttd-1",
            penanda=penanda(),
            sandi=SETUJU,
            waktu=SAAT + timedelta(hours=2),
            kepercayaan=gerbang.kantor.kepercayaan,
        )


def test_status_of_a_signer(bsre):
    assert bsre.cek_penanda(penanda(), SAAT) == ""
    assert "belum terbit" in bsre.cek_penanda(Penanda("X", "Y", nik="7271010101909999"), SAAT)
    assert "NIK" in bsre.cek_penanda(Penanda("X", "Y"), SAAT)


@pytest.mark.parametrize(
    "alamat", ["http://esign.contoh.go.id", "ftp://127.0.0.1", "https://", "https://a:b@contoh.go.id", "gerbang"]
)
def test_address_without_tls_is_refused(alamat):
    with pytest.raises(Refused, match="https://"):
        Bsre(alamat, *AKUN)


def test_tls_certificate_is_checked(gerbang):
    """A plain-text port cannot pass for TLS, and verification is on."""
    bsre = Bsre(gerbang.alamat.replace("http://", "https://"), *AKUN, batas_detik=2)
    with pytest.raises(PenyediaTerganggu):
        minta(bsre, gerbang, cetakan())
    konteks = next(h._context for h in bsre._pembuka.handlers if hasattr(h, "_context") and h._context)
    assert konteks.verify_mode == ssl.CERT_REQUIRED
    assert konteks.check_hostname


def test_secrets_are_in_no_message(bsre, gerbang):
    gerbang.tingkah = "400"
    with pytest.raises(TandaTanganDitolak) as salah:
        minta(bsre, gerbang, cetakan(), sandi="frasa-sangat-rahasia")
    rantai, utuh = salah.value, repr(bsre)
    while rantai:
        utuh += repr(rantai)
        rantai = rantai.__cause__ or rantai.__context__
    for rahasia in ("frasa-sangat-rahasia", next(iter(NIK)), AKUN[1]):
        assert rahasia not in utuh


def test_providers_are_known_by_name(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.BSRE_URL = ""
    assert [nama for nama, _ in pilihan()] == ["lokal", "bsre", "basah"]
    assert ambil("lokal").memakai_kolom
    assert (tmp_path / "pki" / "akar.pem").exists()
    with pytest.raises(Refused, match="belum disiapkan"):
        ambil("bsre")
    with pytest.raises(Refused, match="tidak dikenal"):
        ambil("lain")
    settings.BSRE_URL = "https://esign.contoh.go.id"
    assert ambil("bsre").nama == "bsre"
