"""What can be done with the line under the cursor of a meeting that is open: by digit, by F5, F4 and F6."""

from __future__ import annotations

from functools import partial

from textual import on

from govoffice_tui.registers.meetings.views import (
    AttendeeLine,
    HandoutLine,
    MaterialLine,
    MeetingPage,
    MinutesLine,
    NoticeLine,
    TaskLine,
    TopicLine,
)
from govoffice_tui.rules.meetings.parts import Mark, Outcome, Reply
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.screens.meetings.acts import Deed
from govoffice_tui.screens.meetings.drawing import (
    Section,
)
from govoffice_tui.screens.meetings.meeting_list import MeetingList
from govoffice_tui.screens.meetings.minutes_acts import MinutesActs
from govoffice_tui.screens.meetings.people_acts import PeopleActs
from govoffice_tui.screens.meetings.topic_acts import TopicActs


class LineActs(TopicActs, PeopleActs, MinutesActs):
    """The acts on one line of a meeting that is open; the page that inherits them shows the lines."""

    _page: MeetingPage | None
    _section: Section

    @property
    def subject(self) -> object:
        """Return what the line under the cursor stands for."""
        raise NotImplementedError

    @on(MeetingList.Digit)
    def take_digit(self, event: MeetingList.Digit) -> None:
        """Take a digit for the line under the cursor."""
        event.stop()
        page, subject = self._page, self.subject
        if page is None:
            return
        key, digit = page.line.key, event.digit
        if isinstance(subject, NoticeLine):
            self.answer(key, subject, tuple(Reply)[digit - 1])
        elif isinstance(subject, AttendeeLine):
            self.mark(key, subject, tuple(Mark)[digit - 1])
        elif isinstance(subject, TopicLine):
            self.decide_topic(key, subject, tuple(Outcome)[digit - 1])
        elif isinstance(subject, TaskLine) and digit <= 2:
            (self.tick_task if digit == 1 else self.skip_task)(key, subject)
        elif isinstance(subject, MaterialLine) and digit == 1:
            self.take_back(key, subject, None)
        elif isinstance(subject, HandoutLine) and digit == 1:
            self.take_back(key, self._paper_of(page, subject), subject)

    def line_moves(self) -> list[Deed]:
        """Return what comes next for the line under the cursor."""
        page, subject = self._page, self.subject
        if page is None:
            return []
        key = page.line.key
        if self._section is Section.MINUTES:
            return self.minutes_moves(page)
        if isinstance(subject, TopicLine) and subject.outcome is None and not page.line.state.is_held:
            return [("送审下一步", partial(self.review_topic, key, subject))]
        if isinstance(subject, TopicLine) and subject.outcome is not None:
            return [("写结果说明", partial(self.word_outcome, key, subject))]
        if isinstance(subject, HandoutLine):
            subject = self._paper_of(page, subject)
        if isinstance(subject, MaterialLine):
            found: list[Deed] = [("发放", partial(self.give_copies, key, page, subject))]
            if subject.still_out:
                found.append(("全部收回", partial(self.take_back, key, subject, None)))
            return found
        if isinstance(subject, TaskLine) and subject.is_open:
            return [("办结", partial(self.tick_task, key, subject))]
        if isinstance(subject, NoticeLine):
            return [("替会人、事由、谁同意", partial(self.fill_notice, key, subject))]
        return []

    def line_corrections(self) -> list[Deed]:
        """Return what can be put right of the line under the cursor."""
        page, subject = self._page, self.subject
        if page is None:
            return []
        key = page.line.key
        if isinstance(subject, NoticeLine):
            found: list[Deed] = [("替会人、事由、谁同意", partial(self.fill_notice, key, subject))]
            if subject.reply is not None:
                found.append(("撤回回执", partial(self.take_reply_back, key, subject)))
            return [*found, ("划去这个单位", partial(self.strike_notice, key, subject))]
        if isinstance(subject, AttendeeLine):
            return [
                ("改参会人、替谁", partial(self.name_person, key, subject)),
                ("写迟到时间", partial(self.note_arrival, key, subject)),
                *([("撤回标记", partial(self.mark, key, subject, None))] if subject.mark is not None else []),
                ("划去这个人", partial(self.strike_person, key, subject)),
            ]
        if isinstance(subject, TopicLine):
            return [
                ("更正议题", partial(self.correct_topic, key, subject)),
                ("划去议题", partial(self.strike_topic, key, subject)),
            ]
        if isinstance(subject, HandoutLine):
            subject = self._paper_of(page, subject)
        if isinstance(subject, MaterialLine):
            return [
                ("更正材料", partial(self.correct_material, key, subject)),
                ("划去材料", partial(self.strike_material, key, subject)),
            ]
        if isinstance(subject, TaskLine):
            if subject.is_open:
                return [("谁办、时限", partial(self.change_task, key, subject))]
            return [("没有办结,重新打开", partial(self.change_task, key, subject, is_reopened=True))]
        if isinstance(subject, MinutesLine):
            return [
                ("更正纪要", partial(self.correct_minutes, key, subject)),
                ("作废纪要", partial(self.void_minutes, key, subject)),
            ]
        return []

    def closings(self, page: MeetingPage) -> list[Deed]:
        """Return what closes the meeting that is open, the usual first."""
        line = page.line
        if line.state.is_ahead and self.desk.office.now() >= line.starts:
            words = "到会核对,其余全到" if line.notices or line.is_classified else "到会核对,写人数"
            return [(words, partial(self.hold, line))]
        if line.state is MeetingState.HELD:
            return [("归档", partial(self.archive, line))]
        return []

    def _paper_of(self, page: MeetingPage, handout: HandoutLine) -> MaterialLine:
        return next(one for one in page.materials if one.place == handout.material)
