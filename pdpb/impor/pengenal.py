"""What the rows of a list of changes call their kind, category, destination and source, read once per wording."""

from kpupalu.imports.kolom import kunci_judul
from pdpb.impor import cek, panggung
from pdpb.impor.normal import petik
from pdpb.models import Bukti, ImporBatch, Kategori, KodeKamus

JENIS = {
    "BARU": "baru",
    "B": "baru",
    "PEMILIHBARU": "baru",
    "TMS": "tms",
    "TIDAKMEMENUHISYARAT": "tms",
    "UBAH": "ubah",
    "U": "ubah",
    "UBAHDATA": "ubah",
    "PERBAIKAN": "ubah",
    "PERBAIKANDATA": "ubah",
    "MUTASI": "mutasi",
    "MUTASIINTERNAL": "mutasi",
    "PINDAHDALAMKOTA": "mutasi",
}
_SEBUTAN_KATEGORI = {
    "MENINGGALDUNIA": "meninggal",
    "SUDAHMENINGGAL": "meninggal",
    "WAFAT": "meninggal",
    "DATAGANDA": "ganda",
    "PEMILIHGANDA": "ganda",
    "BELUMTERDAFTAR": "tercecer",
    "TIDAKTERDAFTAR": "tercecer",
    "BELUM17TAHUN": "di_bawah_umur",
    "BELUMCUKUPUMUR": "di_bawah_umur",
    "DIBAWAHUMUR": "di_bawah_umur",
    "PINDAH": "pindah_domisili",
    "PINDAHDOMISILI": "pindah_domisili",
    "PINDAHKELUAR": "pindah_domisili",
    "PINDAHALAMAT": "pindah_domisili",
    "ANGGOTATNI": "tni",
    "TNI": "tni",
    "ANGGOTAPOLRI": "polri",
    "POLRI": "polri",
    "PENSIUNTNI": "purna_tni_polri",
    "PENSIUNPOLRI": "purna_tni_polri",
    "PENSIUNANTNI": "purna_tni_polri",
    "PENSIUNANPOLRI": "purna_tni_polri",
    "WARGANEGARAASING": "wna",
    "SALAHTPS": "salah_tps",
    "SALAHPENEMPATANTPS": "salah_tps",
}
"""What agencies call a category, besides its own name."""
_BAWAAN_KATEGORI = {"ubah": "elemen_data", "mutasi": "pindah_dalam_kota"}
_SUMBER = {"lapas_rutan": "lapas", "rutan": "lapas", "data_turunan": "kemendagri"}
KOLOM_BAWAAN = ("jenis", "kategori", "jenis_dokumen", "nomor_dokumen", "tanggal_dokumen", "penerbit", "sumber")
"""What may be stated once for all rows of a batch whose files have no such column."""

_BUAT = """
    CREATE UNLOGGED TABLE {usul} (
        nomor int PRIMARY KEY, jenis text, kategori text, versi bigint, pemilih bigint, lewat text,
        tujuan varchar(13), tujuan_tps bigint, bertahan bigint, sumber text, beda text[] DEFAULT '{{}}',
        tetap boolean DEFAULT false)
"""
_ARTI = """a.jenis = coalesce(s.jenis, '') AND a.kategori = coalesce(s.kategori, '')
      AND a.keterangan = coalesce(s.keterangan, '') AND a.status = coalesce(s.status, '')"""
_ISI = """
    INSERT INTO {usul} (nomor, jenis, kategori, tujuan, tujuan_tps, sumber)
    SELECT s.nomor, a.j, a.k, CASE WHEN a.j = 'baru' THEN s.kelurahan ELSE t.tujuan END,
           CASE WHEN a.j = 'baru' THEN s.tps ELSE t.tps END, lower(replace(s.sumber, ' ', '_'))
    FROM {siap} s JOIN arti a ON {arti}
    JOIN tujuan t ON t.kt = coalesce(s.kelurahan_tujuan, '') AND t.tt = coalesce(s.tps_tujuan, '')
    WHERE NOT s.tolak
"""
_MASALAH = """
    INSERT INTO {tambahan}
    SELECT s.nomor, a.masalah, left(CASE a.masalah
        WHEN {n_jenis_tidak_dikenal} THEN a.jenis WHEN {n_kode_tidak_dikenal} THEN a.keterangan
        ELSE coalesce(nullif(a.kategori, ''), a.keterangan) END, 40)
    FROM {siap} s JOIN arti a ON {arti} WHERE a.masalah IS NOT NULL AND NOT s.tolak
"""


