"""The State Council's notice entered into the calendar: what it changes, and the two people who enter it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govoffice_tui.clock import day_of, month_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import CalendarRow
from govoffice_tui.registers import calendar, posts, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import CalendarYear
from govoffice_tui.rules.notices import (
    DayChange,
    HolidayNotice,
    MonthChange,
    day_changes,
    december_of,
    worked_days,
    year_of,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class EnteredNotice:
    """What a notice did: the year and its revision, the days that changed, and the months whose figures do.

    `is_new` is whether anything was written; the same notice entered again changes nothing.
    """

    year: int
    revision: int
    is_new: bool
    days: tuple[DayChange, ...]
    months: tuple[MonthChange, ...]


def propose(office: Office, notice: HolidayNotice) -> list[DayChange]:
    """Return every day that would be told differently once the notice is entered, in order.

    It is held against what stands in the book, or against the library where the book has no such year.
    Refused for a notice with problems.
    """
    return [change for before, after in _states(office, notice) for change in day_changes(before, after)]


def month_changes(office: Office, days: Sequence[DayChange], notice: HolidayNotice) -> list[MonthChange]:
    """Return the months whose worked days a notice changes, those under seal among them: they stay as sealed."""
    sealed = {month for (month,) in office.fetch("SELECT DISTINCT month FROM closings")}
    found = []
    for month in sorted({month_of(one.day) for one in days if one.was_work is not one.is_work}):
        before, after = next(pair for pair in _states(office, notice) if pair[1].year == int(month[:4]))
        found.append(MonthChange(month, worked_days(before, month), worked_days(after, month), month in sealed))
    return found


def enter_notice(
    office: Office, notice: HolidayNotice, *, second: int | None, by: int | None, form_key: str | None = None
) -> EnteredNotice:
    """Enter a year's notice as the next revision of its calendar; the year is no longer 暂定.

    A 元旦 that begins in December gives the year before a revision too. Months under seal keep the revision
    they were sealed with. Refused for a notice with problems, and without a second person of the office who
    checked it: another one than who enters it.
    """
    with office.write("enter_notice", by, form_key) as writing:
        today = day_of(writing.now)
        posts.require(office, "enter_notice", by, today)
        if second is None:
            raise Refused("放假通知要第二个人核对,请选复核人。", field="second")
        if second == by:
            raise Refused("复核人和经办人不能是同一个人,请另选一人核对。", field="second")
        if not staff.memberships_on(office, second, today):
            raise Refused("复核人不在册,请另选一人核对。", field="second")
        posts.require(office, "check_notice", second, today)
        states = _states(office, notice)
        days = tuple(change for before, after in states for change in day_changes(before, after))
        months = tuple(month_changes(office, days, notice))
        is_new = False
        for before, after in states:
            if not _says_the_same(before, after):
                _write(writing, after, second)
                is_new = True
        revision = calendar.load(office, [notice.year]).years[notice.year].revision
        return EnteredNotice(notice.year, revision, is_new, days, months)


def told(days: Sequence[DayChange], months: Sequence[MonthChange]) -> list[str]:
    """Return the difference a notice makes in lines: each month with its days worked otherwise, then the rest."""
    worked = [one for one in days if one.was_work is not one.is_work]
    lines = []
    for month in months:
        lines.append(str(month))
        lines += [f"  · {one}" for one in worked if month_of(one.day) == month.month]
    if len(days) > len(worked):
        lines.append(f"另有{len(days) - len(worked)}天只改名称,上班休息不变。")
    return lines or ["和现在的工作日历一样,没有变化。"]


def _states(office: Office, notice: HolidayNotice) -> list[tuple[CalendarYear, CalendarYear]]:
    """Return, year by year, what stands (or the library says) and what the notice makes of it."""
    if notice.problems:
        more = f"等{len(notice.problems)}处" if len(notice.problems) > 1 else ""
        raise Refused(f"通知还不能装入:{notice.problems[0]}{more}")
    if not calendar.FIRST_YEAR <= notice.year <= calendar.LAST_YEAR:
        raise Refused(f"没有{notice.year}年的工作日历。")
    chart = calendar.load(office, [notice.year - 1, notice.year])
    standing = chart.years.get(notice.year)
    states = [(standing or calendar.from_library(notice.year), year_of(notice, standing))]
    earlier = chart.years.get(notice.year - 1)
    if earlier is not None and any(day.year == earlier.year for day in (*notice.days_off, *notice.make_up)):
        states.insert(0, (earlier, december_of(notice, earlier)))
    return states


def _says_the_same(before: CalendarYear, after: CalendarYear) -> bool:
    return (before.codes, before.names, before.source, before.notice, before.is_provisional) == (
        after.codes,
        after.names,
        after.source,
        after.notice,
        after.is_provisional,
    )


def _write(writing: Change, year: CalendarYear, second: int) -> None:
    writing.insert(
        CalendarRow,
        year=year.year,
        revision=year.revision,
        codes=year.codes,
        names=calendar.written_names(year.names),
        source=year.source,
        notice=year.notice,
        is_provisional=int(year.is_provisional),
        entered_at=writing.now,
        entered_by=writing.operator,
        checked_by=second,
    )
