"""The forms of supervision."""

from __future__ import annotations

from govoffice_tui.exporters.form import Form
from govoffice_tui.exporters.supervision import month_report, unit_sheet
from govoffice_tui.registers.supervision import months
from govoffice_tui.registers.supervision.unit_list import UnitList, unit_list
from govoffice_tui.registers.supervision.views import SupervisionMonth
from govoffice_tui.rules.periods import Span

SUPERVISION_MONTH: Form[SupervisionMonth] = Form(
    id="supervision_month",
    title=month_report.TITLE,
    register="supervision",
    name="{period}_会议及督办情况月报",
    span=Span.MONTH,
    summary=months.month,
    pages=month_report.month_pages,
    digest=month_report.month_digest,
)
SUPERVISION_LIST: Form[UnitList] = Form(
    id="supervision_list",
    title=unit_sheet.TITLE,
    register="supervision",
    name="{period}_督办清单",
    span=Span.DAY,
    summary=unit_list,
    pages=unit_sheet.list_pages,
    digest=unit_sheet.list_digest,
)
"""What one unit has in hand: written for a unit, never for a whole day or month."""

FORMS = (SUPERVISION_MONTH,)

PAPERS = (SUPERVISION_LIST,)
