"""Rights inside the actions and querysets, whatever page called them; history of every act; the order of the digest."""

import hashlib

import pytest

from kpupalu.audit.models import Jejak
from kpupalu.lib import Refused
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah
from pdpb.langkah import LANGKAH
from pdpb.models import Identitas, Pendaftaran, Perubahan, SnapshotBaris
from tests import make

pytestmark = pytest.mark.django_db
ALASAN = "alasan yang cukup panjang"
MELANGKAH = {
    "verifikasi": {"verifikator", "kasubbag_rendatin"},
    "minta_coktas": {"verifikator", "kasubbag_rendatin"},
    "tangguhkan": {"verifikator", "kasubbag_rendatin"},
    "tolak": {"verifikator", "kasubbag_rendatin"},
    "tarik": {"operator", "verifikator"},
    "setujui": {"kasubbag_rendatin"},
    "batalkan_persetujuan": {"kasubbag_rendatin"},
}
PERAN = (
    "operator",
    "verifikator",
    "kasubbag_rendatin",
    "sekretaris",
    "ketua",
    "anggota",
    "bawaslu",
    "auditor",
    "gudang",
)


@pytest.fixture
def per():
    for kelurahan in (make.TALISE, make.PETOBO):
        make.pemilih(kelurahan)
    return make.selesai_daftar()


def test_the_table_names_every_step():
    assert MELANGKAH.keys() == LANGKAH.keys()


@pytest.mark.parametrize("peran", PERAN)
@pytest.mark.parametrize("langkah", MELANGKAH)
def test_a_step_needs_its_role_whoever_calls_it(per, langkah, peran):
    dari = sorted(LANGKAH[langkah].dari)[0]
    pk = make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    if langkah == "batalkan_persetujuan":
        make.setuju([pk], per)
    else:
        Perubahan.objects.filter(pk=pk).update(status=dari)
    oleh = make.orang(f"uji_{peran}", peran)
    if LANGKAH[langkah].hanya_sendiri:
        Perubahan.objects.filter(pk=pk).update(pengusul=oleh)
    if peran in MELANGKAH[langkah]:
        assert ambil_langkah([pk], langkah, oleh=oleh, periode=per, catatan=ALASAN).berhasil == [pk]
    else:
        with pytest.raises(Refused, match="tidak berwenang"):
            ambil_langkah([pk], langkah, oleh=oleh, periode=per, catatan=ALASAN)
        assert Perubahan.objects.get(pk=pk).status == dari


@pytest.mark.parametrize("peran", PERAN)
def test_querysets_give_nothing_without_the_right(per, peran):
    make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    user = make.orang(f"uji_{peran}", peran)
    boleh = peran not in ("sekretaris", "gudang", "bawaslu")
    assert Pendaftaran.objects.for_user(user).exists() == boleh
    assert Perubahan.objects.for_user(user).exists() == boleh


def test_each_act_stands_in_the_history_with_who_and_how_many(per):
    ids = [make.usul("meninggal", v, per=per) for v in Pendaftaran.objects.all()]
    assert Jejak.objects.filter(tindakan="pdpb.usulkan").count() == 2
    make.setuju(ids, per)
    ambil_langkah(ids[:1], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
    bekukan(per, oleh=make.budi())
    jejak = {
        j.tindakan: (j.pelaku.username, j.jumlah, j.alasan)
        for j in Jejak.objects.filter(objek_id=per.pk).order_by("pk")
    }
    assert jejak == {
        "pdpb.verifikasi": ("wati", 2, ""),
        "pdpb.setujui": ("budi", 2, ""),
        "pdpb.batalkan_persetujuan": ("budi", 1, ALASAN),
        "pdpb.bekukan": ("budi", 1, ""),
    }


def ganda(per):
    """An approved pair: the first row is out, the second stays."""
    satu, dua = Pendaftaran.objects.order_by("pk")
    make.setuju([make.usul("ganda", satu, per=per, bertahan=dua.pemilih)], per)
    return dua


def test_the_row_that_stays_of_a_pair_does_not_leave_too(per):
    dua = ganda(per)
    pk = make.usul("meninggal", dua, per=per)
    ambil_langkah([pk], "verifikasi", oleh=make.wati(), periode=per)
    hasil = ambil_langkah([pk], "setujui", oleh=make.budi(), periode=per)
    assert "bertahan dari pasangan ganda" in hasil.ditolak[pk]
    assert bekukan(per, oleh=make.budi()).jumlah_baris == 1


def test_taking_back_a_new_voter_who_stays_of_a_pair_is_refused(per):
    baru = make.usul("pindah_masuk", None, per=per)
    make.setuju([baru], per)
    orang = Perubahan.objects.get(pk=baru).pemilih
    make.setuju([make.usul("ganda", Pendaftaran.objects.first(), per=per, bertahan=orang)], per)
    hasil = ambil_langkah([baru], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
    assert "bertahan dari pasangan ganda" in hasil.ditolak[baru]


def test_a_corrected_nik_is_nobody_elses(per):
    satu, dua = Pendaftaran.objects.select_related("identitas").order_by("pk")
    pk = make.usul("elemen_data", satu, per=per, nik=dua.identitas.nik)
    ambil_langkah([pk], "verifikasi", oleh=make.wati(), periode=per)
    hasil = ambil_langkah([pk], "setujui", oleh=make.budi(), periode=per)
    assert "milik orang lain" in hasil.ditolak[pk]


def test_two_people_do_not_get_one_corrected_nik(per):
    nik = make.nik()
    ids = [make.usul("elemen_data", v, per=per, nik=nik) for v in Pendaftaran.objects.all()]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    hasil = ambil_langkah(ids, "setujui", oleh=make.budi(), periode=per)
    assert set(hasil.ditolak) == set(ids)


def test_a_removal_is_not_taken_back_once_its_nik_belongs_to_a_new_row(per):
    versi = Pendaftaran.objects.select_related("identitas").first()
    keluar = make.usul("pindah_domisili", versi, per=per)
    make.setuju([keluar], per)
    make.setuju([make.usul("pindah_masuk", None, per=per, nik=versi.identitas.nik)], per)
    hasil = ambil_langkah([keluar], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
    assert "sesudahnya dicatat untuk baris lain" in hasil.ditolak[keluar]


def test_leaves_are_ordered_by_nik_not_by_entry(per):
    """The row entered last has the smallest NIK of its TPS and stands first in the digest."""
    awal = make.pemilih(make.TALISE, nik="7271010101909001")
    make.selesai_daftar()
    snapshot = bekukan(per, oleh=make.budi())
    daun = {b.pendaftaran_id: bytes(b.daun) for b in SnapshotBaris.objects.filter(snapshot=snapshot)}
    nik = dict(Identitas.objects.values_list("pendaftaran__pk", "nik"))
    tempat = dict(Pendaftaran.objects.values_list("pk", "kelurahan_id"))
    urut = sorted(daun, key=lambda pk: (tempat[pk], nik[pk]))
    assert urut.index(awal.pk) == 1
    kepala = f"kpu-palu-daftar-1\n{per.pk}\n1\n{len(daun)}\n".encode()
    assert hashlib.sha256(kepala + b"".join(daun[pk] for pk in urut)).hexdigest() == snapshot.digest
