"""Recomputing the chain: the first entry that does not fit, and what is missing at the end."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from kpupalu.audit.models import Jejak, MataRantai, SegelJejak
from kpupalu.audit.segel import AWAL, KOLOM, baca_titik_periksa, sidik_mata


@dataclass(frozen=True, slots=True)
class Temuan:
    """One break of the chain: a stable *kode*, the jejak it concerns (if one), and a sentence."""

    kode: str
    kalimat: str
    jejak_id: int | None = None
    urutan: int | None = None


@dataclass(frozen=True, slots=True)
class Hasil:
    """*temuan* empty means unbroken; *diperiksa* links were recomputed, *belum_disegel* entries wait for a seal."""

    diperiksa: int
    belum_disegel: int
    temuan: tuple[Temuan, ...]


def periksa() -> Hasil:
    """Recompute every link from the entries, and compare with the seals and with the checkpoints outside.

    The chain is followed to its first bad entry, which is named; what comes after it proves nothing any more.
    """
    diperiksa, sidik_di, temuan = _telusuri()
    if temuan is None:
        temuan = next(_cocokkan(diperiksa, sidik_di), None)
    belum, sisip = _tanpa_mata()
    if temuan is None and sisip is not None:
        temuan = Temuan("disisipkan", f"Jejak {sisip} disisipkan setelah masanya disegel.", jejak_id=sisip)
    return Hasil(diperiksa, belum, (temuan,) if temuan else ())


def _telusuri() -> tuple[int, dict[int, bytes], Temuan | None]:
    """Follow the chain. Digests are kept only where a seal or a checkpoint will ask for them."""
    perlu = set(SegelJejak.objects.values_list("urutan_akhir", flat=True))
    perlu |= {titik.urutan for titik in baca_titik_periksa()}
    sidik, diperiksa = AWAL, 0
    sidik_di: dict[int, bytes] = {}
    for urutan, jejak_id, tertulis, nilai in _mata_dan_jejak():
        if urutan != diperiksa + 1:
            return diperiksa, sidik_di, Temuan("mata_hilang", f"Mata rantai {diperiksa + 1} hilang.", urutan=urutan)
        if nilai is None:
            kalimat = f"Jejak {jejak_id} (urutan {urutan}) dihapus."
            return diperiksa, sidik_di, Temuan("dihapus", kalimat, jejak_id, urutan)
        sidik = sidik_mata(sidik, nilai)
        if sidik != tertulis:
            kalimat = f"Isi jejak {jejak_id} (urutan {urutan}) berubah setelah disegel."
            return diperiksa, sidik_di, Temuan("diubah", kalimat, jejak_id, urutan)
        diperiksa = urutan
        if urutan in perlu:
            sidik_di[urutan] = sidik
    return diperiksa, sidik_di, None


def _mata_dan_jejak() -> Iterator[tuple[int, int, bytes, tuple | None]]:
    """Links in order, 2.000 at a time, each with the columns of its entry or None when it is gone."""
    dari = 0
    while True:
        mata = list(MataRantai.objects.filter(urutan__gt=dari).order_by("urutan")[:2_000])
        if not mata:
            return
        ids = [satu.jejak_id for satu in mata]
        isi = {nilai[0]: nilai for nilai in Jejak.objects.filter(pk__in=ids).order_by().values_list(*KOLOM)}
        for satu in mata:
            yield satu.urutan, satu.jejak_id, bytes(satu.sidik), isi.get(satu.jejak_id)
        dari = mata[-1].urutan


def _cocokkan(diperiksa: int, sidik_di: dict[int, bytes]) -> Iterator[Temuan]:
    segel_terakhir = 0
    for segel in SegelJejak.objects.order_by("pk"):
        segel_terakhir = segel.urutan_akhir
        if sidik_di.get(segel.urutan_akhir) != bytes(segel.sidik):
            yield Temuan("segel_tidak_cocok", f"Segel {segel.pk} tidak cocok dengan rantai.", urutan=segel_terakhir)
    if diperiksa > segel_terakhir:
        yield Temuan("segel_hilang", f"Rantai sampai urutan {diperiksa} tidak bersegel.", urutan=diperiksa)
    for titik in baca_titik_periksa():
        if titik.urutan > diperiksa:
            kalimat = (
                f"Riwayat terpotong: titik periksa {titik.asal} mencatat {titik.urutan} jejak, "
                f"basis data hanya memuat {diperiksa}."
            )
            yield Temuan("terpotong", kalimat, urutan=titik.urutan)
        elif sidik_di.get(titik.urutan) != titik.sidik:
            kalimat = f"Rantai ditulis ulang: titik periksa {titik.asal} mencatat sidik yang lain."
            yield Temuan("ditulis_ulang", kalimat, urutan=titik.urutan)


def _tanpa_mata() -> tuple[int, int | None]:
    """How many entries have no link, and the first of them that an earlier seal must have linked."""
    segel = SegelJejak.objects.order_by("-pk").first()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(j.id) FILTER (WHERE j.txid < %s) FROM audit_jejak j "
            "WHERE NOT EXISTS (SELECT FROM audit_matarantai m WHERE m.jejak_id = j.id)",
            [segel.batas_txid if segel else 0],
        )
        return cursor.fetchone()
