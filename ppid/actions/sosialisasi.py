"""An event from plan to accounts: no date before PPID KPU RI agreed to one, and nobody approves the own plan."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah import dasar
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Pegawai
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat.models import KehadiranAnggota, Peserta, Rapat
from kpupalu.rapat.penjaga import JADWAL, daftarkan_penjaga
from kpupalu.surat import keluar
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar
from kpupalu.surat.models.keluar import GUGUR
from ppid.actions.jawaban import pejabat_pada
from ppid.cetakan_sosialisasi import isi_laporan, kurang_untuk_laporan
from ppid.models import ButirEvaluasi, Koordinasi, Narasumber, Pejabat, Sosialisasi

S, H = Sosialisasi.Status, Koordinasi.Hasil
KELOLA, SETUJUI, SPJ = "ppid.kelola_sosialisasi", "ppid.setujui_sosialisasi", "ppid.catat_spj"
JENIS = "ppid-sosialisasi"
TERTANDA = (Naskah.Status.LENGKAP, Naskah.Status.DITANDATANGANI_BASAH, Naskah.Status.DIUMUMKAN)
_BUKAN_PPID = "Sosialisasi direncanakan dan dicatat oleh PPID atau petugas layanannya."
PERTANYAAN = (
    "Materi mudah dipahami", "Narasumber menguasai materi", "Waktu untuk bertanya cukup", "Tempat dapat diakses semua",
    "Kegiatan bermanfaat bagi pekerjaan atau kehidupan Anda",
)  # fmt: skip
"""The sheet a new event begins with; each may be changed."""


def bersih(isi: Mapping[str, Any]) -> dict[str, Any]:
    """*isi* with stripped texts in which every number shaped like a NIK is masked."""
    return {k: samarkan_teks(v.strip()) if isinstance(v, str) else v for k, v in isi.items()}


def pegang(s: Sosialisasi, *, versi: int | None, dari: Sequence[str]) -> Sosialisasi:
    """The row, locked and read again; refuses an older edition (unless *versi* is None) and a state outside *dari*."""
    segar = Sosialisasi.objects.select_for_update(of=("self",)).get(pk=s.pk)
    if versi is not None and segar.versi != versi:
        raise Refused("Sosialisasi ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.status not in dari:
        raise Refused(f"Sosialisasi ini berstatus “{segar.get_status_display()}”. Muat ulang halamannya.")
    return segar


def kata(baris: models.Model, bidang: str, nilai: Any) -> str:
    """*nilai* of the field *bidang* as people read it: the label of a choice, else the value; empty for nothing."""
    pilihan = dict(baris._meta.get_field(bidang).flatchoices or ())  # type: ignore[union-attr]
    return "" if nilai is None else str(pilihan.get(nilai, nilai))


def _simpan(s: Sosialisasi, acara: str, kalimat: str, *, oleh, alasan: str = "", **isi: Any) -> Sosialisasi:
    lama = {k: getattr(s, k) for k in isi}
    for bidang, nilai in isi.items():
        setattr(s, bidang, nilai)
    s.versi += 1
    try:
        s.validate_constraints()
    except ValidationError as galat:
        raise Refused(" ".join(galat.messages)) from galat
    s.save()
    ubah = {k: (kata(s, k, lama[k]), kata(s, k, isi[k])) for k in isi if lama[k] != isi[k]}
    catat(f"ppid.{acara}", s, oleh=oleh, kalimat=kalimat, alasan=alasan, perubahan=ubah)
    return s


@transaction.atomic
def rencanakan(*, isi: Mapping[str, Any], oleh) -> Sosialisasi:
    """A new plan with the usual evaluation sheet. Its date is only a proposal; refuses one that is not to come."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    s = Sosialisasi(**bersih(isi), dibuat_oleh=oleh)
    _akan_datang(s.tanggal_usulan)
    s.save()
    ButirEvaluasi.objects.bulk_create(
        ButirEvaluasi(sosialisasi=s, urut=urut, pertanyaan=satu) for urut, satu in enumerate(PERTANYAAN, start=1)
    )
    catat("ppid.sosialisasi_rencana", s, oleh=oleh, kalimat=f"Merencanakan sosialisasi: {s.judul}")
    return s


def _akan_datang(tanggal: date) -> None:
    if tanggal <= hari_ini():
        raise Refused("Tanggal yang diusulkan harus sesudah hari ini. Periksa tanggalnya.")


