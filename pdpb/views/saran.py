"""Bawaslu's letters: the list, one letter with its names, its lists, and handing the answers to the second person."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.berkas import pernah_diterima, tempat
from kpupalu.imports.lampiran import TIPE, jenis_berkas
from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions import jawaban_saran as jawaban
from pdpb.actions import saran as tindakan
from pdpb.actions.surat_jawaban import bersurat
from pdpb.forms.saran import (
    BuktiSaranForm,
    DaftarForm,
    KolomSaranForm,
    NamaForm,
    PutusanForm,
    SaringNamaForm,
    SaringSuratForm,
    SuratForm,
)
from pdpb.models import ButirSaran, DaftarSaran, LembarJawaban, Perubahan, SaranPerbaikan
from pdpb.models.saran import ATURAN_TARGET
from pdpb.views.perubahan import periode_terbuka

LIHAT, JAWAB, KONFIRMASI, NAMA = "pdpb.lihat_saran", "pdpb.jawab_saran", "pdpb.konfirmasi_saran", "pdpb.lihat_pemilih"
S, J = SaranPerbaikan.Status, ButirSaran.Jawaban
_BUKU = ("Saran Bawaslu", "pdpb:saran_daftar")


def surat_milik(request: HttpRequest, pk: int) -> SaranPerbaikan:
    """The letter *pk* as far as this person may know of it; 404 otherwise."""
    semua = SaranPerbaikan.objects.for_user(request.user).select_related("berkas", "dicatat_oleh", "diajukan_oleh")
    return get_object_or_404(semua, pk=pk)


def halaman(request: HttpRequest, template: str, surat: SaranPerbaikan | None = None, **isi) -> HttpResponse:
    """A page below the list of letters, and below *surat* if given; 422 when a form of it has errors."""
    remah = [(_BUKU[0], reverse(_BUKU[1]))]
    if surat:
        remah.append((surat.nomor, surat.get_absolute_url()))
    salah = any(form is not None and form.errors for form in (isi.get("form"), isi.get("form_bukti"), isi.get("form2")))
    isi = {"bagian": "Data Pemilih", "remah": remah, "surat": surat} | isi
    return render(request, template, isi, status=422 if salah else 200)


# --- Letters ------------------------------------------------------------------------------------------------------
@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """Every letter with how far its names are, newest first."""
    surat = SaranPerbaikan.objects.for_user(request.user)
    keadaan = request.GET.get("keadaan", "")
    if keadaan == "terbuka":
        surat = surat.terbuka()
    elif keadaan == "lewat":
        surat = surat.lewat()
    elif keadaan == "diajukan":
        surat = surat.filter(status=S.DIAJUKAN)
    surat = surat.annotate(
        banyak=Count("butir"), dijawab=Count("butir", filter=~Q(butir__jawaban=""))
    ).prefetch_related("lembar")
    return halaman(
        request, "pdpb/saran/daftar.html", remah=[], form_saring=SaringSuratForm(request.GET or None),
        halaman=ambil_halaman_dari(request, surat, ("-id",)),
    )  # fmt: skip


@hak(JAWAB)
def baru(request: HttpRequest) -> HttpResponse:
    """Record a letter; with a list its columns are looked at next."""
    awal = {"diterima": f"{hari_ini():%d-%m-%Y}"}
    form = SuratForm(request.POST, request.FILES) if request.method == "POST" else SuratForm(initial=awal)
    if request.method == "POST" and form.is_valid():
        try:
            surat = tindakan.catat_surat(oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Surat dicatat. Target jawaban {surat.tenggat:%d-%m-%Y}.")
            if pernah_diterima(surat.berkas).exists():
                messages.warning(request, "Pindaian yang sama pernah diterima. Pastikan ini bukan surat yang sama.")
            satu = surat.daftar.first()
            return redirect("pdpb:saran_kolom", satu.pk) if satu else redirect(surat)
    return halaman(
        request, "ui/formulir.html", judul="Catat surat saran perbaikan", form=form, tombol="Catat surat",
        konteks="Surat Bawaslu dengan nama-nama dan sarannya. Setiap nama dijawab satu per satu.",
        batal=reverse(_BUKU[1]),
    )  # fmt: skip


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its names and how far each is. Bawaslu reads what two people have given out, and no more."""
    surat = surat_milik(request, pk)
    pakai("telusur_pemilih", oleh=request.user)
    if not request.user.has_perm(NAMA):
        return _untuk_bawaslu(request, surat)
    semua = ButirSaran.objects.filter(surat=surat)
    baris = saring(semua, request.GET).select_related(
        "surat", "kelurahan", "dugaan", "identitas", "perubahan__periode", "perubahan__kategori"
    )
    hal = ambil_halaman_dari(request, baris, ("urut",))
    catat_akses("lihat", surat, oleh=request.user, jumlah=len(hal))
    kerja = surat.status == S.DIKERJAKAN and request.user.has_perm(JAWAB)
    return halaman(
        request, "pdpb/saran/detail.html", remah=[(_BUKU[0], reverse(_BUKU[1]))],
        target=tenggat(ATURAN_TARGET, surat.diterima), surat=surat, halaman=hal,
        form_saring=SaringNamaForm(request.GET or None), angka=_angka(surat, semua), kerja=kerja,
        berkas=surat.daftar.select_related("berkas"), lembar=bersurat(surat.lembar.select_related("dikonfirmasi_oleh")),
        boleh_surat=request.user.has_perm(JAWAB) or request.user.has_perm(KONFIRMASI),
        pasti=len(_pasti(surat)) if kerja else 0, tautan=len(jawaban.siap_ditautkan(surat)) if kerja else 0,
        usul=len(jawaban.siap_diusulkan(surat)) if kerja and request.user.has_perm("pdpb.usul_perubahan") else 0,
        hambatan=jawaban.hambatan_ajukan(surat) if kerja else "",
        boleh_putuskan=surat.status == S.DIAJUKAN and request.user.has_perm(KONFIRMASI)
        and surat.diajukan_oleh_id != request.user.pk,
        boleh_susulan=surat.status == S.DIJAWAB and request.user.has_perm(JAWAB)
        and semua.filter(Q(jawaban=J.BELUM) | Q(perubahan__status=Perubahan.Status.DITOLAK)).exists(),
        riwayat=riwayat_untuk(surat, request.user),
    )  # fmt: skip


