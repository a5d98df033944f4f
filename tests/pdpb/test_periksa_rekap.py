"""The doctor's command and pages: what they print, whom they serve, what they keep."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from kpupalu.audit.models import Jejak
from pdpb.actions.periode import bekukan
from pdpb.models import SaldoAwalSel
from pdpb.publik import rekap_json
from pdpb.rekap import rekap
from pdpb.selisih import dari_data, gagal, periksa
from tests import make
from tests.pdpb.isian import kalimat
from tests.pdpb.test_selisih import TERBIT

KUNCI = ["kode", "wilayah", "aturan", "dihitung", "diumumkan", "selisih", "lulus", "sebab"]


def jalankan(*berkas):
    """The command as another program calls it, in an environment that knows no database."""
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "SECRET_KEY")}
    perintah = [sys.executable, "manage.py", "periksa_rekap", *map(str, berkas)]
    env["DATABASE_URL"] = "postgresql://tiada@127.0.0.1:1/tiada"
    env["SECRET_KEY"] = "uji"
    return subprocess.run(perintah, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)


def test_the_command_keeps_its_contract_and_asks_no_database():
    baik, buruk = TERBIT / "palu-2021-08.json", TERBIT / "palu-2022-tw3.json"
    satu = jalankan(baik)
    assert satu.returncode == 0, satu.stderr
    dua = jalankan(buruk, baik)
    assert dua.returncode == 1, dua.stderr
    keluaran = json.loads(dua.stdout)
    assert [k["berkas"] for k in keluaran] == [buruk.name, baik.name]
    assert all(list(t) == KUNCI for k in keluaran for t in k["temuan"])
    assert [t["selisih"] for t in keluaran[0]["temuan"] if t["lulus"] is False] == [1]
    assert keluaran[1] == json.loads(satu.stdout)[0]


@pytest.mark.parametrize("isi", [None, b"", b"[]", b'{"angka": {}}', b"\xff"])
def test_unusable_files_end_the_command_with_two_and_nothing_written(tmp_path, capsys, isi):
    if isi is not None:
        (tmp_path / "a.json").write_bytes(isi)
    with pytest.raises(CommandError) as galat:
        call_command("periksa_rekap", str(TERBIT / "palu-2021-08.json"), str(tmp_path / "a.json"))
    assert galat.value.returncode == 2
    assert "a.json" in str(galat.value)
    assert capsys.readouterr().out == ""


@pytest.fixture
def bawaslu(client, db):
    client.force_login(make.orang("fatma", "bawaslu"))
    return client


def test_a_pasted_recap_is_answered_and_only_the_history_keeps_that_it_was(bawaslu):
    teks = (TERBIT / "palu-2022-tw3.json").read_text(encoding="utf-8")
    jawaban = bawaslu.post(reverse("pdpb:selisih"), {"rekap": teks})
    isi = kalimat(jawaban)
    assert jawaban.status_code == 200
    assert "Rekap ini tidak cocok: 1 dari 6 pemeriksaan tidak terpenuhi." in isi
    assert "Kemungkinan kelebihan 1 pada salah satu angka yang dijumlahkan" in isi
    jejak = Jejak.objects.get(tindakan="periksa_rekap")
    assert (jejak.pelaku.username, jejak.jumlah) == ("fatma", 1)
    assert "Triwulan III 2022" in jejak.kalimat
    assert "247" not in json.dumps([jejak.kalimat, jejak.perubahan])


def test_a_table_and_files_are_examined_together(bawaslu):
    berkas = [SimpleUploadedFile(n, (TERBIT / n).read_bytes()) for n in ("palu-2021-08.json", "palu-2022-tw3.json")]
    isi = {"rekap": "Wilayah\tL\tP\tJumlah\nTalise\t1\t2\t3\nJumlah\t1\t2\t3", "berkas": berkas}
    teks = kalimat(bawaslu.post(reverse("pdpb:selisih"), isi))
    assert teks.count("semuanya terpenuhi") == 2
    assert teks.count("tidak terpenuhi.") == 1


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({}, "Tempel rekap di sini atau pilih berkas JSON"),
        ({"rekap": "{"}, "bukan JSON yang dapat dibaca (baris 1, kolom 2)"),
        ({"rekap": "selamat pagi"}, "memerlukan baris judul kolom"),
        ({"rekap": '{"angka": {"tms": "<script>"}}'}, "bukan jumlah pemilih yang wajar"),
        ({"berkas": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}, "bukan JSON yang dapat dibaca"),
        ({"berkas": SimpleUploadedFile("kosong.json", b"")}, "kosong"),
    ],
)
def test_what_cannot_be_examined_is_explained_at_its_field(bawaslu, isi, pesan):
    jawaban = bawaslu.post(reverse("pdpb:selisih"), isi)
    assert jawaban.status_code == 422
    assert pesan in kalimat(jawaban)
    assert "<script>" not in kalimat(jawaban).split("<main")[1]
    assert not Jejak.objects.filter(tindakan="periksa_rekap").exists()


def test_a_recap_without_two_related_figures_says_so(bawaslu):
    teks = kalimat(bawaslu.post(reverse("pdpb:selisih"), {"rekap": '{"angka": {"sekarang": 5}}'}))
    assert "Tidak ada yang dapat diperiksa" in teks


def test_our_own_recap_is_held_against_itself_and_passes(bawaslu):
    make.pemilih(make.TALISE, jenis_kelamin="P")
    make.pemilih(make.LERE)
    per = make.selesai_daftar()
    url = reverse("pdpb:rekap_selisih", args=[per.pk])
    assert "semuanya terpenuhi" in kalimat(bawaslu.get(url))
    bekukan(per, oleh=make.budi())
    assert "Angka beku versi 1" in kalimat(bawaslu.get(f"{url}?versi=1"))
    assert f'href="{url}?' in kalimat(bawaslu.get(reverse("pdpb:rekap", args=[per.pk])))
    assert bawaslu.get(reverse("pdpb:rekap_selisih", args=["2031-tw1"])).status_code == 404


@pytest.mark.django_db
def test_our_recap_says_the_kind_of_each_station_and_a_wrong_balance_is_found():
    make.pemilih(make.LERE)
    per = make.selesai_daftar()
    data = rekap_json(rekap(per))
    assert data["angka"]["reguler"]["total"] + data["angka"]["loksus"]["total"] == 1
    semua = periksa(dari_data(data, "Rekap"))[0]
    assert gagal(semua) == []
    assert {"R1", "R2", "R3", "R8", "R9", "R14"} <= {p.kode for p in semua}
    SaldoAwalSel.objects.filter(kelurahan_id=make.LERE).update(jumlah=41)
    salah = gagal(periksa(dari_data(rekap_json(rekap(per)), "Rekap"))[0])
    assert {p.kode for p in salah} == {"R1"}
    assert all("Kel. Lere" in (p.sebab or "") for p in salah)
