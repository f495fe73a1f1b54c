"""督办 from the page of a meeting: a matter it decided entered, and those that hang on it listed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from govoffice_tui.registers.meetings.views import MeetingLine, TopicLine
from govoffice_tui.registers.supervision import pages
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.supervision.opening import open_meeting_matter_form


def matter_deeds(screen: RegisterScreen, line: MeetingLine, subject: object) -> list[tuple[str, Callable[[], object]]]:
    """Return what a meeting that was held offers of supervision; `subject` is the line under the cursor."""
    if line.is_struck or line.is_classified or not line.state.is_held:
        return []
    topic = subject.place if isinstance(subject, TopicLine) else None
    found: list[tuple[str, Callable[[], object]]] = [
        ("登记议定事项(督办)", partial(open_meeting_matter_form, screen, line.key, line.name, topic))
    ]
    count = len(pages.of_meeting(screen.desk.office, line.key))
    if count:
        found.append((f"看督办事项{count}件", partial(show_matters, screen, line)))
    return found


def show_matters(screen: RegisterScreen, line: MeetingLine) -> None:
    """Show what a meeting decided and where it stands."""
    today = screen.today
    listed = [
        f"{one.number} {one.matter}\n    {one.units} {one.person} {one.phone}\n"
        f"    时限{one.due_told} {one.state_told(today)}"
        for one in pages.of_meeting(screen.desk.office, line.key)
    ]
    screen.app.push_screen(TextScreen(f"{line.number} {line.name} 督办事项", "\n".join(listed)))
