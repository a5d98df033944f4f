"""Checks of requests: their clocks, their dates, their numbers, what was decided about their items."""

from collections.abc import Iterator
from datetime import date, timedelta

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.models import Jejak
from kpupalu.kalender.hitung import hitung, selisih_hari_kerja
from kpupalu.kalender.kalender import Kalender, baca_kalender
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import WITA
from kpupalu.naskah.models import BukuAgenda, EntriAgenda
from ppid import tenggat_permohonan as jam
from ppid.actions.permohonan import serupa
from ppid.anomali.registri import Ketemu, daftarkan_pemeriksaan
from ppid.mirip import entri_mirip
from ppid.models import Butir, MasaTahapan, Permohonan

LABEL, BUKU = "ppid.permohonan", "ppid-permohonan"
H = Butir.Hasil


def tentang_permohonan(p: Permohonan, kalimat: str, rinci: str = "") -> Ketemu:
    """A finding about the request *p*: its number stands for it, never who asked."""
    return Ketemu(p, p.nomor, kalimat, p.get_absolute_url(), rinci)


def _tenggat_jawab(**saring) -> list[tuple[TenggatBerjalan, Permohonan]]:
    """Terms of answers with the request each belongs to."""
    semua = list(
        TenggatBerjalan.objects.filter(subjek_label=LABEL, aturan__kode__in=jam.JAWAB.values(), **saring)
        .select_related("aturan").order_by("pk")
    )  # fmt: skip
    milik = {str(p.pk): p for p in Permohonan.objects.filter(pk__in=[t.subjek_id for t in semua])}
    return [(t, milik[t.subjek_id]) for t in semua if t.subjek_id in milik]


def _kalender(hari: Iterator[date] | list[date]) -> Kalender:
    """The days off of every year that *hari* touch, and of the next one."""
    semua = list(hari)
    return baca_kalender(min(semua), max(semua) + timedelta(days=90)) if semua else Kalender()


@daftarkan_pemeriksaan(
    "belum-dijawab", "Belum dijawab dan hampir atau sudah lewat", "tinggi",
    "Setelah hari terakhir lewat, pemohon dapat mengajukan keberatan (UU 14/2008 Pasal 35 ayat (1) huruf c dan g).",
)  # fmt: skip
def belum_dijawab(pada: date) -> Iterator[Ketemu]:
    """Requests whose answer is due within the office's days of warning, or was due before *pada*."""
    batas = nilai_bulat("ppid_anomali_sisa", pada=pada)
    semua = _tenggat_jawab(status=TenggatBerjalan.Status.BERJALAN)
    libur = _kalender([pada, *(t.tanggal for t, _ in semua)]).libur
    terdekat: dict[int, tuple[TenggatBerjalan, Permohonan]] = {}
    for t, p in semua:
        if p.pk not in terdekat or t.tanggal < terdekat[p.pk][0].tanggal:
            terdekat[p.pk] = (t, p)
    for t, p in terdekat.values():
        sisa = selisih_hari_kerja(pada, t.tanggal, libur)
        if t.tanggal < pada:
            yield tentang_permohonan(p, f"Hari terakhir menjawab {tanggal_panjang(t.tanggal)} sudah lewat.", "lewat")
        elif sisa <= batas:
            kata = f"Sisa {sisa} hari kerja; hari terakhir menjawab {tanggal_panjang(t.tanggal)}."
            yield tentang_permohonan(p, kata, "dekat")


