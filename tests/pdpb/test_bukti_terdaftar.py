"""Proofs from the frozen roll: every row proves itself, nothing else proves anything, and nobody else is shown."""

import copy
import json
import random
from hashlib import sha256, sha512

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpupalu.lib import Refused
from pdpb import bukti
from pdpb.actions.bukti import susun_pohon
from pdpb.actions.periode import bekukan
from pdpb.bukti import MEDAN, SALINAN, SIDIK, baca
from pdpb.models import PohonSimpul, Snapshot, SnapshotBaris
from pdpb.pohon import baris_salinan, bukti_baris, bukti_salinan, pohon_rusak
from tests import make

# --- The arithmetic -----------------------------------------------------------------------------------------------
NILAI = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
BARIS = st.tuples(st.binary(min_size=16, max_size=16), st.lists(NILAI, min_size=len(MEDAN), max_size=len(MEDAN)))


def pohon(baris: list[tuple[bytes, list]]) -> tuple[bukti.Kepala, list[bytes]]:
    """A tree over rows held in memory: what its files claim, and its levels."""
    daun = sorted(bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai]) for garam, nilai in baris)
    tingkat = list(bukti.semua_tingkat(b"".join(daun)))
    akar = bukti.akar("2026-tw4", 1, len(baris), tingkat[-1])
    return bukti.Kepala("2026-tw4", 1, len(baris), akar), tingkat


def bukti_dari(baris, nomor: int, terbuka) -> dict:
    """The proof of row *nomor* put together from the definitions, apart from ``pdpb.pohon``."""
    kepala, tingkat = pohon(baris)
    garam, nilai = baris[nomor]
    daun = bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai])
    posisi = [tingkat[0][n : n + SIDIK] for n in range(0, len(tingkat[0]), SIDIK)].index(daun)
    jalan = [
        bukti.tulis_b64(tingkat[t][n * SIDIK : (n + 1) * SIDIK]) for t, n in bukti.letak_jalan(posisi, kepala.jumlah)
    ]
    isi = bukti.kepala_berkas("baris", kepala)
    return isi | {"posisi": posisi, "medan": bukti.tulis_medan(garam, nilai, terbuka), "jalan": jalan}


def kirim(data) -> bukti.HasilBaris | bukti.HasilSalinan:
    return baca(json.dumps(data))


@settings(max_examples=40)
@given(st.lists(BARIS, min_size=1, max_size=33, unique_by=lambda b: b[0]), st.data())
def test_any_row_proves_itself_with_any_choice_of_fields(baris, data):
    nomor = data.draw(st.integers(0, len(baris) - 1))
    terbuka = data.draw(st.sets(st.sampled_from(MEDAN)))
    hasil = kirim(bukti_dari(baris, nomor, terbuka))
    assert hasil.sah
    assert hasil.terbuka == {nama: n for nama, n in zip(MEDAN, baris[nomor][1], strict=True) if nama in terbuka}


def lima_belas(banyak: int = 15) -> list[tuple[bytes, list]]:
    acak = random.Random(7271)
    return [(acak.randbytes(16), [f"{nama} {n}" for nama in MEDAN]) for n in range(banyak)]


