"""What a reply sheet says, name by name, in the words that leave the office."""

from typing import Any

from pdpb.models import ButirSaran, SaranPerbaikan


def isi_lembar(surat: SaranPerbaikan) -> list[dict[str, Any]]:
    """One dict per name of *surat* in the order of the letter, without NIK, nomor KK, birth date or address.

    ``perubahan`` is the number of the change that answers the name, or None.
    """
    butir = ButirSaran.objects.filter(surat=surat).order_by("urut")
    kaitan = ("surat", "kelurahan", "dugaan", "perubahan__periode", "perubahan__kategori")
    return [
        {
            "urut": b.urut,
            "baris": b.baris,
            "nama": b.nama or "(tanpa nama)",
            "kelurahan": b.kelurahan.nama if b.kelurahan else "",
            "klaim": b.klaim or (b.dugaan.nama if b.dugaan else ""),
            "jawaban": b.jawaban,
            "label": b.get_jawaban_display() if b.jawaban else "",
            "uraian": b.uraian,
            "perubahan": b.perubahan_id,
        }
        for b in butir.select_related(*kaitan)
    ]


def jumlah_jawaban(isi: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How many names got each kind of answer, in the order of the choices."""
    return [(label, sum(b["jawaban"] == nilai for b in isi)) for nilai, label in ButirSaran.Jawaban.choices]
