"""Every register the office keeps, so that the day page, the search, the months and the exports loop over one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, day_of, month_of
from govoffice_tui.registers import calendar, closing, reviews, settings, staff, training
from govoffice_tui.registers.absence import pages as absence_pages
from govoffice_tui.registers.absence import papers
from govoffice_tui.registers.attendance import months, no_book, signing, spot_checks, years
from govoffice_tui.registers.attendance.pages import REGISTER, board
from govoffice_tui.registers.attendance.sheet_rows import SHEETS, unfinished_words
from govoffice_tui.registers.closing import SealedMonth
from govoffice_tui.registers.duty import agenda as duty_agenda
from govoffice_tui.registers.duty import months as duty_months
from govoffice_tui.registers.duty import roster, roster_due
from govoffice_tui.registers.duty.pages import ENTRIES, SHIFTS
from govoffice_tui.registers.duty.pages import REGISTER as DUTY_REGISTER
from govoffice_tui.registers.leave import months as leave_months
from govoffice_tui.registers.leave.charts import LEAVE_REGISTER
from govoffice_tui.registers.leave.finding import search_leave
from govoffice_tui.registers.leave.records import SERIES as LEAVE_SERIES
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings import checks as outing_checks
from govoffice_tui.registers.outings import claims as outing_claims
from govoffice_tui.registers.outings import pages as outing_pages
from govoffice_tui.registers.rolls import duties
from govoffice_tui.registers.rolls import months as rolls
from govoffice_tui.rules.attendance import SessionState, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.rolls import DEEDS, Book
from govoffice_tui.rules.study import STUDY


@dataclass(frozen=True)
class Due:
    """One line of 今日: what is to be done, whether it is late, and the page it stands on.

    `review` is the correction a second person is asked about, where the line is that.
    """

    text: str
    is_overdue: bool
    day: date
    tab: str
    review: int | None = None


@dataclass(frozen=True)
class Hit:
    """One thing a search found: what it is, and the day of its page."""

    text: str
    day: date
    person: int | None = None


@dataclass(frozen=True)
class YearInBrief:
    """One year of a register: its totals in one line, the months not under seal, and what is to be pointed out."""

    summary: str
    open_months: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One book of the office: what it is called, its tab, and what every page that loops over books may ask of it."""

    word: str
    title: str
    tab: str
    series: tuple[str, ...]
    verbs: tuple[str, ...]
    pending: Callable[[Office, str], list[Problem]]
    due: Callable[[Office, datetime], list[Due]]
    search: Callable[[Office, str], list[Hit]]
    month_summary: Callable[[Office, str], str]
    seal_digest: Callable[[Office, str], str]
    year: Callable[[Office, int], YearInBrief | None] | None = None


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
    series=(
        signing.SESSIONS,
        signing.SIGN_INS,
        signing.ARRIVALS,
        SHEETS,
        no_book.NO_BOOKS,
        spot_checks.DRAWS,
        spot_checks.SPOT_CHECKS,
        papers.SERIES,
    ),
    verbs=(
        *("sign_in", "take_back_sign_in", "strike_sign_in", "collect_book", "resume_signing", "note_arrival"),
        *("use_paper", "collect_sheet", "transcribe", "finish_transcription"),
        *("declare_no_book", "withdraw_no_book", "rule_no_book", "mark_present", "strike_presence"),
        *("draw_presence_check", "answer_presence_check"),
        *("record_spot_checks", "correct_spot_check", "strike_spot_check"),
        *("open_absence", "note_own_words", "propose_absence", "decide_absence", "void_absence"),
    ),
    pending=_attendance_pending,
    due=_attendance_due,
    search=_attendance_search,
    month_summary=_attendance_summary,
    seal_digest=months.seal_digest,
    year=_attendance_year,
)


def _leave_due(office: Office, now: datetime) -> list[Due]:
    """Return follow-ups, leave not cleared and slips not decided on."""
    return [Due(one.text, one.is_overdue, one.day, LEAVE_REGISTER) for one in leave_months.due(office, now)]


def _leave_search(office: Office, words: str) -> list[Hit]:
    """Return the slips the words mean: a number, a person, a kind."""
    return [Hit(words, day, person) for words, day, person in search_leave(office, words)]


LEAVE = Register(
    word=LEAVE_REGISTER,
    title="请假",
    tab=LEAVE_REGISTER,
    series=(LEAVE_SERIES,),
    verbs=(
        "phone_leave",
        "apply_leave",
        "grant_leave",
        "refuse_leave",
        "send_back_leave",
        "paper_leave",
        "extend_leave",
        "end_leave",
        "end_signed_leave",
        "withdraw_leave",
        "correct_leave",
        "void_leave",
        "record_delegation",
        "end_delegation",
        "set_entitlement",
    ),
    pending=leave_months.pending,
    due=_leave_due,
    search=_leave_search,
    month_summary=leave_months.summary,
    seal_digest=leave_months.seal_digest,
)

