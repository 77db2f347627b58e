"""Adding a region is adding a file: an eighth policy, in a region of which the program knows nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.integration.small_city import build, deliveries, write

POLICY = """\
id: hohhot-2024
name: 呼和浩特市政务诚信办法
extends: office-default
region_prefix: "1501"
effective_from: 2023-01-01
scope: {org_types: [department]}
letter: {due: "03-31"}
ledger: {kinds: [penalty]}
reporting: {feeds: {complaints: [department]}}
scoring:
  base: 60
  rules:
    - {id: fined, type: per_record, kinds: [penalty], points: 7, cap: 10}
    - {id: unsigned, type: missing_letter, points: 2.5}
set_by:
  scoring.rules.fined: 第八条
"""


def test_a_region_is_added_by_a_file_alone(tmp_path: Path) -> None:
    made = deliveries()
    roster = ("organizations", "2024-01-02", "名录.csv")
    header, *units = made[roster]
    cells = [unit.split(",") for unit in units]
    made[roster] = [header, *(",".join([*unit[:3], "1501" + unit[3][4:], *unit[4:]]) for unit in cells)]
    write(tmp_path, made)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "hohhot.yaml").write_text(POLICY, "utf-8")
    marts = build(tmp_path, "new")
    assert {"150000", "150100"} <= {row[0] for row in marts["region_monthly"]}
    with duckdb.connect(str(tmp_path / "built" / "new" / "integrity.duckdb"), read_only=True) as mart:

        def rows(sql: str) -> list[tuple[object, ...]]:
            return mart.sql(sql).fetchall()

        # Twelve units, one classified and one merged away before the year's end.
        assert rows("from marts.annual_assessment select policy_id, base, count(*) where year = 2024 group by all") == [
            ("hohhot-2024", 60, 10)
        ]
        fined = "from marts.annual_deduction select {} where year = 2024 and rule_id = 'fined'"
        assert rows(fined.format("distinct points_raw")) == [(7,)]
        penalties = rows("from marts.fct_integrity_record select count(*)")
        assert rows(fined.format("count(*)")) == penalties and penalties != [(0,)]
        beyond_the_cap = "from marts.annual_deduction select uscc where rule_id = 'fined' group by uscc {}"
        assert rows(beyond_the_cap.format("having sum(points_applied) > 10")) == []
        assert rows("from marts.policy_parameter select set_by where key = 'scoring.rules.fined'") == [("第八条",)]
        # Nobody has a folder of its own: all are asked, none has reported.
        assert rows("from marts.feed_reporting select distinct feed, units_reported") == [("complaints", 0)]
