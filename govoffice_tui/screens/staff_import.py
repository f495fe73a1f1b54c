"""导入花名册: a file is chosen, read and shown with all that is wrong in it, and only then entered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.importers.reader import Unreadable
from govoffice_tui.importers.staff import StaffList, read_staff_list
from govoffice_tui.registers.office import StorageError
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.staff_differences import Applied, compare
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.exporting import shown_path
from govoffice_tui.screens.staff_differences import DifferencesScreen, applied_words
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.literal import plain

OFFERED_ENDINGS = (".xlsx", ".xls", ".ods", ".csv")
"""What is offered by itself; a .txt that lies about is seldom a list, but may be typed."""
HEADINGS = ("行", "工号", "姓名", "股室", "职务", "电话", "到岗日期", "人员类别")
OFFERED = 8
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
"""The lists that come with the program, where it runs from its own folder."""
PROBLEMS_SHOWN = 200


class StaffImportScreen(ModalScreen[bool]):
    """The page of an import; its result is whether people were entered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter_list", "导入", tooltip="把看过的名单写入花名册", id="import.enter"),
        Binding("escape", "leave", "返回", id="import.leave"),
    ]

    def __init__(self, desk: Desk, nearby: Path | None = None, leave_word: str = "返回") -> None:
        super().__init__()
        self._desk = desk
        self._leave_word = leave_word
        self._offers = _files_nearby(nearby or desk.office.folder)
        self._list: StaffList | None = None
        self._key = ""
        self._is_busy = False

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work now, Esc in the word for where it leads."""
        return {
            key: active._replace(binding=replace(active.binding, description=self._leave_word))
            if active.binding.id == "import.leave"
            else active
            for key, active in super().active_bindings.items()
        }

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog import"):
            yield Static("导入花名册", classes="title", markup=False)
            yield LineInput(placeholder="表格文件的位置(可从文件夹拖进来),回车读取", id="path", limit=1000)
            yield OptionList(
                *(Option(_offered(path)) for path in self._offers), id="offers", markup=False, compact=True
            )
            with VerticalScroll(id="findings", can_focus=False):
                yield Static(id="finding-words", markup=False)
            yield DataTable[Text](id="preview", cursor_type="none", cell_padding=1)
            yield StatusLine(id="import-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#preview").display = False
        self.query_one("#findings").display = False
        self.query_one("#offers").display = bool(self._offers)
        self.query_one("#path").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list can be entered once it was read without a problem."""
        return action != "enter_list" or bool(self._list and self._list.lines and not self._list.problems)

    @on(Input.Submitted, "#path")
    def read_typed(self, event: Input.Submitted) -> None:
        """Read the file that was typed; with nothing typed but a list read, enter it."""
        event.stop()
        typed = event.value.strip().strip("'\"")
        if typed:
            self._read(Path(typed).expanduser())
        elif self._list is not None:
            self.action_enter_list()

    @on(OptionList.OptionSelected, "#offers")
    def read_offered(self, event: OptionList.OptionSelected) -> None:
        """Read a file that was found nearby."""
        event.stop()
        self._read(self._offers[event.option_index])

    def action_enter_list(self) -> None:
        """Enter the list that was read and shown."""
        if self._list is not None and not self._list.problems and not self._is_busy:
            self.run_worker(self._enter(self._list), exclusive=True)

    def action_leave(self) -> None:
        """Leave without entering anything."""
        if not self._is_busy:
            self.dismiss(False)

    def _read(self, path: Path) -> None:
        self.query_one("#import-status", StatusLine).say("正在读取…", "waiting")
        self.run_worker(self._read_and_show(path), exclusive=True)

    async def _read_and_show(self, path: Path) -> None:
        status = self.query_one("#import-status", StatusLine)
        self._list = None
        self.refresh_bindings()
        try:
            read = await asyncio.to_thread(read_staff_list, path)
        except Unreadable as error:
            status.say(str(error), "refused")
            return
        self._list, self._key = read, uuid4().hex
        self._show(read)
        if not read.problems and read.lines and await self._compare(read):
            return
        if read.problems:
            status.say(f"有{len(read.problems)}处要改,一个人也没有导入。改好表格再读一次。", "refused")
        else:
            status.say(f"共{len(read.lines)}人,没有问题。按 F2 导入。", "done")
            self.set_focus(None)
        self.refresh_bindings()

    async def _compare(self, read: StaffList) -> bool:
        """Show the difference where the book knows people already; return whether it does."""
        status = self.query_one("#import-status", StatusLine)
        try:
            if not self._desk.people():
                return False
            seen = await self._desk.read(compare, read.lines)
        except (Refused, StorageError) as error:
            status.say(str(error), "refused")
            return True
        self._list = None
        self.refresh_bindings()
        status.say(f"共{len(read.lines)}人,没有问题。", "done")
        self.app.push_screen(DifferencesScreen(self._desk, read.lines, seen), self._compared)
        return True

    def _compared(self, done: Applied | None) -> None:
        """Leave once the difference has been entered; without it another file may be read."""
        if done is not None:
            self.notify(applied_words(done), markup=False)
            self.dismiss(True)

    def _show(self, read: StaffList) -> None:
        words = [Content.styled(str(problem), "$late") for problem in read.problems[:PROBLEMS_SHOWN]]
        words += [Content.styled(notice, "$faint") for notice in read.notices]
        self.query_one("#findings").display = bool(words)
        self.query_one("#finding-words", Static).update(Content("\n").join(words))
        self.query_one("#offers").display = False
        table = self.query_one("#preview", DataTable)
        table.display = bool(read.lines)
        table.clear(columns=True)
        for heading in HEADINGS:
            table.add_column(Text(heading))
        for line in read.lines:
            joined = line.joined.isoformat() if line.joined else ""
            category = line.category.label if line.category else ""
            cells = (str(line.row), line.number, line.name, line.section, line.position, line.phone, joined, category)
            table.add_row(*(Text(plain(cell)) for cell in cells))

    async def _enter(self, read: StaffList) -> None:
        status = self.query_one("#import-status", StatusLine)
        self._is_busy = True
        try:
            await self._desk.carry_out(import_staff, read.lines, form_key=self._key)
        except Refused as refusal:
            status.say(str(refusal), "refused")
        except StorageError as error:
            status.say(str(error), "refused")
        else:
            await self._write_packet()
            self.dismiss(True)
        finally:
            self._is_busy = False

    async def _write_packet(self) -> None:
        """Write the first blank forms; the list stands whether they can be written or not."""
        from govoffice_tui.reports import write_packet

        self.query_one("#import-status", StatusLine).say("已导入,正在写空白应急表…", "waiting")
        try:
            packet = await self._desk.read(write_packet)
        except (Refused, StorageError) as error:
            words = f"花名册已导入。空白应急表没有写成:{error}以后在菜单“空白应急表”里再出。"
            self.notify(words, severity="warning", markup=False)
        else:
            path = shown_path(packet.path, self._desk.office.folder)
            self.notify(f"空白应急表写好了,请打印备用:{path}", markup=False)


def _files_nearby(folder: Path) -> list[Path]:
    """Return tables where a clerk would have put them, newest first; the sample list where there are none."""
    home = Path.home()
    found = _tables_in([folder, home / "桌面", home / "Desktop", home / "下载", home / "Downloads"])
    return found or _tables_in([folder / "data" / "samples", SAMPLES])[:1]


def _tables_in(places: list[Path]) -> list[Path]:
    found: dict[Path, float] = {}
    for place in places:
        try:
            for path in place.iterdir():
                is_table = path.suffix.lower() in OFFERED_ENDINGS and not path.name.startswith((".", "~$"))
                if is_table and path.is_file():
                    found[path.resolve()] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: (found[path], path.suffix), reverse=True)[:OFFERED]


def _offered(path: Path) -> Content:
    is_sample = path.parent.name == SAMPLES.name
    return Content.assemble(("样例,可先试用  " if is_sample else "", "$faint"), plain(str(path)))
