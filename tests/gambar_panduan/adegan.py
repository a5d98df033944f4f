"""What happens in the pictured office after its main job, so that each page of the guide has something to show.

Each function does one scene through the office's own actions, as its people, and returns what stands in addresses.
A scene is played once; ``mainkan`` remembers what it returned.
"""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kpupalu.accounts.models import User
from kpupalu.demo import tugas
from kpupalu.demo.lingkungan import tempat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.jobs.actions import start_job
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah import simpanan
from kpupalu.naskah.penandatanganan import tandatangani
from kpupalu.organisasi.models import Subbagian
from kpupalu.surat import keluar, masuk, pengiriman
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar, SuratMasuk
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.actions import coktas as aksi_coktas
from pdpb.actions import kematian as aksi_kematian
from pdpb.actions import saran as aksi_saran
from pdpb.actions.bukti import ambil_bukti, beri_bukti
from pdpb.actions.jawaban_saran import jawab
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.perubahan import ambil_langkah
from pdpb.actions.ppk import muat_ketikan
from pdpb.actions.sidalih import susun_lembar
from pdpb.coktas import calon_kelurahan
from pdpb.impor import unggah
from pdpb.impor.tebakan import ganti_bawaan
from pdpb.models import (
    ImporBatch,
    LembarSidalih,
    PadananBaris,
    PasanganGanda,
    Pendaftaran,
    Periode,
    Perubahan,
    SnapshotBaris,
    Tanggapan,
)
from pdpb.models.ganda import TingkatGanda
from pdpb.pleno import rapat_pleno
from pdpb.rekap import rekap
from ppid.actions import informasi, pengecualian
from ppid.models import InformasiPublik, Permohonan
from tests.gambar_panduan.kantor import FRASA, NAMA, Cerita

LERE = "72.71.02.1009"
Tempat = dict[str, object]


def akun(nama: str) -> User:
    """The person of the demo office with this user name, rights read anew."""
    return User.objects.get(username=nama)


def mainkan(cerita: Cerita) -> Tempat:
    """Play the scenes that were not played yet; return what all of them left for the addresses."""
    berkas = tempat(NAMA).folder / "adegan.json"
    ingatan: dict[str, Tempat] = json.loads(berkas.read_text()) if berkas.exists() else {}
    for adegan in ADEGAN:
        if adegan.__name__ not in ingatan:
            cerita(f"Adegan {adegan.__name__}")
            ingatan[adegan.__name__] = adegan(cerita)
            berkas.write_text(json.dumps(ingatan, indent=1))
    return {kunci: nilai for satu in ingatan.values() for kunci, nilai in satu.items()}


def _pindaian() -> bytes:
    """An empty sheet as a scanner gives it; nobody opens it in a picture."""
    isi = io.BytesIO()
    Image.new("L", (620, 877), 255).save(isi, "PNG")
    return isi.getvalue()


def _kunci(nama: str):
    return uuid5(NAMESPACE_URL, f"gambar-panduan/{nama}")


def _kini() -> Periode:
    return Periode.objects.get(status=Periode.Status.TERBUKA)


def _kiriman(nama: str) -> Path:
    return tempat(NAMA).folder / "kiriman" / nama


def _periksa(berkas: File, pengirim: str, bawaan: dict[str, str], cerita: Cerita) -> ImporBatch:
    batch = unggah([berkas], jenis="perubahan", periode=_kini(), kamus=2025, pengirim=pengirim, oleh=akun("sari"))
    ganti_bawaan(batch, bawaan, oleh=akun("sari"))
    tugas.tunggu(start_job("pdpb.periksa_impor", by=akun("sari"), batch=batch.pk), cerita)
    return batch


