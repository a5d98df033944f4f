"""Random acts on the roll, and a replay so plain that it cannot share a mistake with the SQL."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pdpb.daftar import terapkan_perubahan, urungkan_perubahan
from pdpb.models import Identitas, Periode, Perubahan
from tests import make

HARI_NOL = date(2024, 11, 27)
AWAL = date(2025, 1, 6)
KELURAHAN = (make.TALISE, make.PETOBO, make.LERE)
URUT = ["baru", "ubah", "mutasi", "tms"]
KATEGORI = {
    "baru": ["pindah_masuk", "genap_17"],
    "tms": ["meninggal", "pindah_domisili"],
    "ubah": ["elemen_data"],
    "mutasi": ["pindah_dalam_kota", "salah_tps"],
}


@dataclass(frozen=True)
class Baris:
    """How one person stands in the list: *versi* is the act that wrote it, 0 for the base list."""

    kelurahan: str
    tps: int
    jk: str
    versi: int


@dataclass
class Acara:
    """One act: what it does to whom on which day, and whether it was taken back since."""

    pk: int
    hari: date
    jenis: str
    pemilih: int
    isi: dict
    urung: bool = False


@dataclass
class Kantor:
    """An office that acts at random on the real tables, and remembers each act."""

    acak: Random
    acara: list[Acara] = field(default_factory=list)
    dasar: dict[int, Baris] = field(default_factory=dict)
    hari: date = AWAL

    def muat_dasar(self, banyak: int) -> None:
        for n in range(banyak):
            v = make.pemilih(
                self.acak.choice(KELURAHAN), nomor_tps=self.acak.randint(1, 2), jenis_kelamin=self.acak.choice("LP"),
                nama=f"ORANG {n}",
            )  # fmt: skip
            self.dasar[v.pemilih_id] = Baris(v.kelurahan_id, v.tps_id, v.jenis_kelamin, 0)
        make.selesai_daftar()
        self.kategori = {j: [make.kategori(k) for k in nama] for j, nama in KATEGORI.items()}
        self.periode = [make.periode()] + [
            Periode.objects.create(
                kode=f"uji-{n}", jenis="bulanan", tahun=2020 + n // 12, urutan=n % 12 + 1, mulai=date(2020, 1, 1),
                akhir=date(2020, 1, 31),
            )
            for n in range(40)
        ]  # fmt: skip
        self.terpakai: Counter = Counter()
        self.sari = make.sari()

    def bekerja(self, banyak: int) -> None:
        """Do *banyak* acts or more, in handfuls of one day; now and then take the last acts back."""
        while len(self.acara) + sum(a.urung for a in self.acara) < banyak:
            self.hari += timedelta(days=self.acak.choice([0, 0, 1, 3, 20]))
            if self.acara and self.acak.random() < 0.3:
                self._urungkan()
            else:
                self._setujui(self.acak.randint(1, 6))

    def _setujui(self, banyak: int) -> None:
        kini, sibuk, ids = self.pada(self.hari), set(), []
        semua = sorted(set(self.dasar) | {a.pemilih for a in self.acara})
        for _ in range(banyak):
            hidup = [p for p in semua if p in kini and p not in sibuk]
            jenis = self.acak.choice(URUT)
            pulang = [p for p in semua if p not in kini and p not in sibuk]
            orang = None
            if jenis == "baru":
                orang = self.acak.choice(pulang) if pulang and self.acak.random() < 0.7 else None
            elif hidup:
                orang = self.acak.choice(hidup)
            else:
                continue
            # A person whose row is corrected, moved or struck in one handful gets all of it on one day.
            for satu in [jenis] if jenis in ("baru", "tms") else self.acak.sample(["ubah", "mutasi", "tms"], k=2):
                if acara := self._usul(satu, orang):
                    ids.append(acara)
            sibuk.add(orang)
        if not ids:
            return
        terapkan_perubahan([a.pk for a in ids], pada=self.hari)
        for a in sorted(ids, key=lambda a: (URUT.index(a.jenis), a.pk)):
            if not a.pemilih:
                p = Perubahan.objects.get(pk=a.pk)
                a.pemilih = p.pemilih_id
                self.terpakai[p.pemilih_id, p.kategori_id] += 1
            self.acara.append(a)

    def _usul(self, jenis: str, orang: int | None) -> Acara | None:
        kategori = self.acak.choice(self.kategori[jenis])
        if orang:
            n = self.terpakai[orang, kategori.pk]
            self.terpakai[orang, kategori.pk] += 1
            if n >= len(self.periode):
                return None
        else:
            n = 0
        isi: dict = {}
        if jenis in ("baru", "mutasi"):
            kelurahan = self.acak.choice(KELURAHAN)
            isi = {"kelurahan": kelurahan, "tps": make.tps(kelurahan, self.acak.randint(1, 2)).pk}
        elemen = {}
        if jenis == "ubah":
            elemen = {"jenis_kelamin": self.acak.choice("LP"), "alamat": f"JL. {self.acak.random()}"}
        elif jenis == "baru":
            elemen = {"nama": "ORANG BARU", "tanggal_lahir": "1999-03-04", "jenis_kelamin": self.acak.choice("LP")}
        p = Perubahan.objects.create(
            periode=self.periode[n], jenis=jenis, kategori=kategori, pemilih_id=orang, elemen_baru=elemen,
            identitas_baru=Identitas.objects.create(nik=make.nik(), nkk="") if jenis == "baru" else None,
            kelurahan_id=make.TALISE, kelurahan_tujuan_id=isi.get("kelurahan"), tps_tujuan_id=isi.get("tps"),
            status="disetujui", pengusul=self.sari,
        )  # fmt: skip
        if "jenis_kelamin" in elemen:
            isi["jk"] = elemen["jenis_kelamin"]
        return Acara(p.pk, self.hari, jenis, orang or 0, isi)

    def _urungkan(self) -> None:
        """Take back the last act of somebody that still counts; what nothing rests on is the last one."""
        terakhir = {a.pemilih: a for a in self.acara if not a.urung}
        if terakhir:
            a = self.acak.choice(list(terakhir.values()))
            urungkan_perubahan([a.pk])
            Perubahan.objects.filter(pk=a.pk).update(status="ditolak")
            a.urung = True

    # --- The plain truth ---
    def pada(self, hari: date) -> dict[int, Baris]:
        """The list at the end of *hari*: every act up to then that was not taken back, one after the other."""
        kini = dict(self.dasar)
        for a in self._sampai(hari):
            _lakukan(kini, a)
        return kini

    def _sampai(self, hari: date) -> list[Acara]:
        return [a for a in self.acara if not a.urung and a.hari <= hari]

    def penyebab(self, dalam, dari: date, sampai: date) -> dict[int, tuple[int, int]]:
        """For each person the last act after *dari* that brought them in, and the last that took them out (0: none)."""
        kini, hasil = dict(self.dasar), {}
        for a in self._sampai(sampai):
            dulu = a.pemilih in kini and dalam(kini[a.pemilih])
            _lakukan(kini, a)
            sesudah = a.pemilih in kini and dalam(kini[a.pemilih])
            if a.hari > dari and dulu != sesudah:
                masuk, keluar = hasil.get(a.pemilih, (0, 0))
                hasil[a.pemilih] = (a.pk, keluar) if sesudah else (masuk, a.pk)
        return hasil


def _lakukan(kini: dict[int, Baris], a: Acara) -> None:
    if a.jenis == "tms":
        del kini[a.pemilih]
    elif a.jenis == "baru":
        kini[a.pemilih] = Baris(a.isi["kelurahan"], a.isi["tps"], a.isi["jk"], a.pk)
    elif a.jenis == "mutasi":
        kini[a.pemilih] = Baris(a.isi["kelurahan"], a.isi["tps"], kini[a.pemilih].jk, a.pk)
    else:
        b = kini[a.pemilih]
        kini[a.pemilih] = Baris(b.kelurahan, b.tps, a.isi["jk"], a.pk)
