"""Families, lodgers, dormitories and inmates of one kelurahan, until its voters are exactly so many."""

from dataclasses import dataclass, field
from datetime import date

from .acak import Acak, berbobot
from .identitas import Penerbit
from .nama import Nama
from .tanggal import ulang_tahun
from .wilayah import DATA, Kelurahan, Tps, baca_csv

DPID_PERTAMA = 190_000_001
#: ages of heads of a family, widows and lodgers: (first age of a five-year group, weight)
UMUR_KEPALA = ((20, 4), (25, 13), (30, 18), (35, 20), (40, 19), (45, 17), (50, 15), (55, 12), (60, 9),
               (65, 6), (70, 4), (75, 2), (80, 1))  # fmt: skip
UMUR_JANDA = ((35, 6), (40, 8), (45, 10), (50, 12), (55, 14), (60, 14), (65, 12), (70, 9), (75, 6), (80, 3))
UMUR_KOS = ((17, 30), (19, 34), (22, 22), (27, 10), (32, 6), (40, 4), (50, 3))
UMUR_NENEK = ((62, 8), (66, 10), (70, 9), (75, 7), (80, 4), (85, 2))
UMUR_WARGA_BINAAN = ((19, 10), (24, 22), (29, 20), (34, 16), (39, 12), (44, 8), (50, 6), (56, 3))


@dataclass(slots=True)
class Pemilih:
    """One row of the DPT. ``lahir`` is an ordinal; ``tanggal`` overrides its spelling in planted faults."""

    dpid: int
    kel: int
    nkk: str
    nik: str
    nama: str
    jk: str
    tempat: str
    lahir: int
    kawin: str
    alamat: str
    rt: str
    rw: str
    disabilitas: str
    ektp: str
    sumber: str
    tps: str
    suku: int
    tanggal: str = ""


@dataclass(slots=True)
class Rumah:
    """What all members of one household share while it is being filled."""

    nkk: str
    suku: int
    alamat: str
    rt: str
    rw: str
    tps: str
    marga: str


@dataclass(slots=True)
class Kota:
    """What the kelurahan share: who has been named, which numbers are out, the running counters."""

    acuan: date
    penerbit: Penerbit = field(default_factory=Penerbit)
    nama: Nama = field(default_factory=Nama)
    dikenal: set[tuple[str, int]] = field(default_factory=set)
    pemilih: list[Pemilih] = field(default_factory=list)
    #: rows that look odd and are right, by the reason; the numbers are positions in ``pemilih``
    wajar: dict[str, list[int]] = field(default_factory=dict)
    hitung: dict[str, int] = field(default_factory=dict)
    batas: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.batas = [ulang_tahun(self.acuan, n) for n in range(112)]

    def giliran(self, apa: str, pertama: int, setiap: int) -> bool:
        """True at the *pertama*-th call for *apa* and every *setiap* calls after it."""
        n = self.hitung[apa] = self.hitung.get(apa, 0) + 1
        return n >= pertama and (n - pertama) % setiap == 0

    def catat_wajar(self, apa: str, *posisi: int) -> None:
        """Remember rows a check will speak about although they are right."""
        self.wajar.setdefault(apa, []).extend(posisi)


