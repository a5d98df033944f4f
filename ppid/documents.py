"""What the documents of the information desk print, as plain JSON, and what keeps them from being printed."""

from datetime import date
from typing import Any

from kpupalu.kalender.models import TenggatBerjalan, aturan_berlaku
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.cetak import cetak
from ppid import tenggat_permohonan as jam
from ppid.models import Butir, InformasiDikecualikan, InformasiPublik, Permohonan, Tarif, UjiKonsekuensi
from ppid.models.dikecualikan import HURUF_PASAL_17
from ppid.tenggat import KODE, REGULER, TAHAPAN

H, U = Butir.Hasil, UjiKonsekuensi.Status
DASAR = "Undang-Undang Nomor 14 Tahun 2008 Pasal 22 ayat (7)"


def hasil_permohonan(permohonan: Permohonan) -> str:
    """The outcome that follows from the items: granted wholly or partly, refused; empty while one is undecided."""
    hasil = [b.hasil for b in permohonan.butir.all()]
    if not hasil or "" in hasil:
        return ""
    if all(h in Butir.DIKABULKAN for h in hasil):
        return "Dikabulkan seluruhnya"
    if all(h in Butir.DITOLAK for h in hasil):
        return "Ditolak"
    if any(h in Butir.DIKABULKAN or h == H.SEBAGIAN for h in hasil):
        return "Dikabulkan sebagian"
    return "Tidak dapat dipenuhi"


def kurang_untuk_surat(permohonan: Permohonan) -> list[str]:
    """Each mandatory element of Pasal 22 ayat (7) that is empty, as a sentence; an empty list allows the letter."""
    hasil: list[str] = []
    for b in permohonan.butir.order_by("urut"):
        if not b.hasil:
            hasil.append(f"Butir {b.urut} belum diputuskan.")
            continue
        if salah := _dasar_gugur(b):
            hasil.append(f"Butir {b.urut}: {salah} Putuskan kembali.")
        if b.dikuasai is None:
            hasil.append(f"Butir {b.urut}: sebutkan apakah informasi dikuasai (huruf a).")
        if b.hasil == H.TIDAK_DIKUASAI and not b.badan_lain and "tidak diketahui" not in b.penjelasan.lower():
            hasil.append(f"Butir {b.urut}: sebutkan badan publik yang menguasai, atau tulis tidak diketahui (huruf b).")
        if b.hasil == H.DIKECUALIKAN and not (b.pasal_17 and b.dikecualikan_id):
            hasil.append(f"Butir {b.urut}: sebutkan alasan Pasal 17 dan keputusannya (huruf c).")
        if b.hasil in (H.DIBERIKAN, H.SEBAGIAN) and not b.penjelasan:
            hasil.append(f"Butir {b.urut}: sebutkan materi yang diberikan (huruf d).")
        if b.hasil == H.SEBAGIAN and not b.bagian_dihitamkan:
            hasil.append(f"Butir {b.urut}: sebutkan bagian yang dihitamkan dan alasannya (huruf e).")
        if b.hasil in (H.DIBERIKAN, H.SEBAGIAN) and not b.bentuk:
            hasil.append(f"Butir {b.urut}: sebutkan bentuk dan format yang diberikan (huruf f).")
        hasil += _kurang_biaya_dan_berkas(b)
    return hasil


def _kurang_biaya_dan_berkas(b: Butir) -> list[str]:
    """The cost must still follow from tariffs in force (element g), and no file of *b* may wait at the gate."""
    hasil = []
    rinci = list(b.rincian_biaya.select_related("tarif"))
    sah = Tarif.objects.pada(hari_ini()).filter(pk__in=[r.tarif_id for r in rinci]).count()
    if b.biaya != sum(r.total for r in rinci) or sah < len(rinci):
        hasil.append(f"Butir {b.urut}: biayanya tidak menurut tarif yang berlaku hari ini (huruf g). Tetapkan kembali.")
    if tertahan := b.berkas.hidup().filter(lolos=False).count():
        hasil.append(f"Butir {b.urut}: {tertahan} berkas belum dilepas. Selesaikan pemeriksaannya, atau tarik.")
    return hasil


def rincian_biaya(b: Butir) -> list[dict[str, Any]]:
    """The lines of the cost of *b* as they are printed."""
    return [
        {"urut": b.urut, "komponen": r.tarif.get_komponen_display(), "jumlah": r.jumlah, "harga": ribuan(r.harga),
         "total": r.total, "total_kata": ribuan(r.total), "dasar": r.tarif.dasar_hukum}
        for r in b.rincian_biaya.select_related("tarif")
    ]  # fmt: skip


def _dasar_gugur(b: Butir) -> str:
    """Why what the decision of *b* rests on does not hold any more today; empty when it does."""
    if b.hasil == H.DIKECUALIKAN:
        berlaku = InformasiDikecualikan.objects.berlaku(hari_ini()).filter(pk=b.dikecualikan_id or 0)
        return "" if berlaku.exists() else "keputusan yang mengecualikannya tidak berlaku lagi."
    if b.uji and b.hasil == H.UJI:
        U = UjiKonsekuensi.Status
        return (
            "" if b.uji.status in (U.USULAN, U.PERTIMBANGAN, U.KE_PROVINSI) else "uji konsekuensinya sudah diputuskan."
        )
    if b.hasil == H.TERSEDIA:
        ada = InformasiPublik.objects.terbit().filter(pk=b.informasi_id or 0).exists()
        return "" if ada else "entri daftar informasi publik sudah ditarik."
    return ""


