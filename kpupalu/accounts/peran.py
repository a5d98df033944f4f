"""Roles and what they may do. Roles are Django groups; the table of roles and acts is this registry.

Every app says in its ``hak`` module who may do what and calls ``daftarkan_hak`` from ``AppConfig.ready``.
After each migrate the groups carry exactly these permissions: a change made by hand does not last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from kpupalu.lib.waktu import hari_ini


@dataclass(frozen=True, slots=True)
class Peran:
    """One role. ``dapat_diwakili``: a Plh. may use its rights. A vote, an audit and a personal appointment
    (bendahara) belong to the person and never pass on."""

    slug: str
    label: str
    dapat_diwakili: bool = False


PERAN: dict[str, Peran] = {
    p.slug: p
    for p in (
        Peran("operator", "Operator data", dapat_diwakili=True),
        Peran("verifikator", "Verifikator data", dapat_diwakili=True),
        Peran("kasubbag_rendatin", "Kasubbag Perencanaan, Data, dan Informasi", dapat_diwakili=True),
        Peran("kasubbag", "Kepala subbagian", dapat_diwakili=True),
        Peran("sekretaris", "Sekretaris", dapat_diwakili=True),
        Peran("ketua", "Ketua", dapat_diwakili=True),
        Peran("anggota", "Anggota KPU"),
        Peran("petugas_coktas", "Petugas coktas"),
        Peran("gudang", "Petugas gudang", dapat_diwakili=True),
        Peran("ppid", "Petugas layanan PPID", dapat_diwakili=True),
        Peran("pejabat_ppid", "PPID", dapat_diwakili=True),
        Peran("bendahara", "Bendahara"),
        Peran("bawaslu", "Bawaslu (pembaca)"),
        Peran("auditor", "Auditor"),
        Peran("admin", "Admin sistem"),
    )
}


@dataclass(frozen=True, slots=True)
class Hak:
    """One act: its permission (``app.kode``), its words for the table, and the roles that have it."""

    perm: str
    label: str
    peran: frozenset[str]

    @property
    def app(self) -> str:
        return self.perm.partition(".")[0]

    @property
    def kode(self) -> str:
        return self.perm.partition(".")[2]


HAK: dict[str, Hak] = {}


def daftarkan_hak(hak: Mapping[str, set[str]], label: Mapping[str, str] | None = None) -> None:
    """Declare acts: ``{"pdpb.impor": {"operator"}}`` with ``label={"pdpb.impor": "Mengimpor daftar"}``.

    An act with a label becomes a permission of its own; one without must be a permission of a model. Refuses
    an act declared twice with different roles. Unknown roles or apps are named by ``manage.py check``.
    """
    for perm, slugs in hak.items():
        baru = Hak(perm, (label or {}).get(perm, ""), frozenset(slugs))
        if HAK.setdefault(perm, baru) != baru:
            raise ImproperlyConfigured(f"Hak {perm} didaftarkan dua kali dengan isi yang berbeda.")


def _izin_model() -> set[str]:
    """Every permission that some model declares, as ``app.kode``."""
    return {
        f"{model._meta.app_label}.{kode}"
        for model in apps.get_models()
        for kode in (
            *(f"{aksi}_{model._meta.model_name}" for aksi in model._meta.default_permissions),
            *(kode for kode, _ in model._meta.permissions),
        )
    }


def periksa_hak(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """System check: every act names known roles, an installed app, and has words or a model behind it."""
    izin, label_app = _izin_model(), {config.label for config in apps.get_app_configs()}
    temuan: list[checks.CheckMessage] = []
    for hak in HAK.values():
        if asing := sorted(hak.peran - PERAN.keys()):
            temuan.append(
                checks.Error(f"Hak {hak.perm} menyebut peran yang tidak dikenal: {asing}.", id="accounts.E001")
            )
        if not hak.kode or hak.app not in label_app:
            temuan.append(checks.Error(f"Hak {hak.perm} bukan milik aplikasi terpasang.", id="accounts.E002"))
        elif not hak.label and hak.perm not in izin:
            temuan.append(checks.Error(f"Hak {hak.perm} tidak berlabel dan tidak ada.", id="accounts.E003"))
    return temuan


def siapkan_peran(using: str = "default") -> None:
    """Make groups and permissions equal to the registry; repeating it changes nothing."""
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    izin: dict[str, set[int]] = {slug: set() for slug in PERAN}
    for hak in HAK.values():
        if hak.label:
            jenis, _ = ContentType.objects.using(using).get_or_create(app_label=hak.app, model="hak")
            Permission.objects.using(using).update_or_create(
                content_type=jenis, codename=hak.kode, defaults={"name": hak.label[:255]}
            )
        ada = Permission.objects.using(using).filter(content_type__app_label=hak.app, codename=hak.kode)
        for slug in hak.peran:
            izin[slug].update(ada.values_list("pk", flat=True))
    for slug in PERAN:
        group, _ = Group.objects.using(using).get_or_create(name=slug)
        if set(group.permissions.values_list("pk", flat=True)) != izin[slug]:
            group.permissions.set(izin[slug])


def setelah_migrate(app_config, using: str, plan=(), **kwargs) -> None:
    """Receiver of ``post_migrate``: acts once, after the last app, when every permission exists."""
    terakhir = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config.label == terakhir.label:
        siapkan_peran(using)


def peran_diwakili(user) -> list[str]:
    """Slugs of the roles of *user* that a Plh. may use, in the order of the registry."""
    milik = set(user.groups.values_list("name", flat=True))
    return [p.slug for p in PERAN.values() if p.slug in milik and p.dapat_diwakili]


def peran_pada(user) -> list[tuple[str, str]]:
    """The roles *user* acts in today, e.g. ``[("kasubbag", "Kepala subbagian"), ("ketua", "Plh. Ketua")]``.

    Own roles first, then those stood in for; each slug once. Kept on *user* for the rest of the day, as Django keeps
    permissions: whoever changes roles loads the person again.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if getattr(user, "_peran_pada", (None,))[0] != hari_ini():
        user._peran_pada = (hari_ini(), _cari_peran(user))
    return user._peran_pada[1]


