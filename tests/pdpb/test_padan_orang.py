"""Rows of agencies without a number: whom they mean, who says so, and what may come of it."""

import io
from collections import Counter
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.lib import Refused
from pdpb import impor
from pdpb.actions.padanan import ambil, kemajuan, kemajuan_petugas, pastikan_banyak, putuskan, putuskan_lagi, susulkan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.ganda.dimaksud import Lazim, Tertulis, duga
from pdpb.ganda.temu import Orang
from pdpb.impor.kembali import baris_kembali, kembali
from pdpb.impor.nik import jelaskan_nik
from pdpb.impor.tebakan import pakai_tebakan, tebak
from pdpb.models import ImporBatch, PadananBaris, Pendaftaran, Perubahan, TemuanImpor
from tests import make
from tests.pdpb.isian import sebagai

pytestmark = pytest.mark.django_db
KEPALA = "NO;NAMA ALMARHUM;L/P;TGL LAHIR;ALAMAT;KELURAHAN;NO AKTA KEMATIAN;TGL MENINGGAL"


def unggah(*baris: str, kepala: str = KEPALA, nama: str = "kematian.csv", pengirim: str = "Kelurahan Talise"):
    isi = "\n".join([kepala, *baris]).encode()
    file = [ContentFile(isi, name=nama)]
    batch = impor.unggah(file, jenis="perubahan", periode=make.periode(), oleh=make.sari(), pengirim=pengirim)
    pakai_tebakan(batch)
    return batch


def periksa(*baris: str, **lain) -> ImporBatch:
    return impor.periksa(unggah(*baris, **lain), oleh=make.sari())


def terapkan(batch: ImporBatch) -> ImporBatch:
    return impor.terapkan(batch, oleh=make.sari(), terima_peringatan=True)


def kode(batch: ImporBatch) -> dict[int, set[str]]:
    hasil: dict[int, set[str]] = {}
    for baris, satu in TemuanImpor.objects.filter(batch=batch, tingkat="Galat").values_list("baris", "kode"):
        hasil.setdefault(baris, set()).add(satu)
    return hasil


def padanan(batch: ImporBatch, baris: int = 2) -> PadananBaris:
    return PadananBaris.objects.get(batch=batch, baris=baris)


@pytest.fixture
def rina():
    versi = make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(1970, 3, 4), jenis_kelamin="P")
    make.pemilih(nama="JOKO SAPUTRA", tanggal_lahir=date(1980, 1, 2))
    make.selesai_daftar()
    return versi


BARIS = "1;Hj. Rina Marlina;P;04-03-1970;Jl. Contoh;Talise;7271-KM-0001;01-11-2026"


# --- Whom a row means --------------------------------------------------------------------------------------------
def test_a_unique_name_and_birth_date_is_proposed_and_says_so(rina):
    batch = terapkan(periksa(BARIS))
    usulan = Perubahan.objects.get(batch=batch)
    assert (usulan.pemilih_id, usulan.kategori_id, usulan.bukti.jenis_dokumen) == (
        rina.pemilih_id, "meninggal", "Akta kematian",
    )  # fmt: skip
    pesan = TemuanImpor.objects.get(batch=batch, kode="dicocokkan_lewat_nama").pesan
    assert "dicocokkan lewat nama dan tanggal lahir" in pesan
    satu = padanan(batch)
    assert (satu.status, satu.pilihan, satu.perubahan) == ("dicocokkan", rina, usulan)


def test_a_match_without_nik_is_verified_only_after_somebody_else_confirmed_the_person(rina):
    batch = terapkan(periksa(BARIS))
    usulan = Perubahan.objects.get(batch=batch)

    def verifikasi(oleh):
        return ambil_langkah([usulan.pk], "verifikasi", oleh=oleh, periode=make.periode()).ditolak.get(usulan.pk, "")

    assert "Pilih orangnya" in verifikasi(make.wati())
    putuskan(padanan(batch), versi=rina.pk, oleh=make.wati())
    assert "Anda sendiri yang memilih" in verifikasi(make.wati())
    assert verifikasi(make.budi()) == ""


