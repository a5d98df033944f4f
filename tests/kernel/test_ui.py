"""The frame of every page: forms, tables, menu, keyset pages, charts, errors, weight, contrast."""

import gettext
import gzip
import json
import logging
import re
from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from kpupalu import ui, urls
from kpupalu.accounts.models import User
from kpupalu.lib import Refused
from kpupalu.ui import beranda, grafik, menu, panduan, peta, views
from kpupalu.ui.daftar import ambil_halaman, ambil_halaman_dari, sekitar_jumlah
from kpupalu.ui.middleware import RefusedMiddleware
from kpupalu.wilayah.models import TPS, AliasKelurahan, Kelurahan
from tests import make

ROOT = Path(django_settings.BASE_DIR)
CSS = (ROOT / "static/css/kantor.css").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def tampil(teks: str, **konteks) -> str:
    """Render a piece of template as a page would."""
    request = konteks.pop("request", None) or RequestFactory().get("/")
    return engines["django"].from_string(teks).render(konteks, request)


# --- Weight and colour ---


def gz(*paths) -> int:
    return sum(len(gzip.compress(Path(p).read_bytes(), 9)) for p in paths)


def test_style_sheet_weighs_at_most_ten_kilobytes():
    assert gz(ROOT / "static/css/kantor.css") <= 10_000


def test_scripts_of_a_page_weigh_at_most_25_kilobytes():
    base = (ROOT / "templates/base.html").read_text()
    named = re.findall(r"<script src=\"{% static '([^']+)' %}\"", base)
    assert "django_htmx/htmx-2.min.js" in named
    assert gz(*map(finders.find, named)) <= 25_000


