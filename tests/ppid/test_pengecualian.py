"""Excepted information and consequence tests: what only KPU or KPU Provinsi decides, and what rests on it."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kpupalu.audit.models import Jejak
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from ppid.actions import pengecualian
from ppid.beranda import kartu_daftar
from ppid.models import Butir, InformasiDikecualikan, UjiKonsekuensi
from tests import make
from tests.pdpb.isian import kalimat
from tests.ppid.test_permohonan import lengkap, minta, petugas, ppid, putus, unit_hukum

pytestmark = pytest.mark.django_db
H, U = Butir.Hasil, UjiKonsekuensi.Status
HARI = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def ke(time_machine):
    def pindah(saat: datetime) -> None:
        time_machine.move_to(saat, tick=False)

    pindah(datetime(2026, 3, 2, 9, 0, tzinfo=WITA))
    return pindah


def anggota():
    return make.orang("wayan", "anggota")


def isi_dik(**lain) -> dict:
    dasar = {
        "informasi": "Riwayat kesehatan calon", "pasal_17": "h", "dasar_hukum": "UU 14/2008 Pasal 17 huruf h",
        "konsekuensi_dibuka": "Membuka rahasia pribadi", "konsekuensi_ditutup": "", "penetap": "kpu",
        "keputusan": "731/2026", "tanggal_keputusan": date(2026, 1, 5), "mulai": date(2026, 1, 5), "berakhir": None,
    }  # fmt: skip
    return dasar | lain


def dik(**lain) -> InformasiDikecualikan:
    return pengecualian.catat_dik(isi=isi_dik(**lain), oleh=ppid())


def isi_uji(**lain) -> dict:
    dasar = {
        "informasi": "Berita acara klarifikasi", "unit": unit_hukum()[0], "pasal_17": "h", "dasar_hukum": "UU 14/2008",
        "sifat": "Dua lembar", "bahaya": "Membuka data pribadi", "kepentingan_publik": "Pengawasan warga",
        "pertimbangan": "", "jangka_waktu": "5 tahun",
    }  # fmt: skip
    return dasar | lain


def usul_uji(**lain) -> UjiKonsekuensi:
    return pengecualian.usulkan_uji(isi=isi_uji(**lain), oleh=unit_hukum()[1])


def di_provinsi() -> UjiKonsekuensi:
    u = pengecualian.minta_pendapat(usul_uji(), versi=1, oleh=ppid())
    u = pengecualian.beri_pendapat(u, pendapat="Setuju diusulkan", versi=2, oleh=anggota())
    return pengecualian.kirim_ke_provinsi(
        u, surat_nomor="9/HM.03-SD/7271/2026", dikirim_pada=HARI, versi=3, oleh=ppid()
    )


def tolak(d: InformasiDikecualikan) -> Butir:
    return putus(lengkap(minta("Surat sehat calon")), H.DIKECUALIKAN, dikecualikan=d, pasal_18_diperiksa=True)


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"penetap": "kpu_kota"}, "KPU atau KPU Provinsi"),
        ({"keputusan": ""}, "nomor keputusan"),
        ({"tanggal_keputusan": date(2026, 3, 3), "mulai": date(2026, 3, 3)}, "sesudah hari ini"),
        ({"mulai": date(2026, 1, 4)}, "sesudah tanggal mulai"),
        ({"pasal_17": "a"}, "tidak permanen"),
    ],
)
def test_an_exception_is_only_what_was_decided_above(lain, kata):
    with pytest.raises(Refused, match=kata):
        dik(**lain)
    assert not InformasiDikecualikan.objects.exists()


def test_the_same_decision_is_recorded_once_and_only_by_the_ppid():
    dik()
    with pytest.raises(Refused, match="sudah dicatat"):
        dik(informasi="riwayat kesehatan CALON")
    with pytest.raises(Refused, match="dicatat oleh PPID"):
        pengecualian.catat_dik(isi=isi_dik(keputusan="1/2026"), oleh=unit_hukum()[1])


def test_a_revocation_flags_every_refusal_that_rests_on_it(client, ke):
    d, lain = dik(), dik(keputusan="9/2026", informasi="Lain")
    b, utuh = tolak(d), tolak(lain)
    assert list(pengecualian.perlu_ditinjau(HARI)) == []
    ke(datetime(2026, 3, 5, 9, 0, tzinfo=WITA))
    with pytest.raises(Refused, match="yang mencabut"):
        pengecualian.cabut_dik(d, pencabutan="", dicabut_pada=date(2026, 3, 4), versi=1, oleh=ppid())
    pengecualian.cabut_dik(d, pencabutan="Kpt 800/2026", dicabut_pada=date(2026, 3, 4), versi=1, oleh=ppid())
    assert list(pengecualian.perlu_ditinjau(date(2026, 3, 5))) == [b]
    assert list(pengecualian.perlu_ditinjau(date(2026, 3, 3))) == []
    assert Jejak.objects.filter(objek_id=str(b.permohonan_id), tindakan="ppid.dasar_dicabut").count() == 1
    assert not Jejak.objects.filter(objek_id=str(utuh.permohonan_id), tindakan="ppid.dasar_dicabut").exists()
    client.force_login(petugas())
    assert "Dasar sudah dicabut: tinjau kembali" in kalimat(client.get(d.get_absolute_url()))
    assert "tinjau kembali" not in kalimat(client.get(lain.get_absolute_url()))
    assert b.permohonan.nomor in kalimat(client.get(reverse("ppid:dik_tinjau")))
    assert [k.jumlah for k in kartu_daftar(petugas()) if "Penolakan" in k.judul] == [1]
    with pytest.raises(Refused, match="sudah dicabut sejak"):
        pengecualian.cabut_dik(d, pencabutan="lagi", dicabut_pada=date(2026, 3, 5), versi=2, oleh=ppid())


def test_an_ended_exception_is_flagged_the_day_after_its_end():
    d = dik(pasal_17="a", berakhir=date(2026, 6, 30))
    b = tolak(d)
    assert list(pengecualian.perlu_ditinjau(date(2026, 6, 30))) == []
    assert list(pengecualian.perlu_ditinjau(date(2026, 7, 1))) == [b]
    assert [d.keadaan(h) for h in (date(2026, 1, 4), date(2026, 6, 30), date(2026, 7, 1))] == [
        "belum", "berlaku", "berakhir",
    ]  # fmt: skip


def test_a_refusal_decided_when_its_ground_did_not_hold_is_flagged_at_once():
    b = tolak(dik())
    InformasiDikecualikan.objects.update(mulai=date(2026, 3, 3))
    assert list(pengecualian.perlu_ditinjau(date(2026, 3, 4))) == [b]


def test_the_public_reads_what_holds_today_and_not_what_was_revoked(client):
    d = dik()
    url = reverse("ppid:informasi_dikecualikan")
    teks = kalimat(client.get(url))
    for potong in (d.informasi, "Pasal 17 huruf h", "731/2026", "tanpa tanggal akhir"):
        assert potong in teks
    pengecualian.cabut_dik(d, pencabutan="Kpt 800/2026", dicabut_pada=HARI, versi=1, oleh=ppid())
    assert d.informasi not in kalimat(client.get(url))


def test_a_test_goes_to_the_province_and_comes_back_as_excepted():
    u = di_provinsi()
    assert (u.nomor, u.status) == ("1/UK/PPID/KPU-PALU/III/2026", U.KE_PROVINSI)
    jawab = {"jawaban_nomor": "77/PP/2026", "jawaban_pada": HARI, "versi": 4, "oleh": ppid()}
    with pytest.raises(Refused, match="Catat dahulu keputusan"):
        pengecualian.catat_jawaban(u, hasil=U.DIKECUALIKAN, dik=None, **jawab)
    with pytest.raises(Refused, match="huruf g, usulan ini huruf h"):
        pengecualian.catat_jawaban(u, hasil=U.DIKECUALIKAN, dik=dik(pasal_17="g", keputusan="2/2026"), **jawab)
    with pytest.raises(Refused, match="dikecualikan atau terbuka"):
        pengecualian.catat_jawaban(u, hasil=U.DITARIK, dik=None, **jawab)
    d = dik()
    u = pengecualian.catat_jawaban(u, hasil=U.DIKECUALIKAN, dik=d, **jawab)
    assert (u.status, u.dik) == (U.DIKECUALIKAN, d)


def test_an_answer_that_it_is_open_leaves_no_exception():
    u = di_provinsi()
    u = pengecualian.catat_jawaban(
        u, hasil=U.TERBUKA, dik=dik(), jawaban_nomor="77/PP/2026", jawaban_pada=HARI, versi=4, oleh=ppid()
    )
    assert (u.status, u.dik) == (U.TERBUKA, None)


def test_the_opinion_comes_from_a_commissioner_who_did_not_propose_and_before_the_letter():
    dua = make.orang("tono", "anggota")
    u = pengecualian.minta_pendapat(usul_uji(), versi=1, oleh=ppid())
    kirim = {"surat_nomor": "9/2026", "dikirim_pada": HARI, "versi": 2, "oleh": ppid()}
    with pytest.raises(Refused, match="belum memberi pendapat"):
        pengecualian.kirim_ke_provinsi(u, **kirim)
    with pytest.raises(Refused, match="Pengusul tidak boleh"):
        pengecualian.beri_pendapat(u, pendapat="Setuju diusulkan", versi=2, oleh=dua)
    with pytest.raises(Refused, match="oleh anggota"):
        pengecualian.beri_pendapat(u, pendapat="Setuju diusulkan", versi=2, oleh=ppid())
    pengecualian.beri_pendapat(u, pendapat="Setuju diusulkan", versi=2, oleh=anggota())
    with pytest.raises(Refused, match="baru saja diubah"):
        pengecualian.kirim_ke_provinsi(u, **kirim)


def test_urutan_langkah_uji():
    """Every act in every state: only the drawn steps pass."""
    d = dik()
    langkah = {
        pengecualian.minta_pendapat: ({U.USULAN}, ppid(), {}),
        pengecualian.beri_pendapat: ({U.PERTIMBANGAN}, anggota(), {"pendapat": "Setuju diusulkan"}),
        pengecualian.kirim_ke_provinsi: ({U.PERTIMBANGAN}, ppid(), {"surat_nomor": "9/2026", "dikirim_pada": HARI}),
        pengecualian.catat_jawaban: (
            {U.KE_PROVINSI}, ppid(), {"hasil": U.TERBUKA, "dik": None, "jawaban_nomor": "7/2026", "jawaban_pada": HARI},
        ),
        pengecualian.tarik_uji: (set(UjiKonsekuensi.BERJALAN), ppid(), {"catatan": "sudah tidak perlu"}),
    }  # fmt: skip
    for status in U.values:
        for aksi, (dari, oleh, isian) in langkah.items():
            u = usul_uji()
            UjiKonsekuensi.objects.filter(pk=u.pk).update(
                status=status, dik=d, pendapat_tim="ada", surat_nomor="9/2026", dikirim_pada=HARI,
                jawaban_nomor="7/2026", jawaban_pada=HARI,
            )  # fmt: skip
            if status in dari:
                aksi(u, versi=1, oleh=oleh, **isian)
            else:
                with pytest.raises(Refused, match="sedang dalam keadaan"):
                    aksi(u, versi=1, oleh=oleh, **isian)


@pytest.mark.parametrize(
    "ubah",
    [
        {"status": "ke_provinsi"},
        {"status": "terbuka", "pendapat_tim": "ada", "surat_nomor": "9", "dikirim_pada": HARI},
        {"status": "dikecualikan"},
    ],
)
def test_the_database_refuses_a_decision_that_nobody_above_made(ubah):
    u = usul_uji()
    with pytest.raises(IntegrityError), transaction.atomic():
        UjiKonsekuensi.objects.filter(pk=u.pk).update(**ubah)


def test_an_item_waits_for_the_test_and_its_page_says_that_the_clock_runs(client):
    u = usul_uji()
    p = lengkap(minta("Berita acara klarifikasi"))
    putus(p, H.UJI, uji=u)
    client.force_login(petugas())
    teks = kalimat(client.get(u.get_absolute_url()))
    assert "Waktu jawab permohonan tetap berjalan" in teks
    assert p.nomor in teks
    client.force_login(anggota())
    assert p.nomor not in kalimat(client.get(u.get_absolute_url()))


def test_pages_of_exceptions_and_tests_do_their_work(client):
    sub, tono = unit_hukum()
    client.force_login(tono)
    assert client.get(reverse("ppid:uji_usulkan")).status_code == 200
    client.post(reverse("ppid:uji_usulkan"), isi_uji(unit=sub.pk))
    u = UjiKonsekuensi.objects.get()

    def langkah(nama: str, oleh, **lain) -> str:
        client.force_login(oleh)
        url = reverse(f"ppid:uji_{nama}", args=[u.pk])
        assert client.get(url).status_code == 200
        versi = UjiKonsekuensi.objects.get(pk=u.pk).versi
        return kalimat(client.post(url, {"versi": versi, **lain}, follow=True))

    assert "berhasil" in langkah("pertimbangan", ppid())
    assert [k.jumlah for k in kartu_daftar(anggota())] == [1]
    client.force_login(anggota())
    assert "1 usulan" in kalimat(client.get(reverse("ppid:uji_daftar"), {"keadaan": "menunggu"}))
    assert "berhasil" in langkah("pendapat", anggota(), pendapat="Setuju diusulkan")
    assert kartu_daftar(anggota()) == []
    assert "berhasil" in langkah("kirim", ppid(), surat_nomor="9/2026", dikirim_pada="02-03-2026")
    isian = {k: v.strftime("%d-%m-%Y") if isinstance(v, date) else v or "" for k, v in isi_dik().items()}
    salah = client.post(reverse("ppid:dik_catat"), isian | {"pasal_17": "a"})
    assert salah.status_code == 422
    assert "tidak permanen" in kalimat(salah)
    client.post(reverse("ppid:dik_catat"), isian)
    d = InformasiDikecualikan.objects.get()
    jawab = {"hasil": "dikecualikan", "jawaban_nomor": "7/2026", "jawaban_pada": "02-03-2026", "dik": d.pk}
    assert "berhasil" in langkah("jawaban", ppid(), **jawab)
    assert u.nomor in kalimat(client.get(d.get_absolute_url()))
    cabut = {"pencabutan": "Kpt 800/2026", "dicabut_pada": "02-03-2026", "versi": d.versi}
    assert "Dicabut sejak" in kalimat(client.post(reverse("ppid:dik_cabut", args=[d.pk]), cabut, follow=True))
    for nama in ("dik_daftar", "dik_tinjau", "uji_daftar"):
        assert client.get(reverse(f"ppid:{nama}")).status_code == 200


def test_objek_milik_unit_lain_404_uji(client):
    u = usul_uji()
    with pytest.raises(Refused, match="unit Anda sendiri"):
        pengecualian.usulkan_uji(isi=isi_uji(), oleh=make.orang("selfi", "kasubbag"))
    client.force_login(make.orang("selfi", "kasubbag"))
    for nama in ("uji", "uji_tarik", "uji_pendapat"):
        assert client.get(reverse(f"ppid:{nama}", args=[u.pk])).status_code == 404, nama
    for peran in ("operator", "bawaslu", "admin"):
        client.force_login(make.orang(peran, peran))
        for url in (u.get_absolute_url(), reverse("ppid:dik_daftar"), reverse("ppid:dik_catat")):
            assert client.get(url).status_code == 404, (peran, url)
