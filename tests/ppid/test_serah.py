"""From the uploaded file to the receipt: the gate, costs, handover, the other letters, destroying identities."""

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah.cetak import cetak
from kpupalu.naskah.dasar import konteks_cetak
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Pegawai
from ppid.actions import berkas as aksi
from ppid.actions import jawaban, pemusnahan, penyerahan, permohonan, surat
from ppid.cetakan import cetak_kuitansi, cetak_tanda_terima
from ppid.documents import isi_pemberitahuan, kurang_untuk_surat
from ppid.models import (
    BerkasJawaban,
    Butir,
    DataKeberatan,
    InformasiDikecualikan,
    Jawaban,
    Keberatan,
    LampiranKeberatan,
    Pejabat,
    Pemusnahan,
    Permohonan,
    Tarif,
)
from tests import make
from tests.pdpb.isian import PDF, kalimat
from tests.ppid import berkas_contoh as contoh
from tests.ppid.test_permohonan import ALASAN, kini, lengkap, minta, petugas, ppid, putus

pytestmark = pytest.mark.django_db
H, S, J = Butir.Hasil, Permohonan.Status, Jawaban.Jenis
SENIN = datetime(2026, 3, 2, 9, 0, tzinfo=WITA)
CSV = f"nama;nik\nWarga;{contoh.NIK}\n".encode()


@pytest.fixture(autouse=True)
def setel(time_machine, settings, tmp_path):
    """Stand on Monday 2 March 2026 with an empty disk; returns the function that moves the office's clock."""
    settings.MEDIA_ROOT = tmp_path

    def ke(saat: datetime) -> None:
        time_machine.move_to(saat, tick=False)

    ke(SENIN)
    return ke


def diberi(hasil=H.SEBAGIAN, bentuk="softcopy", **isi) -> Permohonan:
    """A request whose only item is granted."""
    p = lengkap(minta(**isi))
    bagian = {"bagian_dihitamkan": "Kolom NIK, Pasal 17 huruf h"} if hasil == H.SEBAGIAN else {}
    putus(p, hasil, penjelasan="Daftar penerima", bentuk=bentuk, **bagian)
    return kini(p)


def unggah(p: Permohonan, isi: bytes = CSV, nama: str = "daftar.csv") -> BerkasJawaban:
    return aksi.unggah(p.butir.get(urut=1), nama=nama, isi=isi, judul="Daftar penerima", oleh=petugas())


def hitam(b: BerkasJawaban) -> BerkasJawaban:
    """All findings black, the released version made."""
    b = aksi.coret_temuan(b, huruf="h", versi=b.versi, oleh=petugas())
    return aksi.buat_rilis(b, versi=b.versi, oleh=petugas())


def dijawab(p: Permohonan) -> Permohonan:
    Permohonan.objects.filter(pk=p.pk).update(status=S.DIJAWAB, dijawab_pada=hari_ini())
    return kini(p)


def test_a_file_goes_out_only_when_every_finding_is_resolved_and_the_rest_is_proven():
    p = diberi()
    b = unggah(p)
    assert [t["jenis"] for t in b.temuan] == ["nik"]
    assert contoh.NIK not in str(b.temuan)
    with pytest.raises(Refused, match=r"1 temuan terbuka.*Versi rilis belum dibuat"):
        aksi.lepas(b, versi=b.versi, oleh=ppid())
    b = hitam(b)
    assert contoh.NIK.encode() not in aksi.baca_rilis(b)
    assert contoh.NIK.encode() in aksi.baca_asal(b)
    with pytest.raises(Refused, match="pejabat PPID"):
        aksi.lepas(b, versi=b.versi, oleh=petugas())
    b = aksi.lepas(b, versi=b.versi, oleh=ppid())
    assert (b.lolos, len(b.rilis_sha256)) == (True, 64)
    with pytest.raises(Refused, match="sudah dilepas"):
        aksi.coret_sel(b, lembar="CSV", sel="A", huruf="h", versi=b.versi, oleh=petugas())


