"""The identities a recap must satisfy, each with the cell, the difference and the likely cause."""

from collections.abc import Iterator

from django.db import connection

from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.models import Periode, Snapshot
from pdpb.models.ganda import PUTUSAN_TERCATAT
from pdpb.rekap import KOLOM, Rekap, Sel, rekap_beku
from pdpb.selisih.identitas import susun
from pdpb.selisih.kewajaran import kembar, menyimpang, tertukar
from pdpb.selisih.sebab import cari_sebab
from pdpb.selisih.skema import JK, Dokumen, Wilayah
from pdpb.selisih.skema import Sel as SelDokumen
from pdpb.selisih.temuan import Periksa, catatan, gagal

__all__ = ["Periksa", "catatan", "gagal", "periksa"]


def sebagai_dokumen(rekap: Rekap) -> Dokumen:
    """The same figures as the selisih doctor reads them, from the city down to kelurahan."""
    dok = Dokumen(kode_wilayah="72.71", wilayah=[Wilayah(0, "", "72.71", "kota", None)])
    nama = dict(Kelurahan.objects.values_list("kode", "nama")) | dict(Kecamatan.objects.values_list("kode", "nama"))
    nomor = {"": 0}
    for tingkat, milik in (("kota", {"": rekap.kota}), ("kecamatan", rekap.kecamatan), ("kelurahan", rekap.kelurahan)):
        for kode, sel in milik.items():
            if kode:
                induk = nomor[kode[:8]] if tingkat == "kelurahan" else 0
                nomor[kode] = len(dok.wilayah)
                dok.wilayah[induk].anak.append(nomor[kode])
                dok.wilayah.append(Wilayah(nomor[kode], nama.get(kode, kode), kode, tingkat, induk))
            for kolom in KOLOM:
                for jk, angka in zip(JK, (sel.L, sel.P, sel.total), strict=True):
                    dok.angka[SelDokumen(nomor[kode], kolom, jk)] = getattr(angka, kolom)
    return dok


def sebab_r1(rekap: Rekap) -> dict[tuple[str, str], str]:
    """``(code of the area, sex)`` → likely cause, for every R1 that fails and whose cause is convincing."""
    dok = sebagai_dokumen(rekap)
    identitas = susun(dok)
    return {
        (dok.wilayah[satu.wilayah].kode if satu.wilayah else "", satu.kanan[0][1].jk): sebab.kalimat
        for i, sebab in cari_sebab(dok, identitas).items()
        if (satu := identitas[i]).kode == "R1"
    }


def _per_wilayah(rekap: Rekap) -> Iterator[tuple[str, str, Sel]]:
    nama = dict(Kelurahan.objects.values_list("kode", "nama")) | dict(Kecamatan.objects.values_list("kode", "nama"))
    yield "", "Kota Palu", rekap.kota
    for kode, sel in rekap.kecamatan.items():
        yield kode, f"Kec. {nama.get(kode, kode)}", sel
    for kode, sel in rekap.kelurahan.items():
        yield kode, f"Kel. {nama.get(kode, kode)}", sel


def _r1(rekap: Rekap) -> Iterator[Periksa]:
    semua = list(_per_wilayah(rekap))
    putus = any(a.dihitung != a.sekarang for _, _, sel in semua for a in (sel.L, sel.P))
    sebab = sebab_r1(rekap) if putus else {}
    for kode, wilayah, sel in semua:
        for jk, label, angka in zip(JK, ("laki-laki", "perempuan", "L+P"), (sel.L, sel.P, sel.total), strict=True):
            cocok = angka.dihitung == angka.sekarang
            yield Periksa(
                "R1",
                f"{wilayah}, {label}",
                "sebelumnya + baru − TMS + masuk − keluar + koreksi = sekarang",
                angka.dihitung,
                angka.sekarang,
                cocok,
                None if cocok else sebab.get((kode, jk)),
            )


