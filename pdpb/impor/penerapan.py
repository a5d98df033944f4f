"""Applying a base list: voters and their versions are inserted set by set, in one transaction under both locks."""

from datetime import date

from django.db import connection, transaction

from kpupalu.aturan.models import nilai
from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini, sekarang
from pdpb.daftar import hitung_saldo_awal
from pdpb.impor import bangun, cek, panggung, skema, temuan
from pdpb.impor.dampak import dampak
from pdpb.impor.pemeriksaan import (
    BEKERJA,
    Lapor,
    belum_dijelaskan,
    berkas_terbuka,
    diam,
    hitung,
    jumlahkan,
    siapkan,
    sidik_daftar,
    sidik_padanan,
)
from pdpb.impor.penerimaan import pastikan_diperiksa
from pdpb.impor.pratinjau import perlu_diterima
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.models import BerkasImpor, ImporBatch, Periode, RekapSel, Snapshot, TemuanImpor
from pdpb.models.impor import KODE_PASANGAN

S = ImporBatch.Status
MIN_ALASAN = 10


def terapkan(
    batch: ImporBatch, *, oleh, terima_peringatan: bool = False, alasan: str = "", lapor: Lapor = diam
) -> ImporBatch:
    """Bring the checked rows of *batch* into the roll (base lists) or among the proposed changes, all or none.

    The batch is SELESAI afterwards, or DITERAPKAN while rows of a base list wait to be mended or explained. Refuses
    a batch not checked, warnings that nobody accepts, a closed period, a kelurahan that moves by more than the
    dated percentage without a reason, and a base list after the first freeze. Applying the same rows again changes
    nothing.
    """
    with transaction.atomic():
        periode = kunci_periode(batch.periode)
        kunci_daftar()
        batch = ImporBatch.objects.select_for_update().select_related("periode").get(pk=batch.pk)
        berkas = _pastikan_boleh(batch, periode, terima_peringatan, alasan)
        _segarkan(batch, berkas, lapor)
        if "sama_dengan" in batch.ringkasan:
            lapor(50, 100, "Isi berkas sama dengan impor sebelumnya")
        elif batch.jenis in cek.DASAR:
            _terapkan_dasar(batch, berkas, alasan, lapor)
        elif batch.jenis == ImporBatch.Jenis.LINTAS:
            from pdpb.impor.lintas import terapkan_lintas

            terapkan_lintas(batch)
        else:
            from pdpb.impor.perubahan import terapkan_usulan

            terapkan_usulan(batch, berkas, oleh=oleh, lapor=lapor)
        _selesaikan(batch, berkas, oleh, terima_peringatan, alasan)
        if batch.jenis in cek.DASAR:
            start_job("pdpb.cari_ganda_berubah", by=oleh, batch=batch.pk)
    lapor(100, 100, "Selesai diterapkan")
    return batch


def _pastikan_boleh(batch: ImporBatch, periode: Periode, terima_peringatan: bool, alasan: str) -> list[BerkasImpor]:
    if periode.status != Periode.Status.TERBUKA:
        raise Refused(f"{periode.nama} sudah ditutup. Impor tidak dapat diterapkan pada periode ini.")
    if batch.status == S.DIUNGGAH:
        raise Refused("Impor ini belum diperiksa. Periksa dahulu, lalu terapkan.")
    berkas = berkas_terbuka(batch)
    pastikan_diperiksa(berkas)
    jumlah = perlu_diterima(batch, berkas)
    if jumlah and not terima_peringatan:
        raise Refused(f"Ada {jumlah} peringatan yang belum diterima. Baca peringatannya, lalu terima atas nama Anda.")
    if alasan and len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"Alasan terlalu pendek. Tulis paling sedikit {MIN_ALASAN} huruf.")
    return berkas


