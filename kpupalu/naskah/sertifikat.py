"""Keys of the office's own trial CA: issued to a signer who chooses the passphrase, revoked with a reason."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused, waktu
from kpupalu.naskah import pki
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.naskah.models import SertifikatPenanda
from kpupalu.naskah.penyedia.lokal import folder_ca
from kpupalu.organisasi.models import MasaJabatan

MASA_BERLAKU = timedelta(days=730)


@transaction.atomic
def terbitkan_sertifikat(user, *, sandi: str, by) -> SertifikatPenanda:
    """Issue *user* a key for two years under *sandi*, which is stored nowhere, and revoke the one before.

    Only for oneself, only for those who sign, and only while in office: the post in force today is in the name.
    """
    if by.pk != user.pk:
        raise Refused("Sertifikat hanya dapat dibuat oleh pemiliknya, karena frasa sandinya rahasia.")
    perlu_hak(user, "naskah.tandatangani_naskah", "Anda tidak termasuk penanda tangan naskah.")
    masa = MasaJabatan.objects.pada(waktu.hari_ini()).filter(pegawai__user=user).first()
    if masa is None:
        raise Refused("Masa jabatan Anda belum tercatat. Minta admin melengkapinya lebih dahulu.")
    mulai = waktu.sekarang().replace(microsecond=0)
    ca = pki.siapkan(folder_ca(), settings.NAMA_SATKER)
    nama, jabatan = masa.pegawai.nama_lengkap, masa.get_jabatan_display()
    p12 = pki.terbitkan(ca, nama=nama, jabatan=jabatan, sandi=sandi, mulai=mulai, akhir=mulai + MASA_BERLAKU)
    isi = pki.sertifikat_p12(p12, sandi)
    if isi is None:
        raise Refused("Sertifikat yang baru dibuat tidak dapat dibuka kembali. Ulangi dengan frasa sandi lain.")
    for lama in SertifikatPenanda.objects.select_for_update().filter(user=user, dicabut_pada=None):
        _cabut(lama, "Diganti dengan sertifikat baru", by)
    sertifikat = SertifikatPenanda.objects.create(
        user=user,
        nama=f"{nama}, {jabatan}",
        pkcs12=p12,
        sidik=pki.sidik(isi),
        nomor_seri=f"{isi.serial_number:x}",
        berlaku_mulai=isi.not_valid_before_utc,
        berlaku_akhir=isi.not_valid_after_utc,
    )
    catat("sertifikat_dibuat", sertifikat, oleh=by, kalimat=f"Membuat sertifikat dengan sidik {sertifikat.sidik}")
    return sertifikat


@transaction.atomic
def cabut_sertifikat(sertifikat: SertifikatPenanda, *, alasan: str, by) -> SertifikatPenanda:
    """Revoke a certificate from now on; signatures made before stay valid. By its owner, for a lost phrase too."""
    if sertifikat.user_id != by.pk:
        raise Refused("Sertifikat hanya dapat dicabut oleh pemiliknya.")
    sertifikat = SertifikatPenanda.objects.select_for_update().get(pk=sertifikat.pk)
    if sertifikat.dicabut_pada is not None:
        raise Refused("Sertifikat ini sudah dicabut.")
    return _cabut(sertifikat, perlu_alasan(alasan), by)


def _cabut(sertifikat: SertifikatPenanda, alasan: str, by) -> SertifikatPenanda:
    kini = waktu.sekarang()
    folder = folder_ca()
    with pki.kunci_folder(folder):
        ca = pki.muat(folder)
        pki.cabut(ca, int(sertifikat.nomor_seri, 16), kini)
        pki.simpan(ca, folder)
    sertifikat.dicabut_pada, sertifikat.alasan_dicabut = kini, alasan[:300]
    sertifikat.save(update_fields=["dicabut_pada", "alasan_dicabut"])
    catat("sertifikat_dicabut", sertifikat, oleh=by, alasan=alasan, kalimat="Mencabut sertifikat")
    return sertifikat
