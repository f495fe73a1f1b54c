"""Forms on the disk: the blank packet, which no book remembers, and the page of a moment, which is one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.catalog import BLANKS
from govoffice_tui.exporters.form import Blank
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers import exports
from govoffice_tui.registers.office import Office
from govoffice_tui.reports import read_anchor, write_forms, write_packet
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
PACKET_TITLES = (
    "签到表",
    "请假审批单",
    "值班页",
    "大扫除点名表",
    "用印页",
    "用印审批单",
    "设备报修单",
    "设备借用单",
    "耗材领用单",
    "应急联系表",
)


def test_the_packet_is_written_for_the_next_worked_day_and_no_book_remembers_it(
    office: Office, clock: SetClock
) -> None:
    clock.set(datetime(2026, 10, 17, 9, 0))
    write_packet(office)
    before = office.tail().seq
    packet = write_packet(office)
    assert packet.day == date(2026, 10, 19)
    assert packet.path == office.folder / "exports" / "2026-10" / "2026-10-19_空白应急表.xlsx"
    assert packet.titles == PACKET_TITLES
    assert office.tail().seq == before
    book = load_workbook(packet.path)
    assert tuple(book.sheetnames) == PACKET_TITLES
    names = [cell.value for cell in book["签到表"]["B"]]
    assert "王伟(行政股)" in names
    with pytest.raises(Refused):
        read_anchor(packet.path)


def test_every_blank_of_the_catalog_is_a_sheet_of_one_packet(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(office: Office, day: date, made_at: datetime) -> list[Page]:
        return [Page("请假审批单", "请假审批单", f"{day}", (100.0,), (), ())]

    more = Blank("blank_slip", "请假审批单", "attendance", slip)
    monkeypatch.setattr("govoffice_tui.reports.BLANKS", (*BLANKS, more))
    packet = write_packet(office, TODAY, ["attendance"])
    assert packet.titles == ("签到表", "请假审批单")
    assert load_workbook(packet.path).sheetnames == ["签到表", "请假审批单"]
    with pytest.raises(Refused, match="没有“frob”这一册"):
        write_packet(office, TODAY, ["frob"])


def test_a_day_of_rest_has_a_duty_page_and_no_sheet_to_sign(office: Office) -> None:
    with pytest.raises(Refused, match="2026年10月17日不设签到"):
        write_packet(office, date(2026, 10, 17), ["attendance"])
    assert not (office.folder / "exports").exists()
    assert write_packet(office, date(2026, 10, 17)).titles == ("值班页", "耗材领用单", "应急联系表")


def test_a_packet_open_elsewhere_is_left_as_it_is(office: Office) -> None:
    first = write_packet(office, TODAY).path
    content = first.read_bytes()
    first.with_name(f"~${first.name}").touch()
    second = write_packet(office, TODAY).path
    assert second.name == "2026-10-12_空白应急表_另存1.xlsx"
    assert first.read_bytes() == content


def test_a_packet_that_cannot_be_written_says_so_and_leaves_nothing(office: Office) -> None:
    (office.folder / "exports").write_text("a file where the folder should be")
    with pytest.raises(Refused, match="没有写成"):
        write_packet(office, TODAY)


def test_the_page_of_a_moment_is_a_form_with_an_anchor(office: Office) -> None:
    (written,) = write_forms(office, "2026-10-12T07:50", by=3)
    assert written.path.name == "2026-10-12_0750_在岗情况表.xlsx"
    assert read_anchor(written.path).seq > 0
    assert [one.form for one in exports.of_month(office, "2026-10")] == ["attendance_moment"]
    assert not write_forms(office, "2026-10-12T07:50", by=3)[0].is_new
    assert load_workbook(written.path).sheetnames == ["今日在岗情况表", "核对信息"]


def test_a_moment_to_come_is_written_nowhere(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有到"):
        write_forms(office, "2026-10-12T07:51", by=3)
    assert exports.of_month(office, "2026-10") == []
