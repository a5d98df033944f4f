"""Printing the recap, giving out lists by name, and what two frozen versions tell differently."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.dasar import cetak_konsep
from kpupalu.wilayah.models import Kelurahan
from pdpb import cetakan_daftar
from pdpb.actions.ekspor import akhiri_ekspor_lewat, ambil_ekspor, folder, minta_ekspor, putuskan_ekspor
from pdpb.actions.naskah import buat_berita_acara
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah
from pdpb.banding import bandingkan
from pdpb.beranda import kartu
from pdpb.cetakan import cetak_rekap
from pdpb.cetakan_daftar import aman, ambil_baris, samarkan_enam
from pdpb.models import EksporDaftar, Pendaftaran, Periode, RekapSel, Snapshot, SnapshotPerubahan
from pdpb.pekerjaan_cetak import cetak_rekap_periode, ekspor_daftar
from pdpb.rekap import rekap, rekap_beku, rekap_berjalan
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
S = EksporDaftar.Status


@pytest.fixture
def kini():
    """The open quarter of an office at work."""
    return make.kantor_berisi()[1]


def halaman_pdf(pdf: bytes) -> list[str]:
    return [" ".join(h.extract_text().split()) for h in PdfReader(io.BytesIO(pdf)).pages]


def minta(per, kelurahan=make.TALISE, **isi) -> EksporDaftar:
    isi = {"jenis": "pemilih", "bentuk": "pdf", "penerima": "Bawaslu Kota Palu", "tujuan": "Pencermatan daftar"} | isi
    return minta_ekspor(
        periode=per, wilayah=Kelurahan.objects.get(pk=kelurahan), oleh=isi.pop("oleh", None) or make.budi(), **isi
    )


def susun(ekspor: EksporDaftar) -> EksporDaftar:
    ekspor_daftar(Job.objects.get(pk=EksporDaftar.objects.get(pk=ekspor.pk).pekerjaan))
    return EksporDaftar.objects.get(pk=ekspor.pk)


def isi_berkas(ekspor: EksporDaftar) -> bytes:
    return (folder() / ekspor.berkas).read_bytes()


def lembar(isi: bytes):
    return list(openpyxl.load_workbook(io.BytesIO(isi)).active.iter_rows(values_only=True))


# --- The recap ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kertas", "ukuran"), [("a4", (842, 595)), ("f4", (935, 609))])
def test_the_printed_recap_shows_every_level_and_says_it_is_no_minutes(kini, kertas, ukuran):
    pdf = cetak_rekap(rekap(kini), di_bawah="", kertas=kertas, oleh="Budi")
    halaman = halaman_pdf(pdf)
    teks = " ".join(halaman)
    for potongan in (
        "Bukan berita acara", "ANGKA BERJALAN", "Saringan: tidak ada", "Rekapitulasi per Kecamatan", "Mantikulore",
        "Rekapitulasi per Kelurahan", "Talise Valangguni", "Rekapitulasi per TPS", "TPS 901", "Lokasi khusus",
        "Belum ditempatkan di TPS, Lere", "(13)", "Meninggal", "Koreksi jenis kelamin",
    ):  # fmt: skip
        assert potongan in teks, potongan
    for nomor, satu in enumerate(halaman, start=1):
        assert f"Halaman {nomor} dari {len(halaman)}" in satu
        assert "Dicetak oleh Budi" in satu
    kotak = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(kotak.width), round(kotak.height)) == ukuran
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_filtered_print_names_its_filter_and_leaves_the_rest_out(kini):
    teks = " ".join(halaman_pdf(cetak_rekap(rekap(kini), di_bawah=make.PETOBO, kertas="a4", oleh="Budi")))
    assert "Saringan: kelurahan Petobo" in teks
    assert "Talise" not in teks
    assert "per Kecamatan" not in teks


def test_a_frozen_version_is_printed_with_its_digest(kini):
    lama = Periode.objects.get(pk="2026-tw3")
    teks = " ".join(halaman_pdf(cetak_rekap(rekap(lama), di_bawah="", kertas="a4", oleh="Budi")))
    snapshot = Snapshot.objects.get(periode=lama)
    assert "data beku versi 1" in teks
    assert snapshot.digest in teks.replace(" ", "")


def test_the_recap_is_printed_by_a_job_and_fetched_from_its_page(client, kini):
    client.force_login(make.dewi())
    jawaban = client.post(f"{reverse('pdpb:rekap_cetak', args=[kini.pk])}?wilayah=72.71.03", {"kertas": "f4"})
    job = Job.objects.get(kind="pdpb.cetak_rekap")
    assert jawaban.url == reverse("jobs:detail", args=[job.pk])
    hasil = cetak_rekap_periode(job)
    Job.objects.filter(pk=job.pk).update(status="selesai", hasil=hasil, selesai_pada=sekarang())
    halaman = client.get(hasil["tautan"]).content.decode()
    assert hasil["sha256"] in halaman
    assert "Palu Selatan" in halaman
    unduh = client.get(reverse("pdpb:rekap_unduh", args=[job.pk]))
    assert b"".join(unduh.streaming_content).startswith(b"%PDF")
    client.force_login(make.wati())
    assert client.get(reverse("pdpb:rekap_unduh", args=[job.pk])).status_code == 404


# --- Lists by name -----------------------------------------------------------------------------------------------
def test_the_list_has_one_file_per_tps_with_header_mask_and_numbered_pages(kini):
    ekspor = susun(minta(kini, make.PETOBO))
    assert (ekspor.status, ekspor.berkas[-4:]) == (S.SIAP, ".zip")
    arsip = zipfile.ZipFile(io.BytesIO(isi_berkas(ekspor)))
    assert [n[:2] + n[-11:] for n in arsip.namelist()[:-1]] == ["01TPS-001.pdf", "02TPS-901.pdf"]
    assert arsip.namelist()[-1] == "daftar-isi.csv"
    halaman = halaman_pdf(arsip.read(arsip.namelist()[0]))
    teks = " ".join(halaman)
    for potongan in ("A-KabKo Daftar Pemilih", "SULAWESI TENGAH", "PALU SELATAN", "PETOBO", "(14)", "kamus kode 2025",
                     "ANGKA BERJALAN", ekspor.nomor, "Bawaslu Kota Palu", "******", "Belum ditetapkan",
                     f"Halaman 1 dari {len(halaman)}"):  # fmt: skip
        assert potongan in teks, potongan
    for versi in Pendaftaran.objects.aktif().filter(kelurahan=make.PETOBO).select_related("identitas"):
        assert versi.identitas.nik not in teks
    assert ekspor.jumlah_baris == rekap(kini).kelurahan[make.PETOBO].total.sekarang


def test_the_list_of_changes_has_a_row_for_every_figure(kini):
    ekspor = susun(minta(kini, jenis="perubahan"))
    teks = " ".join(halaman_pdf(isi_berkas(ekspor)))
    t = rekap(kini).kelurahan[make.TALISE].total
    assert ekspor.jumlah_baris == t.baru + t.tms + t.ubah + t.masuk + t.keluar == 4
    assert "A-Daftar Perubahan Pemilih" in teks
    assert "seluruh TPS" in teks
    baris = ambil_baris(rekap(kini), "perubahan", make.TALISE)
    kode = cetakan_daftar.kode_keterangan(kini)
    assert [kode(b) for b in baris] == ["B", "1", "U", "MK"]
    assert [kode(b) for b in ambil_baris(rekap(kini), "perubahan", make.PETOBO)] == ["B", "4", "U", "MM"]


def test_a_list_of_an_announced_quarter_comes_from_its_frozen_rows_and_names_the_ketua(kini):
    lama = Periode.objects.get(pk="2026-tw3")
    ekspor = susun(minta(lama))
    teks = " ".join(halaman_pdf(isi_berkas(ekspor)))
    assert ekspor.jumlah_baris == rekap(lama).kelurahan[make.TALISE].total.sekarang == 5
    assert rekap(kini).kelurahan[make.TALISE].total.sekarang == 4
    assert "JL. BARU" not in teks
    assert "Ditetapkan di Palu pada tanggal 2 Oktober 2026 KETUA Rahma" in teks
    assert "data beku versi 1" in teks


def test_a_list_that_disagrees_with_a_published_figure_is_not_given_out(kini):
    """R10, for the running list, the frozen list, and the list of changes."""
    RekapSel.objects.filter(kelurahan=make.TALISE, jenis_kelamin="L", jumlah__gt=0).update(jumlah=7)
    with pytest.raises(Refused, match="R10"):
        ambil_baris(rekap(kini), "pemilih", make.TALISE)
    with pytest.raises(Refused, match="R10"):
        susun(minta(kini))
    assert list(folder().iterdir()) == []
    snapshot = Snapshot.objects.get(periode="2026-tw3")
    snapshot.sel.filter(kelurahan=make.TALISE, jenis_kelamin="P").update(sekarang=1, tms=0)
    for jenis in ("pemilih", "perubahan"):
        with pytest.raises(Refused, match="R10"):
            ambil_baris(rekap_beku(snapshot), jenis, make.TALISE)


def test_the_outside_copy_has_seven_fields_no_nik_and_no_formula(kini):
    make.pemilih(
        make.TALISE, per=kini, nama="=HYPERLINK(1)", alamat="@SUM(A1)", rt="1", tanggal_lahir=date(2000, 12, 8)
    )
    make.selesai_daftar(kini)
    ekspor = susun(minta(kini, bentuk="publik"))
    baris = lembar(isi_berkas(ekspor))
    assert baris[3][:7] == cetakan_daftar.KOLOM_7
    assert ekspor.nomor in baris[1][0]
    assert "Bawaslu Kota Palu" in baris[1][0]
    assert ("'=HYPERLINK(1)", "L", 26, "'@SUM(A1)", "001", "002", None) in [b[:7] for b in baris]
    assert len(baris) == 4 + ekspor.jumlah_baris
    semua = " ".join(str(sel) for b in baris for sel in b)
    assert not any(nik in semua for nik in Pendaftaran.objects.values_list("identitas__nik", flat=True))
    buku = openpyxl.load_workbook(io.BytesIO(isi_berkas(ekspor)))
    assert len(buku.sheetnames) == 1
    assert {sel.data_type for b in buku.active.iter_rows(min_row=5) for sel in b} <= {"s", "inlineStr", "n"}


@pytest.mark.parametrize("teks", ["=1", "+1", "-1", "@a", "\ta", "\ra"])
def test_no_cell_begins_like_a_formula(teks):
    assert aman(teks) == f"'{teks}"
    assert aman("MOH. CONTOH") == "MOH. CONTOH"


def test_fourteen_columns_as_spreadsheet_keep_codes_as_text(kini):
    ekspor = susun(minta(kini, bentuk="xlsx"))
    baris = lembar(isi_berkas(ekspor))
    assert baris[3] == cetakan_daftar.KOLOM_14
    assert baris[4][0] == 1
    assert baris[4][2].endswith("******")
    assert "17|08|1990" in [b[5] for b in baris]
    assert {b[9] for b in baris[4:]} <= {"001", None}


def test_the_mask_of_a_list_hides_six_digits():
    assert samarkan_enam("7271081708909001") == "7271081708******"
    assert samarkan_enam("123") == "***"


# --- Two people for the whole NIK --------------------------------------------------------------------------------
def test_the_whole_nik_waits_for_a_basis_and_a_second_person(kini):
    with pytest.raises(Refused, match="dasar hukum"):
        minta(kini, nik_penuh=True)
    ekspor = minta(kini, nik_penuh=True, dasar_hukum="Surat Bawaslu 7/PM/2026")
    assert (ekspor.status, ekspor.pekerjaan) == (S.MENUNGGU, None)
    rangkap = make.orang("rangkap", "kasubbag_rendatin", "ketua")
    milik = minta(kini, nik_penuh=True, dasar_hukum="Surat Bawaslu 7/PM/2026", oleh=rangkap)
    with pytest.raises(Refused, match="sendiri"):
        putuskan_ekspor(milik, setuju=True, oleh=rangkap)
    with pytest.raises(Refused, match="tidak berwenang"):
        putuskan_ekspor(ekspor, setuju=True, oleh=make.sari())
    ekspor = susun(putuskan_ekspor(ekspor, setuju=True, oleh=rangkap))
    satu = Pendaftaran.objects.aktif().filter(kelurahan=make.TALISE).select_related("identitas").first()
    teks = " ".join(halaman_pdf(isi_berkas(ekspor)))
    assert satu.identitas.nik in teks
    assert "Surat Bawaslu 7/PM/2026" in teks
    with pytest.raises(Refused, match="sudah diputus"):
        putuskan_ekspor(ekspor, setuju=True, oleh=rangkap)


def test_what_waits_for_the_ketua_stands_on_beranda_and_leads_to_as_many_rows(client, kini):
    minta(kini, nik_penuh=True, dasar_hukum="Surat Bawaslu 7/PM/2026")
    minta(kini)
    ketua = make.komisioner()[0]
    satu = next(k for k in kartu(ketua) if k.judul == "Putuskan ekspor")
    client.force_login(ketua)
    isi = client.get(satu.tautan).content.decode()
    assert satu.jumlah == isi.count("EKS-") == 1


def test_a_rejected_request_is_never_built(kini):
    ekspor = minta(kini, nik_penuh=True, dasar_hukum="Surat Bawaslu 7/PM/2026")
    ketua = make.komisioner()[0]
    with pytest.raises(Refused, match="alasan"):
        putuskan_ekspor(ekspor, setuju=False, oleh=ketua, alasan="tidak")
    ekspor = putuskan_ekspor(ekspor, setuju=False, oleh=ketua, alasan="Dasar hukum belum cukup")
    assert (ekspor.status, ekspor.pekerjaan) == (S.DITOLAK, None)


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("ekspor_dua_orang", {"diputus_oleh": "peminta"}),
        ("ekspor_nik_berdasar", {"nik_penuh": True, "dasar_hukum": "", "diputus_oleh": "lain"}),
        ("ekspor_nik_disetujui", {"nik_penuh": True, "dasar_hukum": "Surat 7/PM/2026"}),
    ],
)
def test_the_database_itself_holds_the_rule_of_two(kini, nama, isi):
    ekspor = minta(kini)
    orang = {"peminta": ekspor.diminta_oleh, "lain": make.sari()}
    with pytest.raises(IntegrityError, match=nama), transaction.atomic():
        EksporDaftar.objects.filter(pk=ekspor.pk).update(**{k: orang.get(v, v) for k, v in isi.items()})


@pytest.mark.parametrize(
    ("isi", "kalimat"),
    [
        ({"tujuan": "x"}, "tujuan"),
        ({"penerima": " "}, "penerima"),
        ({"bentuk": "publik", "jenis": "perubahan"}, "tujuh kolom"),
        ({"bentuk": "publik", "nik_penuh": True, "dasar_hukum": "Surat 7/PM/2026"}, "tujuh kolom"),
    ],
)
def test_a_request_that_says_too_little_is_refused(kini, isi, kalimat):
    with pytest.raises(Refused, match=kalimat):
        minta(kini, **isi)


def test_numbers_follow_each_other(kini):
    satu, dua = minta(kini), minta(kini)
    assert (satu.nomor, dua.nomor) == (f"EKS-0001/{satu.tahun}", f"EKS-0002/{satu.tahun}")


def test_only_the_right_gives_a_list(kini):
    with pytest.raises(Refused, match="tidak berwenang"):
        minta(kini, oleh=make.sari())


# --- The link that works once ------------------------------------------------------------------------------------
def test_the_link_works_once_is_logged_and_then_says_why_it_is_closed(client, kini, django_capture_on_commit_callbacks):
    ekspor = susun(minta(kini))
    tautan = reverse("pdpb:ekspor_unduh", args=[ekspor.kode_unduh])
    client.force_login(make.orang("lain", "kasubbag_rendatin"))
    assert client.get(tautan).status_code == 404
    client.force_login(make.budi())
    assert "satu kali" in client.get(tautan).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        jawaban = client.post(tautan)
    assert b"".join(jawaban.streaming_content).startswith(b"%PDF")
    assert jawaban["Cache-Control"] == "no-store"
    catatan = LogAkses.objects.get(tindakan="cetak")
    assert (catatan.jumlah, catatan.objek_id) == (4, str(ekspor.pk))
    assert "Bawaslu Kota Palu" in catatan.tujuan
    assert not (folder() / ekspor.berkas).exists()
    for metode in (client.get, client.post):
        lagi = metode(tautan)
        assert lagi.status_code == 404
        assert "sudah dipakai" in lagi.content.decode()
    assert LogAkses.objects.filter(tindakan="cetak").count() == 1


def test_the_link_ends_after_a_day_and_the_file_goes(client, kini):
    ekspor = susun(minta(kini, bentuk="publik"))
    assert ekspor.kedaluwarsa_pada - ekspor.siap_pada == timedelta(hours=24)
    EksporDaftar.objects.filter(pk=ekspor.pk).update(kedaluwarsa_pada=sekarang() - timedelta(seconds=1))
    client.force_login(make.budi())
    jawaban = client.post(reverse("pdpb:ekspor_unduh", args=[ekspor.kode_unduh]))
    assert jawaban.status_code == 404
    assert "sudah berakhir" in jawaban.content.decode()
    assert akhiri_ekspor_lewat() == 1
    assert list(folder().iterdir()) == []
    with pytest.raises(Refused, match="sudah berakhir"):
        ambil_ekspor(ekspor, oleh=make.budi())


def test_building_again_after_the_work_is_done_changes_nothing(kini):
    ekspor = susun(minta(kini, bentuk="publik"))
    assert susun(ekspor).siap_pada == ekspor.siap_pada


# --- Versions ----------------------------------------------------------------------------------------------------
@pytest.fixture
def dua_versi(kini):
    """Version 1, reopened on a letter; one change taken back, one new change approved; version 2."""
    bekukan(kini, oleh=make.budi())
    batal = SnapshotPerubahan.objects.filter(snapshot__periode=kini, perubahan__kategori="pindah_domisili").get()
    kini = Periode.objects.get(pk=kini.pk)
    izin = minta_buka_kembali(kini, alasan="Saran perbaikan Bawaslu", nomor_surat="12/PM/2026", oleh=make.sari())
    setujui_buka_kembali(izin, oleh=make.komisioner()[0], sampai=date(2030, 1, 1))
    kini = Periode.objects.get(pk=kini.pk)
    hasil = ambil_langkah(
        [batal.perubahan_id], "batalkan_persetujuan", oleh=make.budi(), periode=kini, catatan="Ternyata masih di Palu"
    )
    assert hasil.ditolak == {}
    versi = Pendaftaran.objects.aktif().filter(kelurahan=make.LERE).first()
    make.setuju([make.usul("meninggal", versi, per=kini)], kini)
    bekukan(kini, oleh=make.budi())
    return Periode.objects.get(pk=kini.pk), batal.perubahan_id


def test_two_versions_name_every_figure_and_change_that_differs(dua_versi):
    per, batal = dua_versi
    lama, baru = Snapshot.objects.filter(periode=per).order_by("versi")
    banding = bandingkan(lama, baru)
    beda = {(b.nama, b.kolom): b.selisih["total"] for b in banding.angka}
    assert beda == {
        ("Petobo", "TMS"): -1, ("Petobo", "Sekarang"): 1, ("Lere", "TMS"): 1, ("Lere", "Sekarang"): -1,
    }  # fmt: skip
    for b in banding.angka:
        for versi, nilai in ((lama, b.lama), (baru, b.baru)):
            sel = rekap_beku(versi).kelurahan[b.kode].total
            assert nilai["total"] == {"TMS": sel.tms, "Sekarang": sel.sekarang}[b.kolom]
    assert [(k.arah, k.kelurahan, k.kategori, len(k.nomor)) for k in banding.perubahan] == [
        ("ditambah", "Lere", "Meninggal", 1),
        ("dibatalkan", "Petobo", "Pindah domisili ke luar kota", 1),
    ]
    assert banding.perubahan[1].nomor == (batal,)
    assert [b.nomor_surat for b in banding.dasar] == ["12/PM/2026"]


def test_the_list_of_a_replaced_version_still_equals_its_figures(dua_versi):
    per, _ = dua_versi
    lama = Snapshot.objects.get(periode=per, versi=1)
    for kelurahan in (make.TALISE, make.PETOBO, make.LERE):
        t = rekap_beku(lama).kelurahan[kelurahan].total
        assert len(ambil_baris(rekap_beku(lama), "pemilih", kelurahan)) == t.sekarang
        assert (
            len(ambil_baris(rekap_beku(lama), "perubahan", kelurahan)) == t.baru + t.tms + t.ubah + t.masuk + t.keluar
        )


def test_the_minutes_of_the_next_version_carry_the_table_of_differences(dua_versi):
    per, batal = dua_versi
    naskah = buat_berita_acara(per, oleh=make.budi())
    teks = " ".join(halaman_pdf(cetak_konsep(naskah).pdf))
    for potongan in ("Lampiran 7. Perbedaan dengan versi 1", "12/PM/2026", "Ditambah", "Dibatalkan", str(batal)):
        assert potongan in teks, potongan


def test_the_minutes_of_a_first_version_have_no_such_table(kini):
    bekukan(kini, oleh=make.budi())
    naskah = buat_berita_acara(Periode.objects.get(pk=kini.pk), oleh=make.budi())
    assert naskah.isi["perbedaan"] is None
    assert "Lampiran 7" not in " ".join(halaman_pdf(cetak_konsep(naskah).pdf))


def test_each_version_has_its_page_and_the_period_leads_there(client, dua_versi):
    per, _ = dua_versi
    client.force_login(make.budi())
    periode = client.get(reverse("pdpb:periode_detail", args=[per.pk])).content.decode()
    alamat = reverse("pdpb:rekap", args=[per.pk])
    for potongan in (f"{alamat}?versi=1", f"{alamat}?versi=2", reverse("pdpb:rekap_banding", args=[per.pk, 2])):
        assert f'href="{potongan}"' in periode
    lama = client.get(f"{alamat}?versi=1").content.decode()
    assert "Digantikan" in lama
    assert "dihitung=1" not in lama
    kini = client.get(f"{alamat}?versi=2").content.decode()
    assert "Digantikan" not in kini
    assert "dihitung=1" in kini
    banding = client.get(reverse("pdpb:rekap_banding", args=[per.pk, 2])).content.decode()
    assert "12/PM/2026" in banding
    assert "Pindah domisili ke luar kota" in banding


@pytest.mark.parametrize("versi", ["3", "0", "x", "²", "99999999999"])
def test_a_version_that_does_not_exist_is_not_there(client, dua_versi, versi):
    per, _ = dua_versi
    client.force_login(make.budi())
    assert client.get(reverse("pdpb:rekap", args=[per.pk]), {"versi": versi}).status_code == 404


def test_a_first_version_has_nothing_to_compare_with(client, dua_versi):
    client.force_login(make.budi())
    assert client.get(reverse("pdpb:rekap_banding", args=[dua_versi[0].pk, 1])).status_code == 404


def test_running_figures_and_rows_are_one_even_when_read_twice(kini):
    """The rows of every kelurahan, read by name, add up to the city of the running recap."""
    data = rekap_berjalan(kini)
    jumlah = sum(len(ambil_baris(data, "pemilih", kode)) for kode in data.kelurahan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pdpb_pendaftaran WHERE akhir IS NULL")
        assert jumlah == cursor.fetchone()[0] == data.kota.total.sekarang
