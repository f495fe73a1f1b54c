"""The pages of the duty roster, read from the book: a month in a grid, its findings, and tomorrow's people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.duty.roster import (
    RosterDocument,
    ShiftLine,
    document,
    document_by_id,
    issued_between,
    shifts,
)
from govoffice_tui.registers.duty.roster_checks import Finding, findings
from govoffice_tui.registers.duty.roster_due import countdown
from govoffice_tui.registers.duty.roster_making import names_of
from govoffice_tui.registers.duty.roster_slips import ChangeLine, changes_of
from govoffice_tui.registers.duty.roster_telling import received
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import DayKind
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.roster import DutyPost

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayRow:
    """One day of a roster: what the day is called, and its places by post."""

    day: date
    kind: str
    is_work: bool
    lines: tuple[ShiftLine, ...]

    def of(self, label: str) -> tuple[ShiftLine, ...]:
        """Return the places of one post, by what it is called."""
        return tuple(line for line in self.lines if line.label == label)


@dataclass(frozen=True)
class RosterPage:
    """A roster as the screen and the form show it; `document` is None where none was made."""

    office_name: str
    month: str
    document: RosterDocument | None
    rows: tuple[DayRow, ...]
    findings: tuple[Finding, ...]
    names: Mapping[int, str]
    phones: Mapping[int, str]
    changes: tuple[ChangeLine, ...]
    countdown: tuple[str, bool] | None
    received: int
    expected: int
    is_provisional: bool
    hours_note: str

    @property
    def title(self) -> str:
        """Return 2026年12月值班表, or the title of a 专项值班安排."""
        if self.document is not None and self.document.title:
            return self.document.title
        return f"{self.month[:4]}年{int(self.month[5:])}月值班表"

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what the posts are called, a column each; a 专项值班安排 has its own."""
        usual = tuple(post.label for post in DutyPost)
        if self.document is None or not self.document.title:
            return usual
        found = dict.fromkeys(line.label for row in self.rows for line in row.lines)
        own = [label for label in found if label not in usual]
        return tuple(label for label in (*usual[:2], *own, *usual[2:]) if label in found)

    def names_in(self, lines: Sequence[ShiftLine]) -> str:
        """Return the names of some places, each shift by its name where the day has several."""
        groups: dict[str, list[str]] = {}
        for line in lines:
            groups.setdefault(line.template, []).append(self.name(line))
        shown = ["、".join(names) for names in groups.values()]
        if len(groups) > 1:
            shown = [f"{name[:1]}{words}" for name, words in zip(groups, shown, strict=True)]
        return " ".join(shown)

    def name(self, line: ShiftLine) -> str:
        """Return whose place it is, 空缺 where nobody's."""
        return "空缺" if line.staff is None else self.names.get(line.staff, "")

    def remark(self, row: DayRow) -> str:
        """Return 原冯䶮(值班员) for a place that changed hands, 20:00起 where it did midway."""
        parts = []
        for line in row.lines:
            if line.part:
                parts.append(f"{line.starts_at:%-H:%M}起{self.name(line)}(临时调换)")
            elif line.staff != line.planned and line.planned is not None:
                parts.append(f"原{self.names.get(line.planned, '')}")
        return "、".join(parts)


def roster_page(office: Office, month: str, special: int | None = None) -> RosterPage:
    """Return the newest roster of a month (YYYY-MM), or a 专项值班安排 by its row."""
    made = document(office, month) if special is None else document_by_id(office, special)
    days = month_days(month)
    if special is not None and made is not None:
        days = [made.first + ONE_DAY * place for place in range((made.last - made.first).days + 1)]
    chart = calendar.load(office, {day.year for day in days})
    lines = [] if made is None else shifts(office, made.id)
    rows = []
    for day in days:
        known = day.year in chart.years
        is_work = known and chart.is_workday(day)
        rows.append(DayRow(day, _kind(chart.kind(day), chart.name(day), is_work=is_work) if known else "", is_work, ()))
    by_day: dict[date, list[ShiftLine]] = {}
    for line in lines:
        by_day.setdefault(line.day, []).append(line)
    today = office.now().date()
    rules = settings.on(office, days[0])
    known_years = all(day.year in chart.years for day in (days[0], days[-1]))
    return RosterPage(
        rules.office_name,
        month,
        made,
        tuple(DayRow(row.day, row.kind, row.is_work, tuple(by_day.get(row.day, ()))) for row in rows),
        tuple(findings(office, made)) if made is not None and known_years else (),
        names_of(office, days[-1]),
        {person.id: person.phone for person in staff.everybody(office, days[-1])},
        tuple(changes_of(office, days[0], days[-1])),
        countdown(office, today),
        0 if made is None else len(received(office, made.id)),
        len(staff.people_on(office, today)),
        known_years and any(chart.is_provisional(day) for day in (days[0], days[-1])),
        hours_note(office, days[0]),
    )


def hours_note(office: Office, day: date) -> str:
    """Return when duty changes hands, as the foot of the form says it."""
    rules = settings.on(office, day)
    hours = rules.duty_summer_hours if rules.is_summer(day) else rules.duty_hours
    noon = "当天值班员" if rules.duty_noon == "officer" else "行政股"
    rest = rules.duty_rest_shifts.replace(" ", "、")
    return f"工作日{hours.replace(' ', '、')}由行政股值守,中午由{noon}值守,其余时间为值班时间;休息日班次{rest}。"


@dataclass(frozen=True)
class Tomorrow:
    """One of tomorrow's people: name, post, hours, phone, and whether they were told."""

    name: str
    post: DutyPost
    hours: str
    phone: str
    is_told: bool


def tomorrow(office: Office, today: date) -> list[Tomorrow]:
    """Return who is on duty tomorrow by the issued roster."""
    day = today + ONE_DAY
    names = names_of(office, day)
    people: dict[int, Person] = {person.id: person for person in staff.everybody(office, day)}
    return [
        Tomorrow(
            names.get(line.staff, ""),
            line.post,
            f"{line.starts_at:%-H:%M}-{line.ends_at:%-H:%M}",
            people[line.staff].phone if line.staff in people else "",
            line.notified_at is not None,
        )
        for line in issued_between(office, day, day)
        if line.staff is not None
    ]


def changed_lines(office: Office, month: str) -> list[ShiftLine]:
    """Return the places of a month that changed hands."""
    made = document(office, month)
    lines = [] if made is None else shifts(office, made.id)
    return [line for line in lines if line.staff != line.planned or line.part]


def duties_of(office: Office, person: int, month: str) -> list[ShiftLine]:
    """Return one person's places in the issued roster of a month (YYYY-MM), for their own calendar."""
    days = month_days(month)
    return [line for line in issued_between(office, days[0], days[-1]) if line.staff == person]


def month_after(month: str, step: int) -> str:
    """Return the month some months on."""
    first = month_days(month)[0]
    count = first.year * 12 + first.month - 1 + step
    return month_of(date(count // 12, count % 12 + 1, 1))


def _kind(kind: DayKind, name: str, *, is_work: bool) -> str:
    if kind is DayKind.HOLIDAY:
        return name or kind.label
    return kind.label if is_work or kind is DayKind.REST else DayKind.REST.label
