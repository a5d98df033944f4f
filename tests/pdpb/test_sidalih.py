"""SIDALIH side by side: sheets that hold everything once, files that come back, R19, two people at once."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.actions import sidalih as tindakan
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.invarian import gagal, periksa
from pdpb.models import BarisSidalih, BerkasSidalih, LembarSidalih, Pendaftaran, Perubahan, RekapSidalih
from pdpb.pekerjaan_sidalih import baca_sidalih
from pdpb.rekap import rekap
from pdpb.sidalih import KOLOM, csv_grid
from tests import make
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
H, L = BarisSidalih.Hasil, LembarSidalih.Status
KEPALA = ("KEC_ID", "KECAMATAN", "KELURAHAN", "DPID", "NKK", "NIK", "NAMA", "KELAMIN", "TEMPAT LAHIR",
          "TANGGAL LAHIR", "STS KAWIN", "ALAMAT", "RT", "RW", "DISABILITAS", "EKTP", "KETERANGAN", "SUMBER", "TPS",
          "STATUS")  # fmt: skip
RIBUT = "SIDALIH menolak: NIK sudah terdaftar"


@pytest.fixture
def per():
    """An open period whose changes of every kind are approved, none on a sheet."""
    per = make.periode()
    for n in range(6):
        make.pemilih(make.TALISE if n < 4 else make.PETOBO, nama=f"CONTOH {n}", jenis_kelamin="LP"[n % 2])
    make.selesai_daftar(per)
    v = list(Pendaftaran.objects.order_by("pk"))
    make.setuju(
        [
            make.usul("meninggal", v[0], per=per),
            make.usul("elemen_data", v[1], per=per, elemen={"alamat": "JL. BARU #7"}),
            make.usul("pindah_dalam_kota", v[2], per=per, kelurahan_tujuan=v[4].kelurahan, tps_tujuan=v[4].tps),
            make.usul("pindah_masuk", None, per=per),
        ],
        per,
    )
    return per


def daftar_sidalih(per, *, ubah=None, buang=(), ganda=(), kelurahan=(make.TALISE, make.PETOBO), nama="sidalih.csv"):
    """SIDALIH's full list as it would be after taking everything; *ubah* changes cells of the row with a NIK."""
    baris = ["#".join(KEPALA)]
    for v in Pendaftaran.objects.aktif().filter(kelurahan__in=kelurahan).select_related("pemilih", "identitas", "tps"):
        if v.identitas.nik in buang:
            continue
        isi = {
            "KEC_ID": "9", "KECAMATAN": v.kelurahan.kecamatan.nama, "KELURAHAN": v.kelurahan.nama,
            "DPID": v.pemilih.dpid or f"baru{v.pk}", "NKK": v.identitas.nkk, "NIK": v.identitas.nik, "NAMA": v.nama,
            "KELAMIN": v.jenis_kelamin, "TEMPAT LAHIR": v.tempat_lahir, "TANGGAL LAHIR": f"{v.tanggal_lahir:%d|%m|%Y}",
            "STS KAWIN": v.status_kawin, "ALAMAT": v.alamat.replace("#", " "), "RT": v.rt.lstrip("0"), "RW": v.rw,
            "DISABILITAS": v.disabilitas, "EKTP": v.status_ktpel, "KETERANGAN": "", "SUMBER": v.sumber,
            "TPS": str(v.tps.nomor) if v.tps else "", "STATUS": "AKTIF",
        } | (ubah or {}).get(v.identitas.nik, {})  # fmt: skip
        satu = "#".join(isi[k] for k in KEPALA)
        baris += [satu, satu] if v.identitas.nik in ganda else [satu]
    return SimpleUploadedFile(nama, ("\n".join(baris) + "\n").encode())


def terima(per, berkas, jenis="daftar") -> BerkasSidalih:
    """Receive a file and read it, as the worker does."""
    satu, job = tindakan.terima_berkas(per, berkas, jenis=jenis, oleh=make.sari())
    if job:
        baca_sidalih(Job.objects.get(pk=job))
        Job.objects.filter(pk=job).update(status="selesai", selesai_pada=sekarang())
    return BerkasSidalih.objects.get(pk=satu.pk)


