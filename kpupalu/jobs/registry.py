"""The table of runners: which function does which kind of job, and under which conditions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpupalu.jobs.models import Job

RunnerFunction = Callable[["Job"], dict[str, Any] | None]


class JobFailed(Exception):
    """The work cannot be done, for a reason a person can act on; the message is that Indonesian sentence."""


class JobStopped(Exception):
    """The person asked to stop. Raised by ``Job.report``; a runner lets it pass."""


class LeaseLost(Exception):
    """Another worker owns this job now. Whatever this one still does must not be committed."""


class UnknownKind(LookupError):
    """No runner is registered under this name."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One kind of job: the function that does it and what the office says about it."""

    kind: str
    run: RunnerFunction
    label: str
    satuan: str
    perm: str
    dapat_dihentikan: bool
    max_percobaan: int


_RUNNERS: dict[str, Runner] = {}


def runner(
    kind: str,
    *,
    label: str = "",
    satuan: str = "",
    perm: str = "",
    dapat_dihentikan: bool = False,
    max_percobaan: int = 3,
) -> Callable[[RunnerFunction], RunnerFunction]:
    """Register the decorated ``function(job) -> dict | None`` as the runner of *kind*.

    The dict becomes ``job.hasil`` (small, no personal data; ``tautan`` is the path of the result page). The
    function must be idempotent: after a worker's death it is called again for the same job, also when its work
    was committed already. *perm* is checked again when the job runs. *dapat_dihentikan* promises that stopping
    between two reports leaves nothing half done. *label* and *satuan* (``baris``) are what people read.
    A second function under the same name is a mistake and refused with ValueError.
    """

    def register(function: RunnerFunction) -> RunnerFunction:
        known = _RUNNERS.get(kind)
        if known and (known.run.__module__, known.run.__qualname__) != (
            function.__module__,
            function.__qualname__,
        ):
            raise ValueError(f"dua runner untuk satu jenis pekerjaan: {kind}")
        _RUNNERS[kind] = Runner(kind, function, label or kind, satuan, perm, dapat_dihentikan, max_percobaan)
        return function

    return register


def get_runner(kind: str) -> Runner:
    """The runner of *kind*; raises UnknownKind when no installed area offers it."""
    try:
        return _RUNNERS[kind]
    except KeyError:
        raise UnknownKind(f"jenis pekerjaan tidak dikenal: {kind}") from None
