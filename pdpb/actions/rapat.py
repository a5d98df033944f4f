"""The meetings of a quarter: its pleno, its coordination; remarks and absences of the pleno go into the minutes."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.organisasi.models import anggota_pada
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat.models import KehadiranAnggota, Rapat
from kpupalu.rapat.penjaga import JADWAL, daftarkan_penjaga
from pdpb.kunci import kunci_periode
from pdpb.models import Periode
from pdpb.pleno import naskah_ba, rapat_periode, rapat_pleno

PUKUL_LAZIM = time(9, 0)
ACARA = {
    Rapat.Jenis.PLENO: "Pembukaan\nPembacaan rekapitulasi\nMasukan dan tanggapan\nPenetapan dan penandatanganan",
    Rapat.Jenis.KOORDINASI: "Pembukaan\nPaparan angka sementara\nMasukan instansi\nKesepakatan",
    Rapat.Jenis.FORUM: "Pembukaan\nPaparan angka sementara\nPenyerahan data\nMasukan instansi\nKesepakatan",
}
"""The kinds of meetings a period has, and what stands on the agenda of each."""


def rancangan(periode: Periode, jenis: str, *, tanggal: date | None = None) -> Rapat:
    """An unsaved meeting of *periode* with what is usual: its day and place, the agenda, the ketua in the chair.

    Refuses a pleno without a date.
    """
    jenis = Rapat.Jenis(jenis)
    if jenis == Rapat.Jenis.PLENO and periode.tanggal_pleno is None:
        raise Refused("Tanggal pleno belum diisi. Isi tanggal pleno pada periode ini lebih dahulu.")
    hari = tanggal or periode.tanggal_pleno or periode.akhir
    anggota = anggota_pada(hari)
    return Rapat(
        jenis=jenis,
        judul=f"{jenis.label} rekapitulasi pemutakhiran data pemilih berkelanjutan {periode.nama}"
        if jenis == Rapat.Jenis.PLENO
        else f"{jenis.label} pemutakhiran data pemilih berkelanjutan {periode.nama}",
        tanggal=hari,
        mulai=PUKUL_LAZIM,
        tempat=periode.tempat_pleno or "Kantor KPU Kota Palu",
        acara=ACARA[jenis],
        pimpinan=anggota[0].pegawai if anggota else None,
        subjek_label=periode._meta.label_lower,
        subjek_id=periode.pk,
    )


@transaction.atomic
def siapkan_pleno(periode: Periode, *, oleh) -> Rapat:
    """The pleno of *periode*, scheduled now on its date and place if there is none yet."""
    periode = kunci_periode(periode)
    return rapat_pleno(periode) or rapat_kantor.jadwalkan(rancangan(periode, Rapat.Jenis.PLENO), by=oleh)


@transaction.atomic
def pindahkan_pleno(periode: Periode, *, oleh) -> None:
    """Bring a scheduled pleno in line with the date and place of *periode*; the period is the one source of both."""
    rapat = rapat_pleno(periode)
    if rapat is None or periode.tanggal_pleno is None:
        return
    rapat.tanggal, rapat.tempat = periode.tanggal_pleno, periode.tempat_pleno or rapat.tempat
    rapat_kantor.ubah_jadwal(rapat, dilihat=rapat.versi, by=oleh, dari_pemilik=True)


@transaction.atomic
def catat_masukan(periode: Periode, masukan: Mapping[str, str], *, oleh) -> Periode:
    """Add one remark to the pleno of *periode*, scheduling it if need be; the same remark again changes nothing.

    Refused once minutes have been drafted, because they hold the remarks.
    """
    periode = kunci_periode(periode)
    rapat_kantor.catat_masukan(
        siapkan_pleno(periode, oleh=oleh),
        lembaga=masukan["lembaga"],
        isi=masukan["isi"],
        jawaban=masukan["jawaban"],
        by=oleh,
    )
    return periode


@daftarkan_penjaga(Periode._meta.label_lower)
def jaga(rapat: Rapat, tindakan: str) -> Verdict:
    """What may not change about a pleno here: its date is the period's, the rest is fixed by drafted minutes."""
    if rapat.jenis != Rapat.Jenis.PLENO:
        return ALLOWED
    if tindakan == JADWAL:
        return Verdict("Tanggal dan tempat pleno diatur pada periodenya. Ubah di halaman periode.")
    if naskah := naskah_ba(rapat.subjek_id):
        return Verdict(
            f"Berita acara sudah disusun ({naskah.get_status_display().lower()}) dan memuat masukan serta "
            "kehadiran anggota. Tarik berita acara yang belum ditandatangani bila harus diubah."
        )
    return ALLOWED


def tidak_hadir_pleno(periode: Periode) -> dict[int, str]:
    """Account id → reason, of the commissioners whose absence from the pleno is recorded."""
    rapat = rapat_pleno(periode)
    if rapat is None:
        return {}
    absen = rapat.anggota.filter(status=KehadiranAnggota.Status.TIDAK_HADIR).select_related("pegawai")
    return {a.pegawai.user_id: a.alasan for a in absen if a.pegawai.user_id}


def periksa_kehadiran(periode: Periode, tidak_hadir: Mapping[int, str]) -> None:
    """Refuse minutes whose absences contradict the attendance recorded in the pleno, naming the person."""
    rapat = rapat_pleno(periode)
    if rapat is None:
        return
    rapat_kantor.kunci(rapat)
    for anggota in rapat.anggota.exclude(status=KehadiranAnggota.Status.BELUM).select_related("pegawai"):
        tercatat = anggota.status == KehadiranAnggota.Status.TIDAK_HADIR
        if (anggota.pegawai.user_id in tidak_hadir) != tercatat:
            raise Refused(
                f"Daftar hadir pleno mencatat {anggota.pegawai.nama_lengkap} {anggota.get_status_display().lower()}. "
                "Perbaiki daftar hadir rapat pleno, atau samakan isian ini."
            )


def ringkasan(periode: Periode) -> list[dict[str, Any]]:
    """The meetings of *periode* with how many were invited and how many came, in one query, for its page."""
    datang = Count("peserta", filter=Q(peserta__status__in=["hadir", "diwakili"]))
    rapat = rapat_periode(periode).annotate(jumlah_diundang=Count("peserta"), jumlah_hadir=datang)
    return [{"rapat": r, "hadir": r.jumlah_hadir, "diundang": r.jumlah_diundang} for r in rapat]
