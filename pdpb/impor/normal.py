"""The SQL that turns received cells into normalised columns and runs every check of one row in the same pass.

Three nested selections, each read once per row: *a* the cells under our names, cleaned; *b* what NIK, NKK and dates
say; *c* the values a voter row takes. ``OFFSET '0'`` keeps the planner from merging them, which would compute an
expression again for each of its uses.
"""

from dataclasses import dataclass
from datetime import date

from pdpb.impor import cek, skema

_HAPUS = "U&' .''`\\2019\\2018\"\\00A0\\0009\\200B\\FEFF-'"
_PINGGIR = "U&' \\00A0\\0009\\200B\\FEFF\\000D\\000A'"
_DIGIT = "translate({0}, '0123456789', '') = ''"

_KELAMIN = {
    "L": ["L", "LAKI-LAKI", "LAKI - LAKI", "LAKI LAKI", "LAKI", "LK", "PRIA"],
    "P": ["P", "PEREMPUAN", "PR", "WANITA"],
}
_KAWIN = {
    "B": ["B", "BELUM", "BELUM KAWIN", "BELUM MENIKAH", "BK"],
    "S": ["S", "SUDAH", "KAWIN", "SUDAH KAWIN", "MENIKAH", "SUDAH MENIKAH"],
    "P": ["P", "PERNAH", "PERNAH KAWIN", "CERAI", "CERAI HIDUP", "CERAI MATI", "JANDA", "DUDA"],
}
_DISABILITAS = {
    "0": ["0", "TIDAK", "TIDAK ADA"],
    "1": ["1", "FISIK"],
    "2": ["2", "INTELEKTUAL"],
    "3": ["3", "MENTAL"],
    "4": ["4", "WICARA", "SENSORIK WICARA"],
    "5": ["5", "RUNGU", "SENSORIK RUNGU"],
    "6": ["6", "NETRA", "SENSORIK NETRA"],
}
_KTPEL = {"S": ["S", "SUDAH", "SUDAH MEMILIKI"], "B": ["B", "BELUM", "BELUM MEMILIKI"]}

TEKS_BEBAS = (
    "jenis",
    "kategori",
    "jenis_dokumen",
    "nomor_dokumen",
    "tanggal_dokumen",
    "penerbit",
    "kelurahan_tujuan",
    "tps_tujuan",
    "dpid_bertahan",
    "status",
    "tanggal_peristiwa",
    "elemen",
    "tertulis",
    "seharusnya",
)
"""Cells that only lists of changes have; they stay text until ``perubahan`` reads them."""


@dataclass(frozen=True)
class Acuan:
    """What the checks compare with: dates, thresholds of the day, code sets, known region codes."""

    hari_ini: date
    cut_off: date
    usia_minimum: int
    usia_kawin: int
    usia_coktas: int
    usia_maksimum: int
    kode_tms: frozenset[str]
    kode_dikenal: frozenset[str]
    wilayah_nik: frozenset[str]


@dataclass(frozen=True)
class Kelompok:
    """The files of a batch that share one header layout: their table, and which cell holds which of our columns."""

    tabel: str
    kolom: dict[str, int]
    urutan_tanggal: str = "dmy"


def petik(teks: str) -> str:
    """*teks* as an SQL literal."""
    return "'" + teks.replace("'", "''") + "'"


def _larik(nilai) -> str:
    return "ARRAY[" + ", ".join(petik(n) for n in sorted(nilai)) + "]::text[]"


def _pilihan(kolom: str, sebutan: dict[str, list[str]]) -> str:
    bagian = " ".join(
        f"WHEN {kolom} IN ({', '.join(petik(s) for s in daftar)}) THEN {petik(nilai)}"
        for nilai, daftar in sebutan.items()
    )
    return f"CASE WHEN {kolom} IS NULL THEN NULL {bagian} ELSE '' END"


def _sel(kelompok: Kelompok, kolom: str) -> str:
    nomor = kelompok.kolom.get(kolom)
    return f"c{nomor}" if nomor is not None else "NULL::text"


def _rapi(kelompok: Kelompok, kolom: str) -> str:
    return f"btrim({_sel(kelompok, kolom)}, {_PINGGIR})"


