"""Files that are handed out: taken in, examined, blacked out, proven, let go by the PPID, withdrawn."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.dasar import perlu_alasan, perlu_hak
from ppid.models import BerkasJawaban, Butir, Permohonan
from ppid.models.dikecualikan import HURUF_PASAL_17
from ppid.rilis import kotak_pasir
from ppid.rilis.pola import PRIBADI
from ppid.rilis.tabel import rentang
from ppid.rilis.temuan import DINYATAKAN, LABEL, Tolak

H, S = Butir.Hasil, Permohonan.Status
TERBUKA = (S.DIPROSES, S.SIAP_KIRIM, S.DIJAWAB)
DIBERI = (H.DIBERIKAN, H.SEBAGIAN, H.TERSEDIA)
MAKS_BERKAS, MAKS_CORETAN = 20, 300
"""Files of one item and marks in one file. Limits of storage, no legal numbers."""
# Hidden in a PDF by more than its properties: only pictures of the pages are sure to be rid of it.
_PAKSA_GAMBAR = {"teks_tersembunyi", "komentar", "lapisan", "lampiran"}
_HAK = "Berkas jawaban diolah oleh petugas layanan PPID."


@transaction.atomic
def unggah(butir: Butir, *, nama: str, isi: bytes, judul: str, oleh) -> BerkasJawaban:
    """The file *isi* kept sealed for *butir*, with what was found in it; nothing of it may go out yet.

    Refuses what ``tentukan_tipe`` and the reader refuse, a request that is not being worked on, and too many files.
    """
    perlu_hak(oleh, "ppid.olah_berkas", _HAK)
    permohonan = Permohonan.objects.select_for_update().get(pk=butir.permohonan_id)
    if permohonan.status not in TERBUKA:
        raise Refused(f"Permohonan ini {permohonan.get_status_display().lower()}, jadi tidak menerima berkas jawaban.")
    if BerkasJawaban.objects.hidup().filter(butir=butir).count() >= MAKS_BERKAS:
        raise Refused(f"Satu butir memuat paling banyak {MAKS_BERKAS} berkas. Gabungkan berkasnya.")
    tipe = kotak_pasir.tentukan_tipe(nama, isi)
    hasil, _ = kotak_pasir.suruh("periksa", tipe, isi)
    sidik = sha256(isi).hexdigest()
    if BerkasJawaban.objects.hidup().filter(butir=butir, asal_sha256=sidik).exists():
        raise Refused("Berkas yang sama sudah diunggah untuk butir ini.")
    berkas = BerkasJawaban(
        butir=butir, judul=samarkan_teks(judul.strip())[:160] or f"Berkas butir {butir.urut}", tipe=tipe,
        asal_sha256=sidik, asal_ukuran=len(isi), temuan=hasil.pop("temuan"), bentuk=hasil, diunggah_oleh=oleh,
    )  # fmt: skip
    berkas.asal.save(f"{sidik}.{tipe}", ContentFile(isi), save=False)
    berkas.save()
    _catat("unggah_berkas", berkas, f"Mengunggah berkas butir {butir.urut}: {len(berkas.temuan)} temuan", oleh=oleh)
    return berkas


def _catat(acara: str, berkas: BerkasJawaban, kata: str, *, oleh, alasan: str = "") -> None:
    catat(f"ppid.{acara}", berkas, oleh=oleh, kalimat=kata, alasan=alasan)
    catat(f"ppid.{acara}", berkas.butir.permohonan, oleh=oleh, kalimat=f"{kata} ({berkas.judul})", alasan=alasan)


def pegang_berkas(berkas: BerkasJawaban, *, versi: int, oleh, hak: str = "ppid.olah_berkas") -> BerkasJawaban:
    """Lock the request, then the file, and read both again; Refused without the right or when the file moved on."""
    perlu_hak(oleh, hak, _HAK if hak == "ppid.olah_berkas" else "Berkas jawaban dilepas oleh pejabat PPID.")
    permohonan = Permohonan.objects.select_for_update().get(butir=berkas.butir_id)
    segar = BerkasJawaban.objects.select_for_update().get(pk=berkas.pk)
    if segar.versi != versi:
        raise Refused("Berkas ini baru saja diubah orang lain. Muat ulang halamannya, lalu lanjutkan.")
    if segar.ditarik_pada:
        raise Refused("Berkas ini sudah ditarik. Unggah berkas penggantinya.")
    if permohonan.status not in TERBUKA:
        raise Refused(f"Permohonan ini {permohonan.get_status_display().lower()}, jadi berkasnya tidak dapat diubah.")
    return segar


def _belum_lolos(berkas: BerkasJawaban) -> None:
    if berkas.lolos:
        raise Refused("Berkas ini sudah dilepas. Tarik dahulu, lalu unggah versi yang benar.")


def _simpan(berkas: BerkasJawaban, **isi: Any) -> None:
    isi["versi"] = berkas.versi + 1
    for bidang, nilai in isi.items():
        setattr(berkas, bidang, nilai)
    berkas.save(update_fields=list(isi))


def _buang_rilis(berkas: BerkasJawaban) -> dict[str, Any]:
    """The fields of a file that has no released version; the old one leaves the disk when this is committed."""
    if berkas.rilis:
        lama, simpanan = str(berkas.rilis.name), berkas.rilis.storage
        transaction.on_commit(lambda: simpanan.delete(lama))
    return {"rilis": "", "rilis_sha256": "", "rilis_ukuran": 0, "laporan": {}, "temuan_rilis": []}


def baca_asal(berkas: BerkasJawaban) -> bytes:
    """The sealed bytes; refused when they are not those that came."""
    try:
        with berkas.asal.open("rb") as tujuan:
            isi = tujuan.read()
    except FileNotFoundError as galat:
        raise Refused("Berkas asal tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    if sha256(isi).hexdigest() != berkas.asal_sha256:
        raise Refused("Isi berkas asal tidak lagi sama dengan yang diunggah. Hubungi admin sekarang juga.")
    return isi


def baca_rilis(berkas: BerkasJawaban) -> bytes:
    """The released bytes; refused when they are not those that were proven."""
    try:
        with berkas.rilis.open("rb") as tujuan:
            isi = tujuan.read()
    except (FileNotFoundError, ValueError) as galat:
        raise Refused("Versi rilis tidak ditemukan di penyimpanan. Hubungi kantor kami.") from galat
    if sha256(isi).hexdigest() != berkas.rilis_sha256:
        raise Refused("Isi versi rilis berubah sejak dilepas, jadi tidak diberikan. Hubungi kantor kami.")
    return isi


# --- Marks -------------------------------------------------------------------------------------------------------
def _huruf(huruf: str) -> str:
    if huruf not in HURUF_PASAL_17:
        raise Refused("Pilih huruf Pasal 17 yang menjadi alasan penghitaman.")
    return huruf


@transaction.atomic
def coret_kotak(
    berkas: BerkasJawaban, *, hal: int, x: float, y: float, w: float, h: float, huruf: str, versi: int, oleh
) -> BerkasJawaban:
    """Mark one box of page *hal*, in mm from its upper left corner. Refuses a box outside of the page."""
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    ukuran = segar.bentuk.get("halaman", [])
    if not 1 <= hal <= len(ukuran):
        raise Refused(f"Berkas ini mempunyai {len(ukuran)} halaman. Tulis nomor halaman yang ada.")
    lebar, tinggi = ukuran[hal - 1]
    if min(w, h) < 1 or x < 0 or y < 0 or x + w > lebar + 1 or y + h > tinggi + 1:
        raise Refused(f"Kotak harus di dalam halaman {lebar:g} × {tinggi:g} mm dan paling sedikit 1 mm.")
    return _tambah(segar, [{"hal": hal, "x": x, "y": y, "w": w, "h": h}], huruf, oleh=oleh)


@transaction.atomic
def coret_teks(
    berkas: BerkasJawaban, *, kata: str, hal: int | None = None, huruf: str, versi: int, oleh
) -> BerkasJawaban:
    """Mark every place of the words *kata* in a PDF, on page *hal* or on all. Refuses words that are not there."""
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    if segar.tipe != "pdf":
        raise Refused("Teks hanya dapat dicari pada PDF. Tandai dengan kotak.")
    if len("".join(kata.split())) < 3:
        raise Refused("Tuliskan paling sedikit tiga huruf dari teks yang dihitamkan.")
    kotak = kotak_pasir.suruh("cari", "pdf", baca_asal(segar), kata=kata, hal=hal)[0]["kotak"]
    if not kotak:
        raise Refused("Teks itu tidak ditemukan. Bila halamannya berupa gambar, tandai dengan kotak.")
    return _tambah(segar, kotak, huruf, oleh=oleh)


@transaction.atomic
def coret_sel(berkas: BerkasJawaban, *, lembar: str, sel: str, huruf: str, versi: int, oleh) -> BerkasJawaban:
    """Mark a block of cells of a sheet: ``C``, ``C2:C40``, ``5:9``. Refuses another kind of file or block."""
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    if lembar not in segar.bentuk.get("lembar", []):
        raise Refused("Pilih lembar dari daftar.")
    try:
        rentang(sel)
    except Tolak as galat:
        raise Refused(str(galat)) from galat
    return _tambah(segar, [{"lembar": lembar, "rentang": sel.upper().replace(" ", "")}], huruf, oleh=oleh)


@transaction.atomic
def coret_temuan(berkas: BerkasJawaban, *, huruf: str, versi: int, oleh) -> BerkasJawaban:
    """Mark every open finding of a number or an address at once. Refuses when there is none."""
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    baru: list[dict[str, Any]] = []
    terbuka = temuan_terbuka(segar)
    for t in terbuka:
        if "kotak" in t:
            x, y, w, h = t["kotak"]
            lebar, tinggi = segar.bentuk["halaman"][t["hal"] - 1]
            x, y = max(x - 0.8, 0), max(y - 0.8, 0)
            baru.append({"hal": t["hal"], "x": round(x, 1), "y": round(y, 1), "w": round(min(w + 1.6, lebar - x), 1),
                         "h": round(min(h + 1.6, tinggi - y), 1)})  # fmt: skip
    baru += _rentang_temuan([t for t in terbuka if "sel" in t])
    if not baru:
        raise Refused("Tidak ada temuan terbuka yang dapat dihitamkan sekaligus.")
    return _tambah(segar, baru, huruf, oleh=oleh)


def _rentang_temuan(temuan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells of *temuan*; a column with more than twenty of them as one block from the first to the last."""
    kolom: dict[tuple[str, str], list[int]] = {}
    for t in temuan:
        huruf = t["sel"].rstrip("0123456789")
        kolom.setdefault((t["lembar"], huruf), []).append(int(t["sel"][len(huruf) :]))
    hasil = []
    for (lembar, huruf), baris in kolom.items():
        if len(baris) > 20:
            hasil.append({"lembar": lembar, "rentang": f"{huruf}{min(baris)}:{huruf}{max(baris)}"})
        else:
            hasil += [{"lembar": lembar, "rentang": f"{huruf}{n}"} for n in sorted(set(baris))]
    return hasil


