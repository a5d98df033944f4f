"""Second rows of one person, damaged as lists damage them, and numbers given to two persons."""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from . import kerusakan_data as rusak
from .kebenaran import Baris, Jejak, angka_lahir, dapat_diputuskan, kelas_orang_sama
from .keluarga import Warga
from .kota import Rumah
from .nama import SUKU, marga, nama_baru


class Skenario(NamedTuple):
    """``bagian`` of all second rows; what became of NIK, name, date and place.

    ``nik``: sama, jejak (a digit or two neighbours), seri (region and serial kept, the date part follows the wrong
    date), lain (issued anew). ``nama``: tetap, sama (other writing), susunan, luka, parah, kawin, campur.
    ``tanggal``: tetap, salah, campur.
    ``tempat``: tetap (card and house), kartu (new card, old house), kk (moved, old card), pindah (moved, new card),
    lapas.
    """

    bagian: int
    nik: str
    nama: str
    tanggal: str
    tempat: str


SKENARIO = {
    "identik_di_rumah": Skenario(5, "sama", "tetap", "tetap", "tetap"),
    "identik_pindah": Skenario(5, "sama", "tetap", "tetap", "pindah"),
    "tulisan_lain_nik_sama": Skenario(8, "sama", "sama", "tetap", "kk"),
    "nik_sama_nama_luka": Skenario(4, "sama", "luka", "tetap", "pindah"),
    "nik_sama_tanggal_salah": Skenario(3, "sama", "sama", "salah", "kk"),
    "nik_sama_nama_tanggal_salah": Skenario(1, "sama", "luka", "salah", "pindah"),
    "nik_keliru_di_rumah": Skenario(6, "jejak", "sama", "tetap", "tetap"),
    "nik_keliru_pindah": Skenario(5, "jejak", "sama", "tetap", "pindah"),
    "nik_keliru_nama_luka": Skenario(5, "jejak", "luka", "tetap", "kartu"),
    "nik_keliru_nama_susunan": Skenario(3, "jejak", "susunan", "tetap", "pindah"),
    "nik_keliru_tanggal_salah": Skenario(4, "jejak", "sama", "salah", "tetap"),
    "nik_keliru_tiga_rusak": Skenario(3, "jejak", "luka", "salah", "kk"),
    "nik_baru_di_rumah": Skenario(6, "lain", "sama", "tetap", "tetap"),
    "nik_baru_nama_luka": Skenario(5, "lain", "luka", "tetap", "tetap"),
    "nik_baru_nama_susunan": Skenario(3, "lain", "susunan", "tetap", "kartu"),
    "nik_baru_tanggal_salah": Skenario(4, "lain", "sama", "salah", "tetap"),
    "nik_baru_kk_pecah": Skenario(3, "lain", "sama", "tetap", "kartu"),
    "nik_baru_pindah": Skenario(4, "lain", "sama", "tetap", "pindah"),
    "nama_kawin": Skenario(3, "campur", "kawin", "tetap", "pindah"),
    "nama_kawin_nik_baru": Skenario(1, "lain", "kawin", "tetap", "kk"),
    "terberat_seri_tetap": Skenario(4, "seri", "luka", "salah", "pindah"),
    "terberat_parah": Skenario(1, "seri", "parah", "salah", "kk"),
    "terberat_tanpa_petunjuk": Skenario(1, "lain", "luka", "salah", "pindah"),
    "loksus_dan_rumah": Skenario(4, "sama", "sama", "tetap", "lapas"),
    "loksus_dan_rumah_rusak": Skenario(2, "jejak", "luka", "tetap", "lapas"),
    "loksus_nik_baru": Skenario(1, "lain", "sama", "tetap", "lapas"),
    "tiga_baris": Skenario(1, "campur", "campur", "tetap", "kk"),
    "terberat_keluarga": Skenario(3, "lain", "luka", "salah", "pindah"),
    "keluarga_pindah_utuh": Skenario(2, "campur", "campur", "campur", "pindah"),
}
"""One hundred parts. ``tiga_baris`` gives two more rows and three pairs, ``keluarga_pindah_utuh`` two or three rows
and pairs.
"""
NIK_SATU_UNTUK_DUA = {"nik_sama_asing": 8, "nik_sama_saudara": 6, "nik_sama_kembar": 3, "nik_sama_ayah_anak": 3}
"""Two persons, one NIK: per 20.000 persons."""


