"""盘点: frozen, counted on a printed sheet, typed back item by item, its differences explained and approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from govoffice_tui.clock import day_of, local
from govoffice_tui.models import SupplyLine, SupplySlip
from govoffice_tui.registers import posts, settings, staff
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.booking import (
    Booked,
    Head,
    enter_slip,
    number_of,
    require_approver,
    require_people,
)
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.items import require_item
from govoffice_tui.registers.supplies.slips import state_of
from govoffice_tui.registers.supplies.stock import (
    movements,
    require_changeable,
    require_not_counting,
    require_postable,
    require_stock,
    stocks,
)
from govoffice_tui.registers.supplies.views import CountLine, CountSheet
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import LARGEST_COUNT, SUPPLIES, SlipKind, SlipState, require_move, stock_at


def begin_count(office: Office, items: Sequence[int] = (), *, by: int | None, form_key: str | None = None) -> Booked:
    """Freeze some items, all that are kept where none are named, for a count; nothing moves them until it is done."""
    with office.write("begin_supply_count", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _told(office, writing.repeated_entry)
        today = day_of(writing.now)
        posts.require(office, "begin_supply_count", by, today)
        require_postable(office, today, today)
        wanted = list(dict.fromkeys(items)) or [one.id for one in kept_items(office)]
        if not wanted:
            raise Refused("台账里还没有品目,没有可以盘点的。", SUPPLIES)
        require_not_counting(office, wanted)
        slip = enter_slip(office, writing, SlipKind.COUNT, SlipState.COUNTING, today, Head())
        standing = stocks(office)
        for item in wanted:
            require_item(office, item)
            writing.insert(
                SupplyLine,
                slip_id=slip,
                item_id=item,
                book=standing.get(item, 0),
                entered_at=writing.now,
                entered_by=by,
            )
        return _told(office, slip)


def enter_counts(
    office: Office, slip: int, counted: Mapping[int, tuple[int, str]], *, by: int | None, form_key: str | None = None
) -> int:
    """Type back what was found, by line with the reason of a difference; return how many are left to count.

    Refused for a count that is done or cancelled. A reason may follow later; the approval asks for it.
    """
    with office.write("enter_supply_counts", by, form_key) as writing:
        if writing.repeated is None:
            posts.require(office, "enter_supply_counts", by, day_of(writing.now))
            require_move(state_of(office, slip)[0], "enter_supply_counts")
            mine = {line for (line,) in office.fetch("SELECT id FROM supply_lines WHERE slip_id = ?", slip)}
            for line, (count, reason) in counted.items():
                if line not in mine:
                    raise Refused("这一行不在这次盘点里。", field=f"line{line}")
                if not 0 <= count <= LARGEST_COUNT:
                    raise Refused("实存写0或更大的数。", field=f"line{line}")
                writing.update(SupplyLine, line, counted=count, remark=checked(reason, f"line{line}"))
        return int(office.fetch("SELECT count(*) FROM supply_lines WHERE slip_id = ? AND counted IS NULL", slip)[0][0])


def finish_count(
    office: Office,
    slip: int,
    watched_by: int | None,
    approved_by: int | None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Booked:
    """Approve a count: its differences move the stock, and what was found stands as an assertion from then on.

    Refused while an item is not counted, for a difference without a reason, without somebody who watched, and for
    differences without a head's approval. A count that agrees is kept too.
    """
    with office.write("finish_supply_count", by, form_key) as writing:
        if writing.repeated is not None:
            return _told(office, slip)
        today = day_of(writing.now)
        posts.require(office, "finish_supply_count", by, today)
        state, day = state_of(office, slip)
        require_move(state, "finish_supply_count")
        require_changeable(office, day)
        place = office.fetch("SELECT place FROM supply_slips WHERE id = ?", slip)[0][0]
        differs = False
        rows = office.fetch("SELECT id, item_id, counted, remark FROM supply_lines WHERE slip_id = ? ORDER BY id", slip)
        left = [item for _, item, counted, _ in rows if counted is None]
        if left:
            title = require_item(office, left[0], is_kept=False).title
            raise Refused(f"还有{len(left)}种没有填实存,如{title}。没有了的填0。", SUPPLIES)
        for line, item, counted, reason in rows:
            book = stock_at(movements(office, item), day.isoformat(), place)
            if counted != book and not reason:
                one = require_item(office, item, is_kept=False)
                raise Refused(f"{one.title}账存{book}、实存{counted},请写原因。", SUPPLIES, field=f"line{line}")
            differs = differs or counted != book
            writing.update(SupplyLine, line, book=book, change=counted - book)
        if watched_by is None or watched_by == by:
            raise Refused("请写监盘人,不能是盘点的人自己。", SUPPLIES, field="watched_by")
        require_people(office, [watched_by], today, "watched_by")
        if differs:
            require_approver(office, approved_by, "盘点有差异", today, by=by)
        writing.update(
            SupplySlip, slip, state=SlipState.COUNTED.value, watched_by_id=watched_by, approved_by_id=approved_by
        )
        require_stock(office, [item for _, item, _, _ in rows], number_of(office, slip), SlipKind.COUNT)
        return _told(office, slip)


def cancel_count(office: Office, slip: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Give a count up before it is approved: it is struck, and what it froze may move again; return its number."""
    with office.write("cancel_supply_count", by, form_key) as writing:
        if writing.repeated is not None:
            return number_of(office, slip)
        posts.require(office, "cancel_supply_count", by, day_of(writing.now))
        require_move(state_of(office, slip)[0], "cancel_supply_count")
        why = checked(reason, "why")
        if not why:
            raise Refused("请写为什么取消。", field="why")
        for (line,) in office.fetch("SELECT id FROM supply_lines WHERE slip_id = ? ORDER BY id", slip):
            writing.strike(SupplyLine, line, why)
        writing.strike(SupplySlip, slip, why)
        return number_of(office, slip)


