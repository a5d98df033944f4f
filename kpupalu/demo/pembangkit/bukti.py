"""The document behind each change: kind, number, day and issuer, as the office would write them down."""

from .acak import Acak
from .masa import Masa
from .usul import Usul

_DISDUKCAPIL = "Disdukcapil Kota Palu"
_BULAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class Bukti:
    """Attaches an invented document to a change; numbers of one kind never repeat."""

    def __init__(self, masa: Masa, acak: Acak) -> None:
        """Begin every kind of document at number 1."""
        self.masa, self.acak = masa, acak
        self.nomor: dict[str, int] = {}
        self.kematian = 0

    def lampirkan(self, u: Usul, kelurahan: str) -> Usul:
        """Fill source and document of *u* by its jenis and kategori and return it."""
        hari = self.masa.hari(self.acak.antara(0, 40))
        u.tanggal_dokumen = f"{hari:%d-%m-%Y}"
        u.sumber, jenis, pola, u.penerbit = self._pilih(u, kelurahan)
        n = self.nomor[jenis] = self.nomor.get(jenis, 0) + 1
        u.jenis_dokumen = jenis
        u.nomor_dokumen = pola.format(
            n=n, nik=u.nik, nkk=u.nkk, hari=f"{hari:%d%m%Y}", bulan=_BULAN[hari.month - 1], tahun=hari.year
        )
        return u

    def _tanpa_akta(self) -> bool:
        """About three deaths in ten have a lurah's letter only; the first has an akta, the second not."""
        self.kematian += 1
        return self.kematian == 2 or (self.kematian > 2 and self.acak.r() < 0.3)

    def _pilih(self, u: Usul, kelurahan: str) -> tuple[str, str, str, str]:
        if u.kategori == "meninggal" and self._tanpa_akta():
            jenis = "Surat keterangan kematian"
            return ("kelurahan", jenis, "474.3/{n:03}/KEL/{bulan}/{tahun}", f"Lurah {kelurahan}")
        if u.kategori == "polri" or (u.kategori == "purna_tni_polri" and self.acak.r() < 0.5):
            return _POLRI[u.kategori]
        return _DOKUMEN[u.kategori or u.jenis]


_SURAT_TNI = ("tni", "Surat keterangan keanggotaan", "B/{n:03}/{bulan}/{tahun}", "Kodim 1306/Kota Palu")
_KK = ("disdukcapil", "Kartu Keluarga", "{nkk}", _DISDUKCAPIL)
_DOKUMEN = {
    "genap_17": ("disdukcapil", "KTP-el", "{nik}", _DISDUKCAPIL),
    "kawin_di_bawah_17": ("masyarakat", "Buku nikah", "{n:04}/{n:03}/{bulan}/{tahun}", "KUA Kota Palu"),
    "purna_tni_polri": ("tni", "Keputusan pensiun", "KEP/{n:03}/{bulan}/{tahun}", "Kodim 1306/Kota Palu"),
    "pindah_masuk": ("disdukcapil", "SKPWNI", "SKPWNI/7271/{hari}/{n:04}", _DISDUKCAPIL),
    "pulih_hak_politik": (
        "lapas_rutan",
        "Surat keterangan selesai pidana",
        "W.24.PAS/{n:03}/{bulan}/{tahun}",
        "Lapas Kelas IIA Palu",
    ),
    "tercecer": _KK,
    "meninggal": ("disdukcapil", "Akta kematian", "7271-KM-{hari}-{n:04}", _DISDUKCAPIL),
    "ganda": ("disdukcapil", "Surat keterangan data kependudukan", "470/{n:03}/DKCS/{tahun}", _DISDUKCAPIL),
    "di_bawah_umur": _KK,
    "pindah_domisili": ("disdukcapil", "SKPWNI", "SKPWNI/7271/{hari}/K{n:04}", _DISDUKCAPIL),
    "wna": (
        "masyarakat",
        "Surat keterangan kewarganegaraan",
        "W.24.IMI/{n:03}/{tahun}",
        "Kantor Imigrasi Palu",
    ),
    "tni": _SURAT_TNI,
    "hak_politik_dicabut": (
        "masyarakat",
        "Putusan pengadilan",
        "{n}/Pid.Sus/{tahun}/PN Pal",
        "Pengadilan Negeri Palu",
    ),
    "UBAH": _KK,
    "MUTASI": _KK,
}
_POLRI = {
    "polri": ("polri", "Surat keterangan keanggotaan Polri", "B/{n:03}/{bulan}/{tahun}/SDM", "Polresta Palu"),
    "purna_tni_polri": ("polri", "Keputusan pensiun Polri", "KEP/{n:03}/{bulan}/{tahun}/SDM", "Polresta Palu"),
}
