"""What else is done about a session: it had no book, it runs alone, people are looked for, corrections are reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.registers import posts, reviews
from govoffice_tui.registers.attendance import no_book, spot_checks
from govoffice_tui.registers.attendance.views import Board, PresenceCheck
from govoffice_tui.rules.attendance import COLLECTION, Finding, NoBookDecision, Seen, SessionState
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.screens.attendance.acts import Act, SessionActs
from govoffice_tui.screens.attendance.kiosk import KioskScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.marking import Mark, MarkScreen
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.reviewing import open_review_menu
from govoffice_tui.widgets.form_rows import Field

T = TypeVar("T")

FINDINGS = (
    Mark("1", Finding.PRESENT.label, "$done", Finding.PRESENT.value),
    Mark("2", Finding.AWAY.label, "$due", Finding.AWAY.value),
    Mark("3", Finding.LEFT_EARLY.label, "bold $late", Finding.LEFT_EARLY.value),
)
SIGHTINGS = (
    Mark("1", Seen.SEEN.label, "$done", Seen.SEEN.value),
    Mark("2", Seen.NOT_SEEN.label, "bold $late", Seen.NOT_SEEN.value),
)
THERE = (Mark("1", "到岗", "$done", "there"),)


class FurtherActs(SessionActs):
    """The acts beside signing and collecting; F5 lists those that can be done now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "resume", "继续签到", tooltip="核对时间后继续签到", id="attendance.resume"),
        Binding("f5", "next", "下一步", tooltip="抽查到岗、在岗抽查、未设簿的决定、复核", id="attendance.next"),
    ]

    _kiosk: KioskScreen | None = None

    def _session_at(self, now: datetime) -> tuple[date, Half]:
        """Return the session the clock stands in."""
        raise NotImplementedError

    def tick(self, now: datetime) -> None:
        """Meet one second, and hand it on to the board that runs alone over this page."""
        super().tick(now)
        if self._kiosk is not None and self._kiosk.is_mounted:
            self._kiosk.tick(now)

    def closing_acts(self, page: Board) -> list[Act]:
        """Add how a session without a book is put on record, and the board that runs alone."""
        found = super().closing_acts(page)
        if page.signed == 0:
            found.append(("3", "未设簿(本场没有签到簿)", self.declare_no_book))
        if self.can_sign_now():
            found.append(("4", "签到台(只留签到,离开要签到管理人)", self.open_kiosk))
        return found

    def action_next(self) -> None:
        """List what can be done next about this session."""
        page = self._board
        if page is None:
            return
        options = [(str(place), Content(words), act) for place, (words, act) in enumerate(self._next_acts(page), 1)]
        self.app.push_screen(ChooseScreen("下一步", options), lambda act: act() if act is not None else None)

    def further_entries(self) -> Iterable[Entry]:
        """Give the same acts to the menu."""
        page = self._board
        if page is None:
            return
        for words, act in self._next_acts(page):
            yield Entry(words, act)
        if self.can_sign_now():
            yield Entry("签到台", self.open_kiosk, hint="只留签到,离开要签到管理人")
        is_open = page.state in (None, SessionState.OPEN, SessionState.HALTED)
        if page.is_work and is_open and page.signed == 0 and self.desk.office.now() >= page.hours.opens:
            yield Entry("未设簿", self.declare_no_book, hint="本场没有签到簿,不算缺签")

    def can_sign_now(self) -> bool:
        """Return whether the session shown is open for signatures."""
        page, now = self._board, self.desk.office.now()
        if page is None or not page.is_work or not page.lines or page.state not in (None, SessionState.OPEN):
            return False
        return page.hours.opens <= now <= page.hours.cutoff

    def open_kiosk(self) -> None:
        """Let the board run alone; only who may end it may begin it."""
        self.with_operator(lambda: self.try_reading(self._open_kiosk))

    def declare_no_book(self) -> None:
        """Ask why there was no book."""
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> no_book.Declared:
            return await self.desk.carry_out(no_book.declare_no_book, day, half, values["reason"], form_key=form_key)

        fields = [Field("reason", "为什么没有设簿", required=True, article=COLLECTION, placeholder="如 停电、全员下乡")]
        hint = "未设簿的半天谁也不算缺签,等分管副主任书面决定。"
        self.open_form(
            f"{half.label}未设簿", fields, submit, hint, then=lambda _: self.say(f"已登记 {half.label}未设簿,等决定")
        )

    def _open_kiosk(self) -> None:
        office = self.desk.office
        posts.require(office, "run_kiosk", self.desk.operator_id, office.now().date())
        self._kiosk = KioskScreen(self.desk, self._session_at)
        self.app.push_screen(self._kiosk, lambda _: self._kiosk_left())

    def _kiosk_left(self) -> None:
        self._kiosk = None
        self.show_frame()
        self.reload()
        self.start_work()
        self.say(f"签到台已结束,现在由{self.desk.operator_name}经办")

    def _next_acts(self, page: Board) -> list[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = []
        if page.without_book is not None:
            found.extend(self._no_book_acts(page))
        check, has_begun = page.presence_check, page.is_work and self.desk.office.now() >= page.hours.opens
        if check is not None:
            left = f"还有{check.unanswered}人没有结果" if check.unanswered else "都有结果,可以更正"
            found.append((f"抽查到岗:记结果({left})", self._answer_check))
        elif page.signed and page.day == self.today:
            found.append((f"抽查到岗(已签{page.signed}人,一场只抽一次)", self._draw))
        if has_begun:
            found.append(("在岗抽查", self._inspect))
            if spot_checks.inspections(self.desk.office, page.day):
                found.append(("更正在岗抽查", self._correct_inspection))
        waiting = reviews.open_reviews(self.desk.office)
        if waiting:
            found.append((f"复核更正({len(waiting)}件)", partial(open_review_menu, self)))
        return found

    def _no_book_acts(self, page: Board) -> Iterable[tuple[str, Callable[[], object]]]:
        book = page.without_book
        assert book is not None
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

    def _push_marks(self, marking: MarkScreen[T], said: Callable[[T], str]) -> None:
        """Show a list of people to mark; what was entered is said in one line."""

        def finished(result: T | None) -> None:
            if result is not None:
                self._after_write()
                self.say(said(result))

        self.with_operator(lambda: self.app.push_screen(marking, finished))

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
        self.open_form(f"{half.label}未设簿的决定", fields, submit, then=self._ruled)

    def _ruled(self, done: no_book.Declared) -> None:
        assert done.decision is not None
        self.say(f"已登记 {done.half.label}未设簿:{done.decision.label}")
        self.start_work()

    def _withdraw(self) -> None:
        day, half = self._day, self._half

        async def submit(values: dict[str, str], *, form_key: str) -> no_book.Declared:
            return await self.desk.carry_out(no_book.withdraw_no_book, day, half, values["reason"], form_key=form_key)

        fields = [Field("reason", "为什么取消", required=True, placeholder="如 登记错了一场")]
        self.open_form("取消未设簿", fields, submit, then=lambda _: self.say(f"已取消 {half.label}未设簿"))

    def _find_present(self) -> None:
        """List who is not found out about yet; a digit marks who was there."""
        page = self._board
        assert page is not None
        day, half = page.day, page.half

        async def submit(marks: dict[int, str], *, form_key: str) -> int:
            return await self.desk.carry_out(no_book.mark_present, day, half, list(marks), form_key=form_key)

        people = [line.person for line in page.missing]
        title = f"{half.label}未设簿,逐人核实:谁当时到岗"
        self._push_marks(MarkScreen(title, people, THERE, submit), lambda count: f"已核实 {count}人到岗")

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
        self.open_form(f"划销 {name} 的核实", fields, submit, then=lambda struck: self.say(f"已划销 {struck} 的核实"))

    def _draw(self) -> None:
        """Draw whom to look for, then ask about them."""

        async def draw() -> None:
            done = await self.attempt(spot_checks.draw_presence_check, self._day, self._half)
            if done is not None:
                self._ask_about(done[0])

        self.with_operator(lambda: self.run_worker(draw(), group="verbs"))

    def _answer_check(self) -> None:
        page = self._board
        if page is not None and page.presence_check is not None:
            self._ask_about(page.presence_check)

    def _ask_about(self, check: PresenceCheck) -> None:
        """List the drawn names; a digit says whether each was seen."""
        page = self._board
        assert page is not None
        day, half = page.day, page.half

        async def submit(marks: dict[int, str], *, form_key: str) -> PresenceCheck:
            answers = {person: Seen(value) for person, value in marks.items()}
            return await self.desk.carry_out(spot_checks.answer_presence_check, day, half, answers, form_key=form_key)

        drawn = {one.person: one for one in check.people}
        known = {line.person.id: line.person for line in page.lines}
        people = [known[person] for person in drawn if person in known]
        standing = {person: one.seen.value for person, one in drawn.items() if one.seen is not None}
        title = f"抽查到岗 {check.drawn_at:%H:%M} {check.inspector}抽,没去看的以后可以接着记"
        self._push_marks(
            MarkScreen(title, people, SIGHTINGS, submit, standing),
            lambda done: "已登记 抽查到岗" + (f",还有{done.unanswered}人没有结果" if done.unanswered else ""),
        )

    def _inspect(self) -> None:
        """Ask when and by whom, then what was found of each."""
        now, day = self.desk.office.now(), self._day

        async def submit(values: dict[str, str], *, form_key: str) -> tuple[datetime, int, str]:
            at = datetime.combine(day, datetime.strptime(values["at"], "%H:%M").time())
            await self.desk.read(spot_checks.half_of, at)
            return at, int(values["inspector"]), values["remark"]

        def begin() -> None:
            fields = [
                Field("at", "时间", "time", required=True, value=f"{now:%H:%M}" if now.date() == day else ""),
                Field(
                    "inspector",
                    "抽查人",
                    "person",
                    required=True,
                    value=str(self.desk.operator_id),
                    people=self.desk.people,
                ),
                Field("remark", "说明", placeholder="可不写"),
            ]
            self.open_form("在岗抽查", fields, submit, "下一页逐人标 在岗、离岗、早退。", verb="往下", then=self._find)

        self.with_operator(begin)

    def _find(self, asked: tuple[datetime, int, str]) -> None:
        at, inspector, remark = asked

        async def submit(marks: dict[int, str], *, form_key: str) -> list[str]:
            findings = {person: Finding(value) for person, value in marks.items()}
            return await self.desk.carry_out(
                spot_checks.record_spot_checks, at, inspector, findings, remark, form_key=form_key
            )

        page = self._board
        assert page is not None
        people = [line.person for line in page.lines if line.is_due]
        self._push_marks(
            MarkScreen(f"在岗抽查 {at:%-m月%-d日 %H:%M}", people, FINDINGS, submit),
            lambda numbers: f"已登记 在岗抽查{len(numbers)}人 {numbers[0] if numbers else ''}".strip(),
        )

    def _correct_inspection(self) -> None:
        """Choose a line of 在岗抽查, then what it should say."""
        entries = [
            Entry(
                f"{one.name} {one.finding.label}",
                partial(self._choose_finding, one),
                hint=f"{one.at:%H:%M} {one.number} 抽查人{one.inspector}",
            )
            for one in spot_checks.inspections(self.desk.office, self._day)
        ]
        self.app.push_screen(MenuScreen(entries, "更正哪一条在岗抽查", "姓名中的字或首字母"))

    def _choose_finding(self, one: spot_checks.Inspection) -> None:
        acts: list[tuple[str, Callable[[], object]]] = [
            (finding.label, partial(self._change_finding, one, finding)) for finding in Finding
        ]
        acts.append(("作废(写原因)", partial(self._strike_inspection, one)))
        options = [(str(place), Content(words), act) for place, (words, act) in enumerate(acts, 1)]
        title = f"{one.name} {one.at:%H:%M} {one.finding.label},改为"
        self.app.push_screen(ChooseScreen(title, options), lambda act: act() if act is not None else None)

    def _change_finding(self, one: spot_checks.Inspection, finding: Finding) -> None:
        self.perform(
            spot_checks.correct_spot_check,
            one.id,
            finding,
            done=lambda name: f"已更正 {name} 在岗抽查为{finding.label}",
        )

    def _strike_inspection(self, one: spot_checks.Inspection) -> None:
        async def submit(values: dict[str, str], *, form_key: str) -> str:
            return await self.desk.carry_out(spot_checks.strike_spot_check, one.id, values["reason"], form_key=form_key)

        fields = [Field("reason", "作废原因", required=True)]
        self.open_form(f"作废 {one.number}", fields, submit, then=lambda name: self.say(f"已作废 {name} 的在岗抽查"))
