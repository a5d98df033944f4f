"""History: append-only entries of what was done, a log of who read personal data, and the chain of seals.

Write with ``kpupalu.audit.catatan.catat`` inside the transaction of the act; read with ``riwayat``.
"""
