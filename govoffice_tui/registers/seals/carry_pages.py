"""The ways of seals out of the office as they stand, and what is to be done about them."""

from __future__ import annotations

from datetime import date, datetime, time

from govoffice_tui.clock import chinese_short_day, epoch, local, month_days
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.keeping_pages import names_of_all
from govoffice_tui.registers.seals.pages import select_uses
from govoffice_tui.registers.seals.views import CARRIES, CarryRow, UseRow
from govoffice_tui.rules.seal_states import CarryState
from govoffice_tui.rules.seals import Signatory, SignPost, is_carry_overdue

OPEN = (CarryState.APPLIED, CarryState.APPROVED, CarryState.OUT, CarryState.BACK)

_COLUMNS = (
    "c.id, c.year, c.number, c.revision, c.state, c.event_day, c.seal_id, s.name, c.unit, c.matter, c.destination,"
    " c.companions, c.approver_id, c.approver_name, c.approver_post, c.approved_day, c.decision_words, c.keeper_id,"
    " c.due_at, c.out_at, c.back_at, c.inspected_by_id, c.inspected_at, c.condition, c.paper_page, c.remark,"
    " c.struck_at, c.struck_reason"
)


def carries(office: Office, limit: int = 200) -> list[CarryRow]:
    """Return the carries, those to be done something about first, then the newest."""
    found = _select(office, "1 ORDER BY c.year DESC, c.number DESC LIMIT ?", limit)
    return sorted(found, key=lambda one: not is_open(one))


def carry(office: Office, row: int) -> CarryRow | None:
    """Return one carry by its row, None where there is none."""
    found = _select(office, "c.id = ?", row)
    return found[0] if found else None


def open_carries(office: Office) -> list[CarryRow]:
    """Return the carries that are not over, the oldest first."""
    marks = ", ".join("?" * len(OPEN))
    return _select(
        office,
        f"c.state IN ({marks}) AND c.struck_at IS NULL ORDER BY c.year, c.number",
        *(state.value for state in OPEN),
    )


def carries_of_month(office: Office, word: str) -> list[CarryRow]:
    """Return the carries of a month (YYYY-MM), oldest first: asked for, out or come back in it."""
    days = month_days(word)
    first = epoch(datetime.combine(days[0], time.min))
    last = epoch(datetime.combine(days[-1], time(23, 59, 59)))
    return _select(
        office,
        "c.struck_at IS NULL AND (c.event_day BETWEEN ? AND ? OR (c.out_at <= ? AND coalesce(c.back_at, ?) >= ?))"
        " ORDER BY c.year, c.number",
        days[0].isoformat(),
        days[-1].isoformat(),
        last,
        min(last, epoch(office.now())),
        first,
    )


def is_open(one: CarryRow) -> bool:
    """Return whether something is still to be done about a carry."""
    return one.struck_reason is None and one.state in OPEN


def carry_lines(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return what 今日 says of seals outside: what is to be done, whether it is late, and its day."""
    return [(carry_words(one), is_late(one, now), (one.out_at or one.due_at).date()) for one in open_carries(office)]


def is_late(one: CarryRow, now: datetime) -> bool:
    """Return whether a carry stands red: out past its time or the end of the day, not looked at, never taken."""
    if one.struck_reason is not None:
        return False
    if one.state is CarryState.OUT and one.out_at is not None:
        return is_carry_overdue(one.out_at, one.due_at, now)
    if one.state is CarryState.BACK and one.back_at is not None:
        return one.back_at.date() < now.date()
    return one.state in (CarryState.APPLIED, CarryState.APPROVED) and one.due_at < now


def carry_words(one: CarryRow) -> str:
    """Return 测试县人民政府办公室 县医院 李卫东携带 应17:00归还."""
    due = f"{chinese_short_day(one.due_at.date())}{one.due_at:%-H:%M}"
    if one.state is CarryState.OUT:
        return f"印章外带 {one.seal_name} {one.destination} {one.keeper_name}携带 应{due}归还"
    if one.state is CarryState.BACK:
        return f"印章外带 {one.number} {one.seal_name} 已归还,还没有验收"
    if one.state is CarryState.APPROVED:
        return f"印章外带 {one.number} {one.seal_name} {one.destination} 已批准,还没有带出"
    return f"印章外带 {one.number} {one.seal_name} {one.destination} 等主任批准"


def _select(office: Office, condition: str, *values: object) -> list[CarryRow]:
    rows = office.fetch(
        f"SELECT {_COLUMNS} FROM seal_carries c JOIN seals s ON s.id = c.seal_id WHERE {condition}", *values
    )
    if not rows:
        return []
    names = names_of_all(office)
    stamped = _uses(office, [row[0] for row in rows])
    return [_row(row, names, tuple(stamped.get(row[0], ()))) for row in rows]


def _uses(office: Office, ids: list[int]) -> dict[int, list[UseRow]]:
    found: dict[int, list[UseRow]] = {}
    listed = ", ".join(map(str, ids))
    days = office.fetch(f"SELECT min(event_day) FROM seal_carries WHERE id IN ({listed})")[0][0]
    for one in select_uses(office, f"u.event_day >= ? AND u.carry_id IN ({listed}) AND u.struck_at IS NULL", days):
        assert one.carry is not None
        found.setdefault(one.carry, []).append(one)
    return {key: uses[::-1] for key, uses in found.items()}


def _row(row: tuple[object, ...], names: dict[int, str], uses: tuple[UseRow, ...]) -> CarryRow:
    (ident, year, number, revision, state, day, seal, seal_name, unit, matter, destination, companions) = row[:12]
    (approver, approver_name, post, approved, words, keeper, due, out, back, looker, looked) = row[12:23]
    condition, page, remark, struck, why = row[23:]
    return CarryRow(
        id=_int(ident),
        number=shown(CARRIES, _int(year), _int(number)),
        revision=_int(revision),
        state=CarryState(str(state)),
        event_day=date.fromisoformat(str(day)),
        seal=_int(seal),
        seal_name=str(seal_name),
        unit=str(unit),
        matter=str(matter),
        destination=str(destination),
        companions=str(companions),
        approver=Signatory(str(approver_name), SignPost(str(post)), _int_or(approver)) if approver_name else None,
        approved_day=date.fromisoformat(str(approved)) if approved else None,
        decision_words=str(words),
        keeper=_int_or(keeper),
        keeper_name="" if keeper is None else names.get(_int(keeper), ""),
        due_at=local(_int(due)),
        out_at=_at(out),
        back_at=_at(back),
        inspected_by=_int_or(looker),
        inspected_name="" if looker is None else names.get(_int(looker), ""),
        inspected_at=_at(looked),
        condition=str(condition),
        paper_page=str(page),
        remark=str(remark),
        struck_reason=None if struck is None else str(why or "作废"),
        uses=uses,
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _int_or(value: object) -> int | None:
    return None if value is None else _int(value)


def _at(value: object) -> datetime | None:
    return None if value is None else local(_int(value))
