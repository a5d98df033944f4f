"""Masks for personal data on screen and in logs."""

import logging
import re

_ENAM_BELAS_DIGIT = re.compile(r"(?<!\d)(\d{4})\d{12}(?!\d)")
# A NIK or NKK as people write it by hand. Blanks of every width, dots, hyphens and dashes part the groups; a line end
# does not. It begins with the code of a province, which leaves sums, years counted from 2000 and phone numbers alone.
_PEMISAH = r"[^\S\r\n\v\f]{0,2}[ \t\u00a0\u2007\u2009\u202f.\-\u2010-\u2015][^\S\r\n\v\f]{0,2}"
_PROVINSI = r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_HARI_BULAN = r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])"
_BERKELOMPOK = re.compile(
    rf"(?<!\d)({_PROVINSI}\d\d)("
    rf"(?:{_PEMISAH}\d{{4}}){{3}}"  # 7271 0125 0590 9001
    rf"|\d\d{_PEMISAH}{_HARI_BULAN}\d\d{_PEMISAH}\d{{4}}"  # 727101 250590 9001
    r")(?!\d)"
)
_TAHUN = re.compile(r"19\d\d|20\d\d")
_RAHASIA = re.compile(
    r"(?i)\b(passphrase|password|kata_sandi|frasa_sandi|token|secret)(['\"]?\s*[:=]\s*)(['\"]?)[^'\"\s,&}]+"
)


def samarkan_nik(nik: str) -> str:
    """``7271••••••••••••``: nothing past the issuing city; date or serial leave a handful of guesses."""
    return f"{nik[:4]}{'•' * max(len(nik) - 4, 0)}" if nik else ""


def samarkan_telepon(nomor: str) -> str:
    """``0812••••567``: enough to recognise a number one knows, too little to call it."""
    return f"{nomor[:4]}{'•' * max(len(nomor) - 7, 3)}{nomor[-3:]}" if len(nomor) > 7 else "•" * len(nomor)


def samarkan_teks(teks: str) -> str:
    """*teks* with every 16-digit number masked, also one written in groups, and every named secret replaced.

    In groups means four of four digits, or six, six (with a day and month in it) and four, that begin with the code
    of a province; four years in a row are years.
    """
    teks = _ENAM_BELAS_DIGIT.sub(lambda m: m[1] + "•" * 12, teks)
    return _RAHASIA.sub(r"\1\2\3[disamarkan]", _BERKELOMPOK.sub(_samarkan_kelompok, teks))


def _samarkan_kelompok(cocok: re.Match[str]) -> str:
    if all(_TAHUN.fullmatch(bagian) for bagian in re.findall(r"\d+", cocok[0])):
        return cocok[0]
    return cocok[1] + re.sub(r"\d", "•", cocok[2])


class SaringRahasia(logging.Filter):
    """Masks NIK, NKK and named secrets in every log line, traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = samarkan_teks(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = samarkan_teks(record.exc_text)
        return True