def periode(cerita: Cerita) -> Tempat:
    """The two quarters."""
    lama = Periode.objects.filter(status=Periode.Status.DIUMUMKAN).latest("mulai")
    naskah = naskah_periode(lama)
    pdf = simpanan.akar() / naskah.terbaru.berkas
    (tempat(NAMA).folder / "berita-acara.pdf").write_bytes(pdf.read_bytes())
    return {"kini": _kini().pk, "lama": lama.pk, "ba": naskah.pk, "kode": naskah.kode_verifikasi,
            "rapat": rapat_pleno(lama).pk}  # fmt: skip


def daftar_triwulan(cerita: Cerita) -> Tempat:
    """The office's own list of the quarter is applied."""
    tugas.impor([_kiriman("perubahan/2026-TW4.csv")], "perubahan", _kini(), "Subbag Rendatin (contoh)", cerita)
    return {}


def daftar_instansi(cerita: Cerita) -> Tempat:
    """Two lists are checked and wait: one of Disdukcapil with NIK, one of a lurah with names alone."""
    bawaan = {"kategori": "meninggal", "jenis_dokumen": "Akta kematian"}
    with _kiriman("instansi/disdukcapil-kematian.xlsx").open("rb") as f:
        kematian = _periksa(File(f, name="disdukcapil-kematian.xlsx"), "Disdukcapil Kota Palu (contoh)", bawaan, cerita)
    return {"impor": kematian.pk}


def daftar_tanpa_nik(cerita: Cerita) -> Tempat:
    """A list of a lurah with names alone: years of birth that are one off, so that a person has to choose."""
    baris = ["NAMA ALMARHUM;L/P;TGL LAHIR;KELURAHAN;RT;NO SURAT"]
    for nomor, v in enumerate(Pendaftaran.objects.aktif().filter(kelurahan=LERE).order_by("-pk")[40:52], start=1):
        lahir = v.tanggal_lahir
        tahun = lahir.year + (nomor % 3 == 1)
        baris.append(f"{v.nama};{v.jenis_kelamin};{lahir:%d-%m}-{tahun};Lere;{v.rt};474.3/{nomor:03d}/KEL/XI/2026")
    berkas = SimpleUploadedFile("lurah-lere.csv", "\n".join(baris).encode())
    bawaan = {"kategori": "meninggal", "jenis_dokumen": "Surat keterangan kematian lurah"}
    batch = _periksa(berkas, "Kelurahan Lere (contoh)", bawaan, cerita)
    pilih = PadananBaris.objects.filter(batch=batch, status=PadananBaris.Status.MENUNGGU).order_by("baris").first()
    return {"impor_padan": batch.pk, "padan": pilih.pk}


def sebagian_disetujui(cerita: Cerita) -> Tempat:
    """The verifikator took forty proposals, the kasubbag approved half of them; what changed is compared."""
    kini = _kini()
    ids = list(Perubahan.objects.filter(periode=kini, status="diusulkan").order_by("pk").values_list("pk", flat=True))
    ambil_langkah(ids[:40], "verifikasi", oleh=akun("lukman"), periode=kini)
    ambil_langkah(ids[:20], "setujui", oleh=akun("budi"), periode=kini)
    tugas.tunggu_pembandingan(cerita)
    orang = Pendaftaran.objects.aktif().filter(kelurahan=LERE).order_by("pk")[30]
    return {"pemilih": orang.pemilih_id, "tanggapan": Tanggapan.objects.order_by("pk").first().pk}


def ganda(cerita: Cerita) -> Tempat:
    """A pair that waits for a decision, surely one person if there is such a pair."""
    menunggu = PasanganGanda.objects.filter(status=PasanganGanda.Status.MENUNGGU)
    return {"ganda": menunggu.filter(tingkat=TingkatGanda.KUAT).order_by("pk").first().pk}


