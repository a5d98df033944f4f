"""The quarter's changes: new voters, removals, corrections and moves, consistent with the DPT written."""

from collections.abc import Callable
from datetime import date

from .acak import Acak, bagi, berbobot
from .bukti import Bukti
from .masa import Masa
from .sisipan import Sisipan
from .tanggal import strip, ulang_tahun, umur
from .usul import Usul, dari_pemilih, salin
from .warga import Kota, Pemilih
from .wilayah import Kelurahan

BARU = {
    "genap_17": 560,
    "pindah_masuk": 240,
    "tercecer": 55,
    "purna_tni_polri": 25,
    "kawin_di_bawah_17": 12,
    "pulih_hak_politik": 8,
}
TMS = {
    "meninggal": 423,
    "pindah_domisili": 215,
    "tni": 22,
    "polri": 18,
    "hak_politik_dicabut": 6,
    "wna": 3,
}
#: removals that name a planted row: how many of the pairs are decided, and of the children struck off
GANDA_SELESAI = {"G1": 6, "G6": 2, "G3": 1}
DI_BAWAH_UMUR = 4
UBAH, MUTASI = 150, 120


class Penyusun:
    """Puts the list of changes together; no voter stands in it twice."""

    def __init__(
        self,
        kota: Kota,
        kelurahan: list[Kelurahan],
        sisipan: Sisipan,
        masa: Masa,
        benih: int,
        sesudah: "Penyusun | None" = None,
    ):
        """Read where each kelurahan begins; rows with a planted story, or of the list *sesudah*, are left alone."""
        self.kota, self.kelurahan, self.sisipan, self.masa = kota, kelurahan, sisipan, masa
        self.sesudah = sesudah
        self.acak = Acak(benih, 17 if sesudah else 11)
        self.bukti = Bukti(masa, self.acak)
        self.terpakai: set[int] = set(sesudah.terpakai if sesudah else sisipan.terpakai)
        self.usul: list[Usul] = []
        self.kolom_ubah: dict[str, int] = {}
        self.ibu: set[str] = set()  # one new voter of 17 per family: two would be born too close together
        self.rentang: list[list[int]] = [[] for _ in kelurahan]
        for i, p in enumerate(kota.pemilih):
            if p.tps < "900":
                self.rentang[p.kel].append(i)

    def susun(self, skala: float) -> list[Usul]:
        """Return the changes: baru, tms, ubah, mutasi, each sorted by kelurahan."""
        if not self.sesudah:  # planted rows are settled once, in the first list
            self._tms_bernama()
        for kategori, k in self._sebar(TMS, skala):
            p = self._ambil(k, _COCOK_TMS[kategori])
            self._tambah(dari_pemilih("TMS", kategori, p, k), k)
        for kategori, k in self._sebar(BARU, skala):
            self._tambah(self._baru(kategori, k), k)
        self._batas_umur()
        if not self.sesudah:
            self._perbaiki_cacat()
        sisa = max(2, int(UBAH * skala)) - sum(self.kolom_ubah.values())
        for _, k in self._sebar({"": sisa}, 1):
            self._tambah(self._ubah(k), k)
        for _, k in self._sebar({"": MUTASI}, skala):
            self._tambah(self._mutasi(k), k)
        urutan = {"BARU": 0, "TMS": 1, "UBAH": 2, "MUTASI": 3}
        self.usul.sort(key=lambda u: (urutan[u.jenis], u.kelurahan))
        return self.usul

    def _sebar(self, rincian: dict[str, int], skala: float) -> list[tuple[str, Kelurahan]]:
        isi = berbobot([(k, max(1, int(n * skala + 0.5))) for k, n in rincian.items() if n > 0])
        per_kelurahan = bagi(len(isi), [k.jumlah for k in self.kelurahan], minimal=1)
        tempat = [k for k, n in zip(self.kelurahan, per_kelurahan, strict=True) for _ in range(n)]
        return list(zip(self.acak.campur(isi), tempat, strict=True))

    def _tambah(self, usul: Usul, k: Kelurahan) -> Usul:
        self.usul.append(self.bukti.lampirkan(usul, k.nama))
        return usul

    def _ambil(self, k: Kelurahan, cocok: Callable[[Pemilih, Acak], bool]) -> Pemilih:
        """Return an unused voter of *k*, fitting if one is met in 400 draws, else any unused one."""
        pemilih, rentang = self.kota.pemilih, self.rentang[k.urut]
        for percobaan in range(900):
            i = rentang[int(self.acak.r() * len(rentang))]
            if i not in self.terpakai and (percobaan > 400 or cocok(pemilih[i], self.acak)):
                self.terpakai.add(i)
                return pemilih[i]
        raise LookupError(f"kelurahan {k.nama} has no voter left at this scale")

    def _tms_bernama(self) -> None:
        pemilih = {p.dpid: p for p in self.kota.pemilih}
        sisa = dict(GANDA_SELESAI)
        for s in self.sisipan.pasangan:
            if sisa.get(s.kelas, 0):
                sisa[s.kelas] -= 1
                p = pemilih[s.b]
                usul = dari_pemilih("TMS", "ganda", p, self.kelurahan[p.kel])
                self._tambah(salin(usul, dpid_bertahan=str(s.a)), self.kelurahan[p.kel])
        anak = [c.dpid for c in self.sisipan.cacat if c.apa == "belum_17_belum_kawin"]
        for dpid in anak[:DI_BAWAH_UMUR]:
            p = pemilih[dpid]
            k = self.kelurahan[p.kel]
            self._tambah(dari_pemilih("TMS", "di_bawah_umur", p, k), k)

    def _perbaiki_cacat(self) -> None:
        """Correct one in two of the rows whose RT, RW or birth date is faulty."""
        pemilih = {p.dpid: p for p in self.kota.pemilih}
        mendingan = {
            "rt_nol": ("RT", {"rt": "001"}),
            "rw_kosong": ("RW", {"rw": "001"}),
            "tanggal_lahir_tidak_terbaca": ("TANGGAL LAHIR", {}),
        }
        for c in [c for c in self.sisipan.cacat if c.apa in mendingan][::2]:
            p = pemilih[c.dpid]
            kolom, beda = mendingan[c.apa]
            usul = dari_pemilih("UBAH", "", p, self.kelurahan[p.kel])
            if kolom == "TANGGAL LAHIR":
                beda = {"lahir": strip(p.lahir)}
            self._hitung_ubah(kolom)
            self._tambah(salin(usul, **beda), self.kelurahan[p.kel])

    def _hitung_ubah(self, kolom: str) -> None:
        self.kolom_ubah[kolom] = self.kolom_ubah.get(kolom, 0) + 1

    def _rumah(self, k: Kelurahan) -> Pemilih:
        """Return a regular voter of *k* without a planted story, whose address a newcomer may share."""
        for _ in range(400):
            i = self.acak.pilih(self.rentang[k.urut])
            if i not in self.sisipan.terpakai:
                return self.kota.pemilih[i]
        raise LookupError(f"kelurahan {k.nama} has no plain address at this scale")

    def _nkk_baru(self, k: Kelurahan) -> str:
        terbit = self.masa.hari(self.acak.antara(0, 30)).toordinal()
        return self.kota.penerbit.nkk(k.kode_kecamatan.replace(".", ""), terbit)

    def _lahir_baru(self, kategori: str) -> int:
        """Return a birth date that makes the new voter the right age on the cut-off day."""
        cut_off = self.masa.cut_off
        if kategori == "genap_17":
            # from the day after those of the base list to a few days before the cut-off
            awal = ulang_tahun(self.masa.acuan_dpt, 17) + 1
            return self.acak.antara(awal, ulang_tahun(cut_off, 17) - 10)
        rendah, tinggi = _UMUR_BARU[kategori]
        return ulang_tahun(cut_off, self.acak.antara(rendah, tinggi)) - int(self.acak.r() * 300)

    def _orang_tua(self, k: Kelurahan) -> Pemilih:
        """Return a mother of *k* who could have a child of 17, for its NKK and address."""
        for _ in range(400):
            p = self._rumah(k)
            cocok = p.jk == "P" and p.kawin != "B" and 35 <= umur(p.lahir, self.masa.cut_off) <= 58
            if cocok and p.nkk not in self.ibu:
                self.ibu.add(p.nkk)
                return p
        return self._rumah(k)

    def _baru(self, kategori: str, k: Kelurahan, lahir: int | None = None) -> Usul:
        acak, kota = self.acak, self.kota
        muda = kategori == "genap_17"
        rumah = self._orang_tua(k) if muda else self._rumah(k)
        jk = _JK_BARU.get(kategori) or acak.pilih("LP")
        lahir = lahir or self._lahir_baru(kategori)
        lokal = kota.penerbit.lokal[k.kode_kecamatan.replace(".", "")]
        wilayah = acak.pilih(kota.penerbit.luar if kategori == "pindah_masuk" else lokal)
        return Usul(
            jenis="BARU",
            kategori=kategori,
            dpid="",
            nik=kota.penerbit.nik(wilayah, lahir, jk),
            nkk=rumah.nkk if muda else self._nkk_baru(k),
            nama=self._nama(rumah, jk, lahir),
            jk=jk,
            tempat=kota.penerbit.tempat_lahir(acak, wilayah),
            lahir=strip(lahir),
            kawin="B" if muda else ("S" if kategori != "tercecer" else acak.pilih("BSSP")),
            alamat=rumah.alamat,
            rt=rumah.rt,
            rw=rumah.rw,
            kelurahan=k.kode,
            tps=rumah.tps,
            disabilitas="0" if acak.r() > 0.02 else acak.pilih("1456"),
            ektp="B" if kategori == "kawin_di_bawah_17" else "S",
        )

    def _nama(self, rumah: Pemilih, jk: str, lahir: int) -> str:
        kota = self.kota
        tua = kota.batas[40] > lahir
        marga = kota.nama.beri_marga(self.acak, rumah.suku)
        nama = kota.nama.beri(self.acak, rumah.suku, jk, tua, marga)
        while (nama, lahir) in kota.dikenal:
            nama = kota.nama.beri(self.acak, rumah.suku, jk, tua, marga)
        kota.dikenal.add((nama, lahir))
        return nama

    def _batas_umur(self) -> None:
        """Give two of the new voters the birth dates people argue about: 17 on the very day, 29 February."""
        muda = [i for i, u in enumerate(self.usul) if u.kategori == "genap_17"]
        for i, lahir in zip(muda, (ulang_tahun(self.masa.cut_off, 17), _kabisat(self.masa)), strict=False):
            k = next(k for k in self.kelurahan if k.kode == self.usul[i].kelurahan)
            self.usul[i] = self.bukti.lampirkan(self._baru("genap_17", k, lahir), k.nama)

    def _ubah(self, k: Kelurahan) -> Usul:
        kolom = self.acak.pilih(("NAMA", "NAMA", "TEMPAT LAHIR", "STS KAWIN", "ALAMAT", "DISABILITAS", "EKTP"))
        p = self._ambil(k, _COCOK_UBAH.get(kolom, _siapa_saja))
        usul = dari_pemilih("UBAH", "", p, k)
        if kolom in _COCOK_UBAH and not _COCOK_UBAH[kolom](p, self.acak):
            kolom = "ALAMAT"
        self._hitung_ubah(kolom)
        lain = self._rumah(k)
        beda = {
            "NAMA": {"nama": _ejaan_lain(p.nama)},
            "TEMPAT LAHIR": {"tempat": "PARIGI" if p.tempat != "PARIGI" else "PALU"},
            "STS KAWIN": {"kawin": "S" if p.kawin != "S" else "P"},
            "ALAMAT": {"alamat": f"{lain.alamat} A"},
            "DISABILITAS": {"disabilitas": "1" if p.disabilitas != "1" else "6"},
            "EKTP": {"ektp": "S"},
        }
        return salin(usul, **beda[kolom])

    def _mutasi(self, k: Kelurahan) -> Usul:
        p = self._ambil(k, lambda p, acak: p.kawin != "P")
        tujuan = self.acak.pilih([lain for lain in self.kelurahan if lain is not k])
        rumah = self._rumah(tujuan)
        return salin(
            dari_pemilih("MUTASI", "", p, k),
            nkk=self._nkk_baru(tujuan),
            alamat=rumah.alamat,
            rt=rumah.rt,
            rw=rumah.rw,
            kelurahan_tujuan=tujuan.kode,
            tps_tujuan=rumah.tps,
        )


