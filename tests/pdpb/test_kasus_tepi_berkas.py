"""Edge cases of the domain brief, §16, that come in with a file: odd numbers, odd names, odd places, odd ages.

Each test says what an officer expects; none rests on how the import reaches it. The other cases stand in
``test_kasus_tepi.py``.
"""

from datetime import date
from itertools import product

import pytest

from kpupalu.lib import Refused
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb import impor
from pdpb.actions.perubahan import ambil_langkah
from pdpb.ganda.pencarian import cari_semua
from pdpb.impor.nik import jelaskan_nik
from pdpb.invarian import gagal, periksa
from pdpb.models import ImporBatch, PasanganGanda, Pendaftaran, Periode, Perubahan, Temuan, TemuanImpor
from pdpb.rekap import rekap_berjalan
from tests import make
from tests.pdpb.test_impor import aktif, baris, berkas, kode, muat, usul, usulkan

pytestmark = pytest.mark.django_db
PLENO = date(2026, 12, 8)


def temuan(batch: ImporBatch) -> dict[str, str]:
    """Code → level of all that was said of *batch*, remarks included."""
    return dict(TemuanImpor.objects.filter(batch=batch).values_list("kode", "tingkat"))


def setuju(per: Periode) -> None:
    """Verify and approve everything proposed, by people who have neither sent nor applied the list."""
    ids = list(Perubahan.objects.values_list("pk", flat=True))
    for langkah, oleh in (("verifikasi", make.wati()), ("setujui", make.orang("rina", "kasubbag_rendatin"))):
        assert ambil_langkah(ids, langkah, oleh=oleh, periode=per).berhasil == ids


def lahir(hari: date, kelamin: str = "L", dpid: str = "1", **beda) -> str:
    """One row of a base list for somebody born on *hari*, with the NIK that belongs to it."""
    tanggal = hari.day + (40 if kelamin == "P" else 0)
    isi = {
        "TANGGAL LAHIR": f"{hari:%d|%m|%Y}",
        "KELAMIN": kelamin,
        "NIK": f"727101{tanggal:02d}{hari:%m%y}90{int(dpid):02d}",
    }
    return baris(dpid, **isi | beda)


# --- NIK and NKK -------------------------------------------------------------------------------------------------
def test_nik_perempuan_dengan_hari_71():
    """Born on the 31st, a woman's NIK says 71; nothing is odd about it. 72 is no day, nor is what lies between."""
    nik = "7271017108909001"
    assert temuan(muat(lahir(date(1990, 8, 31), "P", NIK=nik))) == {}
    assert jelaskan_nik(nik, date(1990, 8, 31), "P") == []
    for n, hari in enumerate(("00", "32", "40", "72"), start=2):
        assert temuan(muat(lahir(date(1990, 8, 31), "P", str(n), NIK=f"727101{hari}08909001"), nama=f"{hari}.csv",
                           alasan="uji hari di dalam NIK")).get("nik_tanggal_mustahil") == "Galat"  # fmt: skip


@pytest.mark.parametrize(("kabupaten", "awalan"), [("Donggala", "720301"), ("Sigi", "721001"), ("Makassar", "737101")])
def test_nik_dari_donggala_sigi_makassar(kabupaten, awalan):
    """A NIK keeps the region of the first registration: told as a fact, never a fault, never a hindrance."""
    batch = muat(baris("1", NIK=f"{awalan}1708909001"))
    assert temuan(batch) == {"nik_wilayah_luar": "Info"}
    assert (batch.status, len(aktif()), Temuan.objects.count()) == ("selesai", 1, 0)
    (kalimat,) = jelaskan_nik(f"{awalan}1708909001", date(1990, 8, 17), "L")
    assert kabupaten.upper() in kalimat.upper()
    assert "wajar" in kalimat


def test_nkk_dipakai_tiga_puluh_baris():
    """A home of thirty on one family card: all are loaded, a warning asks, and nobody is called a duplicate."""
    kk, alamat = "7271081203089177", "JL. PANTI NO. 1"
    isi = [lahir(date(1960 + n, 1 + n % 12, 1 + n % 28), dpid=str(n + 1), NKK=kk, ALAMAT=alamat) for n in range(31)]
    batch = muat(*isi[:30])
    assert (temuan(batch), batch.status, len(aktif())) == ({}, "selesai", 30)
    batch = muat(*isi, nama="satu-lagi.csv")
    assert temuan(batch) == {"nkk_terlalu_banyak": "Peringatan"}
    assert (batch.status, len(aktif())) == ("selesai", 31)
    assert cari_semua() == []


