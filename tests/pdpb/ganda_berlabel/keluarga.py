"""Families, dormitories and the people in them who are easily taken for one another, though they are not."""

from datetime import date, timedelta
from random import Random

from .kebenaran import Baris
from .kerusakan_data import gelar
from .kota import LAMA, LUAR, Kota, Nomor, Rumah, lahir_acak
from .nama import SUKU, berima, marga, nama_baru, nama_kembar, nama_umum

PENGHUNI = (30, 46)


class Warga:
    """The rows of one block and the pairs of different persons planted among them (as row numbers)."""

    def __init__(self, acak: Random, kota: Kota, nomor: Nomor):
        self.acak, self.kota, self.nomor = acak, kota, nomor
        self.baris: list[Baris] = []
        self.pasangan: list[tuple[int, int, str, bool, str, bool, str]] = []
        self.ramai: set[int] = set()
        self.serumah: dict[str, list[int]] = {}

    def beda(self, a: int, b: int, kelas: str, jebakan: str, *, putus: bool = True, sebab: str = "") -> None:
        self.pasangan.append((a, b, kelas, False, jebakan, putus, sebab))

    def rumah(self, kelurahan: str = "") -> Rumah:
        alamat, rt, rw, kode, tps = self.kota.letak(self.acak, kelurahan)
        wilayah = kode[:8].replace(".", "") if self.acak.random() < 0.97 else self.acak.choice(tuple(LUAR))
        return Rumah(self.nomor.nkk(self.acak, wilayah), alamat, rt, rw, kode, tps)

    def asal(self) -> str:
        """The region of a first registration: mostly one of the four old sub-districts, for one in six another
        regency.
        """
        pilih = self.acak.random()
        if pilih < 0.7:
            return self.acak.choice(LAMA)
        return (
            self.acak.choice(("727105", "727106", "727107", "727108"))
            if pilih < 0.83
            else self.acak.choice(tuple(LUAR))
        )

    def orang(self, rumah: Rumah, nama: str, jk: str, lahir: date, asal: str = "", nik: str = "") -> int:
        """A new row; its NIK fits date and sex, save one in 200 whose date was corrected and one in 500 of the other
        sex.
        """
        acak = self.acak
        asal = asal or self.asal()
        tulis: date | None = lahir
        if not nik:
            salah = acak.random() < 0.002
            nik = self.nomor.nik(lahir, ("P" if jk == "L" else "L") if salah else jk, asal)
            pilih = acak.random()
            tulis = None if pilih < 0.002 else lahir + timedelta(days=acak.randint(1, 400)) if pilih < 0.007 else lahir
            if tulis and tulis.year > 2008:
                tulis = lahir
        tempat = LUAR.get(asal, "PALU")
        self.baris.append(
            Baris(
                "",
                nik,
                rumah.nkk,
                nama,
                tempat,
                tulis,
                jk,
                rumah.alamat,
                rumah.rt,
                rumah.rw,
                rumah.kelurahan,
                self.kota.nama[rumah.kelurahan],
                rumah.tps,
                rumah.loksus,
            )
        )
        self.serumah.setdefault(rumah.nkk, []).append(len(self.baris) - 1)
        return len(self.baris) - 1

    def sendiri(self, rumah: Rumah, usia: tuple[int, int] = (17, 80)) -> int:
        acak = self.acak
        jk, suku, lahir = acak.choice("LP"), SUKU.ambil(acak), lahir_acak(acak, *usia)
        nama = nama_baru(acak, suku, jk, marga(acak, suku), lahir.year)
        if lahir.year < 1990 and acak.random() < 0.05:
            nama = gelar(acak, nama, jk)
        return self.orang(rumah, nama, jk, lahir)

    def keluarga(self) -> None:
        """A household: one or two parents, grown-up children, now and then a grandparent; with a trap in some."""
        acak = self.acak
        rumah, suku = self.rumah(), SUKU.ambil(acak)
        if acak.random() < 0.16:
            self.sendiri(rumah)
            return
        marga_ini, asal = marga(acak, suku), self.asal()
        lahir_ibu = lahir_acak(acak, 22, 68)
        lahir_ayah = lahir_ibu - timedelta(days=acak.randint(-700, 3000))
        ayah = ibu = None
        if acak.random() < 0.9:
            ayah = self.orang(rumah, nama_baru(acak, suku, "L", marga_ini, lahir_ayah.year), "L", lahir_ayah)
        if acak.random() < 0.92:
            suku_ibu = suku if acak.random() < 0.6 else SUKU.ambil(acak)
            ibu = self.orang(
                rumah, nama_baru(acak, suku_ibu, "P", marga(acak, suku_ibu), lahir_ibu.year), "P", lahir_ibu
            )
        if ibu is None and ayah is None:
            self.sendiri(rumah)
        usia_tertua = 2026 - lahir_ibu.year - 20
        if usia_tertua >= 18:
            self._anak(rumah, suku, marga_ini, asal, usia_tertua, ayah)
        if acak.random() < 0.08:
            self.sendiri(rumah, (70, 94))

    def _anak(self, rumah: Rumah, suku: str, marga_ini: str, asal: str, usia: int, ayah: int | None) -> None:
        acak = self.acak
        if ayah is not None and acak.random() < 0.02:
            self.anak_senama(rumah, ayah, asal, usia)
        if acak.random() < 0.022:
            self.kembar(rumah, marga_ini, asal, usia)
        banyak = acak.choice((0, 1, 1, 2, 2, 3, 4))
        rima = banyak > 1 and acak.random() < 0.12
        anak: list[int] = []
        lahir = lahir_acak(acak, max(17, usia - 6), usia)
        for _ in range(banyak):
            jk = acak.choice("LP")
            nama = nama_baru(acak, suku, jk, marga_ini, lahir.year)
            while nama in (self.baris[k].nama for k in self.serumah[rumah.nkk]):
                nama = nama_baru(acak, suku, jk, marga_ini, lahir.year)
            if rima and anak:
                nama = self._nama_serima([self.baris[k].nama for k in anak])
            anak.append(self.orang(rumah, nama, jk, lahir, asal))
            if rima:
                for lain in anak[:-1]:
                    self.beda(lain, anak[-1], "G4", "saudara_berima")
            jarak = acak.choice((320, 365, 366, 500, 731, 900, 1200))
            lahir = lahir + timedelta(days=jarak)
            if lahir.year > 2008:
                break

    def _nama_serima(self, kakak: list[str]) -> str:
        while (nama := berima(self.acak, kakak[0])) in kakak:
            pass
        return nama

    def anak_senama(self, rumah: Rumah, ayah: int, asal: str, usia: int) -> None:
        """A son who bears the father's whole name: alone, with JR or with BIN; some on a card of their own."""
        acak, bapak = self.acak, self.baris[ayah]
        tanggal = lahir_acak(acak, 17, min(usia, 40))
        if acak.random() < 0.2 and bapak.tanggal_lahir and bapak.tanggal_lahir.day < 29:
            tanggal = tanggal.replace(
                month=bapak.tanggal_lahir.month, day=bapak.tanggal_lahir.day, year=min(tanggal.year, 2008)
            )
        akhiran = acak.choice(("", "", "", " JR", " JR.", " JUNIOR", f" BIN {bapak.nama}"))
        if acak.random() < 0.3:
            rumah = rumah._replace(nkk=self.nomor.nkk(acak, rumah.kelurahan[:8].replace(".", "")))
        anak = self.orang(rumah, bapak.nama + akhiran, "L", tanggal, asal)
        self.beda(ayah, anak, "G3" if not akhiran else "G4", "ayah_anak_senama")

    def kembar(self, rumah: Rumah, marga_ini: str, asal: str, usia: int) -> None:
        """Two of one birth: neighbouring serials where the sex is one; one in seven has left the house."""
        acak = self.acak
        lahir = lahir_acak(acak, 17, max(18, min(usia, 45)))
        jk = acak.choice("LP")
        jk_b = jk if acak.random() < 0.75 else ("P" if jk == "L" else "L")
        sisa = marga_ini or nama_umum(acak, "L").split()[-1]
        nama_a, nama_b = nama_kembar(acak, jk, jk_b, sisa)
        if acak.random() < 0.25:
            suku = SUKU.ambil(acak)
            nama_b = nama_baru(acak, suku, jk_b, marga_ini, lahir.year)
        nik_a = nik_b = ""
        while not nik_a or (jk == jk_b and int(nik_b) != int(nik_a) + 1):
            nik_a, nik_b = self.nomor.nik(lahir, jk, asal), self.nomor.nik(lahir, jk_b, asal)
        rumah_b = self.rumah() if acak.random() < 0.15 else rumah
        a = self.orang(rumah, nama_a, jk, lahir, asal, nik_a)
        b = self.orang(rumah_b, nama_b, jk_b, lahir, asal, nik_b)
        self.beda(a, b, "G3" if rumah_b is rumah else "G4", "kembar" if rumah_b is rumah else "kembar_pisah_rumah")

    def sepupu_senama(self) -> None:
        """Two cousins with one name: other card, one kelurahan, dates days apart, a year apart, or day and month
        exchanged.
        """
        acak = self.acak
        rumah_a = self.rumah()
        rumah_b = self.rumah(rumah_a.kelurahan)
        self.sendiri(rumah_a, (45, 75))
        self.sendiri(rumah_b, (45, 75))
        jk, lahir, suku = acak.choice("LP"), lahir_acak(acak, 19, 42), SUKU.ambil(acak)
        nama = nama_baru(acak, suku, jk, marga(acak, suku), lahir.year)
        lain = lahir + timedelta(days=acak.choice((1, 2, 9, 28, 30, 31, 365, 366, 3652)))
        if lahir.day <= 12 and lahir.day != lahir.month:
            lain = lahir.replace(day=lahir.month, month=lahir.day)
        if lain.year > 2008:
            lain = lahir - timedelta(days=9)
        a = self.orang(rumah_a, nama, jk, lahir)
        self.beda(a, self.orang(rumah_b, nama, jk, lain), "G4", "sepupu_senama")

    def senama_kebetulan(self) -> None:
        """Two strangers of one common name and one birth date in two kelurahan; born in one place, nobody can tell
        from two rows.
        """
        acak = self.acak
        rumah_a, rumah_b = self.rumah(), self.rumah()
        while rumah_b.kelurahan == rumah_a.kelurahan:
            rumah_b = self.rumah()
        jk, lahir = acak.choice("LP"), lahir_acak(acak, 17, 70)
        nama = nama_umum(acak, jk)
        a, b = self.orang(rumah_a, nama, jk, lahir), self.orang(rumah_b, nama, jk, lahir)
        sama = self.baris[a].tempat_lahir == self.baris[b].tempat_lahir
        sebab = "orang berbeda; dari dua baris saja tidak tampak" if sama else ""
        self.beda(a, b, "G3" if sama else "G4", "senama_kebetulan", putus=not sama, sebab=sebab)

    def asrama(self, jenis: str) -> None:
        """Thirty and more under one roof: ``panti`` on one card, ``asrama`` on their own cards, ``lapas`` at a
        special location.
        """
        acak = self.acak
        pokok = self.rumah("72.71.03.1003" if jenis == "lapas" else "")
        sebutan = {"panti": "PANTI WREDHA CONTOH", "asrama": "ASRAMA MAHASISWA CONTOH", "lapas": "LAPAS CONTOH"}[jenis]
        pokok = pokok._replace(alamat=f"{sebutan} {pokok.alamat}" if jenis != "lapas" else sebutan)
        if jenis == "lapas":
            pokok = pokok._replace(rt="001", rw="001", tps=901, loksus=True)
        usia = {"panti": (60, 94), "asrama": (17, 26), "lapas": (18, 65)}[jenis]
        awal = len(self.baris)
        for _ in range(acak.randint(*PENGHUNI)):
            wilayah = pokok.kelurahan[:8].replace(".", "")
            rumah = pokok if jenis == "panti" else pokok._replace(nkk=self.nomor.nkk(acak, wilayah))
            self.sendiri(rumah, usia)
        self._senama_seatap(pokok, jenis, usia)
        self.ramai.update(range(awal, len(self.baris)))

    def _senama_seatap(self, rumah: Rumah, jenis: str, usia: tuple[int, int]) -> None:
        """Two pairs of one common name; in a panti both were given 1 January of one year, but other birth places."""
        acak = self.acak
        for _ in range(2):
            jk = acak.choice("LP")
            nama, lahir = nama_umum(acak, jk), lahir_acak(acak, *usia)
            lain = lahir_acak(acak, *usia)
            if jenis == "panti":
                lahir = lain = lahir.replace(month=1, day=1)
            a = self.orang(rumah, nama, jk, lahir, "727102")
            b = self.orang(rumah, nama, jk, lain, "720301")
            self.beda(a, b, "G3" if lahir == lain else "G4", f"senama_{jenis}")
