"""The book of outings: word taken, people added and struck, times put off, lines put right and voided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from govoffice_tui.clock import day_of, epoch, local, month_days, month_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Outing, OutingPerson
from govoffice_tui.registers import calendar, posts
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.duty.roster_due import duty_meanwhile
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.checks import (
    NAMES_SHOWN,
    half_days_of,
    names_of,
    note_all_back,
    require,
    require_change,
    require_free,
    require_goers,
    required,
    row_of,
    stretches_of,
    travellers_of,
)
from govoffice_tui.registers.outings.claims import SERIES, cutoffs
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import LEAVES, half_days
from govoffice_tui.rules.outings import (
    LEDGER_WORD,
    LONGEST,
    OUTING,
    Notice,
    OutingState,
    Stretch,
    half_of,
    is_late_notice,
    require_order,
    state_at,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Plan:
    """What is said of an outing: why, where, from when to when, who sent them, and how word came.

    A time decides its half of the day. `notified_at` None is now, `taken_by` None whoever is at the keyboard.
    """

    matter: str
    place: str
    first: date
    from_half: Half
    last: date
    to_half: Half
    left_at: time | None = None
    until_at: time | None = None
    sent_by: str = ""
    notice: Notice = Notice.PHONE
    notified_at: datetime | None = None
    taken_by: int | None = None
    is_leader_report: bool = False
    remark: str = ""

    @property
    def stretch(self) -> Stretch:
        """Return from when to when it is to last."""
        return Stretch(
            self.first,
            self.from_half if self.left_at is None else half_of(self.left_at),
            self.last,
            self.to_half if self.until_at is None else half_of(self.until_at),
            None if self.left_at is None else datetime.combine(self.first, self.left_at),
            None if self.until_at is None else datetime.combine(self.last, self.until_at),
        )


@dataclass(frozen=True)
class Entered:
    """What now stands in the book: the outing, its number, who goes, and what has to be told."""

    outing: int
    number: str
    people: tuple[str, ...]
    is_late_notice: bool
    on_leave: tuple[str, ...] = ()
    duty: str = ""

    @property
    def words(self) -> str:
        """Return 已登记 外〔2026〕12号 王伟、赵敏 事后告知."""
        names = "、".join(self.people[:NAMES_SHOWN])
        names += f"等{len(self.people)}人" if len(self.people) > NAMES_SHOWN else ""
        late = " 事后告知" if self.is_late_notice else ""
        leave = f" {'、'.join(self.on_leave[:NAMES_SHOWN])}已请假,按请假算" if self.on_leave else ""
        return f"{self.number} {names}{late}{leave}" + (f";{self.duty}" if self.duty else "")


def enter_outing(
    office: Office, people: Sequence[int], plan: Plan, *, by: int | None, form_key: str | None = None
) -> Entered:
    """Enter an outing of one or many people, all or nobody (考勤制度第5条).

    Word given after the cut-off of the first half-day it explains is flagged 事后告知; the half-day is 公出 all the
    same. Refused without people, matter and place, for a reversed or overlong time, for somebody not on the roster,
    already out in that time or found 旷工 in it, and where it would change a month under seal.
    """
    with office.write("enter_outing", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, writing.repeated_entry)
        posts.require(office, "enter_outing", by, day_of(writing.now))
        if not checked(plan.place, "place"):
            raise Refused("请写去哪里。", OUTING, field="place")
        return _entered(office, _enter(office, writing, people, plan))


def phone_outing(
    office: Office,
    person: int,
    day: date,
    half: Half,
    matter: str = LEDGER_WORD,
    place: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Entered:
    """Enter at once that somebody phoned to be out for one half-day; where and who sent them may follow by F4."""
    plan = Plan(matter, place, day, half, day, half)
    with office.write("phone_outing", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, writing.repeated_entry)
        posts.require(office, "phone_outing", by, day_of(writing.now))
        return _entered(office, _enter(office, writing, [person], plan))


def correct_outing(
    office: Office, outing: int, plan: Plan, reason: str, *, by: int | None, form_key: str | None = None
) -> Entered:
    """Put an outing right: the line is struck and written again under its number, returns stay with the people."""
    with office.write("correct_outing", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, _newest_revision(office, writing.repeated_entry))
        posts.require(office, "correct_outing", by, day_of(writing.now))
        row = require(office, writing, outing, "correct_outing")
        why = required(reason, "why", "请写为什么更正。")
        if not checked(plan.place, "place"):
            raise Refused("请写去哪里。", OUTING, field="place")
        values = _values(office, writing, plan, default_notice=local(row.notified_at))
        before = stretches_of(office, outing)
        returned = {person for _, person in travellers_of(office, outing, "AND back_day IS NOT NULL")}
        after = {person: _begun_as(plan.stretch, one, person in returned) for person, one in before.items()}
        _require_returns_after(office, after)
        require_free(office, after, ignoring=outing)
        require_change(office, before, after, {plan.first, row.stretch.first})
        travellers = travellers_of(office, outing)
        state = row.state if row.state is OutingState.BACK else _begun(plan.stretch, writing)
        new = writing.correct(Outing, outing, why, event_day=plan.first.isoformat(), state=state.value, **values)
        for traveller, _ in travellers:
            writing.update(OutingPerson, traveller, outing_id=new)
        return _entered(office, new)


def add_travellers(
    office: Office, outing: int, people: Sequence[int], *, by: int | None, form_key: str | None = None
) -> Entered:
    """Add people to an outing; refused for who is in it already or cannot be in it."""
    with office.write("add_travellers", by, form_key) as writing:
        if writing.repeated is not None:
            return _entered(office, outing)
        posts.require(office, "add_travellers", by, day_of(writing.now))
        row = require(office, writing, outing, "add_travellers")
        before = stretches_of(office, outing)
        wanted = list(dict.fromkeys(people))
        already = names_of(office, before.keys() & set(wanted), row.stretch.first)
        if already:
            raise Refused(f"{'、'.join(already)}已在这一笔外出里。", field="people")
        require_goers(office, wanted, row.stretch.first)
        added = dict.fromkeys(wanted, row.stretch)
        require_free(office, added)
        require_change(office, before, before | added, {row.stretch.first})
        _insert_people(writing, outing, wanted)
        return _entered(office, outing)


def strike_traveller(
    office: Office, outing: int, person: int, reason: str, *, by: int | None, form_key: str | None = None
) -> Entered:
    """Strike one person of an outing, who did not go; the last one is struck by voiding the outing."""
    with office.write("strike_traveller", by, form_key) as writing:
        if writing.repeated is not None:
            return _entered(office, outing)
        posts.require(office, "strike_traveller", by, day_of(writing.now))
        row = require(office, writing, outing, "strike_traveller")
        why = required(reason, "why", "请写为什么划去。")
        before = stretches_of(office, outing)
        travellers = travellers_of(office, outing)
        mine = [traveller for traveller, one in travellers if one == person]
        if not mine:
            raise Refused("这个人不在这一笔外出里,或已经划去。", field="person")
        if len(travellers) == 1:
            raise Refused("这一笔只有一个人,请用作废。", field="person")
        after = {one: stretch for one, stretch in before.items() if one != person}
        require_change(office, before, after, {row.stretch.first})
        writing.strike(OutingPerson, mine[0], why)
        note_all_back(office, writing, outing)
        return _entered(office, outing)


def void_outing(office: Office, outing: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a whole outing, its number is spent; return the number."""
    with office.write("void_outing", by, form_key) as writing:
        if writing.repeated is not None:
            return row_of(office, outing, local(writing.now)).number
        posts.require(office, "void_outing", by, day_of(writing.now))
        row = require(office, writing, outing, "void_outing")
        why = required(reason, "why", "请写为什么作废。")
        require_change(office, stretches_of(office, outing), {}, {row.stretch.first})
        for traveller, _ in travellers_of(office, outing):
            writing.strike(OutingPerson, traveller, why)
        writing.strike(Outing, outing, why)
        return row.number