def kematian(cerita: Cerita) -> Tempat:
    """Six people of one kelurahan are said to have died; about one of them the lurah was asked."""
    sumber = ("kelurahan", "keluarga", "masyarakat", "c_pemberitahuan", "kelurahan", "posko")
    versi = list(Pendaftaran.objects.aktif().filter(kelurahan=LERE).order_by("tanggal_lahir")[5:11])
    for nomor, (satu, asal) in enumerate(zip(versi, sumber, strict=True)):
        tanggal = hari_ini() - timedelta(days=41 - 7 * nomor)
        aksi_kematian.laporkan(
            satu.pemilih, jenis="meninggal", sumber=asal, tanggal=tanggal, keterangan="Disampaikan secara lisan.",
            oleh=akun("sari"),
        )  # fmt: skip
    aksi_kematian.tindak_lanjuti(
        versi[0].pemilih, tanggal=hari_ini() - timedelta(days=3), kepada="lurah",
        hasil="Lurah meminta waktu mencari buku registernya.", oleh=akun("sari"), kunci=_kunci("tindak-lanjut"),
    )  # fmt: skip
    return {"duga": versi[0].pemilih_id}


def coktas(cerita: Cerita) -> Tempat:
    """An activity in one kelurahan that runs, with one visit recorded."""
    kelurahan = Kelurahan.objects.get(pk=LERE)
    calon = calon_kelurahan(LERE, batas=14)
    kegiatan = aksi_coktas.susun_kegiatan(
        kelurahan, periode=_kini(), pemilih=[c.pemilih for c in calon], petugas=[akun("rizal")], mulai=hari_ini(),
        akhir=hari_ini() + timedelta(days=7), keperluan="Memastikan pemilih yang diduga meninggal",
        oleh=akun("lukman"), kunci=_kunci("coktas"),
    )  # fmt: skip
    kegiatan = aksi_coktas.mulai_kegiatan(kegiatan, oleh=akun("lukman"))
    baris = list(kegiatan.baris.order_by("pk"))
    kunjungan = aksi_coktas.Kunjungan(hasil="sesuai", informan="Yang bersangkutan", hadir="Ketua RT (contoh)")
    aksi_coktas.isi_hasil(baris[0], kunjungan, oleh=akun("rizal"), kunci=_kunci("kunjungan"))
    return {"kegiatan": kegiatan.pk, "baris_coktas": baris[1].pk}


def surat_masuk(cerita: Cerita) -> Tempat:
    """A letter of Bawaslu in the agenda, passed on by the sekretaris to the kasubbag and by him to the operator."""
    arifin, budi, sari = map(akun, ("arifin", "budi", "sari"))
    surat = SuratMasuk(
        tanggal_terima=hari_ini(), tanggal_surat=hari_ini() - timedelta(days=2), cara="langsung",
        nomor_surat="118/PM.00.02/K.ST-13/11/2026", instansi=Instansi.objects.get(nama="Bawaslu Kota Palu"),
        hal="Saran perbaikan daftar pemilih triwulan IV",
    )  # fmt: skip
    berkas = SimpleUploadedFile("surat-bawaslu.png", _pindaian())
    surat = masuk.naikkan(masuk.agendakan(surat, berkas=berkas, by=arifin), by=arifin)
    batas = hari_ini() + timedelta(days=5)
    masuk.disposisikan(surat, kepada=[budi], instruksi="tindak_lanjuti", batas=batas, by=arifin)
    masuk.disposisikan(surat, kepada=[sari], instruksi="jawab", catatan="Cocokkan nama-namanya.", batas=batas, by=budi)
    return {"surat_masuk": surat.pk}


def _surat(hal: str, cerita: Cerita) -> SuratKeluar:
    surat = SuratKeluar(
        kode_jenis="surat-dinas", klasifikasi=Klasifikasi.objects.get(kode="PL.01.2"), tanggal=hari_ini(), hal=hal,
        isi="Menindaklanjuti surat Saudara, bersama ini kami sampaikan jawaban atas setiap nama.\n\nSemua nama telah "
        "diperiksa pada daftar pemilih.", penutup="Demikian disampaikan.",
    )  # fmt: skip
    kepada = list(Instansi.objects.filter(nama__in=["Bawaslu Kota Palu", "Polresta Palu"]))
    surat = keluar.siapkan_surat(
        keluar.susun(surat, kepada=kepada, tembusan=["Arsip"], by=akun("sari")), by=akun("budi")
    )
    tugas.tunggu(surat.naskah.pekerjaan, cerita)
    return SuratKeluar.objects.select_related("naskah").get(pk=surat.pk)


