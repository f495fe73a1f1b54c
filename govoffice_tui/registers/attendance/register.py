"""The sign-in book as a register: what is due, what keeps a month open, what a search finds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, month_of
from govoffice_tui.registers import calendar, closing, reviews, settings, staff
from govoffice_tui.registers.absence import pages as absence_pages
from govoffice_tui.registers.attendance import months, years
from govoffice_tui.registers.attendance.pages import REGISTER, board
from govoffice_tui.registers.attendance.sheet_rows import unfinished_words
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register, YearInBrief
from govoffice_tui.rules.attendance import SessionState, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Problem


def _attendance_due(office: Office, now: datetime) -> list[Due]:
    """Return today's session, and the books of the last two weeks nobody collected."""
    today = now.date()
    rules = settings.on(office, today)
    found = []
    for half in Half:
        hours = session_hours(today, half, rules)
        page = board(office, today, half)
        paper = "" if page.is_on_screen or page.is_closed else "(纸质)"
        if not page.is_work or page.is_closed or now < hours.opens:
            continue
        if page.without_book:
            found.append(_no_book_due(today, half))
            continue
        if now <= hours.cutoff:
            text = f"{half.label}签到{paper} 还差{len(page.missing)}人({hours.cutoff:%-H:%M}收存)"
        else:
            text = f"{half.label}签到簿{paper} {hours.cutoff:%-H:%M}已截止,还没有收存"
        found.append(Due(text, now > hours.cutoff, today, REGISTER))
    first = max(today - timedelta(days=14), rules.first_half_day[0])
    days = [first + timedelta(days=step) for step in range((today - first).days)]
    chart = calendar.load(office, {day.year for day in days} or {today.year})
    states = {
        (day, half): SessionState(state)
        for day, half, state in office.fetch(
            "SELECT event_day, half, state FROM sign_sessions WHERE event_day >= ? AND struck_at IS NULL",
            first.isoformat(),
        )
    }
    for day in days:
        if closing.sealed(office, REGISTER, month_of(day)) is not None:
            continue
        for half in Half:
            is_due = day.year in chart.years and chart.is_work(day, half) and (day, half) >= rules.first_half_day
            state = states.get((day.isoformat(), int(half)), SessionState.OPEN)
            if is_due and state is SessionState.NO_BOOK:
                found.append(_no_book_due(day, half))
            elif is_due and not state.is_closed:
                found.append(Due(f"{chinese_short_day(day)}{half.label}签到簿 未收存", True, day, REGISTER))
    for day, half, words in unfinished_words(office, rules.first_half_day[0], today):
        if closing.sealed(office, REGISTER, month_of(day)) is None:
            text = f"{chinese_short_day(day)}{half.label} {words}"
            found.append(Due(text, day < today, day, REGISTER))
    found += [Due(hint, False, today, REGISTER) for hint in years.hints_of(office, today)]
    found += [Due(text, late, day, absence_pages.TAB) for text, late, day in absence_pages.awaiting_words(office, now)]
    return [*found, *_unanswered_due(office, first), *_review_due(office)]


def _no_book_due(day: date, half: Half) -> Due:
    return Due(f"{chinese_short_day(day)}{half.label}未设簿,等分管副主任书面决定", False, day, REGISTER)


def _unanswered_due(office: Office, first: date) -> list[Due]:
    """Return the names 抽查到岗 drew that nobody has answered."""
    return [
        Due(
            f"{chinese_short_day(date.fromisoformat(day))}{Half(half).label}抽查到岗 {count}人没有结果",
            False,
            date.fromisoformat(day),
            REGISTER,
        )
        for day, half, count in office.fetch(
            "SELECT event_day, half, count(*) FROM drawn_names WHERE event_day >= ? AND struck_at IS NULL"
            " AND found = '' GROUP BY event_day, half ORDER BY event_day, half",
            first.isoformat(),
        )
    ]


def _review_due(office: Office) -> list[Due]:
    """Return the corrections that wait for a second person."""
    return [
        Due(f"复核 {one.sentence}", one.is_overdue, one.event_day, REGISTER, one.id)
        for one in reviews.open_reviews(office, REGISTER)
    ]


def _attendance_pending(office: Office, month: str) -> list[Problem]:
    """Return what keeps the month's sheet open: the sign-in book's own, and 旷工认定单 not done with."""
    return [*months.shortfalls(office, month), *absence_pages.contradictions(office, month)]


def _attendance_search(office: Office, words: str) -> list[Hit]:
    """Return whom the words mean, with where their days can be leafed through."""
    today = office.now().date()
    people = staff.everybody(office, today)
    return [
        Hit(f"{person.name} {person.section} {person.position}".strip(), today, person.id)
        for person in staff.match(people, words)
    ]


def _attendance_summary(office: Office, month: str) -> str:
    """Return the month in one line: 应出勤, 实出勤, 迟到, 待核, in days and counts."""
    _, _, people = office.steady(lambda: months.figures(office, month))
    due, attended = (sum(getattr(one, name) for one in people) for name in ("due_count", "attended_count"))
    late, pending = (sum(getattr(one, name) for one in people) for name in ("late_count", "pending_count"))
    return f"应出勤{due / 2:g}天 实出勤{attended / 2:g}天 迟到{late}次 待核{pending}个半天"


def _attendance_year(office: Office, year: int) -> YearInBrief | None:
    found = years.read_year(office, year)
    if not found.months:
        return None
    return YearInBrief(years.summary(found), found.open_months, tuple(years.brief_hints(found)))


ATTENDANCE = Register(
    word=REGISTER,
    title="考勤",
    tab=REGISTER,
    pending=_attendance_pending,
    due=_attendance_due,
    search=_attendance_search,
    month_summary=_attendance_summary,
    seal_digest=months.seal_digest,
    year=_attendance_year,
)
