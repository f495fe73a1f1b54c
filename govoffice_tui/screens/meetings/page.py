"""The tab 会议: a month of meetings, and Enter opens one with its six sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.meetings import listing, pages
from govoffice_tui.registers.meetings.register import MEETINGS
from govoffice_tui.registers.meetings.views import (
    MeetingKey,
    MeetingLine,
    MeetingPage,
    NoticeLine,
    TaskLine,
)
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.meetings.articles import MATERIALS, MINUTES, ORGANISING, SECRECY, SERVICE
from govoffice_tui.rules.meetings.kinds import organiser_ruling, signer_ruling
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.exporting import choose_form, export_forms
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.meetings import facts
from govoffice_tui.screens.meetings.acts import LISTS, SIGN_SHEET, Deed, Part
from govoffice_tui.screens.meetings.drawing import (
    EMPTY,
    KEYS,
    SECTIONS,
    Line,
    Section,
    counts,
    meeting_facts,
    meeting_head,
    month_head,
    month_lines,
    section_lines,
)
from govoffice_tui.screens.meetings.line_acts import LineActs
from govoffice_tui.screens.meetings.meeting_list import MeetingList
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.supervision.meeting_hooks import matter_deeds
from govoffice_tui.widgets.word_line import Word, WordLine

FOUND_LIMIT = 300
MONTH_KEYS = "回车 打开   F2 登记   F5 下一步、照此登记下一次"
NOTHING = "这个月没有会议。\n\n按 F2 选会议类型:组织、材料、纪要由谁承担,随类型填好(会议管理制度第2至4条)。"


class MeetingsScreen(LineActs):
    """A month of meetings, newest first, or one meeting."""

    help_text = (
        "会议一次一行,编号按年连续;延期、取消的编号保留。F2 先选类型,组织、材料、纪要签发随类型定(第2至4条)。\n"
        "回车打开一次会议:清单、议题、材料、通知、到会、纪要六页,用左右键翻。\n"
        "通知:打通一个单位按一个数字,1参会 2替会 3请假 4未接通,光标自己下去,时间和谁打的自己记;替会人、事由按 F4 补。\n"
        "到会:开会时迟到、缺席的按数字,列席的按 F2 添,最后 F6 其余全到。\n"
        "纪要:F5 一步一步登记整理、核稿、签发、印发,签发人不合规定的登不上(第4条);编号在签发时取,不断号。\n"
        "涉密会议只记编号和日期,不记名称、地点、议题、名单、材料。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter", "登记", tooltip="登记会议;打开一次会议时登记这一页的", id="meetings.enter"),
        Binding("f3", "find", "查找", tooltip="按名称、地点、议题、主持人查会议", id="meetings.find"),
        Binding("f4", "correct", "更正", tooltip="更正、补写、划去、作废", id="meetings.correct"),
        Binding("f5", "proceed", "下一步", tooltip="这一行、这次会议的下一步", id="meetings.proceed"),
        Binding("f6", "close", "核对", tooltip="其余全到、归档;月页:封存本月", id="meetings.close"),
        Binding("f7", "export", "导出", tooltip="会议台账、签到表、参会情况名单", id="meetings.export"),
        Binding("f8", "turn_page", "月页", tooltip="在一次会议和一个月之间切换", id="meetings.month"),
        Binding("left", "section(-1)", show=False),
        Binding("right", "section(1)", show=False),
        Binding(
            "pageup", "turn(-1)", "前一月", tooltip="翻到前一月(打开时:前一次)", priority=True, id="meetings.previous"
        ),
        Binding(
            "pagedown", "turn(1)", "后一月", tooltip="翻到后一月(打开时:后一次)", priority=True, id="meetings.next"
        ),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="meetings-head", classes="page-line", markup=False)
        yield Static(id="meeting-facts", markup=False)
        yield WordLine(id="meeting-sections")
        yield Static(id="meetings-keys", classes="page-keys", markup=False)
        yield MeetingList(id="meetings", markup=False, compact=True)
        yield Static(NOTHING, classes="empty", id="no-meetings", markup=False)

    _open: MeetingKey | None = None

    def on_mount(self) -> None:
        self._month = month_of(self.today)
        self._meetings: list[MeetingLine] = []
        self._page: MeetingPage | None = None
        self._section = Section.TASKS
        self._lines: list[Line] = []
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give names and places the room there is."""
        self._draw()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work now, in the words of what is shown."""
        words = {"meetings.close": "封存", "meetings.month": "打开"} if self._open is None else {}
        return {
            key: active._replace(binding=replace(active.binding, description=words[active.binding.id]))
            if active.binding.id in words
            else active
            for key, active in super().active_bindings.items()
        }

    @property
    def listing(self) -> MeetingList:
        """Return the list of lines."""
        return self.query_one("#meetings", MeetingList)

    @property
    def subject(self) -> object:
        """Return what the line under the cursor stands for."""
        place = self.listing.highlighted
        return self._lines[place].subject if place is not None and place < len(self._lines) else None

    @property
    def meeting(self) -> MeetingLine | None:
        """Return the meeting that is open, or the one under the cursor."""
        if self._page is not None:
            return self._page.line
        subject = self.subject
        return subject if isinstance(subject, MeetingLine) else None

    def refresh_page(self) -> None:
        """Read the month, or the meeting that is open; one that was voided meanwhile is left."""
        office = self.desk.office
        if self._open is not None and pages.line_of(office, self._open) is None:
            self._open = None
        if self._open is not None:
            self._page = pages.page(office, self._open)
        else:
            self._page = None
            self._meetings = listing.month_lines(office, self._month)
        self._draw()

    def minute_changed(self, now: object) -> None:
        """Meet the beginning of a meeting and what falls due."""
        self.reload()

    def start_work(self) -> None:
        """Put the cursor on the lines."""
        self.set_focus(self.listing if self.listing.display else None)

    def visit(self, day: date) -> None:
        """Turn to the month of a day; where it has one meeting, open that."""
        self._month, self._open = month_of(day), None
        self.reload()
        of_day = [one for one in self._meetings if one.day == day and not one.is_struck]
        if len(of_day) == 1:
            self.open_meeting(of_day[0].key)
        self.start_work()

    def month_changed(self, month: str) -> None:
        """Begin the new month's page."""
        self._month = month

    def open_meeting(self, meeting: MeetingKey) -> None:
        """Show the page of a meeting, at the section its work stands at."""
        line = pages.line_of(self.desk.office, meeting)
        if line is None:
            return
        self._open, self._month = meeting, month_of(line.day)
        self._section = _first_section(line)
        self.reload()
        self._to_first_open()
        self.start_work()

    def move_on(self) -> None:
        """Go down to the next line that waits for an answer, in the answers of units; elsewhere one line down."""
        place = self.listing.highlighted
        if place is None:
            return
        for ahead in range(place + 1, len(self._lines)):
            subject = self._lines[ahead].subject
            if not isinstance(subject, NoticeLine) or subject.is_open:
                self.listing.highlighted = ahead
                return
        self.listing.highlighted = min(place + 1, len(self._lines) - 1)

    def to_newest(self, lines: type[Part]) -> None:
        """Put the cursor on the line of a kind that was entered last, where the section shows that kind."""
        shown = [(one.subject.place, at) for at, one in enumerate(self._lines) if isinstance(one.subject, lines)]
        if shown:
            self.listing.highlighted = max(shown)[1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if not self.is_mounted or not self._is_ready:
            return True
        if action in ("correct", "proceed", "turn_page"):
            return self.meeting is not None
        if action == "close" and self._page is not None:
            return bool(self.closings(self._page))
        return True

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        page = self._page
        yield Entry("登记涉密会议", self.enter_classified, hint="只记编号和日期")
        line = self.meeting
        if line is not None and line.kind is not None:
            yield Entry("照此登记下一次", partial(self.enter_like, line), hint="单位、名单、地点照搬")
        if page is None or page.line.is_classified:
            return
        key = page.line.key
        yield from (Entry(words, deed) for words, deed in matter_deeds(self, page.line, self.subject))
        for words, verb, run, hint in (
            ("导入参会名单", "import_attendees", self.import_list, "从 Excel,先看后写"),
            ("通知通讯录里的全部单位", "add_units", self.ask_known_units, "以前通知过的和通讯录里的"),
            ("添加通知单位", "add_units", self.add_units, ""),
            ("添加列席人员", "add_visitor", self.add_visitor, ""),
            ("登记议题", "add_topic", self.add_topic, ""),
            ("登记材料", "add_material", self.add_material, ""),
            ("添加清单事项", "add_task", self.add_task, ""),
        ):
            yield Entry(words, partial(self.begin, page.line, verb, partial(run, key)), hint=hint)
        yield Entry("会议签到表", partial(self.export_meeting, page.line, SIGN_SHEET), hint="会前打印,按单位签名")
        yield Entry("参会情况名单", partial(self.export_meeting, page.line, LISTS), hint="参会、替会、请假,呈主持人")

    def explain_cursor(self) -> Explanation | None:
        """Explain the meeting with the article its section rests on."""
        line = self.meeting
        if line is None:
            return None
        if line.kind is None:
            return Explanation(f"{line.number} 依据", ["只记编号和日期。"], SECRECY, article_text(SECRECY))
        words = [f"{line.kind.label}:{organiser_ruling(line.kind).words}", f"材料:{line.materials_lead}"]
        signed = signer_ruling(line.kind)
        if signed is not None:
            words.append(f"纪要:{signed.words}")
        article = ORGANISING
        if self._page is not None:
            article = {Section.PAPERS: MATERIALS, Section.MINUTES: MINUTES}.get(self._section, SERVICE)
        return Explanation(f"{line.number} 依据", words, article, article_text(article))

    def action_enter(self) -> None:
        """Enter a meeting, or a line of the section that is shown."""
        page = self._page
        if page is None:
            self.enter_kind()
            return
        deeds: dict[Section, tuple[str, Callable[[MeetingKey], None]]] = {
            Section.TASKS: ("add_task", self.add_task),
            Section.TOPICS: ("add_topic", self.add_topic),
            Section.PAPERS: ("add_material", self.add_material),
            Section.NOTICES: ("add_units", self.add_units),
            Section.PEOPLE: ("add_visitor", self.add_visitor),
        }
        if self._section not in deeds:
            self.action_proceed()
            return
        verb, run = deeds[self._section]
        self.begin(page.line, verb, partial(run, page.line.key))

    def action_find(self) -> None:
        """Find a meeting of the last year."""
        entries = [
            Entry(f"{one.number} {one.name}", partial(self.open_meeting, one.key), hint=f"{one.when} {one.place}")
            for one in listing.recent(self.desk.office, FOUND_LIMIT)
        ]
        self.app.push_screen(MenuScreen(entries, "查会议", "名称、日期、地点的一段或首字母"))

    def action_correct(self) -> None:
        """Choose what is to be put right, of the line or of the meeting."""
        line = self.meeting
        if line is not None:
            self.offer("更正", [*self.line_corrections(), *self.meeting_corrections(line)])

    def action_proceed(self) -> None:
        """Choose what comes next, of the line or of the meeting."""
        line = self.meeting
        if line is not None:
            matters = matter_deeds(self, line, self.subject)
            self.offer("下一步", [*self.line_moves(), *self.meeting_moves(line), *matters])

    def action_close(self) -> None:
        """Check who was there, archive, or seal the month."""
        if self._page is None:
            self.offer("封存", [(f"封存{self._month[:4]}年{int(self._month[5:])}月会议", self._seal)])
        else:
            self.offer("核对", self.closings(self._page))

    def action_export(self) -> None:
        """Write the month's book, or the papers of one meeting."""
        month = f"{self._month[:4]}年{int(self._month[5:])}月会议台账"
        forms: list[Deed] = [(month, partial(export_forms, self, self._month, [MEETINGS.word]))]
        line = self.meeting
        if line is not None and not line.is_classified and not line.is_struck:
            papers: list[Deed] = [
                (f"会议签到表 {line.name}", partial(self.export_meeting, line, SIGN_SHEET)),
                (f"参会情况名单 {line.name}", partial(self.export_meeting, line, LISTS)),
            ]
            forms = [*papers, *forms] if self._page is not None else [*forms, *papers]
        choose_form(self, forms)

    def action_turn_page(self) -> None:
        """Change between a meeting and its month."""
        if self._open is not None:
            self._leave_meeting()
        elif self.meeting is not None and not self.meeting.is_struck:
            self.open_meeting(self.meeting.key)

    def action_leave_field(self) -> None:
        """Leave the meeting that is open; in the month leave the lines, so that digits choose tabs."""
        if self._open is not None:
            self._leave_meeting()
        else:
            super().action_leave_field()

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month, or to the neighbouring meeting of the month."""
        if self._page is not None:
            self._turn_meeting(step)
            return
        first = date.fromisoformat(f"{self._month}-01")
        target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
        if target <= self.today + timedelta(days=366):
            self._month = month_of(target)
            self.reload()
            self.start_work()

    @on(MeetingList.Turn)
    def turn_section(self, event: MeetingList.Turn) -> None:
        """Show the neighbouring section."""
        event.stop()
        self.action_section(event.step)

    def action_section(self, step: int) -> None:
        """Show the neighbouring section, also from one without a line."""
        if self._page is not None:
            self.show_section(SECTIONS[(SECTIONS.index(self._section) + step) % len(SECTIONS)])

    @on(WordLine.Picked, "#meeting-sections")
    def pick_section(self, event: WordLine.Picked) -> None:
        """Show the section that was clicked."""
        event.stop()
        self.show_section(Section(event.value))

    def show_section(self, section: Section) -> None:
        """Show a section of the meeting that is open."""
        self._section = section
        self._draw()
        self._to_first_open()
        self.start_work()

    @on(OptionList.OptionSelected, "#meetings")
    def open_line(self, event: OptionList.OptionSelected) -> None:
        """Open a meeting, or show everything known of a line."""
        event.stop()
        subject = self._lines[event.option_index].subject
        if isinstance(subject, MeetingLine):
            if not subject.is_struck:
                self.open_meeting(subject.key)
                return
            self.app.push_screen(TextScreen(subject.number, "\n".join(facts.of_meeting(self.desk.office, subject))))
        elif self._page is not None:
            title, words = facts.of_line(self.desk.office, self._page, subject)
            self.app.push_screen(TextScreen(title, "\n".join(words)))

    def _turn_meeting(self, step: int) -> None:
        listed = [one for one in reversed(listing.month_lines(self.desk.office, self._month)) if not one.is_struck]
        keys = [one.key for one in listed]
        place = keys.index(self._open) + step if self._open in keys else -1
        if not 0 <= place < len(keys):
            self.note("本月前面没有了。" if step < 0 else "本月后面没有了。")
            return
        self._open = keys[place]
        self.reload()
        self._to_first_open()

    def _leave_meeting(self) -> None:
        left, self._open = self._open, None
        self.reload()
        for place, one in enumerate(self._meetings):
            if one.key == left and not one.is_struck:
                self.listing.highlighted = place
        self.start_work()

    def _seal(self) -> None:
        self.perform(
            closing.close_month,
            MEETINGS.word,
            self._month,
            MEETINGS.pending,
            MEETINGS.seal_digest,
            done=lambda _: f"已封存 {self._month[:4]}年{int(self._month[5:])}月会议",
        )

    def _to_first_open(self) -> None:
        """Put the cursor on the first line that waits for something."""
        for place, one in enumerate(self._lines):
            if isinstance(one.subject, NoticeLine | TaskLine) and one.subject.is_open:
                self.listing.highlighted = place
                return
        if self._lines:
            self.listing.highlighted = 0

    def _draw(self) -> None:
        """Draw what was read; the cursor stays on the line it stood on."""
        if not self._is_ready:
            return
        page, width, now = self._page, self.size.width - 2, self.desk.office.now()
        lines = month_lines(self._meetings, width, now) if page is None else section_lines(page, self._section, width)
        kept = self.listing.highlighted
        key = self._lines[kept].key if kept is not None and kept < len(self._lines) else None
        keys = [one.key for one in lines]
        drawn = (page is None, self._section, width, [(one.key, one.words.plain) for one in lines])
        self._lines = lines
        if drawn != self._drawn:
            self._drawn = drawn
            self.listing.set_options(Option(one.words) for one in lines)
            if lines:
                self.listing.highlighted = keys.index(key) if key in keys else min(kept or 0, len(lines) - 1)
        self.listing.takes_digits = page is not None and self._section is not Section.MINUTES
        self._show_frame_of(page, width)
        self.refresh_bindings()

    def _show_frame_of(self, page: MeetingPage | None, width: int) -> None:
        """Show what stands over the lines, and what stands in their place where there are none."""
        has_lines = bool(self._lines)
        self.listing.display = has_lines
        empty = self.query_one("#no-meetings", Static)
        empty.display = not has_lines
        empty.update(NOTHING if page is None else EMPTY[self._section])
        head, told = self.query_one("#meetings-head", Static), self.query_one("#meeting-facts", Static)
        sections, keys = self.query_one("#meeting-sections", WordLine), self.query_one("#meetings-keys", Static)
        told.display = sections.display = page is not None
        head.set_class(page is not None, "-tight")
        if page is None:
            seal = closing.sealed(self.desk.office, MEETINGS.word, self._month)
            head.update(month_head(self._month, self._meetings, is_sealed=seal is not None))
            keys.update(MONTH_KEYS)
            keys.display = has_lines
            return
        head.update(meeting_head(page))
        told.update(meeting_facts(page, width))
        waiting = counts(page)
        sections.show(
            [Word(f"{one.value}{waiting[one]}", one.value, is_chosen=one is self._section) for one in SECTIONS]
        )
        keys.update(Content(KEYS[self._section]))
        keys.display = not page.line.is_classified


def _first_section(line: MeetingLine) -> Section:
    """Return the section a meeting's work stands at."""
    if line.is_classified:
        return Section.TASKS
    if line.state is MeetingState.HELD:
        return Section.PAPERS if line.copies_out else Section.MINUTES
    if line.state is MeetingState.NOTIFIED:
        return Section.NOTICES if line.replied < line.notices else Section.PEOPLE
    return Section.TASKS