def _nomor_induk(kelompok: Kelompok, kolom: str) -> str:
    sel = _sel(kelompok, kolom)
    bit = 1 << kelompok.kolom[kolom] if kolom in kelompok.kolom else 0
    bersih = f"translate({sel}, {_HAPUS}, '')"
    return f"""
        CASE WHEN {kolom}_polos THEN {sel} ELSE {bersih} END AS {kolom}_0,
        CASE WHEN {kolom}_polos THEN false ELSE {sel} ~* '^\\s*[0-9]([.,][0-9]+)?E\\+?[0-9]+\\s*$' END
            AS {kolom}_ilmiah,
        CASE WHEN {kolom}_polos THEN false ELSE {sel} <> '' AND {sel} <> {bersih} END AS {kolom}_rapi,
        angka & {bit}::bigint > 0 AS {kolom}_angka, {kolom}_polos,
        CASE WHEN NOT {kolom}_polos THEN {sel} END AS t_{kolom}"""


def _lapis_a(k: Kelompok) -> str:
    if "ttl" in k.kolom:
        lahir = f"coalesce(btrim(substring({_sel(k, 'ttl')} from '[0-9].*$')), '')"
        tempat = f"upper(btrim(regexp_replace({_sel(k, 'ttl')}, '[, /]*[0-9].*$', '')))"
    else:
        lahir, tempat = _rapi(k, "tanggal_lahir"), f"upper({_rapi(k, 'tempat_lahir')})"
    rt, rw = _rapi(k, "rt"), _rapi(k, "rw")
    if "rt_rw" in k.kolom:
        rt, rw = (f"btrim(split_part({_sel(k, 'rt_rw')}, '/', {n}))" for n in (1, 2))
    nama = f"upper({_rapi(k, 'nama')})"
    bebas = "".join(f", {_rapi(k, kolom)} AS {kolom}" for kolom in TEKS_BEBAS)
    return f"""
        SELECT berkas, baris, geser, {_rapi(k, "dpid")} AS dpid, {_nomor_induk(k, "nik")}, {_nomor_induk(k, "nkk")},
        CASE WHEN strpos({nama}, '  ') > 0 THEN regexp_replace({nama}, ' +', ' ', 'g') ELSE {nama} END AS nama,
        {tempat} AS tempat_lahir, {lahir} AS t_lahir,
        upper({_rapi(k, "kelamin")}) AS t_jk, upper({_rapi(k, "sts_kawin")}) AS t_kawin,
        upper({_rapi(k, "alamat")}) AS alamat, {rt} AS t_rt, {rw} AS t_rw,
        upper({_rapi(k, "disabilitas")}) AS t_disabilitas, upper({_rapi(k, "ektp")}) AS t_ektp,
        upper({_rapi(k, "keterangan")}) AS keterangan, upper({_rapi(k, "sumber")}) AS sumber,
        substring({_sel(k, "rujukan")} from '^\\[([0-9]+:[0-9]+)\\]') AS rujukan,
        {kunci_tempat(k)} {bebas}
        FROM (SELECT *, {_polos(k, "nik")} AS nik_polos, {_polos(k, "nkk")} AS nkk_polos FROM {k.tabel} OFFSET '0') m
        OFFSET '0'"""


def _polos(k: Kelompok, kolom: str) -> str:
    """Whether the cell already is what it should be, sixteen digits: true for nearly every row, and cheap to see."""
    sel = _sel(k, kolom)
    return f"length({sel}) = 16 AND {_DIGIT.format(sel)}"


def kunci_tempat(k: Kelompok) -> str:
    """The four cells that together name an area, as they were received."""
    return ", ".join(
        f"coalesce({_sel(k, kolom)}, '') AS a_{kolom}" for kolom in ("kecamatan", "kelurahan", "kel_id", "tps")
    )


def _lapis_b(k: Kelompok, acuan: Acuan) -> str:
    cepat = "length(t_lahir) = 10 AND translate(t_lahir, '0123456789', '') IN ('||', '--', '//') AND " + (
        "substr(t_lahir, 3, 1) IN ('|', '-', '/') AND substr(t_lahir, 6, 1) IN ('|', '-', '/')"
    )
    h, b = ("substr(t_lahir, 1, 2)", "substr(t_lahir, 4, 2)")
    if k.urutan_tanggal == "mdy":
        h, b = b, h
    return f"""
        SELECT *,
        CASE WHEN nik_ilmiah THEN '' ELSE nik_0 END AS nik,
        CASE WHEN nkk_ilmiah THEN '' ELSE nkk_0 END AS nkk,
        (nik_polos OR length(nik_0) = 16 AND {_DIGIT.format("nik_0")}) AS nik_benar,
        (nkk_polos OR length(nkk_0) = 16 AND {_DIGIT.format("nkk_0")}) AS nkk_benar,
        CASE WHEN {cepat} THEN pdpb_tanggal(substr(t_lahir, 7, 4)::int, {b}::int, {h}::int)
             WHEN t_lahir <> '' THEN pdpb_baca_tanggal(t_lahir, {petik(k.urutan_tanggal)}, {_tanggal(acuan.cut_off)})
        END AS tanggal_lahir
        FROM ({_lapis_a(k)}) a OFFSET '0'"""


