"""The acts on a meeting's minutes: 整理, 核稿, 签发, 印发."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from govoffice_tui.registers.meetings import history, minutes
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingPage, MinutesLine
from govoffice_tui.rules.meetings.articles import MINUTES
from govoffice_tui.rules.meetings.kinds import TYPES, MeetingKind, SignerPost
from govoffice_tui.rules.meetings.parts import MinutesState
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.meetings.acts import Deed, MeetingActs
from govoffice_tui.screens.meetings.forms import WHY, Answers
from govoffice_tui.screens.meetings.part_forms import minutes_fields, read_day, read_minutes, signer_fields
from govoffice_tui.widgets.form_rows import Field


class MinutesActs(MeetingActs):
    """The acts on the minutes of the meeting that is open."""

    def minutes_moves(self, page: MeetingPage) -> list[Deed]:
        """Return the next step of the minutes."""
        key, found, kind = page.line.key, page.minutes, page.line.kind
        if page.line.state is not MeetingState.HELD or kind is None:
            return []
        if found is None:
            moves: list[Deed] = [("整理纪要", partial(self._draft, key, kind))]
            if kind is not MeetingKind.EXECUTIVE:
                moves.append(("不印发纪要", partial(self._go_without, key)))
            return moves
        steps: dict[MinutesState, list[Deed]] = {
            MinutesState.DRAFTING: [("核稿", partial(self._check, key))],
            MinutesState.CHECKED: [("签发", partial(self._sign, key, kind)), ("退回整理", partial(self._return, key))],
            MinutesState.SIGNED: [("印发", partial(self._issue, key))],
            MinutesState.ISSUED: [],
        }
        return steps[found.state]

    def correct_minutes(self, key: MeetingKey, found: MinutesLine) -> None:
        """Put minutes right."""
        self.fill(
            f"更正纪要 {found.number}".rstrip(),
            minutes_fields(found),
            lambda values: act(minutes.correct_minutes, key, read_minutes(values), values["why"]),
            lambda name: f"已更正 {name} 纪要",
            word="更正",
        )

    def void_minutes(self, key: MeetingKey, found: MinutesLine) -> None:
        """Strike minutes; their number is spent."""
        self.fill(
            f"作废纪要 {found.number}".rstrip(),
            [WHY],
            lambda values: act(minutes.void_minutes, key, values["why"]),
            lambda name: f"已作废 {name}",
            word="作废",
        )

    def _draft(self, key: MeetingKey, kind: MeetingKind) -> None:
        used = history.names_used(self.desk.office, "meeting_minutes", "drafter")
        self.fill(
            f"整理纪要 {key.shown}",
            [
                Field("drafter", "整理人", required=True, history=used, width=30, article=MINUTES),
                Field("day", "开始日期", "date", True, value=self.today.isoformat()),
            ],
            lambda values: act(minutes.draft_minutes, key, values["drafter"], read_day(values)),
            lambda words: f"已登记 {words}",
            hint=f"{TYPES[kind].label}纪要由{TYPES[kind].drafted}整理({MINUTES})。",
        )

    def _check(self, key: MeetingKey) -> None:
        used = history.names_used(self.desk.office, "meeting_minutes", "checker")
        self.fill(
            f"核稿 {key.shown}",
            [
                Field("checker", "核稿人", required=True, value=used[0] if used else "", history=used, width=30),
                Field("day", "核稿日期", "date", True, value=self.today.isoformat()),
            ],
            lambda values: act(minutes.check_minutes, key, values["checker"], read_day(values)),
            lambda words: f"已登记 {words}",
        )

    def _return(self, key: MeetingKey) -> None:
        self.fill(
            f"退回整理 {key.shown}",
            [WHY],
            lambda values: act(minutes.return_minutes, key, values["why"]),
            lambda words: f"已登记 {words}",
            word="退回",
        )

    def _sign(self, key: MeetingKey, kind: MeetingKind) -> None:
        is_first = minutes.is_first_number(self.desk.office, self.today.year)

        def verb(values: Answers) -> Callable[..., Any]:
            first = int(values["number"]) if values.get("number") else None
            post = SignerPost(values["signer_post"])
            return act(minutes.sign_minutes, key, post, values["signer"], read_day(values), first)

        self.fill(
            f"签发 {key.shown}",
            signer_fields(self.desk.office, kind, self.today, is_first=is_first),
            verb,
            lambda number: f"已签发 {number}",
            word="签发",
        )

    def _issue(self, key: MeetingKey) -> None:
        used = history.names_used(self.desk.office, "meeting_minutes", "recipients")
        self.fill(
            f"印发 {key.shown}",
            [
                Field("copies", "印发份数", "number", True, width=12),
                Field("recipients", "发送范围", required=True, value=used[0] if used else "", history=used, width=70),
                Field("day", "印发日期", "date", True, value=self.today.isoformat()),
            ],
            lambda values: act(
                minutes.issue_minutes, key, int(values["copies"]), values["recipients"], read_day(values)
            ),
            lambda number: f"已印发 {number}",
            word="印发",
        )

    def _go_without(self, key: MeetingKey) -> None:
        self.fill(
            f"不印发纪要 {key.shown}",
            [WHY],
            lambda values: act(minutes.go_without_minutes, key, values["why"]),
            lambda name: f"已登记 {name} 不印发纪要",
        )
