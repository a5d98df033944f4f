"""Sections of the yearly report about objections and disputes (Perki 1/2021; PKPU 22/2023 as amended)."""

from ppid.laporan.angka import Angka, Masa, Rujukan, daftarkan_bagian, jumlah
from ppid.models import Keberatan, PutusanSengketa, Sengketa
from ppid.models.keberatan import ALASAN

S = Keberatan.Status


def _keberatan(masa: Masa) -> list[Keberatan]:
    """Objections received in the year up to the day of *masa*, in the order of receipt."""
    akhir = min(masa.akhir, masa.pada)
    return list(Keberatan.objects.filter(diterima__range=(masa.mulai, akhir)).order_by("diterima", "pk"))


def _rujuk(semua: list[Keberatan]) -> list[Rujukan]:
    return [Rujukan(k.nomor, k.get_absolute_url(), k.get_putusan_display() or k.get_status_display()) for k in semua]


def bagian_keberatan(masa: Masa) -> list[Angka]:
    """How many came, how they were decided, which were answered late, which orders were carried out."""
    semua = _keberatan(masa)
    hasil = [jumlah("keberatan", "Keberatan diterima", _rujuk(semua))]
    hasil += [
        jumlah(f"keberatan-{p.value}", f"Putusan: {p.label.lower()}",
               _rujuk([k for k in semua if k.putusan == p and k.ditanggapi_pada]))
        for p in Keberatan.Putusan
    ]  # fmt: skip
    lewat = [k for k in semua if (k.ditanggapi_pada or masa.pada) > k.batas and k.status != S.DICABUT]
    hasil += [
        jumlah("keberatan-belum", "Belum ditanggapi", _rujuk([k for k in semua if k.status in Keberatan.TERBUKA])),
        jumlah("keberatan-dicabut", "Dicabut pemohon", _rujuk([k for k in semua if k.status == S.DICABUT])),
        jumlah("keberatan-lewat", "Ditanggapi lewat waktu, atau lewat waktu dan belum ditanggapi", _rujuk(lewat)),
        jumlah("keberatan-laksana", "Perintah Atasan PPID sudah dilaksanakan",
               _rujuk([k for k in semua if k.dilaksanakan_pada])),
    ]  # fmt: skip
    return hasil


def bagian_alasan_keberatan(masa: Masa) -> list[Angka]:
    """By the grounds of Pasal 35 ayat (1); an objection with two grounds stands in both rows."""
    semua = _keberatan(masa)
    return [
        jumlah(f"keberatan-alasan-{huruf}", f"Pasal 35 ayat (1) huruf {huruf}: {kata}",
               _rujuk([k for k in semua if huruf in k.alasan]))
        for huruf, kata in ALASAN.items()
    ]  # fmt: skip


def bagian_sengketa(masa: Masa) -> list[Angka]:
    """Disputes told to the office in the year, and how each forum ruled."""
    akhir = min(masa.akhir, masa.pada)
    semua = list(
        Sengketa.objects.filter(diterima__range=(masa.mulai, akhir))
        .prefetch_related("putusan").order_by("diterima", "pk")
    )  # fmt: skip

    def rujuk(pilih) -> list[Rujukan]:
        return [Rujukan(s.nomor, s.get_absolute_url(), s.get_status_display()) for s in semua if pilih(s)]

    def diputus(s: Sengketa, hasil: str) -> bool:
        return any(p.tingkat == "ki" and p.hasil == hasil for p in s.putusan.all())

    return [
        jumlah("sengketa", "Sengketa di Komisi Informasi", rujuk(lambda s: True)),
        *(
            jumlah(f"sengketa-{h.value}", f"Komisi Informasi: {h.label[0].lower()}{h.label[1:]}",
                   rujuk(lambda s, h=h: diputus(s, h.value)))
            for h in PutusanSengketa.Hasil
        ),
        jumlah("sengketa-ptun", "Gugatan di PTUN", rujuk(lambda s: bool(s.perkara_ptun))),
        jumlah("sengketa-kasasi", "Kasasi di Mahkamah Agung", rujuk(lambda s: bool(s.perkara_kasasi))),
        jumlah("sengketa-laksana", "Putusan sudah dilaksanakan", rujuk(lambda s: s.dilaksanakan_pada is not None)),
    ]  # fmt: skip


daftarkan_bagian("keberatan", "Keberatan", bagian_keberatan, urutan=90)
daftarkan_bagian("alasan-keberatan", "Keberatan menurut alasan", bagian_alasan_keberatan, urutan=92)
daftarkan_bagian("sengketa", "Sengketa informasi", bagian_sengketa, urutan=94)