@transaction.atomic
def ubah_rencana(s: Sosialisasi, *, isi: Mapping[str, Any], versi: int, oleh) -> Sosialisasi:
    """Change a plan that was not yet put to PPID KPU RI."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.RENCANA,))
    baru = bersih(isi)
    _akan_datang(baru["tanggal_usulan"])
    return _simpan(segar, "sosialisasi_ubah", "Mengubah rencana", oleh=oleh, **baru)


# --- Coordination with PPID KPU RI -------------------------------------------------------------------------------
def surat_untuk(s: Sosialisasi, *, hal: str, isi: str, rincian: list[list[str]], tanggal: date, kepada, oleh):
    """A draft of the letter *hal* about *s*. Refuses when the office has no code for letters of public information."""
    kode = Klasifikasi.objects.berlaku(tanggal).filter(kode="HM.03").first()
    if kode is None:
        raise Refused("Kode klasifikasi HM.03 belum ada atau tidak berlaku. Minta admin melengkapinya.")
    surat = SuratKeluar(
        kode_jenis="surat-dinas", klasifikasi=kode, tanggal=tanggal, hal=hal, isi=isi, rincian=rincian,
        penutup="Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
        penanda=SuratKeluar.Penanda.SEKRETARIS, subjek_label=s._meta.label_lower, subjek_id=str(s.pk),
    )  # fmt: skip
    return keluar.susun(surat, kepada=[kepada], by=oleh)


@transaction.atomic
def koordinasikan(
    s: Sosialisasi, *, kepada: Instansi, surat_tanggal: date, surat_nomor: str = "", versi: int, oleh
) -> Koordinasi:
    """Put the proposed date to PPID KPU RI: draft the letter here, or record one already sent (*surat_nomor*).

    Refuses a letter that is not older than the proposed date, a recorded one of the future, and a second question
    while one is open.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.RENCANA, S.KOORDINASI))
    akhir = segar.koordinasi_terakhir
    if segar.status == S.KOORDINASI and akhir and akhir.hasil != H.DITOLAK:
        raise Refused("Koordinasi untuk tanggal ini sudah berjalan. Catat jawabannya lebih dahulu.")
    if surat_tanggal >= segar.tanggal_usulan:
        raise Refused("Surat koordinasi harus mendahului tanggal yang diusulkan. Periksa kedua tanggalnya.")
    k = Koordinasi(sosialisasi=segar, kepada=kepada, tanggal_diusulkan=segar.tanggal_usulan)
    if surat_nomor.strip():
        if surat_tanggal > hari_ini():
            raise Refused("Surat yang sudah dikirim tidak mungkin bertanggal sesudah hari ini.")
        k.surat_nomor, k.surat_tanggal = surat_nomor.strip(), surat_tanggal
    else:
        k.surat = _surat_koordinasi(segar, kepada, surat_tanggal, oleh)
    k.save()
    kalimat = f"Mengusulkan {tanggal_panjang(segar.tanggal_usulan)} kepada {kepada}"
    _simpan(segar, "sosialisasi_koordinasi", kalimat, oleh=oleh, status=S.KOORDINASI)
    return k


def _surat_koordinasi(s: Sosialisasi, kepada: Instansi, tanggal: date, oleh) -> SuratKeluar:
    return surat_untuk(
        s, hal="Koordinasi waktu pelaksanaan sosialisasi", tanggal=tanggal, kepada=kepada, oleh=oleh,
        isi=f"KPU Kota Palu merencanakan {s.judul} ({s.dasar}). Mohon persetujuan PPID KPU RI atas waktunya:",
        rincian=[
            ["Tanggal yang diusulkan", tanggal_panjang(s.tanggal_usulan)], ["Tempat", s.tempat], ["Sasaran", s.sasaran],
        ],
    )  # fmt: skip


