"""请假情况汇总表: who was away how often and how long, by section, with what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from govoffice_tui.exporters.attendance.figures import APART, in_days
from govoffice_tui.exporters.attendance.grid import SUM_CHECK
from govoffice_tui.exporters.page import (
    SIGNATURES,
    SMALL_POINTS,
    Block,
    Cell,
    Look,
    Orientation,
    Page,
    Row,
)
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.leave.months import LeaveMonth, PersonLeave
from govoffice_tui.rules.leave import LeaveKind, LeaveMode

SHEET = "请假情况汇总表"
WIDTH_MM = 257.0
FIXED_MM = (8.0, 18.0, 21.0)
SHORTFALLS_SHOWN = 8
REMARK_LIMIT = 120
OTHER_KINDS = tuple(kind for kind in LeaveKind if kind not in (LeaveKind.PERSONAL, LeaveKind.SICK, LeaveKind.ANNUAL))


@dataclass(frozen=True)
class Column:
    """One column of figures: its head over and under, its width, what it reads of a person, and how it is printed."""

    over: str
    under: str
    width: float
    of: Callable[[PersonLeave], int]
    in_days: bool = True

    def figure(self, people: Iterable[PersonLeave]) -> int | float:
        """Return the figure of one or many people as it is printed."""
        total = sum(self.of(one) for one in people)
        return in_days(total) if self.in_days else total


def _halves(*kinds: LeaveKind) -> Callable[[PersonLeave], int]:
    return lambda one: sum(one.halves.get(kind, 0) for kind in kinds)


def _times(kind: LeaveKind) -> Callable[[PersonLeave], int]:
    return lambda one: one.times.get(kind, 0)


def _mode(mode: LeaveMode) -> Callable[[PersonLeave], int]:
    return lambda one: one.modes.get(mode, 0)


def _year(kind: LeaveKind) -> Callable[[PersonLeave], int]:
    return lambda one: one.year.get(kind, 0)


BEFORE_KINDS = (
    Column("事假", "次", 8.0, _times(LeaveKind.PERSONAL), in_days=False),
    Column("事假", "天", 9.5, _halves(LeaveKind.PERSONAL)),
    Column("病假", "次", 8.0, _times(LeaveKind.SICK), in_days=False),
    Column("病假", "天", 9.5, _halves(LeaveKind.SICK)),
    Column("年休假", "天", 9.5, _halves(LeaveKind.ANNUAL)),
    Column("其他假", "天", 9.5, _halves(*OTHER_KINDS)),
)
AFTER_KINDS = (
    Column("合计", "天", 10.0, lambda one: one.total),
    Column("其中(次)", "口头", 8.5, _mode(LeaveMode.ORAL), in_days=False),
    Column("其中(次)", "书面", 8.5, _mode(LeaveMode.WRITTEN), in_days=False),
    Column("其中(次)", "电话补办", 8.5, _mode(LeaveMode.PHONE), in_days=False),
    Column("未补手续", "次", 9.0, lambda one: one.unpapered, in_days=False),
    Column("未销假", "次", 9.0, lambda one: one.unended, in_days=False),
    Column("年休假(天)", "应休", 9.0, lambda one: (one.annual and one.annual.due) or 0),
    Column("年休假(天)", "已休", 9.0, lambda one: one.annual.used if one.annual else 0),
    Column("年休假(天)", "剩余", 9.0, lambda one: (one.annual and one.annual.left) or 0),
    Column("本年累计(天)", "事", 9.0, _year(LeaveKind.PERSONAL)),
    Column("本年累计(天)", "病", 9.0, _year(LeaveKind.SICK)),
    Column("本年累计(天)", "年", 9.0, _year(LeaveKind.ANNUAL)),
)
KINDS_MM = 16.0


def summary_page(month: LeaveMonth, made_at: datetime, suffix: str, period: str) -> Page:
    """Return the month's summary; `suffix` is (未定稿) or the like behind the title, `period` 2026年10月."""
    widths = (
        *FIXED_MM,
        *(column.width for column in BEFORE_KINDS),
        KINDS_MM,
        *(column.width for column in AFTER_KINDS),
    )
    columns = (*widths, WIDTH_MM - sum(widths))
    return Page(
        sheet=SHEET,
        title=f"{month.office_name}{SHEET}{suffix}",
        subline=f"{period}    单位:次/天",
        columns=columns,
        header=_header(),
        blocks=tuple(_blocks(month, len(columns))),
        lead=_lead(month),
        notes=_notes(),
        signatures=SIGNATURES,
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        frozen_columns=2,
        running_foot=f"{SHEET} {period}",
        made_foot=made_words(made_at),
    )


