"""What a document will need on the day it is made, asked days before: kind, number, template, signers, machine."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import reverse

from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import WITA, hari_ini, sekarang
from kpupalu.naskah import pki
from kpupalu.naskah.cetak import kode_qr
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, JenisNaskah, Revisi, SertifikatPenanda
from kpupalu.naskah.penomoran import periksa_pola, susun_nomor
from kpupalu.naskah.penyedia.lokal import folder_ca
from kpupalu.naskah.periksa_template import kunci_hilang
from kpupalu.organisasi.models import MasaJabatan, anggota_pada

RUANG_TERKECIL = 500 * 1024 * 1024
SELISIH_JAM = timedelta(seconds=30)
SEGERA_HABIS = timedelta(days=30)


class Keadaan(StrEnum):
    """How ready one thing is; in the order in which a person should read them."""

    GAGAL = "gagal"
    AWAS = "awas"
    BAIK = "baik"


@dataclass(frozen=True, slots=True)
class Butir:
    """One thing that was looked at: what it is, how ready, one sentence, and where to mend it.

    *hak* is the right the page at *tautan* asks for, "" when every reader may open it.
    """

    judul: str
    keadaan: Keadaan
    kalimat: str
    tindakan: str = ""
    tautan: str = ""
    hak: str = ""


def _admin(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def jenis_berlaku(kode: str, tanggal: date) -> tuple[JenisNaskah | None, Butir]:
    """The kind *kode* that will be in force on *tanggal*, and whether there is exactly one."""
    berlaku = list(JenisNaskah.objects.filter(kode=kode).berlaku(tanggal).order_by("-berlaku_mulai"))
    ke_admin = ("Lihat jenis naskah", _admin("naskah_jenisnaskah"), "naskah.change_jenisnaskah")
    if not berlaku:
        kalimat = f"Jenis naskah {kode} tidak berlaku pada {tanggal_panjang(tanggal)}. Minta admin melengkapinya."
        return None, Butir("Jenis naskah", Keadaan.GAGAL, kalimat, *ke_admin)
    jenis = berlaku[0]
    if len(berlaku) > 1:
        kalimat = (
            f"{len(berlaku)} baris {jenis.nama} berlaku sekaligus; yang termuda dipakai. Minta admin menutup lainnya."
        )
        return jenis, Butir("Jenis naskah", Keadaan.AWAS, kalimat, *ke_admin)
    return jenis, Butir(
        "Jenis naskah", Keadaan.BAIK, f"{jenis.nama}, berlaku sejak {tanggal_panjang(jenis.berlaku_mulai)}."
    )


def nomor_siap(jenis: JenisNaskah, tanggal: date, triwulan: int | str | None = None) -> list[Butir]:
    """The number the document would get now, and the gaps of its book."""
    judul = "Nomor naskah"
    buku = BukuAgenda.objects.filter(kode=jenis.buku, tahun=tanggal.year).first()
    ke_buku = ("Buka buku agenda", reverse("naskah:agenda"), "naskah.ketik_nomor")
    try:
        periksa_pola(jenis.pola)
        nomor = susun_nomor(jenis, (buku.nomor_terakhir if buku else 0) + 1, tanggal, triwulan)
    except ValidationError as salah:
        return [Butir(judul, Keadaan.GAGAL, f"{salah.messages[0]} Minta admin membetulkan pola jenis naskah.")]
    if EntriAgenda.objects.filter(nomor=nomor).exists():
        return [Butir(judul, Keadaan.GAGAL, f"Nomor {nomor} sudah terpakai di buku lain. Minta admin memeriksa pola.")]
    hasil = [Butir(judul, Keadaan.BAIK, f"Nomor berikutnya {nomor}; nomor baru diambil ketika naskah disiapkan.")]
    if celah := buku.celah() if buku else []:
        kalimat = f"Nomor {', '.join(map(str, celah[:10]))} terlewat di buku {buku}. Catat bila dipakai di atas kertas."
        hasil.append(Butir("Celah buku agenda", Keadaan.AWAS, kalimat, *ke_buku))
    return hasil


def template_siap(jenis: JenisNaskah, isi: Mapping[str, Any], penanda: Sequence[MasaJabatan]) -> Butir:
    """Whether *isi* and the facts of a document hold every name that the template of *jenis* asks for."""
    judul = "Template cetak"
    if not jenis.template:
        return Butir(judul, Keadaan.GAGAL, "Jenis naskah ini tidak mempunyai template cetak. Minta admin mengisinya.")
    konteks = {
        **isi,
        "naskah": _FAKTA_CONTOH | {"qr": kode_qr(settings.URL_PUBLIK)},
        "penandatangan": [
            {
                "urut": n,
                "nama": str(m.pegawai),
                "jabatan": m.get_jabatan_display(),
                "hadir": True,
                "alasan_tidak_hadir": "",
            }
            for n, m in enumerate(penanda, start=1)
        ],
        "konsep": False,
        "contoh": settings.MODE_CONTOH,
        "logo": "",
        "satker": settings.NAMA_SATKER,
    }
    try:
        hilang = kunci_hilang(jenis.template, konteks)
    except (TemplateDoesNotExist, TemplateSyntaxError) as salah:
        return Butir(
            judul, Keadaan.GAGAL, f"Template {jenis.template} tidak dapat dibaca ({salah}). Minta admin memeriksanya."
        )
    if hilang:
        kalimat = f"Template meminta isi yang tidak ada: {', '.join(hilang[:8])}. Minta admin membetulkan template."
        return Butir(judul, Keadaan.GAGAL, kalimat)
    return Butir(judul, Keadaan.BAIK, "Semua isi yang diminta template tersedia.")


_FAKTA_CONTOH = {
    nama: nama
    for nama in (
        *("judul", "nomor", "tanggal", "tanggal_panjang", "versi", "menggantikan", "digest_isi", "digest_data"),
        *("keterangan_penyedia", "kode_verifikasi", "url_verifikasi"),
    )
}


def penanda_siap(tanggal: date, kuorum: int, absen: Mapping[int, str]) -> tuple[list[MasaJabatan], list[Butir]]:
    """Who will be in office on *tanggal*, whether enough of them attend, and whether each could sign that day.

    *absen* maps an account id to the reason of an absence that is known already; whoever has a Plh. on that day
    counts as absent too, because a signature belongs to the person.
    """
    masa = anggota_pada(tanggal)
    ke_masa = ("Lihat masa jabatan", _admin("organisasi_masajabatan"), "organisasi.change_masajabatan")
    if not masa:
        kalimat = (
            f"Tidak ada anggota KPU yang menjabat pada {tanggal_panjang(tanggal)}. Minta admin memeriksa masa jabatan."
        )
        return [], [Butir("Kuorum", Keadaan.GAGAL, kalimat, *ke_masa)]
    plh = {p.pejabat_id: p for p in PelaksanaHarian.objects.berlaku_pada(tanggal).select_related("pengganti")}
    hasil, hadir = [], 0
    kunci = {s.user_id: s for s in SertifikatPenanda.objects.filter(dicabut_pada=None)}
    for satu in masa:
        butir, datang = _satu_penanda(satu, tanggal, kunci, plh, absen)
        hasil.append(butir)
        hadir += datang
    if not any(m.jabatan == MasaJabatan.Jabatan.KETUA for m in masa):
        hasil.insert(0, Butir("Ketua", Keadaan.GAGAL, "Tidak ada ketua yang menjabat pada hari itu.", *ke_masa))
    keadaan = Keadaan.GAGAL if hadir < kuorum else Keadaan.AWAS if hadir == kuorum else Keadaan.BAIK
    kalimat = f"{hadir} dari {len(masa)} anggota diperkirakan hadir; kuorum {kuorum}."
    if keadaan == Keadaan.GAGAL:
        kalimat += " Jadwalkan ulang pleno pada hari lain."
    elif keadaan == Keadaan.AWAS:
        kalimat += " Bila satu orang lagi berhalangan, pleno tidak dapat dilaksanakan."
    return masa, [Butir("Kuorum", keadaan, kalimat), *hasil]


def _satu_penanda(
    masa: MasaJabatan,
    tanggal: date,
    kunci: Mapping[int, SertifikatPenanda],
    plh: Mapping[int, PelaksanaHarian],
    absen: Mapping[int, str],
) -> tuple[Butir, bool]:
    judul, user = f"{masa.get_jabatan_display()}: {masa.pegawai}", masa.pegawai.user
    if user is None or not user.is_active:
        ada = "Akunnya tidak aktif" if user else "Belum memiliki akun"
        kalimat = f"{ada}, sehingga tidak dapat menandatangani. Minta admin menyiapkan akunnya."
        return Butir(
            judul, Keadaan.GAGAL, kalimat, "Lihat pengguna", _admin("accounts_user"), "accounts.change_user"
        ), True
    if alasan := absen.get(user.pk):
        return Butir(judul, Keadaan.AWAS, f"Tercatat tidak hadir: {alasan}."), False
    if wakil := plh.get(user.pk):
        kalimat = (
            f"Digantikan Plh. {wakil.pengganti} (surat {wakil.nomor_surat}). "
            "Tanda tangan anggota tidak dapat diwakilkan: catat ketidakhadirannya ketika menyusun berita acara."
        )
        return Butir(judul, Keadaan.AWAS, kalimat), False
    if not user.has_perm("naskah.tandatangani_naskah"):
        kalimat = "Akunnya tidak mempunyai peran ketua atau anggota. Minta admin membetulkan perannya."
        return Butir(
            judul, Keadaan.GAGAL, kalimat, "Lihat pengguna", _admin("accounts_user"), "accounts.change_user"
        ), True
    return _sertifikat_siap(judul, kunci.get(user.pk), tanggal), True


def _sertifikat_siap(judul: str, sertifikat: SertifikatPenanda | None, tanggal: date) -> Butir:
    if sertifikat is None:
        return Butir(judul, Keadaan.GAGAL, "Belum memiliki sertifikat. Minta membuatnya di halaman Sertifikat saya.")
    sampai = tanggal_panjang(sertifikat.berlaku_akhir.astimezone(WITA).date())
    # Nobody signs before now: minutes of a day that has passed are signed today, with a key that is good today.
    hari = max(tanggal, hari_ini())
    batas = [max(datetime.combine(hari, time.min, WITA), sekarang()), datetime.combine(hari, time.max, WITA)]
    if not all(sertifikat.berlaku(saat) for saat in batas):
        kalimat = f"Sertifikatnya berlaku sampai {sampai}, tidak sepanjang hari itu. Minta membuat yang baru."
        return Butir(judul, Keadaan.GAGAL, kalimat)
    if sertifikat.berlaku_akhir < batas[1] + SEGERA_HABIS:
        return Butir(judul, Keadaan.AWAS, f"Sertifikatnya habis {sampai}, segera sesudah hari itu. Perbarui.")
    return Butir(judul, Keadaan.BAIK, f"Menjabat dan bersertifikat sampai {sampai}.")


def penyiap_siap(perm: str, peran: str, tanggal: date) -> Butir:
    """Whether somebody with the role *peran*, or a Plh., will be there on *tanggal* to do what needs *perm*."""
    pemilik = [u for u in User.objects.filter(groups__name=peran, is_active=True) if u.has_perm(perm)]
    plh = PelaksanaHarian.objects.berlaku_pada(tanggal).filter(pejabat__in=pemilik).select_related("pengganti")
    diganti = {p.pejabat_id for p in plh}
    orang = [*(str(u) for u in pemilik if u.pk not in diganti), *(f"Plh. {p.pengganti}" for p in plh)]
    if not orang:
        kalimat = "Tidak ada akun aktif yang berwenang membekukan dan menyiapkan naskah. Minta admin mengangkat Plh."
        return Butir("Penyiap naskah", Keadaan.GAGAL, kalimat)
    return Butir("Penyiap naskah", Keadaan.BAIK, f"Pada hari itu: {', '.join(orang)}.")


def mesin_siap(tanggal: date) -> list[Butir]:
    """The signing service, the clock, the room on disk and the workers that print."""
    return [_penerbit(tanggal), _jam(), _ruang(), _antrean()]


def _penerbit(tanggal: date) -> Butir:
    judul = "Penerbit sertifikat"
    if not (folder_ca() / "ca.json").is_file():
        return Butir(
            judul, Keadaan.GAGAL, "Penerbit sertifikat belum dibuat. Ia dibuat ketika sertifikat pertama dibuat."
        )
    try:
        ca = pki.muat(folder_ca())
    except Refused as tolak:
        return Butir(judul, Keadaan.GAGAL, str(tolak))
    habis = min(s.not_valid_after_utc for s in (ca.akar, ca.penerbit, ca.tsa))
    if habis < datetime.combine(tanggal, time.max, WITA):
        return Butir(
            judul, Keadaan.GAGAL, "Sertifikat penerbit atau stempel waktu habis sebelum hari itu. Hubungi admin."
        )
    kalimat = "Kunci penerbit dan stempel waktu terbuka. TTE uji coba – tidak tersertifikasi."
    return Butir(judul, Keadaan.BAIK, kalimat)


def jam_basis_data() -> datetime:
    """The instant as the database server has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _jam() -> Butir:
    """Our clock against the database's and against the last stored revision."""
    beda = abs(jam_basis_data() - sekarang())
    terakhir = Revisi.objects.order_by("-dibuat_pada").values_list("dibuat_pada", flat=True).first()
    if beda > SELISIH_JAM or (terakhir and terakhir > sekarang() + SELISIH_JAM):
        kalimat = (
            "Jam server berbeda dari jam basis data atau lebih awal dari naskah terakhir. Minta admin membetulkannya."
        )
        return Butir("Jam server", Keadaan.GAGAL, kalimat)
    return Butir("Jam server", Keadaan.BAIK, "Sama dengan jam basis data dan sesudah naskah terakhir.")


def _ruang() -> Butir:
    data = Path(settings.DATA_DIR)
    sisa = shutil.disk_usage(data if data.is_dir() else data.parent).free
    mib = sisa // (1024 * 1024)
    if sisa < RUANG_TERKECIL:
        return Butir("Ruang simpan", Keadaan.GAGAL, f"Tinggal {mib} MB. Minta admin mengosongkan ruang simpan.")
    return Butir("Ruang simpan", Keadaan.BAIK, "Cukup untuk mencetak dan menyimpan naskah.")


def _antrean() -> Butir:
    """A job that waits or is silent longer than a lease says that no worker takes it."""
    diam = [job for job in Job.objects.unfinished()[:200] if job.keterangan_tunggu]
    if diam:
        kalimat = f"{len(diam)} pekerjaan menunggu tanpa kabar; pencetak mungkin mati. Hubungi admin."
        return Butir("Pencetak", Keadaan.AWAS, kalimat, "Lihat pekerjaan", reverse("jobs:daftar"))
    return Butir("Pencetak", Keadaan.BAIK, "Tidak ada pekerjaan yang tertahan.")
