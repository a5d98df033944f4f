"""What of correspondence is due, for the calendar page."""

from datetime import date

from django.urls import reverse

from kpupalu.kalender.target import Target, daftarkan_target
from kpupalu.surat.models import Disposisi, SuratMasuk


@daftarkan_target
def tenggat_surat(user, dari: date, sampai: date) -> list[Target]:
    """Open instructions to *user*, and letters they may see that ask for an answer."""
    tugas = Disposisi.objects.filter(
        kepada=user, batas__range=(dari, sampai), status__in=["menunggu", "dikerjakan"]
    ).select_related("surat")
    surat = SuratMasuk.objects.for_user(user).terbuka().filter(batas_jawab__range=(dari, sampai))
    return [
        *(
            Target(
                d.batas,
                (judul := f"Disposisi {d.surat.nomor_agenda}"),
                d.surat.get_absolute_url(),
                "Surat",
                umum=judul,
                pengingat=True,
            )
            for d in tugas
            if d.batas
        ),
        *(
            Target(
                s.batas_jawab,
                (judul := f"Jawab surat {s.nomor_agenda}"),
                reverse("surat:masuk", args=[s.pk]),
                "Surat",
                umum=judul,
            )
            for s in surat
            if s.batas_jawab
        ),
    ]
