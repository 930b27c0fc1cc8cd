# Ten targets at most; `make demo` and `make test` need nothing but Python 3.11+ and make.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test check docs migrate lock bench

.venv/ready: pyproject.toml requirements.lock hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock -e .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock -e '.[dev]'
	touch $@

setup: .venv/ready-dev  ## install everything a developer needs

demo: .venv/ready  ## set up, load the reference city, replay a year, serve it
	$(BIN)/xiaoneng demo

test: .venv/ready-dev  ## set up and pass every test
	$(BIN)/python tests/run.py

check: .venv/ready-dev  ## format, lint, types, import contracts, house tests, pure tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint src/xiaoneng/web/templates --lint --quiet
	$(BIN)/python -m pytest tests/house tests/pure

docs: .venv/ready-dev  ## write the generated pages again
	$(BIN)/xiaoneng procedures --write docs/procedures

migrate: .venv/ready-dev  ## write migrations for changed tables
	$(BIN)/xiaoneng manage makemigrations

lock: .venv/ready-dev  ## resolve dependencies again, host-free and with hashes
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --extra spark --extra bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

bench: .venv/ready-dev  ## measure against peers and limits
	$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock -e '.[bench]'
	$(BIN)/python benchmarks/run.py
