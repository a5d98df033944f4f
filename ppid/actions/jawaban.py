"""Answering a request: asking the units, deciding item by item, the letter, sending it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import Tentang, pasang
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini, sekarang
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import Calon, perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Subbagian
from kpupalu.pemberitahuan.actions import beri_tahu
from kpupalu.surat.documents import calon_pemegang
from ppid import tenggat_permohonan as jam
from ppid.actions.permohonan import langkahkan, pegang
from ppid.documents import isi_pemberitahuan, kurang_untuk_surat
from ppid.models import (
    Butir,
    InformasiDikecualikan,
    Jawaban,
    Pejabat,
    PermintaanUnit,
    Permohonan,
    UjiKonsekuensi,
)

H, P = Butir.Hasil, PermintaanUnit.Status
JENIS = "ppid-pemberitahuan"
GUGUR = (Naskah.Status.DITARIK, Naskah.Status.DIGANTI)
TERBUKA = (P.MENUNGGU, P.DIKEMBALIKAN)
DIPUTUS = (H.DIBERIKAN, H.SEBAGIAN, H.DIKECUALIKAN, H.UJI, H.TIDAK_DIKUASAI, H.BELUM_ADA, H.TERSEDIA)
"""Outcomes that an officer decides; the others follow from other acts."""


def pejabat_pada(peran: str, tanggal: date) -> Calon:
    """Who signs as *peran* (``Pejabat.Peran``) on *tanggal*: the holder, or the Plh. who stands in that day.

    Refuses when nobody holds the post or that person has no account yet.
    """
    label = Pejabat.Peran(peran).label
    baris = Pejabat.objects.pada(tanggal).filter(peran=peran).select_related("pegawai__user").first()
    if baris is None:
        raise Refused(f"Tidak ada {label} yang menjabat pada {tanggal_panjang(tanggal)}. Minta admin melengkapinya.")
    return calon_pemegang(baris.pegawai, label, tanggal)


# --- Units -------------------------------------------------------------------------------------------------------
@transaction.atomic
def minta_unit(
    permohonan: Permohonan, *, unit: Subbagian, butir: Iterable[Butir], pertanyaan: str, versi: int, oleh
) -> PermintaanUnit:
    """Ask *unit* for what it holds; its own clock starts. The unit never sees who asks.

    Refuses items of another request and a question without words.
    """
    butir = list(butir)
    if not butir or any(b.permohonan_id != permohonan.pk for b in butir):
        raise Refused("Pilih paling sedikit satu butir dari permohonan ini.")
    if len(pertanyaan.strip()) < 10:
        raise Refused("Tuliskan apa yang diminta dari unit, paling sedikit 10 huruf.")
    segar = pegang(permohonan, "minta_unit", versi=versi, oleh=oleh)
    permintaan = PermintaanUnit.objects.create(
        permohonan=segar, unit=unit, pertanyaan=samarkan_teks(pertanyaan.strip()), diminta_oleh=oleh,
        tenggat=hari_ini(),
    )  # fmt: skip
    permintaan.butir.set(butir)
    _jalankan_waktu(permintaan, oleh=oleh)
    langkahkan(segar, "minta_unit", oleh=oleh, catatan=f"Meminta {unit}")
    return permintaan


def _jalankan_waktu(permintaan: PermintaanUnit, *, oleh) -> None:
    """Start the unit's clock, short when an item follows the short one, and tell who answers for it."""
    tentang = Tentang(
        judul=f"Jawab permintaan PPID untuk {permintaan.permohonan.nomor}", sumber="PPID",
        tautan=permintaan.get_absolute_url(), hak_lihat="ppid.lihat_permohonan", hak_urus="ppid.olah_permohonan",
        petugas=_penjawab(permintaan.unit),
    )  # fmt: skip
    kode = "PPID-UNIT-T" if permintaan.butir.filter(tahapan=True).exists() else "PPID-UNIT"
    permintaan.tenggat = pasang(permintaan, kode, hari_ini(), tentang=tentang, oleh=oleh).tanggal
    permintaan.save(update_fields=["tenggat"])
    beri_tahu(tentang.petugas, jenis="menunggu", kunci=f"ppid-unit-{permintaan.pk}-{permintaan.versi}",
              judul=tentang.judul, tautan=tentang.tautan)  # fmt: skip


