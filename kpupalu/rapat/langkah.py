"""A meeting as a task list: what is done, what comes next, what it waits for."""

from django.urls import reverse

from kpupalu.rapat.models import Rapat
from kpupalu.surat.models import SuratKeluar

_SURAT, _LIHAT, _KELOLA, _CATAT = "surat.baca_surat", "rapat.lihat_rapat", "rapat.kelola_rapat", "rapat.catat_rapat"


def langkah(rapat: Rapat, user) -> list[dict[str, str]]:
    """The tasks of *rapat* in order, linked as far as *user* may go, in the shape of ``components/tugas.html``."""
    belum = rapat.peserta.filter(status="diundang").count() + rapat.anggota.filter(status="belum").count()
    sisa = rapat.tindak_lanjut.filter(status__in=["belum", "proses"]).count()
    notulen = getattr(rapat, "notulen", None)
    naskah = notulen.naskah if notulen else None
    jumlah = rapat.peserta.count()

    def alamat(nama: str) -> str:
        return reverse(f"rapat:{nama}", args=[rapat.pk])

    butir = [
        ("Atur peserta", alamat("peserta"), _KELOLA, jumlah > 0, "Belum ada peserta"),
        *_undangan(rapat.undangan, alamat("undangan"), jumlah),
        ("Catat kehadiran", alamat("kehadiran"), _CATAT, not belum, f"{belum} belum dicatat"),
        ("Susun notula", alamat("notulen"), _CATAT, notulen is not None, "Belum disusun"),
        (
            "Tanda tangani notula",
            naskah.get_absolute_url() if naskah else "",
            _LIHAT,
            bool(naskah and naskah.selesai_ditandatangani),
            naskah.get_status_display() if naskah else "Menunggu notula",
        ),
        ("Tindak lanjut", "", _LIHAT, not sisa, f"{sisa} belum selesai"),
    ]
    return [
        {
            "judul": judul,
            "tautan": tautan if user.has_perm(perm) else "",
            "status": "Selesai" if selesai else "Belum selesai",
            "jenis": "baik" if selesai else "tunggu",
            "keterangan": "" if selesai else kata,
        }
        for judul, tautan, perm, selesai, kata in butir
    ]


def _undangan(surat: SuratKeluar | None, susun: str, jumlah: int) -> list[tuple]:
    """The two tasks of the invitation: signed, and sent to everybody."""
    if surat is None:
        return [
            ("Undangan", susun, _KELOLA, False, "Belum disusun"),
            ("Kirim undangan", "", _SURAT, False, "Menunggu undangan"),
        ]
    naskah = surat.naskah
    tertanda = bool(naskah and naskah.selesai_ditandatangani)
    terkirim = naskah.pengiriman.filter(dibatalkan=False).count() if naskah else 0
    kirim = reverse("surat:pengiriman", args=[naskah.pk]) if naskah else ""
    status = f"Surat berstatus {surat.get_status_display().lower()}"
    # One given up is written anew from here.
    alamat = susun if surat.dibatalkan else surat.get_absolute_url()
    return [
        ("Undangan", alamat, _KELOLA if surat.dibatalkan else _SURAT, tertanda, status),
        ("Kirim undangan", kirim, _SURAT, terkirim >= jumlah > 0, f"{terkirim} dari {jumlah} penerima"),
    ]
