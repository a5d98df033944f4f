"""Field work for tests: a kelurahan with people in question, a round of visits, what is found at a door."""

from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from kpupalu.lib.waktu import hari_ini
from pdpb.actions.coktas import mulai_kegiatan, susun_kegiatan
from pdpb.actions.perubahan import usulkan
from pdpb.models import BarisCoktas, KegiatanCoktas, Pendaftaran, Temuan
from tests import make

JPG = b"\xff\xd8\xff\xe0" + b"0" * 64


def rizal():
    """A petugas who sees nothing of the roll but the rows given to him."""
    return make.orang("rizal", "petugas_coktas")


def nur():
    """Another petugas."""
    return make.orang("nurul", "petugas_coktas")


def wilayah() -> dict[str, Pendaftaran]:
    """Talise with one person for each question, in two RT, and the period open."""
    orang = {
        "tua": make.pemilih(nama="HJ. TUA SEKALI", tanggal_lahir=date(1920, 1, 2), jenis_kelamin="P", rt="001"),
        "diduga": make.pemilih(nama="DIDUGA MENINGGAL", rt="001"),
        "diminta": make.pemilih(nama="DIMINTA COKTAS", rt="002"),
        "biasa": make.pemilih(nama="BIASA SAJA", rt="002"),
    }
    per = make.selesai_daftar()
    Temuan.objects.create(
        pemilih=orang["tua"].pemilih, kode="usia_coktas", tingkat="Peringatan", pesan="Umurnya 106 tahun.",
        batch=make.batch(),
    )  # fmt: skip
    tanpa_bukti(orang["diduga"], per)
    diminta = tanpa_bukti(orang["diminta"], per)
    type(diminta).objects.filter(pk=diminta.pk).update(status="perlu_coktas")
    return orang


def tanpa_bukti(versi: Pendaftaran, per, slug: str = "meninggal"):
    """A removal proposed by the operator without a document."""
    return usulkan(periode=per, kategori=make.kategori(slug), pemilih=versi.pemilih, oleh=make.sari())


def kegiatan(*petugas, orang: dict[str, Pendaftaran] | None = None, mulai: bool = True, **lain) -> KegiatanCoktas:
    """A round of visits in Talise to everybody in question, running."""
    orang = orang or wilayah()
    isi = {
        "periode": make.periode(),
        "pemilih": [v.pemilih_id for v in orang.values()],
        "petugas": list(petugas) or [rizal()],
        "mulai": hari_ini(),
        "akhir": hari_ini(),
        "keperluan": "Memastikan pemilih lanjut usia",
        "oleh": make.wati(),
        "kunci": uuid4(),
    }
    satu = susun_kegiatan(make.tps().kelurahan, **(isi | lain))
    return mulai_kegiatan(satu, oleh=make.wati()) if mulai else satu


def baris(satu: KegiatanCoktas, versi: Pendaftaran) -> BarisCoktas:
    """The row of one person in an activity."""
    return satu.baris.get(pemilih=versi.pemilih_id)


def foto(isi: bytes = JPG) -> SimpleUploadedFile:
    """A photograph as a phone sends it; its name is a NIK, which must not be kept."""
    return SimpleUploadedFile("7271085708900042.jpg", isi, "image/jpeg")


def isian(**lain):
    """The form of a result filled in as a browser sends it."""
    return {"informan": "Ani, anak", "hadir": "Ketua RT 001", "catatan": "", "kunci": str(uuid4())} | lain
