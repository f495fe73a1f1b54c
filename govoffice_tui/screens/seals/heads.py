"""The line above a page of the seal register: which page it is, its sums, and what on it waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from govoffice_tui.clock import chinese_weekday, month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import duties
from govoffice_tui.registers.seals.register import SEALS
from govoffice_tui.registers.seals.views import ApprovalRow, CarryRow, UseRow
from govoffice_tui.rules.seal_states import CarryState
from govoffice_tui.screens.seals.acts import Line
from govoffice_tui.screens.seals.leaves import View


def page_head(office: Office, view: View, day: date, lines: Sequence[Line]) -> Content:
    """Return the head of the page that lies open at a view, of a day or its month."""
    if view is View.KEEPERS:
        return Content.styled("印章和保管人", "bold")
    if view is View.CARRIES:
        out = sum(isinstance(one, CarryRow) and one.state is CarryState.OUT for one in lines)
        return _assembled("印章外带", f"   在外 {out}枚" if out else "", "bold $due")
    if view is View.APPROVALS:
        waiting = sum(isinstance(one, ApprovalRow) and one.awaits_paper for one in lines)
        return _assembled("用印审批", f"   电话批准待补办 {waiting}件" if waiting else "", "bold $late")
    return _head_of_uses(office, view, day, [one for one in lines if isinstance(one, UseRow) and not one.is_struck])


def _head_of_uses(office: Office, view: View, day: date, uses: Sequence[UseRow]) -> Content:
    month, is_month = month_of(day), view is View.MONTH
    shown = [one for one in uses if is_month or one.event_day == day]
    when = f"{day.year}年{day.month}月" if is_month else f"{day.year}年{day.month}月{day.day}日 {chinese_weekday(day)}"
    copies, impressions = sum(one.copies for one in shown), sum(one.impressions for one in shown)
    lacking = sum(bool(one.gaps) for one in uses)
    voided = duties.voided(office, month) if is_month else 0
    is_sealed = closing.sealed(office, SEALS.word, month) is not None
    return Content.assemble(
        Content.styled(f"{when} 用印登记簿", "bold"),
        Content(f"   {len(shown)}件   {copies}份   {impressions}枚"),
        Content.styled(f"   待签、缺项 {lacking}件" if lacking else "", "bold $late"),
        Content(f"   作废 {voided}号" if voided else ""),
        Content.styled("   已封存" if is_sealed else "", "$done"),
    )


def _assembled(title: str, words: str, style: str) -> Content:
    return Content.assemble(Content.styled(title, "bold"), Content.styled(words, style))
