"""Rows of the staff list as the verbs write them; every function here belongs inside a writing transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from govoffice_tui.clock import chinese_day, chinese_short_day, day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import StaffPeriod, StaffProfile
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.attendance.pages import REGISTER
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.settings import EVER
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import Membership
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import NAME_LIMIT, clean_name

ONE_DAY = timedelta(days=1)
FURTHEST = timedelta(days=366)
"""How far ahead a change may be entered; what lies further is a slip of the year."""

DATED = ("name", "section", "position", "category", "mode", "rank", "phone", "initials")
"""What a profile says of a person from its day on."""


@dataclass(frozen=True)
class Profile:
    """One row of what is known of a person from a day on."""

    id: int
    first: date
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Stay:
    """One row of a person's days at the office or away from it."""

    id: int
    kind: Membership
    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Return whether the day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Changed:
    """What now stands in the staff list: whom it is about, under which name, and the line to show."""

    staff: int
    name: str
    words: str


def profiles_of(office: Office, staff: int) -> list[Profile]:
    """Return a person's unstruck profiles in order; refused for nobody."""
    rows = office.fetch(
        f"SELECT id, from_day, {', '.join(DATED)} FROM staff_profiles WHERE staff_id = ? AND struck_at IS NULL"
        " ORDER BY from_day",
        staff,
    )
    if not rows:
        raise Refused("花名册上没有这个人。", field="staff")
    return [Profile(row[0], date.fromisoformat(row[1]), dict(zip(DATED, row[2:], strict=True))) for row in rows]