def test_kembar_bukan_ganda():
    """Twins on one family card with neighbouring numbers: both stay, whatever anybody does not decide."""
    kk = {"NKK": "7271081203089177", "TANGGAL LAHIR": "17|08|1990"}
    muat(
        baris("1", NAMA="HASAN LAMARAUNA", NIK="7271011708909001", **kk),
        baris("2", NAMA="HUSEN LAMARAUNA", NIK="7271011708909002", **kk),
    )
    assert cari_semua() == []
    assert len(aktif()) == 2


def test_dua_orang_senama_setanggal_lahir_bukan_ganda():
    """Name and birth date alone make nobody a duplicate: two families, two birth places, two NIK."""
    isi = [
        lahir(date(1950 + n, 1 + n % 12, 3 + n % 25), dpid=str(n), NAMA=f"{a} {b}", NKK=f"72710812030891{n}", RT=f"{n}")
        for n, (a, b) in enumerate(product(("SITI", "ANDI", "NUR"), ("AMIN", "JAYA", "PUTRA")), start=11)
    ]  # fmt: skip
    senama = {"NAMA": "MOH. RIZKY", "TANGGAL LAHIR": "17|08|1990"}
    satu = baris("1", NIK="7271011708909001", NKK="7271081203089101", ALAMAT="JL. ELANG 1", **senama)
    dua = baris("2", NIK="7371021708909007", NKK="7371021203089102", ALAMAT="LRG. MELATI 9", KELURAHAN="LERE",
                **senama | {"TEMPAT LAHIR": "MAKASSAR"})  # fmt: skip
    muat(*isi, satu, dua)
    assert [p.tingkat for p in cari_semua() if p.tingkat in ("Pasti", "Kuat")] == []
    assert not PasanganGanda.objects.filter(status="selesai").exists()
    assert len(aktif()) == len(isi) + 2


# --- Age ---------------------------------------------------------------------------------------------------------
def test_genap_17_pada_hari_pleno():
    """Who turns 17 on the day of the pleno is a voter of this quarter, in a base list as in a list of changes."""
    batch = muat(lahir(date(2009, 12, 8), **{"STS KAWIN": "B"}))
    assert (temuan(batch), len(aktif())) == ({}, 1)
    usulkan(_calon(date(2009, 12, 8)))
    assert Perubahan.objects.get().kategori_id == "genap_17"


def test_genap_17_sehari_sesudah_pleno():
    """One day later is the next quarter: the row of a base list is a question, the proposal goes back."""
    batch = muat(lahir(date(2009, 12, 9), **{"STS KAWIN": "B"}))
    assert temuan(batch) == {"di_bawah_umur": "Galat"}
    assert Temuan.objects.get().kode == "di_bawah_umur"
    batch = usulkan(_calon(date(2009, 12, 9)))
    assert (batch.ringkasan["ditolak"], Perubahan.objects.count()) == (1, 0)
    per = make.periode()
    Periode.objects.filter(pk=per.pk).update(tanggal_pleno=date(2026, 12, 9))
    usulkan(_calon(date(2009, 12, 9)))
    assert Perubahan.objects.get().kategori_id == "genap_17", "with the pleno the day on which ages count moves"


def _calon(hari: date, **beda) -> str:
    isi = {
        "NIK": f"727108{hari:%d%m%y}9301", "NKK": "7271081203089301", "NAMA": "DEWA LAPAU", "KELAMIN": "L",
        "TEMPAT LAHIR": "PALU", "TANGGAL LAHIR": f"{hari:%d-%m-%Y}", "STS KAWIN": "B", "ALAMAT": "JL. A", "RT": "001",
        "RW": "001", "KELURAHAN": "TALISE", "TPS": "001", "DISABILITAS": "0", "EKTP": "S",
    }  # fmt: skip
    return usul("BARU", "genap_17", **isi | beda)


@pytest.mark.parametrize(("pleno", "cukup"), [(date(2025, 2, 28), False), (date(2025, 3, 1), True)])
def test_lahir_29_februari(pleno, cukup):
    """Turns 17 on 1 March of a year without a 29 February (assumption of §3)."""
    make.periode(tahun=2025, urutan=1, mulai=date(2025, 1, 1), akhir=date(2025, 3, 31), tanggal_pleno=pleno)
    batch = muat(lahir(date(2008, 2, 29), **{"STS KAWIN": "B"}))
    assert ("di_bawah_umur" not in kode(batch)) is cukup
    assert "tanggal_lahir_tidak_dikenal" not in kode(batch)
    assert Pendaftaran.objects.aktif().get().tanggal_lahir == date(2008, 2, 29)


