"""请假审批单: two on a sheet of A4, filled in for one slip or blank."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.attendance.figures import in_days
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.registers.leave.slips import SlipSheet
from govoffice_tui.rules.leave import LeaveKind, Moment
from govoffice_tui.rules.leave_approval import Level

SHEET = "请假审批单"
COLUMNS = (28.0, 33.0, 20.0, 32.0, 24.0, 33.0)
LINE, SIGN = 25.0, 34.0
OPINIONS, COUNTY_OPINIONS = ("股室意见", "分管副主任意见", "主任意见"), ("县领导意见",)
COPIES = ("行政股存", "本人存")
_NO_DAY = "    年  月  日"
SIGNED = "                                        签字:                    年      月      日"
NOTES = (
    "注:半日以内向分管副主任请假,半日以上2日以内书面向分管副主任请假,2日以上书面向主任请假(考勤制度第5条)。",
    "期满到岗当日销假;病假不写病情,只附证明。",
)
CUT = "………………………………………………………… 沿 此 线 裁 开 …………………………………………………………"


def slip_page(sheet: SlipSheet, made_at: datetime) -> Page:
    """Return the sheet: the same slip twice, or two blank ones."""
    is_blank = sheet.line is None
    first, second = ("", "") if is_blank else COPIES
    title = f"{sheet.office_name}{SHEET}"
    return Page(
        sheet=SHEET,
        title=title,
        subline=_subline(sheet, first),
        columns=COLUMNS,
        header=(),
        blocks=(
            _slip(sheet),
            (
                *(_whole(note, Look.NOTE, 13) for note in NOTES),
                _whole(CUT, Look.SUBLINE, 30),
                _whole(title, Look.TITLE, 36),
                _whole(_subline(sheet, second), Look.SUBLINE, 20),
                *_slip(sheet),
            ),
        ),
        notes=NOTES,
        is_one_page=True,
    )


def slip_pages(sheet: SlipSheet, made_at: datetime) -> list[Page]:
    """Return the one page of a slip, made at an office time."""
    return [slip_page(sheet, made_at)]


def _subline(sheet: SlipSheet, copy: str) -> str:
    if sheet.line is None:
        return "编号:假〔    〕    号"
    line = sheet.line
    return f"{line.record.number}    {line.tier_words}    {copy}"


def _slip(sheet: SlipSheet) -> Block:
    line = sheet.line
    one = None if line is None else line.record
    kinds = "  ".join(f"□{kind.label}" for kind in LeaveKind) if one is None else one.kind.label
    is_sick = one is not None and one.kind is LeaveKind.SICK
    person = None if line is None else line.person
    opinions = COUNTY_OPINIONS if line is not None and line.level is Level.COUNTY else OPINIONS
    return (
        _six(
            ("姓名", line.name if line else ""),
            ("股室", person.section if person else ""),
            ("职务", person.position if person else ""),
        ),
        _one("请假类别", kinds, LINE),
        _one("起止时间", f"自 {_moment(one.start if one else None)} 至 {_moment(one.end if one else None)} 止", LINE),
        _six(
            ("天数", f"{in_days(line.halves)}天" if line else "        天"),
            ("方式", one.mode.label if one else "□口头 □书面\n□电话"),
            ("申请日期", chinese_day(one.applied_day) if one else _NO_DAY),
        ),
        _one("证明" if is_sick else "事由", line.reason if line else "", SIGN),
        _six(
            ("去向", one.destination if one else ""),
            ("联系电话", one.phone if one else ""),
            ("工作交接人", sheet.cover),
        ),
        *(_one(title, SIGNED, SIGN) for title in ("本人", *opinions)),
        _six(
            ("返岗", str(one.returned) if one and one.returned else "  月  日  午"),
            ("销假日期", chinese_day(one.cleared_at.date()) if one and one.cleared_at else _NO_DAY),
            ("经手人", ""),
        ),
    )


def _six(*pairs: tuple[str, str]) -> Row:
    """Return a row of three heads, each with what stands beside it."""
    cells = (Cell(text, look) for pair in pairs for text, look in zip(pair, (Look.HEAD, Look.MIDDLE), strict=True))
    return Row(tuple(cells), LINE)


def _one(title: str, text: str, height: float) -> Row:
    """Return a row of one head and a wide cell."""
    return Row((Cell(title, Look.HEAD), Cell(text, Look.TEXT, across=len(COLUMNS) - 1)), height)


def _moment(moment: Moment | None) -> str:
    return "    年  月  日  午" if moment is None else f"{chinese_day(moment.day)}{moment.half.label}"


def _whole(text: str, look: Look, height: float) -> Row:
    return Row((Cell(text, look, len(COLUMNS)),), height)
