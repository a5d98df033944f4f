"""Builders for the tests of meetings: one forum of the office with three partners."""

from datetime import date, time

from kpupalu.organisasi.models import Pegawai
from kpupalu.rapat import actions as aksi
from kpupalu.rapat.models import Rapat
from kpupalu.surat.models import Instansi
from tests import make
from tests.kernel import bangun_surat

TANGGAL = date(2026, 11, 16)
INSTANSI = ("Bawaslu Kota Palu", "Polresta Palu", "Kecamatan Tatanga")


def rapat(**lain) -> Rapat:
    """A forum on 16 November, chaired by the ketua; three partners are invited."""
    make.komisioner()
    bangun_surat.sekretaris()
    isi = {
        "jenis": "forum",
        "judul": "Forum koordinasi pemutakhiran data pemilih",
        "tanggal": TANGGAL,
        "mulai": time(9, 0),
        "tempat": "Aula Kantor KPU Kota Palu",
        "acara": "Pembukaan\nPaparan angka sementara",
        "pimpinan": Pegawai.objects.get(nama="Rahma"),
    }
    peserta = lain.pop("peserta", Instansi.objects.filter(nama__in=INSTANSI))
    return aksi.jadwalkan(Rapat(**isi | lain), peserta=peserta, by=make.budi())


def hadir(rapat_: Rapat, siapa: str = INSTANSI[0], /, **lain) -> aksi.Hadir:
    """What is said about one participant, as read from the page now."""
    baris = rapat_.peserta.get(instansi__nama=siapa)
    isi = {"status": "hadir", "nama": "Fatma Rekaan", "jabatan": "Anggota", "dilihat": baris.versi}
    return aksi.Hadir(baris.pk, **(isi | lain))


def hadir_anggota(rapat_: Rapat, nama: str, **lain) -> aksi.Hadir:
    """What is said about one commissioner."""
    baris = rapat_.anggota.get(pegawai__nama=nama)
    return aksi.Hadir(baris.pk, **{"status": "hadir", "dilihat": baris.versi} | lain)


def notula(**lain) -> dict[str, str]:
    """The text of a notula."""
    isi = {"jalannya": "Rapat dibuka.\n\nAngka dipaparkan.", "paparan": "", "data_diserahkan": "Polresta: 12 baris",
           "kesepakatan": "Data diserahkan setiap triwulan"}  # fmt: skip
    return isi | lain