def _rincian(rekap: Rekap) -> Iterator[Periksa]:
    for jenis, kolom in (("baru", "baru"), ("tms", "tms"), ("ubah", "ubah"), ("mutasi", "keluar")):
        for kode, sel in rekap.kelurahan.items():
            for jk in ("L", "P"):
                dari_rincian = sum(rekap.jumlah_rincian(j, k, kode, jk) for j, k in rekap.rincian if j == jenis)
                angka = getattr(getattr(sel, jk), kolom)
                if dari_rincian or angka:
                    yield Periksa(
                        "R4",
                        f"{kode} {jk}",
                        f"jumlah rincian {jenis} = {jenis}",
                        dari_rincian,
                        angka,
                        dari_rincian == angka,
                    )


def _r5(rekap: Rekap) -> Iterator[Periksa]:
    sebelum = rekap.periode.sebelumnya
    beku = sebelum and Snapshot.objects.filter(periode=sebelum, digantikan=False).first()
    if not beku:
        return
    lama = rekap_beku(beku).kelurahan
    for kode, sel in rekap.kelurahan.items():
        for jk in ("L", "P"):
            dulu = getattr(lama.get(kode, Sel()), jk).sekarang
            kini = getattr(sel, jk).sebelumnya
            yield Periksa("R5", f"{kode} {jk}", "sebelumnya = hasil periode lalu", dulu, kini, dulu == kini)


def _r9(rekap: Rekap) -> Iterator[Periksa]:
    kota = rekap.kota.total
    yield Periksa("R9", "Kota Palu", "mutasi masuk = mutasi keluar", kota.masuk, kota.keluar, kota.masuk == kota.keluar)
    yield Periksa("R2", "Kota Palu", "koreksi jenis kelamin saling meniadakan", kota.koreksi, 0, kota.koreksi == 0)


def _r14(rekap: Rekap) -> Iterator[Periksa]:
    kelurahan = Kelurahan.objects.pada(rekap.periode.akhir)
    for berlaku, ada, kata in (
        (Kecamatan.objects.all(), rekap.kecamatan, "kecamatan"),
        (kelurahan, rekap.kelurahan, "kelurahan"),
    ):
        kode = set(berlaku.values_list("kode", flat=True))
        semua = len(kode)
        terisi = sum(1 for k, sel in ada.items() if k in kode and (sel.total.sekarang or sel.total.sebelumnya))
        yield Periksa("R14", "", f"semua {kata} tercantum", terisi, semua, True if terisi == semua else None)


def _r8(rekap: Rekap) -> Iterator[Periksa]:
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    bagian = rekap.menurut(lambda kelurahan, tps: jenis.get(tps or 0, TPS.Jenis.REGULER))
    jumlah = sum(sel.total.sekarang for sel in bagian.values())
    total = rekap.kota.total.sekarang
    yield Periksa("R8", "Kota Palu", "reguler + lokasi khusus = jumlah", jumlah, total, jumlah == total)


def _r15(rekap: Rekap) -> Iterator[Periksa]:
    """Age groups and kinds of disability, which only a frozen version counts."""
    if not rekap.snapshot:
        return
    total = rekap.kota.total.sekarang
    usia = sum(jumlah for *_, jumlah in rekap.snapshot.rincian["usia"])
    yield Periksa("R15", "Kota Palu", "jumlah kelompok usia = jumlah pemilih", usia, total, usia == total)
    disabilitas = sum(jumlah for *_, jumlah in rekap.snapshot.rincian["disabilitas"])
    wajar = disabilitas <= total
    yield Periksa(
        "R15", "Kota Palu", "jumlah disabilitas ≤ jumlah pemilih", disabilitas, total, True if wajar else None
    )


def _r16(rekap: Rekap) -> Iterator[Periksa]:
    """Remarks on what is possible but odd: a change far outside the others, L and P exchanged, two equal rows."""
    nama = dict(Kelurahan.objects.values_list("kode", "nama"))
    kelurahan = rekap.kelurahan
    laju = {
        kode: (sel.total.sekarang - sel.total.sebelumnya) / sel.total.sebelumnya
        for kode, sel in kelurahan.items()
        if sel.total.sebelumnya
    }
    for kode in menyimpang(laju):
        yield _janggal(nama[kode], kelurahan[kode], "Perubahannya jauh di luar perubahan kelurahan lain.")
    for kode, sel in kelurahan.items():
        if tertukar((sel.L.sebelumnya, sel.P.sebelumnya), (sel.L.sekarang, sel.P.sekarang)):
            yield _janggal(nama[kode], sel, "Laki-laki dan perempuan kemungkinan tertukar.")
    for kode, awal in kembar((kode, (sel.L.sekarang, sel.P.sekarang)) for kode, sel in kelurahan.items()):
        sebab = f"Baris ini sama dengan baris {nama[awal]}: kemungkinan tersalin."
        yield _janggal(nama[kode], kelurahan[kode], sebab)


