"""A dispute at the Komisi Informasi and at court: registered, heard, ruled on, carried out."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import pasang
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import jenis_berlaku
from kpupalu.naskah.penomoran import take_nomor
from ppid import tenggat_keberatan as jam
from ppid.jendela import jendela_sengketa
from ppid.langkah import Langkah
from ppid.langkah_keberatan import SENGKETA
from ppid.models import Keberatan, PutusanSengketa, Sengketa
from ppid.models.sengketa import Tingkat

S, M = Sengketa.Status, Sengketa.Mediasi
URUS = "ppid.urus_sengketa"


def perlu_urus(oleh) -> None:
    """Refuse whoever may not keep the file of a dispute."""
    if not oleh.has_perm(URUS):
        raise Refused("Sengketa dicatat oleh PPID atau kepala subbagian yang menangani hukum.")


def wajar(pada: date, mulai: date, kata: str) -> None:
    """Refuse a day *pada* of *kata* before *mulai* or after today."""
    if not mulai <= pada <= hari_ini():
        raise Refused(f"Tanggal {kata} harus di antara {tanggal_panjang(mulai)} dan hari ini.")


@transaction.atomic
def daftarkan(
    keberatan: Keberatan, *, kunci: UUID, nomor_ki: str, diajukan_pada: date, diterima: date, oleh
) -> tuple[Sengketa, bool]:
    """The registered dispute and whether it is new: the same *kunci* sent again registers nothing.

    A dispute filed after its last day is registered and marked; whether it is heard is for the Komisi Informasi to
    say. Refuses before the window is open (nothing answered, and the time of the answer not over), a second dispute
    about the same objection, and days that contradict each other.
    """
    perlu_urus(oleh)
    k = Keberatan.objects.select_for_update().get(pk=keberatan.pk)
    if lama := Sengketa.objects.filter(kunci=kunci).first():
        return lama, False
    if lama := k.sengketa.exclude(status=S.DICABUT).first():
        raise Refused(f"Sengketa atas keberatan ini sudah tercatat dengan nomor {lama.nomor}.")
    jendela = jendela_sengketa(k, diajukan_pada)
    if jendela is None:
        raise Refused(
            f"Sengketa baru terbuka sesudah keberatan ditanggapi atau waktunya lewat ({tanggal_panjang(k.batas)})."
        )
    wajar(diajukan_pada, k.diterima, "pengajuan sengketa")
    wajar(diterima, diajukan_pada, "pemberitahuan")
    nomor = take_nomor(
        jenis_berlaku("ppid-sengketa", diterima), tanggal=diterima, perihal="Sengketa informasi publik", by=oleh
    )
    s = Sengketa.objects.create(
        nomor=nomor, nomor_ki=nomor_ki.strip(), kunci=kunci, keberatan=k, diajukan_pada=diajukan_pada,
        batas_ajukan=jendela[1].tanggal, diterima=diterima, dicatat_oleh=oleh,
    )  # fmt: skip
    _pasang(s, jam.KI_MULAI, diajukan_pada, "Komisi Informasi memulai sengketa", oleh=oleh)
    catat(
        "ppid.sengketa", s, oleh=oleh, kalimat="Mencatat sengketa" + (", diajukan lewat waktu" if s.terlambat else "")
    )
    catat("ppid.sengketa", k, oleh=oleh, kalimat=f"Sengketa {s.nomor} dicatat")
    jam.kabari(s, "Sengketa informasi baru", hak=URUS)
    return s, True


def _pasang(s: Sengketa, kode: str, mulai: date, kata: str, *, oleh, jumlah: int | None = None) -> None:
    pasang(s, kode, mulai, tentang=jam.tentang(s, kata, hak_urus=URUS), oleh=oleh, jumlah=jumlah)


def langkah_terbuka(sengketa: Sengketa, user) -> list[Langkah]:
    """The steps *user* may take with *sengketa* as it stands."""
    return [
        x for x in SENGKETA.values() if sengketa.status in x.dari and user.has_perm(x.perm) and _berguna(sengketa, x)
    ]


def _berguna(s: Sengketa, langkah: Langkah) -> bool:
    """Whether the step fits what was recorded: one ruling per forum, an agreement before it becomes a ruling."""
    ada = s.putusan.filter(tingkat=s.tingkat).exists()
    if langkah.nama == "catat_putusan":
        return not ada and (s.status != S.MEDIASI or s.hasil_mediasi == M.SEPAKAT)
    if langkah.nama == "hasil_mediasi":
        return not s.hasil_mediasi
    if langkah.nama == "ajukan_ptun":
        return not s.putusan.filter(hasil=PutusanSengketa.Hasil.KESEPAKATAN).exists()
    return ada or langkah.nama not in ("ajukan_kasasi", "nyatakan_tetap")


def pegang(sengketa: Sengketa, nama: str, *, versi: int, oleh, catatan: str = "") -> Sengketa:
    """Lock the row and read it again, or say why the step *nama* is not open to *oleh* now."""
    langkah = SENGKETA[nama]
    perlu_urus(oleh)
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    segar = Sengketa.objects.select_for_update().get(pk=sengketa.pk)
    if segar.versi != versi:
        raise Refused("Sengketa ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in langkah.dari or not _berguna(segar, langkah):
        raise Refused(f"Keadaan sengketa ini {segar.get_status_display().lower()}, jadi tidak dapat “{langkah.label}”.")
    return segar


def langkahkan(sengketa: Sengketa, nama: str, *, oleh, ke: str = "", catatan: str = "", **isi: Any) -> Sengketa:
    """Write the fields *isi* and the status of the step *nama* (or *ke*), and its history."""
    langkah, dari = SENGKETA[nama], sengketa.get_status_display()
    isi |= {"status": ke or langkah.ke, "versi": sengketa.versi + 1}
    for bidang, nilai in isi.items():
        setattr(sengketa, bidang, nilai)
    sengketa.save(update_fields=list(isi))
    kini = sengketa.get_status_display()
    catat(
        f"ppid.{nama}", sengketa, oleh=oleh, kalimat=langkah.label, alasan=catatan,
        perubahan={"status": (dari, kini)} if dari != kini else None,
    )  # fmt: skip
    return sengketa


@transaction.atomic
def periksa_awal(sengketa: Sengketa, *, pada: date, versi: int, oleh) -> Sengketa:
    """The Komisi Informasi began on *pada*: its days to begin are over, those to finish run (Pasal 38)."""
    segar = pegang(sengketa, "periksa_awal", versi=versi, oleh=oleh)
    wajar(pada, segar.diajukan_pada, "pemeriksaan awal")
    jam.tutup(segar, jam.KI_MULAI, oleh=oleh, pada=pada)
    _pasang(segar, jam.KI_SELESAI, pada, "Komisi Informasi menyelesaikan sengketa", oleh=oleh)
    return langkahkan(segar, "periksa_awal", oleh=oleh, catatan=f"Pemeriksaan awal {tanggal_panjang(pada)}")


@transaction.atomic
def mulai_mediasi(sengketa: Sengketa, *, pada: date, versi: int, oleh) -> Sengketa:
    """Mediation began on *pada*."""
    segar = pegang(sengketa, "mulai_mediasi", versi=versi, oleh=oleh)
    wajar(pada, segar.diajukan_pada, "mediasi")
    return langkahkan(segar, "mulai_mediasi", oleh=oleh, catatan=f"Mediasi dimulai {tanggal_panjang(pada)}")


@transaction.atomic
def hasil_mediasi(sengketa: Sengketa, *, hasil: str, catatan: str, versi: int, oleh) -> Sengketa:
    """Agreed: the ruling that confirms it follows. Failed: adjudication follows. *catatan* is the agreement or why."""
    if hasil not in M.values or len(catatan.strip()) < 10:
        raise Refused(
            "Pilih hasil mediasi, lalu tuliskan isi kesepakatan atau sebab gagalnya, paling sedikit 10 huruf."
        )
    segar = pegang(sengketa, "hasil_mediasi", versi=versi, oleh=oleh)
    return langkahkan(
        segar, "hasil_mediasi", oleh=oleh, ke=S.MEDIASI if hasil == M.SEPAKAT else S.AJUDIKASI, hasil_mediasi=hasil,
        catatan_mediasi=samarkan_teks(catatan.strip()),
    )  # fmt: skip


@transaction.atomic
def mulai_ajudikasi(sengketa: Sengketa, *, pada: date, versi: int, oleh) -> Sengketa:
    """Adjudication without mediation began on *pada*, as with a refusal under Pasal 17."""
    segar = pegang(sengketa, "mulai_ajudikasi", versi=versi, oleh=oleh)
    wajar(pada, segar.diajukan_pada, "ajudikasi")
    return langkahkan(segar, "mulai_ajudikasi", oleh=oleh, catatan=f"Ajudikasi dimulai {tanggal_panjang(pada)}")


@transaction.atomic
def catat_putusan(
    sengketa: Sengketa, *, nomor: str, tanggal: date, diterima: date, hasil: str, amar: str, versi: int, oleh
) -> PutusanSengketa:
    """The ruling of the forum before which the dispute is; the term of the next remedy starts with its receipt.

    An agreement of mediation is final (assumption), so no remedy starts with it. Refuses a second ruling of the same
    forum, an agreement that was not reached, and days that contradict each other.
    """
    segar = pegang(sengketa, "catat_putusan", versi=versi, oleh=oleh)
    sepakat = hasil == PutusanSengketa.Hasil.KESEPAKATAN
    if sepakat != (segar.status == S.MEDIASI):
        raise Refused("Pilih hasil “Kesepakatan mediasi” hanya bila mediasinya sepakat.")
    if not nomor.strip() or len(amar.strip()) < 10:
        raise Refused("Tuliskan nomor putusan dan amarnya, paling sedikit 10 huruf.")
    wajar(tanggal, segar.diajukan_pada, "putusan")
    wajar(diterima, tanggal, "penerimaan putusan")
    putusan = PutusanSengketa.objects.create(
        sengketa=segar, tingkat=segar.tingkat, nomor=nomor.strip(), tanggal=tanggal, diterima=diterima, hasil=hasil,
        amar=samarkan_teks(amar.strip()),
    )  # fmt: skip
    jam.tutup(segar, jam.KI_MULAI, jam.KI_SELESAI, oleh=oleh, pada=tanggal)
    if segar.tingkat == Tingkat.KI and not sepakat:
        _pasang(segar, jam.GUGATAN[segar.keberatan.tahapan], diterima, "Keberatan ke PTUN atas sengketa", oleh=oleh)
    elif segar.tingkat == Tingkat.PTUN:
        _pasang(segar, jam.KASASI, diterima, "Kasasi atas sengketa", oleh=oleh)
    ke = S.PUTUSAN if segar.tingkat == Tingkat.KI else segar.status
    langkahkan(segar, "catat_putusan", oleh=oleh, ke=ke, catatan=f"{putusan}: {putusan.get_hasil_display()}")
    return putusan


@transaction.atomic
def ajukan_ptun(sengketa: Sengketa, *, nomor: str, pada: date, versi: int, oleh) -> Sengketa:
    """A party went to the PTUN on *pada* under the case number *nomor* (Pasal 47 and 48)."""
    segar = pegang(sengketa, "ajukan_ptun", versi=versi, oleh=oleh)
    _naik(segar, pada, jam.GUGATAN.values(), oleh=oleh)
    return langkahkan(segar, "ajukan_ptun", oleh=oleh, perkara_ptun=nomor.strip(), catatan=f"Perkara {nomor.strip()}")


@transaction.atomic
def ajukan_kasasi(sengketa: Sengketa, *, nomor: str, pada: date, versi: int, oleh) -> Sengketa:
    """A party went to the Supreme Court on *pada* (Pasal 50). Refuses before the PTUN has ruled."""
    segar = pegang(sengketa, "ajukan_kasasi", versi=versi, oleh=oleh)
    _naik(segar, pada, (jam.KASASI,), oleh=oleh)
    return langkahkan(
        segar, "ajukan_kasasi", oleh=oleh, perkara_kasasi=nomor.strip(), catatan=f"Perkara {nomor.strip()}"
    )


def _naik(s: Sengketa, pada: date, kode, *, oleh) -> None:
    """Close the term of the remedy with the day it was taken; one taken too late stands there as late."""
    terakhir = s.putusan.last()
    wajar(pada, terakhir.diterima if terakhir else s.diajukan_pada, "pengajuan")
    jam.tutup(s, *kode, oleh=oleh, pada=pada)


@transaction.atomic
def nyatakan_tetap(sengketa: Sengketa, *, pada: date, hari_pelaksanaan: int | None, versi: int, oleh) -> Sengketa:
    """The last ruling is final since *pada*; with *hari_pelaksanaan* (working days, from the ruling) its term runs.

    Refuses while a remedy is still open.
    """
    segar = pegang(sengketa, "nyatakan_tetap", versi=versi, oleh=oleh)
    upaya = jam.semua(segar).terbuka().filter(aturan__kode__in=[*jam.GUGATAN.values(), jam.KASASI])
    for satu in upaya:
        if pada <= satu.tanggal:
            raise Refused(f"{satu.aturan.nama} masih dapat diajukan sampai {tanggal_panjang(satu.tanggal)}.")
    putusan = segar.putusan.last()
    wajar(pada, putusan.diterima if putusan else segar.diajukan_pada, "berkekuatan tetap")
    jam.tutup(segar, *(t.aturan.kode for t in upaya), oleh=oleh, batal=True)
    if hari_pelaksanaan:
        _pasang(segar, jam.PUTUSAN, pada, "Laksanakan putusan sengketa", oleh=oleh, jumlah=hari_pelaksanaan)
    return langkahkan(segar, "nyatakan_tetap", oleh=oleh, tetap_pada=pada)


@transaction.atomic
def laksanakan_putusan(sengketa: Sengketa, *, pada: date, bukti: str, versi: int, oleh) -> Sengketa:
    """The final ruling was carried out on *pada*, with what proves it; a ruling that orders nothing says so."""
    segar = pegang(sengketa, "laksanakan_putusan", versi=versi, oleh=oleh)
    if len(bukti.strip()) < 10:
        raise Refused("Tuliskan apa yang dilaksanakan dan buktinya, paling sedikit 10 huruf.")
    wajar(pada, segar.tetap_pada or segar.diajukan_pada, "pelaksanaan")
    jam.tutup(segar, jam.PUTUSAN, oleh=oleh, pada=pada)
    return langkahkan(
        segar, "laksanakan_putusan", oleh=oleh, dilaksanakan_pada=pada, pelaksanaan=samarkan_teks(bukti.strip())
    )  # fmt: skip


@transaction.atomic
def cabut_sengketa(sengketa: Sengketa, *, catatan: str, versi: int, oleh) -> Sengketa:
    """The applicant withdrew it, or it lapsed; hearings to come fall away with their terms."""
    segar = pegang(sengketa, "cabut_sengketa", versi=versi, oleh=oleh, catatan=catatan)
    jam.tutup(segar, oleh=oleh, batal=True)
    for sidang in segar.sidang.filter(hadir=None):
        jam.tutup(sidang, oleh=oleh, batal=True)
    return langkahkan(segar, "cabut_sengketa", oleh=oleh, catatan=samarkan_teks(catatan.strip()))
