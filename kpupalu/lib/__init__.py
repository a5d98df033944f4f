"""Pure Python shared by everything: verdicts, the clock of Palu, words and figures, masks."""

from kpupalu.lib.verdict import ALLOWED, Refused, Verdict

__all__ = ["ALLOWED", "Refused", "Verdict"]
