"""大扫除登记汇总表: a line a session, then everybody's counts, and the roll of one session."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, chinese_weekday
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.rolls.sheets import (
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
from govoffice_tui.registers.rolls.views import HeldRoll, PersonRolls, RollMonth, RollPage
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.rolls import RollState

TITLE = "大扫除登记汇总表"
PEOPLE_TITLE = "大扫除个人情况"
SIGNATURES = ("登记人:", "审核:", "分管副主任签字:")
HEADS = ("日期", "星期", "区域", "应到", "实到", "缺席名单及原因", "迟到", "带队", "登记人")
COLUMNS = (19.0, 13.0, 28.0, 10.0, 10.0, 46.0, 18.0, 14.0, 14.0)
PEOPLE_HEADS = ("序号", "姓名", "股室", "应到", "实到", "请假", "公出", "缺席", "迟到", "早退", "出勤率(%)")
PEOPLE_COLUMNS = (11.0, 30.0, 34.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 17.0)


def month_pages(month: RollMonth, made_at: datetime) -> list[Page]:
    """Return 大扫除登记汇总表 and everybody's counts."""
    return [_summary(month, made_at), _people(month, made_at)]


def roll_pages(roll: RollPage, made_at: datetime) -> list[Page]:
    """Return the roll of one session."""
    return [sheet_page(roll, made_at)]


def blank_pages(office: Office, day: date, made_at: datetime) -> list[Page]:
    """Return an empty roll with the names of a day, for the packet of emergency forms, made at an office time."""
    return [blank_sheet(office, HYGIENE, day, made_at)]


def _summary(month: RollMonth, made_at: datetime) -> Page:
    blocks: list[Block] = [(_session_row(one),) for one in month.sessions]
    if not blocks:
        blocks = [(Row((Cell("本月没有大扫除。", Look.MIDDLE, len(COLUMNS)),), 20),)]
    counts = month.counts
    blocks.append(
        (
            Row(
                (
                    Cell(f"合计 {len(month.held)}次", Look.TOTAL, 3),
                    Cell(counts.due, Look.TOTAL_NUMBER),
                    Cell(counts.attended, Look.TOTAL_NUMBER),
                    Cell(f"请假{counts.leave} 公出{counts.out} 缺席{counts.absent}", Look.TOTAL),
                    Cell(counts.late, Look.TOTAL_NUMBER),
                    Cell(f"出勤率{counts.rate}%" if counts.rate else "", Look.TOTAL, 2),
                ),
                20,
            ),
        )
    )
    return Page(
        sheet=TITLE,
        title=f"{month.office_name}{TITLE}{month_suffix(month.revision)}",
        subline=f"{period_of(month)}    单位:人次",
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 24),),
        blocks=tuple(blocks),
        notes=month_notes(month, RATE_NOTE),
        opinion_height=60,
        signatures=SIGNATURES,
        running_foot=f"{TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _session_row(one: HeldRoll) -> Row:
    session = one.session
    day, weekday = chinese_short_day(session.day), chinese_weekday(session.day)
    if not session.state.is_held:
        decided = f"({session.ordered_by}定:{session.order_reason})" if session.ordered_by else ""
        words = f"取消{decided}" if session.state is RollState.CANCELLED else "没有登记"
        rest = Cell(words, Look.TEXT, len(COLUMNS) - 2)
        return Row((Cell(day, Look.MIDDLE), Cell(weekday, Look.MIDDLE), rest), 20)
    return Row(
        (
            Cell(day, Look.MIDDLE),
            Cell(weekday, Look.MIDDLE),
            Cell(session.topic.subject, Look.TEXT),
            Cell(one.counts.due, Look.NUMBER),
            Cell(one.counts.attended, Look.NUMBER),
            Cell("、".join(one.missing) or "无", Look.TEXT),
            Cell("、".join(one.late), Look.TEXT),
            Cell(session.topic.led_by, Look.MIDDLE),
            Cell(session.entered_by, Look.MIDDLE),
        ),
        20,
    )


def _people(month: RollMonth, made_at: datetime) -> Page:
    blocks: list[Block] = [(_person_row(number, one),) for number, one in enumerate(month.people, 1)]
    blocks.append((Row((Cell("合计", Look.TOTAL, 3), *figures(month.counts, Look.TOTAL_NUMBER)), 18),))
    return Page(
        sheet=PEOPLE_TITLE,
        title=f"{month.office_name}{PEOPLE_TITLE}{month_suffix(month.revision)}",
        subline=f"{period_of(month)}    共{len(month.held)}次    单位:次",
        columns=PEOPLE_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in PEOPLE_HEADS), 24),),
        blocks=tuple(blocks),
        notes=(f"注:{RATE_NOTE}",),
        signatures=SIGNATURES,
        body_points=SMALL_POINTS,
        frozen_columns=2,
        running_foot=f"{PEOPLE_TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _person_row(number: int, one: PersonRolls) -> Row:
    return Row(
        (
            Cell(number, Look.NUMBER),
            Cell(one.display_name, Look.MIDDLE),
            Cell(one.person.section, Look.MIDDLE),
            *figures(one.counts, Look.NUMBER),
        ),
        14,
    )
