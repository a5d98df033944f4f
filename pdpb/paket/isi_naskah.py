"""The signed side of a quarter: minutes and notes, meetings with their papers, letters, copies, coktas."""

from collections.abc import Iterator
from typing import Any

from kpupalu.lib.angka import ribuan
from kpupalu.naskah.catatan_ttd import SUBJEK as SUBJEK_CATATAN
from kpupalu.naskah.models import Naskah, Penandatangan
from kpupalu.rapat.documents import daftar_hadir
from kpupalu.rapat.models import KehadiranAnggota, Peserta, Rapat
from kpupalu.surat.documents import tanda_terima
from kpupalu.surat.models import Instansi, Pengiriman, SuratKeluar
from pdpb.actions.coktas import JENIS_BA as JENIS_COKTAS
from pdpb.models import KegiatanCoktas, Periode
from pdpb.paket.manifes import Bagian, Kurang
from pdpb.paket.sumber import dokumen, iso, polos, segel, sekali, tabel
from pdpb.pleno import JENIS_BA, rapat_periode

Butir = Bagian | Kurang
P = Penandatangan.Status
_KONSEP = (Naskah.Status.KONSEP, Naskah.Status.DITARIK)


def versi_ba(periode: Periode) -> list[Naskah]:
    """Every version of the minutes of *periode* that was printed and not withdrawn, newest first."""
    semua = Naskah.objects.subjek(periode._meta.label_lower, periode.pk).filter(kode_jenis=JENIS_BA)
    return list(semua.filter(siap_pada__isnull=False).exclude(status__in=_KONSEP))


def berita_acara(periode: Periode) -> Iterator[Butir]:
    """Every version of the minutes, the one in force marked, and the notes of those who did not sign."""
    versi = versi_ba(periode)
    for naskah in versi:
        berlaku = naskah.selesai_ditandatangani and naskah.status != Naskah.Status.DIGANTI
        berkas = dokumen(naskah, "01-berita-acara", "berita_acara", berlaku=berlaku, versi=True)
        yield from berkas
        yield from _catatan(naskah, wajib=berlaku)
        if berlaku and not berkas:
            kata = f"Pindaian berita acara {naskah.nomor} yang sudah dibandingkan"
            yield Kurang("berita_acara", f"{kata}. Unggah dan bandingkan pindaiannya pada halaman naskah.", wajib=True)
    if not any(n.selesai_ditandatangani and n.status != Naskah.Status.DIGANTI for n in versi):
        yield Kurang(
            "berita_acara",
            "Berita acara yang lengkap ditandatangani. Lengkapi tanda tangannya lebih dahulu.",
            wajib=True,
        )


def _catatan(naskah: Naskah, *, wajib: bool) -> Iterator[Butir]:
    """The notes about those who were expected and did not sign; absence printed in the minutes needs none."""
    orang = naskah.penandatangan.filter(hadir=True, status__in=[P.MENOLAK, P.BERHALANGAN]).order_by("urut")
    for satu in orang:
        catatan = Naskah.objects.hidup().filter(subjek_label=SUBJEK_CATATAN, subjek_id=str(satu.pk)).first()
        if catatan and catatan.selesai_ditandatangani:
            yield from dokumen(catatan, "01-berita-acara", "catatan_penandatanganan")
        else:
            kata = f"Catatan penandatanganan untuk {satu.nama} pada {naskah.nomor}"
            yield Kurang("catatan_penandatanganan", f"{kata} yang sudah ditandatangani.", wajib=wajib)


def rapat(periode: Periode) -> Iterator[Butir]:
    """Invitation, attendance, remarks with answers and notula of every meeting; the pleno's attendance must be."""
    ada = list(rapat_periode(periode).select_related("undangan__naskah"))
    jenis = {r.jenis for r in ada}
    if Rapat.Jenis.PLENO not in jenis:
        yield Kurang("pleno", "Rapat pleno dan daftar hadirnya. Jadwalkan dan catat pada langkah Rapat pleno.", True)
    if not jenis & {Rapat.Jenis.KOORDINASI, Rapat.Jenis.FORUM}:
        yield Kurang("koordinasi", "Rapat atau forum koordinasi.")
    for nomor, satu in enumerate(ada, start=1):
        yield from _satu_rapat(satu, f"03-rapat/{nomor:02d}-{satu.jenis}")


def _satu_rapat(rapat: Rapat, folder: str) -> Iterator[Butir]:
    lain: dict[str, Any] = {"tanggal": iso(rapat.tanggal), "sumber": f"{rapat._meta.label_lower}/{rapat.pk}"}
    yield from _surat(rapat.undangan, folder, "undangan", f"Undangan {rapat.get_jenis_display().lower()}")
    if _tercatat(rapat):
        buat = sekali(lambda: daftar_hadir(rapat, samarkan=True))
        yield Bagian(f"{folder}/daftar-hadir.pdf", "daftar_hadir", f"Daftar hadir {rapat.judul}", buat, **lain)
    else:
        kata = f"Kehadiran pada {rapat.get_jenis_display().lower()} {rapat.tanggal:%d-%m-%Y}"
        wajib = rapat.jenis == Rapat.Jenis.PLENO
        yield Kurang("daftar_hadir", f"{kata}. Catat kehadirannya pada halaman rapat.", wajib)
    masukan = [(m.lembaga, m.isi, m.jawaban) for m in rapat.masukan.filter(dicabut=False)]
    if masukan:
        isi = tabel(("Lembaga", "Masukan", "Jawaban"), masukan)
        yield Bagian(f"{folder}/masukan.csv", "masukan", f"Masukan dan jawaban {rapat.judul}", isi, **lain)
    notulen = getattr(rapat, "notulen", None)
    naskah = notulen.naskah if notulen else None
    if naskah and naskah.selesai_ditandatangani:
        yield from dokumen(naskah, f"{folder}/notula", "notula")
    else:
        kata = f"Notula {rapat.get_jenis_display().lower()} {rapat.tanggal:%d-%m-%Y}"
        yield Kurang("notula", f"{kata} yang sudah ditandatangani.")


