"""Attacks on the voter data: what a browser, bad luck or bad intent can send, and what must come of it."""

import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from kpupalu.accounts.models import PelaksanaHarian
from kpupalu.aturan.models import Aturan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from pdpb.actions.periode import bekukan, buka_periode, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.models import Bukti, Pendaftaran, Periode, Perubahan, Temuan
from pdpb.rekap import rekap_berjalan, rekap_dari_baris
from tests import make

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
S = Perubahan.Status
ANGKA_GILA = [
    "²",
    "٣",
    "-1",
    "0",
    "9" * 30,
    "9" * 5000,
    "1.5",
    "1e3",
    "0x1",
    "' OR 1=1 --",
    "%",
    "_",
    "\0",
    "NaN",
    "1\n",
]
PDF = b"%PDF-1.7\n%%EOF\n"


def sebagai(client, user):
    client.force_login(user)
    return client


def isian_baru(**lain):
    lahir = date(1999, 3, 4)
    isi = {
        "kategori": "pindah_masuk",
        "nik": make.nik(lahir, "P"),
        "nkk": "7271080101209001",
        "nama": "Baru Contoh",
        "tanggal_lahir": "04-03-1999",
        "jenis_kelamin": "P",
        "status_kawin": "B",
        "rt": "1",
        "rw": "2",
        "disabilitas": "0",
        "status_ktpel": "S",
        "kelurahan": make.TALISE,
        "jenis_dokumen": "KTP-el",
        "sumber_informasi": "disdukcapil",
    }
    return isi | lain


def isian_ubah(versi, **lain):
    isi = {
        nama: getattr(versi, nama)
        for nama in ("nama", "tempat_lahir", "jenis_kelamin", "status_kawin", "alamat", "rt", "rw", "disabilitas")
    }
    isi |= {"status_ktpel": "S", "tanggal_lahir": f"{versi.tanggal_lahir:%d-%m-%Y}", "jenis_dokumen": "KTP-el"}
    return isi | {"sumber_informasi": "disdukcapil"} | lain


def isian_periode(per, **lain):
    isi = {
        "mulai": f"{per.mulai:%d-%m-%Y}",
        "akhir": f"{per.akhir:%d-%m-%Y}",
        "tanggal_pleno": f"{per.tanggal_pleno:%d-%m-%Y}" if per.tanggal_pleno else "",
        "tempat_pleno": per.tempat_pleno,
        "dasar_hukum": "\n".join(per.dasar_hukum) or "UU 7/2017",
    }
    return isi | lain


def kalimat(jawaban) -> str:
    return jawaban.content.decode()


def sama_dengan_baris(per) -> None:
    berjalan, baris = rekap_berjalan(per).kota, rekap_dari_baris(per).kota
    assert (berjalan.L, berjalan.P) == (baris.L, baris.P)
    assert berjalan.total.dihitung == berjalan.total.sekarang


# --- Tampered input --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("gila", ANGKA_GILA)
def test_a_crazy_value_in_any_parameter_is_never_an_error_page(client, gila):
    make.kantor_berisi()
    per = Periode.objects.get(status="terbuka")
    sebagai(client, make.orang("raya", "operator", "verifikator", "kasubbag_rendatin", "auditor"))
    for nama, medan in (
        ("perubahan_daftar", ("periode", "status", "antrean", "jenis", "kategori", "wilayah", "tujuan", "sejak",
                              "batch", "dihitung", "setelah", "sebelum", "ukuran")),
        ("temuan_daftar", ("kode", "status", "kelurahan", "setelah", "ukuran")),
        ("pemilih_daftar", ("kelurahan", "tps", "jenis_kelamin", "temuan", "setelah", "sebelum")),
    ):  # fmt: skip
        for satu in medan:
            assert client.get(reverse(f"pdpb:{nama}"), {satu: gila}).status_code in (200, 422), (nama, satu)
    for satu in ("tingkat", "wilayah"):
        assert client.get(reverse("pdpb:rekap", args=[per.pk]), {satu: gila}).status_code == 200, satu
    massal, temuan = reverse("pdpb:perubahan_massal"), reverse("pdpb:temuan_daftar")
    keputusan = {"status": "selesai", "keputusan": "Alasan yang cukup panjang"}
    for alamat, isi in (
        (massal, {"id": gila, "langkah": "verifikasi"}),
        (massal, {"id": gila, "langkah": "verifikasi", "lanjut": "1"}),
        (massal, {"id": "1", "langkah": gila}),
        (massal, {"semua": "1", "saringan": f"batch={gila}&periode={gila}", "langkah": "verifikasi"}),
        (temuan, {"id": gila, **keputusan}),
        (temuan, {"id": "1", "status": gila, "keputusan": keputusan["keputusan"]}),
        (reverse("pdpb:pemilih_cari"), {"kata": gila * 3, "kelurahan": gila, "tujuan": "mencocokkan akta"}),
        (reverse("pdpb:usul_baru"), isian_baru(nama=gila * 3, rt=gila, tps=gila, kelurahan=gila)),
        (reverse("pdpb:usul_baru"), isian_baru(kategori=gila, tanggal_lahir=gila, nik=gila)),
        (reverse("pdpb:periode_ubah", args=[per.pk]), isian_periode(per, mulai=gila, tempat_pleno=gila)),
        (reverse("pdpb:masukan", args=[per.pk]), {"lembaga": gila, "isi": gila, "jawaban": gila}),
    ):
        assert client.post(alamat, isi).status_code in (200, 302, 409, 422), (alamat, isi)
    assert Temuan.objects.filter(status="terbuka").count() == 1


