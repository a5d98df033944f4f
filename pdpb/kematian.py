"""The waiting room of suspected deaths: everybody in it, since when, from which source, and what is missing.

It is read from what is recorded elsewhere (proposals without evidence, reports, findings about age), so nobody can be
forgotten in it and nobody stays in it once a document came.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields import DateTimeField
from django.db.models.functions import Coalesce, Least

from kpupalu.aturan.models import berlaku
from kpupalu.kalender.tenggat import Tenggat, jatuh_tempo, lama, lewat, tenggat, tenggat_banyak
from kpupalu.lib.waktu import WITA, hari_ini
from pdpb.models import BarisSurat, Dugaan, Kategori, Pendaftaran, Perubahan, Temuan, TindakLanjut

KATEGORI = "meninggal"
ATURAN_TARGET = "target_dokumen_kematian"
KODE_USIA = ("usia_coktas", "usia_di_atas_maksimum")
"""Findings of a check that ask whether a very old person is still alive."""
S = Perubahan.Status
MENUNGGU = (S.DIUSULKAN, S.PERLU_COKTAS, S.DITANGGUHKAN)
"""States in which a proposal without evidence waits for it."""
ASAL = {"usulan": "Usulan tanpa bukti", "laporan": "Laporan tanpa dokumen", "usia": "Umur di atas batas"}


def usulan_menunggu() -> QuerySet[Perubahan]:
    """Proposed removals of the dead that have no document yet."""
    return Perubahan.objects.filter(kategori=KATEGORI, bukti=None, status__in=MENUNGGU)


def laporan_terbuka() -> QuerySet[Dugaan]:
    """Reports of a death that nobody has answered yet."""
    return Dugaan.objects.filter(jenis=Dugaan.Jenis.MENINGGAL, status=Dugaan.Status.TERBUKA)


def temuan_usia() -> QuerySet[Temuan]:
    """Open findings about a very high age."""
    return Temuan.objects.filter(kode__in=KODE_USIA, status=Temuan.Status.TERBUKA)


_SUMBER = {"usulan": usulan_menunggu, "laporan": laporan_terbuka, "usia": temuan_usia}


def ruang_tunggu(user, *, asal: str = "") -> QuerySet:
    """Current versions of everybody suspected dead without a document, as far as *user* may read the roll.

    *asal* names one source of ``ASAL``. Each row knows ``sejak``: the instant since which it waits.
    """
    sumber = [ambil().values("pemilih") for nama, ambil in _SUMBER.items() if asal in ("", nama)]
    siapa = sumber[0].union(*sumber[1:]) if sumber[1:] else sumber[0]
    terbukti = Perubahan.objects.filter(kategori=KATEGORI, bukti__isnull=False).exclude(status=S.DITOLAK)
    orang = Pendaftaran.objects.for_user(user).aktif().filter(pemilih__in=siapa)
    return orang.exclude(pemilih__in=terbukti.filter(pemilih__isnull=False).values("pemilih")).annotate(sejak=_sejak())


def _sejak() -> Coalesce:
    """The earliest instant of any source; a finding is as old as the import that found it."""

    def awal(baris: QuerySet, pada: str) -> Subquery:
        return Subquery(baris.filter(pemilih=OuterRef("pemilih")).order_by(pada).values(pada)[:1])

    return Coalesce(
        Least(
            awal(usulan_menunggu(), "diusulkan_pada"),
            awal(laporan_terbuka(), "dicatat_pada"),
            awal(temuan_usia().filter(batch__isnull=False), "batch__dibuat_pada"),
        ),
        F("mulai"),
        output_field=DateTimeField(),
    )


def target_lama() -> str:
    """How long a document may take, in words, by the rule of today."""
    return lama(berlaku(ATURAN_TARGET, pada=hari_ini()))


def lewat_target(baris: QuerySet) -> QuerySet:
    """Those of *baris* whose target day is over."""
    return baris.filter(_lewat())


def _lewat() -> Q:
    return lewat(ATURAN_TARGET, hari_ini(), bidang="sejak__date")


def target_tanggal(sejak: Iterable[datetime]) -> dict[date, Tenggat]:
    """The target of each day in Palu on which somebody of *sejak* began to wait."""
    return tenggat_banyak(ATURAN_TARGET, {hari_palu(satu) for satu in sejak})


def target_pada(sejak: datetime) -> Tenggat:
    """The target of somebody who waits since *sejak*."""
    return tenggat(ATURAN_TARGET, hari_palu(sejak))


def bertarget(baris: QuerySet, dari: date, sampai: date) -> QuerySet:
    """Those of *baris* whose target day lies from *dari* to *sampai*."""
    return baris.filter(jatuh_tempo(ATURAN_TARGET, dari, sampai, bidang="sejak__date"))


def jumlah_per_kelurahan(baris: QuerySet) -> list[Any]:
    """``{kelurahan, kelurahan__nama, n, lewat}`` of the kelurahan with somebody waiting, most first.

    *lewat* of the *n* are past their target day.
    """
    wilayah = baris.order_by().values("kelurahan", "kelurahan__nama")
    jumlah = wilayah.annotate(n=Count("pk"), lewat=Count("pk", filter=_lewat()))
    return list(jumlah.order_by("-n", "kelurahan"))


@dataclass(slots=True)
class Keadaan:
    """Where one suspected death stands."""

    asal: list[str] = field(default_factory=list)
    usulan: Perubahan | None = None
    laporan: list[Dugaan] = field(default_factory=list)
    tindak_lanjut: list[TindakLanjut] = field(default_factory=list)
    surat: list[BarisSurat] = field(default_factory=list)
    kurang: str = ""

    @property
    def tanya(self) -> str:
        """Whom to ask next: the lurah, the family, Disdukcapil; whoever was not asked yet first."""
        sudah = {t.kepada for t in self.tindak_lanjut}
        K = TindakLanjut.Kepada
        for kepada in (K.LURAH, K.KELUARGA, K.RT, K.DISDUKCAPIL):
            if kepada not in sudah and not (kepada == K.LURAH and self.surat):
                return str(kepada.label)
        return (
            f"{self.tindak_lanjut[0].get_kepada_display()}, sekali lagi" if self.tindak_lanjut else str(K.LURAH.label)
        )


def keadaan(pemilih: Iterable[int]) -> dict[int, Keadaan]:
    """Where each of *pemilih* stands, with few queries for all of them."""
    ids = list(pemilih)
    hasil = {pk: Keadaan() for pk in ids}
    for usulan in usulan_menunggu().filter(pemilih__in=ids).select_related("periode").order_by("pk"):
        satu = hasil[usulan.pemilih_id or 0]
        satu.usulan = usulan
        satu.asal.append(ASAL["usulan"])
    for laporan in laporan_terbuka().filter(pemilih__in=ids).select_related("dicatat_oleh").order_by("pk"):
        hasil[laporan.pemilih_id].laporan.append(laporan)
        hasil[laporan.pemilih_id].asal.append(laporan.get_sumber_display())
    for pk in set(temuan_usia().filter(pemilih__in=ids).values_list("pemilih", flat=True)):
        hasil[pk].asal.append(ASAL["usia"])
    for tindak in TindakLanjut.objects.filter(pemilih__in=ids).select_related("oleh"):
        hasil[tindak.pemilih_id].tindak_lanjut.append(tindak)
    for surat in BarisSurat.objects.filter(pemilih__in=ids).select_related("surat").order_by("-pk"):
        hasil[surat.pemilih_id].surat.append(surat)
    dokumen = dokumen_diterima()
    for satu in hasil.values():
        satu.kurang = dokumen if satu.usulan else f"{dokumen}; usulan TMS menyusul"
    return hasil


def dokumen_diterima() -> str:
    """The documents that prove a death, in words: ``akta kematian, surat keterangan … atau pernyataan keluarga``."""
    return atau(jenis_dokumen(KATEGORI))


def jenis_dokumen(kategori: str) -> list[str]:
    """The kinds of documents that prove a change of *kategori*, as its row says."""
    return [d for d in Kategori.objects.get(pk=kategori).bukti_diterima.split("|") if d]


def atau(butir: list[str]) -> str:
    """*butir* as a phrase with commas and a last *atau*; the first word keeps its capital."""
    if len(butir) < 2:
        return "".join(butir)
    kecil = [butir[0], *(b[0].lower() + b[1:] for b in butir[1:])]
    return f"{', '.join(kecil[:-1])} atau {kecil[-1]}"


def hari_menunggu(sejak: datetime, pada: date | None = None) -> int:
    """Whole days in Palu from *sejak* to *pada* (today)."""
    return ((pada or hari_ini()) - hari_palu(sejak)).days


def hari_palu(saat: datetime) -> date:
    """The day in Palu of an instant."""
    return saat.astimezone(WITA).date()
