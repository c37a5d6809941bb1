# What a researcher types. Everything runs in .venv, made from requirements.lock.
#
#   make reports   install, build the invented demo cases, write the report, say where it is
#   make lab       open JupyterLab at this folder: notebooks and reports beside each other
#   make test      run the tests, but for the long ones
#   make test-long run the long ones: simulations, whole reports, browsers
#   make acceptance  run the tests on the real lists (skipped where they are absent)
#   make coverage  run the tests and measure which lines they reach; fails below the floor
#   make coverage-quick  the same of most quick tests, as CI does under Python 3.13
#   make site      build the documentation site, build/site/index.html
#   make lint      ruff and mypy, as CI runs them
#   make bench     speed on the real lists (or on the demo cases, and then it says so)
#   make briefs-bench  State briefs of the builds in WORK beside papermill and nbconvert
#   make docs      remake the data dictionary, the table of paragraphs and the demo cases from their scripts
#   make picture   pictures of the documents, from the demo reports (needs Chromium)
#   make lock      renew requirements.lock from pyproject.toml
#   make clean     remove .venv and caches; reports and work folders stay

PYTHON ?= python3.11
VENV ?= .venv
WORK ?= data/processed
OUT ?= reports
PYTEST_ARGS ?=
LAB_ARGS ?=
DEMO_ARGS ?=

BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A machine that forbids it would compile every library anew in every process: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: reports lab test test-long acceptance coverage coverage-quick site lint format bench docs picture lock clean setup

# --no-compile: only the modules that are used are compiled, when first imported. --only-binary: no library
# is built from source, so that a machine without a compiler will do.
# git adds notebooks without their results; the file in the folder keeps them.
STRIP := if [ -x $(VENV)/bin/nbstripout ]; then exec $(VENV)/bin/nbstripout --keep-id; else exec cat; fi

$(READY): requirements.lock pyproject.toml .gitattributes
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here: install Python 3.11, or say which: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --no-deps --only-binary :all: --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-compile --no-deps --no-build-isolation --editable .
	@if [ -e .git ] && command -v git >/dev/null; then git config filter.results.clean '$(STRIP)'; fi
	@touch $@

setup: $(READY)

# Every study on its invented cases, two State briefs and the index. DEMO_ARGS="--variants --pdf" makes the
# reports of other lists, States and dates too, and the PDF copies, in as much time again.
reports: $(READY)
	$(BIN)/hrdresearch demo --work $(WORK) --out $(OUT) $(DEMO_ARGS)
	@echo
	@echo "Report drafts from invented cases (open $(OUT)/index.html in a browser; each report in a browser or in Word):"
	@find -L $(OUT) -path '*/latest/report.*' | sort | sed 's/^/  /'

lab: $(READY)
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/notebooks/killings.ipynb $(LAB_ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not real and not long" $(PYTEST_ARGS)

test-long: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "long and not real" $(PYTEST_ARGS)

acceptance: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m real $(PYTEST_ARGS)

# The floor stands in pyproject.toml ([tool.coverage.report] fail_under). scripts/check_repository.py
# refuses a lower one, here too.
coverage: $(READY)
	@echo "The floor of coverage stands in pyproject.toml (fail_under)."
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not real" --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

# Per cent of lines that the quick tests reach without those of tests/not_measured.txt, which take long
# and reach few lines that no other test reaches. From Python 3.12 on, measuring costs 3 per cent of the time.
QUICK_FLOOR := 91

coverage-quick: $(READY)
	@echo "The floor of coverage stands in the Makefile (QUICK_FLOOR)."
	COVERAGE_CORE=sysmon $(BIN)/python -m pytest -n 2 --dist worksteal -m "not real and not long" @tests/not_measured.txt \
	  --cov --cov-report= --cov-fail-under=$(QUICK_FLOOR) $(PYTEST_ARGS)

site: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs --quiet build
	$(BIN)/python scripts/check_site.py build/site

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python benchmarks/bench.py $(BENCH_ARGS)

# Of a work folder with builds: make briefs-bench WORK=... BENCH_ARGS="--briefs 10 193"
briefs-bench: $(READY)
	$(BIN)/python benchmarks/state_briefs.py $(WORK) $(BENCH_ARGS)

docs: $(READY)
	for script in scripts/make_demo*.py; do $(BIN)/python $$script || exit 1; done
	$(BIN)/python scripts/make_dictionary.py
	$(BIN)/python scripts/make_studies.py
	$(BIN)/python scripts/make_paragraphs.py

picture: $(READY)
	$(BIN)/python scripts/make_picture.py $(OUT)
	$(BIN)/python scripts/open_jupyterlab.py $(WORK)

lock: $(READY)
	$(BIN)/pip-compile --quiet --upgrade --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