@settings(max_examples=80)
@given(st.data())
def test_any_altered_field_salt_commitment_sibling_or_place_fails(data):
    baris = lima_belas()
    asli = bukti_dari(baris, data.draw(st.integers(0, 14)), SALINAN)
    rusak = copy.deepcopy(asli)
    apa = data.draw(
        st.sampled_from(["nilai", "garam", "tertutup", "jalan", "posisi", "jumlah", "versi", "periode", "akar"])
    )
    if apa == "nilai":
        rusak["medan"][data.draw(st.integers(0, 6))][0] = data.draw(NILAI.filter(lambda n: n is None or " " not in n))
    elif apa == "garam":
        rusak["medan"][data.draw(st.integers(0, 6))][1] = bukti.tulis_b64(
            data.draw(st.binary(min_size=16, max_size=16))
        )
    elif apa == "tertutup":
        rusak["medan"][data.draw(st.integers(7, 19))] = bukti.tulis_b64(data.draw(st.binary(min_size=32, max_size=32)))
    elif apa == "jalan":
        n = data.draw(st.integers(0, len(asli["jalan"]) - 1))
        rusak["jalan"][n] = bukti.tulis_b64(data.draw(st.binary(min_size=32, max_size=32)))
    elif apa == "posisi":
        rusak["posisi"] = data.draw(st.integers(0, 14).filter(lambda n: n != asli["posisi"]))
    elif apa in ("jumlah", "versi"):
        rusak[apa] += data.draw(st.integers(1, 40))
    elif apa == "periode":
        rusak["periode"] = "2026-tw3"
    else:
        rusak["akar"] = sha256(data.draw(st.binary(max_size=8))).hexdigest()
    assert not kirim(rusak).sah


def test_fields_cannot_change_places_and_no_value_differs_from_an_empty_one():
    asli = bukti_dari(lima_belas(), 3, MEDAN)
    tukar = copy.deepcopy(asli)
    rt, rw = MEDAN.index("rt"), MEDAN.index("rw")
    tukar["medan"][rt], tukar["medan"][rw] = tukar["medan"][rw], tukar["medan"][rt]
    assert not kirim(tukar).sah
    assert bukti.isi_medan(None) != bukti.isi_medan("") != bukti.isi_medan("-")


def test_a_node_of_the_tree_is_no_row_and_a_commitment_is_no_leaf():
    """Domains are apart: what is hashed on one floor is never what is hashed on another."""
    garam, nilai = lima_belas()[0]
    _, semua = bukti.komitmen_baris(garam, [bukti.isi_medan(n) for n in nilai])
    daun = bukti.daun_dari_komitmen(semua)
    for lain in (
        bukti.naikkan(semua[0] + semua[1]),
        bukti.sidik_kelompok(b"A", semua[:2]),
        sha256(semua[0] + semua[1]).digest(),
    ):
        assert lain != bukti.daun(semua[0], semua[1])
    assert bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai]) == daun


def test_a_shorter_or_longer_way_up_fails():
    for nomor in range(15):
        asli = bukti_dari(lima_belas(), nomor, ())
        for jalan in (asli["jalan"][:-1], [*asli["jalan"], bukti.tulis_b64(b"\0" * 32)]):
            assert not kirim(asli | {"jalan": jalan}).sah


