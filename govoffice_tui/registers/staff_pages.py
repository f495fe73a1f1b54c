"""The staff list as its page shows it: everybody with how they stand today, and one person's history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from govoffice_tui.clock import chinese_day, local
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import Holding
from govoffice_tui.registers.staff_rows import DATED, Stay, span_words, stays_of
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import AttendanceMode, Category, Membership, Person, display_names

_TITLES = {
    "name": "姓名",
    "section": "股室",
    "position": "职务",
    "category": "人员类别",
    "mode": "考勤方式",
    "phone": "电话",
    "initials": "拼音首字母",
}


@dataclass(frozen=True)
class StaffEntry:
    """One line of the staff list on a day; `is_listed` is False for somebody who has left.

    `loan` is the first day of the loan that goes on or comes next.
    """

    person: Person
    display_name: str
    standing: str
    is_listed: bool
    is_present: bool
    is_lent: bool
    loan: date | None
    joined: date
    posts: tuple[Holding, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One thing that was entered about a person: the day it holds from, what, and who entered it when."""

    day: date
    words: str
    entered: str
    is_struck: bool = False


def entries(office: Office, day: date) -> list[StaffEntry]:
    """Return everybody in rank order as they stand on a day, those who have left at the end."""
    people = staff.everybody_ever(office, day)
    listed = staff.staying(office, day)
    stays: dict[int, list[Stay]] = {person.id: stays_of(office, person.id) for person in people}
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in posts.holdings_from(office, day):
        held[holding.staff].append(holding)
    names = display_names(person for person in people if person.id in listed)
    found = [
        StaffEntry(
            person,
            names.get(person.id, person.name),
            _standing(stays[person.id], day),
            person.id in listed,
            any(stay.kind is not Membership.SECONDED_OUT and stay.covers(day) for stay in stays[person.id]),
            any(stay.kind is Membership.SECONDED_OUT and stay.covers(day) for stay in stays[person.id]),
            _next_loan(stays[person.id], day),
            stays[person.id][0].first,
            tuple(held[person.id]),
        )
        for person in people
    ]
    return sorted(found, key=lambda entry: not entry.is_listed)


def deputy_warning(office: Office, day: date) -> str:
    """Return which keeper posts have no B角 on a day, empty where none lacks one."""
    alone: list[Post] = posts.without_deputy(office, day)
    return f"没有B角:{'、'.join(post.label for post in alone)}" if alone else ""


def history(office: Office, person: int) -> list[HistoryLine]:
    """Return everything ever entered about a person, in the order of the days it holds from; struck lines too."""
    lines = _profile_lines(office, person) + _period_lines(office, person) + _post_lines(office, person)
    return sorted(lines, key=lambda line: line.day)


def _next_loan(stays: list[Stay], day: date) -> date | None:
    loans = [stay for stay in stays if stay.kind is Membership.SECONDED_OUT]
    return next((loan.first for loan in loans if loan.last is None or loan.last >= day), None)


def _standing(stays: list[Stay], day: date) -> str:
    """Return 在册, 借至12月5日, 11月16日到岗, 11月16日离岗."""
    for stay in stays:
        if stay.kind is Membership.SECONDED_OUT and stay.covers(day):
            return f"借至{_short(stay.last)}" if stay.last else "借出"
    own = [stay for stay in stays if stay.kind is not Membership.SECONDED_OUT]
    for stay in own:
        if stay.covers(day) and stay.last:
            return f"{_short(stay.last + timedelta(days=1))}离岗"
        if stay.covers(day):
            loan = _next_loan(stays, day)
            return f"{_short(loan)}借出" if loan else stay.kind.label
    coming = [stay for stay in own if stay.first > day]
    if coming:
        return f"{_short(coming[0].first)}到岗"
    return "已离岗"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _profile_lines(office: Office, person: int) -> list[HistoryLine]:
    rows = office.fetch(
        f"SELECT from_day, {', '.join(DATED)}, remark, entered_at, entered_by, struck_at, struck_reason"
        " FROM staff_profiles WHERE staff_id = ? ORDER BY from_day, id",
        person,
    )
    lines = []
    before: dict[str, Any] = {}
    for day, *values, remark, at, by, struck_at, reason in rows:
        said = dict(zip(DATED, values, strict=True))
        if struck_at is not None:
            words = f"划销({reason}):{said['name']} {said['section']} {said['position']}"
        elif not before:
            words = f"{said['name']} {said['section']} {said['position']} {Category(said['category']).label}"
        else:
            words = ",".join(
                f"{title} {_said(name, before[name])} → {_said(name, said[name])}"
                for name, title in _TITLES.items()
                if before[name] != said[name]
            )
        before = before if struck_at is not None else said
        if words or remark:
            shown = f"{words or '排序'} {remark}".strip()
            lines.append(HistoryLine(date.fromisoformat(day), shown, _entered(office, at, by), struck_at is not None))
        elif struck_at is None:
            lines.append(HistoryLine(date.fromisoformat(day), "排序变动", _entered(office, at, by)))
    return lines


def _said(name: str, value: str) -> str:
    if name == "category":
        return Category(value).label
    return AttendanceMode(value).label if name == "mode" else value or "(空)"


def _period_lines(office: Office, person: int) -> list[HistoryLine]:
    lines = []
    for row, kind, first, last, remark, struck_at, reason in office.fetch(
        "SELECT id, kind, from_day, to_day, remark, struck_at, struck_reason"
        " FROM staff_periods WHERE staff_id = ? ORDER BY from_day, id",
        person,
    ):
        start, end = date.fromisoformat(first), date.fromisoformat(last) if last else None
        words = f"{Membership(kind).label} {span_words(start, end)} {remark}".strip()
        struck = f"划销({reason}):" if struck_at is not None else ""
        entered = _last_entered(office, "staff_periods", row)
        lines.append(HistoryLine(start, struck + words, entered, struck_at is not None))
    return lines


def _post_lines(office: Office, person: int) -> list[HistoryLine]:
    lines = []
    for row, post, part, first, last, struck_at, reason in office.fetch(
        "SELECT id, post, part, from_day, to_day, struck_at, struck_reason"
        " FROM posts WHERE staff_id = ? ORDER BY from_day, id",
        person,
    ):
        start, end = date.fromisoformat(first), date.fromisoformat(last) if last else None
        label = Holding(row, person, Post(post), part, start, end).label
        struck = f"划销({reason}):" if struck_at is not None else ""
        words = f"{struck}{label} {span_words(start, end)}"
        lines.append(HistoryLine(start, words, _last_entered(office, "posts", row), struck_at is not None))
    return lines


def _last_entered(office: Office, register: str, row: int) -> str:
    """Return who wrote last on a row whose end was entered after its beginning."""
    at, by = office.fetch(
        "SELECT at, operator FROM journal WHERE register = ? AND entry = ? ORDER BY seq DESC LIMIT 1", register, row
    )[0]
    return _entered(office, at, by)


def _entered(office: Office, at: int, by: int | None) -> str:
    moment = local(at)
    return f"{staff.name_of(office, by, moment.date())} {chinese_day(moment.date())} {moment:%H:%M}"