def _tambah(berkas: BerkasJawaban, baru: list[dict[str, Any]], huruf: str, *, oleh) -> BerkasJawaban:
    _belum_lolos(berkas)
    huruf = _huruf(huruf)
    if len(berkas.coretan) + len(baru) > MAKS_CORETAN:
        raise Refused(f"Satu berkas memuat paling banyak {MAKS_CORETAN} penghitaman. Bagi berkasnya.")
    awal = max((c["id"] for c in berkas.coretan), default=0)
    isi = [{"id": awal + n, "huruf": huruf, **c} for n, c in enumerate(baru, start=1)]
    _simpan(berkas, coretan=[*berkas.coretan, *isi], **_buang_rilis(berkas))
    _catat("coret_berkas", berkas, f"Menandai {len(isi)} bagian untuk dihitamkan, Pasal 17 huruf {huruf}", oleh=oleh)
    return berkas


@transaction.atomic
def hapus_coretan(berkas: BerkasJawaban, *, nomor: int, versi: int, oleh) -> BerkasJawaban:
    """Take back mark *nomor*; the released version, if there was one, is no more."""
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    _belum_lolos(segar)
    sisa = [c for c in segar.coretan if c["id"] != nomor]
    if len(sisa) == len(segar.coretan):
        raise Refused("Penghitaman itu sudah tidak ada. Muat ulang halamannya.")
    _simpan(segar, coretan=sisa, **_buang_rilis(segar))
    _catat("hapus_coretan", segar, "Menghapus satu penghitaman", oleh=oleh)
    return segar


