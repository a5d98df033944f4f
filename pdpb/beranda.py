"""What stands in the menu and on Beranda for the voter data; every card's list shows exactly its number."""

from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from kpupalu.aturan.models import berlaku
from kpupalu.kalender.tenggat import lama
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.ui.beranda import BERUBAH, TERLAMBAT, Kartu, daftarkan_kartu
from kpupalu.ui.menu import daftarkan, daftarkan_publik
from pdpb.actions.naskah import naskah_periode
from pdpb.kematian import lewat_target, ruang_tunggu, target_lama
from pdpb.models import (
    BarisCoktas,
    BukaKembali,
    EksporDaftar,
    ImporBatch,
    JawabanLintas,
    LembarSidalih,
    PadananBaris,
    PasanganGanda,
    Periode,
    Perubahan,
    SaranPerbaikan,
    Tanggapan,
)
from pdpb.models.tanggapan import ATURAN_TARGET

KELOMPOK = "Data Pemilih"
# The entry that opens each heading of the menu; what follows it stands below the same heading.
BAGIAN = {
    "Periode": "Triwulan",
    "Daftar pemilih": "Daftar",
    "Ruang tunggu kematian": "Lapangan",
    "Impor": "Berkas dan pihak luar",
}


def daftarkan_menu() -> None:
    """Entries of the main menu, each for those who may open it."""
    bagian = ""
    for urutan, (label, url, perm) in enumerate(
        (
            ("Periode", "pdpb:periode_daftar", "pdpb.lihat_rekap"),
            ("Periksa rekap", "pdpb:selisih", "pdpb.lihat_rekap"),
            ("Rekap PPK", "pdpb:ppk_daftar", "pdpb.lihat_rekap"),
            ("Mesin waktu", "pdpb:mesin_waktu", "pdpb.lihat_rekap"),
            ("Daftar pemilih", "pdpb:pemilih_daftar", "pdpb.lihat_pemilih"),
            ("Cari pemilih", "pdpb:pemilih_cari", "pdpb.lihat_pemilih"),
            ("Perubahan", "pdpb:perubahan_daftar", "pdpb.lihat_pemilih"),
            ("Data ganda", "pdpb:ganda_daftar", "pdpb.lihat_pemilih"),
            ("Ganda lintas daerah", "pdpb:lintas_daftar", "pdpb.lihat_pemilih"),
            ("Temuan", "pdpb:temuan_daftar", "pdpb.lihat_pemilih"),
            ("Ruang tunggu kematian", "pdpb:kematian_daftar", "pdpb.lihat_pemilih"),
            ("Coktas", "pdpb:coktas_daftar", "pdpb.lihat_coktas"),
            ("Tugas coktas saya", "pdpb:coktas_tugas", "pdpb.isi_coktas"),
            ("Uji petik lapangan", "pdpb:uji_petik_daftar", "pdpb.lihat_uji_petik"),
            ("Impor", "pdpb:impor_daftar", "pdpb.impor_daftar"),
            ("Tanggapan masyarakat", "pdpb:tanggapan_daftar", "pdpb.lihat_tanggapan"),
            ("SIDALIH", "pdpb:sidalih_daftar", "pdpb.lihat_pemilih"),
            ("Saran Bawaslu", "pdpb:saran_daftar", "pdpb.lihat_saran"),
            ("Buku ekspor", "pdpb:ekspor_daftar", "pdpb.lihat_ekspor"),
            ("Buku bukti", "pdpb:bukti_daftar", "pdpb.beri_bukti"),
        ),
        start=1,
    ):
        bagian = BAGIAN.get(label, bagian)
        daftarkan(KELOMPOK, label, url, perm, urutan=urutan * 10, bagian=bagian)
    daftarkan_publik("Pengumuman data pemilih", "pdpb:pengumuman_daftar")
    daftarkan_publik("Sampaikan tanggapan", "pdpb:tanggapan_baru")
    daftarkan_publik("Lihat tiket tanggapan", "pdpb:tanggapan_tiket")
    daftarkan_publik("Periksa bukti terdaftar", "pdpb:bukti_periksa")


