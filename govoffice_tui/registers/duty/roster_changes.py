"""调班: how an issued roster changes, by numbered slips told to 行政股 before the shift begins (值班制度第2条)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import RosterChange, RosterShift
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.duty.roster import BOOK, REGISTER, SERIES, RosterDocument, ShiftLine, shifts
from govoffice_tui.registers.duty.roster_placing import line_of, obstacle_of
from govoffice_tui.registers.duty.roster_slips import Entered, entered, entered_by_form, slips_where
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import OWN_STAFF, ChangeKind, RosterState

RECORDED = "recorded"


@dataclass(frozen=True)
class Slip:
    """A 调班申请单 as it is handed in.

    Of an exchange `other_shift` is the place taken in return; of a 临时调换 `taken_over_at` is the moment the other
    one took over. `is_agreed` says that both have agreed.
    """

    kind: ChangeKind
    shift: int
    taken_by: int | None
    reason: str
    is_agreed: bool
    other_shift: int | None = None
    taken_over_at: datetime | None = None


def change_shift(office: Office, slip: Slip, *, by: int | None, form_key: str | None = None) -> Entered:
    """Enter a slip and change the roster by it; whose turn it was stays who was planned.

    Refused without the consent of both or a reason, for outsiders (值班制度第2条), somebody away or on duty that day,
    and for a shift that has begun, which only changes as 临时调换 with the time of taking over.
    """
    reason = checked(slip.reason, "reason")
    with office.write("change_shift", by, form_key) as writing:
        if writing.repeated is not None:
            return entered_by_form(office, form_key or "")
        now = local(writing.now)
        posts.require(office, "change_shift", by, now.date())
        line, made = line_of(office, slip.shift)
        closing.require_open(office, REGISTER, line.day, BOOK)
        if made.state is not RosterState.ISSUED:
            raise Refused("值班表还没有印发,直接在表上换人就行,不用调班单。", OWN_STAFF)
        if not reason:
            raise Refused("请写调换的原因。", OWN_STAFF, "reason")
        if not slip.is_agreed:
            raise Refused("调换要双方都同意。请问过两个人再登记。", OWN_STAFF, "is_agreed")
        lines = shifts(office, made.id)
        if slip.kind is ChangeKind.EXCHANGE:
            return _exchange(office, writing, slip, line, made, lines, reason)
        taker = _taker(office, slip.taken_by, line, lines)
        if slip.kind is ChangeKind.TEMPORARY:
            return _take_over(office, writing, slip, line, made, taker, reason)
        _require_before(now, line)
        writing.correct(RosterShift, line.id, f"替班:{reason}", staff_id=taker, notified_at=None, notified_by=None)
        return _enter(office, writing, slip, line, taker, reason)


def cancel_change(office: Office, change: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a slip before the shift begins and put back who stood there; the slip stays readable with its number.

    Refused after the shift has begun, for a 临时调换, and where a later slip changed the place again.
    """
    words = checked(reason, "reason")
    with office.write("cancel_change", by, form_key) as writing:
        found = next((one for one in slips_where(office, "c.id = ?", change)), None)
        if found is None:
            raise Refused("没有这张调班单。")
        if writing.repeated is not None:
            return found.number
        posts.require(office, "cancel_change", by, day_of(writing.now))
        if found.struck_reason is not None:
            raise Refused(f"{found.number}已经撤销。")
        if not words:
            raise Refused("请写撤销的原因。", field="reason")
        closing.require_open(office, REGISTER, found.day, BOOK)
        if found.kind is ChangeKind.TEMPORARY:
            raise Refused("临时调换已经发生,不能撤销。有错请另写调班单更正。", OWN_STAFF)
        rows = office.fetch("SELECT id, shift_id, other_shift_id FROM roster_changes WHERE id = ?", change)
        for origin, person, taker in (
            (rows[0][1], found.given_by, found.taken_by),
            (rows[0][2], found.taken_by, found.given_by),
        ):
            if origin is None:
                continue
            line = _successor(office, origin)
            if line is None or line.staff != taker:
                raise Refused("这一班后来又调过,请先撤销后面的调班单。", OWN_STAFF)
            _require_before(local(writing.now), line)
            writing.correct(RosterShift, line.id, f"撤销{found.number}", staff_id=person, notified_at=None)
        writing.strike(RosterChange, change, words)
        return found.number


