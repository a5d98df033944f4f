"""Reading a page the way a person does: its links with their words, its forms, and walking from link to link."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# Leaving, and what belongs to the browser.
DILEWATI = ("/keluar/", "/static/")


@dataclass
class Halaman(HTMLParser):
    """One page read: ``tautan`` (address, words), ``formulir`` (method, address, fields)."""

    alamat: str
    tautan: list[tuple[str, str]] = field(default_factory=list)
    formulir: list[tuple[str, str, dict]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._terbuka: list[list[str]] = []

    def handle_starttag(self, tag, attrs):
        nilai = dict(attrs)
        if tag == "a" and nilai.get("href"):
            self._terbuka.append([urljoin(self.alamat, nilai["href"]), ""])
        elif tag == "form":
            aksi = urljoin(self.alamat, nilai.get("action") or self.alamat)
            self.formulir.append((nilai.get("method", "get").lower(), aksi, {}))
        elif tag in ("input", "select", "textarea", "button") and nilai.get("name") and self.formulir:
            self.formulir[-1][2].setdefault(nilai["name"], nilai.get("value", ""))

    def handle_data(self, data):
        for satu in self._terbuka:
            satu[1] += data

    def handle_endtag(self, tag):
        if tag == "a" and self._terbuka:
            alamat, kata = self._terbuka.pop()
            self.tautan.append((alamat, " ".join(kata.split())))


def baca(alamat: str, isi: str) -> Halaman:
    """The page at *alamat* with the HTML *isi*."""
    halaman = Halaman(alamat)
    halaman.feed(isi)
    return halaman


def jelajahi(client, mulai: list[str], *, maks: int = 400) -> dict[str, object]:
    """Every page that links lead to from *mulai*, each path with at most three query strings: address → answer."""
    antrean, hasil, per_jalur = deque(mulai), {}, {}
    while antrean and len(hasil) < maks:
        alamat = antrean.popleft()
        jalur = urlsplit(alamat).path
        if alamat in hasil or jalur.startswith(DILEWATI) or per_jalur.get(jalur, 0) >= 3:
            continue
        per_jalur[jalur] = per_jalur.get(jalur, 0) + 1
        jawaban = hasil[alamat] = client.get(alamat)
        if jawaban.status_code in (301, 302):
            antrean.append(urljoin(alamat, jawaban["Location"]))
        if jawaban["Content-Type"].startswith("text/html") and not jawaban.streaming:
            for tujuan, _ in baca(alamat, jawaban.content.decode()).tautan:
                tujuan = tujuan.partition("#")[0]
                if tujuan and not urlsplit(tujuan).netloc and urlsplit(tujuan).scheme in ("", "http"):
                    antrean.append(tujuan)
    return hasil
