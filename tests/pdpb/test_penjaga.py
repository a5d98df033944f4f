"""Guards that stand behind an act or a page: what may not be overwritten, taken back, kept, or read unseen."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from kpupalu.audit.models import Jejak, LogAkses, Pemakaian
from kpupalu.lib import Refused
from pdpb.actions import jawaban_saran, lintas, saran, uji_petik
from pdpb.actions.coktas import Kunjungan
from pdpb.actions.coktas import isi_hasil as isi_coktas
from pdpb.actions.padanan import ambil, putuskan, putuskan_lagi
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.models import BarisDitolak, JawabanLintas, PadananBaris, Pendaftaran, Perubahan
from tests import make
from tests.pdpb import lapangan
from tests.pdpb.isian import kalimat, sebagai
from tests.pdpb.pasangan_uji import ALASAN, daftar_lintas
from tests.pdpb.surat_bawaslu import butir, surat_bernama
from tests.pdpb.test_padan_orang import BARIS, LEMAH, padanan, periksa, terapkan
from tests.pdpb.test_pembatasan import batasi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
NIK = "7271081708909123"
TERTULIS = (NIK, "7271 0817 0890 9123", "7271.0817.0890.9123", "727108 170890 9123", "7271-0817-0890-9123")
"""One NIK as people write it."""


# --- Rows found by name ------------------------------------------------------------------------------------------
@pytest.fixture
def rina():
    versi = make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(1970, 3, 4), jenis_kelamin="P")
    make.pemilih(nama="JOKO SAPUTRA", tanggal_lahir=date(1980, 1, 2))
    make.selesai_daftar()
    return versi


def test_lepas_usulan_lets_the_row_wait_again_as_one_left_out(rina):
    batch = terapkan(periksa(BARIS))
    satu = padanan(batch)
    usulan = satu.perubahan
    assert usulan is not None
    putuskan(satu, versi=None, oleh=make.wati())
    usulan.refresh_from_db()
    assert (usulan.status, padanan(batch).perubahan) == ("ditolak", None)
    baris = BarisDitolak.objects.get(batch=batch, baris=satu.baris)
    assert (baris.diganti_urut, baris.diganti_baris) == (None, None)
    assert usulan.riwayatperubahan_set.filter(langkah="tolak", oleh=make.wati()).exists()
    assert Jejak.objects.filter(tindakan="pdpb.tolak", objek_id=str(usulan.pk)).exists()


def test_lepas_usulan_marks_a_row_that_a_supplement_had_replaced_as_open_again(rina):
    batch = terapkan(periksa(BARIS))
    satu = padanan(batch)
    BarisDitolak.objects.create(
        batch=batch, berkas_urut=satu.berkas_urut, baris=satu.baris, diganti_urut=2, diganti_baris=2
    )
    putuskan(satu, versi=None, oleh=make.wati())
    assert BarisDitolak.objects.get(batch=batch, baris=satu.baris).diganti_urut is None


def test_lepas_usulan_stops_at_a_proposal_that_somebody_verified(rina):
    """Whoever verified it has judged whom it means; another answer needs that step taken back first."""
    batch = terapkan(periksa(BARIS))
    satu = padanan(batch)
    Perubahan.objects.filter(pk=satu.perubahan_id).update(status="diverifikasi")
    with pytest.raises(Refused, match="Batalkan langkah itu dahulu"):
        putuskan(satu, versi=None, oleh=make.wati())
    assert (padanan(batch).status, padanan(batch).perubahan_id) == ("dicocokkan", satu.perubahan_id)
    assert not BarisDitolak.objects.exists()


def test_putuskan_lagi_refuses_a_row_whose_proposal_lives(rina):
    batch = terapkan(periksa(BARIS))
    with pytest.raises(Refused, match="Tolak atau tarik usulannya"):
        putuskan_lagi(padanan(batch), oleh=make.wati())
    assert padanan(batch).status == "dicocokkan"


def test_putuskan_lagi_after_a_rejection_opens_the_row_and_lends_it(rina):
    batch = terapkan(periksa(BARIS))
    satu = padanan(batch)
    putuskan(satu, versi=satu.pilihan_id, oleh=make.wati())
    catatan = "Keluarga: orangnya lain"
    ambil_langkah([satu.perubahan_id], "tolak", oleh=make.wati(), periode=make.periode(), catatan=catatan)
    lagi = putuskan_lagi(padanan(batch), oleh=make.sari())
    assert (lagi.status, lagi.perubahan, lagi.pilihan, lagi.diputus_oleh) == ("menunggu", None, None, None)
    assert lagi.dipegang_oleh == make.sari()
    with pytest.raises(Refused, match="sedang dikerjakan Sari"):
        putuskan(lagi, versi=None, oleh=make.wati())
    assert BarisDitolak.objects.get(batch=batch).baris == lagi.baris


def test_putuskan_lagi_refuses_an_undone_import_and_a_closed_quarter(rina):
    batch = periksa(LEMAH)
    putuskan(padanan(batch), versi=None, oleh=make.wati())
    type(batch).objects.filter(pk=batch.pk).update(status="dibatalkan")
    with pytest.raises(Refused, match="dibatalkan"):
        putuskan_lagi(padanan(batch), oleh=make.wati())
    type(batch).objects.filter(pk=batch.pk).update(status="diperiksa")
    bekukan(make.periode(), oleh=make.budi())
    with pytest.raises(Refused, match="periode berikutnya"):
        putuskan_lagi(padanan(batch), oleh=make.wati())
    assert padanan(batch).status == "tidak_ada"


# --- A visit meets a proposal that says something else ----------------------------------------------------------
def _kunjungi(orang, siapa: str, **isi):
    satu = lapangan.kegiatan(lapangan.rizal(), orang={siapa: orang[siapa]})
    baris = lapangan.baris(satu, orang[siapa])
    kunjungan = Kunjungan(informan="Ketua RT", jenis_dokumen="KTP-el", **isi)
    return isi_coktas(baris, kunjungan, oleh=lapangan.rizal(), kunci=uuid4())


@pytest.mark.parametrize(
    ("tertulis", "ditemukan", "lain"),
    [
        ({"alamat": "JL. SATU"}, {"alamat": "JL. DUA"}, True),
        ({"alamat": "JL. SATU"}, {"alamat": "JL. SATU"}, False),
        ({"alamat": "JL. SATU"}, {"alamat": "JL. SATU", "rt": "009"}, True),
        ({"alamat": "JL. SATU"}, {"alamat": "JL. SATU", "rt": "001", "nama": ""}, False),
    ],
    ids=["another value", "the same", "one element more", "what the list says already"],
)
def test_berisi_lain_keeps_a_visit_from_completing_another_correction(tertulis, ditemukan, lain):
    orang = lapangan.wilayah()
    lama = usulkan(
        periode=make.periode(), kategori=make.kategori("elemen_data"), pemilih=orang["tua"].pemilih,
        oleh=make.sari(), elemen=tertulis,
    )  # fmt: skip
    baris = _kunjungi(orang, "tua", hasil="ubah_elemen", elemen=ditemukan)
    lama.refresh_from_db()
    assert lama.elemen_baru == tertulis, "what was proposed is not written over"
    if lain:
        assert (baris.usulan, lama.bukti) == (None, None)
        assert f"Usulan nomor {lama.pk} yang ada berisi lain" in baris.tanpa_usulan
        assert ditemukan.get("rt", ditemukan["alamat"]) in baris.catatan, "what was seen stays with the row"
    else:
        assert (baris.usulan, lama.bukti.jenis_dokumen) == (lama, "KTP-el")


@pytest.mark.parametrize(("tujuan", "lain"), [(make.LERE, False), (make.PETOBO, True)])
def test_berisi_lain_tells_two_destinations_apart(tujuan, lain):
    orang = lapangan.wilayah()
    tempat = make.tps(make.LERE)
    lama = usulkan(
        periode=make.periode(), kategori=make.kategori("pindah_dalam_kota"), pemilih=orang["tua"].pemilih,
        oleh=make.sari(), kelurahan_tujuan=tempat.kelurahan, tps_tujuan=tempat,
    )  # fmt: skip
    baris = _kunjungi(orang, "tua", hasil="pindah", kelurahan_tujuan=make.tps(tujuan).kelurahan)
    assert (baris.usulan is None) is lain
    lama.refresh_from_db()
    assert (lama.kelurahan_tujuan_id, lama.bukti is None) == (make.LERE, lain)


def test_berisi_lain_tells_two_survivors_apart():
    orang = lapangan.wilayah()
    usulkan(
        periode=make.periode(), kategori=make.kategori("ganda"), pemilih=orang["tua"].pemilih, oleh=make.sari(),
        bertahan=orang["biasa"].pemilih,
    )  # fmt: skip
    baris = _kunjungi(orang, "tua", hasil="ganda", bertahan=orang["diduga"].pemilih)
    assert baris.usulan is None
    assert "berisi lain" in baris.tanpa_usulan


# --- Only one's own is taken back --------------------------------------------------------------------------------
def test_batalkan_jawaban_leaves_a_tms_that_was_there_before():
    """Disdukcapil had reported the move; the answer to the province rests on it, and so does more than the answer."""
    versi = make.pemilih()
    per = make.selesai_daftar()
    lama = Perubahan.objects.get(pk=make.usul("pindah_domisili", versi, per=per))
    daftar_lintas(per, versi.identitas.nik)
    satu = JawabanLintas.objects.get()
    satu = lintas.jawab(satu, jawaban="pindah", alasan=ALASAN, bukti=make.bukti(), oleh=make.sari())
    satu = lintas.konfirmasi_jawaban(satu, oleh=make.wati())
    assert satu.perubahan == lama
    satu = lintas.batalkan_jawaban(satu, alasan=ALASAN, oleh=make.wati())
    lama.refresh_from_db()
    assert (satu.status, satu.perubahan, lama.status) == ("menunggu", None, "diusulkan")


def test_batalkan_jawaban_does_not_stop_at_somebody_elses_tms_that_is_approved():
    versi = make.pemilih()
    per = make.selesai_daftar()
    lama = make.usul("pindah_domisili", versi, per=per)
    daftar_lintas(per, versi.identitas.nik)
    satu = lintas.jawab(
        JawabanLintas.objects.get(), jawaban="pindah", alasan=ALASAN, bukti=make.bukti(), oleh=make.sari()
    )
    satu = lintas.konfirmasi_jawaban(satu, oleh=make.wati())
    make.setuju([lama], per)
    lintas.batalkan_jawaban(satu, alasan=ALASAN, oleh=make.wati())
    assert Perubahan.objects.get(pk=lama).status == "disetujui"
    assert not Pendaftaran.objects.aktif().exists()


# --- No number in free text --------------------------------------------------------------------------------------
@pytest.mark.parametrize("tertulis", TERTULIS)
def test_uji_petik_keeps_no_nik_in_note_or_reason(tertulis):
    for n in range(8):
        make.pemilih(nama=f"TALISE {n}")
    per = make.selesai_daftar()
    bekukan(per, oleh=make.budi())
    uji = make.uji_petik(per)
    contoh = uji.contoh.filter(arah="orang").first()
    uji_petik.isi_hasil(contoh, hasil="tidak_ditemui", catatan=f"KTP {tertulis} dibawa anaknya", oleh=make.sari())
    contoh.refresh_from_db()
    uji = uji_petik.batalkan_uji(uji, alasan=f"Salah contoh, lihat {tertulis}", oleh=make.budi())
    teks = contoh.catatan + uji.alasan_batal + "".join(
        f"{j.kalimat}{j.alasan}{j.perubahan}" for j in Jejak.objects.all()
    )  # fmt: skip
    assert "KTP 7271" in teks
    assert tertulis not in teks
    assert "9123" not in teks


@pytest.mark.parametrize("tertulis", TERTULIS)
def test_a_protocol_keeps_no_nik_in_its_purpose(tertulis):
    for n in range(8):
        make.pemilih(nama=f"TALISE {n}")
    per = make.selesai_daftar()
    beku = bekukan(per, oleh=make.budi())
    uji = uji_petik.susun_protokol(
        snapshot=beku, kecamatan=None, jumlah_orang=6, jumlah_rumah=0, tujuan=f"Memastikan {tertulis}",
        oleh=make.budi(),
    )  # fmt: skip
    assert "9123" not in uji.tujuan + "".join(f"{j.kalimat}{j.perubahan}" for j in Jejak.objects.all())


# --- Who was meant a moment ago ----------------------------------------------------------------------------------
def test_jawaban_saran_refuses_a_stale_person():
    """Two officers on one name: what one is about to propose is not proposed for whom the other has chosen since."""
    satu, dua = make.pemilih(nama="CONTOH SATU"), make.pemilih(nama="CONTOH DUA")
    per = make.selesai_daftar()
    surat = surat_bernama(satu)
    saran.cocokkan(butir(surat), satu.pemilih, oleh=make.sari())
    terbuka = butir(surat)
    saran.cocokkan(butir(surat), dua.pemilih, oleh=make.wati())
    with pytest.raises(Refused, match="baru saja dicocokkan dengan orang lain"):
        jawaban_saran.usulkan_dari(terbuka, make.kategori("meninggal"), periode=per, oleh=make.sari())
    assert not Perubahan.objects.exists()
    milik_satu = Perubahan.objects.get(pk=make.usul("meninggal", satu, per=per))
    with pytest.raises(Refused, match="tentang orang lain"):
        jawaban_saran.jawab(terbuka, "ditindaklanjuti", oleh=make.sari(), perubahan=milik_satu)
    assert butir(surat).jawaban == ""


# --- Every reading of a person is logged and limited ------------------------------------------------------------
def _padanan(orang, per):
    lemah, pasti = (f"{n};Biasa Saja;L;17-08-{1991 - n};Jl. Contoh;Talise;KM-{n};01-11-2026" for n in (0, 1))
    batch = periksa(lemah, pasti)
    assert len(ambil(batch, oleh=make.wati(), banyak=25, status="dicocokkan")) == 1
    menunggu = PadananBaris.objects.get(batch=batch, status="menunggu")
    return {"padanan_daftar": [batch.pk], "padanan_pasti": [batch.pk], "padanan_detail": [batch.pk, menunggu.pk]}


def _tanggapan(orang, per):
    satu = make.tanggapan_cocok(make.tanggapan(), orang["biasa"])
    return {"tanggapan_daftar": [], "tanggapan_detail": [satu.pk], "tanggapan_usulkan_tms": [satu.pk]}


def _uji_petik(orang, per):
    for n in range(6):
        make.pemilih(nama=f"TALISE {n}")
    make.selesai_daftar()
    bekukan(per, oleh=make.budi())
    uji = make.uji_petik(per)
    return {"uji_petik_lembar": [uji.pk], "uji_petik_isi": [uji.contoh.first().pk]}


def _kematian(orang, per):
    pk = orang["diduga"].pemilih_id
    return {"kematian_daftar": [], "kematian_detail": [pk], "kematian_lapor": [pk], "kematian_surat": [make.TALISE]}


def _saran(orang, per):
    surat = surat_bernama(orang["biasa"])
    saran.cocokkan(butir(surat), orang["biasa"].pemilih, oleh=make.sari())
    return {"saran_detail": [surat.pk], "saran_nama": [butir(surat).pk], "saran_usul_tms": [butir(surat).pk]}


def _lintas(orang, per):
    batch = daftar_lintas(per, orang["biasa"].identitas.nik)
    satu = JawabanLintas.objects.get(batch=batch)
    return {"lintas_semua": [], "lintas_baris": [batch.pk], "lintas_detail": [satu.pk]}


def _coktas(orang, per):
    satu = lapangan.kegiatan(make.wati(), orang={"tua": orang["tua"]})
    baris = lapangan.baris(satu, orang["tua"])
    return {"coktas_calon_satu": [make.TALISE], "coktas_detail": [satu.pk], "coktas_tugas": [],
            "coktas_satu": [baris.pk], "coktas_isi": [baris.pk, "sesuai"]}  # fmt: skip


BIDANG = (_padanan, _tanggapan, _uji_petik, _kematian, _saran, _lintas, _coktas)
BACA = {  # pages of one person; every other page is a list
    "padanan_detail", "tanggapan_detail", "tanggapan_usulkan_tms", "uji_petik_isi", "kematian_detail",
    "kematian_lapor", "saran_nama", "saran_usul_tms", "lintas_detail", "coktas_satu", "coktas_isi",
}  # fmt: skip


@pytest.mark.parametrize("bidang", BIDANG, ids=lambda b: b.__name__.lstrip("_"))
def test_catat_akses_and_alarm_on_every_page_that_names_a_voter(client, bidang):
    """Opened, a page leaves an entry; above the dated limit it gives no name, and the first refusal rings."""
    orang = lapangan.wilayah()
    halaman = bidang(orang, make.periode())
    wati = make.wati()
    sebagai(client, wati)
    saring = {"kelurahan": make.TALISE} if bidang is _uji_petik else {}
    for nama, arg in halaman.items():
        sebelum = LogAkses.objects.filter(pelaku=wati).count()
        jawaban = client.get(reverse(f"pdpb:{nama}", args=arg), saring)
        assert jawaban.status_code == 200, nama
        assert LogAkses.objects.filter(pelaku=wati).count() > sebelum, f"{nama} is not logged"
        batas = "baca_pemilih" if nama in BACA else "telusur_pemilih"
        dipakai = Pemakaian.objects.filter(pengguna=wati, batas=f"{batas}_per_jam")
        assert dipakai.exists(), f"{nama} is not counted"
        batasi(f"{batas}_per_jam", dipakai.get().jumlah)
        tercatat, alarm = LogAkses.objects.count(), Jejak.objects.filter(tindakan="batas_tercapai").count()
        jawaban = client.get(reverse(f"pdpb:{nama}", args=arg), saring)
        assert jawaban.status_code == 409, nama
        assert not any(v.nama in kalimat(jawaban) for v in orang.values())
        assert LogAkses.objects.count() == tercatat, "what was refused was not read"
        assert Jejak.objects.filter(tindakan="batas_tercapai").count() == alarm + 1, nama
        assert dipakai.get().dilampaui_pada, "and stands on the page of limits"
        Pemakaian.objects.filter(pengguna=wati).delete()
        batasi(f"{batas}_per_jam", 1_000)