def surat_keluar(cerita: Cerita) -> Tempat:
    """One letter signed, sent and received by one of two; another that waits for the signature of the ketua."""
    dikirim, menunggu = _surat("Jawaban atas saran perbaikan", cerita), _surat("Permintaan data anggota baru", cerita)
    tandatangani(dikirim.naskah, oleh=akun("rahma"), sandi=FRASA, digest_dibaca=dikirim.naskah.terbaru.sha256)
    naskah = type(dikirim.naskah).objects.get(pk=dikirim.naskah_id)
    penerima = list(Instansi.objects.filter(nama__in=["Bawaslu Kota Palu", "Polresta Palu"]))
    kiriman = pengiriman.kirim(naskah, penerima, kanal="langsung", tanggal=hari_ini(), by=akun("budi"))
    pengiriman.terima(
        kiriman[0], penerima="Penerima Contoh", jabatan="Staf", tanggal=hari_ini(), bukti=None, by=akun("budi")
    )
    return {"surat_keluar": dikirim.pk, "kiriman": naskah.pk, "siap": menunggu.naskah_id}


def saran_bawaslu(cerita: Cerita) -> Tempat:
    """A letter of Bawaslu with its list, read, and the certain names matched."""
    with _kiriman("instansi/bawaslu-saran-perbaikan.xlsx").open("rb") as f:
        surat = aksi_saran.catat_surat(
            nomor="118/PM.00.02/K.ST-13/11/2026", tanggal=hari_ini() - timedelta(days=2), diterima=hari_ini(),
            perihal="Saran perbaikan daftar pemilih", berkas=SimpleUploadedFile("surat.png", _pindaian()),
            daftar=File(f, name="lampiran.xlsx"), oleh=akun("sari"),
        )  # fmt: skip
    aksi_saran.baca_daftar(surat.daftar.get(), oleh=akun("sari"))
    aksi_saran.cocokkan_pasti(surat, oleh=akun("sari"))
    for satu in surat.butir.exclude(pemilih=None).order_by("urut")[:2]:
        jawab(satu, "belum", oleh=akun("sari"), alasan="Menunggu akta kematian dari Disdukcapil")
    return {"saran": surat.pk}


def sidalih(cerita: Cerita) -> Tempat:
    """The sheets of the finished quarter."""
    lama = Periode.objects.filter(status=Periode.Status.DIUMUMKAN).latest("mulai")
    susun_lembar(lama, oleh=akun("sari"))
    return {"lembar": LembarSidalih.objects.filter(periode=lama).order_by("pk").first().pk}


def rekap_ppk(cerita: Cerita) -> Tempat:
    """The recap of one PPK as typed from paper, with two figures that are not ours."""
    kecamatan, sel = Kecamatan.objects.get(nama="Palu Barat"), rekap(_kini()).kelurahan
    hasil = {}
    for nomor, kode in enumerate(sorted(k for k in sel if k.startswith(kecamatan.kode))):
        beda = (0, 9, 0, -1)[nomor % 4]
        hasil[kode] = {"l": sel[kode].L.sekarang + beda, "p": sel[kode].P.sekarang}
    satu, _ = muat_ketikan(
        _kini(), kecamatan, hasil, oleh=akun("sari"), asal="Berita acara PPK (contoh) tanggal 20 November 2026"
    )
    return {"rekap_ppk": satu.pk}


