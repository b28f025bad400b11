# Two commands set everything up: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
DEMO  := demo/low_back_paid

NEWEST := .venv-newest
TOOL  := .venv-lock

.PHONY: help demo test test-newest lock lint bench trust golden facts clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.ready ## Set up and build the packet of an example case
	@rm -rf demo
	@$(BIN)/massage-claim init $(DEMO) --example low_back_paid --no-input --quiet
	@$(BIN)/massage-claim build-packet -C $(DEMO)
	@echo
	@echo "The packet: $(CURDIR)/$$(ls $(DEMO)/out/*/*.pdf)"

test: $(VENV)/.ready lint ## Set up and run every test, with the linters and the import contracts
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.ready ## Ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: ## Renew requirements.lock: the newest versions that pyproject.toml allows, for every Python and system
	@sh tools/environment.sh $(TOOL) uv
	$(TOOL)/bin/uv pip compile pyproject.toml --extra dev --extra heic --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" --output-file requirements.lock

test-newest: ## Run the tests against the newest versions that pyproject.toml allows, and say which differ from the lock
	@rm -rf $(NEWEST)
	@sh tools/environment.sh $(NEWEST) newest
	@$(NEWEST)/bin/python -m pytest -n 2 --dist loadfile; code=$$?; \
	  $(NEWEST)/bin/python tools/compare_lock.py requirements.lock; exit $$code

bench: $(VENV)/.ready ## How long `check`, `status`, `add-session`, `build-packet` take beside a bare floor
	$(BIN)/python tools/bench_check.py
	$(BIN)/python tools/bench_packet.py

trust: $(VENV)/.ready ## The long proofs: all hostile files, many kills
	MASSAGE_CLAIM_TRUST=1 $(BIN)/python -m pytest tests/packet tests/process tests/store tests/cli

golden: $(VENV)/.ready ## Write the golden texts anew (read the diff before you commit it)
	MASSAGE_CLAIM_UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/documents tests/checks tests/writing

facts: $(VENV)/.ready ## Make the built copy of the facts anew, after a change in src/massage_claim/facts/*.yaml
	$(BIN)/python tools/make_facts.py

clean: ## Remove what was made here
	rm -rf $(VENV) $(NEWEST) $(TOOL) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.ready: pyproject.toml requirements.lock tools/environment.sh
	@sh tools/environment.sh $(VENV) locked
	@touch $@