def test_what_stays_in_is_declared_by_the_ppid_with_a_reason_and_kept_in_history():
    b = unggah(diberi(H.DIBERIKAN))
    kunci = b.temuan[0]["kunci"]
    b = aksi.buat_rilis(b, versi=b.versi, oleh=petugas())
    with pytest.raises(Refused, match="belum dinyatakan"):
        aksi.lepas(b, versi=b.versi, oleh=ppid())
    with pytest.raises(Refused, match="paling sedikit 10 huruf"):
        aksi.nyatakan(b, kunci=[kunci], alasan="pendek", versi=b.versi, oleh=ppid())
    b = aksi.nyatakan(b, kunci=[kunci], alasan="Nomor rekaan dalam contoh formulir", versi=b.versi, oleh=ppid())
    b = aksi.lepas(b, versi=b.versi, oleh=ppid())
    assert b.lolos
    jejak = Jejak.objects.filter(objek_jenis="ppid.berkasjawaban", objek_id=str(b.pk))
    assert {"ppid.unggah_berkas", "ppid.nyatakan_temuan", "ppid.buat_rilis", "ppid.lepas_berkas"} <= set(
        jejak.values_list("tindakan", flat=True)
    )


def test_blacked_out_is_never_given_in_full_and_a_mark_changed_later_undoes_the_release():
    p = diberi(H.DIBERIKAN)
    b = hitam(unggah(p))
    with pytest.raises(Refused, match="diberikan sebagian"):
        aksi.lepas(b, versi=b.versi, oleh=ppid())
    b = aksi.hapus_coretan(b, nomor=1, versi=b.versi, oleh=petugas())
    assert (b.rilis.name, b.rilis_sha256, len(aksi.temuan_terbuka(b))) == ("", "", 1)


def test_half_a_number_is_not_covered_and_another_page_neither():
    b = unggah(diberi(), contoh.pdf_biasa(), "daftar.pdf")
    x, y, w, h = next(t["kotak"] for t in b.temuan if t["jenis"] == "nik")
    b = aksi.coret_kotak(b, hal=1, x=x, y=y, w=w / 2, h=h, huruf="h", versi=b.versi, oleh=petugas())
    b = aksi.coret_kotak(b, hal=2, x=x, y=y, w=w, h=h, huruf="h", versi=b.versi, oleh=petugas())
    assert "nik" in {t["jenis"] for t in aksi.temuan_terbuka(b)}
    b = aksi.coret_teks(b, kata="7271012505909001", huruf="h", versi=b.versi, oleh=petugas())
    assert {t["jenis"] for t in aksi.temuan_terbuka(b)} == {"telepon", "surel"}
    b = hitam(b)
    assert (b.laporan["cara"], aksi.temuan_terbuka(b), {t["jenis"] for t in b.temuan_rilis}) == (
        "gambar", [], {"tak_terbaca"},
    )  # fmt: skip
    with pytest.raises(Refused, match="tidak ditemukan"):
        aksi.coret_teks(b, kata="tidak tertulis", huruf="h", versi=b.versi, oleh=petugas())


def test_two_officers_at_one_file_and_a_changed_disk_are_refused():
    b = unggah(diberi())
    aksi.coret_temuan(b, huruf="h", versi=b.versi, oleh=petugas())
    with pytest.raises(Refused, match="baru saja diubah orang lain"):
        aksi.coret_temuan(b, huruf="h", versi=b.versi, oleh=petugas())
    b = hitam(unggah(diberi()))
    Path(b.rilis.path).write_bytes(b"isi lain")
    with pytest.raises(Refused, match="berubah sejak dilepas"):
        aksi.lepas(b, versi=b.versi, oleh=ppid())


def test_the_letter_waits_for_the_gate():
    p = diberi()
    b = unggah(p)
    assert "1 berkas belum dilepas" in " ".join(kurang_untuk_surat(p))
    aksi.tarik_berkas(b, catatan=ALASAN, versi=b.versi, oleh=petugas())
    assert kurang_untuk_surat(p) == []


def tarif(rupiah: int = 250, **isi) -> Tarif:
    return Tarif.objects.create(**{
        "komponen": "a4_hitam_putih", "rupiah": rupiah, "mulai": date(2026, 1, 1), "dasar_hukum": "SK contoh 1", **isi
    })  # fmt: skip


def biaya(p: Permohonan, *baris) -> Butir:
    return penyerahan.tetapkan_biaya(p.butir.get(urut=1), baris=baris, versi=kini(p).versi, oleh=ppid())


