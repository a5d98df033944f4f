"""The notula of a meeting: written, corrected, made an official document, and fixed when it is signed."""

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import Calon, perlu_hak
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.penandatanganan import saat_lengkap
from kpupalu.organisasi.models import jabatan_pada
from kpupalu.rapat.actions import kunci, pastikan_terbuka
from kpupalu.rapat.documents import isi_notula
from kpupalu.rapat.models import Notulen, Rapat

JENIS = "notula"
_MEDAN = ("jalannya", "paparan", "data_diserahkan", "kesepakatan")
S = Rapat.Status


@transaction.atomic
def simpan(rapat: Rapat, isi: dict[str, str], *, dilihat: int, by) -> Notulen:
    """Write or correct the notula; *dilihat* is 0 for a new one, else the edition the person had before them.

    Refuses before the day of the meeting and once it is an official document.
    """
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang menyusun notula.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    if rapat.tanggal > hari_ini():
        raise Refused(f"Rapat baru berlangsung {rapat.hari_tanggal}. Susun notula sesudah itu.")
    notulen = Notulen.objects.select_for_update().filter(rapat=rapat).first()
    if (notulen.versi if notulen else 0) != dilihat:
        raise Refused("Orang lain mengubah notula ini sesudah Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
    if notulen and not notulen.terbuka:
        raise Refused("Notula sudah disiapkan untuk ditandatangani. Tarik naskahnya bila harus diubah.")
    notulen = notulen or Notulen(rapat=rapat, versi=0)
    beda = {m: (getattr(notulen, m), isi[m]) for m in _MEDAN if getattr(notulen, m) != isi[m]}
    for medan in _MEDAN:
        setattr(notulen, medan, isi[medan])
    notulen.versi += 1
    notulen.save()
    if rapat.status != S.NOTULA_DRAF:
        rapat.status = S.NOTULA_DRAF
        rapat.save(update_fields=["status"])
    catat("rapat_notula", rapat, oleh=by, kalimat="Menyusun notula", perubahan=beda)
    return notulen


@transaction.atomic
def sahkan(rapat: Rapat, *, by, cara: str = Naskah.Cara.ELEKTRONIK) -> Naskah:
    """Freeze the notula as an official document with a nomor, to be signed by who chaired.

    Refuses a chairperson without an account, one who may not sign electronically (choose paper), and the second of
    two people at once.
    """
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang mengesahkan notula.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    notulen = Notulen.objects.select_for_update().filter(rapat=rapat).first()
    if notulen is None:
        raise Refused("Notula belum disusun. Susun notula lebih dahulu.")
    if not notulen.terbuka:
        raise Refused("Notula ini baru saja disiapkan orang lain. Muat ulang halamannya.")
    naskah = dasar.buat_naskah(
        JENIS, subjek=rapat, isi=isi_notula(notulen), penandatangan=[_pimpinan(rapat, cara)], by=by,
        tanggal=rapat.tanggal, cara=cara,
    )  # fmt: skip
    notulen.naskah = dasar.siapkan(naskah, by=by)
    notulen.save(update_fields=["naskah"])
    catat("rapat_notula_disiapkan", rapat, oleh=by, kalimat=f"Menyiapkan notula nomor {notulen.naskah.nomor}")
    return notulen.naskah


def _pimpinan(rapat: Rapat, cara: str) -> Calon:
    if rapat.pimpinan is None:
        raise Refused("Pimpinan rapat belum ditunjuk. Isi pada Ubah rapat, lalu siapkan notula.")
    user = rapat.pimpinan.user
    if user is None:
        raise Refused(f"{rapat.pimpinan} belum memiliki akun. Minta admin membuatkan akun lebih dahulu.")
    if cara == Naskah.Cara.ELEKTRONIK and not user.has_perm("naskah.tandatangani_naskah"):
        raise Refused(f"{rapat.pimpinan} tidak menandatangani secara elektronik. Pilih tanda tangan basah.")
    return Calon(user, rapat.pimpinan.nama_lengkap, jabatan_pada(user, rapat.tanggal) or "Pimpinan rapat")


@saat_lengkap(JENIS)
def sahkan_rapat(naskah: Naskah) -> None:
    """The meeting is *notula disahkan* in the transaction that completes its notula."""
    rapat = kunci(Rapat.objects.get(pk=naskah.subjek_id))
    rapat.status = S.NOTULA_DISAHKAN
    rapat.save(update_fields=["status"])
    catat("rapat_notula_disahkan", rapat, oleh=None, kalimat=f"Notula {naskah.nomor} ditandatangani")