def bukti(cerita: Cerita) -> Tempat:
    """A proof given at the desk, its file kept for the page that examines it."""
    terdaftar = SnapshotBaris.objects.order_by("pk")[40].pendaftaran.pemilih
    satu = beri_bukti(terdaftar, medan=["nama", "kelurahan"], pengenal="ktp", oleh=akun("sari"))
    berkas = tempat(NAMA).folder / "bukti.json"
    berkas.write_bytes(ambil_bukti(satu, oleh=akun("sari"), bentuk="json"))
    return {"terdaftar": terdaftar.pk, "bukti": satu.pk, "berkas_bukti": str(berkas)}


_DIP = (
    (
        "berkala",
        "Rekapitulasi pemutakhiran data pemilih berkelanjutan",
        "Jumlah pemilih per kecamatan dan kelurahan",
        3,
    ),
    ("setiap_saat", "Keputusan dan berita acara pleno", "Berita acara yang sudah lengkap ditandatangani", None),
    ("serta_merta", "Jadwal pelayanan saat cuti bersama", "Hari dan jam layanan informasi", None),
    ("berkala", "Laporan layanan informasi publik", "Jumlah permohonan, waktu jawab, dan alasan penolakan", 12),
)


def daftar_informasi(cerita: Cerita) -> Tempat:
    """Four entries of the public list: two published, one verified, one just proposed; and one exception."""
    tono, nirma = akun("tono"), akun("nirma")
    semua = [_entri(*isi, oleh=tono) for isi in _DIP]
    for entri in semua[:3]:
        informasi.verifikasi(entri, versi=entri.versi, oleh=nirma)
    for entri in InformasiPublik.objects.filter(status="diverifikasi").order_by("pk")[:2]:
        informasi.tetapkan(entri, sk="12 Tahun 2026 (contoh)", pada=hari_ini(), versi=entri.versi, oleh=nirma)
    lain = pengecualian.catat_dik(
        isi={
            "informasi": "Salinan by name daftar pemilih yang memuat NIK", "pasal_17": "h", "penetap": "kpu",
            "dasar_hukum": "UU 14/2008 Pasal 17 huruf h", "konsekuensi_dibuka": "Membuka rahasia pribadi",
            "konsekuensi_ditutup": "", "keputusan": "Keputusan rekaan untuk contoh", "berakhir": None,
            "tanggal_keputusan": hari_ini() - timedelta(days=300), "mulai": hari_ini() - timedelta(days=300),
        },
        oleh=nirma,
    )  # fmt: skip
    return {"dip": semua[3].pk, "dik": lain.pk}


def _entri(kategori: str, judul: str, ringkasan: str, bulan: int | None, *, oleh: User) -> InformasiPublik:
    kemarin = hari_ini() - timedelta(days=1)
    isi = {
        "kategori": kategori, "judul": judul, "ringkasan": ringkasan, "frekuensi_bulan": bulan, "tautan": "",
        "unit": Subbagian.objects.get(pegawai__user=oleh), "penanggung_jawab": "Kepala Subbagian (contoh)",
        "dibuat_pada": kemarin, "dibuat_di": "Palu", "bentuk": "salinan berkas", "retensi": "5 tahun",
        "dimutakhirkan_pada": kemarin,
    }  # fmt: skip
    return informasi.usulkan(isi=isi, berkas=Lampiran(_pindaian(), "png"), oleh=oleh)


def permohonan(cerita: Cerita) -> Tempat:
    """The requests of the demo: one just came, one waits for a unit, one is being decided."""
    urut = {p.kanal: p.pk for p in Permohonan.objects.order_by("pk")}
    return {"minta_unit": urut["surat"], "minta_putus": urut["langsung"], "minta_baru": urut["web"]}


# The lists of agencies come before the office's own, which names the same people: what they would change is seen then.
ADEGAN: tuple[Callable[[Cerita], Tempat], ...] = (
    periode, daftar_instansi, daftar_tanpa_nik, daftar_triwulan, sebagian_disetujui, ganda, kematian, coktas,
    surat_masuk, surat_keluar, saran_bawaslu, sidalih, rekap_ppk, bukti, daftar_informasi, permohonan,
)  # fmt: skip
