"""Import in five steps: upload, recognise columns, check, preview the consequences, apply. And undo."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports import batas
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb import impor
from pdpb.forms.impor import (
    AlasanForm,
    BawaanForm,
    JelaskanForm,
    KolomForm,
    PerbaikiForm,
    SusulanForm,
    TerapkanForm,
    UnggahForm,
)
from pdpb.impor import cek, pemeriksaan, penerimaan, perbaikan, pratinjau, tebakan
from pdpb.impor.kolom import LABEL
from pdpb.impor.laporan import baris_bermasalah
from pdpb.impor.rusak import baris_rusak
from pdpb.models import ImporBatch, TemuanImpor

IMPOR, TERAPKAN = "pdpb.impor_daftar", "pdpb.terapkan_impor"
S = ImporBatch.Status
LANGKAH = ["Unggah", "Kenali kolom", "Periksa", "Tinjau dampak", "Terapkan"]
BATAS = (
    f"{batas.MAKS_BERKAS_XLSX // batas.MB} MB untuk XLSX, {batas.MAKS_BERKAS_TEKS // batas.MB} MB untuk CSV, "
    f"{ribuan(batas.MAKS_BARIS)} baris"
)


def _batch(pk: int) -> ImporBatch:
    return get_object_or_404(ImporBatch.objects.select_related("periode", "dibuat_oleh"), pk=pk)


def _halaman(request: HttpRequest, nama: str, batch: ImporBatch | None = None, **isi) -> HttpResponse:
    remah = [("Impor", reverse("pdpb:impor_daftar"))]
    if batch and nama != "detail":
        remah.append((f"Impor nomor {batch.pk}", reverse("pdpb:impor_detail", args=[batch.pk])))
    isi = {"bagian": "Data Pemilih", "remah": remah, "batch": batch, "langkah": LANGKAH} | isi
    salah = any(form.errors for form in [isi.get("form"), *(f for _, f, _ in isi.get("formulir", []))] if form)
    return render(request, f"pdpb/impor/{nama}.html", isi, status=422 if salah else 200)


def _kiriman(request: HttpRequest, *, berkas: bool = False) -> tuple:
    """What a form is bound to: the sent values, also when nothing was filled in, or nothing before sending."""
    if request.method != "POST":
        return (None, None) if berkas else (None,)
    return (request.POST, request.FILES) if berkas else (request.POST,)


@hak(IMPOR)
def daftar(request: HttpRequest) -> HttpResponse:
    """All imports, newest first; ``?belum=1`` leaves those that wait for something."""
    batch = ImporBatch.objects.select_related("periode", "dibuat_oleh").annotate(banyak=Count("berkas"))
    belum = bool(request.GET.get("belum"))
    if belum:
        batch = batch.exclude(status__in=[S.SELESAI, S.DIBATALKAN])
    halaman = ambil_halaman_dari(request, batch, ("-id",))
    return _halaman(request, "daftar", remah=[], halaman=halaman, belum=belum)


@hak(IMPOR)
def baru(request: HttpRequest) -> HttpResponse:
    """Step 1. The files are sealed and their columns recognised; a file that cannot be used refuses the upload."""
    form = UnggahForm(*_kiriman(request, berkas=True), initial={"jenis": "dpt"})
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        with transaction.atomic():
            batch = impor.unggah(
                isi["berkas"],
                jenis=isi["jenis"],
                periode=isi["periode"],
                oleh=request.user,
                kamus=isi["kamus"],
                pengirim=isi["pengirim"],
            )
            if bawaan := form.bawaan():
                batch.pemetaan["bawaan"] = bawaan
                batch.save(update_fields=["pemetaan"])
            tebakan.pakai_tebakan(batch)
        messages.success(request, f"{batch.berkas.count()} berkas diterima. Langkah berikutnya: kenali kolomnya.")
        return redirect("pdpb:impor_kolom", batch.pk)
    return _halaman(request, "baru", form=form, kini=1, batas=BATAS)


@hak(IMPOR)
def kolom(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2. One form per header layout; saving the last one starts the check."""
    batch = _batch(pk)
    susunan = pratinjau.susunan(batch)
    urut = request.POST.get("urut", "")
    formulir = []
    for satu in susunan:
        milik = urut == str(satu.urut)
        form = KolomForm(request.POST if milik else None, ringkasan=satu.ringkasan, auto_id=f"id_{satu.urut}_%s")
        if milik and form.is_valid():
            _simpan_kolom(batch, satu, form, request.user)
            messages.success(request, "Susunan kolom disimpan dan diingat untuk pengirim ini.")
            return redirect("pdpb:impor_kolom", batch.pk)
        formulir.append((satu, form, [(f, satu.contoh.get(f.label, [])) for f in form.kolom()]))
    bawaan = _bawaan(request, batch)
    if bawaan and bawaan.is_bound and bawaan.is_valid():
        tebakan.ganti_bawaan(batch, bawaan.bawaan(), oleh=request.user)
        messages.success(request, "Kategori dan dokumen semua baris disimpan.")
        return redirect("pdpb:impor_kolom", batch.pk)
    if request.method == "POST" and not urut and not (bawaan and bawaan.is_bound):
        return mulai_periksa(request, batch)
    bisa = batch.status in {S.DIUNGGAH, S.DIPERIKSA}
    bisa_periksa = bisa or penerimaan.belum_diperiksa(batch)
    isi = {"formulir": formulir, "bawaan": bawaan, "tebakan": batch.pemetaan.get("tebakan", "")}
    return _halaman(request, "kolom", batch, **isi, kini=2, bisa=bisa, bisa_periksa=bisa_periksa)


