"""抽查到岗 and 在岗抽查: who was looked for and seen, and who was at work, away, or gone early (第3条、第4条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random, SystemRandom

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.models import DrawnName, PresenceDraw, SpotCheck
from govoffice_tui.registers import closing, posts, settings, staff
from govoffice_tui.registers.attendance import annexes, signing
from govoffice_tui.registers.attendance.facts import explained
from govoffice_tui.registers.attendance.pages import REGISTER, due_people, is_worked, session_on
from govoffice_tui.registers.attendance.views import PresenceCheck
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import ABSENCE, Finding, Seen, draw_names, require_state, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused

DRAWS, SPOT_CHECKS = "抽", "查"


@dataclass(frozen=True)
class Inspection:
    """One line of 在岗抽查 as it stands."""

    id: int
    number: str
    at: datetime
    name: str
    finding: Finding
    inspector: str
    remark: str


def draw_presence_check(
    office: Office, day: date, half: Half, *, by: int | None, form_key: str | None = None, chance: Random | None = None
) -> PresenceCheck:
    """Draw at random whom the inspector at the keyboard looks for among the names signed in a session.

    Once a session and on its own day only; refused where nobody but the inspector signed.
    """
    with office.write("draw_presence_check", by, form_key) as writing:
        if writing.repeated is None:
            posts.require(office, "draw_presence_check", by, day_of(writing.now))
            assert by is not None
            closing.require_open(office, REGISTER, day, signing.WORDS)
            session = session_on(office, day, half)
            if session is None:
                raise Refused(f"{half.label}还没有人签到,没有可抽的名字。", ABSENCE)
            require_state(session.state, "draw_presence_check", half)
            if day_of(writing.now) != day:
                raise Refused("抽查到岗只在当天做,过后抽不出谁在不在。", ABSENCE)
            if annexes.presence_check(office, day, half) is not None:
                raise Refused(f"{half.label}已经抽过,一场只抽一次。没有结果的可以接着记。", ABSENCE)
            signed = [
                person
                for (person,) in office.fetch(
                    "SELECT staff_id FROM sign_ins WHERE event_day = ? AND half = ? AND struck_at IS NULL"
                    " AND staff_id <> ? ORDER BY id",
                    day.isoformat(),
                    int(half),
                    by,
                )
            ]
            if not signed:
                raise Refused(f"{half.label}还没有别人签到,没有可抽的名字。", ABSENCE)
            draw = enter(
                office,
                writing,
                PresenceDraw,
                DRAWS,
                day,
                "drawn",
                session_id=session.id,
                half=int(half),
                inspector_id=by,
                drawn_at=writing.now,
            )
            for place, person in enumerate(draw_names(signed, chance or SystemRandom())):
                writing.insert(
                    DrawnName,
                    draw_id=draw,
                    event_day=day.isoformat(),
                    half=int(half),
                    staff_id=person,
                    place=place,
                    entered_at=writing.now,
                    entered_by=by,
                )
        return _presence_check(office, day, half)


def answer_presence_check(
    office: Office, day: date, half: Half, answers: Mapping[int, Seen], *, by: int | None, form_key: str | None = None
) -> PresenceCheck:
    """Enter who of the drawn people was seen, by staff id; the others stay open. Another answer corrects the first."""
    with office.write("answer_presence_check", by, form_key) as writing:
        if writing.repeated is not None:
            return _presence_check(office, day, half)
        posts.require(office, "answer_presence_check", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, signing.WORDS)
        check = annexes.presence_check(office, day, half)
        drawn = {one.person: one for one in check.people} if check else {}
        for person, seen in answers.items():
            if person not in drawn:
                raise Refused(f"{staff.name_of(office, person, day)}不在这一场抽到的名单里。")
            one = drawn[person]
            values = {"found": seen.value, "found_at": writing.now, "found_by": by}
            if one.seen is None:
                writing.update(DrawnName, one.row, **values)
            elif one.seen is not seen:
                writing.correct(DrawnName, one.row, "更正", **values)
        return _presence_check(office, day, half)


def half_of(office: Office, at: datetime) -> Half:
    """Return the half-day a time of inspection belongs to; refused outside working time and for times to come."""
    day = at.date()
    rules = settings.on(office, day)
    if at > office.now():
        raise Refused(f"{at:%-H:%M}还没有到,抽查写已经看到的情况。", field="at")
    half = Half.AFTERNOON if at >= session_hours(day, Half.AFTERNOON, rules).opens else Half.MORNING
    if not is_worked(office, day, half) or at < session_hours(day, half, rules).opens:
        raise Refused(f"{day.month}月{day.day}日{at:%-H:%M}不是上班时间,不登记在岗抽查。", field="at")
    return half


def record_spot_checks(
    office: Office,
    at: datetime,
    inspector: int,
    findings: Mapping[int, Finding],
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> list[str]:
    """Enter what an inspector found of several people at one time; return the numbers of the lines.

    Refused for a time outside working hours, for who need not be there, for 离岗 and 早退 of somebody on leave or out
    on business, and for a person already entered at this time.
    """
    with office.write("record_spot_checks", by, form_key) as writing:
        if writing.repeated is not None:
            return []
        posts.require(office, "record_spot_checks", by, day_of(writing.now))
        if not findings:
            raise Refused("还没有写一个人。")
        day, half = at.date(), half_of(office, at)
        closing.require_open(office, REGISTER, day, signing.WORDS)
        if staff.person_on(office, inspector, day) is None:
            raise Refused("花名册里没有这个抽查人。", field="inspector")
        due = {person.id for person in due_people(office, day)}
        away = explained(office, day, half)
        said = checked(remark, "remark")
        numbers = []
        for person, finding in findings.items():
            name = staff.name_of(office, person, day)
            if person not in due:
                raise Refused(f"{name}{day.month}月{day.day}日不在册或不用签到,不登记在岗抽查。")
            _require_possible(office, name, at, half, finding, is_away=person in away)
            if _standing(office, person, at):
                raise Refused(f"{name}{at:%-H:%M}的抽查已经登记,要改请更正那一条。")
            row = enter(
                office,
                writing,
                SpotCheck,
                SPOT_CHECKS,
                day,
                finding.value,
                half=int(half),
                checked_at=epoch(at),
                inspector_id=inspector,
                staff_id=person,
                remark=said,
            )
            year, number = office.fetch("SELECT year, number FROM spot_checks WHERE id = ?", row)[0]
            numbers.append(shown(SPOT_CHECKS, year, number))
        return numbers


def correct_spot_check(
    office: Office, row: int, finding: Finding, *, by: int | None, form_key: str | None = None
) -> str:
    """Correct what was found: the line is struck and written anew under its number; return the name."""
    with office.write("correct_spot_check", by, form_key) as writing:
        person, day, half, state, struck_at, _ = _line(office, row)
        name = staff.name_of(office, person, day)
        if writing.repeated is not None:
            return name
        posts.require(office, "correct_spot_check", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, signing.WORDS)
        if struck_at is not None:
            raise Refused("这一条已经更正或作废。")
        if state == finding.value:
            raise Refused(f"{name}登记的就是{finding.label},不用更正。")
        at = local(office.fetch("SELECT checked_at FROM spot_checks WHERE id = ?", row)[0][0])
        _require_possible(office, name, at, half, finding, is_away=person in explained(office, day, half))
        writing.correct(SpotCheck, row, "更正", state=finding.value)
        return name


def strike_spot_check(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a line of 在岗抽查 with a reason: its number is spent; return the name."""
    with office.write("strike_spot_check", by, form_key) as writing:
        person, day, _, _, struck_at, _ = _line(office, row)
        name = staff.name_of(office, person, day)
        if writing.repeated is not None:
            return name
        posts.require(office, "strike_spot_check", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, signing.WORDS)
        said = checked(reason, "reason")
        if not said:
            raise Refused("作废要写原因。", field="reason")
        if struck_at is not None:
            raise Refused("这一条已经更正或作废。")
        writing.strike(SpotCheck, row, said)
        return name


