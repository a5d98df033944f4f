"""The information desk of the demo office: who is PPID, and a few requests of invented citizens at every stage."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import Group

from kpupalu.accounts.models import User
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.models import SertifikatPenanda
from kpupalu.naskah.sertifikat import terbitkan_sertifikat
from kpupalu.organisasi.models import Pegawai, Subbagian
from ppid.actions import berkas, jawaban, permohonan
from ppid.models import Butir, Pejabat, Permohonan, Tarif

K = Permohonan.Kanal
_DASAR = "Keputusan rekaan untuk contoh"
_DAFTAR = b"kelurahan;jumlah;narahubung;telepon\nBesusu Barat;4120;Petugas Contoh A;081200000001\n"
# Way, days ago, items, whether complete.
PERMOHONAN = (
    (K.WEB, 1, ("Jumlah pemilih per kelurahan pada DPT terakhir",)),
    (K.SURAT, 5, ("Laporan keuangan tahun lalu", "Daftar barang milik negara")),
    (K.LANGSUNG, 9, ("Salinan berita acara rekapitulasi triwulan terakhir",)),
)


def angkat_pejabat(*, frasa: str) -> None:
    """Make the kasubbag of Hukum the PPID, with a key under *frasa*, and the sekretaris the superior; done once."""
    for username, peran, grup in (("nirma", Pejabat.Peran.PPID, "pejabat_ppid"), ("arifin", Pejabat.Peran.ATASAN, "")):
        user = User.objects.get(username=username)
        if grup:
            user.groups.add(Group.objects.get(name=grup))
        Pejabat.objects.get_or_create(
            peran=peran,
            pegawai=Pegawai.objects.get(user=user),
            defaults={"mulai": date(2024, 1, 1), "dasar_hukum": _DASAR},
        )
    Tarif.objects.get_or_create(
        komponen=Tarif.Komponen.HITAM_PUTIH, mulai=date(2024, 1, 1), defaults={"rupiah": 0, "dasar_hukum": _DASAR}
    )
    user = User.objects.get(username="nirma")
    if not SertifikatPenanda.objects.filter(user=user).exists():
        terbitkan_sertifikat(user, sandi=frasa, by=user)


def isi_permohonan(*, frasa: str) -> int:
    """Send the requests that are not there yet, and take the later ones some steps on; return how many were new."""
    angkat_pejabat(frasa=frasa)
    desk, pejabat = User.objects.get(username="indah"), User.objects.get(username="nirma")
    jumlah = 0
    for nomor, (kanal, hari, butir) in enumerate(PERMOHONAN):
        p, baru = permohonan.daftarkan(
            kunci=uuid5(NAMESPACE_URL, f"permohonan-contoh/{nomor}"),
            isi={
                "kanal": kanal, "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy", "cara_kirim": "unduh",
                "diterima_pada": sekarang() - timedelta(days=hari),
            },
            data={"nama": "Warga Contoh", "alamat": "Jalan Contoh Nomor 1, Palu", "surel": "warga@contoh.example",
                  "tujuan": "Penelitian"},
            butir=butir, oleh=None if kanal == K.WEB else desk,
        )  # fmt: skip
        jumlah += baru
        if baru and nomor:
            _lanjutkan(p, nomor, desk=desk, pejabat=pejabat)
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
