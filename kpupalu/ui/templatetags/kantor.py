"""Template tags and filters known to every template: figures, dates, masks, badges, tables, form controls."""

from datetime import date, datetime

from django import template
from django.forms import CheckboxInput, FileInput, HiddenInput
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kpupalu.lib import angka, kata, samaran
from kpupalu.lib.waktu import WITA

register = template.Library()


# --- Figures, dates, masks ---


@register.filter
def ribuan(nilai) -> str:
    """``279084`` → ``279.084``; a dash for nothing."""
    return "–" if nilai is None or nilai == "" else angka.ribuan(int(nilai))


@register.filter
def titik(nilai) -> str:
    """The end of a sentence, with one full stop: ``Budi, S.Kom.`` has it, ``Budi`` gets it."""
    teks = str(nilai)
    return teks if teks.endswith(".") else f"{teks}."


@register.filter
def sekitar(nilai) -> str:
    """An estimate in words: ``279084`` → ``sekitar 279.000``, three figures; below a thousand to the ten."""
    n = int(nilai)
    satuan = -max(len(str(abs(n))) - 3, 1)
    return f"sekitar {angka.ribuan(round(n, satuan))}"


@register.simple_tag
def persen(bagian, dari) -> str:
    """*bagian* of *dari* with one decimal: ``12,5 %``."""
    return angka.persen(bagian or 0, dari or 0)


def _hari(nilai) -> date:
    return nilai.astimezone(WITA).date() if isinstance(nilai, datetime) else nilai


@register.filter
def tanggal(nilai) -> str:
    """``12 Des 2025``, as a table writes it; an instant counts as its day in Palu."""
    return kata.tanggal_pendek(_hari(nilai)) if nilai else "–"


@register.filter
def tanggal_panjang(nilai) -> str:
    """``12 Desember 2025``."""
    return kata.tanggal_panjang(_hari(nilai)) if nilai else "–"


@register.filter
def hari(nilai) -> str:
    """The weekday, ``Jumat``."""
    return kata.hari(_hari(nilai)) if nilai else "–"


@register.filter
def waktu(nilai) -> str:
    """``14.05 WITA``."""
    return f"{nilai.astimezone(WITA):%H.%M} WITA" if nilai else "–"


@register.filter
def tanggal_waktu(nilai) -> str:
    """``12 Des 2025 14.05 WITA``."""
    return f"{tanggal(nilai)} {waktu(nilai)}" if nilai else "–"


@register.filter
def nik(nilai) -> str:
    """The masked NIK or NKK; a page shows the open one only by ``nik_kelompok`` after its own check."""
    return samaran.samarkan_nik(str(nilai or ""))


@register.filter
def nik_kelompok(nilai) -> str:
    """The open number in fours: ``7271 0125 0590 0123``. Only for those allowed to read it."""
    teks = str(nilai or "")
    return " ".join(teks[i : i + 4] for i in range(0, len(teks), 4))


@register.filter
def terbilang(nilai) -> str:
    """The figure in words."""
    return kata.terbilang(int(nilai))


# --- Badges ---

JENIS_TAG = {"netral", "info", "tunggu", "baik", "awas", "bahaya"}
_JENIS_MENURUT_STATUS = {
    "tunggu": {"diajukan", "diverifikasi", "siap_ditandatangani", "ditandatangani_sebagian", "antre", "menunggu"},
    "info": {"berjalan", "dibuka", "sedang_dikerjakan", "diproses", "dihitung"},
    "baik": {
        "disetujui",
        "diterapkan",
        "selesai",
        "berhasil",
        "lengkap",
        "diumumkan",
        "dibekukan",
        "berlaku",
        "sah",
        "aktif",
    },
    "awas": {"dikembalikan", "berhasil_sebagian", "terlambat", "diganti", "dibuka_kembali", "peringatan"},
    "bahaya": {"ditolak", "gagal", "galat", "dibatalkan", "dicabut", "ditarik"},
}
_JENIS = {status: jenis for jenis, kumpulan in _JENIS_MENURUT_STATUS.items() for status in kumpulan}


@register.simple_tag
def badge(status, label="", jenis="") -> str:
    """A status as a word in a coloured tag.

    *status* is a stored value, a choices member, or an object with ``get_status_display``; the word and the
    colour come from *label* and *jenis* where given.
    """
    if hasattr(status, "get_status_display"):
        label = label or status.get_status_display()
        status = status.status
    label = label or getattr(status, "label", "") or str(status).replace("_", " ")
    label = label[:1].upper() + label[1:]
    if jenis not in JENIS_TAG:
        jenis = _JENIS.get(str(getattr(status, "value", status)).lower(), "netral")
    return format_html('<span class="tag tag-{}">{}</span>', jenis, label)


