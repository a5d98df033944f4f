"""Findings of a batch in the sender's own row and column names. No message holds a NIK or NKK."""

import re

from django.db import connection

from kpupalu.imports.berkas import pernah_diterima
from kpupalu.imports.kolom import kunci_judul
from kpupalu.lib.kata import tanggal_pendek
from kpupalu.lib.waktu import WITA
from kpupalu.wilayah.models import Kelurahan
from pdpb.impor import cek, skema
from pdpb.impor.normal import petik
from pdpb.models import BerkasImpor, ImporBatch, TemuanImpor


def tulis(batch: ImporBatch, berkas: list[BerkasImpor]) -> None:
    """Replace the stored findings of *berkas* by what the staging tables say, in the order of the files."""
    TemuanImpor.objects.filter(batch=batch, berkas_urut__in=[b.urut for b in berkas]).delete()
    tentang_berkas(batch, berkas)
    with connection.cursor() as cursor:
        cursor.execute(_SISIP.format(**_bagian(batch, berkas)), [batch.pk])


_SESUDAH_KEL = re.compile(r"(?i)(?<![a-z])kel(?:urahan)?[ ._-]+([a-z]+)")
_SISIP = """
    INSERT INTO pdpb_temuanimpor (batch_id, berkas_urut, baris, kolom, tingkat, kode, pesan)
    SELECT %s, t.berkas, t.baris, coalesce(k.judul, ''), r.tingkat, r.kode,
           left(CASE WHEN t.nilai IS NULL THEN replace(r.pesan, '{{nilai}}', '')
                     ELSE replace(r.pesan, '{{nilai}}', t.nilai) END, 400)
    FROM (
        SELECT s.berkas, s.baris, c.cek, {nilai} AS nilai
        FROM {siap} s CROSS JOIN LATERAL unnest(s.cek) AS c(cek) WHERE s.cek <> '{{}}'
        UNION ALL
        SELECT s.berkas, s.baris, c.cek, c.nilai FROM {tambahan} c JOIN {siap} s USING (nomor)
    ) t
    JOIN (VALUES {daftar}) AS r(cek, tingkat, kode, kolom, pesan) ON r.cek = t.cek
    LEFT JOIN (VALUES {judul}) AS k(berkas, kolom, judul) ON k.berkas = t.berkas AND k.kolom = r.kolom
    ORDER BY t.berkas, t.baris, t.cek
"""


def _bagian(batch: ImporBatch, berkas: list[BerkasImpor]) -> dict[str, str]:
    nilai = " ".join(f"WHEN {n} THEN {c.nilai}" for n, c in enumerate(cek.DAFTAR) if c.nilai)
    daftar = ", ".join(
        f"({n}::smallint, {petik(c.tingkat)}, {petik(c.kode)}, {petik(c.kolom)}, {petik(c.pesan)})"
        for n, c in enumerate(cek.DAFTAR)
    )
    judul = ", ".join(
        f"({b.urut}::smallint, {petik(kolom)}, {petik(judul[:80])})"
        for b in berkas
        for kolom, judul in _judul(b).items()
    )
    return {
        "siap": skema.siap(batch.pk),
        "tambahan": skema.tambahan(batch.pk),
        "nilai": f"CASE c.cek {nilai} END",
        "daftar": daftar.replace("%", "%%"),
        "judul": judul.replace("%", "%%"),
    }


def _judul(berkas: BerkasImpor) -> dict[str, str]:
    """Our column → heading of the file; parts of a combined column answer under its heading."""
    peta = dict(berkas.ringkasan["pemetaan"])
    for gabungan, bagian in (("ttl", ("tempat_lahir", "tanggal_lahir")), ("rt_rw", ("rt", "rw"))):
        for satu in bagian:
            if gabungan in peta:
                peta.setdefault(satu, peta[gabungan])
    return peta


def tentang_berkas(batch: ImporBatch, berkas: list[BerkasImpor]) -> None:
    """Store what is to be said of whole files: seen before, named after another place, columns not used."""
    kelurahan = [(k.kode, k.nama, kunci_judul(k.nama)) for k in Kelurahan.objects.all()]
    nama = {kode: judul for kode, judul, _ in kelurahan}
    terbanyak = _kelurahan_terbanyak(batch)
    baris = []
    for satu in berkas:
        temuan = list(_temuan_berkas(satu))
        tertulis, isi = _dalam_nama(kelurahan, satu.berkas_masuk.nama), terbanyak.get(satu.urut)
        if tertulis and isi and tertulis != isi:
            temuan.append(("berkas_kelurahan_lain", "", nama[isi]))
        baris += [_baris_kepala(satu, *isi) for isi in temuan]
    TemuanImpor.objects.bulk_create(baris)


def pernah_diunggah(batch: ImporBatch, berkas: list[BerkasImpor]) -> None:
    """Store for each of *berkas* that the same bytes came before, and when; nothing else about it."""
    TemuanImpor.objects.bulk_create(_baris_kepala(satu, *isi) for satu in berkas for isi in _pernah(satu))


def _baris_kepala(berkas: BerkasImpor, kode: str, kolom: str, nilai: str) -> TemuanImpor:
    c = cek.KODE[kode]
    return TemuanImpor(
        batch_id=berkas.batch_id,
        berkas_urut=berkas.urut,
        baris=berkas.ringkasan["baris_kepala"],
        kolom=kolom[:80],
        tingkat=c.tingkat,
        kode=kode,
        pesan=c.pesan.replace("{nilai}", nilai)[:400],
    )


def _pernah(berkas: BerkasImpor):
    if lama := pernah_diterima(berkas.berkas_masuk).first():
        pada = lama.diunggah_pada.astimezone(WITA)
        yield "berkas_pernah_diunggah", "", f"{tanggal_pendek(pada.date())} pukul {pada:%H.%M} WITA"


def _temuan_berkas(berkas: BerkasImpor):
    yield from _pernah(berkas)
    for judul in berkas.ringkasan.get("diabaikan", []):
        yield "kolom_diabaikan", judul, ""
    if lain := berkas.ringkasan.get("lembar_lain"):
        yield "lembar_diabaikan", "", ", ".join(lain)


def _dalam_nama(kelurahan: list[tuple[str, str, str]], nama: str) -> str | None:
    """The code of the kelurahan that a file name states by code or by name, if exactly one.

    A name of four letters (Baru, Duyu, Lere, Nunu) may be part of another word, so it counts only behind KEL.
    """
    polos, kunci = nama.replace(".", ""), kunci_judul(nama)
    disebut = {kunci_judul(kata) for kata in _SESUDAH_KEL.findall(nama)}
    if lewat_kode := [kode for kode, _, _ in kelurahan if kode.replace(".", "") in polos]:
        return lewat_kode[0] if len(lewat_kode) == 1 else None
    cocok = [(len(k), kode) for kode, _, k in kelurahan if (len(k) > 4 and k in kunci) or k in disebut]
    terpanjang = [kode for panjang, kode in cocok if panjang == max(cocok)[0]]
    return terpanjang[0] if len(terpanjang) == 1 else None


def _kelurahan_terbanyak(batch: ImporBatch) -> dict[int, str]:
    """File → the kelurahan most of its rows belong to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (berkas) berkas, kelurahan FROM ("
            f" SELECT berkas, kelurahan, count(*) AS n FROM {skema.siap(batch.pk)} WHERE kelurahan IS NOT NULL"
            " GROUP BY 1, 2) x ORDER BY berkas, n DESC, kelurahan"
        )
        return dict(cursor.fetchall())
