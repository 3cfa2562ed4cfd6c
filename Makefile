# Needs Python 3.11 or newer and PyPI; `make run PYTHON=python3.12` names another one.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: run test check texts bench bench-search environment

run:
	@$(PYTHON) federation/bootstrap.py run $(PORT)

environment:
	@$(PYTHON) federation/bootstrap.py environment

test: environment
	@$(BIN)/python -m pytest -n auto

check: environment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py check --settings federation.settings.test
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') DATABASE_URL=sqlite:///var/check.sqlite3 \
	  ALLOWED_HOSTS=example.org BASE_URL=https://example.org $(BIN)/python manage.py check --deploy --fail-level WARNING --settings federation.settings.production
	$(BIN)/python manage.py makemigrations --check --dry-run --settings federation.settings.test
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

# Takes new texts into the catalogues and compiles them; names those that have no translation yet.
texts: environment
	@$(BIN)/python -m federation.texts

bench: environment
	@$(BIN)/python -m federation.bench $(SIZES)

# PostgreSQL and Elasticsearch are measured too when DATABASE_URL and ELASTICSEARCH_URL name them.
bench-search: environment
	@$(BIN)/python -m federation.bench.searching $(SIZES)