def susun(per, *, unggah=True):
    hasil = tindakan.susun_lembar(per, oleh=make.sari())
    for satu in LembarSidalih.objects.filter(periode=per, status=L.MENUNGGU) if unggah else ():
        tindakan.catat_unggah(satu, oleh=make.sari())
    return hasil


def hasil_per_arah(per) -> dict[str, str]:
    baris = BarisSidalih.objects.filter(lembar__periode=per, digantikan=False).select_related("perubahan")
    return {f"{b.perubahan.jenis}-{b.arah}": b.hasil for b in baris}


def nik_dari(jenis: str, arah: str) -> str:
    return BarisSidalih.objects.get(perubahan__jenis=jenis, arah=arah, digantikan=False).identitas.nik


# --- Sheets -------------------------------------------------------------------------------------------------------
def test_every_counted_change_stands_on_a_sheet_once_and_a_move_twice(per):
    hasil = susun(per, unggah=False)
    assert (hasil.lembar, hasil.baris) == (2, 5)
    assert set(hasil_per_arah(per)) == {"tms-hapus", "ubah-ubah", "mutasi-hapus", "mutasi-tambah", "baru-tambah"}
    kembali = tindakan.susun_lembar(per, oleh=make.sari())
    assert (kembali.lembar, kembali.baris, kembali.digantikan) == (0, 0, 0)
    assert tindakan.belum_dilembarkan(per) == 0


def test_the_size_of_a_sheet_is_the_dated_row(per):
    Aturan.objects.filter(kode="sidalih_baris_per_lembar").update(nilai=2)
    assert susun(per, unggah=False).lembar == 3
    assert max(x.baris.count() for x in LembarSidalih.objects.all()) == 2
    assert sorted(LembarSidalih.objects.values_list("nomor", flat=True)) == [1, 2, 3]


def test_what_waits_or_was_rejected_is_on_no_sheet(per):
    make.usul("pindah_domisili", Pendaftaran.objects.aktif().first(), per=per)
    assert susun(per, unggah=False).baris == 5


def test_the_file_has_the_order_of_the_grid_and_keeps_every_digit(client, per):
    susun(per, unggah=False)
    satu = LembarSidalih.objects.get(kelurahan=make.TALISE)
    sebagai(client, make.sari())
    alamat = reverse("pdpb:sidalih_unduh", args=[satu.pk])
    buku = openpyxl.load_workbook(io.BytesIO(client.post(alamat, {"bentuk": "xlsx"}).content))
    kepala, *baris = buku.active.iter_rows(values_only=True)
    assert kepala == KOLOM
    assert len(buku.sheetnames) == 1
    nik = set(satu.baris.values_list("identitas__nik", flat=True))
    assert {b[3] for b in baris} == nik
    assert {b[15] for b in baris} == {"1", "U", "4", "B"}
    teks = client.post(alamat, {"bentuk": "csv"}).content.decode()
    lagi = list(csv.reader(io.StringIO(teks), delimiter="#"))
    assert {len(b) for b in lagi} == {len(KOLOM)}
    assert LogAkses.objects.filter(tindakan="ekspor", objek_id=str(satu.pk)).count() == 2


def test_a_hash_in_an_address_does_not_shift_the_columns():
    assert csv_grid([["1", "A#B\r\nC"]]).decode().splitlines()[1] == "1#A B  C"


def test_only_those_who_may_get_the_file_and_the_day_has_a_limit(client, per):
    susun(per, unggah=False)
    alamat = reverse("pdpb:sidalih_unduh", args=[LembarSidalih.objects.first().pk])
    for user in (make.wati(), make.dewi(), make.orang("fatma", "bawaslu")):
        assert sebagai(client, user).post(alamat).status_code == 404
    Aturan.objects.filter(kode="unduh_lembar_sidalih_per_hari").update(nilai=1)
    sebagai(client, make.sari())
    assert client.post(alamat).status_code == 200
    assert client.post(alamat).status_code == 409


