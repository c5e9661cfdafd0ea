# make build   set up, then turn every deck in decks/ into output/      (what a newcomer runs first)
# make test    set up, then ruff, mypy and pytest: all that CI runs
# make lint    ruff and mypy alone          make format   let ruff lay out the code
# make bench   speed, as ratios measured side by side; QUIZGEN_LONG=1 make bench takes an hour, and writes the README's table
# make test-long   faults of the kernel, hostile files without end, every text in every field, very much of all: some hours
# make judge   have the oracle judge a million questions of messy decks, and statistics a hundred thousand: some minutes
# make pictures   make the pictures of the README from the shipped decks
# make goldens    draw anew the printed pages and the states of the page that tests compare: look at each of them
# make lock    pin the newest versions of everything that pyproject.toml allows
# make clean   remove what the others made, but not output/
#
# PY=python3.13 make build takes another Python. The second run of a target sets nothing up again.

PY ?= python3
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: build test test-long lint format bench judge pictures goldens lock clean

build: .venv/ready
	$(BIN)/quizgen build

test: lint
	$(BIN)/python -m pytest -n auto

lint: .venv/ready-to-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/ready-to-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/ready-to-test
	@rm -f .pytest_cache/speeds.jsonl
	@$(BIN)/python -m compileall -q quizgen  # else each run would compile what has changed, where Python may not keep it
	$(BIN)/python -m pytest -s -o addopts="--import-mode=importlib" tests/benchmarks; \
	  code=$$?; $(BIN)/python -m tests.benchmarks.table; exit $$code

test-long: .venv/ready-to-test
	QUIZGEN_LONG=1 $(BIN)/python -m pytest -s tests/test_fuzz.py tests/test_texts.py tests/test_faults.py tests/test_arguments.py \
	  tests/test_scale.py tests/test_anywhere.py tests/test_pdf_random.py tests/test_page_grade.py tests/test_grade.py \
	  tests/test_anki_random.py

judge: .venv/ready-to-test
	QUIZGEN_MESSY_DECKS=8000 QUIZGEN_STRESS_SEEDS=1000 $(BIN)/python -m pytest -n auto tests/test_soundness.py tests/test_stress.py

pictures: .venv/ready-to-test
	$(BIN)/python -m tests.pictures

goldens: .venv/ready-to-test
	$(BIN)/python -m tests.page_states
	$(BIN)/python -m tests.pdf_goldens

# The hashed files hold for every system and Python that we support, and name no registry.
PINNED = --universal --generate-hashes --no-header --no-annotate --quiet --upgrade
lock:
	$(PY) -m venv .venv-lock
	.venv-lock/bin/python -m pip --quiet install uv
	.venv-lock/bin/uv pip compile pyproject.toml --group build $(PINNED) -o requirements.txt
	.venv-lock/bin/uv pip compile pyproject.toml --group dev -c requirements.txt $(PINNED) -o requirements-dev.txt
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

.venv/made:
	@command -v $(PY) >/dev/null || { \
	  echo "quizgen needs Python 3.11 or newer, and there is no '$(PY)' here. Install one, or name it: make PY=/path/to/python3"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "quizgen needs Python 3.11 or newer; '$(PY)' is $$($(PY) -V 2>&1). Name a newer one: make PY=/path/to/python3"; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PY) -m venv --clear .venv
	@touch $@

.venv/ready: .venv/made pyproject.toml requirements.txt
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-build-isolation --no-deps -e .
	$(BIN)/python -m compileall -q quizgen  # as pip does with what it installs
	@touch $@

.venv/ready-to-test: .venv/ready requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
