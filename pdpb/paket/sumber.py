"""Where the bytes of a part come from: documents, sealed files, tables and spreadsheets that are the same each time."""

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify

from kpupalu.imports.berkas import tempat
from kpupalu.imports.foto import tanpa_data_kamera
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.naskah import simpanan
from kpupalu.naskah.models import Naskah, ScanBasah
from pdpb.cetakan_daftar import aman
from pdpb.paket.manifes import Bagian

_POTONG = 1 << 20
_TETAP = (2000, 1, 1, 0, 0, 0)
_SAAT_BUKU = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FOTO = (".jpg", ".png")
_AKHIRAN = (".pdf", *_FOTO)


def polos(teks: str, lain: str = "tanpa-nomor") -> str:
    """*teks*, a nomor or a name, as part of a path; *lain* when nothing of it is left. No number of a person."""
    return slugify(samarkan_teks(teks).replace("/", "-").replace(".", "-"))[:80] or lain


def iso(hari: date | None) -> str:
    """*hari* as ISO 8601, "" without one."""
    return hari.isoformat() if hari else ""


def sekali(buat: Callable[[], bytes]) -> Callable[[], Iterable[bytes]]:
    """Bytes that are made when they are written, and forgotten afterwards."""
    return lambda: [buat()]


def teks(isi: str) -> Callable[[], Iterable[bytes]]:
    """A text as UTF-8."""
    return lambda: [isi.encode()]


def tabel(kepala: tuple[str, ...], baris: Iterable[Iterable[Any]]) -> Callable[[], Iterable[bytes]]:
    """A CSV for spreadsheets (BOM, semicolons, quotes); numbers shaped like a NIK are masked, formulas are texts."""
    keluar = StringIO()
    tulis = csv.writer(keluar, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    tulis.writerow(kepala)
    for satu in baris:
        tulis.writerow([aman(samarkan_teks("" if sel is None else str(sel))) for sel in satu])
    isi = keluar.getvalue().encode("utf-8-sig")
    return lambda: [isi]


def buku_tetap(isi: bytes) -> bytes:
    """The workbook *isi* without the minute it was made in, so that the same table gives the same bytes."""
    keluar = BytesIO()
    with zipfile.ZipFile(BytesIO(isi)) as lama, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as baru:
        for nama in lama.namelist():
            bagian = lama.read(nama)
            if nama == "docProps/core.xml":
                bagian = _SAAT_BUKU.sub(rb"\g<1>2000-01-01T00:00:00Z", bagian)
            butir = zipfile.ZipInfo(nama, _TETAP)
            butir.compress_type = zipfile.ZIP_DEFLATED
            baru.writestr(butir, bagian)
    return keluar.getvalue()


def segel(masuk: BerkasMasuk, jalur: str, jenis: str, uraian: str, **lain: Any) -> Bagian:
    """A sealed scan or photo under *jalur*, never under its sender's name; reading it is refused if it changed.

    A photo comes without what its camera wrote beside the picture; the digest of the sealed one stands in the manifest.
    """
    akhiran = PurePath(masuk.nama).suffix.lower()
    akhiran = akhiran if akhiran in _AKHIRAN else ".bin"
    sumber = f"{masuk._meta.label_lower}/{masuk.pk}"
    if akhiran not in _FOTO:
        return Bagian(f"{jalur}{akhiran}", jenis, uraian, lambda: _utuh(masuk), sumber=sumber, **lain)
    buat = sekali(lambda: tanpa_data_kamera(b"".join(_utuh(masuk))))
    uraian = f"{uraian}, tanpa data kamera dan lokasi"
    return Bagian(f"{jalur}{akhiran}", jenis, uraian, buat, sumber=sumber, sha256_asli=masuk.sha256, **lain)


def _utuh(masuk: BerkasMasuk) -> Iterator[bytes]:
    hitung = sha256()
    with tempat(masuk).open("rb") as berkas:
        while potong := berkas.read(_POTONG):
            hitung.update(potong)
            yield potong
    if hitung.hexdigest() != masuk.sha256:
        # The name is the sender's and may say anything: the number of the entry is enough.
        raise Refused(f"Isi berkas masuk nomor {masuk.pk} di penyimpanan sudah berubah. Pulihkan dari cadangan.")


def dokumen(
    naskah: Naskah, folder: str, jenis: str, *, berlaku: bool | None = None, versi: bool = False
) -> list[Bagian]:
    """The file of *naskah* that is valid, below *folder*: the newest revision, or the compared scan of the paper.

    A document on paper without such a scan gives nothing. With *versi* the version stands in the name.
    """
    nama, akhiran = _berkas(naskah)
    if not nama:
        return []
    selesai = naskah.selesai_ditandatangani
    basah = naskah.cara == Naskah.Cara.BASAH
    cara = "pindaian naskah bertanda tangan basah" if basah else "berkas bertanda tangan elektronik"
    keadaan = cara if selesai else "tanda tangan belum lengkap"
    awal = f"v{naskah.versi}-" if versi else ""
    return [
        Bagian(
            jalur=f"{folder}/{awal}{polos(naskah.nomor)}{akhiran}",
            jenis=jenis,
            uraian=f"{naskah.judul}; {keadaan}; {naskah.get_status_display().lower()}",
            isi=sekali(lambda: simpanan.baca(nama)),
            nomor=naskah.nomor,
            tanggal=iso(naskah.tanggal),
            sumber=f"{naskah._meta.label_lower}/{naskah.pk}",
            versi=naskah.versi if versi else None,
            berlaku=berlaku,
            ditandatangani=selesai,
        )
    ]


def _berkas(naskah: Naskah) -> tuple[str, str]:
    if naskah.cara == Naskah.Cara.BASAH:
        pindaian = naskah.scan.filter(hasil=ScanBasah.Hasil.SESUAI).first()
        nama = pindaian.berkas if pindaian else ""
    else:
        terbaru = naskah.terbaru
        nama = terbaru.berkas if terbaru else ""
    return nama, f".{nama.rpartition('.')[2]}"
