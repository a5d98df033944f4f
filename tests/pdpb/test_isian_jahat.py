"""Tampered input: what a browser or bad intent can put into a parameter, a field or a name."""

import pytest
from django.urls import reverse

from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Periode, Perubahan, Temuan
from tests import make
from tests.pdpb.isian import isian_baru, isian_periode, kalimat, sama_dengan_baris, sebagai

pytestmark = pytest.mark.django_db
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
