"""The database backend of the settings: Django's own but for how a kept connection is found alive."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection kept from an earlier request is asked by its socket, not by a query.

    A server that ends a connection sends word of it, so a socket with nothing to read is alive; that is so at the
    beginning of nearly every request. With anything to read, or after an error, Django's ``SELECT 1`` decides.
    """

    def is_usable(self) -> bool:
        """Whether the connection answers, or would answer."""
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or self._ada_kabar():
            return super().is_usable()
        return True

    def _ada_kabar(self) -> bool:
        """Whether the server sent something nobody asked for, such as its farewell."""
        pengamat = select.poll()
        pengamat.register(self.connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
        return bool(pengamat.poll(0))
