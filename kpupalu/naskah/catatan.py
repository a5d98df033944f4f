"""The register as the verifier asks it: which document does a file belong to, and what is on record about it?"""

from collections.abc import Iterable

from django.db.models import Q

from kpupalu.naskah.models import Naskah, Penandatangan, ScanBasah
from kpupalu.naskah.periksa import PenandaTerdaftar, Terdaftar

P = Penandatangan.Status
SEDANG_DIGANTI = "versi baru sedang disiapkan"


def terdaftar_untuk(sha256s: Iterable[str]) -> Terdaftar | None:
    """What is on record about the document one of whose files has one of these digests, or None.

    Pass the digests of every beginning of a file (``periksa.potongan``): then a file that was added to is found
    too. A withdrawn document counts as not registered: its print proves nothing.
    """
    sidik = list(sha256s)
    naskah = _tercetak().filter(Q(revisi__sha256__in=sidik) | Q(scan__sha256__in=sidik)).first()
    return _terdaftar(naskah) if naskah else None


def terdaftar_kode(kode: str) -> Terdaftar | None:
    """What is on record under a verification code, or None."""
    naskah = _tercetak().filter(kode_verifikasi=kode.strip().upper()).first()
    return _terdaftar(naskah) if naskah else None


def _tercetak():
    return Naskah.objects.filter(siap_pada__isnull=False).exclude(status=Naskah.Status.DITARIK).distinct()


def _terdaftar(naskah: Naskah) -> Terdaftar:
    orang = list(naskah.penandatangan.order_by("urut"))
    basah = naskah.cara == Naskah.Cara.BASAH
    return Terdaftar(
        revisi=tuple(naskah.revisi.order_by("urut").values_list("sha256", flat=True)),
        lengkap=_lengkap(naskah),
        penanda=tuple(
            PenandaTerdaftar(p.nama, p.jabatan, p.sidik_sertifikat)
            for p in orang
            if not basah or p.status == P.MENANDATANGANI
        ),
        cara=naskah.cara,
        wajib=sum(p.wajib and p.hadir for p in orang),
        tidak_menandatangani=tuple(p.nama for p in orang if p.status in {P.MENOLAK, P.BERHALANGAN}),
        diganti=_pengganti(naskah),
        judul=naskah.judul,
    )


def _lengkap(naskah: Naskah) -> str:
    """Digest of the complete file: the last revision, or the scan that two people vouch for; "" before."""
    if naskah.lengkap_pada is None:
        return ""
    if naskah.cara == Naskah.Cara.BASAH:
        scan = naskah.scan.filter(hasil=ScanBasah.Hasil.SESUAI).first()
        return scan.sha256 if scan else ""
    terbaru = naskah.terbaru
    return terbaru.sha256 if terbaru else ""


def _pengganti(naskah: Naskah) -> str:
    """The newest printed version that took the place of *naskah*, in words; "" when it is the newest itself."""
    kini = naskah
    while baru := kini.pengganti.filter(siap_pada__isnull=False).order_by("-versi").first():
        kini = baru
    if kini != naskah:
        return f"nomor {kini.nomor}, versi {kini.versi}"
    return SEDANG_DIGANTI if naskah.status == Naskah.Status.DIGANTI else ""
