"""The only clock. Law speaks of dates in Palu (WITA); instants are aware and stored in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


def sekarang() -> datetime:
    """The present instant, aware, in WITA."""
    return datetime.now(tz=WITA)


def hari_ini() -> date:
    """Today's date in Palu, also between 00.00 and 08.00 WITA when UTC still has yesterday."""
    return sekarang().date()


def usia(lahir: date, pada: date) -> int:
    """Age in completed calendar years on the day *pada*.

    A person born on 29 February completes a year on 1 March of a non-leap year: in such a year 28 February
    still counts as before the birthday (assumption: no regulation read says otherwise).
    """
    return pada.year - lahir.year - ((pada.month, pada.day) < (lahir.month, lahir.day))
