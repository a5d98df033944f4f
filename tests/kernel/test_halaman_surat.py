"""Pages of calendar, letters and meetings: who may open each, empty and filled, and what a wrong input gets."""

from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpupalu.naskah.cetak import cetak_html
from kpupalu.rapat import actions as rapat_aksi
from kpupalu.rapat import notulen
from kpupalu.rapat import urls as urls_rapat
from kpupalu.rapat.models import Rapat, RapatQuerySet
from kpupalu.surat import masuk, pengiriman
from kpupalu.surat import urls as urls_surat
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar, SuratMasuk
from kpupalu.surat.models.keluar import SuratKeluarQuerySet
from kpupalu.surat.models.masuk import SuratMasukQuerySet
from tests import make
from tests.kernel import bangun_rapat, bangun_surat

pytestmark = pytest.mark.django_db
PERAN = ("operator", "verifikator", "kasubbag_rendatin", "kasubbag", "sekretaris", "ketua", "anggota", "gudang", "ppid",
         "bendahara", "bawaslu", "auditor", "admin")  # fmt: skip
KASUBBAG = {"kasubbag_rendatin", "kasubbag"}
SEMUA = KASUBBAG | {"sekretaris", "ketua", "anggota", "auditor"}
KELOLA = KASUBBAG | {"sekretaris"}
BACA = set(PERAN) - {"bawaslu", "admin"}
SUSUN = KELOLA | {"operator", "verifikator", "ppid"}
KIRIM = KELOLA | {"operator"}
# Documents are read in full by these; who only stands at the gate of letters does not find them.
NASKAH = {"operator", "verifikator", "kasubbag_rendatin", "sekretaris", "ketua", "anggota", "auditor"}
RAPAT = KELOLA | {"operator", "verifikator", "ketua", "anggota", "ppid", "auditor"}
CATAT = KELOLA | {"operator", "verifikator"}

# name: what stands in its address, who may open it, status of GET, status of a POST with a senseless form.
HALAMAN = {
    "surat:masuk_daftar": ([], BACA, 200, 405),
    "surat:masuk_baru": ([], KELOLA, 200, 422),
    "surat:masuk": (["masuk"], SEMUA, 200, 405),
    "surat:masuk_berkas": (["masuk"], SEMUA, 200, 405),
    "surat:masuk_lembar": (["masuk"], SEMUA, 200, 405),
    "surat:masuk_naikkan": (["masuk"], KELOLA, 405, 409),
    "surat:masuk_disposisi": (["masuk"], {"ketua", "sekretaris"}, 200, 422),
    # Only for who holds an instruction, which is nobody of these.
    "surat:masuk_kerjakan": (["masuk"], set(), 405, 404),
    "surat:masuk_hasil": (["masuk"], set(), 404, 404),
    "surat:masuk_jawab": (["masuk"], SEMUA, 200, 422),
    "surat:masuk_selesai": (["masuk"], KELOLA | {"ketua"}, 200, 422),
    "surat:masuk_arsip": (["masuk"], KELOLA, 200, 302),
    "surat:keluar_daftar": ([], BACA, 200, 405),
    "surat:keluar_baru": ([], SUSUN, 200, 422),
    "surat:keluar": (["konsep"], SEMUA, 200, 405),
    "surat:keluar_ubah": (["konsep"], KELOLA, 200, 422),
    "surat:keluar_konsep": (["konsep"], SEMUA, 200, 405),
    "surat:keluar_siapkan": (["konsep"], {"kasubbag_rendatin", "sekretaris"}, 200, 422),
    "surat:keluar_batalkan": (["konsep"], KELOLA, 200, 422),
    "surat:pengiriman": (["naskah"], NASKAH, 200, 405),
    "surat:kirim": (["naskah"], KIRIM & NASKAH, 200, 422),
    "surat:tanda_terima": (["naskah"], NASKAH, 200, 405),
    "surat:terima": (["kiriman"], KIRIM & NASKAH, 200, 422),
    "surat:kiriman_batalkan": (["kiriman"], KIRIM & NASKAH, 200, 422),
    "surat:kiriman_bukti": (["kiriman"], set(), 404, 405),
    "rapat:daftar": ([], RAPAT, 200, 405),
    "rapat:baru": ([], KELOLA, 200, 422),
    "rapat:detail": (["rapat"], RAPAT, 200, 405),
    "rapat:ubah": (["rapat"], KELOLA, 200, 422),
    "rapat:peserta": (["rapat"], KELOLA, 200, 422),
    "rapat:undangan": (["rapat"], KELOLA, 200, 422),
    "rapat:daftar_hadir": (["rapat"], RAPAT, 200, 405),
    "rapat:kehadiran": (["rapat"], CATAT, 200, 422),
    "rapat:hentikan": (["rapat"], KELOLA, 200, 422),
    "rapat:tutup": (["rapat"], KELOLA, 200, 409),
    "rapat:masukan": (["rapat"], CATAT, 200, 422),
    "rapat:masukan_ubah": (["rapat", "masukan"], CATAT, 200, 422),
    "rapat:masukan_cabut": (["rapat", "masukan"], CATAT, 200, 422),
    "rapat:tindak_lanjut": (["rapat"], CATAT, 200, 422),
    "rapat:tindak_lanjut_hasil": (["rapat", "tindak"], RAPAT, 200, 422),
    "rapat:notulen": (["rapat"], CATAT, 200, 422),
    "rapat:sahkan": (["rapat"], KELOLA, 200, 422),
}  # fmt: skip


