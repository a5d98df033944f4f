"""Many at the same moment on the same pairs: one decision, one proposal, and one row that stays."""

import pytest
from django.db import transaction

from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import PasanganGanda, Pendaftaran, Perubahan
from pdpb.pekerjaan_ganda import cari_ganda, cari_ganda_berubah
from tests import make
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import sama_dengan_baris
from tests.pdpb.pasangan_uji import ALASAN, kembar, pasangan

pytestmark = pytest.mark.django_db(transaction=True)


def usul(p, bertahan, oleh=None):
    return putuskan(
        p, putusan="sama", alasan=ALASAN, bukti=make.bukti(), periode=make.periode(), oleh=oleh or make.sari(),
        bertahan=bertahan,
    )  # fmt: skip


def beres(hasil):
    assert all(not isinstance(h, Exception) or isinstance(h, Refused) for h in hasil), hasil
    return [h for h in hasil if not isinstance(h, Exception)]


def test_balapan_putusan_of_one_pair_gives_one():
    a, b = kembar()
    p = pasangan(a, b)
    make.selesai_daftar()
    petugas = [make.orang(f"petugas{n}", "operator") for n in range(4)]
    hasil = serentak(*[lambda o=o, v=v: usul(p, v.pemilih_id, o) for o in petugas for v in (a, b)])
    assert len(beres(hasil)) == 1


def test_balapan_konfirmasi_proposes_once():
    a, b = kembar()
    p = pasangan(a, b)
    make.selesai_daftar()
    p = usul(p, a.pemilih_id)
    wati, budi = make.wati(), make.budi()
    hasil = serentak(*[lambda o=o: konfirmasi(p, oleh=o) for o in (wati, budi) * 3])
    assert len(beres(hasil)) == 1
    assert Perubahan.objects.count() == 1


def test_balapan_two_officers_confirm_a_chain_and_one_row_stays():
    """A = B with A staying, B = C with C staying, A = C with C staying: confirmed and approved all at once."""
    a, b, c = kembar(3)
    semua = [
        usul(pasangan(a, b), a.pemilih_id),
        usul(pasangan(b, c), b.pemilih_id),
        usul(pasangan(a, c), c.pemilih_id),
    ]
    per = make.selesai_daftar()
    wati, budi, rina = make.wati(), make.budi(), make.orang("rina", "kasubbag_rendatin")
    beres(serentak(*[lambda p=p, o=o: konfirmasi(p, oleh=o) for p in semua for o in (wati, budi)]))
    ids = list(Perubahan.objects.order_by("pk").values_list("pk", flat=True))
    assert ids
    ambil_langkah(ids, "verifikasi", oleh=wati, periode=per)
    beres(
        serentak(
            *[lambda i=i, o=o: ambil_langkah([i], "setujui", oleh=o, periode=per) for i in ids for o in (budi, rina)]
        )
    )
    aktif = set(Pendaftaran.objects.aktif().values_list("pemilih", flat=True))
    assert aktif
    for tms in Perubahan.objects.filter(status="disetujui"):
        assert tms.bertahan_id in aktif
    sama_dengan_baris(per)


def test_balapan_comparison_and_decisions_do_not_wait_for_each_other_for_ever():
    baris = [kembar() for _ in range(4)]
    per = make.selesai_daftar()
    sari, wati, budi = make.sari(), make.wati(), make.budi()

    def pekerjaan(kind, **params):
        return Job.objects.create(kind=kind, params=params, requested_by=budi)

    cari_ganda(pekerjaan("pdpb.cari_ganda"))
    semua = list(PasanganGanda.objects.order_by("pk"))
    assert len(semua) >= len(baris)
    semua = [usul(p, p.a_id, sari) for p in semua]
    ubah = [make.usul("meninggal", a, per=per) for a, _ in baris]
    ambil_langkah(ubah, "verifikasi", oleh=wati, periode=per)
    beres(
        serentak(
            *[lambda p=p: konfirmasi(p, oleh=wati) for p in semua],
            lambda: cari_ganda(pekerjaan("pdpb.cari_ganda")),
            lambda: ambil_langkah(ubah, "setujui", oleh=budi, periode=per),
            lambda: cari_ganda_berubah(pekerjaan("pdpb.cari_ganda_berubah", perubahan=ubah)),
        )
    )
    # What the comparisons that follow every approval leave behind is the list as it is.
    with transaction.atomic():
        cari_ganda_berubah(pekerjaan("pdpb.cari_ganda_berubah", perubahan=ubah))
    aktif = set(Pendaftaran.objects.aktif().values_list("pemilih", flat=True))
    for p in PasanganGanda.objects.filter(status__in=["menunggu", "diusulkan"]):
        assert {p.a_id, p.b_id} <= aktif, p
    sama_dengan_baris(per)
