# Two commands for a new machine: `make demo` and `make test`. Needs Python 3.11+ and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check clean

demo: $(VENV)/.demo
	$(BIN)/voicemock demo

# What lives in real time (sound, browser) waits more than it works: it runs beside the rest, which steps back for it.
# librosa's machine code is compiled once, before many processes would write the same files and crash on each other's.
# So are the tests, which takes each of six processes 8 s otherwise. What is compiled is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
COMPILE := import numpy; from voicemock.speech.pitch import track_f0; track_f0(numpy.zeros(16000, numpy.float32))
test: $(VENV)/.test check
	@$(BIN)/python -m pytest --collect-only --quiet >$(VENV)/others.log & \
	NUMBA_CACHE_DIR=$(CURDIR)/.pytest_cache/numba $(BIN)/python -c "$(COMPILE)" && wait
	@nice -n 19 $(BIN)/python -m pytest -m "not realtime" --numprocesses 3 --dist worksteal >$(VENV)/others.log 2>&1 & \
	others=$$!; failed=0; \
	$(BIN)/python -m pytest -m realtime --numprocesses 3 --dist loadfile || failed=1; \
	wait $$others || failed=1; cat $(VENV)/others.log; exit $$failed

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[offline,natural,prepare,page]'
	touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable '.[offline,natural,test]'
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