def test_nothing_is_charged_without_a_tariff_in_force_or_above_it():
    p = diberi(H.DIBERIKAN, "hardcopy")
    with pytest.raises(Refused, match="tidak ada tarif yang berlaku"):
        biaya(p, ("a4_hitam_putih", 4, None))
    tarif(akhir=date(2026, 3, 1))
    with pytest.raises(Refused, match="tidak ada tarif yang berlaku"):
        biaya(p, ("a4_hitam_putih", 4, None))
    tarif(300, mulai=date(2026, 3, 2))
    with pytest.raises(Refused, match="di atas tarif Rp300"):
        biaya(p, ("a4_hitam_putih", 4, 301))
    b = biaya(p, ("a4_hitam_putih", 4, 200))
    assert (b.biaya, b.lembar) == (800, 4)


def test_the_cost_stands_in_the_letter_and_falls_with_its_tariff():
    p = diberi(H.DIBERIKAN, "hardcopy")
    t = tarif()
    biaya(p, ("a4_hitam_putih", 10, None))
    baris = dict(isi_pemberitahuan(kini(p), date(2026, 3, 2))["butir"][0]["baris"])
    assert baris["Biaya"].startswith("Rp2.500. Salinan A4 hitam-putih, per lembar: 10 × Rp250 (SK contoh 1).")
    Tarif.objects.filter(pk=t.pk).update(akhir=date(2026, 3, 1))
    assert "huruf g" in " ".join(kurang_untuk_surat(kini(p)))
    putus(p, H.DIBERIKAN, penjelasan="Daftar penerima", bentuk="hardcopy")
    assert (p.butir.get().biaya, kurang_untuk_surat(kini(p))) == (0, [])


def test_paid_then_handed_over_each_with_its_numbered_receipt():
    p = diberi(H.DIBERIKAN, "hardcopy")
    tarif()
    biaya(p, ("a4_hitam_putih", 10, None))
    p = dijawab(p)
    with pytest.raises(Refused, match=r"Rp2\.500 belum dibayar"):
        penyerahan.serahkan(p, penerima="Warga", pada=hari_ini(), versi=p.versi, oleh=petugas())
    bayar = penyerahan.catat_pembayaran(p, pada=hari_ini(), versi=p.versi, oleh=petugas())
    with pytest.raises(Refused, match="sudah dicatat"):
        penyerahan.catat_pembayaran(p, pada=hari_ini(), versi=kini(p).versi, oleh=petugas())
    serah = penyerahan.serahkan(p, penerima="Warga Contoh", pada=hari_ini(), versi=kini(p).versi, oleh=petugas())
    assert (bayar.nomor, serah.nomor) == ("1/KW/PPID/KPU-PALU/III/2026", "1/TT/PPID/KPU-PALU/III/2026")
    assert kini(p).status == S.SELESAI
    for isi, kata in ((cetak_kuitansi(bayar), "Rp2.500"), (cetak_tanda_terima(serah), "10 lembar")):
        teks = "".join(h.extract_text() for h in PdfReader(BytesIO(isi)).pages)
        assert kata in teks
        assert p.nomor in teks


def test_a_copy_is_handed_over_only_through_the_gate():
    p = diberi()
    for buat in (lambda: None, lambda: unggah(p)):
        buat()
        q = dijawab(p)
        with pytest.raises(Refused, match="dilepas"):
            penyerahan.serahkan(q, penerima="Warga", pada=hari_ini(), versi=q.versi, oleh=petugas())
    b = hitam(p.butir.get().berkas.get())
    b = aksi.lepas(b, versi=b.versi, oleh=ppid())
    serah = penyerahan.serahkan(kini(p), penerima="Warga", pada=hari_ini(), versi=kini(p).versi, oleh=petugas())
    assert serah.rincian[0]["berkas"][0]["sha256"] == b.rilis_sha256


def buka_tiket(client, p: Permohonan) -> None:
    """The ticket of *p* is open in this browser now."""
    client.post(reverse("ppid:tiket"), {"nomor": p.nomor, "kode": p.kode})


