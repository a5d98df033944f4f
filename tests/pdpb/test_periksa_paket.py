"""Checking a package: every kind of tampering is found by name, and nobody else's package passes for one."""

import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kpupalu.demo.lingkungan import AKAR
from pdpb.actions.naskah import naskah_periode
from pdpb.models import PaketPeriode
from pdpb.paket import pemeriksaan
from pdpb.paket.manifes import DAFTAR, MANIFES, Bagian, entri, jalur_aman, tulis_daftar, tulis_manifes
from pdpb.paket.pemeriksaan import BukanPaket, periksa_paket
from tests.pdpb import bangun_paket as bangun

ISI = {"01-a/satu.pdf": b"%PDF-1.7 satu", "02-b/dua.csv": b"dua", "BACA-SAYA.txt": b"tiga"}
KEPALA = {"periode": {"kode": "2026-tw4"}}


def tulis(jalur: Path, isi: list[tuple[str, bytes]], cara: int = zipfile.ZIP_STORED) -> Path:
    """An archive with these entries in this order, names as they are, also twice."""
    with zipfile.ZipFile(jalur, "w", cara) as arsip:
        for nama, data in isi:
            butir = zipfile.ZipInfo(nama, (1980, 1, 1, 0, 0, 0))
            butir.compress_type = cara
            arsip.writestr(butir, data)
    return jalur


def bermanifes(isi: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """The entries of a package of *isi* with a manifest that is right about them."""
    semua = [entri(Bagian(n, "uji", n, list), len(d), sha256(d).hexdigest()) for n, d in isi.items()]
    manifes = tulis_manifes(KEPALA, semua, [])
    return [*isi.items(), (MANIFES, manifes), (DAFTAR, tulis_daftar(semua, manifes))]


@pytest.fixture
def paket(tmp_path) -> Path:
    return tulis(tmp_path / "paket.zip", bermanifes(ISI))


def kode(jalur: Path) -> list[tuple[str, str]]:
    return [(t.kode, t.jalur) for t in periksa_paket(jalur).temuan]


def perintah(*isi) -> tuple[int, list[dict]]:
    """Exit code and answer of the command, in this process."""
    keluar, akhir = StringIO(), 0
    try:
        call_command("periksa_paket", *map(str, isi), stdout=keluar)
    except SystemExit as selesai:
        akhir = int(selesai.code or 0)
    return akhir, json.loads(keluar.getvalue())


# --- Without a database ---
def test_a_whole_package_has_no_findings_also_packed_again(paket, tmp_path):
    assert kode(paket) == []
    lagi = tulis(tmp_path / "lagi.zip", bermanifes(ISI)[::-1], zipfile.ZIP_DEFLATED)
    assert kode(lagi) == []
    assert periksa_paket(lagi).sidik_manifes == periksa_paket(paket).sidik_manifes


def _tanpa(nama):
    return [(n, d) for n, d in bermanifes(ISI) if n != nama]


def _ubah(nama, data):
    return [(n, data if n == nama else d) for n, d in bermanifes(ISI)]


LAIN = dict(bermanifes(ISI | {"02-b/dua.csv": b"DUA"}))
RUSAK = {
    "missing": (_tanpa("02-b/dua.csv"), [("hilang", "02-b/dua.csv")]),
    "altered": (_ubah("02-b/dua.csv", b"DUA"), [("berubah", "02-b/dua.csv")]),
    "longer": (_ubah("02-b/dua.csv", b"dua "), [("berubah", "02-b/dua.csv")]),
    "added": ([*bermanifes(ISI), ("03-c/lain.txt", b"x")], [("tambahan", "03-c/lain.txt")]),
    "renamed": (
        [(n.replace("dua", "tiga"), d) for n, d in bermanifes(ISI)],
        [("hilang", "02-b/dua.csv"), ("tambahan", "02-b/tiga.csv")],
    ),
    "twice": ([*bermanifes(ISI), ("02-b/dua.csv", b"DUA")], [("nama_ganda", "02-b/dua.csv")]),
    "parent": ([*bermanifes(ISI), ("../luar.txt", b"x")], [("nama_berbahaya", "../luar.txt")]),
    "inside": ([*bermanifes(ISI), ("a/../../luar.txt", b"x")], [("nama_berbahaya", "a/../../luar.txt")]),
    "absolute": ([*bermanifes(ISI), ("/etc/passwd", b"x")], [("nama_berbahaya", "/etc/passwd")]),
    "drive": ([*bermanifes(ISI), ("C:/x", b"x")], [("nama_berbahaya", "C:/x")]),
    "backslash": ([*bermanifes(ISI), ("..\\x", b"x")], [("nama_berbahaya", "..\\\\x")]),
    "folder": ([*bermanifes(ISI), ("kosong/", b"")], [("nama_berbahaya", "kosong/")]),
    "no_manifest": (_tanpa(MANIFES), [("manifes", MANIFES)]),
    "no_list": (_tanpa(DAFTAR), [("manifes", DAFTAR)]),
    "other_list": (
        _ubah(DAFTAR, LAIN[DAFTAR]),
        [("manifes_berbeda", "")],
    ),
    "other_manifest": (_ubah(MANIFES, LAIN[MANIFES]), [("manifes_berbeda", ""), ("berubah", "02-b/dua.csv")]),
    "no_json": (_ubah(MANIFES, b"{"), [("manifes", "")]),
    "deep_json": (_ubah(MANIFES, b"[" * 200_000), [("manifes", "")]),
    "other_format": (_ubah(MANIFES, b'{"format": "lain", "berkas": []}'), [("manifes", "")]),
    "strange_entry": (_ubah(MANIFES, b'{"format": "kpu-palu-paket-1", "berkas": [1]}'), [("manifes", "")]),
    "strange_length": (
        _ubah(MANIFES, b'{"format": "kpu-palu-paket-1", "berkas": [{"jalur": "a", "bita": true, "sha256": "x"}]}'),
        [("manifes", "")],
    ),
    "strange_list": (_ubah(DAFTAR, b"bukan daftar\n"), [("manifes", "")]),
    "nothing": ([], [("manifes", MANIFES), ("manifes", DAFTAR)]),
}


@pytest.mark.parametrize("nama", RUSAK)
def test_each_kind_of_tampering_is_named(nama, tmp_path, recwarn):
    isi, harus = RUSAK[nama]
    assert kode(tulis(tmp_path / "rusak.zip", isi)) == harus


def test_one_flipped_byte_anywhere_in_a_file_is_found(paket, tmp_path):
    utuh = paket.read_bytes()
    for letak in range(utuh.index(b"%PDF"), utuh.index(b"%PDF") + 13):
        rusak = bytearray(utuh)
        rusak[letak] ^= 1
        (tmp_path / "rusak.zip").write_bytes(rusak)
        assert kode(tmp_path / "rusak.zip") == [("berubah", "01-a/satu.pdf")]


def test_bytes_outside_the_files_are_found(paket, tmp_path):
    utuh, lain = paket.read_bytes(), tmp_path / "lain.zip"
    for isi in (b"MZ di depan" + utuh, utuh + b"di belakang"):
        lain.write_bytes(isi)
        assert ("bita_lain", "") in kode(lain)
    with zipfile.ZipFile(paket, "a") as arsip:
        arsip.comment = b"catatan"
    assert ("bita_lain", "") in kode(paket)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    besar = tulis(tmp_path / "bom.zip", bermanifes({"nol.txt": b"\0" * 30_000_000}), zipfile.ZIP_DEFLATED)
    banyak = tulis(tmp_path / "banyak.zip", bermanifes({f"{n}.txt": b"" for n in range(30)}))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("dibaca"))
    assert kode(besar) == [("membengkak", "nol.txt")]
    monkeypatch.setattr(pemeriksaan, "MAKS_TOTAL", 1_000)
    assert ("terlalu_besar", "") in kode(besar)
    monkeypatch.setattr(pemeriksaan, "MAKS_TOTAL", 10**9)
    monkeypatch.setattr(pemeriksaan, "MAKS_ISI", 20)
    assert kode(banyak) == [("terlalu_banyak", "")]


