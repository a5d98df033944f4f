"""Receiving a request and taking it to the point where it is answered, lapses or is withdrawn."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.kalender.actions import lanjutkan, pasang, perpanjang, tangguhkan
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import jenis_berlaku
from kpupalu.naskah.penomoran import take_nomor
from ppid import tenggat_permohonan as jam
from ppid.langkah import KEKURANGAN, LANGKAH, Langkah
from ppid.models import Butir, DataPemohon, LampiranPermohonan, Permohonan
from ppid.models.permohonan import perlu_tanggal_wajar

S = Permohonan.Status
MAKS_BUTIR, MAKS_LAMPIRAN = 30, 12
"""Items and files of one request. Limits of storage, no legal numbers."""
_JAWABAN = frozenset({"putus_butir", "perpanjang", "siapkan_jawaban", "batalkan_jawaban"})
"""Steps that make the answer: closed to who decides an objection to it."""
_PRIBADI_BERSIH = ("nama", "alamat", "tujuan", "pekerjaan", "badan_hukum", "pengesahan", "kuasa_nama")


def sidik_identitas(nomor: str) -> str:
    """A digest of an identity number keyed with ``SECRET_KEY``; empty for an empty number."""
    bersih = "".join(h for h in nomor.upper() if h.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), f"ppid|{bersih}".encode(), sha256).hexdigest() if bersih else ""


@transaction.atomic
def terima(
    *,
    kunci: UUID,
    isi: Mapping[str, Any],
    data: Mapping[str, Any],
    butir: Sequence[str],
    lampiran: Iterable[tuple[str, Lampiran]] = (),
    oleh=None,
) -> tuple[Permohonan, bool]:
    """The registered request and whether it is new: the same *kunci* sent again registers nothing.

    *isi* are fields of ``Permohonan``, *data* those of ``DataPemohon``; without *oleh* it came from the public form.
    The number is drawn at once and the clock starts with the day of receipt. A NIK written into free text is masked.
    Refuses nothing to answer, dates that contradict each other, too much of everything, and an officer without right.
    """
    if oleh is not None and not oleh.has_perm("ppid.terima_permohonan"):
        raise Refused("Anda tidak berwenang mencatat permohonan informasi.")
    if lama := Permohonan.objects.filter(kunci=kunci).first():
        return lama, False
    butir = [samarkan_teks(b.strip()) for b in butir if b.strip()]
    if not butir:
        raise Refused("Tuliskan paling sedikit satu informasi yang diminta.")
    if len(butir) > MAKS_BUTIR:
        raise Refused(f"Satu permohonan memuat paling banyak {MAKS_BUTIR} butir. Pisahkan menjadi dua permohonan.")
    if oleh is None:
        _batasi_hari_ini()
    permohonan = Permohonan(kunci=kunci, dicatat_oleh=oleh, **isi)
    permohonan.kebutuhan_khusus = samarkan_teks(permohonan.kebutuhan_khusus.strip())
    if salah := perlu_tanggal_wajar(permohonan):
        raise Refused(salah)
    hari = permohonan.diterima
    permohonan.nomor = take_nomor(
        jenis_berlaku("ppid-permohonan", hari), tanggal=hari, perihal="Permohonan informasi publik", by=oleh
    )
    # The agenda row is held since the number was drawn, so of two equal sendings the second finds the first here.
    if lama := Permohonan.objects.filter(kunci=kunci).first():
        raise _SudahAda(lama)
    permohonan.save(force_insert=True)
    _tulis_pemohon(permohonan, data)
    Butir.objects.bulk_create(Butir(permohonan=permohonan, urut=i, uraian=b) for i, b in enumerate(butir, start=1))
    _lampirkan(permohonan, lampiran)
    jam.pasang_jawab(permohonan, oleh=oleh)
    pasang(permohonan, jam.KURANG, permohonan.diterima_pada, oleh=oleh,
           tentang=jam.tentang(permohonan, "Periksa kelengkapan permohonan"))  # fmt: skip
    if oleh is None:
        jam.beri_tahu_meja(permohonan, "Permohonan baru", 0)
    catat("ppid.terima", permohonan, oleh=oleh, jumlah=len(butir),
          kalimat=f"Menerima permohonan: {permohonan.get_kanal_display()}, {len(butir)} butir")  # fmt: skip
    return permohonan, True


class _SudahAda(Exception):
    """The same sending was registered while this one waited; carries what was registered."""

    def __init__(self, permohonan: Permohonan) -> None:
        super().__init__(permohonan.nomor)
        self.permohonan = permohonan


def daftarkan(**isi: Any) -> tuple[Permohonan, bool]:
    """``terima`` for a form that may be sent twice at once: the second sending gives the first one's request."""
    try:
        return terima(**isi)
    except _SudahAda as sudah:
        return sudah.permohonan, False


