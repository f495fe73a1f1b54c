"""How meetings are drawn: the lines of a month, the head of one meeting, and the lines of its six sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.clock import WEEKDAYS, chinese_short_day
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
from govoffice_tui.rules.meetings.kinds import TYPES, signer_ruling
from govoffice_tui.rules.meetings.parts import Mark, MinutesState, Outcome, Reply, next_stage
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.meetings.times import seats_short
from govoffice_tui.widgets.literal import fitted

NUMBER, WHEN, ANSWERS, STATE = 6, 15, 9, 10
"""Cells of the columns of a month that never give way; name and place share the rest."""

PLACE = 4


class Section(Enum):
    """The six sections of a meeting's page, in the order of the work."""

    TASKS = "清单"
    TOPICS = "议题"
    PAPERS = "材料"
    NOTICES = "通知"
    PEOPLE = "到会"
    MINUTES = "纪要"


SECTIONS = tuple(Section)
KEYS = {
    Section.TASKS: "1 办结   2 不需要   F2 添加事项   F4 改谁办、时限",
    Section.TOPICS: "F5 送审下一步   会后 1 通过 2 原则通过 3 缓议 4 撤下",
    Section.PAPERS: "F2 登记材料   F5 发放   1 收回",
    Section.NOTICES: "1 参会   2 替会   3 请假   4 未接通   F2 添加单位   F4 替会人、事由",
    Section.PEOPLE: "1 到会   2 迟到   3 缺席   4 请假   F2 列席人员   F6 其余全到",
    Section.MINUTES: "F5 下一步:整理、核稿、签发、印发",
}
EMPTY = {
    Section.TASKS: "涉密会议没有清单,请在机要登记簿上办理。",
    Section.TOPICS: "还没有议题。\n\n按 F2 登记议题,再按 F5 一步一步记送审:初审、二审、主任、县领导。",
    Section.PAPERS: "还没有材料。\n\n按 F2 登记材料和份数,再按 F5 编号发放;要收回的会后按 1 收回。",
    Section.NOTICES: "还没有通知单位。\n\n按 F2 写单位(用、隔开),或按 Ctrl+P 选“导入参会名单”。",
    Section.PEOPLE: "名单是空的。\n\n在通知页添加单位,到会页就有名单;没有名单的会,按 F6 写到会人数。",
    Section.MINUTES: "",
}


@dataclass(frozen=True)
class Line:
    """One line of the page: what it stands for, by which it is known again, and how it is drawn."""

    key: str
    subject: object
    words: Content


def month_lines(meetings: Sequence[MeetingLine], width: int, now: datetime) -> list[Line]:
    """Return the lines of a month."""
    return [
        Line(f"struck{one.id}" if one.is_struck else one.number, one, _meeting(one, width, now)) for one in meetings
    ]


def section_lines(page: MeetingPage, section: Section, width: int) -> list[Line]:
    """Return the lines of one section of a meeting."""
    if section is Section.TASKS:
        return [Line(f"t{one.place}", one, _task(one, width, page.read_at)) for one in page.tasks]
    if section is Section.TOPICS:
        return [Line(f"o{one.place}", one, _topic(one, width)) for one in page.topics]
    if section is Section.PAPERS:
        found = []
        for paper in page.materials:
            found.append(Line(f"p{paper.place}", paper, _paper(paper, width)))
            found += [Line(f"h{one.id}", one, _handout(one, paper, width)) for one in paper.handouts]
        return found
    if section is Section.NOTICES:
        return [Line(f"n{one.id}", one, _notice(one, width)) for one in page.notices]
    if section is Section.PEOPLE:
        excused = {one.unit for one in page.notices if one.reply is Reply.EXCUSED}
        is_over = page.line.state.is_held
        return [
            Line(f"a{one.id}", one, _person(place, one, one.unit in excused, width, is_over=is_over))
            for place, one in enumerate(page.attendees, 1)
        ]
    return _minutes(page)