@pytest.mark.parametrize(
    "baris",
    [
        "1;Rina Marlina;P;04-03-1971;Jl. Contoh;Talise;KM-1;01-11-2026",
        "1;Rina Marlina;P;03-04-1970;Jl. Contoh;Talise;KM-1;01-11-2026",
        "1;Rinna Marlinna;L;04-03-1970;Jl. Contoh;Talise;KM-1;01-11-2026",
        "1;Rina Marlina;P;04-03-1970;Jl. Contoh;Petobo;KM-1;01-11-2026",
        "1;Rina;P;04-03-1970;Jl. Contoh;Talise;KM-1;01-11-2026",
        "1;Rina Marlina;P;;Jl. Contoh;Talise;KM-1;01-11-2026",
    ],
    ids=["year", "day for month", "other sex", "other kelurahan", "one word", "no date"],
)
def test_what_is_weak_waits_for_a_person_and_nothing_is_proposed(rina, baris):
    batch = periksa(baris)
    assert kode(batch)[2] == {"pilih_orang"}
    satu = padanan(batch)
    assert (satu.status, satu.pilihan, [c["versi"] for c in satu.calon]) == ("menunggu", None, [rina.pk])
    terapkan(batch)
    assert not Perubahan.objects.filter(batch=batch).exists()


def test_two_who_fit_are_both_offered_and_never_the_first_taken(rina):
    kembar = make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(1970, 3, 4), jenis_kelamin="P", nomor_tps=2)
    batch = periksa(BARIS)
    assert padanan(batch).status == "menunggu"
    assert {c["versi"] for c in padanan(batch).calon} == {rina.pk, kembar.pk}


def test_a_name_too_common_goes_back_instead_of_offering_five_of_many():
    for n in range(8):
        make.pemilih(nama="SITI AISYAH", tanggal_lahir=date(1970 + n, 1, 1), jenis_kelamin="P")
    make.selesai_daftar()
    batch = periksa("1;Siti Aisyah;P;;;Talise;KM-1;01-11-2026")
    assert kode(batch)[2] == {"cocok_lebih_dari_satu"}
    assert not PadananBaris.objects.exists()


def test_a_nik_that_is_not_on_the_roll_is_never_matched_without_a_person(rina):
    batch = periksa("Rina Marlina;04-03-1970;Talise;7271014403709888", kepala="NAMA ALMARHUM;TGL LAHIR;KELURAHAN;NIK")
    satu = padanan(batch)
    assert satu.status == "menunggu"
    assert satu.isi["nik"] == "7271••••••••••••"
    assert "7271014403709888" not in str(satu.isi) + str(satu.calon)


def test_a_row_found_by_its_number_is_not_asked_about(rina):
    nik = rina.identitas.nik
    batch = periksa(f"Rina Marlina;{nik};Talise", kepala="NAMA ALMARHUM;NIK;KELURAHAN")
    assert not PadananBaris.objects.exists()
    assert "pilih_orang" not in kode(batch).get(2, set())


# --- Choosing ----------------------------------------------------------------------------------------------------
LEMAH = "1;Rina Marlina;P;04-03-1971;Jl. Contoh;Talise;KM-1;01-11-2026"


def test_a_choice_before_applying_is_used_and_remembered_by_the_next_check(rina):
    batch = periksa(LEMAH)
    putuskan(padanan(batch), versi=rina.pk, oleh=make.wati())
    batch = terapkan(batch)
    assert Perubahan.objects.get(batch=batch).pemilih_id == rina.pemilih_id
    assert padanan(batch).perubahan_id == Perubahan.objects.get(batch=batch).pk
    assert batch.ringkasan["galat"] == 0


def test_a_choice_after_applying_comes_in_as_a_supplement(rina):
    batch = terapkan(periksa(LEMAH))
    putuskan(padanan(batch), versi=rina.pk, oleh=make.wati())
    assert susulkan(batch, oleh=make.sari()) == 1
    with pytest.raises(Refused, match="Belum ada baris"):
        susulkan(batch, oleh=make.sari())
    batch = terapkan(impor.periksa(ImporBatch.objects.get(pk=batch.pk), oleh=make.sari()))
    usulan = Perubahan.objects.get(batch=batch)
    assert (usulan.pemilih_id, padanan(batch).perubahan) == (rina.pemilih_id, usulan)
    assert not batch.ditolak.filter(diganti_baris=None).exists()