def test_tanggal_29_februari_yang_tidak_ada_bukan_tanggal():
    assert temuan(muat(baris("1", **{"TANGGAL LAHIR": "29|02|2007"})))["tanggal_lahir_tidak_dikenal"] == "Galat"


def test_kawin_umur_16():
    """Allowed with a document: a warning in a list, a proposal that is verified only with its paper."""
    batch = muat(lahir(date(2010, 6, 1), "P", **{"STS KAWIN": "S"}))
    assert (temuan(batch), len(aktif())) == ({"di_bawah_umur_kawin": "Peringatan"}, 1)
    isi = {"KATEGORI": "kawin_di_bawah_17", "STS KAWIN": "S", "JENIS DOKUMEN": "Buku nikah"}
    usulkan(_calon(date(2010, 7, 2), **isi))
    baru = Perubahan.objects.get()
    assert (baru.kategori_id, baru.bukti.jenis_dokumen) == ("kawin_di_bawah_17", "Buku nikah")


def test_umur_101_masih_hidup():
    """Somebody to visit, nobody to strike off: on the roll, in the recap, with a question for coktas."""
    batch = muat(lahir(date(1925, 12, 1), "P"))
    assert (temuan(batch), len(aktif())) == ({"usia_coktas": "Peringatan"}, 1)
    assert not Perubahan.objects.exists()
    assert Temuan.objects.get().kode == "usia_coktas"
    # A hundred years and not one more is no question.
    assert temuan(muat(lahir(date(1926, 1, 1), "P", "2"), nama="b.csv", alasan="uji batas umur")) == {}


# --- Address and name --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rt", ["000", "0", "", "RT", "-"])
def test_rt_000(rt):
    """Incomplete data: loaded with an open finding, so that nobody loses the vote over an RT."""
    batch = muat(baris("1", RT=rt))
    assert temuan(batch) == {"rt_tidak_wajar": "Galat"}
    assert (len(aktif()), Temuan.objects.get().kode) == (1, "rt_tidak_wajar")


@pytest.mark.parametrize(("nama", "kata"), [
    ("MA'RUF AMIN", {}), ("MA’RUF AMIN", {}), ("SUKARNI", {}), ("HJ. SITI AMINAH", {"nama_bergelar": "Info"}),
    ("O", {}),
])  # fmt: skip
def test_nama_berapostrof_satu_kata_bergelar(nama, kata):
    """Kept letter for letter; a title is a remark, an apostrophe and a single word are nothing at all."""
    assert temuan(muat(baris("1", NAMA=nama))) == kata
    assert Pendaftaran.objects.aktif().get().nama == nama


def test_gelar_dan_apostrof_bukan_orang_lain():
    """The same person written with title and without is one person when the NIK says so."""
    muat(baris("1", NAMA="HJ. MA'RUFAH", NIK="7271011708909001"), baris("2", NAMA="MARUFAH", NIK="7271011708909001"))
    assert [(p.kelas, p.tingkat) for p in cari_semua()] == [("G1", "Pasti")]


@pytest.mark.parametrize(
    ("ejaan", "kelurahan"),
    [("BESUSU TIM.", "Besusu Timur"), ("TAVANJUKA", "Tawanjuka"), ("Kel. Talise", "Talise"), ("talise", "Talise")],
)
def test_ejaan_lain_kelurahan(ejaan, kelurahan):
    """Senders spell as they like; the row lands where it belongs and says how it was read."""
    tujuan = Kelurahan.objects.get(nama=kelurahan)
    make.tps(tujuan.pk)
    batch = muat(baris("1", KELURAHAN=ejaan))
    assert Pendaftaran.objects.aktif().get().kelurahan == tujuan
    assert set(temuan(batch)) <= {"kelurahan_ejaan_lain"}


def test_ejaan_yang_hampir_benar_tidak_ditebak():
    batch = muat(baris("1", KELURAHAN="TALISEE"))
    assert (temuan(batch), len(aktif())) == ({"kelurahan_tidak_dikenal": "Galat"}, 0)


