"""Reports of citizens: from the public form to the approved change, and what nobody may learn or do on the way."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.aturan.models import Aturan
from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.demo.lapor import isi_tanggapan
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.models import EntriAgenda, Naskah, Revisi
from kpupalu.surat import keluar, pengiriman
from kpupalu.surat.models import Pengiriman, SuratKeluar
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions import tanggapan as aksi
from pdpb.actions.perubahan import ambil_langkah
from pdpb.actions.surat_jawaban import surat_tanggapan, susun_surat_tanggapan
from pdpb.langkah_tanggapan import TAHAP_PUBLIK
from pdpb.models import Bukti, DataTanggapan, Identitas, LampiranTanggapan, Perubahan, Tanggapan
from tests import make
from tests.make import kini_tanggapan as kini
from tests.make import tanggapan as lapor
from tests.make import tanggapan_cocok as cocok
from tests.pdpb.isian import PDF, kalimat, sebagai

pytestmark = pytest.mark.django_db
S, K = Tanggapan.Status, Tanggapan.Keadaan
JPG = b"\xff\xd8\xff\xe0" + b"0" * 64
BARU, TIKET, LIHAT = (reverse(f"pdpb:tanggapan_{n}") for n in ("baru", "tiket", "lihat"))
ALASAN = "alasan yang cukup panjang"


def isian(**lain) -> dict:
    """The public form as a browser sends it."""
    isi = {
        "kunci": str(uuid4()), "jenis": "meninggal", "hubungan": "tetangga", "orang_nama": "Moh. Contoh",
        "orang_tanggal_lahir": "17-08-1990", "kelurahan": make.TALISE, "orang_alamat": "Jl. Contoh RT 001 RW 002",
        "nik": "", "uraian": "Meninggal bulan lalu", "pelapor_nama": "Warga Contoh",
        "pelapor_telepon": "0812 3456 7890", "pelapor_surel": "warga@contoh.id", "persetujuan": "on", "situs": "",
    }  # fmt: skip
    return isi | lain


def usulkan(t: Tanggapan, versi, per, **lain) -> Perubahan:
    return aksi.jadikan_usulan(
        t, versi=t.versi, periode=per, oleh=make.sari(), kategori=make.kategori("meninggal"), pemilih=versi.pemilih,
        bukti=Bukti(jenis_dokumen="Akta kematian", dicatat_oleh=make.sari()), **lain,
    )  # fmt: skip


def status(client) -> str:
    """The word on the ticket page."""
    return re.search(r'<span class="tag[^>]*>([^<]+)', kalimat(client.get(LIHAT)))[1]


# --- The way -----------------------------------------------------------------------------------------------------
def test_from_the_form_to_the_approved_change_and_back(client, data_dir):
    versi = make.pemilih()
    per = make.selesai_daftar()
    jawaban = client.post(BARU, isian(lampiran=SimpleUploadedFile("a.pdf", PDF)))
    assert jawaban["Location"] == reverse("pdpb:tanggapan_terima")
    t = Tanggapan.objects.get()
    halaman = kalimat(client.get(jawaban["Location"]))
    assert t.kode_terbaca in halaman
    assert status(client) == "Diterima"
    t = cocok(kini(t), versi)
    assert status(client) == "Sedang diperiksa"
    p = usulkan(t, versi, per, lampiran=t.lampiran.get())
    assert (p.bukti.sumber_informasi, p.bukti.surat_pengantar) == ("masyarakat", f"Tanggapan {t.nomor}")
    assert p.bukti.berkas.read() == PDF
    assert status(client) == "Sedang diperiksa"
    make.setuju([p.pk], per)
    assert kini(t).kini == K.DITINDAKLANJUTI
    assert kini(t).selesai is not None
    assert status(client) == "Dijawab"
    ambil_langkah([p.pk], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
    assert status(client) == "Sedang diperiksa"
    assert kini(t).selesai is None
    ambil_langkah([p.pk], "tolak", oleh=make.budi(), periode=per, catatan=ALASAN)
    t = kini(t)
    assert t.kini == K.USULAN_DITOLAK
    assert t in Tanggapan.objects.dengan_keadaan().menunggu_kantor()
    t = aksi.jawab(t, jawaban="Sudah kami periksa di lapangan.", versi=t.versi, oleh=make.sari())
    assert status(client) == "Dijawab"
    urut = list(Jejak.objects.filter(objek_jenis="pdpb.tanggapan").order_by("id").values_list("tindakan", flat=True))
    assert urut == ["pdpb.terima_tanggapan", *(f"pdpb.tanggapan_{n}" for n in
                    ("nyatakan_lengkap", "cocokkan", "usulkan", "jawab"))]  # fmt: skip


def test_the_officer_does_it_all_through_the_pages(client, data_dir):
    versi = make.pemilih()
    make.selesai_daftar()
    t = lapor(lampiran=[Lampiran(PDF, "pdf")])
    sebagai(client, make.sari())

    def alamat(nama):
        return reverse(f"pdpb:tanggapan_{nama}", args=[t.pk])

    assert client.post(alamat("nyatakan_lengkap"), {"versi": 1}).status_code == 302
    halaman = kalimat(client.get(alamat("cocokkan")))
    assert "MOH. CONTOH" in halaman
    assert LogAkses.objects.filter(tindakan="cari", tujuan=str(t)).exists()
    cari = client.post(alamat("cocokkan"), {"versi": 2, "kata": "contoh", "kelurahan": make.TALISE})
    assert "Hasil pencarian" in kalimat(cari)
    assert client.post(alamat("cocokkan"), {"versi": 2, "pemilih": versi.pemilih_id}).status_code == 302
    halaman = client.get(alamat("usulkan_tms"))
    assert halaman.context["form"]["kategori"].value() == "meninggal"
    isi = {"versi": 3, "kategori": "meninggal", "jenis_dokumen": "Akta kematian", "lampiran": t.lampiran.get().pk}
    assert client.post(alamat("usulkan_tms"), isi).status_code == 302
    p = Perubahan.objects.get()
    assert (p.tanggapan, p.pengusul, p.jenis) == (t, make.sari(), "tms")
    assert f">{p}: " in kalimat(client.get(alamat("detail")))
    # The proposer cannot verify what came from the public either.
    make.sari().groups.add(*make.wati().groups.all())
    hasil = ambil_langkah([p.pk], "verifikasi", oleh=make.sari(), periode=p.periode)
    assert hasil.berhasil == []


def test_a_person_not_in_the_list_becomes_a_new_voter_with_the_nik_of_the_report(client):
    make.pemilih()
    per = make.selesai_daftar()
    nik = make.nik()
    t = lapor(jenis="belum_terdaftar", nik=nik)
    t = aksi.nyatakan_lengkap(t, versi=t.versi, oleh=make.sari())
    sebagai(client, make.sari())
    alamat = reverse("pdpb:tanggapan_usulkan_baru", args=[t.pk])
    assert nik not in kalimat(client.get(alamat))
    isi = {
        "versi": t.versi, "kategori": "tercecer", "nkk": "7271080101209001", "nama": "Moh. Contoh",
        "tanggal_lahir": "17-08-1990", "jenis_kelamin": "L", "status_kawin": "S", "rt": "1", "rw": "2",
        "disabilitas": "0", "status_ktpel": "S", "kelurahan": make.TALISE, "jenis_dokumen": "KTP-el",
    }  # fmt: skip
    assert client.post(alamat, isi).status_code == 302
    p = Perubahan.objects.get(periode=per)
    assert p.identitas_baru.nik == nik
    assert kini(t).kini == S.DIUSULKAN


def test_what_is_missing_is_asked_and_added_on_the_ticket_page(client, data_dir):
    client.post(BARU, isian())
    t = kini(Tanggapan.objects.get())
    aksi.minta_kelengkapan(t, kekurangan=["kematian"], versi=t.versi, oleh=make.wati())
    assert "Akta kematian" in kalimat(client.get(LIHAT))
    assert client.post(LIHAT, {"keterangan": ""}).status_code == 422
    isi = {"keterangan": "Ini suratnya", "lampiran": SimpleUploadedFile("a.jpg", JPG)}
    assert client.post(LIHAT, isi).status_code == 302
    t = kini(t)
    assert (t.kini, t.lampiran.get().jenis) == (S.DITERIMA, "jpg")
    assert "Ini suratnya" in t.data.uraian
    assert client.post(LIHAT, isi | {"lampiran": SimpleUploadedFile("b.jpg", JPG)}).status_code == 422


def test_an_officer_takes_a_report_at_the_counter(client):
    sebagai(client, make.sari())
    alamat = reverse("pdpb:tanggapan_catat")
    isi = isian(kanal="surat", diterima="01-11-2026", identitas_diperiksa="on")
    assert client.post(alamat, isi | {"diterima": "01-11-2036"}).status_code == 422
    assert client.post(alamat, isi).status_code == 302
    t = Tanggapan.objects.get()
    assert (t.kanal, t.dicatat_oleh, f"{t.diterima}") == ("surat", make.sari(), "2026-11-01")
    pdf = client.get(reverse("pdpb:tanggapan_cetak_terima", args=[t.pk]))
    assert pdf.content.startswith(b"%PDF-")
    surat = reverse("pdpb:tanggapan_surat", args=[t.pk])
    belum = client.post(surat, {"diperiksa": "on"})
    assert (belum.status_code, "belum dijawab" in kalimat(belum)) == (422, True)
    t = kini(t)
    aksi.tolak(t, alasan="bukan_wewenang", catatan=ALASAN, versi=t.versi, oleh=make.sari())
    assert client.post(surat, {"diperiksa": ""}).status_code == 422
    make.komisioner()
    tujuan = client.post(surat, {"diperiksa": "on"})["Location"]
    assert tujuan == surat_tanggapan(kini(t)).get_absolute_url()
    assert client.get(surat)["Location"] == client.post(surat, {})["Location"] == tujuan
    assert LogAkses.objects.filter(tujuan__contains="identitas penerima diperiksa").count() == 1


def dijawab(catatan=ALASAN):
    """An answered report, and the letter drafted for it."""
    make.komisioner()
    t = lapor()
    aksi.tolak(kini(t), alasan="bukan_wewenang", catatan=catatan, versi=t.versi, oleh=make.sari())
    return kini(t), susun_surat_tanggapan(t, oleh=make.sari())


def test_the_letter_of_answer_is_a_numbered_letter_with_a_receipt(client, data_dir):
    """Drafted, numbered in the common book, signed, handed over: the receipt names the person, no book does."""
    t, surat = dijawab()
    assert susun_surat_tanggapan(t, oleh=make.wati()) == surat
    sebagai(client, make.budi())
    pdf = client.get(reverse("surat:keluar_konsep", args=[surat.pk])).content
    teks = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert ALASAN in teks
    assert "Yth. Warga Contoh" in teks
    assert "0812" not in teks
    assert LogAkses.objects.filter(objek_jenis="surat.suratkeluar", objek_id=str(surat.pk)).exists()
    naskah = keluar.siapkan_surat(surat, by=make.budi()).naskah
    assert naskah.nomor == f"1/PL.01.2-SD/7271/{naskah.tanggal:%Y}"
    assert naskah.nomor in kalimat(client.get(reverse("pdpb:tanggapan_detail", args=[t.pk])))
    Naskah.objects.filter(pk=naskah.pk).update(status="lengkap", siap_pada=sekarang(), lengkap_pada=sekarang())
    Revisi.objects.create(naskah=naskah, urut=0, berkas="x.pdf", sha256="a" * 64, ukuran=1)
    kirim = reverse("surat:kirim", args=[naskah.pk])
    isi = {"orang": "Warga Contoh", "kanal": "langsung", "tanggal": f"{naskah.tanggal:%d-%m-%Y}"}
    assert client.post(kirim, isi | {"orang": "Orang Lain"}).status_code == 422
    assert client.post(kirim, isi | {"orang": []}).status_code == 422
    assert client.post(kirim, isi).status_code == 302
    kiriman = Pengiriman.objects.get()
    assert (kiriman.tujuan, kiriman.instansi, kiriman.sha256) == ("Warga Contoh", None, "a" * 64)
    assert "Warga Contoh" not in " ".join(EntriAgenda.objects.values_list("perihal", flat=True))
    assert "Warga Contoh" not in " ".join(Jejak.objects.values_list("kalimat", flat=True))
    tanda = client.get(reverse("surat:tanda_terima", args=[naskah.pk])).content
    assert "Warga Contoh" in PdfReader(io.BytesIO(tanda)).pages[0].extract_text()
    naskah.refresh_from_db()
    with pytest.raises(Refused, match="sudah tercatat"):
        pengiriman.kirim(naskah, ["Warga Contoh"], kanal="surel", tanggal=naskah.tanggal, by=make.budi())


def test_a_letter_of_an_answer_that_no_longer_stands_does_not_go_out():
    t, surat = dijawab()
    aksi.buka_kembali(t, catatan="Pelapor datang kembali", versi=t.versi, oleh=make.sari())
    with pytest.raises(Refused, match="belum dijawab"):
        susun_surat_tanggapan(t, oleh=make.sari())
    with pytest.raises(Refused, match="diperiksa kembali"):
        keluar.siapkan_surat(surat, by=make.budi())
    assert not EntriAgenda.objects.exists()
    t = kini(t)
    aksi.tolak(t, alasan="bukan_wewenang", catatan="Alasan yang lain lagi", versi=t.versi, oleh=make.sari())
    assert "Alasan yang lain lagi" in susun_surat_tanggapan(t, oleh=make.sari()).isi
    assert SuratKeluar.objects.count() == 2


# --- Nothing about anybody ---------------------------------------------------------------------------------------
def test_no_public_page_reads_the_voter_list(client):
    with CaptureQueriesContext(
        connection,
    ) as tanya:
        client.get(BARU)
        client.post(BARU, isian(nik=make.nik()))
        for nama in ("terima", "tiket", "lihat"):
            client.get(reverse(f"pdpb:tanggapan_{nama}"))
    assert Tanggapan.objects.count() == 1
    assert [q["sql"] for q in tanya if "pdpb_pendaftaran" in str(q["sql"]) or "pdpb_pemilih" in str(q["sql"])] == []


def test_the_ticket_of_a_voter_and_of_nobody_are_the_same_page(client):
    """At every step: one person is in the list and struck from it, the other was never there."""
    versi = make.pemilih()
    per = make.selesai_daftar()
    ada, tiada = lapor(), lapor(data={"pelapor_nama": "Warga Contoh", "orang_nama": "TIDAK TERDAFTAR"})

    def halaman(t) -> str:
        client.post(TIKET, {"tiket": t.kode})
        isi = kalimat(client.get(LIHAT)).replace(t.nomor, "NOMOR").replace(t.kode, "KODE")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", isi)

    assert halaman(ada) == halaman(tiada)
    ada = cocok(ada, versi)
    tiada = aksi.nyatakan_lengkap(tiada, versi=tiada.versi, oleh=make.sari())
    assert halaman(ada) == halaman(tiada)
    make.setuju([usulkan(ada, versi, per).pk], per)
    aksi.tolak(tiada, alasan="tidak_cocok", catatan=ALASAN, versi=tiada.versi, oleh=make.sari())
    assert halaman(ada) == halaman(tiada)
    assert TAHAP_PUBLIK[-1] in halaman(ada)


@pytest.mark.parametrize("alasan", Tanggapan.AlasanTolak.values)
def test_nothing_an_officer_types_is_public_and_only_two_reasons_are_told(client, alasan):
    t = lapor()
    aksi.tolak(t, alasan=alasan, catatan="KALIMAT PETUGAS TENTANG ORANG", versi=t.versi, oleh=make.sari())
    client.post(TIKET, {"tiket": t.kode})
    halaman = kalimat(client.get(LIHAT))
    assert "KALIMAT PETUGAS" not in halaman
    assert t.get_alasan_tolak_display() not in halaman or not t.alasan_tolak
    netral = "tidak ditampilkan di sini" in halaman
    assert netral is (alasan not in ("dokumen_kurang", "bukan_wewenang"))


def test_receipt_and_ticket_name_nobody(client):
    client.post(BARU, isian(nik=make.nik()))
    for nama in ("terima", "lihat"):
        halaman = kalimat(client.get(reverse(f"pdpb:tanggapan_{nama}")))
        for kata in ("CONTOH\n", "MOH. CONTOH", "Warga Contoh", "0812", "warga@contoh.id", "Jl. Contoh"):
            assert kata not in halaman, kata


def test_contacts_and_nik_are_masked_until_opened_once_for_a_purpose(client, caplog):
    nik = make.nik()
    with caplog.at_level("DEBUG"):
        client.post(BARU, isian(nik=nik, uraian=f"NIK-nya {nik} salah"))
        t = Tanggapan.objects.get()
        detail = reverse("pdpb:tanggapan_detail", args=[t.pk])
        sebagai(client, make.sari())
        rahasia = (nik[4:], "081234567890", "warga@contoh.id")
        for alamat in (detail, reverse("pdpb:tanggapan_daftar")):
            assert [r for r in rahasia if r in kalimat(client.get(alamat))] == [], alamat
        kontak = reverse("pdpb:tanggapan_kontak", args=[t.pk])
        assert client.post(kontak, {"tujuan": ""}).status_code == 422
        client.post(kontak, {"tujuan": "menanyakan akta"})
        terbuka = kalimat(client.get(detail)).replace(" ", "")
        assert [r for r in rahasia if r not in terbuka] == []
        assert rahasia[1] not in kalimat(client.get(detail))
        assert LogAkses.objects.filter(tujuan="Kontak dan NIK dibuka: menanyakan akta").count() == 1
        sebagai(client, make.dewi())
        assert client.post(kontak, {"tujuan": "menanyakan akta"}).status_code == 404
        assert rahasia[1] not in kalimat(client.get(detail))
    assert [r for r in rahasia if r in caplog.text] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (tabel,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{tabel}" t WHERE t::text LIKE %s', [f"%{nik[4:]}%"])
            assert cursor.fetchone()[0] == (tabel == "pdpb_identitas"), tabel
            cursor.execute(f'SELECT count(*) FROM "{tabel}" t WHERE t::text LIKE %s', ["%081234567890%"])
            assert cursor.fetchone()[0] == (tabel == "pdpb_datatanggapan"), tabel


# --- Attacks -----------------------------------------------------------------------------------------------------
def test_a_flood_is_stopped_keeps_what_was_typed_and_lets_others_through(client):
    Aturan.objects.filter(kode="tanggapan_maks_kirim").update(nilai=3)
    hasil = [client.post(BARU, isian(uraian="Tulisan saya")) for _ in range(5)]
    assert [j.status_code for j in hasil] == [302, 302, 302, 429, 429]
    assert hasil[-1]["Retry-After"] == "600"
    assert "Tulisan saya" in kalimat(hasil[-1])
    assert Tanggapan.objects.count() == 3
    assert client.post(BARU, isian(), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_limits_of_a_day_per_network_and_for_all(client, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+08:00", tick=False)
    Aturan.objects.filter(kode="tanggapan_maks_kirim_sehari").update(nilai=2)
    for jam, diharap in (("10", 302), ("12", 302), ("14", 429)):
        time_machine.move_to(f"2026-11-24T{jam}:00:00+08:00", tick=False)
        assert client.post(BARU, isian()).status_code == diharap, jam
    Aturan.objects.filter(kode="tanggapan_maks_sehari").update(nilai=2)
    jawaban = client.post(BARU, isian(), REMOTE_ADDR="10.0.0.9")
    assert jawaban.status_code == 422
    assert "terlalu banyak tanggapan" in kalimat(jawaban)
    time_machine.move_to("2026-11-25T10:00:00+08:00", tick=False)
    assert client.post(BARU, isian()).status_code == 302


def test_codes_cannot_be_tried_one_after_another(client):
    """A wrong code, half a code and a senseless one get one sentence; after thirty there is none."""
    t = lapor()
    kata = set()
    for kode in ("A" * 12, t.kode[:-1], "' OR 1=1 --", f"{t.pk}"):
        jawaban = client.post(TIKET, {"tiket": kode})
        kata.add((jawaban.status_code, *re.findall("Kode ini[^<]+", kalimat(jawaban))[:1]))
    assert len(kata) == 1
    hasil = [client.post(TIKET, {"tiket": "B" * 12}).status_code for _ in range(30)]
    assert hasil[-1] == 429
    assert client.post(TIKET, {"tiket": t.kode}).status_code == 429
    assert client.post(TIKET, {"tiket": t.kode_terbaca.lower()}, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert len({lapor().kode for _ in range(20)}) == 20


def test_no_address_holds_a_code_and_a_stranger_sees_no_ticket(client):
    client.post(BARU, isian())
    t = Tanggapan.objects.get()
    for nama in ("terima", "lihat", "tiket"):
        alamat = reverse(f"pdpb:tanggapan_{nama}")
        jawaban = client.get(alamat)
        assert t.kode not in alamat + jawaban.get("Location", "")
        assert "no-store" in jawaban["Cache-Control"]
    client.post(reverse("pdpb:tanggapan_tutup"))
    assert client.get(LIHAT)["Location"] == TIKET
    assert client.get(reverse("pdpb:tanggapan_terima"))["Location"] == TIKET


@pytest.mark.parametrize(
    ("nama", "isi", "kata"),
    [
        ("a.jpg", b"MZ program", "bukan foto"),
        ("a.pdf", b"<html><script>alert(1)</script>", "bukan foto"),
        ("a.svg", b"<svg onload='alert(1)'/>", "bukan foto"),
        ("a.pdf", b"%PDF-1.7\n/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "memuat program"),
        ("a.pdf", b"%PDF-1.7\n/EmbeddedFile", "memuat program"),
        ("a.pdf", b"%PDF-1.7\n/J#61vaScript", "memuat program"),
        ("a.jpg", b"\xff\xd8\xff" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE", "berbahaya"),
        ("a.jpg", b"\xff\xd8\xff" + b"0" * (5 * 1024 * 1024), "lebih besar dari 5 MB"),
        ("a.jpg", b"", "kosong"),
    ],
)  # fmt: skip
def test_unggahan_jahat_lewat_formulir_publik(client, data_dir, nama, isi, kata):
    jawaban = client.post(BARU, isian(lampiran=SimpleUploadedFile(nama, isi)))
    assert jawaban.status_code == 422
    assert kata in kalimat(jawaban)
    assert Tanggapan.objects.count() == 0
    assert [p for p in data_dir.rglob("*") if p.is_file()] == []


def test_only_so_many_files_and_a_name_never_becomes_a_path(client, data_dir):
    banyak = [SimpleUploadedFile(f"{n}.jpg", JPG + bytes([n])) for n in range(4)]
    assert client.post(BARU, isian(lampiran=banyak)).status_code == 422
    jahat = SimpleUploadedFile("../../7271081708909001.php", JPG)
    assert client.post(BARU, isian(lampiran=[jahat, SimpleUploadedFile("sama.jpg", JPG)])).status_code == 302
    baris = LampiranTanggapan.objects.get()
    assert re.fullmatch(r"tanggapan/\d{4}/[0-9a-f]{64}\.jpg", baris.berkas.name)
    sebagai(client, make.sari())
    jawaban = client.get(reverse("pdpb:tanggapan_lampiran", args=[baris.tanggapan_id, baris.pk]))
    assert jawaban.content == JPG
    assert jawaban["Content-Disposition"].startswith("attachment;")
    lain = lapor()
    assert client.get(reverse("pdpb:tanggapan_lampiran", args=[lain.pk, baris.pk])).status_code == 404
    assert LogAkses.objects.filter(objek_label__startswith="Lampiran").count() == 1


def test_a_file_that_was_exchanged_on_the_disk_is_not_handed_out(client, data_dir):
    t = lapor(lampiran=[Lampiran(PDF, "pdf")])
    baris = t.lampiran.get()
    (data_dir / "berkas" / baris.berkas.name).write_bytes(PDF + b" ")
    sebagai(client, make.sari())
    jawaban = client.get(reverse("pdpb:tanggapan_lampiran", args=[t.pk, baris.pk]))
    assert jawaban.status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        t.lampiran.update(sha256="0" * 64)


def test_markup_in_names_stays_text(client):
    jahat = '<script>alert("x")</script>'
    client.post(BARU, isian(orang_nama=jahat, pelapor_nama=jahat, orang_alamat=jahat, uraian=f"{jahat}\nbaris dua"))
    t = Tanggapan.objects.get()
    sebagai(client, make.sari())
    nyata = re.compile(r"<script>alert", re.IGNORECASE)
    for nama, arg in (("detail", [t.pk]), ("daftar", []), ("cocokkan", [t.pk])):
        halaman = kalimat(client.get(reverse(f"pdpb:tanggapan_{nama}", args=arg)))
        assert not nyata.search(halaman)
        assert re.search("&lt;script&gt;alert", halaman, re.IGNORECASE)


def test_a_program_that_fills_every_box_is_refused(client):
    assert client.post(BARU, isian(situs="http://iklan.example")).status_code == 422
    assert client.post(BARU, isian(persetujuan="")).status_code == 422
    assert Tanggapan.objects.count() == 0


def test_null_bytes_and_senseless_values_get_sentences(client):
    for nama in (
        "jenis",
        "hubungan",
        "kelurahan",
        "orang_tanggal_lahir",
        "nik",
        "kunci",
        "pelapor_telepon",
        "orang_nama",
    ):
        assert client.post(BARU, isian(**{nama: "\0x"}), REMOTE_ADDR=f"10.1.0.{len(nama)}").status_code == 422, nama
    sebagai(client, make.sari())
    assert client.get(reverse("pdpb:tanggapan_daftar") + "?antrean=\0&kelurahan=%27&jenis=x").status_code == 200


# --- Twice, at once, in order ------------------------------------------------------------------------------------
def test_sent_twice_it_is_one_report_and_the_same_receipt(client):
    isi = isian()
    for _ in range(2):
        assert client.post(BARU, isi).status_code == 302
    assert (Tanggapan.objects.count(), DataTanggapan.objects.count()) == (1, 1)


def test_two_officers_with_one_page_do_not_overwrite_each_other(client):
    t = lapor()
    sebagai(client, make.sari())
    alamat = reverse("pdpb:tanggapan_tolak", args=[t.pk])
    aksi.nyatakan_lengkap(t, versi=t.versi, oleh=make.wati())
    jawaban = client.post(alamat, {"versi": 1, "alasan": "tidak_terbukti", "catatan": ALASAN})
    assert jawaban.status_code == 422
    assert "baru saja diubah orang lain" in kalimat(jawaban)
    assert ALASAN in kalimat(jawaban)
    assert kini(t).kini == S.DIPERIKSA


def test_a_refused_proposal_leaves_the_report_as_it_was(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    make.usul("meninggal", versi, per=per)
    t = cocok(lapor(), versi)
    with pytest.raises(Refused, match="sudah ada"):
        usulkan(t, versi, per)
    assert (kini(t).kini, kini(t).versi) == (S.DIPERIKSA, t.versi)


def test_evidence_of_another_report_and_another_voter_are_refused():
    versi, lain = make.pemilih(), make.pemilih()
    per = make.selesai_daftar()
    asing = lapor(lampiran=[Lampiran(PDF, "pdf")])
    t = cocok(lapor(), versi)
    with pytest.raises(Refused, match="tanggapan lain"):
        usulkan(t, versi, per, lampiran=asing.lampiran.get())
    with pytest.raises(Refused, match="bukan yang dicocokkan"):
        usulkan(t, lain, per)


def test_the_demo_brings_reports_once_and_they_can_be_matched(client):
    for _ in range(4):
        make.pemilih()
    assert [isi_tanggapan(), isi_tanggapan()] == [4, 0]
    t = Tanggapan.objects.get(jenis="meninggal")
    t = aksi.nyatakan_lengkap(t, versi=1, oleh=make.sari())
    sebagai(client, make.sari())
    assert "Cocok<" in kalimat(client.get(reverse("pdpb:tanggapan_cocokkan", args=[t.pk])))
    assert client.get(reverse("pdpb:tanggapan_daftar") + "?antrean=terlambat").context["jumlah"] == 1


# --- The queue ---------------------------------------------------------------------------------------------------
def test_reports_of_one_person_are_shown_together(data_dir):
    nik = make.nik()
    lahir = "1990-08-17"
    dasar = {"pelapor_nama": "A"}
    satu = lapor(nik=nik, data=dasar | {"orang_nama": "ANI", "orang_tanggal_lahir": lahir},
                 lampiran=[Lampiran(PDF, "pdf")])  # fmt: skip
    petobo = Kelurahan.objects.get(pk=make.PETOBO)
    sama = [
        lapor(nik=nik, data=dasar | {"orang_nama": "X"}, kelurahan=petobo),
        lapor(data=dasar | {"orang_nama": "ANI"}),
        lapor(data=dasar | {"orang_nama": "ANI", "orang_tanggal_lahir": lahir}, kelurahan=petobo),
        lapor(data=dasar | {"orang_nama": "Y"}, kelurahan=petobo, lampiran=[Lampiran(PDF, "pdf")]),
    ]
    lapor(data=dasar | {"orang_nama": "ANI"}, kelurahan=petobo)
    assert set(Tanggapan.objects.serupa(satu)) == set(sama)


def test_late_counts_from_the_dated_row_and_not_while_the_reporter_is_asked(client, time_machine):
    time_machine.move_to("2026-11-01T10:00:00+08:00", tick=False)
    t = lapor()
    sebagai(client, make.sari())
    daftar = reverse("pdpb:tanggapan_daftar")
    for hari, telat in (("08", 0), ("09", 1)):
        time_machine.move_to(f"2026-11-{hari}T10:00:00+08:00", tick=False)
        client.force_login(make.sari())
        assert client.get(f"{daftar}?antrean=terlambat").context["jumlah"] == telat
    assert "Tanggapan terlambat" in kalimat(client.get("/"))
    Aturan.objects.filter(kode="target_jawab_tanggapan").update(nilai=8)
    assert client.get(f"{daftar}?antrean=terlambat").context["jumlah"] == 0
    Aturan.objects.filter(kode="target_jawab_tanggapan").update(nilai=7)
    aksi.minta_kelengkapan(t, kekurangan=["ktp"], versi=t.versi, oleh=make.sari())
    assert client.get(f"{daftar}?antrean=terlambat").context["jumlah"] == 0


def test_figures_of_a_month(time_machine):
    for hari in (1, 2, 3):
        time_machine.move_to(f"2026-11-0{hari}T10:00:00+08:00", tick=False)
        lapor()
    time_machine.move_to("2026-11-06T10:00:00+08:00", tick=False)
    for t in Tanggapan.objects.dengan_keadaan().order_by("pk")[:2]:
        aksi.tolak(t, alasan="tidak_terbukti", catatan=ALASAN, versi=t.versi, oleh=make.sari())
    assert Tanggapan.objects.bulanan(date(2026, 1, 1)) == [
        {"bulan": date(2026, 11, 1), "masuk": 3, "selesai": 2, "median": 4.5}
    ]


def test_every_filter_counts_what_it_shows_and_cards_agree(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    lapor()
    cocok(lapor(), versi)
    usulkan(cocok(lapor(data={"pelapor_nama": "B", "orang_nama": "C"}), versi), versi, per)
    t = lapor(jenis="lain")
    aksi.minta_kelengkapan(t, kekurangan=["ktp"], versi=t.versi, oleh=make.sari())
    sebagai(client, make.sari())
    daftar = reverse("pdpb:tanggapan_daftar")
    saringan = ("", "antrean=menunggu", "antrean=pelapor", "antrean=usulan", "antrean=selesai", "jenis=lain",
                "kanal=surat")  # fmt: skip
    jumlah = [client.get(f"{daftar}?{q}").context["jumlah"] for q in saringan]
    assert jumlah == [4, 2, 1, 1, 0, 1, 0]
    assert re.search(r"<b>2</b> <span>Tanggapan masyarakat", kalimat(client.get("/")))
    assert Identitas.objects.filter(nik="").count() == 0
