"""Drawing a field sample that anybody can draw again, and what it says about the whole list.

Formulas and their sources stand in docs/keputusan/0012: proportional allocation and the stratified estimator
(Cochran, Sampling Techniques, 3rd ed. 1977, §5.3-5.5), the score interval (Wilson 1927) with the effective sample
size of a stratified sample (Franco, Little, Louis and Slud 2019), the combined ratio (Cochran §6.11).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor, sqrt
from statistics import NormalDist

from django.db import connection
from django.db.models import Sum

from pdpb.models import ContohUjiPetik, Kategori, Perubahan, SnapshotSel, UjiPetik

ARAH, HASIL = ContohUjiPetik.Arah, ContohUjiPetik.Hasil
DITEMUI = {
    ARAH.ORANG: (HASIL.SESUAI, HASIL.KELIRU, HASIL.PINDAH, HASIL.MENINGGAL, HASIL.TIDAK_DIKENAL),
    ARAH.RUMAH: (HASIL.DIDATA,),
}
"""The outcomes that tell something; who could not be met counts in no estimate."""

J = Kategori.Jenis
USULAN: dict[str, tuple[str, ...]] = {
    HASIL.KELIRU: (J.UBAH,),
    HASIL.PINDAH: (J.TMS, J.MUTASI),
    HASIL.MENINGGAL: (J.TMS,),
    HASIL.DIDATA: (J.BARU,),
}
"""Which kinds of change a finding may lead to; who is only not known there is visited again, not struck."""

# The order of the digests is the draw: seed, direction and row decide it, nothing else.
_TARIK = """
SELECT id, kelurahan_id, langkah FROM (
    SELECT v.id, v.kelurahan_id,
        1 + ('x' || left(encode(sha256(convert_to(%(benih)s || ':langkah:' || v.id, 'UTF8')), 'hex'), 7))::bit(28)::int
            %% %(langkah)s AS langkah,
        row_number() OVER (PARTITION BY v.kelurahan_id
            ORDER BY sha256(convert_to(%(benih)s || ':' || %(arah)s || ':' || v.id, 'UTF8')), v.id) AS urut
    FROM pdpb_snapshotbaris s JOIN pdpb_pendaftaran v ON v.id = s.pendaftaran_id
    WHERE s.snapshot_id = %(snapshot)s AND v.kelurahan_id LIKE %(awalan)s
) d JOIN unnest(%(kelurahan)s::text[], %(jatah)s::int[]) AS a(kode, jatah) ON a.kode = d.kelurahan_id
WHERE d.urut <= a.jatah ORDER BY d.kelurahan_id, d.urut
"""


def strata(uji: UjiPetik) -> dict[str, int]:
    """How many voters each kelurahan of the frame holds; kelurahan without any are left out."""
    sel = SnapshotSel.objects.filter(snapshot=uji.snapshot_id, kelurahan__kode__startswith=uji.kecamatan_id or "")
    semua = sel.values_list("kelurahan").annotate(n=Sum("sekarang")).order_by("kelurahan")
    return {kode: n for kode, n in semua if n}


def alokasi(banyak: int, besar: Mapping[str, int], paling_sedikit: int) -> dict[str, int]:
    """Shares of *banyak* in proportion to *besar*, whole numbers that add up to it, at least *paling_sedikit* each.

    No stratum gives more than it has. *banyak* must be possible: not below all the smallest shares, nor above the sum.
    """
    total = sum(besar.values())
    kuota = {k: banyak * n / total for k, n in besar.items()}
    dasar = {k: min(paling_sedikit, n) for k, n in besar.items()}
    jatah = {k: min(max(dasar[k], floor(kuota[k])), n) for k, n in besar.items()}
    while (kurang := banyak - sum(jatah.values())) != 0:
        naik = kurang > 0
        calon = [k for k in besar if (jatah[k] < besar[k] if naik else jatah[k] > dasar[k])]
        if not calon:
            raise ValueError("Jumlah contoh tidak mungkin dibagi.")
        pilih = max(calon, key=lambda k: ((kuota[k] - jatah[k]) * (1 if naik else -1), k))
        jatah[pilih] += 1 if naik else -1
    return jatah


def tarik(uji: UjiPetik, arah: str, banyak: int, *, paling_sedikit: int, langkah: int) -> list[tuple[int, str, int]]:
    """The rows that the seed of *uji* draws from its frame: ``(version, kelurahan, house to the right)``."""
    if not banyak:
        return []
    jatah = alokasi(banyak, strata(uji), paling_sedikit)
    with connection.cursor() as cursor:
        cursor.execute(
            _TARIK,
            {
                "benih": uji.benih,
                "arah": arah,
                "snapshot": uji.snapshot_id,
                "awalan": f"{uji.kecamatan_id or ''}%",
                "langkah": langkah,
                "kelurahan": list(jatah),
                "jatah": list(jatah.values()),
            },
        )
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Taksiran:
    """One share estimated for the whole frame: *nilai* between *bawah* and *atas*; *dasar* observations carry it."""

    nama: str
    nilai: float
    bawah: float
    atas: float
    dasar: int
    keyakinan: int

    @property
    def kalimat(self) -> str:
        """The estimate in one plain sentence."""
        return (
            f"{self.nama}: kira-kira {_persen(self.nilai)}. Dengan keyakinan {self.keyakinan} % angka sebenarnya ada "
            f"antara {_persen(self.bawah)} dan {_persen(self.atas)}."
        )

    @property
    def sebut(self) -> tuple[str, str, str]:
        """Estimate, lower and upper end in words."""
        return _persen(self.nilai), _persen(self.bawah), _persen(self.atas)


def _persen(nilai: float) -> str:
    return f"{nilai * 100:.1f} %".replace(".", ",")


def wilson(p: float, n: float, keyakinan: int) -> tuple[float, float]:
    """The score interval of Wilson (1927) for a share *p* seen in *n* observations; *n* need not be whole."""
    z = NormalDist().inv_cdf(0.5 + keyakinan / 200)
    tengah = (p + z * z / (2 * n)) / (1 + z * z / n)
    jarak = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(tengah - jarak, 0.0), min(tengah + jarak, 1.0)


def taksir_bagian(
    nama: str, amatan: Mapping[str, tuple[int, int]], besar: Mapping[str, int], keyakinan: int
) -> Taksiran | None:
    """The share of the frame from ``amatan[kelurahan] = (yes, observed)``; None without any observation.

    Kelurahan where nobody was met leave their weight to the others. A single observation in a kelurahan has no
    variance of its own: that of all together stands for it.
    """
    ada = {k: (ya, n) for k, (ya, n) in amatan.items() if n}
    if not ada:
        return None
    total = sum(besar[k] for k in ada)
    bobot = {k: besar[k] / total for k in ada}
    dasar = sum(n for _, n in ada.values())
    bersama = sum(ya for ya, _ in ada.values()) / dasar
    p = sum(bobot[k] * ya / n for k, (ya, n) in ada.items())
    ragam = 0.0
    for k, (ya, n) in ada.items():
        dalam = ya / n * (1 - ya / n) / (n - 1) if n > 1 else bersama * (1 - bersama)
        ragam += bobot[k] ** 2 * (1 - n / besar[k]) * dalam
    return _dengan_selang(nama, p, ragam, dasar, keyakinan)


def taksir_nisbah(
    nama: str, rumah: Iterable[tuple[str, int, int]], besar: Mapping[str, int], keyakinan: int
) -> Taksiran | None:
    """The share of people found who are in the list, from ``(kelurahan, found, in the list)`` per house.

    A combined ratio over the kelurahan; its variance is that between houses, because people of one house are alike.
    """
    per: dict[str, list[tuple[int, int]]] = {}
    for kelurahan, berhak, terdaftar in rumah:
        per.setdefault(kelurahan, []).append((berhak, terdaftar))
    if not sum(x for isi in per.values() for x, _ in isi):
        return None
    total = sum(besar[k] for k in per)
    bobot = {k: besar[k] / total for k in per}
    x = sum(bobot[k] * sum(a for a, _ in isi) / len(isi) for k, isi in per.items())
    nisbah = sum(bobot[k] * sum(b for _, b in isi) / len(isi) for k, isi in per.items()) / x
    ragam = sum(bobot[k] ** 2 * _ragam([(b - nisbah * a) / x for a, b in isi]) / len(isi) for k, isi in per.items())
    return _dengan_selang(nama, nisbah, ragam, sum(a for isi in per.values() for a, _ in isi), keyakinan)


def _ragam(nilai: list[float]) -> float:
    """The sample variance; a single value has none, its square stands for it."""
    if len(nilai) == 1:
        return nilai[0] ** 2
    rata = sum(nilai) / len(nilai)
    return sum((n - rata) ** 2 for n in nilai) / (len(nilai) - 1)


def _dengan_selang(nama: str, p: float, ragam: float, dasar: int, keyakinan: int) -> Taksiran:
    # All alike: the formula would promise certainty, so the plain number of observations stands in.
    efektif = p * (1 - p) / ragam if ragam > 0 and 0 < p < 1 else float(dasar)
    return Taksiran(nama, p, *wilson(p, efektif, keyakinan), dasar, keyakinan)


def taksiran(uji: UjiPetik) -> list[Taksiran]:
    """What the results entered so far say about the whole frame; empty before there are any."""
    besar = strata(uji)
    orang: dict[str, list[str]] = {}
    rumah: list[tuple[str, int, int]] = []
    for arah, kelurahan, hasil, berhak, terdaftar in uji.contoh.values_list(
        "arah", "kelurahan", "hasil", "berhak", "terdaftar"
    ):
        if hasil not in DITEMUI[ARAH(arah)]:
            continue
        if arah == ARAH.ORANG:
            orang.setdefault(kelurahan, []).append(hasil)
        else:
            rumah.append((kelurahan, berhak or 0, terdaftar or 0))

    def bagian(nama: str, *cocok: str) -> Taksiran | None:
        amatan = {k: (sum(h in cocok for h in isi), len(isi)) for k, isi in orang.items()}
        return taksir_bagian(nama, amatan, besar, uji.keyakinan)

    semua = (
        bagian("Pemilih dalam daftar yang memang ada di alamatnya", HASIL.SESUAI, HASIL.KELIRU),
        bagian("Pemilih dalam daftar yang ada dan datanya benar", HASIL.SESUAI),
        bagian("Pemilih dalam daftar yang sudah meninggal", HASIL.MENINGGAL),
        taksir_nisbah("Orang yang berhak dan ditemui di rumah yang ada dalam daftar", rumah, besar, uji.keyakinan),
    )
    return [t for t in semua if t]


def kurang(contoh: ContohUjiPetik) -> int:
    """How many changes a finding still asks for: one for a voter, for a house those who are not in the list.

    Proposals that were rejected or withdrawn do not count, so their finding is open again.
    """
    if contoh.hasil not in USULAN:
        return 0
    minta = (contoh.berhak or 0) - (contoh.terdaftar or 0) if contoh.arah == ARAH.RUMAH else 1
    hidup = sum(u.perubahan.status != Perubahan.Status.DITOLAK for u in contoh.usulan.all())
    return max(minta - hidup, 0)


def boleh_diusulkan(contoh: ContohUjiPetik) -> tuple[str, ...]:
    """The kinds of change that may be proposed from a finding now; empty when it asks for none or is answered."""
    return USULAN[contoh.hasil] if kurang(contoh) else ()
