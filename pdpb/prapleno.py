"""Periksa sebelum pleno: everything the minutes will need, looked at days before, nothing printed or written."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.kesiapan import (
    Butir,
    Keadaan,
    jenis_berlaku,
    mesin_siap,
    nomor_siap,
    penanda_siap,
    penyiap_siap,
    template_siap,
)
from pdpb.actions.naskah import JENIS_BA, naskah_periode
from pdpb.actions.periode import pastikan_ringkasan_benar
from pdpb.documents import DASAR_HUKUM, IsiTidakCocok, gambaran
from pdpb.invarian import Periksa, periksa
from pdpb.models import ImporBatch, Periode, Perubahan, Temuan
from pdpb.pleno import masukan_pleno
from pdpb.ppk import banding_semua
from pdpb.rekap import Rekap, rekap, rekap_dari_baris

KUORUM = "kuorum_ba_pleno"
ATURAN_DIPAKAI = (
    *(KUORUM, "ttd_percobaan_maks", "ttd_jeda_menit", "usia_pemilih_minimum", "usia_coktas", "usia_maksimum"),
    *("usia_wajar_kawin_minimum", "nkk_jumlah_wajar", "rekap_batas_sel_kecil", "target_salinan", "target_pengumuman"),
)
BAIK, AWAS, GAGAL = Keadaan.BAIK, Keadaan.AWAS, Keadaan.GAGAL
P, IB = Perubahan.Status, ImporBatch.Status


@dataclass(frozen=True, slots=True)
class Kelompok:
    """One heading of the page and what was looked at under it."""

    judul: str
    butir: list[Butir]


def periksa_pleno(periode: Periode) -> list[Kelompok]:
    """Every thing the minutes of *periode* depend on, as it stands now for the day of its pleno.

    Without a pleno date the last day of the period counts, and the first line says that the date is missing.
    """
    pleno = periode.tanggal_pleno or periode.akhir
    data = rekap(periode)
    jenis, butir_jenis = jenis_berlaku(JENIS_BA, pleno)
    aturan, kuorum = _aturan(pleno)
    masa, penanda = penanda_siap(pleno, kuorum, _absen(periode))
    naskah = [butir_jenis, *_isi_naskah(data, jenis, masa)]
    if jenis:
        naskah += nomor_siap(jenis, pleno, periode.urutan)
    return [
        Kelompok("Pleno", list(_pleno(periode))),
        Kelompok("Data", [*_data(periode, data)]),
        Kelompok("Identitas rekapitulasi", [*_identitas(periode, data)]),
        Kelompok("Rekap PPK", [*_ppk(periode, data)]),
        Kelompok("Naskah dan nomor", naskah),
        Kelompok("Penanda tangan", [*penanda, penyiap_siap("pdpb.siapkan_ba", "kasubbag_rendatin", pleno)]),
        Kelompok("Aturan bertanggal", aturan),
        Kelompok("Server", mesin_siap(pleno)),
    ]


def _pleno(periode: Periode) -> Iterator[Butir]:
    ubah = ("Ubah periode", reverse("pdpb:periode_ubah", args=[periode.pk]), "pdpb.kelola_periode")
    pleno, kini = periode.tanggal_pleno, hari_ini()
    if pleno is None:
        yield Butir("Tanggal pleno", GAGAL, "Belum diisi. Isi tanggal pleno pada periode ini.", *ubah)
    elif pleno < kini and periode.status == Periode.Status.TERBUKA:
        yield Butir("Tanggal pleno", AWAS, f"{tanggal_panjang(pleno)} sudah lewat dan periode belum dibekukan.", *ubah)
    else:
        lagi = (pleno - kini).days
        yield Butir("Tanggal pleno", BAIK, f"{tanggal_panjang(pleno)}{f', {lagi} hari lagi' if lagi > 0 else ''}.")
    if periode.tempat_pleno:
        yield Butir("Tempat pleno", BAIK, f"{periode.tempat_pleno}.")
    else:
        yield Butir("Tempat pleno", AWAS, "Belum diisi; berita acara akan menulis Kantor KPU Kota Palu.", *ubah)
    if kunci := periode.tanggal_kunci_sidalih:
        terlambat = bool(pleno and kunci > pleno)
        kata = "sesudah pleno; data masih dapat berubah." if terlambat else "tidak sesudah pleno."
        yield Butir("Penguncian SIDALIH", AWAS if terlambat else BAIK, f"{tanggal_panjang(kunci)}, {kata}")
    if not periode.tanggal_cut_off_umur:
        kalimat = f"Belum diisi; umur dihitung pada {tanggal_panjang(periode.cut_off_umur)} (asumsi)."
        yield Butir("Tanggal hitung umur", AWAS, kalimat, *ubah)
    else:
        yield Butir("Tanggal hitung umur", BAIK, f"{tanggal_panjang(periode.tanggal_cut_off_umur)}.")
    dasar = list(periode.dasar_hukum)
    if not dasar or dasar == list(DASAR_HUKUM):
        kalimat = f"Masih daftar bawaan ({len(DASAR_HUKUM)} peraturan). Pastikan tidak ada surat edaran baru."
        yield Butir("Dasar hukum", AWAS, kalimat, *ubah)
    else:
        yield Butir("Dasar hukum", BAIK, f"{len(dasar)} peraturan tercatat pada periode ini.")


def _data(periode: Periode, data: Rekap) -> Iterator[Butir]:
    if periode.status != Periode.Status.TERBUKA:
        versi = f" versi {data.snapshot.versi}" if data.snapshot else ""
        yield Butir("Pembekuan", BAIK, f"Periode sudah dibekukan{versi}; angkanya tidak berubah lagi.")
        return
    impor = ImporBatch.objects.filter(periode=periode)
    daftar = ("Buka impor", reverse("pdpb:impor_daftar"), "pdpb.impor_daftar")
    belum_dimuat = impor.filter(jenis__in=[ImporBatch.Jenis.DPT, ImporBatch.Jenis.LOKSUS], status=IB.DITERAPKAN).count()
    terbuka = impor.filter(status__in=[IB.DIUNGGAH, IB.DIPERIKSA]).count()
    if belum_dimuat:
        kalimat = f"{belum_dimuat} impor masih mempunyai baris yang belum dimuat dan menahan pembekuan."
        yield Butir("Impor", GAGAL, kalimat, *daftar)
    elif terbuka:
        yield Butir("Impor", AWAS, f"{terbuka} impor belum diterapkan. Terapkan atau batalkan sebelum pleno.", *daftar)
    else:
        yield Butir("Impor", BAIK, "Tidak ada impor yang tertinggal.")
    yield from _usulan(periode)
    yield _temuan()
    try:
        pastikan_ringkasan_benar(rekap_dari_baris(periode))
        yield Butir("Hitungan ulang", BAIK, "Ringkasan sama dengan hitungan dari setiap baris daftar.")
    except Refused as tolak:
        yield Butir("Hitungan ulang", GAGAL, str(tolak))


def _usulan(periode: Periode) -> Iterator[Butir]:
    alamat = f"{reverse('pdpb:perubahan_daftar')}?periode={periode.pk}&antrean="
    perubahan = Perubahan.objects.filter(periode=periode).order_by()
    jumlah = dict(perubahan.values_list("status").annotate(n=Count("pk")))
    for judul, antrean, status, kata in (
        ("Usulan menunggu verifikasi", "verifikasi", (P.DIUSULKAN, P.PERLU_COKTAS), "belum diverifikasi"),
        ("Usulan menunggu persetujuan", "setujui", (P.DIVERIFIKASI,), "belum disetujui"),
        ("Usulan ditangguhkan", "tertunda", (P.DITANGGUHKAN,), "ditangguhkan"),
    ):
        if n := sum(jumlah.get(s, 0) for s in status):
            kalimat = f"{ribuan(n)} usulan {kata}; yang tidak disetujui dibawa ke periode berikutnya."
            yield Butir(judul, AWAS, kalimat, "Buka antrean", f"{alamat}{antrean}", "pdpb.lihat_pemilih")
        else:
            yield Butir(judul, BAIK, "Tidak ada.")


def _temuan() -> Butir:
    terbuka = Temuan.objects.filter(status=Temuan.Status.TERBUKA).aggregate(
        galat=Count("pk", filter=Q(tingkat="Galat")), semua=Count("pk")
    )
    if not terbuka["semua"]:
        return Butir("Temuan", BAIK, "Tidak ada temuan yang terbuka.")
    semua, galat = ribuan(terbuka["semua"]), ribuan(terbuka["galat"])
    kalimat = f"{semua} temuan terbuka, {galat} di antaranya galat. Putuskan setiap galat."
    tautan = f"{reverse('pdpb:temuan_daftar')}?status=terbuka"
    return Butir("Temuan", AWAS, kalimat, "Buka temuan", tautan, "pdpb.lihat_pemilih")


def _identitas(periode: Periode, data: Rekap) -> Iterator[Butir]:
    menurut: dict[str, list[Periksa]] = {}
    for satu in periksa(data):
        menurut.setdefault(satu.kode, []).append(satu)
    ke = ("Buka pemeriksaan", reverse("pdpb:rekap_periksa", args=[periode.pk]), "pdpb.lihat_rekap")
    for kode in sorted(menurut, key=lambda k: int(k[1:])):
        baris = menurut[kode]
        salah = [b for b in baris if b.lulus is False]
        ragu = [b for b in baris if b.lulus is None]
        if salah:
            satu = next((b for b in salah if b.wilayah.startswith("Kel.")), salah[0])
            letak = f"{satu.wilayah or 'Kota Palu'}: {satu.aturan}, selisih {ribuan(satu.selisih or 0)}"
            yield Butir(
                kode, GAGAL, f"{len(salah)} sel tidak cocok, antara lain {letak}. {satu.sebab or ''}".strip(), *ke
            )
        elif ragu:
            satu = ragu[0]
            kalimat = (
                f"{len(ragu)} hal perlu dibaca, pertama {satu.wilayah or 'Kota Palu'}: {satu.sebab or satu.aturan}"
            )
            yield Butir(kode, AWAS, f"{kalimat.rstrip('.')}.", *ke)
        else:
            yield Butir(
                kode, BAIK, f"{baris[0].aturan[:1].upper()}{baris[0].aturan[1:]}; {ribuan(len(baris))} diperiksa."
            )
    if data.snapshot is None:
        yield Butir("R10 dan R15", BAIK, "Banyak baris beku, kelompok usia, dan disabilitas dihitung ketika dibekukan.")


def _ppk(periode: Periode, data: Rekap) -> Iterator[Butir]:
    """What the PPK counted differently: to be read before the pleno, never a reason to refuse it."""
    semua = banding_semua(periode, data)
    if not semua:
        yield Butir("Rekap PPK", BAIK, "Belum ada rekap PPK yang dimuat; sumber ini tidak wajib.")
    for satu in semua:
        judul, beda = f"PPK {satu.rekap.kecamatan}", ribuan(len(satu.berbeda))
        ke = ("Buka perbandingan", satu.rekap.get_absolute_url(), "pdpb.lihat_rekap")
        if satu.belum:
            kalimat = (
                f"{beda} baris berbeda dari rekap kita, {ribuan(satu.belum)} belum dijelaskan. Jelaskan sebelum pleno."
            )
            yield Butir(judul, AWAS, kalimat, *ke)
        elif satu.tindak_lanjut:
            kalimat = (
                f"{beda} baris berbeda; {ribuan(satu.tindak_lanjut)} tindak lanjut belum ditutup dengan penjelasan."
            )
            yield Butir(judul, AWAS, kalimat, *ke)
        elif satu.berbeda:
            yield Butir(judul, BAIK, f"{beda} baris berbeda dan semuanya sudah dijelaskan.")
        else:
            yield Butir(judul, BAIK, f"{ribuan(len(satu.baris))} baris sama dengan rekap kita.")


def _isi_naskah(data: Rekap, jenis, masa) -> Iterator[Butir]:
    judul = "Isi berita acara"
    try:
        isi = gambaran(data)
    except IsiTidakCocok as salah:
        yield Butir(judul, GAGAL, f"Jumlah dalam berita acara tidak cocok ({salah}). Hubungi admin sebelum pleno.")
        return
    yield Butir(judul, BAIK, "Jumlah, lampiran, dan angka dalam kata cocok satu sama lain (R2, R3, R4, R7, R8, R11).")
    if jenis:
        yield template_siap(jenis, isi, masa)
    if not masukan_pleno(data.periode):
        yield Butir("Masukan pleno", BAIK, "Belum ada; dicatat pada hari pleno sebelum periode dibekukan.")


def _aturan(pleno) -> tuple[list[Butir], int]:
    """Each dated rule the quarter uses as it will stand on *pleno*; and the quorum, all five when it is missing."""
    ke = ("Lihat aturan", reverse("admin:aturan_aturan_changelist"), "aturan.change_aturan")
    baris: dict[str, Aturan] = {}
    berlaku = Aturan.objects.filter(Q(akhir=None) | Q(akhir__gte=pleno), kode__in=ATURAN_DIPAKAI, mulai__lte=pleno)
    for satu in berlaku.order_by("mulai"):
        baris[satu.kode] = satu
    hasil = [
        Butir(kode, GAGAL, f"Tidak ada nilai yang berlaku pada {tanggal_panjang(pleno)}. Minta admin mengisinya.", *ke)
        for kode in ATURAN_DIPAKAI
        if kode not in baris
    ]
    for satu in baris.values():
        kalimat = f"{satu.nilai.normalize():f} {satu.satuan}. Dasar: {satu.dasar_hukum.rstrip('.')}."
        if satu.kepastian == Aturan.Kepastian.ASUMSI:
            hasil.append(
                Butir(satu.nama, AWAS, f"{kalimat} Belum dikonfirmasi; minta Subbagian Hukum memeriksanya.", *ke)
            )
        else:
            hasil.append(Butir(satu.nama, BAIK, kalimat))
    kuorum = baris.get(KUORUM)
    return hasil, int(kuorum.nilai) if kuorum else 5


def _absen(periode: Periode) -> dict[int, str]:
    """Absences that the living draft of the minutes states already."""
    naskah = naskah_periode(periode)
    if naskah is None:
        return {}
    return dict(naskah.penandatangan.filter(hadir=False).values_list("user_id", "alasan_tidak_hadir"))
