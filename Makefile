# Two commands for a new machine: `make demo` and `make test`. Needs Python 3.11+ and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check clean

demo: $(VENV)/.demo
	$(BIN)/voicemock demo

# What lives in real time (sound, browser) waits more than it works: two at a time, but not beside what fills every core.
test: $(VENV)/.test check
	$(BIN)/python -m pytest -m "not realtime" --numprocesses auto --dist worksteal
	$(BIN)/python -m pytest -m realtime --numprocesses 2 --dist loadfile

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[offline,natural]'
	touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[offline,natural,test]'
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
