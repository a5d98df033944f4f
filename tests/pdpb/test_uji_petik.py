"""Field audits: the draw can be repeated by anybody, the estimates are right, and each act has its person."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.actions.uji_petik import (
    batalkan_uji,
    isi_hasil,
    selesaikan,
    susun_protokol,
    tarik_contoh,
    usulkan_temuan,
)
from pdpb.models import Bukti, ContohUjiPetik, PendudukDewasa, Perubahan, SnapshotBaris, Temuan, UjiPetik
from pdpb.mutu import hitung_mutu, mundur, mutu_beku
from pdpb.publik import rekap_json
from pdpb.rekap import rekap_beku
from pdpb.uji_petik import alokasi, boleh_diusulkan, kurang, taksir_bagian, taksir_nisbah, taksiran, wilson
from tests import make
from tests.pdpb.isian import isian_baru, kalimat, sebagai

BENIH = "dadu-3-1-6-6-2"


@pytest.fixture
def beku(db):
    for n in range(12):
        make.pemilih(nama=f"TALISE {n}")
    for n in range(6):
        make.pemilih(make.LERE, nama=f"LERE {n}")
    return bekukan(make.selesai_daftar(), oleh=make.budi())


def protokol(beku, **lain):
    isi = {"snapshot": beku, "kecamatan": None, "jumlah_orang": 9, "jumlah_rumah": 4, "benih": BENIH}
    isi |= {"tujuan": "Menguji daftar triwulan ini", "asal_benih": "dadu di depan saksi", "oleh": make.budi()}
    return susun_protokol(**isi | lain)


def test_anybody_with_seed_and_frozen_version_draws_the_same_sample(beku):
    uji = tarik_contoh(protokol(beku), oleh=make.budi())
    for arah, jatah in (("orang", {make.TALISE: 6, make.LERE: 3}), ("rumah", {make.TALISE: 2, make.LERE: 2})):
        for kelurahan, banyak in jatah.items():
            baris = SnapshotBaris.objects.filter(snapshot=beku, pendaftaran__kelurahan=kelurahan)
            semua = baris.values_list("pendaftaran", flat=True)
            urut = sorted(semua, key=lambda pk: sha256(f"{BENIH}:{arah}:{pk}".encode()).digest())
            nyata = uji.contoh.filter(arah=arah, kelurahan=kelurahan).values_list("pendaftaran", flat=True)
            assert list(nyata) == urut[:banyak]
    for satu in uji.contoh.filter(arah="rumah"):
        angka = int(sha256(f"{BENIH}:langkah:{satu.pendaftaran_id}".encode()).hexdigest()[:7], 16)
        assert satu.langkah == 1 + angka % 5
    with pytest.raises(Refused, match="satu kali"):
        tarik_contoh(uji, oleh=make.budi())


@pytest.mark.parametrize(
    ("isi", "kalimat"),
    [
        ({"jumlah_orang": 3}, "harus antara 4"),
        ({"jumlah_orang": 19}, "dan 18"),
        ({"jumlah_orang": 0, "jumlah_rumah": 0}, "keduanya"),
        ({"benih": "1234567"}, "Benih"),
        ({"asal_benih": " "}, "asalnya"),
        ({"tujuan": "coba"}, "tujuan"),
    ],
)
def test_a_protocol_that_proves_nothing_is_refused(beku, isi, kalimat):
    with pytest.raises(Refused, match=kalimat):
        protokol(beku, **isi)
    assert not UjiPetik.objects.exists()


def test_seed_of_the_system_is_new_each_time_and_number_runs_on(beku):
    satu, dua = (protokol(beku, benih="", asal_benih="") for _ in range(2))
    assert satu.benih != dua.benih
    assert dua.urut == satu.urut + 1
    assert Jejak.objects.filter(tindakan="pdpb.susun_uji_petik", kalimat__contains=dua.benih).exists()


def test_only_their_people_act_and_who_draws_does_not_fill_in(beku):
    uji = tarik_contoh(protokol(beku), oleh=make.budi())
    satu = uji.contoh.filter(arah="orang").first()
    for oleh in (make.budi(), make.dewi()):
        with pytest.raises(Refused, match="berwenang"):
            isi_hasil(satu, hasil="sesuai", oleh=oleh)
    with pytest.raises(Refused, match="berwenang"):
        protokol(beku, oleh=make.sari())
    berdua = make.orang("ganda", "kasubbag_rendatin", "operator")
    milik = tarik_contoh(protokol(beku, oleh=berdua), oleh=berdua)
    with pytest.raises(Refused, match="Penyusun"):
        isi_hasil(milik.contoh.first(), hasil="tidak_ditemui", oleh=berdua)


def test_results_are_entered_replaced_with_history_and_closed(beku):
    uji = tarik_contoh(protokol(beku), oleh=make.budi())
    orang, rumah = uji.contoh.filter(arah="orang").first(), uji.contoh.filter(arah="rumah").first()
    with pytest.raises(Refused, match="bukan untuk arah"):
        isi_hasil(rumah, hasil="sesuai", oleh=make.sari())
    with pytest.raises(Refused, match="penghuni"):
        isi_hasil(rumah, hasil="didata", berhak=2, terdaftar=3, oleh=make.sari())
    isi_hasil(orang, hasil="sesuai", oleh=make.sari())
    isi_hasil(orang, hasil="pindah", oleh=make.wati())
    jejak = Jejak.objects.filter(tindakan="pdpb.isi_uji_petik").order_by("pk").last()
    assert jejak.perubahan["hasil"] == ["sesuai", "pindah"]
    with pytest.raises(Refused, match="12 contoh belum"):
        selesaikan(uji, oleh=make.budi())
    for satu in uji.contoh.filter(hasil=""):
        isi_hasil(satu, hasil="tidak_ditemui", oleh=make.sari())
    selesaikan(uji, oleh=make.budi())
    with pytest.raises(Refused, match="selesai"):
        isi_hasil(orang, hasil="sesuai", oleh=make.sari())
    with pytest.raises(Refused, match="tidak dapat dibatalkan"):
        batalkan_uji(uji, alasan="Tidak jadi dipakai", oleh=make.budi())
    # Who could not be met counts in no estimate.
    assert [(t.nilai, t.dasar) for t in taksiran(uji)] == [(0.0, 1)] * 3


def test_a_confirmed_row_is_current(beku):
    uji = tarik_contoh(protokol(beku), oleh=make.budi())
    assert hitung_mutu(beku.periode)["kota"]["mutakhir"] == 0
    isi_hasil(uji.contoh.filter(arah="orang").first(), hasil="sesuai", oleh=make.sari())
    assert hitung_mutu(beku.periode)["kota"]["mutakhir"] == 1


# --- The statistics, against numbers worked out elsewhere ---------------------------------------------------------
def test_wilson_equals_published_examples():
    """Newcombe 1998 (Statistics in Medicine 17), table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    for ya, n, bawah, atas in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(ya / n, n, 95) == pytest.approx((bawah, atas), abs=5e-5)


