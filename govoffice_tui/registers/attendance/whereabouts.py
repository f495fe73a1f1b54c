"""Who is where at a moment: read from the board of the session and what the books say of absences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_day, chinese_short_day, month_days, month_of
from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import TWO_SIGN_INS, session_hours
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.people import Membership, Period, Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.whereabouts import Presence, Stretch, presence_at, stretch_around

LONGEST = 200
"""Days an absence is followed each way: maternity leave has fewer."""

APART = "编外"


@dataclass(frozen=True)
class Whereabout:
    """One person at the moment; `when` is in words from when to when somebody away is so, empty where no book says."""

    person: Person
    display_name: str
    presence: Presence
    when: str

    @property
    def words(self) -> str:
        """Return 王伟 请假 10月12日至10月14日上午, without the kind of leave and without where to."""
        return " ".join(part for part in (self.brief, self.when) if part)

    @property
    def brief(self) -> str:
        """Return 王伟 请假."""
        return f"{self.display_name} {'未签' if self.presence is Presence.UNSIGNED else self.presence.label}"


@dataclass(frozen=True)
class SectionWhereabouts:
    """One section at the moment, or everybody 编外, in rank order."""

    title: str
    people: tuple[Whereabout, ...]

    @property
    def due(self) -> int:
        """应到: everybody the session looks for, those excused among them."""
        return sum(one.presence.is_due for one in self.people)

    @property
    def away(self) -> tuple[Whereabout, ...]:
        """Everybody who is not seen at work; those exempt are not looked for."""
        return tuple(one for one in self.people if one.presence not in (Presence.PRESENT, Presence.EXEMPT))

    def count(self, presence: Presence) -> int:
        """Return how many there are of a kind."""
        return sum(one.presence is presence for one in self.people)


@dataclass(frozen=True)
class Whereabouts:
    """The whole office at a moment, by section in rank order with 编外 last."""

    office_name: str
    moment: datetime
    half: Half
    day_title: str
    sections: tuple[SectionWhereabouts, ...]

    @property
    def whole(self) -> SectionWhereabouts:
        """Everybody as one section, for the totals."""
        return SectionWhereabouts("合计", tuple(one for section in self.sections for one in section.people))


def whereabouts(office: Office, moment: datetime) -> Whereabouts:
    """Return who is where at a moment, read while nobody wrote.

    Refused for a moment still to come and for one in a half-day that is not worked.
    """
    return office.steady(lambda: _whereabouts(office, moment))


def _whereabouts(office: Office, moment: datetime) -> Whereabouts:
    day = moment.date()
    if moment > office.now():
        raise Refused(f"{chinese_day(day)} {moment:%-H:%M}还没有到,不能出在岗情况。")
    rules = settings.on(office, day)
    half = Half.AFTERNOON if moment >= session_hours(day, Half.AFTERNOON, rules).opens else Half.MORNING
    page = board(office, day, half)
    if not page.is_work:
        raise Refused(f"{chinese_short_day(day)}{half.label}({page.day_title})不设签到,没有在岗情况。", TWO_SIGN_INS)
    absences = _Absences(office)
    memberships = staff.periods(office, day, day)
    found = []
    for line in page.lines:
        presence = presence_at(line.status, line.signed_at or line.arrived_at, moment)
        if presence is None:
            continue
        when = ""
        if presence.is_explained:
            when = _stretch_words(absences.stretch(line.person.id, presence, day, half), day.year)
        elif presence is Presence.LENT:
            when = _loan_words(memberships[line.person.id], day.year)
        found.append(Whereabout(line.person, line.display_name, presence, when))
    return Whereabouts(rules.office_name, moment, half, page.day_title, _sections(found))


def _sections(people: list[Whereabout]) -> tuple[SectionWhereabouts, ...]:
    grouped: dict[str, list[Whereabout]] = {}
    for one in sorted(people, key=lambda one: one.person.category.is_apart):
        title = APART if one.person.category.is_apart else one.person.section or "未分股室"
        grouped.setdefault(title, []).append(one)
    return tuple(SectionWhereabouts(title, tuple(found)) for title, found in grouped.items())


class _Absences:
    """What the books claim month by month, read when an absence reaches into the month."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._charts: dict[int, Calendar] = {}
        self._claims: dict[str, Mapping[int, Mapping[HalfStatus, int]]] = {}

    def stretch(self, person: int, presence: Presence, day: date, half: Half) -> Stretch:
        """Return from when to when somebody is away in one way."""

        def is_away(other: date, its_half: Half) -> bool:
            mine = self._of_month(other).get(person, {})
            return any(mine.get(status, 0) & bit(other, its_half) for status in presence.statuses)

        return stretch_around((day, half), is_away, self._is_worked, LONGEST)

    def _of_month(self, day: date) -> Mapping[int, Mapping[HalfStatus, int]]:
        month = month_of(day)
        if month not in self._claims:
            self._claims[month] = claims(self._office, month_days(month))
        return self._claims[month]

    def _is_worked(self, day: date, half: Half) -> bool:
        """Return whether people are due; in a year without a calendar every day ends an absence."""
        if day.year not in self._charts:
            self._charts[day.year] = calendar.load(self._office, [day.year])
        chart = self._charts[day.year]
        return day.year not in chart.years or chart.is_work(day, half)


def _stretch_words(stretch: Stretch, year: int) -> str:
    """Return 10月12日下午至10月14日, 10月12日, or 10月12日上午."""
    (first, from_half), (last, to_half) = stretch.first, stretch.last
    if first == last:
        return _day_words(first, year) + (from_half.label if from_half is to_half else "")
    start = Half.AFTERNOON.label if from_half is Half.AFTERNOON else ""
    end = Half.MORNING.label if to_half is Half.MORNING else ""
    return f"{_day_words(first, year)}{start}至{_day_words(last, year)}{end}"


def _loan_words(memberships: Sequence[Period], year: int) -> str:
    """Return 9月1日起, or from when to when somebody is lent out."""
    loan = next(period for period in memberships if period.kind is Membership.SECONDED_OUT)
    first = _day_words(loan.first, year)
    return f"{first}起" if loan.last is None else f"{first}至{_day_words(loan.last, year)}"


def _day_words(day: date, year: int) -> str:
    """Return 10月12日, with the year where it is another than the reader's."""
    return chinese_short_day(day) if day.year == year else chinese_day(day)