# --- Findings ----------------------------------------------------------------------------------------------------
def keadaan_temuan(berkas: BerkasJawaban) -> list[dict[str, Any]]:
    """Every finding with ``keadaan``: *dibuang*, *dihitamkan*, *dinyatakan* (with ``alasan``) or *terbuka*."""
    hasil, tertutup = [], _penutup(berkas)
    for t in berkas.temuan:
        isi = {**t, "label": LABEL[t["jenis"]], "alasan": ""}
        if t["jenis"] not in DINYATAKAN:
            isi["keadaan"] = "dibuang"
        elif tertutup(t):
            isi["keadaan"] = "dihitamkan"
        elif nyata := berkas.pernyataan.get(t["kunci"]):
            isi |= {"keadaan": "dinyatakan", "alasan": nyata["alasan"]}
        else:
            isi["keadaan"] = "terbuka"
        hasil.append(isi)
    return hasil


def temuan_terbuka(berkas: BerkasJawaban) -> list[dict[str, Any]]:
    """Findings that are neither blacked out nor declared."""
    return [t for t in keadaan_temuan(berkas) if t["keadaan"] == "terbuka"]


def _penutup(berkas: BerkasJawaban) -> Callable[[dict[str, Any]], bool]:
    """Whether one mark of *berkas* covers the whole of a finding; a mark over half a number covers nothing."""
    kotak = [c for c in berkas.coretan if "hal" in c]
    sel = [(c["lembar"], rentang(c["rentang"])) for c in berkas.coretan if "rentang" in c]

    def tertutup(t: dict[str, Any]) -> bool:
        if "kotak" in t:
            x, y, w, h = t["kotak"]
            return any(
                c["hal"] == t["hal"] and c["x"] <= x and c["y"] <= y
                and c["x"] + c["w"] >= x + w and c["y"] + c["h"] >= y + h
                for c in kotak
            )  # fmt: skip
        if "sel" in t:
            satu = rentang(t["sel"])
            return any(lembar == t["lembar"] and r.memuat(satu.baris, satu.kolom) for lembar, r in sel)
        return False

    return tertutup