def test_one_stratum_is_the_plain_interval_with_finite_correction():
    t = taksir_bagian("x", {"A": (30, 40)}, {"A": 10**9}, 95)
    # Variance over n-1, so the effective size is 39, not 40.
    assert (t.bawah, t.atas) == pytest.approx(wilson(0.75, 39, 95), abs=1e-6)
    assert taksir_bagian("x", {"A": (30, 40)}, {"A": 41}, 95).bawah > 0.72


def test_strata_count_by_their_size_not_by_their_sample():
    t = taksir_bagian("x", {"A": (10, 10), "B": (0, 10)}, {"A": 900, "B": 100}, 95)
    assert t.nilai == pytest.approx(0.9)
    assert taksir_bagian("x", {"A": (0, 0)}, {"A": 5}, 95) is None
    kosong = taksir_bagian("x", {"A": (5, 10), "B": (0, 0)}, {"A": 10, "B": 90}, 95)
    assert (kosong.nilai, kosong.dasar) == (0.5, 10)


def test_people_of_one_house_are_alike_so_the_interval_is_wider():
    """Twenty houses of five, all or none in the list, tell less than a hundred single people."""
    rumah = [("A", 5, 5)] * 16 + [("A", 5, 0)] * 4
    t = taksir_nisbah("x", rumah, {"A": 10_000}, 95)
    assert t.nilai == pytest.approx(0.8)
    bawah, atas = wilson(0.8, 100, 95)
    assert t.bawah < bawah
    assert t.atas > atas
    assert taksir_nisbah("x", [("A", 0, 0)], {"A": 1}, 95) is None


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """Samples drawn from a known city: 95 of 100 intervals should hold its share; far fewer or all is a fault."""
    acak, besar, benar = Random(7), {"A": 4000, "B": 1500, "C": 500}, {"A": 0.95, "B": 0.8, "C": 0.6}
    nyata = sum(besar[k] * benar[k] for k in besar) / sum(besar.values())
    jatah = alokasi(120, besar, 2)
    kena = 0
    for _ in range(1000):
        amatan = {k: (sum(acak.random() < benar[k] for _ in range(n)), n) for k, n in jatah.items()}
        t = taksir_bagian("x", amatan, besar, 95)
        kena += t.bawah <= nyata <= t.atas
    assert 925 <= kena <= 985


