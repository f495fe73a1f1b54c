"""What the verbs of the duty book check before they write: who may, whether the page is open, what a text says."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Entry
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.duty.entry_rows import entry
from govoffice_tui.registers.duty.shift_rows import shift_by_id
from govoffice_tui.registers.duty.views import Details, EntryLine, Shift
from govoffice_tui.registers.numbering import LATE, take
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import HEADS, Post
from govoffice_tui.rules.duty import GRADES, PRESENCE, RECORD, SECRECY, Kind, ShiftState
from govoffice_tui.rules.refusal import Refused

LIMITS = {"gist": 500, "unit": 50, "caller": 50, "phone": 60}
_LABELS = {"gist": "内容", "unit": "单位", "caller": "姓名职务", "phone": "电话"}
_PAPER = re.compile(r"[0-9A-Za-z-]{1,10}")
_BEFORE = timedelta(hours=1)
"""How long before the shift a line may have happened: what was told by the officer before."""


def require_on_duty(office: Office, verb: str, by: int | None, shift: Shift) -> None:
    """Refuse whoever neither has the shift nor a post that may (第3条); correcting a closed page is for the heads."""
    if by in shift.officers and shift.state is ShiftState.OPEN:
        return
    posts.require(office, verb, by, office.now().date())


def require_head(office: Office, by: int | None, what: str) -> None:
    """Refuse what only 股长, 分管副主任 and 主任 may, where the office has named any."""
    today = office.now().date()
    held = {holding.post for holding in posts.holdings_on(office, today) if holding.staff == by}
    if held & HEADS or posts.vacant(office) == frozenset(Post):
        return
    raise Refused(f"{what}要由股长、分管副主任或主任办理。", RECORD)


def require_staff(office: Office, person: int, day: date, field: str) -> str:
    """Return somebody's name; refused for whoever is not on the office's list (第2条: nobody from outside)."""
    found = next((one for one in staff.people_on(office, day) if one.id == person), None)
    if found is None:
        raise Refused("花名册上没有这个人。值班只能由本办人员担任,不得由外人代值。", PRESENCE, field=field)
    return found.name


def require_shift_row(office: Office, row: int) -> Shift:
    """Return a shift, refused where there is none."""
    found = shift_by_id(office, row)
    if found is None:
        raise Refused("没有这一班,请先接班。", RECORD)
    return found


def require_entry(office: Office, row: int) -> EntryLine:
    """Return a line that stands; refused for one struck or corrected meanwhile."""
    found = entry(office, row)
    if found is None:
        raise Refused("值班记录里没有这一笔。")
    if found.is_struck:
        raise Refused(f"第{found.place}号已经划去({found.struck_reason}),请看它下面的更正。", RECORD)
    return found


def checked_details(details: Details, kind: Kind) -> dict[str, Value]:
    """Return the columns of what is said of a line; a classified one may say nothing but its book and page (第4条)."""
    texts = {name: checked(getattr(details, name), name) for name in LIMITS}
    grade = checked(details.grade, "grade")
    book, page = checked(details.paper_book, "paper_book"), checked(details.paper_page, "paper_page")
    if details.is_classified:
        if any(texts.values()):
            raise Refused(
                "涉密件在本机只记机要登记簿的册页,单位、内容等都不能写,请清空。", SECRECY, field="is_classified"
            )
        for text, field, unit in ((book, "paper_book", "册"), (page, "paper_page", "页")):
            if not _PAPER.fullmatch(text):
                raise Refused(f"请写机要登记簿的{unit}号,只用数字和字母。", SECRECY, field=field)
    elif book or page:
        raise Refused("只有涉密件才写机要登记簿的册页。", SECRECY, field="paper_book")
    elif not texts["gist"] and kind is not Kind.INSPECTION:
        raise Refused("请写内容摘要,几个字也行。", RECORD, field="gist")
    for name, limit in LIMITS.items():
        if len(texts[name]) > limit:
            raise Refused(f"{_LABELS[name]}最多{limit}个字,现在{len(texts[name])}个,请写得短些。", field=name)
    if grade and grade not in GRADES:
        raise Refused(f"等级是{'、'.join(GRADES)}之一。", RECORD, field="grade")
    if details.pages is not None and not 1 <= details.pages <= 9999:
        raise Refused("页数写1到9999。", field="pages")
    return {
        **texts,
        "grade": grade,
        "pages": details.pages,
        "answered_by_id": details.answered_by,
        "is_classified": int(details.is_classified),
        "paper_book": book,
        "paper_page": page,
    }


def limited(raw: str, field: str, limit: int) -> str:
    """Return a text as it may be stored; refused, never cut, where it is longer than `limit` characters."""
    text = checked(raw, field)
    if len(text) > limit:
        raise Refused(f"最多{limit}个字,现在{len(text)}个,请写得短些。", field=field)
    return text


def checked_moment(shift: Shift, at: datetime | None, now: int, field: str) -> int:
    """Return when something of a shift happened, in epoch seconds; refused in the future and outside the shift."""
    if at is None:
        return now
    if at > local(now):
        raise Refused(f"{at:%H:%M}还没有到,请核对时间。", RECORD, field=field)
    first = min(shift.hours.noon[0] if shift.hours.noon else shift.hours.starts, shift.took_at) - _BEFORE
    last = max(shift.hours.ends, shift.handed_at or shift.hours.ends) + _BEFORE
    if not first <= at <= last and shift.state is not ShiftState.OPEN:
        words = f"{chinese_short_day(shift.day)}{shift.hours.template.label}"
        raise Refused(f"{at.month}月{at.day}日{at:%H:%M}不在{words}里,请记到那一班。", RECORD, field=field)
    if at < first:
        raise Refused(f"{at.month}月{at.day}日{at:%H:%M}还没有到本班,请核对时间。", RECORD, field=field)
    return epoch(at)


def enter_line(
    office: Office,
    writing: Change,
    table: type[Entry],
    series: str,
    shift_day: date,
    state: str,
    late_reason: str = "",
    **values: Value,
) -> int:
    """Write a numbered line of the duty book; what is entered after midnight is no 补登, it is the same night."""
    year, number = take(office, table, series, writing.now)
    return writing.insert(
        table,
        series=series,
        year=year,
        number=number,
        event_day=shift_day.isoformat(),
        entered_at=writing.now,
        entered_by=writing.operator,
        state=state,
        late_reason=f"{LATE}:{late_reason}" if late_reason else None,
        **values,
    )
