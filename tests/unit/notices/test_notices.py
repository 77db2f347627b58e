"""Each unit is told once of each thing, on a paper whose number has no gap before it."""

from __future__ import annotations

import datetime as dt
import json
import stat
import threading
from pathlib import Path

import pytest
from docx import Document

from dagster_project.notices import register as register_module
from dagster_project.notices import template
from dagster_project.notices.making import make_notices, void_notice
from dagster_project.notices.register import Notice, NoticeError, RegisterError
from dagster_project.paths import DataPaths
from dagster_project.reports.figures import NothingPublishedError
from dagster_project.reports.office import OfficeError
from dagster_project.reports.period import PeriodError
from tests.unit.notices.conftest import content, day, publish
from tests.unit.reports.marts import CITY, EAST, EDUCATION, FINANCE, HOUSING, TOWN, WEST

TODAY = dt.date(2024, 5, 6)


def folder(paths: DataPaths) -> Path:
    return paths.marts / "reports" / "notices"


def text(paths: DataPaths, notice: Notice) -> list[str]:
    return [line.text for line in Document(str(folder(paths) / notice.file)).paragraphs if line.text]


def papers(paths: DataPaths, month: str = "2024-03", region: str | None = "3607") -> dict[tuple[str, str], Notice]:
    return {(notice.kind, notice.uscc): notice for notice in make_notices(paths, month, region)}


def test_each_unit_gets_the_papers_that_it_is_owed(data: DataPaths) -> None:
    made = papers(data)
    assert {key: (notice.document_no, notice.region_code) for key, notice in made.items()} == {
        ("tip_sheet", FINANCE): ("信用办提示〔2024〕1号", CITY),
        ("rectification_notice", EDUCATION): ("信用办整改〔2024〕1号", CITY),
        ("rectification_notice", HOUSING): ("信用办整改〔2024〕2号", CITY),
        ("tip_sheet", TOWN): ("信用办提示〔2024〕2号", CITY),
    }


def test_a_newly_listed_unit_is_told_of_its_new_listings_that_still_stand(data: DataPaths) -> None:
    said = text(data, papers(data)["tip_sheet", TOWN])
    # Text of feeds stays text: no field, no markup.
    assert said == [
        "示例市社会信用体系建设工作领导小组办公室文件",
        "信用办提示〔2024〕2号",
        "工作提示单",
        "=示例西县<b>{{ 镇 }}&：",
        "为推动政务诚信问题及时解决，现就有关事项提示如下。",
        "你单位被人民法院列入失信被执行人名单，请抓紧履行生效法律文书确定的义务，及时退出名单：",
        "（2024）赣0703执5号，示例西县人民法院，2024年3月9日发布。",
        "请将办理情况及时书面反馈我办。",
        "示例市社会信用体系建设工作领导小组办公室",
        "2024年4月29日",
    ]


def test_a_rectification_due_in_the_thirty_days_after_is_a_tip(data: DataPaths) -> None:
    assert "整改事项R1，整改期限2024年4月30日。" in text(data, papers(data)["tip_sheet", FINANCE])


def test_what_was_ordered_and_what_is_overdue_are_told_apart(data: DataPaths) -> None:
    said = text(data, papers(data)["rectification_notice", EDUCATION])
    # T3 was done in April; T4 was not overdue in March.
    assert said[5:9] == [
        "经核实，下列事项由你单位负责整改，请制定整改措施，在期限内完成：",
        "投诉T1，整改期限2024年5月31日。",
        "下列整改事项期限已到仍未完成，请立即整改，并书面说明原因：",
        "投诉T2，整改期限2024年3月31日，已逾期29天。",
    ]


def test_a_record_that_is_not_disputed_is_to_be_explained_in_writing(data: DataPaths) -> None:
    said = text(data, papers(data)["rectification_notice", HOUSING])
    assert said[5:7] == [
        "你单位有下列政务失信记录，请书面说明原因并限期整改：",
        "败诉案件，（2024）赣07民初1号，2024年3月1日。",
    ]


