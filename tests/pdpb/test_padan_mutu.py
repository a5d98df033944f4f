"""How good the matching by name is, on labelled lists: what is proposed is right, and whom a row means is offered."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from kpupalu.wilayah.models import Kelurahan
from pdpb import impor
from pdpb.models import Identitas, PadananBaris, Pemilih, Pendaftaran
from tests import make
from tests.pdpb.padan_berlabel import daftar, daftar_instansi

pytestmark = pytest.mark.django_db


def _muat(roll):
    """Put *roll* into the database; returned are the ids of the versions by the number of the person in *roll*."""
    batch = make.batch()
    tps = {k: make.tps(k) for k in {o.kelurahan for o in roll}}
    pemilih = Pemilih.objects.bulk_create(Pemilih(dpid=o.dpid, batch=batch) for o in roll)
    kartu = Identitas.objects.bulk_create(Identitas(nik=o.nik, nkk=o.nkk) for o in roll)
    versi = Pendaftaran.objects.bulk_create(
        Pendaftaran(
            pemilih=p, identitas=i, kelurahan_id=o.kelurahan, tps=tps[o.kelurahan], nama=o.nama,
            tempat_lahir=o.tempat_lahir, tanggal_lahir=o.tanggal_lahir, jenis_kelamin=o.jenis_kelamin,
            alamat=o.alamat, rt=o.rt, rw=o.rw, mulai="2024-11-27", batch=batch,
        )
        for o, p, i in zip(roll, pemilih, kartu, strict=True)
    )  # fmt: skip
    make.selesai_daftar()
    with connection.cursor() as cursor:
        # As after a base list: what the planner knows here may come from tables that other tests have emptied since.
        cursor.execute("ANALYZE pdpb_pemilih, pdpb_identitas, pdpb_pendaftaran")
    return {o.pemilih: v.pk for o, v in zip(roll, versi, strict=True)}


def _berkas(label) -> ContentFile:
    teks = io.StringIO()
    tulis = csv.writer(teks, delimiter=";")
    tulis.writerow(["KATEGORI", "NAMA", "L/P", "TGL LAHIR", "ALAMAT", "RT", "RW", "KELURAHAN", "JENIS DOKUMEN"])
    nama = dict(Kelurahan.objects.values_list("kode", "nama"))
    for satu in label:
        b = satu.baris
        lahir = f"{b.tanggal_lahir:%d-%m-%Y}" if b.tanggal_lahir else ""
        kelurahan = nama[b.kelurahan] if b.kelurahan else ""
        tulis.writerow(["meninggal", b.nama, b.jenis_kelamin, lahir, b.alamat, b.rt, b.rw, kelurahan, "Akta kematian"])
    return ContentFile(teks.getvalue().encode(), name="daftar.csv")


def test_what_is_proposed_by_name_is_right_and_the_right_one_is_among_the_candidates():
    roll = daftar(6_000)
    label = daftar_instansi(roll, 2_000)
    versi = _muat(roll)
    batch = impor.unggah([_berkas(label)], jenis="perubahan", periode=make.periode(), oleh=make.sari())
    impor.periksa(batch)
    hasil = {p.baris: p for p in PadananBaris.objects.filter(batch=batch)}
    benar = salah = ditawarkan = ada = menawarkan_asing = 0
    for baris, satu in enumerate(label, start=2):
        p = hasil.get(baris)
        if satu.pemilih is None:
            salah += bool(p and p.status == "dicocokkan")
            menawarkan_asing += bool(p)
            continue
        dimaksud = versi[satu.pemilih]
        ada += 1
        if p and p.status == "dicocokkan":
            benar += p.pilihan_id == dimaksud
            salah += p.pilihan_id != dimaksud
        ditawarkan += bool(p and dimaksud in {c["versi"] for c in p.calon})
    assert benar / (benar + salah) >= 0.99
    assert benar + salah >= 400
    assert ditawarkan / ada >= 0.9
    assert menawarkan_asing / (len(label) - ada) <= 0.05
