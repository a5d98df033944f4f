"""Edge cases of the domain brief, §16, that people and quarters bring; those of files and
places: ``test_kasus_tepi_berkas.py``, ``test_kasus_tepi_wilayah.py``.

Each test is named after its case and says what an officer expects of it.
"""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from kpupalu.lib import Refused
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat.models import Rapat
from pdpb.actions.naskah import buat_berita_acara, tetapkan
from pdpb.actions.periode import bekukan, buka_periode, minta_buka_kembali, ubah_periode
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.actions.rapat import siapkan_pleno
from pdpb.invarian import gagal, periksa
from pdpb.mesin_waktu import Area, selisih
from pdpb.models import Pendaftaran, Periode, Perubahan
from pdpb.pleno import rapat_pleno
from pdpb.rekap import rekap, rekap_beku, rekap_berjalan
from tests import make
from tests.pdpb.isian import isian_baru, kalimat, sama_dengan_baris, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
BERIKUT = {
    "jenis": "triwulan", "tahun": 2027, "urutan": 1, "mulai": date(2027, 1, 1), "akhir": date(2027, 3, 31),
    "tanggal_pleno": date(2027, 4, 2),
}  # fmt: skip


def beku(per: Periode) -> Periode:
    bekukan(per, oleh=make.budi())
    return Periode.objects.get(pk=per.pk)


def ditetapkan(per: Periode) -> Periode:
    """Freeze *per*, draft its minutes and complete them."""
    make.komisioner()
    per = beku(per)
    tetapkan(buat_berita_acara(per, oleh=make.budi()))
    return Periode.objects.get(pk=per.pk)


def berikutnya(per: Periode) -> Periode:
    return buka_periode(Periode(kode="2027-tw1", sebelumnya=per, **BERIKUT), oleh=make.budi())


def angka(per: Periode, kelurahan: str = "") -> tuple[int, ...]:
    """Before, new, struck off, corrected, moved in, moved out, now; the sum of them is checked by the way."""
    data = rekap(per)
    satu = (data.kelurahan[kelurahan] if kelurahan else data.kota).total
    assert satu.dihitung == satu.sekarang
    return satu.sebelumnya, satu.baru, satu.tms, satu.ubah, satu.masuk, satu.keluar, satu.sekarang


# --- The figures of a quarter ------------------------------------------------------------------------------------
def test_periode_tanpa_perubahan(client):
    """Nothing changed in the quarter: it freezes, its minutes say so in figures and words, its pages say so too."""
    make.komisioner()
    for jk in "LLP":
        make.pemilih(jenis_kelamin=jk)
    per = beku(make.selesai_daftar())
    assert angka(per) == (3, 0, 0, 0, 0, 0, 3)
    assert gagal(periksa(rekap(per))) == []
    isi = buat_berita_acara(per, oleh=make.budi()).isi
    assert (isi["baris_berubah"], isi["terbilang"]["total"], len(isi["kelurahan"])) == (0, "tiga", 46)
    for nama in ("rekap", "rekap_periksa", "periode_detail"):
        assert sebagai(client, make.budi()).get(reverse(f"pdpb:{nama}", args=[per.pk])).status_code == 200


def test_kelurahan_dengan_tms_melebihi_daftar_sebelumnya():
    """Two were on the list, one came, three left: TMS may exceed what was there before, the total is zero."""
    lama = [make.pemilih(make.LERE), make.pemilih(make.LERE)]
    make.pemilih(make.TALISE)
    per = make.selesai_daftar()
    tempat = make.tps(make.LERE)
    baru = make.usul("pindah_masuk", None, per=per, kelurahan_tujuan=tempat.kelurahan, tps_tujuan=tempat)
    make.setuju([baru], per)
    make.lupakan_sementara()
    semua = [*lama, Perubahan.objects.get(pk=baru).versi_baru]
    make.setuju([make.usul("meninggal", v, per=per) for v in semua], per)
    per = beku(per)
    assert angka(per, make.LERE) == (2, 1, 3, 0, 0, 0, 0)
    assert gagal(periksa(rekap(per))) == []


def test_pemilih_baru_meninggal_pada_periode_yang_sama():
    """Both columns show the person, nobody is left, and it makes no difference whether both were approved at once."""
    make.pemilih()
    per = make.selesai_daftar()
    baru = make.usul("genap_17", None, per=per)
    make.setuju([baru], per)
    make.lupakan_sementara()
    make.setuju([make.usul("meninggal", Perubahan.objects.get(pk=baru).versi_baru, per=per)], per)
    assert angka(per) == (1, 1, 1, 0, 0, 0, 1)
    per = beku(per)
    assert gagal(periksa(rekap(per))) == []
    assert rekap(per).jumlah_rincian("tms", "meninggal") == rekap(per).jumlah_rincian("baru", "genap_17") == 1