def test_the_applicant_downloads_only_what_was_let_go_and_only_for_its_days(client, setel):
    p = diberi()
    b = hitam(unggah(p))
    buka_tiket(client, p)
    url = reverse("ppid:tiket_berkas", args=[b.pk])
    assert client.get(url).status_code == 404
    b = aksi.lepas(b, versi=b.versi, oleh=ppid())
    assert client.get(url).status_code == 404
    dijawab(p)
    jawab = client.get(url)
    assert (jawab.status_code, jawab["Content-Disposition"][:10]) == (200, "attachment")
    assert contoh.NIK.encode() not in jawab.content
    assert b.rilis_sha256 in client.get(reverse("ppid:tiket_lihat")).content.decode()
    b.refresh_from_db()
    assert b.diunduh == 1
    assert Jejak.objects.filter(tindakan="ppid.unduh_jawaban", objek_id=str(p.pk)).count() == 1
    setel(SENIN + timedelta(days=31))
    buka_tiket(client, p)
    assert client.get(url).status_code == 404
    assert "Waktu mengunduh sudah lewat" in kalimat(client.get(reverse("ppid:tiket_lihat")))


def test_another_ticket_does_not_open_the_file(client):
    p = diberi()
    b = hitam(unggah(p))
    aksi.lepas(b, versi=b.versi, oleh=ppid())
    dijawab(p)
    lain = dijawab(diberi())
    buka_tiket(client, lain)
    assert client.get(reverse("ppid:tiket_berkas", args=[b.pk])).status_code == 404


# --- Letters -----------------------------------------------------------------------------------------------------
def siapkan(p: Permohonan, jenis: str) -> Jawaban:
    return surat.siapkan_surat(p, jenis=jenis, tanggal=hari_ini(), versi=kini(p).versi, oleh=ppid())


def teks_surat(j: Jawaban) -> str:
    isi = cetak(j.naskah.jenis.template, konteks_cetak(j.naskah)).pdf
    return " ".join("".join(h.extract_text() for h in PdfReader(BytesIO(isi)).pages).split())


def test_the_notice_of_what_is_missing_names_it_its_last_day_and_what_follows():
    p = minta()
    with pytest.raises(Refused, match="tidak memerlukan surat ini"):
        siapkan(p, J.KEKURANGAN)
    p = permohonan.minta_kelengkapan(p, kekurangan=["identitas"], versi=p.versi, oleh=petugas())
    j = siapkan(p, J.KEKURANGAN)
    teks = teks_surat(j)
    for kata in ("Salinan KTP-el", "5 Maret 2026", "3 hari kerja", "tidak dapat diproses", j.naskah.nomor):
        assert kata in teks
    with pytest.raises(Refused, match="sudah ada dan masih berlaku"):
        siapkan(p, J.KEKURANGAN)


def test_the_notice_of_more_time_gives_reason_new_day_and_the_counted_days():
    p = lengkap(minta())
    with pytest.raises(Refused, match="belum diperpanjang"):
        siapkan(p, J.PERPANJANGAN)
    p = permohonan.perpanjang_waktu(p, catatan="Dokumen berada di gudang arsip", versi=p.versi, oleh=ppid())
    teks = teks_surat(siapkan(p, J.PERPANJANGAN))
    for kata in ("gudang arsip", "10 + 7 hari kerja", "hari ke-17", "Hari Suci Nyepi"):
        assert kata in teks


def dik(**isi) -> InformasiDikecualikan:
    return InformasiDikecualikan.objects.create(**{
        "informasi": "Data pribadi pemilih", "pasal_17": "h", "dasar_hukum": "UU 27/2022", "penetap": "kpu",
        "konsekuensi_dibuka": "Rahasia pribadi terbuka", "keputusan": "Keputusan KPU 1/2025",
        "tanggal_keputusan": date(2025, 1, 2), "mulai": date(2025, 1, 2), **isi,
    })  # fmt: skip


def test_the_decision_to_refuse_has_every_element_and_is_refused_without_one():
    p = lengkap(minta("Salinan data pribadi pemilih"))
    with pytest.raises(Refused, match="Tidak ada butir yang ditolak"):
        siapkan(p, J.PENOLAKAN)
    d = dik()
    putus(p, H.DIKECUALIKAN, dikecualikan=d, pasal_18_diperiksa=True)
    InformasiDikecualikan.objects.filter(pk=d.pk).update(konsekuensi_dibuka=" ")
    with pytest.raises(Refused, match="konsekuensi bila dibuka kosong"):
        siapkan(p, J.PENOLAKAN)
    InformasiDikecualikan.objects.filter(pk=d.pk).update(konsekuensi_dibuka="Rahasia pribadi terbuka")
    teks = teks_surat(siapkan(p, J.PENOLAKAN))
    # 30 working days after 2 March 2026 without the six holidays of SKB 2026 on the way.
    for kata in (
        "Warga Contoh", "Salinan data pribadi pemilih", "Pasal 17 huruf h", "Keputusan KPU 1/2025",
        "Rahasia pribadi terbuka", "selama masih memenuhi", "30 hari kerja", "paling lambat 21 April 2026",
    ):  # fmt: skip
        assert kata in teks


