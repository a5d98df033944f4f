"""Every check of an import: its stable code, its severity, the SQL that finds it and the sentence that explains it.

Conditions of row checks speak of the columns of ``normal.SELEKSI``; a column that the file lacks is NULL there, and
NULL is never a finding. Severities follow pdpb brief §7.2; where the brief gives none the comment says why.
"""

from dataclasses import dataclass

from pdpb.models.impor import Tingkat

DASAR = frozenset({"dpt", "loksus"})
USULAN = frozenset({"perubahan"})
SEMUA = DASAR | USULAN | {"lintas"}


@dataclass(frozen=True, slots=True)
class Cek:
    """One check. *syarat* is empty for checks that look at more than one row (``kelompok``, ``usul``).

    A row that changes somebody on the roll is held against its own words only where it differs from the roll;
    *selalu* marks the checks that speak of how a cell is written and therefore always hold.
    """

    kode: str
    tingkat: str
    kolom: str
    pesan: str
    syarat: str = ""
    nilai: str = ""
    jenis: frozenset = DASAR | USULAN
    selalu: bool = False


G, P, I = Tingkat.GALAT.value, Tingkat.PERINGATAN.value, Tingkat.INFO.value  # noqa: E741
_SAMARAN = "left({0}, 4) || repeat('•', greatest(length({0}) - 4, 0))"
_NIK, _NKK = _SAMARAN.format("nik"), _SAMARAN.format("nkk")