def test_tms_dibatalkan_sesudah_keberatan():
    """The family shows that she lives: within the quarter the approval is taken back, and nothing of it is counted."""
    versi = make.pemilih()
    per = make.selesai_daftar()
    tms = make.usul("meninggal", versi, per=per)
    make.setuju([tms], per)
    make.lupakan_sementara()
    assert angka(per)[-1] == 0
    hasil = ambil_langkah(
        [tms], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Keberatan keluarga: masih hidup"
    )
    assert hasil.berhasil == [tms]
    ambil_langkah([tms], "tolak", oleh=make.wati(), periode=per, catatan="Keberatan keluarga: masih hidup")
    assert angka(per) == (1, 0, 0, 0, 0, 0, 1)
    assert Pendaftaran.objects.aktif().get() == versi
    satu = Perubahan.objects.get(pk=tms)
    assert (satu.status, satu.bukti is not None) == ("ditolak", True)
    langkah = list(satu.riwayatperubahan_set.order_by("pk").values_list("langkah", flat=True))
    assert langkah == ["usulkan", "verifikasi", "setujui", "batalkan_persetujuan", "tolak"]


def test_tms_keliru_dipulihkan_sesudah_berita_acara():
    """After the minutes it is a new change of the next quarter, and the list knows that it is the same person."""
    versi, _ = make.pemilih(), make.pemilih()
    lama = make.selesai_daftar()
    make.setuju([make.usul("meninggal", versi, per=lama)], lama)
    make.lupakan_sementara()
    lama = ditetapkan(lama)
    kini = berikutnya(lama)
    kembali = make.usul("tercecer", None, per=kini, nik=versi.identitas.nik, elemen=_elemen(versi))
    make.setuju([kembali], kini)
    assert (angka(lama), angka(kini)) == ((2, 0, 1, 0, 0, 0, 1), (1, 1, 0, 0, 0, 0, 2))
    assert Pendaftaran.objects.aktif().get(identitas__nik=versi.identitas.nik).pemilih_id == versi.pemilih_id
    assert gagal(periksa(rekap_berjalan(kini))) == []


def _elemen(versi: Pendaftaran) -> dict:
    kolom = ("nama", "jenis_kelamin", "tanggal_lahir", "status_kawin", "alamat", "rt", "rw")
    return {nama: getattr(versi, nama) for nama in kolom}


def test_pindah_keluar_lalu_kembali(client):
    """Away and back: one TMS, one new voter, one person. Whoever opens the person sees both."""
    versi = make.pemilih(nama="MA'RUF LAMARAUNA")
    per = make.selesai_daftar()
    make.setuju([make.usul("pindah_domisili", versi, per=per)], per)
    make.lupakan_sementara()
    isi = isian_baru(
        nik=versi.identitas.nik, nama="Ma'ruf Lamarauna", jenis_kelamin="L", tanggal_lahir="17-08-1990",
        tps="1",
    )  # fmt: skip
    jawaban = sebagai(client, make.sari()).post(reverse("pdpb:usul_baru"), isi)
    assert jawaban.status_code == 302, jawaban.context["form"].errors
    baru = Perubahan.objects.get(kategori="pindah_masuk")
    make.setuju([baru.pk], per)
    assert angka(per) == (1, 1, 1, 0, 0, 0, 1)
    (dahulu, kini) = Pendaftaran.objects.order_by("pk")
    assert (dahulu.pemilih_id, dahulu.akhir is None, kini.akhir) == (kini.pemilih_id, False, None)
    halaman = kalimat(sebagai(client, make.wati()).get(reverse("pdpb:pemilih_detail", args=[kini.pemilih_id])))
    assert "Pindah domisili ke luar kota" in halaman
    assert "Pindah masuk" in halaman
    beda = selisih(Area(), date(2026, 1, 1), date(2099, 1, 1))
    assert beda.banyak <= 1, "for a difference of two days a person who came back is a changed row at most"
    sama_dengan_baris(per)


