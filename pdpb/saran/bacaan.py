"""Reading a list of names in whatever layout Bawaslu sends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from kpupalu.imports import baca as tabel
from kpupalu.imports.berkas import tempat
from kpupalu.imports.kolom import Pemetaan, ingatan, kunci_judul
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from pdpb.impor import panggung
from pdpb.impor.kolom import LABEL, kenali_kolom, nilai_kepala
from pdpb.impor.pengenal import Pengenal
from pdpb.models import ImporBatch, KodeKamus

MAKS_NAMA = 5_000
"""Names that one letter may hold; the server's limit, not a legal number."""
PENGIRIM, JENIS = "Bawaslu", "saran"
_BUANG = re.compile(r"[\s.'`’\"\xa0\u200b\ufeff-]")
_TANGGAL = re.compile(r"\d.*$")


@dataclass(slots=True)
class Butir:
    """One name as it was written: the row of the sender's file, and what could be read of it."""

    baris: int
    nama: str
    nik: str
    tanggal_lahir: date | None
    jenis_kelamin: str
    alamat: str
    kelurahan: str | None
    tps: str
    klaim: str
    dugaan: str | None
    catatan: str

    @property
    def kunci(self) -> tuple:
        """What makes two rows the same name with the same claim."""
        return self.nama, self.nik, self.tanggal_lahir, self.kelurahan, kunci_judul(self.klaim)


@dataclass(slots=True)
class BarisBuruk:
    """A row without anybody in it: its number, and what is missing in one sentence."""

    baris: int
    sebab: str


@dataclass(slots=True)
class Bacaan:
    """What a list held."""

    butir: list[Butir] = field(default_factory=list)
    buruk: list[BarisBuruk] = field(default_factory=list)


def buka(masuk: BerkasMasuk) -> dict[str, Any]:
    """How the sealed list *masuk* is laid out, its columns recognised or remembered from Bawaslu's last list.

    Refuses what no reader of lists takes: another kind of file, no header, dangerous content.
    """
    isi = tabel.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala)
    pemetaan = ingatan(PENGIRIM, JENIS, isi.kepala) or kenali_kolom(isi.kepala)
    return {
        "format": isi.format,
        "lembar": isi.lembar,
        "kepala": isi.kepala,
        "baris_kepala": isi.baris_kepala,
        "pemetaan": pemetaan,
        "urutan_tanggal": "dmy",
    }


def baca(masuk: BerkasMasuk, ringkasan: dict[str, Any], *, dugaan: str = "") -> Bacaan:
    """Every name of the list *masuk*, read by the columns in *ringkasan*; rows without a name or NIK apart.

    *dugaan* is the slug of the claim of all rows where the list has none. A NIK that a spreadsheet spoiled is left
    out and said so. Refuses a list without names, without a column of names or NIK, and one that is too long.
    """
    pemetaan: Pemetaan = ringkasan["pemetaan"]
    if not pemetaan.keys() & {"nama", "nik"}:
        raise Refused(f"Berkas {masuk.nama} belum punya kolom nama atau NIK. Pilih kolomnya pada langkah Kenali kolom.")
    isi = tabel.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala, sudah_diperiksa=True)
    hasil = Bacaan()
    mentah: list[dict[str, Any]] = []
    for satu in _sel(isi, pemetaan):
        if len(mentah) >= MAKS_NAMA:
            raise Refused(f"Berkas {masuk.nama} memuat lebih dari {ribuan(MAKS_NAMA)} nama. Bagi menjadi beberapa.")
        if kunci_judul(satu["nama"]) or satu["nik"]:
            mentah.append(satu)
        elif any(satu[k] for k in ("alamat", "kategori", "tanggal_lahir", "nkk")):
            hasil.buruk.append(BarisBuruk(satu["baris"], "Tidak ada nama dan tidak ada NIK yang dapat dibaca."))
    if not mentah:
        raise Refused(f"Berkas {masuk.nama} tidak memuat satu nama pun di bawah baris judulnya. Periksa berkasnya.")
    lahir = _baca_tanggal([s["tanggal_lahir"] for s in mentah], ringkasan.get("urutan_tanggal", "dmy"))
    wilayah, kenal = panggung.baca_wilayah(), Pengenal(ImporBatch(kamus=_kamus()))
    for satu, tanggal in zip(mentah, lahir, strict=True):
        hasil.butir.append(_butir(satu, tanggal, wilayah, kenal, dugaan))
    return hasil


def _kamus() -> int:
    terbaru = KodeKamus.objects.filter(kamus__lte=hari_ini().year).order_by("-kamus").first()
    return terbaru.kamus if terbaru else hari_ini().year