@daftarkan_kartu
def kartu(user) -> list[Kartu]:
    """The cards of *user*: queues of the open period, signatures, what is late, what changed since yesterday."""
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    hasil = [*_tanda_tangan(user), *_langkah_periode(user)]
    if periode and user.has_perm("pdpb.lihat_pemilih"):
        hasil += [*_antrean(user, periode), *_pilih_orang(user, periode)]
    if user.has_perm("pdpb.lihat_pemilih"):
        hasil += [*_ganda(user), *_berubah(user)]
    if user.has_perm("pdpb.tangani_tanggapan"):
        hasil += _tanggapan(user)
    hasil += [*_saran(user), *_sidalih(user)]
    if user.has_perm("pdpb.setujui_buka_kembali"):
        for permintaan in BukaKembali.objects.filter(disetujui_oleh=None).exclude(diminta_oleh=user):
            tautan = reverse("pdpb:buka_setujui", args=[permintaan.periode_id, permintaan.pk])
            hasil.append(Kartu("Permintaan buka kembali", 1, tautan, permintaan.alasan))
    hasil += _lapangan(user)
    if user.has_perm("pdpb.setujui_ekspor"):
        menunggu = EksporDaftar.objects.filter(status=EksporDaftar.Status.MENUNGGU).exclude(diminta_oleh=user)
        tautan = f"{reverse('pdpb:ekspor_daftar')}?menunggu=1"
        hasil.append(Kartu("Putuskan ekspor", menunggu.count(), tautan, "Daftar dengan NIK lengkap menunggu Anda."))
    if periode and user.has_perm("pdpb.kelola_periode") and (pleno := periode.tanggal_pleno) and pleno < hari_ini():
        tautan = reverse("pdpb:periode_detail", args=[periode.pk])
        lewat = (hari_ini() - pleno).days
        hasil.append(
            Kartu("Pleno terlewat", 1, tautan, f"{periode.nama} belum dibekukan, lewat {lewat} hari.", True, TERLAMBAT)
        )
    return hasil


def _tanda_tangan(user) -> list[Kartu]:
    jumlah = Naskah.objects.for_user(user).menunggu(user).count()
    return [
        Kartu(
            "Tanda tangan Anda", jumlah, reverse("naskah:daftar"), "Naskah menunggu Anda baca dan tanda tangani.", True
        )
    ]


def _antrean(user, periode: Periode) -> list[Kartu]:
    daftar = f"{reverse('pdpb:perubahan_daftar')}?periode={periode.pk}"
    semua = Perubahan.objects.for_user(user).filter(periode=periode)
    kartu = []
    if user.has_perm("pdpb.verifikasi_perubahan"):
        jumlah = semua.filter(status__in=["diusulkan", "perlu_coktas"]).count()
        kartu.append(
            Kartu("Verifikasi usulan", jumlah, f"{daftar}&antrean=verifikasi", "Usulan menunggu pemeriksaan bukti.")
        )
    if user.has_perm("pdpb.setujui_perubahan"):
        jumlah = semua.filter(status="diverifikasi").count()
        kartu.append(
            Kartu("Setujui usulan", jumlah, f"{daftar}&antrean=setujui", "Usulan terverifikasi menunggu persetujuan.")
        )
    if user.has_perm("pdpb.impor_daftar"):
        jumlah = ImporBatch.objects.exclude(status__in=["selesai", "dibatalkan"]).count()
        kartu.append(
            Kartu("Impor belum tuntas", jumlah, f"{reverse('pdpb:impor_daftar')}?belum=1", "Lanjutkan atau batalkan.")
        )
    if user.has_perm("pdpb.verifikasi_perubahan"):
        jumlah = semua.filter(status__in=["ditangguhkan", "perlu_coktas"]).count()
        kartu.append(
            Kartu("Ditangguhkan atau perlu coktas", jumlah, f"{daftar}&antrean=tertunda", "Putuskan sebelum dibekukan.")
        )
    return kartu


