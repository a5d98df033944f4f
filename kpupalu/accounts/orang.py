"""The person behind a request in one query: the account, the roles of today, the rights they give, and figures that
every page prints. Each page would ask for all of these one by one."""

from functools import cache
from typing import Any

from django.db import connection

from kpupalu.accounts.models import User
from kpupalu.accounts.peran import PERAN, sebut_peran
from kpupalu.lib.waktu import hari_ini

_DAPAT_DIWAKILI = [p.slug for p in PERAN.values() if p.dapat_diwakili]
_hitungan: dict[str, str] = {}

# The same people and the same groups as PeranBackend._get_group_permissions and peran._cari_peran read by the ORM; a
# test holds them together.
_MUAT = """
WITH wakil AS (
    SELECT p.id, p.pejabat_id, row_number() OVER (ORDER BY p.mulai DESC, p.id DESC) AS urut
    FROM accounts_pelaksanaharian p JOIN accounts_user j ON j.id = p.pejabat_id AND j.is_active
    WHERE p.pengganti_id = %%(orang)s::bigint AND p.mulai <= %%(hari)s::date AND p.sampai >= %%(hari)s::date
), peran AS (
    SELECT g.id, g.name, 0 AS urut FROM accounts_user_groups a JOIN auth_group g ON g.id = a.group_id
    WHERE a.user_id = %%(orang)s::bigint
    UNION ALL
    SELECT g.id, g.name, w.urut FROM wakil w JOIN accounts_user_groups a ON a.user_id = w.pejabat_id
    JOIN auth_group g ON g.id = a.group_id WHERE g.name = ANY(%%(diwakili)s::text[])
)
SELECT %(kolom)s,
    ARRAY(SELECT name::text FROM peran WHERE urut = 0),
    ARRAY(SELECT urut || ' ' || name FROM peran WHERE urut > 0 ORDER BY urut),
    ARRAY(SELECT c.app_label || '.' || z.codename FROM auth_permission z
          JOIN django_content_type c ON c.id = z.content_type_id
          WHERE z.id IN (SELECT permission_id FROM auth_group_permissions WHERE group_id IN (SELECT id FROM peran)))
    %(hitungan)s
FROM accounts_user u WHERE u.id = %%(orang)s::bigint
"""


def daftarkan_hitungan(nama: str, sql: str) -> None:
    """A whole number about a person that every page prints is read with the person, into ``user.hitungan[nama]``.

    *sql* is a scalar query that knows the person as ``u.id``.
    """
    _hitungan[nama] = sql
    _pernyataan.cache_clear()


@cache
def _pernyataan() -> tuple[str, list[str]]:
    """The statement, and the names of the account's own columns, which come first."""
    bidang = User._meta.concrete_fields
    kolom = ", ".join(f"u.{connection.ops.quote_name(b.column or b.attname)}" for b in bidang)
    hitungan = "".join(f", ({sql})" for sql in _hitungan.values())
    return _MUAT % {"kolom": kolom, "hitungan": hitungan}, [b.attname for b in bidang]


def muat(pk: int) -> User | None:
    """The account *pk* as it is now with roles, rights and figures already read; None when there is none.

    Rights of a superuser beyond the roles are left to Django, and an inactive account keeps none.
    """
    pernyataan, nama = _pernyataan()
    with connection.kursor_siap() as cursor:  # type: ignore[attr-defined]
        cursor.execute(pernyataan, {"orang": pk, "hari": hari_ini(), "diwakili": _DAPAT_DIWAKILI})
        baris = cursor.fetchone()
    if baris is None:
        return None
    n = len(nama)
    user = User.from_db(connection.alias, nama, baris[:n])
    milik, diwakili, izin, *hitungan = baris[n:]
    terbaca: dict[str, Any] = {"hitungan": dict(zip(_hitungan, hitungan, strict=True))}
    if user.is_active:
        terbaca["_peran_pada"] = (hari_ini(), sebut_peran(milik, _per_surat(diwakili)))
        terbaca["_izin_peran"] = set(izin)
        if not user.is_superuser:
            terbaca["_group_perm_cache"] = terbaca["_izin_peran"]
    vars(user).update(terbaca)
    return user


def _per_surat(diwakili: list[str]) -> list[list[str]]:
    """``["1 ketua", "1 kasubbag", "2 operator"]`` → the roles of each letter, newest letter first."""
    surat: dict[str, list[str]] = {}
    for satu in diwakili:
        urut, _, slug = satu.partition(" ")
        surat.setdefault(urut, []).append(slug)
    return list(surat.values())
