"""登记议定事项 from any page: the empty form, or the one a meeting has filled in beforehand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.supervision import pages, recording
from govoffice_tui.registers.supervision.recording import Entered
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.supervision.forms import Answers, matter_fields, meeting_matter_fields, read_matter

CLASSIFIED_HINT = "涉密的事不写在这里,在机要登记簿上督办。"


def open_matter_form(screen: RegisterScreen, then: Callable[[Entered], None] | None = None) -> None:
    """Open the form of a new matter over a page."""
    desk = screen.desk

    def begin() -> None:
        used = partial(pages.texts_used, desk.office)
        meetings = pages.held_meetings(desk.office, screen.today)
        fields = matter_fields(
            desk.people, screen.today, desk.operator_id, used, meetings, pages.last_entered(desk.office)
        )
        screen.open_form(
            "登记督办事项", fields, submit, CLASSIFIED_HINT, then=partial(_tell, screen, then), draft="decision"
        )

    async def submit(values: Answers, *, form_key: str) -> Entered:
        plan = read_matter(values, screen.today)
        return await desk.carry_out(recording.enter_decision, plan, form_key=form_key)

    screen.with_operator(begin)


def open_meeting_matter_form(
    screen: RegisterScreen,
    meeting: MeetingKey,
    name: str,
    topic: int | None = None,
    then: Callable[[Entered], None] | None = None,
) -> None:
    """Open the form of a matter a meeting decided; the meeting, and the topic where one is given, stand there."""
    desk = screen.desk

    def begin() -> None:
        used = partial(pages.texts_used, desk.office)
        topics = recording.topics(desk.office, meeting)
        fields = meeting_matter_fields(desk.people, screen.today, desk.operator_id, used, topics, topic)
        screen.open_form(
            f"登记议定事项 {meeting.shown} {name}",
            fields,
            submit,
            CLASSIFIED_HINT,
            then=partial(_tell, screen, then),
            draft="decision",
            about=meeting.shown,
        )

    async def submit(values: Answers, *, form_key: str) -> Entered:
        plan = read_matter(values, screen.today, meeting)
        return await desk.carry_out(recording.enter_decision, plan, form_key=form_key)

    screen.with_operator(begin)


def _tell(screen: RegisterScreen, then: Callable[[Entered], None] | None, done: Entered) -> None:
    screen.say(f"已登记 {done.words}")
    if then is not None:
        then(done)