@pytest.mark.parametrize(
    "isi",
    [
        {"urutan": "0"},
        {"urutan": "5"},
        {"urutan": "-1"},
        {"urutan": "32767"},
        {"urutan": "99999999999"},
        {"tahun": "0"},
        {"tahun": "32767", "urutan": "4"},
        {"tahun": "-5"},
        {"jenis": "semester", "urutan": "3"},
        {"jenis": "bulanan", "urutan": "13"},
        {"jenis": "mingguan"},
        {"mulai": "01-01-2020", "akhir": "31-03-2020", "tanggal_pleno": ""},
        {"mulai": "01-10-2026", "akhir": "31-12-2026"},
    ],
)
def test_a_period_that_cannot_be_is_refused_with_a_sentence(client, isi):
    lama = make.periode()
    make.pemilih()
    make.selesai_daftar()
    Periode.objects.filter(pk=lama.pk).update(status="diumumkan")
    sebagai(client, make.budi())
    dasar = {
        "jenis": "triwulan", "tahun": "2027", "urutan": "1", "mulai": "01-01-2027", "akhir": "31-03-2027",
        "tanggal_pleno": "", "dasar_hukum": "UU 7/2017",
    }  # fmt: skip
    jawaban = client.post(reverse("pdpb:periode_baru"), dasar | isi)
    assert jawaban.status_code == 422
    assert Periode.objects.count() == 1
    assert client.post(reverse("pdpb:periode_baru"), dasar).status_code == 302


def test_the_search_takes_wildcards_as_letters(client):
    make.pemilih(nama="AMIR CONTOH")
    make.pemilih(nama="SERATUS % CONTOH_")
    make.selesai_daftar()
    sebagai(client, make.sari())
    for kata, banyak in (("%%%", 0), ("___", 0), ("CONTOH_", 1), ("s%s", 0), ("' OR '1'='1", 0), ("\\\\\\", 0)):
        jawaban = client.post(reverse("pdpb:pemilih_cari"), {"kata": kata, "kelurahan": "", "tujuan": "uji coba"})
        assert len(jawaban.context["hasil"]) == banyak, kata


def test_a_million_ids_are_refused_before_any_row_is_read(client):
    sebagai(client, make.wati())
    jawaban = client.post(reverse("pdpb:perubahan_massal"), {"id": ["1"] * 20_000, "langkah": "verifikasi"})
    assert jawaban.status_code == 400


def test_ids_of_rows_of_another_period_do_not_slip_through_a_closed_one(client):
    lama, kini = make.kantor_berisi()
    ditetapkan = Perubahan.objects.filter(periode=lama).first()
    terbuka = Perubahan.objects.filter(periode=kini, status="diverifikasi").first()
    sebagai(client, make.budi())
    client.post(
        reverse("pdpb:perubahan_massal"),
        {"id": [ditetapkan.pk, terbuka.pk], "langkah": "batalkan_persetujuan", "lanjut": "1",
         "catatan": "Alasan yang cukup panjang"},
    )  # fmt: skip
    ditetapkan.refresh_from_db()
    assert ditetapkan.status == "ditetapkan"
    assert ambil_langkah([ditetapkan.pk], "setujui", oleh=make.budi(), periode=kini).berhasil == []
    sama_dengan_baris(kini)


JAHAT = '<script>alert("x")</script><img src=x onerror=1>'


def test_markup_in_names_remarks_and_evidence_stays_text_on_every_page_and_in_the_minutes(client):
    make.komisioner()
    versi = make.pemilih(nama=f"AMIR {JAHAT}"[:120])
    per = make.selesai_daftar()
    sebagai(client, make.orang("raya", "operator", "verifikator", "kasubbag_rendatin", "auditor", "admin"))
    client.post(reverse("pdpb:masukan", args=[per.pk]), {"lembaga": JAHAT, "isi": JAHAT, "jawaban": JAHAT})
    client.post(
        reverse("pdpb:usul_tms", args=[versi.pemilih_id]),
        {"kategori": "meninggal", "catatan": JAHAT, "jenis_dokumen": JAHAT[:80], "nomor": JAHAT, "penerbit": JAHAT,
         "sumber_informasi": "lain"},
    )  # fmt: skip
    client.post(reverse("pdpb:usul_baru"), isian_baru(nama=JAHAT, alamat=JAHAT))
    Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan=JAHAT)
    assert Perubahan.objects.count() == 2
    alamat = [
        reverse("pdpb:perubahan_daftar"), reverse("pdpb:pemilih_daftar"), reverse("pdpb:temuan_daftar"),
        reverse("pdpb:periode_detail", args=[per.pk]), reverse("pdpb:pemilih_detail", args=[versi.pemilih_id]),
        reverse("pdpb:rekap", args=[per.pk]), "/riwayat/",
        *(reverse("pdpb:perubahan_detail", args=[p.pk]) for p in Perubahan.objects.all()),
    ]  # fmt: skip
    terlihat = 0
    for satu in alamat:
        isi = kalimat(client.get(satu))
        assert "<script>alert" not in isi.lower(), satu
        assert "<img src=x" not in isi.lower(), satu
        terlihat += "&lt;script&gt;" in isi.lower()
    assert terlihat >= 5
    from django.template.loader import render_to_string

    from kpupalu.naskah.dasar import konteks_cetak
    from pdpb.actions.naskah import buat_berita_acara

    bekukan(per, oleh=make.budi())
    naskah = buat_berita_acara(per, oleh=make.budi())
    isi = render_to_string(naskah.jenis.template, konteks_cetak(naskah))
    assert "&lt;script&gt;" in isi
    assert "<script>alert" not in isi


