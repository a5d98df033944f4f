"""What the package of one quarter holds, and what it lacks, as the office stands now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.naskah.models import Naskah
from pdpb.models import Periode, Snapshot
from pdpb.paket import isi_data, isi_naskah
from pdpb.paket.manifes import DAFTAR, Bagian, Kurang, jalur_aman
from pdpb.paket.sumber import iso, teks
from pdpb.pleno import naskah_ba
from pdpb.rekap import snapshot_berlaku

PERNYATAAN = (
    "Paket ini tidak memuat daftar bernama ber-NIK, berkas yang diterima dari instansi, atau data pemilih. Nama orang "
    "hanya ada dalam naskah yang memang memuatnya: berita acara, daftar hadir, notula, surat, tanda terima, dan lembar "
    "jawaban kepada Bawaslu."
)
BAGIAN: tuple[Callable[[Periode], Iterator[Bagian | Kurang]], ...] = (
    isi_naskah.berita_acara, isi_data.rekap, isi_naskah.rapat, isi_naskah.surat, isi_naskah.salinan,
    isi_data.pengumuman, isi_data.sidik, isi_data.impor, isi_data.bawaslu, isi_naskah.coktas,
)  # fmt: skip
"""The parts in the order of their folders; each gives files and what is missing."""


@dataclass(frozen=True, slots=True)
class Isi:
    """The plan of a package: what heads its manifest, its files in the order of their paths, and what is missing."""

    kepala: dict[str, Any]
    bagian: list[Bagian]
    kurang: list[Kurang]

    @property
    def wajib(self) -> list[Kurang]:
        """What must be there before a package is made."""
        return [k for k in self.kurang if k.wajib]

    @property
    def boleh_kurang(self) -> list[Kurang]:
        """What the manifest names as missing."""
        return [k for k in self.kurang if not k.wajib]


def susun_isi(periode: Periode) -> Isi:
    """Everything of *periode* that goes into its package, and everything that is not there; nothing is printed yet.

    Texts that people typed are masked where they hold a number shaped like a NIK. Reads the database alone.
    """
    bagian: list[Bagian] = []
    kurang: list[Kurang] = []
    beku, ba = snapshot_berlaku(periode), naskah_ba(periode.pk)
    kurang += _belum_tertutup(periode, beku, ba)
    for satu in (butir for bagian_ in BAGIAN for butir in bagian_(periode)):
        if isinstance(satu, Kurang):
            kurang.append(replace(satu, uraian=samarkan_teks(satu.uraian)))
        else:
            bagian.append(replace(satu, uraian=samarkan_teks(satu.uraian), nomor=samarkan_teks(satu.nomor)))
    kepala = _kepala(periode, beku, ba)
    lain = [k for k in kurang if not k.wajib]
    bagian.append(
        Bagian("BACA-SAYA.txt", "petunjuk", "Isi paket dan cara memeriksanya", teks(_baca_saya(kepala, lain)))
    )
    return Isi(kepala, _berurutan(bagian), list(dict.fromkeys(kurang)))


def _belum_tertutup(periode: Periode, beku: Snapshot | None, ba: Naskah | None) -> list[Kurang]:
    """What keeps a quarter from being closed, apart from its signatures."""
    if beku is None or periode.status == Periode.Status.TERBUKA:
        return [Kurang("data_beku", "Data beku. Bekukan periode lebih dahulu.", wajib=True)]
    if ba and ba.isi.get("digest_data") != beku.digest:
        kata = f"Berita acara untuk data beku versi {beku.versi}; yang ada menyebut sidik data lain."
        return [Kurang("data_beku", kata, wajib=True)]
    return []


def _kepala(periode: Periode, beku: Snapshot | None, ba: Naskah | None) -> dict[str, Any]:
    return {
        "kantor": settings.NAMA_SATKER,
        **({"contoh": "CONTOH – BUKAN DOKUMEN RESMI"} if settings.MODE_CONTOH else {}),
        "periode": {
            "kode": periode.pk,
            "nama": periode.nama,
            "mulai": iso(periode.mulai),
            "akhir": iso(periode.akhir),
            "tanggal_pleno": iso(periode.tanggal_pleno) or None,
        },
        "berita_acara": {"nomor": ba.nomor, "versi": ba.versi, "kode_verifikasi": ba.kode_verifikasi} if ba else None,
        "data": {
            "versi": beku.versi,
            "sidik_data": beku.digest,
            "akar_pohon": beku.akar or None,
            "jumlah_baris": beku.jumlah_baris,
        }
        if beku
        else None,
        "pernyataan": PERNYATAAN,
    }


def _berurutan(bagian: list[Bagian]) -> list[Bagian]:
    """*bagian* by path; two documents of one name are told apart by their rows."""
    hasil: dict[str, Bagian] = {}
    for satu in bagian:
        if satu.jalur.lower() in hasil:
            nama, _, akhiran = satu.jalur.rpartition(".")
            satu = replace(satu, jalur=f"{nama}-{satu.sumber.rpartition('/')[2]}.{akhiran}")
        if satu.jalur.lower() in hasil or not jalur_aman(satu.jalur):
            raise ValueError(f"nama berkas paket tidak wajar: {satu.jalur!r}")
        hasil[satu.jalur.lower()] = satu
    return sorted(hasil.values(), key=lambda b: b.jalur)


def _baca_saya(kepala: dict[str, Any], kurang: list[Kurang]) -> str:
    pleno = kepala["periode"]["tanggal_pleno"]
    baris = [
        *([kepala["contoh"], ""] if "contoh" in kepala else []),
        f"Paket {kepala['periode']['nama']}, {kepala['kantor']}",
        *([f"Pleno {_panjang(pleno)}."] if pleno else []),
        "",
        kepala["pernyataan"],
        "",
        "Folder: 01 berita acara, 02 lampiran rekapitulasi, 03 rapat, 04 surat, 05 salinan dan tanda terima,",
        "06 pengumuman, 07 sidik, 08 berita acara impor, 09 jawaban kepada Bawaslu, 10 coktas.",
        "MANIFEST.json menerangkan setiap berkas.",
        "",
        f"Cara memeriksa setelah paket dibuka: sha256sum -c {DAFTAR}",
        f"Lalu cocokkan SHA-256 berkas {DAFTAR} dengan sidik manifes pada halaman pengumuman triwulan ini.",
        "Di kantor: manage.py periksa_paket BERKAS.zip memeriksa semuanya tanpa membuka paket.",
        "",
        "Yang tidak ada dalam paket ini:" if kurang else "Tidak ada bagian yang kurang.",
        *(f"- {k.uraian}" for k in kurang),
    ]
    return "\n".join(baris) + "\n"


def _panjang(tanggal: str) -> str:
    return tanggal_panjang(date.fromisoformat(tanggal))
