"""Odd rows of a base list, written by hand from the regulation before the checks existed.

Every row is a sound row with the cells in ``beda`` replaced. ``temuan`` is the whole truth: (column, severity) of every
finding the row must get, no more and no fewer; ``dimuat`` says whether the voter must be on the roll afterwards. The
reference day is 12 December 2026, the place is Talise in Mantikulore, the numbers of the persons start at 9001.
"""

from typing import NamedTuple

GALAT, PERINGATAN, INFO = "Galat", "Peringatan", "Info"


class Ganjil(NamedTuple):
    """One odd row and its truth."""

    nama: str
    beda: dict[str, str]
    temuan: set[tuple[str, str]]
    dimuat: bool = True


SEHAT = {
    "KECAMATAN": "MANTIKULORE",
    "KELURAHAN": "TALISE",
    "NKK": "7271081203089001",
    "NAMA": "ARIF LAPAU",
    "KELAMIN": "L",
    "TEMPAT LAHIR": "PALU",
    "TANGGAL LAHIR": "17|08|1990",
    "STS KAWIN": "S",
    "ALAMAT": "JL. YOS SUDARSO NO. 1",
    "RT": "002",
    "RW": "005",
    "DISABILITAS": "0",
    "EKTP": "S",
    "KETERANGAN": "",
    "SUMBER": "DP4",
    "TPS": "001",
    "STATUS": "AKTIF",
}
"""The rest of a sound row; NIK and DPID are made so that each row has its own (see the test)."""

AWALAN_NIK = "727101170890"

