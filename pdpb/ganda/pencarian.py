"""Finds the pairs of voters to ask about: on the whole roll, or for the rows that changed."""

import gc
from collections.abc import Callable, Iterable

from rapidfuzz.fuzz import ratio

from pdpb.ganda import statistik
from pdpb.ganda.baca import baca, baris_terbuka
from pdpb.ganda.bandingan import Pasangan, bandingkan
from pdpb.ganda.blok import MIRIP, Gulungan, calon, nama_mirip
from pdpb.ganda.konteks import BESAR_ASRAMA
from pdpb.ganda.nama import lipat
from pdpb.ganda.temu import Orang
from pdpb.ganda.unsur import nomor_utuh, varian_nik, varian_tanggal

Lapor = Callable[[int, int, str], None]
SATU_PER_SATU = 200
"""More changed rows than this are found faster by one pass over the whole roll."""


def diam(selesai: int, total: int, langkah: str) -> None:
    """Report progress to nobody."""


def cari_semua(lapor: Lapor = diam) -> list[Pasangan]:
    """Every pair of the open roll to ask about, best first, each unordered pair once.

    What it learned about the roll is kept for ``cari_untuk``. Nothing of the roll is changed or locked.
    """
    sampah_aktif = gc.isenabled()
    gc.disable()  # a quarter of a million lines live till the end: every collection would walk them in vain
    try:
        return _cari_semua(lapor)
    finally:
        if sampah_aktif:
            gc.enable()


