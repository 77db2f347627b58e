"""What the summary of a run tells programs."""

from __future__ import annotations

from pathlib import Path

from dagster_project.cli.messages import use
from dagster_project.cli.run_summary import for_programs, told
from dagster_project.intake.mappings import MappingError


def test_programs_are_told_in_english() -> None:
    summary = {
        "as_of": "2024-03-01",
        "feeds": {"complaints": {"label": "投诉工单", "read": 2}},
        "checks": {"passed": 7, "warned": [{"check": "a_check", "note": "请核对"}], "failed": []},
        "rejected": [{"feed": "complaints", "file": "空.csv", "reason": "文件里没有内容"}],
        "misplaced": [{"path": "raw/待整理", "message": "没有“待整理”这一类报送，文件夹没有读取"}],
    }
    assert for_programs(summary) == {
        "as_of": "2024-03-01",
        "feeds": {"complaints": {"read": 2}},
        "checks": {"passed": 7, "warned": [{"check": "a_check"}], "failed": []},
        "rejected": [{"feed": "complaints", "file": "空.csv", "reason": "the file has no content"}],
        "misplaced": [{"path": "raw/待整理", "message": "there is no feed “待整理”; the folder was not read"}],
    }
    assert for_programs({"as_of": "2024-03-01"}) == {"as_of": "2024-03-01"}


def test_a_wrong_mapping_is_told_in_the_language_in_force() -> None:
    error = MappingError(Path("wrong.yaml"), 3, "files", "应当是文件名样式的列表", "must be a list")
    try:
        use("en")
        assert told(error) == "mappings/wrong.yaml, line 3, files: must be a list"
        use("zh")
        assert told(error) == "mappings/wrong.yaml 第 3 行，files：应当是文件名样式的列表"
    finally:
        use(None)
