"""docs/architecture.md, 1: mentions, and the columns beyond the contract."""

from __future__ import annotations

from tests.unit.intake.office import HEADER, Office, csv

CODE = "11360700070146777W"
UNITS = "工单编号,来源渠道,信用代码,单位,区划代码,投诉日期"


def test_each_way_in_which_a_unit_is_given_is_one_mention(office: Office) -> None:
    rows = [
        f"T-1,问政,{CODE},样本局,,2024-03-01",
        f"T-2,问政,{CODE.lower()},样本局,,2024-03-01",
        "T-3,问政,,样本局,,2024-03-01",
        "T-4,问政,1234,样本局,,2024-03-01",
        "T-5,问政,,样本局,360702,2024-03-01",
        f"T-6,问政,{CODE},,,2024-03-01",
    ]
    office.put(csv(*rows, header=UNITS))
    reading = office.read()
    ids = [row["mention_id"] for row in reading.rows()]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert len(set(ids)) == 4
    given = {
        mention["mention_id"]: (mention["uscc"], mention["unit_name"], mention["region_code"])
        for mention in reading.mentions()
    }
    assert [given[one] for one in (ids[0], ids[2], ids[4], ids[5])] == [
        (CODE, "样本局", None),
        (None, "样本局", None),
        (None, "样本局", "360702"),
        (CODE, None, None),
    ]


def test_the_reporter_s_folder_is_part_of_a_mention_only_without_a_division_code(office: Office) -> None:
    office.put(csv("T-1,问政,,样本局,,2024-03-01", "T-2,问政,,样本局,360702,2024-03-01", header=UNITS), "a.csv")
    office.put(
        csv("T-3,问政,,样本局,,2024-03-01", "T-4,问政,,样本局,360702,2024-03-01", header=UNITS),
        "a.csv",
        reporter="样本市府",
    )
    reading = office.read()
    plain, sent = (
        [row["mention_id"] for row in reading.rows() if row["file"] == file] for file in ("a.csv", "样本市府/a.csv")
    )
    assert plain[0] != sent[0]
    assert plain[1] == sent[1]
    assert {mention["reporter"] for mention in reading.mentions()} == {None, "样本市府"}
    assert reading.delivery("样本市府/a.csv")["reporter"] == "样本市府"


def test_equal_rows_of_two_reporters_have_one_hash(office: Office) -> None:
    office.put(csv("T-1,问政,样本局,2024-03-01"), "a.csv")
    office.put(csv("T-1,问政,样本局,2024-03-01"), "a.csv", reporter="样本市府")
    assert len({row["row_hash"] for row in office.read().rows()}) == 1


def test_a_mention_has_its_name_in_the_form_that_is_compared(office: Office) -> None:
    office.put(csv("T-1,问政,样本 局（本级）,2024-03-01"))
    assert [mention["name_norm"] for mention in office.read().mentions()] == ["样本局"]


def test_a_quarantined_row_has_a_mention_where_a_code_or_a_name_can_be_read(office: Office) -> None:
    office.put(csv("T-1,电话,,样本局,,2024-03-01", "T-2,电话,1234,,,2024-03-01", header=UNITS))
    reading = office.read()
    named, broken = reading.quarantined()
    assert named["mention_id"] in {mention["mention_id"] for mention in reading.mentions()}
    assert broken["mention_id"] is None


def test_rows_about_no_unit_that_name_one_can_be_traced_to_it_in_quarantine(office: Office) -> None:
    office.put("工单编号,转办单位,转办日期\nT-1,样本局,三月\n", feed="transfers")
    office.put(f"原名称,认定单位代码,认定日期\n样本局,{CODE},某日\n", feed="identity_decisions")
    reading = office.read()
    given = {mention["mention_id"]: (mention["uscc"], mention["name_norm"]) for mention in reading.mentions()}
    assert {held["feed"]: given[held["mention_id"]] for held in reading.quarantined()} == {
        "transfers": (None, "样本局"),
        "identity_decisions": (CODE, "样本局"),
    }


def test_the_roster_has_its_names_in_the_form_that_is_compared(office: Office) -> None:
    header = "统一社会信用代码,单位名称,区划代码,层级,机构类型,简称,曾用名"
    office.put(
        csv(f"{CODE},样本 局（本级）,360700,市级,政府部门,样 局、（略）,老样本局；样本所", header=header),
        feed="organizations",
    )
    (row,) = office.read().rows("organizations")
    assert (row["name_norm"], row["short_norms"]) == ("样本局", ["样局"])
    assert (row["former_names"], row["former_norms"]) == (["老样本局", "样本所"], ["老样本局", "样本所"])


def test_an_evaluator_is_there_in_the_form_that_is_compared_too(office: Office) -> None:
    office.put(csv("1,样本 院（社科）,2024", header="评价编号,评价机构,年度"), feed="evaluations")
    (row,) = office.read().rows("evaluations")
    assert (row["evaluator"], row["evaluator_norm"]) == ("样本 院(社科)", "样本院")


def test_the_units_of_a_task_have_their_names_in_the_form_that_is_compared_each_in_its_place(office: Office) -> None:
    header = "任务编号,牵头单位,配合单位"
    rows = ["1,样本局[县(区)级]、（待定）、ｂ局,", "2,样本 局,甲局；乙局"]
    office.put(csv(*rows, header=header), feed="tasks")
    one, two = office.read().rows("tasks")
    assert (one["lead"], one["lead_norms"]) == (["样本局[县(区)级]", "(待定)", "b局"], ["样本局", "", "B局"])
    assert (one["cooperating"], one["cooperating_norms"]) == (None, None)
    assert (two["lead_norms"], two["cooperating_norms"]) == (["样本局"], ["甲局", "乙局"])


def test_a_delivery_has_its_reporter_in_the_form_that_is_compared(office: Office) -> None:
    for reporter in ("样本局［本级］", "样本 局（县（区））", "（待定）"):
        office.put(csv("T-1,问政,样本局,2024-03-01"), "a.csv", reporter=reporter)
    office.put(csv("T-1,问政,样本局,2024-03-01"), "a.csv")
    norms = {entry["reporter"]: entry["reporter_norm"] for entry in office.read().result.deliveries.to_dicts()}
    assert norms == {"样本局［本级］": "样本局", "样本 局（县（区））": "样本局", "（待定）": None, None: None}


def test_a_decision_may_say_that_a_name_is_no_unit_of_ours(office: Office) -> None:
    header = "原名称,认定单位代码,认定日期"
    office.put(
        csv("样本 公司,非政府机构,2024-03-01", f"样本局,{CODE},2024-03-01", header=header), feed="identity_decisions"
    )
    rows = office.read().rows("identity_decisions")
    assert [(row["seen_norm"], row["uscc"], row["is_no_unit"]) for row in rows] == [
        ("样本公司", None, True),
        ("样本局", CODE, False),
    ]
    assert rows[0]["row_hash"] != rows[1]["row_hash"]


def test_complaints_keep_their_personal_columns_in_the_landing(office: Office) -> None:
    office.put(csv("T-1,问政,样本局,2024-03-01,张样本", header=HEADER + ",投诉人"))
    assert office.read().rows()[0]["complainant_name"] == "张样本"
