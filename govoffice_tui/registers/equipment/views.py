"""What the pages and forms of 设备 show: a machine, a fault report, a loan, a service, a finding, a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.rules.equipment import (
    UPKEEP_NOTICE,
    Breach,
    Condition,
    EquipmentState,
    Handling,
    LoanState,
    RepairState,
    upkeep_due,
)
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Problem


@dataclass(frozen=True)
class Machine:
    """One machine as its card says, with where it stands now and when it was last serviced."""

    root: int
    row: int
    number: str
    revision: int
    state: EquipmentState
    entered_day: date
    name: str
    model: str
    serial: str
    asset: str
    bought_day: date | None
    price_fen: int | None
    is_classified: bool
    holds_data: bool
    upkeep_months: int
    serviced_day: date | None
    remark: str
    section: str
    room: str
    keeper: int | None
    keeper_name: str
    since: date

    @property
    def title(self) -> str:
        """Return 打印机 M403."""
        return f"{self.name} {self.model}".strip()

    @property
    def place(self) -> str:
        """Return 行政股 203室 李卫东."""
        return " ".join(part for part in (self.section, self.room, self.keeper_name) if part)

    @property
    def due_day(self) -> date | None:
        """Return the day the next service is due: so many months after the last, or after the plan was made."""
        return upkeep_due(self.serviced_day, self.upkeep_months) if self.serviced_day is not None else None

    def is_upkeep_near(self, today: date) -> bool:
        """Return whether a service is due within a week, or late."""
        return self.is_kept and self.due_day is not None and today >= self.due_day - UPKEEP_NOTICE

    @property
    def is_kept(self) -> bool:
        """Return whether the machine can be serviced now."""
        return self.state in (EquipmentState.IN_USE, EquipmentState.IDLE)

    def text(self) -> str:
        """Return everything a search looks through."""
        return " ".join((self.number, self.name, self.model, self.serial, self.asset, self.place, self.remark))


@dataclass(frozen=True)
class RepairLine:
    """One fault report as it stands now."""

    id: int
    number: str
    revision: int
    state: RepairState
    event_day: date
    is_late_entry: bool
    equipment: int
    machine: str
    is_classified: bool
    section: str
    fault: str
    reporter: str
    reporter_id: int
    accepted_day: date | None
    head: str
    opinion: str
    handling: Handling | None
    repairer: str
    begun_day: date | None
    sent_day: date | None
    is_removed: bool
    is_kept: bool
    is_emptied: bool
    storage_keeper: str
    escort: str
    finished_day: date | None
    result: str
    parts: str
    cost_fen: int | None
    is_given_up: bool
    checked_day: date | None
    confirmed_by: str
    is_storage_back: bool
    remark: str
    struck_reason: str | None

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def days_taken(self) -> int | None:
        """Return from the report to the end of the repair in days, None while it goes on."""
        return (self.finished_day - self.event_day).days if self.finished_day is not None else None

    @property
    def cost(self) -> str:
        return yuan(self.cost_fen)

    @property
    def storage_words(self) -> str:
        """Return which parts of the tick list were done, for a machine that was sent away."""
        ticked = (
            (self.is_removed, "存储部件已拆下"),
            (self.is_kept, "已交机要人员保管"),
            (self.is_emptied, "随机介质已取出"),
            (self.is_storage_back, "验收时已装回"),
        )
        keeper = f"保管{self.storage_keeper}" if self.storage_keeper else ""
        return "、".join(part for part in (*(words for done, words in ticked if done), keeper) if part)


@dataclass(frozen=True)
class Extension:
    """A loan put off: on which day, from when to when, who approved it and why."""

    day: date
    from_day: date
    due: date
    approver: str
    why: str

    @property
    def words(self) -> str:
        """Return 10月12日延到10月20日 李卫东批准:会议延期."""
        day, due = chinese_short_day(self.day), chinese_short_day(self.due)
        return f"{day}延到{due} {self.approver}批准:{self.why}"


@dataclass(frozen=True)
class LoanLine:
    """One loan as it stands now."""

    id: int
    number: str
    revision: int
    state: LoanState
    event_day: date
    equipment: int
    machine: str
    holds_data: bool
    borrower: int | None
    borrower_name: str
    unit: str
    purpose: str
    approver: str
    approved_day: date | None
    lent_at: datetime | None
    first_due: date
    due: date
    accessories: str
    is_cleared_before: bool
    returned_at: datetime | None
    condition: Condition | None
    missing: str
    damage: str
    is_cleared_after: bool
    liable: str
    treatment: str
    settled_day: date | None
    handed_by: str
    remark: str
    struck_reason: str | None
    extensions: tuple[Extension, ...]

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def who(self) -> str:
        """Return 信息股 仇英, or the unit and name of somebody from outside."""
        return " ".join(part for part in (self.unit, self.borrower_name) if part)

    def is_overdue(self, today: date) -> bool:
        """Return whether it should be back by now."""
        return not self.is_struck and self.state is LoanState.OUT and today > self.due

    @property
    def outcome(self) -> str:
        """Return how it came back, in words."""
        if self.condition is None:
            return ""
        missing = f"缺{self.missing}" if self.missing else ""
        return "、".join(part for part in (self.condition.label, missing, self.damage) if part)


@dataclass(frozen=True)
class UpkeepLine:
    """One service of a machine."""

    id: int
    number: str
    day: date
    equipment: int
    machine: str
    work: str
    done_by: str
    cost_fen: int | None
    remark: str
    struck_reason: str | None


@dataclass(frozen=True)
class BreachLine:
    """One finding against the rule."""

    id: int
    number: str
    day: date
    equipment: int
    machine: str
    kind: Breach
    person: str
    words: str
    treatment: str
    struck_reason: str | None


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a machine: the day, what kind of thing, in words, and whether it was struck."""

    day: date
    kind: str
    words: str
    is_struck: bool = False


