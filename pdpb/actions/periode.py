"""What people do with a period: open, freeze, ask to reopen, grant it."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.models import Naskah
from pdpb.actions.perubahan import pastikan_belum_beku
from pdpb.banding import tulis_perubahan
from pdpb.daftar import hitung_saldo_awal
from pdpb.digest import VERSI, hitung_digest, tulis_baris
from pdpb.invarian import gagal, periksa
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.models import BukaKembali, ImporBatch, Periode, Perubahan, Snapshot, SnapshotSel
from pdpb.rekap import KOLOM, Rekap, rekap_berjalan, rekap_dari_baris

S = Periode.Status
Lapor = Callable[[int, int, str], None]

TERTUNDA = [
    Perubahan.Status.DIUSULKAN,
    Perubahan.Status.PERLU_COKTAS,
    Perubahan.Status.DIVERIFIKASI,
    Perubahan.Status.DITANGGUHKAN,
]


def _diam(selesai: int, total: int, langkah: str) -> None:
    """Report to nobody."""


@transaction.atomic
def buka_periode(periode: Periode, *, oleh) -> Periode:
    """Save *periode* as open, start it from the signed result before it, and carry over what was left undecided.

    Refuses while the period before it is not yet fixed by signed minutes, a period that begins before that one
    ends, and a second period after it or under the same code.
    """
    sebelum = periode.sebelumnya and kunci_periode(periode.sebelumnya)
    if sebelum and sebelum.status not in (S.DITETAPKAN, S.DIUMUMKAN):
        raise Refused(f"{sebelum.nama} belum ditetapkan. Selesaikan berita acaranya sebelum membuka periode baru.")
    if sebelum and periode.mulai <= sebelum.akhir:
        raise Refused(f"{sebelum.nama} berakhir {sebelum.akhir:%d-%m-%Y}. Periode baru mulai sesudah tanggal itu.")
    periode.status = S.TERBUKA
    try:
        with transaction.atomic():
            periode.save(force_insert=True)
    except IntegrityError as galat:
        raise Refused("Periode itu baru saja dibuka orang lain. Muat ulang daftar periode.") from galat
    kunci_periode(periode)
    hitung_saldo_awal(periode)
    terbawa = 0
    if sebelum:
        terbawa = Perubahan.objects.filter(periode=sebelum, status__in=TERTUNDA).update(periode=periode)
    catat("pdpb.buka_periode", periode, oleh=oleh, jumlah=terbawa, kalimat=f"Membuka {periode.nama}")
    return periode


@transaction.atomic
def ubah_periode(periode: Periode, *, oleh, dilihat: Mapping[str, str] | None = None) -> Periode:
    """Save changed dates, place and legal bases of an open period, with old and new in its history.

    *dilihat* is what the person had before them, field → text (``teks_isian``): if a field has changed since, all is
    refused and the sentence tells how it stands now, so that nobody overwrites what they have not seen.
    """
    lama = kunci_periode(periode)
    pastikan_belum_beku(lama)
    if beda := [m for m, teks in (dilihat or {}).items() if teks_isian(lama, m) != teks]:
        label = {f.name: f.verbose_name for f in Periode._meta.concrete_fields}
        kini = "; ".join(f"{label[m]}: {teks_isian(lama, m) or 'kosong'}" for m in beda)
        raise Refused(
            f"Orang lain mengubah periode ini sesudah Anda membukanya. Keadaan sekarang: {kini}. "
            "Isian Anda belum disimpan; cocokkan, lalu simpan sekali lagi."
        )
    medan = [
        f.attname
        for f in Periode._meta.concrete_fields
        if f.attname not in ("kode", "status", "sebelumnya_id")
        and getattr(lama, f.attname) != getattr(periode, f.attname)
    ]
    if medan:
        periode.save(update_fields=medan)
        catat(
            "pdpb.ubah_periode",
            periode,
            oleh=oleh,
            kalimat="Mengubah periode",
            perubahan={m: (getattr(lama, m), getattr(periode, m)) for m in medan},
        )
    return periode


def teks_isian(periode: Periode, medan: str) -> str:
    """One setting of *periode* as a person reads it."""
    nilai = getattr(periode, medan)
    if isinstance(nilai, date):
        return f"{nilai:%d-%m-%Y}"
    return ", ".join(nilai) if isinstance(nilai, list) else str(nilai or "")


@transaction.atomic
def catat_masukan(periode: Periode, masukan: Mapping[str, str], *, oleh) -> Periode:
    """Add one remark of the pleno to those that stand by now; the same remark again changes nothing."""
    periode = kunci_periode(periode)
    pastikan_belum_beku(periode)
    if dict(masukan) not in periode.masukan:
        periode.masukan = [*periode.masukan, dict(masukan)]
        ubah_periode(periode, oleh=oleh)
    return periode


@transaction.atomic
def bekukan(periode: Periode, *, oleh, lapor: Lapor = _diam, pekerjaan: int | None = None) -> Snapshot:
    """Freeze *periode*: store its rows by reference, its figures and its digest as the next version.

    Fixes the set of approved changes. Refuses a period that is not open or has no pleno date, an import that is
    applied but not closed, a summary that disagrees with the rows, and any identity that fails, naming the cell,
    the difference and the likely cause. Refuses at once (does not wait) while an import or another freeze works.
    """
    periode = kunci_periode(periode, tunggu=False)
    kunci_daftar(tunggu=False)
    pastikan_belum_beku(periode)
    if not periode.tanggal_pleno:
        raise Refused("Tanggal pleno belum diisi. Isi tanggal pleno pada periode ini, lalu bekukan.")
    _pastikan_impor_tuntas(periode)
    lapor(1, 5, "Menghitung ulang dari setiap baris")
    rekap = rekap_dari_baris(periode)
    pastikan_ringkasan_benar(rekap)
    lapor(2, 5, "Memeriksa semua identitas rekap")
    _pastikan_identitas(rekap)
    lapor(3, 5, "Menyimpan baris beku")
    snapshot = _simpan(periode, rekap, oleh, pekerjaan)
    jumlah = tulis_baris(snapshot)
    tulis_perubahan(snapshot)
    if jumlah != rekap.kota.total.sekarang:
        raise Refused(f"Baris beku {jumlah} tidak sama dengan jumlah pemilih {rekap.kota.total.sekarang} (R10).")
    lapor(4, 5, "Menghitung sidik data")
    snapshot.jumlah_baris, snapshot.digest = jumlah, hitung_digest(snapshot)
    snapshot.save(update_fields=["jumlah_baris", "digest"])
    periode.status = S.DIBEKUKAN
    periode.save(update_fields=["status"])
    catat(
        "pdpb.bekukan",
        periode,
        oleh=oleh,
        jumlah=jumlah,
        kalimat=f"Membekukan versi {snapshot.versi}, sidik {snapshot.digest[:16]}…",
    )
    lapor(5, 5, "Selesai")
    return snapshot


def _pastikan_impor_tuntas(periode: Periode) -> None:
    sisa = ImporBatch.objects.filter(
        periode=periode, jenis__in=[ImporBatch.Jenis.DPT, ImporBatch.Jenis.LOKSUS], status=ImporBatch.Status.DITERAPKAN
    ).first()
    if sisa:
        raise Refused(
            f"{sisa} masih mempunyai baris yang belum dimuat. "
            "Perbaiki baris itu atau jelaskan sebagai koreksi saldo awal."
        )


def pastikan_ringkasan_benar(rekap: Rekap) -> None:
    """Raise Refused unless the summary equals *rekap*, which was counted from the rows."""
    ringkas = rekap_berjalan(rekap.periode)
    beda = [
        kunci
        for kunci in rekap.sel.keys() | ringkas.sel.keys()
        for jk in ("L", "P")
        if getattr(getattr(rekap.sel.get(kunci), jk, None), "sekarang", 0)
        != getattr(getattr(ringkas.sel.get(kunci), jk, None), "sekarang", 0)
    ]
    if beda:
        raise Refused(
            f"Ringkasan tidak sama dengan baris pada {len(beda)} sel, pertama di kelurahan {min(beda, key=str)[0]}. "
            "Hubungi admin untuk menjalankan check_invariants; pembekuan tidak dilakukan."
        )


def _pastikan_identitas(rekap: Rekap) -> None:
    salah = gagal(periksa(rekap))
    if salah:
        satu = salah[0]
        raise Refused(
            f"{len(salah)} identitas rekap tidak terpenuhi. {satu.kode} {satu.wilayah or 'Kota Palu'}: {satu.aturan}; "
            f"dihitung {ribuan(satu.dihitung or 0)}, tercatat {ribuan(satu.diumumkan or 0)}, "
            f"selisih {ribuan(satu.selisih or 0)}. "
            f"{satu.sebab or ''}".strip()
        )


_DISABILITAS = """
SELECT kelurahan_id, jenis_kelamin, disabilitas, count(*) FROM pdpb_pendaftaran
WHERE akhir IS NULL AND disabilitas <> '0' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_USIA = """
SELECT v.kelurahan_id, v.jenis_kelamin, coalesce(k.nama, 'Tidak diketahui'), count(*) FROM pdpb_pendaftaran v
LEFT JOIN pdpb_kelompokusia k ON extract(year FROM v.tanggal_lahir) >= coalesce(k.lahir_dari, 0)
    AND extract(year FROM v.tanggal_lahir) <= coalesce(k.lahir_sampai, 9999)
WHERE v.akhir IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def _rincian(rekap: Rekap) -> dict[str, list]:
    with connection.cursor() as cursor:
        cursor.execute(_DISABILITAS)
        disabilitas = [list(baris) for baris in cursor.fetchall()]
        cursor.execute(_USIA)
        usia = [list(baris) for baris in cursor.fetchall()]
    perubahan = [
        [jenis, kategori, kelurahan, jk, jumlah]
        for (jenis, kategori), sel in sorted(rekap.rincian.items())
        for (kelurahan, jk), jumlah in sorted(sel.items())
    ]
    return {"perubahan": perubahan, "disabilitas": disabilitas, "usia": usia}


def _simpan(periode: Periode, rekap: Rekap, oleh, pekerjaan: int | None) -> Snapshot:
    lama = Snapshot.objects.filter(periode=periode)
    lama.filter(digantikan=False).update(digantikan=True)
    snapshot = Snapshot.objects.create(
        periode=periode,
        versi=(lama.aggregate(n=Max("versi"))["n"] or 0) + 1,
        digest="",
        versi_digest=VERSI,
        jumlah_baris=0,
        rincian=_rincian(rekap),
        tanggal_acuan=periode.cut_off_umur,
        dibekukan_oleh=oleh,
        dibekukan_pada=sekarang(),
        pekerjaan=pekerjaan,
    )
    SnapshotSel.objects.bulk_create(
        SnapshotSel(
            snapshot=snapshot,
            kelurahan_id=kelurahan,
            tps_id=tps,
            jenis_kelamin=jk,
            **{kolom: getattr(getattr(sel, jk), kolom) for kolom in KOLOM},
        )
        for (kelurahan, tps), sel in rekap.sel.items()
        for jk in ("L", "P")
    )
    return snapshot


@transaction.atomic
def minta_buka_kembali(periode: Periode, *, alasan: str, nomor_surat: str, oleh) -> BukaKembali:
    """Ask that a frozen period be opened again. Refuses an open or signed one, and a second request."""
    periode = kunci_periode(periode)
    if periode.status != S.DIBEKUKAN:
        raise Refused(
            "Hanya periode yang dibekukan dan belum ditetapkan yang dapat dibuka kembali. "
            "Sesudah berita acara lengkap, koreksi dicatat pada periode berikutnya."
        )
    if BukaKembali.objects.filter(periode=periode, disetujui_oleh__isnull=True).exists():
        raise Refused("Permintaan membuka kembali periode ini sudah ada dan menunggu persetujuan.")
    if len(alasan.strip()) < 10 or not nomor_surat.strip():
        raise Refused("Isi alasan (paling sedikit 10 huruf) dan nomor surat yang menjadi dasar permintaan.")
    permintaan = BukaKembali.objects.create(periode=periode, alasan=alasan, nomor_surat=nomor_surat, diminta_oleh=oleh)
    catat("pdpb.minta_buka_kembali", periode, oleh=oleh, alasan=alasan, kalimat=f"Dasar: {nomor_surat}")
    return permintaan


@transaction.atomic
def setujui_buka_kembali(permintaan: BukaKembali, *, oleh, sampai: date) -> Periode:
    """Open the period again until *sampai*; its frozen version stays and is marked as replaced.

    Refuses the person who asked, a day that has passed, and a period whose minutes somebody has already signed.
    """
    periode = kunci_periode(permintaan.periode)
    permintaan = BukaKembali.objects.select_for_update().get(pk=permintaan.pk)
    if permintaan.disetujui_oleh_id:
        raise Refused("Permintaan ini sudah disetujui.")
    if permintaan.diminta_oleh_id == oleh.pk:
        raise Refused("Peminta tidak boleh menyetujui permintaannya sendiri. Minta Ketua atau Sekretaris.")
    if periode.status != S.DIBEKUKAN:
        raise Refused("Periode ini tidak lagi dibekukan.")
    if naskah := Naskah.objects.subjek(periode._meta.label_lower, periode.pk).hidup().first():
        raise Refused(
            f"Berita acara periode ini ({naskah.get_status_display().lower()}) masih berlaku. "
            "Tarik berita acara yang belum ditandatangani lebih dahulu; yang sudah ditandatangani tidak dibuka lagi."
        )
    if sampai < hari_ini():
        raise Refused("Batas waktu tidak boleh lewat. Isi tanggal hari ini atau sesudahnya.")
    permintaan.disetujui_oleh, permintaan.disetujui_pada, permintaan.berlaku_sampai = oleh, sekarang(), sampai
    permintaan.save(update_fields=["disetujui_oleh", "disetujui_pada", "berlaku_sampai"])
    Snapshot.objects.filter(periode=periode, digantikan=False).update(digantikan=True)
    periode.status = S.TERBUKA
    periode.save(update_fields=["status"])
    catat("pdpb.buka_kembali", periode, oleh=oleh, alasan=permintaan.alasan, kalimat=f"Dibuka sampai {sampai:%d-%m-%Y}")
    return periode
