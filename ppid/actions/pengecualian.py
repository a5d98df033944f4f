"""What is not public: decisions of KPU or KPU Provinsi recorded here, and the tests this office proposes to them.

The city never declares an exception (PKPU 22/2023 Pasal 24–25). Each act below either records what somebody above
has decided, with number and date, or moves a proposal on its way there.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah.dasar import jenis_berlaku, perlu_alasan, perlu_hak
from kpupalu.naskah.penomoran import take_nomor
from kpupalu.organisasi.models import Subbagian
from kpupalu.surat.models import SuratKeluar
from ppid.models import Butir, InformasiDikecualikan, UjiKonsekuensi

U = UjiKonsekuensi.Status
CATAT, USUL, PENDAPAT = "ppid.catat_dik", "ppid.usul_uji", "ppid.pendapat_uji"
_BUKAN_PPID = "Keputusan pengecualian dan jalannya uji konsekuensi dicatat oleh PPID."


def _bersih(isi: Mapping[str, Any]) -> dict[str, Any]:
    return {k: samarkan_teks(v.strip()) if isinstance(v, str) else v for k, v in isi.items()}


@transaction.atomic
def catat_dik(*, isi: Mapping[str, Any], oleh) -> InformasiDikecualikan:
    """Record an exception as KPU or KPU Provinsi decided it.

    Refuses a decision without number, dated after today, in force before it was made, letters a to f without an end
    (Pasal 20 ayat 1), and the same information of the same decision a second time.
    """
    perlu_hak(oleh, CATAT, _BUKAN_PPID)
    dik = InformasiDikecualikan(**_bersih(isi))
    if dik.penetap not in InformasiDikecualikan.Penetap.values:
        raise Refused("Pengecualian hanya ditetapkan oleh KPU atau KPU Provinsi. Usulkan uji konsekuensi lebih dahulu.")
    if len(dik.keputusan) < 3:
        raise Refused("Tuliskan nomor keputusan yang menetapkan pengecualian ini.")
    if not dik.tanggal_keputusan <= min(dik.mulai, hari_ini()):
        raise Refused("Tanggal keputusan tidak boleh sesudah hari ini atau sesudah tanggal mulai berlakunya.")
    try:
        dik.validate_constraints()
    except ValidationError as galat:
        raise Refused(" ".join(galat.messages)) from galat
    kembar = InformasiDikecualikan.objects.filter(keputusan__iexact=dik.keputusan, informasi__iexact=dik.informasi)
    if kembar.exists():
        raise Refused("Informasi ini sudah dicatat dari keputusan yang sama.")
    dik.save()
    catat("ppid.catat_dik", dik, oleh=oleh, kalimat=f"Mencatat {dik.get_penetap_display()} nomor {dik.keputusan}")
    return dik


@transaction.atomic
def cabut_dik(
    dik: InformasiDikecualikan, *, pencabutan: str, dicabut_pada: date, versi: int, oleh
) -> InformasiDikecualikan:
    """Record the decision that revokes *dik*. From that day no refusal may rest on it; those that do are flagged.

    Refuses a revocation without a decision, dated after today or before the exception began, and a second one.
    """
    perlu_hak(oleh, CATAT, _BUKAN_PPID)
    segar = InformasiDikecualikan.objects.select_for_update().get(pk=dik.pk)
    if segar.versi != versi:
        raise Refused("Catatan ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.dicabut_pada:
        raise Refused(f"Keputusan ini sudah dicabut sejak {tanggal_panjang(segar.dicabut_pada)}.")
    if len(pencabutan.strip()) < 3:
        raise Refused("Tuliskan nomor dan tanggal keputusan yang mencabut.")
    if not segar.mulai <= dicabut_pada <= hari_ini():
        raise Refused("Tanggal pencabutan harus di antara tanggal mulai berlaku dan hari ini.")
    segar.pencabutan, segar.dicabut_pada, segar.versi = pencabutan.strip()[:160], dicabut_pada, segar.versi + 1
    segar.save(update_fields=["pencabutan", "dicabut_pada", "versi"])
    ubah = {"dicabut_pada": (None, dicabut_pada), "pencabutan": ("", segar.pencabutan)}
    catat("ppid.cabut_dik", segar, oleh=oleh, kalimat=f"Dicabut dengan {segar.pencabutan}", perubahan=ubah)
    for satu in penolakan(segar).select_related("permohonan"):
        kata = f"Dasar penolakan butir {satu.urut} dicabut: {segar.keputusan}. Tinjau kembali jawabannya."
        catat("ppid.dasar_dicabut", satu.permohonan, oleh=oleh, kalimat=kata)
    return segar


def penolakan(dik: InformasiDikecualikan | None = None) -> QuerySet[Butir]:
    """Items refused on *dik* (or on any exception), the latest first."""
    baris = Butir.objects.filter(hasil=Butir.Hasil.DIKECUALIKAN, dikecualikan__isnull=False)
    return (baris.filter(dikecualikan=dik) if dik else baris).order_by("-diputus_pada", "-pk")


def perlu_ditinjau(pada: date) -> QuerySet[Butir]:
    """Refusals whose exception does not hold on *pada* or did not hold when they were decided."""
    habis = Q(dikecualikan__berakhir__lt=pada) | Q(dikecualikan__dicabut_pada__lte=pada)
    dini = Q(diputus_pada__lt=F("dikecualikan__mulai"))
    return penolakan().filter(habis | dini)


# --- Consequence tests -------------------------------------------------------------------------------------------
@transaction.atomic
def usulkan_uji(*, isi: Mapping[str, Any], oleh) -> UjiKonsekuensi:
    """Propose a test under a number of its own. A unit proposes for itself, the PPID for every unit."""
    perlu_hak(oleh, USUL, "Uji konsekuensi diusulkan oleh kepala subbagian atau PPID.")
    unit: Subbagian = isi["unit"]
    if not oleh.has_perm(CATAT) and not unit.pegawai_set.filter(user=oleh).exists():
        raise Refused("Anda hanya dapat mengusulkan uji atas informasi unit Anda sendiri.")
    hari = hari_ini()
    nomor = take_nomor(jenis_berlaku("ppid-uji", hari), tanggal=hari, perihal="Usulan uji konsekuensi", by=oleh)
    uji = UjiKonsekuensi.objects.create(**_bersih(isi), nomor=nomor, diusulkan_oleh=oleh)
    catat("ppid.usul_uji", uji, oleh=oleh, kalimat="Mengusulkan uji konsekuensi")
    return uji


def _pegang(uji: UjiKonsekuensi, *, versi: int, dari: tuple[str, ...]) -> UjiKonsekuensi:
    segar = UjiKonsekuensi.objects.select_for_update().get(pk=uji.pk)
    if segar.versi != versi:
        raise Refused("Usulan ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in dari:
        raise Refused(f"Usulan ini sedang dalam keadaan “{segar.get_status_display()}”. Muat ulang halamannya.")
    return segar


def _simpan(uji: UjiKonsekuensi, acara: str, kata: str, *, oleh, alasan: str = "", **isi: Any) -> UjiKonsekuensi:
    lama = uji.get_status_display()
    for bidang, nilai in isi.items():
        setattr(uji, bidang, nilai)
    uji.versi += 1
    uji.save()
    ubah = {"status": (lama, uji.get_status_display())}
    catat(f"ppid.{acara}", uji, oleh=oleh, kalimat=kata, alasan=alasan, perubahan=ubah)
    return uji


@transaction.atomic
def minta_pendapat(uji: UjiKonsekuensi, *, versi: int, oleh) -> UjiKonsekuensi:
    """Put the proposal before the *tim pertimbangan*."""
    perlu_hak(oleh, CATAT, _BUKAN_PPID)
    segar = _pegang(uji, versi=versi, dari=(U.USULAN,))
    return _simpan(segar, "uji_pertimbangan", "Dimintakan pendapat tim pertimbangan", oleh=oleh, status=U.PERTIMBANGAN)


@transaction.atomic
def beri_pendapat(uji: UjiKonsekuensi, *, pendapat: str, versi: int, oleh) -> UjiKonsekuensi:
    """The opinion of the *tim pertimbangan*, by a commissioner. It decides nothing. Refuses whoever proposed."""
    perlu_hak(oleh, PENDAPAT, "Pendapat tim pertimbangan diberikan oleh anggota KPU Kota.")
    segar = _pegang(uji, versi=versi, dari=(U.PERTIMBANGAN,))
    if segar.diusulkan_oleh_id == oleh.pk:
        raise Refused("Pengusul tidak boleh memberi pendapat atas usulannya sendiri. Serahkan kepada anggota lain.")
    pendapat = samarkan_teks(perlu_alasan(pendapat))
    return _simpan(segar, "uji_pendapat", "Tim pertimbangan memberi pendapat", oleh=oleh, pendapat_tim=pendapat,
                   pendapat_oleh=oleh)  # fmt: skip


@transaction.atomic
def kirim_ke_provinsi(uji: UjiKonsekuensi, *, surat_nomor: str, dikirim_pada: date, versi: int, oleh) -> UjiKonsekuensi:
    """Record the letter that took the proposal to KPU Provinsi. Refuses without an opinion, or a day after today.

    A letter of the office's own agenda is linked by its number.
    """
    perlu_hak(oleh, CATAT, _BUKAN_PPID)
    segar = _pegang(uji, versi=versi, dari=(U.PERTIMBANGAN,))
    if not segar.pendapat_tim:
        raise Refused("Tim pertimbangan belum memberi pendapat. Tunggu pendapatnya, lalu kirim ke KPU Provinsi.")
    if len(surat_nomor.strip()) < 3:
        raise Refused("Tuliskan nomor surat kepada KPU Provinsi.")
    if not segar.diusulkan_pada.astimezone(WITA).date() <= dikirim_pada <= hari_ini():
        raise Refused("Tanggal kirim harus di antara tanggal usulan dan hari ini.")
    surat = SuratKeluar.objects.filter(naskah__nomor=surat_nomor.strip()).first()
    return _simpan(
        segar, "uji_kirim", f"Dikirim ke KPU Provinsi dengan surat {surat_nomor.strip()}", oleh=oleh, surat=surat,
        status=U.KE_PROVINSI, surat_nomor=surat_nomor.strip(), dikirim_pada=dikirim_pada,
    )  # fmt: skip


@transaction.atomic
def catat_jawaban(
    uji: UjiKonsekuensi, *, hasil: str, dik: InformasiDikecualikan | None, jawaban_nomor: str, jawaban_pada: date,
    versi: int, oleh,
) -> UjiKonsekuensi:  # fmt: skip
    """Record what KPU or KPU Provinsi answered: open, or excepted by a decision that stands in the list.

    Refuses “excepted” without that entry or with one of another letter of Pasal 17, an answer without number, and
    days that contradict each other.
    """  # fmt: skip
    perlu_hak(oleh, CATAT, _BUKAN_PPID)
    segar = _pegang(uji, versi=versi, dari=(U.KE_PROVINSI,))
    if hasil not in (U.DIKECUALIKAN, U.TERBUKA):
        raise Refused("Pilih apakah informasi dikecualikan atau terbuka menurut jawabannya.")
    if len(jawaban_nomor.strip()) < 3 or not (segar.dikirim_pada or hari_ini()) <= jawaban_pada <= hari_ini():
        raise Refused("Tuliskan nomor jawaban, dan tanggalnya di antara tanggal kirim dan hari ini.")
    if hasil == U.DIKECUALIKAN and dik is None:
        raise Refused(
            "Catat dahulu keputusan KPU atau KPU Provinsi pada daftar informasi dikecualikan, lalu pilih di sini."
        )
    if hasil == U.DIKECUALIKAN and dik and dik.pasal_17 != segar.pasal_17:
        raise Refused(
            f"Keputusan itu menyebut huruf {dik.pasal_17}, usulan ini huruf {segar.pasal_17}. Periksa pilihannya."
        )
    return _simpan(
        segar, "uji_jawaban", f"Jawaban {jawaban_nomor.strip()}: {U(hasil).label}", oleh=oleh, status=hasil,
        dik=dik if hasil == U.DIKECUALIKAN else None, jawaban_nomor=jawaban_nomor.strip(), jawaban_pada=jawaban_pada,
    )  # fmt: skip


@transaction.atomic
def tarik_uji(uji: UjiKonsekuensi, *, catatan: str, versi: int, oleh) -> UjiKonsekuensi:
    """Withdraw a proposal that is not decided yet, with the reason. By whoever proposed it, or the PPID."""
    catatan = perlu_alasan(catatan)
    segar = _pegang(uji, versi=versi, dari=UjiKonsekuensi.BERJALAN)
    if segar.diusulkan_oleh_id != oleh.pk:
        perlu_hak(oleh, CATAT, _BUKAN_PPID)
    return _simpan(segar, "uji_tarik", "Ditarik", oleh=oleh, alasan=catatan, status=U.DITARIK)
