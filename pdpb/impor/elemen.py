"""Lists that correct one element per row: its name, the value written, the value it should be.

After the person is found by the other cells of the row, the row is rewritten as a row that states nothing but the
corrected element, so that everything after it (differences, checks, proposals) treats it like any other correction.
Corrections of one person become one proposal.
"""

from kpupalu.imports.kolom import kunci_judul
from pdpb.impor import cek, normal
from pdpb.impor.kolom import SINONIM
from pdpb.models import ImporBatch

_KOLOM = {
    "nik": "nik",
    "nkk": "nkk",
    "nama": "nama",
    "tempat_lahir": "tempat_lahir",
    "tanggal_lahir": "tanggal_lahir",
    "kelamin": "jenis_kelamin",
    "sts_kawin": "status_kawin",
    "alamat": "alamat",
    "rt": "rt",
    "rw": "rw",
    "disabilitas": "disabilitas",
    "ektp": "status_ktpel",
}
"""Our column → the element of a voter row that it states, of those a list may correct."""

_GABUNGAN = {"ttl": ["tempat_lahir", "tanggal_lahir"], "rt_rw": ["rt", "rw"]}
_PECAH = {
    "ttl": {
        "tempat_lahir": "regexp_replace({v}, '[, /]*[0-9].*$', '')",
        "tanggal_lahir": "coalesce(substring({v} from '[0-9].*$'), '')",
    },
    "rt_rw": {"rt": "split_part({v}, '/', 1)", "rw": "split_part({v}, '/', 2)"},
}
_SISA = ("t_lahir", "t_jk", "t_kawin", "t_disabilitas", "t_ektp", "t_rt", "t_rw", "t_nik", "t_nkk")


def arti_elemen(teks: str) -> list[str]:
    """The columns that the name *teks* of an element means; none when it is no element a list may correct."""
    kolom = SINONIM.get(kunci_judul(teks), "")
    return _GABUNGAN.get(kolom) or ([kolom] if kolom in _KOLOM else [])


def terapkan_elemen(cursor, batch: ImporBatch, nama: dict) -> None:
    """Rewrite the rows of *batch* that correct one element; must run once the persons are found."""
    urutan = {
        b.urut: b.ringkasan.get("urutan_tanggal", "dmy")
        for b in batch.berkas.all()
        if "elemen" in b.ringkasan["pemetaan"]
    }
    if not urutan:
        return
    cursor.execute("DROP TABLE IF EXISTS elemen_arti, elemen_baru, elemen_lama, elemen_sel")
    cursor.execute(f"SELECT DISTINCT elemen FROM {nama['siap']} WHERE elemen IS NOT NULL")
    arti = [(teks, arti_elemen(teks), _gabungan(teks)) for (teks,) in cursor.fetchall()]
    cursor.execute("CREATE TEMP TABLE elemen_arti (elemen text, kolom text[], gabungan text) ON COMMIT DROP")
    cursor.executemany("INSERT INTO elemen_arti VALUES (%s, %s, %s)", arti)
    for tabel, sel in (("elemen_baru", "seharusnya"), ("elemen_lama", "tertulis")):
        _normalkan(cursor, batch, nama["siap"], urutan, tabel, sel)
    nama = nama | _bagian()
    for pernyataan in _TULIS:
        cursor.execute(pernyataan.format(**nama))


def _gabungan(teks: str) -> str:
    kolom = SINONIM.get(kunci_judul(teks), "")
    return kolom if kolom in _GABUNGAN else ""


