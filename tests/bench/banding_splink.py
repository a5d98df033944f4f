"""The same roll compared by splink on DuckDB: ``python banding_splink.py ROWS.csv PAIRS.csv``.

Runs in an environment of its own (``banding.txt``) and imports nothing of this project. The model is what its
documentation advises for people: names cleaned and blocked several ways, Jaro-Winkler for names and streets with term
frequencies, edits of dates and numbers, weights learned from the roll itself. It keeps what it scores above one half
in a hundred; which score accuses is chosen by whoever judges. The last line on stdout is time and memory as JSON.
"""

import json
import resource
import sys
import time

import duckdb
import splink.comparison_level_library as tingkat
import splink.comparison_library as banding
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SIAPKAN = r"""
CREATE TABLE baris AS
WITH asli AS (
    SELECT *, upper(split_part(nama, ',', 1)) AS tanpa_gelar FROM read_csv(?, header = true, all_varchar = true)
), bersih AS (
    SELECT *, trim(regexp_replace(regexp_replace(replace(tanpa_gelar, '''', ''), '[^A-Z]', ' ', 'g'), ' +', ' ', 'g'))
        AS huruf
    FROM asli
), satu AS (
    SELECT *, regexp_replace(
        regexp_replace(huruf, '^((HJ?|DRS?|DRA|IR|PROF|ALM) )+', ''),
        '\b(MOH|MUH|MOHAMAD|MUHAMAD|MOHAMMAD|MOCHAMMAD|M)\b', 'MUHAMMAD', 'g') AS nama_bersih
    FROM bersih
)
SELECT dpid AS unique_id, nik, nullif(nkk, '') AS nkk, nullif(nama_bersih, '') AS nama, tempat_lahir,
    nullif(tanggal_lahir, '') AS lahir, jenis_kelamin, alamat, kelurahan,
    split_part(nama_bersih, ' ', 1) AS depan, split_part(nama_bersih, ' ', -1) AS akhir,
    left(nik, 12) AS nik_awal, left(nik, 6) || right(nik, 4) AS nik_seri,
    left(tanggal_lahir, 7) AS bulan, right(tanggal_lahir, 5) AS hari
FROM satu
"""
BLOK = [
    block_on("nik"),
    block_on("nkk", "depan"),
    block_on("nkk", "lahir"),
    block_on("lahir", "depan"),
    block_on("lahir", "akhir"),
    block_on("nama", "bulan"),
    block_on("nama", "hari"),
    block_on("nik_awal", "akhir"),
    block_on("alamat", "kelurahan", "depan"),
]


def model() -> SettingsCreator:
    """What is compared and how."""
    nama = banding.CustomComparison(
        [
            tingkat.NullLevel("nama"),
            tingkat.ExactMatchLevel("nama", term_frequency_adjustments=True),
            tingkat.JaroWinklerLevel("nama", 0.96),
            tingkat.JaroWinklerLevel("nama", 0.92),
            tingkat.JaroWinklerLevel("nama", 0.85),
            tingkat.ElseLevel(),
        ]
    )
    nik = banding.CustomComparison(
        [
            tingkat.NullLevel("nik"),
            tingkat.ExactMatchLevel("nik"),
            tingkat.DamerauLevenshteinLevel("nik", 1),
            tingkat.DamerauLevenshteinLevel("nik", 2),
            tingkat.ExactMatchLevel("nik_awal"),
            tingkat.ExactMatchLevel("nik_seri"),
            tingkat.ElseLevel(),
        ]
    )
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            nama,
            nik,
            banding.DateOfBirthComparison("lahir", input_is_string=True, datetime_format="%Y-%m-%d"),
            banding.ExactMatch("nkk"),
            banding.ExactMatch("tempat_lahir").configure(term_frequency_adjustments=True),
            banding.ExactMatch("jenis_kelamin"),
            banding.JaroWinklerAtThresholds("alamat", [0.95, 0.85]),
            banding.ExactMatch("kelurahan"),
        ],
        blocking_rules_to_generate_predictions=BLOK,
        retain_matching_columns=False,
    )


def cari(berkas: str) -> list[tuple[str, str, float]]:
    """Every pair that splink scores above one half in a hundred, with its score in bits."""
    koneksi = duckdb.connect()
    koneksi.execute(SIAPKAN, [berkas])
    api = DuckDBAPI(koneksi)
    linker = Linker(api.register(koneksi.table("baris")), model(), log_level=40)
    latih = linker.training
    latih.estimate_probability_two_random_records_match([block_on("nik"), block_on("nama", "lahir")], recall=0.6)
    latih.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for aturan in (block_on("lahir", "depan"), block_on("nik_awal", "akhir"), block_on("nama", "kelurahan")):
        latih.estimate_parameters_using_expectation_maximisation(aturan, record_sample_proportion=1.0)
    hasil = linker.inference.predict(threshold_match_probability=0.005)
    sql = f"SELECT unique_id_l, unique_id_r, match_weight FROM {hasil.physical_name}"
    return koneksi.execute(sql).fetchall()


def main() -> None:
    masuk, keluar = sys.argv[1:]
    mulai, cpu = time.perf_counter(), time.process_time()
    hasil = cari(masuk)
    lama, cpu = time.perf_counter() - mulai, time.process_time() - cpu
    puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open(keluar, "w", encoding="utf-8") as f:
        f.writelines(f"{a},{b},{bobot!r}\n" for a, b, bobot in hasil)
    sys.stdout.write(json.dumps({"detik": lama, "detik_cpu": cpu, "memori": puncak, "pasangan": len(hasil)}) + "\n")


if __name__ == "__main__":
    main()
