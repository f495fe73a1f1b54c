"""培训登记: the year's courses over the page of study, who was on them, and what it comes to for each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
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

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import training
from govoffice_tui.registers.office import Busy, Office, StorageError
from govoffice_tui.registers.rolls.views import Trained
from govoffice_tui.registers.training import Course
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.rules.study import TRAINING
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.widgets.form import FormScreen, Submit, ignore, stay_out
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.literal import fitted

COURSES = (("编号", 15), ("日期", 20), ("学时", 6), ("主办单位", 20))
PEOPLE = (("姓名", 24), ("股室", 16), ("次数", 6), ("学时", 8))
"""Titles and widths in cells; the courses' content takes what is left of the line."""

LEAST = 20
NOTHING = "{year}年还没有登记过培训。\n\n参加了培训的按 F2:写谁、什么内容、哪里办的、几天、多少学时(学习制度第4条)。"
Answers = dict[str, str]


class TrainingsScreen(ModalScreen[None]):
    """The training register of one year."""

    CSS: ClassVar[str] = """
    TrainingsScreen { align: left top; }
    .trainings { width: 100%; height: 100%; background: $background; }
    .trainings > .title { width: 100%; height: 1; padding: 0 1; background: $band; text-style: bold; }
    .trainings > #trainings { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", "登记", tooltip="登记一次培训", id="training.record"),
        Binding("f4", "correct", "更正", tooltip="更正或作废选中的一笔", id="training.correct"),
        Binding("f8", "turn_over", "各人学时", tooltip="在各次培训和各人全年学时之间切换", id="training.people"),
        Binding("enter", "detail", "详情", tooltip="这一次谁参加", priority=True, id="training.detail"),
        Binding("pageup", "turn(-1)", "前一年", priority=True, id="training.previous"),
        Binding("pagedown", "turn(1)", "后一年", priority=True, id="training.next"),
        Binding("escape", "leave", "返回", id="training.leave"),
    ]

    def __init__(
        self,
        desk: Desk,
        failed: Callable[[StorageError], None] = ignore,
        amend: Callable[[Sealed, Callable[[], object]], object] = stay_out,
    ) -> None:
        super().__init__()
        self._amend = amend
        self._desk = desk
        self._failed = failed
        self._year = desk.office.now().year
        self._is_by_person = False
        self._courses: list[Trained] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="trainings"):
            yield Static(id="trainings-title", classes="title", markup=False)
            yield DataTable[Text](id="trainings", cursor_type="row", cell_padding=0)
            yield Static(classes="empty", id="no-trainings", markup=False)
            yield StatusLine(id="trainings-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self.reload()
        self.table.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Give the content the room there is."""
        self.reload()

    @property
    def table(self) -> DataTable[Text]:
        """Return the list."""
        return self.query_one("#trainings", DataTable)

    @property
    def chosen(self) -> Trained | None:
        """Return the course under the cursor."""
        row = self.table.cursor_row
        return self._courses[row] if not self._is_by_person and 0 <= row < len(self._courses) else None

    def say(self, text: str, tone: str = "done") -> None:
        """Say in one line what stands in the book now, or what cannot be."""
        self.query_one("#trainings-status", StatusLine).say(text, tone)

    def reload(self) -> None:
        """Read the year anew."""
        office = self._desk.office
        try:
            first, last = date(self._year, 1, 1), date(self._year, 12, 31)
            self._courses = training.between(office, first, last)
            people = training.year_totals(office, self._year, last)
        except Busy:
            self.set_timer(0.3, self.reload)
            return
        except (Refused, StorageError) as error:
            self.say(str(error), "refused")
            return
        hours = sum(one.half_hours for one in people) / 2
        words = f"培训登记   {self._year}年   {len(self._courses)}次   {len(people)}人参加   共{hours:g}学时"
        self.query_one("#trainings-title", Static).update(words)
        empty = self.query_one("#no-trainings", Static)
        empty.update(NOTHING.format(year=self._year))
        empty.display = not self._courses
        self.table.display = bool(self._courses)
        place = self.table.cursor_row
        self.table.clear(columns=True)
        if self._is_by_person:
            self._fill(
                PEOPLE,
                [(one.display_name, one.person.section, str(one.courses), one.hours) for one in people],
            )
        else:
            room = max(LEAST, self.size.width - sum(width for _, width in COURSES) - 1)
            who = 16
            columns = (*COURSES, ("参加的人", who), ("培训内容", max(LEAST, room - who)))
            self._fill(columns, [_words(one) for one in self._courses])
        if self.table.row_count:
            self.table.move_cursor(row=min(place, self.table.row_count - 1))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Correct and explain a course only where one is under the cursor."""
        if action in ("correct", "detail"):
            return self.is_mounted and self.chosen is not None
        return True

    def action_record(self) -> None:
        """Enter a course."""
        office = self._desk.office

        async def submit(values: Answers, *, form_key: str) -> Trained:
            course = _course(values)
            people = await self._desk.read(training.read_people, values["people"], course.first)
            return await self._desk.carry_out(training.record_training, people, course, form_key=form_key)

        self._open("培训登记", _fields(office, self._courses, None), submit, "已登记", "training")

    def action_correct(self) -> None:
        """Choose between correcting and striking the course."""
        found = self.chosen
        if found is not None:
            options = [
                ("1", Content("更正这一笔"), partial(self._correct, found)),
                ("2", Content("作废这一笔"), partial(self._void, found)),
            ]
            self.app.push_screen(ChooseScreen(found.number, options), lambda act: act() if act else None)

    def action_turn_over(self) -> None:
        """Change between the courses and what they come to for each person."""
        self._is_by_person = not self._is_by_person
        self.reload()

    def action_turn(self, step: int) -> None:
        """Turn to another year, up to this one."""
        year = self._year + step
        if 1990 <= year <= self._desk.office.now().year:
            self._year = year
            self.reload()

    def action_detail(self) -> None:
        """Show a course whole."""
        found = self.chosen
        if found is None:
            return
        lines = [
            f"{_days(found)}   {found.hours}学时   主办 {found.organiser}",
            found.course,
            "",
            "参加的人 " + "、".join(name for _, name in found.people),
        ]
        if found.remark:
            lines += ["", f"备注 {found.remark}"]
        self.app.push_screen(TextScreen(found.number, "\n".join(lines)))

    def action_leave(self) -> None:
        """Back to the page."""
        self.dismiss(None)

    @on(DataTable.RowHighlighted, "#trainings")
    def _moved(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        self.refresh_bindings()

    @on(DataTable.RowSelected, "#trainings")
    def show_clicked(self, event: DataTable.RowSelected) -> None:
        """A click on the line under the cursor shows the course."""
        event.stop()
        self.action_detail()

    def _correct(self, found: Trained) -> None:
        async def submit(values: Answers, *, form_key: str) -> Trained:
            course = _course(values)
            people = await self._desk.read(training.read_people, values["people"], course.first)
            return await self._desk.carry_out(
                training.correct_training, found.row, people, course, values["reason"], form_key=form_key
            )

        fields = [
            *_fields(self._desk.office, self._courses, found),
            Field("reason", "更正原因", required=True),
        ]
        self._open(f"更正 {found.number}", fields, submit, "已更正", "training.correct", f"{found.row}")

    def _void(self, found: Trained) -> None:
        async def submit(values: Answers, *, form_key: str) -> Trained:
            return await self._desk.carry_out(training.void_training, found.row, values["reason"], form_key=form_key)

        self._open(
            f"作废 {found.number}",
            [Field("reason", "作废原因", required=True)],
            submit,
            "已作废",
            "training.void",
            f"{found.row}",
        )

    def _open(
        self, title: str, fields: Sequence[Field], submit: Submit[Trained], said: str, draft: str, about: str = ""
    ) -> None:
        def finished(done: Trained | None) -> None:
            if done is not None:
                self.reload()
                self.say(f"{said} {done.number} {done.course}")

        desk = self._desk
        form: FormScreen[Trained] = FormScreen(
            title,
            fields,
            submit,
            today=desk.office.now().date(),
            failed=self._failed,
            amend=self._amend,
            drafts=desk.drafts.of_form(desk.operator_id, draft, about),
        )
        self.app.push_screen(form, finished)

    def _fill(self, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
        for title, width in columns:
            self.table.add_column(Text(title), width=width)
        for row in rows:
            cells = zip(row, columns, strict=True)
            self.table.add_row(*(Text(fitted(cell, width - 1)) for cell, (_, width) in cells))


def _words(one: Trained) -> tuple[str, ...]:
    who = "、".join(name for _, name in one.people)
    more = f"{len(one.people)}人 {who}" if len(one.people) > 1 else who
    return one.number, _days(one), one.hours, one.organiser, more, one.course


def _days(one: Trained) -> str:
    first = chinese_short_day(one.first)
    if one.first == one.last:
        return first
    is_near = (one.first.year, one.first.month) == (one.last.year, one.last.month)
    return f"{first}到{f'{one.last.day}日' if is_near else chinese_short_day(one.last)}"


def _course(values: Answers) -> Course:
    first = date.fromisoformat(values["first"])
    last = date.fromisoformat(values["last"]) if values["last"] else first
    return Course(values["course"], values["organiser"], first, last, values["hours"], values["remark"])


def _fields(office: Office, courses: Sequence[Trained], found: Trained | None) -> list[Field]:
    """Return the fields of a course, with what former ones said offered again."""
    names = {one.organiser for one in courses}
    titles = tuple(dict.fromkeys(one.course for one in reversed(courses)))
    people = "" if found is None else training.written_people(office, found)
    today = office.now().date()
    return [
        Field(
            "people",
            "参加的人",
            required=True,
            article=TRAINING,
            value=people,
            placeholder="姓名或工号,中间用顿号;全体写“全体”",
        ),
        Field("course", "培训内容", required=True, value=found.course if found else "", history=titles),
        Field(
            "organiser", "主办单位", required=True, value=found.organiser if found else "", history=tuple(sorted(names))
        ),
        Field("first", "开始日期", "date", required=True, value=(found.first if found else today).isoformat()),
        Field("last", "结束日期", "date", value=found.last.isoformat() if found else "", placeholder="当天的不用写"),
        Field("hours", "学时", required=True, value=found.hours if found else "", placeholder="如 4 或 4.5"),
        Field("remark", "备注", value=found.remark if found else "", placeholder="可不写"),
    ]
