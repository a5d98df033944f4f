"""Field audits: the register, the protocol, the sheets for the door, the results and what they say."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions import uji_petik as tindakan
from pdpb.forms.pemilih import BaruForm
from pdpb.forms.uji_petik import BatalUjiForm, BuktiUjiForm, HasilForm, ProtokolForm
from pdpb.models import ContohUjiPetik, Kategori, UjiPetik
from pdpb.uji_petik import USULAN, boleh_diusulkan, kurang, strata, taksiran
from pdpb.views.perubahan import form_usul, periode_terbuka

LIHAT, KELOLA, ISI = "pdpb.lihat_uji_petik", "pdpb.kelola_uji_petik", "pdpb.isi_uji_petik"
NAMA, USUL = "pdpb.lihat_pemilih", "pdpb.usul_perubahan"
_BUKU = ("Uji petik lapangan", "pdpb:uji_petik_daftar")


def _form(request: HttpRequest, form, **isi) -> HttpResponse:
    remah = isi.pop("remah", [(_BUKU[0], reverse(_BUKU[1]))])
    isi = {"bagian": "Data Pemilih", "form": form, "remah": remah, **isi}
    template = isi.pop("template", "ui/formulir.html")
    return render(request, template, isi, status=422 if form.errors else 200)


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """Every audit, also those given up, newest first."""
    baris = UjiPetik.objects.select_related("snapshot__periode", "kecamatan", "disusun_oleh")
    return render(request, "pdpb/uji_petik/daftar.html", {"halaman": ambil_halaman_dari(request, baris, ("-id",))})


@hak(KELOLA)
def baru(request: HttpRequest) -> HttpResponse:
    """Write a protocol."""
    form = ProtokolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            uji = tindakan.susun_protokol(oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Protokol {uji.nomor} tersimpan. Periksa, lalu tarik contohnya.")
            return redirect(uji)
    return _form(
        request, form, judul="Susun protokol uji petik", tombol="Simpan protokol", batal=reverse(_BUKU[1]),
        konteks="Protokol tidak dapat diubah sesudah disimpan; contoh ditarik sesudahnya.",
    )  # fmt: skip


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The protocol, how far the work is, and what the results say about the whole list."""
    uji = get_object_or_404(UjiPetik.objects.select_related("snapshot__periode", "kecamatan", "disusun_oleh"), pk=pk)
    nama = dict(ContohUjiPetik.Hasil.choices)
    arah = dict(ContohUjiPetik.Arah.choices)
    hasil = uji.contoh.values_list("arah", "hasil").annotate(n=Count("pk")).order_by("arah", "-n")
    kelurahan = uji.contoh.values_list("kelurahan", "kelurahan__nama").annotate(
        orang=Count("pk", filter=Q(arah="orang")), rumah=Count("pk", filter=Q(arah="rumah")),
        terisi=Count("pk", filter=~Q(hasil="")),
    )  # fmt: skip
    return render(
        request, "pdpb/uji_petik/detail.html",
        {"uji": uji, "taksiran": taksiran(uji), "kerangka": sum(strata(uji).values()),
         "hasil": [(arah[a], nama.get(h, "Belum diisi"), n) for a, h, n in hasil],
         "kelurahan": kelurahan.order_by("kelurahan"), "boleh_nama": request.user.has_perm(NAMA),
         "boleh_kelola": request.user.has_perm(KELOLA), "riwayat": riwayat_untuk(uji, request.user)},
    )  # fmt: skip


@hak(KELOLA)
@require_POST
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the sample of a protocol."""
    return _lakukan(request, pk, tindakan.tarik_contoh, "Contoh sudah ditarik. Cetak lembarnya per kelurahan.")


@hak(KELOLA)
@require_POST
def selesai(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an audit whose doors all have an outcome."""
    return _lakukan(request, pk, tindakan.selesaikan, "Uji petik ditutup. Hasilnya tidak berubah lagi.")


