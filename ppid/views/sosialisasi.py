"""Events: the list, the plan, one event with everything that belongs to it, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.rapat.models import Rapat
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid import sosialisasi as periksa
from ppid.actions import sosialisasi as aksi
from ppid.actions.isi_sosialisasi import BOLEH, TERBITKAN
from ppid.cetakan_sosialisasi import jumlah_anggaran, kurang_untuk_laporan, rupiah
from ppid.forms.permohonan import CatatanForm
from ppid.forms.sosialisasi import (
    JawabanKoordinasiForm,
    KoordinasiForm,
    LaksanakanForm,
    LaporanForm,
    RencanaForm,
    SaringSosialisasiForm,
    SetujuiForm,
    SpjForm,
    TempatForm,
    UlangForm,
    UndangForm,
)
from ppid.models import Koordinasi, Narasumber, PosAnggaran, Sosialisasi

LIHAT, KELOLA, SETUJUI, SPJ = "ppid.lihat_sosialisasi", aksi.KELOLA, aksi.SETUJUI, aksi.SPJ
S = Sosialisasi.Status
WARNA = {
    S.RENCANA: "netral", S.KOORDINASI: "info", S.DISETUJUI: "info", S.DIUNDANG: "info", S.TERLAKSANA: "baik",
    S.LAPORAN: "baik", S.SPJ: "baik", S.BATAL: "netral",
}  # fmt: skip
ALUR = (S.RENCANA, S.KOORDINASI, S.DISETUJUI, S.DIUNDANG, S.TERLAKSANA, S.LAPORAN, S.SPJ)


def menurut_antrean(baris, antrean: str):
    """The rows of one queue of the list, exactly those the cards on Beranda count."""
    if antrean == "janggal":
        return baris.filter(pk__in=[t.sosialisasi.pk for t in periksa.temuan()])
    pilihan: dict[str, Callable] = {
        "koordinasi": baris.perlu_koordinasi, "setujui": baris.siap_disetujui, "spj": baris.menunggu_spj,
        "catat": lambda: baris.perlu_dicatat(hari_ini()),
    }  # fmt: skip
    return pilihan[antrean]() if antrean in pilihan else baris


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """Every event, the latest first."""
    form = SaringSosialisasiForm(request.GET or None)
    baris = Sosialisasi.objects.for_user(request.user)
    if form.is_valid():
        baris = menurut_antrean(baris, form.cleaned_data["antrean"])
        if form.cleaned_data["status"]:
            baris = baris.filter(status=form.cleaned_data["status"])
    halaman = ambil_halaman_dari(request, baris, ("-tanggal_usulan", "-id"))
    janggal = {t.sosialisasi.pk for t in periksa.temuan(s for s in halaman if s.status in Sosialisasi.BERTANGGAL)}
    for s in halaman:
        s.warna, s.janggal = WARNA[S(s.status)], s.pk in janggal
    return render(request, "ppid/sosialisasi_daftar.html", {"halaman": halaman, "jumlah": baris.count(), "form": form})


def satu(request: HttpRequest, pk: int) -> Sosialisasi:
    """The event, or 404 for whoever may not see it."""
    semua = Sosialisasi.objects.for_user(request.user)
    return get_object_or_404(
        semua.select_related("koordinasi__surat__naskah", "rapat__undangan__naskah", "naskah", "dibuat_oleh"), pk=pk
    )


def remah(s: Sosialisasi | None = None) -> dict[str, Any]:
    """Section and breadcrumb of a page below the list, or below *s*."""
    jejak = [("Sosialisasi", reverse("ppid:sosialisasi_daftar"))]
    return {"bagian": "PPID", "remah": jejak + ([(s.judul, s.get_absolute_url())] if s else [])}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: where it stands, coordination, speakers, meeting, budget, materials, evaluation, history."""
    s, user = satu(request, pk), request.user
    catat_akses("lihat", s, oleh=user)
    rencana, nyata = jumlah_anggaran(s)
    pos = list(s.anggaran.all())
    for p in pos:
        p.kata_rencana, p.kata_realisasi = rupiah(p.rencana), rupiah(p.realisasi)
    kelola = user.has_perm(KELOLA)
    isi = {
        "s": s, "warna": WARNA[S(s.status)], "temuan": [t.kalimat for t in periksa.temuan([s])],
        "langkah": [st.label for st in ALUR], "kini": ALUR.index(S(s.status)) + 1 if s.status in ALUR else 0,
        "tindakan": tindakan(s, user),
        "koordinasi": s.daftar_koordinasi.select_related("kepada", "surat__naskah"),
        "narasumber": s.narasumber.select_related("surat__naskah"), "pos": pos,
        "rencana": rupiah(rencana), "nyata": rupiah(nyata), "materi": s.materi.select_related("narasumber", "oleh"),
        "evaluasi": s.evaluasi.all(), "kurang": kurang_untuk_laporan(s) if s.status == S.TERLAKSANA else [],
        "rapat": Rapat.objects.for_user(user).subjek(s._meta.label_lower, s.pk),
        "boleh_narasumber": kelola and s.status in BOLEH[Narasumber],
        "boleh_anggaran": kelola and s.status in BOLEH[PosAnggaran],
        "boleh_realisasi": user.has_perm(SPJ) and s.status in (S.TERLAKSANA, S.LAPORAN),
        "boleh_materi": kelola and s.status not in (S.BATAL, S.SPJ),
        "boleh_terbit": user.has_perm(TERBITKAN) and s.tanggal is not None and s.status != S.BATAL,
        "boleh_tanya": kelola and s.status not in (S.BATAL, S.LAPORAN, S.SPJ),
        "boleh_nilai": kelola and s.status == S.TERLAKSANA,
        "riwayat": riwayat_untuk(s, user),
    }  # fmt: skip
    return render(request, "ppid/sosialisasi.html", isi)


