"""What people do in coktas: plan a round of visits, start it, fill in what was found, close it with its minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction

from kpupalu.accounts.backends import pemegang_hak
from kpupalu.accounts.models import User
from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini, sekarang
from kpupalu.naskah.dasar import Calon as CalonTanda
from kpupalu.naskah.dasar import buat_naskah, calon_anggota, perlu_alasan
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Pegawai
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.actions.perubahan import (
    BOLEH_DILENGKAPI,
    lengkapi_bukti,
    lepas_bukti,
    pastikan_terbuka,
    tarik_bersama,
    usulkan,
)
from pdpb.cetakan_coktas import isi_berita_acara, isi_surat_tugas
from pdpb.coktas import bagi_petugas, calon_kelurahan, per_rt
from pdpb.kunci import kunci_periode
from pdpb.models import BarisCoktas, Bukti, Kategori, KegiatanCoktas, Pemilih, Pendaftaran, Periode, Perubahan

S = KegiatanCoktas.Status
H, Kaitan = BarisCoktas.Hasil, BarisCoktas.Kaitan
_ISI = ("hasil", "informan", "hadir", "catatan", "sha256", "kaitan", "tanpa_usulan")
JENIS_TUGAS, JENIS_BA = "surat-tugas-coktas", "ba-coktas"
KATEGORI = {
    H.MENINGGAL: "meninggal",
    H.GANDA: "ganda",
    H.PINDAH: "pindah_domisili",
    H.UBAH_ELEMEN: "elemen_data",
}
"""What each result is proposed as; moving inside the city is ``pindah_dalam_kota``."""


def _perlu_hak(oleh) -> None:
    if not oleh.has_perm("pdpb.kelola_coktas"):
        raise Refused("Anda tidak berwenang mengatur kegiatan coktas. Minta verifikator atau kasubbag.")


def _kunci(kegiatan: KegiatanCoktas, *status: str) -> KegiatanCoktas:
    """*kegiatan* read afresh with its period and itself locked; refused unless it is in one of *status*."""
    kunci_periode(kegiatan.periode)
    kini = KegiatanCoktas.objects.select_for_update(of=("self",)).select_related("periode", "kelurahan")
    kegiatan = kini.get(pk=kegiatan.pk)
    if kegiatan.status not in status:
        raise Refused(f"Kegiatan ini sudah {kegiatan.get_status_display().lower()}. Muat ulang halaman ini.")
    return kegiatan


def petugas_tersedia() -> list[User]:
    """The active accounts that may fill in results, by name."""
    return list(pemegang_hak("pdpb.isi_coktas").order_by("nama_lengkap", "pk"))


def _boleh_isi(user) -> bool:
    return user.is_active and user.has_perm("pdpb.isi_coktas")


@transaction.atomic
def susun_kegiatan(
    kelurahan: Kelurahan,
    *,
    periode: Periode,
    pemilih: Sequence[int],
    petugas: Sequence[User],
    mulai: date,
    akhir: date,
    keperluan: str,
    oleh,
    kunci: UUID,
) -> KegiatanCoktas:
    """A new activity with the candidates of *pemilih* in *kelurahan*, whole RT dealt out evenly among *petugas*.

    Sent twice it gives the first one again. Refuses a closed period, nobody to visit, more rows than one activity
    carries, a petugas without the right, and rows that somebody else has just planned.
    """
    _perlu_hak(oleh)
    periode = kunci_periode(periode)
    if lama := KegiatanCoktas.objects.filter(kunci=kunci).first():
        return lama
    if periode.status != Periode.Status.TERBUKA:
        raise Refused(f"{periode.nama} tidak terbuka lagi. Susun kegiatan pada periode yang terbuka.")
    if akhir < mulai:
        raise Refused("Tanggal akhir tidak boleh sebelum tanggal mulai. Periksa kedua tanggalnya.")
    if not petugas or not all(map(_boleh_isi, petugas)):
        raise Refused("Pilih paling sedikit satu petugas yang berhak mengisi hasil coktas.")
    batas = nilai_bulat("coktas_baris_maksimum", pada=hari_ini())
    calon = {c.pemilih: c for c in calon_kelurahan(kelurahan.pk, batas=10**6)}
    dipilih = [calon[p] for p in dict.fromkeys(pemilih) if p in calon]
    if not dipilih:
        raise Refused("Tidak ada baris terpilih yang masih perlu dikunjungi. Pilih lagi dari daftar calon.")
    if len(dipilih) > batas:
        raise Refused(f"Paling banyak {batas} baris dalam satu kegiatan. Pilih lebih sedikit, atau susun dua kegiatan.")
    kegiatan = KegiatanCoktas.objects.create(
        periode=periode, kelurahan=kelurahan, mulai=mulai, akhir=akhir, keperluan=keperluan, dibuat_oleh=oleh,
        kunci=kunci,
    )  # fmt: skip
    kelompok = per_rt(dipilih)
    bagian = bagi_petugas([(nama, len(isi)) for nama, isi in kelompok], [u.pk for u in petugas])
    baris = [
        BarisCoktas(
            kegiatan=kegiatan, pemilih_id=c.pemilih, versi_id=c.versi, petugas_id=bagian[nama], alasan=list(c.alasan)
        )
        for nama, isi in kelompok
        for c in isi
    ]
    try:
        with transaction.atomic():
            BarisCoktas.objects.bulk_create(baris)
    except IntegrityError as salah:
        raise Refused(
            "Sebagian baris baru saja masuk kegiatan lain. Muat ulang daftar calon, lalu pilih lagi."
        ) from salah
    catat("pdpb.susun_coktas", kegiatan, oleh=oleh, jumlah=len(baris), kalimat=f"Menyusun coktas, {len(baris)} baris")
    return kegiatan


@transaction.atomic
def alihkan(kegiatan: KegiatanCoktas, *, baris: Sequence[int], petugas: User, oleh) -> int:
    """Give unvisited rows of *kegiatan* to another petugas; return how many. Refuses one without the right."""
    _perlu_hak(oleh)
    kegiatan = _kunci(kegiatan, S.DISUSUN, S.BERJALAN)
    if not _boleh_isi(petugas):
        raise Refused("Orang ini tidak berhak mengisi hasil coktas. Pilih petugas lain.")
    jumlah = kegiatan.baris.filter(pk__in=list(baris), hasil="").update(petugas=petugas)
    if not jumlah:
        raise Refused("Tidak ada baris terpilih yang belum dikunjungi. Centang paling sedikit satu baris.")
    catat("pdpb.alihkan_coktas", kegiatan, oleh=oleh, jumlah=jumlah, kalimat=f"Mengalihkan {jumlah} baris ke {petugas}")
    return jumlah


@transaction.atomic
def mulai_kegiatan(kegiatan: KegiatanCoktas, *, oleh) -> KegiatanCoktas:
    """Open the rows to their petugas. Refuses an activity that is not *disusun* any more."""
    _perlu_hak(oleh)
    kegiatan = _kunci(kegiatan, S.DISUSUN)
    return _ubah_status(kegiatan, S.BERJALAN, "pdpb.mulai_coktas", "Memulai coktas", oleh)


@transaction.atomic
def selesaikan(kegiatan: KegiatanCoktas, *, alasan: str = "", oleh) -> KegiatanCoktas:
    """Close the visits; rows that nobody visited are candidates again. Refuses them without a reason."""
    _perlu_hak(oleh)
    kegiatan = _kunci(kegiatan, S.BERJALAN)
    sisa = kegiatan.baris.filter(hasil="").count()
    if sisa and len(alasan.strip()) < 10:
        raise Refused(f"{sisa} baris belum dikunjungi. Tuliskan alasannya, paling sedikit 10 huruf.")
    return _tutup(kegiatan, S.SELESAI, "pdpb.selesaikan_coktas", "Menutup coktas", alasan, oleh)


@transaction.atomic
def batalkan(kegiatan: KegiatanCoktas, *, alasan: str, oleh) -> KegiatanCoktas:
    """Drop an activity nobody has filled in yet; its rows are candidates again. Refuses once there is a result."""
    _perlu_hak(oleh)
    alasan = perlu_alasan(alasan)
    kegiatan = _kunci(kegiatan, S.DISUSUN, S.BERJALAN)
    if kegiatan.baris.exclude(hasil="").exists():
        raise Refused("Sudah ada hasil yang diisi. Selesaikan kegiatan ini; baris yang tersisa dapat dipilih lagi.")
    return _tutup(kegiatan, S.DIBATALKAN, "pdpb.batalkan_coktas", "Membatalkan coktas", alasan, oleh)


def _tutup(kegiatan, status: str, tindakan: str, kalimat: str, alasan: str, oleh) -> KegiatanCoktas:
    kegiatan.baris.filter(terbuka=True).update(terbuka=False)
    kegiatan.ditutup_pada, kegiatan.alasan_akhir = sekarang(), samarkan_teks(alasan.strip())
    kegiatan.save(update_fields=["ditutup_pada", "alasan_akhir"])
    return _ubah_status(kegiatan, status, tindakan, kalimat, oleh, alasan)


def _ubah_status(kegiatan, status: str, tindakan: str, kalimat: str, oleh, alasan: str = "") -> KegiatanCoktas:
    lama, kegiatan.status = kegiatan.status, status
    kegiatan.save(update_fields=["status"])
    catat(tindakan, kegiatan, oleh=oleh, kalimat=kalimat, alasan=alasan, perubahan={"status": (lama, status)})
    return kegiatan


# --- At the door -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Kunjungan:
    """What the petugas found at one door. *jenis_dokumen* names a document that proves it, "" when there is none."""

    hasil: str
    informan: str
    hadir: str = ""
    catatan: str = ""
    foto: File | None = None
    sha256: str = ""
    jenis_dokumen: str = ""
    nomor_dokumen: str = ""
    elemen: Mapping[str, Any] = field(default_factory=dict)
    bertahan: Pemilih | None = None
    kelurahan_tujuan: Kelurahan | None = None
    tps_tujuan: TPS | None = None


@transaction.atomic
def isi_hasil(baris: BarisCoktas, kunjungan: Kunjungan, *, oleh, kunci: UUID) -> BarisCoktas:
    """Record what was found, and propose the change that follows from it with the document as evidence.

    A form sent twice counts once. What the rules refuse to propose keeps the result with the reason: a visit is
    never lost. Refuses a row of somebody else, one that is filled in, and an activity that does not run.
    """
    # An activity may go on after its quarter was frozen; what it finds then belongs to the quarter that is open.
    terbuka = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    periode = kunci_periode(terbuka or baris.kegiatan.periode)
    kini = BarisCoktas.objects.select_for_update(of=("self",)).select_related("kegiatan__periode", "pemilih")
    baris = kini.get(pk=baris.pk)
    if baris.kunci == kunci and baris.diisi_oleh_id == oleh.pk:
        return baris
    if baris.petugas_id != oleh.pk or not oleh.has_perm("pdpb.isi_coktas"):
        raise Refused("Baris ini tidak lagi ditugaskan kepada Anda. Buka lagi daftar tugas Anda.")
    if baris.kegiatan.status != S.BERJALAN:
        raise Refused("Kegiatan ini sedang tidak berjalan. Hubungi kantor sebelum melanjutkan kunjungan.")
    if baris.hasil:
        saat = baris.diisi_pada.astimezone(WITA) if baris.diisi_pada else None
        raise Refused(f"Baris ini sudah diisi pada {saat:%d-%m-%Y %H.%M} WITA. Lanjutkan ke baris berikutnya.")
    baris.hasil, baris.kunci, baris.terbuka = kunjungan.hasil, kunci, False
    baris.informan, baris.hadir, baris.catatan = map(
        samarkan_teks, (kunjungan.informan, kunjungan.hadir, kunjungan.catatan)
    )
    baris.diisi_oleh, baris.diisi_pada = oleh, sekarang()
    if kunjungan.foto:
        baris.foto, baris.sha256 = kunjungan.foto, kunjungan.sha256
    baris.usulan, baris.kaitan, baris.tanpa_usulan = _usulan(baris, kunjungan, periode, oleh)
    if baris.tanpa_usulan and (temuan := "; ".join(f"{k}: {v}" for k, v in kunjungan.elemen.items() if v)):
        # What was seen at the door stays with the row even where no proposal takes it.
        baris.catatan = samarkan_teks(f"{baris.catatan} [{temuan}]".strip())[:240]
    baris.save()
    kalimat = f"Mengisi hasil coktas: {baris.get_hasil_display().lower()}, informan {baris.informan}"
    catat("pdpb.isi_coktas", baris, oleh=oleh, kalimat=kalimat)
    catat("pdpb.isi_coktas", baris.pemilih, oleh=oleh, kalimat=f"Hasil coktas: {baris.get_hasil_display().lower()}")
    return baris


def boleh_ditarik(baris: BarisCoktas, *, oleh) -> bool:
    """Whether *oleh* is somebody who may take the result of *baris* back: who entered it, or who runs coktas."""
    if not baris.hasil:
        return False
    sendiri = baris.diisi_oleh_id == oleh.pk and oleh.has_perm("pdpb.isi_coktas")
    return oleh.has_perm("pdpb.kelola_coktas") or (sendiri and baris.kegiatan.status == S.BERJALAN)


@transaction.atomic
def tarik_hasil(baris: BarisCoktas, *, alasan: str, oleh) -> BarisCoktas:
    """Take a result entered wrongly back: the row is unvisited again, what it said stands in the history.

    The proposal that the visit made is withdrawn with it; evidence that it brought to another one is taken off again.
    Refuses anybody but who entered it (while the activity runs) and who runs coktas, a row without a result, a
    proposal that is verified already, and an activity whose minutes are drafted.
    """
    alasan = samarkan_teks(perlu_alasan(alasan))
    usulan = baris.usulan
    periode = kunci_periode(usulan.periode if usulan else baris.kegiatan.periode)
    kini = BarisCoktas.objects.select_for_update(of=("self",)).select_related("kegiatan", "pemilih", "usulan__periode")
    baris = kini.get(pk=baris.pk)
    if not baris.hasil:
        raise Refused("Baris ini tidak berisi hasil. Muat ulang halaman ini.")
    if not boleh_ditarik(baris, oleh=oleh):
        raise Refused("Hasil ditarik oleh yang mengisinya selama kegiatan berjalan, atau oleh pengatur coktas.")
    if naskah_kegiatan(baris.kegiatan, JENIS_BA):
        raise Refused("Berita acara kegiatan ini sudah disusun. Tarik dahulu berita acaranya.")
    if baris.usulan and baris.usulan.periode_id != periode.pk:
        raise Refused("Usulan dari hasil ini baru saja pindah periode. Muat ulang halaman ini.")
    if baris.usulan and baris.kaitan != Kaitan.SUDAH_ADA:
        pastikan_terbuka(periode)
        catatan = f"Hasil coktas ditarik: {alasan}"[:240]
        tindak = lepas_bukti if baris.kaitan == Kaitan.DILENGKAPI else tarik_bersama
        if baris.kaitan:
            tindak(baris.usulan, oleh=oleh, catatan=catatan)
    return _kosongkan(baris, alasan, oleh)


def _kosongkan(baris: BarisCoktas, alasan: str, oleh) -> BarisCoktas:
    """Make *baris* unvisited; open again while its activity runs and the person stands in no other."""
    lama = {nama: getattr(baris, nama) for nama in (*_ISI, "foto", "usulan", "diisi_oleh", "diisi_pada")}
    label = baris.get_hasil_display().lower()
    lain = BarisCoktas.objects.filter(pemilih=baris.pemilih, terbuka=True).exclude(pk=baris.pk).exists()
    for nama in _ISI:
        setattr(baris, nama, "")
    baris.foto, baris.usulan, baris.diisi_oleh, baris.diisi_pada, baris.kunci = "", None, None, None, None
    baris.terbuka = baris.kegiatan.status == S.BERJALAN and not lain
    baris.save()
    catat(
        "pdpb.tarik_coktas", baris, oleh=oleh, alasan=alasan, kalimat=f"Menarik hasil coktas: {label}",
        perubahan={n: (str(v), "") for n, v in lama.items() if v},
    )  # fmt: skip
    for objek in (baris.kegiatan, baris.pemilih):
        catat(
            "pdpb.tarik_coktas",
            objek,
            oleh=oleh,
            alasan=alasan,
            kalimat=f"Menarik hasil coktas baris {baris.pk}: {label}",
        )
    return baris


def _usulan(baris: BarisCoktas, kunjungan: Kunjungan, periode: Periode, oleh) -> tuple[Perubahan | None, str, str]:
    """The proposal that follows from *kunjungan* and what the visit did to it, or None and why there is none."""
    if kunjungan.hasil not in KATEGORI:
        return None, "", ""
    slug = "pindah_dalam_kota" if kunjungan.kelurahan_tujuan else KATEGORI[H(kunjungan.hasil)]
    kategori = Kategori.objects.get(pk=slug)
    bukti = _bukti(baris, kunjungan, oleh)
    try:
        with transaction.atomic():
            return *_usulkan(baris, kunjungan, kategori, bukti, periode, oleh), ""
    except Refused as alasan:
        return None, "", str(alasan)[:240]


def _bukti(baris: BarisCoktas, kunjungan: Kunjungan, oleh) -> Bukti | None:
    """The document shown at the door; a photograph of a house or a person proves nothing."""
    if not kunjungan.jenis_dokumen:
        return None
    return Bukti(
        jenis_dokumen=kunjungan.jenis_dokumen,
        nomor=samarkan_teks(kunjungan.nomor_dokumen),
        tanggal=hari_ini(),
        sumber_informasi=Bukti.Sumber.COKTAS,
        surat_pengantar=f"Kegiatan coktas {baris.kegiatan_id}, baris {baris.pk}",
        berkas=kunjungan.foto or "",
        sha256=kunjungan.sha256,
        dicatat_oleh=oleh,
    )


def _usulkan(
    baris: BarisCoktas, kunjungan: Kunjungan, kategori: Kategori, bukti: Bukti | None, periode: Periode, oleh
) -> tuple[Perubahan, str]:
    """Complete the proposal that waits for this visit, or make one; refuses when the one there says something else."""
    lama = (
        Perubahan.objects.filter(periode=periode, kategori=kategori, pemilih=baris.pemilih)
        .exclude(status=Perubahan.Status.DITOLAK)
        .first()
    )
    if lama:
        if _berisi_lain(lama, kunjungan, baris.pemilih):
            raise Refused(f"Usulan nomor {lama.pk} yang ada berisi lain dari hasil kunjungan. Periksa usulan itu.")
        if bukti and not lama.bukti_id and lama.status in BOLEH_DILENGKAPI:
            return lengkapi_bukti(lama, bukti=bukti, oleh=oleh), Kaitan.DILENGKAPI
        return lama, Kaitan.SUDAH_ADA
    baru = usulkan(
        periode=periode,
        kategori=kategori,
        pemilih=baris.pemilih,
        elemen=kunjungan.elemen,
        kelurahan_tujuan=kunjungan.kelurahan_tujuan,
        tps_tujuan=kunjungan.tps_tujuan,
        bertahan=kunjungan.bertahan,
        bukti=bukti,
        oleh=oleh,
        catatan=f"Coktas: {kunjungan.catatan}"[:240] if kunjungan.catatan else "Coktas",
    )
    return baru, Kaitan.DIBUAT


def _berisi_lain(lama: Perubahan, kunjungan: Kunjungan, pemilih: Pemilih) -> bool:
    """Whether the visit found an element, a place or a survivor that *lama* does not state."""
    kini = pemilih.pendaftaran_set.filter(akhir__isnull=True).first()
    for nama, isi in kunjungan.elemen.items():
        if isi in (None, "") or str(getattr(kini, nama, "")) == str(isi):
            continue
        if str(lama.elemen_baru.get(nama, "")) != str(isi):
            return True
    pasangan = (
        (kunjungan.kelurahan_tujuan, lama.kelurahan_tujuan_id),
        (kunjungan.tps_tujuan, lama.tps_tujuan_id),
        (kunjungan.bertahan, lama.bertahan_id),
    )
    return any(baru is not None and baru.pk != tertulis for baru, tertulis in pasangan)


# --- Documents ---------------------------------------------------------------------------------------------------
def naskah_kegiatan(kegiatan: KegiatanCoktas, kode_jenis: str) -> Naskah | None:
    """The living document of *kegiatan* of one kind, or None."""
    return Naskah.objects.subjek(kegiatan._meta.label_lower, kegiatan.pk).hidup().filter(kode_jenis=kode_jenis).first()


@transaction.atomic
def buat_surat_tugas(kegiatan: KegiatanCoktas, *, oleh) -> Naskah:
    """Draft the letter of assignment; it names the petugas, the days and the areas, and no voter."""
    _perlu_hak(oleh)
    kegiatan = _kunci(kegiatan, S.DISUSUN, S.BERJALAN)
    return buat_naskah(
        JENIS_TUGAS,
        subjek=kegiatan,
        isi=isi_surat_tugas(kegiatan),
        penandatangan=calon_anggota(hari_ini())[:1],
        by=oleh,
        judul=f"Surat tugas coklit terbatas, Kelurahan {kegiatan.kelurahan}",
    )


@transaction.atomic
def buat_berita_acara(kegiatan: KegiatanCoktas, *, oleh) -> Naskah:
    """Draft the minutes of a closed activity with its totals, to be signed on paper by those who went."""
    _perlu_hak(oleh)
    kegiatan = _kunci(kegiatan, S.SELESAI)
    petugas = User.objects.filter(pk__in=kegiatan.baris.values("petugas")).order_by("nama_lengkap", "pk")
    nama = {p.user_id: p.nama_lengkap for p in Pegawai.objects.filter(user__in=petugas)}
    tanggal = kegiatan.ditutup_pada.astimezone(WITA).date() if kegiatan.ditutup_pada else hari_ini()
    return buat_naskah(
        JENIS_BA,
        subjek=kegiatan,
        isi=isi_berita_acara(kegiatan),
        penandatangan=[CalonTanda(u, nama.get(u.pk, str(u)), "Petugas coktas") for u in petugas],
        by=oleh,
        judul=f"Berita acara coklit terbatas, Kelurahan {kegiatan.kelurahan}, {tanggal_panjang(tanggal)}",
        tanggal=tanggal,
        cara=Naskah.Cara.BASAH,
    )


URUTAN_LEMBAR = ("versi__rw", "versi__rt", "versi__nama", "id")
"""The order of the rows on the field sheets, by which they are numbered."""


def lembar_kerja(kegiatan: KegiatanCoktas) -> list[BarisCoktas]:
    """The rows of the field sheets in the order of RW, RT and name, with all they print."""
    kaitan = ("versi__identitas", "versi__kelurahan", "pemilih", "petugas")
    return list(kegiatan.baris.select_related(*kaitan).order_by(*URUTAN_LEMBAR))


def versi_kini(baris: BarisCoktas) -> Pendaftaran:
    """The row as it stands in the list now, or as it was planned when it has left the list since."""
    return Pendaftaran.objects.aktif().filter(pemilih=baris.pemilih_id).first() or baris.versi
