"""What people do with proposed changes: propose, verify, approve, reject, take back. Many at once or one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.actions.hambatan import batas_umur, belum_pasti, hambatan, hambatan_daftar, kurang_umur, teks, umur_berubah
from pdpb.daftar import DaftarBerubah, terapkan_perubahan, urungkan_perubahan
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.langkah import LANGKAH, Langkah
from pdpb.models import (
    BarisCoktas,
    BukaKembali,
    Bukti,
    Identitas,
    Kategori,
    PasanganGanda,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    RiwayatPerubahan,
)
from pdpb.models.ganda import PUTUSAN_TERCATAT
from pdpb.pasangan import ikuti_perubahan

S = Perubahan.Status
BOLEH_DILENGKAPI = frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DITANGGUHKAN})
"""States in which a proposal without evidence may still be given it."""
BOLEH_KOSONG = ("tempat_lahir", "alamat")
"""Elements that a correction may empty; every other one is known of every voter."""


@dataclass(slots=True)
class Hasil:
    """What came of one step on many changes: ids in the order done, and for each refused id the reason."""

    berhasil: list[int] = field(default_factory=list)
    ditolak: dict[int, str] = field(default_factory=dict)


def pastikan_belum_beku(periode: Periode) -> None:
    """Refuse when *periode* is frozen or further; its settings may change and it may be frozen until then."""
    if periode.status != Periode.Status.TERBUKA:
        raise Refused(
            f"{periode.nama} sudah {periode.get_status_display().lower()}. "
            "Catat perubahan ini pada periode berikutnya, atau minta periode dibuka kembali."
        )


def pastikan_terbuka(periode: Periode) -> None:
    """Refuse when *periode* no longer takes changes: frozen, or reopened until a day that has passed."""
    pastikan_belum_beku(periode)
    buka = BukaKembali.objects.filter(periode=periode, disetujui_oleh__isnull=False).first()
    if buka and buka.berlaku_sampai and hari_ini() > buka.berlaku_sampai:
        raise Refused(
            f"{periode.nama} dibuka kembali hanya sampai {buka.berlaku_sampai:%d-%m-%Y}. "
            "Bekukan periode ini; bila masih perlu, minta dibuka kembali dengan batas baru."
        )


# --- Propose -----------------------------------------------------------------------------------------------------
@transaction.atomic
def usulkan(
    *,
    periode: Periode,
    kategori: Kategori,
    oleh,
    pemilih: Pemilih | None = None,
    elemen: Mapping[str, Any] | None = None,
    nik: str = "",
    nkk: str = "",
    kelurahan_tujuan: Kelurahan | None = None,
    tps_tujuan: TPS | None = None,
    bertahan: Pemilih | None = None,
    bukti: Bukti | None = None,
    catatan: str = "",
    pencatat=None,
) -> Perubahan:
    """Record one proposed change of *periode*; nothing moves until it is verified and approved.

    Refuses a closed period, a change of somebody who is not in the list, a new voter whose NIK is in the list or
    proposed already, a second change of the same kind, a correction that corrects nothing or makes the person too
    young, a move to the same place, and a duplicate of itself. *bukti* that is not stored yet is stored with it. A
    NIK written into *catatan* is kept masked: digits stand only where identities stand. *pencatat* is who records
    what *oleh* decided, where that is another; the proposer remains *oleh*.
    """
    catatan = samarkan_teks(catatan)
    periode = kunci_periode(periode)
    pastikan_terbuka(periode)
    versi = _versi_aktif(kategori, pemilih)
    isi = {kunci: teks(nilai) for kunci, nilai in (elemen or {}).items() if nilai not in (None, "")}
    if kategori.jenis == Kategori.Jenis.BARU:
        _periksa_calon(periode, isi, nik, nkk, kelurahan_tujuan)
    if kategori.jenis == Kategori.Jenis.UBAH and versi:
        isi |= {kunci: "" for kunci in BOLEH_KOSONG if (elemen or {}).get(kunci) == ""}
        isi = {kunci: nilai for kunci, nilai in isi.items() if teks(getattr(versi, kunci)) != nilai}
        if alasan := kurang_umur(isi, versi, periode.cut_off_umur, batas_umur(periode)):
            raise Refused(alasan)
    identitas = _identitas(versi, nik, nkk)
    if kategori.jenis == Kategori.Jenis.UBAH and not isi and not identitas:
        raise Refused("Tidak ada isian yang berbeda dari data sekarang. Ubah paling sedikit satu isian.")
    if kategori.jenis == Kategori.Jenis.MUTASI and versi and kelurahan_tujuan:
        _periksa_tujuan(versi, kelurahan_tujuan, tps_tujuan)
    if kelurahan_tujuan and kelurahan_tujuan.akhir and kelurahan_tujuan.akhir < hari_ini():
        raise Refused(
            f"Kelurahan {kelurahan_tujuan} ({kelurahan_tujuan.kode}) tidak dipakai lagi sesudah "
            f"{kelurahan_tujuan.akhir:%d-%m-%Y}. Pilih kelurahan penggantinya."
        )
    if pemilih and bertahan and bertahan.pk == pemilih.pk:
        raise Refused("Baris yang bertahan harus baris lain. Isi DPID pasangan gandanya.")
    if pemilih and bertahan and (alasan := _sudah_diputus_beda(pemilih, bertahan)):
        raise Refused(alasan)
    if pemilih and _sudah_diusulkan(periode, kategori, pemilih):
        raise Refused("Perubahan sejenis untuk pemilih ini sudah ada pada periode ini. Buka perubahan itu.")
    kelurahan = versi.kelurahan if versi else kelurahan_tujuan
    if kelurahan is None:
        raise Refused("Kelurahan belum dipilih. Pilih kelurahan, lalu ajukan lagi.")
    _simpan_bukti(bukti)
    perubahan = Perubahan.objects.create(
        periode=periode,
        jenis=kategori.jenis,
        kategori=kategori,
        pemilih=pemilih,
        versi_dasar=versi,
        elemen_baru=isi,
        identitas_baru=identitas,
        kelurahan=kelurahan,
        kelurahan_tujuan=kelurahan_tujuan,
        tps_tujuan=tps_tujuan,
        bertahan=bertahan,
        bukti=bukti,
        pengusul=oleh,
        catatan=catatan,
    )
    pencatat = pencatat or oleh
    RiwayatPerubahan.objects.create(
        perubahan=perubahan, langkah="usulkan", ke=S.DIUSULKAN, oleh=pencatat, catatan=catatan
    )
    catat("pdpb.usulkan", perubahan, oleh=pencatat, kalimat=f"Mengusulkan {kategori.nama.lower()}", alasan=catatan)
    return perubahan


def _versi_aktif(kategori: Kategori, pemilih: Pemilih | None) -> Pendaftaran | None:
    if kategori.jenis == Kategori.Jenis.BARU:
        return None
    versi = Pendaftaran.objects.aktif().filter(pemilih=pemilih).select_related("kelurahan", "identitas").first()
    if versi is None:
        raise Refused("Orang ini tidak ada dalam daftar sekarang. Periksa riwayatnya, lalu pilih jenis perubahan lain.")
    return versi


def _identitas(versi: Pendaftaran | None, nik: str, nkk: str) -> Identitas | None:
    if versi is None:
        return Identitas.objects.create(nik=nik, nkk=nkk)
    lama = versi.identitas
    nik, nkk = nik or lama.nik, nkk or lama.nkk
    if (nik, nkk) == (lama.nik, lama.nkk):
        return None
    return Identitas.objects.create(nik=nik, nkk=nkk)


def _periksa_calon(periode: Periode, isi: Mapping[str, str], nik: str, nkk: str, kelurahan: Kelurahan | None) -> None:
    if not (nik and nkk and kelurahan and isi.get("nama") and isi.get("jenis_kelamin") and isi.get("tanggal_lahir")):
        raise Refused("Pemilih baru memerlukan NIK, nomor KK, nama, jenis kelamin, tanggal lahir, dan kelurahan.")
    if alasan := kurang_umur(isi, None, periode.cut_off_umur, batas_umur(periode)):
        raise Refused(alasan)
    if Pendaftaran.objects.aktif().filter(identitas__nik=nik).exists():
        raise Refused("NIK ini sudah ada dalam daftar. Buka pemilih itu dan catat perbaikan atau mutasi.")
    usulan = Perubahan.objects.filter(periode=periode, jenis=Kategori.Jenis.BARU, identitas_baru__nik=nik)
    if usulan.exclude(status=S.DITOLAK).exists():
        raise Refused("NIK ini sudah diusulkan sebagai pemilih baru pada periode ini. Buka usulan itu.")


def _periksa_tujuan(versi: Pendaftaran, kelurahan: Kelurahan, tps: TPS | None) -> None:
    if tps and versi.tps_id == tps.pk:
        raise Refused("TPS tujuan sama dengan TPS sekarang. Pilih TPS yang lain.")
    if not tps and versi.kelurahan_id == kelurahan.pk:
        raise Refused("Kelurahan tujuan sama dengan sekarang. Sebutkan TPS tujuan, atau catat sebagai perbaikan data.")


def _simpan_bukti(bukti: Bukti | None) -> None:
    """Store a document only together with what it proves, so that a refusal leaves none behind."""
    if bukti and bukti.pk is None:
        bukti.save()


def _sudah_diputus_beda(pemilih: Pemilih, bertahan: Pemilih) -> str:
    """Why the two are no duplicates of each other as decided; empty when nobody has decided that."""
    a, b = sorted((pemilih.pk, bertahan.pk))
    putusan = PasanganGanda.objects.filter(a=a, b=b, putusan__in=PUTUSAN_TERCATAT, pengonfirmasi__isnull=False).first()
    if putusan is None:
        return ""
    return (
        f"{putusan} sudah diputuskan “{putusan.get_putusan_display().lower()}”. Ganti putusannya lewat Data ganda "
        "lebih dahulu."
    )


def _sudah_diusulkan(periode: Periode, kategori: Kategori, pemilih: Pemilih) -> bool:
    return (
        Perubahan.objects.filter(periode=periode, kategori=kategori, pemilih=pemilih).exclude(status=S.DITOLAK).exists()
    )


def _melengkapi(perubahan: Perubahan, oleh) -> bool:
    if perubahan.pengusul_id == oleh.pk or oleh.has_perm("pdpb.verifikasi_perubahan"):
        return True
    # Whoever visits the person for coktas may bring the document home.
    return BarisCoktas.objects.ditugaskan(oleh).filter(pemilih=perubahan.pemilih_id).exists()


def boleh_dilengkapi(perubahan: Perubahan, *, oleh) -> bool:
    """Whether ``lengkapi_bukti`` would take evidence of *oleh* for *perubahan* while its period is open."""
    return perubahan.status in BOLEH_DILENGKAPI and not perubahan.bukti_id and _melengkapi(perubahan, oleh)


@transaction.atomic
def lengkapi_bukti(perubahan: Perubahan, *, bukti: Bukti, oleh) -> Perubahan:
    """Put *bukti* with a proposal that has none yet; it goes on waiting in the state it is in.

    For the person who proposed, those who verify, and the petugas who visits the voter. Refuses a closed period, a
    change that is decided, and one that has evidence: what somebody may have judged already is not exchanged.
    """
    if not _melengkapi(perubahan, oleh):
        raise Refused("Bukti dilengkapi oleh pengusul, verifikator, atau petugas coktas yang ditugaskan.")
    periode = kunci_periode(perubahan.periode)
    pastikan_terbuka(periode)
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(f"Perubahan ini sudah {perubahan.get_status_display().lower()}; buktinya tidak dapat ditambah.")
    if perubahan.bukti_id:
        raise Refused("Perubahan ini sudah berbukti. Bila buktinya salah, tarik usulan ini lalu usulkan lagi.")
    bukti.save()
    perubahan.bukti = bukti
    perubahan.save(update_fields=["bukti"])
    catat("pdpb.lengkapi_bukti", perubahan, oleh=oleh, kalimat=f"Melengkapi bukti: {bukti}")
    return perubahan


# --- Steps -------------------------------------------------------------------------------------------------------
@transaction.atomic
def ambil_langkah(
    ids: Iterable[int], nama: str, *, oleh, periode: Periode, catatan: str = "", bukti: Bukti | None = None
) -> Hasil:
    """Take the step *nama* with each change of *ids* that may take it, and say why for each that may not.

    Holds the period, the roll (for steps that move figures) and the rows, in that order. *bukti* becomes the
    evidence of those that have none: one shared document for a batch, stored if some change takes it. Refuses as a
    whole when the person has no right, the period is closed, or the step needs a note.
    """
    langkah = LANGKAH[nama]
    if not oleh.has_perm(langkah.perm):
        raise Refused(f"Anda tidak berwenang untuk langkah “{langkah.label}”.")
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    catatan = samarkan_teks(catatan)
    periode = kunci_periode(periode, tunggu=not langkah.mengubah_daftar)
    pastikan_terbuka(periode)
    if langkah.mengubah_daftar:
        kunci_daftar(tunggu=False)
    baris = list(
        Perubahan.objects.select_for_update(of=("self",))
        .filter(pk__in=list(ids), periode=periode)
        .select_related("versi_dasar", "periode")
        .order_by("pk")
    )
    hasil = Hasil()
    batas = batas_umur(periode)
    tak_pasti = belum_pasti([perubahan.pk for perubahan in baris], langkah, oleh)
    for perubahan in baris:
        if (
            alasan := hambatan(perubahan, langkah, oleh, bukti)
            or tak_pasti.get(perubahan.pk)
            or (langkah.nama == "setujui" and umur_berubah(perubahan, batas))
        ):
            hasil.ditolak[perubahan.pk] = alasan
    boleh = [perubahan.pk for perubahan in baris if perubahan.pk not in hasil.ditolak]
    for giliran in _giliran(nama, boleh, hasil):
        _jalankan(langkah, giliran, oleh=oleh, catatan=catatan, bukti=bukti)
        hasil.berhasil += giliran
    if hasil.berhasil:
        lewat = f" ({len(hasil.ditolak)} dilewati)" if hasil.ditolak else ""
        catat(
            f"pdpb.{nama}", periode, oleh=oleh, alasan=catatan, jumlah=len(hasil.berhasil),
            kalimat=f"{langkah.label} perubahan{lewat}",
        )  # fmt: skip
    return hasil


def _giliran(nama: str, ids: list[int], hasil: Hasil) -> Iterator[list[int]]:
    """The sets of *ids* that the roll admits, to be done one after the other; those it never admits get their reason.

    What is approved together is judged together, so a refused change is taken out and the rest judged again. Taking
    back goes from the latest change of a person to the first: undoing one opens the way for the one before it.
    """
    sisa = ids
    while sisa:
        ditolak = hambatan_daftar(sisa, nama)
        boleh = [pk for pk in sisa if pk not in ditolak]
        if nama == "batalkan_persetujuan" and boleh:
            yield boleh
            sisa = list(ditolak)
            continue
        hasil.ditolak |= ditolak
        if not ditolak:
            yield boleh
            return
        sisa = boleh


def tolak_salah_orang(perubahan: Perubahan, *, oleh) -> None:
    """Reject the proposal that a comparison of names had made for the wrong person; must run under the period lock.

    Refuses one that is verified already: whoever verified it has judged whom it means.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK:
        return
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(f"{perubahan} sudah {perubahan.get_status_display().lower()}. Batalkan langkah itu dahulu.")
    catatan = "Orang yang dimaksud baris pengirim bukan pemilih ini."
    _jalankan(LANGKAH["tolak"], [perubahan.pk], oleh=oleh, catatan=catatan, bukti=None)
    catat("pdpb.tolak", perubahan, oleh=oleh, kalimat="Menolak usulan untuk orang yang keliru", alasan=catatan)


