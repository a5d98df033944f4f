"""The clocks of public information against worked cases, on the office's own table, and without any database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kpupalu.kalender.models import AturanTenggat, HariLibur
from ppid.tenggat import KODE

KASUS = Path(__file__).with_name("kasus_tenggat.json")
DOKUMEN = json.loads(KASUS.read_text())
RINCIAN = {"rincian": "tenggat_jawab", "rincian_ajukan": "batas_ajukan_keberatan",
           "rincian_tanggapan": "batas_tanggapan_atasan"}  # fmt: skip


@pytest.fixture
def hitung(tmp_path, db):
    """Run the command over a document or a bare list of inputs; returns what it printed."""

    def jalan(dokumen):
        if isinstance(dokumen, list):
            dokumen = [{"id": str(i), "masukan": m} for i, m in enumerate(dokumen)]
        berkas = tmp_path / "kasus.json"
        berkas.write_text(json.dumps(dokumen))
        keluaran = StringIO()
        call_command("tenggat", str(berkas), stdout=keluaran, stderr=StringIO())
        return json.loads(keluaran.getvalue())

    return jalan


def cocok(hasil: dict, kasus: dict) -> None:
    harapan = kasus["harapan"]
    assert {k: hasil["hasil"].get(k) for k in harapan if k not in RINCIAN} == {
        k: v for k, v in harapan.items() if k not in RINCIAN
    }
    for nama, kunci in RINCIAN.items():
        if nama not in harapan:
            continue
        hari = [h for h in hasil["penjelasan"] if h["untuk"] == kunci]
        assert hari[0]["tanggal"] == harapan[nama]["t0"]
        assert [h["tanggal"] for h in hari if h["dihitung"]] == harapan[nama]["hari_kerja_dihitung"]
        lewat = [
            {"tanggal": h["tanggal"], "sebab": h["sebab"]}
            for h in hari[1:]
            if not h["dihitung"] and h["sebab"] not in ("Sabtu", "Minggu")
        ]
        # A holiday on a weekend is named too; the worked cases list only those from Monday to Friday.
        assert [x for x in lewat if x in harapan[nama]["dilewati_selain_akhir_pekan"]] == harapan[nama][
            "dilewati_selain_akhir_pekan"
        ]


@pytest.mark.parametrize("dengan_kalender", [True, False])
@pytest.mark.parametrize("kasus", DOKUMEN["kasus"], ids=lambda k: k["id"])
def test_the_worked_cases_come_out_of_the_offices_own_table_too(hitung, kasus, dengan_kalender):
    dokumen = {"kasus": [kasus]} | ({"kalender": DOKUMEN["kalender"]} if dengan_kalender else {})
    cocok(hitung(dokumen)[0], kasus)


@pytest.mark.django_db
def test_the_seed_agrees_with_the_calendar_of_the_worked_cases_day_by_day():
    diharapkan = {b["tanggal"] for b in DOKUMEN["kalender"]}
    ada = HariLibur.objects.filter(tanggal__range=("2025-08-01", "2026-12-31")).values_list("tanggal", flat=True)
    assert {t.isoformat() for t in ada if t.weekday() < 5} == diharapkan


@pytest.mark.django_db
def test_every_step_of_both_regimes_has_a_rule():
    kode = {k for langkah in KODE.values() for k in langkah.values()}
    assert set(AturanTenggat.objects.filter(kode__in=kode).values_list("kode", flat=True)) == kode
    # What is named as the extension of the answer is also what the rule of the answer says.
    for langkah in KODE.values():
        assert AturanTenggat.objects.get(kode=langkah["jawab"]).kode_perpanjangan == langkah["perpanjangan"]


P = {"jenis": "permohonan", "rezim": "reguler", "diterima": "2026-02-09", "lengkap": True}


@pytest.mark.parametrize(
    ("lain", "harapan"),
    [
        ({"jawaban_dikirim": "2026-02-25"}, {"status": "tepat_waktu", "hari_kerja_terlambat": 0}),
        ({"jawaban_dikirim": "2026-02-26"}, {"status": "terlambat", "hari_kerja_terlambat": 1}),
        ({"jawaban_dikirim": "2026-02-25T23:59:00+08:00"}, {"status": "tepat_waktu"}),
        # 16.30 UTC on the 25th is already the 26th in Palu.
        ({"jawaban_dikirim": "2026-02-25T16:30:00Z"}, {"status": "terlambat"}),
        ({"hari_ini": "2026-02-27"}, {"status": "terlambat", "hari_kerja_terlambat": 2}),
        ({"hari_ini": "2026-02-20"}, {"status": "berjalan", "hari_kerja_terlambat": 0}),
        (
            {"pemberitahuan_perpanjangan_dikirim": "2026-02-25", "jawaban_dikirim": "2026-03-06"},
            {"perpanjangan_sah": True, "tenggat_berlaku": "2026-03-06", "status": "tepat_waktu"},
        ),
        (
            {"pemberitahuan_perpanjangan_dikirim": "2026-02-26", "jawaban_dikirim": "2026-03-06"},
            {"perpanjangan_sah": False, "tenggat_berlaku": "2026-02-25", "status": "terlambat",
             "hari_kerja_terlambat": 7},
        ),
        # The office told what was missing too late: the clock runs from the first receipt.
        (
            {"lengkap": False, "pemberitahuan_kekurangan_dikirim": "2026-02-13", "dilengkapi": "2026-02-18"},
            {"batas_beritahu_kekurangan": "2026-02-12", "t0_efektif": "2026-02-09", "tenggat_jawab": "2026-02-25"},
        ),
        ({"lengkap": False}, {"t0_efektif": "2026-02-09", "tenggat_jawab": "2026-02-25"}),
    ],
)  # fmt: skip
def test_what_follows_from_the_dates_of_a_request(hitung, lain, harapan):
    hasil = hitung([P | lain])[0]["hasil"]
    assert {k: hasil.get(k) for k in harapan} == harapan


def test_while_the_applicant_completes_the_answer_has_no_date(hitung):
    hasil = hitung([P | {"lengkap": False, "pemberitahuan_kekurangan_dikirim": "2026-02-11"}])[0]["hasil"]
    assert "tenggat_jawab" not in hasil
    assert hasil["batas_pemohon_melengkapi"] == "2026-02-18"


def test_a_file_closed_before_the_decree_keeps_its_day(hitung):
    masukan = DOKUMEN["kasus"][4]["masukan"]
    hasil = hitung([masukan | {"jawaban_dikirim": "2025-08-06"}])[0]["hasil"]
    assert (hasil["tenggat_jawab"], hasil["tenggat_berubah"]) == ("2025-08-18", False)
    dicabut = masukan | {"perubahan_kalender": {"tanggal": "2025-08-18", "jenis": "dicabut"}}
    hasil = hitung([dicabut])[0]["hasil"]
    assert (hasil["tenggat_menurut_kalender_lama"], hasil["tenggat_jawab"]) == ("2025-08-19", "2025-08-18")


def test_the_window_of_a_dispute_opens_with_the_answer_or_with_its_lapse(hitung):
    dasar = {"jenis": "keberatan", "keberatan_diterima": "2026-06-15"}
    tanpa, dijawab, terlambat, belum = (
        h["hasil"] for h in hitung([dasar | {"tanggapan": t} for t in (None, "2026-07-10", "2026-08-03")] + [dasar])
    )
    assert (tanpa["jendela_sengketa_mulai"], tanpa["jendela_sengketa_akhir"]) == ("2026-07-29", "2026-08-18")
    assert (dijawab["jendela_sengketa_mulai"], dijawab["jendela_sengketa_akhir"]) == ("2026-07-13", "2026-07-30")
    assert (terlambat["jendela_sengketa_mulai"], terlambat["jendela_sengketa_akhir"]) == ("2026-07-29", "2026-08-24")
    assert "jendela_sengketa_mulai" not in belum


def test_disputes_and_courts_and_the_other_regime(hitung):
    hasil = hitung([
        {"jenis": "sengketa", "tanggapan_atasan_diterima_pemohon": "2026-12-18"},
        {"jenis": "pengadilan", "putusan_ki_diterima": "2026-03-11"},
        {"jenis": "keberatan", "rezim": "tahapan", "keberatan_diterima": "2026-05-13"},
    ])  # fmt: skip
    assert hasil[0]["hasil"] == {"batas_sengketa_ki": "2027-01-13", "sementara": True}
    assert hasil[1]["hasil"] == {"batas_gugatan_ptun": "2026-04-08", "sementara": False}
    assert hasil[2]["hasil"]["batas_tanggapan_atasan"] == "2026-05-20"


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ("{", "JSON"),
        ("[1]", "masukan"),
        ('{"kasus": 3}', "daftar kasus"),
        ('[{"id": "A", "masukan": {"jenis": "lain"}}]', "Kasus A: Jenis"),
        ('[{"masukan": {"jenis": "permohonan"}}]', "diterima wajib"),
        ('[{"masukan": {"jenis": "permohonan", "diterima": "09-02-2026"}}]', "ISO"),
        ('[{"masukan": {"jenis": "permohonan", "diterima": 20260209}}]', "ISO"),
        ('[{"masukan": {"jenis": "permohonan", "rezim": ["x"], "diterima": "2026-02-09"}}]', "Rezim"),
        ('[{"masukan": {"jenis": "permohonan", "diterima": "9999-12-30"}}]', "terlalu jauh"),
        ('[{"masukan": {"jenis": "permohonan", "diterima": "1999-01-04"}}]', "tidak ada yang berlaku"),
        ('[{"masukan": {"jenis": "permohonan", "diterima": "2026-02-09", "jawaban_dikirim": "2026-02-01"}}]', "sebel"),
        ('{"kalender": [{"jenis": "x"}], "kasus": []}', "bertanggal"),
    ],
)  # fmt: skip
def test_unusable_input_is_one_sentence_and_nothing_else(tmp_path, db, isi, kata):
    berkas = tmp_path / "rusak.json"
    berkas.write_text(isi)
    keluaran = StringIO()
    with pytest.raises(CommandError, match=kata) as galat:
        call_command("tenggat", str(berkas), stdout=keluaran, stderr=StringIO())
    assert (galat.value.returncode, keluaran.getvalue()) == (2, "")


def test_no_database_server_is_needed(tmp_path):
    env = os.environ | {"SECRET_KEY": "u" * 50, "DATABASE_URL": f"postgresql:///kantor?host={tmp_path}"}
    jalan = subprocess.run(
        [sys.executable, "manage.py", "tenggat", str(KASUS)],
        cwd=Path(__file__).parents[2], env=env, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    for hasil, kasus in zip(json.loads(jalan.stdout), DOKUMEN["kasus"], strict=True):
        cocok(hasil, kasus)
    assert "bawaan aplikasi" in jalan.stderr
