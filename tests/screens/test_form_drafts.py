"""What is typed into a form and not entered: kept, offered to the same person, gone on with or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from govoffice_tui.app import BOOK_CHECK_SECONDS, OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.form_drafts import Draft, offered, subject_of
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.form_drafts import NOT_KEPT
from govoffice_tui.widgets import form_drafts
from govoffice_tui.widgets.choice_line import ChoiceLine
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field, FieldRow
from govoffice_tui.widgets.line_input import LineInput
from tests.screens.conftest import SIZE, each_hostile, page_of, settle, shown_text
from tests.screens.test_form import Book

REASON = Field("reason", "事由")
COPIES = Field("copies", "份数", "number")
OFFERED = "上次没有登记完(7:50),按 F5 接着写,F4 不要了。"


class Desk:
    """A page on which one form is opened again and again."""

    def __init__(self, app: OfficeApp, *fields: Field, draft: str = "seals.use", about: str = "") -> None:
        self.app = app
        self.book = Book()
        self.fields = fields or (REASON, COPIES)
        self.draft = draft
        self.about = about

    async def open(self, pilot: Pilot[str]) -> None:
        await pilot.pause()
        page_of(self.app).open_form("登记用印", self.fields, self.book.submit, draft=self.draft, about=self.about)
        await settle(pilot)

    async def press(self, pilot: Pilot[str], *keys: str) -> None:
        await pilot.press(*keys)
        await settle(pilot)

    async def leave_with(self, pilot: Pilot[str], text: str) -> None:
        """Open the form, type a reason and leave."""
        await self.open(pilot)
        await self.press(pilot, *text, "escape")

    @property
    def form(self) -> FormScreen[str]:
        form = self.app.screen
        assert isinstance(form, FormScreen)
        return form

    @property
    def foot(self) -> str:
        return self.form.foot.shown

    def row(self, name: str) -> FieldRow:
        return self.form.query_one(f"#row-{name}", FieldRow)

    def value_of(self, name: str) -> str:
        return self.row(name).query_one(Input).value

    async def kept(self, person: int | None = None) -> list[Draft]:
        """Return what is on the disk once everything handed over has got there."""
        drafts, at = self.app.desk.drafts, person or self.app.desk.operator_id or 0
        subject = subject_of(drafts.office, at, self.draft, self.about)
        return await drafts.hand_over(lambda: offered(drafts.office, drafts.drafts, subject))

    async def texts(self) -> list[str]:
        return [draft.answers.get("reason", "") for draft in await self.kept()]


async def test_a_form_that_was_left_is_offered_again_gone_on_with_and_forgotten_once_accepted(
    seated: OfficeApp,
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "abc")
        await desk.open(pilot)
        assert (desk.foot, desk.value_of("reason")) == (OFFERED, "")
        assert "F5 接着写" in shown_text(seated)
        await desk.press(pilot, "f5")
        assert (desk.value_of("reason"), desk.foot) == ("abc", "已接着上次的写")
        assert "F5" not in shown_text(seated)
        await desk.press(pilot, "d", "enter", "5", "enter")
        assert [values for values, _ in desk.book.tries] == [{"reason": "abcd", "copies": "5"}]
        assert await desk.kept() == []
        await desk.open(pilot)
        assert desk.foot == ""


async def test_the_offer_costs_no_key_and_what_is_typed_anew_is_a_draft_of_its_own(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "abc")
        await desk.open(pilot)
        await desk.press(pilot, "x")
        assert (desk.foot, desk.value_of("reason")) == ("", "x")
        await desk.press(pilot, "f5", "f4", "escape")
        assert sorted(await desk.texts()) == ["abc", "x"]


async def test_what_is_not_wanted_is_dropped_and_what_was_before_it_offered(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "abc")
        clock.set(datetime(2026, 10, 12, 8, 12))
        await desk.leave_with(pilot, "x")
        await desk.open(pilot)
        assert desk.foot == "上次没有登记完(8:12,另有1份),按 F5 接着写,F4 不要了。"
        await desk.press(pilot, "f4")
        assert (desk.foot, await desk.texts()) == (OFFERED, ["abc"])
        await desk.press(pilot, "f4")
        assert (desk.foot, await desk.texts()) == ("上次的已丢弃,现在按 F5 还拿得回来。", [])
        await desk.press(pilot, "f4", "escape")
        assert await desk.texts() == []


async def test_what_was_dropped_by_mistake_can_be_had_back_until_something_else_is_typed(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "abc")
        await desk.open(pilot)
        await desk.press(pilot, "f4", "f5")
        assert (desk.value_of("reason"), await desk.texts()) == ("abc", ["abc"])
        await desk.press(pilot, "escape")
        await desk.open(pilot)
        await desk.press(pilot, "f4", "x", "f5")
        assert desk.value_of("reason") == "x"


async def test_another_person_another_form_and_another_matter_are_offered_nothing(
    seated: OfficeApp, people: Sequence[Person]
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        mine = Desk(seated, about="137")
        await mine.leave_with(pilot, "abc")
        for other in (Desk(seated, about="138"), Desk(seated, draft="seals.lend", about="137")):
            await other.open(pilot)
            assert other.foot == ""
            await other.press(pilot, "escape")
        seated.desk.take_seat(people[3])
        await mine.open(pilot)
        assert mine.foot == ""
        await mine.press(pilot, *"xyz", "escape")
        seated.desk.take_seat(people[2])
        await mine.open(pilot)
        assert mine.foot == OFFERED
        await mine.press(pilot, "f5")
        assert mine.value_of("reason") == "abc"


async def test_a_form_that_keeps_no_drafts_makes_no_file(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated, draft="")
        await desk.leave_with(pilot, "abc")
        await desk.open(pilot)
        assert desk.foot == ""
        assert not seated.desk.drafts.drafts.path.exists()


async def test_a_form_only_looked_at_leaves_nothing_and_one_emptied_again_takes_its_draft_back(
    seated: OfficeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_drafts, "SAVE_AFTER", 0.01)
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "")
        assert not seated.desk.drafts.drafts.path.exists()
        await desk.open(pilot)
        await desk.press(pilot, "a")
        await until_kept(pilot, desk, ["a"])
        await desk.press(pilot, "backspace")
        await until_kept(pilot, desk, [])


async def until_kept(pilot: Pilot[str], desk: Desk, texts: list[str]) -> None:
    """Wait until the disk holds these reasons."""
    for _ in range(500):
        await pilot.pause(0.01)
        if await desk.texts() == texts:
            return
    assert await desk.texts() == texts


async def test_what_is_typed_is_kept_while_the_form_stands_open(
    seated: OfficeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert form_drafts.SAVE_AFTER < 2
    monkeypatch.setattr(form_drafts, "SAVE_AFTER", 0.01)
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.open(pilot)
        for typed in ("a", "ab", "abc"):
            await pilot.press(typed[-1])
            await until_kept(pilot, desk, [typed])


async def test_the_end_of_the_program_keeps_what_stands_in_an_open_form(seated: OfficeApp) -> None:
    desk = Desk(seated)
    async with seated.run_test(size=SIZE) as pilot:
        await desk.open(pilot)
        await pilot.press(*"abc", "ctrl+q")
    assert await desk.texts() == ["abc"]


async def test_a_disk_that_takes_nothing_never_disturbs_typing_and_is_said_once(
    seated: OfficeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_drafts, "SAVE_AFTER", 0.01)
    monkeypatch.setattr(form_drafts, "RETRY_AFTER", 0.01)
    async with seated.run_test(size=SIZE) as pilot:
        path = seated.desk.drafts.drafts.path
        path.mkdir()
        desk = Desk(seated)
        await desk.open(pilot)
        await pilot.press("a")
        for _ in range(500):
            await pilot.pause(0.01)
            if desk.foot:
                break
        assert desk.foot == NOT_KEPT
        await pilot.press(*"bc")
        assert desk.value_of("reason") == "abc"
        path.rmdir()
        await until_kept(pilot, desk, ["abc"])
        await desk.press(pilot, "escape")
        for one in path.parent.glob("drafts.db*"):
            one.unlink()
        path.mkdir()
        await desk.open(pilot)
        await desk.press(pilot, "x", "escape")
        await desk.open(pilot)
        await desk.press(pilot, *"yz", "enter", "5", "enter")
        assert [values["reason"] for values, _ in desk.book.tries] == ["yz"]
        assert NOT_KEPT not in shown_text(seated)


async def test_a_classified_mark_is_never_on_the_disk_and_takes_its_field_with_it(
    seated: OfficeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_drafts, "SAVE_AFTER", 0.01)
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.open(pilot)
        await desk.press(pilot, *"文件秘密")
        await until_kept(pilot, desk, ["文件秘密"])
        await desk.press(pilot, *"3年")
        await until_kept(pilot, desk, [])
        await desk.press(pilot, "enter", "5", "escape")
        assert [dict(draft.answers) for draft in await desk.kept()] == [{"copies": "5"}]
        assert "文件".encode() not in seated.desk.drafts.drafts.path.read_bytes()


async def test_a_secret_is_never_kept(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated, REASON, Field("pin", "口令", is_secret=True))
        await desk.open(pilot)
        await desk.press(pilot, *"abc", "enter", *"4711", "escape")
        assert [dict(draft.answers) for draft in await desk.kept()] == [{"reason": "abc"}]
        assert b"4711" not in seated.desk.drafts.drafts.path.read_bytes()


@each_hostile
async def test_hostile_text_comes_back_as_plain_text(seated: OfficeApp, text: str) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        lines = Field("lines", "经过", "multiline")
        desk = Desk(seated, REASON, lines)
        await desk.open(pilot)
        desk.row("reason").query_one(LineInput).value = text
        desk.row("lines").query_one(TextArea).text = f"{text}\n{text}"
        await settle(pilot)
        typed = {name: desk.row(name).typed() for name in ("reason", "lines")}
        await desk.press(pilot, "escape")
        assert [dict(draft.answers) for draft in await desk.kept()] == [typed]
        await desk.open(pilot)
        await desk.press(pilot, "f5")
        assert {name: desk.row(name).typed() for name in typed} == typed


async def test_every_kind_of_field_comes_back(seated: OfficeApp, people: Sequence[Person]) -> None:
    fields = (
        Field("who", "承办人", "person", people=lambda: people),
        Field("kind", "办法", "choice", choices=(("1", "急办"), ("2", "请示"))),
        Field("day", "日期", "date"),
        Field("at", "时间", "time"),
        Field("lines", "经过", "multiline"),
    )
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated, *fields)
        await desk.open(pilot)
        await desk.press(pilot, *people[2].initials, "enter", "right", "right", "enter", *"明天", "enter", *"815")
        await desk.press(pilot, "enter", "a", "enter", "b", "escape")
        await desk.open(pilot)
        await desk.press(pilot, "f5")
        assert {row.field.name: row.typed() for row in desk.form.rows} == {
            "who": str(people[2].id),
            "kind": "2",
            "day": "2026-10-13",
            "at": "08:15",
            "lines": "a\nb",
        }
        assert desk.row("kind").query_one(ChoiceLine).value == "2"
        await desk.press(pilot, "c")
        assert desk.row("lines").typed() == "a\nbc"


async def test_a_day_stays_the_day_it_was_when_the_draft_is_taken_up_later(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        event, due = Field("event", "发生日期", "date", value="2026-10-12"), Field("due", "办结日期", "date")
        desk = Desk(seated, REASON, event, due)
        await desk.open(pilot)
        await desk.press(pilot, "a", "enter", "enter", *"明天", "escape")
        clock.set(datetime(2026, 10, 14, 8, 0))
        page_of(seated).tick(seated.desk.office.now())
        desk.fields = (REASON, Field("event", "发生日期", "date", value="2026-10-14"), due)
        await desk.open(pilot)
        assert desk.foot == "上次没有登记完(10月12日 7:50),按 F5 接着写,F4 不要了。"
        await desk.press(pilot, "f5")
        assert (desk.row("event").read(), desk.row("due").read()) == ("2026-10-12", "2026-10-13")


async def test_what_was_not_touched_is_shown_as_the_book_has_it_now(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated, REASON, Field("unit", "单位", value="旧单位"))
        await desk.leave_with(pilot, "abc")
        desk.fields = (REASON, Field("unit", "单位", value="新单位"), Field("more", "后来加的"))
        await desk.open(pilot)
        await desk.press(pilot, "f5")
        assert (desk.value_of("reason"), desk.value_of("unit")) == ("abc", "新单位")


async def test_same_as_last_stands_beside_the_offer(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated, Field("reason", "事由", last="上次的"))
        await desk.leave_with(pilot, "abc")
        await desk.open(pilot)
        assert "F2 同上次" in shown_text(seated)
        await desk.press(pilot, "f2")
        assert (desk.value_of("reason"), desk.foot) == ("上次的", "")
        await desk.press(pilot, "f2")
        assert [values for values, _ in desk.book.tries] == [{"reason": "上次的"}]
        assert await desk.texts() == ["abc"]


async def test_a_draft_is_not_forgotten_while_the_book_refuses(seated: OfficeApp) -> None:
    from govoffice_tui.rules.refusal import Refused

    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        desk.book.answers.append(Refused("本月已封存。", "考勤制度第7条"))
        await desk.open(pilot)
        await desk.press(pilot, *"abc", "f2")
        assert desk.foot.startswith("本月已封存。")
        await desk.press(pilot, "escape")
        assert await desk.texts() == ["abc"]


async def test_what_is_too_old_is_cleared_soon_after_the_start(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        desk = Desk(seated)
        await desk.leave_with(pilot, "abc")
        await desk.kept()
        path = seated.desk.drafts.drafts.path
        assert b"abc" in path.read_bytes()
        clock.set(datetime(2026, 10, 12, 7, 50) + timedelta(days=7))
        for _ in range(BOOK_CHECK_SECONDS):
            seated.beat()
        await settle(pilot)
        assert b"abc" not in path.read_bytes()


async def test_at_80_columns_the_longest_offer_is_seen_whole(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=(80, 24)) as pilot:
        desk = Desk(seated)
        for text in "ab":
            await desk.leave_with(pilot, text)
        clock.set(datetime(2026, 10, 14, 8, 0))
        page_of(seated).tick(seated.desk.office.now())
        await desk.open(pilot)
        assert "上次没有登记完(10月12日 7:50,另有1份),按 F5 接着写,F4 不要了。" in shown_text(seated)
        assert date(2026, 10, 14) == desk.form.today
