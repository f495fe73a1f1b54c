"""The office's clock as a matter of record: steps, skipped days, and a wrong time put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import day_of, local
from govoffice_tui.models import Event
from govoffice_tui.registers import calendar, posts
from govoffice_tui.registers.attendance.signing import halt_signing
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.sqlite import FAR_AHEAD


@dataclass(frozen=True)
class DayQuestion:
    """What to ask before the book goes on: is it really this day; `needs_two` asks for a second person."""

    last: date
    today: date
    needs_two: bool


def day_question(office: Office) -> DayQuestion | None:
    """Return the question a clock that may be wrong asks at the start, None when the day follows the last line.

    A whole workday without a line asks one person; more than 40 days ahead asks two.
    """
    tail = office.tail()
    now = office.clock.now()
    if tail.seq == 0:
        return None
    last, today = day_of(tail.at), day_of(now)
    if now > tail.at + FAR_AHEAD:
        return DayQuestion(last, today, needs_two=True)
    between = [last + timedelta(days=step) for step in range(1, (today - last).days)]
    chart = calendar.load(office, {day.year for day in between} or {today.year})
    if any(day.year in chart.years and chart.is_workday(day) for day in between):
        return DayQuestion(last, today, needs_two=False)
    return None


def confirm_day(office: Office, second: int | None = None, *, by: int | None, form_key: str | None = None) -> None:
    """Record that the day on the screen was compared with a calendar; far ahead a second person is needed."""
    question = day_question(office)
    with office.write("confirm_day", by, form_key) as writing:
        if question is None or writing.repeated is not None:
            return
        if question.needs_two and (by is None or second is None or second == by):
            raise Refused("距最后一笔登记已超过40天,要由两个人核对日期。", field="second")
        detail = f"{question.last.isoformat()}→{question.today.isoformat()}" + (f" 复核{second}" if second else "")
        writing.insert(Event, at=writing.now, kind="confirm_day", detail=detail)


def record_step(office: Office, seconds: int, *, by: int | None, form_key: str | None = None) -> bool:
    """Record that the clock jumped while the app was open; signing stops, return whether a session was open."""
    with office.write("record_clock_step", by, form_key) as writing:
        writing.insert(Event, at=writing.now, kind="clock_step", detail=f"{seconds:+d}秒")
        return halt_signing(office, writing, f"机器时间跳了{seconds:+d}秒")


def fix_clock(office: Office, reason: str, *, by: int | None, form_key: str | None = None) -> None:
    """Let the book go on after lines were written with a time in the future: only the director may.

    Refused without a reason, and when the clock is not behind the last line.
    """
    said = checked(reason, "reason")
    if not said:
        raise Refused("请写明机器时间错在哪里、怎样核对的。", field="reason")
    with office.write("fix_clock", by, form_key) as writing:
        posts.require(office, "fix_clock", by, day_of(writing.now))
        last = office.tail()
        if last.at <= writing.now:
            raise Refused("机器时间不比最后一笔登记早,不用调整。")
        detail = f"{local(last.at):%Y-%m-%d %H:%M:%S}→{local(writing.now):%Y-%m-%d %H:%M:%S} {said}"
        writing.insert(Event, at=writing.now, kind="fix_clock", detail=detail)