DAFTAR: tuple[Cek, ...] = (
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
        "NIK tersimpan sebagai angka, bukan teks; digit terakhir kemungkinan hilang. Cocokkan dengan KTP-el, lalu ubah "
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
        "Jenis kelamin menurut NIK berbeda dari kolom jenis kelamin. NIK tidak diubah; periksa jenis kelaminnya lewat "
        "KTP-el atau coktas.",
        "nik_tgl_benar AND jk <> '' AND nik_perempuan <> (jk = 'P')",
    ),
    Cek(
        "nik_tanggal_beda",
        P,
        "nik",
        "Tanggal lahir di dalam NIK berbeda dari kolom tanggal lahir. Ini wajar bila tanggal lahir pernah diperbaiki; "
        "NIK memang tidak ikut berubah. Pastikan lewat KTP-el.",
        "nik_tgl_benar AND tanggal_lahir IS NOT NULL AND (nik_h <> lahir_h OR nik_b <> lahir_b OR nik_t <> lahir_t % 100)",
    ),
    Cek(
        "nik_wilayah_luar",
        I,
        "nik",
        "NIK ini pertama kali diterbitkan di daerah lain (kode {nilai}). Itu wajar, orangnya pindah ke Palu; NIK tidak "
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
        "Nomor KK tersimpan sebagai angka ilmiah ({nilai}) sehingga digitnya hilang. Ubah format kolom menjadi Teks, isi "
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
        "KK diterbitkan di daerah lain (kode {nilai}). KK biasanya diganti setelah pindah; mungkin kepindahannya belum "
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
    # --- Place and date of birth ---
    Cek(
        "tempat_lahir_kosong",
        P,
        "tempat_lahir",
        "Tempat lahir kosong. Lengkapi dari KTP-el.",
        "tempat_lahir = ''",
    ),
    Cek(
        "tanggal_lahir_kosong",
        G,
        "tanggal_lahir",
        "Tanggal lahir kosong. Lengkapi dari KTP-el atau KK.",
        "t_lahir = ''",
    ),
    Cek(
        "tanggal_lahir_tidak_dikenal",
        G,
        "tanggal_lahir",
        "Tanggal lahir “{nilai}” tidak dapat dibaca. Tulis hari-bulan-tahun, misalnya 17-08-1990.",
        "t_lahir <> '' AND tanggal_lahir IS NULL",
        "left(t_lahir, 30)",
    ),
    Cek(
        "tanggal_lahir_masa_depan",
        G,
        "tanggal_lahir",
        "Tanggal lahir {nilai} belum terjadi. Cocokkan dengan KTP-el.",
        "tanggal_lahir > {hari_ini}",
        "to_char(tanggal_lahir, 'DD-MM-YYYY')",
    ),
    Cek(
        "tanggal_lahir_nomor_seri",
        P,
        "tanggal_lahir",
        "Tanggal lahir tersimpan sebagai nomor seri Excel dan dibaca {nilai}. Pastikan benar.",
        "t_lahir ~ '^[0-9]{5}$' AND tanggal_lahir IS NOT NULL",
        "to_char(tanggal_lahir, 'DD-MM-YYYY')",
        selalu=True,
    ),
    Cek(
        "tanggal_lahir_dua_digit",
        P,
        "tanggal_lahir",
        "Tahun lahir ditulis dua digit dan dibaca {nilai}. Pastikan abadnya benar.",
        "t_lahir ~ '^[0-9]{1,2}[-/.| ][0-9]{1,2}[-/.| ][0-9]{2}$' AND tanggal_lahir IS NOT NULL",
        "to_char(tanggal_lahir, 'DD-MM-YYYY')",
        selalu=True,
    ),
    Cek(
        "usia_di_atas_maksimum",
        P,  # Nobody is struck off for being old: both age checks ask for a visit (§7.2).
        "tanggal_lahir",
        "Umurnya {nilai} tahun, melewati batas wajar. Periksa tanggal lahir dan kunjungi lewat coktas.",
        "umur > {usia_maksimum}",
        "umur::text",
    ),
    Cek(
        "usia_coktas",
        P,
        "tanggal_lahir",
        "Umurnya {nilai} tahun. Bukan kesalahan; KPU meminta dikunjungi lewat coktas untuk memastikan masih hidup.",
        "umur > {usia_coktas} AND umur <= {usia_maksimum}",
        "umur::text",
    ),
    Cek(
        "di_bawah_umur",
        G,
        "tanggal_lahir",
        "Umurnya {nilai} tahun pada hari acuan dan belum kawin, jadi belum memenuhi syarat. Periksa tanggal lahir dan "
        "status kawin; bila benar, usulkan TMS di bawah umur.",
        "umur >= 0 AND umur < {usia_minimum} AND coalesce(kawin, 'B') NOT IN ('S', 'P') AND tanggal_lahir <= {hari_ini}",
        "umur::text",
    ),
    Cek(
        "di_bawah_umur_kawin",
        P,
        "tanggal_lahir",
        "Umurnya {nilai} tahun dan sudah atau pernah kawin. Boleh terdaftar dengan KK atau buku nikah; lampirkan buktinya.",
        "umur >= {usia_kawin} AND umur < {usia_minimum} AND kawin IN ('S', 'P')",
        "umur::text",
    ),
    Cek(
        "kawin_terlalu_muda",
        P,
        "tanggal_lahir",
        "Umurnya {nilai} tahun tetapi tercatat kawin. Kemungkinan besar tanggal lahir atau status kawinnya keliru.",
        "umur >= 0 AND umur < {usia_kawin} AND kawin IN ('S', 'P') AND tanggal_lahir <= {hari_ini}",
        "umur::text",
    ),
    # --- Values of fixed lists ---
    Cek(
        "kelamin_tidak_dikenal",
        G,
        "kelamin",
        "Jenis kelamin “{nilai}” tidak dikenal. Isi L atau P.",
        "t_jk IS NOT NULL AND jk = ''",
        "left(t_jk, 20)",
    ),
    Cek(
        "status_kawin_tidak_dikenal",
        G,
        "sts_kawin",
        "Status kawin “{nilai}” tidak dikenal. Isi B (belum), S (sudah), atau P (pernah).",
        "t_kawin IS NOT NULL AND kawin = ''",
        "left(t_kawin, 20)",
    ),
    Cek(
        "disabilitas_tidak_dikenal",
        G,
        "disabilitas",
        "Kode disabilitas “{nilai}” tidak dikenal. Isi 0 sampai 6.",
        "t_disabilitas IS NOT NULL AND disabilitas = ''",
        "left(t_disabilitas, 20)",
    ),
    Cek(
        "ktpel_tidak_dikenal",
        G,
        "ektp",
        "Status KTP-el “{nilai}” tidak dikenal. Isi S (sudah) atau B (belum).",
        "t_ektp IS NOT NULL AND ektp = ''",
        "left(t_ektp, 20)",
    ),
    # --- Address ---
    Cek(
        "rt_tidak_wajar",
        G,
        "rt",
        "RT kosong, 0, atau bukan angka (“{nilai}”). Lengkapi dari KK atau tanyakan kepada kelurahan.",
        "rt_salah",
        "left(t_rt, 20)",
    ),
    Cek(
        "rw_tidak_wajar",
        G,
        "rw",
        "RW kosong, 0, atau bukan angka (“{nilai}”). Lengkapi dari KK atau tanyakan kepada kelurahan.",
        "rw_salah",
        "left(t_rw, 20)",
    ),
    Cek(
        "teks_terpotong",
        P,
        "alamat",
        "Alamat atau tempat lahir terlalu panjang dan dipotong saat dimuat. Ringkas isinya pada berkas asal.",
        "length(alamat) > 160 OR length(tempat_lahir) > 60",
    ),
    # --- Area ---
    Cek("kelurahan_kosong", G, "kelurahan", "Kelurahan kosong. Isi nama kelurahan.", "wilayah & 1 > 0"),
    Cek(
        "kelurahan_tidak_dikenal",
        G,
        "kelurahan",
        "Kelurahan “{nilai}” tidak ada di Kota Palu. Periksa ejaannya; bila hanya beda ejaan, admin dapat menambahkannya "
        "sebagai ejaan lain.",
        "wilayah & 2 > 0",
        "left(t_kelurahan, 60)",
    ),
    Cek(
        "kelurahan_ejaan_lain",
        I,
        "kelurahan",
        "“{nilai}” dibaca sebagai ejaan lain dari kelurahan yang terdaftar.",
        "wilayah & 4 > 0",
        "left(t_kelurahan, 60)",
        selalu=True,
    ),
    Cek(
        "kecamatan_tidak_sesuai",
        P,
        "kecamatan",
        "Kelurahan ini tidak berada di kecamatan yang tertulis. Dimuat menurut kelurahannya; periksa berkas asal.",
        "wilayah & 8 > 0",
    ),
    Cek(
        "tps_tidak_dikenal",
        G,
        "tps",
        "TPS “{nilai}” tidak terdaftar di kelurahan ini. Periksa nomornya, atau minta admin menambah TPS.",
        "wilayah & 16 > 0",
        "left(t_tps, 20)",
    ),
    Cek("tps_kosong", P, "tps", "TPS kosong. Pemilih dimuat tanpa TPS sampai ditempatkan.", "wilayah & 32 > 0"),
    # Not in the brief's table: loaded as written, but a loksus list that names a regular TPS is likely a slip.
    Cek(
        "tps_bukan_loksus",
        P,
        "tps",
        "TPS ini terdaftar sebagai TPS reguler, padahal berkasnya daftar lokasi khusus. Periksa nomor TPS.",
        "wilayah & 64 > 0",
        jenis=frozenset({"loksus"}),
    ),
    # --- Row id, status, code ---
    Cek(
        "dpid_kosong",
        P,
        "dpid",
        "DPID kosong, padahal baris DPT selalu mempunyai DPID. Periksa berkas asal.",
        "dpid = ''",
        jenis=frozenset({"dpt"}),
    ),
    Cek(
        "dpid_ganda",
        G,
        "dpid",
        "DPID ini dipakai lebih dari satu baris. Kedua baris dimuat; periksa apakah berkas asal tersalin dua kali.",
        jenis=DASAR,
    ),
    Cek(
        "baris_tms_di_daftar",
        G,
        "keterangan",
        "Baris daftar dasar memuat kode TMS “{nilai}”. Baris tetap dimuat; bila benar TMS, usulkan dengan buktinya.",
        "ket_tms",
        "keterangan",
        DASAR,
    ),
    Cek(
        "status_tms_di_daftar",
        G,
        "status",
        "Baris daftar dasar berstatus TMS. Baris tetap dimuat; bila benar TMS, usulkan dengan buktinya.",
        "upper(status) = 'TMS' AND NOT coalesce(ket_tms, false)",
        jenis=DASAR,
    ),
    Cek(
        "keterangan_tidak_dikenal",
        P,
        "keterangan",
        "Kode keterangan “{nilai}” tidak ada pada kamus kode yang dipilih. Periksa tahun kamusnya.",
        "keterangan <> '' AND NOT ket_dikenal",
        "left(keterangan, 20)",
        DASAR,
    ),
    # --- More than one row ---
    Cek(
        "nik_ganda",
        G,
        "nik",
        "NIK, nama, dan tanggal lahir ini muncul lebih dari sekali (ganda). Semua baris tetap dimuat sampai diputuskan.",
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
    # --- Lists of changes (§5, §7.2) ---
    Cek(
        "jenis_tidak_dikenal",
        G,
        "jenis",
        "Jenis perubahan “{nilai}” tidak dikenal. Isi BARU, TMS, UBAH, atau MUTASI.",
        jenis=USULAN,
    ),
    Cek(
        "kategori_tidak_dikenal",
        G,
        "kategori",
        "Kategori “{nilai}” tidak dikenal untuk jenis perubahan ini. Pilih kategori dari daftar kategori.",
        jenis=USULAN,
    ),
    Cek(
        "kategori_tidak_berlaku",
        G,
        "kategori",
        "Kategori “{nilai}” tidak dipakai lagi sebagai alasan. Periksa lewat coktas dan pilih alasan yang berlaku.",
        jenis=USULAN,
    ),
    Cek(
        "kode_tidak_dikenal",
        G,
        "keterangan",
        "Kode keterangan “{nilai}” tidak ada pada kamus kode yang dipilih. Periksa tahun kamusnya.",
        jenis=USULAN,
    ),
    Cek(
        "baru_ber_dpid",
        G,
        "dpid",
        "Pemilih baru tidak boleh sudah mempunyai DPID. Mungkin ia sudah terdaftar; periksa, lalu pilih UBAH atau MUTASI.",
        jenis=USULAN,
    ),
    Cek(
        "baru_sudah_aktif",
        G,
        "nik",
        "NIK ini sudah aktif di daftar pemilih kota, jadi bukan pemilih baru. Bila pindah di dalam kota, pakai MUTASI.",
        jenis=USULAN,
    ),
    Cek(
        "sudah_diusulkan",
        G,
        "",
        "Perubahan sejenis untuk orang ini sudah ada pada periode ini. Buka perubahan itu.",
        jenis=USULAN,
    ),
    Cek(
        "kembar_dalam_berkas",
        G,
        "",
        "Orang ini sudah disebut dengan perubahan sejenis pada {nilai}. Baris pertama yang dipakai.",
        jenis=USULAN,
    ),
    Cek(
        "tidak_ada_di_daftar",
        G,
        "",
        "Orang ini tidak ditemukan di daftar pemilih aktif. Cocokkan NIK atau DPID; mungkin terdaftar di daerah lain.",
        jenis=USULAN | {"lintas"},
    ),
    Cek(
        "cocok_lebih_dari_satu",
        G,
        "",
        "Lebih dari satu pemilih cocok dengan baris ini. Sebutkan DPID atau NIK yang benar.",
        jenis=USULAN,
    ),
    Cek(
        "data_beda_dari_daftar",
        P,
        "",
        "Isi baris ini berbeda dari daftar pemilih pada {nilai}. Pastikan orangnya sama sebelum disetujui.",
        jenis=USULAN,
    ),
    Cek(
        "dicocokkan_lewat_nama",
        P,
        "nama",
        "Tanpa NIK, orang ini dicocokkan lewat nama dan tanggal lahir. Pastikan orangnya sama sebelum disetujui.",
        jenis=USULAN,
    ),
    Cek(
        "tps_beda",
        P,
        "tps",
        "TPS atau kelurahan pada baris ini berbeda dari daftar pemilih. Tempat menurut daftar yang dipakai.",
        jenis=USULAN,
    ),
    Cek(
        "kelurahan_tidak_terbaca",
        P,
        "kelurahan",
        "Kelurahan “{nilai}” tidak dikenal; tempat menurut daftar pemilih yang dipakai.",
        jenis=USULAN,
    ),
    Cek(
        "tidak_ada_beda",
        G,
        "",
        "Tidak ada isian yang berbeda dari daftar pemilih, jadi tidak ada yang diperbaiki.",
        jenis=USULAN,
    ),
    Cek(
        "nkk_wajib",
        G,
        "nkk",
        "Pemilih baru harus disertai nomor KK; tanpa itu usulan tidak dapat diproses.",
        jenis=USULAN,
    ),
    Cek(
        "bukti_kosong",
        P,
        "jenis_dokumen",
        "Belum ada dokumen bukti. Usulan dicatat dan menunggu; tidak dapat diverifikasi sebelum buktinya ada.",
        jenis=USULAN,
    ),
    Cek(
        "bukti_tidak_lazim",
        P,
        "jenis_dokumen",
        "Dokumen “{nilai}” bukan bukti yang lazim untuk kategori ini. Verifikator perlu menilainya.",
        jenis=USULAN,
    ),
    Cek(
        "tanggal_dokumen_tidak_dikenal",
        P,
        "tanggal_dokumen",
        "Tanggal dokumen “{nilai}” tidak dapat dibaca atau belum terjadi. Lengkapi sebelum diverifikasi.",
        jenis=USULAN,
    ),
    Cek(
        "tujuan_tidak_dikenal",
        G,
        "kelurahan_tujuan",
        "Kelurahan tujuan “{nilai}” tidak dikenal. Periksa ejaannya.",
        jenis=USULAN,
    ),
    Cek(
        "tps_tujuan_tidak_dikenal",
        G,
        "tps_tujuan",
        "TPS tujuan “{nilai}” kosong atau tidak terdaftar di kelurahan tujuan.",
        jenis=USULAN,
    ),
    Cek(
        "tujuan_sama",
        G,
        "tps_tujuan",
        "Tempat tujuan sama dengan tempat sekarang, jadi tidak ada mutasi.",
        jenis=USULAN,
    ),
    Cek(
        "tidak_padan",
        P,
        "keterangan",
        "Kode salah TPS tanpa TPS yang benar, dan tidak ada baris BARU dengan NIK ini di berkas. Baris tidak diterapkan.",
        jenis=USULAN,
    ),
    Cek(
        "digabung_mutasi",
        I,
        "",
        "Baris BARU ini digabung dengan baris salah TPS ber-NIK sama menjadi satu mutasi.",
        jenis=USULAN,
    ),
    Cek(
        "bertahan_tidak_sah",
        G,
        "dpid_bertahan",
        "Usulan ganda harus menyebut DPID baris lain yang tetap aktif.",
        jenis=USULAN,
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

SELALU = frozenset(nomor for nomor, satu in enumerate(DAFTAR) if satu.selalu)

NOMOR = {satu.kode: nomor for nomor, satu in enumerate(DAFTAR)}
"""Stable code → the number under which staging tables hold it."""

KODE = {satu.kode: satu for satu in DAFTAR + BERKAS}
