"""Checks of a base list that look at other rows, at the roll, or at a whole file."""

from pdpb.impor.jenis_cek import DASAR, SEMUA, Cek, G, I, P

DAFTAR_DASAR: tuple[Cek, ...] = (
    # --- More than one row ---
    Cek(
        "nik_ganda",
        G,
        "nik",
        "NIK, nama, dan tanggal lahir ini muncul lebih dari sekali (ganda). Semua baris tetap dimuat "
        "sampai diputuskan.",
        jenis=DASAR,
    ),
    Cek(
        "nik_sama_orang_beda",
        G,
        "nik",
        "NIK ini dipakai orang lain dengan nama atau tanggal lahir berbeda. Kedua baris dimuat; Disdukcapil yang "
        "menentukan NIK siapa yang harus diperbaiki.",
        jenis=DASAR,
    ),
    Cek(
        "orang_sama_nik_beda",
        P,
        "nik",
        "Orang yang tampaknya sama tercatat dengan NIK lain. Periksa lewat coktas atau Disdukcapil.",
        jenis=DASAR,
    ),
    Cek(
        "nik_sudah_aktif",
        G,
        "nik",
        "NIK ini sudah ada pada baris aktif lain di daftar pemilih. Kedua baris tetap ada sampai diputuskan.",
        jenis=DASAR,
    ),
    Cek(
        "sudah_tms",
        P,
        "",
        "Orang ini sudah dikeluarkan dari daftar lewat usulan TMS. Daftar dasar tidak memasukkannya kembali.",
        jenis=DASAR,
    ),
    Cek(
        "sudah_diubah_usulan",
        P,
        "",
        "Data orang ini sudah diubah lewat usulan yang disetujui. Isi berkas yang berbeda tidak dipakai.",
        jenis=DASAR,
    ),
)

BERKAS: tuple[Cek, ...] = (
    Cek(
        "berkas_pernah_diunggah",
        P,
        "",
        "Berkas ini sudah pernah diunggah pada {nilai}. Baris yang tidak berubah akan dibiarkan.",
        jenis=SEMUA,
    ),
    Cek(
        "berkas_kelurahan_lain",
        P,
        "",
        "Nama berkas menyebut kelurahan lain daripada isinya ({nilai}). Pastikan berkasnya tidak tertukar.",
    ),
    Cek(
        "kolom_diabaikan",
        I,
        "",
        "Kolom ini tidak dikenal dan diabaikan.",
        jenis=SEMUA,
    ),
    Cek(
        "lembar_diabaikan",
        I,
        "",
        "Buku kerja ini memuat lembar lain yang diabaikan: {nilai}.",
        jenis=SEMUA,
    ),
)
"""Findings about a whole file; they stand at its header row."""