def _pilih_orang(user, periode: Periode) -> list[Kartu]:
    """One card per list of *periode* with rows whose person somebody has yet to settle."""
    if not user.has_perm("pdpb.pilih_orang"):
        return []
    baris = PadananBaris.objects.for_user(user).terbuka().filter(batch__periode=periode)
    baris = baris.exclude(batch__status=ImporBatch.Status.DIBATALKAN).order_by()
    kartu = []
    for batch, pengirim, n in baris.values_list("batch", "batch__pengirim").annotate(n=Count("pk")):
        tautan = f"{reverse('pdpb:padanan_daftar', args=[batch])}?status=belum"
        dari = f" dari {pengirim}" if pengirim else ""
        kartu.append(Kartu("Pilih orangnya", n, tautan, f"Baris tanpa NIK pada impor nomor {batch}{dari}."))
    return kartu


def _lapangan(user) -> list[Kartu]:
    """Rows to visit, and suspected deaths that wait too long for a document."""
    kartu = []
    if user.has_perm("pdpb.isi_coktas"):
        jumlah = BarisCoktas.objects.ditugaskan(user).filter(hasil="").count()
        kartu.append(Kartu("Tugas coktas Anda", jumlah, reverse("pdpb:coktas_tugas"), "Baris belum dikunjungi."))
    if user.has_perm("pdpb.catat_kematian"):
        tautan = f"{reverse('pdpb:kematian_daftar')}?lewat=1"
        kalimat = f"Dugaan meninggal tanpa dokumen, lewat {target_lama()}."
        jumlah = lewat_target(ruang_tunggu(user)).count()
        kartu.append(Kartu("Kematian tanpa dokumen", jumlah, tautan, kalimat, bagian=TERLAMBAT))
    return kartu


def _ganda(user) -> list[Kartu]:
    """Pairs that wait for a decision, surest first, and decisions of others that wait to be confirmed."""
    daftar, kartu = reverse("pdpb:ganda_daftar"), []
    pasangan = PasanganGanda.objects.for_user(user)
    if user.has_perm("pdpb.putuskan_ganda"):
        jumlah = pasangan.filter(status=PasanganGanda.Status.MENUNGGU).count()
        kartu.append(Kartu("Putuskan data ganda", jumlah, f"{daftar}?status=menunggu", "Sama orang, atau dua orang?"))
    if user.has_perm("pdpb.konfirmasi_ganda"):
        jumlah = pasangan.filter(status=PasanganGanda.Status.DIUSULKAN).exclude(pengusul=user).count()
        kalimat = "Putusan petugas lain menunggu Anda."
        kartu.append(Kartu("Konfirmasi data ganda", jumlah, f"{daftar}?antrean=konfirmasi", kalimat))
    return kartu + _lintas(user)


def _lintas(user) -> list[Kartu]:
    """Rows of lists of other areas that wait for an answer, and answers of others that wait to be confirmed."""
    daftar, kartu = reverse("pdpb:lintas_semua"), []
    baris = JawabanLintas.objects.for_user(user)
    if user.has_perm("pdpb.putuskan_ganda"):
        jumlah = baris.filter(status=JawabanLintas.Status.MENUNGGU).count()
        kalimat = "NIK yang dilaporkan kabupaten/kota lain juga."
        kartu.append(Kartu("Jawab ganda lintas daerah", jumlah, f"{daftar}?status=menunggu", kalimat))
    if user.has_perm("pdpb.konfirmasi_ganda"):
        jumlah = baris.filter(status=JawabanLintas.Status.DIUSULKAN).exclude(pengusul=user).count()
        kalimat = "Jawaban petugas lain menunggu Anda."
        kartu.append(Kartu("Konfirmasi lintas daerah", jumlah, f"{daftar}?antrean=konfirmasi", kalimat))
    return kartu


