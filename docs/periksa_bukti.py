"""Check a proof from the voter roll of KPU Kota Palu, without its system: python3 periksa_bukti.py bukti.json AKAR

AKAR is the root in the signed minutes. Says SAH or which rows fail. Rules: docs/keputusan/0013-pohon-bukti.md"""

import json
import sys
from base64 import urlsafe_b64decode
from hashlib import sha256, sha512
from pathlib import Path
from unicodedata import normalize


def h(*bagian):
    return sha256(b"".join(bagian)).digest()


def b64(teks):
    return urlsafe_b64decode(teks + "=" * (-len(teks) % 4))


def medan(nomor, garam, nilai):  # the commitment to one field, counted from 1
    return h(b"\0", bytes([nomor]), garam, b"-" if nilai is None else b"=" + normalize("NFC", nilai).encode())


def panjat(sidik, posisi, jumlah, jalan, langkah=99):  # from a leaf up; a way of the wrong length leads nowhere
    while jumlah > 1 and langkah:
        if posisi ^ 1 < jumlah:
            sidik = h(b"\3", jalan[:32], sidik) if posisi % 2 else h(b"\3", sidik, jalan[:32])
            jalan = jalan[32:] if len(jalan) >= 32 else b"kurang"
        posisi, jumlah, langkah = posisi // 2, (jumlah + 1) // 2, langkah - 1
    return b"" if jalan else sidik


def periksa(d, akar):  # True or False for each row of the file
    kepala = f"kpu-palu-pohon-1\n{d['periode']}\n{d['versi']}\n{d['jumlah']}\n".encode()
    if d["jenis"] == "baris":
        k = [b64(m) if isinstance(m, str) else medan(n, b64(m[1]), m[0]) for n, m in enumerate(d["medan"], 1)]
        daun = h(b"\2", h(b"\1A", *k[:7]), h(b"\1B", *k[7:]))
        puncak = panjat(daun, d["posisi"], d["jumlah"], b"".join(map(b64, d["jalan"])))
        return [len(k) == 20 and 0 <= d["posisi"] < d["jumlah"] and h(b"\4", kepala, puncak).hex() == akar]
    simpul, hasil, sudah = b64(d["simpul"]), [], set()
    atas = simpul = [simpul[n : n + 32] for n in range(0, len(simpul), 32)]
    while len(atas) > 1:
        atas = [h(b"\3", *atas[n : n + 2]) if atas[n + 1 :] else atas[n] for n in range(0, len(atas), 2)]
    utuh = len(simpul) == -(-d["jumlah"] >> d["tingkat"]) and h(b"\4", kepala, *atas).hex() == akar
    for *nilai, benih, sidik_b, posisi, jalan in d["baris"]:
        garam = b"".join(sha512(b"\6" + b64(benih) + bytes([n])).digest() for n in range(2))
        k = [medan(n, garam[16 * n - 16 : 16 * n], v) for n, v in enumerate(nilai, 1)]
        naik = panjat(h(b"\2", h(b"\1A", *k), b64(sidik_b)), posisi, d["jumlah"], b64(jalan), d["tingkat"])
        ada = utuh and len(k) == 7 and 0 <= posisi < d["jumlah"] and posisi not in sudah
        hasil.append(ada and naik == simpul[posisi >> d["tingkat"]])
        sudah.add(posisi)
    return hasil


if __name__ == "__main__":
    semua = periksa(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2].strip().lower())
    salah = [nomor for nomor, sah in enumerate(semua, 1) if not sah]
    sys.stdout.write("SAH\n" if semua and not salah else f"TIDAK SAH, baris {salah}\n")
    sys.exit(0 if semua and not salah else 1)