def test_style_sheet_runs_in_chrome_109_and_calls_nobody():
    bare = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    assert not re.search(r"url\(|@import|@layer|@container|:has\(|color-mix|@font-face", bare)
    # A rule that opens inside a rule would be nesting; only at-rules may hold rules.
    stack: list[str] = []
    for prelude, brace in re.findall(r"([^{};]*)([{}])", bare):
        if brace == "}":
            stack.pop()
            continue
        assert all(outer.startswith("@") for outer in stack), prelude
        stack.append(prelude.strip())
    assert stack == []


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", CSS))
    high, low = sorted((luminance(colours.get(c, c)) for c in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("kertas", "latar", "sorot")
KINDS = ("netral", "info", "tunggu", "baik", "awas", "bahaya")


@pytest.mark.parametrize(
    ("text", "ground"),
    [(t, g) for t in ("tinta", "redup", "tautan", "bahaya", "maron") for g in GROUNDS]
    + [(k, f"{k}-muda") for k in KINDS]
    + [(t, f"{k}-muda") for t in ("tinta", "tautan") for k in KINDS]
    + [("redup", "netral-muda"), ("#ffffff", "maron"), ("#ffffff", "maron-gelap"), ("#ffffff", "bahaya")]
    + [("tinta", f"ubin-{n}") for n in (1, 2, 3)]
    + [("#ffffff", f"ubin-{n}") for n in (4, 5)],
)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("line", ["garis-kuat", "fokus", "maron", "bahaya"])
def test_controls_and_focus_ring_stand_out(line, ground):
    assert contrast(line, ground) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_template_has_no_inline_style_or_script(path):
    """Strict CSP. Templates for print become PDF, where only the style element of their frame is read."""
    teks = path.read_text()
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|hx-vals=['\"]js:", teks)
    assert not re.search(r"<script(?![^>]*\bsrc=)", teks)
    assert not re.search(r"(src|href)=[\"'](https?:)?//", teks)
    if not path.match("naskah/base.html"):
        assert "<style" not in teks


# --- Forms ---


class Isian(forms.Form):
    nik = forms.CharField(label="NIK", help_text="Enam belas angka.")
    nama = forms.CharField(label="Nama")
    jk = forms.ChoiceField(
        label="Jenis kelamin", choices=[("L", "Laki-laki"), ("P", "Perempuan")], widget=forms.RadioSelect
    )
    catatan = forms.CharField(label="Catatan", required=False)
    berkas = forms.FileField(label="Berkas", required=False)
    setuju = forms.BooleanField(label="Saya setuju")
    versi = forms.IntegerField(widget=forms.HiddenInput)


FORM = '{% include "components/form.html" with form=form tombol="Ajukan" batal="/x/" only %}'
CRISPY = "{% load crispy_forms_tags %}{% crispy form %}"


@pytest.mark.parametrize("cara", [FORM, CRISPY])
def test_every_error_in_the_summary_leads_to_its_field(cara):
    html = tampil(cara, form=Isian({"nama": ""}))
    ringkasan = html[html.index('class="ringkasan-galat"') : html.index("<form")]
    assert "Ada isian yang perlu diperbaiki" in ringkasan
    sasaran = re.findall(r'href="#([^"]+)"', ringkasan)
    assert sasaran == ["id_nik", "id_nama", "id_jk_0", "id_setuju"]
    for ident in sasaran:
        assert f'id="{ident}"' in html[html.index("<form") :]


@pytest.mark.parametrize("cara", [FORM, CRISPY])
def test_hint_and_error_stand_between_label_and_control_and_are_announced(cara):
    html = tampil(cara, form=Isian({"nama": "x"}))
    grup = html[html.index('id="grup_id_nik"') : html.index('id="grup_id_nama"')]
    urutan = [grup.index(x) for x in ('for="id_nik"', 'id="id_nik_helptext"', 'id="id_nik_error"', 'name="nik"')]
    assert urutan == sorted(urutan)
    assert 'aria-describedby="id_nik_helptext id_nik_error"' in grup
    assert 'aria-invalid="true"' in grup


@pytest.mark.parametrize("cara", [FORM, CRISPY])
def test_only_optional_fields_are_marked(cara):
    html = tampil(cara, form=Isian())
    assert html.count("(opsional)") == 2
    assert "*</" not in html
    assert "ringkasan-galat" not in html


@pytest.mark.parametrize("cara", [FORM, CRISPY])
def test_form_is_checked_by_the_server_and_protected(cara):
    html = tampil(cara, form=Isian())
    kepala = re.search(r"<form[^>]*>", html)[0]
    assert "novalidate" in kepala
    assert 'enctype="multipart/form-data"' in kepala
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)


def test_radio_group_is_a_fieldset_with_legend_and_nik_has_a_number_keyboard():
    html = tampil(FORM, form=Isian())
    assert re.search(r'<fieldset[^>]*>\s*<legend class="label">Jenis kelamin', html)
    nik = re.search(r'<input[^>]*name="nik"[^>]*>', html)[0]
    assert 'inputmode="numeric"' in nik
    assert 'autocomplete="off"' in nik
    assert re.search(r"<button[^>]*>Ajukan</button>", html)


def test_error_text_is_escaped():
    form = Isian({"nama": "x"})
    form.add_error(None, "<b>1</b>")
    assert "&lt;b&gt;1" in tampil(FORM, form=form)


# --- Tags ---


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("{{ n|ribuan }}", "279.084"),
        ("{{ 'Budi, S.Kom.'|titik }} {{ 'Budi'|titik }}", "Budi, S.Kom. Budi."),
        ("{{ n|sekitar }}", "sekitar 279.000"),
        ("{{ 1284|sekitar }}", "sekitar 1.280"),
        ("{{ 47|sekitar }}", "sekitar 50"),
        ("{% persen 1 8 %}", "12,5 %"),
        ("{{ d|tanggal }}", "9 Des 2025"),
        ("{{ d|tanggal_panjang }}", "9 Desember 2025"),
        ("{{ saat|tanggal_waktu }}", "1 Jan 2026 00.05 WITA"),
        ("{{ nik|nik }}", "7271••••••••••••"),
        ("{{ nik|nik_kelompok }}", "7271 0125 0590 0123"),
        ("{{ n|terbilang }}", "dua ratus tujuh puluh sembilan ribu delapan puluh empat"),
        ('{% badge "dikembalikan" %}', '<span class="tag tag-awas">Dikembalikan</span>'),
        ('{% badge "x" "<i>" "baik" %}', '<span class="tag tag-baik">&lt;i&gt;</span>'),
        ('{% badge "Menunggu Ketua" "" "tunggu" %}', '<span class="tag tag-tunggu">Menunggu Ketua</span>'),
    ],
)
def test_tags(teks, hasil):
    saat = datetime(2025, 12, 31, 16, 5, tzinfo=UTC)
    assert tampil(teks, n=279084, d=date(2025, 12, 9), saat=saat, nik="7271012505900123") == hasil


