"""Proofs from the frozen roll: build the tree, give a citizen the proof of the own row, fetch its files."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat, catat_akses
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.bukti import MEDAN
from pdpb.kunci import kunci_periode
from pdpb.models import PemberianBukti, Pemilih, Snapshot, SnapshotBaris
from pdpb.pohon import BERTANDA, bukti_baris, tanam_pohon

_KUNCI_NOMOR = 727_116
NOMOR_PRIBADI = {"nik", "nkk"}


@transaction.atomic
def susun_pohon(snapshot: Snapshot) -> Snapshot:
    """*snapshot* with its digest tree stored and its root set; one that has them is returned as it is."""
    kunci_periode(snapshot.periode)
    snapshot = Snapshot.objects.select_for_update(of=("self",)).select_related("periode").get(pk=snapshot.pk)
    if not snapshot.akar:
        snapshot.akar = tanam_pohon(snapshot)
        snapshot.save(update_fields=["akar"])
        catat(
            "pdpb.susun_pohon",
            snapshot.periode,
            oleh=None,
            jumlah=snapshot.jumlah_baris,
            kalimat=f"Menyusun pohon bukti versi {snapshot.versi}, akar {snapshot.akar[:16]}…",
        )
    return snapshot


def snapshot_bertanda() -> Snapshot | None:
    """The newest frozen roll whose minutes are signed and which has a tree; None before the first."""
    semua = Snapshot.objects.filter(periode__status__in=BERTANDA, digantikan=False).exclude(akar="")
    return semua.select_related("periode").order_by("-periode__mulai").first()


def baris_bertanda(snapshot: Snapshot | None, pemilih: Pemilih) -> SnapshotBaris | None:
    """The row of *pemilih* in *snapshot*, or None."""
    if snapshot is None:
        return None
    return SnapshotBaris.objects.filter(snapshot=snapshot, pendaftaran__pemilih=pemilih).first()


def beri_bukti(pemilih: Pemilih, *, medan: Sequence[str], pengenal: str, oleh) -> PemberianBukti:
    """Enter in the register that *pemilih* got the proof of the own row, showing *medan*; its files can be fetched.

    From the newest roll whose minutes are signed. Refuses without the right, above the share of a day, and for a person
    who does not stand in that roll. Call it outside a transaction, so that the alarm of a share used up stays.
    """
    if not oleh.has_perm("pdpb.beri_bukti"):
        raise Refused("Anda tidak berwenang memberi bukti terdaftar.")
    if not medan or set(medan) - set(MEDAN):
        raise Refused("Pilih paling sedikit satu bidang yang ditunjukkan bukti.")
    if NOMOR_PRIBADI & set(medan):
        if not oleh.has_perm("pdpb.lihat_nik"):
            raise Refused("Anda tidak berwenang membuka NIK. Beri bukti tanpa NIK dan nomor KK.")
        pakai("buka_nik", oleh=oleh)
    pakai("beri_bukti", oleh=oleh)
    return _catat_bukti(pemilih, medan=medan, pengenal=pengenal, oleh=oleh)


@transaction.atomic
def _catat_bukti(pemilih: Pemilih, *, medan: Sequence[str], pengenal: str, oleh) -> PemberianBukti:
    snapshot = snapshot_bertanda()
    baris = baris_bertanda(snapshot, pemilih)
    if snapshot is None:
        raise Refused("Belum ada daftar pemilih yang ditetapkan. Bukti dapat diberikan setelah berita acara lengkap.")
    if baris is None:
        raise Refused(
            f"Orang ini tidak ada dalam daftar {snapshot.periode.nama}, jadi bukti tidak dapat diberikan. "
            "Catat usulan pemilih baru bila ia memenuhi syarat."
        )
    kini = sekarang()
    terbuka = [nama for nama in MEDAN if nama in medan]
    isi = berkas_bukti(snapshot, baris.pendaftaran_id, terbuka)
    bukti = PemberianBukti.objects.create(
        tahun=kini.year,
        urut=_nomor_berikut(kini.year),
        snapshot=snapshot,
        pendaftaran_id=baris.pendaftaran_id,
        medan=terbuka,
        pengenal=pengenal,
        sha256=sha256(isi).hexdigest(),
        diberikan_oleh=oleh,
        diberikan_pada=kini,
    )
    nik = ", dengan NIK atau nomor KK" if NOMOR_PRIBADI & set(terbuka) else ""
    tujuan = f"{bukti.nomor} untuk yang bersangkutan{nik}, {bukti.get_pengenal_display()} diperiksa"
    catat_akses("cetak", pemilih, oleh=oleh, tujuan=tujuan)
    catat("pdpb.beri_bukti", bukti, oleh=oleh, kalimat=f"Memberi {bukti.nomor} dari {snapshot}")
    return bukti


def _nomor_berikut(tahun: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_NOMOR])
    return (PemberianBukti.objects.filter(tahun=tahun).aggregate(n=Max("urut"))["n"] or 0) + 1


def berkas_bukti(snapshot: Snapshot, pendaftaran: int, medan: Sequence[str]) -> bytes:
    """The file of a proof: the same bytes each time."""
    return tulis(bukti_baris(snapshot, pendaftaran, medan))


def tulis(isi: dict[str, Any]) -> bytes:
    """*isi* as compact JSON in UTF-8."""
    return json.dumps(isi, ensure_ascii=False, separators=(",", ":")).encode()


def ambil_bukti(bukti: PemberianBukti, *, oleh, bentuk: str) -> bytes:
    """The file of *bukti* once more, for whoever gave it on that day; logged. *bentuk* names it in the log.

    Refuses anybody else, any other day, and a file that would no longer be the one that was given.
    """
    if not bukti.dapat_diambil(oleh):
        raise Refused(
            "Berkas bukti hanya diambil oleh pemberinya pada hari yang sama. Beri bukti baru bila diperlukan."
        )
    isi = berkas_bukti(bukti.snapshot, bukti.pendaftaran_id, bukti.medan)
    if sha256(isi).hexdigest() != bukti.sha256:
        raise Refused("Berkas ini tidak lagi sama dengan yang diberikan. Hubungi admin.")
    catat_akses(
        "cetak", bukti.pendaftaran.pemilih, oleh=oleh, tujuan=f"{bukti.nomor} untuk yang bersangkutan, {bentuk}"
    )
    return isi