def stays_of(office: Office, staff: int) -> list[Stay]:
    """Return a person's unstruck periods in order."""
    rows = office.fetch(
        "SELECT id, kind, from_day, to_day FROM staff_periods WHERE staff_id = ? AND struck_at IS NULL"
        " ORDER BY from_day, id",
        staff,
    )
    return [
        Stay(row, Membership(kind), date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for row, kind, first, last in rows
    ]


def change_from(office: Office, writing: Change, staff: int, day: date, remark: str, **values: Value) -> int:
    """Let a person's profile say something else from a day on; return the row that holds from that day.

    Later profiles that still say what is changed here follow, up to the first that says something of its own.
    """
    profiles = profiles_of(office, staff)
    before = [profile for profile in profiles if profile.first <= day]
    if not before:
        joined = chinese_day(profiles[0].first)
        raise Refused(f"{profiles[0].values['name']}{joined}才到岗,请写这一天以后的日期。", field="first")
    current = before[-1]
    if current.first == day:
        row = writing.correct(StaffProfile, current.id, "当日再变动", **values, remark=remark)
    else:
        stamps = {"entered_at": writing.now, "entered_by": writing.operator}
        said: dict[str, Any] = {**current.values, **values}
        row = writing.insert(StaffProfile, staff_id=staff, from_day=day.isoformat(), **said, remark=remark, **stamps)
    following = dict(values)
    for profile in profiles[len(before) :]:
        following = {name: new for name, new in following.items() if profile.values[name] == current.values[name]}
        if not following:
            break
        writing.correct(StaffProfile, profile.id, "随之前的变动", **following)
    return row


def correct_run(office: Office, writing: Change, staff: int, day: date, reason: str, **values: Value) -> int:
    """Let a person's profiles say what was always so, as far before and after a day as they say the same wrong thing.

    Returns the row that holds on the day.
    """
    profiles = profiles_of(office, staff)
    place = max((at for at, profile in enumerate(profiles) if profile.first <= day), default=0)
    wrong: dict[int, dict[str, Value]] = {}
    for name, value in values.items():
        said = profiles[place].values[name]
        for way in (range(place, -1, -1), range(place + 1, len(profiles))):
            for at in way:
                if profiles[at].values[name] != said:
                    break
                wrong.setdefault(at, {})[name] = value
    row = profiles[place].id
    for at, put_right in sorted(wrong.items()):
        new = writing.correct(StaffProfile, profiles[at].id, reason, **put_right)
        row = new if at == place else row
    return row


def end_stay(office: Office, writing: Change, staff: int, name: str, last: date, remark: str) -> None:
    """End a person's time at the office with a day: loans and posts end with it, those that lie behind it fall away.

    A departure entered before may be put forward, and put off while it has not come.
    """
    own = [stay for stay in stays_of(office, staff) if stay.kind is not Membership.SECONDED_OUT]
    going = own[-1] if own and own[-1].last is not None else None
    if going is not None and going.last is not None and day_of(writing.now) <= going.last < last:
        current = going  # a departure still to come may be put off
        require_unsealed(office, going.last, last, "last")
    else:
        current = employment_on(office, staff, last, name, "last")
        if current.id != own[-1].id:
            raise Refused(f"{name}{chinese_day(own[-1].first)}又到岗,请核对日期。", field="last")
        if current.last == last:
            raise Refused(f"{name}本来就到{chinese_day(last)}为止。", field="last")
        require_unsigned(office, staff, name, last + ONE_DAY, current.last, "last")
        require_unsealed(office, last + ONE_DAY, current.last, "last")
    said = "借入期满" if current.kind is Membership.SECONDED_IN else remark
    writing.update(StaffPeriod, current.id, to_day=last.isoformat(), remark=said)
    for stay in stays_of(office, staff):
        if stay.kind is Membership.SECONDED_OUT and stay.first > last:
            writing.strike(StaffPeriod, stay.id, remark)
        elif stay.kind is Membership.SECONDED_OUT and stay.covers(last + ONE_DAY):
            writing.update(StaffPeriod, stay.id, to_day=last.isoformat())
    posts.relieve(office, writing, staff, last)


def lend(office: Office, writing: Change, staff: int, name: str, first: date, last: date | None, remark: str) -> int:
    """Write a loan; refused outside the person's time at the office, across another loan, and over signed days."""
    if last is not None and last < first:
        raise Refused("止日早于起日,请核对。", field="last")
    employed = employment_on(office, staff, first, name, "first")
    if employed.last is not None and (last is None or last > employed.last):
        raise Refused(f"{name}{chinese_day(employed.last)}离岗,借出不能过这一天。", field="last")
    for stay in stays_of(office, staff):
        meets = (last is None or stay.first <= last) and (stay.last is None or stay.last >= first)
        if stay.kind is Membership.SECONDED_OUT and meets:
            raise Refused(f"{name}{span_words(stay.first, stay.last)}已登记借出。", field="first")
    require_unsigned(office, staff, name, first, last, "first")
    require_unsealed(office, first, last, "first")
    return writing.insert(
        StaffPeriod,
        staff_id=staff,
        kind=Membership.SECONDED_OUT.value,
        from_day=first.isoformat(),
        to_day=last.isoformat() if last else None,
        remark=remark,
        entered_at=writing.now,
        entered_by=writing.operator,
    )


def employment_on(office: Office, staff: int, day: date, name: str, field: str) -> Stay:
    """Return the period at the office that covers a day; refused outside every one."""
    stays = [stay for stay in stays_of(office, staff) if stay.kind is not Membership.SECONDED_OUT]
    for stay in stays:
        if stay.covers(day):
            return stay
    if not stays or day < stays[0].first:
        since = f"{chinese_day(stays[0].first)}才到岗" if stays else "不在册"
        raise Refused(f"{name}{since},请核对日期。", field=field)
    raise Refused(f"{name}{chinese_day(day)}不在册,请核对日期。", field=field)


def require_unsigned(office: Office, staff: int, name: str, first: date, last: date | None, field: str) -> None:
    """Refuse to call a person away for days on which they signed."""
    rows = office.fetch(
        "SELECT min(event_day) FROM sign_ins WHERE staff_id = ? AND struck_at IS NULL AND event_day BETWEEN ? AND ?",
        staff,
        first.isoformat(),
        (last or date.max).isoformat(),
    )
    if rows[0][0]:
        signed = chinese_short_day(date.fromisoformat(rows[0][0]))
        raise Refused(f"{name}{signed}还有签到,请核对日期。", field=field)


def require_unsealed(office: Office, first: date, last: date | None, field: str) -> None:
    """Refuse what would change days of a month under seal."""
    rows = office.fetch(
        "SELECT min(month) FROM closings WHERE register = ? AND month BETWEEN ? AND ?",
        REGISTER,
        first.isoformat()[:7],
        (last or date.max).isoformat()[:7],
    )
    if rows[0][0]:
        try:
            closing.require_open(office, REGISTER, date.fromisoformat(f"{rows[0][0]}-01"), "考勤")
        except Refused as refusal:
            raise Refused(refusal.message, refusal.article, field) from None


def require_plausible(writing: Change, day: date, field: str) -> None:
    """Refuse a day no office has known, or too far ahead to be meant."""
    if not EVER <= day <= day_of(writing.now) + FURTHEST:
        raise Refused(f"{chinese_day(day)}离今天太远,请核对年份。", field=field)


def span_words(first: date, last: date | None) -> str:
    """Return 11月16日至12月5日, or 11月16日起."""
    return f"{chinese_short_day(first)}至{chinese_short_day(last)}" if last else f"{chinese_short_day(first)}起"


def named(name: str) -> str:
    """Return a name as it is kept; refused for an empty one and one too long."""
    cleaned = clean_name(checked(name, "name"))
    if not cleaned.text:
        raise Refused("请写姓名。", field="name")
    if cleaned.cut:
        raise Refused(f"姓名超过{NAME_LIMIT}个字,请核对。", field="name")
    return cleaned.text


def name_then(office: Office, person: int, day: date) -> str:
    """Return a person's name on a day, their first one before they came; refused for nobody."""
    profiles = profiles_of(office, person)
    then = [profile for profile in profiles if profile.first <= day] or profiles
    return str(then[-1 if then is not profiles else 0].values["name"])


def authorise(office: Office, writing: Change) -> None:
    """Refuse the verb under way to somebody whose posts do not allow it."""
    posts.require(office, writing.verb, writing.operator, day_of(writing.now))


def changed(office: Office, person: int, words: str, day: date) -> Changed:
    """Return what now stands in the staff list of a person, under the name of a day."""
    return Changed(person, name_then(office, person, day), words)
