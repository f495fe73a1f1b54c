"""Menus, questions, texts and help: by digit, arrows and pointer, and always literally."""

from __future__ import annotations

import re
from datetime import date

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from govoffice_tui.app import OfficeApp
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen, ConfirmScreen, TextScreen
from govoffice_tui.screens.help import Explanation, HelpScreen
from govoffice_tui.screens.menu import Entry, MenuScreen, entries_of, matching
from govoffice_tui.screens.themes import THEMES
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.lines import AlarmBand
from govoffice_tui.widgets.literal import fitted, literal
from govoffice_tui.widgets.person_strip import PersonStrip
from tests.screens.conftest import SIZE, deeds_of, each_hostile, page_of, settle, shown_text, status_of


def three() -> ChooseScreen[str]:
    """Return a menu of three things."""
    options = [("1", literal("更正"), "correct"), ("2", literal("作废"), "void"), ("3", literal("说明"), "explain")]
    return ChooseScreen("更正", options)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (("2",), "void"),
        (("２",), "void"),
        (("enter",), "correct"),
        (("down", "down", "enter"), "explain"),
        (("9", "escape"), None),
    ],
)
async def test_a_menu_is_answered_by_digit_or_arrows(seated: OfficeApp, keys: tuple[str, ...], chosen: str) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        results: list[str | None] = []
        await seated.push_screen(three(), results.append)
        await pilot.press(*keys)
        await settle(pilot)
        assert results == [chosen]


