"""The database backend of the settings: Django's own but for how a kept connection is found alive."""

import select

from django.db.backends.postgresql import base
from psycopg import Cursor
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection kept from an earlier request is asked by its socket, not by a query.

    A server that ends a connection sends word of it, so a socket with nothing to read is alive; that is so at the
    beginning of nearly every request. With anything to read, or after an error, Django's ``SELECT 1`` decides.
    """

    def is_usable(self) -> bool:
        """Whether the connection answers, or would answer."""
        if self.connection is None or self.connection.closed:
            return False
        gagal = self.connection.info.transaction_status in (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)
        if self.errors_occurred or gagal or self._ada_kabar():
            return super().is_usable()
        return True

    def get_connection_params(self):
        """Django's, with statements prepared at their second use; only ``kursor_siap`` can prepare any."""
        return {**super().get_connection_params(), "prepare_threshold": 1}

    def kursor_siap(self):
        """A cursor whose statements the server keeps planned for this connection.

        For the few that every page asks: planning them costs more than answering. Parameters go apart from the
        text, so each must have a type of its own (``%s::text`` where nothing else says it).
        """
        self.ensure_connection()
        return self._prepare_cursor(Cursor(self.connection))  # type: ignore[attr-defined]

    def _ada_kabar(self) -> bool:
        """Whether the server sent something nobody asked for, such as its farewell."""
        pengamat = select.poll()
        pengamat.register(self.connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
        return bool(pengamat.poll(0))
