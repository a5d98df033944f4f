"""Checks of one row about who the person is: NIK, NKK and name."""

from pdpb.impor.jenis_cek import DASAR, SEMUA, Cek, G, I, P

IDENTITAS: tuple[Cek, ...] = (
    # --- The row as a whole ---
    Cek(
        "kolom_bergeser",
        G,
        "",
        "Jumlah sel baris ini tidak sama dengan judul kolom, sehingga isi mungkin bergeser. Periksa pemisah di dalam "
        "nama atau alamat.",
        "geser",
        jenis=SEMUA,
        selalu=True,
    ),
    # --- NIK (§7.1, §7.2, §7.3) ---
    Cek(
        "nik_kosong",
        G,
        "nik",
        "NIK kosong. Lengkapi dari KTP-el atau KK.",
        "nik = '' AND NOT nik_ilmiah",
        jenis=DASAR | {"lintas"},
    ),
    Cek(
        "nik_ilmiah",
        G,
        "nik",
        "NIK tersimpan sebagai angka ilmiah ({nilai}) sehingga digitnya hilang. Ubah format kolom menjadi Teks pada "
        "berkas asal, isi ulang NIK, lalu unggah kembali.",
        "nik_ilmiah",
        "t_nik",
        SEMUA,
        selalu=True,
    ),
    Cek(
        "nik_angka",
        G,
        "nik",
        "NIK tersimpan sebagai angka, bukan teks; digit terakhir kemungkinan hilang. Cocokkan dengan "
        "KTP-el, lalu ubah "
        "format kolom menjadi Teks.",
        "nik_angka AND NOT nik_ilmiah",
        jenis=SEMUA,
        selalu=True,
    ),
    Cek(
        "nik_presisi_hilang",
        G,
        "nik",
        "Semua NIK pada berkas ini berakhir dengan 0: kolomnya pernah disimpan sebagai angka sehingga digit terakhir "
        "hilang. Minta berkas asal dengan kolom NIK berformat Teks.",
        jenis=SEMUA,
        selalu=True,
    ),
    Cek(
        "nik_bukan_16_digit",
        G,
        "nik",
        "NIK harus tepat 16 digit angka; yang ditemukan {nilai}. Cocokkan dengan KTP-el atau KK.",
        "nik <> '' AND NOT nik_benar",
        "length(nik)::text || ' karakter'",
        SEMUA,
    ),
    Cek(
        "nik_tanggal_mustahil",
        G,
        "nik",
        "Tanggal di dalam NIK tidak mungkin ada (hari {nilai}). Hari ditulis 01–31, atau 41–71 untuk perempuan. "
        "Cocokkan dengan KTP-el.",
        "nik_benar AND NOT nik_tgl_benar",
        "substr(nik, 7, 2) || ', bulan ' || substr(nik, 9, 2)",
        SEMUA,
    ),
    Cek(
        "nik_seri_nol",
        P,
        "nik",
        "Empat digit terakhir NIK adalah 0000, padahal nomor seri dimulai dari 0001. Cocokkan dengan KTP-el.",
        "nik_benar AND right(nik, 4) = '0000'",
    ),
    Cek(
        "nik_kelamin_beda",
        P,
        "nik",
        "Jenis kelamin menurut NIK berbeda dari kolom jenis kelamin. NIK tidak diubah; periksa jenis "
        "kelaminnya lewat "
        "KTP-el atau coktas.",
        "nik_tgl_benar AND jk <> '' AND nik_perempuan <> (jk = 'P')",
    ),
    Cek(
        "nik_tanggal_beda",
        P,
        "nik",
        "Tanggal lahir di dalam NIK berbeda dari kolom tanggal lahir. Ini wajar bila tanggal lahir "
        "pernah diperbaiki; "
        "NIK memang tidak ikut berubah. Pastikan lewat KTP-el.",
        "nik_tgl_benar AND tanggal_lahir IS NOT NULL AND (nik_h <> lahir_h OR nik_b <> lahir_b OR "
        "nik_t <> lahir_t % 100)",
    ),
    Cek(
        "nik_wilayah_luar",
        I,
        "nik",
        "NIK ini pertama kali diterbitkan di daerah lain (kode {nilai}). Itu wajar, orangnya pindah "
        "ke Palu; NIK tidak "
        "perlu diperbaiki.",
        "nik_benar AND left(nik, 4) <> '7271' AND nik_wilayah_dikenal",
        "left(nik, 4)",
    ),
    Cek(
        "nik_wilayah_tidak_dikenal",
        P,
        "nik",
        "Kode wilayah pada NIK ({nilai}) tidak ada pada daftar kabupaten/kota. Mungkin kode lama sebelum pemekaran; "
        "cocokkan dengan KTP-el.",
        "nik_benar AND left(nik, 4) <> '7271' AND NOT nik_wilayah_dikenal",
        "left(nik, 4)",
    ),
    # The traps of §7.3 that were repaired without doubt are told, not held against the row.
    Cek(
        "nik_dirapikan",
        I,
        "nik",
        "NIK ditulis dengan spasi, titik, atau apostrof; tanda itu telah dihapus saat dibaca.",
        "nik_rapi AND nik_benar",
        jenis=SEMUA,
        selalu=True,
    ),
    # --- NKK ---
    Cek("nkk_kosong", G, "nkk", "Nomor KK kosong. Lengkapi dari KK.", "nkk = '' AND NOT nkk_ilmiah", jenis=DASAR),
    Cek(
        "nkk_ilmiah",
        G,
        "nkk",
        "Nomor KK tersimpan sebagai angka ilmiah ({nilai}) sehingga digitnya hilang. Ubah format "
        "kolom menjadi Teks, isi "
        "ulang, lalu unggah kembali.",
        "nkk_ilmiah",
        "t_nkk",
    ),
    Cek(
        "nkk_angka",
        G,
        "nkk",
        "Nomor KK tersimpan sebagai angka, bukan teks; digit terakhir kemungkinan hilang. Cocokkan dengan KK.",
        "nkk_angka AND NOT nkk_ilmiah",
    ),
    Cek(
        "nkk_presisi_hilang",
        G,
        "nkk",
        "Semua nomor KK pada berkas ini berakhir dengan 0: kolomnya pernah disimpan sebagai angka. Minta berkas asal "
        "dengan kolom berformat Teks.",
    ),
    Cek(
        "nkk_bukan_16_digit",
        G,
        "nkk",
        "Nomor KK harus tepat 16 digit angka; yang ditemukan {nilai}. Cocokkan dengan KK.",
        "nkk <> '' AND NOT nkk_benar",
        "length(nkk)::text || ' karakter'",
    ),
    Cek(
        "nkk_tanggal_mustahil",
        G,
        "nkk",
        "Tanggal terbit di dalam nomor KK tidak mungkin ada (hari {nilai}). Cocokkan dengan KK.",
        "nkk_benar AND NOT nkk_tgl_benar",
        "substr(nkk, 7, 2) || ', bulan ' || substr(nkk, 9, 2)",
    ),
    Cek(
        "nkk_wilayah_luar",
        P,
        "nkk",
        "KK diterbitkan di daerah lain (kode {nilai}). KK biasanya diganti setelah pindah; mungkin "
        "kepindahannya belum "
        "selesai. Tanyakan kepada yang bersangkutan atau Disdukcapil.",
        "nkk_benar AND left(nkk, 4) <> '7271'",
        "left(nkk, 4)",
    ),
    Cek(
        "nkk_dirapikan",
        I,
        "nkk",
        "Nomor KK ditulis dengan spasi, titik, atau apostrof; tanda itu telah dihapus saat dibaca.",
        "nkk_rapi AND nkk_benar",
        selalu=True,
    ),
    Cek(
        "nkk_beda_tps",
        P,
        "nkk",
        "Anggota KK ini tercatat di lebih dari satu TPS. Satu keluarga sebaiknya memilih di TPS yang sama.",
        jenis=DASAR,
    ),
    Cek(
        "nkk_terlalu_banyak",
        P,
        "nkk",
        "Nomor KK ini dipakai {nilai} baris. Wajar untuk panti atau asrama; periksa bila bukan.",
        jenis=DASAR,
    ),
    # --- Name ---
    Cek("nama_kosong", G, "nama", "Nama kosong. Lengkapi dari KTP-el atau KK.", "nama = ''"),
    Cek(
        "nama_terlalu_panjang",
        G,
        "nama",
        "Nama lebih panjang dari 120 huruf ({nilai}). Periksa apakah isi kolom lain ikut tertempel.",
        "length(nama) > 120",
        "length(nama)::text || ' huruf'",
    ),
    Cek(
        "nama_janggal",
        P,
        "nama",
        "Nama memuat angka atau tanda yang tidak lazim. Cocokkan dengan KTP-el.",
        "nama ~ '[^[:alpha:] .,''’`-]|Ã'",
    ),
    Cek(
        "nama_bergelar",
        I,
        "nama",
        "Nama ditulis dengan gelar. Boleh bila tertulis begitu pada KTP-el.",
        "(strpos(nama, '.') > 0 OR strpos(nama, ',') > 0) AND nama ~ "
        "'(^|[ ,.])(H|HJ|KH|DR|DRS|DRA|DRG|IR|PROF|PDT)\\. ?|, ?(S|M|A|DR|AMD|SE|SH|ST)\\.?[A-Z]*'",
    ),
)