def _exchange(
    office: Office,
    writing: Change,
    slip: Slip,
    line: ShiftLine,
    made: RosterDocument,
    lines: Collection[ShiftLine],
    reason: str,
) -> Entered:
    if slip.other_shift is None:
        raise Refused("请选换哪一班。", OWN_STAFF, "other_shift")
    other, other_made = line_of(office, slip.other_shift)
    closing.require_open(office, REGISTER, other.day, BOOK)
    if other_made.state is not RosterState.ISSUED:
        raise Refused("要换的那一班还没有印发,不能对调。", OWN_STAFF, "other_shift")
    if line.staff is None or other.staff is None or line.staff == other.staff:
        raise Refused("对调要两个人各有一班。", OWN_STAFF, "other_shift")
    if line.label != other.label:
        raise Refused(f"{line.label}和{other.label}不能对调。", OWN_STAFF, "other_shift")
    others = shifts(office, other_made.id)
    now = local(writing.now)
    for one in (line, other):
        _require_before(now, one)
    left = [one for one in (*lines, *others) if one.id not in (line.id, other.id)]
    for person, place in ((other.staff, line), (line.staff, other)):
        _require_free(office, person, place, left)
    fresh = {"notified_at": None, "notified_by": None}
    writing.correct(RosterShift, line.id, f"调班:{reason}", staff_id=other.staff, **fresh)
    writing.correct(RosterShift, other.id, f"调班:{reason}", staff_id=line.staff, **fresh)
    return _enter(office, writing, slip, line, other.staff, reason, other)


def _take_over(
    office: Office,
    writing: Change,
    slip: Slip,
    line: ShiftLine,
    made: RosterDocument,
    taker: int,
    reason: str,
) -> Entered:
    """Split a shift that has begun at the moment the other one took over (值班制度第2条)."""
    now = local(writing.now)
    at = slip.taken_over_at
    if at is None:
        raise Refused("临时调换要写接手时间。", OWN_STAFF, "taken_over_at")
    if now < line.starts_at:
        raise Refused("这一班还没有开始,请按替班或调班登记。", OWN_STAFF)
    if not line.starts_at < at < line.ends_at:
        span = f"{line.starts_at:%-H:%M}到次日{line.ends_at:%-H:%M}"
        raise Refused(f"接手时间要在这一班里面({span})。", OWN_STAFF, "taken_over_at")
    if at > now:
        raise Refused("接手时间还没有到。", OWN_STAFF, "taken_over_at")
    highest = office.fetch(
        "SELECT max(part) FROM roster_shifts WHERE roster_id = ? AND event_day = ? AND template = ? AND post = ?"
        " AND place = ?",
        made.id,
        line.day.isoformat(),
        line.template,
        line.post.value,
        line.place,
    )[0][0]
    writing.correct(RosterShift, line.id, f"临时调换:{reason}", ends_at=epoch(at))
    writing.insert(
        RosterShift,
        roster_id=made.id,
        event_day=line.day.isoformat(),
        template=line.template,
        kind=line.kind.value,
        post=line.post.value,
        place=line.place,
        post_title=line.post_title,
        part=highest + 1,
        starts_at=epoch(at),
        ends_at=epoch(line.ends_at),
        staff_id=taker,
        planned_id=line.planned,
        basis="临时调换",
        entered_at=writing.now,
        entered_by=writing.operator,
    )
    return _enter(office, writing, slip, line, taker, reason)


def _enter(
    office: Office,
    writing: Change,
    slip: Slip,
    line: ShiftLine,
    taker: int,
    reason: str,
    other: ShiftLine | None = None,
) -> Entered:
    row = enter(
        office,
        writing,
        RosterChange,
        SERIES,
        line.day,
        RECORDED,
        kind=slip.kind.value,
        shift_id=line.id,
        other_shift_id=None if other is None else other.id,
        other_day=None if other is None else other.day.isoformat(),
        post=line.post.value,
        given_by_id=line.staff,
        taken_by_id=taker,
        told_at=writing.now,
        taken_over_at=epoch(slip.taken_over_at) if slip.taken_over_at and slip.kind is ChangeKind.TEMPORARY else None,
        reason=reason,
    )
    return entered(office, row)


def _taker(office: Office, person: int | None, line: ShiftLine, lines: Collection[ShiftLine]) -> int:
    if person is None:
        raise Refused("请选由谁替班,要是本办公室的人。", OWN_STAFF, "taken_by")
    if person == line.staff:
        raise Refused("本来就是这个人值班。", field="taken_by")
    _require_free(office, person, line, lines)
    return person


def _require_free(office: Office, person: int, line: ShiftLine, lines: Collection[ShiftLine]) -> None:
    try:
        obstacle = obstacle_of(office, person, line, lines)
    except Refused as refusal:
        raise Refused(refusal.message, refusal.article, "taken_by") from None
    if obstacle:
        name = staff.name_of(office, person, line.day)
        raise Refused(f"{name}{chinese_short_day(line.day)}{obstacle},请换一个人。", OWN_STAFF, "taken_by")


def _require_before(now: datetime, line: ShiftLine) -> None:
    if now >= line.starts_at:
        raise Refused(
            f"{chinese_short_day(line.day)}{line.starts_at:%-H:%M}的班已经开始,请按临时调换登记,写明几点接手。",
            OWN_STAFF,
            "kind",
        )


def _successor(office: Office, shift: int) -> ShiftLine | None:
    """Return the standing row that followed a row of the roster."""
    row = shift
    while newer := office.fetch("SELECT id FROM roster_shifts WHERE corrects = ?", row):
        row = newer[0][0]
    try:
        return line_of(office, row)[0]
    except Refused:
        return None