def test_table_has_caption_and_a_scroll_box_for_the_keyboard():
    html = tampil("{% tabel nama sembunyi=True %}<tbody></tbody>{% endtabel %}", nama="Rekap <1>")
    assert 'role="region" tabindex="0" aria-label="Rekap &lt;1&gt;"' in html
    assert '<caption class="tersembunyi-visual">Rekap &lt;1&gt;</caption>' in html


def test_sort_header_turns_over_and_starts_from_the_first_page():
    request = RequestFactory().get("/", {"urut": "nama", "setelah": "z", "kec": "1"})
    html = tampil('{% urut_kolom "Nama" "nama" %}', request=request)
    assert 'aria-sort="ascending"' in html
    assert 'href="?urut=-nama&amp;kec=1"' in html


# --- Pages ---


@pytest.fixture
def orang(db, client):
    user = make.sari()
    client.force_login(user)
    return user


def test_page_has_frame_in_order(orang, client):
    html = client.get("/").content.decode()
    tanda = ["Lompat ke isi utama", "<header", 'aria-label="Menu utama"', '<main id="isi"', "<h1", "<footer"]
    letak = [html.index(t) for t in tanda]
    assert letak == sorted(letak)
    assert "<title>Beranda – Sekretariat KPU Kota Palu</title>" in html
    assert html.count("<h1") == 1
    assert re.search(r'<form method="post" action="[^"]*" id="keluar">.*Keluar', html)
    assert html.count('role="status"') == 1
    assert html.count('aria-live="assertive"') == 1
    assert len(gzip.compress(html.encode())) <= 60_000


def test_htmx_keeps_no_history_and_runs_no_code(orang, client):
    html = client.get("/").content.decode()
    setelan = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", html)[1])
    assert setelan["allowEval"] is False
    assert setelan["historyCacheSize"] == 0
    assert setelan["selfRequestsOnly"] is True
    assert setelan["includeIndicatorStyles"] is False
    assert {"code": "422", "swap": True} in setelan["responseHandling"]


@pytest.mark.parametrize("mode", [True, False])
def test_example_mark_stands_on_every_kind_of_page(orang, client, settings, mode):
    settings.MODE_CONTOH = mode
    for url in ("/", "/panduan/", "/tidak/ada/"):
        assert ("CONTOH – BUKAN DOKUMEN RESMI" in client.get(url).content.decode()) is mode


def test_beranda_shows_what_counts_and_leaves_out_zero(orang, client, monkeypatch):
    kartu = [
        beranda.Kartu("usulan menunggu", 1284, "/a/", "Kalimat."),
        beranda.Kartu("kosong", 0, "/b/"),
        beranda.Kartu("tanggapan", 2, "/c/", genting=True, bagian=beranda.TERLAMBAT),
    ]
    monkeypatch.setattr(beranda, "_pembuat", [lambda user: kartu if user == orang else []])
    html = client.get("/").content.decode()
    assert re.search(r'href="/a/"><b>1.284</b> <span>usulan menunggu', html)
    assert "kosong" not in html[html.index("<main") :]
    assert html.index("Terlambat") < html.index('href="/c/"') < html.index("Berubah sejak kemarin")
    assert "Tidak ada perubahan sejak kemarin." in html


