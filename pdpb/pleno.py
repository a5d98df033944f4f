"""How a period finds its meetings and its minutes: kernel nouns that point at it."""

from typing import Any

from django.db.models import QuerySet

from kpupalu.naskah.models import Naskah
from kpupalu.rapat.models import Rapat
from pdpb.models import Periode

JENIS_BA = "ba-rekap-pdpb"
_LABEL = Periode._meta.label_lower


def rapat_periode(periode: Periode) -> "QuerySet[Rapat]":
    """The living meetings about *periode*, earliest first."""
    return Rapat.objects.subjek(_LABEL, periode.pk)


def rapat_pleno(periode: Periode) -> Rapat | None:
    """The living pleno of *periode*, or None; there is at most one."""
    return rapat_periode(periode).filter(jenis=Rapat.Jenis.PLENO).first()


def masukan_pleno(periode: Periode) -> list[dict[str, Any]]:
    """The remarks of the pleno of *periode* in order, as the minutes print them."""
    rapat = rapat_pleno(periode)
    return [m.sebagai_isi() for m in rapat.masukan.filter(dicabut=False)] if rapat else []


def naskah_ba(kode: str) -> Naskah | None:
    """The living minutes of the period *kode*, or None."""
    return Naskah.objects.subjek(_LABEL, kode).filter(kode_jenis=JENIS_BA).hidup().first()
