"""Deciding an objection: who may, the letter of the superior, sending it, and carrying out what it orders."""

from datetime import date
from typing import Any

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import lanjutkan, pasang, tangguhkan
from kpupalu.kalender.models import AturanTenggat
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah import dasar
from kpupalu.naskah.models import Naskah, Penandatangan
from ppid import tenggat_keberatan as jam
from ppid.actions.jawaban import GUGUR, pejabat_pada
from ppid.documents_keberatan import isi_susulan, isi_tanggapan, kurang_untuk_tanggapan
from ppid.langkah import Langkah
from ppid.langkah_keberatan import KEBERATAN
from ppid.models import Butir, ButirSusulan, Jawaban, Keberatan, Pejabat

S, P = Keberatan.Status, Keberatan.Putusan
JENIS, SUSULAN = "ppid-tanggapan", "ppid-susulan"


def boleh_memutus(keberatan: Keberatan, user) -> Verdict:
    """Whether *user* may decide: the right, the office of Atasan PPID today, and no part in the answer objected to."""
    if not user.has_perm("ppid.putus_keberatan"):
        return Verdict("Keberatan diputus oleh Atasan PPID.")
    p = keberatan.permohonan
    if p.butir.filter(diputus_oleh=user).exists():
        return Verdict("Anda ikut memutuskan jawaban permohonan ini, jadi keberatannya diputus pejabat lain.")
    tanda = Penandatangan.objects.filter(user=user, status=Penandatangan.Status.MENANDATANGANI)
    if p.jawaban.filter(naskah__in=tanda.values("naskah")).exists():
        return Verdict("Anda menandatangani jawaban permohonan ini, jadi keberatannya diputus pejabat lain.")
    try:
        pejabat = pejabat_pada(Pejabat.Peran.ATASAN, hari_ini())
    except Refused as galat:
        return Verdict(str(galat))
    if pejabat.user.pk != user.pk:
        return Verdict(f"Atasan PPID hari ini adalah {pejabat.nama}. Keberatan diputus oleh pejabat itu.")
    return ALLOWED


def langkah_terbuka(keberatan: Keberatan, user) -> list[Langkah]:
    """The steps *user* may take with *keberatan* as it stands."""
    putus = bool(boleh_memutus(keberatan, user))
    return [
        x
        for x in KEBERATAN.values()
        if keberatan.status in x.dari
        and user.has_perm(x.perm)
        and (putus or x.perm != "ppid.putus_keberatan")
        and _berguna(keberatan, x.nama)
    ]


def _berguna(k: Keberatan, nama: str) -> bool:
    """Whether the step fits the decision: only a granted objection is carried out."""
    if nama in ("laksanakan_keberatan", "putus_susulan", "siapkan_susulan"):
        return k.putusan in Keberatan.MENGABULKAN
    if nama == "tutup_keberatan":
        return k.status == S.DILAKSANAKAN or k.putusan == P.DITOLAK
    return nama != "mulai_musyawarah" or k.alasan != "a"


def pegang(keberatan: Keberatan, nama: str, *, versi: int, oleh, catatan: str = "") -> Keberatan:
    """Lock the row and read it again, or say why the step *nama* is not open to *oleh* now."""
    langkah = KEBERATAN[nama]
    if not oleh.has_perm(langkah.perm):
        raise Refused(f"Anda tidak berwenang untuk langkah “{langkah.label}”.")
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    segar = Keberatan.objects.select_for_update().get(pk=keberatan.pk)
    if segar.versi != versi:
        raise Refused("Keberatan ini baru saja diubah orang lain. Muat ulang halamannya, lalu putuskan lagi.")
    if segar.status not in langkah.dari:
        raise Refused(f"Keberatan ini {segar.get_status_display().lower()}, jadi tidak dapat “{langkah.label}”.")
    if langkah.perm == "ppid.putus_keberatan" and not (boleh := boleh_memutus(segar, oleh)):
        raise Refused(boleh.reason)
    return segar


