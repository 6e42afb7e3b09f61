PYTHON ?= python3
PORT ?= 8050
# Tests wait for servers and browsers some of their time.
WORKERS ?= $(shell expr 1 + `getconf _NPROCESSORS_ONLN`)
BIN := .venv/bin
# The tests start hundreds of processes; each would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run refresh test test-long check check-sql check-code lock docs bench-load bench-callbacks bench-series bench-rebuild bench-scale bench-viewers bench-door pictures face validation site clean

help: ## list what can be made
	@grep -E '^[a-z%-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z%-]+):.*## /  make \1\t/' | expand -t 20

run: .venv/run.stamp ## load what is new and serve the dashboard on http://127.0.0.1:8050 (PORT=… changes it)
	@$(BIN)/bilateral refresh --quiet
	@$(BIN)/bilateral serve --port $(PORT)

refresh: .venv/run.stamp ## bring the indicators up to date and publish them
	@$(BIN)/bilateral refresh

test: .venv/test.stamp ## lint, types, contracts, links of docs/ and every test, in a real browser (BROWSER=path takes a given one)
	@$(MAKE) --no-print-directory -j2 check site
	@$(BIN)/python -W error -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS) -m "not long"

test-%: .venv/test.stamp ## the tests of one room of tests/: make test-load, test-web, test-queries …
	@test -d tests/$* || { echo "tests/$* is no folder; choose from: $(notdir $(patsubst %/,%,$(wildcard tests/*/)))"; exit 1; }
	@$(BIN)/python -W error -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS) -m "not long" tests/$*

test-long: .venv/test.stamp ## the soak and fuzz tests, and every combination of what the others try by pairs
	@$(BIN)/python -m pytest $(ARGS) -m long
	@EXAMPLES=50 $(BIN)/python -m pytest $(ARGS) tests/indicators/test_properties.py

check: check-sql check-code ## lint, types, import contracts, stale docs, known weaknesses of dependencies

check-sql: .venv/test.stamp # the longest, beside the others where make works on two at once
	@$(BIN)/sqlfluff lint --disable-progress-bar queries

check-code: .venv/test.stamp
	@$(BIN)/ruff check dashboard tests
	@$(BIN)/ruff format --check dashboard tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m bilateral.compute.data_dictionary --check
	@$(BIN)/python .ci/audit $(BIN)

docs: .venv/run.stamp ## write docs/tables.md anew from the headers of queries/
	@$(BIN)/python -m bilateral.compute.data_dictionary

bench-series: .venv/test.stamp ## time single series, also with what they are compared with and as known on earlier days
	@cd tests && ../$(BIN)/python -m bench.series ../.artefacts/bench-series 40

bench-load: .venv/test.stamp ## time the reading of a day of GDELT beside pandas and polars
	@$(BIN)/pip install -q "polars>=2.1"
	@cd tests && ../$(BIN)/python -m bench.load

bench-callbacks: .venv/test.stamp ## time the server's answers to changes of a control; DATA=folder and DATASET=name take other data
	@cd tests && PYTHONPATH=.. ../$(BIN)/python -m bench.callbacks $(DATA) $(DATASET)

bench-rebuild: .venv/test.stamp ## time full rebuilds, refreshes and charts (ROWS="1000000 10000000"; an hour and 60 GB of disk)
	@$(BIN)/python tests/bench/rebuild.py .artefacts/rebuild $(or $(ROWS),1000000 10000000)

bench-scale: .venv/test.stamp ## time the slices of a full rebuild on one machine and on a Spark cluster (ROWS="1000000 10000000"; 30 GB of disk)
	@$(BIN)/python tests/bench/scale.py .artefacts/scale $(or $(ROWS),1000000 10000000)

bench-viewers: .venv/test.stamp ## a hundred viewers at once for a minute on two workers, with wrk; DATA=folder takes other data
	@cd tests && PYTHONPATH=.. ../$(BIN)/python -m bench.viewers $(DATA)

bench-door: .venv/test.stamp ## time /health beside slow clients and pages beside guessers of passwords; DATA=folder takes other data
	@cd tests && PYTHONPATH=.. ../$(BIN)/python -m bench.door $(DATA)

pictures: .venv/test.stamp ## take the pictures of README.md anew
	@PYTHONPATH=.:tests $(BIN)/python -m tests.browser.pictures

face: .venv/test.stamp ## measure what readers see: sizes, words, tab stops, searches, paper, weight, axe on every page
	@PYTHONPATH=.:tests $(BIN)/python -m tests.browser.face

validation: .venv/test.stamp ## write docs/validation.md anew from the published series in SERIES=folder
	@$(BIN)/python -m bilateral.commands.validation $(SERIES)

site: .venv/site.stamp ## pages of docs/ in .artefacts/site; fails where a link leads nowhere or a page fetches from elsewhere
	@rm -rf .artefacts/site
	@.venv/site/bin/python -m sphinx -q -W --keep-going -c .ci/site docs .artefacts/site
	@.venv/site/bin/python .ci/pages .artefacts/site

lock: .venv/test.stamp ## pin the newest allowed versions with their hashes
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group setup -o requirements.lock
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group setup --group test -o requirements-test.lock
	@$(BIN)/uv pip compile -q -U --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --group site -o requirements-site.lock

clean: ## remove the environment and what tests left; data stay
	rm -rf .venv .artefacts .pytest_cache .ruff_cache .mypy_cache .hypothesis

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Say which one to take: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@echo "Installing what bilateral needs into .venv …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/test.stamp: .venv/python.stamp requirements-test.lock pyproject.toml .ci/browser .ci/java
	@echo "Installing what the tests need into .venv …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@sh .ci/browser $(BIN)
	@sh .ci/java
	@touch $@ .venv/run.stamp

.venv/site.stamp: .venv/python.stamp requirements-site.lock
	@echo "Installing what pages of docs/ need into .venv/site …"
	@$(BIN)/python -m venv .venv/site
	@.venv/site/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-site.lock
	@touch $@
