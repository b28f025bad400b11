# Two commands set everything up: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
DEMO  := demo/low_back_paid

.PHONY: help demo test lint bench trust golden clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.core ## Set up and build the packet of an example case
	@rm -rf demo
	@$(BIN)/massage-claim init $(DEMO) --example low_back_paid --no-input --quiet
	@$(BIN)/massage-claim build-packet -C $(DEMO)
	@echo
	@echo "The packet: $(CURDIR)/$$(ls $(DEMO)/out/*/*.pdf)"

test: $(VENV)/.dev lint ## Set up and run every test, with the linters and the import contracts
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.dev ## Ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## How long `check`, `status`, `add-session`, `build-packet` take beside a bare floor
	$(BIN)/python tools/bench_check.py
	$(BIN)/python tools/bench_packet.py

trust: $(VENV)/.dev ## The long proofs: all hostile files, many kills
	MASSAGE_CLAIM_TRUST=1 $(BIN)/python -m pytest tests/packet tests/process tests/store

golden: $(VENV)/.dev ## Write the golden texts anew (read the diff before you commit it)
	MASSAGE_CLAIM_UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/documents tests/checks tests/writing

clean: ## Remove what was made here
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.core: pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(VENV) .
	@touch $@

$(VENV)/.dev: pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(VENV) '.[dev]'
	@touch $@ $(VENV)/.core
