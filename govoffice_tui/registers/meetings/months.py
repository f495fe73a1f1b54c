"""A month of meetings: every meeting of it, what keeps it open, and the meetings held by type."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.meetings.reading import lines
from govoffice_tui.registers.meetings.views import KindFigures, MeetingLine, MeetingsMonth
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.kinds import CLASSIFIED_TITLE, MeetingKind
from govoffice_tui.rules.meetings.parts import MinutesState
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Problem

REGISTER, WORDS = "meetings", "会议"


def month(office: Office, word: str) -> MeetingsMonth:
    """Return one month (YYYY-MM) of meetings, read while nobody wrote."""
    return office.steady(lambda: _month(office, word))


def listed(office: Office, word: str, *, with_struck: bool = False) -> list[MeetingLine]:
    """Return the meetings of a month (YYYY-MM) in the order of their day."""
    days = month_days(word)
    condition = "event_day BETWEEN ? AND ?" + ("" if with_struck else " AND struck_at IS NULL")
    return lines(office, condition, days[0].isoformat(), days[-1].isoformat())


def figures(meetings: Iterable[MeetingLine]) -> tuple[KindFigures, ...]:
    """Return the meetings held by type, all types in the regulation's order; a 涉密会议 counts without people."""
    held = [one for one in meetings if one.state.is_held and not one.is_struck]
    found = []
    for kind in MeetingKind:
        mine = [one for one in held if one.kind is kind]
        found.append(KindFigures(kind, kind.label, len(mine), sum(one.people for one in mine)))
    classified = sum(one.is_classified for one in held)
    if classified:
        found.append(KindFigures(None, CLASSIFIED_TITLE, classified, 0))
    return tuple(found)


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month from being sealed: not held, not archived, minutes not issued, copies still out."""
    now = office.now()
    found = []
    if now.date() <= month_days(word)[-1]:
        found.append(Problem("会议", "本月还没有过完", now.date()))
    for one in listed(office, word):
        if one.state.is_ahead or one.state is MeetingState.POSTPONED:
            left = "已延期,没有定新时间" if one.state is MeetingState.POSTPONED else "没有登记召开、改期或取消"
            found.append(Problem(one.number, f"{one.name} {left}", one.day))
        elif one.state is MeetingState.HELD and one.copies_out:
            found.append(Problem(one.number, f"{one.name} 材料还有{one.copies_out}份没有收回", one.day))
        elif one.state is MeetingState.HELD and one.needs_minutes and one.minutes_state is not MinutesState.ISSUED:
            found.append(Problem(one.number, f"{one.name} 纪要没有印发", one.day))
        elif one.state is MeetingState.HELD:
            found.append(Problem(one.number, f"{one.name} 没有归档", one.day))
    return found


def month_summary(office: Office, word: str) -> str:
    """Return the month in one line."""
    meetings = listed(office, word)
    kinds = [one for one in figures(meetings) if one.count]
    held = sum(one.count for one in kinds)
    listed_kinds = " ".join(f"{one.kind.short if one.kind else '涉密'}{one.count}" for one in kinds)
    put_off = sum(one.state is MeetingState.POSTPONED for one in meetings)
    called_off = sum(one.state is MeetingState.CANCELLED for one in meetings)
    return f"会议{held}次 {sum(one.people for one in kinds)}人次 {listed_kinds} 延期{put_off} 取消{called_off}".replace(
        "  ", " "
    )


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of a month's meetings as it stands beside the seal."""
    told = [
        f"{one.number} {one.kind.value if one.kind else ''} {one.name} {one.when} {one.place} {one.chair}"
        f" {one.organisers} {one.state.value} {one.people} {one.minutes_number}"
        for one in listed(office, word)
    ]
    return sha256("\n".join(told).encode()).hexdigest()


def _month(office: Office, word: str) -> MeetingsMonth:
    days = month_days(word)
    meetings = tuple(listed(office, word))
    seal = closing.sealed(office, REGISTER, word)
    return MeetingsMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=word,
        lines=meetings,
        kinds=figures(meetings),
        postponed=sum(one.state is MeetingState.POSTPONED for one in meetings),
        cancelled=sum(one.state is MeetingState.CANCELLED for one in meetings),
        entered_names=display_names(staff.everybody(office, days[-1])),
        shortfalls=tuple(pending(office, word)),
        notes=tuple(_notes(office, word, meetings)),
        revision=seal.revision if seal else 0,
    )


def _notes(office: Office, word: str, meetings: Iterable[MeetingLine]) -> list[str]:
    """Return what the form says under its table: put off, called off, entered late, and amended after the seal."""
    words = []
    late = [f"{one.number}({chinese_short_day(one.day)})" for one in meetings if one.is_late_entry]
    if late:
        words.append(f"补登:{'、'.join(late)}。")
    names = display_names(staff.everybody(office, month_days(word)[-1]))
    for revision, reason, approved_by, page in office.fetch(
        "SELECT revision, reason, approved_by, paper_page FROM closings WHERE register = ? AND month = ?"
        " AND revision > 1 ORDER BY revision",
        REGISTER,
        word,
    ):
        filed = f",更正单第{page}页" if page else ""
        words.append(f"封存后更正,第{revision}版:{reason}({names.get(approved_by, '')}批准{filed})。")
    return words
