"""What a reporter gets on paper: the receipt of a report, and the letter that answers it."""

from typing import Any

from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib import Refused
from kpupalu.naskah.cetak import cetak
from pdpb.cetakan import saat
from pdpb.langkah_tanggapan import TAHAP_PUBLIK, jawaban_publik, tahap_publik
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


def cetak_surat_jawaban(tanggapan: Tanggapan, *, oleh: str) -> bytes:
    """The answer of a report read by ``dengan_keadaan`` as tagged PDF; refused before it is answered."""
    if tahap_publik(tanggapan.kini)[0] < len(TAHAP_PUBLIK):
        raise Refused("Tanggapan ini belum dijawab, jadi belum ada surat jawabannya.")
    disetujui = tanggapan.perubahan if tanggapan.kini == Tanggapan.Keadaan.DITINDAKLANJUTI else None
    isi = {
        "t": tanggapan,
        "data": tanggapan.data,
        "perubahan": disetujui,
        "umum": jawaban_publik(tanggapan.kini, tanggapan.alasan_tolak),
        "judul": f"Jawaban {tanggapan}",
        "kaki": f"Dicetak oleh {oleh}, {saat()} · {tanggapan} · catatan kantor, bukan naskah dinas",
    }
    return cetak("pdpb/cetak/surat_jawaban_tanggapan.html", isi).pdf