def langkahkan(keberatan: Keberatan, nama: str, *, oleh, catatan: str = "", **isi: Any) -> Keberatan:
    """Write the fields *isi* and the status of the step *nama*, and its history."""
    langkah, dari = KEBERATAN[nama], keberatan.get_status_display()
    isi |= {"status": langkah.ke, "versi": keberatan.versi + 1}
    for bidang, nilai in isi.items():
        setattr(keberatan, bidang, nilai)
    keberatan.save(update_fields=list(isi))
    ke = keberatan.get_status_display()
    catat(
        f"ppid.{nama}", keberatan, oleh=oleh, kalimat=langkah.label, alasan=catatan,
        perubahan={"status": (dari, ke)} if dari != ke else None,
    )  # fmt: skip
    return keberatan


@transaction.atomic
def telaah(keberatan: Keberatan, *, versi: int, oleh) -> Keberatan:
    """The Atasan PPID takes the objection in hand."""
    segar = pegang(keberatan, "telaah_keberatan", versi=versi, oleh=oleh)
    return langkahkan(segar, "telaah_keberatan", oleh=oleh, ditelaah_oleh=oleh)


@transaction.atomic
def mulai_musyawarah(keberatan: Keberatan, *, catatan: str, versi: int, oleh) -> Keberatan:
    """Begin to settle it with the applicant (Pasal 35 ayat (2): grounds b to g).

    Whether the clock stands meanwhile is what the row of its rule says. Refuses a refusal under Pasal 17 alone.
    """
    segar = pegang(keberatan, "mulai_musyawarah", versi=versi, oleh=oleh, catatan=catatan)
    if segar.alasan == "a":
        raise Refused("Keberatan atas penolakan (huruf a) tidak diselesaikan dengan musyawarah. Putuskan langsung.")
    tenggat = jam.tanggapan_terbuka(segar)
    if tenggat and tenggat.aturan.penangguhan != AturanTenggat.Penangguhan.TIDAK:
        tangguhkan(tenggat, oleh=oleh, alasan=catatan)
    return langkahkan(segar, "mulai_musyawarah", oleh=oleh, catatan=samarkan_teks(catatan.strip()))


@transaction.atomic
def akhiri_musyawarah(keberatan: Keberatan, *, hasil: str, versi: int, oleh) -> Keberatan:
    """What came of it; the superior then answers in writing all the same. The clock goes on if it stood."""
    if len(hasil.strip()) < 10:
        raise Refused("Tuliskan hasil musyawarah, paling sedikit 10 huruf.")
    segar = pegang(keberatan, "akhiri_musyawarah", versi=versi, oleh=oleh)
    isi: dict[str, Any] = {}
    tenggat = jam.tanggapan_terbuka(segar)
    if tenggat and tenggat.ditangguhkan_sejak:
        isi["batas"] = lanjutkan(tenggat, oleh=oleh, alasan="Musyawarah selesai.").tanggal
    return langkahkan(
        segar, "akhiri_musyawarah", oleh=oleh, hasil_musyawarah=samarkan_teks(hasil.strip()), **isi
    )  # fmt: skip


@transaction.atomic
def putus(
    keberatan: Keberatan,
    *,
    putusan: str,
    pertimbangan: str,
    perintah: str,
    karena_lewat: bool = False,
    versi: int,
    oleh,
) -> Naskah:
    """Decide, and number and print the *tanggapan* that the Atasan PPID signs.

    Refuses while an element of the letter is empty (each is named), whoever had a part in the answer, and a refusal
    as late of what is in time when counted again.
    """  # fmt: skip
    segar = pegang(keberatan, "putus_keberatan", versi=versi, oleh=oleh)
    segar.putusan, segar.karena_lewat = putusan, karena_lewat
    segar.pertimbangan, segar.perintah = samarkan_teks(pertimbangan.strip()), samarkan_teks(perintah.strip())
    tanggal = hari_ini()
    if kurang := kurang_untuk_tanggapan(segar, tanggal):
        raise Refused("Tanggapan belum dapat dicetak. " + " ".join(kurang))
    naskah = dasar.buat_naskah(
        JENIS, subjek=segar, isi=isi_tanggapan(segar, tanggal), by=oleh, tanggal=tanggal,
        penandatangan=[pejabat_pada(Pejabat.Peran.ATASAN, tanggal)],
        judul=f"Tanggapan atas keberatan {segar.nomor}",
    )  # fmt: skip
    naskah = dasar.siapkan(naskah, by=oleh)
    langkahkan(
        segar, "putus_keberatan", oleh=oleh, catatan=f"{segar.get_putusan_display()}; surat {naskah.nomor}",
        putusan=putusan, karena_lewat=karena_lewat, pertimbangan=segar.pertimbangan, perintah=segar.perintah,
        naskah=naskah, diputus_oleh=oleh,
    )  # fmt: skip
    return naskah