def test_nik_yang_kembali_dengan_orang_lain_bukan_orang_yang_sama():
    """The number alone makes nobody a returner: another name and another birth date are another person."""
    versi = make.pemilih()
    per = make.selesai_daftar()
    make.setuju([make.usul("pindah_domisili", versi, per=per)], per)
    make.lupakan_sementara()
    make.setuju([make.usul("pindah_masuk", None, per=per, nik=versi.identitas.nik)], per)
    assert Pendaftaran.objects.aktif().get().pemilih_id != versi.pemilih_id


def test_baris_yang_kalah_sebagai_ganda_tidak_hidup_lagi():
    """A row that went as a duplicate stays gone: a new voter with its number is a row of its own to be judged."""
    satu, dua = make.pemilih(), make.pemilih()
    per = make.selesai_daftar()
    make.setuju([make.usul("ganda", satu, per=per, bertahan=dua.pemilih)], per)
    make.lupakan_sementara()
    make.setuju([make.usul("tercecer", None, per=per, nik=satu.identitas.nik, elemen=_elemen(satu))], per)
    assert Pendaftaran.objects.aktif().get(identitas__nik=satu.identitas.nik).pemilih_id != satu.pemilih_id


def test_kembali_lalu_dibatalkan_dan_disetujui_lagi():
    """Taking the return back leaves the person away, and approving it again brings the same person."""
    versi = make.pemilih()
    per = make.selesai_daftar()
    keluar = make.usul("pindah_domisili", versi, per=per)
    make.setuju([keluar], per)
    make.lupakan_sementara()
    masuk = make.usul("pindah_masuk", None, per=per, nik=versi.identitas.nik, elemen=_elemen(versi))
    make.setuju([masuk], per)
    alasan = {"oleh": make.budi(), "periode": per, "catatan": "Uji pembatalan kembali"}
    make.lupakan_sementara()
    assert ambil_langkah([keluar], "batalkan_persetujuan", **alasan).ditolak
    assert ambil_langkah([masuk], "batalkan_persetujuan", **alasan).berhasil == [masuk]
    make.lupakan_sementara()
    assert angka(per) == (1, 0, 1, 0, 0, 0, 0)
    assert ambil_langkah([masuk], "setujui", oleh=make.budi(), periode=per).berhasil == [masuk]
    assert Pendaftaran.objects.aktif().get().pemilih_id == versi.pemilih_id
    sama_dengan_baris(per)


def test_kembali_dua_kali_pada_satu_periode():
    """In, out and in again within a quarter: one person is new once in a period, said in a sentence."""
    make.pemilih()
    per = make.selesai_daftar()
    nik, elemen = make.nik(), _elemen(Pendaftaran.objects.get())
    masuk = make.usul("pindah_masuk", None, per=per, nik=nik, elemen=elemen)
    make.setuju([masuk], per)
    make.lupakan_sementara()
    make.setuju([make.usul("pindah_domisili", Perubahan.objects.get(pk=masuk).versi_baru, per=per)], per)
    with pytest.raises(Refused, match="sudah diusulkan"):
        make.usul("pindah_masuk", None, per=per, nik=nik, elemen=elemen)
    assert angka(per) == (1, 1, 1, 0, 0, 0, 1)


# --- The pleno ---------------------------------------------------------------------------------------------------
def test_koreksi_sesudah_berita_acara_ditandatangani():
    """What is signed stays; no step moves it, the quarter does not open again, the correction is of the next one."""
    versi, lain = make.pemilih(nama="SALAH EJA"), make.pemilih()
    lama = make.selesai_daftar()
    tms = make.usul("meninggal", lain, per=lama)
    make.setuju([tms], lama)
    make.lupakan_sementara()
    lama = ditetapkan(lama)
    sidik = lama.snapshot_set.get(digantikan=False).digest
    with pytest.raises(Refused, match="periode berikutnya"):
        make.usul("elemen_data", versi, per=lama, elemen={"nama": "BENAR EJA"})
    with pytest.raises(Refused, match="periode berikutnya"):
        ambil_langkah([tms], "batalkan_persetujuan", oleh=make.budi(), periode=lama, catatan="Ternyata masih hidup")
    with pytest.raises(Refused, match="periode berikutnya"):
        minta_buka_kembali(lama, alasan="Ada nama yang salah eja", nomor_surat="1/2026", oleh=make.sari())
    kini = berikutnya(lama)
    make.setuju([make.usul("elemen_data", versi, per=kini, elemen={"nama": "BENAR EJA"})], kini)
    assert (angka(lama), angka(kini)) == ((2, 0, 1, 0, 0, 0, 1), (1, 0, 0, 1, 0, 0, 1))
    assert lama.snapshot_set.get(digantikan=False).digest == sidik
    assert gagal(periksa(rekap_berjalan(kini))) == []