def _batasi_hari_ini() -> None:
    maks = nilai_bulat("ppid_maks_sehari", pada=hari_ini())
    if Permohonan.objects.filter(kanal=Permohonan.Kanal.WEB, dicatat_pada__date=hari_ini()).count() >= maks:
        raise Refused(
            "Hari ini terlalu banyak permohonan lewat situs ini. Kirim lagi besok, atau datang ke kantor kami."
        )


def _tulis_pemohon(permohonan: Permohonan, data: Mapping[str, Any]) -> None:
    bersih = {k: samarkan_teks(v.strip()) if k in _PRIBADI_BERSIH else v for k, v in data.items()}
    pemohon = DataPemohon(permohonan=permohonan, **bersih)
    if permohonan.jenis_pemohon == Permohonan.JenisPemohon.BADAN_HUKUM and not pemohon.badan_hukum:
        raise Refused("Tuliskan nama badan hukum yang meminta.")
    if not pemohon.telepon and not pemohon.surel:
        raise Refused("Isi nomor telepon atau surel, agar jawaban dapat disampaikan.")
    pemohon.identitas_sidik = sidik_identitas(pemohon.nomor_identitas)
    pemohon.save(force_insert=True)


def _lampirkan(permohonan: Permohonan, lampiran: Iterable[tuple[str, Lampiran]]) -> int:
    """Keep each file under its digest; the same bytes once. Returns how many were added."""
    ada = set(permohonan.lampiran.values_list("sha256", flat=True))
    baru = {sha256(satu.isi).hexdigest(): (jenis, satu) for jenis, satu in lampiran}
    baru = {sidik: isi for sidik, isi in baru.items() if sidik not in ada}
    if len(ada) + len(baru) > MAKS_LAMPIRAN:
        raise Refused(f"Satu permohonan memuat paling banyak {MAKS_LAMPIRAN} lampiran. Bawa sisanya ke kantor kami.")
    for sidik, (jenis, satu) in baru.items():
        baris = LampiranPermohonan(
            permohonan=permohonan, jenis=jenis, tipe=satu.jenis, sha256=sidik, ukuran=len(satu.isi)
        )
        baris.berkas.save(f"{sidik}.{satu.jenis}", ContentFile(satu.isi), save=False)
        baris.save()
    return len(baru)


def serupa(permohonan: Permohonan) -> list[Permohonan]:
    """Requests of the same applicant in the days around, with the same words in an item: a hint, never a refusal."""
    sidik = permohonan.data.identitas_sidik
    if not sidik:
        return []
    kata = {" ".join(b.lower().split()) for b in permohonan.butir.values_list("uraian", flat=True)}
    lain = Permohonan.objects.filter(data__identitas_sidik=sidik).exclude(pk=permohonan.pk).order_by("-pk")[:50]
    rentang = nilai_bulat("ppid_serupa_hari", pada=permohonan.diterima)
    return [
        p
        for p in lain.prefetch_related("butir")
        if abs((p.diterima - permohonan.diterima).days) <= rentang
        and kata & {" ".join(b.uraian.lower().split()) for b in p.butir.all()}
    ]


# --- Steps -------------------------------------------------------------------------------------------------------
def langkah_terbuka(permohonan: Permohonan, user) -> list[Langkah]:
    """The steps *user* may take with *permohonan* as it stands."""
    return [x for x in LANGKAH.values() if permohonan.status in x.dari and user.has_perm(x.perm)]


def pegang(permohonan: Permohonan, nama: str, *, versi: int, oleh, catatan: str = "") -> Permohonan:
    """Lock the row and read it again, or say why the step *nama* is not open to *oleh* now."""
    langkah = LANGKAH[nama]
    if oleh is not None and not oleh.has_perm(langkah.perm):
        raise Refused(f"Anda tidak berwenang untuk langkah “{langkah.label}”.")
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    segar = Permohonan.objects.select_for_update().get(pk=permohonan.pk)
    if segar.versi != versi:
        raise Refused("Permohonan ini baru saja diubah orang lain. Muat ulang halamannya, lalu putuskan lagi.")
    if segar.status not in langkah.dari:
        raise Refused(f"Permohonan ini {segar.get_status_display().lower()}, jadi tidak dapat “{langkah.label}”.")
    if nama in _JAWABAN and oleh is not None and segar.keberatan.filter(_pemutus(oleh)).exists():
        raise Refused("Anda memutus keberatan atas permohonan ini, jadi jawabannya diubah pejabat lain.")
    return segar


def _pemutus(user) -> Q:
    """Objections that *user* took in hand or decided."""
    return Q(diputus_oleh=user) | Q(ditelaah_oleh=user)


