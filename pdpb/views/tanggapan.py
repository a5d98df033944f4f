"""The officer's queue of citizens' reports: list, intake at the counter, one report and the steps it takes.

Reading is logged. Contacts and NIK are masked until opened for a stated purpose, once, as in ``views.pemilih``.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.models import nilai_bulat
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.lampiran import TIPE
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions import tanggapan as tindakan
from pdpb.cetakan_tanggapan import cetak_surat_jawaban, cetak_tanda_terima
from pdpb.forms.pemilih import BaruForm, TujuanForm
from pdpb.forms.tanggapan import (
    BukaForm,
    BuktiTanggapanForm,
    CariCalonForm,
    CatatTanggapanForm,
    JawabForm,
    KekuranganForm,
    LengkapForm,
    LengkapiForm,
    SaringTanggapanForm,
    TolakForm,
)
from pdpb.langkah_tanggapan import KEKURANGAN, LANGKAH_TANGGAPAN
from pdpb.models import Kategori, LampiranTanggapan, Pemilih, Pendaftaran, Tanggapan
from pdpb.views.pemilih import MAKS_HASIL, temukan
from pdpb.views.perubahan import form_usul, periode_terbuka

LIHAT, CATAT, TANGANI = "pdpb.lihat_tanggapan", "pdpb.catat_tanggapan", "pdpb.tangani_tanggapan"
USUL, NIK = "pdpb.usul_perubahan", "pdpb.lihat_nik"
J, S, K = Tanggapan.Jenis, Tanggapan.Status, Tanggapan.Keadaan
_ANTREAN = {
    "menunggu": Tanggapan.MENUNGGU,
    "pelapor": (S.PERLU_DILENGKAPI,),
    "usulan": (S.DIUSULKAN,),
    "selesai": (*Tanggapan.SELESAI, K.DITINDAKLANJUTI),
}
KEADAAN = dict(S.choices) | dict(K.choices)
_WARNA = {S.PERLU_DILENGKAPI: "awas", S.DIPERIKSA: "info", S.DIUSULKAN: "tunggu", S.DIJAWAB: "baik",
          S.DITOLAK: "bahaya", K.DITINDAKLANJUTI: "baik", K.USULAN_DITOLAK: "awas"}  # fmt: skip
# Which change usually follows from a report: its kind, and the category where there is only one.
_LAZIM = {
    J.BELUM_TERDAFTAR: ("baru", ""), J.PENSIUN_TNI_POLRI: ("baru", "purna_tni_polri"),
    J.MENINGGAL: ("tms", "meninggal"), J.PINDAH: ("tms", "pindah_domisili"), J.MENJADI_TNI_POLRI: ("tms", ""),
    J.DATA_KELIRU: ("ubah", ""),
}  # fmt: skip
_USULAN = {"baru": "Usulkan pemilih baru", "tms": "Usulkan TMS", "ubah": "Usulkan perbaikan",
           "mutasi": "Usulkan mutasi"}  # fmt: skip


def target() -> int:
    """Days within which the office means to answer."""
    return nilai_bulat("target_jawab_tanggapan", pada=hari_ini())


def hiasi(satu: Tanggapan, batas: int) -> Tanggapan:
    """*satu* (read by ``dengan_keadaan``) with what a page says of it: ``kata``, ``warna``, ``hari``, ``lewat``."""
    satu.kata, satu.warna = KEADAAN[satu.kini], _WARNA.get(satu.kini, "netral")
    selesai = satu.kini in _ANTREAN["selesai"]
    satu.hari = satu.umur(satu.selesai if selesai else hari_ini())
    satu.lewat = 0 if selesai or satu.kini == S.PERLU_DILENGKAPI else max(satu.hari - batas, 0)
    return satu


def saring(user, query):
    """The reports a query string asks for, with their state; what is no choice filters nothing."""
    baris = Tanggapan.objects.for_user(user).dengan_keadaan()
    form = SaringTanggapanForm(query)
    form.is_valid()
    isi = form.cleaned_data
    if isi.get("antrean") == "terlambat":
        baris = baris.terlambat(target())
    elif isi.get("antrean"):
        baris = baris.filter(kini__in=_ANTREAN[isi["antrean"]])
    for nama in ("jenis", "kanal", "kelurahan"):
        if isi.get(nama):
            baris = baris.filter(**{nama: isi[nama]})
    return baris


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first, with the days each has waited; below it the figures of a year by month."""
    pakai("telusur_pemilih", oleh=request.user)
    baris, batas = saring(request.user, request.GET), target()
    halaman = ambil_halaman_dari(request, baris.select_related("data", "kelurahan"), ("diterima", "id"))
    for satu in halaman:
        hiasi(satu, batas)
    catat_akses("lihat", None, oleh=request.user, objek_label="Antrean tanggapan masyarakat", jumlah=len(halaman))
    setahun = (hari_ini() - timedelta(days=365)).replace(day=1)
    return render(
        request,
        "pdpb/tanggapan/daftar.html",
        {
            "form": SaringTanggapanForm(request.GET or None),
            "halaman": halaman,
            "jumlah": baris.count(),
            "target": batas,
            "bulanan": Tanggapan.objects.for_user(request.user).bulanan(setahun),
        },
    )


