"""A large list of an agency: what the database looks at grows with its rows, not with the square of them."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from pdpb import impor
from pdpb.actions.hambatan import hambatan_daftar
from pdpb.models import Perubahan
from tests import make
from tests.pdpb.test_impor import KEPALA, baris, berkas
from tests.pdpb.test_tiga_petugas import KEPALA_INSTANSI, instansi, orang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
N = 400
BATAS = N * N // 2
"""Rows looked at, over all nodes of a plan; a statement that holds each row with each other looks at N² and more."""


def dilihat(rencana: dict) -> int:
    """Rows that a node and those below it produced or threw away."""
    buang = sum(rencana.get(f"Rows Removed by {s}", 0) for s in ("Filter", "Join Filter"))
    sendiri = rencana["Actual Loops"] * (rencana["Actual Rows"] + buang)
    return int(sendiri) + sum(dilihat(anak) for anak in rencana.get("Plans", ()))


class Pengukur:
    """Explains each statement that *pola* finds while it runs; ``hasil`` has the rows each looked at."""

    def __init__(self, pola: str) -> None:
        self.pola, self.hasil = re.compile(pola), list[int]()

    def __call__(self, execute, sql, params, many, context):
        if not self.pola.search(sql):
            return execute(sql, params, many, context)
        execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params, many, context)
        (isi,) = context["cursor"].fetchone()
        self.hasil.append(dilihat((json.loads(isi) if isinstance(isi, str) else isi)[0]["Plan"]))
        # Explained with ANALYZE, a statement that writes has been carried out; one that reads must still answer.
        return execute(sql, params, many, context) if sql.lstrip().startswith("WITH") else None


def kiriman(*, terapkan: bool) -> None:
    file = ContentFile(
        "\n".join([KEPALA_INSTANSI, *(instansi(n, orang(n)["NIK"]) for n in range(N))]).encode(), "k.csv"
    )
    batch = impor.unggah([file], jenis="perubahan", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    if terapkan:
        impor.terapkan(batch, oleh=make.sari(), terima_peringatan=True)


@pytest.fixture
def daftar():
    make.tps()
    dasar = [baris(str(n), **orang(n), NKK=f"727108120308{n + 1_000:04d}") for n in range(N)]
    satu = impor.unggah([berkas(*dasar, kepala=KEPALA)], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.terapkan(impor.periksa(satu), oleh=make.sari(), terima_peringatan=True)


def test_rows_of_a_list_find_their_voter_without_holding_each_with_each(daftar):
    with connection.execute_wrapper(ukur := Pengukur(r"^\s*UPDATE pdpb_usul_\d+ u SET versi = c\.versi")):
        kiriman(terapkan=True)
    assert Perubahan.objects.exclude(versi_dasar=None).count() == N
    (banyak,) = ukur.hasil
    assert 0 < banyak < BATAS


def test_a_list_that_comes_again_is_held_with_proposals_of_its_own_voters_only(daftar):
    kiriman(terapkan=True)
    with connection.execute_wrapper(ukur := Pengukur("CREATE TEMP TABLE sebelumnya")):
        kiriman(terapkan=False)
    (banyak,) = ukur.hasil
    assert 0 < banyak < BATAS


def test_changes_approved_together_are_counted_once(daftar):
    kiriman(terapkan=True)
    ids = list(Perubahan.objects.values_list("pk", flat=True))
    with connection.execute_wrapper(ukur := Pengukur(r"^\s*WITH p AS")):
        assert hambatan_daftar(ids, "setujui") == {}
    assert len(ids) == N
    (banyak,) = ukur.hasil
    assert 0 < banyak < BATAS