def buat(cursor, batch: ImporBatch, nama: dict) -> None:
    """Make the staging table of proposals with what each row of *batch* says it wants."""
    cursor.execute(_BUAT.format(**nama))
    bawaan = batch.pemetaan.get("bawaan", {})
    for kolom in KOLOM_BAWAAN:
        if isi := bawaan.get(kolom):
            kosong = f"coalesce({kolom}, '') = ''"
            cursor.execute("UPDATE {siap} SET {0} = %s WHERE {1}".format(kolom, kosong, **nama), [isi])
    # A list of elements, old and new values says by its columns that it corrects.
    belum = "coalesce(jenis, '') = '' AND coalesce(kategori, '') = ''"
    cursor.execute(f"UPDATE {nama['siap']} SET jenis = 'UBAH' WHERE elemen IS NOT NULL AND {belum}")
    kenal = Pengenal(batch)
    arti = _beda(cursor, nama["siap"], ("jenis", "kategori", "keterangan", "status"))
    tujuan = _beda(cursor, nama["siap"], ("kelurahan_tujuan", "tps_tujuan"))
    kolom = "jenis text, kategori text, keterangan text, status text, j text, k text, masalah int"
    _isi_sementara(cursor, "arti", kolom, [(*sel, *kenal.arti(*sel)) for sel in arti])
    kolom = "kt text, tt text, tujuan varchar(13), tps bigint"
    _isi_sementara(cursor, "tujuan", kolom, [(*sel, *kenal.tujuan(*sel)) for sel in tujuan])
    for pernyataan in (_ISI, _MASALAH):
        cursor.execute(pernyataan.format(arti=_ARTI, **nama))
    semua = {n: n for n in Bukti.Sumber.values} | _SUMBER
    sumber = " ".join(f"WHEN {petik(k)} THEN {petik(v)}" for k, v in semua.items())
    pengirim = next((n for n in Bukti.Sumber.values if n in kunci_judul(batch.pengirim).lower()), "lain")
    cursor.execute(f"UPDATE {nama['usul']} SET sumber = CASE sumber {sumber} ELSE {petik(pengirim)} END")


def _beda(cursor, siap: str, kolom: tuple[str, ...]) -> list[tuple[str, ...]]:
    isi = ", ".join(f"coalesce({k}, '')" for k in kolom)
    cursor.execute(f"SELECT DISTINCT {isi} FROM {siap}")
    return cursor.fetchall()


def _isi_sementara(cursor, tabel: str, kolom: str, baris: list[tuple]) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {tabel}; CREATE TEMP TABLE {tabel} ({kolom}) ON COMMIT DROP")
    with cursor.copy(f"COPY {tabel} FROM STDIN") as salin:
        for satu in baris:
            salin.write_row(satu)


class Pengenal:
    """Reads what a row calls its change; codes by the set that the batch was uploaded with."""

    def __init__(self, batch: ImporBatch) -> None:
        self.wilayah = panggung.baca_wilayah()
        self.kategori = {k.slug: k for k in Kategori.objects.all()}
        self.sebutan = {kata: slug for kata, slug in _SEBUTAN_KATEGORI.items() if slug in self.kategori}
        self.sebutan |= {kunci_judul(k.slug): k.slug for k in self.kategori.values()}
        self.sebutan |= {kunci_judul(k.nama): k.slug for k in self.kategori.values()}
        self.kode = dict(KodeKamus.objects.filter(kamus=batch.kamus).values_list("kode", "kategori_id"))

    def arti(
        self, jenis: str, kategori: str, keterangan: str, status: str
    ) -> tuple[str | None, str | None, int | None]:
        """(kind, category, number of the check that fails) of one wording."""
        slug = self.sebutan.get(kunci_judul(kategori)) if kategori else None
        if kategori and slug is None:
            return None, None, cek.NOMOR["kategori_tidak_dikenal"]
        macam = JENIS.get(kunci_judul(jenis)) if jenis else None
        if jenis and macam is None:
            return None, None, cek.NOMOR["jenis_tidak_dikenal"]
        kode = keterangan.upper()
        if slug is None and kode and not jenis:
            if kode not in self.kode:
                return None, None, cek.NOMOR["kode_tidak_dikenal"]
            slug = self.kode[kode]
            macam = "baru" if slug is None else self.kategori[slug].jenis
        macam = macam or JENIS.get(kunci_judul(status)) or (self.kategori[slug].jenis if slug else None)
        if macam is None:
            return None, None, cek.NOMOR["jenis_tidak_dikenal"]
        slug = slug or _BAWAAN_KATEGORI.get(macam)
        if slug is None or self.kategori[slug].jenis != macam:
            return macam, None, cek.NOMOR["kategori_tidak_dikenal"]
        if not self.kategori[slug].berlaku:
            return macam, None, cek.NOMOR["kategori_tidak_berlaku"]
        return macam, slug, None

    def tujuan(self, kelurahan: str, tps: str) -> tuple[str | None, int | None]:
        """(kelurahan, TPS) of a destination; nothing where it cannot be read or is not stated."""
        kode = panggung.kenali_kelurahan(self.wilayah, kelurahan)[0] if kelurahan else None
        return kode, panggung.kenali_tps(self.wilayah, "", kode, tps)[0] if kode else None
