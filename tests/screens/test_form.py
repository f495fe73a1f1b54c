"""Forms: they stay until the book accepts, say what is wrong where it is wrong, and send once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input

from govoffice_tui.app import OfficeApp
from govoffice_tui.registers.office import Busy, CannotWrite
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.widgets.choice_line import ChoiceLine
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field, FieldRow
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.line_input import WRONG_BYTES, LineInput
from govoffice_tui.widgets.lines import AlarmBand, StatusLine
from tests.screens.conftest import SIZE, each_hostile, page_of, settle, shown_text

TODAY = date(2026, 10, 12)
UNIT = Field("unit", "用印单位", required=True, article="印章管理制度第3条")
COPIES = Field("copies", "份数", "number", required=True, width=8)
CHOICES = (("1", "急办"), ("2", "请示"), ("3", "移交"))


class Book:
    """Where a form is handed in: it notes every try and answers what the test tells it to."""

    def __init__(self, *answers: Exception) -> None:
        self.answers = list(answers)
        self.tries: list[tuple[dict[str, str], str]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def submit(self, values: dict[str, str], *, form_key: str) -> str:
        self.tries.append((values, form_key))
        await self.open.wait()
        if self.answers:
            raise self.answers.pop(0)
        return "印〔2026〕137号"


class Opened:
    """A form over the first page, and what came of it."""

    def __init__(self, app: OfficeApp, book: Book, *fields: Field, hint: str = "") -> None:
        self.app = app
        self.form: FormScreen[str] = FormScreen("登记用印", fields, book.submit, hint, today=TODAY)
        self.results: list[str | None] = []

    async def show(self, pilot: Pilot[str]) -> None:
        await pilot.pause()
        await self.app.push_screen(self.form, self.results.append)
        await pilot.pause()

    @property
    def foot(self) -> str:
        return self.form.query_one("#form-status", StatusLine).shown

    def note_of(self, name: str) -> str:
        return str(self.form.query_one(f"#row-{name} .note").render())

    def value_of(self, name: str) -> str:
        return self.form.query_one(f"#row-{name}", FieldRow).query_one(Input).value


async def test_enter_goes_down_the_fields_and_hands_in_behind_the_last(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, UNIT, COPIES)
        await opened.show(pilot)
        await pilot.press("a", "enter", "3", "0", "enter")
        await settle(pilot)
        assert opened.results == ["印〔2026〕137号"]
        assert [values for values, _ in book.tries] == [{"unit": "a", "copies": "30"}]


async def test_a_refusal_stands_under_its_field_with_its_article_and_the_form_stays(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book(Refused("份数不能是0。", "印章管理制度第3条", "copies"))
        opened = Opened(seated, book, UNIT, COPIES)
        await opened.show(pilot)
        await pilot.press("a", "enter", "0", "enter")
        await settle(pilot)
        assert opened.note_of("copies") == "份数不能是0。(依据:印章管理制度第3条)"
        assert opened.value_of("unit") == "a"
        assert opened.results == []
        await pilot.press("backspace", "1", "enter")
        await settle(pilot)
        assert opened.results == ["印〔2026〕137号"]


async def test_a_refusal_of_no_field_stands_at_the_foot(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        opened = Opened(seated, Book(Refused("本月已封存。", "考勤制度第7条")), UNIT)
        await opened.show(pilot)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert opened.foot == "本月已封存。(依据:考勤制度第7条)"


async def test_a_busy_book_can_be_asked_again_and_a_full_disk_is_said(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book(Busy("另一窗口正在写"), CannotWrite("磁盘已满,没有登记上。"))
        opened = Opened(seated, book, UNIT)
        await opened.show(pilot)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert opened.foot == "另一窗口正在写,没有登记上,请再按一次。"
        await pilot.press("enter")
        await settle(pilot)
        assert opened.foot == "磁盘已满,没有登记上。"
        await pilot.press("f2")
        await settle(pilot)
        assert opened.results == ["印〔2026〕137号"]


async def test_a_full_disk_leaves_its_band_on_the_page_when_the_form_is_left(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        page_of(seated).open_form("登记用印", [UNIT], Book(CannotWrite("磁盘已满,没有登记上。")).submit)
        await pilot.press("a", "enter")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert page_of(seated).query_one(AlarmBand).display
        assert "磁盘已满" in shown_text(seated)


async def test_every_try_of_one_form_has_one_key_and_another_form_another(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book(Busy("另一窗口正在写"))
        for _ in range(2):
            opened = Opened(seated, book, UNIT)
            await opened.show(pilot)
            await pilot.press("a", "enter")
            await settle(pilot)
            if not opened.results:
                await pilot.press("enter")
                await settle(pilot)
        first, again, other = (key for _, key in book.tries)
        assert first == again
        assert other != first


async def test_enter_twice_sends_once_and_escape_waits_for_the_answer(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        book.open.clear()
        opened = Opened(seated, book, UNIT)
        await opened.show(pilot)
        await pilot.press("a", "enter", "enter", "f2", "escape")
        await pilot.pause()
        assert len(book.tries) == 1
        assert opened.results == []
        book.open.set()
        await settle(pilot)
        assert opened.results == ["印〔2026〕137号"]


async def test_escape_leaves_without_a_question(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, UNIT)
        await opened.show(pilot)
        await pilot.press("a", "escape")
        await settle(pilot)
        assert opened.results == [None]
        assert book.tries == []


async def test_a_needed_field_left_empty_is_said_with_its_article_and_nothing_is_sent(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, UNIT, COPIES)
        await opened.show(pilot)
        await pilot.press("f2")
        await settle(pilot)
        assert opened.note_of("unit") == "请填用印单位(依据:印章管理制度第3条)"
        assert opened.note_of("copies") == "请填份数"
        assert opened.form.query_one("#row-unit", FieldRow).has_focus_within
        assert book.tries == []


async def test_dates_times_and_full_width_numbers_come_in_one_form_to_the_verb(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        fields = (Field("day", "日期", "date"), Field("at", "时间", "time"), COPIES)
        opened = Opened(seated, book, *fields)
        await opened.show(pilot)
        await pilot.press("周", "五")
        await pilot.pause()
        assert opened.note_of("day") == "10月16日 星期五"
        await pilot.press("enter", "8", "1", "5", "enter", "３", "０", "enter")
        await settle(pilot)
        assert book.tries[0][0] == {"day": "2026-10-16", "at": "08:15", "copies": "30"}


async def test_what_cannot_be_read_keeps_the_cursor_in_its_field(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        opened = Opened(seated, Book(), Field("day", "日期", "date"), COPIES)
        await opened.show(pilot)
        await pilot.press("3", "2", "enter")
        await pilot.pause()
        assert opened.note_of("day").startswith("没有“32”这一天")
        assert opened.form.query_one("#row-day", FieldRow).has_focus_within


async def test_a_person_is_completed_from_the_list_and_comes_as_staff_id(
    seated: OfficeApp, people: Sequence[Person]
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        who = Field("who", "承办人", "person", required=True, people=lambda: people)
        opened = Opened(seated, book, who, UNIT)
        await opened.show(pilot)
        await pilot.press("x", "y", "z", "enter")
        await pilot.pause()
        assert opened.form.query_one("#row-who", FieldRow).has_focus_within
        await pilot.press("backspace", "backspace", "backspace", "w", "w", "2")
        await pilot.pause()
        assert opened.value_of("who") == "王伟(资料动态股)"
        await pilot.press("a", "enter")
        await settle(pilot)
        assert book.tries[0][0] == {"who": "6", "unit": "a"}


async def test_a_choice_is_made_by_digit_arrows_or_pointer(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, Field("urgency", "缓急", "choice", choices=CHOICES, value="1"))
        await opened.show(pilot)
        line = opened.form.query_one(ChoiceLine)
        await pilot.press("right")
        assert line.value == "2"
        await pilot.press("left", "left")
        assert line.value == "3"
        await pilot.press("１")
        assert line.value == "1"
        await pilot.click(ChoiceLine, offset=(12, 0))
        await pilot.pause()
        assert line.value == "2"
        await pilot.press("enter")
        await settle(pilot)
        assert book.tries[0][0] == {"urgency": "2"}


async def test_history_is_offered_by_a_piece_and_taken_with_down(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        history = ("行政股", "城关镇政府", "城关派出所")
        opened = Opened(seated, Book(), Field("unit", "单位", history=history), COPIES)
        await opened.show(pilot)
        await pilot.press("城")
        await pilot.pause()
        assert "城关镇政府  城关派出所" in shown_text(seated)
        assert "行政股" not in shown_text(seated).split("登记用印")[1]
        await pilot.press("down")
        await pilot.pause()
        assert opened.value_of("unit") == "城关镇政府"


async def test_f2_on_an_untouched_form_repeats_the_last_one_and_then_sends(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        fields = (Field("unit", "单位", last="行政股"), Field("copies", "份数", "number", last="30"))
        opened = Opened(seated, book, *fields)
        await opened.show(pilot)
        assert "F2 同上次" in shown_text(seated)
        await pilot.press("f2")
        await pilot.pause()
        assert opened.value_of("unit") == "行政股"
        assert book.tries == []
        assert "F2 登记" in shown_text(seated)
        await pilot.press("f2")
        await settle(pilot)
        assert book.tries[0][0] == {"unit": "行政股", "copies": "30"}


async def test_f2_after_a_key_sends_what_was_typed_and_repeats_nothing(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, Field("unit", "单位", last="行政股"))
        await opened.show(pilot)
        await pilot.press("a", "f2")
        await settle(pilot)
        assert book.tries[0][0] == {"unit": "a"}


async def test_the_keys_of_a_form_speak_its_verb(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await pilot.pause()
        page_of(seated).open_form("现在收存?", [UNIT], Book().submit, verb="收存")
        await settle(pilot)
        assert "F2 收存  Tab 下一项  Esc 不收存" in shown_text(seated)


async def test_several_lines_are_kept_and_tab_goes_on(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        book = Book()
        opened = Opened(seated, book, Field("remark", "备注", "multiline"), UNIT)
        await opened.show(pilot)
        await pilot.press("一", "enter", "二", "tab", "a", "enter")
        await settle(pilot)
        assert book.tries[0][0] == {"remark": "一\n二", "unit": "a"}


async def test_a_paste_becomes_one_clean_line_and_the_user_is_told(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        opened = Opened(seated, Book(), UNIT)
        await opened.show(pilot)
        seated.post_message(Paste("张\ufdd0[31m三\u200b\n四五"))
        await settle(pilot)
        assert opened.value_of("unit") == "张三 四五"
        assert opened.note_of("unit").startswith("已去掉")
        assert "多行已并成一行" in opened.note_of("unit")


async def test_a_paste_replaces_what_is_selected_and_never_grows_past_the_field(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        opened = Opened(seated, Book(), UNIT)
        await opened.show(pilot)
        await pilot.press("a", "b", "shift+home")
        seated.post_message(Paste("长" * 200_000))
        await settle(pilot)
        assert opened.value_of("unit") == "长" * opened.form.query_one(LineInput).limit
        assert opened.note_of("unit") != ""


async def test_bytes_of_another_encoding_are_kept_out_and_told(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        opened = Opened(seated, Book(), UNIT)
        await opened.show(pilot)
        seated.post_message(Key("replacement_character", "\ufffd"))
        await settle(pilot)
        assert opened.value_of("unit") == ""
        assert opened.note_of("unit") == WRONG_BYTES


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_a_long_form_fits_the_window_and_scrolls_to_its_last_field(
    seated: OfficeApp, size: tuple[int, int]
) -> None:
    async with seated.run_test(size=size) as pilot:
        fields = [Field(f"f{place}", f"第{place}项", required=True) for place in range(14)]
        opened = Opened(seated, Book(), *fields, hint="说明")
        await opened.show(pilot)
        keys = opened.form.query_one(KeyLine).region
        assert keys.bottom <= size[1]
        assert keys.height == 1
        for _ in range(13):
            await pilot.press("a", "enter")
        await settle(pilot)
        last = opened.form.query_one("#row-f13", FieldRow)
        assert last.has_focus_within
        assert "第13项" in shown_text(seated)


@each_hostile
async def test_hostile_text_is_shown_as_typed_and_does_nothing(
    seated: OfficeApp, people: Sequence[Person], text: str
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        field = Field(
            "unit", text, required=True, article=text, history=(text,), value=text, placeholder=text, last=text
        )
        fields = (
            field,
            Field("urgency", text, "choice", choices=(("1", text), ("2", "二"))),
            Field("who", text, "person", people=lambda: people, placeholder=text),
            Field("remark", text, "multiline", value=text),
        )
        opened = Opened(seated, Book(Refused(text, text, "unit"), Refused(text, text)), *fields, hint=text)
        await opened.show(pilot)
        for _ in range(2):
            await pilot.press("end", "a", "f2")
            await settle(pilot)
        seated.post_message(Paste(text))
        await settle(pilot)
        assert seated.is_running
        assert "\x1b" not in seated.export_screenshot()
        if text == "[red]x":
            assert "[red]x" in shown_text(seated)
        await pilot.press("escape")
        await settle(pilot)
        assert opened.results == [None]
