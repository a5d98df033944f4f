"""What of the voter data is due, for the calendar page. All are targets of the office, none a legal term."""

from collections import Counter
from datetime import date, timedelta

from django.urls import reverse

from kpupalu.kalender.target import Target, daftarkan_target
from kpupalu.kalender.tenggat import jatuh_tempo, tenggat, tenggat_banyak
from kpupalu.lib.angka import ribuan
from kpupalu.surat.models import Instansi
from pdpb import kematian
from pdpb.actions.naskah import naskah_periode
from pdpb.models import KegiatanCoktas, LembarSidalih, Periode, SaranPerbaikan, Tanggapan
from pdpb.models.coktas import ATURAN_TUTUP
from pdpb.models.sidalih import ATURAN_UNGGAH
from pdpb.models.tanggapan import ATURAN_TARGET

SUMBER = "Data pemilih"


@daftarkan_target
def target_periode(user, dari: date, sampai: date) -> list[Target]:
    """The office's own targets after a pleno that are not met yet: copies and announcement."""
    if not user.has_perm("pdpb.lihat_rekap"):
        return []
    hasil = []
    for periode in Periode.objects.filter(tanggal_pleno__range=(dari - timedelta(days=60), sampai)):
        pleno = periode.tanggal_pleno or periode.akhir
        if periode.status != Periode.Status.DIUMUMKAN:
            tautan = reverse("pdpb:periode_detail", args=[periode.pk])
            tanggal = tenggat("target_pengumuman", pleno).tanggal
            hasil.append(Target(tanggal, f"Umumkan rekapitulasi {periode.nama}", tautan, SUMBER))
        if user.has_perm("surat.kirim_surat") and _belum_salinan(periode):
            tautan = reverse("pdpb:salinan", args=[periode.pk])
            tanggal = tenggat("target_salinan", pleno).tanggal
            hasil.append(Target(tanggal, f"Kirim salinan berita acara {periode.nama}", tautan, SUMBER))
    return hasil


def _belum_salinan(periode: Periode) -> bool:
    naskah = naskah_periode(periode)
    sudah = (
        naskah.pengiriman.filter(dibatalkan=False, instansi__isnull=False).values_list("instansi", flat=True)
        if naskah
        else []
    )
    return Instansi.objects.filter(aktif=True, terima_salinan=True).exclude(pk__in=sudah).exists()


@daftarkan_target
def target_tanggapan(user, dari: date, sampai: date) -> list[Target]:
    """Reports of citizens to answer, counted by day; each leads to a list of exactly those."""
    if not user.has_perm("pdpb.tangani_tanggapan"):
        return []
    baris = Tanggapan.objects.for_user(user).dengan_keadaan().bertarget(dari, sampai).order_by()
    jumlah = Counter(baris.values_list("diterima", flat=True))
    tempo = {mulai: t.tanggal for mulai, t in tenggat_banyak(ATURAN_TARGET, jumlah).items()}
    alamat = reverse("pdpb:tanggapan_daftar")
    return _per_hari(_jumlahkan(jumlah, tempo), "Jawab {} tanggapan masyarakat", alamat)


@daftarkan_target
def target_kematian(user, dari: date, sampai: date) -> list[Target]:
    """Documents of suspected deaths that should have come, counted by day; each leads to a list of exactly those."""
    if not user.has_perm("pdpb.catat_kematian"):
        return []
    sejak = list(
        kematian.bertarget(kematian.ruang_tunggu(user), dari, sampai).order_by().values_list("sejak", flat=True)
    )
    jumlah = Counter(kematian.hari_palu(satu) for satu in sejak)
    tempo = {mulai: t.tanggal for mulai, t in kematian.target_tanggal(sejak).items()}
    alamat = reverse("pdpb:kematian_daftar")
    return _per_hari(_jumlahkan(jumlah, tempo), "Dapatkan dokumen kematian {} orang", alamat)


def _jumlahkan(jumlah: Counter[date], tempo: dict[date, date]) -> Counter[date]:
    """How many fall due on each day, from how many began on each."""
    hasil: Counter[date] = Counter()
    for mulai, n in jumlah.items():
        hasil[tempo[mulai]] += n
    return hasil


def _per_hari(jumlah: Counter[date], kalimat: str, daftar: str) -> list[Target]:
    return [
        Target(hari, kalimat.format(ribuan(n)), f"{daftar}?target={hari:%d-%m-%Y}", SUMBER)
        for hari, n in jumlah.items()
    ]


@daftarkan_target
def target_saran(user, dari: date, sampai: date) -> list[Target]:
    """Letters of Bawaslu that wait for an answer."""
    if not user.has_perm("pdpb.jawab_saran") and not user.has_perm("pdpb.konfirmasi_saran"):
        return []
    surat = SaranPerbaikan.objects.for_user(user).terbuka().filter(tenggat__range=(dari, sampai))
    return [Target(s.tenggat, f"Jawab surat Bawaslu {s.nomor}", s.get_absolute_url(), SUMBER) for s in surat]


@daftarkan_target
def target_coktas(user, dari: date, sampai: date) -> list[Target]:
    """The last day of the visits of each round that runs, and the day by which it should be closed."""
    kegiatan = KegiatanCoktas.objects.for_user(user).filter(status=KegiatanCoktas.Status.BERJALAN)
    kegiatan = kegiatan.select_related("kelurahan")
    akhir = kegiatan.filter(akhir__range=(dari, sampai))
    hasil = [Target(k.akhir, f"Hari terakhir {k}", _alamat_coktas(user, k), SUMBER) for k in akhir]
    if user.has_perm("pdpb.kelola_coktas"):
        tutup = list(kegiatan.filter(jatuh_tempo(ATURAN_TUTUP, dari, sampai, bidang="akhir")))
        tempo = tenggat_banyak(ATURAN_TUTUP, {k.akhir for k in tutup})
        hasil += [Target(tempo[k.akhir].tanggal, f"Tutup {k}", k.get_absolute_url(), SUMBER) for k in tutup]
    return hasil


def _alamat_coktas(user, kegiatan: KegiatanCoktas) -> str:
    lihat = user.has_perm("pdpb.lihat_coktas")
    return kegiatan.get_absolute_url() if lihat else reverse("pdpb:coktas_tugas")


@daftarkan_target
def target_sidalih(user, dari: date, sampai: date) -> list[Target]:
    """Sheets for SIDALIH that nobody has uploaded yet, by period and day."""
    if not user.has_perm("pdpb.kelola_sidalih"):
        return []
    lembar = LembarSidalih.objects.for_user(user).filter(status=LembarSidalih.Status.MENUNGGU)
    lembar = lembar.filter(jatuh_tempo(ATURAN_UNGGAH, dari, sampai, bidang="dibuat_pada__date"))
    disusun = [(s.periode_id, s.disusun) for s in lembar]
    tempo = tenggat_banyak(ATURAN_UNGGAH, {hari for _, hari in disusun})
    jumlah = Counter((periode, tempo[hari].tanggal) for periode, hari in disusun)
    alamat = f"{reverse('pdpb:sidalih_daftar')}?status=menunggu&periode="
    return [
        Target(hari, f"Unggah {ribuan(n)} lembar SIDALIH {periode}", f"{alamat}{periode}", SUMBER)
        for (periode, hari), n in jumlah.items()
    ]
