"""What is done with a citizen's report: receive it, complete it, match it, make it a proposal, answer or reject it."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.perubahan import usulkan
from pdpb.kunci import kunci_periode
from pdpb.langkah_tanggapan import KEKURANGAN, LANGKAH_TANGGAPAN, LangkahTanggapan
from pdpb.models import (
    Bukti,
    DataTanggapan,
    Identitas,
    LampiranTanggapan,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    Tanggapan,
)

S = Tanggapan.Status
MAKS_LAMPIRAN = 12
"""Files that one report may gather; each time at most three come. A limit of storage, no legal number."""


# --- Receive -----------------------------------------------------------------------------------------------------
@transaction.atomic
def terima(
    *,
    kunci: UUID,
    jenis: str,
    hubungan: str,
    kelurahan: Kelurahan,
    data: Mapping[str, Any],
    nik: str = "",
    lampiran: Iterable[Lampiran] = (),
    kanal: str = Tanggapan.Kanal.WEB,
    oleh=None,
    diterima: date | None = None,
    identitas_diperiksa: bool = False,
) -> tuple[Tanggapan, bool]:
    """The report with its receipt code, and whether it is new: the same *kunci* sent again stores nothing.

    *data* are fields of ``DataTanggapan``; without *oleh* it came from the public form. The voter list is not looked
    at. A NIK written into free text is kept masked. Refuses what comes through the site beyond the day's limit, and
    an officer without the right.
    """
    if oleh is not None and not oleh.has_perm("pdpb.catat_tanggapan"):
        raise Refused("Anda tidak berwenang mencatat tanggapan masyarakat.")
    if lama := Tanggapan.objects.filter(kunci=kunci).first():
        return lama, False
    if kanal == Tanggapan.Kanal.WEB:
        _batasi_hari_ini()
    isi = {"jenis": jenis, "hubungan": hubungan, "kelurahan": kelurahan, "kanal": kanal, "dicatat_oleh": oleh}
    isi |= {"diterima": diterima or hari_ini(), "identitas_diperiksa": identitas_diperiksa}
    tanggapan, baru = Tanggapan.objects.get_or_create(kunci=kunci, defaults=isi)
    if not baru:
        return tanggapan, False
    DataTanggapan.objects.create(
        tanggapan=tanggapan,
        identitas=Identitas.objects.create(nik=nik, nkk="") if nik else None,
        **{nama: samarkan_teks(nilai) if isinstance(nilai, str) else nilai for nama, nilai in data.items()},
    )
    _lampirkan(tanggapan, lampiran)
    catat("pdpb.terima_tanggapan", tanggapan, oleh=oleh, kalimat=f"Menerima tanggapan: {tanggapan.get_kanal_display()}")
    return tanggapan, True


def _batasi_hari_ini() -> None:
    maks = nilai_bulat("tanggapan_maks_sehari", pada=hari_ini())
    if Tanggapan.objects.filter(kanal=Tanggapan.Kanal.WEB, diterima=hari_ini()).count() >= maks:
        raise Refused(
            "Hari ini terlalu banyak tanggapan yang masuk lewat situs ini. Kirim lagi besok, atau datang ke kantor "
            "KPU Kota Palu."
        )


def _lampirkan(tanggapan: Tanggapan, lampiran: Iterable[Lampiran]) -> int:
    """Keep each file under its digest; the same bytes once. Returns how many were added."""
    ada = set(tanggapan.lampiran.values_list("sha256", flat=True))
    baru = {sha256(satu.isi).hexdigest(): satu for satu in lampiran}
    baru = {sidik: satu for sidik, satu in baru.items() if sidik not in ada}
    if len(ada) + len(baru) > MAKS_LAMPIRAN:
        raise Refused(
            f"Satu tanggapan memuat paling banyak {MAKS_LAMPIRAN} lampiran. Bawa dokumen lainnya ke kantor kami."
        )
    for sidik, satu in baru.items():
        baris = LampiranTanggapan(tanggapan=tanggapan, jenis=satu.jenis, sha256=sidik, ukuran=len(satu.isi))
        baris.berkas.save(f"{sidik}.{satu.jenis}", ContentFile(satu.isi), save=False)
        baris.save()
    return len(baru)


@transaction.atomic
def lengkapi(tanggapan: Tanggapan, *, keterangan: str, lampiran: Iterable[Lampiran], oleh=None) -> Tanggapan:
    """What the office asked for is added, by the reporter or by an officer for them; the report is *Diterima* again.

    Refuses a report that waits for nothing, one with too many files, and an empty addition.
    """
    if oleh is not None and not oleh.has_perm("pdpb.catat_tanggapan"):
        raise Refused("Anda tidak berwenang mencatat kelengkapan tanggapan.")
    tanggapan = Tanggapan.objects.select_for_update().get(pk=tanggapan.pk)
    if tanggapan.status != S.PERLU_DILENGKAPI:
        raise Refused("Tanggapan ini tidak sedang menunggu kelengkapan. Kirim tanggapan baru bila ada hal lain.")
    lampiran = list(lampiran)
    if not lampiran and not keterangan.strip():
        raise Refused("Pilih berkas atau tulis keterangan yang diminta.")
    jumlah = _lampirkan(tanggapan, lampiran)
    if keterangan.strip():
        data = DataTanggapan.objects.get(pk=tanggapan.pk)
        data.uraian = f"{data.uraian}\n[{hari_ini():%d-%m-%Y}] {samarkan_teks(keterangan.strip())}".strip()
        data.save(update_fields=["uraian"])
    tanggapan.status, tanggapan.versi, tanggapan.kekurangan = S.DITERIMA, tanggapan.versi + 1, []
    tanggapan.save(update_fields=["status", "versi", "kekurangan"])
    catat("pdpb.lengkapi_tanggapan", tanggapan, oleh=oleh, kalimat=f"Melengkapi tanggapan dengan {jumlah} berkas")
    return tanggapan


# --- Steps -------------------------------------------------------------------------------------------------------
def langkah_terbuka(tanggapan: Tanggapan, user) -> list[LangkahTanggapan]:
    """The steps *user* may take with *tanggapan* (read by ``dengan_keadaan``) as it stands."""
    return [x for x in LANGKAH_TANGGAPAN.values() if tanggapan.kini in x.dari and user.has_perm(x.perm)]


def _pegang(tanggapan: Tanggapan, nama: str, *, versi: int, oleh, catatan: str = "") -> Tanggapan:
    """Lock the row and read it again, or say why *nama* is not open."""
    langkah = LANGKAH_TANGGAPAN[nama]
    if not oleh.has_perm(langkah.perm):
        raise Refused(f"Anda tidak berwenang untuk langkah “{langkah.label}”.")
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    segar = Tanggapan.objects.dengan_keadaan().select_for_update(of=("self",)).get(pk=tanggapan.pk)
    if segar.versi != versi:
        raise Refused("Tanggapan ini baru saja diubah orang lain. Muat ulang halamannya, lalu putuskan lagi.")
    if segar.kini not in langkah.dari:
        keadaan = dict(S.choices) | dict(Tanggapan.Keadaan.choices)
        raise Refused(f"Tanggapan ini berstatus {keadaan[segar.kini]}, jadi tidak dapat “{langkah.label}”.")
    return segar


def _langkahkan(tanggapan: Tanggapan, nama: str, *, oleh, catatan: str = "", **isi: Any) -> Tanggapan:
    """Write the fields *isi* and the status of the step, and its history."""
    langkah, dari, kata = LANGKAH_TANGGAPAN[nama], tanggapan.status, dict(S.choices)
    isi |= {"status": langkah.ke, "versi": tanggapan.versi + 1}
    isi["selesai_hari"] = hari_ini() if langkah.ke in Tanggapan.SELESAI else None
    for bidang, nilai in isi.items():
        setattr(tanggapan, bidang, nilai)
    tanggapan.save(update_fields=list(isi))
    catat(
        f"pdpb.tanggapan_{nama}", tanggapan, oleh=oleh, kalimat=langkah.label, alasan=catatan,
        perubahan={"status": (kata[dari], kata[langkah.ke])} if dari != langkah.ke else None,
    )  # fmt: skip
    return tanggapan


@transaction.atomic
def nyatakan_lengkap(tanggapan: Tanggapan, *, versi: int, oleh) -> Tanggapan:
    """The report is complete and is examined now."""
    return _langkahkan(_pegang(tanggapan, "nyatakan_lengkap", versi=versi, oleh=oleh), "nyatakan_lengkap", oleh=oleh,
                       kekurangan=[])  # fmt: skip


@transaction.atomic
def minta_kelengkapan(tanggapan: Tanggapan, *, kekurangan: list[str], versi: int, oleh) -> Tanggapan:
    """The ticket page says what is missing (keys of ``KEKURANGAN``). Refuses an empty or unknown list."""
    if not kekurangan or not set(kekurangan) <= KEKURANGAN.keys():
        raise Refused("Pilih paling sedikit satu hal yang kurang dari daftar.")
    segar = _pegang(tanggapan, "minta_kelengkapan", versi=versi, oleh=oleh)
    return _langkahkan(segar, "minta_kelengkapan", oleh=oleh, catatan=" ".join(KEKURANGAN[k] for k in kekurangan),
                       kekurangan=kekurangan)  # fmt: skip


@transaction.atomic
def cocokkan(tanggapan: Tanggapan, *, pemilih: Pemilih, versi: int, oleh) -> Tanggapan:
    """The report speaks of *pemilih*, who must be in the list now and visible to *oleh*."""
    segar = _pegang(tanggapan, "cocokkan", versi=versi, oleh=oleh)
    if not Pendaftaran.objects.for_user(oleh).aktif().filter(pemilih=pemilih).exists():
        raise Refused("Orang ini tidak ada dalam daftar sekarang. Cari lagi, atau usulkan sebagai pemilih baru.")
    return _langkahkan(segar, "cocokkan", oleh=oleh, pemilih=pemilih, catatan=f"Pemilih {pemilih.pk}")


@transaction.atomic
def jadikan_usulan(
    tanggapan: Tanggapan,
    *,
    versi: int,
    periode: Periode,
    bukti: Bukti,
    lampiran: LampiranTanggapan | None = None,
    oleh,
    **isi: Any,
) -> Perubahan:
    """The change that the report asks for, proposed by *oleh* with evidence from the public, and linked to it.

    *isi* as for ``usulkan``; of a voter in the list it must be the matched one. *lampiran* becomes the scan of the
    evidence. Refuses all that ``usulkan`` refuses; then the report stays as it was.
    """
    # Period before report: the order of locks (docs/keputusan/0001).
    periode = kunci_periode(periode)
    segar = _pegang(tanggapan, "usulkan", versi=versi, oleh=oleh)
    pemilih = isi.get("pemilih")
    if pemilih is not None and pemilih.pk != segar.pemilih_id:
        raise Refused("Pemilih ini bukan yang dicocokkan dengan tanggapan. Cocokkan lebih dahulu.")
    if lampiran is not None:
        if lampiran.tanggapan_id != segar.pk:
            raise Refused("Lampiran ini milik tanggapan lain. Pilih lampiran dari tanggapan ini.")
        bukti.berkas.name, bukti.sha256 = lampiran.berkas.name, lampiran.sha256
    bukti.sumber_informasi = Bukti.Sumber.MASYARAKAT
    bukti.surat_pengantar = str(segar)
    perubahan = usulkan(periode=periode, oleh=oleh, bukti=bukti, **isi)
    _langkahkan(segar, "usulkan", oleh=oleh, perubahan=perubahan, catatan=str(perubahan))
    return perubahan


@transaction.atomic
def jawab(tanggapan: Tanggapan, *, jawaban: str, versi: int, oleh) -> Tanggapan:
    """Answered without a change of the roll. *jawaban* is printed in the letter, never shown on a public page."""
    if len(jawaban.strip()) < 10:
        raise Refused("Isi surat jawaban terlalu pendek. Tuliskan paling sedikit 10 huruf.")
    segar = _pegang(tanggapan, "jawab", versi=versi, oleh=oleh)
    return _langkahkan(segar, "jawab", oleh=oleh, jawaban=samarkan_teks(jawaban.strip()), alasan_tolak="")


@transaction.atomic
def tolak(tanggapan: Tanggapan, *, alasan: str, catatan: str, versi: int, oleh) -> Tanggapan:
    """Rejected for *alasan* (``AlasanTolak``) with a note that is printed in the letter and kept in history."""
    if alasan not in Tanggapan.AlasanTolak.values:
        raise Refused("Pilih alasan penolakan dari daftar.")
    segar = _pegang(tanggapan, "tolak", versi=versi, oleh=oleh, catatan=catatan)
    isi = {"alasan_tolak": alasan, "jawaban": samarkan_teks(catatan.strip()), "kekurangan": []}
    return _langkahkan(segar, "tolak", oleh=oleh, catatan=catatan, **isi)


@transaction.atomic
def buka_kembali(tanggapan: Tanggapan, *, catatan: str, versi: int, oleh) -> Tanggapan:
    """An answered or rejected report is examined again, for a reason."""
    segar = _pegang(tanggapan, "buka_kembali", versi=versi, oleh=oleh, catatan=catatan)
    return _langkahkan(segar, "buka_kembali", oleh=oleh, catatan=catatan, alasan_tolak="", jawaban="")