def _bawaan(request: HttpRequest, batch: ImporBatch) -> BawaanForm | None:
    """What holds for all rows of a list of changes, bound when it was sent."""
    if batch.jenis != ImporBatch.Jenis.PERUBAHAN:
        return None
    dikirim = request.method == "POST" and "bawaan" in request.POST
    return BawaanForm(request.POST if dikirim else None, initial=batch.pemetaan.get("bawaan", {}))


def _simpan_kolom(batch: ImporBatch, satu: pratinjau.Susunan, form: KolomForm, user) -> None:
    isi = form.cleaned_data
    berubah = {n: isi[n] for n in ("pemisah", "sandi") if isi.get(n) and isi[n] != satu.ringkasan[n]}
    if berubah:
        penerimaan.baca_ulang(batch, satu.urut, **berubah, oleh=user)
        return
    impor.pakai_pemetaan(batch, satu.urut, form.pemetaan(), urutan_tanggal=isi["urutan_tanggal"], oleh=user)


def mulai_periksa(request: HttpRequest, batch: ImporBatch) -> HttpResponse:
    """Start the check of *batch* and show its progress; refuses a batch that cannot be checked."""
    penerimaan.pastikan_lengkap(batch)
    pemeriksaan.berkas_terbuka(batch)
    job = start_job("pdpb.periksa_impor", by=request.user, kunci=f"impor-{batch.pk}", batch=batch.pk)
    return redirect("jobs:detail", job.pk)


