"""The steps a change can take: from which states, to which, by whom, and what it needs."""

from dataclasses import dataclass

from pdpb.models import Perubahan

S = Perubahan.Status


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step. ``orang_lain``: not the proposer; ``hanya_sendiri``: only the proposer.

    ``mengubah_daftar``: it opens or closes versions of the roll.
    """

    nama: str
    label: str
    dari: frozenset[str]
    ke: str
    perm: str
    perlu_catatan: bool = False
    orang_lain: bool = True
    hanya_sendiri: bool = False
    perlu_bukti: bool = False
    mengubah_daftar: bool = False


LANGKAH: dict[str, Langkah] = {
    langkah.nama: langkah
    for langkah in (
        Langkah(
            "verifikasi",
            "Verifikasi",
            frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DITANGGUHKAN}),
            S.DIVERIFIKASI,
            "pdpb.verifikasi_perubahan",
            perlu_bukti=True,
        ),
        Langkah(
            "minta_coktas",
            "Minta coktas",
            frozenset({S.DIUSULKAN, S.DITANGGUHKAN}),
            S.PERLU_COKTAS,
            "pdpb.verifikasi_perubahan",
            orang_lain=False,
        ),
        Langkah(
            "tangguhkan",
            "Tangguhkan",
            frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DIVERIFIKASI}),
            S.DITANGGUHKAN,
            "pdpb.verifikasi_perubahan",
            perlu_catatan=True,
            orang_lain=False,
        ),
        Langkah(
            "tolak",
            "Tolak",
            frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DIVERIFIKASI, S.DITANGGUHKAN}),
            S.DITOLAK,
            "pdpb.verifikasi_perubahan",
            perlu_catatan=True,
            orang_lain=False,
        ),
        Langkah(
            "tarik",
            "Tarik kembali",
            frozenset({S.DIUSULKAN, S.PERLU_COKTAS, S.DITANGGUHKAN}),
            S.DITOLAK,
            "pdpb.usul_perubahan",
            perlu_catatan=True,
            orang_lain=False,
            hanya_sendiri=True,
        ),
        Langkah(
            "setujui",
            "Setujui",
            frozenset({S.DIVERIFIKASI}),
            S.DISETUJUI,
            "pdpb.setujui_perubahan",
            perlu_bukti=True,
            mengubah_daftar=True,
        ),
        Langkah(
            "batalkan_persetujuan",
            "Batalkan persetujuan",
            frozenset({S.DISETUJUI}),
            S.DIVERIFIKASI,
            "pdpb.setujui_perubahan",
            perlu_catatan=True,
            orang_lain=False,
            mengubah_daftar=True,
        ),
    )
}