def _cari_peran(user) -> list[tuple[str, str]]:
    milik = user.groups.values_list("name", flat=True)
    surat = user.mewakili.berlaku_pada(hari_ini()).filter(pejabat__is_active=True).select_related("pejabat")
    return sebut_peran(milik, [peran_diwakili(plh.pejabat) for plh in surat])


def sebut_peran(milik: Iterable[str], diwakili: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    """Slugs of a person's own groups, and per letter those stood in for, as ``peran_pada`` tells them."""
    ada = set(milik)
    hasil = [(p.slug, p.label) for p in PERAN.values() if p.slug in ada]
    for satu in map(set, diwakili):
        baru = [p for p in PERAN.values() if p.slug in satu - ada]
        hasil += [(p.slug, f"Plh. {p.label}") for p in baru]
        ada |= satu
    return hasil


def jabatan(user) -> str:
    """The roles of *user* today in words, as history keeps them: ``Operator data, Plh. Kepala subbagian``."""
    return ", ".join(sebagai for _, sebagai in peran_pada(user))


def pemegang_hak(perm: str) -> list:
    """The active users who may do *perm* today, by role or standing in for somebody; nobody for an unknown act."""
    from kpupalu.accounts.models import PelaksanaHarian, User

    slugs = HAK[perm].peran if perm in HAK else frozenset()
    sendiri = set(User.objects.filter(is_active=True, groups__name__in=slugs))
    diwakili = [slug for slug in slugs if slug in PERAN and PERAN[slug].dapat_diwakili]
    plh = PelaksanaHarian.objects.berlaku_pada(hari_ini()).filter(
        pejabat__is_active=True, pengganti__is_active=True, pejabat__groups__name__in=diwakili
    )
    return sorted(sendiri | {satu.pengganti for satu in plh.select_related("pengganti")}, key=lambda user: user.pk)
