"""更正 in the stock book: a line struck and written anew, a slip's head put right, a slip voided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from govoffice_tui.clock import day_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SupplyLine, SupplySlip
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.numbering import LATE
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.booking import (
    Goods,
    Head,
    number_of,
    require_approver,
    require_people,
    section_of,
    settle_signatures,
)
from govoffice_tui.registers.supplies.items import require_item
from govoffice_tui.registers.supplies.slips import check_issue, returned_of, state_of
from govoffice_tui.registers.supplies.stock import movements, require_changeable, require_not_counting, require_stock
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import LARGEST_COUNT, SUPPLIES, SlipKind, SlipState, require_move, stock_at


@dataclass(frozen=True)
class Corrected:
    """What was put right: the slip's number, and what stands there now."""

    slip: int
    number: str
    words: str


@dataclass(frozen=True)
class _Line:
    """One line as a correction finds it."""

    id: int
    slip: int
    item: int
    change: int
    person: int | None
    section: str
    returned_line: int | None
    kind: SlipKind
    state: SlipState
    day: date
    place: int
    approved_by: int | None


def correct_line(
    office: Office, line: int, goods: Goods, reason: str, *, by: int | None, form_key: str | None = None
) -> Corrected:
    """Put one line right: it is struck and written again under the same voucher (the item stays).

    Refused without a reason, for a count (that has a verb of its own), where more came back than would be issued,
    and where any stock would fall below nothing.
    """
    with office.write("correct_supply_line", by, form_key) as writing:
        if writing.repeated is not None:
            return _told(office, line, writing.repeated_entry)
        posts.require(office, "correct_supply_line", by, day_of(writing.now))
        row, why = _require(office, line, "correct_supply_line", reason)
        if row.kind is SlipKind.COUNT:
            raise Refused("盘点的数请用更正盘点。")
        item = require_item(office, row.item, is_kept=False)
        if not 1 <= goods.count <= LARGEST_COUNT:
            raise Refused("数量要大于0。不要这一行请用划去。", field="count")
        require_people(office, [goods.person], row.day)
        _require_returns(office, row, goods.count)
        if row.kind is SlipKind.ISSUE:
            wanted = Goods(
                row.item,
                goods.count,
                goods.person,
                goods.section or row.section,
                None,
                goods.old_parts,
                goods.old_missing,
            )
            check_issue(office, [wanted], Head(row.day, approved_by=row.approved_by), row.day, by=by)
        new = writing.correct(
            SupplyLine,
            line,
            why,
            change=row.kind.sign * goods.count,
            amount_fen=goods.amount_fen,
            staff_id=goods.person,
            section=section_of(office, goods, row.day) or row.section,
            old_parts=goods.old_parts,
            old_missing=checked(goods.old_missing, "old_missing"),
            remark=checked(goods.remark, "remark"),
        )
        _follow_returns(office, writing, line, new)
        require_stock(office, [row.item], number_of(office, row.slip), row.kind)
        return Corrected(row.slip, number_of(office, row.slip), f"{item.title} {goods.count}{item.unit}")