@given(st.dictionaries(st.text("AB", min_size=1, max_size=4), st.integers(1, 5000), min_size=1), st.data())
def test_shares_add_up_and_no_stratum_gives_more_than_it_has(besar, data):
    sedikit = sum(min(2, n) for n in besar.values())
    banyak = data.draw(st.integers(sedikit, min(sum(besar.values()), sedikit + 3000)))
    jatah = alokasi(banyak, besar, 2)
    assert sum(jatah.values()) == banyak
    assert all(min(2, besar[k]) <= n <= besar[k] for k, n in jatah.items())


# --- Pages ---------------------------------------------------------------------------------------------------------
def test_from_protocol_to_estimate_on_the_pages(client, beku):
    client.force_login(make.budi())
    isi = {"snapshot": beku.pk, "jumlah_orang": 9, "jumlah_rumah": 4, "tujuan": "Menguji daftar triwulan ini"}
    jawaban = client.post(reverse("pdpb:uji_petik_baru"), {**isi, "jumlah_orang": 1})
    assert jawaban.status_code == 422
    assert "harus antara" in jawaban.content.decode()
    client.post(reverse("pdpb:uji_petik_baru"), isi)
    uji = UjiPetik.objects.get()
    client.post(reverse("pdpb:uji_petik_tarik", args=[uji.pk]))
    client.force_login(make.sari())
    lembar = reverse("pdpb:uji_petik_lembar", args=[uji.pk]) + f"?kelurahan={make.TALISE}"
    sebelum = LogAkses.objects.count()
    isi_lembar = client.get(lembar).content.decode()
    assert LogAkses.objects.count() == sebelum + 1
    satu = uji.contoh.filter(arah="orang", kelurahan=make.TALISE).select_related("pendaftaran").first()
    assert satu.pendaftaran.nama in isi_lembar
    for contoh in uji.contoh.filter(arah="orang"):
        client.post(reverse("pdpb:uji_petik_isi", args=[contoh.pk]), {"hasil": "sesuai"})
    assert ContohUjiPetik.objects.filter(hasil="sesuai", diisi_oleh=make.sari()).count() == 9
    client.force_login(make.orang("fatma", "bawaslu"))
    halaman = client.get(reverse("pdpb:uji_petik_detail", args=[uji.pk])).content.decode()
    assert "kira-kira 100,0 %" in halaman
    assert uji.benih in halaman
    assert client.get(lembar).status_code == 404
    assert satu.pendaftaran.nama not in halaman


