"""Lines of the duty book: put on record in one step, filled in when there is time, corrected (值班制度第3条, 第4条)."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import DutyEntry, DutyStage
from govoffice_tui.registers import closing
from govoffice_tui.registers.duty.book import ENTRIES, REGISTER, WORDS
from govoffice_tui.registers.duty.checks import (
    checked_details,
    checked_moment,
    enter_line,
    limited,
    require_entry,
    require_head,
    require_on_duty,
    require_shift_row,
)
from govoffice_tui.registers.duty.entry_rows import entry
from govoffice_tui.registers.duty.views import Details, EntryLine, Shift
from govoffice_tui.registers.numbering import LATE
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import (
    BACKFILL,
    RECORD,
    EntryState,
    Kind,
    ShiftState,
    Stage,
    Urgency,
    require_move,
    require_shift,
)
from govoffice_tui.rules.refusal import Refused

_FILED_AT_ONCE = (Kind.CALL_OUT, Kind.ROUND, Kind.INSPECTION)
"""Kinds that ask for nothing further."""


def record_entry(
    office: Office,
    shift: int,
    kind: Kind,
    details: Details,
    happened_at: datetime | None = None,
    urgency: Urgency | None = None,
    late_reason: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> EntryLine:
    """Put a line on record under the next number of its shift; what came earlier is 补记 (第3条).

    A gist is enough: unit, urgency and the rest follow. A fax or telegram takes the year's number. Refused once the
    shift is handed over, but for a head who enters what stands on paper, with the reason.
    """
    with office.write("record_entry", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _line(office, writing.repeated_entry)
        found = require_shift_row(office, shift)
        late = limited(late_reason, "late_reason", 100)
        if late and found.state is not ShiftState.OPEN:
            require_head(office, by, "交班以后补登")
        else:
            require_on_duty(office, "record_entry", by, found)
            require_shift(found.state, "record_entry")
        closing.require_open(office, REGISTER, found.day, WORDS)
        if found.late_reason:
            late = late or found.late_reason.removeprefix(f"{LATE}:")
        columns = checked_details(details, kind)
        moment = checked_moment(found, happened_at, writing.now, "happened_at")
        if urgency is Urgency.HAND_ON:
            raise Refused("移交要写明接收人:先登记,再按F5选移交。", RECORD, field="urgency")
        if urgency is None and kind in _FILED_AT_ONCE:
            urgency = Urgency.FILE
        state = EntryState.REGISTERED if urgency is None else require_move(EntryState.REGISTERED, urgency.verb)
        row = enter_line(
            office,
            writing,
            DutyEntry,
            ENTRIES,
            found.day,
            state.value,
            late,
            shift_id=shift,
            place=_next_place(office, shift),
            kind=kind.value,
            happened_at=moment,
            is_backfilled=int(writing.now - moment >= BACKFILL.total_seconds()),
            urgency=urgency.value if urgency else "",
            **columns,
            **_fax_number(office, kind, writing.now),
        )
        return _line(office, row)


def fill_entry(office: Office, row: int, details: Details, *, by: int | None, form_key: str | None = None) -> EntryLine:
    """Fill in what a line lacked; what already stood there is struck and written again, never replaced (第3条)."""
    with office.write("fill_entry", by, form_key) as writing:
        if writing.repeated is not None:
            return _newest(office, row)
        line, _ = _changeable(office, row, by, "交班以后的补填")
        columns = checked_details(details, line.kind)
        old = checked_details(line.details, line.kind)
        changed = {key: value for key, value in columns.items() if value != old[key]}
        if not changed:
            raise Refused("和原来一样,没有要补的。")
        if any(old[key] for key in changed):
            return _line(office, writing.correct(DutyEntry, row, "当班更正", **changed))
        writing.update(DutyEntry, row, **changed)
        return _line(office, row)


def correct_entry(
    office: Office,
    row: int,
    kind: Kind,
    details: Details,
    happened_at: datetime,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> EntryLine:
    """Strike a line and write it again under its number, next revision (第3条).

    The shift's officer while it is open, afterwards a head. Refused without a reason or a difference.
    """
    with office.write("correct_entry", by, form_key) as writing:
        if writing.repeated is not None:
            return _newest(office, row)
        line, shift = _changeable(office, row, by, "交班以后的更正")
        said = _reason(reason, "更正")
        columns: dict[str, Value] = checked_details(details, kind)
        moment = happened_at if happened_at == line.happened_at else None
        at = epoch(happened_at) if moment else checked_moment(shift, happened_at, writing.now, "happened_at")
        if kind is line.kind and at == epoch(line.happened_at) and details == line.details:
            raise Refused("和原来一样,没有要改的。")
        fax = {} if kind.has_number == line.kind.has_number else _fax_number(office, kind, writing.now)
        if line.fax is not None and not kind.has_number:
            fax = {"fax_year": None, "fax_number": None}
        new = writing.correct(DutyEntry, row, said, kind=kind.value, happened_at=at, **columns, **fax)
        return _line(office, new)


def void_entry(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> EntryLine:
    """Draw a line through what should not stand there; its number is spent (第3条). Refused without a reason."""
    with office.write("void_entry", by, form_key) as writing:
        if writing.repeated is not None:
            return _line(office, row)
        line, _ = _changeable(office, row, by, "交班以后的作废")
        said = _reason(reason, "作废")
        if line.handing is not None and not line.state.is_settled:
            raise Refused("已经移交给人的事项不能作废,请由接收的人办结。", RECORD)
        writing.strike(DutyEntry, row, f"作废:{said}")
        return _line(office, row)


def add_stage(
    office: Office,
    row: int,
    stage: Stage,
    reported_to: str,
    words: str,
    at: datetime | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> EntryLine:
    """Add 首报, 续报 or 终报 to an incident's chain (第3条): the first before any other, nothing after the last."""
    with office.write("add_stage", by, form_key) as writing:
        if writing.repeated is not None:
            return _line(office, row)
        line = require_entry(office, row)
        shift = require_shift_row(office, line.shift)
        holder = line.handing.holder if line.handing else None
        if by is None or by != holder:
            require_on_duty(office, "add_stage", by, shift)
        closing.require_open(office, REGISTER, line.day, WORDS)
        if line.kind is not Kind.INCIDENT:
            raise Refused("首报、续报、终报只用于突发事件。", RECORD)
        given = [one.stage for one in line.stages]
        if (stage is Stage.FIRST) is bool(given):
            raise Refused("已经有首报,请选续报或终报。" if given else "还没有首报,请先记首报。", RECORD, field="stage")
        if Stage.FINAL in given:
            raise Refused("已经终报,不能再报。有新情况请另记一笔。", RECORD, field="stage")
        to, said = limited(reported_to, "reported_to", 50), limited(words, "words", 300)
        for text, field, ask in ((to, "reported_to", "请写报给谁。"), (said, "words", "请写报的内容。")):
            if not text:
                raise Refused(ask, RECORD, field=field)
        moment = local(writing.now) if at is None else at
        if not line.happened_at <= moment <= local(writing.now):
            raise Refused("报告时间要在得知以后、现在以前。", RECORD, field="at")
        if line.stages and moment < line.stages[-1].at:
            raise Refused("比上一次报告还早,请核对时间。", RECORD, field="at")
        writing.insert(
            DutyStage,
            entry_year=line.year,
            entry_number=line.number,
            stage=stage.value,
            reported_at=epoch(moment),
            reported_to=to,
            words=said,
            entered_at=writing.now,
            entered_by=by,
        )
        return _line(office, row)


