"""The daily run: what is found opens and is told once, what is found no more ends; and what a person makes of it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse

from kpupalu.accounts.peran import pemegang_hak
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.pemberitahuan.actions import beri_tahu
from ppid.anomali import isi, perkara, permohonan  # noqa: F401 - they register the checks
from ppid.anomali.registri import Ketemu, Pemeriksaan, pemeriksaan, semua_pemeriksaan
from ppid.models import Anomali

DITAMPILKAN = 5
"""Findings that a notification names before it only says how many more there are."""


def _kunci(k: Ketemu) -> tuple[str, str, str]:
    return k.objek._meta.label_lower, str(k.objek.pk), k.rinci[:80]


@transaction.atomic
def jalankan(periksa: Pemeriksaan, pada: date) -> tuple[int, int]:
    """Run one check: ``(opened, ended)``. A finding that stands already keeps its row, its day and its judgement.

    The words of a standing finding follow the check. The rows of the check are locked, so two runs at once open
    nothing twice.
    """
    berlaku = {
        (a.subjek_label, a.subjek_id, a.rinci): a
        for a in Anomali.objects.select_for_update().berlaku().filter(kode=periksa.kode).order_by("pk")
    }
    ditemukan = {_kunci(k): k for k in periksa.cari(pada)}
    baru = [_baris(periksa, kunci, k) for kunci, k in ditemukan.items() if kunci not in berlaku]
    Anomali.objects.bulk_create(baru, ignore_conflicts=True)
    for kunci, k in ditemukan.items():
        lama = berlaku.get(kunci)
        if lama and (lama.kalimat, lama.label) != (k.kalimat[:500], k.label[:200]):
            lama.kalimat, lama.label = k.kalimat[:500], k.label[:200]
            lama.save(update_fields=["kalimat", "label"])
    hilang = [a.pk for kunci, a in berlaku.items() if kunci not in ditemukan]
    Anomali.objects.filter(pk__in=hilang).update(berakhir_pada=sekarang())
    if baru:
        _kabarkan(periksa, baru, pada)
    return len(baru), len(hilang)


def _baris(periksa: Pemeriksaan, kunci: tuple[str, str, str], k: Ketemu) -> Anomali:
    return Anomali(
        kode=periksa.kode, tingkat=periksa.tingkat, urutan=periksa.urutan, subjek_label=kunci[0], subjek_id=kunci[1],
        rinci=kunci[2], label=samarkan_teks(k.label)[:200], tautan=k.tautan, kalimat=samarkan_teks(k.kalimat)[:500],
    )  # fmt: skip


def _kabarkan(periksa: Pemeriksaan, baru: list[Anomali], pada: date) -> None:
    nama = [a.label for a in baru[:DITAMPILKAN]]
    lebih = f" dan {len(baru) - DITAMPILKAN} lainnya" if len(baru) > DITAMPILKAN else ""
    beri_tahu(
        pemegang_hak(periksa.hak_urus), jenis="menunggu", kunci=f"anomali-{periksa.kode}-{pada:%Y%m%d}",
        judul=f"Anomali: {periksa.nama}", kalimat=f"{', '.join(nama)}{lebih}.",
        tautan=f"{reverse('ppid:anomali')}?kode={periksa.kode}",
    )  # fmt: skip


def jalankan_semua(pada: date | None = None, kode: Iterable[str] = ()) -> dict[str, tuple[int, int]]:
    """Run every check, or those of *kode*, as of *pada* (today); ``{code: (opened, ended)}`` of each that ran."""
    pilih = set(kode)
    return {p.kode: jalankan(p, pada or hari_ini()) for p in semua_pemeriksaan() if not pilih or p.kode in pilih}


@transaction.atomic
def nilai(anomali: Anomali, *, alasan: str, oleh) -> Anomali:
    """Say with a reason that a finding is no fault; it asks nobody any more and ends when its cause does.

    Refuses a finding that ended or was judged, and checks whose cause has to be removed instead.
    """
    perlu_hak(oleh, "ppid.nilai_anomali", "Anomali dinilai oleh PPID.")
    alasan = perlu_alasan(alasan)
    segar = Anomali.objects.select_for_update().get(pk=anomali.pk)
    if segar.berakhir_pada or segar.dinilai_pada:
        raise Refused("Anomali ini sudah dinilai atau sudah berakhir. Muat ulang halamannya.")
    periksa = pemeriksaan(segar.kode)
    if periksa is None or not periksa.boleh_dinilai:
        raise Refused("Anomali ini tidak ditutup dengan alasan. Perbaiki sebabnya; tandanya hilang sendiri.")
    segar.dinilai_oleh, segar.dinilai_pada, segar.alasan = oleh, sekarang(), samarkan_teks(alasan)[:500]
    segar.save(update_fields=["dinilai_oleh", "dinilai_pada", "alasan"])
    catat("ppid.nilai_anomali", segar, oleh=oleh, kalimat=f"Menilai anomali: {periksa.nama}", alasan=alasan)
    return segar
