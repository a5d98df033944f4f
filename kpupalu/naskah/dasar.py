"""The life of an official document outside its signatures: made, numbered, withdrawn, replaced, announced."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import ALLOWED, Refused, Verdict, waktu
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.naskah.cetak import Tercetak, cetak, kode_qr
from kpupalu.naskah.models import JenisNaskah, Naskah, Penandatangan
from kpupalu.naskah.penomoran import batalkan_nomor, ketik_nomor, take_nomor
from kpupalu.organisasi.models import anggota_pada

S = Naskah.Status
ALASAN_TERPENDEK = 10
_MILIK_KERNEL = {"naskah", "penandatangan"}
_KETERANGAN_PENYEDIA = {
    "lokal": "Tanda tangan elektronik, bila dibubuhkan, memakai sertifikat uji coba – tidak tersertifikasi.",
    "bsre": "Naskah ini ditandatangani secara elektronik dengan sertifikat dari Balai Sertifikasi Elektronik.",
    "basah": "Naskah ini ditandatangani di atas kertas; pindaiannya yang terdaftar adalah salinan.",
}


@dataclass(frozen=True, slots=True)
class Calon:
    """Somebody who is to sign: the account, and nama and jabatan as they will be printed."""

    user: Any
    nama: str
    jabatan: str
    hadir: bool = True
    alasan_tidak_hadir: str = ""
    wajib: bool = True


def calon_anggota(tanggal: date, *, tidak_hadir: Mapping[int, str] | None = None) -> list[Calon]:
    """The commissioners in office on *tanggal* as signers, ketua first.

    *tidak_hadir* maps the id of an account to the reason of absence, which is printed before anybody signs.
    Refuses when a commissioner has no account yet, because that person could never sign.
    """
    absen = tidak_hadir or {}
    calon = []
    for masa in anggota_pada(tanggal):
        user = masa.pegawai.user
        if user is None:
            raise Refused(f"{masa.pegawai} belum memiliki akun. Minta admin membuatkan akun lebih dahulu.")
        alasan = absen.get(user.pk, "")
        calon.append(Calon(user, masa.pegawai.nama_lengkap, masa.get_jabatan_display(), not alasan, alasan))
    if not calon:
        raise Refused(f"Tidak ada anggota KPU yang menjabat pada {tanggal_panjang(tanggal)}. Periksa masa jabatan.")
    return calon


def perlu_hak(user, perm: str, kalimat: str) -> None:
    """Raise Refused with *kalimat* unless *user* has *perm*."""
    if not user.has_perm(perm):
        raise Refused(kalimat)


def perlu_alasan(alasan: str) -> str:
    """*alasan* without outer blanks; Refused when shorter than ten letters."""
    alasan = alasan.strip()
    if len(alasan) < ALASAN_TERPENDEK:
        raise Refused(f"Tuliskan alasan, paling sedikit {ALASAN_TERPENDEK} huruf.")
    return alasan


def kunci(naskah: Naskah) -> Naskah:
    """The row of *naskah*, freshly read and locked until the transaction ends."""
    return Naskah.objects.select_for_update(of=("self",)).select_related("jenis").get(pk=naskah.pk)


def sidik_isi(isi: Mapping[str, Any]) -> str:
    """SHA-256 of *isi* as JSON with sorted keys and without blanks, UTF-8."""
    teks = json.dumps(isi, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(teks.encode()).hexdigest()


@transaction.atomic
def buat_naskah(
    jenis: JenisNaskah | str,
    *,
    subjek: models.Model | tuple[str, str] | None,
    isi: dict[str, Any],
    penandatangan: Sequence[Calon],
    by,
    judul: str = "",
    tanggal: date | None = None,
    versi: int | None = None,
    cara: str = Naskah.Cara.ELEKTRONIK,
    penyedia: str = "lokal",
    menggantikan: Naskah | None = None,
) -> Naskah:
    """A new draft about *subjek* (an object, or its label and key), without nomor and without file.

    *isi* is plain JSON and all that the template will ever see of the work area; its ``digest_data`` is shown
    on the evidence page, its ``triwulan`` goes into the nomor. Refuses a second living document of the same
    jenis about the same thing, an empty list of signers, and an absence without reason.
    """
    tanggal = tanggal or waktu.hari_ini()
    if isinstance(jenis, str):
        jenis = _jenis_berlaku(jenis, tanggal)
    if _MILIK_KERNEL & isi.keys():
        raise ValueError("isi memuat kunci milik kernel: naskah, penandatangan")
    if not any(calon.hadir for calon in penandatangan):
        raise Refused("Naskah memerlukan paling sedikit satu penanda tangan yang hadir.")
    label, kunci_subjek = _subjek(subjek)
    sebelum = Naskah.objects.filter(kode_jenis=jenis.kode, subjek_label=label, subjek_id=kunci_subjek).order_by("versi")
    terakhir = sebelum.aggregate(n=Max("versi"))["n"] if kunci_subjek else None
    try:
        with transaction.atomic():
            naskah = Naskah.objects.create(
                jenis=jenis,
                kode_jenis=jenis.kode,
                subjek_label=label,
                subjek_id=kunci_subjek,
                versi=versi or (terakhir or 0) + 1,
                judul=judul or isi.get("judul") or jenis.nama,
                tanggal=tanggal,
                isi=isi,
                digest_isi=sidik_isi(isi),
                cara=cara,
                penyedia="basah" if cara == Naskah.Cara.BASAH else penyedia,
                menggantikan=menggantikan or (sebelum.filter(status=S.DIGANTI).last() if kunci_subjek else None),
                dibuat_oleh=by,
            )
    except IntegrityError as salah:
        if "naskah_satu_yang_hidup" not in str(salah):
            raise
        raise Refused(
            f"{jenis.nama} untuk hal ini sudah ada dan masih berlaku. Buka naskah itu, atau ganti dengan versi baru."
        ) from salah
    _tulis_penandatangan(naskah, penandatangan)
    catat("naskah_dibuat", naskah, oleh=by, kalimat=f"Membuat konsep {naskah.judul}, versi {naskah.versi}")
    return naskah


def _subjek(subjek: models.Model | tuple[str, str] | None) -> tuple[str, str]:
    if isinstance(subjek, models.Model):
        return subjek._meta.label_lower, str(subjek.pk)
    return subjek or ("", "")


def _jenis_berlaku(kode: str, tanggal: date) -> JenisNaskah:
    jenis = JenisNaskah.objects.filter(kode=kode).berlaku(tanggal).order_by("-berlaku_mulai").first()
    if jenis is None:
        raise Refused(f"Jenis naskah {kode} tidak berlaku pada {tanggal_panjang(tanggal)}. Minta admin melengkapinya.")
    return jenis


def _tulis_penandatangan(naskah: Naskah, daftar: Sequence[Calon]) -> None:
    P = Penandatangan.Status
    for urut, calon in enumerate(daftar, start=1):
        if not calon.hadir and not calon.alasan_tidak_hadir.strip():
            raise Refused(f"Tuliskan alasan mengapa {calon.nama} tidak hadir.")
        Penandatangan.objects.create(
            naskah=naskah,
            urut=urut,
            user=calon.user,
            nama=calon.nama,
            jabatan=calon.jabatan,
            hadir=calon.hadir,
            alasan_tidak_hadir="" if calon.hadir else calon.alasan_tidak_hadir.strip(),
            wajib=calon.wajib,
            status=P.MENUNGGU if calon.hadir else P.BERHALANGAN,
        )


def konteks_cetak(naskah: Naskah) -> dict[str, Any]:
    """What the template sees: the isi of the work area plus the facts and signers of this document."""
    fakta = {
        "judul": naskah.judul,
        "nomor": naskah.nomor,
        "tanggal": naskah.tanggal.isoformat(),
        "tanggal_panjang": tanggal_panjang(naskah.tanggal),
        "versi": naskah.versi,
        "menggantikan": naskah.menggantikan.nomor if naskah.menggantikan else "",
        "digest_isi": naskah.digest_isi,
        "digest_data": naskah.isi.get("digest_data", ""),
        "keterangan_penyedia": _KETERANGAN_PENYEDIA.get(naskah.penyedia, ""),
    }
    if naskah.nomor:
        fakta |= {
            "kode_verifikasi": naskah.kode_verifikasi,
            "url_verifikasi": naskah.url_verifikasi,
            "qr": kode_qr(naskah.url_verifikasi),
        }
    orang = naskah.penandatangan.order_by("urut").values("urut", "nama", "jabatan", "hadir", "alasan_tidak_hadir")
    return {**naskah.isi, "naskah": fakta, "penandatangan": list(orang)}


def cetak_konsep(naskah: Naskah) -> Tercetak:
    """A preview with KONSEP across every page. It has no nomor, no code, and is stored nowhere."""
    return cetak(naskah.jenis.template, konteks_cetak(naskah), konsep=True)


def boleh_siapkan(naskah: Naskah, user) -> Verdict:
    """Whether *user* may number *naskah* and have it printed now."""
    if not user.has_perm("naskah.siapkan_naskah"):
        return Verdict("Anda tidak berwenang menyiapkan naskah. Minta kasubbag atau sekretaris menyiapkannya.")
    if naskah.status != S.KONSEP:
        return Verdict(f"Naskah sudah berstatus {naskah.get_status_display().lower()}; tidak perlu disiapkan lagi.")
    return ALLOWED


@transaction.atomic
def siapkan(naskah: Naskah, *, by, urut: int | None = None, alasan: str = "") -> Naskah:
    """Give the draft its nomor, freeze its isi and ask for the print.

    The next number of its book, or with *urut* that one, typed for the reason *alasan* (see ``ketik_nomor``).

    It becomes *siap ditandatangani* only when revision 0 is stored; until then it is a draft with a nomor, and
    calling this again after a failed print asks for another attempt under the same nomor. The agenda row is
    locked before the document (lock order), so of two people at once the later one is refused without a gap.
    """
    verdict = boleh_siapkan(naskah, by)
    if not verdict:
        raise Refused(verdict.reason)
    nomor = naskah.nomor or _ambil_nomor(naskah, by, urut, alasan)
    naskah = kunci(naskah)
    verdict = boleh_siapkan(naskah, by)
    if not verdict or naskah.nomor not in ("", nomor):
        raise Refused(verdict.reason or "Naskah baru saja disiapkan orang lain. Muat ulang halaman ini.")
    if not naskah.nomor:
        naskah.nomor = nomor
        catat(
            "naskah_disiapkan",
            naskah,
            oleh=by,
            kalimat=f"Menyiapkan naskah dengan nomor {nomor}",
            perubahan={"nomor": ("", nomor)},
        )
    naskah.pekerjaan = start_job("naskah.cetak", by=by, kunci=f"naskah-{naskah.pk}", naskah=naskah.pk)
    naskah.save(update_fields=["nomor", "pekerjaan"])
    return naskah


def _ambil_nomor(naskah: Naskah, by, urut: int | None, alasan: str) -> str:
    isi = {"tanggal": naskah.tanggal, "perihal": naskah.judul, "by": by, "triwulan": naskah.isi.get("triwulan")}
    if urut is None:
        return take_nomor(naskah.jenis, **isi)
    return ketik_nomor(naskah.jenis, urut=urut, alasan=alasan, **isi)


@transaction.atomic
def tarik(naskah: Naskah, *, by, alasan: str) -> Naskah:
    """Withdraw a document nobody has signed; its nomor is marked batal and stays used up. Never a signing note."""
    perlu_hak(by, "naskah.siapkan_naskah", "Anda tidak berwenang menarik naskah.")
    alasan = perlu_alasan(alasan)
    if naskah.subjek_label == Penandatangan._meta.label_lower:
        raise Refused("Catatan penandatanganan tidak dapat ditarik, karena naskah pokoknya sudah menyebut nomornya.")
    if naskah.nomor:
        batalkan_nomor(naskah.nomor, alasan=alasan, by=by)
    naskah = kunci(naskah)
    if naskah.status not in {S.KONSEP, S.SIAP}:
        raise Refused("Naskah yang sudah ditandatangani tidak dapat ditarik. Ganti dengan versi baru.")
    lama, naskah.status, naskah.alasan_akhir = naskah.status, S.DITARIK, alasan
    naskah.save(update_fields=["status", "alasan_akhir"])
    catat(
        "naskah_ditarik",
        naskah,
        oleh=by,
        alasan=alasan,
        kalimat="Menarik naskah",
        perubahan={"status": (lama, naskah.status)},
    )
    return naskah


@transaction.atomic
def tandai_diganti(naskah: Naskah, *, by, alasan: str) -> Naskah:
    """Let go of a printed document because a new version will follow; the old one stays readable.

    The next ``buat_naskah`` about the same thing names it as the one it replaces. A work area calls this when it
    reopens what the document is about. Refuses a draft, and one that was withdrawn or replaced before.
    """
    perlu_hak(by, "naskah.siapkan_naskah", "Anda tidak berwenang mengganti naskah.")
    alasan = perlu_alasan(alasan)
    naskah = kunci(naskah)
    if naskah.status in {S.KONSEP, S.DITARIK, S.DIGANTI}:
        raise Refused(f"Naskah berstatus {naskah.get_status_display().lower()} tidak dapat diganti.")
    lama, naskah.status, naskah.alasan_akhir = naskah.status, S.DIGANTI, alasan
    naskah.save(update_fields=["status", "alasan_akhir"])
    catat(
        "naskah_diganti",
        naskah,
        oleh=by,
        alasan=alasan,
        kalimat="Mengganti naskah dengan versi baru",
        perubahan={"status": (lama, naskah.status)},
    )
    return naskah


@transaction.atomic
def ganti(
    naskah: Naskah,
    *,
    isi: dict[str, Any],
    penandatangan: Sequence[Calon],
    by,
    alasan: str,
    **lain: Any,
) -> Naskah:
    """Replace a printed document by a new draft, the next version; the old one stays readable as *diganti*.

    This is also the way out when a signing provider dies midway: pass ``cara="basah"``. *lain* are further
    arguments of ``buat_naskah``. Refuses what ``tandai_diganti`` refuses.
    """
    naskah = tandai_diganti(naskah, by=by, alasan=alasan)
    return buat_naskah(
        lain.pop("jenis", naskah.kode_jenis),
        subjek=(naskah.subjek_label, naskah.subjek_id),
        isi=isi,
        penandatangan=penandatangan,
        by=by,
        judul=lain.pop("judul", naskah.judul),
        versi=lain.pop("versi", naskah.versi + 1),
        menggantikan=naskah,
        **lain,
    )


@transaction.atomic
def ulangi(naskah: Naskah, *, by, alasan: str, cara: str) -> Naskah:
    """The same content and signers as a new draft, to be signed from the beginning in the way *cara*.

    For a document whose signing got stuck. A complete one is replaced by its work area, which knows what changed.
    """
    if kunci(naskah).status not in {S.SIAP, S.SEBAGIAN}:
        raise Refused("Hanya naskah yang sedang menunggu tanda tangan dapat diulangi. Muat ulang halaman naskah ini.")
    orang = naskah.penandatangan.order_by("urut").select_related("user")
    return ganti(
        naskah,
        isi=naskah.isi,
        penandatangan=[Calon(p.user, p.nama, p.jabatan, p.hadir, p.alasan_tidak_hadir, p.wajib) for p in orang],
        by=by,
        alasan=alasan,
        tanggal=naskah.tanggal,
        cara=cara,
        penyedia="lokal" if naskah.penyedia == "basah" else naskah.penyedia,
    )


@transaction.atomic
def umumkan(naskah: Naskah, *, by) -> Naskah:
    """Make a fully signed document public; anybody with the code may download it from now on."""
    perlu_hak(by, "naskah.umumkan_naskah", "Anda tidak berwenang mengumumkan naskah.")
    naskah = kunci(naskah)
    if naskah.status not in {S.LENGKAP, S.DITANDATANGANI_BASAH}:
        raise Refused("Naskah diumumkan setelah tanda tangannya lengkap. Lengkapi tanda tangan lebih dahulu.")
    lama, naskah.status, naskah.diumumkan_pada = naskah.status, S.DIUMUMKAN, waktu.sekarang()
    naskah.save(update_fields=["status", "diumumkan_pada"])
    catat(
        "naskah_diumumkan",
        naskah,
        oleh=by,
        kalimat="Mengumumkan naskah",
        perubahan={"status": (lama, naskah.status)},
    )
    return naskah
