"""The letters that answer: to Bawaslu with the confirmed sheet behind it, to a citizen with what became of the report.

Each is drafted here and from then on a letter of the office like any other: number, print, signature, delivery.
"""

from collections.abc import Iterable

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import hari_ini
from kpupalu.surat import keluar
from kpupalu.surat.models import Instansi, Klasifikasi, SuratKeluar
from kpupalu.surat.pelengkap import Tabel, daftarkan_pelengkap
from pdpb.langkah_tanggapan import TAHAP_PUBLIK, jawaban_publik, tahap_publik
from pdpb.models import LembarJawaban, Tanggapan
from pdpb.saran import KOLOM, baris_jawaban
from pdpb.saran.lembar import jumlah_jawaban

KLASIFIKASI = "PL.01.2"
LEMBAR, TANGGAPAN = LembarJawaban._meta.label_lower, Tanggapan._meta.label_lower


def surat_lembar(lembar: LembarJawaban) -> SuratKeluar | None:
    """The letter that carries *lembar* to Bawaslu, None while nobody has drafted one."""
    return SuratKeluar.objects.subjek(LEMBAR, lembar.pk).select_related("naskah", "dibuat_oleh").first()


def bersurat(lembar: Iterable[LembarJawaban]) -> list[LembarJawaban]:
    """Each of *lembar* with ``surat_jawaban``, the letter that carries it, or None; one query for all."""
    semua = list(lembar)
    surat = SuratKeluar.objects.filter(subjek_label=LEMBAR, subjek_id__in=[str(x.pk) for x in semua], dibatalkan=False)
    milik = {s.subjek_id: s for s in surat.select_related("naskah").order_by("pk")}
    for satu in semua:
        satu.surat_jawaban = milik.get(str(satu.pk))
    return semua


def surat_tanggapan(tanggapan: Tanggapan) -> SuratKeluar | None:
    """The letter with the present answer of *tanggapan*; None while nobody has drafted one.

    A report that was opened again and answered anew gets another letter.
    """
    surat = SuratKeluar.objects.subjek(TANGGAPAN, _kunci(tanggapan))
    return surat.select_related("naskah", "dibuat_oleh").first()


def _kunci(tanggapan: Tanggapan) -> str:
    """Report and edition: the answer changes only by an act, and every act counts the edition on."""
    return f"{tanggapan.pk}.{tanggapan.versi}"


@transaction.atomic
def susun_surat_lembar(lembar: LembarJawaban, *, oleh) -> SuratKeluar:
    """Draft the letter to Bawaslu with the sheet *lembar* behind it; asked again it is the same letter.

    Refuses without the right to draft letters, and an office whose partners do not include Bawaslu.
    """
    lembar = LembarJawaban.objects.select_for_update(of=("self",)).select_related("surat").get(pk=lembar.pk)
    if lama := surat_lembar(lembar):
        return lama
    bawaslu = Instansi.objects.filter(jenis=Instansi.Jenis.PENGAWAS, aktif=True).first()
    if bawaslu is None:
        raise Refused("Bawaslu tidak ada dalam daftar instansi. Minta admin menambahkannya.")
    saran, jumlah = lembar.surat, len(lembar.isi)
    surat = SuratKeluar(
        kode_jenis="surat-dinas",
        klasifikasi=_klasifikasi(),
        tanggal=hari_ini(),
        lampiran=f"Daftar jawaban, {ribuan(jumlah)} nama",
        hal=f"Jawaban atas saran perbaikan {saran.nomor}"[:200],
        isi=f"Menindaklanjuti surat Saudara nomor {saran.nomor} tanggal {tanggal_panjang(saran.tanggal)} perihal "
        f"{saran.perihal}, kami sampaikan jawaban atas {ribuan(jumlah)} nama yang disebut di dalamnya. Jawaban untuk "
        "setiap nama ada pada lampiran.",
        rincian=[[label, f"{ribuan(n)} nama"] for label, n in jumlah_jawaban(lembar.isi)],
        penutup="Lampiran memuat data pribadi dan dipakai hanya untuk pengawasan. Atas perhatian Saudara, kami ucapkan "
        "terima kasih.",
        subjek_label=LEMBAR,
        subjek_id=str(lembar.pk),
    )
    surat = keluar.susun(surat, kepada=[bawaslu], by=oleh)
    catat("pdpb.surat_jawaban_saran", saran, oleh=oleh, kalimat=f"Menyusun surat jawaban untuk lembar {lembar.versi}")
    return surat


