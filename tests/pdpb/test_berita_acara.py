"""The minutes: built from the snapshot, figures in words generated, completed by the last signature."""

import io

import pytest
from pypdf import PdfReader

from kpupalu.lib import Refused
from kpupalu.naskah.dasar import cetak_konsep
from kpupalu.naskah.models import JenisNaskah, Naskah
from pdpb.actions.naskah import buat_berita_acara, naskah_periode, tetapkan, umumkan_rekap
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.documents import IsiTidakCocok, berita_acara, periksa_isi
from pdpb.models import Periode, Perubahan
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def per():
    make.komisioner()
    versi = [make.pemilih(make.TALISE, jenis_kelamin=jk) for jk in "LLPP"]
    per = make.selesai_daftar()
    for v in versi[:1]:
        p = usulkan(
            periode=per,
            kategori=make.kategori("meninggal"),
            pemilih=v.pemilih,
            oleh=make.sari(),
            bukti=make.bukti(),
        )
        ambil_langkah([p.pk], "verifikasi", oleh=make.wati(), periode=per)
        ambil_langkah([p.pk], "setujui", oleh=make.budi(), periode=per)
    return per


def beku(per):
    bekukan(per, oleh=make.budi())
    return Periode.objects.get(pk=per.pk)


def test_isi_comes_from_the_snapshot_and_words_equal_figures(per):
    isi = berita_acara(bekukan(per, oleh=make.budi()))
    assert isi["kota"]["LP"] == {
        "sebelumnya": 4, "baru": 0, "tms": 1, "ubah": 0, "masuk": 0, "keluar": 0, "koreksi": 0, "sekarang": 3,
    }  # fmt: skip
    assert isi["terbilang"] == {"laki_laki": "satu", "perempuan": "dua", "total": "tiga"}
    assert len(isi["kecamatan"]) == 8
    assert len(isi["kelurahan"]) == 46
    assert sum(k["LP"]["sekarang"] for k in isi["kecamatan"]) == 3
    assert isi["baris_berubah"] == 1


def test_the_printed_draft_says_what_it_must(per):
    naskah = buat_berita_acara(beku(per), oleh=make.budi())
    halaman = PdfReader(io.BytesIO(cetak_konsep(naskah).pdf)).pages
    teks = " ".join("\n".join(h.extract_text() for h in halaman).split())
    for potongan in (
        "BERITA ACARA",
        "Selasa tanggal delapan bulan Desember tahun dua ribu dua puluh enam",
        "sebanyak 3 (tiga) orang",
        "Tidak ada masukan yang disampaikan dalam rapat pleno",
        "Lampiran 5. Rekapitulasi per kelurahan",
        "Talise Valangguni",
        naskah.isi["digest_data"][:16],
        "KONSEP",
    ):
        assert potongan in teks


def test_minutes_need_a_frozen_period(per):
    with pytest.raises(Refused, match="dibekukan"):
        buat_berita_acara(per, oleh=make.budi())


def test_minutes_need_the_right(per):
    with pytest.raises(Refused, match="tidak berwenang"):
        buat_berita_acara(beku(per), oleh=make.sari())


def test_a_second_berita_acara_for_the_same_version_is_refused(per):
    per = beku(per)
    buat_berita_acara(per, oleh=make.budi())
    with pytest.raises(Refused, match="sudah ada"):
        buat_berita_acara(per, oleh=make.budi())
    assert Naskah.objects.count() == 1


def test_absence_known_at_the_pleno_is_on_the_document(per):
    _, *anggota = make.komisioner()
    naskah = buat_berita_acara(beku(per), oleh=make.budi(), tidak_hadir={anggota[0].pk: "Sakit, surat dokter"})
    absen = naskah.penandatangan.get(user=anggota[0])
    assert (absen.hadir, absen.alasan_tidak_hadir) == (False, "Sakit, surat dokter")
    assert naskah.penandatangan.filter(hadir=True).count() == 4


def test_a_pleno_below_the_dated_quorum_makes_no_minutes(per):
    from kpupalu.aturan.models import Aturan

    _, dua, tiga, *_ = make.komisioner()
    absen = {dua.pk: "Sakit, surat dokter", tiga.pk: "Tugas luar kota"}
    per = beku(per)
    with pytest.raises(Refused, match="3 anggota hadir, paling sedikit 4"):
        buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen)
    Aturan.objects.filter(kode="kuorum_ba_pleno").update(nilai=3)
    assert buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen).penandatangan.count() == 5


def test_completion_fixes_the_approved_changes(per):
    per = beku(per)
    naskah = buat_berita_acara(per, oleh=make.budi())
    tetapkan(naskah)
    assert Periode.objects.get(pk=per.pk).status == "ditetapkan"
    assert set(Perubahan.objects.values_list("status", flat=True)) == {"ditetapkan"}
    hasil = None
    with pytest.raises(Refused, match="periode berikutnya"):
        hasil = ambil_langkah(
            list(Perubahan.objects.values_list("pk", flat=True)), "batalkan_persetujuan",
            oleh=make.budi(), periode=per, catatan="koreksi setelah tetap",
        )  # fmt: skip
    assert hasil is None


def test_a_period_with_living_minutes_is_not_reopened(per):
    per = beku(per)
    naskah = buat_berita_acara(per, oleh=make.budi())
    permintaan = minta_buka_kembali(per, alasan="Saran Bawaslu resmi", nomor_surat="1/PM/2026", oleh=make.budi())
    with pytest.raises(Refused, match="Tarik berita acara"):
        setujui_buka_kembali(permintaan, oleh=make.komisioner()[0], sampai=per.akhir)
    from kpupalu.naskah.dasar import tarik

    tarik(naskah, by=make.budi(), alasan="Angka akan dikoreksi")
    setujui_buka_kembali(permintaan, oleh=make.komisioner()[0], sampai=per.akhir)
    assert naskah_periode(per) is None


def test_announcing_before_the_signatures_is_refused(per):
    per = beku(per)
    buat_berita_acara(per, oleh=make.budi())
    with pytest.raises(Refused, match="lengkap"):
        umumkan_rekap(per, oleh=make.budi())


def test_number_pattern_is_a_dated_row():
    jenis = JenisNaskah.objects.get(kode="ba-rekap-pdpb")
    assert jenis.pola == "{nomor}/{klasifikasi}-BA/{satker}/{triwulan}/{tahun}"
    assert jenis.dasar


@pytest.mark.parametrize(
    ("rusak", "aturan"),
    [
        (lambda i: i["kecamatan"][7]["L"].update(sekarang=9), "R3"),
        (lambda i: i["kelurahan"][0]["P"].update(tms=1), "R3"),
        (lambda i: i["kota"]["LP"].update(baru=1), "R3|R2"),
        (lambda i: i["silang"][0]["isi"]["jumlah"][0].update(L=5), "R4"),
        (lambda i: i.update(baris_berubah=99), "R7"),
        (lambda i: i["jenis_tps"][1]["LP"].update(sekarang=1), "R8"),
        (lambda i: i["terbilang"].update(total="empat"), "R11"),
    ],
)
def test_content_that_contradicts_itself_is_never_printed(per, rusak, aturan):
    isi = berita_acara(bekukan(per, oleh=make.budi()))
    periksa_isi(isi)
    rusak(isi)
    with pytest.raises(IsiTidakCocok, match=aturan):
        periksa_isi(isi)