def _segarkan(batch: ImporBatch, berkas: list[BerkasImpor], lapor: Lapor) -> None:
    """Make sure the staged comparison still holds; stage and check again when the roll moved or staging is gone."""
    daftar = sidik_daftar()
    if "sama_dengan" in batch.ringkasan and batch.ringkasan["sidik_daftar"] == daftar:
        return
    batch.ringkasan.pop("sama_dengan", None)
    with connection.cursor() as cursor:
        cursor.execute(BEKERJA)
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [skema.siap(batch.pk)])
        ada = cursor.fetchone()[0]
        if ada:
            cursor.execute(f"SELECT count(*) FROM {skema.siap(batch.pk)}")
            # Unlogged tables are empty after a crash of the database.
            ada = cursor.fetchone()[0] == sum(b.ringkasan.get("dibaca", -1) for b in berkas)
    dipilih = batch.ringkasan.get("sidik_padanan", [0, ""]) != sidik_padanan(batch)
    if not ada or dipilih or batch.ringkasan.get("sidik_daftar") != daftar:
        siapkan(batch, berkas, lapor)
        if dipilih:
            temuan.tulis(batch, berkas)
        hitung(batch, berkas)


def _terapkan_dasar(batch: ImporBatch, berkas: list[BerkasImpor], alasan: str, lapor: Lapor) -> None:
    baru, berubah = batch.ringkasan["baru"], batch.ringkasan["berubah"]
    if (baru or berubah) and Snapshot.objects.exists():
        raise Refused(
            "Daftar dasar hanya dapat dimuat sebelum pembekuan pertama. Catat perbedaannya sebagai usulan perubahan."
        )
    _pastikan_beralasan(batch, alasan)
    mulai = min(batch.periode.mulai, hari_ini())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS ganti")
        kosong = _daftar_kosong(cursor)
        lapor(10, 100, "Menambah pemilih")
        ubah = bangun.lepas(cursor) if kosong and baru >= bangun.MIN_BARIS else []
        orang = _tambah_baru(cursor, batch, mulai) if baru else 0
        if berubah:
            lapor(50, 100, "Mengganti baris yang berubah")
            _ganti_berubah(cursor, batch, mulai)
        lapor(60, 100, "Membangun indeks")
        bangun.pasang(cursor, ubah)
        lapor(85, 100, "Menghitung rekap")
        _perbarui_rekap(cursor, batch)
        hitung_saldo_awal(batch.periode)
        if baru:
            _buka_temuan_baru(cursor, batch, orang)
        if berubah:
            _buka_temuan_berubah(cursor, batch)
        _catat_ditolak(cursor, batch)
        if kosong:
            cursor.execute("SET LOCAL default_statistics_target = 100")
            cursor.execute("ANALYZE pdpb_pemilih, pdpb_identitas, pdpb_pendaftaran, pdpb_temuan")


def _pastikan_beralasan(batch: ImporBatch, alasan: str) -> None:
    if not RekapSel.objects.filter(jumlah__gt=0).exists():
        return  # Nobody is on the list yet, so no total can move.
    persen = nilai("impor_selisih_persen_wajib_alasan", pada=batch.periode.cut_off_umur)
    besar = [d.nama for d in dampak(batch) if d.wajib_alasan(persen)]
    if besar and not alasan.strip():
        raise Refused(
            f"Jumlah pemilih berubah lebih dari {persen.normalize():f} % di {', '.join(besar[:5])}. Tulis alasannya, "
            "lalu terapkan kembali."
        )


def _daftar_kosong(cursor) -> bool:
    cursor.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM pdpb_pendaftaran) AND NOT EXISTS (SELECT 1 FROM pdpb_pemilih)"
        " AND NOT EXISTS (SELECT 1 FROM pdpb_identitas)"
    )
    return cursor.fetchone()[0]


def _pesan_nomor(cursor, tabel: str, jumlah: int) -> int:
    """Reserve *jumlah* ids of *tabel* and return the number before the first of them."""
    cursor.execute(
        "SELECT setval(u, nextval(u) + %s) - %s FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS u) s",
        [jumlah, jumlah, tabel],
    )
    return cursor.fetchone()[0]


