"""F7 in the stock book: which forms there are to write for what is under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from govoffice_tui.registers.supplies import counts, pages
from govoffice_tui.registers.supplies.booking import open_page
from govoffice_tui.registers.supplies.stock import REGISTER
from govoffice_tui.registers.supplies.views import Slip
from govoffice_tui.rules.supplies import SlipKind
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.exporting import export_forms, export_paper

Write = tuple[str, Callable[[], object]]


def forms_of(screen: RegisterScreen, month: str, slip: Slip | None, slips: Sequence[Slip]) -> list[Write]:
    """Return what may be written: the month's forms, the slip or count under the cursor, blanks and lists."""
    office, day = screen.desk.office, screen.today.isoformat()
    title = f"{int(month[5:])}月收发存月报表、各股室领用、台账"
    forms: list[Write] = [(title, partial(export_forms, screen, month, [REGISTER]))]
    standing = slip if slip is not None and not slip.is_struck else None
    if standing is not None and standing.kind in (SlipKind.ISSUE, SlipKind.RETURN):
        forms.append((f"领用单 {standing.number}", partial(export_paper, screen, "supplies_slip", period_of(standing))))
    under_way = counts.open_count(office)
    counted = standing if standing is not None and standing.kind is SlipKind.COUNT else None
    if under_way is not None:
        counted = pages.slip_of(office, under_way)
    if counted is not None:
        forms.append((f"盘点表 {counted.number}", partial(export_paper, screen, "supplies_count", period_of(counted))))
    return [
        *forms,
        ("空白领用单", partial(export_paper, screen, "supplies_blank_slip", day)),
        ("签字页(下一页)", partial(export_paper, screen, "supplies_page", f"{day}_第{_next_page(screen, slips)}页")),
        ("低库存清单", partial(export_paper, screen, "supplies_low", day)),
        ("采购计划申请", partial(export_paper, screen, "supplies_plan", day)),
    ]


def period_of(slip: Slip) -> str:
    """Return what a slip's file is named after: 2026-10-12_领2026-311."""
    series, rest = slip.number.split("〔")
    year, number = rest.removesuffix("号").split("〕")
    return f"{slip.day.isoformat()}_{series}{year}-{number}"


def _next_page(screen: RegisterScreen, slips: Sequence[Slip]) -> int:
    page = open_page(screen.desk.office, screen.today)
    used = [int(line.paper_page) for slip in slips for line in slip.lines if line.paper_page]
    return int(page) + 1 if page else max(used, default=0) + 1
