"""Lists that correct one element per row become corrections, one per person."""

import pytest

from pdpb import impor
from pdpb.impor import pratinjau
from pdpb.models import ImporBatch, Pendaftaran, Perubahan
from tests import make
from tests.pdpb.test_impor import baris, berkas, kode, muat

pytestmark = pytest.mark.django_db
KEPALA = "No;NIK;Nama di DPT;Kelurahan;Elemen;Tertulis;Seharusnya;Dasar (No. KK)"
ORANG = {n: f"{n};72710117089091{n:02d};ARIF {'ABCDEFGHIJ'[n]}K;Talise" for n in range(1, 6)}


def koreksi(orang: int, elemen: str, lama: str, baru: str) -> str:
    return f"{ORANG[orang]};{elemen};{lama};{baru};7271081203089901"


def kirim(*isi: str, kepala: str = KEPALA) -> ImporBatch:
    return muat(*isi, jenis="perubahan", kepala=kepala, nama="perbaikan.csv")


@pytest.fixture(autouse=True)
def daftar():
    muat(*(baris(str(n)) for n in range(1, 6)))


@pytest.mark.parametrize(
    ("elemen", "lama", "baru", "harap"),
    [
        ("Alamat", "Jl. Contoh", "Jl. Benar 2", {"alamat": "JL. BENAR 2"}),
        ("Nama", "ARIF BK", "arif  benar", {"nama": "ARIF BENAR"}),
        ("TGL LAHIR", "17/08/1990", "18-08-1990", {"tanggal_lahir": "1990-08-18"}),
        ("Tempat lahir", "PALU", "Poso", {"tempat_lahir": "POSO"}),
        ("Jenis Kelamin", "L", "Perempuan", {"jenis_kelamin": "P"}),
        ("Status perkawinan", "Kawin", "Cerai mati", {"status_kawin": "P"}),
        ("RT", "001", "4", {"rt": "004"}),
        ("RT/RW", "001/002", "003/005", {"rt": "003", "rw": "005"}),
        ("TTL", "Palu, 17-08-1990", "Donggala, 19-08-1990",
         {"tempat_lahir": "DONGGALA", "tanggal_lahir": "1990-08-19"}),
        ("Disabilitas", "0", "Netra", {"disabilitas": "6"}),
        ("Status KTP-el", "S", "Belum", {"status_ktpel": "B"}),
    ],
)  # fmt: skip
def test_one_element_becomes_one_correction_and_nothing_else_moves(elemen, lama, baru, harap):
    batch = kirim(koreksi(1, elemen, lama, baru))
    usul = Perubahan.objects.get(batch=batch)
    assert (usul.jenis, usul.kategori_id, usul.elemen_baru, usul.identitas_baru) == ("ubah", "elemen_data", harap, None)
    assert usul.pemilih.dpid == "1"
    assert kode(batch) == {"bukti_kosong": 1}


def test_a_new_nik_is_proposed_for_the_person_of_the_old_one():
    batch = kirim(koreksi(2, "NIK", "7271011708909102", "7271011708909999"))
    usul = Perubahan.objects.get(batch=batch)
    assert (usul.pemilih.dpid, usul.elemen_baru) == ("2", {})
    assert (usul.identitas_baru.nik, usul.identitas_baru.nkk) == ("7271011708909999", "7271081203089102")


def test_a_nik_among_old_and_new_values_is_masked_in_the_samples():
    batch = kirim(koreksi(2, "NIK", "7271011708909102", "7271011708909999"))
    contoh = pratinjau.susunan(batch)[0].contoh
    assert contoh["Tertulis"] == contoh["Seharusnya"] == ["7271" + "•" * 12]


def test_headings_may_say_data_lama_and_perbaikan():
    batch = kirim(
        "7271011708909101;ARIF BK;ALAMAT;JL. CONTOH;JL. BARU", kepala="NIK;NAMA;ELEMEN DATA;DATA LAMA;PERBAIKAN"
    )
    assert Perubahan.objects.get(batch=batch).elemen_baru == {"alamat": "JL. BARU"}


