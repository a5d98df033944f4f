"""The area that is asked about: the city, a kecamatan, a kelurahan, or one TPS of it."""

from dataclasses import dataclass
from typing import Any

from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan

BELUM_DITEMPATKAN = 0


@dataclass(frozen=True, slots=True)
class Area:
    """*kode* "" is the city, ``72.71.08`` a kecamatan, ``72.71.08.1003`` a kelurahan.

    *tps* narrows a kelurahan to one TPS by its id, or to the rows without one by 0.
    """

    kode: str = ""
    tps: int | None = None

    @property
    def tingkat(self) -> str:
        """``kota``, ``kecamatan``, ``kelurahan`` or ``tps``."""
        if self.tps is not None:
            return "tps"
        return {0: "kota", 8: "kecamatan"}.get(len(self.kode), "kelurahan")

    def __str__(self) -> str:
        if not self.kode:
            return "Kota Palu"
        if self.tingkat == "kecamatan":
            return f"Kecamatan {Kecamatan.objects.get(pk=self.kode)}"
        nama = f"Kelurahan {Kelurahan.objects.get(pk=self.kode)}"
        if self.tps is None:
            return nama
        if self.tps == BELUM_DITEMPATKAN:
            return f"{nama}, belum ditempatkan di TPS"
        return f"{nama}, TPS {TPS.objects.get(pk=self.tps).nomor:03d}"

    @property
    def syarat(self) -> str:
        """The condition on a version ``v`` in SQL; its values are ``nilai``."""
        if not self.kode:
            return "TRUE"
        bagian = ["v.kelurahan_id = ANY(%(area_kelurahan)s)"]
        if self.tps == BELUM_DITEMPATKAN:
            bagian.append("v.tps_id IS NULL")
        elif self.tps is not None:
            bagian.append("v.tps_id = %(area_tps)s")
        return " AND ".join(bagian)

    @property
    def nilai(self) -> dict[str, Any]:
        """The values that ``syarat`` names."""
        if not self.kode:
            return {}
        kelurahan = [self.kode]
        if self.tingkat == "kecamatan":
            kelurahan = list(Kelurahan.objects.filter(kode__startswith=self.kode).values_list("kode", flat=True))
        return {"area_kelurahan": kelurahan, "area_tps": self.tps}
