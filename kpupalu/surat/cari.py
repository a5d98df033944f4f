"""Letters in the global search. The subject of a secret letter is neither searched nor shown."""

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from kpupalu.cari.sumber import Temuan, daftarkan_sumber
from kpupalu.surat.models import SuratKeluar, SuratMasuk
from kpupalu.surat.models.masuk import Sifat


def _tepat(*bidang: str, kata: str) -> Case:
    syarat = Q()
    for nama in bidang:
        syarat |= Q(**{f"{nama}__iexact": kata})
    return Case(When(syarat, then=Value(0)), default=Value(1), output_field=IntegerField())


def masuk(user, kata: str, batas: int) -> list[Temuan]:
    """Incoming letters *user* may read by agenda number, number, sender or subject."""
    hal = Q(hal__icontains=kata) & ~Q(sifat=Sifat.RAHASIA)
    baris = SuratMasuk.objects.for_user(user).filter(
        hal | Q(pengirim__icontains=kata) | Q(nomor_agenda__icontains=kata) | Q(nomor_surat__icontains=kata)
    )
    return [
        Temuan(
            f"{s.nomor_agenda} – {'Surat rahasia' if s.sifat == Sifat.RAHASIA else s.hal}",
            reverse("surat:masuk", args=[s.pk]),
            f"{s.nomor_surat}, dari {s.pengirim}",
            tepat=kata.casefold() in (s.nomor_agenda.casefold(), s.nomor_surat.casefold()),
        )
        for s in baris.order_by(_tepat("nomor_agenda", "nomor_surat", kata=kata), "-pk")[:batas]
    ]


def keluar(user, kata: str, batas: int) -> list[Temuan]:
    """Outgoing letters *user* may read by number, subject or receiver."""
    ketemu = SuratKeluar.objects.filter(
        Q(hal__icontains=kata) | Q(naskah__nomor__icontains=kata) | Q(tujuan__nama__icontains=kata)
    )
    baris = SuratKeluar.objects.for_user(user).filter(pk__in=ketemu.values("pk")).select_related("naskah")
    return [
        Temuan(
            f"{nomor or 'Konsep'} – {s.hal}",
            reverse("surat:keluar", args=[s.pk]),
            tepat=bool(nomor) and nomor.casefold() == kata.casefold(),
        )
        for s in baris.order_by(_tepat("naskah__nomor", kata=kata), "-pk")[:batas]
        for nomor in [s.naskah.nomor if s.naskah else ""]
    ]


def _boleh(user) -> bool:
    return user.has_perm("surat.baca_surat")


daftarkan_sumber("surat-masuk", "Surat masuk", masuk, boleh=_boleh, urutan=10)
daftarkan_sumber("surat-keluar", "Surat keluar", keluar, boleh=_boleh, urutan=11)
