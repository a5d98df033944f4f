"""The shape of the house: layers, sizes, names, and what nobody may hide where."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

AKAR = Path(__file__).parents[2]
AREA = ("pdpb", "ppid")
KODE = [
    p for bagian in ("kpupalu", *AREA) for p in sorted((AKAR / bagian).rglob("*.py")) if "migrations" not in p.parts
]
TEMPLATE = sorted((AKAR / "templates").rglob("*.html"))
BANYAK_BARIS = 600
# One table, one entry per check: read by looking up, not from top to bottom.
TABEL = {"pdpb/impor/cek.py"}
TERLARANG = {"utils", "util", "helpers", "helper", "services", "service", "signals", "common", "misc"}
# Where every public function says what is true after the call.
BERDOKUMEN = [
    p
    for p in KODE
    if p.is_relative_to(AKAR / "kpupalu" / "lib")
    or any(p.is_relative_to(AKAR / area / "actions") for area in AREA)
    or (p.parent.name in AREA and p.parent.parent == AKAR and p.name not in ("admin.py", "apps.py"))
]


def nama(jalur: Path) -> str:
    return str(jalur.relative_to(AKAR))


def test_the_lists_above_hold_what_they_should():
    assert {"kpupalu/lib/kata.py", "pdpb/actions/perubahan.py", "pdpb/rekap.py", "ppid/jendela.py"} <= {
        nama(p) for p in BERDOKUMEN
    }
    assert len(KODE) > 100
    assert len(TEMPLATE) > 50


def test_lower_layers_never_import_higher_ones():
    perintah = Path(sys.executable).with_name("lint-imports")
    hasil = subprocess.run([perintah, "--no-cache"], cwd=AKAR, capture_output=True, text=True, timeout=120, check=False)
    assert hasil.returncode == 0, hasil.stdout + hasil.stderr
    assert "0 broken" in hasil.stdout


def test_no_file_outgrows_a_reader():
    panjang = {
        nama(p): n for p in KODE if (n := len(p.read_text().splitlines())) > BANYAK_BARIS and nama(p) not in TABEL
    }
    assert panjang == {}


def test_no_module_is_a_drawer_for_the_rest():
    assert [nama(p) for p in KODE if p.stem in TERLARANG or p.parent.name in TERLARANG] == []


def test_nothing_happens_behind_the_back():
    """No signal receivers; the one hook after migrate is connected by name where the app starts."""
    salah = []
    for p in KODE:
        for simpul in ast.walk(ast.parse(p.read_text())):
            if "receiver" in (getattr(simpul, "id", ""), getattr(simpul, "attr", "")):
                salah.append(nama(p))
            elif isinstance(simpul, ast.ImportFrom) and simpul.module == "django.db.models.signals":
                impor = {a.name for a in simpul.names}
                if impor - {"post_migrate"}:
                    salah.append(nama(p))
    assert salah == []


def _sisip(teks: str) -> list[str]:
    """What of *teks* a strict content policy would block."""
    bersih = re.sub(r"\{%\s*comment\b.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", "", teks, flags=re.S)
    return [
        *re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", bersih),
        *re.findall(r"<style\b[^>]*>", bersih),
        *re.findall(r"\sstyle\s*=", bersih),
        *re.findall(r"\son[a-z]+\s*=\s*[\"']", bersih),
        *re.findall(r"javascript:", bersih),
        *re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']*""", bersih),
    ]


# Printed on paper, never sent to a browser.
CETAKAN = re.compile(r"^templates/(?:[a-z]+/)?naskah/")


@pytest.mark.parametrize("jalur", TEMPLATE, ids=nama)
def test_no_inline_script_style_or_foreign_address(jalur):
    temuan = _sisip(jalur.read_text())
    if CETAKAN.match(nama(jalur)):
        temuan = [t for t in temuan if not t.startswith(("<style", " style"))]
    assert temuan == []


def test_the_search_for_inline_code_finds_it():
    for buruk in (
        "<script>x()</script>", "<style>a{}</style>", '<p style="color:red">', '<a onclick="x()">',
        '<a href="javascript:x()">', '<script src="//cdn.example/a.js"></script>', "<img src='https://x.example/a.png'>",
    ):  # fmt: skip
        assert _sisip(buruk), buruk
    assert _sisip('{# <style> #}<script src="/static/a.js" defer></script><p class="style">on="x"</p>') == []


@pytest.mark.parametrize("jalur", BERDOKUMEN, ids=nama)
def test_every_public_function_says_what_is_true_after_the_call(jalur):
    pohon = ast.parse(jalur.read_text())
    if jalur.name != "__init__.py":
        assert ast.get_docstring(pohon), "berkas tanpa docstring"
    bisu = []
    for simpul in pohon.body:
        anggota = [simpul, *(simpul.body if isinstance(simpul, ast.ClassDef) else [])]
        for satu in anggota:
            if not isinstance(satu, ast.FunctionDef | ast.ClassDef) or satu.name.startswith("_"):
                continue
            sifat = isinstance(satu, ast.FunctionDef) and any(
                isinstance(d, ast.Name) and d.id in ("property", "cached_property") for d in satu.decorator_list
            )
            dalam_kelas = satu is not simpul
            if not ast.get_docstring(satu) and not (dalam_kelas and (sifat or satu.name in DIKENAL)):
                bisu.append(f"{jalur.name}:{satu.lineno} {satu.name}")
    assert bisu == []


# Methods whose contract the framework states.
DIKENAL = {"ready", "filter", "has_add_permission", "has_change_permission", "has_delete_permission", "get_queryset"}


def test_no_number_of_the_law_is_written_into_the_code_of_the_voter_data():
    """Ages and signatures come from dated rows; a comparison with such a number in code would hide one."""
    hukum = {17, 100, 13, 110}
    salah = []
    for p in KODE:
        if not p.is_relative_to(AKAR / "pdpb"):
            continue
        for simpul in ast.walk(ast.parse(p.read_text())):
            if isinstance(simpul, ast.Compare):
                angka = {c.value for c in ast.walk(simpul) if isinstance(c, ast.Constant)} & hukum
                nama_ = {n.id for n in ast.walk(simpul) if isinstance(n, ast.Name)}
                if angka and any("umur" in n or "usia" in n for n in nama_):
                    salah.append(f"{nama(p)}:{simpul.lineno}")
    assert salah == []
