"""The rules of a change: proposed by one person, verified and approved by others, and what it does to the roll."""

from datetime import date

import pytest
from django.urls import reverse

from kpupalu.lib import Refused
from pdpb.actions.perubahan import ambil_langkah, lengkapi_bukti, usulkan
from pdpb.models import Bukti, Pendaftaran, Perubahan, RekapSel, RiwayatPerubahan
from pdpb.rekap import rekap_berjalan, rekap_dari_baris
from tests import make

pytestmark = pytest.mark.django_db
S = Perubahan.Status


def lewati(perubahan, *langkah, catatan=""):
    """Take the steps in order, each by the person whose task it is; return the change as it stands then."""
    for nama in langkah:
        oleh = make.budi() if "setuj" in nama else make.wati()
        hasil = ambil_langkah([perubahan.pk], nama, oleh=oleh, periode=perubahan.periode, catatan=catatan)
        assert hasil.ditolak == {}
    perubahan.refresh_from_db()
    return perubahan


def usul_meninggal(versi, **lain):
    return usulkan(
        periode=make.periode(),
        kategori=make.kategori("meninggal"),
        pemilih=versi.pemilih,
        oleh=make.sari(),
        bukti=make.bukti(jenis_dokumen="Akta kematian"),
        **lain,
    )


def usul_baru(**lain):
    isi = {
        "periode": make.periode(),
        "kategori": make.kategori("genap_17"),
        "oleh": make.sari(),
        "nik": make.nik(date(2009, 11, 1), "P"),
        "nkk": "7271080101209001",
        "elemen": {"nama": "NUR CONTOH", "jenis_kelamin": "P", "tanggal_lahir": date(2009, 11, 1), "status_kawin": "B"},
        "kelurahan_tujuan": make.tps().kelurahan,
        "tps_tujuan": make.tps(),
        "bukti": make.bukti(),
    }
    return usulkan(**(isi | lain))


def angka_kota():
    per = make.periode()
    berjalan, baris = rekap_berjalan(per).kota, rekap_dari_baris(per).kota
    assert (berjalan.L, berjalan.P) == (baris.L, baris.P)
    assert berjalan.total.dihitung == berjalan.total.sekarang
    return berjalan


def test_usulan_moves_no_figure_until_approved():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usul_meninggal(versi)
    assert angka_kota().total.tms == 0
    lewati(perubahan, "verifikasi")
    assert (angka_kota().total.tms, angka_kota().total.sekarang) == (0, 1)
    lewati(perubahan, "setujui")
    assert (angka_kota().total.tms, angka_kota().total.sekarang) == (1, 0)


def test_tms_closes_the_row_and_keeps_it():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = lewati(usul_meninggal(versi), "verifikasi", "setujui")
    versi.refresh_from_db()
    assert versi.akhir is not None
    assert versi.ditutup == perubahan
    assert Pendaftaran.objects.filter(pemilih=versi.pemilih).count() == 1


def test_baru_opens_a_row_of_a_new_person():
    make.pemilih()
    make.selesai_daftar()
    perubahan = lewati(usul_baru(), "verifikasi", "setujui")
    assert perubahan.versi_baru.nama == "NUR CONTOH"
    assert perubahan.versi_baru.identitas == perubahan.identitas_baru
    assert (angka_kota().P.baru, angka_kota().P.sekarang) == (1, 1)


def test_ubah_never_changes_the_total():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usulkan(
        periode=make.periode(),
        kategori=make.kategori("elemen_data"),
        pemilih=versi.pemilih,
        oleh=make.sari(),
        elemen={"nama": "MOH. CONTOH BARU", "alamat": versi.alamat},
        bukti=make.bukti(),
    )
    assert perubahan.elemen_baru == {"nama": "MOH. CONTOH BARU"}
    lewati(perubahan, "verifikasi", "setujui")
    assert (angka_kota().total.ubah, angka_kota().total.sekarang) == (1, 1)
    assert Pendaftaran.objects.aktif().get().nama == "MOH. CONTOH BARU"


