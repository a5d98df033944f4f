"""A few reports of invented citizens for the demo, so that whoever tries the system finds some to decide."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from kpupalu.lib.waktu import hari_ini
from pdpb.actions.tanggapan import terima
from pdpb.models import Pendaftaran, Tanggapan

J, H = Tanggapan.Jenis, Tanggapan.Hubungan
# Kind, relation, days ago, words; the person is a voter of the list, except for somebody who says to be missing there.
LAPORAN = (
    (J.MENINGGAL, H.TETANGGA, 9, "Meninggal bulan lalu. Suratnya ada pada keluarga."),
    (J.DATA_KELIRU, H.SENDIRI, 4, "Alamat saya keliru. Yang benar di jalan yang sama, RT 004."),
    (J.PINDAH, H.KELUARGA, 3, "Sudah pindah ke Makassar sejak awal tahun."),
    (J.BELUM_TERDAFTAR, H.SENDIRI, 1, "Sudah 17 tahun, tetapi belum pernah menerima undangan."),
)


def isi_tanggapan() -> int:
    """Send the reports that are not there yet, as the public form would; return how many were new."""
    pemilih = list(Pendaftaran.objects.aktif().select_related("kelurahan").order_by("kelurahan", "pk")[: len(LAPORAN)])
    jumlah = 0
    for (jenis, hubungan, hari, uraian), versi in zip(LAPORAN, pemilih, strict=False):
        nama = "NAMA BELUM TERDAFTAR" if jenis == J.BELUM_TERDAFTAR else versi.nama
        data = {
            "pelapor_nama": nama.title() if hubungan == H.SENDIRI else "Warga Contoh",
            "pelapor_telepon": "081200000000",
            "orang_nama": nama,
            "orang_tanggal_lahir": None if nama != versi.nama else versi.tanggal_lahir,
            "uraian": uraian,
        }
        _, baru = terima(
            kunci=uuid5(NAMESPACE_URL, f"tanggapan-contoh/{jenis}"), jenis=jenis, hubungan=hubungan,
            kelurahan=versi.kelurahan, data=data, diterima=hari_ini() - timedelta(days=hari),
        )  # fmt: skip
        jumlah += baru
    return jumlah
