"""The figures of a quarter and what else belongs to it: recaps, digests, announcement, imports, Bawaslu's sheets."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import WITA
from pdpb.actions.pengumuman import Tempat, daftar_tempat
from pdpb.cetakan import cetak_rekap
from pdpb.cetakan_impor import cetak_berita_impor
from pdpb.models import ImporBatch, Pengumuman, Periode, SaranPerbaikan, Snapshot
from pdpb.paket.manifes import Bagian, Kurang
from pdpb.paket.sumber import buku_tetap, iso, segel, sekali, tabel, teks
from pdpb.publik import rekap_json
from pdpb.rekap import rekap_beku
from pdpb.resources import adpb2_xlsx, rekap_xlsx
from pdpb.saran import cetak_jawaban

Butir = Bagian | Kurang
_SPESIFIKASI = {
    "spesifikasi-sidik-data.md": ("keputusan/0006-digest.md", "Cara menghitung sidik data"),
    "spesifikasi-pohon-bukti.md": ("keputusan/0013-pohon-bukti.md", "Cara menghitung akar pohon bukti"),
    "periksa_bukti.py": ("periksa_bukti.py", "Program pemeriksa bukti, Python tanpa pustaka lain"),
}


def rekap(periode: Periode) -> Iterator[Butir]:
    """Each frozen version as spreadsheet and JSON, the one in force also on paper and as A-DPB2; no person in them."""
    for beku in Snapshot.objects.filter(periode=periode).order_by("versi"):
        berlaku = not beku.digantikan
        lain: dict[str, Any] = {
            "versi": beku.versi,
            "berlaku": berlaku,
            "tanggal": iso(beku.dibekukan_pada.astimezone(WITA).date()),
            "sumber": f"{beku._meta.label_lower}/{beku.pk}",
        }
        nama = f"02-lampiran/rekap-v{beku.versi}"
        kata = f"Rekapitulasi data beku versi {beku.versi} sampai TPS"
        yield Bagian(f"{nama}.xlsx", "rekap", kata, sekali(partial(_xlsx, rekap_xlsx, beku)), **lain)
        program = sekali(partial(_rekap_json, beku))
        yield Bagian(f"{nama}.json", "rekap", f"{kata}, untuk program", program, **lain)
        if berlaku:
            yield Bagian(f"{nama}.pdf", "rekap", kata, sekali(partial(_rekap_pdf, beku)), **lain)
            nama, kata = f"02-lampiran/a-dpb2-v{beku.versi}.xlsx", "Angka dalam bentuk A-DPB2 untuk Bawaslu"
            yield Bagian(nama, "adpb2", kata, sekali(partial(_xlsx, adpb2_xlsx, beku)), **lain)


def _rekap_json(beku: Snapshot) -> bytes:
    return _json(rekap_json(rekap_beku(beku)))


def _rekap_pdf(beku: Snapshot) -> bytes:
    return cetak_rekap(rekap_beku(beku), oleh="")


def _xlsx(tulis: Callable[..., bytes], beku: Snapshot) -> bytes:
    return buku_tetap(tulis(rekap_beku(beku), pada=beku.dibekukan_pada))


def _json(isi: Any) -> bytes:
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()


def sidik(periode: Periode) -> Iterator[Butir]:
    """The digests of every frozen version, and the texts by which anybody can compute them again."""
    semua = [
        {
            "versi": s.versi,
            "berlaku": not s.digantikan,
            "sidik_data": s.digest,
            "versi_sidik": s.versi_digest,
            "akar_pohon": s.akar or None,
            "jumlah_baris": s.jumlah_baris,
            "dibekukan": s.dibekukan_pada.astimezone(WITA).isoformat(timespec="seconds"),
            "tanggal_acuan": iso(s.tanggal_acuan),
        }
        for s in Snapshot.objects.filter(periode=periode).order_by("versi")
    ]
    isi = _json({"periode": periode.pk, "versi": semua})
    yield Bagian("07-sidik/sidik.json", "sidik", "Sidik data dan akar pohon setiap versi beku", lambda: [isi])
    if not any(s["berlaku"] and s["akar_pohon"] for s in semua):
        yield Kurang("akar_pohon", "Akar pohon bukti. Periode ini dibekukan sebelum ada pohon bukti.")
    for nama, (asal, uraian) in _SPESIFIKASI.items():
        isi_teks = (Path(settings.BASE_DIR) / "docs" / asal).read_text(encoding="utf-8")
        yield Bagian(f"07-sidik/{nama}", "spesifikasi", uraian, teks(isi_teks))


_KOLOM_PAPAN = (
    "Tempat", "Dipasang", "Dipasang oleh", "Diturunkan", "Diturunkan oleh", "Tautan", "Keterangan", "Bukti foto",
)  # fmt: skip


def pengumuman(periode: Periode) -> Iterator[Butir]:
    """Where the result was shown, with its photos; the places without evidence are named in one line per channel."""
    ada = {
        (p.kanal, p.kecamatan_id or p.kelurahan_id or ""): p
        for p in Pengumuman.objects.filter(periode=periode).select_related("foto")
    }
    terpasang: list[tuple[Tempat, Pengumuman]] = []
    belum: dict[str, list[str]] = {}
    for tempat in daftar_tempat():
        satu = ada.get((tempat.kanal, tempat.kecamatan or tempat.kelurahan))
        if satu:
            terpasang.append((tempat, satu))
        else:
            belum.setdefault(tempat.kanal, []).append(tempat.nama)
    foto = {t.kunci: _foto(t, p, p.foto) for t, p in terpasang if p.foto}
    if terpasang:
        baris = [_baris_papan(t, p, foto.get(t.kunci)) for t, p in terpasang]
        kata = f"{ribuan(len(terpasang))} tempat pengumuman dan buktinya"
        yield Bagian("06-pengumuman/tempat.csv", "pengumuman", kata, tabel(_KOLOM_PAPAN, baris))
    yield from foto.values()
    for nama in belum.values():
        kata = nama[0] if len(nama) == 1 else f"{ribuan(len(nama))} papan: {', '.join(nama)}"
        yield Kurang("pengumuman", f"Bukti pengumuman di {kata}.")


def _foto(tempat: Tempat, satu: Pengumuman, masuk: BerkasMasuk) -> Bagian:
    jalur = f"06-pengumuman/foto/{tempat.kunci.replace('_', '-')}"
    return segel(masuk, jalur, "foto_pengumuman", f"Foto {tempat.nama}", tanggal=iso(satu.dipasang_pada))


def _baris_papan(tempat: Tempat, satu: Pengumuman, foto: Bagian | None) -> tuple[Any, ...]:
    return (
        tempat.nama, satu.dipasang_pada, satu.dipasang_oleh, satu.diturunkan_pada, satu.diturunkan_oleh, satu.tautan,
        satu.keterangan, foto.jalur if foto else "",
    )  # fmt: skip


def impor(periode: Periode) -> Iterator[Butir]:
    """The minutes of every import that was applied; the files received are not in the package, they hold the NIK."""
    for satu in ImporBatch.objects.filter(periode=periode, diterapkan_pada__isnull=False).order_by("pk"):
        yield Bagian(
            f"08-impor/berita-acara-impor-{satu.pk}.pdf", "ba_impor", f"Berita acara {satu}",
            sekali(partial(cetak_berita_impor, satu, oleh="", samarkan=True)), nomor=str(satu.pk),
            tanggal=iso(satu.diterapkan_pada and satu.diterapkan_pada.astimezone(WITA).date()),
            sumber=f"{satu._meta.label_lower}/{satu.pk}",
        )  # fmt: skip


def bawaslu(periode: Periode) -> Iterator[Butir]:
    """The confirmed reply sheets on Bawaslu's letters received in the quarter; names without any number."""
    surat = SaranPerbaikan.objects.filter(diterima__range=(periode.mulai, periode.akhir)).order_by("diterima", "pk")
    for satu in surat:
        lembar = list(satu.lembar.select_related("surat", "diajukan_oleh", "dikonfirmasi_oleh").order_by("versi"))
        if not lembar:
            yield Kurang("jawaban_bawaslu", f"Lembar jawaban atas surat Bawaslu {satu.nomor}.")
        for lembaran in lembar:
            yield Bagian(
                f"09-bawaslu/jawaban-{satu.pk}-v{lembaran.versi}.pdf", "jawaban_bawaslu",
                f"Lembar jawaban {lembaran.versi} atas surat Bawaslu {satu.nomor}, memuat nama tanpa NIK",
                sekali(partial(cetak_jawaban, lembaran, oleh="", samarkan=True)), nomor=lembaran.nomor_surat,
                tanggal=iso(lembaran.dikonfirmasi_pada.astimezone(WITA).date()), versi=lembaran.versi,
                sumber=f"{lembaran._meta.label_lower}/{lembaran.pk}",
            )  # fmt: skip