def test_mutu_is_frozen_with_the_version_and_counts_what_it_says(db):
    versi = [make.pemilih() for _ in range(4)] + [make.pemilih(make.LERE, alamat="", tps=None)]
    per = make.selesai_daftar()
    PendudukDewasa.objects.create(kelurahan_id=make.TALISE, jumlah=10, tanggal=date(2026, 6, 30), sumber="Uji DKB")
    PendudukDewasa.objects.create(kelurahan_id=make.TALISE, jumlah=99, tanggal=date(2020, 6, 30), sumber="Lama")
    Temuan.objects.create(pemilih=versi[0].pemilih, kode="rt-rw", tingkat="Galat", pesan="RT tidak diisi.")
    p = make.usul("elemen_data", versi[1], per=per, elemen={"alamat": "JL. BARU"})
    make.setuju([p], per)
    beku = bekukan(per, oleh=make.budi())
    mutu = mutu_beku(beku)
    talise = next(u for u in mutu.kelurahan if u.kode == make.TALISE)
    assert (talise.cakupan, talise.kemutakhiran, talise.kelengkapan) == ("40,0 %", "25,0 %", "100,0 %")
    assert (talise.per_seribu("Galat"), talise.per_seribu("Info")) == ("250,00", "0,00")
    assert (mutu.kota.kelengkapan, mutu.kota.cakupan) == ("80,0 %", "–")
    assert mutu.sumber == "Uji DKB (keadaan 30-06-2026)"
    PendudukDewasa.objects.create(jumlah=1, tanggal=date(2026, 7, 1), sumber="Sesudahnya")
    assert rekap_json(rekap_beku(beku))["mutu"]["kelurahan"][make.TALISE]["penduduk"] == 10
    assert mutu_beku(beku).kota.penduduk is None
    assert [mundur(date(2026, 3, 31), n) for n in (1, 13)] == [date(2026, 2, 28), date(2025, 2, 28)]


def test_median_days_from_evidence_to_approval(db):
    versi = [make.pemilih() for _ in range(3)]
    per = make.selesai_daftar()
    for v, hari in zip(versi, (2, 5, 40), strict=True):
        p = make.usul("meninggal", v, per=per)
        Bukti.objects.filter(pk=Perubahan.objects.get(pk=p).bukti_id).update(tanggal=hari_ini() - timedelta(days=hari))
        make.setuju([p], per)
    isi = hitung_mutu(per)
    assert (isi["kota"]["median_hari"], isi["kota"]["perubahan"]) == (5, 3)
    assert isi["kelurahan"][make.TALISE]["median_hari"] == 5


# --- From a finding to a proposal ---------------------------------------------------------------------------------
@pytest.fixture
def temuan(beku):
    """An audit of the frozen quarter with one voter found dead and one house with two people who are not listed."""
    uji = tarik_contoh(protokol(beku), oleh=make.budi())
    orang, rumah = uji.contoh.filter(arah="orang").first(), uji.contoh.filter(arah="rumah").first()
    isi_hasil(orang, hasil="meninggal", oleh=make.sari())
    isi_hasil(rumah, hasil="didata", berhak=3, terdaftar=1, oleh=make.sari())
    per = make.periode(
        "2027-tw1",
        tahun=2027,
        urutan=1,
        mulai=date(2027, 1, 1),
        akhir=date(2027, 3, 31),
        tanggal_pleno=date(2027, 4, 1),
    )
    return per, ContohUjiPetik.objects.get(pk=orang.pk), ContohUjiPetik.objects.get(pk=rumah.pk)


