"""Correcting cells of rows left out on the page: before and after applying, by whom, and what is kept of it."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from pdpb import impor
from pdpb.impor import perbaikan
from pdpb.impor.laporan import baris_bermasalah
from pdpb.impor.perbaikan import Isian
from pdpb.impor.rusak import BarisRusak, baris_rusak
from pdpb.models import BarisDitolak, Identitas, ImporBatch, Pendaftaran, PerbaikanBaris, Perubahan, TemuanImpor
from tests import make
from tests.pdpb.bersamaan import serentak
from tests.pdpb.test_halaman_impor import PERAN, jalankan, masuk
from tests.pdpb.test_impor import KEPALA_USUL, aktif, baris, berkas, kode, muat, usul, usulkan

pytestmark = pytest.mark.django_db
DASAR = "Surat Lurah Talise nomor 12"
KEPALA_XLSX = "NIK;NAMA;KATEGORI;KELURAHAN"


def unggah(*isi: str, jenis="dpt", **lain) -> ImporBatch:
    """Upload and check one file."""
    make.tps(make.TALISE, 1)
    make.tps(make.LERE, 1)
    batch = impor.unggah([berkas(*isi, **lain)], jenis=jenis, periode=make.periode(), oleh=make.sari())
    return impor.periksa(batch)


def ubah(batch: ImporBatch, *nilai: dict, oleh=None, alasan=DASAR) -> int:
    """Correct the first rows left out, each with its cells."""
    rusak = baris_rusak(batch)
    isian = [Isian(satu, isi) for satu, isi in zip(rusak, nilai, strict=False)]
    return perbaikan.perbaiki(batch, isian, oleh=oleh or make.sari(), alasan=alasan)


def terapkan(batch: ImporBatch) -> ImporBatch:
    impor.periksa(batch)
    return impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)


# --- Before applying ---------------------------------------------------------------------------------------------
def test_a_row_mended_before_applying_is_loaded_and_the_sealed_file_stays():
    batch = unggah(baris("1"), baris("2", KELURAHAN="TALISEE"), baris("3", NAMA=""))
    asli = batch.berkas.get(urut=1).berkas_masuk
    isi = asli.berkas.read()
    assert ubah(batch, {"kelurahan": "Talise"}) == 1
    batch.refresh_from_db()
    assert batch.status == "diunggah"
    impor.periksa(batch)
    assert [r.asal for r in baris_rusak(batch)] == [(1, 4)]
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert ([a[0] for a in aktif()], batch.status) == (["1", "2"], "diterapkan")
    assert BarisDitolak.objects.get(batch=batch, baris=3).diganti_urut == 2
    assert BarisDitolak.objects.get(batch=batch, baris=4).diganti_urut is None
    asli.berkas.seek(0)
    assert asli.berkas.read() == isi
    satu = PerbaikanBaris.objects.get()
    assert (satu.kolom, satu.lama, satu.baru, satu.alasan, satu.oleh) == (
        "kelurahan", "TALISEE", "Talise", DASAR, make.sari(),
    )  # fmt: skip
    assert (satu.berkas_urut, satu.baris, satu.susulan_urut, satu.susulan_baris) == (1, 3, 2, 2)
    assert Jejak.objects.get(tindakan="pdpb.perbaiki_baris_impor").jumlah == 1


def test_a_mended_change_is_not_called_the_double_of_its_faulty_row():
    muat(baris("1"), baris("2"))
    batch = unggah(
        usul("MUTASI", "", **{"DPID": "1", "KELURAHAN TUJUAN": "ATLANTIS", "TPS TUJUAN": "1"}),
        usul("TMS", "meninggal", DPID="2", **{"JENIS DOKUMEN": "Akta kematian"}),
        jenis="perubahan", kepala=KEPALA_USUL, nama="p.csv",
    )  # fmt: skip
    assert ubah(batch, {"kelurahan_tujuan": "Lere"}) == 1
    batch = terapkan(batch)
    assert {p.jenis for p in Perubahan.objects.filter(batch=batch)} == {"mutasi", "tms"}
    assert not kode(batch)
    assert TemuanImpor.objects.get(batch=batch, kode="digantikan_susulan").baris == 2
    assert not baris_rusak(batch)


def test_a_row_mended_wrongly_is_shown_as_it_now_stands_and_can_be_mended_again():
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    ubah(batch, {"kelurahan": "ATLANTIS"})
    impor.periksa(batch)
    assert baris_rusak(batch) == [BarisRusak((1, 2), (2, 2))]
    assert [b.sel["kelurahan"] for b in perbaikan.buka(batch, baris_rusak(batch))] == ["ATLANTIS"]
    assert baris_bermasalah(batch) == {2: {2}}
    assert "[1:2]" in "".join(impor.berkas_ditolak(batch, 2))
    ubah(batch, {"kelurahan": "TALISE"})
    batch = terapkan(batch)
    assert (len(aktif()), batch.status) == (1, "selesai")
    assert list(PerbaikanBaris.objects.values_list("lama", "baru")) == [("TALISEE", "ATLANTIS"), ("ATLANTIS", "TALISE")]


def test_several_rows_of_several_layouts_go_into_one_supplement_each():
    make.tps(make.TALISE, 1)
    lain = "NIK;NAMA;JK;TGL LAHIR;KEL;TPS\n7271011708909151;ARIF LAIN;L;17/08/1990;TALISEE;1\n"
    dua = berkas(lain.splitlines()[1], kepala=lain.splitlines()[0], nama="lain.csv")
    batch = impor.unggah(
        [berkas(baris("1", KELURAHAN="X", ALAMAT='JL. "A"; B')), dua], jenis="dpt", periode=make.periode(),
        oleh=make.sari(),
    )  # fmt: skip
    impor.periksa(batch)
    assert ubah(batch, {"kelurahan": "TALISE"}, {"kelurahan": "TALISE"}) == 2
    batch = terapkan(batch)
    assert (batch.berkas.count(), len(aktif()), batch.status) == (4, 2, "selesai")
    assert 'JL. "A"; B' in [a[3] for a in aktif()]


# --- After applying ----------------------------------------------------------------------------------------------
def test_rows_left_out_of_an_applied_list_are_mended_and_undone_with_it():
    batch = muat(baris("1"), baris("2", KELURAHAN="TALISEE"), baris("3", KELURAHAN="TALISEE"))
    ubah(batch, {"kelurahan": "Talise"}, {"kelurahan": "Atlantis"})
    with pytest.raises(Refused, match="belum diperiksa"):
        impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    with pytest.raises(Refused, match="belum diperiksa"):
        ubah(batch, {"kelurahan": "Talise"})
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, alasan="susulan dari kelurahan")
    assert ([a[0] for a in aktif()], batch.status) == (["1", "2"], "diterapkan")
    # What failed again is asked about as it stands now, although nothing is staged any more.
    assert baris_rusak(batch) == [BarisRusak((1, 4), (2, 3))]
    ubah(batch, {"kelurahan": "Talise"})
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, alasan="susulan dari kelurahan")
    assert (len(aktif()), batch.status) == (3, "selesai")
    with pytest.raises(Refused, match="sudah diperbaiki oleh Sari"):
        perbaikan.perbaiki(
            batch, [Isian(BarisRusak((1, 3), (1, 3)), {"kelurahan": "Lere"})], oleh=make.budi(), alasan=DASAR
        )
    impor.batalkan(batch, oleh=make.budi(), alasan="berkasnya tertukar")
    assert not aktif()
    assert PerbaikanBaris.objects.count() == 3, "what was corrected stays known"
    batch.refresh_from_db()
    assert not baris_rusak(batch)
    assert "dibatalkan" in perbaikan.halangan(batch)


def test_a_rejected_change_is_mended_after_applying_and_ticked_off():
    muat(baris("1"))
    batch = usulkan(usul("MUTASI", "", **{"DPID": "1", "KELURAHAN TUJUAN": "ATLANTIS", "TPS TUJUAN": "1"}))
    assert (batch.status, Perubahan.objects.count()) == ("selesai", 0)
    ubah(batch, {"kelurahan_tujuan": "Lere"})
    batch = terapkan(batch)
    assert Perubahan.objects.get(batch=batch).kelurahan_tujuan_id == make.LERE
    assert BarisDitolak.objects.get(batch=batch).diganti_urut == 2
    assert not baris_rusak(batch)
    impor.batalkan(batch, oleh=make.budi(), alasan="salah mengunggah")
    assert Perubahan.objects.get(batch=batch).status == "ditolak"


def test_a_column_that_the_list_lacks_can_be_added_to_a_change():
    muat(baris("1"))
    batch = unggah("7271011708909101;ARIF BK;salah tps;", jenis="perubahan", kepala=KEPALA_XLSX, nama="p.csv")
    assert {"kelurahan_tujuan", "tps_tujuan"} <= set(perbaikan.buka(batch, baris_rusak(batch))[0].kolom)
    ubah(batch, {"kelurahan_tujuan": "Lere", "tps_tujuan": "1"})
    batch = terapkan(batch)
    assert Perubahan.objects.get(batch=batch).tps_tujuan.nomor == 1


def test_a_correction_of_one_element_can_be_mended():
    muat(baris("1"))
    batch = unggah(
        "7271011708909101;ARIF BK;Alamatt;JL. CONTOH;JL. BARU", jenis="perubahan",
        kepala="NIK;NAMA;ELEMEN;TERTULIS;SEHARUSNYA", nama="p.csv",
    )  # fmt: skip
    ubah(batch, {"elemen": "Alamat"})
    batch = terapkan(batch)
    assert Perubahan.objects.get(batch=batch).elemen_baru == {"alamat": "JL. BARU"}


# --- Numbers of persons ------------------------------------------------------------------------------------------
def rusak_nik() -> ImporBatch:
    """A list of changes whose NIK has a digit too few."""
    muat(baris("1"))
    return usulkan(usul("TMS", "meninggal", NIK="727101170890910", NAMA="ARIF BK"))


def test_digits_of_a_nik_stand_in_the_sealed_files_alone():
    batch = rusak_nik()
    ubah(batch, {"nik": "7271011708909101"})
    batch = terapkan(batch)
    assert Perubahan.objects.get(batch=batch).pemilih.dpid == "1"
    satu = PerbaikanBaris.objects.get()
    assert (satu.lama, satu.baru) == ("7271•••••••••••", "7271••••••••••••")
    assert not Jejak.objects.filter(kalimat__contains="72710117").exists()


def test_who_may_not_see_a_nik_may_not_change_it(client):
    batch = rusak_nik()
    orang = masuk(client)
    Group.objects.get(name="operator").permissions.remove(Permission.objects.get(codename="lihat_nik"))
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    halaman = client.get(url).content.decode()
    assert "72710117" not in halaman
    assert "7271•••••••••••" in halaman
    assert "hanya dapat diperbaiki petugas yang berhak" in halaman
    jawab = client.post(
        url, {"baris": "1:2@1:2", "s-1-2-nik": "7271011708909101", "s-1-2-nama": "X Y", "alasan": DASAR}
    )
    batch.refresh_from_db()
    assert "nik" not in PerbaikanBaris.objects.values_list("kolom", flat=True)
    with pytest.raises(Refused, match="berhak melihatnya"):
        perbaikan.perbaiki(
            ImporBatch.objects.get(pk=rusak_nik().pk),
            [Isian(BarisRusak((1, 2), (1, 2)), {"nik": "7271011708909101"})],
            oleh=type(orang).objects.get(pk=orang.pk),
            alasan=DASAR,
        )
    assert jawab.status_code == 302


def test_a_number_in_the_wrong_column_is_personal_too():
    assert perbaikan.pribadi("alamat", "JL. A 7271011708909101")
    assert perbaikan.samar("seharusnya", "7271 0117 0890 9101") == "7271" + "•" * 15
    assert not perbaikan.pribadi("tanggal_lahir", "17.08.1990")
    assert perbaikan.pribadi("nkk", "")


def test_a_number_that_lost_its_last_digit_is_never_taken_over_unseen():
    muat(*(baris(str(n)) for n in range(1, 31)))
    # Every NIK of the column ends in 0: it was a number once.
    isi = [baris(str(n), NIK=f"727101170890{n:02d}00") for n in range(31, 55)]
    batch = unggah(*isi, nama="b.csv")
    satu, *_ = perbaikan.buka(batch, baris_rusak(batch))
    assert satu.ketik_ulang == {"nik"}
    ubah(batch, {"alamat": "JL. LAIN"}, {"nik": "7271011708903200"})
    impor.periksa(batch)
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True, alasan="daftar tambahan provinsi")
    nik = {p.pemilih.dpid: p.identitas.nik for p in Pendaftaran.objects.filter(batch=batch)}
    assert nik == {"31": "", "32": "7271011708903200"}
    assert not Identitas.objects.filter(nik="7271011708903100").exists()


# --- Who, how many, how often -------------------------------------------------------------------------------------
def test_the_walk_on_the_page(client):
    batch = unggah(baris("1"), baris("2", KELURAHAN="TALISEE"), baris("3", NAMA=""))
    orang = masuk(client)
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    assert url in client.get(reverse("pdpb:impor_periksa", args=[batch.pk])).content.decode()
    jawab = client.get(url)
    halaman = jawab.content.decode()
    assert jawab["Cache-Control"] == "no-store"
    assert "Tertulis: TALISEE" in halaman
    assert "tidak ada di Kota Palu" in halaman
    assert LogAkses.objects.filter(pelaku=orang, tujuan="Perbaikan baris impor").get().jumlah == 2
    assert client.post(url, {"baris": ["1:3@1:3"], "s-1-3-kelurahan": "Talise"}).status_code == 422
    kirim = {"baris": ["1:3@1:3", "1:4@1:4"], "s-1-3-kelurahan": "Talise", "s-1-4-nama": "", "alasan": DASAR}
    assert client.post(url, kirim | {"s-1-3-kelurahan": "TALISEE"}).status_code == 422, "nothing was changed"
    jawab = client.post(url, kirim)
    job = jalankan("pdpb.periksa_impor")
    assert jawab.url == reverse("jobs:detail", args=[job.pk])
    assert not re.search(r"[0-9]{16}", str(job.params))
    riwayat = client.get(reverse("pdpb:impor_riwayat_perbaikan", args=[batch.pk])).content.decode()
    for kata in ("TALISEE", "Talise", DASAR, str(orang), "Berkas ke-1 baris 3"):
        assert kata in riwayat
    halaman = client.get(url).content.decode()
    assert "Tertulis: TALISEE" not in halaman
    assert client.get(url, {"baris": "1:4@1:4"}).content.decode().count('name="s-1-4-') > 8
    assert "Memperbaiki 1 baris" in client.get(reverse("pdpb:impor_detail", args=[batch.pk])).content.decode()


@pytest.mark.parametrize("peran", PERAN)
def test_only_the_desk_of_imports_mends_rows(client, peran):
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    masuk(client, peran)
    boleh = peran in {"operator", "kasubbag_rendatin"}
    kirim = {"baris": "1:2@1:2", "s-1-2-kelurahan": "Talise", "alasan": DASAR}
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    assert client.get(url).status_code == (200 if boleh else 404)
    assert client.get(reverse("pdpb:impor_riwayat_perbaikan", args=[batch.pk])).status_code == (200 if boleh else 404)
    assert client.post(url, kirim).status_code == (302 if boleh else 404)
    assert PerbaikanBaris.objects.exists() == boleh


def test_sending_the_same_form_twice_changes_nothing_the_second_time(client):
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    masuk(client)
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    kirim = {"baris": "1:2@1:2", "s-1-2-kelurahan": "Talise", "alasan": DASAR}
    satu, dua = client.post(url, kirim), client.post(url, kirim)
    assert (satu.status_code, dua.status_code, dua.url) == (302, 302, satu.url)
    assert (PerbaikanBaris.objects.count(), batch.berkas.count(), Job.objects.count()) == (1, 2, 1)
    jalankan("pdpb.periksa_impor")
    tiga = client.post(url, kirim, follow=True)
    assert "sudah tersimpan sebelumnya" in tiga.content.decode()
    assert (PerbaikanBaris.objects.count(), batch.berkas.count(), Job.objects.count()) == (1, 2, 1)


def test_the_second_of_two_people_is_told_who_was_first(client):
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    ubah(batch, {"kelurahan": "Talise"}, oleh=make.budi())
    masuk(client)
    jawab = client.post(
        reverse("pdpb:impor_perbaiki", args=[batch.pk]),
        {"baris": "1:2@1:2", "s-1-2-kelurahan": "Lere", "alasan": DASAR},
    )
    assert jawab.status_code == 422
    assert f"sudah diperbaiki oleh {make.budi()}" in jawab.content.decode()
    assert PerbaikanBaris.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_leave_one_correction():
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    rusak = baris_rusak(batch)[0]

    def satu(oleh, kelurahan):
        return lambda: perbaikan.perbaiki(batch, [Isian(rusak, {"kelurahan": kelurahan})], oleh=oleh, alasan=DASAR)

    hasil = serentak(satu(make.sari(), "Talise"), satu(make.budi(), "Lere"))
    assert sorted(type(h).__name__ for h in hasil) == ["Refused", "int"]
    assert (PerbaikanBaris.objects.count(), batch.berkas.count()) == (1, 2)


def test_fifty_one_rows_are_refused_and_fifty_are_taken(client):
    batch = unggah(*(baris(str(n), KELURAHAN="TALISEE") for n in range(1, 52)))
    masuk(client)
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    halaman = client.get(url).content.decode()
    assert halaman.count('name="baris"') == 50
    assert "Ditampilkan sebagian" in halaman
    kirim = {f"s-1-{n}-kelurahan": "Talise" for n in range(2, 53)} | {"alasan": DASAR}
    tanda = [f"1:{n}@1:{n}" for n in range(2, 53)]
    jawab = client.post(url, kirim | {"baris": tanda})
    assert jawab.status_code >= 400
    assert "Paling banyak 50 baris" in jawab.content.decode()
    with pytest.raises(Refused, match="Paling banyak 50 baris"):
        ubah(batch, *({"kelurahan": "Talise"} for _ in range(51)))
    assert not PerbaikanBaris.objects.exists()
    assert client.post(url, kirim | {"baris": tanda[:50]}).status_code == 302
    jalankan("pdpb.periksa_impor")
    assert [r.asal for r in baris_rusak(batch)] == [(1, 52)]


@pytest.mark.parametrize("tanda", ["1:2@1:2", "9:9@9:9", "1:3@1:2", "x", "1:3@1:99", "99999:3@1:3", "1:3"])
def test_a_row_that_is_not_left_out_does_not_exist_here(client, tanda):
    """Row 2 is sound; nobody may read or replace it through this page."""
    batch = unggah(baris("1"), baris("2", KELURAHAN="TALISEE"))
    masuk(client)
    url = reverse("pdpb:impor_perbaiki", args=[batch.pk])
    assert client.get(url, {"baris": tanda}).status_code == 404
    assert client.post(url, {"baris": tanda, "s-1-2-nama": "LAIN", "alasan": DASAR}).status_code == 404
    assert not PerbaikanBaris.objects.exists()


def test_a_base_list_takes_no_column_that_its_file_lacks():
    batch = unggah("1#7271011708909101#ARIF BK#L#17|08|1990#TALISEE", kepala="DPID#NIK#NAMA#KELAMIN#TGL LAHIR#KEL")
    with pytest.raises(Refused, match="tidak cocok"):
        ubah(batch, {"kelurahan": "Talise", "alamat": "JL. BARU"})
    with pytest.raises(Refused, match="tidak cocok"):
        ubah(batch, {"rujukan": "[1:9]"})


def test_a_ragged_row_is_sent_back_to_its_file(client):
    batch = unggah(baris("1"), "2#3#4")
    masuk(client)
    halaman = client.get(reverse("pdpb:impor_perbaiki", args=[batch.pk])).content.decode()
    assert "Perbaiki pada berkasnya" in halaman
    with pytest.raises(Refused, match="Perbaiki pada berkasnya"):
        ubah(batch, {"nama": "X Y"})


def test_a_closed_period_and_a_short_reason_refuse():
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    with pytest.raises(Refused, match="dasar perbaikannya"):
        ubah(batch, {"kelurahan": "Talise"}, alasan="ya")
    periode = make.periode()
    type(periode).objects.filter(pk=periode.pk).update(status="dibekukan")
    with pytest.raises(Refused, match="sudah ditutup"):
        ubah(batch, {"kelurahan": "Talise"})


def test_what_was_corrected_is_never_rewritten():
    batch = unggah(baris("1", KELURAHAN="TALISEE"))
    ubah(batch, {"kelurahan": "Talise"})
    for perintah in (lambda q: q.update(baru="Lere"), lambda q: q.delete()):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            perintah(PerbaikanBaris.objects.all())


def test_a_line_break_or_formula_in_a_cell_stays_one_harmless_cell():
    batch = unggah(baris("1", KELURAHAN="TALISEE"), baris("2", KELURAHAN="TALISEE"))
    ubah(batch, {"kelurahan": "Talise", "nama": "ARIF\nB;K\n[1:3]"}, {"kelurahan": "Talise", "alamat": "=1+1"})
    batch = terapkan(batch)
    assert [a[2:4] for a in aktif()] == [("ARIF B;K [1:3]", "JL. CONTOH"), ("ARIF CK", "=1+1")]
