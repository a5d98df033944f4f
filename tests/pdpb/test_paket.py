"""The package of a closed quarter: what is in it, what never is, the same bytes twice, who gets it, when it goes."""

import io
import json
import subprocess
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from PIL import Image

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.imports.berkas import tempat
from kpupalu.imports.models import BerkasMasuk
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobFailed
from kpupalu.jobs.tasks import run_job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah import basah, dasar, simpanan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.rapat.models import KehadiranAnggota, Peserta
from pdpb.actions.naskah import buat_berita_acara, naskah_periode
from pdpb.actions.paket import berkas_paket, folder_paket, minta_paket, paket_terbaru
from pdpb.actions.pembersihan import bersihkan
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.berkas_daftar import satu_potret
from pdpb.models import Identitas, ImporBatch, PaketPeriode, Pengumuman, Periode
from pdpb.paket import susun_isi
from pdpb.pekerjaan_paket import susun_paket
from tests import make
from tests.kernel import bangun_naskah
from tests.kernel.test_foto import RAHASIA, foto_gps
from tests.pdpb import bangun_paket as bangun
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
PERAN = (
    "kasubbag_rendatin", "ketua", "anggota", "operator", "verifikator", "bawaslu", "auditor", "sekretaris", "kasubbag",
    "admin",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _kunci_ringan(monkeypatch):
    """The keys of these tests need not resist guessing."""
    monkeypatch.setattr("kpupalu.naskah.pki.PUTARAN_SANDI", 1_000)


@pytest.fixture
def per():
    return bangun.tertutup()


def isi(jalur) -> dict[str, bytes]:
    with zipfile.ZipFile(jalur) as arsip:
        return {nama: arsip.read(nama) for nama in arsip.namelist()}


def manifes(jalur) -> dict:
    return json.loads(isi(jalur)["MANIFEST.json"])


# --- What is in it ---
def test_everything_of_the_quarter_is_inside_and_named(per):
    paket, jalur = bangun.susun(per)
    berkas = isi(jalur)
    nama = list(berkas)
    ba = naskah_periode(per)
    for awal in (
        "01-berita-acara/v1-", "02-lampiran/rekap-v1.pdf", "02-lampiran/rekap-v1.xlsx", "02-lampiran/rekap-v1.json",
        "02-lampiran/a-dpb2-v1.xlsx", "03-rapat/01-pleno/undangan/", "03-rapat/01-pleno/daftar-hadir.pdf",
        "03-rapat/01-pleno/masukan.csv", "05-salinan/pengiriman.csv", "05-salinan/tanda-terima.pdf",
        "05-salinan/bukti/", "06-pengumuman/tempat.csv", f"06-pengumuman/foto/papan-kelurahan-{make.TALISE}.png",
        "07-sidik/sidik.json", "07-sidik/spesifikasi-sidik-data.md", "08-impor/berita-acara-impor-", "09-bawaslu/",
        "BACA-SAYA.txt",
    ):  # fmt: skip
        assert any(n.startswith(awal) for n in nama), awal
    assert nama[-2:] == ["MANIFEST.json", "MANIFEST.txt"]
    utama = next(b for b in manifes(jalur)["berkas"] if b["jenis"] == "berita_acara")
    assert (utama["nomor"], utama["berlaku"], utama["ditandatangani"], utama["versi"]) == (ba.nomor, True, True, 1)
    assert (utama["sumber"], utama["tanggal"]) == (f"naskah.naskah/{ba.pk}", "2026-12-08")
    assert berkas[utama["jalur"]] == simpanan.baca(ba.terbaru.berkas)
    assert paket.jumlah_berkas == len(nama) - 2 == len(manifes(jalur)["berkas"])
    beku = per.snapshot_set.get()
    assert json.loads(berkas["07-sidik/sidik.json"])["versi"][0]["akar_pohon"] == beku.akar
    assert manifes(jalur)["data"]["sidik_data"] == beku.digest


def test_what_is_missing_is_named_and_what_comes_later_is_inside_then(per):
    _, jalur = bangun.susun(per)
    tidak_ada = [k["uraian"] for k in manifes(jalur)["tidak_ada"]]
    assert any("Notula rapat pleno" in k for k in tidak_ada)
    assert any("45 papan" in k and "Papan Kelurahan Talise," not in k for k in tidak_ada)
    assert "Rapat atau forum koordinasi." in tidak_ada
    assert any("KPU Republik Indonesia" in k for k in tidak_ada)
    assert PaketPeriode.objects.get().kurang == tidak_ada
    assert "Notula rapat pleno" in isi(jalur)["BACA-SAYA.txt"].decode()
    naskah = bangun.notula(per)
    _, kedua = bangun.susun(per)
    assert not any("Notula rapat pleno" in k["uraian"] for k in manifes(kedua)["tidak_ada"])
    assert simpanan.baca(naskah.terbaru.berkas) in isi(kedua).values()
    assert [p.nomor for p in PaketPeriode.objects.order_by("urut")] == ["PKT-01/2026-tw4", "PKT-02/2026-tw4"]


def test_the_manifest_is_checked_by_the_tool_every_system_has(per, tmp_path):
    paket, jalur = bangun.susun(per)
    with zipfile.ZipFile(jalur) as arsip:
        arsip.extractall(tmp_path / "buka")
    perintah = ["sha256sum", "--strict", "--quiet", "-c", "MANIFEST.txt"]
    hasil = subprocess.run(perintah, cwd=tmp_path / "buka", capture_output=True, text=True, check=False)
    assert (hasil.returncode, hasil.stdout, hasil.stderr) == (0, "", "")
    assert sha256((tmp_path / "buka" / "MANIFEST.txt").read_bytes()).hexdigest() == paket.sidik_manifes
    assert sha256(jalur.read_bytes()).hexdigest() == paket.sha256
    assert jalur.stat().st_size == paket.ukuran


def test_the_same_state_gives_the_same_bytes_at_another_hour(per):
    pertama, satu = bangun.susun(per)
    with time_machine.travel(sekarang() + timedelta(days=3)):
        kedua, dua = bangun.susun(per)
    assert satu != dua
    assert satu.read_bytes() == dua.read_bytes()
    assert (pertama.sha256, pertama.sidik_manifes) == (kedua.sha256, kedua.sidik_manifes)
    Pengumuman.objects.filter(kanal="papan_kelurahan").update(keterangan="Dipindahkan ke pagar")
    ketiga, _ = bangun.susun(per)
    assert ketiga.sidik_manifes != kedua.sidik_manifes


def test_old_versions_stand_beside_the_one_in_force_and_paper_counts():
    """Withdrawn, frozen again, stuck after one signature, then signed in ink: what is in force is the scan."""
    with time_machine.travel(bangun.PLENO, tick=True):
        per = bangun.kantor()
        bangun.pleno(per)
        ImporBatch.objects.update(status="selesai")
        bekukan(per, oleh=make.budi())
        dasar.tarik(
            buat_berita_acara(_kini(per), oleh=make.budi()), by=make.budi(), alasan="Ada masukan yang terlambat"
        )
        minta = minta_buka_kembali(_kini(per), alasan="Saran perbaikan Bawaslu", nomor_surat="1/PM", oleh=make.budi())
        setujui_buka_kembali(minta, oleh=make.komisioner()[0], sampai=hari_ini())
        bekukan(_kini(per), oleh=make.budi())
        macet = dasar.siapkan(buat_berita_acara(_kini(per), oleh=make.budi()), by=make.budi())
        bangun.tertanda(macet, banyak=1)
        kertas = dasar.ulangi(macet, by=make.budi(), alasan="Listrik padam di aula", cara="basah")
        kertas = dasar.siapkan(kertas, by=make.budi())
        cetak_naskah(Job.objects.get(pk=kertas.pekerjaan_id))
        assert {k.kode for k in susun_isi(_kini(per)).wajib} == {"berita_acara"}
        pindaian = bangun_naskah.pindaian()
        scan = basah.unggah_scan(Naskah.objects.get(pk=kertas.pk), berkas=pindaian, by=make.budi())
        basah.banding_scan(
            scan, nomor_sama=True, isi_sama=True, tanda_tangan_lengkap=True, by=make.orang("budi2", "kasubbag_rendatin")
        )
    _, jalur = bangun.susun(_kini(per))
    ba = {b["versi"]: b for b in manifes(jalur)["berkas"] if b["jenis"] == "berita_acara"}
    assert {v: (b["berlaku"], b["ditandatangani"]) for v, b in ba.items()} == {2: (False, False), 3: (True, True)}
    assert isi(jalur)[ba[3]["jalur"]] == pindaian
    rekap = {b["jalur"]: b["berlaku"] for b in manifes(jalur)["berkas"] if b["jenis"] == "rekap"}
    awal = "02-lampiran/rekap"
    assert rekap == {
        f"{awal}-v1.json": False, f"{awal}-v1.xlsx": False, f"{awal}-v2.json": True, f"{awal}-v2.pdf": True,
        f"{awal}-v2.xlsx": True,
    }  # fmt: skip


def _kini(per: Periode) -> Periode:
    return Periode.objects.get(pk=per.pk)


# --- What is never in it ---
def test_no_planted_nik_and_no_nik_of_a_voter_is_inside(per, tmp_path):
    """Every text that is made for the package, every name in it, and the text of every PDF in it."""
    _, jalur = bangun.susun(per)
    berkas = isi(jalur)
    # The signed minutes print the remark as it was frozen, number masked or not: that is the document itself.
    milik = {b["jalur"] for b in manifes(jalur)["berkas"] if b.get("ditandatangani")}
    nik = {bangun.NIK, bangun.NIK_TANGAN, *Identitas.objects.values_list("nik", flat=True)}
    nik |= {n for n in Identitas.objects.values_list("nkk", flat=True) if n}
    for nama, data in berkas.items():
        teks = nama + _teks(data, nama, tmp_path)
        if nama not in milik:
            assert [n for n in nik if n in teks] == [], nama
    semua = "".join(_teks(d, n, tmp_path) for n, d in berkas.items() if n not in milik)
    # The search sees through what it searches: the masked rest of each planted number is found.
    assert semua.count("7271••••••••••••") >= 3
    assert "7271 •••• •••• ••••" in semua


def _teks(data: bytes, nama: str, tmp_path) -> str:
    if nama.endswith(".pdf"):
        (tmp_path / "a.pdf").write_bytes(data)
        perintah = ["pdftotext", "-raw", str(tmp_path / "a.pdf"), "-"]
        return subprocess.run(perintah, capture_output=True, text=True, check=True).stdout
    if nama.endswith(".xlsx"):
        (tmp_path / "a.xlsx").write_bytes(data)
        return "".join(b.decode("utf-8", "replace") for b in isi(tmp_path / "a.xlsx").values())
    return data.decode("utf-8", "replace")


def test_photos_say_neither_where_nor_by_what_they_were_taken(per):
    """A board and a receipt photographed with a phone; the sealed originals stay as they came."""
    masuk = Pengumuman.objects.get(kanal="papan_kelurahan").foto
    asal = foto_gps()
    (settings.MEDIA_ROOT / str(masuk.berkas)).write_bytes(asal)
    BerkasMasuk.objects.filter(pk=masuk.pk).update(sha256=sha256(asal).hexdigest(), nama="papan.JPG")
    _, jalur = bangun.susun(per)
    foto = next(b for b in manifes(jalur)["berkas"] if b["jenis"] == "foto_pengumuman")
    data = isi(jalur)[foto["jalur"]]
    assert foto["jalur"].endswith(".jpg")
    assert RAHASIA not in data
    with Image.open(io.BytesIO(data)) as gambar:
        assert dict(gambar.getexif()) == {0x0112: 6}
    assert (foto["sha256"], foto["sha256_asli"]) == (sha256(data).hexdigest(), sha256(asal).hexdigest())
    assert tempat(masuk).read_bytes() == asal


def test_a_remark_is_no_formula_and_its_answer_is_complete(per):
    _, jalur = bangun.susun(per)
    tabel = isi(jalur)["03-rapat/01-pleno/masukan.csv"].decode("utf-8-sig")
    assert tabel.splitlines() == [
        '"Lembaga";"Masukan";"Jawaban"',
        '"Bawaslu Kota Palu";"Periksa 7271 •••• •••• ••••.";"\'=Sudah diperiksa."',
    ]


def test_files_received_from_agencies_are_not_inside(per):
    _, jalur = bangun.susun(per)
    jenis = {b["jenis"] for b in manifes(jalur)["berkas"]}
    assert jenis == {
        "adpb2", "ba_impor", "berita_acara", "bukti_terima", "daftar_hadir", "foto_pengumuman", "jawaban_bawaslu",
        "masukan", "pengiriman", "pengumuman", "petunjuk", "rekap", "sidik", "spesifikasi", "tanda_terima", "undangan",
    }  # fmt: skip


# --- When it may be made ---
def test_nothing_is_made_before_the_minutes_are_signed():
    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    bekukan(per, oleh=make.budi())
    with pytest.raises(Refused, match="lengkap ditandatangani"):
        minta_paket(per, oleh=make.budi())
    wajib = {k.kode for k in susun_isi(Periode.objects.get(pk=per.pk)).wajib}
    assert wajib == {"berita_acara", "pleno"}
    assert not PaketPeriode.objects.exists()


def test_a_pleno_without_attendance_is_waited_for(per):
    KehadiranAnggota.objects.update(status="belum")
    Peserta.objects.update(status="diundang")
    paket = minta_paket(per, oleh=make.budi())
    with pytest.raises(Refused, match="Catat kehadirannya"):
        susun_paket(Job.objects.get(pk=paket.pekerjaan))
    assert list(folder_paket().iterdir()) == []
    paket.refresh_from_db()
    assert paket.status == "disusun"


def test_a_quarter_that_is_signed_and_not_announced_yet_has_its_package():
    per = bangun.tertutup(umumkan=False)
    _, jalur = bangun.susun(per)
    kurang = [k["uraian"] for k in manifes(jalur)["tidak_ada"]]
    assert any("Laman KPU Kota Palu" in k for k in kurang)
    assert any("46 papan" in k for k in kurang)


def test_a_document_that_changed_on_disk_stops_the_package_and_names_itself(per):
    paket = minta_paket(per, oleh=make.budi())
    jalur = simpanan.akar() / naskah_periode(per).terbaru.berkas
    jalur.write_bytes(jalur.read_bytes() + b" ")
    with pytest.raises(JobFailed, match="tidak lagi sama dengan sidiknya"):
        susun_paket(Job.objects.get(pk=paket.pekerjaan))
    assert list(folder_paket().iterdir()) == []


def test_a_photo_that_changed_on_disk_stops_it_too_and_its_name_is_not_told(per):
    paket = minta_paket(per, oleh=make.budi())
    foto = Pengumuman.objects.get(kanal="papan_kelurahan").foto
    (settings.MEDIA_ROOT / str(foto.berkas)).write_bytes(b"lain")
    with pytest.raises(Refused, match=f"berkas masuk nomor {foto.pk} ") as galat:
        susun_paket(Job.objects.get(pk=paket.pekerjaan))
    assert bangun.NIK not in str(galat.value)


# --- Work ---
def test_asking_again_while_it_is_made_gives_the_same_and_failed_work_starts_again(per):
    satu = minta_paket(per, oleh=make.budi())
    assert minta_paket(per, oleh=make.budi()) == satu
    lain = make.orang("budi2", "kasubbag_rendatin")
    assert minta_paket(per, oleh=lain).diminta_oleh == make.budi()
    Job.objects.filter(pk=satu.pekerjaan).update(status="gagal", selesai_pada=sekarang(), pesan="Penyimpanan penuh.")
    dua = minta_paket(per, oleh=lain)
    assert (dua.pk, dua.diminta_oleh, PaketPeriode.objects.count()) == (satu.pk, lain, 1)
    assert dua.pekerjaan != satu.pekerjaan


def test_a_second_run_of_the_same_job_changes_nothing(per):
    paket, jalur = bangun.susun(per)
    sebelum = jalur.stat()
    susun_paket(Job.objects.get(pk=paket.pekerjaan))
    assert jalur.stat() == sebelum
    assert Jejak.objects.filter(tindakan="pdpb.paket_siap").count() == 1


def test_every_act_stands_in_the_history_of_the_quarter(per):
    paket, _ = bangun.susun(per)
    tindakan = {j.tindakan: j for j in Jejak.objects.filter(objek_jenis="pdpb.periode", objek_id=per.pk)}
    assert tindakan["pdpb.minta_paket"].pelaku == make.budi()
    assert paket.sidik_manifes in tindakan["pdpb.paket_siap"].kalimat


# --- Pages ---
def test_the_page_names_what_is_missing_and_starts_the_work(client, per):
    sebagai(client, make.budi())
    url = reverse("pdpb:paket", args=[per.pk])
    halaman = kalimat(client.get(url))
    assert "Belum ada paket" in halaman
    assert "Notula rapat pleno" in halaman
    assert "tidak memuat daftar bernama ber-NIK" in halaman
    assert bangun.NIK not in halaman
    assert url in kalimat(client.get(reverse("pdpb:periode_detail", args=[per.pk])))
    jawaban = client.post(reverse("pdpb:paket_susun", args=[per.pk]))
    paket = PaketPeriode.objects.get()
    assert jawaban["Location"] == reverse("jobs:detail", args=[paket.pekerjaan])
    assert "sedang disusun atas permintaan" in kalimat(client.get(url))
    susun_paket(Job.objects.get(pk=paket.pekerjaan))
    Job.objects.filter(pk=paket.pekerjaan).update(status="selesai", selesai_pada=sekarang())
    paket.refresh_from_db()
    halaman = kalimat(client.get(url))
    assert paket.sidik_manifes in halaman
    assert "Susun kembali" in halaman
    jawaban = client.get(reverse("pdpb:paket_unduh", args=[per.pk, 1]))
    assert b"".join(jawaban) == berkas_paket(paket).read_bytes()
    assert jawaban["Cache-Control"] == "no-store"
    assert "paket-2026-tw4-01.zip" in jawaban["Content-Disposition"]
    akses = LogAkses.objects.get(objek_jenis="pdpb.paketperiode")
    assert (akses.tindakan, akses.pelaku) == ("ekspor", make.budi())


def test_the_public_page_of_the_quarter_shows_the_digest_and_gives_no_file(client, per):
    url = reverse("pdpb:pengumuman", args=[per.pk])
    assert "manifes" not in kalimat(client.get(url))
    paket, _ = bangun.susun(per)
    halaman = kalimat(client.get(url))
    assert paket.sidik_manifes in halaman
    assert "/unduh/" not in halaman


def test_before_the_signatures_the_page_says_what_must_come_first(client):
    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    sebagai(client, make.budi())
    halaman = kalimat(client.get(reverse("pdpb:paket", args=[per.pk])))
    assert "Paket belum dapat disusun" in halaman
    assert "Bekukan periode lebih dahulu" in halaman
    assert "Susun paket</button>" not in halaman
    asal = reverse("pdpb:paket", args=[per.pk])
    jawaban = client.post(
        reverse("pdpb:paket_susun", args=[per.pk]), headers={"referer": f"http://testserver{asal}"}, follow=True
    )
    assert "lengkap ditandatangani" in kalimat(jawaban)


def test_who_sees_who_makes_and_who_gets_nothing(client, per):
    bangun.susun(per)
    peran = {p: (p in ("kasubbag_rendatin", "ketua", "anggota"), p == "kasubbag_rendatin") for p in PERAN}
    for nama, (lihat, susun) in peran.items():
        user = make.orang(f"uji_{nama}", nama)
        sebagai(client, user)
        kode = 200 if lihat else 404
        assert client.get(reverse("pdpb:paket", args=[per.pk])).status_code == kode, nama
        assert client.get(reverse("pdpb:paket_unduh", args=[per.pk, 1])).status_code == kode, nama
        assert PaketPeriode.objects.for_user(user).exists() == lihat, nama
        jawaban = client.post(reverse("pdpb:paket_susun", args=[per.pk]))
        assert jawaban.status_code == (302 if susun else 404), nama
        if not susun:
            with pytest.raises(Refused, match="tidak berwenang"):
                minta_paket(per, oleh=user)
    client.logout()
    assert client.get(reverse("pdpb:paket_unduh", args=[per.pk, 1])).status_code == 302


# --- Cleaning ---
def test_an_old_archive_goes_its_digest_stays_and_it_can_be_made_again(client, per):
    paket, jalur = bangun.susun(per)
    with time_machine.travel(sekarang() + timedelta(days=89)):
        assert bersihkan().paket == 0
    with time_machine.travel(sekarang() + timedelta(days=91)):
        assert bersihkan(uji_coba=True).paket == 1
        assert jalur.exists()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.db.transaction.on_commit", lambda lakukan, **_: lakukan())
            assert bersihkan().paket == 1
        assert not jalur.exists()
        assert bersihkan().paket == 0
    paket.refresh_from_db()
    assert (paket.status, paket_terbaru(per)) == ("dihapus", paket)
    assert Jejak.objects.filter(tindakan="pdpb.paket_dihapus").count() == 1
    sebagai(client, make.budi())
    assert client.get(reverse("pdpb:paket_unduh", args=[per.pk, 1])).status_code == 409
    assert "Berkas dihapus" in kalimat(client.get(reverse("pdpb:paket", args=[per.pk])))
    kedua, _ = bangun.susun(per)
    assert (kedua.urut, kedua.sidik_manifes) == (2, paket.sidik_manifes)


# --- One instant ---
@pytest.mark.django_db(transaction=True)
def test_what_others_do_while_it_is_printed_is_in_the_next_package(tmp_path):
    """The office goes on while printing takes its time: attendance is printed late, and is of the instant it began."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kpupalu.jobs.tasks.run_job.apply_async", lambda *_, **__: None)
        per = bangun.tertutup()
        paket = minta_paket(per, oleh=make.budi())
    job, sudah = Job.objects.get(pk=paket.pekerjaan), []
    lapor = job.report

    def report(selesai: int, total: int | None = None, langkah: str = "") -> None:
        if langkah.startswith("Menulis") and not sudah:
            sudah.extend(serentak(_ganti_tamu))
        lapor(selesai, total, langkah)

    job.report = report
    susun_paket(job)
    assert sudah == [1]
    hadir = _teks(isi(berkas_paket(paket))["03-rapat/01-pleno/daftar-hadir.pdf"], "a.pdf", tmp_path)
    assert "Rekaan" in hadir
    assert "Kemudian" not in hadir
    with satu_potret():
        kini = {b.jalur: b for b in susun_isi(_kini(per)).bagian}["03-rapat/01-pleno/daftar-hadir.pdf"]
        assert "Kemudian" in _teks(b"".join(kini.isi()), "a.pdf", tmp_path)


def _ganti_tamu() -> int:
    return Peserta.objects.filter(nama="Fatma Rekaan").update(nama="Kemudian")


# --- Two at once ---
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_package():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kpupalu.jobs.tasks.run_job.apply_async", lambda *_, **__: None)
        per = bangun.tertutup()
        lain = make.orang("budi2", "kasubbag_rendatin")
        hasil = serentak(
            lambda: minta_paket(per, oleh=make.budi()),
            lambda: minta_paket(per, oleh=lain),
            lambda: minta_paket(per, oleh=make.budi()),
        )
    assert len({p.pk for p in hasil}) == 1, hasil
    assert PaketPeriode.objects.count() == Job.objects.filter(kind="pdpb.susun_paket").count() == 1
    job = Job.objects.get(kind="pdpb.susun_paket")
    # The message is delivered twice.
    serentak(lambda: run_job(job.pk), lambda: run_job(job.pk))
    job.refresh_from_db()
    assert (job.status, job.percobaan, job.hasil["tautan"]) == ("selesai", 1, reverse("pdpb:paket", args=[per.pk]))
    paket = PaketPeriode.objects.get()
    assert paket.sha256 == sha256(berkas_paket(paket).read_bytes()).hexdigest()
    assert [p.name for p in folder_paket().iterdir()] == [paket.berkas]
    assert Jejak.objects.filter(tindakan="pdpb.paket_siap").count() == 1
