"""Made-up months and days as the attendance register hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from govoffice_tui.clock import month_days
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Cell, Page
from govoffice_tui.registers.attendance.views import (
    AttendanceMonth,
    Board,
    BoardLine,
    BookNote,
    CollectedBook,
    DaySheet,
)
from govoffice_tui.rules.attendance import ArrivalKind, SessionState, session_hours
from govoffice_tui.rules.calendar import Calendar, CalendarYear, DayKind, Half
from govoffice_tui.rules.half_days import HalfStatus, MonthFacts, MonthFrame, PersonMonth, bit, rule_month
from govoffice_tui.rules.people import AttendanceMode, Category, Person, display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.settings import DEFAULT_LEGEND, Settings, read_legend

MADE_AT = datetime(2026, 11, 2, 9, 30)
OFFICE = "测试县人民政府办公室"
SECTIONS = (
    ("办领导", 5),
    ("行政股", 8),
    ("资料动态股", 9),
    ("信息股", 7),
    ("督查督办和目标考核管理股", 6),
    ("县长热线受理办公室", 7),
    ("机要股", 5),
    ("车辆管理股", 4),
    ("后勤股", 5),
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "建国秀英志强丽娟海燕文斌晓东春梅永福玉兰"
UNUSUAL = {5: "王伟", 12: "阿卜杜热合曼·买买提明", 14: "王伟", 20: "冯䶮", 27: "陈喆", 33: "欧阳建国"}


def calendar_2026(*, is_provisional: bool = False, half_rest: Iterable[date] = ()) -> Calendar:
    """Return 2026 with October as it was announced: 1 to 7 off (Sunday the 4th by itself), Saturday the 10th worked."""
    codes, names = [], {}
    day = date(2026, 1, 1)
    free_afternoons = set(half_rest)
    while day.year == 2026:
        if date(2026, 10, 1) <= day <= date(2026, 10, 7) and day.weekday() != 6:
            letters = DayKind.HOLIDAY * 2
            names[day] = "国庆节" if day.day < 4 else "国庆节调休"
        elif day == date(2026, 10, 10):
            letters = DayKind.MAKE_UP * 2
        else:
            letters = (DayKind.REST if day.weekday() >= 5 else DayKind.WORKDAY) * 2
        codes.append(letters[0] + DayKind.REST if day in free_afternoons else letters)
        day += timedelta(days=1)
    return Calendar({2026: CalendarYear(2026, 1, "".join(codes), names, "", "", is_provisional)})


def person(number: int, name: str, section: str, category: Category = Category.CIVIL_SERVANT) -> Person:
    """Return one person, ranked by number."""
    mode = AttendanceMode.SIGNS
    return Person(number, f"{number:03d}", name, section, "科员", category, mode, number * 10, "", "")


def staff(count: int = 56) -> list[Person]:
    """Return people in rank order, the last three of them 编外 where there are more than fifty."""
    places = [section for section, size in SECTIONS for _ in range(size)]
    people = []
    for number in range(1, count + 1):
        name = UNUSUAL.get(number) or (
            SURNAMES[number % len(SURNAMES)]
            + GIVEN[number * 7 % len(GIVEN)]
            + GIVEN[(number // 5 * 3 + 1) % len(GIVEN)]
        )
        is_apart = 53 < number <= 56
        section = "后勤股" if is_apart else places[(number - 1) % len(places)]
        people.append(person(number, name, section, Category.CONTRACT if is_apart else Category.CIVIL_SERVANT))
    return people


def frame_of(month: str, calendar: Calendar) -> MonthFrame:
    """Return the frame of a month that is over."""
    days = tuple(month_days(month))
    work = sum(bit(day, half) for day in days for half in Half if calendar.is_work(day, half))
    empty = MonthFrame(days, work, 0)
    return replace(empty, settled=empty.whole)


def october(
    count: int = 56,
    *,
    revision: int = 1,
    calendar: Calendar | None = None,
    late: int = 6,
    pending: int = 3,
    notes: Iterable[BookNote] = (),
    shortfalls: Iterable[Problem] = (),
) -> AttendanceMonth:
    """Return October 2026: some late, some 待核, one lent out, one who came on the 12th, one exempt."""
    calendar = calendar or calendar_2026()
    frame = frame_of("2026-10", calendar)
    people = staff(count)
    rows = []
    for one in people:
        member, seconded, exempt = frame.whole, 0, 0
        remarks: tuple[str, ...] = ()
        if one.id == 9:
            seconded, remarks = frame.whole, ("9月1日借出",)
        if one.id == 16:
            member, remarks = frame.within(date(2026, 10, 12), None), ("10月12日到岗",)
        if one.id == 1:
            exempt = frame.whole
        missed = late_halves = 0
        if one.id % 9 == 3 and one.id // 9 < late:
            late_halves = bit(date(2026, 10, 9), Half.MORNING) | bit(date(2026, 10, 12 + one.id % 5), Half.AFTERNOON)
        if one.id % 17 == 5 and one.id // 17 < pending:
            missed = bit(date(2026, 10, 20), Half.AFTERNOON) | bit(date(2026, 10, 21), Half.MORNING)
        facts = MonthFacts(
            member=member,
            seconded=seconded,
            exempt=exempt,
            claims={HalfStatus.SIGNED: frame.work & ~missed & ~late_halves, HalfStatus.LATE: late_halves},
        )
        rows.append(rule_month(one, frame, facts, remarks))
    return month_of(rows, calendar, frame, revision=revision, notes=notes, shortfalls=shortfalls)


def month_of(
    rows: Iterable[PersonMonth],
    calendar: Calendar,
    frame: MonthFrame,
    *,
    revision: int = 1,
    notes: Iterable[BookNote] = (),
    shortfalls: Iterable[Problem] = (),
) -> AttendanceMonth:
    """Return the month of some people."""
    people = tuple(rows)
    return AttendanceMonth(
        office_name=OFFICE,
        month=f"{frame.days[0]:%Y-%m}",
        frame=frame,
        calendar=calendar,
        people=people,
        display_names=display_names(one.person for one in people),
        legend=read_legend(DEFAULT_LEGEND),
        notes=tuple(notes),
        shortfalls=tuple(shortfalls),
        hours_note="10月8日起签到簿收存时间为上午8:15、下午14:45",
        revision=revision,
    )


def with_status(row: PersonMonth, status: HalfStatus, halves: int) -> PersonMonth:
    """Return a person's month with some half-days in another status."""
    statuses = {known: had & ~halves for known, had in row.statuses.items()}
    statuses[status] = statuses.get(status, 0) | halves
    return replace(row, statuses=statuses)


