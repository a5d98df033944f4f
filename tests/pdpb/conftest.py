"""The office that the tests of pages look at."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.runners import cetak_naskah
from kpupalu.wilayah.models import Kecamatan
from pdpb import impor
from pdpb.actions.bukti import beri_bukti
from pdpb.actions.ekspor import minta_ekspor
from pdpb.actions.ganda import putuskan
from pdpb.actions.lintas import jawab
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.pengumuman import catat_laman
from pdpb.actions.ppk import muat
from pdpb.models import (
    BarisCoktas,
    BukaKembali,
    EksporDaftar,
    JawabanLintas,
    KegiatanCoktas,
    Pemilih,
    Pendaftaran,
    Pengumuman,
    Perubahan,
    SnapshotBaris,
    Tanggapan,
)
from pdpb.pekerjaan_cetak import cetak_rekap_periode
from tests import make
from tests.pdpb.halaman import PERAN
from tests.pdpb.pasangan_uji import ALASAN, daftar_lintas, pasangan
from tests.pdpb.surat_bawaslu import surat_dan_lembar


@pytest.fixture(scope="module")
def kantor(django_db_setup, django_db_blocker):
    """One office at work for the whole module; each test works in a savepoint inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lama, kini = make.kantor_berisi()
        minta = BukaKembali.objects.create(
            periode=kini, alasan="Saran perbaikan", nomor_surat="1/PM/2026", diminta_oleh=make.sari()
        )
        for peran in PERAN:
            make.orang(f"uji_{peran}", peran)
        perubahan = Perubahan.objects.select_related("bukti").order_by("pk").first()
        perubahan.bukti.berkas.save("akta.pdf", ContentFile(b"%PDF-1.4\n%%EOF\n"))
        naskah = siapkan(naskah_periode(lama), by=make.budi())
        cetak_naskah(Job.objects.get(pk=naskah.pekerjaan_id))
        Naskah.objects.filter(pk=naskah.pk).update(status="diumumkan")
        cetakan = start_job(
            "pdpb.cetak_rekap", by=make.orang("uji_ketua", "ketua"), periode=kini.pk, wilayah=make.PETOBO, kertas="a4"
        )
        hasil = cetak_rekap_periode(cetakan)
        Job.objects.filter(pk=cetakan.pk).update(status="selesai", hasil=hasil, selesai_pada=sekarang())
        selesai = make.impor_perubahan(kini)
        impor.terapkan(selesai, oleh=make.sari(), terima_peringatan=True)
        make.lupakan_sementara()
        ekspor = minta_ekspor(
            periode=lama,
            wilayah=make.tps().kelurahan,
            jenis=EksporDaftar.Jenis.PEMILIH,
            bentuk=EksporDaftar.Bentuk.XLSX,
            oleh=make.budi(),
            penerima="KPU Provinsi",
            tujuan="salinan sesudah pleno",
            nik_penuh=True,
            dasar_hukum="PKPU 1/2025",
        )
        catat_laman(lama, oleh=make.budi())
        papan = Pengumuman.objects.get(periode=lama)
        versi = list(Pendaftaran.objects.aktif().order_by("pk")[:2])
        ganda = putuskan(
            pasangan(*versi), putusan="beda", alasan=ALASAN, bukti=make.bukti(), periode=kini, oleh=make.sari()
        )  # fmt: skip
        lintas = daftar_lintas(kini, versi[0].identitas.nik, "7210011708909001")
        jawaban = JawabanLintas.objects.get(batch=lintas, pemilih=versi[0].pemilih)
        jawab(jawaban, jawaban="tetap", alasan=ALASAN, bukti=make.bukti(), oleh=make.sari())
        uji = make.uji_petik(lama)
        terdaftar = SnapshotBaris.objects.filter(snapshot__periode=lama).first().pendaftaran.pemilih
        coktas = KegiatanCoktas.objects.create(
            periode=kini, kelurahan=make.tps().kelurahan, mulai=kini.mulai, akhir=kini.akhir, keperluan="Uji",
            status="berjalan", dibuat_oleh=make.wati(),
        )  # fmt: skip
        kunjungan = BarisCoktas.objects.create(
            kegiatan=coktas, pemilih=versi[0].pemilih, versi=versi[0], petugas=make.orang("uji_operator", "operator"),
            alasan=["usia"],
        )  # fmt: skip
        yield {
            "coktas": coktas.pk,
            "kunjungan": kunjungan.pk,
            "pasangan": ganda.pk,
            "ppk": muat(
                kini,
                Kecamatan.objects.get(pk="72.71.08"),
                ContentFile(b"Kelurahan;L;P\nTalise;900;900\n", name="r.csv"),
                oleh=make.sari(),
            )[0].pk,
            "lintas": lintas.pk,
            "jawaban": jawaban.pk,
            "uji": uji.pk,
            "contoh": uji.contoh.first().pk,
            "bukti": beri_bukti(terdaftar, medan=["nama"], pengenal="ktp", oleh=make.sari()).pk,
            "ekspor": ekspor.pk,
            **surat_dan_lembar(kini),
            "impor": make.impor_perubahan(kini, rusak=True).pk,
            "impor_selesai": selesai.pk,
            "kini": kini,
            "lama": lama,
            "buka": minta.pk,
            "cetakan": cetakan.pk,
            "papan": papan.pk,
            "pemilih": Pemilih.objects.order_by("-pk").first().pk,
            "perubahan": perubahan.pk,
            "tanggapan": Tanggapan.objects.get(status="diperiksa").pk,
        }
        transaction.set_rollback(True)
