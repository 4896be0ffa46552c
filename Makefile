# `make landscape` sets up, loads the bundled sample (or INPUT=PATH), builds, gates, publishes and draws the report.
# VARS=YAML sets dbt variables; LANDSCAPE_HOME says where data lives. Paths are relative, so any folder name will do.
SHELL := /bin/bash
PYTHON ?= python3.11
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup landscape extract import build report status test lint format lock sample docs clean

help: ## Show what there is to make
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## Make .venv from requirements.lock

.venv/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: set PYTHON to it, for example make setup PYTHON=/usr/bin/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/.ready

landscape: setup ## Load INPUT=PATH (else what is in raw, else the sample), build, gate, publish, report
	@$(if $(INPUT),$(BIN)/landscape import "$(INPUT)")
	@$(BIN)/landscape build $(if $(VARS),--vars '$(VARS)')
	@$(BIN)/landscape report
	@$(BIN)/landscape status

extract: setup ## Load ClinicalTrials.gov live
	@$(BIN)/landscape extract

import: setup ## Load the registry files in INPUT=PATH
	@$(BIN)/landscape import $(if $(INPUT),"$(INPUT)")

build: setup ## Build, gate and publish what is loaded
	@$(BIN)/landscape build $(if $(VARS),--vars '$(VARS)')

report: setup ## Draw the report of what is published
	@$(BIN)/landscape report

status: setup ## Show what is loaded, built and published
	@$(BIN)/landscape status

test: setup ## Run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: setup ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	LANDSCAPE_HOME=target/lint $(BIN)/python -m sqlfluff lint models tests/dbt analyses

format: setup ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	LANDSCAPE_HOME=target/lint $(BIN)/python -m sqlfluff fix models tests/dbt analyses

lock: ## Resolve pyproject.toml anew into requirements.lock (needs pip-tools); the lock names no package host
	$(BIN)/python -m piptools compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml

sample: setup ## Write the bundled sample anew from its generator
	$(BIN)/python -m extract.sample.generate

docs: setup ## Write dbt's documentation to target/
	$(BIN)/dbt docs generate

clean: ## Remove what dbt and Python leave behind; data/ stays
	rm -rf target logs .pytest_cache .mypy_cache .ruff_cache
