"""What stands over a roll and in its lines, from the page that was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from textual.content import Content

from govoffice_tui.clock import chinese_short_day, chinese_weekday
from govoffice_tui.registers.rolls.calling import CONFIRMED
from govoffice_tui.registers.rolls.views import PersonLine, RollPage, Session
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, ToldTo
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.roll_call import Mark, RollLine

MARKS_BY_DIGIT = (
    Mark("0", MarkKind.PRESENT.value, "到", "$done"),
    Mark("1", MarkKind.LATE.value, "迟到", "bold $due", wants_detail=True),
    Mark("2", MarkKind.LEAVE.value, "请假", "$chosen", wants_detail=True),
    Mark("3", MarkKind.OUT.value, "公出", "$chosen", wants_detail=True),
    Mark("4", MarkKind.ABSENT.value, "缺席", "bold $late", wants_detail=True),
    Mark("5", MarkKind.EARLY.value, "早退", "bold $due", wants_detail=True),
)
AHEAD = "ahead"
"""What a line says before the session has begun: nobody is there yet."""

MARKS = (*MARKS_BY_DIGIT, Mark("", AHEAD, "", "$faint"))
_STATE_STYLES: Mapping[RollState, str] = {
    RollState.PLANNED: "$faint",
    RollState.MOVED: "$due",
    RollState.CANCELLED: "$faint",
    RollState.HELD: "$due",
    RollState.CHECKED: "$done",
}


def head_of(page: RollPage) -> Content:
    """Return the line over the roll: which session, when, its state, 应到 and what is missing."""
    book, session = page.book, page.session
    day = f"{chinese_short_day(page.day)} {chinese_weekday(page.day)}"
    parts = [Content.styled(book.title, "bold $chosen"), Content(f"  {day} {page.day_title}")]
    if session is None:
        return Content.assemble(*parts)
    span = session.span
    parts.append(Content(f"  {span.starts:%-H:%M}到{span.ends:%-H:%M}  "))
    parts.append(Content.styled(session.state.label, _STATE_STYLES[session.state]))
    if session.number:
        parts.append(Content.styled(f"  {session.number}", "$faint"))
    return Content.assemble(*parts)


def has_begun(page: RollPage, now: datetime) -> bool:
    """Return whether the session has begun, so that somebody can be there."""
    return page.session is not None and (now >= page.session.span.starts or page.session.state.is_held)


def counts_of(page: RollPage, now: datetime) -> Content:
    """Return 应到 56 实到 53 请假 1 … of the roll as it is marked now."""
    counts = page.counts
    is_held = page.session is not None and page.session.state.is_held
    found = [Content(f"应到 {counts.due}")]
    if is_held:
        found.append(Content.styled(f"   实到 {counts.attended}", "$done"))
    elif has_begun(page, now):
        found.append(Content.styled(f"   未点名,其余全到则实到 {counts.attended}", "$faint"))
    rest = (
        ("请假", counts.leave, ""),
        ("公出", counts.out, ""),
        ("缺席", counts.absent, "bold $late"),
        ("迟到", counts.late, "bold $due"),
        ("早退", counts.early, "bold $due"),
    )
    found += [Content.styled(f"   {word} {count}", style) for word, count, style in rest if count]
    if is_held and counts.due:
        found.append(Content.styled(f"   出勤率 {counts.rate}%", "$faint"))
    return Content.assemble(*found)


def topic_of(page: RollPage) -> Content:
    """Return what the session is about, or that it is not written yet."""
    session, book = page.session, page.book
    if session is None:
        return Content("")
    topic = session.topic
    if not topic.subject:
        return Content.styled(f"还没有写{book.subject_label},F2 登记", "$due")
    said = [
        (book.subject_label, topic.subject),
        ("形式", topic.form),
        ("主讲", topic.speaker),
        (book.led_label, topic.led_by),
        ("地点", topic.place),
    ]
    parts: list[Content] = []
    for label, text in said:
        if text:
            parts += [Content.styled(f"{label} ", "$faint"), Content(f"{plain(text)}   ")]
    return Content.assemble(*parts)


def band_of(page: RollPage, now: datetime) -> tuple[str, bool]:
    """Return the words of the band under the head and whether they are an alert; no words, no band."""
    session = page.session
    if session is None:
        return "", False
    counted = f"应到{session.expected} 实到{session.attended}"
    if page.is_sealed:
        return f"本月已封存  {counted}  要改照常登记,按更正单写明谁批准、为什么。", False
    if session.state is RollState.CANCELLED:
        return f"已取消{_decided(session)}", False
    if page.is_outdated:
        counts = page.counts
        return f"核对时{counted},花名册变动后为应到{counts.due} 实到{counts.attended}。请按 F6 重新核对。", True
    if session.state is RollState.CHECKED and session.checked_at is not None:
        when = f"{chinese_short_day(session.checked_at.date())} {session.checked_at:%-H:%M}"
        paper = f"  纸质点名册第{session.paper_page}页" if session.paper_page else ""
        return f"{when}核对  {counted}  核对人 {session.checked_by}{paper}", False
    if session.state is RollState.HELD:
        return f"已点名  {counted}  请核对名单,按 F6 核对。", False
    moved = f"由{chinese_short_day(session.planned_day)}改来" if session.is_elsewhere and session.planned_day else ""
    if session.is_extra:
        moved = "加开"
    elif session.state is RollState.MOVED and not moved:
        moved = "已改时间"
    if page.day < now.date():
        return f"{moved}{_decided(session)}  还没有点名:照纸质点名册记,再按回车写页码。".strip(), True
    return (f"{moved}{_decided(session)}", False) if moved else ("", False)


def keys_of(page: RollPage, now: datetime, *, is_new: bool) -> str:
    """Return the line that says which keys work on the roll now."""
    session, book = page.session, page.book
    if session is None or session.state is RollState.CANCELLED:
        return ""
    digits = "1迟到 2请假 3公出 4缺席 5早退 0到"
    if now < session.span.starts:
        told = ",写明告知了谁、什么时候" if book.needs_director else ""
        return f"事先告知的可以先记:2请假 3公出{told}。输首字母找人"
    if session.state.is_ahead:
        first = "第一次点名:先用数字记例外," if is_new else ""
        return f"{first}{digits}   输首字母找人   回车 其余全到"
    return f"更正:{digits}   输首字母找人   回车 写时间和说明"


def empty_of(page: RollPage) -> str:
    """Return what is said on a day without a session, or whose session was cancelled."""
    book, day = page.book, chinese_short_day(page.day)
    if page.session is not None and page.session.state is RollState.CANCELLED:
        return f"{day}{book.title}已取消{_decided(page.session)}。\n\n记错了的按 F4 作废,恢复原来的安排。"
    if page.moved_to is not None:
        return f"{day}的{book.title}已改到{chinese_short_day(page.moved_to)},翻页去看。"
    if page.offer is not None:
        after = chinese_short_day(page.offer)
        return f"{day}{page.day_title},没有{book.title}。\n\n是否改期到节后首个工作日({after})?\n按 F5 由行政股决定。"
    who = "主任另行安排的" if book.needs_director else "另行安排的"
    return f"{day} {page.day_title},没有{book.title}。\n\n{who},按 F5 加开。翻页看前后各次,F8 看全月。"


def line_of(line: PersonLine, *, is_ahead: bool = False) -> RollLine:
    """Return one person's line of the roll, `is_ahead` before the session has begun."""
    person = line.person
    value = AHEAD if is_ahead and line.kind is MarkKind.PRESENT and line.mark is None else line.kind.value
    return RollLine(person.id, line.display_name, person.section, value, note_of(line), initials=person.initials)