def _janggal(wilayah: str, sel: Sel, sebab: str) -> Periksa:
    lama, kini = sel.total.sebelumnya, sel.total.sekarang
    return Periksa("R16", f"Kel. {wilayah}", "wajar dibandingkan dengan periode lalu", lama, kini, None, sebab)


def _r17(rekap: Rekap) -> Iterator[Periksa]:
    """The chain since the base list: base + all new − all TMS (+ corrections of sex, zero together) = now."""
    rantai, periode = [rekap], rekap.periode.sebelumnya
    while periode:
        beku = Snapshot.objects.filter(periode=periode, digantikan=False).first()
        if beku is None:
            return
        rantai.append(rekap_beku(beku))
        periode = periode.sebelumnya
    awal = rantai[-1].kota.total.sebelumnya
    dihitung = awal + sum(r.kota.total.baru - r.kota.total.tms for r in rantai)
    kini = rekap.kota.total.sekarang
    yield Periksa(
        "R17", "Kota Palu", "daftar dasar + semua baru − semua TMS = sekarang", dihitung, kini, dihitung == kini
    )


_GANDA_TANPA_PENERUS = """
SELECT count(*) FROM pdpb_perubahan p
WHERE p.periode_id = %s AND p.status IN ('disetujui', 'ditetapkan') AND p.kategori_id = 'ganda'
  AND NOT EXISTS (SELECT 1 FROM pdpb_pendaftaran v WHERE v.pemilih_id = p.bertahan_id AND v.akhir IS NULL)
"""
# A NIK that is no number, or two digits over and over, says nothing of two people; it is a finding of its own.
# Both rows of a pair stay once two people decided that they are two persons, or that Disdukcapil is to say (R13).
_NIK_GANDA = r"""
WITH kembar AS (
    SELECT i.nik FROM pdpb_pendaftaran v JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE v.akhir IS NULL AND i.nik ~ '^[0-9]{16}$' AND i.nik !~ '^(.)\1*((.)(\1|\3)*)?$'
    GROUP BY i.nik HAVING count(*) > 1
), baris AS (
    SELECT i.nik, v.pemilih_id FROM kembar k JOIN pdpb_identitas i ON i.nik = k.nik
    JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
)
SELECT count(DISTINCT x.nik) FROM baris x JOIN baris y ON y.nik = x.nik AND x.pemilih_id < y.pemilih_id
WHERE NOT EXISTS (
    SELECT 1 FROM pdpb_pasanganganda p WHERE p.a_id = x.pemilih_id AND p.b_id = y.pemilih_id
    AND p.status IN ('dikonfirmasi', 'selesai') AND p.putusan = ANY(%s))
"""
_TMS_AKTIF = """
SELECT count(*) FROM pdpb_perubahan p JOIN pdpb_pendaftaran v ON v.id = p.versi_lama_id
WHERE p.periode_id = %s AND p.jenis = 'tms' AND p.status IN ('disetujui', 'ditetapkan') AND v.akhir IS NULL
"""