# --- Sent twice, sent by two ----------------------------------------------------------------------------------------
def test_a_new_voter_sent_twice_is_one_proposal(client):
    make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_baru()
    assert client.post(reverse("pdpb:usul_baru"), isi).status_code == 302
    jawaban = client.post(reverse("pdpb:usul_baru"), isi)
    assert jawaban.status_code == 422
    assert "sudah diusulkan" in kalimat(jawaban)
    assert Perubahan.objects.count() == 1


def test_a_rejected_new_voter_can_be_proposed_again():
    make.pemilih()
    per = make.selesai_daftar()
    nik = make.nik(date(1999, 3, 4), "P")
    satu = make.usul("pindah_masuk", None, per=per, nik=nik)
    ambil_langkah([satu], "tolak", oleh=make.wati(), periode=per, catatan="KTP-el tidak terbaca")
    assert make.usul("pindah_masuk", None, per=per, nik=nik) != satu


@pytest.mark.parametrize("jenis", ["tms", "ubah", "mutasi"])
def test_every_other_proposal_sent_twice_is_one(client, jenis):
    versi = make.pemilih()
    make.tps(make.PETOBO)
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {
        "tms": {"kategori": "meninggal", "jenis_dokumen": "Akta", "sumber_informasi": "lain"},
        "ubah": isian_ubah(versi, nama="NAMA LAIN"),
        "mutasi": {"kelurahan": make.PETOBO, "tps": 1, "jenis_dokumen": "KK", "sumber_informasi": "lain"},
    }[jenis]
    alamat = reverse(f"pdpb:usul_{jenis}", args=[versi.pemilih_id])
    assert [client.post(alamat, isi).status_code for _ in range(2)] == [302, 422]
    assert Perubahan.objects.count() == 1


def test_a_refused_proposal_leaves_no_document_behind(client, data_dir):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_ubah(versi) | {"berkas": SimpleUploadedFile("ktp.pdf", PDF)}
    assert client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isi).status_code == 422
    assert Bukti.objects.count() == 0
    assert [p for p in data_dir.rglob("*") if p.is_file()] == []


def test_a_remark_sent_twice_stands_once(client):
    per = make.periode()
    sebagai(client, make.budi())
    isi = {"lembaga": "Bawaslu Kota Palu", "isi": "Periksa kembali TMS.", "jawaban": "Sudah diperiksa."}
    for _ in range(2):
        client.post(reverse("pdpb:masukan", args=[per.pk]), isi)
    per.refresh_from_db()
    assert per.masukan == [isi]