def test_corrected_sex_moves_one_from_laki_laki_to_perempuan():
    versi = make.pemilih()
    make.selesai_daftar()
    lewati(
        usulkan(
            periode=make.periode(),
            kategori=make.kategori("elemen_data"),
            pemilih=versi.pemilih,
            oleh=make.sari(),
            elemen={"jenis_kelamin": "P"},
            bukti=make.bukti(),
        ),
        "verifikasi",
        "setujui",
    )
    kota = angka_kota()
    assert (kota.L.koreksi, kota.P.koreksi) == (-1, 1)
    assert (kota.L.dihitung, kota.P.dihitung) == (kota.L.sekarang, kota.P.sekarang) == (0, 1)


def test_mutasi_cancels_out_over_the_city():
    versi = make.pemilih(make.TALISE)
    tujuan = make.tps(make.PETOBO)
    make.selesai_daftar()
    lewati(
        usulkan(
            periode=make.periode(),
            kategori=make.kategori("pindah_dalam_kota"),
            pemilih=versi.pemilih,
            oleh=make.sari(),
            kelurahan_tujuan=tujuan.kelurahan,
            tps_tujuan=tujuan,
            bukti=make.bukti(),
        ),
        "verifikasi",
        "setujui",
    )
    rekap = rekap_berjalan(make.periode())
    assert (rekap.kelurahan[make.TALISE].total.keluar, rekap.kelurahan[make.PETOBO].total.masuk) == (1, 1)
    assert rekap.kota.total.sekarang == 1


def test_new_and_dead_in_one_period_stands_in_both_columns():
    make.pemilih()
    make.selesai_daftar()
    baru = lewati(usul_baru(), "verifikasi", "setujui")
    lewati(usul_meninggal(baru.versi_baru), "verifikasi", "setujui")
    assert (angka_kota().P.baru, angka_kota().P.tms, angka_kota().P.sekarang) == (1, 1, 0)


def test_pengusul_cannot_verify_or_approve_own_usulan():
    versi = make.pemilih()
    make.selesai_daftar()
    serba_bisa = make.orang("tono", "operator", "verifikator", "kasubbag_rendatin")
    perubahan = usulkan(
        periode=make.periode(),
        kategori=make.kategori("meninggal"),
        pemilih=versi.pemilih,
        oleh=serba_bisa,
        bukti=make.bukti(),
    )
    for langkah in ("verifikasi", "setujui"):
        hasil = ambil_langkah([perubahan.pk], langkah, oleh=serba_bisa, periode=perubahan.periode)
        assert "sendiri" in hasil.ditolak[perubahan.pk] or "berstatus" in hasil.ditolak[perubahan.pk]
        lewati(perubahan, "verifikasi") if langkah == "verifikasi" else None
    perubahan.refresh_from_db()
    assert perubahan.status == S.DIVERIFIKASI


def test_verification_needs_evidence_and_a_batch_may_share_one_document():
    versi = [make.pemilih(), make.pemilih()]
    make.selesai_daftar()
    ids = [
        usulkan(periode=make.periode(), kategori=make.kategori("meninggal"), pemilih=v.pemilih, oleh=make.sari()).pk
        for v in versi
    ]
    hasil = ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=make.periode())
    assert all("Bukti belum ada" in alasan for alasan in hasil.ditolak.values())
    assert hasil.berhasil == []
    dokumen = make.bukti(jenis_dokumen="Surat keterangan kematian lurah")
    hasil = ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=make.periode(), bukti=dokumen)
    assert hasil.berhasil == ids
    assert set(Perubahan.objects.values_list("bukti", flat=True)) == {dokumen.pk}


@pytest.mark.parametrize("langkah", ["tolak", "tangguhkan"])
def test_saying_no_needs_a_reason(langkah):
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usul_meninggal(versi)
    with pytest.raises(Refused, match="alasan"):
        ambil_langkah([perubahan.pk], langkah, oleh=make.wati(), periode=make.periode(), catatan="tidak")


@pytest.mark.parametrize(
    ("langkah", "dari"),
    [
        ("setujui", S.DIUSULKAN),
        ("setujui", S.DITOLAK),
        ("setujui", S.DITANGGUHKAN),
        ("verifikasi", S.DISETUJUI),
        ("verifikasi", S.DITETAPKAN),
        ("tolak", S.DISETUJUI),
        ("tolak", S.DITETAPKAN),
        ("tangguhkan", S.DITOLAK),
        ("minta_coktas", S.DIVERIFIKASI),
        ("batalkan_persetujuan", S.DITETAPKAN),
        ("batalkan_persetujuan", S.DIVERIFIKASI),
    ],
)
def test_urutan_langkah(langkah, dari):
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usul_meninggal(versi)
    Perubahan.objects.filter(pk=perubahan.pk).update(status=dari)
    oleh = make.budi() if "setuj" in langkah else make.wati()
    hasil = ambil_langkah([perubahan.pk], langkah, oleh=oleh, periode=make.periode(), catatan="alasan yang cukup")
    assert "berstatus" in hasil.ditolak[perubahan.pk]
    perubahan.refresh_from_db()
    assert perubahan.status == dari


