"""年度考勤汇总表: a line a person with the year's totals, and before them what is to be pointed out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from operator import attrgetter

from govoffice_tui.exporters.attendance.figures import APART, OTHER_LEAVE, Section, in_days
from govoffice_tui.exporters.attendance.grid import SUM_CHECK
from govoffice_tui.exporters.attendance.workbook_pages import Unbalanced
from govoffice_tui.exporters.page import SIGNATURES, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.attendance.years import AttendanceYear, hints, months_words
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.year_totals import PersonYear

SHEET = "年度考勤汇总表"
SEQUENCE_MM, NAME_MM, SECTION_MM, WIDTH_MM = 9.0, 27.0, 31.0, 257.0
ROW_HEIGHT = 18.0
BODY_POINTS = 10.0
REMARK_LIMIT = 120
HINTS_SHOWN = 12


@dataclass(frozen=True)
class YearFigure:
    """A column of the year: how many half-days or occasions it has of one person, and how wide it is."""

    title: str
    halves: Callable[[PersonYear], int]
    width: float
    counts_occasions: bool = False
    adds_up: bool = True

    def of(self, people: Sequence[PersonYear]) -> int | float:
        """Return the figure of one or many people as it is printed."""
        found = sum(self.halves(one) for one in people)
        return found if self.counts_occasions else in_days(found)


def _leave(*kinds: HalfStatus) -> Callable[[PersonYear], int]:
    return lambda one: sum(one.leave[kind] for kind in kinds)


LONGEST_RUN = YearFigure("连续旷工", attrgetter("longest_run"), 11, counts_occasions=True, adds_up=False)
FIGURES = (
    YearFigure("应出勤", attrgetter("due"), 16),
    YearFigure("实出勤", attrgetter("attended"), 16),
    YearFigure("因公外出", attrgetter("out"), 12.5),
    YearFigure("迟到次数", attrgetter("late"), 11, counts_occasions=True),
    YearFigure("早退次数", attrgetter("early"), 11, counts_occasions=True),
    YearFigure("事假", _leave(HalfStatus.PERSONAL), 12),
    YearFigure("病假", _leave(HalfStatus.SICK), 12),
    YearFigure("年休假", _leave(HalfStatus.ANNUAL), 12),
    YearFigure("其他假", _leave(*OTHER_LEAVE), 12),
    YearFigure("旷工", attrgetter("absent"), 11),
    LONGEST_RUN,
    YearFigure("待核", attrgetter("pending"), 11),
)


def year_pages(year: AttendanceYear, made_at: datetime) -> list[Page]:
    """Return the form of a year, made at an office time; 未定稿 while one of its months is not sealed.

    Raises Unbalanced where the figures of somebody do not come out.
    """
    problems = [
        Problem(year.display_names[one.person.id], f"全年应出勤与各项之和相差{in_days(abs(one.imbalance))}天")
        for one in year.people
        if one.imbalance
    ]
    if problems:
        raise Unbalanced(problems)
    fixed = [SEQUENCE_MM, NAME_MM, SECTION_MM, *(figure.width for figure in FIGURES)]
    heads = ("序号", "姓名", "股室", *(_head(figure) for figure in FIGURES), "备注")
    return [
        Page(
            sheet=SHEET,
            title=f"{year.office_name}{SHEET}{'(未定稿)' if year.open_months else ''}",
            subline=f"{year.period_words}    单位:天/次",
            columns=(*fixed, WIDTH_MM - sum(fixed)),
            header=(Row(tuple(Cell(title, Look.HEAD) for title in heads), 32),),
            blocks=_blocks(year),
            lead=_lead(year),
            notes=_notes(),
            signatures=SIGNATURES,
            orientation=Orientation.LANDSCAPE,
            body_points=BODY_POINTS,
            frozen_columns=2,
            running_foot=f"{SHEET} {year.period_words}",
            made_foot=made_words(made_at),
        )
    ]


def year_digest(year: AttendanceYear) -> str:
    """Return the SHA-256 in hex of everything the year's form shows, but not of when or how it was set."""
    people = [
        [year.display_names[one.person.id], one.person.section, one.person.category.value, _figures_of(one)]
        for one in year.people
    ]
    shown = [year.office_name, year.months, year.open_months, hints(year), people]
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _figures_of(one: PersonYear) -> dict[str, object]:
    """Return a person's totals as texts and numbers."""
    return {name: value for name, value in asdict(one).items() if name != "person"}