def test_nobody_on_the_roll_is_remembered_and_goes_back_to_the_agency(rina):
    batch = periksa(LEMAH, "2;Orang Asing;L;01-01-1950;;Talise;KM-2;01-11-2026")
    assert kembali(batch).jumlah == 1
    putuskan(padanan(batch), versi=None, oleh=make.wati())
    assert kembali(batch).jumlah == 2
    batch = impor.periksa(batch, oleh=make.sari())
    assert kode(batch)[2] == {"bukan_calon"}
    isi = list(baris_kembali(batch, 1))
    assert isi[0] == [*KEPALA.split(";"), "JAWABAN KPU KOTA PALU"]
    assert [b[1] for b in isi[1:]] == ["Rina Marlina", "Orang Asing"]
    assert "tidak ada di antaranya" in isi[1][-1]
    assert "tidak ditemukan" in isi[2][-1]


def test_saying_that_the_comparison_was_wrong_refuses_its_proposal(rina):
    batch = terapkan(periksa(BARIS))
    usulan = Perubahan.objects.get(batch=batch)
    putuskan(padanan(batch), versi=None, oleh=make.wati())
    usulan.refresh_from_db()
    assert (usulan.status, padanan(batch).perubahan) == ("ditolak", None)
    assert kembali(batch).jumlah == 1
    assert Pendaftaran.objects.get(pk=rina.pk).akhir is None


def test_two_officers_never_get_one_row_and_the_second_is_told_who_decided(rina):
    batch = periksa(LEMAH, LEMAH.replace("1;", "2;", 1))
    (satu,), (dua,) = ambil(batch, oleh=make.wati()), ambil(batch, oleh=make.sari())
    assert satu.pk != dua.pk
    assert ambil(batch, oleh=make.budi()) == []
    with pytest.raises(Refused, match="sedang dikerjakan Wati"):
        putuskan(satu, versi=rina.pk, oleh=make.sari())
    putuskan(satu, versi=rina.pk, oleh=make.wati())
    assert putuskan(satu, versi=rina.pk, oleh=make.sari()).diputus_oleh == make.wati()
    with pytest.raises(Refused, match="sudah diputuskan oleh Wati"):
        putuskan(satu, versi=None, oleh=make.sari())
    assert kemajuan_petugas(batch) == [("Wati", 1, 0, 0), ("Sari", 0, 0, 1)]
    assert kemajuan(batch)["menunggu"] == 1


def test_only_a_candidate_can_be_chosen_and_a_choice_can_be_taken_back(rina):
    batch = periksa(LEMAH)
    lain = Pendaftaran.objects.get(nama="JOKO SAPUTRA")
    with pytest.raises(Refused, match="Calon baris ini sudah berubah"):
        putuskan(padanan(batch), versi=lain.pk, oleh=make.wati())
    putuskan(padanan(batch), versi=None, oleh=make.wati())
    assert putuskan_lagi(padanan(batch), oleh=make.wati()).status == "menunggu"
    assert Jejak.objects.filter(tindakan__startswith="pdpb.pilih_orang").count() == 2


def test_sure_ones_are_confirmed_a_page_at_a_time(rina):
    batch = periksa(BARIS, "2;Joko Saputra;L;02-01-1980;;Talise;KM-2;01-11-2026")
    milik = ambil(batch, oleh=make.wati(), banyak=25, status="dicocokkan")
    assert len(milik) == 2
    assert pastikan_banyak(batch, [b.pk for b in milik], oleh=make.sari()) == 0
    assert pastikan_banyak(batch, [b.pk for b in milik], oleh=make.wati()) == 2
    assert kemajuan(batch)["dipastikan"] == 2


