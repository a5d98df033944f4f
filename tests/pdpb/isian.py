"""Forms of the voter data filled in as a browser sends them, and what is read of the answer."""

from datetime import date

from pdpb.rekap import rekap_berjalan, rekap_dari_baris
from tests import make

PDF = b"%PDF-1.7\n%%EOF\n"


def sebagai(client, user):
    client.force_login(user)
    return client


def isian_baru(**lain):
    lahir = date(1999, 3, 4)
    isi = {
        "kategori": "pindah_masuk",
        "nik": make.nik(lahir, "P"),
        "nkk": "7271080101209001",
        "nama": "Baru Contoh",
        "tanggal_lahir": "04-03-1999",
        "jenis_kelamin": "P",
        "status_kawin": "B",
        "rt": "1",
        "rw": "2",
        "disabilitas": "0",
        "status_ktpel": "S",
        "kelurahan": make.TALISE,
        "jenis_dokumen": "KTP-el",
        "sumber_informasi": "disdukcapil",
    }
    return isi | lain


def isian_ubah(versi, **lain):
    isi = {
        nama: getattr(versi, nama)
        for nama in ("nama", "tempat_lahir", "jenis_kelamin", "status_kawin", "alamat", "rt", "rw", "disabilitas")
    }
    isi |= {"status_ktpel": "S", "tanggal_lahir": f"{versi.tanggal_lahir:%d-%m-%Y}", "jenis_dokumen": "KTP-el"}
    return isi | {"sumber_informasi": "disdukcapil"} | lain


def isian_periode(per, **lain):
    isi = {
        "mulai": f"{per.mulai:%d-%m-%Y}",
        "akhir": f"{per.akhir:%d-%m-%Y}",
        "tanggal_pleno": f"{per.tanggal_pleno:%d-%m-%Y}" if per.tanggal_pleno else "",
        "tempat_pleno": per.tempat_pleno,
        "dasar_hukum": "\n".join(per.dasar_hukum) or "UU 7/2017",
    }
    return isi | lain


def kalimat(jawaban) -> str:
    return jawaban.content.decode()


def sama_dengan_baris(per) -> None:
    berjalan, baris = rekap_berjalan(per).kota, rekap_dari_baris(per).kota
    assert (berjalan.L, berjalan.P) == (baris.L, baris.P)
    assert berjalan.total.dihitung == berjalan.total.sekarang
