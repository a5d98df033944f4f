"""The steps of a request: from which states to which, by whom (UU 14/2008 Pasal 22; PKPU 22/2023 as amended)."""

from dataclasses import dataclass

from ppid.models import Permohonan

S = Permohonan.Status
_OLAH = "ppid.olah_permohonan"


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step. ``perlu_catatan``: a reason of at least ten letters, kept in history."""

    nama: str
    label: str
    dari: frozenset[str]
    ke: str
    perm: str = _OLAH
    perlu_catatan: bool = False


LANGKAH: dict[str, Langkah] = {
    langkah.nama: langkah
    for langkah in (
        Langkah("nyatakan_lengkap", "Nyatakan lengkap", frozenset({S.TERDAFTAR, S.BELUM_LENGKAP}), S.DIPROSES),
        Langkah("minta_kelengkapan", "Beritahukan kekurangan", frozenset({S.TERDAFTAR}), S.BELUM_LENGKAP),
        Langkah(
            "nyatakan_tidak_dapat", "Nyatakan tidak dapat diproses", frozenset({S.BELUM_LENGKAP}),
            S.TIDAK_DAPAT_DIPROSES, perlu_catatan=True,
        ),
        Langkah("minta_unit", "Minta kepada unit", frozenset({S.DIPROSES}), S.DIPROSES),
        Langkah("putus_butir", "Putuskan jawaban butir", frozenset({S.DIPROSES}), S.DIPROSES, perm="ppid.putus_butir"),
        Langkah("tetapkan_biaya", "Tetapkan biaya butir", frozenset({S.DIPROSES}), S.DIPROSES, "ppid.putus_butir"),
        Langkah("perpanjang", "Perpanjang waktu", frozenset({S.DIPROSES}), S.DIPROSES, "ppid.putus_butir", True),
        Langkah("siapkan_jawaban", "Siapkan pemberitahuan tertulis", frozenset({S.DIPROSES}), S.SIAP_KIRIM,
                perm="ppid.putus_butir"),
        Langkah("batalkan_jawaban", "Kembalikan ke proses", frozenset({S.SIAP_KIRIM}), S.DIPROSES, "ppid.putus_butir",
                True),
        Langkah("kirim_jawaban", "Catat jawaban terkirim", frozenset({S.SIAP_KIRIM}), S.DIJAWAB),
        Langkah("catat_pembayaran", "Catat pembayaran", frozenset({S.DIJAWAB}), S.DIJAWAB),
        Langkah("serahkan", "Catat penyerahan", frozenset({S.DIJAWAB}), S.SELESAI),
        Langkah("tutup", "Tutup permohonan", frozenset({S.DIJAWAB}), S.SELESAI, perlu_catatan=True),
        Langkah("cabut", "Catat pencabutan", frozenset(Permohonan.TERBUKA), S.DICABUT, perlu_catatan=True),
    )
}  # fmt: skip

KEKURANGAN = {
    "identitas": "Salinan KTP-el atau identitas lain yang sah.",
    "akta": "Akta pendirian dan pengesahan badan hukum dari kementerian.",
    "kuasa": "Surat kuasa khusus bermeterai serta identitas pemberi dan penerima kuasa.",
    "rincian": "Rincian informasi yang diminta, karena belum jelas dokumen apa yang dimaksud.",
    "tujuan": "Tujuan penggunaan informasi.",
    "kontak": "Nomor telepon atau alamat surel yang dapat dihubungi.",
}
"""What may be missing, in the words that the applicant reads: nothing an officer types is on a public page."""

TAHAP_PUBLIK = ("Diterima", "Diproses", "Dijawab", "Selesai")


def tahap_publik(status: str) -> tuple[int, str]:
    """``(number, words)`` of the stage that the ticket page shows."""
    return {
        S.TERDAFTAR: (1, "Diterima dan terdaftar"),
        S.BELUM_LENGKAP: (1, "Perlu dilengkapi"),
        S.DIPROSES: (2, "Sedang diproses"),
        S.SIAP_KIRIM: (2, "Jawaban sedang disiapkan"),
        S.DIJAWAB: (3, "Sudah dijawab"),
        S.SELESAI: (4, "Selesai"),
        S.TIDAK_DAPAT_DIPROSES: (4, "Tidak dapat diproses karena tidak dilengkapi"),
        S.DICABUT: (4, "Dicabut oleh pemohon"),
    }[Permohonan.Status(status)]