OUTINGS = Register(
    word=outing_checks.REGISTER,
    title="外出",
    tab=outing_checks.REGISTER,
    series=(outing_claims.SERIES,),
    verbs=(
        "enter_outing",
        "phone_outing",
        "add_travellers",
        "correct_outing",
        "strike_traveller",
        "void_outing",
        "extend_outing",
        "record_return",
        "take_back_return",
        "settle_outings",
    ),
    pending=outing_pages.pending,
    due=lambda office, now: [
        Due(text, late, day, outing_checks.REGISTER) for text, late, day in outing_pages.due_returns(office, now)
    ],
    search=lambda office, words: [Hit(text, day) for text, day in outing_pages.search(office, words)],
    month_summary=outing_pages.month_summary,
    seal_digest=outing_pages.seal_digest,
)


def _roll_register(book: Book) -> Register:
    """Return the register of 集中学习 or 大扫除."""

    def due(office: Office, now: datetime) -> list[Due]:
        found = duties.due(office, book, now)
        return [Due(one.text, one.is_overdue, one.day, book.word) for one in found]

    def search(office: Office, words: str) -> list[Hit]:
        return [Hit(text, day) for text, day in duties.search(office, book, words)]

    trainings = ("record_training", "correct_training", "void_training") if book is STUDY else ()
    return Register(
        word=book.word,
        title="学习" if book is STUDY else "卫生",
        tab=book.word,
        series=(book.series, training.SERIES) if book is STUDY else (book.series,),
        verbs=(*(book.verb(deed) for deed in DEEDS), *trainings),
        pending=lambda office, month: rolls.shortfalls(office, book, month),
        due=due,
        search=search,
        month_summary=lambda office, month: rolls.summary_words(office, book, month),
        seal_digest=lambda office, month: rolls.seal_digest(office, book, month),
    )


def _duty_due(office: Office, now: datetime) -> list[Due]:
    """Return tonight's shift, what was handed on, pages not signed and blank shifts."""
    return [Due(one.text, one.is_overdue, one.day, DUTY_REGISTER) for one in duty_agenda.due(office, now)]


def _duty_search(office: Office, words: str) -> list[Hit]:
    """Return the lines of the duty book that hold the words: unit, name, phone, gist."""
    return [Hit(one.text, one.day) for one in duty_agenda.search(office, words)]


DUTY = Register(
    word=DUTY_REGISTER,
    title="值班",
    tab=DUTY_REGISTER,
    series=(SHIFTS, ENTRIES),
    verbs=(
        "take_over_duty",
        "record_entry",
        "fill_entry",
        "treat_urgently",
        "ask_leader",
        "hand_on",
        "file_entry",
        "report_entry",
        "add_stage",
        "accept_matter",
        "finish_entry",
        "swap_officer",
        "record_absence",
        "hand_over_duty",
        "sign_duty_page",
        "correct_crew",
        "correct_entry",
        "void_entry",
        "explain_duty",
        "import_contacts",
    ),
    pending=duty_months.pending,
    due=_duty_due,
    search=_duty_search,
    month_summary=duty_months.summary,
    seal_digest=duty_months.seal_digest,
)


ROSTER = Register(
    word=roster.REGISTER,
    title="值班表",
    tab=roster.REGISTER,
    series=(roster.SERIES,),
    verbs=("make_roster", "set_shift", "check_roster", "issue_roster", "change_shift", "cancel_change"),
    pending=roster_due.shortfalls,
    due=lambda office, now: [Due(*line, roster.REGISTER) for line in roster_due.due_lines(office, now)],
    search=lambda office, words: [Hit(*found) for found in roster_due.search_words(office, words)],
    month_summary=roster_due.summary_words,
    seal_digest=roster_due.seal_digest,
)

REGISTERS: tuple[Register, ...] = (
    ATTENDANCE,
    LEAVE,
    OUTINGS,
    DUTY,
    ROSTER,
    _roll_register(STUDY),
    _roll_register(HYGIENE),
)


@dataclass(frozen=True)
class RegisterMonth:
    """One month of a register: its seal, what keeps it open, and the month in one line."""

    register: Register
    seal: SealedMonth | None
    sealed_by: str
    pending: tuple[Problem, ...]
    summary: str


def register_months(office: Office, month: str) -> list[RegisterMonth]:
    """Return how a month (YYYY-MM) stands in every register; one under seal has nothing open."""
    found = []
    for register in REGISTERS:
        seal = closing.sealed(office, register.word, month)
        by = "" if seal is None else staff.name_of(office, seal.closed_by, day_of(seal.closed_at))
        pending = () if seal is not None else tuple(register.pending(office, month))
        found.append(RegisterMonth(register, seal, by, pending, register.month_summary(office, month)))
    return found


@dataclass(frozen=True)
class RegisterYear:
    """One year of a register that adds its months up."""

    register: Register
    brief: YearInBrief


def register_years(office: Office, year: int) -> list[RegisterYear]:
    """Return how a year stands in every register that adds its months up and was kept in it."""
    read = [(register, register.year(office, year)) for register in REGISTERS if register.year is not None]
    return [RegisterYear(register, brief) for register, brief in read if brief is not None]


def months_begun(office: Office) -> list[str]:
    """Return the months the office has kept its books in, newest first."""
    today = office.now().date()
    first, _ = settings.on(office, today).first_half_day
    begun = office.fetch("SELECT min(event_day) FROM sign_sessions")[0][0]
    day = min(date.fromisoformat(begun) if begun else today, max(first, today - timedelta(days=31)))
    found = []
    while day <= today:
        found.append(month_of(day))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return list(dict.fromkeys([*found, month_of(today)]))[::-1]
