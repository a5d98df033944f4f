"""What a reporter gets on paper at once: the receipt of a report."""

from typing import Any

from kpupalu.kalender.tenggat import tenggat
from kpupalu.naskah.cetak import cetak
from pdpb.cetakan import saat
from pdpb.models import Tanggapan
from pdpb.models.tanggapan import ATURAN_TARGET


def isi_tanda_terima(tanggapan: Tanggapan) -> dict[str, Any]:
    """What a receipt says; it names neither the reporter nor the person reported."""
    return {
        "t": tanggapan,
        "jumlah_lampiran": tanggapan.lampiran.count(),
        "target": tenggat(ATURAN_TARGET, tanggapan.diterima),
    }


def cetak_tanda_terima(tanggapan: Tanggapan, *, oleh: str) -> bytes:
    """The receipt as tagged PDF."""
    kaki = f"Dicetak oleh {oleh}, {saat()} · {tanggapan}"
    isi = isi_tanda_terima(tanggapan) | {"judul": f"Tanda terima {tanggapan}", "kaki": kaki}
    return cetak("pdpb/cetak/tanda_terima_tanggapan.html", isi).pdf
