"""Objections: the ground worked out from the file, windows, who may decide, the letter, what an order leads to."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kpupalu.audit.models import Jejak
from kpupalu.imports.lampiran import Lampiran
from kpupalu.kalender.actions import hitung_ulang
from kpupalu.kalender.models import AturanTenggat, HariLibur, TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.naskah.models import EntriAgenda, Naskah
from kpupalu.organisasi.models import Pegawai
from ppid import tenggat_permohonan as jam
from ppid.actions import jawaban, permohonan, tanggapan
from ppid.actions.keberatan import ajukan, ditolak_lewat_padahal_tepat
from ppid.jendela import alasan_berkas, jendela_keberatan, jendela_sengketa
from ppid.models import Butir, Jawaban, Keberatan, Pejabat, Permohonan
from tests import make
from tests.ppid.test_permohonan import ALASAN, dik, kini, lengkap, minta, petugas, ppid, putus

pytestmark = pytest.mark.django_db
S, P, H = Keberatan.Status, Keberatan.Putusan, Butir.Hasil
SENIN, SELASA = date(2026, 3, 2), date(2026, 3, 10)


def jam_9(hari: date) -> datetime:
    return datetime(hari.year, hari.month, hari.day, 9, 0, tzinfo=WITA)


@pytest.fixture(autouse=True)
def ke(time_machine):
    """Stand on Monday 2 March 2026; returns the function that moves the office's clock to another day."""

    def pindah(hari: date) -> None:
        time_machine.move_to(jam_9(hari), tick=False)

    pindah(SENIN)
    return pindah


def atasan():
    """The secretary, who holds the office of Atasan PPID."""
    user = make.orang("arifin", "sekretaris")
    pegawai, _ = Pegawai.objects.get_or_create(nama="Arifin", defaults={"user": user})
    Pejabat.objects.get_or_create(
        peran=Pejabat.Peran.ATASAN, pegawai=pegawai, defaults={"mulai": date(2024, 1, 1), "dasar_hukum": "SK contoh"}
    )
    return user


def selesai_ttd(naskah: Naskah) -> Naskah:
    """The state of a letter that was printed and signed today."""
    Naskah.objects.filter(pk=naskah.pk).update(status="lengkap", siap_pada=sekarang(), lengkap_pada=sekarang())
    naskah.penandatangan.update(status="menandatangani", ditandatangani_pada=sekarang())
    return Naskah.objects.get(pk=naskah.pk)


def jawab(p: Permohonan, hasil: str = H.DIKECUALIKAN, **isi) -> Permohonan:
    """Decide the first item, sign and send the answer today."""
    if hasil == H.DIKECUALIKAN:
        isi = {"dikecualikan": dik(), "pasal_18_diperiksa": True}
    putus(p, hasil, **isi)
    surat = jawaban.siapkan_jawaban(kini(p), versi=kini(p).versi, oleh=ppid())
    selesai_ttd(surat.naskah)
    return jawaban.kirim_jawaban(
        kini(p), pada=sekarang().astimezone(WITA).date(), cara="surel", bukti="surel terkirim", versi=kini(p).versi,
        oleh=petugas(),
    )  # fmt: skip


def keberatan(p: Permohonan, alasan: str = "a", **lain) -> Keberatan:
    """An objection on the ticket page."""
    isi = {"kunci": uuid4(), "kasus_posisi": "Permintaan saya ditolak seluruhnya.", "kanal": "web"}
    return ajukan(p, alasan=alasan, **isi | lain)[0]


def ditolak(ke) -> Permohonan:
    """A request of 2 March that was refused on Tuesday 10 March."""
    p = lengkap(minta())
    ke(SELASA)
    return jawab(p)


def langkah(aksi, k: Keberatan, oleh, **isi):
    k = Keberatan.objects.get(pk=k.pk)
    aksi(k, versi=k.versi, oleh=oleh, **isi)
    return Keberatan.objects.get(pk=k.pk)


def ditelaah(k: Keberatan) -> Keberatan:
    return langkah(tanggapan.telaah, k, atasan())


