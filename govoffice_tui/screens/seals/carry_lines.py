"""How the ways of seals out of the office are drawn: one line each, and everything entered about them."""

from __future__ import annotations

from datetime import datetime

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.seals.carry_pages import is_late
from govoffice_tui.registers.seals.views import CarryRow
from govoffice_tui.rules.seal_states import CarryState
from govoffice_tui.widgets.literal import fitted

NUMBER, DAY, KEEPER, DUE, STATE = 7, 7, 10, 15, 8


def carry_words(carry: CarryRow, now: datetime, width: int) -> Content:
    """Return one line of the carries: number, seal, place, who carries it, when it is due, and where it stands."""
    room = max(24, width - NUMBER - DAY - KEEPER - DUE - STATE)
    seal = room * 9 // 20
    day = (carry.out_at or carry.due_at).date()
    if carry.struck_reason is not None:
        state, style = "作废", "$faint"
    elif is_late(carry, now):
        state, style = "逾期未还" if carry.state is CarryState.OUT else carry.state.label, "bold $late"
    elif carry.state in (CarryState.INSPECTED, CarryState.REFUSED):
        state, style = carry.state.label, "$done" if carry.state is CarryState.INSPECTED else "$faint"
    else:
        state, style = carry.state.label, "$due"
    text = (
        set_cell_size(carry.number.split("〕")[-1], NUMBER)
        + set_cell_size(f"{day:%-m-%-d}", DAY)
        + set_cell_size(fitted(carry.seal_name, seal - 1), seal)
        + set_cell_size(fitted(f"{carry.destination} {carry.unit}", room - seal - 1), room - seal)
        + set_cell_size(fitted(carry.keeper_name, KEEPER - 1), KEEPER)
        + set_cell_size(f"应{carry.due_at:%-m-%-d %-H:%M}", DUE)
    )
    return Content.assemble(
        Content.styled(text, "strike $faint" if carry.struck_reason is not None else ""),
        Content.styled(state, style),
    )


def carry_facts(carry: CarryRow) -> list[str]:
    """Return everything entered about a carry, in words."""
    approver = "还没有" if carry.approver is None else carry.approver.words
    approved = "" if carry.approved_day is None else chinese_short_day(carry.approved_day)
    return [
        f"印章  {carry.seal_name}",
        f"单位  {carry.unit}",
        f"盖什么  {carry.matter}",
        f"地点  {carry.destination}",
        *([f"同行  {carry.companions}"] if carry.companions else []),
        f"现在  {carry.state.label}{f':{carry.decision_words}' if carry.decision_words else ''}",
        f"批准  {approver} {approved} {carry.paper_page}".rstrip(),
        f"应还  {carry.due_at:%Y-%m-%d %H:%M}",
        *([f"带出  {carry.out_at:%Y-%m-%d %H:%M} {carry.keeper_name}亲自携带"] if carry.out_at is not None else []),
        *([f"归还  {carry.back_at:%Y-%m-%d %H:%M}"] if carry.back_at is not None else []),
        *(
            [f"验收  {carry.inspected_at:%Y-%m-%d %H:%M} {carry.inspected_name} {carry.condition}"]
            if carry.inspected_at is not None
            else []
        ),
        *([f"备注  {carry.remark}"] if carry.remark else []),
        *([f"划去  {carry.struck_reason}"] if carry.struck_reason else []),
        "",
        *(
            f"现场用印  {one.number} {one.unit} {one.shown_title} {one.copies}份 {one.impressions}枚"
            for one in carry.uses
        ),
        *(["现场用印  还没有登记"] if not carry.uses and carry.out_at is not None else []),
    ]