class Pengisi:
    """Fills one kelurahan with its voters."""

    def __init__(self, kota: Kota, kel: Kelurahan, acak: Acak) -> None:
        """Prepare streets, RT and RW and the numbers of L and P still to be placed."""
        self.kota, self.kel, self.acak = kota, kel, acak
        self.sisa = {"L": kel.laki_laki, "P": kel.perempuan}
        self.kecamatan = kel.kode_kecamatan.replace(".", "")
        self.undian = {apa: berbobot(t) for apa, t in _UNDIAN_UMUR.items()}
        semua = [j for b in baca_csv(DATA / "jalan.csv") for j in b["nama"].split("|")]
        self.jalan = acak.campur(semua)
        self.batas_tps = self._batas_tps()
        self.ke_tps = 0
        self.awal = len(kota.pemilih)

    def _batas_tps(self) -> list[int]:
        bobot = [self.acak.antara(985, 1015) for _ in self.kel.tps]
        total, jalan, hasil = sum(bobot), 0, []
        for b in bobot:
            jalan += b
            hasil.append(self.kel.jumlah * jalan // total)
        return hasil

    def _umur(self, apa: str) -> int:
        return self.acak.pilih(self.undian[apa]) + int(self.acak.r() * 5)

    def _lahir(self, umur: int) -> int:
        return self.kota.batas[umur] - int(self.acak.r() * 365)

    def _wilayah(self, peluang_luar: float) -> str:
        penerbit = self.kota.penerbit
        if self.acak.r() < peluang_luar:
            return self.acak.pilih(penerbit.luar)
        return self.acak.pilih(penerbit.lokal[self.kecamatan])

    def _jk(self) -> str:
        laki, perempuan = self.sisa["L"], self.sisa["P"]
        return "L" if self.acak.r() * (laki + perempuan) < laki else "P"

    def rumah(self) -> Rumah:
        """Open a household in the TPS that is being filled."""
        acak, kota = self.acak, self.kota
        terisi = self.kel.jumlah - self.sisa["L"] - self.sisa["P"]
        while terisi >= self.batas_tps[self.ke_tps] and self.ke_tps < len(self.batas_tps) - 1:
            self.ke_tps += 1
        rw, blok = divmod(self.ke_tps, 3)
        suku = acak.pilih(kota.nama.undian)
        jalan = self.jalan[(rw * 4 + int(acak.r() * 4)) % len(self.jalan)]
        wilayah = self.kecamatan if acak.r() > 0.002 else acak.pilih(kota.penerbit.luar)
        return Rumah(
            nkk=kota.penerbit.nkk(wilayah, kota.acuan.toordinal() - 100 - int(acak.r() * 5400)),
            suku=suku,
            alamat=f"{jalan} NO. {1 + int(acak.r() * 140)}",
            rt=f"{blok * 4 + 1 + int(acak.r() * 4):03}",
            rw=f"{rw + 1:03}",
            tps=self.kel.tps[self.ke_tps].nomor,
            marga=kota.nama.beri_marga(acak, suku),
        )

    def jiwa(self, rumah: Rumah, jk: str, lahir: int, kawin: str, wilayah: str, marga: str) -> Pemilih:
        """Add one voter to *rumah*; name and birth date together stand only once in the city."""
        kota, acak = self.kota, self.acak
        tua = kota.batas[40] > lahir
        nama = kota.nama.beri(acak, rumah.suku, jk, tua, marga)
        while (nama, lahir) in kota.dikenal:
            nama = kota.nama.beri(acak, rumah.suku, jk, tua, marga)
        kota.dikenal.add((nama, lahir))
        x = acak.r()
        p = Pemilih(
            dpid=DPID_PERTAMA + len(kota.pemilih),
            kel=self.kel.urut,
            nkk=rumah.nkk,
            nik=kota.penerbit.nik(wilayah, lahir, jk),
            nama=nama,
            jk=jk,
            tempat=kota.penerbit.tempat_lahir(acak, wilayah),
            lahir=lahir,
            kawin=kawin,
            alamat=rumah.alamat,
            rt=rumah.rt,
            rw=rumah.rw,
            disabilitas="0" if x > 0.011 else _DISABILITAS[int(x * 1000)],
            ektp="B" if lahir > kota.batas[18] and acak.r() < 0.3 else "S",
            sumber="DP4" if x < 0.95 else ("DPK" if x < 0.985 else "DPTb"),
            tps=rumah.tps,
            suku=rumah.suku,
        )
        kota.pemilih.append(p)
        self.sisa[jk] -= 1
        return p

    def keluarga(self) -> None:
        """Add husband, wife, the children who vote already and sometimes a grandparent."""
        rumah, acak, kota = self.rumah(), self.acak, self.kota
        umur = self._umur("kepala")
        istri = max(18, umur - int(acak.r() * 7) + (1 if acak.r() < 0.2 else 0))
        ayah = self.jiwa(rumah, "L", self._lahir(umur), "S", self._wilayah(0.32), rumah.marga)
        if umur < 24 and kota.giliran("kawin muda", 3, 90):
            istri = 16
            kota.catat_wajar("kawin_di_bawah_17", len(kota.pemilih))
        marga_istri = kota.nama.beri_marga(acak, rumah.suku)
        self.jiwa(rumah, "P", self._lahir(istri), "S", self._wilayah(0.30), marga_istri)
        self._anak(rumah, istri, ayah)
        if acak.r() < 0.08:
            self._nenek(rumah)

    def _anak(self, rumah: Rumah, umur_ibu: int, ayah: Pemilih | None) -> None:
        kota, acak = self.kota, self.acak
        umur = umur_ibu - 19 - int(acak.r() * 5)
        posisi = len(kota.pemilih)
        while umur >= 17 and len(kota.pemilih) - posisi < 4:
            if umur < 32 and acak.r() < 0.36:
                anak = self.jiwa(rumah, self._jk(), self._lahir(umur), "B", self._wilayah(0.12), rumah.marga)
                if kota.giliran("kembar", 9, 150):
                    kembar = anak.nik[:6]
                    self.jiwa(rumah, anak.jk, anak.lahir, "B", kembar, rumah.marga)
                    kota.catat_wajar("kembar", len(kota.pemilih) - 2, len(kota.pemilih) - 1)
                elif ayah and anak.jk == "L" and kota.giliran("nama ayah", 5, 900):
                    self._samakan_nama(ayah, anak)
            umur -= 2 + int(acak.r() * 4)
        if len(kota.pemilih) > posisi and len(self.kel.tps) > 1 and kota.giliran("nkk terpisah", 4, 1500):
            lain = (self.ke_tps + 1) % len(self.kel.tps)
            kota.pemilih[-1].tps = self.kel.tps[lain].nomor
            kota.catat_wajar("nkk_terpisah", len(kota.pemilih) - 1)

    def _samakan_nama(self, ayah: Pemilih, anak: Pemilih) -> None:
        kota = self.kota
        kota.dikenal.discard((anak.nama, anak.lahir))
        anak.nama = ayah.nama.removeprefix("H. ")
        ayah.nama = anak.nama
        kota.dikenal.update(((anak.nama, anak.lahir), (ayah.nama, ayah.lahir)))
        kota.catat_wajar("ayah_anak_senama", ayah.dpid - DPID_PERTAMA, anak.dpid - DPID_PERTAMA)

    def _nenek(self, rumah: Rumah) -> None:
        umur = self._umur("nenek")
        if self.kota.giliran("sangat tua", 6, 420):
            umur = 101 + int(self.acak.r() * 6)
            self.kota.catat_wajar("umur_di_atas_100", len(self.kota.pemilih))
        jk = "P" if self.acak.r() < 0.7 else "L"
        self.jiwa(rumah, jk, self._lahir(umur), "P", self._wilayah(0.3), rumah.marga)

    def orang_tua_tunggal(self) -> None:
        """Add a widow, widower or divorced person with the children who vote."""
        rumah, jk = self.rumah(), "P" if self.acak.r() < 0.8 else "L"
        umur = self._umur("janda")
        self.jiwa(rumah, jk, self._lahir(umur), "P", self._wilayah(0.3), rumah.marga)
        self._anak(rumah, umur, None)

    def sendiri(self) -> None:
        """Add a household of one, as students and workers in lodgings have."""
        umur = self._umur("kos")
        kawin = "B" if self.acak.r() > (umur - 20) / 40 else "P"
        rumah = self.rumah()
        self.jiwa(rumah, self._jk(), self._lahir(umur), kawin, self._wilayah(0.45), rumah.marga)

    def panti(self) -> None:
        """Add the dormitory or home of this kelurahan: many rows under one NKK, one address, one TPS."""
        if not self.kel.panti:
            return
        rumah = self.rumah()
        rumah.alamat = f"{self.kel.panti}, {rumah.alamat}"
        jk = "P" if "PUTRI" in self.kel.panti else ("L" if "PUTRA" in self.kel.panti else "")
        wreda = "WREDA" in self.kel.panti
        posisi = len(self.kota.pemilih)
        for _ in range(min(self.kel.isi_panti, max(4, self.kel.jumlah // 9))):
            umur = self._umur("janda") + 10 if wreda else 17 + int(self.acak.r() * 7)
            kawin = "P" if wreda else "B"
            self.jiwa(rumah, jk or self._jk(), self._lahir(umur), kawin, self._wilayah(0.5), "")
        self.kota.catat_wajar("nkk_besar", *range(posisi, len(self.kota.pemilih)))

    def isi(self) -> None:
        """Place every regular voter of the kelurahan, then the inmates of its lokasi khusus."""
        self.panti()
        batas_kos = self.kel.persen_kos / 100
        while self.sisa["L"] + self.sisa["P"]:
            if min(self.sisa.values()) < 8:
                self.sendiri()
                continue
            x = self.acak.r()
            if x < batas_kos:
                self.sendiri()
            elif x < batas_kos + 0.14:
                self.orang_tua_tunggal()
            else:
                self.keluarga()
        for tps in self.kel.loksus:
            self.loksus(tps)

    def loksus(self, tps: Tps) -> None:
        """Add the inmates who vote at *tps*; each keeps the NKK of the family at home in Palu."""
        penerbit, acak = self.kota.penerbit, self.acak
        for jk, banyak in (("L", tps.laki_laki), ("P", tps.perempuan)):
            self.sisa[jk] += banyak
            for _ in range(banyak):
                kecamatan = f"7271{acak.antara(1, 8):02}"
                suku = acak.pilih(self.kota.nama.undian)
                nkk = penerbit.nkk(kecamatan, self.kota.acuan.toordinal() - 200 - int(acak.r() * 5000))
                rumah = Rumah(nkk, suku, tps.lokasi, "001", "001", tps.nomor, "")
                rumah.marga = self.kota.nama.beri_marga(acak, suku)
                kawin = "BSSP"[acak.antara(0, 3)]
                lahir = self._lahir(self._umur("binaan"))
                self.jiwa(rumah, jk, lahir, kawin, self._wilayah(0.2), rumah.marga)


_UNDIAN_UMUR = {
    "kepala": UMUR_KEPALA,
    "janda": UMUR_JANDA,
    "kos": UMUR_KOS,
    "nenek": UMUR_NENEK,
    "binaan": UMUR_WARGA_BINAAN,
}
_DISABILITAS = ("1", "1", "1", "1", "6", "6", "5", "4", "3", "3", "2", "2")
