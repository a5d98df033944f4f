"""What the pages of an import show before anything is applied: columns with samples, consequences, rows to read."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.db import connection

from kpupalu.aturan.models import nilai
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_nik, samarkan_teks
from pdpb.impor import cek, skema
from pdpb.impor.dampak import Dampak, DampakUsulan, dampak, dampak_usulan
from pdpb.impor.kolom import KOLOM_PRIBADI
from pdpb.impor.panggung import buka_berkas
from pdpb.impor.rusak import baris_rusak
from pdpb.models import BerkasImpor, ImporBatch, TemuanImpor

_CONTOH_SEL = 3
_CONTOH_BARIS = 20


@dataclass
class Susunan:
    """One header layout of a batch: its first file, how many files share it, sample cells per heading."""

    urut: int
    nama: str
    ringkasan: dict
    banyak: int
    contoh: dict[str, list[str]]


def susunan(batch: ImporBatch) -> list[Susunan]:
    """The distinct header layouts of *batch*, in the order of the files; samples of NIK and NKK are masked."""
    hasil: dict[tuple, Susunan] = {}
    for berkas in batch.berkas.select_related("berkas_masuk", "batch"):
        r = berkas.ringkasan
        kunci = (tuple(r["kepala"]), r["format"], r["pemisah"], r["sandi"])
        if kunci in hasil:
            hasil[kunci].banyak += 1
            continue
        hasil[kunci] = Susunan(berkas.urut, berkas.berkas_masuk.nama, r, 1, _contoh_sel(berkas))
    return list(hasil.values())


def _contoh_sel(berkas: BerkasImpor) -> dict[str, list[str]]:
    try:
        tabel = buka_berkas(berkas)
        baris = list(islice(tabel.baris(), _CONTOH_SEL))
    except Refused:
        return {}
    pribadi = {j for k, j in berkas.ringkasan["pemetaan"].items() if k in KOLOM_PRIBADI}
    return {
        judul: [_samar(b.sel[n]) if judul in pribadi else samarkan_teks(b.sel[n])[:40] for b in baris if n < len(b.sel)]
        for n, judul in enumerate(tabel.kepala)
    }


def _samar(sel: str) -> str:
    return samarkan_nik(sel.strip("' \xa0"))


def pesan_umum(kode: str) -> str:
    """The sentence of a check without the value of a single row."""
    pesan = cek.KODE[kode].pesan.replace("; yang ditemukan {nilai}", "")
    return pesan.replace(" “{nilai}”", "").replace(" ({nilai})", "").replace("{nilai}", "…")


@dataclass
class Hitungan:
    """One line of the preview: the consequences, and whether the move needs a written reason."""

    dampak: Dampak
    wajib: bool


def hitungan(batch: ImporBatch) -> tuple[list[Hitungan], Decimal]:
    """The consequences per kelurahan and the percentage from which a reason is needed; empty once applied."""
    persen = nilai("impor_selisih_persen_wajib_alasan", pada=batch.periode.cut_off_umur)
    if not _terpasang(batch):
        return [], persen
    return [Hitungan(d, d.wajib_alasan(persen)) for d in dampak(batch)], persen


def _terpasang(batch: ImporBatch) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [skema.padan(batch.pk)])
        return cursor.fetchone()[0]


def usulan(batch: ImporBatch) -> DampakUsulan | None:
    """What a checked list of changes would propose; nothing for other lists and once applied."""
    if batch.jenis != ImporBatch.Jenis.PERUBAHAN or not _terpasang(batch):
        return None
    return dampak_usulan(batch)


_CONTOH_DASAR = """
    SELECT s.berkas, s.baris, s.nama, k.nama, s.rt, s.rw, p.beda FROM {siap} s LEFT JOIN {padan} p USING (nomor)
    LEFT JOIN wilayah_kelurahan k ON k.kode = s.kelurahan
    WHERE NOT s.tolak AND (p.nomor IS NULL OR (p.aktif AND NOT p.usulan AND p.beda <> '{{}}'))
    ORDER BY random() LIMIT %s
