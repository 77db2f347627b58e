# make run   the pipeline and a month's papers           make test   every test
# make lint  style, types, SQL       make serve  Dagster's page       make bench  large feeds       make clean  what was built
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
# The day of observation of the sample deliveries (data/README.md); empty: today.
AS_OF ?= 2024-12-31
# Whose papers `make run` makes in the end: of the samples one city, of other deliveries every region with a policy.
REGION ?= $(if $(filter data,$(DATA)),2304)

.PHONY: run test lint lint-python lint-sql bench serve clean env

run: env
	@$(BIN)/jiannuo run --data $(DATA) $(if $(AS_OF),--as-of $(AS_OF))
	@# What is published stays published where no paper can be made of it.
	-@$(BIN)/jiannuo report monthly latest --data $(DATA) $(if $(REGION),--region $(REGION))

# A file's tests stay together: they share what is slow to set up.
test: env
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: lint-python lint-sql

lint-python: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-sql: env
	@mkdir -p dbt/target/lint
	JIANNUO_WAREHOUSE=$(CURDIR)/dbt/target/lint/warehouse.duckdb JIANNUO_MART_BUILD=$(CURDIR)/dbt/target/lint/mart.duckdb \
		DO_NOT_TRACK=1 $(BIN)/sqlfluff lint dbt/models dbt/tests --disable-progress-bar

bench: env
	$(BIN)/python -m bench $(ARGS)

serve: env
	@echo "http://127.0.0.1:3000"
	@mkdir -p $(DATA)/state/dagster
	@cp dagster_project/dagster.yaml $(DATA)/state/dagster/
	@JIANNUO_DATA=$(abspath $(DATA)) DAGSTER_HOME=$(abspath $(DATA))/state/dagster \
		$(BIN)/dagster dev -h 127.0.0.1 -p 3000 -m dagster_project.definitions

clean:
	@# Frozen reports are nobody's to make again.
	if [ -d $(DATA)/marts ]; then find $(DATA)/marts -mindepth 1 -maxdepth 1 ! -name reports -exec rm -rf {} +; fi
	@# Who looked up what is nobody's to forget.
	if [ -d $(DATA)/state ]; then find $(DATA)/state -mindepth 1 -maxdepth 1 ! -name audit.jsonl -exec rm -rf {} +; fi
	rm -rf $(DATA)/landing $(DATA)/warehouse.duckdb dbt/target bench/out
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build jiannuo.egg-info
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# Built anew when the lock changes, never mended: what is installed is what the lock says.
env:
	@cmp -s requirements.lock $(VENV)/requirements.lock || { \
		echo "making $(VENV) …" >&2 && \
		$(PYTHON) -m venv --clear $(VENV) && \
		$(BIN)/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . && \
		cp requirements.lock $(VENV)/requirements.lock; }
