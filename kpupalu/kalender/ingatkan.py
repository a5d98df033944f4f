"""Who is told that a day comes near: three working days before, the day before, on the day, and once it has passed."""

from datetime import date, timedelta

from kpupalu.accounts.models import User
from kpupalu.accounts.peran import pemegang_hak
from kpupalu.kalender.actions import orang_tenggat
from kpupalu.kalender.hitung import selisih_hari_kerja
from kpupalu.kalender.kalender import baca_kalender
from kpupalu.kalender.libur import tahun_belum_siap
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.kalender.target import Target, target_untuk
from kpupalu.lib.kata import hari, tanggal_panjang
from kpupalu.pemberitahuan.actions import beri_tahu

# Three working days never span more than this, the longest block of holidays included; what is late is told as long.
_JANGKAUAN = timedelta(days=21)
_KATA = {
    "H-3": "Segera jatuh tempo",
    "H-1": "Tinggal satu hari kerja",
    "H": "Jatuh tempo hari ini",
    "lewat": "Terlambat",
}


def tahap(tanggal: date, hari_ini: date, libur: dict[date, str]) -> str:
    """``H-3``, ``H-1``, ``H`` or ``lewat``; empty while more than three working days remain."""
    if tanggal <= hari_ini:
        return "H" if tanggal == hari_ini else "lewat"
    sisa = selisih_hari_kerja(hari_ini, tanggal, libur)
    return "H-1" if sisa <= 1 else "H-3" if sisa <= 3 else ""


def ingatkan(hari_ini: date) -> int:
    """Tell everybody what comes near on *hari_ini*; returns how many notifications are new. Repeating it adds none."""
    dari, sampai = hari_ini - _JANGKAUAN, hari_ini + _JANGKAUAN
    libur = baca_kalender(dari, sampai).libur
    jumlah = 0
    for t in TenggatBerjalan.objects.filter(status="berjalan", tanggal__range=(dari, sampai)).select_related("aturan"):
        if ke := tahap(t.tanggal, hari_ini, libur):
            kunci = f"tenggat-{t.pk}-{t.tanggal:%Y%m%d}-{ke}"
            jumlah += _kirim(orang_tenggat(t), kunci, ke, t.judul, t.tanggal, t.tautan)
    for user in User.objects.filter(is_active=True):
        for target in target_untuk(user, dari, sampai):
            if target.pengingat and (ke := tahap(target.tanggal, hari_ini, libur)):
                jumlah += _kirim([user], _kunci(target, ke), ke, target.untuk_umum, target.tanggal, target.tautan)
    return jumlah + _kalender_belum_siap(hari_ini)


def _kirim(orang: list, kunci: str, ke: str, judul: str, tanggal: date, tautan: str) -> int:
    kalimat = f"Jatuh tempo {hari(tanggal)}, {tanggal_panjang(tanggal)}."
    return beri_tahu(orang, jenis="tenggat", kunci=kunci, judul=f"{_KATA[ke]}: {judul}", kalimat=kalimat, tautan=tautan)


def _kunci(target: Target, ke: str) -> str:
    return f"target-{target.kunci}-{target.tanggal:%Y%m%d}-{ke}"[:200]


def _kalender_belum_siap(hari_ini: date) -> int:
    """The admins, once a month while the calendar of a year is not ready."""
    return sum(
        beri_tahu(
            pemegang_hak("kalender.change_harilibur"),
            jenis="menunggu",
            kunci=f"libur-{tahun}-{sebab}-{hari_ini:%Y%m}",
            judul=f"Hari libur tahun {tahun} {sebab}",
            kalimat="Cocokkan dengan SKB 3 Menteri; sampai saat itu tenggat pada tahun itu bersifat sementara.",
            tautan=f"/kalender/libur/{tahun}/",
        )
        for tahun, sebab in tahun_belum_siap(hari_ini).items()
    )
