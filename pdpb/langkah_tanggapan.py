"""The steps a citizen's report can take, and the words the public sees for its state."""

from dataclasses import dataclass

from pdpb.models import Tanggapan

S, K = Tanggapan.Status, Tanggapan.Keadaan
_TANGANI = "pdpb.tangani_tanggapan"
_BELUM_DIPUTUS = frozenset({S.DITERIMA, S.PERLU_DILENGKAPI, S.DIPERIKSA, K.USULAN_DITOLAK})


@dataclass(frozen=True, slots=True)
class LangkahTanggapan:
    """One step: from which states (``dengan_keadaan().kini``) to which status, by whom.

    ``perlu_catatan``: a reason for the history, at least ten letters; the public never reads it.
    """

    nama: str
    label: str
    dari: frozenset[str]
    ke: str
    perm: str = _TANGANI
    perlu_catatan: bool = False


LANGKAH_TANGGAPAN: dict[str, LangkahTanggapan] = {
    langkah.nama: langkah
    for langkah in (
        LangkahTanggapan(
            "nyatakan_lengkap", "Nyatakan lengkap", frozenset({S.DITERIMA, S.PERLU_DILENGKAPI}), S.DIPERIKSA
        ),
        LangkahTanggapan(
            "minta_kelengkapan", "Minta kelengkapan", frozenset({S.DITERIMA, S.DIPERIKSA}), S.PERLU_DILENGKAPI
        ),
        LangkahTanggapan(
            "cocokkan", "Cocokkan dengan pemilih", frozenset({S.DIPERIKSA, K.USULAN_DITOLAK}), S.DIPERIKSA
        ),
        LangkahTanggapan(
            "usulkan",
            "Jadikan usulan perubahan",
            frozenset({S.DIPERIKSA, K.USULAN_DITOLAK}),
            S.DIUSULKAN,
            perm="pdpb.usul_perubahan",
        ),
        LangkahTanggapan("jawab", "Jawab", frozenset({S.DIPERIKSA, K.USULAN_DITOLAK}), S.DIJAWAB),
        LangkahTanggapan("tolak", "Tolak", _BELUM_DIPUTUS, S.DITOLAK, perlu_catatan=True),
        LangkahTanggapan(
            "buka_kembali", "Buka kembali", frozenset({S.DIJAWAB, S.DITOLAK}), S.DIPERIKSA, perlu_catatan=True
        ),
    )
}

# What may be missing, and the sentence the reporter reads. Fixed words: nothing an officer types is ever public.
KEKURANGAN = {
    "ktp": "Foto KTP-el atau Kartu Keluarga orang yang dilaporkan.",
    "kematian": "Akta kematian, atau surat keterangan kematian dari kelurahan.",
    "pindah": "Surat pindah, atau KTP-el dengan alamat baru.",
    "dinas": "Surat keputusan pengangkatan, pemberhentian, atau pensiun.",
    "terbaca": "Foto yang lebih jelas. Tulisan pada foto yang Anda kirim tidak terbaca.",
    "alamat": "Alamat lengkap dengan RT dan RW. Tuliskan pada selembar kertas, lalu foto.",
    "datang": "Keterangan langsung di kantor KPU Kota Palu, karena tidak cukup dengan foto.",
}

TAHAP_PUBLIK = ["Diterima", "Sedang diperiksa", "Dijawab"]
_PUBLIK: dict[str, tuple[int, str]] = {
    S.DITERIMA: (1, "Diterima"),
    S.PERLU_DILENGKAPI: (1, "Perlu dilengkapi"),
    **dict.fromkeys((S.DIPERIKSA, S.DIUSULKAN, K.USULAN_DITOLAK), (2, "Sedang diperiksa")),
    **dict.fromkeys((S.DIJAWAB, S.DITOLAK, K.DITINDAKLANJUTI), (3, "Dijawab")),
}
_NETRAL = (
    "Tanggapan Anda selesai diperiksa dan sudah diselesaikan sesuai ketentuan. Hasil mengenai data seseorang tidak "
    "ditampilkan di sini, juga bila orang itu Anda sendiri, karena siapa pun dapat mengisi nama orang lain."
)
_TERBUKA: dict[str, str] = {
    Tanggapan.AlasanTolak.DOKUMEN_KURANG: "Tanggapan Anda tidak dapat dilanjutkan karena dokumennya tidak cukup. Anda "
    "dapat mengirim tanggapan baru dengan dokumen yang lengkap.",
    Tanggapan.AlasanTolak.BUKAN_WEWENANG: "Hal yang Anda sampaikan bukan wewenang KPU Kota Palu, jadi tidak dapat kami "
    "selesaikan.",
}


def tahap_publik(kini: str) -> tuple[int, str]:
    """Place from 1 in ``TAHAP_PUBLIK`` and the word for the state *kini*.

    A report that moved the roll and one that found nobody there have the same place and word.
    """
    return _PUBLIK[kini]


def jawaban_publik(kini: str, alasan_tolak: str) -> str:
    """The answer the ticket page shows; empty before there is one.

    Only reasons that say nothing of the roll are told; all others share one sentence.
    """
    if tahap_publik(kini)[0] < len(TAHAP_PUBLIK):
        return ""
    return _TERBUKA.get(alasan_tolak, _NETRAL) if kini == S.DITOLAK else _NETRAL
