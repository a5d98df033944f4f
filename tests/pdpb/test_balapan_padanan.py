"""Officers at the same moment on the rows of one list: no row twice, one answer per row."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from kpupalu.lib import Refused
from pdpb import impor
from pdpb.actions.padanan import ambil, kemajuan, pastikan_banyak, putuskan, susulkan
from pdpb.models import PadananBaris, Perubahan
from tests import make
from tests.pdpb.bersamaan import serentak

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batch():
    versi = [make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(y, 3, 4), jenis_kelamin="P") for y in (1970, 1972)]
    make.pemilih(nama="JOKO SAPUTRA", tanggal_lahir=date(1980, 1, 2))
    make.selesai_daftar()
    baris = [f"Rina Marlina;P;04-03-1971;Talise;KM-{n};meninggal;Akta kematian" for n in range(8)]
    baris.append("Joko Saputra;L;02-01-1980;Talise;KM-9;meninggal;Akta kematian")
    kepala = "NAMA ALMARHUM;L/P;TGL LAHIR;KELURAHAN;NO AKTA KEMATIAN;KATEGORI;JENIS DOKUMEN"
    file = [ContentFile("\n".join([kepala, *baris]).encode(), name="kematian.csv")]
    batch = impor.periksa(
        impor.unggah(file, jenis="perubahan", periode=make.periode(), oleh=make.sari()), oleh=make.sari()
    )
    batch.calon_uji = [v.pk for v in versi]
    return batch


def test_balapan_ambil_gives_every_officer_a_row_of_his_own(batch):
    petugas = [make.orang(f"petugas{n}", "operator") for n in range(6)]
    hasil = serentak(*[lambda o=o: ambil(batch, oleh=o) for o in petugas])
    assert not [h for h in hasil if isinstance(h, Exception)]
    nomor = [satu.pk for h in hasil for satu in h]
    assert len(nomor) == len(set(nomor)) == 6


def test_balapan_putuskan_of_one_row_keeps_the_first_answer(batch):
    satu = PadananBaris.objects.filter(batch=batch, status="menunggu")[0]
    petugas = [make.orang(f"petugas{n}", "operator") for n in range(4)]
    jawaban = [*batch.calon_uji, None, batch.calon_uji[0]]
    hasil = serentak(*[lambda o=o, v=v: putuskan(satu, versi=v, oleh=o) for o, v in zip(petugas, jawaban, strict=True)])
    assert all(not isinstance(h, Exception) or isinstance(h, Refused) for h in hasil), hasil
    satu.refresh_from_db()
    assert {h.pilihan_id for h in hasil if not isinstance(h, Exception)} == {satu.pilihan_id}


def test_balapan_saying_no_while_the_list_is_applied_leaves_no_proposal(batch):
    satu = PadananBaris.objects.get(batch=batch, status="dicocokkan")
    sari, wati = make.sari(), make.wati()
    hasil = serentak(
        lambda: impor.terapkan(batch, oleh=sari, terima_peringatan=True), lambda: putuskan(satu, versi=None, oleh=wati)
    )
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    assert not Perubahan.objects.filter(batch=batch).exclude(status="ditolak").exists()
    assert PadananBaris.objects.get(pk=satu.pk).status == "tidak_ada"
    assert batch.ditolak.filter(baris=satu.baris).exists()


def test_balapan_susulkan_brings_each_row_in_once(batch):
    sari, budi = make.sari(), make.budi()
    impor.terapkan(batch, oleh=sari, terima_peringatan=True)
    putuskan(PadananBaris.objects.filter(batch=batch, status="menunggu")[0], versi=batch.calon_uji[0], oleh=budi)
    hasil = serentak(*[lambda o=o: susulkan(batch, oleh=o) for o in (sari, budi)])
    assert sorted(h if isinstance(h, int) else 0 for h in hasil) == [0, 1]
    assert pastikan_banyak(batch, [], oleh=sari) == 0
    assert kemajuan(batch)["dipastikan"] == 1