def tarik_bersama(perubahan: Perubahan, *, oleh, catatan: str) -> None:
    """Withdraw a proposal together with the visit that made it; must run under the period lock.

    One that is rejected already stays so. Refuses one that is verified: whoever verified it has judged the visit.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK:
        return
    _pastikan_belum_diputus(perubahan)
    _jalankan(LANGKAH["tarik"], [perubahan.pk], oleh=oleh, catatan=catatan, bukti=None)
    catat("pdpb.tarik", perubahan, oleh=oleh, kalimat="Menarik usulan bersama hasil kunjungannya", alasan=catatan)


def lepas_bukti(perubahan: Perubahan, *, oleh, catatan: str) -> None:
    """Take the evidence that a withdrawn visit had brought off a proposal, which waits for evidence again.

    Must run under the period lock. The document stays stored. Refuses a proposal that is verified.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).select_related("bukti").get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK or not perubahan.bukti_id:
        return
    _pastikan_belum_diputus(perubahan)
    lama, perubahan.bukti = str(perubahan.bukti), None
    perubahan.save(update_fields=["bukti"])
    catat("pdpb.lepas_bukti", perubahan, oleh=oleh, kalimat=f"Melepas bukti: {lama}", alasan=catatan)


def _pastikan_belum_diputus(perubahan: Perubahan) -> None:
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(
            f"Usulan nomor {perubahan.pk} sudah {perubahan.get_status_display().lower()}. Minta verifikator menolak "
            "atau membatalkannya lebih dahulu."
        )