"""
_CONTOH_USUL = """
    SELECT s.berkas, s.baris, coalesce(v.nama, s.nama), k.nama, coalesce(v.rt, s.rt), coalesce(v.rw, s.rw),
           CASE u.jenis WHEN 'ubah' THEN u.beda ELSE ARRAY[c.nama] END
    FROM {usul} u JOIN {siap} s USING (nomor) JOIN pdpb_kategori c ON c.slug = u.kategori
    LEFT JOIN pdpb_pendaftaran v ON v.id = u.versi
    LEFT JOIN wilayah_kelurahan k ON k.kode = coalesce(v.kelurahan_id, u.tujuan)
    WHERE NOT s.tolak AND NOT u.tetap ORDER BY random() LIMIT %s
"""


def contoh(batch: ImporBatch) -> list[dict]:
    """Up to twenty rows drawn at random that would be added or changed; no NIK."""
    if not _terpasang(batch):
        return []
    kueri = _CONTOH_USUL if batch.jenis == ImporBatch.Jenis.PERUBAHAN else _CONTOH_DASAR
    with connection.cursor() as cursor:
        nama = {"siap": skema.siap(batch.pk), "padan": skema.padan(batch.pk), "usul": skema.usul(batch.pk)}
        cursor.execute(kueri.format(**nama), [_CONTOH_BARIS])
        kolom = ("berkas", "baris", "nama", "kelurahan", "rt", "rw", "beda")
        baris = [dict(zip(kolom, satu, strict=True)) for satu in cursor.fetchall()]
    for satu in baris:
        satu["beda"] = ", ".join(satu["beda"] or []).replace("_", " ") or "baris baru"
    return sorted(baris, key=lambda b: (b["berkas"], b["baris"]))


def perlu_diterima(batch: ImporBatch, berkas: list[BerkasImpor]) -> int:
    """Warnings that a person must accept. That a file came before is told, and changes nothing by itself."""
    temuan = TemuanImpor.objects.filter(batch=batch, tingkat="Peringatan", berkas_urut__in=[b.urut for b in berkas])
    return temuan.exclude(kode="berkas_pernah_diunggah").count()


def akibat(batch: ImporBatch) -> list[str]:
    """Sentences that say what applying *batch* will do."""
    r = batch.ringkasan
    if batch.jenis == ImporBatch.Jenis.PERUBAHAN:
        kalimat = [
            f"{ribuan(r.get('baru', 0))} usulan perubahan dicatat pada {batch.periode.nama} dan menunggu verifikasi."
        ]
        kalimat.append("Daftar pemilih dan angkanya belum berubah.")
    elif batch.jenis == ImporBatch.Jenis.LINTAS:
        kalimat = [f"{ribuan(r.get('baru', 0))} pemilih mendapat temuan ganda lintas daerah. Daftar tidak berubah."]
    else:
        kalimat = [
            f"{ribuan(r.get('baru', 0))} pemilih ditambahkan dan {ribuan(r.get('berubah', 0))} baris diganti.",
            f"{ribuan(r.get('tetap', 0))} baris sama dengan daftar sekarang dan dibiarkan.",
            "Pemilih yang tidak ada di berkas tetap terdaftar.",
        ]
        if "sama_dengan" in r:
            kalimat.insert(0, f"Berkas-berkas ini sama persis dengan Impor {r['sama_dengan']} yang sudah diterapkan.")
    if r.get("tetap") and batch.jenis == ImporBatch.Jenis.PERUBAHAN:
        kalimat.append(f"{ribuan(r['tetap'])} baris sudah pernah diusulkan dan dibiarkan.")
    if sisa := len(baris_rusak(batch)):
        kalimat.append(
            f"{ribuan(sisa)} baris tidak diterapkan; dapat diperbaiki di halaman perbaikan atau lewat berkas susulan."
        )
    kalimat.append("Dapat dibatalkan selama belum ada pekerjaan lain pada baris yang sama.")
    return kalimat