@dataclass(frozen=True)
class History:
    """Everything that ever happened to one machine, oldest first."""

    office_name: str
    machine: Machine
    happenings: tuple[Happening, ...]
    repairs: int
    cost_fen: int
    loans: int


@dataclass(frozen=True)
class MonthRepair:
    """A fault report as a month knows it: where it stood at the end, and whether it was reported or ended in it."""

    line: RepairLine
    state: RepairState
    is_reported: bool
    is_ended: bool


@dataclass(frozen=True)
class MonthLoan:
    """A loan as a month knows it: out or back at the end, due as it was put off to then."""

    line: LoanLine
    due: date
    is_out: bool
    is_overdue: bool
    is_lent: bool
    is_returned: bool


@dataclass(frozen=True)
class EquipmentMonth:
    """One month of 设备; `revision` 0 while it is not sealed. Sums are in fen."""

    office_name: str
    month: str
    repairs: tuple[MonthRepair, ...]
    loans: tuple[MonthLoan, ...]
    upkeep: tuple[UpkeepLine, ...]
    breaches: tuple[BreachLine, ...]
    shortfalls: tuple[Problem, ...]
    revision: int

    @property
    def reported(self) -> int:
        return sum(one.is_reported for one in self.repairs)

    @property
    def repaired(self) -> int:
        return sum(one.is_ended and not one.line.is_given_up for one in self.repairs)

    @property
    def given_up(self) -> int:
        return sum(one.is_ended and one.line.is_given_up for one in self.repairs)

    @property
    def unrepaired(self) -> int:
        return sum(one.state.is_open for one in self.repairs)

    @property
    def cost_fen(self) -> int:
        """Return what the repairs that ended in the month cost, with its services."""
        ended = sum(one.line.cost_fen or 0 for one in self.repairs if one.is_ended)
        return ended + sum(one.cost_fen or 0 for one in self.upkeep)

    @property
    def out(self) -> tuple[MonthLoan, ...]:
        """Return what was out at the end of the month."""
        return tuple(one for one in self.loans if one.is_out)