def _lakukan(request: HttpRequest, pk: int, kerja, kalimat: str) -> HttpResponse:
    uji = get_object_or_404(UjiPetik, pk=pk)
    try:
        kerja(uji, oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
    else:
        messages.success(request, kalimat)
    return redirect(uji)


@hak(KELOLA)
def batalkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an audit up, with the reason."""
    uji = get_object_or_404(UjiPetik, pk=pk)
    form = BatalUjiForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.batalkan_uji(uji, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{uji.nomor} dibatalkan.")
            return redirect(uji)
    return _form(
        request, form, template="ui/konfirmasi.html", judul=f"Batalkan {uji.nomor}", tombol="Batalkan uji petik",
        genting=True, batal=uji.get_absolute_url(),
        akibat=["Hasil yang sudah diisi tetap dapat dibaca, tetapi tidak dapat ditambah.",
                "Nomornya tidak dipakai lagi."],
    )  # fmt: skip


def _contoh(request: HttpRequest, pk: int):
    """The doors of one audit that the user may read, of the kelurahan in the address."""
    uji = get_object_or_404(UjiPetik.objects.exclude(status=UjiPetik.Status.PROTOKOL), pk=pk)
    kelurahan = get_object_or_404(Kelurahan, pk=request.GET.get("kelurahan", "").replace("\0", ""))
    semua = uji.contoh.filter(kelurahan=kelurahan).select_related("pendaftaran__tps", "kelurahan")
    return uji, kelurahan, semua


@hak(NAMA)
def lembar(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of one kelurahan for the door, to be printed from the browser; by name, so it is logged."""
    pakai("telusur_pemilih", oleh=request.user)
    uji, kelurahan, semua = _contoh(request, pk)
    orang = list(semua.filter(arah="orang"))
    rumah = list(semua.filter(arah="rumah"))
    label = f"Lembar {uji.nomor}, Kelurahan {kelurahan}"
    catat_akses("cetak", uji, oleh=request.user, objek_label=label, jumlah=len(orang) + len(rumah), tujuan=uji.tujuan)
    return render(
        request, "pdpb/uji_petik/lembar.html",
        {"uji": uji, "kelurahan": kelurahan, "orang": orang, "rumah": rumah, "boleh_isi": request.user.has_perm(ISI)},
    )  # fmt: skip


@hak(ISI)
def isi(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was found at one door."""
    contoh = get_object_or_404(
        ContohUjiPetik.objects.select_related("uji", "kelurahan", "pendaftaran").exclude(uji__status="protokol"), pk=pk
    )
    if not request.user.has_perm(NAMA):
        raise Http404
    awal = {n: getattr(contoh, n) for n in ("hasil", "berhak", "terdaftar", "catatan")}
    form = HasilForm(request.POST or None, initial=awal, arah=contoh.arah)
    kembali = f"{reverse('pdpb:uji_petik_lembar', args=[contoh.uji_id])}?kelurahan={contoh.kelurahan_id}"
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.isi_hasil(contoh, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Hasil nomor {contoh.nomor} tersimpan.")
            return redirect(kembali)
    orang = contoh.pendaftaran
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", orang.pemilih, oleh=request.user, tujuan=f"Mengisi {contoh.uji.nomor}")
    return _form(
        request, form, judul=f"Hasil {contoh.get_arah_display().lower()}, nomor {contoh.nomor}", tombol="Simpan hasil",
        batal=kembali, remah=[(_BUKU[0], reverse(_BUKU[1])), (contoh.uji.nomor, contoh.uji.get_absolute_url())],
        konteks=(f"{orang.nama}, " if contoh.arah == "orang" else f"Rumah ke-{contoh.langkah} di kanan ")
        + f"{orang.alamat}, RT {orang.rt} RW {orang.rw}, Kelurahan {contoh.kelurahan}.",
    )  # fmt: skip


@hak(NAMA)
@require_safe
def temuan(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found at the doors that asks for a change, with the proposals made of it; by name, so it is logged."""
    uji = get_object_or_404(UjiPetik.objects.exclude(status=UjiPetik.Status.PROTOKOL), pk=pk)
    pakai("telusur_pemilih", oleh=request.user)
    semua = uji.contoh.filter(hasil__in=list(USULAN)).select_related("pendaftaran", "kelurahan")
    semua = semua.prefetch_related("usulan__perubahan")
    hal = ambil_halaman_dari(request, semua, ("id",))
    catat_akses("lihat", uji, oleh=request.user, objek_label=f"Temuan {uji.nomor}", jumlah=len(hal))
    boleh = request.user.has_perm(USUL) and uji.status != UjiPetik.Status.DIBATALKAN
    baris = [(c, kurang(c), _pilihan(c) if boleh else [], list(c.usulan.all())) for c in hal]
    return render(request, "pdpb/uji_petik/temuan.html", {"uji": uji, "halaman": hal, "baris": baris, "boleh": boleh})


def _pilihan(contoh: ContohUjiPetik) -> list[tuple[str, str]]:
    """``(kind of change in words, where it is proposed)`` for what a finding asks for now."""
    return [
        (Kategori.Jenis(j).label, reverse(f"pdpb:uji_petik_usul_{j}", args=[contoh.pk]))
        for j in boleh_diusulkan(contoh)
    ]


@hak(USUL)
def usul(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """Propose the change that one finding asks for, with the evidence from the door."""
    kaitan = ("uji", "kelurahan", "pendaftaran__pemilih")
    contoh = get_object_or_404(
        ContohUjiPetik.objects.select_related(*kaitan).exclude(uji__status=UjiPetik.Status.PROTOKOL), pk=pk
    )
    if not request.user.has_perm(NAMA) or jenis not in boleh_diusulkan(contoh):
        raise Http404
    periode = periode_terbuka()
    form, judul, ambil, versi = _form_usul(request, contoh, jenis)
    bukti = BuktiUjiForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        rincian = ambil(form)
        try:
            perubahan = tindakan.usulkan_temuan(
                contoh, rincian.pop("kategori"), periode=periode, oleh=request.user,
                bukti=bukti.susun(oleh=request.user), **rincian,
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Usulan dicatat sebagai perubahan nomor {perubahan.pk}.")
            return redirect("pdpb:uji_petik_temuan", contoh.uji_id)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", contoh.pendaftaran.pemilih, oleh=request.user, tujuan=f"Usulan dari {contoh.uji}")
    return render(
        request, "pdpb/perubahan/usul.html",
        {"form": form, "form_bukti": bukti, "periode": periode, "judul": f"{judul} dari uji petik", "versi": versi,
         "batal": reverse("pdpb:uji_petik_temuan", args=[contoh.uji_id]),
         "remah": [(_BUKU[0], reverse(_BUKU[1])), (contoh.uji.nomor, contoh.uji.get_absolute_url())]},
        status=422 if form.errors or bukti.errors else 200,
    )  # fmt: skip


def _form_usul(request: HttpRequest, contoh: ContohUjiPetik, jenis: str):
    """``(form, title, function that gives the fields of usulkan, the voter's row)``; 404 for who left the list."""
    if jenis == Kategori.Jenis.BARU:
        awal = {"kelurahan": contoh.kelurahan_id}
        form = BaruForm(request.POST if request.method == "POST" else None, initial=awal)
        return form, "Usulkan pemilih baru", _isi_baru, None
    versi = tindakan.versi_temuan(contoh)
    if versi is None:
        raise Http404
    form, judul, ambil = form_usul(request, versi, jenis)
    if contoh.hasil == ContohUjiPetik.Hasil.MENINGGAL and request.method != "POST":
        form.initial["kategori"] = "meninggal"
    return form, judul, ambil, versi


def _isi_baru(form: BaruForm) -> dict:
    isi = form.cleaned_data
    return {
        "kategori": isi["kategori"], "elemen": form.elemen(), "nik": isi["nik"], "nkk": isi["nkk"],
        "kelurahan_tujuan": form.kelurahan, "tps_tujuan": form.tps,
    }  # fmt: skip


urlpatterns = [
    path("uji-petik/", daftar, name="uji_petik_daftar"),
    path("uji-petik/baru/", baru, name="uji_petik_baru"),
    path("uji-petik/<int:pk>/", detail, name="uji_petik_detail"),
    path("uji-petik/<int:pk>/tarik/", tarik, name="uji_petik_tarik"),
    path("uji-petik/<int:pk>/selesai/", selesai, name="uji_petik_selesai"),
    path("uji-petik/<int:pk>/batalkan/", batalkan, name="uji_petik_batalkan"),
    path("uji-petik/<int:pk>/lembar/", lembar, name="uji_petik_lembar"),
    path("uji-petik/<int:pk>/temuan/", temuan, name="uji_petik_temuan"),
    *(
        path(f"uji-petik/contoh/<int:pk>/usul/{jenis}/", usul, {"jenis": jenis}, name=f"uji_petik_usul_{jenis}")
        for jenis in Kategori.Jenis.values
    ),
    path("uji-petik/contoh/<int:pk>/", isi, name="uji_petik_isi"),
]
