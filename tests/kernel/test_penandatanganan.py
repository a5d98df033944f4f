"""Signing: by the right person, of the file that was read, one revision after the other, never a dead end."""

import threading
from datetime import timedelta
from itertools import pairwise
from unittest import mock

import pytest
import time_machine
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.audit.catatan import riwayat
from kpupalu.lib import Refused, waktu
from kpupalu.naskah import basah, dasar, pades, penyedia, pki, sertifikat, simpanan
from kpupalu.naskah import penandatanganan as ttd
from kpupalu.naskah.bacaan import TandaTangan
from kpupalu.naskah.models import (
    BukuAgenda,
    EntriAgenda,
    Naskah,
    Penandatangan,
    PercobaanSandi,
    ScanBasah,
    SertifikatPenanda,
)
from kpupalu.naskah.penyedia.lokal import Lokal
from tests.kernel import bangun_naskah as bangun

S = Naskah.Status
P = Penandatangan.Status
pytestmark = pytest.mark.django_db
# The day of the pleno: the printed date, the posts and the certificates all belong to it.
PLENO = "2026-12-11T10:00:00+08:00"


@pytest.fixture(autouse=True)
def _hari_pleno(data_dir, monkeypatch):
    """Each test has its own files and its own CA, on the day of the pleno; its keys need not resist guessing."""
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    with time_machine.travel(PLENO, tick=True):
        yield


def bersertifikat(n: int = 5, **lain) -> tuple[Naskah, list]:
    """A printed document and its *n* signers, each with a key."""
    orang = bangun.komisioner(n)
    for user in orang:
        sertifikat.terbitkan_sertifikat(user, sandi=bangun.SANDI, by=user)
    return bangun.siap(n=n, **lain), orang


def bubuhi(naskah: Naskah, user, **lain):
    """Sign as somebody does who has just read the newest revision."""
    isi = {"sandi": bangun.SANDI, "digest_dibaca": naskah.terbaru.sha256} | lain
    revisi = ttd.tandatangani(naskah, oleh=user, **isi)
    naskah.refresh_from_db()
    return revisi


# --- The whole way ---


def test_five_signatures_complete_the_document():
    naskah, orang = bersertifikat()
    urutan = [S.SEBAGIAN] * 4 + [S.LENGKAP]
    for user, status in zip(orang, urutan, strict=True):
        bubuhi(naskah, user)
        assert naskah.status == status
    isi = [simpanan.baca(r.berkas) for r in naskah.revisi.order_by("urut")]
    assert len(isi) == 6
    assert all(baru.startswith(lama) and len(baru) > len(lama) for lama, baru in pairwise(isi))
    assert all(pades.kolom_tanda_tangan(isi[-1]).values())
    assert naskah.penandatangan.filter(status=P.MENANDATANGANI, ditandatangani_pada__isnull=False).count() == 5
    assert naskah.lengkap_pada is not None
    tindakan = [j.tindakan for j in riwayat(naskah)]
    assert tindakan.count("naskah_ditandatangani") == 5
    assert tindakan[0] == "naskah_lengkap"


def test_absent_commissioner_is_not_waited_for():
    absen = bangun.komisioner()[4]
    naskah, orang = bersertifikat(tidak_hadir={absen.pk: "tugas ke provinsi"})
    with pytest.raises(Refused, match="tidak hadir"):
        bubuhi(naskah, absen)
    for user in orang[:4]:
        bubuhi(naskah, user)
    assert naskah.status == S.LENGKAP


def test_work_area_finishes_in_the_same_transaction():
    naskah, orang = bersertifikat(n=1)
    with mock.patch.dict(ttd._saat_lengkap, {bangun.JENIS: mock.Mock(side_effect=Refused("Rekap berubah."))}):
        with pytest.raises(Refused, match=r"Rekap berubah\."):
            bubuhi(naskah, orang[0])
        naskah.refresh_from_db()
        assert (naskah.status, naskah.revisi.count()) == (S.SIAP, 1)
    selesai = []
    with mock.patch.dict(ttd._saat_lengkap, {bangun.JENIS: lambda n: selesai.append(n.status)}):
        bubuhi(naskah, orang[0])
    assert selesai == [S.LENGKAP]