@time_machine.travel("2026-12-08T06:00:00Z", tick=False)
def test_seorang_komisioner_berhalangan():
    """Four of five sign; the fifth is named with the reason, and with too few present there are no minutes."""
    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    siapkan_pleno(per, oleh=make.budi())
    per = beku(per)

    def absen(*nama: str) -> None:
        baris = rapat_pleno(per).anggota.filter(pegawai__nama__in=nama)
        tidak = [rapat_kantor.Hadir(b.pk, "tidak_hadir", b.versi, alasan="Dinas luar") for b in baris]
        rapat_kantor.catat_kehadiran(rapat_pleno(per), anggota=tidak, by=make.sari())

    absen("Nur", "Arif", "Indah", "Yosep")
    with pytest.raises(Refused, match="kuorum"):
        buat_berita_acara(per, oleh=make.budi())
    for nama in ("Arif", "Indah", "Yosep"):
        satu = rapat_pleno(per).anggota.get(pegawai__nama=nama)
        rapat_kantor.catat_kehadiran(
            rapat_pleno(per), anggota=[rapat_kantor.Hadir(satu.pk, "hadir", satu.versi)], by=make.sari()
        )
    naskah = buat_berita_acara(per, oleh=make.budi())
    tidak = naskah.penandatangan.filter(hadir=False)
    assert [(p.nama, p.alasan_tidak_hadir) for p in tidak] == [("Nur", "Dinas luar")]
    assert naskah.penandatangan.count() == 5


def test_pleno_dipindahkan():
    """Another day: the meeting moves along, ages count on the new day, a proposal too young for it is held back."""
    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    rapat = siapkan_pleno(per, oleh=make.budi())
    muda = usulkan(
        periode=per, kategori=make.kategori("genap_17"), oleh=make.sari(), nik=make.nik(date(2009, 12, 8)),
        nkk="7271080101209001", bukti=make.bukti(), kelurahan_tujuan=make.tps().kelurahan, tps_tujuan=make.tps(),
        elemen={"nama": "MUDA", "jenis_kelamin": "L", "tanggal_lahir": date(2009, 12, 8), "status_kawin": "B"},
    )  # fmt: skip
    ambil_langkah([muda.pk], "verifikasi", oleh=make.wati(), periode=per)
    per.tanggal_pleno = date(2026, 12, 7)
    ubah_periode(per, oleh=make.budi())
    assert Rapat.objects.get(pk=rapat.pk).tanggal == date(2026, 12, 7)
    hasil = ambil_langkah([muda.pk], "setujui", oleh=make.budi(), periode=per)
    assert "16 tahun pada 07-12-2026" in hasil.ditolak[muda.pk]
    per.tanggal_pleno = date(2026, 12, 9)
    ubah_periode(per, oleh=make.budi())
    assert ambil_langkah([muda.pk], "setujui", oleh=make.budi(), periode=per).berhasil == [muda.pk]
    per = beku(per)
    assert per.snapshot_set.get().tanggal_acuan == date(2026, 12, 9)
    per.tanggal_pleno = date(2026, 12, 10)
    with pytest.raises(Refused, match="dibekukan"):
        ubah_periode(per, oleh=make.budi())
    assert buat_berita_acara(per, oleh=make.budi()).tanggal == date(2026, 12, 9)


def test_triwulan_iv_ditutup_awal_desember():
    """Closed on 8 December, weeks before the quarter ends: what comes later is of the next one, nothing is lost."""
    with time_machine.travel("2026-12-08T03:00:00Z", tick=False) as jam:
        versi, kedua = make.pemilih(), make.pemilih()
        per = make.selesai_daftar()
        menunggu = make.usul("meninggal", versi, per=per)
        per = ditetapkan(per)
        jam.move_to("2026-12-20T03:00:00Z")
        with pytest.raises(Refused, match="periode berikutnya"):
            make.usul("meninggal", kedua, per=per)
        kini = berikutnya(per)
        lagi = make.usul("meninggal", kedua, per=kini)
        assert Perubahan.objects.get(pk=menunggu).periode == kini, "what waited is carried over"
        make.setuju([menunggu, lagi], kini)
    assert (angka(per), angka(kini)) == ((2, 0, 0, 0, 0, 0, 2), (2, 0, 2, 0, 0, 0, 0))
    assert gagal(periksa(rekap_berjalan(kini))) == []
    assert rekap_beku(per.snapshot_set.get()).kota.total.sekarang == 2
