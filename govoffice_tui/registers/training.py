"""The training register (学习制度第4条): who went to which course, for how long, and what it comes to in a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Training, TrainingPerson
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls.pages import roster
from govoffice_tui.registers.rolls.views import Trained, TrainingYear
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.study import STUDY, TRAINING

SERIES = "训"
LONGEST = timedelta(days=366)
MOST_HOURS = Decimal(2000)
EVERYBODY = "全体"
_BETWEEN = re.compile(r"[、,,;;\s]+")


@dataclass(frozen=True)
class Course:
    """What is entered of a course: `hours` as typed, 4 or 4.5 学时."""

    course: str
    organiser: str
    first: date
    last: date
    hours: str
    remark: str = ""


def record_training(
    office: Office, people: Sequence[int], course: Course, *, by: int | None, form_key: str | None = None
) -> Trained:
    """Enter a course and who was on it.

    Refused without people, course, organiser and hours, for reversed days or days to come, for somebody not on the
    roster then, and in a month under seal.
    """
    with office.write("record_training", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _one(office, writing.repeated_entry)
        values = _values(office, writing, people, course)
        row = enter(office, writing, Training, SERIES, course.first, "entered", **values)
        _enter_people(writing, row, people)
        return _one(office, row)


def correct_training(
    office: Office,
    row: int,
    people: Sequence[int],
    course: Course,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Trained:
    """Strike a course and write it again under its number; refused without a reason, and as `record_training` is."""
    why = checked(reason, "reason")
    with office.write("correct_training", by, form_key) as writing:
        if writing.repeated is not None:
            after = office.fetch("SELECT id FROM trainings WHERE corrects = ? ORDER BY id DESC LIMIT 1", row)
            return _one(office, after[0][0] if after else row)
        old = _standing(office, row)
        if not why:
            raise Refused("更正要写原因。", field="reason")
        closing.require_open(office, STUDY.word, old.first, "学习")
        values = _values(office, writing, people, course)
        _strike_people(office, writing, row, why)
        new = writing.correct(Training, row, why, event_day=course.first.isoformat(), **values)
        _enter_people(writing, new, people)
        return _one(office, new)


def void_training(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> Trained:
    """Strike a course that was entered by mistake; its number is spent. Refused without a reason."""
    why = checked(reason, "reason")
    with office.write("void_training", by, form_key) as writing:
        if writing.repeated is None:
            found = _standing(office, row)
            posts.require(office, "void_training", by, day_of(writing.now))
            closing.require_open(office, STUDY.word, found.first, "学习")
            if not why:
                raise Refused("作废要写原因。", field="reason")
            writing.strike(Training, row, why)
            _strike_people(office, writing, row, why)
        return _one(office, row)


def between(office: Office, first: date, last: date) -> list[Trained]:
    """Return the courses that began from first to last, in order of days."""
    rows = office.fetch(
        f"{_COLUMNS} WHERE struck_at IS NULL AND event_day BETWEEN ? AND ? ORDER BY event_day, id",
        first.isoformat(),
        last.isoformat(),
    )
    return [_trained(office, row) for row in rows]


def year_totals(office: Office, year: int, until: date) -> list[TrainingYear]:
    """Return everybody who was on a course that began in the year, up to a day, with their courses and 学时."""
    courses: Counter[int] = Counter()
    halves: Counter[int] = Counter()
    for person, half_hours in office.fetch(
        "SELECT p.staff_id, t.half_hours FROM training_people p JOIN trainings t ON t.id = p.training_id"
        " WHERE p.struck_at IS NULL AND t.struck_at IS NULL AND t.event_day BETWEEN ? AND ?",
        f"{year}-01-01",
        until.isoformat(),
    ):
        courses[person] += 1
        halves[person] += half_hours
    people = [person for person in staff.everybody(office, until) if person.id in courses]
    people.sort(key=lambda person: (person.category.is_apart, person.rank, person.id))
    names = display_names(staff.everybody(office, until))
    return [TrainingYear(person, names[person.id], courses[person.id], halves[person.id]) for person in people]


def read_people(office: Office, typed: str, day: date) -> list[int]:
    """Return the people a line of names, numbers or initials means on a day, 全体 everybody.

    Refused, under the field `people`, for a name that means nobody, several people, or somebody twice.
    """
    people = roster(office, day)
    if typed.strip() == EVERYBODY:
        return [person.id for person in people]
    names = display_names(people)
    found: list[int] = []
    for word in filter(None, _BETWEEN.split(typed.strip())):
        meant = _meant(people, names, word)
        if not meant:
            raise Refused(f"{chinese_day(day)}的名单里没有“{word}”,请写姓名或工号,中间用顿号。", field="people")
        if len(meant) > 1:
            listed = "、".join(f"{names[person.id]}工号{person.number}" for person in meant[:6])
            raise Refused(f"“{word}”可以是{listed},请写工号。", field="people")
        if meant[0].id in found:
            raise Refused(f"{names[meant[0].id]}写了两次。", field="people")
        found.append(meant[0].id)
    return found


def written_people(office: Office, found: Trained) -> str:
    """Return the people of a course as `read_people` reads them back: numbers where a name means several."""
    present = roster(office, found.first)
    named = Counter(person.name for person in present)
    by_id = {person.id: person for person in present}
    words = []
    for key, name in found.people:
        person = by_id.get(key)
        words.append(name if person is None else person.name if named[person.name] == 1 else person.number)
    return "、".join(words)


_COLUMNS = "SELECT id, year, number, event_day, last_day, course, organiser, half_hours, remark FROM trainings"


def _meant(people: Sequence[Person], names: dict[int, str], word: str) -> list[Person]:
    """Return whom one word means: a whole name or number before a piece of one."""
    exact = [person for person in people if word in (person.name, person.number, names[person.id])]
    return exact or staff.match(people, word)


def _values(office: Office, writing: Change, people: Sequence[int], course: Course) -> dict[str, Value]:
    """Return a course's columns, refused where something is missing or cannot be."""
    today = day_of(writing.now)
    posts.require(office, "record_training", writing.operator, today)
    texts = {name: checked(getattr(course, name), name) for name in ("course", "organiser", "remark")}
    for name, title in (("course", "培训内容"), ("organiser", "主办单位")):
        if not texts[name]:
            raise Refused(f"请写{title}。", TRAINING, field=name)
    if course.last < course.first:
        raise Refused("结束日期早于开始日期,请核对。", field="last")
    if course.last - course.first > LONGEST:
        raise Refused("一次培训不会超过一年,请核对日期。", field="last")
    if course.first > today:
        raise Refused("还没有开始的培训先不登记。", field="first")
    if not people:
        raise Refused("请写参加培训的人。", TRAINING, field="people")
    present = {person.id for person in roster(office, course.first)}
    for person in people:
        if person not in present:
            name = staff.name_of(office, person, course.first)
            raise Refused(f"{name}{chinese_day(course.first)}不在册。", field="people")
    closing.require_open(office, STUDY.word, course.first, "学习")
    return {
        **texts,
        "last_day": course.last.isoformat(),
        "half_hours": _half_hours(course.hours),
    }