def serentak(*tindakan) -> list:
    """Run *tindakan* at once, each in its own thread and connection; their results, exceptions as they are."""
    mulai, hasil = threading.Barrier(len(tindakan)), [None] * len(tindakan)

    def satu(nomor, lakukan):
        try:
            mulai.wait()
            hasil[nomor] = lakukan()
        except Exception as galat:  # noqa: BLE001 - a thread must hand its failure to the test
            hasil[nomor] = galat
        finally:
            connection.close()

    utas = [threading.Thread(target=satu, args=butir) for butir in enumerate(tindakan)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    return hasil


@pytest.mark.django_db(transaction=True)
def test_balapan_masukan_keeps_every_remark(client):
    from django.test import Client

    per = make.periode()
    budi = make.budi()

    def kirim(nomor):
        peramban = Client()
        peramban.force_login(budi)
        isi = {"lembaga": f"Lembaga {nomor}", "isi": "Isi masukan", "jawaban": "Jawaban"}
        return lambda: peramban.post(reverse("pdpb:masukan", args=[per.pk]), isi).status_code

    assert serentak(*map(kirim, range(6))) == [302] * 6
    per.refresh_from_db()
    assert sorted(m["lembaga"] for m in per.masukan) == [f"Lembaga {n}" for n in range(6)]


@pytest.mark.django_db(transaction=True)
def test_balapan_usulan_of_one_person_gives_one():
    versi = make.pemilih()
    make.tps()
    per = make.selesai_daftar()
    sari, kategori, tps = make.sari(), make.kategori("meninggal"), make.tps()
    nik = make.nik(date(1999, 3, 4), "P")
    elemen = {"nama": "BARU", "jenis_kelamin": "P", "tanggal_lahir": date(1999, 3, 4), "status_kawin": "B"}

    def tms():
        return usulkan(periode=per, kategori=kategori, pemilih=versi.pemilih, oleh=sari)

    def baru():
        return usulkan(
            periode=per, kategori=make.kategori("pindah_masuk"), oleh=sari, nik=nik, nkk="7271080101209001",
            elemen=elemen, kelurahan_tujuan=tps.kelurahan,
        )  # fmt: skip

    for tindakan in (tms, baru):
        hasil = serentak(*[tindakan] * 6)
        assert sum(isinstance(h, Perubahan) for h in hasil) == 1, hasil
        assert sum(isinstance(h, Refused) for h in hasil) == 5, hasil


@pytest.mark.django_db(transaction=True)
def test_balapan_persetujuan_moves_the_roll_once():
    versi = [make.pemilih() for _ in range(4)]
    per = make.selesai_daftar()
    ids = [make.usul("meninggal", v, per=per) for v in versi]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    budi, lain = make.budi(), make.orang("rina", "kasubbag_rendatin")
    hasil = serentak(*[
        lambda o=o: ambil_langkah(ids, "setujui", oleh=o, periode=per).berhasil for o in (budi, lain) * 4
    ])  # fmt: skip
    assert sum(len(h) for h in hasil if isinstance(h, list)) == 4
    assert all(isinstance(h, list | Refused) for h in hasil), hasil
    assert Pendaftaran.objects.aktif().count() == 0
    sama_dengan_baris(per)


@pytest.mark.django_db(transaction=True)
def test_balapan_buka_periode_gives_one_period():
    lama = make.periode()
    make.pemilih()
    make.selesai_daftar()
    Periode.objects.filter(pk=lama.pk).update(status="diumumkan")
    lama = Periode.objects.get(pk=lama.pk)
    budi = make.budi()

    def buka(kode, urutan):
        baru = Periode(
            kode=kode, jenis="triwulan", tahun=2027, urutan=urutan, mulai=date(2027, 1, 1), akhir=date(2027, 3, 31),
            sebelumnya=lama,
        )  # fmt: skip
        return lambda: buka_periode(baru, oleh=budi)

    hasil = serentak(*[buka("2027-tw1", 1) for _ in range(3)], *[buka("2027-tw2", 2) for _ in range(3)])
    assert sum(isinstance(h, Periode) for h in hasil) == 1, hasil
    assert sum(isinstance(h, Refused) for h in hasil) == 5, hasil
    assert Periode.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_balapan_bekukan_and_approval_agree():
    versi = [make.pemilih() for _ in range(6)]
    per = make.selesai_daftar()
    ids = [make.usul("meninggal", v, per=per) for v in versi]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    budi = make.budi()
    hasil = serentak(
        lambda: bekukan(per, oleh=budi),
        *[lambda i=i: ambil_langkah([i], "setujui", oleh=budi, periode=per).berhasil for i in ids],
        lambda: bekukan(per, oleh=budi),
    )
    assert all(not isinstance(h, Exception) or isinstance(h, Refused) for h in hasil), hasil
    per.refresh_from_db()
    beku = per.snapshot_set.filter(digantikan=False)
    if per.status == "dibekukan":
        assert beku.get().jumlah_baris == Pendaftaran.objects.aktif().count()
    else:
        assert not beku
    sama_dengan_baris(per)


def test_two_people_changing_one_period_overwrite_nothing_silently(client):
    per = make.periode()
    alamat = reverse("pdpb:periode_ubah", args=[per.pk])
    sebagai(client, make.budi())
    versi = client.get(alamat).context["form"]["versi"].value()
    isi = isian_periode(per, versi=versi)
    assert client.post(alamat, isi | {"tempat_pleno": "Hotel Contoh"}).status_code == 302
    jawaban = client.post(alamat, isi | {"tanggal_pleno": "10-12-2026"})
    assert jawaban.status_code == 422
    assert "Hotel Contoh" in kalimat(jawaban)
    per.refresh_from_db()
    assert (per.tempat_pleno, per.tanggal_pleno) == ("Hotel Contoh", date(2026, 12, 8))
    baru = jawaban.context["form"]["versi"].value()
    isi = isian_periode(per, versi=baru, tanggal_pleno="10-12-2026")
    assert client.post(alamat, isi).status_code == 302
    per.refresh_from_db()
    assert (per.tempat_pleno, per.tanggal_pleno) == ("Hotel Contoh", date(2026, 12, 10))


# --- Maker and checker ----------------------------------------------------------------------------------------------
def test_pembuat_bukan_penyetuju(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    sari = make.sari()
    for jalan in ("peran", "plh", "superuser"):
        if jalan == "peran":
            sari = make.orang("sari", "verifikator", "kasubbag_rendatin")
        if jalan == "plh":
            sari.groups.set(make.orang("sari", "operator").groups.filter(name="operator"))
            PelaksanaHarian.objects.create(
                pejabat=make.budi(), pengganti=sari, mulai=date(2020, 1, 1), sampai=date(2099, 1, 1),
                nomor_surat="1", alasan="Cuti",
            )  # fmt: skip
        if jalan == "superuser":
            type(sari).objects.filter(pk=sari.pk).update(is_superuser=True, is_staff=True)
        sari = type(sari).objects.get(pk=sari.pk)
        for langkah, status in (("verifikasi", S.DIUSULKAN), ("setujui", S.DIVERIFIKASI)):
            Perubahan.objects.filter(pk=satu).update(status=status)
            sebagai(client, sari).post(
                reverse("pdpb:perubahan_massal"),
                {"id": satu, "langkah": langkah, "lanjut": "1", "catatan": "", "jenis_dokumen": "Akta",
                 "sumber_informasi": "lain"},
            )  # fmt: skip
            assert Perubahan.objects.get(pk=satu).status == status, (jalan, langkah)
        sebagai(client, sari).post(
            reverse("pdpb:perubahan_massal"),
            {"semua": "1", "saringan": f"periode={per.pk}", "langkah": "setujui", "lanjut": "1", "catatan": ""},
        )
        assert Perubahan.objects.get(pk=satu).status == S.DIVERIFIKASI
    assert Pendaftaran.objects.aktif().count() == 1


POST_HAK = {
    "usul_baru": ({"operator", "verifikator"}, lambda p, v: []),
    "usul_tms": ({"operator", "verifikator"}, lambda p, v: [v]),
    "usul_ubah": ({"operator", "verifikator"}, lambda p, v: [v]),
    "usul_mutasi": ({"operator", "verifikator"}, lambda p, v: [v]),
    "perubahan_massal": ({"verifikator", "kasubbag_rendatin"}, lambda p, v: []),
    "pemilih_buka_nik": ({"operator", "verifikator", "kasubbag_rendatin"}, lambda p, v: [v]),
    "periode_baru": ({"kasubbag_rendatin"}, lambda p, v: []),
    "periode_ubah": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "masukan": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "bekukan": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "buka_minta": ({"kasubbag_rendatin", "operator"}, lambda p, v: [p]),
    "buka_setujui": ({"ketua", "sekretaris"}, lambda p, v: [p, 1]),
    "berita_acara": ({"kasubbag_rendatin"}, lambda p, v: [p]),
    "umumkan": ({"kasubbag_rendatin", "sekretaris"}, lambda p, v: [p]),
}
PERAN = [
    "operator", "verifikator", "kasubbag_rendatin", "kasubbag", "sekretaris", "ketua", "anggota", "gudang", "ppid",
    "bendahara", "bawaslu", "auditor", "admin", "",
]  # fmt: skip


@pytest.mark.parametrize("peran", PERAN)
def test_the_wrong_role_gets_the_same_404_for_every_post(client, peran):
    versi = make.pemilih()
    per = make.selesai_daftar()
    sebagai(client, make.orang(f"orang-{peran}", *filter(None, [peran])))
    for nama, (boleh, args) in POST_HAK.items():
        if peran in boleh:
            continue
        alamat = reverse(f"pdpb:{nama}", args=args(per.pk, versi.pemilih_id))
        assert client.post(alamat, isian_baru()).status_code == 404, nama
        assert client.get(alamat).status_code == 404, nama
    if peran not in {"verifikator", "kasubbag_rendatin"}:
        Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan="RT kosong.")
        ids = {"id": Temuan.objects.values_list("pk", flat=True), "status": "selesai", "keputusan": "Alasan cukup"}
        client.post(reverse("pdpb:temuan_daftar"), ids)
        assert Temuan.objects.get().status == "terbuka"
    assert Perubahan.objects.count() == 0


def test_no_post_is_taken_without_the_token_of_the_form():
    from django.test import Client

    versi = make.pemilih()
    per = make.selesai_daftar()
    peramban = Client(enforce_csrf_checks=True)
    peramban.force_login(make.orang("raya", *filter(None, PERAN)))
    for nama, (_, args) in POST_HAK.items():
        jawaban = peramban.post(reverse(f"pdpb:{nama}", args=args(per.pk, versi.pemilih_id)), isian_baru())
        assert jawaban.status_code == 403, nama
    assert Perubahan.objects.count() == 0


# --- What the roll must not admit -----------------------------------------------------------------------------------
@pytest.mark.parametrize("dengan_tps", [True, False])
def test_a_move_to_the_same_place_is_refused(client, dengan_tps):
    versi = make.pemilih(**({} if dengan_tps else {"tps": None}))
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kelurahan": make.TALISE, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    jawaban = client.post(reverse("pdpb:usul_mutasi", args=[versi.pemilih_id]), isi)
    assert jawaban.status_code == 422
    assert Perubahan.objects.count() == 0


def test_a_tps_of_another_kelurahan_is_refused_by_form_and_by_act(client):
    versi = make.pemilih()
    petobo = make.tps(make.PETOBO, 44)
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kelurahan": make.LERE, "tps": 44, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    assert client.post(reverse("pdpb:usul_mutasi", args=[versi.pemilih_id]), isi).status_code == 422
    lere = make.tps(make.LERE).kelurahan
    satu = make.usul("pindah_dalam_kota", versi, per=per, kelurahan_tujuan=lere, tps_tujuan=petobo)
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    assert "bukan milik" in ambil_langkah([satu], "setujui", oleh=make.budi(), periode=per).ditolak[satu]


@pytest.mark.parametrize(
    ("isi", "boleh"),
    [
        ({"tanggal_lahir": "09-12-2009", "status_kawin": "B"}, False),
        ({"tanggal_lahir": "08-12-2009", "status_kawin": "B"}, True),
        ({"tanggal_lahir": "09-12-2009", "status_kawin": "S"}, True),
    ],
)
def test_a_correction_that_makes_a_voter_too_young_is_no_correction(client, isi, boleh):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    jawaban = client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isian_ubah(versi, **isi))
    assert jawaban.status_code == (302 if boleh else 422)
    if not boleh:
        assert "belum memenuhi syarat umur" in kalimat(jawaban)


