"""What a job promises to the person who asked for it, without a worker of its own."""

import errno
import threading
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from kpupalu.celery import app
from kpupalu.jobs import registry
from kpupalu.jobs.actions import start_job, stop_job
from kpupalu.jobs.lease import Lease, finish, take_lease
from kpupalu.jobs.models import Job, nomor_kejadian_baru
from kpupalu.jobs.outcome import disk_full, masked_traceback
from kpupalu.jobs.registry import JobFailed, LeaseLost, UnknownKind, runner
from kpupalu.jobs.tasks import resume_stalled_jobs, run_job
from kpupalu.jobs.views import poll_seconds
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang

NIK = "7271012505909001"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sari():
    return get_user_model().objects.create(username="sari")


@pytest.fixture
def tono():
    return get_user_model().objects.create(username="tono")


def beri(user, kode: str) -> None:
    """Give *user* one right the way the office does: by a role."""
    peran, _ = Group.objects.get_or_create(name=f"uji-{kode}")
    peran.permissions.add(Permission.objects.get(codename=kode))
    user.groups.add(peran)


@pytest.fixture
def dewi():
    """An auditor: sees everybody's jobs."""
    user = get_user_model().objects.create(username="dewi")
    beri(user, "lihat_semua_pekerjaan")
    return user


@pytest.fixture
def jenis():
    """Register a runner for this test only: ``jenis(function, **options)`` returns its kind."""
    before = dict(registry._RUNNERS)

    def register(function=lambda job: None, kind="uji.satu", **options) -> str:
        runner(kind, **options)(function)
        return kind

    yield register
    registry._RUNNERS.clear()
    registry._RUNNERS.update(before)


def jalankan(job: Job) -> Job:
    """Do the job here and now, in the test's own transaction."""
    run_job.apply((job.pk,), throw=True)
    job.refresh_from_db()
    return job


# --- asking ---


def test_job_is_queued_only_after_commit(sari, jenis, django_capture_on_commit_callbacks, monkeypatch):
    terkirim = []
    monkeypatch.setattr(run_job, "apply_async", lambda args, **_: terkirim.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(jenis(), by=sari, berkas=12)
        assert terkirim == []
    job.refresh_from_db()
    assert terkirim == [(job.pk,)]
    assert (job.status, job.params) == ("antre", {"berkas": 12})
    assert job.diantrekan_pada is not None


@pytest.mark.parametrize(
    "nilai",
    [NIK, int(NIK), "7271 0125 0590 9001", ["7271.0125.0590.9001"], {"a": {"b": f"NIK {NIK}"}}, {NIK: 1}],
)
def test_params_shaped_like_a_nik_are_refused(sari, jenis, nilai):
    with pytest.raises(ValidationError):
        start_job(jenis(), by=sari, nilai=nilai)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "nilai", [3, "2026-TW4", "12345678-1234-1234-1234-123456789012", "a1234567890123456f", "2026-11-24T10:17:51.123456"]
)
def test_ids_periods_and_digests_are_no_nik(sari, jenis, nilai):
    assert start_job(jenis(), by=sari, nilai=nilai).params == {"nilai": nilai}


def test_kunci_that_is_a_nik_is_refused(sari, jenis):
    with pytest.raises(ValidationError):
        start_job(jenis(), by=sari, kunci=f"cetak-{NIK}")


def test_kind_without_runner_is_refused_at_once(sari):
    with pytest.raises(UnknownKind):
        start_job("uji.tidak_ada", by=sari)


def test_second_runner_of_one_kind_is_a_mistake(jenis):
    jenis()
    with pytest.raises(ValueError, match="dua runner"):
        runner("uji.satu")(jalankan)


def test_same_kunci_returns_the_unfinished_job(sari, jenis):
    kind = jenis()
    job = start_job(kind, by=sari, kunci="naskah-7")
    assert start_job(kind, by=sari, kunci="naskah-7") == job
    assert start_job(kind, by=sari, kunci="naskah-8") != job
    assert start_job(jenis(kind="uji.dua"), by=sari, kunci="naskah-7") != job
    assert start_job(kind, by=sari) != start_job(kind, by=sari)
    jalankan(job)
    assert start_job(kind, by=sari, kunci="naskah-7") != job


