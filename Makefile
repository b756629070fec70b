# Everything a developer or a build runs; `make help` lists the targets.
# A fresh machine needs Python 3.11 or later with venv, make and git; the rest is locked in requirements/.

PYTHON ?= python3
PYTEST_ARGS ?= -n auto
# make lock LOCK_ARGS=--upgrade moves the pins; without it only what pyproject.toml forces changes.
LOCK_ARGS ?=
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
VENDOR := generator/aboveboard/site/theme/vendor

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: screenshots manual engines operations help schema search-engine site serve test check lint style types imports format demo mutants bench lock venv clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
	  printf '  %-12s %s\n' "$${name#  }" "$$text"; done

site: $(VENV)/site.stamp ## build the demo site into site/
	$(BIN)/aboveboard build

serve: $(VENV)/site.stamp ## serve the demo site, rebuilt on every change
	$(BIN)/aboveboard serve

manual: $(VENV)/site.stamp ## build the manual into build/manual/
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --config-file manual/mkdocs.yml

test: $(VENV)/dev.stamp ## run the tests, or those that PYTEST_ARGS names
	$(BIN)/pytest $(PYTEST_ARGS)

check: lint test ## all that a change is held to: lint and tests

lint: style types imports ## format, ruff, mypy and the layers of imports

style: $(VENV)/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## rewrite the code in the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: $(VENV)/dev.stamp ## compile the entity classes, and write JSON Schema for editors
	$(BIN)/python -m aboveboard.policy.compile
	$(BIN)/python -m aboveboard.pipeline.json_schema
	$(BIN)/python -m aboveboard.pipeline.reference
	$(BIN)/python -m aboveboard.reporters.graph.json_schema
	$(BIN)/python -m aboveboard.reporters.json_schema
	$(BIN)/python -m aboveboard.review.releases.schema
	$(BIN)/python -m aboveboard.site.machines.schema

search-engine: ## minify the scripts of others that the site's search runs (needs npm)
	mkdir -p build && rm -rf build/search-engine && cp -r requirements/search-engine build/
	cd build/search-engine && npm ci --silent
	cd build/search-engine && npx esbuild node_modules/minisearch/dist/umd/index.js --minify \
	  --outfile=../../$(VENDOR)/minisearch-7.2.0.min.js
	cd build/search-engine && npx esbuild node_modules/stemmer/index.js --minify --bundle \
	  --format=iife --global-name=Stemmer --outfile=../../$(VENDOR)/stemmer-2.0.1.min.js

engines: $(VENV)/dev.stamp build/engines/stamp ## build the demo's tree with other engines too
	ABOVEBOARD_ENGINES=build/engines/bin $(BIN)/pytest -q tests/engines

build/engines/stamp: requirements/engines.txt
	$(PYTHON) -m venv --clear build/engines
	build/engines/bin/pip -qq install --require-hashes -r $<
	@touch $@

demo: $(VENV)/dev.stamp ## make releases and signatures of the demo anew, after a change of it
	$(BIN)/python -m tests.demo_releases
	$(BIN)/python -m tests.demo_signatures

# What the tools themselves do, held against the catalogues of the readers: one folder of packages
# and one line of tests a tool.
operations: $(VENV)/dev.stamp build/operations/sql.stamp build/operations/tools.stamp ## run the tools that the readers read about
	PYTHONPATH=build/operations/sql $(BIN)/pytest -q $(PYTEST_ARGS) tests/operations/test_duckdb.py
	ABOVEBOARD_TOOLS=build/operations/tools/bin/python $(BIN)/pytest -q $(PYTEST_ARGS) tests/operations/tools

# Tools in an environment of their own; those in operations-bare.txt are installed without all that
# they ask for, since most of it is for models and media.
build/operations/tools.stamp: requirements/operations-tools.txt requirements/operations-bare.txt
	@mkdir -p build/operations
	$(PYTHON) -m venv --clear build/operations/tools
	build/operations/tools/bin/pip -qq install --require-hashes -r requirements/operations-tools.txt
	build/operations/tools/bin/pip -qq install --require-hashes --no-deps -r requirements/operations-bare.txt
	@touch $@

build/operations/%.stamp: requirements/operations-%.txt | $(BIN)/python
	@rm -rf build/operations/$*
	$(BIN)/python -m pip -qq install --require-hashes --target build/operations/$* -r $<
	@touch $@

mutants: $(VENV)/dev.stamp ## change every example project, and see that each harm is caught
	$(BIN)/python -m tests.mutants

screenshots: $(VENV)/dev.stamp ## pictures of every type of page, to be looked at
	$(BIN)/aboveboard build --output build/screenshots-site
	$(BIN)/python -m tests.browser.screenshots build/screenshots-site build/screenshots

bench: $(VENV)/dev.stamp ## measure the speed
	$(BIN)/python benchmarks/run.py

venv: $(VENV)/dev.stamp ## only install what a developer needs into .venv

clean: ## remove all that the other targets made
	rm -rf $(VENV) build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find generator tests -name __pycache__ -type d -exec rm -rf {} +

# -- the environment: one .venv; a stamp is as new as what was last installed into it ----------

# $(call install,FILE): the pins of FILE, each held to its hash, and then the project in place.
define install
	@echo "installing $(1) into $(VENV)"
	@$(BIN)/python -m pip -qq install --require-hashes -r $(1)
	@$(BIN)/python -m pip -qq install --no-deps --no-build-isolation -e .
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or later is needed; '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)" >&2; \
	  echo "Name another, for example: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
	  exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(BIN)/python
	$(call install,$<)
	@touch $@

# requirements/dev.txt holds every pin of site.txt, so this serves `make site` as well.
$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(call install,$<)
	@touch $(VENV)/site.stamp $@

# -- the lock: valid on every supported Python and system, from pyproject.toml alone ------------

UV := build/lock/bin/uv
COMPILE := $(UV) pip compile --quiet --no-config --universal --python-version 3.11 \
  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header $(LOCK_ARGS)

lock: ## pin the dependencies of pyproject.toml anew
	@test "$$($(UV) --version 2>/dev/null | cut -d' ' -f2)" = $(UV_VERSION) || { \
	  $(PYTHON) -m venv --clear build/lock && build/lock/bin/pip -qq install uv==$(UV_VERSION); }
	$(COMPILE) --extra build pyproject.toml -o requirements/site.txt
	$(COMPILE) --extra build --extra dev -c requirements/site.txt pyproject.toml -o requirements/dev.txt
	$(COMPILE) requirements/engines.in -o requirements/engines.txt
	$(COMPILE) requirements/operations-sql.in -o requirements/operations-sql.txt
	$(COMPILE) requirements/operations-tools.in -o requirements/operations-tools.txt
	$(COMPILE) --no-deps requirements/operations-bare.in -o requirements/operations-bare.txt