def diputus(k: Keberatan, putusan: str = P.DIKABULKAN, **isi) -> Keberatan:
    dasar = {"pertimbangan": "Informasi ini dapat dibuka.", "perintah": "Berikan salinan daftar TPS."}
    return langkah(tanggapan.putus, ditelaah(k), atasan(), putusan=putusan, **dasar | isi)


def ditanggapi(k: Keberatan, putusan: str = P.DIKABULKAN) -> Keberatan:
    k = diputus(k, putusan)
    selesai_ttd(k.naskah)
    pada = sekarang().astimezone(WITA).date()
    return langkah(tanggapan.kirim, k, petugas(), pada=pada, cara="surel", bukti="surel terkirim")


# --- Grounds and windows -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hasil", "isi", "huruf"),
    [
        (H.DIKECUALIKAN, {}, "a"),
        (H.SEBAGIAN, {"penjelasan": "Daftar", "bentuk": "softcopy", "bagian_dihitamkan": "NIK"}, "d"),
        (H.TIDAK_DIKUASAI, {"penjelasan": "Tidak diketahui siapa yang menguasai"}, "e"),
        (H.DIBERIKAN, {"penjelasan": "Daftar TPS", "bentuk": "softcopy"}, ""),
    ],
)
def test_the_ground_follows_from_what_was_answered(ke, hasil, isi, huruf):
    p = lengkap(minta())
    ke(SELASA)
    p = jawab(p, hasil, **isi)
    assert "".join(a.huruf for a in alasan_berkas(p, SELASA)) == huruf
    # 30 working days after 10 March: 18-20, 23-24 March and 3 April are off.
    assert jendela_keberatan(p, SELASA).tanggal == date(2026, 4, 29)


def test_a_late_answer_is_ground_g_and_no_answer_is_ground_c_from_the_day_after(ke):
    p = lengkap(minta())
    ke(date(2026, 3, 16))
    assert (alasan_berkas(p, date(2026, 3, 16)), jendela_keberatan(p, date(2026, 3, 16))) == ([], None)
    with pytest.raises(Refused, match="Hari terakhir jawaban adalah 16 Maret 2026"):
        keberatan(p, "c")
    ke(date(2026, 3, 17))
    assert [a.huruf for a in alasan_berkas(p, date(2026, 3, 17))] == ["c"]
    assert jendela_keberatan(p, date(2026, 3, 17)).tanggal == date(2026, 5, 7)
    ke(date(2026, 3, 25))
    p = jawab(p, H.DIBERIKAN, penjelasan="Daftar TPS", bentuk="softcopy")
    assert [a.huruf for a in alasan_berkas(p, date(2026, 3, 25))] == ["g"]
    # What was true on an earlier day stays so for an objection that was received then.
    assert [a.huruf for a in alasan_berkas(p, date(2026, 3, 24))] == ["c"]


@pytest.mark.parametrize("huruf", ["a", "c", "d", "e", "f", "g"])
def test_before_the_answer_is_due_only_periodic_information_can_be_objected_to(huruf):
    p = lengkap(minta())
    with pytest.raises(Refused, match=f"huruf {huruf} terbuka sesudah"):
        keberatan(p, huruf)
    assert not EntriAgenda.objects.filter(nomor__contains="/KB/").exists()
    assert keberatan(p, "b").ditemukan_pada == SENIN


def test_an_objection_has_its_number_and_both_terms_explained(ke):
    p = ditolak(ke)
    ke(date(2026, 3, 11))
    k = keberatan(p, lampiran=[("lain", Lampiran(b"%PDF-1.7 contoh", "pdf"))])
    assert (k.nomor, k.alasan_berkas, k.terlambat) == ("1/KB/PPID/KPU-PALU/III/2026", "a", False)
    assert k.batas == date(2026, 4, 30)
    ajuan, tanggapi = TenggatBerjalan.objects.subjek(k)
    assert (ajuan.aturan.kode, ajuan.status, ajuan.tanggal) == ("KI-3", "selesai", date(2026, 4, 29))
    assert (tanggapi.aturan.kode, tanggapi.status, sum(h["dihitung"] for h in tanggapi.hari)) == (
        "KI-4", "berjalan", 30,
    )  # fmt: skip
    assert k.lampiran.count() == 1