@transaction.atomic
def susun_surat_tanggapan(tanggapan: Tanggapan, *, oleh) -> SuratKeluar:
    """Draft the letter with the answer of *tanggapan* to its reporter; asked again it is the same letter.

    It may tell what the public page does not, so it goes to the reporter alone. Refuses a report that has no answer.
    """
    Tanggapan.objects.select_for_update().get(pk=tanggapan.pk)
    tanggapan = _baca(tanggapan.pk)
    _pastikan_dijawab(tanggapan)
    if lama := surat_tanggapan(tanggapan):
        return lama
    surat = SuratKeluar(
        kode_jenis="surat-dinas",
        klasifikasi=_klasifikasi(),
        tanggal=hari_ini(),
        hal=f"Jawaban atas tanggapan nomor {tanggapan.nomor}",
        isi=f"Terima kasih atas tanggapan Saudara tentang “{tanggapan.get_jenis_display()}”, yang kami terima pada "
        f"{tanggal_panjang(tanggapan.diterima)}.\n\n{_jawaban(tanggapan)}",
        penutup="Demikian kami sampaikan, atas perhatian Saudara kami ucapkan terima kasih.",
        subjek_label=TANGGAPAN,
        subjek_id=_kunci(tanggapan),
    )
    surat = keluar.susun(surat, kepada=[tanggapan.data.pelapor_nama], by=oleh)
    catat("pdpb.surat_tanggapan", tanggapan, oleh=oleh, kalimat="Menyusun surat jawaban")
    return surat


def _baca(pk: int) -> Tanggapan:
    return Tanggapan.objects.dengan_keadaan().select_related("data", "perubahan__kategori").get(pk=pk)


def _klasifikasi() -> Klasifikasi:
    return Klasifikasi.objects.get(kode=KLASIFIKASI)


def _pastikan_dijawab(tanggapan: Tanggapan) -> None:
    if tahap_publik(tanggapan.kini)[0] < len(TAHAP_PUBLIK):
        raise Refused("Tanggapan ini belum dijawab, jadi belum ada surat jawabannya.")


def _jawaban(tanggapan: Tanggapan) -> str:
    """What the letter says became of the report."""
    perubahan = tanggapan.perubahan
    if tanggapan.kini == Tanggapan.Keadaan.DITINDAKLANJUTI and perubahan and tanggapan.selesai:
        return (
            f"Tanggapan itu kami periksa dan menjadi perubahan data pemilih dengan sebab “{perubahan.kategori}”, yang "
            f"disetujui pada {tanggal_panjang(tanggapan.selesai)}."
        )
    return tanggapan.jawaban or jawaban_publik(tanggapan.kini, tanggapan.alasan_tolak)


@daftarkan_pelengkap(LEMBAR)
def _tabel_lembar(surat: SuratKeluar) -> Tabel:
    """The confirmed sheet, name by name; it holds no number of a person."""
    lembar = LembarJawaban.objects.select_related("surat").get(pk=surat.subjek_id)
    catatan = (
        "“Baris pada daftar Bawaslu” adalah nomor baris pada berkas yang dikirim Bawaslu. Keadaan perubahan adalah "
        "keadaan pada saat jawaban dikonfirmasi."
    )
    return Tabel(f"Jawaban atas saran perbaikan {lembar.surat.nomor}", KOLOM, baris_jawaban(lembar), catatan)


@daftarkan_pelengkap(TANGGAPAN)
def _masih_berlaku(surat: SuratKeluar) -> None:
    """No table; refused once the report was opened again or its approval was taken back."""
    pk, _, versi = surat.subjek_id.partition(".")
    tanggapan = _baca(int(pk))
    if str(tanggapan.versi) != versi or tahap_publik(tanggapan.kini)[0] < len(TAHAP_PUBLIK):
        raise Refused(
            f"{tanggapan} diperiksa kembali sesudah surat ini disusun. Batalkan konsep surat ini, lalu susun surat "
            "jawaban yang baru."
        )
