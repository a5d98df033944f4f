"""What the other letters and receipts of the information desk print, and which mandatory element still is empty."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.naskah.cetak import cetak
from ppid import tenggat_permohonan as jam
from ppid.documents import lama_keberatan
from ppid.langkah import KEKURANGAN
from ppid.models import Butir, Jawaban, Pembayaran, Pemusnahan, Penyerahan, Permohonan
from ppid.models.dikecualikan import HURUF_PASAL_17
from ppid.tenggat import KODE, REGULER, TAHAPAN

J = Jawaban.Jenis


def _surat(permohonan: Permohonan, tanggal: date, hal: str, **isi: Any) -> dict[str, Any]:
    """The frame of a letter to the applicant."""
    data = permohonan.data
    return {
        "judul": f"{hal} atas permohonan {permohonan.nomor}", "klasifikasi": "HM.03", "kota": "Palu",
        "lembaga": "Komisi Pemilihan Umum Kota Palu", "tanggal_surat": tanggal_panjang(tanggal), "sifat": "Biasa",
        "lampiran_surat": "-", "hal": hal, "kepada": [data.badan_hukum or data.nama], "paragraf": [], "rincian": [],
        "penutup": [], "tabel": None, "tembusan": [],
    } | isi  # fmt: skip


def _pokok(p: Permohonan) -> list[tuple[str, str]]:
    return [("Nomor pendaftaran", p.nomor), ("Diterima", tanggal_panjang(p.diterima))]


def isi_kekurangan(p: Permohonan, tanggal: date) -> tuple[dict[str, Any], list[str]]:
    """The notice of what is missing, and what keeps it from being printed."""
    kurang = [KEKURANGAN[k] for k in p.kekurangan]
    batas = jam.semua(p).terbuka().filter(aturan__kode=jam.LENGKAPI).order_by("-pk").first()
    salah = []
    if not kurang:
        salah.append("Tidak ada kekurangan yang tercatat; surat ini memuat daftarnya.")
    if batas is None:
        salah.append("Batas waktu pemohon untuk melengkapi belum berjalan.")
    hari = tanggal_panjang(batas.tanggal) if batas else ""
    lama = f"{batas.jumlah} {batas.aturan.get_satuan_display()}" if batas else ""
    return _surat(
        p, tanggal, "Pemberitahuan kekurangan",
        paragraf=["Permohonan informasi publik Anda belum lengkap. Yang masih kurang: " + " ".join(kurang)],
        rincian=[*_pokok(p), ("Dilengkapi paling lambat", f"{hari} ({lama} sejak diberitahukan)")],
        penutup=[
            "Kelengkapan diserahkan di meja layanan atau dikirim dari halaman tiket dengan nomor dan kode pada tanda "
            "bukti. Bila tidak dilengkapi sampai hari itu, permohonan tidak dapat diproses. Hal ini bukan penolakan: "
            "Anda dapat mengajukan permohonan baru kapan saja."
        ],
    ), salah  # fmt: skip


def isi_perpanjangan(p: Permohonan, tanggal: date) -> tuple[dict[str, Any], list[str]]:
    """The notice of the one extension: its reason, the new day, and how it was counted."""
    salah, baris = [], []
    if p.diperpanjang_pada is None or not p.alasan_perpanjangan:
        salah.append("Waktu jawab belum diperpanjang; surat ini memuat alasan dan tanggal barunya.")
    tenggat = [t for t in jam.jawab_terbuka(p) if t.perpanjangan]
    if not tenggat:
        salah.append("Tenggat yang diperpanjang tidak berjalan lagi.")
    for t in tenggat:
        rezim = "pemilu atau pemilihan" if t.aturan.kode == jam.JAWAB[True] else "reguler"
        baris.append(
            (
                f"Dijawab paling lambat ({rezim})",
                f"{tanggal_panjang(t.tanggal)}: {t.jumlah} + "
                f"{t.perpanjangan} {t.aturan.get_satuan_display()} sejak {tanggal_panjang(t.mulai)}",
            )
        )
    hari = [[f"{h['tanggal']:%d-%m-%Y}", f"hari ke-{h['ke']}" if h["dihitung"] else h["sebab"]] for h in
            (tenggat[0].hari if tenggat else [])]  # fmt: skip
    return _surat(
        p, tanggal, "Pemberitahuan perpanjangan", lampiran_surat="1 (satu) berkas",
        paragraf=["Jawaban atas permohonan informasi publik Anda memerlukan waktu lebih lama, dengan alasan: "
                  f"{p.alasan_perpanjangan}"],
        rincian=[*_pokok(p), *baris],
        penutup=["Perpanjangan dilakukan satu kali (UU 14/2008 Pasal 22 ayat (8)). Cara menghitungnya terlampir."],
        tabel={"judul": "Cara menghitung", "kepala": ["Tanggal", "Hari"], "baris": hari, "catatan": ""},
    ), salah  # fmt: skip


def isi_penolakan(p: Permohonan, tanggal: date) -> tuple[dict[str, Any], list[str]]:
    """The decision of the PPID to refuse: identity, information, article, decision, consequence, term, objection."""
    ditolak = list(p.butir.filter(hasil=Butir.Hasil.DIKECUALIKAN).select_related("dikecualikan").order_by("urut"))
    salah = [] if ditolak else ["Tidak ada butir yang ditolak sebagai informasi dikecualikan."]
    if not p.data.nama.strip() or not p.data.alamat.strip():
        salah.append("Identitas pemohon (nama dan alamat) kosong.")
    butir = []
    for b in ditolak:
        dik = b.dikecualikan
        assert dik is not None  # noqa: S101 - constraint butir_dikecualikan_berdasar
        if not dik.konsekuensi_dibuka.strip():
            salah.append(f"Butir {b.urut}: konsekuensi bila dibuka kosong pada {dik.keputusan}.")
        if not dik.berlaku_pada(tanggal):
            salah.append(f"Butir {b.urut}: {dik.keputusan} tidak berlaku pada tanggal surat.")
        tanpa_akhir = f"selama masih memenuhi Pasal 17 huruf {b.pasal_17} menurut {dik.keputusan}"
        butir.append({"urut": b.urut, "uraian": b.uraian, "baris": [
            ("Alasan", f"Pasal 17 huruf {b.pasal_17}: {HURUF_PASAL_17[b.pasal_17].lower()}"),
            ("Keputusan yang mengecualikan", f"{dik.get_penetap_display()}, {dik.keputusan}, "
             f"{tanggal_panjang(dik.tanggal_keputusan)}"),
            ("Dasar hukum", dik.dasar_hukum), ("Konsekuensi bila dibuka", dik.konsekuensi_dibuka),
            ("Jangka waktu", f"sampai {tanggal_panjang(dik.berakhir)}" if dik.berakhir else tanpa_akhir),
            ("Pasal 18", "sudah diperiksa" if b.pasal_18_diperiksa else "belum diperiksa"),
        ]})  # fmt: skip
    singkat = bool(ditolak) and all(b.tahapan for b in ditolak)
    batas = jam.hari_terakhir(KODE[TAHAPAN if singkat else REGULER]["ajukan_keberatan"], tanggal)
    return _surat(
        p, tanggal, "Keputusan PPID tentang penolakan", alamat=p.data.alamat, nomor_pendaftaran=p.nomor,
        diterima=tanggal_panjang(p.diterima), butir=butir, lama_keberatan=lama_keberatan(p, tanggal),
        batas_keberatan=tanggal_panjang(batas),
    ), salah  # fmt: skip


def isi_ralat(p: Permohonan, tanggal: date, asal: Jawaban, keliru: str, benar: str) -> dict[str, Any]:
    """The letter that corrects *asal*: what it said and what it should say; the first letter stays as it is."""
    return _surat(
        p, tanggal, "Surat ralat",
        paragraf=[f"Surat kami nomor {asal.naskah.nomor} tanggal {tanggal_panjang(asal.naskah.tanggal)} memuat "
                  "kekeliruan, yang dengan ini kami perbaiki."],
        rincian=[*_pokok(p), ("Tertulis", keliru), ("Seharusnya", benar)],
        penutup=[f"Hal lain dalam surat tersebut tetap. Keberatan dapat diajukan kepada Atasan PPID dalam "
                 f"{lama_keberatan(p, tanggal)} sejak surat ralat ini Anda terima (UU 14/2008 Pasal 36)."],
    )  # fmt: skip


def isi_pemusnahan(usulan: Pemusnahan, rincian: Sequence[dict[str, Any]], tanggal: date) -> dict[str, Any]:
    """The minutes of a destruction: register numbers, kinds and digests of files; nothing of a person."""
    return {
        "judul": f"Berita acara pemusnahan identitas pemohon, {tanggal_panjang(tanggal)}", "klasifikasi": "HM.03",
        "tanggal_kata": tanggal_panjang(tanggal), "dasar": usulan.dasar, "jumlah": len(rincian),
        "berkas": sum(len(r["berkas"]) for r in rincian), "rincian": list(rincian),
        "pengusul": str(usulan.diusulkan_oleh), "diusulkan": tanggal_panjang(usulan.diusulkan_pada.date()),
    }  # fmt: skip


def cetak_tanda_terima(penyerahan: Penyerahan) -> bytes:
    """The receipt of a handover as tagged PDF, with room for both signatures."""
    p = penyerahan.permohonan
    isi = {"judul": f"Tanda terima {penyerahan.nomor}", "t": penyerahan, "p": p, "penerima": p.data.penerima,
           "petugas": str(penyerahan.diserahkan_oleh)}  # fmt: skip
    return cetak("ppid/cetak/tanda_terima.html", isi).pdf


def cetak_kuitansi(bayar: Pembayaran) -> bytes:
    """The receipt of a payment as tagged PDF."""
    p = bayar.permohonan
    isi = {"judul": f"Kuitansi {bayar.nomor}", "b": bayar, "p": p, "dari": p.data.badan_hukum or p.data.nama,
           "total": ribuan(bayar.total), "petugas": str(bayar.diterima_oleh)}  # fmt: skip
    return cetak("ppid/cetak/kuitansi.html", isi).pdf
