"""What the papers of a meeting print: the attendance list, before and after, and the notula."""

from typing import Any

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.rapat.models import Notulen, Rapat
from kpupalu.surat.documents import lembar, paragraf


def _acara(rapat: Rapat) -> list[str]:
    return [b.strip() for b in rapat.acara.splitlines() if b.strip()]


def _fakta(rapat: Rapat) -> list[list[str]]:
    return [
        ["Rapat", rapat.judul],
        ["Hari, tanggal", rapat.hari_tanggal],
        ["Pukul", rapat.pukul],
        ["Tempat", rapat.tempat],
        ["Pimpinan", rapat.pimpinan.nama_lengkap if rapat.pimpinan else "belum ditunjuk"],
        *([["Notulis", rapat.notulis.nama_lengkap]] if rapat.notulis else []),
    ]


def kehadiran(rapat: Rapat) -> dict[str, list[dict[str, str]]]:
    """Participants and commissioners as they are recorded now."""
    return {
        "peserta": [
            {
                "instansi": str(p.instansi),
                "nama": p.nama,
                "jabatan": p.jabatan,
                "status": "" if p.status == "diundang" else p.get_status_display(),
                "alasan": p.alasan,
            }
            for p in rapat.peserta.select_related("instansi")
        ],
        "anggota": [
            {
                "nama": a.pegawai.nama_lengkap,
                "jabatan": a.jabatan,
                "status": "" if a.status == "belum" else a.get_status_display(),
                "alasan": a.alasan,
            }
            for a in rapat.anggota.select_related("pegawai")
        ],
    }


def daftar_hadir(rapat: Rapat, *, samarkan: bool = False) -> bytes:
    """The attendance list as PDF: to be signed by hand before the meeting, filled in after it.

    *samarkan* masks every number shaped like a NIK.
    """
    isi = {"nomor": f"Daftar hadir {tanggal_panjang(rapat.tanggal)}", "fakta": _fakta(rapat), **kehadiran(rapat)}
    return lembar("rapat/naskah/daftar_hadir.html", f"Daftar hadir {rapat.judul}", isi, samarkan=samarkan)


def isi_notula(notulen: Notulen) -> dict[str, Any]:
    """All that the notula prints, as plain JSON."""
    rapat = notulen.rapat
    return {
        "judul": f"Notula {rapat.judul}"[:300],
        "fakta": _fakta(rapat),
        "acara": _acara(rapat),
        **kehadiran(rapat),
        "jalannya": paragraf(notulen.jalannya),
        "paparan": paragraf(notulen.paparan),
        "data_diserahkan": [b.strip() for b in notulen.data_diserahkan.splitlines() if b.strip()],
        "kesepakatan": [b.strip() for b in notulen.kesepakatan.splitlines() if b.strip()],
        "masukan": [m.sebagai_isi() for m in rapat.masukan.filter(dicabut=False)],
        "tindak_lanjut": [
            {
                "uraian": t.uraian,
                "pic": str(t.pic),
                "tenggat": tanggal_panjang(t.tenggat) if t.tenggat else "-",
                "status": t.get_status_display(),
            }
            for t in rapat.tindak_lanjut.select_related("pic")
        ],
    }
