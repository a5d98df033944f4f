"""The office's targets: counted by dated rows, explained where they are shown, and due in the one calendar."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kpupalu.aturan.models import Aturan
from kpupalu.kalender.models import HariLibur
from kpupalu.kalender.target import target_untuk
from kpupalu.kalender.tenggat import jatuh_tempo, lewat, tenggat, tenggat_banyak
from kpupalu.lib.waktu import hari_ini
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.tanggapan import terima
from pdpb.models import KegiatanCoktas, LembarSidalih, Tanggapan
from pdpb.models.tanggapan import ATURAN_TARGET
from tests import make
from tests.pdpb import lapangan
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def lapor(diterima: date, **isi) -> Tanggapan:
    isi = {"pelapor_nama": "RINA TANDIAYU", "orang_nama": "BUDI TANDIAYU"} | isi
    kelurahan = Kelurahan.objects.get(pk=make.TALISE)
    return terima(kunci=uuid4(), jenis="data_keliru", hubungan="sendiri", kelurahan=kelurahan, data=isi,
                  kanal="loket", oleh=make.sari(), diterima=diterima)[0]  # fmt: skip


def judul(user, dari: date, sampai: date) -> list[tuple[date, str]]:
    return [(t.tanggal, t.judul) for t in target_untuk(user, dari, sampai)]


@pytest.mark.parametrize("satuan", ["hari kalender", "hari kerja"])
def test_late_and_due_rows_are_those_whose_own_term_says_so(satuan):
    """The rows a query finds are those that asking for the term of each would find, across a change of the rule."""
    mulai = date(2026, 10, 1)
    Aturan.objects.filter(kode=ATURAN_TARGET).update(satuan=satuan, akhir=mulai + timedelta(days=19))
    Aturan.objects.create(kode=ATURAN_TARGET, nama="x", nilai=2, satuan="hari kerja", mulai=mulai + timedelta(days=20),
                          dasar_hukum="uji")  # fmt: skip
    HariLibur.objects.create(tanggal=date(2026, 10, 27), nama="Libur uji", jenis="lokal", dasar_hukum="uji")
    hari = [mulai + timedelta(days=i) for i in range(45)]
    for satu in hari:
        lapor(satu)
    akhir = {satu.pk: tenggat(ATURAN_TARGET, satu.diterima).tanggal for satu in Tanggapan.objects.all()}
    assert {h: t.tanggal for h, t in tenggat_banyak(ATURAN_TARGET, hari).items()} == {
        t.diterima: akhir[t.pk] for t in Tanggapan.objects.all()
    }
    for pada in hari:
        ketemu = set(
            Tanggapan.objects.filter(lewat(ATURAN_TARGET, pada, bidang="diterima")).values_list("pk", flat=True)
        )
        assert ketemu == {pk for pk, tanggal in akhir.items() if tanggal < pada}
        sampai = pada + timedelta(days=3)
        tempo = jatuh_tempo(ATURAN_TARGET, pada, sampai, bidang="diterima")
        ketemu = set(Tanggapan.objects.filter(tempo).values_list("pk", flat=True))
        assert ketemu == {pk for pk, tanggal in akhir.items() if pada <= tanggal <= sampai}


def test_the_calendar_counts_reports_and_leads_to_exactly_those(client):
    kini = hari_ini()
    for diterima in (kini, kini, kini - timedelta(days=2)):
        lapor(diterima)
    tempo = tenggat(ATURAN_TARGET, kini)
    sampai = kini + timedelta(days=30)
    assert judul(make.wati(), kini, sampai) == [
        (tempo.tanggal - timedelta(days=2), "Jawab 1 tanggapan masyarakat"),
        (tempo.tanggal, "Jawab 2 tanggapan masyarakat"),
    ]
    assert judul(make.orang("rizal"), kini, sampai) == []
    sebagai(client, make.wati())
    tautan = target_untuk(make.wati(), tempo.tanggal, tempo.tanggal)[0].tautan
    assert "2 tanggapan dengan saringan ini" in kalimat(client.get(tautan))
    satu = Tanggapan.objects.latest("pk")
    isi = kalimat(client.get(reverse("pdpb:tanggapan_detail", args=[satu.pk])))
    assert tenggat(ATURAN_TARGET, satu.diterima).kalimat in isi


def test_a_working_day_rule_moves_who_is_late():
    lapor(hari_ini() - timedelta(days=8))
    semua = Tanggapan.objects.dengan_keadaan()
    assert semua.terlambat().count() == 1
    Aturan.objects.filter(kode=ATURAN_TARGET).update(satuan="hari kerja")
    assert semua.terlambat().count() == 0


def test_the_calendar_counts_suspected_deaths_and_leads_to_exactly_those(client):
    lapangan.wilayah()
    kini = hari_ini()
    hasil = target_untuk(make.wati(), kini, kini + timedelta(days=60))
    kematian = [t for t in hasil if "dokumen kematian" in t.judul]
    assert kematian
    sebagai(client, make.wati())
    for satu in kematian:
        jumlah = satu.judul.split()[3]
        assert f"{jumlah} orang dengan saringan ini" in kalimat(client.get(satu.tautan))
    assert judul(make.orang("rizal"), kini, kini + timedelta(days=60)) == []


def test_running_rounds_and_waiting_sheets_are_due():
    per, kini = make.periode(), hari_ini()
    kegiatan = KegiatanCoktas.objects.create(
        periode=per, kelurahan=Kelurahan.objects.get(pk=make.TALISE), mulai=kini, akhir=kini, keperluan="Uji",
        status="berjalan", dibuat_oleh=make.budi(),
    )  # fmt: skip
    LembarSidalih.objects.create(
        periode=per, nomor=1, kelurahan=Kelurahan.objects.get(pk=make.TALISE), dibuat_oleh=make.sari()
    )
    sampai = kini + timedelta(days=30)
    ada = judul(make.sari(), kini, sampai) + judul(make.budi(), kini, sampai)
    assert (kini, f"Hari terakhir {kegiatan}") in ada
    assert (tenggat("target_tutup_coktas", kini).tanggal, f"Tutup {kegiatan}") in ada
    assert (tenggat("target_unggah_sidalih", kini).tanggal, f"Unggah 1 lembar SIDALIH {per.pk}") in ada
    KegiatanCoktas.objects.update(status="selesai")
    LembarSidalih.objects.update(status="diunggah", diunggah_oleh=make.sari(), diunggah_pada=kegiatan.dibuat_pada)
    sisa = [kata for _, kata in judul(make.sari(), kini, sampai) + judul(make.budi(), kini, sampai)]
    assert not [kata for kata in sisa if "Coktas" in kata or "SIDALIH" in kata]
