"""What people decide about two rows that may be one person: propose, confirm by another, take back, undo."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import sekarang
from pdpb import pasangan as keadaan
from pdpb.actions.perubahan import ambil_langkah, pastikan_belum_beku, pastikan_terbuka, usulkan
from pdpb.kunci import kunci_periode
from pdpb.langkah_ganda import LANGKAH_GANDA, LangkahGanda
from pdpb.models import Bukti, Kategori, PasanganGanda, Pemilih, Pendaftaran, Periode, Perubahan
from pdpb.models.daftar import StatusKTPel
from pdpb.models.ganda import KelasGanda, Putusan, TingkatGanda
from pdpb.models.perubahan import ELEMEN

S = PasanganGanda.Status
MIN_ALASAN = 10
DOKUMEN_ALAMAT = ("KTP-el", "Kartu Keluarga", "Biodata penduduk", "IKD")
"""Documents that state where somebody lives; the later one tells which row is up to date."""


def boleh(pasangan: PasanganGanda, nama: str, *, oleh) -> str:
    """Why *oleh* may not take the step *nama* with *pasangan* as it stands; empty when it may be taken."""
    langkah = LANGKAH_GANDA[nama]
    if not langkah.perm or not oleh.has_perm(langkah.perm):
        return f"Anda tidak berwenang untuk langkah “{langkah.label}”."
    if pasangan.status not in langkah.dari:
        return f"Pasangan ini berstatus {pasangan.get_status_display()}, jadi tidak dapat “{langkah.label}”."
    if langkah.orang_lain and pasangan.pengusul_id == oleh.pk:
        return "Pengusul putusan tidak boleh mengonfirmasinya sendiri. Minta petugas lain."
    if langkah.hanya_sendiri and pasangan.pengusul_id != oleh.pk:
        return "Hanya pengusul yang dapat menarik putusannya. Gunakan “Kembalikan” bila putusan ini tidak benar."
    if nama == "ganti" and pasangan.putusan == Putusan.SAMA:
        return "Putusan “sama orang” tidak diganti; batalkan putusannya lebih dahulu."
    return ""


def _siapkan(
    pasangan: PasanganGanda, nama: str, *, oleh, alasan: str = "", periode: Periode | None = None
) -> tuple[LangkahGanda, PasanganGanda]:
    """The step and *pasangan* locked and read afresh, after every rule that does not look at the roll."""
    langkah = LANGKAH_GANDA[nama]
    if langkah.perlu_alasan and len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit {MIN_ALASAN} huruf.")
    if periode:
        kunci_periode(periode)
    pasangan = (
        PasanganGanda.objects.select_for_update(of=("self",))
        .select_related("versi_a__identitas", "versi_b__identitas", "bertahan", "bukti", "pengusul", "perubahan")
        .get(pk=pasangan.pk)
    )
    if sebab := boleh(pasangan, nama, oleh=oleh):
        raise Refused(sebab)
    return langkah, pasangan


def _catat(pasangan: PasanganGanda, langkah: LangkahGanda, *, oleh, alasan: str, kalimat: str = "") -> None:
    catat(f"pdpb.ganda_{langkah.nama}", pasangan, oleh=oleh, alasan=alasan, kalimat=kalimat or langkah.label)


# --- Propose -----------------------------------------------------------------------------------------------------
@transaction.atomic
def putuskan(
    pasangan: PasanganGanda,
    *,
    putusan: str,
    alasan: str,
    bukti: Bukti | None,
    periode: Periode,
    oleh,
    bertahan: int | None = None,
    dilihat: tuple[int, int] | None = None,
) -> PasanganGanda:
    """Propose what *pasangan* is; another officer confirms. A confirmed answer other than "sama" may be replaced.

    *bertahan* is the id of the voter who stays and is needed for "sama orang" alone. *dilihat* are the versions the
    officer read. Refuses a closed period, a missing reason or evidence, rows that are no longer in the list, and
    rows that changed after they were read.
    """
    alasan = samarkan_teks(alasan.strip())
    if putusan not in Putusan.values:
        raise Refused("Pilih putusan: sama orang, orang berbeda, perlu cek lapangan, atau menunggu Disdukcapil.")
    if bukti is None:
        raise Refused("Bukti belum disebut. Pilih jenis bukti yang mendasari putusan ini.")
    periode = kunci_periode(periode)
    pastikan_terbuka(periode)
    kini = PasanganGanda.objects.only("status").get(pk=pasangan.pk).status
    nama = "ganti" if kini in LANGKAH_GANDA["ganti"].dari else "usulkan"
    langkah, pasangan = _siapkan(pasangan, nama, oleh=oleh, alasan=alasan)
    versi = _dalam_daftar(pasangan)
    if dilihat and dilihat != tuple(v.pk for v in versi):
        raise Refused("Data salah satu baris berubah sejak Anda membukanya. Bandingkan lagi, lalu putuskan.")
    if (putusan == Putusan.SAMA) != (bertahan is not None) or bertahan not in (None, pasangan.a_id, pasangan.b_id):
        raise Refused("Untuk “sama orang”, pilih baris yang bertahan; untuk putusan lain tidak ada yang keluar.")
    if bukti.pk is None:
        bukti.save()
    keadaan.langkah(
        pasangan,
        nama,
        oleh=oleh,
        catatan=alasan,
        putusan=putusan,
        bertahan=Pemilih.objects.get(pk=bertahan) if bertahan else None,
        bukti=bukti,
        alasan_putusan=alasan[:240],
        periode=periode,
        pengusul=oleh,
        diusulkan_pada=sekarang(),
        pengonfirmasi=None,
        dikonfirmasi_pada=None,
        perubahan=None,
        versi_a=versi[0],
        versi_b=versi[1],
    )
    kata = Putusan(putusan).label.lower()
    _catat(pasangan, langkah, oleh=oleh, alasan=alasan, kalimat=f"Mengusulkan putusan data ganda: {kata}")
    return pasangan


def _dalam_daftar(pasangan: PasanganGanda) -> tuple[Pendaftaran, Pendaftaran]:
    aktif = keadaan.versi_aktif({pasangan.a_id, pasangan.b_id})
    if len(aktif) < 2:
        raise Refused("Salah satu baris tidak lagi ada dalam daftar, jadi tidak ada yang perlu diputuskan.")
    return aktif[pasangan.a_id], aktif[pasangan.b_id]


# --- Confirm -----------------------------------------------------------------------------------------------------
@transaction.atomic
def konfirmasi(pasangan: PasanganGanda, *, oleh) -> PasanganGanda:
    """Confirm the decision somebody else proposed; "sama orang" thereby proposes the TMS of the row that is to go.

    The proposal stands in the name of who decided, so neither of its next steps is theirs. Refuses the proposer, a
    closed period, data that changed since, and a removal that would leave a pair without any row.
    """
    if pasangan.periode is None:
        raise Refused("Pasangan ini belum diputuskan, jadi tidak ada yang dikonfirmasi.")
    periode = kunci_periode(_periode_kini(pasangan.periode))
    pastikan_terbuka(periode)
    langkah, pasangan = _siapkan(pasangan, "konfirmasi", oleh=oleh)
    versi = _dalam_daftar(pasangan)
    if keadaan.berbeda(pasangan.versi_a, versi[0]) or keadaan.berbeda(pasangan.versi_b, versi[1]):
        raise Refused("Data salah satu baris berubah sejak putusan diusulkan. Kembalikan agar dibandingkan lagi.")
    perubahan = _usulkan_tms(pasangan, periode, oleh) if pasangan.putusan == Putusan.SAMA else None
    isi = {"pengonfirmasi": oleh, "dikonfirmasi_pada": sekarang(), "perubahan": perubahan, "periode": periode}
    keadaan.langkah(pasangan, "konfirmasi", oleh=oleh, **isi)
    kata = pasangan.get_putusan_display().lower()
    _catat(pasangan, langkah, oleh=oleh, alasan="", kalimat=f"Mengonfirmasi putusan data ganda: {kata}")
    if pasangan.putusan == Putusan.BEDA or (perubahan and perubahan.status == Perubahan.Status.DISETUJUI):
        keadaan.langkah(pasangan, "selesaikan", oleh=None, catatan="Tidak ada lagi yang ditunggu.")
    return pasangan


def _periode_kini(periode: Periode) -> Periode:
    """*periode*, or the one that is open now when *periode* was frozen while the decision waited."""
    if Periode.objects.filter(pk=periode.pk, status=Periode.Status.TERBUKA).exists():
        return periode
    return Periode.objects.filter(status=Periode.Status.TERBUKA).first() or periode


def _usulkan_tms(pasangan: PasanganGanda, periode: Periode, oleh) -> Perubahan | None:
    """The change that takes the row which is not to stay out of the list, or the one that does so already."""
    bertahan, pergi = (pasangan.a_id, pasangan.b_id)[:: 1 if pasangan.bertahan_id == pasangan.a_id else -1]
    tetap, keluar = keadaan.akar(bertahan), keadaan.akar(pergi)
    if tetap == keluar:
        # Other pairs of the same person have said so: one row stays for all of them.
        return keadaan.ganda_berlaku(pergi) or keadaan.ganda_berlaku(bertahan)
    _pastikan_satu_bertahan(periode, tetap, keluar)
    return usulkan(
        periode=periode,
        kategori=Kategori.objects.get(pk="ganda"),
        pemilih=Pemilih.objects.get(pk=keluar),
        bertahan=Pemilih.objects.get(pk=tetap),
        bukti=pasangan.bukti,
        oleh=pasangan.pengusul,
        pencatat=oleh,
        catatan=f"Data ganda: {pasangan}. {pasangan.alasan_putusan}"[:240],
    )


def _pastikan_satu_bertahan(periode: Periode, tetap: int, keluar: int) -> None:
    """Refuse what would take out a row that others rest on, or rest on a row that is going (R12)."""
    berlaku = Perubahan.objects.filter(periode=periode, jenis=Kategori.Jenis.TMS).exclude(
        status=Perubahan.Status.DITOLAK
    )
    if berlaku.filter(kategori="ganda", bertahan=keluar).exists():
        raise Refused(
            f"Pemilih {keluar} bertahan dari pasangan ganda lain. Kembalikan putusan ini, lalu pilih baris itu sebagai "
            "yang bertahan."
        )
    for orang, akibat in ((tetap, "jadi tidak dapat bertahan"), (keluar, "jadi tidak perlu dikeluarkan lagi")):
        if lain := berlaku.filter(pemilih=orang).first():
            raise Refused(
                f"Pemilih {orang} sudah diusulkan TMS ({lain.kategori}), {akibat}. Selesaikan usulan itu dahulu."
            )


# --- Take back, undo ---------------------------------------------------------------------------------------------
@transaction.atomic
def kembalikan(pasangan: PasanganGanda, *, alasan: str, oleh) -> PasanganGanda:
    """Send a proposed decision of somebody else back with a reason; the pair waits for a decision again."""
    return _lepas(pasangan, "kembalikan", alasan, oleh)


@transaction.atomic
def tarik(pasangan: PasanganGanda, *, alasan: str, oleh) -> PasanganGanda:
    """Withdraw an own proposed decision with a reason; the pair waits for a decision again."""
    return _lepas(pasangan, "tarik", alasan, oleh)


@transaction.atomic
def batalkan(pasangan: PasanganGanda, *, alasan: str, oleh) -> PasanganGanda:
    """Undo a confirmed decision while its period is open; the proposal of TMS that came of it is rejected.

    A proposal that was carried over to the next period is undone there. Refuses a frozen period, and a TMS that is
    approved: its approval is taken back first, by who may do that.
    """
    if pasangan.periode is None:
        raise Refused("Pasangan ini tidak mempunyai putusan yang dapat dibatalkan.")
    tms = pasangan.perubahan
    hidup = tms is not None and tms.status != Perubahan.Status.DITOLAK
    periode = kunci_periode(tms.periode if tms is not None and hidup else pasangan.periode)
    try:
        pastikan_belum_beku(periode)
    except Refused as galat:
        raise Refused(
            f"{periode.nama} sudah {periode.get_status_display().lower()}, jadi putusan ini tidak dibatalkan lagi. "
            "Koreksinya adalah putusan atau perubahan baru pada periode berikutnya."
        ) from galat
    kunci = Perubahan.objects.select_for_update(of=("self",))
    perubahan = kunci.filter(pk=pasangan.perubahan_id).first() if pasangan.perubahan_id else None
    pasangan = _lepas(pasangan, "batalkan", alasan, oleh)
    if perubahan and perubahan.status != Perubahan.Status.DITOLAK:
        _tolak_tms(perubahan, periode, alasan, oleh)
    return pasangan


def _tolak_tms(perubahan: Perubahan, periode: Periode, alasan: str, oleh) -> None:
    """Reject the proposal that a decision made; other pairs that rest on it are asked again."""
    if perubahan.status == Perubahan.Status.DISETUJUI:
        raise Refused("Usulan TMS dari putusan ini sudah disetujui. Batalkan dahulu persetujuannya, lalu ulangi.")
    catatan = f"Putusan data ganda dibatalkan: {alasan.strip()}"[:240]
    hasil = ambil_langkah([perubahan.pk], "tolak", oleh=oleh, periode=periode, catatan=catatan)
    if hasil.ditolak:
        raise Refused(hasil.ditolak[perubahan.pk])


def _lepas(pasangan: PasanganGanda, nama: str, alasan: str, oleh) -> PasanganGanda:
    alasan = samarkan_teks(alasan.strip())
    langkah, pasangan = _siapkan(pasangan, nama, oleh=oleh, alasan=alasan)
    keadaan.langkah(pasangan, nama, oleh=oleh, catatan=alasan)
    _catat(pasangan, langkah, oleh=oleh, alasan=alasan)
    return pasangan


# --- Which row stays ---------------------------------------------------------------------------------------------
def boleh_dipilihkan(pasangan: PasanganGanda) -> bool:
    """Whether the page may fill in "sama orang" and who stays: only where the NIK and the person agree."""
    return pasangan.tingkat == TingkatGanda.PASTI and pasangan.kelas in (KelasGanda.G1, KelasGanda.G6)


def saran_bertahan(a: Pendaftaran, b: Pendaftaran) -> tuple[Pendaftaran, str]:
    """Which of two versions of one person stays by the office's order, and the sentence that says why.

    The latest address by KTP-el, then the more complete data, then the newer row. A rule of the office; only the
    first of these has a source.
    """
    for ukur, kalimat in _URUTAN:
        nilai_a, nilai_b = ukur(a), ukur(b)
        if nilai_a != nilai_b:
            return (a, kalimat) if nilai_a > nilai_b else (b, kalimat)
    return (a, "Keduanya sama lengkap dan sama baru; yang terdaftar lebih dahulu diusulkan bertahan.")


def _tanggal_alamat(versi: Pendaftaran) -> date:
    """The day of the document that states the address of *versi*; the first day there is when none does."""
    bukti = versi.dibuka.bukti if versi.dibuka else None
    return (bukti.tanggal if bukti and bukti.jenis_dokumen in DOKUMEN_ALAMAT else None) or date.min


def _berktpel(versi: Pendaftaran) -> bool:
    return versi.status_ktpel == StatusKTPel.SUDAH


def _kelengkapan(versi: Pendaftaran) -> int:
    terisi = sum(bool(getattr(versi, nama)) for nama in ELEMEN)
    return terisi + bool(versi.tps_id) + bool(versi.identitas.nik) + bool(versi.identitas.nkk)


_URUTAN: tuple[tuple[Callable[[Pendaftaran], Any], str], ...] = (
    (_tanggal_alamat, "Alamatnya dibuktikan dokumen kependudukan yang lebih baru."),
    (_berktpel, "Baris ini tercatat sudah ber-KTP-el."),
    (_kelengkapan, "Datanya lebih lengkap."),
    (lambda versi: versi.mulai, "Barisnya lebih baru."),
)
