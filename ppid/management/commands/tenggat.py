"""Count the terms of information requests: a JSON file in, the dates and every counted day out."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kpupalu.kalender.benih import aturan_bawaan, libur_bawaan
from kpupalu.kalender.hitung import Syarat
from kpupalu.kalender.kalender import Kalender, susun
from kpupalu.kalender.models import AturanTenggat, HariLibur
from kpupalu.lib import Refused
from ppid.apps import DATA
from ppid.tenggat import Buku, Hasil, baca_tanggal, gabung_libur, hitung_kasus, tahun_tersentuh

MAKS_BERKAS = 5 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Menghitung tenggat permohonan, keberatan, sengketa, dan gugatan informasi. Contoh: manage.py tenggat "
        'kasus.json, dengan isi [{"id": "1", "masukan": {"jenis": "permohonan", "diterima": "2026-02-09"}}]. Keluaran '
        "JSON; kode keluar 0 terhitung, 2 berkas tidak dapat dipakai. Tanpa basis data, hari libur dan aturan bawaan "
        "aplikasi yang dipakai."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """One file: a list of cases, or an object with ``kasus`` and, if it has one, its own ``kalender``."""
        parser.add_argument("berkas", type=Path, metavar="BERKAS.json")

    def handle(self, *args, berkas: Path, **options) -> None:
        """JSON array on stdout in the order given; on unusable input exit 2 and one sentence, nothing written."""
        try:
            keluaran = hitung_berkas(baca_berkas(berkas), self.stderr.write)
        except (Refused, ImproperlyConfigured) as galat:
            raise CommandError(str(galat), returncode=2) from galat
        self.stdout.write(json.dumps(keluaran, ensure_ascii=False, indent=1))


def baca_berkas(berkas: Path) -> Any:
    """The JSON document of *berkas*; refuses what cannot be read or is too large."""
    try:
        with berkas.open("rb") as sumber:
            isi = sumber.read(MAKS_BERKAS + 1)
    except OSError as galat:
        raise Refused(f"Berkas {berkas.name} tidak dapat dibaca.") from galat
    if len(isi) > MAKS_BERKAS:
        raise Refused(f"Berkas {berkas.name} lebih besar dari 5 MB; bagi menjadi beberapa berkas.")
    try:
        return json.loads(isi.decode("utf-8-sig"))
    except (ValueError, RecursionError) as galat:
        raise Refused(f"Berkas {berkas.name} bukan JSON dalam UTF-8.") from galat


def hitung_berkas(dokumen: Any, catat=lambda kalimat: None) -> list[dict[str, Any]]:
    """``[{id, hasil, penjelasan}]`` for each case of *dokumen*; *catat* is told which tables answered."""
    semua = _kasus(dokumen)
    timpa = _kalender_masukan(dokumen)
    tahun = {t for satu in semua for t in tahun_tersentuh(satu["masukan"])}
    libur, aturan, sumber = _tabel()
    catat(f"Hari libur dan aturan: {sumber}.")
    tabel = susun([b for b in libur if b.tanggal.year in tahun], tahun, _sebut)
    tahun_timpa = {t.year for t in timpa}
    kalender = Kalender(gabung_libur(tabel.libur, timpa), tabel.kosong - tahun_timpa, tabel.perkiraan - tahun_timpa)
    buku = Buku(_pencari(aturan), kalender)
    return [_satu(satu, nomor, buku) for nomor, satu in enumerate(semua, 1)]


def _kasus(dokumen: Any) -> list[dict[str, Any]]:
    semua = dokumen.get("kasus", [dokumen]) if isinstance(dokumen, dict) else dokumen
    if not isinstance(semua, list):
        raise Refused("Berkas harus berisi daftar kasus, atau objek dengan kunci kasus.")
    for nomor, satu in enumerate(semua, 1):
        if not isinstance(satu, dict) or not isinstance(satu.get("masukan"), dict):
            raise Refused(f"Kasus ke-{nomor} tidak mempunyai masukan.")
    return semua


def _satu(satu: dict[str, Any], nomor: int, buku: Buku) -> dict[str, Any]:
    nama = satu.get("id", str(nomor))
    try:
        hasil = hitung_kasus(satu["masukan"], buku)
    except Refused as galat:
        raise Refused(f"Kasus {nama}: {galat}") from galat
    nilai = {k: v.isoformat() if isinstance(v, date) else v for k, v in hasil.nilai.items()}
    return {"id": nama, "hasil": nilai, "penjelasan": _penjelasan(hasil)}


def _penjelasan(hasil: Hasil) -> list[dict[str, Any]]:
    """The days of the term in force; of an objection those of each of its terms, one after the other."""
    jalan = dict(hasil.jalan)
    if "tenggat_jawab" in jalan:
        sama = hasil.nilai["tenggat_berlaku"] == jalan["tenggat_jawab"].tanggal
        kunci = "tenggat_jawab" if sama else "tenggat_perpanjangan"
        jalan = {kunci: jalan[kunci]}
    return [baris | {"untuk": kunci} for kunci, h in jalan.items() for baris in h.sebagai_json()]


def _kalender_masukan(dokumen: Any) -> dict[date, str]:
    isi = dokumen.get("kalender") if isinstance(dokumen, dict) else None
    if isi is None:
        return {}
    if not isinstance(isi, list) or not all(isinstance(b, dict) for b in isi):
        raise Refused("Isian kalender harus berupa daftar hari libur.")
    libur = {}
    for b in isi:
        tanggal = baca_tanggal(b.get("tanggal"), "kalender.tanggal")
        if tanggal is None:
            raise Refused("Setiap hari libur pada kalender harus bertanggal.")
        libur[tanggal] = f"{b.get('jenis') or 'libur'}: {b.get('nama') or 'tanpa nama'}"
    return libur


def _sebut(baris: HariLibur) -> str:
    """How the input writes a day off: ``cuti_bersama: Cuti Bersama Tahun Baru Imlek``."""
    jenis = baris.jenis if baris.jenis == HariLibur.Jenis.CUTI_BERSAMA else f"libur_{baris.jenis}"
    return f"{jenis}: {baris.nama}"


def _tabel() -> tuple[list[HariLibur], list[AturanTenggat], str]:
    """Days off and rules of the office; those that came with the application where no database answers or is filled."""
    bawaan = [*aturan_bawaan(), *aturan_bawaan(DATA / "tenggat.csv")]
    try:
        libur = list(HariLibur.objects.filter(berlaku=True))
        aturan = list(AturanTenggat.objects.all())
    except (DatabaseError, ImproperlyConfigured):
        libur, aturan = [], []
    if not libur:
        return libur_bawaan(), bawaan, "bawaan aplikasi"
    ada = {a.kode for a in aturan}
    return libur, [*aturan, *(a for a in bawaan if a.kode not in ada)], "tabel kantor"


def _pencari(aturan: Iterable[AturanTenggat]):
    """``syarat(kode, hari)`` over rows in memory, as ``aturan_berlaku`` does over the table."""
    menurut_kode: dict[str, list[AturanTenggat]] = {}
    for a in sorted(aturan, key=lambda a: a.mulai, reverse=True):
        menurut_kode.setdefault(a.kode, []).append(a)

    def syarat(kode: str, pada: date) -> Syarat:
        for a in menurut_kode.get(kode, []):
            if a.mulai <= pada and (a.akhir is None or a.akhir >= pada):
                return a.syarat()
        raise ImproperlyConfigured(f"Aturan tenggat {kode} tidak ada yang berlaku pada {pada}.")

    return syarat
