"""Rows of a list of changes without a number that is found: compared with the roll by name, birth date and place.

Candidates are found by two joins over the whole batch (one birth date; one name but for vowels and spelling) and then
judged one row at a time by ``pdpb.ganda.dimaksud``. What comes of it stands in ``PadananBaris``, where a person says
whom the row means; what was said is used whenever the batch is checked again.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import connection

from kpupalu.lib.samaran import samarkan_nik, samarkan_teks
from pdpb.ganda.dimaksud import Dugaan, Lazim, Tertulis, duga, rangka
from pdpb.ganda.nama import lipat
from pdpb.ganda.temu import Orang
from pdpb.impor.nik import jelaskan_nik
from pdpb.models import ImporBatch, PadananBaris

_ASAL = "coalesce(s.rujukan, s.berkas || ':' || s.baris)"
_SEKALI = 2_000

# --- What was said before -----------------------------------------------------------------------------------------
_DIPUTUS = (
    # The version chosen may have been corrected meanwhile: the person is meant, not the version.
    f"""
    UPDATE {{usul}} u SET versi = v.id, pemilih = v.pemilih_id, lewat = 'pilihan'
    FROM {{siap}} s, pdpb_padananbaris p, pdpb_pendaftaran d, pdpb_pendaftaran v
    WHERE s.nomor = u.nomor AND u.versi IS NULL AND u.jenis <> 'baru' AND p.batch_id = {{batch}}
      AND p.status = 'dipastikan' AND p.berkas_urut || ':' || p.baris = {_ASAL}
      AND d.id = p.pilihan_id AND v.pemilih_id = d.pemilih_id AND v.akhir IS NULL
    """,
    f"""
    INSERT INTO {{tambahan}} SELECT u.nomor, {{n_bukan_calon}} FROM {{usul}} u JOIN {{siap}} s USING (nomor)
    JOIN pdpb_padananbaris p ON p.batch_id = {{batch}} AND p.status = 'tidak_ada'
     AND p.berkas_urut || ':' || p.baris = {_ASAL}
    WHERE u.versi IS NULL AND u.jenis <> 'baru' AND NOT EXISTS (SELECT 1 FROM calon c WHERE c.nomor = u.nomor)
    """,
)

# --- Who may be meant ---------------------------------------------------------------------------------------------
_CARI = f"""
    CREATE TEMP TABLE cari ON COMMIT DROP AS
    SELECT s.nomor, {_ASAL} AS asal, s.nama, s.tanggal_lahir, s.jenis_kelamin, s.tempat_lahir, s.alamat, s.rt, s.rw,
           s.kelurahan, s.nik, s.nkk, s.t_lahir, s.t_kelurahan, u.kategori
    FROM {{usul}} u JOIN {{siap}} s USING (nomor)
    WHERE u.versi IS NULL AND u.jenis <> 'baru' AND u.kategori IS NOT NULL AND s.dpid = '' AND s.nama <> ''
      AND NOT EXISTS (SELECT 1 FROM calon c WHERE c.nomor = u.nomor)
      AND NOT EXISTS (SELECT 1 FROM {{tambahan}} t WHERE t.nomor = u.nomor AND t.cek = {{n_bukan_calon}})
"""
# Likeness of letters only keeps strangers out; whether two names are one is judged afterwards.
_LEWAT_TANGGAL = """
    CREATE TEMP TABLE dimaksud ON COMMIT DROP AS
    SELECT c.nomor, v.id AS versi FROM cari c
    JOIN pdpb_pendaftaran v ON v.tanggal_lahir = c.tanggal_lahir AND v.akhir IS NULL
    WHERE similarity(v.nama, c.nama) > 0.2
"""
_LEWAT_NAMA = """
    INSERT INTO dimaksud SELECT c.nomor, v.id FROM cari c
    JOIN cari_nama n ON n.nama = c.nama JOIN daftar_nama d ON d.rangka = n.rangka
    JOIN pdpb_pendaftaran v ON v.nama = d.nama AND v.akhir IS NULL
    WHERE v.tanggal_lahir IS DISTINCT FROM c.tanggal_lahir AND (
        c.tanggal_lahir IS NULL AND (c.kelurahan IS NULL OR v.kelurahan_id = c.kelurahan)
        OR v.kelurahan_id = c.kelurahan AND (v.tanggal_lahir IS NULL OR similarity(v.alamat, c.alamat) > 0.3)
        OR 1 < (extract(day FROM v.tanggal_lahir) = extract(day FROM c.tanggal_lahir))::int
             + (extract(month FROM v.tanggal_lahir) = extract(month FROM c.tanggal_lahir))::int
             + (extract(year FROM v.tanggal_lahir) = extract(year FROM c.tanggal_lahir))::int
        OR extract(year FROM v.tanggal_lahir) = extract(year FROM c.tanggal_lahir)
           AND extract(day FROM v.tanggal_lahir) = extract(month FROM c.tanggal_lahir)
           AND extract(month FROM v.tanggal_lahir) = extract(day FROM c.tanggal_lahir))