# --- What is refused ---


def test_digest_of_an_older_revision_is_refused():
    naskah, orang = bersertifikat(n=2)
    dibaca = naskah.terbaru.sha256
    bubuhi(naskah, orang[0])
    with pytest.raises(Refused, match="sudah bertambah tanda tangan"):
        bubuhi(naskah, orang[1], digest_dibaca=dibaca)
    with pytest.raises(Refused, match="sudah bertambah tanda tangan"):
        bubuhi(naskah, orang[1], digest_dibaca="")
    assert naskah.revisi.count() == 2
    assert bubuhi(naskah, orang[1]).urut == 2


def test_nobody_signs_twice_or_for_others():
    naskah, orang = bersertifikat(n=2)
    bubuhi(naskah, orang[0])
    with pytest.raises(Refused, match="sudah tercatat"):
        bubuhi(naskah, orang[0])
    asing = bangun.orang("asing", "anggota")
    with pytest.raises(Refused, match="tidak termasuk"):
        bubuhi(naskah, asing)
    orang[1].groups.clear()
    with pytest.raises(Refused, match="tidak termasuk"):
        bubuhi(naskah, type(orang[1]).objects.get(pk=orang[1].pk))


@pytest.mark.parametrize("status", [s for s in S if s not in {S.SIAP, S.SEBAGIAN}])
def test_urutan_langkah_penandatanganan(status):
    naskah = bangun.dalam_status(status, n=1)
    with pytest.raises(Refused, match="tidak menunggu tanda tangan"):
        ttd.tandatangani(naskah, oleh=bangun.komisioner(1)[0], sandi=bangun.SANDI, digest_dibaca="0" * 64)


@pytest.mark.parametrize("status", [s for s in S if s not in {S.LENGKAP, S.DITANDATANGANI_BASAH}])
def test_urutan_langkah_pengumuman(status):
    naskah = bangun.dalam_status(status)
    with pytest.raises(Refused, match="setelah tanda tangannya lengkap"):
        dasar.umumkan(naskah, by=bangun.kasubbag())


@pytest.mark.parametrize("status", [s for s in S if s not in {S.KONSEP, S.SIAP}])
def test_urutan_langkah_penarikan(status):
    naskah = bangun.dalam_status(status)
    EntriAgenda.objects.create(
        buku=BukuAgenda.objects.create(kode="uji", tahun=2026),
        urut=1,
        nomor=naskah.nomor,
        tanggal=bangun.TANGGAL,
        perihal="Uji",
        oleh=bangun.kasubbag(),
    )
    with pytest.raises(Refused, match="tidak dapat ditarik"):
        dasar.tarik(naskah, by=bangun.kasubbag(), alasan="Alasan yang panjang")


def test_wrong_certificate_states_are_refused():
    naskah, (ketua,) = bersertifikat(n=1)
    sertifikat.cabut_sertifikat(SertifikatPenanda.objects.get(), alasan="Frasa sandi lupa", by=ketua)
    with pytest.raises(Refused, match="belum memiliki sertifikat"):
        bubuhi(naskah, ketua)
    sertifikat.terbitkan_sertifikat(ketua, sandi=bangun.SANDI, by=ketua)
    with time_machine.travel("2029-01-02T10:00:00+08:00"), pytest.raises(Refused, match="belum memiliki sertifikat"):
        bubuhi(naskah, ketua)
    assert bubuhi(naskah, ketua).urut == 1


def test_page_names_signers_who_could_not_sign_yet(client):
    naskah, orang = bersertifikat(n=2)
    assert ttd.belum_bersertifikat(naskah) == []
    sertifikat.cabut_sertifikat(orang[1].sertifikat.get(), alasan="Frasa sandi lupa", by=orang[1])
    assert [p.user for p in ttd.belum_bersertifikat(naskah)] == [orang[1]]
    client.force_login(bangun.kasubbag())
    assert "Belum memiliki sertifikat" in client.get(naskah.get_absolute_url()).content.decode()
    with time_machine.travel("2029-01-02T10:00:00+08:00"):
        assert [p.user for p in ttd.belum_bersertifikat(naskah)] == orang


