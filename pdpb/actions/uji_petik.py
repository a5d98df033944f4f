"""What people do with a field audit: write the protocol, draw, enter what was found, close, give up."""

import secrets

from django.db import connection, transaction
from django.db.models import Max

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.wilayah.models import Kecamatan
from pdpb.actions.perubahan import usulkan
from pdpb.kunci import kunci_periode
from pdpb.models import (
    Bukti,
    ContohUjiPetik,
    Kategori,
    Pendaftaran,
    Periode,
    Perubahan,
    Snapshot,
    UjiPetik,
    UsulanUjiPetik,
)
from pdpb.uji_petik import DITEMUI, boleh_diusulkan, strata, tarik

S, ARAH, HASIL = UjiPetik.Status, ContohUjiPetik.Arah, ContohUjiPetik.Hasil
_KUNCI_NOMOR = 727_116
MIN_BENIH, MIN_ALASAN = 8, 10
OTOMATIS = "dibangkitkan sistem saat protokol disimpan"


def _pastikan_hak(oleh, hak: str, kata: str) -> None:
    if not oleh.has_perm(f"pdpb.{hak}"):
        raise Refused(f"Anda tidak berwenang {kata}.")


@transaction.atomic
def susun_protokol(
    *, snapshot: Snapshot, kecamatan: Kecamatan | None, jumlah_orang: int, jumlah_rumah: int, tujuan: str, oleh,
    benih: str = "", asal_benih: str = "",
) -> UjiPetik:  # fmt: skip
    """Write down what will be drawn, from which frozen version and with which seed, before anything is drawn.

    Without *benih* the system makes one. A NIK in what is typed is kept masked. Refuses without the right, without a
    purpose, a typed seed that is short or of unknown origin, and a sample too small to tell its variance or larger than
    the list.
    """
    _pastikan_hak(oleh, "kelola_uji_petik", "menyusun uji petik")
    benih, asal_benih, tujuan = benih.strip(), samarkan_teks(asal_benih.strip()), samarkan_teks(tujuan.strip())
    if len(tujuan) < MIN_ALASAN:
        raise Refused(f"Tulis tujuan uji petik, paling sedikit {MIN_ALASAN} huruf.")
    if benih and (len(benih) < MIN_BENIH or not asal_benih):
        raise Refused(f"Benih yang diketik paling sedikit {MIN_BENIH} huruf atau angka dan menyebut asalnya.")
    tahun, hari = sekarang().year, hari_ini()
    uji = UjiPetik(
        tahun=tahun, urut=0, snapshot=snapshot, kecamatan=kecamatan, jumlah_orang=jumlah_orang,
        jumlah_rumah=jumlah_rumah, tujuan=tujuan, disusun_oleh=oleh,
        keyakinan=nilai_bulat("uji_petik_keyakinan", pada=hari),
        benih=benih or secrets.token_hex(16), asal_benih=asal_benih if benih else OTOMATIS,
    )  # fmt: skip
    _pastikan_cukup(uji)
    uji.urut = _nomor_berikut(tahun)
    uji.save(force_insert=True)
    catat(
        "pdpb.susun_uji_petik", uji, oleh=oleh, alasan=tujuan,
        kalimat=f"Protokol {uji.nomor}: {jumlah_orang} orang, {jumlah_rumah} rumah, {snapshot}, benih {uji.benih}",
    )  # fmt: skip
    return uji


def _pastikan_cukup(uji: UjiPetik) -> None:
    besar, hari = strata(uji), hari_ini()
    sedikit = nilai_bulat("uji_petik_contoh_per_kelurahan", pada=hari)
    paling_sedikit, paling_banyak = sum(min(sedikit, n) for n in besar.values()), sum(besar.values())
    if not besar:
        raise Refused("Data beku itu tidak memuat pemilih di wilayah ini. Pilih data beku atau wilayah lain.")
    for banyak, kata in ((uji.jumlah_orang, "pemilih"), (uji.jumlah_rumah, "rumah")):
        if banyak and not paling_sedikit <= banyak <= paling_banyak:
            raise Refused(
                f"Jumlah {kata} harus antara {paling_sedikit} (sedikitnya {sedikit} per kelurahan) dan {paling_banyak}."
            )
    if not uji.jumlah_orang and not uji.jumlah_rumah:
        raise Refused("Isi jumlah pemilih, jumlah rumah, atau keduanya.")


def _nomor_berikut(tahun: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_NOMOR])
    return (UjiPetik.objects.filter(tahun=tahun).aggregate(n=Max("urut"))["n"] or 0) + 1


