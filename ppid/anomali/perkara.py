"""Checks of objections, disputes and events: who decided, what was turned away as late, who speaks for the office."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from kpupalu.lib.kata import tanggal_panjang
from ppid import sosialisasi
from ppid.actions.keberatan import ditolak_lewat_padahal_tepat
from ppid.actions.sidang import tanpa_wakil
from ppid.anomali.registri import Ketemu, daftarkan_pemeriksaan
from ppid.models import Keberatan


@daftarkan_pemeriksaan(
    "pemutus-sama", "Orang yang sama memutus permohonan dan keberatannya", "tinggi",
    "Keberatan diputus oleh Atasan PPID yang tidak memutus permohonannya (UU 14/2008 Pasal 35 dan 36). Putusannya "
    "ditinjau oleh pejabat lain.",
    hak_urus="ppid.putus_keberatan",
)  # fmt: skip
def pemutus_sama(pada: date) -> Iterator[Ketemu]:
    """Objections decided by somebody who decided an item of the same request."""
    sama = Keberatan.objects.filter(permohonan__butir__diputus_oleh=F("diputus_oleh")).distinct()
    for k in sama.order_by("pk"):
        kata = "Pemutus keberatan ini juga memutus butir permohonannya."
        yield Ketemu(k, k.nomor, kata, k.get_absolute_url())


@daftarkan_pemeriksaan(
    "tolak-lewat", "Keberatan ditolak karena lewat waktu, padahal tepat waktu", "tinggi",
    "Hari terakhir mengajukan dihitung kembali dari hari libur yang kini tercatat. Keberatan yang tepat waktu "
    "ditanggapi isinya.",
    hak_urus="ppid.putus_keberatan",
)  # fmt: skip
def tolak_lewat(pada: date) -> Iterator[Ketemu]:
    """Objections refused as late that the calendar of today puts in time."""
    for k in ditolak_lewat_padahal_tepat():
        kata = f"Diterima {tanggal_panjang(k.diterima)}, menurut hari libur yang kini tercatat masih tepat waktu."
        yield Ketemu(k, k.nomor, kata, k.get_absolute_url())


@daftarkan_pemeriksaan(
    "sidang-tanpa-wakil", "Sidang tanpa wakil dengan surat kuasa", "tinggi",
    "Komisi Informasi dapat memutus tanpa kehadiran kantor (Perki 1/2013 Pasal 31).",
    hak_urus="ppid.urus_sengketa",
)  # fmt: skip
def sidang_tanpa_wakil(pada: date) -> Iterator[Ketemu]:
    """Hearings near enough that somebody should have been named."""
    for satu in tanpa_wakil(pada):
        s = satu["sengketa"]
        yield Ketemu(s, s.nomor, satu["kalimat"], s.get_absolute_url(), f"sidang-{satu['sidang'].pk}")


@daftarkan_pemeriksaan(
    "sosialisasi", "Tanggal sosialisasi tanpa koordinasi", "sedang",
    "Tanggal sosialisasi ditetapkan setelah dikoordinasikan dengan PPID KPU RI.",
    hak_urus="ppid.kelola_sosialisasi",
)  # fmt: skip
def sosialisasi_tanpa_koordinasi(pada: date) -> Iterator[Ketemu]:
    """Events whose date no longer rests on a coordination."""
    for t in sosialisasi.temuan():
        yield Ketemu(t.sosialisasi, t.sosialisasi.judul, t.kalimat, t.sosialisasi.get_absolute_url())
