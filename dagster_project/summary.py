"""What a run has to tell in the end, as one object of plain values (interface.md: `--json` prints it)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import contracts
from dagster_project.build import Build

#: So many files are named; the rest stands in marts.delivery and marts.quarantine.
FILES_NAMED = 1000
OUTCOMES = ("read", "loaded", "quarantined", "duplicate", "ignored", "warned")


def describe(build: Build, mart_rows: dict[str, int]) -> dict[str, Any]:
    """The summary of a run whose marts are built. Rows and files are those of marts.delivery and marts.quarantine."""
    with duckdb.connect() as connection:
        _attach(connection, build.candidate, "mart")
        labels = {feed: contract.label for feed, contract in contracts.load().items()}
        return {
            **_outline(build),
            "deliveries": {
                **_one(
                    connection,
                    "select count(*) as seen, count(*) filter (where status = 'rejected') as rejected"
                    " from mart.marts.delivery",
                ),
                "new": build.intake.files_read if build.intake is not None else 0,
            },
            "rows": _one(connection, f"select {_sums()} from mart.marts.delivery"),
            "feeds": {
                row["feed"]: {"label": labels[row.pop("feed")], **row}
                for row in _all(
                    connection,
                    f"select feed, count(*) as deliveries, {_sums()} from mart.marts.delivery"
                    " group by feed order by feed",
                )
            },
            "tables": mart_rows,
            "rejected": _all(
                connection,
                "select feed, cast(received_on as varchar) as received_on, file, reason from mart.marts.delivery"
                f" where status = 'rejected' order by all limit {FILES_NAMED}",
            ),
            "quarantined": _quarantined(connection),
        }


def describe_failure(build: Build) -> dict[str, Any]:
    """The summary of a run that published nothing: what was found up to there."""
    summary = _outline(build)
    if build.intake is not None:
        summary["deliveries"] = {"new": build.intake.files_read}
    return summary


def _outline(build: Build) -> dict[str, Any]:
    statuses = Counter(outcome.status for outcome in build.outcomes if outcome.unique_id.startswith("model."))
    findings = build.findings
    return {
        "as_of": build.inputs.as_of,
        "span_start": build.inputs.span_start,
        "models": {"built": statuses["success"], "failed": statuses["error"], "skipped": statuses["skipped"]},
        "checks": {
            "passed": sum(finding.passed for finding in findings),
            "warned": [_finding(finding) for finding in findings if not finding.passed and not finding.blocking],
            "failed": [_finding(finding) for finding in build.blocking],
        },
        "misplaced": [asdict(problem) for problem in build.intake.problems] if build.intake is not None else [],
        "seconds": {name: round(seconds, 3) for name, seconds in build.seconds.items()},
    }


def _finding(finding: Any) -> dict[str, Any]:
    kept = asdict(finding)
    del kept["passed"], kept["blocking"]
    return {name: value for name, value in kept.items() if value not in (None, "", ())}


def _sums() -> str:
    return ", ".join(f"cast(coalesce(sum(rows_{name}), 0) as bigint) as {name}" for name in OUTCOMES)


def _quarantined(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    files: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in _all(
        connection,
        "select feed, cast(received_on as varchar) as received_on, file, reason, count(*) as rows from"
        " (select feed, received_on, file, unnest(reasons) as reason from mart.marts.quarantine)"
        " group by all order by all",
    ):
        key = (row["feed"], row["received_on"], row["file"])
        files.setdefault(key, {**dict(zip(("feed", "received_on", "file"), key, strict=True)), "reasons": {}})
        files[key]["reasons"][row["reason"]] = row["rows"]
    return list(files.values())[:FILES_NAMED]


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {name} (read_only)")


def _all(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return _all(connection, query)[0]
