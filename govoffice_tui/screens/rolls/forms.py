"""The forms of a roll: what the session is about, one person's mark, another time, one more session, 补学."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls.history import said_before
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.views import PersonLine, RollPage, Session, Topic
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, ToldTo
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]

REASON = Field("reason", "更正原因", required=True, placeholder="已核对的,更正要写原因")


def topic_form(office: Office, page: RollPage, session: Session) -> tuple[str, list[Field]]:
    """Return title and fields of 登记内容, with what was said at former sessions offered again."""
    book, topic = page.book, session.topic
    before = said_before(office, book, page.day)
    last = before[0] if before else Topic()

    def field(name: str, label: str, *, required: bool = False, placeholder: str = "") -> Field:
        texts = [getattr(one, name) for one in before]
        history = tuple(dict.fromkeys(text for text in texts if text))
        return Field(
            name,
            label,
            required=required,
            article=book.record_article,
            history=history,
            value=getattr(topic, name),
            last=getattr(last, name),
            placeholder=placeholder,
        )

    if book.needs_director:
        fields = [
            field("subject", book.subject_label, required=True, placeholder="学什么;不写涉密内容"),
            field("form", "形式", placeholder="如 集体学习、专题辅导、讨论"),
            field("speaker", "主讲"),
            field("led_by", book.led_label),
            field("place", "地点"),
        ]
    else:
        fields = [
            field("subject", book.subject_label, required=True, placeholder="如 主楼前、东侧停车场"),
            field("led_by", book.led_label),
        ]
    fields.append(Field("paper_page", "纸质页码", value=session.paper_page, placeholder="用纸质点名册的写第几页"))
    if session.state is RollState.CHECKED:
        fields.append(REASON)
    return f"{chinese_short_day(page.day)}{book.title}内容", fields


def topic_from(values: Answers) -> Topic:
    """Return what the form says a session is about."""
    return Topic(**{name: values.get(name, "") for name in ("subject", "form", "speaker", "led_by", "place")})


def mark_form(
    office: Office, page: RollPage, line: PersonLine, kind: MarkKind, people: People
) -> tuple[str, list[Field]]:
    """Return title and fields of one person's mark of a kind."""
    mark = line.mark if line.mark is not None and line.mark.kind is kind else None
    fields: list[Field] = []
    article = page.book.attend_article
    if kind in (MarkKind.LATE, MarkKind.EARLY):
        label = "几点到的" if kind is MarkKind.LATE else "几点走的"
        value = f"{mark.moment:%H:%M}" if mark and mark.moment else ""
        fields.append(Field("moment", label, "time", value=value, placeholder="如 825,可不写"))
    if kind is MarkKind.EARLY and page.book.needs_director:
        chief = str(mark.approved_by) if mark and mark.approved_by else ""
        fields.insert(
            0,
            Field("approved_by", "哪位主任同意", "person", required=True, article=article, people=people, value=chief),
        )
    if kind is MarkKind.LEAVE:
        told_at = mark.told_at if mark else None
        choices = tuple((one.value, one.label) for one in ToldTo)
        is_needed = page.book.needs_director and not line.suggested
        told_to = mark.told_to if mark and mark.told_to else ToldTo.SECTION.value if is_needed else ""
        day = told_at.date() if told_at else min(page.day, office.now().date())
        fields += [
            Field("told_to", "告知了谁", "choice", required=is_needed, article=article, value=told_to, choices=choices),
            Field(
                "told_time",
                "几点告知的",
                "time",
                required=is_needed,
                article=article,
                value=f"{told_at:%H:%M}" if told_at else "",
                placeholder="如 750,开始以后才说的记缺席",
            ),
            Field("told_day", "哪天告知的", "date", required=is_needed, value=day.isoformat()),
        ]
    fields.append(Field("remark", "说明", value=mark.remark if mark else "", placeholder="可不写,不写病情"))
    if page.session is not None and page.session.state is RollState.CHECKED:
        fields.append(REASON)
    return f"{line.display_name} {chinese_short_day(page.day)}{kind.label}", fields