def _changeable(office: Office, row: int, by: int | None, what: str) -> tuple[EntryLine, Shift]:
    """Return a line with its shift; refused for whoever may not change it: after 交班 everybody but the heads."""
    line = require_entry(office, row)
    shift = require_shift_row(office, line.shift)
    if by not in shift.officers or shift.state is not ShiftState.OPEN:
        require_head(office, by, what)
    closing.require_open(office, REGISTER, line.day, WORDS)
    return line, shift


def _reason(raw: str, what: str) -> str:
    reason = limited(raw, "reason", 100)
    if not reason:
        raise Refused(f"请写{what}原因。", RECORD, field="reason")
    return reason


def _next_place(office: Office, shift: int) -> int:
    """Return the shift's next number: struck lines have spent theirs."""
    return int(office.fetch("SELECT coalesce(max(place), 0) FROM duty_entries WHERE shift_id = ?", shift)[0][0]) + 1


def _fax_number(office: Office, kind: Kind, at: int) -> dict[str, Value]:
    if not kind.has_number:
        return {}
    year = local(at).year
    highest = office.fetch("SELECT max(fax_number) FROM duty_entries WHERE fax_year = ?", year)[0][0]
    return {"fax_year": year, "fax_number": (highest or 0) + 1}


def _newest(office: Office, row: int) -> EntryLine:
    """Return what a line has become by its first correction, or the line."""
    found = office.fetch("SELECT id FROM duty_entries WHERE corrects = ? ORDER BY id DESC LIMIT 1", row)
    return _line(office, found[0][0] if found else row)


def _line(office: Office, row: int) -> EntryLine:
    found = entry(office, row)
    assert found is not None
    return found
