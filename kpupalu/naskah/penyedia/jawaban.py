"""Does a provider's answer hold exactly the signature that was asked for, and nothing else?"""

from datetime import datetime

from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign import fields
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, StandardDiffPolicy
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from kpupalu.naskah.bacaan import (
    AKHIR_REVISI,
    ATURAN_FORMULIR,
    KEBIJAKAN,
    Kepercayaan,
    TandaTangan,
    TidakTerbaca,
    bukti_berkas,
    nilai_tanda,
)
from kpupalu.naskah.pembaca import Pembaca

# Before the first signature /SigFlags says that none is there, and only the first may certify by /Perms.
_SERTIFIKASI = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *KEBIJAKAN.global_rules[1:],
    ],
    form_rule=FormUpdatingRule(
        ATURAN_FORMULIR.field_rules,
        ignored_acroform_keys=ATURAN_FORMULIR.ignored_acroform_keys | {"/SigFlags"},
    ),
)


def baca_tambahan(lama: bytes, baru: bytes, kepercayaan: Kepercayaan, waktu: datetime) -> TandaTangan:
    """The one signature that *baru* adds to *lama*, judged at *waktu*.

    Raises TidakTerbaca, with the cause in a few words, when *baru* does not begin with *lama*, adds none or
    several signatures, or changes anything besides.
    """
    if not baru.startswith(lama):
        raise TidakTerbaca("jawaban tidak berawal dari naskah yang dikirim")
    if len(baru) == len(lama):
        raise TidakTerbaca("jawaban tidak memuat tanda tangan")
    try:
        return _baca_tambahan(lama, Pembaca(baru), kepercayaan, waktu)
    except TidakTerbaca:
        raise
    except Exception as sebab:
        raise TidakTerbaca("susunan jawaban rusak") from sebab


def _baca_tambahan(lama: bytes, kini: Pembaca, kepercayaan: Kepercayaan, waktu: datetime) -> TandaTangan:
    dasar = _revisi_lama(lama, kini)
    dulu = kini.get_historical_resolver(dasar)
    sudah = _terisi(dulu)
    baru = _terisi(kini) - sudah
    if len(baru) != 1 or not sudah <= _terisi(kini):
        raise TidakTerbaca("jawaban tidak memuat tepat satu tanda tangan baru")
    izin = read_certification_data(dulu)  # type: ignore[arg-type]  # a revision is read like a file
    beda = (KEBIJAKAN if sudah else _SERTIFIKASI).review_file(kini, dasar, doc_mdp=izin.permission if izin else None)
    if not isinstance(beda, DiffResult) or beda.modification_level > ModificationLevel.FORM_FILLING:
        raise TidakTerbaca("jawaban mengubah naskah di luar tanda tangan")
    if not sudah and set(kini.root.get("/Perms", {})) - {"/DocMDP"}:
        raise TidakTerbaca("jawaban menambahkan izin yang tidak dikenal")
    tersemat = next(t for t in kini.embedded_signatures if t.field_name in baru)
    tanda = nilai_tanda(tersemat, bukti_berkas(kini), kepercayaan, waktu)
    if tanda.perubahan or not tanda.utuh or not tanda.hanya_bukti:
        raise TidakTerbaca("tanda tangan dalam jawaban tidak utuh")
    return tanda


def _revisi_lama(lama: bytes, kini: Pembaca) -> int:
    """Which revision of *kini* is the whole of *lama*: the one whose cross-reference section *lama* ends with.

    Its bytes are those of *lama* already (the caller compared them), so it need not be read a second time.
    """
    akhir = AKHIR_REVISI.search(lama, max(len(lama) - 64, 0))
    for dasar in range(kini.total_revisions - 1):
        if akhir and kini.xrefs.get_startxref_for_revision(dasar) == int(akhir[1]):
            return dasar
    raise TidakTerbaca("jawaban tidak menyambung naskah yang dikirim")


def _terisi(pembaca: PdfHandler) -> set[str]:
    return {nama for nama, _isi, _ in fields.enumerate_sig_fields(pembaca, filled_status=True)}
