"""A year of the sign-in book: everybody's totals, what is to be pointed out, and which months are still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers import calendar, closing, settings
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.pages import REGISTER
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.year_totals import (
    DISMISSAL,
    PersonYear,
    YearMonth,
    alarms,
    reaches_back,
    year_totals,
)

LOOKED_BACK = 6
"""Months before the year in which the beginning of a run of 旷工 is looked for."""


@dataclass(frozen=True)
class AttendanceYear:
    """One year of the whole office, people in rank order with 编外 apart at the end.

    `months` (YYYY-MM) are those the book was kept in, `open_months` those of them that are not sealed.
    """

    office_name: str
    year: int
    months: tuple[str, ...]
    open_months: tuple[str, ...]
    people: tuple[PersonYear, ...]
    display_names: Mapping[int, str]

    @property
    def period_words(self) -> str:
        """Return 2026年1月至11月."""
        first, last = (int(month[5:]) for month in (self.months[0], self.months[-1]))
        return f"{self.year}年{first}月" + (f"至{last}月" if last != first else "")


def attendance_year(office: Office, year: int) -> AttendanceYear:
    """Return a year of the whole office up to now, each month by its own calendar, read while nobody wrote.

    Refused for a year in which no book was kept.
    """
    found = read_year(office, year)
    if not found.months:
        raise Refused(f"{year}年还没有考勤登记。")
    return found


def read_year(office: Office, year: int) -> AttendanceYear:
    """Return a year as `attendance_year` does, without months where no book was kept."""
    return office.steady(lambda: _year(office, year))


def hints(year: AttendanceYear) -> list[str]:
    """Return a line for everybody of whom something is to be pointed out, with its basis and who decides."""
    return [
        f"提示:{year.display_names[one.person.id]} {'、'.join(alarm.words for alarm in found)},"
        f"由办公室按规定研究({DISMISSAL})"
        for one in year.people
        if (found := alarms(one))
    ]


def brief_hints(year: AttendanceYear) -> list[str]:
    """Return the same in lines short enough for a narrow screen."""
    return [
        f"提示:{year.display_names[one.person.id]} {'、'.join(alarm.brief for alarm in found)},由办公室按规定研究"
        for one in year.people
        if (found := alarms(one))
    ]


def hints_of(office: Office, today: date) -> list[str]:
    """Return the short lines of a day's year so far, read in full only where a book claims any 旷工 in it."""
    for number in range(1, today.month + 1):
        found = claims(office, month_days(f"{today.year}-{number:02d}"))
        if any(mine.get(HalfStatus.ABSENT) for mine in found.values()):
            return brief_hints(read_year(office, today.year))
    return []


def total_words(one: PersonYear) -> str:
    """Return 迟到2次 事假1.5天 of a person, without what there is none of."""
    counts = [("迟到", one.late, "次"), ("早退", one.early, "次")]
    leave = [(status.label, halves / 2, "天") for status, halves in one.leave.items()]
    days = [
        ("因公外出", one.out / 2, "天"),
        *leave,
        ("旷工", one.absent / 2, "天"),
        ("待核", one.pending / 2, "天"),
    ]
    listed = [f"{label}{number:g}{unit}" for label, number, unit in [*counts, *days] if number]
    return " ".join(listed) or "没有迟到、请假、旷工"


def story(year: AttendanceYear, person: int) -> list[str]:
    """Return a person's year in lines, empty for somebody who was not there."""
    one = next((one for one in year.people if one.person.id == person), None)
    if one is None:
        return []
    lines = [f"{year.period_words}  应出勤{one.due / 2:g}天  实出勤{one.attended / 2:g}天", total_words(one)]
    if one.absent:
        unfinished = f",最近一次连续{one.current_run}个工作日,尚未到岗" if one.current_run else ""
        lines.append(f"旷工累计{one.absent / 2:g}天,最长连续{one.longest_run}个工作日{unfinished}")
    lines += [f"提示:{alarm.words},由办公室按规定研究({DISMISSAL})。" for alarm in alarms(one)]
    lines += one.remarks
    if year.open_months:
        lines.append(f"未定稿:{months_words(year.open_months)}还没有封存。")
    return lines


def summary(year: AttendanceYear) -> str:
    """Return the year in one line: 应出勤, 实出勤, 迟到, 请假, 旷工."""
    due, attended, leave, absent = (
        sum(getattr(one, name) for one in year.people) / 2 for name in ("due", "attended", "leave_count", "absent")
    )
    late = sum(one.late for one in year.people)
    return f"应出勤{due:g}天 实出勤{attended:g}天 迟到{late}次 请假{leave:g}天 旷工{absent:g}天"


def months_words(months: tuple[str, ...]) -> str:
    """Return 10月、11月."""
    return "、".join(f"{int(month[5:])}月" for month in months)


def _year(office: Office, year: int) -> AttendanceYear:
    today = office.now().date()
    rules = settings.on(office, min(max(today, date(year, 1, 1)), date(year, 12, 31)))
    begun = month_of(max(rules.first_half_day[0], date(year, 1, 1)))
    words = [f"{year}-{number:02d}" for number in range(1, 13)]
    read = [(word, _month(office, word)) for word in words if begun <= word <= month_of(today)]
    kept = [(word, found) for word, found in read if any(one.due or _is_spared(one.statuses) for one in found[1])]
    months = [found for _, found in kept]
    people = year_totals(months, _before(office, months))
    return AttendanceYear(
        office_name=rules.office_name,
        year=year,
        months=tuple(word for word, _ in kept),
        open_months=tuple(word for word, _ in kept if closing.sealed(office, REGISTER, word) is None),
        people=tuple(people),
        display_names=display_names(one.person for one in people),
    )


def _month(office: Office, word: str) -> YearMonth:
    _, frame, people = figures(office, word)
    return frame, people


def _is_spared(statuses: Mapping[HalfStatus, int]) -> bool:
    """Return whether somebody who is never due was nevertheless there to be: exempt or lent out."""
    return bool(statuses.get(HalfStatus.EXEMPT) or statuses.get(HalfStatus.SECONDED))


def _before(office: Office, months: list[YearMonth]) -> list[YearMonth]:
    """Return the months before the year into which a run of 旷工 at its beginning reaches back."""
    found: list[YearMonth] = []
    while len(found) < LOOKED_BACK and reaches_back([*found, *months]):
        first, _ = (found or months)[0]
        last = first.days[0] - timedelta(days=1)
        if last.year not in calendar.load(office, [last.year]).years:
            break
        found.insert(0, _month(office, month_of(last)))
    return found
