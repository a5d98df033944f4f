"""Long lists on paper: literal text, tags, embedded fonts, and a typesetter that reaches no file and no network."""

import base64
import io
import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from kpupalu.naskah.cetak import CetakGagal
from kpupalu.naskah.cetak_daftar import PencetakDaftar
from kpupalu.naskah.huruf import KOTAK, berkas_huruf, muat, tercetak

TEMPLATE = "pdpb/cetak/daftar_nama.typ"
LEBAR = [9, 27, 27, 46, 22, 18, 10, 10, 52, 9, 9, 10, 10, 14]
JAHAT = [
    '#panic("x") #eval("1+1") #sys.version',
    "*tebal* _miring_ `kode` $x^2$ <label> @rujukan",
    "\\#\\*\\u{41} -- --- ... ~ = judul",
    "] ) } [ ( { ]] )) }} // komentar /* blok */",
    "\"kutip\" 'tunggal' &amp; &lt;b&gt; <script>",
    '#read("/etc/passwd") #import "@preview/x:1.0.0"',
    "%PDF-1.7 endstream endobj (x) Tj",
    "fi ffi fl ﬁ",
]


def baris(nama: str, nomor: int = 1) -> list[str]:
    nik = "7271081708******"
    lain = ["PALU", "17|08|1990", "B", "L", "JL. CONTOH", "001", "002", "0", "S", "B"]
    return [str(nomor), nik, nik, nama, *lain]


def isi(semua: list[list[str]], **lain) -> dict:
    return {
        "judul": "Daftar", "judul_daftar": "Daftar pemilih berkelanjutan", "model": "A-KabKo Daftar Pemilih",
        "periode": "Triwulan III Tahun 2026", "kertas": "a4", "kaki": "EKS-0001/2026 · NIK disamarkan",
        "sumber": "Sumber: data beku versi 1.", "kecamatan": "Mantikulore", "kelurahan": "Talise", "tps": "007",
        "jumlah": "1.234", "jumlah_l": "1.234", "jumlah_p": "-", "lebar": LEBAR, "legenda": "B = pemilih baru",
        "ditetapkan": "", "ketua": "", "terakhir": True, "baris": semua,
    } | lain  # fmt: skip


@pytest.fixture
def pencetak():
    with PencetakDaftar(TEMPLATE, proses=1) as pencetak:
        yield pencetak


def dengan_isi(template: str, isinya: dict | None = None) -> bytes:
    """Print *template*, a text that nobody reviewed."""
    pencetak = PencetakDaftar(TEMPLATE, proses=1)
    pencetak._berkas["main"] = template
    with pencetak:
        return pencetak.cetak(isinya or {"a": "rahasia"})


def alat(perintah: str, pdf: bytes, *lain: str) -> str:
    """What a program of Poppler says about *pdf*."""
    ke = ["-"] if perintah == "pdftotext" else []
    hasil = subprocess.run([perintah, *lain, "-", *ke], input=pdf, capture_output=True)
    assert hasil.returncode == 0, hasil.stderr
    return hasil.stdout.decode()


def teks(pdf: bytes) -> str:
    return " ".join(alat("pdftotext", pdf, "-raw").replace("\f", " ").split())


# --- Nothing but the content ---
@pytest.mark.parametrize(
    "template",
    [
        '#read("/etc/hostname")',
        '#read("huruf/LiberationSans-Regular.ttf", encoding: none)',
        '#read("../../../../etc/hostname")',
        '#json("settings.py")',
        '#image("https://contoh.invalid/x.png")',
        '#image("/etc/hostname")',
        '#image("statik:img/tanda.svg")',
        '#import "@preview/cetz:0.3.0": *',
        '#import "@local/paket:0.1.0": *',
        '#import "/huruf/x.typ"',
        '#plugin("x.wasm")',
        '#bibliography("x.bib")',
    ],
)
def test_pdf_daftar_tanpa_berkas_dan_jaringan(template):
    with pytest.raises(CetakGagal):
        dengan_isi(f'#set document(title: "x")\n{template}')


def test_a_file_that_is_there_cannot_be_opened():
    """The font lies in the folder of the process and is refused for want of a right to open, not of a file."""
    with pytest.raises(CetakGagal, match="os error 24"):
        dengan_isi('#read("huruf/LiberationSans-Regular.ttf", encoding: none)')


def test_what_the_template_was_given_can_be_read():
    assert dengan_isi('#set document(title: "x")\n#set text(lang: "id", font: "Liberation Sans")\n#json("isi.json").a')


def test_the_process_knows_no_secret_of_the_server(pencetak, settings):
    for satu in pencetak._proses:
        lingkungan = Path(f"/proc/{satu.popen.pid}/environ").read_bytes()
        assert b"SECRET_KEY" not in lingkungan
        assert b"DATABASE_URL" not in lingkungan
        assert settings.SECRET_KEY.encode() not in lingkungan


