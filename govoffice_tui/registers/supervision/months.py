"""A month of supervision: what it took over, got and handed on, matter by matter and unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.meetings.months import REGISTER as MEETINGS
from govoffice_tui.registers.meetings.months import month as meetings_month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.pages import of_month
from govoffice_tui.registers.supervision.views import (
    REGISTER,
    DecisionLine,
    MonthLine,
    SourceFlow,
    SupervisionMonth,
    due_words,
)
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.supervision import (
    DecisionState,
    Flow,
    Source,
    StepKind,
    UnitFigures,
    done_day,
    month_flow,
    ranked,
)


def month(office: Office, word: str) -> SupervisionMonth:
    """Return one month (YYYY-MM) of meetings and matters, read while nobody wrote."""
    return office.steady(lambda: _month(office, word))


def month_lines(office: Office, word: str) -> list[MonthLine]:
    """Return every matter that counts in a month, as it stood at its end or stands today."""
    days = month_days(word)
    as_of = _as_of(office, days)
    found = [_month_line(one, days[0], as_of) for one in of_month(office, word)]
    return [one for one in found if one.flow != Flow() or _waits(one.line, as_of) or _settled_in(one.line, days, as_of)]


def flow_of(found: Iterable[MonthLine]) -> Flow:
    """Return the balance of some matters."""
    return sum((one.flow for one in found), Flow())


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month from being sealed: only that it is not over. What is open is carried forward."""
    now = office.now()
    if now.date() <= month_days(word)[-1]:
        return [Problem("督办", "本月还没有过完", now.date())]
    return []


def month_summary(office: Office, word: str) -> str:
    """Return the month in one line: 督办 上月结转12 新增5 办结4 结转下月13(逾期2)."""
    found = month_lines(office, word)
    flow = flow_of(found)
    back = f" 退回重办{flow.returned}" if flow.returned else ""
    void = f" 作废{flow.voided}" if flow.voided else ""
    late = sum(one.is_overdue for one in found)
    ends = f" 结转下月{flow.left}(逾期{late})"
    return f"督办 上月结转{flow.carried} 新增{flow.added}{back} 办结{flow.done}{void}{ends}"


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of a month's matters as it stands beside the seal."""
    told = [
        f"{one.line.number} {one.line.matter} {one.line.lead_unit} {one.line.origin} {one.flow} {one.state} {one.due}"
        f" {one.done_day} {one.is_in_time:d}"
        for one in month_lines(office, word)
    ]
    return sha256("\n".join(told).encode()).hexdigest()


def unit_figures(found: Iterable[MonthLine], first: date, as_of: date) -> list[UnitFigures]:
    """Return what a month says of each responsible unit."""
    mine: dict[str, list[MonthLine]] = defaultdict(list)
    for one in found:
        if one.flow.in_hand:
            mine[one.line.lead_unit].append(one)
    return [
        UnitFigures(
            unit,
            len(group),
            sum(one.flow.done for one in group),
            sum(one.is_in_time for one in group),
            sum(one.is_overdue for one in group),
            sum(one.flow.left for one in group),
            sum(first <= step.day <= as_of for one in group for step in one.line.of_kind(StepKind.REMINDED)),
        )
        for unit, group in mine.items()
    ]


def _month(office: Office, word: str) -> SupervisionMonth:
    days = month_days(word)
    as_of = _as_of(office, days)
    found = month_lines(office, word)
    seal = closing.sealed(office, REGISTER, word)
    left = [one for one in found if one.flow.left]
    return SupervisionMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=word,
        as_of=as_of,
        kinds=meetings_month(office, word).kinds,
        is_meetings_sealed=closing.sealed(office, MEETINGS, word) is not None,
        sources=tuple(
            SourceFlow(
                source,
                flow_of(one for one in found if one.line.source is source),
                sum(one.is_overdue for one in found if one.line.source is source),
            )
            for source in Source
        ),
        flow=flow_of(found),
        overdue=sum(one.is_overdue for one in left),
        standing=sum(one.line.due_on(as_of) is None for one in left),
        not_begun=sum(one.line.state_on(as_of) is DecisionState.NEW for one in left),
        waiting=sum(_waits(one.line, as_of) for one in found),
        settled=sum(_settled_in(one.line, days, as_of) for one in found),
        lines=tuple(found),
        units=tuple(ranked(unit_figures(found, days[0], as_of))),
        names=display_names(staff.everybody(office, days[-1])),
        shortfalls=tuple(pending(office, word)),
        notes=tuple(_notes(office, word, found)),
        revision=seal.revision if seal else 0,
    )


def _as_of(office: Office, days: Sequence[date]) -> date:
    """Return the day a month is counted to: its last, or today while it goes on."""
    return max(days[0], min(days[-1], office.now().date()))


def _month_line(one: DecisionLine, first: date, as_of: date) -> MonthLine:
    flow = month_flow(one.course, first, as_of)
    ended = done_day(one.course, as_of) if flow.done else None
    due = one.due_on(ended) if ended is not None else one.due_on(as_of)
    is_void = one.voided is not None and one.voided <= as_of
    state = "作废" if is_void else one.state_told(as_of)
    return MonthLine(
        one,
        flow,
        state,
        due_words(due),
        ended,
        is_in_time=ended is not None and (due is None or ended <= due),
        is_overdue=one.is_overdue_on(as_of),
    )


def _waits(one: DecisionLine, as_of: date) -> bool:
    """Return whether a matter is done and not struck off at the end of a day."""
    is_there = one.begun <= as_of and (one.voided is None or one.voided > as_of)
    return is_there and one.state_on(as_of) is DecisionState.DONE


def _settled_in(one: DecisionLine, days: Sequence[date], as_of: date) -> bool:
    return any(days[0] <= step.day <= as_of for step in one.of_kind(StepKind.SETTLED))


def _notes(office: Office, word: str, found: Sequence[MonthLine]) -> list[str]:
    """Return what the form says under its table: entered late, returned, voided, and amended after the seal."""
    words = []
    late = [one.line for one in found if one.line.is_late_entry and not one.line.is_opening and one.flow.added]
    if late:
        listed = "、".join(f"{one.number}({chinese_short_day(one.entered_at.date())}登记)" for one in late)
        words.append(f"补登:{listed}。")
    opening = sum(one.line.is_opening for one in found)
    if opening:
        words.append(f"由原督办台账结转录入{opening}件,按原立项日期计。")
    void = [one.line for one in found if one.flow.voided]
    if void:
        words.append("作废:" + ";".join(f"{one.number} {one.struck_reason}" for one in void) + "。")
    names = display_names(staff.everybody(office, month_days(word)[-1]))
    for revision, reason, approved_by, page in office.fetch(
        "SELECT revision, reason, approved_by, paper_page FROM closings WHERE register = ? AND month = ?"
        " AND revision > 1 ORDER BY revision",
        REGISTER,
        word,
    ):
        filed = f",更正单第{page}页" if page else ""
        words.append(f"封存后更正,第{revision}版:{reason}({names.get(approved_by, '')}批准{filed})。")
    return words
