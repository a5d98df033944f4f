"""Two invented events of the demo office: one announced after coordination, one that is still a plan."""

from datetime import time, timedelta
from decimal import Decimal

from kpupalu.accounts.models import User
from kpupalu.lib.waktu import hari_ini
from kpupalu.organisasi.models import Pegawai
from kpupalu.surat.models import Instansi
from ppid.actions import isi_sosialisasi, sosialisasi
from ppid.models import Narasumber, PosAnggaran, Sosialisasi

JUDUL = "Sosialisasi perubahan peraturan layanan informasi publik"
RENCANA = "Sosialisasi hak atas informasi publik bagi pemilih pemula"
NARASUMBER = (
    ("kpu_ri", "KPU Republik Indonesia", "Perubahan susunan pengelola informasi"),
    ("komisi_informasi", "Komisi Informasi Provinsi Sulawesi Tengah", "Standar layanan informasi publik"),
    ("lsm", "Lembaga Contoh Keterbukaan Informasi", "Pengalaman pemohon informasi"),
)
ANGGARAN = (("Konsumsi peserta", "521211", 4_500_000), ("Jasa narasumber", "522151", 5_400_000))


def isi_contoh() -> int:
    """Add the two events that are not there yet, through the acts of the office; return how many were new."""
    if Sosialisasi.objects.filter(judul__in=(JUDUL, RENCANA)).exists():
        return 0
    pejabat = User.objects.get(username="nirma")
    _rencana(RENCANA, 60, pejabat)
    s = _rencana(JUDUL, 21, pejabat)
    for asal, lembaga, topik in NARASUMBER:
        isi = {"asal": asal, "lembaga": lembaga, "topik": topik, "kesediaan": "bersedia"}
        isi_sosialisasi.simpan_baris(s, Narasumber(), isi, oleh=pejabat)
    for uraian, akun, rupiah in ANGGARAN:
        isi_pos = {"uraian": uraian, "akun": akun, "rencana": Decimal(rupiah)}
        isi_sosialisasi.simpan_baris(s, PosAnggaran(), isi_pos, oleh=pejabat)
    _setujui(s, pejabat)
    return 2


def _rencana(judul: str, hari: int, oleh: User) -> Sosialisasi:
    isi = {
        "judul": judul, "tujuan": "Peserta memahami cara meminta informasi dan batas waktunya.",
        "sasaran": "Badan publik, organisasi masyarakat, dan pemilih pemula",
        "tanggal_usulan": hari_ini() + timedelta(days=hari), "tempat": "Aula KPU Kota Palu",
    }  # fmt: skip
    return sosialisasi.rencanakan(isi=isi, oleh=oleh)


def _setujui(s: Sosialisasi, pejabat: User) -> None:
    kpu_ri, sekretaris = Instansi.objects.get(nama="KPU Republik Indonesia"), User.objects.get(username="arifin")
    dikirim = hari_ini() - timedelta(days=7)
    sosialisasi.koordinasikan(
        s, kepada=kpu_ri, surat_tanggal=dikirim, surat_nomor="CONTOH-1/HM.03-SD/7271", versi=s.versi, oleh=pejabat
    )
    jawaban = {
        "hasil": "disetujui", "melalui": "surel", "jawaban_nomor": "", "jawaban_tanggal": hari_ini(),
        "tanggal_disepakati": s.tanggal_usulan, "catatan": "",
    }  # fmt: skip
    sosialisasi.catat_jawaban(s, isi=jawaban, versi=s.versi + 1, oleh=pejabat)
    sosialisasi.setujui(
        s, mulai=time(9), selesai=time(12), tempat=s.tempat, pimpinan=Pegawai.objects.get(user=sekretaris),
        versi=s.versi + 2, oleh=sekretaris,
    )  # fmt: skip
