"""Puts an invented city on the roll, as an import of a whole list would have left it."""

from collections.abc import Sequence

from django.db import connection

from tests import make

from .kebenaran import Baris

SALINAN = ("nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "rt", "rw")


def muat(baris: Sequence[Baris], awal: int = 1) -> dict[int, str]:
    """*baris* as open rows of voters whose ids count from *awal*; id of the voter → DPID. Figures are not counted."""
    batch = make.batch()
    tempat = {(b.kelurahan, b.tps, b.loksus) for b in baris if b.tps}
    tps = {(k, n): make.tps(k, n, "loksus" if loksus else "reguler").pk for k, n, loksus in sorted(tempat)}
    bernomor = list(enumerate(baris, awal))
    kolom = f"id, pemilih_id, identitas_id, batch_id, mulai, tps_id, {', '.join(SALINAN)}, kelurahan_id, status_kawin, "
    mulai = batch.periode.mulai
    _salin("pdpb_pemilih (id, dpid, batch_id)", ((n, b.dpid, batch.pk) for n, b in bernomor))
    _salin("pdpb_identitas (id, nik, nkk)", ((n, b.nik, b.nkk) for n, b in bernomor))
    _salin(
        f"pdpb_pendaftaran ({kolom} disabilitas, status_ktpel, sumber)",
        ((n, n, n, batch.pk, mulai, tps.get((b.kelurahan, b.tps)), *_isi(b)) for n, b in bernomor),
    )
    return {n: b.dpid for n, b in bernomor}


def _isi(baris: Baris) -> list:
    return [*(getattr(baris, kolom) for kolom in SALINAN), baris.kelurahan, "", "0", "S", ""]


def _salin(tabel: str, isi) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {tabel} FROM STDIN") as salin:
        for satu in isi:
            salin.write_row(satu)