@hak(KELOLA)
def rencanakan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new plan, or a correction of one that was not put to PPID KPU RI yet."""
    s = satu(request, pk) if pk else None
    form = RencanaForm(request.POST or None, instance=s)
    if request.method == "POST" and form.is_valid():
        try:
            if s:
                hasil = aksi.ubah_rencana(s, isi=form.isi(), versi=form.cleaned_data["versi"] or 0, oleh=request.user)
            else:
                hasil = aksi.rencanakan(isi=form.isi(), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Rencana disimpan. Berikutnya, koordinasikan tanggalnya dengan PPID KPU RI.")
            return redirect(hasil)
    isi = {
        "judul": "Ubah rencana sosialisasi" if s else "Rencanakan sosialisasi", **remah(s), "form": form,
        "tombol": "Simpan rencana", "batal": s.get_absolute_url() if s else reverse("ppid:sosialisasi_daftar"),
        "konteks": "Tanggalnya baru tetap setelah dikoordinasikan dengan PPID KPU RI dan disetujui sekretaris.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step: form, act, button, what will happen, from which states, with which rights."""

    form: type[forms.Form]
    aksi: Callable[..., Any]
    label: str
    akibat: str
    dari: tuple[str, ...]
    hak: tuple[str, ...]
    genting: bool = False


_RAPAT, _SURAT, _NASKAH = "rapat.kelola_rapat", "surat.susun_surat", "naskah.siapkan_naskah"
_LANGKAH = {
    "koordinasi": Langkah(
        KoordinasiForm, aksi.koordinasikan, "Koordinasikan tanggal",
        "Konsep surat kepada PPID KPU RI disusun, atau surat yang sudah dikirim dicatat.",
        (S.RENCANA, S.KOORDINASI), (KELOLA,),
    ),
    "jawaban": Langkah(
        JawabanKoordinasiForm, aksi.catat_jawaban, "Catat jawaban",
        "Bila disepakati, sekretaris dapat menyetujui tanggalnya.", (S.KOORDINASI,), (KELOLA,),
    ),
    "setujui": Langkah(
        SetujuiForm, aksi.setujui, "Setujui pelaksanaan",
        "Tanggal yang disepakati menjadi tetap, rapatnya dijadwalkan, dan pengumumannya tampil di situs.",
        (S.KOORDINASI,), (SETUJUI,),
    ),
    "undang": Langkah(
        UndangForm, aksi.undang, "Susun undangan", "Konsep undangan disusun untuk semua instansi yang dipilih.",
        Sosialisasi.TERJADWAL, (KELOLA, _RAPAT, _SURAT),
    ),
    "laksanakan": Langkah(
        LaksanakanForm, aksi.laksanakan, "Catat terlaksana", "Evaluasi dan laporan dapat disusun.", (S.DIUNDANG,),
        (KELOLA,),
    ),
    "laporan": Langkah(
        LaporanForm, aksi.susun_laporan, "Susun laporan",
        "Isinya dibekukan, diberi nomor, dan menunggu tanda tangan PPID.", (S.TERLAKSANA, S.LAPORAN),
        (KELOLA, _NASKAH),
    ),
    "spj": Langkah(SpjForm, aksi.selesaikan_spj, "Catat SPJ", "Sosialisasi ini selesai.", (S.LAPORAN,), (SPJ,)),
    "tempat": Langkah(
        TempatForm, aksi.pindah_tempat, "Ubah tempat atau jam", "Undangan yang sudah terkirim tidak ikut berubah.",
        Sosialisasi.TERJADWAL, (SETUJUI,),
    ),
    "ulang": Langkah(
        UlangForm, aksi.jadwalkan_ulang, "Jadwalkan ulang",
        "Rapatnya ditunda. Tanggal yang baru dikoordinasikan lagi dengan PPID KPU RI.", Sosialisasi.TERJADWAL,
        (KELOLA, _RAPAT), True,
    ),
    "batal": Langkah(
        CatatanForm, aksi.batalkan, "Batalkan", "Rapatnya dibatalkan dan pengumumannya hilang dari situs.",
        (S.RENCANA, S.KOORDINASI, *Sosialisasi.TERJADWAL), (), True,
    ),
}  # fmt: skip