BARIS = [
    Ganjil("sehat", {}, set()),
    Ganjil("nik_15_digit", {"NIK": "727101170890900"}, {("NIK", GALAT)}),
    Ganjil("nik_17_digit", {"NIK": "72710117089090011"}, {("NIK", GALAT)}),
    Ganjil("nik_huruf_o", {"NIK": "7271O11708909001"}, {("NIK", GALAT)}),
    Ganjil("nik_notasi_ilmiah", {"NIK": "7,27101E+15"}, {("NIK", GALAT)}),
    Ganjil("nik_kosong", {"NIK": ""}, {("NIK", GALAT)}),
    Ganjil("nik_dan_dpid_kosong", {"NIK": "", "DPID": ""}, {("NIK", GALAT), ("DPID", PERINGATAN)}, dimuat=False),
    Ganjil("nik_hari_38", {"NIK": "7271013808909002"}, {("NIK", GALAT)}),
    Ganjil("nik_hari_00", {"NIK": "7271010008909002"}, {("NIK", GALAT)}),
    Ganjil("nik_hari_72", {"NIK": "7271017208909002"}, {("NIK", GALAT)}),
    Ganjil("nik_bulan_13", {"NIK": "7271011713909002"}, {("NIK", GALAT)}),
    Ganjil("nik_30_februari", {"NIK": "7271013002909002"}, {("NIK", GALAT)}),
    Ganjil(
        "perempuan_hari_71",
        {"NIK": "7271017108909002", "KELAMIN": "P", "TANGGAL LAHIR": "31|08|1990", "NAMA": "SITI NURHAYATI"},
        set(),
    ),
    Ganjil("kelamin_beda_dengan_nik", {"KELAMIN": "P"}, {("NIK", PERINGATAN)}),
    Ganjil("tanggal_beda_dengan_nik", {"TANGGAL LAHIR": "18|08|1990"}, {("NIK", PERINGATAN)}),
    Ganjil("nik_seri_0000", {"NIK": "7271011708900000"}, {("NIK", PERINGATAN)}),
    Ganjil("nik_dari_sigi", {"NIK": "7210041708909001"}, {("NIK", INFO)}),
    Ganjil("nik_dari_makassar", {"NIK": "7371141708909001"}, {("NIK", INFO)}),
    Ganjil("nik_wilayah_tak_ada", {"NIK": "9999011708909001"}, {("NIK", PERINGATAN)}),
    Ganjil("nik_berspasi", {"NIK": " 7271 0117 0890 9101 "}, {("NIK", INFO)}),
    Ganjil("nik_berapostrof", {"NIK": "'7271011708909102"}, {("NIK", INFO)}),
    Ganjil("nik_spasi_tak_putus", {"NIK": "\u00a07271011708909103\u00a0"}, {("NIK", INFO)}),
    Ganjil("nkk_14_digit", {"NKK": "72710812030890"}, {("NKK", GALAT)}),
    Ganjil("nkk_hari_45", {"NKK": "7271084503089001"}, {("NKK", GALAT)}),
    Ganjil("nkk_kosong", {"NKK": ""}, {("NKK", GALAT)}),
    Ganjil("nkk_dari_donggala", {"NKK": "7203081203089001"}, {("NKK", PERINGATAN)}),
    Ganjil("nama_kosong", {"NAMA": "  "}, {("NAMA", GALAT)}, dimuat=False),
    Ganjil("nama_apostrof", {"NAMA": "MA'RUF AMIN"}, set()),
    Ganjil("nama_satu_kata", {"NAMA": "SUDIRMAN"}, set()),
    Ganjil("nama_bergelar", {"NAMA": "HJ. ROSMINI, S.PD"}, {("NAMA", INFO)}),
    Ganjil("nama_berangka", {"NAMA": "4RIF LAPAU"}, {("NAMA", PERINGATAN)}),
    Ganjil("kelamin_x", {"KELAMIN": "X"}, {("KELAMIN", GALAT)}),
    Ganjil("kelamin_kata", {"KELAMIN": "Laki-laki"}, set()),
    Ganjil("kawin_k", {"STS KAWIN": "K"}, {("STS KAWIN", GALAT)}),
    Ganjil("disabilitas_7", {"DISABILITAS": "7"}, {("DISABILITAS", GALAT)}),
    Ganjil("ektp_y", {"EKTP": "Y"}, {("EKTP", GALAT)}),
    Ganjil("ektp_belum", {"EKTP": "B"}, set()),
    Ganjil("lahir_kosong", {"TANGGAL LAHIR": ""}, {("TANGGAL LAHIR", GALAT)}),
    Ganjil("lahir_31_februari", {"TANGGAL LAHIR": "31|02|1988"}, {("TANGGAL LAHIR", GALAT)}),
    Ganjil("lahir_kata", {"TANGGAL LAHIR": "17 Agustus 1990"}, set()),
    Ganjil("lahir_garis_miring", {"TANGGAL LAHIR": "17/08/1990"}, set()),
    Ganjil("lahir_dua_digit", {"TANGGAL LAHIR": "17/08/90"}, {("TANGGAL LAHIR", PERINGATAN)}),
    Ganjil("lahir_nomor_seri", {"TANGGAL LAHIR": "33102"}, {("TANGGAL LAHIR", PERINGATAN)}),
    Ganjil(
        "lahir_besok",
        {"NIK": "7271011212399001", "TANGGAL LAHIR": "12|12|2039"},
        {("TANGGAL LAHIR", GALAT)},
    ),
    Ganjil(
        "umur_101",
        {"NIK": "7271011111259001", "TANGGAL LAHIR": "11|11|1925"},
        {("TANGGAL LAHIR", PERINGATAN)},
    ),
    Ganjil("umur_100_tepat", {"NIK": "7271011212269001", "TANGGAL LAHIR": "12|12|1926"}, set()),
    Ganjil(
        "tujuh_belas_pada_hari_pleno",
        {"NIK": "7271011212099001", "TANGGAL LAHIR": "12|12|2009", "STS KAWIN": "B"},
        set(),
    ),
    Ganjil(
        "tujuh_belas_besok",
        {"NIK": "7271011312099001", "TANGGAL LAHIR": "13|12|2009", "STS KAWIN": "B"},
        {("TANGGAL LAHIR", GALAT)},
    ),
    Ganjil(
        "kawin_16",
        {"NIK": "7271011708109001", "TANGGAL LAHIR": "17|08|2010", "STS KAWIN": "S"},
        {("TANGGAL LAHIR", PERINGATAN)},
    ),
    Ganjil(
        "kawin_12",
        {"NIK": "7271011708149001", "TANGGAL LAHIR": "17|08|2014", "STS KAWIN": "P"},
        {("TANGGAL LAHIR", PERINGATAN)},
    ),
    Ganjil("rt_nol", {"RT": "000"}, {("RT", GALAT)}),
    Ganjil("rt_satu_angka", {"RT": "1", "RW": "01"}, set()),
    Ganjil("rw_huruf", {"RW": "LIMA"}, {("RW", GALAT)}),
    Ganjil("rw_kosong", {"RW": ""}, {("RW", GALAT)}),
    Ganjil("kelurahan_kosong", {"KELURAHAN": ""}, {("KELURAHAN", GALAT)}, dimuat=False),
    Ganjil("kelurahan_tak_ada", {"KELURAHAN": "TALISEE JAYA"}, {("KELURAHAN", GALAT)}, dimuat=False),
    Ganjil("kelurahan_ejaan_lain", {"KECAMATAN": "TATANGA", "KELURAHAN": "TAVANJUKA"}, {("KELURAHAN", INFO)}),
    Ganjil("kecamatan_keliru", {"KECAMATAN": "TATANGA"}, {("KECAMATAN", PERINGATAN)}),
    Ganjil("tps_tak_ada", {"TPS": "888"}, {("TPS", GALAT)}),
    Ganjil("status_tms", {"STATUS": "TMS", "KETERANGAN": "1"}, {("KETERANGAN", GALAT)}),
    Ganjil("kode_tak_dikenal", {"KETERANGAN": "77"}, {("KETERANGAN", PERINGATAN)}),
    Ganjil("sel_rumus", {"NAMA": "=CMD|' /C CALC'!A0"}, {("NAMA", PERINGATAN)}),
]