_BARU = "{siap} s WHERE NOT s.tolak AND NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
_VERSI = (
    "nama, tempat_lahir, tanggal_lahir, jenis_kelamin, status_kawin, alamat, rt, rw, disabilitas, status_ktpel, sumber"
)


def _tambah_baru(cursor, batch: ImporBatch, mulai: date) -> int:
    """Insert a person, an identity and an open version for every row without a version of its own.

    The id of the person of a row is the returned number plus the row's ``nomor``.
    """
    dari = _BARU.format(siap=skema.siap(batch.pk), padan=skema.padan(batch.pk))
    cursor.execute(f"SELECT coalesce(max(nomor), 0) FROM {dari}")
    terbesar = cursor.fetchone()[0]
    if not terbesar:
        return 0
    orang, kartu, versi = (
        _pesan_nomor(cursor, t, terbesar) for t in ("pdpb_pemilih", "pdpb_identitas", "pdpb_pendaftaran")
    )
    cursor.execute(
        f"INSERT INTO pdpb_pemilih (id, dpid, batch_id) SELECT {orang} + s.nomor, s.dpid, %s FROM {dari}", [batch.pk]
    )
    cursor.execute(f"INSERT INTO pdpb_identitas (id, nik, nkk) SELECT {kartu} + s.nomor, s.nik, s.nkk FROM {dari}")
    cursor.execute(
        f"INSERT INTO pdpb_pendaftaran (id, pemilih_id, identitas_id, kelurahan_id, tps_id, {_VERSI}, "
        f"mulai, batch_id)"
        f" SELECT {versi} + s.nomor, {orang} + s.nomor, {kartu} + s.nomor, s.kelurahan, s.tps, {_VERSI}, %s, %s"
        f" FROM {dari}",
        [mulai, batch.pk],
    )
    return orang


_BERUBAH = "{padan} p JOIN {siap} s USING (nomor) WHERE p.aktif AND NOT p.usulan AND p.beda <> '{{}}'"


def _ganti_berubah(cursor, batch: ImporBatch, mulai: date) -> None:
    """Close the version of every changed row and open the next; what the file does not state stays as it was."""
    dari = _BERUBAH.format(siap=skema.siap(batch.pk), padan=skema.padan(batch.pk))
    cursor.execute(
        "CREATE TEMP TABLE ganti ON COMMIT DROP AS SELECT p.versi, s.nomor, v.pemilih_id,"
        " nextval(pg_get_serial_sequence('pdpb_pendaftaran', 'id')) AS baru,"
        " CASE WHEN p.beda && '{nik,nkk}' THEN nextval(pg_get_serial_sequence('pdpb_identitas', 'id'))"
        f" END AS kartu FROM {dari.replace(' WHERE', ' JOIN pdpb_pendaftaran v ON v.id = p.versi WHERE')}"
    )
    cursor.execute("ANALYZE ganti")
    cursor.execute(
        "UPDATE pdpb_pendaftaran v SET akhir = greatest(%s, v.mulai), ditutup_batch_id = %s FROM ganti g"
        " WHERE v.id = g.versi",
        [mulai, batch.pk],
    )
    siap, padan = skema.siap(batch.pk), skema.padan(batch.pk)
    cursor.execute(
        "INSERT INTO pdpb_identitas (id, nik, nkk)"
        " SELECT g.kartu, CASE WHEN 'nik' = ANY(p.beda) THEN s.nik ELSE i.nik END,"
        " CASE WHEN 'nkk' = ANY(p.beda) THEN s.nkk ELSE i.nkk END"
        f" FROM ganti g JOIN {siap} s USING (nomor) JOIN {padan} p USING (nomor)"
        " JOIN pdpb_pendaftaran v ON v.id = g.versi JOIN pdpb_identitas i ON i.id = v.identitas_id"
        " WHERE g.kartu IS NOT NULL"
    )
    elemen = ", ".join(
        f"CASE WHEN '{e.strip()}' = ANY(p.beda) THEN s.{e.strip()} ELSE v.{e.strip()} END" for e in _VERSI.split(",")
    )
    cursor.execute(
        f"INSERT INTO pdpb_pendaftaran (id, pemilih_id, identitas_id, kelurahan_id, tps_id, {_VERSI}, "
        f"mulai, batch_id)"
        " SELECT g.baru, v.pemilih_id, coalesce(g.kartu, v.identitas_id), s.kelurahan,"
        f" CASE WHEN p.beda && '{{tps,kelurahan}}' THEN s.tps ELSE v.tps_id END, {elemen}, v.akhir, %s"
        f" FROM ganti g JOIN {siap} s USING (nomor) JOIN {padan} p USING (nomor)"
        " JOIN pdpb_pendaftaran v ON v.id = g.versi",
        [batch.pk],
    )


