"""设置: what the office has decided, since when and by whom; every change is one more dated line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from govoffice_tui.registers import setting_pages, settings
from govoffice_tui.registers.backup_care import Drill, drill
from govoffice_tui.registers.office import StorageError
from govoffice_tui.registers.setting_pages import Coming, SettingLine
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import LEGEND_PRESETS
from govoffice_tui.screens import setting_forms as forms
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.calendar_entries import calendar_entries
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry
from govoffice_tui.screens.quiet_app import QuietApp
from govoffice_tui.screens.setting_rows import HEADING, TITLE, Row, coming_words, row_words, rows_of
from govoffice_tui.screens.staff_entry import staff_entry
from govoffice_tui.screens.themes import THEMES
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import literal, plain

OWN_MARKS = "own"


class DetailScreen(TextScreen):
    """What a setting was and is to be; Enter goes on to change it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,enter", "change", "更改", tooltip="改这项设置", id="setting.change"),
        Binding("escape", "leave", "返回", id="dialog.leave"),
    ]

    def __init__(self, title: str, text: Content, change: Callable[[], object]) -> None:
        super().__init__(title, text)
        self._change = change

    def action_change(self) -> None:
        """Open the form over the page."""
        self.dismiss(None)
        self.app.call_later(self._change)


class SettingsList(OptionList):
    """The lines of the page; Enter is theirs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "详情", tooltip="这项设置的经过,或到它所指的地方", id="settings.detail"),
    ]


class SettingsScreen(RegisterScreen):
    """Everything the office decides for itself, on one page."""

    help_text = (
        "设置:单位名称、作息、签到簿、符号、岗位、备份、日历,都在这一页。上下键选一行,回车看经过,F4 更改。\n"
        "还没有人签到以前,改了马上生效;有人签到以后,作息和签到的规定最早从第二天起变,"
        "已经开始的日子、已收存的场次、已封存的月份都不变。\n"
        "还没有到日子的改动列在下一行,F5 可以收回。每次改动都记在登记库里,谁改的、哪天改的,回车都看得到。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "change", "更改", tooltip="改选中的一项", id="settings.change"),
        Binding("f5", "take_back", "收回", tooltip="收回还没有到日子的改动", id="settings.take_back"),
    ]

    def compose_body(self) -> ComposeResult:
        yield SettingsList(id="settings", markup=False, compact=True)

    def on_mount(self) -> None:
        self._rows: list[Row] = []
        self.backup_words = ("", False)

    def on_resize(self) -> None:
        """Give the values the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read every setting, the posts, the calendar and the drill; the disk is asked for backups apart."""
        office = self.desk.office
        self._show(rows_of(self, office))
        self._look_at_backups()

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what a line of the page leads to."""
        yield staff_entry(self)
        yield from calendar_entries(self)
        yield Entry("现在备份", self.back_up, hint="备份并当场核验")
        yield Entry("恢复演练", self.run_drill, hint="最新的备份恢复到一边核对,不动登记库")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F4 changes a setting; F5 takes back what has not begun."""
        row = self._row
        if action == "change":
            return row is not None and row.line is not None
        if action == "take_back":
            return row is not None and row.line is not None and bool(row.line.coming)
        return True

    def explain_cursor(self) -> Explanation | None:
        """Explain the setting under the cursor with its article."""
        row = self._row
        if row is None or row.line is None:
            return None
        topic = row.line.topic
        facts = [f"现在:{row.line.words}", topic.help, *(coming_words(one) for one in row.line.coming)]
        return Explanation(topic.title, facts, topic.article, article_text(topic.article))

    @on(OptionList.OptionHighlighted, "#settings")
    def follow_cursor(self) -> None:
        """Show the keys of the line under the cursor."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#settings")
    def go(self, event: OptionList.OptionSelected) -> None:
        """Show how a setting came to be, or go where the line leads."""
        event.stop()
        row = self._row
        if row is not None and row.line is not None:
            self.try_reading(partial(self._show_history, row.line))
        elif row is not None and row.lead is not None:
            row.lead()

    def action_change(self) -> None:
        """Open the form of the setting under the cursor."""
        row = self._row
        if row is not None and row.line is not None:
            self._begin_change(row.line)

    def action_take_back(self) -> None:
        """Take back a value that has not begun to hold."""
        row = self._row
        if row is None or row.line is None or not row.line.coming:
            return
        line, coming = row.line, (row.coming,) if row.coming is not None else row.line.coming
        options = [(str(place), literal(f"收回 {coming_words(one)}"), one) for place, one in enumerate(coming[:9], 1)]
        self.with_operator(
            lambda: self.app.push_screen(
                ChooseScreen(f"收回 {line.topic.title}", options), partial(self._take_back, line)
            )
        )

    def choose_theme(self) -> None:
        """Choose how the program looks on this machine."""
        options = [(str(place), literal(title), name) for place, (name, (title, _)) in enumerate(THEMES.items(), 1)]

        def chosen(name: str | None) -> None:
            if name is not None and isinstance(self.app, QuietApp):
                self.note(self.app.wear(name))
                self.reload()

        self.app.push_screen(ChooseScreen("主题(只管这台电脑)", options), chosen)

    def choose_calendar(self) -> None:
        """Choose what to do with the calendar."""
        entries = calendar_entries(self)
        options = [(str(place), literal(f"{one.title}  {one.hint}"), one) for place, one in enumerate(entries, 1)]
        self.app.push_screen(ChooseScreen("工作日历", options), lambda one: None if one is None else one.run())

    @work(group="drill", exclusive=True)
    async def run_drill(self) -> None:
        """Go back to the newest backup in a place apart and check it."""
        self.status.say("正在演练:恢复最新的备份,逐笔核对…", "waiting")
        try:
            done: Drill = await self.desk.read(partial(drill, by=self.desk.operator_id))
        except Refused as refusal:
            self.refuse(refusal)
        except StorageError as error:
            self.show_failure(error)
        else:
            self.reload()
            self.say(f"演练成功:{done.file_name} 恢复后{done.lines}笔逐笔核对一致,已记入登记库")

    @property
    def _row(self) -> Row | None:
        if not self.is_mounted:
            return None
        place = self.query_one("#settings", OptionList).highlighted
        return None if place is None or place >= len(self._rows) else self._rows[place]

    def _begin_change(self, line: SettingLine) -> None:
        if line.topic.word == "legend":
            options = [(str(place), literal(name), name) for place, name in enumerate(LEGEND_PRESETS, 1)]
            options.append((str(len(options) + 1), literal("逐个改"), OWN_MARKS))
            self.app.push_screen(ChooseScreen("月报表符号", options), partial(self._change_legend, line))
            return
        self._open(line, forms.form_fields, partial(forms.written, line))

    def _change_legend(self, line: SettingLine, name: str | None) -> None:
        if name == OWN_MARKS:
            self._open(line, forms.mark_fields, forms.written_marks)
        elif name is not None:
            self._open(line, lambda _, earliest: [forms.day_field(earliest)], lambda _: forms.preset_values(name), name)

    def _open(
        self,
        line: SettingLine,
        fields: Callable[[SettingLine, date], list[Field]],
        written: Callable[[forms.Answers], forms.Answers],
        name: str = "",
    ) -> None:
        """Open a form of a setting; the day its values hold from is read when it opens."""
        topic = line.topic

        async def submit(values: forms.Answers, *, form_key: str) -> str:
            asked = written(values)
            if topic.word == "backup_folder":
                told = await self.desk.carry_out(forms.change_folder, asked[topic.word], form_key=form_key)
                return f"已登记 {topic.title},马上生效。{told}"
            if topic.word == "sign_points":
                forms.require_sections(asked[topic.word], _sections(self.desk.people()))
            first = await self.desk.carry_out(settings.change_many, asked, forms.first_day(values), form_key=form_key)
            return f"已登记 {topic.title},{forms.day_words(first, self.today)}"

        def done(words: str) -> None:
            self.try_reading(self.desk.read_day)
            self.show_frame()
            self.say(words)

        def begin() -> None:
            earliest = max(settings.next_effective_day(self.desk.office, key) for key in topic.keys)
            self.open_form(
                f"更改 {topic.title} {name}".strip(),
                fields(line, earliest),
                submit,
                topic.help,
                verb="更改",
                then=done,
                draft="settings",
                about=f"{topic.word} {name}".strip(),
            )

        self.with_operator(lambda: self.try_reading(begin))

    def _take_back(self, line: SettingLine, coming: Coming | None) -> None:
        if coming is not None:
            self.perform(
                settings.take_back,
                coming.keys,
                coming.first,
                done=lambda _: f"已收回 {line.topic.title} {coming_words(coming)}",
            )

    def _show_history(self, line: SettingLine) -> None:
        topic = line.topic
        parts = [Content.styled(f"现在:{plain(line.words)}", "bold"), Content(topic.help)]
        if topic.word == "legend":
            parts += _mark_lines(line)
        if topic.article:
            parts.append(Content.assemble(("依据 ", "bold"), topic.article, " ", article_text(topic.article)))
        parts.append(Content.styled("\n经过(新的在前)", "bold"))
        for past in setting_pages.history(self.desk.office, topic, self.today):
            style = "$due" if past.is_coming else ""
            parts.append(Content.styled(f"{past.first}  {plain(past.words)}".strip(), style))
            parts.append(Content.styled(f"    {plain(past.entered)}", "$faint"))
        change = partial(self._begin_change, line)
        self.app.push_screen(DetailScreen(topic.title, Content("\n").join(parts), change))

    @work(group="backups", exclusive=True)
    async def _look_at_backups(self) -> None:
        """Read from the disk how old the backups are, once the page stands."""
        from govoffice_tui.registers.backups import state

        try:
            found = await self.desk.read(state)
        except (Refused, StorageError):
            return  # the page that cannot be read says so itself
        if self.backup_words != (found.sentence, found.is_red):
            self.backup_words = (found.sentence, found.is_red)
            self.reload()

    def _show(self, rows: Sequence[Row]) -> None:
        listing = self.query_one("#settings", OptionList)
        kept = self._row.key if self._row is not None else ""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        self._draw()
        keys = [row.key for row in self._rows]
        listing.highlighted = keys.index(kept) if kept in keys else 0
        self.refresh_bindings()

    def _draw(self) -> None:
        listing = self.query_one("#settings", OptionList)
        place, room = listing.highlighted, max(30, self.size.width - HEADING - TITLE - 4)
        listing.set_options(Option(row_words(row, room)) for row in self._rows)
        listing.highlighted = place


def _mark_lines(line: SettingLine) -> list[Content]:
    """Return every mark, the mark last on its line: how wide it is differs between terminals."""
    from govoffice_tui.rules.settings import read_legend

    try:
        marks = read_legend(line.values["legend"])
    except ValueError:
        return []
    return [Content(f"  {set_cell_size(forms.MARK_TITLES.get(one, one), 12)}{mark}") for one, mark in marks.items()]


def _sections(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.section for person in people if person.section))