def test_an_earlier_pleno_lets_nobody_too_young_through():
    make.pemilih()
    per = make.selesai_daftar()
    lahir = date(2009, 12, 8)
    elemen = {"nama": "NUR", "jenis_kelamin": "P", "tanggal_lahir": lahir, "status_kawin": "B"}
    satu = make.usul("genap_17", None, per=per, nik=make.nik(lahir, "P"), elemen=elemen)
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    Periode.objects.filter(pk=per.pk).update(tanggal_pleno=date(2026, 12, 7))
    hasil = ambil_langkah([satu], "setujui", oleh=make.budi(), periode=per)
    assert "umur" in hasil.ditolak[satu]


def test_a_duplicate_that_points_to_itself_is_refused_in_words(client):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kategori": "ganda", "dpid_bertahan": versi.pemilih.dpid, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    jawaban = client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), isi)
    assert jawaban.status_code == 422
    assert "baris lain" in kalimat(jawaban)


def test_an_element_that_was_emptied_is_emptied(client):
    versi = make.pemilih(tempat_lahir="SALAH KETIK")
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_ubah(versi, tempat_lahir="", alamat="JL. BENAR")
    assert client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isi).status_code == 302
    make.setuju(list(Perubahan.objects.values_list("pk", flat=True)), per)
    kini = Pendaftaran.objects.aktif().get()
    assert (kini.tempat_lahir, kini.alamat) == ("", "JL. BENAR")


