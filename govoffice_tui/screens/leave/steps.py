"""What can be done from a line of the leave register: the forms of each move, and the verb the answers make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from govoffice_tui.registers.leave import applying, ending, rights
from govoffice_tui.registers.leave.applying import Slip
from govoffice_tui.registers.leave.ending import Ended, expected_return, signed_return
from govoffice_tui.registers.leave.months import LeaveLine
from govoffice_tui.registers.leave.preview import preview
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import MOVE_TITLES, UNPAPERED, LeaveMode, Moment, moves_from
from govoffice_tui.rules.leave_approval import Level
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.leave.form import HALVES, MODES, Answers, approval_of
from govoffice_tui.widgets.form_rows import Field

Verb = Callable[..., Any]
People = Callable[[], Sequence[Person]]


@dataclass(frozen=True)
class Step:
    """One move of a slip: its title, its form, and what the answers carry out; `told` gives the line to show."""

    title: str
    fields: tuple[Field, ...]
    verb: Callable[[Answers], Verb]
    told: Callable[[Any], str]
    hint: str = ""


def told_slip(slip: Slip) -> str:
    """Return the line that says what stands in the book now."""
    return f"已登记 {slip.number} {slip.name} {slip.words}" + (f";{slip.warning}" if slip.warning else "")


def told_end(done: Ended) -> str:
    """Return the line that says how leave was cleared."""
    return told_slip(done.slip) + (f";{done.words}" if done.words else "")


def steps_of(office: Office, line: LeaveLine, people: People, today: date) -> list[Step]:
    """Return the legal moves of a slip, in the order they are offered."""
    return [_MAKERS[verb](office, line, people, today) for verb in moves_from(line.record.state)]


def voiding(line: LeaveLine) -> Step:
    """Return the form that makes a slip void."""
    fields = (Field("reason", "作废原因", required=True, placeholder="如 登记错人"),)
    return _reasoned("作废", ending.void_leave, line, fields)


def delegating(people: People, today: date) -> Step:
    """Return the form of a 委托代批."""
    day = today.isoformat()
    fields = (
        Field("giver", "委托人", "person", True, LEAVE, people=people, placeholder="分管副主任或主任"),
        Field("taker", "受托人", "person", True, people=people),
        Field("first", "起日", "date", True, value=day),
        Field("last", "止日", "date", True),
        Field("days", "最多批几天", "number", placeholder="不限的不写", width=24),
        Field("scope", "范围", placeholder="如 出差期间的请假审批"),
        Field("paper_page", "委托书存放", required=True, placeholder="哪一册第几页"),
    )

    def verb(answers: Answers) -> Verb:
        days = answers["days"]
        return act(
            rights.record_delegation,
            int(answers["giver"]),
            int(answers["taker"]),
            date.fromisoformat(answers["first"]),
            date.fromisoformat(answers["last"]),
            answers["scope"],
            2 * int(days) if days else None,
            answers["paper_page"],
        )

    hint = "受托人在这几天里可以按委托人的权限批假,假条上两个人的名字都印。"
    return Step("登记委托代批", fields, verb, lambda _: "已登记 委托代批", hint)


def entitling(people: People, today: date, person: int | None) -> Step:
    """Return the form of the annual leave due to a person."""
    fields = (
        Field("person", "姓名", "person", True, people=people, value=str(person or "")),
        Field("year", "年度", "number", True, value=str(today.year), width=24),
        Field("days", "应休天数", "text", True, width=24, placeholder="按半天写,如 10 或 7.5"),
    )

    def verb(answers: Answers) -> Verb:
        return act(
            rights.set_entitlement, int(answers["person"]), int(answers["year"]), _halves(answers["days"], "days")
        )

    return Step("登记年休假应休天数", fields, verb, lambda _: "已登记 年休假应休天数", "再登记一次就是更正。")


def _halves(typed: str, field: str) -> int:
    """Return days written as 7.5 in half-days."""
    whole, _, rest = typed.replace("。", ".").removesuffix("天").partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 3 and rest in ("", "0", "5")):
        raise Refused("天数按半天写,如 10 或 7.5。", field=field)
    return 2 * int(whole) + (rest == "5")


def _reasoned(title: str, verb: Verb, line: LeaveLine, fields: tuple[Field, ...]) -> Step:
    row = line.record.id
    return Step(
        f"{title} {line.name}", fields, lambda answers: act(verb, row, answers["reason"]), told_slip, _slip_words(line)
    )


def _declining(verb: Verb, title: str, office: Office, line: LeaveLine, people: People, today: date) -> Step:
    return _reasoned(title, verb, line, (Field("reason", "原因", required=True),))


def _approval_fields(office: Office, line: LeaveLine, people: People, today: date) -> tuple[Field, ...]:
    found = preview(office, line.record.person, line.record.stretch, without=line.record.id)
    is_county = found is not None and found.ruling.level is Level.COUNTY
    wanted = "" if found is None or found.approver is None else str(found.approver)
    return (
        Field(
            "approver",
            "批准人",
            "person",
            False,
            LEAVE,
            people=people,
            value=wanted,
            placeholder="县领导批的不选" if is_county else "",
        ),
        Field("leader_post", "县领导职务", placeholder="县领导批的才写", width=24),
        Field("leader_name", "县领导姓名", placeholder="县领导批的才写", width=24),
        Field("approved_day", "批准日期", "date", True, value=today.isoformat()),
    )


def _granting(office: Office, line: LeaveLine, people: People, today: date) -> Step:
    def verb(answers: Answers) -> Verb:
        return act(applying.grant_leave, line.record.id, approval_of(answers, today))

    return Step(f"同意 {line.name}", _approval_fields(office, line, people, today), verb, told_slip, _slip_words(line))


def _papering(office: Office, line: LeaveLine, people: People, today: date) -> Step:
    fields = (
        Field("papered_day", "补办日期", "date", True, LEAVE, value=today.isoformat()),
        *_approval_fields(office, line, people, today),
        Field("paper_page", "假条存放", placeholder="册、页,可不写", width=24),
        Field("papered_late", "逾期说明", placeholder="过了期限才写:谁认可、为什么晚"),
    )

    def verb(answers: Answers) -> Verb:
        return act(
            applying.paper_leave,
            line.record.id,
            approval_of(answers, today),
            date.fromisoformat(answers["papered_day"]),
            answers["paper_page"],
            answers["papered_late"],
        )

    return Step(f"补办手续 {line.name}", fields, verb, told_slip, _slip_words(line))


def _ending(office: Office, line: LeaveLine, people: People, today: date) -> Step:
    back = signed_return(office, line.record) or expected_return(office, line.record)
    day = min(back.day, today)
    fields = (
        Field("returned", "返岗日期", "date", True, value=day.isoformat()),
        Field("returned_half", "返岗", "choice", True, value=str(int(back.half)), choices=HALVES),
    )

    def verb(answers: Answers) -> Verb:
        returned = Moment(date.fromisoformat(answers["returned"]), Half(int(answers["returned_half"])))
        return act(ending.end_leave, line.record.id, returned)

    hint = f"{_slip_words(line)} 写第一个到岗的半天:早于期满是提前销假,晚了的半天待核。"
    return Step(f"销假 {line.name}", fields, verb, told_end, hint)


def _extending(office: Office, line: LeaveLine, people: People, today: date) -> Step:
    end = line.record.end
    fields = (
        Field("last", "续到", "date", True, value=""),
        Field("last_half", "到", "choice", True, value="1", choices=HALVES),
        Field("mode", "方式", "choice", True, LEAVE, value=LeaveMode.WRITTEN.value, choices=MODES[:2]),
        Field("asked_day", "哪天请的", "date", True, value=today.isoformat()),
        *_approval_fields(office, line, people, today),
        Field("paper_page", "假条存放", placeholder="册、页,可不写", width=24),
    )

    def verb(answers: Answers) -> Verb:
        return act(
            ending.extend_leave,
            line.record.id,
            Moment(date.fromisoformat(answers["last"]), Half(int(answers["last_half"]))),
            LeaveMode(answers["mode"]),
            date.fromisoformat(answers["asked_day"]),
            approval_of(answers, today),
            answers["paper_page"],
        )

    return Step(f"续假 {line.name}", fields, verb, told_slip, f"原来到{end};两张假条的天数合计,按合计定谁批。")


def _slip_words(line: LeaveLine) -> str:
    owed = ",还没有补办手续" if line.record.state in UNPAPERED else ""
    return f"{line.record.number} {line.record.stretch}{line.record.kind.label} {line.state}{owed}。{line.tier_words}"


_MAKERS: dict[str, Callable[[Office, LeaveLine, People, date], Step]] = {
    "paper_leave": _papering,
    "grant_leave": _granting,
    "refuse_leave": partial(_declining, applying.refuse_leave, MOVE_TITLES["refuse_leave"]),
    "send_back_leave": partial(_declining, applying.send_back_leave, MOVE_TITLES["send_back_leave"]),
    "end_leave": _ending,
    "extend_leave": _extending,
    "withdraw_leave": lambda office, line, people, today: _reasoned(
        "撤销", ending.withdraw_leave, line, (Field("reason", "撤销原因", required=True),)
    ),
}
