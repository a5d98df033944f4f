"""The yearly report: opened with its term, narrated, frozen, printed, sent; and the monthly recap of the list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import Tentang, hentikan, pasang
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini, sekarang
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah
from ppid.actions.jawaban import pejabat_pada
from ppid.laporan import perkara as _perkara  # noqa: F401 - they register the sections
from ppid.laporan import permohonan as _permohonan  # noqa: F401
from ppid.laporan.angka import susun_angka
from ppid.laporan.cetakan import isi_laporan
from ppid.laporan.rekap import SUBJEK, isi_rekap
from ppid.models import LaporanTahunan, Pejabat, Permohonan
from ppid.models.daftar_informasi import maju_bulan

S = LaporanTahunan.Status
JENIS, JENIS_REKAP, ATURAN = "ppid-laporan", "ppid-rekap-dip", "PPID-LAPORAN"


def jatuh_tempo(tahun: int) -> date:
    """The last day on which the report of *tahun* may be sent: so many months after the year ended."""
    akhir = date(tahun, 12, 31)
    return maju_bulan(akhir, nilai_bulat("ppid_laporan_bulan", pada=akhir))


@transaction.atomic
def buka_laporan(tahun: int, *, oleh) -> LaporanTahunan:
    """The report of *tahun*, opened with its term if nobody has yet; *oleh* None is the system itself.

    Refuses a year that has not begun, and one before the first request.
    """
    if oleh is not None:
        perlu_hak(oleh, "ppid.susun_laporan", "Laporan layanan informasi disusun oleh petugas layanan.")
    if lama := LaporanTahunan.objects.filter(tahun=tahun).first():
        return lama
    if tahun > hari_ini().year:
        raise Refused(f"Tahun {tahun} belum dimulai. Pilih tahun yang berjalan atau yang sudah lewat.")
    if tahun < 2010:
        raise Refused("Tahun ini mendahului berlakunya layanan informasi publik. Periksa tahunnya.")
    laporan, baru = LaporanTahunan.objects.get_or_create(tahun=tahun, defaults={"jatuh_tempo": jatuh_tempo(tahun)})
    if baru:
        akhir = date(tahun, 12, 31)
        tentang = Tentang(
            judul=f"Kirim laporan layanan informasi {tahun}", tautan=laporan.get_absolute_url(), sumber="PPID",
            hak_lihat="ppid.lihat_laporan", hak_urus="ppid.susun_laporan",
        )  # fmt: skip
        pasang(laporan, ATURAN, akhir, tentang=tentang, oleh=oleh, jumlah=(laporan.jatuh_tempo - akhir).days)
        catat("ppid.buka_laporan", laporan, oleh=oleh, kalimat=f"Membuka laporan layanan informasi {tahun}")
    return laporan


def buka_yang_jatuh_tempo(pada: date) -> None:
    """Once a year has ended in which somebody asked, its report is there with its term."""
    lalu = pada.year - 1
    if Permohonan.objects.filter(diterima_pada__year=lalu).exists():
        buka_laporan(lalu, oleh=None)


def _pegang(laporan: LaporanTahunan, *, versi: int, dari: tuple[str, ...]) -> LaporanTahunan:
    segar = LaporanTahunan.objects.select_for_update().get(pk=laporan.pk)
    if segar.versi != versi:
        raise Refused("Laporan ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in dari:
        raise Refused(f"Laporan ini {segar.get_status_display().lower()}. Muat ulang halamannya.")
    return segar


def _simpan(laporan: LaporanTahunan, acara: str, kata: str, *, oleh, alasan: str = "", **isi: Any) -> LaporanTahunan:
    lama = {k: getattr(laporan, k) for k in isi}
    for bidang, nilai in isi.items():
        setattr(laporan, bidang, nilai)
    laporan.versi += 1
    laporan.save()
    ubah = {k: (lama[k], isi[k]) for k in isi if k != "beku" and lama[k] != isi[k]}
    catat(f"ppid.{acara}", laporan, oleh=oleh, kalimat=kata, alasan=alasan, perubahan=ubah)
    return laporan


@transaction.atomic
def tulis_narasi(laporan: LaporanTahunan, *, isi: Mapping[str, str], versi: int, oleh) -> LaporanTahunan:
    """Keep what the officer writes about facilities, people, budget, obstacles and recommendations.

    A NIK in it is masked. Refuses a frozen report.
    """
    perlu_hak(oleh, "ppid.susun_laporan", "Laporan layanan informasi disusun oleh petugas layanan.")
    segar = _pegang(laporan, versi=versi, dari=(S.KONSEP,))
    bersih = {k: samarkan_teks(isi[k].strip()) for k in LaporanTahunan.NARASI if k in isi}
    return _simpan(segar, "tulis_laporan", "Menulis narasi laporan", oleh=oleh, **bersih)


@transaction.atomic
def bekukan(laporan: LaporanTahunan, *, versi: int, oleh) -> LaporanTahunan:
    """Keep the figures of today with the register numbers behind each; they do not move any more.

    Refuses before the year has ended and while a part of the narrative is empty, and names each such part.
    """
    perlu_hak(oleh, "ppid.bekukan_laporan", "Angka laporan dibekukan oleh PPID.")
    segar = _pegang(laporan, versi=versi, dari=(S.KONSEP,))
    if hari_ini() <= date(segar.tahun, 12, 31):
        raise Refused(f"Tahun {segar.tahun} belum berakhir. Angka dibekukan mulai 1 Januari {segar.tahun + 1}.")
    if kosong := [judul for judul, teks in segar.narasi if not teks]:
        raise Refused(f"Lengkapi dahulu bagian: {', '.join(kosong)}.")
    angka = susun_angka(segar.tahun, hari_ini())
    return _simpan(segar, "bekukan_laporan", "Membekukan angka laporan", oleh=oleh, status=S.BEKU, beku=angka,
                   dibekukan_pada=sekarang(), dibekukan_oleh=oleh)  # fmt: skip


@transaction.atomic
def buka_kembali(laporan: LaporanTahunan, *, catatan: str, versi: int, oleh) -> LaporanTahunan:
    """Take a frozen report that was not sent back to a draft, with the reason; its figures are counted anew.

    Refuses while a printed report stands: it is withdrawn or replaced first.
    """
    perlu_hak(oleh, "ppid.bekukan_laporan", "Laporan dibuka kembali oleh PPID.")
    catatan = perlu_alasan(catatan)
    segar = _pegang(laporan, versi=versi, dari=(S.BEKU,))
    naskah = naskah_laporan(segar)
    if naskah and naskah.selesai_ditandatangani:
        dasar.tandai_diganti(naskah, by=oleh, alasan=catatan)
    elif naskah:
        raise Refused(f"Tarik dahulu naskah {naskah.nomor or naskah.judul}, lalu buka kembali laporan ini.")
    return _simpan(segar, "buka_kembali_laporan", "Membuka kembali laporan", oleh=oleh, alasan=catatan,
                   status=S.KONSEP, beku=[], dibekukan_pada=None, dibekukan_oleh=None)  # fmt: skip


def naskah_laporan(laporan: LaporanTahunan) -> Naskah | None:
    """The printed report that stands, if any."""
    return Naskah.objects.subjek(laporan._meta.label_lower, laporan.pk).hidup().filter(kode_jenis=JENIS).first()


@transaction.atomic
def cetak_laporan(laporan: LaporanTahunan, *, versi: int, oleh) -> Naskah:
    """Number and print the frozen report, to be signed by the PPID of today."""
    perlu_hak(oleh, "ppid.bekukan_laporan", "Naskah laporan disiapkan oleh PPID.")
    segar = _pegang(laporan, versi=versi, dari=(S.BEKU,))
    penanda = [pejabat_pada(Pejabat.Peran.PPID, hari_ini())]
    naskah = dasar.buat_naskah(JENIS, subjek=segar, isi=isi_laporan(segar), penandatangan=penanda, by=oleh)
    naskah = dasar.siapkan(naskah, by=oleh)
    _simpan(segar, "cetak_laporan", f"Menyiapkan naskah {naskah.nomor}", oleh=oleh)
    return naskah


@transaction.atomic
def kirim_laporan(laporan: LaporanTahunan, *, pada: date, cara: str, bukti: str, versi: int, oleh) -> LaporanTahunan:
    """Record when and how the signed report went to KPU Provinsi; its term stops with that day, late or not.

    Refuses an unsigned report, a day before it was signed or after today, and a sending without proof.
    """
    perlu_hak(oleh, "ppid.susun_laporan", "Pengiriman laporan dicatat oleh petugas layanan.")
    segar = _pegang(laporan, versi=versi, dari=(S.BEKU,))
    naskah = naskah_laporan(segar)
    if naskah is None or not naskah.selesai_ditandatangani:
        raise Refused("Laporan dikirim setelah naskahnya ditandatangani PPID. Siapkan dan tandatangani lebih dahulu.")
    mulai = naskah.lengkap_pada.astimezone(WITA).date() if naskah.lengkap_pada else naskah.tanggal
    if not mulai <= pada <= hari_ini():
        raise Refused(f"Tanggal kirim harus di antara {tanggal_panjang(mulai)} dan hari ini.")
    if len(bukti.strip()) < 3:
        raise Refused("Tuliskan bukti pengiriman, misalnya nomor resi atau nomor surat pengantar.")
    for tenggat in TenggatBerjalan.objects.subjek(segar).terbuka():
        hentikan(tenggat, oleh=oleh, pada=pada)
    return _simpan(segar, "kirim_laporan", "Mengirim laporan kepada KPU Provinsi", oleh=oleh, status=S.TERKIRIM,
                   dikirim_pada=pada, cara=cara, bukti=samarkan_teks(bukti.strip())[:200])  # fmt: skip


@transaction.atomic
def cetak_rekap(tahun: int, bulan: int, *, oleh) -> Naskah:
    """Number and print the recap of what was refreshed in a month, to be signed by the PPID of today.

    Refuses a month that has not ended and a second recap of the same month while one stands.
    """
    perlu_hak(oleh, "ppid.tetapkan_dip", "Rekap pemutakhiran ditandatangani PPID.")
    if hari_ini() < maju_bulan(date(tahun, bulan, 1), 1):
        raise Refused("Bulan ini belum berakhir. Rekap dicetak mulai tanggal 1 bulan berikutnya.")
    isi = isi_rekap(tahun, bulan)
    penanda = [pejabat_pada(Pejabat.Peran.PPID, hari_ini())]
    naskah = dasar.buat_naskah(
        JENIS_REKAP, subjek=(SUBJEK, f"{tahun}-{bulan:02d}"), isi=isi, penandatangan=penanda, by=oleh
    )
    naskah = dasar.siapkan(naskah, by=oleh)
    catat("ppid.cetak_rekap", naskah, oleh=oleh, kalimat=f"Menyiapkan {naskah.judul}")
    return naskah