async def test_a_menu_is_answered_by_the_pointer(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        results: list[str | None] = []
        await seated.push_screen(three(), results.append)
        await pilot.pause()
        await pilot.click(OptionList, offset=(6, 2))
        await settle(pilot)
        assert results == ["explain"]


async def test_a_question_is_yes_by_enter_and_no_by_two(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        results: list[bool | None] = []
        for key in ("enter", "2", "escape"):
            await seated.push_screen(ConfirmScreen("收存吗?", "收存", "不收存"), results.append)
            await pilot.press(key)
            await settle(pilot)
        assert results == [True, False, None]


async def test_a_long_text_scrolls_and_keeps_its_lines(seated: OfficeApp) -> None:
    async with seated.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await seated.push_screen(TextScreen("制度", "\n".join(f"第{place}条" for place in range(1, 200))))
        await settle(pilot)
        assert "第1条" in shown_text(seated)
        for _ in range(30):
            await pilot.press("pagedown")
        await settle(pilot)
        assert "第199条" in shown_text(seated)
        assert "Esc 返回" in shown_text(seated)


async def test_the_menu_lists_verbs_tabs_and_looks_and_not_what_cannot_be_done_now(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        titles = [entry.title for entry in entries_of(page_of(seated))]
        assert titles[0] == "登记"
        assert "收存" not in titles
        assert {"换经办人", "帮助", "退出", "到 乙", "到 丙", "换主题 墨", "换主题 纸(高对比)"} <= set(titles)
        assert "到 甲" not in titles
        assert "换主题 纸" not in titles


@pytest.mark.parametrize("typed", ["经办", "jbr", "HJBR", "ｈｊｂｒ"])
def test_the_menu_is_searched_by_a_piece_or_by_initials(typed: str) -> None:
    entries = [Entry("登记", lambda: None), Entry("换经办人", lambda: None), Entry("导出", lambda: None)]
    assert [entry.title for entry in matching(entries, typed)] == ["换经办人"]


async def test_a_verb_of_the_menu_runs_after_it_has_closed(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deeds_of(seated).verb = lambda office, by, form_key: "第1号"
        await pilot.press("ctrl+p", "d", "j", "enter")
        await settle(pilot)
        assert status_of(seated) == "已登记 第1号"
        assert seated.screen is seated.page


async def test_looks_and_tabs_are_changed_from_the_menu(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", "主", "题", "enter")
        await settle(pilot)
        assert seated.theme == "ink"
        await pilot.press("ctrl+p", "到", "enter")
        await settle(pilot)
        assert page_of(seated).tab == "乙"


async def test_nothing_found_in_the_menu_is_said_and_enter_does_nothing(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", "q", "q", "q", "enter")
        await settle(pilot)
        assert isinstance(seated.screen, MenuScreen)
        assert "没有这一项" in shown_text(seated)


async def test_help_says_first_what_the_cursor_rests_on_then_the_page_then_its_keys(
    seated: OfficeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = Explanation("冯䶮 迟到", ["8:31 到岗"], "考勤制度第2条", "收存后不得补签。")
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        monkeypatch.setattr(page_of(seated), "explain_cursor", lambda: why)
        await pilot.press("f1")
        await settle(pilot)
        text = shown_text(seated)
        order = [
            "冯䶮 迟到",
            "8:31 到岗",
            "依据 考勤制度第2条",
            "收存后不得补签。",
            "这一页供测试。",
            "本页的键",
            "登记一件事",
        ]
        places = [text.index(words) for words in order]
        assert places == sorted(places)
        await pilot.press("escape")
        await settle(pilot)
        assert seated.screen is seated.page


async def test_a_day_comes_with_the_reader_who_is_sent_to_another_tab(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page_of(seated).open_tab("丙", date(2026, 10, 9))
        await settle(pilot)
        assert page_of(seated).tab == "丙"
        assert page_of(seated).noted[-1] == "visit 2026-10-09"


async def test_nothing_is_drawn_with_lines_or_blocks_of_ambiguous_width(seated: OfficeApp) -> None:
    async with seated.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = [shown_text(seated)]
        for dialog in (three(), TextScreen("制度", "第1条\n" * 90), MenuScreen([Entry("导出", lambda: None)] * 40)):
            await seated.push_screen(dialog)
            await pilot.press("down", "pagedown")
            await settle(pilot)
            shown.append(shown_text(seated))
            await pilot.press("escape")
        for text in shown:
            assert not re.search("[\u2190-\u21ff\u2500-\u25ff]", text)


def test_every_word_beside_a_key_is_chinese_and_no_key_is_one_a_terminal_swallows() -> None:
    screens: list[type] = [OfficeApp, RegisterScreen, FormScreen, ChooseScreen, TextScreen, MenuScreen, PersonStrip]
    taken = {"f10", "f11", "ctrl+h", "ctrl+i", "ctrl+m"}
    for screen in screens:
        for binding in screen.__dict__["BINDINGS"]:
            assert not taken & set(binding.key.split(","))
            words = binding.description + binding.tooltip
            assert not re.search("[A-Za-z]", words), words
            assert bool(binding.description) == bool(binding.id)


@each_hostile
async def test_hostile_text_in_every_part_of_the_frame_is_shown_and_does_nothing(seated: OfficeApp, text: str) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page = page_of(seated)
        seated.desk.office_name = seated.desk.day_kind = text
        page.alarm(text)
        page.say(text)
        page.ask_operator(text)
        await settle(pilot)
        assert page.query_one(AlarmBand).size.height <= 4
        assert page.status.size.height <= 3
        dialogs: list[Screen[None]] = [
            TextScreen(text, text),
            MenuScreen([Entry(text, lambda: None, text, text)], text, text),
            HelpScreen(text, text, seated.active_bindings, Explanation(text, [text], text, text)),
        ]
        for dialog in dialogs:
            await seated.push_screen(dialog)
            await settle(pilot)
            assert "\x1b" not in seated.export_screenshot()
            await pilot.press("escape")
            await settle(pilot)
        results: list[int | None] = []
        await seated.push_screen(ChooseScreen(text, [("1", literal(text), 1)]), results.append)
        await settle(pilot)
        assert "\x1b" not in seated.export_screenshot()
        await pilot.click(OptionList, offset=(5, 0))
        await settle(pilot)
        assert results == [1]
        assert seated.is_running


def test_brackets_are_literal_and_control_characters_go() -> None:
    assert str(literal("[red]王[/]\x1b[31m伟")) == "[red]王[/]伟"
    assert literal("[red]王").spans == []
    assert isinstance(literal("x"), Content)


def test_a_line_is_cut_to_cells_with_a_mark() -> None:
    assert fitted("行政股", 6) == "行政股"
    assert fitted("行政股", 5) == "行政…"
    assert fitted("行政股", 0) == ""


@pytest.mark.parametrize("theme", THEMES)
async def test_the_page_can_be_drawn_in_every_theme(seated: OfficeApp, theme: str) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        seated.theme = theme
        await settle(pilot)
        assert "F2 登记" in shown_text(seated)
