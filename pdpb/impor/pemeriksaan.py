"""Checking a batch: every problem of every row at once, before anything reaches the roll."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Max

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from pdpb.impor import kelompok, lintas, normal, panggung, sama, skema, temuan, usul
from pdpb.impor.penerimaan import pastikan_lengkap
from pdpb.models import BarisDitolak, BerkasImpor, ImporBatch, KodeKamus

Lapor = Callable[[int, int, str], None]
S = ImporBatch.Status
_LANGKAH = 100


def diam(selesai: int, total: int, langkah: str) -> None:
    """Report to nobody."""


@lru_cache(maxsize=1)
def wilayah_nik() -> frozenset[str]:
    """The four-digit codes of all provinsi and kabupaten/kota (data/nik_wilayah.csv)."""
    baris = (Path(__file__).parents[1] / "data" / "nik_wilayah.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(satu.split(",", 1)[0] for satu in baris[1:])


def acuan(batch: ImporBatch) -> normal.Acuan:
    """What the checks of *batch* compare with: the values in force on the cut-off day of its period."""
    hari = batch.periode.cut_off_umur
    kode = KodeKamus.objects.filter(kamus=batch.kamus).values_list("kode", "kategori__jenis")
    if not kode:
        raise Refused(f"Kamus kode tahun {batch.kamus} belum diisi. Pilih tahun lain atau minta admin mengisinya.")
    return normal.Acuan(
        hari_ini=hari_ini(),
        cut_off=hari,
        usia_minimum=nilai_bulat("usia_pemilih_minimum", pada=hari),
        usia_kawin=nilai_bulat("usia_wajar_kawin_minimum", pada=hari),
        usia_coktas=nilai_bulat("usia_coktas", pada=hari),
        usia_maksimum=nilai_bulat("usia_maksimum", pada=hari),
        kode_tms=frozenset(k for k, jenis in kode if jenis == "tms"),
        kode_dikenal=frozenset(k for k, _ in kode),
        wilayah_nik=wilayah_nik(),
    )


def periksa(batch: ImporBatch, *, lapor: Lapor = diam, oleh=None) -> ImporBatch:
    """Stage and check the files of *batch* that are not applied yet; its findings and counts are stored after.

    May be called again; the later result replaces the earlier. Refuses a batch that was applied in full or undone,
    and files that lack a needed column. The roll is not touched.
    """
    pastikan_lengkap(batch)
    with transaction.atomic():
        batch = ImporBatch.objects.select_for_update().get(pk=batch.pk)
        berkas = berkas_terbuka(batch)
        daftar = sidik_daftar()
        batch.ringkasan["sidik_padanan"] = sidik_padanan(batch)
        batch.ringkasan |= {"sidik_isi": sama.sidik_isi(batch, berkas, acuan(batch)), "sidik_daftar": daftar}
        batch.ringkasan.pop("sama_dengan", None)
        if asal := sama.pendahulu(batch, batch.ringkasan["sidik_isi"], daftar):
            sama.salin(batch, berkas, asal)
            temuan.pernah_diunggah(batch, berkas)
            hitung_temuan(batch, berkas)
        else:
            siapkan(batch, berkas, lapor)
            lapor(85, _LANGKAH, "Menulis temuan")
            temuan.tulis(batch, berkas)
            hitung(batch, berkas)
        if batch.status == S.DIUNGGAH:
            batch.status = S.DIPERIKSA
        batch.save(update_fields=["ringkasan", "status"])
        catat("pdpb.periksa_impor", batch, oleh=oleh, asal="impor", kalimat="Memeriksa impor")
    lapor(_LANGKAH, _LANGKAH, "Selesai diperiksa")
    return batch


def berkas_terbuka(batch: ImporBatch) -> list[BerkasImpor]:
    """The files of *batch* still to be applied, supplements included; refuses when there is none."""
    berkas = list(batch.berkas.select_related("berkas_masuk", "batch"))
    sisa = [b for b in berkas if not b.ringkasan.get("diterapkan")]
    if batch.status == S.DIBATALKAN or not sisa:
        raise Refused("Impor ini sudah diterapkan atau dibatalkan. Unggah berkas baru sebagai impor baru.")
    return sisa


BEKERJA = (
    # Staging tables are new, so the planner knows little: sorting wide rows for a join is never the better way here,
    # and compiling expressions costs more than it saves.
    "SET LOCAL jit = off; SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '256MB';"
    " SET LOCAL default_statistics_target = 10; SET LOCAL enable_mergejoin = off; SET LOCAL "
    "parallel_setup_cost = 100; SET LOCAL parallel_tuple_cost = 0.01"
)


def siapkan(batch: ImporBatch, berkas: list[BerkasImpor], lapor: Lapor) -> None:
    """Fill the staging tables of *batch* from *berkas* and run every check. Must run in a transaction."""
    dasar = acuan(batch)
    with connection.cursor() as cursor:
        cursor.execute(BEKERJA)
    isi = panggung.muat(batch, berkas, lambda n, total, teks: lapor(n * 30 // max(total, 1), _LANGKAH, teks))
    lapor(30, _LANGKAH, "Mengenali wilayah")
    panggung.siapkan_tempat(batch, isi)
    lapor(35, _LANGKAH, "Memeriksa setiap baris")
    panggung.normalkan(batch, isi, berkas, dasar)
    lapor(60, _LANGKAH, "Membandingkan antarbaris")
    kelompok.periksa_kelompok(batch, nkk_wajar=nilai_bulat("nkk_jumlah_wajar", pada=batch.periode.cut_off_umur))
    lapor(70, _LANGKAH, "Membandingkan dengan daftar pemilih")
    if batch.jenis == ImporBatch.Jenis.PERUBAHAN:
        usul.siapkan_usul(batch, {b.urut: b.ringkasan["pemetaan"] for b in berkas})
    elif batch.jenis == ImporBatch.Jenis.LINTAS:
        lintas.padankan_lintas(batch)
    else:
        kelompok.padankan(batch, {b.urut: b.ringkasan["pemetaan"] for b in berkas})
        kelompok.periksa_terhadap_daftar(batch)


def sidik_padanan(batch: ImporBatch) -> list:
    """A print of what officers said about rows of *batch*; an equal print means the staged rows still follow it."""
    angka = batch.padanan.aggregate(n=Count("diputus_oleh"), pada=Max("diputus_pada"))
    return [angka["n"], angka["pada"].isoformat() if angka["pada"] else ""]


def sidik_daftar() -> list[int]:
    """A print of the open versions; equal prints mean the comparison with the roll still holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(hashint8(id)), 0)::text, coalesce(max(id), 0) FROM pdpb_pendaftaran"
            " WHERE akhir IS NULL"
        )
        return list(cursor.fetchone())