def test_beranda_asks_for_login(db, client):
    assert client.get("/").headers["location"].startswith(reverse("account_login"))


def test_session_is_kept_alive_only_by_post(orang, client):
    assert client.post("/sesi/").status_code == 204
    assert client.get("/sesi/").status_code == 405


# --- Menu ---


class Tamu:
    is_authenticated = True

    def __init__(self, *perms):
        self.perms = perms

    def has_perm(self, perm):
        return perm in self.perms


@pytest.fixture
def menu_uji(monkeypatch):
    monkeypatch.setattr(menu, "_butir", {})
    menu.daftarkan("Administrasi", "Bantuan", "panduan", perm=("x.a", "x.b"))
    menu.daftarkan("Beranda", "Beranda", "beranda")
    menu.daftarkan("Data Pemilih", "Sehat", "kesehatan", perm=lambda user: False)


def test_menu_shows_only_what_the_person_may_open(menu_uji):
    assert [g["label"] for g in menu.susun(Tamu(), "/")] == ["Beranda"]
    assert [g["label"] for g in menu.susun(Tamu("x.b"), "/")] == ["Beranda", "Administrasi"]


def test_menu_marks_the_longest_address_only(menu_uji):
    grup = {g["label"]: g for g in menu.susun(Tamu("x.a"), "/panduan/impor/")}
    assert grup["Administrasi"]["butir"][0]["kini"]
    assert not grup["Beranda"]["butir"][0]["kini"]


def test_menu_refuses_an_unknown_group():
    with pytest.raises(ValueError, match="tidak dikenal"):
        menu.daftarkan("Lain-lain", "X", "beranda")


def test_every_menu_entry_of_this_installation_leads_somewhere():
    assert [b for b in menu.semua_butir() if menu.alamat(b) is None] == []


# --- Keyset pages ---


@pytest.fixture
def tps(db):
    """60 TPS in three kelurahan: many rows share the first part of the key."""
    TPS.objects.all().delete()
    kelurahan = Kelurahan.objects.order_by("kode")[:3]
    TPS.objects.bulk_create(
        TPS(kelurahan=k, nomor=n, jenis="loksus" if n % 7 == 0 else "reguler") for k in kelurahan for n in range(1, 21)
    )
    return TPS.objects.all()


URUTAN = [
    ("id",),
    ("-id",),
    ("kelurahan", "nomor", "id"),
    ("-nomor", "-id"),
    ("nomor", "-id"),
    ("-jenis", "kelurahan__nama", "id"),
]


@pytest.mark.parametrize("urutan", URUTAN, ids=str)
@pytest.mark.parametrize("ukuran", [7, 20, 60, 61])
def test_pages_forward_and_back_show_every_row_once(tps, urutan, ukuran):
    semua = list(tps.order_by(*urutan))
    maju, halaman = [], ambil_halaman(tps, urutan, ukuran=ukuran)
    assert not halaman.ada_sebelumnya
    while True:
        maju += halaman.baris
        if not halaman.ada_lanjutan:
            break
        halaman = ambil_halaman(tps, urutan, setelah=halaman.setelah, ukuran=ukuran)
    assert maju == semua
    mundur = list(halaman.baris)
    while halaman.ada_sebelumnya:
        halaman = ambil_halaman(tps, urutan, sebelum=halaman.sebelum, ukuran=ukuran)
        # The first page is always full, so going back may meet rows again that are already known.
        mundur = [b for b in halaman.baris if b not in mundur] + mundur
    assert mundur == semua
    assert len(halaman) == min(ukuran, 60)


def test_page_needs_neither_count_nor_offset_and_token_tells_nothing(tps):
    urutan = ("kelurahan__nama", "nomor", "id")
    halaman = ambil_halaman(tps, urutan, ukuran=10)
    with CaptureQueriesContext(connection) as queries:
        ambil_halaman(tps, urutan, setelah=halaman.setelah, ukuran=10)
    sql = " ".join(q["sql"] for q in queries)
    assert len(queries) == 2
    assert "COUNT(" not in sql
    assert "OFFSET" not in sql
    assert halaman.setelah.split(".")[0] == str(halaman.baris[-1].pk)
    assert halaman.baris[-1].kelurahan.nama not in halaman.setelah


