"""What citizens report about the roll, at a counter or through the public form."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Aggregate, Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from kpupalu.kalender.tenggat import jatuh_tempo, lewat
from kpupalu.lib.samaran import samarkan_telepon
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah.models.dokumen import kode_acak
from pdpb.models.perubahan import Perubahan

ATURAN_TARGET = "target_jawab_tanggapan"
BERHASIL = (Perubahan.Status.DISETUJUI, Perubahan.Status.DITETAPKAN)


class _Median(Aggregate):
    """The middle of durations, between the two middle ones of an even number."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.DurationField()


class TanggapanQuerySet(models.QuerySet):
    def for_user(self, user) -> "TanggapanQuerySet":
        """Reports that *user* may read: all with the right, otherwise none."""
        return self if user.has_perm("pdpb.lihat_tanggapan") else self.none()

    def dengan_keadaan(self) -> "TanggapanQuerySet":
        """Each report with ``kini`` (its state, following the change it became) and ``selesai`` (day of the answer).

        The state is read from the change and never copied, so that an approval taken back reopens the report.
        """
        jadi = Q(status=Tanggapan.Status.DIUSULKAN)
        return self.annotate(
            kini=Case(
                When(jadi & Q(perubahan__status__in=BERHASIL), then=Value(Tanggapan.Keadaan.DITINDAKLANJUTI.value)),
                When(
                    jadi & Q(perubahan__status=Perubahan.Status.DITOLAK),
                    then=Value(Tanggapan.Keadaan.USULAN_DITOLAK.value),
                ),
                default=F("status"),
                output_field=models.CharField(),
            ),
            selesai=Case(
                When(
                    Q(status__in=Tanggapan.SELESAI) | jadi & Q(perubahan__status__in=BERHASIL),
                    then=Coalesce("selesai_hari", TruncDate("perubahan__disetujui_pada", tzinfo=WITA)),
                ),
                output_field=models.DateField(),
            ),
        )

    def menunggu_kantor(self) -> "TanggapanQuerySet":
        """Reports that wait for an officer of this queue; needs ``dengan_keadaan``."""
        return self.filter(kini__in=Tanggapan.MENUNGGU)

    def belum_dijawab(self) -> "TanggapanQuerySet":
        """Unanswered reports that do not wait for the reporter; needs ``dengan_keadaan``."""
        return self.filter(kini__in=(*Tanggapan.MENUNGGU, Tanggapan.Status.DIUSULKAN))

    def terlambat(self) -> "TanggapanQuerySet":
        """Those of ``belum_dijawab`` whose target day is over."""
        return self.belum_dijawab().filter(lewat(ATURAN_TARGET, hari_ini(), bidang="diterima"))

    def bertarget(self, dari: date, sampai: date) -> "TanggapanQuerySet":
        """Those of ``belum_dijawab`` whose target day lies from *dari* to *sampai*."""
        return self.belum_dijawab().filter(jatuh_tempo(ATURAN_TARGET, dari, sampai, bidang="diterima"))

    def bulanan(self, sejak: date) -> list[dict]:
        """``{bulan, masuk, selesai, median}`` for each month since *sejak* in which reports came, newest first.

        ``median`` is of the days from receipt to answer of those answered; None when none is.
        """
        baris = (
            self.dengan_keadaan()
            .filter(diterima__gte=sejak)
            .annotate(bulan=TruncMonth("diterima"), lama=F("selesai") - F("diterima"))
            .order_by()
            .values("bulan")
            .annotate(masuk=Count("pk"), dijawab=Count("lama"), tengah=_Median("lama"))
            .order_by("-bulan")
        )
        hari = timedelta(days=1)
        return [
            {
                "bulan": b["bulan"],
                "masuk": b["masuk"],
                "selesai": b["dijawab"],
                "median": b["tengah"] / hari if b["tengah"] is not None else None,
            }
            for b in baris
        ]

    def serupa(self, satu: "Tanggapan") -> "TanggapanQuerySet":
        """Other reports that may tell of the same person: one NIK, one voter, one name and birth date or kelurahan,
        or the same file."""
        data = satu.data
        nama = Q(data__orang_nama=data.orang_nama)
        sama = nama & Q(kelurahan=satu.kelurahan_id)
        if data.orang_tanggal_lahir:
            sama |= nama & Q(data__orang_tanggal_lahir=data.orang_tanggal_lahir)
        if data.identitas:
            sama |= Q(data__identitas__nik=data.identitas.nik)
        if satu.pemilih_id:
            sama |= Q(pemilih=satu.pemilih_id)
        sidik = satu.lampiran.values("sha256")
        sama |= Q(Exists(LampiranTanggapan.objects.filter(tanggapan=OuterRef("pk"), sha256__in=sidik)))
        return self.filter(sama).exclude(pk=satu.pk)


