"""卫生: 大扫除 with its roll."""

from __future__ import annotations

from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.screens.rolls.head import teaching
from govoffice_tui.screens.rolls.page import RollScreen


class HygieneScreen(RollScreen):
    """大扫除, Mondays before eight (卫生制度第1条)."""

    book = HYGIENE
    help_text = teaching(HYGIENE)
