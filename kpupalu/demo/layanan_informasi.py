"""The information desk of the demo office: who is PPID, and a few requests of invented citizens at every stage.

Two of them were never answered: one became an objection that is being examined, one a dispute with a hearing to come.
"""

from datetime import date, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import Group

from kpupalu.accounts.models import User
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.models import SertifikatPenanda
from kpupalu.naskah.sertifikat import terbitkan_sertifikat
from kpupalu.organisasi.models import Pegawai, Subbagian
from ppid.actions import berkas, informasi, jawaban, permohonan, sengketa, sidang, tanggapan
from ppid.actions.keberatan import ajukan
from ppid.anomali.jalankan import jalankan_semua
from ppid.models import Butir, InformasiPublik, Keberatan, Pejabat, Permohonan, Tarif

K = Permohonan.Kanal
_DASAR = "Keputusan rekaan untuk contoh"
_PEMOHON = {
    "nama": "Warga Contoh", "alamat": "Jalan Contoh Nomor 1, Palu", "surel": "warga@contoh.example",
    "tujuan": "Penelitian",
}  # fmt: skip
_DAFTAR = b"kelurahan;jumlah;narahubung;telepon\nBesusu Barat;4120;Petugas Contoh A;081200000001\n"
# Way, days ago, items, whether complete.
PERMOHONAN = (
    (K.WEB, 1, ("Jumlah pemilih per kelurahan pada DPT terakhir",)),
    (K.SURAT, 5, ("Laporan keuangan tahun lalu", "Daftar barang milik negara")),
    (K.LANGSUNG, 9, ("Salinan berita acara rekapitulasi triwulan terakhir",)),
)

B, SM, SS = (InformasiPublik.Kategori.BERKALA, InformasiPublik.Kategori.SERTA_MERTA,
             InformasiPublik.Kategori.SETIAP_SAAT)  # fmt: skip
# Kind, title, summary, days since its content was made, months between renewals.
INFORMASI = (
    (B, "Profil kantor dan struktur organisasi", "Alamat, tugas, susunan pimpinan dan sekretariat.", 90, 12),
    (B, "Ringkasan program dan kegiatan tahun berjalan", "Nama kegiatan, jadwal, penanggung jawab, anggaran.", 200, 12),
    (B, "Laporan keuangan semester", "Realisasi anggaran, neraca, dan catatan laporan keuangan.", 120, 6),
    (B, "Rekapitulasi daftar pemilih berkelanjutan triwulan", "Jumlah pemilih per kecamatan dan kelurahan.", 40, 3),
    (B, "Laporan layanan informasi publik tahunan", "Jumlah permohonan, waktu menjawab, hasil, dan kendala.", 240, 12),
    (B, "Laporan harta kekayaan pejabat yang sudah diumumkan", "Tautan pengumuman menurut pejabat.", 230, 12),
    (B, "Daftar peraturan dan keputusan yang berlaku", "Peraturan KPU dan keputusan kantor menurut tahun.", 200, 6),
    (SM, "Prosedur evakuasi dan kontak darurat kantor", "Jalur evakuasi, titik kumpul, dan nomor darurat.", 150, None),
    (SM, "Pengumuman gangguan layanan di kantor", "Layanan yang terganggu, sebabnya, dan gantinya.", 20, None),
    (SS, "Daftar lokasi TPS pemilihan terakhir", "Letak TPS menurut kecamatan dan kelurahan.", 300, None),
    (SS, "Berita acara rekapitulasi pemilih berkelanjutan", "Berita acara tiap triwulan yang ditetapkan.", 40, None),
    (SS, "Daftar kerja sama dengan instansi lain", "Nama instansi, pokok kerja sama, masa berlaku.", 180, None),
    (SS, "Prosedur kerja pelayanan sekretariat", "Prosedur baku menurut jenis pelayanan.", 250, None),
)  # fmt: skip


def isi_informasi() -> int:
    """Put the entries on the list that are not there yet: proposed by a unit, verified and set by the PPID."""
    pengusul, pejabat = User.objects.get(username="tono"), User.objects.get(username="nirma")
    unit = Subbagian.objects.get(pegawai__user=pengusul)
    sudah = set(InformasiPublik.objects.values_list("judul", flat=True))
    baru = [satu for satu in INFORMASI if satu[1] not in sudah]
    for kategori, judul, ringkasan, hari, bulan in baru:
        dibuat = hari_ini() - timedelta(days=hari)
        e = informasi.usulkan(
            isi={
                "kategori": kategori, "judul": judul, "ringkasan": f"{ringkasan} Isi rekaan untuk contoh.",
                "unit": unit, "penanggung_jawab": f"Kepala {unit}", "dibuat_pada": dibuat, "dibuat_di": "Palu",
                "bentuk": "salinan berkas dan salinan kertas", "retensi": "5 tahun", "frekuensi_bulan": bulan,
                "dimutakhirkan_pada": dibuat, "tautan": "https://informasi.contoh.example/",
            },
            berkas=None, oleh=pengusul,
        )  # fmt: skip
        e = informasi.verifikasi(e, versi=e.versi, oleh=pejabat)
        informasi.tetapkan(e, sk=f"{_DASAR}, DIP", pada=hari_ini(), versi=e.versi, oleh=pejabat)
    return len(baru)


# Days ago the request came and the objection to its silence, item.
PERKARA = (
    (150, 120, "Rincian belanja sewa gudang logistik tahun lalu"),
    (40, 12, "Salinan keputusan tentang jumlah TPS per kelurahan"),
)


