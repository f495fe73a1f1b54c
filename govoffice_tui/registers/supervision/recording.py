"""The book of supervision: matters entered, put right and voided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of, local, month_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Decision
from govoffice_tui.registers import posts
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.checks import follow, require, require_meeting, require_open_from, required
from govoffice_tui.registers.supervision.reading import lines
from govoffice_tui.registers.supervision.views import SERIES, DecisionKey, DecisionLine, due_words
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING, DecisionState, Source, require_course

PRINTED = (
    *("event_day", "source", "source_words", "source_day", "meeting_year", "meeting_number", "topic"),
    *("matter", "lead_unit", "due_day"),
)
"""Columns a month's form prints: changed they change every month the matter stands in."""


@dataclass(frozen=True)
class Matter:
    """What is said of a matter: what is to be done, by whom, until when, and where it comes from.

    `due` None is 长期; `begun` is the day it was put in hand (立项), which may be before today.
    """

    matter: str
    lead_unit: str
    due: date | None
    begun: date
    source: Source = Source.OTHER
    source_words: str = ""
    source_day: date | None = None
    meeting: MeetingKey | None = None
    topic: int | None = None
    co_units: str = ""
    person: str = ""
    phone: str = ""
    supervisor: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Entered:
    """What now stands in the book: the matter's number, its unit and its day."""

    key: DecisionKey
    lead_unit: str
    due: date | None

    @property
    def number(self) -> str:
        return self.key.shown

    @property
    def words(self) -> str:
        """Return 督〔2026〕12号 水利局 时限2026年11月5日."""
        return f"{self.number} {self.lead_unit} 时限{due_words(self.due)}"


