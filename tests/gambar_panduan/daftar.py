"""Every picture of the guide: the page it stands on, who sees it, where, and which part of the page is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

SANDI_PALSU = "frasa-anda-sendiri"


@dataclass(frozen=True, slots=True)
class Foto:
    """One picture ``docs/panduan/gambar/<nama>.png``, shown on ``docs/panduan/<halaman>.md``.

    *orang* is a user name of the demo office, empty for the public. *alamat*: name of the URL and its arguments, each
    a key of the scenes or as it is. *potong* is the part that is pictured, at most *tinggi* pixels of it. Tables show
    their first *baris* rows; *buang* is left out. *langkah* acts on the page before.
    """

    nama: str
    halaman: str
    orang: str
    alamat: tuple
    kueri: str = ""
    potong: str = "main"
    tinggi: int = 0
    baris: int = 100
    buang: tuple[str, ...] = ()
    layar: str = "kantor"
    langkah: Callable[[Page], None] | None = None


def _centang_tiga(page: Page) -> None:
    for nomor in range(3):
        page.locator("main table tbody input[type=checkbox]").nth(nomor).check()
    page.get_by_role("main").get_by_role("button", name="Verifikasi", exact=True).first.click()


def _rekap_keliru(page: Page) -> None:
    """A recap in which two digits of one figure changed places."""
    page.locator("main textarea").first.fill(
        "Kecamatan\tSebelumnya\tBaru\tTMS\tJumlah\n"
        "Palu Timur\t30.700\t120\t55\t30.765\nTatanga\t35.600\t90\t57\t36.533\nJumlah\t66.300\t210\t112\t66.398\n"
    )
    page.get_by_role("main").get_by_role("button", name="Periksa rekap").click()


def _unggah(berkas: Path, tombol: str) -> Callable[[Page], None]:
    def langkah(page: Page) -> None:
        page.locator("main input[type=file]").first.set_input_files(str(berkas))
        page.get_by_role("main").get_by_role("button", name=tombol, exact=True).click()

    return langkah


def _isi_frasa(page: Page) -> None:
    page.get_by_label("Saya telah membaca").check()
    page.get_by_label("Frasa sandi").first.fill(SANDI_PALSU)


def semua(folder: Path) -> list[Foto]:
    """The table; *folder* is the office's, where the scenes left files that are uploaded."""
    f = Foto
    return [
        f("mulai-beranda", "mulai", "sari", ("beranda",), potong="body", tinggi=755),
        f("admin-pengguna", "admin", "gilang", ("admin:accounts_user_changelist",), potong="#content", baris=8,
          buang=("#changelist-filter",)),
        # Voter data, from the list to the decision.
        f("impor-unggah", "impor", "sari", ("pdpb:impor_baru",)),
        f("impor-kolom", "impor", "sari", ("pdpb:impor_kolom", "impor"), tinggi=1000, baris=3),
        f("impor-periksa", "impor", "sari", ("pdpb:impor_periksa", "impor"), tinggi=1050),
        f("impor-dampak", "impor", "sari", ("pdpb:impor_dampak", "impor"), tinggi=700),
        f("impor-pilih-orang", "impor", "lukman", ("pdpb:padanan_detail", "impor_padan", "padan"), tinggi=760),
        f("pemilih-satu", "pemilih", "sari", ("pdpb:pemilih_detail", "pemilih"), tinggi=760),
        f("perubahan-usul", "perubahan", "sari", ("pdpb:usul_tms", "pemilih")),
        f("perubahan-antrean", "perubahan", "lukman", ("pdpb:perubahan_daftar",), "?status=diusulkan", tinggi=760),
        f("perubahan-periksa-kembali", "perubahan", "lukman", ("pdpb:perubahan_daftar",), "?status=diusulkan",
          tinggi=760, langkah=_centang_tiga),
        f("ganda-daftar", "ganda", "sari", ("pdpb:ganda_daftar",), tinggi=760),
        f("ganda-pasangan", "ganda", "sari", ("pdpb:ganda_detail", "ganda"), tinggi=800),
        f("ganda-putusan", "ganda", "sari", ("pdpb:ganda_detail", "ganda"),
          potong="section[aria-labelledby=judul-putusan]"),
        f("temuan-daftar", "temuan", "lukman", ("pdpb:temuan_daftar",), baris=5),
        f("kematian-daftar", "kematian", "sari", ("pdpb:kematian_daftar",), "?kelurahan=72.71.02.1009", tinggi=760),
        f("coktas-calon", "coktas", "lukman", ("pdpb:coktas_calon_satu", "72.71.08.1003"), tinggi=860, baris=5),
        f("coktas-kegiatan", "coktas", "lukman", ("pdpb:coktas_detail", "kegiatan"), tinggi=715),
        f("coktas-ponsel", "coktas", "rizal", ("pdpb:coktas_satu", "baris_coktas"), layar="ponsel"),
        f("tanggapan-warga", "tanggapan", "", ("pdpb:tanggapan_baru",), tinggi=760),
        f("tanggapan-antrean", "tanggapan", "sari", ("pdpb:tanggapan_daftar",), tinggi=760),
        f("tanggapan-periksa", "tanggapan", "sari", ("pdpb:tanggapan_detail", "tanggapan"), tinggi=800),
        f("bawaslu-surat", "bawaslu", "sari", ("pdpb:saran_detail", "saran"), tinggi=760),
        f("rekap-ppk-banding", "rekap-ppk", "sari", ("pdpb:ppk_detail", "rekap_ppk")),
        # The quarter.
        f("periode-langkah", "periode-dan-rekap", "budi", ("pdpb:periode_detail", "kini"), tinggi=1400),
        f("periode-rekap", "periode-dan-rekap", "budi", ("pdpb:rekap", "kini"), tinggi=630),
        f("periode-prapleno", "periode-dan-rekap", "budi", ("pdpb:prapleno", "kini"), tinggi=650),
        f("selisih-hasil", "selisih", "sari", ("pdpb:selisih",), langkah=_rekap_keliru, tinggi=760),
        f("ukuran-mutu-halaman", "ukuran-mutu", "budi", ("pdpb:rekap_mutu", "lama"), tinggi=760),
        f("mesin-waktu-persamaan", "mesin-waktu", "budi", ("pdpb:mesin_waktu",), "?sejak=01-07-2026", tinggi=1160),
        f("paket-susun", "paket", "budi", ("pdpb:paket", "lama"), tinggi=760),
        f("sidalih-lembar", "sidalih", "sari", ("pdpb:sidalih_lembar", "lembar"), baris=6),
        f("cetak-ekspor", "cetak", "budi", ("pdpb:ekspor_baru",), tinggi=1000),
        # Letters, meetings, documents.
        f("rapat-pleno", "rapat", "budi", ("rapat:detail", "rapat"), tinggi=675),
        f("rapat-kehadiran", "rapat", "sari", ("rapat:kehadiran", "rapat"), tinggi=700),
        f("surat-masuk", "surat", "arifin", ("surat:masuk", "surat_masuk"), tinggi=760),
        f("surat-susun", "surat", "budi", ("surat:keluar_baru",), tinggi=900),
        f("surat-pengiriman", "surat", "budi", ("surat:pengiriman", "kiriman"), tinggi=760),
        f("tanda-tangan-ponsel", "tanda-tangan", "rahma", ("naskah:tandatangani", "siap"), layar="ponsel",
          langkah=_isi_frasa),
        f("tanda-tangan-sertifikat", "tanda-tangan", "rahma", ("naskah:sertifikat",)),
        f("tanda-tangan-naskah", "tanda-tangan", "budi", ("naskah:detail", "ba"), tinggi=760),
        f("verifikasi-dokumen-jawaban", "verifikasi-dokumen", "", ("verifikasi",),
          langkah=_unggah(folder / "berita-acara.pdf", "Periksa berkas"), tinggi=420),
        f("bukti-beri", "bukti-terdaftar", "sari", ("pdpb:bukti_beri", "terdaftar"), tinggi=900),
        f("bukti-periksa", "bukti-terdaftar", "", ("pdpb:bukti_periksa",),
          langkah=_unggah(folder / "bukti.json", "Periksa bukti"), tinggi=680),
        f("kalender-bulan", "kalender", "indah", ("kalender:bulan",), tinggi=615),
        # The information desk.
        f("permohonan-antrean", "permohonan-informasi", "indah", ("ppid:daftar",), tinggi=760),
        f("permohonan-satu", "permohonan-informasi", "indah", ("ppid:permohonan", "minta_unit"), tinggi=860),
        f("daftar-informasi-masyarakat", "daftar-informasi", "", ("ppid:informasi",), tinggi=760),
        f("daftar-informasi-usulan", "daftar-informasi", "nirma", ("ppid:dip", "dip"), tinggi=760),
        f("daftar-informasi-dikecualikan", "daftar-informasi", "nirma", ("ppid:dik_daftar",), tinggi=760),
    ]  # fmt: skip
