"""The lists agencies send: each with its own headers, column order and date format, and the usual faults.

They tell the same story as the office's clean list of changes, as its sources would have told it.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .acak import Acak
from .kotoran import Catatan, kotori_daftar
from .masa import Masa
from .perubahan import Penyusun
from .tanggal import ulang_tahun
from .usul import Usul
from .xlsx import Sel, tulis_xlsx

_SEMUA_NIK = ("nik_sebagai_angka", "nik_ilmiah", "apostrof", "spasi_tak_putus", "spasi_dalam_nama")


@dataclass(slots=True)
class Daftar:
    """One file of an agency: columns as (header, key), text above the header, how a date is written."""

    berkas: str
    kolom: list[tuple[str, str]]
    catatan: list[Catatan]
    tanggal: str = "%d/%m/%Y"
    kepala: list[list[Sel]] = field(default_factory=list)
    pemisah: str = ";"

    def baris(self) -> list[list[Sel]]:
        """Return every row of the file, the header included."""
        hasil: list[list[Sel]] = [*self.kepala, [judul for judul, _ in self.kolom]]
        for n, c in enumerate(self.catatan, 1):
            isi = {"no": n, **c.nilai}
            hasil.append([self._sel(isi.get(kunci)) for _, kunci in self.kolom])
        return hasil

    def _sel(self, nilai: Sel) -> Sel:
        if isinstance(nilai, date) and self.tanggal:
            return nilai.strftime(self.tanggal)
        return nilai

    def kesalahan(self) -> list[dict[str, str | int]]:
        """Return the planted faults with the row as a spreadsheet shows it and the header of the column."""
        judul = {kunci: j for j, kunci in self.kolom}
        pertama = len(self.kepala) + 2
        return [
            {
                "berkas": f"instansi/{self.berkas}",
                "baris": pertama + n,
                "kolom": judul.get(kunci, ""),
                "apa": apa,
                "dpid": c.dpid,
            }
            for n, c in enumerate(self.catatan)
            for kunci, apa in c.salah
            if kunci in judul or not kunci
        ]

    def tulis(self, folder: Path) -> Path:
        """Write the file, XLSX or CSV by its name."""
        tujuan = folder / self.berkas
        if tujuan.suffix == ".xlsx":
            return tulis_xlsx(tujuan, "Sheet1", self.baris())
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        teks = io.StringIO()
        csv.writer(teks, delimiter=self.pemisah, lineterminator="\r\n").writerows(self.baris())
        tujuan.write_bytes(teks.getvalue().encode())
        return tujuan


class PenyusunInstansi:
    """Lays the change list out again as the agencies' own files."""

    def __init__(self, penyusun: Penyusun, masa: Masa, benih: int) -> None:
        """Take the finished change list; its own stream of chance keeps that list as it is."""
        self.usul, self.kota, self.masa = penyusun.usul, penyusun.kota, masa
        self.acak = Acak(benih, 13)
        self.kelurahan = {k.kode: k for k in penyusun.kelurahan}
        self.asal = {str(p.dpid): p for p in self.kota.pemilih}

    def semua(self) -> list[Daftar]:
        """Return every agency list, faults planted."""
        return [
            self.kematian_disdukcapil(),
            self.kematian_lurah(),
            self.pindah_keluar(),
            self.pindah_masuk(),
            self.genap_17(),
            self.perbaikan(),
            self.kodim(),
            self.bawaslu(),
        ]

    def _catatan(self, u: Usul, **lebih: Sel) -> Catatan:
        k = self.kelurahan[u.kelurahan]
        hari, bulan, tahun = (int(x) for x in u.lahir.split("-"))
        dokumen = date(*(int(x) for x in reversed(u.tanggal_dokumen.split("-"))))
        nilai: dict[str, Sel] = {
            "nik": u.nik,
            "nkk": u.nkk,
            "nama": u.nama,
            "jk": u.jk,
            "kelamin": "Laki-laki" if u.jk == "L" else "Perempuan",
            "tempat": u.tempat,
            "lahir": _tanggal(tahun, bulan, hari) or u.lahir,
            "alamat": u.alamat,
            "rt": u.rt,
            "rw": u.rw,
            "tps": u.tps,
            "kelurahan": k.nama,
            "kecamatan": k.kecamatan,
            "nomor": u.nomor_dokumen,
            "tanggal_dokumen": dokumen,
        }
        return Catatan(u.dpid, nilai | lebih)

    def _pilih(self, kategori: str, jenis_dokumen: str = "") -> list[Usul]:
        return [u for u in self.usul if u.kategori == kategori and jenis_dokumen in (u.jenis_dokumen, "")]

    def _orang_lain(self, contoh: Catatan, apa: str, wilayah: str, kelurahan: str = "") -> Catatan:
        """Return a record about somebody who does not stand on the list."""
        kota, acak = self.kota, self.acak
        jk = acak.pilih("LP")
        lahir = ulang_tahun(self.masa.cut_off, acak.antara(30, 80)) - acak.antara(0, 300)
        suku = acak.pilih(kota.nama.undian)
        c = Catatan("", dict(contoh.nilai))
        c.nilai |= {
            "nik": kota.penerbit.nik(wilayah, lahir, jk),
            "nama": kota.nama.beri(acak, suku, jk, True, kota.nama.beri_marga(acak, suku)),
            "jk": jk,
            "kelamin": "Laki-laki" if jk == "L" else "Perempuan",
            "lahir": date.fromordinal(lahir),
        }
        if kelurahan:
            c.nilai |= {"kelurahan": kelurahan, "kecamatan": "Sigi Biromaru"}
        c.salah.append(("", apa))
        return c

    def _selesai(self, daftar: Daftar, *apa: str) -> Daftar:
        """Add a repeated row, a stranger and a resident of another regency, then the faults *apa*."""
        asli = daftar.catatan
        contoh = asli[len(asli) // 2]
        ulang = Catatan(contoh.dpid, dict(contoh.nilai), [("", "baris_ganda")])
        contoh.salah.append(("", "baris_ganda"))
        tambahan = [
            ulang,
            self._orang_lain(contoh, "tidak_terdaftar", "727103"),
            self._orang_lain(asli[0], "tidak_terdaftar", "727101"),
            self._orang_lain(asli[0], "warga_kota_lain", "721001", "Kalukubula"),
        ]
        for c in tambahan:
            asli.insert(self.acak.antara(len(asli) // 3, len(asli)), c)
        kotori_daftar(asli, self.acak, apa)
        return daftar

    def kematian_disdukcapil(self) -> Daftar:
        """Deaths with an akta; the header stands on line 4 below a title."""
        catatan = [self._catatan(u, tanggal_mati=self._sebelum(u)) for u in self._pilih("meninggal", "Akta kematian")]
        kolom = [("No", "no"), ("No. Akta Kematian", "nomor"), ("Tgl Terbit", "tanggal_dokumen")]
        kolom += [("N I K", "nik"), ("Nama Lengkap", "nama"), ("JK", "jk"), ("Tempat Lahir", "tempat")]
        kolom += [("Tgl. Lahir", "lahir"), ("Tgl. Meninggal", "tanggal_mati"), ("Alamat", "alamat")]
        kolom += [("RT", "rt"), ("RW", "rw"), ("Desa/Kelurahan", "kelurahan"), ("Kecamatan", "kecamatan")]
        kepala: list[list[Sel]] = [
            ["DAFTAR PENERBITAN AKTA KEMATIAN"],
            [f"KOTA PALU - {self.masa.kode} (CONTOH, DATA REKAAN)"],
            [],
        ]
        daftar = Daftar("disdukcapil-kematian.xlsx", kolom, catatan, "%d/%m/%Y", kepala)
        lain = ("tahun_dua_angka", "tanggal_sebagai_angka", "ejaan_kelurahan", "rt_tanpa_nol")
        return self._selesai(daftar, *_SEMUA_NIK, *lain)

    def kematian_lurah(self) -> Daftar:
        """Deaths by a lurah's letter, comma-separated, in another order and another date format."""
        catatan = [
            self._catatan(u, tanggal_mati=self._sebelum(u))
            for u in self._pilih("meninggal", "Surat keterangan kematian")
        ]
        kolom = [("nama_almarhum", "nama"), ("jenis kelamin", "kelamin"), ("tgl lahir", "lahir")]
        kolom += [("kelurahan", "kelurahan"), ("rt", "rt"), ("rw", "rw"), ("nik ktp", "nik")]
        kolom += [("tgl wafat", "tanggal_mati"), ("no surat", "nomor"), ("tgl surat", "tanggal_dokumen")]
        daftar = Daftar("lurah-kematian.csv", kolom, catatan, "%d-%m-%Y", pemisah=",")
        return self._selesai(daftar, "nik_ilmiah", "apostrof", "tahun_dua_angka", "rt_tanpa_nol", "ejaan_kelurahan")

    def pindah_keluar(self) -> Daftar:
        """Moves out of the city; dates are real date cells."""
        tujuan = ("KAB. SIGI", "KAB. DONGGALA", "KOTA MAKASSAR", "KAB. PARIGI MOUTONG", "KOTA SURABAYA")
        catatan = [self._catatan(u, tujuan=self.acak.pilih(tujuan)) for u in self._pilih("pindah_domisili")]
        kolom = [("NO_SKPWNI", "nomor"), ("TGL_SKPWNI", "tanggal_dokumen"), ("NO_KK", "nkk"), ("NIK", "nik")]
        kolom += [("NAMA_LGKP", "nama"), ("TGL_LHR", "lahir"), ("JENIS_KLMIN", "kelamin")]
        kolom += [("ALAMAT_ASAL", "alamat"), ("NO_RT", "rt"), ("NO_RW", "rw"), ("KEL_ASAL", "kelurahan")]
        kolom += [("KEC_ASAL", "kecamatan"), ("KAB_TUJUAN", "tujuan")]
        daftar = Daftar("disdukcapil-pindah-keluar.xlsx", kolom, catatan, "")
        return self._selesai(daftar, *_SEMUA_NIK, "ejaan_kelurahan", "rt_tanpa_nol", "tahun_dua_angka")

    def pindah_masuk(self) -> Daftar:
        """Moves into the city, with the new address."""
        catatan = [self._catatan(u) for u in self._pilih("pindah_masuk")]
        kolom = [("NIK", "nik"), ("NO KK BARU", "nkk"), ("NAMA", "nama"), ("L/P", "jk"), ("TMP LAHIR", "tempat")]
        kolom += [("TGL LAHIR", "lahir"), ("ALAMAT TUJUAN", "alamat"), ("RT", "rt"), ("RW", "rw")]
        kolom += [("KEL TUJUAN", "kelurahan"), ("KEC TUJUAN", "kecamatan"), ("NO SKPWNI", "nomor")]
        daftar = Daftar("disdukcapil-pindah-masuk.xlsx", kolom, catatan, "%d-%m-%Y")
        return self._selesai(daftar, *_SEMUA_NIK, "ejaan_kelurahan", "tanggal_sebagai_angka")

    def genap_17(self) -> Daftar:
        """Those who turn 17, from the registry, with ISO dates and ``;``."""
        catatan = [self._catatan(u, status="BELUM KAWIN") for u in self._pilih("genap_17")]
        kolom = [("nkk", "nkk"), ("nik", "nik"), ("nama_lengkap", "nama"), ("tempat_lahir", "tempat")]
        kolom += [("tanggal_lahir", "lahir"), ("jenis_kelamin", "kelamin"), ("status_kawin", "status")]
        kolom += [("alamat", "alamat"), ("no_rt", "rt"), ("no_rw", "rw"), ("nama_kel", "kelurahan")]
        daftar = Daftar("disdukcapil-genap-17.csv", kolom, catatan, "%Y-%m-%d")
        return self._selesai(daftar, "nik_ilmiah", "apostrof", "spasi_tak_putus", "ejaan_kelurahan", "rt_tanpa_nol")

    def perbaikan(self) -> Daftar:
        """Corrections as element, old value, new value."""
        catatan = []
        for u in (u for u in self.usul if u.jenis == "UBAH"):
            elemen, lama, baru = self._beda(u)
            catatan.append(self._catatan(u, elemen=elemen, lama=lama, baru=baru, nama=self.asal[u.dpid].nama))
        kolom = [("No.", "no"), ("NIK", "nik"), ("Nama di DPT", "nama"), ("Kelurahan", "kelurahan")]
        kolom += [("Elemen", "elemen"), ("Tertulis", "lama"), ("Seharusnya", "baru"), ("Dasar (No. KK)", "nkk")]
        daftar = Daftar("disdukcapil-perbaikan.xlsx", kolom, catatan)
        return self._selesai(daftar, "nik_sebagai_angka", "apostrof", "ejaan_kelurahan")

    def kodim(self) -> Daftar:
        """New soldiers by name only: no NIK, place and date of birth in one cell."""
        catatan = []
        for u in self._pilih("tni"):
            pangkat = self.acak.pilih(("Prada", "Prada", "Serda", "Letda"))
            c = self._catatan(u, pangkat=pangkat, ttl=f"{u.tempat.title()}, {u.lahir}")
            c.nilai["nama"] = u.nama.title()
            catatan.append(c)
        kolom = [("NO", "no"), ("NAMA", "nama"), ("PANGKAT", "pangkat"), ("TTL", "ttl"), ("ALAMAT ORTU", "alamat")]
        daftar = Daftar("kodim-anggota-baru.xlsx", [*kolom, ("KELURAHAN", "kelurahan")], catatan)
        for n in range(2):
            lain = self._orang_lain(catatan[0], "tidak_terdaftar", "727102")
            lain.nilai["ttl"] = f"Palu, 0{n + 1}-05-2006"
            catatan.append(lain)
        kotori_daftar(catatan, self.acak, ("spasi_dalam_nama", "ejaan_kelurahan"))
        return daftar

    def bawaslu(self) -> Daftar:
        """Saran perbaikan: names with a claim each, some already settled, some about nobody on the list."""
        dugaan = {"meninggal": "Meninggal dunia", "pindah_domisili": "Pindah domisili", "polri": "Anggota Polri"}
        dugaan |= {"ganda": "Ganda", "tercecer": "Belum terdaftar", "di_bawah_umur": "Belum 17 tahun"}
        catatan = [
            self._catatan(u, dugaan=dugaan[u.kategori])
            for n, u in enumerate(u for u in self.usul if u.kategori in dugaan)
            if n % 9 == 0 or u.kategori in ("ganda", "di_bawah_umur")
        ]
        kolom = [("NO", "no"), ("NAMA PEMILIH", "nama"), ("NIK", "nik"), ("TPS", "tps"), ("KEL.", "kelurahan")]
        kolom += [("KEC.", "kecamatan"), ("DUGAAN / SARAN PERBAIKAN", "dugaan")]
        kepala: list[list[Sel]] = [["LAMPIRAN SARAN PERBAIKAN (CONTOH, DATA REKAAN)"]]
        daftar = Daftar("bawaslu-saran-perbaikan.xlsx", kolom, catatan, kepala=kepala)
        return self._selesai(daftar, "nik_sebagai_angka", "spasi_tak_putus", "ejaan_kelurahan")

    def _sebelum(self, u: Usul) -> date:
        hari, bulan, tahun = (int(x) for x in u.tanggal_dokumen.split("-"))
        return date.fromordinal(date(tahun, bulan, hari).toordinal() - self.acak.antara(1, 20))

    def _beda(self, u: Usul) -> tuple[str, str, str]:
        """Return the corrected element of *u* with its value before and after."""
        p = self.asal[u.dpid]
        for elemen, atribut in _ELEMEN.items():
            lama, baru = getattr(p, atribut), getattr(u, atribut)
            if lama != baru:
                return elemen, lama, baru
        return "Tanggal lahir", p.tanggal.replace("|", "-"), u.lahir


_ELEMEN = {
    "Nama": "nama",
    "Tempat lahir": "tempat",
    "Status perkawinan": "kawin",
    "Alamat": "alamat",
    "RT": "rt",
    "RW": "rw",
    "Disabilitas": "disabilitas",
    "Status KTP-el": "ektp",
}


def _tanggal(tahun: int, bulan: int, hari: int) -> date | None:
    try:
        return date(tahun, bulan, hari)
    except ValueError:
        return None
