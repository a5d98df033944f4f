"""The pleno of the finished quarter as the demo office held it: guests, attendance, a remark, the notula, copies."""

from datetime import date

from kpupalu.lib.waktu import hari_ini
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat import notulen
from kpupalu.rapat.models import KehadiranAnggota, Peserta, Rapat
from kpupalu.surat import pengiriman
from kpupalu.surat.models import Instansi
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.rapat import catat_masukan, siapkan_pleno
from pdpb.models import Periode

MASUKAN = {
    "lembaga": "Bawaslu Kota Palu (contoh)",
    "isi": "Meminta agar pemilih yang meninggal tanpa akta kematian ditindaklanjuti bersama kelurahan.",
    "jawaban": "Ditindaklanjuti: surat keterangan kematian diminta kepada lurah pada triwulan berikutnya.",
}
NOTULA = {
    "jalannya": "Ketua membuka rapat pleno terbuka dan membacakan tata tertib.\n\nSubbagian Rendatin membacakan "
    "rekapitulasi per kecamatan. Peserta menyampaikan masukan dan menerima jawaban.",
    "paparan": "Rekapitulasi dibacakan seperti tercantum dalam berita acara.",
    "data_diserahkan": "",
    "kesepakatan": "Rekapitulasi ditetapkan dengan berita acara\nSurat keterangan kematian diminta kepada lurah",
}
TINDAK_LANJUT = "Minta surat keterangan kematian kepada lurah"


def isi_kontak() -> None:
    """Give every partner an invented address that no mail can reach."""
    for nomor, instansi in enumerate(Instansi.objects.filter(surel=""), start=1):
        instansi.surel, instansi.alamat = f"instansi{nomor}@contoh.example", f"Jalan Contoh Nomor {nomor}, Palu"
        instansi.save(update_fields=["surel", "alamat"])


def adakan(periode: Periode, *, kasubbag, pencatat) -> Rapat:
    """Hold the pleno of *periode*: attendance, one remark with its answer, one task, the notula as a draft.

    On a machine whose clock stands before the day of the pleno only the remark is recorded: nobody came yet.
    """
    isi_kontak()
    rapat = siapkan_pleno(periode, oleh=kasubbag)
    catat_masukan(periode, MASUKAN, oleh=kasubbag)
    if rapat.tanggal > hari_ini():
        return rapat
    anggota = [rapat_kantor.Hadir(a.pk, KehadiranAnggota.Status.HADIR, a.versi) for a in rapat.anggota.all()]
    rapat_kantor.catat_kehadiran(rapat, peserta=_peserta(rapat), anggota=anggota, by=pencatat)
    masukan = rapat.masukan.get()
    rapat_kantor.tambah_tindak_lanjut(
        rapat, uraian=TINDAK_LANJUT, pic=pencatat, tenggat=date(2026, 12, 11), masukan=masukan, by=kasubbag
    )
    notulen.simpan(rapat, NOTULA, dilihat=0, by=pencatat)
    return rapat


def _peserta(rapat: Rapat) -> list[rapat_kantor.Hadir]:
    """Most come themselves, every fourth sends somebody, every seventh is absent with a reason."""
    hasil = []
    for nomor, p in enumerate(rapat.peserta.select_related("instansi"), start=1):
        if nomor % 7 == 0:
            hasil.append(rapat_kantor.Hadir(p.pk, Peserta.Status.TIDAK_HADIR, p.versi, alasan="Kegiatan lain (contoh)"))
            continue
        status = Peserta.Status.DIWAKILI if nomor % 4 == 0 else Peserta.Status.HADIR
        hasil.append(rapat_kantor.Hadir(p.pk, status, p.versi, nama=f"Peserta Contoh {nomor}", jabatan="Perwakilan"))
    return hasil


def kirim_salinan(periode: Periode, *, oleh) -> int:
    """Record copies of the signed minutes to the province, to KPU RI through it, and to Bawaslu; return how many."""
    naskah = naskah_periode(periode)
    if naskah is None or naskah.tanggal > hari_ini():
        return 0
    penerima = list(Instansi.objects.filter(jenis__in=["penyelenggara", "pengawas"], terima_salinan=True))
    kiriman = pengiriman.kirim(naskah, penerima, kanal="surel", tanggal=naskah.tanggal, by=oleh)
    pengiriman.terima(
        kiriman[0], penerima="Penerima Contoh", jabatan="Staf", tanggal=naskah.tanggal, bukti=None, by=oleh
    )
    return len(kiriman)