def test_the_specification_by_hand():
    """The same root from the words of the specification, with nothing of the module."""
    baris = lima_belas(3)
    daun = []
    for garam, nilai in baris:
        sidik = b""
        mulai = 0
        for huruf, banyak in ((b"A", 7), (b"B", 13)):
            benih = sha256(b"\x05" + huruf + garam).digest()
            isi = b"\x01" + huruf
            for n in range(banyak):
                potong = sha512(b"\x06" + benih + bytes([n // 4])).digest()[16 * (n % 4) :][:16]
                isi += sha256(bytes([0, mulai + n + 1]) + potong + b"=" + nilai[mulai + n].encode()).digest()
            sidik += sha256(isi).digest()
            mulai += banyak
        daun.append(sha256(b"\x02" + sidik).digest())
    a, b, c = sorted(daun)
    puncak = sha256(b"\x03" + sha256(b"\x03" + a + b).digest() + c).digest()
    akar = sha256(b"\x04kpu-palu-pohon-1\n2026-tw4\n1\n3\n" + puncak).hexdigest()
    assert pohon(baris)[0].akar == akar


RUSAK = [
    b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"bukti":"kpu-palu-bukti-1"}',
    b'{"bukti":"kpu-palu-bukti-1","pohon":"kpu-palu-pohon-1"}', b"NaN", b"1e999",
]  # fmt: skip


@pytest.mark.parametrize("isi", RUSAK, ids=range(len(RUSAK)))
def test_what_is_no_proof_is_refused_in_one_sentence(isi):
    with pytest.raises(Refused):
        baca(isi)


@settings(max_examples=120)
@given(st.data())
def test_a_damaged_file_is_refused_or_fails_and_never_breaks(data):
    asli = bukti_dari(lima_belas(), 2, SALINAN)
    kunci = data.draw(st.sampled_from([k for k in asli if k not in ("akar", "posisi")]))
    ganti = data.draw(
        st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=9)
    )
    try:
        hasil = kirim(asli | {kunci: ganti})
    except Refused:
        return
    assert not hasil.sah or ganti == asli[kunci]


# --- The frozen roll ----------------------------------------------------------------------------------------------
@pytest.fixture
def beku(db) -> Snapshot:
    """A frozen roll of seven, with odd values: no TPS, no birth date, composed letters."""
    for n in range(4):
        make.pemilih(make.TALISE, nama=f"TALISE {n}", nomor_tps=n % 2 + 1, rt=str(n))
    make.pemilih(make.PETOBO, nama="ANDRÉ", tanggal_lahir=None, jenis_kelamin="P")
    make.pemilih(make.LERE, nama="TANPA TPS", tps=None, alamat="")
    make.pemilih(make.LERE, nama="LERE \x1f DUA", jenis_kelamin="P")
    per = make.selesai_daftar()
    return susun_pohon(bekukan(per, oleh=make.budi()))


def test_freezing_stores_the_tree_and_every_row_proves_itself(beku):
    assert len(beku.akar) == 64
    assert [len(bytes(s.isi)) // SIDIK for s in PohonSimpul.objects.filter(snapshot=beku)] == [7, 4, 2, 1]
    assert pohon_rusak(beku) == ""
    for baris in SnapshotBaris.objects.filter(snapshot=beku).select_related("pendaftaran"):
        hasil = kirim(bukti_baris(beku, baris.pendaftaran_id, MEDAN))
        assert hasil.sah
        assert hasil.kepala == bukti.Kepala("2026-tw4", 1, 7, beku.akar)
        assert hasil.terbuka["nama"] == baris.pendaftaran.nama
        assert hasil.terbuka["usia"] == ("36" if baris.pendaftaran.tanggal_lahir else None)


def test_who_is_not_in_the_frozen_roll_gets_no_proof(beku):
    baru = make.pemilih(make.TALISE, nama="DATANG KEMUDIAN")
    with pytest.raises(Refused, match="tidak ada dalam daftar"):
        bukti_baris(beku, baru.pk, SALINAN)


def test_a_proof_holds_nothing_of_anybody_else(beku):
    satu = SnapshotBaris.objects.filter(snapshot=beku).select_related("pendaftaran").first()
    teks = json.dumps(bukti_baris(beku, satu.pendaftaran_id, MEDAN))
    for lain in (
        SnapshotBaris.objects.filter(snapshot=beku)
        .exclude(pendaftaran=satu.pendaftaran)
        .select_related("pendaftaran__identitas")
    ):
        assert lain.pendaftaran.nama not in teks
        assert lain.pendaftaran.identitas.nik not in teks
        assert bukti.tulis_b64(bytes(lain.garam)) not in teks
        assert bukti.tulis_b64(bytes(lain.daun)) not in teks


def test_hidden_fields_are_not_in_the_file_and_cannot_be_tried_out(beku):
    """Knowing everything but one hidden field, no guess can be checked: its salt follows from what is not given."""
    satu = SnapshotBaris.objects.filter(snapshot=beku).select_related("pendaftaran__identitas").first()
    data = bukti_baris(beku, satu.pendaftaran_id, SALINAN)
    assert satu.pendaftaran.identitas.nik not in json.dumps(data)
    tertutup = data["medan"][MEDAN.index("nik")]
    isi = bukti.isi_medan(satu.pendaftaran.identitas.nik)
    diberikan = [bukti._b64(g) for _, g in data["medan"][:7]]
    coba = [bukti.komitmen(MEDAN.index("nik"), g, isi) for g in [*diberikan, b"", b"\0" * 16]]
    assert tertutup not in map(bukti.tulis_b64, coba)


def test_two_equal_people_have_different_leaves_and_places_tell_nothing(db):
    for _ in range(24):
        make.pemilih(make.TALISE)
    beku = susun_pohon(bekukan(make.selesai_daftar(), oleh=make.budi()))
    urut = list(
        SnapshotBaris.objects.filter(snapshot=beku).order_by("pendaftaran").values_list("pendaftaran", flat=True)
    )
    posisi = [bukti_baris(beku, pk, ())["posisi"] for pk in urut]
    assert sorted(posisi) == list(range(24))
    assert posisi != sorted(posisi)


@pytest.mark.parametrize("tabel", ["pdpb_pohonsimpul", "pdpb_snapshotbaris"])
def test_the_tree_cannot_be_written_over(beku, tabel):
    from django.db import IntegrityError, connection, transaction

    for perintah in (f"UPDATE {tabel} SET snapshot_id = snapshot_id", f"DELETE FROM {tabel}"):
        with (
            pytest.raises(IntegrityError, match="hanya dapat ditambah"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(perintah)


def test_a_row_changed_behind_the_back_of_history_is_found_and_gets_no_proof(beku):
    from pdpb.models import Pendaftaran

    satu = Pendaftaran.objects.get(nama="TALISE 1")
    Pendaftaran.objects.filter(pk=satu.pk).update(alamat="JL. LAIN")
    assert "baris" in pohon_rusak(beku)
    with pytest.raises(Refused, match="tidak lagi sama"):
        bukti_baris(beku, satu.pk, SALINAN)


# --- Copies -------------------------------------------------------------------------------------------------------
def test_a_copy_opens_seven_columns_and_each_row_leads_to_the_root(beku):
    baris = baris_salinan(beku, make.TALISE)
    data = bukti_salinan(beku, baris, "Kelurahan Talise")
    hasil = kirim(data)
    assert hasil.cocok == [True] * 4
    assert [b[0] for b in hasil.baris] == ["TALISE 0", "TALISE 2", "TALISE 1", "TALISE 3"]
    teks = json.dumps(data)
    assert "7271" not in teks.replace("72.71", "")
    assert "1990" not in teks


def test_in_a_copy_exactly_the_forged_rows_fail(beku):
    data = bukti_salinan(beku, baris_salinan(beku, make.TALISE), "Kelurahan Talise")
    data["baris"][1][0] = "ORANG LAIN"
    data["baris"].append(copy.deepcopy(data["baris"][0]))
    assert kirim(data).cocok == [True, False, True, True, False]
    data["simpul"] = bukti.tulis_b64(b"\1" * SIDIK * (len(data["simpul"]) * 3 // 4 // SIDIK))
    assert not any(kirim(data).cocok)


@settings(max_examples=30)
@given(st.integers(1, 40), st.data())
def test_a_copy_checks_at_any_cut_of_the_tree(jumlah, data):
    baris = lima_belas(jumlah)
    kepala, tingkat = pohon(baris)
    potong = data.draw(st.integers(0, len(tingkat) - 1))
    semua = []
    for garam, nilai in baris:
        daun = bukti.daun_baris(garam, [bukti.isi_medan(n) for n in nilai])
        posisi = tingkat[0].index(daun) // SIDIK
        jalan = b"".join(tingkat[t][n * SIDIK : (n + 1) * SIDIK] for t, n in bukti.letak_jalan(posisi, jumlah, potong))
        _, k = bukti.komitmen_baris(garam, [bukti.isi_medan(n) for n in nilai])
        buka = (bukti.benih(b"A", garam), bukti.sidik_kelompok(b"B", k[7:]))
        semua.append([*nilai[:7], *map(bukti.tulis_b64, buka), posisi, bukti.tulis_b64(jalan)])
    isi = bukti.kepala_berkas("salinan", kepala)
    hasil = kirim(isi | {"tingkat": potong, "simpul": bukti.tulis_b64(tingkat[potong]), "baris": semua})
    assert hasil.sah