def test_the_same_form_twice_gives_the_first_one_and_leaves_no_gap(ke):
    p, kunci = ditolak(ke), uuid4()
    k = keberatan(p, kunci=kunci)
    assert keberatan(p, kunci=kunci) == k
    with pytest.raises(Refused, match="masih diproses"):
        keberatan(p)
    langkah(tanggapan.cabut, k, petugas(), catatan=ALASAN)
    assert keberatan(p).nomor.startswith("2/")


def test_a_late_objection_is_kept_and_marked_never_lost(ke):
    p = ditolak(ke)
    ke(date(2026, 4, 30))
    k = keberatan(p)
    assert (k.terlambat, k.batas_ajukan, k.status) == (True, date(2026, 4, 29), S.TERDAFTAR)
    assert TenggatBerjalan.objects.subjek(k).get(aturan__kode="KI-3").lewat()
    assert "lewat waktu" in Jejak.objects.get(tindakan="ppid.ajukan_keberatan", objek_id=str(k.pk)).kalimat


@pytest.mark.parametrize(
    ("salah", "kata"),
    [
        ({"alasan": ""}, "satu alasan"),
        ({"alasan": "c"}, "sudah dijawab"),
        ({"kasus_posisi": "pendek"}, "10 huruf"),
        ({"diterima": date(2026, 3, 11)}, "hari ini"),
        ({"diterima": date(2026, 3, 1)}, "hari ini"),
        ({"kuasa": {"kuasa_nama": "Kuasa", "kuasa_nomor_identitas": "7271012505909001"}}, "surat kuasa khusus"),
    ],
)
def test_what_cannot_be_an_objection_takes_no_number(ke, salah, kata):
    p = ditolak(ke)
    with pytest.raises(Refused, match=kata):
        keberatan(p, **{"alasan": "a"} | salah)
    assert not Keberatan.objects.exists()
    assert not EntriAgenda.objects.filter(nomor__contains="/KB/").exists()


def test_a_nik_in_the_case_is_masked_and_an_officer_needs_the_right(ke):
    p = ditolak(ke)
    k = keberatan(p, kasus_posisi="Saya, 7271012505909001, ditolak.")
    assert "9001" not in k.kasus_posisi
    with pytest.raises(Refused, match="tidak berwenang"):
        keberatan(p, oleh=make.sari(), kanal="surat")


def test_election_items_are_answered_within_three_days_and_the_shortest_governs(ke):
    p = lengkap(minta("Daftar TPS", "Anggaran"))
    p.butir.filter(urut=1).update(tahapan=True)
    ke(date(2026, 3, 17))
    k = keberatan(p, "c")
    # 25, 26 and 27 March are the three working days after the 17th.
    assert (k.tahapan, k.batas) == (True, date(2026, 3, 27))


def test_a_changed_calendar_moves_the_last_day_and_tells_it(ke):
    k = keberatan(ditolak(ke))
    HariLibur.objects.create(tanggal=date(2026, 4, 28), nama="Libur contoh", jenis="lokal", dasar_hukum="SK contoh")
    lama = k.batas
    hitung_ulang(oleh=None, alasan="Libur baru 28-04-2026")
    k.refresh_from_db()
    assert (lama, k.batas) == (date(2026, 4, 29), date(2026, 4, 30))
    assert k.kabar_tenggat[0]["alasan"] == "Libur baru 28-04-2026"


# --- Who decides -------------------------------------------------------------------------------------------------
def test_who_decided_an_item_or_signed_the_answer_cannot_decide_the_objection(ke):
    p = ditolak(ke)
    k = keberatan(p)
    for user, kata in ((ppid(), "ikut memutuskan"), (make.orang("yusuf", "sekretaris"), "Atasan PPID hari ini")):
        user.groups.add(*atasan().groups.all())
        user = make.orang(user.username, "sekretaris")
        assert kata in tanggapan.boleh_memutus(k, user).reason
        with pytest.raises(Refused, match=kata):
            langkah(tanggapan.telaah, k, user)
    assert "Atasan PPID" in tanggapan.boleh_memutus(k, petugas()).reason
    p.butir.update(diputus_oleh=petugas())
    assert "menandatangani" in tanggapan.boleh_memutus(k, make.orang("nirma", "sekretaris")).reason
    assert tanggapan.boleh_memutus(k, atasan())


