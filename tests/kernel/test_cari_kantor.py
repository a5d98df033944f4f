"""One box finds what its reader may see: the exact number first, five of each, and never a voter."""

import pytest
from django.urls import reverse

from kpupalu.cari import sumber
from kpupalu.cari.sumber import Temuan, cari
from kpupalu.pemberitahuan.models import Pemberitahuan
from kpupalu.surat import masuk as aksi
from tests import make
from tests.kernel import bangun_rapat, bangun_surat

pytestmark = pytest.mark.django_db


def judul(user, kata: str) -> list[str]:
    return [t.judul for k in cari(user, kata) for t in k.temuan]


def test_letters_and_meetings_are_found_by_words_and_numbers(client):
    surat = bangun_surat.masuk_baru()
    bangun_surat.keluar_baru()
    rapat = bangun_rapat.rapat()
    user = bangun_surat.sekretaris()
    slug = {k.sumber.slug for k in cari(user, "saran perbaikan")}
    assert slug == {"surat-masuk", "surat-keluar"}
    (kelompok,) = cari(user, surat.nomor_surat.lower())
    assert kelompok.temuan[0].tepat
    assert rapat.judul in judul(user, rapat.judul[:12].upper())
    client.force_login(user)
    halaman = client.get(reverse("cari:halaman"), {"kata": surat.nomor_agenda}).content.decode()
    assert "nomor yang sama persis" in halaman
    assert surat.get_absolute_url() in halaman


def test_a_secret_letter_is_not_found_by_its_subject_and_a_stranger_finds_nothing():
    surat = bangun_surat.masuk_baru(sifat="rahasia", hal="Perkara tertutup", by=bangun_surat.sekretaris())
    user = bangun_surat.sekretaris()
    assert judul(user, "tertutup") == []
    assert judul(user, surat.nomor_agenda) == [f"{surat.nomor_agenda} – Surat rahasia"]
    assert judul(make.sari(), surat.nomor_agenda) == []


def test_five_of_each_then_all_and_the_exact_number_comes_first(client, monkeypatch):
    def banyak(user, kata, batas):
        return [Temuan(f"Hal {n}", f"/x/{n}/", tepat=False) for n in range(8)][:batas]

    def satu(user, kata, batas):
        return [Temuan("B-1", "/b/1/", tepat=True)]

    monkeypatch.setattr(sumber, "_sumber", {})
    sumber.daftarkan_sumber("a", "Awal", banyak, boleh=lambda u: True, urutan=1)
    sumber.daftarkan_sumber("b", "Akhir", satu, boleh=lambda u: u.username == "sari", urutan=2)
    hasil = cari(make.sari(), "hal")
    assert [(k.sumber.slug, len(k.temuan), k.lebih) for k in hasil] == [("b", 1, False), ("a", 5, True)]
    assert [k.sumber.slug for k in cari(make.wati(), "hal")] == ["a"]
    client.force_login(make.sari())
    halaman = client.get(reverse("cari:halaman"), {"kata": "hal"}).content.decode()
    assert "kelompok=a" in halaman
    halaman = client.get(reverse("cari:halaman"), {"kata": "hal", "kelompok": "a"}).content.decode()
    assert "Hal 7" in halaman
    assert "B-1" not in halaman


@pytest.mark.parametrize("kata", ["7271012505909001", "7271 0125 0590 9001", "NIK 727101 250590 9001"])
def test_a_nik_is_never_searched_nor_repeated(client, monkeypatch, kata):
    def jangan(user, kata, batas):
        raise AssertionError(kata)

    monkeypatch.setattr(sumber, "_sumber", {})
    sumber.daftarkan_sumber("a", "Awal", jangan, boleh=lambda u: True)
    client.force_login(make.sari())
    halaman = client.get(reverse("cari:halaman"), {"kata": kata}).content.decode()
    assert "tidak menerima NIK" in halaman
    assert "9001" not in halaman


def test_nothing_found_repeats_the_question_and_says_what_is_not_searched(client):
    client.force_login(bangun_surat.sekretaris())
    halaman = client.get(reverse("cari:halaman"), {"kata": "<zz> tidak ada"}).content.decode()
    assert "Tidak ada hasil untuk “&lt;zz&gt; tidak ada”" in halaman
    assert "data pemilih tidak dicari" in halaman
    assert "terlalu pendek" in client.get(reverse("cari:halaman"), {"kata": "a"}).content.decode()
    assert client.get(reverse("cari:halaman"), {"kata": "\x00" + "a" * 500, "kelompok": "?"}).status_code == 200


def test_a_disposition_tells_its_receiver_once():
    surat = bangun_surat.masuk_baru()
    pimpinan = bangun_surat.sekretaris()
    aksi.naikkan(surat, by=pimpinan)
    (satu,) = aksi.disposisikan(surat, kepada=[make.budi()], instruksi="tindaklanjuti", by=pimpinan)
    pesan = Pemberitahuan.objects.get(untuk=make.budi())
    assert (pesan.judul, pesan.kunci) == (f"Disposisi {surat.nomor_agenda}", f"disposisi-{satu.pk}")
