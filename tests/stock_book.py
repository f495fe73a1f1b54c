"""A small stock book for tests: three items, their keeper, and who approves."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.supplies.items import ItemPlan
from govoffice_tui.registers.supplies.slips import open_book
from govoffice_tui.rules.authority import Post

DIRECTOR, DEPUTY, KEEPER, WANG, AYI = 1, 2, 3, 4, 5
PAPER, TONER, PENS = 1, 2, 3


def open_stock(office: Office, clock: SetClock) -> Office:
    """Open the book on 1 October with 12 packs of paper, 3 cartridges and 20 pens; 周小萍 (staff 3) keeps it."""
    clock.set(datetime(2026, 10, 12, 9, 0))
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(office, DEPUTY, Post.SECTION_HEAD, by=DIRECTOR)
    assign_post(office, KEEPER, Post.SUPPLIES_KEEPER, by=DIRECTOR)
    open_book(
        office,
        [
            (ItemPlan("A4复印纸", "包", "70g", "", "箱", 10, minimum=10), 12, 28200),
            (ItemPlan("硒鼓", "支", "388A", minimum=2, limit=1, is_swap=True), 3, None),
            (ItemPlan("中性笔", "支", "0.5黑"), 20, 3000),
        ],
        date(2026, 10, 1),
        by=KEEPER,
    )
    return office