@daftarkan_pemeriksaan(
    "perpanjangan", "Perpanjangan tidak sah", "tinggi",
    "Perpanjangan hanya satu kali, tertulis, beralasan, dan diberitahukan paling lambat pada hari terakhir menjawab "
    "(UU 14/2008 Pasal 22 ayat (8)).",
)  # fmt: skip
def perpanjangan_tidak_sah(pada: date) -> Iterator[Ketemu]:
    """Extensions told after the last day that held without them, without reason, or taken twice."""
    diperpanjang = _tenggat_jawab(perpanjangan__gt=0)
    libur = _kalender([t.mulai for t, _ in diperpanjang] + [t.tanggal for t, _ in diperpanjang]).libur
    for t, p in diperpanjang:
        akhir = hitung(t.aturan.syarat(t.jumlah), t.mulai, libur).tanggal
        if p.diperpanjang_pada and p.diperpanjang_pada > akhir:
            kata = f"Diberitahukan {tanggal_panjang(p.diperpanjang_pada)}, sesudah {tanggal_panjang(akhir)}."
            yield tentang_permohonan(p, kata, f"terlambat-{t.pk}")
        if not p.diperpanjang_pada or len(p.alasan_perpanjangan.strip()) < 10:
            yield tentang_permohonan(p, "Perpanjangan tanpa alasan atau tanpa tanggal pemberitahuan.", "alasan")
    berulang = Jejak.objects.filter(objek_jenis=LABEL, tindakan="ppid.perpanjang").values_list("objek_id", flat=True)
    sering = {pk for pk in berulang if list(berulang).count(pk) > 1}
    for p in Permohonan.objects.filter(pk__in=sering):
        yield tentang_permohonan(p, "Diperpanjang lebih dari satu kali.", "kedua")


@daftarkan_pemeriksaan(
    "tanggal-nomor", "Tanggal atau nomor tidak wajar", "tinggi",
    "Tanggal jawaban tidak mungkin mendahului penerimaan, pencatatan mundur mengurangi waktu pemohon, dan register "
    "tidak boleh berlubang.",
    boleh_dinilai=True,
)  # fmt: skip
def tanggal_dan_nomor(pada: date) -> Iterator[Ketemu]:
    """Answers before receipt, receipts dated back further than the office allows, gaps and numbers without request."""
    mundur = nilai_bulat("ppid_anomali_mundur", pada=pada)
    for p in Permohonan.objects.order_by("pk"):
        if p.dijawab_pada and p.dijawab_pada < p.diterima:
            yield tentang_permohonan(p, "Tanggal jawaban mendahului tanggal diterima.", "jawaban")
        selang = (p.dicatat_pada.astimezone(WITA).date() - p.diterima).days
        if selang > mundur:
            yield tentang_permohonan(p, f"Dicatat {selang} hari sesudah tanggal diterimanya.", "mundur")
    yield from _lubang_register()


def _lubang_register() -> Iterator[Ketemu]:
    for buku in BukuAgenda.objects.filter(kode=BUKU):
        for celah in buku.celah():
            yield Ketemu(buku, f"Register {buku.tahun}", f"Nomor {celah} tidak dipakai.", "", f"celah-{celah.dari}")
    dipakai = Permohonan.objects.values("nomor")
    for entri in EntriAgenda.objects.filter(buku__kode=BUKU, batal=False).exclude(nomor__in=dipakai):
        yield Ketemu(entri, entri.nomor, "Nomor terpakai tanpa permohonan.", "", "yatim")


@daftarkan_pemeriksaan(
    "tidak-dikuasai", "Dijawab tidak dikuasai, padahal ada dalam daftar", "sedang",
    "Daftar Informasi Publik memuat entri yang menyerupai permintaan ini. Periksa kembali jawabannya.",
    boleh_dinilai=True,
)  # fmt: skip
def tidak_dikuasai_padahal_ada(pada: date) -> Iterator[Ketemu]:
    """Items answered as not held for which a published entry speaks of the same thing."""
    for b in Butir.objects.filter(hasil=H.TIDAK_DIKUASAI).select_related("permohonan").order_by("pk"):
        if mirip := entri_mirip(b.uraian, 1):
            kata = f"Butir {b.urut} dijawab tidak dikuasai, tetapi ada “{mirip[0].judul[:160]}”."
            yield tentang_permohonan(b.permohonan, kata, f"butir-{b.urut}")