def _kabisat(masa: Masa) -> int:
    """Return 29 February 2008, or the newest leap day whose child has turned 17 by the cut-off."""
    tahun = masa.cut_off.year - 18
    return date(tahun - tahun % 4, 2, 29).toordinal()


def _ejaan_lain(nama: str) -> str:
    """Return *nama* as the KK spells it: one of the spellings people and clerks mix up."""
    for lama, baru in (("SY", "SJ"), ("Y", "I"), ("Z", "S"), ("DJ", "J"), ("U", "OE"), ("I", "Y"), ("A", "AA")):
        if lama in nama:
            return nama.replace(lama, baru, 1)
    return f"{nama}H"


def _tahun(p: Pemilih) -> int:
    return date.fromordinal(p.lahir).year


def _siapa_saja(p: Pemilih, acak: Acak) -> bool:
    return True


_COCOK_TMS: dict[str, Callable[[Pemilih, Acak], bool]] = {
    "meninggal": lambda p, a: a.r() < (1 if _tahun(p) < 1965 else 0.2 if _tahun(p) < 1985 else 0.03),
    "pindah_domisili": lambda p, a: _tahun(p) > 1975,
    "tni": lambda p, a: p.jk == "L" and p.kawin == "B" and 2001 < _tahun(p) < 2007,
    "polri": lambda p, a: p.kawin == "B" and 2001 < _tahun(p) < 2007 and (p.jk == "L" or a.r() < 0.2),
    "hak_politik_dicabut": lambda p, a: p.jk == "L" and 1970 < _tahun(p) < 1996,
    "wna": lambda p, a: p.kawin == "S" and 1980 < _tahun(p) < 1998,
}
_COCOK_UBAH: dict[str, Callable[[Pemilih, Acak], bool]] = {
    "STS KAWIN": lambda p, a: p.kawin == "B" and _tahun(p) < 2003,
    "EKTP": lambda p, a: p.ektp == "B",
    "TEMPAT LAHIR": lambda p, a: p.tempat == "PALU",
}
_UMUR_BARU = {
    "pindah_masuk": (18, 58),
    "tercecer": (18, 70),
    "purna_tni_polri": (53, 58),
    "kawin_di_bawah_17": (15, 15),
    "pulih_hak_politik": (27, 55),
}
_JK_BARU = {"purna_tni_polri": "L", "kawin_di_bawah_17": "P", "pulih_hak_politik": "L"}
