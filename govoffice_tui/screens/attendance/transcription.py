"""录入: a paper sheet typed into the book, everybody present but the exceptions, then compared with the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from govoffice_tui.registers.attendance.sheets import finish_transcription
from govoffice_tui.registers.attendance.transcription import sheet_page, transcribe
from govoffice_tui.registers.attendance.views import SheetLine, SheetPage
from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.rules.attendance import ABSENCE, COLLECTION
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.sign_sheets import SheetEntry, SheetMark, require_in_time, require_late
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ConfirmScreen
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.roll_call import Mark, RollCall, RollLine

BUSY = "另一窗口正在写,没有登记上,请再按一次。"
MARKS = (
    Mark("1", SheetMark.LATE, "迟到", "$due", wants_detail=True),
    Mark("2", SheetMark.LEAVE, "请假", "$chosen", wants_detail=True),
    Mark("3", SheetMark.OUT, "公出", "$chosen", wants_detail=True),
    Mark("4", SheetMark.MISSING, "缺签", "bold $late", wants_detail=True),
    Mark("5", SheetMark.PRESENT, "到", "$done", wants_detail=True),
)
KEYS = "1 迟到   2 请假   3 公出   4 缺签   5 到   回车 写时间   输首字母或字找人"
WITHOUT_TIME = "要写到岗时间:回车"


class TranscriptionScreen(ModalScreen[str | None]):
    """The page of one paper sheet; its result is the sentence that says what stands in the book now."""

    CSS: ClassVar[str] = """
    TranscriptionScreen { align: left top; }
    .sheet-page { width: 100%; height: 100%; background: $background; }
    .sheet-page > .title { width: 100%; height: auto; padding: 0 1; background: $band; text-style: bold; }
    .sheet-page > #sheet-counts { width: 100%; height: 1; padding: 0 1; }
    .sheet-page > #sheet-keys { width: 100%; height: 1; padding: 0 1; color: $faint; margin-bottom: 1; }
    .sheet-page > #sheet-roll { height: 1fr; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter_sheet", "录入", tooltip="其余全到,把这一张录入签到簿", id="sheet.enter"),
        Binding("f5", "finish", "核对完毕", tooltip="与纸质签到簿对照无误,以后不能再录", id="sheet.finish"),
        Binding("escape", "leave", "返回", id="sheet.leave"),
    ]

    def __init__(
        self,
        desk: Desk,
        day: date,
        half: Half,
        point: str,
        failed: Callable[[Refused | StorageError], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._day = day
        self._half = half
        self._point = point
        self._failed = failed
        self._page: SheetPage | None = None
        self._times: dict[int, datetime] = {}
        self._saved: dict[int, tuple[str, datetime | None]] = {}
        self._seen: tuple[SheetEntry, ...] = ()
        self._key = uuid4().hex
        self._is_busy = False
        self._said = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet-page"):
            yield Static(id="sheet-title", classes="title", markup=False)
            yield Static(id="sheet-counts", markup=False)
            yield Static(KEYS, id="sheet-keys", markup=False)
            yield RollCall(MARKS, SheetMark.PRESENT, id="sheet-roll")
            yield StatusLine(id="sheet-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self._read()
        self.roll.focus()

    @property
    def roll(self) -> RollCall:
        """Return the list of people."""
        return self.query_one(RollCall)

    @property
    def is_changed(self) -> bool:
        """Return whether the page says something the book does not."""
        return self._marks() != self._saved

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the check only once everything on the page stands in the book."""
        if action == "finish":
            return self._page is not None and not self._page.sheet.is_unread and not self.is_changed
        return True

    def action_enter_sheet(self) -> None:
        """Type the sheet: everybody as marked, the rest present."""
        if self._page is None or self._is_busy:
            return
        without = next((key for key, (mark, at) in self._marks().items() if mark == SheetMark.LATE and not at), None)
        if without is not None:
            self.roll.highlighted = [line.key for line in self.roll.lines].index(without)
            self.say("记迟到要写到岗时间:按回车写。", "refused")
            return
        self._is_busy = True
        self.say("正在录入…", "waiting")
        self.run_worker(self._enter(), group="verbs")

    def action_finish(self) -> None:
        """Note that the page has been compared with the paper."""
        if not self._is_busy:
            self._is_busy = True
            self.run_worker(self._finish(), group="verbs")

    def action_leave(self) -> None:
        """Back to the session; what is not in the book yet is asked about."""
        if self._is_busy:
            return
        if not self.is_changed:
            self.dismiss(self._said or None)
            return
        question = "这一张还没有录入,离开就不记了。"
        self.app.push_screen(ConfirmScreen(question, "接着录", "离开,不录入"), self._answer_leaving)

    def say(self, text: str, tone: str = "done") -> None:
        """Say in one line what stands in the book now, or what cannot be."""
        self.query_one("#sheet-status", StatusLine).say(text, tone)

    @on(RollCall.Marked)
    def note_mark(self, event: RollCall.Marked) -> None:
        """Ask at once when somebody late arrived; every other mark speaks for itself."""
        event.stop()
        self._times.pop(event.key, None)
        is_late = event.value == SheetMark.LATE
        self.roll.set_line(event.key, note=WITHOUT_TIME if is_late else SheetMark(event.value).waiting_words)
        self._show_counts()
        if is_late:
            self._ask_time(event.key)

    @on(RollCall.Detailed)
    def ask_detail(self, event: RollCall.Detailed) -> None:
        """Ask for the time of somebody present or late."""
        event.stop()
        if self.roll.values[event.key] in (SheetMark.PRESENT, SheetMark.LATE):
            self._ask_time(event.key)
        else:
            self.say("请假、公出、缺签不写时间;请假条、公出登记到了,月报自动改过来。", "quiet")

    def _read(self) -> None:
        """Read the sheet as the book has it."""
        try:
            page = sheet_page(self._desk.office, self._day, self._half, self._point)
        except Busy:
            self.set_timer(0.3, self._read)
            return
        except (Refused, StorageError) as error:
            self._failed(error)
            self.dismiss(None)
            return
        self._page = page
        typed = [line for line in page.lines if line.signed_at is None]
        self._seen = tuple(SheetEntry(line.person.id, line.mark, line.at) for line in typed)
        self._times = {line.person.id: line.at for line in typed if line.at is not None}
        self.roll.show([_roll_line(line) for line in typed])
        self._saved = {} if page.sheet.is_unread else self._marks()
        if page.sheet.is_unread and not typed:
            self._saved = self._marks()
        sheet = page.sheet
        taken = f"{sheet.collected_at:%-H:%M}收存 {sheet.collected_by}" if sheet.collected_at else ""
        place = f"{self._point} " if self._point else ""
        head = f"录入 {place}{self._day.month}月{self._day.day}日{self._half.label}纸质签到簿"
        parts = (head, sheet.page_words, taken, sheet.paper_words, sheet.transcription_words)
        self.query_one("#sheet-title", Static).update(plain("   ".join(part for part in parts if part)))
        self._show_counts()

    def _marks(self) -> dict[int, tuple[str, datetime | None]]:
        return {key: (str(mark), self._times.get(key)) for key, mark in self.roll.values.items()}

    def _show_counts(self) -> None:
        counts = self.roll.counts
        on_screen = len(self._page.lines) - len(self.roll.lines) if self._page else 0
        words = [f"应到 {len(self.roll.lines) + on_screen}"]
        words += [f"{mark.word} {counts[mark.value]}" for mark in (MARKS[-1], *MARKS[:-1])]
        words += [f"屏幕上已签 {on_screen}(不列)"] if on_screen else []
        self.query_one("#sheet-counts", Static).update("   ".join(words))
        self.refresh_bindings()

    def _ask_time(self, key: int) -> None:
        """Ask for a time, which is held against the rule at once."""
        name = next(line.name for line in self.roll.lines if line.key == key)
        is_late = self.roll.values[key] == SheetMark.LATE
        label, article = ("到岗时间", ABSENCE) if is_late else ("签到时间", COLLECTION)
        at = self._times.get(key)
        value = f"{at:%H:%M}" if at else ""
        example = "如 831" if is_late else "如 803,簿上没有时间的不写"
        field = Field("at", label, "time", required=is_late, article=article, value=value, placeholder=example)
        submit = partial(self._check_time, key, name)
        form: FormScreen[str] = FormScreen(f"{name} {label}", [field], submit, today=self._day, verb="写上")
        self.app.push_screen(form, partial(self._take_time, key))

    async def _check_time(self, key: int, name: str, values: dict[str, str], *, form_key: str) -> str:
        typed = values["at"]
        page = self._page
        if not typed or page is None or page.sheet.collected_at is None:
            return ""
        at = datetime.combine(self._day, datetime.strptime(typed, "%H:%M").time())
        try:
            if self.roll.values[key] == SheetMark.LATE:
                require_late(name, at, page.hours, page.sheet.collected_at, self._desk.office.now())
            else:
                require_in_time(name, at, page.hours, page.sheet.collected_at)
        except Refused as refusal:
            raise Refused(refusal.message, refusal.article, field="at") from None
        return typed

    def _take_time(self, key: int, typed: str | None) -> None:
        if typed is None:
            return
        if typed:
            self._times[key] = datetime.combine(self._day, datetime.strptime(typed, "%H:%M").time())
        else:
            self._times.pop(key, None)
        self.roll.set_line(key, note=typed)
        self._show_counts()

    async def _enter(self) -> None:
        entries = [SheetEntry(key, SheetMark(mark), at) for key, (mark, at) in self._marks().items()]
        try:
            done = await self._desk.carry_out(
                transcribe, self._day, self._half, entries, self._point, self._seen, form_key=self._key
            )
        except Busy:
            self.say(BUSY, "refused")
        except Refused as refusal:
            self.say(cited(refusal.message, refusal.article), "refused")
        except StorageError as error:
            self.say(str(error), "refused")
        else:
            self._key = uuid4().hex
            self._read()
            late = f" 迟到{done.late}" if done.late else ""
            self._said = f"已录入 第{done.sheet.page}页 到{done.present}{late} 未到{done.missing}"
            self.say(f"{self._said}。请与纸质签到簿对照,无误按 F5 核对完毕。")
        finally:
            self._is_busy = False

    async def _finish(self) -> None:
        try:
            sheet = await self._desk.carry_out(
                finish_transcription, self._day, self._half, self._point, form_key=uuid4().hex
            )
        except Busy:
            self.say(BUSY, "refused")
        except Refused as refusal:
            self.say(cited(refusal.message, refusal.article), "refused")
        except StorageError as error:
            self.say(str(error), "refused")
        else:
            self.dismiss(f"已核对完毕 {self._half.label}纸质签到簿{sheet.page_words}")
        finally:
            self._is_busy = False

    def _answer_leaving(self, stays: bool | None) -> None:
        if stays is False:
            self.dismiss(self._said or None)


def _roll_line(line: SheetLine) -> RollLine:
    note = f"{line.at:%H:%M}" if line.at else line.mark.waiting_words
    if line.is_excused and line.mark in (SheetMark.LEAVE, SheetMark.OUT):
        note = "已登记"
    return RollLine(line.person.id, line.display_name, line.person.section, line.mark, note, line.person.initials)
