"""The lists anybody may read without an account: public information by kind, a search, one entry, its file, a feed.

No cookie is set and nothing about a reader is kept; a download adds one to the count of its day.
"""

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_safe

from kpupalu.accounts.akses import publik
from kpupalu.imports.lampiran import TIPE
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions.informasi import baca_berkas, hitung_unduhan
from ppid.forms.daftar import CariForm
from ppid.lembar import dip_xlsx
from ppid.models import InformasiDikecualikan, InformasiPublik
from ppid.views.informasi import XLSX, jawab_berkas
from ppid.views.pengecualian import beri_keadaan

K = InformasiPublik.Kategori
JALUR = {"berkala": K.BERKALA, "serta-merta": K.SERTA_MERTA, "setiap-saat": K.SETIAP_SAAT}
ARTI = {
    K.BERKALA: "Diumumkan dan diperbarui secara teratur (UU 14/2008 Pasal 9).",
    K.SERTA_MERTA: "Diumumkan segera bila dapat mengancam hajat hidup orang banyak (UU 14/2008 Pasal 10).",
    K.SETIAP_SAAT: "Tersedia setiap saat bagi yang memintanya (UU 14/2008 Pasal 11).",
}


def _terbit():
    return InformasiPublik.objects.terbit().select_related("unit")


@publik
@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """The three kinds with their counts, a search, and what was published or renewed last."""
    baris = _terbit()
    jenis = [
        {"label": k.label, "arti": ARTI[k], "jumlah": baris.filter(kategori=k).count(),
         "url": reverse(f"ppid:informasi_{jalur}")}
        for jalur, k in JALUR.items()
    ]  # fmt: skip
    isi = {"jenis": jenis, "form": CariForm(), "terbaru": baris.order_by("-dimutakhirkan_pada", "-pk")[:10]}
    return render(request, "ppid/publik/informasi.html", isi)


@publik
@require_safe
def menurut_jenis(request: HttpRequest, jalur: str) -> HttpResponse:
    """The entries of one kind, by title."""
    k = JALUR[jalur]
    baris = _terbit().filter(kategori=k)
    isi = {"judul_halaman": f"Informasi {k.label.lower()}", "arti": ARTI[k], "jumlah": baris.count(),
           "form": CariForm(),
           "halaman": ambil_halaman_dari(request, baris, ("judul", "id"))}  # fmt: skip
    return render(request, "ppid/publik/informasi_daftar.html", isi)


@publik
@require_safe
def cari(request: HttpRequest) -> HttpResponse:
    """Entries in which every word stands; without words, all."""
    form = CariForm(request.GET or None)
    kata = form.cleaned_data["q"] if form.is_valid() else ""
    baris = InformasiPublik.objects.none() if form.errors else _terbit().cari(kata)
    isi = {"judul_halaman": "Cari informasi publik", "kata": kata, "jumlah": baris.count(), "form": form,
           "halaman": ambil_halaman_dari(request, baris, ("judul", "id"))}  # fmt: skip
    return render(request, "ppid/publik/informasi_daftar.html", isi, status=422 if form.errors else 200)


@publik
@require_safe
def entri(request: HttpRequest, pk: int) -> HttpResponse:
    """One published entry with the columns of the list."""
    e = get_object_or_404(_terbit(), pk=pk)
    return render(request, "ppid/publik/informasi_satu.html", {"e": e})


@publik
@require_GET
def unduh(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was sealed, counted once for today."""
    e = get_object_or_404(_terbit().exclude(berkas=""), pk=pk)
    isi = baca_berkas(e)
    hitung_unduhan(e)
    return jawab_berkas(isi, TIPE[e.tipe], f"informasi-{e.pk}.{e.tipe}")


@publik
@require_GET
def xlsx(request: HttpRequest) -> HttpResponse:
    """The published list as a sheet with the columns of Perki 1/2021."""
    baris = _terbit().order_by("kategori", "judul", "pk")
    return jawab_berkas(dip_xlsx(baris, saringan="Entri yang terbit."), XLSX, "daftar-informasi-publik.xlsx")


@publik
@require_safe
def dikecualikan(request: HttpRequest) -> HttpResponse:
    """What is excepted today: information, legal basis, decision, end. Revoked and ended ones do not stand here."""
    baris = InformasiDikecualikan.objects.berlaku(hari_ini())
    halaman = ambil_halaman_dari(request, baris, ("informasi", "id"))
    beri_keadaan(list(halaman))
    return render(request, "ppid/publik/dikecualikan.html", {"halaman": halaman, "jumlah": baris.count()})


class Umpan(Feed):
    """The newest published or renewed entries, for feed readers."""

    title = "Informasi publik KPU Kota Palu"
    description = "Informasi publik yang baru terbit atau dimutakhirkan."
    language = "id"

    def link(self) -> str:
        """The page of the lists."""
        return reverse("ppid:informasi")

    def items(self):
        """The thirty that were renewed last."""
        return _terbit().order_by("-dimutakhirkan_pada", "-pk")[:30]

    def item_title(self, item: InformasiPublik) -> str:
        """Its kind and title."""
        return f"{item.get_kategori_display()}: {item.judul}"

    def item_description(self, item: InformasiPublik) -> str:
        """Its summary and as of when."""
        return f"{item.ringkasan} (mutakhir per {item.dimutakhirkan_pada:%d-%m-%Y})"

    def item_link(self, item: InformasiPublik) -> str:
        """Its public page."""
        return reverse("ppid:informasi_satu", args=[item.pk])

    def item_guid(self, item: InformasiPublik) -> str:
        """Changes with every renewal, so that readers show the entry again."""
        return f"informasi-{item.pk}-{item.dimutakhirkan_pada:%Y%m%d}"

    item_guid_is_permalink = False


urlpatterns = [
    path("informasi/", beranda, name="informasi"),
    *(path(f"informasi/{j}/", menurut_jenis, {"jalur": j}, name=f"informasi_{j}") for j in JALUR),
    path("informasi/cari/", cari, name="informasi_cari"),
    path("informasi/xlsx/", xlsx, name="informasi_xlsx"),
    path("informasi/rss/", publik(require_safe(Umpan())), name="informasi_rss"),
    path("informasi/dikecualikan/", dikecualikan, name="informasi_dikecualikan"),
    path("informasi/entri/<int:pk>/", entri, name="informasi_satu"),
    path("informasi/entri/<int:pk>/unduh/", unduh, name="informasi_unduh"),
]
