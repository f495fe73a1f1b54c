"""A frame with pages made for tests: they note what the frame tells them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

import pytest
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from govoffice_tui.app import OfficeApp
from govoffice_tui.registers import calendar, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.catalog import Tab
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.line_input import LineInput

SIZE = (100, 30)
CELL_WIDTH = 12.2
"""Units of a screenshot a cell is wide."""

HOSTILE = {
    "closing tag": "[/]",
    "colour tag": "[red]x",
    "action tag": "[@click=app.quit]x[/]",
    "link tag": "[link=http://x]y[/link]",
    "variable": "$primary [a=b]",
    "escape": "A\x1b]0;PWNED\x07B\x1b[31m",
    "direction": "\u202e\u200b王\ufeff",
    "length": "长" * 200_000,
}
"""What a name or a title may hold when it came from outside."""

each_hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


class NotingScreen(RegisterScreen):
    """A page that writes down every call of the frame."""

    help_text = "这一页供测试。"
    noted: list[Any]
    reads: Callable[[], object]

    def compose_body(self) -> ComposeResult:
        self.noted = []
        self.reads = lambda: None
        yield Static("正文", id="words")
        yield LineInput(id="field")

    def refresh_page(self) -> None:
        self.reads()
        self.noted.append("read")

    def minute_changed(self, now: datetime) -> None:
        self.noted.append(f"minute {now:%H:%M}")

    def day_changed(self, today: date) -> None:
        self.noted.append(f"day {today.isoformat()}")

    def month_changed(self, month: str) -> None:
        self.noted.append(f"month {month}")

    def others_wrote(self) -> None:
        self.noted.append("others")

    def visit(self, day: date) -> None:
        self.noted.append(f"visit {day.isoformat()}")


class DeedScreen(NotingScreen):
    """A page with a verb on F2; a test sets what the verb does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", "登记", tooltip="登记一件事", id="test.record"),
        Binding("f6", "collect", "收存", tooltip="收存本页", id="test.collect"),
    ]
    verb: Callable[..., Any]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "collect"

    def action_record(self) -> None:
        self.perform(self.verb, done=lambda result: f"已登记 {result}")


def _giving(screen: type[RegisterScreen]) -> Callable[[], type[RegisterScreen]]:
    return lambda: screen


def tabs_of(*screens: type[RegisterScreen]) -> tuple[Tab, ...]:
    """Return tabs named 甲, 乙, 丙 with these pages."""
    return tuple(Tab(title, title, _giving(screen)) for title, screen in zip("甲乙丙", screens, strict=False))


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    """A desk nobody sits at yet, with the calendar of 2026."""
    calendar.ensure(office, 2026)
    made = Desk(office)
    yield made
    made.close()


@pytest.fixture
def people(desk: Desk) -> Sequence[Person]:
    """The eight people of the office."""
    return staff.people_on(desk.office, desk.office.now().date())


@pytest.fixture
def app(desk: Desk) -> OfficeApp:
    """A program of three tabs; nobody sits at the desk."""
    return OfficeApp(desk, tabs_of(DeedScreen, NotingScreen, NotingScreen))


@pytest.fixture
def seated(app: OfficeApp, people: Sequence[Person]) -> OfficeApp:
    """The same program with 周小萍 at the keyboard."""
    app.desk.operator = people[2]
    return app


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything asked for has been done and shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def page_of(app: OfficeApp) -> NotingScreen:
    """Return the shown page."""
    page = app.page
    assert isinstance(page, NotingScreen)
    return page


def deeds_of(app: OfficeApp) -> DeedScreen:
    """Return the shown page, which has a verb on F2."""
    page = app.page
    assert isinstance(page, DeedScreen)
    return page


def top_of(app: OfficeApp) -> Screen[Any]:
    """Return what stands on top of the shown page, or the page."""
    return app.screen_stack[-1]


def status_of(app: OfficeApp) -> str:
    """Return the status line of the shown page."""
    return page_of(app).status.shown


def shown_text(app: OfficeApp) -> str:
    """Return everything on the screen as plain lines."""
    lines: dict[float, str] = {}
    pattern = r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>'
    for x, y, words in re.findall(pattern, app.export_screenshot(title="")):
        before = lines.get(float(y), "")
        gap = " " * (round(float(x) / CELL_WIDTH) - cell_len(before))
        lines[float(y)] = before + gap + html.unescape(words).replace("\xa0", " ")
    return "\n".join(lines[y] for y in sorted(lines))
