# Everything goes into .venv; nothing outside this folder is touched but three packages where Debian lacks them and we are root:
# Python's own venv package, Tesseract, which reads scanned pages, and for the tests Chromium.
PYTHON ?= python3
# Where pip may not find the CPU build of PyTorch by itself, name its index: make run TORCH_INDEX=https://...
TORCH_INDEX ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test quick check format install ocr browser model lock clean

run: $(READY)
	@$(BIN)/cap run

# Three processes on two cores: many tests wait for programs that they have started.
test: $(READY) browser
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Without what takes more than ten seconds each: real models, real Prefect runs, the real reports.
quick: $(READY)
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_layers.py

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

install: $(READY)

# PyTorch comes first and by itself: a package that asks for it would bring gigabytes of CUDA on Linux.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || (echo "Python's venv package is missing; installing it." && apt-get update -qq && apt-get install -y -qq python3-venv)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): PyTorch (CPU), then the rest. This takes a few minutes the first time."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@$(MAKE) --no-print-directory ocr
	@touch $(READY)

# Scanned pages need Tesseract; everything else works without it, so that this never fails.
ocr:
	@command -v tesseract >/dev/null 2>&1 \
	|| { command -v apt-get >/dev/null 2>&1 && test "$$(id -u)" = 0 \
	     && echo "Installing Tesseract, which reads scanned pages." \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tesseract-ocr tesseract-ocr-eng >/dev/null; } \
	|| echo "Scanned pages cannot be read without Tesseract. To install it: sudo apt install tesseract-ocr (Debian, Ubuntu); brew install tesseract (macOS); winget install --id UB-Mannheim.TesseractOCR (Windows)."

# The tests drive the pages in a real browser. Nothing else needs it, so that this never fails; the tests then say what is missing.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
	|| { command -v apt-get >/dev/null 2>&1 && test "$$(id -u)" = 0 \
	     && echo "Installing Chromium, which the tests drive." \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	|| echo "The tests of the web application need Chromium. To install it: sudo apt install chromium (Debian, Ubuntu)."

# Learn the model that is shipped anew, from models/examples alone; the same examples give the same model.
model: $(READY)
	@$(BIN)/python -c "from pathlib import Path; from classify.training import build_shipped; \
	from domain.framework import load_framework; from plan.ledger import now; from services.nameless import load_nameless; \
	print(build_shipped(Path('models/examples'), Path('models/classifier'), load_nameless(Path('outputs/models/encoder')), load_framework(), created=now()).version)"

# Fix the versions that are installed now, for everybody.
lock: $(READY)
	@$(BIN)/python -m pip freeze --exclude-editable --exclude pip --exclude setuptools | sed 's/+cpu//' > requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