def test_a_failure_tells_no_value_of_the_list():
    with pytest.raises(CetakGagal) as galat:
        dengan_isi('#panic(json("isi.json").a)')
    assert "panicked" in str(galat.value)
    assert "rahasia" not in str(galat.value)


# --- Text ---
@pytest.mark.parametrize("nama", JAHAT)
def test_a_name_prints_as_its_letters(pencetak, nama):
    panjang = [sel if n != 8 else nama for n, sel in enumerate(baris(nama))]
    cetakan = teks(pencetak.cetak(isi([panjang], kaki=nama, kelurahan=nama, sumber=nama, legenda=nama)))
    rapat = cetakan.replace(" ", "")
    # Name, address, source, legend, foot line; the name of the area is printed in capitals.
    assert rapat.count(tercetak(nama).replace(" ", "")) >= 5
    assert tercetak(nama).replace(" ", "").upper() in rapat.upper()


@pytest.mark.parametrize(
    ("asal", "hasil"),
    [
        ("SITI NUR'AINI", "SITI NUR'AINI"),
        ("José Ñ Š", "José Ñ Š"),
        ("e\u0301", "é"),
        ("\u202eLIBAYR", "LIBAYR"),
        ("A\u200dB\u00adC\ufeff", "ABC"),
        ("A\tB\nC\u00a0D", "A B C D"),
        ("日本 😀 \ue000\ufffd", f"{KOTAK * 2} {KOTAK} {KOTAK * 2}"),
    ],
)
def test_what_no_font_can_show_becomes_a_box_and_nothing_turns_the_writing(pencetak, asal, hasil):
    assert tercetak(asal) == hasil
    assert hasil in teks(pencetak.cetak(isi([baris(asal)])))


def test_every_character_of_the_fonts_can_be_printed(pencetak):
    semua = "".join(chr(n) for n in range(32, 0x2700))
    potongan = [tercetak(semua[n : n + 12]) for n in range(0, len(semua), 12)]
    assert pencetak.cetak(isi([baris(satu) for satu in sorted(set(potongan))])).startswith(b"%PDF-1.7")


def test_a_word_wider_than_its_column_is_broken_inside_it(pencetak):
    kata = "MUHAMMADWWWW" * 6
    pdf = pencetak.cetak(isi([baris(muat(kata, LEBAR[3] - 1.6, 7.5))]))
    kiri, kanan = 12 + sum(LEBAR[:3]), 12 + sum(LEBAR[:4])
    kotak = re.findall(r'xMin="([\d.]+)" .*?xMax="([\d.]+)".*?>([MUHADW\u200b]{4,})<', alat("pdftotext", pdf, "-bbox"))
    assert len(kotak) > 3
    for xmin, xmax, _ in kotak:
        assert kiri <= float(xmin) * 25.4 / 72 < float(xmax) * 25.4 / 72 <= kanan
    assert "".join(k[2] for k in kotak).replace("\u200b", "") == kata


def test_words_that_fit_stay_as_they_are():
    assert muat("MUHAMMAD SYARIFUDDIN ABDULRAHMAN", 44.4, 7.5) == "MUHAMMAD SYARIFUDDIN ABDULRAHMAN"


# --- The file ---
def unsur(simpul, jenis: str) -> list:
    """All elements of the structure tree with the role *jenis*, in reading order."""
    simpul = simpul.get_object()
    if isinstance(simpul, ArrayObject):
        return [satu for anak in simpul for satu in unsur(anak, jenis)]
    if not isinstance(simpul, DictionaryObject):
        return []
    sendiri = [simpul] if simpul.get("/S") == f"/{jenis}" else []
    return sendiri + (unsur(simpul["/K"], jenis) if "/K" in simpul else [])


def test_the_list_is_a_table_of_rows_and_headed_columns_for_a_screen_reader(pencetak):
    pembaca = PdfReader(io.BytesIO(pencetak.cetak(isi([baris("CONTOH", n) for n in range(1, 81)]))))
    akar = pembaca.trailer["/Root"]
    assert len(pembaca.pages) > 2
    assert akar["/Lang"] == "id"
    assert akar["/MarkInfo"]["/Marked"]
    pohon = akar["/StructTreeRoot"]
    assert [len(unsur(pohon, jenis)) for jenis in ("Table", "THead", "TBody", "H1")] == [1, 1, 1, 1]
    kepala = unsur(unsur(pohon, "THead")[0], "TH")
    assert len(kepala) == 12 + 3 + 14
    assert {str(satu["/A"].get_object()[0]["/Scope"] if isinstance(satu["/A"].get_object(), ArrayObject)
                else satu["/A"]["/Scope"]) for satu in kepala} == {"/Column"}  # fmt: skip
    badan = unsur(unsur(pohon, "TBody")[0], "TR")
    assert [len(unsur(satu, "TD")) for satu in badan] == [14] * 80
    xmp = akar["/Metadata"].get_data().decode()
    assert re.findall(r"pdfaid:(part|conformance)>(\w+)<", xmp) == [("part", "3"), ("conformance", "A")]
    assert "pdfuaid:part>1<" in xmp


