"""A city whose units are to be told of things set by hand: March 2024, as of 29 April."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project.cli import messages
from dagster_project.paths import DataPaths
from tests.unit.reports import marts
from tests.unit.reports.marts import EDUCATION, FINANCE, HOUSING, TOWN, Rows

#: What the papers read besides what reports read.
TABLES = {
    **marts.TABLES,
    "record_period": "record_id varchar, valid_from date, valid_to date, kind varchar, answerable_uscc varchar,"
    " occurred_on date, status varchar, weight decimal(6, 4)",
    "fct_integrity_record": "record_id varchar, source_key varchar",
}


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def task(number: str, uscc: str, ordered: str, due: str, completed: str | None = None) -> dict[str, object]:
    return {
        "subject": number,
        "uscc": uscc,
        "ordered_on": day(ordered),
        "due_on": day(due),
        "completed_on": day(completed),
    }


def content() -> dict[str, Rows]:
    """The town is newly listed; finance, education and housing have rectifications; housing lost a case."""
    rows = marts.content()
    town = {"uscc": TOWN, "court": "示例西县人民法院", "published_on": day("2024-03-09")}
    rows["fct_listing"] = [
        {**town, "case_no": "（2024）赣0703执5号"},
        {**town, "case_no": "（2024）赣0703执6号", "removed_on": day("2024-04-02")},
        {**town, "case_no": "（2024）赣0703执7号", "published_on": day("2024-04-01")},
        {**town, "case_no": "（2024）赣0703执8号", "published_on": day("2024-02-29")},
    ]
    rows["rectification"] = [
        # Ordered before March, due on the last of the 30 days after it: still to come as of 29 April.
        task("rectifications:R1", FINANCE, "2024-02-01", "2024-04-30"),
        task("complaints:T1", EDUCATION, "2024-03-31", "2024-05-31"),
        task("complaints:T2", EDUCATION, "2024-02-01", "2024-03-31"),
        task("complaints:T3", EDUCATION, "2024-02-01", "2024-03-30", "2024-04-29"),
        task("complaints:T4", EDUCATION, "2024-02-01", "2024-04-01"),
    ]
    rows["record_period"] = [
        {"record_id": f"{kind}:{key}", "kind": kind, "answerable_uscc": HOUSING, "occurred_on": day(on),
         "valid_from": day(on), "status": status, "weight": weight}
        for kind, key, on, status, weight in (
            ("judgment", "（2024）赣07民初1号", "2024-03-01", "active", 1),
            ("penalty", "P2", "2024-02-29", "active", 1),
            ("penalty", "P3", "2024-03-01", "revoked", 0),
            ("penalty", "P4", "2024-03-01", "under_objection", 1),
            ("breach", "T9", "2024-03-01", "active", 1),
        )
    ]  # fmt: skip
    rows["fct_integrity_record"] = [
        {"record_id": row["record_id"], "source_key": str(row["record_id"]).split(":")[1]}
        for row in rows["record_period"]
    ]
    april = dt.date(2024, 4, 1)
    for code in (marts.CITY, marts.EAST, marts.WEST):
        rows["region_monthly"].append(marts.region(code, "all", april))
    for uscc, code in ((FINANCE, marts.CITY), (EDUCATION, marts.EAST), (HOUSING, marts.EAST), (TOWN, marts.WEST)):
        rows["org_monthly"].append(marts.unit(uscc, code, april))
    return rows


def publish(root: Path, version: str, rows: dict[str, Rows], as_of: dt.date = dt.date(2024, 4, 29)) -> DataPaths:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marts, "TABLES", TABLES)
        return marts.publish_marts(root, version, rows, as_of)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Without LibreOffice: it draws notices in the tests of PDF."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dagster_project.reports.pdf.converter", lambda: None)
        yield


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """As on a machine where nobody asked for a language, whatever `--json` chose in the test before."""
    messages.use(None)
    yield
    messages.use(None)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city as it is before any notice; nobody changes it."""
    return publish(tmp_path_factory.mktemp("first"), "v1", content()).root


@pytest.fixture
def data(first: Path, tmp_path: Path) -> DataPaths:
    """The same city for tests that make notices."""
    return DataPaths(Path(shutil.copytree(first, tmp_path / "data", symlinks=True)))