def _perbarui_rekap(cursor, batch: ImporBatch) -> None:
    """Move the summary by what this application opened and closed."""
    siap = skema.siap(batch.pk)
    dari = _BARU.format(siap=siap, padan=skema.padan(batch.pk))
    cursor.execute("SELECT to_regclass('pg_temp.ganti') IS NOT NULL")
    ganti = ""
    if cursor.fetchone()[0]:
        ganti = (
            " UNION ALL SELECT v.kelurahan_id, v.tps_id, v.jenis_kelamin, -1 FROM ganti g"
            " JOIN pdpb_pendaftaran v ON v.id = g.versi"
            " UNION ALL SELECT v.kelurahan_id, v.tps_id, v.jenis_kelamin, 1 FROM ganti g"
            " JOIN pdpb_pendaftaran v ON v.id = g.baru"
        )
    cursor.execute(
        "CREATE TEMP TABLE delta ON COMMIT DROP AS SELECT kelurahan, tps, jk, sum(n) AS n FROM ("
        f"SELECT s.kelurahan, s.tps, s.jenis_kelamin, count(*) FROM {dari} GROUP BY 1, 2, 3{ganti}"
        ") d(kelurahan, tps, jk, n) GROUP BY 1, 2, 3 HAVING sum(n) <> 0"
    )
    terapkan_delta(cursor)


def terapkan_delta(cursor) -> None:
    """Add the temporary table ``delta (kelurahan, tps, jk, n)`` to ``RekapSel``."""
    # The row to insert is checked before the conflict is seen, so cells are made first and counted after.
    cursor.execute(
        "INSERT INTO pdpb_rekapsel (kelurahan_id, tps_id, jenis_kelamin, jumlah)"
        " SELECT kelurahan, tps, jk, 0 FROM delta ON CONFLICT DO NOTHING"
    )
    cursor.execute(
        "UPDATE pdpb_rekapsel r SET jumlah = r.jumlah + d.n FROM delta d WHERE r.kelurahan_id = d.kelurahan"
        " AND r.tps_id IS NOT DISTINCT FROM d.tps AND r.jenis_kelamin = d.jk"
    )
    cursor.execute("DROP TABLE delta")


_TEMUAN = "INSERT INTO pdpb_temuan (pemilih_id, kode, tingkat, pesan, status, batch_id, keputusan) SELECT"


def _buka_temuan_baru(cursor, batch: ImporBatch, orang: int) -> None:
    """Open a finding on the voter for every fault and warning of a new row; *orang* as ``_tambah_baru`` returned it.

    What a row has in common with another is no finding here: the two become a pair when they are compared.
    """
    siap, padan = skema.siap(batch.pk), skema.padan(batch.pk)
    cursor.execute(
        f"{_TEMUAN} {int(orang)} + s.nomor, t.kode, t.tingkat, t.pesan, 'terbuka', t.batch_id, ''"
        f" FROM pdpb_temuanimpor t JOIN {siap} s ON s.berkas = t.berkas_urut AND s.baris = t.baris"
        " WHERE t.batch_id = %s AND t.tingkat <> 'Info' AND t.kode <> ALL(%s) AND NOT s.tolak"
        f" AND NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)",
        [batch.pk, list(KODE_PASANGAN)],
    )


