"""Why a change cannot take a step, or not yet: each reason in one sentence, asked before anything is written."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib.waktu import usia
from pdpb.langkah import Langkah
from pdpb.models import (
    Bukti,
    Kategori,
    PadananBaris,
    Pendaftaran,
    Periode,
    Perubahan,
)
from pdpb.models.daftar import StatusKawin


def teks(nilai: Any) -> str:
    """*nilai* as an element of a change holds it: a day as ISO text, nothing as an empty string."""
    return nilai.isoformat() if isinstance(nilai, date) else str(nilai or "")


def batas_umur(periode: Periode) -> int:
    """The age in years from which one may vote, on the day the ages of *periode* are counted."""
    return nilai_bulat("usia_pemilih_minimum", pada=periode.cut_off_umur)


def kurang_umur(isi: Mapping[str, str], versi: Pendaftaran | None, pada: date, batas: int) -> str:
    """Why a person with *isi* on top of *versi* is too young on *pada*; empty when old enough, or not touched."""
    if versi and not {"tanggal_lahir", "status_kawin"} & isi.keys():
        return ""
    lahir = isi.get("tanggal_lahir") or teks(versi and versi.tanggal_lahir)
    kawin = isi.get("status_kawin") or (versi.status_kawin if versi else "")
    if not lahir or kawin in (StatusKawin.SUDAH, StatusKawin.PERNAH):
        return ""
    umur = usia(date.fromisoformat(lahir), pada)
    if umur >= batas:
        return ""
    return (
        f"Orang ini berumur {umur} tahun pada {pada:%d-%m-%Y} dan belum kawin, "
        f"jadi belum memenuhi syarat umur {batas} tahun."
    )


def hambatan(perubahan: Perubahan, langkah: Langkah, oleh, bukti: Bukti | None) -> str:
    """Why *oleh* may not take *langkah* with *perubahan* as it stands; empty when nothing stands in the way."""
    if perubahan.status not in langkah.dari:
        return f"Perubahan ini berstatus {perubahan.get_status_display()}, jadi tidak dapat “{langkah.label}”."
    if langkah.orang_lain and perubahan.pengusul_id == oleh.pk:
        return "Pengusul tidak boleh memeriksa atau menyetujui usulannya sendiri. Minta petugas lain."
    if langkah.hanya_sendiri and perubahan.pengusul_id != oleh.pk:
        return "Hanya pengusul yang dapat menarik usulannya. Gunakan “Tolak” bila usulan ini tidak benar."
    if langkah.perlu_bukti and not perubahan.bukti_id and not bukti:
        return "Bukti belum ada. Lampirkan dokumen sebelum melanjutkan."
    return ""


def umur_berubah(perubahan: Perubahan, batas: int) -> str:
    """Why the person is too young after all: the day on which ages count may have moved since the proposal."""
    if perubahan.jenis not in (Kategori.Jenis.BARU, Kategori.Jenis.UBAH):
        return ""
    versi = perubahan.versi_dasar if perubahan.jenis == Kategori.Jenis.UBAH else None
    return kurang_umur(perubahan.elemen_baru, versi, perubahan.periode.cut_off_umur, batas)


# How often a person or a NIK stands among the changes is counted once for all of them: asked for each, the time would
# grow with the square of their number.
_CEK_DAFTAR = """
WITH p AS (
  SELECT c.*, n.nik, count(n.nik) OVER (PARTITION BY n.nik) AS banyak_nik,
         count(*) FILTER (WHERE c.jenis = 'tms') OVER (PARTITION BY c.pemilih_id) AS banyak_tms
  FROM pdpb_perubahan c LEFT JOIN pdpb_identitas n ON n.id = c.identitas_baru_id WHERE c.id = ANY(%(ids)s)),