def _normalkan(cursor, batch: ImporBatch, siap: str, urutan: dict[int, str], tabel: str, sel: str) -> None:
    """Make *tabel*: what the cell *sel* of each row says as a voter row takes it, and what its checks find."""
    from pdpb.impor.pemeriksaan import acuan

    letak = {kolom: n for n, kolom in enumerate(_KOLOM)}
    isi = ", ".join(_isi_sel(kolom, f"s.{sel}") for kolom in letak)
    kolom = ", ".join(f"c{n} text" for n in letak.values())
    cursor.execute(
        f"CREATE TEMP TABLE elemen_sel (berkas smallint, baris int, angka bigint, geser boolean, {kolom})"
        " ON COMMIT DROP"
    )
    cursor.execute(
        f"INSERT INTO elemen_sel SELECT s.berkas, s.baris, 0, false, {isi} FROM {siap} s JOIN elemen_arti a"
        f" ON a.elemen = s.elemen WHERE NOT s.tolak AND coalesce(s.{sel}, '') <> ''"
    )
    geser = f"ARRAY[{', '.join('0' for _ in range(max(urutan)))}]::int[]"
    bagian = []
    for cara in sorted(set(urutan.values())):
        berkas = ", ".join(str(urut) for urut, milik in urutan.items() if milik == cara)
        sumber = f"(SELECT * FROM elemen_sel WHERE berkas IN ({berkas})) x"
        kelompok = normal.Kelompok(sumber, letak, cara)
        bagian.append(normal.seleksi(kelompok, batch.jenis, acuan(batch), batch=batch.pk, geser_nomor=geser))
    cursor.execute(f"CREATE TEMP TABLE {tabel} ON COMMIT DROP AS {' UNION ALL '.join(bagian)}")
    cursor.execute("DROP TABLE elemen_sel")


def _isi_sel(kolom: str, v: str) -> str:
    """SQL: the cell of *kolom*, of a whole or of its part of a combined value; NULL where the row means another."""
    bagian = "".join(
        f" WHEN a.gabungan = '{gabungan}' THEN {cara[kolom].format(v=v)}"
        for gabungan, cara in _PECAH.items()
        if kolom in cara
    )
    return f"CASE WHEN NOT '{kolom}' = ANY(a.kolom) THEN NULL{bagian} ELSE {v} END"


def _bagian() -> dict[str, str]:
    """The parts of the statements below that name every element or every check."""
    tulis, gabung, lama = [], [], []
    for kolom, elemen in _KOLOM.items():
        kosong = "NULL" if elemen == "tanggal_lahir" else "''"
        tulis.append(f"{elemen} = CASE WHEN '{kolom}' = ANY(a.kolom) THEN n.{elemen} ELSE {kosong} END")
        gabung.append(f"max(s.{elemen}) FILTER (WHERE '{elemen}' = ANY(u.beda)) AS {elemen}")
        kini = f"i.{elemen}" if elemen in {"nik", "nkk"} else f"v.{elemen}"
        ada = f"n.{elemen} IS NOT NULL" if elemen == "tanggal_lahir" else f"n.{elemen} <> ''"
        lama.append(f"('{kolom}' = ANY(a.kolom) AND {ada} AND n.{elemen} IS DISTINCT FROM {kini})")
    tulis += [f"{sisa} = n.{sisa}" for sisa in _SISA]
    peta = ", ".join(f"({n}::smallint, '{c.kolom}')" for n, c in enumerate(cek.DAFTAR) if c.kolom)
    return {
        "tulis": ", ".join(tulis),
        "gabung": ", ".join(gabung),
        "ambil": ", ".join(f"{e} = coalesce(x.{e}, s.{e})" for e in _KOLOM.values()),
        "lama_beda": " OR ".join(lama),
        "selalu": "'{" + ",".join(map(str, cek.SELALU)) + "}'::smallint[]",
        "peta_cek": peta,
    }


