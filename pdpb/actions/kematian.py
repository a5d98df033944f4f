"""What people do in the waiting room of suspected deaths: report, follow up, write to the lurah, bring the document."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from kpupalu.audit.catatan import catat, catat_akses, catat_banyak
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.dasar import buat_naskah, calon_anggota, perlu_alasan
from kpupalu.naskah.models import Naskah
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.perubahan import ambil_langkah, lengkapi_bukti, usulkan
from pdpb.actions.temuan import putuskan
from pdpb.cetakan_coktas import isi_surat_kematian
from pdpb.kematian import KATEGORI, jenis_dokumen, laporan_terbuka, ruang_tunggu, temuan_usia, usulan_menunggu
from pdpb.models import (
    BarisSurat,
    Bukti,
    Dugaan,
    Kategori,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    SuratKematian,
    Temuan,
    TindakLanjut,
)

JENIS_SURAT = "surat-kematian"


def _perlu_hak(oleh) -> None:
    if not oleh.has_perm("pdpb.catat_kematian"):
        raise Refused("Anda tidak berwenang mencatat di ruang tunggu kematian. Minta operator atau verifikator.")


def _dalam_daftar(pemilih: Pemilih) -> Pendaftaran:
    versi = Pendaftaran.objects.aktif().filter(pemilih=pemilih).select_related("kelurahan").first()
    if versi is None:
        raise Refused("Orang ini tidak ada dalam daftar sekarang, jadi tidak ada yang perlu ditunggu.")
    return versi


@transaction.atomic
def laporkan(
    pemilih: Pemilih, *, jenis: str, sumber: str, tanggal: date, keterangan: str, oleh, alasan: str = ""
) -> Dugaan:
    """Record that somebody said something about *pemilih* without a document; no figure moves.

    Refuses a person who is not in the list, a day still to come, and a second open report of the same source.
    A NIK in *keterangan* is kept masked.
    """
    _perlu_hak(oleh)
    _dalam_daftar(pemilih)
    if tanggal > hari_ini():
        raise Refused("Tanggal laporan tidak boleh sesudah hari ini. Periksa tanggalnya.")
    try:
        with transaction.atomic():
            dugaan = Dugaan.objects.create(
                pemilih=pemilih,
                jenis=jenis,
                sumber=sumber,
                tanggal=tanggal,
                keterangan=samarkan_teks(keterangan.strip()),
                dicatat_oleh=oleh,
            )
    except IntegrityError as salah:
        raise Refused("Laporan dari sumber ini sudah tercatat dan masih terbuka. Catat tindak lanjutnya.") from salah
    kalimat = f"Mencatat {dugaan.get_jenis_display().lower()}, sumber {dugaan.get_sumber_display()}"
    catat("pdpb.laporkan_dugaan", pemilih, oleh=oleh, kalimat=kalimat, alasan=alasan)
    return dugaan


@transaction.atomic
def tindak_lanjuti(
    pemilih: Pemilih, *, tanggal: date, kepada: str, hasil: str, oleh, kunci: UUID
) -> tuple[TindakLanjut, bool]:
    """Record one attempt to get the document, and whether it is new: a form sent twice gives the first record again.

    Refuses a day still to come and a result shorter than five letters. A NIK in *hasil* is kept masked.
    """
    _perlu_hak(oleh)
    if tanggal > hari_ini():
        raise Refused("Tanggal tindak lanjut tidak boleh sesudah hari ini. Periksa tanggalnya.")
    if len(hasil.strip()) < 5:
        raise Refused("Tuliskan hasilnya, misalnya: keluarga berjanji mengurus akta bulan ini.")
    isi = {
        "pemilih": pemilih,
        "tanggal": tanggal,
        "kepada": kepada,
        "hasil": samarkan_teks(hasil.strip()),
        "oleh": oleh,
    }
    tindak, baru = TindakLanjut.objects.get_or_create(kunci=kunci, defaults=isi)
    if baru:
        kalimat = f"Menindaklanjuti dugaan meninggal kepada {tindak.get_kepada_display()}: {tindak.hasil}"
        catat("pdpb.tindak_lanjut_kematian", pemilih, oleh=oleh, kalimat=kalimat)
    return tindak, baru


@transaction.atomic
def terima_dokumen(pemilih: Pemilih, *, bukti: Bukti, periode: Periode | None, oleh) -> Perubahan:
    """Put the document that came with the waiting proposal, or propose the removal with it; close the reports.

    The proposal goes on to verification by somebody else; the voter stays in the list until it is approved. Refuses
    a kind of document that does not prove a death, and whatever ``lengkapi_bukti`` and ``usulkan`` refuse.
    """
    _perlu_hak(oleh)
    if bukti.jenis_dokumen not in jenis_dokumen(KATEGORI):
        raise Refused("Dokumen ini tidak membuktikan kematian. Pilih salah satu jenis dokumen yang diterima.")
    usulan = usulan_menunggu().filter(pemilih=pemilih).order_by("pk").first()
    if usulan:
        usulan = lengkapi_bukti(usulan, bukti=bukti, oleh=oleh)
    elif periode is None:
        raise Refused("Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
    else:
        kategori = Kategori.objects.get(pk=KATEGORI)
        usulan = usulkan(periode=periode, kategori=kategori, pemilih=pemilih, bukti=bukti, oleh=oleh)
    tutup_laporan(pemilih, penyelesaian=f"Dokumen diterima: {bukti}", oleh=oleh)
    catat("pdpb.terima_dokumen_kematian", pemilih, oleh=oleh, kalimat=f"Menerima dokumen: {bukti}")
    return usulan


@transaction.atomic
def nyatakan_hidup(pemilih: Pemilih, *, alasan: str, oleh) -> int:
    """Take somebody out of the waiting room who is alive; return how many questions were closed.

    Rejects the waiting proposals, closes the reports and the findings about age, each with the reason. Refuses a
    person without the right to verify, and a reason shorter than ten letters.
    """
    if not oleh.has_perm("pdpb.verifikasi_perubahan"):
        raise Refused("Anda tidak berwenang memutuskan bahwa orang ini masih hidup. Minta verifikator.")
    alasan = perlu_alasan(alasan)
    jumlah = 0
    for usulan in usulan_menunggu().filter(pemilih=pemilih).select_related("periode"):
        hasil = ambil_langkah([usulan.pk], "tolak", oleh=oleh, periode=usulan.periode, catatan=alasan)
        jumlah += len(hasil.berhasil)
    jumlah += tutup_laporan(pemilih, penyelesaian=f"Masih hidup: {alasan}", oleh=oleh)
    usia = list(temuan_usia().filter(pemilih=pemilih).values_list("pk", flat=True))
    if usia:
        jumlah += putuskan(usia, status=Temuan.Status.DIABAIKAN, keputusan=f"Masih hidup: {alasan}"[:240], oleh=oleh)
    if not jumlah:
        raise Refused("Tidak ada dugaan meninggal yang terbuka untuk orang ini. Muat ulang halaman ini.")
    catat("pdpb.nyatakan_hidup", pemilih, oleh=oleh, alasan=alasan, kalimat="Menyatakan masih hidup")
    return jumlah


def tutup_laporan(pemilih: Pemilih, *, penyelesaian: str, oleh) -> int:
    """Close the open reports of a death of *pemilih*, saying how each was answered; return how many."""
    isi = {"status": Dugaan.Status.SELESAI, "ditutup_oleh": oleh, "ditutup_pada": sekarang()}
    return laporan_terbuka().filter(pemilih=pemilih).update(penyelesaian=samarkan_teks(penyelesaian)[:240], **isi)


@transaction.atomic
def susun_surat(
    kelurahan: Kelurahan, *, pemilih: Sequence[int], tanggal: date, oleh, kunci: UUID
) -> tuple[SuratKematian, Naskah]:
    """Draft the letter to the lurah with the people of *pemilih* who wait there; numbered and printed as a naskah.

    Sent twice it gives the first letter again. Refuses when nobody of *pemilih* waits in this kelurahan any more.
    """
    _perlu_hak(oleh)
    surat, baru = SuratKematian.objects.get_or_create(
        kunci=kunci, defaults={"kelurahan": kelurahan, "tanggal": tanggal, "dibuat_oleh": oleh}
    )
    if not baru:
        return surat, Naskah.objects.subjek(surat._meta.label_lower, surat.pk)[0]
    versi = list(
        ruang_tunggu(oleh)
        .filter(kelurahan=kelurahan, pemilih__in=list(pemilih))
        .select_related("identitas", "pemilih")
        .order_by("rw", "rt", "nama", "id")
    )
    if not versi:
        raise Refused("Tidak ada orang terpilih yang masih menunggu di kelurahan ini. Pilih lagi dari daftar.")
    BarisSurat.objects.bulk_create(BarisSurat(surat=surat, versi=v, pemilih=v.pemilih) for v in versi)
    naskah = buat_naskah(
        JENIS_SURAT,
        subjek=surat,
        isi=isi_surat_kematian(kelurahan, versi),
        penandatangan=calon_anggota(tanggal)[:1],
        by=oleh,
        judul=f"Permintaan surat keterangan kematian, Kelurahan {kelurahan}",
        tanggal=tanggal,
    )
    kalimat = f"Dimuat dalam surat kepada Lurah {kelurahan}"
    catat_banyak("pdpb.surat_kematian", [v.pemilih for v in versi], oleh=oleh, kalimat=kalimat)
    catat_akses("cetak", None, oleh=oleh, jumlah=len(versi), objek_label=str(surat), tujuan="Surat kepada lurah")
    return surat, naskah
