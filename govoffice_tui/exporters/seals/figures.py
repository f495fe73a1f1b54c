"""用印情况月统计表 by seal and by unit, what is still open, and 外带清单."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.seals.shared import (
    cells_of,
    digest_of,
    head_row,
    lead_of,
    period_of,
    row,
    suffix_of,
)
from govoffice_tui.exporters.words import joined, made_words, number_in_two
from govoffice_tui.registers.seals.months import KINDS_SHOWN, SealsMonth, UseFigures
from govoffice_tui.registers.seals.views import CarryRow
from govoffice_tui.rules.seal_states import CarryState

TITLE, CARRY_TITLE = "用印情况月统计表", "印章外带清单"
BY_SEAL, BY_UNIT, MATTERS, OUTSIDE_SHEET = "按印章", "按用印单位", "待办和拒绝", "外带清单"
_KINDS = tuple(f"其中\n{kind.label[:2]}" for kind in KINDS_SHOWN)
SEAL_HEADS = ("印章", "次数", "份数", "枚数", *_KINDS, "外带\n次数", "作废\n(号)", "作废件\n(份)", "备注")
SEAL_COLUMNS = (42.0, 12.0, 13.0, 13.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 12.0, 12.0)
UNIT_HEADS = ("用印单位", "次数", "份数", "枚数", *_KINDS, "现场\n用印", "作废\n(号)", "作废件\n(份)", "备注")
MATTER_HEADS = ("序号", "类别", "编号或时间", "内容", "经办人")
MATTER_COLUMNS = (12.0, 26.0, 30.0, 82.0, 20.0)
CARRY_HEADS = (
    "编号",
    "印章",
    "用印单位",
    "用途",
    "地点",
    "批准人",
    "携带人\n同行人",
    "带出时间",
    "应还时间",
    "归还时间",
    "现场用印",
    "验收",
)
CARRY_COLUMNS = (19.0, 31.0, 24.0, 32.0, 24.0, 20.0, 21.0, 17.0, 17.0, 17.0, 18.0, 17.0)
CARRY_LOOKS = (Look.MIDDLE, Look.MIDDLE, Look.TEXT, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 7)
_FIGURES = (Look.TEXT, *[Look.NUMBER] * 10, Look.TEXT)
_TOTALS = (Look.TOTAL, *[Look.TOTAL_NUMBER] * 10, Look.TOTAL)
NOTES = (
    "注:次数一号一次,作废的号不计次数、份数、枚数;枚数含作废件上已盖的。",
    "  公文、函件、证明、合同是次数中的;外带次数是印章带出办公室的次数,现场用印是外带时登记的次数。",
)


def figure_pages(month: SealsMonth, made_at: datetime) -> list[Page]:
    """Return the sums by seal and by unit, what is open or was refused, and the carries of a month."""
    return [
        _sums(month, made_at, BY_SEAL, SEAL_HEADS, month.by_seal, is_by_seal=True),
        _sums(month, made_at, BY_UNIT, UNIT_HEADS, month.by_unit, is_by_seal=False),
        _matters(month, made_at),
        _carries(month, made_at),
    ]


def figure_digest(month: SealsMonth) -> str:
    """Return the SHA-256 in hex of everything the sheets show, but not of when or how they were set."""
    return digest_of([month.revision, cells_of(figure_pages(month, datetime(2000, 1, 1)))])


def _sums(
    month: SealsMonth,
    made_at: datetime,
    sheet: str,
    heads: Sequence[str],
    sums: Sequence[UseFigures],
    *,
    is_by_seal: bool,
) -> Page:
    blocks: list[Block] = [(row(_cells(one, is_by_seal), _FIGURES),) for one in sums]
    total = row(_cells(month.total, is_by_seal), _TOTALS)
    if blocks:
        blocks[-1] = (*blocks[-1], total)
    else:
        blocks = [(Row((Cell("本月没有用印登记。", Look.MIDDLE, len(SEAL_COLUMNS)),), 20),)]
    phone = f"电话批准{month.by_phone}件,未补书面审批{len(month.unpapered)}件"
    refused = f"拒绝空白用印{len(month.refusals)}件,不同意、退回{len(month.declined)}件"
    out = f"外带{month.total.carried}次,未归还{sum(one.state is CarryState.OUT for one in month.carries)}次"
    return Page(
        sheet=sheet,
        title=f"{month.office_name}{TITLE}{suffix_of(month)}",
        subline=f"{period_of(month)}    {sheet}",
        columns=SEAL_COLUMNS,
        header=(head_row(heads, 30),),
        blocks=tuple(blocks),
        lead=lead_of(month) if is_by_seal else (),
        notes=(f"本月{phone};{refused};{out};作废{month.total.voided}号。", *NOTES),
        opinion_height=60 if is_by_seal else 0,
        signatures=SIGNATURES if is_by_seal else (),
        body_points=SMALL_POINTS,
        running_foot=f"{TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _cells(one: UseFigures, is_by_seal: bool) -> tuple[str | int, ...]:
    outside = one.carried if is_by_seal else one.outside
    return (one.title, one.times, one.copies, one.impressions, *one.by_kind, outside, one.voided, one.spoiled, "")


def _matters(month: SealsMonth, made_at: datetime) -> Page:
    found: list[tuple[str, str, str, str]] = []
    for one in month.unpapered:
        who = one.approver.words if one.approver is not None else ""
        due = f",应在{one.follow_up_day:%-m月%-d日}前补办" if one.follow_up_day is not None else ""
        found.append(("电话批准未补办", one.number, f"{one.unit} {one.titles} {who}电话批准{due}", one.agent))
    found += [
        ("待签、缺项", one.number, f"{one.unit} 缺{'、'.join(one.gaps)}", one.agent) for one in month.lines if one.gaps
    ]
    found += [("拒绝用印", f"{one.at:%-m-%-d %-H:%M}", one.words, one.name) for one in month.refusals]
    found += [
        (one.state.label, one.number, f"{one.unit} {one.titles}:{one.decision_words}", "") for one in month.declined
    ]
    found += [
        ("作废", one.number, f"{one.unit} {one.shown_title}:{one.struck_reason}", one.agent) for one in month.voided
    ]
    looks = (Look.NUMBER, Look.MIDDLE, Look.MIDDLE, Look.TEXT, Look.MIDDLE)
    blocks = tuple((row((place, *cells), looks),) for place, cells in enumerate(found, 1))
    nothing = (Row((Cell("本月没有待办、拒绝和作废的用印。", Look.MIDDLE, len(MATTER_COLUMNS)),), 20),)
    return Page(
        sheet=MATTERS,
        title=f"用印待办、拒绝和作废一览{suffix_of(month)}",
        subline=f"{month.office_name}    {period_of(month)}",
        columns=MATTER_COLUMNS,
        header=(head_row(MATTER_HEADS),),
        blocks=blocks or (nothing,),
        body_points=SMALL_POINTS,
        running_foot=f"用印待办、拒绝和作废一览 {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _carries(month: SealsMonth, made_at: datetime) -> Page:
    blocks = tuple((row(_carry_cells(one), CARRY_LOOKS, 26),) for one in month.carries)
    nothing = (Row((Cell("本月没有印章外带。", Look.MIDDLE, len(CARRY_COLUMNS)),), 20),)
    return Page(
        sheet=OUTSIDE_SHEET,
        title=f"{CARRY_TITLE}{suffix_of(month)}",
        subline=f"{month.office_name}    {period_of(month)}",
        columns=CARRY_COLUMNS,
        header=(head_row(CARRY_HEADS, 30),),
        blocks=blocks or (nothing,),
        notes=("注:印章带出办公室使用须请示主任批准,由印章管理人员亲自携带到场监印(印章管理制度第2条)。",),
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        running_foot=f"{CARRY_TITLE} {period_of(month)}",
        made_foot=made_words(made_at),
    )


def _carry_cells(one: CarryRow) -> tuple[str | int, ...]:
    state = "" if one.out_at is not None else one.state.label
    copies, impressions = sum(use.copies for use in one.uses), sum(use.impressions for use in one.uses)
    return (
        number_in_two(one.number),
        one.seal_name,
        one.unit,
        joined((one.matter, one.remark), ";"),
        one.destination,
        joined(
            (one.approver.name if one.approver else "", f"{one.approved_day:%-m-%-d}" if one.approved_day else ""), "\n"
        ),
        joined((one.keeper_name or state, one.companions), "\n"),
        _moment(one.out_at),
        _moment(one.due_at),
        "未归还" if one.state is CarryState.OUT else _moment(one.back_at),
        f"{len(one.uses)}件\n{copies}份{impressions}枚" if one.uses else "",
        joined((one.inspected_name, one.condition), "\n"),
    )


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at:%-m-%-d}\n{at:%-H:%M}"
