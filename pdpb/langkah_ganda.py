"""The steps of a pair of rows that may be one person: from which states, to which, by whom, and what it needs.

    MENUNGGU ──usulkan──▶ DIUSULKAN ──konfirmasi──▶ DIKONFIRMASI ──selesaikan──▶ SELESAI
       ▲  ▲──tarik, kembalikan──┘  ▲──────ganti──────────┘ ──────ganti──────────────┘
       └──────────batalkan, lepaskan, tanyakan_lagi───────┴──batalkan, tanyakan_lagi─┘

What people do has a right; what follows from something else has none and is taken by the system alone.
"""

from dataclasses import dataclass

from pdpb.models import JawabanLintas, PasanganGanda

S = PasanganGanda.Status
L = JawabanLintas.Status


@dataclass(frozen=True, slots=True)
class LangkahGanda:
    """One step. ``orang_lain``: not the proposer; ``hanya_sendiri``: only the proposer; no ``perm``: the system."""

    nama: str
    label: str
    dari: frozenset[str]
    ke: str
    perm: str = ""
    perlu_alasan: bool = True
    orang_lain: bool = False
    hanya_sendiri: bool = False


_PUTUSKAN, _KONFIRMASI = "pdpb.putuskan_ganda", "pdpb.konfirmasi_ganda"
LANGKAH_GANDA: dict[str, LangkahGanda] = {
    langkah.nama: langkah
    for langkah in (
        LangkahGanda("usulkan", "Usulkan putusan", frozenset({S.MENUNGGU}), S.DIUSULKAN, _PUTUSKAN),
        LangkahGanda("ganti", "Ganti putusan", frozenset({S.DIKONFIRMASI, S.SELESAI}), S.DIUSULKAN, _PUTUSKAN),
        LangkahGanda("tarik", "Tarik kembali", frozenset({S.DIUSULKAN}), S.MENUNGGU, _PUTUSKAN, hanya_sendiri=True),
        LangkahGanda("kembalikan", "Kembalikan", frozenset({S.DIUSULKAN}), S.MENUNGGU, _KONFIRMASI, orang_lain=True),
        LangkahGanda(
            "konfirmasi",
            "Konfirmasi",
            frozenset({S.DIUSULKAN}),
            S.DIKONFIRMASI,
            _KONFIRMASI,
            perlu_alasan=False,
            orang_lain=True,
        ),
        LangkahGanda("batalkan", "Batalkan putusan", frozenset({S.DIKONFIRMASI, S.SELESAI}), S.MENUNGGU, _KONFIRMASI),
        # The row left the list, or nothing had to leave it.
        LangkahGanda("selesaikan", "Selesai", frozenset({S.DIKONFIRMASI}), S.SELESAI),
        # The approval of the change that came of it was taken back.
        LangkahGanda("buka_ulang", "Persetujuan dibatalkan", frozenset({S.SELESAI}), S.DIKONFIRMASI),
        # The change that came of it was rejected.
        LangkahGanda("lepaskan", "Usulan TMS ditolak", frozenset({S.DIKONFIRMASI}), S.MENUNGGU),
        # What was compared has changed, or the pair is found again.
        LangkahGanda(
            "tanyakan_lagi",
            "Ditanyakan lagi",
            frozenset({S.DIUSULKAN, S.DIKONFIRMASI, S.SELESAI, S.DITUTUP}),
            S.MENUNGGU,
        ),
        LangkahGanda("tutup", "Tidak berlaku lagi", frozenset({S.MENUNGGU, S.DIUSULKAN, S.DIKONFIRMASI}), S.DITUTUP),
    )
}

# Answers to a list of another kabupaten/kota take the same two people, one row at a time.
LANGKAH_LINTAS: dict[str, LangkahGanda] = {
    langkah.nama: langkah
    for langkah in (
        LangkahGanda("jawab", "Usulkan jawaban", frozenset({L.MENUNGGU}), L.DIUSULKAN, _PUTUSKAN),
        LangkahGanda("kembalikan", "Kembalikan", frozenset({L.DIUSULKAN}), L.MENUNGGU, _KONFIRMASI, orang_lain=True),
        LangkahGanda(
            "konfirmasi",
            "Konfirmasi",
            frozenset({L.DIUSULKAN}),
            L.SELESAI,
            _KONFIRMASI,
            perlu_alasan=False,
            orang_lain=True,
        ),
        LangkahGanda("batalkan", "Batalkan jawaban", frozenset({L.SELESAI}), L.MENUNGGU, _KONFIRMASI),
    )
}