def test_a_change_taken_back_leaves_a_waiting_sheet_and_is_flagged_on_an_uploaded_one(per):
    susun(per, unggah=False)
    tms = BarisSidalih.objects.get(perubahan__jenis="tms")
    tindakan.catat_unggah(tms.lembar, oleh=make.sari())
    baru = Perubahan.objects.get(jenis="baru").pk
    for pk in (tms.perubahan_id, baru):
        ambil_langkah([pk], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Ada keberatan warga")
    assert tindakan.susun_lembar(per, oleh=make.sari()).digantikan == 2
    tms.refresh_from_db()
    assert tms.digantikan
    assert tms.diunggah
    ambil_langkah([baru], "setujui", oleh=make.budi(), periode=per)
    assert tindakan.susun_lembar(per, oleh=make.sari()).baris == 1


def test_an_address_corrected_twice_is_sent_as_it_is_now(per):
    susun(per, unggah=False)
    lama = BarisSidalih.objects.get(perubahan__jenis="ubah")
    ambil_langkah([lama.perubahan_id], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Salah alamat")
    Perubahan.objects.filter(pk=lama.perubahan_id).update(elemen_baru={"alamat": "JL. BENAR"})
    ambil_langkah([lama.perubahan_id], "setujui", oleh=make.budi(), periode=per)
    isi = tindakan.ambil_lembar(lama.lembar, oleh=make.sari())
    assert "JL. BARU #7" not in str(isi)
    tindakan.susun_lembar(per, oleh=make.sari())
    kini = BarisSidalih.objects.get(perubahan=lama.perubahan_id, digantikan=False)
    assert kini.isi["alamat"] == "JL. BENAR"


def test_a_sheet_is_recorded_as_uploaded_once_with_who_and_when(per):
    susun(per, unggah=False)
    satu = LembarSidalih.objects.first()
    satu = tindakan.catat_unggah(satu, oleh=make.sari(), catatan="Diulang dua kali")
    assert (satu.diunggah_oleh, satu.status) == (make.sari(), L.DIUNGGAH)
    with pytest.raises(Refused, match="sudah dicatat diunggah"):
        tindakan.catat_unggah(satu, oleh=make.budi())
    with pytest.raises(Refused, match="tidak berwenang"):
        tindakan.susun_lembar(per, oleh=make.wati())


# --- What comes back ----------------------------------------------------------------------------------------------
def test_a_full_list_that_took_everything_accepts_every_row(per):
    susun(per)
    berkas = terima(per, daftar_sidalih(per))
    assert set(hasil_per_arah(per).values()) == {H.DITERIMA}
    assert berkas.ringkasan["hasil"] == {"diterima": 5}


def test_missing_doubled_different_and_still_active_are_told_apart(per):
    susun(per)
    baru, ubah = nik_dari("baru", "tambah"), nik_dari("ubah", "ubah")
    pindah = nik_dari("mutasi", "tambah")
    keluar = Pendaftaran.objects.get(ditutup__jenis="tms")
    isi = daftar_sidalih(per, buang=[baru], ganda=[pindah], ubah={ubah: {"ALAMAT": "JL. LAMA"}}).read().decode()
    isi += f"9#Mantikulore#Talise#{keluar.pemilih.dpid}##{keluar.identitas.nik}#CONTOH 0#L#########1##1#AKTIF\n"
    terima(per, SimpleUploadedFile("sidalih.csv", isi.encode()))
    assert hasil_per_arah(per) == {
        "baru-tambah": H.TIDAK_ADA, "ubah-ubah": H.BEDA, "mutasi-tambah": H.GANDA, "mutasi-hapus": H.DITERIMA,
        "tms-hapus": H.DITERIMA,
    }  # fmt: skip
    assert BarisSidalih.objects.get(hasil=H.BEDA).beda == [["Alamat", "JL. BARU #7", "JL. LAMA"]]


def test_somebody_struck_off_here_but_active_there_differs_by_status(per):
    susun(per)
    keluar = Pendaftaran.objects.get(ditutup__jenis="tms")
    isi = daftar_sidalih(per).read().decode()
    isi += f"9#Mantikulore#Talise#{keluar.pemilih.dpid}##{keluar.identitas.nik}#CONTOH 0#L###########1#AKTIF\n"
    terima(per, SimpleUploadedFile("sidalih.csv", isi.encode()))
    assert BarisSidalih.objects.get(perubahan__jenis="tms").beda == [["Status", "keluar daftar", "masih aktif"]]


def test_digits_of_a_nik_that_differs_are_kept_masked(per):
    susun(per)
    ubah = nik_dari("ubah", "ubah")
    terima(per, daftar_sidalih(per, ubah={ubah: {"NIK": "7271019908909999"}}))
    beda = BarisSidalih.objects.get(perubahan__jenis="ubah").beda
    assert beda[0][0] == "NIK"
    assert ubah[4:] not in str(beda)
    assert "9999" not in str(beda)


def test_what_was_never_uploaded_is_not_called_missing(per):
    susun(per, unggah=False)
    terima(per, daftar_sidalih(per, buang=[nik_dari("baru", "tambah")]))
    assert hasil_per_arah(per)["baru-tambah"] == H.MENUNGGU


def test_a_list_of_one_kelurahan_judges_no_other(per):
    susun(per)
    terima(per, daftar_sidalih(per, kelurahan=[make.PETOBO]))
    hasil = hasil_per_arah(per)
    assert hasil.pop("mutasi-tambah") == H.DITERIMA
    assert set(hasil.values()) == {H.MENUNGGU}


def test_the_same_file_again_changes_nothing_and_an_old_one_never_overrules(per):
    susun(per)
    lama = daftar_sidalih(per, buang=[nik_dari("baru", "tambah")], nama="lama.csv")
    pertama = terima(per, lama)
    terima(per, daftar_sidalih(per, nama="baru.csv"))
    sebelum = list(BarisSidalih.objects.order_by("pk").values())
    lama.seek(0)
    assert terima(per, lama) == pertama
    assert list(BarisSidalih.objects.order_by("pk").values()) == sebelum
    assert BerkasSidalih.objects.count() == 2


def test_an_answer_to_uploaded_rows_says_accepted_rejected_and_doubled(per):
    susun(per)
    baris = {f"{b.perubahan.jenis}-{b.arah}": b for b in BarisSidalih.objects.select_related("perubahan", "identitas")}
    isi = ["NIK;NAMA;KET;HASIL;PESAN"]
    for kunci, hasil in (("tms-hapus", "BERHASIL"), ("baru-tambah", "GAGAL"), ("ubah-ubah", "DUPLIKAT")):
        b = baris[kunci]
        isi.append(f"{b.identitas.nik};{b.isi['nama']};{b.isi['ket']};{hasil};{RIBUT if hasil == 'GAGAL' else ''}")
    b = baris["mutasi-hapus"]
    isi.append(f"{b.identitas.nik};{b.isi['nama']};{b.isi['ket']};SUKSES;")
    terima(per, SimpleUploadedFile("jawaban.csv", "\n".join(isi).encode()), "jawaban")
    assert hasil_per_arah(per) == {
        "tms-hapus": H.DITERIMA, "baru-tambah": H.DITOLAK, "ubah-ubah": H.GANDA, "mutasi-hapus": H.DITERIMA,
        "mutasi-tambah": H.MENUNGGU,
    }  # fmt: skip
    assert BarisSidalih.objects.get(hasil=H.DITOLAK).pesan == RIBUT
    assert not RekapSidalih.objects.exists()


@pytest.mark.parametrize(
    ("isi", "jenis", "kata"),
    [
        (b"NAMA;KELAMIN;KELURAHAN\nA;L;Talise\n", "daftar", "NIK atau DPID"),
        (b"NIK;NAMA;KELAMIN\n1;A;L\n", "daftar", "KELURAHAN dan KELAMIN"),
        (b"NIK;NAMA;KELURAHAN;KELAMIN\n", "daftar", "tidak memuat satu baris pun"),
        (b"NIK;NAMA;KELURAHAN;KELAMIN\n1;A;Entah;L\n", "daftar", "kelurahan yang dikenal"),
        (b"NIK;NAMA\n1;A\n", "jawaban", "kolom hasil unggah"),
        (b"%PDF-1.7", "daftar", "PDF"),
        (b"", "daftar", "kosong"),
    ],
)
def test_a_wrong_file_is_refused_and_changes_no_row(per, isi, jenis, kata):
    susun(per)
    with pytest.raises(Refused, match=kata):
        terima(per, SimpleUploadedFile("sidalih.csv", isi), jenis)
    assert set(hasil_per_arah(per).values()) == {H.MENUNGGU}
    assert not RekapSidalih.objects.exists()


def test_what_its_screen_showed_is_written_down_and_rejected_rows_are_sent_again(per):
    susun(per)
    baru = BarisSidalih.objects.get(perubahan__jenis="baru")
    with pytest.raises(Refused, match="pesan penolakan"):
        tindakan.catat_hasil([baru.pk], H.DITOLAK, periode=per, oleh=make.sari())
    assert tindakan.catat_hasil([baru.pk], H.DITOLAK, periode=per, oleh=make.sari(), pesan=RIBUT) == 1
    semua = BarisSidalih.objects.values_list("pk", flat=True)
    assert tindakan.kirim_ulang(semua, periode=per, oleh=make.sari()) == 1
    assert tindakan.susun_lembar(per, oleh=make.sari()).baris == 1
    assert BarisSidalih.objects.filter(perubahan=baru.perubahan_id).count() == 2


# --- R19 ----------------------------------------------------------------------------------------------------------
def r19(per) -> list[bool | None]:
    return [p.lulus for p in periksa(rekap(per)) if p.kode == "R19"]


def test_r19_is_silent_without_a_list_and_true_when_sidalih_counts_the_same(per):
    assert r19(per) == []
    susun(per)
    terima(per, daftar_sidalih(per))
    assert r19(per) == [True] * 4


def test_a_difference_that_waiting_changes_explain_is_a_remark_and_does_not_stop_the_freeze(per):
    susun(per)
    terima(per, daftar_sidalih(per, buang=[nik_dari("baru", "tambah")]))
    assert sorted(map(str, r19(per))) == ["None", "True", "True", "True"]
    bekukan(per, oleh=make.budi())


def test_a_change_approved_after_the_list_explains_too(per):
    susun(per)
    terima(per, daftar_sidalih(per))
    make.setuju(
        [make.usul("meninggal", Pendaftaran.objects.aktif().filter(kelurahan=make.PETOBO).first(), per=per)], per
    )
    assert r19(per).count(None) == 1
    assert False not in r19(per)


def test_a_difference_nobody_can_explain_stops_the_freeze(per):
    susun(per)
    lain = Pendaftaran.objects.aktif().filter(kelurahan=make.PETOBO, dibuka=None).first().identitas.nik
    terima(per, daftar_sidalih(per, ganda=[lain]))
    salah = [p for p in gagal(periksa(rekap(per))) if p.kode == "R19"]
    assert [p.selisih for p in salah] == [-1]
    with pytest.raises(Refused):
        bekukan(per, oleh=make.budi())


def test_a_newer_list_replaces_the_counts_of_its_kelurahan(per):
    susun(per)
    lain = Pendaftaran.objects.aktif().filter(kelurahan=make.PETOBO, dibuka=None).first().identitas.nik
    terima(per, daftar_sidalih(per, ganda=[lain], nama="a.csv"))
    terima(per, daftar_sidalih(per, kelurahan=[make.PETOBO], nama="b.csv"))
    assert r19(per) == [True] * 4


# --- Two at once, weeks without SIDALIH ---------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_people_who_make_sheets_at_once_make_each_row_once(data_dir):
    per = make.periode()
    for n in range(8):
        make.pemilih(nama=f"CONTOH {n}")
    make.selesai_daftar(per)
    make.setuju([make.usul("meninggal", v, per=per) for v in Pendaftaran.objects.all()], per)
    sari, budi = make.sari(), make.budi()
    hasil = serentak(
        lambda: tindakan.susun_lembar(per, oleh=sari),
        lambda: tindakan.susun_lembar(per, oleh=budi),
        lambda: tindakan.susun_lembar(per, oleh=sari),
    )
    assert sorted(h.baris for h in hasil) == [0, 0, 8]
    assert BarisSidalih.objects.count() == 8
    lembar = LembarSidalih.objects.get()
    unggah = serentak(*[lambda o=o: tindakan.catat_unggah(lembar, oleh=o) for o in (sari, budi)])
    assert sum(isinstance(h, Refused) for h in unggah) == 1


def test_weeks_without_sidalih_lose_nothing(per):
    susun(per, unggah=False)
    LembarSidalih.objects.update(dibuat_pada=sekarang() - timedelta(days=40))
    make.setuju(
        [make.usul("meninggal", Pendaftaran.objects.aktif().filter(kelurahan=make.PETOBO).first(), per=per)], per
    )
    susun(per, unggah=False)
    bekukan(per, oleh=make.budi())
    for satu in LembarSidalih.objects.filter(status=L.MENUNGGU):
        tindakan.catat_unggah(satu, oleh=make.sari())
    assert BarisSidalih.objects.filter(diunggah=True).count() == 6


# --- Pages --------------------------------------------------------------------------------------------------------
def test_the_pages_walk_through_a_quarter_beside_sidalih(client, per):
    sebagai(client, make.sari())
    awal = reverse("pdpb:sidalih_daftar")
    assert "Susun lembar (5 baris)" in kalimat(client.get(awal))
    client.post(reverse("pdpb:sidalih_susun", args=[per.pk]))
    satu = LembarSidalih.objects.get(kelurahan=make.TALISE)
    halaman = kalimat(client.get(satu.get_absolute_url()))
    for nik in satu.baris.values_list("identitas__nik", flat=True):
        assert nik[4:] not in halaman
    for x in LembarSidalih.objects.all():
        assert client.post(reverse("pdpb:sidalih_diunggah", args=[x.pk]), {"catatan": ""}).status_code == 302
    alamat = reverse("pdpb:sidalih_berkas", args=[per.pk])
    berkas = daftar_sidalih(per, ubah={nik_dari("ubah", "ubah"): {"RT": "9"}})
    jawab = client.post(alamat, {"jenis": "daftar", "berkas": berkas})
    baca_sidalih(Job.objects.get(pk=int(jawab["Location"].rstrip("/").split("/")[-1])))
    rekon = reverse("pdpb:sidalih_rekonsiliasi", args=[per.pk])
    isi = kalimat(client.get(f"{rekon}?hasil=beda"))
    assert "1 baris dengan saringan ini" in isi
    assert "RT: di sini <b>001</b>, di SIDALIH <b>9</b>" in isi
    tindak = reverse("pdpb:sidalih_tindakan", args=[per.pk])
    beda = BarisSidalih.objects.get(hasil=H.BEDA)
    assert client.post(tindak, {"tindakan": "ditolak", "id": beda.pk}).status_code == 422
    assert client.post(tindak, {"tindakan": "ulang", "id": beda.pk}).status_code == 302
    assert client.post(tindak, {"tindakan": "ulang"}).status_code == 422
    berkas.seek(0)
    assert client.post(alamat, {"jenis": "daftar", "berkas": berkas})["Location"] == rekon
    sebagai(client, make.dewi())
    assert client.post(tindak, {"tindakan": "diterima", "id": beda.pk}).status_code == 404
    assert BarisSidalih.objects.get(pk=beda.pk).hasil == H.BEDA