def _satu(request: HttpRequest, pk: int) -> Tanggapan:
    semua = Tanggapan.objects.for_user(request.user).dengan_keadaan()
    return get_object_or_404(
        semua.select_related("data__identitas", "kelurahan__kecamatan", "perubahan__kategori", "dicatat_oleh"), pk=pk
    )


def _remah(tanggapan: Tanggapan | None = None) -> dict:
    remah = [("Tanggapan masyarakat", reverse("pdpb:tanggapan_daftar"))]
    if tanggapan:
        remah.append((str(tanggapan), reverse("pdpb:tanggapan_detail", args=[tanggapan.pk])))
    return {"bagian": "Data Pemilih", "remah": remah}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, the voter it was matched with, reports like it, what may be done with it now."""
    return _halaman_detail(request, pk, TujuanForm())


def _halaman_detail(request: HttpRequest, pk: int, form_tujuan: TujuanForm) -> HttpResponse:
    tanggapan = hiasi(_satu(request, pk), target())
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", tanggapan, oleh=request.user)
    terbuka = request.session.pop("kontak_dibuka", None) == pk and request.user.has_perm(NIK)
    serupa = Tanggapan.objects.for_user(request.user).dengan_keadaan().serupa(tanggapan)
    return render(
        request,
        "pdpb/tanggapan/detail.html",
        {
            "t": tanggapan,
            "data": tanggapan.data,
            "terbuka": terbuka,
            "form_tujuan": form_tujuan,
            "ada_galat": bool(form_tujuan.errors),
            "lampiran": tanggapan.lampiran.all(),
            "kurang": [KEKURANGAN[k] for k in tanggapan.kekurangan if k in KEKURANGAN],
            "versi_pemilih": _pemilih_cocok(request, tanggapan),
            "serupa": [hiasi(s, target()) for s in serupa.select_related("data", "kelurahan").order_by("-pk")[:20]],
            "tindakan": _tindakan(tanggapan, request.user),
            "bersurat": tanggapan.kini in _ANTREAN["selesai"],
            "target": target(),
            "riwayat": riwayat_untuk(tanggapan, request.user),
        },
        status=422 if form_tujuan.errors else 200,
    )


def _pemilih_cocok(request: HttpRequest, tanggapan: Tanggapan) -> Pendaftaran | None:
    """The newest version of the matched voter, its reading logged; None for who may not see the roll."""
    if not tanggapan.pemilih_id:
        return None
    semua = Pendaftaran.objects.for_user(request.user).filter(pemilih=tanggapan.pemilih_id)
    versi = semua.select_related("pemilih", "kelurahan", "tps").order_by("-pk").first()
    if versi:
        catat_akses("lihat", versi.pemilih, oleh=request.user, tujuan=str(tanggapan))
    return versi


def _tindakan(tanggapan: Tanggapan, user) -> list[tuple[str, str]]:
    """``(label, address)`` of every step open to *user*; proposals split by kind, the usual one first."""
    hasil = []
    utama = "usulkan" if tanggapan.pemilih_id else "cocokkan"
    for langkah in sorted(tindakan.langkah_terbuka(tanggapan, user), key=lambda x: x.nama != utama):
        if langkah.nama == "usulkan":
            lazim = _LAZIM.get(tanggapan.jenis, ("", ""))[0]
            boleh = ["tms", "ubah", "mutasi"] if tanggapan.pemilih_id else ["baru"]
            for jenis in sorted(boleh, key=lambda j: j != lazim):
                hasil.append((_USULAN[jenis], reverse(f"pdpb:tanggapan_usulkan_{jenis}", args=[tanggapan.pk])))
        elif langkah.nama == "cocokkan":
            hasil.append((langkah.label, reverse("pdpb:tanggapan_cocokkan", args=[tanggapan.pk])))
        else:
            hasil.append((langkah.label, reverse(f"pdpb:tanggapan_{langkah.nama}", args=[tanggapan.pk])))
    if tanggapan.kini == S.PERLU_DILENGKAPI and user.has_perm(CATAT):
        hasil.append(("Catat kelengkapan", reverse("pdpb:tanggapan_lengkapi", args=[tanggapan.pk])))
    return hasil


@hak(CATAT)
def catat(request: HttpRequest) -> HttpResponse:
    """Take a report at the counter, from a letter or a message; the receipt can be printed at once."""
    form = CatatTanggapanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            tanggapan, baru = tindakan.terima(**form.isi(), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kata = "dicatat. Cetak tanda terima untuk pelapor." if baru else "ini sudah tercatat sebelumnya."
            messages.success(request, f"{tanggapan} {kata}")
            return redirect("pdpb:tanggapan_detail", tanggapan.pk)
    return render(
        request,
        "ui/formulir.html",
        {
            "judul": "Catat tanggapan masyarakat", **_remah(), "form": form, "tombol": "Catat tanggapan",
            "batal": reverse("pdpb:tanggapan_daftar"),
            "konteks": "Untuk yang datang ke loket, bersurat, atau mengirim pesan.",
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(NIK)
@require_POST
def buka_kontak(request: HttpRequest, pk: int) -> HttpResponse:
    """Show contacts and NIK once, on the next page only; who, what and why are logged."""
    tanggapan, form = _satu(request, pk), TujuanForm(request.POST)
    if not form.is_valid():
        return _halaman_detail(request, pk, form)
    pakai("buka_nik", oleh=request.user)
    catat_akses("lihat", tanggapan, oleh=request.user, tujuan=f"Kontak dan NIK dibuka: {form.cleaned_data['tujuan']}")
    request.session["kontak_dibuka"] = pk
    return redirect("pdpb:tanggapan_detail", pk)


@hak(NIK)
@require_GET
def lampiran(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """One file of a report, to save and never to run; a photo of a KTP-el shows a NIK, so it needs that right."""
    tanggapan = _satu(request, pk)
    baris = get_object_or_404(LampiranTanggapan, pk=nomor, tanggapan=tanggapan)
    pakai("buka_nik", oleh=request.user)
    try:
        with baris.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Lampiran ini tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    if sha256(isi).hexdigest() != baris.sha256:
        raise Refused("Isi lampiran ini tidak lagi sama dengan yang diterima. Hubungi admin sekarang juga.")
    catat_akses("lihat", tanggapan, oleh=request.user, objek_label=f"{baris} dari {tanggapan}")
    return _unduhan(isi, TIPE[baris.jenis], f"tanggapan-{tanggapan.nomor}-{baris.pk}.{baris.jenis}")


def _unduhan(isi: bytes, jenis: str, nama: str) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type=jenis)
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


# --- Steps -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Halaman:
    """The page of one simple step: its form, what will happen, and whether the button warns."""

    form: type[forms.Form]
    akibat: str
    genting: bool = False


_LANGKAH = {
    "nyatakan_lengkap": _Halaman(LengkapForm, "Tanggapan ini dinyatakan lengkap dan diperiksa."),
    "minta_kelengkapan": _Halaman(KekuranganForm, "Pelapor membaca yang kurang pada halaman tiketnya."),
    "jawab": _Halaman(JawabForm, "Tiket menjadi Dijawab tanpa perubahan daftar pemilih."),
    "tolak": _Halaman(TolakForm, "Tiket menjadi Dijawab. Pelapor membaca kalimat baku pada halaman tiketnya.", True),
    "buka_kembali": _Halaman(BukaForm, "Tanggapan ini diperiksa kembali dan tiketnya tidak lagi Dijawab."),
}


@hak(TANGANI)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step on a page of its own; a report that somebody else changed meanwhile is not overwritten."""
    tanggapan, halaman = _satu(request, pk), _LANGKAH[nama]
    form = halaman.form(request.POST or None, initial={"versi": tanggapan.versi})
    if request.method == "POST" and form.is_valid():
        try:
            getattr(tindakan, nama)(tanggapan, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{tanggapan}: {LANGKAH_TANGGAPAN[nama].label.lower()} berhasil.")
            return redirect("pdpb:tanggapan_detail", pk)
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"{LANGKAH_TANGGAPAN[nama].label}: {tanggapan}", **_remah(tanggapan), "akibat": [halaman.akibat],
            "form": form, "tombol": LANGKAH_TANGGAPAN[nama].label, "genting": halaman.genting,
            "batal": reverse("pdpb:tanggapan_detail", args=[pk]),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(CATAT)
def lengkapi(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a reporter brought to the office."""
    tanggapan = _satu(request, pk)
    form = LengkapiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.lengkapi(tanggapan, **form.cleaned_data, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kelengkapan dicatat. Periksa, lalu nyatakan lengkap.")
            return redirect("pdpb:tanggapan_detail", pk)
    return render(
        request,
        "ui/formulir.html",
        {"judul": f"Catat kelengkapan: {tanggapan}", **_remah(tanggapan), "form": form, "tombol": "Catat kelengkapan",
         "batal": reverse("pdpb:tanggapan_detail", args=[pk])},
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(TANGANI)
def cocokkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the voter: first those the report itself points to, then by other words. Each search is logged."""
    tanggapan = _satu(request, pk)
    if request.method == "POST" and "pemilih" in request.POST:
        return _pilih(request, tanggapan)
    cari = request.method == "POST"
    form = CariCalonForm(request.POST if cari else None, initial={"versi": tanggapan.versi})
    pakai("cari_pemilih", oleh=request.user)
    hasil = []
    if not cari:
        hasil = list(_calon(request.user, tanggapan)[: MAKS_HASIL + 1])
    elif form.is_valid():
        hasil = list(temukan(request.user, form.cleaned_data)[: MAKS_HASIL + 1])
    if not form.errors:
        catat_akses("cari", None, oleh=request.user, tujuan=str(tanggapan), jumlah=len(hasil),
                    objek_label="Pencarian pemilih untuk tanggapan")  # fmt: skip
    return render(
        request,
        "pdpb/tanggapan/cocokkan.html",
        {"t": tanggapan, "data": tanggapan.data, "form": form, "hasil": hasil[:MAKS_HASIL], "cari": cari,
         "lebih": len(hasil) > MAKS_HASIL, "maks": MAKS_HASIL},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _calon(user, tanggapan: Tanggapan):
    """Open versions with the NIK of the report, or its name with its birth date or its kelurahan."""
    data, aktif = tanggapan.data, Pendaftaran.objects.for_user(user).aktif()
    sama = Q(nama=data.orang_nama, kelurahan=tanggapan.kelurahan_id)
    if data.orang_tanggal_lahir:
        sama |= Q(nama=data.orang_nama, tanggal_lahir=data.orang_tanggal_lahir)
    if data.identitas:
        # Asked apart: an OR over two tables would read the whole list.
        senik = aktif.filter(identitas__nik=data.identitas.nik).values_list("pk", flat=True)
        sama |= Q(pk__in=list(senik[:MAKS_HASIL]))
    return aktif.filter(sama).select_related("kelurahan", "tps").order_by("nama", "id")


class _PilihForm(forms.Form):
    versi = forms.IntegerField(min_value=1)
    pemilih = forms.ModelChoiceField(Pemilih.objects.all())


def _pilih(request: HttpRequest, tanggapan: Tanggapan) -> HttpResponse:
    form = _PilihForm(request.POST)
    if not form.is_valid():
        raise Refused("Pilih satu pemilih dari hasil pencarian.")
    tindakan.cocokkan(tanggapan, **form.cleaned_data, oleh=request.user)
    messages.success(request, "Tanggapan dicocokkan. Langkah berikutnya: jadikan usulan, jawab, atau tolak.")
    return redirect("pdpb:tanggapan_detail", tanggapan.pk)


@hak(USUL)
def usulkan(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """The proposal form, begun from the report; with the evidence that came with it."""
    tanggapan, periode = _satu(request, pk), periode_terbuka()
    form, judul, isi = _form(request, tanggapan, jenis)
    bukti = BuktiTanggapanForm(request.POST or None, tanggapan=tanggapan)
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        b = bukti.cleaned_data
        try:
            perubahan = tindakan.jadikan_usulan(
                tanggapan, versi=b["versi"], periode=periode, bukti=bukti.susun(oleh=request.user),
                lampiran=b["lampiran"], oleh=request.user, **isi(form),
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Usulan dicatat. Tiket mengikuti usulan ini sampai disetujui atau ditolak.")
            return redirect("pdpb:perubahan_detail", perubahan.pk)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", tanggapan.pemilih or tanggapan, oleh=request.user, tujuan=f"Usulan dari {tanggapan}")
    return render(
        request,
        "pdpb/tanggapan/usulkan.html",
        {"t": tanggapan, "form": form, "form_bukti": bukti, "periode": periode, "judul": judul},
        status=422 if form.errors or bukti.errors else 200,
    )


def _form(request: HttpRequest, tanggapan: Tanggapan, jenis: str):
    """``(form, title, function that gives the fields of usulkan)``, with what the report says already filled in."""
    kategori = _LAZIM.get(tanggapan.jenis, ("", ""))[1]
    if jenis != "baru":
        aktif = Pendaftaran.objects.for_user(request.user).aktif().select_related("identitas", "tps", "pemilih")
        versi = get_object_or_404(aktif, pemilih=tanggapan.pemilih_id)
        form, judul, isi = form_usul(request, versi, jenis)
        if jenis == "tms":
            form.initial["kategori"] = kategori
        return form, f"{judul}: {tanggapan}", lambda f: {"pemilih": versi.pemilih, **isi(f)}
    data = tanggapan.data
    awal = {"nama": data.orang_nama, "tanggal_lahir": data.orang_tanggal_lahir, "kelurahan": tanggapan.kelurahan_id,
            "alamat": data.orang_alamat, "kategori": Kategori.objects.filter(pk=kategori).first()}  # fmt: skip
    form = BaruForm(request.POST or None, initial=awal)
    if data.identitas:
        # The digits are not shown: left empty, the field means those of the report.
        form.fields["nik"].required = False
        form.fields["nik"].help_text = "Kosongkan untuk memakai NIK yang tertulis pada tanggapan."
    return form, f"Usulkan pemilih baru: {tanggapan}", lambda f: {
        "kategori": f.cleaned_data["kategori"], "elemen": f.elemen(), "nkk": f.cleaned_data["nkk"],
        "nik": f.cleaned_data["nik"] or data.identitas.nik, "kelurahan_tujuan": f.kelurahan, "tps_tujuan": f.tps,
    }  # fmt: skip


# --- Paper -------------------------------------------------------------------------------------------------------
@hak(TANGANI)
@require_GET
def cetak_terima(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF; its code opens the ticket page, so printing it is logged."""
    tanggapan = _satu(request, pk)
    catat_akses("cetak", tanggapan, oleh=request.user, tujuan="Tanda terima")
    pdf = cetak_tanda_terima(tanggapan, oleh=str(request.user))
    return _unduhan(pdf, "application/pdf", f"tanda-terima-{tanggapan.nomor}.pdf")


class SuratForm(forms.Form):
    """The letter may tell what the public page does not, so only to somebody who was identified."""

    diperiksa = forms.BooleanField(
        label="Identitas penerima surat sudah diperiksa dan ia pelapornya",
        error_messages={"required": "Periksa identitas penerima, lalu centang."},
    )


@hak(TANGANI)
def surat(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of answer as PDF, after the officer says that its receiver was identified; logged."""
    tanggapan, form = _satu(request, pk), SuratForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pdf = cetak_surat_jawaban(tanggapan, oleh=str(request.user))
        catat_akses("cetak", tanggapan, oleh=request.user, tujuan="Surat jawaban, identitas penerima diperiksa")
        return _unduhan(pdf, "application/pdf", f"jawaban-{tanggapan.nomor}.pdf")
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"Cetak surat jawaban: {tanggapan}", **_remah(tanggapan), "form": form, "tombol": "Cetak surat",
            "akibat": ["Surat jawaban memuat nama pelapor dan isi jawaban. Berikan hanya kepada pelapor sendiri."],
            "batal": reverse("pdpb:tanggapan_detail", args=[pk]), "unduh": True,
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


_P = "tanggapan/petugas/"
urlpatterns = [
    path(_P, daftar, name="tanggapan_daftar"),
    path(f"{_P}catat/", catat, name="tanggapan_catat"),
    path(f"{_P}<int:pk>/", detail, name="tanggapan_detail"),
    path(f"{_P}<int:pk>/kontak/", buka_kontak, name="tanggapan_kontak"),
    path(f"{_P}<int:pk>/lampiran/<int:nomor>/", lampiran, name="tanggapan_lampiran"),
    path(f"{_P}<int:pk>/kelengkapan/", lengkapi, name="tanggapan_lengkapi"),
    path(f"{_P}<int:pk>/cocokkan/", cocokkan, name="tanggapan_cocokkan"),
    path(f"{_P}<int:pk>/tanda-terima/", cetak_terima, name="tanggapan_cetak_terima"),
    path(f"{_P}<int:pk>/surat/", surat, name="tanggapan_surat"),
    *[
        path(f"{_P}<int:pk>/usulkan/{jenis}/", usulkan, {"jenis": jenis}, name=f"tanggapan_usulkan_{jenis}")
        for jenis in _USULAN
    ],
    *[
        path(f"{_P}<int:pk>/{nama.replace('_', '-')}/", langkah, {"nama": nama}, name=f"tanggapan_{nama}")
        for nama in _LANGKAH
    ],
]
