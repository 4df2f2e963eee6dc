# `make crawl` runs the main job, `make test` proves the project. Everything they need is made on the first call.

PYTHON ?= python3
export PYTHON
SITE ?=
ARGS ?=
KILLS ?= 500
BIN = .venv/bin

.DEFAULT_GOAL = help
.PHONY: help docs release faults crawl test check site slow quality bench bench-quick bench-growth profile lock clean format

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

crawl: ## crawl the bundled sample site, or a live one: make crawl SITE=rferl
	@scripts/environment requirements.txt
	@scripts/crawl $(SITE) $(ARGS)

site: ## serve the sample site by itself on http://127.0.0.1:8080
	@scripts/environment requirements.txt
	@$(BIN)/python -m newscrawl.samplesite --port 8080

test: ## everything that must hold: format, lint, types, layers, dependencies, tests
	@scripts/system-packages
	@scripts/environment requirements-dev.txt
	@scripts/check
	@$(BIN)/pytest -n 2 --dist loadfile

check: ## format, lint, types, layers, dependencies: no tests
	@scripts/environment requirements-dev.txt
	@scripts/check

slow: ## the tests that take long: soaks, faults, whole clusters
	@scripts/system-packages
	@scripts/environment requirements-dev.txt
	@$(BIN)/pytest -m slow

faults: ## kill crawls at hundreds of random points: make faults KILLS=1000
	@scripts/environment requirements-dev.txt
	@NEWSCRAWL_KILLS=$(KILLS) $(BIN)/pytest -m 'slow or not slow' tests/faults

quality: ## what is found in pages with known truth, against other tools
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench.quality

bench: ## speed against other tools, 15 to 20 minutes; kept in docs/performance.md
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench

bench-quick: ## the most of it in two minutes
	@scripts/environment requirements-dev.txt
	@$(BIN)/python -m bench --quick

bench-growth: ## how cost grows up to 100,000 articles and 10,000,000 known URLs
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

format: ## put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## lock the newest releases (needs uv)
	@scripts/lock

clean: ## remove everything made here, data included
	rm -rf .venv .venvs data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