def _sel(isi: tabel.Tabel, pemetaan: Pemetaan) -> Iterator[dict[str, Any]]:
    """The mapped cells of each row as text, the NIK checked, and what was wrong with it."""
    letak = {kolom: isi.kepala.index(judul) for kolom, judul in pemetaan.items() if judul in isi.kepala}
    for baris in isi.baris():
        sel = {kolom: tabel.bersih(baris.sel[letak[kolom]]) if kolom in letak else "" for kolom in LABEL}
        angka = "nik" in letak and bool(baris.angka >> letak["nik"] & 1)
        nik, catatan = baca_nik(sel["nik"], angka=angka)
        if not sel["tanggal_lahir"] and sel["ttl"]:
            cocok = _TANGGAL.search(sel["ttl"])
            sel["tanggal_lahir"] = cocok[0] if cocok else ""
        yield sel | {"nik": nik, "catatan": catatan, "baris": baris.nomor}


def baca_nik(teks: str, *, angka: bool = False) -> tuple[str, str]:
    """(NIK of 16 digits or "", why it cannot be used). *angka*: the cell was stored as a number."""
    bersih = _BUANG.sub("", teks)
    if not bersih:
        return "", ""
    rusak = angka and bersih.endswith("0")
    if rusak or re.fullmatch(r"\d+([.,]\d+)?E\+?\d+", teks.strip(), re.IGNORECASE):
        return "", "NIK disimpan sebagai angka sehingga digit terakhirnya hilang; tidak dipakai."
    if re.fullmatch(r"[0-9]{16}", bersih):
        return bersih, ""
    return "", f"NIK tidak tepat 16 angka ({len(bersih)}); tidak dipakai."


def _baca_tanggal(teks: list[str], urutan: str) -> list[date | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pdpb_baca_tanggal(t, %s, current_date) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, n)"
            " ORDER BY n",
            [urutan, teks],
        )
        return [hasil for (hasil,) in cursor.fetchall()]


def _butir(sel: dict[str, Any], lahir: date | None, wilayah, kenal: Pengenal, dugaan: str) -> Butir:
    kecamatan = wilayah.kecamatan.get(kunci_judul(re.sub(r"^\s*KEC\w*\.?\s*", "", sel["kecamatan"].upper())))
    kelurahan = panggung.kenali_kelurahan(wilayah, sel["kelurahan"], kecamatan)[0] if sel["kelurahan"] else None
    catatan = [sel["catatan"]] if sel["catatan"] else []
    if sel["kelurahan"] and not kelurahan:
        catatan.append(f"Kelurahan “{sel['kelurahan'][:40]}” tidak dikenal.")
    if sel["tanggal_lahir"] and not lahir:
        catatan.append("Tanggal lahir tidak dapat dibaca.")
    klaim = _klaim(sel)
    jk = sel["kelamin"][:1].upper()
    return Butir(
        baris=sel["baris"],
        nama=" ".join(sel["nama"].upper().split())[:120],
        nik=sel["nik"],
        tanggal_lahir=lahir,
        jenis_kelamin=jk if jk in ("L", "P") else "",
        alamat=samarkan_teks(sel["alamat"])[:160],
        kelurahan=kelurahan,
        tps=sel["tps"][:12],
        klaim=klaim,
        dugaan=_dugaan(sel, kenal) or (dugaan if not klaim else None),
        catatan=" ".join(catatan)[:200],
    )


def _klaim(sel: dict[str, Any]) -> str:
    bagian = [sel[k] for k in ("jenis", "kategori", "keterangan", "status") if sel[k]]
    if sel["elemen"] or sel["seharusnya"]:
        bagian.append(
            f"{sel['elemen'] or 'isian'}: {sel['tertulis'] or '(kosong)'} → {sel['seharusnya'] or '(kosong)'}"
        )
    return samarkan_teks(", ".join(dict.fromkeys(" ".join(b.split()) for b in bagian)))[:300]


def _dugaan(sel: dict[str, Any], kenal: Pengenal) -> str | None:
    """The category that the row means, or None when a person must say."""
    if sel["elemen"] or sel["seharusnya"]:
        return "elemen_data"
    kategori = re.sub(r"^(DUGAAN|DIDUGA|TMS)\b[\s:,-]*", "", sel["kategori"].upper())
    # A status AKTIF or an empty remark says nothing against a claim that is written out.
    for isi in (("", kategori, "", ""), (sel["jenis"], kategori, sel["keterangan"], sel["status"])):
        if any(isi):
            slug = kenal.arti(*isi)[1]
            if slug:
                return slug
    return None