def month_head(month: str, meetings: Sequence[MeetingLine], *, is_sealed: bool) -> Content:
    """Return the line over a month."""
    standing = [one for one in meetings if not one.is_struck]
    held = [one for one in standing if one.state.is_held]
    open_ = sum(one.state is MeetingState.HELD for one in standing)
    parts = [
        Content.styled(f"{month[:4]}年{int(month[5:])}月 会议", "bold"),
        Content(f"   {len(standing)}次   已召开 {len(held)}   {sum(one.people for one in held)}人次"),
    ]
    if open_:
        parts.append(Content.styled(f"   未归档 {open_}", "$due"))
    if is_sealed:
        parts.append(Content.styled("   已封存", "$done"))
    return Content.assemble(*parts)


def meeting_head(page: MeetingPage) -> Content:
    """Return the line over one meeting: number, name and where it stands."""
    line = page.line
    words, style = _state(line, page.read_at)
    return Content.assemble(
        Content.styled(f"{line.number} {line.name}", "bold"), Content("   "), Content.styled(words, style)
    )


def meeting_facts(page: MeetingPage, width: int) -> Content:
    """Return two lines on one meeting: when, where, who, and what the type decides; a third warns of too few seats."""
    line = page.line
    if line.is_classified:
        return Content(f"{line.when}   地点 —   只记编号和日期,不记议题、名单、材料")
    first = f"{line.when}   {line.place}   主持 {line.chair}   {line.organisers}"
    signed = signer_ruling(line.kind) if line.kind is not None else None
    ruling = f"   纪要 {signed.words}" if signed is not None else ""
    second = f"材料 {line.materials_lead}{ruling}"
    if page.changes:
        second = f"{second}   {page.changes[-1].words}"
    told = Content(f"{fitted(first, width)}\n{fitted(second, width)}")
    crowded = seats_short(page.seats, page.expected) if line.state.is_ahead else ""
    return Content.assemble(told, Content.styled(f"\n{fitted(crowded, width)}", "$due")) if crowded else told


def counts(page: MeetingPage) -> dict[Section, str]:
    """Return what stands behind the word of each section: how much of it is open."""
    left = sum(one.is_open for one in page.tasks)
    unanswered = sum(one.is_open for one in page.notices)
    out = sum(one.count for paper in page.materials for one in paper.still_out)
    return {
        Section.TASKS: f"{left}" if left else "",
        Section.TOPICS: f"{len(page.topics)}" if page.topics else "",
        Section.PAPERS: f"未收{out}" if out and page.line.state.is_held else f"{len(page.materials) or ''}",
        Section.NOTICES: f"{len(page.notices) - unanswered}/{len(page.notices)}" if page.notices else "",
        Section.PEOPLE: f"{page.line.people or len(page.attendees) or ''}",
        Section.MINUTES: page.minutes.state.label if page.minutes is not None else "",
    }


def _meeting(line: MeetingLine, width: int, now: datetime) -> Content:
    room = max(20, width - NUMBER - WHEN - ANSWERS - STATE)
    place_width = room * 7 // 20
    clock = "" if line.is_classified else f"{line.starts:%-H:%M}"
    when = f"{line.day.month}-{line.day.day} {WEEKDAYS[line.day.weekday()]} {clock}"
    answers = f"{line.replied}/{line.notices}" if line.notices and line.state.is_ahead else ""
    if line.state.is_held and line.people:
        answers = f"{line.people}人"
    words, style = _state(line, now)
    body = "strike $faint" if line.is_struck else "$faint" if line.state is MeetingState.CANCELLED else ""
    return Content.assemble(
        Content.styled(
            set_cell_size(line.number.split("〕")[-1], NUMBER)
            + set_cell_size(when, WHEN)
            + set_cell_size(fitted(line.name, room - place_width - 1), room - place_width)
            + set_cell_size(fitted(line.place, place_width - 1), place_width)
            + set_cell_size(answers, ANSWERS),
            body,
        ),
        Content.styled(set_cell_size(words, STATE), style),
    )