def test_tms_of_somebody_with_a_pending_move_and_the_move_afterwards():
    versi = make.pemilih()
    tujuan = make.tps(make.PETOBO)
    per = make.selesai_daftar()
    pindah = make.usul("pindah_dalam_kota", versi, per=per, kelurahan_tujuan=tujuan.kelurahan, tps_tujuan=tujuan)
    mati = make.usul("meninggal", versi, per=per)
    ambil_langkah([pindah], "verifikasi", oleh=make.wati(), periode=per)
    make.setuju([mati], per)
    hasil = ambil_langkah([pindah], "setujui", oleh=make.budi(), periode=per)
    assert "tidak lagi ada" in hasil.ditolak[pindah]
    ambil_langkah([mati], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Ternyata masih hidup")
    assert ambil_langkah([pindah], "setujui", oleh=make.budi(), periode=per).berhasil == [pindah]
    sama_dengan_baris(per)


def test_new_and_dead_in_one_period_taken_back_in_both_orders():
    make.pemilih()
    per = make.selesai_daftar()
    baru = make.usul("pindah_masuk", None, per=per)
    make.setuju([baru], per)
    mati = make.usul("meninggal", Perubahan.objects.get(pk=baru).versi_baru, per=per)
    make.setuju([mati], per)
    alasan = {"oleh": make.budi(), "periode": per, "catatan": "Alasan yang cukup panjang"}
    with pytest.raises(Refused):
        ambil_langkah([baru], "batalkan_persetujuan", **alasan)
    for satu in (mati, baru):
        assert ambil_langkah([satu], "batalkan_persetujuan", **alasan).berhasil == [satu]
    sama_dengan_baris(per)
    assert "tidak lagi ada" in ambil_langkah([mati], "setujui", oleh=make.budi(), periode=per).ditolak[mati]
    assert ambil_langkah([mati, baru], "setujui", oleh=make.budi(), periode=per).ditolak == {}
    sama_dengan_baris(per)
    assert rekap_berjalan(per).kota.total.sekarang == 1


# --- Evidence -------------------------------------------------------------------------------------------------------
def kirim_bukti(client, versi, berkas, **lain):
    isi = {"kategori": "meninggal", "jenis_dokumen": "Akta", "sumber_informasi": "lain", "berkas": berkas} | lain
    return client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), isi)


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("kosong.pdf", b""),
        ("halaman.pdf", b"<html><script>alert(1)</script></html>"),
        ("gambar.png", b"GIF89a" + b"0" * 50),
        ("besar.pdf", PDF + b"0" * (6 * 1024 * 1024)),
        ("isi.pdf", b"\x00" * 20 + PDF),
        ("arsip.pdf", b"PK\x03\x04" + b"0" * 50),
    ],
)
def test_a_file_that_is_no_evidence_is_refused(client, data_dir, nama, isi):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    assert kirim_bukti(client, versi, SimpleUploadedFile(nama, isi)).status_code == 422
    assert Bukti.objects.count() == Perubahan.objects.count() == 0
    assert [p for p in data_dir.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("nama", ["../../etc/7271080101209001.pdf", "/etc/passwd.pdf", "a.html", "x.svg", "..\\b.exe"])
def test_evidence_is_stored_under_a_name_of_our_own(client, data_dir, nama):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    kirim_bukti(client, versi, SimpleUploadedFile(nama, PDF))
    bukti = Bukti.objects.get()
    assert len(bukti.sha256) == 64
    assert bukti.berkas.name.startswith("bukti/")
    assert bukti.berkas.name.endswith(f"/{bukti.sha256}.pdf")
    assert (data_dir / "berkas" / bukti.berkas.name).read_bytes() == PDF


def test_a_file_without_the_kind_of_document_is_not_dropped_silently(client, data_dir):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    for isi in ({"nomor": "12/AK/2026"}, {"berkas": SimpleUploadedFile("a.pdf", PDF)}):
        lengkap = {"kategori": "meninggal", "jenis_dokumen": "", "sumber_informasi": "lain"} | isi
        jawaban = client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), lengkap)
        assert jawaban.status_code == 422, isi
    assert Perubahan.objects.count() == 0