def _penjawab(unit: Subbagian) -> list:
    """Who answers for *unit*: its people with the right to."""
    orang = [p.user for p in unit.pegawai_set.select_related("user") if p.user]
    return [user for user in orang if user.has_perm("ppid.jawab_unit")]


def _pegang_unit(permintaan: PermintaanUnit, *, versi: int, dari: Iterable[str]) -> PermintaanUnit:
    segar = PermintaanUnit.objects.select_for_update().get(pk=permintaan.pk)
    if segar.versi != versi:
        raise Refused("Permintaan ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in dari:
        raise Refused(f"Permintaan ini {segar.get_status_display().lower()}. Muat ulang halamannya.")
    return segar


def _simpan_unit(permintaan: PermintaanUnit, acara: str, kata: str, *, oleh, alasan: str = "", **isi: Any) -> None:
    lama = permintaan.get_status_display()
    isi["versi"] = permintaan.versi + 1
    for bidang, nilai in isi.items():
        setattr(permintaan, bidang, nilai)
    permintaan.save(update_fields=list(isi))
    ubah = {"status": (lama, permintaan.get_status_display())}
    catat(f"ppid.{acara}", permintaan, oleh=oleh, kalimat=kata, alasan=alasan, perubahan=ubah)
    catat(f"ppid.{acara}", permintaan.permohonan, oleh=oleh, kalimat=f"{kata}: {permintaan.unit}", alasan=alasan)


@transaction.atomic
def jawab_unit(permintaan: PermintaanUnit, *, jawaban: str, dikuasai: bool, versi: int, oleh) -> PermintaanUnit:
    """What the unit says: whether it holds the information, and the answer. Refuses another unit's question."""
    if not PermintaanUnit.objects.for_user(oleh).filter(pk=permintaan.pk, unit__pegawai__user=oleh).exists():
        raise Refused("Permintaan ini untuk unit lain.")
    perlu_hak(oleh, "ppid.jawab_unit", "Jawaban unit diberikan oleh kepala subbagiannya.")
    if len(jawaban.strip()) < 10:
        raise Refused("Tuliskan jawaban unit, paling sedikit 10 huruf.")
    segar = _pegang_unit(permintaan, versi=versi, dari=TERBUKA)
    _simpan_unit(
        segar, "jawab_unit", "Unit menjawab", oleh=oleh, status=P.DIJAWAB, jawaban=samarkan_teks(jawaban.strip()),
        dikuasai=dikuasai, dijawab_oleh=oleh, dijawab_pada=sekarang(),
    )  # fmt: skip
    jam.tutup_objek(segar, oleh=oleh)
    jam.beri_tahu_meja(segar.permohonan, f"Unit {segar.unit} menjawab", segar.versi)
    return segar


@transaction.atomic
def terima_jawaban_unit(permintaan: PermintaanUnit, *, versi: int, oleh) -> PermintaanUnit:
    """The desk takes the unit's answer as it is."""
    perlu_hak(oleh, "ppid.olah_permohonan", "Jawaban unit diperiksa oleh petugas layanan.")
    segar = _pegang_unit(permintaan, versi=versi, dari=(P.DIJAWAB,))
    _simpan_unit(segar, "terima_jawaban_unit", "Jawaban unit diterima", oleh=oleh, status=P.DITERIMA)
    return segar


@transaction.atomic
def kembalikan_ke_unit(permintaan: PermintaanUnit, *, catatan: str, versi: int, oleh) -> PermintaanUnit:
    """Send the unit's answer back, with what is wrong with it; its clock starts again."""
    perlu_hak(oleh, "ppid.olah_permohonan", "Jawaban unit diperiksa oleh petugas layanan.")
    catatan = perlu_alasan(catatan)
    segar = _pegang_unit(permintaan, versi=versi, dari=(P.DIJAWAB,))
    _simpan_unit(segar, "kembalikan_unit", "Dikembalikan untuk diperbaiki", oleh=oleh, alasan=catatan,
                 status=P.DIKEMBALIKAN, catatan_ppid=catatan)  # fmt: skip
    _jalankan_waktu(segar, oleh=oleh)
    return segar


@transaction.atomic
def tarik_permintaan(permintaan: PermintaanUnit, *, catatan: str, versi: int, oleh) -> PermintaanUnit:
    """Withdraw a question that need not be answered any more."""
    perlu_hak(oleh, "ppid.olah_permohonan", "Permintaan ditarik oleh petugas layanan.")
    catatan = perlu_alasan(catatan)
    segar = _pegang_unit(permintaan, versi=versi, dari=TERBUKA)
    _simpan_unit(segar, "tarik_permintaan", "Permintaan ditarik", oleh=oleh, alasan=catatan, status=P.DITARIK)
    jam.tutup_objek(segar, oleh=oleh, batal=True)
    return segar


# --- Items -------------------------------------------------------------------------------------------------------
_PERLU = {
    H.SEBAGIAN: ("bagian_dihitamkan", "Tuliskan bagian mana yang tidak diberikan dan alasannya."),
    H.TIDAK_DIKUASAI: ("penjelasan", "Jelaskan bahwa informasi tidak dikuasai, dan badan publik mana yang menguasai."),
    H.BELUM_ADA: ("penjelasan", "Jelaskan kapan informasi akan tersedia, atau mengapa belum diketahui."),
    H.TERSEDIA: ("informasi", "Pilih entri daftar informasi publik yang memuatnya."),
}


# What each outcome may carry: a form comes back with what an earlier decision had typed.
_BIDANG = {
    H.DIBERIKAN: {"penjelasan", "bentuk", "lembar"},
    H.SEBAGIAN: {"penjelasan", "bentuk", "bagian_dihitamkan", "lembar"},
    H.DIKECUALIKAN: {"penjelasan", "dikecualikan", "pasal_18_diperiksa"},
    H.UJI: {"penjelasan", "uji"},
    H.TIDAK_DIKUASAI: {"penjelasan", "badan_lain"},
    H.BELUM_ADA: {"penjelasan", "tersedia_pada"},
    H.TERSEDIA: {"penjelasan", "informasi", "bentuk"},
}


@transaction.atomic
def putus_butir(butir: Butir, *, hasil: str, isi: dict[str, Any], versi: int, oleh) -> Butir:
    """Decide one item: *hasil* and the fields of ``Butir`` that this outcome needs.

    A refusal rests on an exception that KPU or the province has set and that holds today, cites the same letter of
    Pasal 17, and says that Pasal 18 was examined; the city never declares an exception itself. Refuses anything less,
    and outcomes that follow from other acts (withdrawn, not completed).
    """
    if hasil not in DIPUTUS:
        raise Refused("Pilih hasil dari daftar.")
    segar = pegang(butir.permohonan, "putus_butir", versi=versi, oleh=oleh)
    butir = Butir.objects.select_for_update().get(pk=butir.pk)
    lama = butir.get_hasil_display() if butir.hasil else ""
    _kosongkan(butir)
    for bidang in isi.keys() & _BIDANG[H(hasil)]:
        nilai = isi[bidang]
        setattr(butir, bidang, samarkan_teks(nilai.strip()) if isinstance(nilai, str) else nilai)
    butir.hasil = hasil
    if hasil in _PERLU:
        bidang, kalimat = _PERLU[H(hasil)]
        if not getattr(butir, bidang):
            raise Refused(kalimat)
    if hasil == H.DIKECUALIKAN:
        _periksa_penolakan(butir)
    if hasil == H.UJI:
        _periksa_uji(butir)
    butir.dikuasai = hasil not in (H.TIDAK_DIKUASAI, H.BELUM_ADA)
    butir.diputus_oleh, butir.diputus_pada = oleh, hari_ini()
    butir.save()
    kata = f"Butir {butir.urut}: {butir.get_hasil_display()}"
    langkahkan(segar, "putus_butir", oleh=oleh, catatan=f"{kata} (sebelumnya: {lama})" if lama else kata)
    return butir


def _kosongkan(butir: Butir) -> None:
    """Nothing of an earlier decision stays behind a new one."""
    for bidang in ("badan_lain", "penjelasan", "bagian_dihitamkan", "pasal_17", "bentuk"):
        setattr(butir, bidang, "")
    butir.dikecualikan = butir.uji = butir.informasi = butir.tersedia_pada = None
    butir.lembar = butir.biaya = 0
    butir.pasal_18_diperiksa = False
    butir.rincian_biaya.all().delete()


def _periksa_penolakan(butir: Butir) -> None:
    dik = butir.dikecualikan
    if dik is None:
        raise Refused(
            "Penolakan harus bersandar pada keputusan KPU atau KPU Provinsi. Bila belum ada, usulkan uji konsekuensi."
        )
    if not InformasiDikecualikan.objects.berlaku(hari_ini()).filter(pk=dik.pk).exists():
        raise Refused(f"{dik.keputusan} tidak berlaku hari ini, jadi tidak dapat menjadi dasar penolakan.")
    if not butir.pasal_18_diperiksa:
        raise Refused("Periksa Pasal 18 lebih dahulu: putusan pengadilan, persetujuan orangnya, dan jabatan publik.")
    butir.pasal_17 = dik.pasal_17


def _periksa_uji(butir: Butir) -> None:
    U = UjiKonsekuensi.Status
    if butir.uji is None or butir.uji.status not in (U.USULAN, U.PERTIMBANGAN, U.KE_PROVINSI):
        raise Refused("Pilih usulan uji konsekuensi yang sedang berjalan untuk butir ini.")


# --- The letter --------------------------------------------------------------------------------------------------
@transaction.atomic
def siapkan_jawaban(permohonan: Permohonan, *, versi: int, oleh, tanggal: date | None = None) -> Jawaban:
    """Number and print the *pemberitahuan tertulis*, signed by the PPID of that day.

    Refuses while an item is undecided, a unit still owes its answer, or one of the mandatory elements a–g of
    Pasal 22 ayat (7) is empty; the sentence names each of them.
    """
    tanggal = tanggal or hari_ini()
    segar = pegang(permohonan, "siapkan_jawaban", versi=versi, oleh=oleh)
    if tanggal < segar.diterima or tanggal > hari_ini():
        raise Refused("Tanggal surat harus di antara tanggal diterima dan hari ini.")
    if belum := segar.permintaan_unit.filter(status__in=TERBUKA).count():
        raise Refused(f"Masih ada {belum} permintaan kepada unit yang belum dijawab. Tunggu, atau tarik permintaannya.")
    if kurang := kurang_untuk_surat(segar):
        raise Refused("Surat belum dapat dicetak. " + " ".join(kurang))
    naskah = dasar.buat_naskah(
        JENIS, subjek=segar, isi=isi_pemberitahuan(segar, tanggal), by=oleh, tanggal=tanggal,
        penandatangan=[pejabat_pada(Pejabat.Peran.PPID, tanggal)],
        judul=f"Pemberitahuan tertulis atas permohonan {segar.nomor}",
    )  # fmt: skip
    naskah = dasar.siapkan(naskah, by=oleh)
    jawaban = Jawaban.objects.create(
        permohonan=segar, jenis=Jawaban.Jenis.PEMBERITAHUAN, naskah=naskah, dibuat_oleh=oleh
    )
    langkahkan(segar, "siapkan_jawaban", oleh=oleh, catatan=f"Surat {naskah.nomor}")
    return jawaban


def _surat_terakhir(permohonan: Permohonan, *, oleh) -> Jawaban | None:
    """The letter of *permohonan*; one that was made anew on the page of the document is found and noted here."""
    semua = Naskah.objects.subjek(permohonan._meta.label_lower, permohonan.pk)
    hidup = semua.filter(kode_jenis=JENIS).exclude(status__in=GUGUR).first()
    if hidup and not permohonan.jawaban.filter(naskah=hidup).exists():
        Jawaban.objects.create(permohonan=permohonan, jenis=Jawaban.Jenis.PEMBERITAHUAN, naskah=hidup, dibuat_oleh=oleh)
    return permohonan.jawaban.filter(jenis=Jawaban.Jenis.PEMBERITAHUAN).select_related("naskah").last()


@transaction.atomic
def batalkan_jawaban(permohonan: Permohonan, *, catatan: str, versi: int, oleh) -> Permohonan:
    """Take the request back into work before the letter went out; a signed letter is marked as replaced.

    Refuses while an unsigned letter is not withdrawn.
    """
    segar = pegang(permohonan, "batalkan_jawaban", versi=versi, oleh=oleh, catatan=catatan)
    terakhir = _surat_terakhir(segar, oleh=oleh)
    if terakhir and terakhir.naskah.selesai_ditandatangani:
        dasar.tandai_diganti(terakhir.naskah, by=oleh, alasan=catatan)
    elif terakhir and terakhir.naskah.status not in GUGUR:
        raise Refused(f"Tarik dahulu naskah {terakhir.naskah.nomor}, lalu kembalikan permohonan ini ke proses.")
    return langkahkan(segar, "batalkan_jawaban", oleh=oleh, catatan=catatan)


@transaction.atomic
def kirim_jawaban(permohonan: Permohonan, *, pada: date, cara: str, bukti: str, versi: int, oleh) -> Permohonan:
    """Record that the signed letter went out on *pada*; the clock stops with that day, late or not.

    Refuses an unsigned letter, a day before the letter or after today, and a sending without proof.
    """
    segar = pegang(permohonan, "kirim_jawaban", versi=versi, oleh=oleh)
    jawaban = _surat_terakhir(segar, oleh=oleh)
    if jawaban is None or jawaban.naskah.status in GUGUR or not jawaban.naskah.selesai_ditandatangani:
        raise Refused("Surat dikirim setelah ditandatangani PPID. Selesaikan tanda tangannya lebih dahulu.")
    mulai = jawaban.naskah.tanggal
    if jawaban.naskah.lengkap_pada:
        # A letter that nobody had signed yet was not sent, whatever day stands on it.
        mulai = max(mulai, jawaban.naskah.lengkap_pada.astimezone(WITA).date())
    if not mulai <= pada <= hari_ini():
        raise Refused("Tanggal kirim harus di antara hari surat ditandatangani dan hari ini. Periksa tanggalnya.")
    if len(bukti.strip()) < 3:
        raise Refused("Tuliskan bukti pengiriman, misalnya nomor resi atau nama penerima.")
    jawaban.dikirim_pada, jawaban.cara, jawaban.bukti = pada, cara, samarkan_teks(bukti.strip())[:200]
    jawaban.save(update_fields=["dikirim_pada", "cara", "bukti"])
    jam.tutup(segar, *jam.JAWAB.values(), oleh=oleh, pada=pada)
    jam.tutup(segar, oleh=oleh, batal=True)
    return langkahkan(segar, "kirim_jawaban", oleh=oleh, dijawab_pada=pada, catatan=f"Surat {jawaban.naskah.nomor}")


@transaction.atomic
def tutup(permohonan: Permohonan, *, catatan: str, versi: int, oleh) -> Permohonan:
    """Close an answered request of which nothing is to be handed over."""
    segar = pegang(permohonan, "tutup", versi=versi, oleh=oleh, catatan=catatan)
    return langkahkan(segar, "tutup", oleh=oleh, catatan=catatan, selesai_pada=hari_ini())
