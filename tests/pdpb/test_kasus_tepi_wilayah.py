"""Edge case of the domain brief, §16: a kelurahan is split and its code changes; nothing of the past moves."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from kpupalu.lib import Refused
from kpupalu.wilayah.models import Kelurahan
from pdpb import impor
from pdpb.documents import berita_acara
from pdpb.invarian import gagal, periksa
from pdpb.mesin_waktu import Area, keadaan
from pdpb.models import Pendaftaran, Periode, Perubahan
from pdpb.rekap import rekap
from tests import make
from tests.pdpb.isian import kalimat, sebagai
from tests.pdpb.test_impor import KEPALA_USUL, berkas, kode, usul
from tests.pdpb.test_kasus_tepi import angka, beku, berikutnya, ditetapkan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def test_kelurahan_dimekarkan_dan_kodenya_berubah(client):
    """Talise gives way to two codes on 1 January: the past keeps its figures, people move, nobody is lost."""
    make.komisioner()
    versi = [make.pemilih(jenis_kelamin=jk) for jk in "LLPP"]
    lama = make.selesai_daftar()
    with time_machine.travel("2026-12-08T03:00:00Z", tick=False) as jam:
        lama = ditetapkan(lama)
        jam.move_to("2027-01-04T03:00:00Z")
        kini = berikutnya(lama)
        _mekarkan(client)
        induk, anak = Kelurahan.objects.get(pk="72.71.08.1091"), Kelurahan.objects.get(pk="72.71.08.1092")
        make.tps(induk.pk), make.tps(anak.pk)
        with pytest.raises(Refused, match="tidak dipakai lagi sesudah 31-12-2026"):
            make.usul("pindah_masuk", None, per=kini)
        make.setuju(_pindahkan(versi, kini), kini)
        # A list that says Talise means the code in force; so does every spelling that the admin points there.
        isi = usul("TMS", "meninggal", NIK=versi[3].identitas.nik, NAMA=versi[3].nama, KELURAHAN="TALISE")
        batch = usulkan_berkas(isi)
        assert (batch.ringkasan["galat"], kode(batch)["data_beda_dari_daftar"]) == (0, 0)
        beku(kini)
    assert (angka(lama, make.TALISE), angka(lama)[-1]) == ((4, 0, 0, 0, 0, 0, 4), 4)
    assert angka(kini, make.TALISE) == (4, 0, 0, 0, 0, 4, 0)
    assert (angka(kini, induk.pk), angka(kini, anak.pk)) == ((0, 0, 0, 0, 2, 0, 2), (0, 0, 0, 0, 2, 0, 2))
    assert gagal(periksa(rekap(kini))) == gagal(periksa(rekap(lama))) == []
    assert [berita_acara(per.snapshot_set.get())["jumlah_kelurahan"] for per in (lama, kini)] == [46, 47]
    assert [len(rekap(per).daftar_kelurahan()) for per in (lama, kini)] == [46, 48]
    # On the day before and the day after, the time machine finds them where they were.
    hari = [[keadaan(Area(k), h).jumlah.total for k in (make.TALISE, induk.pk, anak.pk)]
            for h in (date(2027, 1, 3), date(2027, 1, 4))]  # fmt: skip
    assert hari == [[4, 0, 0], [0, 2, 2]]


def _mekarkan(client) -> None:
    """What the admin does: two new codes, a last day for the old one, a spelling that leads to the new one."""
    admin = make.orang("gilang", "admin")
    type(admin).objects.filter(pk=admin.pk).update(is_staff=True)
    sebagai(client, type(admin).objects.get(pk=admin.pk))
    isi = {"kecamatan": "72.71.08", "id_sidalih": "", "mulai": "01-01-2027", "akhir": ""}
    for kode_baru, nama in (("72.71.08.1091", "Talise"), ("72.71.08.1092", "Talise Contoh")):
        jawaban = client.post(reverse("admin:wilayah_kelurahan_add"), isi | {"kode": kode_baru, "nama": nama})
        assert jawaban.status_code == 302, jawaban.context["errors"]
    ubah = isi | {"kode": "72.71.08.1099", "nama": "Talise", "mulai": "", "akhir": "31-12-2026"}
    assert client.post(reverse("admin:wilayah_kelurahan_change", args=[make.TALISE]), ubah).status_code == 302
    assert not Kelurahan.objects.filter(pk="72.71.08.1099").exists(), "a code is not edited"
    alias = {"nama": "Talise Dua", "kelurahan": "72.71.08.1092"}
    assert client.post(reverse("admin:wilayah_aliaskelurahan_add"), alias).status_code == 302


def _pindahkan(versi: list[Pendaftaran], per: Periode) -> list[int]:
    """The list of Disdukcapil: who belongs to which of the two from now on, one of them under the other spelling."""
    tujuan = ["Talise", "Talise", "Talise Contoh", "Talise Dua"]
    isi = {"TPS TUJUAN": "1", "JENIS DOKUMEN": "Peraturan daerah"}
    batch = usulkan_berkas(*(
        usul("MUTASI", "pindah_dalam_kota", NIK=v.identitas.nik, **isi | {"KELURAHAN TUJUAN": k})
        for v, k in zip(versi, tujuan, strict=True)
    ))  # fmt: skip
    assert batch.ringkasan["galat"] == 0
    return list(Perubahan.objects.filter(periode=per, jenis="mutasi").values_list("pk", flat=True))


def usulkan_berkas(*isi: str):
    """A list of changes sent, checked and applied by the operator."""
    per = Periode.objects.get(status="terbuka")
    batch = impor.unggah([berkas(*isi, kepala=KEPALA_USUL)], jenis="perubahan", periode=per, oleh=make.sari())
    batch = impor.terapkan(impor.periksa(batch), oleh=make.sari(), terima_peringatan=True)
    make.lupakan_sementara()
    return batch


def test_kelurahan_lama_tetap_terbaca_di_halaman(client):
    """Forms offer what is in force; filters also the old one with its last day; pages of the past open."""
    make.pemilih()
    lama = make.selesai_daftar()
    Kelurahan.objects.filter(pk=make.TALISE).update(akhir=date(2026, 1, 31))
    sebagai(client, make.sari())
    assert f'value="{make.TALISE}"' not in kalimat(client.get(reverse("pdpb:usul_baru")))
    assert "Talise (sampai 31-01-2026)" in kalimat(client.get(reverse("pdpb:pemilih_daftar")))
    halaman = kalimat(client.get(reverse("pdpb:rekap", args=[lama.pk]), {"tingkat": "kelurahan"}))
    assert "Talise" in halaman
    assert client.get(reverse("pdpb:mesin_waktu"), {"wilayah": make.TALISE}).status_code == 200