def test_a_finding_becomes_a_proposal_and_is_open_again_when_that_is_withdrawn(temuan):
    per, orang, _ = temuan
    assert boleh_diusulkan(orang) == ("tms",)
    bukti = Bukti(jenis_dokumen="Surat keterangan kematian", dicatat_oleh=make.sari())
    satu = usulkan_temuan(orang, make.kategori("meninggal"), periode=per, oleh=make.sari(), bukti=bukti)
    assert (satu.pemilih, satu.bukti.sumber_informasi) == (orang.pendaftaran.pemilih, "uji_petik")
    assert orang.uji.nomor in satu.bukti.surat_pengantar
    assert satu.uji_petik.contoh == orang
    assert kurang(orang) == 0
    with pytest.raises(Refused, match="sudah diusulkan"):
        usulkan_temuan(orang, make.kategori("meninggal"), periode=per, oleh=make.wati())
    with pytest.raises(Refused, match="Tarik usulan"):
        isi_hasil(orang, hasil="sesuai", oleh=make.wati())
    assert ambil_langkah([satu.pk], "tarik", oleh=make.sari(), periode=per, catatan="Orang lain bernama sama").berhasil
    orang = ContohUjiPetik.objects.get(pk=orang.pk)
    assert kurang(orang) == 1
    assert isi_hasil(orang, hasil="sesuai", oleh=make.wati()).hasil == "sesuai"
    assert Jejak.objects.filter(tindakan="pdpb.usulkan_uji_petik").count() == 1


def test_a_finding_asks_only_for_its_kind_of_change(temuan):
    per, orang, rumah = temuan
    assert (boleh_diusulkan(rumah), kurang(rumah)) == (("baru",), 2)
    with pytest.raises(Refused, match="tidak meminta"):
        usulkan_temuan(orang, make.kategori("elemen_data"), periode=per, oleh=make.sari(), elemen={"nama": "X"})
    with pytest.raises(Refused, match="berwenang"):
        usulkan_temuan(orang, make.kategori("meninggal"), periode=per, oleh=make.budi())
    isi_hasil(orang, hasil="tidak_dikenal", oleh=make.sari())
    assert boleh_diusulkan(ContohUjiPetik.objects.get(pk=orang.pk)) == (), "not known is no reason to strike"
    batalkan_uji(orang.uji, alasan="Tidak jadi dipakai", oleh=make.budi())
    with pytest.raises(Refused, match="dibatalkan"):
        usulkan_temuan(rumah, make.kategori("pindah_masuk"), periode=per, oleh=make.sari())


def test_the_pages_lead_from_the_finding_to_the_proposal_and_back(client, temuan):
    _, orang, rumah = temuan
    sebagai(client, make.sari())
    daftar = reverse("pdpb:uji_petik_temuan", args=[orang.uji_id])
    usul = reverse("pdpb:uji_petik_usul_tms", args=[orang.pk])
    assert usul in kalimat(client.get(daftar))
    assert client.get(usul).status_code == 200
    assert client.get(reverse("pdpb:uji_petik_usul_mutasi", args=[orang.pk])).status_code == 404
    data = {"kategori": "meninggal", "jenis_dokumen": "Surat keterangan kematian"}
    assert client.post(usul, data)["Location"] == daftar
    satu = Perubahan.objects.get()
    halaman = kalimat(client.get(daftar))
    assert reverse("pdpb:perubahan_detail", args=[satu.pk]) in halaman
    assert usul not in halaman
    assert daftar in kalimat(client.get(reverse("pdpb:perubahan_detail", args=[satu.pk])))
    baru = reverse("pdpb:uji_petik_usul_baru", args=[rumah.pk])
    assert client.post(baru, isian_baru(nama="", jenis_dokumen="KTP-el")).status_code == 422
    assert client.post(baru, isian_baru()).status_code == 302
    assert kurang(ContohUjiPetik.objects.get(pk=rumah.pk)) == 1
    assert LogAkses.objects.filter(objek_label__startswith="Temuan UP-").exists()