"""
_BANDINGKAN = """
    SELECT c.*, coalesce(k.nama, c.t_kelurahan, '') AS tempat,
           v.pemilih_id, v.id, '', i.nik, i.nkk, v.nama, v.tempat_lahir, v.tanggal_lahir, v.jenis_kelamin, v.alamat,
           v.rt, v.rw, v.kelurahan_id, NULL, false
    FROM cari c JOIN dimaksud m USING (nomor) JOIN pdpb_pendaftaran v ON v.id = m.versi
    JOIN pdpb_identitas i ON i.id = v.identitas_id LEFT JOIN wilayah_kelurahan k ON k.kode = c.kelurahan
    ORDER BY c.nomor
"""
_TERTULIS = ("nama", "tanggal_lahir", "jenis_kelamin", "tempat_lahir", "alamat", "rt", "rw", "kelurahan", "nik", "nkk")
_KOLOM_CARI = ("nomor", "asal", *_TERTULIS, "t_lahir", "t_kelurahan", "kategori", "tempat")

# --- What is kept -------------------------------------------------------------------------------------------------
_SIMPAN = (
    """
    INSERT INTO pdpb_padananbaris (batch_id, berkas_urut, baris, kelurahan_id, isi, calon, status, pilihan_id)
    SELECT {batch}, split_part(asal, ':', 1)::int, split_part(asal, ':', 2)::int, kelurahan, isi::jsonb, calon::jsonb,
           status, pilihan FROM dugaan
    ON CONFLICT (batch_id, berkas_urut, baris) DO UPDATE SET kelurahan_id = excluded.kelurahan_id, isi = excluded.isi,
        calon = excluded.calon, status = excluded.status, pilihan_id = excluded.pilihan_id
    WHERE pdpb_padananbaris.status IN ('menunggu', 'dicocokkan') AND pdpb_padananbaris.perubahan_id IS NULL
    """,
    # A row that was mended meanwhile, or found by its number, has nobody to choose from any more.
    f"""
    DELETE FROM pdpb_padananbaris p USING {{siap}} s
    WHERE p.batch_id = {{batch}} AND p.status IN ('menunggu', 'dicocokkan') AND p.perubahan_id IS NULL
      AND p.berkas_urut || ':' || p.baris = {_ASAL} AND NOT s.tolak
      AND NOT EXISTS (SELECT 1 FROM dugaan d WHERE d.asal = {_ASAL})
    """,
    """
    UPDATE {usul} u SET versi = v.id, pemilih = v.pemilih_id, lewat = 'nama' FROM dugaan d JOIN pdpb_pendaftaran v
    ON v.id = d.pilihan WHERE d.nomor = u.nomor AND d.status = 'dicocokkan'
    """,
    "INSERT INTO {tambahan} SELECT nomor, {n_pilih_orang}, banyak::text FROM dugaan WHERE status = 'menunggu'",
    "INSERT INTO {tambahan} SELECT nomor, {n_cocok_lebih_dari_satu} FROM terlalu_umum",
)


def padankan(cursor, batch: ImporBatch, nama: dict) -> None:
    """Find whom the rows of *batch* without a number mean; must run once persons were looked for by number.

    Uses what officers said before, proposes the sure ones (``lewat`` = nama) and keeps the others for officers to
    choose. Must run in a transaction.
    """
    nama = nama | {"batch": batch.pk}
    cursor.execute("DROP TABLE IF EXISTS cari, cari_nama, daftar_nama, dimaksud, dugaan, terlalu_umum")
    for pernyataan in (*_DIPUTUS, _CARI):
        cursor.execute(pernyataan.format(**nama))
    cursor.execute(
        "CREATE TEMP TABLE dugaan (nomor int, asal text, kelurahan varchar(13), isi text, calon text, status text,"
        " pilihan bigint, banyak int) ON COMMIT DROP; CREATE TEMP TABLE terlalu_umum (nomor int) ON COMMIT DROP"
    )
    cursor.execute("SELECT DISTINCT nama FROM cari")
    if dicari := [n for (n,) in cursor.fetchall()]:
        lazim = _siapkan_nama(cursor, dicari)
        cursor.execute(_LEWAT_TANGGAL)
        cursor.execute(_LEWAT_NAMA)
        cursor.execute("ANALYZE dimaksud")
        _tulis(cursor, _nilai_semua(lazim))
    for pernyataan in _SIMPAN:
        cursor.execute(pernyataan.format(**nama))


def _siapkan_nama(cursor, dicari: list[str]) -> Lazim:
    """Fold the names that are looked for and those of the roll, keep the roll's that may be one of them; the counts."""
    perlu = {n: rangka(n) for n in dicari}
    ada, kunci = set(perlu.values()), {lipat(n).kunci for n in dicari}
    kata: Counter[str] = Counter()
    senama: Counter[str] = Counter()
    pakai, jumlah = [], 0
    cursor.execute("SELECT nama, count(*) FROM pdpb_pendaftaran WHERE akhir IS NULL GROUP BY nama")
    for satu, banyak in cursor.fetchall():
        lipatan = lipat(satu)
        jumlah += banyak
        for k in lipatan.kata:
            kata[k] += banyak
        if lipatan.kunci in kunci:
            senama[lipatan.kunci] += banyak
        if (r := rangka(satu)) in ada:
            pakai.append((satu, r))
    _salin(cursor, "cari_nama", "nama text, rangka text", list(perlu.items()))
    _salin(cursor, "daftar_nama", "nama text, rangka text", pakai)
    cursor.execute(
        "SELECT tanggal_lahir, count(*) FROM pdpb_pendaftaran WHERE akhir IS NULL"
        " AND tanggal_lahir IN (SELECT tanggal_lahir FROM cari) GROUP BY 1"
    )
    return Lazim(jumlah, kata, senama, dict(cursor.fetchall()))