def test_made_again_no_second_paper_is_made_for_the_same(data: DataPaths) -> None:
    assert len(make_notices(data, "2024-03", "3607")) == 4
    assert make_notices(data, "2024-03", "3607") == []
    assert make_notices(data, "2024-03", WEST) == []
    # What is new gets the next number, and says only what is new: T4 is overdue at the end of April.
    (overdue, listing) = make_notices(data, "2024-04", "3607")
    assert (overdue.document_no, list(overdue.subjects)) == ("信用办整改〔2024〕3号", ["overdue:complaints:T4"])
    assert (listing.document_no, len(listing.subjects)) == ("信用办提示〔2024〕3号", 1)


def test_each_office_counts_from_one_every_year(data: DataPaths) -> None:
    east = make_notices(data, "2024-03", EAST)
    assert [(notice.region_code, notice.number) for notice in east] == [(EAST, 1), (EAST, 2)]
    rest = make_notices(data, "2024-03", "3607")
    assert [(notice.kind, notice.region_code, notice.number) for notice in rest] == [
        ("tip_sheet", CITY, 1),
        ("tip_sheet", CITY, 2),
    ]
    rows = content()
    rows["rectification"][-1]["due_on"] = day("2024-03-02")
    later = publish(data.root, "v2", rows, dt.date(2025, 1, 2))
    (notice,) = make_notices(later, "2024-03", EAST)
    assert notice.document_no == "信用办整改〔2025〕1号"


def test_what_was_of_a_unit_that_is_no_more_goes_to_the_one_that_answers_on_the_day(tmp_path: Path) -> None:
    rows = content()
    # Abolished after March and before the day of issue, 29 April.
    rows["succession"] = [{"uscc": TOWN, "valid_from": day("2024-04-10"), "answerable_uscc": HOUSING}]
    made = papers(publish(tmp_path, "v1", rows))
    assert ("tip_sheet", TOWN) not in made
    assert made["tip_sheet", HOUSING].subjects == ["listing:（2024）赣0703执5号:" + TOWN]


def test_a_void_number_is_kept_and_never_given_again(data: DataPaths) -> None:
    made = papers(data)["tip_sheet", TOWN]
    voided = void_notice(data, "提示〔2024〕2号", "法院名称有误", TODAY)
    assert (voided.status, voided.reason, voided.voided_on) == ("void", "法院名称有误", "2024-05-06")
    (again,) = make_notices(data, "2024-03", "3607")
    assert (again.document_no, again.subjects) == ("信用办提示〔2024〕3号", made.subjects)
    register = json.loads((folder(data) / "register.json").read_text(encoding="utf-8"))["notices"]
    tips = [(one["number"], one["status"]) for one in register if one["kind"] == "tip_sheet"]
    assert tips == [(1, "issued"), (2, "void"), (3, "issued")]
    assert (folder(data) / made.file).is_file()


def test_a_number_that_is_not_in_force_or_not_one_of_one_office_is_not_made_void(data: DataPaths) -> None:
    make_notices(data, "2024-03", EAST)
    make_notices(data, "2024-03", "3607")
    void_notice(data, "信用办整改〔2024〕1号", "重复", TODAY)
    for number in ("整改〔2024〕1号", "整改〔2024〕9号", "第九号"):
        with pytest.raises(NoticeError):
            void_notice(data, number, "重复", TODAY)
    rows = content()
    rows["rectification"][0]["uscc"] = EDUCATION
    make_notices(publish(data.root, "v2", rows), "2024-03", EAST)
    with pytest.raises(NoticeError, match=CITY):
        void_notice(data, "提示〔2024〕1号", "重复", TODAY)
    assert void_notice(data, "提示〔2024〕1号", "重复", TODAY, EAST).region_code == EAST


