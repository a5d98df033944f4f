"""The commands that other systems call."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pdpb.actions.periode import bekukan
from pdpb.models import RekapSel
from tests import make

pytestmark = pytest.mark.django_db


def panggil(*args):
    keluaran = StringIO()
    call_command(*args, stdout=keluaran, stderr=StringIO())
    return keluaran.getvalue()


def test_rekap_prints_the_schema_of_published_recaps_down_to_tps():
    make.pemilih(make.TALISE, jenis_kelamin="P")
    make.pemilih(make.LERE)
    per = make.selesai_daftar()
    data = json.loads(panggil("rekap", "--periode", "2026-TW4"))
    assert data["angka"]["sekarang"] == {"total": 2, "laki_laki": 1, "perempuan": 1}
    assert [w["total"] for w in data["angka"]["wilayah"]] == [0, 1, 0, 0, 0, 0, 0, 1]
    talise = next(k for k in data["angka"]["wilayah"][7]["wilayah"] if k["kode"] == make.TALISE)
    assert [(t["kode"], t["total"]) for t in talise["wilayah"]] == [(f"{make.TALISE}/001", 1)]
    assert data["versi"] is None
    snapshot = bekukan(per, oleh=make.budi())
    beku = json.loads(panggil("rekap", "--periode", "2026-tw4", "--versi", "1"))
    assert (beku["versi"], beku["digest"]) == (1, snapshot.digest)
    assert beku["angka"] == data["angka"]


@pytest.mark.parametrize("args", [["--periode", "2031-TW1"], ["--periode", "2026-TW4", "--versi", "9"]])
def test_rekap_of_what_does_not_exist_ends_with_two(args):
    make.periode()
    with pytest.raises(CommandError) as galat:
        panggil("rekap", *args)
    assert galat.value.returncode == 2


def test_check_invariants_finds_a_wrong_summary_and_repairs_only_that():
    make.pemilih()
    make.selesai_daftar()
    assert panggil("check_invariants") == ""
    RekapSel.objects.update(jumlah=7)
    bekukan_awal = StringIO()
    call_command("check_invariants", "--perbaiki", stdout=bekukan_awal, stderr=StringIO())
    assert RekapSel.objects.get().jumlah == 1
    assert bekukan_awal.getvalue() == ""


def test_check_invariants_exits_with_one_when_a_frozen_row_was_tampered_with():
    versi = make.pemilih()
    per = make.selesai_daftar()
    bekukan(per, oleh=make.budi())
    versi.nama = "DIGANTI DIAM-DIAM"
    versi.save(update_fields=["nama"])
    keluaran = StringIO()
    with pytest.raises(SystemExit) as galat:
        call_command("check_invariants", stdout=keluaran, stderr=StringIO())
    assert galat.value.code == 1
    assert "1 baris tidak lagi sama" in keluaran.getvalue()
