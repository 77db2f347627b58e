"""The assessment of 2024 in the tiny city, every score set by hand. Its year has not ended: D is 30 April 2024."""

from __future__ import annotations

import datetime as dt
from typing import Any

Rows = list[dict[str, Any]]
YEAR, BASE = 2024, 100
#: How a file that came is called: it must stay a text.
FILE = '=HYPERLINK("http://e.example","工单")'
LISTING = "listing:（2024）赣0703执5号:"


def _parameter(key: str, value: str, set_by: str = "office") -> dict[str, Any]:
    return {"policy_id": "p", "key": f"scoring.{key}", "value": value, "set_by": set_by}


PARAMETERS = [
    {"policy_id": "p", "key": "name", "value": "示例市考评办法", "set_by": "office"},
    _parameter("base", "100"),
    _parameter("bands.优秀", "90"),
    _parameter("bands.不合格", "0"),
    _parameter(
        "rules.records", "percent_per_record kinds=judgment,listing percent=5 cap=50", "2023年8月15日通知 四(二)3"
    ),
    _parameter("rules.letter", "missing_letter points=10.50"),
    _parameter("rules.late_items", "per_overdue item=commitment points=1 cap=10"),
    _parameter("rules.complaints", "shortfall metric=resolution_rate target=0.95 points=10"),
]


def rows(education: str, town: str, finance: str, housing: str) -> dict[str, Rows]:
    """Of 100 the education office lost 10.5 + 1, the town 5 × 0.5, the others nothing; the mean is 386/4 = 96.5."""
    day = dt.date.fromisoformat

    def assessed(uscc: str, level: str, kind: str, deducted: str, score: str, rank: int, peers: int) -> dict[str, Any]:
        band = "优秀" if float(score) >= 90 else "不合格"
        said = {"uscc": uscc, "year": YEAR, "policy_id": "p", "level": level, "org_type": kind, "base": BASE}
        return said | {"deducted": deducted, "score": score, "band": band, "rank": rank, "peers": peers}

    def taken(uscc: str, rule: str, kind: str, key: str, on: str, quantity: str, points: str) -> dict[str, Any]:
        said = {"uscc": uscc, "year": YEAR, "rule_id": rule, "evidence_kind": kind, "evidence_id": key}
        return said | {"occurred_on": day(on), "quantity": quantity, "points_raw": points, "points_applied": points}

    def proof(deduction: dict[str, Any], feed: str, file: str, row_no: int, sheet: str | None = None) -> dict[str, Any]:
        said = {name: deduction[name] for name in ("uscc", "year", "rule_id", "evidence_kind", "evidence_id")}
        received = day("2024-04-02")
        return said | {"feed": feed, "received_on": received, "file": file, "sheet": sheet, "row_no": row_no}

    letter = taken(education, "letter", "letter", f"{education}:2024", "2024-04-30", "1", "10.5")
    late = taken(education, "late_items", "commitment", "C1", "2024-03-21", "1", "1")
    listed = taken(town, "records", "record", LISTING + town, "2024-03-09", "0.5", "2.5")
    record = {"valid_from": day("2024-03-09"), "occurred_on": day("2024-03-09"), "weight": 0}
    april, ninth = day("2024-04-01"), day("2024-03-09")
    return {
        "region_assessment": [
            {"region_code": "360000", "reach": "all", "year": YEAR, "units": 4, "mean_score": "96.5"},
            {"region_code": "360700", "reach": "all", "year": YEAR, "units": 4, "mean_score": "96.5"},
            {"region_code": "360700", "reach": "own", "year": YEAR, "units": 1, "mean_score": "100"},
            {"region_code": "360702", "reach": "all", "year": YEAR, "units": 2, "mean_score": "94.25"},
            {"region_code": "360703", "reach": "all", "year": YEAR, "units": 1, "mean_score": "97.5"},
            {"region_code": "360700", "reach": "all", "year": YEAR - 1, "units": 4, "mean_score": "96.25"},
        ],
        "region_policy": [{"region_code": "360700", "valid_from": day("2023-01-01"), "policy_id": "p"}],
        "annual_assessment": [
            assessed(finance, "city", "department", "0", "100", 1, 1),
            assessed(housing, "county", "department", "0", "100", 1, 2),
            assessed(education, "county", "department", "11.5", "88.5", 2, 2),
            assessed(town, "township", "township", "2.5", "97.5", 1, 1),
            assessed(education, "county", "department", "1.5", "98.5", 1, 2) | {"year": YEAR - 1},
        ],
        "annual_deduction": [letter, late, listed],
        "evidence": [
            proof(letter, "organizations", "名录.csv", 7),
            proof(late, "commitments", FILE, 3, "清单"),
            proof(late, "commitments", "补报.xlsx", 4, "清单"),
            proof(listed, "dishonest_debtors", "名单.csv", 2),
        ],
        "record_period": [
            {**record, "record_id": LISTING + town, "kind": "listing", "answerable_uscc": town, "status": "lenient",
             "weight": "0.5"},
            {**record, "record_id": "penalty:示罚〔2024〕1号", "kind": "penalty", "answerable_uscc": finance,
             "status": "under_objection", "weight": 1, "valid_to": april, "counts_until": ninth},
            {**record, "record_id": "penalty:示罚〔2024〕1号", "kind": "penalty", "answerable_uscc": finance,
             "status": "revoked", "valid_from": april, "counts_until": ninth},
            {**record, "record_id": "penalty:示罚〔2023〕9号", "kind": "penalty", "answerable_uscc": finance,
             "status": "repaired", "occurred_on": day("2023-12-31"), "counts_until": day("2023-12-31")},
        ],
    }  # fmt: skip
