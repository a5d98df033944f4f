"""``impor_pemilih``: check, and on request apply, received voter files from the command line."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management.base import BaseCommand

from kpupalu.lib import Refused
from pdpb.impor import laporan_csv, periksa, terapkan, unggah
from pdpb.impor.cek import KODE
from pdpb.impor.pemeriksaan import ANGKA
from pdpb.models import ImporBatch, Periode

CONTOH = "contoh: manage.py impor_pemilih dpt/*.csv --jenis dpt --periode 2026-TW4 --laporan laporan.csv"


class Command(BaseCommand):
    """Several files are one batch. stdout is JSON, messages go to stderr; exit 0, 1 (findings) or 2 (unusable)."""

    help = f"Memeriksa berkas pemilih, dan dengan --terapkan memuatnya. {CONTOH}"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("berkas", nargs="*", type=Path)
        parser.add_argument("--jenis", choices=["dpt", "loksus", "lintas", "perubahan"])
        parser.add_argument("--periode", help="misalnya 2026-TW4")
        parser.add_argument("--kamus", type=int, default=2025, help="tahun kamus kode (2019, 2023, 2024, 2025)")
        parser.add_argument("--pengirim", default="")
        parser.add_argument("--uji-coba", action="store_true", help="hanya memeriksa (bawaan)")
        parser.add_argument("--terapkan", action="store_true")
        parser.add_argument("--oleh", help="nama pengguna yang bertanggung jawab")
        parser.add_argument("--terima-peringatan", action="store_true")
        parser.add_argument("--alasan", default="", help="alasan bila jumlah suatu kelurahan banyak berubah")
        parser.add_argument("--laporan", type=Path)
        parser.add_argument("--daftar-kode", action="store_true", help="menampilkan semua kode temuan")

    def handle(self, *args: Any, **pilihan: Any) -> None:
        if pilihan["daftar_kode"]:
            self._tulis(
                [{"kode": c.kode, "tingkat": c.tingkat, "kolom": c.kolom, "pesan": c.pesan} for c in KODE.values()]
            )
            return
        try:
            batch = self._periksa(pilihan)
        except Refused as galat:
            self._berhenti(galat, 2)
        ditolak: Refused | None = None
        if pilihan["terapkan"] and not pilihan["uji_coba"]:
            try:
                batch = terapkan(
                    batch,
                    oleh=_pengguna(pilihan["oleh"]),
                    terima_peringatan=pilihan["terima_peringatan"],
                    alasan=pilihan["alasan"],
                    lapor=self._lapor,
                )
            except Refused as galat:
                ditolak = galat
        self._laporkan(batch, pilihan["laporan"])
        if ditolak:
            self._berhenti(ditolak, 1)
        if batch.ringkasan["galat"] or batch.ringkasan["peringatan"]:
            raise SystemExit(1)

    def _berhenti(self, galat: Refused, kode: int) -> None:
        self.stderr.write(str(galat))
        raise SystemExit(kode)

    def _periksa(self, pilihan: dict[str, Any]) -> ImporBatch:
        if not pilihan["berkas"] or not pilihan["jenis"] or not pilihan["periode"]:
            raise Refused(f"Sebutkan berkas, --jenis, dan --periode; {CONTOH}")
        if pilihan["terapkan"] and not pilihan["oleh"]:
            raise Refused("Sebutkan --oleh: impor diterapkan atas nama seorang pengguna.")
        periode = Periode.objects.filter(pk=pilihan["periode"].lower()).first()
        if periode is None:
            raise Refused(f"Periode {pilihan['periode']} tidak ada. Buat periodenya dahulu.")
        oleh = _pengguna(pilihan["oleh"]) if pilihan["oleh"] else _pengguna_sistem()
        terbuka: list[File] = []
        try:
            for path in pilihan["berkas"]:
                if not path.is_file():
                    raise Refused(f"Berkas {path.name} tidak ditemukan.")
                terbuka.append(File(path.open("rb"), name=path.name))
            batch = unggah(
                terbuka,
                jenis=pilihan["jenis"],
                periode=periode,
                oleh=oleh,
                kamus=pilihan["kamus"],
                pengirim=pilihan["pengirim"],
            )
        finally:
            for file in terbuka:
                file.close()
        return periksa(batch, lapor=self._lapor, oleh=oleh)

    def _lapor(self, selesai: int, total: int, langkah: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{selesai * 100 // max(total, 1):3d} % {langkah}")

    def _laporkan(self, batch: ImporBatch, laporan: Path | None) -> None:
        if laporan:
            with laporan.open("w", encoding="utf-8", newline="") as tujuan:
                tujuan.writelines(laporan_csv(batch))
        hasil = []
        for berkas in batch.berkas.select_related("berkas_masuk"):
            r = berkas.ringkasan
            angka = {nama: r.get(nama, 0) for nama in ANGKA if nama != "dibaca"}
            hasil.append({"berkas": berkas.berkas_masuk.nama, "baris_dibaca": r.get("dibaca", 0)} | angka)
        self._tulis(hasil)

    def _tulis(self, isi: list[dict[str, Any]]) -> None:
        self.stdout.write(json.dumps(isi, ensure_ascii=False, indent=1))


def _pengguna(nama: str):
    orang = get_user_model().objects.filter(username=nama, is_active=True).first()
    if orang is None:
        raise Refused(f"Pengguna {nama} tidak ada atau tidak aktif.")
    return orang


def _pengguna_sistem():
    """The account that stands for checks nobody signed for; it can never log in."""
    orang, baru = get_user_model().objects.get_or_create(
        username="sistem", defaults={"nama_lengkap": "Sistem (perintah)", "is_active": False}
    )
    if baru:
        orang.set_unusable_password()
        orang.save(update_fields=["password"])
    return orang
