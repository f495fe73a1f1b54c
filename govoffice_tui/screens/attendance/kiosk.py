"""签到台: the board running alone while a session is open; nothing else of the program can be reached from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from govoffice_tui.clock import chinese_time
from govoffice_tui.registers import posts
from govoffice_tui.registers.attendance import pages, signing
from govoffice_tui.registers.attendance.views import Board, BoardLine
from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.rules.attendance import SessionState
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.attendance.head import URGENT, seconds_left
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.people_board import Cell, PeopleBoard
from govoffice_tui.widgets.person_picker import PersonPicker

T = TypeVar("T")

TAKE_BACK_SECONDS = 60
"""How long Esc takes the signature just made back."""

ASKED_SECONDS = 30
"""How long the question who takes over stands before the board goes on without an answer."""

WAITING = "正在等另一窗口…"


class KioskScreen(ModalScreen[None]):
    """The board alone: who signs stands for themselves, and only the keeper ends it.

    `session_at` gives the session the clock stands in. The page under it hands on every second.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take_back", "撤回", tooltip="撤回刚签的一笔", id="kiosk.take_back"),
        Binding("pageup", "scroll(-1)", "上翻", id="kiosk.up"),
        Binding("pagedown", "scroll(1)", "下翻", id="kiosk.down"),
        Binding("f9", "ask_keeper", "管理人接手", tooltip="签到管理人输自己的姓名", id="kiosk.keeper"),
    ]

    def __init__(self, desk: Desk, session_at: Callable[[datetime], tuple[date, Half]]) -> None:
        super().__init__()
        self.desk = desk
        self._session_at = session_at
        self._day, self._half = session_at(desk.office.now())
        self._board: Board | None = None
        self._last: signing.Signed | None = None
        self._seen_version = -1
        self._asked_at: datetime | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="kiosk-title", markup=False)
        yield Static(id="kiosk-head", markup=False)
        yield Static(id="kiosk-band", markup=False)
        with Horizontal(id="kiosk-field"):
            yield Static("签到人 ›", classes="question", markup=False)
            yield PersonPicker(
                self._signers, placeholder="首字母、姓名或工号,回车签到", empties=True, id="kiosk-signer"
            )
        with Horizontal(id="kiosk-question"):
            yield Static("谁来接手? ›", classes="question", markup=False)
            yield PersonPicker(self.desk.people, placeholder="签到管理人姓名", empties=True, id="kiosk-keeper")
        with VerticalScroll(id="kiosk-scroll", can_focus=False):
            yield PeopleBoard(id="kiosk-board")
        yield StatusLine(id="kiosk-status")
        yield KeyLine()

    def on_mount(self) -> None:
        self.desk.runs_alone = True
        self.desk.take_seat(None)
        self.query_one("#kiosk-question").display = False
        self._try(self._read)

    @property
    def signer(self) -> PersonPicker:
        """Return the field people sign in."""
        return self.query_one("#kiosk-signer", PersonPicker)

    def tick(self, now: datetime) -> None:
        """Count down, meet what other windows wrote, and the next session once it opens."""
        if self._asked_at is not None and (now - self._asked_at).total_seconds() > ASKED_SECONDS:
            self._end_question()
        self._try(self._look)

    def action_take_back(self) -> None:
        """Leave the question, empty the field, or take the signature just made back."""
        if self._asked_at is not None:
            self._end_question()
            return
        if self.signer.input.value:
            self.signer.clear()
            return
        last, self._last = self._last, None
        if last is not None and (self.desk.office.now() - last.at).total_seconds() <= TAKE_BACK_SECONDS:
            self.run_worker(self._take_back(last), group="verbs")

    def action_ask_keeper(self) -> None:
        """Ask who takes the keyboard over."""
        self._asked_at = self.desk.office.now()
        self.query_one("#kiosk-question").display = True
        picker = self.query_one("#kiosk-keeper", PersonPicker)
        picker.clear()
        picker.input.focus()

    def action_scroll(self, pages_on: int) -> None:
        """Leaf through a board that is longer than the window."""
        scroll = self.query_one("#kiosk-scroll", VerticalScroll)
        scroll.scroll_relative(y=pages_on * max(1, scroll.size.height - 1), animate=False)

    @on(PersonPicker.Sought, "#kiosk-signer")
    def mark(self, event: PersonPicker.Sought) -> None:
        """Show on the board whom Enter would sign."""
        event.stop()
        self.query_one(PeopleBoard).marked = None if event.first is None else event.first.id

    @on(PersonPicker.Chosen, "#kiosk-signer")
    def sign_chosen(self, event: PersonPicker.Chosen) -> None:
        """Sign the person chosen in the field."""
        event.stop()
        self.run_worker(self._sign(event.person.id), group="verbs")

    @on(PeopleBoard.Picked)
    def sign_clicked(self, event: PeopleBoard.Picked) -> None:
        """A click on a name signs while the session is open, and does nothing else at any time."""
        event.stop()
        if self._can_sign(self.desk.office.now()) and self._asked_at is None:
            self.run_worker(self._sign(event.key), group="verbs")

    @on(PersonPicker.Chosen, "#kiosk-keeper")
    def hand_over(self, event: PersonPicker.Chosen) -> None:
        """End it where the person keeps the book or is a head; the keyboard is theirs then."""
        event.stop()
        self._try(lambda: self._hand_over(event.person))

    @on(PersonPicker.Passed)
    @on(PersonPicker.Sought, "#kiosk-keeper")
    def pass_by(self, event: PersonPicker.Passed | PersonPicker.Sought) -> None:
        """Nothing typed is nothing done."""
        event.stop()

    async def _sign(self, person: int) -> None:
        done = await self._carry_out(signing.sign_in, person, self._day, self._half)
        if done is not None:
            self._last = done
            self._say(f"{done.at:%H:%M:%S}  已登记 {done.name} {self._half.label}签到    签错了按 Esc 撤回", "done")

    async def _take_back(self, last: signing.Signed) -> None:
        if await self._carry_out(signing.take_back_sign_in, last.sign_in) is not None:
            self._say(f"已撤回 {last.name} 的签到(划销,留痕)", "done")

    async def _carry_out(self, verb: Callable[..., T], *args: Any) -> T | None:
        """Carry out a verb for whom it is about; None after showing what spoke against it."""
        try:
            done = await self.desk.carry_out(verb, *args, by=None)
        except Busy:
            self._say("另一窗口正在写,没有登记上,请再按一次。", "refused")
        except Refused as refusal:
            self._say(cited(refusal.message, refusal.article), "refused")
        except StorageError as error:
            self._say(str(error), "refused")
        else:
            self._try(self._look)
            return done
        return None

    def _hand_over(self, person: Person) -> None:
        posts.require(self.desk.office, "run_kiosk", person.id, self.desk.office.now().date())
        self.desk.runs_alone = False
        self.desk.take_seat(person)
        self.dismiss(None)

    def _end_question(self) -> None:
        self._asked_at = None
        self.query_one("#kiosk-question").display = False
        self._say("", "quiet")
        self._begin()

    def _begin(self) -> None:
        if self.query_one("#kiosk-field").display:
            self.signer.input.focus()
        else:
            self.set_focus(None)

    def _try(self, act: Callable[[], None]) -> None:
        """Do something that reads the book; where it cannot be read, say so and try again with the next second."""
        try:
            act()
        except Busy:
            self._seen_version = -1
            self._say(WAITING, "waiting")
        except Refused as refusal:
            self._say(cited(refusal.message, refusal.article), "refused")
        except StorageError as error:
            self._say(str(error), "refused")

    def _look(self) -> None:
        office = self.desk.office
        now = office.now()
        is_next = (self._day, self._half) != self._session_at(now)
        if is_next or office.data_version() != self._seen_version:
            self._read()
        else:
            self._show(now)

    def _read(self) -> None:
        office = self.desk.office
        self._seen_version = office.data_version()
        self._day, self._half = self._session_at(office.now())
        self._board = pages.board(office, self._day, self._half)
        cells = [_cell(line) for line in self._board.lines if line.is_due]
        self.query_one(PeopleBoard).show(cells)
        if self.query_one("#kiosk-status", StatusLine).shown == WAITING:
            self._say("", "quiet")
        self._show(office.now())

    def _show(self, now: datetime) -> None:
        """Draw the head, and the field while people may sign."""
        page = self._board
        if page is None:
            return
        self.query_one("#kiosk-title", Static).update(
            Content.assemble(plain(self.desk.office_name), "   签到台   ", (f"{now:%H:%M:%S}", "bold"))
        )
        self.query_one("#kiosk-head", Static).update(_head(page, now))
        band, words = self.query_one("#kiosk-band", Static), _band(page, now)
        band.update(words)
        band.display = bool(words)
        field = self.query_one("#kiosk-field")
        was_signing, field.display = field.display, self._can_sign(now)
        if was_signing != field.display and self._asked_at is None:
            self._begin()

    def _can_sign(self, now: datetime) -> bool:
        page = self._board
        if page is None or not page.is_work or page.state not in (None, SessionState.OPEN):
            return False
        return page.hours.opens <= now <= page.hours.cutoff

    def _signers(self) -> Sequence[Person]:
        """Return whom the field may mean, those who have not signed first."""
        lines = [line for line in self._board.lines if line.is_due] if self._board else []
        return [line.person for line in sorted(lines, key=lambda line: line.status is HalfStatus.SIGNED)]

    def _say(self, text: str, tone: str) -> None:
        self.query_one("#kiosk-status", StatusLine).say(text, tone)