def count_sheet(office: Office, slip: int) -> CountSheet | None:
    """Return one count with its items in the order of their codes, None where there is none."""
    rows = office.fetch(
        "SELECT series, year, number, event_day, entered_at, state, entered_by, watched_by_id, approved_by_id"
        " FROM supply_slips WHERE id = ? AND kind = ?",
        slip,
        SlipKind.COUNT.value,
    )
    if not rows:
        return None
    series, year, number, day, begun, state, by, watched, approved = rows[0]
    on = date.fromisoformat(day)
    listed = {one.id: one for one in kept_items(office, with_retired=True)}
    order = {item: place for place, item in enumerate(listed)}
    lines = [
        CountLine(line, listed[item], book, counted, reason)
        for line, item, book, counted, reason in sorted(
            office.fetch(
                "SELECT id, item_id, book, counted, remark FROM supply_lines WHERE slip_id = ?"
                " AND NOT EXISTS (SELECT 1 FROM supply_lines n WHERE n.corrects = supply_lines.id) ORDER BY id",
                slip,
            ),
            key=lambda row: order[row[1]],
        )
    ]
    return CountSheet(
        slip,
        settings.on(office, on).office_name,
        shown(series, year, number),
        on,
        local(begun),
        SlipState(state),
        staff.name_of(office, by, on),
        staff.name_of(office, watched, on) if watched is not None else "",
        staff.name_of(office, approved, on) if approved is not None else "",
        tuple(lines),
    )


def open_count(office: Office) -> int | None:
    """Return the count that is under way, None where there is none."""
    rows = office.fetch(
        "SELECT id FROM supply_slips WHERE state = ? AND struck_at IS NULL ORDER BY id LIMIT 1",
        SlipState.COUNTING.value,
    )
    return int(rows[0][0]) if rows else None


def last_count(office: Office) -> date | None:
    """Return the day of the last count that was approved."""
    day = office.fetch(
        "SELECT max(event_day) FROM supply_slips WHERE state = ? AND struck_at IS NULL", SlipState.COUNTED.value
    )[0][0]
    return date.fromisoformat(day) if day else None


def _told(office: Office, slip: int) -> Booked:
    rows = office.fetch("SELECT book, counted FROM supply_lines WHERE slip_id = ? AND struck_at IS NULL", slip)
    count, is_whole = len(rows), all(counted is not None for _, counted in rows)
    differing = sum(counted != book for book, counted in rows)
    words = f"盘点{count}种" + (f",差异{differing}种" if is_whole else "")
    return Booked(slip, number_of(office, slip), words)
