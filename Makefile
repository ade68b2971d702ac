# The front door. `make` alone lists what there is. PYTHON=python3.13 chooses the interpreter for .venv.

BIN := .venv/bin
ARGS ?=
UPGRADE ?=
STORIES ?= 20000

.PHONY: help setup demo run test bench quality lock browser format clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv with the locked packages (the others do this by themselves)
	@./setup.sh

demo: setup ## one round over the sample web, on this machine alone; feed in var/demo/site (ARGS=--serve)
	@$(BIN)/launchwire demo $(ARGS)

run: setup ## one round over the live catalogue; feed in var/site/feed.json
	@$(BIN)/launchwire run $(ARGS)

test: setup ## every check: ruff, format, mypy, import-linter, pytest
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=4 $(ARGS)

bench: setup ## how fast decisions, the store and publications are here (CORPUS=DIR, ARGS="10000 1000000", STORIES=100000)
	@$(BIN)/python tests/benchmarks/decisions.py
	@$(BIN)/python tests/benchmarks/stories_store.py $(ARGS)
	@$(BIN)/python tests/benchmarks/publication.py $(STORIES)

quality: setup ## score the decisions on labelled headlines (CORPUS=DIR names their folder)
	@$(BIN)/python tests/benchmarks/quality.py

lock: ## write requirements.lock anew from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT && \
	$${PYTHON:-python3} -m venv "$$tmp" && "$$tmp/bin/python" -m pip install --quiet uv && \
	"$$tmp/bin/uv" pip compile --quiet --universal --python-version 3.11 --extra browser --extra dev --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links $(UPGRADE) --output-file requirements.lock pyproject.toml

browser: ## install the Chromium that the tests drive (Debian and Ubuntu)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -qq --yes chromium; }

format: setup ## put the code into its form and repair what ruff can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

clean: ## remove .venv, caches and builds; var/, which holds your data, stays
	rm -rf .venv dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
