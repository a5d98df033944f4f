"""The officer's queue of citizens' reports: list, intake at the counter, one report and the steps it takes.

Reading is logged. Contacts and NIK are masked until opened for a stated purpose, once, as in ``views.pemilih``.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.models import berlaku
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.lampiran import TIPE
from kpupalu.kalender.tenggat import lama, tenggat_banyak
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions import tanggapan as tindakan
from pdpb.actions.surat_jawaban import surat_tanggapan
from pdpb.forms.pemilih import TujuanForm
from pdpb.forms.tanggapan import (
    CatatTanggapanForm,
    SaringTanggapanForm,
)
from pdpb.langkah_tanggapan import KEKURANGAN
from pdpb.models import LampiranTanggapan, Pendaftaran, Tanggapan
from pdpb.models.tanggapan import ATURAN_TARGET
from pdpb.views.unduhan import unduhan

LIHAT, CATAT, TANGANI = "pdpb.lihat_tanggapan", "pdpb.catat_tanggapan", "pdpb.tangani_tanggapan"
USUL, NIK = "pdpb.usul_perubahan", "pdpb.lihat_nik"
J, S, K = Tanggapan.Jenis, Tanggapan.Status, Tanggapan.Keadaan
SELESAI = (*Tanggapan.SELESAI, K.DITINDAKLANJUTI)
"""States in which a report has its answer."""
_ANTREAN = {
    "menunggu": Tanggapan.MENUNGGU,
    "pelapor": (S.PERLU_DILENGKAPI,),
    "usulan": (S.DIUSULKAN,),
    "selesai": SELESAI,
}
KEADAAN = dict(S.choices) | dict(K.choices)
_WARNA = {S.PERLU_DILENGKAPI: "awas", S.DIPERIKSA: "info", S.DIUSULKAN: "tunggu", S.DIJAWAB: "baik",
          S.DITOLAK: "bahaya", K.DITINDAKLANJUTI: "baik", K.USULAN_DITOLAK: "awas"}  # fmt: skip
# Which change usually follows from a report: its kind, and the category where there is only one.
LAZIM = {
    J.BELUM_TERDAFTAR: ("baru", ""), J.PENSIUN_TNI_POLRI: ("baru", "purna_tni_polri"),
    J.MENINGGAL: ("tms", "meninggal"), J.PINDAH: ("tms", "pindah_domisili"), J.MENJADI_TNI_POLRI: ("tms", ""),
    J.DATA_KELIRU: ("ubah", ""),
}  # fmt: skip
USULAN = {"baru": "Usulkan pemilih baru", "tms": "Usulkan TMS", "ubah": "Usulkan perbaikan",
           "mutasi": "Usulkan mutasi"}  # fmt: skip


def hiasi(banyak: Iterable[Tanggapan]) -> list[Tanggapan]:
    """Each of *banyak* (read by ``dengan_keadaan``) with what a page says of it: ``kata``, ``warna``, ``hari`` of age,
    ``target``, and ``lewat``, the days since that target while the office owes the answer."""
    semua, kini = list(banyak), hari_ini()
    target = tenggat_banyak(ATURAN_TARGET, {satu.diterima for satu in semua})
    for satu in semua:
        satu.kata, satu.warna = KEADAAN[satu.kini], _WARNA.get(satu.kini, "netral")
        selesai = satu.kini in SELESAI
        satu.hari, satu.target = satu.umur(satu.selesai if selesai else kini), target[satu.diterima]
        menunggu_kita = not selesai and satu.kini != S.PERLU_DILENGKAPI
        satu.lewat = max((kini - satu.target.tanggal).days, 0) if menunggu_kita else 0
    return semua


def saring(user, query):
    """The reports a query string asks for, with their state; what is no choice filters nothing."""
    baris = Tanggapan.objects.for_user(user).dengan_keadaan()
    form = SaringTanggapanForm(query)
    form.is_valid()
    isi = form.cleaned_data
    if isi.get("antrean") == "terlambat":
        baris = baris.terlambat()
    elif isi.get("antrean"):
        baris = baris.filter(kini__in=_ANTREAN[isi["antrean"]])
    for nama in ("jenis", "kanal", "kelurahan"):
        if isi.get(nama):
            baris = baris.filter(**{nama: isi[nama]})
    if hari := isi.get("target"):
        baris = baris.bertarget(hari, hari)
    return baris


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first, with the days each has waited; below it the figures of a year by month."""
    pakai("telusur_pemilih", oleh=request.user)
    baris = saring(request.user, request.GET)
    halaman = ambil_halaman_dari(request, baris.select_related("data", "kelurahan"), ("diterima", "id"))
    hiasi(halaman)
    catat_akses("lihat", None, oleh=request.user, objek_label="Antrean tanggapan masyarakat", jumlah=len(halaman))
    setahun = (hari_ini() - timedelta(days=365)).replace(day=1)
    return render(
        request,
        "pdpb/tanggapan/daftar.html",
        {
            "form": SaringTanggapanForm(request.GET or None),
            "halaman": halaman,
            "jumlah": baris.count(),
            "target": lama(berlaku(ATURAN_TARGET, pada=hari_ini())),
            "bulanan": Tanggapan.objects.for_user(request.user).bulanan(setahun),
        },
    )


