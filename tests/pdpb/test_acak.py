"""A thousand random acts of several people: whatever was refused and whatever passed, the figures still agree.

Three accounts of the same roll are kept apart: the recap of the program, a recount in plain Python from the rows of
the tables, and a ledger that this test keeps for itself from the answers it got.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from kpupalu.lib import Refused
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.invarian import gagal, periksa
from pdpb.models import Kategori, Pemilih, Pendaftaran, Perubahan
from pdpb.rekap import KOLOM, rekap_beku, rekap_berjalan, rekap_dari_baris
from tests import make

pytestmark = pytest.mark.django_db

AWAL, TINDAKAN = 240, 1_000
LANGKAH = ["verifikasi"] * 5 + ["setujui"] * 5 + ["batalkan_persetujuan"] * 2 + ["tolak", "tangguhkan", "minta_coktas"]
KELURAHAN = (make.TALISE, make.PETOBO, make.LERE, "72.71.01.1004")
URUTAN = ("baru", "ubah", "mutasi", "tms")
DIHITUNG = ("disetujui", "ditetapkan")


@dataclass
class Kantor:
    """The office of one run: its dice, its people, its proposals, and the ledger of where everybody stands."""

    dadu: random.Random
    per: object
    petugas: dict[str, list]
    tps: list
    bukti: object
    usulan: list[int] = field(default_factory=list)
    buku: dict[int, tuple] = field(default_factory=dict)
    sebelum: dict[int, tuple | None] = field(default_factory=dict)
    tercatat: Counter = field(default_factory=Counter)

    def usulkan(self) -> None:
        """Propose one change of any kind by anybody who may; a refusal is an answer too."""
        jenis = self.dadu.choices(URUTAN, weights=(3, 3, 3, 4))[0]
        oleh = self.dadu.choice(self.petugas["usul"])
        bukti = self.bukti if self.dadu.random() < 0.8 else None
        try:
            p = usulkan(periode=self.per, oleh=oleh, bukti=bukti, **getattr(self, f"_isi_{jenis}")())
        except Refused:
            self.tercatat["usul ditolak"] += 1
            return
        self.usulan.append(p.pk)
        self.tercatat[f"usul {jenis}"] += 1

    def _orang(self) -> Pemilih:
        """Mostly somebody in the list, sometimes somebody who left it."""
        pilihan = sorted(Pemilih.objects.values_list("pk", flat=True)) if self.dadu.random() < 0.05 else list(self.buku)
        return Pemilih(pk=self.dadu.choice(pilihan))

    def _isi_baru(self) -> dict:
        tps = self.dadu.choice(self.tps)
        jk = self.dadu.choice("LP")
        lahir = date(1950, 1, 1) + timedelta(days=self.dadu.randrange(20_000))
        nik = make.nik(lahir, jk)
        if self.dadu.random() < 0.1:
            # Somebody who is or once was in the list comes back under the same number.
            nik = self.dadu.choice(list(Pendaftaran.objects.values_list("identitas__nik", flat=True)))
        return {
            "kategori": self.dadu.choice(list(Kategori.objects.filter(jenis="baru", berlaku=True))),
            "nik": nik,
            "nkk": "7271080101209001",
            "elemen": {"nama": "BARU CONTOH", "jenis_kelamin": jk, "tanggal_lahir": lahir, "status_kawin": "S"},
            "kelurahan_tujuan": tps.kelurahan,
            "tps_tujuan": tps if self.dadu.random() < 0.8 else None,
        }

    def _isi_ubah(self) -> dict:
        isi = {"kategori": make.kategori("elemen_data"), "pemilih": self._orang(), "elemen": {}}
        if self.dadu.random() < 0.5:
            isi["elemen"]["jenis_kelamin"] = self.dadu.choice("LP")
        if self.dadu.random() < 0.5:
            isi["elemen"]["alamat"] = f"JL. CONTOH {self.dadu.randrange(9)}"
        if self.dadu.random() < 0.2:
            isi["nik"] = make.nik()
        elif self.dadu.random() < 0.1:
            isi["nik"] = self.dadu.choice(list(Pendaftaran.objects.values_list("identitas__nik", flat=True)))
        return isi

    def _isi_mutasi(self) -> dict:
        tps = self.dadu.choice(self.tps)
        kategori = make.kategori(self.dadu.choice(["pindah_dalam_kota", "salah_tps"]))
        return {
            "kategori": kategori,
            "pemilih": self._orang(),
            "kelurahan_tujuan": tps.kelurahan,
            "tps_tujuan": tps if self.dadu.random() < 0.9 else None,
        }

    def _isi_tms(self) -> dict:
        kategori = self.dadu.choice(list(Kategori.objects.filter(jenis="tms", berlaku=True)))
        isi = {"kategori": kategori, "pemilih": self._orang()}
        if kategori.pk == "ganda":
            lain = self._orang()
            isi["bertahan"] = lain if lain.pk != isi["pemilih"].pk else None
        return isi

    def ambil(self) -> None:
        """Take one step with one or many proposals, by a person who may, who may not, or who proposed it."""
        langkah = self.dadu.choice(LANGKAH)
        oleh = self.dadu.choice(self.petugas["setujui" if "setuj" in langkah else "verifikasi"])
        banyak = 1 if self.dadu.random() < 0.5 else self.dadu.randrange(2, 12)
        ids = self.dadu.sample(self.usulan, min(banyak, len(self.usulan)))
        if self.dadu.random() < 0.8:
            asal = {"setujui": "diverifikasi", "batalkan_persetujuan": "disetujui"}.get(langkah, "diusulkan")
            ids = list(Perubahan.objects.filter(pk__in=self.usulan, status=asal).values_list("pk", flat=True))
            ids = self.dadu.sample(sorted(ids), min(banyak, len(ids)))
        try:
            hasil = ambil_langkah(
                ids,
                langkah,
                oleh=oleh,
                periode=self.per,
                catatan="Alasan yang cukup panjang",
                bukti=self.bukti if self.dadu.random() < 0.3 else None,
            )
        except Refused:
            self.tercatat[f"{langkah} ditolak"] += 1
            return
        assert set(hasil.berhasil).isdisjoint(hasil.ditolak)
        self.tercatat[langkah] += len(hasil.berhasil)
        self.tercatat[f"{langkah} ditolak"] += len(hasil.ditolak)
        if langkah == "setujui":
            self._bukukan(hasil.berhasil)
        elif langkah == "batalkan_persetujuan":
            for pk in hasil.berhasil:
                self._kembalikan(pk)

    def _bukukan(self, ids: list[int]) -> None:
        """Move people in the ledger by what was proposed, not by what the program wrote."""
        perubahan = Perubahan.objects.filter(pk__in=ids)
        for p in sorted(perubahan, key=lambda p: (URUTAN.index(p.jenis), p.pk)):
            lama = self.buku.get(p.pemilih_id)
            self.sebelum[p.pk] = lama
            if p.jenis == "tms":
                del self.buku[p.pemilih_id]
            elif p.jenis == "baru":
                assert lama is None
                self.buku[p.pemilih_id] = (p.kelurahan_tujuan_id, p.tps_tujuan_id, p.elemen_baru["jenis_kelamin"])
            elif p.jenis == "mutasi":
                self.buku[p.pemilih_id] = (p.kelurahan_tujuan_id, p.tps_tujuan_id, lama[2])
            else:
                self.buku[p.pemilih_id] = (*lama[:2], p.elemen_baru.get("jenis_kelamin", lama[2]))

    def _kembalikan(self, pk: int) -> None:
        p, lama = Perubahan.objects.get(pk=pk), self.sebelum.pop(pk)
        if lama is None:
            del self.buku[p.pemilih_id]
        else:
            self.buku[p.pemilih_id] = lama


def buka_kantor(benih: int) -> Kantor:
    dadu = random.Random(benih)
    tps = [make.tps(k, nomor) for k in KELURAHAN for nomor in (1, 2)]
    tps.append(make.tps(make.PETOBO, 901, "loksus"))
    for _ in range(AWAL):
        satu = dadu.choice(tps)
        make.pemilih(satu.kelurahan_id, nomor_tps=satu.nomor, jenis_kelamin=dadu.choice("LP"))
    per = make.selesai_daftar()
    serba = make.orang("tono", "operator", "verifikator", "kasubbag_rendatin")
    kantor = Kantor(
        dadu,
        per,
        {
            "usul": [make.sari(), make.orang("andi", "operator"), make.wati(), serba],
            "verifikasi": [make.wati(), make.orang("yuni", "verifikator"), make.budi(), serba, make.sari()],
            "setujui": [make.budi(), serba, make.wati()],
        },
        tps,
        make.bukti(),
    )
    kantor.buku = {v.pemilih_id: (v.kelurahan_id, v.tps_id, v.jenis_kelamin) for v in Pendaftaran.objects.all()}
    return kantor


def hitung_sendiri() -> dict[tuple, Counter]:
    """``{(kelurahan, tps, sex): {column: count}}`` from the rows alone; the columns of a change come from the
    versions that name it as what opened or closed them (an act taken back closed what it had opened itself)."""
    sel: dict[tuple, Counter] = {}
    dibuka, ditutup = {}, {}

    def tambah(versi, kolom: str, arah: int = 1) -> None:
        sel.setdefault((versi.kelurahan_id, versi.tps_id, versi.jenis_kelamin), Counter())[kolom] += arah

    for versi in Pendaftaran.objects.all():
        if versi.batch_id:
            tambah(versi, "sebelumnya")
        if versi.akhir is None:
            tambah(versi, "sekarang")
        if versi.dibuka_id and versi.dibuka_id != versi.ditutup_id:
            assert dibuka.setdefault(versi.dibuka_id, versi) is versi
        if versi.ditutup_id and versi.dibuka_id != versi.ditutup_id:
            assert ditutup.setdefault(versi.ditutup_id, versi) is versi
    for p in Perubahan.objects.all():
        lama, baru = ditutup.get(p.pk), dibuka.get(p.pk)
        if p.status not in DIHITUNG:
            assert (lama, baru) == (None, None), f"{p} berstatus {p.status} tetapi menggerakkan daftar"
            continue
        if p.jenis == "baru":
            tambah(baru, "baru")
        elif p.jenis == "tms":
            tambah(lama, "tms")
        elif p.jenis == "mutasi":
            tambah(lama, "keluar")
            tambah(baru, "masuk")
        else:
            tambah(baru, "ubah")
            if lama.jenis_kelamin != baru.jenis_kelamin:
                tambah(lama, "koreksi", -1)
                tambah(baru, "koreksi")
    return sel


def angka(rekap) -> dict[tuple, dict]:
    """The recap in the shape of ``hitung_sendiri``, cells of zeros left out."""
    return {
        (*kunci, jk): isi
        for kunci, sel in rekap.sel.items()
        for jk in "LP"
        if any((isi := {k: getattr(getattr(sel, jk), k) for k in KOLOM}).values())
    }


def lengkap(sel: dict[tuple, Counter]) -> dict[tuple, dict]:
    return {kunci: {k: isi[k] for k in KOLOM} for kunci, isi in sel.items() if any(isi.values())}


@pytest.mark.parametrize(("benih", "banyak"), [(7271, TINDAKAN), (1, 400), (20261208, 400)])
def test_after_a_thousand_random_acts_the_recap_equals_a_recount_from_the_rows(benih, banyak):
    kantor = buka_kantor(benih)
    for ke in range(banyak):
        if len(kantor.usulan) < 12 or kantor.dadu.random() < 0.35:
            kantor.usulkan()
        else:
            kantor.ambil()
        if ke % 200 == 199:
            assert angka(rekap_berjalan(kantor.per)) == lengkap(hitung_sendiri())
    dari_baris = lengkap(hitung_sendiri())
    assert angka(rekap_berjalan(kantor.per)) == dari_baris
    assert angka(rekap_dari_baris(kantor.per)) == dari_baris
    assert Counter(kantor.buku.values()) == Counter({k: isi["sekarang"] for k, isi in dari_baris.items()})
    assert gagal(periksa(rekap_berjalan(kantor.per))) == []
    # The dice really reached every kind of act and of answer.
    for tindakan in (*(f"usul {j}" for j in URUTAN), "usul ditolak", *LANGKAH, "batalkan_persetujuan ditolak"):
        assert kantor.tercatat[tindakan], tindakan
    snapshot = bekukan(kantor.per, oleh=make.budi())
    assert angka(rekap_beku(snapshot)) == dari_baris
    assert snapshot.jumlah_baris == len(kantor.buku)