@pytest.fixture(scope="module")
def kantor(django_db_setup, django_db_blocker, tmp_path_factory):
    """Letters and a meeting in every state the pages show; each test works in a savepoint inside it."""
    from django.conf import settings

    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    settings.MEDIA_ROOT = settings.DATA_DIR / "berkas"
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel("2026-11-17T02:00:00Z", tick=False):
        pdf = SimpleUploadedFile("surat.pdf", cetak_html("<html lang=id><body><p>Surat</p></body></html>").pdf)
        surat = masuk.naikkan(bangun_surat.masuk_baru(berkas=pdf), by=bangun_surat.sekretaris())
        konsep = bangun_surat.keluar_baru(by=make.orang("tono", "kasubbag"))
        naskah = bangun_surat.lengkap(bangun_surat.bernomor().naskah)
        kiriman = pengiriman.kirim(
            naskah, [bangun_surat.instansi()], kanal="langsung", tanggal=bangun_surat.TANGGAL, by=make.budi()
        )[0]
        rapat = bangun_rapat.rapat()
        rapat_aksi.catat_kehadiran(rapat, peserta=[bangun_rapat.hadir(rapat)], by=make.sari())
        masukan = rapat_aksi.catat_masukan(rapat, lembaga="Bawaslu", isi="Periksa.", jawaban="Sudah.", by=make.sari())
        tindak = rapat_aksi.tambah_tindak_lanjut(rapat, uraian="Minta surat", pic=make.sari(), by=make.sari())
        notulen.simpan(rapat, bangun_rapat.notula(), dilihat=0, by=make.sari())
        for peran in PERAN:
            make.orang(f"uji_{peran}", peran)
        yield {
            "masuk": surat.pk, "konsep": konsep.pk, "naskah": naskah.pk, "kiriman": kiriman.pk, "rapat": rapat.pk,
            "masukan": masukan.pk, "tindak": tindak.pk,
        }  # fmt: skip
        transaction.set_rollback(True)


def buka(client, peran):
    client.force_login(make.orang(f"uji_{peran}", peran))
    return client


def alamat(nama, kantor):
    return reverse(nama, args=[kantor[k] for k in HALAMAN[nama][0]])


def test_the_table_names_every_page():
    semua = {f"surat:{p.name}" for p in urls_surat.urlpatterns} | {f"rapat:{p.name}" for p in urls_rapat.urlpatterns}
    assert semua == HALAMAN.keys()


@pytest.mark.parametrize("metode", ["get", "post"])
@pytest.mark.parametrize("nama", HALAMAN)
def test_who_may_open_each_page(client, kantor, nama, metode):
    _, boleh, get, post = HALAMAN[nama]
    diharap = {peran: (get if metode == "get" else post) if peran in boleh else 404 for peran in PERAN}
    didapat = {}
    for peran in PERAN:
        buka(client, peran)
        with transaction.atomic():
            didapat[peran] = getattr(client, metode)(alamat(nama, kantor), {"x": "1"}).status_code
            transaction.set_rollback(True)
    # Where the form itself allows no method, that is said before anything is looked up.
    if (metode == "post" and post == 405) or (metode == "get" and get == 405):
        didapat = {p: s if p in boleh else 404 for p, s in didapat.items()}
    assert didapat == diharap
    client.logout()
    jawaban = getattr(client, metode)(alamat(nama, kantor))
    assert (jawaban.status_code, urlsplit(jawaban["Location"]).path) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    ("nama", "kalimat"),
    [
        ("surat:masuk_daftar", "Belum ada surat masuk"),
        ("surat:keluar_daftar", "Belum ada surat keluar"),
        ("rapat:daftar", "Belum ada rapat"),
    ],
)
def test_an_empty_list_says_what_will_stand_there(client, monkeypatch, nama, kalimat):
    for queryset in (SuratMasukQuerySet, SuratKeluarQuerySet, RapatQuerySet):
        monkeypatch.setattr(queryset, "for_user", lambda self, user: self.none())
    client.force_login(make.budi())
    assert kalimat in client.get(reverse(nama)).content.decode()