kini AS (SELECT v.* FROM pdpb_pendaftaran v WHERE v.akhir IS NULL AND v.pemilih_id IN (SELECT pemilih_id FROM p))
SELECT p.id, CASE
  WHEN p.jenis <> 'baru' AND k.id IS NULL AND NOT EXISTS (
      SELECT 1 FROM p b WHERE b.jenis = 'baru' AND b.pemilih_id = p.pemilih_id)
    THEN 'Orang ini tidak lagi ada dalam daftar. Tolak usulan ini.'
  WHEN p.jenis = 'baru' AND p.kelurahan_tujuan_id IS NULL
    THEN 'Kelurahan pemilih baru belum dipilih.'
  WHEN p.jenis = 'baru' AND EXISTS (
      SELECT 1 FROM pdpb_identitas i JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
      WHERE i.nik = p.nik)
    THEN 'NIK ini sudah aktif dalam daftar. Periksa apakah orang yang sama.'
  WHEN p.jenis = 'baru' AND p.banyak_nik > 1
    THEN 'NIK ini diusulkan dua kali. Tolak salah satu.'
  WHEN p.jenis = 'ubah' AND p.nik <> ki.nik AND EXISTS (
      SELECT 1 FROM pdpb_identitas i JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
      WHERE i.nik = p.nik AND v.pemilih_id <> p.pemilih_id)
    THEN 'NIK baru ini milik orang lain yang ada dalam daftar. Periksa apakah keduanya orang yang sama.'
  WHEN p.jenis = 'ubah' AND p.nik <> ki.nik AND p.banyak_nik > 1
    THEN 'NIK baru ini diusulkan untuk dua orang. Tolak salah satu.'
  WHEN p.jenis = 'ubah' AND k.id <> p.versi_dasar_id AND EXISTS (
      SELECT 1 FROM jsonb_object_keys(p.elemen_baru) e
      WHERE to_jsonb(k) -> e IS DISTINCT FROM to_jsonb(d) -> e)
    THEN 'Data pemilih sudah berubah sejak usulan ini dibuat. Bandingkan lagi lalu usulkan ulang.'
  WHEN p.jenis = 'ubah' AND p.identitas_baru_id IS NOT NULL AND k.identitas_id <> d.identitas_id
    THEN 'NIK atau nomor KK sudah berubah sejak usulan ini dibuat. Bandingkan lagi lalu usulkan ulang.'
  WHEN p.jenis = 'mutasi' AND (k.kelurahan_id, coalesce(k.tps_id, 0)) <> (d.kelurahan_id, coalesce(d.tps_id, 0))
    THEN 'Pemilih ini sudah dipindahkan sejak usulan ini dibuat. Periksa alamat terakhirnya.'
  WHEN p.jenis = 'mutasi' AND p.kelurahan_tujuan_id IS NULL
    THEN 'Kelurahan tujuan belum dipilih.'
  WHEN p.tps_tujuan_id IS NOT NULL AND t.kelurahan_id <> p.kelurahan_tujuan_id
    THEN 'TPS tujuan bukan milik kelurahan tujuan.'
  WHEN p.kategori_id = 'ganda' AND (p.bertahan_id IS NULL OR NOT EXISTS (
      SELECT 1 FROM pdpb_pendaftaran v WHERE v.pemilih_id = p.bertahan_id AND v.akhir IS NULL))
    THEN 'Baris yang bertahan belum disebut atau tidak aktif lagi. Sebutkan baris yang tetap ada.'
  WHEN p.kategori_id = 'ganda' AND EXISTS (SELECT 1 FROM p b WHERE b.jenis = 'tms' AND b.pemilih_id = p.bertahan_id)
    THEN 'Kedua baris pasangan ganda ini sama-sama akan dikeluarkan. Satu harus bertahan.'
  WHEN p.jenis = 'tms' AND p.banyak_tms > 1
    THEN 'Orang ini dua kali diusulkan keluar dari daftar. Tolak salah satu.'
  WHEN p.jenis = 'tms' AND EXISTS (SELECT 1 FROM pdpb_perubahan g WHERE g.periode_id = p.periode_id
      AND g.kategori_id = 'ganda' AND g.status = 'disetujui' AND g.bertahan_id = p.pemilih_id)
    THEN 'Baris ini bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'
  END
