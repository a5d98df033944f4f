"""What is already there for a question: published entries and published answers that speak of the same thing.

Words are compared by their Indonesian stems; an entry is offered when at least half of the telling words stand in it.
"""

import re
from collections.abc import Iterable
from math import ceil
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from ppid.models import InformasiPublik, Permohonan

BAHASA = "indonesian"
KATA_TERBANYAK, TERBANYAK = 12, 5
"""Words of a question that are compared, and how much is offered. Limits of work."""
# Words that stand in nearly every question and tell nothing about its subject.
_UMUM = frozenset(
    re.findall(
        r"\w+",
        """yang dan atau di ke dari untuk pada dengan dalam oleh tentang mengenai serta ini itu ada apa apakah berapa
        siapa bagaimana kapan dimana adalah akan bisa dapat mohon minta meminta permintaan permohonan saya kami anda
        tolong ingin mendapatkan memperoleh data informasi dokumen salinan fotokopi berkas kpu kota palu tahun terakhir
        semua seluruh setiap tiap lengkap daftar terkait sebagai antara""",
    )
)


def kata_penting(teks: str) -> list[str]:
    """The telling words of *teks* in lower case, each once, at most ``KATA_TERBANYAK``."""
    semua = re.findall(r"[^\W_]{3,}", teks.casefold())
    return list(dict.fromkeys(k for k in semua if k not in _UMUM))[:KATA_TERBANYAK]


def _cocok(baris: QuerySet[Any], bidang: Iterable[str], teks: str) -> QuerySet[Any]:
    """*baris* in which enough telling words of *teks* stand, the most first; none when *teks* tells nothing."""
    kata = kata_penting(teks)
    if not kata:
        return baris.none()
    perlu = 1 if len(kata) == 1 else max(2, ceil(len(kata) / 2))
    jumlah: Any = Value(0)
    for satu in kata:
        ada = When(naskah_cari=SearchQuery(satu, config=BAHASA), then=Value(1))
        jumlah = jumlah + Case(ada, default=Value(0), output_field=IntegerField())
    baris = baris.annotate(naskah_cari=SearchVector(*bidang, config=BAHASA)).annotate(cocok=jumlah)
    return baris.filter(cocok__gte=perlu).order_by("-cocok", "-pk")


def entri_mirip(teks: str, batas: int = TERBANYAK) -> list[InformasiPublik]:
    """Published entries of the list that speak of what *teks* asks, the closest first."""
    return list(_cocok(InformasiPublik.objects.terbit(), ("judul", "ringkasan"), teks)[:batas])


def jawaban_mirip(teks: str, batas: int = TERBANYAK, *, selain: int | None = None) -> list[Permohonan]:
    """Answered requests whose summary for the public speaks of what *teks* asks; never who asked."""
    baris = diumumkan().exclude(pk=selain) if selain else diumumkan()
    return list(_cocok(baris, ("publikasi",), teks).prefetch_related("butir")[:batas])


def diumumkan() -> QuerySet[Permohonan]:
    """Requests that stand on the public register: answered, and summarised by an officer without personal data."""
    return (
        Permohonan.objects.exclude(publikasi="")
        .filter(dijawab_pada__isnull=False)
        .order_by(F("dijawab_pada").desc(), "-pk")
    )
