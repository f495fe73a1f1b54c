"""The acts on a matter: what its state allows, each by its form."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from govoffice_tui.registers.supervision import pages, recording, steps
from govoffice_tui.registers.supervision.views import DecisionLine, StepLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import MOVES, STEP_VERBS, StepKind, Way
from govoffice_tui.screens.acting import ActingScreen, act
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen, take
from govoffice_tui.screens.supervision import forms
from govoffice_tui.screens.supervision.forms import Answers, read_day, read_matter
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import fitted

if TYPE_CHECKING:
    from govoffice_tui.importers.supervision import Ledger

TITLE_WIDTH = 44


@dataclass(frozen=True)
class Act:
    """One thing that can be done to a matter: its verb, its word, and how it is begun."""

    verb: str
    title: str
    run: Callable[[DecisionLine], object]


class SupervisionActs(ActingScreen):
    """The acts on one matter; the page that inherits them says which, and shows it."""

    @property
    def chosen(self) -> DecisionLine | None:
        """Return the matter under the cursor."""
        raise NotImplementedError

    def action_correct(self) -> None:
        """Choose what is to be put right of the matter."""
        self._offer(
            "更正",
            Act("correct_decision", "更正事项、单位、责任人、来源", self._correct),
            Act("correct_step", "更正一条经过(进展、延期、办结…)", partial(self._choose_step, self._correct_step)),
            Act("strike_step", "划去一条经过", partial(self._choose_step, self._strike_step)),
            Act("void_decision", "作废", self._void),
        )

    def action_proceed(self) -> None:
        """Choose what happens next with the matter."""
        self._offer(
            "下一步",
            Act("note_progress", "记进展", self._note),
            Act("finish_decision", "办结(写依据)", self._finish),
            Act("settle_decision", "销号(领导同意)", self._settle),
            Act("extend_decision", "延期(领导批准)", self._extend),
            Act("remind_unit", "催办(写答复)", self._remind),
            Act("return_decision", "退回重办", self._return),
        )

    def remind_now(self, line: DecisionLine) -> None:
        """Note that the unit was called just now."""
        self.perform(steps.remind_unit, line.key, done=lambda done: f"已记催办 {done.words}")

    def import_ledger(self) -> None:
        """Read an older ledger, show what it brings, and only then enter it."""

        async def read(values: Answers, *, form_key: str) -> Ledger:
            from govoffice_tui.importers.reader import Unreadable
            from govoffice_tui.importers.supervision import read_ledger

            path = Path(values["path"].strip().strip("'\"")).expanduser()
            try:
                found = await asyncio.to_thread(read_ledger, path, self.today)
            except Unreadable as error:
                raise Refused(str(error), field="path") from None
            return found

        hint = "列名要有 议定事项、主办单位、时限;已办结的不导入;一处不对就一件也不导入。"
        fields = [Field("path", "表格文件", required=True, placeholder="可从文件夹拖进来", width=70)]
        self.open_form("导入督办台账", fields, read, hint, verb="读取", then=self._show_ledger)

    def _show_ledger(self, ledger: Ledger) -> None:
        if ledger.problems:
            words = [f"有{len(ledger.problems)}处要改,一件也没有导入。改好表格再读一次。", ""]
            listed = "\n".join([*words, *(str(one) for one in (*ledger.problems, *ledger.notices))])
            self.app.push_screen(TextScreen("导入督办台账", listed))
            return
        if not ledger.lines:
            self.note(f"没有没办完的事项,不用导入。{';'.join(ledger.notices)}")
            return
        enter = partial(
            self.perform,
            _import(),
            ledger.lines,
            done=lambda done: f"已导入督办{len(done.added)}件" + (f",{done.already}件原已登记" if done.already else ""),
        )
        see = partial(self._list_ledger, ledger)
        options: list[tuple[str, Content, Callable[[], object]]] = [
            ("1", Content(f"导入{len(ledger.lines)}件"), enter),
            ("2", Content("先看清单"), see),
        ]
        title = f"没办完的{len(ledger.lines)}件,没有问题。{';'.join(ledger.notices)}"
        self.app.push_screen(ChooseScreen(title, options), take)

    def _list_ledger(self, ledger: Ledger) -> None:
        listed = "\n".join(
            f"第{one.row}行 {one.matter}  {one.lead_unit}  {one.due or '长期'}  {one.progress}" for one in ledger.lines
        )
        self.app.push_screen(TextScreen("导入督办台账", listed), lambda _: self._show_ledger(ledger))

    def _offer(self, title: str, *acts: Act) -> None:
        """Offer what the matter's state allows, by digit."""
        line = self.chosen
        if line is None:
            return
        legal = [act for act in acts if not line.is_struck and (line.state, act.verb) in MOVES]
        if not line.steps:
            legal = [act for act in legal if act.verb not in ("correct_step", "strike_step")]
        if not legal:
            words = "已作废" if line.is_struck else f"已{line.state.label}"
            self.note(f"{line.number}{words},没有可以{title}的。")
            return
        options = [(str(place), Content(act.title), act) for place, act in enumerate(legal, 1)]
        self.app.push_screen(
            ChooseScreen(_titled(title, line), options), lambda act: act.run(line) if act is not None else None
        )

    def _fill(
        self,
        title: str,
        line: DecisionLine,
        fields: list[Field],
        verb: Callable[[Answers], Callable[..., Any]],
        words: Callable[[Any], str],
        *,
        word: str = "登记",
        hint: str = "",
        draft: str = "",
    ) -> None:
        """Open a form about a matter whose answers become one verb."""
        kept = f"decision.{draft}" if draft else ""
        self.fill(_titled(title, line), fields, verb, words, word=word, hint=hint, draft=kept, about=line.number)

    def _leaders(self) -> tuple[str, ...]:
        return pages.leaders_used(self.desk.office)

    def _correct(self, line: DecisionLine) -> None:
        used = partial(pages.texts_used, self.desk.office)
        self._fill(
            "更正",
            line,
            forms.correction_fields(line, self.desk.people, used),
            lambda values: act(recording.correct_decision, line.key, read_matter(values, self.today), values["why"]),
            lambda done: f"已更正 {done.words}",
            word="更正",
            hint="原来的一笔划去,仍看得到。时限到了办不完的用延期,不在这里改。",
            draft="correct",
        )

    def _void(self, line: DecisionLine) -> None:
        self._fill(
            "作废",
            line,
            forms.void_fields(self._leaders()),
            lambda values: act(recording.void_decision, line.key, values["why"], values["agreed_by"]),
            lambda number: f"已作废 {number}",
            word="作废",
        )

    def _note(self, line: DecisionLine) -> None:
        self._fill(
            "记进展",
            line,
            forms.progress_fields(line, self.today),
            lambda values: act(
                steps.note_progress,
                line.key,
                values["words"],
                values["said_by"],
                Way(values["way"]),
                read_day(values["day"]),
            ),
            _noted,
            draft="progress",
        )

    def _remind(self, line: DecisionLine) -> None:
        self._fill(
            "催办",
            line,
            forms.reminder_fields(line),
            lambda values: act(steps.remind_unit, line.key, values["said_by"], values["words"], Way(values["way"])),
            _noted,
        )

    def _extend(self, line: DecisionLine) -> None:
        self._fill(
            "延期",
            line,
            forms.extension_fields(self._leaders(), self.today),
            lambda values: act(
                steps.extend_decision,
                line.key,
                read_day(values["due"]),
                values["approved_by"],
                values["words"],
                read_day(values["day"]),
            ),
            _noted,
            word="延期",
            hint=f"现在的时限:{line.due_told}。原定时限保留。",
            draft="extend",
        )

    def _finish(self, line: DecisionLine) -> None:
        self._fill(
            "办结",
            line,
            forms.finish_fields(line, self.today),
            lambda values: act(
                steps.finish_decision,
                line.key,
                values["words"],
                values["said_by"],
                Way(values["way"]),
                read_day(values["day"]),
            ),
            _noted,
            word="办结",
            draft="finish",
        )

    def _return(self, line: DecisionLine) -> None:
        self._fill(
            "退回重办",
            line,
            forms.return_fields(self._leaders(), self.today),
            lambda values: act(
                steps.return_decision,
                line.key,
                values["approved_by"],
                values["words"],
                read_day(values["due"]),
                read_day(values["day"]),
            ),
            _noted,
            word="退回",
            draft="return",
        )

    def _settle(self, line: DecisionLine) -> None:
        done = line.of_kind(StepKind.DONE)
        self._fill(
            "销号",
            line,
            forms.settle_fields(self._leaders(), self.today),
            lambda values: act(
                steps.settle_decision, line.key, values["approved_by"], values["words"], read_day(values["day"])
            ),
            _noted,
            word="销号",
            hint=f"办结依据:{done[-1].text}" if done else "",
        )

    def _choose_step(self, then: Callable[[DecisionLine, StepLine], object], line: DecisionLine) -> None:
        options = [(str(place), Content(one.words), one) for place, one in enumerate(reversed(line.steps[-30:]), 1)]

        def picked(one: StepLine | None) -> None:
            if one is not None:
                then(line, one)

        self.app.push_screen(ChooseScreen(_titled("哪一条", line), options), picked)

    def _correct_step(self, line: DecisionLine, step: StepLine) -> None:
        def verb(values: Answers) -> Callable[..., Any]:
            answers = {
                "words": values["words"],
                "day": read_day(values["day"]),
                "said_by": values.get("said_by", ""),
                "approved_by": values.get("approved_by", ""),
                "due": read_day(values.get("due", "")),
            }
            return partial(_put_right, line, step, values["why"], answers)

        self._fill(f"更正{step.kind.label}", line, forms.step_fields(step), verb, _noted, word="更正")

    def _strike_step(self, line: DecisionLine, step: StepLine) -> None:
        assert STEP_VERBS[step.kind]
        self._fill(
            f"划去{step.kind.label}",
            line,
            [Field("why", "原因", required=True, placeholder="如 记错了一件")],
            lambda values: act(steps.strike_step, line.key, step.id, values["why"]),
            lambda words: f"已划去 {words}",
            word="划去",
        )


def _put_right(
    line: DecisionLine, step: StepLine, why: str, answers: dict[str, Any], office: Any, **kwargs: Any
) -> steps.Noted:
    return steps.correct_step(office, line.key, step.id, why, **answers, **kwargs)


def _import() -> Callable[..., Any]:
    from govoffice_tui.registers.supervision.importing import import_decisions

    return import_decisions


def _titled(title: str, line: DecisionLine) -> str:
    return f"{title} {line.number} {fitted(line.matter, TITLE_WIDTH)}"


def _noted(done: steps.Noted) -> str:
    return f"已登记 {done.words}"
