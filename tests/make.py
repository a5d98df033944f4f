"""Builders for tests: the least that is valid, invented people, synthetic NIK."""

from datetime import date
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from kpupalu.accounts.models import User
from kpupalu.lib.waktu import sekarang
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb import impor
from pdpb.actions import tanggapan as aksi_tanggapan
from pdpb.actions.naskah import buat_berita_acara
from pdpb.actions.periode import bekukan
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.actions.uji_petik import susun_protokol, tarik_contoh
from pdpb.daftar import hitung_saldo_awal, hitung_ulang_sel
from pdpb.models import (
    Bukti,
    Identitas,
    ImporBatch,
    Kategori,
    Pemilih,
    Pendaftaran,
    Periode,
    Perubahan,
    Snapshot,
    SnapshotSel,
    Tanggapan,
    Temuan,
    UjiPetik,
)

TALISE, PETOBO, LERE = "72.71.08.1003", "72.71.03.1003", "72.71.02.1009"
SANDI = "kata-sandi-uji-1"
_urut = count(9001)


def orang(username: str, *peran: str) -> User:
    """A user with the roles *peran*; the same username gives the same user."""
    user, baru = User.objects.get_or_create(username=username, defaults={"nama_lengkap": username.title()})
    if baru:
        user.set_password(SANDI)
        user.save()
    user.groups.add(*Group.objects.filter(name__in=peran))
    return User.objects.get(pk=user.pk)


def sari() -> User:
    """The operator."""
    return orang("sari", "operator")


def wati() -> User:
    """The verifikator."""
    return orang("wati", "verifikator")


def budi() -> User:
    """The kasubbag who approves and freezes."""
    return orang("budi", "kasubbag_rendatin")


def dewi() -> User:
    """The auditor, who reads."""
    return orang("dewi", "auditor")


def komisioner(jumlah: int = 5) -> list[User]:
    """The ketua (rahma) and the anggota in office, ketua first."""
    users = []
    for nomor, nama in enumerate(["rahma", "arif", "nur", "yosep", "indah"][:jumlah]):
        user = orang(nama, "ketua" if nomor == 0 else "anggota")
        pegawai, baru = Pegawai.objects.get_or_create(nama=nama.title(), defaults={"user": user})
        if baru:
            MasaJabatan.objects.create(
                pegawai=pegawai, jabatan="ketua" if nomor == 0 else "anggota", mulai=date(2023, 6, 1), urutan=nomor
            )
        users.append(user)
    return users


def periode(kode: str = "2026-tw4", **lain) -> Periode:
    """An open Triwulan IV 2026 with its pleno on 8 December."""
    isi = {
        "jenis": "triwulan",
        "tahun": 2026,
        "urutan": 4,
        "mulai": date(2026, 10, 1),
        "akhir": date(2026, 12, 31),
        "tanggal_pleno": date(2026, 12, 8),
    }
    return Periode.objects.get_or_create(kode=kode, defaults=isi | lain)[0]


def tps(kelurahan: str = TALISE, nomor: int = 1, jenis: str = "reguler") -> TPS:
    """One TPS."""
    return TPS.objects.get_or_create(kelurahan_id=kelurahan, nomor=nomor, defaults={"jenis": jenis})[0]


def nik(lahir: date = date(1990, 8, 17), jk: str = "L", awalan: str = "727108") -> str:
    """A fresh synthetic NIK; the serial starts at 9001 so that it is no living person's."""
    hari = lahir.day + (40 if jk == "P" else 0)
    urut = next(_urut)
    # Past serial 9999 the next kecamatan of Palu goes on, so that a long run never grows a 17th digit.
    awalan = f"{awalan[:4]}{(int(awalan[4:]) + (urut - 9001) // 999 - 1) % 8 + 1:02d}"
    return f"{awalan}{hari:02d}{lahir:%m%y}{9001 + (urut - 9001) % 999:04d}"


def batch(per: Periode | None = None, jenis: str = "dpt") -> ImporBatch:
    """A finished base import to hang rows on."""
    return ImporBatch.objects.get_or_create(
        jenis=jenis, periode=per or periode(), defaults={"dibuat_oleh": sari(), "status": "selesai"}
    )[0]


def pemilih(kelurahan: str = TALISE, *, per: Periode | None = None, nomor_tps: int = 1, **lain) -> Pendaftaran:
    """One voter of the base list; call ``selesai_daftar`` when the list is complete."""
    isi = {
        "nama": "MOH. CONTOH",
        "tempat_lahir": "PALU",
        "tanggal_lahir": date(1990, 8, 17),
        "jenis_kelamin": "L",
        "status_kawin": "S",
        "alamat": "JL. CONTOH",
        "rt": "001",
        "rw": "002",
        "status_ktpel": "S",
        "sumber": "DP4",
    }
    lahir = lain.get("tanggal_lahir") or isi["tanggal_lahir"]
    nik_ = lain.pop("nik", None) or nik(lahir, lain.get("jenis_kelamin", "L"))
    isi |= lain
    orangnya = Pemilih.objects.create(dpid=str(next(_urut)), batch=batch(per))
    return Pendaftaran.objects.create(
        pemilih=orangnya,
        identitas=Identitas.objects.create(nik=nik_, nkk=isi.pop("nkk", "7271081708909001")),
        kelurahan_id=kelurahan,
        tps=isi.pop("tps") if "tps" in isi else tps(kelurahan, nomor_tps),
        mulai=date(2024, 11, 27),
        batch=batch(per),
        **isi,
    )


