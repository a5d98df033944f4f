"""The voter roll: persons, their identity numbers, and every version of their row in the list."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class JenisKelamin(models.TextChoices):
    LAKI_LAKI = "L", "Laki-laki"
    PEREMPUAN = "P", "Perempuan"


class StatusKawin(models.TextChoices):
    BELUM = "B", "Belum kawin"
    SUDAH = "S", "Sudah kawin"
    PERNAH = "P", "Pernah kawin"


class StatusKTPel(models.TextChoices):
    SUDAH = "S", "Sudah memiliki"
    BELUM = "B", "Belum memiliki"


class Disabilitas(models.TextChoices):
    TIDAK = "0", "Tidak ada"
    FISIK = "1", "Fisik"
    INTELEKTUAL = "2", "Intelektual"
    MENTAL = "3", "Mental"
    WICARA = "4", "Sensorik wicara"
    RUNGU = "5", "Sensorik rungu"
    NETRA = "6", "Sensorik netra"


class Pemilih(models.Model):
    """A person who is or was on the list. Never deleted; the elements stand in ``Pendaftaran``."""

    dpid = models.CharField("DPID", max_length=20, blank=True)
    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pemilih"
        indexes = [models.Index("dpid", name="pemilih_dpid", condition=~Q(dpid=""))]
        permissions = [
            ("lihat_pemilih", "Melihat daftar pemilih (NIK disamarkan)"),
            ("lihat_nik", "Membuka samaran NIK dan NKK"),
            ("cetak_daftar_nama", "Mencetak daftar bernama"),
        ]

    def __str__(self) -> str:
        return f"Pemilih {self.pk}"


class Identitas(models.Model):
    """NIK and NKK of one version, apart from the roll so that reading is granted, logged, and emptied alone.

    Rows are written once. NIK is indexed, not unique: two people with one NIK both stay until people decide.
    """

    nik = models.CharField("NIK", max_length=32)
    nkk = models.CharField("NKK", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "identitas"
        # Written out, because db_index on text makes a second index for LIKE, which nobody asks of a NIK.
        indexes = [models.Index("nik", name="identitas_nik"), models.Index("nkk", name="identitas_nkk")]

    def __str__(self) -> str:
        return f"Identitas {self.pk}"


class PendaftaranQuerySet(models.QuerySet):
    def aktif(self) -> "PendaftaranQuerySet":
        """Versions that are in the list now."""
        return self.filter(akhir__isnull=True)

    def for_user(self, user) -> "PendaftaranQuerySet":
        """What *user* may see of the roll: all of it with the right, otherwise nothing."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()


class Pendaftaran(models.Model):
    """One version of one person's row in the list, written once.

    In the list from *mulai* until the day before *akhir*; ``akhir`` is null while it is the current version.
    Exactly one of *batch* and *dibuka* says where it came from; *ditutup* says which change ended it, or
    *ditutup_batch* which base list replaced it (or, equal to *batch*, that its import was undone).
    """

    pemilih = models.ForeignKey(Pemilih, models.PROTECT)
    identitas = models.ForeignKey(Identitas, models.PROTECT)
    # The list by kelurahan has its own index below; kelurahan are never deleted.
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, db_index=False)
    tps = models.ForeignKey("wilayah.TPS", models.PROTECT, null=True, blank=True, verbose_name="TPS")
    nama = models.CharField(max_length=120)
    tempat_lahir = models.CharField(max_length=60, blank=True)
    tanggal_lahir = models.DateField(null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin)
    status_kawin = models.CharField(max_length=1, choices=StatusKawin, blank=True)
    alamat = models.CharField(max_length=160, blank=True)
    rt = models.CharField("RT", max_length=8, blank=True)
    rw = models.CharField("RW", max_length=8, blank=True)
    disabilitas = models.CharField(max_length=1, choices=Disabilitas, default=Disabilitas.TIDAK)
    status_ktpel = models.CharField("status KTP-el", max_length=1, choices=StatusKTPel, blank=True)
    sumber = models.CharField(max_length=30, blank=True)
    mulai = models.DateField()
    akhir = models.DateField(null=True, blank=True)
    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, null=True, blank=True)
    dibuka = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, blank=True, related_name="+")
    ditutup = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, blank=True, related_name="+")
    ditutup_batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PendaftaranQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pendaftaran"
        constraints = [
            models.UniqueConstraint("pemilih", name="satu_versi_aktif", condition=Q(akhir__isnull=True)),
            models.CheckConstraint(
                name="pendaftaran_tidak_terbalik", condition=Q(akhir__isnull=True) | Q(akhir__gte=F("mulai"))
            ),
            models.CheckConstraint(
                name="pendaftaran_asal_tunggal",
                condition=Q(batch__isnull=True, dibuka__isnull=False) | Q(batch__isnull=False, dibuka__isnull=True),
            ),
            models.CheckConstraint(
                name="pendaftaran_ditutup_lengkap",
                condition=Q(akhir__isnull=True, ditutup__isnull=True, ditutup_batch__isnull=True)
                | Q(akhir__isnull=False, ditutup__isnull=False, ditutup_batch__isnull=True)
                | Q(akhir__isnull=False, ditutup__isnull=True, ditutup_batch__isnull=False),
            ),
        ]
        indexes = [
            models.Index("nama", "id", name="aktif_per_nama", condition=Q(akhir__isnull=True)),
            models.Index("kelurahan", "nama", "id", name="aktif_per_kelurahan", condition=Q(akhir__isnull=True)),
            # A search for duplicates of one row asks for its birth date and the dates one slip away from it.
            models.Index("tanggal_lahir", name="aktif_per_tanggal_lahir", condition=Q(akhir__isnull=True)),
            GinIndex(
                OpClass(Upper("nama"), name="gin_trgm_ops"),
                name="aktif_nama_trgm",
                condition=Q(akhir__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Pendaftaran {self.pk}"


class RekapSel(models.Model):
    """How many versions are open in one TPS (or none yet) of one kelurahan, by sex.

    Written only together with the rows it counts; recounted from the rows before each freeze.
    """

    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT)
    tps = models.ForeignKey("wilayah.TPS", models.PROTECT, null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin)
    jumlah = models.IntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "sel rekap"
        constraints = [
            models.UniqueConstraint("kelurahan", "tps", "jenis_kelamin", name="rekap_sel_unik", nulls_distinct=False),
            models.CheckConstraint(name="rekap_sel_tidak_negatif", condition=Q(jumlah__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan_id}/{self.tps_id}/{self.jenis_kelamin}: {self.jumlah}"
