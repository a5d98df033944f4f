"""What people do with a meeting: call it, invite, move it, record who came and what was said, and close it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.organisasi.models import anggota_pada
from kpupalu.rapat.models import KehadiranAnggota, Masukan, Peserta, Rapat, TindakLanjut
from kpupalu.rapat.penjaga import JADWAL, KEHADIRAN, MASUKAN, pastikan
from kpupalu.surat import keluar
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar
from kpupalu.surat.models.keluar import GUGUR

S = Rapat.Status
TUTUP = {S.NOTULA_DISAHKAN, S.SELESAI, S.DIBATALKAN}
_LAZIM = {
    Rapat.Jenis.PLENO: "undang_pleno",
    Rapat.Jenis.KOORDINASI: "undang_koordinasi",
    Rapat.Jenis.FORUM: "undang_forum",
}
_KLASIFIKASI = {Rapat.Jenis.SOSIALISASI: "HM.03"}
_JADWAL = ("judul", "tanggal", "mulai", "selesai", "tempat", "acara", "pimpinan_id", "notulis_id")


def lazim_diundang(jenis: str) -> Iterable[Instansi]:
    """The partners that the master list names for meetings of *jenis*; none where it names nobody for that kind."""
    medan = _LAZIM.get(Rapat.Jenis(jenis))
    return Instansi.objects.filter(aktif=True, **{medan: True}) if medan else Instansi.objects.none()


def kunci(rapat: Rapat) -> Rapat:
    """The row of *rapat*, freshly read and locked until the transaction ends (before any agenda row)."""
    return Rapat.objects.select_for_update(of=("self",)).get(pk=rapat.pk)


def pastikan_terbuka(rapat: Rapat) -> None:
    """Refuse a meeting that is called off or whose notula is signed."""
    if rapat.status in TUTUP:
        raise Refused(f"Rapat ini sudah berstatus {rapat.get_status_display().lower()}, sehingga tidak dapat diubah.")


@transaction.atomic
def jadwalkan(rapat: Rapat, *, peserta: Iterable[Instansi] | None = None, by) -> Rapat:
    """Save a new meeting, its participants (by default those the master list names) and the commissioners of its day.

    Refuses a second living pleno about the same thing.
    """
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang menjadwalkan rapat.")
    rapat.dibuat_oleh, rapat.status = by, S.DIJADWALKAN
    try:
        with transaction.atomic():
            rapat.save(force_insert=True)
    except IntegrityError as galat:
        if "rapat_satu_pleno" not in str(galat):
            raise
        raise Refused("Rapat pleno untuk hal ini sudah dijadwalkan. Buka rapat itu.") from galat
    Peserta.objects.bulk_create(
        Peserta(rapat=rapat, instansi=i) for i in (lazim_diundang(rapat.jenis) if peserta is None else peserta)
    )
    _susun_anggota(rapat)
    catat("rapat_dijadwalkan", rapat, oleh=by, kalimat=f"Menjadwalkan rapat pada {rapat.hari_tanggal}")
    return rapat


def _susun_anggota(rapat: Rapat) -> None:
    """The commissioners in office on the day of the meeting; what was already recorded about them stays."""
    kini = anggota_pada(rapat.tanggal)
    rapat.anggota.filter(status=KehadiranAnggota.Status.BELUM).exclude(
        pegawai__in=[m.pegawai_id for m in kini]
    ).delete()
    for urut, masa in enumerate(kini, start=1):
        KehadiranAnggota.objects.update_or_create(
            rapat=rapat, pegawai=masa.pegawai, defaults={"urut": urut, "jabatan": masa.get_jabatan_display()}
        )


@transaction.atomic
def ubah_jadwal(rapat: Rapat, *, dilihat: int, by, dari_pemilik: bool = False) -> Rapat:
    """Save changed time, place or agenda. *dilihat* is the edition the person had before them.

    With *dari_pemilik* the work area itself moves the meeting and is not asked. An invitation that went out is not
    changed: write a new one. Refuses after anybody was recorded as present.
    """
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang mengubah rapat.")
    lama = kunci(rapat)
    pastikan_terbuka(lama)
    if lama.versi != dilihat:
        raise Refused("Orang lain mengubah rapat ini sesudah Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
    beda = {m: (getattr(lama, m), getattr(rapat, m)) for m in _JADWAL if getattr(lama, m) != getattr(rapat, m)}
    if not dari_pemilik and {"tanggal", "tempat"} & beda.keys():
        pastikan(lama, JADWAL)
    if "tanggal" in beda and lama.peserta.filter(status__in=["hadir", "diwakili"]).exists():
        raise Refused("Kehadiran rapat ini sudah dicatat, sehingga tanggalnya tidak dapat dipindah.")
    if not beda:
        return lama
    rapat.versi, rapat.status = lama.versi + 1, S.DIJADWALKAN if lama.status == S.DITUNDA else lama.status
    rapat.save(update_fields=[*_JADWAL, "versi", "status"])
    _susun_anggota(rapat)
    catat("rapat_diubah", rapat, oleh=by, kalimat="Mengubah rapat", perubahan=beda)
    return rapat


@transaction.atomic
def atur_peserta(rapat: Rapat, instansi: Sequence[Instansi], *, by) -> Rapat:
    """Make the list of invited partners exactly *instansi*. Refuses to drop one whose attendance is recorded."""
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang mengatur peserta rapat.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    ada = {p.instansi_id: p for p in rapat.peserta.select_related("instansi")}
    diminta = {i.pk: i for i in instansi}
    buang = [p for pk, p in ada.items() if pk not in diminta]
    if tercatat := next((p for p in buang if p.status != Peserta.Status.DIUNDANG), None):
        raise Refused(f"Kehadiran {tercatat.instansi} sudah dicatat, sehingga tidak dapat dikeluarkan dari daftar.")
    Peserta.objects.filter(pk__in=[p.pk for p in buang]).delete()
    baru = [i for pk, i in diminta.items() if pk not in ada]
    Peserta.objects.bulk_create(Peserta(rapat=rapat, instansi=i) for i in baru)
    if baru or buang:
        beda = {"peserta": ([str(p.instansi) for p in buang], [str(i) for i in baru])}
        catat("rapat_peserta", rapat, oleh=by, kalimat="Mengubah daftar peserta (keluar → masuk)", perubahan=beda)
    return rapat


@transaction.atomic
def buat_undangan(rapat: Rapat, *, tanggal: date, by) -> SuratKeluar:
    """Draft one invitation to all participants of *rapat*; the meeting is *diundang*.

    Refuses an empty list, a letter dated after the meeting, and a second invitation while one lives.
    """
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang mengundang peserta rapat.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    lama = rapat.undangan
    if lama and not lama.dibatalkan and not (lama.naskah and lama.naskah.status in GUGUR):
        raise Refused("Undangan rapat ini sudah ada. Buka surat undangan itu.")
    peserta = [p.instansi for p in rapat.peserta.select_related("instansi")]
    if not peserta:
        raise Refused("Belum ada peserta yang diundang. Atur peserta rapat lebih dahulu.")
    if tanggal > rapat.tanggal:
        raise Refused("Undangan tidak mungkin bertanggal sesudah rapat. Periksa tanggalnya.")
    surat = SuratKeluar(
        kode_jenis="undangan",
        klasifikasi=Klasifikasi.objects.get(kode=_KLASIFIKASI.get(Rapat.Jenis(rapat.jenis), "PL.01.2")),
        tanggal=tanggal,
        hal=f"Undangan {rapat.get_jenis_display().lower()}",
        isi=f"Sehubungan dengan {rapat.judul}, kami mengundang Saudara untuk hadir pada:",
        rincian=[
            ["Hari, tanggal", rapat.hari_tanggal],
            ["Pukul", rapat.pukul],
            ["Tempat", rapat.tempat],
            ["Acara", "; ".join(b.strip() for b in rapat.acara.splitlines() if b.strip())],
        ],
        penutup="Bila berhalangan, Saudara dapat menugaskan wakil. Demikian undangan ini disampaikan, atas perhatian "
        "dan kehadiran Saudara diucapkan terima kasih.",
        subjek_label=rapat._meta.label_lower,
        subjek_id=str(rapat.pk),
    )
    rapat.undangan = keluar.susun(surat, kepada=peserta, by=by)
    if rapat.status == S.DIJADWALKAN:
        rapat.status = S.DIUNDANG
    rapat.save(update_fields=["undangan", "status"])
    kalimat = f"Menyusun undangan untuk {len(peserta)} instansi"
    catat("rapat_diundang", rapat, oleh=by, jumlah=len(peserta), kalimat=kalimat)
    return rapat.undangan


@dataclass(frozen=True, slots=True)
class Hadir:
    """What is said about one participant or commissioner; *dilihat* is the edition the person had before them."""

    pk: int
    status: str
    dilihat: int
    nama: str = ""
    jabatan: str = ""
    alasan: str = ""


class SudahBerubah(Refused):
    """Somebody else recorded this attendance meanwhile; ``baris`` is how it stands now."""

    def __init__(self, kalimat: str, *, baris: Peserta | KehadiranAnggota) -> None:
        super().__init__(kalimat)
        self.baris = baris


@transaction.atomic
def catat_kehadiran(rapat: Rapat, *, peserta: Sequence[Hadir] = (), anggota: Sequence[Hadir] = (), by) -> int:
    """Record attendance; all of it or nothing. Returns how many rows changed.

    Refuses presence before the day of the meeting, presence without a name, absence without a reason, and a row that
    somebody else recorded differently since it was read (SudahBerubah says how it stands now).
    """
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang mencatat kehadiran rapat.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    berubah = [b for h in peserta if (b := _satu(rapat.peserta.select_related("instansi"), h, rapat))]
    baris_anggota = [b for h in anggota if (b := _satu(rapat.anggota.select_related("pegawai"), h, rapat))]
    if baris_anggota:
        pastikan(rapat, KEHADIRAN)
    for baris, _ in [*berubah, *baris_anggota]:
        baris.save()
    semua = {str(baris): beda for baris, beda in [*berubah, *baris_anggota]}
    if semua:
        if rapat.status in {S.DIJADWALKAN, S.DIUNDANG, S.DITUNDA} and rapat.tanggal <= hari_ini():
            rapat.status = S.BERLANGSUNG
            rapat.save(update_fields=["status"])
        catat("rapat_kehadiran", rapat, oleh=by, kalimat="Mencatat kehadiran", perubahan=semua, jumlah=len(semua))
    return len(semua)


def _satu(queryset, hadir: Hadir, rapat: Rapat) -> tuple[Any, tuple[str, str]] | None:
    """The changed row and its (old, new) words, or None when it stands like this already."""
    baris = queryset.get(pk=hadir.pk)
    hadir_di_sana = hadir.status in ("hadir", "diwakili")
    baru = {"status": hadir.status, "alasan": hadir.alasan.strip() if hadir.status == "tidak_hadir" else ""}
    if isinstance(baris, Peserta):
        baru |= {
            "nama": hadir.nama.strip() if hadir_di_sana else "",
            "jabatan": hadir.jabatan.strip() if hadir_di_sana else "",
        }
    if all(getattr(baris, m) == nilai for m, nilai in baru.items()):
        return None
    if baris.versi != hadir.dilihat:
        raise SudahBerubah(
            f"Orang lain mencatat {baris}: {_kata(baris)}. Isian Anda belum disimpan; cocokkan, lalu simpan lagi.",
            baris=baris,
        )
    if hadir_di_sana and rapat.tanggal > hari_ini():
        raise Refused(f"Rapat baru berlangsung {rapat.hari_tanggal}, sehingga {baris} belum dapat dicatat hadir.")
    if hadir_di_sana and isinstance(baris, Peserta) and not baru["nama"]:
        raise Refused(f"Tuliskan nama orang yang hadir untuk {baris}.")
    if hadir.status == "tidak_hadir" and not baru["alasan"]:
        raise Refused(f"Tuliskan alasan mengapa {baris} tidak hadir.")
    lama = _kata(baris)
    for medan, nilai in baru.items():
        setattr(baris, medan, nilai)
    baris.versi += 1
    return baris, (lama, _kata(baris))


def _kata(baris: Any) -> str:
    orang = [baris.nama, baris.jabatan] if isinstance(baris, Peserta) else []
    bagian = [baris.get_status_display(), *orang, baris.alasan]
    return ", ".join(b for b in bagian if b)


@transaction.atomic
def catat_masukan(
    rapat: Rapat, *, lembaga: str, isi: str, jawaban: str, instansi: Instansi | None = None, by
) -> Masukan:
    """Add one remark and its answer; the same remark again changes nothing."""
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang mencatat masukan rapat.")
    rapat = kunci(rapat)
    pastikan_terbuka(rapat)
    pastikan(rapat, MASUKAN)
    nilai = {"lembaga": lembaga.strip() or str(instansi or ""), "isi": isi.strip(), "jawaban": jawaban.strip()}
    if sama := rapat.masukan.filter(**nilai, dicabut=False).first():
        return sama
    masukan = Masukan.objects.create(rapat=rapat, instansi=instansi, dicatat_oleh=by, **nilai)
    catat("rapat_masukan", rapat, oleh=by, kalimat=f"Mencatat masukan {masukan.lembaga}: {masukan.isi}")
    return masukan


def _kunci_masukan(masukan: Masukan) -> tuple[Rapat, Masukan]:
    rapat = kunci(masukan.rapat)
    pastikan_terbuka(rapat)
    pastikan(rapat, MASUKAN)
    return rapat, Masukan.objects.select_for_update().get(pk=masukan.pk)


@transaction.atomic
def ubah_masukan(masukan: Masukan, *, isi: str, jawaban: str, dilihat: int, by) -> Masukan:
    """Correct a remark or its answer; *dilihat* as in ``ubah_jadwal``."""
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang mengubah masukan rapat.")
    rapat, masukan = _kunci_masukan(masukan)
    if masukan.versi != dilihat or masukan.dicabut:
        raise Refused("Orang lain mengubah masukan ini sesudah Anda membukanya. Muat ulang, lalu ulangi.")
    beda = {m: (getattr(masukan, m), b) for m, b in (("isi", isi), ("jawaban", jawaban)) if getattr(masukan, m) != b}
    masukan.isi, masukan.jawaban, masukan.versi = isi, jawaban, masukan.versi + 1
    masukan.save(update_fields=["isi", "jawaban", "versi"])
    catat("rapat_masukan_diubah", rapat, oleh=by, kalimat=f"Mengubah masukan {masukan.lembaga}", perubahan=beda)
    return masukan


@transaction.atomic
def cabut_masukan(masukan: Masukan, *, alasan: str, by) -> Masukan:
    """Take a remark that was recorded by mistake out of the documents; the row stays with its reason."""
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang mencabut masukan rapat.")
    alasan = perlu_alasan(alasan)
    rapat, masukan = _kunci_masukan(masukan)
    masukan.dicabut, masukan.alasan_cabut = True, alasan[:300]
    masukan.save(update_fields=["dicabut", "alasan_cabut"])
    catat("rapat_masukan_dicabut", rapat, oleh=by, alasan=alasan, kalimat=f"Mencabut masukan {masukan.lembaga}")
    return masukan


@transaction.atomic
def tambah_tindak_lanjut(
    rapat: Rapat, *, uraian: str, pic, tenggat: date | None = None, masukan: Masukan | None = None, by
) -> TindakLanjut:
    """Record what the meeting agreed to do. Refuses a day before the meeting."""
    perlu_hak(by, "rapat.catat_rapat", "Anda tidak berwenang mencatat tindak lanjut rapat.")
    rapat = kunci(rapat)
    if rapat.status in {S.SELESAI, S.DIBATALKAN}:
        raise Refused("Rapat ini sudah ditutup, sehingga tidak dapat diberi tindak lanjut.")
    if tenggat and tenggat < rapat.tanggal:
        raise Refused("Batas waktu tindak lanjut tidak mungkin sebelum rapat. Periksa tanggalnya.")
    tindak = TindakLanjut.objects.create(rapat=rapat, uraian=uraian.strip(), pic=pic, tenggat=tenggat, masukan=masukan)
    catat("rapat_tindak_lanjut", rapat, oleh=by, kalimat=f"Tindak lanjut untuk {pic}: {tindak.uraian}")
    return tindak


@transaction.atomic
def perbarui_tindak_lanjut(tindak: TindakLanjut, *, status: str, hasil: str, by) -> TindakLanjut:
    """The responsible person, or who records meetings, says how far it is. An end needs its result."""
    rapat = kunci(tindak.rapat)
    tindak = TindakLanjut.objects.select_for_update().get(pk=tindak.pk)
    if tindak.pic_id != by.pk and not by.has_perm("rapat.catat_rapat"):
        raise Refused("Tindak lanjut ini diperbarui oleh penanggung jawabnya atau pencatat rapat.")
    if rapat.status in {S.SELESAI, S.DIBATALKAN} or not tindak.terbuka:
        raise Refused("Tindak lanjut ini sudah ditutup. Muat ulang halamannya.")
    lama = tindak.get_status_display()
    tindak.status, tindak.hasil = status, hasil.strip()
    if not tindak.terbuka:
        perlu_alasan(tindak.hasil)
    tindak.save(update_fields=["status", "hasil"])
    beda = {"status": (lama, tindak.get_status_display())}
    catat("rapat_tindak_lanjut_diperbarui", rapat, oleh=by, kalimat=f"Tindak lanjut: {tindak.uraian}", perubahan=beda)
    return tindak


@transaction.atomic
def hentikan(rapat: Rapat, *, ke: str, alasan: str, by) -> Rapat:
    """Postpone a meeting (``ditunda``) or call it off (``dibatalkan``), with the reason.

    Refuses one whose attendance or remarks are already recorded.
    """
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang menunda atau membatalkan rapat.")
    alasan = perlu_alasan(alasan)
    rapat = kunci(rapat)
    if rapat.status not in {S.DIJADWALKAN, S.DIUNDANG, S.DITUNDA} or ke not in (S.DITUNDA, S.DIBATALKAN):
        raise Refused(f"Rapat berstatus {rapat.get_status_display().lower()} tidak dapat ditunda atau dibatalkan.")
    if rapat.masukan.filter(dicabut=False).exists():
        raise Refused("Rapat ini sudah memuat masukan. Cabut masukannya lebih dahulu bila rapat memang batal.")
    lama, rapat.status, rapat.alasan = rapat.status, S(ke), alasan[:300]
    rapat.save(update_fields=["status", "alasan"])
    beda = {"status": (lama, ke)}
    catat(f"rapat_{ke}", rapat, oleh=by, alasan=alasan, kalimat=rapat.get_status_display(), perubahan=beda)
    return rapat


@transaction.atomic
def tutup(rapat: Rapat, *, by) -> Rapat:
    """Close a meeting whose notula is signed and whose tasks are all done or given up."""
    perlu_hak(by, "rapat.kelola_rapat", "Anda tidak berwenang menutup rapat.")
    rapat = kunci(rapat)
    if rapat.status != S.NOTULA_DISAHKAN:
        raise Refused("Rapat ditutup setelah notulanya ditandatangani.")
    if sisa := rapat.tindak_lanjut.filter(status__in=["belum", "proses"]).count():
        raise Refused(f"{sisa} tindak lanjut belum selesai. Selesaikan, lalu tutup rapat ini.")
    rapat.status = S.SELESAI
    rapat.save(update_fields=["status"])
    catat("rapat_selesai", rapat, oleh=by, kalimat="Menutup rapat")
    return rapat
