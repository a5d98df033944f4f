"""History as one reader may see it, in the shape the page component draws."""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kpupalu.audit.models import Jejak
from kpupalu.audit.pribadi import samarkan
from kpupalu.lib.kata import tanggal_pendek
from kpupalu.lib.waktu import WITA


def jenis(objek: models.Model) -> str:
    """The name history keeps for the kind of *objek*: ``pdpb.perubahan``; a proxy counts as what it stands for."""
    return (objek._meta.concrete_model or type(objek))._meta.label_lower


def riwayat(objek: models.Model) -> models.QuerySet[Jejak]:
    """All entries about *objek*, newest first."""
    return Jejak.objects.filter(objek_jenis=jenis(objek), objek_id=str(objek.pk)).order_by("-id")


def baris(entri: Jejak, user) -> dict[str, Any]:
    """One entry for ``components/riwayat.html``: ``{waktu, siapa, jabatan, tindakan, rincian, alasan, asal}``."""
    rincian = [
        (
            _nama_bidang(entri.objek_jenis, bidang),
            _tampil(samarkan(entri.objek_jenis, bidang, lama, user)),
            _tampil(samarkan(entri.objek_jenis, bidang, baru, user)),
        )
        for bidang, (lama, baru) in entri.perubahan.items()
    ]
    kalimat = entri.kalimat or entri.tindakan.replace("_", " ").capitalize()
    if entri.jumlah is not None and not entri.kalimat:
        kalimat = f"{kalimat} ({entri.jumlah})"
    return {
        "waktu": entri.waktu,
        "siapa": entri.pelaku_nama,
        "jabatan": entri.jabatan,
        "tindakan": kalimat,
        "rincian": rincian,
        "alasan": entri.alasan,
        "asal": entri.get_asal_display(),
        "objek": entri.objek_label,
    }


def riwayat_untuk(objek: models.Model, user, batas: int = 200) -> list[dict[str, Any]]:
    """The newest *batas* entries about *objek*, newest first, personal fields masked by the rights of *user*."""
    return [baris(entri, user) for entri in riwayat(objek)[:batas]]


def _nama_bidang(jenis: str, bidang: str) -> str:
    try:
        return str(apps.get_model(jenis)._meta.get_field(bidang).verbose_name).capitalize()
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return bidang.replace("_", " ").capitalize()


def _tampil(nilai: Any) -> str:
    if nilai is None:
        return ""
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, list):
        return ", ".join(_tampil(isi) for isi in nilai)
    if isinstance(nilai, dict):
        return ", ".join(f"{kunci}: {_tampil(isi)}" for kunci, isi in nilai.items())
    return _tanggal(nilai) if isinstance(nilai, str) else str(nilai)


def _tanggal(teks: str) -> str:
    """ISO dates and instants as the office writes them; any other text as it is."""
    try:
        if len(teks) == 10 and teks[4] == "-":
            return tanggal_pendek(date.fromisoformat(teks))
        if len(teks) >= 25 and teks[10] == "T":
            saat = datetime.fromisoformat(teks).astimezone(WITA)
            return f"{tanggal_pendek(saat.date())} {saat:%H.%M} WITA"
    except ValueError:
        pass
    return teks
