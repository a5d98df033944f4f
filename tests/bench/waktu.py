"""Ten years of quarters on the roll of the benchmark, and how long the time machine takes to look into them."""

from datetime import date, timedelta

from django.db import connection

from tests.bench.jam import detik

TRIWULAN = 40
PERUBAHAN_SATU_TRIWULAN = 1_900
AWAL = date(2016, 1, 1)
# Whole sets of rows, so that ten years are made in seconds: every quarter another slice of the people is corrected,
# moved to the TPS of another, or leaves; who left makes room for who comes.
_MUNDUR = "UPDATE pdpb_pendaftaran SET mulai = %(hari)s"
_PERUBAHAN = """
CREATE TEMP TABLE acara AS
WITH sasaran AS (
    SELECT v.*, row_number() OVER (ORDER BY md5(v.id::text || %(hari)s)) AS urut FROM pdpb_pendaftaran v
    WHERE v.akhir IS NULL AND v.mulai < %(hari)s ORDER BY md5(v.id::text || %(hari)s) LIMIT %(banyak)s
), tercatat AS (
    INSERT INTO pdpb_perubahan (periode_id, jenis, kategori_id, pemilih_id, elemen_baru, kelurahan_id, status,
        pengusul_id, catatan, diusulkan_pada, disetujui_pada, versi_lama_id)
    SELECT %(periode)s, j.jenis, j.kategori, s.pemilih_id, '{}', s.kelurahan_id, 'ditetapkan', %(oleh)s, '',
        %(hari)s, %(hari)s, s.id
    FROM sasaran s JOIN (VALUES (0, 'ubah', 'elemen_data'), (1, 'mutasi', 'pindah_dalam_kota'),
        (2, 'tms', 'meninggal')) AS j(sisa, jenis, kategori) ON j.sisa = s.urut %% 3
    ON CONFLICT DO NOTHING RETURNING id, jenis, versi_lama_id
) SELECT * FROM tercatat
"""
_TUTUP = "UPDATE pdpb_pendaftaran v SET akhir = %(hari)s, ditutup_id = a.id FROM acara a WHERE v.id = a.versi_lama_id"
_BUKA = """
INSERT INTO pdpb_pendaftaran (pemilih_id, identitas_id, kelurahan_id, tps_id, nama, tempat_lahir, tanggal_lahir,
    jenis_kelamin, status_kawin, alamat, rt, rw, disabilitas, status_ktpel, sumber, mulai, dibuka_id)
SELECT v.pemilih_id, v.identitas_id, coalesce(t.kelurahan_id, v.kelurahan_id), coalesce(t.id, v.tps_id), v.nama,
    v.tempat_lahir, v.tanggal_lahir, v.jenis_kelamin, v.status_kawin, v.alamat, v.rt, v.rw, v.disabilitas,
    v.status_ktpel, v.sumber, %(hari)s, a.id
FROM acara a JOIN pdpb_pendaftaran v ON v.id = a.versi_lama_id
LEFT JOIN wilayah_tps t ON a.jenis = 'mutasi' AND t.id = (SELECT min(id) + v.id %% count(*) FROM wilayah_tps)
WHERE a.jenis <> 'tms'
"""


def tumbuhkan() -> int:
    """Make ten years of quarters under the present roll; how many versions there are now."""
    from kpupalu.accounts.models import User
    from pdpb.daftar import hitung_ulang_sel
    from pdpb.models import Periode

    oleh = User.objects.first().pk
    with connection.cursor() as cursor:
        # The versions lie in the past now; nothing else of them changes.
        cursor.execute(_MUNDUR, {"hari": AWAL})
        for n in range(TRIWULAN):
            hari = AWAL + timedelta(days=91 * (n + 1))
            periode, _ = Periode.objects.get_or_create(
                kode=f"bench-{n}",
                defaults={
                    "jenis": "bulanan", "tahun": 2000 + n // 12, "urutan": n % 12 + 1, "mulai": hari, "akhir": hari,
                },
            )  # fmt: skip
            isi = {"hari": hari, "banyak": PERUBAHAN_SATU_TRIWULAN, "periode": periode.pk, "oleh": oleh}
            for perintah in ("DROP TABLE IF EXISTS acara", _PERUBAHAN, _TUTUP, _BUKA):
                cursor.execute(perintah, isi)
        hitung_ulang_sel()
        cursor.execute("ANALYZE pdpb_pendaftaran, pdpb_perubahan")
        cursor.execute("SELECT count(*) FROM pdpb_pendaftaran")
        return cursor.fetchone()[0]


def mesin_waktu() -> dict:
    """Milliseconds for the largest kelurahan and for the city: counts, line, difference of a year and of ten, names."""
    from kpupalu.accounts.models import User
    from pdpb import mesin_waktu as mw

    versi = tumbuhkan()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kelurahan_id FROM pdpb_rekapsel GROUP BY 1 ORDER BY sum(jumlah) DESC LIMIT 1")
        terbesar = mw.Area(cursor.fetchone()[0])
    pada, akhir = AWAL + timedelta(days=1800), AWAL + timedelta(days=91 * TRIWULAN + 1)
    setahun = akhir - timedelta(days=365)
    pembaca = next(u for u in User.objects.all() if u.has_perm("pdpb.lihat_pemilih"))

    def ms(kerja) -> float:
        kerja()
        return detik(kerja, 9) * 1000

    hasil = {"waktu_versi": versi}
    for nama, area in (("kelurahan", terbesar), ("kota", mw.Area())):
        awal = mw.keadaan(area, setahun).jumlah
        if not mw.selisih(area, setahun, akhir).cocok(awal, mw.keadaan(area, akhir).jumlah):
            raise SystemExit(f"selisih {area} tidak sama dengan beda jumlahnya")
        hasil |= {
            f"waktu_{nama}": ms(lambda area=area: mw.keadaan(area, pada)),
            f"waktu_garis_{nama}": ms(lambda area=area: mw.garis_waktu(area)),
            f"waktu_selisih_{nama}": ms(lambda area=area: mw.selisih(area, setahun, akhir)),
            f"waktu_selisih_panjang_{nama}": ms(lambda area=area: mw.selisih(area, AWAL, akhir)),
        }
    hasil["waktu_nama"] = ms(lambda: list(mw.baris_pada(terbesar, pada, user=pembaca).order_by("nama", "id")[:51]))
    return hasil