@transaction.atomic
def catat_jawaban(s: Sosialisasi, *, isi: Mapping[str, Any], versi: int, oleh) -> Koordinasi:
    """Record what PPID KPU RI answered, and the number and date the letter has now.

    Refuses a letter without number, an answer before the letter or after today, an agreed date before the answer.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.KOORDINASI,))
    k = segar.koordinasi_terakhir
    if k is None or k.hasil:
        raise Refused("Tidak ada koordinasi yang menunggu jawaban. Muat ulang halamannya.")
    nomor, tanggal = k.surat_kini()
    if tanggal is None:
        raise Refused("Surat koordinasi belum bernomor atau sudah ditarik. Siapkan suratnya lebih dahulu.")
    for bidang, nilai in bersih(isi).items():
        setattr(k, bidang, nilai)
    k.surat_nomor, k.surat_tanggal = nomor, tanggal
    _periksa_jawaban(k, tanggal)
    k.save()
    kalimat = f"{k.get_melalui_display()} dari {k.kepada}: {k.get_hasil_display().lower()}"
    if k.tanggal_disepakati:
        kalimat += f", {tanggal_panjang(k.tanggal_disepakati)}"
    _simpan(segar, "sosialisasi_jawaban", kalimat, oleh=oleh)
    return k


def _periksa_jawaban(k: Koordinasi, surat: date) -> None:
    if k.jawaban_tanggal is None or not surat <= k.jawaban_tanggal <= hari_ini():
        raise Refused("Tanggal jawaban harus di antara tanggal surat koordinasi dan hari ini.")
    if k.melalui == Koordinasi.Melalui.SURAT and len(k.jawaban_nomor) < 3:
        raise Refused("Tuliskan nomor surat jawabannya.")
    if k.hasil == H.DITOLAK:
        k.tanggal_disepakati = None
    elif k.tanggal_disepakati is None or k.tanggal_disepakati < k.jawaban_tanggal:
        raise Refused("Tanggal yang disepakati tidak boleh mendahului jawabannya. Periksa kedua tanggalnya.")


# --- A date, an invitation, the day ------------------------------------------------------------------------------
@transaction.atomic
def setujui(
    s: Sosialisasi, *, mulai: time, selesai: time | None, tempat: str, pimpinan: Pegawai | None, versi: int, oleh
) -> Sosialisasi:
    """Fix the date PPID KPU RI agreed to and call the meeting, or move the one called before.

    Refuses without that agreement, when the letter fell away meanwhile, a date already past, and the own plan.
    """
    perlu_hak(oleh, SETUJUI, "Pelaksanaan sosialisasi disetujui oleh sekretaris.")
    segar = pegang(s, versi=versi, dari=(S.KOORDINASI,))
    if segar.dibuat_oleh_id == oleh.pk:
        raise Refused("Anda yang merencanakan sosialisasi ini, sehingga orang lain yang menyetujuinya.")
    k = segar.koordinasi_terakhir
    if k is None or k.hasil != H.DISETUJUI or k.tanggal_disepakati is None:
        raise Refused("Tanggal belum disepakati dengan PPID KPU RI. Catat jawabannya lebih dahulu.")
    if k.surat_kini()[1] is None:
        raise Refused("Surat koordinasinya tidak berlaku lagi. Koordinasikan kembali tanggalnya.")
    if k.tanggal_disepakati < hari_ini():
        raise Refused("Tanggal yang disepakati sudah lewat. Koordinasikan tanggal yang baru.")
    rapat = _panggil(segar, k.tanggal_disepakati, mulai, selesai, tempat, pimpinan, oleh)
    return _simpan(
        segar, "sosialisasi_setujui", f"Menyetujui pelaksanaan pada {tanggal_panjang(k.tanggal_disepakati)}", oleh=oleh,
        status=S.DISETUJUI, tanggal=k.tanggal_disepakati, tempat=tempat.strip(), koordinasi=k, rapat=rapat,
        disetujui_oleh=oleh,
    )  # fmt: skip


def _panggil(s: Sosialisasi, tanggal: date, mulai, selesai, tempat: str, pimpinan, oleh) -> Rapat:
    rapat = s.rapat or Rapat(
        jenis=Rapat.Jenis.SOSIALISASI, acara="Pembukaan\nPaparan narasumber\nTanya jawab\nEvaluasi",
        subjek_label=s._meta.label_lower, subjek_id=str(s.pk),
    )  # fmt: skip
    rapat.judul, rapat.tanggal, rapat.tempat = s.judul, tanggal, tempat.strip()
    rapat.mulai, rapat.selesai, rapat.pimpinan = mulai, selesai, pimpinan
    if rapat.pk is None:
        return rapat_kantor.jadwalkan(rapat, by=oleh)
    return rapat_kantor.ubah_jadwal(rapat, dilihat=rapat.versi, by=oleh, dari_pemilik=True)


@daftarkan_penjaga("ppid.sosialisasi")
def jaga_rapat(rapat: Rapat, tindakan: str) -> Verdict:
    """The day and place of the event are those agreed on; a coordination meeting about it moves freely."""
    if rapat.jenis == Rapat.Jenis.SOSIALISASI and tindakan == JADWAL:
        return Verdict("Tanggal dan tempat sosialisasi diubah dari halaman sosialisasinya, sesudah koordinasi.")
    return ALLOWED


@transaction.atomic
def pindah_tempat(s: Sosialisasi, *, mulai: time, selesai: time | None, tempat: str, versi: int, oleh) -> Sosialisasi:
    """Another place or hour on the agreed day."""
    perlu_hak(oleh, SETUJUI, "Tempat sosialisasi diubah oleh sekretaris.")
    segar = pegang(s, versi=versi, dari=Sosialisasi.TERJADWAL)
    if segar.rapat and segar.tanggal:
        _panggil(segar, segar.tanggal, mulai, selesai, tempat, segar.rapat.pimpinan, oleh)
    return _simpan(segar, "sosialisasi_tempat", "Mengubah tempat atau jam", oleh=oleh, tempat=tempat.strip())


@transaction.atomic
def jadwalkan_ulang(s: Sosialisasi, *, tanggal_usulan: date, catatan: str, versi: int, oleh) -> Sosialisasi:
    """Give the agreed date up: the meeting is postponed, the event a plan again that needs a new coordination."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    catatan = perlu_alasan(catatan)
    segar = pegang(s, versi=versi, dari=Sosialisasi.TERJADWAL)
    _akan_datang(tanggal_usulan)
    _hentikan_rapat(segar, Rapat.Status.DITUNDA, catatan, oleh)
    return _simpan(
        segar, "sosialisasi_jadwal_ulang", "Menjadwalkan ulang", oleh=oleh, alasan=catatan, status=S.RENCANA,
        tanggal_usulan=tanggal_usulan, tanggal=None, koordinasi=None, disetujui_oleh=None,
    )  # fmt: skip