_TULIS = (
    # No digits of a person: a name of an element with a long number in it is somebody's cell in the wrong column.
    """
    INSERT INTO {tambahan} SELECT s.nomor, {n_elemen_tidak_dikenal},
        left(regexp_replace(s.elemen, '[0-9]{{6,}}', '…', 'g'), 40)
    FROM {siap} s JOIN elemen_arti a ON a.elemen = s.elemen JOIN {usul} u ON u.nomor = s.nomor
    WHERE a.kolom = '{{}}' AND u.jenis = 'ubah' AND NOT s.tolak
    """,
    """
    INSERT INTO {tambahan} SELECT s.nomor, {n_seharusnya_kosong} FROM {siap} s JOIN {usul} u USING (nomor)
    WHERE s.elemen IS NOT NULL AND coalesce(s.seharusnya, '') = '' AND u.jenis = 'ubah' AND NOT s.tolak
    """,
    """
    INSERT INTO {tambahan} SELECT s.nomor, {n_tertulis_beda} FROM elemen_lama n
    JOIN {siap} s ON s.berkas = n.berkas AND s.baris = n.baris JOIN elemen_arti a ON a.elemen = s.elemen
    JOIN {usul} u ON u.nomor = s.nomor JOIN pdpb_pendaftaran v ON v.id = u.versi
    JOIN pdpb_identitas i ON i.id = v.identitas_id WHERE u.jenis = 'ubah' AND ({lama_beda})
    """,
    # Nothing but the element stays stated; what was said about the other cells no longer concerns the roll.
    """
    UPDATE {siap} s SET {tulis}, nik_benar = 'nik' = ANY(a.kolom) AND n.nik_benar,
        cek = ARRAY(SELECT c FROM unnest(s.cek) c WHERE c = ANY({selalu}))
           || ARRAY(SELECT c FROM unnest(n.cek) c JOIN (VALUES {peta_cek}) m(n, kolom) ON m.n = c
                    WHERE m.kolom = ANY(a.kolom))
    FROM elemen_baru n, elemen_arti a, {usul} u
    WHERE n.berkas = s.berkas AND n.baris = s.baris AND a.elemen = s.elemen AND u.nomor = s.nomor
      AND u.jenis = 'ubah' AND u.versi IS NOT NULL AND a.kolom <> '{{}}'
    """,
    # A row whose element or new value cannot be read states nothing at all.
    """
    UPDATE {siap} s SET nama = '', tempat_lahir = '', tanggal_lahir = NULL, jenis_kelamin = '', status_kawin = '',
        alamat = '', rt = '', rw = '', disabilitas = '', status_ktpel = '', nik = '', nkk = '', nik_benar = false,
        cek = ARRAY(SELECT c FROM unnest(s.cek) c WHERE c = ANY({selalu}))
    FROM {usul} u WHERE u.nomor = s.nomor AND u.jenis = 'ubah' AND u.versi IS NOT NULL AND s.elemen IS NOT NULL
      AND EXISTS (SELECT 1 FROM {tambahan} t WHERE t.nomor = s.nomor
                  AND t.cek IN ({n_elemen_tidak_dikenal}, {n_seharusnya_kosong}))
    """,
)


def gabungkan_elemen(cursor, nama: dict) -> None:
    """Let the sound corrections of one person be one proposal, that of the first row.

    Two rows that correct the same element stay apart: the second repeats or contradicts the first.
    """
    nama = nama | _bagian()
    cursor.execute("DROP TABLE IF EXISTS elemen_gabung")
    for pernyataan in _GABUNGKAN:
        cursor.execute(pernyataan.format(**nama))


_GABUNGKAN = (
    """
    CREATE TEMP TABLE elemen_gabung ON COMMIT DROP AS
    SELECT nomor, induk FROM (
        SELECT u.nomor, min(u.nomor) OVER (PARTITION BY u.pemilih) AS induk FROM {usul} u JOIN {siap} s USING (nomor)
        WHERE u.jenis = 'ubah' AND s.elemen IS NOT NULL AND u.versi IS NOT NULL AND u.beda <> '{{}}'
          AND NOT s.tolak AND NOT s.cek && {galat}
          AND NOT EXISTS (SELECT 1 FROM {usul} w JOIN {siap} t USING (nomor) WHERE w.pemilih = u.pemilih
              AND w.jenis = 'ubah' AND w.nomor < u.nomor AND w.beda && u.beda AND NOT t.tolak
              AND NOT t.cek && {galat})
    ) x WHERE nomor <> induk
    """,
    """
    UPDATE {siap} s SET {ambil} FROM (
        SELECT g.induk, {gabung} FROM elemen_gabung g JOIN {siap} s ON s.nomor = g.nomor
        JOIN {usul} u ON u.nomor = g.nomor GROUP BY g.induk
    ) x WHERE s.nomor = x.induk
    """,
    """
    UPDATE {usul} u SET beda = u.beda || x.beda FROM (
        SELECT g.induk, array_agg(e) AS beda FROM elemen_gabung g JOIN {usul} w ON w.nomor = g.nomor
        CROSS JOIN LATERAL unnest(w.beda) AS e GROUP BY g.induk
    ) x WHERE u.nomor = x.induk
    """,
    """
    UPDATE {usul} u SET tetap = true, jenis = 'gabung' FROM elemen_gabung g WHERE g.nomor = u.nomor
    """,
    "INSERT INTO {tambahan} SELECT nomor, {n_digabung_ubah} FROM elemen_gabung",
)
