"""What people do with an outgoing letter: draft, edit, have it numbered and printed, give it up."""

from collections.abc import Sequence

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import jenis_berlaku, perlu_alasan, perlu_hak
from kpupalu.naskah.models import JenisNaskah, Naskah
from kpupalu.surat.documents import isi_surat, penanda_pada
from kpupalu.surat.models import Instansi, SuratKeluar, TujuanSurat

BUKU = "surat-keluar"
MEDAN = ("kode_jenis", "klasifikasi", "tanggal", "sifat", "lampiran", "hal", "isi", "rincian", "penutup", "penanda")
_MEDAN_KOLOM = ("kode_jenis", "klasifikasi_id", *MEDAN[2:])


def jenis_surat() -> list[tuple[str, str]]:
    """Code and name of the kinds of letters the office writes, one of each."""
    baris = (
        JenisNaskah.objects.filter(buku=BUKU, template="surat/naskah/surat.html")
        .order_by("kode", "berlaku_mulai")
        .values_list("kode", "nama")
    )
    return list(dict(baris).items())


@transaction.atomic
def susun(surat: SuratKeluar, *, kepada: Sequence[Instansi | str], tembusan: Sequence[str] = (), by) -> SuratKeluar:
    """Save a new draft to *kepada* (partners, or names as typed). Refuses a letter to nobody, and a kind or a code
    that is not in force on its day."""
    perlu_hak(by, "surat.susun_surat", "Anda tidak berwenang menyusun surat keluar.")
    _periksa(surat, kepada)
    surat.dibuat_oleh = by
    surat.save(force_insert=True)
    _tulis_tujuan(surat, kepada, tembusan)
    catat("surat_disusun", surat, oleh=by, kalimat=f"Menyusun konsep surat: {surat.hal}")
    return surat


def _periksa(surat: SuratKeluar, kepada: Sequence[Instansi | str]) -> None:
    jenis_berlaku(surat.kode_jenis, surat.tanggal)
    if not surat.klasifikasi.__class__.objects.berlaku(surat.tanggal).filter(pk=surat.klasifikasi_id).exists():
        raise Refused(f"Klasifikasi {surat.klasifikasi.kode} tidak berlaku pada tanggal surat. Pilih kode lain.")
    if not kepada:
        raise Refused("Surat memerlukan paling sedikit satu tujuan. Pilih instansi atau tulis tujuannya.")


def _tulis_tujuan(surat: SuratKeluar, kepada: Sequence[Instansi | str], tembusan: Sequence[str]) -> None:
    surat.tujuan.all().delete()
    TujuanSurat.objects.bulk_create(
        [
            TujuanSurat(
                surat=surat,
                urut=urut,
                instansi=satu if isinstance(satu, Instansi) else None,
                nama=satu.sebutan if isinstance(satu, Instansi) else satu,
            )
            for urut, satu in enumerate(kepada, start=1)
        ]
        + [TujuanSurat(surat=surat, urut=urut, nama=nama, tembusan=True) for urut, nama in enumerate(tembusan, 1)]
    )


def _kunci(surat: SuratKeluar) -> SuratKeluar:
    """The row locked and read alone: a joined document would be the one from before the wait."""
    return SuratKeluar.objects.select_for_update().get(pk=surat.pk)


def boleh_ubah(surat: SuratKeluar, user) -> Verdict:
    """Whether *user* may edit *surat* now."""
    if not user.has_perm("surat.susun_surat"):
        return Verdict("Anda tidak berwenang menyusun surat keluar.")
    if not surat.konsep:
        return Verdict("Surat ini sudah disiapkan sehingga isinya tetap. Tarik naskahnya bila harus diubah.")
    return ALLOWED


@transaction.atomic
def ubah(
    surat: SuratKeluar, *, kepada: Sequence[Instansi | str], tembusan: Sequence[str], dilihat: int, by
) -> SuratKeluar:
    """Save an edited draft. *dilihat* is the edition the person had before them; a newer one refuses the edit."""
    lama = _kunci(surat)
    if not (verdict := boleh_ubah(lama, by)):
        raise Refused(verdict.reason)
    if lama.versi != dilihat:
        raise Refused("Orang lain mengubah konsep ini sesudah Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
    _periksa(surat, kepada)
    beda = {m: (getattr(lama, m), getattr(surat, m)) for m in _MEDAN_KOLOM if getattr(lama, m) != getattr(surat, m)}
    sebelum = list(lama.tujuan.values_list("nama", flat=True))
    surat.versi = lama.versi + 1
    surat.save(update_fields=[*MEDAN, "versi"])
    _tulis_tujuan(surat, kepada, tembusan)
    sesudah = list(surat.tujuan.values_list("nama", flat=True))
    if sebelum != sesudah:
        beda["tujuan"] = (sebelum, sesudah)
    catat("surat_diubah", surat, oleh=by, kalimat="Mengubah konsep surat", perubahan=beda)
    return surat


@transaction.atomic
def siapkan_surat(surat: SuratKeluar, *, by, cara: str = Naskah.Cara.ELEKTRONIK) -> SuratKeluar:
    """Make the draft a document: signer of that day, nomor from the agenda, print by a job.

    Of two people at once one gets the nomor, the other is refused. Refuses what ``dasar.siapkan`` refuses.
    """
    perlu_hak(by, "naskah.siapkan_naskah", "Surat diberi nomor oleh kasubbag Rendatin atau sekretaris.")
    surat = _kunci(surat)
    if not surat.konsep:
        raise Refused("Surat ini baru saja disiapkan orang lain. Muat ulang halamannya.")
    naskah = dasar.buat_naskah(
        surat.kode_jenis,
        subjek=surat,
        isi=isi_surat(surat),
        penandatangan=[penanda_pada(surat.penanda, surat.tanggal)],
        by=by,
        tanggal=surat.tanggal,
        cara=cara,
    )
    surat.naskah = dasar.siapkan(naskah, by=by)
    surat.save(update_fields=["naskah"])
    catat("surat_disiapkan", surat, oleh=by, kalimat=f"Menyiapkan surat dengan nomor {surat.naskah.nomor}")
    return surat


@transaction.atomic
def batalkan(surat: SuratKeluar, *, alasan: str, by) -> SuratKeluar:
    """Give a draft up with a reason; one that is a document is withdrawn as a document first."""
    alasan = perlu_alasan(alasan)
    surat = _kunci(surat)
    if not (verdict := boleh_ubah(surat, by)):
        raise Refused(verdict.reason)
    surat.dibatalkan, surat.alasan_batal = True, alasan[:300]
    surat.save(update_fields=["dibatalkan", "alasan_batal"])
    catat("surat_dibatalkan", surat, oleh=by, alasan=alasan, kalimat="Membatalkan konsep surat")
    return surat