def _naskah_kini(k: Keberatan) -> Naskah | None:
    """The living letter of *k*; one that was made anew on the page of the document is found here."""
    semua = Naskah.objects.subjek(k._meta.label_lower, k.pk).filter(kode_jenis=JENIS)
    hidup = semua.exclude(status__in=GUGUR).first()
    if hidup and k.naskah_id != hidup.pk:
        k.naskah = hidup
        k.save(update_fields=["naskah"])
    return hidup


@transaction.atomic
def batalkan(keberatan: Keberatan, *, catatan: str, versi: int, oleh) -> Keberatan:
    """Take the objection back before the letter went out; a signed letter is marked as replaced.

    Refuses while an unsigned letter is not withdrawn.
    """
    segar = pegang(keberatan, "batalkan_tanggapan", versi=versi, oleh=oleh, catatan=catatan)
    naskah = _naskah_kini(segar)
    if naskah and naskah.selesai_ditandatangani:
        dasar.tandai_diganti(naskah, by=oleh, alasan=catatan)
    elif naskah:
        raise Refused(f"Tarik dahulu naskah {naskah.nomor}, lalu kembalikan keberatan ini ke telaah.")
    return langkahkan(segar, "batalkan_tanggapan", oleh=oleh, catatan=catatan, diputus_oleh=None)


def periksa_kirim(naskah: Naskah | None, pada: date, bukti: str, *, penanda: str) -> None:
    """Refuse an unsigned letter, a day before its signature or after today, and a sending without proof."""
    if naskah is None or naskah.status in GUGUR or not naskah.selesai_ditandatangani:
        raise Refused(f"Surat dikirim setelah ditandatangani {penanda}. Selesaikan tanda tangannya lebih dahulu.")
    mulai = naskah.tanggal
    if naskah.lengkap_pada:
        mulai = max(mulai, naskah.lengkap_pada.astimezone(WITA).date())
    if not mulai <= pada <= hari_ini():
        raise Refused("Tanggal kirim harus di antara hari surat ditandatangani dan hari ini. Periksa tanggalnya.")
    if len(bukti.strip()) < 3:
        raise Refused("Tuliskan bukti pengiriman, misalnya nomor resi atau nama penerima.")


@transaction.atomic
def kirim(keberatan: Keberatan, *, pada: date, cara: str, bukti: str, versi: int, oleh) -> Keberatan:
    """Record that the signed letter went out on *pada*: its clock stops, and that of what it orders starts."""
    segar = pegang(keberatan, "kirim_tanggapan", versi=versi, oleh=oleh)
    naskah = _naskah_kini(segar)
    periksa_kirim(naskah, pada, bukti, penanda="Atasan PPID")
    jam.tutup(segar, *jam.TANGGAPAN.values(), oleh=oleh, pada=pada)
    if segar.putusan in Keberatan.MENGABULKAN:
        tentang = jam.tentang(segar, "Laksanakan perintah Atasan PPID atas keberatan", hak_urus="ppid.olah_permohonan")
        pasang(segar, jam.LAKSANA[segar.tahapan], pada, tentang=tentang, oleh=oleh)
    segar = langkahkan(
        segar, "kirim_tanggapan", oleh=oleh, ditanggapi_pada=pada, cara=cara,
        bukti=samarkan_teks(bukti.strip())[:200], catatan=f"Surat {naskah.nomor}" if naskah else "",
    )  # fmt: skip
    if segar.putusan in Keberatan.MENGABULKAN:
        jam.kabari(segar, "Perintah Atasan PPID menunggu dilaksanakan", hak="ppid.olah_permohonan")
    return segar