@pytest.mark.parametrize("dies_at", [0, 1, 2, 4, 5])
def test_a_maker_that_dies_leaves_no_gap_and_no_paper(data: DataPaths, monkeypatch, dies_at: int) -> None:
    """It dies at the empty register, which is the first file, at papers, and at the register that numbers them."""
    write = register_module._write
    written: list[Path] = []

    def dying(path: Path, content: bytes, mode: int) -> None:
        if len(written) == dies_at:
            path.with_name(f".{path.name}.partial").write_bytes(content[:9])
            raise KeyboardInterrupt
        written.append(path)
        write(path, content, mode)

    monkeypatch.setattr(register_module, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        make_notices(data, "2024-03", "3607")
    monkeypatch.undo()
    made = make_notices(data, "2024-03", "3607")
    assert [notice.number for notice in made] == [1, 1, 2, 2]
    found = {path.relative_to(folder(data)).as_posix() for path in folder(data).rglob("*") if path.is_file()}
    assert found == {"register.json", *(notice.file for notice in made)}


def test_what_lies_beside_the_papers_stays(data: DataPaths) -> None:
    notice = make_notices(data, "2024-03", "3607")[0]
    paper = folder(data) / notice.file
    others = [
        paper.with_name("tip_sheet-1 签收扫描件.pdf"),
        paper.with_name("tip_sheet-01.pdf"),
        # Of a number that was given: somebody drew it.
        paper.with_suffix(".pdf"),
        paper.with_name(".说明.txt.partial"),
        paper.parent / "签收" / "tip_sheet-9.docx",
        folder(data) / "台账.xlsx",
    ]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"of a clerk")
    left = [paper.with_name("tip_sheet-9.docx"), paper.with_name(".tip_sheet-9.pdf.partial")]
    for path in left:
        path.write_bytes(b"of a maker that was killed")
    assert make_notices(data, "2024-03", "3607") == []
    assert [path for path in others if not path.is_file()] == []
    assert [path for path in left if path.exists()] == []


def test_without_its_register_no_paper_is_removed_and_no_number_given(data: DataPaths) -> None:
    made = make_notices(data, "2024-03", "3607")
    register = folder(data) / "register.json"
    said = register.read_bytes()
    register.unlink()
    for ask in (
        lambda: make_notices(data, "2024-03", "3607"),
        lambda: void_notice(data, "提示〔2024〕1号", "重复", TODAY),
    ):
        with pytest.raises(RegisterError) as refused:
            ask()
        assert str(folder(data)) in refused.value.zh and "从备份恢复 register.json" in refused.value.zh
    assert all((folder(data) / notice.file).is_file() for notice in made) and not register.exists()
    register.write_bytes(said)
    assert make_notices(data, "2024-03", "3607") == []


def test_two_at_once_make_each_paper_once(data: DataPaths) -> None:
    made: list[Notice] = []
    makers = [threading.Thread(target=lambda: made.extend(make_notices(data, "2024-03", "3607"))) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert sorted(notice.document_no for notice in made) == [
        "信用办提示〔2024〕1号", "信用办提示〔2024〕2号", "信用办整改〔2024〕1号", "信用办整改〔2024〕2号",
    ]  # fmt: skip


def test_a_paper_is_written_once_and_read_only(data: DataPaths) -> None:
    for notice in make_notices(data, "2024-03", "3607"):
        assert stat.S_IMODE((folder(data) / notice.file).stat().st_mode) & 0o222 == 0


def test_an_office_edits_the_template_and_a_misspelt_field_is_named(data: DataPaths) -> None:
    own = data.root / "templates" / "tip_sheet.docx"
    own.parent.mkdir()
    document = Document()
    document.add_paragraph("{{ isuer }}")
    document.save(str(own))
    with pytest.raises(OfficeError, match="isuer"):
        make_notices(data, "2024-03", "3607")
    assert not (folder(data) / "register.json").exists()
    document.paragraphs[0].text = "某信用办提示{{ number }}"
    document.save(str(own))
    assert text(data, papers(data)["tip_sheet", TOWN]) == ["某信用办提示〔2024〕2号"]


def test_the_templates_that_come_along_are_those_that_are_made() -> None:
    for make in (template.tip_sheet, template.rectification_notice):
        assert (template.SHIPPED / f"{make.__name__}.docx").read_bytes() == make()


def test_a_month_or_region_that_there_is_not_is_told(data: DataPaths, tmp_path: Path) -> None:
    for month, region in (("2024-3", None), ("2024-03", "3608"), ("2024-03", "x"), ("2024-06", None)):
        with pytest.raises(PeriodError):
            make_notices(data, month, region)
    with pytest.raises(NothingPublishedError):
        make_notices(DataPaths(tmp_path / "none"), "2024-03")
