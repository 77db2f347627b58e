"""Deliveries written by hand, one trap in each: what breaks, what is withdrawn, what lies in the wrong place.

`data/README.md` lists them in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bench.codes import with_wrong_check
from bench.samples import files
from bench.samples.dress import Dress, render
from bench.samples.files import Cell, Sheet
from bench.samples.roster import by_name
from bench.samples.things import Row, Version
from bench.samples.world import versions

_TICKET_HEADER: list[Cell] = [
    "工单编号",
    "来源渠道",
    "社会信用代码",
    "被投诉单位",
    "投诉日期",
    "受理日期",
    "办结日期",
    "核查结果",
]


def deliveries() -> Iterator[tuple[str, bytes]]:
    """(path under `raw`, content) of every hand-made delivery."""
    yield from _broken()
    yield from _disguised()
    yield from _rows_at_fault()
    yield from _corrections()
    yield from _names()
    yield from _courts()
    yield from _money_and_headers()
    yield from _daily_notices()
    yield from _misplaced()


def _ticket(
    number: str, code: str | None, name: str | None, received: str, *more: Cell, channel: str = "12345"
) -> list[Cell]:
    return [number, channel, code, name, received, *more, *[None] * (3 - len(more))]


def _csv(*rows: list[Cell], encoding: str = "utf-8") -> bytes:
    return files.text(list(rows), ",", encoding)


def _broken() -> Iterator[tuple[str, bytes]]:
    """Rejected whole: the reason says what to do, and everything else goes on."""
    sound = files.xlsx([Sheet("Sheet1", [_TICKET_HEADER, _ticket("Y-1", None, "示例云岭市财政局", "2024-03-01")])])
    yield "complaints/2024-03-12/截断的台账.xlsx", sound[: len(sound) // 2]
    yield "complaints/2024-03-13/空文件.csv", b""
    page = "<html><body><table><tr><td>工单编号</td></tr></table></body></html>"
    yield "complaints/2024-04-17/网页另存为.xls", page.encode()
    yield "publications/2024-03-14/没有表头.csv", _csv(["示例云岭市财政局", "2024", "官网", "2024-03-01"])
    unclosed = (
        "承诺编号,承诺单位,年度,承诺类别,承诺事项,承诺日期,履行状态\r\n"
        'Y-2,示例云岭市财政局,2024,履职尽责,"首问负责,2024-05-01,履行中\r\n'
    )
    yield "commitments/2024-05-14/引号未闭合.csv", unclosed.encode()
    twice: list[Cell] = ["文号", "责任单位", "单位名称", "类型", "决定日期", "决定日期"]
    yield (
        "accountability/2024-05-15/重复列.xlsx",
        files.xlsx([Sheet("Sheet1", [twice, ["Y-3", "示例云岭市财政局", None, "问责", date(2024, 5, 1), None]])]),
    )


def _disguised() -> Iterator[tuple[str, bytes]]:
    """The content decides, not the ending."""
    rows = [
        _TICKET_HEADER,
        _ticket("Y-11", None, "示例云岭市教育局", "2024-06-03", "2024-06-04", "2024-06-11", "不属实"),
    ]
    yield "complaints/2024-06-12/其实是工作簿.csv", files.xlsx([Sheet("Sheet1", rows)])
    rows = [_TICKET_HEADER, _ticket("Y-12", None, "示例云岭市审计局", "2024-06-04", "2024-06-05", "2024-06-12", "属实")]
    yield "complaints/2024-06-12/其实是文本.xls", files.text(rows, "\t", "gb18030")


def _rows_at_fault() -> Iterator[tuple[str, bytes]]:
    """Quarantined or warned of, row by row; totals and notes are ignored."""
    long_number: list[Cell] = [
        2024061800001234,
        "12345热线",
        None,
        "示例云岭市林业局",
        date(2024, 6, 14),
        None,
        None,
        None,
    ]
    yield "complaints/2024-06-18/长编号.xlsx", files.xlsx([Sheet("Sheet1", [_TICKET_HEADER, long_number])])
    code = by_name("示例竹涧县人民政府").uscc
    yield (
        "complaints/2024-07-16/问题行.csv",
        _csv(
            ["政务诚信投诉台账（示例）"],
            _TICKET_HEADER,
            [*_ticket("Y-21", None, "示例竹涧县教育局", "2024-07-01"), "多出一格"],
            _ticket("", None, "示例竹涧县财政局", "2024-07-01"),
            _ticket("Y-22", None, None, "2024-07-01"),
            _ticket("Y-23", with_wrong_check(code), None, "2024-07-02"),
            _ticket("Y-24", code, None, "七月初"),
            _ticket("Y-25", code, None, "2024-07-03", channel="抖音"),
            _ticket("Y-26", code, None, "2024-07-04", "2024-07-01", "2024-07-10", "属实"),
            _ticket("Y-27", code, None, "2024-07-05", "2024-07-08", "2024-12-30", "属实"),
            _ticket("Y-28", code, None, "2024-07-08", "2024-07-09", "2024-07-12", "待定"),
            ["合计", "8件"],
            ["注：标黄的为疑难件"],
            encoding="gb18030",
        ),
    )
    promise: list[Cell] = [
        "承诺编号",
        "承诺单位",
        "年度",
        "承诺类别",
        "承诺事项",
        "涉及金额",
        "承诺日期",
        "兑现期限",
        "履行状态",
        "兑现日期",
    ]
    unit = "示例松桥区财政局"
    yield (
        "commitments/2024-08-15/问题行.csv",
        _csv(
            promise,
            ["Y-31", unit, "2024年", "合同履约", "支付绿化工程款", "120万元", "2024-02-01", "年底前", "履行中", None],
            ["Y-32", unit, "2024", "合同履约", "支付设备款", "约三百万", "2024-03-01", "2024-02-01", "履行中", None],
            [
                "Y-33",
                unit,
                "2024",
                "惠企利民政策",
                "兑现奖补",
                "-5000",
                "2024-03-01",
                "2024-07-01",
                "已兑现",
                "2024-12-31",
            ],
            ["Y-34", unit, "2024", "惠企利民政策", "兑现贴息", "1,2345.00", "2024-03-01", "2024-07-01", "已兑现", None],
            ["Y-35", unit, "二〇二四", "履职尽责", "首问负责", None, "2024-03-01", None, "履行中", None],
        ),
    )
    # What a unit without a successor still owes when it is abolished.
    yield (
        "commitments/2024-04-18/开发区补报.csv",
        _csv(
            promise,
            [
                "Y-36",
                "示例云涧县开发区管理委员会",
                "2024",
                "合同履约",
                "支付厂房代建款",
                "860万元",
                "2024-01-15",
                "2024-09-30",
                "履行中",
            ],
            [
                "Y-37",
                "示例云涧县开发区管理委员会",
                "2024",
                "惠企利民政策",
                "兑现用电补贴",
                "45万元",
                "2024-02-01",
                "2025-06-30",
                "履行中",
            ],
        ),
    )
    # An upheld repair without its day is no repair.
    actions: list[Cell] = ["编号", "记录类型", "记录编号", "申请类型", "申请日期", "决定日期", "处理结果"]
    yield (
        "record_actions/2024-08-16/缺决定日期.csv",
        _csv(actions, ["Y-41", "问责", "示例督〔2023〕1号", "信用修复", "2024-08-01", None, "同意"]),
    )


def _last_known(feed: str, before: date, fits: Callable[[Row], bool]) -> list[Version]:
    """The things of a feed whose last state came before a day, in that state."""
    last: dict[str, Version] = {}
    for version in sorted((v for v in versions() if v.feed == feed), key=lambda v: v.known_on):
        last[version.key] = version
    return [v for v in last.values() if v.known_on < before - timedelta(60) and fits(v.row)]


def _corrections() -> Iterator[tuple[str, bytes]]:
    """What was sent before is put right, withdrawn, or told twice on one day with different words."""
    unfounded = _last_known("complaints", date(2024, 8, 14), lambda row: row.get("finding") == "unsubstantiated")[:6]
    corrected = [{**version.row, "finding": "substantiated"} for version in unfounded]
    yield (
        "complaints/2024-08-14/核查结果更正.csv",
        render("complaints", corrected, Dress("text", dates="compact", encoding="utf-8-sig")),
    )
    withdrawn = _last_known("complaints", date(2024, 9, 12), lambda row: row.get("excluded_reason") is None)[40:43]
    rows: list[list[Cell]] = [["撤销通知（示例）", None], ["工单编号", "撤销"]]
    rows += [[version.key, "是"] for version in withdrawn]
    yield "complaints/2024-09-12/撤销通知.xlsx", files.xlsx([Sheet("Sheet1", rows)])
    dropped = _last_known("commitments", date(2024, 8, 20), lambda row: row.get("status") == "breached")[:2]
    marked: list[list[Cell]] = [[version.key, "√"] for version in dropped]
    yield "commitments/2024-08-20/作废.csv", _csv(["承诺编号", "作废"], *marked)
    code = by_name("示例竹涧县人民政府").uscc
    one = [_TICKET_HEADER, _ticket("Y-51", code, None, "2024-09-02", "2024-09-03", "2024-09-09", "属实")]
    other = [_TICKET_HEADER, _ticket("Y-51", code, None, "2024-09-02", "2024-09-03", "2024-09-10", "不属实")]
    yield "complaints/2024-09-18/甲科台账.csv", _csv(*one)
    yield "complaints/2024-09-18/乙科台账.csv", _csv(*other)
    tied: list[Cell] = ["工单编号", "来源渠道", "被投诉单位", "投诉日期", "原工单编号"]
    yield (
        "complaints/2024-09-19/并单.csv",
        _csv(
            tied,
            ["Y-52", "问政", "示例竹涧县教育局", "2024-09-05", "Y-54"],
            ["Y-53", "信访", "示例竹涧县教育局", "2024-09-06", "Y-52"],
            ["Y-54", "12345", "示例竹涧县教育局", "2024-09-07", "Y-53"],
            ["Y-55", "12345", "示例竹涧县教育局", "2024-09-08", "查无此单"],
        ),
    )


def _names() -> Iterator[tuple[str, bytes]]:
    """Who is meant: short names in a folder, names that are nobody's, two at once, and one not to be named."""
    by_short: list[Cell] = ["工单编号", "投诉渠道", "单位", "收到日期", "办结时间", "调查结果"]
    yield (
        "complaints/2024-05-20/示例竹涧县人民政府/县级台账.csv",
        _csv(
            by_short,
            ["Y-61", "12345", "教育局", "2024年5月6日", "2024年5月13日", "属实"],
            ["Y-62", "12345", "财政局", "2024年5月7日", None, None],
        ),
    )
    finance, audit = by_name("示例云岭市财政局"), by_name("示例云岭市审计局")
    secret = by_name("示例云岭市保密工作一处")
    yield (
        "complaints/2024-02-22/单位名称待核.csv",
        _csv(
            _TICKET_HEADER,
            _ticket("Y-71", None, "示例云岭市财政居", "2024-02-05"),
            _ticket("Y-72", None, "示例松桥区城建发展中心", "2024-02-05"),
            _ticket("Y-73", None, "示例松桥区城乡建设发展中", "2024-02-06"),
            _ticket("Y-74", None, "示例云岭市财政局机关服务社", "2024-02-06"),
            _ticket("Y-75", finance.uscc, audit.name, "2024-02-07"),
            _ticket("Y-76", None, "教育局", "2024-02-07"),
            _ticket("Y-77", secret.uscc, secret.name, "2024-02-08", "2024-02-09"),
            _ticket("Y-78", None, secret.name, "二月八日"),
        ),
    )


