"""NIK and nomor KK stand in one table and on one page: the next one after somebody with the right said why."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.runners import cetak_naskah
from pdpb.actions.naskah import naskah_periode
from pdpb.models import Identitas, Pemilih, Pendaftaran, Perubahan
from tests import make
from tests.pdpb.jelajah import jelajahi

pytestmark = pytest.mark.django_db

BERHAK = ("operator", "verifikator", "kasubbag_rendatin")
TANPA_HAK = ("sekretaris", "ketua", "anggota", "bawaslu", "auditor", "gudang", "ppid", "bendahara", "kasubbag", "admin")
NIK, NKK = "7271085708900042", "7271081203119077"
# Files that are given out with digits on purpose, each logged: the sender's own rows, to be mended and sent again.
KECUALI = re.compile(r"^/data-pemilih/impor/\d+/ditolak/\d+/$")


def tertanam() -> set[str]:
    """The digits that must stay closed: of every identity, all past the city code, and all but the last four."""
    semua = {angka for pasang in Identitas.objects.values_list("nik", "nkk") for angka in pasang if len(angka) == 16}
    return {a[4:] for a in semua} | {a[:12] for a in semua}


def bocor(teks: str, rahasia: set[str]) -> set[str]:
    """Which of *rahasia* stand in *teks*, also written in groups, with dots, or beginning with an apostrophe."""
    padat = re.sub(r"(?<=\d)[\s.\u00a0-]+(?=\d)", "", teks)
    return {angka for deret in re.findall(r"\d{12,}", padat) for angka in rahasia if angka in deret}


def isi(jawaban) -> str:
    """Everything readable in an answer; of a spreadsheet every file inside it."""
    mentah = b"".join(jawaban) if jawaban.streaming else jawaban.content
    if mentah.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(mentah)) as arsip:
            mentah = b"\n".join(arsip.read(nama) for nama in arsip.namelist())
    return mentah.decode("utf-8", "replace") + str(dict(jawaban.items()))


@pytest.fixture(scope="module")
def kantor(django_db_setup, django_db_blocker):
    """An office at work with one voter whose digits are known, a printed document and an import with bad rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        lama, kini = make.kantor_berisi()
        versi = Pendaftaran.objects.aktif().filter(kelurahan=make.TALISE).order_by("pk").first()
        Identitas.objects.filter(pk=versi.identitas_id).update(nik=NIK, nkk=NKK)
        Pendaftaran.objects.filter(pk=versi.pk).update(nama="SITI TERTANAM")
        naskah = siapkan(naskah_periode(lama), by=make.budi())
        cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
        make.impor_perubahan(kini, rusak=True)
        for peran in (*BERHAK, *TANPA_HAK):
            user = make.orang(f"uji_{peran}", peran)
            if peran in ("admin", "auditor"):
                user.is_staff = True
                user.save()
        yield versi.pemilih_id
        transaction.set_rollback(True)


def masuk(client, peran: str):
    client.force_login(make.orang(f"uji_{peran}", peran))
    return client


@pytest.mark.parametrize("peran", [*BERHAK, *TANPA_HAK])
def test_nik_tertutup(client, kantor, peran, caplog):
    """No page that links lead to shows a digit past the city code, whatever the role; nor do addresses and logs."""
    rahasia = tertanam()
    masuk(client, peran)
    with caplog.at_level("DEBUG"):
        hasil = jelajahi(client, ["/", "/kendali/"], maks=220)
    for alamat, jawaban in hasil.items():
        assert bocor(alamat, rahasia) == set()
        if not KECUALI.match(alamat):
            assert bocor(isi(jawaban), rahasia) == set(), alamat
    assert bocor(caplog.text, rahasia) == set()
    if peran in BERHAK:
        assert reverse("pdpb:pemilih_detail", args=[kantor]) in hasil


