"""Findings of a batch in the sender's own row and column names. No message holds a NIK or NKK."""

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
    baris = []
    for satu in berkas:
        for kode, kolom, nilai in _temuan_berkas(satu):
            c = cek.KODE[kode]
            baris.append(
                TemuanImpor(
                    batch=batch,
                    berkas_urut=satu.urut,
                    baris=satu.ringkasan["baris_kepala"],
                    kolom=kolom[:80],
                    tingkat=c.tingkat,
                    kode=kode,
                    pesan=c.pesan.replace("{nilai}", nilai)[:400],
                )
            )
    TemuanImpor.objects.bulk_create(baris)


def _temuan_berkas(berkas: BerkasImpor):
    if lama := pernah_diterima(berkas.berkas_masuk).first():
        pada = lama.diunggah_pada.astimezone(WITA)
        yield "berkas_pernah_diunggah", "", f"{tanggal_pendek(pada.date())} pukul {pada:%H.%M} WITA"
    for judul in berkas.ringkasan.get("diabaikan", []):
        yield "kolom_diabaikan", judul, ""
    if lain := berkas.ringkasan.get("lembar_lain"):
        yield "lembar_diabaikan", "", ", ".join(lain)
    if tertulis := _kelurahan_dalam_nama(berkas.berkas_masuk.nama):
        isi = _kelurahan_terbanyak(berkas)
        if isi and isi.pk != tertulis.pk:
            yield "berkas_kelurahan_lain", "", isi.nama


def _kelurahan_dalam_nama(nama: str) -> Kelurahan | None:
    """The kelurahan that a file name states by code or by name, if exactly one."""
    polos, kunci = nama.replace(".", ""), kunci_judul(nama)
    cocok = [
        k
        for k in Kelurahan.objects.all()
        if k.kode.replace(".", "") in polos or (len(k.nama) > 4 and kunci_judul(k.nama) in kunci)
    ]
    terpanjang = max((len(k.nama) for k in cocok), default=0)
    cocok = [k for k in cocok if len(k.nama) == terpanjang or len(cocok) == 1]
    return cocok[0] if len(cocok) == 1 else None


def _kelurahan_terbanyak(berkas: BerkasImpor) -> Kelurahan | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kelurahan FROM {skema.siap(berkas.batch_id)} WHERE berkas = %s AND kelurahan IS NOT NULL"
            " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
            [berkas.urut],
        )
        baris = cursor.fetchone()
    return Kelurahan.objects.filter(pk=baris[0]).first() if baris else None