def _courts() -> Iterator[tuple[str, bytes]]:
    """Numbers of cases as people type them, and outcomes that cannot be read."""
    header: list[Cell] = ["案号", "被告", "案件类型", "立案日期", "判决日期", "判决结果", "标的金额", "履行状态"]
    unit = "示例兰坪县人民政府"
    yield (
        "court_cases/2024-10-16/手工登记.csv",
        _csv(
            header,
            ["(2024)赣0726 民初 81 号", unit, "民事", "2024-03-04", "2024-06-20", "败诉", "35万元", "执行中"],
            ["〔2024〕赣0726执82号之一", unit, "执行", "2024-07-01", None, None, "35万元", "执行完毕"],
            ["（2024）赣07**民初83号", unit, "民事", "2024-03-04", None, None, None, "审理中"],
            ["赣0726民初84号", unit, "民事", "2024-03-05", "2024-07-01", "胜诉", "8万元", None],
            ["（2024）赣0726行初85号", unit, "行政", "2024-03-06", "2024-07-02", "判决书未到", None, None],
            ["（2024）赣0726行初86号", unit, "行政", "2024-03-06", "2024-02-02", "败诉", None, None],
        ),
    )


def _money_and_headers() -> Iterator[tuple[str, bytes]]:
    """A header of two rows, its upper cells merged; and a currency that is none of ours."""
    rows: list[list[Cell]] = [
        ["拖欠账款明细（示例）", None, None, None, None],
        ["编号", "欠款单位", "债权人", "欠款金额（万元）", "应付日期"],
        [None, None, "（企业全称）", None, None],
        ["Y-81", "示例兰坪县人民政府", "示例小微企业一", 12.5, date(2024, 3, 31)],
        ["Y-82", "示例兰坪县财政局", "示例小微企业二", 3.08, date(2024, 5, 31)],
        ["合计", None, None, 15.58, None],
    ]
    merged = [(0, 0, 0, 4), *[(1, column, 2, column) for column in (0, 1, 3, 4)]]
    yield "arrears/2024-09-19/两行表头.xlsx", files.xlsx([Sheet("明细", rows, merged)])
    foreign: list[list[Cell]] = [
        ["编号", "欠款单位", "欠款金额（美元）", "应付日期"],
        ["Y-83", "示例兰坪县人民政府", 12000, date(2024, 3, 31)],
    ]
    yield "arrears/2024-09-20/外币.xlsx", files.xlsx([Sheet("Sheet1", foreign)])


def _daily_notices() -> Iterator[tuple[str, bytes]]:
    """From 15 to 31 December the court reports each day, mostly that there is nothing; some days are missing."""
    header: list[Cell] = ["案号", "被执行人", "通知日期", "拟列入日期"]
    for year, missing in ((2023, (17, 24)), (2024, (22,))):
        for day in range(15, 32):
            if day in missing:
                continue
            nil = b"[]\n" if day % 2 else _csv(header)
            yield f"listing_notices/{year}-12-{day}/零报告.{'json' if day % 2 else 'csv'}", nil


def _misplaced() -> Iterator[tuple[str, bytes]]:
    """Reported, and nothing else: a folder that is no feed, one that is no date, one too deep; and no deliveries."""
    rows = _csv(_TICKET_HEADER, _ticket("Y-91", None, "示例云岭市财政局", "2024-03-01"))
    yield "待整理/2024-02-01/台账.csv", rows
    yield "complaints/3月/台账.csv", rows
    yield "complaints/2024-10-15/甲/乙/台账.csv", rows
    yield "complaints/说明.txt", "台账按月报送，文件放在收到当天的目录里。\n".encode()
    yield "commitments/2024-03-28/~$赣州承诺事项清单2024年3月.xlsx", b"\x05demo"
