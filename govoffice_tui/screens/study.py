"""学习: 集中学习 with its roll, and the training register."""

from __future__ import annotations

from collections.abc import Iterable

from govoffice_tui.rules.study import STUDY
from govoffice_tui.screens.menu import Entry
from govoffice_tui.screens.rolls.head import teaching
from govoffice_tui.screens.rolls.page import RollScreen


class StudyScreen(RollScreen):
    """集中学习, Tuesdays and Thursdays (学习制度)."""

    book = STUDY
    help_text = teaching(STUDY) + "\n菜单里的“培训登记”记参加的培训:谁、什么内容、多少学时(学习制度第4条)。"

    def menu_entries(self) -> Iterable[Entry]:
        """Offer the training register besides."""
        yield Entry("培训登记", self.action_trainings, hint="参加的培训,每人全年学时")
        yield from super().menu_entries()

    def action_trainings(self) -> None:
        """Open the training register."""
        from govoffice_tui.screens.trainings import TrainingsScreen

        screen = TrainingsScreen(self.desk, failed=self.show_failure, amend=self.ask_amendment)
        self.with_operator(lambda: self.app.push_screen(screen, lambda _: self.reload()))
