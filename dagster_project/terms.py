"""What people call the kinds of records, the measured rates and the overdue things: one word for one thing."""

from __future__ import annotations

#: Kinds of records of the ledger.
RECORDS = {
    "judgment": "败诉案件",
    "listing": "失信被执行人",
    "penalty": "行政处罚",
    "discipline": "处分",
    "accountability": "问责",
    "circular": "通报批评",
    "breach": "整改逾期的失信投诉",
}
#: Rates that a score may rest on.
METRICS = {
    "fulfilment_ratio": "兑现率",
    "on_time_ratio": "按期兑现率",
    "acceptance_rate": "投诉按时受理率",
    "resolution_rate": "投诉按时办结率",
    "satisfaction_rate": "投诉满意率",
}
#: Things that a score may count where they are overdue.
ITEMS = {"commitment": "承诺事项逾期", "complaint": "投诉逾期未办结", "rectification": "整改逾期未完成"}
