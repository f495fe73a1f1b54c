"""Who was really there: swaps inside a shift, short absences, the leader's signature, 说明 (值班制度第2条, 第6条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import epoch, local
from govoffice_tui.models import DutyAbsence, DutyBlank, DutyChange, DutyShift
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.duty.book import REGISTER, WORDS
from govoffice_tui.registers.duty.checks import limited, require_on_duty, require_shift_row, require_staff
from govoffice_tui.registers.duty.hours import hours_of
from govoffice_tui.registers.duty.shift_rows import shift_at
from govoffice_tui.registers.duty.views import Shift
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.duty import PRESENCE, RECORD, require_shift
from govoffice_tui.rules.refusal import Refused


def swap_officer(
    office: Office,
    shift: int,
    left: int,
    came: int,
    reason: str,
    at: datetime | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note a 临时调换 inside a shift: both names stand on the page, split at the time (第2条, example 17).

    Whoever comes may enter it. Refused for somebody from outside, for whoever is not on duty, and without a reason.
    """
    with office.write("swap_officer", by, form_key) as writing:
        found = require_shift_row(office, shift)
        if writing.repeated is not None:
            return found.name(came)
        if by != came:
            require_on_duty(office, "swap_officer", by, found)
        require_shift(found.state, "swap_officer")
        closing.require_open(office, REGISTER, found.day, WORDS)
        name = require_staff(office, came, local(writing.now).date(), "came")
        if left not in found.present:
            raise Refused("换下的人不在本班值班员里。", PRESENCE, field="left")
        if came in found.present:
            raise Refused(f"{name}本来就在本班值班。", PRESENCE, field="came")
        said = checked(reason, "reason")
        if not said:
            raise Refused("请写调换原因,如 急病、家中急事。", PRESENCE, field="reason")
        moment = local(writing.now) if at is None else at
        if not found.took_at <= moment <= local(writing.now):
            raise Refused("调换时间要在接班以后、现在以前。", PRESENCE, field="at")
        if found.changes and moment < found.changes[-1].at:
            raise Refused("比上一次调换还早,请核对时间。", PRESENCE, field="at")
        writing.insert(
            DutyChange,
            shift_id=shift,
            left_id=left,
            came_id=came,
            changed_at=epoch(moment),
            remark=said,
            entered_at=writing.now,
            entered_by=by,
        )
        return name


@dataclass(frozen=True)
class Absence:
    """Somebody on duty away from–to; a relief by name and time, or who found it out."""

    person: int
    start: datetime
    end: datetime
    relief: int | None = None
    relief_start: datetime | None = None
    relief_end: datetime | None = None
    found_by: str = ""
    remark: str = ""


def record_absence(office: Office, shift: int, absence: Absence, *, by: int | None, form_key: str | None = None) -> int:
    """Note that somebody left for a while: relieved by the messenger (第6条), or found away by whoever looked (第2条).

    Returns the minutes of the shift nobody was there. Refused for reversed times and times outside the shift.
    """
    with office.write("record_absence", by, form_key) as writing:
        found = require_shift_row(office, shift)
        if writing.repeated is not None:
            return 0
        require_on_duty(office, "record_absence", by, found)
        require_shift(found.state, "record_absence")
        closing.require_open(office, REGISTER, found.day, WORDS)
        if absence.person not in found.officers:
            raise Refused("这个人不在本班值班员里。", PRESENCE, field="person")
        _check_span(found, absence.start, absence.end, local(writing.now), "end")
        finder = checked(absence.found_by, "found_by")
        relief_at: tuple[int | None, int | None] = (None, None)
        if absence.relief is not None and not finder:
            require_staff(office, absence.relief, found.day, "relief")
            if absence.relief == absence.person:
                raise Refused("替班的人不能是离开的人自己。", PRESENCE, field="relief")
            start, end = absence.relief_start or absence.start, absence.relief_end or absence.end
            _check_span(found, start, end, local(writing.now), "relief_end")
            relief_at = epoch(start), epoch(end)
        writing.insert(
            DutyAbsence,
            shift_id=shift,
            staff_id=absence.person,
            is_found=int(bool(finder)),
            from_at=epoch(absence.start),
            to_at=epoch(absence.end),
            relief_id=None if finder else absence.relief,
            relief_from_at=relief_at[0],
            relief_to_at=relief_at[1],
            found_by=finder,
            remark=checked(absence.remark, "remark"),
            entered_at=writing.now,
            entered_by=by,
        )
        return int((absence.end - absence.start).total_seconds()) // 60


def sign_duty_page(
    office: Office,
    shift: int,
    leader: int,
    day: date,
    paper_page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Record that the leader in charge signed the page on paper: who, when, which page (第3条)."""
    with office.write("sign_duty_page", by, form_key) as writing:
        found = require_shift_row(office, shift)
        name = require_staff(office, leader, day, "leader")
        if writing.repeated is not None:
            return name
        posts.require(office, "sign_duty_page", by, local(writing.now).date())
        require_shift(found.state, "sign_duty_page")
        closing.require_open(office, REGISTER, found.day, WORDS)
        if found.signed_by is not None:
            raise Refused(f"这一页{found.name(found.signed_by)}已经签阅。", RECORD)
        if not found.day <= day <= local(writing.now).date():
            raise Refused("签阅日期要在这一班以后、今天以前。", RECORD, field="day")
        page = limited(paper_page, "paper_page", 20)
        writing.update(DutyShift, shift, signed_by_id=leader, signed_day=day.isoformat(), sign_paper_page=page)
        return name


def explain_duty(
    office: Office,
    day: date,
    words: str,
    starts: datetime | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Add 说明 to a shift's page, or say why it is 空白班; what stood there before stays in the journal (第2条).

    Of a day with several shifts `starts` says which one is meant; without it, the first.
    """
    with office.write("explain_duty", by, form_key) as writing:
        said = limited(words, "words", 300)
        if writing.repeated is not None:
            return said
        posts.require(office, "explain_duty", by, local(writing.now).date())
        closing.require_open(office, REGISTER, day, WORDS)
        if not said:
            raise Refused("请写说明。", field="words")
        hours = hours_of(office, day, starts)
        found = shift_at(office, hours)
        if found is not None:
            joined = f"{found.remark};{said}" if found.remark else said
            writing.update(DutyShift, found.id, remark=joined)
            return said
        if local(writing.now) < hours.ends:
            raise Refused("这一班还没有过去,请先接班。", PRESENCE)
        writing.insert(
            DutyBlank,
            event_day=day.isoformat(),
            starts_at=epoch(hours.starts),
            remark=said,
            entered_at=writing.now,
            entered_by=by,
        )
        return said


def _check_span(shift: Shift, start: datetime, end: datetime, now: datetime, field: str) -> None:
    first = shift.hours.noon[0] if shift.hours.noon else min(shift.hours.starts, shift.took_at)
    if end <= start:
        raise Refused("止的时间要晚于起的时间。", PRESENCE, field=field)
    if start < first or end > max(shift.hours.ends, shift.handed_at or shift.hours.ends):
        raise Refused(f"这段时间不在{shift.hours.words}里。", PRESENCE, field=field)
    if end > now:
        raise Refused("还没有到这个时间,回来以后再记。", PRESENCE, field=field)
