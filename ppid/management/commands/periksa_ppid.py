"""Run the checks of the information desk now; what is wrong, as JSON."""

import json

from django.core.management.base import BaseCommand, CommandError

from ppid.anomali.jalankan import jalankan_semua
from ppid.anomali.registri import pemeriksaan, semua_pemeriksaan
from ppid.models import Anomali


class Command(BaseCommand):
    help = (
        "Memeriksa layanan informasi: tenggat, penolakan, register, daftar informasi, laporan tahunan. Contoh: "
        "manage.py periksa_ppid --kode belum-dijawab. Keluaran JSON; kode keluar 0 tidak ada anomali terbuka, 1 ada, "
        "2 kode tidak dikenal."
    )

    def add_arguments(self, parser) -> None:
        """Which checks; all when none is named."""
        parser.add_argument("--kode", action="append", default=[], help="kode pemeriksaan, boleh berulang")
        parser.add_argument("--daftar-kode", action="store_true", help="sebutkan semua kode, tanpa memeriksa")

    def handle(self, *args, kode: list[str], daftar_kode: bool, **options) -> None:
        """JSON array of the findings that wait for somebody; exit 1 when there are any."""
        if daftar_kode:
            isi = [{"kode": p.kode, "tingkat": p.tingkat, "nama": p.nama} for p in semua_pemeriksaan()]
            self.stdout.write(json.dumps(isi, ensure_ascii=False, indent=1))
            return
        if asing := [k for k in kode if pemeriksaan(k) is None]:
            raise CommandError(f"Kode pemeriksaan tidak dikenal: {', '.join(asing)}.", returncode=2)
        jalankan_semua(kode=kode)
        semua = Anomali.objects.terbuka()
        semua = semua.filter(kode__in=kode) if kode else semua
        isi = [
            {"kode": a.kode, "tingkat": a.tingkat, "tentang": a.label, "kalimat": a.kalimat,
             "sejak": a.dibuka_pada.isoformat()}
            for a in semua
        ]  # fmt: skip
        self.stdout.write(json.dumps(isi, ensure_ascii=False, indent=1))
        if isi:
            raise SystemExit(1)
