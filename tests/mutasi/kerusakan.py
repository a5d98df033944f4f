"""The breakages: one line of the program each, as it stands and as it would stand if somebody got it wrong.

The old text must occur exactly once in its file; when the program moves on, the runner says so and the entry moves too.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kerusakan:
    """One breakage. *uji*: what pytest is asked to run; one failing test there means that it is caught."""

    nama: str
    berkas: str
    lama: str
    baru: str
    uji: tuple[str, ...]


PERUBAHAN = ("tests/pdpb/test_perubahan.py",)
BEKUKAN = ("tests/pdpb/test_bekukan.py",)
BALAPAN = ("tests/pdpb/test_balapan.py",)
NIK = ("tests/kernel/test_nik_tertutup.py", "-k", "show_once")
TANGGAPAN = ("tests/pdpb/test_tanggapan.py",)
IMPOR = ("tests/pdpb/test_impor.py",)

SEMUA = (
    # --- Reports of citizens ---
    Kerusakan(
        "tiket membedakan yang terdaftar",
        "pdpb/langkah_tanggapan.py",
        "    return _TERBUKA.get(alasan_tolak, _NETRAL) if kini == S.DITOLAK else _NETRAL",
        '    return _TERBUKA.get(alasan_tolak, "Tidak ditemukan.") if kini == S.DITOLAK else _NETRAL',
        TANGGAPAN,
    ),
    Kerusakan(
        "banjir tanggapan dibiarkan",
        "pdpb/views/tanggapan_publik.py",
        "    return sekali and sehari",
        "    return sekali or sehari",
        TANGGAPAN,
    ),
    Kerusakan(
        "petugas kedua menimpa keputusan petugas pertama",
        "pdpb/actions/tanggapan.py",
        "    if segar.versi != versi:",
        "    if segar.versi < versi:",
        TANGGAPAN,
    ),
    # --- Who may ---
    Kerusakan(
        "pengusul boleh memeriksa usulannya sendiri",
        "pdpb/actions/hambatan.py",
        "if langkah.orang_lain and perubahan.pengusul_id == oleh.pk:",
        "if langkah.orang_lain and perubahan.pengusul_id == 0:",
        PERUBAHAN,
    ),
    Kerusakan(
        "langkah tanpa hak",
        "pdpb/actions/perubahan.py",
        "    if not oleh.has_perm(langkah.perm):\n",
        "    if not oleh.is_active:\n",
        ("tests/pdpb/test_hak.py",),
    ),
    Kerusakan(
        "halaman terbuka bagi siapa pun yang masuk",
        "kpupalu/accounts/akses.py",
        "        if not aturan.boleh(request.user):\n",
        "        if not (request.user.is_authenticated or aturan.boleh(request.user)):\n",
        ("tests/pdpb/test_halaman_hak.py", "-k", "who_may_open and (daftar or detail)"),
    ),
    Kerusakan(
        "for_user tidak bertanya hak",
        "pdpb/models/perubahan.py",
        'return self if user.has_perm("pdpb.lihat_pemilih") else self.none()',
        "return self",
        ("tests/pdpb/test_hak.py",),
    ),
    Kerusakan(
        "peminta menyetujui sendiri pembukaan kembali",
        "pdpb/actions/periode.py",
        "if permintaan.diminta_oleh_id == oleh.pk:",
        "if permintaan.diminta_oleh_id == 0:",
        BEKUKAN,
    ),
    # --- What stays closed ---
    Kerusakan(
        "samaran NIK dilepas",
        "kpupalu/lib/samaran.py",
        """return f"{nik[:4]}{'•' * max(len(nik) - 4, 0)}" if nik else \"\"""",
        "return nik",
        ("tests/kernel/test_nik_tertutup.py", "-k", "test_nik_tertutup and auditor"),
    ),
    Kerusakan(
        "NIK tetap terbuka pada halaman berikutnya",
        "pdpb/views/pemilih.py",
        'request.session.pop("nik_dibuka", None)',
        'request.session.get("nik_dibuka", None)',
        NIK,
    ),
    Kerusakan(
        "NIK dibuka tanpa dicatat",
        "pdpb/views/pemilih.py",
        """catat_akses("lihat", pemilih, oleh=request.user, tujuan=f"NIK dibuka: {form.cleaned_data['tujuan']}")""",
        "pass",
        NIK,
    ),
    # --- Steps and evidence ---
    Kerusakan(
        "verifikasi tanpa bukti",
        "pdpb/actions/hambatan.py",
        "if langkah.perlu_bukti and not perubahan.bukti_id and not bukti:",
        "if langkah.perlu_bukti and not perubahan.bukti_id and bukti:",
        PERUBAHAN,
    ),
    Kerusakan(
        "usulan disetujui tanpa diverifikasi",
        "pdpb/langkah.py",
        "frozenset({S.DIVERIFIKASI}),\n            S.DISETUJUI,",
        "frozenset({S.DIVERIFIKASI, S.DIUSULKAN}),\n            S.DISETUJUI,",
        PERUBAHAN,
    ),
    Kerusakan(
        "peran aplikasi boleh mengubah riwayat",
        "kpupalu/basisdata/hak.py",
        '["UPDATE"] * (not jangan_ubah)',
        '["UPDATE"]',
        ("tests/pdpb/test_peran_aplikasi.py",),
    ),
    Kerusakan(
        "batas baca tidak menolak",
        "kpupalu/aturan/pembatasan.py",
        "if jumlah > maks:",
        "if jumlah > maks * 1000:",
        ("tests/pdpb/test_pembatasan.py",),
    ),
    Kerusakan(
        "langkah tidak masuk riwayat",
        "pdpb/actions/perubahan.py",
        "    if hasil.berhasil:\n        lewat",
        "    if not hasil.berhasil:\n        lewat",
        ("tests/pdpb/test_hak.py",),
    ),
    Kerusakan(
        "umur pas tujuh belas ditolak",
        "pdpb/actions/hambatan.py",
        "    if umur >= batas:\n",
        "    if umur > batas:\n",
        PERUBAHAN,
    ),
    Kerusakan(
        "kedua baris pasangan ganda keluar",
        "pdpb/actions/hambatan.py",
        "AND g.kategori_id = 'ganda' AND g.status = 'disetujui' AND g.bertahan_id = p.pemilih_id)\n    THEN 'Baris ini"
        " bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'\n  END",
        "AND g.kategori_id = 'ganda' AND g.status = 'ditolak' AND g.bertahan_id = p.pemilih_id)\n    THEN 'Baris ini"
        " bertahan dari pasangan ganda yang sudah disetujui. Batalkan persetujuan pasangan itu lebih dahulu.'\n  END",
        ("tests/pdpb/test_hak.py",),
    ),
    # --- Figures ---
    Kerusakan(
        "tanda TMS terbalik",
        "pdpb/rekap.py",
        "self.baru - self.tms + self.masuk",
        "self.baru + self.tms + self.masuk",
        PERUBAHAN,
    ),
    Kerusakan(
        "perbaikan data ikut dijumlahkan",
        "pdpb/rekap.py",
        "- self.keluar + self.koreksi",
        "- self.keluar + self.koreksi + self.ubah",
        PERUBAHAN,
    ),
    Kerusakan(
        "TMS dihitung sebagai pemilih baru",
        "pdpb/rekap.py",
        "UNION ALL SELECT versi_lama_id, 'tms', jenis",
        "UNION ALL SELECT versi_lama_id, 'baru', jenis",
        PERUBAHAN,
    ),
    Kerusakan(
        "yang disetujui tidak dihitung sebelum ditetapkan",
        "pdpb/rekap.py",
        "WHERE periode_id = %s AND status IN ('disetujui', 'ditetapkan')) \"",
        "WHERE periode_id = %s AND status IN ('ditetapkan')) \"",
        PERUBAHAN,
    ),
    Kerusakan(
        "baris yang sudah ditutup ikut dihitung",
        "pdpb/models/daftar.py",
        "return self.filter(akhir__isnull=True)",
        "return self.all()",
        PERUBAHAN,
    ),
    Kerusakan(
        "pembatalan tidak mengurangi ringkasan",
        "pdpb/daftar.py",
        '"SELECT baru, -1 FROM terap WHERE baru IS NOT NULL"',
        '"SELECT baru, 0 FROM terap WHERE baru IS NOT NULL"',
        ("tests/pdpb/test_acak.py", "-k", "1-400"),
    ),
    Kerusakan(
        "angka rekap membuka daftar tanpa saringan wilayah",
        "pdpb/views/perubahan.py",
        "        baris = baris.filter(lama | baru | belum)\n",
        "        baris = baris.filter(lama | baru | belum | Q())\n        baris = baris.model.objects.for_user(user)\n",
        ("tests/pdpb/test_halaman_angka.py", "-k", "recap_leads and tw4"),
    ),
    # --- Freezing ---
    Kerusakan(
        "pembekuan percaya pada ringkasan",
        "pdpb/actions/periode.py",
        "    pastikan_ringkasan_benar(rekap)\n",
        "",
        BEKUKAN,
    ),
    Kerusakan(
        "pembekuan tidak memeriksa identitas",
        "pdpb/actions/periode.py",
        "    _pastikan_identitas(rekap)\n",
        "",
        BEKUKAN,
    ),
    Kerusakan(
        "NIK ganda tidak dilihat",
        "pdpb/invarian.py",
        "    GROUP BY i.nik HAVING count(*) > 1",
        "    GROUP BY i.nik HAVING count(*) > 2",
        BEKUKAN,
    ),
    Kerusakan(
        "urutan daun sidik tanpa NIK",
        "pdpb/digest.py",
        """coalesce(t.nomor, 0), i.nik COLLATE "C", v.id'""",
        "coalesce(t.nomor, 0), v.id'",
        ("tests/pdpb/test_bekukan.py", "tests/pdpb/test_hak.py"),
    ),
    # --- Two at once ---
    Kerusakan(
        "kunci yang menunggu tidak mengunci",
        "pdpb/kunci.py",
        'cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kelas, nomor])',
        'cursor.execute("SELECT %s, %s", [kelas, nomor])',
        BALAPAN,
    ),
    Kerusakan(
        "kunci yang tidak menunggu tidak mengunci",
        "pdpb/kunci.py",
        'cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kelas, nomor])',
        'cursor.execute("SELECT true, %s, %s", [kelas, nomor])',
        BALAPAN,
    ),
    Kerusakan(
        "buku agenda tanpa kunci baris",
        "kpupalu/naskah/penomoran.py",
        "BukuAgenda.objects.select_for_update().get(",
        "BukuAgenda.objects.get(",
        ("tests/kernel/test_penomoran.py",),
    ),
    # --- Documents ---
    Kerusakan(
        "kuorum kurang satu",
        "kpupalu/naskah/penandatanganan.py",
        "return nilai_bulat(naskah.jenis.kuorum, pada=naskah.tanggal)",
        "return nilai_bulat(naskah.jenis.kuorum, pada=naskah.tanggal) - 1",
        ("tests/kernel/test_penandatanganan.py", "-k", "quorum"),
    ),
    Kerusakan(
        "perubahan sesudah tanda tangan tidak dilihat",
        "kpupalu/naskah/periksa.py",
        "any(t.perubahan or not t.utuh for t in isi.tanda)",
        "any(not t.utuh for t in isi.tanda)",
        ("tests/kernel/test_periksa.py", "-k", "rusak or later_signature or glued"),
    ),
    Kerusakan(
        "perubahan tidak ditetapkan bersama berita acara",
        "pdpb/actions/naskah.py",
        "        status=Perubahan.Status.DITETAPKAN\n",
        "        status=Perubahan.Status.DISETUJUI\n",
        ("tests/pdpb/test_berita_acara.py",),
    ),
    # --- Import ---
    Kerusakan(
        "peringatan impor diterima tanpa nama",
        "pdpb/impor/penerapan.py",
        "    if jumlah and not terima_peringatan:\n",
        "    if not jumlah and not terima_peringatan:\n",
        (*IMPOR, "-k", "warnings_want"),
    ),
    Kerusakan(
        "selisih besar tanpa alasan",
        "pdpb/impor/penerapan.py",
        "    if besar and not alasan.strip():\n",
        "    if not besar and alasan.strip():\n",
        (*IMPOR, "-k", "large_move"),
    ),
)
