"""The summary of a run as people read it: what came, what became of it, and where to look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dagster_project.cli.messages import language, t
from dagster_project.cli.progress import stage_label
from dagster_project.intake.wording import in_english
from dagster_project.paths import DataPaths
from dagster_project.run import Result
from dagster_project.run_log import first_line

FILES_SHOWN = 10
REASONS_SHOWN = 4
CHECKS_SHOWN = 10
_LABEL_WIDTH = 8


def render(result: Result, paths: DataPaths, log: Path | None) -> str:
    """The summary, ending with where to look."""
    summary = result.summary
    lines = [_headline(result)]
    if "rows" in summary:
        lines += [*_deliveries(summary), *_feeds(summary["feeds"])]
    if "models" in summary:
        lines += [*_models(summary), *_checks(summary["checks"])]
    if "seconds" in summary:
        lines.append(_line(t("用时", "seconds"), _seconds(summary["seconds"])))
    lines += [*_rejected(summary), *_quarantined(summary), *_misplaced(summary)]
    return "\n".join([*lines, *_where(result, paths, log)])


def for_programs(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary without Chinese but in names and values: a check and a feed have English names."""
    told = dict(summary)
    if "feeds" in told:
        told["feeds"] = {feed: _without(counts, "label") for feed, counts in told["feeds"].items()}
    if "checks" in told:
        told["checks"] = {
            kind: [_without(finding, "note") for finding in findings] if isinstance(findings, list) else findings
            for kind, findings in told["checks"].items()
        }
    for kind, what in (("rejected", "reason"), ("misplaced", "message")):
        if kind in told:
            told[kind] = [{**place, what: in_english(place[what] or "")} for place in told[kind]]
    return told


def _without(counts: dict[str, Any], name: str) -> dict[str, Any]:
    return {other: value for other, value in counts.items() if other != name}


def _headline(result: Result) -> str:
    as_of = result.summary.get("as_of", "")
    words = {
        "published": t(f"已发布，观测日 {as_of}", f"Published, as of {as_of}"),
        "unchanged": t(
            f"没有新内容，已发布的结果（观测日 {as_of}）仍然有效",
            f"Nothing new: what is published (as of {as_of}) still holds",
        ),
        "blocked": t(
            f"检查未通过，没有发布任何内容（观测日 {as_of}）", f"Checks failed, nothing was published (as of {as_of})"
        ),
        "failed": t("运行失败，没有发布任何内容", "The run failed, nothing was published"),
    }
    line = words[result.status]
    return f"{line}{t('：', ': ')}{told(result.error)}" if result.error is not None else line


def told(error: BaseException) -> str:
    """What went wrong, in words for people: all of it where they can mend it, else the first line."""
    # Both rooms are heavy to enter, and already entered where something went wrong.
    from dagster_project.intake.mappings import MappingError
    from dagster_project.policies import PolicyError

    if isinstance(error, PolicyError):
        return "\n" + error.text(language())
    return t(str(error), error.english) if isinstance(error, MappingError) else first_line(error)


def _deliveries(summary: dict[str, Any]) -> list[str]:
    deliveries, rows = summary["deliveries"], summary["rows"]
    return [
        _line(
            t("报送", "files"),
            t(
                f"{deliveries['seen']:,} 份文件，新读取 {deliveries['new']:,}，拒收 {deliveries['rejected']:,}",
                f"{deliveries['seen']:,} deliveries, {deliveries['new']:,} new, {deliveries['rejected']:,} rejected",
            ),
        ),
        _line(
            t("行", "rows"),
            t(
                f"读取 {rows['read']:,} = 采用 {rows['loaded']:,} + 隔离 {rows['quarantined']:,}"
                f" + 重复 {rows['duplicate']:,} + 忽略 {rows['ignored']:,}；有提示 {rows['warned']:,}",
                f"{rows['read']:,} read = {rows['loaded']:,} loaded + {rows['quarantined']:,} quarantined"
                f" + {rows['duplicate']:,} duplicate + {rows['ignored']:,} ignored; {rows['warned']:,} with warnings",
            ),
        ),
    ]


def _feeds(feeds: dict[str, dict[str, Any]]) -> list[str]:
    heads = (
        t("类别", "feed"),
        t("文件", "files"),
        t("读取", "read"),
        t("采用", "loaded"),
        t("隔离", "quarantined"),
        t("重复", "duplicate"),
        t("忽略", "ignored"),
        t("有提示", "warned"),
    )
    columns = ("deliveries", "read", "loaded", "quarantined", "duplicate", "ignored", "warned")
    table: list[tuple[str, ...]] = [heads]
    for feed, counts in feeds.items():
        name = feed if language() == "en" else counts["label"]
        table.append((name, *(f"{counts[column]:,}" for column in columns)))
    widths = [max(_width(row[position]) for row in table) for position in range(len(heads))]
    return [
        "  " + "  ".join([_pad(row[0], widths[0]), *(_pad(row[i], widths[i], right=True) for i in range(1, len(row)))])
        for row in table
    ]


