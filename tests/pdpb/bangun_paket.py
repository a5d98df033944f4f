"""A closed quarter for the tests of its package: really signed minutes and letters, and a NIK planted in every text."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from PIL import Image

from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah import penandatanganan, sertifikat
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat import notulen
from kpupalu.rapat.models import Rapat
from kpupalu.surat import keluar, pengiriman
from pdpb import impor
from pdpb.actions import jawaban_saran
from pdpb.actions.naskah import buat_berita_acara, naskah_periode, umumkan_rekap
from pdpb.actions.paket import berkas_paket, minta_paket
from pdpb.actions.pengumuman import cari_tempat, pasang
from pdpb.actions.periode import bekukan
from pdpb.actions.rapat import catat_masukan, siapkan_pleno
from pdpb.models import ImporBatch, PaketPeriode, Periode
from pdpb.pekerjaan_paket import susun_paket
from tests import make
from tests.kernel import bangun_rapat, bangun_surat
from tests.pdpb import surat_bawaslu

FRASA = "frasa tanda tangan uji"
PLENO = "2026-12-08T02:00:00Z"
# Shapes of a NIK that nobody has, one of them as a person writes it by hand.
NIK, NIK_TANGAN = "7271085708909042", "7271 0857 0890 9042"


def foto(warna: str = "red") -> SimpleUploadedFile:
    """A photograph whose sender named it after a NIK."""
    isi = BytesIO()
    Image.new("RGB", (8, 8), warna).save(isi, "PNG")
    return SimpleUploadedFile(f"{NIK}.png", isi.getvalue())


def tertanda(naskah: Naskah, banyak: int | None = None) -> Naskah:
    """*naskah* printed and signed by all of its signers, or by the first *banyak*."""
    cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
    for orang in naskah.penandatangan.filter(hadir=True).order_by("urut").select_related("user")[:banyak]:
        naskah.refresh_from_db()
        sidik = naskah.terbaru.sha256
        penandatanganan.tandatangani(naskah, oleh=orang.user, sandi=FRASA, digest_dibaca=sidik)
    return Naskah.objects.get(pk=naskah.pk)


def kantor() -> Periode:
    """The open quarter with eight voters, an applied import, and five commissioners with keys, on the pleno's day."""
    for user in make.komisioner():
        sertifikat.terbitkan_sertifikat(user, sandi=FRASA, by=user)
    bangun_surat.sekretaris()
    for kelurahan in (make.TALISE, make.LERE):
        for jk in "LLPP":
            make.pemilih(kelurahan, jenis_kelamin=jk)
    per = make.selesai_daftar()
    make.setuju([make.usul("pindah_masuk", None, per=per)], per)
    return per


def impor_bernik(per: Periode) -> ImporBatch:
    """An applied import whose file is named after a NIK."""
    kepala = "NIK;NAMA;JK;TANGGAL LAHIR;KELURAHAN;KATEGORI;JENIS DOKUMEN;NOMOR DOKUMEN"
    isi = f"{kepala}\r\n{make.nik()};TIDAK ADA ORANGNYA;L;17-08-1990;Lere;meninggal;Akta kematian;1\r\n"
    berkas = SimpleUploadedFile(f"kematian-{NIK}.csv", isi.encode())
    batch = impor.unggah([berkas], jenis="perubahan", periode=per, oleh=make.sari(), pengirim=f"Ahli waris {NIK}")
    impor.periksa(batch, oleh=make.sari())
    make.lupakan_sementara()
    impor.terapkan(ImporBatch.objects.get(pk=batch.pk), oleh=make.sari(), terima_peringatan=True)
    make.lupakan_sementara()
    return ImporBatch.objects.get(pk=batch.pk)


