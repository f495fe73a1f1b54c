"""Fault reports (报修): taken down, accepted, repaired in the house or sent away, checked by who reported them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Repair
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.equipment.checks import (
    REGISTER,
    REPAIRS,
    WORDS,
    RepairRow,
    begin,
    card,
    move_card,
    require_day,
    require_person,
    require_repair,
    required,
    said,
)
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import (
    LARGEST_FEN,
    REPAIRING,
    SECRECY,
    EquipmentState,
    Handling,
    RepairState,
    StorageTicks,
    equipment_move,
    repair_move,
    require_handling,
    require_storage_out,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Reported:
    """What now stands in the book of a fault report."""

    id: int
    number: str
    state: RepairState
    name: str

    @property
    def words(self) -> str:
        """Return 修〔2026〕12号 打印机 受理."""
        return f"{self.number} {self.name} {self.state.label}"


@dataclass(frozen=True)
class Outcome:
    """How a repair ended: what was done, parts put in, cost in fen, and the day (None is today)."""

    result: str
    parts: str = ""
    cost_fen: int | None = None
    day: date | None = None


def report_fault(
    office: Office,
    equipment: int,
    fault: str,
    reporter: int,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Take a fault down, on the day it was reported, today by default (办公设施管理制度第2条).

    The machine counts as 维修 from then on and is not lent. Refused for one that is repaired, lent out or scrapped.
    """
    with office.write("report_fault", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _reported(office, writing.repeated_entry)
        today = begin(office, writing, "report_fault", by)
        on = require_day(office, day or today, today, "day")
        words = required(fault, "fault", "请写哪里坏了。", REPAIRING)
        require_person(office, reporter, on, "reporter")
        before = card(office, equipment)
        equipment_move(before.state, "report_fault")
        row = enter(
            office,
            writing,
            Repair,
            REPAIRS,
            on,
            RepairState.REPORTED.value,
            equipment_id=before.root,
            stood=before.state.value,
            fault=words,
            reporter_id=reporter,
        )
        move_card(office, writing, equipment, "report_fault")
        return _reported(office, row)


def accept_repair(
    office: Office,
    repair: int,
    head: int | None,
    opinion: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Accept a fault report with what the section head says of it (受理)."""
    with office.write("accept_repair", by, form_key) as writing:
        if writing.repeated is None:
            row, on = _step(office, writing, repair, "accept_repair", day, by)
            if head is None:
                raise Refused("请写股室负责人。", REPAIRING, field="head")
            require_person(office, head, on, "head")
            words = required(opinion, "opinion", "请写股室负责人意见。", REPAIRING)
            _progress(writing, row, "accept_repair", accepted_day=on.isoformat(), head_id=head, opinion=words)
        return _reported(office, repair)


def begin_repair(
    office: Office,
    repair: int,
    handling: Handling,
    repairer: str,
    escort: str = "",
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Have a machine repaired where it stands: by our own hands, by somebody who comes, or with a part changed.

    A classified machine is repaired only while somebody of ours is there (保密制度第4条).
    """
    with office.write("begin_repair", by, form_key) as writing:
        if writing.repeated is None:
            row, on = _step(office, writing, repair, "begin_repair", day, by)
            along = said(escort, "escort")
            require_handling(handling, card(office, row.equipment).is_classified, along)
            who = required(repairer, "repairer", "请写谁来修。", REPAIRING)
            values: dict[str, Value] = {"handling": handling.value, "repairer": who, "escort": along}
            _progress(writing, row, "begin_repair", begun_day=on.isoformat(), **values)
        return _reported(office, repair)


def send_repair(
    office: Office,
    repair: int,
    repairer: str,
    ticks: StorageTicks,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Send a machine away to be repaired (送修).

    A classified one leaves only when the whole tick list is done: storage out and kept, papers and discs taken out,
    somebody along (保密制度第4条). Of any other the ticks are noted as given.
    """
    with office.write("send_repair", by, form_key) as writing:
        if writing.repeated is None:
            row, on = _step(office, writing, repair, "send_repair", day, by)
            done = StorageTicks(
                ticks.is_removed,
                ticks.is_kept,
                ticks.is_emptied,
                said(ticks.keeper, "keeper"),
                said(ticks.escort, "escort"),
            )
            if card(office, row.equipment).is_classified:
                require_storage_out(done)
            _progress(
                writing,
                row,
                "send_repair",
                handling=Handling.SENT.value,
                repairer=required(repairer, "repairer", "请写送到哪里修。", REPAIRING),
                sent_day=on.isoformat(),
                is_removed=int(done.is_removed),
                is_kept=int(done.is_kept),
                is_emptied=int(done.is_emptied),
                storage_keeper=done.keeper,
                escort=done.escort,
            )
        return _reported(office, repair)


def finish_repair(
    office: Office, repair: int, outcome: Outcome, *, by: int | None, form_key: str | None = None
) -> Reported:
    """Note that a machine works again: what was done, with which parts, for how much (修复)."""
    return _finish(office, "finish_repair", repair, outcome, by, form_key)


def advise_scrap(
    office: Office, repair: int, outcome: Outcome, *, by: int | None, form_key: str | None = None
) -> Reported:
    """Note that a machine is not worth repairing (报废建议); it is laid up once that is checked."""
    return _finish(office, "advise_scrap", repair, outcome, by, form_key)


def redo_repair(office: Office, repair: int, why: str, *, by: int | None, form_key: str | None = None) -> Reported:
    """Give a repair back that whoever reported it does not accept; it is 受理 again."""
    with office.write("redo_repair", by, form_key) as writing:
        if writing.repeated is None:
            row, _ = _step(office, writing, repair, "redo_repair", None, by)
            before = office.fetch("SELECT remark, finished_day FROM repairs WHERE id = ?", repair)[0]
            closing.require_open(office, REGISTER, date.fromisoformat(before[1]), WORDS)
            words = required(why, "why", "请写还有什么毛病。", REPAIRING)
            remark = ";".join(part for part in (before[0], f"退回重修:{words}") if part)
            _progress(writing, row, "redo_repair", remark=remark, finished_day=None, result="")
        return _reported(office, repair)


def check_repair(
    office: Office,
    repair: int,
    confirmed_by: int | None,
    day: date | None = None,
    *,
    is_storage_back: bool = False,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Check a repair off: whoever reported it says that it works (验收). A machine given up is laid up.

    Storage that was taken out of a machine must be back in it, or still kept where the machine is given up.
    """
    with office.write("check_repair", by, form_key) as writing:
        if writing.repeated is None:
            row, on = _step(office, writing, repair, "check_repair", day, by)
            if confirmed_by is None:
                raise Refused("请写报修人(或代他确认的人)。", REPAIRING, field="confirmed_by")
            require_person(office, confirmed_by, on, "confirmed_by")
            if row.is_removed and not row.is_given_up and not is_storage_back:
                raise Refused(
                    "送修时拆下的存储部件还没有装回。请先由机要人员交回、装好再验收。",
                    SECRECY,
                    field="is_storage_back",
                )
            move_card(office, writing, row.equipment, "check_repair", EquipmentState.IDLE if row.is_given_up else None)
            _progress(
                writing,
                row,
                "check_repair",
                checked_day=on.isoformat(),
                confirmed_by_id=confirmed_by,
                is_storage_back=int(is_storage_back),
            )
        return _reported(office, repair)


def correct_repair(
    office: Office,
    repair: int,
    changes: Mapping[str, Value],
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Reported:
    """Put a fault report right: fault, opinion, who repaired, result, parts or cost; its days and moves stand.

    Refused without a reason, and where nothing would change.
    """
    with office.write("correct_repair", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _reported(office, _newest(office, repair))
        begin(office, writing, "correct_repair", by)
        row = require_repair(office, repair, "correct_repair")
        why = required(reason, "why", "请写为什么更正。")
        for day in row.days:
            closing.require_open(office, REGISTER, day, WORDS)
        columns = tuple(sorted(changes))
        if not set(columns) <= {"fault", "opinion", "repairer", "result", "parts", "cost_fen"}:
            raise Refused("这一项不能更正。")
        values: dict[str, Value] = {
            name: said(value, name) if isinstance(value, str) else value for name, value in changes.items()
        }
        if not values.get("fault", "-"):
            raise Refused("请写哪里坏了。", REPAIRING, field="fault")
        stands = office.fetch(f"SELECT {', '.join(columns)} FROM repairs WHERE id = ?", repair)[0]
        if tuple(values[name] for name in columns) == stands:
            raise Refused("和原来的一样,没有可改的。", field="fault")
        return _reported(office, writing.correct(Repair, repair, why, **values))


def void_repair(office: Office, repair: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a fault report entered by mistake; the machine stands again as it stood before. Return the number."""
    with office.write("void_repair", by, form_key) as writing:
        if writing.repeated is None:
            begin(office, writing, "void_repair", by)
            row = require_repair(office, repair, "void_repair")
            for day in row.days:
                closing.require_open(office, REGISTER, day, WORDS)
            why = required(reason, "why", "请写为什么作废。")
            move_card(office, writing, row.equipment, "void_repair", row.stood)
            writing.strike(Repair, repair, why)
        year, number = office.fetch("SELECT year, number FROM repairs WHERE id = ?", repair)[0]
        return shown(REPAIRS, year, number)


def _step(
    office: Office, writing: Change, repair: int, verb: str, day: date | None, by: int | None
) -> tuple[RepairRow, date]:
    """Return the repair a verb goes on with, and the day of it, not before the day it last went on."""
    today = day_of(writing.now)
    posts.require(office, verb, by, today)
    row = require_repair(office, repair, verb)
    steps = office.fetch("SELECT begun_day, sent_day FROM repairs WHERE id = ?", repair)[0]
    earliest = max([*row.days, *(date.fromisoformat(step) for step in steps if step)])
    return row, require_day(office, day or today, today, "day", earliest=earliest)


def _progress(writing: Change, row: RepairRow, verb: str, **values: Value) -> None:
    writing.update(Repair, row.id, state=repair_move(row.state, verb).value, **values)


def _finish(office: Office, verb: str, repair: int, outcome: Outcome, by: int | None, form_key: str | None) -> Reported:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is None:
            row, on = _step(office, writing, repair, verb, outcome.day, by)
            if outcome.cost_fen is not None and not 0 <= outcome.cost_fen <= LARGEST_FEN:
                raise Refused("金额不对,请核对。", field="cost")
            _progress(
                writing,
                row,
                verb,
                finished_day=on.isoformat(),
                result=required(outcome.result, "result", "请写怎样解决的。", REPAIRING),
                parts=said(outcome.parts, "parts"),
                cost_fen=outcome.cost_fen,
                is_given_up=int(verb == "advise_scrap"),
            )
        return _reported(office, repair)


def _newest(office: Office, repair: int) -> int:
    """Return the row that followed a corrected one."""
    while rows := office.fetch("SELECT id FROM repairs WHERE corrects = ?", repair):
        repair = rows[0][0]
    return repair


def _reported(office: Office, repair: int) -> Reported:
    year, number, state, equipment = office.fetch(
        "SELECT year, number, state, equipment_id FROM repairs WHERE id = ?", repair
    )[0]
    return Reported(repair, shown(REPAIRS, year, number), RepairState(state), card(office, equipment).name)
