"""Requests for information: from the form to the sent answer, their clocks, and what nobody may do on the way."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kpupalu.audit.models import Jejak
from kpupalu.imports.lampiran import Lampiran
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.naskah.models import EntriAgenda
from kpupalu.organisasi.models import Pegawai, Subbagian
from ppid import tenggat_permohonan as jam
from ppid.actions import jawaban, permohonan
from ppid.documents import hasil_permohonan, kurang_untuk_surat
from ppid.models import Butir, InformasiDikecualikan, MasaTahapan, Pejabat, PermintaanUnit, Permohonan
from tests import make

pytestmark = pytest.mark.django_db
S, H = Permohonan.Status, Butir.Hasil
SENIN = datetime(2026, 3, 2, 9, 0, tzinfo=WITA)
ALASAN = "alasan yang cukup panjang"


@pytest.fixture(autouse=True)
def setel(time_machine):
    """Stand on Monday 2 March 2026; returns the function that moves the office's clock."""

    def ke(saat: datetime) -> None:
        time_machine.move_to(saat, tick=False)

    ke(SENIN)
    return ke


def petugas():
    return make.orang("indah", "ppid")


def ppid():
    """The PPID, who holds the office."""
    user = make.orang("nirma", "pejabat_ppid", "kasubbag")
    pegawai, _ = Pegawai.objects.get_or_create(nama="Nirma", defaults={"user": user})
    Pejabat.objects.get_or_create(
        peran=Pejabat.Peran.PPID, pegawai=pegawai, defaults={"mulai": date(2024, 1, 1), "dasar_hukum": "SK contoh"}
    )
    return user


def minta(*butir: str, oleh=None, data=None, **isi) -> Permohonan:
    """A request by one invented person."""
    dasar = {
        "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy", "cara_kirim": "surel", "kanal": "web",
    }  # fmt: skip
    orang = {"nama": "Warga Contoh", "alamat": "Jl. Contoh 1", "surel": "warga@contoh.id", "tujuan": "Penelitian"}
    return permohonan.daftarkan(
        kunci=isi.pop("kunci", uuid4()), isi=dasar | isi, data=orang | (data or {}), butir=butir or ["Daftar TPS"],
        oleh=oleh,
    )[0]  # fmt: skip


def lengkap(p: Permohonan) -> Permohonan:
    return permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=petugas())


def kini(p: Permohonan) -> Permohonan:
    return Permohonan.objects.get(pk=p.pk)


def putus(p: Permohonan, hasil: str, urut: int = 1, **isi) -> Butir:
    return jawaban.putus_butir(p.butir.get(urut=urut), hasil=hasil, isi=isi, versi=kini(p).versi, oleh=ppid())


def test_a_request_gets_its_number_its_code_and_ten_counted_days_at_once():
    p = minta("Daftar TPS", "Jumlah pemilih")
    assert p.nomor == "1/PPID/KPU-PALU/III/2026"
    assert len(p.kode) == 12
    (t,) = jam.jawab_terbuka(p)
    # Ten working days after Monday 2 March 2026: no holiday until the 18th (SKB 2026).
    assert (t.tanggal, t.aturan.kode, sum(h["dihitung"] for h in t.hari)) == (date(2026, 3, 16), "KI-1", 10)
    assert EntriAgenda.objects.get(nomor=p.nomor).oleh is None


def test_holidays_are_skipped_and_named(setel):
    setel(datetime(2026, 3, 12, 23, 50, tzinfo=WITA))
    (t,) = jam.jawab_terbuka(minta())
    # SKB 2026: 18-20 and 23-24 March do not count.
    assert t.tanggal == date(2026, 4, 2)
    assert {h["sebab"] for h in t.hari if h["tanggal"] == date(2026, 3, 19)} == {"Libur nasional: Hari Suci Nyepi"}


def test_the_same_form_sent_twice_registers_once_and_leaves_no_gap():
    kunci = uuid4()
    p = minta(kunci=kunci)
    assert minta(kunci=kunci) == p
    assert minta().nomor.startswith("2/")