def _models(summary: dict[str, Any]) -> list[str]:
    models = summary["models"]
    text = t(f"{models['built']} 个已生成", f"{models['built']} built")
    if models["failed"] or models["skipped"]:
        text += t(
            f"，{models['failed']} 个出错，{models['skipped']} 个跳过",
            f", {models['failed']} failed, {models['skipped']} skipped",
        )
    return [_line(t("模型", "models"), text)]


def _checks(checks: dict[str, Any]) -> list[str]:
    failed, warned = checks["failed"], checks["warned"]
    lines = [
        _line(
            t("检查", "checks"),
            t(
                f"{checks['passed']} 项通过，{len(failed)} 项未通过，{len(warned)} 项提示",
                f"{checks['passed']} passed, {len(failed)} failed, {len(warned)} warnings",
            ),
        )
    ]
    for word, findings in ((t("未通过", "failed"), failed), (t("提示", "warning"), warned)):
        for finding in findings[:CHECKS_SHOWN]:
            lines += _check(word, finding)
        lines += _more(findings, CHECKS_SHOWN)
    return lines


def _check(word: str, finding: dict[str, Any]) -> list[str]:
    count = finding.get("observed") or (
        t(f"{finding['rows']} 行", f"{finding['rows']} rows") if "rows" in finding else ""
    )
    told = [part for part in (finding.get("note"), count, finding.get("error")) if part]
    lines = [
        f"  {word} {finding['table']} · {finding['check']}{t('：', ': ') if told else ''}{t('；', '; ').join(told)}"
    ]
    for example in finding.get("examples", ()):
        lines.append("      " + ", ".join(f"{name}={value}" for name, value in example.items()))
    return lines


def _seconds(seconds: dict[str, float]) -> str:
    stages = [f"{stage_label(name)} {value:.1f}" for name, value in seconds.items() if name != "total"]
    return t("，", ", ").join([*stages, t(f"共 {seconds['total']:.1f} 秒", f"{seconds['total']:.1f} in all")])


def _rejected(summary: dict[str, Any]) -> list[str]:
    files = summary.get("rejected", [])
    return _files(
        t("拒收", "rejected"), files, ((file, _said(file["reason"] or "")) for file in files), "marts.delivery"
    )


def _said(message: str) -> str:
    """What intake says of a file, in the language in force: the marts hold it in Chinese whatever that is."""
    return t(message, in_english(message))


def _quarantined(summary: dict[str, Any]) -> list[str]:
    files = summary.get("quarantined", [])
    return _files(
        t("隔离", "quarantined"), files, ((file, _reasons(file["reasons"])) for file in files), "marts.quarantine"
    )


def _reasons(reasons: dict[str, int]) -> str:
    most = sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    shown = [f"{name} × {count}" for name, count in most[:REASONS_SHOWN]]
    return t("，", ", ").join([*shown, "…"] if len(most) > REASONS_SHOWN else shown)


def _files(word: str, files: list[Any], told: Iterable[tuple[dict[str, Any], str]], table: str) -> list[str]:
    lines = [
        f"  {word} {file['feed']}/{file['received_on']}/{file['file']}{t('：', ': ')}{reason}"
        for file, reason in list(told)[:FILES_SHOWN]
    ]
    return [*lines, *_more(files, FILES_SHOWN, table)]


def _misplaced(summary: dict[str, Any]) -> list[str]:
    places = summary.get("misplaced", [])
    word = t("放错位置", "misplaced")
    return [
        *(f"  {word} {place['path']}{t('：', ': ')}{_said(place['message'])}" for place in places[:FILES_SHOWN]),
        *_more(places, FILES_SHOWN),
    ]


def _more(things: list[Any], shown: int, table: str | None = None) -> list[str]:
    left = len(things) - shown
    if left <= 0:
        return []
    where = t(f"，见 {table}", f", see {table}") if table else ""
    return [t(f"  … 另有 {left} 项{where}", f"  … {left} more{where}")]


def _where(result: Result, paths: DataPaths, log: Path | None) -> list[str]:
    look = t("查看", "look at")
    if log is not None:
        return [_line(look, str(log))]
    if result.status == "blocked":
        return [_line(look, str(paths.state / "failed"))]
    return [
        _line(look, str(paths.published_db)),
        _line(
            "", t(f"{paths.marts}/*.parquet；用 jiannuo sql 查询", f"{paths.marts}/*.parquet; query with jiannuo sql")
        ),
        _line(
            "",
            t(
                "逐文件、逐行的去向：marts.delivery、marts.quarantine",
                "by file and row: marts.delivery, marts.quarantine",
            ),
        ),
    ]


def _line(label: str, text: str) -> str:
    return f"{_pad(label, _LABEL_WIDTH)}{text}"


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, right: bool = False) -> str:
    gap = " " * max(0, width - _width(text))
    return gap + text if right else text + gap
