"""The printable sheet of a proof that a citizen takes home."""

import json
from collections.abc import Mapping

from kpupalu.lib.waktu import WITA
from kpupalu.naskah.cetak import cetak, kode_qr
from kpupalu.wilayah.models import Kelurahan
from pdpb.bukti import MEDAN
from pdpb.models import PemberianBukti


def cetak_bukti(bukti: PemberianBukti, isi: bytes, *, alamat: str, label: Mapping[str, str]) -> bytes:
    """The sheet of *bukti* as PDF: what its file *isi* shows, the whole file as a code, and where to check it.

    A file too long for a code is printed without one; the sheet then says that the file is needed.
    """
    data = json.loads(isi)
    pada = bukti.diberikan_pada.astimezone(WITA)
    terbuka = {nama: satu[0] for nama, satu in zip(MEDAN, data["medan"], strict=True) if isinstance(satu, list)}
    kelurahan = Kelurahan.objects.filter(pk=terbuka.get("kelurahan")).select_related("kecamatan").first()
    return cetak(
        "pdpb/cetak/bukti.html",
        {
            "judul": f"Bukti terdaftar {bukti.nomor}",
            "kaki": f"{bukti.nomor} · dicetak oleh {bukti.diberikan_oleh}, {pada:%d-%m-%Y %H.%M} WITA · data pribadi",
            "nomor": bukti.nomor,
            "periode": bukti.snapshot.periode.nama,
            "versi": bukti.snapshot.versi,
            "akar": bukti.snapshot.akar,
            "medan": [(label[nama], terbuka[nama] or "–") for nama in MEDAN if nama in terbuka],
            "kelurahan": kelurahan,
            "tertutup": len(MEDAN) - len(terbuka),
            "pengenal": bukti.get_pengenal_display(),
            "qr": kode_qr(isi.decode(), koreksi="l"),
            "qr_alamat": kode_qr(alamat),
            "alamat": alamat,
            "sha256": bukti.sha256,
        },
    ).pdf
