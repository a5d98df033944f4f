"""Builders for the tests of letters: the people who write and receive them, one letter in, one letter out."""

from datetime import date

from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.models import Naskah, Penandatangan
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.surat import keluar, masuk
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar, SuratMasuk
from tests import make

TANGGAL = date(2026, 11, 16)


def sekretaris():
    """The sekretaris, in office, with an account."""
    user = make.orang("arifin", "sekretaris")
    pegawai, baru = Pegawai.objects.get_or_create(user=user, defaults={"nama": "Arifin Rekaan"})
    if baru:
        MasaJabatan.objects.create(pegawai=pegawai, jabatan="sekretaris", mulai=date(2023, 6, 1))
    return user


def instansi(nama="Bawaslu Kota Palu") -> Instansi:
    """A partner of the seed."""
    return Instansi.objects.get(nama=nama)


def masuk_baru(*, by=None, **lain) -> SuratMasuk:
    """A letter of Bawaslu, in the agenda."""
    isi = {
        "tanggal_terima": TANGGAL,
        "tanggal_surat": date(2026, 11, 13),
        "cara": "langsung",
        "nomor_surat": "12/PM.00.02/K.ST-13/11/2026",
        "instansi": instansi(),
        "hal": "Saran perbaikan data pemilih",
    }
    berkas = lain.pop("berkas", None)
    return masuk.agendakan(SuratMasuk(**isi | lain), berkas=berkas, by=by or sekretaris())


def keluar_baru(*, by=None, kepada=None, **lain) -> SuratKeluar:
    """A draft to Bawaslu that the ketua signs."""
    make.komisioner()
    isi = {
        "kode_jenis": "surat-dinas",
        "klasifikasi": Klasifikasi.objects.get(kode="PL.01.2"),
        "tanggal": TANGGAL,
        "hal": "Jawaban atas saran perbaikan",
        "isi": "Menindaklanjuti surat Saudara.\n\nNama-nama itu telah diperiksa.",
        "penutup": "Demikian disampaikan.",
    }
    return keluar.susun(
        SuratKeluar(**isi | lain), kepada=kepada or [instansi()], tembusan=["Arsip"], by=by or make.sari()
    )


def bernomor(**lain) -> SuratKeluar:
    """A letter with its nomor, printed."""
    surat = keluar.siapkan_surat(keluar_baru(**lain), by=sekretaris())
    cetak_naskah(Job.objects.get(pk=surat.naskah.pekerjaan_id))
    return SuratKeluar.objects.get(pk=surat.pk)


def lengkap(naskah: Naskah) -> Naskah:
    """*naskah* as it stands once everybody has signed; for rules that begin after that."""
    Penandatangan.objects.filter(naskah=naskah).update(status="menandatangani", ditandatangani_pada=sekarang())
    Naskah.objects.filter(pk=naskah.pk).update(status="lengkap", lengkap_pada=sekarang())
    naskah.refresh_from_db()
    return naskah
