"""What the daily check and the yearly report say about objections, disputes and costs."""

from datetime import date

import pytest

from kpupalu.kalender.models import HariLibur
from ppid.actions.laporan import susun_angka
from ppid.anomali.jalankan import jalankan_semua
from ppid.laporan.angka import cari_angka
from ppid.models import Anomali, Butir, Keberatan, RincianBiaya, Sidang, Tarif
from tests.ppid import test_keberatan, test_sengketa
from tests.ppid.test_keberatan import diputus, ditanggapi, ditolak, keberatan
from tests.ppid.test_permohonan import minta, ppid

pytestmark = pytest.mark.django_db
ke, s = test_keberatan.ke, test_sengketa.s


def temuan(kode: str) -> list[str]:
    jalankan_semua(kode=[kode])
    return [f"{a.label}: {a.kalimat}" for a in Anomali.objects.terbuka().filter(kode=kode).order_by("pk")]


def test_one_person_for_both_decisions_is_found_although_the_acts_refuse_it(ke):
    k = ditanggapi(keberatan(ditolak(ke)), "ditolak")
    assert temuan("pemutus-sama") == []
    Keberatan.objects.filter(pk=k.pk).update(diputus_oleh=ppid())
    assert temuan("pemutus-sama") == [f"{k.nomor}: Pemutus keberatan ini juga memutus butir permohonannya."]


def test_a_refusal_as_late_that_a_new_holiday_puts_in_time_is_found(ke):
    p = ditolak(ke)
    ke(date(2026, 4, 30))  # the window ended on 29 April
    k = diputus(keberatan(p), "ditolak", perintah="", karena_lewat=True)
    assert temuan("tolak-lewat") == []
    HariLibur.objects.create(tanggal=date(2026, 4, 1), nama="Cuti bersama tambahan", sumber="SKB contoh")
    assert temuan("tolak-lewat") == [
        f"{k.nomor}: Diterima 30 April 2026, menurut hari libur yang kini tercatat masih tepat waktu."
    ]


def test_a_hearing_without_representative_is_found_until_somebody_is_named(s):
    satu = test_sengketa.sidang(s, date(2026, 3, 16))
    assert [baris.split(":")[0] for baris in temuan("sidang-tanpa-wakil")] == [s.nomor]
    Sidang.objects.filter(pk=satu.pk).update(hadir=False, hasil="Ditunda oleh majelis")
    assert temuan("sidang-tanpa-wakil") == []


def test_a_cost_rests_on_lines_of_a_tariff_that_holds():
    p = minta()
    b = p.butir.get(urut=1)
    tarif = Tarif.objects.create(
        komponen="a4_hitam_putih", rupiah=250, mulai=date(2025, 1, 1), akhir=date(2026, 12, 31), dasar_hukum="SK contoh"
    )
    Butir.objects.filter(pk=b.pk).update(biaya=1000)
    assert temuan("biaya") == [f"{p.nomor}: Butir 1 dikenai biaya tanpa tarif."]
    RincianBiaya.objects.create(butir=b, tarif=tarif, jumlah=4, harga=250)
    assert temuan("biaya") == []
    Tarif.objects.filter(pk=tarif.pk).update(rupiah=200)
    assert len(temuan("biaya")) == 1
    Tarif.objects.filter(pk=tarif.pk).update(rupiah=250, akhir=date(2026, 2, 1))
    assert len(temuan("biaya")) == 1


def test_the_report_counts_objections_and_disputes_from_their_rows(s):
    bagian = susun_angka(2026, date(2026, 3, 31))
    for kode, nomor in (
        ("keberatan", s.keberatan.nomor), ("keberatan-ditolak", s.keberatan.nomor),
        ("keberatan-alasan-a", s.keberatan.nomor), ("sengketa", s.nomor),
    ):  # fmt: skip
        angka = cari_angka(bagian, kode)
        assert (angka["nilai"], [b[0] for b in angka["baris"]]) == ("1", [nomor]), kode
    for kode in ("keberatan-dikabulkan", "keberatan-lewat", "keberatan-alasan-b", "sengketa-ditolak", "sengketa-ptun"):
        assert cari_angka(bagian, kode)["nilai"] == "0", kode
    assert cari_angka(susun_angka(2026, date(2026, 3, 1)), "keberatan")["nilai"] == "0"
