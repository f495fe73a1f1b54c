"""按月发放: sections by items, typed into one grid and issued on one slip."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import ClassVar, Protocol
from uuid import uuid4

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.screen import ModalScreen
from textual.widgets import DataTable, Static

from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.supplies.booking import Booked, Goods
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import Item
from govoffice_tui.text import fold
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import fitted

DIGITS = 5
SECTION, COUNT = 16, 10


class Issue(Protocol):
    """What is done with the grid: the same `form_key` comes with every try."""

    def __call__(self, goods: list[Goods], *, form_key: str) -> Awaitable[Booked]: ...


class IssueGrid(DataTable[Text]):
    """The grid: digits go into the cell, Enter and arrows to the next, Backspace takes the last digit away."""

    def __init__(self, sections: Sequence[str], items: Sequence[Item], stocks: dict[int, int]) -> None:
        super().__init__(cursor_type="cell", cell_padding=0, fixed_columns=1, id="issue-grid")
        self.sections, self.items, self.stocks = tuple(sections), tuple(items), stocks
        self.counts: dict[tuple[int, int], int] = {}

    def on_mount(self) -> None:
        self.add_column(Text("股室"), width=SECTION)
        for item in self.items:
            self.add_column(Text(fitted(item.title, COUNT - 1)), width=COUNT)
        for section in self.sections:
            self.add_row(Text(fitted(section, SECTION - 1)), *(Text("") for _ in self.items))
        self.add_row(Text("合计/现存", style="bold"), *(self._total(place) for place in range(len(self.items))))
        self.cursor_coordinate = Coordinate(0, 1)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Type a count into the cell under the cursor."""
        row, column = self.cursor_coordinate
        digit = fold(event.character) if event.character else ""
        if row >= len(self.sections) or column < 1:
            if event.key == "enter":
                event.prevent_default()
            return
        cell = row, column - 1
        before = self.counts.get(cell, 0)
        if len(digit) == 1 and digit in "0123456789":
            self._put(cell, int(f"{before}{digit}"[-DIGITS:]))
        elif event.key == "backspace":
            self._put(cell, before // 10)
        elif event.key == "delete":
            self._put(cell, 0)
        elif event.key == "enter":
            down = Coordinate(row + 1, column) if row + 1 < len(self.sections) else Coordinate(0, column + 1)
            if down.column <= len(self.items):
                self.cursor_coordinate = down
        else:
            return
        event.stop()
        event.prevent_default()

    def goods(self) -> list[Goods]:
        """Return what was typed, by section."""
        return [
            Goods(self.items[column].id, count, None, self.sections[row])
            for (row, column), count in sorted(self.counts.items())
            if count
        ]

    def _put(self, cell: tuple[int, int], count: int) -> None:
        self.counts[cell] = count
        row, column = cell
        self.update_cell_at(Coordinate(row, column + 1), Text(str(count) if count else ""))
        self.update_cell_at(Coordinate(len(self.sections), column + 1), self._total(column))

    def _total(self, column: int) -> Text:
        total = sum(count for (_, at), count in self.counts.items() if at == column)
        stock = self.stocks.get(self.items[column].id, 0)
        colour = self.app.theme_variables["late"] if total > stock else ""
        return Text(f"{total}/{stock}", style=f"bold {colour}".strip())


class DistributionScreen(ModalScreen[Booked | None]):
    """The grid with its keys; F2 issues everything on one slip, Esc nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "send", "登记", tooltip="整张表一起发放,领用人以后在签字页签字", id="grid.send"),
        Binding("escape", "leave", "不登记", id="grid.leave"),
    ]

    def __init__(
        self, title: str, sections: Sequence[str], items: Sequence[Item], stocks: dict[int, int], issue: Issue
    ) -> None:
        super().__init__()
        self._title, self._issue = title, issue
        self._grid = IssueGrid(sections, items, stocks)
        self.form_key = uuid4().hex
        self.is_sending = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog distribution"):
            yield Static(self._title, markup=False, classes="title")
            yield Static("数字填数量,回车往下一股室,箭头移动,退格改。F2 整张登记。", markup=False, classes="hint")
            yield self._grid
            yield StatusLine(id="grid-status")
            yield KeyLine()

    def action_leave(self) -> None:
        """Leave without an issue; not while one is being written."""
        if not self.is_sending:
            self.dismiss(None)

    def action_send(self) -> None:
        """Issue everything typed, once."""
        if not self.is_sending:
            self.is_sending = True
            self._send(self._grid.goods())

    @work(group="grid")
    async def _send(self, goods: list[Goods]) -> None:
        status = self.query_one("#grid-status", StatusLine)
        try:
            done = await self._issue(goods, form_key=self.form_key)
        except Refused as refusal:
            status.say(cited(refusal.message, refusal.article), "refused")
        except Busy:
            status.say("另一窗口正在写,没有登记上,请再按一次。", "refused")
        except StorageError as error:
            status.say(str(error), "refused")
        else:
            self.dismiss(done)
        finally:
            self.is_sending = False