def test_clock_that_runs_behind_is_refused():
    naskah, orang = bersertifikat(n=2)
    bubuhi(naskah, orang[0])
    with pytest.raises(Refused, match="Jam server"):
        bubuhi(naskah, orang[1], waktu=waktu.sekarang() - timedelta(hours=1))


def test_provider_that_returns_another_file_is_refused():
    naskah, (ketua,) = bersertifikat(n=1)
    lama = simpanan.baca(naskah.terbaru.berkas)
    for palsu in (lama, b"%PDF-1.7 lain", lama[:-1] + b"x" + b"tambahan"):
        with (
            mock.patch.object(Lokal, "tandatangani", return_value=palsu),
            pytest.raises(penyedia.TandaTanganDitolak, match="naskah tetap seperti semula"),
        ):
            bubuhi(naskah, ketua)
        with (
            mock.patch.object(penyedia, "bubuhkan", return_value=(palsu, TandaTangan("ttd-1"))),
            pytest.raises(Refused, match="berkas lain"),
        ):
            bubuhi(naskah, ketua)
    naskah.refresh_from_db()
    assert (naskah.status, naskah.revisi.count()) == (S.SIAP, 1)
    assert PercobaanSandi.objects.get().gagal == 0


def test_provider_that_is_down_leaves_the_last_good_state():
    naskah, orang = bersertifikat(n=2)
    bubuhi(naskah, orang[0])
    with (
        mock.patch.object(Lokal, "tandatangani", side_effect=penyedia.PenyediaTerganggu),
        pytest.raises(penyedia.PenyediaTerganggu, match="tetap seperti semula"),
    ):
        bubuhi(naskah, orang[1])
    naskah.refresh_from_db()
    assert (naskah.status, naskah.revisi.count()) == (S.SEBAGIAN, 2)
    assert bubuhi(naskah, orang[1]).urut == 2


# --- Passphrase ---


def test_five_wrong_passphrases_pause_for_fifteen_minutes():
    naskah, (ketua,) = bersertifikat(n=1)
    for _ in range(5):
        with pytest.raises(penyedia.SandiSalah):
            bubuhi(naskah, ketua, sandi="frasa yang salah")
    with pytest.raises(Refused, match="5 kali"):
        bubuhi(naskah, ketua)
    with time_machine.travel("2026-12-11T10:14:00+08:00"), pytest.raises(Refused, match="5 kali"):
        bubuhi(naskah, ketua)
    with time_machine.travel("2026-12-11T10:16:00+08:00"):
        bubuhi(naskah, ketua)
    assert naskah.status == S.LENGKAP
    assert PercobaanSandi.objects.get().gagal == 0


@pytest.mark.parametrize("batas", [4, 6])
def test_limit_is_a_dated_row(batas):
    naskah, (ketua,) = bersertifikat(n=1)
    Aturan.objects.filter(kode="ttd_percobaan_maks").update(nilai=batas)
    for _ in range(batas):
        with pytest.raises(penyedia.SandiSalah):
            bubuhi(naskah, ketua, sandi="frasa yang salah")
    with pytest.raises(Refused, match=f"{batas} kali"):
        bubuhi(naskah, ketua)


def test_refusal_for_another_reason_costs_no_attempt():
    naskah, (ketua,) = bersertifikat(n=1)
    for _ in range(7):
        with pytest.raises(Refused, match="sudah bertambah"):
            bubuhi(naskah, ketua, digest_dibaca="0" * 64)
    assert bubuhi(naskah, ketua).urut == 1


def test_passphrase_is_stored_nowhere(caplog):
    naskah, (ketua,) = bersertifikat(n=1)
    with caplog.at_level("DEBUG"):
        bubuhi(naskah, ketua)
    assert bangun.SANDI not in caplog.text
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(f'select count(*) from "{tabel}" t where t::text like %s', [f"%{bangun.SANDI}%"])
            assert cursor.fetchone()[0] == 0, tabel


# --- Quorum, refusal, incapacity ---