def test_a_correction_follows_a_letter_that_went_out_and_never_touches_it():
    p = diberi(H.DIBERIKAN, "hardcopy")
    j = jawaban.siapkan_jawaban(p, versi=p.versi, oleh=ppid())
    isi_lama = j.naskah.isi
    p = dijawab(p)
    data = {"keliru": "Daftar penerima 2024", "benar": "Daftar penerima 2025", "tanggal": hari_ini(), "oleh": ppid()}
    with pytest.raises(Refused, match="Belum ada surat yang terkirim"):
        surat.siapkan_ralat(p, versi=p.versi, **data)
    Jawaban.objects.filter(pk=j.pk).update(dikirim_pada=hari_ini(), cara="surel", bukti="terkirim")
    with pytest.raises(Refused, match="sama"):
        surat.siapkan_ralat(p, versi=p.versi, **data | {"benar": "Daftar penerima 2024"})
    ralat = surat.siapkan_ralat(p, versi=p.versi, **data)
    assert "Daftar penerima 2025" in teks_surat(ralat)
    assert Naskah.objects.get(pk=j.naskah_id).isi == isi_lama
    with pytest.raises(Refused, match="ditandatangani"):
        surat.kirim_surat(ralat, pada=hari_ini(), cara="surel", bukti="terkirim", oleh=petugas())
    with pytest.raises(Refused, match="sudah ada dan masih berlaku"):
        surat.siapkan_ralat(p, versi=p.versi, **data)


# --- Destroying identities ----------------------------------------------------------------------------------------
def sekretaris():
    user = make.orang("arifin", "sekretaris")
    pegawai, _ = Pegawai.objects.get_or_create(nama="Arifin", defaults={"user": user})
    Pejabat.objects.get_or_create(
        peran=Pejabat.Peran.ATASAN, pegawai=pegawai, defaults={"mulai": date(2024, 1, 1), "dasar_hukum": "SK contoh"}
    )
    return user


def selesai(pada: date) -> Permohonan:
    """A finished request with an identity number and a copy of a card."""
    p = minta(data={"jenis_identitas": "ktp", "nomor_identitas": contoh.NIK})
    permohonan._lampirkan(p, [("identitas", Lampiran(PDF, "pdf")), ("surat", Lampiran(PDF + b"\n", "pdf"))])
    Permohonan.objects.filter(pk=p.pk).update(status=S.SELESAI, selesai_pada=pada)
    return kini(p)


def test_an_identity_is_due_when_its_term_since_the_closing_is_over(setel):
    a, b = selesai(date(2024, 3, 2)), selesai(date(2024, 3, 3))
    assert pemusnahan.batas_simpan(hari_ini()) == date(2024, 3, 2)
    assert pemusnahan.jatuh_tempo(hari_ini()) == [a]
    setel(SENIN + timedelta(days=1))
    assert pemusnahan.jatuh_tempo(hari_ini()) == [a, b]
    assert pemusnahan.batas_simpan(date(2026, 2, 28)) == date(2024, 2, 28)