def enter_decision(office: Office, plan: Matter, *, by: int | None, form_key: str | None = None) -> Entered:
    """Put a matter under supervision (会议管理制度第5条).

    Refused without matter and responsible unit, without a source in words or a meeting that was held, for a day still
    to come, a limit before the matter began, a 涉密会议, and where it would change a month under seal.
    """
    with office.write("enter_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, writing.repeated_entry)
        posts.require(office, "enter_decision", by, day_of(writing.now))
        return _entered(office, write_matter(office, writing, plan))


def correct_decision(
    office: Office, key: DecisionKey, plan: Matter, reason: str, *, by: int | None, form_key: str | None = None
) -> Entered:
    """Put a matter right: the line is struck and written again under its number; its steps stay with it.

    Whom to call may be put right at any time; what a month's form prints only while no such month is under seal.
    A limit is put off by an extension, not so: the first limit here is the one that was set at the beginning.
    """
    with office.write("correct_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, _newest(office, writing.repeated_entry))
        posts.require(office, "correct_decision", by, day_of(writing.now))
        before = require(office, key, "correct_decision")
        why = required(reason, "why", "请写为什么更正。")
        values = _values(office, writing, plan, before.supervisor)
        begun: dict[str, Value] = {"event_day": plan.begun.isoformat()}
        if _printed(office, before.id) != tuple((values | begun)[column] for column in PRINTED):
            require_open_from(office, min(before.begun, plan.begun))
        new = writing.correct(Decision, before.id, why, **values, **begun)
        follow(office, writing, key)
        return _entered(office, new)


def void_decision(
    office: Office, key: DecisionKey, reason: str, agreed_by: str = "", *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a matter, its number is spent; return the number.

    One that a past month may have told of leaves the present one as 作废, and needs a leader who agreed.
    """
    with office.write("void_decision", by, form_key) as writing:
        if writing.repeated is not None:
            return key.shown
        today = day_of(writing.now)
        posts.require(office, "void_decision", by, today)
        before = require(office, key, "void_decision")
        why = required(reason, "why", "请写为什么作废。")
        leader = checked(agreed_by, "agreed_by")
        if month_of(before.begun) != month_of(today) and not leader:
            words = f"{chinese_month(before.begun)}已列入督办的事项,作废要经领导同意,请写哪位领导。"
            raise Refused(words, FOLLOWING, field="agreed_by")
        require_open_from(office, today)
        writing.strike(Decision, before.id, f"{why}({leader}同意)" if leader else why)
        return key.shown


def chinese_month(day: date) -> str:
    """Return 2026年10月."""
    return f"{day.year}年{day.month}月"


def write_matter(office: Office, writing: Change, plan: Matter, *, is_opening: bool = False) -> int:
    """Write one checked matter as the next number of the book; inside a writing transaction only."""
    values = _values(office, writing, plan, writing.operator)
    require_course(plan.begun, plan.due, (), day_of(writing.now))
    require_open_from(office, plan.begun)
    _require_once(office, values)
    opening: dict[str, Value] = {"is_opening": 1, "late_reason": "结转"} if is_opening else {}
    return enter(office, writing, Decision, SERIES, plan.begun, DecisionState.NEW.value, **values, **opening)


def of_row(office: Office, row: int) -> DecisionLine:
    """Return a matter by a row of it."""
    return lines(office, "d.id = ?", row)[0]


def _values(office: Office, writing: Change, plan: Matter, supervisor: int | None) -> dict[str, Value]:
    """Return the columns of a matter, checked; `supervisor` is who follows it up where the plan names nobody."""
    matter = required(plan.matter, "matter", "请写议定事项:要办什么事。")
    unit = required(plan.lead_unit, "lead_unit", "请写主办单位。")
    helping = _listed(checked(plan.co_units, "co_units"))
    if unit in helping:
        raise Refused(f"{unit}是主办单位,协办里不用再写。", FOLLOWING, field="co_units")
    source_words, source_day = checked(plan.source_words, "source_words"), plan.source_day
    key = plan.meeting if plan.source is Source.MEETING else None
    if plan.source is Source.MEETING and key is None:
        raise Refused("来源是会议的,请写会议编号,如 会〔2026〕12号,只写12也行。", FOLLOWING, field="meeting")
    topic = plan.topic if key is not None else None
    if key is not None:
        meeting = require_meeting(office, key)
        source_words, source_day = meeting.name, meeting.day
        if topic is not None and not _has_topic(office, key, topic):
            raise Refused(f"{key.shown}没有第{topic}个议题。", FOLLOWING, field="topic")
        if plan.begun < meeting.day:
            raise Refused("立项日期早于会议,请核对。", FOLLOWING, field="begun")
    elif not source_words:
        raise Refused("请写来源:哪位领导的批示,或哪里交办的。", FOLLOWING, field="source_words")
    if source_day is not None and source_day > local(writing.now).date():
        raise Refused("批示(交办)日期还没有到,请核对。", FOLLOWING, field="source_day")
    return {
        "source": plan.source.value,
        "source_words": source_words,
        "source_day": None if source_day is None else source_day.isoformat(),
        "meeting_year": key.year if key else None,
        "meeting_number": key.number if key else None,
        "topic": topic,
        "matter": matter,
        "lead_unit": unit,
        "co_units": "、".join(helping),
        "person": checked(plan.person, "person"),
        "phone": checked(plan.phone, "phone"),
        "due_day": None if plan.due is None else plan.due.isoformat(),
        "supervisor_id": plan.supervisor if plan.supervisor is not None else supervisor,
        "remark": checked(plan.remark, "remark"),
    }


def _listed(text: str) -> list[str]:
    for sign in ",,;; ":
        text = text.replace(sign, "、")
    return list(dict.fromkeys(part.strip() for part in text.split("、") if part.strip()))


def _has_topic(office: Office, key: MeetingKey, topic: int) -> bool:
    return any(place == topic for place, _ in topics(office, key))


def topics(office: Office, key: MeetingKey) -> list[tuple[int, str]]:
    """Return the topics of a meeting by their place."""
    return [
        (place, title)
        for place, title in office.fetch(
            "SELECT place, title FROM meeting_topics WHERE meeting_year = ? AND meeting_number = ?"
            " AND struck_at IS NULL ORDER BY place",
            key.year,
            key.number,
        )
    ]


def _require_once(office: Office, values: dict[str, Value]) -> None:
    """Refuse a matter that is in hand already in the same words with the same unit and from the same source."""
    rows = office.fetch(
        "SELECT year, number FROM decisions WHERE struck_at IS NULL AND state IN ('new', 'going') AND matter = ?"
        " AND lead_unit = ? AND source_words = ?",
        values["matter"],
        values["lead_unit"],
        values["source_words"],
    )
    if rows:
        raise Refused(
            f"同一来源、同一单位的这件事已登记为{DecisionKey(*rows[0]).shown},不用再登记。", FOLLOWING, field="matter"
        )


def _printed(office: Office, row: int) -> tuple[Value, ...]:
    """Return what a month's form prints of a matter's row."""
    found: tuple[Value, ...] = tuple(office.fetch(f"SELECT {', '.join(PRINTED)} FROM decisions WHERE id = ?", row)[0])
    return found


def _newest(office: Office, row: int) -> int:
    found = lines(office, "d.id = ?", row)[0]
    rows = office.fetch(
        "SELECT id FROM decisions WHERE year = ? AND number = ? ORDER BY revision DESC LIMIT 1",
        found.key.year,
        found.key.number,
    )
    return int(rows[0][0])


def _entered(office: Office, row: int) -> Entered:
    found = of_row(office, row)
    return Entered(found.key, found.lead_unit, found.due)