def _tercatat(rapat: Rapat) -> bool:
    """Whether somebody said who came."""
    anggota = rapat.anggota.exclude(status=KehadiranAnggota.Status.BELUM)
    return anggota.exists() or rapat.peserta.exclude(status=Peserta.Status.DIUNDANG).exists()


def _surat(surat: SuratKeluar | None, folder: str, jenis: str, nama: str) -> Iterator[Butir]:
    naskah = surat.naskah if surat else None
    if naskah and naskah.selesai_ditandatangani:
        yield from dokumen(naskah, f"{folder}/{jenis}", jenis)
    else:
        yield Kurang(jenis, f"{nama} yang sudah ditandatangani.")


def surat(periode: Periode) -> Iterator[Butir]:
    """Signed letters about the quarter, its meetings or its minutes: transmittals and whatever else was written."""
    rapat_ = list(rapat_periode(periode))
    undangan = [r.undangan_id for r in rapat_ if r.undangan_id]
    for tentang in (periode, *versi_ba(periode), *rapat_):
        ada = SuratKeluar.objects.subjek(tentang._meta.label_lower, tentang.pk).exclude(pk__in=undangan)
        for satu in ada.select_related("naskah"):
            if satu.naskah and satu.naskah.selesai_ditandatangani:
                yield from dokumen(satu.naskah, "04-surat", "surat_keluar")


_KOLOM_KIRIM = (
    "Nomor tanda terima", "Naskah", "Penerima", "Melalui", "Cara", "Dikirim", "Keadaan", "Nama penerima", "Jabatan",
    "Diterima", "SHA-256 berkas", "Alasan batal",
)  # fmt: skip


def salinan(periode: Periode) -> Iterator[Butir]:
    """Who received a copy of the minutes, the receipts, and what proves them."""
    kiriman = list(
        Pengiriman.objects.filter(naskah__in=versi_ba(periode))
        .select_related("naskah", "instansi", "melalui", "bukti")
        .order_by("naskah__versi", "pk")
    )
    hidup = [k for k in kiriman if not k.dibatalkan and k.naskah.status != Naskah.Status.DIGANTI]
    sudah = {k.instansi_id for k in hidup if k.instansi_id}
    belum = Instansi.objects.filter(aktif=True, terima_salinan=True).exclude(pk__in=sudah)
    if nama := [str(i) for i in belum]:
        yield Kurang("salinan", f"Salinan berita acara untuk {ribuan(len(nama))} penerima: {', '.join(nama)}.")
    if not kiriman:
        return
    berlaku = [k for k in kiriman if not k.dibatalkan]
    isi = tabel(_KOLOM_KIRIM, map(_baris_kirim, kiriman))
    yield Bagian("05-salinan/pengiriman.csv", "pengiriman", f"{ribuan(len(kiriman))} pengiriman salinan", isi)
    if berlaku:
        buat = sekali(lambda: tanda_terima(berlaku, samarkan=True))
        yield Bagian("05-salinan/tanda-terima.pdf", "tanda_terima", "Lembar tanda terima setiap penerima", buat)
    for satu in berlaku:
        if satu.bukti:
            uraian = f"Bukti terima {satu.instansi}"
            lain = {"nomor": satu.nomor, "tanggal": iso(satu.diterima_pada)}
            yield segel(satu.bukti, f"05-salinan/bukti/{polos(satu.nomor)}", "bukti_terima", uraian, **lain)
        elif not satu.diterima_pada:
            yield Kurang("tanda_terima", f"Tanda terima {satu.nomor} dari {satu.instansi} belum kembali.")


def _baris_kirim(k: Pengiriman) -> tuple[Any, ...]:
    return (
        k.nomor, k.naskah.nomor, k.instansi, k.melalui, k.get_kanal_display(), k.dikirim_pada, k.get_status_display(),
        k.penerima, k.jabatan_penerima, k.diterima_pada, k.sha256, k.alasan_batal,
    )  # fmt: skip


def coktas(periode: Periode) -> Iterator[Butir]:
    """The minutes of every closed round of visits; the rows visited are not among them."""
    selesai = KegiatanCoktas.objects.filter(periode=periode, status=KegiatanCoktas.Status.SELESAI).order_by("pk")
    for satu in selesai.select_related("kelurahan"):
        label = satu._meta.label_lower
        naskah = Naskah.objects.subjek(label, satu.pk).hidup().filter(kode_jenis=JENIS_COKTAS).first()
        if naskah and naskah.selesai_ditandatangani:
            yield from dokumen(naskah, f"10-coktas/{satu.pk}", "ba_coktas")
        else:
            yield Kurang("ba_coktas", f"Berita acara coktas {satu.pk}, Kelurahan {satu.kelurahan}.")