def _state(line: MeetingLine, now: datetime) -> tuple[str, str]:
    if line.is_struck:
        return "划去", "strike $faint"
    if line.state.is_ahead:
        if line.day < now.date():
            return "应召开", "bold $late"
        return line.state.label, "$chosen" if line.day == now.date() else ""
    if line.state is MeetingState.HELD:
        if line.minutes_state is not None and line.minutes_state is not MinutesState.ISSUED:
            return f"纪要{line.minutes_state.label.removeprefix('已')}", "$due"
        return "已召开", "$due"
    style = {MeetingState.ARCHIVED: "$done", MeetingState.POSTPONED: "bold $due"}.get(line.state, "$faint")
    return line.state.label, style


def _task(task: TaskLine, width: int, now: datetime) -> Content:
    room = max(16, width - 6 - 14 - 10 - 20)
    due = f"{task.due:%-m-%-d %-H:%M}" if task.due is not None else ""
    if task.done is not None:
        words, style = f"办结 {task.done:%-m-%-d} {task.done_by}", "$done"
    elif task.is_needless:
        words, style = f"不需要 {task.remark}", "$faint"
    else:
        words, style = ("到期未办", "bold $late") if task.is_late(now) else ("", "")
    return Content.assemble(
        Content.styled(set_cell_size(task.phase.label, 6), "$faint"),
        set_cell_size(fitted(task.words, room - 1), room),
        set_cell_size(due, 14),
        set_cell_size(fitted(task.owner_name, 9), 10),
        Content.styled(fitted(words, 20), style),
    )


def _topic(topic: TopicLine, width: int) -> Content:
    room = max(20, width - PLACE - 22 - 14)
    if topic.outcome is not None:
        style = {Outcome.WITHDRAWN: "$faint", Outcome.DEFERRED: "$due"}.get(topic.outcome, "$done")
        words = topic.outcome.label
    else:
        after = next_stage(topic.stage)
        words = topic.stage.label if after is None else f"待{after.label}"
        style = "$done" if after is None else "$due"
    return Content.assemble(
        set_cell_size(str(topic.place), PLACE),
        set_cell_size(fitted(topic.title, room - 1), room),
        set_cell_size(fitted(f"{topic.unit} {topic.reporter}".strip(), 21), 22),
        Content.styled(fitted(words, 14), style),
    )


def _paper(paper: MaterialLine, width: int) -> Content:
    room = max(20, width - PLACE - 34)
    back = "会后收回 " if paper.is_collected_back else ""
    return Content.assemble(
        set_cell_size(str(paper.place), PLACE),
        set_cell_size(fitted(f"{paper.title} {paper.lead}".strip(), room - 1), room),
        Content(set_cell_size(f"{paper.copies}份 已发{paper.given}", 18)),
        Content.styled(back, "$due"),
    )


def _handout(one: HandoutLine, paper: MaterialLine, width: int) -> Content:
    room = max(20, width - PLACE - 34)
    given = f"{one.copies_words} {one.given:%-m-%-d}发"
    if one.back is not None:
        words, style = f"{one.back:%-m-%-d}收回", "$done"
    else:
        words, style = ("未收回", "$due") if paper.is_collected_back else ("", "")
    return Content.assemble(
        " " * PLACE,
        set_cell_size(fitted(f"  {one.holder}", room - 1), room),
        set_cell_size(given, 18),
        Content.styled(words, style),
    )


_REPLY_STYLES = {
    Reply.COMING: "$done",
    Reply.SUBSTITUTE: "$chosen",
    Reply.EXCUSED: "$due",
    Reply.UNREACHED: "bold $late",
}


