"""Deciding what a check found about a voter."""

from collections.abc import Iterable

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.models import Temuan
from pdpb.models.impor import KODE_PASANGAN

MIN_KEPUTUSAN = 10


@transaction.atomic
def putuskan(ids: Iterable[int], *, status: str, keputusan: str, oleh) -> int:
    """Close open findings with a reason; return how many. What changes the roll is proposed as a change instead.

    Refuses a person without the right, a reason shorter than ten letters, the state *terbuka*, and findings about
    two rows: those are decided as a pair, by two people.
    """
    if not oleh.has_perm("pdpb.verifikasi_perubahan"):
        raise Refused("Anda tidak berwenang memutuskan temuan.")
    if status not in (Temuan.Status.SELESAI, Temuan.Status.DIABAIKAN):
        raise Refused("Pilih keputusan: selesai, atau diterima dengan alasan.")
    if len(keputusan.strip()) < MIN_KEPUTUSAN:
        raise Refused(f"Tuliskan alasan keputusan, paling sedikit {MIN_KEPUTUSAN} huruf.")
    terbuka = list(
        Temuan.objects.select_for_update().filter(pk__in=list(ids), status=Temuan.Status.TERBUKA).order_by("pk")
    )
    if any(t.kode in KODE_PASANGAN for t in terbuka):
        raise Refused("Temuan tentang NIK atau orang yang sama diputuskan lewat Data ganda, oleh dua petugas.")
    Temuan.objects.filter(pk__in=[t.pk for t in terbuka]).update(
        status=status, keputusan=keputusan.strip(), diputus_oleh=oleh, diputus_pada=sekarang()
    )
    if terbuka:
        catat(
            "pdpb.putuskan_temuan",
            terbuka[0] if len(terbuka) == 1 else None,
            oleh=oleh,
            alasan=keputusan,
            jumlah=len(terbuka),
            kalimat=f"Memutuskan {len(terbuka)} temuan: {Temuan.Status(status).label.lower()}",
        )
    return len(terbuka)