def _pasti(surat: SaranPerbaikan) -> dict[int, int]:
    return tindakan.saran.pasti(tindakan.belum_dicocokkan(surat))


def saring(butir: QuerySet[ButirSaran], query) -> QuerySet[ButirSaran]:
    """The names that a query string asks for."""
    jawaban_, cocok = query.get("jawaban", ""), query.get("cocok", "")
    if jawaban_ == "kosong":
        butir = butir.filter(jawaban="")
    elif jawaban_ in J.values:
        butir = butir.filter(jawaban=jawaban_)
    if cocok == "belum":
        butir = butir.filter(pemilih=None, tidak_terdaftar=False)
    elif cocok == "ya":
        butir = butir.filter(pemilih__isnull=False)
    elif cocok == "tidak":
        butir = butir.filter(tidak_terdaftar=True)
    return butir


def _angka(surat: SaranPerbaikan, semua: QuerySet[ButirSaran]) -> list[dict]:
    hitung = dict(semua.order_by().values_list("jawaban").annotate(n=Count("pk")))
    alamat = surat.get_absolute_url()
    return [
        {"label": "Nama", "nilai": sum(hitung.values()), "tautan": alamat},
        {"label": "Belum dijawab", "nilai": hitung.get("", 0), "tautan": f"{alamat}?jawaban=kosong"},
        *({"label": label, "nilai": hitung.get(n, 0), "tautan": f"{alamat}?jawaban={n}"} for n, label in J.choices),
    ]


def _untuk_bawaslu(request: HttpRequest, surat: SaranPerbaikan) -> HttpResponse:
    """The letter as its sender reads it: names as sent, answers only from the latest sheet, no number of a person."""
    lembar = surat.lembar.first()
    isi = {b["urut"]: b for b in lembar.isi} if lembar else {}
    hal = ambil_halaman_dari(request, ButirSaran.objects.filter(surat=surat).select_related("kelurahan"), ("urut",))
    nomor = {b["perubahan"] for b in isi.values() if b["perubahan"]}
    kini = {p.pk: p.get_status_display() for p in Perubahan.objects.filter(pk__in=nomor)}
    baris = [(b, jwb := isi.get(b.urut), kini.get(jwb["perubahan"]) if jwb else None) for b in hal]
    catat_akses("lihat", surat, oleh=request.user, jumlah=len(hal))
    return halaman(
        request, "pdpb/saran/bawaslu.html", remah=[(_BUKU[0], reverse(_BUKU[1]))], surat=surat, lembar=lembar,
        semua_lembar=bersurat(surat.lembar.all()), target=tenggat(ATURAN_TARGET, surat.diterima), halaman=hal,
        baris=baris,
        angka=[{"label": label, "nilai": n} for label, n in tindakan.saran.lembar.jumlah_jawaban(list(isi.values()))],
    )  # fmt: skip