def test_refusal_is_a_numbered_note_and_leaves_the_file_alone():
    naskah, orang = bersertifikat(n=2)
    bangun.jenis_catatan()
    dua = naskah.penandatangan.get(user=orang[1])
    sidik = naskah.terbaru.sha256
    with pytest.raises(Refused, match="itu sendiri"):
        ttd.tolak_tandatangan(naskah, penanda=dua, sebab="menolak", alasan="Bukan saya yang tahu", oleh=orang[0])
    catatan = ttd.tolak_tandatangan(
        naskah, penanda=dua, sebab="menolak", alasan="Tidak sependapat dengan rekap", oleh=orang[1]
    )
    assert catatan.nomor.startswith("1/")
    assert naskah.terbaru.sha256 == sidik
    bubuhi(naskah, orang[0])
    # Nobody is waited for, but the jenis has no quorum below "all": the way on is a new version.
    assert naskah.status == S.SEBAGIAN
    with pytest.raises(Refused, match="sudah tercatat"):
        bubuhi(naskah, orang[1])


@pytest.mark.parametrize(("kuorum", "status"), [(1, S.LENGKAP), (2, S.SEBAGIAN)])
def test_quorum_is_the_dated_row_of_the_kind(kuorum, status):
    Aturan.objects.create(
        kode="kuorum-uji", nama="Kuorum", nilai=kuorum, satuan="orang", mulai="2020-01-01", dasar_hukum="Uji"
    )
    bangun.jenis(kuorum="kuorum-uji")
    bangun.jenis_catatan()
    naskah, orang = bersertifikat(n=2)
    bubuhi(naskah, orang[0])
    assert naskah.status == S.SEBAGIAN
    ttd.tolak_tandatangan(
        naskah,
        penanda=naskah.penandatangan.get(user=orang[1]),
        sebab="berhalangan",
        alasan="Dirawat di rumah sakit",
        oleh=bangun.kasubbag(),
    )
    naskah.refresh_from_db()
    assert naskah.status == status


def test_stuck_document_goes_on_as_a_new_version_on_paper(client):
    naskah, orang = bersertifikat(n=2, tidak_hadir={bangun.komisioner(2)[1].pk: "tugas ke provinsi"})
    client.force_login(bangun.kasubbag())
    url = reverse("naskah:ulangi", args=[naskah.pk])
    assert client.get(url).status_code == 200
    jawab = client.post(url, {"cara": "basah", "alasan": "Penyedia mati di tengah jalan"})
    baru = Naskah.objects.get(menggantikan=naskah)
    assert jawab["Location"] == baru.get_absolute_url()
    assert (baru.versi, baru.cara, baru.isi, baru.digest_isi) == (2, "basah", naskah.isi, naskah.digest_isi)
    assert [p.hadir for p in baru.penandatangan.order_by("urut")] == [True, False]
    with pytest.raises(Refused, match="menunggu tanda tangan"):
        bubuhi(naskah, orang[0])
    with pytest.raises(Refused, match="menunggu tanda tangan"):
        dasar.ulangi(naskah, by=bangun.kasubbag(), alasan="Penyedia mati lagi", cara="basah")


# --- Races ---


@pytest.mark.django_db(transaction=True)
def test_two_commissioners_at_once_both_end_up_signed():
    """Whoever comes second is told to read again; after that both signatures are in one unbroken file."""
    naskah, orang = bersertifikat(n=2)
    mulai, ditolak, salah = threading.Barrier(2), [], []

    def satu(user) -> None:
        try:
            dibaca = naskah.terbaru.sha256
            mulai.wait()
            for _ in range(3):
                try:
                    return ttd.tandatangani(naskah, oleh=user, sandi=bangun.SANDI, digest_dibaca=dibaca)
                except Refused as sebab:
                    ditolak.append(str(sebab))
                    dibaca = naskah.terbaru.sha256
        except Exception as galat:  # noqa: BLE001 - a thread must hand its failure to the test
            salah.append(galat)
        finally:
            connections.close_all()

    utas = [threading.Thread(target=satu, args=[user]) for user in orang]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    naskah.refresh_from_db()
    try:
        assert salah == []
        assert len(ditolak) == 1
        assert "sudah bertambah tanda tangan" in ditolak[0]
        assert naskah.status == S.LENGKAP
        isi = [simpanan.baca(r.berkas) for r in naskah.revisi.order_by("urut")]
        assert len(isi) == 3
        assert isi[2].startswith(isi[1])
        assert isi[1].startswith(isi[0])
        assert list(pades.kolom_tanda_tangan(isi[2]).values()) == [True, True]
    finally:
        with connection.cursor() as cursor:  # the history refuses to be emptied, also after this test
            cursor.execute("set session_replication_role = replica")