class Tanggapan(models.Model):
    """One report: what kind, by which way it came, where it stands, what the office decided.

    Who reported and about whom stands apart in ``DataTanggapan``. ``versi`` counts the acts, so that two officers
    with the same page do not overwrite each other.
    """

    class Jenis(models.TextChoices):
        BELUM_TERDAFTAR = "belum_terdaftar", "Belum terdaftar sebagai pemilih"
        DATA_KELIRU = "data_keliru", "Data pemilih keliru"
        MENINGGAL = "meninggal", "Pemilih meninggal"
        PINDAH = "pindah", "Pemilih pindah"
        MENJADI_TNI_POLRI = "tni_polri", "Pemilih menjadi anggota TNI atau Polri"
        PENSIUN_TNI_POLRI = "purna", "Sudah pensiun dari TNI atau Polri"
        LAIN = "lain", "Lainnya"

    class Kanal(models.TextChoices):
        WEB = "web", "Situs web"
        LOKET = "loket", "Loket kantor"
        SURAT = "surat", "Surat"
        WHATSAPP = "whatsapp", "WhatsApp"

    class Hubungan(models.TextChoices):
        SENDIRI = "sendiri", "Diri saya sendiri"
        KELUARGA = "keluarga", "Keluarga saya"
        TETANGGA = "tetangga", "Tetangga atau orang lain"

    class Status(models.TextChoices):
        DITERIMA = "diterima", "Diterima"
        PERLU_DILENGKAPI = "perlu_dilengkapi", "Perlu dilengkapi"
        DIPERIKSA = "diperiksa", "Lengkap, diperiksa"
        DIUSULKAN = "diusulkan", "Menjadi usulan"
        DIJAWAB = "dijawab", "Dijawab"
        DITOLAK = "ditolak", "Ditolak"

    class Keadaan(models.TextChoices):
        """The states that follow from the change a report became."""

        DITINDAKLANJUTI = "ditindaklanjuti", "Usulan disetujui"
        USULAN_DITOLAK = "usulan_ditolak", "Usulan ditolak"

    class AlasanTolak(models.TextChoices):
        DOKUMEN_KURANG = "dokumen_kurang", "Dokumen tidak cukup atau tidak dilengkapi"
        BUKAN_WEWENANG = "bukan_wewenang", "Bukan wewenang KPU Kota Palu"
        TIDAK_TERBUKTI = "tidak_terbukti", "Tidak terbukti setelah diperiksa"
        TIDAK_COCOK = "tidak_cocok", "Tidak ada pemilih yang cocok"
        LAPORAN_SAMA = "laporan_sama", "Sudah ada laporan yang sama"
        SUDAH_SESUAI = "sudah_sesuai", "Daftar sudah sesuai"

    # Set by ``dengan_keadaan``.
    kini: str
    selesai: date | None

    SELESAI = (Status.DIJAWAB, Status.DITOLAK)
    MENUNGGU = (Status.DITERIMA, Status.DIPERIKSA, Keadaan.USULAN_DITOLAK)

    kode = models.CharField("kode tiket", max_length=16, unique=True, default=kode_acak, editable=False)
    kunci = models.UUIDField(unique=True, editable=False)
    jenis = models.CharField(max_length=16, choices=Jenis)
    kanal = models.CharField(max_length=8, choices=Kanal, default=Kanal.WEB)
    hubungan = models.CharField("hubungan pelapor", max_length=8, choices=Hubungan)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+")
    diterima = models.DateField("tanggal diterima", default=hari_ini)
    dicatat_pada = models.DateTimeField(auto_now_add=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    identitas_diperiksa = models.BooleanField("identitas pelapor sudah diperiksa", default=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.DITERIMA)
    kekurangan = models.JSONField(default=list, blank=True)
    alasan_tolak = models.CharField(max_length=16, choices=AlasanTolak, blank=True)
    jawaban = models.TextField("isi surat jawaban", blank=True)
    selesai_hari = models.DateField("tanggal jawaban", null=True, blank=True)
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, blank=True, related_name="+")
    perubahan = models.OneToOneField("pdpb.Perubahan", models.PROTECT, null=True, blank=True, related_name="tanggapan")
    versi = models.PositiveIntegerField(default=1)

    objects = TanggapanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tanggapan masyarakat"
        indexes = [models.Index("diterima", "id", name="tanggapan_urut")]
        constraints = [
            models.CheckConstraint(
                name="tanggapan_usulan_lengkap",
                condition=~Q(status="diusulkan") | Q(perubahan__isnull=False),
            ),
            models.CheckConstraint(
                name="tanggapan_selesai_bertanggal",
                condition=Q(status__in=["dijawab", "ditolak"], selesai_hari__isnull=False)
                | ~Q(status__in=["dijawab", "ditolak"]) & Q(selesai_hari__isnull=True),
            ),
            models.CheckConstraint(
                name="tanggapan_tolak_beralasan", condition=~Q(status="ditolak") | ~Q(alasan_tolak="")
            ),
        ]
        permissions = [
            ("lihat_tanggapan", "Melihat tanggapan masyarakat (kontak disamarkan)"),
            ("catat_tanggapan", "Mencatat tanggapan masyarakat di loket"),
            ("tangani_tanggapan", "Memeriksa dan menjawab tanggapan masyarakat"),
        ]

    def __str__(self) -> str:
        return f"Tanggapan {self.nomor}"

    @property
    def nomor(self) -> str:
        """What the office calls it: ``2026-00012``."""
        return f"{self.diterima:%Y}-{self.pk:05d}"

    @property
    def kode_terbaca(self) -> str:
        """The code in fours, as a receipt prints it."""
        return "-".join(self.kode[i : i + 4] for i in range(0, len(self.kode), 4))

    def umur(self, pada: date) -> int:
        """Days since it was received, on the day *pada*."""
        return (pada - self.diterima).days


