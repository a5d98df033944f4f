"""Days on which the office does not work, each with the decision that says so."""

from collections.abc import Mapping
from datetime import date

from django.db import models


class HariLibur(models.Model):
    """One day off. Two rows may stand on one day; any of them makes it no working day.

    Cuti bersama reduce the working days of government offices like national holidays do (Perpres 21/2023 Pasal 6);
    *lokal* is a day on which only this office does not serve. A year in which any day is still *perkiraan* is not
    settled: terms counted in it are provisional.
    """

    class Jenis(models.TextChoices):
        NASIONAL = "nasional", "Libur nasional"
        CUTI_BERSAMA = "cuti_bersama", "Cuti bersama"
        LOKAL = "lokal", "Libur setempat"

    class Kepastian(models.TextChoices):
        DIBACA = "dibaca", "Dibaca dari keputusan"
        ASUMSI = "asumsi", "Asumsi, belum dicocokkan"
        PERKIRAAN = "perkiraan", "Perkiraan, menunggu SKB"

    tanggal = models.DateField("tanggal")
    nama = models.CharField("nama", max_length=120)
    jenis = models.CharField("jenis", max_length=12, choices=Jenis)
    dasar_hukum = models.CharField("dasar hukum", max_length=240)
    ditetapkan = models.DateField("tanggal keputusan", null=True, blank=True)
    sumber = models.CharField("sumber", max_length=160, blank=True)
    kepastian = models.CharField("kepastian", max_length=9, choices=Kepastian, default=Kepastian.DIBACA)
    berlaku = models.BooleanField(
        "berlaku", default=True, help_text="Kosongkan bila hari libur ini dicabut; barisnya tetap tersimpan."
    )

    class Meta:
        ordering = ["tanggal", "nama"]
        verbose_name = verbose_name_plural = "hari libur"
        constraints = [models.UniqueConstraint("tanggal", "nama", name="hari_libur_unik")]

    def __str__(self) -> str:
        return f"{self.nama}, {self.tanggal:%d-%m-%Y}"


def libur_antara(dari: date, sampai: date, timpa: Mapping[date, str] | None = None) -> dict[date, str]:
    """The days off from *dari* to *sampai* (both inclusive) with their names.

    *timpa* replaces the table between its own first and last day: a calendar that came with the question wins where
    it has dates, the table answers outside.
    """
    baris = HariLibur.objects.filter(berlaku=True, tanggal__range=(dari, sampai)).order_by("tanggal", "-nama")
    libur = {b.tanggal: f"{b.get_jenis_display()}: {b.nama}" for b in baris}
    if timpa:
        awal, akhir = min(timpa), max(timpa)
        libur = {t: nama for t, nama in libur.items() if not awal <= t <= akhir} | dict(timpa)
    return libur


def tahun_tanpa_libur(*tahun: int) -> list[int]:
    """Those of *tahun* for which no national holiday has been entered, so that a count in them is not to be trusted."""
    ada = set(
        HariLibur.objects.filter(berlaku=True, jenis=HariLibur.Jenis.NASIONAL, tanggal__year__in=tahun).values_list(
            "tanggal__year", flat=True
        )
    )
    return sorted(set(tahun) - ada)


def tahun_perkiraan(*tahun: int) -> list[int]:
    """Those of *tahun* in which a day off is still an estimate, so that a count in them may yet move."""
    return sorted(
        set(
            HariLibur.objects.filter(
                berlaku=True, kepastian=HariLibur.Kepastian.PERKIRAAN, tanggal__year__in=tahun
            ).values_list("tanggal__year", flat=True)
        )
    )
