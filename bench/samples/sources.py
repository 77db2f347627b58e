"""The senders of the samples. What is odd in each of them, `data/README.md` says."""

from __future__ import annotations

from datetime import date

from bench.samples.dress import Dress
from bench.samples.plan import Source, region_sheet

_GB_CSV = Dress("text", encoding="gb18030", dates="slash", blank="-")
_PLAIN_CSV = Dress("text", variant=1, dates="iso")
_BOM_CSV = Dress("text", encoding="utf-8-sig", dates="dot", blank="/", notes=("注：数据截至月底",))
_TITLED = Dress(
    "xlsx", titles=("政务诚信台账（示例）", "填报单位：示例信用办"), dates="cell", has_numbers=True, has_total=True
)
_OLD = Dress("xls", titles=("政务诚信台账（示例）",), dates="cell", notes=("填表人：示例", "审核：示例"))
_SERIAL = Dress("xlsx", variant=1, dates="serial", marks_required=True, has_remarks=True)
_PARQUET = Dress("parquet", header="en")
_JSON = Dress("json", header="zh", dates="iso")
_LINES = Dress("jsonl", header="en")
_WIDE = Dress("text", encoding="utf-16", delimiter="\t", dates="chinese", blank="——")
#: The layout of the inquiry site: none of the feed's names, days before months (data/mappings/inquiry-export.yaml).
INQUIRY = Dress(
    "xlsx",
    titles=("问政平台留言导出（示例）", "导出条件：已交办"),
    dates="day_first",
    names={
        "ticket_no": "留言编号",
        "received_on": "留言时间",
        "accepted_on": "受理时刻",
        "resolved_on": "答复时间",
        "unit_name": "承办",
        "uscc": "承办代码",
        "finding": "结论",
        "satisfaction": "评价",
        "content": "留言详情",
        "complainant_name": "留言用户",
    },
    words={
        "finding": {
            "substantiated": "情况属实",
            "partly": "情况部分属实",
            "unsubstantiated": "情况不属实",
            "pending": "正在核实",
        }
    },
    constant=("channel",),
)
_WAN_CELL = Dress(
    "xlsx", titles=("承诺事项清单（示例）",), money="wan_cell", dates="slash", has_total=True, has_numbers=True
)
_WAN_HEADER = Dress("xlsx", money="wan_header", dates="cell", variant=1, hidden="options")
_WAN_VALUE = Dress("json", money="wan_value", dates="chinese")
_MERGED = Dress("xls", titles=("承诺事项清单（示例）",), dates="dot", merges_units=True, money="wan_header")
_COMMA = Dress("text", encoding="gb18030", money="comma", dates="chinese", delimiter=";")
_OWN_FOLDERS = ("360722", "360731", "360781")

