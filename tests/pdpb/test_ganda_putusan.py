"""Two rows that may be one person: who decides, what follows, and that one of them always stays."""

import random
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from kpupalu.lib import Refused
from pdpb.actions.ganda import batalkan, boleh, kembalikan, konfirmasi, putuskan, saran_bertahan, tarik
from pdpb.actions.perubahan import ambil_langkah
from pdpb.invarian import gagal, periksa
from pdpb.langkah_ganda import LANGKAH_GANDA
from pdpb.models import PasanganGanda, Pendaftaran, Periode, Perubahan, RiwayatGanda
from pdpb.pasangan import langkah, simpan
from pdpb.rekap import rekap_berjalan
from tests import make
from tests.pdpb.isian import sama_dengan_baris
from tests.pdpb.pasangan_uji import ALASAN, kembar, pasangan, temu

pytestmark = pytest.mark.django_db
S = PasanganGanda.Status


def usul(p, putusan="beda", *, oleh=None, bertahan=None, per=None):
    bertahan = p.a_id if putusan == "sama" and bertahan is None else bertahan
    return putuskan(
        p, putusan=putusan, alasan=ALASAN, bukti=make.bukti(), periode=per or make.periode(), oleh=oleh or make.sari(),
        bertahan=bertahan,
    )  # fmt: skip


def selesai(p, putusan="beda", **lain):
    return konfirmasi(usul(p, putusan, **lain), oleh=make.wati())


def setujui_tms(p):
    make.setuju([p.perubahan_id], p.periode)
    p.refresh_from_db()


def dua():
    a, b = kembar()
    return a, b, pasangan(a, b), make.selesai_daftar()


def r13(per):
    return [x for x in gagal(periksa(rekap_berjalan(per))) if x.kode == "R13"]


def test_same_person_becomes_a_proposal_and_one_row_stays():
    a, b, p, per = dua()
    p = selesai(p, "sama", bertahan=b.pemilih_id)
    assert p.status == S.DIKONFIRMASI
    tms = p.perubahan
    assert (tms.kategori_id, tms.pemilih_id, tms.bertahan_id) == ("ganda", a.pemilih_id, b.pemilih_id)
    assert tms.pengusul == make.sari()
    assert tms.bukti == p.bukti
    assert tms.periode == per
    # Neither next step is the step of who decided, whatever their roles.
    sari = make.orang("sari", "verifikator", "kasubbag_rendatin")
    assert ambil_langkah([tms.pk], "verifikasi", oleh=sari, periode=per).berhasil == []
    setujui_tms(p)
    assert p.status == S.SELESAI
    assert list(Pendaftaran.objects.aktif().values_list("pemilih", flat=True)) == [b.pemilih_id]
    assert gagal(periksa(rekap_berjalan(per))) == []
    sama_dengan_baris(per)


