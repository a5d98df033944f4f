"""Disputes: when they open, hearings with a proxy, rulings and the terms that follow from them."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.kalender.target import target_untuk
from kpupalu.lib import Refused
from ppid.actions import sengketa as aksi
from ppid.actions import sidang as aksi_sidang
from ppid.models import Keberatan, PutusanSengketa, Sengketa, Sidang
from tests import make
from tests.ppid import test_keberatan
from tests.ppid.test_keberatan import SELASA, ditanggapi, ditolak, keberatan
from tests.ppid.test_permohonan import ALASAN, petugas, ppid

pytestmark = pytest.mark.django_db
S, H = Sengketa.Status, PutusanSengketa.Hasil
ke = test_keberatan.ke
KAMIS = date(2026, 3, 12)


def hukum():
    """The kasubbag who speaks for the office."""
    return make.orang("nirmala", "kasubbag")


def daftar(k: Keberatan, **lain) -> Sengketa:
    isi = {"kunci": uuid4(), "nomor_ki": "REG/1", "diajukan_pada": KAMIS, "diterima": KAMIS, "oleh": hukum()}
    return aksi.daftarkan(k, **isi | lain)[0]


@pytest.fixture
def s(ke) -> Sengketa:
    """A dispute of Thursday 12 March about an objection refused on Tuesday."""
    k = ditanggapi(keberatan(ditolak(ke)), "ditolak")
    ke(KAMIS)
    return daftar(k)


def maju(fungsi, objek, **isi):
    s = Sengketa.objects.get(pk=getattr(objek, "sengketa_id", objek.pk))
    return fungsi(objek, versi=s.versi, oleh=hukum(), **isi)


def kini(s: Sengketa) -> Sengketa:
    return Sengketa.objects.get(pk=s.pk)


def kode(s) -> dict:
    return dict(TenggatBerjalan.objects.subjek(s).values_list("aturan__kode", "status"))


def test_a_dispute_opens_with_the_answer_or_its_lapsed_time(ke):
    k = keberatan(ditolak(ke))
    with pytest.raises(Refused, match="29 April 2026"):
        daftar(k, diajukan_pada=SELASA, diterima=SELASA)
    ke(date(2026, 6, 30))
    s = daftar(k, diajukan_pada=date(2026, 6, 30), diterima=date(2026, 6, 30))
    assert (s.nomor, s.terlambat) == ("1/SI/PPID/KPU-PALU/VI/2026", True)
    assert s.batas_ajukan < date(2026, 6, 30)


def test_it_is_registered_once_with_the_days_of_the_commission(s):
    assert (s.nomor, s.terlambat, kode(s)) == ("1/SI/PPID/KPU-PALU/III/2026", False, {"KI-6": "berjalan"})
    with pytest.raises(Refused, match=r"sudah tercatat dengan nomor 1/SI"):
        daftar(s.keberatan)
    assert daftar(s.keberatan, kunci=s.kunci) == s
    with pytest.raises(Refused, match="kepala subbagian"):
        daftar(s.keberatan, oleh=petugas())


def sidang(s: Sengketa, tanggal: date) -> Sidang:
    return maju(
        aksi_sidang.catat_sidang, kini(s), tingkat="ki", acara="Pemeriksaan awal", tanggal=tanggal, pukul=None,
        tempat="Kantor Komisi Informasi", panggilan="P/1",
    )  # fmt: skip


def kuasa(s: Sengketa, **lain):
    isi = {"tingkat": "ki", "nomor": "SK/1", "tanggal": KAMIS, "penerima": ppid(), "sampai": None}
    return maju(aksi_sidang.catat_kuasa, kini(s), **isi | lain)


def test_a_hearing_without_proxy_is_an_anomaly_three_working_days_before(s):
    x = sidang(s, date(2026, 3, 27))
    # 26, 25 and 17 March are the three working days before: 18-20 and 23-24 March are off.
    assert TenggatBerjalan.objects.subjek(x).get().tanggal == date(2026, 3, 17)
    assert aksi_sidang.tanpa_wakil(date(2026, 3, 16)) == []
    (satu,) = aksi_sidang.tanpa_wakil(date(2026, 3, 17))
    assert (satu["sidang"], satu["batas"]) == (x, date(2026, 3, 17))
    maju(aksi_sidang.tunjuk_wakil, x, kuasa=kuasa(s))
    assert aksi_sidang.tanpa_wakil(date(2026, 3, 17)) == []
    assert not TenggatBerjalan.objects.subjek(x).terbuka().exists()


@pytest.mark.parametrize(
    ("lain", "kata"),
    [({"tingkat": "ptun"}, "bukan untuk sengketa dan forum"), ({"sampai": date(2026, 3, 20)}, "tidak berlaku pada")],
)
def test_a_proxy_is_for_one_forum_and_its_days(s, lain, kata):
    x = sidang(s, date(2026, 3, 27))
    with pytest.raises(Refused, match=kata):
        maju(aksi_sidang.tunjuk_wakil, x, kuasa=kuasa(s, **lain))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sidang.objects.filter(pk=x.pk).update(wakil=ppid())


def test_nobody_is_recorded_present_without_proxy(s, ke):
    x = sidang(s, date(2026, 3, 16))
    with pytest.raises(Refused, match="baru berlangsung"):
        maju(aksi_sidang.catat_hasil, x, hadir=True, hasil="Ditunda")
    ke(date(2026, 3, 16))
    with pytest.raises(Refused, match="surat kuasa"):
        maju(aksi_sidang.catat_hasil, x, hadir=True, hasil="Ditunda")
    x = maju(aksi_sidang.catat_hasil, x, hadir=False, hasil="Diputus tanpa kehadiran")
    assert x.hadir is False


def test_hearings_stand_in_the_calendar_of_who_may_see_them(s):
    x = sidang(s, date(2026, 3, 27))
    maju(aksi_sidang.tunjuk_wakil, x, kuasa=kuasa(s))

    def target(user):
        semua = target_untuk(user, date(2026, 3, 27), date(2026, 3, 27))
        return [(t.untuk_umum, t.pengingat) for t in semua if t.sumber == "PPID"]

    assert target(ppid()) == [(f"Sidang sengketa {s.nomor}", True)]
    assert target(petugas()) == [(f"Sidang sengketa {s.nomor}", False)]
    assert target(make.sari()) == []


def putusan(s: Sengketa, hasil: str, **lain):
    isi = {"nomor": "PUT/1", "tanggal": KAMIS, "diterima": KAMIS, "amar": "Mengabulkan permohonan.", "hasil": hasil}
    return maju(aksi.catat_putusan, kini(s), **isi | lain)


def test_from_adjudication_to_the_supreme_court_and_carried_out(s, ke):
    maju(aksi.periksa_awal, s, pada=KAMIS)
    assert kode(s) == {"KI-6": "selesai", "KI-7": "berjalan"}
    maju(aksi.mulai_mediasi, s, pada=KAMIS)
    with pytest.raises(Refused, match="tidak dapat"):
        putusan(s, H.KESEPAKATAN)
    maju(aksi.hasil_mediasi, s, hasil="gagal", catatan="Tidak tercapai kesepakatan")
    putusan(s, H.DIKABULKAN)
    assert (kini(s).status, kode(s)["KI-7"], kode(s)["KI-8"]) == (S.PUTUSAN, "selesai", "berjalan")
    with pytest.raises(Refused, match="masih dapat diajukan sampai"):
        maju(aksi.nyatakan_tetap, s, pada=KAMIS, hari_pelaksanaan=10)
    maju(aksi.ajukan_ptun, s, nomor="1/G/KI/2026/PTUN", pada=KAMIS)
    with pytest.raises(Refused, match="tidak dapat"):
        maju(aksi.ajukan_kasasi, s, nomor="1 K/TUN/KI/2026", pada=KAMIS)
    putusan(s, H.DITOLAK)
    maju(aksi.ajukan_kasasi, s, nomor="1 K/TUN/KI/2026", pada=KAMIS)
    putusan(s, H.DIKABULKAN)
    maju(aksi.nyatakan_tetap, s, pada=KAMIS, hari_pelaksanaan=3)
    t = TenggatBerjalan.objects.subjek(s).get(aturan__kode="PPID-PUTUSAN")
    assert (t.tanggal, list(s.putusan.values_list("tingkat", flat=True))) == (date(2026, 3, 17), ["ki", "ptun", "ma"])
    maju(aksi.laksanakan_putusan, s, pada=KAMIS, bukti="Salinan diserahkan kepada pemohon")
    assert kini(s).status == S.DILAKSANAKAN
    assert not TenggatBerjalan.objects.subjek(s).terbuka().exists()


def test_an_agreement_is_final_and_a_ruling_without_remedy_becomes_so_after_its_days(s, ke):
    maju(aksi.periksa_awal, s, pada=KAMIS)
    maju(aksi.mulai_mediasi, s, pada=KAMIS)
    maju(aksi.hasil_mediasi, s, hasil="sepakat", catatan="Salinan diberikan bulan ini")
    with pytest.raises(Refused, match="Kesepakatan mediasi"):
        putusan(s, H.DIKABULKAN)
    putusan(s, H.KESEPAKATAN)
    assert "KI-8" not in kode(s)
    assert [x.nama for x in aksi.langkah_terbuka(kini(s), hukum())] == ["nyatakan_tetap"]
    maju(aksi.nyatakan_tetap, s, pada=KAMIS, hari_pelaksanaan=None)
    assert kini(s).status == S.TETAP


def test_a_withdrawn_dispute_stops_its_clocks_and_its_hearings(s):
    x = sidang(s, date(2026, 3, 27))
    maju(aksi.cabut_sengketa, kini(s), catatan=ALASAN)
    assert not TenggatBerjalan.objects.subjek(s).terbuka().exists()
    assert not TenggatBerjalan.objects.subjek(x).terbuka().exists()
    with pytest.raises(Refused, match="dicabut"):
        kuasa(s)