@pytest.mark.parametrize("peran", [*BERHAK, "ketua", "auditor"])
def test_a_search_shows_masked_rows_and_is_logged_without_the_digits(client, kantor, peran, caplog):
    rahasia = tertanam()
    masuk(client, peran)
    url = reverse("pdpb:pemilih_cari")
    with caplog.at_level("DEBUG"):
        nama = client.post(url, {"kata": "tertanam", "tujuan": "mencocokkan akta"}).content.decode()
        nik = client.post(url, {"kata": NIK, "tujuan": "mencocokkan akta"}).content.decode()
    assert "SITI TERTANAM" in nama
    assert "SITI TERTANAM" in nik
    assert bocor(nama, rahasia) == set()
    # What the person typed stays in its box, and nowhere else.
    assert bocor(nik.replace(f'value="{NIK}"', ""), rahasia) == set()
    assert bocor(caplog.text, rahasia) == set()
    catatan = LogAkses.objects.order_by("-pk")[:2]
    assert {c.tujuan for c in catatan} == {"mencocokkan akta"}
    assert bocor(" ".join(c.objek_label + c.tujuan for c in catatan), rahasia) == set()


@pytest.mark.parametrize("peran", BERHAK)
def test_the_digits_show_once_after_a_purpose_and_that_reading_is_logged(client, kantor, peran):
    rahasia = {NIK[4:], NKK[4:]}
    masuk(client, peran)
    detail = reverse("pdpb:pemilih_detail", args=[kantor])
    lain = Pemilih.objects.exclude(pk=kantor).order_by("pk").last().pk
    jawaban = client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": "mencocokkan akta lahir"})
    assert (jawaban.status_code, jawaban["Location"]) == (302, detail)
    assert "no-store" in (terbuka := client.get(detail))["Cache-Control"]
    assert bocor(terbuka.content.decode(), rahasia) == rahasia
    assert bocor(client.get(detail).content.decode(), rahasia) == set()
    catatan = LogAkses.objects.get(tujuan="NIK dibuka: mencocokkan akta lahir")
    assert (catatan.pelaku.username, catatan.objek_id, catatan.tindakan) == (f"uji_{peran}", str(kantor), "lihat")
    # Opened for one voter, then another page is read: that one stays closed.
    client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": "mencocokkan akta lahir"})
    assert bocor(client.get(reverse("pdpb:pemilih_detail", args=[lain])).content.decode(), tertanam()) == set()


def test_without_a_purpose_nothing_opens(client, kantor):
    masuk(client, "operator")
    for tujuan in ("", "   ", "cek"):
        jawaban = client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": tujuan})
        assert bocor(jawaban.content.decode(), tertanam()) == set()
        assert bocor(client.get(reverse("pdpb:pemilih_detail", args=[kantor])).content.decode(), tertanam()) == set()
    assert not LogAkses.objects.filter(tujuan__startswith="NIK dibuka").exists()


@pytest.mark.parametrize("peran", TANPA_HAK)
def test_without_the_right_there_is_no_such_page(client, kantor, peran):
    masuk(client, peran)
    jawaban = client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": "mencocokkan akta lahir"})
    assert jawaban.status_code == 404
    client.get(reverse("pdpb:pemilih_detail", args=[kantor]))
    jawaban = client.get(reverse("pdpb:pemilih_detail", args=[kantor]))
    assert bocor(isi(jawaban), tertanam()) == set()


def test_a_lost_right_closes_what_was_opened(client, kantor):
    """Opened, but before the page is read the role is taken away."""
    user = make.orang("uji_operator", "operator")
    masuk(client, "operator")
    client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": "mencocokkan akta lahir"})
    user.groups.set(make.orang("uji_auditor", "auditor").groups.all())
    jawaban = client.get(reverse("pdpb:pemilih_detail", args=[kantor]))
    assert jawaban.status_code == 200
    assert bocor(jawaban.content.decode(), tertanam()) == set()