def angkat_pejabat(*, frasa: str) -> None:
    """Make the kasubbag of Hukum the PPID and the sekretaris the superior, each with a key under *frasa*; done once."""
    for username, peran, grup in (("nirma", Pejabat.Peran.PPID, "pejabat_ppid"), ("arifin", Pejabat.Peran.ATASAN, "")):
        user = User.objects.get(username=username)
        if grup:
            user.groups.add(Group.objects.get(name=grup))
        Pejabat.objects.get_or_create(
            peran=peran,
            pegawai=Pegawai.objects.get(user=user),
            defaults={"mulai": date(2024, 1, 1), "dasar_hukum": _DASAR},
        )
        if not SertifikatPenanda.objects.filter(user=user).exists():
            terbitkan_sertifikat(user, sandi=frasa, by=user)
    Tarif.objects.get_or_create(
        komponen=Tarif.Komponen.HITAM_PUTIH, mulai=date(2024, 1, 1), defaults={"rupiah": 0, "dasar_hukum": _DASAR}
    )


def isi_permohonan(*, frasa: str) -> int:
    """Send the requests that are not there yet, and take the later ones some steps on; return how many were new."""
    angkat_pejabat(frasa=frasa)
    desk, pejabat = User.objects.get(username="indah"), User.objects.get(username="nirma")
    jumlah = isi_perkara(desk=desk, pejabat=pejabat)
    for nomor, (kanal, hari, butir) in enumerate(PERMOHONAN):
        p, baru = permohonan.daftarkan(
            kunci=uuid5(NAMESPACE_URL, f"permohonan-contoh/{nomor}"),
            isi={
                "kanal": kanal, "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy", "cara_kirim": "unduh",
                "diterima_pada": sekarang() - timedelta(days=hari),
            },
            data=_PEMOHON,
            butir=butir, oleh=None if kanal == K.WEB else desk,
        )  # fmt: skip
        jumlah += baru
        if baru and nomor:
            _lanjutkan(p, nomor, desk=desk, pejabat=pejabat)
    isi_informasi()
    jalankan_semua()
    return jumlah


def _lanjutkan(p: Permohonan, nomor: int, *, desk, pejabat) -> None:
    p = permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=desk)
    if nomor == 1:
        unit = Subbagian.objects.get(pegawai__user__username="tono")
        jawaban.minta_unit(
            p, unit=unit, butir=p.butir.all(), pertanyaan="Mohon dokumen yang diminta, atau penjelasan bila belum ada.",
            versi=p.versi, oleh=desk,
        )  # fmt: skip
    else:
        isi = {"penjelasan": f"Salinan berita acara, {hari_ini().year}", "bentuk": "softcopy"}
        butir = jawaban.putus_butir(
            p.butir.get(urut=1), hasil=Butir.Hasil.DIBERIKAN, isi=isi, versi=p.versi, oleh=pejabat
        )
        # With telephone numbers in it, so that the gate has something to find.
        berkas.unggah(butir, nama="rekap.csv", isi=_DAFTAR, judul="Rekap per kelurahan", oleh=desk)


def isi_perkara(*, desk, pejabat) -> int:
    """The two requests that were never answered, with what followed; return how many were new."""
    jumlah = 0
    for nomor, (hari, hari_keberatan, butir) in enumerate(PERKARA):
        p, baru = permohonan.daftarkan(
            kunci=uuid5(NAMESPACE_URL, f"perkara-contoh/{nomor}"),
            isi={
                "kanal": K.SURAT, "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy", "cara_kirim": "surel",
                "diterima_pada": sekarang() - timedelta(days=hari),
            },
            data=_PEMOHON, butir=(butir,), oleh=desk,
        )  # fmt: skip
        jumlah += baru
        if not baru:
            continue
        permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=desk)
        k, _ = ajukan(
            p, kunci=uuid5(NAMESPACE_URL, f"keberatan-contoh/{nomor}"), alasan="c", kanal=K.SURAT, oleh=desk,
            diterima=hari_ini() - timedelta(days=hari_keberatan),
            kasus_posisi="Surat permintaan saya tidak dijawab sampai hari terakhirnya lewat.",
        )  # fmt: skip
        if nomor:
            tanggapan.telaah(k, versi=k.versi, oleh=User.objects.get(username="arifin"))
        else:
            _sengketakan(k, pejabat=pejabat)
    return jumlah


def _sengketakan(k: Keberatan, *, pejabat) -> None:
    """The dispute over *k*, which nobody answered: registered in time, heard next week, with a representative."""
    diajukan = k.batas + timedelta(days=3)
    s, _ = sengketa.daftarkan(
        k, kunci=uuid5(NAMESPACE_URL, "sengketa-contoh"), nomor_ki="CONTOH/REG-PSI/1", diajukan_pada=diajukan,
        diterima=diajukan + timedelta(days=2), oleh=pejabat,
    )  # fmt: skip
    s = sengketa.periksa_awal(s, pada=diajukan + timedelta(days=7), versi=s.versi, oleh=pejabat)
    kuasa = sidang.catat_kuasa(
        s, tingkat="ki", nomor="CONTOH/SK-KI/1", tanggal=hari_ini(), penerima=pejabat, sampai=None, versi=s.versi,
        oleh=pejabat,
    )  # fmt: skip
    satu = sidang.catat_sidang(
        s, tingkat="ki", acara="Mediasi", tanggal=hari_ini() + timedelta(days=9), pukul=time(9, 30),
        tempat="Kantor Komisi Informasi Provinsi Sulawesi Tengah", panggilan="CONTOH/PANGGILAN/1", versi=s.versi + 1,
        oleh=pejabat,
    )  # fmt: skip
    sidang.tunjuk_wakil(satu, kuasa=kuasa, versi=s.versi + 2, oleh=pejabat)
