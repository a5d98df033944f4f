"""The list of public information: proposed by a unit, verified and published by the PPID, kept fresh, withdrawn."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from kpupalu.audit.catatan import catat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.organisasi.models import Subbagian
from ppid.models import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.daftar_informasi import maju_bulan

S, J = InformasiPublik.Status, Pemutakhiran.Jenis
USUL, TETAPKAN = "ppid.usul_dip", "ppid.tetapkan_dip"
_BUKAN_PPID = "Daftar informasi publik ditetapkan oleh PPID."


def unit_sendiri(user):
    """The units *user* belongs to and may propose for."""
    return Subbagian.objects.filter(pegawai__user=user)


def _perlu_unit(unit: Subbagian, oleh) -> None:
    perlu_hak(oleh, USUL, "Informasi publik diusulkan oleh unit yang menguasainya.")
    if not unit_sendiri(oleh).filter(pk=unit.pk).exists():
        raise Refused("Anda hanya dapat mengusulkan dan memutakhirkan informasi unit Anda sendiri.")


def _segel(baris: InformasiPublik | Pemutakhiran, berkas: Lampiran | None) -> None:
    """Keep *berkas* under its digest, which every later reading is held against."""
    if berkas is None:
        return
    baris.sha256, baris.tipe = sha256(berkas.isi).hexdigest(), berkas.jenis
    baris.berkas.save(f"{baris.sha256}.{berkas.jenis}", ContentFile(berkas.isi), save=False)


def _bersih(isi: Mapping[str, Any]) -> dict[str, Any]:
    return {k: samarkan_teks(v.strip()) if isinstance(v, str) and k != "tautan" else v for k, v in isi.items()}


def _periksa(entri: InformasiPublik) -> None:
    if entri.kategori != InformasiPublik.Kategori.BERKALA:
        entri.frekuensi_bulan = entri.frekuensi_bulan or None
    for nama, hari in (("Waktu pembuatan", entri.dibuat_pada), ("Tanggal mutakhir", entri.dimutakhirkan_pada)):
        if hari and hari > hari_ini():
            raise Refused(f"{nama} tidak boleh sesudah hari ini. Periksa tanggalnya.")
    try:
        entri.validate_constraints()
    except ValidationError as galat:
        raise Refused(" ".join(galat.messages)) from galat


def _pegang(entri: InformasiPublik, *, versi: int, dari: tuple[str, ...]) -> InformasiPublik:
    """The entry, locked and read again; refuses an older edition and a state outside *dari*."""
    segar = InformasiPublik.objects.select_for_update(of=("self",)).select_related("unit").get(pk=entri.pk)
    if segar.versi != versi:
        raise Refused("Entri ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in dari:
        raise Refused(f"Entri ini sedang dalam keadaan “{segar.get_status_display()}”. Muat ulang halamannya.")
    return segar


def _simpan(entri: InformasiPublik, acara: str, kata: str, *, oleh, alasan: str = "", **isi: Any) -> InformasiPublik:
    lama = {k: getattr(entri, k) for k in isi}
    for bidang, nilai in isi.items():
        setattr(entri, bidang, nilai)
    entri.versi += 1
    entri.save()
    ubah = {k: (lama[k], isi[k]) for k in isi if lama[k] != isi[k]}
    catat(f"ppid.{acara}", entri, oleh=oleh, kalimat=kata, alasan=alasan, perubahan=ubah)
    return entri


@transaction.atomic
def usulkan(*, isi: Mapping[str, Any], berkas: Lampiran | None, oleh) -> InformasiPublik:
    """Propose an entry of the own unit, with its file sealed. Refuses another unit and dates after today."""
    _perlu_unit(isi["unit"], oleh)
    entri = InformasiPublik(**_bersih(isi), diusulkan_oleh=oleh)
    _periksa(entri)
    _segel(entri, berkas)
    entri.save()
    catat("ppid.usul_dip", entri, oleh=oleh, kalimat=f"Mengusulkan informasi {entri.get_kategori_display().lower()}")
    return entri


@transaction.atomic
def perbaiki(
    entri: InformasiPublik, *, isi: Mapping[str, Any], berkas: Lampiran | None, versi: int, oleh
) -> InformasiPublik:
    """Correct a proposal before it is verified; it waits for the PPID again.

    Only whoever proposed it may: so the one who checks has never written any of it.
    """
    segar = _pegang(entri, versi=versi, dari=(S.USULAN, S.DIKEMBALIKAN))
    _perlu_unit(segar.unit, oleh)
    _perlu_unit(isi["unit"], oleh)
    if segar.diusulkan_oleh_id != oleh.pk:
        raise Refused("Usulan diperbaiki oleh pengusulnya. Bila perlu, buat usulan baru.")
    bersih = _bersih(isi)
    ubah = {k: (getattr(segar, k), v) for k, v in bersih.items() if getattr(segar, k) != v}
    for bidang, nilai in bersih.items():
        setattr(segar, bidang, nilai)
    _periksa(segar)
    if berkas:
        ubah["berkas"] = (segar.sha256, sha256(berkas.isi).hexdigest())
    _segel(segar, berkas)
    segar.status, segar.versi = S.USULAN, segar.versi + 1
    segar.save()
    catat("ppid.perbaiki_dip", segar, oleh=oleh, kalimat="Memperbaiki usulan", perubahan=ubah)
    return segar


def _pemeriksa(entri: InformasiPublik, oleh) -> None:
    perlu_hak(oleh, TETAPKAN, _BUKAN_PPID)
    if entri.diusulkan_oleh_id == oleh.pk:
        raise Refused(
            "Pengusul tidak boleh memverifikasi atau menetapkan usulannya sendiri. Serahkan kepada orang lain."
        )


@transaction.atomic
def verifikasi(entri: InformasiPublik, *, versi: int, oleh) -> InformasiPublik:
    """The PPID finds the proposal right. Refuses whoever proposed it."""
    segar = _pegang(entri, versi=versi, dari=(S.USULAN,))
    _pemeriksa(segar, oleh)
    return _simpan(
        segar, "verifikasi_dip", "Diverifikasi PPID", oleh=oleh, status=S.DIVERIFIKASI, diverifikasi_oleh=oleh
    )


@transaction.atomic
def kembalikan(entri: InformasiPublik, *, catatan: str, versi: int, oleh) -> InformasiPublik:
    """Send a proposal back to its unit with what is wrong with it."""
    catatan = perlu_alasan(catatan)
    segar = _pegang(entri, versi=versi, dari=(S.USULAN, S.DIVERIFIKASI))
    perlu_hak(oleh, TETAPKAN, _BUKAN_PPID)
    return _simpan(
        segar, "kembalikan_dip", "Dikembalikan untuk diperbaiki", oleh=oleh, alasan=catatan, status=S.DIKEMBALIKAN,
        diverifikasi_oleh=None,
    )  # fmt: skip


def _jatuh_tempo(entri: InformasiPublik, per: date) -> date | None:
    return maju_bulan(per, entri.frekuensi_bulan) if entri.frekuensi_bulan else None


@transaction.atomic
def tetapkan(entri: InformasiPublik, *, sk: str, pada: date, versi: int, oleh) -> InformasiPublik:
    """Record the decision (number and date) that puts a verified entry on the list; from now on anybody reads it.

    Refuses the proposer, a day after today or before the information was made, and a decision without number.
    """
    segar = _pegang(entri, versi=versi, dari=(S.DIVERIFIKASI,))
    _pemeriksa(segar, oleh)
    if len(sk.strip()) < 3:
        raise Refused("Tuliskan nomor keputusan yang menetapkan entri ini.")
    if not segar.dibuat_pada <= pada <= hari_ini():
        raise Refused("Tanggal keputusan harus di antara waktu pembuatan informasi dan hari ini.")
    per = segar.dimutakhirkan_pada or segar.dibuat_pada
    return _simpan(
        segar, "tetapkan_dip", "Ditetapkan dan terbit", oleh=oleh, status=S.TERBIT, sk=sk.strip(), ditetapkan_pada=pada,
        ditetapkan_oleh=oleh, dimutakhirkan_pada=per, jatuh_tempo=_jatuh_tempo(segar, per),
    )  # fmt: skip


def menunggu(entri: InformasiPublik) -> Pemutakhiran | None:
    """The proposed refresh nobody has decided yet."""
    return entri.pemutakhiran.filter(jenis=J.DIAJUKAN, keputusan=None).select_related("oleh").first()


@transaction.atomic
def ajukan_pembaruan(
    entri: InformasiPublik, *, uraian: str, isi_per: date, berkas: Lampiran | None, tautan: str, versi: int, oleh
) -> Pemutakhiran:
    """Propose newer content of a published entry; the public sees it once another person has published it.

    Without file and link the content stays and only its date moves (“checked, still right”). Refuses another unit, a
    second proposal while one waits, and a date after today or before the present one.
    """
    segar = _pegang(entri, versi=versi, dari=(S.TERBIT,))
    _perlu_unit(segar.unit, oleh)
    if menunggu(segar):
        raise Refused("Masih ada pembaruan yang menunggu PPID. Tunggu putusannya lebih dahulu.")
    if not (segar.dimutakhirkan_pada or segar.dibuat_pada) <= isi_per <= hari_ini():
        raise Refused("Tanggal mutakhir harus di antara tanggal mutakhir sekarang dan hari ini.")
    baris = Pemutakhiran(
        informasi=segar,
        jenis=J.DIAJUKAN,
        isi_per=isi_per,
        uraian=samarkan_teks(uraian.strip()),
        tautan=tautan,
        oleh=oleh,
    )
    _segel(baris, berkas)
    baris.save()
    _simpan(segar, "ajukan_pembaruan", f"Pembaruan diajukan: {baris.uraian}", oleh=oleh)
    return baris


@transaction.atomic
def putuskan_pembaruan(entri: InformasiPublik, *, terbitkan: bool, catatan: str, versi: int, oleh) -> InformasiPublik:
    """Publish or decline the refresh that waits. Refuses whoever proposed it; declining needs a reason.

    A published refresh moves the dates; the file that stood before stays with its own row.
    """
    segar = _pegang(entri, versi=versi, dari=(S.TERBIT,))
    perlu_hak(oleh, TETAPKAN, _BUKAN_PPID)
    usulan = menunggu(segar)
    if usulan is None:
        raise Refused("Tidak ada pembaruan yang menunggu putusan.")
    if usulan.oleh_id == oleh.pk:
        raise Refused("Pengaju tidak boleh menerbitkan pembaruannya sendiri. Serahkan kepada orang lain.")
    catatan = catatan.strip() if terbitkan else perlu_alasan(catatan)
    jenis = J.DITERBITKAN if terbitkan else J.DITOLAK
    Pemutakhiran.objects.create(
        informasi=segar, jenis=jenis, dari=usulan, uraian=samarkan_teks(catatan or usulan.uraian)[:300], oleh=oleh
    )
    isi: dict[str, Any] = {}
    if terbitkan and usulan.isi_per:
        isi = {"dimutakhirkan_pada": usulan.isi_per, "jatuh_tempo": _jatuh_tempo(segar, usulan.isi_per)}
        if usulan.berkas or usulan.tautan:
            isi |= {f: getattr(usulan, f) for f in ("tautan", "sha256", "tipe")} | {"berkas": usulan.berkas.name}
    kata = f"{jenis.label}: {usulan.uraian}"
    return _simpan(segar, "putus_pembaruan", kata, oleh=oleh, alasan=catatan, **isi)


@transaction.atomic
def tarik(entri: InformasiPublik, *, catatan: str, versi: int, oleh) -> InformasiPublik:
    """Take an entry off the list with the reason; it stays readable for officers, and so does its history."""
    catatan = perlu_alasan(catatan)
    segar = _pegang(entri, versi=versi, dari=(S.USULAN, S.DIKEMBALIKAN, S.DIVERIFIKASI, S.TERBIT))
    if segar.status == S.TERBIT or segar.diusulkan_oleh_id != oleh.pk:
        perlu_hak(oleh, TETAPKAN, _BUKAN_PPID)
    alasan = samarkan_teks(catatan)[:300]
    return _simpan(segar, "tarik_dip", "Ditarik", oleh=oleh, alasan=alasan, status=S.DITARIK, alasan_tarik=alasan)


def baca_berkas(baris: InformasiPublik | Pemutakhiran) -> bytes:
    """The sealed bytes. Refuses when they are gone or are no longer those that were sealed."""
    try:
        with baris.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused(
            "Berkas ini tidak ditemukan di penyimpanan. Sampaikan kepada petugas layanan informasi."
        ) from galat
    if sha256(isi).hexdigest() != baris.sha256:
        raise Refused("Isi berkas ini tidak lagi sama dengan yang disegel. Sampaikan kepada petugas layanan informasi.")
    return isi


@transaction.atomic
def hitung_unduhan(entri: InformasiPublik) -> None:
    """Add one to today's count of *entri*. Nothing about who fetched it is kept."""
    hari = hari_ini()
    UnduhanHarian.objects.bulk_create([UnduhanHarian(informasi=entri, pada=hari)], ignore_conflicts=True)
    UnduhanHarian.objects.filter(informasi=entri, pada=hari).update(jumlah=F("jumlah") + 1)
