"""Events about the law of public information: no date before coordination, and everything that follows from one."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from kpupalu.audit.models import Jejak
from kpupalu.demo.sosialisasi import isi_contoh
from kpupalu.imports.lampiran import Lampiran
from kpupalu.jobs.tasks import run_job
from kpupalu.kalender.target import target_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA
from kpupalu.naskah import dasar, penandatanganan, pki, sertifikat
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat import notulen
from kpupalu.rapat.models import Rapat
from kpupalu.surat import keluar
from kpupalu.surat.models import Instansi
from ppid.actions import isi_sosialisasi as isi_aksi
from ppid.actions import sosialisasi as aksi
from ppid.beranda import kartu_sosialisasi
from ppid.cetakan_sosialisasi import isi_laporan, rupiah
from ppid.models import Koordinasi, Materi, Narasumber, PosAnggaran, Sosialisasi
from ppid.sosialisasi import temuan
from tests import make
from tests.pdpb.isian import PDF, kalimat
from tests.ppid.test_permohonan import petugas, ppid

pytestmark = pytest.mark.django_db
S = Sosialisasi.Status
HARI, ACARA = date(2026, 3, 2), date(2026, 3, 30)
FRASA = "frasa-sandi-uji-panjang-1"
ALASAN = "alasan yang cukup panjang"


@pytest.fixture(autouse=True)
def ke(time_machine):
    def pindah(hari: date) -> None:
        time_machine.move_to(datetime(hari.year, hari.month, hari.day, 9, 0, tzinfo=WITA), tick=False)

    pindah(HARI)
    return pindah


def sekretaris():
    user = make.orang("arifin", "sekretaris")
    pegawai, baru = Pegawai.objects.get_or_create(nama="Arifin", defaults={"user": user})
    if baru:
        MasaJabatan.objects.create(pegawai=pegawai, jabatan="sekretaris", mulai=date(2023, 1, 1))
    return user


def bendahara():
    return make.orang("slamet", "bendahara")


def kpu_ri() -> Instansi:
    return Instansi.objects.get(nama="KPU Republik Indonesia")


def rencana(**lain) -> Sosialisasi:
    dasar_isi = {
        "judul": "Kenali hak atas informasi", "dasar": "PKPU 22/2023", "tujuan": "Memahami hak atas informasi",
        "sasaran": "Badan publik", "tanggal_usulan": ACARA, "tempat": "Aula KPU Kota Palu",
    }  # fmt: skip
    return aksi.rencanakan(isi=dasar_isi | lain, oleh=ppid())


def kini(s: Sosialisasi) -> Sosialisasi:
    return Sosialisasi.objects.get(pk=s.pk)


def dikoordinasikan(s: Sosialisasi, surat: date = HARI, nomor: str = "7/HM.03-SD/7271/2026") -> Sosialisasi:
    aksi.koordinasikan(s, kepada=kpu_ri(), surat_tanggal=surat, surat_nomor=nomor, versi=kini(s).versi, oleh=ppid())
    return kini(s)


def jawab(s: Sosialisasi, **lain) -> Sosialisasi:
    isi = {
        "hasil": "disetujui", "melalui": "surat", "jawaban_nomor": "12/PPID", "jawaban_tanggal": HARI,
        "tanggal_disepakati": ACARA, "catatan": "",
    }  # fmt: skip
    aksi.catat_jawaban(s, isi=isi | lain, versi=kini(s).versi, oleh=ppid())
    return kini(s)


def disetujui(s: Sosialisasi | None = None) -> Sosialisasi:
    s = s or rencana()
    if s.status == S.RENCANA:
        s = jawab(dikoordinasikan(s))
    arifin = sekretaris()
    return aksi.setujui(
        s, mulai=time(9), selesai=time(12), tempat="Aula KPU Kota Palu", pimpinan=arifin.pegawai, versi=s.versi,
        oleh=arifin,
    )  # fmt: skip


def pembicara(s: Sosialisasi, **lain) -> Narasumber:
    isi = {"asal": "lsm", "lembaga": "Lembaga Contoh", "nama": "", "topik": "Hak", "kesediaan": "bersedia"}
    return isi_aksi.simpan_baris(s, Narasumber(), isi | {"izin_materi": False} | lain, oleh=ppid())


def terlaksana(ke) -> Sosialisasi:
    s = rencana()
    isi_aksi.simpan_baris(
        s, PosAnggaran(), {"uraian": "Konsumsi", "akun": "", "rencana": Decimal("500000")}, oleh=ppid()
    )
    s = disetujui(kini(s))
    pembicara(s)
    s = aksi.undang(s, instansi=[kpu_ri()], tanggal=HARI, versi=kini(s).versi, oleh=ppid())
    ke(ACARA)
    p = s.rapat.peserta.get()
    hadir = rapat_kantor.Hadir(pk=p.pk, status="hadir", dilihat=p.versi, nama="Utusan Contoh", jabatan="Staf")
    rapat_kantor.catat_kehadiran(s.rapat, peserta=[hadir], by=ppid())
    return aksi.laksanakan(s, hadir_laki=20, hadir_perempuan=30, versi=kini(s).versi, oleh=ppid())


def dinilai(s: Sosialisasi) -> Sosialisasi:
    angka = {b.pk: {"sangat_baik": 20, "baik": 20, "cukup": 8, "kurang": 2} for b in s.evaluasi.all()}
    return isi_aksi.simpan_evaluasi(
        s, angka=angka, ringkasan="Materi dipahami", saran="Perbanyak contoh", versi=kini(s).versi, oleh=ppid()
    )


def dilaporkan(ke) -> Sosialisasi:
    s = dinilai(terlaksana(ke))
    isi = {"jalannya": "Dibuka dan dipaparkan.", "paparan": "", "data_diserahkan": "", "kesepakatan": "Diulang"}
    notulen.simpan(s.rapat, isi, dilihat=0, by=ppid())
    aksi.susun_laporan(kini(s), tanggal=ACARA, versi=kini(s).versi, oleh=ppid())
    return kini(s)


def test_no_date_without_a_letter_and_an_agreement():
    s = rencana()
    with pytest.raises(Refused, match="berstatus “Rencana”"):
        disetujui_langsung(s)
    s = dikoordinasikan(s)
    with pytest.raises(Refused, match="belum disepakati"):
        disetujui_langsung(s)
    assert kini(s).tanggal is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Sosialisasi.objects.filter(pk=s.pk).update(tanggal=ACARA)
    s = jawab(kini(s))
    s = disetujui_langsung(s)
    assert (s.status, s.tanggal, s.rapat.tanggal, s.rapat.jenis) == ("disetujui", ACARA, ACARA, "sosialisasi")


def disetujui_langsung(s: Sosialisasi) -> Sosialisasi:
    arifin = sekretaris()
    return aksi.setujui(s, mulai=time(9), selesai=None, tempat="Aula", pimpinan=arifin.pegawai, versi=s.versi,
                        oleh=arifin)  # fmt: skip


@pytest.mark.parametrize(
    ("surat", "nomor", "kata"),
    [(ACARA, "", "mendahului tanggal"), (date(2026, 3, 3), "9/SD", "sesudah hari ini")],
)
def test_a_coordination_letter_is_older_than_the_date_it_proposes(surat, nomor, kata):
    with pytest.raises(Refused, match=kata):
        dikoordinasikan(rencana(), surat=surat, nomor=nomor)
    assert not Koordinasi.objects.exists()


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"jawaban_tanggal": date(2026, 3, 1)}, "di antara tanggal surat"),
        ({"jawaban_nomor": ""}, "nomor surat jawaban"),
        ({"tanggal_disepakati": date(2026, 3, 1)}, "mendahului jawabannya"),
        ({"tanggal_disepakati": None}, "mendahului jawabannya"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(lain, kata):
    s = dikoordinasikan(rencana())
    with pytest.raises(Refused, match=kata):
        jawab(s, **lain)
    assert Koordinasi.objects.get().hasil == ""


def test_the_database_itself_refuses_an_agreed_date_before_the_letter():
    jawab(dikoordinasikan(rencana()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Koordinasi.objects.update(tanggal_disepakati=date(2026, 3, 1))


def test_a_refused_date_needs_another_coordination():
    s = jawab(dikoordinasikan(rencana()), hasil="ditolak", tanggal_disepakati=None)
    with pytest.raises(Refused, match="belum disepakati"):
        disetujui_langsung(s)
    s = dikoordinasikan(s, nomor="8/HM.03-SD/7271/2026")
    with pytest.raises(Refused, match="sudah berjalan"):
        dikoordinasikan(s)
    assert disetujui_langsung(jawab(s)).status == S.DISETUJUI


def test_nobody_approves_the_own_plan_and_only_the_sekretaris_approves():
    s = jawab(dikoordinasikan(rencana()))
    with pytest.raises(Refused, match="disetujui oleh sekretaris"):
        aksi.setujui(s, mulai=time(9), selesai=None, tempat="Aula", pimpinan=None, versi=s.versi, oleh=ppid())
    Sosialisasi.objects.filter(pk=s.pk).update(dibuat_oleh=sekretaris())
    with pytest.raises(Refused, match="orang lain yang menyetujui"):
        disetujui_langsung(kini(s))


def test_the_letter_written_here_carries_number_and_date_and_its_withdrawal_is_found(ke):
    s = rencana()
    k = aksi.koordinasikan(s, kepada=kpu_ri(), surat_tanggal=HARI, versi=1, oleh=ppid())
    assert "30 Maret 2026" in str(k.surat.rincian)
    with pytest.raises(Refused, match="belum bernomor"):
        jawab(kini(s))
    sekretaris()
    surat = keluar.siapkan_surat(k.surat, by=ppid())
    s = disetujui_langsung(jawab(kini(s)))
    assert s.koordinasi.surat_nomor == surat.naskah.nomor
    assert surat.naskah.nomor.split("/")[1] == "HM.03-SD"
    assert temuan() == []
    dasar.tarik(surat.naskah, by=sekretaris(), alasan=ALASAN)
    (t,) = temuan()
    assert t.sosialisasi == s
    assert "tidak berlaku lagi" in t.kalimat


def test_a_meeting_moved_before_the_letter_is_refused_and_found_when_it_happened():
    s = disetujui()
    r = Rapat.objects.get(pk=s.rapat_id)
    r.tanggal = date(2026, 3, 1)
    with pytest.raises(Refused, match="sesudah koordinasi"):
        rapat_kantor.ubah_jadwal(r, dilihat=r.versi, by=sekretaris())
    Rapat.objects.update(tanggal=date(2026, 3, 1))
    assert ["mendahului surat koordinasi" in t.kalimat for t in temuan()] == [True]
    assert [k.jumlah for k in kartu_sosialisasi(ppid()) if "tanpa koordinasi" in k.judul] == [1]


def test_rescheduling_gives_the_date_up_and_asks_again():
    s = disetujui()
    s = aksi.jadwalkan_ulang(s, tanggal_usulan=date(2026, 4, 20), catatan=ALASAN, versi=s.versi, oleh=ppid())
    assert (s.status, s.tanggal, Rapat.objects.get().status) == ("rencana", None, "ditunda")
    s = dikoordinasikan(s, nomor="10/HM.03-SD/7271/2026")
    s = disetujui_langsung(jawab(s, tanggal_disepakati=date(2026, 4, 21)))
    r = Rapat.objects.get()
    assert (s.tanggal, r.tanggal, r.status) == (date(2026, 4, 21), date(2026, 4, 21), "dijadwalkan")


def test_an_invitation_waits_for_speakers_who_agreed():
    s = disetujui()
    with pytest.raises(Refused, match="Belum ada narasumber"):
        aksi.undang(s, instansi=[kpu_ri()], tanggal=HARI, versi=s.versi, oleh=ppid())
    n = pembicara(s, kesediaan="diminta")
    with pytest.raises(Refused, match="belum menyatakan kesediaan"):
        aksi.undang(s, instansi=[kpu_ri()], tanggal=HARI, versi=s.versi, oleh=ppid())
    isi_aksi.simpan_baris(s, n, {"kesediaan": "bersedia"}, oleh=ppid())
    s = aksi.undang(s, instansi=[kpu_ri()], tanggal=HARI, versi=s.versi, oleh=ppid())
    surat = Rapat.objects.get().undangan
    assert (s.status, surat.klasifikasi.kode, surat.hal) == ("diundang", "HM.03", "Undangan sosialisasi")


def test_the_letter_to_a_speaker_names_the_fixed_date_and_is_written_once():
    s = rencana()
    n = pembicara(s, kesediaan="belum")
    with pytest.raises(Refused, match="sesudah sosialisasi disetujui"):
        isi_aksi.minta_narasumber(s, n, tanggal=HARI, oleh=ppid())
    s = disetujui(kini(s))
    surat = isi_aksi.minta_narasumber(s, n, tanggal=HARI, oleh=ppid())
    assert ["Tanggal", "30 Maret 2026"] in surat.rincian
    assert Narasumber.objects.get().kesediaan == "diminta"
    with pytest.raises(Refused, match="sudah disusun"):
        isi_aksi.minta_narasumber(s, n, tanggal=HARI, oleh=ppid())
    with pytest.raises(Refused, match="sudah disurati"):
        isi_aksi.hapus_baris(s, Narasumber.objects.get(), oleh=ppid())


def test_it_took_place_only_after_its_day_and_with_an_attendance_list(ke):
    s = disetujui()
    pembicara(s)
    s = aksi.undang(s, instansi=[kpu_ri()], tanggal=HARI, versi=s.versi, oleh=ppid())
    with pytest.raises(Refused, match="belum berlangsung"):
        aksi.laksanakan(s, hadir_laki=1, hadir_perempuan=0, versi=s.versi, oleh=ppid())
    ke(ACARA)
    with pytest.raises(Refused, match="Kehadiran belum dicatat"):
        aksi.laksanakan(s, hadir_laki=1, hadir_perempuan=0, versi=s.versi, oleh=ppid())
    assert [k.jumlah for k in kartu_sosialisasi(petugas()) if "terlaksana" in k.judul] == [1]


def test_the_sheet_counts_no_more_answers_than_people(ke):
    s = terlaksana(ke)
    b = s.evaluasi.first()
    banyak = {b.pk: {"sangat_baik": 51, "baik": 0, "cukup": 0, "kurang": 0}}
    with pytest.raises(Refused, match="berjumlah 51, pesertanya 50"):
        isi_aksi.simpan_evaluasi(s, angka=banyak, ringkasan="", saran="", versi=s.versi, oleh=ppid())
    b.refresh_from_db()
    assert b.jumlah == 0
    b = dinilai(s).evaluasi.first()
    assert b.positif == 80
    with pytest.raises(Refused, match="bunyinya tetap"):
        isi_aksi.simpan_baris(s, b, {"pertanyaan": "Lain"}, oleh=ppid())


def test_the_report_names_what_is_missing_and_prints_the_coordination(ke):
    s = terlaksana(ke)
    with pytest.raises(Refused, match=r"notula.*lembar evaluasi.*ringkasan"):
        aksi.susun_laporan(s, tanggal=ACARA, versi=s.versi, oleh=ppid())
    assert kini(s).status == S.TERLAKSANA


def tanda_tangani(naskah: Naskah, user) -> None:
    """Print the document and sign it as *user* would."""
    MasaJabatan.objects.create(pegawai=user.pegawai, jabatan="kasubbag", mulai=date(2024, 1, 1))
    run_job.apply((naskah.pekerjaan_id,), throw=True)
    sertifikat.terbitkan_sertifikat(user, sandi=FRASA, by=user)
    naskah = Naskah.objects.get(pk=naskah.pk)
    penandatanganan.tandatangani(naskah, oleh=user, sandi=FRASA, digest_dibaca=naskah.terbaru.sha256)


def test_the_report_is_signed_and_the_accounts_close_it(ke, data_dir, monkeypatch):
    monkeypatch.setattr(pki, "PUTARAN_SANDI", 1_000)
    s = dilaporkan(ke)
    naskah = s.naskah
    assert naskah.nomor.startswith("1/HM.03-Lap/")
    isi = isi_laporan(s, ACARA)
    assert ["Surat koordinasi PPID KPU RI", "7/HM.03-SD/7271/2026, 2 Maret 2026"] in isi["fakta"]
    assert isi["jumlah"] == ["Rp500.000", "–"]
    assert [baris[-1] for baris in isi["evaluasi"]] == ["80 persen"] * 5
    pos = s.anggaran.get()
    with pytest.raises(Refused, match="oleh bendahara"):
        isi_aksi.catat_realisasi(s, pos, realisasi=Decimal(1), bukti="K-1", penjelasan="", oleh=ppid())
    with pytest.raises(Refused, match="nomor bukti"):
        isi_aksi.catat_realisasi(s, pos, realisasi=Decimal(1), bukti="", penjelasan="", oleh=bendahara())
    with pytest.raises(Refused, match="melebihi rencana"):
        isi_aksi.catat_realisasi(s, pos, realisasi=Decimal(500001), bukti="K-1", penjelasan="", oleh=bendahara())
    spj = {"spj_nomor": "SPJ-1", "spj_tanggal": ACARA}
    with pytest.raises(Refused, match="belum ditandatangani"):
        aksi.selesaikan_spj(s, **spj, versi=s.versi, oleh=bendahara())
    tanda_tangani(naskah, ppid())
    s = kini(s)
    with pytest.raises(Refused, match="belum dicatat"):
        aksi.selesaikan_spj(s, **spj, versi=s.versi, oleh=bendahara())
    pos = s.anggaran.get()
    isi_aksi.catat_realisasi(s, pos, realisasi=Decimal("499999.50"), bukti="K-1", penjelasan="", oleh=bendahara())
    assert aksi.selesaikan_spj(kini(s), **spj, versi=s.versi, oleh=bendahara()).status == S.SPJ


@pytest.mark.parametrize(
    ("jumlah", "kata"), [("1250000", "Rp1.250.000"), ("0.05", "Rp0,05"), ("999999999999.99", "Rp999.999.999.999,99")]
)
def test_rupiah_are_exact(jumlah, kata):
    assert rupiah(Decimal(jumlah)) == kata


def test_the_budget_stands_still_once_approved():
    s = disetujui()
    with pytest.raises(Refused, match="Disetujui"):
        isi_aksi.simpan_baris(s, PosAnggaran(), {"uraian": "Baru", "rencana": Decimal(1)}, oleh=ppid())


def test_material_is_public_only_with_consent_and_only_while_published(client):
    s = disetujui()
    n = pembicara(s)
    m = isi_aksi.unggah_materi(s, judul="Paparan", narasumber=n, berkas=Lampiran(PDF, "pdf"), oleh=petugas())
    umum, berkas = reverse("ppid:sosialisasi_pengumuman"), reverse("ppid:sosialisasi_materi_publik", args=[m.pk])
    with pytest.raises(Refused, match="belum mengizinkan"):
        isi_aksi.ubah_terbit(s, m, terbit=True, oleh=ppid())
    with pytest.raises(Refused, match="diterbitkan oleh PPID"):
        isi_aksi.ubah_terbit(s, m, terbit=True, oleh=petugas())
    assert client.get(berkas).status_code == 404
    isi_aksi.simpan_baris(s, n, {"izin_materi": True}, oleh=ppid())
    isi_aksi.ubah_terbit(s, m, terbit=True, oleh=ppid())
    assert "Paparan" in kalimat(client.get(umum))
    assert client.get(berkas).content == PDF
    with pytest.raises(Refused, match="Tarik materinya"):
        isi_aksi.simpan_baris(s, n, {"izin_materi": False}, oleh=ppid())
    isi_aksi.ubah_terbit(s, m, terbit=False, oleh=ppid())
    assert client.get(berkas).status_code == 404


def test_the_public_page_tells_what_is_to_come_and_nothing_of_plans(client, ke):
    alamat = reverse("ppid:sosialisasi_pengumuman")
    s = rencana()
    assert s.judul not in kalimat(client.get(alamat))
    s = disetujui(s)
    teks = kalimat(client.get(alamat))
    for potong in (s.judul, "Senin, 30 Maret 2026", "09.00 WITA", "Aula KPU Kota Palu"):
        assert potong in teks
    aksi.batalkan(s, catatan=ALASAN, versi=s.versi, oleh=sekretaris())
    assert s.judul not in kalimat(client.get(alamat))


def test_pages_steps_and_history_of_one_event(client):
    client.force_login(ppid())
    isi = {"judul": "Sosialisasi", "dasar": "PKPU 22/2023", "tujuan": "Hak", "sasaran": "Warga",
           "tanggal_usulan": "30-03-2026", "tempat": "Aula"}  # fmt: skip
    assert client.get(reverse("ppid:sosialisasi_daftar")).status_code == 200
    assert (
        client.post(reverse("ppid:sosialisasi_rencanakan"), isi | {"tanggal_usulan": "02-03-2026"}).status_code == 422
    )
    client.post(reverse("ppid:sosialisasi_rencanakan"), isi)
    s = Sosialisasi.objects.get()
    di = reverse("ppid:sosialisasi_koordinasi", args=[s.pk])
    data = {"versi": 1, "kepada": kpu_ri().pk, "surat_tanggal": "02-03-2026", "surat_nomor": "7/SD"}
    assert client.post(di, data).status_code == 302
    assert client.post(di, data).status_code == 422
    di = reverse("ppid:sosialisasi_jawaban", args=[s.pk])
    data = {"versi": 2, "hasil": "disetujui", "melalui": "surel", "jawaban_tanggal": "02-03-2026"}
    assert "Tuliskan tanggal yang disepakati" in kalimat(client.post(di, data))
    assert client.post(di, data | {"tanggal_disepakati": "30-03-2026"}).status_code == 302
    assert client.post(reverse("ppid:sosialisasi_anggaran_baru", args=[s.pk]),
                       {"uraian": "Konsumsi", "rencana": "1250000"}).status_code == 302  # fmt: skip
    client.post(reverse("ppid:sosialisasi_materi_baru", args=[s.pk]),
                {"judul": "Paparan", "berkas": SimpleUploadedFile("a.pdf", PDF)})  # fmt: skip
    assert client.get(reverse("ppid:sosialisasi_materi", args=[s.pk, Materi.objects.get().pk])).content == PDF
    teks = kalimat(client.get(s.get_absolute_url()))
    for potong in ("Rp1.250.000", "7/SD", "Surel, 2 Mar 2026: tanggal disepakati", "Merencanakan sosialisasi"):
        assert potong in teks
    assert "Setujui pelaksanaan" not in teks
    client.force_login(sekretaris())
    assert [k.jumlah for k in kartu_sosialisasi(sekretaris())] == [1]
    assert "Sosialisasi" in kalimat(client.get(reverse("ppid:sosialisasi_daftar") + "?antrean=setujui"))
    data = {"versi": kini(s).versi, "mulai": "09.00", "tempat": "Aula", "pimpinan": sekretaris().pegawai.pk}
    assert client.post(reverse("ppid:sosialisasi_setujui", args=[s.pk]), data).status_code == 302
    assert kini(s).tanggal == ACARA
    assert Jejak.objects.filter(tindakan="ppid.sosialisasi_setujui").count() == 1


def test_who_may_not_see_events_finds_nothing(client):
    s = rencana()
    client.force_login(make.orang("rizal", "petugas_coktas"))
    assert client.get(s.get_absolute_url()).status_code == 404
    client.force_login(make.dewi())
    assert client.get(s.get_absolute_url()).status_code == 200
    assert client.get(reverse("ppid:sosialisasi_rencanakan")).status_code == 404


def test_the_calendar_knows_proposals_and_dates():
    s = rencana()
    (t,) = [t for t in target_untuk(petugas(), HARI, ACARA) if t.sumber == "PPID"]
    assert (t.tanggal, t.sementara, t.untuk_umum) == (ACARA, True, "Usulan tanggal sosialisasi")
    disetujui(s)
    assert [t.judul for t in target_untuk(bendahara(), HARI, ACARA)] == [s.judul]


def test_a_coordination_meeting_is_called_about_the_event(client):
    s = dikoordinasikan(rencana())
    client.force_login(ppid())
    data = {"judul": "Rapat koordinasi", "tanggal": "05-03-2026", "mulai": "09.00", "tempat": "Daring",
            "acara": "Waktu", "pimpinan": sekretaris().pegawai.pk}  # fmt: skip
    assert client.post(reverse("ppid:sosialisasi_rapat", args=[s.pk]), data).status_code == 302
    r = Rapat.objects.get()
    assert (r.jenis, r.subjek_id, [p.instansi for p in r.peserta.all()]) == ("koordinasi", str(s.pk), [kpu_ri()])


def test_the_demo_office_gets_its_events_once():
    ppid()
    sekretaris()
    assert [isi_contoh(), isi_contoh()] == [2, 0]
    assert sorted(Sosialisasi.objects.values_list("status", flat=True)) == ["disetujui", "rencana"]