def _half_hours(typed: str) -> int:
    """Return 学时 as half hours; refused for anything but a positive multiple of a half."""
    try:
        hours = Decimal(typed.strip())
    except InvalidOperation:
        raise Refused("学时写数字,如 4 或 4.5。", field="hours") from None
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:
        raise Refused(f"学时在0.5到{MOST_HOURS}之间。", field="hours")
    if hours * 2 != int(hours * 2):
        raise Refused("学时最小记到半学时。", field="hours")
    return int(hours * 2)


def _enter_people(writing: Change, row: int, people: Sequence[int]) -> None:
    for person in people:
        writing.insert(
            TrainingPerson, training_id=row, staff_id=person, entered_at=writing.now, entered_by=writing.operator
        )


def _strike_people(office: Office, writing: Change, row: int, reason: str) -> None:
    for (child,) in office.fetch("SELECT id FROM training_people WHERE training_id = ? AND struck_at IS NULL", row):
        writing.strike(TrainingPerson, child, reason)


def _standing(office: Office, row: int) -> Trained:
    """Return a course that stands, refused for one that was struck."""
    if not office.fetch("SELECT 1 FROM trainings WHERE id = ? AND struck_at IS NULL", row):
        raise Refused("这一笔培训已划销,请看更正后的一笔。")
    return _one(office, row)


def _one(office: Office, row: int) -> Trained:
    return _trained(office, office.fetch(f"{_COLUMNS} WHERE id = ?", row)[0])


def _trained(office: Office, row: tuple[object, ...]) -> Trained:
    key, year, number, first, last, course, organiser, half_hours, remark = row
    start = date.fromisoformat(str(first))
    people = {person.id: person for person in staff.everybody(office, max(start, office.now().date()))}
    names = display_names(people.values())
    on_it = [
        person
        for (person,) in office.fetch(
            "SELECT staff_id FROM training_people WHERE training_id = ? AND struck_at IS NULL", key
        )
    ]
    on_it.sort(key=lambda person: (people[person].rank, person) if person in people else (0, person))
    return Trained(
        row=int(str(key)),
        number=shown(SERIES, int(str(year)), int(str(number))),
        first=start,
        last=date.fromisoformat(str(last)),
        course=str(course),
        organiser=str(organiser),
        half_hours=int(str(half_hours)),
        people=tuple((person, names.get(person, "")) for person in on_it),
        remark=str(remark),
    )