def test_evidence_is_read_by_those_with_the_right_only_and_reading_is_logged(client, data_dir):
    from kpupalu.audit.models import LogAkses

    versi = make.pemilih()
    make.selesai_daftar()
    kirim_bukti(sebagai(client, make.sari()), versi, SimpleUploadedFile("a.html", PDF + b"<script>1</script>"))
    satu = Perubahan.objects.get()
    alamat = reverse("pdpb:perubahan_bukti", args=[satu.pk])
    assert alamat in kalimat(client.get(reverse("pdpb:perubahan_detail", args=[satu.pk])))
    jawaban = sebagai(client, make.wati()).get(alamat)
    assert jawaban.status_code == 200
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert jawaban["Content-Disposition"].startswith("attachment")
    assert "no-store" in jawaban["Cache-Control"]
    assert b"".join(jawaban.streaming_content if jawaban.streaming else [jawaban.content]).startswith(PDF)
    assert LogAkses.objects.filter(pelaku=make.wati(), objek_label__startswith="Bukti").count() == 1
    for peran in ("bawaslu", "auditor", "sekretaris", "gudang", "admin", "ketua", "anggota"):
        assert sebagai(client, make.orang(f"orang-{peran}", peran)).get(alamat).status_code == 404, peran
    client.logout()
    assert client.get(alamat).status_code == 302


def test_the_evidence_of_a_verified_change_cannot_be_exchanged(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    asal = Perubahan.objects.get(pk=satu).bukti_id
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    sebagai(client, make.budi()).post(
        reverse("pdpb:perubahan_massal"),
        {"id": satu, "langkah": "setujui", "lanjut": "1", "jenis_dokumen": "Palsu", "sumber_informasi": "lain"},
    )
    assert Perubahan.objects.get(pk=satu).bukti_id == asal
    assert not Bukti.objects.filter(jenis_dokumen="Palsu").exists()


# --- Dates and clocks -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("saat", "hari"),
    [
        (datetime(2026, 12, 7, 23, 59, tzinfo=WITA), date(2026, 12, 7)),
        (datetime(2026, 12, 8, 0, 1, tzinfo=WITA), date(2026, 12, 8)),
        (datetime(2026, 12, 8, 7, 59, tzinfo=WITA), date(2026, 12, 8)),
    ],
)
def test_an_approval_carries_the_date_of_palu(time_machine, saat, hari):
    versi = make.pemilih()
    per = make.selesai_daftar()
    time_machine.move_to(saat, tick=False)
    make.setuju([make.usul("meninggal", versi, per=per)], per)
    versi.refresh_from_db()
    assert versi.akhir == hari


def test_a_clock_set_back_breaks_no_version(time_machine):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("elemen_data", versi, per=per, elemen={"nama": "SATU"})
    time_machine.move_to(datetime(2026, 12, 8, 12, tzinfo=WITA))
    make.setuju([satu], per)
    time_machine.move_to(datetime(2026, 10, 1, 12, tzinfo=WITA))
    make.setuju([make.usul("meninggal", Pendaftaran.objects.aktif().get(), per=per)], per)
    for v in Pendaftaran.objects.all():
        assert v.akhir >= v.mulai
    sama_dengan_baris(per)


def beku(per):
    bekukan(per, oleh=make.budi())
    return Periode.objects.get(pk=per.pk)


def buka_lagi(per, sampai):
    minta = minta_buka_kembali(per, alasan="Saran perbaikan Bawaslu", nomor_surat="7/PM/2026", oleh=make.sari())
    return setujui_buka_kembali(minta, oleh=make.orang("rahma", "ketua"), sampai=sampai)


def test_a_reopened_period_closes_again_when_its_window_is_over(time_machine):
    versi = [make.pemilih(), make.pemilih()]
    per = make.selesai_daftar()
    siap = make.usul("meninggal", versi[1], per=per)
    ambil_langkah([siap], "verifikasi", oleh=make.wati(), periode=per)
    time_machine.move_to(datetime(2026, 12, 9, 12, tzinfo=WITA))
    per = buka_lagi(beku(per), date(2026, 12, 10))
    time_machine.move_to(datetime(2026, 12, 10, 23, 59, tzinfo=WITA))
    make.usul("meninggal", versi[0], per=per)
    time_machine.move_to(datetime(2026, 12, 11, 0, 1, tzinfo=WITA))
    with pytest.raises(Refused, match="10-12-2026"):
        make.usul("elemen_data", versi[0], per=per, elemen={"nama": "LAIN"})
    with pytest.raises(Refused, match="10-12-2026"):
        ambil_langkah([siap], "setujui", oleh=make.budi(), periode=per)
    per = buka_lagi(beku(per), date(2026, 12, 12))
    assert ambil_langkah([siap], "setujui", oleh=make.budi(), periode=per).berhasil == [siap]


def test_reopen_change_refreeze_keeps_the_older_version_whole():
    from pdpb.digest import daun_rusak, hitung_digest
    from pdpb.rekap import rekap_beku

    versi = [make.pemilih(), make.pemilih()]
    per = make.selesai_daftar()
    per = beku(per)
    satu = per.snapshot_set.get()
    sidik = satu.digest
    per = buka_lagi(per, date(2099, 1, 1))
    make.setuju([make.usul("meninggal", versi[0], per=per)], per)
    per = beku(per)
    satu.refresh_from_db()
    dua = per.snapshot_set.get(digantikan=False)
    assert (satu.digantikan, satu.digest, hitung_digest(satu), daun_rusak(satu)) == (True, sidik, sidik, 0)
    assert (dua.versi, dua.jumlah_baris, hitung_digest(dua)) == (2, 1, dua.digest)
    assert rekap_beku(satu).kota.total.sekarang == 2
    assert dua.digest != sidik


