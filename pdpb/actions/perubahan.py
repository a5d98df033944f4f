"""What people do with proposed changes: propose, verify, approve, reject, take back. Many at once or one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang, usia
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.daftar import DaftarBerubah, terapkan_perubahan, urungkan_perubahan
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.langkah import LANGKAH, Langkah
from pdpb.models import (
    BarisCoktas,
    BukaKembali,
    Bukti,
    Identitas,
    Kategori,
    PadananBaris,
    PasanganGanda,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    RiwayatPerubahan,
)
from pdpb.models.daftar import StatusKawin
from pdpb.models.ganda import PUTUSAN_TERCATAT
from pdpb.pasangan import ikuti_perubahan

S = Perubahan.Status
BOLEH_DILENGKAPI = frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DITANGGUHKAN})
"""States in which a proposal without evidence may still be given it."""
BOLEH_KOSONG = ("tempat_lahir", "alamat")
"""Elements that a correction may empty; every other one is known of every voter."""


@dataclass(slots=True)
class Hasil:
    """What came of one step on many changes: ids in the order done, and for each refused id the reason."""

    berhasil: list[int] = field(default_factory=list)
    ditolak: dict[int, str] = field(default_factory=dict)


def pastikan_belum_beku(periode: Periode) -> None:
    """Refuse when *periode* is frozen or further; its settings may change and it may be frozen until then."""
    if periode.status != Periode.Status.TERBUKA:
        raise Refused(
            f"{periode.nama} sudah {periode.get_status_display().lower()}. "
            "Catat perubahan ini pada periode berikutnya, atau minta periode dibuka kembali."
        )


def pastikan_terbuka(periode: Periode) -> None:
    """Refuse when *periode* no longer takes changes: frozen, or reopened until a day that has passed."""
    pastikan_belum_beku(periode)
    buka = BukaKembali.objects.filter(periode=periode, disetujui_oleh__isnull=False).first()
    if buka and buka.berlaku_sampai and hari_ini() > buka.berlaku_sampai:
        raise Refused(
            f"{periode.nama} dibuka kembali hanya sampai {buka.berlaku_sampai:%d-%m-%Y}. "
            "Bekukan periode ini; bila masih perlu, minta dibuka kembali dengan batas baru."
        )


# --- Propose -----------------------------------------------------------------------------------------------------
@transaction.atomic
def usulkan(
    *,
    periode: Periode,
    kategori: Kategori,
    oleh,
    pemilih: Pemilih | None = None,
    elemen: Mapping[str, Any] | None = None,
    nik: str = "",
    nkk: str = "",
    kelurahan_tujuan: Kelurahan | None = None,
    tps_tujuan: TPS | None = None,
    bertahan: Pemilih | None = None,
    bukti: Bukti | None = None,
    catatan: str = "",
    pencatat=None,
) -> Perubahan:
    """Record one proposed change of *periode*; nothing moves until it is verified and approved.

    Refuses a closed period, a change of somebody who is not in the list, a new voter whose NIK is in the list or
    proposed already, a second change of the same kind, a correction that corrects nothing or makes the person too
    young, a move to the same place, and a duplicate of itself. *bukti* that is not stored yet is stored with it. A
    NIK written into *catatan* is kept masked: digits stand only where identities stand. *pencatat* is who records
    what *oleh* decided, where that is another; the proposer remains *oleh*.
    """
    catatan = samarkan_teks(catatan)
    periode = kunci_periode(periode)
    pastikan_terbuka(periode)
    versi = _versi_aktif(kategori, pemilih)
    isi = {kunci: _teks(nilai) for kunci, nilai in (elemen or {}).items() if nilai not in (None, "")}
    if kategori.jenis == Kategori.Jenis.BARU:
        _periksa_calon(periode, isi, nik, nkk, kelurahan_tujuan)
    if kategori.jenis == Kategori.Jenis.UBAH and versi:
        isi |= {kunci: "" for kunci in BOLEH_KOSONG if (elemen or {}).get(kunci) == ""}
        isi = {kunci: nilai for kunci, nilai in isi.items() if _teks(getattr(versi, kunci)) != nilai}
        if alasan := _kurang_umur(isi, versi, periode.cut_off_umur, _batas_umur(periode)):
            raise Refused(alasan)
    identitas = _identitas(versi, nik, nkk)
    if kategori.jenis == Kategori.Jenis.UBAH and not isi and not identitas:
        raise Refused("Tidak ada isian yang berbeda dari data sekarang. Ubah paling sedikit satu isian.")
    if kategori.jenis == Kategori.Jenis.MUTASI and versi and kelurahan_tujuan:
        _periksa_tujuan(versi, kelurahan_tujuan, tps_tujuan)
    if kelurahan_tujuan and kelurahan_tujuan.akhir and kelurahan_tujuan.akhir < hari_ini():
        raise Refused(
            f"Kelurahan {kelurahan_tujuan} ({kelurahan_tujuan.kode}) tidak dipakai lagi sesudah "
            f"{kelurahan_tujuan.akhir:%d-%m-%Y}. Pilih kelurahan penggantinya."
        )
    if pemilih and bertahan and bertahan.pk == pemilih.pk:
        raise Refused("Baris yang bertahan harus baris lain. Isi DPID pasangan gandanya.")
    if pemilih and bertahan and (alasan := _sudah_diputus_beda(pemilih, bertahan)):
        raise Refused(alasan)
    if pemilih and _sudah_diusulkan(periode, kategori, pemilih):
        raise Refused("Perubahan sejenis untuk pemilih ini sudah ada pada periode ini. Buka perubahan itu.")
    kelurahan = versi.kelurahan if versi else kelurahan_tujuan
    if kelurahan is None:
        raise Refused("Kelurahan belum dipilih. Pilih kelurahan, lalu ajukan lagi.")
    _simpan_bukti(bukti)
    perubahan = Perubahan.objects.create(
        periode=periode,
        jenis=kategori.jenis,
        kategori=kategori,
        pemilih=pemilih,
        versi_dasar=versi,
        elemen_baru=isi,
        identitas_baru=identitas,
        kelurahan=kelurahan,
        kelurahan_tujuan=kelurahan_tujuan,
        tps_tujuan=tps_tujuan,
        bertahan=bertahan,
        bukti=bukti,
        pengusul=oleh,
        catatan=catatan,
    )
    pencatat = pencatat or oleh
    RiwayatPerubahan.objects.create(
        perubahan=perubahan, langkah="usulkan", ke=S.DIUSULKAN, oleh=pencatat, catatan=catatan
    )
    catat("pdpb.usulkan", perubahan, oleh=pencatat, kalimat=f"Mengusulkan {kategori.nama.lower()}", alasan=catatan)
    return perubahan


def _teks(nilai: Any) -> str:
    return nilai.isoformat() if isinstance(nilai, date) else str(nilai or "")


def _versi_aktif(kategori: Kategori, pemilih: Pemilih | None) -> Pendaftaran | None:
    if kategori.jenis == Kategori.Jenis.BARU:
        return None
    versi = Pendaftaran.objects.aktif().filter(pemilih=pemilih).select_related("kelurahan", "identitas").first()
    if versi is None:
        raise Refused("Orang ini tidak ada dalam daftar sekarang. Periksa riwayatnya, lalu pilih jenis perubahan lain.")
    return versi


def _identitas(versi: Pendaftaran | None, nik: str, nkk: str) -> Identitas | None:
    if versi is None:
        return Identitas.objects.create(nik=nik, nkk=nkk)
    lama = versi.identitas
    nik, nkk = nik or lama.nik, nkk or lama.nkk
    if (nik, nkk) == (lama.nik, lama.nkk):
        return None
    return Identitas.objects.create(nik=nik, nkk=nkk)


def _periksa_calon(periode: Periode, isi: Mapping[str, str], nik: str, nkk: str, kelurahan: Kelurahan | None) -> None:
    if not (nik and nkk and kelurahan and isi.get("nama") and isi.get("jenis_kelamin") and isi.get("tanggal_lahir")):
        raise Refused("Pemilih baru memerlukan NIK, nomor KK, nama, jenis kelamin, tanggal lahir, dan kelurahan.")
    if alasan := _kurang_umur(isi, None, periode.cut_off_umur, _batas_umur(periode)):
        raise Refused(alasan)
    if Pendaftaran.objects.aktif().filter(identitas__nik=nik).exists():
        raise Refused("NIK ini sudah ada dalam daftar. Buka pemilih itu dan catat perbaikan atau mutasi.")
    usulan = Perubahan.objects.filter(periode=periode, jenis=Kategori.Jenis.BARU, identitas_baru__nik=nik)
    if usulan.exclude(status=S.DITOLAK).exists():
        raise Refused("NIK ini sudah diusulkan sebagai pemilih baru pada periode ini. Buka usulan itu.")


def _batas_umur(periode: Periode) -> int:
    return nilai_bulat("usia_pemilih_minimum", pada=periode.cut_off_umur)


def _kurang_umur(isi: Mapping[str, str], versi: Pendaftaran | None, pada: date, batas: int) -> str:
    """Why a person with *isi* on top of *versi* is too young on *pada*; empty when old enough, or not touched."""
    if versi and not {"tanggal_lahir", "status_kawin"} & isi.keys():
        return ""
    lahir = isi.get("tanggal_lahir") or _teks(versi and versi.tanggal_lahir)
    kawin = isi.get("status_kawin") or (versi.status_kawin if versi else "")
    if not lahir or kawin in (StatusKawin.SUDAH, StatusKawin.PERNAH):
        return ""
    umur = usia(date.fromisoformat(lahir), pada)
    if umur >= batas:
        return ""
    return (
        f"Orang ini berumur {umur} tahun pada {pada:%d-%m-%Y} dan belum kawin, "
        f"jadi belum memenuhi syarat umur {batas} tahun."
    )


def _periksa_tujuan(versi: Pendaftaran, kelurahan: Kelurahan, tps: TPS | None) -> None:
    if tps and versi.tps_id == tps.pk:
        raise Refused("TPS tujuan sama dengan TPS sekarang. Pilih TPS yang lain.")
    if not tps and versi.kelurahan_id == kelurahan.pk:
        raise Refused("Kelurahan tujuan sama dengan sekarang. Sebutkan TPS tujuan, atau catat sebagai perbaikan data.")


def _simpan_bukti(bukti: Bukti | None) -> None:
    """Store a document only together with what it proves, so that a refusal leaves none behind."""
    if bukti and bukti.pk is None:
        bukti.save()


def _sudah_diputus_beda(pemilih: Pemilih, bertahan: Pemilih) -> str:
    """Why the two are no duplicates of each other as decided; empty when nobody has decided that."""
    a, b = sorted((pemilih.pk, bertahan.pk))
    putusan = PasanganGanda.objects.filter(a=a, b=b, putusan__in=PUTUSAN_TERCATAT, pengonfirmasi__isnull=False).first()
    if putusan is None:
        return ""
    return (
        f"{putusan} sudah diputuskan “{putusan.get_putusan_display().lower()}”. Ganti putusannya lewat Data ganda "
        "lebih dahulu."
    )


def _sudah_diusulkan(periode: Periode, kategori: Kategori, pemilih: Pemilih) -> bool:
    return (
        Perubahan.objects.filter(periode=periode, kategori=kategori, pemilih=pemilih).exclude(status=S.DITOLAK).exists()
    )


def _melengkapi(perubahan: Perubahan, oleh) -> bool:
    if perubahan.pengusul_id == oleh.pk or oleh.has_perm("pdpb.verifikasi_perubahan"):
        return True
    # Whoever visits the person for coktas may bring the document home.
    return BarisCoktas.objects.ditugaskan(oleh).filter(pemilih=perubahan.pemilih_id).exists()


def boleh_dilengkapi(perubahan: Perubahan, *, oleh) -> bool:
    """Whether ``lengkapi_bukti`` would take evidence of *oleh* for *perubahan* while its period is open."""
    return perubahan.status in BOLEH_DILENGKAPI and not perubahan.bukti_id and _melengkapi(perubahan, oleh)


@transaction.atomic
def lengkapi_bukti(perubahan: Perubahan, *, bukti: Bukti, oleh) -> Perubahan:
    """Put *bukti* with a proposal that has none yet; it goes on waiting in the state it is in.

    For the person who proposed, those who verify, and the petugas who visits the voter. Refuses a closed period, a
    change that is decided, and one that has evidence: what somebody may have judged already is not exchanged.
    """
    if not _melengkapi(perubahan, oleh):
        raise Refused("Bukti dilengkapi oleh pengusul, verifikator, atau petugas coktas yang ditugaskan.")
    periode = kunci_periode(perubahan.periode)
    pastikan_terbuka(periode)
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(f"Perubahan ini sudah {perubahan.get_status_display().lower()}; buktinya tidak dapat ditambah.")
    if perubahan.bukti_id:
        raise Refused("Perubahan ini sudah berbukti. Bila buktinya salah, tarik usulan ini lalu usulkan lagi.")
    bukti.save()
    perubahan.bukti = bukti
    perubahan.save(update_fields=["bukti"])
    catat("pdpb.lengkapi_bukti", perubahan, oleh=oleh, kalimat=f"Melengkapi bukti: {bukti}")
    return perubahan


# --- Steps -------------------------------------------------------------------------------------------------------
@transaction.atomic
def ambil_langkah(
    ids: Iterable[int], nama: str, *, oleh, periode: Periode, catatan: str = "", bukti: Bukti | None = None
) -> Hasil:
    """Take the step *nama* with each change of *ids* that may take it, and say why for each that may not.

    Holds the period, the roll (for steps that move figures) and the rows, in that order. *bukti* becomes the
    evidence of those that have none: one shared document for a batch, stored if some change takes it. Refuses as a
    whole when the person has no right, the period is closed, or the step needs a note.
    """
    langkah = LANGKAH[nama]
    if not oleh.has_perm(langkah.perm):
        raise Refused(f"Anda tidak berwenang untuk langkah “{langkah.label}”.")
    if langkah.perlu_catatan and len(catatan.strip()) < 10:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit 10 huruf.")
    catatan = samarkan_teks(catatan)
    periode = kunci_periode(periode, tunggu=not langkah.mengubah_daftar)
    pastikan_terbuka(periode)
    if langkah.mengubah_daftar:
        kunci_daftar(tunggu=False)
    baris = list(
        Perubahan.objects.select_for_update(of=("self",))
        .filter(pk__in=list(ids), periode=periode)
        .select_related("versi_dasar", "periode")
        .order_by("pk")
    )
    hasil = Hasil()
    batas = _batas_umur(periode)
    belum_pasti = _belum_pasti([perubahan.pk for perubahan in baris], langkah, oleh)
    for perubahan in baris:
        if (
            alasan := _hambatan(perubahan, langkah, oleh, bukti)
            or belum_pasti.get(perubahan.pk)
            or (langkah.nama == "setujui" and _umur_berubah(perubahan, batas))
        ):
            hasil.ditolak[perubahan.pk] = alasan
    boleh = [perubahan.pk for perubahan in baris if perubahan.pk not in hasil.ditolak]
    for giliran in _giliran(nama, boleh, hasil):
        _jalankan(langkah, giliran, oleh=oleh, catatan=catatan, bukti=bukti)
        hasil.berhasil += giliran
    if hasil.berhasil:
        lewat = f" ({len(hasil.ditolak)} dilewati)" if hasil.ditolak else ""
        catat(
            f"pdpb.{nama}", periode, oleh=oleh, alasan=catatan, jumlah=len(hasil.berhasil),
            kalimat=f"{langkah.label} perubahan{lewat}",
        )  # fmt: skip
    return hasil


def _giliran(nama: str, ids: list[int], hasil: Hasil) -> Iterator[list[int]]:
    """The sets of *ids* that the roll admits, to be done one after the other; those it never admits get their reason.

    What is approved together is judged together, so a refused change is taken out and the rest judged again. Taking
    back goes from the latest change of a person to the first: undoing one opens the way for the one before it.
    """
    sisa = ids
    while sisa:
        ditolak = _hambatan_daftar(sisa, nama)
        boleh = [pk for pk in sisa if pk not in ditolak]
        if nama == "batalkan_persetujuan" and boleh:
            yield boleh
            sisa = list(ditolak)
            continue
        hasil.ditolak |= ditolak
        if not ditolak:
            yield boleh
            return
        sisa = boleh


def _hambatan(perubahan: Perubahan, langkah: Langkah, oleh, bukti: Bukti | None) -> str:
    if perubahan.status not in langkah.dari:
        return f"Perubahan ini berstatus {perubahan.get_status_display()}, jadi tidak dapat “{langkah.label}”."
    if langkah.orang_lain and perubahan.pengusul_id == oleh.pk:
        return "Pengusul tidak boleh memeriksa atau menyetujui usulannya sendiri. Minta petugas lain."
    if langkah.hanya_sendiri and perubahan.pengusul_id != oleh.pk:
        return "Hanya pengusul yang dapat menarik usulannya. Gunakan “Tolak” bila usulan ini tidak benar."
    if langkah.perlu_bukti and not perubahan.bukti_id and not bukti:
        return "Bukti belum ada. Lampirkan dokumen sebelum melanjutkan."
    return ""


def _umur_berubah(perubahan: Perubahan, batas: int) -> str:
    """Why the person is too young after all: the day on which ages count may have moved since the proposal."""
    if perubahan.jenis not in (Kategori.Jenis.BARU, Kategori.Jenis.UBAH):
        return ""
    versi = perubahan.versi_dasar if perubahan.jenis == Kategori.Jenis.UBAH else None
    return _kurang_umur(perubahan.elemen_baru, versi, perubahan.periode.cut_off_umur, batas)


_CEK_DAFTAR = """
WITH p AS (SELECT * FROM pdpb_perubahan WHERE id = ANY(%(ids)s)),
kini AS (SELECT v.* FROM pdpb_pendaftaran v WHERE v.akhir IS NULL AND v.pemilih_id IN (SELECT pemilih_id FROM p))
SELECT p.id, CASE
  WHEN p.jenis <> 'baru' AND k.id IS NULL AND NOT EXISTS (
      SELECT 1 FROM p b WHERE b.jenis = 'baru' AND b.pemilih_id = p.pemilih_id)
    THEN 'Orang ini tidak lagi ada dalam daftar. Tolak usulan ini.'
  WHEN p.jenis = 'baru' AND p.kelurahan_tujuan_id IS NULL
    THEN 'Kelurahan pemilih baru belum dipilih.'
  WHEN p.jenis = 'baru' AND EXISTS (
      SELECT 1 FROM pdpb_identitas i JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
      WHERE i.nik = n.nik)
    THEN 'NIK ini sudah aktif dalam daftar. Periksa apakah orang yang sama.'
  WHEN p.jenis = 'baru' AND (SELECT count(*) FROM p b JOIN pdpb_identitas bi ON bi.id = b.identitas_baru_id
      WHERE bi.nik = n.nik) > 1
    THEN 'NIK ini diusulkan dua kali. Tolak salah satu.'
  WHEN p.jenis = 'ubah' AND n.nik <> ki.nik AND EXISTS (
      SELECT 1 FROM pdpb_identitas i JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
      WHERE i.nik = n.nik AND v.pemilih_id <> p.pemilih_id)
    THEN 'NIK baru ini milik orang lain yang ada dalam daftar. Periksa apakah keduanya orang yang sama.'
  WHEN p.jenis = 'ubah' AND n.nik <> ki.nik AND EXISTS (SELECT 1 FROM p b
      JOIN pdpb_identitas bi ON bi.id = b.identitas_baru_id WHERE b.id <> p.id AND bi.nik = n.nik)
    THEN 'NIK baru ini diusulkan untuk dua orang. Tolak salah satu.'
  WHEN p.jenis = 'ubah' AND k.id <> p.versi_dasar_id AND EXISTS (
      SELECT 1 FROM jsonb_object_keys(p.elemen_baru) e
      WHERE to_jsonb(k) -> e IS DISTINCT FROM to_jsonb(d) -> e)
    THEN 'Data pemilih sudah berubah sejak usulan ini dibuat. Bandingkan lagi lalu usulkan ulang.'
  WHEN p.jenis = 'ubah' AND p.identitas_baru_id IS NOT NULL AND k.identitas_id <> d.identitas_id
    THEN 'NIK atau nomor KK sudah berubah sejak usulan ini dibuat. Bandingkan lagi lalu usulkan ulang.'
  WHEN p.jenis = 'mutasi' AND (k.kelurahan_id, coalesce(k.tps_id, 0)) <> (d.kelurahan_id, coalesce(d.tps_id, 0))
    THEN 'Pemilih ini sudah dipindahkan sejak usulan ini dibuat. Periksa alamat terakhirnya.'
  WHEN p.jenis = 'mutasi' AND p.kelurahan_tujuan_id IS NULL
    THEN 'Kelurahan tujuan belum dipilih.'
  WHEN p.tps_tujuan_id IS NOT NULL AND t.kelurahan_id <> p.kelurahan_tujuan_id
    THEN 'TPS tujuan bukan milik kelurahan tujuan.'
  WHEN p.kategori_id = 'ganda' AND (p.bertahan_id IS NULL OR NOT EXISTS (
      SELECT 1 FROM pdpb_pendaftaran v WHERE v.pemilih_id = p.bertahan_id AND v.akhir IS NULL))
    THEN 'Baris yang bertahan belum disebut atau tidak aktif lagi. Sebutkan baris yang tetap ada.'
  WHEN p.kategori_id = 'ganda' AND EXISTS (SELECT 1 FROM p b WHERE b.jenis = 'tms' AND b.pemilih_id = p.bertahan_id)
    THEN 'Kedua baris pasangan ganda ini sama-sama akan dikeluarkan. Satu harus bertahan.'
  WHEN p.jenis = 'tms' AND (SELECT count(*) FROM p b WHERE b.jenis = 'tms' AND b.pemilih_id = p.pemilih_id) > 1
    THEN 'Orang ini dua kali diusulkan keluar dari daftar. Tolak salah satu.'
  WHEN p.jenis = 'tms' AND EXISTS (SELECT 1 FROM pdpb_perubahan g WHERE g.periode_id = p.periode_id
      AND g.kategori_id = 'ganda' AND g.status = 'disetujui' AND g.bertahan_id = p.pemilih_id)
    THEN 'Baris ini bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'
  END
