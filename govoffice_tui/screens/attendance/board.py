"""签到: the sign-in book of a session, its collection, and who was missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import catalog, settings
from govoffice_tui.registers.attendance import pages, signing
from govoffice_tui.registers.attendance.views import Board
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.attendance import dialogs
from govoffice_tui.screens.attendance.further_acts import FurtherActs
from govoffice_tui.screens.attendance.head import band_of, cell_of, head_of, seconds_left
from govoffice_tui.screens.attendance.month_grid import MonthGrid
from govoffice_tui.screens.attendance.phone_leave import LeaveActs
from govoffice_tui.screens.attendance.whereabouts import whereabouts_entries
from govoffice_tui.screens.exporting import (
    PACKET,
    choose_form,
    export_forms,
    export_moment,
    export_packet,
    packet_entry,
)
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry
from govoffice_tui.screens.staff_entry import staff_entry
from govoffice_tui.widgets.missing_list import MissingList
from govoffice_tui.widgets.people_board import PeopleBoard
from govoffice_tui.widgets.person_picker import PersonPicker

LAST_CALLS = (300, 60)
"""Seconds before the cut-off at which the bell rings."""

TAKE_BACK_SECONDS = 60
"""How long Esc takes the last signature back."""

MONTHS_SEARCHED = 6

NOBODY = "花名册还是空的,还不能签到。\n\n按 Ctrl+P 打开菜单,选“导入花名册”,从 Excel 或 WPS 表格导入人员。"


class AttendanceScreen(LeaveActs, FurtherActs):
    """The board of one session: it follows the clock until somebody leafs away."""

    help_text = (
        "签到簿:每个工作日上午、下午各签到一次(考勤制度第1条)。\n"
        "输姓名拼音首字母、姓名中的字或工号,回车签第一位,数字选其他;也可以用鼠标点名字。\n"
        "打电话请假的,输姓名后按 F2,选类别和半天(考勤制度第5条)。\n"
        "刚签错的按 Esc 撤回,别的用 F4 划销;划掉的一笔仍留在簿上。收存后划销的,另一个人两个工作日内复核。\n"
        "到收存时间自动截止,由签到管理人按 F6 收存,收存后不得补签(考勤制度第2条)。\n"
        "停电、故障、分会场可改用纸质:F6 选“本场改用纸质”,收存后按 F5 录入,其余全到,只标例外,再核对完毕。\n"
        "F6 还有:本场没有签到簿的登记未设簿,人少时开签到台;F5 是抽查到岗、在岗抽查和待复核的。\n"
        "收存后没签的人列成一列:1 记迟到(现在到岗),2 登记请假,3 记因公外出,4 记待核,回车写时间和说明。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "查找", tooltip="查一个人的签到", id="attendance.find"),
        Binding("f7", "export", "导出", tooltip="导出当天签到表或本月月报表", id="attendance.export"),
        Binding("f8", "turn_month", "日页/月页", tooltip="在一场和一个月之间切换", id="attendance.month"),
        Binding(
            "pageup", "turn(-1)", "前一场", tooltip="翻到前一场(月页:前一月)", priority=True, id="attendance.previous"
        ),
        Binding(
            "pagedown", "turn(1)", "后一场", tooltip="翻到后一场(月页:后一月)", priority=True, id="attendance.next"
        ),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="page-head", markup=False)
        yield Static(id="band", markup=False)
        with Horizontal(id="sign-field"):
            yield Static("签到人 ›", classes="question", markup=False)
            yield PersonPicker(self._signers, placeholder="首字母、姓名或工号,回车签到", empties=True, id="signer")
        yield Static(
            "没有签到的人   上下键选人   1 迟到(现在到岗)   2 请假   3 公出   4 待核   回车 写时间",
            id="missing-keys",
            markup=False,
        )
        yield MissingList(id="missing")
        with VerticalScroll(id="board-scroll", can_focus=False):
            yield PeopleBoard(id="board")
        yield Static(NOBODY, classes="empty", id="nobody", markup=False)
        yield MonthGrid(id="grid")

    def on_mount(self) -> None:
        self._is_following = True
        self._day, self._half = self._session_at(self.desk.office.now())
        self._board: Board | None = None
        self._last: signing.Signed | None = None
        self._called: set[tuple[date, Half, int]] = set()
        self.query_one(MonthGrid).display = False

    @property
    def grid(self) -> MonthGrid:
        """Return the month page."""
        return self.query_one(MonthGrid)

    @property
    def picker(self) -> PersonPicker:
        """Return the field people sign in."""
        return self.query_one("#signer", PersonPicker)

    def refresh_page(self) -> None:
        """Read the session's page and draw it, or its month."""
        now = self.desk.office.now()
        if self._is_following:
            self._day, self._half = self._session_at(now)
        if self.grid.display:
            self.grid.show(self.desk.office, f"{self._day:%Y-%m}")
        page = pages.board(self.desk.office, self._day, self._half)
        self._board = page
        self._show(page, now)

    def start_work(self) -> None:
        """Put the focus into the one field, the missing people, or the month."""
        if self.grid.display:
            self.grid.focus()
        elif self.query_one("#sign-field").display:
            self.picker.input.focus()
        elif self.query_one(MissingList).display:
            self.query_one(MissingList).focus()
        else:
            self.set_focus(None)

    def second_changed(self, now: datetime) -> None:
        """Count down, ring at five minutes and one, and close the field at the cut-off."""
        page = self._board
        if page is None:
            return
        moved_on = self._is_following and (self._day, self._half) != self._session_at(now)
        if moved_on or self.query_one("#sign-field").display != self._shows_field():
            self.reload()
            return
        self.query_one("#page-head", Static).update(head_of(page, now))
        if not self.can_sign_now():
            return
        for call in LAST_CALLS:
            if call - 2 <= seconds_left(page, now) <= call and (page.day, page.half, call) not in self._called:
                self._called.add((page.day, page.half, call))
                self.app.bell()
                words = f"还有{call // 60}分钟收存,{len(page.missing)}人未签"
                self.notify(words, severity="warning", markup=False)

    def day_changed(self, today: date) -> None:
        """A new day begins on its own first page."""
        self._is_following = True
        self.reload()

    def visit(self, day: date) -> None:
        """Turn to the first session of a day that still wants something."""
        self.grid.display = False
        self._is_following = day == self.today
        self._day, self._half = day, Half.MORNING
        morning = pages.board(self.desk.office, day, Half.MORNING)
        if morning.is_closed and not morning.unfinished:
            self._half = Half.AFTERNOON
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        page = self._board if self.is_mounted else None
        if page is None or action not in ("strike", "close", "resume", "transcribe", "next"):
            return True
        return not self.grid.display and self.allows(action, page)

    def explain_cursor(self) -> Explanation | None:
        """Explain the half-day of the person who is marked, missing or under the cursor."""
        if self.grid.display:
            under = self.grid.under_cursor()
            return None if under is None else self._story(*under)
        missing = self.query_one(MissingList)
        person = missing.highlighted_person if missing.has_focus else self.picker.meant
        return None if person is None else self._story(person.id, self._day, (self._half,))

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        yield staff_entry(self)
        yield Entry("导入花名册", self.action_import_staff, hint="从 Excel 或 WPS 表格")
        yield Entry("指定签到管理人", self.action_keeper, hint="谁管签到簿")
        yield from (Entry(title, act, hint="停电、故障、分会场") for title, act in self.paper_acts(self._board))
        yield from self.further_entries()
        yield from whereabouts_entries(self)
        yield packet_entry(self)

    @on(PersonPicker.Sought, "#signer")
    def mark(self, event: PersonPicker.Sought) -> None:
        """Show on the board whom Enter would sign."""
        event.stop()
        self.query_one(PeopleBoard).marked = None if event.first is None else event.first.id

    @on(PersonPicker.Chosen, "#signer")
    def sign_chosen(self, event: PersonPicker.Chosen) -> None:
        """Sign the person chosen in the field, which is empty for the next already."""
        event.stop()
        self._sign(event.person.id)

    @on(PersonPicker.Passed, "#signer")
    def pass_by(self, event: PersonPicker.Passed) -> None:
        """Enter in the empty field is nothing."""
        event.stop()

    @on(PeopleBoard.Picked)
    def sign_clicked(self, event: PeopleBoard.Picked) -> None:
        """A click on a name signs while the session is open, and explains afterwards."""
        if self._shows_field():
            self._sign(event.key)
        else:
            self.app.push_screen(dialogs.story_screen(self._story(event.key, self._day, (self._half,))))

    def action_leave_field(self) -> None:
        """Empty the field; where it is empty, take back the signature just made."""
        if self.picker.input.value:
            self.picker.clear()
            return
        last, self._last = self._last, None
        if last is not None and (self.desk.office.now() - last.at).total_seconds() <= TAKE_BACK_SECONDS:
            self.run_worker(self._take_back(last), group="verbs")
        else:
            super().action_leave_field()

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring session, or month."""
        if self.grid.display:
            first = self._day.replace(day=1)
            target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
            self._day = min(target.replace(day=1), self.today)
        else:
            self._day, self._half = self._neighbour(step)
        self._is_following = (self._day, self._half) == self._session_at(self.desk.office.now())
        self.reload()
        self.start_work()

    def action_turn_month(self) -> None:
        """Change between the page of a session and the page of its month."""
        self.grid.display = not self.grid.display
        self.reload()
        self.start_work()

    def action_find(self) -> None:
        """Find a person, then one of their days."""
        self.app.push_screen(dialogs.people_menu(self.desk.people(), self._show_days))

    def action_export(self) -> None:
        """Write the day's sheet, the month's forms, who is at work just now, or the blank forms."""
        write = partial(export_forms, self, registers=(pages.REGISTER,))
        forms = [
            (f"{chinese_short_day(self._day)}签到表", partial(write, self._day.isoformat())),
            (f"{self._day.year}年{self._day.month}月考勤月报表", partial(write, f"{self._day:%Y-%m}")),
            ("此刻在岗情况表", partial(export_moment, self)),
            (PACKET, partial(export_packet, self)),
        ]
        choose_form(self, forms)

    def _show_days(self, person: Person) -> None:
        months = catalog.months_begun(self.desk.office)[:MONTHS_SEARCHED]
        show = self.app.push_screen
        self.app.push_screen(dialogs.days_menu(self.desk.office, person, months, self._go_to, show))

    def _go_to(self, day: date) -> None:
        self.grid.display = False
        self._day, self._half, self._is_following = day, Half.MORNING, False
        self.reload()
        self.start_work()

    def _signers(self) -> Sequence[Person]:
        """Return whom the field may mean, those who have not signed first: of two namesakes Enter takes the other."""
        lines = self._board.lines if self._board else ()
        return [line.person for line in sorted(lines, key=lambda line: line.status is HalfStatus.SIGNED)]

    def _story(self, person: int, day: date, halves: Sequence[Half]) -> Explanation:
        office: Office = self.desk.office
        stories = [pages.story(office, person, day, half) for half in halves]
        facts = []
        for one in stories:
            facts.append(one.title)
            facts += [f"  {fact.at:%H:%M:%S} {fact.words}" for fact in one.facts] or ["  没有登记"]
        article = next((one.article for one in stories if one.status is not HalfStatus.SIGNED), stories[0].article)
        return Explanation(f"{chinese_short_day(day)} 依据", facts, article, article_text(article))

    def _shows_field(self) -> bool:
        return self.can_sign_now() and not self.grid.display

    def _session_at(self, now: datetime) -> tuple[date, Half]:
        """Return the session the clock stands in: the afternoon from its opening on."""
        rules = settings.on(self.desk.office, now.date())
        is_afternoon = now >= session_hours(now.date(), Half.AFTERNOON, rules).opens
        return now.date(), Half.AFTERNOON if is_afternoon else Half.MORNING

    def _neighbour(self, step: int) -> tuple[date, Half]:
        """Return the next worked session in a direction, today's last at the most."""
        day, half = self._day, self._half
        for _ in range(60):
            if (half is Half.MORNING) is (step < 0):
                day += timedelta(days=step)
            half = Half(1 - half)
            if day > self.today:
                break
            try:
                if day == self.today or pages.is_worked(self.desk.office, day, half):
                    return day, half
            except (Refused, StorageError):
                break
        return self._day, self._half

    def _show(self, page: Board, now: datetime) -> None:
        """Draw what was read."""
        self.query_one("#page-head", Static).update(head_of(page, now))
        self.query_one("#page-head").display = not self.grid.display
        words, is_alert = band_of(page, now)
        band = self.query_one("#band", Static)
        band.update(words)
        band.set_class(is_alert, "-alert")
        band.display = bool(words) and not self.grid.display
        field = self.query_one("#sign-field")
        was_signing, field.display = field.display, self._shows_field()
        missing = self.query_one(MissingList)
        missing.show(page.noted_missing)
        missing.display = not self.grid.display and bool(page.noted_missing)
        self.query_one("#missing-keys").display = missing.display
        self.query_one("#board-scroll").display = bool(page.lines) and not self.grid.display
        self.query_one("#nobody").display = not page.lines and not self.grid.display
        self.query_one(PeopleBoard).show(
            [cell_of(line, page.unread) for line in page.lines if line.status is not HalfStatus.SECONDED]
        )
        if was_signing != field.display and not self.query("PersonStrip"):
            self.start_work()
        self.refresh_bindings()