def test_corrections_of_one_person_are_one_proposal_and_the_same_list_again_is_no_news():
    isi = [
        koreksi(1, "Alamat", "JL. CONTOH", "JL. BARU"),
        koreksi(2, "RT", "001", "009"),
        koreksi(1, "RT", "001", "007"),
        koreksi(1, "NIK", "", "7271011708909888"),
    ]
    batch = kirim(*isi)
    satu = Perubahan.objects.get(batch=batch, pemilih__dpid="1")
    assert (satu.elemen_baru, satu.identitas_baru.nik) == ({"alamat": "JL. BARU", "rt": "007"}, "7271011708909888")
    assert Perubahan.objects.filter(batch=batch).count() == 2
    assert (batch.ringkasan["baru"], batch.ringkasan["tetap"], batch.ringkasan["ditolak"]) == (2, 2, 0)
    lagi = kirim(*isi)
    assert (lagi.ringkasan["baru"], lagi.ringkasan["ditolak"], Perubahan.objects.count()) == (0, 0, 2)


def test_a_contradiction_is_not_merged():
    batch = kirim(koreksi(1, "Alamat", "JL. CONTOH", "JL. A"), koreksi(1, "Alamat", "JL. CONTOH", "JL. B"))
    assert Perubahan.objects.get(batch=batch).elemen_baru == {"alamat": "JL. A"}
    assert kode(batch)["kembar_dalam_berkas"] == 1


@pytest.mark.parametrize(
    ("isi", "galat"),
    [
        (koreksi(1, "Golongan darah", "A", "B"), "elemen_tidak_dikenal"),
        (koreksi(1, "TPS", "1", "2"), "elemen_tidak_dikenal"),
        (koreksi(1, "", "A", "B"), "elemen_tidak_dikenal"),
        (koreksi(1, "Alamat", "JL. CONTOH", " "), "seharusnya_kosong"),
        (koreksi(1, "Alamat", "JL. LAIN", "JL. CONTOH"), "tidak_ada_beda"),
        (koreksi(1, "Tanggal lahir", "17-08-1990", "31-02-1990"), "tanggal_lahir_tidak_dikenal"),
        (koreksi(1, "NIK", "", "72710117"), "nik_bukan_16_digit"),
        (koreksi(1, "RT", "001", "RT SATU"), "rt_tidak_wajar"),
        ("9;7271011708909777;ORANG LAIN;Talise;Alamat;A;JL. B;", "tidak_ada_di_daftar"),
    ],
)
def test_a_row_that_cannot_be_a_correction_says_the_one_reason(isi, galat):
    batch = kirim(isi)
    assert {k for k in kode(batch) if impor.cek.KODE[k].tingkat == "Galat"} == {galat}
    assert not Perubahan.objects.exists()
    assert batch.ringkasan["ditolak"] == 1


def test_what_is_written_is_held_against_the_roll():
    batch = kirim(koreksi(1, "Alamat", "JL. ORANG LAIN", "JL. BARU"), koreksi(2, "Alamat", "jl. contoh", "JL. BARU"))
    assert kode(batch)["tertulis_beda"] == 1
    assert Perubahan.objects.filter(batch=batch).count() == 2


def test_no_message_about_an_element_holds_a_number_of_a_person():
    batch = kirim(koreksi(1, "7271011708909101", "", "x"))
    assert "7271011708909101" not in "".join(impor.laporan_csv(batch))


def test_a_fault_of_the_other_cells_does_not_keep_a_correction_back():
    """The cells that only say who is meant are judged by whether somebody is found."""
    isi = koreksi(3, "Alamat", "JL. CONTOH", "JL. BARU").replace(";Talise;", ";Atlantis;")
    batch = kirim(isi)
    assert Perubahan.objects.get(batch=batch).pemilih.dpid == "3"


def test_ordinary_lists_of_changes_are_read_as_before():
    kepala = "NIK;KATEGORI;ALAMAT;JENIS"
    batch = kirim("7271011708909101;;JL. LAIN;UBAH", kepala=kepala)
    assert Perubahan.objects.get(batch=batch).elemen_baru == {"alamat": "JL. LAIN"}


def test_the_day_of_an_event_reaches_who_verifies():
    batch = impor.unggah(
        [berkas("7271011708909101;ARIF BK;12-10-2026;meninggal dunia", "7271011708909102;ARIF CK;99;Meninggal dunia",
                kepala="NIK;NAMA;TGL MENINGGAL;DUGAAN")],
        jenis="perubahan", periode=make.periode(), oleh=make.sari(),
    )  # fmt: skip
    impor.periksa(batch)
    impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    satu, _ = Perubahan.objects.filter(batch=batch).order_by("baris")
    assert (satu.kategori_id, satu.catatan) == ("meninggal", "Tanggal peristiwa menurut berkas: 12-10-2026")
    assert kode(batch)["tanggal_peristiwa_tidak_dikenal"] == 1
    assert Pendaftaran.objects.aktif().count() == 5