@daftarkan_pemeriksaan(
    "berulang", "Permintaan yang sama dari pemohon yang sama", "rendah",
    "Mungkin terkirim dua kali. Tidak pernah ditolak sendiri oleh sistem.", boleh_dinilai=True,
)  # fmt: skip
def permintaan_berulang(pada: date) -> Iterator[Ketemu]:
    """Open requests that repeat, word for word, one of the same applicant of the days around."""
    terbuka = Permohonan.objects.terbuka().exclude(data__identitas_sidik="").select_related("data")
    for p in terbuka.order_by("pk"):
        dulu = [x for x in serupa(p) if x.pk < p.pk]
        if dulu:
            yield tentang_permohonan(p, f"Sama dengan {dulu[0].nomor}.", f"sama-{dulu[0].pk}")


@daftarkan_pemeriksaan(
    "biaya", "Biaya tanpa tarif", "sedang",
    "Biaya hanya dapat dikenakan menurut tarif yang ditetapkan; biaya yang tidak wajar adalah alasan keberatan "
    "(UU 14/2008 Pasal 35 ayat (1) huruf f).",
    boleh_dinilai=True,
)  # fmt: skip
def biaya_tanpa_tarif(pada: date) -> Iterator[Ketemu]:
    """Items that cost more than their lines say, and lines above their tariff or of one that did not hold that day."""
    berbiaya = Butir.objects.filter(biaya__gt=0).select_related("permohonan")
    for b in berbiaya.prefetch_related("rincian_biaya__tarif").order_by("pk"):
        rinci = list(b.rincian_biaya.all())
        if b.biaya > sum(r.total for r in rinci):
            yield tentang_permohonan(b.permohonan, f"Butir {b.urut} dikenai biaya tanpa tarif.", f"butir-{b.urut}")
        hari = b.diputus_pada or pada
        for r in rinci:
            berlaku = r.tarif.mulai <= hari and (r.tarif.akhir is None or hari <= r.tarif.akhir)
            if r.harga > r.tarif.rupiah or not berlaku:
                kata = f"Butir {b.urut}: {r.tarif.get_komponen_display()} melebihi tarif atau tarifnya tidak berlaku."
                yield tentang_permohonan(b.permohonan, kata, f"butir-{b.urut}-{r.tarif_id}")


@daftarkan_pemeriksaan(
    "tahapan", "Waktu tahapan dan masa tahapan tidak sejalan", "sedang",
    "Informasi tentang pemilu atau pemilihan yang sedang berjalan dijawab dalam waktu lebih singkat (Perki 1/2019 "
    "Pasal 12); di luar masa tahapan berlaku waktu reguler.",
    boleh_dinilai=True,
)  # fmt: skip
def rezim_tahapan(pada: date) -> Iterator[Ketemu]:
    """Short terms outside every stage, and open requests received inside one of which no item follows the short one."""
    masa = list(MasaTahapan.objects.all())

    def berjalan(hari: date) -> bool:
        return any(m.mulai <= hari and (m.akhir is None or hari <= m.akhir) for m in masa)

    for p in Permohonan.objects.prefetch_related("butir").order_by("pk"):
        ada = any(b.tahapan for b in p.butir.all())
        if ada and not berjalan(p.diterima):
            yield tentang_permohonan(p, "Memakai waktu tahapan, tetapi tidak ada masa tahapan pada hari diterima.")
        elif not ada and p.status in Permohonan.TERBUKA and berjalan(p.diterima):
            kata = "Diterima dalam masa tahapan, tetapi semua butirnya memakai waktu reguler. Periksa isinya."
            yield tentang_permohonan(p, kata, "reguler")


@daftarkan_pemeriksaan(
    "libur-belum-pasti", "Tenggat bersandar pada hari libur yang belum pasti", "sedang",
    "Hari libur salah satu tahunnya masih perkiraan atau belum diisi, jadi hari terakhirnya dapat bergeser.",
)  # fmt: skip
def libur_belum_pasti(pada: date) -> Iterator[Ketemu]:
    """Requests with an open term of the answer that is provisional."""
    for t, p in _tenggat_jawab(status__in=TenggatBerjalan.TERBUKA, sementara=True):
        yield tentang_permohonan(p, f"Tenggat {tanggal_panjang(t.tanggal)} masih sementara.", f"tenggat-{t.aturan_id}")