# --- Ink ---


SESUAI = {"nomor_sama": True, "isi_sama": True, "tanda_tangan_lengkap": True}


def test_ink_needs_two_people():
    naskah = bangun.siap()
    lain = bangun.orang("sekretaris", "sekretaris")
    basah.pilih_basah(naskah, by=bangun.kasubbag(), alasan="Penyedia terganggu")
    naskah.refresh_from_db()
    with pytest.raises(Refused, match="di atas kertas"):
        ttd.tandatangani(naskah, oleh=bangun.komisioner()[0], sandi="x", digest_dibaca=naskah.terbaru.sha256)
    for rusak, pesan in [(b"GIF89a", "PDF"), (simpanan.baca(naskah.terbaru.berkas), "sudah terdaftar")]:
        with pytest.raises(Refused, match=pesan):
            basah.unggah_scan(naskah, berkas=rusak, by=bangun.kasubbag())
    scan = basah.unggah_scan(naskah, berkas=bangun.pindaian(), by=bangun.kasubbag())
    with pytest.raises(Refused, match="orang lain"):
        basah.banding_scan(scan, **SESUAI, by=bangun.kasubbag())
    with pytest.raises(IntegrityError), transaction.atomic():
        ScanBasah.objects.filter(pk=scan.pk).update(dibanding_oleh=bangun.kasubbag())
    with pytest.raises(Refused, match="alasan"):
        basah.banding_scan(scan, **SESUAI | {"isi_sama": False}, by=lain)
    basah.banding_scan(scan, **SESUAI, by=lain)
    naskah.refresh_from_db()
    assert naskah.status == S.DITANDATANGANI_BASAH
    assert dasar.umumkan(naskah, by=lain).status == S.DIUMUMKAN


@pytest.mark.parametrize("beda", list(SESUAI))
def test_one_difference_keeps_the_document_waiting(beda):
    naskah = bangun.siap(cara="basah")
    scan = basah.unggah_scan(naskah, berkas=bangun.pindaian(), by=bangun.kasubbag())
    isi = SESUAI | {beda: False, "catatan": "Halaman dua terpotong"}
    basah.banding_scan(scan, **isi, by=bangun.orang("sekretaris", "sekretaris"))
    naskah.refresh_from_db()
    assert (naskah.status, scan.naskah.scan.get().hasil) == (S.SIAP, "tidak_sesuai")
    assert basah.unggah_scan(naskah, berkas=bangun.pindaian("dua"), by=bangun.kasubbag()).hasil == "menunggu"


def test_ink_cannot_be_chosen_after_a_signature():
    naskah, orang = bersertifikat(n=2)
    bubuhi(naskah, orang[0])
    with pytest.raises(Refused, match="sebelum ada yang menandatangani"):
        basah.pilih_basah(naskah, by=bangun.kasubbag(), alasan="Penyedia terganggu")
    with pytest.raises(Refused, match="tidak dapat ditarik"):
        dasar.tarik(naskah, by=bangun.kasubbag(), alasan="Penyedia terganggu")


# --- Pages ---


def test_signing_page_asks_for_everything_and_signs(client):
    naskah, orang = bersertifikat(n=2)
    client.force_login(orang[0])
    url = reverse("naskah:tandatangani", args=[naskah.pk])
    halaman = client.get(url)
    isi = halaman.content.decode()
    assert naskah.terbaru.sha256 in isi
    assert 'autocomplete="off"' in isi
    assert "Saya telah membaca berita acara ini" in isi
    assert halaman["Cache-Control"].find("no-store") >= 0
    kirim = {"digest": naskah.terbaru.sha256, "sandi": bangun.SANDI}
    assert "Centang pernyataan" in client.post(url, kirim).content.decode()
    salah = client.post(url, kirim | {"sudah_dibaca": "on", "sandi": "frasa yang salah"})
    assert "frasa yang salah" not in salah.content.decode()
    assert naskah.revisi.count() == 1
    assert client.post(url, kirim | {"sudah_dibaca": "on"}).status_code == 302
    assert naskah.revisi.count() == 2
    assert client.get(url).status_code == 302