def _header() -> Block:
    over: list[Cell | None] = [Cell(title, Look.HEAD, down=2) for title in ("序号", "姓名", "股室")]
    under: list[Cell | None] = [None, None, None]
    for columns in (BEFORE_KINDS, AFTER_KINDS):
        titles = [column.over for column in columns]
        for place, column in enumerate(columns):
            if place == 0 or titles[place - 1] != column.over:
                over.append(Cell(column.over, Look.HEAD, across=titles.count(column.over) + _kinds_beside(column)))
            under.append(Cell(column.under, Look.HEAD))
        if columns is BEFORE_KINDS:
            under.append(Cell("类别", Look.HEAD))
    over.append(Cell("备注", Look.HEAD, down=2))
    under.append(None)
    return (Row(tuple(over), 16), Row(tuple(under), 26))


def _kinds_beside(column: Column) -> int:
    """Return the column of kinds that stands under the head of 其他假."""
    return 1 if column.over == "其他假" else 0


def _blocks(month: LeaveMonth, width: int) -> list[Block]:
    blocks: list[Block] = []
    for title, people in sections(month):
        for one in people:
            blocks.append((_person_row(one, len(blocks) + 1),))
        blocks[-1] = (*blocks[-1], _sum_row(f"{title}小计({len(people)}人)", people))
    if not blocks:
        return [(Row((Cell("本月没有人请假。", Look.MIDDLE, width),), 20),)]
    blocks[-1] = (*blocks[-1], _sum_row(f"合计({len(month.people)}人)", month.people), _check_row())
    return blocks


def sections(month: LeaveMonth) -> list[tuple[str, list[PersonLeave]]]:
    """Return the people with leave by section in the order of their first, 编外 as the last."""
    found: dict[str, list[PersonLeave]] = {}
    for one in month.people:
        title = APART if one.person.category.is_apart else one.person.section or "未分股室"
        found.setdefault(title, []).append(one)
    apart = found.pop(APART, None)
    return [*found.items(), *([(APART, apart)] if apart else [])]


def other_kinds(one: PersonLeave) -> str:
    """Return 婚假3天、丧假1天 of the kinds that have no column of their own."""
    return "、".join(f"{kind.label}{in_days(one.halves[kind])}天" for kind in OTHER_KINDS if one.halves.get(kind))


def _person_row(one: PersonLeave, number: int) -> Row:
    remark = ";".join(one.remarks)
    if one.annual is not None and one.annual.due is None and one.annual.used:
        remark = ";".join(part for part in (remark, "年休假应休未登记") if part)
    cells = [
        Cell(number, Look.NUMBER),
        Cell(one.name, Look.MIDDLE),
        Cell(one.person.section, Look.MIDDLE),
        *(Cell(column.figure([one]), Look.NUMBER) for column in BEFORE_KINDS),
        Cell(other_kinds(one), Look.MIDDLE),
        *(Cell(column.figure([one]), Look.NUMBER) for column in AFTER_KINDS),
        Cell(remark if len(remark) <= REMARK_LIMIT else f"{remark[: REMARK_LIMIT - 1]}…", Look.TEXT),
    ]
    return Row(tuple(cells), 18)


def _sum_row(title: str, people: Iterable[PersonLeave]) -> Row:
    listed = list(people)
    return Row(
        (
            Cell(title, Look.TOTAL, across=3),
            *(Cell(column.figure(listed), Look.TOTAL_NUMBER) for column in BEFORE_KINDS),
            Cell("", Look.TOTAL),
            *(Cell(column.figure(listed), Look.TOTAL_NUMBER) for column in AFTER_KINDS),
            Cell("", Look.TOTAL),
        ),
        18,
    )


def _check_row() -> Row:
    return Row(
        (
            Cell("复核(应为0)", Look.MIDDLE, across=3),
            *(Cell(SUM_CHECK, Look.CHECK) for _ in BEFORE_KINDS),
            Cell("", Look.MIDDLE),
            *(Cell(SUM_CHECK, Look.CHECK) for _ in AFTER_KINDS),
            Cell("", Look.MIDDLE),
        )
    )


def _lead(month: LeaveMonth) -> tuple[str, ...]:
    """Return what an unsealed month still lacks."""
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    shown = ";".join(named[:SHORTFALLS_SHOWN])
    return (f"未定稿:{shown}{more}。" if named else "未定稿:本月还没有封存。",)


def _notes() -> tuple[str, ...]:
    return (
        "注:1.次数记在开始请假的月份,续假不另计次;跨月的假各月只计本月的天数。",
        "2.天数按半天计,休息日、法定节假日不计;产假、探亲假和超过规定天数的病假按自然日计。",
        "3.逾期未补办手续的电话请假不计天数,按考勤制度第5条待核。每张假条见附表《请假明细》。",
    )