# --- Pages -------------------------------------------------------------------------------------------------------
def test_the_page_offers_masked_candidates_logs_them_and_opens_the_next_row(client, rina):
    batch = periksa(LEMAH, LEMAH.replace("1;", "2;", 1))
    sebagai(client, make.wati())
    ke = client.post(reverse("pdpb:padanan_ambil", args=[batch.pk]))
    halaman = client.get(ke.url)
    teks = halaman.content.decode()
    assert rina.identitas.nik not in teks
    assert "7271••••••••••••" in teks
    assert "Tahun lahir meleset" in teks
    assert LogAkses.objects.filter(objek_label__startswith="Calon untuk Baris 2").count() == 1
    ke = client.post(ke.url, {"versi": rina.pk})
    assert ke.url == reverse("pdpb:padanan_detail", args=[batch.pk, padanan(batch, 3).pk])
    galat = client.post(ke.url, {"versi": ""})
    assert galat.status_code == 409
    assert "Pilih satu orang" in galat.content.decode()
    ke = client.post(ke.url, {"versi": "tidak_ada"})
    daftar = client.get(ke.url).content.decode()
    assert "Wati" in daftar


def test_the_page_of_sure_ones_and_the_covering_page(client, rina):
    batch = periksa(BARIS, "2;Orang Asing;L;01-01-1950;;Talise;KM-2;01-11-2026")
    sebagai(client, make.sari())
    ke = client.post(reverse("pdpb:padanan_ambil", args=[batch.pk]), {"banyak": "1"})
    assert "RINA MARLINA" in client.get(ke.url).content.decode()
    client.post(ke.url, {"id": [padanan(batch).pk]})
    assert padanan(batch).status == "dipastikan"
    surat = client.get(reverse("pdpb:impor_kembalikan", args=[batch.pk])).content.decode()
    assert "1 dari 2 baris belum dapat kami gunakan" in surat
    jawaban = client.get(reverse("pdpb:impor_kembalikan_xlsx", args=[batch.pk, 1]))
    buku = load_workbook(io.BytesIO(b"".join(jawaban.streaming_content)))
    baris = list(buku.active.iter_rows(values_only=True))
    assert (baris[0][-1], baris[1][1]) == ("JAWABAN KPU KOTA PALU", "Orang Asing")


def test_a_proposal_found_by_name_leads_to_the_comparison(client, rina):
    batch = terapkan(periksa(BARIS))
    usulan = Perubahan.objects.get(batch=batch)
    sebagai(client, make.wati())
    teks = client.get(reverse("pdpb:perubahan_detail", args=[usulan.pk])).content.decode()
    assert padanan(batch).get_absolute_url() in teks


def test_a_card_leads_to_as_many_rows_as_it_says(client, rina):
    batch = periksa(LEMAH, BARIS.replace("1;", "2;", 1))
    sebagai(client, make.wati())
    alamat = f"{reverse('pdpb:padanan_daftar', args=[batch.pk])}?status=belum"
    assert alamat in client.get("/").content.decode()
    assert len(client.get(alamat).context["halaman"].baris) == 2


def test_who_may_not_see_the_roll_finds_no_such_page(client, rina):
    batch = periksa(LEMAH)
    for user in (make.dewi(), make.orang("bawa", "bawaslu")):
        sebagai(client, user)
        assert client.get(reverse("pdpb:padanan_daftar", args=[batch.pk])).status_code == 404
        assert client.get(padanan(batch).get_absolute_url()).status_code == 404


