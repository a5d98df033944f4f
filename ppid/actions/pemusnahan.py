"""Destroying the identities of finished requests: what is due, proposed by one person, approved by another."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from kpupalu.aturan.models import berlaku, nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from ppid.actions.jawaban import pejabat_pada
from ppid.cetakan import isi_pemusnahan
from ppid.models import (
    DataKeberatan,
    DataPemohon,
    Keberatan,
    LampiranKeberatan,
    LampiranPermohonan,
    Pejabat,
    Pemusnahan,
    Permohonan,
    Sengketa,
)

ATURAN, JENIS, MAKS = "ppid_simpan_identitas", "ppid-pemusnahan", 200
"""The dated row of the term in months, the kind of the minutes, and how many requests one of them names."""
L = LampiranPermohonan.Jenis
# What was sent later may be an identity card as well; only the letter that asks stays.
MUSNAH = (L.IDENTITAS, L.AKTA, L.KUASA, L.LAIN)
MUSNAH_KEBERATAN = (LampiranKeberatan.Jenis.KUASA, LampiranKeberatan.Jenis.LAIN)

Penahan = Callable[[Iterable[int]], set[int]]
_penahan: list[Penahan] = []


def daftarkan_penahan(fungsi: Penahan) -> Penahan:
    """Decorator: *fungsi* gives, of the requests asked about, those whose identity is still needed."""
    _penahan.append(fungsi)
    return fungsi


@daftarkan_penahan
def diperkarakan(permohonan: Iterable[int]) -> set[int]:
    """Requests with an objection that is not closed or a dispute that is not over."""
    selesai = (Keberatan.Status.SELESAI, Keberatan.Status.DICABUT)
    berjalan = Keberatan.objects.filter(permohonan__in=list(permohonan)).filter(
        ~Q(status__in=selesai) | Q(pk__in=Sengketa.objects.terbuka().values("keberatan"))
    )
    return set(berjalan.values_list("permohonan_id", flat=True))


def batas_simpan(pada: date) -> date:
    """Requests closed on this day or before it are due on *pada*."""
    bulan = pada.year * 12 + pada.month - 1 - nilai_bulat(ATURAN, pada=pada)
    tahun, ke = bulan // 12, bulan % 12 + 1
    return date(tahun, ke, min(pada.day, monthrange(tahun, ke)[1]))


def jatuh_tempo(pada: date) -> list[Permohonan]:
    """Closed requests whose identity has been kept for the whole term and is in no open proposal, the oldest first."""
    semua = (
        Permohonan.objects.filter(
            status__in=Permohonan.TUTUP, selesai_pada__lte=batas_simpan(pada), data__dimusnahkan_pada=None
        )
        .exclude(pemusnahan__status=Pemusnahan.Status.DIUSULKAN)
        .select_related("data")
        .order_by("selesai_pada", "pk")
    )
    hasil = list(semua)
    tertahan = set().union(*(fungsi([p.pk for p in hasil]) for fungsi in _penahan))
    return [p for p in hasil if p.pk not in tertahan]


@transaction.atomic
def usulkan(*, oleh) -> Pemusnahan:
    """A proposal with all that is due today. Refuses when nothing is."""
    perlu_hak(oleh, "ppid.usul_pemusnahan", "Pemusnahan identitas diusulkan oleh pejabat PPID.")
    semua = jatuh_tempo(hari_ini())[:MAKS]
    if not semua:
        raise Refused("Belum ada identitas yang melewati masa simpannya.")
    aturan = berlaku(ATURAN, pada=hari_ini())
    usulan = Pemusnahan.objects.create(
        dasar=f"{aturan.nama} {int(aturan.nilai)} {aturan.satuan} ({aturan.dasar_hukum})"[:240], diusulkan_oleh=oleh
    )
    usulan.permohonan.set(semua)
    catat("ppid.usul_pemusnahan", usulan, oleh=oleh, jumlah=len(semua),
          kalimat=f"Mengusulkan pemusnahan identitas {len(semua)} permohonan")  # fmt: skip
    return usulan


def _pegang(usulan: Pemusnahan, *, oleh) -> Pemusnahan:
    perlu_hak(oleh, "ppid.setujui_pemusnahan", "Pemusnahan identitas diputuskan oleh sekretaris.")
    segar = Pemusnahan.objects.select_for_update().get(pk=usulan.pk)
    if segar.status != Pemusnahan.Status.DIUSULKAN:
        raise Refused(f"Usulan ini sudah {segar.get_status_display().lower()}. Muat ulang halamannya.")
    if segar.diusulkan_oleh_id == oleh.pk:
        raise Refused("Pengusul tidak boleh memutuskan usulannya sendiri. Minta orang lain memutuskannya.")
    return segar


@transaction.atomic
def tolak_pemusnahan(usulan: Pemusnahan, *, catatan: str, oleh) -> Pemusnahan:
    """The identities stay; the requests are due again."""
    segar = _pegang(usulan, oleh=oleh)
    segar.catatan = samarkan_teks(perlu_alasan(catatan))
    _putus(segar, Pemusnahan.Status.DITOLAK, oleh=oleh)
    catat("ppid.tolak_pemusnahan", segar, oleh=oleh, kalimat="Menolak usulan pemusnahan", alasan=segar.catatan)
    return segar


def _putus(usulan: Pemusnahan, status: str, *, oleh) -> None:
    usulan.status, usulan.diputus_oleh, usulan.diputus_pada = status, oleh, sekarang()
    usulan.save()


@transaction.atomic
def setujui(usulan: Pemusnahan, *, oleh) -> Pemusnahan:
    """Identity numbers and files of the proposal are gone, the register stays, the minutes are numbered and printed.

    All or nothing: without somebody to sign the minutes nothing is destroyed. Files leave the disk when this is
    committed. A request that is needed again since the proposal is left out.
    """
    segar = _pegang(usulan, oleh=oleh)
    hari = hari_ini()
    semua = list(segar.permohonan.select_for_update(of=("self",)).order_by("pk"))
    tertahan = set().union(*(fungsi([p.pk for p in semua]) for fungsi in _penahan))
    rincian = [_musnahkan(p, hari, oleh=oleh) for p in semua if p.pk not in tertahan]
    if not rincian:
        raise Refused("Semua identitas pada usulan ini masih diperlukan. Tolak usulannya.")
    segar.rincian = rincian
    penandatangan = [pejabat_pada(Pejabat.Peran.PPID, hari), pejabat_pada(Pejabat.Peran.ATASAN, hari)]
    naskah = dasar.buat_naskah(
        JENIS, subjek=segar, isi=isi_pemusnahan(segar, rincian, hari), by=oleh, tanggal=hari,
        penandatangan=penandatangan,
    )  # fmt: skip
    segar.naskah = dasar.siapkan(naskah, by=oleh)
    _putus(segar, Pemusnahan.Status.DIMUSNAHKAN, oleh=oleh)
    catat("ppid.musnahkan_identitas", segar, oleh=oleh, jumlah=len(rincian),
          kalimat=f"Memusnahkan identitas {len(rincian)} permohonan")  # fmt: skip
    return segar


def _musnahkan(permohonan: Permohonan, hari: date, *, oleh) -> dict[str, Any]:
    """Empty the identity of one request; returns what its minutes say."""
    berkas: list[LampiranPermohonan | LampiranKeberatan] = [
        *permohonan.lampiran.filter(jenis__in=MUSNAH, dimusnahkan_pada=None),
        *LampiranKeberatan.objects.filter(
            keberatan__permohonan=permohonan, jenis__in=MUSNAH_KEBERATAN, dimusnahkan_pada=None
        ),
    ]
    for satu in berkas:
        _hapus_nanti(satu.berkas.storage, satu.berkas.name or "")
        satu.berkas, satu.dimusnahkan_pada = "", hari
        satu.save(update_fields=["berkas", "dimusnahkan_pada"])
    DataPemohon.objects.filter(pk=permohonan.pk).update(
        nomor_identitas="", identitas_sidik="", jenis_identitas="", dimusnahkan_pada=hari
    )
    DataKeberatan.objects.filter(keberatan__permohonan=permohonan).update(
        kuasa_nomor_identitas="", kuasa_jenis_identitas=""
    )
    catat("ppid.musnahkan_identitas", permohonan, oleh=oleh, jumlah=len(berkas),
          kalimat=f"Identitas dimusnahkan: {len(berkas)} berkas")  # fmt: skip
    return {
        "nomor": permohonan.nomor, "selesai": f"{permohonan.selesai_pada:%d-%m-%Y}",
        "berkas": [{"jenis": b.get_jenis_display(), "sha256": b.sha256} for b in berkas],
    }  # fmt: skip


def _hapus_nanti(simpanan, nama: str) -> None:
    if nama:
        transaction.on_commit(lambda: simpanan.delete(nama))
