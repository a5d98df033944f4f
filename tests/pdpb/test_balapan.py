"""Two people at the same moment: whatever they both want to do happens once."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from kpupalu.lib import Refused
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import EntriAgenda, Naskah
from pdpb.actions.naskah import buat_berita_acara
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.invarian import gagal, periksa
from pdpb.kunci import kunci_daftar, kunci_periode
from pdpb.models import BukaKembali, Identitas, Pendaftaran, Periode, Perubahan, RiwayatPerubahan, Snapshot
from pdpb.rekap import rekap_berjalan, rekap_dari_baris
from tests import make
from tests.pdpb.bersamaan import LAMA, serentak

pytestmark = pytest.mark.django_db(transaction=True)
ALASAN = "Saran perbaikan Bawaslu"


def sambil(memegang, pekerjaan):
    """What *pekerjaan* gives while another transaction holds what *memegang* took; and again after it let go."""
    pegang, lepas = threading.Event(), threading.Event()

    def pemegang() -> None:
        try:
            with transaction.atomic():
                memegang()
                pegang.set()
                lepas.wait(LAMA)
        finally:
            connections.close_all()

    utas = threading.Thread(target=pemegang)
    utas.start()
    assert pegang.wait(LAMA)
    hasil = {}

    def lain() -> None:
        try:
            hasil["isi"] = pekerjaan()
        except Exception as galat:  # noqa: BLE001 - a thread hands its failure to the test
            hasil["isi"] = galat
        finally:
            connections.close_all()

    kedua = threading.Thread(target=lain)
    kedua.start()
    kedua.join(1.5)
    menunggu = kedua.is_alive()
    lepas.set()
    utas.join(LAMA)
    kedua.join(LAMA)
    return menunggu, hasil["isi"]


def ditolak(hasil: list) -> list[str]:
    """The sentences of those that were refused; anything else that went wrong fails the test."""
    galat = [h for h in hasil if isinstance(h, Exception)]
    assert all(isinstance(g, Refused) for g in galat), galat
    return [str(g) for g in galat]


def utuh(per: Periode) -> None:
    """Summary and rows agree, and every identity holds."""
    berjalan, baris = rekap_berjalan(per).kota, rekap_dari_baris(per).kota
    assert (berjalan.L, berjalan.P) == (baris.L, baris.P)
    assert gagal(periksa(rekap_berjalan(per))) == []


@pytest.fixture
def per():
    make.komisioner()
    for jk in "LLPP":
        make.pemilih(jenis_kelamin=jk)
    return make.selesai_daftar()


def siap(per: Periode, *ids: int) -> None:
    assert ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per).ditolak == {}


def test_balapan_two_officers_approve_the_same_change(per):
    versi = Pendaftaran.objects.first()
    pk = make.usul("meninggal", versi, per=per)
    siap(per, pk)
    budi, tono = make.budi(), make.orang("tono", "kasubbag_rendatin")
    hasil = serentak(*(lambda o=o: ambil_langkah([pk], "setujui", oleh=o, periode=per) for o in (budi, tono) * 2))
    ditolak(hasil)
    assert sum(len(h.berhasil) for h in hasil if not isinstance(h, Exception)) == 1
    assert RiwayatPerubahan.objects.filter(perubahan=pk, langkah="setujui").count() == 1
    assert Pendaftaran.objects.filter(pemilih=versi.pemilih_id, akhir__isnull=False).count() == 1
    utuh(per)


def test_balapan_one_approves_what_another_rejects(per):
    pk = make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    siap(per, pk)
    budi, wati = make.budi(), make.wati()
    hasil = serentak(
        lambda: ambil_langkah([pk], "setujui", oleh=budi, periode=per),
        lambda: ambil_langkah([pk], "tolak", oleh=wati, periode=per, catatan="akta tidak cocok"),
    )
    ditolak(hasil)
    assert sum(len(h.berhasil) for h in hasil if not isinstance(h, Exception)) == 1
    status = Perubahan.objects.get(pk=pk).status
    assert (status == "disetujui") == (Pendaftaran.objects.aktif().count() == 3)
    utuh(per)


def test_balapan_two_verify_the_same_change(per):
    """The steps that move no figure wait for each other: one is done, the other is told the state it finds."""
    pk = make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    wati, yuni = make.wati(), make.orang("yuni", "verifikator")
    hasil = serentak(*(lambda o=o: ambil_langkah([pk], "verifikasi", oleh=o, periode=per) for o in (wati, yuni)))
    assert ditolak(hasil) == []
    assert sorted(len(h.berhasil) for h in hasil) == [0, 1]
    assert "berstatus Diverifikasi" in next(h for h in hasil if h.ditolak).ditolak[pk]
    assert RiwayatPerubahan.objects.filter(perubahan=pk, langkah="verifikasi").count() == 1


def test_balapan_two_new_voters_with_one_nik(per):
    nik = make.nik(date(1999, 3, 4), "P")
    ids = [make.usul("pindah_masuk", None, per=per, nik=n) for n in (nik, make.nik(date(1999, 3, 4), "P"))]
    # The form refuses a second proposal of one NIK; two lists of agencies can still bring it in.
    Perubahan.objects.filter(pk=ids[1]).update(identitas_baru=Identitas.objects.create(nik=nik, nkk="7271080101209001"))
    siap(per, *ids)
    budi, tono = make.budi(), make.orang("tono", "kasubbag_rendatin")
    hasil = serentak(
        lambda: ambil_langkah(ids[:1], "setujui", oleh=budi, periode=per),
        lambda: ambil_langkah(ids[1:], "setujui", oleh=tono, periode=per),
    )
    ditolak(hasil)
    assert Pendaftaran.objects.aktif().filter(identitas__nik=nik).count() == 1
    # Whoever was turned away tries again and is told why it will never be.
    lagi = ambil_langkah(ids, "setujui", oleh=budi, periode=per)
    assert lagi.berhasil == []
    assert any("sudah aktif" in alasan for alasan in lagi.ditolak.values())
    utuh(per)


def test_balapan_the_same_change_proposed_twice(per):
    versi = Pendaftaran.objects.first()
    isi = {"periode": per, "kategori": make.kategori("meninggal"), "pemilih": versi.pemilih}
    orang = [make.sari(), make.orang("andi", "operator")]
    hasil = serentak(*(lambda o=o: usulkan(oleh=o, **isi) for o in orang))
    assert ["sudah ada pada periode ini" in g for g in ditolak(hasil)] == [True]
    assert Perubahan.objects.count() == 1


def test_balapan_two_freezes_make_one_snapshot(per):
    budi, tono = make.budi(), make.orang("tono", "kasubbag_rendatin")
    hasil = serentak(*(lambda o=o: bekukan(per, oleh=o) for o in (budi, tono, budi)))
    assert len(ditolak(hasil)) == 2
    assert Snapshot.objects.count() == 1
    assert Periode.objects.get(pk=per.pk).status == "dibekukan"


def test_balapan_a_freeze_does_not_wait_for_another(per):
    budi = make.budi()
    menunggu, hasil = sambil(lambda: kunci_periode(per), lambda: bekukan(per, oleh=budi))
    assert (menunggu, "sedang dikerjakan" in str(hasil)) == (False, True)
    assert not Snapshot.objects.exists()


def test_balapan_proposing_waits_for_a_freeze_and_is_then_refused(per):
    """A change proposed while the quarter freezes must not slip in after the set of changes is fixed."""
    versi, sari, budi = Pendaftaran.objects.first(), make.sari(), make.budi()

    def usul():
        return usulkan(periode=per, kategori=make.kategori("meninggal"), pemilih=versi.pemilih, oleh=sari)

    menunggu, hasil = sambil(lambda: bekukan(per, oleh=budi), usul)
    assert menunggu
    assert "sudah dibekukan" in str(hasil)
    assert Perubahan.objects.count() == 0


def test_balapan_approving_while_a_freeze_works_is_refused_at_once(per):
    pk = make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    siap(per, pk)
    budi, tono = make.budi(), make.orang("tono", "kasubbag_rendatin")
    menunggu, hasil = sambil(
        lambda: bekukan(per, oleh=budi), lambda: ambil_langkah([pk], "setujui", oleh=tono, periode=per)
    )
    assert not menunggu
    assert isinstance(hasil, Refused)
    assert Pendaftaran.objects.aktif().count() == Snapshot.objects.get().jumlah_baris == 4


def test_balapan_approving_while_a_list_is_applied_is_refused_at_once(per):
    pk = make.usul("meninggal", Pendaftaran.objects.first(), per=per)
    siap(per, pk)
    budi = make.budi()
    menunggu, hasil = sambil(kunci_daftar, lambda: ambil_langkah([pk], "setujui", oleh=budi, periode=per))
    assert (menunggu, "sedang diperbarui" in str(hasil)) == (False, True)
    utuh(per)


def test_balapan_two_requests_to_reopen(per):
    bekukan(per, oleh=make.budi())
    orang = [make.budi(), make.sari()]
    hasil = serentak(*(lambda o=o: minta_buka_kembali(per, alasan=ALASAN, nomor_surat="1/PM", oleh=o) for o in orang))
    assert ["sudah ada dan menunggu" in g for g in ditolak(hasil)] == [True]
    assert BukaKembali.objects.count() == 1


def test_balapan_two_grants_of_one_request(per):
    lama = bekukan(per, oleh=make.budi())
    minta = minta_buka_kembali(per, alasan=ALASAN, nomor_surat="1/PM", oleh=make.budi())
    orang = [make.komisioner()[0], make.orang("sekar", "sekretaris")]
    hasil = serentak(*(lambda o=o: setujui_buka_kembali(minta, oleh=o, sampai=date(2099, 1, 1)) for o in orang))
    assert ["sudah disetujui" in g for g in ditolak(hasil)] == [True]
    lama.refresh_from_db()
    assert (lama.digantikan, Periode.objects.get(pk=per.pk).status) == (True, "terbuka")


def test_balapan_two_drafts_of_the_minutes(per):
    bekukan(per, oleh=make.budi())
    orang = [make.budi(), make.orang("tono", "kasubbag_rendatin")]
    hasil = serentak(*(lambda o=o: buat_berita_acara(per, oleh=o) for o in orang))
    assert len(ditolak(hasil)) == 1
    assert Naskah.objects.count() == 1
    with pytest.raises(Refused):
        buat_berita_acara(per, oleh=make.budi())


def test_balapan_one_document_is_numbered_once(per):
    bekukan(per, oleh=make.budi())
    naskah = buat_berita_acara(per, oleh=make.budi())
    orang = [make.budi(), make.orang("sekar", "sekretaris")]
    hasil = serentak(*(lambda o=o: siapkan(naskah, by=o) for o in orang * 2))
    ditolak(hasil)
    naskah.refresh_from_db()
    assert [e.nomor for e in EntriAgenda.objects.all()] == [naskah.nomor]


def test_balapan_two_documents_get_two_numbers_in_a_row(per):
    """The agenda book hands out one number at a time, also to quarters that are numbered in the same moment."""
    lain = make.periode("2026-tw3", urutan=3, mulai=date(2026, 7, 1), akhir=date(2026, 9, 30))
    Periode.objects.filter(pk=lain.pk).update(tanggal_pleno=date(2026, 12, 8))
    naskah = []
    for satu in (per, Periode.objects.get(pk=lain.pk)):
        make.selesai_daftar(satu)
        bekukan(satu, oleh=make.budi())
        naskah.append(buat_berita_acara(satu, oleh=make.budi()))
    orang = [make.budi(), make.orang("sekar", "sekretaris")]
    hasil = serentak(*(lambda n=n, o=o: siapkan(n, by=o) for n, o in zip(naskah, orang, strict=True)))
    assert ditolak(hasil) == []
    assert sorted(EntriAgenda.objects.values_list("urut", flat=True)) == [1, 2]
    assert sorted(h.nomor.partition("/")[0] for h in hasil) == ["1", "2"]


def test_the_roll_lock_is_not_taken_before_the_period_lock(per):
    """Two acts in the written order never wait for each other in a circle, however often they meet."""
    ids = [make.usul("meninggal", v, per=per) for v in Pendaftaran.objects.all()]
    siap(per, *ids)
    budi = make.budi()
    for _ in range(3):
        ditolak(serentak(*(lambda p=p: ambil_langkah([p], "setujui", oleh=budi, periode=per) for p in ids)))
    utuh(per)
    assert Perubahan.objects.filter(status="disetujui").exists()
