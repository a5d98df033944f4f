"""An agency's list of one day on the desks of several officers at once, on the roll of the benchmark."""

import time


def petugas() -> dict:
    """A list of 50.000 voters by NIK becomes proposals; then two verify and one approves all of them at once."""
    from django.contrib.auth.models import Group
    from django.core.files.base import ContentFile

    from kpupalu.accounts.models import User
    from pdpb import impor
    from pdpb.daftar import hitung_ulang_sel
    from pdpb.models import Pendaftaran, Periode, Perubahan
    from pdpb.views.perubahan import MAKS_MASSAL
    from tests.pdpb.petugas_serentak import Ruang

    aktif = Pendaftaran.objects.aktif().select_related("identitas")
    banyak, sebelum = min(50_000, aktif.count() // 6), aktif.count()
    # Whoever has a number that no rule doubts; the numbers of a roll are not all sound.
    sah = aktif.filter(identitas__nik__regex=r"^7271\d{12}$", tanggal_lahir__isnull=False).order_by("id")[:banyak]
    baris = ["KATEGORI;NIK;NAMA;JENIS DOKUMEN;NOMOR DOKUMEN"]
    baris += [f"meninggal;{v.identitas.nik};{v.nama.replace(';', ' ')};Akta kematian;KM-{v.pk}" for v in sah]
    orang = {
        nama: User.objects.create(username=f"bench_{nama}", nama_lengkap=nama)
        for nama in ("pengirim", "satu", "dua", "penyetuju")
    }
    for nama, peran in zip(orang, ("operator", "verifikator", "verifikator", "kasubbag_rendatin"), strict=True):
        orang[nama].groups.add(Group.objects.get(name=peran))
    file = [ContentFile("\n".join(baris).encode(), name="kematian.csv")]
    per = Periode.objects.get(status=Periode.Status.TERBUKA)
    mulai = time.perf_counter()
    batch = impor.periksa(impor.unggah(file, jenis="perubahan", periode=per, oleh=orang["pengirim"]))
    batch = impor.terapkan(batch, oleh=orang["pengirim"], terima_peringatan=True)
    masuk, mulai = time.perf_counter() - mulai, time.perf_counter()
    usulan = Perubahan.objects.filter(batch=batch)
    diusulkan = usulan.count()
    Ruang(batch, sekali=MAKS_MASSAL).jalankan([orang["satu"], orang["dua"]], orang["penyetuju"], orang["pengirim"])
    lama = time.perf_counter() - mulai
    disetujui = usulan.filter(status="disetujui").count()
    if disetujui != diusulkan or aktif.count() != sebelum - disetujui or hitung_ulang_sel():
        raise SystemExit(f"{disetujui} dari {diusulkan} usulan disetujui, daftar {sebelum} → {aktif.count()}")
    return {"petugas_masuk": masuk, "petugas": disetujui / lama, "petugas_baris": disetujui, "petugas_detik": lama}