def test_fonts_are_embedded_and_are_those_of_the_office(pencetak):
    keluar = alat("pdffonts", pencetak.cetak(isi([baris("CONTOH")])))
    huruf = [satu.split() for satu in keluar.splitlines()[2:]]
    assert {satu[0].split("+")[1] for satu in huruf} <= {jalur.stem.replace("-Regular", "") for jalur in berkas_huruf()}
    assert len(huruf) >= 3
    assert all(satu[-5:-3] == ["yes", "yes"] for satu in huruf)


def test_the_frame_of_every_page(settings):
    settings.MODE_CONTOH = True
    with PencetakDaftar(TEMPLATE, proses=1) as pencetak:
        pdf = pencetak.cetak(isi([baris("CONTOH", n) for n in range(1, 81)]))
    halaman = [" ".join(h.split()) for h in alat("pdftotext", pdf, "-layout").split("\f")[:-1]]
    for nomor, satu in enumerate(halaman, start=1):
        assert satu.startswith("CONTOH – BUKAN DOKUMEN RESMI")
        assert satu.endswith(f"EKS-0001/2026 · NIK disamarkan Halaman {nomor} dari {len(halaman)}")
        assert "(1) (2) (3)" in satu
        assert "(14)" in satu
    for potongan in ("Model A-KabKo Daftar Pemilih", "TPS : 007", "BARIS : 1.234 (L 1.234, P -)"):
        assert potongan in halaman[0]
    settings.MODE_CONTOH = False
    with PencetakDaftar(TEMPLATE, proses=1) as pencetak:
        assert "CONTOH –" not in teks(pencetak.cetak(isi([])))


@pytest.mark.parametrize("jenis", ["png", "svg"])
def test_the_logo_of_the_office_stands_above_the_title_and_has_a_name(data_dir, jenis):
    (data_dir / "kop").mkdir()
    gambar = {
        "png": base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        ),
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    }[jenis]
    (data_dir / "kop" / f"logo.{jenis}").write_bytes(gambar)
    with PencetakDaftar(TEMPLATE, proses=1) as pencetak:
        pembaca = PdfReader(io.BytesIO(pencetak.cetak(isi([baris("CONTOH")]))))
    assert [satu["/Alt"] for satu in unsur(pembaca.trailer["/Root"]["/StructTreeRoot"], "Figure")] == [
        "Lambang KPU Kota Palu"
    ]


def test_a_logo_that_asks_for_another_file_ends_the_print(data_dir):
    (data_dir / "kop").mkdir()
    (data_dir / "kop" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/hostname"/></svg>'
    )
    with PencetakDaftar(TEMPLATE, proses=1) as pencetak, pytest.raises(CetakGagal):
        pencetak.cetak(isi([]))


# --- Processes ---
def test_lists_come_in_order_and_are_asked_for_no_further_ahead_than_needed():
    diminta = []

    def semua():
        for n in range(12):
            diminta.append(n)
            yield isi([baris("CONTOH", i) for i in range(1, 60 if n % 2 else 2)], tps=f"{n:03d}")

    with PencetakDaftar(TEMPLATE, proses=2) as pencetak:
        for n, pdf in enumerate(pencetak.cetak_urut(semua())):
            assert f"TPS : {n:03d}" in teks(pdf)
            assert len(diminta) <= n + 4
        assert len(pencetak._proses) == 2
    assert len(diminta) == 12


def test_a_process_that_dies_is_an_error_and_no_half_file(pencetak):
    pencetak._proses[0].popen.kill()
    pencetak._proses[0].popen.wait()
    with pytest.raises(CetakGagal, match="berhenti"):
        pencetak.cetak(isi([baris("CONTOH")]))


def test_a_list_that_breaks_its_typesetter_fails_alone():
    """Nesting without end overflows the compiler; the next list is printed by the same process."""
    pencetak = PencetakDaftar(TEMPLATE, proses=1)
    pencetak._berkas["main"] = (
        '#set document(title: "x")\n#set text(lang: "id", font: "Liberation Sans")\n'
        '#let n = json("isi.json").n\n#eval("(" * n + "1" + ")" * n)'
    )
    with pencetak:
        with pytest.raises(CetakGagal):
            pencetak.cetak({"n": 2_000_000})
        assert pencetak.cetak({"n": 1}).startswith(b"%PDF")


def test_no_process_is_left(pencetak):
    with PencetakDaftar(TEMPLATE) as lain:
        proses = [satu.popen for satu in lain._proses]
        lain.cetak(isi([baris("CONTOH")]))
    assert all(satu.poll() is not None for satu in proses)


def test_a_process_ends_with_whoever_started_it(pencetak):
    proses = pencetak._proses[0].popen
    proses.stdin.close()
    assert proses.wait(30) == 0
