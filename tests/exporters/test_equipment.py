"""设备 on paper: cells read back, and the pages LibreOffice prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.equipment.forms import BLANKS, EQUIPMENT_MONTH
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.registers import calendar
from govoffice_tui.registers.equipment import cards, loans, repairs
from govoffice_tui.registers.equipment.months import equipment_month
from govoffice_tui.registers.equipment.papers import period_of
from govoffice_tui.registers.office import Office
from govoffice_tui.reports import write_forms, write_paper
from govoffice_tui.rules.equipment import StorageTicks
from govoffice_tui.rules.refusal import Refused
from tests.exporters.factories import MADE_AT, rows_named, texts
from tests.exporters.tools import printed

HOSTILE = "=1+1 [red] &Z&F"


@pytest.fixture
def office(office: Office, clock: SetClock) -> Office:
    """A classified machine sent away and back, a fault nobody took up, and a loan out since before its day."""
    secret = cards.CardPlan("台式电脑", "T630", price_fen=459900, is_classified=True)
    machines = [
        cards.enter_equipment(office, plan, cards.Place("行政股", "203", 3), by=3).root
        for plan in (secret, cards.CardPlan("打印机", HOSTILE, price_fen=100050), cards.CardPlan("投影仪"))
    ]
    row = repairs.report_fault(office, machines[0], "电源不通", 4, by=3).id
    repairs.accept_repair(office, row, 8, "同意", by=3)
    repairs.send_repair(office, row, "宏达", StorageTicks(True, True, True, "柏玉兰", "郑爽爽"), by=3)
    clock.set(datetime(2026, 10, 15, 9, 0))
    repairs.finish_repair(office, row, repairs.Outcome("换电源", "电源", 18050), by=3)
    repairs.report_fault(office, machines[1], HOSTILE, 5, by=3)
    plan = loans.LoanPlan(4, "", "放映", date(2026, 10, 16), "电源线")
    loans.apply_loan(office, machines[2], plan, loans.Approval(8), is_handed_out=True, by=3)
    clock.set(datetime(2026, 10, 20, 9, 0))
    return office


def test_the_month_counts_faults_costs_and_what_is_out(office: Office) -> None:
    (page,) = EQUIPMENT_MONTH.pages(equipment_month(office, "2026-10"), MADE_AT)
    figures = [[cell.value for cell in row.cells if cell] for row in page.blocks[0]]
    assert dict(zip(*figures, strict=True)) == {
        "本月报修": "2件",
        "修复": "1件",
        "报废建议": "0件",
        "月末未修": "1件",
        "费用": "180.50元",
        "月末在借": "1台",
        "其中超期": "1台",
    }
    repair = rows_named(page, "修〔2026〕1号")[0]
    assert repair[1] == "台式电脑 T630\n(设〔2026〕1号)\n涉密\n行政股"
    assert repair[4:] == [
        "修复\n10月15日\n3天",
        "送修 宏达;郑爽爽在场;存储部件已拆下、已交机要人员保管、随机介质已取出、保管柏玉兰",
        "180.50",
    ]
    assert rows_named(page, "借〔2026〕1号")[0][4:] == ["10月16日", "吴桂芳批准;电源线", "超期未还"]
    assert "未定稿" in texts(page)
    empty = EQUIPMENT_MONTH.pages(equipment_month(office, "2026-09"), MADE_AT)[0]
    assert "本月没有报修。" in texts(empty)


def test_every_printed_page_of_a_long_month_begins_with_heads(office: Office) -> None:
    month = equipment_month(office, "2026-10")
    (page,) = EQUIPMENT_MONTH.pages(replace(month, repairs=month.repairs * 20), MADE_AT)
    layout = lay_out(page)
    assert len(layout.breaks) > 1
    first = [[cell.value for cell in layout.rows[row].cells if cell is not None] for row in (0, *layout.breaks)]
    assert {str(row[0]) for row in first[1:]} <= {"一、报修(续)", "二、在借清单", "三、本月归还", "四、保养和违规"}
    assert ["一、报修(续)"] in first


def test_the_digest_follows_what_is_shown(office: Office) -> None:
    before = EQUIPMENT_MONTH.digest(equipment_month(office, "2026-10"))
    assert before == EQUIPMENT_MONTH.digest(equipment_month(office, "2026-10"))
    loans.extend_loan(office, 1, date(2026, 10, 30), 8, "没用完", by=3)
    assert EQUIPMENT_MONTH.digest(equipment_month(office, "2026-10")) != before


def test_every_paper_reads_back_and_prints(office: Office, tmp_path: Path) -> None:
    (month,) = write_forms(office, "2026-10", ["equipment"], by=3)
    assert month.path.name == "2026-10_设备报修与借用月报表.xlsx"
    book = load_workbook(month.path)
    assert book.sheetnames == ["设备月报", "核对信息"]
    assert HOSTILE in [cell.value for row in book["设备月报"].iter_rows() for cell in row]
    papers = {
        name: write_paper(office, form, period, by=3)
        for name, form, period in (
            ("list", "equipment_list", "2026-10-20"),
            ("history", "equipment_history", period_of(office, "设〔2026〕1号")),
            ("repair", "repair_slip", period_of(office, "修〔2026〕1号")),
            ("blank", "repair_slip", period_of(office)),
            ("loan", "loan_slip", period_of(office, "借〔2026〕1号")),
            ("loan blank", "loan_slip", period_of(office)),
        )
    }
    assert papers["repair"].path.name == "2026-10-20_修2026-1_设备报修单.xlsx"
    again = write_paper(office, "repair_slip", period_of(office, "修〔2026〕1号"), by=3)
    assert (again.version, again.is_new) == (1, False)
    pages = printed([month.path, *(one.path for one in papers.values())], tmp_path)
    shown = {name: pages[one.path.stem] for name, one in papers.items()}
    assert {name: len(sheets) for name, sheets in shown.items()} == dict.fromkeys(papers, 2)
    assert "合计" in shown["list"][0]
    assert "5599.50" in shown["list"][0]
    assert "√存储部件(硬盘)已拆下" in shown["repair"][0]
    assert "□存储部件(硬盘)已拆下" in shown["blank"][0]
    assert "换电源" in shown["history"][0]
    assert "吴桂芳" in shown["loan"][0]
    assert not [sheet for sheets in pages.values() for sheet in sheets if "##" in sheet]
    with pytest.raises(Refused, match="没有这一件报修"):
        write_paper(office, "repair_slip", "2026-10-20_修2026-9", by=3)


def test_blank_slips_are_in_the_packet_of_a_worked_day_alone(office: Office) -> None:
    calendar.ensure(office, 2026)
    for blank in BLANKS:
        assert [page.sheet for page in blank.pages(office, date(2026, 10, 12), MADE_AT)] == [blank.title]
        assert blank.pages(office, date(2026, 10, 11), MADE_AT) == []


def test_a_month_under_seal_prints_without_the_draft_mark(office: Office) -> None:
    month = replace(equipment_month(office, "2026-10"), revision=2)
    (page,) = EQUIPMENT_MONTH.pages(month, MADE_AT)
    assert page.title.endswith("(更正,第2版)")
    assert "未定稿" not in texts(page)