@pytest.mark.parametrize(
    ("salah", "kalimat"),
    [
        ({"butir": ["  "]}, "paling sedikit satu informasi"),
        ({"butir": ["x"] * 31}, "paling banyak 30 butir"),
        ({"tanggal_surat": date(2026, 3, 3)}, "sesudah tanggal diterima"),
        ({"diterima_pada": SENIN + timedelta(days=1)}, "sesudah hari ini"),
        ({"jenis_pemohon": "badan_hukum"}, "nama badan hukum"),
        ({"data": {"surel": ""}}, "telepon atau surel"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_takes_no_number(salah, kalimat):
    butir = salah.pop("butir", ["Daftar TPS"])
    with pytest.raises(Refused, match=kalimat):
        minta(*butir, **salah)
    assert not Permohonan.objects.exists()
    assert not EntriAgenda.objects.exists()


def test_a_nik_in_free_text_is_masked():
    p = minta("Data NIK 7271012505909001", data={"tujuan": "Milik 7271 0125 0590 9001"})
    assert "9001" not in p.butir.get().uraian + p.data.tujuan


def test_told_in_time_what_is_missing_the_clock_stands_and_begins_anew(setel):
    p = minta()
    setel(SENIN + timedelta(days=3))  # Thursday, the third working day
    p = permohonan.minta_kelengkapan(p, kekurangan=["identitas"], versi=p.versi, oleh=petugas())
    assert jam.jawab_terbuka(p)[0].status == "ditangguhkan"
    setel(SENIN + timedelta(days=7))  # Monday 9 March
    p = permohonan.lengkapi(p, lampiran=[("identitas", Lampiran(b"%PDF-1.7 contoh", "pdf"))])
    p = lengkap(p)
    (t,) = jam.jawab_terbuka(p)
    assert (p.status, p.lengkap_pada, t.mulai) == (S.DIPROSES, date(2026, 3, 9), date(2026, 3, 9))
    assert t.tanggal == date(2026, 3, 30)


def test_told_too_late_the_clock_runs_on_from_receipt(setel):
    p = minta()
    setel(SENIN + timedelta(days=4))  # Friday, the fourth working day
    p = permohonan.minta_kelengkapan(p, kekurangan=["identitas"], versi=p.versi, oleh=petugas())
    (t,) = jam.jawab_terbuka(p)
    assert (t.status, t.tanggal) == ("berjalan", date(2026, 3, 16))
    p = lengkap(permohonan.lengkapi(p, lampiran=[], keterangan="menyusul di loket"))
    assert (p.lengkap_pada, jam.jawab_terbuka(p)[0].tanggal) == (None, date(2026, 3, 16))


def test_not_completed_in_time_is_no_refusal_and_not_before_the_applicants_days_are_over(setel):
    p = minta()
    p = permohonan.minta_kelengkapan(p, kekurangan=["rincian"], versi=p.versi, oleh=petugas())
    with pytest.raises(Refused, match="masih dapat melengkapi sampai 05-03-2026"):
        permohonan.nyatakan_tidak_dapat(p, catatan=ALASAN, versi=p.versi, oleh=petugas())
    setel(SENIN + timedelta(days=4))
    p = permohonan.nyatakan_tidak_dapat(p, catatan=ALASAN, versi=p.versi, oleh=petugas())
    assert (p.status, p.butir.get().hasil) == (S.TIDAK_DAPAT_DIPROSES, H.TIDAK_DIPROSES)
    assert not TenggatBerjalan.objects.subjek(p).terbuka().exists()


def test_an_extension_adds_seven_days_once_and_only_before_the_last_day_is_over(setel):
    p = lengkap(minta())
    p = permohonan.perpanjang_waktu(p, catatan=ALASAN, versi=p.versi, oleh=ppid())
    # Day 17: 17 March, then 25, 26, 27, 30, 31 March and 1 April (18-20, 23-24 off).
    assert jam.jawab_terbuka(p)[0].tanggal == date(2026, 4, 1)
    with pytest.raises(Refused, match="hanya satu kali"):
        permohonan.perpanjang_waktu(p, catatan=ALASAN, versi=p.versi, oleh=ppid())
    setel(SENIN)
    q = lengkap(minta())
    setel(SENIN + timedelta(days=15))  # the day after day 10
    with pytest.raises(Refused, match="paling lambat 16-03-2026"):
        permohonan.perpanjang_waktu(q, catatan=ALASAN, versi=q.versi, oleh=ppid())


def test_items_about_a_running_election_follow_three_days_beside_the_ten():
    p = minta("Daftar calon", "Anggaran kantor")
    with pytest.raises(Refused, match="Tidak ada masa tahapan"):
        permohonan.nyatakan_lengkap(p, tahapan=[1], versi=p.versi, oleh=petugas())
    MasaTahapan.objects.create(nama="Pemilihan contoh", mulai=date(2026, 1, 1), dasar_hukum="PKPU contoh")
    p = permohonan.nyatakan_lengkap(p, tahapan=[1], versi=p.versi, oleh=petugas())
    assert [(t.aturan.kode, t.tanggal) for t in jam.jawab_terbuka(p)] == [
        ("KI-T1", date(2026, 3, 5)), ("KI-1", date(2026, 3, 16)),
    ]  # fmt: skip


def dik(**lain) -> InformasiDikecualikan:
    isi = {
        "informasi": "Formulir dukungan", "pasal_17": "h", "dasar_hukum": "UU 14/2008 Pasal 17 huruf h",
        "konsekuensi_dibuka": "Rahasia pribadi terbuka", "penetap": "kpu", "keputusan": "Keputusan KPU contoh",
        "tanggal_keputusan": date(2025, 1, 1), "mulai": date(2025, 1, 1),
    }  # fmt: skip
    return InformasiDikecualikan.objects.create(**isi | lain)


def test_a_refusal_rests_on_a_decision_in_force_and_cites_its_letter():
    p = lengkap(minta())
    with pytest.raises(Refused, match="bersandar pada keputusan KPU"):
        putus(p, H.DIKECUALIKAN)
    dicabut = dik(dicabut_pada=date(2026, 1, 1), pencabutan="Keputusan KPU lain")
    with pytest.raises(Refused, match="tidak berlaku hari ini"):
        putus(p, H.DIKECUALIKAN, dikecualikan=dicabut, pasal_18_diperiksa=True)
    with pytest.raises(Refused, match="Pasal 18"):
        putus(p, H.DIKECUALIKAN, dikecualikan=dik())
    b = putus(p, H.DIKECUALIKAN, dikecualikan=dik(), pasal_18_diperiksa=True)
    assert (b.pasal_17, b.hasil) == ("h", H.DIKECUALIKAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Butir.objects.filter(pk=b.pk).update(dikecualikan=None)


def test_letters_a_to_f_never_except_for_ever():
    with pytest.raises(IntegrityError), transaction.atomic():
        dik(pasal_17="a")
    assert dik(pasal_17="a", berakhir=date(2027, 1, 1)).pk


def test_a_new_decision_of_an_item_leaves_nothing_of_the_old_one():
    p = lengkap(minta())
    putus(p, H.DIKECUALIKAN, dikecualikan=dik(), pasal_18_diperiksa=True)
    b = putus(p, H.DIBERIKAN, penjelasan="Daftar TPS lengkap", bentuk="softcopy")
    assert (b.dikecualikan, b.pasal_17, b.pasal_18_diperiksa) == (None, "", False)


def test_the_letter_names_every_mandatory_element_that_is_empty():
    p = lengkap(minta("Satu", "Dua", "Tiga"))
    putus(p, H.DIBERIKAN)
    putus(p, H.TIDAK_DIKUASAI, 2, penjelasan="Bukan kewenangan KPU")
    kurang = " ".join(kurang_untuk_surat(p))
    for potong in ("huruf d", "huruf f", "huruf b", "Butir 3 belum diputuskan"):
        assert potong in kurang
    with pytest.raises(Refused, match="Butir 3 belum diputuskan"):
        jawaban.siapkan_jawaban(kini(p), versi=kini(p).versi, oleh=ppid())


@pytest.mark.parametrize(
    ("hasil", "kata"),
    [
        ([H.DIBERIKAN, H.TERSEDIA], "Dikabulkan seluruhnya"),
        ([H.DIBERIKAN, H.TIDAK_DIKUASAI], "Dikabulkan sebagian"),
        ([H.SEBAGIAN], "Dikabulkan sebagian"),
        ([H.DIBERIKAN, ""], ""),
        ([H.TIDAK_DIKUASAI], "Tidak dapat dipenuhi"),
    ],
)
def test_the_outcome_of_a_request_follows_from_its_items(hasil, kata):
    p = minta(*(f"Butir {i}" for i in range(len(hasil))))
    for b, h in zip(p.butir.all(), hasil, strict=True):
        if h:
            Butir.objects.filter(pk=b.pk).update(hasil=h, diputus_pada=date(2026, 3, 2))
    assert hasil_permohonan(p) == kata


def unit_hukum() -> tuple[Subbagian, object]:
    sub, _ = Subbagian.objects.get_or_create(kode="hukum", defaults={"nama": "Subbagian Hukum"})
    user = make.orang("tono", "kasubbag")
    Pegawai.objects.get_or_create(nama="Tono", defaults={"user": user, "subbagian": sub})
    return sub, user


def test_a_unit_is_asked_answers_in_its_days_and_never_sees_who_asks(client):
    sub, tono = unit_hukum()
    p = lengkap(minta(data={"nama": "Nama Rahasia"}))
    u = jawaban.minta_unit(
        p, unit=sub, butir=p.butir.all(), pertanyaan="Mohon daftar TPS", versi=p.versi, oleh=petugas()
    )
    assert u.tenggat == date(2026, 3, 9)
    client.force_login(tono)
    halaman = client.get(u.get_absolute_url())
    assert halaman.status_code == 200
    assert b"Nama Rahasia" not in halaman.content
    assert client.get(p.get_absolute_url()).status_code == 404
    putus(p, H.DIBERIKAN, penjelasan="Daftar TPS", bentuk="softcopy")
    with pytest.raises(Refused, match="1 permintaan kepada unit yang belum dijawab"):
        jawaban.siapkan_jawaban(kini(p), versi=kini(p).versi, oleh=ppid())
    u = jawaban.jawab_unit(u, jawaban="Terlampir daftarnya", dikuasai=True, versi=u.versi, oleh=tono)
    u = jawaban.kembalikan_ke_unit(u, catatan=ALASAN, versi=u.versi, oleh=petugas())
    u = jawaban.jawab_unit(u, jawaban="Daftar yang benar", dikuasai=True, versi=u.versi, oleh=tono)
    u = jawaban.terima_jawaban_unit(u, versi=u.versi, oleh=petugas())
    assert u.status == PermintaanUnit.Status.DITERIMA
    assert not TenggatBerjalan.objects.subjek(u).terbuka().exists()


def test_another_unit_neither_sees_nor_answers(client):
    sub, _ = unit_hukum()
    lain = make.orang("selfi", "kasubbag")
    p = lengkap(minta())
    u = jawaban.minta_unit(
        p, unit=sub, butir=p.butir.all(), pertanyaan="Mohon daftar TPS", versi=p.versi, oleh=petugas()
    )
    client.force_login(lain)
    assert client.get(u.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="unit lain"):
        jawaban.jawab_unit(u, jawaban="Jawaban palsu", dikuasai=True, versi=u.versi, oleh=lain)


def test_two_officers_with_the_same_page_do_not_overwrite_each_other():
    p = minta()
    lengkap(p)
    with pytest.raises(Refused, match="baru saja diubah orang lain"):
        permohonan.minta_kelengkapan(p, kekurangan=["identitas"], versi=p.versi, oleh=petugas())


def test_steps_out_of_order_and_by_the_wrong_person_are_refused():
    p = minta()
    with pytest.raises(Refused, match="jadi tidak dapat"):
        putus(p, H.DIBERIKAN)
    with pytest.raises(Refused, match="tidak berwenang"):
        permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=make.sari())
    with pytest.raises(Refused, match="tidak berwenang"):
        minta(oleh=make.sari(), kanal="langsung")


def test_a_withdrawn_request_stops_every_clock():
    p = lengkap(minta())
    p = permohonan.cabut(p, catatan="Pemohon datang dan mencabut", versi=p.versi, oleh=petugas())
    assert (p.status, p.butir.get().hasil) == (S.DICABUT, H.DICABUT)
    assert not TenggatBerjalan.objects.subjek(p).terbuka().exists()


def test_the_same_words_from_the_same_person_are_shown_as_a_hint_and_never_refused():
    data = {"jenis_identitas": "ktp", "nomor_identitas": "7271012505909001"}
    a = minta("Daftar TPS", data=data)
    b = minta("daftar  tps", data=data)
    assert permohonan.serupa(b) == [a]
    assert permohonan.serupa(minta("Hal lain", data=data)) == []


def test_every_step_stands_in_the_history():
    p = lengkap(minta())
    putus(p, H.DIBERIKAN, penjelasan="Daftar TPS", bentuk="softcopy")
    tindakan = set(Jejak.objects.filter(objek_id=str(p.pk)).values_list("tindakan", flat=True))
    assert {"ppid.terima", "ppid.nyatakan_lengkap", "ppid.putus_butir", "tenggat_pasang"} <= tindakan