@hak(IMPOR)
def periksa_(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 3. Findings by cause with counts first; one cause opens its rows."""
    batch = _batch(pk)
    if batch.status == S.DIUNGGAH:
        return redirect("pdpb:impor_kolom", batch.pk)
    temuan = TemuanImpor.objects.filter(batch=batch)
    sebab = temuan.values("tingkat", "kode").annotate(jumlah=Count("pk"))
    urutan = {"Galat": 0, "Peringatan": 1, "Info": 2}
    sebab = sorted(
        ({**s, "pesan": pratinjau.pesan_umum(s["kode"])} for s in sebab),
        key=lambda s: (urutan[s["tingkat"]], -s["jumlah"]),
    )
    kode = request.GET.get("kode", "")
    if kode and kode not in cek.KODE:
        raise Http404
    halaman = ambil_halaman_dari(request, temuan.filter(kode=kode), ("id",)) if kode else None
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    for t in halaman or []:
        t.nama_berkas = nama[t.berkas_urut]
    isi = {"kode": kode, "judul_kode": pratinjau.pesan_umum(kode) if kode else "", "halaman": halaman}
    siap = penerimaan.siap_diterapkan(batch)
    return _halaman(request, "periksa", batch, sebab=sebab, kini=3, siap=siap, **_untuk_ditolak(batch), **isi)


def _untuk_ditolak(batch: ImporBatch) -> dict:
    """Files with rows left out, for the download links, and whether they may be mended on the page."""
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    berkas = [{"urut": u, "nama": nama[u], "jumlah": len(b)} for u, b in sorted(baris_bermasalah(batch).items())]
    bisa = bool(berkas) and not perbaikan.halangan(batch)
    pilih = batch.padanan.terbuka().count() if batch.jenis == ImporBatch.Jenis.PERUBAHAN else 0
    isi = {"pilih_sisa": pilih, "ada_padanan": bool(pilih) or batch.padanan.exists()}
    isi["usulan_instansi"] = batch.jenis == ImporBatch.Jenis.PERUBAHAN
    return {"ditolak": berkas, "bisa_perbaiki": bisa, "maks": perbaikan.MAKS_BARIS} | isi


@hak(IMPOR)
def dampak(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 4. Before and after per kelurahan, and rows to read."""
    batch = _batch(pk)
    if batch.status == S.DIUNGGAH:
        return redirect("pdpb:impor_kolom", batch.pk)
    hitungan, persen = pratinjau.hitungan(batch)
    contoh, usulan = pratinjau.contoh(batch), pratinjau.usulan(batch)
    if contoh:
        catat_akses("lihat", batch, oleh=request.user, tujuan="Tinjau dampak impor", jumlah=len(contoh))
    isi = {"hitungan": hitungan, "persen": persen, "contoh": contoh, "usulan": usulan}
    return _halaman(request, "dampak", batch, kini=4, siap=penerimaan.siap_diterapkan(batch), **isi)


@hak(TERAPKAN)
def terapkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 5. A page of its own says what will happen; the work itself is a job."""
    batch = _batch(pk)
    if batch.status == S.DIUNGGAH:
        return redirect("pdpb:impor_kolom", batch.pk)
    berkas = pemeriksaan.berkas_terbuka(batch)
    hitungan, _ = pratinjau.hitungan(batch)
    form = TerapkanForm(
        *_kiriman(request),
        ada_peringatan=bool(pratinjau.perlu_diterima(batch, berkas)),
        wajib_alasan=any(h.wajib for h in hitungan),
    )
    if request.method == "POST" and form.is_valid():
        batch.ringkasan["alasan_ajuan"] = form.cleaned_data.get("alasan", "")
        batch.save(update_fields=["ringkasan"])
        job = start_job(
            "pdpb.terapkan_impor",
            by=request.user,
            kunci=f"impor-{batch.pk}",
            batch=batch.pk,
            terima=form.cleaned_data.get("terima_peringatan", False),
        )
        return redirect("jobs:detail", job.pk)
    return _halaman(request, "terapkan", batch, form=form, akibat=pratinjau.akibat(batch), kini=5)


@hak(IMPOR)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: files, counts, what it waits for, history."""
    batch = _batch(pk)
    return _halaman(
        request,
        "detail",
        batch,
        berkas=batch.berkas.select_related("berkas_masuk"),
        **_untuk_ditolak(batch),
        siap=penerimaan.siap_diterapkan(batch),
        belum=penerimaan.belum_diperiksa(batch),
        perbaikan=batch.perbaikan.exists(),
        sisa=impor.belum_dijelaskan(batch) if batch.status == S.DITERAPKAN else 0,
        koreksi=batch.koreksisaldoawal_set.select_related("dicatat_oleh"),
        riwayat=riwayat_untuk(batch, request.user),
    )


@hak(IMPOR)
def berita_acara(request: HttpRequest, pk: int) -> HttpResponse:
    """The printable Berita acara impor of an applied or undone import."""
    batch = _batch(pk)
    if batch.diterapkan_pada is None:
        raise Http404
    return _halaman(request, "berita_acara", batch, berkas=batch.berkas.select_related("berkas_masuk"))


def _unduhan(isi, nama: str) -> StreamingHttpResponse:
    jawaban = StreamingHttpResponse(isi, content_type="text/csv; charset=utf-8")
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


@hak(IMPOR)
def laporan(request: HttpRequest, pk: int) -> HttpResponse:
    """All findings as CSV; the messages hold no NIK."""
    batch = _batch(pk)
    return _unduhan(impor.laporan_csv(batch), f"laporan-impor-{batch.pk}.csv")


@hak(IMPOR)
def ditolak(request: HttpRequest, pk: int, urut: int) -> HttpResponse:
    """The rows of one file that were not applied, as they came, with the reason in a last column. Logged."""
    batch = _batch(pk)
    baris = baris_bermasalah(batch).get(urut)
    if not baris:
        raise Http404
    catat_akses("ekspor", batch, oleh=request.user, tujuan="Perbaikan baris impor", jumlah=len(baris))
    return _unduhan(impor.berkas_ditolak(batch, urut), f"baris-bermasalah-{batch.pk}-{urut}.csv")


@hak(IMPOR)
def susulan(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload mended rows as a supplement of the same import."""
    batch = _batch(pk)
    form = SusulanForm(*_kiriman(request, berkas=True))
    if request.method == "POST" and form.is_valid():
        impor.tambah_susulan(batch, form.cleaned_data["berkas"], oleh=request.user)
        return mulai_periksa(request, batch)
    return _halaman(request, "susulan", batch, form=form, batas=BATAS)


@hak(IMPOR)
def perbaiki(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct single cells of up to fifty rows left out; ``?baris=`` opens one row with all its columns. Logged."""
    batch = _batch(pk)
    sebab = perbaikan.halangan(batch)
    dipilih = request.POST.getlist("baris") or request.GET.getlist("baris")
    rusak = baris_rusak(batch)
    boleh_nik = request.user.has_perm(perbaikan.LIHAT_NIK)
    try:
        pilih = perbaikan.pilih(batch, dipilih) if dipilih else rusak[: perbaikan.MAKS_BARIS]
    except LookupError as galat:
        raise Http404 from galat
    semua = len(dipilih) == 1 and "baris" in request.GET
    baris = perbaikan.buka(batch, pilih, semua=semua)
    form = PerbaikiForm(*_kiriman(request), baris=baris, boleh_nik=boleh_nik)
    if request.method == "POST" and form.is_valid():
        try:
            jumlah = perbaikan.perbaiki(batch, form.isian(), oleh=request.user, alasan=form.cleaned_data["alasan"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return _setelah_perbaikan(request, _batch(pk), jumlah)
    if baris:
        catat_akses("lihat", batch, oleh=request.user, tujuan="Perbaikan baris impor", jumlah=len(baris))
    isi = {"sebab": sebab, "jumlah": len(rusak), "maks": perbaikan.MAKS_BARIS, "semua": semua, "boleh_nik": boleh_nik}
    jawaban = _halaman(request, "perbaiki", batch, form=form, baris=baris, **isi)
    jawaban["Cache-Control"] = "no-store"
    return jawaban


def _setelah_perbaikan(request: HttpRequest, batch: ImporBatch, jumlah: int) -> HttpResponse:
    """Check what came; a form sent twice after its check leads back to the import."""
    if jumlah:
        messages.success(request, f"{jumlah} baris diperbaiki. Berkas diperiksa kembali sebelum diterapkan.")
    else:
        messages.info(request, "Perbaikan ini sudah tersimpan sebelumnya.")
    if penerimaan.belum_diperiksa(batch):
        return mulai_periksa(request, batch)
    return redirect("pdpb:impor_detail", batch.pk)


@hak(IMPOR)
def riwayat_perbaikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Every cell corrected on the page: who, when, old and new, why; numbers of persons masked. Logged."""
    batch = _batch(pk)
    halaman = ambil_halaman_dari(request, batch.perbaikan.select_related("oleh"), ("-id",))
    for satu in halaman:
        satu.isian = LABEL.get(satu.kolom, satu.kolom)
    if len(halaman):
        catat_akses("lihat", batch, oleh=request.user, tujuan="Riwayat perbaikan baris impor", jumlah=len(halaman))
    return _halaman(request, "riwayat_perbaikan", batch, halaman=halaman)


@hak(TERAPKAN)
def jelaskan(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain rows of a base list that stay out."""
    batch = _batch(pk)
    sisa = impor.belum_dijelaskan(batch)
    form = JelaskanForm(*_kiriman(request), initial={"jumlah": sisa})
    if request.method == "POST" and form.is_valid():
        impor.jelaskan(batch, **form.cleaned_data, oleh=request.user)
        messages.success(request, "Penjelasan dicatat sebagai koreksi saldo awal.")
        return redirect("pdpb:impor_detail", batch.pk)
    return _halaman(request, "jelaskan", batch, form=form, sisa=sisa)


@hak(TERAPKAN)
def batalkan(request: HttpRequest, pk: int) -> HttpResponse:
    """A page that says what undoing does, or what blocks it."""
    batch = _batch(pk)
    halangan = impor.halangan_batal(batch) if batch.status in {S.DITERAPKAN, S.SELESAI} else []
    form = AlasanForm(*_kiriman(request))
    if request.method == "POST" and form.is_valid():
        impor.batalkan(batch, oleh=request.user, alasan=form.cleaned_data["alasan"])
        messages.success(request, f"Impor nomor {batch.pk} dibatalkan. Daftar kembali seperti sebelum impor ini.")
        return redirect("pdpb:impor_detail", batch.pk)
    return _halaman(request, "batalkan", batch, form=form, halangan=halangan)


urlpatterns_impor = [
    path("impor/", daftar, name="impor_daftar"),
    path("impor/baru/", baru, name="impor_baru"),
    path("impor/<int:pk>/", detail, name="impor_detail"),
    path("impor/<int:pk>/kolom/", kolom, name="impor_kolom"),
    path("impor/<int:pk>/periksa/", periksa_, name="impor_periksa"),
    path("impor/<int:pk>/dampak/", dampak, name="impor_dampak"),
    path("impor/<int:pk>/terapkan/", terapkan, name="impor_terapkan"),
    path("impor/<int:pk>/laporan/", laporan, name="impor_laporan"),
    path("impor/<int:pk>/ditolak/<int:urut>/", ditolak, name="impor_ditolak"),
    path("impor/<int:pk>/susulan/", susulan, name="impor_susulan"),
    path("impor/<int:pk>/perbaiki/", perbaiki, name="impor_perbaiki"),
    path("impor/<int:pk>/perbaikan/", riwayat_perbaikan, name="impor_riwayat_perbaikan"),
    path("impor/<int:pk>/jelaskan/", jelaskan, name="impor_jelaskan"),
    path("impor/<int:pk>/batalkan/", batalkan, name="impor_batalkan"),
    path("impor/<int:pk>/berita-acara/", berita_acara, name="impor_berita_acara"),
]
