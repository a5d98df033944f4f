"""A small XLSX writer whose bytes never depend on the clock, the compressor or a library version.

One sheet, shared strings, numbers and dates; parts are stored, not compressed, with one fixed time stamp.
"""

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

Sel = str | int | float | date | None

_NS = "http://schemas.openxmlformats.org"
_AWAL_EXCEL = date(1899, 12, 30).toordinal()
_KEPALA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SS = f'xmlns="{_NS}/spreadsheetml/2006/main"'
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BAGIAN = {
    "[Content_Types].xml": f'<Types xmlns="{_NS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MIME}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_MIME}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_NS}/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_NS}/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_NS}/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_SS}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def huruf_kolom(n: int) -> str:
    """Return the letters of column *n*, counted from 0: A, B, … Z, AA."""
    huruf = ""
    n += 1
    while n:
        n, sisa = divmod(n - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf


def _sel(alamat: str, nilai: Sel, kata: dict[str, int]) -> str:
    if nilai is None or nilai == "":
        return ""
    if isinstance(nilai, str):
        return f'<c r="{alamat}" t="s"><v>{kata.setdefault(nilai, len(kata))}</v></c>'
    if isinstance(nilai, date):
        return f'<c r="{alamat}" s="1"><v>{nilai.toordinal() - _AWAL_EXCEL}</v></c>'
    return f'<c r="{alamat}"><v>{nilai}</v></c>'


def tulis_xlsx(berkas: Path, lembar: str, baris: list[list[Sel]]) -> Path:
    """Write *baris* as the only sheet of *berkas*; text stays text, numbers and dates become such cells."""
    kata: dict[str, int] = {}
    isi = []
    for n, sel in enumerate(baris, 1):
        isi.append(f'<row r="{n}">')
        isi += [_sel(f"{huruf_kolom(k)}{n}", nilai, kata) for k, nilai in enumerate(sel)]
        isi.append("</row>")
    teks = "".join(f'<si><t xml:space="preserve">{escape(k)}</t></si>' for k in kata)
    bagian = _BAGIAN | {
        "xl/workbook.xml": f'<workbook {_SS} xmlns:r="{_NS}/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{escape(lembar)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {_SS}><sheetData>{''.join(isi)}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst {_SS} uniqueCount="{len(kata)}">{teks}</sst>',
    }
    berkas.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(berkas, "w", zipfile.ZIP_STORED) as arsip:
        for nama, xml in bagian.items():
            arsip.writestr(_info(nama), (_KEPALA + xml).encode())
    return berkas


def _info(nama: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(nama, (2026, 10, 1, 8, 0, 0))
    info.create_system, info.external_attr = 3, 0o600 << 16
    return info