@transaction.atomic
def tarik_contoh(uji: UjiPetik, *, oleh) -> UjiPetik:
    """Draw the sample that the protocol fixed, numbered by kelurahan. Refuses a second draw."""
    _pastikan_hak(oleh, "kelola_uji_petik", "menarik contoh uji petik")
    uji = UjiPetik.objects.select_for_update().get(pk=uji.pk)
    if uji.status != S.PROTOKOL:
        raise Refused(f"{uji} {uji.get_status_display().lower()}. Contoh ditarik satu kali; susun protokol baru.")
    hari = hari_ini()
    aturan = {
        "paling_sedikit": nilai_bulat("uji_petik_contoh_per_kelurahan", pada=hari),
        "langkah": nilai_bulat("uji_petik_langkah_rumah", pada=hari),
    }
    jumlah = 0
    for arah, banyak in ((ARAH.ORANG, uji.jumlah_orang), (ARAH.RUMAH, uji.jumlah_rumah)):
        baris = tarik(uji, arah, banyak, **aturan)
        jumlah += len(baris)
        ContohUjiPetik.objects.bulk_create(
            ContohUjiPetik(
                uji=uji, arah=arah, nomor=nomor, kelurahan_id=kelurahan, pendaftaran_id=versi,
                langkah=langkah if arah == ARAH.RUMAH else None,
            )
            for nomor, (versi, kelurahan, langkah) in enumerate(baris, start=1)
        )  # fmt: skip
    uji.status, uji.ditarik_pada = S.DITARIK, sekarang()
    uji.save(update_fields=["status", "ditarik_pada"])
    catat("pdpb.tarik_uji_petik", uji, oleh=oleh, jumlah=jumlah, kalimat=f"Menarik contoh {uji.nomor}")
    return uji


@transaction.atomic
def isi_hasil(
    contoh: ContohUjiPetik, *, hasil: str, oleh, berhak: int | None = None, terdaftar: int | None = None,
    catatan: str = "",
) -> ContohUjiPetik:  # fmt: skip
    """Enter what was found at one door; entering again replaces it, with old and new in the history.

    Refuses without the right, who wrote the protocol, a sample not drawn or closed, an outcome of the other
    direction, a house without its two counts, and a finding that lives on as a proposal.
    """
    _pastikan_hak(oleh, "isi_uji_petik", "mengisi hasil uji petik")
    uji = UjiPetik.objects.select_for_update().get(pk=contoh.uji_id)
    contoh = ContohUjiPetik.objects.select_for_update().get(pk=contoh.pk)
    if uji.disusun_oleh_id == oleh.pk:
        raise Refused("Penyusun protokol tidak boleh mengisi hasilnya. Minta petugas lain.")
    if uji.status != S.DITARIK:
        raise Refused(f"{uji} {uji.get_status_display().lower()}, jadi hasil tidak dapat diisi.")
    if hidup := UsulanUjiPetik.objects.filter(contoh=contoh).exclude(perubahan__status="ditolak").first():
        raise Refused(f"Temuan ini sudah menjadi usulan nomor {hidup.perubahan_id}. Tarik usulan itu lebih dahulu.")
    if hasil not in (*DITEMUI[ARAH(contoh.arah)], HASIL.TIDAK_DITEMUI):
        raise Refused("Hasil itu bukan untuk arah uji petik ini. Pilih hasil yang tersedia.")
    if hasil != HASIL.DIDATA:
        berhak = terdaftar = None
    elif berhak is None or terdaftar is None or not 0 <= terdaftar <= berhak:
        raise Refused("Isi banyak penghuni yang berhak, dan berapa di antaranya ada dalam daftar (tidak lebih).")
    baru = {"hasil": hasil, "berhak": berhak, "terdaftar": terdaftar, "catatan": samarkan_teks(catatan.strip())}
    lama = {nama: getattr(contoh, nama) for nama in baru}
    for nama, nilai in baru.items():
        setattr(contoh, nama, nilai)
    contoh.diisi_oleh, contoh.diisi_pada = oleh, sekarang()
    contoh.save(update_fields=[*baru, "diisi_oleh", "diisi_pada"])
    catat(
        "pdpb.isi_uji_petik", uji, oleh=oleh,
        kalimat=f"{contoh.get_arah_display()} nomor {contoh.nomor}: {contoh.get_hasil_display()}",
        perubahan={n: (lama[n], baru[n]) for n in baru if lama[n] != baru[n]},
    )  # fmt: skip
    return contoh


