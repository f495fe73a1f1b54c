"""花名册: everybody in rank order with how they stand today; who comes, goes, moves and is called something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import DataTable, Static

from govoffice_tui.registers import staff_pages, staff_profiles
from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.staff_pages import StaffEntry
from govoffice_tui.registers.staff_rows import Changed
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.staff_forms import Answers, Deed, adding, corrections, next_steps
from govoffice_tui.widgets.form import FormScreen, ignore
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import fitted, literal, plain

COLUMNS = (("工号", 5), ("姓名", 16), ("股室", 13), ("职务", 9), ("类别", 9), ("考勤", 5), ("在册", 13))
"""Titles and widths in cells; 岗位 takes what is left of the line."""

LOOK_SECONDS = 2
"""How often the list looks whether another window has written."""

LEAST_FOR_POSTS = 9
ROOM_FOR_TITLES = 16
"""From this width on the posts stand with their whole titles."""
BUSY = "另一窗口正在写,没有登记上,请再按一次。"


class StaffScreen(ModalScreen[None]):
    """The whole staff list over the page it was called from."""

    CSS: ClassVar[str] = """
    StaffScreen { align: left top; }
    .staff-page { width: 100%; height: 100%; background: $background; }
    .staff-page > .title { width: 100%; height: 1; padding: 0 1; background: $band; text-style: bold; }
    .staff-page > #staff-warning { width: 100%; height: auto; padding: 0 1; background: $band; color: $due; }
    .staff-page > #staff { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "add", "添加", tooltip="添加一个人:调入、借入、新录", id="staff.add"),
        Binding("f3", "find", "查找", tooltip="按姓名或首字母找一个人", id="staff.find"),
        Binding("f4", "correct", "更正", tooltip="改错字、更名、调整、考勤方式、首字母、到岗日期", id="staff.correct"),
        Binding("f5", "proceed", "下一步", tooltip="调出、退休、借出、归来、岗位", id="staff.proceed"),
        Binding("enter", "history", "经过", tooltip="这个人的全部登记", priority=True, id="staff.history"),
        Binding("escape", "leave", "返回", id="staff.leave"),
        Binding("ctrl+up", "move(-1)", "上移", tooltip="在排序里上移一位", priority=True, id="staff.up"),
        Binding("ctrl+down", "move(1)", "下移", tooltip="在排序里下移一位", priority=True, id="staff.down"),
    ]

    def __init__(self, desk: Desk, failed: Callable[[StorageError], None] = ignore) -> None:
        super().__init__()
        self._desk = desk
        self._failed = failed
        self._seen_version = 0
        self._entries: list[StaffEntry] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="staff-page"):
            yield Static(id="staff-title", classes="title", markup=False)
            yield Static(id="staff-warning", markup=False)
            yield DataTable[Text](id="staff", cursor_type="row", cell_padding=0)
            yield StatusLine(id="staff-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self.reload()
        self.table.focus()
        self.set_interval(LOOK_SECONDS, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Give 岗位 the room there is."""
        self._draw()

    @property
    def table(self) -> DataTable[Text]:
        """Return the list."""
        return self.query_one("#staff", DataTable)

    @property
    def chosen(self) -> StaffEntry | None:
        """Return who is under the cursor."""
        row = self.table.cursor_row
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def say(self, text: str, tone: str = "done") -> None:
        """Say in one line what stands in the book now, or what cannot be."""
        self.query_one("#staff-status", StatusLine).say(text, tone)

    def reload(self, person: int | None = None) -> None:
        """Read the list anew; the cursor goes to a person, or stays with whom it was on."""
        office, today = self._desk.office, self._desk.office.now().date()
        kept = person or (self.chosen.person.id if self.chosen else None)
        try:
            self._seen_version = office.data_version()
            self._entries = staff_pages.entries(office, today)
            warning = staff_pages.deputy_warning(office, today)
        except Busy:
            self.set_timer(0.3, partial(self.reload, person))
            return
        except (Refused, StorageError) as error:
            self.say(str(error), "refused")
            return
        present = sum(entry.is_present for entry in self._entries)
        lent = sum(entry.is_lent for entry in self._entries)
        words = f"花名册   在册{present}人" + (f"   其中借出{lent}人" if lent else "")
        self.query_one("#staff-title", Static).update(words)
        band = self.query_one("#staff-warning", Static)
        band.update(plain(warning))
        band.display = bool(warning)
        self._draw()
        places = [entry.person.id for entry in self._entries]
        if kept in places:
            self.table.move_cursor(row=places.index(kept))

    def action_add(self) -> None:
        """Add somebody."""
        self._open(adding([entry.person for entry in self._entries], self._desk.office.now().date()))

    def action_find(self) -> None:
        """Go to a person by a piece of the name or initials."""
        found = [
            Entry(
                entry.display_name,
                partial(self.table.move_cursor, row=row),
                hint=f"{entry.person.section} {entry.person.position} {entry.person.number}",
            )
            for row, entry in enumerate(self._entries)
        ]
        self.app.push_screen(MenuScreen(found, "找谁", "姓名中的字或首字母"))

    def action_correct(self) -> None:
        """Choose what is to be put right or changed."""
        entry = self.chosen
        if entry is not None:
            people = [one.person for one in self._entries]
            self._choose(f"更正 {entry.display_name}", corrections(entry, people, self._desk.office.now().date()))

    def action_proceed(self) -> None:
        """Choose what happens next."""
        entry = self.chosen
        if entry is not None:
            self._choose(f"下一步 {entry.display_name}", next_steps(entry, self._desk.office.now().date()))

    def action_history(self) -> None:
        """Show everything entered about a person."""
        entry = self.chosen
        if entry is None:
            return
        try:
            lines = staff_pages.history(self._desk.office, entry.person.id)
        except StorageError as error:
            self.say(str(error), "refused")
            return
        parts = []
        for line in lines:
            style = "strike $faint" if line.is_struck else ""
            parts.append(Content.styled(f"{line.day.isoformat()}  {plain(line.words)}", style))
            parts.append(Content.styled(f"            {plain(line.entered)} 登记", "$faint"))
        self.app.push_screen(TextScreen(f"{entry.display_name} {entry.person.number}", Content("\n").join(parts)))

    def action_move(self, step: int) -> None:
        """Move a person one place in the order of every list."""
        entry, row = self.chosen, self.table.cursor_row
        listed = [one for one in self._entries if one.is_listed]
        if entry is None or not entry.is_listed or not 0 <= row + step < len(listed):
            return
        after = row + step + (1 if step > 0 else 0)
        before = listed[after].person.id if after < len(listed) else None
        self.run_worker(self._move(entry, before), group="verbs")

    def action_leave(self) -> None:
        """Back to the page."""
        self.dismiss(None)

    @on(DataTable.RowSelected, "#staff")
    def show_clicked(self, event: DataTable.RowSelected) -> None:
        """A click on the line under the cursor shows its history."""
        event.stop()
        self.action_history()

    async def _move(self, entry: StaffEntry, before: int | None) -> None:
        try:
            await self._desk.carry_out(staff_profiles.move_rank, entry.person.id, before)
        except Busy:
            self.say(BUSY, "refused")
        except Refused as refusal:
            self.say(cited(refusal.message, refusal.article), "refused")
        except StorageError as error:
            self.say(str(error), "refused")
        else:
            self.reload(entry.person.id)
            self.say(f"已移动 {entry.display_name},从今天起按这个次序")

    def _choose(self, title: str, deeds: Sequence[Deed]) -> None:
        options = [(str(place % 10), literal(deed.title.split(" ")[0]), deed) for place, deed in enumerate(deeds, 1)]
        self.app.push_screen(ChooseScreen(title, options), self._open)

    def _open(self, deed: Deed | None) -> None:
        if deed is None:
            return

        async def submit(values: Answers, *, form_key: str) -> tuple[object]:
            return (await self._desk.carry_out(deed.verb(values), form_key=form_key),)

        def finished(result: tuple[object] | None) -> None:
            if result is not None:
                self._done(deed, result[0])

        desk = self._desk
        form: FormScreen[tuple[object]] = FormScreen(
            deed.title,
            deed.fields,
            submit,
            deed.hint,
            today=desk.office.now().date(),
            failed=self._failed,
            drafts=desk.drafts.of_form(desk.operator_id, deed.draft, deed.about),
        )
        self.app.push_screen(form, finished)

    def _look(self) -> None:
        """Show what another window has written, as soon as it is seen."""
        try:
            is_same = self._desk.office.data_version() == self._seen_version
        except StorageError:
            return  # the page below says what is wrong with the book
        if not is_same:
            self.reload()

    def _done(self, deed: Deed, result: object) -> None:
        if isinstance(result, Changed):
            self.reload(result.staff)
            self.say(f"已登记 {result.name} {result.words}")
        else:
            self.reload()
            self.say(f"已登记 {deed.title}")

    def _draw(self) -> None:
        table, kept = self.table, self.table.cursor_row
        room = max(LEAST_FOR_POSTS, self.size.width - sum(width for _, width in COLUMNS) - 1)
        table.clear(columns=True)
        for title, width in (*COLUMNS, ("岗位", room)):
            table.add_column(Text(title), width=width)
        for entry in self._entries:
            person, style = entry.person, "" if entry.is_listed else "dim"
            labels = [holding.label if room >= ROOM_FOR_TITLES else holding.short_label for holding in entry.posts]
            cells = (
                person.number,
                person.name,
                person.section,
                person.position,
                person.category.label,
                person.mode.label,
                entry.standing,
                "、".join(labels),
            )
            widths = (*(width for _, width in COLUMNS), room)
            table.add_row(
                *(Text(fitted(cell, width - 1), style=style) for cell, width in zip(cells, widths, strict=True))
            )
        if self._entries:
            table.move_cursor(row=min(kept, len(self._entries) - 1))
