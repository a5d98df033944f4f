"""The people of the demo office: invented names in the posts a KPU city office has.

NIP are shaped like real ones (birth date, month of appointment, sex, serial) with serials from 901 up.
"""

from dataclasses import dataclass

RENDATIN = "Perencanaan, Data dan Informasi"
KUL = "Keuangan, Umum dan Logistik"
TEKNIS = "Teknis Penyelenggaraan Pemilu, Partisipasi dan Hubungan Masyarakat"
HUKUM = "Hukum dan Sumber Daya Manusia"
SUBBAGIAN = (KUL, TEKNIS, RENDATIN, HUKUM)
PERAN = (
    "operator",
    "verifikator",
    "kasubbag_rendatin",
    "kasubbag",
    "sekretaris",
    "ketua",
    "anggota",
    "petugas_coktas",
    "gudang",
    "ppid",
    "bendahara",
    "bawaslu",
    "auditor",
    "admin",
)


@dataclass(frozen=True, slots=True)
class OrangKantor:
    """One person with an account. *gelar* stands behind the name; outsiders have no *subbagian*."""

    username: str
    nama: str
    gelar: str
    nip: str | None
    jabatan: str
    subbagian: str | None
    divisi: str | None
    peran: str

    @property
    def nama_lengkap(self) -> str:
        """The name as it is printed below a signature."""
        return f"{self.nama}, {self.gelar}" if self.gelar else self.nama


def _komisioner(username: str, nama: str, gelar: str, jabatan: str, divisi: str) -> OrangKantor:
    peran = "ketua" if jabatan.startswith("Ketua") else "anggota"
    return OrangKantor(username, nama, gelar, None, jabatan, None, divisi, peran)


def _pegawai(
    username: str, nama: str, gelar: str, nip: str, jabatan: str, subbagian: str | None, peran: str
) -> OrangKantor:
    return OrangKantor(username, nama, gelar, nip, jabatan, subbagian, None, peran)


KOMISIONER = (
    _komisioner("rahma", "Rahma Lasimpo", "S.H., M.H.", "Ketua KPU Kota Palu", "Keuangan, Umum, dan Logistik"),
    _komisioner("yusran", "Yusran Tagunu", "S.Kom.", "Anggota KPU Kota Palu", "Perencanaan, Data, dan Informasi"),
    _komisioner("martha", "Martha Poelongan", "S.IP.", "Anggota KPU Kota Palu", "Teknis Penyelenggaraan"),
    _komisioner(
        "wayan",
        "I Wayan Sudiana",
        "S.Sos., M.Si.",
        "Anggota KPU Kota Palu",
        "Sosialisasi, Pendidikan Pemilih, Partisipasi Masyarakat, dan SDM",
    ),
    _komisioner("hasna", "Hasna Pettalolo", "S.H.", "Anggota KPU Kota Palu", "Hukum dan Pengawasan"),
)

SEKRETARIAT = (
    _pegawai(
        "arifin", "Arifin Malonda", "S.E., M.Si.", "197204151998031901", "Sekretaris KPU Kota Palu", None, "sekretaris"
    ),
    _pegawai(
        "budi",
        "Budi Haryanto",
        "S.Kom.",
        "198106222006041902",
        f"Kepala Subbagian {RENDATIN}",
        RENDATIN,
        "kasubbag_rendatin",
    ),
    _pegawai("tono", "Tono Kuncoro", "S.E.", "197909112005011903", f"Kepala Subbagian {KUL}", KUL, "kasubbag"),
    _pegawai(
        "selfi", "Selfi Runtuwene", "S.Sos.", "198402032009122904", f"Kepala Subbagian {TEKNIS}", TEKNIS, "kasubbag"
    ),
    _pegawai("nirma", "Nirma Ladjama", "S.H.", "198511272010012905", f"Kepala Subbagian {HUKUM}", HUKUM, "kasubbag"),
    _pegawai("sari", "Sari Randalemba", "A.Md.Kom.", "199305082019032906", "Operator Sidalih", RENDATIN, "operator"),
    _pegawai("fikri", "Fikri Mangge", "S.Kom.", "199607192022031907", "Operator Sidalih", RENDATIN, "operator"),
    _pegawai("lukman", "Lukman Pakaya", "S.Si.", "199001142015031908", "Penata Data Pemilih", RENDATIN, "verifikator"),
    _pegawai("ester", "Ester Tobondo", "S.T.", "199204302018012909", "Penata Data Pemilih", RENDATIN, "verifikator"),
    _pegawai(
        "rizal", "Rizal Tandigau", "S.Sos.", "199706152023211914", "Penata Kelola Pemilu", RENDATIN, "petugas_coktas"
    ),
    _pegawai("jufri", "Jufri Labaso", "", "198803252011011910", "Pengelola Gudang Logistik", KUL, "gudang"),
    _pegawai("indah", "Indah Maharani", "S.I.Kom.", "199412012020122911", "Petugas Layanan PPID", TEKNIS, "ppid"),
    _pegawai("slamet", "Slamet Waluyo", "S.Ak.", "198708172010121912", "Bendahara Pengeluaran", KUL, "bendahara"),
    _pegawai("gilang", "Gilang Pratama", "S.Kom.", "199509232021031913", "Pranata Komputer", RENDATIN, "admin"),
)

LUAR = (
    OrangKantor("fatma", "Fatma Bachmid", "S.H.", None, "Staf Pengawasan Bawaslu Kota Palu", None, None, "bawaslu"),
    OrangKantor("dewi", "Dewi Anggraeni", "S.E., Ak.", None, "Auditor Inspektorat", None, None, "auditor"),
)

#: everybody, one account each; every role of PERAN has at least one person
ORANG_KANTOR = KOMISIONER + SEKRETARIAT + LUAR