# --- Carrying out ------------------------------------------------------------------------------------------------
def bukan_pemutus(keberatan: Keberatan, oleh) -> None:
    """Refuse who decided the objection: that person does not touch what the PPID answers."""
    if oleh.pk in (keberatan.diputus_oleh_id, keberatan.ditelaah_oleh_id):
        raise Refused("Anda memutus keberatan ini, jadi jawaban PPID diubah pejabat lain.")


@transaction.atomic
def putus_susulan(
    keberatan: Keberatan,
    *,
    butir: Butir,
    hasil: str,
    penjelasan: str,
    bentuk: str,
    bagian_dihitamkan: str = "",
    versi: int,
    oleh,
) -> ButirSusulan:
    """What the PPID now gives of one item, because the superior ordered it; the first answer stays as it was.

    Refuses an item that was not objected to, an answer without its material or form, part of it without the reason,
    and once the letter is numbered.
    """  # fmt: skip
    segar = pegang(keberatan, "putus_susulan", versi=versi, oleh=oleh)
    bukan_pemutus(segar, oleh)
    if segar.putusan not in Keberatan.MENGABULKAN or not segar.butir.filter(pk=butir.pk).exists():
        raise Refused("Jawaban susulan diberikan atas butir yang keberatannya dikabulkan.")
    if surat_susulan(segar):
        raise Refused("Surat susulan sudah diberi nomor. Tarik naskahnya lebih dahulu bila isinya berubah.")
    if len(penjelasan.strip()) < 3 or not bentuk:
        raise Refused("Sebutkan materi yang diberikan serta bentuknya.")
    if hasil == Butir.Hasil.SEBAGIAN and not bagian_dihitamkan.strip():
        raise Refused("Tuliskan bagian mana yang tidak diberikan dan alasannya.")
    isi = {
        "hasil": hasil, "penjelasan": samarkan_teks(penjelasan.strip()), "bentuk": bentuk, "diputus_oleh": oleh,
        "bagian_dihitamkan": samarkan_teks(bagian_dihitamkan.strip()), "diputus_pada": hari_ini(),
    }  # fmt: skip
    baris, _ = ButirSusulan.objects.update_or_create(keberatan=segar, butir=butir, defaults=isi)
    langkahkan(segar, "putus_susulan", oleh=oleh, catatan=f"Butir {butir.urut}: {baris.get_hasil_display()}")
    return baris


def surat_susulan(keberatan: Keberatan) -> Naskah | None:
    """The living letter that answers anew, if one was made."""
    semua = Naskah.objects.subjek(keberatan._meta.label_lower, keberatan.pk).filter(kode_jenis=SUSULAN)
    return semua.exclude(status__in=GUGUR).first()


@transaction.atomic
def siapkan_susulan(keberatan: Keberatan, *, versi: int, oleh) -> Naskah:
    """Number and print the answer that the superior ordered, signed by the PPID of today.

    Refuses before an item was decided anew, and a second living letter.
    """
    segar = pegang(keberatan, "siapkan_susulan", versi=versi, oleh=oleh)
    bukan_pemutus(segar, oleh)
    if not segar.susulan.exists():
        raise Refused("Putuskan paling sedikit satu butir susulan lebih dahulu.")
    tanggal = hari_ini()
    naskah = dasar.buat_naskah(
        SUSULAN, subjek=segar, isi=isi_susulan(segar, tanggal), by=oleh, tanggal=tanggal,
        penandatangan=[pejabat_pada(Pejabat.Peran.PPID, tanggal)], judul=f"Jawaban susulan keberatan {segar.nomor}",
    )  # fmt: skip
    naskah = dasar.siapkan(naskah, by=oleh)
    Jawaban.objects.create(
        permohonan=segar.permohonan, jenis=Jawaban.Jenis.SUSULAN, naskah=naskah, dibuat_oleh=oleh
    )  # fmt: skip
    langkahkan(segar, "siapkan_susulan", oleh=oleh, catatan=f"Surat {naskah.nomor}")
    catat("ppid.siapkan_susulan", segar.permohonan, oleh=oleh, kalimat=f"Jawaban susulan {naskah.nomor}")
    return naskah


