"""Legal numbers that count, and many rows at once."""

import pytest
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from pdpb.actions.periode import bekukan
from pdpb.models import Perubahan
from tests import make
from tests.pdpb.isian import isian_ubah, sebagai

pytestmark = pytest.mark.django_db
S = Perubahan.Status


def _geser(kode: str, selisih: int) -> None:
    baris = Aturan.objects.filter(kode=kode).order_by("-mulai").first()
    Aturan.objects.filter(kode=kode).update(nilai=baris.nilai + selisih)


def test_setiap_angka_hukum_berpengaruh(client):
    """Each number that proposing, freezing and announcing ask for, moved by one, moves what comes out."""
    from pdpb.actions.naskah import buat_berita_acara

    make.komisioner()
    versi = make.pemilih()
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    alamat = reverse("pdpb:usul_ubah", args=[versi.pemilih_id])
    tepat = isian_ubah(versi, tanggal_lahir="08-12-2009", status_kawin="B")
    _geser("usia_pemilih_minimum", 1)
    assert client.post(alamat, tepat).status_code == 422
    _geser("usia_pemilih_minimum", -1)
    tua = isian_ubah(versi, tanggal_lahir=f"{hari_ini().year - 110:04d}-01-01")
    _geser("usia_maksimum", -1)
    assert client.post(alamat, tua).status_code == 422
    _geser("usia_maksimum", 1)
    assert client.post(alamat, tua).status_code == 302
    make.setuju(list(Perubahan.objects.values_list("pk", flat=True)), per)
    bekukan(per, oleh=make.budi())
    absen = {make.orang("indah").pk: "Sakit"}
    _geser("kuorum_ba_pleno", 1)
    with pytest.raises(Refused, match="kuorum"):
        buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen)
    _geser("kuorum_ba_pleno", -1)
    assert buat_berita_acara(per, oleh=make.budi(), tidak_hadir=absen).versi == 1


def test_as_many_as_the_page_admits_ask_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    from pdpb.views.perubahan import MAKS_MASSAL

    make.pemilih()
    per = make.selesai_daftar()
    satu = Perubahan.objects.get(pk=make.usul("pindah_masuk", None, per=per))
    Perubahan.objects.bulk_create(
        Perubahan(periode=per, jenis="baru", kategori=satu.kategori, kelurahan=satu.kelurahan, bukti=satu.bukti,
                  kelurahan_tujuan=satu.kelurahan, elemen_baru=satu.elemen_baru, pengusul=satu.pengusul,
                  identitas_baru=satu.identitas_baru)
        for _ in range(MAKS_MASSAL - 1)
    )  # fmt: skip
    sebagai(client, make.wati())
    isi = {"id": list(Perubahan.objects.values_list("pk", flat=True)), "langkah": "verifikasi"}
    assert client.post(reverse("pdpb:perubahan_massal"), isi).status_code == 200
    with django_assert_max_num_queries(30):
        client.post(reverse("pdpb:perubahan_massal"), isi | {"lanjut": "1", "catatan": ""})
    assert Perubahan.objects.filter(status=S.DIVERIFIKASI).count() == MAKS_MASSAL
