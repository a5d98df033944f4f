"""Technical limits of received files, and the look at a file before any parser may read it.

The limits protect the server, they are no legal numbers; docs/panduan/impor.md lists the same figures.
"""

import re
import zipfile
import zlib
from pathlib import Path

from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan

MB = 1024 * 1024
MAKS_BERKAS_XLSX = 25 * MB
MAKS_BERKAS_TEKS = 250 * MB
MAKS_TERURAI = 250 * MB
MAKS_RASIO = 100
MAKS_ISI_ZIP = 200
MAKS_BARIS = 500_000
MAKS_KOLOM = 100
MAKS_SEL = 2_000
AKHIRAN_TEKS = (".csv", ".txt", ".tsv")
AKHIRAN_XLSX = (".xlsx",)

# The public test string of virus scanners, split so that no scanner stops at this file.
_UJI_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASING = {
    b"%PDF": "PDF",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"\x89PNG": "gambar",
    b"\xff\xd8\xff": "gambar",
    b"GIF8": "gambar",
    b"\x1f\x8b": "arsip gzip",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"<": "halaman web atau XML",
    b"{\\rtf": "dokumen RTF",
}
_XML_TERLARANG = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_POTONG = 256 * 1024


def periksa_awal(path: Path, nama: str) -> str:
    """``"xlsx"`` or ``"teks"``: what the bytes of *path* really are.

    Refuses, with one sentence: nothing inside, too large, a type that is not accepted, a name that says
    otherwise than the content, the virus test string, and every workbook that ``periksa_zip`` refuses.
    """
    ukuran = path.stat().st_size
    if not ukuran:
        raise Refused(f"Berkas {nama} kosong (0 byte). Simpan ulang berkas pada aplikasi asal, lalu unggah kembali.")
    with path.open("rb") as berkas:
        awal = berkas.read(8192)
    akhiran = Path(nama).suffix.lower()
    if awal.startswith(_OLE):
        raise Refused(_kalimat_ole(path, nama))
    if awal.startswith(b"PK"):
        if akhiran not in AKHIRAN_XLSX:
            raise Refused(
                f"Nama berkas {nama} tidak sesuai dengan isinya. Simpan ulang sebagai XLSX tanpa makro "
                "(akhiran .xlsx) atau CSV, lalu unggah kembali."
            )
        periksa_zip(path, nama)
        return "xlsx"
    if akhiran not in AKHIRAN_TEKS:
        raise Refused(
            f"Berkas {nama} bukan CSV atau XLSX yang dapat dibaca. Simpan ulang sebagai CSV atau XLSX, lalu "
            "unggah kembali."
        )
    _periksa_teks(path, nama, awal, ukuran)
    return "teks"


def _kalimat_ole(path: Path, nama: str) -> str:
    with path.open("rb") as berkas:
        isi = berkas.read(MAKS_BERKAS_XLSX)
    if "EncryptedPackage".encode("utf-16-le") in isi:
        return f"Berkas {nama} terkunci kata sandi. Buka kuncinya pada aplikasi asal, simpan, lalu unggah kembali."
    return (
        f"Berkas {nama} memakai format Excel lama (.xls). Buka pada Excel atau LibreOffice, simpan sebagai XLSX, "
        "lalu unggah kembali."
    )


def _periksa_teks(path: Path, nama: str, awal: bytes, ukuran: int) -> None:
    if ukuran > MAKS_BERKAS_TEKS:
        raise Refused(f"Berkas {nama} lebih besar dari {MAKS_BERKAS_TEKS // MB} MB. Bagi menjadi beberapa berkas.")
    for tanda, jenis in _ASING.items():
        if awal.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(tanda):
            raise Refused(f"Berkas {nama} berisi {jenis}, bukan tabel CSV. Unggah tabelnya sebagai CSV atau XLSX.")
    sisa = b""
    with path.open("rb") as berkas:
        while potong := berkas.read(4 * MB):
            if _UJI_VIRUS in sisa + potong:
                raise Refused(_kalimat_virus(nama))
            sisa = potong[-64:]


def memuat_uji_virus(isi: bytes) -> bool:
    """Whether *isi* holds the public test string of virus scanners."""
    return _UJI_VIRUS in isi


def _kalimat_virus(nama: str) -> str:
    return f"Berkas {nama} memuat tanda program berbahaya. Jangan dibuka; hubungi pengirim dan petugas TI."


def periksa_zip(path: Path, nama: str) -> None:
    """Refuse a workbook that is broken, locked, dangerous or larger than the limits, without building it.

    First the directory of the archive is read; then every part is unpacked in pieces and thrown away, so that a
    directory that lies about sizes is found before a parser trusts it.
    """
    if path.stat().st_size > MAKS_BERKAS_XLSX:
        raise Refused(
            f"Berkas {nama} lebih besar dari {MAKS_BERKAS_XLSX // MB} MB. Bagi menjadi beberapa berkas atau simpan "
            "sebagai CSV."
        )
    try:
        with zipfile.ZipFile(path) as arsip:
            _periksa_daftar_isi(arsip, path, nama)
            for isi in arsip.infolist():
                _periksa_isi(arsip, isi, nama)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as galat:
        raise Refused(
            f"Berkas {nama} rusak atau terpotong. Minta pengirim menyimpan dan mengirim ulang berkas itu."
        ) from galat


