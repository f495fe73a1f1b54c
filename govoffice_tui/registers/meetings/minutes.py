"""Minutes of a meeting (纪要): 整理 → 核稿 → 签发 → 印发, the signer enforced by type, numbered without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Meeting, MeetingMinutes
from govoffice_tui.registers.meetings.checks import Row, require, required, short, tick
from govoffice_tui.registers.meetings.views import MINUTES_SERIES, MeetingKey
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import MINUTES
from govoffice_tui.rules.meetings.kinds import TYPES, MeetingKind, SignerPost, require_signer
from govoffice_tui.rules.meetings.parts import MinutesState, require_minutes_move
from govoffice_tui.rules.refusal import Refused

MOST_COPIES = 2000


@dataclass(frozen=True)
class MinutesPlan:
    """Everything said of minutes, to put them right with."""

    drafter: str
    begun: date
    checker: str = ""
    checked: date | None = None
    signer_post: SignerPost | None = None
    signer: str = ""
    signed: date | None = None
    issued: date | None = None
    copies: int | None = None
    recipients: str = ""
    remark: str = ""


@dataclass(frozen=True)
class _Standing:
    """The minutes as they stand."""

    id: int
    state: MinutesState
    days: tuple[date | None, ...]
    number: str


def draft_minutes(
    office: Office,
    meeting: MeetingKey,
    drafter: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note who writes the minutes, from which day (today): of 常务 a person named for it, else the field's writer."""
    with office.write("draft_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "draft_minutes")
        if _standing(office, meeting) is not None:
            raise Refused("这次会议的纪要已经在整理。", MINUTES)
        decided = TYPES[_kind(row)].drafted
        who = required(drafter, "drafter", f"{TYPES[_kind(row)].label}纪要由{decided}整理,请写姓名。", MINUTES)
        on = _day(writing, day, [row.starts.date()])
        writing.insert(
            MeetingMinutes,
            meeting_year=meeting.year,
            meeting_number=meeting.number,
            state=MinutesState.DRAFTING.value,
            drafter=who,
            begun_day=on.isoformat(),
            entered_at=writing.now,
            entered_by=by,
        )
        writing.update(Meeting, row.id, no_minutes_reason="")
        return f"{row.name} 纪要 {who}整理"


def check_minutes(
    office: Office,
    meeting: MeetingKey,
    checker: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note who went over the draft (核稿), and when."""
    with office.write("check_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row, stands, after = _require(office, writing, meeting, "check_minutes")
        who = required(checker, "checker", "请写核稿人。", MINUTES)
        on = _day(writing, day, stands.days)
        writing.update(MeetingMinutes, stands.id, state=after.value, checker=who, checked_day=on.isoformat())
        tick(office, writing, row, "check_minutes")
        return f"{row.name} 纪要 {who}核稿"


def return_minutes(
    office: Office, meeting: MeetingKey, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Send the draft back to be written again, instead of signing it."""
    with office.write("return_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row, stands, after = _require(office, writing, meeting, "return_minutes")
        why = required(reason, "why", "请写为什么退回。", MINUTES)
        writing.update(MeetingMinutes, stands.id, state=after.value, checker="", checked_day=None, remark=why)
        return f"{row.name} 纪要退回整理"


def sign_minutes(
    office: Office,
    meeting: MeetingKey,
    post: SignerPost,
    signer: str,
    day: date | None = None,
    first_number: int | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note who signed the minutes (会议管理制度第4条): they take the year's next number; return it.

    `first_number` begins the year's count where the book begins in its midst. Refused for a signer the type does not
    allow.
    """
    with office.write("sign_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            stands = _standing(office, meeting)
            return stands.number if stands is not None else meeting.shown
        row, stands, after = _require(office, writing, meeting, "sign_minutes")
        require_signer(_kind(row), post)
        who = required(signer, "signer", "请写签发人姓名。", MINUTES)
        on = _day(writing, day, stands.days)
        year = day_of(writing.now).year
        number = _next_number(office, year, first_number)
        writing.update(
            MeetingMinutes,
            stands.id,
            state=after.value,
            signer_post=post.value,
            signer=who,
            signed_day=on.isoformat(),
            issue_year=year,
            issue_number=number,
        )
        tick(office, writing, row, "sign_minutes")
        return shown(MINUTES_SERIES, year, number)


def issue_minutes(
    office: Office,
    meeting: MeetingKey,
    copies: int,
    recipients: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note that the minutes are printed and sent: how many copies, to whom; return their number."""
    with office.write("issue_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            stands = _standing(office, meeting)
            return stands.number if stands is not None else meeting.shown
        row, stands, after = _require(office, writing, meeting, "issue_minutes")
        if not 1 <= copies <= MOST_COPIES:
            raise Refused(f"印发份数写1到{MOST_COPIES}。", MINUTES, field="copies")
        to = short(recipients, "recipients", 200)
        if not to:
            raise Refused("请写发送范围。", MINUTES, field="recipients")
        on = _day(writing, day, stands.days)
        writing.update(
            MeetingMinutes,
            stands.id,
            state=after.value,
            issued_day=on.isoformat(),
            copies=copies,
            recipients=to,
        )
        tick(office, writing, row, "issue_minutes")
        return stands.number


def correct_minutes(
    office: Office, meeting: MeetingKey, plan: MinutesPlan, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Put right what stands of the minutes; number and state stay, and what is not reached yet stays empty."""
    with office.write("correct_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row, stands, _ = _require(office, writing, meeting, "correct_minutes")
        why = required(reason, "why", "请写为什么更正。", MINUTES)
        days = (plan.begun, plan.checked, plan.signed, plan.issued)
        reached = list(MinutesState).index(stands.state) + 1
        wanted = ("整理日期", "核稿日期", "签发日期", "印发日期")
        for place, (day, words) in enumerate(zip(days, wanted, strict=True)):
            field = ("begun", "checked", "signed", "issued")[place]
            if place < reached and day is None:
                raise Refused(f"请写{words}。", MINUTES, field=field)
            if place >= reached and day is not None:
                raise Refused(f"还没有到这一步,{words}先空着。", MINUTES, field=field)
            if day is not None:
                _day(writing, day, [row.starts.date(), *days[:place]], field)
        values: dict[str, Value] = {
            "drafter": required(plan.drafter, "drafter", "请写整理人。", MINUTES),
            "begun_day": plan.begun.isoformat(),
            "remark": short(plan.remark, "remark", 200),
        }
        if plan.checked is not None:
            values["checker"] = required(plan.checker, "checker", "请写核稿人。", MINUTES)
            values["checked_day"] = plan.checked.isoformat()
        if plan.signed is not None:
            if plan.signer_post is None:
                raise Refused("请写签发人职务。", MINUTES, field="signer_post")
            require_signer(_kind(row), plan.signer_post)
            values["signer_post"] = plan.signer_post.value
            values["signer"] = required(plan.signer, "signer", "请写签发人姓名。", MINUTES)
            values["signed_day"] = plan.signed.isoformat()
        if plan.issued is not None:
            if plan.copies is None or not 1 <= plan.copies <= MOST_COPIES:
                raise Refused(f"印发份数写1到{MOST_COPIES}。", MINUTES, field="copies")
            values["issued_day"] = plan.issued.isoformat()
            values["copies"] = plan.copies
            values["recipients"] = short(plan.recipients, "recipients", 200)
        writing.correct(MeetingMinutes, stands.id, why, **values)
        return row.name


def void_minutes(
    office: Office, meeting: MeetingKey, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike the minutes; a number they have is spent."""
    with office.write("void_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row, stands, _ = _require(office, writing, meeting, "void_minutes")
        writing.strike(MeetingMinutes, stands.id, required(reason, "why", "请写为什么作废。", MINUTES))
        return f"{row.name} {stands.number or '纪要'}"


def go_without_minutes(
    office: Office, meeting: MeetingKey, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Note why a meeting has no minutes; a 常务会议 always has them (会议管理制度第4条)."""
    with office.write("go_without_minutes", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "go_without_minutes")
        if row.kind is MeetingKind.EXECUTIVE:
            raise Refused("常务会议要有纪要,由县长签发。", MINUTES)
        if _standing(office, meeting) is not None:
            raise Refused("纪要已经在整理;不印发的请先作废纪要。", MINUTES)
        writing.update(Meeting, row.id, no_minutes_reason=required(reason, "why", "请写为什么不印发纪要。", MINUTES))
        for verb in ("check_minutes", "sign_minutes", "issue_minutes"):
            tick(office, writing, row, verb)
        return row.name


def is_first_number(office: Office, year: int) -> bool:
    """Return whether no minutes of a year have a number yet, so that its count may begin anywhere."""
    return not office.fetch("SELECT 1 FROM meeting_minutes WHERE issue_year = ? LIMIT 1", year)


def _require(office: Office, writing: Change, meeting: MeetingKey, verb: str) -> tuple[Row, _Standing, MinutesState]:
    """Return meeting and minutes that may be treated so, and where the act leads the minutes."""
    row = require(office, writing, meeting, verb)
    stands = _standing(office, meeting)
    after = require_minutes_move(stands.state if stands is not None else None, verb)
    assert stands is not None
    return row, stands, after


def _standing(office: Office, meeting: MeetingKey) -> _Standing | None:
    rows = office.fetch(
        "SELECT id, state, issue_year, issue_number, begun_day, checked_day, signed_day, issued_day"
        " FROM meeting_minutes WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL",
        meeting.year,
        meeting.number,
    )
    if not rows:
        return None
    minutes, state, year, number, *days = rows[0]
    return _Standing(
        minutes,
        MinutesState(state),
        tuple(date.fromisoformat(one) if one else None for one in days),
        shown(MINUTES_SERIES, year, number) if number is not None else "",
    )


def _kind(row: Row) -> MeetingKind:
    assert row.kind is not None
    return row.kind


def _day(writing: Change, day: date | None, before: Sequence[date | None], field: str = "day") -> date:
    """Return the day of a step, today where none is given; refused in the future and before the step before it."""
    today = day_of(writing.now)
    on = day or today
    if on > today:
        raise Refused("日期还没有到。", MINUTES, field=field)
    earliest = max(one for one in before if one is not None)
    if on < earliest:
        raise Refused(f"日期早于会议或上一步({chinese_short_day(earliest)}),请核对。", MINUTES, field=field)
    return on


def _next_number(office: Office, year: int, first: int | None) -> int:
    highest = office.fetch("SELECT max(issue_number) FROM meeting_minutes WHERE issue_year = ?", year)[0][0]
    if highest is None:
        if first is not None and not 1 <= first <= 9999:
            raise Refused("纪要编号写1到9999。", MINUTES, field="number")
        return first or 1
    if first is not None and first != highest + 1:
        raise Refused(f"纪要编号连续,下一个是{highest + 1}号。", MINUTES, field="number")
    return int(highest) + 1
