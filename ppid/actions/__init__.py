"""Every act of the information desk: checks, locks, writes, history, in one transaction.

Locks: the request row first, then its questions to units, then the agenda book; the rows of terms come last.
"""
