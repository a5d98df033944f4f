# Two commands: `make demo` shows the office at work, `make test` proves it. The rest is for its builders.
PYTHON := .venv/bin/python
# The settings of a production office, with a secret that lives as long as the command.
PRODUKSI = SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') DATABASE_URL=postgresql:///kantor ALLOWED_HOSTS=kantor.example
.PHONY: install demo demo-ulang siap-uji test lint bench mutasi gambar kunci

install:
	@python3 kpupalu/demo/pasang.py

demo: install
	@$(PYTHON) manage.py demo

demo-ulang: install
	@$(PYTHON) manage.py demo --ulang

siap-uji:
	@python3 kpupalu/demo/pasang.py --uji

test: siap-uji
	$(PYTHON) -m pytest -n 2 -m "not browser and not worker"
	$(PYTHON) -m pytest -m "browser or worker"

lint: siap-uji
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djhtml --check templates
	.venv/bin/lint-imports
	$(PRODUKSI) .venv/bin/mypy kpupalu pdpb ppid
	$(PRODUKSI) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PRODUKSI) $(PYTHON) manage.py makemigrations --check --dry-run

bench: install
	$(PYTHON) -m tests.bench

mutasi: siap-uji
	$(PYTHON) -m tests.mutasi

gambar: siap-uji
	$(PYTHON) -m tests.gambar_panduan

kunci: install
	.venv/bin/uv pip compile -q pyproject.toml --universal --generate-hashes --all-extras --no-header --no-emit-index-url --output-file requirements.lock
	.venv/bin/uv pip compile -q pyproject.toml --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --constraint requirements.lock --output-file requirements-produksi.lock
	.venv/bin/uv pip compile -q tests/bench/banding.in --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --output-file tests/bench/banding.txt
