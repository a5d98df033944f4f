"""Import: from sealed files to the roll or to proposals, and back."""

import csv
import io
import json
from collections import Counter

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum

from kpupalu.aturan.models import Aturan
from kpupalu.imports.models import PemetaanKolom
from kpupalu.lib import Refused
from kpupalu.wilayah.models import TPS
from pdpb import impor
from pdpb.daftar import hitung_ulang_sel
from pdpb.impor import cek
from pdpb.impor.pemeriksaan import baris_ditolak
from pdpb.models import (
    BarisDitolak,
    Bukti,
    Identitas,
    ImporBatch,
    JawabanLintas,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    RekapSel,
    SaldoAwalSel,
    Temuan,
    TemuanImpor,
)
from tests import make

pytestmark = pytest.mark.django_db
KEPALA = "DPID#NKK#NIK#NAMA#KELAMIN#TEMPAT LAHIR#TANGGAL LAHIR#STS KAWIN#ALAMAT#RT#RW#DISABILITAS#EKTP#KELURAHAN#TPS"
KEPALA_USUL = (
    "JENIS;KATEGORI;DPID;NIK;NKK;NAMA;KELAMIN;TEMPAT LAHIR;TANGGAL LAHIR;STS KAWIN;ALAMAT;RT;RW;KELURAHAN;TPS;"
    "DISABILITAS;EKTP;SUMBER;JENIS DOKUMEN;NOMOR DOKUMEN;TANGGAL DOKUMEN;PENERBIT;KELURAHAN TUJUAN;TPS TUJUAN;"
    "DPID BERTAHAN"
)


def baris(dpid="1", **beda) -> str:
    """One sound row of a base list."""
    isi = {
        "DPID": dpid,
        "NKK": f"72710812030891{int(dpid or 0):02d}",
        "NIK": f"72710117089091{int(dpid or 0):02d}",
        "NAMA": f"ARIF {'ABCDEFGHIJ'[int(dpid or 0) % 10]}{'KLMNOPQRST'[int(dpid or 0) // 10 % 10]}",
        "KELAMIN": "L",
        "TEMPAT LAHIR": "PALU",
        "TANGGAL LAHIR": "17|08|1990",
        "STS KAWIN": "S",
        "ALAMAT": "JL. CONTOH",
        "RT": "001",
        "RW": "002",
        "DISABILITAS": "0",
        "EKTP": "S",
        "KELURAHAN": "TALISE",
        "TPS": "001",
    } | beda
    return "#".join(isi[k] for k in KEPALA.split("#"))


def berkas(*isi: str, kepala: str = KEPALA, nama: str = "daftar.csv") -> ContentFile:
    return ContentFile("\n".join([kepala, *isi, ""]).encode(), name=nama)


def muat(*isi: str, jenis: str = "dpt", kepala: str = KEPALA, nama: str = "daftar.csv", **lain) -> ImporBatch:
    """Upload, check and apply one file."""
    make.tps(make.TALISE, 1)
    make.tps(make.TALISE, 2)
    make.tps(make.LERE, 1)
    batch = impor.unggah(
        [berkas(*isi, kepala=kepala, nama=nama)], jenis=jenis, periode=make.periode(), oleh=make.sari()
    )
    impor.periksa(batch)
    return impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, **lain)


def aktif() -> list[tuple]:
    """The roll as it is, without ids."""
    kolom = ("pemilih__dpid", "identitas__nik", "nama", "alamat", "kelurahan_id", "tps__nomor")
    return sorted(Pendaftaran.objects.aktif().values_list(*kolom))


def kode(batch: ImporBatch) -> Counter:
    return Counter(TemuanImpor.objects.filter(batch=batch).exclude(tingkat="Info").values_list("kode", flat=True))


# --- A base list, row by row -------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing_and_says_so():
    muat(baris("1"), baris("2"))
    daftar = aktif()
    batch = muat(baris("1"), baris("2"))
    assert aktif() == daftar
    assert (batch.ringkasan["baru"], batch.ringkasan["berubah"], batch.ringkasan["tetap"]) == (0, 0, 2)
    assert kode(batch) == {"berkas_pernah_diunggah": 1}
    assert Pemilih.objects.count() == 2


