"""What stands in the menu and on Beranda for the information desk; every card's list shows exactly its number."""

from django.urls import reverse

from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.beranda import MENUNGGU, TERLAMBAT, Kartu, daftarkan_kartu
from kpupalu.ui.menu import daftarkan, daftarkan_publik
from ppid.actions.informasi import unit_sendiri
from ppid.actions.jawaban import TERBUKA
from ppid.actions.pemusnahan import jatuh_tempo
from ppid.actions.pengecualian import perlu_ditinjau
from ppid.actions.sidang import tanpa_wakil
from ppid.models import (
    Anomali,
    InformasiPublik,
    Keberatan,
    Pemusnahan,
    Pemutakhiran,
    PermintaanUnit,
    Permohonan,
    Sosialisasi,
    UjiKonsekuensi,
)
from ppid.sosialisasi import temuan
from ppid.tenggat_permohonan import hari_kerja_berikut, jatuh_pada, terlambat

KELOMPOK = "PPID"
MUSNAH = ("ppid.usul_pemusnahan", "ppid.setujui_pemusnahan")
UJI = ("ppid.usul_uji", "ppid.pendapat_uji", "ppid.catat_dik", "ppid.lihat_permohonan")


def daftarkan_menu() -> None:
    """Entries of the main menu, each for those who may open it."""
    daftarkan(KELOMPOK, "Permohonan informasi", "ppid:daftar", "ppid.lihat_permohonan", urutan=10)
    daftarkan(KELOMPOK, "Permintaan kepada unit", "ppid:unit_daftar", "ppid.jawab_unit", urutan=20)
    daftarkan(KELOMPOK, "Daftar informasi publik", "ppid:dip_daftar", ("ppid.lihat_dip", "ppid.usul_dip"), urutan=30)
    daftarkan(KELOMPOK, "Informasi dikecualikan", "ppid:dik_daftar", ("ppid.lihat_dip", "ppid.catat_dik"), urutan=40)
    daftarkan(KELOMPOK, "Uji konsekuensi", "ppid:uji_daftar", UJI, urutan=50)
    daftarkan(KELOMPOK, "Sosialisasi", "ppid:sosialisasi_daftar", "ppid.lihat_sosialisasi", urutan=56)
    daftarkan(KELOMPOK, "Keberatan", "ppid:keberatan_daftar", "ppid.lihat_keberatan", urutan=52)
    daftarkan(KELOMPOK, "Sengketa informasi", "ppid:sengketa_daftar", "ppid.lihat_sengketa", urutan=54)
    daftarkan(KELOMPOK, "Meja kerja PPID", "ppid:meja", "ppid.lihat_permohonan", urutan=5)
    daftarkan(KELOMPOK, "Anomali layanan", "ppid:anomali", "ppid.lihat_anomali", urutan=60)
    daftarkan(KELOMPOK, "Rekap pemutakhiran", "ppid:rekap_daftar", ("ppid.lihat_dip", "ppid.tetapkan_dip"), urutan=62)
    daftarkan(KELOMPOK, "Register permohonan", "ppid:register", "ppid.ekspor_register", urutan=64)
    daftarkan(KELOMPOK, "Laporan tahunan", "ppid:laporan_daftar", "ppid.lihat_laporan", urutan=66)
    daftarkan(KELOMPOK, "Pemusnahan identitas", "ppid:pemusnahan_daftar", MUSNAH, urutan=90)
    daftarkan_publik("Informasi publik", "ppid:informasi")
    daftarkan_publik("Minta informasi publik", "ppid:ajukan")
    daftarkan_publik("Lihat tiket permohonan", "ppid:tiket")
    daftarkan_publik("Kinerja layanan informasi", "ppid:kinerja")
    daftarkan_publik("Sosialisasi", "ppid:sosialisasi_pengumuman")