def _notice(one: NoticeLine, width: int) -> Content:
    room = max(20, width - PLACE - 10 - 22)
    unit = room * 9 // 20
    if one.is_stale:
        words, style = "待再通知", "bold $late"
    elif one.reply is not None:
        words, style = one.reply.label, _REPLY_STYLES[one.reply]
    else:
        words, style = "", ""
    about = " ".join(
        part
        for part in (
            one.names,
            *(f"替{person.stands_for}" for person in one.people if person.stands_for),
            one.remark,
            f"{one.approved_by}同意" if one.approved_by else "",
        )
        if part
    )
    who = f"{one.replied:%-m-%-d %-H:%M} {one.replied_by}" if one.replied is not None else ""
    return Content.assemble(
        set_cell_size(str(one.place), PLACE),
        set_cell_size(fitted(one.unit, unit - 1), unit),
        Content.styled(set_cell_size(words, 10), style),
        set_cell_size(fitted(about, room - unit - 1), room - unit),
        Content.styled(fitted(who, 22), "$faint"),
    )


_MARK_STYLES = {Mark.PRESENT: "$done", Mark.LATE: "$due", Mark.ABSENT: "bold $late", Mark.EXCUSED: "$due"}


def _person(place: int, one: AttendeeLine, is_excused: bool, width: int, *, is_over: bool) -> Content:
    room = max(20, width - PLACE - 16)
    unit = room * 9 // 20
    mark = one.mark or (Mark.EXCUSED if is_excused and not one.is_visitor else Mark.PRESENT if is_over else None)
    words = mark.label if mark is not None else ""
    if one.arrived is not None:
        words = f"{words} {one.arrived:%-H:%M}"
    who = " ".join(part for part in (one.name or "(没有报名单)", one.position) if part)
    extra = f" 替{one.stands_for}" if one.stands_for else " 列席" if one.is_visitor else ""
    return Content.assemble(
        set_cell_size(str(place), PLACE),
        set_cell_size(fitted(one.unit, unit - 1), unit),
        set_cell_size(fitted(f"{who}{extra}", room - unit - 1), room - unit),
        Content.styled(words, _MARK_STYLES[mark] if mark is not None else ""),
    )


def _minutes(page: MeetingPage) -> list[Line]:
    """Return the four steps of the minutes with their days; nothing where the meeting has none."""
    line, found = page.line, page.minutes
    if found is None:
        if line.is_classified:
            words = "涉密会议的纪要不进本机。"
        elif line.no_minutes_reason:
            words = f"不印发纪要:{line.no_minutes_reason}"
        elif not line.state.is_held:
            words = "会议召开以后整理纪要。"
        else:
            drafted = TYPES[line.kind].drafted if line.kind is not None else ""
            words = f"纪要还没有整理({drafted}整理)。按 F5 登记由谁整理。"
        return [Line("minutes", None, Content.styled(words, "$faint"))]
    checked, signed, issued = found.days
    post = found.signer_post.label if found.signer_post is not None else ""
    steps = (
        ("整理", found.drafter, found.begun, None),
        ("核稿", found.checker, found.checked, checked),
        ("签发", f"{post} {found.signer}".strip(), found.signed, signed),
        ("印发", f"{found.copies}份 {found.recipients}" if found.copies else "", found.issued, issued),
    )
    drawn = []
    for title, who, day, days in steps:
        words = chinese_short_day(day) if day is not None else "未办"
        took = "" if days is None else f"用{days}天"
        drawn.append(
            Line(
                title,
                found,
                Content.assemble(
                    Content.styled(set_cell_size(title, 6), "bold"),
                    Content.styled(set_cell_size(words, 12), "$done" if day is not None else "$due"),
                    set_cell_size(took, 8),
                    Content(fitted(who, 60)),
                ),
            )
        )
    total = f"   共{found.total_days}天" if found.total_days is not None else ""
    drawn.append(Line("number", found, Content.styled(f"编号  {found.number or '签发时编号'}{total}", "bold")))
    if found.remark:
        drawn.append(Line("remark", found, Content(f"说明  {found.remark}")))
    return drawn
