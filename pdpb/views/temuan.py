"""Open questions about voters in the list: what was found, and deciding it."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.temuan import putuskan
from pdpb.forms.pemilih import pilihan_kelurahan
from pdpb.models import Pendaftaran, Temuan
from pdpb.views.perubahan import nomor_dari


class SaringTemuanForm(forms.Form):
    """Filter of the findings; *kode* is offered as it occurs."""

    kode = forms.ChoiceField(label="Temuan", required=False)
    status = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua"), *Temuan.Status.choices])
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kode = Temuan.objects.values("kode").annotate(n=Count("pk")).order_by("-n")
        self.fields["kode"].choices = [
            ("", "Semua temuan"),
            *((k["kode"], f"{k['kode'].replace('_', ' ').capitalize()} ({k['n']})") for k in kode),
        ]
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class KeputusanForm(forms.Form):
    """How the ticked findings are closed, and why."""

    status = forms.ChoiceField(
        label="Keputusan",
        choices=[(Temuan.Status.DIABAIKAN, "Diterima dengan alasan"), (Temuan.Status.SELESAI, "Selesai")],
        widget=forms.RadioSelect,
    )
    keputusan = forms.CharField(
        label="Alasan", min_length=10, max_length=240, help_text="Misalnya: menunggu jawaban Disdukcapil, surat nomor …"
    )


@hak("pdpb.lihat_pemilih")
def daftar(request: HttpRequest) -> HttpResponse:
    """The findings with their voters; those with the right decide the ticked ones with one reason."""
    bisa = request.user.has_perm("pdpb.verifikasi_perubahan")
    form = KeputusanForm(request.POST or None)
    if request.method == "POST" and bisa and form.is_valid():
        jumlah = putuskan(nomor_dari(request.POST.getlist("id")), **form.cleaned_data, oleh=request.user)
        messages.success(request, f"{jumlah} temuan diputuskan.")
        return redirect(f"{reverse('pdpb:temuan_daftar')}?{request.GET.urlencode()}")
    pakai("telusur_pemilih", oleh=request.user)
    saring = SaringTemuanForm(request.GET or None)
    baris = Temuan.objects.select_related("diputus_oleh")
    isi = {nama: nilai.replace("\0", "") for nama, nilai in request.GET.items()}
    for nama in ("kode", "status"):
        if isi.get(nama):
            baris = baris.filter(**{nama: isi[nama]})
    if isi.get("kelurahan"):
        baris = baris.filter(pemilih__pendaftaran__kelurahan=isi["kelurahan"], pemilih__pendaftaran__akhir__isnull=True)
    halaman = ambil_halaman_dari(request, baris, ("id",))
    _beri_nama(halaman.baris, request.user)
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar temuan", jumlah=len(halaman))
    return render(
        request,
        "pdpb/temuan/daftar.html",
        {"saring": saring, "form": form, "halaman": halaman, "jumlah": baris.count(), "bisa": bisa},
    )


def _beri_nama(temuan: Iterable[Temuan], user) -> None:
    """Each of *temuan* knows the ``nama`` of its person as the latest version has it, with one query for all."""
    versi = Pendaftaran.objects.for_user(user).filter(pemilih__in={t.pemilih_id for t in temuan}).order_by("id")
    nama = dict(versi.values_list("pemilih", "nama"))
    for satu in temuan:
        satu.nama = nama.get(satu.pemilih_id, "")


urlpatterns = [path("temuan/", daftar, name="temuan_daftar")]