@daftarkan_kartu
def kartu(user) -> list[Kartu]:
    """What waits at the desk, what is late, what a unit owes."""
    hasil: list[Kartu] = []
    if user.has_perm("ppid.olah_permohonan"):
        antrean = reverse("ppid:daftar")
        terbuka = Permohonan.objects.terbuka().count()
        if terbuka:
            hasil.append(Kartu("Permohonan informasi belum dijawab", terbuka, f"{antrean}?antrean=terbuka",
                               "Periksa kelengkapan, minta unit, putuskan tiap butir."))  # fmt: skip
        besok = hari_kerja_berikut(hari_ini())
        for kunci, kata, pilih in (("hari_ini", "hari ini", hari_ini()), ("besok", "hari kerja berikutnya", besok)):
            if jumlah := len(jatuh_pada(pilih)):
                hasil.append(Kartu(f"Permohonan jatuh tempo {kata}", jumlah, f"{antrean}?antrean={kunci}",
                                   "Jawab atau perpanjang sebelum lewat.", kunci == "hari_ini"))  # fmt: skip
        if jumlah := len(terlambat(hari_ini())):
            hasil.append(Kartu("Permohonan lewat waktu", jumlah, f"{antrean}?antrean=terlambat",
                               "Pemohon berhak mengajukan keberatan.", True, TERLAMBAT))  # fmt: skip
    if user.has_perm("ppid.jawab_unit"):
        milik = PermintaanUnit.objects.for_user(user).filter(unit__pegawai__user=user, status__in=TERBUKA)
        if jumlah := milik.count():
            tautan = f"{reverse('ppid:unit_daftar')}?antrean=saya"
            hasil.append(Kartu("Permintaan PPID kepada unit Anda", jumlah, tautan, "PPID menunggu jawaban unit."))
    return hasil


@daftarkan_kartu
def kartu_pemusnahan(user) -> list[Kartu]:
    """Identities kept long enough, and proposals to destroy them that wait for somebody else."""
    halaman, hasil = reverse("ppid:pemusnahan_daftar"), []
    if user.has_perm("ppid.usul_pemusnahan") and (jumlah := len(jatuh_tempo(hari_ini()))):
        hasil.append(Kartu("Identitas pemohon melewati masa simpan", jumlah, halaman, "Usulkan pemusnahannya."))
    if user.has_perm("ppid.setujui_pemusnahan"):
        menunggu = Pemusnahan.objects.filter(status=Pemusnahan.Status.DIUSULKAN).exclude(diusulkan_oleh=user).count()
        if menunggu:
            hasil.append(Kartu("Pemusnahan identitas menunggu persetujuan", menunggu, halaman, "Setujui atau tolak."))
    return hasil


@daftarkan_kartu
def kartu_daftar(user) -> list[Kartu]:
    """What the lists wait for: proposals and refreshes to decide, entries past due, refusals without ground."""
    dip, uji = reverse("ppid:dip_daftar"), reverse("ppid:uji_daftar")
    semua = InformasiPublik.objects.for_user(user)
    hasil: list[tuple[int, Kartu]] = []
    if user.has_perm("ppid.tetapkan_dip"):
        usulan = semua.filter(status="usulan").count()
        hasil.append((usulan, Kartu("Usulan informasi publik", usulan, f"{dip}?keadaan=usulan",
                                    "Verifikasi atau kembalikan kepada unit.")))  # fmt: skip
        menunggu = Pemutakhiran.objects.filter(jenis="diajukan", keputusan=None)
        baru = menunggu.filter(informasi__status="terbit").count()
        hasil.append((baru, Kartu("Pembaruan informasi publik", baru, f"{dip}?keadaan=menunggu",
                                  "Terbitkan, atau tolak dengan alasan.")))  # fmt: skip
    if user.has_perm("ppid.usul_dip"):
        unit = unit_sendiri(user).first()
        lewat = semua.perlu_dimutakhirkan(hari_ini()).filter(unit=unit).count() if unit else 0
        hasil.append((lewat, Kartu("Informasi publik perlu dimutakhirkan", lewat,
                                   f"{dip}?keadaan=perlu&unit={unit.pk if unit else ''}",
                                   "Ajukan isi yang baru, atau nyatakan isinya tetap.", True, TERLAMBAT)))  # fmt: skip
    if user.has_perm("ppid.lihat_permohonan"):
        tinjau = perlu_ditinjau(hari_ini()).count()
        kata = "Keputusannya dicabut, berakhir, atau belum berlaku."
        hasil.append((tinjau, Kartu("Penolakan tanpa dasar yang berlaku", tinjau, reverse("ppid:dik_tinjau"), kata,
                                    True, TERLAMBAT)))  # fmt: skip
    if user.has_perm("ppid.pendapat_uji"):
        tanpa = UjiKonsekuensi.objects.for_user(user).filter(status="pertimbangan", pendapat_oleh=None)
        pendapat = tanpa.count()
        hasil.append((pendapat, Kartu("Uji konsekuensi menunggu tim pertimbangan", pendapat,
                                      f"{uji}?keadaan=menunggu", "Beri pendapat Anda.")))  # fmt: skip
    if user.has_perm("ppid.lihat_anomali"):
        tinggi = Anomali.objects.terbuka().filter(tingkat="tinggi").count()
        tautan = f"{reverse('ppid:anomali')}?tingkat=tinggi"
        hasil.append((tinggi, Kartu("Anomali tingkat tinggi", tinggi, tautan, "Periksa sebabnya hari ini.", True)))
    return [kartu for jumlah, kartu in hasil if jumlah]