def test_who_decides_the_objection_cannot_change_the_answer(ke):
    p = lengkap(minta())
    ke(date(2026, 3, 17))
    ditelaah(keberatan(p, "c"))
    rangkap = make.orang("arifin", "pejabat_ppid")
    with pytest.raises(Refused, match="Anda memutus keberatan"):
        jawaban.putus_butir(p.butir.get(), hasil=H.DIBERIKAN, isi={}, versi=kini(p).versi, oleh=rangkap)
    assert not p.butir.get().hasil


def test_the_queue_of_the_superior_holds_only_what_can_still_be_decided_in_time(ke):
    p = ditolak(ke)
    k = keberatan(p)
    assert list(Keberatan.objects.dapat_diputus(atasan(), k.batas)) == [k]
    assert not Keberatan.objects.dapat_diputus(atasan(), date(2026, 4, 30)).exists()
    assert not Keberatan.objects.dapat_diputus(ppid(), SELASA).exists()
    assert list(Keberatan.objects.lewat(date(2026, 4, 30))) == [k]


def test_two_officers_and_steps_out_of_order_are_refused(ke):
    k = keberatan(ditolak(ke))
    with pytest.raises(Refused, match="jadi tidak dapat"):
        langkah(tanggapan.putus, k, atasan(), putusan=P.DITOLAK, pertimbangan=ALASAN, perintah="")
    ditelaah(k)
    with pytest.raises(Refused, match="diubah orang lain"):
        tanggapan.telaah(k, versi=k.versi, oleh=atasan())


# --- Talking -----------------------------------------------------------------------------------------------------
def test_a_refusal_is_not_talked_over_and_whether_talking_stops_the_clock_is_a_row(ke):
    p = lengkap(minta("Satu", "Dua"))
    putus(p, H.DIBERIKAN, 2, penjelasan="Dua", bentuk="softcopy")
    ke(SELASA)
    k = ditelaah(keberatan(jawab(p)))
    with pytest.raises(Refused, match="tidak diselesaikan dengan musyawarah"):
        langkah(tanggapan.mulai_musyawarah, k, atasan(), catatan=ALASAN)
    langkah(tanggapan.cabut, k, petugas(), catatan=ALASAN)
    k = ditelaah(keberatan(p, "af"))
    k = langkah(tanggapan.mulai_musyawarah, k, atasan(), catatan=ALASAN)
    assert TenggatBerjalan.objects.subjek(k).get(aturan__kode="KI-4").status == "berjalan"
    k = langkah(tanggapan.akhiri_musyawarah, k, atasan(), hasil="Pemohon menerima salinan.")
    AturanTenggat.objects.filter(kode="KI-4").update(penangguhan="sambung")
    langkah(tanggapan.mulai_musyawarah, k, atasan(), catatan=ALASAN)
    assert TenggatBerjalan.objects.subjek(k).get(aturan__kode="KI-4").status == "ditangguhkan"
    ke(date(2026, 3, 12))
    k = langkah(tanggapan.akhiri_musyawarah, k, atasan(), hasil="Tidak tercapai kesepakatan.")
    # Two working days stood still (11 and 12 March).
    assert (k.status, k.batas) == (S.DITELAAH, date(2026, 5, 4))


# --- The letter --------------------------------------------------------------------------------------------------
def test_the_letter_names_every_element_that_is_empty(ke):
    k = ditelaah(keberatan(ditolak(ke)))
    with pytest.raises(Refused) as galat:
        langkah(tanggapan.putus, k, atasan(), putusan=P.DIKABULKAN, pertimbangan="", perintah="", karena_lewat=True)
    for potong in ("pertimbangan", "perintah kepada PPID", "Hanya keberatan yang ditolak", "tepat waktu"):
        assert potong in str(galat.value)
    assert not Naskah.objects.filter(kode_jenis="ppid-tanggapan").exists()


