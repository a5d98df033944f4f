"""DOCX: text, comments, tracked changes, hidden words and properties; given out only when nothing of it is hidden."""

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from PIL import Image

from ppid.rilis.gambar import tanpa_keterangan
from ppid.rilis.pola import cari
from ppid.rilis.temuan import Daftar, Tolak

MAKS_TERURAI, MAKS_BAGIAN, MAKS_RASIO = 60 * 1024 * 1024, 400, 120
_TEKS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|glossary/document)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UBAH = {f"{_W}{n}" for n in ("ins", "del", "moveFrom", "moveTo")}
_KOSONG = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_RSID = re.compile(rb'\sw:rsid\w*="[0-9A-Fa-f]+"')


def buka(isi: bytes) -> dict[str, bytes]:
    """The parts of *isi*; Tolak when it is no plain document, locked, or unpacks to more than the limits."""
    try:
        with zipfile.ZipFile(BytesIO(isi)) as arsip:
            daftar = arsip.infolist()
            _periksa_daftar(daftar)
            return {satu.filename: _baca(arsip, satu) for satu in daftar if not satu.is_dir()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as galat:
        raise Tolak("Dokumen ini rusak atau terkunci. Simpan ulang sebagai DOCX, lalu unggah lagi.") from galat


def _periksa_daftar(daftar: list[zipfile.ZipInfo]) -> None:
    nama = [s.filename.lower() for s in daftar]
    if "word/document.xml" not in nama or len(set(nama)) != len(nama):
        raise Tolak("Berkas ini bukan dokumen DOCX. Simpan ulang sebagai DOCX atau PDF, lalu unggah lagi.")
    if any("vbaproject" in n or n.endswith((".exe", ".js")) for n in nama):
        raise Tolak("Dokumen ini memuat makro. Simpan sebagai DOCX tanpa makro atau PDF, lalu unggah lagi.")
    besar = sum(s.file_size for s in daftar)
    rapat = any(s.file_size > 1024 * 1024 and s.file_size > MAKS_RASIO * max(s.compress_size, 1) for s in daftar)
    if len(daftar) > MAKS_BAGIAN or besar > MAKS_TERURAI or rapat:
        raise Tolak("Isi dokumen ini membengkak melewati batas. Simpan sebagai PDF, lalu unggah lagi.")


def _baca(arsip: zipfile.ZipFile, satu: zipfile.ZipInfo) -> bytes:
    with arsip.open(satu) as bagian:
        isi = bagian.read(satu.file_size + 1)
    if len(isi) > satu.file_size:
        raise Tolak("Isi dokumen ini membengkak melewati batas. Simpan sebagai PDF, lalu unggah lagi.")
    return isi


def _pohon(isi: bytes) -> Element:
    try:
        return ElementTree.fromstring(isi)
    except (ElementTree.ParseError, DefusedXmlException) as galat:
        raise Tolak("Dokumen ini rusak. Simpan ulang sebagai DOCX, lalu unggah lagi.") from galat


def periksa(isi: bytes) -> dict[str, Any]:
    """Findings of a document."""
    bagian, daftar = buka(isi), Daftar()
    for nama in sorted(bagian):
        if _TEKS.fullmatch(nama):
            _periksa_teks(_pohon(bagian[nama]), nama.split("/")[-1].removesuffix(".xml"), daftar)
        elif re.fullmatch(r"word/comments\w*\.xml", nama) and len(_pohon(bagian[nama])):
            daftar.tambah("komentar", "dokumen")
        elif nama.startswith(("word/embeddings/", "word/activeX/")):
            daftar.tambah("lampiran", "dokumen", nama.split("/")[-1])
        elif _keterangan(nama, bagian[nama]):
            daftar.tambah("metadata", nama)
        elif nama.startswith("word/media/"):
            _periksa_gambar(bagian[nama], nama.split("/")[-1], daftar)
    return {"temuan": daftar.isi}


def _keterangan(nama: str, isi: bytes) -> bool:
    """Whether part *nama* says something about the document or whoever wrote it."""
    if nama.startswith("docProps/") and nama.endswith(".xml"):
        return any((satu.text or "").strip() for satu in _pohon(isi).iter())
    return nama.startswith("customXml/item") and nama.endswith(".xml") and "Props" not in nama


def _periksa_teks(akar: Element, nama: str, daftar: Daftar) -> None:
    for unsur in akar.iter():
        if unsur.tag in _UBAH:
            daftar.tambah("perubahan_terlacak", nama)
            break
    if any(s.get(f"{_W}val") not in ("0", "false") for s in akar.iter(f"{_W}vanish")):
        daftar.tambah("teks_tersembunyi", nama)
    if any((s.get(f"{_W}val") or "").upper() == "FFFFFF" for s in akar.iter(f"{_W}color")):
        daftar.tambah("teks_tersembunyi", f"{nama}, huruf putih")
    for nomor, alinea in enumerate(akar.iter(f"{_W}p"), start=1):
        teks = "".join((s.text or "") if s.tag == f"{_W}t" else " " for s in alinea.iter() if s.tag in
                       (f"{_W}t", f"{_W}tab", f"{_W}br"))  # fmt: skip
        for cocok in cari(teks):
            daftar.tambah(cocok.jenis, f"{nama} alinea {nomor}", cocok.samar)


def _periksa_gambar(isi: bytes, nama: str, daftar: Daftar) -> None:
    daftar.tambah("tak_terbaca", f"gambar {nama}")
    try:
        with Image.open(BytesIO(isi)) as gambar:
            exif = gambar.getexif()
            if exif.get_ifd(0x8825):
                daftar.tambah("gps", f"gambar {nama}")
            if len(exif):
                daftar.tambah("exif", f"gambar {nama}")
    except (OSError, ValueError, SyntaxError):
        # Vector pictures carry no camera data; a broken one shows nothing.
        return


def rilis(isi: bytes, coretan: list[dict]) -> tuple[bytes, dict[str, Any]]:
    """The document without properties and camera data. Tolak for boxes and while something in it is hidden."""
    if coretan:
        raise Tolak("DOCX tidak dapat dihitamkan. Simpan sebagai PDF, unggah PDF-nya, lalu hitamkan di sana.")
    sebelum = {t["jenis"] for t in periksa(isi)["temuan"]}
    if sebelum & {"komentar", "perubahan_terlacak", "teks_tersembunyi", "lampiran"}:
        raise Tolak(
            "Dokumen ini masih memuat komentar, perubahan terlacak, teks tersembunyi, atau berkas tertanam. Terima "
            "atau tolak semua perubahan, hapus sisanya, simpan, lalu unggah lagi; atau simpan sebagai PDF."
        )
    hasil = BytesIO()
    with zipfile.ZipFile(hasil, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, data in buka(isi).items():
            arsip.writestr(zipfile.ZipInfo(nama, (1980, 1, 1, 0, 0, 0)), _bersih(nama, data))
    sisa = [t for t in periksa(hasil.getvalue())["temuan"] if t["jenis"] in ("metadata", "exif", "gps")]
    if sisa:
        raise Tolak(f"Pembuktian gagal: versi rilis masih memuat {sisa[0]['jenis']}. Simpan sebagai PDF, lalu unggah.")
    return hasil.getvalue(), {"cara": "dokumen", "kotak": 0}


def _bersih(nama: str, data: bytes) -> bytes:
    if nama in _KOSONG:
        return _KOSONG[nama]
    if nama.startswith("docProps/"):
        return b""
    if nama.startswith("word/media/") and data[:2] == b"\xff\xd8":
        return tanpa_keterangan(data)
    if _TEKS.fullmatch(nama) or nama in ("word/settings.xml", "word/styles.xml"):
        return _RSID.sub(b"", data)
    return data
