# `make crawl` runs the main job, `make test` all checks and tests. The first call installs what they need.

PYTHON ?= python3
export PYTHON
SITE ?=
ARGS ?=
KILLS ?= 500
INPUTS ?= 10000
BIN = .venv/bin

.DEFAULT_GOAL = help
.PHONY: help test-pythons docs release faults fuzz crawl test check site slow quality bench bench-quick bench-growth profile lock clean format test-scrapy-newest

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

crawl: ## crawl the bundled sample site, or a live one: make crawl SITE=rferl
	@scripts/environment requirements.txt
	@scripts/crawl $(SITE) $(ARGS)

site: ## serve the sample site on http://127.0.0.1:8080
	@scripts/environment requirements.txt
	@$(BIN)/python -m newscrawl.samplesite --port 8080

test: ## all checks and tests: format, lint, types, layers, dependencies, tests
	@scripts/system-packages
	@scripts/environment requirements-dev.txt
	@scripts/check
	@$(BIN)/pytest -n 2 --dist loadfile

check: ## format, lint, types, layers, dependencies: no tests
	@scripts/environment requirements-dev.txt
	@scripts/check

test-pythons: ## the tests on each Python from 3.11 on that is installed
	@scripts/test-pythons $(ARGS)

slow: ## the long tests: soak tests, faults, whole clusters
	@scripts/system-packages
	@scripts/environment requirements-dev.txt
	@$(BIN)/pytest -m slow

test-scrapy-newest: ## the recorder's tests with the newest release of Scrapy
	@scripts/environment requirements-dev.txt
	@scripts/test-scrapy-newest

faults: ## kill crawls at hundreds of random points: make faults KILLS=1000
	@scripts/environment requirements-dev.txt
	@NEWSCRAWL_KILLS=$(KILLS) $(BIN)/pytest -m 'slow or not slow' tests/faults

fuzz: ## feed random inputs to every parser: make fuzz INPUTS=100000
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m tests.fuzz.campaign --inputs $(INPUTS)

quality: ## extraction quality on pages with known truth, compared with other tools
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench.quality

bench: ## speed compared with other tools, 15 to 20 minutes; docs/performance.md has the results
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench

bench-quick: ## the most important benchmarks in two minutes
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench --quick

bench-growth: ## how the cost grows up to 100,000 articles and 10,000,000 known URLs
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench --only lines --growth 100000

profile: ## where the time goes in a crawl and a replay
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench.profile

docs: ## the documentation site in build/site, with strict links
	@scripts/environment requirements-dev.txt
	@$(BIN)/python scripts/reference-pages
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

release: ## build sdist, wheel and egg, and check each in a fresh environment
	@scripts/environment requirements-dev.txt
	@scripts/release

format: ## format the code and fix simple lint
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## lock the newest releases (needs uv)
	@scripts/lock

clean: ## remove everything that was made here, data included
	rm -rf .venv .venvs data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
