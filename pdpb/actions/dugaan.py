"""Lists of suspicions: C-Pemberitahuan that came back, reports of a posko. Each row becomes one open question."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports import baca
from kpupalu.imports.berkas import segel, tempat
from kpupalu.imports.kolom import kenali, kunci_judul
from kpupalu.imports.models import BerkasMasuk
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang
from pdpb.models import Dugaan

PEKERJAAN_DUGAAN = "pdpb.muat_dugaan"
_JUDUL = {
    "NIK": "nik",
    "NOMORINDUKKEPENDUDUKAN": "nik",
    "DPID": "dpid",
    "ALASAN": "alasan",
    "SEBAB": "alasan",
    "KETERANGAN": "alasan",
    "ALASANTIDAKTERDISTRIBUSI": "alasan",
    "CATATAN": "catatan",
}
_ALASAN = {
    "MENINGGAL": Dugaan.Jenis.MENINGGAL,
    "MENINGGALDUNIA": Dugaan.Jenis.MENINGGAL,
    "TIDAKDIKENAL": Dugaan.Jenis.TIDAK_DIKENAL,
    "TIDAKDIKENALI": Dugaan.Jenis.TIDAK_DIKENAL,
    "PINDAH": Dugaan.Jenis.PINDAH,
    "PINDAHALAMAT": Dugaan.Jenis.PINDAH,
    "PINDAHDOMISILI": Dugaan.Jenis.PINDAH,
    "TIDAKPADAN": Dugaan.Jenis.TIDAK_PADAN,
}
"""Words of the senders by what they ask; other reasons (not at home, pindah memilih) ask for no visit."""
# Rows compared at once, and row numbers named on the result page for each cause; the rest is counted.
_SEKALI, MAKS_DISEBUT = 5_000, 100
_TULIS = """
WITH b AS (SELECT * FROM unnest(%(nik)s::text[], %(dpid)s::text[], %(jenis)s::text[], %(catatan)s::text[],
    %(baris)s::int[]) AS t(nik, dpid, jenis, catatan, baris)),
padan AS (
    SELECT b.baris, v.pemilih_id, b.jenis, b.catatan FROM b JOIN pdpb_identitas i ON i.nik = b.nik AND b.nik <> ''
      JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
    UNION SELECT b.baris, v.pemilih_id, b.jenis, b.catatan FROM b JOIN pdpb_pemilih p
      ON p.dpid = b.dpid AND b.dpid <> '' AND b.nik = ''
      JOIN pdpb_pendaftaran v ON v.pemilih_id = p.id AND v.akhir IS NULL
), satu AS (SELECT baris FROM padan GROUP BY baris HAVING count(DISTINCT pemilih_id) = 1),
baru AS (
    INSERT INTO pdpb_dugaan (pemilih_id, jenis, sumber, tanggal, keterangan, status, dicatat_oleh_id, dicatat_pada,
        penyelesaian)
    SELECT p.pemilih_id, p.jenis, %(sumber)s, %(tanggal)s, p.catatan, 'terbuka', %(oleh)s, %(pada)s, ''
    FROM padan p JOIN satu USING (baris) ORDER BY p.baris
    ON CONFLICT (pemilih_id, jenis, sumber) WHERE status = 'terbuka' DO NOTHING RETURNING id
)
SELECT (SELECT count(*) FROM baru), ARRAY(SELECT baris FROM satu),
    ARRAY(SELECT baris FROM padan GROUP BY baris HAVING count(DISTINCT pemilih_id) > 1)
