"""Which voter a name of a letter may be: by NIK, else by name, birth date and area. A person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from pdpb.models import ButirSaran, Pendaftaran

MAKS_CALON = 8
_MIRIP_LAHIR, _MIRIP_WILAYAH = 0.3, 0.5
_KAITAN = ("pemilih", "kelurahan", "tps", "identitas", "dibuka", "ditutup")


@dataclass(slots=True)
class Calon:
    """One suggestion: the latest row of a voter, why it is suggested, and whether NIK and name both agree."""

    versi: Pendaftaran
    alasan: str
    pasti: bool = False

    @property
    def aktif(self) -> bool:
        return self.versi.akhir is None


def calon(butir: ButirSaran) -> list[Calon]:
    """The voters that *butir* may be, best first, at most a screenful; voters struck off are among them."""
    hasil: dict[int, Calon] = {}
    for baris, alasan in _cari(butir):
        for versi in baris.select_related(*_KAITAN)[: MAKS_CALON * 2]:
            lama = hasil.get(versi.pemilih_id)
            if lama is None:
                hasil[versi.pemilih_id] = Calon(versi, _alasan(butir, versi, alasan), _sama(butir, versi))
            elif versi.pk > lama.versi.pk:
                lama.versi = versi
    return sorted(hasil.values(), key=lambda c: (not c.pasti, not c.aktif))[:MAKS_CALON]


def _cari(butir: ButirSaran) -> Iterable[tuple[QuerySet[Any], str]]:
    semua = Pendaftaran.objects.order_by("-pk")
    if butir.identitas and butir.identitas.nik:
        yield semua.filter(identitas__nik=butir.identitas.nik), "NIK sama"
    if not butir.nama:
        return
    kemiripan = TrigramSimilarity("nama", butir.nama)
    if butir.tanggal_lahir:
        sehari = semua.filter(tanggal_lahir=butir.tanggal_lahir).annotate(s=kemiripan)
        yield sehari.filter(s__gte=_MIRIP_LAHIR).order_by("-s", "-pk"), "Nama mirip, tanggal lahir sama"
    elif butir.kelurahan_id:
        sewilayah = semua.aktif().filter(kelurahan=butir.kelurahan_id).annotate(s=kemiripan)
        yield sewilayah.filter(s__gte=_MIRIP_WILAYAH).order_by("-s", "-pk"), "Nama mirip, kelurahan sama"
    yield semua.aktif().filter(nama=butir.nama), "Nama sama"


def _sama(butir: ButirSaran, versi: Pendaftaran) -> bool:
    nik = bool(butir.identitas and butir.identitas.nik == versi.identitas.nik)
    return nik and (not butir.nama or butir.nama == versi.nama)


def _alasan(butir: ButirSaran, versi: Pendaftaran, alasan: str) -> str:
    bagian = [alasan]
    if alasan == "NIK sama":
        bagian.append("nama sama" if butir.nama == versi.nama else "nama berbeda")
    if alasan.startswith("Nama mirip") and butir.nama == versi.nama:
        bagian[0] = alasan.replace("mirip", "sama")
    if butir.kelurahan_id and "kelurahan sama" not in alasan:
        bagian.append("kelurahan sama" if butir.kelurahan_id == versi.kelurahan_id else "kelurahan berbeda")
    return ", ".join(bagian)


def pasti(butir: Iterable[ButirSaran]) -> dict[int, int]:
    """Id of each of *butir* whose NIK belongs to exactly one person with the same name → id of that person."""
    satu = {b.identitas.nik: b for b in butir if b.identitas and b.identitas.nik and b.nama}
    milik: dict[str, set[tuple[int, str]]] = {}
    versi = Pendaftaran.objects.filter(identitas__nik__in=list(satu)).order_by("pk")
    akhir: dict[tuple[str, int], str] = {}
    for nik, pemilih, nama in versi.values_list("identitas__nik", "pemilih", "nama"):
        akhir[nik, pemilih] = nama
    for (nik, pemilih), nama in akhir.items():
        milik.setdefault(nik, set()).add((pemilih, nama))
    hasil = {}
    for b in butir:
        orang = milik.get(b.identitas.nik, set()) if b.identitas else set()
        if len(orang) == 1 and (ketemu := next(iter(orang)))[1] == b.nama:
            hasil[b.pk] = ketemu[0]
    return hasil