def ambil(request: HttpRequest, pk: int) -> Tanggapan:
    """The report *pk* with its state, as far as this person may read it; 404 otherwise."""
    semua = Tanggapan.objects.for_user(request.user).dengan_keadaan()
    return get_object_or_404(
        semua.select_related("data__identitas", "kelurahan__kecamatan", "perubahan__kategori", "dicatat_oleh"), pk=pk
    )


def remah(tanggapan: Tanggapan | None = None) -> dict:
    """Part and path of a page below the queue, and below *tanggapan* if given."""
    jalan = [("Tanggapan masyarakat", reverse("pdpb:tanggapan_daftar"))]
    if tanggapan:
        jalan.append((str(tanggapan), reverse("pdpb:tanggapan_detail", args=[tanggapan.pk])))
    return {"bagian": "Data Pemilih", "remah": jalan}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says, the voter it was matched with, reports like it, what may be done with it now."""
    return _halaman_detail(request, pk, TujuanForm())


def _halaman_detail(request: HttpRequest, pk: int, form_tujuan: TujuanForm) -> HttpResponse:
    tanggapan = hiasi([ambil(request, pk)])[0]
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
            "serupa": hiasi(serupa.select_related("data", "kelurahan").order_by("-pk")[:20]),
            "tindakan": _tindakan(tanggapan, request.user),
            "bersurat": tanggapan.kini in SELESAI,
            "surat": surat_tanggapan(tanggapan),
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
            lazim = LAZIM.get(tanggapan.jenis, ("", ""))[0]
            boleh = ["tms", "ubah", "mutasi"] if tanggapan.pemilih_id else ["baru"]
            for jenis in sorted(boleh, key=lambda j: j != lazim):
                hasil.append((USULAN[jenis], reverse(f"pdpb:tanggapan_usulkan_{jenis}", args=[tanggapan.pk])))
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
            "judul": "Catat tanggapan masyarakat", **remah(), "form": form, "tombol": "Catat tanggapan",
            "batal": reverse("pdpb:tanggapan_daftar"),
            "konteks": "Untuk yang datang ke loket, bersurat, atau mengirim pesan.",
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(NIK)
@require_POST
def buka_kontak(request: HttpRequest, pk: int) -> HttpResponse:
    """Show contacts and NIK once, on the next page only; who, what and why are logged."""
    tanggapan, form = ambil(request, pk), TujuanForm(request.POST)
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
    tanggapan = ambil(request, pk)
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
    return unduhan(isi, TIPE[baris.jenis], f"tanggapan-{tanggapan.nomor}-{baris.pk}.{baris.jenis}")


ALAMAT = "tanggapan/petugas/"
urlpatterns = [
    path(ALAMAT, daftar, name="tanggapan_daftar"),
    path(f"{ALAMAT}catat/", catat, name="tanggapan_catat"),
    path(f"{ALAMAT}<int:pk>/", detail, name="tanggapan_detail"),
    path(f"{ALAMAT}<int:pk>/kontak/", buka_kontak, name="tanggapan_kontak"),
    path(f"{ALAMAT}<int:pk>/lampiran/<int:nomor>/", lampiran, name="tanggapan_lampiran"),
]
