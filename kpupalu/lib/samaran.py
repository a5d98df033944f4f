"""Masks for personal data on screen and in logs."""

import logging
import re

_ENAM_BELAS_DIGIT = re.compile(r"(?<!\d)(\d{4})\d{12}(?!\d)")
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
    """*teks* with every 16-digit number masked and every named secret replaced."""
    return _RAHASIA.sub(r"\1\2\3[disamarkan]", _ENAM_BELAS_DIGIT.sub(lambda m: m[1] + "•" * 12, teks))


class SaringRahasia(logging.Filter):
    """Masks NIK, NKK and named secrets in every log line, traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = samarkan_teks(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = samarkan_teks(record.exc_text)
        return True