@transaction.atomic
def laksanakan(keberatan: Keberatan, *, pada: date, cara: str, bukti: str, versi: int, oleh) -> Keberatan:
    """Record that the order was carried out on *pada*, with what proves it; a new answer goes out by this too.

    Refuses while the request itself is still unanswered, and a new answer that nobody has signed.
    """
    segar = pegang(keberatan, "laksanakan_keberatan", versi=versi, oleh=oleh)
    bukan_pemutus(segar, oleh)
    if segar.putusan not in Keberatan.MENGABULKAN:
        raise Refused("Keberatan ini ditolak, jadi tidak ada perintah yang dilaksanakan. Tutup keberatannya.")
    if segar.ditanggapi_pada is None or not segar.ditanggapi_pada <= pada <= hari_ini():
        raise Refused("Tanggal pelaksanaan harus di antara tanggal tanggapan dan hari ini.")
    if len(bukti.strip()) < 10:
        raise Refused("Tuliskan apa yang dilaksanakan dan buktinya, paling sedikit 10 huruf.")
    if surat := surat_susulan(segar):
        periksa_kirim(surat, pada, bukti, penanda="PPID")
        _catat_susulan_terkirim(segar, surat, pada=pada, cara=cara, bukti=bukti, oleh=oleh)
    elif segar.susulan.exists():
        raise Refused("Siapkan jawaban susulan dan tanda tangani suratnya lebih dahulu.")
    elif segar.permohonan.dijawab_pada is None:
        raise Refused("Permohonannya belum dijawab. Jawab dahulu permohonan itu, lalu catat pelaksanaannya.")
    jam.tutup(segar, *jam.LAKSANA.values(), oleh=oleh, pada=pada)
    return langkahkan(
        segar, "laksanakan_keberatan", oleh=oleh, dilaksanakan_pada=pada, pelaksanaan=samarkan_teks(bukti.strip())
    )  # fmt: skip


def _catat_susulan_terkirim(k: Keberatan, surat: Naskah, *, pada: date, cara: str, bukti: str, oleh) -> None:
    """The new answer went out; a letter that was made anew on the page of the document is found here."""
    dasar_ = {"permohonan": k.permohonan, "jenis": Jawaban.Jenis.SUSULAN, "dibuat_oleh": oleh}
    baris, _ = Jawaban.objects.get_or_create(naskah=surat, defaults=dasar_)
    baris.dikirim_pada, baris.cara, baris.bukti = pada, cara, samarkan_teks(bukti.strip())[:200]
    baris.save(update_fields=["dikirim_pada", "cara", "bukti"])


@transaction.atomic
def tutup(keberatan: Keberatan, *, tanggapan_pemohon: str = "", versi: int, oleh) -> Keberatan:
    """Close it, with what the applicant says to the answer. Refuses while an order is not carried out."""
    segar = pegang(keberatan, "tutup_keberatan", versi=versi, oleh=oleh)
    if segar.status == S.DITANGGAPI and segar.putusan != P.DITOLAK:
        raise Refused("Perintah Atasan PPID belum dilaksanakan. Catat pelaksanaannya lebih dahulu.")
    kata = samarkan_teks(tanggapan_pemohon.strip())
    return langkahkan(segar, "tutup_keberatan", oleh=oleh, tanggapan_pemohon=kata, selesai_pada=hari_ini())


@transaction.atomic
def cabut(keberatan: Keberatan, *, catatan: str, versi: int, oleh) -> Keberatan:
    """The applicant withdraws it. Refuses while a numbered letter is not withdrawn."""
    segar = pegang(keberatan, "cabut_keberatan", versi=versi, oleh=oleh, catatan=catatan)
    if naskah := _naskah_kini(segar):
        raise Refused(f"Tarik dahulu naskah {naskah.nomor}, lalu catat pencabutannya.")
    jam.tutup(segar, oleh=oleh, batal=True)
    kata = samarkan_teks(catatan)
    return langkahkan(segar, "cabut_keberatan", oleh=oleh, catatan=kata, selesai_pada=hari_ini())