FROM p
LEFT JOIN kini k ON k.pemilih_id = p.pemilih_id
LEFT JOIN pdpb_identitas ki ON ki.id = k.identitas_id
LEFT JOIN pdpb_pendaftaran d ON d.id = p.versi_dasar_id
LEFT JOIN pdpb_identitas n ON n.id = p.identitas_baru_id
LEFT JOIN wilayah_tps t ON t.id = p.tps_tujuan_id
"""


# Taking an act back must not leave what no act may bring about: a pair that lost both rows, one NIK with two people.
_CEK_BATAL = """
SELECT p.id, CASE
  WHEN p.jenis = 'baru' AND EXISTS (SELECT 1 FROM pdpb_perubahan g WHERE g.periode_id = p.periode_id
      AND g.kategori_id = 'ganda' AND g.status = 'disetujui' AND g.bertahan_id = p.pemilih_id)
    THEN 'Baris ini bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'
  WHEN EXISTS (SELECT 1 FROM pdpb_pendaftaran v
      WHERE v.pemilih_id = p.pemilih_id AND v.akhir IS NULL AND v.id IS DISTINCT FROM p.versi_baru_id)
    OR (p.versi_baru_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM pdpb_pendaftaran v WHERE v.id = p.versi_baru_id AND v.akhir IS NULL))
    THEN 'Data orang ini berubah lagi sesudah persetujuan ini. Batalkan perubahan yang lebih baru itu lebih dahulu.'
  WHEN p.jenis IN ('tms', 'ubah') AND EXISTS (
      SELECT 1 FROM pdpb_identitas n
      JOIN pdpb_perubahan c ON c.identitas_baru_id = n.id AND c.disetujui_pada >= p.disetujui_pada
      JOIN pdpb_pendaftaran v ON v.identitas_id = n.id AND v.akhir IS NULL AND v.pemilih_id <> p.pemilih_id
      WHERE n.nik = i.nik)
    THEN 'NIK orang ini sesudahnya dicatat untuk baris lain. Batalkan perubahan yang lebih baru itu lebih dahulu.'
  END