def extend_outing(
    office: Office,
    outing: int,
    last: date,
    to_half: Half,
    until_at: time | None = None,
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Entered:
    """Put off, or bring forward, when an outing is expected to end; who is back already keeps their return."""
    with office.write("extend_outing", by, form_key) as writing:
        if writing.repeated is not None:
            return _entered(office, outing)
        posts.require(office, "extend_outing", by, day_of(writing.now))
        row = require(office, writing, outing, "extend_outing")
        stretch = replace(
            row.stretch,
            last=last,
            to_half=to_half if until_at is None else half_of(until_at),
            back_at=None if until_at is None else datetime.combine(last, until_at),
        )
        require_order(stretch, day_of(writing.now))
        before = stretches_of(office, outing)
        still_out = [person for _, person in travellers_of(office, outing, "AND back_day IS NULL")]
        moved = dict.fromkeys(still_out, stretch)
        require_free(office, moved, ignoring=outing)
        require_change(office, before, before | moved)
        said = checked(remark, "remark")
        writing.update(
            Outing,
            outing,
            until_day=last.isoformat(),
            until_half=int(stretch.to_half),
            until_at=None if stretch.back_at is None else epoch(stretch.back_at),
            **({"remark": said} if said else {}),
        )
        return _entered(office, outing)


def _enter(office: Office, writing: Change, people: Sequence[int], plan: Plan) -> int:
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise Refused("请写谁外出。", OUTING, field="people")
    values = _values(office, writing, plan)
    require_goers(office, wanted, plan.first)
    going = dict.fromkeys(wanted, plan.stretch)
    require_free(office, going)
    require_change(office, {}, going, {plan.first})
    outing = enter(office, writing, Outing, SERIES, plan.first, _begun(plan.stretch, writing).value, **values)
    _insert_people(writing, outing, wanted)
    return outing


def _insert_people(writing: Change, outing: int, people: Iterable[int]) -> None:
    for person in people:
        writing.insert(
            OutingPerson, outing_id=outing, staff_id=person, entered_at=writing.now, entered_by=writing.operator
        )


def _begun(stretch: Stretch, writing: Change) -> OutingState:
    return state_at(OutingState.NOTICED, stretch.starts, local(writing.now))


def _values(office: Office, writing: Change, plan: Plan, *, default_notice: datetime | None = None) -> dict[str, Value]:
    """Return the columns of a plan, checked; `default_notice` is what a correction leaves as it was."""
    now = local(writing.now)
    stretch = plan.stretch
    require_order(stretch, now.date())
    matter = required(plan.matter, "matter", "请写外出事由;涉密事项写“公务”。")
    notified = plan.notified_at or default_notice or now
    if notified > now:
        raise Refused(f"告知时间{notified:%-H:%M}还没有到。", OUTING, field="notified_at")
    if plan.first - notified.date() > LONGEST:
        raise Refused("告知时间离外出太远,请核对日期。", OUTING, field="notified_day")
    chart = calendar.load(office, {plan.first.year, plan.last.year})
    due = [
        (day, half)
        for day, half in half_days_of(stretch, office)
        if day.year in chart.years and chart.is_work(day, half)
    ]
    return {
        "half": int(stretch.from_half),
        "left_at": None if stretch.left_at is None else epoch(stretch.left_at),
        "until_day": stretch.last.isoformat(),
        "until_half": int(stretch.to_half),
        "until_at": None if stretch.back_at is None else epoch(stretch.back_at),
        "matter": matter,
        "place": checked(plan.place, "place"),
        "sent_by": checked(plan.sent_by, "sent_by"),
        "notice": plan.notice.value,
        "notified_at": epoch(notified),
        "taken_by_id": plan.taken_by if plan.taken_by is not None else writing.operator,
        "is_leader_report": int(plan.is_leader_report),
        "is_late_notice": int(is_late_notice(notified, due, cutoffs(office))),
        "remark": checked(plan.remark, "remark"),
    }


def _begun_as(plan: Stretch, stood: Stretch, is_back: bool) -> Stretch:
    """Return one person's outing as a plan begins it; a noted return stays."""
    return replace(plan, last=stood.last, to_half=stood.to_half, back_at=stood.back_at) if is_back else plan


def _require_returns_after(office: Office, after: Mapping[int, Stretch]) -> None:
    """Refuse to begin an outing after somebody's noted return from it."""
    wrong = {person for person, one in after.items() if one.ends <= one.starts}
    if wrong:
        names = "、".join(names_of(office, wrong, date.max.replace(year=2199)))
        raise Refused(f"{names}已登记返回,外出不能晚于返回。", OUTING, field="first")


def _newest_revision(office: Office, outing: int) -> int:
    """Return the row that stands under the number of a row."""
    rows = office.fetch(
        "SELECT n.id FROM outings n JOIN outings o ON n.series = o.series AND n.year = o.year AND n.number = o.number"
        " WHERE o.id = ? ORDER BY n.revision DESC LIMIT 1",
        outing,
    )
    return int(rows[0][0])


def _entered(office: Office, outing: int) -> Entered:
    year, number, day, last, is_late = office.fetch(
        "SELECT year, number, event_day, until_day, is_late_notice FROM outings WHERE id = ?", outing
    )[0]
    first = date.fromisoformat(day)
    going = {person for _, person in travellers_of(office, outing)}
    return Entered(
        outing,
        shown(SERIES, year, number),
        tuple(names_of(office, going, first)),
        bool(is_late),
        tuple(names_of(office, _on_leave(office, outing), first)),
        duty_meanwhile(office, going, first, date.fromisoformat(last)),
    )


def _on_leave(office: Office, outing: int) -> set[int]:
    """Return who is on approved leave in a half-day the outing would explain: the leave is what counts."""
    found: set[int] = set()
    stretches = stretches_of(office, outing)
    explained = {person: frozenset(half_days_of(one, office)) for person, one in stretches.items()}
    months = {month_of(day) for halves in explained.values() for day, _ in halves}
    for word in months:
        days = month_days(word)
        for person, mine in claims(office, days).items():
            leave = 0
            for status in LEAVES:
                leave |= mine.get(status, 0)
            if person in explained and explained[person] & frozenset(half_days(days, leave)):
                found.add(person)
    return found