# --- What leaves the office -----------------------------------------------------------------------------------------
def test_the_spreadsheet_holds_no_formula(client):
    from io import BytesIO

    from openpyxl import load_workbook

    _, kini = make.kantor_berisi()
    kelurahan = make.tps().kelurahan
    type(kelurahan).objects.filter(pk=kelurahan.pk).update(nama='=HYPERLINK("http://x","y")')
    jawaban = sebagai(client, make.budi()).get(reverse("pdpb:rekap_xlsx", args=[kini.pk]))
    for baris in load_workbook(BytesIO(jawaban.content)).active.iter_rows():
        assert all(sel.data_type != "f" for sel in baris)


def test_the_public_page_joins_reasons_that_would_point_at_somebody(client):
    lama, _ = make.kantor_berisi()
    alamat = reverse("pdpb:pengumuman", args=[lama.pk])
    isi = kalimat(client.get(alamat))
    assert "Meninggal" not in isi
    assert "CONTOH" not in isi.replace("CONTOH – BUKAN DOKUMEN RESMI", "")
    Aturan.objects.filter(kode="rekap_batas_sel_kecil").update(nilai=1)
    assert "Meninggal" in kalimat(client.get(alamat))


@pytest.mark.parametrize("nama", ["periode", "perubahan", "snapshot", "imporbatch", "bukakembali", "bukti"])
def test_the_admin_site_changes_no_document_of_a_workflow(client, nama):
    lama, _ = make.kantor_berisi()
    user = make.orang("akar", "admin")
    user.is_staff = user.is_superuser = True
    user.save()
    sebagai(client, user)
    model = {"periode": Periode, "perubahan": Perubahan, "bukti": Bukti, "snapshot": lama.snapshot_set.model}.get(nama)
    assert client.get(reverse(f"admin:pdpb_{nama}_add")).status_code in (403, 404)
    if model:
        pk = model.objects.first().pk
        sebelum = model.objects.filter(pk=pk).values().get()
        for aksi in ("change", "delete"):
            alamat = reverse(f"admin:pdpb_{nama}_{aksi}", args=[pk])
            assert client.post(alamat, {"status": "ditetapkan", "post": "yes"}).status_code in (403, 404), aksi
        daftar = reverse(f"admin:pdpb_{nama}_changelist")
        client.post(daftar, {"action": "delete_selected", "_selected_action": pk, "post": "yes"})
        assert model.objects.filter(pk=pk).values().get() == sebelum


def test_reading_one_change_is_logged_with_the_voter(client):
    from kpupalu.audit.models import LogAkses

    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    sebagai(client, make.wati()).get(reverse("pdpb:perubahan_detail", args=[satu]))
    assert LogAkses.objects.filter(pelaku=make.wati(), objek_id=str(versi.pemilih_id)).count() == 1


# --- Legal numbers, many rows -----------------------------------------------------------------------------------------
def _geser(kode: str, selisih: int) -> None:
    baris = Aturan.objects.filter(kode=kode).order_by("-mulai").first()
    Aturan.objects.filter(kode=kode).update(nilai=baris.nilai + selisih)


def test_setiap_angka_hukum_berpengaruh(client):
    """Each number that proposing, freezing and announcing ask for, moved by one, moves what comes out."""
    from pdpb.actions.naskah import buat_berita_acara

    make.komisioner()
    versi = make.pemilih()
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    alamat = reverse("pdpb:usul_ubah", args=[versi.pemilih_id])
    tepat = isian_ubah(versi, tanggal_lahir="08-12-2009", status_kawin="B")
    _geser("usia_pemilih_minimum", 1)
    assert client.post(alamat, tepat).status_code == 422
    _geser("usia_pemilih_minimum", -1)
    tua = isian_ubah(versi, tanggal_lahir=f"{hari_ini().year - 110:04d}-01-01")
    _geser("usia_maksimum", -1)
    assert client.post(alamat, tua).status_code == 422
    _geser("usia_maksimum", 1)
    assert client.post(alamat, tua).status_code == 302
    make.setuju(list(Perubahan.objects.values_list("pk", flat=True)), per)
    bekukan(per, oleh=make.budi())
    absen = {make.orang("indah").pk: "Sakit"}
    _geser("kuorum_ba_pleno", 1)
    with pytest.raises(Refused, match="kuorum"):
        buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen)
    _geser("kuorum_ba_pleno", -1)
    assert buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen).versi == 1


def test_as_many_as_the_page_admits_ask_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    from pdpb.views.perubahan import MAKS_MASSAL

    make.pemilih()
    per = make.selesai_daftar()
    satu = Perubahan.objects.get(pk=make.usul("pindah_masuk", None, per=per))
    Perubahan.objects.bulk_create(
        Perubahan(periode=per, jenis="baru", kategori=satu.kategori, kelurahan=satu.kelurahan, bukti=satu.bukti,
                  kelurahan_tujuan=satu.kelurahan, elemen_baru=satu.elemen_baru, pengusul=satu.pengusul,
                  identitas_baru=satu.identitas_baru)
        for _ in range(MAKS_MASSAL - 1)
    )  # fmt: skip
    sebagai(client, make.wati())
    isi = {"id": list(Perubahan.objects.values_list("pk", flat=True)), "langkah": "verifikasi"}
    assert client.post(reverse("pdpb:perubahan_massal"), isi).status_code == 200
    with django_assert_max_num_queries(30):
        client.post(reverse("pdpb:perubahan_massal"), isi | {"lanjut": "1", "catatan": ""})
    assert Perubahan.objects.filter(status=S.DIVERIFIKASI).count() == MAKS_MASSAL