@daftarkan_kartu
def kartu_sosialisasi(user) -> list[Kartu]:
    """What waits at an event, each for whoever does it."""
    semua, daftar = Sosialisasi.objects.for_user(user), reverse("ppid:sosialisasi_daftar")
    hasil: list[tuple[int, str, str, str, bool]] = []
    if user.has_perm("ppid.kelola_sosialisasi"):
        hasil += [
            (semua.perlu_koordinasi().count(), "koordinasi", "Sosialisasi belum dikoordinasikan",
             "Surati PPID KPU RI tentang tanggalnya.", False),
            (semua.perlu_dicatat(hari_ini()).count(), "catat", "Sosialisasi belum dicatat terlaksana",
             "Catat terlaksana, jadwalkan ulang, atau batalkan.", False),
            (len(temuan()), "janggal", "Sosialisasi tanpa koordinasi yang berlaku",
             "Tanggalnya tidak bersandar pada surat koordinasi.", True),
        ]  # fmt: skip
    if user.has_perm("ppid.setujui_sosialisasi"):
        kata = "Tanggalnya sudah disepakati PPID KPU RI."
        hasil.append((semua.siap_disetujui().count(), "setujui", "Sosialisasi menunggu persetujuan", kata, False))
    if user.has_perm("ppid.catat_spj"):
        kata = "Lengkapi realisasi anggaran dan nomor SPJ."
        hasil.append((semua.menunggu_spj().count(), "spj", "Sosialisasi menunggu SPJ", kata, False))
    return [
        Kartu(judul, jumlah, f"{daftar}?antrean={antrean}", kata, genting, TERLAMBAT if genting else MENUNGGU)
        for jumlah, antrean, judul, kata, genting in hasil if jumlah
    ]  # fmt: skip


@daftarkan_kartu
def kartu_keberatan(user) -> list[Kartu]:
    """What the superior can still decide in time, what is late, what an order waits for, hearings without anybody."""
    daftar, hari = reverse("ppid:keberatan_daftar"), hari_ini()
    semua = Keberatan.objects.for_user(user)
    hasil: list[Kartu] = []
    if user.has_perm("ppid.putus_keberatan"):
        hasil.append(Kartu("Keberatan menunggu putusan Anda", semua.dapat_diputus(user, hari).count(),
                           f"{daftar}?antrean=putus", "Masih dapat ditanggapi tepat waktu."))  # fmt: skip
    if user.has_perm("ppid.putus_keberatan") or user.has_perm("ppid.olah_permohonan"):
        hasil.append(Kartu("Keberatan lewat waktu", semua.lewat(hari).count(), f"{daftar}?antrean=lewat",
                           "Pemohon berhak mengajukan sengketa ke Komisi Informasi.", True, TERLAMBAT))  # fmt: skip
    if user.has_perm("ppid.olah_permohonan"):
        hasil.append(Kartu("Perintah Atasan PPID", semua.belum_dilaksanakan().count(), f"{daftar}?antrean=laksanakan",
                           "Laksanakan, lalu catat buktinya."))  # fmt: skip
    if user.has_perm("ppid.urus_sengketa"):
        jumlah = len({t["sengketa"].pk for t in tanpa_wakil(hari)})
        hasil.append(Kartu("Sidang tanpa wakil", jumlah, f"{reverse('ppid:sengketa_daftar')}?antrean=wakil",
                           "Perkara dapat diputus tanpa kehadiran kantor.", True))  # fmt: skip
    return [kartu for kartu in hasil if kartu.jumlah]
