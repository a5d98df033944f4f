"""Remarks kept by the period move into its pleno, and back, without losing one."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import make

SEBELUM, SESUDAH = [("pdpb", "0008_ganda")], [("pdpb", "0009_rapat_dan_pengumuman")]
MASUKAN = [
    {"lembaga": "Bawaslu Kota Palu", "isi": "Periksa TMS.", "jawaban": "Sudah."},
    {"lembaga": "Polresta Palu", "isi": "Serahkan data.", "jawaban": "Setuju."},
]


def _ke(tujuan):
    pelaksana = MigrationExecutor(connection)
    pelaksana.migrate(tujuan)
    return MigrationExecutor(connection).loader.project_state(tujuan).apps


@pytest.mark.django_db(transaction=True)
def test_remarks_survive_the_way_there_and_back():
    make.komisioner()
    lama = _ke(SEBELUM)
    try:
        lama.get_model("pdpb", "Periode").objects.create(
            kode="2026-tw4", jenis="triwulan", tahun=2026, urutan=4, mulai=date(2026, 10, 1), akhir=date(2026, 12, 31),
            tanggal_pleno=date(2026, 12, 8), masukan=MASUKAN,
        )  # fmt: skip
        baru = _ke(SESUDAH)
        rapat = baru.get_model("rapat", "Rapat").objects.get(subjek_label="pdpb.periode", subjek_id="2026-tw4")
        assert list(rapat.masukan.order_by("pk").values("lembaga", "isi", "jawaban")) == MASUKAN
        assert (rapat.tanggal, rapat.jenis, rapat.anggota.count()) == (date(2026, 12, 8), "pleno", 5)
        kembali = _ke(SEBELUM)
        assert kembali.get_model("pdpb", "Periode").objects.get().masukan == MASUKAN
    finally:
        _ke(MigrationExecutor(connection).loader.graph.leaf_nodes("pdpb"))
