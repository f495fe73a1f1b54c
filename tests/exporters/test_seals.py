"""The forms of the seal register: cells read back, fingerprints, and the pages LibreOffice prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.layout import lines
from govoffice_tui.exporters.page import BODY_POINTS
from govoffice_tui.exporters.seals import sign_page, slips
from govoffice_tui.exporters.seals.forms import SEALS_BOOK, SEALS_MONTH
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import papers
from govoffice_tui.registers.seals.carrying import Errand, Leave, apply_carry, approve_carry, take_out
from govoffice_tui.registers.seals.corrections import void_use
from govoffice_tui.registers.seals.months import seals_month
from govoffice_tui.registers.seals.pages import month
from govoffice_tui.registers.seals.refusals import refuse_stamp
from govoffice_tui.registers.seals.requests import Title
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.reports import Written, write_forms, write_paper
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import DocumentKind
from tests.exporters.tools import printed
from tests.factories import staff_lines
from tests.seal_factories import BOSS, KEEPER, notice, stamp, two_seals

HOSTILE = "=1+1 [red] &Z&F"
TODAY = date(2026, 10, 12)


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Three stamps, one void, one refusal, and the office's seal on its way."""
    clock.set(datetime(2026, 10, 12, 9, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    ours, _ = two_seals(founded)
    stamp(founded, ours, notice(30))
    stamp(founded, ours, Title(HOSTILE, DocumentKind.CERTIFICATE, 2, 3), unit="教育局")
    gone = stamp(founded, ours, notice(5, "写错的一件"))
    void_use(founded, gone.uses[0], "重复登记", by=KEEPER)
    refuse_stamp(founded, "城关镇", "空白介绍信", by=KEEPER)
    errand = Errand(ours, "城关镇", "现场签约", "城关镇政府", datetime(2026, 10, 12, 17, 0))
    carry = apply_carry(founded, errand, by=KEEPER).carry
    approve_carry(founded, carry, Leave(BOSS, TODAY), by=KEEPER)
    take_out(founded, carry, by=KEEPER)
    yield founded
    founded.close()


def cells(path: Path) -> dict[str, list[list[str]]]:
    """Return what every sheet of a workbook says, row by row, without the empty cells."""
    return {
        sheet.title: [[str(one.value) for one in row if one.value is not None] for row in sheet.iter_rows()]
        for sheet in load_workbook(path)
    }


def month_books(office: Office) -> dict[str, Written]:
    """Return the month's forms by their titles."""
    return {one.title: one for one in write_forms(office, "2026-10", ["seals"], by=KEEPER)}


def test_the_register_prints_every_number_and_what_was_struck(office: Office) -> None:
    rows = [row for sheet in cells(month_books(office)[SEALS_BOOK.title].path).values() for row in sheet]
    flat = ["|".join(row) for row in rows]
    for number in (1, 2, 3):
        assert any(f"〔2026〕\n{number}号" in row[0] for row in rows if row), number
    assert any(HOSTILE in line and "教育局" in line for line in flat)
    assert any("写错的一件" in line and "重复登记" in line for line in flat)


def test_the_month_counts_by_seal_and_by_unit_and_lists_what_was_refused_and_carried(office: Office) -> None:
    sheets = cells(month_books(office)[SEALS_MONTH.title].path)
    rows = [row for sheet in sheets.values() for row in sheet]
    (ours,) = [row for row in rows if row[0] == "测试县人民政府办公室" and len(row) > 3]
    assert ours[1:4] == ["2", "32", "36"]
    assert any(row[0] == "教育局" and row[1:4] == ["1", "2", "6"] for row in rows)
    flat = "\n".join("|".join(row) for row in rows)
    assert "空白介绍信" in flat
    assert "城关镇政府" in flat


def test_the_fingerprint_changes_with_the_figures_and_not_with_the_hour(office: Office, clock: SetClock) -> None:
    before = seals_month(office, "2026-10")
    clock.set(datetime(2026, 10, 12, 10, 0))
    assert SEALS_BOOK.digest(seals_month(office, "2026-10")) == SEALS_BOOK.digest(before)
    with pytest.raises(Refused):
        stamp(office, 1, notice(1, "印章在外时"))
    assert SEALS_MONTH.digest(seals_month(office, "2026-10")) == SEALS_MONTH.digest(before)
    refuse_stamp(office, "河东镇", "空白信笺", by=KEEPER)
    assert SEALS_MONTH.digest(seals_month(office, "2026-10")) != SEALS_MONTH.digest(before)


def test_a_place_to_sign_and_a_short_title_stand_in_one_line() -> None:
    widths = [sum(slips.APPROVAL_COLUMNS[2:]), sum(slips.HANDOVER_COLUMNS[1:])]
    assert [lines(slips.SIGNED, width, BODY_POINTS) for width in widths] == [1, 1]
    assert lines("字" * sign_page.SHORT_TITLE, sign_page.SIGN_COLUMNS[3], BODY_POINTS) == 1
    assert lines("〔2026〕1234号", sign_page.SIGN_COLUMNS[1], BODY_POINTS) == 1


def test_approval_handover_and_signing_page_come_out_of_the_printer(office: Office, tmp_path: Path) -> None:
    line = month(office, "2026-10", with_struck=False)[-1]
    written = {
        "approval": write_paper(office, "seal_approval", papers.approval_period(office, line.approval), by=KEEPER),
        "handover": write_paper(office, "seal_handover", papers.handover_period(office, 1), by=KEEPER),
        "page": write_paper(office, "seal_sign_page", papers.sign_period(office), by=KEEPER),
        "blank": write_paper(office, "seal_sign_page", papers.sign_period(office, is_blank=True), by=KEEPER),
        **{title: one for title, one in month_books(office).items()},
    }
    paper = printed([one.path for one in written.values()], tmp_path / "pdf")
    pages = {word: paper[one.path.stem] for word, one in written.items()}
    assert [len(pages[word]) for word in ("approval", "handover", "page", "blank")] == [
        2,
        2,
        2,
        2,
    ]  # 核对信息 is the last
    assert "赵敏" in pages["approval"][0]
    assert "吴桂芳" in pages["handover"][0]
    assert "1号" in pages["page"][0]
    assert "承办人" in pages["blank"][0]
    whole = "".join("".join(page.split()) for page in pages[SEALS_BOOK.title])
    assert "".join(HOSTILE.split()) in whole
    assert "##" not in "".join(page for listed in pages.values() for page in listed)
