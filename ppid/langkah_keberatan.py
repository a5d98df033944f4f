"""The steps of an objection and of a dispute: from which states to which, and by whom."""

from ppid.langkah import Langkah
from ppid.models import Keberatan, Sengketa

K, S = Keberatan.Status, Sengketa.Status
_PUTUS, _OLAH, _URUS = "ppid.putus_keberatan", "ppid.olah_permohonan", "ppid.urus_sengketa"

KEBERATAN: dict[str, Langkah] = {
    x.nama: x
    for x in (
        Langkah("telaah_keberatan", "Mulai telaah", frozenset({K.TERDAFTAR}), K.DITELAAH, _PUTUS),
        Langkah("mulai_musyawarah", "Mulai musyawarah", frozenset({K.DITELAAH}), K.MUSYAWARAH, _PUTUS, True),
        Langkah("akhiri_musyawarah", "Catat hasil musyawarah", frozenset({K.MUSYAWARAH}), K.DITELAAH, _PUTUS),
        Langkah("putus_keberatan", "Putuskan keberatan", frozenset({K.DITELAAH}), K.SIAP_KIRIM, _PUTUS),
        Langkah("batalkan_tanggapan", "Kembalikan ke telaah", frozenset({K.SIAP_KIRIM}), K.DITELAAH, _PUTUS, True),
        Langkah("kirim_tanggapan", "Catat tanggapan terkirim", frozenset({K.SIAP_KIRIM}), K.DITANGGAPI, _OLAH),
        Langkah("putus_susulan", "Putuskan butir susulan", frozenset({K.DITANGGAPI}), K.DITANGGAPI, "ppid.putus_butir"),
        Langkah(
            "siapkan_susulan", "Siapkan jawaban susulan", frozenset({K.DITANGGAPI}), K.DITANGGAPI, "ppid.putus_butir"
        ),
        Langkah("laksanakan_keberatan", "Catat perintah dilaksanakan", frozenset({K.DITANGGAPI}), K.DILAKSANAKAN,
                _OLAH),
        Langkah("tutup_keberatan", "Tutup keberatan", frozenset({K.DITANGGAPI, K.DILAKSANAKAN}), K.SELESAI, _OLAH),
        Langkah("cabut_keberatan", "Catat pencabutan", frozenset(Keberatan.TERBUKA), K.DICABUT, _OLAH, True),
    )
}  # fmt: skip

SENGKETA: dict[str, Langkah] = {
    x.nama: x
    for x in (
        Langkah("periksa_awal", "Catat pemeriksaan awal", frozenset({S.TERDAFTAR}), S.PEMERIKSAAN_AWAL, _URUS),
        Langkah("mulai_mediasi", "Catat mediasi dimulai", frozenset({S.PEMERIKSAAN_AWAL}), S.MEDIASI, _URUS),
        Langkah("hasil_mediasi", "Catat hasil mediasi", frozenset({S.MEDIASI}), S.MEDIASI, _URUS),
        Langkah("mulai_ajudikasi", "Catat ajudikasi dimulai", frozenset({S.PEMERIKSAAN_AWAL}), S.AJUDIKASI, _URUS),
        Langkah(
            "catat_putusan", "Catat putusan",
            frozenset({S.PEMERIKSAAN_AWAL, S.MEDIASI, S.AJUDIKASI, S.PTUN, S.KASASI}), S.PUTUSAN, _URUS,
        ),
        Langkah("ajukan_ptun", "Catat keberatan ke PTUN", frozenset({S.PUTUSAN}), S.PTUN, _URUS),
        Langkah("ajukan_kasasi", "Catat kasasi", frozenset({S.PTUN}), S.KASASI, _URUS),
        Langkah(
            "nyatakan_tetap", "Nyatakan berkekuatan hukum tetap", frozenset({S.PUTUSAN, S.PTUN, S.KASASI}), S.TETAP,
            _URUS,
        ),
        Langkah("laksanakan_putusan", "Catat putusan dilaksanakan", frozenset({S.TETAP}), S.DILAKSANAKAN, _URUS),
        Langkah("cabut_sengketa", "Catat pencabutan", frozenset(Sengketa.DI_KI), S.DICABUT, _URUS, True),
    )
}  # fmt: skip

TAHAP_KEBERATAN = ("Diterima", "Ditelaah", "Ditanggapi", "Selesai")


def tahap_keberatan(status: str) -> tuple[int, str]:
    """``(number, words)`` of the stage that the ticket page shows."""
    return {
        K.TERDAFTAR: (1, "Diterima dan terdaftar"),
        K.DITELAAH: (2, "Sedang ditelaah Atasan PPID"),
        K.MUSYAWARAH: (2, "Sedang dimusyawarahkan"),
        K.SIAP_KIRIM: (2, "Tanggapan sedang disiapkan"),
        K.DITANGGAPI: (3, "Sudah ditanggapi"),
        K.DILAKSANAKAN: (4, "Ditanggapi dan dilaksanakan"),
        K.SELESAI: (4, "Selesai"),
        K.DICABUT: (4, "Dicabut oleh pemohon"),
    }[Keberatan.Status(status)]
