"""Correcting single cells of rows left out, on the page. The result is a supplement of the same batch.

The sealed file is never touched: the corrected rows are written as a file of their own, with the mark of the row each
replaces, and go through the same check and the same application as a supplement somebody uploads.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports.baca import Baris, bersih
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_nik
from pdpb.impor import cek
from pdpb.impor.kolom import JUDUL, KOLOM_PRIBADI
from pdpb.impor.panggung import buka_berkas
from pdpb.impor.penerapan import MIN_ALASAN
from pdpb.impor.penerimaan import perlu_diperiksa_lagi, tambah_berkas
from pdpb.impor.rusak import BarisRusak, baris_rusak
from pdpb.models import ImporBatch, PerbaikanBaris, Periode, TemuanImpor

S = ImporBatch.Status
MAKS_BARIS = 50
LIHAT_NIK = "pdpb.lihat_nik"

_TERLALU_BANYAK = (
    f"Paling banyak {MAKS_BARIS} baris dapat diperbaiki sekaligus di halaman ini. Unduh baris bermasalah, perbaiki "
    "pada berkasnya, lalu unggah sebagai berkas susulan."
)
_TANPA_ISIAN = "Belum ada isian yang diubah. Perbaiki paling sedikit satu isian, lalu simpan."
_PRESISI = {"nik_angka": "nik", "nik_presisi_hilang": "nik", "nkk_angka": "nkk", "nkk_presisi_hilang": "nkk"}
"""Findings about a number whose last digit is lost: it must be typed again, whatever it looks like."""

_GABUNGAN = {"tempat_lahir": "ttl", "tanggal_lahir": "ttl", "rt": "rt_rw", "rw": "rt_rw", "kelurahan": "kel_id"}
_PENGENAL = ("dpid", "nik", "nama", "tanggal_lahir")
_DERET_ANGKA = re.compile(r"\d[\d.' ]{10,}\d")
_ANGKA_PRIBADI = 12


@dataclass(slots=True)
class IsianBaris:
    """One row to mend as its page shows it: its cells, what is wrong with it in words, the columns on offer."""

    rusak: BarisRusak
    berkas: str
    geser: bool
    sel: dict[str, str]
    temuan: list[TemuanImpor] = field(default_factory=list)
    kolom: list[str] = field(default_factory=list)
    ketik_ulang: set[str] = field(default_factory=set)

    @property
    def tanda(self) -> str:
        """What a form sends back to say which state of which row was seen."""
        return "@".join(f"{urut}:{baris}" for urut, baris in (self.rusak.asal, self.rusak.kini))

    @property
    def perlu_nik(self) -> bool:
        """Whether only somebody who may see NIK can mend this row."""
        return bool(self.ketik_ulang)


@dataclass(frozen=True, slots=True)
class Isian:
    """What an officer typed for one state of one row: column → new cell."""

    rusak: BarisRusak
    nilai: dict[str, str]


def samar(kolom: str, nilai: str) -> str:
    """*nilai* without the digits of a person: all of a NIK or NKK past the city, any number as long as one."""
    if kolom in KOLOM_PRIBADI:
        return samarkan_nik(nilai)
    return _DERET_ANGKA.sub(
        lambda m: samarkan_nik(m[0]) if sum(map(str.isdigit, m[0])) >= _ANGKA_PRIBADI else m[0], nilai
    )


def pribadi(kolom: str, nilai: str) -> bool:
    """Whether only who may see NIK may see or change this cell."""
    return kolom in KOLOM_PRIBADI or samar(kolom, nilai) != nilai


def rapi(nilai: str) -> str:
    """*nilai* as one line without surrounding blanks, as a text box holds it."""
    return " ".join(bersih(nilai).split())


def halangan(batch: ImporBatch) -> str:
    """The sentence that says why nothing of *batch* can be mended on the page now; empty when something can."""
    if batch.status == S.DIBATALKAN:
        return "Impor ini sudah dibatalkan. Unggah berkas sebagai impor baru."
    if batch.periode.status != Periode.Status.TERBUKA:
        return f"{batch.periode.nama} sudah ditutup, jadi barisnya tidak dapat diperbaiki lagi."
    if batch.status == S.DIUNGGAH:
        return "Impor ini belum diperiksa. Periksa berkasnya dahulu."
    if batch.status == S.SELESAI and batch.jenis in cek.DASAR:
        return "Semua baris impor ini sudah dimuat atau dijelaskan, jadi tidak ada yang perlu diperbaiki."
    if any("dibaca" not in b.ringkasan for b in batch.berkas.all()):
        return "Perbaikan sebelumnya belum diperiksa. Periksa berkasnya dahulu."
    return ""


def buka(batch: ImporBatch, rusak: list[BarisRusak], *, semua: bool = False) -> list[IsianBaris]:
    """*rusak* with their cells and findings; *semua* offers every column of the file, not only the faulty ones."""
    hasil = []
    sel = _baca(batch, {satu.kini for satu in rusak})
    temuan = _temuan(batch, rusak)
    berkas = {b.urut: b for b in batch.berkas.select_related("berkas_masuk")}
    for satu in rusak:
        baris = sel.get(satu.kini)
        if baris is None:
            continue
        milik = berkas[satu.kini[0]]
        peta, kepala = milik.ringkasan["pemetaan"], milik.ringkasan["kepala"]
        isi = {kolom: baris.sel[kepala.index(judul)] for kolom, judul in peta.items() if kolom != "rujukan"}
        ini = IsianBaris(satu, milik.berkas_masuk.nama, baris.geser, isi, temuan.get(satu.kini, []))
        ini.ketik_ulang = {_PRESISI[t.kode] for t in ini.temuan if t.kode in _PRESISI} & isi.keys()
        if not baris.geser:
            ini.kolom = _ditawarkan(batch, isi, ini.temuan, semua=semua)
        hasil.append(ini)
    return hasil


def _baca(batch: ImporBatch, tempat: set[tuple[int, int]]) -> dict[tuple[int, int], Baris]:
    """The wanted rows as their sealed files hold them; each file is read no further than its last wanted row."""
    hasil: dict[tuple[int, int], Baris] = {}
    for berkas in batch.berkas.filter(urut__in={u for u, _ in tempat}).select_related("berkas_masuk", "batch"):
        cari = {b for u, b in tempat if u == berkas.urut}
        for baris in buka_berkas(berkas).baris():
            if baris.nomor in cari:
                hasil[berkas.urut, baris.nomor] = baris
                cari.remove(baris.nomor)
            if not cari:
                break
    return hasil


def _temuan(batch: ImporBatch, rusak: list[BarisRusak]) -> dict[tuple[int, int], list[TemuanImpor]]:
    cari = {satu.kini for satu in rusak}
    hasil: dict[tuple[int, int], list[TemuanImpor]] = {}
    semua = TemuanImpor.objects.filter(
        batch=batch, berkas_urut__in={u for u, _ in cari}, baris__in={b for _, b in cari}
    ).exclude(tingkat="Info")
    for satu in semua.order_by("tingkat", "pk"):
        if (satu.berkas_urut, satu.baris) in cari:
            hasil.setdefault((satu.berkas_urut, satu.baris), []).append(satu)
    return hasil


def _ditawarkan(batch: ImporBatch, isi: dict[str, str], temuan: list[TemuanImpor], *, semua: bool) -> list[str]:
    """The columns to offer, in our order: the faulty ones, who is meant where nobody is found, or all."""
    tambah = batch.jenis == ImporBatch.Jenis.PERUBAHAN
    dicari = {cek.KODE[t.kode].kolom for t in temuan if t.kode in cek.KODE}
    if "" in dicari or not dicari:
        dicari |= set(_PENGENAL)
    if any(t.kode == "tidak_padan" for t in temuan):
        dicari |= {"kelurahan_tujuan", "tps_tujuan"}
    if "elemen" in isi:
        dicari |= {"elemen", "seharusnya"}
    ada = set(isi) if semua else set()
    for kolom in dicari - {""}:
        if kolom in isi:
            ada.add(kolom)
        elif _GABUNGAN.get(kolom) in isi:
            ada.add(_GABUNGAN[kolom])
        elif tambah and kolom not in _PENGENAL:
            # An empty cell of a list of changes states nothing, so a column may be added.
            ada.add(kolom)
    return [kolom for kolom in JUDUL if kolom in ada]


def pilih(batch: ImporBatch, tanda: Iterable[str]) -> list[BarisRusak]:
    """The rows that *tanda* of ``IsianBaris`` name, in the state that was seen; LookupError for any other row.

    Refuses more than may be mended at once. A row that somebody has mended meanwhile is still among them.
    """
    daftar = list(dict.fromkeys(tanda))
    if len(daftar) > MAKS_BARIS:
        raise Refused(_TERLALU_BANYAK)
    dikenal = set(baris_rusak(batch))
    lama = PerbaikanBaris.objects.filter(batch=batch).values_list("berkas_urut", "baris", "dari_urut", "dari_baris")
    dikenal |= {BarisRusak((a, b), (c, d)) for a, b, c, d in lama}
    hasil = []
    for satu in daftar:
        cocok = re.fullmatch(r"(\d{1,5}):(\d{1,7})@(\d{1,5}):(\d{1,7})", satu)
        if cocok is None:
            raise LookupError(satu)
        a, b, c, d = map(int, cocok.groups())
        rusak = BarisRusak((a, b), (c, d))
        if rusak not in dikenal:
            raise LookupError(satu)
        hasil.append(rusak)
    return hasil


@transaction.atomic
def perbaiki(batch: ImporBatch, isian: list[Isian], *, oleh, alasan: str) -> int:
    """Add the rows of *isian*, corrected, to *batch* as a supplement that waits to be checked; how many they were.

    Every changed cell is kept as ``PerbaikanBaris``. The same corrections sent again change nothing and give 0. Refuses
    what ``halangan`` says, more than fifty rows, no reason, nothing changed, a row that somebody else has corrected
    since it was seen, and cells with digits of a NIK from somebody who may not see them. A NIK or NKK whose last digit
    is lost is written empty unless it is typed again.
    """
    if len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"Tulis dasar perbaikannya, paling sedikit {MIN_ALASAN} huruf.")
    batch = ImporBatch.objects.select_for_update(of=("self",)).select_related("periode").get(pk=batch.pk)
    if len(isian) > MAKS_BARIS:
        raise Refused(_TERLALU_BANYAK)
    if not isian:
        raise Refused(_TANPA_ISIAN)
    isian = _belum_tercatat(batch, isian)
    if not isian:
        return 0
    if sebab := halangan(batch):
        raise Refused(sebab)
    rusak = {satu.asal: satu.kini for satu in baris_rusak(batch)}
    if any(rusak.get(satu.rusak.asal) != satu.rusak.kini for satu in isian):
        raise Refused("Ada baris yang sudah diperbaiki atau diterapkan. Muat ulang halaman ini.")
    baris = {b.rusak: b for b in buka(batch, [satu.rusak for satu in isian], semua=True)}
    ganti = [(baris[satu.rusak], _ganti(batch, baris[satu.rusak], satu.nilai, oleh)) for satu in isian]
    ganti = [(satu, sel) for satu, sel in ganti if sel]
    if not ganti:
        raise Refused(_TANPA_ISIAN)
    _tulis(batch, ganti, oleh=oleh, alasan=alasan.strip()[:240])
    perlu_diperiksa_lagi(batch)
    catat(
        "pdpb.perbaiki_baris_impor",
        batch,
        oleh=oleh,
        jumlah=len(ganti),
        alasan=alasan.strip(),
        kalimat=f"Memperbaiki {len(ganti)} baris di halaman",
    )
    return len(ganti)


def _belum_tercatat(batch: ImporBatch, isian: list[Isian]) -> list[Isian]:
    """*isian* without those recorded already word for word; refuses a row that was corrected otherwise meanwhile."""
    lama: dict[tuple[int, int], PerbaikanBaris] = {}
    for p in PerbaikanBaris.objects.filter(batch=batch).select_related("oleh"):
        lama[p.dari_urut, p.dari_baris] = p
    tercatat = [satu for satu in isian if satu.rusak.kini in lama]
    if not tercatat:
        return isian
    susulan = {satu.rusak.kini: lama[satu.rusak.kini] for satu in tercatat}
    jadi = {
        (b.rusak.kini): b
        for b in buka(
            batch,
            [BarisRusak((p.berkas_urut, p.baris), (p.susulan_urut, p.susulan_baris)) for p in susulan.values()],
        )
    }
    for satu in tercatat:
        p = susulan[satu.rusak.kini]
        isi = jadi[p.susulan_urut, p.susulan_baris].sel
        if any(rapi(isi.get(kolom, "")) != rapi(nilai) for kolom, nilai in satu.nilai.items()):
            raise Refused(
                f"Baris {p.baris} sudah diperbaiki oleh {p.oleh}. Perbaikan Anda pada halaman ini belum disimpan; muat "
                "ulang halaman, lalu periksa kembali."
            )
    return [satu for satu in isian if satu.rusak.kini not in lama]


def _ganti(batch: ImporBatch, baris: IsianBaris, nilai: dict[str, str], oleh) -> dict[str, str]:
    """The cells of *baris* that change, with their new text; none when nothing was typed."""
    boleh_nik = oleh.has_perm(LIHAT_NIK)
    if baris.geser:
        raise Refused(f"Baris {baris.rusak.kini[1]} tidak sesuai susunan kolomnya. Perbaiki pada berkasnya.")
    boleh = set(baris.sel) if batch.jenis in cek.DASAR else JUDUL.keys() - {"rujukan"}
    if not set(nilai) <= boleh:
        raise Refused("Isian tidak cocok dengan kolom berkas. Muat ulang halaman ini.")
    ganti = {k: rapi(v) for k, v in nilai.items() if rapi(v) != rapi(baris.sel.get(k, ""))}
    ganti |= {k: rapi(nilai[k]) for k in baris.ketik_ulang if rapi(nilai.get(k, ""))}
    if not ganti:
        return {}
    if not boleh_nik and (baris.perlu_nik or any(pribadi(k, baris.sel.get(k, "")) for k in ganti)):
        raise Refused("Isian yang memuat NIK atau nomor KK hanya dapat diperbaiki petugas yang berhak melihatnya.")
    return dict.fromkeys(baris.ketik_ulang, "") | ganti


def _tulis(batch: ImporBatch, ganti: list[tuple[IsianBaris, dict[str, str]]], *, oleh, alasan: str) -> None:
    """Seal the corrected rows, one file per set of columns, and keep what was changed."""
    urutan = {b.urut: b.ringkasan.get("urutan_tanggal", "dmy") for b in batch.berkas.all()}
    kelompok: dict[tuple, list[tuple[IsianBaris, dict[str, str]]]] = {}
    for baris, sel in ganti:
        kolom = tuple(k for k in JUDUL if k in baris.sel or k in sel)
        kelompok.setdefault((kolom, urutan[baris.rusak.kini[0]]), []).append((baris, sel))
    for (kolom, cara), isi in kelompok.items():
        urut = batch.berkas.count() + 1
        teks = io.StringIO()
        tulis = csv.writer(teks, delimiter=";", lineterminator="\n")
        tulis.writerow([JUDUL[k] for k in (*kolom, "rujukan")])
        for baris, sel in isi:
            tanda = "[{}:{}] Diperbaiki di halaman".format(*baris.rusak.asal)
            # A line break inside a cell would move the numbers of the rows below it.
            satu_baris = [(baris.sel | sel).get(k, "").replace("\r", " ").replace("\n", " ") for k in kolom]
            tulis.writerow([*satu_baris, tanda])
        nama = f"perbaikan-impor-{batch.pk}-berkas-{urut}.csv"
        tambah_berkas(batch, [ContentFile(teks.getvalue().encode(), name=nama)], oleh=oleh)
        berkas = batch.berkas.get(urut=urut)
        berkas.ringkasan |= {
            "pemetaan": {k: JUDUL[k] for k in (*kolom, "rujukan")},
            "diabaikan": [],
            "urutan_tanggal": cara,
            "di_halaman": True,
        }
        berkas.save(update_fields=["ringkasan"])
        _catat_sel(batch, isi, urut, oleh=oleh, alasan=alasan)


def _catat_sel(batch: ImporBatch, isi, urut: int, *, oleh, alasan: str) -> None:
    PerbaikanBaris.objects.bulk_create(
        PerbaikanBaris(
            batch=batch,
            berkas_urut=baris.rusak.asal[0],
            baris=baris.rusak.asal[1],
            dari_urut=baris.rusak.kini[0],
            dari_baris=baris.rusak.kini[1],
            kolom=kolom,
            lama=samar(kolom, baris.sel.get(kolom, "")),
            baru=samar(kolom, nilai),
            alasan=alasan,
            susulan_urut=urut,
            susulan_baris=nomor,
            oleh=oleh,
        )
        for nomor, (baris, sel) in enumerate(isi, start=2)
        for kolom, nilai in sel.items()
    )