def _terbuka(s: Sosialisasi, nama: str, x: Langkah, user) -> bool:
    """Whether the step *nama* would not be refused by what can be seen before it is tried."""
    if s.status not in x.dari or not user.has_perms(x.hak):
        return False
    k = s.koordinasi_terakhir if s.status == S.KOORDINASI else None
    if nama == "koordinasi" and k:
        return k.hasil == Koordinasi.Hasil.DITOLAK
    if nama == "jawaban":
        return bool(k and not k.hasil)
    if nama == "setujui":
        return bool(k and k.hasil == Koordinasi.Hasil.DISETUJUI and s.dibuat_oleh_id != user.pk)
    if nama == "laksanakan":
        return bool(s.tanggal and s.tanggal <= hari_ini())
    if nama == "laporan" and s.naskah:
        return s.status == S.TERLAKSANA or s.naskah.status in aksi.GUGUR
    if nama == "batal":
        boleh = user.has_perm(SETUJUI) or user.has_perm(KELOLA)
        return boleh and (s.rapat is None or user.has_perm(_RAPAT))
    return True


def tindakan(s: Sosialisasi, user) -> list[tuple[str, str]]:
    """``(label, address)`` of the steps open to *user*, the next one first."""
    hasil = [
        (x.label, reverse(f"ppid:sosialisasi_{nama}", args=[s.pk]))
        for nama, x in _LANGKAH.items() if _terbuka(s, nama, x, user)
    ]  # fmt: skip
    if s.status == S.RENCANA and user.has_perm(KELOLA):
        hasil.insert(1, ("Ubah rencana", reverse("ppid:sosialisasi_ubah", args=[s.pk])))
    if s.status == S.KOORDINASI and user.has_perm(_RAPAT):
        hasil.append(("Jadwalkan rapat koordinasi", reverse("ppid:sosialisasi_rapat", args=[s.pk])))
    return hasil


def _awal(s: Sosialisasi, nama: str) -> dict[str, Any]:
    awal: dict[str, Any] = {"versi": s.versi, "tempat": s.tempat}
    if s.rapat and nama in ("setujui", "tempat"):
        awal |= {"mulai": s.rapat.mulai, "selesai": s.rapat.selesai, "pimpinan": s.rapat.pimpinan}
    if s.rapat and nama == "undang":
        awal["instansi"] = [p.instansi_id for p in s.rapat.peserta.all()]
    if nama in ("undang", "laporan"):
        awal["tanggal"] = hari_ini()
    return awal


@hak(LIHAT)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step; the act refuses whoever may not, and nothing typed is lost."""
    s, x = satu(request, pk), _LANGKAH[nama]
    form = x.form(request.POST or None, initial=_awal(s, nama))
    if request.method == "POST" and form.is_valid():
        try:
            x.aksi(s, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{x.label} berhasil.")
            return redirect(s)
    isi = {
        "judul": f"{x.label}: {s.judul}", **remah(s), "akibat": [x.akibat], "form": form, "tombol": x.label,
        "genting": x.genting, "batal": s.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("sosialisasi/", daftar, name="sosialisasi_daftar"),
    path("sosialisasi/rencanakan/", rencanakan, name="sosialisasi_rencanakan"),
    path("sosialisasi/<int:pk>/", detail, name="sosialisasi"),
    path("sosialisasi/<int:pk>/ubah/", rencanakan, name="sosialisasi_ubah"),
    *(
        path(f"sosialisasi/<int:pk>/{nama}/", langkah, {"nama": nama}, name=f"sosialisasi_{nama}")
        for nama in _LANGKAH
    ),
]  # fmt: skip