def _tanggal(d: date) -> str:
    return f"DATE '{d.isoformat()}'"


def _bagian_tanggal(kolom: str) -> str:
    return (
        f"CASE WHEN {kolom}_benar THEN substr({kolom}, 7, 2)::int END AS {kolom}_hh, "
        f"CASE WHEN {kolom}_benar THEN substr({kolom}, 9, 2)::int END AS {kolom}_b, "
        f"CASE WHEN {kolom}_benar THEN substr({kolom}, 11, 2)::int END AS {kolom}_t"
    )


def _ada_tanggal(h: str, b: str, t: str) -> str:
    """Whether day *h* of month *b* can exist in a year ending in *t*."""
    return (
        f"({b} BETWEEN 1 AND 12 AND {h} >= 1 AND {h} <= CASE WHEN {b} IN (4, 6, 9, 11) THEN 30 WHEN {b} <> 2 THEN 31 "
        f"WHEN {t} % 4 = 0 THEN 29 ELSE 28 END)"
    )


def _nomor_rt(kolom: str) -> str:
    return (
        f"CASE WHEN {kolom} <> '' AND {_DIGIT.format(kolom)} AND length({kolom}) <= 4 THEN {kolom} "
        f"ELSE (regexp_match(upper({kolom}), '^R[TW][ .:]*([0-9]{{1,3}})$'))[1] END"
    )


def _lapis_c(k: Kelompok, acuan: Acuan) -> str:
    return f"""
        SELECT *, {_bagian_tanggal("nik")}, {_bagian_tanggal("nkk")},
        extract(day FROM tanggal_lahir)::int AS lahir_h, extract(month FROM tanggal_lahir)::int AS lahir_b,
        extract(year FROM tanggal_lahir)::int AS lahir_t,
        {_pilihan("t_jk", _KELAMIN)} AS jk, {_pilihan("t_kawin", _KAWIN)} AS kawin,
        {_pilihan("t_disabilitas", _DISABILITAS)} AS disabilitas, {_pilihan("t_ektp", _KTPEL)} AS ektp,
        {_nomor_rt("t_rt")} AS rt_0, {_nomor_rt("t_rw")} AS rw_0
        FROM ({_lapis_b(k, acuan)}) b OFFSET '0'"""


def _lapis_d(k: Kelompok, acuan: Acuan) -> str:
    y, md = acuan.cut_off.year, acuan.cut_off.month * 100 + acuan.cut_off.day
    return f"""
        SELECT c.*, w.kelurahan, w.tps, coalesce(w.tanda, 0) AS wilayah,
        CASE WHEN nik_hh > 40 THEN nik_hh - 40 ELSE nik_hh END AS nik_h, nik_hh > 40 AS nik_perempuan,
        nik_benar AND {_ada_tanggal("CASE WHEN nik_hh > 40 THEN nik_hh - 40 ELSE nik_hh END", "nik_b", "nik_t")}
            AS nik_tgl_benar,
        nkk_benar AND {_ada_tanggal("nkk_hh", "nkk_b", "nkk_t")} AS nkk_tgl_benar,
        left(nik, 4) = ANY({_larik(acuan.wilayah_nik)}) AS nik_wilayah_dikenal,
        {y} - lahir_t - (lahir_b * 100 + lahir_h > {md})::int AS umur,
        t_rt IS NOT NULL AND coalesce(ltrim(rt_0, '0'), '') = '' AS rt_salah,
        t_rw IS NOT NULL AND coalesce(ltrim(rw_0, '0'), '') = '' AS rw_salah,
        keterangan = ANY({_larik(acuan.kode_tms)}) AS ket_tms,
        keterangan = ANY({_larik(acuan.kode_dikenal)}) AS ket_dikenal
        FROM ({_lapis_c(k, acuan)}) c
        LEFT JOIN {{tempat}} w USING (a_kecamatan, a_kelurahan, a_kel_id, a_tps) OFFSET '0'"""