def test_taking_the_approval_back_opens_the_pair_and_rejecting_asks_again():
    *_, p, per = dua()
    p = selesai(p, "sama")
    setujui_tms(p)
    ambil_langkah([p.perubahan_id], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
    p.refresh_from_db()
    assert p.status == S.DIKONFIRMASI
    assert r13(per)
    ambil_langkah([p.perubahan_id], "tolak", oleh=make.budi(), periode=per, catatan=ALASAN)
    p.refresh_from_db()
    assert (p.status, p.putusan, p.perubahan) == (S.MENUNGGU, "", None)
    assert selesai(p, "sama").status == S.DIKONFIRMASI


@pytest.mark.parametrize(("putusan", "boleh_beku"), [("beda", True), ("dukcapil", True), ("lapangan", False)])
def test_both_rows_stay_and_r13_counts_what_is_recorded(putusan, boleh_beku):
    *_, p, per = dua()
    assert r13(per)
    p = usul(p, putusan)
    assert r13(per), "one person alone records nothing"
    konfirmasi(p, oleh=make.wati())
    assert bool(r13(per)) is not boleh_beku
    assert Pendaftaran.objects.aktif().count() == 2


def test_a_confirmed_answer_is_replaced_by_a_new_one_but_not_a_removal():
    *_, p, _per = dua()
    p = selesai(p, "dukcapil")
    p = usul(p, "sama")
    assert (p.status, p.pengonfirmasi) == (S.DIUSULKAN, None)
    p = konfirmasi(p, oleh=make.wati())
    with pytest.raises(Refused, match="batalkan putusannya"):
        usul(p, "beda")


def test_undo_until_the_freeze_and_not_after():
    *_, p, per = dua()
    p = selesai(p, "sama")
    tms = p.perubahan
    p = batalkan(p, alasan=ALASAN, oleh=make.wati())
    tms.refresh_from_db()
    assert (p.status, tms.status) == (S.MENUNGGU, "ditolak")
    p = selesai(p, "sama")
    setujui_tms(p)
    with pytest.raises(Refused, match="persetujuannya"):
        batalkan(p, alasan=ALASAN, oleh=make.wati())
    Periode.objects.filter(pk=per.pk).update(status="dibekukan")
    with pytest.raises(Refused, match="periode berikutnya"):
        batalkan(p, alasan=ALASAN, oleh=make.wati())


def periode_berikut(per):
    Periode.objects.filter(pk=per.pk).update(status="dibekukan")
    return make.periode(
        "2027-tw1", tahun=2027, urutan=1, mulai=date(2027, 1, 1), akhir=date(2027, 3, 31),
        tanggal_pleno=date(2027, 4, 2), sebelumnya=Periode.objects.get(pk=per.pk),
    )  # fmt: skip


def test_a_decision_that_waited_past_the_freeze_is_confirmed_in_the_next_period():
    *_, p, per = dua()
    p = usul(p, "sama")
    berikut = periode_berikut(per)
    p = konfirmasi(PasanganGanda.objects.get(pk=p.pk), oleh=make.wati())
    assert (p.periode, p.perubahan.periode) == (berikut, berikut)


def test_a_proposal_carried_over_is_undone_in_the_next_period():
    *_, p, per = dua()
    p = selesai(p, "sama")
    berikut = periode_berikut(per)
    Perubahan.objects.filter(pk=p.perubahan_id).update(periode=berikut, status="ditangguhkan")
    p = batalkan(PasanganGanda.objects.get(pk=p.pk), alasan=ALASAN, oleh=make.wati())
    assert p.status == S.MENUNGGU
    assert set(Perubahan.objects.values_list("status", flat=True)) == {"ditolak"}


def test_pembuat_bukan_penyetuju_putusan():
    *_, p, _per = dua()
    wati = make.wati()
    p = usul(p, oleh=wati)
    for peran in ((), ("kasubbag_rendatin",), ("operator", "admin")):
        wati = make.orang("wati", *peran)
        with pytest.raises(Refused, match="tidak boleh mengonfirmasinya sendiri"):
            konfirmasi(p, oleh=wati)
    type(wati).objects.filter(pk=wati.pk).update(is_superuser=True, is_staff=True)
    with pytest.raises(Refused):
        konfirmasi(p, oleh=type(wati).objects.get(pk=wati.pk))
    with pytest.raises(IntegrityError), transaction.atomic():
        PasanganGanda.objects.filter(pk=p.pk).update(pengonfirmasi=wati)


def test_who_may_not_and_what_is_missing_is_refused():
    a, _b, p, per = dua()
    for oleh in (make.budi(), make.dewi()):
        with pytest.raises(Refused, match="tidak berwenang"):
            usul(p, oleh=oleh)
    isi = {"putusan": "beda", "alasan": ALASAN, "bukti": make.bukti(), "periode": per, "oleh": make.sari()}
    for salah, kata in (
        ({"alasan": "pendek"}, "alasan"),
        ({"bukti": None}, "Bukti"),
        ({"putusan": "hapus"}, "Pilih putusan"),
        ({"putusan": "sama"}, "bertahan"),
        ({"bertahan": a.pemilih_id}, "bertahan"),
        ({"dilihat": (1, 2)}, "berubah sejak Anda"),
    ):
        with pytest.raises(Refused, match=kata):
            putuskan(p, **(isi | salah))
    usul(p)
    with pytest.raises(Refused, match="tidak berwenang"):
        konfirmasi(PasanganGanda.objects.get(pk=p.pk), oleh=make.sari())
    with pytest.raises(Refused, match="Hanya pengusul"):
        tarik(p, alasan=ALASAN, oleh=make.wati())
    assert kembalikan(p, alasan=ALASAN, oleh=make.wati()).status == S.MENUNGGU


def test_a_decision_on_rows_that_changed_is_not_confirmed():
    _a, b, p, per = dua()
    p = usul(p)
    ubah = make.usul("elemen_data", b, per=per, elemen={"alamat": "JL. LAIN"})
    make.setuju([ubah], per)
    with pytest.raises(Refused, match="berubah sejak putusan"):
        konfirmasi(p, oleh=make.wati())


def test_urutan_langkah_ganda():
    """Every step from every state: exactly what the table draws is taken, for all the table's people."""
    *_, p, _per = dua()
    for status in S.values:
        for nama, satu in LANGKAH_GANDA.items():
            p.status, p.putusan, p.bukti, p.periode = status, "beda", make.bukti(), make.periode()
            p.pengusul, p.pengonfirmasi, p.bertahan = make.sari(), make.wati(), None
            if status in satu.dari:
                assert langkah(p, nama, oleh=None, catatan=ALASAN).status == satu.ke
            else:
                with pytest.raises(Refused, match="berstatus"):
                    langkah(p, nama, oleh=None, catatan=ALASAN)
                assert p.status == status


@pytest.mark.parametrize("benih", range(6))
def test_random_acts_never_take_a_step_that_is_not_drawn(benih):
    """Whatever people try in whatever order: each step in the history is one of the table, taken by who may."""
    dadu = random.Random(benih)
    a, b, c = kembar(3)
    semua = [pasangan(a, b), pasangan(b, c), pasangan(a, c)]
    per = make.selesai_daftar()
    orang = [make.sari(), make.wati(), make.budi(), make.dewi(), make.orang("rina", "verifikator", "operator")]
    for _ in range(120):
        p = PasanganGanda.objects.get(pk=dadu.choice(semua).pk)
        oleh, putusan = dadu.choice(orang), dadu.choice(["sama", "sama", "beda", "dukcapil", "lapangan"])
        aksi = dadu.choice(["usul", "konfirmasi", "kembalikan", "tarik", "batalkan", "setujui", "urungkan"])
        try:
            with transaction.atomic():
                if aksi == "usul":
                    usul(p, putusan, oleh=oleh, bertahan=dadu.choice([p.a_id, p.b_id]) if putusan == "sama" else None)
                elif aksi == "konfirmasi":
                    konfirmasi(p, oleh=oleh)
                elif aksi in ("setujui", "urungkan"):
                    ids = list(Perubahan.objects.values_list("pk", flat=True))
                    if aksi == "setujui":
                        ambil_langkah(ids, "verifikasi", oleh=orang[4], periode=per)
                        ambil_langkah(ids, "setujui", oleh=make.budi(), periode=per)
                    else:
                        ambil_langkah(ids, "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan=ALASAN)
                else:
                    {"kembalikan": kembalikan, "tarik": tarik, "batalkan": batalkan}[aksi](p, alasan=ALASAN, oleh=oleh)
        except Refused:
            pass
        make.lupakan_sementara()
        aktif = set(Pendaftaran.objects.aktif().values_list("pemilih", flat=True))
        assert aktif, "all rows of one person are gone"
        for tms in Perubahan.objects.filter(kategori="ganda", status="disetujui"):
            assert tms.bertahan_id in aktif
    for r in RiwayatGanda.objects.exclude(langkah="temukan"):
        satu = LANGKAH_GANDA[r.langkah]
        assert r.dari in satu.dari
        assert r.ke == satu.ke
        assert (r.oleh is None) == (satu.perm == "")
        assert r.oleh is None or r.oleh.has_perm(satu.perm)
    sama_dengan_baris(per)


def test_a_chain_of_three_rows_ends_in_one():
    a, b, c = kembar(3)
    ab, bc, ac = pasangan(a, b), pasangan(b, c), pasangan(a, c)
    per = make.selesai_daftar()
    ab = selesai(ab, "sama", bertahan=a.pemilih_id)
    # b goes for a; of b and c, c cannot stay, because then a would have to go and b rests on a.
    with pytest.raises(Refused, match="bertahan dari pasangan ganda lain"):
        selesai(bc, "sama", bertahan=c.pemilih_id)
    bc = PasanganGanda.objects.get(pk=bc.pk)
    kembalikan(bc, alasan=ALASAN, oleh=make.wati()) if bc.status == S.DIUSULKAN else None
    bc = selesai(PasanganGanda.objects.get(pk=bc.pk), "sama", bertahan=b.pemilih_id)
    assert (bc.perubahan.pemilih_id, bc.perubahan.bertahan_id) == (c.pemilih_id, a.pemilih_id)
    ac = selesai(ac, "sama", bertahan=a.pemilih_id)
    assert ac.perubahan == bc.perubahan
    make.setuju([ab.perubahan_id, bc.perubahan_id], per)
    assert list(Pendaftaran.objects.aktif().values_list("pemilih", flat=True)) == [a.pemilih_id]
    assert set(PasanganGanda.objects.values_list("status", flat=True)) == {S.SELESAI}
    assert gagal(periksa(rekap_berjalan(per))) == []


def test_a_row_that_is_going_cannot_stay():
    a, _b, p, per = dua()
    make.usul("meninggal", a, per=per)
    p = usul(p, "sama", bertahan=a.pemilih_id)
    with pytest.raises(Refused, match="tidak dapat bertahan"):
        konfirmasi(p, oleh=make.wati())


def test_history_of_decisions_only_grows():
    *_, p, _per = dua()
    selesai(p)
    assert list(RiwayatGanda.objects.values_list("langkah", flat=True)) == [
        "temukan", "usulkan", "konfirmasi", "selesaikan",
    ]  # fmt: skip
    for perintah in ("UPDATE pdpb_riwayatganda SET alasan = 'x'", "DELETE FROM pdpb_riwayatganda"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(perintah)


def test_what_two_decided_by_hand_is_not_proposed_past_them():
    a, b, p, per = dua()
    selesai(p, "beda")
    with pytest.raises(Refused, match="sudah diputuskan"):
        make.usul("ganda", a, per=per, bertahan=b.pemilih)


def test_which_row_stays_by_the_office_order():
    a, b = kembar(status_ktpel="B")
    assert saran_bertahan(a, b)[0] == a
    b.status_ktpel = "S"
    assert saran_bertahan(a, b)[0] == b
    a.status_ktpel, a.alamat = "S", ""
    assert "lengkap" in saran_bertahan(a, b)[1]


def test_boleh_says_why_not():
    *_, p, _per = dua()
    assert boleh(p, "usulkan", oleh=make.sari()) == ""
    assert "tidak berwenang" in boleh(p, "konfirmasi", oleh=make.sari())
    assert "tidak berwenang" in boleh(p, "tutup", oleh=make.budi())
    assert simpan([temu(p.versi_a, p.versi_b)], cakupan=None).tetap == 1