def test_a_file_seen_before_needs_nobody_to_accept_it():
    muat(baris("1"))
    batch = impor.unggah([berkas(baris("1"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    assert impor.terapkan(batch, oleh=make.budi()).status == "selesai"


def test_warnings_want_a_name():
    make.tps()
    batch = impor.unggah([berkas(baris("1", KELAMIN="P"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    with pytest.raises(Refused, match="peringatan yang belum diterima"):
        impor.terapkan(batch, oleh=make.budi())
    assert impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True).peringatan_diterima_oleh == make.budi()


def test_a_changed_row_closes_its_version_and_opens_the_next():
    muat(baris("1"), baris("2"))
    batch = muat(baris("1", ALAMAT="JL. LAIN", TPS="002", NIK="7271011708909999"), baris("2"), nama="b.csv")
    lama, baru = Pendaftaran.objects.filter(pemilih__dpid="1").order_by("pk")
    assert (lama.akhir is None, lama.ditutup_batch, baru.akhir) == (False, batch, None)
    assert (baru.alamat, baru.tps.nomor, baru.identitas.nik) == ("JL. LAIN", 2, "7271011708909999")
    assert (lama.alamat, lama.identitas.nik) == ("JL. CONTOH", "7271011708909101")
    assert {s.tps.nomor: s.jumlah for s in RekapSel.objects.filter(jumlah__gt=0)} == {1: 1, 2: 1}
    assert hitung_ulang_sel() == 0


def test_what_a_file_does_not_state_stays():
    muat(baris("1"))
    muat("1#7271011708909101#ARIF BARU#L#17|08|1990#TALISE", kepala="DPID#NIK#NAMA#KELAMIN#TANGGAL LAHIR#KELURAHAN")
    versi = Pendaftaran.objects.aktif().get()
    assert (versi.nama, versi.alamat, versi.tps.nomor, versi.identitas.nkk) == (
        "ARIF BARU",
        "JL. CONTOH",
        1,
        "7271081203089101",
    )


def test_a_row_missing_from_the_file_is_told_and_stays():
    muat(baris("1"), baris("2"))
    batch = impor.unggah([berkas(baris("1"), nama="b.csv")], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    assert [(d.nama, d.sebelum, d.tetap, d.hilang, d.sesudah) for d in impor.dampak(batch)] == [("Talise", 2, 1, 1, 2)]
    impor.terapkan(batch, oleh=make.budi())
    assert len(aktif()) == 2


def test_two_rows_with_one_nik_both_stay_and_stay_again():
    sama = {"NIK": "7271011708909150"}
    isi = [baris("1", **sama), baris("2", **sama), baris("3", NAMA="ARIF KEMBAR"), baris("4", NAMA="ARIF KEMBAR")]
    batch = muat(*isi)
    assert len(aktif()) == 4
    assert kode(batch)["nik_sama_orang_beda"] == 2
    assert kode(batch)["orang_sama_nik_beda"] == 2
    assert muat(*isi).ringkasan["tetap"] == 4


def test_doubled_rows_without_dpid_find_their_pairs_again():
    isi = [baris("", NIK="7271011708909150", NKK="7271081203089150", NAMA="ARIF")] * 2
    muat(*isi, jenis="loksus")
    make.tps(make.TALISE, 1)
    assert len(aktif()) == 2
    TPS.objects.filter(kelurahan=make.TALISE, nomor=1).update(jenis="loksus")
    assert muat(*isi, jenis="loksus").ringkasan["tetap"] == 2
    assert len(aktif()) == 2


def test_an_inmate_listed_at_home_too_stays_twice_with_a_question():
    muat(baris("1"))
    make.tps(make.TALISE, 901, "loksus")
    penghuni = baris("", TPS="901", NIK="7271011708909101", NKK="7271081203089101", NAMA="ARIF BK")
    batch = muat(penghuni, jenis="loksus", alasan="penghuni lapas Petobo")
    assert len(aktif()) == 2
    assert TemuanImpor.objects.filter(batch=batch, kode="nik_sudah_aktif").count() == 1
    assert not Temuan.objects.filter(kode="nik_sudah_aktif").exists(), "two rows are a pair, not a finding on each"


def test_a_large_move_of_figures_wants_a_reason():
    muat(*(baris(str(n)) for n in range(1, 11)))
    batch = impor.unggah([berkas(baris("11"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    with pytest.raises(Refused, match="lebih dari 5 % di Talise"):
        impor.terapkan(batch, oleh=make.budi())
    Aturan.objects.filter(kode="impor_selisih_persen_wajib_alasan").update(nilai=10)
    assert impor.terapkan(batch, oleh=make.budi()).status == "selesai"


@pytest.mark.parametrize(
    ("aturan", "lahir", "kawin", "muncul"),
    [
        ("usia_pemilih_minimum", "01|01|2009", "B", "di_bawah_umur"),
        ("usia_coktas", "01|01|1926", "S", "usia_coktas"),
        ("usia_wajar_kawin_minimum", "01|01|2013", "S", "kawin_terlalu_muda"),
        ("usia_maksimum", "01|01|1916", "S", "usia_di_atas_maksimum"),
    ],
)
def test_each_age_is_a_dated_row_that_moves_the_outcome_by_one_year(aturan, lahir, kawin, muncul):
    """A birthday lies just on the sound side of the limit; one year more or less in the table flips the finding."""
    make.tps()
    h, b, t = lahir.split("|")
    isi = baris("1", **{"TANGGAL LAHIR": lahir, "STS KAWIN": kawin, "NIK": f"727101{h}{b}{t[2:]}9101"})
    for geser, ada in ((0, False), (1 if muncul in {"di_bawah_umur", "kawin_terlalu_muda"} else -1, True)):
        for a in Aturan.objects.filter(kode=aturan):
            a.nilai += geser
            a.save()
        batch = impor.unggah([berkas(isi)], jenis="dpt", periode=make.periode(), oleh=make.sari())
        impor.periksa(batch)
        assert (muncul in kode(batch)) is ada, geser


def test_the_size_of_a_family_is_a_dated_row():
    kk = {"NKK": "7271081203089177"}
    isi = [baris(str(n), **kk) for n in range(1, 5)]
    make.tps()
    for batas, ada in ((4, False), (3, True)):
        Aturan.objects.filter(kode="nkk_jumlah_wajar").update(nilai=batas)
        batch = impor.unggah([berkas(*isi)], jenis="dpt", periode=make.periode(), oleh=make.sari())
        assert ("nkk_terlalu_banyak" in kode(impor.periksa(batch))) is ada


def test_a_whole_column_that_lost_its_last_digit_is_left_out_and_said_loudly():
    isi = [baris(str(n), NIK=f"727101170890{n:03d}0") for n in range(1, 25)]
    batch = muat(*isi)
    assert kode(batch)["nik_presisi_hilang"] == 24
    assert (len(aktif()), batch.status) == (0, "diterapkan")


def test_a_base_list_closes_only_when_every_row_is_mended_or_explained():
    batch = muat(baris("1"), baris("2", KELURAHAN="TALISEE"), baris("3", NAMA=""), baris("4", KELURAHAN=""))
    assert (batch.status, impor.belum_dijelaskan(batch), len(aktif())) == ("diterapkan", 3, 1)
    tolak = "".join(impor.berkas_ditolak(batch, 1)).lstrip("\ufeff")
    baris_tolak = list(csv.DictReader(io.StringIO(tolak), delimiter="#"))
    assert [b["DPID"] for b in baris_tolak] == ["2", "3", "4"]
    assert baris_tolak[0]["KETERANGAN PENOLAKAN"].startswith("[1:3] KELURAHAN: ")
    # One row mended, one still faulty, one not in the supplement at all.
    perbaikan = tolak.replace("TALISEE", "TALISE").split("\r\n")
    susulan = ContentFile("\n".join(perbaikan[:3]).encode(), name="susulan.csv")
    impor.tambah_susulan(batch, [susulan], oleh=make.sari())
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, alasan="susulan kelurahan Talise")
    assert (batch.status, impor.belum_dijelaskan(batch), len(aktif())) == ("diterapkan", 2, 2)
    assert BarisDitolak.objects.get(batch=batch, baris=3).diganti_urut == 2
    with pytest.raises(Refused, match="antara 1 dan 2"):
        impor.jelaskan(batch, jumlah=3, penjelasan="lebih dari yang ada", oleh=make.budi())
    impor.jelaskan(batch, jumlah=2, penjelasan="Baris rusak pada berkas asal", oleh=make.budi())
    batch.refresh_from_db()
    assert batch.status == "selesai"


def test_mending_before_applying_counts_too():
    make.tps()
    batch = impor.unggah(
        [berkas(baris("1"), baris("2", KELURAHAN="TALISEE"))], jenis="dpt", periode=make.periode(), oleh=make.sari()
    )
    impor.periksa(batch)
    assert baris_ditolak(batch) == [(1, 3)]
    isi = "".join(impor.berkas_ditolak(batch, 1)).replace("TALISEE", "TALISE")
    impor.tambah_susulan(batch, [ContentFile(isi.encode(), name="s.csv")], oleh=make.sari())
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert (batch.status, len(aktif())) == ("selesai", 2)


def test_a_base_list_never_brings_back_or_overwrites_what_a_change_decided():
    muat(baris("1"), baris("2"))
    make.selesai_daftar()
    meninggal = Pemilih.objects.get(dpid="1")
    pindah = Pemilih.objects.get(dpid="2")
    from pdpb.actions.perubahan import ambil_langkah, usulkan

    a = usulkan(
        periode=make.periode(),
        kategori=make.kategori("meninggal"),
        oleh=make.sari(),
        pemilih=meninggal,
        bukti=make.bukti(),
    )
    b = usulkan(
        periode=make.periode(), kategori=make.kategori("elemen_data"), oleh=make.sari(), pemilih=pindah,
        elemen={"alamat": "JL. BENAR"}, bukti=make.bukti(nomor="2"),
    )  # fmt: skip
    for langkah, siapa in (("verifikasi", make.wati()), ("setujui", make.budi())):
        hasil = ambil_langkah([a.pk, b.pk], langkah, oleh=siapa, periode=make.periode())
        assert not hasil.ditolak
    daftar = aktif()
    batch = muat(baris("1"), baris("2"), nama="lagi.csv")
    assert aktif() == daftar
    assert (kode(batch)["sudah_tms"], kode(batch)["sudah_diubah_usulan"]) == (1, 1)


def test_undoing_restores_the_roll_and_the_summary():
    muat(baris("1"), baris("2"))
    sebelum, sel = aktif(), dict(RekapSel.objects.values_list("tps__nomor", "jumlah"))
    batch = muat(baris("1", ALAMAT="JL. LAIN"), baris("3"), nama="b.csv", alasan="uji tambahan baris")
    assert aktif() != sebelum
    impor.batalkan(batch, oleh=make.budi(), alasan="salah berkas dari kelurahan")
    assert aktif() == sebelum
    assert dict(RekapSel.objects.values_list("tps__nomor", "jumlah")) == sel
    assert hitung_ulang_sel() == 0
    assert Pemilih.objects.count() == 3
    with pytest.raises(Refused, match="sudah dibatalkan"):
        impor.batalkan(batch, oleh=make.budi(), alasan="sekali lagi dibatalkan")
    assert (
        muat(baris("1", ALAMAT="JL. LAIN"), baris("3"), nama="b.csv", alasan="uji tambahan baris").ringkasan["baru"]
        == 1
    )
    # What the period starts from goes back too, else the next freeze would miss R1 by the undone rows.
    awal = SaldoAwalSel.objects.filter(periode=make.periode()).aggregate(n=Sum("jumlah"))["n"] or 0
    assert awal == (RekapSel.objects.aggregate(n=Sum("jumlah"))["n"] or 0)


def test_undoing_is_refused_when_later_work_rests_on_it():
    satu = muat(baris("1"))
    dua = muat(baris("1", ALAMAT="JL. LAIN"), nama="b.csv")
    with pytest.raises(Refused, match=f"Batalkan dahulu impor nomor {dua.pk}"):
        impor.batalkan(satu, oleh=make.budi(), alasan="salah berkas dari kelurahan")
    impor.batalkan(dua, oleh=make.budi(), alasan="salah berkas dari kelurahan")
    from pdpb.actions.perubahan import usulkan

    usul = usulkan(
        periode=make.periode(), kategori=make.kategori("meninggal"), oleh=make.sari(),
        pemilih=Pemilih.objects.get(), bukti=make.bukti(),
    )  # fmt: skip
    with pytest.raises(Refused, match=f"Tolak dahulu usulan nomor {usul.pk}"):
        impor.batalkan(satu, oleh=make.budi(), alasan="salah berkas dari kelurahan")


def test_a_closed_period_takes_no_import():
    periode = make.periode()
    batch = impor.unggah([berkas(baris("1"))], jenis="dpt", periode=periode, oleh=make.sari())
    impor.periksa(batch)
    Periode.objects.filter(pk=periode.pk).update(status="dibekukan")
    periode.refresh_from_db()
    with pytest.raises(Refused, match="sudah ditutup"):
        impor.terapkan(batch, oleh=make.budi())
    with pytest.raises(Refused, match="sudah ditutup"):
        impor.unggah([berkas(baris("1"))], jenis="dpt", periode=periode, oleh=make.sari())


def test_a_roll_that_moved_after_the_check_is_compared_again():
    make.tps()
    batch = impor.unggah([berkas(baris("1"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    muat(baris("1"), nama="sama-isi.csv")
    batch = impor.terapkan(batch, oleh=make.budi())
    assert (batch.ringkasan["baru"], batch.ringkasan["tetap"], len(aktif())) == (0, 1, 1)


def test_staging_lost_in_a_crash_is_made_again():
    make.tps()
    batch = impor.unggah([berkas(baris("1"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pdpb_siap_{batch.pk}")
    assert impor.terapkan(batch, oleh=make.budi()).ringkasan["baru"] == 1
    assert len(aktif()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tablename ~ '^pdpb_(siap|padan|mentah|tempat|tambahan)_'")
        assert cursor.fetchone() == (0,)


def test_the_bulk_way_leaves_every_index_and_key_as_it_was(monkeypatch):
    def bangunan():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename IN"
                " ('pdpb_pemilih', 'pdpb_identitas', 'pdpb_pendaftaran')"
                " UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN"
                " ('pdpb_pemilih'::regclass, 'pdpb_identitas'::regclass, 'pdpb_pendaftaran'::regclass) ORDER BY 1"
            )
            return cursor.fetchall()

    sebelum = bangunan()
    monkeypatch.setattr("pdpb.impor.bangun.MIN_BARIS", 1)
    muat(baris("1"), baris("2"))
    assert bangunan() == sebelum
    assert len(sebelum) > 25
    assert len(aktif()) == 2


def test_columns_are_remembered_per_sender():
    make.tps()
    aneh = KEPALA.replace("NAMA", "X1")
    batch = impor.unggah(
        [berkas(baris("1"), kepala=aneh)], jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="Kel. Talise"
    )
    with pytest.raises(Refused, match="tidak memuat kolom NAMA"):
        impor.periksa(batch)
    peta = batch.berkas.get().ringkasan["pemetaan"] | {"nama": "X1"}
    impor.pakai_pemetaan(batch, 1, peta, oleh=make.sari())
    assert kode(impor.periksa(batch)) == {}
    lagi = impor.unggah(
        [berkas(baris("2"), kepala=aneh)], jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="Kel. Talise"
    )
    assert lagi.berkas.get().ringkasan["pemetaan"]["nama"] == "X1"
    assert PemetaanKolom.objects.count() == 1
    lain = impor.unggah(
        [berkas(baris("2"), kepala=aneh)], jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="Lain"
    )
    assert "nama" not in lain.berkas.get().ringkasan["pemetaan"]


# --- Lists of changes --------------------------------------------------------------------------------------------
def usul(jenis: str, kategori: str = "", **beda) -> str:
    isi = dict.fromkeys(KEPALA_USUL.split(";"), "") | {"JENIS": jenis, "KATEGORI": kategori}
    isi |= {"JENIS DOKUMEN": "Kartu Keluarga", "NOMOR DOKUMEN": "1", "TANGGAL DOKUMEN": "01-10-2026"} | beda
    return ";".join(isi[k] for k in KEPALA_USUL.split(";"))


CALON = {
    "NIK": "7271010112099301", "NKK": "7271081203089301", "NAMA": "DEWI LAPAU", "KELAMIN": "L", "TEMPAT LAHIR": "PALU",
    "TANGGAL LAHIR": "01-12-2009", "STS KAWIN": "B", "ALAMAT": "JL. A", "RT": "001", "RW": "001", "KELURAHAN": "TALISE",
    "TPS": "001", "DISABILITAS": "0", "EKTP": "S",
}  # fmt: skip


KE_ATLANTIS = {"KELURAHAN TUJUAN": "ATLANTIS", "TPS TUJUAN": "1"}
KE_TPS_77 = {"KELURAHAN TUJUAN": "LERE", "TPS TUJUAN": "77"}


def usulkan(*isi: str) -> ImporBatch:
    return muat(*isi, jenis="perubahan", kepala=KEPALA_USUL, nama="perubahan.csv")


@pytest.mark.parametrize(
    ("isi", "galat"),
    [
        (usul("BARU", "genap_17", **CALON | {"DPID": "77"}), "baru_ber_dpid"),
        (usul("BARU", "genap_17", **CALON | {"NIK": "7271011708909101"}), "baru_sudah_aktif"),
        (usul("BARU", "genap_17", **CALON | {"NKK": ""}), "nkk_wajib"),
        (usul("BARU", "genap_17", **CALON | {"TANGGAL LAHIR": "31-12-2009"}), "di_bawah_umur"),
        (usul("BARU", "", **CALON), "kategori_tidak_dikenal"),
        (usul("BARU", "meninggal", **CALON), "kategori_tidak_dikenal"),
        (usul("HAPUS", "meninggal", DPID="1"), "jenis_tidak_dikenal"),
        (usul("TMS", "tidak_dikenal", DPID="1"), "kategori_tidak_berlaku"),
        (usul("TMS", "meninggal", DPID="404"), "tidak_ada_di_daftar"),
        (usul("UBAH", "", NIK="7271011708909777", NAMA="ORANG LAIN"), "tidak_ada_di_daftar"),
        (usul("UBAH", "", DPID="1"), "tidak_ada_beda"),
        (usul("UBAH", "", DPID="1", RT="000"), "rt_tidak_wajar"),
        (usul("TMS", "ganda", DPID="1"), "bertahan_tidak_sah"),
        (usul("TMS", "ganda", **{"DPID": "1", "DPID BERTAHAN": "1"}), "bertahan_tidak_sah"),
        (usul("MUTASI", "", DPID="1", **KE_ATLANTIS), "tujuan_tidak_dikenal"),
        (usul("MUTASI", "", DPID="1", **KE_TPS_77), "tps_tujuan_tidak_dikenal"),
        (usul("MUTASI", "", **{"DPID": "1", "TPS TUJUAN": "001"}), "tujuan_sama"),
    ],
)  # fmt: skip
def test_a_faulty_change_is_not_applied_and_goes_back_with_its_reason(isi, galat):
    muat(baris("1"), baris("2"))
    batch = usulkan(isi)
    assert galat in kode(batch)
    assert not Perubahan.objects.exists()
    assert batch.ringkasan["ditolak"] == 1
    assert "[1:2]" in "".join(impor.berkas_ditolak(batch, 1))


def test_sound_changes_carry_what_the_approval_needs():
    muat(baris("1"), baris("2"), baris("3"), baris("4"))
    v = {p.pemilih.dpid: p for p in Pendaftaran.objects.aktif().select_related("pemilih")}
    batch = usulkan(
        usul("BARU", "genap_17", **CALON),
        usul("TMS", "meninggal", NIK="7271011708909101", **{"JENIS DOKUMEN": "Akta kematian"}),
        usul("UBAH", "", DPID="2", ALAMAT="JL. BENAR", NKK="7271081203089399", NAMA="ARIF CK"),
        usul("MUTASI", "", **{"DPID": "3", "KELURAHAN TUJUAN": "Lere", "TPS TUJUAN": "1"}),
        usul("TMS", "ganda", **{"DPID": "4", "DPID BERTAHAN": "2"}),
    )
    assert batch.ringkasan["galat"] == 0
    baru, tms, ubah, mutasi, ganda = Perubahan.objects.order_by("pk")
    assert {p.status for p in (baru, tms, ubah, mutasi, ganda)} == {"diusulkan"}
    assert (baru.pemilih, baru.kelurahan_tujuan_id, baru.tps_tujuan.nomor) == (None, make.TALISE, 1)
    assert (baru.identitas_baru.nik, baru.elemen_baru["tanggal_lahir"]) == ("7271010112099301", "2009-12-01")
    assert (tms.versi_dasar, tms.pemilih, tms.elemen_baru) == (v["1"], v["1"].pemilih, {})
    assert ubah.elemen_baru == {"alamat": "JL. BENAR"}
    assert (ubah.identitas_baru.nik, ubah.identitas_baru.nkk) == ("7271011708909102", "7271081203089399")
    assert (mutasi.kelurahan_id, mutasi.kelurahan_tujuan_id, mutasi.tps_tujuan.nomor) == (make.TALISE, make.LERE, 1)
    assert ganda.bertahan == v["2"].pemilih
    assert Bukti.objects.count() == 2, "equal documents are one record"
    assert baru.riwayatperubahan_set.get().ke == "diusulkan"
    assert len(aktif()) == 4, "a proposal moves nothing"


def test_without_a_document_a_change_waits_as_a_proposal():
    muat(baris("1"))
    batch = usulkan(usul("TMS", "meninggal", **{"DPID": "1", "JENIS DOKUMEN": ""}))
    assert kode(batch) == {"bukti_kosong": 1}
    assert Perubahan.objects.get().bukti is None


def test_two_changes_of_one_kind_for_one_person_are_refused():
    muat(baris("1"))
    batch = usulkan(usul("TMS", "meninggal", DPID="1"), usul("TMS", "pindah_domisili", NIK="7271011708909101"))
    assert (kode(batch)["kembar_dalam_berkas"], Perubahan.objects.count()) == (1, 1)
    assert usulkan(usul("TMS", "meninggal", DPID="1")).ringkasan["tetap"] == 1
    batch = usulkan(usul("TMS", "tni", DPID="1"))
    assert (kode(batch)["sudah_diusulkan"], Perubahan.objects.count()) == (1, 1)


def test_the_wrong_living_person_is_warned_about():
    """Two people with one name: the village must not strike the living one."""
    muat(
        baris("1", NAMA="HAMID"), baris("2", NAMA="HAMID", **{"TANGGAL LAHIR": "18|08|1990", "NIK": "7271011808909102"})
    )
    batch = usulkan(usul("TMS", "meninggal", DPID="1", NAMA="HAMID", NIK="7271011808909102"))
    assert kode(batch)["data_beda_dari_daftar"] == 1


def test_code_5_means_what_the_asked_year_says():
    muat(baris("1"))
    isi = berkas("5#1#7271011708909101#ARIF BK", kepala="KETERANGAN#DPID#NIK#NAMA", nama="kode.csv")
    for kamus, galat in ((2023, "kategori_tidak_berlaku"), (2019, "kategori_tidak_berlaku")):
        batch = impor.unggah([isi], jenis="perubahan", periode=make.periode(), oleh=make.sari(), kamus=kamus)
        assert galat in kode(impor.periksa(batch))
    batch = impor.unggah([isi], jenis="perubahan", periode=make.periode(), oleh=make.sari(), kamus=2024)
    impor.periksa(batch)
    impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert Perubahan.objects.get().kategori_id == "wna"


def test_code_8_needs_its_row_at_the_right_tps():
    muat(baris("1"), baris("2"))
    lama = usul("", "", KELURAHAN="TALISE", TPS="001", NIK="7271011708909101")
    kepala = KEPALA_USUL + ";KETERANGAN"
    pasangan = usul("BARU", "pindah_masuk", **CALON | {"NIK": "7271011708909101", "KELURAHAN": "LERE", "TPS": "001"})
    batch = muat(lama + ";8", pasangan + ";B", jenis="perubahan", kepala=kepala, nama="k8.csv")
    mutasi = Perubahan.objects.get()
    assert (mutasi.jenis, mutasi.kategori_id, mutasi.kelurahan_tujuan_id) == ("mutasi", "salah_tps", make.LERE)
    batch = muat(usul("", "", NIK="7271011708909102") + ";8", jenis="perubahan", kepala=kepala, nama="k8b.csv")
    assert kode(batch)["tidak_padan"] == 1
    assert Perubahan.objects.count() == 1


def test_undoing_a_list_of_changes_rejects_what_still_waits():
    muat(baris("1"), baris("2"))
    batch = usulkan(usul("TMS", "meninggal", DPID="1"), usul("TMS", "tni", DPID="2"))
    impor.batalkan(batch, oleh=make.budi(), alasan="surat pengantarnya ditarik")
    assert set(Perubahan.objects.values_list("status", flat=True)) == {"ditolak"}
    batch = usulkan(usul("TMS", "meninggal", DPID="1"))
    Perubahan.objects.filter(batch=batch).update(status="diverifikasi")
    with pytest.raises(Refused, match="sudah diproses lebih lanjut"):
        impor.batalkan(batch, oleh=make.budi(), alasan="surat pengantarnya ditarik")


def test_a_list_of_another_regency_asks_about_every_row_and_moves_nothing():
    muat(baris("1"), baris("2"))
    isi = berkas("7271011708909101", "7210011708909999", kepala="NIK", nama="lintas.csv")
    for kali in (1, 2):
        batch = impor.periksa(impor.unggah([isi], jenis="lintas", periode=make.periode(), oleh=make.sari()))
        batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
        assert batch.ringkasan["baru"] == 1
        assert JawabanLintas.objects.count() == 2 * kali
    assert JawabanLintas.objects.filter(pemilih=None).count() == 2
    assert len(aktif()) == 2
    jawaban = JawabanLintas.objects.filter(batch=batch).exclude(pemilih=None)
    jawaban.update(status="diusulkan", jawaban="tetap")
    with pytest.raises(Refused, match="baris sudah dijawab"):
        impor.batalkan(batch, oleh=make.budi(), alasan="salah kirim daftar")
    jawaban.update(status="menunggu", jawaban="")
    impor.batalkan(batch, oleh=make.budi(), alasan="salah kirim daftar")
    assert JawabanLintas.objects.for_user(make.sari()).count() == 2


# --- The command -------------------------------------------------------------------------------------------------
def perintah(*argumen, kode_keluar: int) -> tuple[list, str]:
    keluar, galat = io.StringIO(), io.StringIO()
    henti = 0
    try:
        call_command("impor_pemilih", *map(str, argumen), stdout=keluar, stderr=galat)
    except SystemExit as keluarnya:
        henti = keluarnya.code
    assert henti == kode_keluar
    return json.loads(keluar.getvalue() or "null"), galat.getvalue()


def test_the_command_speaks_as_promised(tmp_path):
    make.periode()
    make.tps()
    make.budi()
    bersih, kotor = tmp_path / "bersih.csv", tmp_path / "kotor.csv"
    bersih.write_bytes(berkas(baris("1")).read())
    kotor.write_bytes(berkas(baris("2"), baris("3", KELAMIN="X"), baris("4", KELURAHAN="")).read())
    awal = ["--jenis", "dpt", "--periode", "2026-TW4"]
    hasil, _ = perintah(bersih, *awal, kode_keluar=0)
    nol = {"baru": 1, "berubah": 0, "tetap": 0, "ditolak": 0, "galat": 0, "peringatan": 0, "info": 0}
    assert hasil == [{"berkas": "bersih.csv", "baris_dibaca": 1} | nol]
    assert not aktif(), "checking alone loads nothing"
    laporan = tmp_path / "laporan.csv"
    hasil, _ = perintah(kotor, *awal, "--laporan", laporan, "--terapkan", "--oleh", "budi", kode_keluar=1)
    assert [(h["baru"], h["ditolak"], h["galat"]) for h in hasil] == [(2, 1, 2)]
    with laporan.open(newline="") as f:
        isi = list(csv.reader(f))
    assert isi[0] == ["berkas", "baris", "kolom", "tingkat", "kode", "pesan"]
    assert [b[:5] for b in isi[1:]] == [
        ["kotor.csv", "3", "KELAMIN", "Galat", "kelamin_tidak_dikenal"],
        ["kotor.csv", "4", "KELURAHAN", "Galat", "kelurahan_kosong"],
    ]
    assert len(aktif()) == 2


def test_the_command_refuses_unusable_input_in_one_sentence(tmp_path):
    make.periode()
    hampa = tmp_path / "kosong.csv"
    hampa.write_bytes(b"")
    hasil, galat = perintah(hampa, "--jenis", "dpt", "--periode", "2026-TW4", kode_keluar=2)
    assert hasil is None
    assert (
        galat.strip()
        == "Berkas kosong.csv kosong (0 byte). Simpan ulang berkas pada aplikasi asal, lalu unggah kembali."
    )
    assert not ImporBatch.objects.exists()


def test_every_code_is_listed_once_with_what_to_do(tmp_path):
    hasil, _ = perintah("--daftar-kode", kode_keluar=0)
    assert len({k["kode"] for k in hasil}) == len(hasil) == len(cek.KODE)
    for k in hasil:
        assert k["tingkat"] in {"Galat", "Peringatan", "Info"}
        assert k["pesan"].endswith(".")
        assert "!" not in k["pesan"]


def test_identities_are_never_written_twice_for_an_unchanged_row():
    muat(baris("1"))
    muat(baris("1", ALAMAT="JL. LAIN"), nama="b.csv")
    assert Identitas.objects.count() == 1
    assert RekapSel.objects.aggregate(n=Sum("jumlah"))["n"] == 1
