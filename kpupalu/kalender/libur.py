"""Days off of a whole year: proposed from a public list, then declared to be what the SKB says."""

from datetime import date

from django.db import transaction

from kpupalu.audit.catatan import catat, catat_banyak
from kpupalu.kalender.actions import Perubahan, hitung_ulang
from kpupalu.kalender.models import HariLibur, tahun_perkiraan, tahun_tanpa_libur
from kpupalu.lib import Refused

BULAN_INGAT = 10
"""From this month on the calendar of the next year is asked for: the SKB appears in autumn."""
_PERKIRAAN = " (perkiraan)"


def usulan_libur(tahun: int) -> list[HariLibur]:
    """What the package ``holidays`` knows of *tahun*, unsaved and all *perkiraan*: a proposal is no decree.

    Empty for a year the package does not know.
    """
    import holidays  # large, and asked for once a year

    buku = holidays.country_holidays("ID", years=[tahun], categories=("public", "government"), language="id")
    return [
        HariLibur(
            tanggal=tanggal,
            nama=nama.removesuffix(_PERKIRAAN)[:120],
            jenis=HariLibur.Jenis.CUTI_BERSAMA if nama.startswith("Cuti Bersama") else HariLibur.Jenis.NASIONAL,
            dasar_hukum=f"Usulan, menunggu SKB 3 Menteri tentang hari libur {tahun}",
            sumber=f"Paket holidays {holidays.__version__}",
            kepastian=HariLibur.Kepastian.PERKIRAAN,
        )
        for tanggal in sorted(buku)
        for nama in buku.get_list(tanggal)
    ]


@transaction.atomic
def ambil_usulan(tahun: int, *, oleh) -> int:
    """Store the proposal for *tahun* on the days that have no day off yet; returns how many rows were added.

    Open terms are counted again. Refuses a year the package does not know.
    """
    usulan = usulan_libur(tahun)
    if not usulan:
        raise Refused(f"Belum ada usulan hari libur untuk tahun {tahun}; isi sendiri menurut SKB 3 Menteri.")
    ada = set(HariLibur.objects.filter(tanggal__year=tahun).values_list("tanggal", flat=True))
    baru = HariLibur.objects.bulk_create([u for u in usulan if u.tanggal not in ada])
    if baru:
        catat_banyak("libur_usulan", baru, oleh=oleh, kalimat=f"Mengambil usulan hari libur {tahun}")
        hitung_ulang(oleh=oleh, alasan=f"Usulan hari libur {tahun} diambil")
    return len(baru)


@transaction.atomic
def nyatakan_pasti(tahun: int, *, dasar: str, ditetapkan: date, oleh) -> int:
    """Declare every day off of *tahun* that is in force to be what the decree *dasar* of *ditetapkan* says.

    The year is settled afterwards: terms counted in it are no longer provisional. Local days off keep their own
    basis. Refuses a year without national holidays and one decreed after the year ended. Returns how many rows changed.
    """
    if not HariLibur.objects.filter(berlaku=True, jenis=HariLibur.Jenis.NASIONAL, tanggal__year=tahun).exists():
        raise Refused(f"Hari libur nasional tahun {tahun} belum diisi; isi dahulu sebelum menyatakannya pasti.")
    if ditetapkan.year > tahun:
        raise Refused(f"Keputusan tentang hari libur {tahun} tidak mungkin ditetapkan sesudah tahun itu berakhir.")
    baris = (
        HariLibur.objects.select_for_update()
        .filter(berlaku=True, tanggal__year=tahun)
        .exclude(kepastian=HariLibur.Kepastian.DIBACA)
        .exclude(jenis=HariLibur.Jenis.LOKAL)
        .order_by("pk")
    )
    semua = list(baris)
    for satu in semua:
        catat(
            "libur_pasti", satu, oleh=oleh, kalimat=f"Menyatakan hari libur {tahun} sesuai SKB", alasan=dasar,
            perubahan={"kepastian": (satu.kepastian, "dibaca"), "dasar_hukum": (satu.dasar_hukum, dasar)},
        )  # fmt: skip
        satu.kepastian, satu.dasar_hukum, satu.ditetapkan = HariLibur.Kepastian.DIBACA, dasar, ditetapkan
    HariLibur.objects.bulk_update(semua, ["kepastian", "dasar_hukum", "ditetapkan"])
    hitung_ulang(oleh=oleh, alasan=f"Hari libur {tahun} dinyatakan pasti menurut {dasar}")
    return len(semua)


def tahun_belum_siap(pada: date) -> dict[int, str]:
    """The years whose calendar somebody must see to on *pada*: this one, and from October on the next.

    ``{2027: "masih perkiraan"}`` or ``belum diisi``; empty when everything is settled.
    """
    tahun = [pada.year] + ([pada.year + 1] if pada.month >= BULAN_INGAT else [])
    kosong, kira = tahun_tanpa_libur(*tahun), tahun_perkiraan(*tahun)
    return dict.fromkeys(kira, "masih perkiraan") | dict.fromkeys(kosong, "belum diisi")


def kalimat_pindah(pindah: list[Perubahan]) -> str:
    """What a changed calendar did, for the person who changed it."""
    if not pindah:
        return "Tidak ada tenggat terbuka yang berubah."
    return f"{len(pindah)} tenggat terbuka dihitung ulang dan petugasnya diberi tahu."
