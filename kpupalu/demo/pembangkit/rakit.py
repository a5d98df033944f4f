"""Writes the whole demo office into one folder."""

import gc
import json
import time
from dataclasses import dataclass
from pathlib import Path

from .acak import Acak
from .dpt import tulis_dpt, tulis_tps
from .instansi import Daftar, PenyusunInstansi
from .kebenaran import Hitungan, daftar_cacat, daftar_ganda, sidik
from .masa import Masa
from .perubahan import Penyusun
from .sisipan import Sisipan
from .usul import Usul, tulis_perubahan
from .warga import DPID_PERTAMA, Kota, Pengisi
from .wilayah import Kelurahan, rencana

SKALA_TERKECIL = 0.01


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """What was written, for the person who asked and the code that goes on from here."""

    folder: Path
    dpt: list[Path]
    tps: Path
    perubahan: Path
    instansi: list[Path]
    kebenaran: Path
    jumlah_pemilih: int
    jumlah_tps: int
    jumlah_usul: int
    detik: float


def buat(
    keluaran: Path, *, benih: int = 7271, skala: float = 1.0, masa: Masa | None = None, lanjutan: Masa | None = None
) -> Ringkasan:
    """Write the demo office into *keluaran* and return where everything is.

    The same *benih*, *skala* and *masa* give the same bytes on every machine. *skala* shrinks voters,
    TPS and changes together, down to one hundredth. Refuses with ValueError a scale outside 0.01–1.
    With *lanjutan* a second list of changes follows for that later quarter, about other people, and the agency
    lists belong to it; the truth file still tells the first.
    """
    if not SKALA_TERKECIL <= skala <= 1:
        raise ValueError("skala harus antara 0,01 dan 1.")
    masa, mulai = masa or Masa(), time.perf_counter()
    gc_aktif = gc.isenabled()
    gc.disable()  # a quarter of a million live rows: every collection would walk them in vain
    try:
        return _buat(keluaran, benih, float(skala), masa, lanjutan, mulai)
    finally:
        if gc_aktif:
            gc.enable()


def _buat(keluaran: Path, benih: int, skala: float, masa: Masa, lanjutan: Masa | None, mulai: float) -> Ringkasan:
    kelurahan = rencana(benih, skala)
    kota = Kota(masa.acuan_dpt)
    for k in kelurahan:
        Pengisi(kota, k, Acak(benih, 100 + k.urut)).isi()
    sisipan = Sisipan(kota, benih)
    sisipan.tanam(skala)
    penyusun = Penyusun(kota, kelurahan, sisipan, masa, benih)
    usul = penyusun.susun(skala)
    berikut = Penyusun(kota, kelurahan, sisipan, lanjutan, benih, sesudah=penyusun) if lanjutan else None
    if berikut and lanjutan:
        tulis_perubahan(keluaran / "perubahan" / f"{lanjutan.kode}.csv", berikut.susun(skala))
    daftar = PenyusunInstansi(berikut or penyusun, lanjutan or masa, benih).semua()
    dpt = tulis_dpt(keluaran / "dpt", kelurahan, kota.pemilih)
    tps = tulis_tps(keluaran / "tps.csv", kelurahan)
    perubahan = tulis_perubahan(keluaran / "perubahan" / f"{masa.kode}.csv", usul)
    instansi = [d.tulis(keluaran / "instansi") for d in daftar]
    isi = _kebenaran(kelurahan, kota, sisipan, penyusun, daftar, dpt)
    isi = {"versi": 1, "keterangan": KETERANGAN, "benih": benih, "skala": skala, "periode": _periode(masa), **isi}
    isi["sha256"] = sidik(keluaran, [*dpt, tps, perubahan, *instansi])
    kebenaran = keluaran / "kebenaran.json"
    kebenaran.write_bytes((json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode())
    return Ringkasan(
        folder=keluaran,
        dpt=dpt,
        tps=tps,
        perubahan=perubahan,
        instansi=instansi,
        kebenaran=kebenaran,
        jumlah_pemilih=len(kota.pemilih),
        jumlah_tps=sum(len(k.tps) + len(k.loksus) for k in kelurahan),
        jumlah_usul=len(usul),
        detik=time.perf_counter() - mulai,
    )


KETERANGAN = (
    "CONTOH – BUKAN DOKUMEN RESMI. Orang, alamat, dan angka di bawah kecamatan adalah rekaan; "
    "jumlah per kecamatan dan per jenis kelamin sekota mengikuti DPT Pilkada 2024."
)


def _periode(masa: Masa) -> dict[str, str]:
    return {
        "kode": masa.kode,
        "mulai": masa.mulai.isoformat(),
        "akhir": masa.akhir.isoformat(),
        "cut_off": masa.cut_off.isoformat(),
        "acuan_dpt": masa.acuan_dpt.isoformat(),
    }


def _kebenaran(
    kelurahan: list[Kelurahan],
    kota: Kota,
    sisipan: Sisipan,
    penyusun: Penyusun,
    daftar: list[Daftar],
    dpt: list[Path],
) -> dict[str, object]:
    usul: list[Usul] = penyusun.usul
    hitungan = Hitungan(kelurahan, kota, usul)
    return {
        "dpt": hitungan.per_wilayah(hitungan.dpt_tps),
        "perubahan": hitungan.rincian_perubahan(),
        "hasil": hitungan.per_wilayah(hitungan.hasil_tps),
        "elemen_ubah": dict(sorted(penyusun.kolom_ubah.items())),
        "ganda": daftar_ganda(sisipan, usul),
        "data_invalid": daftar_cacat(sisipan, dpt),
        "wajar": {apa: [str(DPID_PERTAMA + i) for i in posisi] for apa, posisi in sorted(kota.wajar.items())},
        "instansi": {f"instansi/{d.berkas}": len(d.catatan) for d in daftar},
        "kesalahan_instansi": [s for d in daftar for s in d.kesalahan()],
    }
