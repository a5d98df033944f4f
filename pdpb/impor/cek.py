"""Every check of an import, in one order whose numbers the staging tables hold.

Conditions of row checks speak of the columns of ``normal.seleksi``; a column that the file lacks is NULL there, and
NULL is never a finding. Where a severity is not obvious the comment says why.
"""

from pdpb.impor.cek_daftar import BERKAS, DAFTAR_DASAR
from pdpb.impor.cek_identitas import IDENTITAS
from pdpb.impor.cek_instansi import INSTANSI
from pdpb.impor.cek_isi import ISI
from pdpb.impor.cek_usul import USUL
from pdpb.impor.jenis_cek import DASAR, SEMUA, USULAN, Cek

__all__ = ["BERKAS", "DAFTAR", "DASAR", "KODE", "NOMOR", "SELALU", "SEMUA", "USULAN", "Cek"]

DAFTAR: tuple[Cek, ...] = IDENTITAS + ISI + DAFTAR_DASAR + USUL + INSTANSI
"""Staging tables hold the place in this tuple; nothing outside one check of one batch does."""

SELALU = frozenset(nomor for nomor, satu in enumerate(DAFTAR) if satu.selalu)

NOMOR = {satu.kode: nomor for nomor, satu in enumerate(DAFTAR)}
"""Stable code → the number under which staging tables hold it."""

KODE = {satu.kode: satu for satu in DAFTAR + BERKAS}
