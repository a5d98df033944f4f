"""The list of public information: who proposes, checks and publishes, what stays fresh, what the public reads."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import Jejak
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from ppid.actions import informasi
from ppid.beranda import kartu_daftar
from ppid.models import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.daftar_informasi import maju_bulan
from tests import make
from tests.pdpb.isian import PDF, kalimat
from tests.ppid.test_permohonan import petugas, ppid, unit_hukum

pytestmark = pytest.mark.django_db
S = InformasiPublik.Status
PDF_BARU = PDF + b"% isi baru\n"


@pytest.fixture(autouse=True)
def ke(time_machine):
    def pindah(saat: datetime) -> None:
        time_machine.move_to(saat, tick=False)

    pindah(datetime(2026, 3, 2, 9, 0, tzinfo=WITA))
    return pindah


def isi(**lain) -> dict:
    dasar = {
        "kategori": "berkala", "judul": "Laporan Keuangan", "ringkasan": "Neraca dan arus kas", "unit": unit_hukum()[0],
        "penanggung_jawab": "Kepala Subbagian Hukum", "dibuat_pada": date(2026, 2, 1), "dibuat_di": "Palu",
        "bentuk": "salinan berkas", "retensi": "5 tahun", "frekuensi_bulan": 6,
        "dimutakhirkan_pada": date(2026, 2, 28), "tautan": "",
    }  # fmt: skip
    return dasar | lain


def usul(**lain) -> InformasiPublik:
    return informasi.usulkan(isi=isi(**lain), berkas=Lampiran(PDF, "pdf"), oleh=unit_hukum()[1])


def terbit(**lain) -> InformasiPublik:
    e = usul(**lain)
    e = informasi.verifikasi(e, versi=e.versi, oleh=ppid())
    return informasi.tetapkan(e, sk="SK 12/2026", pada=date(2026, 3, 2), versi=e.versi, oleh=ppid())


def kini(e: InformasiPublik) -> InformasiPublik:
    return InformasiPublik.objects.get(pk=e.pk)


def test_an_entry_goes_from_its_unit_over_the_ppid_to_the_public(client):
    e = usul()
    satu = reverse("ppid:informasi_satu", args=[e.pk])
    assert client.get(satu).status_code == 404
    e = informasi.verifikasi(e, versi=1, oleh=ppid())
    assert client.get(satu).status_code == 404
    e = informasi.tetapkan(e, sk="SK 12/2026", pada=date(2026, 3, 2), versi=2, oleh=ppid())
    # Six months after 28 February.
    assert (e.status, e.jatuh_tempo) == (S.TERBIT, date(2026, 8, 28))
    assert "SK 12/2026" in kalimat(client.get(satu))
    assert list(Jejak.objects.filter(objek_id=str(e.pk), tindakan__endswith="_dip").values_list("tindakan", flat=True)
                .order_by("pk")) == ["ppid.usul_dip", "ppid.verifikasi_dip", "ppid.tetapkan_dip"]  # fmt: skip


def test_pembuat_bukan_penyetuju_dip():
    """A PPID who is also head of a unit proposes like anybody, and somebody else checks."""
    dua = make.orang("tono", "pejabat_ppid")
    e = usul()
    with pytest.raises(Refused, match="Pengusul tidak boleh"):
        informasi.verifikasi(e, versi=1, oleh=dua)
    e = informasi.verifikasi(e, versi=1, oleh=ppid())
    with pytest.raises(Refused, match="Pengusul tidak boleh"):
        informasi.tetapkan(e, sk="SK 12/2026", pada=date(2026, 3, 2), versi=2, oleh=dua)
    with pytest.raises(DatabaseError), transaction.atomic():
        InformasiPublik.objects.filter(pk=e.pk).update(diverifikasi_oleh=dua)


def test_a_unit_proposes_only_for_itself_and_only_the_proposer_corrects():
    lain = make.orang("selfi", "kasubbag")
    with pytest.raises(Refused, match="unit Anda sendiri"):
        informasi.usulkan(isi=isi(), berkas=None, oleh=lain)
    e = usul()
    e = informasi.kembalikan(e, catatan="judulnya kurang jelas", versi=1, oleh=ppid())
    with pytest.raises(Refused, match="unit Anda sendiri"):
        informasi.perbaiki(e, isi=isi(judul="X"), berkas=None, versi=2, oleh=lain)
    e = informasi.perbaiki(e, isi=isi(judul="Laporan Keuangan 2025"), berkas=None, versi=2, oleh=unit_hukum()[1])
    assert (e.judul, e.status, len(e.sha256)) == ("Laporan Keuangan 2025", S.USULAN, 64)


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"frekuensi_bulan": None}, "jangka pembaruan"),
        ({"dibuat_pada": date(2026, 3, 3)}, "Waktu pembuatan"),
        ({"dimutakhirkan_pada": date(2026, 3, 3)}, "Tanggal mutakhir"),
    ],
)
def test_what_cannot_be_is_refused(lain, kata):
    with pytest.raises(Refused, match=kata):
        usul(**lain)


def test_urutan_langkah_dip():
    """Every act in every state: only the drawn steps pass."""
    orang = ppid()
    boleh = {
        "verifikasi": {S.USULAN}, "kembalikan": {S.USULAN, S.DIVERIFIKASI}, "tetapkan": {S.DIVERIFIKASI},
        "tarik": {S.USULAN, S.DIKEMBALIKAN, S.DIVERIFIKASI, S.TERBIT},
    }  # fmt: skip
    alasan = {"catatan": "alasan yang cukup"}
    isian = {"tetapkan": {"sk": "SK 1", "pada": date(2026, 3, 2)}, "kembalikan": alasan, "tarik": alasan}
    for status in S.values:
        for nama, dari in boleh.items():
            e = usul()
            lengkap = {"sk": "SK 1", "ditetapkan_pada": date(2026, 3, 2), "alasan_tarik": "x"}
            InformasiPublik.objects.filter(pk=e.pk).update(status=status, **lengkap)
            aksi = getattr(informasi, nama)
            if status in dari:
                aksi(e, versi=1, oleh=orang, **isian.get(nama, {}))
            else:
                with pytest.raises(Refused, match="sedang dalam keadaan"):
                    aksi(e, versi=1, oleh=orang, **isian.get(nama, {}))


def test_it_is_due_the_day_after_and_its_refresh_needs_two_people(ke):
    e = terbit()
    ke(datetime(2026, 8, 28, 9, 0, tzinfo=WITA))
    assert not kini(e).terlambat
    ke(datetime(2026, 8, 29, 9, 0, tzinfo=WITA))
    assert kini(e).terlambat
    assert list(InformasiPublik.objects.perlu_dimutakhirkan(date(2026, 8, 29))) == [e]
    tono = unit_hukum()[1]
    (kartu,) = kartu_daftar(tono)
    assert (kartu.jumlah, kartu.judul) == (1, "Informasi publik perlu dimutakhirkan")
    baru = {"uraian": "Semester I", "isi_per": date(2026, 8, 29), "berkas": Lampiran(PDF_BARU, "pdf"), "tautan": ""}
    informasi.ajukan_pembaruan(e, **baru, versi=kini(e).versi, oleh=tono)
    assert informasi.baca_berkas(kini(e)) == PDF
    with pytest.raises(Refused, match="menunggu PPID"):
        informasi.ajukan_pembaruan(e, **baru, versi=kini(e).versi, oleh=tono)
    make.orang("tono", "pejabat_ppid")
    with pytest.raises(Refused, match="Pengaju tidak boleh"):
        informasi.putuskan_pembaruan(
            e, terbitkan=True, catatan="", versi=kini(e).versi, oleh=make.orang("tono", "kasubbag")
        )
    hasil = informasi.putuskan_pembaruan(e, terbitkan=True, catatan="", versi=kini(e).versi, oleh=ppid())
    assert (hasil.jatuh_tempo, hasil.terlambat) == (date(2027, 2, 28), False)
    assert informasi.baca_berkas(kini(e)) == PDF_BARU
    assert list(e.pemutakhiran.values_list("jenis", flat=True)) == ["diterbitkan", "diajukan"]


def test_a_declined_refresh_changes_nothing_and_needs_a_reason():
    e = terbit()
    isian = {"uraian": "Semester I", "isi_per": date(2026, 3, 1), "berkas": None, "tautan": "https://contoh.id/x"}
    informasi.ajukan_pembaruan(e, **isian, versi=e.versi, oleh=unit_hukum()[1])
    v = kini(e).versi
    with pytest.raises(Refused, match="alasan"):
        informasi.putuskan_pembaruan(e, terbitkan=False, catatan="tidak", versi=v, oleh=ppid())
    informasi.putuskan_pembaruan(e, terbitkan=False, catatan="tautannya salah", versi=v, oleh=ppid())
    assert (kini(e).tautan, kini(e).dimutakhirkan_pada) == ("", date(2026, 2, 28))
    assert informasi.menunggu(e) is None


def test_the_database_keeps_every_event_of_the_content():
    e = terbit()
    p = informasi.ajukan_pembaruan(
        e, uraian="Diperiksa", isi_per=date(2026, 3, 1), berkas=None, tautan="", versi=e.versi, oleh=unit_hukum()[1]
    )
    for ubah in (lambda b: b.update(uraian="lain"), lambda b: b.delete()):
        with pytest.raises(DatabaseError, match="hanya dapat ditambah"), transaction.atomic():
            ubah(Pemutakhiran.objects.filter(pk=p.pk))


@pytest.mark.parametrize(
    ("mulai", "bulan", "hasil"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 2, 28), 12, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_ahead(mulai, bulan, hasil):
    assert maju_bulan(mulai, bulan) == hasil


def test_the_file_is_given_as_it_was_sealed_and_counted_without_a_cookie(client, settings):
    e = terbit()
    url = reverse("ppid:informasi_unduh", args=[e.pk])
    jawab = client.get(url)
    assert (jawab.content, jawab["Content-Type"]) == (PDF, "application/pdf")
    assert jawab["Content-Disposition"].startswith("attachment")
    assert not jawab.cookies
    client.get(url)
    client.head(url)
    assert UnduhanHarian.objects.get(informasi=e, pada=date(2026, 3, 2)).jumlah == 2
    with open(e.berkas.path, "wb") as berkas:
        berkas.write(PDF_BARU)
    jawab = client.get(url)
    assert PDF_BARU not in jawab.content
    assert "tidak lagi sama" in kalimat(jawab)
    assert UnduhanHarian.objects.get(informasi=e).jumlah == 2


def test_a_withdrawn_entry_leaves_the_site_but_not_the_office(client):
    e = terbit()
    with pytest.raises(Refused, match="ditetapkan oleh PPID"):
        informasi.tarik(e, catatan="sudah tidak berlaku", versi=e.versi, oleh=unit_hukum()[1])
    informasi.tarik(e, catatan="sudah tidak berlaku", versi=e.versi, oleh=ppid())
    for nama in ("informasi_satu", "informasi_unduh"):
        assert client.get(reverse(f"ppid:{nama}", args=[e.pk])).status_code == 404
    client.force_login(petugas())
    assert "sudah tidak berlaku" in kalimat(client.get(e.get_absolute_url()))


PUBLIK = ("", "berkala/", "serta-merta/", "setiap-saat/", "cari/?q=keuangan", "dikecualikan/", "rss/", "xlsx/")


@pytest.mark.parametrize("jalur", PUBLIK)
def test_the_public_lists_open_empty_and_filled_without_account_or_cookie(client, jalur):
    assert client.get(f"/ppid/informasi/{jalur}").status_code == 200
    terbit()
    usul(judul="Rahasia Dapur")
    jawab = client.get(f"/ppid/informasi/{jalur}")
    assert not jawab.cookies
    teks = jawab.content.decode(errors="replace")
    assert "Rahasia Dapur" not in teks
    if jalur in ("", "berkala/", "cari/?q=keuangan", "rss/"):
        assert "Laporan Keuangan" in teks


def test_a_search_takes_words_and_never_a_long_number(client):
    terbit()
    url = reverse("ppid:informasi_cari")
    assert "1 entri" in kalimat(client.get(url, {"q": "KAS laporan"}))
    assert "Tidak ada entri" in kalimat(client.get(url, {"q": "laporan gudang"}))
    for nomor in ("7271012505909001", "7271 0125 0590 9001"):
        jawab = client.get(url, {"q": nomor})
        assert jawab.status_code == 422
        assert "Cari dengan kata" in kalimat(jawab)


def test_the_sheet_has_the_statutory_columns_and_no_formula(client):
    terbit(judul="=1+1")
    lembar = load_workbook(BytesIO(client.get(reverse("ppid:informasi_xlsx")).content)).active
    kepala = [sel.value for sel in lembar[3]]
    assert kepala[:9] == [
        "No.", "Judul", "Ringkasan isi informasi", "Pejabat/unit yang menguasai",
        "Penanggung jawab pembuatan atau penerbitan", "Waktu pembuatan", "Tempat pembuatan",
        "Bentuk informasi yang tersedia", "Jangka waktu penyimpanan (retensi)",
    ]  # fmt: skip
    assert (lembar["B4"].value, lembar["B4"].data_type, lembar["F4"].value) == ("=1+1", "s", "01-02-2026")
    assert lembar.max_row == 4


def test_a_unit_works_through_its_pages(client):
    sub, tono = unit_hukum()
    client.force_login(tono)
    form = {k: v.strftime("%d-%m-%Y") if isinstance(v, date) else v for k, v in isi(unit=sub.pk).items()}
    jawab = client.post(reverse("ppid:dip_usulkan"), form | {"frekuensi_bulan": ""})
    assert jawab.status_code == 422
    assert "setiap berapa bulan" in kalimat(jawab)
    jahat = SimpleUploadedFile("x.pdf", b"MZ\x90\x00")
    assert client.post(reverse("ppid:dip_usulkan"), form | {"berkas_baru": jahat}).status_code == 422
    baik = SimpleUploadedFile("x.exe", PDF)
    jawab = client.post(reverse("ppid:dip_usulkan"), form | {"berkas_baru": baik}, follow=True)
    e = InformasiPublik.objects.get()
    assert (jawab.status_code, e.tipe) == (200, "pdf")
    assert client.post(reverse("ppid:dip_verifikasi", args=[e.pk]), {"versi": 1}).status_code == 422
    client.force_login(ppid())
    for nama, lain in (("verifikasi", {}), ("tetapkan", {"sk": "SK 12/2026", "pada": "02-03-2026"})):
        url = reverse(f"ppid:dip_{nama}", args=[e.pk])
        assert client.get(url).status_code == 200
        teks = kalimat(client.post(url, {"versi": kini(e).versi, **lain}, follow=True))
        assert "berhasil" in teks
    client.force_login(tono)
    lain = {"uraian": "Diperiksa, tetap", "isi_per": "01-03-2026", "versi": kini(e).versi}
    client.post(reverse("ppid:dip_mutakhirkan", args=[e.pk]), lain)
    client.force_login(ppid())
    assert "1 entri" in kalimat(client.get(reverse("ppid:dip_daftar"), {"keadaan": "menunggu"}))
    lain = {"putusan": "terbitkan", "versi": kini(e).versi}
    client.post(reverse("ppid:dip_putuskan", args=[e.pk]), lain)
    assert kini(e).dimutakhirkan_pada == date(2026, 3, 1)
    assert client.get(reverse("ppid:dip_xlsx"), {"kategori": "berkala"}).status_code == 200
    assert client.get(reverse("ppid:dip_berkas", args=[e.pk])).content == PDF


def test_objek_milik_unit_lain_404_dip(client):
    e = usul()
    client.force_login(make.orang("selfi", "kasubbag"))
    for nama in ("dip", "dip_perbaiki", "dip_berkas", "dip_verifikasi", "dip_mutakhirkan", "dip_tarik"):
        assert client.get(reverse(f"ppid:{nama}", args=[e.pk])).status_code == 404, nama
    client.force_login(make.orang("rahmat", "operator"))
    assert client.get(reverse("ppid:dip_daftar")).status_code == 404


def test_the_request_form_says_that_it_may_be_there_already(client):
    jawab = client.get(reverse("ppid:ajukan"))
    assert reverse("ppid:informasi_cari") in jawab.content.decode()