def test_two_people_destroy_an_identity_and_the_register_stays(django_capture_on_commit_callbacks):
    p = selesai(date(2024, 1, 5))
    nirma, arifin = ppid(), sekretaris()
    kartu = p.lampiran.get(jenis="identitas")
    tempat = kartu.berkas.path
    with pytest.raises(Refused, match="pejabat PPID"):
        pemusnahan.usulkan(oleh=petugas())
    u = pemusnahan.usulkan(oleh=nirma)
    with pytest.raises(Refused, match="sekretaris"):
        pemusnahan.setujui(u, oleh=nirma)
    with django_capture_on_commit_callbacks(execute=True):
        u = pemusnahan.setujui(u, oleh=arifin)
    assert not Path(tempat).exists()
    p.data.refresh_from_db()
    assert (p.data.nomor_identitas, p.data.identitas_sidik, p.data.dimusnahkan_pada) == ("", "", hari_ini())
    assert (p.data.nama, kini(p).nomor) == ("Warga Contoh", p.nomor)
    assert p.lampiran.get(jenis="surat").berkas.storage.exists(p.lampiran.get(jenis="surat").berkas.name)
    isi = str(u.naskah.isi)
    assert (p.nomor in isi, kartu.sha256 in isi, "Warga Contoh" in isi) == (True, True, False)
    jejak = Jejak.objects.filter(tindakan="ppid.musnahkan_identitas")
    assert not any(k in str(list(jejak.values())) for k in ("Warga Contoh", contoh.NIK, "9001"))
    teks = cetak(u.naskah.jenis.template, konteks_cetak(u.naskah)).pdf
    assert p.nomor in "".join("".join(h.extract_text() for h in PdfReader(BytesIO(teks)).pages).split())
    assert pemusnahan.jatuh_tempo(hari_ini()) == []


def test_without_somebody_to_sign_nothing_is_destroyed():
    p = selesai(date(2024, 1, 5))
    u = pemusnahan.usulkan(oleh=ppid())
    with pytest.raises(Refused, match="Atasan PPID"):
        pemusnahan.setujui(u, oleh=make.orang("arifin", "sekretaris"))
    p.data.refresh_from_db()
    assert p.data.nomor_identitas == contoh.NIK


def test_the_proposer_never_decides_also_not_past_the_code():
    selesai(date(2024, 1, 5))
    u = pemusnahan.usulkan(oleh=ppid())
    with pytest.raises(IntegrityError), transaction.atomic():
        Pemusnahan.objects.filter(pk=u.pk).update(diputus_oleh=u.diusulkan_oleh)
    u = pemusnahan.tolak_pemusnahan(u, catatan="Masih diperiksa inspektorat", oleh=sekretaris())
    assert len(pemusnahan.jatuh_tempo(hari_ini())) == 1


def test_what_is_still_needed_is_held_back(monkeypatch):
    p = selesai(date(2024, 1, 5))
    monkeypatch.setattr(pemusnahan, "_penahan", [lambda ids: set(ids) & {p.pk}])
    assert pemusnahan.jatuh_tempo(hari_ini()) == []


def test_an_objection_holds_the_identity_and_its_proxy_goes_with_it(django_capture_on_commit_callbacks):
    p = selesai(date(2024, 1, 5))
    hari = date(2024, 1, 8)
    k = Keberatan.objects.create(
        nomor="1/KB/2024", permohonan=p, kunci=uuid4(), kanal="surat", alasan="a", kasus_posisi="Ditolak.",
        ditemukan_pada=hari, batas_ajukan=hari, diterima=hari, batas=hari,
    )  # fmt: skip
    DataKeberatan.objects.create(keberatan=k, kuasa_nama="Kuasa Contoh", kuasa_nomor_identitas=contoh.NIK)
    kuasa = LampiranKeberatan(keberatan=k, jenis="kuasa", tipe="pdf", sha256="a" * 64, ukuran=len(PDF))
    kuasa.berkas.save("kuasa.pdf", ContentFile(PDF))
    assert pemusnahan.jatuh_tempo(hari_ini()) == []
    Keberatan.objects.filter(pk=k.pk).update(status=Keberatan.Status.SELESAI)
    u = pemusnahan.usulkan(oleh=ppid())
    with django_capture_on_commit_callbacks(execute=True):
        u = pemusnahan.setujui(u, oleh=sekretaris())
    segar = LampiranKeberatan.objects.get(pk=kuasa.pk)
    assert (segar.berkas.name, segar.dimusnahkan_pada) == ("", hari_ini())
    assert not kuasa.berkas.storage.exists(kuasa.berkas.name)
    assert DataKeberatan.objects.get(pk=k.pk).kuasa_nomor_identitas == ""
    assert "a" * 64 in str(u.naskah.isi)


