"""请假明细: every slip of the month in the order of its start."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.attendance.figures import in_days
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.leave.months import LeaveLine, LeaveMonth

SHEET = "请假明细"
HEADS = (
    "编号",
    "姓名",
    "股室",
    "类别",
    "起止",
    "全长\n(天)",
    "本月\n(天)",
    "方式",
    "批准人",
    "批准日期",
    "返岗",
    "状态",
    "事由",
    "备注",
)
COLUMNS = (27.0, 22.0, 18.0, 15.0, 35.0, 10.0, 10.0, 10.0, 22.0, 16.0, 22.0, 18.0, 15.0, 17.0)
LOOKS = (
    *[Look.MIDDLE] * 5,
    *[Look.NUMBER] * 2,
    *[Look.MIDDLE] * 5,
    Look.TEXT,
    Look.TEXT,
)
TEXT_LIMIT = 120


def details_page(month: LeaveMonth, made_at: datetime, suffix: str, period: str) -> Page:
    """Return the list of the month's slips; of sick leave it says only whether there is a certificate."""
    blocks: list[Block] = [(_row(line),) for line in month.lines]
    if not blocks:
        blocks = [(Row((Cell("本月没有人请假。", Look.MIDDLE, len(COLUMNS)),), 20),)]
    return Page(
        sheet=SHEET,
        title=f"{SHEET}{suffix}",
        subline=f"{month.office_name}    {period}",
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 28),),
        blocks=tuple(blocks),
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        running_foot=f"{SHEET} {period}",
        made_foot=made_words(made_at),
    )


def _row(line: LeaveLine) -> Row:
    one = line.record
    values: tuple[str | int | float, ...] = (
        one.number,
        line.name,
        line.person.section,
        one.kind.label,
        str(one.stretch),
        in_days(line.halves),
        in_days(line.inside),
        one.mode.label,
        line.approver,
        chinese_short_day(one.approved_day) if one.approved_day else "",
        str(one.returned) if one.returned else "",
        line.state,
        _cut(line.reason),
        _cut(_remark(line)),
    )
    return Row(tuple(Cell(value, look) for value, look in zip(values, LOOKS, strict=True)), 18)


def _remark(line: LeaveLine) -> str:
    one = line.record
    return joined(
        (
            "续假" if one.extends is not None else "",
            f"{chinese_short_day(one.papered_day)}补办" if one.papered_day else "",
            f"逾期补办:{one.papered_late}" if one.papered_late else "",
            f"超假{in_days(line.over)}天" if line.over else "",
            "提前销假" if one.returned is not None and one.returned <= one.end else "",
            one.late_reason,
            one.remark,
        ),
        ";",
    )


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