class Penyalin:
    """Adds second rows to a block; nobody is copied by two scenarios."""

    def __init__(self, warga: Warga):
        self.w, self.acak = warga, warga.acak
        self.asli = len(warga.baris)
        self.terpakai: set[int] = set()
        self.lapas = next((self._rumah_dari(b) for b in warga.baris if b.loksus), None)

    @staticmethod
    def _rumah_dari(b: Baris) -> Rumah:
        return Rumah(b.nkk, b.alamat, b.rt, b.rw, b.kelurahan, b.tps, b.loksus)

    def pilih(self, cocok: Callable[[int, Baris], bool] = lambda i, b: True) -> int | None:
        """A row with a birth date and an own valid NIK that no scenario has taken; None when 3.000 draws find none."""
        for _ in range(3000):
            i = self.acak.randrange(self.asli)
            b = self.w.baris[i]
            if i not in self.terpakai and b.tanggal_lahir and not b.loksus and cocok(i, b):
                self.terpakai.add(i)
                return i
        return None

    def jalankan(self, banyak: int, bagian: Mapping[str, int] | None = None) -> None:
        """*banyak* hundredths-shares of every scenario; a share that is no whole number is rounded."""
        khusus = {"tiga_baris": self._tiga_baris, "keluarga_pindah_utuh": self._keluarga}
        khusus["terberat_keluarga"] = self._keluarga
        for nama, s in SKENARIO.items():
            for _ in range(round(banyak * (bagian[nama] if bagian else s.bagian) / 100)):
                khusus.get(nama, self._satu)(nama, s)

    def _satu(self, jebakan: str, s: Skenario) -> None:
        i = self.pilih(lambda i, b: s.nama != "kawin" or (b.jenis_kelamin == "P" and b.nik[6] > "3"))
        if i is not None:
            self._pasang(i, *self.salin(i, s), jebakan)

    def _tiga_baris(self, jebakan: str, s: Skenario) -> None:
        i = self.pilih()
        if i is None:
            return
        (j, jejak_j), (k, jejak_k) = self.salin(i, s), self.salin(i, s)
        self._pasang(i, j, jejak_j, jebakan)
        self._pasang(i, k, jejak_k, jebakan)
        rusak_nama = [x for x in (jejak_j.nama, jejak_k.nama) if x != "sama"]
        nama = "parah" if len(rusak_nama) == 2 else (*rusak_nama, "sama")[0]
        self._pasang(j, k, Jejak(nama, sebab=jejak_j.sebab + jejak_k.sebab), jebakan)

    def _keluarga(self, jebakan: str, s: Skenario) -> None:
        """Two or three of one household stand again, together, on another card at another address."""
        w = self.w
        i = self.pilih(lambda i, b: i not in w.ramai and self._bebas_serumah(b) >= 2)
        if i is None:
            return
        kerabat = [k for k in w.serumah[w.baris[i].nkk] if k != i and self._boleh(k)][: self.acak.choice((1, 2))]
        self.terpakai.update(kerabat)
        rumah = w.rumah()
        for k in [i, *kerabat]:
            berat = k == i and jebakan == "terberat_keluarga"
            j, jejak = self.salin(k, s if berat else SKENARIO["keluarga_pindah_utuh"], rumah)
            self._pasang(k, j, jejak._replace(keluarga=True), jebakan if berat else "keluarga_pindah_utuh")

    def _boleh(self, k: int) -> bool:
        return k < self.asli and k not in self.terpakai and self.w.baris[k].tanggal_lahir is not None

    def _bebas_serumah(self, b: Baris) -> int:
        return sum(self._boleh(k) for k in self.w.serumah[b.nkk])

    def _pasang(self, i: int, j: int, jejak: Jejak, jebakan: str) -> None:
        a, b = self.w.baris[i], self.w.baris[j]
        jejak = jejak._replace(ramai=i in self.w.ramai)
        putus = dapat_diputuskan(a, b, jejak)
        sebab = ("" if putus else "tidak tampak dari data: ") + ", ".join(jejak.sebab)
        self.w.pasangan.append((i, j, kelas_orang_sama(a, b, jejak), True, jebakan, putus, sebab))

    def salin(self, i: int, s: Skenario, rumah: Rumah | None = None) -> tuple[int, Jejak]:
        """Append a second row of person *i* and tell what was done to it."""
        b, acak = self.w.baris[i], self.acak
        nama, label, cara = self._nama(b, s.nama)
        lahir = b.tanggal_lahir
        if s.tanggal == "salah" or (s.tanggal == "campur" and acak.random() < 0.3):
            lahir, slip = rusak.rusak_tanggal(acak, b.tanggal_lahir)
            while s.nik == "seri" and (lahir is None or angka_lahir(lahir, b.jenis_kelamin) == b.nik[6:12]):
                lahir, slip = rusak.rusak_tanggal(acak, b.tanggal_lahir)
            cara = (*cara, slip)
        nik_cara = acak.choice(("sama", "jejak", "lain")) if s.nik == "campur" else s.nik
        salinan = b._replace(nama=nama, tanggal_lahir=lahir)
        salinan = salinan._replace(nik=self._nik(b, salinan, nik_cara))
        salinan = self._tempat(salinan, s.tempat, rumah)
        self.w.baris.append(self._tulisan(salinan))
        sebab = tuple(x for x in (*cara, f"nik_{nik_cara}" if nik_cara != "sama" else "", s.tempat) if x)
        return len(self.w.baris) - 1, Jejak(label, s.tempat in ("tetap", "kartu"), sebab=sebab)

    def _nama(self, b: Baris, cara: str) -> tuple[str, str, tuple[str, ...]]:
        acak, jk = self.acak, b.jenis_kelamin
        if cara == "campur":
            cara = acak.choice(("tetap", "sama", "luka", "susunan"))
        if cara == "tetap" or (cara == "sama" and acak.random() < 0.3):
            return b.nama, "sama", ()
        if cara == "kawin":
            return self._nama_kawin(b.nama), "susunan", ("nama_kawin",)
        if cara == "parah":
            nama, label, satu = rusak.rusak_nama(acak, b.nama, jk, "susunan")
            nama, label_dua, dua = rusak.rusak_nama(acak, nama, jk, "luka")
            return nama, "parah" if {label, label_dua} == {"susunan", "luka"} else label_dua, (satu, dua)
        nama, label, satu = rusak.rusak_nama(acak, b.nama, jk, cara)
        return nama, label, (satu,)

    def _nama_kawin(self, nama: str) -> str:
        acak = self.acak
        suku = SUKU.ambil(acak)
        suami = nama_baru(acak, suku, "L", marga(acak, suku), 1980).split()[-1]
        kata = nama.split()
        return " ".join([*(kata[:-1] if len(kata) > 1 and acak.random() < 0.5 else kata), suami])

    def _nik(self, asli: Baris, salinan: Baris, cara: str) -> str:
        acak, nomor = self.acak, self.w.nomor
        if cara == "sama":
            return asli.nik
        if cara == "lain":
            tepat = acak.random() < 0.6 or salinan.tanggal_lahir is None
            lahir = asli.tanggal_lahir if tepat else salinan.tanggal_lahir
            while True:
                nik = nomor.nik(lahir, asli.jenis_kelamin, self.w.asal())
                if nik[:12] != asli.nik[:12] or abs(int(nik) - int(asli.nik)) > 2:
                    return nik
        if cara == "seri":
            nik = asli.nik[:6] + angka_lahir(salinan.tanggal_lahir, asli.jenis_kelamin) + asli.nik[12:]
            if nomor.bebas(nik):
                return nomor.pesan(nik)
        while True:
            nik = acak.choice((rusak.nik_satu_angka, rusak.nik_dua_tertukar))(acak, asli.nik)
            if nik != asli.nik and nomor.bebas(nik):
                return nomor.pesan(nik)

    def _tempat(self, b: Baris, cara: str, rumah: Rumah | None) -> Baris:
        acak, w = self.acak, self.w
        if cara == "tetap":
            return b if acak.random() < 0.7 else b._replace(tps=1 + b.tps % w.kota.tps[b.kelurahan])
        if cara == "kartu":
            return b._replace(nkk=w.nomor.nkk(acak, b.kelurahan[:8].replace(".", "")))
        if cara == "lapas":
            baru = self.lapas or w.rumah()._replace(alamat="LAPAS CONTOH", tps=901, loksus=True)
            baru = baru._replace(nkk=b.nkk if acak.random() < 0.8 else w.nomor.nkk(acak, "727103"))
        else:
            baru = rumah or w.rumah(b.kelurahan if acak.random() < 0.25 else "")
        return b._replace(
            nkk=b.nkk if cara == "kk" else baru.nkk,
            alamat=baru.alamat,
            rt=baru.rt,
            rw=baru.rw,
            kelurahan=baru.kelurahan,
            kelurahan_tertulis=w.kota.nama[baru.kelurahan],
            tps=baru.tps,
            loksus=baru.loksus,
        )

    def _tulisan(self, b: Baris) -> Baris:
        """The small differences of every second list: RT without zeros, JALAN for JL., another spelling of places."""
        acak: Random = self.acak
        ejaan = self.w.kota.ejaan.get(b.kelurahan, [])
        if acak.random() < 0.3:
            b = b._replace(rt=b.rt.lstrip("0"), rw=b.rw.lstrip("0"))
        if acak.random() < 0.35:
            b = b._replace(alamat=rusak.alamat_ditulis_lain(acak, b.alamat))
        if ejaan and acak.random() < 0.5:
            b = b._replace(kelurahan_tertulis=acak.choice(ejaan))
        if acak.random() < 0.05:
            b = b._replace(tempat_lahir=acak.choice(("", f"KOTA {b.tempat_lahir}")))
        return b

    def satu_nik_dua_orang(self, banyak: dict[str, int]) -> None:
        """Give one person's NIK to another: stranger, sibling, twin, son. Pairs of twins and of father and son
        become G2.
        """
        for jebakan, kali in banyak.items():
            for _ in range(kali):
                if jebakan in ("nik_sama_kembar", "nik_sama_ayah_anak"):
                    self._dari_jebakan(jebakan, "kembar" if jebakan == "nik_sama_kembar" else "ayah_anak_senama")
                else:
                    self._dari_orang(jebakan)

    def _dari_jebakan(self, jebakan: str, asal: str) -> None:
        w = self.w
        calon = [
            n
            for n, (a, b, _k, _s, nama, _p, _c) in enumerate(w.pasangan)
            if nama == asal and not {a, b} & self.terpakai and w.baris[a].jenis_kelamin == w.baris[b].jenis_kelamin
        ]
        if not calon:
            return
        n = self.acak.choice(calon)
        a, b = w.pasangan[n][:2]
        self.terpakai |= {a, b}
        w.baris[b] = w.baris[b]._replace(nik=w.baris[a].nik)
        mirip = jebakan == "nik_sama_kembar" and _beda_sedikit(w.baris[a].nama, w.baris[b].nama)
        sebab = "orang berbeda; sama mungkinnya dengan satu orang yang namanya salah ketik" if mirip else ""
        w.pasangan[n] = (a, b, "G2", False, jebakan, not mirip, sebab)

    def _dari_orang(self, jebakan: str) -> None:
        """A stranger's or a sibling's number on a row whose name and birth date are quite different."""
        w = self.w
        a = self.pilih(lambda i, b: i not in w.ramai and (jebakan == "nik_sama_asing" or self._bebas_serumah(b) >= 2))
        if a is None:
            return
        if jebakan == "nik_sama_asing":
            b = self.pilih(lambda i, x: i not in w.ramai and self._jauh(w.baris[a], x))
        else:
            calon = [k for k in w.serumah[w.baris[a].nkk] if self._boleh(k) and self._jauh(w.baris[a], w.baris[k])]
            b = calon[0] if calon else None
        if b is None:
            return
        self.terpakai.add(b)
        w.baris[b] = w.baris[b]._replace(nik=w.baris[a].nik)
        w.beda(a, b, "G2", jebakan)

    @staticmethod
    def _jauh(a: Baris, b: Baris) -> bool:
        return a.tanggal_lahir != b.tanggal_lahir and not set(a.nama.split()[:1]) & set(b.nama.split())


def _beda_sedikit(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 1 and sum(x != y for x, y in zip(a, b, strict=False)) <= 2