@transaction.atomic
def nyatakan(berkas: BerkasJawaban, *, kunci: list[str], alasan: str, versi: int, oleh) -> BerkasJawaban:
    """The PPID says for the findings *kunci* why they may stay, or that a person has read a part no machine can read.

    Refuses kinds that are always removed, and findings that are not there.
    """
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh, hak="ppid.lepas_berkas")
    _belum_lolos(segar)
    alasan = samarkan_teks(perlu_alasan(alasan))
    boleh = {t["kunci"] for t in segar.temuan if t["jenis"] in DINYATAKAN}
    if not kunci or not set(kunci) <= boleh:
        raise Refused("Pilih temuan dari daftar yang dapat dinyatakan.")
    isi = {"alasan": alasan, "oleh": str(oleh), "pada": sekarang().isoformat()}
    _simpan(segar, pernyataan={**segar.pernyataan, **dict.fromkeys(kunci, isi)})
    _catat("nyatakan_temuan", segar, f"Menyatakan {len(kunci)} temuan boleh diberikan", oleh=oleh, alasan=alasan)
    return segar


# --- Release -----------------------------------------------------------------------------------------------------
@transaction.atomic
def buat_rilis(berkas: BerkasJawaban, *, versi: int, oleh) -> BerkasJawaban:
    """Make the version to give out: hidden things left behind, marks burnt in, read again to prove it.

    Refuses when anything of what was blacked out or hidden can still be read from it.
    """
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh)
    _belum_lolos(segar)
    asal = baca_asal(segar)
    gambar = bool(segar.coretan) or any(t["jenis"] in _PAKSA_GAMBAR for t in segar.temuan)
    hasil, isi = kotak_pasir.suruh("rilis", segar.tipe, asal, coretan=segar.coretan, sebagai_gambar=gambar)
    ulang = hasil["temuan"]
    if sisa := [t for t in ulang if t["jenis"] not in DINYATAKAN]:
        raise Refused(f"Versi rilis masih memuat: {LABEL[sisa[0]['jenis']].lower()}. Unggah berkas yang lain.")
    ganti = _buang_rilis(segar)
    sidik = sha256(isi).hexdigest()
    segar.rilis.save(f"{segar.pk}-{sidik[:16]}.{segar.tipe}", ContentFile(isi), save=False)
    ganti |= {"rilis": segar.rilis, "rilis_sha256": sidik, "rilis_ukuran": len(isi), "laporan": hasil["laporan"],
              "temuan_rilis": ulang}  # fmt: skip
    _simpan(segar, **ganti)
    _catat("buat_rilis", segar, f"Membuat versi rilis, {len(segar.coretan)} penghitaman", oleh=oleh)
    return segar


