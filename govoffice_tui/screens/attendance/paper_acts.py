"""What a keeper does with the sheets of a session: change to paper, collect one, and go on to typing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from govoffice_tui.registers import backups
from govoffice_tui.registers.attendance import sheets
from govoffice_tui.registers.attendance.views import Board, Sheet
from govoffice_tui.rules.attendance import COLLECTION
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.sign_points import EVERYWHERE
from govoffice_tui.rules.sign_sheets import PaperReason
from govoffice_tui.screens.attendance.transcription import TranscriptionScreen
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen, take
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import literal


class PaperActs(RegisterScreen):
    """The acts on the sheets of one session; the page that inherits them says which, and shows it."""

    _day: date
    _half: Half
    _board: Board | None

    def paper_acts(self, page: Board | None) -> list[tuple[str, Callable[[], object]]]:
        """Return the change to paper, while any place of the session is not on paper yet."""
        if page is None or not page.is_work or page.day > self.today:
            return []
        if page.sheets and all(sheet.is_paper for sheet in page.sheets):
            return []
        return [("本场改用纸质", partial(self._ask_paper, page))]

    def typing_acts(self, page: Board) -> list[tuple[str, Callable[[], object]]]:
        """Return the paper sheets that wait to be typed or checked."""
        return [
            (f"{'录入' if sheet.is_unread else '核对'}{sheet.point}纸质签到簿", partial(self.open_sheet, sheet.point))
            for sheet in page.unfinished
        ]

    def action_transcribe(self) -> None:
        """Type or check the paper sheet; of several it asks which."""
        page = self._board
        if page is not None:
            acts = self.typing_acts(page)
            options = [(str(place), literal(title), act) for place, (title, act) in enumerate(acts, 1)]
            if len(acts) == 1:
                acts[0][1]()
            elif acts:
                self.app.push_screen(ChooseScreen("录入哪一张", options), take)

    def open_sheet(self, point: str) -> None:
        """Open the page a paper sheet is typed on."""

        def begin() -> None:
            screen = TranscriptionScreen(self.desk, self._day, self._half, point, self.show_failure)
            self.app.push_screen(screen, self._typed)

        self.with_operator(begin)

    def begin_sheet(self, page: Board) -> None:
        """Collect a sheet; of several places it asks which."""
        out = page.out_sheets
        if len(out) == 1:
            self._collect_sheet(page, out[0])
            return
        options = [(str(place), literal(_sheet_title(sheet)), sheet) for place, sheet in enumerate(out, 1)]

        def chosen(sheet: Sheet | None) -> None:
            if sheet is not None:
                self._collect_sheet(page, sheet)

        self.app.push_screen(ChooseScreen("收存哪一处", options), chosen)

    def show_collection(self, expected: int, signed: int) -> None:
        """Say what was collected, with the code, and take a backup where none disturbs the next cut-off."""
        self.reload()
        book = self._board.collected if self._board else None
        code = f" 核对码 {book.code_words}" if book else ""
        self.say(f"已收存 {self._half.label}签到簿 应到{expected} 实到{signed}{code}")
        self.start_work()
        if self._board and backups.may_back_up_now(self.desk.office.now(), [self._board.hours.cutoff]):
            self.back_up()

    def _collect_sheet(self, page: Board, sheet: Sheet) -> None:
        self.with_operator(partial(self._open_collection, page, sheet))

    def _open_collection(self, page: Board, sheet: Sheet) -> None:
        """Ask what the foot line of the sheet says: when, by whom, on which page, why early."""
        now = self.desk.office.now()
        keeper = str(self.desk.operator_id or "")
        missing = sum(line.point == sheet.point for line in page.missing)
        fields = [Field("collector", "收存人", "person", required=True, value=keeper, people=self.desk.people)]
        if sheet.is_paper:
            taken = min(now, page.hours.cutoff)
            fields = [
                Field("page", "纸质签到簿页号", required=True, article=COLLECTION, placeholder="如 12;单张的写 1"),
                Field("taken_at", "收存时间", "time", required=True, value=f"{taken:%H:%M}", article=COLLECTION),
                *fields,
                Field("book", "哪一本", placeholder="可不写,如 2026年签到簿"),
            ]
        if now <= page.hours.cutoff and (missing or sheet.is_paper):
            fields.append(Field("early_reason", "提前收存原因", article=COLLECTION, placeholder="如:停电、全体赴现场"))
        title = f"收存{sheet.point}{self._half.label}{'纸质' if sheet.is_paper else ''}签到簿"
        submit = partial(self._send_collection, sheet)
        self.open_form(
            title,
            fields,
            submit,
            verb="收存",
            then=self._sheet_collected,
            draft="attendance.sheet",
            about=f"{self._day} {self._half.value} {sheet.point}",
        )

    async def _send_collection(self, sheet: Sheet, values: dict[str, str], *, form_key: str) -> sheets.SheetCollected:
        return await self.desk.carry_out(
            sheets.collect_sheet,
            self._day,
            self._half,
            sheet.point,
            _moment(self._day, values.get("taken_at", "")),
            values.get("page", ""),
            values.get("book", ""),
            values.get("early_reason", ""),
            int(values["collector"]),
            form_key=form_key,
        )

    def _sheet_collected(self, done: sheets.SheetCollected) -> None:
        if done.is_last:
            self.show_collection(done.expected, done.signed)
        else:
            self.reload()
            left = "、".join(sheet.point for sheet in self._board.out_sheets) if self._board else ""
            self.say(f"已收存 {done.sheet.point}签到簿,{left}还没有收存")
        if done.sheet.is_paper:
            self.open_sheet(done.sheet.point)

    def _ask_paper(self, page: Board) -> None:
        """Ask why the session is signed on paper, and who decided it."""
        places = [sheet.point for sheet in page.sheets if not sheet.is_paper]
        is_collected = page.collected is not None
        fields = [
            Field(
                "reason",
                "原因",
                "choice",
                required=True,
                value=PaperReason.POWER.value,
                choices=tuple((reason.value, reason.label) for reason in PaperReason),
            ),
            Field(
                "decided_by",
                "谁定的",
                required=True,
                article=COLLECTION,
                value=sheets.usual_decider(self.desk.office, self.today),
                placeholder="如 分管副主任钱峰",
            ),
        ]
        if len(page.sheets) > 1:
            choices = ((EVERYWHERE, "全部"), *((point, point) for point in places))
            fields.insert(0, Field("point", "签到点", "choice", required=True, value=EVERYWHERE, choices=choices))
        if is_collected:
            fields.append(Field("page", "纸质签到簿页号", required=True, placeholder="如 12;单张的写 1"))
        fields.append(Field("remark", "说明", placeholder="可不写;原因选其他的要写"))
        hint = "屏幕上已有的签到不动,其余的收存后从纸质签到簿录入。"
        title = f"{self._day.month}月{self._day.day}日{self._half.label}改用纸质签到簿"
        self.open_form(
            title,
            fields,
            self._send_paper,
            hint,
            verb="改用纸质",
            then=self._on_paper,
            draft="attendance.paper",
            about=f"{self._day} {self._half.value}",
        )

    async def _send_paper(self, values: dict[str, str], *, form_key: str) -> tuple[Sheet, ...]:
        point = values.get("point", EVERYWHERE)
        return await self.desk.carry_out(
            sheets.use_paper,
            self._day,
            self._half,
            PaperReason(values["reason"]),
            values["decided_by"],
            None if point == EVERYWHERE else point,
            values["remark"],
            values.get("page", ""),
            form_key=form_key,
        )

    def _on_paper(self, done: tuple[Sheet, ...]) -> None:
        self.reload()
        paper = [sheet for sheet in done if sheet.is_paper]
        places = "、".join(sheet.point for sheet in paper)
        self.say(f"已登记 {places}{self._half.label}签到簿 {paper[-1].paper_words}")
        self.start_work()

    def _typed(self, words: str | None) -> None:
        """Show the session as it stands after its sheet was typed."""
        self.reload()
        self.look_for_due()
        if words:
            self.say(words)
        self.start_work()


def _sheet_title(sheet: Sheet) -> str:
    return f"{sheet.point} {sheet.paper_words}".strip() or "签到簿"


def _moment(day: date, typed: str) -> datetime | None:
    return datetime.combine(day, datetime.strptime(typed, "%H:%M").time()) if typed else None