def book_note(kind: str, who: str, detail: str, day: date = date(2026, 10, 9)) -> BookNote:
    """Return one remark of the month."""
    return BookNote(day, Half.MORNING, kind, who, detail, "周小萍", datetime.combine(day, datetime.min.time()))


def board(day: date, half: Half, people: list[Person], *, is_collected: bool = True) -> Board:
    """Return one session: the third late, the fourth 待核, the fifth struck and signed again, the ninth lent out."""
    hours = session_hours(day, half, Settings())
    names = display_names(people)
    lines = []
    for one in people:
        at: datetime | None = hours.cutoff - timedelta(minutes=1 + one.id % 40)
        status, kind, arrived = HalfStatus.SIGNED, None, None
        struck: tuple[str, ...] = ()
        if one.id == 3:
            status, kind, at = HalfStatus.LATE, ArrivalKind.LATE, None
            arrived = hours.cutoff + timedelta(minutes=25)
        elif one.id == 4:
            status, at = HalfStatus.PENDING, None
        elif one.id == 5:
            struck = ("08:03 点错",)
        elif one.id == 9:
            status, at = HalfStatus.SECONDED, None
        lines.append(BoardLine(one, names[one.id], status, at, one.id if at else None, None, kind, arrived, struck))
    collected = CollectedBook(hours.cutoff, "周小萍", 55, 53, "", "7f3a91c2", 123 + half)
    return Board(
        day=day,
        half=half,
        day_title="工作日",
        is_work=True,
        hours=hours,
        state=SessionState.COLLECTED if is_collected else SessionState.OPEN,
        halted_reason="",
        collected=collected if is_collected else None,
        lines=tuple(lines),
    )


def day_sheet(count: int = 56, *, is_collected: bool = True) -> DaySheet:
    """Return the book of 12 October 2026."""
    day, people = date(2026, 10, 12), staff(count)
    morning = board(day, Half.MORNING, people)
    return DaySheet(OFFICE, day, "工作日", morning, board(day, Half.AFTERNOON, people, is_collected=is_collected))


def cells(page: Page) -> Iterator[Cell]:
    """Yield every cell of a page."""
    return (cell for row in lay_out(page).rows for cell in row.cells if cell)


def texts(page: Page) -> str:
    """Return all the words of a page."""
    return "\n".join(str(cell.value) for cell in cells(page))


def rows_named(page: Page, title: str) -> list[list[object]]:
    """Return the values of the rows that begin with a title."""
    found = [
        row for block in page.blocks for row in block if row.cells[0] and str(row.cells[0].value).startswith(title)
    ]
    return [[cell.value for cell in row.cells if cell] for row in found]
