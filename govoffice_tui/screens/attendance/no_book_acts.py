"""What is done about a session that had no book: put on record, decided about, found out person by person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from govoffice_tui.registers import posts
from govoffice_tui.registers.attendance import no_book
from govoffice_tui.registers.attendance.views import Board
from govoffice_tui.rules.attendance import COLLECTION, NoBookDecision
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.screens.attendance.acts import SessionActs
from govoffice_tui.screens.marking import Mark, MarkScreen
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field

T = TypeVar("T")

THERE = (Mark("1", "到岗", "$done", "there"),)


class NoBookActs(SessionActs):
    """The acts on a session without a book."""

    def declare_no_book(self) -> None:
        """Ask why there was no book."""
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> no_book.Declared:
            return await self.desk.carry_out(no_book.declare_no_book, day, half, values["reason"], form_key=form_key)

        fields = [Field("reason", "为什么没有设簿", required=True, article=COLLECTION, placeholder="如 停电、全员下乡")]
        hint = "未设簿的半天谁也不算缺签,等分管副主任书面决定。"
        self.open_form(
            f"{half.label}未设簿",
            fields,
            submit,
            hint,
            then=lambda _: self.say(f"已登记 {half.label}未设簿,等决定"),
            draft="attendance.no_book",
            about=f"{day} {half.value}",
        )

    def no_book_acts(self, page: Board) -> Iterable[tuple[str, Callable[[], object]]]:
        """Give what can be done about the session without a book that is shown."""
        book = page.without_book
        if book is None:
            return
        if book.decision is None:
            yield "登记未设簿的决定", self._rule
            yield "取消未设簿", self._withdraw
            return
        if book.decision is NoBookDecision.ONE_BY_ONE:
            if page.missing:
                yield "逐人核实到岗", self._find_present
            if page.deemed:
                yield "划销核实", self._strike_presence
        yield "改未设簿的决定", self._rule

    def _rule(self) -> None:
        """Ask what the deputy decided on paper."""
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> no_book.Declared:
            decision = NoBookDecision(values["decision"])
            return await self.desk.carry_out(
                no_book.rule_no_book,
                day,
                half,
                decision,
                int(values["decided_by"]),
                values["paper_page"],
                form_key=form_key,
            )

        holders = posts.holdings_on(self.desk.office, self.today)
        deputy = next((str(one.staff) for one in holders if one.post is Post.DEPUTY_IN_CHARGE), "")
        fields = [
            Field(
                "decision",
                "决定",
                "choice",
                required=True,
                article=COLLECTION,
                choices=tuple((one.value, one.label) for one in NoBookDecision),
            ),
            Field("decided_by", "谁定的", "person", required=True, value=deputy, people=self.desk.people),
            Field("paper_page", "书面决定在", required=True, placeholder="如 第3页"),
        ]
        self.open_form(
            f"{half.label}未设簿的决定",
            fields,
            submit,
            then=self._ruled,
            draft="attendance.no_book_ruling",
            about=f"{day} {half.value}",
        )

    def _ruled(self, done: no_book.Declared) -> None:
        assert done.decision is not None
        self.say(f"已登记 {done.half.label}未设簿:{done.decision.label}")
        self.start_work()

    def _withdraw(self) -> None:
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> no_book.Declared:
            return await self.desk.carry_out(no_book.withdraw_no_book, day, half, values["reason"], form_key=form_key)

        fields = [Field("reason", "为什么取消", required=True, placeholder="如 登记错了一场")]
        self.open_form(
            "取消未设簿",
            fields,
            submit,
            then=lambda _: self.say(f"已取消 {half.label}未设簿"),
            draft="attendance.no_book_withdrawal",
            about=f"{day} {half.value}",
        )

    def _find_present(self) -> None:
        """List who is not found out about yet; a digit marks who was there."""
        page = self._board
        assert page is not None
        day, half = page.day, page.half

        async def submit(marks: dict[int, str], *, form_key: str) -> int:
            return await self.desk.carry_out(no_book.mark_present, day, half, list(marks), form_key=form_key)

        people = [line.person for line in page.missing]
        title = f"{half.label}未设簿,逐人核实:谁当时到岗"
        self.push_marks(MarkScreen(title, people, THERE, submit), lambda count: f"已核实 {count}人到岗")

    def _strike_presence(self) -> None:
        """Choose somebody found to have been there, and strike that with a reason."""
        page = self._board
        assert page is not None
        entries = [
            Entry(line.display_name, partial(self._ask_why_not_present, line.person.id, line.display_name))
            for line in page.lines
            if line.status is HalfStatus.DEEMED
        ]
        self.app.push_screen(MenuScreen(entries, "划销谁的核实", "姓名中的字或首字母"))

    def _ask_why_not_present(self, person: int, name: str) -> None:
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            return await self.desk.carry_out(
                no_book.strike_presence, person, day, half, values["reason"], form_key=form_key
            )

        fields = [Field("reason", "原因", required=True)]
        self.open_form(
            f"划销 {name} 的核实",
            fields,
            submit,
            then=lambda struck: self.say(f"已划销 {struck} 的核实"),
            draft="attendance.presence_strike",
            about=f"{person} {day} {half.value}",
        )

    def push_marks(self, marking: MarkScreen[T], said: Callable[[T], str]) -> None:
        """Show a list of people to mark; what was entered is said in one line."""

        def finished(result: T | None) -> None:
            if result is not None:
                self._after_write()
                self.say(said(result))

        self.with_operator(lambda: self.app.push_screen(marking, finished))