def test_place_is_found_by_the_index(tps):
    """One row comparison on the whole key; with OR the planner would filter from the start."""
    urutan = ("kelurahan", "nomor")
    halaman = ambil_halaman(tps, urutan, ukuran=10)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        ambil_halaman(tps, urutan, setelah=halaman.setelah, ukuran=10)
        sql = queries[-1]["sql"]
        # Small tables and old statistics tempt the planner elsewhere; asked is only whether the index can serve.
        cursor.execute("ANALYZE wilayah_tps")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}")
        rencana = "\n".join(baris for (baris,) in cursor.fetchall())
    assert "Index Cond: (ROW(" in rencana
    assert "Filter:" not in rencana


def test_forged_token_gives_the_first_page(tps):
    halaman = ambil_halaman(tps, ("id",), ukuran=10)
    palsu = halaman.setelah.replace(halaman.setelah[-1], "A" if halaman.setelah[-1] != "A" else "B")
    assert ambil_halaman(tps, ("id",), setelah=palsu, ukuran=10).baris == halaman.baris


def test_row_that_left_the_filter_still_marks_the_place(tps):
    saring = tps.filter(jenis="reguler")
    halaman = ambil_halaman(saring, ("id",), ukuran=10)
    lanjut = ambil_halaman(saring, ("id",), setelah=halaman.setelah, ukuran=10).baris
    TPS.objects.filter(pk=halaman.baris[-1].pk).update(jenis="loksus")
    assert ambil_halaman(saring, ("id",), setelah=halaman.setelah, ukuran=10).baris == lanjut


def test_order_by_a_field_that_may_be_null_is_refused(db):
    with pytest.raises(ValueError, match="NULL"):
        ambil_halaman(User.objects.all(), ("last_login", "id"))
    with pytest.raises(ValueError, match="bukan bidang"):
        ambil_halaman(AliasKelurahan.objects.all(), ("namaa", "id"))


@pytest.mark.parametrize(("minta", "dapat"), [("25", 25), ("100", 60), ("7", 50), ("x", 50)])
def test_page_size_is_one_of_three(tps, minta, dapat):
    assert len(ambil_halaman_dari(RequestFactory().get("/", {"ukuran": minta}), tps)) == dapat


def test_estimate_reads_no_row(tps):
    with CaptureQueriesContext(connection) as queries:
        kira = sekitar_jumlah(tps)
    assert isinstance(kira, int)
    assert queries[0]["sql"].startswith("EXPLAIN")
    assert len(queries) == 1


# --- Charts and maps ---


def bersih(g) -> str:
    html = tampil('{% include "components/grafik.html" with grafik=g only %}', g=g)
    assert not re.search(r"style=|<script|<style|http", html)
    assert "<title" in html
    assert "Lihat data" in html
    return html


def test_bars_start_at_zero_and_are_in_proportion():
    g = grafik.batang("Pemilih", [("A", 50), ("B", 200, "/b/"), ("C", 0)], satuan="pemilih")
    html = bersih(g)
    lebar = [float(w) for w in re.findall(r'g-batang"[^>]*width="([\d.]+)"', html)]
    assert lebar[0] == pytest.approx(4 * lebar[1], abs=0.5)
    assert lebar[2] == 0
    assert [b.label for b in g.baris] == ["B", "A", "C"]
    assert g.bacaan == "Terbanyak B (200 pemilih), paling sedikit C (0 pemilih)."
    assert 'role="group"' in html
    with pytest.raises(ValueError, match="negatif"):
        grafik.batang("X", [("A", -1)])


def test_bars_without_data_say_so():
    assert "Belum ada angka" in bersih(grafik.batang("Kosong", []))