"""


@dataclass(slots=True)
class Dimuat:
    """What came of a list: rows read, questions opened, known before, and the numbers of rows left out by cause."""

    dibaca: int = 0
    baru: int = 0
    sudah_ada: int = 0
    tidak_ditemukan: int = 0
    lebih_dari_satu: int = 0
    tanpa_dugaan: int = 0
    baris_tidak_ditemukan: list[int] = field(default_factory=list)
    baris_lebih_dari_satu: list[int] = field(default_factory=list)


def _kenal(kepala: list[str]) -> int:
    return len(kenali(kepala, _JUDUL))


def terima_daftar(berkas: File, *, sumber: str, tanggal: date, oleh) -> Job:
    """Seal a list and ask for it to be read in the background; refuses a file without NIK or DPID, or reason."""
    if not oleh.has_perm("pdpb.catat_kematian"):
        raise Refused("Anda tidak berwenang memuat daftar dugaan. Minta operator atau verifikator.")
    if tanggal > hari_ini():
        raise Refused("Tanggal daftar tidak boleh sesudah hari ini. Periksa tanggalnya.")
    with transaction.atomic():
        masuk = segel(berkas, oleh=oleh)
        kolom = set(kenali(baca.buka(tempat(masuk), masuk.nama, kenal=_kenal).kepala, _JUDUL))
        if "alasan" not in kolom or not kolom & {"nik", "dpid"}:
            raise Refused(
                "Berkas memerlukan kolom NIK atau DPID, dan kolom ALASAN. Lengkapi judulnya, lalu unggah lagi."
            )
        catat("pdpb.terima_daftar_dugaan", masuk, oleh=oleh, asal="impor", kalimat="Menerima daftar dugaan")
        return start_job(PEKERJAAN_DUGAAN, by=oleh, berkas=masuk.pk, sumber=sumber, tanggal=tanggal.isoformat())


def muat_daftar(masuk: BerkasMasuk, *, sumber: str, tanggal: date, oleh, lapor: Callable[[int], Any]) -> Dimuat:
    """Open one question for each row of *masuk* whose voter is in the list; again it opens none twice.

    A NIK that belongs to two voters opens none: people look at it. *lapor* is told how many rows are done.
    """
    tabel = baca.buka(tempat(masuk), masuk.nama, kenal=_kenal, sudah_diperiksa=True)
    peta = kenali(tabel.kepala, _JUDUL)
    hasil = Dimuat()
    with transaction.atomic():
        baris = _baris(tabel, peta, hasil)
        while potong := list(islice(baris, _SEKALI)):
            _tulis(potong, hasil, sumber=sumber, tanggal=tanggal, oleh=oleh)
            lapor(hasil.dibaca)
        catat("pdpb.muat_dugaan", masuk, oleh=oleh, jumlah=hasil.baru, asal="impor",
              kalimat=f"Memuat {hasil.baru} dugaan dari {hasil.dibaca} baris")  # fmt: skip
    return hasil


def _baris(tabel: baca.Tabel, peta: dict[str, Any], hasil: Dimuat) -> Iterator[tuple[str, str, str, str, int]]:
    """``(nik, dpid, kind, note, row number)`` of the rows whose reason asks for something."""
    letak = {kolom: tabel.kepala.index(judul) for kolom, judul in peta.items()}
    for satu in tabel.baris():
        hasil.dibaca += 1
        sel = {kolom: baca.bersih(satu.sel[n]) if n < len(satu.sel) else "" for kolom, n in letak.items()}
        jenis = _ALASAN.get(kunci_judul(sel["alasan"]))
        if jenis is None:
            hasil.tanpa_dugaan += 1
            continue
        nik = "".join(c for c in sel.get("nik", "") if c.isdecimal())
        yield nik, sel.get("dpid", ""), jenis.value, samarkan_teks(sel.get("catatan", ""))[:240], satu.nomor


def _tulis(potong: list[tuple[str, str, str, str, int]], hasil: Dimuat, *, sumber: str, tanggal: date, oleh) -> None:
    nik, dpid, jenis, catatan, baris = map(list, zip(*potong, strict=True))
    nilai: dict[str, Any] = {
        "nik": nik,
        "dpid": dpid,
        "jenis": jenis,
        "catatan": catatan,
        "baris": baris,
        "sumber": sumber,
    }
    nilai |= {"tanggal": tanggal, "oleh": oleh.pk, "pada": sekarang()}
    with connection.cursor() as cursor:
        cursor.execute(_TULIS, nilai)
        baru, padan, ganda = cursor.fetchone()
    hasil.baru += baru
    hasil.sudah_ada += len(padan) - baru
    hasil.lebih_dari_satu += len(ganda)
    hilang = sorted(set(baris) - set(padan) - set(ganda))
    hasil.tidak_ditemukan += len(hilang)
    hasil.baris_tidak_ditemukan = (hasil.baris_tidak_ditemukan + hilang)[:MAKS_DISEBUT]
    hasil.baris_lebih_dari_satu = (hasil.baris_lebih_dari_satu + sorted(ganda))[:MAKS_DISEBUT]


def ringkas(hasil: Dimuat) -> dict[str, Any]:
    """*hasil* as the job keeps it."""
    return asdict(hasil)