# --- Pages -------------------------------------------------------------------------------------------------------
def halaman(b: BerkasJawaban) -> list[str]:
    satu = [
        reverse(f"ppid:{n}", args=[b.pk]) for n in ("berkas", "berkas_asal", "berkas_hitamkan", "berkas_buat_rilis")
    ]
    satu += [reverse("ppid:berkas_nyatakan", args=[b.pk]), reverse("ppid:berkas_lepas", args=[b.pk])]
    p = b.butir.permohonan_id
    return [*satu, reverse("ppid:berkas_tarik", args=[b.pk]), reverse("ppid:berkas_unggah", args=[p, 1]),
            reverse("ppid:biaya", args=[p, 1]), reverse("ppid:surat_siapkan", args=[p, "penolakan"]),
            reverse("ppid:berkas_halaman", args=[b.pk, 1])]  # fmt: skip


@pytest.mark.parametrize("peran", ["operator", "ketua", "kasubbag", "gudang", "admin"])
def test_the_gate_is_not_there_for_others(client, peran):
    b = unggah(diberi(), contoh.pdf_biasa(), "daftar.pdf")
    client.force_login(make.orang("orang", peran))
    for url in halaman(b):
        assert client.get(url).status_code == 404, url


def test_the_ppid_opens_every_page_and_every_look_at_the_original_is_logged(client):
    b = unggah(diberi(), contoh.pdf_biasa(), "daftar.pdf")
    client.force_login(ppid())
    for url in halaman(b):
        assert client.get(url).status_code == 200, url
    assert client.get(reverse("ppid:berkas_rilis", args=[b.pk])).status_code == 404
    dibaca = LogAkses.objects.filter(objek_jenis="ppid.berkasjawaban", objek_id=str(b.pk))
    assert {"Berkas asal Daftar penerima", "Halaman 1 berkas asal Daftar penerima"} <= set(
        dibaca.values_list("objek_label", flat=True)
    )


def test_the_secretary_sees_the_findings_and_not_the_original(client):
    b = unggah(diberi())
    client.force_login(make.orang("arifin", "sekretaris"))
    assert contoh.NIK not in client.get(b.get_absolute_url()).content.decode()
    assert client.get(reverse("ppid:berkas_asal", args=[b.pk])).status_code == 404


def test_an_officer_uploads_marks_proves_and_lets_go_without_javascript(client):
    p = diberi()
    client.force_login(ppid())
    kiriman = {"judul": "Daftar", "berkas": SimpleUploadedFile("daftar.csv", CSV)}
    jawab = client.post(reverse("ppid:berkas_unggah", args=[p.pk, 1]), kiriman, follow=True)
    assert "1 temuan" in kalimat(jawab)
    b = BerkasJawaban.objects.get()
    tandai = reverse("ppid:berkas_hitamkan", args=[b.pk])
    salah = client.post(tandai, {"bagian": "sel", "versi": 1, "lembar": "CSV", "sel": "??", "huruf": "h"})
    assert (salah.status_code, "Rentang tidak dikenal" in kalimat(salah)) == (422, True)
    isi = {"bagian": "sel", "versi": 1, "lembar": "CSV", "sel": "B", "huruf": "h"}
    assert "Hapus tanda 1" in kalimat(client.post(tandai, isi, follow=True))
    client.post(reverse("ppid:berkas_buat_rilis", args=[b.pk]), {"versi": 2})
    akhir = client.post(reverse("ppid:berkas_lepas", args=[b.pk]), {"versi": 3}, follow=True)
    b.refresh_from_db()
    assert b.lolos
    assert b.rilis_sha256 in kalimat(akhir)
    salah = client.post(reverse("ppid:berkas_unggah", args=[p.pk, 1]),
                        {"judul": "x", "berkas": SimpleUploadedFile("a.exe", b"MZ")})  # fmt: skip
    assert (salah.status_code, "bukan PDF" in kalimat(salah)) == (422, True)


def test_proposal_and_approval_have_pages_of_their_own(client):
    p = selesai(date(2024, 1, 5))
    sekretaris()
    client.force_login(ppid())
    assert p.nomor in kalimat(client.get(reverse("ppid:pemusnahan_daftar")))
    client.post(reverse("ppid:pemusnahan_daftar"))
    u = Pemusnahan.objects.get()
    setujui = reverse("ppid:pemusnahan_setujui", args=[u.pk])
    assert client.post(setujui).status_code == 404
    client.force_login(make.orang("arifin", "sekretaris"))
    assert client.get(setujui).status_code == 200
    assert client.get(reverse("ppid:pemusnahan_tolak", args=[u.pk])).status_code == 200
    assert "Berita acara" in kalimat(client.post(setujui, follow=True))
