"""印章外带: the director lets a seal go out of the office, its keeper carries it, it comes back and is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import SealCarry
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import (
    require_day,
    require_holder,
    require_moment,
    require_open,
    require_usable,
    required,
)
from govoffice_tui.registers.seals.signatories import settled
from govoffice_tui.registers.seals.views import CARRIES
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import CARRY_MOVES, CarryState, require_move
from govoffice_tui.rules.seals import OUTSIDE, Signatory, require_director, require_due


@dataclass(frozen=True)
class Errand:
    """What a seal is wanted for outside: whose paper, what is stamped, where, who goes along, when it is back."""

    seal: int
    unit: str
    matter: str
    destination: str
    due_at: datetime
    companions: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Leave:
    """The director's word on a carry: by whom, on which day, in which words, and where the paper is filed."""

    who: Signatory
    day: date
    words: str = ""
    paper_page: str = ""


@dataclass(frozen=True)
class Carried:
    """What now stands in the book of a seal's way out."""

    carry: int
    number: str
    state: CarryState
    seal_name: str
    destination: str

    @property
    def words(self) -> str:
        """Return 带〔2026〕3号 测试县人民政府办公室 县医院 外带."""
        return f"{self.number} {self.seal_name} {self.destination} {self.state.label}"


@dataclass(frozen=True)
class _Standing:
    state: CarryState
    event_day: date
    seal: int
    keeper: int | None
    approved_day: date | None
    due_at: datetime
    out_at: datetime | None
    back_at: datetime | None