def _blocks(year: AttendanceYear) -> tuple[Block, ...]:
    """Return a line a person, each section's sum behind its last, and the whole with its check at the end."""
    blocks: list[Block] = []
    for section in year_sections(year):
        for one in section.people:
            blocks.append((_person_row(year, one, len(blocks) + 1),))
        blocks[-1] = (*blocks[-1], _sum_row(f"{section.title}小计({len(section.people)}人)", section.people))
    total = _sum_row(f"合计({len(year.people)}人)", year.people)
    if blocks:
        blocks[-1] = (*blocks[-1], total, _check_row())
    return tuple(blocks)


def year_sections(year: AttendanceYear) -> list[Section[PersonYear]]:
    """Return the year's people by section in the order of their first, with 编外 as the last."""
    found: dict[str, list[PersonYear]] = {}
    for one in year.people:
        title = APART if one.person.category.is_apart else one.person.section or "未分股室"
        found.setdefault(title, []).append(one)
    return [Section(title, tuple(people)) for title, people in found.items()]


def _person_row(year: AttendanceYear, one: PersonYear, number: int) -> Row:
    cells = [
        Cell(number, Look.NUMBER),
        Cell(year.display_names[one.person.id], Look.MIDDLE),
        Cell(one.person.section, Look.MIDDLE),
        *(Cell(figure.of([one]), Look.NUMBER) for figure in FIGURES),
    ]
    return Row((*cells, Cell(_remark(one), Look.TEXT)), ROW_HEIGHT)


def _remark(one: PersonYear) -> str:
    """Return what the figures leave out: the other leaves by kind, days without a signature due, who came and went."""
    spared = (("免签", one.exempt), ("借出", one.seconded))
    kinds = [(kind.label, one.leave[kind]) for kind in OTHER_LEAVE]
    counted = [f"{label}{in_days(halves)}天" for label, halves in (*kinds, *spared) if halves]
    text = ";".join([*counted, *one.remarks])
    return text if len(text) <= REMARK_LIMIT else f"{text[: REMARK_LIMIT - 1]}…"


def _sum_row(title: str, people: Sequence[PersonYear]) -> Row:
    """Return a row of days and counts; the longest run is of one person and not added up."""
    figures = [Cell(figure.of(people) if figure.adds_up else "", Look.TOTAL_NUMBER) for figure in FIGURES]
    return Row((Cell(title, Look.TOTAL, across=3), *figures, Cell("", Look.TOTAL)), ROW_HEIGHT)


def _check_row() -> Row:
    checks = [Cell(SUM_CHECK if figure.adds_up else "", Look.CHECK) for figure in FIGURES]
    return Row((Cell("复核(应为0)", Look.MIDDLE, across=3), *checks, Cell("", Look.MIDDLE)), ROW_HEIGHT)


def _head(figure: YearFigure) -> str:
    """Return a column's title, four characters as two lines of two."""
    return f"{figure.title[:2]}\n{figure.title[2:]}" if len(figure.title) > 3 else figure.title


def _lead(year: AttendanceYear) -> tuple[str, ...]:
    """Return which months are open, and what is to be pointed out."""
    told = hints(year)
    left = len(told) - HINTS_SHOWN
    draft = f"未定稿:{months_words(year.open_months)}还没有封存。" if year.open_months else ""
    lines = [draft, *told[:HINTS_SHOWN], f"另有{left}人达到提示线,见旷工、连续旷工两栏。" if left > 0 else ""]
    return tuple(line for line in lines if line)


def _notes() -> tuple[str, ...]:
    return (
        "注:1.各月按月考勤汇总相加;旷工依考勤制度第3条按日计。连续旷工为最长的一次,按工作日计,跨月、跨休息日连续,不相加。",
        "  2.连续旷工3、10、15个工作日,一年累计30个工作日作提示(公务员法第88条:连续超过15个工作日或一年内累计超过30个"
        "工作日),只适用于公务员和参公人员,由办公室按规定研究。",
    )
