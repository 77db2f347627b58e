"""The one bridge from `expectations/` to verdicts: suites are read, run inside DuckDB, and shown as asset checks.

A suite is a Great Expectations suite in JSON, one for each table: `expectations/<layer>/<name>.json`. Its `meta` says
which table it is about and which columns name a row; each expectation has a `severity` (`critical` blocks
publishing) and in `meta` the name of the check and a note for people. `expectations/README.md` tells how to write one.

Great Expectations and Dagster are imported inside functions: the one costs seconds of CPU, and neither is needed to
read a suite.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import dagster as dg

EXPECTATIONS = Path(__file__).resolve().parent.parent / "expectations"
ROWS_SHOWN = 5

#: Errors of DuckDB whose text names tables and columns, never a value.
_TELLING_ERRORS = ("Catalog Error", "Binder Error", "Parser Error", "IO Error")


class SuiteError(ValueError):
    """A file under `expectations/` is no suite; names the file and what is wrong."""


@dataclass(frozen=True)
class Check:
    """One assertion about one table.

    `expectation` is the expectation as Great Expectations reads it; `blocking` is true for severity `critical`.
    """

    name: str
    note: str
    severity: str
    expectation: dict[str, Any]

    @property
    def blocking(self) -> bool:
        return self.severity == "critical"


@dataclass(frozen=True)
class Suite:
    """The checks of one table. `asset` is `<layer>/<name>`, `keys` the columns that name a row to people."""

    asset: str
    table: str
    keys: tuple[str, ...]
    note: str
    checks: tuple[Check, ...]

    @property
    def layer(self) -> str:
        return self.asset.partition("/")[0]

    @property
    def batch_query(self) -> str:
        """The rows that the suite looks at: of the landing only those whose delivery is seen."""
        schema, _, name = self.table.partition(".")
        if schema == "marts":
            return f"SELECT * FROM mart.marts.{name}"
        if schema == "raw" and name not in ("delivery", "feed", "calendar", "mention"):
            return (
                f"SELECT * FROM warehouse.raw.{name} AS landed "
                "WHERE landed.delivery_id IN (SELECT delivery_id FROM warehouse.raw.delivery)"
            )
        return f"SELECT * FROM warehouse.{self.table}"


@dataclass(frozen=True)
class CheckOutcome:
    """The verdict on one check.

    `observed` is what was counted, `rows` up to five offending rows by their keys, `error` why the check could not be
    run; a check that could not be run has failed and blocks, whatever its severity. No field holds personal data.
    """

    check: str
    asset: str
    passed: bool
    severity: str
    blocking: bool
    note: str
    observed: str = ""
    rows: tuple[dict[str, str], ...] = field(default=())
    error: str | None = None


def load_suites(layer: str | None = None, directory: Path = EXPECTATIONS) -> tuple[Suite, ...]:
    """All suites of a layer (`raw`, `policy`, `marts`; none: of all), in the order of their paths.

    Raises SuiteError where a file is no suite, or a check's name stands twice.
    """
    suites = tuple(_read_suite(path, directory) for path in sorted(directory.glob(f"{layer or '*'}/*.json")))
    names = [check.name for suite in suites for check in suite.checks]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SuiteError(f"expectations: check names that stand twice: {', '.join(twice)}")
    return suites


def _read_suite(path: Path, directory: Path) -> Suite:
    asset = path.relative_to(directory).with_suffix("").as_posix()
    try:
        content = json.loads(path.read_text("utf-8"))
        meta = content["meta"]
        if meta["asset"] != asset:
            raise SuiteError(f"expectations/{asset}.json: meta.asset is {meta['asset']}")
        checks = tuple(
            Check(
                name=item["meta"]["check"],
                note=item["meta"]["notes"],
                severity=item["severity"],
                expectation={key: item[key] for key in ("type", "kwargs", "severity", "meta")},
            )
            for item in content["expectations"]
        )
        return Suite(asset, meta["table"], tuple(meta["keys"]), meta["notes"], checks)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise SuiteError(f"expectations/{asset}.json: {error!r}") from error


def run_suites(warehouse: Path, candidate: Path | None, as_of: date, suites: Iterable[Suite]) -> list[CheckOutcome]:
    """Runs the suites on a warehouse and, where one is given, a candidate database; both are opened read-only.

    The outcomes stand in the order of the suites and their checks. Nobody may hold either file open for writing.
    """
    files = {"warehouse": warehouse} | ({"mart": candidate} if candidate is not None else {})

    def attach(connection: Any) -> None:
        for name, path in files.items():
            place = str(path).replace("'", "''")
            connection.execute(f"ATTACH IF NOT EXISTS '{place}' AS {name} (READ_ONLY)")

    with open_checks(attach, as_of) as runner:
        return [outcome for suite in suites for outcome in runner.run(suite)]


@contextlib.contextmanager
def open_checks(attach: Callable[[Any], None], as_of: date) -> Iterator[Runner]:
    """A runner on an empty database in memory; `attach` gives a new connection the databases `warehouse` and `mart`.

    Suites read the observation day from the table `run` (one row, `as_of`).
    """

    def connected(connection: Any) -> None:
        attach(connection)
        connection.execute(f"CREATE TABLE IF NOT EXISTS run AS SELECT DATE '{as_of.isoformat()}' AS as_of")

    with _quiet():
        from dagster_project import gx_duckdb

        context = _context()
        name = f"checks_{next(_RUNS)}"
        source = context.data_sources.add_duckdb(
            name, connection_string=f"duckdb:///:memory:{name}", kwargs=gx_duckdb.ENGINE_OPTIONS
        )
        source.call_on_connect(connected)
        try:
            yield Runner(source)
        finally:
            source.close()
            context.data_sources.delete(name)


_RUNS = itertools.count(1)


@cache
def _context() -> Any:
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations prints advice and logs what it catches; standard output belongs to the summary."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


class Runner:
    """Runs suites on what `open_checks` has attached."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._unreachable: str | None = None
        try:
            source.get_engine().connect().close()
        except Exception as error:  # each suite says so of each of its checks
            self._unreachable = _say(error)

    def run(self, suite: Suite) -> list[CheckOutcome]:
        """The outcome of each check of a suite, in the suite's order."""
        if self._unreachable is not None:
            return [_broken(check, suite, self._unreachable) for check in suite.checks]
        try:
            batch = self._source.batch_of(f"asset_{next(_RUNS)}", suite.batch_query)
            results = _validate(batch, suite.checks, {"result_format": "BASIC", "partial_unexpected_count": 0})
            failed = [check for check in suite.checks if not results[check.name].success]
            # The rows are asked for only where something failed: they cost a query each.
            rows = _validate(batch, failed, _with_rows(suite)) if failed else {}
        except Exception as error:  # whatever it is, the suite has not passed
            return [_broken(check, suite, _say(error)) for check in suite.checks]
        return [_outcome(check, suite, results[check.name], rows.get(check.name)) for check in suite.checks]