@hak("pdpb.lihat_nik")
@require_GET
def berkas(request: HttpRequest, pk: int) -> FileResponse:
    """The sealed scan of the letter, to save and never to run; it may show a NIK, so it needs that right."""
    surat = surat_milik(request, pk)
    pakai("buka_nik", oleh=request.user)
    isi = tempat(surat.berkas).open("rb")
    jenis = jenis_berkas(isi.read(8)) or ""
    isi.seek(0)
    catat_akses("lihat", surat, oleh=request.user, objek_label=f"Pindaian surat {surat.nomor}")
    nama = f"saran-perbaikan-{pk}.{jenis or 'bin'}"
    jawaban_ = FileResponse(isi, as_attachment=True, filename=nama, content_type=TIPE.get(jenis))
    jawaban_["Cache-Control"] = "no-store"
    return jawaban_


# --- Names --------------------------------------------------------------------------------------------------------
@hak(JAWAB)
def tambah_daftar(request: HttpRequest, pk: int) -> HttpResponse:
    """One more list of the letter."""
    surat = surat_milik(request, pk)
    form = DaftarForm(request.POST, request.FILES) if request.method == "POST" else DaftarForm()
    if request.method == "POST" and form.is_valid():
        try:
            satu = tindakan.tambah_daftar(surat, form.cleaned_data["daftar"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return redirect("pdpb:saran_kolom", satu.pk)
    return halaman(
        request, "ui/formulir.html", surat, judul="Tambahkan daftar nama", form=form, tombol="Unggah",
        konteks="Kolomnya dikenali lalu diperlihatkan kepada Anda sebelum satu nama pun dicatat.",
        batal=surat.get_absolute_url(),
    )  # fmt: skip


@hak(JAWAB)
def kolom(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which, then read the names."""
    satu = get_object_or_404(DaftarSaran.objects.select_related("surat", "berkas"), pk=pk)
    form = KolomSaranForm(request.POST if request.method == "POST" else None, ringkasan=satu.ringkasan)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        try:
            hasil = tindakan.baca_daftar(
                satu, oleh=request.user, pemetaan=form.pemetaan(), urutan_tanggal=isi["urutan_tanggal"],
                dugaan=isi["dugaan"],
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            buruk = f", {ribuan(hasil.buruk)} baris tanpa nama dilewati" if hasil.buruk else ""
            kalimat = f"{ribuan(hasil.baru)} nama dicatat, {ribuan(hasil.sudah)} sudah ada{buruk}."
            messages.success(request, f"{kalimat} Langkah berikutnya: cocokkan dengan daftar pemilih.")
            return redirect(satu.surat)
    return halaman(request, "pdpb/saran/kolom.html", satu.surat, satu=satu, form=form)


@hak(JAWAB)
def nama_baru(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter one name by hand."""
    surat = surat_milik(request, pk)
    form = NamaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            butir = tindakan.tambah_nama(surat, oleh=request.user, **form.isi())
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return redirect("pdpb:saran_nama", butir.pk)
    return halaman(
        request, "ui/formulir.html", surat, judul="Catat nama", form=form, tombol="Catat nama",
        konteks=f"Satu nama yang disebut surat {surat.nomor}.", batal=surat.get_absolute_url(),
    )  # fmt: skip


@hak(JAWAB)
@require_POST
def banyak(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept all sure matches, or answer all names that have their change already."""
    surat = surat_milik(request, pk)
    try:
        if request.POST.get("langkah") == "cocokkan":
            n = tindakan.cocokkan_pasti(surat, oleh=request.user)
            messages.success(request, f"{ribuan(n)} nama dicocokkan karena NIK dan namanya sama.")
        elif request.POST.get("langkah") == "tautkan":
            n = jawaban.tautkan_yang_ada(surat, oleh=request.user)
            messages.success(request, f"{ribuan(n)} nama dijawab dengan perubahan yang sudah ada.")
        else:
            raise Refused("Pilih tindakan yang tersedia pada halaman surat ini.")
    except Refused as galat:
        messages.error(request, str(galat))
    return redirect(surat)


@hak(JAWAB)
def usul_banyak(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose all matched names whose claim is a reason of TMS, with one shared document or none yet."""
    surat = surat_milik(request, pk)
    periode = periode_terbuka()
    form = BuktiSaranForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            hasil = jawaban.usulkan_banyak(
                surat, periode=periode, oleh=request.user, bukti=form.susun(oleh=request.user)
            )
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{ribuan(hasil.berhasil)} usulan dicatat pada {periode.nama}.")
            for sebab, n in hasil.ditolak.most_common(5):
                messages.warning(request, f"{ribuan(n)} nama dilewati: {sebab}")
            return redirect(surat)
    siap = jawaban.siap_diusulkan(surat)
    kalimat = f"{ribuan(len(siap))} nama diusulkan TMS pada {periode.nama} menurut saran Bawaslu."
    return halaman(
        request, "ui/konfirmasi.html", surat, judul="Usulkan bersama", form=form, tombol="Usulkan",
        akibat=[kalimat, "Setiap usulan tetap diverifikasi dan disetujui orang lain sebelum angka berubah.",
                "Tanpa dokumen, usulan menunggu sampai buktinya dilengkapi."],
        dapat_dibatalkan="Usulan dapat ditarik sebelum diverifikasi.", batal=surat.get_absolute_url(),
    )  # fmt: skip


# --- Handing over -------------------------------------------------------------------------------------------------
@hak(JAWAB)
@require_POST
def ajukan(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the answers to the second person, or open a supplement of an answered letter."""
    surat = surat_milik(request, pk)
    try:
        if request.POST.get("langkah") == "susulan":
            jawaban.buka_susulan(surat, oleh=request.user)
            messages.success(request, "Jawaban susulan dibuka. Lembar jawaban sebelumnya tetap berlaku.")
        else:
            jawaban.ajukan(surat, oleh=request.user)
            messages.success(request, "Lembar jawaban diajukan. Langkah berikutnya: konfirmasi oleh kasubbag.")
    except Refused as galat:
        messages.error(request, str(galat))
    return redirect(surat)


@hak(KONFIRMASI)
def putuskan(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the answers or send them back, after reading all of them."""
    surat = surat_milik(request, pk)
    form = PutusanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        try:
            if isi["putusan"] == "setuju":
                jawaban.konfirmasi(surat, oleh=request.user)
            else:
                jawaban.kembalikan(surat, oleh=request.user, alasan=isi["alasan"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kata = (
                "dikonfirmasi. Langkah berikutnya: susun surat jawaban"
                if isi["putusan"] == "setuju"
                else "dikembalikan"
            )
            messages.success(request, f"Lembar jawaban {kata}.")
            return redirect(surat)
    rincian = tindakan.saran.isi_lembar(surat)
    catat_akses("lihat", surat, oleh=request.user, jumlah=len(rincian))
    return halaman(request, "pdpb/saran/putuskan.html", surat, form=form, rincian=rincian)


def lembar_milik(request: HttpRequest, pk: int) -> LembarJawaban:
    """The confirmed sheet *pk* of a letter this person may know of; 404 otherwise."""
    surat = SaranPerbaikan.objects.for_user(request.user)
    return get_object_or_404(LembarJawaban.objects.filter(surat__in=surat).select_related("surat"), pk=pk)


urlpatterns = [
    path("saran/", daftar, name="saran_daftar"),
    path("saran/baru/", baru, name="saran_baru"),
    path("saran/<int:pk>/", detail, name="saran_detail"),
    path("saran/<int:pk>/surat/", berkas, name="saran_berkas"),
    path("saran/<int:pk>/daftar/", tambah_daftar, name="saran_tambah_daftar"),
    path("saran/daftar/<int:pk>/kolom/", kolom, name="saran_kolom"),
    path("saran/<int:pk>/nama/", nama_baru, name="saran_nama_baru"),
    path("saran/<int:pk>/banyak/", banyak, name="saran_banyak"),
    path("saran/<int:pk>/usul/", usul_banyak, name="saran_usul_banyak"),
    path("saran/<int:pk>/ajukan/", ajukan, name="saran_ajukan"),
    path("saran/<int:pk>/putuskan/", putuskan, name="saran_putuskan"),
]
