"""The acts on a meeting: entered, put right, put off, called off, held, archived; each by its form or menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from textual.content import Content

from govoffice_tui.registers.meetings import entering, moving, pages, papers, plans
from govoffice_tui.registers.meetings.entering import Entered
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.views import (
    AttendeeLine,
    MaterialLine,
    MeetingKey,
    MeetingLine,
    TaskLine,
    TopicLine,
)
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.meetings.states import MeetingState, require_move
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.acting import ActingScreen, act
from govoffice_tui.screens.dialogs import ChooseScreen, take
from govoffice_tui.screens.exporting import export_paper
from govoffice_tui.screens.meetings.forms import (
    WHY,
    Answers,
    kind_hint,
    meeting_fields,
    move_fields,
    put_off_fields,
    read_plan,
    read_time,
)
from govoffice_tui.widgets.form_rows import Field

SIGN_SHEET, LISTS = "meeting_sign_sheet", "meeting_lists"

Deed = tuple[str, Callable[[], object]]
"""What a menu offers: its words, and what it does."""

Part = TaskLine | TopicLine | MaterialLine | AttendeeLine
"""A line that F2 enters one at a time."""


class MeetingActs(ActingScreen):
    """The acts on one meeting; the page that inherits them says which, and shows it."""

    @property
    def meeting(self) -> MeetingLine | None:
        """Return the meeting that is open, or the one under the cursor."""
        raise NotImplementedError

    def open_meeting(self, meeting: MeetingKey) -> None:
        """Show the page of a meeting."""
        raise NotImplementedError

    def move_on(self) -> None:
        """Move the cursor to the next line that waits for an answer."""
        raise NotImplementedError

    def to_newest(self, lines: type[Part]) -> None:
        """Move the cursor to the line of a kind that was entered last."""
        raise NotImplementedError

    def added(self, words: str, lines: type[Part]) -> str:
        """Go to the line that was just entered, so that the next key is for it; return the words that say so."""
        self.to_newest(lines)
        return words

    def enter_kind(self) -> None:
        """Ask for the type, then open its form; the type decides what is asked."""
        options: list[tuple[str, Content, Callable[[], object]]] = [
            (str(place), Content(kind.label), partial(self.enter_meeting, kind))
            for place, kind in enumerate(MeetingKind, 1)
        ]
        options.append((str(len(options) + 1), Content("涉密会议(只记编号和日期)"), self.enter_classified))
        self.app.push_screen(ChooseScreen("登记哪一类会议", options), take)

    def enter_meeting(self, kind: MeetingKind, plan: MeetingPlan | None = None, like: MeetingKey | None = None) -> None:
        """Open the form of a new meeting, filled with an earlier one where it is to be like that."""

        def verb(values: Answers) -> Callable[..., Any]:
            return act(entering.enter_meeting, read_plan(kind, values), like)

        self.fill(
            f"登记{kind.label}",
            meeting_fields(self.desk.office, kind, self.desk.people, plan, self.today),
            verb,
            self._entered,
            hint=kind_hint(kind),
            draft=f"meeting.{kind.value}",
        )

    def enter_classified(self) -> None:
        """Ask for the day of a 涉密会议, and nothing else."""
        self.fill(
            "登记涉密会议",
            [Field("day", "日期", "date", True, article="保密制度第2条")],
            lambda values: act(entering.enter_classified_meeting, date.fromisoformat(values["day"])),
            self._entered,
            hint="只记编号和日期。名称、地点、议题、名单、材料一律不进本机,记机要登记簿。",
        )

    def enter_like(self, line: MeetingLine) -> None:
        """Begin the next meeting of a kind with what an earlier one had: place, chair, units and names."""
        if line.kind is None:
            self.note("涉密会议不能照着登记。")
            return
        plan = plans.plan_like(line, self.today)
        self.enter_meeting(line.kind, plan, line.key)

    def meeting_moves(self, line: MeetingLine) -> list[Deed]:
        """Return what comes next for a meeting as a whole, by what its state allows."""
        acts: Sequence[tuple[str, str, Callable[[MeetingLine], object]]] = (
            ("collect_topics", "征集议题", partial(self._plain, moving.collect_topics, "已转议题征集")),
            ("settle_topics", "议题审定", partial(self._plain, moving.settle_topics, "议题已审定")),
            ("send_notices", "通知已发出", partial(self._plain, moving.send_notices, "已发通知")),
            ("hold_meeting", "到会核对,其余全到", self.hold),
            ("archive_meeting", "归档", self.archive),
            ("move_meeting", "改期", self._move),
            ("postpone_meeting", "延期,时间另定", partial(self._put_off, moving.postpone_meeting, "延期")),
            ("cancel_meeting", "取消", partial(self._put_off, moving.cancel_meeting, "取消")),
        )
        found: list[Deed] = [
            (words, partial(run, line))
            for verb, words, run in acts
            if not line.is_struck and self._may(line, verb) and (line.state, verb) != _NOTICED
            if verb != "hold_meeting" or self.desk.office.now() >= line.starts
        ]
        if line.kind is not None and not line.is_struck:
            found.append((f"照此登记下一次{line.kind.short}会议", partial(self.enter_like, line)))
        return found

    def meeting_corrections(self, line: MeetingLine) -> list[Deed]:
        """Return what can be put right of a meeting as a whole."""
        acts: Sequence[tuple[str, str, Callable[[MeetingLine], object]]] = (
            ("correct_meeting", "更正会议", self._correct),
            ("take_back_meeting", "撤回归档" if line.state is MeetingState.ARCHIVED else "撤回召开", self._take_back),
            ("void_meeting", "作废会议", self._void),
        )
        may_correct = not line.is_classified
        return [
            (words, partial(run, line))
            for verb, words, run in acts
            if not line.is_struck and self._may(line, verb) and (may_correct or verb != "correct_meeting")
        ]

    def hold(self, line: MeetingLine) -> None:
        """Note that a meeting was held: at once where people are listed, else after the number is asked for."""
        if line.is_classified or line.notices:
            self.perform(moving.hold_meeting, line.key, done=lambda words: f"已核对 {words}")
            return
        planned = str(line.planned_people or "")
        self.fill(
            f"到会 {line.number} {line.name}",
            [Field("attended", "到会人数", "number", True, value=planned, width=12, article=SERVICE)],
            lambda values: act(moving.hold_meeting, line.key, int(values["attended"])),
            lambda words: f"已核对 {words}",
            word="核对",
        )

    def archive(self, line: MeetingLine) -> None:
        """Archive a meeting, with the page of the file it went into."""
        if line.is_classified:
            self.perform(moving.archive_meeting, line.key, done=lambda words: f"已归档 {words}")
            return
        self.fill(
            f"归档 {line.number} {line.name}",
            [
                Field("paper_book", "卷册", width=30, placeholder="可不写,如 2026年会议卷"),
                Field("paper_page", "页码", width=12, placeholder="可不写"),
            ],
            lambda values: act(moving.archive_meeting, line.key, values["paper_book"], values["paper_page"]),
            lambda words: f"已归档 {words}",
            word="归档",
        )

    def export_meeting(self, line: MeetingLine, form: str) -> None:
        """Write a paper of one meeting."""
        try:
            period = papers.paper_period(self.desk.office, line.key)
        except Refused as refusal:
            self.refuse(refusal)
            return
        export_paper(self, form, period)

    def begin(self, line: MeetingLine, verb: str, run: Callable[[], object]) -> None:
        """Open a form, or refuse at once what the meeting does not allow: nothing is typed, nor kept, in vain."""
        stands = pages.line_of(self.desk.office, line.key) or line
        try:
            require_move(stands.state, verb, stands.is_classified)
        except Refused as refusal:
            self.refuse(refusal)
            return
        run()

    def _may(self, line: MeetingLine, verb: str) -> bool:
        try:
            require_move(line.state, verb, line.is_classified)
        except Refused:
            return False
        return True

    def _entered(self, done: Entered) -> str:
        self.open_meeting(done.key)
        return f"已登记 {done.words}"

    def _plain(self, verb: Callable[..., str], words: str, line: MeetingLine) -> None:
        self.perform(verb, line.key, done=lambda name: f"{words} {name}")

    def _put_off(self, verb: Callable[..., str], word: str, line: MeetingLine) -> None:
        self.fill(
            f"{word} {line.number} {line.name}",
            put_off_fields(self.desk.office),
            lambda values: act(verb, line.key, values["ordered_by"], values["why"]),
            lambda name: f"已{word} {name}(编号保留)",
            word=word,
        )

    def _move(self, line: MeetingLine) -> None:
        def verb(values: Answers) -> Callable[..., Any]:
            day = date.fromisoformat(values["day"])
            starts = datetime.combine(day, read_time(values.get("starts", "")) or time())
            ends = read_time(values.get("ends", ""))
            until = None if ends is None else datetime.combine(day, ends)
            place = values.get("place", "")
            return act(moving.move_meeting, line.key, starts, until, place, values["ordered_by"], values["why"])

        self.fill(
            f"改期 {line.number} {line.name}",
            move_fields(self.desk.office, line),
            verb,
            lambda words: f"已改期 {words}",
            word="改期",
            hint="" if line.is_classified else "改期以后,通知过的单位要重新通知。",
        )

    def _correct(self, line: MeetingLine) -> None:
        kind = line.kind
        if kind is None:
            return
        fields = meeting_fields(self.desk.office, kind, self.desk.people, plans.plan_of(line), self.today)
        self.fill(
            f"更正 {line.number} {line.name}",
            [WHY, *fields],
            lambda values: act(entering.correct_meeting, line.key, read_plan(kind, values), values["why"]),
            lambda done: f"已更正 {done.words}",
            word="更正",
            hint="原来的一行划去,仍看得到;议题、材料、通知都还在。",
            draft="meeting.correct",
            about=line.number,
        )

    def _take_back(self, line: MeetingLine) -> None:
        self.perform(moving.take_back_meeting, line.key, done=lambda words: f"已{words.split(' ')[-1]} {line.number}")

    def _void(self, line: MeetingLine) -> None:
        self.fill(
            f"作废 {line.number} {line.name}",
            [WHY],
            lambda values: act(entering.void_meeting, line.key, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
            hint="编号不再用。会不开了的请用“取消”,不用作废。",
        )


_NOTICED = (MeetingState.NOTIFIED, "send_notices")
"""What a meeting whose notice is out need not be offered again."""
