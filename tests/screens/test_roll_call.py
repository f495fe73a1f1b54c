"""The roll call by pressed keys: all present, the exceptions marked, sixty names in a few strokes."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.message import Message

from govoffice_tui.screens.themes import THEMES
from govoffice_tui.widgets.roll_call import Mark, RollCall, RollLine
from tests.factories import staff_lines
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press, settled

MARKS = (
    Mark("5", "present", "到", "$done"),
    Mark("1", "late", "迟到", "$due", wants_detail=True),
    Mark("2", "leave", "请假", "$chosen"),
)


def sixty() -> list[RollLine]:
    return [RollLine(place, line.name, line.section, "present") for place, line in enumerate(staff_lines(60), 1)]


class RollApp(App[None]):
    """A roll call by itself, which notes what it says."""

    CSS_PATH = "../../govoffice_tui/app.tcss"

    def __init__(self, lines: list[RollLine]) -> None:
        super().__init__()
        self.lines = lines
        self.roll = RollCall(MARKS, "present", id="roll")
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.roll

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), **next(iter(THEMES.values()))[1].variables}

    def on_mount(self) -> None:
        self.roll.show(self.lines)
        self.roll.focus()

    def on_roll_call_marked(self, event: RollCall.Marked) -> None:
        self.heard.append(event)

    def on_roll_call_detailed(self, event: RollCall.Detailed) -> None:
        self.heard.append(event)

    def on_roll_call_finished(self, event: RollCall.Finished) -> None:
        self.heard.append(event)


async def test_three_exceptions_among_sixty_take_fewer_than_twenty_keys() -> None:
    app = RollApp(sixty())
    keys = ("q", "f", "1", "z", "x", "p", "2", "w", "g", "f", "1", "down", "enter")
    assert len(keys) < 20
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, *keys)
        marked = {line.name: line.value for line in app.roll.lines if line.value != "present"}
    assert marked == {"钱峰": "late", "周小萍": "leave", "吴桂芳": "late"}
    assert app.roll.counts["present"] == 57
    assert isinstance(app.heard[-1], RollCall.Finished)
    assert [event.key for event in app.heard if isinstance(event, RollCall.Marked)] == [2, 3, 8]


async def test_a_digit_marks_the_line_and_the_next_one_is_highlighted() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "2")
        assert [app.roll.values[key] for key in (1, 2, 3)] == ["late", "leave", "present"]
        assert app.roll.highlighted == 2
        assert any("赵敏" in row and "迟到" in row for row in painted(pilot))


async def test_only_the_marked_line_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    app = RollApp(sixty())
    drawn: list[int] = []
    async with app.run_test(size=(80, 24)) as pilot:
        replace = app.roll.replace_option_prompt_at_index

        def noted(place: int, prompt: Any) -> RollCall:
            drawn.append(place)
            return replace(place, prompt)

        def refilled(options: Any) -> RollCall:
            raise AssertionError("the list was filled again")

        monkeypatch.setattr(app.roll, "replace_option_prompt_at_index", noted)
        monkeypatch.setattr(app.roll, "set_options", refilled)
        await press(pilot, "down", "1", "z", "x", "p", "2")
        app.roll.show([*app.roll.lines[:9], RollLine(10, "改名", "甲股", "present"), *app.roll.lines[10:]])
    assert drawn == [1, 2, 9]


async def test_chinese_letters_and_pasted_names_find_a_person_and_esc_forgets_them() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "吴", "桂")
        assert app.roll.highlighted_line is not None
        assert app.roll.highlighted_line.name == "吴桂芳"
        assert any("找 › 吴桂" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert app.roll.typed == ""
        assert not any("找 ›" in row for row in painted(pilot))
        await press(pilot, "a", "y", "backspace", "y", "g", "l")
        assert app.roll.highlighted_line.name == "阿依古丽·买买提"


async def test_the_arrows_go_from_one_namesake_to_the_other() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "王", "伟")
        assert app.roll.highlighted == 3
        await press(pilot, "down")
        assert app.roll.highlighted == 5
        await press(pilot, "down")
        assert app.roll.highlighted == 3
        await press(pilot, "down", "1")
    assert app.roll.values[6] == "late"
    assert app.roll.values[4] == "present"


async def test_a_digit_marks_nobody_while_the_text_means_nobody() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "x", "x", "x", "1")
        assert any("没有这个人" in row for row in painted(pilot))
        assert app.roll.counts["present"] == 60
        await press(pilot, "escape", "home", "1")
    assert app.roll.values[1] == "late"


async def test_a_full_width_digit_marks_and_another_digit_does_nothing() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "１", "9")
        assert app.roll.typed == ""
    assert app.roll.values[1] == "late"
    assert app.roll.counts["late"] == 1


async def test_enter_asks_for_more_of_a_late_line_and_ends_the_roll_on_any_other() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "up", "enter", "down", "enter")
    assert [type(event).__name__ for event in app.heard] == ["Marked", "Detailed", "Finished"]


async def test_delete_makes_a_line_again_what_it_was() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "up", "delete")
        assert app.roll.highlighted == 0
    assert app.roll.values[1] == "present"


async def test_pages_ends_and_clicks_move_the_highlight_and_take_nothing() -> None:
    app = RollApp(sixty())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end")
        assert app.roll.highlighted == 59
        await press(pilot, "1")
        assert app.roll.highlighted == 59
        await press(pilot, "home", "pagedown")
        assert 10 < (app.roll.highlighted or 0) < 59
        await press(pilot, "pageup", "home")
        await pilot.click(RollCall, offset=(6, 4))
        await settled(pilot)
        assert app.roll.highlighted == 4
    assert [type(event).__name__ for event in app.heard] == ["Marked"]


async def test_an_empty_roll_takes_no_mark_and_ends() -> None:
    app = RollApp([])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "z", "down", "delete", "escape", "enter")
    assert [type(event).__name__ for event in app.heard] == ["Finished"]
    assert app.roll.values == {}


@each_hostile
async def test_a_hostile_name_and_note_are_shown_as_they_are(text: str) -> None:
    app = RollApp([RollLine(1, text, text, "present", text), RollLine(2, "王伟", "行政股", "present")])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "[", "escape", "1", "w", "w", "2")
        painted(pilot)
    assert app.roll.values == {1: "late", 2: "leave"}