FROM p
LEFT JOIN kini k ON k.pemilih_id = p.pemilih_id
LEFT JOIN pdpb_identitas ki ON ki.id = k.identitas_id
LEFT JOIN pdpb_pendaftaran d ON d.id = p.versi_dasar_id
LEFT JOIN wilayah_tps t ON t.id = p.tps_tujuan_id
"""


# Taking an act back must not leave what no act may bring about: a pair that lost both rows, one NIK with two people.
_CEK_BATAL = """
SELECT p.id, CASE
  WHEN p.jenis = 'baru' AND EXISTS (SELECT 1 FROM pdpb_perubahan g WHERE g.periode_id = p.periode_id
      AND g.kategori_id = 'ganda' AND g.status = 'disetujui' AND g.bertahan_id = p.pemilih_id)
    THEN 'Baris ini bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'
  WHEN EXISTS (SELECT 1 FROM pdpb_pendaftaran v
      WHERE v.pemilih_id = p.pemilih_id AND v.akhir IS NULL AND v.id IS DISTINCT FROM p.versi_baru_id)
    OR (p.versi_baru_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM pdpb_pendaftaran v WHERE v.id = p.versi_baru_id AND v.akhir IS NULL))
    THEN 'Data orang ini berubah lagi sesudah persetujuan ini. Batalkan perubahan yang lebih baru itu lebih dahulu.'
  WHEN p.jenis IN ('tms', 'ubah') AND EXISTS (
      SELECT 1 FROM pdpb_identitas n
      JOIN pdpb_perubahan c ON c.identitas_baru_id = n.id AND c.disetujui_pada >= p.disetujui_pada
      JOIN pdpb_pendaftaran v ON v.identitas_id = n.id AND v.akhir IS NULL AND v.pemilih_id <> p.pemilih_id
      WHERE n.nik = i.nik)
    THEN 'NIK orang ini sesudahnya dicatat untuk baris lain. Batalkan perubahan yang lebih baru itu lebih dahulu.'
  END
FROM pdpb_perubahan p
LEFT JOIN pdpb_pendaftaran d ON d.id = p.versi_lama_id
LEFT JOIN pdpb_identitas i ON i.id = d.identitas_id
WHERE p.id = ANY(%(ids)s)
"""
_CEK = {"setujui": _CEK_DAFTAR, "batalkan_persetujuan": _CEK_BATAL}


def hambatan_daftar(ids: list[int], langkah: str) -> dict[int, str]:
    """Reasons why the roll as it stands now does not admit a step with a change, for those it does not."""
    if langkah not in _CEK:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CEK[langkah], {"ids": ids})
        return {pk: alasan for pk, alasan in cursor.fetchall() if alasan}


def belum_pasti(ids: Collection[int], langkah: Langkah, oleh) -> dict[int, str]:
    """Why changes of *ids* cannot be verified yet: matched by name, and nobody else has said that the person is meant.

    Whoever chose the person is not the one who verifies the choice.
    """
    if langkah.nama != "verifikasi":
        return {}
    baris = PadananBaris.objects.filter(perubahan__in=ids).filter(Q(status="dicocokkan") | Q(diputus_oleh=oleh))
    return {
        satu.perubahan_id: (
            "Orangnya baru dicocokkan lewat nama dan tanggal lahir. Pastikan dahulu di halaman Pilih orangnya."
            if satu.status == PadananBaris.Status.DICOCOKKAN
            else "Anda sendiri yang memilih orang pada usulan ini. Minta petugas lain memverifikasinya."
        )
        for satu in baris
        if satu.perubahan_id
    }
