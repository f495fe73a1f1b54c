"""How the pages of supervision are drawn: a matter, a line of a month, a unit, and what stands over each page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.registers.supervision.views import DecisionLine, MonthLine, SupervisionMonth
from govoffice_tui.rules.supervision import STANDING, Alert, StepKind, UnitFigures
from govoffice_tui.widgets.literal import fitted

NUMBER, DUE, DAYS, STATE = 9, 12, 10, 14
"""Cells of the columns that never give way; matter and unit share the rest."""

STYLES = {Alert.NONE: "", Alert.BLUE: "$chosen", Alert.YELLOW: "$due", Alert.RED: "bold $late"}


def short_number(line: DecisionLine, today: date) -> str:
    """Return 12号, with the year before one of an earlier year."""
    year = "" if line.key.year == today.year else f"{line.key.year % 100}年"
    return f"{year}{line.key.number}号"


def matter_words(line: DecisionLine, width: int, today: date, blue_days: int, yellow_days: int) -> Content:
    """Return one matter in hand: number, matter, unit, its day, the days left in words and colour, its state."""
    matter_width, unit_width = _shares(width - NUMBER - DUE - DAYS - STATE)
    alert = line.alert(today, blue_days, yellow_days)
    asked = len(line.of_kind(StepKind.REMINDED))
    state = line.state_told(today) + (f" 催{asked}" if asked else "")
    is_done = not line.state.is_open
    return Content.assemble(
        Content(set_cell_size(short_number(line, today), NUMBER)),
        Content(_cell(line.matter, matter_width)),
        Content(_cell(line.lead_unit, unit_width)),
        Content(set_cell_size(_day(line.due, today), DUE)),
        Content.styled(set_cell_size("" if is_done else line.days_told(today), DAYS), STYLES[alert]),
        Content.styled(set_cell_size(state, STATE), "$done" if is_done else STYLES[alert]),
    )


def month_words(one: MonthLine, width: int, today: date) -> Content:
    """Return one matter as a month counts it."""
    line = one.line
    matter_width, unit_width = _shares(width - NUMBER - DUE - DAYS - STATE)
    flow = one.flow
    named = {"结转": flow.carried, "新增": flow.added, "重办": flow.returned}
    came = "".join(word for word, count in named.items() if count)
    style = "strike $faint" if line.is_struck else ""
    tone = "bold $late" if one.is_overdue else "$done" if flow.done else "$faint" if flow.voided else ""
    return Content.assemble(
        Content.styled(
            set_cell_size(short_number(line, today), NUMBER)
            + _cell(line.matter, matter_width)
            + _cell(line.lead_unit, unit_width),
            style,
        ),
        Content(set_cell_size(_day_of(one.due, today), DUE)),
        Content(set_cell_size(came, DAYS)),
        Content.styled(set_cell_size(one.state, STATE), tone),
    )


def unit_words(place: int | None, one: UnitFigures, width: int) -> Content:
    """Return one unit of the month's order: place, name, figures, rate."""
    name_width = max(16, width - 60)
    rate = "—" if one.rate is None else f"{one.rate}%"
    late = Content.styled(set_cell_size(f"逾期{one.overdue}", 9), "bold $late" if one.overdue else "$faint")
    return Content.assemble(
        Content.styled(set_cell_size("—" if place is None else f"第{place}", 7), "$chosen"),
        Content(_cell(one.unit, name_width)),
        Content(set_cell_size(f"件数{one.in_hand}", 9) + set_cell_size(f"办结{one.done}", 9)),
        Content(set_cell_size(f"按期{rate}", 11)),
        late,
        Content(set_cell_size(f"催{one.reminded}", 6) + f"结转{one.left}"),
    )


def hand_head(counts: Mapping[str, int]) -> Content:
    """Return what stands over the matters in hand."""
    parts = [Content.styled("在办督办事项", "bold"), Content(f"   {counts['open']}件   未启动 {counts['new']}件")]
    if counts["overdue"]:
        parts.append(Content.styled(f"   逾期 {counts['overdue']}件", "bold $late"))
    if counts["waiting"]:
        parts.append(Content.styled(f"   等销号 {counts['waiting']}件", "$done"))
    return Content.assemble(*parts)


def month_head(month: SupervisionMonth, title: str) -> Content:
    """Return what stands over a month: its balance in one line."""
    flow = month.flow
    name = f"{month.month[:4]}年{int(month.month[5:])}月 {title}"
    returned = f" +重办{flow.returned}" if flow.returned else ""
    voided = f" -作废{flow.voided}" if flow.voided else ""
    parts = [
        Content.styled(name, "bold"),
        Content(f"   上月结转{flow.carried} +新增{flow.added}{returned} -办结{flow.done}{voided} =结转下月{flow.left}"),
    ]
    if month.overdue:
        parts.append(Content.styled(f"   逾期{month.overdue}", "bold $late"))
    if month.revision:
        parts.append(Content.styled("   已封存", "$done"))
    return Content.assemble(*parts)


def _shares(room: int) -> tuple[int, int]:
    """Return how wide matter and unit are drawn."""
    room = max(24, room)
    unit = min(26, room * 2 // 5)
    return room - unit, unit


def _cell(text: str, width: int) -> str:
    return set_cell_size(fitted(text, width - 1), width)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return "长期"
    year = f"{day.year % 100}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def _day_of(told: str, today: date) -> str:
    """Return a spelled day as short as a column wants it."""
    this_year = f"{today.year}年"
    return told.removeprefix(this_year) if told.startswith(this_year) or told == STANDING else told[2:]
