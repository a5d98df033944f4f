"""Background work: one row per job, a lease with a heartbeat, honest endings (docs/keputusan/0004-pekerjaan.md).

Areas write a runner in their ``runners`` module, import that module in ``AppConfig.ready``, and start work with
``kpupalu.jobs.actions.start_job``. Everything a runner may raise or call is in ``kpupalu.jobs.registry`` and
on ``Job``: ``report`` and ``hold_lease``.
"""