class DataTanggapan(models.Model):
    """Who reported, and about whom: personal data, apart from the report. Digits of a NIK stand in ``Identitas``."""

    tanggapan = models.OneToOneField(Tanggapan, models.PROTECT, primary_key=True, related_name="data")
    pelapor_nama = models.CharField("nama pelapor", max_length=120)
    pelapor_telepon = models.CharField("nomor telepon pelapor", max_length=20, blank=True)
    pelapor_surel = models.EmailField("surel pelapor", max_length=120, blank=True)
    orang_nama = models.CharField("nama orang yang dilaporkan", max_length=120, db_index=True)
    orang_tanggal_lahir = models.DateField("tanggal lahir", null=True, blank=True)
    orang_alamat = models.CharField("alamat", max_length=160, blank=True)
    identitas = models.ForeignKey("pdpb.Identitas", models.PROTECT, null=True, blank=True, related_name="+")
    uraian = models.TextField("uraian", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "data tanggapan"

    def __str__(self) -> str:
        return f"Data tanggapan {self.pk}"

    @property
    def telepon_samar(self) -> str:
        """The number as pages show it."""
        return samarkan_telepon(self.pelapor_telepon)

    @property
    def surel_samar(self) -> str:
        """The address as pages show it: its first letter and its host."""
        nama, _, tuan = self.pelapor_surel.partition("@")
        return f"{nama[:1]}•••@{tuan}" if tuan else ""


class LampiranTanggapan(models.Model):
    """One file that came with a report, kept as it came and named by its digest."""

    tanggapan = models.ForeignKey(Tanggapan, models.PROTECT, related_name="lampiran")
    berkas = models.FileField(upload_to="tanggapan/%Y/")
    jenis = models.CharField(max_length=3)
    sha256 = models.CharField(max_length=64, db_index=True)
    ukuran = models.PositiveIntegerField()
    diterima_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "lampiran tanggapan"

    def __str__(self) -> str:
        return f"Lampiran {self.pk} ({self.jenis.upper()})"