_HITUNG = """
    SELECT s.berkas, count(*),
        count(*) FILTER (WHERE NOT s.tolak AND p.nomor IS NULL),
        count(*) FILTER (WHERE p.aktif AND NOT p.usulan AND p.beda <> '{{}}'),
        count(*) FILTER (WHERE p.nomor IS NOT NULL AND NOT (p.aktif AND NOT p.usulan AND p.beda <> '{{}}')),
        count(*) FILTER (WHERE s.tolak)
    FROM {siap} s LEFT JOIN {padan} p USING (nomor) GROUP BY s.berkas
"""


def hitung(batch: ImporBatch, berkas: list[BerkasImpor]) -> None:
    """Store per file and for the batch how many rows are new, changed, unchanged, left out, and found how grave."""
    with connection.cursor() as cursor:
        cursor.execute(_HITUNG.format(siap=skema.siap(batch.pk), padan=skema.padan(batch.pk)))
        angka = {urut: sisa for urut, *sisa in cursor.fetchall()}
    for satu in berkas:
        satu.ringkasan |= dict(
            zip(("dibaca", "baru", "berubah", "tetap", "ditolak"), angka.get(satu.urut, [0] * 5), strict=True)
        )
    hitung_temuan(batch, berkas)


def hitung_temuan(batch: ImporBatch, berkas: list[BerkasImpor]) -> None:
    """Store how many findings of each severity each of *berkas* has, and the sums of the batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT berkas_urut, lower(tingkat), count(*) FROM pdpb_temuanimpor WHERE batch_id = %s GROUP BY 1, 2",
            [batch.pk],
        )
        tingkat = {(urut, nama): n for urut, nama, n in cursor.fetchall()}
    for satu in berkas:
        satu.ringkasan |= {t: tingkat.get((satu.urut, t), 0) for t in ("galat", "peringatan", "info")}
    BerkasImpor.objects.bulk_update(berkas, ["ringkasan"])
    batch.ringkasan |= jumlahkan(batch)


ANGKA = ("dibaca", "baru", "berubah", "tetap", "ditolak", "galat", "peringatan", "info")


def jumlahkan(batch: ImporBatch) -> dict[str, int]:
    """The counts of all files of *batch* together."""
    semua = [b.ringkasan for b in batch.berkas.all()]
    return {nama: sum(r.get(nama, 0) for r in semua) for nama in ANGKA}


def belum_dijelaskan(batch: ImporBatch) -> int:
    """How many rows left out of *batch* are neither mended by a supplement nor explained."""
    sisa = BarisDitolak.objects.filter(batch=batch, diganti_baris__isnull=True).count()
    return max(sisa - sum(batch.koreksisaldoawal_set.values_list("jumlah", flat=True)), 0)


def baris_ditolak(batch: ImporBatch) -> list[tuple[int, int]]:
    """(file, row) of every staged row of *batch* that would not be applied; none once staging is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [skema.siap(batch.pk)])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(f"SELECT berkas, baris FROM {skema.siap(batch.pk)} WHERE tolak ORDER BY 1, 2")
        return cursor.fetchall()