@pytest.mark.parametrize(
    ("nama", "batas"),
    [("surat:masuk_daftar", 9), ("surat:keluar_daftar", 11), ("rapat:daftar", 9), ("surat:masuk", 14),
     ("surat:keluar", 18), ("rapat:detail", 28), ("rapat:kehadiran", 12)],
)  # fmt: skip
def test_queries_do_not_grow_with_the_rows(client, kantor, nama, batas):
    buka(client, "kasubbag_rendatin")
    client.get(alamat(nama, kantor))
    with CaptureQueriesContext(
        connection,
    ) as kueri:
        client.get(alamat(nama, kantor))
    assert len(kueri) <= batas, [k["sql"][:120] for k in kueri]


def test_filters_find_by_word_state_and_queue(client, kantor):
    buka(client, "kasubbag_rendatin")

    def baris(nama, **saring):
        return len(client.get(reverse(nama), saring).context["halaman"].object_list)

    assert baris("surat:masuk_daftar", kata="saran") == baris("surat:masuk_daftar", status="di_pimpinan") == 1
    assert baris("surat:masuk_daftar", kata="tidak ada") == baris("surat:masuk_daftar", antrean="saya") == 0
    assert baris("surat:masuk_daftar", antrean="pimpinan") == baris("surat:masuk_daftar", antrean="terbuka") == 1
    assert baris("surat:keluar_daftar", status="konsep") == baris("surat:keluar_daftar", status="lengkap") == 1
    assert baris("surat:keluar_daftar", kata="Bawaslu") == 2
    assert baris("rapat:daftar", jenis="forum") == 1
    assert baris("rapat:daftar", jenis="pleno") == 0


SURAT = {
    "tanggal_terima": "16-11-2026", "cara": "langsung", "nomor_surat": "1/X", "tanggal_surat": "13-11-2026",
    "pengirim": "Warga", "hal": "Tanya jadwal", "sifat": "biasa",
}  # fmt: skip
KELUAR = {
    "kode_jenis": "surat-dinas", "tanggal": "16-11-2026", "sifat": "biasa", "hal": "Balasan", "isi": "Isi surat.",
    "penanda": "ketua", "kepada_lain": "Camat Contoh",
}  # fmt: skip
RAPAT_ISI = {
    "jenis": "forum", "judul": "Forum", "tanggal": "20-11-2026", "mulai": "09.00", "tempat": "Aula", "acara": "Buka",
}  # fmt: skip
SALAH = [
    ("surat:masuk_baru", SURAT | {"pengirim": ""}, "Pilih instansi pengirim", "1/X"),
    ("surat:masuk_baru", SURAT | {"tanggal_surat": "kemarin"}, "Tanggal tidak dikenal", "kemarin"),
    ("surat:masuk_baru", SURAT | {"tanggal_surat": "17-11-2026"}, "sebelum tanggal suratnya", "Tanya jadwal"),
    ("surat:masuk_baru", SURAT | {"sifat": "rahasia"}, "diagendakan oleh Sekretaris", "Tanya jadwal"),
    ("surat:keluar_baru", KELUAR | {"kepada_lain": ""}, "satu tujuan", "Balasan"),
    ("surat:keluar_baru", KELUAR | {"rincian": "tanpa titik dua"}, "titik dua", "tanpa titik dua"),
    ("surat:keluar_baru", KELUAR | {"sifat": "rahasia"}, "pilihan", "Balasan"),
    ("rapat:baru", RAPAT_ISI | {"selesai": "08.00"}, "sesudah pukul mulai", "08.00"),
    ("rapat:baru", RAPAT_ISI | {"mulai": "pagi"}, "Jam tidak dikenal", "pagi"),
    ("rapat:masukan", {"isi": "Periksa", "jawaban": "Ya"}, "tulis nama lembaganya", "Periksa"),
    ("rapat:tindak_lanjut_hasil", {"status": "selesai", "hasil": "ok"}, "alasan", "ok"),
    ("surat:kirim", {"kanal": "surel", "tanggal": "16-11-2026"}, "masih kosong", "16-11-2026"),
]


