"""Sessions in Django's own table; only reading one is written out, because every page begins with it."""

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_BACA = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's session store of the database, table and promises included."""

    def _get_session_from_db(self):
        with connection.kursor_siap() as cursor:  # type: ignore[attr-defined]
            cursor.execute(_BACA, [self.session_key, timezone.now()])
            baris = cursor.fetchone()
        if baris is None:
            self._session_key = None
            return None
        return self.model(session_key=self.session_key or "", session_data=baris[0], expire_date=baris[1])