def note_of(line: PersonLine) -> str:
    """Return what is known besides: the time, who was told, who approved, where the books differ."""
    mark = line.mark
    parts = []
    if line.suggested:
        parts.append(f"{line.suggested},待确认")
    if mark is not None:
        if mark.moment is not None:
            parts.append(f"{mark.moment:%-H:%M}")
        if mark.told_at is not None:
            parts.append(f"{_when(mark.told_at, line)}告知{ToldTo(mark.told_to).label}")
        if line.approver:
            parts.append(f"{line.approver}同意")
        if mark.made_up_day is not None:
            parts.append(f"{chinese_short_day(mark.made_up_day)}补学")
        if mark.remark and mark.remark != CONFIRMED:
            parts.append(mark.remark)
    if line.hint:
        parts.append(f"({line.hint})")
    return " ".join(parts)


def teaching(book: Book) -> str:
    """Return what the book is for and how it is kept."""
    if book.needs_director:
        return (
            "集中学习:每星期二、四8:15到8:45(学习制度第1条),节假日和停班的不设,变更、取消、加开由主任定(F5)。\n"
            "F2 写学习内容、形式、主讲、主持、地点,可以提前写;连按两次 F2 同上次。\n"
            "点名只记例外:输首字母或上下键选人,1迟到 2请假 3公出 4缺席 5早退 0到;其余的人按回车算到。\n"
            "请假登记、外出登记里有的,先替你标好,点名时由你确认。\n"
            "请假要在开始以前告知办公室领导或行政股,开始以后才说的记缺席;早退须主任同意(学习制度第3条)。\n"
            "F6 核对,核对以后改动要写原因;缺席的人以后补学的,选中人按 F5。签到簿和学习点名互不推断,对不上的标出来。"
        )
    return (
        "大扫除:每星期一早上8:00前(卫生制度第1条),节假日的不设,由行政股定要不要改期到节后首个工作日(F5)。\n"
        "F2 写卫生区域和带队的人;点名只记例外:1迟到 2请假 3公出 4缺席 5早退 0到,其余的人按回车算到。\n"
        "缺席的选中人按回车写原因,汇总表上印。F6 核对,核对以后改动要写原因。"
    )


def _decided(session: Session) -> str:
    return f"({session.ordered_by}定:{plain(session.order_reason)})" if session.ordered_by else ""


def _when(told_at: datetime, line: PersonLine) -> str:
    day = "" if line.mark and told_at.date() == line.mark.day else chinese_short_day(told_at.date())
    return f"{day}{told_at:%-H:%M}"
