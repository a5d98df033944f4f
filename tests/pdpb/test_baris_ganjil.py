"""Odd rows: what was written down about them beforehand is what the import says, each row and each column."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from kpupalu.wilayah.models import AliasKelurahan, Kelurahan
from pdpb.impor import periksa, terapkan, unggah
from pdpb.models import Pendaftaran, TemuanImpor
from tests import make
from tests.pdpb.baris_ganjil import AWALAN_NIK, BARIS, SEHAT

pytestmark = pytest.mark.django_db
KOLOM = ["DPID", "NIK", *SEHAT]


@pytest.fixture(scope="module")
def hasil(django_db_setup, django_db_blocker):
    """The rows imported once: {name of the row: (findings, loaded)}."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield _impor()
        transaction.set_rollback(True)


def _impor():
    periode = make.periode(tanggal_pleno=date(2026, 12, 12))
    make.tps(make.TALISE, 1)
    tawanjuka = Kelurahan.objects.get(nama="Tawanjuka")
    make.tps(tawanjuka.pk, 1)
    AliasKelurahan.objects.get_or_create(nama="Tavanjuka", defaults={"kelurahan": tawanjuka})
    baris = ["#".join(KOLOM)]
    for nomor, ganjil in enumerate(BARIS):
        # A family name per row keeps the rows strangers to each other.
        isi = SEHAT | {"DPID": str(5_000 + nomor), "NIK": f"{AWALAN_NIK}{9_200 + nomor}"} | ganjil.beda
        if "NAMA" not in ganjil.beda:
            isi["NAMA"] += " " + "ABCDEFGHIJ"[nomor // 10] + "ABCDEFGHIJ"[nomor % 10]
        if "NKK" not in ganjil.beda:
            isi["NKK"] = f"727108120308{9_300 + nomor}"
        baris.append("#".join(isi[k] for k in KOLOM))
    berkas = ContentFile("\n".join(baris).encode() + b"\n", name="ganjil.csv")
    batch = unggah([berkas], jenis="dpt", periode=periode, oleh=make.budi(), kamus=2024)
    batch = periksa(batch)
    temuan: dict[int, set] = {}
    for t in TemuanImpor.objects.filter(batch=batch, baris__gt=1):
        temuan.setdefault(t.baris, set()).add((t.kolom, t.tingkat))
    terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    dimuat = set(Pendaftaran.objects.filter(batch=batch, akhir=None).values_list("pemilih__dpid", flat=True))
    return {
        g.nama: (temuan.get(n + 2, set()), g.beda.get("DPID", str(5_000 + n)) in dimuat) for n, g in enumerate(BARIS)
    }


def test_enough_rows_each_with_its_own_name():
    assert len({g.nama for g in BARIS}) == len(BARIS) >= 30


@pytest.mark.parametrize("ganjil", BARIS, ids=lambda g: g.nama)
def test_an_odd_row_gets_its_findings_and_its_place(hasil, ganjil):
    temuan, dimuat = hasil[ganjil.nama]
    assert temuan == ganjil.temuan
    assert dimuat is ganjil.dimuat