# --- What a list is about ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kepala", "pengirim", "berkas", "kategori", "dokumen"),
    [
        (KEPALA, "Disdukcapil", "a.csv", "meninggal", "Akta kematian"),
        ("NAMA;TGL LAHIR;NO SURAT;TGL WAFAT", "Lurah", "a.csv", "meninggal", "Surat keterangan kematian lurah"),
        ("NAMA;PANGKAT;TTL;KELURAHAN", "Kodim 1306", "a.csv", "tni", "Daftar Kodim"),
        ("NAMA PERSONEL;NO SKEP;NIK", "Polresta Palu", "a.csv", "polri", "Daftar Polresta"),
        ("NAMA;NO SKEP;TMT PENSIUN", "Kodim 1306", "a.csv", "purna_tni_polri", "Surat keputusan pensiun"),
        ("NIK;NAMA;NO SKDWNI;TGL DATANG;KEL TUJUAN", "Disdukcapil", "a.csv", "pindah_masuk", "SKPWNI"),
        ("NO_SKPWNI;NIK;NAMA_LGKP;KEL_ASAL;KAB_TUJUAN", "Disdukcapil", "a.csv", "pindah_domisili", "SKPWNI"),
        ("NISN;NAMA PESERTA DIDIK;NIK", "SMA 1", "a.csv", "genap_17", ""),
        ("NAMA;TGL LAHIR", "Imigrasi", "a.csv", "wna", "Dokumen Imigrasi"),
        ("NAMA;TGL LAHIR", "BPJS", "peserta-meninggal.csv", "meninggal", ""),
    ],
)
def test_category_and_document_are_guessed_with_their_reason(kepala, pengirim, berkas, kategori, dokumen):
    hasil = tebak(unggah(";".join("x" for _ in kepala.split(";")), kepala=kepala, pengirim=pengirim, nama=berkas))
    assert (hasil.kategori, hasil.jenis_dokumen) == (kategori, dokumen)
    assert hasil.alasan.startswith("Diduga dari ")


@pytest.mark.parametrize("kepala", ["NAMA;JENIS;NIK", "NAMA;WARNA;TGL LAHIR", "NAMA;TGL LAHIR;NIK"])
def test_nothing_is_guessed_where_the_list_says_it_or_gives_no_sign(kepala):
    assert tebak(unggah("x;x;x", kepala=kepala, pengirim="Kelurahan", nama="daftar.csv")) is None


def test_the_guess_is_shown_and_can_be_changed_for_the_batch(client):
    batch = unggah(BARIS)
    alamat = reverse("pdpb:impor_kolom", args=[batch.pk])
    sebagai(client, make.sari())
    teks = client.get(alamat).content.decode()
    assert "Kategori ini dugaan" in teks
    client.post(alamat, {"bawaan": "1", "kategori": "ganda", "jenis_dokumen": "", "surat_pengantar": "12/A"})
    batch.refresh_from_db()
    assert batch.pemetaan["bawaan"] == {"kategori": "ganda", "surat_pengantar": "12/A"}
    assert "Kategori ini dugaan" not in client.get(alamat).content.decode()


# --- NIK with empathy --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("nik", "lahir", "jk", "kata"),
    [
        ("7210014403700001", date(1970, 3, 4), "P", "Itu wajar: orangnya pindah"),
        ("7271013803700001", None, "", "tidak mungkin ada"),
        ("7271013002700001", None, "", "tidak mungkin ada"),
        ("7271014403700001", date(1971, 3, 4), "P", "pernah dibetulkan"),
        ("7271014403700001", date(1970, 3, 4), "L", "jangan mengganti NIK"),
        ("727101440370000", None, "", "15 angka, kurang dari 16"),
        ("7271O14403700001", None, "", "huruf atau tanda"),
    ],
)
def test_oddities_of_a_nik_are_explained_without_its_digits(nik, lahir, jk, kata):
    kalimat = " ".join(jelaskan_nik(nik, lahir, jk))
    assert kata in kalimat
    assert nik[4:12] not in kalimat


def test_a_sound_nik_needs_no_word():
    assert jelaskan_nik("7271014403700001", date(1970, 3, 4), "P") == []
    assert jelaskan_nik("") == []


def test_twins_whose_names_are_both_names_are_not_taken_for_each_other():
    def orang(n, nama):
        return Orang(n, n, "", "", "", nama, "PALU", date(2000, 1, 1), "P", "", "", "", make.TALISE, 1, False)

    lazim = Lazim(1000, Counter(FITRI=9, FITRA=9, LAMATO=9), Counter(), {})
    hasil = duga(Tertulis("FITRI LAMATO", date(2000, 1, 1), "P", kelurahan=make.TALISE),
                 [orang(1, "FITRA LAMATO"), orang(2, "FITRI LAMATO")], lazim)  # fmt: skip
    assert hasil.pasti
    assert [c.orang.pemilih for c in hasil.calon] == [2]