def _periksa_daftar_isi(arsip: zipfile.ZipFile, path: Path, nama: str) -> None:
    daftar = arsip.infolist()
    nama_isi = [isi.filename for isi in daftar]
    if len(daftar) > MAKS_ISI_ZIP:
        raise Refused(f"Berkas {nama} memuat lebih dari {MAKS_ISI_ZIP} bagian. Salin datanya ke buku kerja baru.")
    if any(_nama_berbahaya(n) for n in nama_isi) or len(set(nama_isi)) != len(nama_isi):
        raise Refused(f"Berkas {nama} memuat nama bagian yang berbahaya. Salin datanya ke buku kerja baru.")
    if any(isi.flag_bits & 1 for isi in daftar):
        raise Refused(f"Berkas {nama} terkunci kata sandi. Buka kuncinya, simpan, lalu unggah kembali.")
    if min((isi.header_offset for isi in daftar), default=0) or _ekor(path):
        raise Refused(f"Berkas {nama} menyembunyikan isi lain. Salin datanya ke buku kerja baru.")
    total = sum(isi.file_size for isi in daftar)
    if total > MAKS_TERURAI or any(
        isi.file_size > MB and isi.file_size > MAKS_RASIO * max(isi.compress_size, 1) for isi in daftar
    ):
        raise Refused(
            f"Isi berkas {nama} membengkak melewati batas {MAKS_TERURAI // MB} MB atau {MAKS_RASIO} kali ukurannya. "
            "Salin hanya tabelnya ke buku kerja baru."
        )
    rendah = {n.lower() for n in nama_isi}
    if any("vbaproject" in n or "macrosheets/" in n or n.endswith((".bin", ".exe", ".js")) for n in rendah - {""}):
        if "xl/workbook.bin" in rendah:
            raise Refused(f"Berkas {nama} berformat XLSB. Simpan sebagai XLSX, lalu unggah kembali.")
        if any("vbaproject" in n or "macrosheets/" in n for n in rendah):
            raise Refused(f"Berkas {nama} memuat makro. Simpan sebagai XLSX tanpa makro, lalu unggah kembali.")
    if any(n.startswith("xl/externallinks/") for n in rendah):
        raise Refused(f"Berkas {nama} memuat tautan ke berkas lain. Putuskan tautannya, simpan, lalu unggah kembali.")
    if any(n.startswith("xl/embeddings/") or "/activex/" in n for n in rendah):
        raise Refused(f"Berkas {nama} memuat objek tertanam. Salin hanya tabelnya ke buku kerja baru.")
    if "[content_types].xml" not in rendah or "xl/workbook.xml" not in rendah:
        raise Refused(f"Berkas {nama} bukan buku kerja XLSX. Simpan ulang sebagai XLSX, lalu unggah kembali.")


def _nama_berbahaya(nama: str) -> bool:
    bagian = nama.replace("\\", "/").split("/")
    return ".." in bagian or nama.startswith(("/", "\\")) or ":" in nama or "\0" in nama or "\\" in nama


def _ekor(path: Path) -> int:
    """How many bytes follow the end record of the archive (a second file may hide there)."""
    with path.open("rb") as berkas:
        berkas.seek(max(path.stat().st_size - 65_557, 0))
        akhir = berkas.read()
    letak = akhir.rfind(b"PK\x05\x06")
    if letak < 0 or len(akhir) < letak + 22:
        return 1
    return len(akhir) - letak - 22 - int.from_bytes(akhir[letak + 20 : letak + 22], "little")


def _periksa_isi(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo, nama: str) -> None:
    xml = isi.filename.lower().endswith((".xml", ".rels", ".vml"))
    jumlah, sisa = 0, b""
    with arsip.open(isi) as bagian:
        while potong := bagian.read(_POTONG):
            jumlah += len(potong)
            jendela = sisa + potong
            if _UJI_VIRUS in jendela:
                raise Refused(_kalimat_virus(nama))
            if xml and (b"<!" in jendela and _XML_TERLARANG.search(jendela)):
                raise Refused(
                    f"Berkas {nama} memuat perintah XML yang tidak diizinkan (DOCTYPE). Salin datanya ke buku kerja "
                    "baru."
                )
            sisa = potong[-64:]
    if xml and jumlah and _bukan_utf8(arsip, isi):
        raise Refused(f"Berkas {nama} memakai sandi XML yang tidak lazim. Simpan ulang sebagai XLSX.")
    if jumlah != isi.file_size:
        raise zipfile.BadZipFile("ukuran bagian tidak sesuai")
    if isi.filename.lower() == "[content_types].xml":
        _periksa_jenis_isi(arsip.read(isi), nama)


def _periksa_jenis_isi(isi: bytes, nama: str) -> None:
    if b"macroenabled" in isi.lower():
        raise Refused(f"Berkas {nama} memuat makro. Simpan sebagai XLSX tanpa makro, lalu unggah kembali.")


def _bukan_utf8(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo) -> bool:
    with arsip.open(isi) as bagian:
        awal = bagian.read(200)
    if awal[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in awal[:4]:
        return True
    sandi = re.search(rb"encoding\s*=\s*[\"']([^\"']+)", awal)
    return bool(sandi and sandi[1].lower() not in {b"utf-8", b"us-ascii"})


def periksa_ukuran_tabel(jumlah_baris: int, jumlah_kolom: int, nama: str) -> None:
    """Refuse a table with more rows or columns than the limits."""
    if jumlah_kolom > MAKS_KOLOM:
        raise Refused(f"Berkas {nama} memuat lebih dari {MAKS_KOLOM} kolom. Hapus kolom yang tidak diperlukan.")
    if jumlah_baris > MAKS_BARIS:
        raise Refused(f"Berkas {nama} memuat lebih dari {ribuan(MAKS_BARIS)} baris. Bagi menjadi beberapa berkas.")