def detail_from(page: RollPage, values: Answers) -> Detail:
    """Return what the form says of a mark."""
    told = values.get("told_time", "")
    told_day = date.fromisoformat(values["told_day"]) if values.get("told_day") else page.day
    approved = values.get("approved_by", "")
    moment = values.get("moment", "")
    return Detail(
        moment=datetime.combine(page.day, time.fromisoformat(moment)) if moment else None,
        told_to=values.get("told_to", "") if told else "",
        told_at=datetime.combine(told_day, time.fromisoformat(told)) if told else None,
        approved_by=int(approved) if approved else None,
        remark=values.get("remark", ""),
        reason=values.get("reason", ""),
    )


def decision_fields(office: Office, book: Book, people: People) -> list[Field]:
    """Return who decided and why: of study the director, of cleaning somebody of the section."""
    article = book.schedule_article
    who = _director(office, office.now().date()) if book.needs_director else ""
    label = "哪位主任定的" if book.needs_director else "行政股谁定的"
    return [
        Field("ordered_by", label, "person", required=True, article=article, people=people, value=who),
        Field("reason", "原因", required=True, article=article, placeholder="如 全县大会、防汛"),
    ]


def move_form(office: Office, page: RollPage, people: People, to_day: date | None) -> tuple[str, list[Field]]:
    """Return title and fields of 变更时间."""
    book = page.book
    value = to_day.isoformat() if to_day else ""
    fields = [
        Field("to_day", "改到哪一天", "date", required=True, article=book.schedule_article, value=value),
        Field("starts", "几点开始", "time", placeholder="不写按平常的时间"),
        *decision_fields(office, book, people),
    ]
    return f"{chinese_short_day(page.day)}{book.title}改期", fields


def order_form(office: Office, book: Book, people: People, day: date) -> tuple[str, list[Field]]:
    """Return title and fields of 加开."""
    fields = [
        Field("to_day", "哪一天", "date", required=True, value=day.isoformat()),
        Field("starts", "几点开始", "time", placeholder="不写按平常的时间"),
        *decision_fields(office, book, people),
    ]
    return f"加开{book.title}", fields


def cancel_form(office: Office, page: RollPage, people: People) -> tuple[str, list[Field]]:
    """Return title and fields of 取消."""
    return f"{chinese_short_day(page.day)}{page.book.title}取消", decision_fields(office, page.book, people)


def void_form(page: RollPage) -> tuple[str, list[Field]]:
    """Return title and fields of 作废."""
    title = f"{chinese_short_day(page.day)}{page.book.title}的登记作废"
    return title, [Field("reason", "作废原因", required=True, placeholder="如 记错日期;作废的号不再用")]


def make_up_form(page: RollPage, line: PersonLine, today: date) -> tuple[str, list[Field]]:
    """Return title and fields of 补学."""
    mark = line.mark
    done = mark.made_up_day if mark and mark.made_up_day else today
    words = mark.made_up_words if mark else ""
    return f"{line.display_name} 补学{chinese_short_day(page.day)}的内容", [
        Field("made_up_day", "补学日期", "date", required=True, value=done.isoformat()),
        Field("words", "怎样补的", value=words, placeholder="如 自学并交笔记,可不写"),
    ]


def paper_form(page: RollPage) -> tuple[str, list[Field]]:
    """Return title and fields of a roll taken from paper on a later day."""
    value = page.session.paper_page if page.session else ""
    return f"{chinese_short_day(page.day)}{page.book.title}补录,其余全到", [
        Field(
            "paper_page",
            "纸质点名册第几页",
            required=True,
            article=page.book.record_article,
            value=value,
            placeholder="没有纸质的,写明凭什么补录",
        )
    ]


def start_of(values: Answers) -> time | None:
    """Return the time a form names, None for the usual one."""
    return time.fromisoformat(values["starts"]) if values.get("starts") else None


def _director(office: Office, day: date) -> str:
    """Return the staff id of 主任 on a day, empty where nobody is."""
    holders = [one.staff for one in posts.holdings_on(office, day) if one.post is Post.DIRECTOR]
    return str(holders[0]) if holders else ""
