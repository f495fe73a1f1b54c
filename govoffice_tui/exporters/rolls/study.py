"""集中学习考勤汇总表, with the trainings of the month and the year, and the roll of one session."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import WEEKDAYS, chinese_short_day
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.rolls.sheets import (
    LEGEND,
    PAPER_MARKS,
    RATE_NOTE,
    blank_sheet,
    figures,
    month_notes,
    month_suffix,
    period_of,
    sheet_page,
)
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls.views import HeldRoll, PersonRolls, RollMonth, RollPage, Trained, TrainingYear
from govoffice_tui.rules.study import STUDY

TITLE = "集中学习考勤汇总表"
TRAININGS_TITLE = "培训登记表"
YEAR_TITLE = "个人培训累计"
SIGNATURES = ("考勤人:", "党支部:", "分管副主任签字:")
FIGURES = ("应到", "实到", "请假", "公出", "缺席", "迟到", "早退")
NAME_WIDTH, FIGURE_WIDTH, RATE_WIDTH, MOST_DAY_WIDTH = 30.0, 11.0, 15.0, 12.0
PAPER_WIDTH = 257.0
OUTSIDE = "－"
TRAINING_HEADS = ("编号", "日期", "学时", "主办单位", "培训内容", "参加的人", "备注")
TRAINING_COLUMNS = (32.0, 32.0, 13.0, 40.0, 58.0, 54.0, 28.0)
YEAR_HEADS = ("序号", "姓名", "股室", "次数", "学时")
YEAR_COLUMNS = (12.0, 40.0, 50.0, 20.0, 24.0)


def month_pages(month: RollMonth, made_at: datetime) -> list[Page]:
    """Return 集中学习考勤汇总表 and, where the office was on courses this year, the training sheets."""
    pages = [_summary(month, made_at)]
    if month.trainings or month.year:
        pages += [_trainings(month, made_at), _year(month, made_at)]
    return pages


def roll_pages(roll: RollPage, made_at: datetime) -> list[Page]:
    """Return the roll of one session."""
    return [sheet_page(roll, made_at)]


def blank_pages(office: Office, day: date, made_at: datetime) -> list[Page]:
    """Return an empty roll with the names of a day, for the packet of emergency forms, made at an office time."""
    return [blank_sheet(office, STUDY, day, made_at)]


def _summary(month: RollMonth, made_at: datetime) -> Page:
    held = month.held
    room = PAPER_WIDTH - NAME_WIDTH - (len(FIGURES) + 1) * FIGURE_WIDTH - RATE_WIDTH
    days = [min(MOST_DAY_WIDTH, room / max(1, len(held)))] * len(held)
    heads = [
        Cell("姓名", Look.HEAD),
        *(Cell(f"{one.session.day.month}.{one.session.day.day}\n{_weekday(one)}", Look.HEAD) for one in held),
        *(Cell(title, Look.HEAD) for title in (*FIGURES, "出勤率(%)", "补学")),
    ]
    blocks: list[Block] = [(_person_row(one, held),) for one in month.people]
    blocks.append((_sum_row(month, held),))
    return Page(
        sheet=TITLE,
        title=f"{month.office_name}{TITLE}{month_suffix(month.revision)}",
        subline=f"{period_of(month)}    共{len(held)}次    单位:次",
        columns=(NAME_WIDTH, *days, *[FIGURE_WIDTH] * len(FIGURES), RATE_WIDTH, FIGURE_WIDTH),
        header=(Row(tuple(heads), 30),),
        blocks=tuple(blocks),
        notes=month_notes(month, LEGEND, RATE_NOTE, _topics(held)),
        signatures=SIGNATURES,
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        frozen_columns=1,
        running_foot=f"{TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _weekday(one: HeldRoll) -> str:
    return WEEKDAYS[one.session.day.weekday()]


def _topics(held: tuple[HeldRoll, ...]) -> str:
    """Return what every session was about in one paragraph."""
    return f"学习内容:{';'.join(_topic_words(one) for one in held)}。" if held else ""


def _topic_words(one: HeldRoll) -> str:
    """Return 10月13日学习… 主讲…."""
    topic = one.session.topic
    said = [topic.subject or "未登记内容"]
    said += [f"{label}{text}" for label, text in (("主讲", topic.speaker), ("主持", topic.led_by)) if text]
    return f"{chinese_short_day(one.session.day)}{' '.join(said)}"


def _person_row(one: PersonRolls, held: tuple[HeldRoll, ...]) -> Row:
    marks = [one.kinds.get(roll.session.day) for roll in held]
    return Row(
        (
            Cell(one.display_name, Look.MIDDLE),
            *(Cell(OUTSIDE if mark is None else PAPER_MARKS[mark], Look.MARK) for mark in marks),
            *figures(one.counts, Look.NUMBER),
            Cell(one.made_up, Look.NUMBER),
        ),
        15,
    )


def _sum_row(month: RollMonth, held: tuple[HeldRoll, ...]) -> Row:
    made_up = sum(one.made_up for one in month.people)
    return Row(
        (
            Cell("合计(实到)", Look.TOTAL),
            *(Cell(one.counts.attended, Look.TOTAL_NUMBER) for one in held),
            *figures(month.counts, Look.TOTAL_NUMBER),
            Cell(made_up, Look.TOTAL_NUMBER),
        ),
        18,
    )


def _trainings(month: RollMonth, made_at: datetime) -> Page:
    blocks: list[Block] = [(_training_row(one),) for one in month.trainings]
    if not blocks:
        blocks = [(Row((Cell("本月没有登记培训。", Look.MIDDLE, len(TRAINING_COLUMNS)),), 20),)]
    return Page(
        sheet=TRAININGS_TITLE,
        title=f"{month.office_name}{TRAININGS_TITLE}{month_suffix(month.revision)}",
        subline=period_of(month),
        columns=TRAINING_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in TRAINING_HEADS), 22),),
        blocks=tuple(blocks),
        signatures=SIGNATURES,
        orientation=Orientation.LANDSCAPE,
        running_foot=f"{TRAININGS_TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _training_row(one: Trained) -> Row:
    first = chinese_short_day(one.first)
    days = first if one.first == one.last else f"{first}至{chinese_short_day(one.last)}"
    who = "、".join(name for _, name in one.people)
    words = (one.number, days, one.hours, one.organiser, one.course, who, one.remark)
    looks = (Look.MIDDLE, Look.MIDDLE, Look.MIDDLE, Look.TEXT, Look.TEXT, Look.TEXT, Look.TEXT)
    return Row(tuple(Cell(word, look) for word, look in zip(words, looks, strict=True)), 18)


def _year(month: RollMonth, made_at: datetime) -> Page:
    blocks: list[Block] = [(_year_row(number, one),) for number, one in enumerate(month.year, 1)]
    courses, halves = sum(one.courses for one in month.year), sum(one.half_hours for one in month.year)
    total = Cell("合计(人次、学时)", Look.TOTAL, 3)
    sums = (total, Cell(courses, Look.TOTAL_NUMBER), Cell(halves / 2, Look.TOTAL_NUMBER))
    blocks.append((Row(sums, 18),))
    year = month.month[:4]
    return Page(
        sheet=YEAR_TITLE,
        title=f"{month.office_name}{YEAR_TITLE}{month_suffix(month.revision)}",
        subline=f"{year}年1月至{int(month.month[5:])}月",
        columns=YEAR_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in YEAR_HEADS), 22),),
        blocks=tuple(blocks),
        running_foot=f"{YEAR_TITLE} {year}年",
        made_foot=made_words(made_at),
    )


def _year_row(number: int, one: TrainingYear) -> Row:
    return Row(
        (
            Cell(number, Look.NUMBER),
            Cell(one.display_name, Look.MIDDLE),
            Cell(one.person.section, Look.MIDDLE),
            Cell(one.courses, Look.NUMBER),
            Cell(one.half_hours / 2, Look.NUMBER),
        ),
        16,
    )