def _berubah(user) -> list[Kartu]:
    """What changed in the roll since yesterday, in whichever period."""
    kemarin = hari_ini() - timedelta(days=1)
    jumlah = Perubahan.objects.for_user(user).filter(disetujui_pada__date__gte=kemarin).count()
    tautan = f"{reverse('pdpb:perubahan_daftar')}?sejak={kemarin}"
    return [Kartu("Perubahan disetujui", jumlah, tautan, "Sejak kemarin.", bagian=BERUBAH)]


def _tanggapan(user) -> list[Kartu]:
    """Reports of citizens that wait for an officer, and those older than the office's target."""
    semua, daftar = Tanggapan.objects.for_user(user).dengan_keadaan(), reverse("pdpb:tanggapan_daftar")
    target = lama(berlaku(ATURAN_TARGET, pada=hari_ini()))
    return [
        Kartu(
            "Tanggapan masyarakat", semua.menunggu_kantor().count(), f"{daftar}?antrean=menunggu",
            "Periksa, cocokkan, lalu jawab.",
        ),
        Kartu(
            "Tanggapan terlambat", semua.terlambat().count(), f"{daftar}?antrean=terlambat",
            f"Belum dijawab, lewat target {target}.", True, TERLAMBAT,
        ),
    ]  # fmt: skip


def _langkah_periode(user) -> list[Kartu]:
    """Periods that wait for their minutes, or to be announced, for those who do that."""
    kartu = []
    for periode in Periode.objects.filter(status__in=[Periode.Status.DIBEKUKAN, Periode.Status.DITETAPKAN]):
        tautan = reverse("pdpb:periode_detail", args=[periode.pk])
        if periode.status == Periode.Status.DITETAPKAN and user.has_perm("pdpb.umumkan_rekap"):
            kartu.append(Kartu("Umumkan rekapitulasi", 1, tautan, f"{periode.nama} sudah ditandatangani lengkap."))
        beku = periode.status == Periode.Status.DIBEKUKAN and user.has_perm("pdpb.siapkan_ba")
        if beku and naskah_periode(periode) is None:
            kartu.append(Kartu("Susun berita acara", 1, tautan, f"{periode.nama} sudah dibekukan."))
    return kartu


def _saran(user) -> list[Kartu]:
    """Bawaslu's letters: those to answer, those past their target day, and sheets that wait for the second person."""
    daftar = reverse("pdpb:saran_daftar")
    surat = SaranPerbaikan.objects.for_user(user)
    kartu = []
    if user.has_perm("pdpb.jawab_saran"):
        lewat, dikerjakan = surat.lewat().count(), surat.terbuka().count()
        kartu.append(Kartu("Saran Bawaslu", dikerjakan, f"{daftar}?keadaan=terbuka", "Surat menunggu jawaban."))
        tautan = f"{daftar}?keadaan=lewat"
        kartu.append(Kartu("Saran Bawaslu lewat target", lewat, tautan, "Jawab sekarang.", True, TERLAMBAT))
    if user.has_perm("pdpb.konfirmasi_saran"):
        menunggu = surat.filter(status=SaranPerbaikan.Status.DIAJUKAN).exclude(diajukan_oleh=user).count()
        tautan = f"{daftar}?keadaan=diajukan"
        kartu.append(Kartu("Konfirmasi jawaban Bawaslu", menunggu, tautan, "Lembar jawaban menunggu Anda."))
    return kartu


def _sidalih(user) -> list[Kartu]:
    """Sheets that nobody has uploaded yet, for those who do it."""
    if not user.has_perm("pdpb.kelola_sidalih"):
        return []
    menunggu = LembarSidalih.objects.for_user(user).filter(status=LembarSidalih.Status.MENUNGGU).count()
    tautan = f"{reverse('pdpb:sidalih_daftar')}?status=menunggu"
    return [Kartu("Lembar SIDALIH", menunggu, tautan, "Lembar menunggu diunggah ke SIDALIH.")]
