"""What stands in the menu and on Beranda for the information desk; every card's list shows exactly its number."""

from django.urls import reverse

from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.beranda import MENUNGGU, TERLAMBAT, Kartu, daftarkan_kartu
from kpupalu.ui.menu import daftarkan, daftarkan_publik
from ppid.actions.informasi import unit_sendiri
from ppid.actions.jawaban import TERBUKA
from ppid.actions.pengecualian import perlu_ditinjau
from ppid.models import InformasiPublik, Pemutakhiran, PermintaanUnit, Permohonan, Sosialisasi, UjiKonsekuensi
from ppid.sosialisasi import temuan
from ppid.tenggat_permohonan import terlambat

KELOMPOK = "PPID"
UJI = ("ppid.usul_uji", "ppid.pendapat_uji", "ppid.catat_dik", "ppid.lihat_permohonan")


def daftarkan_menu() -> None:
    """Entries of the main menu, each for those who may open it."""
    daftarkan(KELOMPOK, "Permohonan informasi", "ppid:daftar", "ppid.lihat_permohonan", urutan=10)
    daftarkan(KELOMPOK, "Permintaan kepada unit", "ppid:unit_daftar", "ppid.jawab_unit", urutan=20)
    daftarkan(KELOMPOK, "Daftar informasi publik", "ppid:dip_daftar", ("ppid.lihat_dip", "ppid.usul_dip"), urutan=30)
    daftarkan(KELOMPOK, "Informasi dikecualikan", "ppid:dik_daftar", ("ppid.lihat_dip", "ppid.catat_dik"), urutan=40)
    daftarkan(KELOMPOK, "Uji konsekuensi", "ppid:uji_daftar", UJI, urutan=50)
    daftarkan(KELOMPOK, "Sosialisasi", "ppid:sosialisasi_daftar", "ppid.lihat_sosialisasi", urutan=60)
    daftarkan_publik("Informasi publik", "ppid:informasi")
    daftarkan_publik("Minta informasi publik", "ppid:ajukan")
    daftarkan_publik("Lihat tiket permohonan", "ppid:tiket")
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