def correct_count(
    office: Office,
    line: int,
    counted: int,
    reason: str,
    approved_by: int | None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Corrected:
    """Put one item of an approved count right: what was found stands against the book as it reads now.

    It settles a count the book no longer agrees with. Refused without a reason and a head's approval.
    """
    with office.write("correct_supply_line", by, form_key) as writing:
        if writing.repeated is not None:
            return _told(office, line, writing.repeated_entry)
        posts.require(office, "correct_supply_line", by, day_of(writing.now))
        row, why = _require(office, line, "correct_supply_line", reason)
        if row.kind is not SlipKind.COUNT:
            raise Refused("这一行不是盘点。")
        if not 0 <= counted <= LARGEST_COUNT:
            raise Refused("实存写0或更大的数。", field="count")
        require_approver(office, approved_by, "更正盘点要批准", day_of(writing.now), by=by)
        item = require_item(office, row.item, is_kept=False)
        book = stock_at(movements(office, row.item), row.day.isoformat(), row.place)
        approver = staff.name_of(office, approved_by, day_of(writing.now))
        said = f"{why}({approver}批准)"
        writing.correct(SupplyLine, line, why, counted=counted, book=book, change=counted - book, remark=said)
        require_stock(office, [row.item], number_of(office, row.slip), row.kind)
        return Corrected(row.slip, number_of(office, row.slip), f"{item.title} 实存{counted}{item.unit}")


def strike_line(office: Office, line: int, reason: str, *, by: int | None, form_key: str | None = None) -> Corrected:
    """Strike one line of a slip; the last one is struck by voiding the slip."""
    with office.write("strike_supply_line", by, form_key) as writing:
        if writing.repeated is not None:
            return _told(office, line, None)
        posts.require(office, "strike_supply_line", by, day_of(writing.now))
        row, why = _require(office, line, "void_supply_slip", reason)
        if len(_lines(office, row.slip)) == 1:
            raise Refused("这张单只有一行,请用作废。")
        _require_returns(office, row, 0)
        writing.strike(SupplyLine, line, why)
        settle_signatures(office, writing, row.slip)
        require_stock(office, [row.item], number_of(office, row.slip), row.kind)
        title = require_item(office, row.item, is_kept=False).title
        return Corrected(row.slip, number_of(office, row.slip), f"{title} 一行划去")


def correct_slip(
    office: Office, slip: int, head: Head, reason: str, *, by: int | None, form_key: str | None = None
) -> Corrected:
    """Put a slip's head right (day, source, who accepted or approved, remark); its lines stand again under it."""
    with office.write("correct_supply_slip", by, form_key) as writing:
        if writing.repeated is not None:
            return Corrected(slip, number_of(office, slip), "")
        posts.require(office, "correct_supply_slip", by, day_of(writing.now))
        state, before = state_of(office, slip)
        require_move(state, "correct_supply_slip")
        why = _reason(reason)
        day = head.day or before
        today = day_of(writing.now)
        if day > today or (today - day).days > 366:
            raise Refused("日期还没有到或离今天太远,请核对。", field="day")
        require_changeable(office, before, day)
        kind = SlipKind(office.fetch("SELECT kind FROM supply_slips WHERE id = ?", slip)[0][0])
        lines = _lines(office, slip)
        items = {item for _, item, _, _ in lines}
        require_not_counting(office, items)
        require_people(office, [head.accepted_by], day, "accepted_by")
        require_people(office, [person for _, _, person, _ in lines], day)
        if kind is SlipKind.WASTE:
            require_approver(office, head.approved_by, "报废要批准", day, by=by)
        elif kind is SlipKind.ISSUE:
            goods = _goods(office, slip)
            check_issue(office, goods, head, day, by=by)
        new = writing.correct(
            SupplySlip,
            slip,
            why,
            event_day=day.isoformat(),
            late_reason=_late(office, slip, day, today),
            source=checked(head.source, "source"),
            accepted_by_id=head.accepted_by,
            approved_by_id=head.approved_by,
            remark=checked(head.remark, "remark"),
        )
        for line, _, _, _ in lines:
            _follow_returns(office, writing, line, writing.correct(SupplyLine, line, why, slip_id=new))
        _require_after_issue(office, new)
        require_stock(office, items, number_of(office, new), kind)
        return Corrected(new, number_of(office, new), f"日期{day.month}月{day.day}日" if day != before else "已改")


def void_slip(office: Office, slip: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a whole slip with its lines, its number is spent; return the number.

    Refused for an issue some of which came back, and where what it brought in has been issued since.
    """
    with office.write("void_supply_slip", by, form_key) as writing:
        if writing.repeated is not None:
            return number_of(office, slip)
        posts.require(office, "void_supply_slip", by, day_of(writing.now))
        state, day = state_of(office, slip)
        require_move(state, "void_supply_slip")
        why = _reason(reason)
        require_changeable(office, day)
        lines = _lines(office, slip)
        items = {item for _, item, _, _ in lines}
        require_not_counting(office, items)
        if returned_of(office, [line for line, *_ in lines]):
            raise Refused("这张领用单有退库,请先作废退库的单。", SUPPLIES)
        for line, *_ in lines:
            writing.strike(SupplyLine, line, why)
        writing.strike(SupplySlip, slip, why)
        number = number_of(office, slip)
        require_stock(office, items, number, SlipKind.COUNT)
        return number


def _require(office: Office, line: int, verb: str, reason: str) -> tuple[_Line, str]:
    """Return a line that may be put right now, with the reason; or refuse."""
    rows = office.fetch(
        "SELECT l.id, l.slip_id, l.item_id, l.change, l.staff_id, l.section, l.returned_line, s.kind, s.state,"
        " s.event_day, s.place, s.approved_by_id, l.struck_at FROM supply_lines l"
        " JOIN supply_slips s ON s.id = l.slip_id WHERE l.id = ?",
        line,
    )
    if not rows:
        raise Refused("没有这一行。")
    _, slip, item, change, person, section, returned, kind, state, day, place, approved_by, struck = rows[0]
    if struck is not None:
        raise Refused("这一行已经划去或更正,请看最新的一行。")
    moment = date.fromisoformat(day)
    row = _Line(
        line,
        slip,
        item,
        change,
        person,
        section,
        returned,
        SlipKind(kind),
        SlipState(state),
        moment,
        place,
        approved_by,
    )
    require_move(row.state, verb)
    why = _reason(reason)
    require_changeable(office, row.day)
    require_not_counting(office, [row.item])
    return row, why


def _late(office: Office, slip: int, day: date, today: date) -> str | None:
    """Return what stands beside a slip moved to an earlier day: its own words, else 补登."""
    said: str | None = office.fetch("SELECT late_reason FROM supply_slips WHERE id = ?", slip)[0][0]
    return said or (LATE if day < today else None)


def _reason(reason: str) -> str:
    why = checked(reason, "why")
    if not why:
        raise Refused("请写原因。", field="why")
    return why


def _require_returns(office: Office, row: _Line, count: int) -> None:
    """Refuse an issue of fewer than came back of it, and a return of more than is out."""
    if row.kind is SlipKind.ISSUE:
        back = returned_of(office, [row.id]).get(row.id, 0)
        if back > count:
            raise Refused(f"这一行已退库{back},领用不能比它少。", SUPPLIES, field="count")
    if row.kind is SlipKind.RETURN and row.returned_line is not None:
        issued = office.fetch("SELECT -change FROM supply_lines WHERE id = ?", row.returned_line)[0][0]
        others = returned_of(office, [row.returned_line]).get(row.returned_line, 0) - row.change
        if others + count > issued:
            raise Refused(f"那一行领用只有{issued},退不了这么多。", SUPPLIES, field="count")


def _require_after_issue(office: Office, slip: int) -> None:
    """Refuse a day on which something would come back before it was issued."""
    wrong = office.fetch(
        "SELECT 1 FROM supply_lines b JOIN supply_slips bs ON bs.id = b.slip_id JOIN supply_lines i"
        " ON i.id = b.returned_line JOIN supply_slips s ON s.id = i.slip_id"
        " WHERE b.struck_at IS NULL AND (bs.id = ? OR s.id = ?) AND bs.event_day < s.event_day LIMIT 1",
        slip,
        slip,
    )
    if wrong:
        raise Refused("退库的日期不能早于领用。", SUPPLIES, field="day")


def _follow_returns(office: Office, writing: Change, before: int, after: int) -> None:
    """Let what came back name the line that stands now."""
    for (line,) in office.fetch(
        "SELECT id FROM supply_lines WHERE returned_line = ? AND struck_at IS NULL ORDER BY id", before
    ):
        writing.update(SupplyLine, line, returned_line=after)


def _lines(office: Office, slip: int) -> list[tuple[Any, ...]]:
    """Return row, item, person and change of a slip's current lines."""
    return office.fetch(
        "SELECT id, item_id, staff_id, change FROM supply_lines WHERE slip_id = ? AND struck_at IS NULL ORDER BY id",
        slip,
    )


def _goods(office: Office, slip: int) -> Sequence[Goods]:
    rows = office.fetch(
        "SELECT item_id, -change, staff_id, section, amount_fen, old_parts, old_missing FROM supply_lines"
        " WHERE slip_id = ? AND struck_at IS NULL ORDER BY id",
        slip,
    )
    return [Goods(*row) for row in rows]


def _told(office: Office, line: int, newest: int | None) -> Corrected:
    slip = office.fetch("SELECT slip_id FROM supply_lines WHERE id = ?", newest if newest is not None else line)[0][0]
    return Corrected(slip, number_of(office, slip), "")
