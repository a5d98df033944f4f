"""What people do beside SIDALIH: make sheets, record that they were uploaded, receive its files, answer by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.imports import baca as tabel
from kpupalu.imports.berkas import segel, tempat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from pdpb import sidalih
from pdpb.cetakan_daftar import TMS_LAIN, kode_keterangan
from pdpb.impor.kolom import nilai_kepala
from pdpb.kunci import kunci_periode
from pdpb.models import BarisSidalih, BerkasSidalih, Kategori, LembarSidalih, Periode, Perubahan, RekapSidalih
from pdpb.sidalih.berkas import Lapor

PERM = "pdpb.kelola_sidalih"
PEKERJAAN = "pdpb.baca_sidalih"
L, H = LembarSidalih.Status, BarisSidalih.Hasil
MANUAL = (H.DITERIMA, H.DITOLAK, H.GANDA, H.TIDAK_ADA)
"""What a person may write down that SIDALIH showed on its screen."""
ULANG = (H.DITOLAK, H.TIDAK_ADA, H.BEDA)
"""After what a row may be sent once more."""
_DIBATALKAN = "Persetujuan perubahan dibatalkan sesudah lembar disusun."
_BERUBAH = "Isinya berubah sesudah lembar disusun; baris baru menggantikannya."


def _berhak(oleh) -> None:
    if not oleh.has_perm(PERM):
        raise Refused("Anda tidak berwenang mengelola lembar SIDALIH.")


# --- Sheets -------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Susunan:
    """What making sheets did: how many sheets and rows, and how many rows no longer hold."""

    lembar: int = 0
    baris: int = 0
    digantikan: int = 0


def belum_dilembarkan(periode: Periode) -> int:
    """How many sides of counted changes stand on no sheet; a change corrected since its sheet is found when made."""
    dihitung = Perubahan.objects.filter(periode=periode).dihitung()
    mutasi = Q(jenis=Kategori.Jenis.MUTASI)
    jumlah = dihitung.aggregate(semua=Count("pk"), mutasi=Count("pk", filter=mutasi))
    return jumlah["semua"] + jumlah["mutasi"] - _berlaku(periode).filter(perubahan__in=dihitung).count()


def _berlaku(periode: Periode):
    return BarisSidalih.objects.filter(lembar__periode=periode).berlaku()


@transaction.atomic
def susun_lembar(periode: Periode, *, oleh) -> Susunan:
    """Put every counted change of *periode* that stands on no sheet onto numbered sheets, one kelurahan each.

    Rows whose change was taken back or changed since are marked replaced. Doing it again makes nothing new; two
    people at once make each row once. SIDALIH is not needed for it. Refuses without the right.
    """
    _berhak(oleh)
    periode = kunci_periode(periode)
    sisi = sidalih.sisi_perubahan(periode)
    hasil = Susunan(digantikan=_segarkan(periode, sisi))
    ada = set(_berlaku(periode).values_list("perubahan", "arah"))
    baru = [s for s in sisi if s.kunci not in ada]
    ukuran = max(nilai_bulat("sidalih_baris_per_lembar", pada=hari_ini()), 1)
    nomor = LembarSidalih.objects.filter(periode=periode).aggregate(n=Max("nomor"))["n"] or 0
    for (kelurahan, khusus), kelompok in _menurut_tempat(baru).items():
        for mulai in range(0, len(kelompok), ukuran):
            nomor += 1
            _buat_lembar(periode, nomor, kelurahan, kelompok[mulai : mulai + ukuran], khusus=khusus, oleh=oleh)
            hasil.lembar += 1
    hasil.baris = len(baru)
    if hasil.lembar or hasil.digantikan:
        kalimat = f"Menyusun {ribuan(hasil.lembar)} lembar SIDALIH, {ribuan(hasil.digantikan)} baris digantikan"
        catat("pdpb.susun_sidalih", periode, oleh=oleh, jumlah=hasil.baris, kalimat=kalimat)
    return hasil


def _menurut_tempat(baru: list[sidalih.Sisi]) -> dict[tuple[str, bool], list[sidalih.Sisi]]:
    hasil: dict[tuple[str, bool], list[sidalih.Sisi]] = defaultdict(list)
    for s in baru:
        hasil[s.kelurahan, s.khusus].append(s)
    return hasil


def _buat_lembar(
    periode: Periode, nomor: int, kelurahan: str, sisi: list[sidalih.Sisi], *, khusus: bool, oleh
) -> LembarSidalih:
    lembar = LembarSidalih.objects.create(
        periode=periode, nomor=nomor, kelurahan_id=kelurahan, khusus=khusus, dibuat_oleh=oleh
    )
    BarisSidalih.objects.bulk_create(
        BarisSidalih(
            lembar=lembar, urut=n, perubahan_id=s.perubahan, arah=s.arah, dpid=s.dpid, identitas_id=s.identitas,
            isi=s.isi,
        )
        for n, s in enumerate(sisi, start=1)
    )  # fmt: skip
    return lembar


def _segarkan(periode: Periode, sisi: list[sidalih.Sisi]) -> int:
    """Mark the rows that no longer say what the roll says as replaced; how many. The period must be held."""
    kini = {s.kunci: s for s in sisi}
    usang = []
    for baris in _berlaku(periode).select_for_update(of=("self",)).order_by("pk"):
        s = kini.get((baris.perubahan_id, baris.arah))
        if s is None:
            baris.digantikan, baris.sebab_ganti = True, _DIBATALKAN
        elif (s.dpid, s.identitas, s.isi) != (baris.dpid, baris.identitas_id, baris.isi):
            baris.digantikan, baris.sebab_ganti = True, _BERUBAH
        else:
            continue
        usang.append(baris)
    BarisSidalih.objects.bulk_update(usang, ["digantikan", "sebab_ganti"], batch_size=500)
    return len(usang)


def baris_lembar(lembar: LembarSidalih) -> list[BarisSidalih]:
    """The rows of the file of *lembar*: those that hold now while it waits, afterwards those that were uploaded."""
    baris = lembar.baris.select_related("identitas").order_by("urut")
    return list(baris.filter(diunggah=True) if lembar.status == L.DIUNGGAH else baris.filter(digantikan=False))


@transaction.atomic
def ambil_lembar(lembar: LembarSidalih, *, oleh) -> list[list[str]]:
    """The cells of the file of *lembar*, looked at once more against the roll if it was not uploaded yet.

    Refuses without the right, and a sheet of which no row holds any more. The caller logs the reading.
    """
    _berhak(oleh)
    periode = kunci_periode(lembar.periode)
    if lembar.status == L.MENUNGGU:
        _segarkan(periode, sidalih.sisi_perubahan(periode))
    baris = baris_lembar(lembar)
    if not baris:
        raise Refused("Semua baris lembar ini sudah digantikan. Susun lembar lagi; baris barunya ada pada lembar lain.")
    return sidalih.baris_grid(baris)


@transaction.atomic
def catat_unggah(lembar: LembarSidalih, *, oleh, catatan: str = "") -> LembarSidalih:
    """Record that *oleh* uploaded *lembar* into SIDALIH just now; its rows wait for an answer from then on.

    Refuses without the right, a sheet that was uploaded already, and one of which no row holds any more.
    """
    _berhak(oleh)
    periode = kunci_periode(lembar.periode)
    lembar = LembarSidalih.objects.select_for_update().get(pk=lembar.pk)
    if lembar.status == L.DIUNGGAH:
        raise Refused(f"{lembar.kode} sudah dicatat diunggah. Muat ulang halaman ini.")
    _segarkan(periode, sidalih.sisi_perubahan(periode))
    jumlah = lembar.baris.filter(digantikan=False).update(diunggah=True)
    if not jumlah:
        raise Refused(f"Semua baris {lembar.kode} sudah digantikan, jadi tidak ada yang dapat diunggah.")
    lembar.status, lembar.diunggah_oleh, lembar.diunggah_pada = L.DIUNGGAH, oleh, sekarang()
    lembar.catatan = samarkan_teks(catatan.strip())[:240]
    lembar.save(update_fields=["status", "diunggah_oleh", "diunggah_pada", "catatan"])
    catat("pdpb.unggah_sidalih", lembar, oleh=oleh, jumlah=jumlah, alasan=catatan, kalimat=f"Mengunggah {lembar.kode}")
    return lembar


# --- Answers ------------------------------------------------------------------------------------------------------
@transaction.atomic
def catat_hasil(ids: Iterable[int], hasil: str, *, periode: Periode, oleh, pesan: str = "") -> int:
    """Write down for uploaded rows what SIDALIH showed on its screen; how many rows it was.

    Refuses without the right, a result that is not of ``MANUAL``, and a rejection without its message.
    """
    _berhak(oleh)
    if hasil not in MANUAL:
        raise Refused("Pilih hasil: diterima, ditolak, ganda, atau tidak ada.")
    pesan = samarkan_teks(" ".join(pesan.split()))[:240]
    if hasil == H.DITOLAK and not pesan:
        raise Refused("Tuliskan pesan penolakan seperti yang tampil di SIDALIH.")
    kunci_periode(periode)
    baris = _berlaku(periode).filter(pk__in=list(ids), diunggah=True)
    jumlah = baris.update(hasil=hasil, pesan=pesan, beda=[], berkas=None, dijawab_pada=sekarang())
    if jumlah:
        kalimat = f"Mencatat hasil SIDALIH: {H(hasil).label.lower()}"
        catat("pdpb.hasil_sidalih", periode, oleh=oleh, jumlah=jumlah, alasan=pesan, kalimat=kalimat)
    return jumlah


@transaction.atomic
def kirim_ulang(ids: Iterable[int], *, periode: Periode, oleh) -> int:
    """Let uploaded rows that SIDALIH did not take be put on a new sheet; how many. Others of *ids* stay as they are."""
    _berhak(oleh)
    kunci_periode(periode)
    baris = _berlaku(periode).filter(pk__in=list(ids), diunggah=True, hasil__in=ULANG)
    jumlah = baris.update(digantikan=True, sebab_ganti="Dikirim ulang pada lembar lain.")
    if jumlah:
        kalimat = "Menyiapkan baris untuk dikirim ulang ke SIDALIH"
        catat("pdpb.ulang_sidalih", periode, oleh=oleh, jumlah=jumlah, kalimat=kalimat)
    return jumlah


@transaction.atomic
def terima_berkas(periode: Periode, berkas: File, *, jenis: str, oleh) -> tuple[BerkasSidalih, int | None]:
    """Seal a file of SIDALIH and start reading it: the entry, and the number of the job.

    The same bytes again give the entry that is there; without a job when they were read, so that an old list never
    overrules a newer one. Refuses without the right and what the reader of received tables refuses.
    """
    _berhak(oleh)
    masuk = segel(berkas, oleh=oleh)
    lama = BerkasSidalih.objects.filter(periode=periode, sha256=masuk.sha256).first()
    if lama is None:
        tabel.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala)
        try:
            with transaction.atomic():
                lama = BerkasSidalih.objects.create(
                    periode=periode, jenis=jenis, berkas=masuk, sha256=masuk.sha256, diterima_oleh=oleh
                )
        except IntegrityError:
            lama = BerkasSidalih.objects.get(periode=periode, sha256=masuk.sha256)
        else:
            kalimat = f"Menerima {lama.get_jenis_display().lower()}: {masuk.nama}"
            catat("pdpb.berkas_sidalih", periode, oleh=oleh, asal="impor", kalimat=kalimat)
    if lama.dibaca_pada:
        return lama, None
    return lama, start_job(PEKERJAAN, by=oleh, kunci=f"sidalih-{lama.pk}", berkas=lama.pk).pk


@dataclass(slots=True)
class _Kunci:
    """Our rows by the numbers that SIDALIH knows them by."""

    dpid: dict[str, list[BarisSidalih]] = field(default_factory=lambda: defaultdict(list))
    nik: dict[str, list[BarisSidalih]] = field(default_factory=lambda: defaultdict(list))


@transaction.atomic
def rekonsiliasi(berkas: BerkasSidalih, *, oleh, lapor: Lapor = lambda *_: None) -> dict[str, Any]:
    """Hold the rows of our sheets against the file *berkas* and keep what it says; the counts are returned and kept.

    A full list also sets SIDALIH's own counts of its kelurahan (R19). A file read already is not read again. Refuses
    what ``sidalih.baca`` refuses; nothing is changed then.
    """
    periode = kunci_periode(berkas.periode)
    berkas = BerkasSidalih.objects.select_for_update(of=("self",)).select_related("berkas").get(pk=berkas.pk)
    if berkas.dibaca_pada:
        return berkas.ringkasan
    baris = list(_berlaku(periode).select_related("identitas", "lembar").order_by("pk"))
    kunci = _kunci(baris)
    kode_tms = {*kode_keterangan(periode).menurut_kategori.values(), TMS_LAIN}
    isi = sidalih.baca(berkas.berkas, berkas.jenis, dpid=kunci.dpid, nik=kunci.nik, kode_tms=kode_tms, lapor=lapor)
    pada = sekarang()
    hitung = _nilai_semua(berkas, baris, _padankan(kunci, isi), isi, pada)
    if berkas.jenis == BerkasSidalih.Jenis.DAFTAR:
        _simpan_rekap(periode, berkas, isi, pada)
    berkas.dibaca_pada = pada
    berkas.ringkasan = {
        "dibaca": isi.dibaca,
        "kelurahan": sorted(isi.kelurahan),
        "tanpa_tempat": isi.tanpa_tempat,
        "tanpa_kelamin": isi.tanpa_kelamin,
        "hasil": dict(hitung),
    }
    berkas.save(update_fields=["dibaca_pada", "ringkasan"])
    kata = ", ".join(f"{H(h).label.lower()} {ribuan(n)}" for h, n in sorted(hitung.items())) or "tidak ada baris kita"
    kalimat = f"Rekonsiliasi {berkas.berkas.nama}: {kata}"
    catat("pdpb.rekonsiliasi_sidalih", periode, oleh=oleh, asal="impor", jumlah=isi.dibaca, kalimat=kalimat)
    return berkas.ringkasan


def _kunci(baris: list[BarisSidalih]) -> _Kunci:
    kunci = _Kunci()
    for b in baris:
        if b.dpid:
            kunci.dpid[b.dpid].append(b)
        if b.identitas.nik:
            kunci.nik[b.identitas.nik].append(b)
    return kunci


def _padankan(kunci: _Kunci, isi: sidalih.Isi) -> dict[int, list[sidalih.BarisMasuk]]:
    """Id of our row → rows of the file about that person, in the kelurahan of the sheet where the file states one."""
    hasil: dict[int, list[sidalih.BarisMasuk]] = defaultdict(list)
    for masuk in isi.baris:
        milik = {b.pk: b for b in (*kunci.dpid.get(masuk.sel["dpid"], ()), *kunci.nik.get(masuk.sel["nik"], ()))}
        ket = masuk.sel.get("keterangan", "").lstrip("0")
        # Both rows of a mover carry the same numbers; the remark tells them apart where no kelurahan is stated.
        pasti = {b.isi["ket"] for b in milik.values()} >= {ket} and len(milik) > 1
        for b in milik.values():
            if masuk.kelurahan in (None, b.lembar.kelurahan_id) and (
                masuk.kelurahan is not None or not pasti or b.isi["ket"] == ket
            ):
                hasil[b.pk].append(masuk)
    return hasil


def _nilai_semua(
    berkas: BerkasSidalih,
    baris: list[BarisSidalih],
    ada: dict[int, list[sidalih.BarisMasuk]],
    isi: sidalih.Isi,
    pada: datetime,
) -> Counter[str]:
    """Write to each row that the file can speak of what it says; how often each result."""
    hitung: Counter[str] = Counter()
    dinilai = []
    daftar = berkas.jenis == BerkasSidalih.Jenis.DAFTAR
    for b in baris:
        if daftar:
            putusan = sidalih.nilai(b, ada.get(b.pk, []), isi.kolom) if b.lembar.kelurahan_id in isi.kelurahan else None
        else:
            putusan = sidalih.nilai_jawaban(b, ada.get(b.pk, [])) if b.diunggah else None
        if putusan is None:
            continue
        hitung[putusan.hasil] += 1
        if putusan.hasil == H.MENUNGGU:
            continue
        # The day of acceptance is that of the first file that showed it: R19 asks which list already counts the row.
        if not (b.hasil == putusan.hasil == H.DITERIMA):
            b.dijawab_pada = pada
        b.hasil, b.beda, b.pesan, b.berkas = putusan.hasil, putusan.beda, putusan.pesan, berkas
        dinilai.append(b)
    BarisSidalih.objects.bulk_update(dinilai, ["hasil", "beda", "pesan", "berkas", "dijawab_pada"], batch_size=500)
    return hitung


def _simpan_rekap(periode: Periode, berkas: BerkasSidalih, isi: sidalih.Isi, pada: datetime) -> None:
    RekapSidalih.objects.bulk_create(
        [
            RekapSidalih(
                periode=periode, kelurahan_id=kelurahan, jenis_kelamin=jk, jumlah=isi.rekap[kelurahan, jk],
                berkas=berkas, pada=pada,
            )
            for kelurahan in sorted(isi.kelurahan)
            for jk in ("L", "P")
        ],
        update_conflicts=True,
        unique_fields=["periode", "kelurahan", "jenis_kelamin"],
        update_fields=["jumlah", "berkas", "pada"],
    )  # fmt: skip
