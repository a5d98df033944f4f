"""The list of objections, one objection, its registration at the desk, and each step on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_nik
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid import tenggat_keberatan as jam
from ppid.actions import tanggapan
from ppid.actions.keberatan import ajukan, isi_awal_formulir
from ppid.documents_keberatan import cetak_bukti_keberatan
from ppid.forms.keberatan import (
    CatatKeberatanForm,
    HasilMusyawarahForm,
    LaksanakanForm,
    PutusKeberatanForm,
    SaringKeberatanForm,
    SusulanForm,
    TutupKeberatanForm,
)
from ppid.forms.permohonan import CatatanForm, KirimForm, VersiForm
from ppid.jendela import jendela_sengketa
from ppid.langkah_keberatan import KEBERATAN
from ppid.lembar import keberatan_xlsx
from ppid.models import Keberatan, LampiranKeberatan
from ppid.views.informasi import XLSX, jawab_berkas
from ppid.views.lampiran import jawab_lampiran
from ppid.views.permohonan import Halaman
from ppid.views.permohonan import satu as satu_permohonan

LIHAT, PEMOHON, TERIMA = "ppid.lihat_keberatan", "ppid.lihat_pemohon", "ppid.terima_permohonan"
S = Keberatan.Status
WARNA = {
    S.TERDAFTAR: "awas", S.DITELAAH: "info", S.MUSYAWARAH: "info", S.SIAP_KIRIM: "info", S.DITANGGAPI: "baik",
    S.DILAKSANAKAN: "baik", S.SELESAI: "baik", S.DICABUT: "netral",
}  # fmt: skip


def saring(user, query) -> Any:
    """Objections *user* may see that *query* asks for; what is no choice filters nothing."""
    baris, form = Keberatan.objects.for_user(user), SaringKeberatanForm(query)
    form.is_valid()
    match form.cleaned_data.get("antrean"):
        case "putus":
            return baris.dapat_diputus(user, hari_ini())
        case "lewat":
            return baris.lewat(hari_ini())
        case "terbuka":
            return baris.terbuka()
        case "laksanakan":
            return baris.belum_dilaksanakan()
        case "tutup":
            return baris.filter(status__in=(S.SELESAI, S.DICABUT))
    return baris


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The objections, the nearest last day first: the superior finds those where the outcome can still be changed."""
    baris = saring(request.user, request.GET).select_related("permohonan")
    halaman = ambil_halaman_dari(request, baris, ("batas", "id"))
    for k in halaman:
        k.warna = WARNA[S(k.status)]
        k.lewat = k.status in Keberatan.TERBUKA and k.batas < hari_ini()
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar keberatan informasi", jumlah=len(halaman))
    isi = {"form": SaringKeberatanForm(request.GET or None), "halaman": halaman, "jumlah": baris.count(),
           "kueri": request.GET.urlencode()}  # fmt: skip
    return render(request, "ppid/keberatan_daftar.html", isi)


@hak(PEMOHON)
@require_GET
def xlsx(request: HttpRequest) -> HttpResponse:
    """The register in the eleven columns of its standard form, with the identities: the reading is logged."""
    baris = saring(request.user, request.GET).select_related("permohonan__data", "naskah").order_by("diterima", "pk")
    pakai("ppid_baca_pemohon", oleh=request.user)
    catat_akses("ekspor", None, oleh=request.user, objek_label="Register keberatan informasi", jumlah=baris.count())
    return jawab_berkas(keberatan_xlsx(baris), XLSX, "register-keberatan.xlsx")


def satu(request: HttpRequest, pk: int) -> Keberatan:
    """The objection, if the person may see it; 404 otherwise."""
    semua = Keberatan.objects.for_user(request.user)
    return get_object_or_404(semua.select_related("permohonan", "naskah", "diputus_oleh", "ditelaah_oleh"), pk=pk)