FROM pdpb_perubahan p
LEFT JOIN pdpb_pendaftaran d ON d.id = p.versi_lama_id
LEFT JOIN pdpb_identitas i ON i.id = d.identitas_id
WHERE p.id = ANY(%(ids)s)
"""
_CEK = {"setujui": _CEK_DAFTAR, "batalkan_persetujuan": _CEK_BATAL}


def _hambatan_daftar(ids: list[int], langkah: str) -> dict[int, str]:
    """Reasons why the roll as it stands now does not admit a step with a change, for those it does not."""
    if langkah not in _CEK:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CEK[langkah], {"ids": ids})
        return {pk: alasan for pk, alasan in cursor.fetchall() if alasan}


def tolak_salah_orang(perubahan: Perubahan, *, oleh) -> None:
    """Reject the proposal that a comparison of names had made for the wrong person; must run under the period lock.

    Refuses one that is verified already: whoever verified it has judged whom it means.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK:
        return
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(f"{perubahan} sudah {perubahan.get_status_display().lower()}. Batalkan langkah itu dahulu.")
    catatan = "Orang yang dimaksud baris pengirim bukan pemilih ini."
    _jalankan(LANGKAH["tolak"], [perubahan.pk], oleh=oleh, catatan=catatan, bukti=None)
    catat("pdpb.tolak", perubahan, oleh=oleh, kalimat="Menolak usulan untuk orang yang keliru", alasan=catatan)