@transaction.atomic
def selesaikan(uji: UjiPetik, *, oleh) -> UjiPetik:
    """Close the audit: its results no longer change. Refuses while a door has no outcome."""
    _pastikan_hak(oleh, "kelola_uji_petik", "menutup uji petik")
    uji = UjiPetik.objects.select_for_update().get(pk=uji.pk)
    if uji.status != S.DITARIK:
        raise Refused(f"{uji} {uji.get_status_display().lower()}, jadi tidak dapat ditutup.")
    if kosong := uji.contoh.filter(hasil="").count():
        raise Refused(f"{kosong} contoh belum berisi hasil. Isi hasilnya, atau catat tidak dapat ditemui.")
    uji.status, uji.selesai_pada = S.SELESAI, sekarang()
    uji.save(update_fields=["status", "selesai_pada"])
    catat("pdpb.selesaikan_uji_petik", uji, oleh=oleh, kalimat=f"Menutup {uji.nomor}")
    return uji


@transaction.atomic
def batalkan_uji(uji: UjiPetik, *, alasan: str, oleh) -> UjiPetik:
    """Give the audit up; protocol, draw and results stay readable. Refuses a closed one, and no reason."""
    _pastikan_hak(oleh, "kelola_uji_petik", "membatalkan uji petik")
    uji = UjiPetik.objects.select_for_update().get(pk=uji.pk)
    if uji.status not in (S.PROTOKOL, S.DITARIK):
        raise Refused(f"{uji} {uji.get_status_display().lower()}, jadi tidak dapat dibatalkan.")
    if len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"Tulis alasan pembatalan, paling sedikit {MIN_ALASAN} huruf.")
    uji.status, uji.alasan_batal = S.DIBATALKAN, samarkan_teks(alasan.strip())
    uji.save(update_fields=["status", "alasan_batal"])
    catat("pdpb.batalkan_uji_petik", uji, oleh=oleh, alasan=alasan, kalimat=f"Membatalkan {uji.nomor}")
    return uji


@transaction.atomic
def usulkan_temuan(
    contoh: ContohUjiPetik, kategori: Kategori, *, periode: Periode, oleh, bukti: Bukti | None = None, **isi
) -> Perubahan:
    """Propose the change that a finding at the door asks for, and tie the two together; *isi* is for ``usulkan``.

    The evidence says that it came from this audit. While the proposal lives the finding is answered; rejected or
    withdrawn, it is open again. Refuses without the right to propose, an audit given up, a finding that asks for no
    such change or is answered already, and what ``usulkan`` refuses.
    """
    _pastikan_hak(oleh, "usul_perubahan", "mengusulkan perubahan")
    periode = kunci_periode(periode)
    contoh = (
        ContohUjiPetik.objects.select_for_update(of=("self",)).select_related("uji", "pendaftaran").get(pk=contoh.pk)
    )
    if contoh.uji.status == S.DIBATALKAN:
        raise Refused(f"{contoh.uji} dibatalkan, jadi temuannya tidak diusulkan. Usulkan dari halaman pemilihnya.")
    if kategori.jenis not in boleh_diusulkan(contoh):
        raise Refused("Temuan ini tidak meminta perubahan itu, atau sudah diusulkan. Muat ulang halaman temuan.")
    if contoh.arah == ARAH.ORANG:
        isi["pemilih"] = contoh.pendaftaran.pemilih
    if bukti:
        bukti.sumber_informasi = Bukti.Sumber.UJI_PETIK
        bukti.surat_pengantar = (
            f"Uji petik {contoh.uji.nomor}, {contoh.get_arah_display().lower()} nomor {contoh.nomor}"
        )
    isi["catatan"] = f"Uji petik {contoh.uji.nomor} nomor {contoh.nomor}. {isi.get('catatan', '')}".strip()[:240]
    perubahan = usulkan(periode=periode, kategori=kategori, oleh=oleh, bukti=bukti, **isi)
    UsulanUjiPetik.objects.create(contoh=contoh, perubahan=perubahan)
    kalimat = f"{contoh.get_arah_display()} nomor {contoh.nomor} diusulkan sebagai perubahan nomor {perubahan.pk}"
    catat("pdpb.usulkan_uji_petik", contoh.uji, oleh=oleh, kalimat=kalimat)
    return perubahan


def versi_temuan(contoh: ContohUjiPetik) -> Pendaftaran | None:
    """The row of the voter of a finding as it stands in the list now; None when the person has left it."""
    aktif = Pendaftaran.objects.aktif().filter(pemilih=contoh.pendaftaran.pemilih_id)
    return aktif.select_related("pemilih", "identitas", "tps", "kelurahan").first()
