"""请假: the slips of a month, newest first, and what can be done from a line."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from govoffice_tui.clock import month_of
from govoffice_tui.registers.leave import ending, finding, months
from govoffice_tui.registers.leave.excuses import OVERDUE, UNENDED, steps
from govoffice_tui.registers.leave.months import LeaveLine
from govoffice_tui.registers.leave.records import LeaveRecord, by_id
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.leave import UNDECIDED, UNPAPERED, LeaveKind, LeaveState, days_words
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.exporting import export_forms
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.leave.deeds import LeaveDeeds
from govoffice_tui.screens.leave.form import Answers, LeaveForm, Prefill, correction_fields, open_leave_form, request_of
from govoffice_tui.screens.leave.printing import BLANK, export_slip
from govoffice_tui.screens.leave.steps import steps_of, told_slip, voiding
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.literal import fitted, literal, plain

COLUMNS = (("编号", 16), ("姓名", 16), ("类别", 9), ("天数", 7), ("状态", 11), ("批准人", 11))
"""Titles and widths in cells; 起止 takes what is left of the line."""

NARROW = 96
"""Below this width the number stands without its year and the approver stays for the details."""

SHORT_NUMBER = 6
NOTHING = (
    "这个月还没有请假登记。\n\n"
    "半日以内向分管副主任请假,半日以上2日以内书面向分管副主任请假,2日以上书面向主任请假(考勤制度第5条)。\n"
    "按 F2 登记一张假条;电话请假的返岗后补办手续。"
)
NOTHING_OPEN = "没有待补手续、待批、待销假的假条。"
_TONES = {OVERDUE: "late", "待补手续": "due", "已返岗待补": "due", "待批": "due", UNENDED: "due"}


class LeaveScreen(LeaveDeeds):
    """The slips of a month, or those that are still open whatever the month."""

    help_text = (
        "请假登记:一张假条一行,按半天算,休息日不算(产假、探亲假按自然日)。\n"
        "F2 登记,填起止时下面就说几天、该谁批;相连的假条合计算(考勤制度第5条)。\n"
        "F5 是这张假条能办的下一步:补办手续、同意、不同意、退回、销假、续假、撤销。F4 更正或作废。\n"
        "F8 只看待补手续、待批、待销假的。PgUp、PgDn 换月。委托代批、年休假应休、按签到销假在菜单里(Ctrl+P)。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", "登记", tooltip="登记一张假条", id="leave.record"),
        Binding("f3", "find", "查找", tooltip="按姓名、编号或类别找假条", id="leave.find"),
        Binding("f4", "correct", "更正", tooltip="更正或作废选中的假条", id="leave.correct"),
        Binding("f5", "proceed", "下一步", tooltip="选中的假条现在能办的事", id="leave.proceed"),
        Binding("f7", "export", "导出", tooltip="导出本月汇总表或请假审批单", id="leave.export"),
        Binding("f8", "turn_page", "待补/全月", tooltip="在全月和还没有了结的之间切换", id="leave.turn"),
        Binding("pageup", "turn(-1)", "前一月", priority=True, show=False, id="leave.previous"),
        Binding("pagedown", "turn(1)", "后一月", priority=True, show=False, id="leave.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="leave-head", markup=False)
        yield DataTable[Text](id="leaves", cursor_type="row", cell_padding=0)
        yield Static(classes="empty", id="no-leave", markup=False)

    def on_mount(self) -> None:
        self._month = month_of(self.today)
        self._is_open_only = False
        self._lines: list[LeaveLine] = []

    def on_resize(self, event: events.Resize) -> None:
        """Give 起止 the room there is."""
        if self.is_mounted and self._is_ready:
            self._draw()

    @property
    def table(self) -> DataTable[Text]:
        """Return the list."""
        return self.query_one("#leaves", DataTable)

    @property
    def chosen(self) -> LeaveLine | None:
        """Return the slip under the cursor."""
        row = self.table.cursor_row
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def refresh_page(self) -> None:
        """Read the month's slips, or the open ones."""
        kept = self.chosen.record.number if self.chosen else ""
        office = self.desk.office
        if self._is_open_only:
            self._lines = months.open_lines(office)
        else:
            self._lines = months.lines_of(office, self._month)
        self._draw()
        numbers = [line.record.number for line in self._lines]
        if kept in numbers:
            self.table.move_cursor(row=numbers.index(kept))

    def start_work(self) -> None:
        """Put the cursor into the list."""
        self.table.focus()

    def day_changed(self, today: date) -> None:
        """What is 休假中 or 待销假 follows the day."""
        self.reload()

    def month_changed(self, month: str) -> None:
        """A new month begins with its own page."""
        self._month = month

    def visit(self, day: date) -> None:
        """Turn to the month of a day."""
        self._month, self._is_open_only = month_of(day), False
        self.reload()
        found = [place for place, line in enumerate(self._lines) if line.record.start.day == day]
        if found:
            self.table.move_cursor(row=found[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action in ("correct", "proceed", "details") and self.is_mounted:
            return self.chosen is not None
        return True

    def explain_cursor(self) -> Explanation | None:
        """Explain the slip under the cursor."""
        line = self.chosen
        return None if line is None else Explanation(self._title(line), self._details(line), LEAVE, article_text(LEAVE))

    def action_record(self) -> None:
        """Enter a slip."""
        open_leave_form(self, then=lambda slip: self._go_to(slip.id))

    def action_find(self) -> None:
        """Find a slip by person, number or kind."""
        office = self.desk.office
        found = [Entry(text, partial(self._visit_person, day, person)) for text, day, person in finding.newest(office)]
        self.app.push_screen(MenuScreen(found, "找哪张假条", "姓名、编号、类别或首字母"))

    def action_correct(self) -> None:
        """Put right or void the slip under the cursor."""
        line = self.chosen
        if line is None:
            return
        if line.record.struck_at is not None:
            self.note(f"{line.record.number}已作废:{line.record.struck_reason}")
            return
        options = [("1", Content("更正"), "correct"), ("2", Content("作废"), "void")]
        self.app.push_screen(ChooseScreen(f"更正 {self._title(line)}", options), partial(self._put_right, line))

    def action_proceed(self) -> None:
        """Choose what happens next to the slip under the cursor."""
        line = self.chosen
        if line is None:
            return
        deeds = [] if line.record.struck_at else steps_of(self.desk.office, line, self.desk.people, self.today)
        if not deeds:
            self.note(f"{line.record.number}{line.state},没有下一步;要改请按 F4")
            return
        options = [(str(n), literal(deed.title.split(" ")[0]), deed) for n, deed in enumerate(deeds, 1)]
        self.app.push_screen(ChooseScreen(f"下一步 {self._title(line)}", options), self._open_step)

    def action_export(self) -> None:
        """Write the month's form, or one slip to be signed."""
        line = self.chosen
        options: list[tuple[str, Content, int | str]] = [
            ("1", Content(f"{self._month[:4]}年{int(self._month[5:])}月请假情况汇总表"), self._month)
        ]
        if line is not None and line.record.struck_at is None:
            options.append(("2", literal(f"请假审批单 {line.record.number} {line.name}"), line.record.id))
        options.append((str(len(options) + 1), Content("空白请假审批单"), BLANK))
        self.app.push_screen(ChooseScreen("导出哪一张", options), self._export)

    def action_turn_page(self) -> None:
        """Change between the month and what is still open."""
        self._is_open_only = not self._is_open_only
        self.reload()
        self.start_work()

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month."""
        first = date.fromisoformat(f"{self._month}-01")
        target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
        if date(2000, 1, 1) < target < self.today + timedelta(days=400):
            self._month, self._is_open_only = month_of(target), False
            self.reload()

    @on(DataTable.RowSelected, "#leaves")
    def show_details(self, event: DataTable.RowSelected) -> None:
        """Show everything that was entered about the slip."""
        event.stop()
        line = self.chosen
        if line is not None:
            words = Content("\n".join(self._details(line)))
            self.app.push_screen(TextScreen(self._title(line), words))

    @on(DataTable.RowHighlighted, "#leaves")
    def follow_cursor(self, event: DataTable.RowHighlighted) -> None:
        """The keys depend on the line."""
        event.stop()
        self.refresh_bindings()

    def _title(self, line: LeaveLine) -> str:
        one = line.record
        return f"{one.number} {line.name} {one.stretch}{one.kind.label}{days_words(line.halves)}"

    def _details(self, line: LeaveLine) -> list[str]:
        one = line.record
        parts = [
            f"状态  {line.state}" + (f":{one.struck_reason}" if one.struck_at else ""),
            f"依据  {line.tier_words}({LEAVE})",
        ]
        for label, words in (
            ("批准", line.approver),
            ("事由" if one.kind is not LeaveKind.SICK else "证明", line.reason),
            ("去向", one.destination),
            ("电话", one.phone),
            ("假条", one.paper_page),
            ("备注", one.remark),
            ("超假", f"{days_words(line.over)},待核" if line.over else ""),
        ):
            if words:
                parts.append(f"{label}  {plain(words)}")
        parts.append("经过")
        parts += [f"  {step.at:%Y-%m-%d %H:%M} {plain(step.words)}" for step in steps(self.desk.office, one)]
        return parts

    def _put_right(self, line: LeaveLine, what: str | None) -> None:
        if what == "void":
            self._open_step(voiding(line))
        elif what == "correct":
            self.with_operator(lambda: self._open_correction(line))

    def _open_correction(self, line: LeaveLine) -> None:
        one = line.record
        given = Prefill(one.person, one.start, one.end, one.kind, one.mode)
        fields = correction_fields(self.desk.people, self.today, given, _answers_of(one))

        async def submit(values: Answers, *, form_key: str) -> Any:
            return await self.desk.carry_out(
                ending.correct_leave, one.id, request_of(values), values["why"], form_key=form_key
            )

        form = LeaveForm(
            self.desk,
            f"更正 {self._title(line)}",
            given,
            correcting=one.id,
            fields=fields,
            submit=submit,
            failed=self.show_failure,
            amend=self.ask_amendment,
            draft="leave.correct",
            about=f"{one.id}",
        )
        self.app.push_screen(form, lambda slip: None if slip is None else self._done(told_slip(slip)))

    def _export(self, what: int | str | None) -> None:
        if what == BLANK or isinstance(what, int):
            export_slip(self, what)
        elif what is not None:
            export_forms(self, what, ("leave",))

    def _visit_person(self, day: date, person: int) -> None:
        self.visit(day)
        found = [
            place
            for place, line in enumerate(self._lines)
            if line.record.start.day == day and line.record.person == person
        ]
        if found:
            self.table.move_cursor(row=found[0])

    def _go_to(self, row: int) -> None:
        record = by_id(self.desk.office, row)
        if record is not None:
            self._visit_person(record.start.day, record.person)

    def _draw(self) -> None:
        table, kept = self.table, self.table.cursor_row
        is_narrow = self.size.width < NARROW
        number, name, *others = COLUMNS
        if is_narrow:
            number, others = ("编号", SHORT_NUMBER), others[:-1]
        room = self.size.width - sum(width for _, width in (number, name, *others)) - 1
        listed = (number, name, ("起止", room), *others)
        table.clear(columns=True)
        for title, width in listed:
            table.add_column(Text(title), width=width)
        colours = self.app.theme_variables
        for line in self._lines:
            one = line.record
            struck = "strike dim" if one.struck_at or one.state in (LeaveState.WITHDRAWN, LeaveState.REFUSED) else ""
            tone = colours.get(_TONES.get(line.state, ""), "")
            kind, length = one.kind.label, days_words(line.halves)
            shown_number = one.number.partition("〕")[2] if is_narrow else one.number
            approver = f"{line.paper_due:%-m.%-d}前补" if line.paper_due else line.approver
            cells = (shown_number, line.name, str(one.stretch), kind, length, line.state, approver)
            styles = (*[struck] * 5, struck or tone, struck)
            table.add_row(
                *(
                    Text(fitted(cell, width - 1), style=style)
                    for cell, style, (_, width) in zip(cells, styles, listed, strict=False)
                )
            )
        table.display = bool(self._lines)
        empty = self.query_one("#no-leave", Static)
        empty.update(NOTHING_OPEN if self._is_open_only else NOTHING)
        empty.display = not self._lines
        if self._lines:
            table.move_cursor(row=min(max(kept, 0), len(self._lines) - 1))
        self._draw_head()
        self.refresh_bindings()

    def _draw_head(self) -> None:
        standing_lines = [line for line in self._lines if line.record.struck_at is None]
        unpapered = sum(line.record.state in UNPAPERED for line in standing_lines)
        undecided = sum(line.record.state in UNDECIDED for line in standing_lines)
        unended = sum(line.state == UNENDED for line in standing_lines)
        title = "还没有了结的" if self._is_open_only else f"{self._month[:4]}年{int(self._month[5:])}月"
        parts: list[Content | str] = [
            Content.styled(f"请假登记 {title}", "bold $chosen"),
            f"   {len(standing_lines)}张",
        ]
        for words, count in (("待补手续", unpapered), ("待批", undecided), ("待销假", unended)):
            if count:
                parts.append(Content.styled(f"   {words} {count}", "bold $due"))
        self.query_one("#leave-head", Static).update(Content.assemble(*parts))


def _answers_of(one: LeaveRecord) -> Answers:
    """Return a slip as the answers of its form."""
    return {
        "asked_day": one.applied_day.isoformat(),
        "asked_at": f"{one.told_at:%H:%M}" if one.told_at else "",
        "taken_by": str(one.taken_by or ""),
        "has_proof": "1" if one.has_proof else "0",
        "reason": one.reason,
        "destination": one.destination,
        "phone": one.phone,
        "cover": str(one.cover or ""),
        "paper_page": one.paper_page,
        "remark": one.remark,
    }
