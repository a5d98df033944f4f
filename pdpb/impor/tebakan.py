"""What a list without a column for it is probably about: category and document, from headings, sender and file name.

A guess fills the batch as if somebody had chosen it at the upload; the page for the columns shows it with its reason
and lets it be changed. Nothing is guessed where two readings are open.
"""

from dataclasses import dataclass

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports.kolom import kunci_judul
from kpupalu.lib import Refused
from pdpb.impor.penerimaan import perlu_diperiksa_lagi
from pdpb.models import ImporBatch, Kategori

S = ImporBatch.Status
_PENYEBUT = ("jenis", "kategori", "keterangan", "status", "elemen")
"""Columns that say row by row what is to change."""


@dataclass(frozen=True, slots=True)
class Pola:
    """Words (as ``kunci_judul`` writes them) that a list of one kind has, and what such a list proposes.

    *kecuali*: words that say that it is another kind after all. *dokumen*: word → kind of document, the last is
    taken when none of the others stands there.
    """

    kategori: str
    kata: tuple[str, ...]
    dokumen: tuple[tuple[str, str], ...]
    kecuali: tuple[str, ...] = ()


_KEMATIAN = ("MENINGGAL", "KEMATIAN", "WAFAT", "ALMARHUM", "JENAZAH", "MENDIANG")
_PENSIUN = ("PENSIUN", "PURNAWIRAWAN", "PEMBERHENTIAN", "PURNATNI", "PURNAPOLRI")
_POLISI = ("POLRESTA", "POLRES", "POLRI", "POLDA", "KEPOLISIAN", "BHAYANGKARA")
_TENTARA = ("KODIM", "KOREM", "TNI", "PRAJURIT", "LANAL", "LANUD", "PANGKALANTNI")
POLA: tuple[Pola, ...] = (
    Pola(
        "meninggal",
        _KEMATIAN,
        (
            ("AKTAKEMATIAN", "Akta kematian"),
            ("AKTEKEMATIAN", "Akta kematian"),
            ("SURATKEMATIAN", "Surat keterangan kematian lurah"),
            ("NOSURAT", "Surat keterangan kematian lurah"),
            ("", ""),
        ),
    ),
    Pola(
        "purna_tni_polri",
        _PENSIUN,
        (("PEMBERHENTIAN", "Surat keputusan pemberhentian"), ("", "Surat keputusan pensiun")),
    ),
    Pola("pindah_masuk", ("SKDWNI", "TGLDATANG", "TANGGALDATANG", "PINDAHMASUK", "PENDATANG"), (("", "SKPWNI"),)),
    Pola(
        "pindah_domisili",
        ("PINDAHKELUAR", "KABTUJUAN", "KOTATUJUAN", "KABKOTATUJUAN", "PROVTUJUAN", "PROVINSITUJUAN"),
        (("SKPWNI", "SKPWNI"), ("", "Data Disdukcapil")),
        kecuali=("SKDWNI", "DATANG", "TPSTUJUAN"),
    ),
    Pola("tni", _TENTARA, (("KTA", "Kartu tanda anggota"), ("", "Daftar Kodim")), kecuali=_PENSIUN),
    Pola("polri", _POLISI, (("KTA", "Kartu tanda anggota"), ("", "Daftar Polresta")), kecuali=_PENSIUN),
    Pola("wna", ("IMIGRASI", "WARGANEGARAASING", "ORANGASING", "WNA"), (("", "Dokumen Imigrasi"),)),
    Pola("genap_17", ("PESERTADIDIK", "SISWA", "NISN", "SEKOLAH", "SMAN", "SMKN"), (("", ""),)),
    Pola(
        "hak_politik_dicabut", ("HAKPOLITIK", "HAKPILIHDICABUT"), (("", "Putusan pengadilan berkekuatan hukum tetap"),)
    ),
)


@dataclass(frozen=True, slots=True)
class Tebakan:
    """A category (its slug), a kind of document (may be empty), and the sentence that says where it was read."""

    kategori: str
    jenis_dokumen: str
    alasan: str