def _hentikan_rapat(s: Sosialisasi, ke: str, alasan: str, oleh) -> None:
    if s.rapat and s.rapat.status not in (ke, Rapat.Status.DIBATALKAN):
        rapat_kantor.hentikan(s.rapat, ke=ke, alasan=alasan, by=oleh)


@transaction.atomic
def batalkan(s: Sosialisasi, *, catatan: str, versi: int, oleh) -> Sosialisasi:
    """Give an event up that did not take place, with its meeting and the reason."""
    catatan = perlu_alasan(catatan)
    segar = pegang(s, versi=versi, dari=(S.RENCANA, S.KOORDINASI, *Sosialisasi.TERJADWAL))
    if not oleh.has_perm(SETUJUI):
        perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    _hentikan_rapat(segar, Rapat.Status.DIBATALKAN, catatan, oleh)
    return _simpan(segar, "sosialisasi_batal", "Membatalkan", oleh=oleh, alasan=catatan, status=S.BATAL,
                   alasan_batal=catatan[:300])  # fmt: skip


@transaction.atomic
def undang(s: Sosialisasi, *, instansi: Sequence[Instansi], tanggal: date, versi: int, oleh) -> Sosialisasi:
    """Draft the invitation of the meeting to *instansi*.

    Refuses while no speaker agreed to come or one has not answered.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=Sosialisasi.TERJADWAL)
    K = Narasumber.Kesediaan
    narasumber = list(segar.narasumber.exclude(kesediaan=K.TIDAK))
    if not narasumber:
        raise Refused("Belum ada narasumber yang bersedia. Tambahkan narasumber dan catat kesediaannya.")
    if belum := next((n for n in narasumber if n.kesediaan != K.BERSEDIA), None):
        raise Refused(f"{belum} belum menyatakan kesediaan. Catat jawabannya, lalu susun undangan.")
    if segar.rapat:
        rapat = rapat_kantor.atur_peserta(segar.rapat, instansi, by=oleh)
        rapat_kantor.buat_undangan(rapat, tanggal=tanggal, by=oleh)
    kalimat = f"Menyusun undangan untuk {len(instansi)} instansi"
    return _simpan(segar, "sosialisasi_undang", kalimat, oleh=oleh, status=S.DIUNDANG)


@transaction.atomic
def laksanakan(s: Sosialisasi, *, hadir_laki: int, hadir_perempuan: int, versi: int, oleh) -> Sosialisasi:
    """Say that it took place, and how many came. Refuses before its day and without anybody on the attendance list."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.DIUNDANG,))
    if segar.tanggal is None or segar.tanggal > hari_ini():
        raise Refused("Sosialisasi ini belum berlangsung. Catat sesudah tanggalnya.")
    if hadir_laki + hadir_perempuan < 1:
        raise Refused("Tuliskan jumlah peserta yang hadir.")
    hadir = Peserta.objects.filter(rapat=segar.rapat, status__in=["hadir", "diwakili"]).exists()
    if not hadir and not KehadiranAnggota.objects.filter(rapat=segar.rapat, status="hadir").exists():
        raise Refused("Kehadiran belum dicatat pada rapatnya. Catat kehadiran lebih dahulu.")
    kalimat = f"Mencatat terlaksana, {hadir_laki + hadir_perempuan} peserta"
    return _simpan(segar, "sosialisasi_terlaksana", kalimat, oleh=oleh, status=S.TERLAKSANA, hadir_laki=hadir_laki,
                   hadir_perempuan=hadir_perempuan)  # fmt: skip