SOURCES = (
    # complaints
    Source(
        "complaints",
        "ganzhou",
        "12345政务诚信工单",
        (_OLD, Dress("xlsx", titles=("12345政务诚信工单（示例）",), dates="time", split=region_sheet, hidden="待核")),
        tail=True,
        repeats=True,
    ),
    Source("complaints", "inquiry", "问政导出", (INQUIRY, INQUIRY), every=3, first=2),
    Source("complaints", "xinxiang", "热线台账", (_GB_CSV, _BOM_CSV), repeats=True, late={7: date(2023, 10, 12)}),
    Source(
        "complaints",
        "yexian",
        "政务失信投诉",
        (_MERGED, Dress("xls", dates="cell", merges_units=True)),
        every=3,
        first=1,
    ),
    Source("complaints", "heilongjiang", "complaints", (_JSON, _LINES), every=2),
    Source("complaints", "hegang", "工单导出", (_WIDE, _WIDE), every=2, first=1),
    Source("complaints", "jiangsu", "complaints", (_PARQUET, _PARQUET), repeats=True),
    Source(
        "complaints",
        "platform",
        "违约失信投诉",
        (Dress("text", delimiter=";", variant=1, dates="compact"), _SERIAL),
        every=3,
        first=2,
    ),
    # commitments: the regions take turns, so that each month has some
    Source("commitments", "ganzhou", "承诺事项清单", (_WAN_CELL, _WAN_CELL), every=3, first=2),
    Source("commitments", "xinxiang", "承诺清单", (_MERGED, _MERGED), every=3),
    Source("commitments", "yexian", "承诺事项", (_COMMA, _COMMA), every=6, first=3),
    Source("commitments", "heilongjiang", "承诺事项", (_WAN_HEADER, _WAN_HEADER), every=3, first=1),
    Source("commitments", "hegang", "承诺事项", (_WAN_VALUE, _WAN_VALUE), every=6, first=4),
    Source("commitments", "jiangsu", "commitments", (_PARQUET, _PARQUET), every=3, first=1, repeats=True),
    # letters and where they were shown
    *(
        Source("commitment_letters", route, "承诺书登记", dresses)
        for route, dresses in {
            "ganzhou": (_TITLED, _SERIAL),
            "xinxiang": (_GB_CSV, _GB_CSV),
            "yexian": (_OLD, _OLD),
            "heilongjiang": (Dress("xlsx", booleans="marks", dates="chinese"),) * 2,
            "hegang": (Dress("text", booleans="letters", delimiter="\t"), _LINES),
            "jiangsu": (_PARQUET, Dress("text", booleans="digits", variant=2)),
        }.items()
    ),
    *(
        Source("publications", route, "公示情况", dresses, every=2, first=1)
        for route, dresses in {
            "ganzhou": (_BOM_CSV, _TITLED),
            "xinxiang": (_OLD, _PLAIN_CSV),
            "yexian": (_GB_CSV, _GB_CSV),
            "heilongjiang": (_JSON, _SERIAL),
            "hegang": (_PLAIN_CSV, _WIDE),
            "jiangsu": (_PARQUET, _PARQUET),
        }.items()
    ),
    # courts
    Source(
        "court_cases",
        "all",
        "涉政案件",
        (
            Dress("xlsx", titles=("涉政案件统计（示例）",), money="wan_header", dates="cell", has_total=True),
            Dress("text", encoding="gb18030", money="comma", variant=1),
        ),
        sends_nil=True,
        tail=True,
    ),
    Source("dishonest_debtors", "all", "失信被执行人", (_PLAIN_CSV, _TITLED), sends_nil=True, tail=True),
    Source("listing_notices", "all", "拟列入通知", (_PLAIN_CSV, _BOM_CSV)),
    # records; in September 2023 no accountability arrived, and nobody said why
    Source("accountability", "all", "问责处理", (_TITLED, _GB_CSV), sends_nil=True, skips=(8,)),
    Source("record_actions", "all", "修复与异议", (_PLAIN_CSV, _SERIAL), every=2, first=1),
    Source("arrears", "all", "拖欠账款", (_WAN_HEADER, _COMMA), every=3, first=2),
    # the rest
    Source("procedures", "xinxiang", "决策程序", (_GB_CSV, _PARQUET), every=6, first=5),
    Source(
        "inventories", "ganzhou", "季度梳理", (_TITLED, _TITLED), regions=tuple(f"-{code}" for code in _OWN_FOLDERS)
    ),
    *(
        Source("inventories", "ganzhou", "季度梳理", (_PLAIN_CSV, _PLAIN_CSV), regions=(code,), has_reporter=True)
        for code in _OWN_FOLDERS
    ),
    Source("transfers", "all", "转办记录", (_LINES, _LINES), every=2, first=1),
    Source("rectifications", "all", "整改台账", (_OLD, _SERIAL), every=3, first=2),
    Source("evaluations", "all", "第三方评价", (_TITLED, _TITLED), every=12, first=11),
    Source("honours", "all", "荣誉评选", (_GB_CSV, _OLD), every=6, first=5),
    Source("proposals", "all", "建议提案办理", (_SERIAL, _PLAIN_CSV), every=4, first=3),
    Source("opinions", "all", "舆情", (_PLAIN_CSV, _WIDE), every=3, first=2),
    Source("tasks", "ganzhou", "任务分工", (_TITLED, _TITLED), every=6, first=2),
    Source("tasks", "hegang", "任务分工", (_GB_CSV, _GB_CSV), every=12, first=2),
    Source("identity_decisions", "all", "单位认定", (_PLAIN_CSV, _PLAIN_CSV), every=8, first=7),
)