def test_lines_break_at_gaps_and_a_cut_axis_is_told():
    g = grafik.garis(
        "Deret", ["I", "II", "III"], {"L": [134000, None, 135000], "P": [140000, 141000, 142000]}, dari_nol=False
    )
    html = bersih(g)
    assert "Sumbu tegak dimulai dari 134.000, bukan dari nol." in html
    assert re.search(r'g-garis s1" d="M[\d. ]+M', html)
    assert 'role="img"' in html
    assert "P 142.000" in html
    assert "Sumbu tegak" not in bersih(grafik.garis("Deret", ["I"], {"L": [134000]}))


@pytest.mark.parametrize("terbesar", [0, 1, 3, 4, 7, 10, 99, 100, 137, 274293, 999_999])
def test_axis_marks_are_round_even_and_reach_the_top(terbesar):
    tanda = grafik.skala(terbesar)
    assert tanda[0] == 0
    assert tanda[-1] >= terbesar
    assert 2 <= len(tanda) <= 8
    assert len({b - a for a, b in pairwise(tanda)}) == 1


def ubin(*nilai):
    return [
        peta.Ubin(f"72.71.01.100{i}", f"Kelurahan {i}", "Satu" if i < 3 else "Dua", n, f"/k/{i}/")
        for i, n in enumerate(nilai, 1)
    ]


