"""What a recorder does on the page of a session: mark, close, check, write, decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.rolls import calling, marking, pages, planning
from govoffice_tui.registers.rolls.calling import Kept
from govoffice_tui.registers.rolls.marking import Marked
from govoffice_tui.registers.rolls.planning import Decided
from govoffice_tui.registers.rolls.views import PersonLine, RollPage
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.rolls import DEEDS, MISSED, Book, MarkKind, RollState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.rolls import forms
from govoffice_tui.widgets.form import Submit
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import literal
from govoffice_tui.widgets.roll_call import RollCall

T = TypeVar("T")
Answers = dict[str, str]
Act = Callable[[], object]


class RollActs(RegisterScreen):
    """The acts on one session; the page that inherits them says which, and shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "write", "登记内容", tooltip="登记这次的内容,可以提前写", id="roll.write"),
        Binding("f4", "correct", "更正", tooltip="更正一个人、更正内容、作废这次登记", id="roll.correct"),
        Binding("f5", "proceed", "下一步", tooltip="变更时间、取消、加开、补学", id="roll.proceed"),
        Binding("f6", "close", "核对", tooltip="点名完毕,或核对名单", id="roll.close"),
    ]

    book: ClassVar[Book]
    _day: date
    _page: RollPage | None

    @property
    def roll(self) -> RollCall:
        """Return the roll."""
        return self.query_one(RollCall)

    def turn_to(self, day: date) -> None:
        """Show another day."""
        raise NotImplementedError

    def action_write(self) -> None:
        """Enter what the session is about."""
        page = self._page
        if page is None or page.session is None:
            self.note(f"这一天没有{self.book.title},先按 F5 加开。")
            return
        title, fields = forms.topic_form(self.desk.office, page, page.session)
        book, day = self.book, page.day

        async def submit(values: Answers, *, form_key: str) -> Kept:
            topic = forms.topic_from(values)
            paper, reason = values["paper_page"], values.get("reason", "")
            return await self.desk.carry_out(calling.write, book, day, topic, paper, reason, form_key=form_key)

        self.open_form(
            title,
            fields,
            submit,
            then=lambda kept: self.say(f"已登记 {kept.number} {book.title}内容"),
            draft=f"{book.word}.topic",
            about=f"{day}",
        )

    def action_correct(self) -> None:
        """Choose what is to be put right."""
        page = self._page
        if page is None or page.session is None:
            return
        options: list[tuple[str, Act]] = []
        line = self._highlighted
        if line is not None:
            options.append((f"更正 {line.display_name}(现记{line.kind.label})", partial(self._choose_kind, line)))
        if page.session.state is not RollState.CANCELLED:
            options.append(("更正内容", self.action_write))
        if page.session.row is not None:
            options.append(("作废这次的登记", self._void))
        self._choose(f"更正 {chinese_short_day(page.day)}{self.book.title}", options)

    def action_proceed(self) -> None:
        """Choose what is decided about the session, or who made up for it."""
        page = self._page
        if page is None:
            return
        session, office = page.session, self.desk.office
        options: list[tuple[str, Act]] = []
        if page.offer is not None:
            words = f"改期到节后首个工作日({chinese_short_day(page.offer)})"
            options.append((words, partial(self._move, page.offer)))
            options.append(("不改期,这次不搞", self._cancel))
        if session is not None:
            line = self._highlighted
            if session.state.is_held and line is not None and line.kind in MISSED and self.book.needs_director:
                options.append((f"补学 {line.display_name}", partial(self._make_up, line)))
            if session.state.is_ahead:
                options += [("变更时间", partial(self._move, None)), ("取消这次", self._cancel)]
        options.append((f"加开一次{self.book.title}", lambda: self._order(office.now().date())))
        self._choose("下一步", options)

    def action_close(self) -> None:
        """Close the roll, or check it: the usual act comes first."""
        page = self._page
        if page is None or page.session is None:
            return
        state = page.session.state
        options: list[tuple[str, Act]] = []
        if state.is_ahead:
            options.append(("其余全到,点名完毕", self._finish))
        elif state is RollState.HELD:
            options.append((f"核对 应到{page.counts.due} 实到{page.counts.attended}", self._check))
        elif page.is_outdated:
            options.append(("重新核对", self._check))
        else:
            self.note(f"这次{self.book.title}{state.label}。")
            return
        self._choose(f"{chinese_short_day(page.day)}{self.book.title}", [*options, ("先不", lambda: None)])

    @on(RollCall.Marked)
    def mark_line(self, event: RollCall.Marked) -> None:
        """Mark a person by a digit; where the rule asks for more, a form does."""
        event.stop()
        line = self._line(event.key)
        kind = MarkKind(event.value)
        if line is None or (line.kind is kind and not line.suggested):
            self.reload()
            return
        self._mark_as(line, kind)

    @on(RollCall.Detailed)
    def detail_line(self, event: RollCall.Detailed) -> None:
        """Ask for the time, the notice, a remark."""
        event.stop()
        line = self._line(event.key)
        if line is not None:
            self._ask_mark(line, line.kind)

    @on(RollCall.Finished)
    def finish_roll(self, event: RollCall.Finished) -> None:
        """Enter: whoever is not marked was there."""
        event.stop()
        page = self._page
        if page is None or page.session is None:
            return
        if page.session.state.is_held:
            self.note("已点过名。改一个人按数字,核对按 F6。")
        else:
            self._finish()

    @property
    def _highlighted(self) -> PersonLine | None:
        line = self.roll.highlighted_line if self.roll.display else None
        return None if line is None else self._line(line.key)

    def _line(self, person: int) -> PersonLine | None:
        lines = self._page.lines if self._page else ()
        return next((line for line in lines if line.person.id == person), None)

    def _mark_as(self, line: PersonLine, kind: MarkKind) -> None:
        page = self._page
        if page is None or page.session is None:
            return
        needs_notice = kind is MarkKind.LEAVE and not self._is_known(line, kind)
        needs_more = self.book.needs_director and (needs_notice or kind is MarkKind.EARLY)
        if needs_more or page.session.state is RollState.CHECKED:
            self._ask_mark(line, kind)
            return
        self.with_operator(lambda: self._send_mark(page.day, line, kind))
        if self.desk.operator is None:
            self.reload()

    def _is_known(self, line: PersonLine, kind: MarkKind) -> bool:
        """Return whether another book says the same of somebody."""
        page = self._page
        if page is None or page.session is None:
            return False
        half = page.session.span.half
        return pages.suggestions(self.desk.office, page.day, half).get(line.person.id) is kind

    @work(group="verbs")
    async def _send_mark(self, day: date, line: PersonLine, kind: MarkKind) -> None:
        again = partial(self._send_mark, day, line, kind)
        done = await self.attempt(marking.mark, self.book, day, line.person.id, kind, again=again)
        if done is None:
            self.reload()
        else:
            self.say(f"已登记 {line.display_name} {kind.label}")

    def _ask_mark(self, line: PersonLine, kind: MarkKind) -> None:
        page = self._page
        if page is None or page.session is None:
            return
        book, day = self.book, page.day
        title, fields = forms.mark_form(self.desk.office, page, line, kind, self._people)
        self.reload()  # until the form is accepted the roll says what stands in the book

        async def submit(values: Answers, *, form_key: str) -> Marked:
            detail = forms.detail_from(page, values)
            return await self.desk.carry_out(marking.mark, book, day, line.person.id, kind, detail, form_key=form_key)

        self.open_form(
            title,
            fields,
            submit,
            then=lambda done: self.say(f"已登记 {line.display_name} {kind.label}"),
            draft=f"{book.word}.mark",
            about=f"{line.person.id} {day} {kind.value}",
        )

    def _choose_kind(self, line: PersonLine) -> None:
        kinds = [kind for kind in MarkKind if kind is not line.kind]
        options: list[tuple[str, Act]] = [(kind.label, partial(self._mark_as, line, kind)) for kind in kinds]
        if line.kind is not MarkKind.PRESENT:
            options.insert(0, (f"{line.kind.label},改时间或说明", partial(self._ask_mark, line, line.kind)))
        self._choose(f"{line.display_name} 改记", options)

    def _finish(self) -> None:
        page = self._page
        if page is None or page.session is None:
            return
        book, day = self.book, page.day
        if day >= self.today or page.session.paper_page:
            self.perform(calling.finish, book, day, done=self._counted)
            return
        title, fields = forms.paper_form(page)

        async def submit(values: Answers, *, form_key: str) -> Kept:
            return await self.desk.carry_out(calling.finish, book, day, values["paper_page"], form_key=form_key)

        self.open_form(title, fields, submit, then=lambda kept: self.say(self._counted(kept)))

    def _check(self) -> None:
        self.perform(calling.check, self.book, self._day, done=self._counted)

    def _counted(self, kept: Kept) -> str:
        counts = kept.counts
        what = "已核对" if kept.state is RollState.CHECKED else "已点名"
        more = "" if kept.state is RollState.CHECKED else "    F6 核对"
        missed = counts.due - counts.attended
        return f"{what} {kept.number} 应到{counts.due} 实到{counts.attended} 没到{missed}{more}"

    def _move(self, to_day: date | None) -> None:
        page = self._page
        if page is None:
            return
        title, fields = forms.move_form(self.desk.office, page, self._people, to_day)
        book, day = self.book, page.day

        async def submit(values: Answers, *, form_key: str) -> Decided:
            return await self.desk.carry_out(
                planning.move,
                book,
                day,
                date.fromisoformat(values["to_day"]),
                forms.start_of(values),
                int(values["ordered_by"]),
                values["reason"],
                form_key=form_key,
            )

        self._decide(title, fields, submit, "变更", "move")

    def _cancel(self) -> None:
        page = self._page
        if page is None:
            return
        title, fields = forms.cancel_form(self.desk.office, page, self._people)
        book, day = self.book, page.day

        async def submit(values: Answers, *, form_key: str) -> Decided:
            return await self.desk.carry_out(
                planning.cancel, book, day, int(values["ordered_by"]), values["reason"], form_key=form_key
            )

        self._decide(title, fields, submit, DEEDS["cancel"], "cancel")

    def _order(self, day: date) -> None:
        title, fields = forms.order_form(self.desk.office, self.book, self._people, day)
        book = self.book

        async def submit(values: Answers, *, form_key: str) -> Decided:
            return await self.desk.carry_out(
                planning.order,
                book,
                date.fromisoformat(values["to_day"]),
                forms.start_of(values),
                int(values["ordered_by"]),
                values["reason"],
                form_key=form_key,
            )

        self._decide(title, fields, submit, DEEDS["order"], "order")

    def _void(self) -> None:
        page = self._page
        if page is None:
            return
        title, fields = forms.void_form(page)
        book, day = self.book, page.day

        async def submit(values: Answers, *, form_key: str) -> Decided:
            return await self.desk.carry_out(planning.void, book, day, values["reason"], form_key=form_key)

        self._decide(title, fields, submit, DEEDS["void"], "void")

    def _make_up(self, line: PersonLine) -> None:
        page = self._page
        if page is None:
            return
        title, fields = forms.make_up_form(page, line, self.today)
        book, day = self.book, page.day

        async def submit(values: Answers, *, form_key: str) -> Marked:
            made_up = date.fromisoformat(values["made_up_day"])
            return await self.desk.carry_out(
                marking.make_up, book, day, line.person.id, made_up, values["words"], form_key=form_key
            )

        self.open_form(
            title,
            fields,
            submit,
            then=lambda done: self.say(f"已登记 {line.display_name} 补学"),
            draft=f"{book.word}.make_up",
            about=f"{line.person.id} {day}",
        )

    def _decide(self, title: str, fields: Sequence[Field], submit: Submit[Decided], verb: str, draft: str) -> None:
        def decided(done: Decided) -> None:
            self.turn_to(done.day)
            self.say(f"已登记 {done.words}")

        self.open_form(
            title, fields, submit, verb=verb, then=decided, draft=f"{self.book.word}.{draft}", about=f"{self._day}"
        )

    def _choose(self, title: str, options: Sequence[tuple[str, Act]]) -> None:
        listed = [(str(place), literal(words), act) for place, (words, act) in enumerate(options, 1)]

        def chosen(act: Act | None) -> None:
            if act is not None:
                act()

        self.app.push_screen(ChooseScreen(title, listed), chosen)

    def _people(self) -> Sequence[Person]:
        return self.desk.people()
