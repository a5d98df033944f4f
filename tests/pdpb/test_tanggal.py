"""Dates and clocks: the day of Palu, a clock set back, a period opened again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kpupalu.lib import Refused
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Pendaftaran, Periode
from tests import make
from tests.pdpb.isian import sama_dengan_baris

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("saat", "hari"),
    [
        (datetime(2026, 12, 7, 23, 59, tzinfo=WITA), date(2026, 12, 7)),
        (datetime(2026, 12, 8, 0, 1, tzinfo=WITA), date(2026, 12, 8)),
        (datetime(2026, 12, 8, 7, 59, tzinfo=WITA), date(2026, 12, 8)),
    ],
)
def test_an_approval_carries_the_date_of_palu(time_machine, saat, hari):
    versi = make.pemilih()
    per = make.selesai_daftar()
    time_machine.move_to(saat, tick=False)
    make.setuju([make.usul("meninggal", versi, per=per)], per)
    versi.refresh_from_db()
    assert versi.akhir == hari


def test_a_clock_set_back_breaks_no_version(time_machine):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("elemen_data", versi, per=per, elemen={"nama": "SATU"})
    time_machine.move_to(datetime(2026, 12, 8, 12, tzinfo=WITA))
    make.setuju([satu], per)
    time_machine.move_to(datetime(2026, 10, 1, 12, tzinfo=WITA))
    make.setuju([make.usul("meninggal", Pendaftaran.objects.aktif().get(), per=per)], per)
    for v in Pendaftaran.objects.all():
        assert v.akhir >= v.mulai
    sama_dengan_baris(per)


def beku(per):
    bekukan(per, oleh=make.budi())
    return Periode.objects.get(pk=per.pk)


def buka_lagi(per, sampai):
    minta = minta_buka_kembali(per, alasan="Saran perbaikan Bawaslu", nomor_surat="7/PM/2026", oleh=make.sari())
    return setujui_buka_kembali(minta, oleh=make.orang("rahma", "ketua"), sampai=sampai)


def test_a_reopened_period_closes_again_when_its_window_is_over(time_machine):
    versi = [make.pemilih(), make.pemilih()]
    per = make.selesai_daftar()
    siap = make.usul("meninggal", versi[1], per=per)
    ambil_langkah([siap], "verifikasi", oleh=make.wati(), periode=per)
    time_machine.move_to(datetime(2026, 12, 9, 12, tzinfo=WITA))
    per = buka_lagi(beku(per), date(2026, 12, 10))
    time_machine.move_to(datetime(2026, 12, 10, 23, 59, tzinfo=WITA))
    make.usul("meninggal", versi[0], per=per)
    time_machine.move_to(datetime(2026, 12, 11, 0, 1, tzinfo=WITA))
    with pytest.raises(Refused, match="10-12-2026"):
        make.usul("elemen_data", versi[0], per=per, elemen={"nama": "LAIN"})
    with pytest.raises(Refused, match="10-12-2026"):
        ambil_langkah([siap], "setujui", oleh=make.budi(), periode=per)
    per = buka_lagi(beku(per), date(2026, 12, 12))
    assert ambil_langkah([siap], "setujui", oleh=make.budi(), periode=per).berhasil == [siap]


def test_reopen_change_refreeze_keeps_the_older_version_whole():
    from pdpb.digest import daun_rusak, hitung_digest
    from pdpb.rekap import rekap_beku

    versi = [make.pemilih(), make.pemilih()]
    per = make.selesai_daftar()
    per = beku(per)
    satu = per.snapshot_set.get()
    sidik = satu.digest
    per = buka_lagi(per, date(2099, 1, 1))
    make.setuju([make.usul("meninggal", versi[0], per=per)], per)
    per = beku(per)
    satu.refresh_from_db()
    dua = per.snapshot_set.get(digantikan=False)
    assert (satu.digantikan, satu.digest, hitung_digest(satu), daun_rusak(satu)) == (True, sidik, sidik, 0)
    assert (dua.versi, dua.jumlah_baris, hitung_digest(dua)) == (2, 1, dua.digest)
    assert rekap_beku(satu).kota.total.sekarang == 2
    assert dua.digest != sidik
