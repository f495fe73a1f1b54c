"""How the page of a shift is drawn: its head, its three acts, the lines handed to it, its own lines."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from govoffice_tui.clock import WEEKDAYS, chinese_short_day, chinese_weekday
from govoffice_tui.registers.duty.handing import awaiting
from govoffice_tui.registers.duty.views import EntryLine, MonthRow, ShiftPage
from govoffice_tui.rules.duty import EntryState, Kind, ShiftState
from govoffice_tui.widgets.literal import fitted, plain

FULL = 100
"""Cells of the page the sketch was made for; a narrower one gives the words of a line less room."""

_STATE_STYLES = {
    EntryState.REGISTERED: "$due",
    EntryState.URGENT: "bold $late",
    EntryState.ASKING: "bold $due",
    EntryState.HANDED: "$chosen",
    EntryState.FILED: "$faint",
    EntryState.DONE: "$done",
}


def head_of(page: ShiftPage) -> Content:
    """Return the line over the page: which shift, whether it goes on, how much of it is open."""
    parts = [Content.styled(page.hours.words, "bold $chosen"), Content(f"  {chinese_weekday(page.day)}")]
    if page.day_title:
        parts.append(Content(f" {plain(page.day_title)}"))
    if page.shift is not None:
        style = "$done" if page.shift.state is ShiftState.HANDED_OVER else "bold"
        parts.append(Content.styled(f"   {page.shift.state.label}", style))
        parts.append(Content(f"   登记{len(page.standing)}  "))
        left = page.unsettled
        parts.append(Content.styled(f"未结{left}", "bold $due" if left else "$faint"))
    if page.uncovered:
        parts.append(Content.styled(f"   无人在岗{page.uncovered}分钟", "bold $late"))
    return Content.assemble(*parts)


def crew_of(page: ShiftPage) -> Content:
    """Return who has the shift: 带班, 值班员 with swaps, 通讯员, 接班, weather; what is missing is named in red."""
    shift = page.shift
    if shift is None:
        noon = ""
        if page.hours.noon is not None:
            start, end = page.hours.noon
            noon = f",午间{start.hour}:{start.minute:02d}—{end.hour}:{end.minute:02d}由当天值班员兼顾"
        return Content.styled(f"还没有人接班{noon}。", "$faint")
    leader, messenger = shift.name(shift.leader), shift.name(shift.messenger)
    moment = f"{shift.took_at:%H:%M}"
    parts: list[Content] = [
        Content.assemble("带班 ", plain(leader)) if leader else Content.styled("缺带班领导", "$due"),
        Content(f"   值班员 {plain(shift.officer_names)}"),
        Content.assemble("   通讯员 ", plain(messenger)) if messenger else Content.styled("   缺通讯员", "$due"),
        Content(f"   接班 {moment}"),
    ]
    if shift.is_one_sided:
        parts.append(Content.styled(" 单方接班", "$due"))
    if shift.weather:
        parts.append(Content(f"   {plain(shift.weather)}"))
    for told in [*(change.told for change in shift.changes), *(absence.told for absence in page.absences)]:
        parts.append(Content.styled(f"\n{plain(told)}", "$due"))
    return Content.assemble(*parts)


def band_of(page: ShiftPage) -> tuple[str, bool]:
    """Return the words of the band over the lines and whether they are an alert; no words, no band."""
    shift = page.shift
    if page.is_blank:
        reason = f":{page.blank_reason}" if page.blank_reason else ""
        who = "没有人接班" if shift is None else "一笔也没有登记,也没有选“本班无重要事项”"
        return f"空白班 {who}{reason}。查明原因后按F4写说明(值班制度第2条)。", True
    if shift is None:
        return "", False
    if shift.state is ShiftState.HANDED_OVER and shift.handed_at is not None:
        five = f"五项缺{shift.five_missing}" if shift.five_missing else "五项齐"
        signed = "带班领导未签阅"
        if shift.signed_by is not None and shift.signed_day is not None:
            signed = f"{shift.name(shift.signed_by)}{chinese_short_day(shift.signed_day)}签阅"
        quiet = "本班无重要事项  " if shift.is_quiet else ""
        people = "、".join(shift.name(one) for one in shift.present)
        words = f"{people} {shift.handed_at.hour}:{shift.handed_at:%M}交班  接班 {shift.name(shift.incoming)}"
        return plain(f"{words}  {quiet}{five}  {signed}  核对码 {shift.code_words}"), False
    if shift.state is ShiftState.ONE_SIDED:
        return plain(f"本班没有交班,{shift.name(shift.incoming)}单方接班,未结事项已移交。"), True
    if page.is_over and page.is_current:
        return "本班已到时间,请按3(F6)交班。", True
    return "", False


def act_lines(page: ShiftPage, planned: str) -> list[Content]:
    """Return the acts of the current page, each with its digit and what it does."""
    shift = page.shift
    if shift is not None and shift.state is ShiftState.OPEN and not page.is_over:
        first = ("调换值班员", "中途换人,前后两人都留名")
    elif shift is not None and shift.state is ShiftState.OPEN:
        first = ("接下一班", planned or "上一班没有交班的,记单方接班")
    else:
        first = ("接班", planned or "选值班员和带班领导")
    is_open = shift is not None and shift.state is ShiftState.OPEN
    left = page.unsettled
    record = "写一句话回车就登记,单位、缓急有空再补" if is_open else "先接班"
    hand_over = f"未结{left}件,逐件办结或写明移交给谁" if left else "五项齐,交给下一班或行政股"
    if not page.standing and not left:
        hand_over = "没有事的选“本班无重要事项”"
    acts: tuple[tuple[str, str], ...] = (
        first,
        ("记来电", record),
        ("交班", hand_over if is_open else "先接班"),
        ("记其他", "去电 传真 电报 来访 领导指示 突发 巡查 查岗"),
    )
    waiting = awaiting(page.matters, shift.officers) if shift is not None and is_open else []
    if waiting:
        acts = (*acts, ("全部接收", f"移交来{len(waiting)}件,一次接收;逐件的在那一件上按F5"))
    return [
        Content.assemble(
            Content.styled(f"{place} ", "bold $chosen"),
            Content.styled(set_cell_size(title, 12), "bold"),
            Content.styled(fitted(hint, 78), "$faint"),
        )
        for place, (title, hint) in enumerate(acts, 1)
    ]


def heading(text: str, count: int) -> Content:
    """Return the line over a group of lines."""
    return Content.styled(f"{text} {count}件", "bold $faint")


def line_of(line: EntryLine, now: datetime, limit: int, width: int, *, is_matter: bool = False) -> Content:
    """Return one line: number, time, kind, unit, words, 缓急 and where it stands; a struck one is dim and struck."""
    when = f"{line.happened_at:%H:%M}"
    number = f"{line.day:%m-%d}{line.part} {line.place}" if is_matter else str(line.place)
    head = max(8, cell_len(number)) if is_matter else 3
    front = f"{set_cell_size(number, head)} {when}{'补' if line.is_backfilled else '  '} "
    front += set_cell_size(line.kind.label, 8) + " "
    room = max(20, width - cell_len(front) - 2)
    tail = "作废" if line.struck_reason.startswith("作废") else "已更正"
    state, style = (tail, "$faint") if line.is_struck else _standing(line, now, limit)
    state_room = min(cell_len(state), max(12, room // 2))
    state = fitted(state, state_room)
    unit_room = min(16, max(8, room // 5))
    words_room = max(4, room - unit_room - cell_len(state) - 2)
    what = plain(f"{line.fax_words} {line.words}".strip())
    middle = f"{set_cell_size(fitted(line.details.unit, unit_room), unit_room)} "
    middle += set_cell_size(fitted(what, words_room), words_room) + " "
    if line.is_struck:
        return Content.styled(f"{front}{middle}{state}", "dim strike")
    return Content.assemble(front, middle, Content.styled(state, style))


def _standing(line: EntryLine, now: datetime, limit: int) -> tuple[str, str]:
    """Return where a line stands in a few words, with its colour; what it lacks is named."""
    label = line.urgency.label if line.urgency and line.state is not EntryState.DONE else line.state.label
    waited = line.minutes_waiting(now)
    if waited is not None:
        whom = "报带班领导" if waited < limit else "尚未报告,报带班领导"
        return f"{label} 已过{waited}分钟 {whom}", "bold $late" if waited >= limit else "bold $due"
    words = [label]
    if line.state.presses and line.reported_at is not None:
        words.append(f"已报{line.reported_to}{line.reported_at:%H:%M}")
    elif line.state is EntryState.HANDED and line.handing is not None:
        who = fitted(line.handing.receiver_name, 16)
        is_waiting = line.handing.accepted_at is None
        words = [f"移交待{who}接收" if is_waiting else line.handing.told]
    elif line.state is EntryState.DONE:
        words.append(line.result)
    style = _STATE_STYLES[line.state]
    missing = [part for part in line.missing if part != "报告谁"]
    if missing:
        return f"{' '.join(words)} 缺{'、'.join(missing)}", style if line.state.presses else "$due"
    return " ".join(words), style


def month_head(month: str, rows: tuple[MonthRow, ...]) -> Content:
    """Return the line over the month page: shifts, calls, what is open, blank shifts."""
    kept = sum(row.shift is not None for row in rows)
    blank, left = sum(row.is_blank for row in rows), sum(row.unsettled for row in rows)
    calls = sum(row.counts.get(Kind.CALL_IN, 0) for row in rows)
    return Content.assemble(
        Content.styled(f"{month[:4]}年{int(month[5:])}月值班", "bold $chosen"),
        f"   {kept}班   来电{calls}   ",
        Content.styled(f"未结{left}", "bold $due" if left else "$faint"),
        "   ",
        Content.styled(f"空白班{blank}", "bold $late" if blank else "$faint"),
    )


def month_line(row: MonthRow, width: int) -> Content:
    """Return one shift of the month: day, officers, counts, whether it was handed over and signed."""
    day = set_cell_size(f"{row.day.day}日 {WEEKDAYS[row.day.weekday()]}", 9)
    people = set_cell_size(fitted(row.officers, 22), 22)
    leader = set_cell_size(fitted(row.leader, 10), 10)
    faxes = row.counts.get(Kind.FAX, 0) + row.counts.get(Kind.TELEGRAM, 0)
    counts = f"共{row.lines:>2} 来电{row.counts.get(Kind.CALL_IN, 0):>2} 传真电报{faxes:>2}  "
    state = "空白班" if row.is_blank else row.state
    style = "bold $late" if row.is_blank else "$done" if row.state == ShiftState.HANDED_OVER.label else "$due"
    left = f"未结{row.unsettled} " if row.unsettled else ""
    signed = " 已签阅" if row.is_signed else ""
    body = f"{day} {set_cell_size(row.template, 8)} {people} {leader} {counts}"
    return Content.assemble(
        fitted(body, max(30, width - 22)),
        "  ",
        Content.styled(left, "bold $due"),
        Content.styled(f"{state}{signed}", style),
    )


def facts_of(line: EntryLine) -> list[str]:
    """Return everything the book says of a line, fact by fact."""
    details = line.details
    who = " ".join(part for part in (details.unit, details.caller, details.phone) if part)
    facts = [
        f"{line.happened_at:%m-%d %H:%M} {line.kind.label} {who}".rstrip(),
        line.words,
        f"登记 {line.entered_at:%m-%d %H:%M} {line.entered_by}{'(补记)' if line.is_backfilled else ''}",
    ]
    if line.fax_words:
        facts.append(f"{line.fax_words} {details.grade} {f'{details.pages}页' if details.pages else ''}".rstrip())
    if line.answered_name:
        facts.append(f"接听 {line.answered_name}")
    if line.urgency is not None:
        facts.append(f"缓急 {line.urgency.label}   现在 {line.state.label}")
    if line.reported_to and line.reported_at is not None:
        facts.append(f"报告 {line.reported_to} {line.reported_at:%m-%d %H:%M}")
    if line.instruction:
        facts.append(f"批示 {line.instruction}")
    facts += [stage.told for stage in line.stages]
    if line.handing is not None:
        facts.append(f"{line.handing.told}{'(单方接班)' if line.handing.is_one_sided else ''}")
    if line.result and line.done_at is not None:
        facts.append(f"办结 {line.done_at:%m-%d %H:%M} {line.result}")
    if line.revision > 1:
        facts.append(f"更正过{line.revision - 1}次")
    if line.struck_reason:
        facts.append(f"已划去 {line.struck_reason}")
    facts += [part for part in (line.late_reason, line.remark) if part]
    return facts
