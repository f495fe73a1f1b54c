"""抽查到岗 and 在岗抽查 on the page of a session: drawn, answered by digit, entered for several people, corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from textual.content import Content

from govoffice_tui.registers.attendance import spot_checks
from govoffice_tui.registers.attendance.views import Board, PresenceCheck
from govoffice_tui.rules.attendance import Finding, Seen
from govoffice_tui.screens.attendance.no_book_acts import NoBookActs
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.marking import Mark, MarkScreen
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field

FINDINGS = (
    Mark("1", Finding.PRESENT.label, "$done", Finding.PRESENT.value),
    Mark("2", Finding.AWAY.label, "$due", Finding.AWAY.value),
    Mark("3", Finding.LEFT_EARLY.label, "bold $late", Finding.LEFT_EARLY.value),
)
SIGHTINGS = (
    Mark("1", Seen.SEEN.label, "$done", Seen.SEEN.value),
    Mark("2", Seen.NOT_SEEN.label, "bold $late", Seen.NOT_SEEN.value),
)


class InspectionActs(NoBookActs):
    """The acts of who looks whether people are there."""

    def inspection_acts(self, page: Board) -> Iterable[tuple[str, Callable[[], object]]]:
        """Give what can be looked for now."""
        check, has_begun = page.presence_check, page.is_work and self.desk.office.now() >= page.hours.opens
        if check is not None:
            left = f"还有{check.unanswered}人没有结果" if check.unanswered else "都有结果,可以更正"
            yield f"抽查到岗:记结果({left})", self._answer_check
        elif page.signed and page.day == self.today:
            yield f"抽查到岗(已签{page.signed}人,一场只抽一次)", self._draw
        if has_begun:
            yield "在岗抽查", self._inspect
            if spot_checks.inspections(self.desk.office, page.day):
                yield "更正在岗抽查", self._correct_inspection

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
        self.push_marks(
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
            self.open_form(
                "在岗抽查",
                fields,
                submit,
                "下一页逐人标 在岗、离岗、早退。",
                verb="往下",
                then=self._find,
                draft="attendance.inspection",
                about=f"{day}",
            )

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
        self.push_marks(
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
        self.open_form(
            f"作废 {one.number}",
            fields,
            submit,
            then=lambda name: self.say(f"已作废 {name} 的在岗抽查"),
            draft="attendance.inspection_strike",
            about=f"{one.id}",
        )
