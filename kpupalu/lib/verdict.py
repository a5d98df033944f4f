"""A yes or a no that can say why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A yes or a no that can say why; falsy when the answer is no."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()


class Refused(Exception):
    """The office's rules say no. The message is one Indonesian sentence, shown to the person as it is."""