def inspections(office: Office, day: date) -> list[Inspection]:
    """Return the lines of 在岗抽查 of a day that stand, in the order of their times."""
    names = display_names(staff.people_on(office, day))
    return [
        Inspection(
            row,
            shown(SPOT_CHECKS, year, number),
            local(at),
            names.get(person) or staff.name_of(office, person, day),
            Finding(state),
            staff.name_of(office, inspector, day),
            remark,
        )
        for row, year, number, at, person, state, inspector, remark in office.fetch(
            "SELECT id, year, number, checked_at, staff_id, state, inspector_id, remark FROM spot_checks"
            " WHERE event_day = ? AND struck_at IS NULL ORDER BY checked_at, id",
            day.isoformat(),
        )
    ]


def _require_possible(office: Office, name: str, at: datetime, half: Half, finding: Finding, *, is_away: bool) -> None:
    """Refuse 离岗 and 早退 of somebody on leave or out on business, and 早退 before the session's cut-off."""
    if is_away and finding is not Finding.PRESENT:
        raise Refused(f"{name}{half.label}已登记请假或公出,不记{finding.label}。", finding.article)
    cutoff = session_hours(at.date(), half, settings.on(office, at.date())).cutoff
    if finding is Finding.LEFT_EARLY and at <= cutoff:
        raise Refused(f"{at:%-H:%M}签到还没有截止,不记早退。", finding.article, field="at")


def _presence_check(office: Office, day: date, half: Half) -> PresenceCheck:
    check = annexes.presence_check(office, day, half)
    if check is None:
        raise Refused(f"{half.label}还没有抽查到岗。")
    return check


def _standing(office: Office, person: int, at: datetime) -> Sequence[object]:
    return office.fetch(
        "SELECT id FROM spot_checks WHERE staff_id = ? AND checked_at = ? AND struck_at IS NULL", person, epoch(at)
    )


def _line(office: Office, row: int) -> tuple[int, date, Half, str, int | None, str]:
    rows = office.fetch("SELECT staff_id, event_day, half, state, struck_at, remark FROM spot_checks WHERE id = ?", row)
    if not rows:
        raise Refused("没有这一条在岗抽查。")
    person, day, half, state, struck_at, remark = rows[0]
    return person, date.fromisoformat(day), Half(half), state, struck_at, remark