def test_the_letter_says_the_decision_the_order_and_the_last_day_to_go_on(ke):
    k = diputus(keberatan(ditolak(ke)))
    isi = k.naskah.isi
    assert (isi["putusan"], isi["perintah"]) == ("Dikabulkan seluruhnya", "Berikan salinan daftar TPS.")
    # 14 working days after 10 March.
    assert (isi["lama_sengketa"], isi["akhir_sengketa"]) == ("14 hari kerja", "7 April 2026")
    assert (k.status, k.naskah.penandatangan.get().jabatan, k.diputus_oleh) == (S.SIAP_KIRIM, "Atasan PPID", atasan())


def test_refused_as_late_only_when_it_is_late_also_when_counted_again(ke):
    p = ditolak(ke)
    ke(date(2026, 4, 30))
    k = diputus(keberatan(p), P.DITOLAK, karena_lewat=True, perintah="")
    assert k.naskah.isi["perintah"].startswith("Tidak ada perintah")
    assert k.naskah.isi["terlambat"] == "Keberatan diterima sesudah 29 April 2026."
    assert ditolak_lewat_padahal_tepat() == []
    HariLibur.objects.create(tanggal=date(2026, 4, 28), nama="Libur contoh", jenis="lokal", dasar_hukum="SK contoh")
    assert ditolak_lewat_padahal_tepat() == [k]
    with pytest.raises(IntegrityError), transaction.atomic():
        Keberatan.objects.filter(pk=k.pk).update(batas_ajukan=date(2026, 4, 30))


def test_it_is_sent_after_its_signature_and_its_clock_stops_that_day(ke):
    k = diputus(keberatan(ditolak(ke)))
    kirim = {"pada": SELASA, "cara": "surel", "bukti": "surel terkirim"}
    with pytest.raises(Refused, match="setelah ditandatangani Atasan PPID"):
        langkah(tanggapan.kirim, k, petugas(), **kirim)
    selesai_ttd(k.naskah)
    ke(date(2026, 3, 13))
    with pytest.raises(Refused, match="hari surat ditandatangani"):
        langkah(tanggapan.kirim, k, petugas(), **kirim | {"pada": date(2026, 3, 9)})
    k = langkah(tanggapan.kirim, k, petugas(), **kirim | {"pada": date(2026, 3, 13)})
    assert (k.status, k.ditanggapi_pada) == (S.DITANGGAPI, date(2026, 3, 13))
    status = dict(TenggatBerjalan.objects.subjek(k).values_list("aturan__kode", "status"))
    assert status == {"KI-3": "selesai", "KI-4": "selesai", "PPID-LAKSANA": "berjalan"}
    mulai, akhir = jendela_sengketa(k, date(2026, 3, 13))
    assert (mulai, akhir.tanggal) == (date(2026, 3, 16), date(2026, 4, 10))


def test_a_letter_is_taken_back_only_with_its_document(ke):
    k = diputus(keberatan(ditolak(ke)))
    with pytest.raises(Refused, match="Tarik dahulu naskah"):
        langkah(tanggapan.batalkan, k, atasan(), catatan=ALASAN)
    selesai_ttd(k.naskah)
    k = langkah(tanggapan.batalkan, k, atasan(), catatan=ALASAN)
    assert (k.status, k.naskah.status, k.diputus_oleh) == (S.DITELAAH, "diganti", None)


# --- Afterwards --------------------------------------------------------------------------------------------------
def test_an_unanswered_objection_opens_the_dispute_when_its_time_is_over(ke):
    k = keberatan(ditolak(ke))
    assert jendela_sengketa(k, k.batas) is None
    mulai, akhir = jendela_sengketa(k, date(2026, 4, 30))
    # 14 working days after 29 April: 1, 14 and 15 May are off.
    assert (mulai, akhir.mulai) == (date(2026, 4, 30), date(2026, 4, 29))