def selesai_daftar(per: Periode | None = None) -> Periode:
    """Bring summary and starting figures in line with the rows made by ``pemilih``."""
    per = per or periode()
    hitung_ulang_sel()
    hitung_saldo_awal(per)
    return per


def bukti(**lain) -> Bukti:
    """One document of evidence."""
    isi = {"jenis_dokumen": "KTP-el", "nomor": "001", "penerbit": "Disdukcapil", "dicatat_oleh": sari()}
    return Bukti.objects.create(**(isi | lain))


def kategori(slug: str) -> Kategori:
    """A category of the seed data."""
    return Kategori.objects.get(pk=slug)


def kantor_berisi() -> tuple[Periode, Periode]:
    """An office at work: an announced quarter and the open one after it, with changes of every kind and state.

    Returns ``(announced, open)``. The open quarter has approved changes in two kelurahan, a move between them, a voter
    at a special site and one without TPS, a queue for each task, and an open finding.
    """
    komisioner()
    lama = periode(
        "2026-tw3", urutan=3, mulai=date(2026, 7, 1), akhir=date(2026, 9, 30), tanggal_pleno=date(2026, 10, 2)
    )
    versi = [pemilih(k, per=lama, jenis_kelamin=jk) for k in (TALISE, PETOBO) for jk in "LLLPPP"]
    versi += [pemilih(LERE, per=lama), pemilih(LERE, per=lama, jenis_kelamin="P", tps=None)]
    tps(PETOBO, 901, "loksus")
    versi.append(pemilih(PETOBO, per=lama, nomor_tps=901))
    selesai_daftar(lama)
    setuju([usul("meninggal", versi[5], per=lama)], lama)
    bekukan(lama, oleh=budi())
    buat_berita_acara(Periode.objects.get(pk=lama.pk), oleh=budi())
    Perubahan.objects.filter(periode=lama).update(status="ditetapkan")
    Periode.objects.filter(pk=lama.pk).update(status="diumumkan")
    kini = periode(sebelumnya=Periode.objects.get(pk=lama.pk))
    hitung_saldo_awal(kini)
    setuju(
        [
            usul("meninggal", versi[0], per=kini),
            usul("pindah_domisili", versi[6], per=kini),
            usul("elemen_data", versi[1], per=kini, elemen={"alamat": "JL. BARU"}),
            usul("elemen_data", versi[7], per=kini, elemen={"jenis_kelamin": "P"}),
            usul(
                "pindah_dalam_kota", versi[2], per=kini, kelurahan_tujuan=tps(PETOBO).kelurahan, tps_tujuan=tps(PETOBO)
            ),
            usul("pindah_masuk", None, per=kini, kelurahan=TALISE),
            usul("genap_17", None, per=kini, kelurahan=PETOBO),
        ],
        kini,
    )
    siap = usul("meninggal", versi[3], per=kini)
    ambil_langkah([siap], "verifikasi", oleh=wati(), periode=kini)
    tunda = usul("meninggal", versi[4], per=kini)
    ambil_langkah([tunda], "tangguhkan", oleh=wati(), periode=kini, catatan="Menunggu surat lurah")
    usul("pindah_domisili", versi[8], per=kini)
    Temuan.objects.create(pemilih=versi[9].pemilih, kode="rt-rw", tingkat="Galat", pesan="RT tidak diisi.")
    tanggapan_berisi(versi[9])
    return Periode.objects.get(pk=lama.pk), kini


def tanggapan(**lain) -> Tanggapan:
    """One report of a citizen that came through the site."""
    isi = {
        "kunci": uuid4(),
        "jenis": "meninggal",
        "hubungan": "tetangga",
        "kelurahan": Kelurahan.objects.get(pk=TALISE),
        "data": {"pelapor_nama": "Warga Contoh", "pelapor_telepon": "081234567890", "orang_nama": "MOH. CONTOH"},
    }
    return kini_tanggapan(aksi_tanggapan.terima(**(isi | lain))[0])


def kini_tanggapan(satu: Tanggapan) -> Tanggapan:
    """The report as it stands now, with its state."""
    return Tanggapan.objects.dengan_keadaan().get(pk=satu.pk)


def tanggapan_cocok(satu: Tanggapan, versi: Pendaftaran) -> Tanggapan:
    """The report declared complete and matched with a voter by the operator."""
    satu = aksi_tanggapan.nyatakan_lengkap(satu, versi=satu.versi, oleh=sari())
    return kini_tanggapan(aksi_tanggapan.cocokkan(satu, pemilih=versi.pemilih, versi=satu.versi, oleh=sari()))