def test_taking_back_an_approval_restores_the_roll_and_leaves_a_trace():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = lewati(usul_meninggal(versi), "verifikasi", "setujui")
    lewati(perubahan, "batalkan_persetujuan", catatan="Keluarga membawa bukti hidup")
    assert angka_kota().total.sekarang == 1
    assert Pendaftaran.objects.aktif().get() == versi
    langkah = RiwayatPerubahan.objects.filter(perubahan=perubahan).values_list("langkah", flat=True)
    assert list(langkah) == ["usulkan", "verifikasi", "setujui", "batalkan_persetujuan"]
    lewati(perubahan, "setujui")
    assert angka_kota().total.sekarang == 0


def test_an_approval_followed_by_another_change_cannot_be_taken_back():
    make.pemilih()
    make.selesai_daftar()
    baru = lewati(usul_baru(), "verifikasi", "setujui")
    lewati(usul_meninggal(baru.versi_baru), "verifikasi", "setujui")
    hasil = ambil_langkah(
        [baru.pk], "batalkan_persetujuan", oleh=make.budi(), periode=make.periode(), catatan="salah orang ternyata"
    )
    assert (hasil.berhasil, list(hasil.ditolak)) == ([], [baru.pk])
    assert "lebih baru" in hasil.ditolak[baru.pk]
    assert angka_kota().P.tms == 1


def test_usulan_made_on_an_older_version_is_refused_when_it_touches_the_same_element():
    versi = make.pemilih()
    make.selesai_daftar()
    dua = [
        usulkan(
            periode=make.periode(),
            kategori=make.kategori(k),
            pemilih=versi.pemilih,
            oleh=make.sari(),
            elemen={"nama": nama},
            bukti=make.bukti(),
        )
        for k, nama in (("elemen_data", "SATU"),)
    ]
    lain = Perubahan.objects.get(pk=dua[0].pk)
    lain.pk, lain.kategori = None, make.kategori("pindah_dalam_kota")
    lain.elemen_baru = {"nama": "DUA"}
    lain.save()
    lewati(dua[0], "verifikasi", "setujui")
    ambil_langkah([lain.pk], "verifikasi", oleh=make.wati(), periode=make.periode())
    hasil = ambil_langkah([lain.pk], "setujui", oleh=make.budi(), periode=make.periode())
    assert "sudah berubah" in hasil.ditolak[lain.pk]
    assert Pendaftaran.objects.aktif().get().nama == "SATU"


def test_ganda_names_the_row_that_stays_and_never_removes_both():
    satu, dua = make.pemilih(nik="7271081708909500"), make.pemilih(nik="7271081708909500")
    make.selesai_daftar()
    usul = [
        usulkan(
            periode=make.periode(),
            kategori=make.kategori("ganda"),
            pemilih=a.pemilih,
            bertahan=b.pemilih,
            oleh=make.sari(),
            bukti=make.bukti(),
        )
        for a, b in ((satu, dua), (dua, satu))
    ]
    ids = [u.pk for u in usul]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=make.periode())
    hasil = ambil_langkah(ids, "setujui", oleh=make.budi(), periode=make.periode())
    assert set(hasil.ditolak) == set(ids)
    assert ambil_langkah(ids[:1], "setujui", oleh=make.budi(), periode=make.periode()).berhasil == ids[:1]
    hasil = ambil_langkah(ids[1:], "setujui", oleh=make.budi(), periode=make.periode())
    assert "bertahan" in hasil.ditolak[ids[1]]
    assert angka_kota().total.sekarang == 1


def test_new_voter_whose_nik_is_active_is_refused():
    versi = make.pemilih()
    make.selesai_daftar()
    with pytest.raises(Refused, match="sudah ada dalam daftar"):
        usul_baru(nik=versi.identitas.nik)


