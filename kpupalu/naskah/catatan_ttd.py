"""The note that a signer did not sign: a document of its own, numbered, printed and signed like the others."""

from datetime import date
from typing import Any

from kpupalu.audit.catatan import catat
from kpupalu.jobs.actions import start_job
from kpupalu.lib.kata import hari, tanggal_panjang, terbilang
from kpupalu.naskah.dasar import Calon, buat_naskah
from kpupalu.naskah.models import JenisNaskah, Naskah, Penandatangan
from kpupalu.organisasi.models import anggota_pada

JENIS_CATATAN = "catatan-penandatanganan"
SUBJEK = Penandatangan._meta.label_lower


def susun_catatan(
    naskah: Naskah, penanda: Penandatangan, *, jenis: JenisNaskah, nomor: str, tanggal: date, alasan: str, oleh
) -> Naskah:
    """The note about *penanda* of *naskah* under its *nomor*, frozen and being printed.

    It names *naskah* by number, code and the digest of its newest file, which stays as it is. The ketua signs it;
    where the note is about the ketua, the next commissioner in office on *tanggal*; where there is nobody else,
    whoever did not sign declares it, or for an incapacity *oleh* signs on paper.
    """
    calon, cara = _penanda(penanda, tanggal, oleh)
    catatan = buat_naskah(
        jenis,
        subjek=penanda,
        isi=_isi(naskah, penanda, tanggal, alasan, oleh),
        penandatangan=[calon],
        by=oleh,
        judul=f"Catatan Penandatanganan {naskah.jenis.nama} Nomor {naskah.nomor}",
        tanggal=tanggal,
        cara=Naskah.Cara.BASAH if naskah.cara == Naskah.Cara.BASAH else cara,
        penyedia="lokal" if naskah.penyedia == "basah" else naskah.penyedia,
    )
    catatan.nomor = nomor
    catat("naskah_disiapkan", catatan, oleh=oleh, kalimat=f"Menyiapkan catatan dengan nomor {nomor}")
    catatan.pekerjaan = start_job("naskah.cetak_catatan", by=oleh, kunci=f"naskah-{catatan.pk}", naskah=catatan.pk)
    catatan.save(update_fields=["nomor", "pekerjaan"])
    return catatan


def _penanda(penanda: Penandatangan, tanggal: date, oleh) -> tuple[Calon, str]:
    for masa in anggota_pada(tanggal):
        user = masa.pegawai.user
        if user is not None and user.pk != penanda.user_id:
            return Calon(user, masa.pegawai.nama_lengkap, masa.get_jabatan_display()), Naskah.Cara.ELEKTRONIK
    if penanda.status == Penandatangan.Status.MENOLAK:
        return Calon(penanda.user, penanda.nama, penanda.jabatan), Naskah.Cara.ELEKTRONIK
    return Calon(oleh, str(oleh), oleh.sebutan_peran()), Naskah.Cara.BASAH


def _isi(naskah: Naskah, penanda: Penandatangan, tanggal: date, alasan: str, oleh) -> dict[str, Any]:
    terbaru = naskah.terbaru
    orang = naskah.penandatangan.order_by("urut")
    return {
        "hari": hari(tanggal),
        "tanggal_terbilang": terbilang(tanggal.day),
        "bulan": tanggal_panjang(tanggal).split()[1],
        "tahun_terbilang": terbilang(tanggal.year),
        "pokok": {
            "jenis": naskah.jenis.nama,
            "judul": naskah.judul,
            "nomor": naskah.nomor,
            "tanggal": tanggal_panjang(naskah.tanggal),
            "versi": naskah.versi,
            "kode_verifikasi": naskah.kode_verifikasi,
            "url_verifikasi": naskah.url_verifikasi,
            "sidik_isi": naskah.digest_isi,
            "sidik_berkas": terbaru.sha256 if terbaru else "",
            "revisi": terbaru.urut if terbaru else 0,
            "tertanda": [p.nama for p in orang if p.status == Penandatangan.Status.MENANDATANGANI],
        },
        "orang": {"nama": penanda.nama, "jabatan": penanda.jabatan, "urut": penanda.urut},
        "menolak": penanda.status == Penandatangan.Status.MENOLAK,
        "alasan": alasan,
        "dicatat": {"nama": str(oleh), "jabatan": oleh.sebutan_peran()},
    }


def orang_dan_catatan(naskah: Naskah) -> list[Penandatangan]:
    """The signers of *naskah* in order, each with ``naskah_catatan``: the note about them as a document, or None."""
    orang = list(naskah.penandatangan.select_related("catatan").order_by("urut"))
    surat = Naskah.objects.hidup().filter(subjek_label=SUBJEK, subjek_id__in=[str(p.pk) for p in orang])
    menurut = {satu.subjek_id: satu for satu in surat}
    for satu in orang:
        satu.naskah_catatan = menurut.get(str(satu.pk))  # type: ignore[attr-defined]
    return orang


def pokok_dari(catatan: Naskah) -> Naskah | None:
    """The document a note is about; None for any other document."""
    if catatan.kode_jenis != JENIS_CATATAN or catatan.subjek_label != SUBJEK:
        return None
    return Naskah.objects.filter(penandatangan__pk=catatan.subjek_id).first()