# --- Tables and query strings ---


@register.simple_block_tag(end_name="endtabel")
def tabel(content, keterangan, sembunyi=False, kelas="", id="") -> str:
    """A table with its caption in a scroll box that the keyboard reaches; the content is thead…tfoot."""
    return format_html(
        '<div class="gulir" role="region" tabindex="0" aria-label="{}">'
        '<table class="tabel {}"{}><caption{}>{}</caption>{}</table></div>',
        keterangan,
        kelas,
        format_html(' id="{}"', id) if id else "",
        mark_safe(' class="tersembunyi-visual"') if sembunyi else "",
        keterangan,
        content,
    )


@register.simple_tag(takes_context=True)
def kueri(context, **ganti) -> str:
    """The query string of this page with keys replaced, or dropped when the new value is None."""
    data = context.request.GET.copy()
    for kunci, nilai in ganti.items():
        if nilai is None or nilai == "":
            data.pop(kunci, None)
        else:
            data[kunci] = nilai
    return f"?{data.urlencode()}"


@register.simple_tag(takes_context=True)
def urut_kolom(context, label, kunci, kelas="") -> str:
    """A column header that sorts: reads and writes ``?urut=``; turns over on the second click."""
    kini = context.request.GET.get("urut", "")
    naik, turun = kini == kunci, kini == f"-{kunci}"
    tujuan = kueri(context, urut=f"-{kunci}" if naik else kunci, setelah=None, sebelum=None)
    return format_html(
        '<th scope="col" class="{}"{}><a class="urut" href="{}">{}<span aria-hidden="true">{}</span></a></th>',
        kelas,
        format_html(' aria-sort="{}"', "ascending" if naik else "descending") if naik or turun else "",
        tujuan,
        label,
        " ↑" if naik else " ↓" if turun else " ↕",
    )


# --- Forms ---


@register.simple_tag(takes_context=True)
def token_csrf(context) -> str:
    """The hidden CSRF field; unlike ``csrf_token`` it survives ``{% include … only %}``."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return ""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


# What a browser or password manager may fill in, by the name the field has in this product and in allauth.
_ATRIBUT = {
    "nik": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "nkk": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "no_kk": {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
    "login": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    "username": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    "password": {"autocomplete": "current-password"},
    "oldpassword": {"autocomplete": "current-password"},
    "password1": {"autocomplete": "new-password"},
    "password2": {"autocomplete": "new-password"},
    "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    "code": {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    "sandi": {"autocomplete": "off"},
}


@register.simple_tag
def kolom(field) -> str:
    """The control of a bound field, with the autocomplete and keyboard that belong to its name."""
    widget = field.field.widget
    bawaan = {k: v for k, v in _ATRIBUT.get(field.name, {}).items() if k not in widget.attrs}
    if isinstance(widget, (CheckboxInput, FileInput, HiddenInput)):
        bawaan = {}
    return field.as_widget(attrs=bawaan)


@register.filter
def kotak_centang(field) -> bool:
    """Whether *field* is one lone checkbox, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def id_kendali(field) -> str:
    """The id a link to *field* must aim at: the first control of a group of radios or checkboxes."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


@register.filter
def angka_teks(nilai) -> str:
    """A whole number with dots for thousands; anything else as it is; a dash for nothing."""
    if nilai is None or nilai == "":
        return "–"
    return angka.ribuan(nilai) if isinstance(nilai, int) and not isinstance(nilai, bool) else nilai


# --- Page frame ---


class TangkapNode(template.Node):
    def __init__(self, nodelist, nama):
        self.nodelist, self.nama = nodelist, nama

    def render(self, context):
        context[self.nama] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - already escaped
        return ""


@register.tag
def tangkap(parser, token) -> template.Node:
    """``{% tangkap nama %}…{% endtangkap %}`` keeps what is inside in the variable *nama*, trimmed, unprinted.

    With a block inside, a page writes its title once and the frame uses it twice.
    """
    _, nama = token.split_contents()
    nodelist = parser.parse(("endtangkap",))
    parser.delete_first_token()
    return TangkapNode(nodelist, nama)
