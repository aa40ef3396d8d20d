# Needs git, make and python3-venv. `make run` starts everything; see `make help`.

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench browser
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
STAFF ?= 14000
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin
# The first Python of at least 3.11 on the path.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

help:
	@echo 'make run     jalankan Luwes dengan data contoh di http://127.0.0.1:$(PORT) (PORT=… porta lain, STAFF=500 provinsi kecil)'
	@echo 'make test    jalankan semua uji'
	@echo 'make check   periksa kode, tipe, batas modul, migrasi, terjemahan, templat'
	@echo 'make fix     rapikan kode'
	@echo 'make bench   ukur klaim kinerja (BENCH=nama satu pokok saja)'

# One recipe line and nothing else: make then starts luwes as its own child, which stops when make does.
run: $(VENV)/run.stamp
	@exec $(BIN)/luwes serve --demo --staff $(STAFF) --with-parent --port $(PORT)

# Coverage is asked of core's own tests, which alone must reach all of it; it slows every other test by a fifth.
# Both parts run, so that one run shows all that is wrong.
test: $(VENV)/dev.stamp browser
	@failed=0; \
	$(BIN)/python -m pytest -n 2 tests/core \
	    --cov=luwes.core --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100 || failed=1; \
	$(BIN)/python -m pytest -n 2 --ignore=tests/core \
	    $(shell command -v chromium >/dev/null || echo '-m "not browser"') || failed=1; \
	exit $$failed

# Debian's browser, installed where we may. Without it the tests in it are left out; in CI that is a failure.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; } \
	    </dev/null >&2 || [ "$(CI)" != true ] || { echo 'chromium is missing' >&2; exit 1; }
	@command -v chromium >/dev/null || echo 'Without chromium: the tests in a real browser are left out.' >&2

# Every part runs, so that one look shows all that is wrong.
CHECKS := 'ruff check' 'ruff format --check' 'lint-imports' \
	'python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run' \
	'python -m tests.house.messages check' 'python -m tests.house.templates' 'mypy'
check: export DJANGO_SETTINGS_MODULE = luwes.config.settings
check: export LUWES_DATA = $(abspath $(VENV))/check
check: $(VENV)/dev.stamp
	@failed=0; for part in $(CHECKS); do \
	    echo "== $$part" && $(BIN)/$$part || failed=1; done; exit $$failed

# New messages enter the English catalogue untranslated; `make check` asks for their English.
fix: export LUWES_DATA = $(abspath $(VENV))/check
fix: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	-$(BIN)/python -m tests.house.messages update

# Standard output carries the measurements alone.
bench: $(VENV)/dev.stamp
	@$(BIN)/python -m bench $(BENCH)

# The development requirements contain the others, so what is installed for one also serves `make run`.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo 'Memasang paket Python ke $(VENV) …' >&2
	@$(PIP) --require-hashes -r requirements/run.txt >&2
	@$(PIP) --no-build-isolation --editable . >&2
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo 'Memasang paket Python ke $(VENV) …' >&2
	@$(PIP) --require-hashes -r requirements/dev.txt >&2
	@$(PIP) --no-build-isolation --editable . >&2
	@touch $@ $(VENV)/run.stamp

$(BIN)/python:
	@[ -n '$(PYTHON)' ] || { echo 'Luwes memerlukan Python 3.11 atau yang lebih baru.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >&2 || { rm -rf $(VENV); \
	    echo 'Lingkungan Python tidak dapat dibuat. Di Debian: apt-get install python3-venv' >&2; exit 1; }