def remah(k: Keberatan | None = None) -> dict[str, Any]:
    """Breadcrumb of the pages of objections."""
    jejak = [("Keberatan", reverse("ppid:keberatan_daftar"))]
    if k:
        jejak.append((k.nomor, k.get_absolute_url()))
    return {"bagian": "PPID", "remah": jejak}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: the case, the answer objected to, every term, who may decide and why not, letters, disputes."""
    k = satu(request, pk)
    boleh = request.user.has_perm(PEMOHON)
    data = getattr(k, "data", None) if boleh else None
    if boleh:
        pakai("ppid_baca_pemohon", oleh=request.user)
    catat_akses("lihat", k, oleh=request.user)
    terbuka = tanggapan.langkah_terbuka(k, request.user)
    isi = {
        "k": k, "p": k.permohonan, "warna": WARNA[S(k.status)], "data": data,
        "nik": samarkan_nik(data.kuasa_nomor_identitas) if data else "",
        "lewat": k.status in Keberatan.TERBUKA and k.batas < hari_ini(),
        "butir": list(k.butir.select_related("dikecualikan", "diputus_oleh").order_by("urut")),
        "lampiran": list(k.lampiran.all()), "tenggat": list(jam.semua(k).order_by("tanggal")),
        "putusan_saya": tanggapan.boleh_memutus(k, request.user) if request.user.has_perm(jam.PUTUS) else None,
        "dapat_diputus": k.status in Keberatan.DAPAT_DIPUTUS,
        "susulan": list(k.susulan.select_related("butir")), "surat_susulan": tanggapan.surat_susulan(k),
        "sengketa": list(k.sengketa.all()) if request.user.has_perm("ppid.lihat_sengketa") else [],
        "jendela": jendela_sengketa(k, hari_ini()),
        "tindakan": [(x.label, reverse(f"ppid:{x.nama}", args=[k.pk])) for x in terbuka],
        "riwayat": riwayat_untuk(k, request.user),
    }  # fmt: skip
    return render(request, "ppid/keberatan.html", isi)


@hak(TERIMA)
def catat(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objection at the desk, from a letter, an e-mail or the telephone, also one that comes too late."""
    p = satu_permohonan(request, pk)
    awal = isi_awal_formulir(p, hari_ini())
    huruf = "".join(a.huruf for a in awal["alasan"])
    form = CatatKeberatanForm(request.POST or None, request.FILES or None, permohonan=p, alasan=huruf)
    if request.method == "POST" and form.is_valid():
        try:
            k, baru = ajukan(p, **form.isi(), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kata = "terdaftar. Cetak tanda buktinya untuk pemohon." if baru else "sudah terdaftar sebelumnya."
            messages.success(request, f"{k} {kata}")
            return redirect(k)
    isi = {
        "judul": f"Catat keberatan: {p.nomor}", "bagian": "PPID", "form": form, "tombol": "Daftarkan keberatan",
        "remah": [("Permohonan informasi", reverse("ppid:daftar")), (p.nomor, p.get_absolute_url())],
        "batal": p.get_absolute_url(), **awal,
    }  # fmt: skip
    return render(request, "ppid/keberatan_catat.html", isi, status=422 if form.errors else 200)


@hak(TERIMA)
@require_GET
def tanda_bukti(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF, with how both terms were counted."""
    k = satu(request, pk)
    catat_akses("cetak", k, oleh=request.user, objek_label=f"Tanda bukti {k.nomor}")
    jawab = HttpResponse(cetak_bukti_keberatan(k, oleh=str(request.user)), content_type="application/pdf")
    jawab["Content-Disposition"] = f'inline; filename="tanda-bukti-keberatan-{k.pk}.pdf"'
    jawab["Cache-Control"] = "no-store"
    return jawab


@hak(PEMOHON)
@require_GET
def lampiran(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """One file of an objection, to save and never to run; refused when its bytes are not those that came."""
    k = satu(request, pk)
    baris = get_object_or_404(LampiranKeberatan, pk=nomor, keberatan=k, dimusnahkan_pada=None)
    return jawab_lampiran(request, k, baris, f"keberatan-{k.pk}")


# --- Steps -------------------------------------------------------------------------------------------------------
_HALAMAN = {
    "telaah_keberatan": Halaman(VersiForm, tanggapan.telaah, "Anda menangani keberatan ini sebagai Atasan PPID."),
    "mulai_musyawarah": Halaman(
        CatatanForm, tanggapan.mulai_musyawarah,
        "Alasan huruf b sampai g dapat dimusyawarahkan (Pasal 35 ayat (2)). Tanggapan tertulis tetap diberikan.",
    ),
    "akhiri_musyawarah": Halaman(
        HasilMusyawarahForm, tanggapan.akhiri_musyawarah, "Hasilnya dimuat dalam surat tanggapan."
    ),
    "putus_keberatan": Halaman(
        PutusKeberatanForm, tanggapan.putus,
        "Surat tanggapan diberi nomor dan dicetak, lalu Anda tanda tangani. Sesudah itu putusan tidak berubah.", True,
    ),
    "batalkan_tanggapan": Halaman(CatatanForm, tanggapan.batalkan, "Putusan dapat disusun kembali.", True),
    "kirim_tanggapan": Halaman(
        KirimForm, tanggapan.kirim, "Tenggat tanggapan berhenti pada tanggal kirim; jendela sengketa dihitung darinya."
    ),
    "putus_susulan": Halaman(
        SusulanForm, tanggapan.putus_susulan, "Jawaban yang pertama tetap tersimpan apa adanya.", perlu_permohonan=True
    ),
    "siapkan_susulan": Halaman(
        VersiForm, tanggapan.siapkan_susulan, "Surat susulan diberi nomor dan dicetak, lalu ditandatangani PPID."
    ),
    "laksanakan_keberatan": Halaman(
        LaksanakanForm, tanggapan.laksanakan, "Perintah Atasan PPID tercatat dilaksanakan; tenggatnya berhenti."
    ),
    "tutup_keberatan": Halaman(TutupKeberatanForm, tanggapan.tutup, "Keberatan selesai."),
    "cabut_keberatan": Halaman(CatatanForm, tanggapan.cabut, "Keberatan ditutup atas kehendak pemohon.", True),
}  # fmt: skip


@hak(LIHAT)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step; what the person may not do is refused by the act, and nothing typed is lost."""
    k, halaman = satu(request, pk), _HALAMAN[nama]
    lain = {"keberatan": k} if halaman.perlu_permohonan else {}
    awal = {"versi": k.versi}
    if nama == "putus_keberatan":
        awal |= {n: getattr(k, n) for n in ("putusan", "pertimbangan", "perintah", "karena_lewat")}
    form = halaman.form(request.POST or None, initial=awal, **lain)
    if request.method == "POST" and form.is_valid():
        try:
            halaman.aksi(k, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{k}: {KEBERATAN[nama].label.lower()} berhasil.")
            return redirect(k)
    isi = {
        "judul": f"{KEBERATAN[nama].label}: {k.nomor}", **remah(k), "akibat": [halaman.akibat], "form": form,
        "tombol": KEBERATAN[nama].label, "genting": halaman.genting, "batal": k.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


_K = "keberatan/<int:pk>/"
urlpatterns = [
    path("keberatan/", daftar, name="keberatan_daftar"),
    path("keberatan/xlsx/", xlsx, name="keberatan_xlsx"),
    path("permohonan/<int:pk>/keberatan/", catat, name="catat_keberatan"),
    path(_K, detail, name="keberatan"),
    path(f"{_K}tanda-bukti/", tanda_bukti, name="bukti_keberatan"),
    path(f"{_K}lampiran/<int:nomor>/", lampiran, name="lampiran_keberatan"),
    *(path(f"{_K}{nama.replace('_', '-')}/", langkah, {"nama": nama}, name=nama) for nama in _HALAMAN),
]
