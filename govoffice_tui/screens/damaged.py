"""A file that did not pass its checks: nothing is mended by itself; backups are offered."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import Clock
from govoffice_tui.registers import backups
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.dialogs import ConfirmScreen
from govoffice_tui.screens.setup import SetupApp
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.literal import plain


def show_damage(folder: Path, clock: Clock, sentence: str) -> bool:
    """Show what is wrong and offer the backups; return whether one was restored."""
    return DamagedApp(folder, clock, sentence).succeeds()


class DamagedApp(SetupApp):
    """The page of an office that cannot be opened."""

    def __init__(self, folder: Path, clock: Clock, sentence: str) -> None:
        super().__init__(folder, clock)
        self.sentence = sentence
        self.is_restored = False

    def first_screen(self) -> Screen[None]:
        """Return the page that offers the backups."""
        return DamagedScreen(self.sentence)

    def leave(self) -> None:
        """Leave; open the office again after a restore."""
        self.exit(self.is_restored)


class DamagedScreen(Screen[None]):
    """What is wrong, and the backups there are."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        yield Static("登记库没有通过检查", id="welcome-title", markup=False)
        yield Static(
            f"{plain(self._sentence)}\n\n程序没有改动这个文件,也不会自己修。可以选下面的一个备份,回车恢复"
            "(现在的文件会改名留着);拿不准就先退出,找懂行的人看。",
            id="welcome-words",
            markup=False,
        )
        yield OptionList(id="backups", markup=False, compact=True)
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        app = self._setup
        self._found = backups.listed(app.folder)
        listing = self.query_one("#backups", OptionList)
        listing.add_options(Option(Content(plain(backups.shown(one)))) for one in self._found)
        listing.highlighted = 0 if self._found else None
        listing.focus()
        if not self._found:
            self.query_one(StatusLine).say(
                "没有找到备份。请在U盘等处找 office-….db,用 govoffice restore 恢复。", "refused"
            )

    @property
    def _setup(self) -> DamagedApp:
        assert isinstance(self.app, DamagedApp)
        return self.app

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask once more before going back to a backup."""
        chosen = self._found[event.option_index]

        def restore(sure: bool | None) -> None:
            if sure:
                self._restore(chosen.path)

        question = f"恢复到 {backups.shown(chosen)}?以后的登记会丢失,程序会列出丢了哪些。"
        self.app.push_screen(ConfirmScreen(question, "恢复", "不恢复"), restore)

    def _restore(self, path: Path) -> None:
        app = self._setup
        try:
            lines = backups.restore_here(app.folder, path, app.clock)
        except (StorageError, Refused) as error:
            self.query_one(StatusLine).say(str(error), "refused")
            return
        app.is_restored = True
        self.query_one("#welcome-title", Static).update("已恢复")
        self.query_one("#welcome-words", Static).update(plain("\n".join(lines), multiline=True))
        self.query_one("#backups").display = False
        self.query_one(StatusLine).say("按 Ctrl+Q 继续,打开恢复后的登记库。", "done")
