"""The pictures of the guide: served with their size and nothing else, described, shown, light, and all in the table."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from kpupalu.ui import panduan
from tests.gambar_panduan.daftar import semua

GAMBAR = panduan.FOLDER / "gambar"
BERKAS = sorted(GAMBAR.glob("*"))
HALAMAN = sorted(panduan.FOLDER.glob("*.md"))
SETIAP, SEMUA = 60_000, 4_000_000
# Anything that a reader of Markdown takes for a picture, and one that stands alone in its paragraph.
_SEMBARANG = re.compile(r"!\[|<img", re.IGNORECASE)
_SENDIRI = re.compile(r"^!\[([^\]]*)\]\(gambar/([a-z0-9-]+\.png)\)$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A guide with one page and one picture, beside a file that is nobody's business."""
    monkeypatch.setattr(panduan, "FOLDER", tmp_path / "panduan")
    (tmp_path / "panduan/gambar").mkdir(parents=True)
    (tmp_path / "rahasia.png").write_bytes(BERKAS[0].read_bytes())
    (tmp_path / "panduan/gambar/rekap.png").write_bytes(BERKAS[0].read_bytes())
    (tmp_path / "panduan/rekap.md").write_text('# Rekap\n\nIsi.\n\n![Tabel "rekap" & tombol](gambar/rekap.png)\n')
    return tmp_path / "panduan"


def test_a_picture_is_kept_for_a_year_under_its_digest_and_checked_without(client):
    nama = BERKAS[0].name
    satu = panduan.gambar(nama)
    alamat = reverse("panduan_gambar", args=[nama])
    jawaban = client.get(alamat, {"v": satu.sidik})
    assert (jawaban.status_code, jawaban["Content-Type"], jawaban.content) == (200, "image/png", BERKAS[0].read_bytes())
    assert {"max-age=31536000", "immutable", "public"} <= set(jawaban["Cache-Control"].split(", "))
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    lain = client.get(alamat, {"v": "lain"})
    assert set(lain["Cache-Control"].split(", ")) == {"max-age=300", "public"}
    lagi = client.get(alamat, headers={"if-none-match": lain["ETag"]})
    assert (lagi.status_code, lagi.content) == (304, b"")


@pytest.mark.parametrize(
    "nama",
    ["../rahasia.png", "..%2Frahasia.png", "..%252Frahasia.png", "rekap.md", "../rekap.md", "REKAP.PNG", "rekap.png/",
     ".png", "tidak-ada.png", "rekap.png%00", "rekap.png%0A"],
)  # fmt: skip
def test_nothing_but_the_pictures_is_served(client, db, folder, nama):
    assert client.get(f"/panduan/gambar/{nama}").status_code == 404
    assert client.get("/panduan/gambar/rekap.png").status_code == 200


def test_a_file_that_is_no_picture_is_not_served(folder):
    (folder / "gambar/palsu.png").write_bytes(b"<svg onload=alert(1)>" * 9)
    assert panduan.gambar("palsu.png") is None


def test_the_page_shows_the_picture_in_its_size_and_says_what_is_seen(client, db, folder):
    html = client.get("/panduan/rekap/").content.decode()
    satu = panduan.gambar("rekap.png")
    img = re.search(r"<img alt=\"[^>]*>", html)[0]
    assert f'width="{satu.lebar}" height="{satu.tinggi}"' in img
    assert 'Tabel "rekap" & tombol' in unescape(img)
    assert f'href="/panduan/gambar/rekap.png?v={satu.sidik}"' in html
    assert panduan.baca("rekap").pembuka == "Isi."


def test_a_picture_that_is_missing_leaves_its_words(folder):
    (folder / "gambar/rekap.png").unlink()
    assert "<img" not in panduan.baca("rekap").isi
    assert "<em>Tabel" in panduan.baca("rekap").isi


@pytest.mark.parametrize("halaman", HALAMAN, ids=[h.stem for h in HALAMAN])
def test_every_picture_of_a_page_is_there_and_described(halaman: Path):
    teks = halaman.read_text(encoding="utf-8")
    sendiri = _SENDIRI.findall(teks)
    assert len(sendiri) == len(_SEMBARANG.findall(teks)), "Gambar berdiri sendiri: ![…](gambar/nama.png)"
    for alt, nama in sendiri:
        assert len(alt) >= 30, f"{nama}: tulis apa yang tampak"
        assert f"\n\n![{alt}](gambar/{nama})\n\n" in teks, f"{nama}: beri baris kosong sebelum dan sesudahnya"
        assert panduan.gambar(nama), f"{nama} tidak ada di docs/panduan/gambar"
    isi = panduan.baca(halaman.stem)
    assert isi is not None
    assert isi.isi.count("<img") == len(sendiri)


def test_every_picture_is_in_the_table_and_on_its_page():
    tabel = {f"{f.nama}.png": f.halaman for f in semua(Path())}
    tampil = {nama: h.stem for h in HALAMAN for _, nama in _SENDIRI.findall(h.read_text(encoding="utf-8"))}
    assert tampil == tabel
    assert [b.name for b in BERKAS] == sorted(tabel)


def test_pictures_are_light():
    besar = {b.name: b.stat().st_size for b in BERKAS}
    assert {nama: n for nama, n in besar.items() if n > SETIAP} == {}
    assert sum(besar.values()) <= SEMUA
