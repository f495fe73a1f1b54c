"""What every act on a machine looks at first: the card, the repair or loan as it stands, who approves, the months."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Equipment
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import HEADS, Post
from govoffice_tui.rules.equipment import (
    CARE,
    LENDING,
    EquipmentState,
    LoanState,
    RepairState,
    equipment_move,
    loan_move,
    repair_move,
)
from govoffice_tui.rules.refusal import Refused

REGISTER, WORDS = "equipment", "设备"
CARDS, REPAIRS, LOANS, SERVICES, BREACHES = "设", "修", "借", "养", "违"
LEADERS = frozenset({Post.DEPUTY_IN_CHARGE, Post.DIRECTOR})
TEXT_LIMIT = 200


@dataclass(frozen=True)
class Card:
    """One machine as its card stands: `root` is the row everything else points at, `row` the current revision."""

    root: int
    row: int
    number: str
    state: EquipmentState
    name: str
    model: str
    is_classified: bool
    holds_data: bool
    upkeep_months: int

    @property
    def words(self) -> str:
        """Return 设〔2026〕3号 打印机 M403."""
        return " ".join(part for part in (self.number, self.name, self.model) if part)


@dataclass(frozen=True)
class RepairRow:
    """One fault report as it stands in the book."""

    id: int
    number: str
    state: RepairState
    equipment: int
    stood: EquipmentState
    is_given_up: bool
    is_removed: bool
    days: tuple[date, ...]


@dataclass(frozen=True)
class LoanRow:
    """One loan as it stands in the book."""

    id: int
    number: str
    state: LoanState
    equipment: int
    borrower: int | None
    asked_day: date
    lent_day: date | None
    due_day: date
    accessories: str


def required(raw: str, field: str, sentence: str, article: str = "") -> str:
    """Return a text that may not be left out, checked, and not longer than a line of the book."""
    text = said(raw, field)
    if not text:
        raise Refused(sentence, article, field=field)
    return text


def said(raw: str, field: str) -> str:
    """Return a text that may be empty, checked, and not longer than a line of the book."""
    text = checked(raw, field)
    if len(text) > TEXT_LIMIT:
        raise Refused(f"这一格最多写{TEXT_LIMIT}个字,现在有{len(text)}个。", field=field)
    return text


def card(office: Office, equipment: int) -> Card:
    """Return a machine by any row of its card, as it stands now; refused for one that is not there or voided."""
    rows = office.fetch(
        "SELECT coalesce(e.card, e.id), e.id, e.year, e.number, e.state, e.name, e.model, e.is_classified,"
        " e.holds_data, e.upkeep_months FROM equipment e JOIN equipment asked ON asked.id = ?"
        " AND coalesce(e.card, e.id) = coalesce(asked.card, asked.id) WHERE e.struck_at IS NULL",
        equipment,
    )
    if not rows:
        raise Refused("没有这台设备,或设备卡已作废。请重新选一台。", field="equipment")
    root, row, year, number, state, name, model, classified, data, months = rows[0]
    at = shown(CARDS, year, number)
    return Card(root, row, at, EquipmentState(state), name, model, bool(classified), bool(data), months)


def move_card(office: Office, writing: Change, equipment: int, verb: str, state: EquipmentState | None = None) -> Card:
    """Lead a machine to where a verb leads it, or to a `state` the verb decides; return it as it stood before."""
    before = card(office, equipment)
    after = equipment_move(before.state, verb)
    if state is not None:
        after = state
    if after is not before.state:
        writing.update(Equipment, before.row, state=after.value)
    return before


def require_repair(office: Office, repair: int, verb: str) -> RepairRow:
    """Return a repair that may be treated so, or refuse."""
    rows = office.fetch(
        "SELECT year, number, state, equipment_id, stood, is_given_up, is_removed, struck_at, event_day,"
        " accepted_day, finished_day, checked_day FROM repairs WHERE id = ?",
        repair,
    )
    if not rows:
        raise Refused("没有这一件报修。")
    year, number, state, equipment, stood, given_up, removed, struck, *days = rows[0]
    if struck is not None:
        raise Refused("这一件报修已经划去或更正,请看最新的一笔。")
    repair_move(RepairState(state), verb)
    return RepairRow(
        repair,
        shown(REPAIRS, year, number),
        RepairState(state),
        equipment,
        EquipmentState(stood),
        bool(given_up),
        bool(removed),
        tuple(date.fromisoformat(day) for day in days if day),
    )


def require_loan(office: Office, loan: int, verb: str) -> LoanRow:
    """Return a loan that may be treated so, or refuse."""
    rows = office.fetch(
        "SELECT year, number, state, equipment_id, borrower_id, event_day, lent_day, due_day, accessories, struck_at"
        " FROM equipment_loans WHERE id = ?",
        loan,
    )
    if not rows:
        raise Refused("没有这一件借用。")
    year, number, state, equipment, borrower, asked, lent, due, accessories, struck = rows[0]
    if struck is not None:
        raise Refused("这一件借用已经划去或更正,请看最新的一笔。")
    loan_move(LoanState(state), verb)
    return LoanRow(
        loan,
        shown(LOANS, year, number),
        LoanState(state),
        equipment,
        borrower,
        date.fromisoformat(asked),
        date.fromisoformat(lent) if lent else None,
        date.fromisoformat(due),
        accessories,
    )


def require_approver(
    office: Office,
    approver: int | None,
    day: date,
    *,
    among: Collection[Post] = HEADS,
    not_for: int | None = None,
    article: str = LENDING,
) -> int:
    """Return who approved; refused for nobody, for somebody whose post does not allow it, and for the asker."""
    if approver is None:
        raise Refused("请写谁批准的。", article, field="approver")
    name = require_person(office, approver, day, "approver")
    if approver == not_for:
        raise Refused("借用人不能批准自己的借用,请写另一位领导。", article, field="approver")
    held = {one.post for one in posts.holdings_on(office, day) if one.staff == approver}
    if not held & set(among) and not set(among) <= posts.vacant(office):
        titles = "、".join(post.label for post in Post if post in among)
        raise Refused(f"{name}不能批准:要由{titles}批准。", article, field="approver")
    return approver


def require_person(office: Office, person: int, day: date, field: str) -> str:
    """Return the name of somebody on the roster on a day, or refuse."""
    if staff.person_on(office, person, day) is None:
        raise Refused("花名册里这一天没有这个人,请重新选。", field=field)
    return staff.name_of(office, person, day)


def require_day(office: Office, day: date, today: date, field: str, *, earliest: date | None = None) -> date:
    """Return a day on which something was done: not still to come, not before what it follows, in an open month."""
    if day > today:
        raise Refused("这一天还没有到,请到时再登记。", field=field)
    if earliest is not None and day < earliest:
        raise Refused(f"不能早于{earliest.month}月{earliest.day}日,请核对日期。", field=field)
    if (today - day).days > 3660:
        raise Refused("日期离今天太远,请核对年份。", field=field)
    closing.require_open(office, REGISTER, day, WORDS)
    return day


def begin(office: Office, writing: Change, verb: str, by: int | None) -> date:
    """Return today once it is known that somebody may carry out a verb."""
    today = day_of(writing.now)
    posts.require(office, verb, by, today)
    return today


def require_known_day(day: date | None, today: date, field: str) -> str | None:
    """Return a day of buying as it is kept; refused for one still to come."""
    if day is not None and (day > today or day.year < 1990):
        raise Refused("购置日期不对,请核对年份。", CARE, field=field)
    return day.isoformat() if day else None