def kurang_untuk_lepas(berkas: BerkasJawaban) -> list[str]:
    """What keeps *berkas* from going out, as sentences; an empty list allows it."""
    hasil = []
    if terbuka := len(temuan_terbuka(berkas)):
        hasil.append(f"Masih ada {terbuka} temuan terbuka. Hitamkan, atau nyatakan dengan alasan.")
    if not berkas.rilis_sha256:
        hasil.append("Versi rilis belum dibuat.")
    tersisa = {t["kunci"] for t in berkas.temuan_rilis if t["jenis"] in PRIBADI}
    if lain := tersisa - berkas.pernyataan.keys():
        hasil.append(f"Versi rilis memuat {len(lain)} data pribadi yang belum dinyatakan. Buat ulang versi rilis.")
    if berkas.butir.hasil not in DIBERI:
        hasil.append("Butirnya belum diputuskan untuk diberikan.")
    elif berkas.coretan and berkas.butir.hasil != H.SEBAGIAN:
        hasil.append("Berkas dihitamkan, jadi putuskan butirnya “diberikan sebagian” dan sebutkan bagiannya.")
    return hasil


@transaction.atomic
def lepas(berkas: BerkasJawaban, *, versi: int, oleh) -> BerkasJawaban:
    """Let the proven version go out: from the day of the answer the applicant may download it.

    Refuses while a finding is open, and bytes that are not the proven ones.
    """
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh, hak="ppid.lepas_berkas")
    _belum_lolos(segar)
    if kurang := kurang_untuk_lepas(segar):
        raise Refused("Berkas belum dapat dilepas. " + " ".join(kurang))
    baca_rilis(segar)
    _simpan(segar, lolos=True, lolos_oleh=oleh, lolos_pada=sekarang())
    _catat("lepas_berkas", segar, f"Melepas berkas, SHA-256 {segar.rilis_sha256[:16]}…", oleh=oleh)
    return segar


@transaction.atomic
def tarik_berkas(berkas: BerkasJawaban, *, catatan: str, versi: int, oleh) -> BerkasJawaban:
    """Take a file back with a reason: nobody downloads it any more; what was sealed stays."""
    hak = "ppid.lepas_berkas" if berkas.lolos else "ppid.olah_berkas"
    segar = pegang_berkas(berkas, versi=versi, oleh=oleh, hak=hak)
    catatan = perlu_alasan(catatan)
    _simpan(segar, ditarik_pada=sekarang(), lolos=False, lolos_oleh=None, lolos_pada=None)
    _catat("tarik_berkas", segar, "Menarik berkas jawaban", oleh=oleh, alasan=catatan)
    return segar