@pytest.mark.parametrize(("nama", "data", "kalimat", "tersimpan"), SALAH)
def test_wrong_input_gets_a_sentence_and_stays_in_the_form(client, kantor, nama, data, kalimat, tersimpan):
    buka(client, "kasubbag_rendatin")
    data = {"klasifikasi": Klasifikasi.objects.get(kode="PP").pk,
            "pimpinan": Rapat.objects.get(pk=kantor["rapat"]).pimpinan_id, **data}  # fmt: skip
    jawaban = client.post(alamat(nama, kantor), data)
    isi = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert kalimat in isi
    assert tersimpan in isi


def test_a_letter_is_recorded_and_drafted_through_the_pages(client, kantor):
    buka(client, "kasubbag_rendatin")
    assert client.post(reverse("surat:masuk_baru"), SURAT).status_code == 302
    assert SuratMasuk.objects.get(hal="Tanya jadwal").pengirim == "Warga"
    isi = KELUAR | {"klasifikasi": Klasifikasi.objects.get(kode="PP").pk, "rincian": "Tempat: Aula\nPukul: 09.00",
                    "instansi": [bangun_surat.instansi().pk], "tembusan": "Arsip"}  # fmt: skip
    assert client.post(reverse("surat:keluar_baru"), isi).status_code == 302
    surat = SuratKeluar.objects.get(hal="Balasan")
    assert surat.rincian == [["Tempat", "Aula"], ["Pukul", "09.00"]]
    assert [t.nama for t in surat.tujuan.all()] == ["Ketua Bawaslu Kota Palu", "Camat Contoh", "Arsip"]
    form = client.get(reverse("surat:keluar_ubah", args=[surat.pk])).context["form"]
    isi |= {"versi": form["versi"].value(), "hal": "Balasan kedua"}
    assert client.post(reverse("surat:keluar_ubah", args=[surat.pk]), isi).status_code == 302
    assert client.post(reverse("surat:keluar_ubah", args=[surat.pk]), isi).status_code == 422


def test_attendance_of_all_is_saved_at_once_and_a_conflict_keeps_what_was_typed(client, kantor):
    buka(client, "operator")
    url = alamat("rapat:kehadiran", kantor)
    isi = client.get(url).context
    data = {}
    for form in [*isi["anggota"], *isi["peserta"]]:
        for bidang in form:
            data[bidang.html_name] = bidang.value() or ""
    polres = next(f for f in isi["peserta"] if f.baris.instansi.nama == "Polresta Palu")
    data |= {polres.add_prefix("status"): "diwakili", polres.add_prefix("nama"): "Orang Pertama"}
    rapat = Rapat.objects.get(pk=kantor["rapat"])
    lain = bangun_rapat.hadir(rapat, "Polresta Palu", nama="Orang Kedua")
    rapat_aksi.catat_kehadiran(rapat, peserta=[lain], by=make.wati())
    jawaban = client.post(url, data)
    assert jawaban.status_code == 422
    isi = jawaban.content.decode()
    assert "Orang lain mencatat Polresta Palu: Hadir, Orang Kedua" in isi
    assert "Orang Pertama" in isi
    form = next(f for f in jawaban.context["peserta"] if f.baris.instansi.nama == "Polresta Palu")
    data[form.add_prefix("versi")] = form["versi"].value()
    assert client.post(url, data).status_code == 302
    assert rapat.peserta.get(instansi__nama="Polresta Palu").nama == "Orang Pertama"


def test_coming_back_after_a_delivery_never_leaves_the_office(client, kantor):
    buka(client, "kasubbag_rendatin")
    url = alamat("surat:kirim", kantor)
    isi = {"kepada": [Instansi.objects.get(nama="Polresta Palu").pk], "kanal": "surel", "tanggal": "16-11-2026"}
    for dari in ("//jahat.example/", "https://jahat.example/"):
        with transaction.atomic():
            jawaban = client.post(f"{url}?dari={dari}", isi)
            transaction.set_rollback(True)
        assert jawaban["Location"] == reverse("surat:pengiriman", args=[kantor["naskah"]])
    assert client.post(f"{url}?dari=/rapat/", isi)["Location"] == "/rapat/"


def test_a_letter_and_a_receipt_are_given_out_unchanged_and_uncached(client, kantor):
    buka(client, "sekretaris")
    jawaban = client.get(alamat("surat:masuk_berkas", kantor))
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban["Cache-Control"] == "no-store"
    assert bytes(jawaban.content).startswith(b"%PDF-")
