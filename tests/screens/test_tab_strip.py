"""The strip of tabs: where they do not all fit, it shows the open one whole and where it is cut off."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.geometry import Offset

from govoffice_tui.app import OfficeApp
from govoffice_tui.screens.catalog import Tab
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.tab_strip import TabStrip
from tests.screens.conftest import NotingScreen, page_of, shown_text
from tests.screens.driving import open_tab, press, settled

TITLES = (
    "今日 签到 请假 外出 待核 值班 排班 学习 卫生 会议 督办 接待 信访 保密 印章 设备 耗材 月报 设置".split()  # noqa: SIM905
)


class Strips(App[None]):
    """The strip once for every tab that may be open."""

    CSS = "Container { height: 1; } TabStrip { width: 100%; }"

    def compose(self) -> ComposeResult:
        for title in TITLES:
            with Container():
                yield TabStrip([(other, other) for other in TITLES], title)


async def _lines(width: int) -> list[str]:
    app = Strips()
    async with app.run_test(size=(width, len(TITLES))) as pilot:
        await pilot.pause()
        return [strip.render().plain for strip in app.query(TabStrip)]


@pytest.mark.parametrize("width", [60, 80, 95])
async def test_the_open_tab_is_whole_with_a_neighbour_on_either_side_and_a_sign_where_tabs_are_cut_off(
    width: int,
) -> None:
    for title, line in zip(TITLES, await _lines(width), strict=True):
        assert cell_len(line) <= width
        words = line.split()
        shown = [word for word in words if word not in "<>"]
        first, last = TITLES.index(shown[0]), TITLES.index(shown[-1])
        assert shown == TITLES[first : last + 1]
        place = TITLES.index(title)
        assert max(place - 1, 0) >= first
        assert min(place + 1, len(TITLES) - 1) <= last
        assert f" {title} " in f"{line} "
        assert (words[0] == "<", words[-1] == ">") == (first > 0, last < len(TITLES) - 1)
        assert len(shown) < len(TITLES)


async def test_all_tabs_stand_on_the_strip_as_soon_as_they_fit() -> None:
    for line in await _lines(100):
        assert line.split() == TITLES
        assert cell_len(line) <= 100


async def test_tabs_that_fit_from_the_start_leave_the_strip_where_it_is() -> None:
    lines = await _lines(80)
    assert {line.split()[0] for line in lines[:14]} == {"今日"}
    assert lines[-1].split()[-1] == "设置"


async def test_on_a_strip_that_is_cut_off_clicks_meet_their_tab_and_digits_choose_as_ever(desk: Desk) -> None:
    app = OfficeApp(desk, [Tab(title, title, lambda: NotingScreen) for title in TITLES])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        async def click(word: str) -> None:
            line = app.screen.query_one(TabStrip).render().plain
            await pilot.click(TabStrip, offset=Offset(cell_len(line[: line.index(word)]), 0))
            await settled(pilot)

        for word, tab in (("学习", "学习"), (">", "设备"), ("耗材", "耗材"), ("<", "请假"), ("今日", "今日")):
            await click(word)
            assert page_of(app).tab == tab
        await open_tab(pilot, "设置")
        await press(pilot, "escape", "9")
        assert page_of(app).tab == "卫生"
        await press(pilot, "escape", "ctrl+p", *"yz")
        assert "到 印章" in shown_text(app)
        await press(pilot, "enter")
        assert page_of(app).tab == "印章"