def _with_rows(suite: Suite) -> dict[str, Any]:
    return {
        "result_format": "COMPLETE",
        "partial_unexpected_count": ROWS_SHOWN,
        "unexpected_index_column_names": list(suite.keys),
    }


def _validate(batch: Any, checks: Sequence[Check], result_format: dict[str, Any]) -> dict[str, Any]:
    """One validation of several checks, by the checks' names: Great Expectations bundles their queries."""
    import great_expectations as gx

    suite = gx.ExpectationSuite(name="checks", expectations=[dict(check.expectation) for check in checks])
    validated = batch.validate(suite, result_format=result_format)
    return {result.expectation_config.meta["check"]: result for result in validated.results}


def _outcome(check: Check, suite: Suite, result: Any, with_rows: Any) -> CheckOutcome:
    error = _error_of(result)
    if error is not None:
        return _broken(check, suite, error)
    return CheckOutcome(
        check=check.name,
        asset=suite.asset,
        passed=bool(result.success),
        severity=check.severity,
        blocking=check.blocking,
        note=check.note,
        observed=_observed(result.result),
        rows=() if with_rows is None else _rows(with_rows.result, suite.keys),
    )


def _broken(check: Check, suite: Suite, error: str) -> CheckOutcome:
    return CheckOutcome(
        check=check.name,
        asset=suite.asset,
        passed=False,
        severity="critical",
        blocking=True,
        note=check.note,
        observed="could not be run",
        error=error,
    )


def _error_of(result: Any) -> str | None:
    """Why a check could not be run, or none. The information is flat, or one entry for each metric that failed."""
    information = result.exception_info or {}
    entries = [information] if "raised_exception" in information else list(information.values())
    raised = [entry for entry in entries if entry.get("raised_exception", True)]
    return _telling(str(raised[0].get("exception_message") or "")) if raised else None


def _say(error: Exception) -> str:
    return _telling(f"{type(error).__name__}: {error}")


def _telling(message: str) -> str:
    """The first line of an error that only names tables and columns; of any other (it may quote a value) no word."""
    for kind in _TELLING_ERRORS:
        if kind in message:
            return message[message.index(kind) :].splitlines()[0]
    return "the query failed"


def _observed(result: dict[str, Any]) -> str:
    """What was counted, in words of figures: `484`, `3 of 484`."""
    if "unexpected_count" in result:
        return f"{result['unexpected_count']} of {result.get('element_count')}"
    return str(result.get("observed_value", ""))


def _rows(result: dict[str, Any], keys: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Offending rows: what a query of ours selects, or the keys of the rows that a column's expectation found."""
    selected = (result.get("details") or {}).get("unexpected_rows")
    if selected is None:
        found = result.get("partial_unexpected_index_list") or []
        selected = [{key: row[key] for key in keys if key in row} for row in found]
    texts = ({name: "" if value is None else str(value) for name, value in row.items()} for row in selected)
    return tuple(sorted(texts, key=lambda row: list(row.values()))[:ROWS_SHOWN])


# What Dagster shows


def check_specs(suites: Iterable[Suite]) -> list[dg.AssetCheckSpec]:
    """One asset check for each check of the suites, on the asset `<layer>/<name>`."""
    import dagster as dg

    return [
        dg.AssetCheckSpec(
            name=check.name,
            asset=dg.AssetKey(suite.asset.split("/")),
            description=check.note,
            blocking=check.blocking,
            metadata={"severity": check.severity, "table": suite.table},
        )
        for suite in suites
        for check in suite.checks
    ]


def check_results(outcomes: Iterable[CheckOutcome]) -> Iterator[dg.AssetCheckResult]:
    """The outcomes as Dagster takes them from the step that ran the suites."""
    import dagster as dg

    for outcome in outcomes:
        metadata: dict[str, Any] = {"observed": outcome.observed}
        if outcome.rows:
            metadata["rows"] = dg.MetadataValue.json([dict(row) for row in outcome.rows])
        if outcome.error:
            metadata["error"] = outcome.error
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(outcome.asset.split("/")),
            check_name=outcome.check,
            passed=outcome.passed,
            severity=dg.AssetCheckSeverity.ERROR if outcome.blocking else dg.AssetCheckSeverity.WARN,
            metadata=metadata,
        )