def _jalankan(langkah: Langkah, ids: list[int], *, oleh, catatan: str, bukti: Bukti | None) -> None:
    if not ids:
        return
    semua = Perubahan.objects.filter(pk__in=ids)
    RiwayatPerubahan.objects.bulk_create(
        [
            RiwayatPerubahan(
                perubahan_id=pk, langkah=langkah.nama, dari=dari, ke=langkah.ke, oleh=oleh, catatan=catatan
            )
            for pk, dari in semua.values_list("pk", "status")
        ],
        batch_size=5_000,
    )
    if bukti and semua.filter(bukti__isnull=True).exists():
        _simpan_bukti(bukti)
        semua.filter(bukti__isnull=True).update(bukti=bukti)
    try:
        if langkah.nama == "setujui":
            terapkan_perubahan(ids, pada=hari_ini())
        elif langkah.nama == "batalkan_persetujuan":
            urungkan_perubahan(ids)
    except DaftarBerubah as galat:
        raise Refused(
            f"Daftar sudah berubah: {galat}. Batalkan perubahan yang lebih baru lebih dahulu, lalu ulangi."
        ) from galat
    isi: dict[str, Any] = {"status": langkah.ke}
    if langkah.nama == "verifikasi":
        isi["verifikator"] = oleh
    elif langkah.nama == "setujui":
        isi |= {"penyetuju": oleh, "disetujui_pada": sekarang()}
    elif langkah.nama == "batalkan_persetujuan":
        isi |= {"penyetuju": None, "disetujui_pada": None}
    semua.update(**isi)
    ikuti_perubahan(ids, langkah.nama)
    if langkah.mengubah_daftar:
        start_job("pdpb.cari_ganda_berubah", by=oleh, perubahan=ids)