@pytest.mark.parametrize(
    ("lahir", "kawin", "boleh"),
    [
        (date(2009, 12, 8), "B", True),  # seventeen on the day of the pleno
        (date(2009, 12, 9), "B", False),  # the day after
        (date(2009, 12, 9), "S", True),  # married
        (date(2009, 12, 9), "P", True),  # was married
    ],
)
def test_seventeen_on_the_day_of_the_pleno(lahir, kawin, boleh):
    make.pemilih()
    make.selesai_daftar()
    elemen = {"nama": "NUR CONTOH", "jenis_kelamin": "P", "tanggal_lahir": lahir, "status_kawin": kawin}
    if boleh:
        assert usul_baru(nik=make.nik(lahir, "P"), elemen=elemen).status == S.DIUSULKAN
    else:
        with pytest.raises(Refused, match="belum memenuhi syarat umur"):
            usul_baru(nik=make.nik(lahir, "P"), elemen=elemen)


def test_a_legal_number_moves_the_outcome():
    from kpupalu.aturan.models import Aturan

    make.pemilih()
    make.selesai_daftar()
    Aturan.objects.filter(kode="usia_pemilih_minimum").update(nilai=18)
    with pytest.raises(Refused, match="18 tahun"):
        usul_baru()


def test_closed_period_takes_no_change():
    versi = make.pemilih()
    per = make.selesai_daftar()
    per.status = "dibekukan"
    per.save()
    with pytest.raises(Refused, match="periode berikutnya"):
        usul_meninggal(versi)


def test_summary_is_recounted_from_the_rows():
    make.pemilih()
    make.selesai_daftar()
    RekapSel.objects.update(jumlah=5)
    from pdpb.daftar import hitung_ulang_sel

    assert hitung_ulang_sel() == 1
    assert RekapSel.objects.get().jumlah == 1


def test_only_the_pengusul_withdraws_and_only_before_verification():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usul_meninggal(versi)
    lain = make.orang("fikri", "operator")
    hasil = ambil_langkah([perubahan.pk], "tarik", oleh=lain, periode=perubahan.periode, catatan="salah orang ini")
    assert "Hanya pengusul" in hasil.ditolak[perubahan.pk]
    hasil = ambil_langkah(
        [perubahan.pk], "tarik", oleh=make.sari(), periode=perubahan.periode, catatan="salah orang ini"
    )
    assert hasil.berhasil == [perubahan.pk]
    lagi = lewati(usul_meninggal(versi), "verifikasi")
    hasil = ambil_langkah([lagi.pk], "tarik", oleh=make.sari(), periode=lagi.periode, catatan="salah orang ini")
    assert "berstatus Diverifikasi" in hasil.ditolak[lagi.pk]


def test_evidence_is_put_with_a_waiting_proposal_once():
    versi = make.pemilih()
    make.selesai_daftar()
    perubahan = usulkan(
        periode=make.periode(), kategori=make.kategori("meninggal"), pemilih=versi.pemilih, oleh=make.sari()
    )
    akta = Bukti(jenis_dokumen="Akta kematian", nomor="9/2026", dicatat_oleh=make.sari())
    with pytest.raises(Refused, match="pengusul, verifikator"):
        lengkapi_bukti(perubahan, bukti=akta, oleh=make.orang("fikri", "operator"))
    assert lengkapi_bukti(perubahan, bukti=akta, oleh=make.sari()).bukti == akta
    with pytest.raises(Refused, match="sudah berbukti"):
        lengkapi_bukti(perubahan, bukti=Bukti(jenis_dokumen="Lain", dicatat_oleh=make.wati()), oleh=make.wati())
    assert lewati(perubahan, "verifikasi").status == S.DIVERIFIKASI


def test_the_number_of_a_ktp_el_is_masked_wherever_evidence_is_named(client):
    """Lists of agencies name the KTP-el as evidence, and its number is a NIK."""
    nik = make.nik()
    perubahan = Perubahan.objects.get(pk=make.usul("genap_17", None, per=make.periode(), nik=nik))
    Bukti.objects.filter(pk=perubahan.bukti_id).update(nomor=nik)
    client.force_login(make.dewi())
    isi = client.get(reverse("pdpb:perubahan_detail", args=[perubahan.pk])).content.decode()
    assert "KTP-el 7271••••" in isi
    assert nik not in isi