def _head(page: Board, now: datetime) -> Content:
    """Return which session it is, how long it is open, and 应到 已签; nothing of who is away."""
    parts = [Content.styled(f"{page.half.label}签到", "bold $chosen")]
    cutoff, left = chinese_time(page.hours.cutoff.time()), seconds_left(page, now)
    if not page.is_work:
        parts.append(Content("   不设签到"))
    elif now < page.hours.opens:
        parts.append(Content(f"   {chinese_time(page.hours.opens.time())} 开始"))
    elif left >= 0 and page.state in (None, SessionState.OPEN):
        words = f"   {cutoff} 截止,还有 {left // 60}分{left % 60:02d}秒"
        parts.append(Content.styled(words, "bold $late" if left <= URGENT else ""))
    parts.append(Content.assemble(f"     应到 {page.expected}   ", (f"已签 {page.signed}", "$done")))
    return Content.assemble(*parts)


def _band(page: Board, now: datetime) -> str:
    """Return why nobody can sign now, empty while they can."""
    if not page.is_work or now < page.hours.opens:
        return ""
    if page.state is SessionState.HALTED:
        return "机器时间变动,签到已停。请找签到管理人(F9)。"
    if page.collected is not None:
        return f"{page.half.label}签到簿{page.collected.at:%-H:%M}已收存,不得补签。"
    if page.without_book is not None:
        return f"{page.half.label}登记为未设簿,不用签到。"
    if now > page.hours.cutoff:
        return f"{page.half.label}签到{page.hours.cutoff:%-H:%M}已截止,等签到管理人收存(F9)。"
    return ""


def _cell(line: BoardLine) -> Cell:
    """Return how a person stands here: 已签 with the time, 请假 of whatever kind, 公出, or 未签."""
    if line.status is HalfStatus.SIGNED and line.signed_at is not None:
        word, style = f"{line.signed_at:%H:%M}", "$done"
    elif line.status in LEAVES:
        word, style = "请假", "$chosen"
    elif line.status is HalfStatus.OUT:
        word, style = "公出", "$chosen"
    else:
        word, style = "未签", "bold"
    return Cell(line.person.id, line.person.section or "未分股室", line.person.name, word, style)