def test_objek_milik_unit_lain_404(client):
    """Role × page: who has no right sees the same as where nothing is."""
    naskah, orang = bersertifikat(n=1, subjek=None)
    baca = ["detail", "berkas"]
    siap = ["siapkan", "tarik", "basah", "pindaian", "halangan", "ulangi"]
    hak = {
        bangun.orang("gudang", "gudang"): set(),
        bangun.orang("ppid", "ppid"): set(),
        bangun.orang("auditor", "auditor"): {*baca},
        bangun.orang("asing", "anggota"): {*baca},
        orang[0]: {*baca, "tandatangani", "menolak"},
        bangun.kasubbag(): {*baca, *siap, "umumkan"},
    }
    for user, boleh in hak.items():
        client.force_login(user)
        for nama in [*baca, *siap, "umumkan", "tandatangani", "menolak"]:
            jawab = client.get(reverse(f"naskah:{nama}", args=[naskah.pk]))
            assert jawab.status_code == (200 if nama in boleh else 404), (str(user), nama)
        assert client.get(reverse("naskah:konsep", args=[naskah.pk])).status_code == 404
    client.logout()
    assert client.get(reverse("naskah:detail", args=[naskah.pk])).status_code == 302


def test_document_of_a_work_area_is_announced_there(client):
    naskah = bangun.dalam_status(S.LENGKAP)
    client.force_login(bangun.kasubbag())
    assert ">Umumkan<" not in client.get(naskah.get_absolute_url()).content.decode()
    assert client.get(reverse("naskah:umumkan", args=[naskah.pk])).status_code == 404


def test_list_shows_what_waits_for_me(client):
    naskah, orang = bersertifikat(n=2)
    client.force_login(orang[0])
    assert "1 naskah menunggu tanda tangan Anda" in client.get(reverse("naskah:daftar")).content.decode()
    bubuhi(naskah, orang[0])
    assert "Tidak ada naskah yang menunggu" in client.get(reverse("naskah:daftar")).content.decode()


def test_file_is_served_without_storing(client):
    naskah, orang = bersertifikat(n=1)
    client.force_login(orang[0])
    jawab = client.get(reverse("naskah:berkas", args=[naskah.pk]))
    assert jawab.content == simpanan.baca(naskah.terbaru.berkas)
    assert jawab["Content-Type"] == "application/pdf"
    assert "no-store" in jawab["Cache-Control"]
    assert client.get(reverse("naskah:berkas_revisi", args=[naskah.pk, 7])).status_code == 404


def test_certificate_page_issues_and_revokes_only_ones_own(client):
    ketua, lain = bangun.komisioner(2)
    client.force_login(ketua)
    url = reverse("naskah:sertifikat")
    beda = client.post(url, {"sandi": bangun.SANDI, "sandi_ulang": "frasa yang lain"})
    assert "tidak sama" in beda.content.decode()
    assert client.post(url, {"sandi": bangun.SANDI, "sandi_ulang": bangun.SANDI}).status_code == 302
    milik = SertifikatPenanda.objects.get()
    assert (milik.user, milik.nama) == (ketua, "Anggota Rekaan 1, S.H., Ketua")
    client.force_login(lain)
    cabut = reverse("naskah:cabut", args=[milik.pk])
    assert client.get(cabut).status_code == 404
    with pytest.raises(Refused, match="pemiliknya"):
        sertifikat.terbitkan_sertifikat(ketua, sandi=bangun.SANDI, by=lain)
    client.force_login(ketua)
    client.post(cabut, {"alasan": "Frasa sandi saya lupa"})
    milik.refresh_from_db()
    assert milik.dicabut_pada is not None
