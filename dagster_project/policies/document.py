"""Write docs/policies.md, the shipped policies in full:

python -m dagster_project.policies.document
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from dagster_project.policies.labels import codes, label, section_title
from dagster_project.policies.parameters import OFFICE, Parameter, parameters
from dagster_project.policies.resolve import ResolvedPolicy, read_policies

PAGE = Path(__file__).resolve().parents[2] / "docs" / "policies.md"

HEAD = """\
# 各地办法的参数

本页由程序自带的七个办法文件生成（`python -m dagster_project.policies.document`），请勿手改。
地区自己的办法写在 `DATA/policies/*.yaml`，一个文件一个办法；`id` 相同的替换自带的办法。

- “来自”说明取值写在哪个办法里；“缺省值”是规范的缺省值，没有一个办法写到它。
- “依据”取自办法文件的 `set_by`；其中没有说明的由信用办设定。
- 投诉各渠道缺少的部分取自“默认渠道”，下表列出的是补齐之后的期限。
- 期限 `5wd` 为五个工作日，`30d` 为三十个自然日，`@accepted` 自受理起算。
- 键值对逐键继承，列表与 `publicity.channels` 整体替换；写 `null` 等于没有写。
"""


def page() -> str:
    """The whole page, from the shipped files alone."""
    policies = read_policies()
    names = codes()
    parts = [HEAD, *_overview(policies)]
    for policy in policies:
        parts += [*_heading(policy), *_tables(policy, names)]
    return "\n".join([*parts, *_codes(names)])


def _overview(policies: Iterable[ResolvedPolicy]) -> Iterator[str]:
    yield "## 办法一览\n"
    yield from _table(
        ("办法", "名称", "地区", "施行", "废止", "继承自"),
        (
            (
                f"[{p.id}](#{p.id})",
                p.policy.name,
                p.policy.region_prefix or "（模板，不单独适用）",
                p.policy.effective_from.isoformat() if p.policy.effective_from else "",
                p.policy.effective_to.isoformat() if p.policy.effective_to else "",
                f"[{p.policy.extends}](#{p.policy.extends})" if p.policy.extends else "",
            )
            for p in policies
        ),
    )


def _heading(policy: ResolvedPolicy) -> Iterator[str]:
    yield f"\n## {policy.id}\n"
    notice = f"依据：{policy.policy.notice}。" if policy.policy.notice else ""
    yield f"{policy.policy.name}。{notice}"


def _tables(policy: ResolvedPolicy, names: dict[str, dict[str, str]]) -> Iterator[str]:
    for section, rows in groupby(parameters(policy), key=lambda row: row.key.split(".")[0]):
        yield f"\n### {section_title(section)}（{policy.id}）\n"
        yield from _table(("参数", "键", "取值", "来自", "依据"), (_row(row, names) for row in rows))


def _row(row: Parameter, names: dict[str, dict[str, str]]) -> tuple[str, ...]:
    return (
        label(row.key, names),
        f"`{row.key}`",
        f"`{row.value}`" if row.value else "无",
        _whose(row),
        "信用办" if row.set_by == OFFICE else row.set_by,
    )


def _whose(row: Parameter) -> str:
    if row.inherited_from is None:
        return "本办法"
    return f"[{row.inherited_from}](#{row.inherited_from})" if row.inherited_from else "缺省值"


def _codes(names: dict[str, dict[str, str]]) -> Iterator[str]:
    yield "\n## 代码\n"
    yield from _table(
        ("用于", "代码"),
        ((of, "，".join(f"`{code}` {name}" for code, name in held.items())) for of, held in names.items()),
    )
    yield ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