# --- Files -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("nama", ["DPT_PETOBO.csv", "dpt kel. Lere.csv", "7271021009.csv"])
def test_berkas_untuk_kelurahan_yang_salah(nama):
    """The name says another place than the rows: said before anything is applied, and rows go where they say."""
    make.tps()
    file = berkas(baris("1"), baris("2"), nama=nama)
    batch = impor.periksa(impor.unggah([file], jenis="dpt", periode=make.periode(), oleh=make.sari()))
    satu = TemuanImpor.objects.get(batch=batch, kode="berkas_kelurahan_lain")
    assert (satu.tingkat, "Talise" in satu.pesan, aktif()) == ("Peringatan", True, [])
    with pytest.raises(Refused, match="peringatan"):
        impor.terapkan(batch, oleh=make.budi())
    assert {d.nama: d.sesudah for d in impor.dampak(batch)} == {"Talise": 2}


def test_berkas_diimpor_ulang():
    """Once more the same file: every row known, no version, no identity, no person more; changes likewise."""
    isi = [baris("1"), baris("2", NAMA="MA'RUF"), baris("3", RT="000")]
    muat(*isi)
    sebelum = list(Pendaftaran.objects.order_by("pk").values())
    ulang = muat(*isi)
    assert [ulang.ringkasan[k] for k in ("baru", "berubah", "tetap")] == [0, 0, 3]
    assert list(Pendaftaran.objects.order_by("pk").values()) == sebelum
    assert Temuan.objects.filter(kode="rt_tidak_wajar").count() == 1
    for _ in range(2):
        usulkan(usul("TMS", "meninggal", DPID="1"))
    assert Perubahan.objects.count() == 1


def test_nik_sama_dalam_daftar_dua_instansi():
    """Disdukcapil says dead, the kelurahan says dead: one proposal. Kodim says soldier: a contradiction, told."""
    kepala = "NIK;NAMA;KATEGORI;JENIS DOKUMEN;NOMOR DOKUMEN"
    muat(baris("1", NAMA="ARIF LAMARAUNA", NIK="7271011708909001"))
    orang = "7271011708909001;ARIF LAMARAUNA"
    kirim = {"jenis": "perubahan", "kepala": kepala}
    satu = muat(f"{orang};meninggal;Akta kematian;KM-1", nama="disdukcapil.csv", **kirim)
    dua = muat(f"{orang};meninggal;Surat keterangan kematian lurah;474/1", nama="kelurahan.csv", **kirim)
    tiga = muat(f"{orang};tni;Daftar Kodim;9", nama="kodim.csv", **kirim)
    assert (satu.ringkasan["baru"], dua.ringkasan["tetap"], dua.ringkasan["ditolak"]) == (1, 1, 0)
    assert (kode(tiga)["sudah_diusulkan"], tiga.ringkasan["ditolak"]) == (1, 1)
    assert Perubahan.objects.get().bukti.nomor == "KM-1"


def test_penghuni_loksus_bebas_sebelum_pleno():
    """Released: back to the own TPS as a move inside the city; loksus minus one, reguler plus one, city unchanged."""
    make.tps(make.PETOBO, 901, "loksus")
    make.tps(make.TALISE, 1)
    muat(baris("", KELURAHAN="PETOBO", TPS="901", NIK="7271011708909001", NKK="7271081203089101"), jenis="loksus")
    per = make.selesai_daftar()
    isi = {"NIK": "7271011708909001", "KELURAHAN TUJUAN": "TALISE", "TPS TUJUAN": "1", "JENIS DOKUMEN": "Surat lepas"}
    usulkan(usul("MUTASI", "pindah_dalam_kota", **isi))
    setuju(per)
    rekap = rekap_berjalan(per)
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    assert {k: s.total.sekarang for k, s in rekap.menurut(lambda _, tps: jenis[tps]).items()} == {
        "loksus": 0, "reguler": 1,
    }  # fmt: skip
    assert (rekap.kota.total.sekarang, rekap.kota.total.masuk, rekap.kota.total.keluar) == (1, 1, 1)
    assert gagal(periksa(rekap)) == []


def test_penghuni_loksus_dari_luar_palu_bebas_sebelum_pleno():
    """Released to another regency: out as pindah domisili, and gone from loksus too."""
    make.tps(make.PETOBO, 901, "loksus")
    muat(baris("", KELURAHAN="PETOBO", TPS="901", NIK="7210011708909001", NKK="7210011203089101"), jenis="loksus")
    per = make.selesai_daftar()
    usulkan(usul("TMS", "pindah_domisili", NIK="7210011708909001", **{"JENIS DOKUMEN": "Surat lepas"}))
    setuju(per)
    assert not Pendaftaran.objects.aktif().exists()