@pytest.mark.parametrize(
    ("nilai", "kelas"),
    [
        ([], []),
        ([5], [(5, 5)]),
        ([1, 2, 3, 4, 5], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        ([7, 7, 7, 7, 7, 9], [(7, 7), (9, 9)]),
        (list(range(1, 11)), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
    ],
)
def test_map_classes(nilai, kelas):
    assert peta.bagi_kelas(nilai) == kelas


def test_tile_map_names_every_kelurahan_and_links_it():
    html = bersih(peta.peta_ubin("Peta", ubin(1200, 3000, None, 9000), satuan="pemilih"))
    for i in (1, 2, 3, 4):
        assert f'<a href="/k/{i}/" aria-label="Kelurahan {i}' in html
    assert "Kelurahan 3: tidak ada data" in html
    assert "Tidak ada data" in html
    assert "bukan batas hukum" in html
    assert html.index(">Satu<") < html.index(">Dua<")


def pasang_batas(folder, isi):
    (folder / "peta").mkdir()
    (folder / "peta/palu-kelurahan.geojson").write_text(isi if isinstance(isi, str) else json.dumps(isi))


def kotak(kode, x, y, jenis="Polygon"):
    cincin = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    koordinat = [cincin] if jenis == "Polygon" else [[cincin]]
    return {"type": "Feature", "properties": {"kode": kode}, "geometry": {"type": jenis, "coordinates": koordinat}}


def test_outline_map_draws_what_is_installed_and_names_what_is_missing(data_dir):
    fitur = [kotak("72.71.01.1001", 119.8, -0.9), kotak("72.71.01.1002", 119.81, -0.91, "MultiPolygon")]
    pasang_batas(data_dir, {"type": "FeatureCollection", "features": fitur})
    g = peta.peta_garis("Peta", ubin(10, 20, 30))
    html = bersih(g)
    assert html.count('class="g-wilayah') == 2
    assert 'd="M0 310L310 310' in html
    assert "Tidak tergambar pada peta: Kelurahan 3." in g.catatan
    assert len(g.baris) == 3


@pytest.mark.parametrize(
    "isi",
    [
        "{",
        "[]",
        {"features": []},
        {"features": [{"properties": {}}]},
        {"features": [kotak("72.71.01.1001", 119.8, -0.9, "Titik")]},
    ],
)
def test_broken_boundary_file_falls_back_to_tiles_and_says_so(data_dir, isi):
    pasang_batas(data_dir, isi)
    g = peta.peta_garis("Peta", ubin(10, 20))
    assert "g-ubin" in g.svg
    assert "tidak dapat dibaca" in g.catatan


# --- Refusals ---


def permintaan(metode, htmx=False, **kepala):
    request = getattr(RequestFactory(), metode)("/usulan/1/", headers=kepala)
    request.htmx = HtmxDetails(request) if not htmx else True
    SessionMiddleware(lambda r: HttpResponse()).process_request(request)
    MessageMiddleware(lambda r: HttpResponse()).process_request(request)
    request.user = AnonymousUser()
    return request


def tolak(request):
    return RefusedMiddleware(lambda r: None).process_exception(request, Refused("Pengusul tidak boleh menyetujui."))


def test_refused_post_goes_back_with_the_sentence():
    request = permintaan("post", referer="http://testserver/usulan/1/?h=2")
    response = tolak(request)
    assert (response.status_code, response.headers["location"]) == (302, "/usulan/1/?h=2")
    assert [(m.level_tag, str(m)) for m in get_messages(request)] == [("error", "Pengusul tidak boleh menyetujui.")]


@pytest.mark.parametrize(
    ("metode", "asal"),
    [("post", "https://lain.example/"), ("post", ""), ("get", "http://testserver/usulan/1/")],
)
def test_refused_elsewhere_is_a_page_with_status_409(metode, asal):
    response = tolak(permintaan(metode, referer=asal))
    assert response.status_code == 409
    assert "Pengusul tidak boleh menyetujui." in response.content.decode()
    assert "lain.example" not in response.content.decode()


def test_refused_htmx_request_gets_text_for_the_alert_region():
    response = tolak(permintaan("post", htmx=True, referer="http://testserver/x/"))
    assert (response.status_code, response.content.decode()) == (409, "Pengusul tidak boleh menyetujui.")
    assert response.headers["content-type"].startswith("text/plain")


def test_other_exceptions_are_bugs_and_pass():
    assert RefusedMiddleware(lambda r: None).process_exception(permintaan("get"), ValueError("x")) is None


# --- Errors, guide, health ---


def test_no_right_and_not_there_look_the_same_and_need_no_database():
    request = RequestFactory().get("/x/")
    assert urls.handler403(request, None).content == urls.handler404(request, None).content
    assert urls.handler403(request, None).status_code == 404


@pytest.mark.parametrize(
    ("handler", "status"),
    [(views.galat_400, 400), (views.galat_csrf, 403), (views.galat_500, 500), (views.sedang_dipelihara, 503)],
)
def test_error_page_needs_no_database(handler, status):
    response = handler(RequestFactory().get("/x/"))
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_error_of_ours_has_a_number_that_stands_in_the_log(caplog):
    with caplog.at_level(logging.ERROR):
        html = views.galat_500(RequestFactory().get("/x/")).content.decode()
    nomor = re.search(r"\d{6}-[0-9A-F]{6}", html)[0]
    assert nomor in caplog.text


def test_guide_reads_only_its_own_files(tmp_path, monkeypatch):
    monkeypatch.setattr(panduan, "FOLDER", tmp_path / "panduan")
    (tmp_path / "panduan").mkdir()
    (tmp_path / "rahasia.md").write_text("# Rahasia")
    (tmp_path / "panduan/impor.md").write_text("# Mengimpor berkas\n\nLangkahnya *lima*.\n\n[Rekap](rekap.md#a)\n")
    halaman = panduan.baca("impor")
    assert (halaman.judul, halaman.pembuka) == ("Mengimpor berkas", "Langkahnya lima.")
    assert 'href="/panduan/rekap/#a"' in halaman.isi
    assert panduan.baca("../rahasia") is None
    assert [h.slug for h in panduan.daftar_halaman()] == ["impor"]


def test_health_tells_well_from_ill(db, client, data_dir, settings):
    assert client.get("/kesehatan/").json() == {"status": "sehat"}
    (data_dir / "berkas-biasa").write_text("")
    settings.DATA_DIR = data_dir / "berkas-biasa" / "di-dalam"
    response = client.get("/kesehatan/")
    assert (response.status_code, response.json()) == (503, {"status": "terganggu"})


# --- The admin site ---
KENDALI = (ROOT / "static" / "css" / "kendali.css").read_text()


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("body-fg", "body-bg", 4.5),
        ("body-quiet-color", "body-bg", 4.5),
        ("body-quiet-color", "darkened-bg", 4.5),
        ("body-fg", "selected-bg", 4.5),
        ("body-fg", "selected-row", 4.5),
        ("link-fg", "body-bg", 4.5),
        ("link-fg", "darkened-bg", 4.5),
        ("link-fg", "selected-row", 4.5),
        ("header-link-color", "header-bg", 4.5),
        ("breadcrumbs-fg", "breadcrumbs-bg", 4.5),
        ("breadcrumbs-link-fg", "breadcrumbs-bg", 4.5),
        ("error-fg", "message-error-bg", 4.5),
        ("body-fg", "message-success-bg", 4.5),
        ("primary-fg", "button-bg", 4.5),
        ("primary-fg", "button-hover-bg", 4.5),
        ("primary-fg", "close-button-bg", 4.5),
        ("primary-fg", "delete-button-bg", 4.5),
        ("primary-fg", "object-tools-bg", 4.5),
        ("border-color", "body-bg", 3),
    ],
)
def test_the_admin_site_stands_out_from_its_ground(text, ground, least):
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", KENDALI))
    assert contrast(colours[text], colours[ground]) >= least


