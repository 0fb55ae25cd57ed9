# Every target is one line; each says what it does while it does it.
.PHONY: help setup demo test check lint types bench gate accept clean lock
help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10
setup:  ## make .venv and install what is pinned into it
	@sh scripts/setup
demo: setup  ## read the invented newsroom and write its live briefing
	@sh scripts/demo
test: setup  ## style, types and all tests
	@sh scripts/test
bench: setup  ## time every stage and print the table
	@.venv/bin/sayso bench
gate: setup  ## measure quality and fail when a floor in bench/ falls
	@.venv/bin/sayso bench --gate
accept: setup  ## rewrite the golden files; read the diff before you commit it
	@.venv/bin/python -m pytest --accept tests
lock: setup  ## pin the requirements anew
	@.venv/bin/uv pip compile pyproject.toml --group dev --generate-hashes --no-header --no-annotate --universal --quiet --upgrade -o requirements.txt
clean:  ## remove .venv and what the demo wrote
	@rm -rf .venv out .pytest_cache .mypy_cache .ruff_cache .hypothesis