def test_an_order_is_carried_out_by_a_new_letter_and_the_first_answer_stays(ke):
    p = ditolak(ke)
    k = ditanggapi(keberatan(p))
    lama = Jawaban.objects.get(permohonan=p, jenis="pemberitahuan").naskah.isi
    isi = {"butir": p.butir.get(), "hasil": H.DIBERIKAN, "penjelasan": "Daftar TPS", "bentuk": "softcopy"}
    with pytest.raises(Refused, match="Putuskan paling sedikit satu butir"):
        langkah(tanggapan.siapkan_susulan, k, ppid())
    with pytest.raises(Refused, match="alasannya"):
        langkah(tanggapan.putus_susulan, k, ppid(), **isi | {"hasil": H.SEBAGIAN})
    langkah(tanggapan.putus_susulan, k, ppid(), **isi)
    laksana = {"pada": SELASA, "cara": "surel", "bukti": "Salinan dikirim lewat surel"}
    with pytest.raises(Refused, match="Siapkan jawaban susulan"):
        langkah(tanggapan.laksanakan, k, petugas(), **laksana)
    langkah(tanggapan.siapkan_susulan, k, ppid())
    surat = Jawaban.objects.get(permohonan=p, jenis="susulan")
    with pytest.raises(Refused, match="ditandatangani PPID"):
        langkah(tanggapan.laksanakan, k, petugas(), **laksana)
    selesai_ttd(surat.naskah)
    k = langkah(tanggapan.laksanakan, k, petugas(), **laksana)
    surat.refresh_from_db()
    assert (k.status, surat.dikirim_pada) == (S.DILAKSANAKAN, SELASA)
    assert p.butir.get().hasil == H.DIKECUALIKAN
    assert Jawaban.objects.get(permohonan=p, jenis="pemberitahuan").naskah.isi == lama
    assert not TenggatBerjalan.objects.subjek(k).terbuka().exists()
    k = langkah(tanggapan.tutup, k, petugas(), tanggapan_pemohon="Menerima")
    assert (k.status, k.tanggapan_pemohon) == (S.SELESAI, "Menerima")


def test_who_decided_does_not_answer_anew_and_an_order_is_not_closed_undone(ke):
    p = ditolak(ke)
    k = ditanggapi(keberatan(p))
    rangkap = make.orang("arifin", "pejabat_ppid")
    with pytest.raises(Refused, match="diubah pejabat lain"):
        langkah(tanggapan.putus_susulan, k, rangkap, butir=p.butir.get(), hasil=H.DIBERIKAN, penjelasan="x", bentuk="x")
    with pytest.raises(Refused, match="belum dilaksanakan"):
        langkah(tanggapan.tutup, k, petugas())


def test_an_order_to_answer_waits_for_the_answer(ke):
    p = lengkap(minta())
    ke(date(2026, 3, 17))
    k = ditanggapi(keberatan(p, "c"))
    laksana = {"pada": date(2026, 3, 17), "cara": "surel", "bukti": "Permohonan sudah dijawab"}
    with pytest.raises(Refused, match="belum dijawab"):
        langkah(tanggapan.laksanakan, k, petugas(), **laksana)
    jawab(p, H.DIBERIKAN, penjelasan="Daftar TPS", bentuk="softcopy")
    assert langkah(tanggapan.laksanakan, k, petugas(), **laksana).status == S.DILAKSANAKAN


def test_the_same_ground_is_decided_once_and_then_goes_to_the_dispute(ke):
    p = ditolak(ke)
    langkah(tanggapan.tutup, ditanggapi(keberatan(p), P.DITOLAK), petugas())
    with pytest.raises(Refused, match="Komisi Informasi"):
        keberatan(p)
    assert keberatan(p, "f").nomor.startswith("2/")


def test_a_request_is_not_withdrawn_while_its_objection_is_open(ke):
    p = lengkap(minta())
    ke(date(2026, 3, 17))
    keberatan(p, "c")
    with pytest.raises(Refused, match="pencabutan keberatan"):
        permohonan.cabut(kini(p), catatan=ALASAN, versi=kini(p).versi, oleh=petugas())
    assert jam.jawab_terbuka(p)