def test_files_that_share_their_bytes_are_a_bomb_too(tmp_path):
    """One compressed stream that many entries of the directory point at."""
    jalur = tulis(tmp_path / "bertumpuk.zip", [("a.txt", b"x" * 900), ("b.txt", b"y" * 900)])
    isi = bytearray(jalur.read_bytes())
    kedua = isi.rindex(b"PK\x01\x02")
    isi[kedua + 42 : kedua + 46] = (0).to_bytes(4, "little")
    isi[kedua + 20 : kedua + 24] = (1_900).to_bytes(4, "little")
    jalur.write_bytes(isi)
    assert ("bertumpuk", "") in kode(jalur)


def test_a_directory_that_lies_about_a_length_is_found(tmp_path):
    """The file unpacks to more than the directory says; nothing beyond what is promised is believed."""
    jalur = tulis(tmp_path / "bohong.zip", bermanifes({"a.txt": b"x" * 5_000_000}), zipfile.ZIP_DEFLATED)
    isi = jalur.read_bytes()
    jalur.write_bytes(isi.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert kode(jalur) == [("berubah", "a.txt")]


def test_what_is_no_archive_cannot_be_checked(tmp_path):
    for isi in (b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 40):
        (tmp_path / "bukan.zip").write_bytes(isi)
        with pytest.raises(BukanPaket):
            periksa_paket(tmp_path / "bukan.zip")
    with pytest.raises(BukanPaket):
        periksa_paket(tmp_path / "tiada.zip")


@pytest.mark.parametrize("jalur", ["a", "a/b.pdf", "01-x/v1-2.pdf", "a..b", "A_b-c.d"])
def test_plain_paths(jalur):
    assert jalur_aman(jalur)


@pytest.mark.parametrize(
    "jalur", ["", "/a", "a/", "a//b", "..", "a/..", "a/../b", ".a", "a\\b", "a\nb", "á", "a" * 201]
)
def test_paths_that_no_package_has(jalur):
    assert not jalur_aman(jalur)


def test_the_command_needs_no_database_server(paket, tmp_path):
    """A process of its own, pointed at a server that is not there: same answer, and it says that nobody was asked."""
    rusak = tulis(tmp_path / "rusak.zip", RUSAK["missing"][0])
    bukan = tmp_path / "bukan.zip"
    bukan.write_bytes(b"bukan arsip")
    env = os.environ | {"DATABASE_URL": f"postgresql://x@/x?host={tmp_path}", "SECRET_KEY": "x" * 60}

    def jalankan(*isi):
        perintah = [sys.executable, "manage.py", "periksa_paket", *map(str, isi)]
        return subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False)

    baik = jalankan(paket)
    assert baik.returncode == 0, baik.stderr
    (satu,) = json.loads(baik.stdout)
    assert satu == {
        "berkas": "paket.zip", "hasil": "utuh", "sidik_manifes": periksa_paket(paket).sidik_manifes, "terdaftar": None,
        "daftar_ditanya": False, "periode": "2026-tw4", "tidak_ada": [], "jumlah_berkas": 3, "temuan": [],
    }  # fmt: skip
    sidik = satu["sidik_manifes"]
    assert json.loads(jalankan(paket, "--sidik", sidik.upper()).stdout)[0]["hasil"] == "sah"
    dua = jalankan(paket, rusak)
    assert (dua.returncode, [b["hasil"] for b in json.loads(dua.stdout)]) == (1, ["utuh", "tidak_sah"])
    tiga = jalankan(paket, bukan)
    assert (tiga.returncode, tiga.stdout) == (2, "")
    assert tiga.stderr.strip() == "CommandError: Berkas bukan.zip bukan arsip ZIP yang utuh."


