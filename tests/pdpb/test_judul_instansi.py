"""Headings of agencies: every list that the generated office receives is read without anybody choosing a column."""

import pytest

from kpupalu.imports.kolom import kunci_judul
from pdpb.impor.judul import LABEL, SEBUTAN
from pdpb.impor.kolom import JUDUL, SINONIM, kenali_kolom, nilai_kepala

DAFTAR = {
    "deaths of the registry office": (
        "No|No. Akta Kematian|Tgl Terbit|N I K|Nama Lengkap|JK|Tempat Lahir|Tgl. Lahir|Tgl. Meninggal|Alamat|RT|RW|"
        "Desa/Kelurahan|Kecamatan",
        "-|nomor_dokumen|tanggal_dokumen|nik|nama|kelamin|tempat_lahir|tanggal_lahir|tanggal_peristiwa|alamat|rt|rw|"
        "kelurahan|kecamatan",
    ),
    "deaths of a lurah": (
        "nama_almarhum|jenis kelamin|tgl lahir|kelurahan|rt|rw|nik ktp|tgl wafat|no surat|tgl surat",
        "nama|kelamin|tanggal_lahir|kelurahan|rt|rw|nik|tanggal_peristiwa|nomor_dokumen|tanggal_dokumen",
    ),
    "moves out": (
        "NO_SKPWNI|TGL_SKPWNI|NO_KK|NIK|NAMA_LGKP|TGL_LHR|JENIS_KLMIN|ALAMAT_ASAL|NO_RT|NO_RW|KEL_ASAL|KEC_ASAL|"
        "KAB_TUJUAN",
        "nomor_dokumen|tanggal_dokumen|nkk|nik|nama|tanggal_lahir|kelamin|alamat|rt|rw|kelurahan|kecamatan|-",
    ),
    "moves in": (
        "NIK|NO KK BARU|NAMA|L/P|TMP LAHIR|TGL LAHIR|ALAMAT TUJUAN|RT|RW|KEL TUJUAN|KEC TUJUAN|NO SKPWNI",
        "nik|nkk|nama|kelamin|tempat_lahir|tanggal_lahir|alamat|rt|rw|kelurahan|kecamatan|nomor_dokumen",
    ),
    "arrivals that say where from": (
        "NIK|NAMA|ALAMAT ASAL|KEL ASAL|ALAMAT TUJUAN|KEL TUJUAN|NO SKDWNI|TGL DATANG",
        "nik|nama|-|-|alamat|kelurahan|nomor_dokumen|tanggal_peristiwa",
    ),
    "moves inside the city": (
        "NIK|NAMA|KEL ASAL|TPS|KEL TUJUAN|TPS TUJUAN|TGL PINDAH",
        "nik|nama|kelurahan|tps|kelurahan_tujuan|tps_tujuan|tanggal_peristiwa",
    ),
    "moves without the old place": (
        "NIK|JENIS|KELURAHAN TUJUAN|TPS TUJUAN",
        "nik|jenis|kelurahan_tujuan|tps_tujuan",
    ),
    "corrections": (
        "No.|NIK|Nama di DPT|Kelurahan|Elemen|Tertulis|Seharusnya|Dasar (No. KK)",
        "-|nik|nama|kelurahan|elemen|tertulis|seharusnya|nkk",
    ),
    "corrections otherwise": ("NIK|NAMA|ELEMEN DATA|DATA LAMA|DATA BARU", "nik|nama|elemen|tertulis|seharusnya"),
    "Kodim": ("NO|NAMA|PANGKAT|TTL|ALAMAT ORTU|KELURAHAN", "-|nama|-|ttl|alamat|kelurahan"),
    "Polresta": (
        "NO|NAMA PERSONEL|NO SKEP|TGL SKEP|TMT|NIK PERSONEL|KEL",
        "-|nama|nomor_dokumen|tanggal_dokumen|tanggal_peristiwa|nik|kelurahan",
    ),
    "Lapas": (
        "NAMA WBP|NIK|TMPT/TGL LAHIR|JNS KELAMIN|NO PUTUSAN|TGL PUTUSAN|TGL BEBAS",
        "nama|nik|ttl|kelamin|nomor_dokumen|tanggal_dokumen|tanggal_peristiwa",
    ),
    "a school": (
        "NISN|NAMA PESERTA DIDIK|NIK SISWA|NO KK|TEMPAT LAHIR|TANGGAL LAHIR|JENIS KELAMIN|RT/RW|KEL/DESA",
        "-|nama|nik|nkk|tempat_lahir|tanggal_lahir|kelamin|rt_rw|kelurahan",
    ),
    "BPJS": (
        "NAMA PESERTA|NIK PESERTA|TGL LHR|TGL MENINGGAL|NAMA DESA/KELURAHAN",
        "nama|nik|tanggal_lahir|tanggal_peristiwa|kelurahan",
    ),
    "Bawaslu": (
        "NO|NAMA PEMILIH|NIK|TPS|KEL.|KEC.|DUGAAN / SARAN PERBAIKAN",
        "-|nama|nik|tps|kelurahan|kecamatan|kategori",
    ),
}


@pytest.mark.parametrize(("judul", "kolom"), DAFTAR.values(), ids=DAFTAR)
def test_headings_of_agencies_are_recognised(judul, kolom):
    kepala, harap = judul.split("|"), kolom.split("|")
    assert kenali_kolom(kepala) == {k: j for k, j in zip(harap, kepala, strict=True) if k != "-"}
    assert nilai_kepala(kepala) >= 3


def test_no_heading_means_two_things():
    pemilik: dict[str, str] = {}
    for kolom, daftar in [*SEBUTAN.items(), *JUDUL.items()]:
        for satu in daftar.split(","):
            assert pemilik.setdefault(kunci_judul(satu), kolom) == kolom, satu
    assert pemilik == SINONIM


def test_every_column_has_a_name_a_clerk_would_use():
    assert LABEL.keys() == JUDUL.keys()
    assert all("_" not in label for label in LABEL.values())
    assert len(set(LABEL.values())) == len(LABEL)