def _cari_semua(lapor: Lapor) -> list[Pasangan]:
    lapor(0, 100, "Membaca daftar")
    gulungan = Gulungan(baris_terbuka())
    konteks = gulungan.konteks()
    statistik.simpan(konteks)
    lapor(40, 100, "Mencari baris yang mirip")
    nomor, banyak, hasil = calon(gulungan), len(gulungan), []
    for urut, satu in enumerate(nomor):
        if urut % 20_000 == 0:
            lapor(60 + 40 * urut // len(nomor), 100, "Membandingkan pasangan")
        x, y = divmod(satu, banyak)
        nama = gulungan.nama_dua(x, y, konteks)
        if nama and (p := bandingkan(gulungan.orang(x), gulungan.orang(y), konteks, nama)):
            hasil.append(p)
    hasil.sort(key=lambda p: p.urutan)
    lapor(100, 100, "Selesai")
    return hasil


def cari_untuk(pemilih_ids: Iterable[int]) -> list[Pasangan]:
    """The pairs in which a voter of *pemilih_ids* is one of the two, best first; voters off the roll have none.

    Costs a few indexed queries per voter, or one pass over the roll when there are many.
    """
    ids = set(pemilih_ids)
    if not ids:
        return []
    if len(ids) > SATU_PER_SATU:
        return [p for p in cari_semua() if p.a in ids or p.b in ids]
    if not statistik.masih_baru():
        statistik.simpan(Gulungan(baris_terbuka()).konteks())
    ketemu: dict[tuple[int, int], Pasangan] = {}
    for orang in baca("v.pemilih_id = ANY(%(ids)s)", {"ids": list(ids)}):
        for pasangan in _cari_satu(orang):
            ketemu[pasangan.a, pasangan.b] = pasangan
    return sorted(ketemu.values(), key=lambda p: p.urutan)


def _cari_satu(orang: Orang) -> list[Pasangan]:
    keluarga = {o.pemilih: o for o in _calon_keluarga(orang)}
    semua = {o.pemilih: o for o in _calon(orang)} | keluarga
    lain = [o for o in semua.values() if o.pemilih != orang.pemilih and _patut(orang, o, o.pemilih in keluarga)]
    kata = {k for o in (orang, *lain) for k in lipat(o.nama).kata}
    konteks = statistik.konteks_tersimpan(sorted(kata))
    return [p for o in lain if (p := bandingkan(orang, o, konteks))]


def _patut(a: Orang, b: Orang, sekeluarga: bool) -> bool:
    """Whether two rows are worth judging: like names, or a word in common where a number or a house is shared too."""
    if a.nik == b.nik:
        return True
    x, y = lipat(a.nama), lipat(b.nama)
    dekat = sekeluarga or a.nkk == b.nkk or a.kelurahan == b.kelurahan or a.nik[12:] == b.nik[12:]
    return nama_mirip(x, y) or (dekat and not set(x.kata).isdisjoint(y.kata))


_CALON = """v.id IN (
    SELECT w.id FROM pdpb_identitas j JOIN pdpb_pendaftaran w ON w.identitas_id = j.id AND w.akhir IS NULL
    WHERE j.nik = ANY(%(nik)s)
    UNION SELECT w.id FROM pdpb_identitas j JOIN pdpb_pendaftaran w ON w.identitas_id = j.id AND w.akhir IS NULL
    WHERE j.nik BETWEEN %(nik_rendah)s AND %(nik_tinggi)s
    UNION SELECT w.id FROM pdpb_identitas j JOIN pdpb_pendaftaran w ON w.identitas_id = j.id AND w.akhir IS NULL
    WHERE j.nkk = %(nkk)s
    UNION SELECT w.id FROM pdpb_pendaftaran w WHERE w.akhir IS NULL AND w.tanggal_lahir = ANY(%(tanggal)s)
)"""


def _calon(orang: Orang) -> list[Orang]:
    """Rows with the same or nearly the same NIK, birth date or family card."""
    awal = orang.nik[:12] if len(orang.nik) >= 12 else orang.nik
    isi = {
        "nik": varian_nik(orang.nik),
        "nik_rendah": f"{awal}0000" if nomor_utuh(orang.nik) else "",
        "nik_tinggi": f"{awal}9999" if nomor_utuh(orang.nik) else "",
        "nkk": orang.nkk if nomor_utuh(orang.nkk) else "",
        "tanggal": varian_tanggal(orang.tanggal_lahir) if orang.tanggal_lahir else [],
    }
    return baca(_CALON, isi)


_JANGKAR = """v.id IN (
    SELECT w.id FROM pdpb_pendaftaran w WHERE w.akhir IS NULL AND w.tanggal_lahir = ANY(%(lahir)s)
    UNION SELECT w.id FROM pdpb_pendaftaran w
    WHERE w.akhir IS NULL AND w.tanggal_lahir = ANY(%(varian)s) AND w.nama = ANY(%(nama)s)
    UNION SELECT w.id FROM pdpb_identitas j JOIN pdpb_pendaftaran w ON w.identitas_id = j.id AND w.akhir IS NULL
    WHERE j.nik = ANY(%(nik)s)
)"""


def _calon_keluarga(orang: Orang) -> list[Orang]:
    """The members of every other family in which a relative of *orang* stands too, as far as one can see at once."""
    if not nomor_utuh(orang.nkk):
        return []
    kerabat = [o for o in baca("i.nkk = %(nkk)s", {"nkk": orang.nkk}) if o.pemilih != orang.pemilih]
    if not 0 < len(kerabat) < BESAR_ASRAMA - 1:
        return []
    lahir = {o.tanggal_lahir for o in kerabat if o.tanggal_lahir}
    isi = {
        "lahir": list(lahir),
        "varian": sorted({t for satu in lahir for t in varian_tanggal(satu)}),
        "nama": sorted({o.nama for o in kerabat}),
        "nik": sorted({o.nik for o in kerabat if nomor_utuh(o.nik)}),
    }
    nkk = {o.nkk for o in baca(_JANGKAR, isi) if any(sejangkar(k, o) for k in kerabat) and nomor_utuh(o.nkk)}
    return baca("i.nkk = ANY(%(nkk)s)", {"nkk": sorted(nkk)}) if nkk else []


def sejangkar(a: Orang, b: Orang) -> bool:
    """Whether two rows under two NKK look so much like one person that their families are worth comparing."""
    if a.nkk == b.nkk:
        return False
    if (a.nik == b.nik and nomor_utuh(a.nik)) or a.nama == b.nama:
        return True
    x, y = lipat(a.nama), lipat(b.nama)
    setanggal = a.tanggal_lahir is not None and a.tanggal_lahir == b.tanggal_lahir
    return setanggal and (ratio(x.inti, y.inti, score_cutoff=MIRIP) > 0 or x.kunci == y.kunci)
