"""The acts on a half-day 待核 and on a 旷工认定单: what explains the one, and the legal moves of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import staff
from govoffice_tui.registers.absence import finding
from govoffice_tui.registers.absence.pages import PendingHalf
from govoffice_tui.registers.absence.papers import AbsencePaper
from govoffice_tui.registers.attendance import signing
from govoffice_tui.rules.absence import MOVES, PAPER, AbsenceState, Decision
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.leave import absence_forms as forms
from govoffice_tui.screens.leave.board_hooks import explain_missing
from govoffice_tui.widgets.form_rows import Field

LEAVE_TAB = "leave"

Line = PendingHalf | AbsencePaper
Submitted = Callable[..., Any]


class AbsenceActs(RegisterScreen):
    """The acts on one line; the page that inherits them says which, and shows it."""

    _lines: list[Line]

    @property
    def chosen(self) -> Line | None:
        """Return the line under the cursor."""
        raise NotImplementedError

    def who(self, line: Line) -> str:
        """Return the name of whom a line is about."""
        raise NotImplementedError

    def go_to(self, line: Line) -> None:
        """Put the cursor on a line."""
        raise NotImplementedError

    def action_open_paper(self) -> None:
        """Open a paper about the half-day under the cursor, or go on with the one there is."""
        line = self.chosen
        if not isinstance(line, PendingHalf):
            return
        if line.paper is not None:
            moves = self.paper_acts(line.paper)
            if moves:
                moves[0][2]()
            else:
                self.note(f"已有认定单{line.paper.number}({line.paper.words}),要重新认定先按 F4 作废它。")
            return
        halves = [
            one.half
            for one in self._lines
            if isinstance(one, PendingHalf) and one.person.id == line.person.id and one.day == line.day
        ]
        facts = finding.prefilled_facts(self.desk.office, line.person.id, line.day, halves)

        def verb(values: dict[str, str]) -> Submitted:
            wanted = forms.read_halves(values["halves"])
            text = values["facts"] if wanted == tuple(halves) or values["facts"] != facts else ""
            return act(finding.open_absence, line.person.id, line.day, wanted, text, values["asked"])

        title = f"开{PAPER} {line.display_name} {chinese_short_day(line.day)}"
        self._fill(
            title,
            forms.opening_fields(halves, line.half, facts),
            verb,
            draft="absence.open",
            about=f"{line.person.id} {line.day}",
        )

    def keys_words(self) -> str:
        """Return what the digits do, leave among them where its page is there."""
        leave = "2 补请假   " if any(tab.id == LEAVE_TAB for tab in self.tabs) else ""
        return f"1 迟到   {leave}3 公出   5 旷工认定   回车 来龙去脉"

    def half_acts(self, line: PendingHalf) -> list[tuple[str, str, Callable[[], object]]]:
        """Return what can explain a half-day, with its digit; leave where its page is there."""
        acts: list[tuple[str, str, Callable[[], object]]] = [("1", "迟到(写到岗时间)", partial(self._late, line))]
        if any(tab.id == LEAVE_TAB for tab in self.tabs):
            acts.append(("2", "补请假", partial(self.open_tab, LEAVE_TAB, line.day)))
        acts.append(
            (
                "3",
                "因公外出(事后告知)",
                partial(explain_missing, self, line.person, line.display_name, line.day, line.half),
            )
        )
        title = f"开{PAPER}"
        if line.paper is not None:
            moves = self.paper_acts(line.paper)
            title = f"{PAPER}{line.paper.number}:{moves[0][1] if moves else line.paper.words}"
        acts.append(("5", title, self.action_open_paper))
        return acts

    def paper_acts(self, paper: AbsencePaper) -> list[tuple[str, str, Callable[[], object]]]:
        """Return the legal moves of a paper."""
        offered = (
            ("note_own_words", "记本人陈述", self._hear),
            ("propose_absence", "股长提请", self._propose),
            ("decide_absence", "登记签字的决定", self._decide),
        )
        legal = [one for one in offered if paper.struck_at is None and (paper.state, one[0]) in MOVES]
        if paper.state is AbsenceState.HEARD:
            legal.reverse()
        return [(str(place), title, partial(run, paper)) for place, (_, title, run) in enumerate(legal, 1)]

    def _fill(
        self,
        title: str,
        fields: Sequence[Field],
        verb: Callable[[dict[str, str]], Submitted],
        hint: str = "",
        word: str = "登记",
        *,
        draft: str,
        about: str,
    ) -> None:
        """Open a form whose answers become one verb on a paper, and say where it stands afterwards."""

        async def submit(values: dict[str, str], *, form_key: str) -> AbsencePaper:
            done: AbsencePaper = await self.desk.carry_out(verb(values), form_key=form_key)
            return done

        self.open_form(title, fields, submit, hint, verb=word, then=self._done, draft=draft, about=about)

    def _done(self, paper: AbsencePaper) -> None:
        name = staff.name_of(self.desk.office, paper.person, paper.day)
        self.say(f"已登记 {finding.told(paper, name)}")
        self.go_to(paper)

    def _late(self, line: PendingHalf) -> None:
        async def submit(values: dict[str, str], *, form_key: str) -> signing.Noted:
            at = datetime.combine(line.day, datetime.strptime(values["arrived_at"], "%H:%M").time())
            return await self.desk.carry_out(
                signing.note_arrival,
                line.person.id,
                line.day,
                line.half,
                ArrivalKind.LATE,
                at,
                values["remark"],
                form_key=form_key,
            )

        def told(noted: signing.Noted) -> None:
            self.say(f"已登记 {line.display_name} {line.when} {noted.kind.label} {noted.arrived_at:%H:%M}到岗")
            self.start_work()

        self.open_form(
            f"{line.display_name} {line.when}到岗情况",
            forms.arrival_fields(),
            submit,
            then=told,
            draft="attendance.arrival",
            about=f"{line.person.id} {line.day} {line.half.value}",
        )

    def _hear(self, paper: AbsencePaper) -> None:
        self._fill(
            f"本人陈述 {paper.number} {self.who(paper)}",
            forms.words_fields(paper),
            lambda values: act(finding.note_own_words, paper.id, values["own_words"]),
            "照纸上本人写的登记;不陈述的写“本人不陈述”。Tab 到下一项,F2 登记。",
            draft="absence.own_words",
            about=f"{paper.id}",
        )

    def _propose(self, paper: AbsencePaper) -> None:
        def verb(values: dict[str, str]) -> Submitted:
            day = date.fromisoformat(values["proposed_day"])
            return act(finding.propose_absence, paper.id, int(values["proposed_by"]), day, values["proposal"])

        fields = forms.proposal_fields(self.desk.people, self.today)
        self._fill(
            f"股长提请 {paper.number} {self.who(paper)}", fields, verb, draft="absence.proposal", about=f"{paper.id}"
        )

    def _decide(self, paper: AbsencePaper) -> None:
        def verb(values: dict[str, str]) -> Submitted:
            signer = values.get("signed_by", "")
            return act(
                finding.decide_absence,
                paper.id,
                Decision(values["decision"]),
                int(signer) if signer else None,
                date.fromisoformat(values["signed_day"]),
                values["paper_page"],
                values["ground"],
                values.get("signed_name", ""),
            )

        wanted, usual = finding.signers_of(self.desk.office, paper, self.today)
        fields = forms.decision_fields(self.desk.people, usual, self.today, by_county=not wanted)
        self._fill(
            f"决定 {paper.number} {self.who(paper)} {paper.when}",
            fields,
            verb,
            forms.NOT_A_SIGNATURE,
            draft="absence.decision",
            about=f"{paper.id}",
        )

    def void(self, paper: AbsencePaper) -> None:
        self._fill(
            f"作废 {paper.number} {self.who(paper)}",
            forms.voiding_fields(),
            lambda values: act(finding.void_absence, paper.id, values["why"]),
            word="作废",
            draft="absence.void",
            about=f"{paper.id}",
        )
