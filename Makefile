# Everything a developer needs, on a machine with nothing but Python (with venv) and make.
# `make help` lists it. Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
ARGS ?=

# `make -f some/where/Makefile` works, too: it goes on in the project's own folder.
HERE := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd -P)

ifneq ($(HERE),$(CURDIR))

GOALS := $(or $(MAKECMDGOALS),help)
.PHONY: $(GOALS)
$(GOALS):
	@$(MAKE) --no-print-directory -C "$(HERE)" $@

else

RUN := .venv/bin/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11

# What is installed, as of which lock file.
BASE := .venv/.base
DEV := .venv/.dev

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test test-fast lint fmt lock messages bench rows python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(BASE) ## Run everything on one machine with five companies, at http://localhost:$PORT/ (8000)
	@exec $(RUN) -m cms.embedded demo --end-with-parent

test: $(DEV) ## Run all tests; ARGS="-k invoice" narrows them
	$(RUN) -m pytest -n auto $(ARGS)

test-fast: $(DEV) ## Run the tests that take seconds
	$(RUN) -m pytest -n auto -m "not slow and not browser" $(ARGS)

lint: $(DEV) ## Check style, types and the layers
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	.venv/bin/lint-imports

fmt: $(DEV) ## Format the code, and mend what can be mended
	$(RUN) -m ruff check --fix-only
	$(RUN) -m ruff format

lock: $(DEV) ## Lock the requirements again; ARGS=--upgrade takes newer versions
	$(LOCK) $(ARGS) --output-file requirements/base.txt requirements/base.in
	$(LOCK) $(ARGS) --output-file requirements/dev.txt requirements/dev.in

messages: $(BASE) ## Bring the catalogues of the three languages up to date
	$(RUN) manage.py messages $(ARGS)

bench: $(DEV) ## Measure, and compare with the recorded figures
	$(RUN) -m tests.benchmarks $(ARGS)

rows: $(DEV) ## Print the rows of docs/features.md with their tests
	$(RUN) manage.py rows $(ARGS)

$(DEV): requirements/dev.txt $(BASE)
	@echo "Installing what building and testing need …"
	@$(PIP) -r requirements/base.txt -r requirements/dev.txt
	@touch $@

$(BASE): requirements/base.txt | python
	@echo "Installing what the site runs on …"
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements/base.txt
	@touch $@

# An order-only prerequisite: it is looked at, and never makes anything older than itself.
python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Balcão needs Python 3.11 or later, as PYTHON=...; this is: $$($(PYTHON) --version 2>&1)"; exit 1; }

endif
