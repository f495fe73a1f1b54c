"""What F7 writes on the page of seals: the month's forms, and the paper of what stands under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from govoffice_tui.registers.seals import keeping_pages, papers
from govoffice_tui.registers.seals.register import SEALS
from govoffice_tui.registers.seals.views import ApprovalRow, SealCard, UseRow
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.exporting import choose_form, export_forms, export_paper
from govoffice_tui.screens.seals.acts import Line


def choose_seal_form(screen: RegisterScreen, month: str, line: Line | None) -> None:
    """Ask which form to write: 用印登记簿 and the month's sums, the next 签字页, or the line's own paper."""
    office = screen.desk.office
    forms: list[tuple[str, Callable[[], object]]] = [
        ("本月用印登记簿、统计表", partial(export_forms, screen, month, [SEALS.word])),
        ("签字页(接着用的一页)", partial(export_paper, screen, "seal_sign_page", papers.sign_period(office))),
        ("签字页(空白)", partial(export_paper, screen, "seal_sign_page", papers.sign_period(office, is_blank=True))),
    ]
    approval = line.id if isinstance(line, ApprovalRow) else line.approval if isinstance(line, UseRow) else None
    if approval is not None and line is not None and not _is_struck(line):
        period = papers.approval_period(office, approval)
        forms.append(("用印审批单", partial(export_paper, screen, "seal_approval", period)))
    if isinstance(line, SealCard):
        handed = next((one for one in keeping_pages.handovers(office, line.id) if one.struck_reason is None), None)
        if handed is not None:
            words = f"印章交接单 {handed.number}"
            period = papers.handover_period(office, handed.id)
            forms.append((words, partial(export_paper, screen, "seal_handover", period)))
    blank = papers.approval_period(office, None)
    forms.append(("用印审批单(空白)", partial(export_paper, screen, "seal_approval", blank)))
    blank = papers.handover_period(office, None)
    forms.append(("印章交接单(空白)", partial(export_paper, screen, "seal_handover", blank)))
    choose_form(screen, forms)


def _is_struck(line: Line) -> bool:
    return isinstance(line, UseRow | ApprovalRow) and line.struck_reason is not None