def _satu_butir(b: Butir) -> dict[str, Any]:
    baris: list[tuple[str, str]] = [
        ("Penguasaan", "Dikuasai KPU Kota Palu" if b.dikuasai else "Tidak dikuasai KPU Kota Palu"),
        ("Keputusan", b.get_hasil_display()),
    ]
    if b.badan_lain:
        baris.append(("Badan publik yang menguasai", b.badan_lain))
    if b.dikecualikan:
        alasan = f"Pasal 17 huruf {b.pasal_17}: {HURUF_PASAL_17[b.pasal_17].lower()}"
        sampai = f", sampai {tanggal_panjang(b.dikecualikan.berakhir)}" if b.dikecualikan.berakhir else ""
        baris += [
            ("Alasan", alasan),
            ("Dasar", f"{b.dikecualikan.get_penetap_display()}, {b.dikecualikan.keputusan}{sampai}"),
            ("Konsekuensi bila dibuka", b.dikecualikan.konsekuensi_dibuka),
        ]
    if b.uji:
        baris.append(("Alasan", f"Uji konsekuensi diusulkan dengan nomor {b.uji.nomor} dan belum diputuskan"))
    if b.informasi:
        baris.append(("Tersedia pada", f"Daftar Informasi Publik: {b.informasi.judul}"))
    if b.tersedia_pada:
        baris.append(("Akan tersedia", tanggal_panjang(b.tersedia_pada)))
    if b.bagian_dihitamkan:
        baris.append(("Bagian yang dihitamkan", b.bagian_dihitamkan))
    if b.penjelasan:
        baris.append(("Penjelasan", b.penjelasan))
    if b.bentuk:
        baris.append(("Bentuk", b.get_bentuk_display()))
    if b.hasil in (H.DIBERIKAN, H.SEBAGIAN):
        baris.append(("Biaya", _kata_biaya(b)))
    return {"urut": b.urut, "uraian": b.uraian, "baris": baris}


def _kata_biaya(b: Butir) -> str:
    """Element g: what it costs, by which tariff, and how it is paid."""
    if not b.biaya:
        return "Tanpa biaya"
    rinci = "; ".join(f"{r['komponen']}: {r['jumlah']} × Rp{r['harga']} ({r['dasar']})" for r in rincian_biaya(b))
    return f"Rp{ribuan(b.biaya)}. {rinci}. Dibayar di meja layanan sebelum penyerahan; Anda menerima kuitansi."


def lama_keberatan(permohonan: Permohonan, pada: date) -> str:
    """``30 hari kerja``: how long one may object to the answer, by the rule of *pada* and the regime of the items."""
    singkat = all(b.tahapan for b in permohonan.butir.all())
    aturan = aturan_berlaku(KODE[TAHAPAN if singkat else REGULER]["ajukan_keberatan"], pada=pada)
    return f"{aturan.jumlah} {aturan.get_satuan_display()}"


def isi_pemberitahuan(permohonan: Permohonan, tanggal: date) -> dict[str, Any]:
    """All that the *pemberitahuan tertulis* prints, per item in the order a–g of Pasal 22 ayat (7)."""
    data = permohonan.data
    butir = permohonan.butir.select_related("dikecualikan", "uji", "informasi").order_by("urut")
    return {
        "judul": f"Pemberitahuan tertulis atas permohonan {permohonan.nomor}",
        "klasifikasi": "HM.03",
        "kota": "Palu",
        "lembaga": "Komisi Pemilihan Umum Kota Palu",
        "tanggal_surat": tanggal_panjang(tanggal),
        "sifat": "Biasa",
        "lampiran_surat": "-",
        "hal": "Pemberitahuan tertulis",
        "kepada": [data.badan_hukum or data.nama],
        "alamat": data.alamat,
        "nomor_pendaftaran": permohonan.nomor,
        "diterima": tanggal_panjang(permohonan.diterima),
        "hasil": hasil_permohonan(permohonan),
        "butir": [_satu_butir(b) for b in butir],
        "lama_keberatan": lama_keberatan(permohonan, tanggal),
        "dasar": DASAR,
    }


def isi_tanda_bukti(permohonan: Permohonan) -> dict[str, Any]:
    """What the receipt says: number, day, items, the last day and every day counted on the way, the right to object."""
    tenggat = list(jam.semua(permohonan).filter(aturan__kode__in=jam.JAWAB.values()))
    tenggat = sorted((t for t in tenggat if t.status != t.Status.BATAL), key=lambda t: t.tanggal)
    return {
        "p": permohonan,
        "butir": list(permohonan.butir.order_by("urut")),
        "tenggat": tenggat,
        "lama_keberatan": lama_keberatan(permohonan, permohonan.diterima),
    }


def cetak_tanda_bukti(permohonan: Permohonan, *, oleh: str) -> bytes:
    """The receipt as tagged PDF, with the QR of the ticket page."""
    isi = isi_tanda_bukti(permohonan) | {"judul": f"Tanda bukti {permohonan.nomor}", "oleh": oleh}
    return cetak("ppid/cetak/tanda_bukti.html", isi).pdf


def sisa_hari(tenggat: TenggatBerjalan, hari_ini: date) -> int:
    """Counted days of *tenggat* after *hari_ini* up to its last one; negative when it is past."""
    if hari_ini <= tenggat.tanggal:
        return sum(1 for h in tenggat.hari if h["dihitung"] and h["tanggal"] > hari_ini)
    return -max((hari_ini - tenggat.tanggal).days, 1)