def _salin(cursor, tabel: str, kolom: str, baris: list[tuple]) -> None:
    cursor.execute(f"CREATE TEMP TABLE {tabel} ({kolom}) ON COMMIT DROP")
    with cursor.copy(f"COPY {tabel} FROM STDIN") as salin:
        for satu in baris:
            salin.write_row(satu)
    cursor.execute(f"ANALYZE {tabel}")


def _nilai_semua(lazim: Lazim) -> Iterator[tuple[dict[str, Any], Dugaan]]:
    """Each row that has candidates, as it is written, with the judgement about them."""
    with connection.chunked_cursor() as aliran:
        aliran.execute(_BANDINGKAN)
        batas = len(_KOLOM_CARI)
        for _, sekelompok in groupby(_alirkan(aliran), key=lambda b: b[0]):
            semua = list(sekelompok)
            baris = dict(zip(_KOLOM_CARI, semua[0][:batas], strict=True))
            tertulis = Tertulis(*(baris[k] for k in _TERTULIS))
            hasil = duga(tertulis, [Orang(*b[batas:]) for b in semua], lazim)
            if hasil.calon or hasil.terlalu_umum:
                yield baris, hasil


def _alirkan(aliran) -> Iterator[tuple]:
    while potong := aliran.fetchmany(_SEKALI):
        yield from potong


def _tulis(cursor, semua: Iterator[tuple[dict[str, Any], Dugaan]]) -> None:
    S = PadananBaris.Status
    umum, baris = [], []
    for satu, hasil in semua:
        if hasil.terlalu_umum:
            umum.append((satu["nomor"],))
            continue
        calon = [{"versi": c.orang.versi, "alasan": list(c.alasan)} for c in hasil.calon]
        status, pilihan = (S.DICOCOKKAN, calon[0]["versi"]) if hasil.pasti else (S.MENUNGGU, None)
        isi = json.dumps(_isi(satu), ensure_ascii=False)
        kepala = (satu["nomor"], satu["asal"], satu["kelurahan"], isi, json.dumps(calon, ensure_ascii=False))
        baris.append((*kepala, status.value, pilihan, len(calon)))
    for tabel, isi_tabel in (("dugaan", baris), ("terlalu_umum", umum)):
        with cursor.copy(f"COPY {tabel} FROM STDIN") as salin:
            for b in isi_tabel:
                salin.write_row(b)
        cursor.execute(f"ANALYZE {tabel}")


def _isi(baris: dict[str, Any]) -> dict[str, Any]:
    """What the row states, for the officer who chooses: no number of a person but masked."""
    lahir = baris["tanggal_lahir"]
    teks = ("nama", "jenis_kelamin", "tempat_lahir", "alamat", "rt", "rw", "kategori")
    return {k: samarkan_teks(baris[k] or "") for k in teks} | {
        "tanggal_lahir": f"{lahir:%d-%m-%Y}" if lahir else samarkan_teks(baris["t_lahir"] or ""),
        "kelurahan": samarkan_teks(baris["tempat"]),
        "nik": samarkan_nik(baris["nik"]),
        "tentang_nik": jelaskan_nik(baris["nik"], lahir, baris["jenis_kelamin"]),
    }