def _daftar_cek(jenis: str, acuan: Acuan) -> str:
    nilai = {
        "hari_ini": _tanggal(acuan.hari_ini),
        "usia_minimum": acuan.usia_minimum,
        "usia_kawin": acuan.usia_kawin,
        "usia_coktas": acuan.usia_coktas,
        "usia_maksimum": acuan.usia_maksimum,
    }
    bagian = []
    for nomor, satu in enumerate(cek.DAFTAR):
        if not satu.syarat or jenis not in satu.jenis or satu.syarat == "geser":
            continue
        syarat = satu.syarat
        for nama, isi in nilai.items():
            syarat = syarat.replace("{" + nama + "}", str(isi))
        bagian.append(f"CASE WHEN {syarat} THEN {nomor}::smallint END")
    return "CASE WHEN geser THEN ARRAY[0]::smallint[] ELSE array_remove(ARRAY[" + ", ".join(bagian) + "], NULL) END"


_KELAMIN_AKHIR = (
    "CASE WHEN jk <> '' THEN jk WHEN nik_tgl_benar THEN CASE WHEN nik_perempuan THEN 'P' ELSE 'L' END ELSE '' END"
)
_TOLAK_DASAR = f"""geser OR coalesce(nama, '') = '' OR kelurahan IS NULL OR ({_KELAMIN_AKHIR}) = ''
    OR (coalesce(dpid, '') = '' AND
        translate(coalesce(nik, ''), translate(coalesce(nik, ''), '0123456789', ''), '') = '')"""


def seleksi(k: Kelompok, jenis: str, acuan: Acuan, *, batch: int, geser_nomor: str) -> str:
    """The whole selection for one layout: a normalised row with its findings as numbers of ``cek.DAFTAR``.

    *geser_nomor* is an SQL array, by file, of what to add to a row number so that ``nomor`` is unique in the batch.
    """
    bebas = "".join(f", {kolom}" for kolom in TEKS_BEBAS) if jenis == "perubahan" else ""
    tolak = _TOLAK_DASAR if jenis in cek.DASAR else "geser"
    return f"""
        SELECT ({geser_nomor})[berkas] + baris AS nomor, berkas, baris, left(coalesce(dpid, ''), 20) AS dpid,
        left(coalesce(nik, ''), 32) AS nik, left(coalesce(nkk, ''), 32) AS nkk, left(coalesce(nama, ''), 120) AS nama,
        left(coalesce(tempat_lahir, ''), 60) AS tempat_lahir, tanggal_lahir, {_KELAMIN_AKHIR} AS jenis_kelamin,
        coalesce(kawin, '') AS status_kawin, left(coalesce(alamat, ''), 160) AS alamat,
        CASE WHEN rt_salah THEN left(t_rt, 8) WHEN length(rt_0) < 3 THEN lpad(rt_0, 3, '0') ELSE coalesce(rt_0, '') END
            AS rt,
        CASE WHEN rw_salah THEN left(t_rw, 8) WHEN length(rw_0) < 3 THEN lpad(rw_0, 3, '0') ELSE coalesce(rw_0, '') END
            AS rw,
        coalesce(nullif(disabilitas, ''), '0') AS disabilitas, coalesce(ektp, '') AS status_ktpel,
        left(coalesce(sumber, ''), 30) AS sumber, kelurahan, tps, nik_benar, umur, keterangan, rujukan,
        CASE WHEN tanggal_lahir IS NULL THEN t_lahir END AS t_lahir, CASE WHEN jk = '' THEN t_jk END AS t_jk,
        CASE WHEN kawin = '' THEN t_kawin END AS t_kawin, CASE WHEN disabilitas = '' THEN t_disabilitas END
            AS t_disabilitas,
        CASE WHEN ektp = '' THEN t_ektp END AS t_ektp, CASE WHEN rt_salah THEN t_rt END AS t_rt,
        CASE WHEN rw_salah THEN t_rw END AS t_rw, CASE WHEN wilayah > 0 THEN a_kelurahan END AS t_kelurahan,
        CASE WHEN wilayah > 0 THEN a_tps END AS t_tps, CASE WHEN nik_ilmiah THEN t_nik END AS t_nik,
        CASE WHEN nkk_ilmiah THEN t_nkk END AS t_nkk, {tolak} AS tolak {bebas}, {_daftar_cek(jenis, acuan)} AS cek
        FROM ({_lapis_d(k, acuan).replace("{tempat}", skema.tempat(batch))}) d"""