def test_the_digits_stand_in_one_table_only(client, kantor, caplog):
    """After people worked with planted numbers, no other table, session, job, message or log holds them."""
    masuk(client, "operator")
    lahir = date(1991, 2, 3)
    nik, nkk = make.nik(lahir, "P"), "7271081203129088"
    data = {
        "kategori": "pindah_masuk", "nik": nik, "nkk": nkk, "nama": "Baru Tertanam", "tanggal_lahir": "03-02-1991",
        "jenis_kelamin": "P", "status_kawin": "B", "rt": "1", "rw": "2", "disabilitas": "0", "status_ktpel": "S",
        "kelurahan": make.TALISE, "tps": "1", "sumber_informasi": "lain", "jenis_dokumen": "KTP-el", "nomor": nik,
    }  # fmt: skip
    with caplog.at_level("DEBUG"):
        assert client.post(reverse("pdpb:usul_baru"), data).status_code == 302
        # The same number again, a number of somebody in the list, a wrong one: refused, and remembered nowhere.
        for salah in (data | {"nik": NIK}, data | {"nik": nik[:-1]}):
            client.post(reverse("pdpb:usul_baru"), salah)
        ubah = reverse("pdpb:usul_ubah", args=[kantor])
        client.post(ubah, data | {"nik": make.nik(lahir, "P"), "nkk": nkk})
        client.post(reverse("pdpb:pemilih_cari"), {"kata": NIK, "tujuan": f"mencari {NIK}"})
        client.post(reverse("pdpb:pemilih_buka_nik", args=[kantor]), {"tujuan": f"mencocokkan {NIK}"})
        tms = {"kategori": "pindah_domisili", "catatan": f"NIK {NIK} sesuai akta", "sumber_informasi": "lain"}
        assert client.post(reverse("pdpb:usul_tms", args=[kantor]), tms).status_code == 302
        masuk(client, "verifikator")
        ids = list(Perubahan.objects.filter(status="diusulkan").values_list("pk", flat=True))
        client.post(
            reverse("pdpb:perubahan_massal"),
            {"langkah": "tolak", "id": ids, "lanjut": "1", "catatan": f"{NIK} tidak cocok dengan akta"},
        )
        masuk(client, "kasubbag_rendatin")
        client.post(reverse("pdpb:bekukan", args=["2026-tw4"]))
    rahasia = tertanam()
    assert nik[4:] in rahasia
    assert bocor(caplog.text, rahasia) == set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            # The staging of an import under way holds the file's own rows until it is applied or given up.
            r" AND relname <> 'pdpb_identitas' AND relname !~ '^pdpb_[a-z]+_\d+(_\d+)?$'"
        )
        tabel = [nama for (nama,) in cursor.fetchall()]
        for nama in tabel:
            cursor.execute(f'SELECT t::text FROM "{nama}" t')
            assert bocor("\n".join(baris for (baris,) in cursor.fetchall()), rahasia) == set(), nama
    assert {"audit_jejak", "audit_logakses", "jobs_job", "pdpb_perubahan", "django_session"} <= set(tabel)
    sesi = [s.get_decoded() for s in Session.objects.all()]
    assert sesi
    assert bocor(json.dumps(sesi, default=str), rahasia) == set()


def test_the_xlsx_of_the_recap_holds_no_person(client, kantor):
    masuk(client, "bawaslu")
    teks = isi(client.get(reverse("pdpb:rekap_xlsx", args=["2026-tw4"])))
    assert "Kota Palu" in teks
    assert bocor(teks, tertanam()) == set()
    assert "TERTANAM" not in teks


def test_the_search_for_digits_finds_them_in_every_writing():
    """The eye of these tests is tested too."""
    for tulisan in (NIK, "7271 0857 0890 0042", "7271.0857.0890.0042", "x7271085708900042y", "7271\u00a00857 08900042"):
        assert bocor(tulisan, {NIK[4:]}) == {NIK[4:]}, tulisan
    assert bocor("7271••••••••••••", {NIK[4:]}) == set()
