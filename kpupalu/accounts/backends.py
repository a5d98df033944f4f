"""Where permissions come from: the roles of a person, and of the person they stand in for today."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.accounts.orang import muat
from kpupalu.accounts.peran import PERAN
from kpupalu.lib.waktu import hari_ini

_DAPAT_DIWAKILI = [p.slug for p in PERAN.values() if p.dapat_diwakili]


class PeranBackend(ModelBackend):
    """Django's own backend plus the rights of a Plh. while the letter is in force.

    A pejabat whose account was disabled passes nothing on. An inactive user has no rights at all.
    """

    def get_user(self, user_id):
        """The person of a session, read together with roles and rights; None for an account that was made inactive."""
        user = muat(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _get_user_permissions(self, user_obj):
        """Nobody has rights of their own: every right comes from a role, so that the table of roles is the truth."""
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj):
        pejabat = (
            PelaksanaHarian.objects.berlaku_pada(hari_ini())
            .filter(pengganti=user_obj, pejabat__is_active=True)
            .values("pejabat")
        )
        groups = Group.objects.filter(Q(user=user_obj) | Q(user__in=pejabat, name__in=_DAPAT_DIWAKILI))
        return Permission.objects.filter(group__in=groups).distinct()

    def get_group_permissions(self, user_obj, obj=None):
        """Permissions by role. Unlike Django's, a superuser's are listed as what the roles give, no more."""
        if not user_obj.is_superuser:
            return super().get_group_permissions(user_obj, obj)
        if not user_obj.is_active or obj is not None:
            return set()
        if not hasattr(user_obj, "_izin_peran"):
            izin = self._get_group_permissions(user_obj).values_list("content_type__app_label", "codename")
            user_obj._izin_peran = {f"{app}.{kode}" for app, kode in izin.order_by()}
        return user_obj._izin_peran


def pemegang_hak(perm: str) -> QuerySet[User]:
    """The active people who have *perm* (``app.act``) today, by a role or as Plh., in no order; one query."""
    app, _, kode = perm.partition(".")
    peran = Group.objects.filter(permissions__content_type__app_label=app, permissions__codename=kode)
    plh = PelaksanaHarian.objects.berlaku_pada(hari_ini()).filter(
        pejabat__is_active=True, pejabat__groups__in=peran.filter(name__in=_DAPAT_DIWAKILI)
    )
    return User.objects.filter(Q(groups__in=peran) | Q(pk__in=plh.values("pengganti")), is_active=True).distinct()