def tanggapan_berisi(versi: Pendaftaran) -> None:
    """Reports in several states: matched, rejected, waiting for the reporter, and one that just came with a NIK."""
    data = {"pelapor_nama": "Warga Contoh", "orang_nama": versi.nama, "uraian": "Alamatnya keliru."}
    tanggapan_cocok(tanggapan(jenis="data_keliru", data=data), versi)
    tolak = tanggapan(jenis="lain")
    alasan = "Bukan urusan data pemilih"
    aksi_tanggapan.tolak(tolak, alasan="bukan_wewenang", catatan=alasan, versi=tolak.versi, oleh=wati())
    kurang = tanggapan(jenis="pindah")
    aksi_tanggapan.minta_kelengkapan(kurang, kekurangan=["pindah"], versi=kurang.versi, oleh=wati())
    tanggapan(jenis="belum_terdaftar", nik=nik())


def usul(slug: str, versi: Pendaftaran | None, *, per: Periode, kelurahan: str = TALISE, **lain) -> int:
    """The id of one change proposed by the operator with evidence; without *versi* a new voter of *kelurahan*."""
    if versi is None:
        lahir = date(1999, 3, 4)
        lain = {
            "nik": nik(lahir, "P"),
            "nkk": "7271080101209001",
            "elemen": {"nama": "BARU CONTOH", "jenis_kelamin": "P", "tanggal_lahir": lahir, "status_kawin": "B"},
            "kelurahan_tujuan": tps(kelurahan).kelurahan,
            "tps_tujuan": tps(kelurahan),
        } | lain
    orangnya = versi.pemilih if versi else None
    return usulkan(periode=per, kategori=kategori(slug), pemilih=orangnya, oleh=sari(), bukti=bukti(), **lain).pk


def setuju(ids: list[int], per: Periode) -> None:
    """Verify and approve proposed changes, each by the person whose task it is."""
    for langkah, oleh in (("verifikasi", wati()), ("setujui", budi())):
        assert not (ditolak := ambil_langkah(ids, langkah, oleh=oleh, periode=per).ditolak), ditolak


def uji_petik(per: Periode) -> UjiPetik:
    """A field audit of the frozen version of *per*, drawn, with nothing entered yet."""
    uji = susun_protokol(
        snapshot=Snapshot.objects.get(periode=per, digantikan=False), kecamatan=None, jumlah_orang=6, jumlah_rumah=6,
        tujuan="Menguji daftar triwulan ini", oleh=budi(),
    )  # fmt: skip
    return tarik_contoh(uji, oleh=budi())


def impor_perubahan(per: Periode, *, rusak: bool = False) -> ImporBatch:
    """A checked import of changes for two voters of Lere; with *rusak* also a row nobody can read."""
    versi = Pendaftaran.objects.aktif().filter(kelurahan=LERE).order_by("pk")[:2]
    baris = [f"{v.identitas.nik};{v.nama};L;17-08-1990;Lere;meninggal;Akta kematian;{v.pk}" for v in versi]
    if rusak:
        baris.append("12;TANPA NIK;L;17-08-1990;Lere;meninggal;Akta kematian;9")
    kepala = "NIK;NAMA;JK;TANGGAL LAHIR;KELURAHAN;KATEGORI;JENIS DOKUMEN;NOMOR DOKUMEN"
    berkas = SimpleUploadedFile(f"kematian-{next(_urut)}.csv", "\r\n".join([kepala, *baris, ""]).encode())
    batch_ = impor.unggah([berkas], jenis="perubahan", periode=per, oleh=sari(), pengirim="Disdukcapil")
    batch_ = impor.periksa(batch_, oleh=sari())
    lupakan_sementara()
    return batch_


def lupakan_sementara() -> None:
    """Drop the temporary tables that otherwise go with a commit; several acts of one test share its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")


def triwulan_lalu(lama: Periode) -> Periode:
    """An announced quarter before *lama* with one voter fewer in each cell, for trends."""
    isi = Snapshot.objects.get(periode=lama, digantikan=False)
    lalu = periode(
        "2026-tw2", urutan=2, mulai=date(2026, 4, 1), akhir=date(2026, 6, 30), tanggal_pleno=date(2026, 7, 2),
        status="diumumkan",
    )  # fmt: skip
    beku = Snapshot.objects.create(
        periode=lalu, versi=1, digest="0" * 64, versi_digest=isi.versi_digest, jumlah_baris=0, tanggal_acuan=lalu.akhir,
        rincian={"perubahan": [], "disabilitas": [], "usia": []}, dibekukan_oleh=budi(), dibekukan_pada=sekarang(),
    )  # fmt: skip
    SnapshotSel.objects.bulk_create(
        SnapshotSel(
            snapshot=beku, kelurahan_id=s.kelurahan_id, tps_id=s.tps_id, jenis_kelamin=s.jenis_kelamin,
            sebelumnya=s.sebelumnya, baru=0, tms=1, ubah=0, masuk=0, keluar=0, koreksi=0,
            sekarang=max(s.sebelumnya - 1, 0),
        )
        for s in SnapshotSel.objects.filter(snapshot=isi)
    )  # fmt: skip
    return lalu
