"""A CHECK that comes out as NULL lets the row pass: each one must be decided, whatever stands in its columns."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg.types.json import Jsonb

pytestmark = pytest.mark.django_db

HARI = (date(2026, 1, 1), date(2026, 6, 1))


def _calon(medan: models.Field) -> list:
    """Values that tell a condition on this column apart, NULL among them where the column allows it."""
    match medan:
        case _ if medan.choices:
            nilai = ["", *(kunci for kunci, _ in medan.flatchoices if kunci not in (None, ""))]
        case models.BooleanField():
            nilai = [True, False]
        case models.DateTimeField():
            nilai = [datetime(h.year, h.month, h.day, tzinfo=UTC) for h in HARI]
        case models.DateField():
            nilai = list(HARI)
        case models.TimeField():
            nilai = [time(8), time(9)]
        case models.JSONField():
            nilai = [Jsonb({}), Jsonb({"a": 1})]
        case ArrayField():
            raise AssertionError(f"a CHECK on {medan} needs values to try here")
        case models.UUIDField():
            nilai = [UUID(int=1), UUID(int=2)]
        case models.CharField() | models.TextField():
            nilai = ["", "x"]
        case _:
            nilai = [1, 2]
    return [None, *nilai] if medan.null else nilai


def _kendala() -> list[tuple[str, str, str]]:
    """``(table, constraint, expression)`` of every CHECK that Django wrote for a model of the office."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT r.relname, c.conname, pg_get_expr(c.conbin, c.conrelid) FROM pg_constraint c"
            " JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'c' AND c.connamespace = 'public'::regnamespace"
        )
        return kursor.fetchall()


def test_no_check_is_undecided_for_any_row():
    milik = {k.name for m in apps.get_models() for k in m._meta.constraints if isinstance(k, models.CheckConstraint)}
    tabel = {m._meta.db_table: m for m in apps.get_models()}
    longgar, dilihat = [], 0
    for nama_tabel, nama, ungkapan in _kendala():
        if nama not in milik:
            continue
        medan = [f for f in tabel[nama_tabel]._meta.concrete_fields if f.column in ungkapan]
        deret = " CROSS JOIN ".join(
            f'unnest(%s::{f.db_type(connection)}[]) AS t{n}("{f.column}")' for n, f in enumerate(medan)
        )
        with connection.cursor() as kursor:
            kursor.execute(
                f"SELECT * FROM {deret} WHERE ({ungkapan.replace('%', '%%')}) IS NULL LIMIT 1",
                [_calon(f) for f in medan],
            )
            if (baris := kursor.fetchone()) is not None:
                longgar.append((nama, dict(zip((f.column for f in medan), baris, strict=True))))
        dilihat += 1
    assert dilihat > 60
    assert longgar == []