def pleno(per: Periode) -> Rapat:
    """The pleno held: invitation signed, attendance and a remark recorded, both with a NIK in what was typed."""
    rapat = siapkan_pleno(per, oleh=make.budi())
    surat = rapat_kantor.buat_undangan(rapat, tanggal=hari_ini() - timedelta(days=1), by=make.budi())
    tertanda(keluar.siapkan_surat(surat, by=bangun_surat.sekretaris()).naskah)
    rapat = Rapat.objects.get(pk=rapat.pk)
    anggota = [rapat_kantor.Hadir(a.pk, "hadir", a.versi) for a in rapat.anggota.all()]
    tamu = bangun_rapat.hadir(rapat, nama="Fatma Rekaan", jabatan=f"Anggota {NIK}")
    rapat_kantor.catat_kehadiran(rapat, peserta=[tamu], anggota=anggota, by=make.sari())
    masukan = {"lembaga": "Bawaslu Kota Palu", "isi": f"Periksa {NIK_TANGAN}.", "jawaban": "=Sudah diperiksa."}
    catat_masukan(per, masukan, oleh=make.budi())
    return rapat


def tertutup(*, umumkan: bool = True) -> Periode:
    """The quarter with everything that the office does in it, closed; only notula and most places are missing."""
    with time_machine.travel(PLENO, tick=True):
        per = kantor()
        impor_bernik(per)
        surat = surat_bawaslu.surat_bernama(make.pemilih(make.LERE, per=per))
        make.selesai_daftar(per)
        jawaban_saran.jawab(
            surat_bawaslu.butir(surat), "belum", oleh=make.sari(), alasan=f"Menunggu akta, {NIK_TANGAN}"
        )
        surat_bawaslu.terkonfirmasi(surat)
        pleno(per)
        ImporBatch.objects.update(status="selesai")
        bekukan(per, oleh=make.budi())
        naskah = buat_berita_acara(Periode.objects.get(pk=per.pk), oleh=make.budi())
        tertanda(siapkan(naskah, by=make.budi()))
        per = Periode.objects.get(pk=per.pk)
        if umumkan:
            sesudah(per)
    return Periode.objects.get(pk=per.pk)


def tertutup_di_utas() -> Periode:
    """``tertutup`` for tests whose data are committed, built in a thread: signing runs an event loop, and browser
    tests keep one running in the thread of the tests."""

    def bangun() -> Periode:
        try:
            return tertutup()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as utas:
        return utas.submit(bangun).result()


def sesudah(per: Periode) -> None:
    """What follows the signatures: a copy with its receipt, the announcement, a board with its photo."""
    per = umumkan_rekap(per, oleh=make.budi())
    kiriman = pengiriman.kirim(
        naskah_periode(per), [bangun_surat.instansi()], kanal="kurir", tanggal=hari_ini(), by=make.budi()
    )
    pengiriman.terima(
        kiriman[0],
        penerima=f"Fatma {NIK}"[:120],
        jabatan="Staf",
        tanggal=hari_ini(),
        bukti=foto("green"),
        by=make.budi(),
    )
    pasang(
        per, cari_tempat(f"papan_kelurahan-{make.TALISE}"), tanggal=hari_ini(), nama=f"Petugas {NIK}", foto=foto(),
        keterangan=f"Di samping rumah {NIK_TANGAN}", oleh=make.sari(),
    )  # fmt: skip


def notula(per: Periode) -> Naskah:
    """The signed notula of the pleno of *per*."""
    with time_machine.travel(PLENO, tick=True):
        rapat = Rapat.objects.get(jenis="pleno")
        notulen.simpan(rapat, bangun_rapat.notula(), dilihat=0, by=make.sari())
        return tertanda(notulen.sahkan(rapat, by=make.budi()))


def susun(per: Periode) -> tuple[PaketPeriode, Path]:
    """A package of *per*, written here and now, and its archive."""
    paket = minta_paket(per, oleh=make.budi())
    susun_paket(Job.objects.get(pk=paket.pekerjaan))
    paket.refresh_from_db()
    return paket, berkas_paket(paket)
