"""The information desk in the global search; who asked is neither searched nor shown."""

from django.db.models import Case, IntegerField, Q, Value, When

from kpupalu.audit.catatan import catat_akses
from kpupalu.cari.sumber import Temuan, daftarkan_sumber
from ppid.models import Butir, InformasiDikecualikan, InformasiPublik, Permohonan

_LIHAT, _DIP = "ppid.lihat_permohonan", ("ppid.lihat_dip", "ppid.usul_dip")
_URAIAN = 90


def permohonan(user, kata: str, batas: int) -> list[Temuan]:
    """Requests *user* may read by register number or by what is asked; each search that found some is logged."""
    ketemu = Butir.objects.filter(uraian__icontains=kata).values("permohonan")
    tepat = Case(When(nomor__iexact=kata, then=Value(0)), default=Value(1), output_field=IntegerField())
    baris = Permohonan.objects.for_user(user).filter(Q(nomor__icontains=kata) | Q(pk__in=ketemu))
    semua = list(baris.prefetch_related("butir").order_by(tepat, "-pk")[:batas])
    if semua:
        catat_akses("cari", None, oleh=user, objek_label="Permohonan informasi", jumlah=len(semua))
    return [
        Temuan(
            f"{p.nomor} – {_cocok(p, kata)}", p.get_absolute_url(), p.get_status_display(),
            tepat=p.nomor.casefold() == kata.casefold(),
        )
        for p in semua
    ]  # fmt: skip


def _cocok(p: Permohonan, kata: str) -> str:
    """The item in which *kata* stands, or the first."""
    butir = list(p.butir.all())
    uraian = next((b.uraian for b in butir if kata.casefold() in b.uraian.casefold()), butir[0].uraian if butir else "")
    return uraian if len(uraian) <= _URAIAN else f"{uraian[:_URAIAN]}…"


def informasi(user, kata: str, batas: int) -> list[Temuan]:
    """Entries of the list *user* may see in which every word stands."""
    baris = InformasiPublik.objects.for_user(user).cari(kata).select_related("unit").order_by("judul", "pk")
    return [Temuan(e.judul, e.get_absolute_url(), f"{e.get_kategori_display()}, {e.unit}") for e in baris[:batas]]


def dikecualikan(user, kata: str, batas: int) -> list[Temuan]:
    """Excepted information by its words or the number of its decision."""
    baris = InformasiDikecualikan.objects.filter(Q(informasi__icontains=kata) | Q(keputusan__icontains=kata))
    return [
        Temuan(d.informasi, d.get_absolute_url(), f"{d.get_penetap_display()}, {d.keputusan}",
               tepat=d.keputusan.casefold() == kata.casefold())
        for d in baris.order_by("informasi", "pk")[:batas]
    ]  # fmt: skip


def daftarkan() -> None:
    """Tell the search what the desk has; called once from ``PpidConfig.ready``."""
    daftarkan_sumber("permohonan", "Permohonan informasi", permohonan, boleh=lambda u: u.has_perm(_LIHAT), urutan=20)
    daftarkan_sumber("informasi-publik", "Informasi publik", informasi, boleh=_boleh_dip, urutan=21)
    daftarkan_sumber("dikecualikan", "Informasi dikecualikan", dikecualikan, boleh=_boleh_dik, urutan=22)


def _boleh_dip(user) -> bool:
    return any(user.has_perm(p) for p in _DIP)


def _boleh_dik(user) -> bool:
    return user.has_perm("ppid.lihat_dip") or user.has_perm("ppid.catat_dik")