# Per kelurahan and sex what SIDALIH counts in its latest list, and by how much our changes that this list does not
# show as accepted would still move it.
_SIDALIH = """
WITH p AS (SELECT id, jenis, versi_lama_id, versi_baru_id FROM pdpb_perubahan
           WHERE periode_id = %(periode)s AND status IN ('disetujui', 'ditetapkan')),
sisi AS (
    SELECT id, 'hapus' AS arah, versi_lama_id AS versi, -1 AS n FROM p WHERE jenis IN ('tms', 'mutasi')
    UNION ALL SELECT id, 'tambah', versi_baru_id, 1 FROM p WHERE jenis IN ('baru', 'mutasi')
    UNION ALL SELECT id, 'ubah', versi_lama_id, -1 FROM p WHERE jenis = 'ubah'
    UNION ALL SELECT id, 'ubah', versi_baru_id, 1 FROM p WHERE jenis = 'ubah'
)
SELECT r.kelurahan_id, k.nama, r.jenis_kelamin, r.jumlah, coalesce(b.n, 0), coalesce(b.banyak, 0)
FROM pdpb_rekapsidalih r JOIN wilayah_kelurahan k ON k.kode = r.kelurahan_id
LEFT JOIN LATERAL (
    SELECT sum(s.n) AS n, count(DISTINCT (s.id, s.arah)) AS banyak
    FROM sisi s JOIN pdpb_pendaftaran v ON v.id = s.versi
    WHERE v.kelurahan_id = r.kelurahan_id AND v.jenis_kelamin = r.jenis_kelamin AND NOT EXISTS (
        SELECT 1 FROM pdpb_barissidalih x WHERE x.perubahan_id = s.id AND x.arah = s.arah AND NOT x.digantikan
          AND x.hasil = 'diterima' AND x.dijawab_pada <= r.pada)
) b ON true
WHERE r.periode_id = %(periode)s ORDER BY r.kelurahan_id, r.jenis_kelamin
"""


def _r19(rekap: Rekap) -> Iterator[Periksa]:
    """SIDALIH counts what we count, wherever its list was read; what it has not taken yet explains a difference.

    Nothing is asked of a kelurahan whose list nobody could fetch, so that a period can be frozen while SIDALIH is down.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIDALIH, {"periode": rekap.periode.pk})
        baris = cursor.fetchall()
    kelurahan = rekap.kelurahan
    for kode, nama, jk, sana, belum, banyak in baris:
        kita = getattr(kelurahan.get(kode, Sel()), jk).sekarang
        lulus: bool | None = True if sana == kita else None if sana == kita - belum else False
        sebab = None
        if lulus is None:
            sebab = f"{banyak} perubahan belum diterima SIDALIH menurut daftarnya yang terakhir dibaca."
        elif not lulus:
            sebab = "Selisih ini tidak dijelaskan perubahan yang menunggu. Buka rekonsiliasi SIDALIH kelurahan ini."
        label = "laki-laki" if jk == "L" else "perempuan"
        yield Periksa("R19", f"Kel. {nama}, {label}", "rekap SIDALIH = rekap kita", kita, sana, lulus, sebab)


def _dari_baris(periode: Periode) -> Iterator[Periksa]:
    with connection.cursor() as cursor:
        cursor.execute(_GANDA_TANPA_PENERUS, [periode.pk])
        n = cursor.fetchone()[0]
        yield Periksa(
            "R12",
            "",
            "setiap TMS ganda menunjuk baris yang masih ada",
            n,
            0,
            not n,
            "Baris yang dinyatakan bertahan ikut dikeluarkan; batalkan salah satu." if n else None,
        )
        cursor.execute(_NIK_GANDA, [[str(p) for p in PUTUSAN_TERCATAT]])
        n = cursor.fetchone()[0]
        yield Periksa(
            "R13",
            "",
            "tidak ada NIK aktif dua kali tanpa keputusan",
            n,
            0,
            not n,
            "Ada NIK yang dipakai dua baris dan belum diputuskan dua petugas; buka Data ganda." if n else None,
        )
        cursor.execute(_TMS_AKTIF, [periode.pk])
        n = cursor.fetchone()[0]
        yield Periksa("R13", "", "tidak ada baris TMS yang masih aktif", n, 0, not n)


def periksa(rekap: Rekap) -> list[Periksa]:
    """Every identity of *rekap*, evaluated; those that failed have ``lulus`` False.

    What must be true of the roll itself and of SIDALIH (R12, R13, R19) is asked only until the minutes are signed:
    later periods may move on from there.
    """
    berjalan = rekap.periode.status in (Periode.Status.TERBUKA, Periode.Status.DIBEKUKAN)
    return [
        *_r1(rekap),
        *_rincian(rekap),
        *_r5(rekap),
        *_r8(rekap),
        *_r9(rekap),
        *_r14(rekap),
        *_r15(rekap),
        *_r16(rekap),
        *_r17(rekap),
        *(_r19(rekap) if berjalan else ()),
        *(_dari_baris(rekap.periode) if berjalan else ()),
    ]