def tebak(batch: ImporBatch) -> Tebakan | None:
    """What the list *batch* is probably about; nothing when its columns say so themselves or two kinds fit."""
    if batch.jenis != ImporBatch.Jenis.PERUBAHAN:
        return None
    berkas = list(batch.berkas.select_related("berkas_masuk"))
    if any(k in b.ringkasan["pemetaan"] for b in berkas for k in _PENYEBUT):
        return None
    sumber = [("judul kolom", [j for b in berkas for j in b.ringkasan["kepala"]])]
    sumber.append(("nama berkas", [b.berkas_masuk.nama for b in berkas]))
    sumber.append(("nama pengirim", [batch.pengirim]))
    semua = [kunci_judul(teks) for _, isi in sumber for teks in isi]
    for nama, isi in sumber:
        cocok = {pola.kategori: (pola, teks) for pola in POLA if (teks := _memuat(pola, isi, semua))}
        if len(cocok) == 1:
            ((pola, teks),) = cocok.values()
            return Tebakan(pola.kategori, _dokumen(pola, semua), f"Diduga dari {nama} “{teks[:60]}”.")
        if cocok:
            return None
    return None


def _memuat(pola: Pola, isi: list[str], semua: list[str]) -> str:
    """The text of *isi* that speaks for *pola*; empty when none does or something elsewhere speaks against it."""
    if any(kata in teks for kata in pola.kecuali for teks in semua):
        return ""
    return next((teks for teks in isi for kata in pola.kata if _ada(kata, teks)), "")


def _ada(kata: str, teks: str) -> bool:
    """Whether *kata* stands in *teks*; short words only as words of their own, else WNA would be read in WARNA."""
    if len(kata) > 4:
        return kata in kunci_judul(teks)
    return kata in [kunci_judul(k) for k in teks.replace("_", " ").replace("-", " ").replace(".", " ").split()]


def _dokumen(pola: Pola, semua: list[str]) -> str:
    return next(nama for kata, nama in pola.dokumen if not kata or any(kata in teks for teks in semua))


def pakai_tebakan(batch: ImporBatch) -> Tebakan | None:
    """Fill what *batch* leaves unsaid with the guess, and keep that it is one; nothing where somebody has chosen."""
    bawaan = dict(batch.pemetaan.get("bawaan", {}))
    if bawaan.get("kategori") or (dugaan := tebak(batch)) is None:
        return None
    if not Kategori.objects.filter(pk=dugaan.kategori, berlaku=True).exists():
        return None
    bawaan["kategori"] = dugaan.kategori
    if dugaan.jenis_dokumen and not _berdokumen(batch):
        bawaan.setdefault("jenis_dokumen", dugaan.jenis_dokumen)
    batch.pemetaan |= {"bawaan": bawaan, "tebakan": dugaan.alasan}
    batch.save(update_fields=["pemetaan"])
    return dugaan


def _berdokumen(batch: ImporBatch) -> bool:
    return all("jenis_dokumen" in b.ringkasan["pemetaan"] for b in batch.berkas.all())


@transaction.atomic
def ganti_bawaan(batch: ImporBatch, bawaan: dict[str, str], *, oleh) -> ImporBatch:
    """State once for all rows of *batch* what *bawaan* says, in place of what was guessed or chosen before.

    The batch waits to be checked again. Refuses one that is applied or undone.
    """
    batch = ImporBatch.objects.select_for_update(of=("self",)).select_related("periode").get(pk=batch.pk)
    if batch.status not in {S.DIUNGGAH, S.DIPERIKSA}:
        raise Refused("Kategori tidak dapat diubah karena impor ini sudah diterapkan atau dibatalkan.")
    lama = batch.pemetaan.get("bawaan", {})
    baru = {k: v for k, v in bawaan.items() if v}
    batch.pemetaan = {k: v for k, v in batch.pemetaan.items() if k != "tebakan"} | {"bawaan": baru}
    batch.save(update_fields=["pemetaan"])
    if baru != lama:
        perlu_diperiksa_lagi(batch)
        beda = {k: (lama.get(k, ""), baru.get(k, "")) for k in lama.keys() | baru.keys() if lama.get(k) != baru.get(k)}
        catat(
            "pdpb.ganti_kategori_impor", batch, oleh=oleh, asal="impor", perubahan=beda,
            kalimat="Menetapkan kategori dan dokumen semua baris",
        )  # fmt: skip
    return batch