def langkahkan(permohonan: Permohonan, nama: str, *, oleh, catatan: str = "", **isi: Any) -> Permohonan:
    """Write the fields *isi* and the status of the step *nama*, and its history."""
    langkah, dari = LANGKAH[nama], permohonan.get_status_display()
    isi |= {"status": langkah.ke, "versi": permohonan.versi + 1}
    for bidang, nilai in isi.items():
        setattr(permohonan, bidang, nilai)
    permohonan.save(update_fields=list(isi))
    ke = permohonan.get_status_display()
    catat(
        f"ppid.{nama}", permohonan, oleh=oleh, kalimat=langkah.label, alasan=catatan,
        perubahan={"status": (dari, ke)} if dari != ke else None,
    )  # fmt: skip
    return permohonan


@transaction.atomic
def nyatakan_lengkap(permohonan: Permohonan, *, tahapan: Iterable[int] = (), versi: int, oleh) -> Permohonan:
    """The file is complete. *tahapan* are the numbers (``urut``) of items about a running election.

    If the applicant was told in time what was missing, the clock begins anew with today; else it has run on since
    receipt. Refuses the short regime when no election stage ran on the day of receipt.
    """
    segar = pegang(permohonan, "nyatakan_lengkap", versi=versi, oleh=oleh)
    tahapan = set(tahapan)
    if tahapan and not jam.dalam_tahapan(segar.diterima):
        raise Refused("Tidak ada masa tahapan pada tanggal diterima, jadi semua butir mengikuti waktu reguler.")
    segar.butir.update(tahapan=False)
    segar.butir.filter(urut__in=tahapan).update(tahapan=True)
    isi: dict[str, Any] = {"kekurangan": []}
    hari = segar.lengkap_pada or hari_ini()
    for tenggat in jam.jawab_terbuka(segar):
        if tenggat.ditangguhkan_sejak:
            isi["lengkap_pada"] = hari
            lanjutkan(tenggat, oleh=oleh, alasan="Berkas permohonan lengkap.", pada=hari)
    segar = langkahkan(segar, "nyatakan_lengkap", oleh=oleh, **isi)
    jam.pasang_jawab(segar, oleh=oleh)
    jam.tutup(segar, jam.LENGKAPI, oleh=oleh, pada=hari)
    jam.tutup(segar, jam.KURANG, oleh=oleh)
    return segar


@transaction.atomic
def minta_kelengkapan(permohonan: Permohonan, *, kekurangan: Sequence[str], versi: int, oleh) -> Permohonan:
    """Tell the applicant what is missing (keys of ``KEKURANGAN``).

    In time, the clock of the answer stands still until it comes; too late, it goes on as if nothing were missing.
    """
    if not kekurangan or not set(kekurangan) <= KEKURANGAN.keys():
        raise Refused("Pilih paling sedikit satu hal yang kurang dari daftar.")
    segar = pegang(permohonan, "minta_kelengkapan", versi=versi, oleh=oleh)
    batas = jam.semua(segar).filter(aturan__kode=jam.KURANG).order_by("-pk").first()
    kata = " ".join(KEKURANGAN[k] for k in kekurangan)
    if batas is None or hari_ini() <= batas.tanggal:
        for tenggat in jam.jawab_terbuka(segar):
            tangguhkan(tenggat, oleh=oleh, alasan=f"Menunggu kelengkapan: {kata}")
    jam.tutup(segar, jam.KURANG, oleh=oleh)
    segar = langkahkan(segar, "minta_kelengkapan", oleh=oleh, catatan=kata, kekurangan=list(kekurangan),
                       kekurangan_dikirim=hari_ini())  # fmt: skip
    pasang(segar, jam.LENGKAPI, hari_ini(), oleh=oleh, tentang=jam.tentang(segar, "Pemohon melengkapi permohonan"))
    return segar