def test_same_kunci_of_somebody_else_says_so(sari, tono, jenis):
    kind = jenis(label="Mencetak naskah")
    start_job(kind, by=sari, kunci="naskah-7")
    with pytest.raises(Refused, match="Mencetak naskah sedang dikerjakan atas permintaan"):
        start_job(kind, by=tono, kunci="naskah-7")


def test_database_keeps_one_unfinished_job_per_kunci(sari, jenis):
    kind = jenis()
    start_job(kind, by=sari, kunci="naskah-7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=kind, kunci="naskah-7", requested_by=sari)


# --- running ---


def test_success_keeps_result_progress_and_path(sari, jenis):
    def kerja(job):
        job.report(0, 279_084, "Membaca")
        job.report(12_400)
        return {"tautan": "/naskah/7/", "jumlah": 12_400}

    job = jalankan(start_job(jenis(kerja, satuan="baris"), by=sari))

    assert (job.status, job.percobaan, job.token) == ("selesai", 1, None)
    assert job.kemajuan == "12.400 dari 279.084 baris"
    assert (job.langkah, job.tautan, job.hasil["jumlah"]) == ("Membaca", "/naskah/7/", 12_400)
    assert job.mulai_pada <= job.selesai_pada


@pytest.mark.parametrize("tautan", ["https://contoh.id/", "//contoh.id/", "javascript:alert(1)", "/\\contoh.id", "", 5])
def test_result_path_never_leads_elsewhere(tautan):
    assert Job(hasil={"tautan": tautan}).tautan == ""


def test_partial_success_says_what_is_missing(sari, jenis):
    job = jalankan(start_job(jenis(lambda job: job.note_partial("3 baris dilewati.")), by=sari))
    assert (job.status, job.pesan) == ("selesai_sebagian", "3 baris dilewati.")


@pytest.mark.parametrize("galat", [JobFailed, Refused])
def test_expected_failure_shows_its_own_sentence(sari, jenis, galat):
    def kerja(job):
        raise galat(f"Baris dengan NIK {NIK} tidak dapat dibaca.")

    job = jalankan(start_job(jenis(kerja), by=sari))
    assert job.status == "gagal"
    assert job.pesan == "Baris dengan NIK 7271•••••••••••• tidak dapat dibaca."
    assert (job.nomor_kejadian, job.traceback) == ("", "")


@pytest.mark.parametrize("galat", [RuntimeError, BaseException])
def test_unexpected_failure_gets_incident_number_and_masked_traceback(sari, jenis, caplog, galat):
    def kerja(job):
        raise galat(f"gagal pada {NIK}, password=rahasia1")

    job = jalankan(start_job(jenis(kerja), by=sari))
    assert job.status == "gagal"
    assert job.nomor_kejadian in job.pesan
    assert job.pesan.startswith("Maaf, pekerjaan gagal")
    assert "in kerja" in job.traceback
    for teks in (job.pesan, job.traceback, caplog.text):
        assert NIK not in teks
        assert "rahasia1" not in teks
    assert job.nomor_kejadian in caplog.text


def test_traceback_hides_row_values_that_postgres_quotes():
    try:
        raise psycopg.errors.UniqueViolation("galat\nDETAIL:  Key (nama, lahir)=(ANDI BASO, 1990-05-25) exists.")
    except psycopg.Error as error:
        teks = masked_traceback(error)
    assert "ANDI" not in teks
    assert "UniqueViolation" in teks


def test_result_progress_and_message_never_keep_a_nik(sari, jenis):
    def kerja(job):
        job.report(1, 2, f"Membaca {NIK}")
        job.note_partial(f"{NIK} dilewati.")
        return {"contoh": [NIK, int(NIK), {"nkk": f"KK {NIK}"}]}

    job = jalankan(start_job(jenis(kerja), by=sari))
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(j)::text from jobs_job j where id = %s", [job.pk])
        baris = cursor.fetchone()[0]
    assert NIK not in baris
    assert job.status == "selesai_sebagian"


def test_full_disk_has_its_own_sentence(sari, jenis):
    def kerja(job):
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            raise RuntimeError("cetak gagal") from error

    job = jalankan(start_job(jenis(kerja), by=sari))
    assert job.status == "gagal"
    assert "ruang penyimpanan peladen penuh" in job.pesan
    assert job.nomor_kejadian


def test_full_database_disk_counts_as_full_disk():
    assert disk_full(psycopg.errors.DiskFull("could not extend file"))
    assert not disk_full(OSError(errno.EACCES, "Permission denied"))


def test_right_is_checked_again_when_the_job_runs(sari, jenis):
    dijalankan = []
    kind = jenis(dijalankan.append, perm="jobs.lihat_semua_pekerjaan")
    job = jalankan(start_job(kind, by=sari))
    assert (job.status, dijalankan) == ("gagal", [])
    assert "tidak lagi berwenang" in job.pesan

    beri(sari, "lihat_semua_pekerjaan")
    assert jalankan(start_job(kind, by=sari)).status == "selesai"

    sari.is_active = False
    sari.save()
    job = jalankan(start_job(kind, by=sari))
    assert job.status == "gagal"
    assert "tidak aktif" in job.pesan
    assert len(dijalankan) == 1


def test_area_that_is_gone_ends_in_a_sentence(sari, jenis):
    job = start_job(jenis(), by=sari)
    Job.objects.filter(pk=job.pk).update(kind="uji.dihapus")
    job = jalankan(job)
    assert job.status == "gagal"
    assert "tidak terpasang" in job.pesan


# --- lease ---


def diam(job: Job, detik: int) -> None:
    Job.objects.filter(pk=job.pk).update(detak_pada=Now() - timedelta(seconds=detik))


def test_lease_goes_to_one_and_only_after_silence_to_another(sari, jenis, settings):
    job = start_job(jenis(), by=sari)
    pertama = take_lease(job.pk)
    assert pertama.percobaan == 1
    assert take_lease(job.pk) is None
    diam(job, settings.JOB_LEASE_SECONDS - 5)
    assert take_lease(job.pk) is None
    diam(job, settings.JOB_LEASE_SECONDS + 1)
    kedua = take_lease(job.pk)
    assert (kedua.percobaan, kedua.mulai_pada) == (2, pertama.mulai_pada)
    assert kedua.token != pertama.token


def test_zombie_cannot_report_commit_or_finish(sari, jenis, settings):
    job = start_job(jenis(), by=sari)
    zombi = take_lease(job.pk)
    diam(job, settings.JOB_LEASE_SECONDS + 1)
    pemilik = take_lease(job.pk)

    lease = Lease(zombi, threaded=False)
    with lease:
        lease._last_write = float("-inf")
        with pytest.raises(LeaseLost):
            zombi.report(99)
        with pytest.raises(LeaseLost):
            zombi.hold_lease()
    assert finish(zombi, lease.token, status=Job.Status.GAGAL) is False
    job.refresh_from_db()
    assert (job.status, job.token, job.selesai_satuan) == ("berjalan", pemilik.token, 0)


def test_lost_lease_writes_no_outcome(sari, jenis):
    def kerja(job):
        Job.objects.filter(pk=job.pk).update(token="00000000-0000-4000-8000-000000000000")
        job.hold_lease()

    job = jalankan(start_job(jenis(kerja), by=sari))
    assert (job.status, job.pesan) == ("berjalan", "")


def test_ended_job_is_never_taken_again(sari, jenis):
    job = jalankan(start_job(jenis(), by=sari))
    assert take_lease(job.pk) is None


def test_attempts_end_in_an_honest_failure(sari, jenis, settings):
    dijalankan = []
    job = start_job(jenis(dijalankan.append, max_percobaan=2), by=sari)
    for _ in range(2):
        take_lease(job.pk)
        diam(job, settings.JOB_LEASE_SECONDS + 1)
    job = jalankan(job)
    assert (job.status, job.percobaan, dijalankan) == ("gagal", 3, [])
    assert "berkali-kali (2 kali)" in job.pesan


def test_reports_are_written_at_most_twice_a_second(sari, jenis, monkeypatch):
    tulis = []
    monkeypatch.setattr(Lease, "_beat", lambda self: tulis.append(1))

    def kerja(job):
        for nomor in range(10_000):
            job.report(nomor, 10_000)

    job = jalankan(start_job(jenis(kerja), by=sari))
    assert len(tulis) <= 2
    assert job.selesai_satuan == 9_999, "laporan terakhir tidak hilang"


# --- stopping ---


def test_waiting_job_stops_at_once(sari, jenis):
    job = stop_job(start_job(jenis(dapat_dihentikan=True), by=sari), by=sari)
    assert (job.status, job.diminta_berhenti_oleh) == ("dihentikan", sari)
    assert take_lease(job.pk) is None


def test_running_job_stops_at_its_next_report(sari, jenis):
    def kerja(job):
        job.report(120, 200)
        stop_job(Job.objects.get(pk=job.pk), by=sari)
        job.lease._last_write = float("-inf")
        job.report(140)
        raise AssertionError("laporan seharusnya menghentikan pekerjaan")

    job = jalankan(start_job(jenis(kerja, dapat_dihentikan=True, satuan="baris"), by=sari))
    assert job.status == "dihentikan"
    assert job.pesan == "Pekerjaan dihentikan atas permintaan setelah 140 dari 200 baris."


def test_stopping_is_refused_where_it_is_not_safe_not_ours_or_too_late(sari, tono, dewi, jenis):
    tetap = start_job(jenis(kind="uji.tetap"), by=sari)
    with pytest.raises(Refused, match="tidak dapat dihentikan"):
        stop_job(tetap, by=sari)
    job = start_job(jenis(dapat_dihentikan=True), by=sari)
    with pytest.raises(Refused, match="Hanya peminta"):
        stop_job(job, by=dewi)
    beri(tono, "hentikan_semua_pekerjaan")
    assert stop_job(job, by=tono).status == "dihentikan"
    with pytest.raises(Refused, match="sudah berakhir"):
        stop_job(job, by=sari)


# --- finding what nobody does ---


@pytest.fixture
def terkirim(monkeypatch):
    terkirim = []
    monkeypatch.setattr(run_job, "apply_async", lambda args, **_: terkirim.append(args[0]))
    return terkirim


@pytest.mark.parametrize(
    ("umur", "diantrekan", "dikirim"),
    [(1, None, False), (10, None, True), (100, 30, False), (100, 90, True)],
)
def test_waiting_job_is_queued_again_only_when_overdue(sari, jenis, terkirim, umur, diantrekan, dikirim):
    job = start_job(jenis(), by=sari)
    Job.objects.update(
        dibuat_pada=sekarang() - timedelta(seconds=umur),
        diantrekan_pada=diantrekan and sekarang() - timedelta(seconds=diantrekan),
    )
    assert resume_stalled_jobs() == int(dikirim)
    assert terkirim == [job.pk] * dikirim
    assert resume_stalled_jobs() == 0, "baru saja diantrekan"


def test_silent_job_is_queued_again_and_a_living_one_is_not(sari, jenis, terkirim, settings):
    hidup, mati = (take_lease(start_job(jenis(), by=sari).pk) for _ in range(2))
    diam(mati, settings.JOB_LEASE_SECONDS + 1)
    resume_stalled_jobs()
    assert terkirim == [mati.pk]
    assert hidup.status == "berjalan"


def test_beat_schedule_names_the_task_that_resumes():
    jadwal = django_settings.CELERY_BEAT_SCHEDULE["pekerjaan-terhenti"]
    assert app.tasks[jadwal["task"]].name == resume_stalled_jobs.name


# --- pages ---


def test_jobs_of_others_are_404_and_the_auditor_sees_all(client, sari, tono, dewi, jenis):
    job = start_job(jenis(dapat_dihentikan=True), by=sari)
    url, henti = reverse("jobs:detail", args=[job.pk]), reverse("jobs:hentikan", args=[job.pk])
    kemajuan = reverse("jobs:kemajuan", args=[job.pk])
    for user, kode in [(sari, 200), (tono, 404), (dewi, 200)]:
        client.force_login(user)
        assert client.get(url).status_code == kode
        assert client.get(kemajuan, headers={"HX-Request": "true"}).status_code == kode
        assert Job.objects.for_user(user).filter(pk=job.pk).exists() == (kode == 200)
    client.force_login(tono)
    assert client.post(henti).status_code == 404
    assert client.get(henti).status_code == 405
    client.logout()
    assert client.get(url).status_code == 302
    job.refresh_from_db()
    assert job.status == "antre"


def test_list_shows_own_jobs_and_all_only_with_the_right(client, sari, tono, dewi, jenis):
    milik_sari = start_job(jenis(kind="uji.a", label="Impor daftar"), by=sari)
    milik_dewi = start_job(jenis(kind="uji.b", label="Cetak naskah"), by=dewi)
    jalankan(milik_dewi)

    def tampil(user, **saringan) -> list[Job]:
        client.force_login(user)
        return client.get(reverse("jobs:daftar"), saringan).context["jobs"]

    assert tampil(sari, milik="semua") == [milik_sari]
    assert tampil(tono) == []
    assert tampil(dewi) == [milik_dewi]
    assert tampil(dewi, milik="semua") == [milik_dewi, milik_sari]
    assert tampil(dewi, milik="semua", status="antre") == [milik_sari]
    assert tampil(dewi, milik="semua", sebelum=milik_dewi.pk) == [milik_sari]
    assert tampil(dewi, sebelum="9" * 40, status="x'") == [milik_dewi]


def test_list_pages_by_key_with_constant_queries(client, sari, jenis):
    kind = jenis()
    client.force_login(sari)
    url, halaman, terlihat = reverse("jobs:daftar"), "", []
    start_job(kind, by=sari)
    client.get(url)
    with CaptureQueriesContext(connection) as sedikit:
        client.get(url)
    Job.objects.bulk_create(Job(kind=kind, requested_by=sari) for _ in range(59))
    for _ in range(3):
        with CaptureQueriesContext(connection) as banyak:
            jawaban = client.get(url + halaman)
        assert len(banyak) <= len(sedikit)
        terlihat += [job.pk for job in jawaban.context["jobs"]]
        halaman = f"?sebelum={jawaban.context['sesudah']}"
    assert terlihat == sorted(Job.objects.values_list("pk", flat=True), reverse=True)
    assert jawaban.context["sesudah"] is None


def test_running_page_tells_progress_and_asks_again_by_htmx(client, sari, jenis):
    job = take_lease(start_job(jenis(label="Impor daftar", satuan="baris", dapat_dihentikan=True), by=sari).pk)
    Job.objects.filter(pk=job.pk).update(
        selesai_satuan=12_400,
        total_satuan=279_084,
        langkah="Memeriksa baris",
        percobaan_pada=sekarang() - timedelta(seconds=60),
    )
    client.force_login(sari)
    url = reverse("jobs:detail", args=[job.pk])
    isi = client.get(url).content.decode()
    for teks in (
        "12.400 dari 279.084 baris",
        "Memeriksa baris",
        "<progress",
        "sekitar 22 menit lagi",
        "Anda boleh menutup halaman ini",
        "Muat ulang",
        "Hentikan",
        'hx-trigger="every 3s"',
    ):
        assert teks in isi, teks

    assert "<script>" not in isi
    assert "style=" not in isi
    bagian = client.get(url + "kemajuan/", {"kali": 25}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in bagian
    assert 'hx-trigger="every 5s"' in bagian
    assert "kali=26" in bagian
    assert client.get(url + "kemajuan/").url == url, "tanpa htmx halaman lengkap yang tampil"


def test_screen_readers_hear_at_most_every_ten_seconds_and_the_end_at_once(client, sari, jenis):
    job = take_lease(start_job(jenis(), by=sari).pk)
    client.force_login(sari)
    url = reverse("jobs:detail", args=[job.pk])

    def diumumkan(kali: int) -> bool:
        isi = client.get(url + "kemajuan/", {"kali": kali}, headers={"HX-Request": "true"}).content.decode()
        return "#status-hidup" in isi

    saat, terakhir = 0, None
    for kali in range(1, 80):
        saat += poll_seconds(kali - 1)
        if diumumkan(kali):
            assert terakhir is None or saat - terakhir >= 10
            terakhir = saat
    finish(job, job.token, status=Job.Status.SELESAI)
    assert diumumkan(81)
    isi = client.get(url).content.decode()
    assert "hx-get" not in isi
    assert "hx-swap-oob" not in isi


def test_polling_does_not_keep_an_idle_session_alive():
    assert resolve("/pekerjaan/1/kemajuan/").func.latar
    assert not getattr(resolve("/pekerjaan/1/").func, "latar", False)


def test_polling_grows_patient():
    jeda = [poll_seconds(kali) for kali in range(100)]
    assert jeda == sorted(jeda)
    assert (jeda[0], jeda[-1]) == (3, 15)


def test_failed_page_shows_sentence_and_incident_but_no_traceback(client, sari, jenis):
    def kerja(job):
        raise RuntimeError("rincian teknis")

    job = jalankan(start_job(jenis(kerja), by=sari))
    client.force_login(sari)
    isi = client.get(reverse("jobs:detail", args=[job.pk])).content.decode()
    assert job.nomor_kejadian in isi
    assert "rincian teknis" not in isi
    assert "Traceback" not in isi


def test_stop_button_stops_and_says_so(client, sari, jenis):
    job = start_job(jenis(dapat_dihentikan=True), by=sari)
    client.force_login(sari)
    jawaban = client.post(reverse("jobs:hentikan", args=[job.pk]), follow=True)
    assert "Pekerjaan dihentikan." in jawaban.content.decode()
    jawaban = client.post(reverse("jobs:hentikan", args=[job.pk]))
    assert jawaban.status_code == 409
    assert "Pekerjaan ini sudah berakhir." in jawaban.content.decode()


def test_waiting_or_silent_job_says_why_it_stands_still(sari, jenis, settings):
    job = start_job(jenis(), by=sari)
    assert job.keterangan_tunggu == ""
    job.dibuat_pada -= timedelta(minutes=5)
    assert "belum mulai" in job.keterangan_tunggu
    job = take_lease(job.pk)
    assert job.keterangan_tunggu == ""
    job.detak_pada -= timedelta(minutes=5)
    assert "tidak memberi kabar" in job.keterangan_tunggu


def test_incident_numbers_are_dated_and_readable():
    nomor = {nomor_kejadian_baru() for _ in range(200)}
    assert len(nomor) == 200
    for satu in nomor:
        assert satu.startswith(f"K-{sekarang():%Y%m%d}-")
        assert not set(satu[-6:]) & set("IL0O1")


# --- the thread ---


@pytest.fixture
def _kosongkan(transactional_db):
    """The history refuses TRUNCATE, also by the emptying after a test; that closes this connection as well."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_kosongkan")
def test_heartbeat_and_progress_are_seen_while_the_runner_holds_a_transaction(sari, jenis):
    job = take_lease(start_job(jenis(), by=sari).pk)
    awal = job.detak_pada
    terlihat = threading.Event()

    def amati():
        try:
            while not terlihat.wait(0.05):
                baris = Job.objects.get(pk=job.pk)
                if baris.selesai_satuan == 7 and baris.detak_pada > awal:
                    terlihat.set()
        finally:
            connection.close()

    pengamat = threading.Thread(target=amati, daemon=True)
    pengamat.start()
    with Lease(job), transaction.atomic():
        Job.objects.filter(pk=job.pk).exists()
        job.report(7, 10)
        assert terlihat.wait(5), "kemajuan tidak terlihat selama transaksi terbuka"
    pengamat.join()
