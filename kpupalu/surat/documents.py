"""What an outgoing letter prints, as plain JSON, and the small sheets that are not documents of their own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from kpupalu.accounts.models import PelaksanaHarian
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.naskah.cetak import cetak
from kpupalu.naskah.dasar import Calon, jenis_berlaku, sidik_isi
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.surat.models import Pengiriman, SuratKeluar, SuratMasuk
from kpupalu.surat.pelengkap import tabel

# More addressees than these do not fit above the text: they stand in a list behind the letter.
TUJUAN_DI_SURAT = 3
_LEMBAGA = "Komisi Pemilihan Umum Kota Palu"


def penanda_pada(jabatan: str, tanggal: date) -> Calon:
    """Who signs for the office of *jabatan* on *tanggal*: the holder, or the Plh. who stands in that day.

    Refuses when nobody holds the post that day or that person has no account yet.
    """
    label = MasaJabatan.Jabatan(jabatan).label
    masa = MasaJabatan.objects.pada(tanggal).filter(jabatan=jabatan).select_related("pegawai__user").first()
    if masa is None:
        raise Refused(f"Tidak ada {label} yang menjabat pada {tanggal_panjang(tanggal)}. Minta admin memeriksanya.")
    return calon_pemegang(masa.pegawai, label, tanggal)


def calon_pemegang(pegawai: Pegawai, label: str, tanggal: date) -> Calon:
    """*pegawai*, who holds the office *label* on *tanggal*, as signer; or the Plh. who stands in that day.

    Refuses somebody without an account.
    """
    user = pegawai.user
    if user is None:
        raise Refused(f"{pegawai} belum memiliki akun. Minta admin membuatkan akun lebih dahulu.")
    plh = PelaksanaHarian.objects.berlaku_pada(tanggal).filter(pejabat=user).select_related("pengganti").first()
    if plh is None:
        return Calon(user, pegawai.nama_lengkap, label)
    pengganti = getattr(plh.pengganti, "pegawai", None)
    return Calon(plh.pengganti, pengganti.nama_lengkap if pengganti else str(plh.pengganti), f"Plh. {label}")


def paragraf(teks: str) -> list[str]:
    """*teks* cut at its empty lines; single line breaks become blanks."""
    bagian = teks.replace("\r\n", "\n").split("\n\n")
    return [" ".join(b.split()) for b in bagian if b.strip()]


def isi_surat(surat: SuratKeluar) -> dict[str, Any]:
    """All that the template of *surat* prints."""
    tujuan = list(surat.tujuan.filter(tembusan=False).values_list("nama", flat=True))
    return {
        "judul": surat.hal,
        "klasifikasi": surat.klasifikasi.kode,
        "kota": "Palu",
        "lembaga": _LEMBAGA,
        "tanggal_surat": tanggal_panjang(surat.tanggal),
        "sifat": surat.get_sifat_display(),
        "lampiran_surat": surat.lampiran or "-",
        "hal": surat.hal,
        "kepada": tujuan,
        "terlampir": len(tujuan) > TUJUAN_DI_SURAT,
        "paragraf": paragraf(surat.isi),
        "rincian": [list(baris) for baris in surat.rincian],
        "penutup": paragraf(surat.penutup),
        "tabel": tabel(surat),
        "tembusan": list(surat.tujuan.filter(tembusan=True).values_list("nama", flat=True)),
    }


def pratinjau(surat: SuratKeluar) -> bytes:
    """The draft as PDF with KONSEP across it; it has no nomor and is stored nowhere."""
    calon = penanda_pada(surat.penanda, surat.tanggal)
    isi = isi_surat(surat)
    fakta = {
        "judul": surat.hal,
        "tanggal_panjang": tanggal_panjang(surat.tanggal),
        "versi": 1,
        "digest_isi": sidik_isi(isi),
    }
    orang = [{"urut": 1, "nama": calon.nama, "jabatan": calon.jabatan, "hadir": True, "alasan_tidak_hadir": ""}]
    template = jenis_berlaku(surat.kode_jenis, surat.tanggal).template
    return cetak(template, {**isi, "naskah": fakta, "penandatangan": orang}, konsep=True).pdf


def lembar(template: str, judul: str, isi: dict[str, Any], *, samarkan: bool = False) -> bytes:
    """A sheet without nomor of its own (attendance, disposition, receipt), printed now in the office's frame.

    *samarkan* masks every number shaped like a NIK. The same content gives the same bytes.
    """
    naskah = {"judul": judul, "nomor": isi.get("nomor", judul), "versi": 1}
    return cetak(template, {**isi, "naskah": naskah}, samarkan=samarkan).pdf


def lembar_disposisi(surat: SuratMasuk) -> bytes:
    """The disposition sheet of *surat* with the whole chain: who gave it, in which post, to whom, what came of it."""
    rantai = [
        {
            "dari": str(d.dari),
            "jabatan": d.jabatan_dari,
            "kepada": str(d.kepada),
            "instruksi": d.get_instruksi_display(),
            "catatan": d.catatan,
            "batas": tanggal_panjang(d.batas) if d.batas else "-",
            "hasil": d.hasil,
        }
        for d in surat.disposisi.select_related("dari", "kepada")
    ]
    isi = {
        "nomor": f"Agenda {surat.nomor_agenda}",
        "fakta": [
            ("Nomor agenda", surat.nomor_agenda),
            ("Diterima", tanggal_panjang(surat.tanggal_terima)),
            ("Nomor surat", surat.nomor_surat),
            ("Tanggal surat", tanggal_panjang(surat.tanggal_surat)),
            ("Dari", surat.pengirim),
            ("Hal", surat.hal),
            ("Sifat", surat.get_sifat_display()),
            ("Lampiran", surat.lampiran or "-"),
        ],
        "rantai": rantai,
    }
    return lembar("surat/naskah/disposisi.html", f"Lembar disposisi {surat.nomor_agenda}", isi)


def tanda_terima(kiriman: Sequence[Pengiriman], *, samarkan: bool = False) -> bytes:
    """A receipt to be signed by hand for each of *kiriman*, one per page; *samarkan* as in ``lembar``."""
    lembaran = [
        {
            "nomor": k.nomor,
            "instansi": k.tujuan,
            "melalui": str(k.melalui) if k.melalui else "",
            "naskah": k.naskah.judul,
            "nomor_naskah": k.naskah.nomor,
            "tanggal_naskah": tanggal_panjang(k.naskah.tanggal),
            "kanal": k.get_kanal_display(),
            "dikirim": tanggal_panjang(k.dikirim_pada),
            "sha256": k.sha256,
            "penerima": k.penerima,
            "jabatan": k.jabatan_penerima,
            "diterima": tanggal_panjang(k.diterima_pada) if k.diterima_pada else "",
        }
        for k in kiriman
    ]
    isi = {"nomor": "Tanda terima", "lembaran": lembaran, "satker": settings.NAMA_SATKER}
    return lembar("surat/naskah/tanda_terima.html", "Tanda terima", isi, samarkan=samarkan)