@transaction.atomic
def lengkapi(
    permohonan: Permohonan, *, lampiran: Iterable[tuple[str, Lampiran]], keterangan: str = "", oleh=None
) -> Permohonan:
    """What was asked for is added, by the applicant on the ticket page or by an officer; an officer then looks at it.

    Refuses a request that waits for nothing, an empty addition, and too many files.
    """
    if oleh is not None and not oleh.has_perm("ppid.terima_permohonan"):
        raise Refused("Anda tidak berwenang mencatat kelengkapan permohonan.")
    segar = Permohonan.objects.select_for_update().get(pk=permohonan.pk)
    if segar.status != S.BELUM_LENGKAP:
        raise Refused("Permohonan ini tidak sedang menunggu kelengkapan. Ajukan permohonan baru bila ada hal lain.")
    lampiran, keterangan = list(lampiran), samarkan_teks(keterangan.strip())
    if not lampiran and not keterangan:
        raise Refused("Pilih berkas atau tulis keterangan yang diminta.")
    jumlah = _lampirkan(segar, lampiran)
    if keterangan:
        data = DataPemohon.objects.get(pk=segar.pk)
        data.tujuan = f"{data.tujuan}\n[{hari_ini():%d-%m-%Y}] {keterangan}"
        data.save(update_fields=["tujuan"])
    if any(t.ditangguhkan_sejak for t in jam.jawab_terbuka(segar)):
        # The applicant's day counts, not the day on which an officer looks.
        segar.lengkap_pada = hari_ini()
    segar.versi += 1
    segar.save(update_fields=["versi", "lengkap_pada"])
    if oleh is None:
        jam.beri_tahu_meja(segar, "Kelengkapan diterima", segar.versi)
    catat("ppid.lengkapi", segar, oleh=oleh, kalimat=f"Kelengkapan diterima: {jumlah} berkas")
    return segar


@transaction.atomic
def nyatakan_tidak_dapat(permohonan: Permohonan, *, catatan: str, versi: int, oleh) -> Permohonan:
    """What was missing did not come in time: not a refusal under Pasal 17, and the applicant may ask again at once.

    Refuses before the applicant's days are over.
    """
    segar = pegang(permohonan, "nyatakan_tidak_dapat", versi=versi, oleh=oleh, catatan=catatan)
    batas = jam.semua(segar).terbuka().filter(aturan__kode=jam.LENGKAPI).first()
    if batas and hari_ini() <= batas.tanggal:
        raise Refused(f"Pemohon masih dapat melengkapi sampai {batas.tanggal:%d-%m-%Y}. Tunggu sampai hari itu lewat.")
    segar.butir.filter(hasil="").update(
        hasil=Butir.Hasil.TIDAK_DIPROSES, penjelasan=catatan.strip(), diputus_oleh=oleh, diputus_pada=hari_ini()
    )
    jam.tutup(segar, oleh=oleh, batal=True)
    return langkahkan(segar, "nyatakan_tidak_dapat", oleh=oleh, catatan=catatan, selesai_pada=hari_ini())


@transaction.atomic
def cabut(permohonan: Permohonan, *, catatan: str, versi: int, oleh=None) -> Permohonan:
    """The applicant withdraws the request, by a statement at the desk or on the ticket page (*oleh* None)."""
    segar = pegang(permohonan, "cabut", versi=versi, oleh=oleh, catatan=catatan)
    if segar.status == S.SIAP_KIRIM:
        raise Refused("Kembalikan permohonan ke proses lebih dahulu, lalu catat pencabutannya.")
    if lama := segar.keberatan.terbuka().first():
        raise Refused(f"Keberatan {lama.nomor} masih diproses. Catat pencabutan keberatan itu lebih dahulu.")
    for u in segar.permintaan_unit.select_for_update().filter(status__in=("menunggu", "dikembalikan")):
        u.status, u.versi = "ditarik", u.versi + 1
        u.save(update_fields=["status", "versi"])
        jam.tutup_objek(u, oleh=oleh, batal=True)
        catat("ppid.tarik_permintaan", u, oleh=oleh, kalimat="Ditarik karena permohonan dicabut")
    segar.butir.filter(hasil="").update(hasil=Butir.Hasil.DICABUT, diputus_oleh=oleh, diputus_pada=hari_ini())
    jam.tutup(segar, oleh=oleh, batal=True)
    return langkahkan(segar, "cabut", oleh=oleh, catatan=samarkan_teks(catatan), selesai_pada=hari_ini())


@transaction.atomic
def perpanjang_waktu(permohonan: Permohonan, *, catatan: str, versi: int, oleh) -> Permohonan:
    """Extend the running terms once, with the reason that the notice gives (Pasal 22 ayat (8)).

    Refuses after the last day, a second time, and a request whose clock stands still.
    """
    segar = pegang(permohonan, "perpanjang", versi=versi, oleh=oleh, catatan=catatan)
    terbuka = jam.jawab_terbuka(segar)
    if not terbuka or segar.diperpanjang_pada:
        raise Refused("Permohonan ini sudah diperpanjang satu kali. Perpanjangan hanya satu kali.")
    for tenggat in terbuka:
        perpanjang(tenggat, oleh=oleh, diberitahukan=hari_ini(), alasan=catatan.strip())
    return langkahkan(segar, "perpanjang", oleh=oleh, catatan=catatan, diperpanjang_pada=hari_ini(),
                      alasan_perpanjangan=samarkan_teks(catatan.strip()))  # fmt: skip
