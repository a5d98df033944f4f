"""What people do with Bawaslu's letters: record one, read its names, and say who each of them is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Max

from kpupalu.audit.catatan import catat
from kpupalu.imports.berkas import segel
from kpupalu.imports.kolom import Pemetaan, ingat
from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from pdpb import saran
from pdpb.impor.kolom import JUDUL
from pdpb.models import ButirSaran, DaftarSaran, Identitas, Pemilih, Pendaftaran, SaranPerbaikan
from pdpb.models.saran import ATURAN_TARGET

S, J = SaranPerbaikan.Status, ButirSaran.Jawaban
MAKS_BURUK = 50
"""Rows without a name that are kept with their reason; of more the number is kept."""


@dataclass(slots=True)
class HasilBaca:
    """What came of reading a list: new names, names the letter had already, and rows nobody can be read of."""

    baru: int = 0
    sudah: int = 0
    buruk: int = 0


# --- The letter ---------------------------------------------------------------------------------------------------
@transaction.atomic
def catat_surat(
    *, nomor: str, tanggal: date, perihal: str, diterima: date, berkas: File, oleh, daftar: File | None = None
) -> SaranPerbaikan:
    """Enter a letter with its sealed scan and, if it came with one, its list; its names are read afterwards.

    Refuses without the right, a letter that is entered already, dates that cannot be, and a list that no reader takes
    (then nothing is entered).
    """
    berhak(oleh, "pdpb.jawab_saran", "mencatat surat saran perbaikan")
    if diterima > hari_ini() or tanggal > diterima:
        raise Refused("Tanggal surat tidak mungkin sesudah diterima, dan tanggal diterima tidak mungkin di masa depan.")
    target = tenggat(ATURAN_TARGET, diterima).tanggal
    if SaranPerbaikan.objects.filter(nomor=nomor, tanggal=tanggal).exists():
        raise Refused(_sudah_dicatat(nomor))
    masuk = segel(berkas, oleh=oleh)
    try:
        with transaction.atomic():
            surat = SaranPerbaikan.objects.create(
                nomor=nomor, tanggal=tanggal, perihal=perihal, diterima=diterima, tenggat=target, berkas=masuk,
                dicatat_oleh=oleh,
            )  # fmt: skip
    except IntegrityError as galat:
        raise Refused(_sudah_dicatat(nomor)) from galat
    catat("pdpb.catat_saran", surat, oleh=oleh, kalimat=f"Mencatat surat {nomor}, sidik berkas {masuk.sha256[:12]}")
    if daftar:
        tambah_daftar(surat, daftar, oleh=oleh)
    return surat


def _sudah_dicatat(nomor: str) -> str:
    return f"Surat {nomor} dengan tanggal ini sudah dicatat. Buka surat itu dan tambahkan daftarnya di sana."


def berhak(oleh, perm: str, kata: str) -> None:
    """Refuse *oleh* without *perm*; *kata* says what for."""
    if not oleh.has_perm(perm):
        raise Refused(f"Anda tidak berwenang {kata}.")


def kerjakan(surat: SaranPerbaikan, oleh, perm: str = "pdpb.jawab_saran") -> SaranPerbaikan:
    """*surat* locked and read again. Refuses without the right, and a letter that is not worked on."""
    berhak(oleh, perm, "mengerjakan jawaban saran perbaikan")
    surat = SaranPerbaikan.objects.select_for_update().get(pk=surat.pk)
    if surat.status != S.DIKERJAKAN:
        raise Refused(
            f"Jawaban surat ini {surat.get_status_display().lower()}. Minta dikembalikan, atau buka jawaban susulan."
        )
    return surat


# --- Names --------------------------------------------------------------------------------------------------------
@transaction.atomic
def tambah_daftar(surat: SaranPerbaikan, berkas: File, *, oleh) -> DaftarSaran:
    """Seal one more list of *surat*, its columns recognised or remembered; nobody is read yet.

    The same bytes again give the list that is there. Refuses a letter that is not worked on, and what
    ``saran.buka`` refuses.
    """
    surat = kerjakan(surat, oleh)
    masuk = segel(berkas, oleh=oleh)
    lama = DaftarSaran.objects.filter(surat=surat, berkas__sha256=masuk.sha256).first()
    if lama:
        return lama
    daftar = DaftarSaran.objects.create(surat=surat, berkas=masuk, ringkasan=saran.buka(masuk))
    catat("pdpb.daftar_saran", surat, oleh=oleh, asal="impor", kalimat=f"Menerima daftar {masuk.nama}")
    return daftar


@transaction.atomic
def baca_daftar(
    daftar: DaftarSaran, *, oleh, pemetaan: Pemetaan | None = None, urutan_tanggal: str = "dmy", dugaan: str = ""
) -> HasilBaca:
    """Read the names of *daftar* into its letter, by *pemetaan* if given, which is remembered for the next list.

    Reading again adds only what is new: a name with the same claim stays one. Refuses a letter that is not worked
    on, headings that the file does not have or uses twice, and what ``saran.baca`` refuses.
    """
    surat = kerjakan(daftar.surat, oleh)
    daftar = DaftarSaran.objects.select_for_update(of=("self",)).select_related("berkas").get(pk=daftar.pk)
    if pemetaan is not None:
        _pakai_pemetaan(daftar, pemetaan, urutan_tanggal)
    bacaan = saran.baca(daftar.berkas, daftar.ringkasan, dugaan=dugaan)
    ada = {_kunci(b) for b in ButirSaran.objects.filter(surat=surat).select_related("identitas")}
    baru = {b.kunci: b for b in bacaan.butir if b.kunci not in ada}
    _simpan_butir(surat, list(baru.values()), daftar)
    hasil = HasilBaca(len(baru), len(bacaan.butir) - len(baru), len(bacaan.buruk))
    daftar.dibaca_pada = sekarang()
    daftar.ringkasan |= {
        "baru": hasil.baru,
        "sudah": hasil.sudah,
        "jumlah_buruk": hasil.buruk,
        "buruk": [[b.baris, b.sebab] for b in bacaan.buruk[:MAKS_BURUK]],
    }
    daftar.save(update_fields=["dibaca_pada", "ringkasan"])
    kalimat = f"Membaca daftar: {ribuan(hasil.baru)} nama baru, {ribuan(hasil.sudah)} sudah ada"
    catat("pdpb.baca_saran", surat, oleh=oleh, asal="impor", jumlah=hasil.baru, kalimat=kalimat)
    return hasil


def _pakai_pemetaan(daftar: DaftarSaran, pemetaan: Pemetaan, urutan_tanggal: str) -> None:
    kepala = daftar.ringkasan["kepala"]
    if not set(pemetaan) <= set(JUDUL) or not set(pemetaan.values()) <= set(kepala):
        raise Refused("Pemetaan kolom tidak cocok dengan judul kolom pada berkas. Muat ulang halaman ini.")
    if len(set(pemetaan.values())) != len(pemetaan):
        raise Refused("Satu kolom berkas dipakai untuk dua isian. Pilih satu saja.")
    daftar.ringkasan |= {"pemetaan": pemetaan, "urutan_tanggal": urutan_tanggal}
    ingat(saran.bacaan.PENGIRIM, saran.bacaan.JENIS, kepala, pemetaan)


def _kunci(b: ButirSaran) -> tuple:
    nik = b.identitas.nik if b.identitas else ""
    sama = saran.Butir(0, b.nama, nik, b.tanggal_lahir, "", "", b.kelurahan_id, "", b.klaim, None, "")
    return sama.kunci


def _simpan_butir(surat: SaranPerbaikan, baru: list[saran.Butir], daftar: DaftarSaran | None) -> list[ButirSaran]:
    urut = ButirSaran.objects.filter(surat=surat).aggregate(n=Max("urut"))["n"] or 0
    if urut + len(baru) > saran.bacaan.MAKS_NAMA:
        raise Refused(f"Satu surat paling banyak memuat {ribuan(saran.bacaan.MAKS_NAMA)} nama.")
    kartu = iter(Identitas.objects.bulk_create([Identitas(nik=b.nik, nkk="") for b in baru if b.nik]))
    return ButirSaran.objects.bulk_create(
        [
            ButirSaran(
                surat=surat, urut=n, daftar=daftar, baris=b.baris or None, nama=b.nama,
                identitas=next(kartu) if b.nik else None, tanggal_lahir=b.tanggal_lahir,
                jenis_kelamin=b.jenis_kelamin, alamat=b.alamat, kelurahan_id=b.kelurahan, tps=b.tps, klaim=b.klaim,
                dugaan_id=b.dugaan, catatan_baca=b.catatan,
            )
            for n, b in enumerate(baru, start=urut + 1)
        ]
    )  # fmt: skip


@transaction.atomic
def tambah_nama(surat: SaranPerbaikan, *, oleh, **isi: Any) -> ButirSaran:
    """Enter one name of *surat* by hand. *isi*: ``nama``, ``nik``, ``tanggal_lahir``, ``kelurahan``, ``klaim``,
    ``dugaan`` and the other fields of ``saran.Butir``.

    Refuses a letter that is not worked on, a row without name and NIK, and a name the letter has already.
    """
    surat = kerjakan(surat, oleh)
    kosong: dict[str, Any] = dict.fromkeys(("nama", "nik", "jenis_kelamin", "alamat", "tps", "klaim", "catatan"), "")
    kosong |= {"baris": 0, "tanggal_lahir": None, "kelurahan": None, "dugaan": None}
    butir = saran.Butir(**(kosong | isi))
    butir.klaim, butir.alamat = samarkan_teks(butir.klaim), samarkan_teks(butir.alamat)
    if not butir.nama and not butir.nik:
        raise Refused("Isi nama atau NIK orang yang disebut surat ini.")
    if butir.kunci in {_kunci(b) for b in ButirSaran.objects.filter(surat=surat).select_related("identitas")}:
        raise Refused("Nama ini dengan saran yang sama sudah ada pada surat ini.")
    baru = _simpan_butir(surat, [butir], None)[0]
    catat("pdpb.nama_saran", surat, oleh=oleh, kalimat=f"Mencatat nama ke-{baru.urut}")
    return baru


# --- Who it is ----------------------------------------------------------------------------------------------------
@transaction.atomic
def cocokkan(butir: ButirSaran, pemilih: Pemilih | None, *, oleh) -> ButirSaran:
    """Say that *butir* is *pemilih*, or with None that nobody of the list is.

    Refuses a letter that is not worked on, a person who never was in the list, and a name whose answer rests on
    another person.
    """
    kerjakan(butir.surat, oleh)
    butir = kunci_butir(butir)
    if butir.jawaban == J.DITINDAKLANJUTI and butir.pemilih_id != (pemilih.pk if pemilih else None):
        raise Refused("Nama ini sudah dijawab dengan perubahan orang lain. Hapus jawabannya lebih dahulu.")
    if pemilih and not Pendaftaran.objects.filter(pemilih=pemilih).exists():
        raise Refused("Orang ini tidak pernah ada dalam daftar pemilih. Pilih orang yang lain.")
    butir.pemilih, butir.tidak_terdaftar = pemilih, pemilih is None
    butir.cocok_oleh, butir.cocok_pada = oleh, sekarang()
    butir.save(update_fields=["pemilih", "tidak_terdaftar", "cocok_oleh", "cocok_pada"])
    hasil = f"dicocokkan dengan pemilih nomor {pemilih.pk}" if pemilih else "dinyatakan tidak ada dalam daftar"
    catat("pdpb.cocokkan_saran", butir.surat, oleh=oleh, kalimat=f"Nama ke-{butir.urut} {hasil}")
    return butir


def kunci_butir(butir: ButirSaran) -> ButirSaran:
    """*butir* locked and read again."""
    return ButirSaran.objects.select_for_update(of=("self",)).select_related("surat", "dugaan").get(pk=butir.pk)


def belum_dicocokkan(surat: SaranPerbaikan) -> list[ButirSaran]:
    """The names of *surat* of which nobody has said who they are."""
    butir = ButirSaran.objects.filter(surat=surat, pemilih=None, tidak_terdaftar=False)
    return list(butir.select_related("identitas").order_by("urut"))


@transaction.atomic
def cocokkan_pasti(surat: SaranPerbaikan, *, oleh) -> int:
    """Accept for each open name the one voter whose NIK and name both agree; how many there were."""
    surat = kerjakan(surat, oleh)
    butir = belum_dicocokkan(surat)
    milik = saran.pasti(butir)
    ketemu = [b for b in butir if b.pk in milik]
    for b in ketemu:
        b.pemilih_id, b.cocok_oleh, b.cocok_pada = milik[b.pk], oleh, sekarang()
    ButirSaran.objects.bulk_update(ketemu, ["pemilih", "cocok_oleh", "cocok_pada"], batch_size=500)
    if ketemu:
        kalimat = "Mencocokkan nama yang NIK dan namanya sama"
        catat("pdpb.cocokkan_saran", surat, oleh=oleh, jumlah=len(ketemu), kalimat=kalimat)
    return len(ketemu)
