"""The commonest form controls written by Python: the same HTML as Django's templates, without forty templates for a
list of forty choices."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

_FOLDER = "django/forms/widgets/"
_MASUKAN = {f"{_FOLDER}{nama}.html" for nama in ("input", "text", "number", "date", "hidden", "email", "checkbox")}
_PILIHAN, _BUTIR = f"{_FOLDER}select.html", f"{_FOLDER}select_option.html"


class PencetakIsian(DjangoTemplates):
    """Django's renderer; inputs and selects do not go through a template. A test compares both, control by control."""

    def render(self, template_name, context, request=None) -> SafeString:
        """The HTML of *template_name* with *context*, without blanks around it."""
        widget = context.get("widget", {})
        if template_name in _MASUKAN:
            return mark_safe(_masukan(widget))  # noqa: S308 - every part is escaped
        if template_name == _PILIHAN and _butir_biasa(widget):
            return mark_safe(_pilihan(widget))  # noqa: S308 - every part is escaped
        return super().render(template_name, context, request)  # type: ignore[return-value]


def _teks(nilai: Any) -> str:
    return conditional_escape(nilai if isinstance(nilai, SafeData) else str(nilai))


def _atribut(attrs: dict[str, Any]) -> str:
    return "".join(
        f" {_teks(nama)}" if nilai is True else f' {_teks(nama)}="{_teks(nilai)}"'
        for nama, nilai in attrs.items()
        if nilai is not False
    )


def _masukan(widget: dict[str, Any]) -> str:
    nilai = "" if widget["value"] is None else f' value="{_teks(widget["value"])}"'
    return f'<input type="{_teks(widget["type"])}" name="{_teks(widget["name"])}"{nilai}{_atribut(widget["attrs"])}>'


def _butir_biasa(widget: dict[str, Any]) -> bool:
    return all(b["template_name"] == _BUTIR for _, isi, _ in widget["optgroups"] for b in isi)


def _pilihan(widget: dict[str, Any]) -> str:
    bagian = [f'<select name="{_teks(widget["name"])}"{_atribut(widget["attrs"])}>']
    for kelompok, isi, _ in widget["optgroups"]:
        if kelompok:
            bagian.append(f'\n  <optgroup label="{_label(kelompok)}">')
        for b in isi:
            atribut = f'value="{_teks(b["value"])}"{_atribut(b["attrs"])}'
            bagian.append(f"\n  <option {atribut}>{_label(b['label'])}</option>\n")
        if kelompok:
            bagian.append("\n  </optgroup>")
    return "".join(bagian) + "\n</select>"


def _label(nilai: Any) -> str:
    """A label as a template prints it."""
    return conditional_escape(nilai if isinstance(nilai, str) else localize(template_localtime(nilai)))
