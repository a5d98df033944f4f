"""The step table of citizens' reports: every path, whatever the order of acts, keeps to it; and two people at once."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpupalu.lib import Refused
from pdpb.actions import tanggapan as aksi
from pdpb.actions.perubahan import ambil_langkah
from pdpb.langkah_tanggapan import LANGKAH_TANGGAPAN, TAHAP_PUBLIK, jawaban_publik, tahap_publik
from pdpb.models import Bukti, Perubahan, Tanggapan
from tests import make
from tests.pdpb.bersamaan import serentak

S, K = Tanggapan.Status, Tanggapan.Keadaan
SEMUA = [*S.values, *K.values]
ALASAN = "alasan yang cukup panjang"
PERAN = ("operator", "verifikator", "kasubbag_rendatin", "auditor", "sekretaris", "bawaslu", "ppid", "admin")
BOLEH = {nama: {"operator", "verifikator", "kasubbag_rendatin"} for nama in LANGKAH_TANGGAPAN}
BOLEH["usulkan"] = {"operator", "verifikator"}
# What happens to the change meanwhile, outside of the queue.
PERUBAHAN = ("verifikasi", "setujui", "batalkan_persetujuan", "tolak")


def ambil(t: Tanggapan, nama: str, *, versi, per, oleh) -> None:
    """Take the step *nama* with everything it asks for."""
    isi = {
        "minta_kelengkapan": {"kekurangan": ["ktp"]},
        "cocokkan": {"pemilih": versi.pemilih},
        "jawab": {"jawaban": ALASAN},
        "tolak": {"alasan": "tidak_terbukti", "catatan": ALASAN},
        "buka_kembali": {"catatan": ALASAN},
    }.get(nama, {})
    if nama == "usulkan":
        bukti = Bukti(jenis_dokumen="Akta kematian", dicatat_oleh=oleh)
        aksi.jadikan_usulan(
            t, versi=t.versi, periode=per, kategori=make.kategori("meninggal"), pemilih=versi.pemilih, bukti=bukti,
            oleh=oleh,
        )  # fmt: skip
        return
    getattr(aksi, nama)(t, versi=t.versi, oleh=oleh, **isi)


def test_every_state_has_a_public_word_and_every_step_leads_to_a_stored_status():
    for keadaan in SEMUA:
        tahap, kata = tahap_publik(keadaan)
        assert TAHAP_PUBLIK[tahap - 1]
        assert kata
        assert bool(jawaban_publik(keadaan, "")) is (tahap == len(TAHAP_PUBLIK))
    for langkah in LANGKAH_TANGGAPAN.values():
        assert langkah.ke in S.values
        assert langkah.dari <= set(SEMUA)
    # What the roll did and what the office refused look alike.
    assert tahap_publik(K.DITINDAKLANJUTI) == tahap_publik(S.DITOLAK) == tahap_publik(S.DIJAWAB)
    assert jawaban_publik(K.DITINDAKLANJUTI, "") == jawaban_publik(S.DITOLAK, "tidak_cocok")


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*LANGKAH_TANGGAPAN, *PERUBAHAN, "lengkapi"]), min_size=1, max_size=14))
def test_urutan_langkah_tanggapan(acts):
    """Whatever people try in whatever order: a step passes exactly where the table says, and the change leads."""
    with transaction.atomic():
        versi = make.pemilih()
        per = make.selesai_daftar()
        t = make.tanggapan()
        for nama in acts:
            t = make.kini_tanggapan(t)
            sebelum, p = t.kini, t.perubahan
            if nama in PERUBAHAN:
                oleh = make.budi() if nama != "verifikasi" else make.wati()
                if p:
                    ambil_langkah([p.pk], nama, oleh=oleh, periode=per, catatan=ALASAN)
                continue
            if nama == "lengkapi":
                boleh = sebelum == S.PERLU_DILENGKAPI
                with _menolak_bila(not boleh):
                    aksi.lengkapi(t, keterangan="Ini keterangannya", lampiran=[])
                assert make.kini_tanggapan(t).kini == (S.DITERIMA if boleh else sebelum)
                continue
            langkah = LANGKAH_TANGGAPAN[nama]
            boleh = sebelum in langkah.dari
            if boleh and nama in ("cocokkan", "usulkan"):
                # Somebody already struck from the list cannot be matched or proposed; unmatched ones cannot either.
                aktif = versi.pemilih.pendaftaran_set.filter(akhir=None).exists()
                boleh = aktif and (nama == "cocokkan" or t.pemilih_id is not None)
            with _menolak_bila(not boleh):
                ambil(t, nama, versi=versi, per=per, oleh=make.sari())
            sesudah = make.kini_tanggapan(t)
            assert sesudah.kini == (langkah.ke if boleh else sebelum)
            assert sesudah.versi == t.versi + boleh
        akhir = make.kini_tanggapan(t)
        assert (akhir.selesai is not None) is (tahap_publik(akhir.kini)[0] == len(TAHAP_PUBLIK))
        if akhir.perubahan:
            disetujui = akhir.perubahan.status == Perubahan.Status.DISETUJUI
            assert (akhir.kini == K.DITINDAKLANJUTI) is disetujui
        transaction.set_rollback(True)


class _menolak_bila:
    """The block is refused if *ya*, and passes otherwise."""

    def __init__(self, ya: bool):
        self.ya = ya

    def __enter__(self):
        return self

    def __exit__(self, jenis, galat, _):
        assert (jenis is not None and issubclass(jenis, Refused)) is self.ya, galat
        return True


@pytest.mark.django_db
@pytest.mark.parametrize("peran", PERAN)
@pytest.mark.parametrize("nama", LANGKAH_TANGGAPAN)
def test_a_step_needs_its_role_whoever_calls_it(nama, peran):
    versi = make.pemilih()
    per = make.selesai_daftar()
    t = make.tanggapan()
    awal = {"usulkan": "diperiksa", "cocokkan": "diperiksa", "jawab": "diperiksa", "buka_kembali": "ditolak"}.get(nama)
    if awal == "ditolak":
        aksi.tolak(t, alasan="tidak_terbukti", catatan=ALASAN, versi=1, oleh=make.sari())
    elif awal:
        make.tanggapan_cocok(t, versi)
    t = make.kini_tanggapan(t)
    with _menolak_bila(peran not in BOLEH[nama]):
        ambil(t, nama, versi=versi, per=per, oleh=make.orang(f"uji_{peran}", peran))
    assert (make.kini_tanggapan(t).versi > t.versi) is (peran in BOLEH[nama])


@pytest.mark.django_db(transaction=True)
def test_balapan_two_officers_decide_at_once_and_one_wins():
    t = make.tanggapan()
    sari, wati = make.sari(), make.wati()
    hasil = serentak(
        lambda: aksi.tolak(t, alasan="tidak_terbukti", catatan=ALASAN, versi=1, oleh=sari),
        lambda: aksi.nyatakan_lengkap(t, versi=1, oleh=wati),
    )
    assert [isinstance(h, Refused) for h in hasil].count(True) == 1
    assert make.kini_tanggapan(t).versi == 2


@pytest.mark.django_db(transaction=True)
def test_balapan_one_report_becomes_one_proposal():
    versi = make.pemilih()
    per = make.selesai_daftar()
    t = make.tanggapan_cocok(make.tanggapan(), versi)
    sari, wati = make.sari(), make.wati()
    hasil = serentak(
        lambda: ambil(t, "usulkan", versi=versi, per=per, oleh=sari),
        lambda: ambil(t, "usulkan", versi=versi, per=per, oleh=wati),
    )
    assert [isinstance(h, Refused) for h in hasil].count(True) == 1
    assert Perubahan.objects.count() == Bukti.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_balapan_one_form_sent_at_the_same_moment_is_one_report():
    kunci = uuid4()
    hasil = serentak(*[lambda: make.tanggapan(kunci=kunci) for _ in range(2)])
    assert hasil[0] == hasil[1]
    assert Tanggapan.objects.count() == 1
