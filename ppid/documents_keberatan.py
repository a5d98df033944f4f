"""What the letters and receipts of an objection print, as plain JSON, and what keeps a letter from being printed."""

from datetime import date
from typing import Any

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.naskah.cetak import cetak
from ppid import tenggat_keberatan as jam
from ppid.jendela import hitung_waktu
from ppid.models import Keberatan
from ppid.tenggat import KODE, REGULER, TAHAPAN

P = Keberatan.Putusan
DASAR = "Undang-Undang Nomor 14 Tahun 2008 Pasal 36 ayat (2)"
# An upheld answer orders nothing; the letter says so in these words.
TANPA_PERINTAH = "Tidak ada perintah kepada PPID; jawaban PPID dipertahankan."
_TERPENDEK = 10


def kurang_untuk_tanggapan(k: Keberatan, tanggal: date) -> list[str]:
    """Each element of the letter that is empty or does not hold, as a sentence; an empty list allows it."""
    hasil: list[str] = []
    if k.putusan not in P.values:
        hasil.append("Pilih putusan.")
    if len(k.pertimbangan) < _TERPENDEK:
        hasil.append("Tuliskan pertimbangan, paling sedikit 10 huruf.")
    if k.putusan in Keberatan.MENGABULKAN and len(k.perintah) < _TERPENDEK:
        hasil.append("Tuliskan perintah kepada PPID, paling sedikit 10 huruf.")
    if k.karena_lewat and k.putusan != P.DITOLAK:
        hasil.append("Hanya keberatan yang ditolak dapat ditolak karena lewat waktu.")
    if k.karena_lewat and k.diterima <= max(
        k.batas_ajukan, hitung_waktu(jam.AJUKAN[k.tahapan], k.ditemukan_pada).tanggal
    ):
        hasil.append("Keberatan ini diajukan tepat waktu, jadi tidak dapat ditolak karena lewat waktu.")
    if tanggal < k.diterima:
        hasil.append("Tanggal tanggapan tidak mungkin sebelum keberatan diterima.")
    return hasil


def _kepala(k: Keberatan, tanggal: date, hal: str) -> dict[str, Any]:
    """The head that both letters share."""
    data = k.permohonan.data
    return {
        "judul": f"{hal} {k.nomor}",
        "klasifikasi": "HM.03",
        "kota": "Palu",
        "lembaga": "Komisi Pemilihan Umum Kota Palu",
        "tanggal_surat": tanggal_panjang(tanggal),
        "sifat": "Biasa",
        "lampiran_surat": "-",
        "hal": hal,
        "kepada": [data.badan_hukum or data.nama],
        "alamat": data.alamat,
        "nomor_keberatan": k.nomor,
        "nomor_pendaftaran": k.permohonan.nomor,
        "diterima": tanggal_panjang(k.diterima),
    }


def isi_tanggapan(k: Keberatan, tanggal: date) -> dict[str, Any]:
    """All that the *tanggapan Atasan PPID* prints: the case, why, what is decided and ordered, how to go on."""
    sengketa = hitung_waktu(KODE[TAHAPAN if k.tahapan else REGULER]["sengketa"], tanggal)
    return _kepala(k, tanggal, "Tanggapan atas keberatan") | {
        "alasan": [f"huruf {huruf}: {kata}" for huruf, kata in k.alasan_terbaca],
        "butir": [f"Butir {b.urut}: {b.uraian}" for b in k.butir.order_by("urut")],
        "kasus_posisi": k.kasus_posisi,
        "terlambat": f"Keberatan diterima sesudah {tanggal_panjang(k.batas_ajukan)}." if k.terlambat else "",
        "hasil_musyawarah": k.hasil_musyawarah,
        "pertimbangan": k.pertimbangan,
        "putusan": k.get_putusan_display(),
        "perintah": k.perintah or TANPA_PERINTAH,
        "lama_sengketa": f"{sengketa.aturan.jumlah} {sengketa.aturan.get_satuan_display()}",
        "akhir_sengketa": tanggal_panjang(sengketa.tanggal),
        "dasar": DASAR,
    }


def isi_susulan(k: Keberatan, tanggal: date) -> dict[str, Any]:
    """All that the new answer prints: each item that is now given, by which order."""
    naskah = k.naskah
    butir = [
        {
            "urut": s.butir.urut,
            "uraian": s.butir.uraian,
            "baris": [
                ("Keputusan", s.get_hasil_display()),
                ("Materi yang diberikan", s.penjelasan),
                *([("Bagian yang dihitamkan", s.bagian_dihitamkan)] if s.bagian_dihitamkan else []),
                ("Bentuk", s.get_bentuk_display()),
            ],
        }
        for s in k.susulan.select_related("butir").order_by("butir__urut")
    ]
    return _kepala(k, tanggal, "Jawaban susulan") | {
        "nomor_tanggapan": naskah.nomor if naskah else "",
        "tanggal_tanggapan": tanggal_panjang(naskah.tanggal) if naskah else "",
        "perintah": k.perintah,
        "butir": butir,
    }


def isi_bukti_keberatan(k: Keberatan) -> dict[str, Any]:
    """What the receipt says: number, day, grounds, whether in time, and how both terms were counted. No names."""
    semua = list(jam.semua(k))
    return {
        "k": k,
        "p": k.permohonan,
        "butir": list(k.butir.order_by("urut")),
        "ajukan": next((t for t in semua if t.aturan.kode in jam.AJUKAN.values()), None),
        "tanggapan": next((t for t in semua if t.aturan.kode in jam.TANGGAPAN.values()), None),
    }


def cetak_bukti_keberatan(k: Keberatan, *, oleh: str) -> bytes:
    """The receipt of an objection as tagged PDF."""
    isi = isi_bukti_keberatan(k) | {"judul": f"Tanda bukti keberatan {k.nomor}", "oleh": oleh}
    return cetak("ppid/cetak/bukti_keberatan.html", isi).pdf