def test_the_admin_site_uses_the_colours_of_the_office_and_no_other():
    assert set(re.findall(r"#[0-9a-f]{6}", KENDALI)) <= set(re.findall(r"#[0-9a-f]{6}", CSS))
    assert "@import" not in KENDALI
    assert "url(" not in KENDALI


@pytest.mark.parametrize("nama", ["admin:index", "admin:accounts_user_changelist", "admin:accounts_user_add"])
def test_the_admin_site_is_in_the_offices_frame(client, django_user_model, nama):
    """A way back, what is read-only there, one look by day and night, and nothing the policy would stop."""
    user = django_user_model.objects.create_user("gilang", password="kuda-lumping-sore-9", is_staff=True)
    user.groups.add(Group.objects.get(name="admin"))
    client.force_login(user)
    halaman = client.get(reverse(nama)).content.decode()
    assert f'<a href="{reverse("beranda")}">Kembali ke kantor</a>' in halaman
    assert f'action="{reverse("account_logout")}"' in halaman
    assert "hanya dapat dibaca" in halaman
    assert "css/kendali.css" in halaman
    assert "dark_mode.css" not in halaman
    assert "theme.js" not in halaman
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\b(src|type=\"application/json\"|id=))", halaman)


# --- Words of packages ---


def test_pages_of_import_and_export_speak_indonesian(client, db):
    admin = make.orang("gilang", "admin")
    type(admin).objects.filter(pk=admin.pk).update(is_staff=True)
    client.force_login(admin)
    isi = client.get(reverse("admin:kalender_harilibur_import")).content.decode()
    assert "Berkas yang diimpor" in isi
    assert "Lanjutkan" in isi
    isi = client.get(reverse("admin:kalender_harilibur_export")).content.decode()
    assert "Kolom yang diunduh" in isi
    assert not {kata for kata in ("Submit", "Select all", "exporter", ">Export") if kata in isi}


def test_compiled_words_are_those_of_the_source():
    folder = Path(ui.__file__).parent / "locale/id/LC_MESSAGES"
    with (folder / "django.mo").open("rb") as berkas:
        kamus = gettext.GNUTranslations(berkas)
    sumber = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (folder / "django.po").read_text(), re.MULTILINE)
    assert sumber
    assert [kata for kata, arti in sumber if kamus.gettext(kata) != arti] == []


def test_a_long_group_of_the_menu_keeps_entries_of_one_heading_together():
    for kelompok in menu.KELOMPOK:
        bagian = [nama for nama, _ in groupby(b.bagian for b in menu.semua_butir() if b.kelompok == kelompok)]
        assert len(bagian) == len(set(bagian)), kelompok
