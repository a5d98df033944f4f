"""The iCalendar feed (RFC 5545): what is due, without a word about any person."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction

from kpupalu.accounts.models import User
from kpupalu.audit.catatan import catat
from kpupalu.kalender.models.umpan import UmpanKalender, rahasia_baru, sidik_umpan
from kpupalu.kalender.target import Target
from kpupalu.lib.waktu import sekarang

_OKTET = 75


@transaction.atomic
def buat_umpan(user) -> str:
    """A new secret address part for *user*, to be shown now and never again; an older one stops working."""
    User.objects.select_for_update().get(pk=user.pk)
    cabut_umpan(user)
    rahasia = rahasia_baru()
    UmpanKalender.objects.create(pemilik=user, sidik=sidik_umpan(rahasia))
    catat("umpan_buat", user, oleh=user, kalimat="Membuat alamat umpan kalender")
    return rahasia


@transaction.atomic
def cabut_umpan(user) -> bool:
    """Make the address of *user* useless; returns whether there was one."""
    ada = bool(UmpanKalender.objects.filter(pemilik=user, dicabut_pada=None).update(dicabut_pada=sekarang()))
    if ada:
        catat("umpan_cabut", user, oleh=user, kalimat="Mencabut alamat umpan kalender")
    return ada


def ical(target: Iterable[Target], *, situs: str, nama: str, pada: datetime) -> bytes:
    """One all-day event for each target; only ``untuk_umum`` and the address leave the application.

    *situs* (``https://kantor.example``) stands before every path; *pada* is the instant of making. Lines end with CRLF
    and are folded after 75 octets.
    """
    baris = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KPU Kota Palu//Kantor//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_teks(nama)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    tuan = situs.partition("://")[2] or "kantor"
    for t in target:
        sifat = "Tenggat menurut peraturan" if t.hukum else "Target kantor"
        catatan = f"{sifat}; sementara, dapat berubah" if t.sementara else sifat
        baris += [
            "BEGIN:VEVENT",
            f"UID:{t.kunci}@{tuan}",
            f"DTSTAMP:{pada.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{t.tanggal:%Y%m%d}",
            f"DTEND;VALUE=DATE:{t.tanggal + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_teks(t.untuk_umum)}",
            f"DESCRIPTION:{_teks(catatan)}",
            f"URL:{situs}{t.tautan}",
            "TRANSP:TRANSPARENT",
            f"STATUS:{'TENTATIVE' if t.sementara else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    baris.append("END:VCALENDAR")
    return b"".join(_lipat(satu) for satu in baris)


def _teks(kata: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line end escaped, other control characters left out."""
    kata = kata.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    kata = kata.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(huruf for huruf in kata if huruf.isprintable())


def _lipat(baris: str) -> bytes:
    """One content line as octets, folded without cutting a character."""
    potongan, kini = [], b""
    for huruf in baris:
        oktet = huruf.encode()
        if len(kini) + len(oktet) > _OKTET:
            potongan.append(kini)
            kini = b" "
        kini += oktet
    return b"\r\n".join([*potongan, kini]) + b"\r\n"
