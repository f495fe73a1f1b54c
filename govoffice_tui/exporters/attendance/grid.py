"""考勤月报表, the grid behind the deputy's page: two lines a person, a column a day, one place for every mark."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import WEEKDAYS, chinese_short_day
from govoffice_tui.exporters.attendance.figures import (
    FIGURES,
    Section,
    due_days,
    holiday_lines,
    legend_line,
    marks,
    sections,
)
from govoffice_tui.exporters.page import (
    SIGNATURES,
    SMALL_POINTS,
    Block,
    Cell,
    Check,
    Look,
    Orientation,
    Page,
    Row,
)
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.rules.calendar import DayKind, Half
from govoffice_tui.rules.half_days import PersonMonth, half_days

SHEET = "考勤月报表"

SEQUENCE_MM, NAME_MM, SECTION_MM, DAY_MM = 6.9, 14.6, 17.8, 3.97
SUM_MM, FIGURE_MM = 9.2, 6.9
WIDTH_MM = 257.0
HALF_LINE = 14.0
"""Height in points of one of a person's two lines."""

REMARK_LIMIT = 120
SUM_CHECK = Check('=SUMIF($A{first}:$A{last},">0",{column}{first}:{column}{last})-{column}{above}')
"""The people's lines, which alone have a number in the first column, against the total above."""

DAY_FLAGS = {DayKind.MAKE_UP: "班", DayKind.HOLIDAY: "假"}
BLANK = Cell("", Look.MARK)
SHADED_BLANK = Cell("", Look.MARK, is_shaded=True)


def grid_page(month: AttendanceMonth, made_at: datetime, suffix: str, period: str) -> Page:
    """Return the grid of a month; `suffix` is (未定稿) or the like behind the title, `period` 2026年10月."""
    listed = sections(month)
    blocks: list[Block] = []
    for section in listed:
        for one in section.people:
            blocks.append(_person_lines(month, one, len(blocks) + 1))
        blocks[-1] = (*blocks[-1], _sum_row(month, f"{section.title}小计({len(section.people)}人)", section))
    total = Section("合计", month.people)
    closing = (_sum_row(month, f"合计({len(month.people)}人)", total), _check_row(month))
    if blocks:
        blocks[-1] = (*blocks[-1], *closing)
    figures = [SUM_MM, SUM_MM, *([FIGURE_MM] * (len(FIGURES) - 2))]
    fixed = [SEQUENCE_MM, NAME_MM, SECTION_MM, *([DAY_MM] * len(month.frame.days)), *figures]
    return Page(
        sheet=SHEET,
        title=f"{month.office_name}{SHEET}{suffix}",
        subline=f"附表    {period}    应出勤天数:{due_days(month)}天    单位:天/次",
        columns=(*fixed, WIDTH_MM - sum(fixed)),
        header=_header(month),
        blocks=tuple(blocks),
        notes=_notes(month),
        signatures=SIGNATURES,
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        frozen_columns=2,
        running_foot=f"{SHEET} {period}",
        made_foot=made_words(made_at),
    )


def _header(month: AttendanceMonth) -> Block:
    """Return the legend and the three rows of heads: day, weekday, and 班 or 假 where the day is not what it seems."""
    days = month.frame.days
    numbers, weekdays, flags = [], [], []
    for day in days:
        is_shaded = not month.calendar.is_workday(day)
        numbers.append(Cell(str(day.day), Look.HEAD, is_shaded=is_shaded))
        weekdays.append(Cell(WEEKDAYS[day.weekday()], Look.HEAD, is_shaded=is_shaded))
        flags.append(Cell(DAY_FLAGS.get(month.calendar.kind(day), ""), Look.HEAD, is_shaded=is_shaded))
    names = [Cell(title, Look.HEAD, down=3) for title in ("序号", "姓名", "股室")]
    figures = [Cell(figure.title, Look.STACKED, down=3) for figure in FIGURES]
    under = [None] * len(figures)
    legend = f"注:每人上行为上午、下行为下午。{legend_line(month)}"
    columns = len(names) + len(days) + len(figures) + 1
    return (
        Row((Cell(legend, Look.NOTE, columns),)),
        Row((*names, *numbers, *figures, Cell("备注", Look.HEAD, down=3))),
        Row((None, None, None, *weekdays, *under, None)),
        Row((None, None, None, *flags, *under, None)),
    )


def _person_lines(month: AttendanceMonth, one: PersonMonth, number: int) -> Block:
    person = one.person
    found = marks(month, one)
    lines = [[_mark_cell(month, day, half, found.get((day, half), "")) for day in month.frame.days] for half in Half]
    figures = [Cell(figure.of([one]), Look.NUMBER, down=2) for figure in FIGURES]
    return (
        Row(
            (
                Cell(number, Look.NUMBER, down=2),
                Cell(month.display_names[person.id], Look.MIDDLE, down=2),
                Cell(person.section, Look.MIDDLE, down=2),
                *lines[Half.MORNING],
                *figures,
                Cell(_remark(one), Look.MIDDLE, down=2),
            ),
            HALF_LINE,
        ),
        Row((None, None, None, *lines[Half.AFTERNOON], *([None] * len(figures)), None), HALF_LINE),
    )


def _remark(one: PersonMonth) -> str:
    """Return a person's remarks as long as two lines of the grid can grow for them."""
    text = ";".join(one.remarks)
    return text if len(text) <= REMARK_LIMIT else f"{text[: REMARK_LIMIT - 1]}…"


def _mark_cell(month: AttendanceMonth, day: date, half: Half, mark: str) -> Cell:
    is_rest = not month.calendar.is_work(day, half)
    if not mark:
        return SHADED_BLANK if is_rest else BLANK
    return Cell(mark, Look.MARK, is_shaded=is_rest)


def _sum_row(month: AttendanceMonth, title: str, section: Section[PersonMonth]) -> Row:
    """Return a row of days and counts; marks are never added up."""
    return Row(
        (
            Cell(title, Look.TOTAL, across=3),
            Cell("", Look.TOTAL, across=len(month.frame.days)),
            *(Cell(figure.of(section.people), Look.TOTAL_NUMBER) for figure in FIGURES),
            Cell("", Look.TOTAL),
        )
    )


def _check_row(month: AttendanceMonth) -> Row:
    return Row(
        (
            Cell("复核(应为0)", Look.MIDDLE, across=3),
            Cell("", Look.MIDDLE, across=len(month.frame.days)),
            *(Cell(SUM_CHECK, Look.CHECK) for _ in FIGURES),
            Cell("", Look.MIDDLE),
        )
    )


def _notes(month: AttendanceMonth) -> tuple[str, ...]:
    """Return the footnotes: holidays, hours that changed, from when the book was kept, how 旷工 is counted."""
    notes = [*holiday_lines(month), *([month.hours_note] if month.hours_note else ()), *_kept_from(month)]
    notes.append("旷工依考勤制度第3条按日计;小计、合计只计天数和次数。")
    return tuple(f"{'注:' if number == 1 else '  '}{number}.{note}" for number, note in enumerate(notes, 1))


def _kept_from(month: AttendanceMonth) -> list[str]:
    """Return from when the book was kept here, where that is inside the month."""
    due = [(day, half) for day in month.frame.days for half in Half if month.calendar.is_work(day, half)]
    kept = half_days(month.frame.days, month.frame.work)
    if not kept or not due or kept[0] == due[0]:
        return []
    day, half = kept[0]
    return [f"签到簿自{chinese_short_day(day)}{half.label}起启用,此前不计。"]