def _buka_temuan_berubah(cursor, batch: ImporBatch) -> None:
    """The same for rows that replaced a version; a question already open on the voter is not asked twice."""
    cursor.execute(
        f"{_TEMUAN} g.pemilih_id, t.kode, t.tingkat, t.pesan, 'terbuka', t.batch_id, ''"
        f" FROM ganti g JOIN {skema.siap(batch.pk)} s USING (nomor)"
        " JOIN pdpb_temuanimpor t ON t.berkas_urut = s.berkas AND t.baris = s.baris"
        " WHERE t.batch_id = %s AND t.tingkat <> 'Info' AND t.kode <> ALL(%s) AND NOT EXISTS (SELECT 1"
        "  FROM pdpb_temuan x WHERE x.pemilih_id = g.pemilih_id AND x.kode = t.kode AND x.status = 'terbuka')",
        [batch.pk, list(KODE_PASANGAN)],
    )


def _catat_ditolak(cursor, batch: ImporBatch) -> None:
    """Remember each row left out, and tick off those that a row of a supplement has replaced.

    A supplement row that fails again is no second loss: the row it was to replace goes on waiting.
    """
    siap = skema.siap(batch.pk)
    sama = "(s.rujukan = d.berkas_urut || ':' || d.baris OR (d.dpid <> '' AND s.dpid = d.dpid))"
    for saringan in ("s.rujukan IS NULL", "s.rujukan IS NOT NULL"):
        cursor.execute(
            "INSERT INTO pdpb_barisditolak (batch_id, berkas_urut, baris, dpid, kelurahan_id)"
            f" SELECT %s, berkas, baris, dpid, kelurahan FROM {siap} s WHERE tolak AND {saringan} AND NOT EXISTS ("
            f" SELECT 1 FROM pdpb_barisditolak d WHERE d.batch_id = %s AND d.berkas_urut <> s.berkas AND {sama})"
            " ON CONFLICT DO NOTHING",
            [batch.pk, batch.pk],
        )
    cursor.execute(
        f"UPDATE pdpb_barisditolak d SET diganti_urut = s.berkas, diganti_baris = s.baris FROM {siap} s"
        " WHERE d.batch_id = %s AND d.diganti_baris IS NULL AND NOT s.tolak AND s.berkas > d.berkas_urut"
        f" AND {sama}",
        [batch.pk],
    )


def _selesaikan(batch: ImporBatch, berkas: list[BerkasImpor], oleh, terima_peringatan: bool, alasan: str) -> None:
    for satu in berkas:
        satu.ringkasan["diterapkan"] = True
    BerkasImpor.objects.bulk_update(berkas, ["ringkasan"])
    batch.ringkasan |= jumlahkan(batch) | {"alasan": alasan.strip()}
    batch.ringkasan.pop("sidik_daftar", None)
    batch.ringkasan["sidik_sesudah"] = sidik_daftar()
    menunggu = batch.jenis in cek.DASAR and belum_dijelaskan(batch)
    batch.status = S.DITERAPKAN if menunggu else S.SELESAI
    batch.diterapkan_oleh, batch.diterapkan_pada = oleh, sekarang()
    if terima_peringatan and TemuanImpor.objects.filter(batch=batch, tingkat="Peringatan").exists():
        batch.peringatan_diterima_oleh = oleh
    batch.save()
    panggung.hapus(batch)
    catat(
        "pdpb.terapkan_impor",
        batch,
        oleh=oleh,
        asal="impor",
        alasan=alasan,
        jumlah=batch.ringkasan["baru"] + batch.ringkasan["berubah"],
        kalimat=(
            f"Menerapkan impor: {ribuan(batch.ringkasan['baru'])} baru, {ribuan(batch.ringkasan['berubah'])} berubah, "
            f"{ribuan(batch.ringkasan['ditolak'])} tidak dimuat"
        ),
    )
