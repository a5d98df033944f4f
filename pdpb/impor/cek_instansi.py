"""Checks of what agencies write: corrections as element, old value, new value; days of events; rows mended later."""

from pdpb.impor.jenis_cek import SEMUA, USULAN, Cek, G, I, P

INSTANSI: tuple[Cek, ...] = (
    Cek(
        "elemen_tidak_dikenal",
        G,
        "elemen",
        "Nama isian “{nilai}” tidak dikenal. Isi dengan nama isian data pemilih, misalnya Alamat atau Tanggal lahir; "
        "perpindahan TPS atau kelurahan dicatat sebagai MUTASI.",
        jenis=USULAN,
    ),
    Cek(
        "seharusnya_kosong",
        G,
        "seharusnya",
        "Isi yang seharusnya kosong, jadi tidak ada yang dapat diperbaiki. Lengkapi dari dokumennya.",
        jenis=USULAN,
    ),
    Cek(
        "tertulis_beda",
        P,
        "tertulis",
        "Isi yang tertulis pada baris ini tidak sama dengan isi daftar pemilih sekarang. Pastikan orangnya sama dan "
        "perbaikannya masih diperlukan.",
        jenis=USULAN,
    ),
    Cek(
        "digabung_ubah",
        I,
        "elemen",
        "Perbaikan ini digabung dengan perbaikan lain untuk orang yang sama menjadi satu usulan.",
        jenis=USULAN,
    ),
    Cek(
        "tanggal_peristiwa_tidak_dikenal",
        P,
        "tanggal_peristiwa",
        "Tanggal peristiwa “{nilai}” tidak dapat dibaca atau belum terjadi. Periksa pada dokumennya.",
        jenis=USULAN,
    ),
    Cek(
        "digantikan_susulan",
        I,
        "",
        "Baris ini digantikan oleh baris perbaikannya, jadi tidak dipakai.",
        jenis=SEMUA,
    ),
)
