"""What the keys and codes of policies are called in Chinese. Codes of feeds take their names from the contracts."""

from __future__ import annotations

from dagster_project.contracts.model import read as read_contracts
from dagster_project.policies.keys import FEEDS, sections
from dagster_project.policies.model import Policy, Terms
from dagster_project.terms import ITEMS, METRICS

ELEMENTS = {
    "full_name": "单位全称",
    "uscc": "统一社会信用代码",
    "content": "承诺内容",
    "item_list": "承诺事项清单",
    "complaint_channel": "投诉举报渠道",
}
COPIES = {"word": "Word版", "stamped": "盖章版"}
RULE_TYPES = {
    "per_record": "每条失信记录扣分",
    "percent_per_record": "每条失信记录按基准分比例扣分",
    "missing_letter": "逾期未签署承诺书",
    "incomplete_letter": "承诺书不完整",
    "unpublished_letter": "承诺书未公示",
    "missing_inventory": "未按季梳理",
    "shortfall": "指标未达目标，按差距扣分",
    "per_overdue": "每个逾期事项扣分",
}
OTHERS = {
    "须公示的渠道": {"any": "任一渠道", "all": "全部渠道"},
    "失信被执行人记录计入的年份": {"active": "在列的每一年", "published": "发布的那一年"},
}


def codes() -> dict[str, dict[str, str]]:
    """The codes by what they are codes of, each with its Chinese name."""
    feeds = ("organizations", "publications", "complaints", "record_actions", "procedures")
    contracts = read_contracts(feeds)

    def of(feed: str, column: str) -> dict[str, str]:
        return {code: names[0] for code, names in contracts[feed].columns[column].codes.items()}

    return {
        "机构类型": of("organizations", "org_type"),
        "承诺书要素": ELEMENTS,
        "报送版本": COPIES,
        "公示渠道": of("publications", "channel"),
        "投诉渠道": of("complaints", "channel"),
        "失信记录类型": of("record_actions", "record_kind"),
        "决策程序环节": of("procedures", "step"),
        "数据": {feed: contract.label for feed, contract in read_contracts(FEEDS).items()},
        "扣分规则类型": RULE_TYPES,
        "指标": METRICS,
        "逾期事项": ITEMS,
        **OTHERS,
    }


def label(key: str, names: dict[str, dict[str, str]]) -> str:
    """The Chinese name of a parameter by its dotted key; `names` as `codes()` gives them."""
    first, second, *rest = key.split(".")
    if first == "complaints":
        channel = "默认渠道" if second == "default" else names["投诉渠道"][second]
        return f"{channel}·{Terms.model_fields[rest[0]].title}"
    title = str(sections()[first].model_fields[second].title)
    if not rest:
        return title
    entry = ".".join(rest)
    if second == "feeds":
        entry = names["数据"][entry]
    if second == "channels":
        entry = "其余各类" if entry == "default" else names["机构类型"][entry]
    return f"{title}·{entry}"


def section_title(name: str) -> str:
    """The Chinese name of a section."""
    return str(Policy.model_fields[name].title)