# --- Report and accounts -----------------------------------------------------------------------------------------
@transaction.atomic
def susun_laporan(s: Sosialisasi, *, tanggal: date, versi: int, oleh) -> Naskah:
    """Freeze the report as an official document with a number, to be signed by the PPID of *tanggal*.

    Refuses while something of it is missing, a day before the event or after today, and a second living report.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.TERLAKSANA, S.LAPORAN))
    if segar.status == S.LAPORAN and segar.naskah and segar.naskah.status not in GUGUR:
        raise Refused("Laporan ini sudah disusun. Tarik naskahnya bila isinya harus diubah.")
    if kurang := kurang_untuk_laporan(segar):
        raise Refused(f"Laporan belum lengkap. {' '.join(kurang)}")
    if segar.tanggal is None or not segar.tanggal <= tanggal <= hari_ini():
        raise Refused("Tanggal laporan harus di antara tanggal pelaksanaan dan hari ini.")
    naskah = dasar.buat_naskah(
        JENIS, subjek=segar, isi=isi_laporan(segar, tanggal), by=oleh, tanggal=tanggal,
        penandatangan=[pejabat_pada(Pejabat.Peran.PPID, tanggal)],
    )  # fmt: skip
    naskah = dasar.siapkan(naskah, by=oleh)
    _simpan(segar, "sosialisasi_laporan", f"Menyusun laporan nomor {naskah.nomor}", oleh=oleh, status=S.LAPORAN,
            naskah=naskah)  # fmt: skip
    return naskah


@transaction.atomic
def selesaikan_spj(s: Sosialisasi, *, spj_nomor: str, spj_tanggal: date, versi: int, oleh) -> Sosialisasi:
    """Close the accounts. Refuses an unsigned report, a budget without lines, and a line without what was spent."""
    perlu_hak(oleh, SPJ, "SPJ dicatat oleh bendahara.")
    segar = pegang(s, versi=versi, dari=(S.LAPORAN,))
    if segar.naskah is None or segar.naskah.status not in TERTANDA:
        raise Refused("Laporan belum ditandatangani. SPJ dicatat sesudahnya.")
    pos = list(segar.anggaran.all())
    if not pos:
        raise Refused("Anggaran sosialisasi ini belum dirinci. Minta PPID melengkapinya.")
    if kosong := next((p for p in pos if p.realisasi is None), None):
        raise Refused(f"Realisasi “{kosong}” belum dicatat. Isi lebih dahulu, nol bila tidak dipakai.")
    if len(spj_nomor.strip()) < 3 or segar.tanggal is None or not segar.tanggal <= spj_tanggal <= hari_ini():
        raise Refused("Tuliskan nomor SPJ, dan tanggalnya di antara tanggal pelaksanaan dan hari ini.")
    return _simpan(segar, "sosialisasi_spj", f"Mencatat SPJ {spj_nomor.strip()}", oleh=oleh, status=S.SPJ,
                   spj_nomor=spj_nomor.strip(), spj_tanggal=spj_tanggal)  # fmt: skip
