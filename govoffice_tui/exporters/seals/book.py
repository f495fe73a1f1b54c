"""用印登记簿 of a month: every number, one line each, with what was approved, checked and signed."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.seals.shared import (
    approval_words,
    cells_of,
    digest_of,
    head_row,
    lead_of,
    period_of,
    row,
    suffix_of,
    title_of,
)
from govoffice_tui.exporters.words import joined, made_words, number_in_two
from govoffice_tui.registers.seals.months import SealsMonth
from govoffice_tui.registers.seals.views import UseRow
from govoffice_tui.rules.seals import CLASSIFIED_TITLE

TITLE = "用印登记簿"
HEADS = (
    "编号",
    "用印时间",
    "用印单位",
    "文件标题(事由)、文号",
    "类别",
    "份数",
    "枚数",
    "印章",
    "批准人、日期",
    "分管副主\n任签字",
    "核对",
    "承办人\n签字页",
    "印章\n管理人",
    "审批单、备注",
)
COLUMNS = (15.5, 15.0, 20.0, 40.0, 15.0, 9.5, 9.5, 22.0, 23.0, 15.0, 9.5, 22.0, 14.0, 27.0)
LOOKS = (
    Look.MIDDLE,
    Look.MIDDLE,
    Look.TEXT,
    Look.TEXT,
    Look.MIDDLE,
    Look.NUMBER,
    Look.NUMBER,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.TEXT,
)
NOTES = (
    "注:1.编号每年从1起,不空号;作废的号保留,不计份数、枚数。核对√为内容完整、非空白、与批准件一致、落款相符都已核对。",
    f"  2.承办人的签字在签字页上,本表只印页号、行号;涉密件只写“{CLASSIFIED_TITLE}”和机要登记册页(保密制度第3条)。",
)


def book_pages(month: SealsMonth, made_at: datetime) -> list[Page]:
    """Return the month's lines; one that is not sealed is headed 未定稿."""
    blocks: list[Block] = [(row(_cells(one), LOOKS, 26),) for one in month.lines]
    if blocks:
        total = month.total
        blocks[-1] = (
            *blocks[-1],
            Row(
                (
                    Cell("合计", Look.TOTAL, across=3),
                    Cell(f"{total.times}次" + (f",作废{total.voided}号" if total.voided else ""), Look.TOTAL, across=2),
                    Cell(total.copies, Look.TOTAL_NUMBER),
                    Cell(total.impressions, Look.TOTAL_NUMBER),
                    Cell("", Look.TOTAL, across=7),
                ),
                20,
            ),
        )
    else:
        blocks = [(Row((Cell("本月没有用印登记。", Look.MIDDLE, len(COLUMNS)),), 20),)]
    return [
        Page(
            sheet=TITLE,
            title=f"{month.office_name}{TITLE}{suffix_of(month)}",
            subline=period_of(month),
            columns=COLUMNS,
            header=(head_row(HEADS, 30),),
            blocks=tuple(blocks),
            lead=lead_of(month),
            notes=NOTES,
            orientation=Orientation.LANDSCAPE,
            body_points=SMALL_POINTS,
            running_foot=f"{TITLE} {period_of(month)}",
            made_foot=made_words(made_at),
        )
    ]


def book_digest(month: SealsMonth) -> str:
    """Return the SHA-256 in hex of everything the sheet shows, but not of when or how it was set."""
    return digest_of([month.revision, cells_of(book_pages(month, datetime(2000, 1, 1)))])


def _cells(one: UseRow) -> tuple[str | int, ...]:
    number = number_in_two(one.number.removeprefix("印"))
    if one.is_struck:
        words = f"作废:{one.struck_reason}"
        return (number, _when(one), one.unit, title_of(one), one.kind.label, 0, 0, one.seal_name, *[""] * 5, words)
    signed = f"{one.page_number.removeprefix('签')}\n第{one.page_line}行" if one.page is not None else ""
    if one.page is None and one.signed_at is not None:
        signed = f"应急页{one.outage_page}"
    gaps = f"缺{'、'.join(one.gaps)}" if one.gaps else ""
    spoiled = f"作废件{one.spoiled_copies}份:{one.spoiled_words}" if one.spoiled_copies else ""
    unclear = f"印迹不清:{one.spoiled_words}" if one.checked_at is not None and not one.is_clear else ""
    remark = joined(
        (
            one.approval_number,
            gaps,
            "外带用印" if one.carry is not None else "",
            f"停机补登(纸第{one.outage_page}页):{one.outage_reason}" if one.is_outage else one.late_reason or "",
            f"第{one.revision}次更正" if one.revision > 1 else "",
            one.impressions_reason,
            spoiled or unclear,
            one.remark,
        ),
        ";",
    )
    return (
        number,
        _when(one),
        one.unit,
        title_of(one),
        one.kind.label,
        one.copies,
        one.impressions,
        one.seal_name,
        approval_words(one),
        one.deputy or ("—" if not one.kind.needs_deputy else ""),
        "" if one.checks.left else "√",
        joined((one.agent, signed), "\n"),
        one.keeper_name,
        remark,
    )


def _when(one: UseRow) -> str:
    at = one.stamped_at
    return f"{one.event_day:%-m-%-d}" if at is None else f"{at:%-m-%-d}\n{at:%-H:%M}"