def apply_carry(office: Office, errand: Errand, *, by: int | None, form_key: str | None = None) -> Carried:
    """Enter that a seal is wanted outside the office (印章管理制度第2条).

    Refused for a seal that is not in use, without unit, matter or place, and for a return that lies behind.
    """
    with office.write("apply_carry", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _carried(office, writing.repeated_entry)
        now = local(writing.now)
        posts.require(office, "apply_carry", by, now.date())
        require_usable(office, errand.seal, now.date())
        require_open(office, now.date())
        require_due(errand.due_at, now)
        row = enter(
            office,
            writing,
            SealCarry,
            CARRIES,
            now.date(),
            CarryState.APPLIED.value,
            seal_id=errand.seal,
            unit=required(errand.unit, "unit", "请写用印单位。", OUTSIDE),
            matter=required(errand.matter, "matter", "请写在外面盖什么。", OUTSIDE),
            destination=required(errand.destination, "destination", "请写带到哪里。", OUTSIDE),
            companions=checked(errand.companions, "companions"),
            due_at=epoch(errand.due_at),
            remark=checked(errand.remark, "remark"),
        )
        return _carried(office, row)


def approve_carry(office: Office, carry: int, leave: Leave, *, by: int | None, form_key: str | None = None) -> Carried:
    """Enter that the director let a seal go out; refused for anybody else's word (印章管理制度第2条)."""
    with office.write("approve_carry", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        posts.require(office, "approve_carry", by, day_of(writing.now))
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "approve_carry", OUTSIDE)
        require_open(office, standing.event_day)
        values = _leave_values(office, leave, day_of(writing.now))
        writing.update(SealCarry, carry, state=state.value, **values)
        return _carried(office, carry)


def decline_carry(
    office: Office, carry: int, who: Signatory | None, words: str, *, by: int | None, form_key: str | None = None
) -> Carried:
    """Enter that a seal may not go out (不同意), with the reason; the matter is over."""
    with office.write("decline_carry", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        today = day_of(writing.now)
        posts.require(office, "decline_carry", by, today)
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "decline_carry", OUTSIDE)
        require_open(office, standing.event_day)
        why = required(words, "words", "请写不同意的原因。")
        values = {} if who is None else _signer_values(settled(office, who, today))
        writing.update(
            SealCarry, carry, state=state.value, decision_words=why, approved_day=today.isoformat(), **values
        )
        return _carried(office, carry)


def take_out(
    office: Office, carry: int, at: datetime | None = None, *, by: int | None, form_key: str | None = None
) -> Carried:
    """Enter that whoever holds a seal took it out in person (印章管理制度第2条); `at` None is now.

    Refused to anybody else, without the director's word, while the seal is out, and once its return was due.
    """
    with office.write("take_out", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        now = local(writing.now)
        posts.require(office, "take_out", by, now.date())
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "take_out", OUTSIDE)
        moment = at or now
        require_moment(moment, now, "带出时间", "at")
        require_open(office, moment.date())
        if standing.approved_day is not None and moment.date() < standing.approved_day:
            raise Refused(
                f"主任{chinese_short_day(standing.approved_day)}才批准,不能写在那以前带出。", OUTSIDE, field="at"
            )
        if standing.due_at <= moment:
            raise Refused("预计归还的时间已经过了,请先改归还时间再带出。", OUTSIDE, field="at")
        card = require_usable(office, standing.seal, moment.date())
        if card.is_out:
            raise Refused(f"{card.name}正在外带,归还以前不能再带出。", OUTSIDE, field="seal")
        require_holder(office, writing, card)
        _require_after_last(office, standing.seal, card.name, moment)
        values: dict[str, Value] = {"keeper_id": writing.operator, "out_at": epoch(moment)}
        writing.update(SealCarry, carry, state=state.value, **values)
        return _carried(office, carry)


def extend_carry(
    office: Office, carry: int, due_at: datetime, leave: Leave, *, by: int | None, form_key: str | None = None
) -> Carried:
    """Enter that the director let a seal stay out longer, or go later; refused for anybody else's word."""
    with office.write("extend_carry", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        now = local(writing.now)
        posts.require(office, "extend_carry", by, now.date())
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "extend_carry", OUTSIDE)
        require_open(office, standing.event_day)
        require_due(due_at, now)
        values = _leave_values(office, leave, now.date())
        writing.update(SealCarry, carry, state=state.value, due_at=epoch(due_at), **values)
        return _carried(office, carry)


def bring_back(
    office: Office, carry: int, at: datetime | None = None, *, by: int | None, form_key: str | None = None
) -> Carried:
    """Enter that a seal is back in the office; `at` None is now. Refused for a time before it went out."""
    with office.write("bring_back", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        now = local(writing.now)
        posts.require(office, "bring_back", by, now.date())
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "bring_back", OUTSIDE)
        assert standing.out_at is not None
        moment = at or now
        require_moment(moment, now, "归还时间", "at")
        require_open(office, standing.out_at.date())
        if moment < standing.out_at:
            raise Refused(
                f"{chinese_short_day(standing.out_at.date())}{standing.out_at:%-H:%M}才带出,不能在那以前归还。",
                OUTSIDE,
                field="at",
            )
        writing.update(SealCarry, carry, state=state.value, back_at=epoch(moment))
        return _carried(office, carry)


def inspect_carry(
    office: Office, carry: int, condition: str, *, by: int | None, form_key: str | None = None
) -> Carried:
    """Enter that somebody looked at a seal that came back, and how it was; refused to whoever carried it."""
    with office.write("inspect_carry", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry)
        today = day_of(writing.now)
        posts.require(office, "inspect_carry", by, today)
        standing = _standing(office, carry)
        state = require_move(CARRY_MOVES, standing.state, "inspect_carry", OUTSIDE)
        assert standing.out_at is not None
        require_open(office, standing.out_at.date())
        if by is None or by == standing.keeper:
            who = "携带人" if by is None else staff.name_of(office, by, today)
            raise Refused(f"验收要由携带人以外的人办,{who}不能验收自己带出的印章。请别人按F9登记。", OUTSIDE)
        said = required(condition, "condition", "请写印章状况,如 完好、印面清洁。", OUTSIDE)
        writing.update(
            SealCarry, carry, state=state.value, inspected_by_id=by, inspected_at=writing.now, condition=said
        )
        return _carried(office, carry)


def void_carry(office: Office, carry: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a carry whose seal never went out, its number is spent; return the number."""
    with office.write("void_carry", by, form_key) as writing:
        if writing.repeated is not None:
            return _carried(office, carry).number
        posts.require(office, "void_carry", by, day_of(writing.now))
        standing = _standing(office, carry)
        require_move(CARRY_MOVES, standing.state, "void_carry", OUTSIDE)
        require_open(office, standing.event_day)
        writing.strike(SealCarry, carry, required(reason, "why", "请写为什么作废。"))
        return _carried(office, carry).number


def _standing(office: Office, carry: int) -> _Standing:
    rows = office.fetch(
        "SELECT state, event_day, seal_id, keeper_id, approved_day, due_at, out_at, back_at, struck_at"
        " FROM seal_carries WHERE id = ?",
        carry,
    )
    if not rows:
        raise Refused("没有这次外带。")
    state, day, seal, keeper, approved, due, out, back, struck = rows[0]
    if struck is not None:
        raise Refused("这次外带已经作废。")
    return _Standing(
        CarryState(state),
        date.fromisoformat(day),
        seal,
        keeper,
        date.fromisoformat(approved) if approved else None,
        local(due),
        None if out is None else local(out),
        None if back is None else local(back),
    )


def _leave_values(office: Office, leave: Leave, today: date) -> dict[str, Value]:
    """Return the columns of the director's word; refused for anybody else's."""
    require_day(leave.day, today, "批准日期", "approved_day")
    signer = settled(office, leave.who, leave.day)
    require_director(signer)
    values: dict[str, Value] = {**_signer_values(signer), "approved_day": leave.day.isoformat()}
    for column, said in (("decision_words", leave.words), ("paper_page", leave.paper_page)):
        if text := checked(said, column):
            values[column] = text
    return values


def _signer_values(signer: Signatory) -> dict[str, Value]:
    return {"approver_id": signer.person, "approver_name": signer.name, "approver_post": signer.post.value}


def _require_after_last(office: Office, seal: int, name: str, moment: datetime) -> None:
    """Refuse a way out that began before the one before was over."""
    last = office.fetch("SELECT max(back_at) FROM seal_carries WHERE seal_id = ? AND struck_at IS NULL", seal)[0][0]
    if last is not None and epoch(moment) < last:
        raise Refused(f"{name}那时还在外带,{local(last):%-m月%-d日%-H:%M}才归还。", OUTSIDE, field="at")


def _carried(office: Office, carry: int) -> Carried:
    year, number, state, seal, place = office.fetch(
        "SELECT c.year, c.number, c.state, s.name, c.destination FROM seal_carries c JOIN seals s ON s.id = c.seal_id"
        " WHERE c.id = ?",
        carry,
    )[0]
    return Carried(carry, shown(CARRIES, year, number), CarryState(state), seal, place)
