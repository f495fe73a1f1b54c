"""Everything entered about one line, in words: what Enter shows."""

from __future__ import annotations

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import staff
from govoffice_tui.registers.meetings import history
from govoffice_tui.registers.meetings.views import (
    AttendeeLine,
    HandoutLine,
    MaterialLine,
    MeetingLine,
    MeetingPage,
    NoticeLine,
    TaskLine,
    TopicLine,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.kinds import TYPES


def of_meeting(office: Office, line: MeetingLine) -> list[str]:
    """Return everything entered about a meeting."""
    if line.is_classified:
        return [f"时间  {line.when}", "地点  —", f"登记  {_entered(office, line)}"]
    arranger = staff.name_of(office, line.arranger, line.day) if line.arranger is not None else ""
    filed = f"{line.paper_book} 第{line.paper_page}页" if line.paper_page else line.paper_book
    rows = (
        ("类型", line.kind_label),
        ("名称", line.name),
        ("时间", line.when),
        ("地点", line.place),
        ("主持", line.chair),
        ("组织", line.organisers),
        ("材料", line.materials_lead),
        ("会务", arranger),
        ("范围", line.scope),
        ("人数", f"计划{line.planned_people or '没有写'} 到会{line.people or '没有核对'}"),
        ("纪要", line.minutes_number or line.no_minutes_reason),
        ("归档", filed),
        ("备注", line.remark),
        ("登记", _entered(office, line)),
        ("划去", line.struck_reason or ""),
    )
    return [f"{title}  {words}" for title, words in rows if words]


def of_line(office: Office, page: MeetingPage, subject: object) -> tuple[str, list[str]]:
    """Return the title and the facts of a line of a meeting's page."""
    if isinstance(subject, NoticeLine):
        return subject.unit, _notice(office, subject)
    if isinstance(subject, AttendeeLine):
        return subject.unit, _person(subject)
    if isinstance(subject, TopicLine):
        return f"议题{subject.place}", _topic(subject)
    if isinstance(subject, MaterialLine):
        return f"材料{subject.place}", _paper(subject)
    if isinstance(subject, HandoutLine):
        back = f"{subject.back:%-m-%-d %-H:%M}收回" if subject.back is not None else "未收回"
        return subject.holder, [
            f"{subject.copies_words} {subject.count}份",
            f"{subject.given:%-m-%-d %-H:%M}发放",
            back,
        ]
    if isinstance(subject, TaskLine):
        return subject.words, _task(subject)
    kind = page.line.kind
    drafted = [f"{TYPES[kind].label}纪要由{TYPES[kind].drafted}整理。"] if kind is not None else []
    changes = [one.words for one in page.changes]
    return f"{page.line.number}", [*of_meeting(office, page.line), *drafted, *changes]


def _entered(office: Office, line: MeetingLine) -> str:
    who = staff.name_of(office, line.entered_by, line.day)
    late = "  补登" if line.is_late_entry else ""
    again = f"  第{line.revision - 1}次更正" if line.revision > 1 else ""
    return f"{line.entered_at:%Y-%m-%d %H:%M} {who}{late}{again}"


def _notice(office: Office, one: NoticeLine) -> list[str]:
    told = f"{one.told:%-m-%-d %-H:%M} {one.told_by}" if one.told is not None else "还没有通知"
    reply = one.reply.label if one.reply is not None else "没有回执"
    rows = (
        ("电话", history.phone_of(office, one.unit) or "通讯录里没有"),
        ("通知", told),
        ("回执", f"{reply}{',改期后还没有再通知' if one.is_stale else ''}"),
        ("接听", one.receiver),
        ("事由", one.remark),
        ("同意", one.approved_by),
    )
    people = [
        f"参会  {one.position} {one.name}{f'(替{one.stands_for})' if one.stands_for else ''}" for one in one.people
    ]
    return [*(f"{title}  {words}" for title, words in rows if words), *people]


def _person(one: AttendeeLine) -> list[str]:
    mark = one.mark.label if one.mark is not None else "没有标记"
    arrived = f" {one.arrived:%-H:%M}" if one.arrived is not None else ""
    rows = (("姓名", one.name), ("职务", one.position), ("替谁", one.stands_for), ("到会", f"{mark}{arrived}"))
    return [f"{title}  {words}" for title, words in rows if words]


def _topic(one: TopicLine) -> list[str]:
    steps = [f"{step.stage.label}  {chinese_short_day(step.day)} {step.by}" for step in one.steps]
    outcome = f"{one.outcome.label} {one.outcome_words}".strip() if one.outcome is not None else ""
    rows = (
        ("名称", one.title),
        ("汇报", f"{one.unit} {one.reporter}".strip()),
        ("列席", one.attending),
        ("结果", outcome),
        ("备注", one.remark),
    )
    return [*(f"{title}  {words}" for title, words in rows if words), *steps]


def _paper(one: MaterialLine) -> list[str]:
    rows = (
        ("名称", one.title),
        ("承办", one.lead),
        ("份数", f"印{one.copies}份,已发{one.given}份"),
        ("收回", "会后收回" if one.is_collected_back else "不收回"),
        ("备注", one.remark),
    )
    return [f"{title}  {words}" for title, words in rows if words]


def _task(one: TaskLine) -> list[str]:
    state = "还没有办"
    if one.done is not None:
        state = f"{one.done:%-m-%-d %-H:%M} {one.done_by}办结"
    elif one.is_needless:
        state = f"不需要:{one.remark}"
    due = f"{one.due:%-m-%-d %-H:%M}" if one.due is not None else ""
    rows = (("阶段", one.phase.label), ("时限", due), ("谁办", one.owner_name or "没有指定"), ("现在", state))
    return [f"{title}  {words}" for title, words in rows if words]