def tarik_bersama(perubahan: Perubahan, *, oleh, catatan: str) -> None:
    """Withdraw a proposal together with the visit that made it; must run under the period lock.

    One that is rejected already stays so. Refuses one that is verified: whoever verified it has judged the visit.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK:
        return
    _pastikan_belum_diputus(perubahan)
    _jalankan(LANGKAH["tarik"], [perubahan.pk], oleh=oleh, catatan=catatan, bukti=None)
    catat("pdpb.tarik", perubahan, oleh=oleh, kalimat="Menarik usulan bersama hasil kunjungannya", alasan=catatan)


def lepas_bukti(perubahan: Perubahan, *, oleh, catatan: str) -> None:
    """Take the evidence that a withdrawn visit had brought off a proposal, which waits for evidence again.

    Must run under the period lock. The document stays stored. Refuses a proposal that is verified.
    """
    perubahan = Perubahan.objects.select_for_update(of=("self",)).select_related("bukti").get(pk=perubahan.pk)
    if perubahan.status == S.DITOLAK or not perubahan.bukti_id:
        return
    _pastikan_belum_diputus(perubahan)
    lama, perubahan.bukti = str(perubahan.bukti), None
    perubahan.save(update_fields=["bukti"])
    catat("pdpb.lepas_bukti", perubahan, oleh=oleh, kalimat=f"Melepas bukti: {lama}", alasan=catatan)


def _pastikan_belum_diputus(perubahan: Perubahan) -> None:
    if perubahan.status not in BOLEH_DILENGKAPI:
        raise Refused(
            f"Usulan nomor {perubahan.pk} sudah {perubahan.get_status_display().lower()}. Minta verifikator menolak "
            "atau membatalkannya lebih dahulu."
        )


def _belum_pasti(ids: Collection[int], langkah: Langkah, oleh) -> dict[int, str]:
    """Why changes of *ids* cannot be verified yet: matched by name, and nobody else has said that the person is meant.

    Whoever chose the person is not the one who verifies the choice.
    """
    if langkah.nama != "verifikasi":
        return {}
    baris = PadananBaris.objects.filter(perubahan__in=ids).filter(Q(status="dicocokkan") | Q(diputus_oleh=oleh))
    return {
        satu.perubahan_id: (
            "Orangnya baru dicocokkan lewat nama dan tanggal lahir. Pastikan dahulu di halaman Pilih orangnya."
            if satu.status == PadananBaris.Status.DICOCOKKAN
            else "Anda sendiri yang memilih orang pada usulan ini. Minta petugas lain memverifikasinya."
        )
        for satu in baris
        if satu.perubahan_id
    }


def _jalankan(langkah: Langkah, ids: list[int], *, oleh, catatan: str, bukti: Bukti | None) -> None:
    if not ids:
        return
    semua = Perubahan.objects.filter(pk__in=ids)
    RiwayatPerubahan.objects.bulk_create(
        [
            RiwayatPerubahan(
                perubahan_id=pk, langkah=langkah.nama, dari=dari, ke=langkah.ke, oleh=oleh, catatan=catatan
            )
            for pk, dari in semua.values_list("pk", "status")
        ],
        batch_size=5_000,
    )
    if bukti and semua.filter(bukti__isnull=True).exists():
        _simpan_bukti(bukti)
        semua.filter(bukti__isnull=True).update(bukti=bukti)
    try:
        if langkah.nama == "setujui":
            terapkan_perubahan(ids, pada=hari_ini())
        elif langkah.nama == "batalkan_persetujuan":
            urungkan_perubahan(ids)
    except DaftarBerubah as galat:
        raise Refused(
            f"Daftar sudah berubah: {galat}. Batalkan perubahan yang lebih baru lebih dahulu, lalu ulangi."
        ) from galat
    isi: dict[str, Any] = {"status": langkah.ke}
    if langkah.nama == "verifikasi":
        isi["verifikator"] = oleh
    elif langkah.nama == "setujui":
        isi |= {"penyetuju": oleh, "disetujui_pada": sekarang()}
    elif langkah.nama == "batalkan_persetujuan":
        isi |= {"penyetuju": None, "disetujui_pada": None}
    semua.update(**isi)
    ikuti_perubahan(ids, langkah.nama)
    if langkah.mengubah_daftar:
        start_job("pdpb.cari_ganda_berubah", by=oleh, perubahan=ids)
