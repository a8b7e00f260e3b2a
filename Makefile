# Two commands do everything: `make demo` (the main job on the sample) and `make test`.
PYTHON ?= python3
BIN := .venv/bin

# Many containers ask Python to keep nothing that it compiled: then every process compiles all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test pytest lint check bench peers gate spark docs clean

demo: .venv/.ready  ## the main job on the sample case
	$(BIN)/analyser run sample_data/case --as-of 2026-11-22 --out reports/case
	$(BIN)/analyser verify reports/case
	@echo
	@echo "Look at reports/case/inspection_report.html (in a browser) and reports/case/workbook.xlsx,"
	@echo "ask why:   $(BIN)/analyser explain --db reports/case/audit.duckdb P0000005"
	@echo "and see sample_data/EXPECTED.md for what was planted."

test: .venv/.ready  ## everything CI checks; the linters, which use one core, beside the tests
	$(MAKE) --no-print-directory -j 2 lint pytest

pytest: .venv/.ready
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.ready  ## the measured comparisons (minutes; see benchmarks/README.md)
	$(BIN)/python -m benchmarks

peers: .venv/.ready  ## one computation in several engines (minutes; installs them first)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(BIN)/python -m benchmarks peers

gate: .venv/.ready  ## fails when the main job became dearer against the bare engine (a minute)
	$(BIN)/python -m benchmarks gate

spark: .venv/.spark  ## the Spark engine on a cluster of this machine's own processes (needs Java 17)
	$(BIN)/python -m pytest tests/spark

docs: .venv/.ready  ## make the reference pages again
	$(BIN)/python -m analyser.docs

# Of the installed modules few are ever imported; they are compiled then, which halves the wait.
.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation -e .
	touch $@

.venv/.spark: .venv/.ready requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-spark.lock
	touch $@

clean:
	rm -rf .venv reports/case
