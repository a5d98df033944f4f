"""The monthly recap of the list of public information: what was renewed, what stayed behind."""

from datetime import date, datetime, time
from typing import Any

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import WITA
from ppid.laporan.permohonan import BULAN
from ppid.models import InformasiPublik, Pemutakhiran
from ppid.models.daftar_informasi import maju_bulan

SUBJEK = "ppid.rekap_bulanan"
_DITERBITKAN = Pemutakhiran.Jenis.DITERBITKAN


def nama_bulan(tahun: int, bulan: int) -> str:
    """``Oktober 2026``."""
    return f"{BULAN[bulan - 1]} {tahun}"


def dimutakhirkan(tahun: int, bulan: int) -> list[Pemutakhiran]:
    """The refreshes published in a month (WITA), in the order in which they were."""
    awal = date(tahun, bulan, 1)
    batas = [datetime.combine(h, time.min, WITA) for h in (awal, maju_bulan(awal, 1))]
    semua = Pemutakhiran.objects.filter(jenis=_DITERBITKAN, pada__gte=batas[0], pada__lt=batas[1])
    return list(semua.select_related("informasi__unit", "dari", "oleh").order_by("pk"))


def isi_rekap(tahun: int, bulan: int) -> dict[str, Any]:
    """All that the printed recap shows, as plain JSON; what was due is as of the last day of the month."""
    akhir = date.fromordinal(maju_bulan(date(tahun, bulan, 1), 1).toordinal() - 1)
    lewat = InformasiPublik.objects.perlu_dimutakhirkan(akhir).select_related("unit").order_by("jatuh_tempo", "pk")
    return {
        "judul": f"Rekap pemutakhiran informasi publik {nama_bulan(tahun, bulan)}",
        "klasifikasi": "HM.03",
        "bulan": nama_bulan(tahun, bulan),
        "lembaga": "Komisi Pemilihan Umum Kota Palu",
        "akhir": tanggal_panjang(akhir),
        "baris": [
            {
                "judul": p.informasi.judul, "kategori": p.informasi.get_kategori_display(),
                "unit": str(p.informasi.unit),
                "uraian": p.uraian, "isi_per": tanggal_panjang(p.dari.isi_per) if p.dari and p.dari.isi_per else "–",
                "terbit": tanggal_panjang(p.pada.astimezone(WITA).date()),
            }
            for p in dimutakhirkan(tahun, bulan)
        ],
        "lewat": [
            {"judul": e.judul, "unit": str(e.unit), "jatuh_tempo": tanggal_panjang(e.jatuh_tempo)}
            for e in lewat if e.jatuh_tempo
        ],
    }  # fmt: skip
