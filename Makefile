# `make demo` and `make test` set up all they need; a Python of 3.11 or later is enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := mypy_deckrules tests tools bench docs/*.py noxfile.py
INSTALLED := $(VENV)/.installed

.PHONY: demo test check coverage matrix rule bench robustness fuzz format clean

demo: $(INSTALLED)
	@cd examples/shop && ../../$(BIN)/deckrules check || test $$? = 1

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: $(INSTALLED)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy

matrix: $(INSTALLED)
	$(BIN)/nox

# What the marked programs, the pages' examples and the unit tests reach of the plugin, measured in the processes of mypy.
coverage: export COVERAGE_FILE := $(CURDIR)/.cache/coverage/data
coverage: $(INSTALLED)
	rm -rf .cache/coverage .cache/bulk .cache/unit && mkdir -p .cache/coverage  # what mypy has cached, it does not run
	$(BIN)/python -m coverage run -m pytest -q -n 2 --dist loadfile tests/bulk tests/rules tests/unit -k "not django-last"
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered

# A new rule with its tests and its page: make rule CODE=task-eta [FAMILY=deck-task]
rule: $(INSTALLED)
	@$(BIN)/python -m tools.new_rule $(CODE) $(if $(FAMILY),--family $(FAMILY))

# What the plugin costs, as a table and as docs/performance.svg; hours with all sizes: make bench BENCH="--modules 200 --real"
bench: $(INSTALLED)
	$(BIN)/python -m bench $(BENCH)

# All of mypy's own test cases (15 minutes of two cores), and 20 minutes of mutated programs.
robustness: $(INSTALLED)
	$(BIN)/python -m tests.robustness

fuzz: $(INSTALLED)
	$(BIN)/python -m tests.robustness.fuzz --minutes 20

format: $(INSTALLED)
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

$(INSTALLED): pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint requirements-dev.lock --editable '.[dev,docs,stubs]'
	$(BIN)/python -m pip install --quiet --no-deps celery-batches==0.11
	@touch $@

clean:
	rm -rf $(VENV) .cache dist build
