"""Files that a page gives out: to save, and kept by no cache where they hold personal data."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def unduhan(isi: bytes, jenis: str, nama: str, *, pribadi: bool = True) -> HttpResponse:
    """*isi* as a file *nama* to save; without *pribadi* a cache may keep it."""
    jawaban = HttpResponse(isi, content_type=jenis)
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    if pribadi:
        jawaban["Cache-Control"] = "no-store"
    return jawaban
