# Everything here makes its own .venv; all it needs is python3 (3.11 or later), make and a network.
PYTHON ?= python3
BIN := .venv/bin
CLIENT ?= .work/client
BUNDLES ?= 600
INSTALLS ?= 20
SEED ?= 1
SECONDS ?= 60
MATRIX ?= --matrix

.PHONY: verify test fuzz browser picture lint types check bench dist client differential isolation lock clean

verify: .venv/ready ## prove the bundle with every Python here and build its ZIPs (MATRIX= with this Python alone)
	$(BIN)/skillcheck verify --no-cache $(MATRIX) skills marketplace.json

test: .venv/ready ## run the tests, with coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: .venv/ready ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready ## timings; never part of the tests
	$(BIN)/python -m benchmarks

dist: .venv/ready ## wheel and sdist
	$(BIN)/python -m hatchling build -d dist/python

client: .venv/ready ## install the bundle with the real clients, in every way (needs npm, git, openssl)
	$(BIN)/python -m tests.client.installing

differential: .venv/ready ## compare what we say of generated bundles with the real client (needs npm)
	$(BIN)/python -m tests.client.differential --bundles $(BUNDLES) --installs $(INSTALLS) --seed $(SEED)

fuzz: .venv/ready ## every reader under atheris, SECONDS each
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group fuzz
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

browser: .venv/ready ## the site in a real Chromium (needs apt's chromium and chromium-driver, and npm)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group browser
	npm install --silent --no-audit --no-fund --prefix .work/axe axe-core@4
	AXE=.work/axe/node_modules/axe-core/axe.min.js $(BIN)/python -m pytest -q tests/site/browser

picture: .venv/ready ## draw the report that README shows
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group picture
	$(BIN)/python docs/picture.py

isolation: .venv/ready ## the hostile suite as each kind of user (needs the superuser)
	$(BIN)/python tests/isolation/situations.py

lock: .venv/ready ## pin what requirements.txt installs, and what that of quart-patterns does
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" --quiet --upgrade -o requirements.txt
	cd skills/quart-patterns && ../../$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --quiet --upgrade requirements.txt -o requirements.lock \
		--custom-compile-command "uv pip compile --universal --generate-hashes requirements.txt -o requirements.lock"

clean:
	rm -rf .venv .work dist

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "skillcheck needs Python 3.11 or later")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
