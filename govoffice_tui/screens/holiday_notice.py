"""放假通知: a notice is pasted or read from a file, held against the calendar, and entered by two people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.importers.holidays import CHARACTERS, parse_notice, read_notice
from govoffice_tui.importers.reader import Unreadable
from govoffice_tui.registers.holiday_notices import EnteredNotice, enter_notice, month_changes, propose, told
from govoffice_tui.registers.office import Busy, Office, StorageError
from govoffice_tui.rules.notices import HolidayNotice, summary
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.person_picker import PersonPicker
from govoffice_tui.widgets.text_box import TextBox

OFFERED = 3
PROBLEMS_SHOWN = 50


class HolidayNoticeScreen(ModalScreen[EnteredNotice | None]):
    """The page of a notice: first its text, then what it changes; the result is what was entered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "check", "检查", tooltip="读通知,看有没有问题、改了哪些天", id="notice.check"),
        Binding("f2", "enter_notice", "装入", tooltip="把核对过的通知装入工作日历", id="notice.enter"),
        Binding("pageup", "scroll(-8)", "上翻", priority=True, id="notice.up"),
        Binding("pagedown", "scroll(8)", "下翻", priority=True, id="notice.down"),
        Binding("escape", "leave", "返回", id="notice.leave"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._offers = _notices_nearby(desk.office.folder)
        self._notice: HolidayNotice | None = None
        self._key = ""
        self._is_busy = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog notice"):
            yield Static("放假通知", classes="title", markup=False)
            yield LineInput(
                placeholder="通知文件(.txt)的位置,回车读取;或者在下面粘贴通知全文", id="notice-path", limit=1000
            )
            yield OptionList(
                *(Option(Content(plain(f"读取 {path.name}({path.parent})"))) for path in self._offers),
                id="notice-offers",
                markup=False,
                compact=True,
            )
            yield TextBox(limit=CHARACTERS, id="notice-text")
            with VerticalScroll(id="notice-findings", can_focus=True):
                yield Static(id="notice-words", markup=False)
            with Horizontal(id="notice-second"):
                yield Static("复核人", classes="question", markup=False)
                yield PersonPicker(self._others, placeholder="另一个人的首字母", id="notice-picker")
            yield StatusLine(id="notice-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self._show_text()
        self.status.say("粘贴国务院办公厅的通知全文(连同标题),按 F5 检查。", "quiet")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text can be checked while it is shown, a notice entered once it was checked without a problem."""
        if action == "check":
            return self._notice is None
        return action not in ("enter_notice", "scroll") or self._notice is not None

    @property
    def status(self) -> StatusLine:
        """Return the line above the keys."""
        return self.query_one("#notice-status", StatusLine)

    @on(Input.Submitted, "#notice-path")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed."""
        event.stop()
        typed = event.value.strip().strip("'\"")
        if typed:
            self._read(Path(typed).expanduser())

    @on(OptionList.OptionSelected, "#notice-offers")
    def read_offered(self, event: OptionList.OptionSelected) -> None:
        """Read a file that was found nearby."""
        event.stop()
        self._read(self._offers[event.option_index])

    def action_check(self) -> None:
        """Read the text that stands in the box."""
        text = self.query_one("#notice-text", TextBox).text
        if text.strip():
            self._check(parse_notice(text))
        else:
            self.status.say("还没有粘贴通知。", "refused")

    def action_enter_notice(self) -> None:
        """Enter the notice that was checked."""
        if self._notice is None or self._is_busy:
            return
        second = self.query_one(PersonPicker).person
        if second is None:
            self.status.say("放假通知要第二个人核对,请在复核人一栏选另一个人。", "refused")
            self.query_one(PersonPicker).input.focus()
            return
        self._enter(self._notice, second)

    def action_scroll(self, lines: int) -> None:
        """Move through what the notice changes."""
        self.query_one("#notice-findings", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back to the text, and from there to the page; nothing is entered."""
        if self._is_busy:
            return
        if self._notice is None:
            self.dismiss(None)
            return
        self._notice = None
        self._show_text()
        self.status.say("没有装入。改好后再按 F5 检查。", "quiet")

    @on(PersonPicker.Chosen)
    def _take_second(self, event: PersonPicker.Chosen) -> None:
        """Tell what is left to do once the second person is known."""
        event.stop()
        self.status.say(f"请{event.person.name}核对上面的日期,按 F2 装入。", "done")

    @on(PersonPicker.Passed)
    def _enter_by_key(self, event: PersonPicker.Passed) -> None:
        """Enter pressed again behind the second person's name enters the notice."""
        event.stop()
        self.action_enter_notice()

    @on(TextBox.Told)
    @on(LineInput.Told)
    def _tell(self, event: TextBox.Told | LineInput.Told) -> None:
        """Say what became of a paste."""
        event.stop()
        self.status.say(event.text, "quiet")

    def _others(self) -> Sequence[Person]:
        return [person for person in self._desk.people() if person.id != self._desk.operator_id]

    @work(exclusive=True)
    async def _read(self, path: Path) -> None:
        self.status.say("正在读取…", "waiting")
        try:
            notice = await asyncio.to_thread(read_notice, path)
        except Unreadable as error:
            self.status.say(str(error), "refused")
        else:
            await self._show_checked(notice)

    @work(exclusive=True)
    async def _check(self, notice: HolidayNotice) -> None:
        await self._show_checked(notice)

    async def _show_checked(self, notice: HolidayNotice) -> None:
        """Show what is wrong with a notice, or what it changes."""
        if notice.problems:
            self._show_findings(
                [Content.styled(f"· {problem}", "$late") for problem in notice.problems[:PROBLEMS_SHOWN]]
            )
            self.status.say(f"有{len(notice.problems)}处要改,没有装入。改好文字再按 F5。", "refused")
            return
        try:
            lines = await self._desk.read(_difference, notice)
        except (Refused, StorageError) as error:
            self.status.say(str(error), "refused")
            return
        self._notice, self._key = notice, uuid4().hex
        number = f" {notice.notice_number}" if notice.notice_number else ""
        words = [Content.styled(f"{notice.year}年放假通知{number}", "bold $chosen")]
        words += [Content(f"  {line}") for line in summary(notice)]
        words.append(Content.styled("装入后工作日历的变化", "bold $chosen"))
        words += [Content(f"  {line}") for line in lines]
        words += [Content.styled(line, "$faint") for line in notice.notices]
        self._show_findings(words)
        self.status.say("没有问题。请第二个人对照通知核对,选复核人后按 F2 装入。", "done")

    @work(group="verbs")
    async def _enter(self, notice: HolidayNotice, second: Person) -> None:
        self._is_busy = True
        self.status.say("正在装入…", "waiting")
        try:
            entered = await self._desk.carry_out(enter_notice, notice, second=second.id, form_key=self._key)
        except Refused as refusal:
            self.status.say(cited(refusal.message, refusal.article), "refused")
        except Busy:
            self.status.say("另一窗口正在写,没有装入,请再按一次。", "refused")
        except StorageError as error:
            self.status.say(str(error), "refused")
        else:
            self.dismiss(entered)
        finally:
            self._is_busy = False

    def _show_text(self) -> None:
        """Show the fields a notice comes in by."""
        self._show_fields(True)
        self.query_one("#notice-findings").display = False
        self.query_one("#notice-second").display = False
        self.query_one("#notice-text").focus()
        self.refresh_bindings()

    def _show_fields(self, is_shown: bool) -> None:
        for name in ("#notice-path", "#notice-text"):
            self.query_one(name).display = is_shown
        self.query_one("#notice-offers").display = is_shown and bool(self._offers)

    def _show_findings(self, words: Sequence[Content]) -> None:
        """Show lines under the text while it has problems, in its place once it has none."""
        is_fine = self._notice is not None
        self.query_one("#notice-words", Static).update(Content("\n").join(words))
        findings = self.query_one("#notice-findings")
        findings.display = True
        findings.scroll_home(animate=False)
        self._show_fields(not is_fine)
        self.query_one("#notice-second").display = is_fine
        if is_fine:
            self.query_one(PersonPicker).input.focus()
        self.refresh_bindings()


def _difference(office: Office, notice: HolidayNotice) -> list[str]:
    days = propose(office, notice)
    return told(days, month_changes(office, days, notice))


def _notices_nearby(folder: Path) -> list[Path]:
    """Return text files called a notice of days off where a clerk would have put them, newest first."""
    home = Path.home()
    places = [folder, home / "桌面", home / "Desktop", home / "下载", home / "Downloads", folder / "data" / "samples"]
    found: dict[Path, float] = {}
    for place in places:
        try:
            for path in place.glob("*.txt"):
                if ("放假" in path.name or "节假日" in path.name) and path.is_file():
                    found[path.resolve()] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: found[path], reverse=True)[:OFFERED]