def test_another_digest_than_the_published_one_is_a_finding(paket):
    akhir, (satu,) = perintah(paket, "--tanpa-daftar", "--sidik", "0" * 64)
    assert (akhir, satu["temuan"][0]["kode"]) == (1, "sidik_lain")
    with pytest.raises(CommandError, match="64 angka"):
        perintah(paket, "--tanpa-daftar", "--sidik", "zz")


# --- With the office's register ---
@pytest.fixture
def tersusun(db, data_dir, monkeypatch):
    monkeypatch.setattr("kpupalu.naskah.pki.PUTARAN_SANDI", 1_000)
    per = bangun.tertutup()
    return per, bangun.susun(per)[1]


def test_a_package_of_the_office_is_sah_and_its_signatures_are_judged(tersusun, tmp_path):
    per, jalur = tersusun
    akhir, (satu,) = perintah(jalur)
    assert (akhir, satu["hasil"], satu["terdaftar"], satu["temuan"]) == (0, "sah", "PKT-01/2026-tw4", [])
    assert any("Notula" in k for k in satu["tidak_ada"])

    # Somebody changes the minutes and writes a new manifest that is right about them.
    with zipfile.ZipFile(jalur) as arsip:
        isi = {n: arsip.read(n) for n in arsip.namelist()}
    manifes = json.loads(isi[MANIFES])
    utama = next(b for b in manifes["berkas"] if b["jenis"] == "berita_acara")
    isi[utama["jalur"]] += b"\n% disisipkan\n"
    utama["bita"] = len(isi[utama["jalur"]])
    lama, utama["sha256"] = utama["sha256"], sha256(isi[utama["jalur"]]).hexdigest()
    isi[MANIFES] = json.dumps(manifes).encode()
    daftar = isi[DAFTAR].decode().replace(lama, utama["sha256"]).splitlines()
    baru = sha256(isi[MANIFES]).hexdigest()
    isi[DAFTAR] = "".join(f"{baru if b.endswith(MANIFES) else b[:64]}{b[64:]}\n" for b in daftar).encode()
    palsu = tulis(tmp_path / "palsu.zip", list(isi.items()))
    akhir, (satu,) = perintah(palsu)
    assert akhir == 1
    assert {t["kode"] for t in satu["temuan"]} == {"naskah", "tidak_terdaftar"}
    naskah = next(t for t in satu["temuan"] if t["kode"] == "naskah")
    assert (naskah["jalur"], naskah["pesan"][:12]) == (utama["jalur"], "Isi berubah ")
    # Without the register only the published digest tells it apart.
    assert perintah(palsu, "--tanpa-daftar")[1][0]["hasil"] == "utuh"
    asli = PaketPeriode.objects.get().sidik_manifes
    assert perintah(palsu, "--tanpa-daftar", "--sidik", asli)[0] == 1
    assert naskah_periode(per).nomor == utama["nomor"]
