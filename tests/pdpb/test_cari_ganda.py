"""The command other systems call: pairs as CSV, and what its exit code says."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kpupalu.audit.models import Jejak
from pdpb.models import Pemilih
from tests import make

pytestmark = pytest.mark.django_db
SAMA = {"nama": "TANI LAMARAUNA", "nik": "7271011708909001"}


def cari(*args) -> tuple[int, str]:
    """Exit code and stderr."""
    galat = StringIO()
    try:
        call_command("cari_ganda", *map(str, args), stdout=StringIO(), stderr=galat)
    except SystemExit as akhir:
        return akhir.code, galat.getvalue()
    return 0, galat.getvalue()


def baca(berkas):
    with berkas.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_pairs_are_written_in_the_agreed_columns_and_exit_is_one(tmp_path):
    a, b = make.pemilih(**SAMA), make.pemilih(make.LERE, **SAMA)
    Pemilih.objects.filter(pk=b.pemilih_id).update(dpid="")
    kode, pesan = cari("--semua", "--keluar", tmp_path / "pasangan.csv")
    assert kode == 1
    assert pesan.strip() == "Pasti: 1, Kuat: 0, Mungkin: 0"
    kepala = (tmp_path / "pasangan.csv").read_text(encoding="utf-8").splitlines()[0]
    assert kepala == "dpid_a,dpid_b,nik_a,nik_b,kelas,tingkat,skor,alasan"
    (satu,) = baca(tmp_path / "pasangan.csv")
    assert (satu["dpid_a"], satu["dpid_b"]) == (a.pemilih.dpid, "")
    assert satu["nik_a"] == satu["nik_b"] == SAMA["nik"]
    assert (satu["kelas"], satu["tingkat"]) == ("G1", "Pasti")
    assert 0 < float(satu["skor"]) <= 1
    assert "NIK sama; Nama sama; Tanggal lahir sama" in satu["alasan"]


def test_nothing_found_is_a_header_and_exit_zero(tmp_path):
    make.pemilih(nama="TANI LAMARAUNA")
    kode, _ = cari("--semua", "--keluar", tmp_path / "p.csv")
    assert kode == 0
    assert baca(tmp_path / "p.csv") == []


def test_without_semua_only_rows_of_the_open_period_are_compared(tmp_path):
    lama = make.periode("2026-tw3", urutan=3, status="diumumkan")
    make.pemilih(per=lama, **SAMA)
    make.pemilih(make.LERE, per=lama, **SAMA)
    kini = make.periode()
    assert cari("--keluar", tmp_path / "p.csv")[0] == 0
    assert baca(tmp_path / "p.csv") == []
    baru = make.pemilih(make.PETOBO, per=kini, **SAMA)
    assert cari("--keluar", tmp_path / "p.csv")[0] == 1
    assert [b["dpid_b"] for b in baca(tmp_path / "p.csv")] == [baru.pemilih.dpid] * 2


def test_without_an_open_period_the_command_says_what_to_do(tmp_path):
    make.periode(status="diumumkan")
    with pytest.raises(CommandError, match="--semua") as galat:
        cari("--keluar", tmp_path / "p.csv")
    assert galat.value.returncode == 2
    assert not (tmp_path / "p.csv").exists()


def test_folder_that_is_not_there_ends_with_two_before_anything_is_searched(tmp_path):
    with pytest.raises(CommandError) as galat:
        cari("--semua", "--keluar", tmp_path / "tidak" / "p.csv")
    assert galat.value.returncode == 2
    assert not Jejak.objects.filter(tindakan="pdpb.cari_ganda").exists()


def test_writing_the_pairs_is_part_of_the_history(tmp_path):
    make.pemilih(**SAMA)
    make.pemilih(make.LERE, **SAMA)
    cari("--semua", "--keluar", tmp_path / "p.csv")
    jejak = Jejak.objects.get(tindakan="pdpb.cari_ganda")
    assert jejak.jumlah == 1
    assert SAMA["nik"] not in str(jejak.__dict__)


def test_best_pairs_come_first(tmp_path):
    make.pemilih(**SAMA)
    make.pemilih(make.LERE, **SAMA)
    make.pemilih(make.PETOBO, nama="WAYAN SUARTA", nik=SAMA["nik"])
    cari("--semua", "--keluar", tmp_path / "p.csv")
    tingkat = [b["tingkat"] for b in baca(tmp_path / "p.csv")]
    assert tingkat == ["Pasti", "Kuat", "Kuat"]
